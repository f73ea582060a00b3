package actor

import (
	"slices"
	"strings"

	"dragoman"
)

// who is somebody as one mention tells of them.
type who struct {
	id, name, kind, title, country, cameo, wikidata string
	sectors, memberOf, aliases                      []string
	sure                                            int    // 0 nobody, 1 by words alone, 2 new name, 3 known by office, 4 known by name
	org                                             int32  // the organisation it is, counted from 1; 0 for none
	person                                          int32  // the person of the tables, likewise
	adrift                                          bool   // a body of a state that the phrase does not tell
	body                                            int    // the body that is adrift, or a town's
	town                                            bool   // a body of a town or division, not of its state
	serves                                          int32  // the body of a state not told that a person is of, counted from 1; 0 for none
	acronym                                         bool   // known by an acronym alone
	words                                           string // by which the text calls it
}

const (
	nobody = iota
	byWords
	byNewName
	byOffice
	byName
)

// actor is who w is, as the layer has it, without mentions.
func (w *who) actor() dragoman.Actor {
	return dragoman.Actor{ID: w.id, Name: w.name, Kind: w.kind, Title: w.title, Country: w.country, Sectors: w.sectors, CAMEO: w.cameo,
		MemberOf: w.memberOf, Wikidata: w.wikidata, Aliases: w.aliases}
}

func (r *Resolver) stateID(iso string) *state {
	if i, ok := r.byISO[iso]; ok {
		return &r.states[i]
	}
	return nil
}

// code composes the CAMEO code of a country and sectors.
func (r *Resolver) code(country string, sectors []string) string {
	out := country
	if s := r.stateID(country); s != nil {
		out = s.cameo
	}
	last := ""
	for i, s := range sectors {
		c := r.cameo[s]
		if i < 2 && c != "" && c != last {
			out += c
			last = c
		}
	}
	return out
}

func few(aliases []string) []string {
	if len(aliases) > 5 {
		aliases = aliases[:5]
	}
	return slices.Clone(aliases)
}

func (v *view) ofState(ref int32) who {
	s := &v.r.states[ref]
	return who{id: s.id, name: s.name, kind: "state", country: s.id, cameo: s.cameo, wikidata: s.wikidata,
		aliases: few(s.aliases), memberOf: slices.Clone(s.memberOf), sure: byName}
}

func (v *view) ofOrg(ref int32) who {
	o := v.orgOn(ref)
	return who{id: v.r.orgs[ref].id, name: o.name, kind: o.kind, country: o.country, cameo: o.cameo, wikidata: o.wikidata,
		aliases: few(o.aliases), sectors: slices.Clone(o.sectors), memberOf: slices.Clone(o.memberOf), sure: byName, org: ref + 1}
}

// ofPerson is a person as of the day: in office, or out of it and of the elites.
func (v *view) ofPerson(ref int32) who {
	p := &v.r.people[ref]
	w := who{id: p.id, name: p.name, kind: "person", wikidata: p.wikidata, aliases: few(p.aliases), sure: byName, person: ref + 1}
	if t := p.termOn(v.day); t != nil {
		w.country, w.sectors, w.title = t.country, slices.Clone(t.sectors), t.office
	} else {
		for i := range p.terms {
			t := &p.terms[i]
			if t.country != "" {
				w.country = t.country
			}
			if v.day == dragoman.NoDay || t.to != dragoman.NoDay && t.to < v.day {
				w.sectors = []string{"ELI"}
			}
		}
	}
	w.cameo = v.r.code(w.country, w.sectors)
	return w
}

// ofBody is a body of a state; adrift where the state is not known.
func (v *view) ofBody(ref int32, iso, name, words string) who {
	b := &v.r.bodies[ref]
	if b.country != "" {
		iso = b.country
	}
	w := who{name: name, kind: b.kind, country: iso, sectors: slices.Clone(b.sectors), body: int(ref), words: words}
	switch {
	case b.country != "":
		w.id, w.name, w.wikidata, w.aliases, w.sure = b.id, b.name, b.wikidata, few(b.aliases), byName
	case iso != "" && b.many:
		w.id, w.sure = iso+":"+slug(words), byOffice
	case iso != "":
		w.id, w.sure = iso+":"+b.id, byOffice
	default:
		w.id, w.sure, w.adrift = "new:"+slug(name), byWords, true
	}
	if iso != "" {
		w.cameo = v.r.code(iso, nil) + b.cameo
	} else {
		w.cameo = b.cameo
	}
	return w
}

// nameIn is the name of a body with the state that it does not tell:
// "Foreign Ministry (Chad)".
func (r *Resolver) nameIn(name, iso string) string {
	if s := r.stateID(iso); s != nil {
		return name + " (" + s.name + ")"
	}
	return name
}

// bodyIn returns the body of that name that is a state's own, where one is.
func (v *view) bodyIn(ref int32, iso, words string) int32 {
	key, _ := keyOf(words)
	for _, e := range v.r.lexicon[key] {
		if e.class == aBody && v.r.bodies[e.ref].country == iso {
			return e.ref
		}
	}
	return ref
}

// text returns the words first..end-1 as written.
func (v *view) text(ws []word, first, end int) string {
	var all []string
	for from := first; from < end; {
		to := from + 1
		for to < end && !ws[to].leap {
			to++
		}
		all = append(all, strings.Fields(v.doc.Text[ws[from].start:ws[to-1].end])...)
		from = to
	}
	return strings.Join(all, " ")
}

// core leaves out the article, numbers and quantities that a phrase begins with.
func (v *view) core(ws []word) int {
	i := 0
	for i < len(ws)-1 && ws[i].token >= 0 {
		switch v.doc.Tags[ws[i].token].POS {
		case dragoman.DET, dragoman.NUM, dragoman.PRON, dragoman.ADV, dragoman.PUNCT, dragoman.SYM, dragoman.CCONJ:
			i++
			continue
		case dragoman.ADP, dragoman.ADJ, dragoman.SCONJ:
			if v.number(ws, i+1) || v.number(ws, i+2) { // "at least ten", "several hundred"
				i++
				continue
			}
		}
		break
	}
	return i
}

// number reports whether word i is one, with a noun behind it.
func (v *view) number(ws []word, i int) bool {
	return i < len(ws)-1 && ws[i].token >= 0 && v.doc.Tags[ws[i].token].POS == dragoman.NUM
}

// person says who a reading is that has a noun for people or bodies as its head.
func (v *view) person(rd *reading, plural bool) who {
	iso, org := v.country(rd)
	first := v.core(rd.ws)
	full := v.text(rd.ws, first, len(rd.ws))
	w := v.unowned(rd, plural, iso, org, full)
	if rd.owner != nil && w.sure == byWords && strings.HasPrefix(w.id, "new:") && !strings.Contains(w.name, rd.owner.name) {
		// "their delegation" and "our delegation" are two
		w.id = "new:" + slug(rd.owner.id) + "-" + slug(w.name)
		w.name += " (" + rd.owner.name + ")"
	}
	return w
}

// named reports whether the organisation is named before the head noun.
func (rd *reading) named(org int32) bool {
	return org >= 0 && slices.ContainsFunc(rd.whose, func(a affiliation) bool { return a.class == anOrganisation && a.ref == org && a.zone == "" })
}

func (v *view) unowned(rd *reading, plural bool, iso string, org int32, full string) who {
	if rd.head < 0 {
		return v.headless(rd, iso, org, full)
	}
	it := &rd.items[rd.head]
	name := v.text(rd.ws, it.first, it.end)
	if b := it.is(aBody); b != nil {
		if w, ok := v.bodyOf(rd, it, b, iso, org, full); ok {
			return w
		}
	}
	w := who{name: full, id: "new:" + slug(full), country: iso, kind: "person", sure: byWords}
	for _, a := range rd.whose {
		if a.class == aBody && iso == "" && org < 0 && v.r.bodies[a.ref].country == "" {
			w.serves = a.ref + 1
		}
	}
	var weak, unique bool
	var rank string
	if o := it.is(anOffice); o != nil {
		of := &v.r.offices[o.ref]
		w.sectors, weak, unique, rank = of.sectors, of.weak, of.unique, of.rank
		w.title = v.title(rd, it, name)
		switch rank {
		case "apart":
			return v.apartFrom(w, rd, plural)
		case "same":
			return v.counterpart(w, rd, plural)
		}
		if of.kind == "people" {
			w.kind, w.title = "people", ""
		}
		if v.office(rd, of, iso, plural, &w) {
			return w
		}
	}
	if k := it.is(aKind); k != nil {
		kd := &v.r.kinds[k.ref]
		if kd.kind == "state" {
			return v.stateNoun(rd, plural, iso, full)
		}
		if kd.self && !plural && rd.named(org) {
			return v.ofOrg(org) // "the M23 rebel movement" is the M23
		}
		w.kind, w.title = kd.kind, ""
		if it.is(anOffice) == nil {
			w.sectors, weak = kd.sectors, kd.weak
		}
	} else if plural {
		w.kind, w.title = "people", ""
	}
	w.sectors = v.sectors(rd, w.sectors, weak || rd.ofOrganisation(), unique, rank, iso != "", org)
	if org >= 0 && !rd.former {
		w.memberOf = []string{v.r.orgs[org].id}
	}
	if len(w.sectors) == 0 && w.country == "" && org < 0 {
		switch {
		case plural && rd.owner != nil && rd.owner.kind == "person": // "Mr. Brun's aides" are somebody
		case !plural || !rd.regional || rank != "head" && rank != "official":
			return who{}
		default:
			w.sectors = []string{"GOV"}
		}
	}
	w.cameo = v.composed(&w, org)
	return w
}

// stateNoun is the state that a noun for states stands for: somebody's own ("his country"), or
// several without a name ("the regional countries").
func (v *view) stateNoun(rd *reading, plural bool, iso, full string) who {
	if plural {
		first := rd.ws[v.core(rd.ws)].token
		if iso == "" && rd.owner == nil && first >= 0 && first < rd.at && !v.r.unspecific[v.tree.Lemma(first)] {
			return who{name: full, id: "new:" + slug(full), kind: "unknown", sectors: []string{"GOV"}, sure: byWords, cameo: v.r.code("", []string{"GOV"})}
		}
		return who{}
	}
	if rd.owner != nil {
		if i, ok := v.r.byISO[rd.owner.country]; ok {
			return v.ofState(int32(i))
		}
	}
	return who{}
}

// apartFrom is somebody told by whom they stand by or against: of these they
// are not, whatever their own country.
func (v *view) apartFrom(w who, rd *reading, plural bool) who {
	w.country, w.title = "", ""
	for _, a := range rd.whose {
		if a.class == aDemonym && a.zone == "" && !rd.ws[a.first].owner && rd.owner == nil {
			w.country = v.r.states[a.ref].id
		}
	}
	if plural {
		w.kind = "people"
	} else if len(w.sectors) == 0 && w.country == "" {
		return who{}
	}
	w.cameo = v.r.code(w.country, w.sectors)
	return w
}

// counterpart is somebody who holds the office of another elsewhere: "his Ethiopian
// counterpart"; nobody where the phrase does not say of which state.
func (v *view) counterpart(w who, rd *reading, plural bool) who {
	peer := rd.peer
	rd.owner = nil
	iso, _ := v.country(rd)
	if iso == "" || peer != nil && peer.country == iso {
		return who{}
	}
	w.country, w.title = iso, ""
	if plural {
		w.kind = "people"
	}
	if peer != nil {
		w.sectors = slices.Clone(peer.sectors)
		if e := v.r.named(peer.title, anOffice); e != nil && !plural {
			of := &v.r.offices[e.ref]
			w.title = peer.title
			if v.office(rd, of, iso, plural, &w) {
				return w
			}
		}
	}
	w.cameo = v.r.code(iso, w.sectors)
	return w
}

// composed is the code of somebody of a state, or of an organisation of none.
func (v *view) composed(w *who, org int32) string {
	if w.country == "" && org >= 0 {
		return v.orgOn(org).cameo
	}
	return v.r.code(w.country, w.sectors)
}

// headless is a phrase whose noun the lexicon does not know: "Russians", "the
// British", "Tajik envoys' cars".
func (v *view) headless(rd *reading, iso string, org int32, full string) who {
	for i := range rd.items {
		it := &rd.items[i]
		if it.zone != "" || rd.ws[it.first].token > rd.at || rd.ws[it.end-1].token < rd.at {
			continue
		}
		if e := it.isAny(anOrganisation, aMember); e != nil {
			return v.ofOrg(e.ref)
		}
		if e := it.is(aState); e != nil {
			return v.ofState(e.ref)
		}
		if e := it.is(aDemonym); e != nil {
			s := &v.r.states[e.ref]
			return who{id: s.id + ":people", name: full, kind: "people", country: s.id, cameo: s.cameo, sure: byWords}
		}
	}
	if iso == "" && org < 0 {
		return who{}
	}
	w := who{id: "new:" + slug(full), name: full, kind: "unknown", country: iso, sectors: slices.Clone(rd.mods), sure: byWords}
	if rd.former {
		w.sectors = []string{"ELI"}
	}
	if org >= 0 {
		w.memberOf = []string{v.r.orgs[org].id}
		if len(w.sectors) == 0 {
			w.sectors = slices.Clone(v.orgOn(org).sectors)
		}
	}
	w.cameo = v.composed(&w, org)
	return w
}

// bodyOf is a body of a state or of an organisation that rules one.
func (v *view) bodyOf(rd *reading, it *item, b *entry, iso string, org int32, full string) (who, bool) {
	// "a militia group" is no body; "police" may be policemen, and are the police.
	ref := b.ref
	if fixed := &v.r.bodies[ref]; fixed.country != "" && iso != fixed.country && (iso != "" || v.anothers(ref, rd.ws[it.first:it.end])) {
		// "the Nigerian Senate" is not the American one
		ref = v.common(rd.ws[it.first:it.end])
		for i := range it.entries {
			if e := &it.entries[i]; e.class == aBody && v.r.bodies[e.ref].country == "" {
				ref = e.ref
			}
		}
		if ref < 0 {
			return who{}, false
		}
	} else if fixed.country == "" {
		// "the American Congress" is the one that has the name
		for i := range it.entries {
			if e := &it.entries[i]; e.class == aBody && iso != "" && v.r.bodies[e.ref].country == iso {
				ref = e.ref
			}
		}
	}
	name := v.text(rd.ws, it.first, it.end)
	if strings.ToLower(name) == name {
		name = full
	}
	if rd.former {
		return who{}, false
	}
	if len(rd.whose) == 0 || name != full {
		name = v.r.nameIn(name, iso)
	}
	w := v.ofBody(ref, iso, name, v.text(rd.ws, it.first, it.end))
	if rd.town && iso == rd.place && v.r.bodies[ref].country == "" {
		// "the Punjab government" is not the government of Pakistan
		w.id, w.name, w.sure, w.town = "new:"+slug(full), full, byWords, true
	}
	if w.adrift && v.several(ref, rd.ws[it.first:it.end]) {
		w.adrift = false
	}
	if org >= 0 {
		o := v.orgOn(org)
		if !slices.Contains(o.sectors, "GOV") {
			// the police of those who do not rule are theirs alone
			w.id, w.name, w.kind, w.sure, w.adrift = "new:"+slug(full), full, "organisation", byWords, false
			w.sectors = distinct(append(slices.Clone(o.sectors[:min(1, len(o.sectors))]), v.r.bodies[ref].sectors...))
			w.cameo = v.composed(&w, org)
		}
		w.memberOf = append(w.memberOf, v.r.orgs[org].id)
	}
	return w, true
}

// several reports whether ws name a body of which a state has one in the plural: governments
// without their states are of many, and none is the article's own. A state's police may be
// in several forces.
func (v *view) several(ref int32, ws []word) bool {
	last, b := ws[len(ws)-1], &v.r.bodies[ref]
	return !b.many && !slices.Contains(b.sectors, "COP") && last.single != "" && !v.r.knows(ws, last.key)
}

// title is the office with what belongs to it: "deputy minister of borders".
func (v *view) title(rd *reading, it *item, name string) string {
	first := it.first
	for first > 0 && rd.ws[first-1].token >= 0 {
		known := false
		for i := range rd.items {
			o := &rd.items[i]
			known = known || o.end == first && o.zone == "" && o.is(aModifier) != nil && o.isAny(aState, aDemonym, anOrganisation) == nil
		}
		if !known {
			break
		}
		first--
	}
	t := v.text(rd.ws, first, it.end)
	if t == "" {
		t = name
	}
	if rd.former && !strings.Contains(t, rd.late) {
		t = rd.late + " " + t
	}
	if t != strings.ToUpper(t) {
		t = strings.ToLower(t)
	}
	return t
}

// office finds who holds the only office of its name in a state.
func (v *view) office(rd *reading, of *office, iso string, plural bool, w *who) bool {
	if !of.unique || iso == "" || plural || rd.beyond || rd.ofOrganisation() || rd.former || rd.deputy || len(rd.ws) > 0 && v.indefinite(rd.ws[0]) {
		return false
	}
	for _, a := range rd.whose {
		if a.class == aBody || (a.class == anOrganisation || a.class == aMember) && !slices.Contains(v.orgOn(a.ref).sectors, "GOV") {
			return false
		}
	}
	at := iso + ":" + of.id
	if p := v.r.holderOf(at, v.day); p >= 0 {
		title := w.title
		*w = v.ofPerson(int32(p))
		w.sure = byOffice
		w.title = title
		w.memberOf = v.ruling(rd)
		return true
	}
	w.id, w.sure = at, byOffice
	w.sectors = slices.Clone(of.sectors)
	w.cameo = v.r.code(iso, of.sectors)
	w.memberOf = v.ruling(rd)
	return true
}

// ofOrganisation reports whether the phrase tells somebody by an organisation that is no
// government's: "the union's president" is not the president of its state.
func (rd *reading) ofOrganisation() bool {
	if rd.owner == nil || slices.Contains(rd.owner.sectors, "GOV") {
		return false
	}
	switch rd.owner.kind {
	case "state", "government", "person", "people":
		return false
	}
	return true
}

// ruling returns the organisations by which the phrase tells a state.
func (v *view) ruling(rd *reading) []string {
	for _, a := range rd.whose {
		if a.class == anOrganisation || a.class == aMember {
			return []string{v.r.orgs[a.ref].id}
		}
	}
	if rd.owner != nil && rd.owner.org > 0 {
		return []string{v.r.orgs[rd.owner.org-1].id}
	}
	return nil
}

func (v *view) indefinite(w word) bool {
	return w.key == "a" || w.key == "an" || w.token >= 0 && v.doc.Tags[w.token].Has("Definite=Ind")
}

// sectors decides among what the noun itself, its modifiers and those served tell.
func (v *view) sectors(rd *reading, own []string, weak, unique bool, rank string, ofState bool, org int32) []string {
	if rd.former {
		return []string{"ELI"}
	}
	served := -1
	for i, a := range rd.whose {
		if a.class == aBody || (a.class == anOrganisation || a.class == aMember) {
			if served < 0 || a.zone != "" || a.class == aBody {
				served = i
			}
		}
	}
	if o := rd.owner; served < 0 && o != nil && weak && len(rd.mods) == 0 && len(o.sectors) > 0 && o.kind != "state" {
		return slices.Clone(o.sectors)
	}
	if served >= 0 && (weak || unique && rd.whose[served].zone != "") {
		a := rd.whose[served]
		theirs := []string(nil)
		if a.class == aBody {
			theirs = v.r.bodies[a.ref].sectors
		} else {
			theirs = v.orgOn(a.ref).sectors
		}
		if a.class != aBody && weak && len(rd.mods) > 0 && slices.Contains(theirs, "GOV") {
			theirs = rd.mods
		}
		if len(theirs) > 0 {
			return distinct(theirs)
		}
	}
	if (weak || unique && rd.beyond) && len(rd.mods) > 0 {
		return distinct(rd.mods)
	}
	if unique && rd.beyond {
		return nil
	}
	if len(own) == 0 && ofState && (rank == "official" || rank == "head") {
		return []string{"GOV"}
	}
	return slices.Clone(own)
}

func distinct(s []string) []string {
	var out []string
	for _, x := range s {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
