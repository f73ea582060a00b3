package dictionary

import (
	"slices"
	"strings"

	"dragoman"
)

// nominal reports whether a token can head a noun phrase.
func (s *sentence) nominal(i int) bool {
	switch s.doc.Tags[i].POS {
	case dragoman.NOUN, dragoman.PROPN, dragoman.PRON:
		return true
	case dragoman.NUM, dragoman.ADJ, dragoman.X, dragoman.SYM:
		return !s.inside(i)
	}
	return false
}

// inside reports whether a token is only a word of the name or the noun it depends on.
func (s *sentence) inside(i int) bool {
	return s.t.Is(i, "compound", "flat", "amod", "nummod", "det", "fixed", "goeswith", "nmod:desc")
}

// held reports whether dependent k belongs to the phrase of noun i: no clause,
// no punctuation.
func (s *sentence) held(k int) bool {
	return s.t.Is(k, "nmod", "compound", "flat", "amod", "nummod", "det", "case", "fixed", "goeswith", "appos", "conj", "dep", "advmod") &&
		(s.nominal(k) || !s.verbal(k))
}

// extent returns the first and the last token of the phrase of noun i.
func (s *sentence) extent(i int) (first, last int) {
	r := &s.reach[i-s.sent.First]
	if r[0] > 0 {
		return int(r[0]) - 1, int(r[1]) - 1
	}
	first, last = i, i
	*r = [2]int32{int32(i + 1), int32(i + 1)}
	for _, k := range s.t.Kids(i) {
		if k := int(k); s.held(k) && !(s.t.Is(k, "case") && k < i) {
			a, z := s.span(k)
			first, last = min(first, a), max(last, z)
		}
	}
	*r = [2]int32{int32(first + 1), int32(last + 1)}
	return first, last
}

// span is extent with the preposition.
func (s *sentence) span(i int) (first, last int) {
	first, last = s.extent(i)
	if k := s.t.Kid(i, "case"); k >= 0 {
		first, last = min(first, k), max(last, k)
	}
	return first, last
}

// maxReadings bounds the ways through the coordinations of one phrase.
const maxReadings = 64

// reading is the tokens of one way through the coordinations of a phrase, in order.
type reading []int

// readings returns the ways through the coordinations of a phrase: "the
// ambassadors of Chad and Mali" are two.
func (s *sentence) readings(i, depth int) []reading {
	var all []reading
	for _, m := range s.members(i) {
		all = append(all, s.member(m, depth)...)
	}
	return all[:min(len(all), maxReadings)]
}

// members returns the nouns that are coordinated in phrase i. What a parser
// coordinates right behind a member, without a comma or an "and", is one too:
// in "Mali and the awful, evil Chad" it may take each adjective for a member.
func (s *sentence) members(i int) []int {
	all := s.t.Conjuncts(i)
	for n := 0; n < len(all) && n < maxMembers; n++ {
		for _, k := range s.t.Kids(all[n]) {
			k := int(k)
			if !s.t.Is(k, "conj") || slices.Contains(all, k) {
				continue
			}
			if first, _ := s.extent(k); slices.Contains(all, first-1) {
				all = append(all, k)
			}
		}
	}
	all = slices.DeleteFunc(all, func(m int) bool { return m != i && s.verbal(m) })
	return all[:min(len(all), maxMembers)]
}

// member returns the readings of one member of a coordination.
func (s *sentence) member(m, depth int) []reading {
	all := []reading{{m}}
	if depth == 0 {
		return all
	}
	for _, k := range s.t.Kids(m) {
		if k := int(k); s.held(k) && !s.t.Is(k, "conj") {
			all = product(all, s.readings(k, depth-1))
		}
	}
	return all
}

// own returns the readings of a member without its preposition.
func (s *sentence) own(m int) []reading {
	all := s.member(m, maxClimb)
	for i, r := range all {
		all[i] = slices.DeleteFunc(r, func(k int) bool { return k < m && s.t.Head(k) == m && s.t.Is(k, "case") })
	}
	return all
}

// product puts every reading together with every other.
func product(a, b []reading) []reading {
	all := make([]reading, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			if len(all) < maxReadings {
				all = append(all, append(slices.Clone(x), y...))
			}
		}
	}
	return all
}

// party returns who a phrase is, for every member of it that is somebody. It is
// the members' own words that are coded; a member that names nobody by itself
// shares what stands before the first of them, unless it has an article of its
// own, and behind the last: "Danish media and government", "lawmakers and
// officials in Chad".
func (s *sentence) party(head int) []Party {
	who, ok := s.parties[head]
	if ok {
		return who
	}
	members := s.members(head)
	for _, m := range members {
		found := s.coded(m, s.own(m))
		if !slices.ContainsFunc(found, known) {
			if shared := s.shared(m, members); shared != nil {
				if with := s.coded(m, product(s.own(m), shared)); slices.ContainsFunc(with, known) {
					found = with
				}
			}
		}
		for _, p := range found {
			if !slices.ContainsFunc(who, func(o Party) bool { return o.Code == p.Code }) {
				who = append(who, p)
			}
		}
	}
	s.parties[head] = who
	return who
}

// known reports whether a dictionary of actors has a party.
func known(p Party) bool { return !strings.HasPrefix(p.Code, null) }

// shared returns the readings of what other members of a coordination share with
// m; nil for nothing.
func (s *sentence) shared(m int, members []int) []reading {
	all := []reading{nil}
	for _, other := range members {
		if other == m {
			continue
		}
		for _, k := range s.t.Kids(other) {
			k := int(k)
			before := k < members[0] && s.t.Kid(m, "det") < 0
			if s.held(k) && !s.t.Is(k, "conj", "det", "appos") && (before && k < m || k > members[len(members)-1]) {
				all = product(all, s.readings(k, maxClimb))
			}
		}
	}
	if len(all) == 1 && all[0] == nil {
		return nil
	}
	return all
}

// coded returns the parties of readings of member m that are somebody.
func (s *sentence) coded(m int, readings []reading) []Party {
	var all []Party
	for _, r := range readings {
		slices.Sort(r)
		p := s.d.party(s.doc, r[:min(len(r), maxContext)])
		if p == "" || p == null {
			continue
		}
		expanded := strings.Split(p, "/")
		for _, code := range expanded {
			all = append(all, Party{code, m, dragoman.Span{Start: s.doc.Tokens[r[0]].Start, End: s.doc.Tokens[r[len(r)-1]].End}})
		}
	}
	return all
}

// Party returns the code of tokens first..end-1 taken as one phrase, as Code has
// it: that of the first actor that they name, on the day of publication, with
// the codes of the agents; "---" and these where no actor is named, "" where
// nobody is. A name of several actors gives all, "FRA/DEU".
func (c *Coder) Party(doc *dragoman.Document, first, end int) string {
	tokens := make(reading, 0, end-first)
	for i := first; i < end; i++ {
		tokens = append(tokens, i)
	}
	return c.d.party(doc, tokens)
}

// party returns the code of a phrase (PETRARCH's check_NEphrase): the first
// actor in it is the base; the code of each agent outside of the actor's name is
// put behind it, or before it, once.
func (d *Dictionary) party(doc *dragoman.Document, r reading) string {
	var ids []int32
	for _, token := range r {
		pronoun := doc.Tags[token].POS == dragoman.PRON
		split(doc.Form(token), func(part string) {
			id := d.words.byWord[part]
			if pronoun {
				id = 0 // "us" is no state
			}
			ids = append(ids, id)
		})
	}
	code, first, last := "", 0, 0
	for i := range ids {
		if n, end, ok := d.actors.at(ids, i); ok {
			code, first, last = d.codes[n.meaning].on(doc.Published), i, end
			break
		}
	}
	for i := 0; i < len(ids); i++ {
		if i >= first && i < last {
			continue
		}
		if n, end, ok := d.agents.at(ids, i); ok {
			code = d.affixes[n.meaning].to(code)
			i = end - 1
		}
	}
	return code
}

// to puts an agent's code to an actor's, unless that has it already. Codes are
// compared in steps of three letters, of which CAMEO's are made.
func (a affix) to(code string) string {
	if code == "" {
		code = null
	}
	for i := 0; i+len(a.code) <= len(code); i += 3 {
		if code[i:i+len(a.code)] == a.code {
			return code
		}
	}
	if a.before {
		return a.code + code
	}
	return code + a.code
}
