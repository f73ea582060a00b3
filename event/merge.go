package event

import (
	"fmt"
	"slices"

	"dragoman"
)

// add appends e, or joins it with an event that tells the same: one event told
// twice in an article is one record, its later tellings in Also.
func (r *reading) add(e dragoman.Event) {
	key := fmt.Sprint(e.Type, e.CAMEO, e.Status, e.Actors)
	for _, i := range r.told[key] {
		old := &r.events[i]
		if !r.same(old, &e) {
			continue
		}
		old.Also = append(old.Also, e.Telling)
		if old.Place < 0 || e.Place >= 0 && r.within(e.Place, old.Place) {
			old.Place = e.Place
		}
		if old.From == dragoman.NoDay && old.To == dragoman.NoDay {
			old.From, old.To = e.From, e.To
		}
		if len(old.Recipients) == 0 {
			old.Recipients = e.Recipients
		}
		if len(old.Casualties) == 0 {
			old.Casualties = e.Casualties
		}
		old.Confidence = max(old.Confidence, e.Confidence)
		return
	}
	r.told[key] = append(r.told[key], len(r.events))
	r.events = append(r.events, e)
}

// same reports whether two records of the same type, status and actors tell
// one event: same recipients, told by the same, and neither place nor days differ.
func (r *reading) same(a, b *dragoman.Event) bool {
	if len(a.Actors) == 0 {
		return false
	}
	if len(a.Recipients) > 0 && len(b.Recipients) > 0 && !slices.Equal(a.Recipients, b.Recipients) {
		return false
	}
	if (len(a.Recipients) == 0) != (len(b.Recipients) == 0) && a.Type != "CONSULT" {
		return false
	}
	if a.Place >= 0 && b.Place >= 0 && a.Place != b.Place && !r.within(a.Place, b.Place) && !r.within(b.Place, a.Place) {
		return false
	}
	if a.From != dragoman.NoDay && b.From != dragoman.NoDay && (a.To != dragoman.NoDay && a.To < b.From || b.To != dragoman.NoDay && b.To < a.From) {
		return false
	}
	return slices.Equal(r.sources(a), r.sources(b))
}

// sources returns who tells e: the actors of its innermost attribution.
func (r *reading) sources(e *dragoman.Event) []int {
	if len(e.AccordingTo) == 0 {
		return []int{}
	}
	h := r.s.Source(e.AccordingTo[0])
	if h < 0 {
		return []int{-1 - e.AccordingTo[0]}
	}
	if a := r.s.Actors(h); len(a) > 0 {
		return a
	}
	return []int{-1 - e.AccordingTo[0]}
}
