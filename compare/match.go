package compare

import (
	"cmp"
	"encoding/json"
	"slices"

	"dragoman"
)

// Class is how far two events of a pair agree, or that an event has none to pair
// it with.
type Class uint8

// The classes, in the order in which pairs are made. All but Reversed and the last
// two are of the same dyad.
const (
	None      Class = iota // not compared
	Identical              // of the same day, type, and code where both tell one
	SameType               // of the same type; day or code differ
	SameQuad               // of the same quadrant, but another type
	SameDyad               // of another quadrant
	Reversed               // of the same type, but the actor of one is the recipient of the other
	OnlyA
	OnlyB
)

// Classes are those of what is compared.
var Classes = []Class{Identical, SameType, SameQuad, SameDyad, Reversed, OnlyA, OnlyB}

func (c Class) String() string {
	return [...]string{"not compared", "identical", "same type", "same quadrant", "same dyad only", "direction reversed", "only A", "only B"}[c]
}

// MarshalJSON writes the name.
func (c Class) MarshalJSON() ([]byte, error) { return json.Marshal(c.String()) }

// entry is an event under one of its dyads, and under what must be the same.
type entry struct {
	dyad uint64
	what int64
	day  dragoman.Day
	at   int32 // of set.events
}

// compare puts entries in order: by key, then by days. Most of the time goes here,
// so it looks at no more than it must.
func (a entry) compare(b entry) int {
	switch {
	case a.dyad != b.dyad || a.what != b.what:
		return a.key(b)
	case a.day != b.day:
		return cmp.Compare(a.day, b.day)
	}
	return cmp.Compare(a.at, b.at)
}

// key is the same for entries that may be paired.
func (a entry) key(b entry) int {
	if a.dyad != b.dyad {
		return cmp.Compare(a.dyad, b.dyad)
	}
	return cmp.Compare(a.what, b.what)
}

// pass is one way in which pairs are made.
type pass struct {
	class Class
	apart bool                           // on other days too
	what  func(side int, e *event) int64 // has to be the same; below 0: the event is left out
}

// match pairs the events one to one, the surest pairs first: class by class,
// within a class the days that are nearest, and where several would do the
// earliest. So every pair is found in sorting and going through both sets side by
// side, and neither depends on which set is called A.
func (c *comparison) match() {
	for side := range c.sets {
		s := &c.sets[side]
		s.mate, s.class = make([]int32, len(s.events)), make([]Class, len(s.events))
		for i := range s.mate {
			s.mate[i], s.class[i] = -1, []Class{OnlyA, OnlyB}[side]
		}
	}
	uncoded := func(which int) func(int, *event) int64 {
		return func(side int, e *event) int64 {
			if side == which && e.coded {
				return -1
			}
			return int64(e.kind)
		}
	}
	for _, p := range []pass{
		{Identical, false, func(_ int, e *event) int64 { return int64(e.code)<<32 | int64(e.kind) }},
		{Identical, false, uncoded(0)},
		{Identical, false, uncoded(1)},
		{SameType, true, func(_ int, e *event) int64 { return int64(e.kind) }},
		{SameQuad, true, func(_ int, e *event) int64 { return int64(e.quad) }},
		{SameDyad, true, func(int, *event) int64 { return 0 }},
		{Reversed, true, func(_ int, e *event) int64 { return int64(e.kind) }},
	} {
		c.pair(p)
	}
}

// pair makes the pairs of one pass.
func (c *comparison) pair(p pass) {
	a, b := c.entries(0, p), c.entries(1, p)
	apart := dragoman.Day(0)
	if p.apart {
		apart = dragoman.Day(c.Apart)
	}
	for distance := dragoman.Day(0); distance <= apart; distance++ {
		for i, j := 0, 0; i < len(a) && j < len(b); {
			switch order := a[i].key(b[j]); {
			case order < 0:
				i++
			case order > 0:
				j++
			default:
				m, n := alike(a[i:]), alike(b[j:])
				c.join(p.class, a[i:i+m], b[j:j+n], distance)
				i, j = i+m, j+n
			}
		}
	}
}

// entries lists the events of a set that have no other yet, in order.
func (c *comparison) entries(side int, p pass) []entry {
	s := &c.sets[side]
	return s.list(func(i int, e *event) (what int64) {
		if s.mate[i] >= 0 {
			return -1
		}
		return p.what(side, e)
	}, p.class == Reversed && side == 1)
}

// byDyad lists all events of a set by dyads and days.
func (c *comparison) byDyad(side int) []entry {
	return c.sets[side].list(func(int, *event) int64 { return 0 }, false)
}

// list lists events under all their dyads, in order. What it returns holds until
// the next list of the set.
func (s *set) list(what func(i int, e *event) int64, turn bool) []entry {
	all := slices.Grow(s.listed[:0], len(s.dyads))
	for i := range s.events {
		e := &s.events[i]
		w := what(i, e)
		if w < 0 {
			continue
		}
		for _, d := range s.dyadsOf(e) {
			if turn {
				d = turned(d)
			}
			all = append(all, entry{d, w, e.day, int32(i)})
		}
	}
	slices.SortFunc(all, entry.compare)
	s.listed = all
	return all
}

// alike returns how many of the first entries have the same key.
func alike(all []entry) int {
	n := 1
	for n < len(all) && all[0].key(all[n]) == 0 {
		n++
	}
	return n
}

// join pairs entries of one key whose days are so far apart. Both are in order
// of days.
func (c *comparison) join(class Class, a, b []entry, distance dragoman.Day) {
	var next [2]int // of b, for the day before and the day after
	for _, x := range a {
		if c.sets[0].mate[x.at] >= 0 {
			continue
		}
		for k, day := range [...]dragoman.Day{x.day - distance, x.day + distance} {
			next[k] = c.free(b, next[k], day)
			if next[k] == len(b) || b[next[k]].day != day {
				continue
			}
			y := b[next[k]].at
			c.sets[0].mate[x.at], c.sets[1].mate[y] = y, x.at
			c.sets[0].class[x.at], c.sets[1].class[y] = class, class
			break
		}
	}
}

// free returns the first entry from one on that is of a day or later and has no
// other yet.
func (c *comparison) free(b []entry, from int, day dragoman.Day) int {
	for from < len(b) && (b[from].day < day || c.sets[1].mate[b[from].at] >= 0) {
		from++
	}
	return from
}
