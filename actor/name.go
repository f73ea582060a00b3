package actor

import (
	"slices"
	"strings"

	"dragoman"
)

// name says who a mention by name is, by the name, what stands before it and
// in apposition to it.
func (v *view) name(i int) who {
	m := &v.doc.Mentions[i]
	ws := v.words(m.First, m.End)
	if len(ws) > 1 && ws[0].key == "the" {
		ws = ws[1:]
	}
	if len(ws) == 0 {
		return who{}
	}
	if m.Class == dragoman.Person {
		if _, n := v.r.match(ws, 0); len(ws) > 2 && n < len(ws) && v.r.descent[ws[0].key] {
			ws = ws[1:] // "Seyed Ali Khamenei"
		}
		return v.personNamed(i, ws)
	}
	if w := v.whole(m, ws); w.sure != nobody {
		w.acronym = len(ws) == 1 && len(ws[0].key) < 7 && capitals(ws[0].caps) > 1
		return v.branch(w, m)
	}
	if m.Class == dragoman.Location || m.Class == dragoman.Facility || m.Class == dragoman.Other {
		return who{}
	}
	if _, capital := v.r.Capital(v.doc.TextOf(m.Span)); capital {
		return who{} // of a government, where it acts: see capitals
	}
	return v.bodyNamed(i, ws)
}

// branch is what a people has of an international organisation for aid or
// rights: "the Lebanese Red Cross" is not the Red Cross of Geneva.
func (v *view) branch(w who, m *dragoman.Mention) who {
	if w.kind != "ngo" || w.country != "" || m.First == 0 || !v.tree.Is(m.First-1, "amod", "compound") {
		return w
	}
	e := v.r.named(v.doc.Form(m.First-1), aDemonym)
	if e == nil {
		return w
	}
	name := v.doc.Form(m.First-1) + " " + v.doc.TextOf(m.Span)
	w.country = v.r.states[e.ref].id
	return who{id: "new:" + slug(name), name: name, kind: w.kind, country: w.country, sectors: w.sectors,
		cameo: v.r.code(w.country, w.sectors), sure: byNewName}
}

// whole looks the words up as one name.
func (v *view) whole(m *dragoman.Mention, ws []word) who {
	es, n := v.r.match(ws, 0)
	if n != len(ws) {
		return who{}
	}
	it := item{0, n, es, ""}
	if m.Class == dragoman.Location || m.Class == dragoman.Facility || m.Class == dragoman.Other {
		if e := it.is(aState); e != nil {
			return v.ofState(e.ref)
		}
		if e := it.isAny(anOrganisation, aBody); e != nil && m.Class != dragoman.Other {
			// "Abkhazia", "the White House"; not a town of a party's name
			if e.class == aBody && v.r.bodies[e.ref].country != "" && m.Class == dragoman.Facility {
				return v.ofBody(e.ref, "", "", "")
			}
			if e.class == anOrganisation && v.orgOn(e.ref).kind == "government" {
				return v.ofOrg(e.ref)
			}
		}
		return who{}
	}
	if m.Class == dragoman.Nationality {
		if e := it.is(aDemonym); e != nil {
			return v.nation(m, e.ref)
		}
		if e := it.isAny(aMember, anOrganisation); e != nil {
			return v.ofOrg(e.ref)
		}
	}
	if e := it.isAny(aState); e != nil {
		return v.ofState(e.ref)
	}
	if e := v.only(&it, anOrganisation); e != nil && !v.elsewhere(e.ref, &it, ws) {
		if b := it.is(aBody); b != nil && v.r.bodies[b.ref].country == "" && v.before(m) < m.First {
			rd := v.read(v.words(v.before(m), m.First), m.First-1)
			if iso, _ := v.country(&rd); iso != "" {
				return v.ofBody(b.ref, iso, "", "") // "Armenia's Security Council" is not that of the UN
			}
		}
		return v.ofOrg(e.ref)
	}
	for k := range it.entries {
		if e := &it.entries[k]; e.class == aBody && v.r.bodies[e.ref].country != "" && !v.anothers(e.ref, ws) {
			if len(ws) > 1 || e.caps != "" || v.r.fixedOnly(it.entries) {
				return v.ofBody(e.ref, "", "", "")
			}
		}
	}
	if e := it.is(aMember); e != nil {
		return v.ofOrg(e.ref)
	}
	if e := it.is(aDemonym); e != nil {
		return v.nation(m, e.ref)
	}
	if len(ws) > 1 {
		if e := v.only(&it, aPerson); e != nil {
			return v.ofPerson(e.ref)
		}
	}
	return who{}
}

// fixedOnly reports whether no body of any state has the name.
func (r *Resolver) fixedOnly(es []entry) bool {
	for i := range es {
		if es[i].class == aBody && r.bodies[es[i].ref].country == "" {
			return false
		}
	}
	return true
}

// only returns the entry of a class if one alone fits: of several of the same
// name, the one whose country the article speaks of.
func (v *view) only(it *item, c class) *entry {
	var found, near, sure *entry
	n, nearby, surely := 0, 0, 0
	for i := range it.entries {
		e := &it.entries[i]
		if e.class != c {
			continue
		}
		n++
		found = e
		country := ""
		if c == anOrganisation {
			country = v.orgOn(e.ref).country
		} else if c == aPerson {
			if t := v.r.people[e.ref].termOn(v.day); t != nil {
				country = t.country
			}
		}
		if country != "" && v.countries[country] {
			near = e
			nearby++
		}
		// That a group of a country may be meant is no sign that it is.
		if c == anOrganisation && v.named[country] {
			sure = e
			surely++
		}
	}
	switch {
	case n == 1:
		return found
	case nearby == 1:
		return near
	case surely == 1:
		return sure
	}
	return nil
}

// anothers reports whether a body is that of a state of which the article does not speak,
// though it names others, and its name ends in what any state calls such a body: "the
// National Intelligence Service" of an article on Kenya is not South Korea's. A name that
// begins with its state is that state's: "the U.S. Congress".
func (v *view) anothers(ref int32, ws []word) bool {
	country := v.r.bodies[ref].country
	return len(v.named) > 0 && !v.countries[country] && v.common(ws) >= 0 && !v.begins(ws, country)
}

// begins reports whether a name begins with that of the state, or an adjective of its people.
func (v *view) begins(ws []word, country string) bool {
	for n := 1; n < len(ws); n++ {
		es, all := v.r.match(ws[:n], 0)
		if all == n && slices.ContainsFunc(es, func(e entry) bool {
			return (e.class == aState || e.class == aDemonym) && v.r.states[e.ref].id == country
		}) {
			return true
		}
	}
	return false
}

// common returns the body such as any state may have, in what a name ends in; -1.
func (v *view) common(ws []word) int32 {
	for from := range ws {
		es, n := v.r.match(ws, from)
		if from+n < len(ws) {
			continue
		}
		for i := range es {
			if es[i].class == aBody && v.r.bodies[es[i].ref].country == "" {
				return es[i].ref
			}
		}
	}
	return -1
}

// elsewhere reports whether an organisation is of a country that the article does not
// speak of, and has a name such as others have too: "the Labour Party", "the National Oil
// Corporation".
func (v *view) elsewhere(ref int32, it *item, ws []word) bool {
	o := v.orgOn(ref)
	if o.country == "" {
		return false
	}
	for i := range it.entries {
		if e := &it.entries[i]; e.class == aBody {
			// "Congress": India's party only where no parliament of the name is near
			if c := v.r.bodies[e.ref].country; !v.countries[o.country] || c != "" && v.countries[c] {
				return true
			}
		}
	}
	if o.kind != "party" || len(v.countries) == 0 || v.countries[o.country] {
		return false
	}
	for _, w := range ws {
		if e := v.r.named(w.key, aKind); e != nil && len(ws) > 1 {
			return true
		}
	}
	return false
}

// nation is the state that an adjective speaks of, or its people: "a Malian" is one of them.
func (v *view) nation(m *dragoman.Mention, ref int32) who {
	if v.tree.Is(m.Head, "amod", "compound", "flat", "nmod:desc") || v.doc.Tags[m.Head].POS == dragoman.ADJ && !v.plural(m) && v.tree.Kid(m.Head, "det") < 0 {
		return v.ofState(ref)
	}
	s := &v.r.states[ref]
	return who{id: s.id + ":people", name: v.doc.TextOf(m.Span), kind: "people", country: s.id, cameo: s.cameo, sure: byOffice}
}

// plural reports whether a mention is of several.
func (v *view) plural(m *dragoman.Mention) bool {
	t := v.doc.Tags[m.Head]
	return t.Has("Number=Plur") || t.XPOS == "NNS" || t.XPOS == "NNPS"
}

// bodyNamed is an organisation that the tables do not know whole: a body of a
// state that they know by its parts, or a new name.
func (v *view) bodyNamed(i int, ws []word) who {
	m := &v.doc.Mentions[i]
	if m.Class == dragoman.Nationality && v.tree.Is(m.Head, "amod", "compound", "nmod:desc") {
		return who{}
	}
	all := v.words(v.before(m), m.End)
	rd := v.read(all, m.Head)
	if rd.head >= 0 {
		it := &rd.items[rd.head]
		own := it.first < len(all) && all[it.end-1].start >= m.Start
		if own && rd.complete && it.isAny(aBody, anOffice) != nil {
			if w := v.person(&rd, v.plural(m)); w.sure != nobody {
				if iso := v.of(m); iso != "" && w.adrift && w.kind == "government" {
					return v.ofBody(int32(w.body), iso, w.name, w.words) // "the Defence Ministry in Yerevan"
				}
				return w
			}
		}
	}
	if m.Class == dragoman.Nationality {
		return who{id: "new:" + slug(v.doc.TextOf(m.Span)), name: v.doc.TextOf(m.Span), kind: "people", sure: byNewName}
	}
	if m.Class == dragoman.Unclassed && rd.head < 0 {
		return who{}
	}
	w := v.fresh(m, ws, "organisation")
	if rd.head >= 0 {
		it := &rd.items[rd.head]
		if k := it.is(aKind); k != nil {
			w.kind, w.sectors = v.r.kinds[k.ref].kind, slices.Clone(v.r.kinds[k.ref].sectors)
		} else if b := it.is(aBody); b != nil && v.r.bodies[b.ref].country == "" {
			w.kind, w.sectors = "government", slices.Clone(v.r.bodies[b.ref].sectors)
			w.body, w.town = int(b.ref), rd.town
		}
	}
	if len(w.sectors) == 0 {
		w.sectors = distinct(rd.mods)
	}
	if w.kind == "state" {
		w.kind = "organisation"
	}
	iso, org := v.country(&rd)
	w.country = iso
	if org >= 0 {
		w.memberOf = []string{v.r.orgs[org].id}
	}
	v.learn(&w, i)
	if w.country == "" && len(w.sectors) > 0 {
		w.country = v.land(ws)
		w.cameo = v.r.code(w.country, w.sectors)
	}
	return w
}

// land returns the country of the town or division that a name of an organisation
// begins or ends with: "Lahore High Court", "Dairy Farmers of Ontario".
func (v *view) land(ws []word) string {
	const longest = 3 // words of a town
	if v.r.Land == nil {
		return ""
	}
	for n := min(longest, len(ws)-1); n > 0; n-- {
		for _, from := range [...]int{0, len(ws) - n} {
			if n == 1 && v.r.virtues[ws[from].key] {
				continue // the Unity Party is not of Unity state
			}
			if iso := v.r.Land(v.text(ws, from, from+n), v.countries); iso != "" {
				return iso
			}
		}
	}
	return ""
}

// fresh is somebody whom no table knows.
func (v *view) fresh(m *dragoman.Mention, ws []word, kind string) who {
	name := v.text(ws, 0, len(ws))
	return who{id: "new:" + slug(name), name: name, kind: kind, sure: byNewName}
}

// before returns the first token of what stands directly before a name and
// describes it: "the former Tajik minister" and its title. In "ambassador to Tehran
// Stefan Schulz" the town tells nothing of him.
func (v *view) before(m *dragoman.Mention) int {
	first := m.First
	if first > 0 && v.located[first-1] != "" && m.Class == dragoman.Person {
		return first
	}
	low := v.doc.Sentences[v.tree.Sentence(m.Head)].First
	for n := 0; first > low && first > 0 && n < 14; n++ {
		k := first - 1
		switch v.doc.Tags[k].POS {
		case dragoman.ADJ, dragoman.NOUN, dragoman.PROPN, dragoman.NUM, dragoman.X:
		case dragoman.DET:
			return k
		case dragoman.PART:
			if f := v.doc.Form(k); !strings.HasSuffix(f, "s") && f != "'" && f != "’" {
				return first
			}
		case dragoman.PUNCT:
			if v.doc.Form(k) != "-" {
				return first
			}
		case dragoman.ADP:
			// "minister of borders X": the preposition belongs to a title
			if v.doc.Tokens[k].Start < m.Title.Start || m.Title.Empty() {
				return first
			}
		default:
			return first
		}
		first = k
	}
	return first
}

// learn adds to an unknown name what is said of it beside it.
func (v *view) learn(w *who, i int) {
	m := &v.doc.Mentions[i]
	for _, said := range v.said(m) {
		if w.country == "" {
			w.country = said.country
		} else if said.country != "" && said.country != w.country {
			continue
		}
		if w.title == "" && w.kind == "person" {
			w.title = said.title
		}
		if w.serves == 0 {
			w.serves = said.serves
		}
		if len(w.sectors) == 0 {
			w.sectors = slices.Clone(said.sectors)
		}
		if w.kind == "organisation" && said.kind != "" && said.kind != "person" && said.kind != "people" && said.kind != "unknown" {
			w.kind = said.kind
		}
		w.memberOf = distinct(append(w.memberOf, said.memberOf...))
	}
	if w.country == "" {
		w.country = v.of(m)
	}
	w.cameo = v.r.code(w.country, w.sectors)
}

// said returns what stands before a name and in apposition to it, as somebody.
func (v *view) said(m *dragoman.Mention) []who {
	var out []who
	if first := v.before(m); first < m.First {
		ws := v.words(first, m.First)
		rd := v.read(ws, m.First-1)
		if n := len(rd.items); n > 0 && rd.items[n-1].end == len(ws) && rd.head == n-1 {
			if w := v.person(&rd, false); w.sure != nobody {
				out = append(out, w)
			}
		} else if n > 0 && rd.items[n-1].end == len(ws) {
			if iso, org := v.country(&rd); iso != "" || org >= 0 {
				w := who{country: iso, sure: byWords}
				if org >= 0 {
					w.memberOf = []string{v.r.orgs[org].id}
				}
				out = append(out, w)
			}
		}
	}
	if a := v.tree.Kid(m.Head, "appos"); a >= m.End {
		first, end := v.tree.Extent(a)
		first, end = max(first, m.End), min(end, first+24)
		for k := first; k < end; k++ {
			p := v.doc.Tags[k].POS
			if k > a && (p == dragoman.PUNCT && v.doc.Form(k) != "-" || p == dragoman.VERB || p == dragoman.PRON || p == dragoman.CCONJ) {
				end = k
			}
		}
		rd := v.read(v.words(first, end), a)
		if rd.head >= 0 {
			if w := v.person(&rd, false); w.sure != nobody {
				out = append(out, w)
			}
		}
	}
	return out
}

// of returns the state that "of" or "from" names right after a mention.
func (v *view) of(m *dragoman.Mention) string {
	stop := min(m.End+5, v.doc.Sentences[v.tree.Sentence(m.Head)].End)
	if m.End >= stop || v.doc.Tags[m.End].POS != dragoman.ADP {
		return ""
	}
	switch strings.ToLower(v.doc.Form(m.End)) {
	case "of", "from", "in":
	default:
		return ""
	}
	ws := v.words(m.End+1, stop)
	if len(ws) > 1 && ws[0].key == "the" {
		ws = ws[1:]
	}
	if len(ws) == 0 {
		return ""
	}
	if ws[0].token >= 0 && v.located[ws[0].token] != "" && m.Class != dragoman.Person {
		return v.located[ws[0].token] // "the Defence Ministry in Yerevan"
	}
	es, n := v.r.match(ws, 0)
	if n == 0 || n < len(ws) && ws[n-1].owner {
		return ""
	}
	it := item{entries: es}
	if e := it.is(aState); e != nil {
		return v.r.states[e.ref].id
	}
	return ""
}

// personNamed is a person by full name, by a family name that the article
// supports, or a new one.
func (v *view) personNamed(i int, ws []word) who {
	m := &v.doc.Mentions[i]
	said := v.said(m)
	for start := 0; start < len(ws); start++ {
		es, n := v.r.match(ws, start)
		if n == 0 {
			break
		}
		it := item{entries: es}
		if start+n == len(ws) {
			if e := v.only(&it, aPerson); e != nil && n > 1 && v.agrees(e.ref, said) {
				w := v.ofPerson(e.ref)
				return v.titled(w, said)
			}
			if e := it.isAny(aState, anOrganisation); e != nil && n > 0 && start == 0 && it.is(aPerson) == nil && len(said) == 0 {
				if e.class == aState {
					return v.ofState(e.ref)
				}
				return v.ofOrg(e.ref)
			}
		}
		// a title that the recogniser took into the name
		if it.isAny(anOffice, aModifier) == nil || start+n >= len(ws) {
			break
		}
		rest := ws[start+n:]
		if key, caps := joined(rest, rest[len(rest)-1].key); len(rest) > 1 && v.r.fitting(key, caps, []class{aPerson}) != nil {
			start += n - 1
			continue
		}
		break
	}
	if ref := v.bySurname(ws, said); ref >= 0 {
		return v.titled(v.ofPerson(ref), said)
	}
	w := v.fresh(m, ws, "person")
	v.learn(&w, i)
	return w
}

// titled gives a person in no known office the title of the text.
func (v *view) titled(w who, said []who) who {
	for _, s := range said {
		if s.title != "" && (w.title == "" || s.country == w.country) {
			w.title = s.title
		}
		w.memberOf = distinct(append(w.memberOf, s.memberOf...))
		if len(w.sectors) == 0 && len(s.sectors) > 0 {
			w.sectors = slices.Clone(s.sectors)
			w.cameo = v.r.code(w.country, w.sectors)
		}
	}
	return w
}

// consorts are titles of one sex and those of the other.
var consorts = map[string]string{"king": "queen", "queen": "king", "prince": "princess", "princess": "prince", "emperor": "empress", "empress": "emperor"}

// agrees reports whether a person may be the one of whom that is said: not of
// another country, nor a queen who is called king.
func (v *view) agrees(ref int32, said []who) bool {
	for _, s := range said {
		if other := consorts[strings.ToLower(s.title)]; other != "" && slices.ContainsFunc(v.r.people[ref].terms, func(t term) bool { return t.office == other }) {
			return false
		}
		if s.country == "" {
			continue
		}
		same := false
		for i := range v.r.people[ref].terms {
			c := v.r.people[ref].terms[i].country
			same = same || c == "" || c == s.country
		}
		if !same {
			return false
		}
	}
	return true
}

// bySurname finds the one holder of a family name whose office or country the
// article tells: "President Rahmon", "Rahmon" where it speaks of Tajikistan.
func (v *view) bySurname(ws []word, said []who) int32 {
	key, _ := joined(ws, ws[len(ws)-1].key)
	// Who has a longer name that nobody knows is not known by a part of it.
	if len(ws) > 2 || v.longest > len(ws) {
		return -1
	}
	all := v.r.surnames[key]
	if len(ws) == 1 {
		for _, e := range v.r.lexicon[key] {
			if e.class == aPerson && !slices.Contains(all, e.ref) {
				all = append(slices.Clone(all), e.ref)
			}
		}
	}
	weighty := 0 // bearers who are in the news
	for _, ref := range all {
		if t := v.r.people[ref].termOn(v.day); t != nil && ranks[t.rank] >= ranks["minister"] {
			weighty++
		}
	}
	const few = 4 // bearers of a name that is not common
	support := unsupported
	switch {
	case weighty == 1 && len(all) <= few && !v.r.eastAsian(v.r.people[all[0]].terms[0].country):
		support = famous // few family names are shared by many in East Asia
	case weighty < 3:
		support = nearby
	}
	if len(ws) == 2 && !v.r.particles[ws[0].key] {
		support = unsupported // "Ali Khan" may be anybody's whole name
	}
	for _, past := range []bool{false, true} {
		found, n := int32(-1), 0
		for _, ref := range all {
			if v.agrees(ref, said) && v.supported(ref, said, past, support) {
				found = ref
				n++
			}
		}
		if n == 1 {
			return found
		}
		if n > 1 {
			break
		}
	}
	return -1
}

// support is what a family name says by itself of one who heads a state.
type support int

const (
	unsupported support = iota // several in the news bear it
	nearby                     // enough where the article speaks of the state
	famous                     // enough: nobody else in the news bears it
)

// supported reports whether the article tells by office or country that a
// person is meant; of one who has left it, the office must be told.
func (v *view) supported(ref int32, said []who, past bool, alone support) bool {
	p := &v.r.people[ref]
	t := p.termOn(v.day)
	if past {
		if t = p.lastTerm(v.day); t == nil || t.rank != "head" {
			return false
		}
	}
	if t == nil || ranks[t.rank] < ranks["minister"] {
		return false
	}
	titled := false
	for _, s := range said {
		if s.title == "" {
			continue
		}
		if a, b := v.r.officeOf(s.title), v.r.officeOf(t.office); a < 0 || a != b {
			return false
		}
		titled = true
	}
	if titled {
		return v.countries[t.country] || t.rank == "head"
	}
	return !past && len(said) == 0 && t.rank == "head" && (alone == famous || alone == nearby && v.countries[t.country])
}

// officeOf returns the office that a title ends in; -1 for none.
func (r *Resolver) officeOf(title string) int32 {
	for title != "" {
		if e := r.named(title, anOffice); e != nil {
			return e.ref
		}
		i := strings.IndexAny(title, " -")
		if i < 0 {
			return -1
		}
		title = title[i+1:]
	}
	return -1
}
