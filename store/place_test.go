package store_test

import (
	"fmt"
	"slices"
	"testing"

	"dragoman"
	"dragoman/score"
	"dragoman/store"
)

// at stores the first filings of an invented world with one event each, at the
// places given.
func at(t *testing.T, db *store.DB, w *score.World, first int, places ...dragoman.Locale) {
	t.Helper()
	for i, p := range places {
		f := w.Filing(first + i)
		f.Reports = f.Reports[:1]
		f.Reports[0].Place = p
		if _, _, err := db.Save(t.Context(), &f, desk(t)); err != nil {
			t.Fatal(err)
		}
	}
}

func town(id string, within ...string) dragoman.Locale {
	return dragoman.Locale{ID: id, Name: "Town " + id, Kind: "settlement", Country: "XNO", ContainedIn: within}
}

// found wants how many events are at places or within them.
func found(t *testing.T, db *store.DB, want map[string]int) {
	t.Helper()
	for place, n := range want {
		all, err := db.Occurrences(t.Context(), dragoman.Filter{Place: place})
		if err != nil || len(all) != n {
			t.Errorf("%d events at %s instead of %d (%v)", len(all), place, n, err)
		}
	}
}

func correct(t *testing.T, db *store.DB, c dragoman.Correction) int64 {
	t.Helper()
	number, err := db.Correct(t.Context(), c)
	if err != nil {
		t.Fatal(c.Action, err)
	}
	return number
}

// TestMergePlace merges a town into one of another region, and a region into
// the other: what is told of the one is told of the other, and within what
// contains it, also by an article to come; undone, they are parted again.
func TestMergePlace(t *testing.T) {
	db, w := open(t), score.NewWorld(7)
	a, b := town("a", "north", "land"), town("b", "south", "coast")
	north := town("north", "land")
	at(t, db, w, 0, a, a, b, north)
	found(t, db, map[string]int{"a": 2, "b": 1, "north": 3, "south": 1, "land": 3, "coast": 1})

	towns := correct(t, db, dragoman.Correction{Action: dragoman.MergePlace, Old: "a", New: "b"})
	found(t, db, map[string]int{"a": 0, "b": 3, "north": 1, "south": 3, "land": 1, "coast": 3})
	if _, err := db.Correct(t.Context(), dragoman.Correction{Action: dragoman.MergePlace, Old: "b", New: "a"}); err == nil {
		t.Error("two places were each merged into the other")
	}
	if _, err := db.Correct(t.Context(), dragoman.Correction{Action: dragoman.MergePlace, Old: "a", New: "nowhere"}); err == nil {
		t.Error("a place was merged into one that is not known")
	}
	for _, name := range []string{"a", "Town a", "b"} {
		if id, err := db.PlaceNamed(t.Context(), name); err != nil || id != "b" {
			t.Errorf("%s is %q (%v)", name, id, err)
		}
	}
	for want, ids := range map[string][]string{"b": {"north", "a"}, "south": {"nowhere", "south", "b"}, "land": {"land"}, "": {"nowhere"}} {
		if id, err := db.Busiest(t.Context(), ids...); err != nil || id != want {
			t.Errorf("the busiest of %s is %q, want %q (%v)", ids, id, want, err)
		}
	}
	spots, err := db.Located(t.Context(), dragoman.Filter{}, 0)
	if err != nil || len(spots) != 2 || spots[0].ID != "b" || spots[0].Events != 3 || spots[1].ID != "north" {
		t.Errorf("%+v (%v)", spots, err)
	}
	if known, err := db.Places(t.Context(), "a", "nowhere"); err != nil || len(known) != 1 || known["a"].Name != "Town b" {
		t.Errorf("%+v (%v)", known, err)
	}

	at(t, db, w, 4, a, town("c", "a", "north", "land"))
	found(t, db, map[string]int{"a": 0, "b": 5, "c": 1, "north": 2, "south": 5, "land": 2, "coast": 5})

	at(t, db, w, 6, town("south", "coast"))
	regions := correct(t, db, dragoman.Correction{Action: dragoman.MergePlace, Old: "south", New: "north"})
	found(t, db, map[string]int{"b": 5, "north": 7, "south": 0, "land": 7, "coast": 5})
	for _, o := range everything(t, db) {
		if slices.Contains(append(o.Place.ContainedIn, o.Place.ID), "south") || slices.Contains(append(o.Place.ContainedIn, o.Place.ID), "a") {
			t.Errorf("event %d is at %+v", o.Number, o.Place)
		}
	}

	for _, n := range []int64{towns, regions} {
		if err := db.Undo(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	found(t, db, map[string]int{"a": 4, "b": 1, "c": 1, "north": 5, "south": 2, "land": 5, "coast": 2})
}

// TestRelocate puts one event elsewhere and nowhere, over a merge of places.
func TestRelocate(t *testing.T) {
	db, w := open(t), score.NewWorld(7)
	at(t, db, w, 0, town("a", "north"), town("b", "south"), town("c", "south"))
	o := everything(t, db)[2] // the first, for the newest come first
	c := dragoman.Correction{Action: dragoman.Relocate, Key: w.Filing(0).Key, Trigger: o.Trigger, Type: o.Type, Old: "a", New: "b"}
	elsewhere := correct(t, db, c)
	found(t, db, map[string]int{"a": 0, "north": 0, "b": 2, "south": 3})
	correct(t, db, dragoman.Correction{Action: dragoman.MergePlace, Old: "b", New: "c"})
	found(t, db, map[string]int{"b": 0, "c": 3})
	c.New = ""
	nowhere := correct(t, db, c)
	found(t, db, map[string]int{"a": 0, "c": 2, "south": 2})
	if p := everything(t, db)[2].Place; p.ID != "" {
		t.Errorf("it is at %+v", p)
	}
	c.New = "nowhere"
	if _, err := db.Correct(t.Context(), c); err == nil {
		t.Error("an event was put at a place that is not known")
	}
	for i, want := range []map[string]int{{"a": 0, "c": 2}, {"a": 1, "north": 1, "c": 2}} {
		if err := db.Undo(t.Context(), []int64{elsewhere, nowhere}[i]); err != nil {
			t.Fatal(err)
		}
		found(t, db, want)
	}
}

// TestTies: a tie that is none is told nowhere; one that is another is found
// under whom it is between now, with its evidence.
func TestTies(t *testing.T) {
	db, w := open(t), score.NewWorld(7)
	for i := range 20 {
		f := w.Filing(i)
		beside := f.Standings[0] // told in the same article, and not corrected
		beside.Ordinal, beside.Role, beside.Evidence = 2, "friend", "beside"
		f.Standings = append(f.Standings, beside)
		if _, _, err := db.Save(t.Context(), &f, desk(t)); err != nil {
			t.Fatal(err)
		}
	}
	read, err := db.TiesIn(t.Context(), 1)
	if err != nil || len(read) != 2 {
		t.Fatalf("%+v (%v)", read, err)
	}
	was := read[0]
	var other dragoman.Party
	for _, o := range everything(t, db) {
		if p := o.Actors[0]; p.ID != was.Subject.ID && p.ID != was.Object.ID {
			other = p
		}
	}
	ask := func() (out []string) {
		t.Helper()
		in, err := db.TiesIn(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(in) - 1; n < 0 || in[n].Role != "friend" || in[n].Relation != "supports" || in[n].Corrected {
			t.Fatalf("the tie beside is %+v", in)
		}
		for _, s := range in[:len(in)-1] {
			out = append(out, fmt.Sprint(s.Subject.ID, " ", s.Relation, " ", s.Object.ID, " ", s.Role, " ", s.Corrected, " ", s.Evidence == was.Evidence))
		}
		for _, pair := range [][2]int64{{0, 0}, {was.Subject.Number, 0}, {was.Subject.Number, was.Object.Number}, {other.Number, was.Subject.Number}} {
			all, err := db.Ties(t.Context(), pair[0], pair[1], 0)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, fmt.Sprint(slices.ContainsFunc(all, func(s dragoman.Standing) bool { return s.Article == 1 && s.Ordinal == 1 })))
		}
		return out
	}
	from, to := was.Subject.ID, was.Object.ID
	before := ask()
	same := func(what string, want ...string) {
		t.Helper()
		if got := ask(); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	same("as read", from+" supports "+to+"  false true", "true", "true", "true", "false")
	c := dragoman.Correction{Key: w.Filing(0).Key, Action: dragoman.Untie, Old: fmt.Sprintf(`{"subject":%q,"relation":"supports","object":%q}`, from, to)}
	none := correct(t, db, c)
	same("none", "false", "false", "false", "false")
	c.Action, c.New = dragoman.Retie, fmt.Sprintf(`{"relation":"hosts","object":%q,"role":"guest"}`, other.ID)
	another := correct(t, db, c)
	if err := db.Undo(t.Context(), none); err != nil {
		t.Fatal(err)
	}
	same("another", from+" hosts "+other.ID+" guest true true", "true", "true", "false", "true")
	c.New = `{"relation":"leads"}`
	last := correct(t, db, c)
	same("without a role", from+" leads "+other.ID+"  true true", "true", "true", "false", "true")
	if err := db.Undo(t.Context(), another); err != nil {
		t.Fatal(err)
	}
	same("the last of two", from+" leads "+to+"  true true", "true", "true", "true", "false")
	for _, bad := range []dragoman.Correction{{Key: c.Key, Action: dragoman.Retie, Old: c.Old, New: `{"relation":"likes"}`}, {Key: c.Key, Action: dragoman.Retie, Old: c.Old, New: `{"object":"nobody"}`},
		{Key: c.Key, Action: dragoman.Untie, Old: `{"subject":"nobody"}`}, {Key: "none", Action: dragoman.Untie, Old: c.Old}} {
		if _, err := db.Correct(t.Context(), bad); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
	if err := db.Undo(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	same("undone", before...)
}
