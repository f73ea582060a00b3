package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"dragoman"
	"dragoman/score"
	"dragoman/store"
	"dragoman/story"
)

func TestSaveTwiceChangesNothing(t *testing.T) {
	db, w := filled(t, 5)
	before := dump(t, db)
	for i := range 5 {
		f := w.Filing(i)
		number, fresh, err := db.Save(t.Context(), &f, desk(t))
		if err != nil || fresh || number != int64(i+1) {
			t.Errorf("article %d: number %d, fresh %v, %v", i, number, fresh, err)
		}
	}
	if after := dump(t, db); after != before {
		t.Error(differ(before, after))
	}
}

func TestSaveKeepsTheReading(t *testing.T) {
	db, w := filled(t, 1)
	f := w.Filing(0)
	text, err := db.Text(t.Context(), 1)
	if err != nil || text != f.Text {
		t.Errorf("%v %q", err, text)
	}
	e, ok, err := db.Article(t.Context(), "#1")
	if err != nil || !ok || e.Key != f.Key || e.Outlet != f.Outlet || e.Published != f.Published {
		t.Errorf("%+v %v %v", e, ok, err)
	}
	if _, ok, err := db.Article(t.Context(), "nothing"); ok || err != nil {
		t.Error(ok, err)
	}
}

// TestHalfAnArticle stops a transaction in its midst: nothing of it is there.
func TestHalfAnArticle(t *testing.T) {
	db, w := filled(t, 3)
	before := dump(t, db)
	f := w.Filing(3)
	_, _, err := db.Save(t.Context(), &f, desk(t), func(*store.Transaction) error { return fmt.Errorf("stop") })
	if err == nil || !strings.Contains(err.Error(), "stop") {
		t.Fatal(err)
	}
	if after := dump(t, db); after != before {
		t.Error(differ(before, after))
	}
	if _, fresh, err := db.Save(t.Context(), &f, desk(t)); err != nil || !fresh {
		t.Error("the article could not be stored afterwards:", fresh, err)
	}
}

func TestManyAtOnce(t *testing.T) {
	db, w := open(t), score.NewWorld(7)
	var wait sync.WaitGroup
	for i := range 24 {
		wait.Go(func() {
			f := w.Filing(i / 2) // each twice
			if _, _, err := db.Save(t.Context(), &f, desk(t)); err != nil {
				t.Error(err)
			}
			if _, err := db.Occurrences(t.Context(), dragoman.Filter{Limit: 5}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if s, err := db.Size(t.Context()); err != nil || s.Articles != 12 {
		t.Error(s, err)
	}
}

// TestOccurrences holds what the indices give against all occurrences, sifted
// one by one.
func TestOccurrences(t *testing.T) {
	db, _ := filled(t, 150)
	all := everything(t, db)
	if len(all) < 1000 {
		t.Fatal(len(all), "events are too few to try filters on")
	}
	entries, err := db.After(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	outlets := outletsOf(entries)
	told := map[int64]map[string]bool{} // event: outlets
	for _, e := range entries {
		reports, err := db.ReportsIn(t.Context(), e.Number)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range reports {
			if told[r.Occurrence] == nil {
				told[r.Occurrence] = map[string]bool{}
			}
			told[r.Occurrence][e.Outlet] = true
		}
	}
	rng := rand.New(rand.NewPCG(3, 3))
	found := 0
	for range 400 {
		f, a, b := anyFilter(rng, all, outlets)
		got, err := db.Occurrences(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		f.Limit = 3
		first, err := db.Occurrences(t.Context(), f)
		if err != nil || len(first) != min(3, len(got)) || len(first) > 0 && first[len(first)-1].Day < got[len(first)-1].Day {
			t.Fatalf("%+v: the first are not the newest: %v", f, err)
		}
		f.Limit = 0
		var want []int64
		for i := range all {
			if wanted(&all[i], &f, a, b) && (f.Outlet == "" || told[all[i].Number][f.Outlet]) {
				want = append(want, all[i].Number)
			}
		}
		var numbers []int64
		for _, o := range got {
			numbers = append(numbers, o.Number)
		}
		slices.Sort(numbers)
		slices.Sort(want)
		if !slices.Equal(numbers, want) {
			t.Fatalf("%+v\n%v\n%v", f, numbers, want)
		}
		found += len(want)
	}
	if found < 1000 {
		t.Error("the filters found", found, "events in all: they try nothing")
	}
}

// outletsOf returns the outlets of articles by their numbers.
func outletsOf(entries []dragoman.Entry) map[int64]string {
	outlets := map[int64]string{}
	for _, e := range entries {
		outlets[e.Number] = e.Outlet
	}
	return outlets
}

// anyFilter makes one up that wants some of all, and returns its A and B;
// outlets are those of articles.
func anyFilter(rng *rand.Rand, all []dragoman.Occurrence, outlets map[int64]string) (f dragoman.Filter, a, b dragoman.Party) {
	party := func() dragoman.Party {
		o := all[rng.IntN(len(all))]
		p := o.Actors[0]
		if len(p.Principals) > 0 && rng.IntN(2) == 0 {
			p = p.Principals[0]
		}
		return p
	}
	if rng.IntN(2) == 0 {
		a = party()
		f.A = a.Number
	}
	if rng.IntN(3) == 0 {
		b = party()
		f.B = b.Number
	}
	f.Directed = rng.IntN(2) == 0
	some := all[rng.IntN(len(all))]
	if rng.IntN(3) == 0 {
		f.Types = []string{some.Type, "ASSAULT"}
	}
	if rng.IntN(4) == 0 {
		f.Statuses = []dragoman.Status{some.Status}
	}
	if rng.IntN(4) == 0 {
		f.From, f.To = some.Day-2, some.Day+3
	}
	if rng.IntN(4) == 0 {
		f.Confidence = 0.5
	}
	if rng.IntN(5) == 0 && some.Place.ID != "" {
		f.Place = some.Place.ID
		if len(some.Place.ContainedIn) > 0 && rng.IntN(2) == 0 {
			f.Place = some.Place.ContainedIn[0]
		}
	}
	if rng.IntN(5) == 0 && some.Source.Actor.ID != "" {
		f.Source = some.Source.Actor.Number
	}
	if rng.IntN(6) == 0 {
		f.Text = strings.Fields(some.Evidence)[0]
	}
	if rng.IntN(6) == 0 {
		f.Outlet = outlets[some.Article]
	}
	return f, a, b
}

func wanted(o *dragoman.Occurrence, f *dragoman.Filter, a, b dragoman.Party) bool {
	in := func(all []dragoman.Party, p dragoman.Party) bool {
		return slices.ContainsFunc(all, func(q dragoman.Party) bool {
			return q.ID == p.ID || slices.ContainsFunc(q.Principals, func(r dragoman.Party) bool { return r.ID == p.ID })
		})
	}
	toward := func(a, b dragoman.Party) bool { return a.ID != b.ID && in(o.Actors, a) && in(o.Recipients, b) }
	switch {
	case f.A != 0 && f.B != 0 && !(toward(a, b) || !f.Directed && toward(b, a)):
		return false
	case f.A != 0 && f.B == 0 && !(in(o.Actors, a) || !f.Directed && in(o.Recipients, a)):
		return false
	case f.B != 0 && f.A == 0 && !(in(o.Recipients, b) || !f.Directed && in(o.Actors, b)):
		return false
	case len(f.Types) > 0 && !slices.Contains(f.Types, o.Type), len(f.Statuses) > 0 && !slices.Contains(f.Statuses, o.Status):
		return false
	case f.From != 0 && (o.Day < f.From || o.Day > f.To), o.Confidence < f.Confidence:
		return false
	case f.Place != "" && o.Place.ID != f.Place && !slices.Contains(o.Place.ContainedIn, f.Place):
		return false
	case f.Source != 0 && o.Source.Actor.Number != f.Source, f.Text != "" && !slices.Contains(strings.Fields(o.Evidence), f.Text):
		return false
	}
	return true
}

func TestCounts(t *testing.T) {
	db, _ := filled(t, 100)
	all := everything(t, db)
	a, b := all[0].Actors[0], dragoman.Party{}
	for _, o := range all {
		if len(o.Recipients) > 0 && o.Actors[0].ID != o.Recipients[0].ID {
			a, b = o.Actors[0], o.Recipients[0]
			break
		}
	}
	got, err := db.Counts(t.Context(), a.Number, b.Number, dragoman.NoDay, 1<<30, 1<<30, 0.2)
	if err != nil {
		t.Fatal(err)
	}
	sum := map[string]int{}
	for _, c := range got {
		sum[fmt.Sprint(c.Back, c.Together, c.Claimed, c.Day, c.Tone)] += c.Events
	}
	want := map[string]int{}
	for i := range all {
		o := &all[i]
		if o.Confidence < 0.2 || !o.Status.Done() {
			continue
		}
		f := dragoman.Filter{A: 1, B: 1, Directed: true}
		there, back := wanted(o, &f, a, b), wanted(o, &f, b, a)
		if there || back {
			want[fmt.Sprint(!there, there && back, o.Claimed(), o.Day, o.Tone)]++
		}
	}
	if len(want) == 0 || fmt.Sprint(sum) != fmt.Sprint(want) {
		t.Errorf("%v\n%v", sum, want)
	}
}

// TestWordOfSources wants what only sources claim to be counted apart, one who is told
// under two names to be one source, and outlets that quote the same to be no independent
// origins; what somebody utters is done.
func TestWordOfSources(t *testing.T) {
	chad := dragoman.Party{ID: "TCD", Name: "Chad", Kind: "state", Country: "TCD", Named: true}
	sudan := dragoman.Party{ID: "SDN", Name: "Sudan", Kind: "state", Country: "SDN", Named: true}
	person := func(id, name string) dragoman.Source {
		return dragoman.Source{Actor: dragoman.Party{ID: id, Name: name, Kind: "person", Country: "TCD", Named: true, Principals: []dragoman.Party{chad}}, Text: name}
	}
	minister, general := person("new:ali", "Ali"), person("new:ali-abakar", "Ali Abakar")
	db, w := open(t), score.NewWorld(7)
	save := func(i int, kind string, tone dragoman.Tone, by, to dragoman.Party, source dragoman.Source) {
		f := w.Filing(i)
		f.Outlet = fmt.Sprint("Outlet ", i)
		f.Root, f.Claims, f.Standings = f.Outlet, nil, nil
		r := dragoman.Report{Ordinal: 1, Type: kind, Tone: tone, Status: dragoman.Happened, Day: 20000, Dated: true, Published: 20000,
			Source: source, Confidence: 0.9, Evidence: kind, Trigger: dragoman.Span{Start: 1, End: 5}, Actors: []dragoman.Party{by}}
		if to.ID == "" {
			r.Actors, r.Mutual = append(r.Actors, sudan), true
		} else {
			r.Recipients = []dragoman.Party{to}
		}
		f.Reports = []dragoman.Report{r}
		if _, _, err := db.Save(t.Context(), &f, always{desk(t)}); err != nil {
			t.Fatal(err)
		}
	}
	save(1, "ASSAULT", dragoman.MaterialConflict, sudan, chad, minister)
	save(2, "ASSAULT", dragoman.MaterialConflict, sudan, chad, general)
	save(3, "THREATEN", dragoman.VerbalConflict, chad, sudan, minister)
	save(4, "CONSULT", dragoman.VerbalCooperation, chad, dragoman.Party{}, dragoman.Source{})

	told := func() (o dragoman.Occurrence) {
		for _, o := range everything(t, db) {
			if o.Type == "ASSAULT" {
				return o
			}
		}
		return o
	}
	if o := told(); o.Reports != 2 || o.Sources != 2 || o.Origins != 2 {
		t.Errorf("of two sources: %d reports, %d sources, %d origins", o.Reports, o.Sources, o.Origins)
	}
	if _, err := db.Correct(t.Context(), dragoman.Correction{Action: dragoman.Merge, Old: general.Actor.ID, New: minister.Actor.ID}); err != nil {
		t.Fatal(err)
	}
	if o := told(); o.Reports != 2 || o.Sources != 1 || o.Origins != 1 {
		t.Errorf("of one source under two names: %d reports, %d sources, %d origins", o.Reports, o.Sources, o.Origins)
	}
	k, err := db.Named(t.Context(), "Chad")
	if err != nil || len(k) == 0 {
		t.Fatal(err)
	}
	a := k[0].Number
	if k, err = db.Named(t.Context(), "Sudan"); err != nil || len(k) == 0 {
		t.Fatal(err)
	}
	got, err := db.Counts(t.Context(), a, k[0].Number, dragoman.NoDay, 1<<30, 1<<30, 0)
	want := []dragoman.DayCount{{Day: 20000, Tone: dragoman.VerbalConflict, Events: 1}, {Together: true, Day: 20000, Tone: dragoman.VerbalCooperation, Events: 1},
		{Back: true, Claimed: true, Day: 20000, Tone: dragoman.MaterialConflict, Events: 1}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v\n%+v\n%+v", err, got, want)
	}
	all, err := db.Relations(t.Context(), dragoman.Filter{}, []string{"state"}, 0)
	if err != nil || len(all) != 1 || all[0].Sum() != (dragoman.Deeds{Cooperation: 1, Conflict: 1}) || all[0].Together.Cooperation != 1 {
		t.Errorf("%v %+v", err, all)
	}
}

// corrections of every kind, of one event that has both parties.
func corrections(t *testing.T, db *store.DB) []dragoman.Correction {
	t.Helper()
	coding := func(kind string, status dragoman.Status) string {
		b, err := json.Marshal(dragoman.Coding{Type: kind, CAMEO: "07", Quad: "material-cooperation", Tone: dragoman.MaterialCooperation, Status: status})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, o := range everything(t, db) {
		if len(o.Recipients) == 0 || len(o.Actors[0].Principals) == 0 || o.Recipients[0].ID == o.Actors[0].ID {
			continue
		}
		e, _, err := db.Article(t.Context(), fmt.Sprint(o.Article))
		if err != nil {
			t.Fatal(err)
		}
		was, err := json.Marshal(dragoman.Coding{Type: o.Type, CAMEO: o.CAMEO, Quad: o.Quad, Tone: o.Tone, Status: o.Status})
		if err != nil {
			t.Fatal(err)
		}
		at := dragoman.Correction{Who: "me", Key: e.Key, Trigger: o.Trigger, Type: o.Type}
		all := []dragoman.Correction{at, at, at, at}
		all[0].Action = dragoman.Wrong
		all[1].Action, all[1].Old, all[1].New = dragoman.Recode, string(was), coding("AID", dragoman.Planned)
		all[2].Action, all[2].Old, all[2].New = dragoman.Repair, o.Actors[0].ID, o.Actors[0].Principals[0].ID
		all[3] = dragoman.Correction{Who: "me", Action: dragoman.Merge, Old: o.Actors[0].ID, New: o.Recipients[0].ID}
		return all
	}
	t.Fatal("no event to correct")
	return nil
}

func TestCorrectAndUndo(t *testing.T) {
	db, _ := filled(t, 40)
	before := dump(t, db)
	for _, c := range corrections(t, db) {
		number, err := db.Correct(t.Context(), c)
		if err != nil {
			t.Fatal(c.Action, err)
		}
		if dump(t, db) == before {
			t.Errorf("%s changed nothing", c.Action)
		}
		if err := db.Undo(t.Context(), number); err != nil {
			t.Fatal(c.Action, err)
		}
		if after := dump(t, db); after != before {
			t.Errorf("%s was not undone: %s", c.Action, differ(before, after))
		}
		if err := db.Undo(t.Context(), number); err == nil || !strings.Contains(err.Error(), "undone already") {
			t.Error("undone twice:", err)
		}
	}
	all, err := db.Corrections(t.Context())
	if err != nil || len(all) != 4 || slices.ContainsFunc(all, func(c dragoman.Correction) bool { return c.Undone.IsZero() }) {
		t.Errorf("%v %+v", err, all)
	}
}

// TestReplace reads articles again: the same filing leaves all as it was, and
// corrections stay.
func TestReplace(t *testing.T) {
	db, w := filled(t, 40)
	again := func() {
		t.Helper()
		for i := range 40 {
			f := w.Filing(i)
			if _, _, err := db.Replace(t.Context(), int64(i+1), &f, desk(t)); err != nil {
				t.Fatal(err)
			}
		}
	}
	// Claims and ties get new numbers; all else stays.
	stripped := func() string {
		var kept []string
		for _, part := range strings.Split(dump(t, db), "== ") {
			if !strings.HasPrefix(part, "claims") && !strings.HasPrefix(part, "abouts") && !strings.HasPrefix(part, "ties") {
				kept = append(kept, part)
			}
		}
		return strings.Join(kept, "== ")
	}
	before := stripped()
	again()
	if after := stripped(); after != before {
		t.Fatal(differ(before, after))
	}
	for _, c := range corrections(t, db) {
		if _, err := db.Correct(t.Context(), c); err != nil {
			t.Fatal(c.Action, err)
		}
	}
	before = stripped()
	again()
	if after := stripped(); after != before {
		t.Error("corrections did not stay: ", differ(before, after))
	}
}

// TestMergeHoldsForTheNext merges an actor and stores one more article of it.
func TestMergeHoldsForTheNext(t *testing.T) {
	db, w := filled(t, 20)
	f := w.Filing(20)
	from, into := f.Reports[0].Actors[0], dragoman.Party{}
	for _, o := range everything(t, db) {
		if o.Actors[0].ID != from.ID {
			into = o.Actors[0]
			break
		}
	}
	// The actor has to be there to be merged.
	first := w.Filing(21)
	first.Reports = []dragoman.Report{f.Reports[0]}
	if _, _, err := db.Save(t.Context(), &first, desk(t)); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Correct(t.Context(), dragoman.Correction{Action: dragoman.Merge, Old: from.ID, New: into.ID}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Correct(t.Context(), dragoman.Correction{Action: dragoman.Merge, Old: into.ID, New: from.ID}); err == nil {
		t.Error("two actors were each merged into the other")
	}
	number, _, err := db.Save(t.Context(), &f, desk(t))
	if err != nil {
		t.Fatal(err)
	}
	reports, err := db.ReportsIn(t.Context(), number)
	if err != nil || len(reports) == 0 || reports[0].Actors[0].ID != into.ID {
		t.Errorf("%v: the next article tells of %+v", err, reports[0].Actors)
	}
	for _, o := range everything(t, db) {
		if slices.ContainsFunc(o.Actors, func(p dragoman.Party) bool { return p.ID == from.ID }) {
			t.Errorf("event %d still has %s", o.Number, from.ID)
		}
	}
}

// TestOrigins: of three outlets, one takes the text of another, one tells it by
// itself.
func TestOrigins(t *testing.T) {
	db, w := open(t), score.NewWorld(7)
	base := w.Filing(0)
	var number int64
	for i, outlet := range []string{"Gazette", "Courier", "Observer"} {
		f := base
		f.Key, f.ID, f.Outlet, f.Root = fmt.Sprint("k", i), fmt.Sprint(i), outlet, outlet
		f.Reports = slices.Clone(base.Reports[:1])
		f.Reports[0].Day, f.Reports[0].Dated, f.Reports[0].Source = base.Published, true, dragoman.Source{}
		if outlet == "Observer" {
			s := story.SketchOf(strings.Repeat("quite another text about the same thing ", 9) + outlet)
			f.Sketch, f.Bands = s.Bytes(), s.Bands()
		}
		n, _, err := db.Save(t.Context(), &f, always{desk(t)})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			number = n
		}
	}
	all := everything(t, db)
	if len(all) != 1 || all[0].Reports != 3 || all[0].Outlets != 3 || all[0].Origins != 2 {
		t.Errorf("%d events; %d reports, %d outlets, %d origins", len(all), all[0].Reports, all[0].Outlets, all[0].Origins)
	}
	copies, err := db.Copies(t.Context(), number)
	if err != nil || len(copies) != 2 || copies[1].Outlet != "Courier" {
		t.Errorf("%v %+v", err, copies)
	}
}

// always joins all reports of one type, to try what follows.
type always struct{ *story.Desk }

func (always) Joins(_ *dragoman.Report, candidates []dragoman.Occurrence, _ []bool) int {
	return min(0, len(candidates)-1)
}

func TestFullText(t *testing.T) {
	db, w := filled(t, 20)
	f := w.Filing(11)
	words := strings.Fields(f.Title)
	all, err := db.Articles(t.Context(), dragoman.ArticleFilter{Text: `"` + strings.Join(words, " ") + `"`})
	if err != nil || len(all) != 1 || all[0].ID != f.ID {
		t.Errorf("%v %+v", err, all)
	}
	for _, text := range []string{"N'Djamena", "cease-fire", "Kyiv: peace", "10%", `"open`, "a* b", "^", "-", `""`, "(x OR y) NOT z"} {
		if _, err := db.Articles(t.Context(), dragoman.ArticleFilter{Text: text}); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := db.Articles(t.Context(), dragoman.ArticleFilter{Text: `NOT (`}); err == nil || !strings.Contains(err.Error(), "cannot be searched for") {
		t.Error(err)
	}
}

func TestStrangeFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(path, []byte(strings.Repeat("These are notes, no database. ", 100)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(context.Background(), path); err == nil || !strings.Contains(err.Error(), "notes.txt") {
		t.Error(err)
	}
	if _, err := store.Open(context.Background(), dir); err == nil {
		t.Error("a folder was opened as a database")
	}
}

// stripped is dump without what gets new numbers whenever an article is read again.
func stripped(t *testing.T, db *store.DB) string {
	t.Helper()
	var kept []string
	for _, part := range strings.Split(dump(t, db), "== ") {
		if !strings.HasPrefix(part, "claims") && !strings.HasPrefix(part, "abouts") && !strings.HasPrefix(part, "ties") {
			kept = append(kept, part)
		}
	}
	return strings.Join(append(kept, ties(t, db)), "== ")
}

// ties are all rows of them, wrong ones too, without their numbers.
func ties(t *testing.T, db *store.DB) string {
	t.Helper()
	rows := store.Rows(t.Context(), db, "ties")
	for i, row := range rows {
		_, rows[i], _ = strings.Cut(row, " ")
	}
	slices.Sort(rows)
	return "ties\n" + strings.Join(rows, "\n")
}

// anyTie makes up a correction of a tie.
func anyTie(t *testing.T, db *store.DB, rng *rand.Rand, to string) dragoman.Correction {
	t.Helper()
	all, err := db.Ties(t.Context(), 0, 0, 0)
	if err != nil || len(all) == 0 {
		t.Fatal("no ties: ", err)
	}
	s := all[rng.IntN(len(all))]
	e, _, err := db.Article(t.Context(), fmt.Sprint(s.Article))
	if err != nil {
		t.Fatal(err)
	}
	read, err := db.Bond(t.Context(), s.Number)
	if err != nil {
		t.Fatal(err)
	}
	old, err := json.Marshal(read)
	if err != nil {
		t.Fatal(err)
	}
	c := dragoman.Correction{Who: "me", Key: e.Key, Action: dragoman.Untie, Old: string(old)}
	if rng.IntN(3) > 0 {
		c.Action, c.New = dragoman.Retie, []string{`{"relation":"hosts","role":"guest"}`, `{"object":"` + to + `"}`, `{"subject":"` + to + `","relation":"opposes"}`}[rng.IntN(3)]
	}
	return c
}

// anyPlace returns a place at which something was.
func anyPlace(all []dragoman.Occurrence, rng *rand.Rand) string {
	for {
		if o := all[rng.IntN(len(all))]; o.Place.ID != "" {
			return o.Place.ID
		}
	}
}

// anyCorrection makes one up: of an event, of a tie, or of who or where somebody
// or a place is.
func anyCorrection(t *testing.T, db *store.DB, rng *rand.Rand) dragoman.Correction {
	t.Helper()
	all := everything(t, db)
	o := all[rng.IntN(len(all))]
	for len(o.Recipients) == 0 {
		o = all[rng.IntN(len(all))]
	}
	other := all[rng.IntN(len(all))].Actors[0]
	e, _, err := db.Article(t.Context(), fmt.Sprint(o.Article))
	if err != nil {
		t.Fatal(err)
	}
	c := dragoman.Correction{Who: "me", Key: e.Key, Trigger: o.Trigger, Type: o.Type}
	switch rng.IntN(9) {
	case 5:
		c.Action, c.Old, c.New = dragoman.Relocate, o.Place.ID, []string{"", anyPlace(all, rng)}[rng.IntN(2)]
	case 6:
		c = dragoman.Correction{Who: "me", Action: dragoman.MergePlace, Old: anyPlace(all, rng), New: anyPlace(all, rng)}
	case 7, 8:
		return anyTie(t, db, rng, other.ID)
	case 0:
		c.Action = dragoman.Wrong
	case 1, 2:
		c.Action = dragoman.Recode
		c.New = fmt.Sprintf(`{"type":%q,"cameo":"07","quad":"material-cooperation","tone":2,"status":"planned"}`, []string{"AID", "SUPPORT"}[rng.IntN(2)])
	case 3:
		c.Action, c.Old, c.New = dragoman.Repair, o.Actors[0].ID, o.Recipients[0].ID
	default:
		c = dragoman.Correction{Who: "me", Action: dragoman.Merge, Old: o.Actors[0].ID, New: other.ID}
	}
	return c
}

// TestCorrectionsInAnyOrder makes corrections one on top of the other, reads
// again in between, and undoes them in any order: what is read again changes
// nothing, and in the end all is as it was.
func TestCorrectionsInAnyOrder(t *testing.T) {
	db, w := filled(t, 15)
	before := stripped(t, db)
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 5))
		var made []int64
		for range 18 {
			c := anyCorrection(t, db, rng)
			number, err := db.Correct(t.Context(), c)
			if err != nil {
				continue // merged in a circle, or into itself
			}
			made = append(made, number)
		}
		if len(made) < 6 {
			t.Fatal("only", len(made), "corrections were made")
		}
		corrected := stripped(t, db)
		for i := range 15 {
			f := w.Filing(i)
			if _, _, err := db.Replace(t.Context(), int64(i+1), &f, desk(t)); err != nil {
				t.Fatal(seed, err)
			}
		}
		if again := stripped(t, db); again != corrected {
			t.Fatalf("seed %d: reading again changed something: %s", seed, differ(corrected, again))
		}
		rng.Shuffle(len(made), func(i, j int) { made[i], made[j] = made[j], made[i] })
		for _, n := range made {
			if err := db.Undo(t.Context(), n); err != nil {
				t.Fatal(seed, err)
			}
		}
		if after := stripped(t, db); after != before {
			t.Fatalf("seed %d: %s", seed, differ(before, after))
		}
	}
}

// TestReplaceWithOthers reads an article again in which there is one event less
// at first and one more: those that stay keep their numbers, no number is given
// twice, and other articles' events are left alone.
func TestReplaceWithOthers(t *testing.T) {
	db, w := filled(t, 6)
	whole := w.Filing(2)
	less := whole
	less.Reports = slices.Clone(whole.Reports[1:])
	read := func(f *dragoman.Filing) map[dragoman.Span]int64 {
		t.Helper()
		_, after, err := db.Replace(t.Context(), 3, f, desk(t))
		if err != nil {
			t.Fatal(err)
		}
		numbers := map[dragoman.Span]int64{}
		for _, r := range after {
			numbers[r.Trigger] = r.Number
		}
		return numbers
	}
	others := func() (all []string) {
		for _, o := range everything(t, db) {
			if o.Article != 3 {
				all = append(all, fmt.Sprint(o.Number, o.Type, o.Evidence))
			}
		}
		return all
	}
	before := others()
	first := read(&less)
	second := read(&whole)
	for at, n := range first {
		if second[at] != n {
			t.Errorf("the event at %v had number %d and has %d", at, n, second[at])
		}
	}
	if len(second) != len(first)+1 {
		t.Errorf("%d events, then %d", len(first), len(second))
	}
	if after := others(); !slices.Equal(before, after) {
		t.Errorf("%v\n%v", before, after)
	}
}

// TestEverybodyIsListed: who is in an event by any report of it is found.
func TestEverybodyIsListed(t *testing.T) {
	db, w := open(t), score.NewWorld(7)
	f := w.Filing(0)
	one, two, three := f.Reports[0].Actors[0], w.Filing(5).Reports[0].Actors[0], w.Filing(9).Reports[0].Actors[0]
	for i, actors := range [][]dragoman.Party{{one}, {one, two}} {
		g := w.Filing(i)
		g.Reports = slices.Clone(f.Reports[:1])
		g.Reports[0].Actors, g.Reports[0].Recipients = actors, []dragoman.Party{three}
		g.Reports[0].Confidence = 0.9 - 0.1*float64(i)
		if _, _, err := db.Save(t.Context(), &g, always{desk(t)}); err != nil {
			t.Fatal(err)
		}
	}
	known, err := db.Named(t.Context(), two.ID)
	if err != nil || len(known) == 0 || known[0].Events != 1 {
		t.Fatalf("%v %+v", err, known)
	}
	got, err := db.Occurrences(t.Context(), dragoman.Filter{A: known[0].Number, Directed: true})
	if err != nil || len(got) != 1 || got[0].Reports != 2 {
		t.Errorf("%v %+v", err, got)
	}
}
