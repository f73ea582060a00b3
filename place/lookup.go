package place

import "slices"

// lookup returns the places that bear the name as written. Of two tables that
// know the same place the embedded one counts.
func (r *Resolver) lookup(name string) []entry {
	k := key(name)
	if k == "" {
		return nil
	}
	found := r.gaz.named(k)
	if r.dump == nil {
		return found
	}
	known := len(found)
	for _, e := range r.dump.named(r, k) {
		if !slices.ContainsFunc(found[:known], func(o entry) bool {
			return o.geonames != 0 && o.geonames == e.geonames || o.country == e.country && town(o.kind) == town(e.kind) && apart(o, e) < 5
		}) {
			found = append(found, e)
		}
	}
	return found
}

func town(kind string) bool {
	switch kind {
	case "capital", "seat", "settlement", "section":
		return true
	}
	return false
}

// The shortest loose form that is looked up, in bytes: shorter ones meet by accident.
const minLoose = 5

// looseCandidates looks for other spellings of a name that no table has, in
// the countries that the article names.
func (t *text) looseCandidates(s *sense, about map[string]float64) {
	l := loose(s.key)
	if len(l) < minLoose || s.part || s.tentative {
		return
	}
	t.looseOnce.Do(t.loadLoose)
	var found []entry
	for _, ref := range t.looseRefs[l] {
		tab := t.gaz.tableOf(ref)
		var fields [16]string
		e := tab.entry(split(tab.line(ref), fields[:0]))
		if t.speaksOf(e.country, about) && !slices.ContainsFunc(found, func(o entry) bool { return o.id == e.id }) {
			e.alias = true
			found = append(found, e)
		}
	}
	s.cands = candidates(found)
}

// speaksOf reports whether the article names the country, as a place or
// as a people.
func (t *text) speaksOf(id string, about map[string]float64) bool {
	if id == "" {
		return false
	}
	if about[id] > 0 {
		return true
	}
	for i := range t.senses {
		if c := t.senses[i].cands; len(c) > 0 && c[0].kind == "country" && c[0].id == id {
			return true
		}
	}
	return false
}

// loadLoose indexes the loose forms of the names in the tables.
func (r *Resolver) loadLoose() {
	r.looseRefs = map[string][]uint32{}
	var fields [16]string
	r.gaz.rows(func(t *table, ref uint32, line string) {
		f := split(line, fields[:0])
		kind := t.field(f, colKind)
		if kind == "country" || kind == "region" {
			return
		}
		r.addLoose(t.field(f, colName), ref)
		if kind != "settlement" && kind != "section" {
			for _, a := range splitList(t.field(f, colAliases)) {
				r.addLoose(a, ref)
			}
		}
	})
}

func (r *Resolver) addLoose(name string, ref uint32) {
	if l := loose(key(name)); len(l) >= minLoose {
		if refs := r.looseRefs[l]; len(refs) == 0 || refs[len(refs)-1] != ref {
			r.looseRefs[l] = append(refs, ref)
		}
	}
}
