package mention

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman"
)

// addNames adds the names: those that the recogniser sees, and runs of proper
// nouns that it passed over.
func (b *builder) addNames() {
	bounds := b.bounds()
	var names []found
	if b.f.names.network != nil {
		names = b.f.names.names(bounds, len(b.doc.Tokens), b.doc.Form)
	}
	covered := make([]bool, len(b.doc.Tokens))
	split := make([]found, 0, len(names))
	for _, n := range names {
		n = b.shop(b.trim(n))
		if n.first >= n.end || b.isOffice(n) || !b.nounIn(n) || b.addressed(n) {
			continue
		}
		for i := n.first; i < n.end; i++ {
			covered[i] = true
		}
		if owner, rest, ok := b.ofState(n); ok {
			split = append(split, owner)
			n = rest
		}
		if in, whole, ok := b.inLarger(n); ok {
			split = append(split, in)
			n = whole
		}
		if person, body, ok := b.signed(n); ok {
			split = append(split, person)
			n = body
		}
		if body, rest, ok := b.beforeComma(n); ok {
			split = append(split, body)
			n = rest
		}
		split = append(split, n)
	}
	for _, n := range b.postal(b.settle(b.given(b.grown(b.incorporated(b.sender(b.initialled(split))))))) {
		for i := n.first; i < n.end; i++ {
			covered[i] = true
		}
		b.addName(n)
	}
	b.passedOver(bounds, covered)
	b.families = map[string]int{}
	for i := range b.all {
		if m := &b.all[i]; m.Class == dragoman.Person && m.End-m.First > 1 {
			if f := b.doc.Form(m.End - 1); b.families[f] == 0 {
				b.families[f] = m.End
			}
		}
	}
	for _, s := range bounds {
		b.properNouns(s, covered)
	}
}

// passedOver adds the organisations of several words that the tables know and the
// recogniser took for common nouns ("Human Rights Watch urged"), where they are written
// as names: in capitals, but for little words inside, and not in a headline in capitals.
func (b *builder) passedOver(bounds [][2]int, covered []bool) {
	for _, s := range bounds {
		for i := s[0]; i < s[1]; i++ {
			if covered[i] || !capitalised(b.doc.Form(i)) {
				continue
			}
			end := i + 1
			for end < s[1] && end < i+longestName && !covered[end] && (capitalised(b.doc.Form(end)) || little[b.doc.Form(end)]) {
				end++
			}
			if end == s[1] || end == i+longestName {
				continue
			}
			for ; end > i+1; end-- {
				key := b.key(i, end)
				if !little[b.doc.Form(end-1)] && b.f.names.gaz.sets[key]&ofOrganisation != 0 {
					b.addName(found{i, end, dragoman.Organisation})
					for ; i < end; i++ {
						covered[i] = true
					}
					i--
					break
				}
			}
		}
	}
}

// little are the words in lower case inside the names of organisations.
var little = map[string]bool{"and": true, "for": true, "in": true, "of": true, "on": true, "the": true, "to": true}

// grown lets a name reach as far as the tables know an organisation of just
// these words, where the recogniser broke off within a hyphenated one.
func (b *builder) grown(names []found) []found {
	out := names[:0]
	for k := 0; k < len(names); k++ {
		n := names[k]
		if len(out) > 0 && n.first < out[len(out)-1].end {
			continue
		}
		inside := n.end < len(b.doc.Tokens) && b.doc.Tokens[n.end].Start == b.doc.Tokens[n.end-1].Span.End
		end := min(n.first+longestName, b.doc.Sentences[b.tree.Sentence(n.first)].End)
		for ; inside && end > n.end && n.class != dragoman.Person; end-- {
			key := b.key(n.first, end)
			if hasLetter(b.doc.Form(end-1)) && b.f.names.gaz.sets[key]&ofOrganisation != 0 {
				n.end, n.class = end, dragoman.Organisation
				break
			}
		}
		out = append(out, n)
	}
	return out
}

// trim takes off what is no part of a name at its ends: possessives, marks,
// articles, and of a person the title and what stands behind a dash.
func (b *builder) trim(n found) found {
	for n.first < n.end {
		last := n.end - 1
		f := b.doc.Form(last)
		if f == "'s" || f == "’s" || f == "'" || f == "’" || b.tree.POS(last) == dragoman.PUNCT && !hasLetter(f) {
			n.end--
			continue
		}
		f = b.doc.Form(n.first)
		if f == "the" || f == "The" || !hasLetter(f) && b.tree.POS(n.first) == dragoman.PUNCT {
			n.first++
			continue
		}
		break
	}
	if n.class == dragoman.Person {
		for i := n.first + 1; i < n.end; i++ {
			if !hasLetter(b.doc.Form(i)) && strings.ContainsAny(b.doc.Form(i), "-–—") && b.doc.Tokens[i-1].Span.End < b.doc.Tokens[i].Start {
				n.end = i // "Mary Lund - Reporter"
			}
		}
		for n.end-n.first > 1 && b.lower(n.first) == "p.s." {
			n.first++
		}
		for n.end-n.first > 1 && b.f.words.titles[b.lower(n.first)].sole() {
			n.first++
		}
	}
	return n
}

// ofState splits "Chad's Supreme Court" into the state and its body.
func (b *builder) ofState(n found) (owner, rest found, ok bool) {
	if n.class != dragoman.Organisation {
		return owner, rest, false
	}
	for i := n.first + 1; i < n.end-1; i++ {
		if f := b.doc.Form(i); f != "'s" && f != "’s" && f != "'" && f != "’" {
			continue
		}
		key := b.key(n.first, i)
		if b.f.names.gaz.sets[key]&ofState == 0 {
			break
		}
		return found{n.first, i, dragoman.Location}, found{i + 1, n.end, n.class}, true
	}
	return owner, rest, false
}

// inLarger splits "Durban, South Africa" into the place and the one around it,
// which the tables must know. Where no comma stands between, "Ghazni Afghanistan", they
// know both. What they know as a whole, "Washington, D.C.", is one name.
func (b *builder) inLarger(n found) (in, whole found, ok bool) {
	gaz := b.f.names.gaz
	if n.class != dragoman.Location || gaz.look(b.key(n.first, n.end)) != 0 {
		return in, whole, false
	}
	for i := n.end - 1; i > n.first; i-- {
		around := b.key(i, n.end)
		switch {
		case b.doc.Form(i-1) == ",":
			if i-1 == n.first || gaz.look(around)&(ofState|ofPlace) == 0 && gaz.brands[around] == 0 {
				return in, whole, false
			}
			return found{n.first, i - 1, n.class}, found{i, n.end, n.class}, true
		case gaz.sets[around]&ofState == 0 && !gaz.divisions[around], gaz.look(b.key(n.first, i))&ofPlace == 0:
		case hasLetter(b.doc.Form(i)) && hasLetter(b.doc.Form(i-1)) && !b.f.words.directions[b.lower(i-1)] && b.f.words.nouns[b.lower(i)] == nil:
			return found{n.first, i, n.class}, found{i, n.end, n.class}, true
		}
	}
	return in, whole, false
}

// beforeComma splits a body and the name behind a comma, "the Ministry of Trade,
// Lund", which is part of it only where a list goes on, "of Culture, Tourism and
// Sport", or a company's name ends.
func (b *builder) beforeComma(n found) (body, rest found, ok bool) {
	if n.class != dragoman.Organisation {
		return body, rest, false
	}
	for i := n.end - 2; i > n.first; i-- {
		switch f := b.lower(i); {
		case f == "and" || f == "&" || f == "or":
			return body, rest, false
		case f == ",":
			if b.f.words.around[b.lower(i+1)]&isCompany != 0 {
				return body, rest, false
			}
			return found{n.first, i, n.class}, found{i + 1, n.end, dragoman.Unclassed}, true
		}
	}
	return body, rest, false
}

// incorporated adds to a name the words that end the name of a company after a
// comma: "Lund Shipping, Inc."
func (b *builder) incorporated(names []found) []found {
	out := names[:0]
	for _, n := range names {
		if len(out) > 0 && n.first < out[len(out)-1].end {
			continue
		}
		last := n.end + 1
		if n.class != dragoman.Nationality && last < b.doc.Sentences[b.tree.Sentence(n.first)].End && b.doc.Form(n.end) == "," &&
			capitalised(b.doc.Form(last)) && b.f.words.around[b.lower(last)]&isCompany != 0 {
			n.end, n.class = last+1, dragoman.Organisation
		}
		if n.end < len(b.doc.Tokens) && b.doc.Form(n.end) == "." && b.doc.Tokens[n.end].Start == b.doc.Tokens[n.end-1].Span.End && b.f.words.clipped[b.lower(n.end-1)] {
			n.end++ // the full stop of "Inc." is its own, wherever the sentence ends
		}
		out = append(out, n)
	}
	return out
}

// given makes one name of a person's and a nationality beside it that is a name
// too, "Danish Siddiqui", "Nasir Danish": nothing else stands between or is told
// of it.
func (b *builder) given(names []found) []found {
	out := names[:0]
	for _, n := range names {
		if k := len(out) - 1; k >= 0 && out[k].end == n.first && b.tree.Sentence(n.first) == b.tree.Sentence(out[k].first) {
			last := out[k]
			switch {
			case b.demonym(last) && n.class == dragoman.Person && n.end == n.first+1 && !b.determined(last.first) && b.genderless(n):
				out[k] = found{last.first, n.end, dragoman.Person}
				continue
			case last.class == dragoman.Person && b.demonym(n) && !b.describes(n):
				out[k] = found{last.first, n.end, dragoman.Person}
				continue
			}
		}
		out = append(out, n)
	}
	return out
}

// demonym reports whether n is one word for a nationality.
func (b *builder) demonym(n found) bool {
	return n.end == n.first+1 && b.f.names.gaz.look(nameKey(b.doc.Form(n.first)))&(ofDemonym|ofState) == ofDemonym && capitalised(b.doc.Form(n.first))
}

// determined reports whether an article or possessor stands before token i.
func (b *builder) determined(i int) bool {
	if i == 0 || b.tree.Sentence(i-1) != b.tree.Sentence(i) {
		return false
	}
	p := b.tree.POS(i - 1)
	return p == dragoman.DET || p == dragoman.PART || p == dragoman.ADJ || p == dragoman.NOUN
}

// genderless reports whether the name n cannot be a given name, so that it has
// one before it.
func (b *builder) genderless(n found) bool {
	return b.f.words.given[b.lower(n.first)] == 0
}

// describes reports whether a noun follows that the nationality n may describe.
func (b *builder) describes(n found) bool {
	if n.end >= len(b.doc.Tokens) || b.tree.Sentence(n.end) != b.tree.Sentence(n.first) {
		return false
	}
	p := b.tree.POS(n.end)
	return p == dragoman.NOUN || p == dragoman.PROPN || p == dragoman.ADJ || p == dragoman.NUM
}

// isOffice reports whether a name is a single word for an office, which is a
// noun however it is written: "the Representative".
func (b *builder) isOffice(n found) bool {
	if n.end-n.first != 1 || n.class == dragoman.Person {
		return false
	}
	noun := b.f.words.nouns[b.lower(n.first)]
	return noun != nil && noun.kind == "role" && b.f.names.gaz.look(nameKey(b.doc.Form(n.first)))&^ofPlace == 0
}

// nounIn reports whether a name may be one to the syntax: of several words one is
// a proper noun, a single one is a noun or much like it. So "Great Service" above
// a text is no body. Titles of works may be of any words.
func (b *builder) nounIn(n found) bool {
	if n.class == dragoman.Nationality || n.class == dragoman.Other {
		return true
	}
	for i := n.first; i < n.end; i++ {
		switch b.tree.POS(i) {
		case dragoman.PROPN:
			return true
		case dragoman.NOUN, dragoman.ADJ, dragoman.X:
			if n.end == n.first+1 {
				return true
			}
		}
	}
	return false
}

// key is nameKey of the tokens first..end-1 as they are written.
func (b *builder) key(first, end int) uint64 {
	return nameKey(b.doc.Text[b.doc.Tokens[first].Start:b.doc.Tokens[end-1].Span.End])
}

func hasLetter(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// addName adds a name with its title.
func (b *builder) addName(n found) {
	m := about{Mention: dragoman.Mention{First: n.first, End: n.end, Head: b.head(n.first, n.end), Form: dragoman.Name, Class: n.class}}
	m.key = b.key(n.first, n.end)
	m.set = b.f.names.gaz.look(m.key)
	m.number = 's'
	for i := n.first; i < n.end; i++ {
		b.inName[i] = true
	}
	if m.Class == dragoman.Person || m.Class == dragoman.Unclassed {
		first := b.titleBefore(n.first)
		if n.class == dragoman.Unclassed { // not "the Minister of [Works]"
			first = b.phraseBefore(n.first, b.doc.Sentences[b.tree.Sentence(n.first)].First)
		}
		if first < n.first {
			m.Title = dragoman.Span{Start: b.doc.Tokens[first].Start, End: b.doc.Tokens[n.first-1].End}
			m.Class = dragoman.Person
			for i := first; i < n.first; i++ {
				b.inName[i] = true
				if t := b.f.words.titles[b.lower(i)]; t != nil && t.gender != 0 {
					m.gender = t.gender
				}
			}
		}
	}
	b.know(&m)
	b.add(m)
}

// know fills in what the tables tell of a name, and its kind.
func (b *builder) know(m *about) {
	gaz := b.f.names.gaz
	kind := gaz.kinds[m.key]
	// A single word that the recogniser passed over is no place or body for having
	// the name of one: "the Police", "the Centre".
	passed := m.Class == dragoman.Unclassed && m.End-m.First == 1 && b.f.names.network != nil
	switch {
	case m.set&ofDemonym != 0 && m.set&(ofState|ofOrganisation) == 0 && m.Class != dragoman.Person && m.Class != dragoman.Organisation:
		m.Class = dragoman.Nationality
	case passed && m.set&ofState == 0:
	case m.set&ofOrganisation != 0 && (m.Class == dragoman.Nationality || m.Class == dragoman.Unclassed || m.Class == dragoman.Other):
		m.Class = dragoman.Organisation
	case m.set&ofState != 0 && (m.Class == dragoman.Unclassed || m.Class == dragoman.Other || m.Class == dragoman.Nationality):
		m.Class = dragoman.Location
	case m.Class == dragoman.Person && m.Title.Empty() && m.set&ofPlace != 0 && m.set&ofPerson == 0 && m.End-m.First > 1 && b.inPlace(m.Head):
		m.Class = dragoman.Location
	case m.Class == dragoman.Unclassed && m.set&ofPerson != 0:
		m.Class = dragoman.Person
	case m.Class == dragoman.Unclassed && m.set&ofPlace != 0:
		m.Class = dragoman.Location
	}
	switch m.Class {
	case dragoman.Person:
		m.kind = "person"
	case dragoman.Organisation:
		m.kind, m.number = kind, 'c'
	case dragoman.Location:
		if m.set&ofState != 0 {
			m.kind, m.number = "state", 'c'
		} else {
			m.kind = "place"
		}
	case dragoman.Nationality:
		m.number = 0
	}
}

// inPlace reports whether a name stands where places do, after a preposition of
// place.
func (b *builder) inPlace(head int) bool {
	switch b.tree.Case(head) {
	case "in", "at", "through", "near", "into", "via", "across", "outside", "inside", "towards", "toward":
		return true
	case "of": // "the port of X"
		h := b.tree.Head(head)
		n := b.f.words.nouns[b.word(max(h, 0))]
		return h >= 0 && n != nil && (n.class == dragoman.Facility || n.class == dragoman.Location)
	}
	return false
}

// titleBefore returns the first token of the title that ends where a name
// begins, or the name's first token where there is none.
func (b *builder) titleBefore(name int) int {
	start := b.doc.Sentences[b.tree.Sentence(name)].First
	first := b.phraseBefore(name, start)
	if first == name {
		return b.officeOf(name, start)
	}
	for first > start && !b.inName[first-1] {
		next := b.phraseBefore(first, start)
		if next == first {
			if t := b.f.words.titles[b.lower(first-1)]; t == nil {
				break
			}
			next = first - 1
		}
		first = next
	}
	return first
}

// phraseBefore returns where a title of one to three words begins that ends
// before token end; end itself where none does.
func (b *builder) phraseBefore(end, start int) int {
	for n := 3; n >= 1; n-- {
		if end-n < start {
			continue
		}
		phrase := b.lower(end - n)
		for i := end - n + 1; i < end; i++ {
			phrase += " " + b.lower(i)
		}
		if b.inName[end-n] {
			continue
		}
		if t := b.f.words.titles[phrase]; t.sole() {
			return end - n
		}
	}
	return end
}

// officeOf finds an office with a complement that ends where a name begins: a capitalised
// one, "Minister of Public Works", "Minister of Industry, Mining and Trade", or what
// somebody is in a place, "ambassador to Mali".
func (b *builder) officeOf(name, start int) int {
	if place := b.nameBefore(name, start); place > start+1 && b.lower(place-1) == "to" && b.f.words.titles[b.lower(place-2)].sole() {
		return place - 2
	}
	listed := false
	for i := name - 1; i >= start && i >= name-9; i-- {
		f := b.doc.Form(i)
		if b.inName[i] {
			return name
		}
		if (f == "of" || f == "for") && i > start && b.f.words.titles[b.lower(i-1)].sole() && capitalised(b.doc.Form(i-1)) && i < name-1 {
			first := i - 1
			for first > start && !b.inName[first-1] && b.f.words.titles[b.lower(first-1)] != nil && capitalised(b.doc.Form(first-1)) {
				first--
			}
			return first
		}
		listed = listed || f == "and"
		if !capitalised(f) && f != "of" && f != "and" && f != "for" && f != "the" && !(f == "," && listed) {
			return name
		}
	}
	return name
}

// nameBefore returns the first token of the name that ends right before token i; i for none.
func (b *builder) nameBefore(i, start int) int {
	for i > start && b.inName[i-1] {
		i--
	}
	return i
}

func capitalised(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// properNouns adds the runs of capitalised proper nouns of a sentence that no
// name covers, where the sentence is not written as a headline.
func (b *builder) properNouns(s [2]int, covered []bool) {
	long, capital := 0, 0
	for i := s[0]; i < s[1]; i++ {
		if f := b.doc.Form(i); len(f) >= 4 && hasLetter(f) {
			long++
			if capitalised(f) {
				capital++
			}
		}
	}
	headline := capital*10 >= long*7
	free := func(i int) bool {
		f := b.doc.Form(i)
		return !covered[i] && !b.inName[i] && b.tree.POS(i) == dragoman.PROPN && capitalised(f) &&
			b.f.words.around[b.lower(i)]&(isCalendar|isCommon) == 0
	}
	for i := s[0]; i < s[1]; i++ {
		if !free(i) {
			continue
		}
		end := i + 1
		for end < s[1] && free(end) {
			end++
		}
		n := found{i, end, dragoman.Unclassed}
		key := b.key(i, end)
		known := b.f.names.gaz.look(key) != 0
		alone := end-i == 1 && (b.f.words.nouns[b.word(i)] != nil || b.f.words.titles[b.lower(i)] != nil)
		if (known || !headline) && (known || !alone) && (i > s[0] || known || end-i > 1 || b.surname(i)) {
			b.addName(n)
		}
		i = end - 1
	}
}

// surname reports whether token i is the family name of a person told before.
func (b *builder) surname(i int) bool {
	end, ok := b.families[b.doc.Form(i)]
	return ok && end <= i
}
