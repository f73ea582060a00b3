package compare

import (
	"cmp"
	"math"
	"slices"

	"dragoman"
)

// measure fills in what the pairs come to.
func (c *comparison) measure(r *Result) {
	a, b := &c.sets[0], &c.sets[1]
	var classes [OnlyB + 1]int
	for _, class := range a.class {
		classes[class]++
	}
	classes[OnlyB] = len(b.events) - (len(a.events) - classes[OnlyA])
	for _, class := range Classes {
		r.Classes = append(r.Classes, Tally{class, classes[class]})
	}
	r.Agreement = agreement(c.same(), len(a.events), len(b.events))
	c.confuse(r)
	c.course(r)
	r.Chance = c.chance(r.Common)
}

// agree reports whether the event of A at i has a pair of the same dyad and kind.
func (c *comparison) agree(i int) bool {
	a, b := &c.sets[0], &c.sets[1]
	m := a.mate[i]
	return m >= 0 && a.class[i] != Reversed && c.kind(&a.events[i]) == c.kind(&b.events[m])
}

func (c *comparison) same() (pairs int) {
	for i := range c.sets[0].events {
		if c.agree(i) {
			pairs++
		}
	}
	return pairs
}

// confuse counts kinds, and which of them stand for each other in pairs.
func (c *comparison) confuse(r *Result) {
	all, sole := map[[2]int32]int{}, map[[2]int32]int{}
	kinds := map[int32]*Kind{}
	of := func(kind int32) *Kind {
		if kinds[kind] == nil {
			kinds[kind] = &Kind{Name: c.named(kind)}
		}
		return kinds[kind]
	}
	a, b := &c.sets[0], &c.sets[1]
	alone := c.alone()
	for i := range a.events {
		kind := c.kind(&a.events[i])
		of(kind).A++
		if m := a.mate[i]; m >= 0 && a.class[i] != Reversed {
			pair := [2]int32{kind, c.kind(&b.events[m])}
			all[pair]++
			if alone(i) {
				sole[pair]++
			}
			if pair[0] == pair[1] {
				of(kind).Both++
			}
		}
	}
	for i := range b.events {
		of(c.kind(&b.events[i])).B++
	}
	for _, k := range kinds {
		r.Kinds = append(r.Kinds, *k)
	}
	slices.SortFunc(r.Kinds, func(a, b Kind) int { return cmp.Or(cmp.Compare(b.A+b.B, a.A+a.B), cmp.Compare(a.Name, b.Name)) })
	for pair, n := range all {
		r.Confusion = append(r.Confusion, Confused{c.named(pair[0]), c.named(pair[1]), n})
	}
	slices.SortFunc(r.Confusion, func(a, b Confused) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	r.Kappa, r.Sole = kappa(all), kappa(sole)
}

// alone returns whether the event of A at some place and the other of its pair
// had nobody else of their dyads and days to be paired with.
func (c *comparison) alone() func(i int) bool {
	entries := [2][]entry{c.byDyad(0), c.byDyad(1)}
	// only reports whether the event of a side has none but the other's event at.
	only := func(side int, i, at int32) bool {
		s, others := &c.sets[side], entries[1-side]
		e := &s.events[i]
		for _, d := range s.dyadsOf(e) {
			from := entry{dyad: d, day: e.day - dragoman.Day(c.Apart), at: -1}
			n, _ := slices.BinarySearchFunc(others, from, entry.compare)
			for ; n < len(others) && others[n].dyad == d && others[n].day <= e.day+dragoman.Day(c.Apart); n++ {
				if others[n].at != at {
					return false
				}
			}
		}
		return true
	}
	return func(i int) bool {
		a, b := int32(i), c.sets[0].mate[i]
		return only(0, a, b) && only(1, b, a)
	}
}

// kappa is unknown of no pairs, and of such as chance alone makes agree.
func kappa(pairs map[[2]int32]int) Kappa {
	n, agreed := 0, 0
	rows, columns := map[int32]float64{}, map[int32]float64{}
	for pair, count := range pairs {
		n += count
		rows[pair[0]] += float64(count)
		columns[pair[1]] += float64(count)
		if pair[0] == pair[1] {
			agreed += count
		}
	}
	unknown := Figure(math.NaN())
	k := Kappa{n, ratio(agreed, n), unknown, unknown, unknown, unknown}
	if n == 0 {
		return k
	}
	of := float64(n)
	chance := 0.0
	for _, kind := range sortedKeys(rows) { // in order, for sums of fractions depend on it
		chance += rows[kind] / of * columns[kind] / of
	}
	observed := float64(k.Observed)
	k.Expected = Figure(chance)
	if chance > 1-1e-9 {
		return k
	}
	value := (observed - chance) / (1 - chance)
	var hits, misses float64
	for _, pair := range sortedPairs(pairs) {
		p := float64(pairs[pair]) / of
		if pair[0] == pair[1] {
			weight := 1 - chance - (rows[pair[0]]+columns[pair[0]])/of*(1-observed)
			hits += p * weight * weight
			continue
		}
		margins := (columns[pair[0]] + rows[pair[1]]) / of
		misses += p * margins * margins
	}
	rest := observed*chance - 2*chance + observed
	variance := (hits + (1-observed)*(1-observed)*misses - rest*rest) / (of * math.Pow(1-chance, 4))
	k.Value = Figure(value)
	const least = 10   // pairs; of fewer the error is none that could be believed
	const z = 1.959964 // of the normal distribution: 95 % lie within
	if margin := z * math.Sqrt(max(variance, 0)); n >= least {
		k.Low, k.High = Figure(max(value-margin, -1)), Figure(min(value+margin, 1))
	}
	return k
}

func sortedKeys(m map[int32]float64) []int32 {
	all := make([]int32, 0, len(m))
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

func sortedPairs(m map[[2]int32]int) [][2]int32 {
	all := make([][2]int32, 0, len(m))
	for k := range m {
		all = append(all, k)
	}
	slices.SortFunc(all, func(a, b [2]int32) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return all
}

// chance pairs anew with the days of B moved.
func (c *comparison) chance(days Days) *Agreement {
	const least = 4 * 7
	if days.Count() < least {
		return nil
	}
	moved := *c
	b := &moved.sets[1]
	b.events = slices.Clone(b.events)
	count := dragoman.Day(days.Count())
	by := count / 2 / 7 * 7 // the days of the week stay
	for i := range b.events {
		e := &b.events[i]
		e.day = days.From + (e.day-days.From+by)%count
	}
	moved.match()
	out := agreement(moved.same(), len(c.sets[0].events), len(b.events))
	return &out
}
