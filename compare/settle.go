package compare

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"dragoman"
)

// add keeps what is compared of a record, the n-th of its stream.
func (c *comparison) add(s *set, r *dragoman.Record, n int32) {
	s.summary.Events++
	if r.Day == dragoman.NoDay {
		s.summary.Undated++
		return
	}
	e := event{n: n, day: r.Day, tone: int8(r.Tone), status: int8(slices.Index(dragoman.Statuses, r.Status)), claimed: r.Claimed(),
		kind: c.kinds.add(r.Type, strings.Clone), quad: c.quads.add(r.Quad, strings.Clone), at: len(s.parties)}
	e.code, e.coded, e.own = c.codes.add(cmp.Or(c.oneSide(r.CAMEO), r.Type), strings.Clone), r.CAMEO != "", own(r)
	e.mutual = r.Mutual
	if e.fact() {
		s.summary.Facts++
	}
	e.actors, e.others = c.sides(s, r.Actors), c.sides(s, r.Recipients)
	if s.summary.Days.From == dragoman.NoDay {
		s.summary.Days.From, s.summary.Days.To = r.Day, r.Day
	}
	s.summary.Days.From, s.summary.Days.To = min(s.summary.Days.From, r.Day), max(s.summary.Days.To, r.Day)
	s.days[r.Day] = true
	s.events = append(s.events, e)
}

// maxSide bounds what a malformed record can claim to be told of.
const maxSide = 1000

// sides adds those who stand on one side of an event, and returns how many.
func (c *comparison) sides(s *set, all []dragoman.Party) int16 {
	begin := len(s.parties)
	for i := range all {
		p := &all[i]
		if p.ID == "" && p.Name == "" || len(s.parties)-begin == maxSide {
			continue
		}
		if f := c.who.add(c.By, p); !slices.Contains(s.parties[begin:], f) {
			s.parties = append(s.parties, f)
		}
	}
	return int16(len(s.parties) - begin)
}

// statuses counts the events of both sets in some days by what is said of their
// being done.
func (c *comparison) statuses(in Days) []Status {
	all := make([]Status, len(dragoman.Statuses)+2)
	for i, s := range dragoman.Statuses {
		all[i].Name = string(s)
	}
	untold, claimed := len(all)-2, len(all)-1
	all[untold].Name, all[claimed].Name = "not told", "claimed by a source"
	for side := range c.sets {
		for i := range c.sets[side].events {
			e := &c.sets[side].events[i]
			if !in.holds(e.day) {
				continue
			}
			at := int(e.status)
			switch {
			case e.claimed:
				at = claimed
			case at < 0:
				at = untold
			}
			if side == 0 {
				all[at].A++
			} else {
				all[at].B++
			}
		}
	}
	return slices.DeleteFunc(all, func(s Status) bool { return s.A+s.B == 0 })
}

// settle leaves the events that are compared, and turns their parties into dyads.
func (c *comparison) settle(in Days) error {
	c.who.settle()
	between, err := c.between()
	if err != nil {
		return err
	}
	for side := range c.sets {
		s := &c.sets[side]
		kept, told, mirrors := s.events[:0], map[uint64]bool{}, c.mirrors(s)
		for _, e := range s.events {
			dyads, out := c.sieve(s, &e, in, between)
			if out != nil {
				*out++
				continue
			}
			if mirrors(&e) {
				s.summary.Mirrored++
				continue
			}
			mark := c.mark(&e, dyads)
			if told[mark] {
				if s.summary.Repeats++; c.Daily {
					continue
				}
			}
			told[mark] = true
			e.at, e.dyads = len(s.dyads), int16(len(dyads))
			s.dyads, kept = append(s.dyads, dyads...), append(kept, e)
		}
		s.events, s.parties = kept, nil
		s.summary.WithEvents, s.summary.Compared = len(s.days), len(kept)
	}
	c.who.faces, c.who.of = index[face]{}, nil // of no more use, and many
	return nil
}

// sieve returns the dyads of an event that is compared, or what counts those that
// are left out as it is.
func (c *comparison) sieve(s *set, e *event, in Days, between func(uint64) bool) (dyads []uint64, out *int) {
	switch {
	case !in.holds(e.day):
		return nil, &s.summary.Outside
	case !c.All && !e.fact():
		return nil, &s.summary.Unsure
	}
	switch dyads = c.dyads(s, e); {
	case len(dyads) == 0:
		return nil, &s.summary.Nobody
	case between != nil && !slices.ContainsFunc(dyads, between):
		return nil, &s.summary.Elsewhere
	}
	return dyads, nil
}

// between returns which dyads are wanted; nil: all.
func (c *comparison) between() (func(dyad uint64) bool, error) {
	var wanted []map[int32]bool
	for _, name := range c.Between {
		found := c.who.called(name)
		if len(found) == 0 {
			return nil, fmt.Errorf("neither set has an event of %q; a name or an id is looked for among those whom actors stand for", name)
		}
		wanted = append(wanted, found)
	}
	switch len(wanted) {
	case 0:
		return nil, nil
	case 1:
		return func(dyad uint64) bool { from, to := ends(dyad); return wanted[0][from] || wanted[0][to] }, nil
	}
	return func(dyad uint64) bool {
		from, to := ends(dyad)
		return wanted[0][from] && wanted[1][to] || wanted[1][from] && wanted[0][to]
	}, nil
}

// maxDyads bounds the dyads of one event: of more parties the first count.
const maxDyads = 1000

// dyads returns whom an event is between, in order, of very many the first. What is
// mutual is between both in either direction, and so is what several do without a
// recipient: together; where this program tells it, and not that they did it with each
// other, it is of each alone too. An event of nobody has none.
func (c *comparison) dyads(s *set, e *event) []uint64 {
	at := e.at
	who := func(n int16) []int32 {
		all := s.parties[at:][:n]
		at += int(n)
		out := make([]int32, 0, n+1)
		for _, f := range all {
			out = append(out, c.who.of[f])
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	actors, others := who(e.actors), who(e.others)
	if len(actors)+len(others) == 0 {
		return nil
	}
	mutual := c.Mutual(c.kinds.all[e.kind], c.codes.all[e.code])
	var all []uint64
	if len(others) == 0 && len(actors) > 1 {
		if e.own && !e.mutual && !mutual { // side by side as well
			for _, a := range actors {
				if len(all) >= maxDyads {
					break
				}
				all = append(all, dyadOf(a, nobody))
			}
		}
		others, mutual = actors, true
	}
	if len(actors) == 0 {
		actors = []int32{nobody}
	}
	if len(others) == 0 {
		others = []int32{nobody}
	}
	for _, a := range actors { // in the order of ids, so that the first are the same whichever set is called A
		for _, b := range others {
			if len(all) >= maxDyads {
				break
			}
			if all = append(all, dyadOf(a, b)); mutual && a != nobody && b != nobody {
				all = append(all, dyadOf(b, a))
			}
		}
	}
	if mutual && len(actors)+len(others) > 2 { // nobody meets himself where he meets others
		all = slices.DeleteFunc(all, func(d uint64) bool { return d == turned(d) })
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// mark is the same for events of one kind, day and dyads.
func (c *comparison) mark(e *event, dyads []uint64) uint64 {
	h := fnv.New64a()
	var b [8]byte
	put := func(v uint64) {
		binary.LittleEndian.PutUint64(b[:], v)
		h.Write(b[:])
	}
	put(uint64(uint32(e.day))<<32 | uint64(c.kind(e)))
	for _, d := range dyads {
		put(d)
	}
	return h.Sum64()
}

// kind is what has to be the same at the level.
func (c *comparison) kind(e *event) int32 {
	switch c.Level {
	case Quad:
		return e.quad
	case CAMEO:
		return e.code
	}
	return e.kind
}

// named is what to call a kind of the level.
func (c *comparison) named(kind int32) string {
	switch c.Level {
	case Quad:
		return c.quads.all[kind]
	case CAMEO:
		return c.codes.all[kind]
	}
	return c.kinds.all[kind]
}
