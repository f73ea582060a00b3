package compare

import (
	"cmp"
	"math"
	"slices"

	"dragoman"
	"dragoman/rank"
)

// Fewer weeks than the least are not correlated, nor more than the most, a century:
// they come of a wrong date.
const (
	leastWeeks = 8
	mostWeeks  = 5200
)

// dyadCount is what one dyad has in both sets.
type dyadCount struct {
	dyad   uint64
	n      [2]int
	both   int
	counts [2][]float64 // by weeks; nil where a set has none of it
	net    [2][]float64
}

// course tells of the dyads one by one, and of how their weeks run.
func (c *comparison) course(r *Result) {
	weeks := r.Common.Count() / 7 // what is left of the last is none
	if weeks > mostWeeks {
		weeks = 0
	}
	r.Course.Weeks = weeks
	var counts, net mean
	c.each(r.Common, weeks, func(d *dyadCount) {
		from, to := ends(d.dyad)
		x := DyadResult{From: c.who.actors[from], To: c.who.actors[to], A: d.n[0], B: d.n[1], Both: d.both,
			Counts: spearman(d.counts[0], d.counts[1]), Net: spearman(d.net[0], d.net[1])}
		r.AllDyads++
		r.Dyads = append(r.Dyads, x)
		counts.add(x.Counts, x.A+x.B)
		net.add(x.Net, x.A+x.B)
		if c.Listed > 0 && len(r.Dyads) >= 2*max(c.Listed, 512) { // no more than are told of
			r.Dyads = c.largest(r.Dyads)
		}
	})
	r.Dyads = c.largest(r.Dyads)
	r.Course.Dyads, r.Course.Counts, r.Course.Net = counts.of, counts.value(), net.value()
}

func (c *comparison) largest(all []DyadResult) []DyadResult {
	name := func(a, b *Actor) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Country, b.Country))
	}
	slices.SortFunc(all, func(a, b DyadResult) int {
		return cmp.Or(cmp.Compare(b.A+b.B, a.A+a.B), name(&a.From, &b.From), name(&a.To, &b.To))
	})
	if c.Listed > 0 && len(all) > c.Listed {
		clear(all[c.Listed:])
		all = all[:c.Listed]
	}
	return all
}

// each goes through the dyads in order.
func (c *comparison) each(days Days, weeks int, tell func(*dyadCount)) {
	var counts, net [2][]float64
	for side := range counts {
		counts[side], net[side] = make([]float64, weeks), make([]float64, weeks)
	}
	rest := [2][]entry{c.byDyad(0), c.byDyad(1)}
	for len(rest[0])+len(rest[1]) > 0 {
		d := dyadCount{dyad: math.MaxUint64}
		for _, all := range rest {
			if len(all) > 0 {
				d.dyad = min(d.dyad, all[0].dyad)
			}
		}
		var own [2][]entry
		for side, all := range rest {
			for d.n[side] < len(all) && all[d.n[side]].dyad == d.dyad {
				d.n[side]++
			}
			own[side], rest[side] = all[:d.n[side]], all[d.n[side]:]
		}
		if d.n[0] > 0 && d.n[1] > 0 {
			d.both = c.shared(d.dyad, own[0])
			d.counts, d.net = counts, net
			for side := range own {
				c.weekly(side, own[side], days.From, counts[side], net[side])
			}
		}
		tell(&d)
	}
}

// shared counts the events of A that agree with one of B of the same dyad.
func (c *comparison) shared(dyad uint64, all []entry) (n int) {
	a, b := &c.sets[0], &c.sets[1]
	for _, e := range all {
		if !c.agree(int(e.at)) {
			continue
		}
		if _, too := slices.BinarySearch(b.dyadsOf(&b.events[a.mate[e.at]]), dyad); too {
			n++
		}
	}
	return n
}

// weekly adds up events by weeks.
func (c *comparison) weekly(side int, all []entry, from dragoman.Day, counts, net []float64) {
	clear(counts)
	clear(net)
	for _, e := range all {
		if week := int(e.day-from) / 7; week < len(counts) {
			counts[week]++
			net[week] += float64(c.sets[side].events[e.at].tone)
		}
	}
}

// mean is of what is known, by weights.
type mean struct {
	of          int
	sum, weight float64
}

func (m *mean) add(f Figure, weight int) {
	if !f.Unknown() {
		m.of++
		m.sum += float64(f) * float64(weight)
		m.weight += float64(weight)
	}
}

func (m *mean) value() Figure {
	if m.of == 0 {
		return Figure(math.NaN())
	}
	return Figure(m.sum / m.weight)
}

// spearman is the rank correlation, ties at the mean of their ranks; unknown for
// too few weeks, and where one of the two is always the same.
func spearman(a, b []float64) Figure {
	if len(a) < leastWeeks || len(a) != len(b) {
		return Figure(math.NaN())
	}
	return Figure(rank.Correlation(rank.Of(a), rank.Of(b)))
}
