package actor

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"dragoman"
	"dragoman/data"
)

func (r *Resolver) loadPersons(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/persons.tsv", "id", "name", "aliases", "country", "office", "sectors", "from", "to")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	byID := make(map[string]int, t.Len())
	r.people = slices.Grow(r.people, t.Len())
	for i := range t.Len() {
		id := t.Value(i, "id")
		n, ok := byID[id]
		if !ok {
			n = len(r.people)
			byID[id] = n
			r.people = append(r.people, person{id: id, name: t.Value(i, "name"), wikidata: t.Value(i, "wikidata"), aliases: t.List(i, "aliases")})
			r.addPerson(n)
		}
		from, to, err := span(t, i)
		if err != nil {
			return err
		}
		r.addTerm(n, t, i, from, to)
	}
	return nil
}

func (r *Resolver) addTerm(n int, t *data.Table, i int, from, to dragoman.Day) {
	p := &r.people[n]
	tm := term{country: t.Value(i, "country"), office: t.Value(i, "office"), sectors: t.List(i, "sectors"), from: from, to: to}
	rival := t.Value(i, "rival") != ""
	for k, name := range append([]string{tm.office}, t.List(i, "titles")...) {
		e := r.named(name, anOffice)
		if e == nil {
			continue
		}
		o := &r.offices[e.ref]
		if tm.rank == "" || k == 0 {
			tm.rank = o.rank
		}
		// A rival's claim, a spokesman's or general's word tells nobody apart.
		if o.unique && !rival && tm.country != "" && (k == 0 || o.rank == "minister") {
			at := tm.country + ":" + o.id
			if h := r.holders[at]; len(h) == 0 || h[len(h)-1].person != int32(n) || h[len(h)-1].from != from {
				r.holders[at] = append(h, holder{int32(n), from, to})
			}
		}
	}
	p.terms = append(p.terms, tm)
	if r.eastAsian(tm.country) && len(p.terms) == 1 {
		key, _ := keyOf(p.name)
		if first, _, ok := strings.Cut(key, " "); ok {
			r.addSurname(first, n)
		}
	}
}

// eastAsian reports whether family names stand first.
func (r *Resolver) eastAsian(country string) bool {
	s := r.stateID(country)
	return s != nil && s.region == "East Asia"
}

func (r *Resolver) addPerson(n int) {
	p := &r.people[n]
	for _, name := range append([]string{p.name}, p.aliases...) {
		key := r.add(name, aPerson, n, true)
		if last := strings.LastIndexByte(key, ' '); last > 0 {
			r.addSurname(key[last+1:], n)
			if mid := strings.LastIndexByte(key[:last], ' '); mid > 0 {
				r.addSurname(key[mid+1:], n)
			}
		}
	}
}

func (r *Resolver) addSurname(key string, n int) {
	if !slices.Contains(r.surnames[key], int32(n)) {
		r.surnames[key] = append(r.surnames[key], int32(n))
	}
}

// during reports whether day lies between from and to.
func during(day, from, to dragoman.Day) bool {
	return (from == dragoman.NoDay || from <= day) && (to == dragoman.NoDay || day <= to)
}

var ranks = map[string]int{"head": 5, "minister": 4, "deputy": 3, "official": 2, "officer": 2, "member": 1}

// termOn returns the weightiest office that p holds on day; nil for none. An
// unknown day is one on which every office without end is held.
func (p *person) termOn(day dragoman.Day) *term {
	var best *term
	for i := range p.terms {
		t := &p.terms[i]
		switch {
		case day == dragoman.NoDay && t.to != dragoman.NoDay:
			continue
		case day != dragoman.NoDay && !during(day, t.from, t.to):
			continue
		}
		if best == nil || t.weight() > best.weight() || t.weight() == best.weight() && t.from > best.from {
			best = t
		}
	}
	return best
}

// weight orders offices held at once: by rank, those of the state before those of a party,
// and who leads a party and is a minister is a minister.
func (t *term) weight() int {
	w := 2 * ranks[t.rank]
	if slices.Contains(t.sectors, "GOV") {
		w++
		if ranks[t.rank] >= ranks["minister"] {
			w += 2 * ranks["head"]
		}
	}
	return w
}

// lastTerm returns the weightiest office that p held before day and holds no
// more; nil for none. Where the day is unknown every office has been held that is not
// without end.
func (p *person) lastTerm(day dragoman.Day) *term {
	var best *term
	if p.termOn(day) != nil {
		return nil
	}
	for i := range p.terms {
		t := &p.terms[i]
		if t.to != dragoman.NoDay && (day == dragoman.NoDay || t.to < day) && (best == nil || ranks[t.rank] > ranks[best.rank]) {
			best = t
		}
	}
	return best
}

// holderOf returns who holds an office of a state on day; -1 where that is not
// known, or more than one do.
func (r *Resolver) holderOf(office string, day dragoman.Day) int {
	if day == dragoman.NoDay {
		return -1
	}
	found := -1
	var since dragoman.Day
	for _, h := range r.holders[office] {
		if h.from == dragoman.NoDay || !during(day, h.from, h.to) {
			continue
		}
		// On the day of handing over the newcomer holds it.
		if found < 0 || int32(found) == h.person || h.from > since && (h.from == day || h.to == dragoman.NoDay) {
			found, since = int(h.person), h.from
			continue
		}
		if h.from < since {
			continue
		}
		return -1
	}
	return found
}
