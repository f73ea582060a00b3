package compare

import "dragoman"

// What several parties do is one event where this program tells it, and a row for
// each with each in the formats of CAMEO's family. One of these rows is its pair; the
// others are left out, for they tell nothing that it does not.

// part is what has to be the same in an event and a row that is a part of it.
type part struct {
	day  dragoman.Day
	code int32
	dyad uint64
}

// shed leaves out the rows of a set that are parts of an event of the other one which
// has its pair.
func (c *comparison) shed(side int) {
	s, other := &c.sets[side], &c.sets[1-side]
	whole := map[part][]int32{}
	type row struct {
		part
		event int32
	}
	told := map[row]int{} // how often
	for i := range other.events {
		e, mate := &other.events[i], other.mate[i]
		if !e.own || e.dyads < 2 || mate < 0 || other.class[i] > SameType {
			continue
		}
		for _, d := range other.dyadsOf(e) {
			p := part{e.day, e.code, d}
			whole[p] = append(whole[p], int32(i))
		}
		told[row{part{e.day, e.code, s.dyadsOf(&s.events[mate])[0]}, int32(i)}]++
	}
	s.keep(func(i int, e *event) bool {
		p := part{e.day, e.code, s.dyadsOf(e)[0]} // the first of both directions, where it is mutual
		if s.mate[i] >= 0 || e.own {
			return true
		}
		for _, event := range whole[p] {
			if r := (row{p, event}); told[r] < c.rowsOf(&other.events[event]) {
				told[r]++
				s.summary.Parts++
				return false
			}
		}
		return true
	}, other)
	s.summary.Compared = len(s.events)
}

// rowsOf returns how many rows an event may have that are here of the same dyad: what
// several do with each other has one from either side, which is the same where either
// may stand first; but such rows have been taken for one where they mirror each other.
func (c *comparison) rowsOf(e *event) int {
	code := c.codes.all[e.code]
	if e.others == 0 && e.actors > 1 && e.coded && c.Mirror(code) == "" && c.Mutual(c.kinds.all[e.kind], code) {
		return 2
	}
	return 1
}

// keep leaves those events of a set that are wanted. None that has its pair in the
// other set may be unwanted.
func (s *set) keep(wanted func(int, *event) bool, other *set) {
	n := int32(0)
	for i := range s.events {
		if !wanted(i, &s.events[i]) {
			continue
		}
		s.events[n], s.mate[n], s.class[n] = s.events[i], s.mate[i], s.class[i]
		if m := s.mate[n]; m >= 0 {
			other.mate[m] = n
		}
		n++
	}
	s.events, s.mate, s.class = s.events[:n], s.mate[:n], s.class[:n]
}
