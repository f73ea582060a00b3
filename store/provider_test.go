package store_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dragoman"
	"dragoman/sketch"
	"dragoman/store"
)

// Parties as a codebook makes them of codes.
var (
	iran     = dragoman.Party{ID: "IRN", Name: "Iran", Kind: "state", Country: "IRN", CAMEO: "IRN", Wikidata: "Q794", Named: true}
	israel   = dragoman.Party{ID: "ISR", Name: "Israel", Kind: "state", Country: "ISR", CAMEO: "ISR", Named: true}
	un       = dragoman.Party{ID: "un", Name: "United Nations", Kind: "igo", Sectors: []string{"IGO"}, CAMEO: "IGOUNO", Named: true}
	ministry = dragoman.Party{ID: "cameo:IRNGOV", Name: "MINISTRY", Kind: "unknown", Country: "IRN", Sectors: []string{"GOV"}, CAMEO: "IRNGOV", Named: true, Principals: []dragoman.Party{iran}}
	army     = dragoman.Party{ID: "cameo:ISRMIL", Name: "ARMY", Kind: "unknown", Country: "ISR", Sectors: []string{"MIL"}, CAMEO: "ISRMIL", Named: true, Principals: []dragoman.Party{israel}}
	rebels   = dragoman.Party{ID: "cameo:IRNREB", Name: "REBELS", Kind: "unknown", Country: "IRN", Sectors: []string{"REB"}, CAMEO: "IRNREB", Named: true}
)

func parties(all ...dragoman.Party) []dragoman.Party { return all }

// provided is an event of one day by some to others.
func provided(id string, day dragoman.Day, tone dragoman.Tone, actors, recipients []dragoman.Party) dragoman.Record {
	r := dragoman.Record{ID: id, Occurrence: dragoman.Occurrence{First: day, Report: dragoman.Report{Type: "CONSULT", Quad: "verbal-cooperation", CAMEO: "040",
		Tone: tone, Status: dragoman.Happened, From: day, To: day, Day: day, Dated: true, Published: day, Actors: actors, Recipients: recipients}}}
	r.Told.Published = day
	return r
}

// many is an invented provider's files: events of all kinds.
func many(n int) (all []dragoman.Record) {
	rng := rand.New(rand.NewPCG(5, uint64(n)))
	who := parties(iran, israel, un, ministry, army, rebels)
	some := func(most int) (all []dragoman.Party) {
		for range rng.IntN(most + 1) {
			all = append(all, who[rng.IntN(len(who))])
		}
		return all
	}
	for i := range n {
		day := dragoman.Day(19000 + rng.IntN(20))
		if rng.IntN(20) == 0 {
			day = dragoman.NoDay
		}
		r := provided(fmt.Sprint("e", i), day, dragoman.Tone(rng.IntN(5)-2), append(some(1), who[rng.IntN(len(who))]), some(2))
		r.Status, r.Mutual = dragoman.Statuses[rng.IntN(3)], rng.IntN(2) == 0
		if i%5 == 0 {
			r.Source.Text = "a witness"
		}
		r.Place = dragoman.Locale{ID: fmt.Sprint("town", i%7), Name: fmt.Sprint("Town ", i%7), Country: "IRN", Lat: float64(i % 7), Located: true}
		r.Told.URL = fmt.Sprint("https://news.example/", i/3)
		all = append(all, r)
	}
	return all
}

func provide(t *testing.T, db *store.DB, provider string, all ...dragoman.Record) {
	t.Helper()
	stored, known, err := db.Provide(t.Context(), provider, sketch.Stream(all...))
	if err != nil || stored != len(all) || known != 0 {
		t.Fatalf("of %d events of %s %d were stored, %d known: %v", len(all), provider, stored, known, err)
	}
}

func TestProvideTwiceChangesNothing(t *testing.T) {
	db, all := open(t), many(store.ProvideBatch+50)
	provide(t, db, "gdelt", all...)
	before := dump(t, db)
	stored, known, err := db.Provide(t.Context(), "gdelt", sketch.Stream(all...))
	if stored != 0 || known != len(all) || err != nil {
		t.Errorf("%d stored, %d known, %v", stored, known, err)
	}
	if after := dump(t, db); after != before {
		t.Error(differ(before, after))
	}
	if stored, known, err := db.Provide(t.Context(), "icews", sketch.Stream(all[:2]...)); stored != 2 || known != 0 || err != nil {
		t.Errorf("another provider may call its events so too: %d stored, %d known, %v", stored, known, err)
	}
	if stored, known, err := db.Provide(t.Context(), "polecat", sketch.Stream(all[0], all[0])); stored != 1 || known != 1 || err != nil {
		t.Errorf("one event given twice: %d stored, %d known, %v", stored, known, err)
	}
}

func TestProvidedIsAsGiven(t *testing.T) {
	db := open(t)
	full := dragoman.Record{Provider: "icews", ID: "7", Told: dragoman.Entry{ID: "story 5", Title: "Talks “go on”", URL: "https://news.example/5", Outlet: "Khatlon Post", Language: "en", Published: 19011, Version: "coder 2"},
		Occurrence: dragoman.Occurrence{First: 19009, Reports: 9, Articles: 8, Outlets: 7, Origins: 6, Sources: 5, Report: dragoman.Report{
			Type: "ASSAULT", Modes: []string{"aerial", "drone"}, Contexts: []string{"military"}, CAMEO: "195", Quad: "material-conflict", Tone: dragoman.MaterialConflict,
			Status: dragoman.Planned, Mutual: true, From: 19008, To: 19010, Day: 19010, Dated: true, Published: 19011, Actors: parties(ministry, rebels), Recipients: parties(israel),
			Place:  dragoman.Locale{ID: "12", Name: "Adré", Kind: "city", Country: "TCD", Lat: 13.5, Lon: 22.2, Located: true, ContainedIn: []string{"TCD.1", "TCD"}},
			Source: dragoman.Source{Actor: un, Text: "a UN envoy", Anonymous: true}, Origin: "agency", Words: "struck", Evidence: "struck the town",
			Casualties: []dragoman.Count{{What: "killed", Min: 2, Max: -1}}, Confidence: 0.625}}}
	bare := provided("8", 19012, dragoman.Neutral, nil, nil)
	undated := provided("", dragoman.NoDay, dragoman.Neutral, parties(un), nil)
	same := provided("9", 19012, dragoman.Neutral, parties(iran), nil)
	provide(t, db, "icews", full, bare, undated, same)
	got, err := db.Provided(t.Context(), store.ProvidedFilter{Provider: "icews"})
	want := []dragoman.Record{same, bare, full, undated} // the newest first
	if err != nil || len(got) != len(want) {
		t.Fatal(len(got), err)
	}
	for i := range want {
		want[i].Provider, want[i].Number = "icews", got[i].Number
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("got  %+v\nwant %+v", got[i], want[i])
		}
	}
	all, err := db.Providers(t.Context())
	if err != nil || len(all) != 1 || all[0].Name != "icews" || all[0].Events != 4 || all[0].First != 19010 || all[0].Last != 19012 || all[0].Added.IsZero() {
		t.Errorf("%+v %v", all, err)
	}
}

// TestProvidersStandApart wants nothing that is told of articles to change.
func TestProvidersStandApart(t *testing.T) {
	db, _ := filled(t, 10)
	ours := func() (b string) {
		for _, line := range strings.Split(dump(t, db), "\n== ") {
			if !strings.HasPrefix(line, "provide") {
				b += line + "\n"
			}
		}
		return b
	}
	before := ours()
	size, err := db.Size(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	provide(t, db, "gdelt", many(200)...)
	if after := ours(); after != before {
		t.Error(differ(before, after))
	}
	if now, err := db.Size(t.Context()); err != nil || now.Occurrences != size.Occurrences || now.Actors != size.Actors {
		t.Errorf("%+v, before %+v, %v", now, size, err)
	}
}

// among reports whether a party is, or acts for, the actor of an id.
func among(all []dragoman.Party, id string) bool {
	return slices.ContainsFunc(all, func(p dragoman.Party) bool {
		return p.ID == id || slices.ContainsFunc(p.Principals, func(q dragoman.Party) bool { return q.ID == id })
	})
}

// does reports whether a does something to b in r: of several who act with each
// other, each does it to the others.
func does(r *dragoman.Record, a, b string) bool {
	if len(r.Recipients) > 0 {
		return among(r.Actors, a) && among(r.Recipients, b)
	}
	for i, p := range r.Actors {
		if !r.Mutual {
			return false
		}
		others := slices.Delete(slices.Clone(r.Actors), i, i+1)
		if among(parties(p), a) && among(others, b) {
			return true
		}
	}
	return false
}

// TestProvidedBetween holds what the index gives against all events, sifted one
// by one.
func TestProvidedBetween(t *testing.T) {
	db, all := open(t), many(900)
	provide(t, db, "gdelt", all...)
	provide(t, db, "other", many(100)...)
	for _, c := range []struct {
		a, b     string
		from, to dragoman.Day
	}{{"IRN", "ISR", dragoman.NoDay, 1 << 30}, {"ISR", "IRN", 19003, 19004}, {"un", "IRN", 19000, 19010}, {"un", "ISR", 19010, 19010}, {"cameo:IRNREB", "ISR", dragoman.NoDay, 1 << 30}} {
		events, counts := 0, map[dragoman.DayCount]int{}
		for i := range all {
			r := &all[i]
			if r.Day < c.from || r.Day > c.to || strings.HasPrefix(c.a, dragoman.Coined) {
				continue
			}
			there, back := does(r, c.a, c.b), does(r, c.b, c.a)
			if there || back {
				events++
			}
			if r.Day == dragoman.NoDay || !r.Status.Done() {
				continue
			}
			if there || back {
				counts[dragoman.DayCount{Back: !there, Together: there && back, Claimed: r.Claimed(), Day: r.Day, Tone: r.Tone}]++
			}
		}
		got, err := db.ProvidedCounts(t.Context(), "gdelt", c.a, c.b, c.from, c.to)
		if err != nil || len(got) != len(counts) {
			t.Errorf("%s and %s: %d counts, want %d, %v", c.a, c.b, len(got), len(counts), err)
		}
		for i, x := range got {
			n := x.Events
			if x.Events = 0; counts[x] != n {
				t.Errorf("%s and %s: %+v is %d times, want %d", c.a, c.b, x, n, counts[x])
			}
			if i > 0 && got[i-1].Day > x.Day {
				t.Error("not in the order of days")
			}
		}
		found, err := db.Provided(t.Context(), store.ProvidedFilter{Provider: "gdelt", A: c.a, B: c.b, From: c.from, To: c.to})
		if err != nil || len(found) != events {
			t.Errorf("%s and %s: %d events, want %d, %v", c.a, c.b, len(found), events, err)
		}
	}
}

// TestProvidedOfVeryMany wants an event of very many kept whole, and found under the
// first of them; also where several such events stand in one batch.
func TestProvidedOfVeryMany(t *testing.T) {
	crowd := func(side string) (all []dragoman.Party) {
		for i := range 400 {
			p := dragoman.Party{ID: fmt.Sprint(side, i), Name: "somebody"}
			all = append(all, p, p) // twice: it is found once
		}
		return all
	}
	everybody := dragoman.Party{ID: "cameo:ALL", Principals: crowd("d")}
	var all []dragoman.Record
	for i := range 8 {
		all = append(all, provided(fmt.Sprint("e", i), 19000, 0, crowd("a"), crowd("b")))
	}
	together := provided("mutual", 19000, 0, crowd("c"), nil)
	together.Mutual = true
	all = append(all, together, provided("principals", 19000, 0, parties(everybody), parties(un)))
	db := open(t)
	provide(t, db, "hand", all...)
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"a0", "b0", 8}, {"a99", "b99", 8}, {"b99", "a99", 8}, {"a100", "b0", 0}, {"a0", "b100", 0}, {"a399", "b399", 0},
		{"c0", "c1", 1}, {"c0", "c0", 0}, {"d0", "d1", 0}, {"d99", "un", 1}, {"d100", "un", 0},
	} {
		found, err := db.Provided(t.Context(), store.ProvidedFilter{Provider: "hand", A: c.a, B: c.b})
		if err != nil || len(found) != c.want {
			t.Errorf("%s and %s: %d events, want %d, %v", c.a, c.b, len(found), c.want, err)
		}
	}
	whole, err := db.Provided(t.Context(), store.ProvidedFilter{Provider: "hand", Limit: 3})
	if err != nil || len(whole) != 3 || len(whole[2].Actors) != 800 || len(whole[2].Recipients) != 800 || len(whole[0].Actors[0].Principals) != 800 {
		t.Errorf("%d events, %v: not all who are in them are there", len(whole), err)
	}
}

func TestProvidedOfMergedActors(t *testing.T) {
	db, w := filled(t, 3)
	f := w.Filing(0)
	a, b := f.Reports[0].Actors[0], dragoman.Party{}
	for _, r := range f.Reports {
		for _, p := range append(r.Actors, r.Recipients...) {
			if p.ID != a.ID {
				b = p
			}
		}
	}
	if b.ID == "" {
		t.Fatal("the article names one actor only")
	}
	a.Principals, b.Principals = nil, nil
	provide(t, db, "gdelt", provided("1", 19000, dragoman.VerbalCooperation, parties(a), parties(un)), provided("2", 19000, dragoman.VerbalCooperation, parties(b), parties(un)),
		provided("3", 19000, dragoman.VerbalCooperation, parties(a, b), parties(un)))
	counted := func(id string) (n int) {
		all, err := db.ProvidedCounts(t.Context(), "gdelt", id, "un", 19000, 19000)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range all {
			n += c.Events
		}
		return n
	}
	if counted(a.ID) != 2 || counted(b.ID) != 2 {
		t.Error(counted(a.ID), counted(b.ID))
	}
	if _, err := db.Correct(t.Context(), dragoman.Correction{Action: dragoman.Merge, Old: a.ID, New: b.ID, Who: "editor"}); err != nil {
		t.Fatal(err)
	}
	if counted(a.ID) != 3 || counted(b.ID) != 3 {
		t.Errorf("of two that are one, %d and %d are counted, want all 3", counted(a.ID), counted(b.ID))
	}
}

// TestProvidedStream wants all, in order and each once, also of a day that has
// more than are held.
func TestProvidedStream(t *testing.T) {
	db, all := open(t), many(2500)
	for i := range all[:2200] {
		all[i].Day = 19005
	}
	provide(t, db, "gdelt", all...)
	for _, f := range []store.ProvidedFilter{{Provider: "gdelt"}, {Provider: "gdelt", A: "IRN", B: "ISR"}, {Provider: "gdelt", From: 19004, To: 19005}} {
		want, err := db.Provided(t.Context(), f)
		if err != nil || len(want) < 100 {
			t.Fatal(len(want), err)
		}
		next := db.ProvidedStream(t.Context(), f)
		for i := range want {
			if r, err := next(); err != nil || !reflect.DeepEqual(r, want[i]) {
				t.Fatalf("%+v: number %d is %+v, want %+v, %v", f, i, r, want[i], err)
			}
		}
		for range 2 {
			if _, err := next(); !errors.Is(err, io.EOF) {
				t.Errorf("%+v: after the last comes %v", f, err)
			}
		}
	}
}

func TestNamelessEvents(t *testing.T) {
	db := open(t)
	talk, raid := provided("", 19000, dragoman.VerbalCooperation, parties(iran), parties(israel)), provided("", 19001, dragoman.MaterialConflict, parties(iran), parties(israel))
	provide(t, db, "hand", talk, talk, raid) // two talks on one day are two
	if stored, known, err := db.Provide(t.Context(), "hand", sketch.Stream(raid, talk, talk, talk)); stored != 1 || known != 3 || err != nil {
		t.Errorf("a third talk is new: %d stored, %d known, %v", stored, known, err)
	}
}

// TestBadIDs wants what no ID should have to do no harm.
func TestBadIDs(t *testing.T) {
	db := open(t)
	all := []dragoman.Record{provided("a\xffb", 19000, 0, nil, nil), provided("a\x00c", 19000, 0, nil, nil), provided("\x00", 19000, 0, nil, nil), provided(`"<&>\`, 19000, 0, nil, nil)}
	provide(t, db, "hand", slices.Clone(all)...)
	if stored, known, err := db.Provide(t.Context(), "hand", sketch.Stream(all...)); stored != 0 || known != len(all) || err != nil {
		t.Errorf("%d stored, %d known, %v", stored, known, err)
	}
}

func TestProvideKeepsWhatWasReadBeforeAFault(t *testing.T) {
	db, all, fault := open(t), many(store.ProvideBatch+100), errors.New("the file breaks off")
	next := sketch.Stream(all...)
	stored, known, err := db.Provide(t.Context(), "gdelt", func() (dragoman.Record, error) {
		r, err := next()
		if err == io.EOF {
			err = fault
		}
		return r, err
	})
	if stored != len(all) || known != 0 || !errors.Is(err, fault) {
		t.Errorf("%d stored, %d known, %v", stored, known, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	next, n := sketch.Stream(many(3*store.ProvideBatch)...), 0
	stored, _, err = db.Provide(ctx, "late", func() (dragoman.Record, error) {
		if n++; n == 2*store.ProvideBatch+5 {
			cancel()
		}
		return next()
	})
	if stored != 2*store.ProvideBatch || !errors.Is(err, context.Canceled) {
		t.Errorf("when interrupted in the third batch, %d are stored: %v", stored, err)
	}
	if all, err := db.Providers(t.Context()); err != nil || len(all) != 2 || all[1].Events != 2*store.ProvideBatch {
		t.Errorf("%+v %v", all, err)
	}
}

func TestWithdraw(t *testing.T) {
	db, _ := filled(t, 3)
	provide(t, db, "kept", many(300)...)
	before := dump(t, db)
	provide(t, db, "gdelt", many(12000)...)
	if n, err := db.Withdraw(t.Context(), "gdelt"); n != 12000 || err != nil {
		t.Error(n, err)
	}
	if after := dump(t, db); after != before {
		t.Error(differ(before, after))
	}
	if n, err := db.Withdraw(t.Context(), "gdelt"); n != 0 || err != nil {
		t.Error("withdrawn again:", n, err)
	}
	// What was left half withdrawn is gone for whoever asks, and swept up later.
	provide(t, db, "gdelt", many(50)...)
	if err := store.Leave(t.Context(), db, "gdelt"); err != nil {
		t.Fatal(err)
	}
	if all, err := db.Providers(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%+v %v", all, err)
	}
	if stored, known, err := db.Provide(t.Context(), "kept", sketch.Stream(many(300)...)); stored != 0 || known != 300 || err != nil {
		t.Error(stored, known, err)
	}
	if after := dump(t, db); after != before {
		t.Error(differ(before, after))
	}
}

// TestWithdrawnMeanwhile wants what comes after to be whole.
func TestWithdrawnMeanwhile(t *testing.T) {
	db, all := open(t), many(store.ProvideBatch+20)
	next, n := sketch.Stream(all...), 0
	_, _, err := db.Provide(t.Context(), "gdelt", func() (dragoman.Record, error) {
		if n++; n == store.ProvideBatch+1 {
			if _, err := db.Withdraw(t.Context(), "gdelt"); err != nil {
				t.Error(err)
			}
		}
		return next()
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := db.Provided(t.Context(), store.ProvidedFilter{Provider: "gdelt"})
	if err != nil || len(got) != 20 {
		t.Fatal(len(got), err)
	}
	for _, r := range got {
		if len(r.Actors) == 0 || r.Actors[0].ID == "" || r.Place.ID == "" {
			t.Errorf("an event has lost who is in it: %+v", r)
		}
	}
}

func TestProvidedDays(t *testing.T) {
	db := open(t)
	var all []dragoman.Record
	for i, day := range []dragoman.Day{18000, 18050, 18200, 18230, 18290, 18291, dragoman.NoDay} { // 150 days are a gap, 60 are none
		all = append(all, provided(fmt.Sprint(i), day, 0, parties(iran), nil))
	}
	provide(t, db, "gdelt", all...)
	for _, c := range []struct{ now, first, last dragoman.Day }{
		{1 << 30, 18200, 18291}, {18260, 18200, 18230}, {18199, 18000, 18050}, {17999, dragoman.NoDay, dragoman.NoDay},
	} {
		if first, last, err := db.ProvidedDays(t.Context(), "gdelt", c.now); err != nil || first != c.first || last != c.last {
			t.Errorf("up to %d: %d to %d, want %d to %d, %v", c.now, first, last, c.first, c.last, err)
		}
	}
}

func TestProvidedNamed(t *testing.T) {
	db := open(t)
	provide(t, db, "gdelt", provided("1", 19000, 0, parties(ministry, rebels), parties(un)))
	provide(t, db, "icews", provided("1", 19000, 0, parties(iran), nil))
	for name, want := range map[string]string{"iran": "IRN", "IRN": "IRN", "United  Nations": "un", "un": "un", "rebels": "", "cameo:IRNREB": "", "": ""} {
		all, err := db.ProvidedNamed(t.Context(), name)
		got := ""
		for _, p := range all {
			got += p.ID
		}
		if err != nil || got != want {
			t.Errorf("%q is %q, want %q, %v", name, got, want, err)
		}
	}
	if _, err := db.Withdraw(t.Context(), "gdelt"); err != nil {
		t.Fatal(err)
	}
	if all, err := db.ProvidedNamed(t.Context(), "un"); err != nil || len(all) != 0 {
		t.Errorf("%+v %v", all, err)
	}
}

func TestNamesOfProviders(t *testing.T) {
	db := open(t)
	_, err := db.Provided(t.Context(), store.ProvidedFilter{Provider: "gdelt"})
	if err == nil || !strings.Contains(err.Error(), "nor any other") {
		t.Error(err)
	}
	provide(t, db, "ACLED-2024.v1", many(1)...)
	if _, err = db.ProvidedCounts(t.Context(), "gdelt", "IRN", "ISR", 0, 1); err == nil || !strings.Contains(err.Error(), `there is no provider "gdelt"; there is ACLED-2024.v1`) {
		t.Error(err)
	}
	for _, name := range []string{"", "two words", "a@b", "a:b", "-x", strings.Repeat("x", 65), "a\n"} {
		if _, _, err := db.Provide(t.Context(), name, sketch.Stream(many(1)...)); err == nil || !strings.Contains(err.Error(), "a name has up to 64") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestProvideLargeEvents: a transaction ends also when its events hold much, and all
// are stored.
func TestProvideLargeEvents(t *testing.T) {
	db := open(t)
	const size, events = store.ProvideBytes / 8, 20
	evidence := strings.Repeat("struck ", size/7+1)
	told, waiting := 0, 0
	stored, known, err := db.Provide(t.Context(), "csv", func() (dragoman.Record, error) {
		all, err := db.Providers(t.Context())
		if err != nil {
			return dragoman.Record{}, err
		}
		there := 0
		for _, p := range all {
			there += p.Events
		}
		if waiting = max(waiting, told-there); told == events {
			return dragoman.Record{}, io.EOF
		}
		told++
		r := provided(fmt.Sprint(told), 19000, dragoman.Neutral, parties(iran), parties(israel))
		r.Evidence = evidence
		return r, nil
	})
	if stored != events || known != 0 || err != nil || waiting != 7 { // when the eighth is asked for
		t.Errorf("%d stored, %d known, %d waited, %v", stored, known, waiting, err)
	}
	got, err := db.Provided(t.Context(), store.ProvidedFilter{Provider: "csv"})
	if err != nil || len(got) != events || got[0].Evidence != evidence {
		t.Errorf("%d events, %v", len(got), err)
	}
}
