package mention

import (
	"slices"
	"strings"
	"unicode"

	"dragoman"
)

// chainNames chains names that are written alike, parts of the full name of a
// person, acronyms and the names that the tables know as one.
func (b *builder) chainNames() {
	byKey := map[uint64]int{}
	byID := map[string]int{}
	byWord := map[string][]int{} // word of a full person's name: mentions
	byInitials := map[string]int{}
	early := map[string]int{} // the first word of a name that is one word, with no full name before it
	alone := map[uint64]int{} // the last mention by those words; byKey keeps whom a surname meant at first
	for i := range b.all {
		m := &b.all[i]
		if m.Form != dragoman.Name {
			continue
		}
		w := b.entities[i].names[0].words
		if len(w) == 0 {
			continue
		}
		key := m.key
		if m.Class == dragoman.Nationality && m.set&ofDemonym != 0 {
			key++ // a people is not the country of the same name,
			if b.folk(m) {
				key++ // nor some of it the whole
			}
		}
		if j, ok := byKey[key]; ok && (len(w) > 1 || !b.otherPerson(i, j, byWord[w[0]])) && !b.otherSeat(i, j) && sameGender(b.entity(i), b.entity(j)) {
			b.join(i, j)
		} else if j, ok := b.fullName(i, w, byWord, byKey, alone); ok {
			b.join(i, j)
		} else if j, ok := byInitials[b.doc.TextOf(m.Span)]; ok && m.Class != dragoman.Person {
			b.join(i, j)
		}
		if j, ok := byKey[key]; !ok || len(w) > 1 || b.root(i) == b.root(j) || !b.otherPerson(i, j, byWord[w[0]]) {
			byKey[key] = i
		}
		alone[key] = i
		if id := b.knownAs(m); id != "" {
			if j, ok := byID[id]; ok {
				b.join(i, j)
			}
			byID[id] = i
		}
		if m.Class == dragoman.Person || m.Class == dragoman.Unclassed {
			if len(w) > 1 {
				for _, x := range w {
					if l := byWord[x]; len(l) < mostCompared {
						byWord[x] = append(l, i)
					}
				}
				for _, x := range w {
					if j, ok := early[x]; ok && j != i {
						b.chainPart(j, byWord)
					}
				}
			}
			if b.oneWord(m) {
				early[w[0]] = i
			}
		}
		if s := b.initials(m); len(s) >= 2 && m.Class != dragoman.Person {
			byInitials[s] = i
		}
	}
	for i := range b.all {
		b.chainPart(i, byWord)
	}
	b.chainBrackets()
}

// chainBrackets chains a long name with the acronym in brackets behind it. One
// whose letters are not the initials ("Workers' Party (PKK)") must follow an
// organisation; one whose letters are makes an organisation of what it follows.
func (b *builder) chainBrackets() {
	for i := 1; i < len(b.all); i++ {
		m, x := &b.all[i], &b.all[i-1]
		if m.Form != dragoman.Name || x.Form != dragoman.Name || x.End != m.First-1 || b.doc.Form(x.End) != "(" || x.End-x.First < 2 || !x.Title.Empty() {
			continue
		}
		acronym := b.doc.TextOf(m.Span)
		if len(acronym) < 2 || acronym != upper(acronym) || m.End-m.First != 1 {
			continue
		}
		same := b.initials(x) == acronym && len(acronym) > 2
		if !same && (x.Class != dragoman.Organisation || m.Class == dragoman.Location && m.set&ofState != 0) {
			continue
		}
		if same {
			x.Class, m.Class = dragoman.Organisation, dragoman.Organisation
			x.gender = 0
			b.know(x)
			b.know(m)
			b.acronyms[i], b.acronyms[i-1] = true, true
		}
		b.join(i-1, i)
	}
}

// knownAs is the id by which the tables know a name, with what it is.
func (b *builder) knownAs(m *about) string {
	gaz := b.f.names.gaz
	switch {
	case m.Class == dragoman.Nationality:
		if id := gaz.states[m.key]; id != "" && m.set&ofDemonym != 0 {
			if b.folk(m) {
				return "people of " + id
			}
			return "of " + id
		}
	case m.set&ofState != 0 && m.Class != dragoman.Person:
		return gaz.states[m.key]
	case m.set&ofOrganisation != 0 && m.Class != dragoman.Person:
		return gaz.ids[m.key]
	}
	return ""
}

// folk reports whether the name of a people is a noun, "four Serbs", and not what
// describes another, "Serb officials".
func (b *builder) folk(m *about) bool {
	return !b.tree.Is(m.Head, "amod", "compound", "flat", "nmod:desc") && b.doc.Tags[m.Head].POS != dragoman.ADJ
}

// fullName finds the person of whose name the words are a part: the surname,
// or two words of three in order. Of several who have the surname it is the one who was
// given the same title, else the one just presented, else the one whom the surname alone
// has meant before, else the one most often named by then, else the latest.
func (b *builder) fullName(i int, w []string, byWord map[string][]int, byKey, alone map[uint64]int) (int, bool) {
	m := &b.all[i]
	if m.Class != dragoman.Person && !(b.oneWord(m) && m.set&(ofState|ofDemonym|ofOrganisation|ofCapital) == 0) {
		return 0, false
	}
	meant, known := byKey[m.key]
	var fits []int // the latest first
	for _, j := range slices.Backward(byWord[w[len(w)-1]]) {
		full := b.entities[j].names[0].words
		if (b.all[j].Class == m.Class || m.Class != dragoman.Person || b.all[j].Class == dragoman.Unclassed) && partOfName(w, full) && sameGender(b.entity(i), b.entity(j)) {
			fits = append(fits, j)
		}
	}
	if len(fits) == 0 {
		return 0, false
	}
	if k := slices.IndexFunc(fits, func(j int) bool { return b.titledAlike(i, j) }); k >= 0 {
		return fits[k], true
	}
	if len(w) > 1 || b.presented(i, fits[0], alone) {
		return fits[0], true
	}
	if k := slices.IndexFunc(fits, func(j int) bool { return known && b.root(j) == b.root(meant) }); k >= 0 {
		return fits[k], true
	}
	return slices.MaxFunc(fits, func(j, k int) int { return b.entity(j).named - b.entity(k).named }), true
}

// titledAlike reports whether name i has the title of an office that the bearer of name j was
// given too.
func (b *builder) titledAlike(i, j int) bool {
	return slices.ContainsFunc(b.entities[i].roles, func(r role) bool {
		return slices.ContainsFunc(b.entity(j).roles, func(x role) bool { return x.noun == r.noun })
	})
}

// presented reports whether full name j makes its bearer the subject of what is told just
// before mention i, or in its sentence, and every sentence since has called him by the
// surname: he keeps it, though it has meant another.
func (b *builder) presented(i, j int, alone map[uint64]int) bool {
	if !b.tree.Is(b.phraseHead(&b.all[j]), "nsubj") {
		return false
	}
	last := j
	if k, ok := alone[b.all[i].key]; ok && k > j && b.root(k) == b.root(j) {
		last = k
	}
	return b.all[i].sentence-b.all[last].sentence <= 1
}

func sameGender(x, y *entity) bool { return x.gender == 0 || y.gender == 0 || x.gender == y.gender }

// partOfName reports whether w are words of the full name, in order, and one of
// them its last, or, where w is a single word, its last or a first that is
// no common given name by being followed by three words.
func partOfName(w, full []string) bool {
	if len(w) >= len(full) {
		return false
	}
	if len(w) == 1 {
		return w[0] == full[len(full)-1] || w[0] == full[0] && len(w[0]) > 1
	}
	if w[len(w)-1] != full[len(full)-1] && w[0] != full[0] {
		return false
	}
	at := 0
	for _, x := range full {
		if at < len(w) && w[at] == x {
			at++
		}
	}
	return at == len(w)
}

// otherPerson reports whether the single word of name i, seen before as name j,
// belongs to two different persons by now, so that the latest full name decides.
func (b *builder) otherPerson(i, j int, full []int) bool {
	return len(full) > 1 && b.root(full[len(full)-1]) != b.root(j) && b.root(full[0]) != b.root(full[len(full)-1])
}

// otherSeat reports whether one of two bodies of the same name is told by its town and
// the other by its owner: "Azerbaijan's Defence Ministry", "the Defence Ministry in Yerevan".
func (b *builder) otherSeat(i, j int) bool {
	sits := func(k int) bool {
		m := &b.all[k]
		return m.Class == dragoman.Organisation && m.End+1 < len(b.at) && b.lower(m.End) == "in" && b.at[m.End+1] >= 0 && b.all[b.at[m.End+1]].Class == dragoman.Location
	}
	owned := func(k int) bool { return b.all[k].owner >= 0 }
	return sits(i) && owned(j) || sits(j) && owned(i)
}

// chainPart chains name i, if it is a single word, "Mark-Jones" among them, with a full name
// that comes later only.
func (b *builder) chainPart(i int, byWord map[string][]int) {
	m := &b.all[i]
	if m.Form != dragoman.Name || b.entity(i).named == 0 {
		return
	}
	w := b.entities[i].names
	if len(w) == 0 || len(w[0].words) != 1 && !b.oneWord(m) || m.Class != dragoman.Person ||
		slices.ContainsFunc(b.entity(i).names, func(n name) bool { return n.key != w[0].key }) {
		return
	}
	for _, j := range byWord[w[0].words[0]] {
		if full := b.entities[j].names; len(full) > 0 && partOfName(w[0].words, full[0].words) {
			if b.root(j) != b.root(i) && sameGender(b.entity(i), b.entity(j)) {
				b.join(i, j)
			}
			return
		}
	}
}

// oneWord reports whether a name is written as one word: "Mark-Jones" is a surname.
func (b *builder) oneWord(m *about) bool { return !strings.Contains(b.doc.TextOf(m.Span), " ") }

// initials are the capitals of the words of a name of two words or more.
func (b *builder) initials(m *about) string {
	var s []rune
	for i := m.First; i < m.End; i++ {
		f := b.doc.Form(i)
		for _, r := range f {
			if unicode.IsUpper(r) && (len(f) > 1 || m.End-m.First > 2) {
				s = append(s, r)
			}
			break
		}
	}
	if m.End-m.First < 2 {
		return ""
	}
	return string(s)
}

// settleClasses gives the names of a chain one class: what the tables know, or
// what most of them were taken for, or what an apposition says.
func (b *builder) settleClasses() {
	for i := range b.all {
		if b.root(i) != i || b.all[i].Form != dragoman.Name {
			continue
		}
		e := &b.entities[i]
		count := map[dragoman.Class]int{}
		best := e.class
		titled := false
		for _, j := range e.mentions {
			m := &b.all[j]
			weight := 2
			if m.End-m.First > 1 {
				weight = 3
			}
			if !m.Title.Empty() {
				weight, titled = 20, true
			}
			count[m.Class] += weight
			switch c := b.saidClass(j); {
			case m.set != 0 || m.End-m.First > 1:
			case c == dragoman.Person && b.tree.Kid(m.Head, "det") >= 0: // "of the Army, chief of …": persons have no article
			case c == dragoman.Person || c == dragoman.Organisation || c == dragoman.Location:
				count[c] += 3
			}
		}
		for _, j := range e.mentions {
			if b.acronyms[j] {
				count[dragoman.Organisation] += 20
			}
		}
		set := b.all[i].set
		if set&ofOrganisation != 0 && !titled {
			count[dragoman.Organisation] += 6
		}
		for _, c := range labelClasses {
			if count[c] > count[best] || best == dragoman.Unclassed && count[c] > 0 {
				best = c
			}
		}
		if c := b.brand(&b.all[i]); c != dragoman.Unclassed && !titled && (best == dragoman.Person || best == dragoman.Location) {
			best = c
		}
		e.class = best
		for _, j := range e.mentions {
			m := &b.all[j]
			if m.Class == best || m.Class == dragoman.Unclassed && count[dragoman.Unclassed] > count[best] {
				continue // mostly passed over by the recogniser: no name
			}
			m.Class = best
			b.know(m)
			e.kind, e.number = m.kind, m.number
			if best == dragoman.Organisation && e.number == 's' {
				e.number = 'c'
			}
		}
	}
}

// saidClass is the class of what a name is said to be: by an apposition, as a
// predicate, or by the noun before "of" ("the port of X").
func (b *builder) saidClass(i int) dragoman.Class {
	head := b.all[i].Head
	for _, k := range b.tree.Kids(head) {
		if o := b.at[k]; o >= 0 && b.tree.Is(int(k), "appos") && b.all[o].noun != nil && b.all[o].number != 'p' {
			return b.all[o].noun.class
		}
	}
	h := b.tree.Head(head)
	if h < 0 || b.at[h] < 0 || b.all[b.at[h]].noun == nil || b.all[b.at[h]].number == 'p' {
		return dragoman.Unclassed
	}
	n := b.all[b.at[h]].noun
	switch {
	case b.tree.Is(head, "nsubj") && b.tree.Kid(h, "cop") >= 0, b.tree.Is(head, "appos"):
		return n.class
	case b.tree.Is(head, "nmod") && b.tree.Case(head) == "of" && (n.class == dragoman.Facility || n.kind == "place") && b.tree.Kid(head, "nmod:poss") < 0:
		return dragoman.Location
	}
	return dragoman.Unclassed
}

// chainPhrases chains what the sentence itself says is the same: appositions,
// predicates, relative words.
func (b *builder) chainPhrases() {
	for i := range b.all {
		m := &b.all[i]
		h := b.tree.Head(m.Head)
		switch {
		case m.pronoun != nil && m.pronoun.kind == "relative":
			if j := b.antecedent(m.Head); j >= 0 {
				b.joinAs(i, j)
			}
		case h < 0:
		case b.tree.Is(m.Head, "conj") && (b.doubleOffice(i, int(b.at[h])) || b.describeOne(i, int(b.at[h])) || b.twoOffices(i, int(b.at[h]))):
			b.join(i, int(b.at[h]))
		case b.tree.Is(m.Head, "flat") && m.Form == dragoman.Name && m.Class == dragoman.Person:
			// "the Malian veteran Iyad": what the name belongs to is he
			if j := int(b.at[h]); j >= 0 && j != i && b.all[j].Form == dragoman.Nominal && b.all[j].Class == dragoman.Person && b.all[j].number != 'p' && b.fit(i, j) {
				b.join(i, j)
			}
		case b.tree.Is(m.Head, "appos"):
			j := int(b.at[b.conjunct(h, m.Head)])
			if j >= 0 && j != i && b.appositive(i, j) {
				b.join(i, j)
			}
		case b.tree.Is(m.Head, "nsubj") && m.Form != dragoman.Pronoun || b.tree.Is(m.Head, "nsubj") && m.pronoun.kind == "personal":
			j := int(b.at[h])
			if j >= 0 && j != i && b.all[j].Form == dragoman.Nominal && b.tree.Kid(h, "cop") >= 0 && !b.negated(h) {
				b.joinAs(i, j)
			}
		}
	}
	b.chainAdjacent()
	b.chainOffices()
	b.chainBefore()
}

// chainBefore joins a person's name to the noun for one person that stands right before it,
// with all that belongs to the noun: "my colleague Jane Dorsey", "the special envoy for
// Asian affairs Moussa Traore"; but not in "told the envoy Traore would come", where the
// name has a verb of its own.
func (b *builder) chainBefore() {
	ends := b.nounsByEnd()
	for i := range b.all {
		m := &b.all[i]
		j, ok := ends[m.First]
		if !ok || m.Form != dragoman.Name || m.Class != dragoman.Person || !m.Title.Empty() {
			continue
		}
		x := &b.all[j]
		h, own := b.tree.Head(m.Head), b.tree.Head(x.Head)
		linked := h == x.Head || own == m.Head
		if x.sentence == m.sentence && x.Class == dragoman.Person && x.number != 'p' && (linked || h == own && !b.tree.Is(m.Head, "nsubj", "nmod:poss")) && b.fit(i, j) {
			b.join(i, j)
		}
	}
}

// nounsByEnd returns the longest noun phrase that ends before a token.
func (b *builder) nounsByEnd() map[int]int {
	ends := map[int]int{}
	for i := range b.all {
		if m := &b.all[i]; m.Form == dragoman.Nominal {
			if o, ok := ends[m.End]; !ok || b.all[o].First > m.First {
				ends[m.End] = i
			}
		}
	}
	return ends
}

// chainOffices joins a person's name to the office that stands before it with all that
// belongs to the office: "Ambassador to Tehran Stefan Schulz", "the head of the Supreme
// Court of Mali Moussa Traore".
func (b *builder) chainOffices() {
	for i := range b.all {
		m := &b.all[i]
		if m.Form != dragoman.Name || m.Class != dragoman.Person || !m.Title.Empty() {
			continue
		}
		linked := false
		for t := m.First - 1; t >= b.doc.Sentences[m.sentence].First; t-- {
			if j := int(b.at[t]); j >= 0 && b.all[j].kind == "role" && b.all[j].Form == dragoman.Nominal {
				if linked && b.all[j].number != 'p' && b.fit(i, j) {
					b.join(i, j)
				}
				break
			}
			if open := b.bracketAt(t); open > 0 && t == m.First-1 {
				t = open // "Head of the Ports Authority (PA) Ali Hosseini"
				continue
			}
			p := b.tree.POS(t)
			linked = linked || p == dragoman.ADP
			if t == m.First-1 && p != dragoman.PROPN && !(p == dragoman.NOUN && b.lower(t) != b.doc.Form(t)) || p != dragoman.PROPN && p != dragoman.NOUN && p != dragoman.ADJ && p != dragoman.ADP && p != dragoman.DET && p != dragoman.PART && p != dragoman.CCONJ {
				break
			}
		}
	}
}

// bracketAt returns the bracket that opens the acronym which token t closes; -1.
func (b *builder) bracketAt(t int) int {
	if t >= 2 && b.doc.Form(t) == ")" && b.doc.Form(t-2) == "(" {
		return t - 2
	}
	return -1
}

// doubleOffice reports whether name i, which a title goes before, is coordinated
// with another office of the same person, j: "Deputy Prime Minister and Foreign
// Minister X". An office with an article is somebody else.
func (b *builder) doubleOffice(i, j int) bool {
	if j < 0 {
		return false
	}
	m, x := &b.all[i], &b.all[j]
	if m.Form != dragoman.Name || m.Class != dragoman.Person || x.Form != dragoman.Nominal || x.kind != "role" || x.number == 'p' || x.Span.End > m.Title.Start {
		return false
	}
	between := b.doc.Text[x.Span.End:m.Title.Start]
	return strings.TrimSpace(between) == "and" && b.tree.POS(x.Head) == dragoman.PROPN && b.tree.Kid(x.Head, "det") < 0 && b.fit(i, j)
}

// twoOffices reports whether nominals j and i are the two offices of one person, a deputy
// who has a ministry besides: "Chad's Deputy Prime Minister and Foreign Minister".
func (b *builder) twoOffices(i, j int) bool {
	if j < 0 {
		return false
	}
	m, x := &b.all[i], &b.all[j]
	return m.Form == dragoman.Nominal && x.Form == dragoman.Nominal && m.kind == "role" && x.kind == "role" && m.number != 'p' && x.number != 'p' && m.owner < 0 &&
		b.tree.Kid(m.Head, "det", "nmod:poss") < 0 && capitalised(b.doc.Form(m.Head)) && capitalised(b.doc.Form(x.Head)) && b.lesser(role{mods: x.mods}, role{mods: m.mods})
}

// describeOne reports whether nominal i and j, with which it is coordinated, both say who
// one named person is: "X, the former minister and a critic of Y,".
func (b *builder) describeOne(i, j int) bool {
	if j < 0 {
		return false
	}
	m, x := &b.all[i], &b.all[j]
	if x.Form == dragoman.Name {
		return b.oneArticle(i, j)
	}
	name := b.tree.Head(x.Head)
	if m.Form != dragoman.Nominal || x.Form != dragoman.Nominal || m.number == 'p' || x.number == 'p' || !b.tree.Is(x.Head, "appos") || name < 0 || b.at[name] < 0 {
		return false
	}
	o := &b.all[b.at[name]]
	return o.Form == dragoman.Name && o.Class == dragoman.Person && b.root(j) == b.root(int(b.at[name])) && b.fit(i, j)
}

// oneArticle reports whether nominal i, which the parser hangs on person j, has no article but
// that of an apposition to j right before it: "X, the minister and critic of Y,".
func (b *builder) oneArticle(i, j int) bool {
	m, x := &b.all[i], &b.all[j]
	if m.Form != dragoman.Nominal || m.number == 'p' || x.Class != dragoman.Person || b.tree.Kid(m.Head, "det", "nmod:poss") >= 0 || b.tree.Kid(m.Head, "cc") != m.First-1 {
		return false
	}
	return b.fit(i, j) && slices.ContainsFunc(b.tree.Kids(x.Head), func(k int32) bool {
		d := b.at[k]
		return b.tree.Is(int(k), "appos") && d >= 0 && b.all[d].End == m.First-1 && b.all[d].number != 'p'
	})
}

// conjunct returns the last that is coordinated with token h before token i: in
// "the army and Hezbollah, an ally" only the latter is one.
func (b *builder) conjunct(h, i int) int {
	last := h
	for _, k := range b.tree.Kids(h) {
		if k := int(k); b.tree.Is(k, "conj") && k < i && b.at[k] >= 0 {
			last = max(last, k)
		}
	}
	return last
}

// chainAdjacent finds appositions by their commas, which a parser may miss:
// "Name, the minister of X," and "the minister of X, Name,".
func (b *builder) chainAdjacent() {
	ends := make(map[int]int, len(b.all)) // end token: the longest mention that ends there
	names := map[int]int{}                // and the name
	for i := range b.all {
		m := &b.all[i]
		if m.Form == dragoman.Name {
			names[m.End] = i
		}
		if o, ok := ends[m.End]; !ok || b.all[o].First > m.First {
			ends[m.End] = i
		}
	}
	for i := range b.all {
		m := &b.all[i]
		comma := b.firstOf(m) - 1
		if comma > 0 && b.tree.Is(comma, "det") { // which the mention of a name leaves out
			comma--
		}
		if comma < 0 || m.Form == dragoman.Pronoun || b.doc.Form(comma) != "," {
			continue
		}
		end := comma
		if open := b.bracketAt(comma - 1); open > 0 {
			end = open // "the head of the Ports Authority (PA), Ali Hosseini,"
		}
		j, ok := ends[end]
		if !ok || b.all[j].Form == dragoman.Pronoun || b.all[j].sentence != m.sentence {
			continue
		}
		closed := m.End < len(b.doc.Tokens) && (isClosing(b.doc.Form(m.End)) || b.tree.Is(m.End, "acl", "amod") && b.tree.Head(m.End) == m.Head || b.described(m))
		if k, ok := names[end]; ok && m.Class == dragoman.Organisation && b.all[j].Class == dragoman.Person {
			j = k // "the head of Riga University, a body that"
		}
		x := &b.all[j]
		if closed && x.Form == dragoman.Name && m.Form == dragoman.Nominal && m.number != 'p' && (x.Class == m.Class || m.Class == dragoman.Unclassed) && b.tree.Kid(m.Head, "cc") < 0 && !b.listed(m.Head) && b.fit(i, j) {
			b.join(i, j)
		}
		if closed && x.Form == dragoman.Nominal && vague[x.kind] && x.owner >= 0 && x.number != 'p' && m.Form == dragoman.Name && m.Title.Empty() && b.tree.Kid(m.Head, "cc") < 0 && b.fit(i, j) {
			b.join(i, j)
		}
		if closed && x.Form == dragoman.Nominal && x.kind == "role" && (x.definite || x.owner >= 0) && x.number != 'p' && m.Form == dragoman.Name && m.Class == dragoman.Person && b.fit(i, j) {
			b.join(i, j)
		}
	}
}

// described reports whether a relative clause of mention m begins right behind it: "a union
// that endorsed Lund".
func (b *builder) described(m *about) bool {
	v := b.tree.Head(m.End)
	return v >= 0 && b.tree.Is(m.End, "nsubj") && b.tree.Is(v, "acl") && b.tree.Head(v) == m.Head
}

// listed reports whether token i is one of several that a conjunction joins; a
// parser calls an apposition without one a conjunct too.
func (b *builder) listed(i int) bool {
	if !b.tree.Is(i, "conj") {
		return false
	}
	if d := b.tree.Kid(i, "det"); d < 0 || !b.doc.Tags[d].Has("Definite=Ind") {
		return true
	}
	for _, k := range b.tree.Kids(b.tree.Head(i)) {
		if b.tree.Is(int(k), "conj") && b.tree.Kid(int(k), "cc") >= 0 {
			return true
		}
	}
	return false
}

func isClosing(f string) bool {
	return f == "," || f == "." || f == ";" || f == ")" || f == "-" || f == "–" || f == "—"
}

func (b *builder) fit(i, j int) bool { return b.root(i) != b.root(j) && fits(b.entity(i), b.entity(j)) }

// joinAs joins two mentions that the sentence equates, unless they cannot be one.
func (b *builder) joinAs(i, j int) {
	if b.fit(i, j) {
		b.join(i, j)
	}
}

// appositive reports whether mention i in apposition to j is the same.
func (b *builder) appositive(i, j int) bool {
	x, y := &b.all[i], &b.all[j]
	if x.Form == dragoman.Name && y.Form == dragoman.Name {
		return false // acronyms are chained by their letters; "Kabul, Afghanistan" is two
	}
	if x.Form == dragoman.Pronoun || y.Form == dragoman.Pronoun {
		return false
	}
	if x.Class == dragoman.Location && y.Class == dragoman.Location && x.Form == dragoman.Name {
		return false
	}
	if x.kind == "role" && y.kind == "role" && x.Form == dragoman.Nominal && y.Form == dragoman.Nominal {
		if one, other := b.nameIn(x), b.nameIn(y); one != "" && other != "" && one != other {
			return false // "the French president, the chancellor of Germany and …" is a list
		}
	}
	return b.fit(i, j)
}

// nameIn returns the first name within a nominal; "" for none.
func (b *builder) nameIn(m *about) string {
	for k := m.First; k < m.End; k++ {
		if o := b.at[k]; o >= 0 && b.all[o].Form == dragoman.Name {
			return b.lower(k)
		}
	}
	return ""
}

// antecedent returns the mention that a relative word stands for.
func (b *builder) antecedent(i int) int {
	at := i
	for range 8 {
		h := b.tree.Head(at)
		if h < 0 {
			return -1
		}
		if b.tree.Is(at, "acl:relcl") {
			return int(b.at[b.tree.Related(i, h, b.classAt)])
		}
		at = h
	}
	return -1
}

// classAt returns the class of the mention that token i heads.
func (b *builder) classAt(i int) dragoman.Class {
	if b.at[i] < 0 {
		return dragoman.Unclassed
	}
	return b.all[b.at[i]].Class
}

func (b *builder) negated(i int) bool {
	for _, k := range b.tree.Kids(i) {
		if b.tree.Is(int(k), "advmod") && (b.word(int(k)) == "not" || b.lower(int(k)) == "never" || b.lower(int(k)) == "n't") {
			return true
		}
	}
	return false
}

// shares reports whether every word of x is among y.
func shares(x, y []string) bool {
	for _, w := range x {
		if !slices.Contains(y, w) {
			return false
		}
	}
	return true
}
