package compare

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"dragoman"
)

// Result is what a comparison comes to. Only A and B count all that was read;
// all else is of what is compared.
type Result struct {
	A         Set       `json:"a"`
	B         Set       `json:"b"`
	Common    Days      `json:"common"` // that both sets cover
	Statuses  []Status  `json:"statuses"`
	Classes   []Tally   `json:"classes"`
	Agreement Agreement `json:"agreement"`
	// Chance is the agreement that is left when the days of B are moved by half of
	// the common days, so that no two events can be the same; nil where these are
	// fewer than four weeks.
	Chance *Agreement `json:"chance"`
	Kappa  Kappa      `json:"kappa"` // of all pairs of the same dyad
	// Sole is the kappa of those pairs only of which neither event had another of
	// its dyad to be paired with, so that agreement had no say in who was paired.
	Sole      Kappa        `json:"sole_kappa"`
	Kinds     []Kind       `json:"kinds"`     // the most told first
	Confusion []Confused   `json:"confusion"` // the most frequent first
	Course    Course       `json:"course"`
	Dyads     []DyadResult `json:"dyads"` // the most told first
	AllDyads  int          `json:"all_dyads"`

	comparison *comparison
}

// Set says what was read of a set, and what of it is compared.
type Set struct {
	Name       string `json:"name"` // for the caller to fill in
	Events     int    `json:"events"`
	Facts      int    `json:"facts"`       // told as done, by nobody's word but the set's own
	Days       Days   `json:"days"`        // from the first to the last event
	WithEvents int    `json:"with_events"` // days that have any

	// Left out, each for the first of these reasons.
	Undated   int `json:"undated"`
	Outside   int `json:"outside"`   // of the common days
	Unsure    int `json:"unsure"`    // claimed, planned or denied
	Nobody    int `json:"nobody"`    // neither actor nor recipient is told
	Elsewhere int `json:"elsewhere"` // not between those who are looked at
	Mirrored  int `json:"mirrored"`  // another row tells it from the other side
	Parts     int `json:"parts"`     // rows of an event of several parties, another of whose rows has it as its pair

	Compared int `json:"compared"`
	// Repeats are events of the same kind, day and dyads as an earlier one; they are
	// among the compared, but where each is wanted once a day.
	Repeats int `json:"repeats"`
}

// Days are from one to another, inclusive; both NoDay for none.
type Days struct{ From, To dragoman.Day }

// Count returns how many they are.
func (d Days) Count() int {
	if d.From == dragoman.NoDay {
		return 0
	}
	return int(d.To) - int(d.From) + 1
}

func (d Days) holds(day dragoman.Day) bool {
	return d.From != dragoman.NoDay && d.From <= day && day <= d.To
}

// MarshalJSON writes the days in ISO 8601; null for none.
func (d Days) MarshalJSON() ([]byte, error) {
	if d.From == dragoman.NoDay {
		return []byte("null"), nil
	}
	return json.Marshal(map[string]any{"from": d.From.String(), "to": d.To.String(), "count": d.Count()})
}

// Status counts events in the common days, whether they are compared or not.
type Status struct {
	Name string `json:"name"`
	A    int    `json:"a"`
	B    int    `json:"b"`
}

// Tally counts a class: a pair is one event of either set.
type Tally struct {
	Class Class `json:"class"`
	N     int   `json:"n"`
}

// Agreement is how much of one set is in the other: events that have a pair of the
// same dyad and kind.
type Agreement struct {
	Pairs   int    `json:"pairs"`
	OfA     Figure `json:"of_a"`    // the precision of A, if B is right and complete
	OfB     Figure `json:"of_b"`    // the recall of A, likewise
	F1      Figure `json:"f1"`      // their harmonic mean
	Jaccard Figure `json:"jaccard"` // of all events of both, pairs counted once
}

func agreement(pairs, a, b int) Agreement {
	return Agreement{pairs, ratio(pairs, a), ratio(pairs, b), ratio(2*pairs, a+b), ratio(pairs, a+b-pairs)}
}

// Figure is a number that may be unknown, NaN; JSON has null for it.
type Figure float64

// MarshalJSON writes null for NaN.
func (f Figure) MarshalJSON() ([]byte, error) {
	if f.Unknown() {
		return []byte("null"), nil
	}
	return json.Marshal(math.Round(float64(f)*1e6) / 1e6)
}

// Unknown reports whether it cannot be told.
func (f Figure) Unknown() bool { return math.IsNaN(float64(f)) }

func ratio(n, of int) Figure {
	if of == 0 {
		return Figure(math.NaN())
	}
	return Figure(float64(n) / float64(of))
}

// Kind is what both sets have of one kind.
type Kind struct {
	Name string `json:"name"`
	A    int    `json:"a"` // events
	B    int    `json:"b"`
	Both int    `json:"both"` // pairs of the same dyad that are of this kind in both
}

// Confused counts the pairs of the same dyad that are of one kind in A and of one
// in B.
type Confused struct {
	A string `json:"a"`
	B string `json:"b"`
	N int    `json:"n"`
}

// Kappa is Cohen's kappa (Cohen 1960) over the kinds of pairs, with the interval of
// 95 % of its asymptotic error (Fleiss, Cohen and Everitt 1969), from ten pairs on.
type Kappa struct {
	Pairs    int    `json:"pairs"`
	Observed Figure `json:"observed"` // share of pairs of the same kind
	Expected Figure `json:"expected"` // that would be if kinds were given by chance, each set at its own rates
	Value    Figure `json:"kappa"`
	Low      Figure `json:"low"`
	High     Figure `json:"high"`
}

// Course is how far the weeks of the dyads run alike: Spearman's rank correlation
// of each dyad that both tell of, averaged by its events (after Schrodt 2015, who
// correlates counts by class).
type Course struct {
	Weeks  int    `json:"weeks"`
	Dyads  int    `json:"dyads"` // for which the correlation of counts can be told
	Counts Figure `json:"counts"`
	Net    Figure `json:"net"` // of the sum of tones, from -2 for material conflict to 2 for material cooperation
}

// DyadResult is what both sets have of one dyad. A mutual event counts in both
// directions.
type DyadResult struct {
	From   Actor  `json:"from"` // the zero Actor: nobody is told
	To     Actor  `json:"to"`
	A      int    `json:"a"`
	B      int    `json:"b"`
	Both   int    `json:"both"`   // pairs of the same kind
	Counts Figure `json:"counts"` // Spearman's correlation of weekly counts
	Net    Figure `json:"net"`    // and of weekly sums of tones
}

// Side is a set: the first or the second.
type Side int

// The sides.
const (
	A Side = iota
	B
)

// Find returns the class of the n-th record of a stream, counted from 0, and the
// number of its pair, from 1; 0 where it has none. It is None where the record is
// not compared, or is not the one that was read first.
func (r *Result) Find(side Side, n int, record *dragoman.Record) (class Class, pair int) {
	s := &r.comparison.sets[side]
	i, ok := slices.BinarySearchFunc(s.events, int32(n), func(e event, n int32) int { return cmp.Compare(e.n, n) })
	if !ok || s.events[i].day != record.Day || r.comparison.kinds.all[s.events[i].kind] != record.Type {
		return None, 0
	}
	if s.mate[i] >= 0 {
		pair = i + 1
		if side == B {
			pair = int(s.mate[i]) + 1
		}
	}
	return s.class[i], pair
}

// OnlyByName returns those of some names, in any case, whose bearers are known by name
// alone: to neither set is it the name of somebody with an id of his own.
func (r *Result) OnlyByName(names []string) []string {
	unknown := map[string]bool{}
	for _, a := range r.comparison.who.actors {
		if a.ID == "" {
			unknown[strings.ToLower(a.Name)] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !unknown[strings.ToLower(name)] })
}

// Example is an event, or a pair of two: their places in the streams, from 0; -1
// where there is none.
type Example struct {
	Class Class
	A, B  int
}

// Examples returns at most so many events or pairs of some classes, all where the
// limit is 0, in the order of days. Where there are more they are taken at even
// distances, so that they are of all times.
func (r *Result) Examples(limit int, classes ...Class) []Example {
	type dated struct {
		Example
		day dragoman.Day
	}
	var found []dated
	for side := range r.comparison.sets {
		s := &r.comparison.sets[side]
		for i := range s.events {
			class := s.class[i]
			if !slices.Contains(classes, class) || side == int(B) && class != OnlyB {
				continue
			}
			e := dated{Example{class, -1, -1}, s.events[i].day}
			*[]*int{&e.A, &e.B}[side] = int(s.events[i].n)
			if m := s.mate[i]; m >= 0 {
				e.B = int(r.comparison.sets[B].events[m].n)
			}
			found = append(found, e)
		}
	}
	slices.SortStableFunc(found, func(a, b dated) int { return cmp.Compare(a.day, b.day) })
	n := len(found)
	if limit > 0 {
		n = min(n, limit)
	}
	out := make([]Example, n)
	for i := range out {
		out[i] = found[i*len(found)/n].Example
	}
	return out
}
