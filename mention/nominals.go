package mention

import (
	"slices"
	"strings"

	"dragoman"
)

// addNominals adds the noun phrases whose head is a noun of the table.
func (b *builder) addNominals() {
	for _, s := range b.bounds() {
		for i := s[0]; i < s[1]; i++ {
			if n := b.nominalHead(i); n != nil {
				b.addNominal(i, n)
			}
		}
	}
}

// nominalHead returns the noun that token i is as the head of a phrase.
func (b *builder) nominalHead(i int) *noun {
	if b.inName[i] {
		return nil
	}
	pos := b.tree.POS(i)
	if pos != dragoman.NOUN && pos != dragoman.PROPN && !b.adjectiveAsNoun(i) {
		return nil
	}
	n := b.f.words.nouns[b.word(i)]
	if n == nil {
		n = b.f.words.nouns[b.lower(i)]
	}
	if n == nil && pos == dragoman.NOUN && personal(b.word(i)) {
		n = &noun{lemma: b.word(i), class: dragoman.Person, kind: "person", number: 's'}
	}
	if n == nil && b.titular(i) {
		n = &noun{lemma: b.word(i), class: dragoman.Person, kind: "role", number: 's'}
	}
	if n == nil && b.multitude(i) {
		n = &noun{lemma: b.word(i), class: dragoman.Person, kind: "people", number: 'p'}
	}
	if n == nil {
		return nil
	}
	switch {
	case b.within(i):
		return nil
	case b.tree.Is(i, "compound", "amod", "flat", "fixed", "goeswith", "nmod:desc"):
		// "government forces" speaks of the government; "city council" of no city
		if n.class != dragoman.Organisation || !b.tree.Is(i, "compound") {
			return nil
		}
	case (n.class == dragoman.Facility || n.kind == "place") && b.dutyOf(i):
		return nil
	case b.tree.Is(i, "dep", "discourse", "vocative", "expl"):
		return nil
	}
	return n
}

// titular reports whether token i is a title of office that no table has as a noun and that
// stands as one: "an Iranian MP".
func (b *builder) titular(i int) bool {
	t := b.f.words.titles[b.word(i)]
	return t != nil && t.kind == "office" && b.tree.Kid(i, "det", "amod", "nmod:poss", "nummod") >= 0
}

// multitude reports whether token i is a number that stands for as many people: the bare
// subject of a clause ("Thousands marched", "Tens of thousands marched").
func (b *builder) multitude(i int) bool {
	if b.tree.POS(i) != dragoman.NOUN || !b.f.words.multitudes[b.word(i)] || !b.tree.Is(i, "nsubj") || b.tree.Kid(i, "det", "nmod:poss") >= 0 {
		return false
	}
	for _, k := range b.tree.Kids(i) {
		if k := int(k); b.tree.Is(k, "nmod", "acl") && !b.f.words.multitudes[b.word(k)] {
			return false
		}
	}
	return true
}

// personal reports whether a noun that no table has is one for persons by its
// ending: "academician", "cartoonist", "technocrat"; but not "checklist".
func personal(lemma string) bool {
	if len(lemma) < 7 {
		return false
	}
	for _, end := range []string{"ician", "ologist", "ocrat"} {
		if strings.HasSuffix(lemma, end) {
			return true
		}
	}
	return strings.HasSuffix(lemma, "ist") && !strings.HasSuffix(lemma, "klist") && !strings.HasSuffix(lemma, "tlist") && !strings.HasSuffix(lemma, "hlist")
}

// adjectiveAsNoun reports whether token i, tagged as an adjective, stands as a
// noun does: "the general refused", or at the end of a headline's noun phrase.
func (b *builder) adjectiveAsNoun(i int) bool {
	if b.tree.POS(i) != dragoman.ADJ {
		return false
	}
	if i+1 < len(b.doc.Tokens) && (b.tree.POS(i+1) == dragoman.NOUN || b.tree.POS(i+1) == dragoman.PROPN) && b.tree.Sentence(i+1) == b.tree.Sentence(i) {
		return false
	}
	if !b.tree.Is(i, "nsubj", "obj", "obl", "iobj") {
		return false
	}
	return b.tree.Kid(i, "det") >= 0 || b.tree.Kid(i, "nmod:poss") >= 0 || b.siblings(i) < i
}

// siblings returns the first of the words right before an adjective that stands
// as a noun which, with an article among them, the tree hangs beside it: "the
// Israeli military said"; i for none.
func (b *builder) siblings(i int) int {
	for k := i - 1; k >= b.doc.Sentences[b.tree.Sentence(i)].First && k >= i-4 && b.tree.Head(k) == b.tree.Head(i); k-- {
		if b.tree.Is(k, "det") {
			return k
		}
		if !b.tree.Is(k, "amod", "compound") {
			break
		}
	}
	return i
}

// dutyOf reports whether noun i only says what an office is for: "minister of
// ports".
func (b *builder) dutyOf(i int) bool {
	h := b.tree.Head(i)
	if h < 0 || !b.tree.Is(i, "nmod") || b.tree.Kid(i, "det") >= 0 || b.tree.Kid(i, "nmod:poss") >= 0 || b.tree.Case(i) != "of" && b.tree.Case(i) != "for" {
		return false
	}
	n := b.f.words.nouns[b.word(h)]
	return n != nil && n.kind == "role"
}

func (b *builder) addNominal(i int, n *noun) {
	first, end := b.phrase(i)
	head := i
	for k := first; k < i; k++ {
		if h, own := b.tree.Head(k), b.tree.Head(i); b.within(k) && (h < first || h >= end) && own >= first && own < end {
			head = k
		}
	}
	m := about{Mention: dragoman.Mention{First: first, End: end, Head: head, Form: dragoman.Nominal, Class: n.class}, noun: n, kind: n.kind, gender: n.gender}
	m.number = n.number
	if n.class == dragoman.Person && first == i && i > 0 && (b.lower(i-1) == "in" || b.lower(i-1) == "into") && b.doc.Tags[i].Has("Number=Sing") {
		return // "in exile", "in person"
	}
	plural := b.doc.Tags[i].Has("Number=Plur") || b.doc.Tags[i].XPOS == "NNS" || b.doc.Tags[i].XPOS == "NNPS"
	if plural {
		m.number = 'p'
	}
	b.describe(&m, i)
	if head != i {
		b.describe(&m, head)
	}
	m.mods = b.modifiers(first, i, end)
	slices.Sort(m.mods)
	b.add(m)
}

// describe adds what the dependents of token i tell of a nominal.
func (b *builder) describe(m *about, i int) {
	for _, k32 := range b.tree.Kids(i) {
		k := int(k32)
		switch {
		case b.tree.Is(k, "det"):
			switch b.lower(k) {
			case "the", "this", "that", "these", "those", "both", "all":
				m.definite = true
			}
		case b.tree.Is(k, "nmod:poss"):
			m.definite = true
		}
	}
}

// modifiers are the words of a noun phrase that say which one its head i is,
// without its owner: by their order, since parsers err within phrases.
func (b *builder) modifiers(first, i, end int) []string {
	var mods []string
	for k := first; k < end; k++ {
		switch b.tree.POS(k) {
		case dragoman.PART:
			if k < i {
				mods = mods[:0]
			}
		case dragoman.ADJ, dragoman.NOUN, dragoman.PROPN, dragoman.VERB:
			if k != i && (k > i || !b.inName[k]) && !b.f.words.quantity[b.word(k)] {
				mods = append(mods, b.word(k))
			}
		}
	}
	return mods
}

// phrase returns the tokens of the noun phrase of head i: its article,
// possessor and modifiers, and what follows with "of", "for" or "to"; neither
// relative clause nor apposition.
func (b *builder) phrase(i int) (first, end int) {
	first, end = i, i+1
	kids := b.tree.Kids(i)
	for j := len(kids) - 1; j >= 0; j-- {
		k := int(kids[j])
		if k > i || b.tree.Is(k, "punct") {
			continue
		}
		if !b.tree.Is(k, "det", "amod", "compound", "nummod", "nmod", "flat", "advmod", "obl:npmod", "obl:unmarked") || b.tree.Is(k, "advmod") && first == i {
			break
		}
		if b.tree.Is(k, "advmod", "obl") && !b.isQuantity(k) {
			break
		}
		l, r := b.tree.Extent(k)
		if r < first-1 || b.tree.Is(k, "nmod") && b.clause(l, r) {
			break
		}
		first = min(first, l)
	}
	// "On Sunday soldiers": the day is none of theirs
	for first < i && b.f.words.around[b.lower(first)]&isCalendar != 0 && b.tree.POS(first) == dragoman.PROPN {
		first++
	}
	// "Last week police"
	for first+1 < i && b.f.words.pointing[b.lower(first)] && (b.f.words.periods[b.lower(first+1)] || b.f.words.around[b.lower(first+1)]&isCalendar != 0) {
		first += 2
	}
	// "deputy" that the tree put above the minister
	for first > 0 && first-1 >= b.doc.Sentences[b.tree.Sentence(i)].First && !b.inName[first-1] && b.within(first-1) {
		k := first - 1
		l, _ := b.tree.Extent(k)
		first = max(min(k, l), b.doc.Sentences[b.tree.Sentence(i)].First)
	}
	for depth, h := 0, i; depth < 4; depth++ {
		next := -1
		for _, k32 := range b.tree.Kids(h) {
			k := int(k32)
			if k < end {
				continue
			}
			if b.tree.Is(k, "flat", "fixed", "compound") && k == end {
				end = k + 1
				continue
			}
			if b.tree.Is(k, "nmod") && b.complement(k) {
				l, _ := b.tree.Extent(k)
				if l == end {
					end = k + 1
					next = k
					break
				}
			}
			break
		}
		if next < 0 {
			break
		}
		h = next
	}
	if s := b.doc.Sentences[b.tree.Sentence(i)].First; first-2 >= s && b.tree.POS(first) == dragoman.NUM && b.bound(first-2, i+1) {
		first -= 2
	} else if first-1 >= s && first+1 <= i && b.superlative(first) && b.bound(first-1, i+1) {
		first--
	}
	end = b.ofPhrase(end, i)
	// a name that the phrase ends in belongs to it whole
	first = max(first, b.afterDash(first, i))
	if b.tree.POS(i) == dragoman.ADJ {
		first = min(first, b.siblings(i))
	}
	for ; first < i; first++ {
		if b.doc.Tags[first].XPOS == "WRB" {
			continue // "when suspected members": hung on the adjective
		}
		if b.bound(first, i) {
			break // "at least 20"
		}
		if p := b.tree.POS(first); p != dragoman.ADP && p != dragoman.PUNCT && p != dragoman.CCONJ && p != dragoman.SCONJ {
			break
		}
	}
	for n := 0; n < 12 && end < len(b.inName) && b.inName[end] && b.inName[end-1] && b.tree.Sentence(end) == b.tree.Sentence(i) && b.tree.Above(i, end) && !b.tree.Is(end, "appos", "conj"); n++ {
		end++
	}
	return first, end
}

// clause reports whether a verb of a clause stands in first..end-1: "Mali's leader
// condemned the attack, the presidency said" hung on the presidency.
func (b *builder) clause(first, end int) bool {
	for k := first; k < end; k++ {
		switch b.doc.Tags[k].XPOS {
		case "VBD", "VBZ", "VBP":
			return true
		}
	}
	return false
}

// afterDash returns the token after the last dash that stands between spaces in
// first..i-1, first where there is none: what is before it is a dateline or
// another phrase.
func (b *builder) afterDash(first, i int) int {
	for k := i - 1; k > first; k-- {
		switch b.doc.Form(k) {
		case "-", "–", "—", "--":
			if b.doc.Tokens[k-1].End < b.doc.Tokens[k].Start {
				return k + 1
			}
		}
	}
	return first
}

// bound reports whether token k begins a bound of the number that follows:
// "at least 20" before the noun i.
func (b *builder) bound(k, i int) bool {
	return k+2 <= i && b.tree.POS(k) == dragoman.ADP && b.superlative(k+1) && b.tree.POS(k+2) == dragoman.NUM
}

func (b *builder) superlative(k int) bool {
	x := b.doc.Tags[k].XPOS
	return x == "JJS" || x == "RBS" || b.doc.Tags[k].Has("Degree=Sup")
}

// ofPhrase returns the end of a noun phrase with what follows as "of" and a
// plain noun phrase, whatever the tree makes of it: parsers err there, and
// little else may stand so.
func (b *builder) ofPhrase(end, head int) int {
	stop := b.doc.Sentences[b.tree.Sentence(head)].End
	if end != head+1 || end+1 >= stop || b.lower(end) != "of" || b.charged(head) && b.doc.Form(end+1) == b.lower(end+1) {
		return end
	}
	for j := end + 1; j < stop; j++ {
		switch b.tree.POS(j) {
		case dragoman.NOUN, dragoman.PROPN:
			end = j + 1
			continue
		case dragoman.ADJ, dragoman.DET, dragoman.NUM:
			if end <= j-3 || b.tree.POS(j) == dragoman.DET && end == j {
				return end
			}
			continue
		}
		if f := b.doc.Form(j); f == "-" && end == j {
			continue
		}
		break
	}
	return end
}

// within reports whether noun i is a modifier of a role that follows at once:
// "deputy" in "deputy prime minister".
func (b *builder) within(i int) bool {
	stop := min(b.doc.Sentences[b.tree.Sentence(i)].End, i+4)
	if b.f.words.titles[b.lower(i)] == nil {
		return false
	}
	for j := i + 1; j < stop && !b.inName[j] && (b.tree.POS(j) == dragoman.NOUN || b.tree.POS(j) == dragoman.ADJ); j++ {
		if j == i+1 && b.lower(j) == "general" && b.f.words.generals[b.lower(i)] && b.tree.Head(j) == i {
			return false // "director general"
		}
		if n := b.f.words.nouns[b.word(j)]; n != nil && n.kind == "role" {
			return true
		}
	}
	return false
}

// complement reports whether the nominal modifier k tells whose or what the
// head is.
func (b *builder) complement(k int) bool {
	switch b.tree.Case(k) {
	case "for":
		n := b.f.words.nouns[b.tree.Lemma(b.tree.Head(k))]
		return (n == nil || n.class != dragoman.Person && n.kind != "company" || n.kind == "role") && b.tree.Kid(k, "nmod:poss") < 0 && !b.period(k) // "the rebels for a day", "the minister for his part"
	case "of":
		return !b.charged(b.tree.Head(k)) || b.tree.POS(k) == dragoman.PROPN
	case "to":
		return true
	case "from":
		return b.tree.Head(k) >= 0 && b.f.words.sent[b.tree.Lemma(b.tree.Head(k))] // "a delegation from Hamas"
	}
	return false
}

// period reports whether k is a time told by pointing to it: "the past three and a half
// years", whose years the tree may put beside the number.
func (b *builder) period(k int) bool {
	adjective := b.tree.Kid(k, "amod")
	return adjective >= 0 && b.f.words.pointing[b.lower(adjective)] && (b.tree.POS(k) == dragoman.NUM || b.f.words.periods[b.tree.Lemma(k)])
}

// charged reports whether noun i is the object of a verb behind which "of" tells of what, and
// not whose he is: "accused the president of treason".
func (b *builder) charged(i int) bool {
	v := b.tree.Head(i)
	return v >= 0 && b.tree.Is(i, "obj", "nsubj:pass") && v < i && b.f.words.charging[b.tree.Lemma(v)]
}

// isQuantity reports whether k modifies a number before the head, "more than 20".
func (b *builder) isQuantity(k int) bool {
	return b.tree.Is(k, "advmod") && k+1 < len(b.doc.Tokens) && (b.tree.POS(k+1) == dragoman.NUM || b.tree.POS(k+1) == dragoman.ADJ)
}
