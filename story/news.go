package story

import (
	"cmp"
	"context"
	"math"
	"slices"

	"dragoman"
)

// Thread is what is new between two, or about one.
type Thread struct {
	A, B    dragoman.Party        // B is zero where nobody else is in it
	New     []dragoman.Occurrence // the latest day first
	Outlook Outlook               // of the two, as of now
	Days    []Counts              // what they did in the last weeks, week by week, the last one up to now
}

// threadWeeks is for how many weeks a thread shows what was done.
const threadWeeks = 12

// News puts what is new in order by relation, as of a day: first those where
// something changed, then those with most that is new. Events of nobody whom a
// desk follows are in a last thread of nobody. At most limit threads are told.
func (d *Desk) News(ctx context.Context, m Memory, all []dragoman.Occurrence, now dragoman.Day, limit int, o Options) ([]Thread, error) {
	threads := gather(all)
	since, err := m.Since(ctx, now)
	if err != nil {
		return nil, err
	}
	threads = threads[:min(len(threads), limit)]
	for i := range threads {
		t := &threads[i]
		if t.B.Number == 0 {
			continue
		}
		counts, err := m.Counts(ctx, t.A.Number, t.B.Number, now-outlookDays+1, now, math.MaxInt32, o.Confidence)
		if err != nil {
			return nil, err
		}
		t.Outlook = outlook(counts, since, now)
		t.Days = series(counts, now-7*threadWeeks+1, now, 7)
	}
	slices.SortStableFunc(threads, func(x, y Thread) int { return cmp.Compare(urgency(y.Outlook), urgency(x.Outlook)) })
	return threads, nil
}

// urgency says how much the heading of a relation is news.
func urgency(o Outlook) int {
	switch o.Direction {
	case Warming, Cooling:
		return 2
	case Intense:
		return 1
	}
	return 0
}

// gather puts each event in the thread of the pair that it is most about, or of
// whoever is alone in it; those with most events first.
func gather(all []dragoman.Occurrence) []Thread {
	type pair [2]int64
	byPair := map[pair]*Thread{}
	var order []pair
	for _, o := range all {
		a, b := about(&o.Report)
		k := pair{a.Number, b.Number}
		if k[0] > k[1] && k[1] != 0 {
			k[0], k[1], a, b = k[1], k[0], b, a
		}
		if byPair[k] == nil {
			byPair[k] = &Thread{A: a, B: b}
			order = append(order, k)
		}
		byPair[k].New = append(byPair[k].New, o)
	}
	rank := func(k pair) int {
		switch {
		case k[0] == 0:
			return 2
		case k[1] == 0:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(order, func(x, y pair) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(len(byPair[y].New), len(byPair[x].New)))
	})
	threads := make([]Thread, 0, len(order))
	for _, k := range order {
		t := byPair[k]
		slices.SortStableFunc(t.New, func(x, y dragoman.Occurrence) int { return cmp.Compare(y.Day, x.Day) })
		threads = append(threads, *t)
	}
	return threads
}

// about returns the two sides of an event; the second is zero where there is
// one only, and both where a desk follows neither.
func about(r *dragoman.Report) (a, b dragoman.Party) {
	w := weights{of: map[[2]int64]float64{}, parties: map[int64]dragoman.Party{}}
	others := r.Recipients
	if len(others) == 0 {
		others = r.Actors
	}
	w.add(r.Actors, others, 1)
	if k := w.heaviest(1); len(k) > 0 {
		return w.parties[k[0][0]], w.parties[k[0][1]]
	}
	for _, p := range append(slices.Clone(r.Actors), r.Recipients...) {
		if side := sides(p); stands(side) {
			return side, b
		}
	}
	return a, b
}
