package mention

import (
	"slices"

	"dragoman"
)

// entity is what the mentions of a chain tell together.
type entity struct {
	mentions []int // in the order they came in
	named    int   // mentions that are names
	class    dragoman.Class
	kind     string
	number   byte
	gender   byte
	state    string // of a country or nationality: its id
	names    []name
	roles    []role
}

// name is a name of an entity, in words.
type name struct {
	words []string
	key   uint64
}

// role is what somebody is: "the Taliban's deputy prime minister".
type role struct {
	noun  string
	mods  []string
	owner int // mention; -1
}

// most mentions, roles and names of an entity that are compared
const mostCompared = 12

// relate finds the owners of nominals and makes every mention an entity.
func (b *builder) relate() {
	b.parent = make([]int, len(b.all))
	b.entities = make([]entity, len(b.all))
	for i := range b.all {
		b.parent[i] = i
		m := &b.all[i]
		if m.Form != dragoman.Pronoun {
			m.owner = b.ownerOf(i)
		}
		e := &b.entities[i]
		*e = entity{mentions: []int{i}, class: m.Class, kind: m.kind, number: m.number, gender: m.gender}
		switch m.Form {
		case dragoman.Name:
			e.named = 1
			e.names = []name{{b.wordsOf(m), m.key}}
			e.state = b.f.names.gaz.states[m.key]
			if r, ok := b.titleRole(m); ok {
				e.roles = []role{r}
			}
			if e.gender == 0 && m.Class == dragoman.Person && len(e.names[0].words) > 1 && !b.oneWord(m) {
				e.gender = b.f.genderOf(e.names[0].words)
			}
		case dragoman.Nominal:
			if m.Class == dragoman.Person || m.Class == dragoman.Unclassed {
				e.roles = []role{{m.noun.lemma, m.mods, m.owner}}
			}
		}
	}
}

// ownerOf finds whose minister, group or official mention i is: the possessor,
// the country, body or nationality before it, or after "of".
func (b *builder) ownerOf(i int) int {
	m := &b.all[i]
	best := -1
	for _, k32 := range b.tree.Kids(m.Head) {
		k := int(k32)
		o := int(b.at[k])
		if o < 0 || o == i {
			continue
		}
		switch {
		case b.tree.Is(k, "nmod:poss"):
			return o
		case b.all[o].Class == dragoman.Person:
		case k < m.Head && b.tree.Is(k, "amod", "compound", "nmod:desc", "nmod"):
			best = o
		case k > m.Head && best < 0 && b.tree.Is(k, "nmod") && (b.tree.Case(k) == "of" || b.tree.Case(k) == "for" && m.noun != nil && m.kind == "role" && b.all[o].Class == dragoman.Organisation):
			best = o
		}
	}
	for k := m.First; k < m.Head && best < 0; k++ { // "the [Chadian deputy] minister"
		if h := b.tree.Head(k); b.at[k] >= 0 && h > k && h < m.Head && b.tree.Head(h) == m.Head && b.tree.Is(h, "amod", "compound") && b.all[b.at[k]].Class == dragoman.Nationality {
			best = int(b.at[k])
		}
	}
	if best < 0 && m.Form == dragoman.Nominal {
		// wherever the tree hangs it: what ends in 's within the phrase
		for o := i + 1; o < len(b.all) && b.all[o].First < m.Head; o++ {
			if e := b.all[o].End; e < m.Head && b.tree.POS(e) == dragoman.PART && b.all[o].First <= m.First+1 {
				m.definite = true
				return o
			}
		}
	}
	if best < 0 && m.Form == dragoman.Name && m.Class == dragoman.Person {
		// "Chadian Foreign Minister X": what stands before the title
		first := b.beforeTitle(m)
		for o := i - 1; o >= 0 && o >= i-2; o-- {
			x := &b.all[o]
			if x.First > 1 && x.Class != dragoman.Nationality && x.End == first && b.tree.POS(x.First-1) == dragoman.ADP && b.f.words.nouns[b.lower(x.First-2)] != nil {
				continue // "the envoy to Mali Dr. X", but not "talks with IAEA director X"
			}
			if x.Class != dragoman.Person && x.Class != dragoman.Facility && x.Form == dragoman.Name && first < m.First &&
				(x.End == first || x.End == first-1 && b.tree.POS(first-1) == dragoman.PART) {
				return o
			}
		}
	}
	return best
}

// firstOf is the first token of a mention with its title.
func (b *builder) firstOf(m *about) int {
	first := m.First
	for first > 0 && !m.Title.Empty() && b.doc.Tokens[first-1].Start >= m.Title.Start {
		first--
	}
	return first
}

func (b *builder) wordsOf(m *about) []string {
	var w []string
	for i := m.First; i < m.End; i++ {
		if f := b.doc.Form(i); hasLetter(f) {
			w = append(w, b.lower(i))
		}
	}
	return w
}

// titleRole is the role that a title tells.
func (b *builder) titleRole(m *about) (role, bool) {
	if m.Title.Empty() {
		return role{}, false
	}
	r, office := role{owner: m.owner}, -1
	for i := b.firstOf(m); i < m.First && (office < 0 || !b.complements(i)); i++ {
		n := b.f.words.nouns[b.officeAt(i)]
		if n != nil && n.class == dragoman.Person && (office != i-1 || office < 0 || b.lower(i) != "general" || !b.f.words.generals[b.lower(office)]) {
			office = i // the last before "of", "deputy foreign minister", but "director general"
		}
	}
	for i := b.beforeTitle(m); i < m.First; i++ {
		switch w := b.lower(i); {
		case i == office:
			r.noun = b.officeAt(i)
		case !b.complements(i):
			r.mods = append(r.mods, w)
		}
	}
	k := b.beforeTitle(m) - 1
	for k > 0 && (b.inName[k] || b.lower(k) == "'s") {
		k-- // "former Malian president": whose he is stands between
	}
	if k >= b.doc.Sentences[b.tree.Sentence(m.First)].First && b.f.words.lesser[b.lower(k)] {
		r.mods = append(r.mods, b.lower(k))
	}
	slices.Sort(r.mods)
	return r, r.noun != ""
}

// officeAt returns the office that the title at token i tells, written out.
func (b *builder) officeAt(i int) string {
	if office, ok := b.f.words.offices[b.lower(i)]; ok {
		return office
	}
	return b.lower(i)
}

// beforeTitle returns the first of the plain words right before the title of a name that
// belong to it: "Iran's nuclear chief X", "the ruling party leader X".
func (b *builder) beforeTitle(m *about) int {
	first := b.firstOf(m)
	for k := first - 1; k >= b.doc.Sentences[b.tree.Sentence(m.First)].First && !b.inName[k] && b.tree.Above(m.Head, k); k-- {
		if p := b.tree.POS(k); p != dragoman.ADJ && p != dragoman.NOUN || capitalised(b.doc.Form(k)) {
			break
		}
		first = k
	}
	return first
}

// complements reports whether token i begins what an office is for: "minister of ports".
func (b *builder) complements(i int) bool { return b.lower(i) == "of" || b.lower(i) == "for" }

// root returns the mention that stands for the entity of mention i.
func (b *builder) root(i int) int {
	for b.parent[i] != i {
		b.parent[i] = b.parent[b.parent[i]]
		i = b.parent[i]
	}
	return i
}

func (b *builder) entity(i int) *entity { return &b.entities[b.root(i)] }

// join makes one entity of the entities of two mentions.
func (b *builder) join(i, j int) {
	i, j = b.root(i), b.root(j)
	if i == j {
		return
	}
	if j < i {
		i, j = j, i
	}
	x, y := &b.entities[i], &b.entities[j]
	b.parent[j] = i
	x.mentions = append(x.mentions, y.mentions...)
	x.names = limit(append(x.names, y.names...))
	x.roles = limit(append(x.roles, y.roles...))
	if x.class == dragoman.Unclassed || y.named > 0 && x.named == 0 && y.class != dragoman.Unclassed {
		x.class = y.class
	}
	if x.kind == "" || x.kind == "member" || y.named > 0 && x.named == 0 && y.kind != "" || vague[x.kind] && y.kind != "" {
		x.kind = y.kind
	}
	if x.number == 0 || y.named > 0 && x.named == 0 && y.number != 0 {
		x.number = y.number
	}
	if x.gender == 0 {
		x.gender = y.gender
	}
	if x.state == "" {
		x.state = y.state
	}
	x.named += y.named
	y.mentions = nil
}

// vague kinds give way to what another mention tells.
var vague = map[string]bool{"person": true, "source": true, "ally": true, "rival": true, "side": true}

func limit[T any](s []T) []T { return s[:min(len(s), mostCompared)] }

// fits reports whether two entities may be one, by class, number and gender.
func fits(x, y *entity) bool {
	if x.gender != 0 && y.gender != 0 && x.gender != y.gender {
		return false
	}
	if x.number == 's' && y.number == 'p' || x.number == 'p' && y.number == 's' {
		return false
	}
	if x.class != y.class && x.class != dragoman.Unclassed && y.class != dragoman.Unclassed {
		return false
	}
	if x.named > 0 && y.named > 0 {
		return false // names are chained by themselves
	}
	return true
}

// chain decides the chains, from the surest to the least sure.
func (b *builder) chain() {
	b.chainNames()
	b.settleClasses()
	for i := range b.all { // a given name alone, which a surname might be too
		if e := b.entity(i); e.class == dragoman.Person && e.gender == 0 && len(e.names) > 0 && len(e.names[0].words) == 1 {
			e.gender = b.f.genderOf(e.names[0].words)
		}
	}
	b.countries = map[string]int{}
	for i := len(b.all) - 1; i >= 0; i-- {
		if e := b.entity(i); e.kind == "state" && e.named > 0 && e.state != "" {
			b.countries[e.state] = i
		}
	}
	b.chainPhrases()
	b.chainHeadline()
	for i := range b.all {
		switch b.all[i].Form {
		case dragoman.Nominal:
			b.chainNominal(i)
		case dragoman.Pronoun:
			b.chainPronoun(i)
		}
	}
	for i := range b.all {
		b.ofSeveral(i)
		b.enumerated(i)
	}
	b.chainLead()
	b.chainSpeakers()
	for i := range b.all { // "our ambassador", now that we know whose
		if m := &b.all[i]; m.Form == dragoman.Nominal && m.kind == "role" && m.number != 'p' && m.owner >= 0 && b.all[m.owner].Form == dragoman.Pronoun && b.entity(i).named == 0 {
			if j := b.roleBefore(i); j >= 0 && b.fit(i, j) {
				b.join(i, j)
			}
		}
	}
	b.write()
}

// write puts the chains into the layer: the first mention of each in the text.
func (b *builder) write() {
	first := make([]int, len(b.all))
	for i := range first {
		first[i] = -1
	}
	for i := range b.all {
		r := b.root(i)
		if first[r] < 0 {
			first[r] = i
		}
		b.all[i].Chain = first[r]
	}
	// A noun or pronoun without a class has that of its chain; names are settled.
	for i := range b.all {
		if b.all[i].Class == dragoman.Unclassed && b.all[i].Form != dragoman.Name {
			b.all[i].Class = b.entity(i).class
		}
	}
}
