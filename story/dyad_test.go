package story

import (
	"context"
	"slices"
	"testing"

	"dragoman"
)

// bare is a shelf without events and ties.
type bare struct{ shelf }

func (bare) Occurrences(context.Context, dragoman.Filter) ([]dragoman.Occurrence, error) {
	return nil, nil
}

func (bare) Ties(context.Context, int64, int64, int) ([]dragoman.Standing, error) { return nil, nil }

// TestDyadCounts wants what is only claimed apart from what was done, what two do with
// each other once, and what lies before the days to be told.
func TestDyadCounts(t *testing.T) {
	of := func(day dragoman.Day, tone dragoman.Tone, events int, change func(*dragoman.DayCount)) dragoman.DayCount {
		c := one(day, tone, events)
		change(&c)
		return c
	}
	back := func(c *dragoman.DayCount) { c.Back = true }
	together := func(c *dragoman.DayCount) { c.Together = true }
	claimed := func(c *dragoman.DayCount) { c.Claimed = true }
	s := bare{shelf{since: 50, newest: 130, own: []dragoman.DayCount{one(20, 1, 3), of(40, -1, 2, claimed), one(100, 1, 2), of(100, -2, 1, back),
		of(101, 2, 4, together), of(101, -2, 8, claimed)}}}
	dyad := func(from, to dragoman.Day) *Dyad {
		d, err := new(Desk).Dyad(t.Context(), s, dragoman.Party{ID: "IRN"}, dragoman.Party{ID: "ISR"}, from, to, 7, 0)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, from := range []dragoman.Day{never, 95} {
		d := dyad(from, 101)
		for what, c := range map[string]struct {
			got  []Counts
			want Counts
		}{"there": {d.There, Counts{Cooperation: 2}}, "back": {d.Back, Counts{Conflict: 1}}, "together": {d.Together, Counts{Cooperation: 4}},
			"both": {d.Both, Counts{Cooperation: 6, Conflict: 1}}, "claimed": {d.Claimed, Counts{Conflict: 8}}} {
			if total(c.got) != c.want {
				t.Errorf("from %s, %s: %+v, want %+v", from, what, c.got, c.want)
			}
		}
		if d.Earlier != (Earlier{Events: 5, Until: 40}) {
			t.Errorf("from %s: before it %+v", from, d.Earlier)
		}
	}
	if d := dyad(50, 60); len(d.Both) > 0 || d.Earlier != (Earlier{Events: 5, Until: 40}) {
		t.Errorf("of days without events: %+v, before them %+v", d.Both, d.Earlier)
	}
	if d := dyad(0, 10); len(d.Both) > 0 || d.Earlier.Events != 0 {
		t.Errorf("before anything: %+v", d)
	}
}

// TestCompareClaims wants what a provider tells as claimed out of its course.
func TestCompareClaims(t *testing.T) {
	counts := []dragoman.DayCount{one(100, 1, 2), {Day: 100, Tone: -2, Claimed: true, Events: 5}, {Day: 101, Tone: 1, Together: true, Events: 3}}
	c := comparison(t, shelf{since: 50, newest: 130, own: counts, of: map[string]told{"icews": {60, 125, slices.Clone(counts)}}}, never, 1<<30)
	for _, x := range c.Courses {
		if x.There != (Quads{VerbalCooperation: 2}) || x.Together != (Quads{VerbalCooperation: 3}) || x.Back.Sum() != 0 {
			t.Errorf("%q: %+v", x.Provider, x)
		}
	}
}
