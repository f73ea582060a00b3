package pattern

import (
	"cmp"
	"slices"
	"strings"

	"dragoman"
)

// Scene is a document with what its phrases refer to: the question every coder
// of events and ties asks of a token is who stands there.
type Scene struct {
	*Tree
	Grammar *Grammar
	actorOf []int32 // mention → actor; -1
	placeOf []int32 // mention → place; -1
	dateOf  []int32 // token → date; -1
	cueOf   []int32 // token → the attribution whose cue it heads; -1
	saidIn  []int32 // token → the innermost attribution whose content it stands in; -1
	outer   []int32 // attribution → the smallest larger one that holds it all; -1
}

// NewScene prepares doc, whose layers up to dates are written.
func NewScene(g *Grammar, doc *dragoman.Document) *Scene {
	s := &Scene{Tree: NewTree(doc), Grammar: g, actorOf: none(len(doc.Mentions)), placeOf: none(len(doc.Mentions)),
		dateOf: none(len(doc.Tokens)), cueOf: none(len(doc.Tokens)), saidIn: none(len(doc.Tokens))}
	s.mentionOf = doc.MentionsByToken()
	for a, actor := range doc.Actors {
		for _, m := range actor.Mentions {
			s.actorOf[m] = int32(a)
		}
	}
	for p, place := range doc.Places {
		for _, m := range place.Mentions {
			s.placeOf[m] = int32(p)
		}
	}
	for d, date := range doc.Dates {
		for i := date.First; i < date.End; i++ {
			s.dateOf[i] = int32(d)
		}
	}
	for k := range doc.Mentions {
		// "Democrat Jane Dorsey" is she, though her name hangs on that of her party.
		if h := s.bodyOf(&doc.Mentions[k]); h >= 0 {
			s.mentionOf[h] = int32(k)
		}
	}
	for a, x := range doc.Attributions {
		if x.CueHead >= 0 {
			s.cueOf[x.CueHead] = int32(a)
		}
	}
	s.fillSaid()
	return s
}

// bodyOf returns the token of the party or body right behind whose name a person stands that
// belongs to it, where the parser makes the name the head of both: "Democrat Jane Dorsey",
// "the World Bank (WB) chief economist Oto Brun"; -1.
func (s *Scene) bodyOf(m *dragoman.Mention) int {
	h := s.Head(m.Head)
	if m.Class != dragoman.Person || m.Form == dragoman.Pronoun || h < 0 || h >= m.First || !s.Is(m.Head, "flat", "appos", "dep", "nmod") || s.Case(m.Head) != "" || s.Rel(m.Head) == "nmod:poss" {
		return -1
	}
	body := func(t int) bool {
		b := s.mentionOf[t]
		if b < 0 || s.Doc.Mentions[b].Form != dragoman.Name || s.Doc.Mentions[b].Class != dragoman.Organisation {
			return false
		}
		at := s.Doc.Mentions[b].End
		if at+2 < m.First && s.Doc.Form(at) == "(" && s.Doc.Form(at+2) == ")" {
			at += 3
		}
		for at < m.First && (m.Title.Contains(s.Doc.Tokens[at].Span) || s.Above(m.Head, at) && s.POS(at) != dragoman.PUNCT) {
			at++
		}
		return at == m.First
	}
	if body(h) {
		return h
	}
	for _, k := range s.Kids(h) { // beside the body on what has both
		if k := int(k); k < m.First && s.Is(k, "nmod", "obl") && s.Is(m.Head, "nmod") && s.Kid(m.Head, "cc") < 0 && body(k) {
			return k
		}
	}
	return -1
}

func none(n int) []int32 {
	all := make([]int32, n)
	for i := range all {
		all[i] = -1
	}
	return all
}

// fillSaid writes the contents from the largest to the smallest, and of two that are the
// same the one that the other passes on last, so that the innermost stays.
func (s *Scene) fillSaid() {
	order := make([]int, len(s.Doc.Attributions))
	for i := range order {
		order[i] = i
	}
	length := func(i int) int { return s.Doc.Attributions[i].End - s.Doc.Attributions[i].First }
	deep := func(i int) int {
		n := 0
		for i = s.Doc.Attributions[i].Parent; i >= 0 && n < depthLimit; n++ {
			i = s.Doc.Attributions[i].Parent
		}
		return n
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Or(length(b)-length(a), deep(a)-deep(b)) })
	s.outer = none(len(order))
	for _, a := range order {
		if first := s.Doc.Attributions[a].First; first < len(s.saidIn) && length(a) > 0 {
			if o := s.saidIn[first]; o >= 0 && s.Doc.Attributions[o].End >= s.Doc.Attributions[a].End && length(int(o)) > length(a) {
				s.outer[a] = o
			}
		}
		for i := s.Doc.Attributions[a].First; i < s.Doc.Attributions[a].End; i++ {
			s.saidIn[i] = int32(a)
		}
	}
}

// Mention returns the mention that token heads or whose name it stands in; -1.
func (s *Scene) Mention(token int) int { return int(s.mentionOf[token]) }

// CueOf returns the attribution whose cue token heads; -1.
func (s *Scene) CueOf(token int) int { return int(s.cueOf[token]) }

// ActorOf returns the actor of a mention; -1.
func (s *Scene) ActorOf(mention int) int {
	if a := s.actorOf[mention]; a >= 0 {
		return int(a)
	}
	return int(s.actorOf[s.Doc.Mentions[mention].Chain])
}

// PlaceOf returns the place of a mention; -1.
func (s *Scene) PlaceOf(mention int) int {
	if p := s.placeOf[mention]; p >= 0 {
		return int(p)
	}
	return int(s.placeOf[s.Doc.Mentions[mention].Chain])
}

// Arguments appends the arguments of predicate p to args. Where the syntax
// gives a verb of saying no subject, its source stands for it.
func (s *Scene) Arguments(p int, args []Arg) []Arg {
	start := len(args)
	args = s.Grammar.Arguments(s.Tree, p, args)
	args = slices.DeleteFunc(args, func(a Arg) bool {
		return a.Slot == "subj" && (s.placeName(a.Token) || s.ranks(p, a.Token)) || s.outsideQuote(p, a.Token)
	})
	for i := range args[start:] {
		if a := &args[start+i]; a.Slot == "subj" && s.undergoes(p, a.Token) {
			a.Slot = "of"
		}
	}
	a := s.cueOf[p]
	if a < 0 || s.POS(p) != dragoman.VERB || s.Doc.Attributions[a].SourceHead < 0 {
		return args
	}
	for _, x := range args[start:] {
		if x.Slot == "subj" {
			return args
		}
	}
	return append(args, Arg{"subj", s.Doc.Attributions[a].SourceHead})
}

// outsideQuote reports whether p stands in words that are quoted and token does
// not: whoever speaks them is no party to their predicates but by a pronoun.
func (s *Scene) outsideQuote(p, token int) bool {
	a := s.saidIn[p]
	for n := 0; a >= 0 && n < depthLimit; a, n = s.outer[a], n+1 {
		if x := s.Doc.Attributions[a]; x.Manner == dragoman.Quote {
			return token < x.First || token >= x.End
		}
	}
	return false
}

// undergoes reports whether noun p, which is called by the name of the person that token is,
// is done to him: "the Clinton investigation".
func (s *Scene) undergoes(p, token int) bool {
	return s.Head(token) == p && s.Is(token, "compound", "nmod:desc") && s.class(token) == dragoman.Person && s.Doc.Tags[p].Has("Number=Sing") && s.Grammar.Undergone[s.Lemma(p)]
}

// ranks reports whether the possessor token only says where noun p is the second, or the
// deadliest, of its kind: the country's second attack is not by the country, nor is
// Mali's deadliest by Mali.
func (s *Scene) ranks(p, token int) bool {
	if !s.Is(token, "nmod:poss") || s.Head(token) != p {
		return false
	}
	m := s.Mention(token)
	if m < 0 || s.Doc.Mentions[m].Class != dragoman.Location && !s.Refers(token, "state") {
		return false
	}
	for _, k := range s.Kids(p) {
		if k := int(k); s.Is(k, "amod") && (s.Doc.Tags[k].Has("Degree=Sup") || s.Doc.Tags[k].Has("NumType=Ord") && s.Doc.Mentions[m].Form == dragoman.Nominal) {
			return true
		}
	}
	return false
}

// placeName reports whether a noun is only described by the name of a place
// that token is: the Paris attacks are not by Paris, though US sanctions are by
// the US. What is called by its year too, "the 2018 Ahwaz attack", is called by its place,
// even where the name may be a person's.
func (s *Scene) placeName(token int) bool {
	if !s.Is(token, "compound", "nmod:desc") || s.POS(token) != dragoman.PROPN {
		return false
	}
	m := s.Mention(token)
	form := s.Doc.Form(token)
	if m < 0 || strings.ToUpper(form) == form {
		return false
	}
	class := s.Doc.Mentions[m].Class
	return class == dragoman.Location || class == dragoman.Person && token > 0 && s.Head(token-1) == s.Head(token) && s.POS(token-1) == dragoman.NUM && len(s.Doc.Form(token-1)) == 4
}

// Date returns the date that token stands in; -1.
func (s *Scene) Date(token int) int { return int(s.dateOf[token]) }

// lookInto bounds how deep a phrase that refers to nobody is looked into:
// "the positions of the army of Chad".
const lookInto = 3

// Actors returns the actors that the phrase headed by token refers to. A
// phrase that refers to none itself is looked into: of "Iran's nuclear
// programme" it returns Iran.
func (s *Scene) Actors(token int) []int { return s.actors(token, 0) }

func (s *Scene) actors(token, depth int) []int {
	if m := s.Mention(token); m >= 0 {
		if a := s.ofMention(m); len(a) > 0 {
			return a
		}
	}
	if s.Grammar.Apart[s.Lemma(token)] {
		return s.titled(token) // "his counterpart, Amir Muttaqi"
	}
	if depth == lookInto || s.POS(token) == dragoman.VERB || s.POS(token) == dragoman.PRON && s.Kid(token, "nmod", "obl") < 0 {
		return nil
	}
	if a := s.titled(token); len(a) > 0 {
		return a
	}
	// "several of the rebels" are rebels, and a parser hangs them on either way
	for _, rels := range [][]string{{"nmod:poss"}, {"nmod", "obl"}, {"compound", "amod", "nmod:desc", "flat"}} {
		for _, k := range s.Kids(token) {
			k := int(k)
			if !s.Is(k, rels...) || rels[0] == "nmod" && s.Case(k) != "of" || rels[0] == "compound" && (!s.tellsName(k, depth+1) || s.calledBy(k)) || s.follows(token, k) {
				continue
			}
			if a := s.actors(k, depth+1); len(a) > 0 {
				if rels[0] == "nmod" && s.Mention(k) >= 0 { // "the policies of Chad and Mali" are both's
					for _, c := range s.Conjuncts(k)[1:] {
						if m := s.Mention(c); m >= 0 {
							a = slices.Concat(a, s.ofMention(m))
						}
					}
				}
				return a
			}
		}
	}
	if s.Grammar.Writings[s.Lemma(token)] {
		return s.author(token, depth)
	}
	return nil
}

// author returns who put down or speaks the words that the noun at token tells of: whose
// by-phrase stands at it, or who uttered them as far as reach sentences before, where the
// noun points back, "sent a letter … The letter accuses Chad".
func (s *Scene) author(token, depth int) []int {
	for _, k := range s.Kids(token) {
		if k := int(k); s.Is(k, "nmod") && s.Case(k) == "by" {
			return s.actors(k, depth+1)
		}
		if k := int(k); s.Is(k, "acl") && s.Grammar.Utters[s.Verb(k)] && s.Passive(k) {
			if by := s.Kid(k, "obl:agent"); by >= 0 {
				return s.actors(s.Antecedent(by), depth+1)
			}
		}
	}
	det := s.Kid(token, "det")
	if det < 0 || s.Lemma(det) == "a" || s.Kid(token, "nmod:poss", "nmod") >= 0 {
		return nil
	}
	const reach = 4 // sentences; what is further back is not pointed at
	lemma, first := s.Lemma(token), s.Doc.Sentences[max(0, s.Sentence(token)-reach)].First
	for i := token - 1; i >= first; i-- {
		if s.Lemma(i) != lemma || s.POS(i) != dragoman.NOUN {
			continue
		}
		if v := s.Head(i); v >= 0 && s.Is(i, "obj") && s.Grammar.Utters[s.Verb(v)] && !s.Passive(v) {
			if by := s.Grammar.Subject(s.Tree, v); by >= 0 {
				return s.actors(by, depth+1)
			}
		}
		return nil
	}
	return nil
}

// follows reports whether the phrase headed by token is of people whom the person at token k
// has: "Mrs. Clinton's aides" are not she.
func (s *Scene) follows(token, k int) bool {
	return s.class(token) == dragoman.Person && s.class(k) == dragoman.Person && s.Doc.Mentions[s.Mention(k)].Form == dragoman.Name
}

// calledBy reports whether the place at token k only says where what an attack is called by
// was: "the 2018 Ahwaz attack, which targeted a parade" is not Ahwaz.
func (s *Scene) calledBy(k int) bool {
	h := s.Head(k)
	return h >= 0 && s.Grammar.Attacks[s.Lemma(h)] && s.placeName(k)
}

// tellsName reports whether the modifier at token k is a name or an adjective made from
// one, or has such a modifier: "a Chinese coast guard ship".
func (s *Scene) tellsName(k, depth int) bool {
	if named(s.Tree, k) || depth >= lookInto {
		return named(s.Tree, k)
	}
	return slices.ContainsFunc(s.Kids(k), func(d int32) bool { return s.Is(int(d), "compound", "amod") && s.tellsName(int(d), depth+1) })
}

// titled returns the person whose name stands behind the title that token is, and the body
// whose name stands right behind what it is: "the French envoy Jean Moreau" is he, "the
// Italian oil giant Eni" is Eni, neither is his state, however the syntax hangs it.
func (s *Scene) titled(token int) []int {
	for _, k := range s.Kids(token) {
		k := int(k)
		if k < token || !s.Is(k, "flat", "appos") {
			continue
		}
		if m := s.Mention(k); m >= 0 && s.Doc.Mentions[m].Form == dragoman.Name &&
			(s.Doc.Mentions[m].Class == dragoman.Person || s.Doc.Mentions[m].Class == dragoman.Organisation && s.Doc.Mentions[m].First == token+1) {
			return s.ofMention(m)
		}
	}
	return nil
}

func (s *Scene) ofMention(m int) []int {
	if a := s.ActorOf(m); a >= 0 {
		return []int{a}
	}
	mention := s.Doc.Mentions[m]
	if len(mention.Members) == 0 {
		mention = s.Doc.Mentions[mention.Chain]
	}
	var all []int
	for _, member := range mention.Members {
		if a := s.ActorOf(member); a >= 0 && !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	return all
}

// Place returns the place that the phrase headed by token is or names: "the
// port of Ay Khanum"; -1.
func (s *Scene) Place(token int) int {
	if m := s.Mention(token); m >= 0 {
		if p := s.PlaceOf(m); p >= 0 {
			return p
		}
	}
	for _, k := range s.Kids(token) {
		if k := int(k); (s.Is(k, "nmod", "compound", "flat", "appos") && s.Rel(k) != "nmod:poss" || s.Is(k, "amod") && s.POS(k) == dragoman.PROPN) && (s.Case(k) == "of" || s.Case(k) == "") {
			m := s.Mention(k)
			if m < 0 || s.PlaceOf(m) < 0 || s.Doc.Places[s.PlaceOf(m)].Kind == "country" && k < token && s.Case(k) == "" {
				continue // "a U.S. destroyer" is wherever it is
			}
			return s.PlaceOf(m)
		}
	}
	return -1
}

// Said returns the attributions in whose contents token stands, innermost
// first. What somebody only speaks about ("condemned the attack", "referred to the
// attack") is no claim of his; and "I believe" in the words of a minister is no second source.
func (s *Scene) Said(token int) []int {
	var all, seen []int
	for a := int(s.saidIn[token]); a >= 0 && !slices.Contains(seen, a); {
		seen = append(seen, a)
		next := s.Doc.Attributions[a].Parent
		if next < 0 {
			next = int(s.outer[a])
		}
		if !s.spokenOf(a, token) && (next < 0 || !s.speaker(a)) {
			all = append(all, a)
		}
		a = next
	}
	return all
}

// speaker reports whether the source of attribution a is whoever speaks there: "I", "we".
func (s *Scene) speaker(a int) bool {
	h := s.Doc.Attributions[a].SourceHead
	return h >= 0 && s.POS(h) == dragoman.PRON && s.Doc.Tags[h].Has("Person=1")
}

// spokenOf reports whether attribution a holds token only as the object of a
// cue that does not tell of it: "condemned", but not "announced", "claimed"; nor does who
// rejects an offer deny that it was made.
func (s *Scene) spokenOf(a, token int) bool {
	x := s.Doc.Attributions[a]
	if x.CueHead < 0 || x.Manner != dragoman.Paraphrase || s.Grammar.Tells[s.Lemma(x.CueHead)] {
		return false
	}
	for i, n := token, 0; i >= 0 && n < len(s.Doc.Tokens); i, n = s.Head(i), n+1 {
		if h := s.Head(i); h == x.CueHead {
			if x.Stance == "denies" {
				return s.Is(i, "obj", "nsubj:pass") && s.Grammar.Asked[s.Lemma(i)]
			}
			return s.POS(i) != dragoman.VERB && (s.Is(i, "obj", "nsubj:pass") || s.Is(i, "obl", "nmod") && s.Grammar.Touches[s.Lemma(h)] && !s.indefinite(i))
		} else if h >= 0 && s.POS(i) == dragoman.VERB && s.Is(i, "ccomp") {
			return false
		}
	}
	return false
}

// Source returns the token that heads the source of an attribution, its own or
// that of the attribution it continues; -1.
func (s *Scene) Source(attribution int) int {
	for n := 0; attribution >= 0 && n <= len(s.Doc.Attributions); n++ {
		a := s.Doc.Attributions[attribution]
		if a.SourceHead >= 0 || a.Continues < 0 {
			return a.SourceHead
		}
		attribution = a.Continues
	}
	return -1
}

// Tellers returns who tells what the attributions said claim, innermost first: the actors of
// the innermost source, or a number below 0 for one that is no known actor; none where the
// outlet tells it.
func (s *Scene) Tellers(said []int) []int {
	if len(said) == 0 {
		return nil
	}
	if h := s.Source(said[0]); h >= 0 {
		if actors := s.Actors(h); len(actors) > 0 {
			return actors
		}
	}
	return []int{-1 - said[0]}
}

// Speakers returns the actors who say what token stands in; nil where the
// outlet tells it or the source is no known actor.
func (s *Scene) Speakers(token int) []int {
	for _, a := range s.Said(token) {
		if h := s.Source(a); h >= 0 {
			return s.Actors(h)
		}
	}
	return nil
}

// Voiced implements World: media only pass on what happened.
func (s *Scene) Voiced(token int) bool {
	return slices.ContainsFunc(s.Speakers(token), func(a int) bool { return s.Doc.Actors[a].Kind != "media" })
}

// itself reports whether the phrase headed by token is somebody, and not only
// somebody's: "the envoy's credentials" are no envoy.
func (s *Scene) itself(token int) bool {
	if m := s.Mention(token); m >= 0 && len(s.ofMention(m)) > 0 {
		return true
	}
	return s.Kid(token, "nmod:poss") < 0 || len(s.titled(token)) > 0
}

// Refers implements World.
func (s *Scene) Refers(token int, kind string) bool {
	if kind == "place" {
		return s.Place(token) >= 0
	}
	actors := s.Actors(token)
	if len(actors) == 0 || kind == "person" && !s.itself(token) {
		return false
	}
	a := s.Doc.Actors[actors[0]]
	has := func(sectors ...string) bool {
		return slices.ContainsFunc(a.Sectors, func(x string) bool { return slices.Contains(sectors, x) })
	}
	switch kind {
	case "actor":
		return true
	case "state":
		return a.Kind == "state" || a.Kind == "government"
	case "person":
		return a.Kind == "person" || a.Kind == "people"
	case "armed":
		return a.Kind == "armed_group" || has("MIL", "REB", "COP", "UAF", "SPY", "SEP", "RAD")
	case "company":
		return a.Kind == "company"
	case "politics":
		return (a.Kind == "person" || a.Kind == "people" || a.Kind == "party") && has("GOV", "LEG", "ELI", "OPP", "PTY") && !has("MIL", "REB", "COP", "UAF", "SPY", "SEP", "RAD")
	case "group":
		return a.Kind != "person" && a.Kind != "people" && a.Kind != "unknown"
	}
	return false
}
