package store_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dragoman"
	"dragoman/score"
	"dragoman/store"
)

// varied is a database in which some events have no day, some are told by
// several, and corrections hold.
func varied(t *testing.T, articles int) *store.DB {
	t.Helper()
	db, w := filled(t, articles)
	for i := range 4 {
		f := w.Filing(articles + i)
		f.Published = dragoman.NoDay
		for j := range f.Reports {
			f.Reports[j].Day, f.Reports[j].Published = dragoman.NoDay, dragoman.NoDay
		}
		for j := range f.Claims {
			f.Claims[j].Published = dragoman.NoDay
		}
		if _, _, err := db.Save(t.Context(), &f, desk(t)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 10 { // of other outlets, the same events
		f, other := w.Filing(articles+10+i), w.Filing(articles+40+i)
		f.Reports = append(slices.Clone(f.Reports[:3]), w.Filing(i).Reports[:4]...)
		for j := range f.Reports {
			f.Reports[j].Ordinal, f.Reports[j].Trigger = j+1, dragoman.Span{Start: 20 * j, End: 20*j + 5}
		}
		f.Outlet, f.Sketch, f.Bands = other.Outlet, other.Sketch, other.Bands
		if _, _, err := db.Save(t.Context(), &f, always{desk(t)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range corrections(t, db) {
		if _, err := db.Correct(t.Context(), c); err != nil {
			t.Fatal(c.Action, err)
		}
	}
	return db
}

func numbersOf(all []dragoman.Occurrence) (numbers []int64) {
	for _, o := range all {
		numbers = append(numbers, o.Number)
	}
	return numbers
}

func entriesOf(t *testing.T, db *store.DB) []dragoman.Entry {
	t.Helper()
	all, err := db.After(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// tellings returns all reports by the occurrences that they tell, the surest first.
func tellings(t *testing.T, db *store.DB) map[int64][]dragoman.Report {
	t.Helper()
	reports, err := db.ReportsOf(t.Context(), numbersOf(everything(t, db)))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(reports, func(a, b dragoman.Report) int {
		switch {
		case a.Confidence > b.Confidence:
			return -1
		case a.Confidence < b.Confidence:
			return 1
		}
		return 0
	})
	all := map[int64][]dragoman.Report{}
	for _, r := range reports {
		all[r.Occurrence] = append(all[r.Occurrence], r)
	}
	return all
}

// turnedPages turns pages to the end, and returns what stands on all of them and after
// what they were turned.
func turnedPages(t *testing.T, db *store.DB, f dragoman.Filter) (got []int64, marks []dragoman.Mark) {
	t.Helper()
	for {
		page, err := db.Occurrences(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, numbersOf(page)...)
		if len(page) < f.Limit {
			return got, marks
		}
		last := page[len(page)-1]
		f.After = dragoman.Mark{Day: last.Day, Number: last.Number}
		marks = append(marks, f.After)
	}
}

// TestPages turns pages to the end: all of them together are what is had at once.
func TestPages(t *testing.T) {
	db := varied(t, 100)
	all, outlets := everything(t, db), outletsOf(entriesOf(t, db))
	rng := rand.New(rand.NewPCG(4, 4))
	turned, undated := 0, 0
	for i := range 120 {
		f, _, _ := anyFilter(rng, all, outlets)
		if i == 0 {
			f = dragoman.Filter{}
		}
		whole, err := db.Occurrences(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		f.Limit = 5 + rng.IntN(40)
		got, marks := turnedPages(t, db, f)
		turned += len(marks)
		for _, m := range marks {
			if m.Day == dragoman.NoDay {
				undated++
			}
		}
		if !slices.Equal(got, numbersOf(whole)) {
			t.Fatalf("%+v\n%v\n%v", f, got, numbersOf(whole))
		}
	}
	if turned < 150 || undated == 0 {
		t.Error(turned, "pages were turned,", undated, "from what has no day")
	}
}

// TestCommonWords wants the same of words however many have them: pages and
// counts are those of all events of which a report has the word.
func TestCommonWords(t *testing.T) {
	db := varied(t, 100)
	all, told := everything(t, db), tellings(t, db)
	have := map[string][]int64{} // in order
	for _, o := range all {
		words := map[string]bool{}
		for _, r := range told[o.Number] {
			for _, word := range strings.Fields(r.Evidence) {
				words[word] = true
			}
		}
		for word := range words {
			have[word] = append(have[word], o.Number)
		}
	}
	store.Common(db, 50, 100)
	looked := [3]int{}
	for word, want := range have {
		if len(want) < 40 {
			continue
		}
		looked[min(len(want)/50, 2)]++
		got, _ := turnedPages(t, db, dragoman.Filter{Text: word, Limit: 7})
		counts, err := db.Facets(t.Context(), dragoman.Filter{Text: word})
		if err != nil || !slices.Equal(got, want) || counts.Looked != len(want) || !slices.Equal(counts.Newest, want[:min(len(want), 100)]) {
			t.Fatalf("%s: %v\n%v\n%v\n%v", word, err, got, want, counts)
		}
	}
	if slices.Min(looked[:]) == 0 {
		t.Error("words were few, common and most common:", looked)
	}
}

func TestArticles(t *testing.T) {
	db, w := filled(t, 120)
	all := entriesOf(t, db)
	slices.Reverse(all)
	words := map[int64][]string{}
	for _, e := range all {
		f := w.Filing(int(e.Number - 1))
		words[e.Number] = strings.Fields(f.Text)
	}
	rng := rand.New(rand.NewPCG(6, 6))
	found := 0
	for range 200 {
		var f dragoman.ArticleFilter
		some := all[rng.IntN(len(all))]
		if rng.IntN(2) == 0 {
			f.Text = strings.Fields(some.Title)[rng.IntN(4)]
		}
		if rng.IntN(3) == 0 {
			f.Outlet = some.Outlet
		}
		switch rng.IntN(4) {
		case 0:
			f.From, f.To = some.Published-1, some.Published+1
		case 1:
			f.From, f.To = some.Published, dragoman.NoDay
		case 2:
			f.From, f.To = dragoman.NoDay, some.Published
		}
		if rng.IntN(2) == 0 {
			f.Before = some.Number + 10
		}
		f.Limit = rng.IntN(20)
		var want []int64
		for _, e := range all {
			switch {
			case f.Text != "" && !slices.Contains(words[e.Number], f.Text), f.Outlet != "" && e.Outlet != f.Outlet,
				f.Before != 0 && e.Number >= f.Before, f.From != 0 && e.Published < f.From,
				f.From != 0 && f.To != dragoman.NoDay && e.Published > f.To, f.Limit > 0 && len(want) == f.Limit:
				continue
			}
			want = append(want, e.Number)
		}
		got, err := db.Articles(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		var numbers []int64
		for _, e := range got {
			numbers = append(numbers, e.Number)
		}
		if !slices.Equal(numbers, want) {
			t.Fatalf("%+v\n%v\n%v", f, numbers, want)
		}
		found += len(want)
	}
	if found < 200 {
		t.Error("only", found, "articles were found")
	}
}

// sorted puts tallies in the order of the store.
func sorted(counts map[string]int) []dragoman.Tally {
	all := []dragoman.Tally{}
	for name, n := range counts {
		if name != "" {
			all = append(all, dragoman.Tally{Name: name, Count: n})
		}
	}
	slices.SortFunc(all, func(a, b dragoman.Tally) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Name, b.Name)
	})
	return all
}

func TestOutlets(t *testing.T) {
	db := varied(t, 60)
	counts := map[string]int{}
	for _, e := range entriesOf(t, db) {
		counts[e.Outlet]++
	}
	for _, limit := range []int{0, 5} {
		want := sorted(counts)
		if limit > 0 {
			want = want[:limit]
		}
		if got, err := db.Outlets(t.Context(), limit); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v\n%v\n%v", err, got, want)
		}
	}
}

func TestFacets(t *testing.T) {
	db := varied(t, 100)
	all, outlets, told := everything(t, db), outletsOf(entriesOf(t, db)), tellings(t, db)
	rng := rand.New(rand.NewPCG(5, 5))
	several := false
	for i := range 150 {
		f, _, _ := anyFilter(rng, all, outlets)
		if i == 0 {
			f = dragoman.Filter{}
		}
		whole, err := db.Occurrences(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		f.Limit = 1 + rng.IntN(40)
		if i%3 == 0 {
			f.Limit = 0
		}
		looked := whole
		if f.Limit > 0 {
			looked = whole[:min(len(whole), f.Limit)]
		}
		types, statuses, years, countries, by, tones := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[dragoman.Tone]int{}
		for _, o := range looked {
			types[o.Type]++
			statuses[string(o.Status)]++
			tones[o.Tone]++
			countries[o.Place.Country]++
			if o.Day != dragoman.NoDay {
				year, _, _ := o.Day.Date()
				years[strconv.Itoa(year)]++
			}
			own := map[string]bool{}
			for _, r := range told[o.Number] {
				own[outlets[r.Article]] = true
			}
			several = several || len(own) > 1
			for name := range own {
				by[name]++
			}
		}
		want := dragoman.Facets{Looked: len(looked), All: len(looked) == len(whole), Types: sorted(types), Statuses: sorted(statuses), Years: sorted(years),
			Countries: sorted(countries), Outlets: sorted(by), Tones: tones}
		for _, o := range looked[:min(len(looked), 100)] {
			want.Newest = append(want.Newest, o.Number)
		}
		if got, err := db.OccurrencesOf(t.Context(), want.Newest); err != nil || fmt.Sprint(got) != fmt.Sprint(looked[:len(want.Newest)]) {
			t.Fatalf("%+v: %v\n%+v\n%+v", f, err, got, looked)
		}
		if got, err := db.Facets(t.Context(), f); err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%+v: %v\n%+v\n%+v", f, err, got, want)
		}
	}
	if !several {
		t.Error("no event is told by two outlets")
	}
}

func TestLocated(t *testing.T) {
	db := varied(t, 100)
	all, outlets := everything(t, db), outletsOf(entriesOf(t, db))
	rng := rand.New(rand.NewPCG(8, 8))
	found := 0
	for i := range 150 {
		f, _, _ := anyFilter(rng, all, outlets)
		if i == 0 {
			f = dragoman.Filter{}
		}
		whole, err := db.Occurrences(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]dragoman.Spot{}
		for _, o := range whole {
			if o.Place.ID == "" {
				continue
			}
			s, ok := want[o.Place.ID]
			if !ok {
				s = dragoman.Spot{Locale: o.Place, Newest: o.Day}
			}
			s.Events++
			if o.Tone > 0 {
				s.Cooperation++
			} else if o.Tone < 0 {
				s.Conflict++
			}
			want[o.Place.ID] = s
		}
		got, err := db.Located(t.Context(), f, 0)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%+v: %v, %d places instead of %d", f, err, len(got), len(want))
		}
		for i, s := range got {
			if fmt.Sprint(s) != fmt.Sprint(want[s.ID]) || i > 0 && got[i-1].Events < s.Events {
				t.Fatalf("%+v\n%+v\n%+v", f, s, want[s.ID])
			}
			found += s.Events
		}
		if first, err := db.Located(t.Context(), f, 3); err != nil || fmt.Sprint(first) != fmt.Sprint(got[:min(3, len(got))]) {
			t.Fatal(err, first)
		}
	}
	if found < 500 {
		t.Error("only", found, "events were at a place")
	}
}

// related sums up what each two did to each other, by the numbers of the two.
func related(told map[int64][]dragoman.Report, days map[int64]dragoman.Day, from, to dragoman.Day, confidence float64) map[[2]int64]*dragoman.Relation {
	all := map[[2]int64]*dragoman.Relation{}
	for n, reports := range told {
		if !slices.ContainsFunc(reports, func(r dragoman.Report) bool { return !r.Claimed() }) {
			continue
		}
		seen := map[[2]int64]bool{}
		for _, r := range reports {
			for _, d := range done(&r) {
				seen[[2]int64{d[0].Number, d[1].Number}] = true
			}
		}
		for _, r := range reports {
			for _, d := range done(&r) {
				k := [2]int64{d[0].Number, d[1].Number}
				if !seen[k] { // a surer report has said so
					continue
				}
				back := [2]int64{k[1], k[0]}
				_, together := seen[back]
				seen[k] = false
				if together && k[0] > k[1] { // once
					continue
				}
				if r.Confidence < confidence || !r.Status.Done() || days[n] < from || days[n] > to || acts(d[0], d[1]) || acts(d[1], d[0]) {
					continue
				}
				add(all, d, r.Tone, together)
			}
		}
	}
	return all
}

func acts(p, q dragoman.Party) bool {
	return slices.ContainsFunc(p.Principals, func(x dragoman.Party) bool { return x.Number == q.Number })
}

// done returns who does something to whom in a report, those they act for too.
func done(r *dragoman.Report) (all [][2]dragoman.Party) {
	others := r.Recipients
	if len(others) == 0 && r.Mutual {
		others = r.Actors
	}
	for i, a := range r.Actors {
		for j, b := range others {
			if len(r.Recipients) == 0 && i == j {
				continue
			}
			for _, x := range append([]dragoman.Party{a}, a.Principals...) {
				for _, y := range append([]dragoman.Party{b}, b.Principals...) {
					if x.Number != y.Number {
						all = append(all, [2]dragoman.Party{x, y})
					}
				}
			}
		}
	}
	return all
}

func add(all map[[2]int64]*dragoman.Relation, who [2]dragoman.Party, tone dragoman.Tone, together bool) {
	back := who[0].Number > who[1].Number
	if back {
		who[0], who[1] = who[1], who[0]
	}
	k := [2]int64{who[0].Number, who[1].Number}
	r := all[k]
	if r == nil && tone != 0 {
		r = &dragoman.Relation{A: who[0], B: who[1]}
		all[k] = r
	}
	deeds := func() *dragoman.Deeds {
		switch {
		case together:
			return &r.Together
		case back:
			return &r.Back
		}
		return &r.There
	}
	switch {
	case tone > 0:
		deeds().Cooperation++
	case tone < 0:
		deeds().Conflict++
	}
}

func TestRelations(t *testing.T) {
	db := varied(t, 150)
	all, told := everything(t, db), tellings(t, db)
	days := map[int64]dragoman.Day{}
	for _, o := range all {
		days[o.Number] = o.Day
	}
	rng := rand.New(rand.NewPCG(9, 9))
	found := 0
	for i := range 60 {
		f, from, to := dragoman.Filter{}, dragoman.NoDay, dragoman.Day(1<<30)
		if i%3 == 1 {
			from, to = all[0].Day-6, all[0].Day-2
			f.From, f.To = from, to
		}
		if i%2 == 1 {
			f.Confidence = 0.4
		}
		var kinds []string
		if i%4 > 1 {
			kinds = []string{"state", "armed_group"}
		}
		if i > 20 {
			f.A = all[rng.IntN(len(all))].Actors[0].Number
		}
		want := related(told, days, from, to, f.Confidence)
		for k, r := range want {
			of := func(p dragoman.Party) bool { return kinds == nil || p.Number == f.A || slices.Contains(kinds, p.Kind) }
			if !of(r.A) || !of(r.B) || f.A != 0 && r.A.Number != f.A && r.B.Number != f.A {
				delete(want, k)
			}
		}
		got, err := db.Relations(t.Context(), f, kinds, 0)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%+v %v: %v, %d relations instead of %d", f, kinds, err, len(got), len(want))
		}
		sum := func(r dragoman.Relation) int {
			return r.Sum().Cooperation + r.Sum().Conflict
		}
		for i, r := range got {
			w := want[[2]int64{r.A.Number, r.B.Number}]
			if w == nil || w.There != r.There || w.Back != r.Back || w.Together != r.Together || r.A.Name == "" || i > 0 && sum(got[i-1]) < sum(r) {
				t.Fatalf("%+v\n%+v\n%+v", f, r, w)
			}
			found += sum(r)
		}
		if first, err := db.Relations(t.Context(), f, kinds, 4); err != nil || fmt.Sprint(first) != fmt.Sprint(got[:min(4, len(got))]) {
			t.Fatalf("%v\n%v\n%v", err, first, got[:min(4, len(got))])
		}
	}
	if found < 1000 {
		t.Error("only", found, "deeds were counted")
	}
}

func TestStatements(t *testing.T) {
	db := varied(t, 100)
	var all []dragoman.Claim
	most := map[int64]int{}
	for _, e := range entriesOf(t, db) {
		claims, err := db.ClaimsIn(t.Context(), e.Number)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, claims...)
		for _, c := range claims {
			most[c.Source.Actor.Number]++
		}
	}
	slices.SortFunc(all, func(a, b dragoman.Claim) int {
		if a.Published != b.Published {
			return int(b.Published) - int(a.Published)
		}
		return int(b.Number - a.Number)
	})
	one, two := all[0].Source.Actor, dragoman.Party{}
	for _, c := range all {
		if most[c.Source.Actor.Number] > most[one.Number] {
			one = c.Source.Actor
		}
	}
	for _, c := range all {
		if c.Source.Actor.Number != one.Number {
			two = c.Source.Actor
			break
		}
	}
	if _, err := db.Correct(t.Context(), dragoman.Correction{Who: "me", Action: dragoman.Merge, Old: two.ID, New: one.ID}); err != nil {
		t.Fatal(err)
	}
	var want, got []int64
	for _, c := range all {
		if n := c.Source.Actor.Number; n == one.Number || n == two.Number {
			want = append(want, c.Number)
		}
	}
	var after dragoman.Mark
	for {
		page, err := db.Statements(t.Context(), one.Number, after, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page {
			got = append(got, c.Number)
			if c.Source.Actor.Number != one.Number || c.Content == "" {
				t.Errorf("%+v", c)
			}
		}
		if len(page) < 3 {
			break
		}
		after = dragoman.Mark{Day: page[2].Published, Number: page[2].Number}
	}
	if len(want) < 10 || !slices.Equal(got, want) {
		t.Errorf("%v\n%v", got, want)
	}
}

func TestFired(t *testing.T) {
	db, _ := filled(t, 1)
	mail := dragoman.Way{Kind: dragoman.ByMail, Address: "desk@example.org"}
	a, b := addAlert(t, db, "a", true, hook, mail), addAlert(t, db, "b", true, hook)
	var firings []dragoman.Firing
	for i := range 6 {
		firings = append(firings, dragoman.Firing{Alert: []int64{a.Number, b.Number}[i%2], Article: 1, Mark: fmt.Sprint(i), Subject: "s"})
	}
	if _, err := db.Looked(t.Context(), []dragoman.Alert{a, b}, 1, firings); err != nil {
		t.Fatal(err)
	}
	marks := func(alert, before int64, limit int) string {
		t.Helper()
		all, err := db.Fired(t.Context(), alert, before, limit)
		if err != nil {
			t.Fatal(err)
		}
		var marks []string
		for _, d := range all {
			marks = append(marks, d.Name+d.Mark+d.Way.Kind[:1])
		}
		return strings.Join(marks, " ")
	}
	all, err := db.Fired(t.Context(), 0, 0, 4)
	if err != nil || len(all) != 4 {
		t.Fatal(err, all)
	}
	for got, want := range map[string]string{
		marks(0, 0, 0):             "b5w a4m a4w b3w a2m a2w b1w a0m a0w",
		marks(0, all[3].Number, 2): "a2m a2w",
		marks(a.Number, 0, 3):      "a4m a4w a2m",
		marks(b.Number, 0, 0):      "b5w b3w b1w",
		marks(9, 0, 0):             "",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNewly(t *testing.T) {
	db := varied(t, 60)
	all, told := everything(t, db), tellings(t, db)
	first := func(n int64) int64 {
		r := slices.MinFunc(told[n], func(a, b dragoman.Report) int { return int(a.Article - b.Article) })
		return r.Article
	}
	for _, after := range []int64{0, 30, 55, 63, 72} {
		var want []int64
		again := false
		for _, o := range all {
			again = again || first(o.Number) <= after && o.Articles > 1
			if first(o.Number) > after && o.Confidence >= 0.4 {
				want = append(want, o.Number)
			}
		}
		slices.SortFunc(want, func(a, b int64) int {
			if first(a) != first(b) {
				return int(first(b) - first(a))
			}
			return int(b - a)
		})
		got, err := db.Newly(t.Context(), after, 0.4, 0)
		if err != nil || len(want) == 0 || !slices.Equal(numbersOf(got), want) || after > 10 && !again {
			t.Errorf("after %d: %v\n%v\n%v", after, err, numbersOf(got), want)
		}
		if some, err := db.Newly(t.Context(), after, 0.4, 7); err != nil || !slices.Equal(numbersOf(some), want[:min(7, len(want))]) {
			t.Errorf("after %d: %v %v", after, err, numbersOf(some))
		}
	}
}

func TestRevision(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory.db")
	var both [2]*store.DB
	for i := range both {
		db, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		both[i] = db
	}
	db, w := both[0], score.NewWorld(7)
	at := func() int64 {
		t.Helper()
		n, err := both[1].Revision(t.Context()) // as another program sees it
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	f := w.Filing(0)
	save := func() error { _, _, err := db.Save(t.Context(), &f, desk(t)); return err }
	var correction int64
	for _, step := range []struct {
		what    string
		do      func() error
		changes bool
	}{
		{"an article", save, true},
		{"the same", save, false},
		{"again", func() error { _, _, err := db.Replace(t.Context(), 1, &f, desk(t)); return err }, true},
		{"a correction", func() (err error) { correction, err = db.Correct(t.Context(), corrections(t, db)[0]); return err }, true},
		{"undone", func() error { return db.Undo(t.Context(), correction) }, true},
		{"a feed", func() error {
			_, err := db.AddFeeds(t.Context(), store.Feed{URL: "https://example.org/feed"})
			return err
		}, true},
		{"the same feed", func() error {
			_, err := db.AddFeeds(t.Context(), store.Feed{URL: "https://example.org/feed"})
			return err
		}, false},
		{"an alert", func() error { addAlert(t, db, "a", true, hook); return nil }, true},
		{"a firing", func() error {
			_, err := db.Looked(t.Context(), nil, 1, []dragoman.Firing{{Alert: 1, Article: 1, Mark: "m"}})
			return err
		}, true},
		{"a question", func() error { _, err := db.Facets(t.Context(), dragoman.Filter{}); return err }, false},
	} {
		before := at()
		if err := step.do(); err != nil {
			t.Fatal(step.what, err)
		}
		if after := at(); after > before != step.changes || after < before {
			t.Errorf("%s: %d, then %d", step.what, before, after)
		}
	}
	if n, err := both[1].LastArticle(t.Context()); err != nil || n != 1 {
		t.Error(n, err)
	}
}

// TestUpgrade makes a database what it was before there were pages: brought up
// to date it is as if it had always been there.
func TestUpgrade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory.db")
	db := varied(t, 40)
	before := dump(t, db)
	store.Downgrade(t.Context(), db, path)
	old, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	before = regexp.MustCompile(` mutual="."`).ReplaceAllString(before, ` mutual="2"`) // of what was read then nobody knows
	if after := dump(t, old); after != before {
		t.Error(differ(before, after))
	}
}
