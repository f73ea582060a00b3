// Package compare sets two sets of events side by side: which events both tell,
// which only one tells, and of what type each takes them to be.
//
// Events are paired one to one: each with one of the same dyad, that is the same
// actor and recipient, at most some days apart. Pairs that agree in more are made
// first (see Class). Only days that both sets cover are compared. Names and codes
// have to be the same in both sets; who brings sets of different systems together
// is the room exchange. docs/compare.md says what each figure means, with an example.
package compare

import (
	"errors"
	"fmt"
	"io"

	"dragoman"
)

// Stream returns one record after the other, and io.EOF after the last.
type Stream func() (dragoman.Record, error)

// By says whom an actor stands for.
type By string

// Whom an actor may stand for.
const (
	ByCountry By = "country" // whoever is of a country is that country, as most do who compare ICEWS and GDELT
	ByState   By = "state"   // whoever acts for a state is that state, else the organisation he acts for, else himself
	ByActor   By = "actor"   // everybody is himself
)

// Level is what has to be the same for two events to be of the same kind.
type Level string

// What may have to be the same.
const (
	Quad  Level = "quad"  // PLOVER's quadrant
	Type  Level = "type"  // PLOVER's type
	CAMEO Level = "cameo" // the code of CAMEO; of two events without one the type
)

// Options say what is compared, and how. The zero Options compare facts of the same
// day by the types of states.
type Options struct {
	Apart    int                           // days that two events of a pair may be apart
	By       By                            // "": ByState
	Level    Level                         // "": Type
	From, To dragoman.Day                  // inclusive; both zero: all; NoDay: open
	All      bool                          // also what is claimed, planned or denied
	Daily    bool                          // of events of one kind, dyad and day only the first
	Between  []string                      // names or ids of one or two actors: only what is between them, either way
	Listed   int                           // how many dyads are told of one by one; 0: all
	Mutual   func(kind, cameo string) bool // of such an event either side may stand first; nil: of none
	// Mirror returns the code of CAMEO by which the same is told from the other side:
	// a visit is hosted, who meets is met; "" where it is done in one direction only.
	// nil: of all codes it is. Two rows of a set of another's that mirror each other
	// on one day are one event.
	Mirror func(cameo string) string
}

// mostApart bounds how far apart two events of a pair may be; beyond a year nothing
// makes them the same.
const mostApart = 366

// defaults fills in what is not said.
func (o Options) defaults() (Options, error) {
	if o.By == "" {
		o.By = ByState
	}
	if o.Level == "" {
		o.Level = Type
	}
	if o.Mutual == nil {
		o.Mutual = func(string, string) bool { return false }
	}
	if o.Mirror == nil {
		o.Mirror = func(string) string { return "" }
	}
	if o.From == 0 && o.To == 0 {
		o.From, o.To = dragoman.NoDay, dragoman.NoDay
	}
	switch {
	case o.By != ByCountry && o.By != ByState && o.By != ByActor:
		return o, fmt.Errorf("actors stand for %q; it is one of country, state, actor", o.By)
	case o.Level != Quad && o.Level != Type && o.Level != CAMEO:
		return o, fmt.Errorf("the level is %q; it is one of quad, type, cameo", o.Level)
	case o.Apart < 0 || o.Apart > mostApart:
		return o, fmt.Errorf("events may be %d days apart; it is 0 to %d", o.Apart, mostApart)
	case len(o.Between) > 2:
		return o, errors.New("more than two actors are given to look between")
	}
	return o, nil
}

// Sets compares two sets. It holds some 100 bytes an event, and reads each stream
// once. An event of very many is compared by its first thousand dyads. The same sets
// give the same result; changed about, the same with A and B changed about.
func Sets(a, b Stream, o Options) (*Result, error) {
	o, err := o.defaults()
	if err != nil {
		return nil, err
	}
	c := &comparison{Options: o, kinds: newIndex[string](), codes: newIndex[string](), quads: newIndex[string](), who: newRegister()}
	for i, next := range []Stream{a, b} {
		if err := c.gather(&c.sets[i], next); err != nil {
			return nil, err
		}
	}
	r := &Result{comparison: c, A: c.sets[0].summary, B: c.sets[1].summary}
	r.Common = Days{max(r.A.Days.From, r.B.Days.From), min(r.A.Days.To, r.B.Days.To)}
	if r.A.Days.From == dragoman.NoDay || r.B.Days.From == dragoman.NoDay || r.Common.From > r.Common.To {
		r.Common = Days{dragoman.NoDay, dragoman.NoDay}
	}
	r.Statuses = c.statuses(r.Common)
	if err := c.settle(r.Common); err != nil {
		return nil, err
	}
	c.match()
	for side := range c.sets {
		c.shed(side)
	}
	r.A, r.B = c.sets[0].summary, c.sets[1].summary
	c.measure(r)
	for side := range c.sets {
		c.sets[side].listed, c.sets[side].days = nil, nil
	}
	return r, nil
}

// comparison is what is worked on.
type comparison struct {
	Options
	sets  [2]set
	kinds index[string]
	codes index[string] // the type stands for a code where a set tells none
	quads index[string]
	who   register
}

// index numbers what is seen.
type index[K comparable] struct {
	at  map[K]int32
	all []K
}

func newIndex[K comparable]() index[K] { return index[K]{at: map[K]int32{}} }

// add returns the number of k; own is what is kept of one that is new.
func (x *index[K]) add(k K, own func(K) K) int32 {
	n, ok := x.at[k]
	if !ok {
		k = own(k)
		n = int32(len(x.all))
		x.at[k], x.all = n, append(x.all, k)
	}
	return n
}

// set is one of the two sets, as compactly as it can be compared.
type set struct {
	summary Set
	events  []event
	parties []int32               // faces of all events, actors before recipients; until they are settled
	days    map[dragoman.Day]bool // that have an event
	dyads   []uint64              // of all events, each event's sorted
	listed  []entry               // room for list
	mate    []int32               // of events: the other of its pair; -1 for none
	class   []Class               // of events
}

// event is one event. Numbers are of the comparison's indices.
type event struct {
	n                int32 // its place in the stream, from 0
	day              dragoman.Day
	kind, code, quad int32
	coded            bool  // code is one
	actors, others   int16 // how many of its parties are actors and recipients
	dyads            int16 // how many it has
	tone             int8
	status           int8 // its place among dragoman.Statuses; -1: not told
	claimed          bool
	own              bool // this program coded it
	mutual           bool // told to be done with each other
	at               int  // where its parties or dyads begin
}

// fact reports whether e is told as done, by nobody's word but the set's own.
// Who does not say whether something was done tells what was.
func (e *event) fact() bool {
	return !e.claimed && (e.status < 0 || dragoman.Statuses[e.status].Done())
}

func (s *set) dyadsOf(e *event) []uint64 { return s.dyads[e.at:][:e.dyads] }

// gather reads a stream.
func (c *comparison) gather(s *set, next Stream) error {
	s.summary.Days = Days{dragoman.NoDay, dragoman.NoDay}
	s.days = map[dragoman.Day]bool{}
	for n := int32(0); ; n++ {
		r, err := next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if c.From != dragoman.NoDay && r.Day < c.From || c.To != dragoman.NoDay && r.Day > c.To {
			continue
		}
		c.add(s, &r, n)
	}
}
