package place

import (
	"slices"
	"strings"
)

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
	l := loosen(nil, []byte(s.key))
	if len(l) < minLoose || s.part || s.tentative {
		return
	}
	t.looseOnce.Do(t.loadLoose)
	var found []entry
	t.loosely.each(string(l), func(tab *table, f []string) {
		same := false
		looseNames(tab, f, func(form []byte) { same = same || string(form) == string(l) })
		if e := tab.entry(f); same && t.speaksOf(e.country, about) {
			e.alias = true
			found = append(found, e)
		}
	})
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
	l := &gazetteer{tables: r.gaz.tables, seed: r.gaz.seed, links: make([]link, 0, len(r.gaz.links)/2)}
	l.heads = make([]int32, len(r.gaz.heads))
	for i := range l.heads {
		l.heads[i] = -1
	}
	var fields [16]string
	l.rows(func(t *table, ref uint32, line string) {
		looseNames(t, split(line, fields[:0]), func(form []byte) { l.add(form, ref) })
	})
	r.loosely = l
}

// looseNames visits the loose forms of the names of a record: its aliases only
// where they are not too many to be other languages'.
func looseNames(t *table, f []string, visit func([]byte)) {
	kind := t.field(f, colKind)
	if kind == "country" || kind == "region" {
		return
	}
	var folded, buf [96]byte
	form := func(name string) {
		if l := loosen(buf[:0], fold(folded[:0], name)); len(l) >= minLoose {
			visit(l)
		}
	}
	form(t.field(f, colName))
	if town(kind) {
		return
	}
	for aliases := t.field(f, colAliases); aliases != ""; {
		var alias string
		alias, aliases, _ = strings.Cut(aliases, "|")
		form(alias)
	}
}
