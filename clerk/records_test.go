package clerk

import (
	"fmt"
	"slices"
	"testing"

	"dragoman"
	"dragoman/story"
)

// TestRecords wants all events once and in order, also over several batches, and
// of facts only what an outlet tells itself.
func TestRecords(t *testing.T) {
	d := newDesktop(t)
	day := dragoman.DayOf(2031, 1, 1)
	norland := dragoman.Party{ID: "XNO", Name: "Norland", Kind: "state", Named: true}
	claim := dragoman.Source{Actor: norland}
	save := func(n int, of ...dragoman.Report) {
		t.Helper()
		text := fmt.Sprintf("article %d", n)
		for i := range of {
			r := &of[i]
			r.Ordinal, r.Published, r.Actors = i+1, r.Day, []dragoman.Party{norland}
			if r.Type == "" {
				r.Type = "AID"
			}
		}
		if _, _, err := d.DB.Save(t.Context(), &dragoman.Filing{Text: text, Reading: []byte("{}"), Sketch: story.SketchOf(text).Bytes(),
			Entry: dragoman.Entry{Key: text, ID: text, Outlet: text, Published: day}, Reports: of}, d.Desk); err != nil {
			t.Fatal(err)
		}
	}
	const events = recordsBatch + 200
	for n := 0; n < events; n += 100 {
		var all []dragoman.Report
		for i := range 100 {
			r := dragoman.Report{Status: dragoman.Happened, Day: day + dragoman.Day(20*(n+i)), Confidence: 0.9, Evidence: "told"}
			switch {
			case (n+i)%10 == 1:
				r.Source = claim
			case (n+i)%10 == 2:
				r.Status = dragoman.Planned
			}
			all = append(all, r)
		}
		save(n, all...)
	}
	// One that is surest as a claim, and told by an outlet too.
	both := dragoman.Report{Status: dragoman.Happened, Day: day - 700, Dated: true, Type: "ASSAULT", Confidence: 0.9, Recipients: []dragoman.Party{{ID: "XSU", Name: "Sudria", Kind: "state", Named: true}}}
	both.Source = claim
	save(events+1, both)
	both.Source, both.Confidence, both.Evidence = dragoman.Source{}, 0.6, "by itself"
	save(events+2, both)

	read := func(r Records) (all []dragoman.Record) {
		t.Helper()
		r.DB = d.DB
		for {
			some, err := r.Next(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(some) == 0 {
				return all
			}
			all = append(all, some...)
		}
	}
	all := read(Records{})
	if len(all) != events+1 {
		t.Errorf("%d events, want %d", len(all), events+1)
	}
	if !slices.IsSortedFunc(all, func(a, b dragoman.Record) int { return int(b.Day - a.Day) }) {
		t.Error("the newest are not the first")
	}
	facts := read(Records{Facts: true, Filter: dragoman.Filter{Statuses: dragoman.Doings}})
	if want := events*8/10 + 1; len(facts) != want {
		t.Errorf("%d facts, want %d", len(facts), want)
	}
	for i := range facts {
		if !facts[i].Fact() || facts[i].Told.Number != facts[i].Article || facts[i].Told.Outlet == "" {
			t.Fatalf("no fact with its article: %+v", facts[i])
		}
	}
	if last := facts[len(facts)-1]; last.Evidence != "by itself" || last.Articles != 2 || last.Confidence != 0.6 {
		t.Errorf("the oldest is %+v", last)
	}
	for _, limit := range []int{1, 5, recordsBatch, recordsBatch + 1, events * 2} {
		got := read(Records{Facts: true, Filter: dragoman.Filter{Limit: limit}})
		if want := min(limit, len(facts)); len(got) != want {
			t.Errorf("limit %d: %d records, want %d", limit, len(got), want)
		}
	}
}
