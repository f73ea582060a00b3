package mention

import (
	"slices"

	"dragoman"
)

// speakerOf returns the mention that is the source of attribution a; -1 where
// there is none. A bare quotation that goes on has the source of the first.
func (b *builder) speakerOf(a int) int {
	for range 8 {
		if a < 0 || a >= len(b.doc.Attributions) {
			return -1
		}
		at := b.doc.Attributions[a]
		if h := at.SourceHead; h >= 0 && h < len(b.at) {
			if b.at[h] >= 0 {
				return int(b.at[h])
			}
			return b.around(h)
		}
		a = at.Continues
	}
	return -1
}

// around returns the shortest mention near token i that holds it, in its words
// or its title.
func (b *builder) around(i int) int {
	at, _ := slices.BinarySearchFunc(b.all, b.doc.Tokens[i].Start, func(m about, start int) int { return m.Start - start })
	best := -1
	for k := max(0, at-8); k < min(len(b.all), at+2); k++ {
		m := &b.all[k]
		if b.firstOf(m) <= i && i < m.End && (best < 0 || m.End-m.First < b.all[best].End-b.all[best].First) {
			best = k
		}
	}
	return best
}

// sideOf returns the mention of the group or country for which mention i
// speaks: itself, or whose official it is; -1 where that is not told.
func (b *builder) sideOf(i int) int {
	if i < 0 {
		return -1
	}
	e := b.entity(i)
	switch e.class {
	case dragoman.Organisation, dragoman.Location, dragoman.Nationality:
		if e.class != dragoman.Organisation || e.kind != "body" && e.kind != "government" && e.kind != "media" {
			return i
		}
	}
	for k, j := range e.mentions {
		if k >= 4*mostCompared {
			break
		}
		o := b.all[j].owner
		if o < 0 || b.root(o) == b.root(i) {
			continue
		}
		if b.all[o].Form == dragoman.Pronoun && b.all[o].pronoun.person == '1' {
			continue
		}
		switch b.entity(o).class {
		case dragoman.Organisation, dragoman.Location:
			if oo := b.all[o].owner; oo >= 0 && b.all[o].kind != "force" && b.entity(o).named == 0 && b.root(oo) != b.root(i) && b.entity(oo).class != dragoman.Person {
				return oo // "the spokesman of Iran's foreign ministry"
			}
			return o
		case dragoman.Nationality:
			return b.countryOf(o)
		}
	}
	if e.class == dragoman.Organisation {
		return i
	}
	return -1
}

// countryOf returns a mention of the country of a nationality, where the
// article names it; the nationality itself otherwise.
func (b *builder) countryOf(i int) int {
	id := b.entity(i).state
	if id == "" {
		return i
	}
	if j, ok := b.countries[id]; ok {
		return j
	}
	return i
}

// ownSide reports whether mention j is the speaker of attribution a or the side
// for which it speaks.
func (b *builder) ownSide(a, j int) bool {
	s := b.speakerOf(a)
	if s < 0 {
		return false
	}
	if b.root(s) == b.root(j) {
		return true
	}
	side := b.sideOf(s)
	return side >= 0 && b.sameOwner(side, j)
}

// spokeLast returns the named person who spoke last before the definite nominal i, if i
// speaks again and says no more of him than that he is in public life: "Jane Dorsey said A.
// The diplomat added B"; -1.
func (b *builder) spokeLast(i int) int {
	const reach = 2 // sentences
	m := &b.all[i]
	if m.number == 'p' || m.Class != dragoman.Person || !b.f.words.publicly[m.noun.lemma] || !b.source(m.Head) {
		return -1
	}
	if slices.ContainsFunc(b.duties(role{"", m.mods, m.owner}), func(w string) bool { return !b.f.words.grades[w] }) {
		return -1 // "the military official"
	}
	since := -1 // another of that state who has come up since
	for j := i - 1; j >= 0 && m.sentence-b.all[j].sentence <= reach; j-- {
		x := &b.all[j]
		mine, his := b.stateFor(i), b.stateFor(j)
		if !b.source(x.Head) || x.sentence == m.sentence || b.quoted(x.speech) {
			if x.Form == dragoman.Name && x.Class == dragoman.Person && mine != "" && mine == his {
				since = j
			}
			continue
		}
		e := b.entity(j)
		if since >= 0 && b.root(since) != b.root(j) {
			return -1
		}
		if e.named == 0 || e.class != dragoman.Person || e.number == 'p' || mine != "" && mine != his && (his != "" || !b.home(mine, i)) {
			return -1 // nor is "the U.S. envoy" an Iranian speaker of whom no state is told
		}
		return b.fitting(i, j)
	}
	return -1
}

// stateFor returns the state for which mention i, or another of the same person, is told to
// act: "the Iranian diplomat", "the spokesman of Iran's foreign ministry"; "" where none is.
func (b *builder) stateFor(i int) string {
	const deep = 4
	for _, r := range b.entity(i).roles {
		for o, n := r.owner, 0; o >= 0 && n < deep; o, n = b.all[o].owner, n+1 {
			if id := b.stateOf(b.entity(o)); id != "" {
				return id
			}
		}
	}
	return ""
}

// stateOf returns the state that an entity is or governs: "Iran" and "the Supreme National
// Security Council" alike; "" for none.
func (b *builder) stateOf(e *entity) string {
	if e.state != "" {
		return e.state
	}
	for _, n := range e.names {
		if id := b.f.names.gaz.rules[n.key]; id != "" {
			return id
		}
	}
	return ""
}

// home reports whether the article, up to mention i, names a state first or most often: of
// its people it need not say whose they are.
func (b *builder) home(state string, i int) bool {
	times, most := map[string]int{}, 0
	for j := range b.all[:i] {
		id := b.entity(j).state
		if b.all[j].Form != dragoman.Name || id == "" {
			continue
		}
		if id == state && len(times) == 0 {
			return true
		}
		times[id]++
		most = max(most, times[id])
	}
	return most > 0 && times[state] == most
}

// chainSpeakers chains "I" with the speaker, "we", "our" and "here" with the
// speaker's side.
func (b *builder) chainSpeakers() {
	for i := range b.all {
		m := &b.all[i]
		if m.pronoun == nil || m.speech < 0 {
			continue
		}
		first := m.pronoun.person == '1'
		here := m.pronoun.kind == "deictic"
		if !first && !here || b.entity(i).named > 0 {
			continue
		}
		speaker := b.speakerOf(m.speech)
		if speaker < 0 || speaker == i || b.all[speaker].speech == m.speech {
			continue
		}
		if first && m.pronoun.number == 's' {
			if c := b.entity(speaker).class; c == dragoman.Person || c == dragoman.Unclassed {
				b.link(i, speaker)
			}
			continue
		}
		if side := b.sideOf(speaker); side >= 0 {
			b.link(i, side)
		}
	}
}

// link puts mention i, alone until now, into the entity of j, whatever its form
// says: "here" may be a group's country, "we" a country.
func (b *builder) link(i, j int) {
	if len(b.entity(i).mentions) == 1 && b.root(i) != b.root(j) {
		b.join(i, j)
	}
}

// ofSeveral fills in the members of a plural nominal that is of several states or
// organisations: those, as whose they act, "the leaders of Serbia and Kosovo", "envoys from
// Kabul and Tehran", "Russian and Belarusian soldiers", "the Chadian and Malian governments",
// "Afghan and coalition forces", "the ministers of the two countries".
func (b *builder) ofSeveral(i int) {
	m := &b.all[i]
	if m.Form != dragoman.Nominal || m.number != 'p' || m.Class != dragoman.Person && m.Class != dragoman.Organisation || len(m.Members) > 0 || b.entity(i).named > 0 {
		return
	}
	side := func(k int) bool {
		if b.at[k] < 0 {
			return false
		}
		x := &b.all[b.at[k]]
		state := x.Form == dragoman.Name && (b.entity(int(b.at[k])).state != "" || x.set&ofCapital != 0)
		return state || k < m.Head && x.Class == dragoman.Organisation
	}
	body := func(k int) bool { // "the government", "Hamas", "the rebels"
		if b.at[k] < 0 {
			return false
		}
		x := &b.all[b.at[k]]
		return x.Class == dragoman.Organisation || x.Form == dragoman.Nominal && x.number == 'p' && x.Class == dragoman.Person
	}
	var members []int
	take := func(k int) { members = append(members, int(b.at[k])) }
	for _, k := range b.tree.Kids(m.Head) {
		k := int(k)
		owns := b.tree.Is(k, "nmod") && k > m.Head && (b.tree.Case(k) == "of" || b.tree.Case(k) == "from")
		if owns && b.at[k] >= 0 && len(b.all[b.at[k]].Members) == 2 {
			m.Members = b.all[b.at[k]].Members
			return
		}
		if all := b.tree.Conjuncts(k); owns && len(all) > 1 && !slices.ContainsFunc(all, func(c int) bool { return !side(c) && !body(c) }) && slices.ContainsFunc(all, b.whose) {
			for _, c := range all {
				take(c)
			}
			continue
		}
		switch {
		case !side(k):
		case (owns || b.tree.Is(k, "amod", "compound", "nmod:desc") && k < m.Head) && len(members) == 0:
			if all := b.tree.Conjuncts(k); len(all) > 1 {
				for _, c := range all {
					if side(c) {
						take(c)
					}
				}
			}
		case b.tree.Is(k, "conj") && len(members) > 0 && b.tree.Kid(k, "case") < 0: // hung on the nominal instead of its owner
			take(k)
		}
	}
	for _, k := range b.strung(m, len(members) > 1) {
		if j := int(b.at[k]); !slices.Contains(members, j) {
			members = append(members, j)
		}
	}
	// "army and police officers" are of nobody who is named
	if len(members) > 1 && slices.ContainsFunc(members, func(j int) bool { return b.all[j].Form == dragoman.Name || b.all[j].owner >= 0 }) {
		slices.Sort(members)
		m.Members = members
	}
}

// whose reports whether token k heads a name, or the phrase of a body that has one: "the Malian
// government".
func (b *builder) whose(k int) bool {
	j := int(b.at[k])
	return b.all[j].Form == dragoman.Name || b.all[j].owner >= 0
}

// enumerated fills in the members of a group of states or organisations that are told right
// behind it: "the six powers – Chad, Mali …", "the group (Chad, Mali and Niger)", "the bloc,
// which comprises Chad and Mali", "the members of the council – Chad, Mali …".
func (b *builder) enumerated(i int) {
	m := &b.all[i]
	if m.Form != dragoman.Nominal || len(m.Members) > 0 || b.entity(i).named > 0 {
		return
	}
	group := m.Class == dragoman.Organisation || m.kind == "state"
	for _, k := range b.tree.Kids(m.Head) {
		k := int(k)
		list := -1
		switch {
		case k < m.Head:
		case b.tree.Is(k, "nmod") && m.number == 'p' && b.tree.Case(k) == "of":
			if a := b.tree.Kid(k, "appos"); a > k && b.setOff(a) {
				list = a
			}
		case !group:
		case b.tree.Is(k, "appos") && (m.number == 'p' || b.setOff(k)):
			list = k
		case b.tree.Is(k, "acl:relcl") && b.f.words.comprising[b.tree.Lemma(k)]:
			if list = b.tree.Kid(k, "obj"); list < 0 {
				list = b.tree.Kid(k, "obl")
			}
		}
		if list < 0 {
			continue
		}
		var members []int
		for _, c := range b.tree.Conjuncts(list) {
			if b.at[c] < 0 || b.all[b.at[c]].Form != dragoman.Name || b.all[b.at[c]].Class == dragoman.Person {
				return
			}
			members = append(members, int(b.at[c]))
		}
		if len(members) > 1 {
			m.Members = members
			return
		}
	}
}

// setOff reports whether an apposition begins with a dash, bracket or colon.
func (b *builder) setOff(k int) bool {
	first, _ := b.tree.Extent(k)
	for _, t := range [...]int{first, first - 1} {
		if t < 0 {
			continue
		}
		switch b.doc.Form(t) {
		case "(", "[", ":", "-", "–", "—", "--":
			return true
		}
	}
	return false
}

// strung returns the adjectives of states that stand in a list right before the noun of a
// nominal, where the tree takes the first for a noun: "Chadian, Malian and Sudanese
// [soldiers]"; nil for none. joined says that the phrase itself has the end of the list.
func (b *builder) strung(m *about, joined bool) (all []int) {
	adjective := func(k int) bool {
		return k >= 0 && b.at[k] >= 0 && b.all[b.at[k]].Class == dragoman.Nationality && b.tree.POS(k) == dragoman.ADJ
	}
	low := b.doc.Sentences[b.tree.Sentence(m.Head)].First
	last := m.First
	if last == m.Head {
		last--
	}
	if !adjective(last) {
		return nil
	}
	for k := last - 2; k >= low && adjective(k); k -= 2 {
		if and := b.tree.POS(k+1) == dragoman.CCONJ; !and && (b.doc.Form(k+1) != "," || !joined) {
			break
		}
		joined = true
		all = append(all, k)
	}
	if len(all) > 0 {
		all = append(all, last)
	}
	return all
}

// sayers fills in the members of the "they" of what several said: "Chad and Mali said
// that they would leave".
func (b *builder) sayers(i int) bool {
	m := &b.all[i]
	v := b.tree.Head(m.Head)
	if m.pronoun.number != 'p' || m.pronoun.kind != "personal" || v < 0 || !b.tree.Is(m.Head, "nsubj") || !b.tree.Is(v, "ccomp") {
		return false
	}
	j := b.subjectOf(m.Head)
	if j < 0 {
		return false
	}
	var all []int
	for _, c := range b.tree.Conjuncts(b.all[j].Head) {
		if b.at[c] < 0 || b.all[b.at[c]].Form != dragoman.Name {
			return false
		}
		all = append(all, int(b.at[c]))
	}
	if len(all) > 1 {
		m.Members = all
	}
	return len(all) > 1
}

// sayer returns the mention of the body or state that says what "it" is said to do: "The
// ministry announced that it had opened a case"; -1.
func (b *builder) sayer(i int) int {
	m := &b.all[i]
	v := b.tree.Head(m.Head)
	if m.pronoun.gender != 'n' || m.pronoun.kind != "personal" || v < 0 || !b.tree.Is(m.Head, "nsubj", "nsubj:pass") || !b.tree.Is(v, "ccomp") || b.quoted(m.speech) {
		return -1
	}
	say := b.tree.Head(v)
	k := b.tree.Kid(say, "nsubj")
	if k < 0 && b.tree.Is(say, "conj") && b.tree.Head(say) >= 0 {
		k = b.tree.Kid(b.tree.Head(say), "nsubj") // "condemned the raid and said it had sent ships"
	}
	if k < 0 || b.at[k] < 0 || !b.speaks(k) {
		return -1
	}
	j := int(b.at[k])
	if e := b.entity(j); e.class != dragoman.Organisation && e.kind != "state" || e.number == 'p' || !b.mayBe(i, j) {
		return -1
	}
	return j
}

// pair fills in the members of "the two countries", "both sides", "each other",
// and reports whether mention i is such a phrase.
func (b *builder) pair(i int) bool {
	m := &b.all[i]
	if !b.isPair(m) {
		return false
	}
	if m.pronoun != nil && m.pronoun.kind == "reciprocal" {
		m.Members = b.bothOf(b.subjectOf(m.Head))
		return true
	}
	countries := m.kind == "state" || m.kind == "government"
	sides := m.pronoun != nil || m.kind == "side" || m.kind == "party" || m.kind == "rival" || m.kind == "ally" || m.kind == "neighbour" || m.kind == "member"
	want := func(e *entity) bool {
		switch {
		case sides:
			return e.named > 0 && (e.kind == "state" || e.class == dragoman.Organisation && !aloof[e.kind] || e.class == dragoman.Nationality && e.state != "")
		case countries:
			return e.named > 0 && (e.kind == "state" || e.class == dragoman.Nationality && e.state != "")
		case m.Class == dragoman.Person:
			// "the two drivers" are nobody of whom anything else is told
			return e.class == dragoman.Person && e.named > 0 && e.number != 'p' && (m.gender == 0 || e.gender == 0 || e.gender == m.gender) && (m.noun == nil || m.kind == "role" || m.kind == "people" || b.f.words.somebody[m.noun.lemma])
		}
		return e.class == m.Class && e.named > 0 && (e.kind != "media" || m.kind == "media")
	}
	if apart := b.between(i); apart >= 0 {
		all, other := want, b.entity(apart)
		want = func(e *entity) bool { return all(e) && e != other && (e.state == "" || e.state != other.state) }
	}
	var roots, members []int
	take := func(j int) {
		for _, r := range roots {
			if r == b.root(j) || b.sameOwner(r, j) || b.rules(r, j) || b.rules(j, r) {
				return
			}
		}
		roots, members = append(roots, b.root(j)), append(members, j)
	}
	if two := b.coordinated(i, sides, want); two != nil {
		m.Members = two
		return true
	}
	if j := b.counterpart(i); j >= 0 {
		m.Members = []int{b.all[j].owner, j}
		return true
	}
	if two := b.pairBefore(i, want); two != nil && m.Class != dragoman.Person {
		m.Members = two
		return true
	}
	if s := b.speakerOf(m.speech); s >= 0 && m.Class != dragoman.Person {
		if side := b.sideOf(s); side >= 0 && b.governs(side) {
			take(side)
		}
	}
	if two := b.justNamed(i, want); countries && len(members) == 0 && two != nil {
		m.Members = two
		return true
	}
	b.gather(i, want, take, &members)
	if len(members) == 1 && countries {
		b.gather(i, func(e *entity) bool { return e.named > 0 && b.governing(e) }, take, &members)
	}
	if sides && len(members) == 2 && b.governs(members[0]) != b.governs(members[1]) {
		// A state and a company are hardly the two sides, its army and the rebels are.
		k := 0
		if b.governs(members[1]) {
			k = 1
		}
		if members[k] = b.forceOf(members[k], i); members[k] < 0 {
			return true
		}
	}
	for k, j := range members {
		members[k] = b.namedBefore(j, i)
	}
	if len(members) == 2 {
		if members[0] > members[1] {
			members[0], members[1] = members[1], members[0]
		}
		m.Members = members
	}
	return true
}

// justNamed returns the two that the sentence before that of mention i names, where it names
// no other: "Jordan's king backed Egypt. Both countries …".
func (b *builder) justNamed(i int, want func(*entity) bool) []int {
	var two []int
	for j := i - 1; j >= 0 && b.all[i].sentence-b.all[j].sentence <= 1; j-- {
		if !want(b.entity(j)) || b.all[j].sentence == b.all[i].sentence && b.taken(two, j) {
			continue
		}
		if b.all[j].sentence == b.all[i].sentence {
			return nil
		}
		if !b.taken(two, j) {
			two = append(two, j)
		}
	}
	if len(two) != 2 {
		return nil
	}
	return []int{b.namedBefore(two[1], i), b.namedBefore(two[0], i)}
}

// pairBefore returns the two of whom the last phrase for two together before mention i
// spoke: an article calls the same two so again.
func (b *builder) pairBefore(i int, want func(*entity) bool) []int {
	other := b.addresser(i)
	for j := i - 1; j >= max(0, i-2*windowMentions) && b.all[i].sentence-b.all[j].sentence <= windowPairs; j-- {
		x := &b.all[j]
		if len(x.Members) != 2 || x.pronoun != nil && x.pronoun.kind == "reciprocal" || x.Class == dragoman.Person {
			continue
		}
		k, l := x.Members[0], x.Members[1]
		if b.root(k) != other && b.root(l) != other && want(b.entity(k)) && want(b.entity(l)) {
			return []int{b.namedBefore(k, i), b.namedBefore(l, i)}
		}
		return nil
	}
	return nil
}

// windowPairs is how many sentences later an article still speaks of the same two.
const windowPairs = 8

// forceOf returns the last mention before i of the army of the state of mention j; -1 for none.
func (b *builder) forceOf(j, i int) int {
	for k := i - 1; k >= 0 && k >= i-windowMentions; k-- {
		x := &b.all[k]
		if x.Form == dragoman.Nominal && x.kind == "force" && x.number != 'p' && x.owner >= 0 && b.entity(x.owner).state == b.entity(j).state {
			return k
		}
	}
	return -1
}

// aloof are the kinds of organisations that are hardly ever one of two sides.
var aloof = map[string]bool{"igo": true, "ngo": true, "media": true, "company": true}

// counterpart returns the mention of somebody's counterpart in this sentence or
// the one before, who with that somebody are the two persons of mention i; -1.
func (b *builder) counterpart(i int) int {
	m := &b.all[i]
	if m.Class != dragoman.Person || m.noun == nil {
		return -1
	}
	for j := i - 1; j >= 0 && j >= i-windowMentions && m.sentence-b.all[j].sentence <= 1; j-- {
		if x := &b.all[j]; x.noun != nil && x.noun.lemma == "counterpart" && x.number != 'p' && x.owner >= 0 {
			return j
		}
	}
	return -1
}

// between returns to whose country or group belongs who brings the two of mention i
// together or speaks to them without being one of them: "Egypt urged both sides",
// "offered to host talks between the two"; -1 for none.
func (b *builder) between(i int) int {
	at := b.all[i].Head
	brokers := b.tree.Is(at, "nmod", "obl") && b.tree.Case(at) == "between"
	if brokers && b.tree.Is(at, "nmod") {
		at = b.tree.Head(at)
	}
	v := b.tree.Head(at)
	if v < 0 || !b.tree.Is(at, "obj", "iobj") && !brokers || brokers && !b.f.words.brokers[b.tree.Lemma(v)] {
		return -1
	}
	k := b.tree.Kid(v, "nsubj")
	for n := 0; brokers && k < 0 && n < 4 && b.tree.Is(v, "xcomp", "conj"); n++ {
		v = b.tree.Head(v)
		k = b.tree.Kid(v, "nsubj")
	}
	if k < 0 || b.at[k] < 0 {
		return -1
	}
	return b.sideOf(int(b.at[k]))
}

// namedBefore returns the last name before mention i of the entity of mention j;
// j itself where it has none.
func (b *builder) namedBefore(j, i int) int {
	for k := i - 1; k >= 0 && k >= i-2*windowMentions; k-- {
		if b.all[k].Form == dragoman.Name && b.root(k) == b.root(j) {
			return k
		}
	}
	return j
}

// bothOf returns the two that mention j stands for: its members, or it and what
// is coordinated with it.
func (b *builder) bothOf(j int) []int {
	if j < 0 {
		return nil
	}
	if len(b.all[j].Members) == 2 {
		return b.all[j].Members
	}
	two := b.tree.Conjuncts(b.all[j].Head)
	if h := b.tree.Head(b.all[j].Head); len(two) == 1 && h >= 0 {
		// A parser may take "X and Y agreed" for two subjects.
		for _, k := range b.tree.Kids(h) {
			if int(k) > two[0] && b.tree.Is(int(k), "nsubj") && b.tree.Kid(int(k), "cc") >= 0 {
				two = append(two, int(k))
			}
		}
	}
	if len(two) != 2 || b.at[two[1]] < 0 {
		return nil
	}
	return []int{j, int(b.at[two[1]])}
}

// coordinated finds the two of which the sentence before, or this one, speaks
// together as its subject: "X and Y agreed to a truce. Both sides …".
func (b *builder) coordinated(i int, sides bool, want func(*entity) bool) []int {
	may := func(j int) bool {
		e := b.entity(j)
		return want(e) || sides && b.all[j].number != 'p' && (e.class == dragoman.Organisation || e.kind == "state")
	}
	for j := i - 1; j >= 0 && j >= i-windowMentions && b.all[i].sentence-b.all[j].sentence <= 1; j-- {
		if !b.tree.Is(b.all[j].Head, "nsubj") {
			continue
		}
		two := b.bothOf(j)
		if two != nil && may(two[0]) && may(two[1]) && b.root(two[0]) != b.root(two[1]) && two[1] < i {
			return two
		}
	}
	return nil
}

// governs reports whether the entity of mention i may stand for a country.
func (b *builder) governs(i int) bool { return b.governing(b.entity(i)) }

func (b *builder) governing(e *entity) bool {
	if e.kind == "state" || e.class == dragoman.Nationality {
		return true
	}
	for _, n := range e.names {
		if b.f.names.gaz.governs[n.key] {
			return true
		}
	}
	return false
}

// weighOpening is how much more those of whom the first sentence tells, the title mostly,
// are the two that an article is about.
const weighOpening = 50

// gather takes up to two entities before mention i, the most salient first.
func (b *builder) gather(i int, want func(*entity) bool, take func(int), members *[]int) {
	other := b.addresser(i)
	for len(*members) < 2 {
		best := ranking{first: -1}
		for j := i - 1; j >= 0 && j >= i-windowMentions; j-- {
			x := &b.all[j]
			gap := b.all[i].sentence - x.sentence
			if gap > 2*windowSentences || b.all[i].kind == "side" && gap > 2 {
				break
			}
			if !want(b.entity(j)) || b.taken(*members, j) || b.root(j) == other {
				continue
			}
			weight := b.salience(j, i) + weighSentence*gap/2 + 6*min(b.tellings(b.entity(j), i), 8) // not the last two, but those whom it is about
			if b.opens(b.entity(j)) {
				weight += weighOpening
			}
			if land := b.landed(j); land >= 0 {
				best.see(b.root(land), land, weight)
				continue
			}
			best.see(b.root(j), j, weight)
		}
		if best.first < 0 {
			return
		}
		before := len(*members)
		take(best.mention)
		if len(*members) == before {
			return
		}
	}
}

// landed returns the mention of their country before mention j of a people: of
// Serbia and four Serbs, the country is the side; -1 for none.
func (b *builder) landed(j int) int {
	if x := &b.all[j]; x.Class != dragoman.Nationality || !b.folk(x) {
		return -1
	}
	state := b.entity(j).state
	for k := j - 1; k >= 0 && k >= j-windowMentions; k-- {
		if e := b.entity(k); e.kind == "state" && e.state == state {
			return k
		}
	}
	return -1
}

// spokenTo are the prepositions of whoever is spoken to or with.
var spokenTo = map[string]bool{"on": true, "to": true, "with": true}

// addresser returns the entity of whoever talks with, calls or visits the two of mention i,
// the subject of the verb they hang on; -1 for none.
func (b *builder) addresser(i int) int {
	at := b.all[i].Head
	if !b.tree.Is(at, "obj", "iobj") && !(b.tree.Is(at, "obl") && spokenTo[b.tree.Case(at)]) {
		return -1
	}
	k := b.tree.Kid(b.tree.Head(at), "nsubj")
	if k < 0 || b.at[k] < 0 {
		return -1
	}
	return b.root(int(b.at[k]))
}

// tellings returns how often an article speaks, in what it tells just before mention i, of an
// entity or of its people.
func (b *builder) tellings(e *entity, i int) (n int) {
	for j := max(0, i-4*windowMentions); j < i; j++ {
		if x := b.entity(j); x == e || e.state != "" && x.state == e.state {
			n++
		}
	}
	return n
}

// opens reports whether the first sentence that is no dateline tells of an entity, or of
// somebody of the same country: "Venezuelan President Maduro".
func (b *builder) opens(e *entity) bool {
	const headings = 5
	first := 0
	for first+1 < min(headings, len(b.doc.Sentences)) && !b.predicated(first) {
		first++
	}
	for i := range b.all[:min(windowMentions, len(b.all))] {
		switch x := &b.all[i]; {
		case x.sentence > first:
			return false
		case b.entity(i) == e || e.state != "" && b.entity(i).state == e.state:
			return true
		}
	}
	return false
}

// predicated reports whether sentence s has a verb.
func (b *builder) predicated(s int) bool {
	for t := b.doc.Sentences[s].First; t < b.doc.Sentences[s].End; t++ {
		if b.tree.POS(t) == dragoman.VERB {
			return true
		}
	}
	return false
}

func (b *builder) taken(members []int, j int) bool {
	for _, k := range members {
		if b.sameOwner(k, j) || b.rules(k, j) || b.rules(j, k) {
			return true
		}
	}
	return false
}

// rules reports whether mention i is of a government and j of its country:
// they are one side.
func (b *builder) rules(i, j int) bool {
	state := b.entity(j).state
	if state == "" {
		return false
	}
	for _, n := range b.entity(i).names {
		if b.f.names.gaz.rules[n.key] == state {
			return true
		}
	}
	return false
}

// isPair reports whether a mention stands for two together.
func (b *builder) isPair(m *about) bool {
	if m.pronoun != nil {
		return m.pronoun.kind == "reciprocal" || m.pronoun.kind == "both"
	}
	if m.definite && m.owner < 0 && (m.noun.lemma == "pair" || m.noun.lemma == "duo") && b.tree.Kid(m.Head, "nmod") < 0 {
		return true
	}
	if m.definite && m.owner < 0 && m.number == 'p' && (m.kind == "neighbour" || m.kind == "rival") && b.tree.Kid(m.Head, "nmod", "nummod") < 0 {
		return true // "the neighbours have closed their border"
	}
	for _, k := range b.tree.Kids(m.Head) {
		if int(k) >= m.Head {
			break
		}
		if m.number != 'p' {
			if b.tree.Is(int(k), "det") && b.lower(int(k)) == "neither" {
				return true
			}
			continue
		}
		switch w := b.lower(int(k)); {
		case w == "both" && b.tree.Is(int(k), "det"):
			return true
		case w == "two" && m.definite && m.owner < 0:
			return true
		}
	}
	return false
}
