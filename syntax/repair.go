package syntax

import "dragoman"

// repair mends arcs that English grammar rules out, which a parser that reads
// from left to right and never looks back makes in long sentences. tags and
// arcs are those of one sentence, heads counted from its first token; comma
// reports whether token i is a comma, opens whether it is a word that can
// introduce a clause. Each rule is a sentence of grammar.
func repair(tags []dragoman.Tag, arcs []dragoman.Arc, comma, opens func(i int) bool) {
	s := &surgery{tags, arcs, comma, opens}
	for v := range arcs {
		s.offPunctuation(v)
	}
	for v := range arcs {
		s.secondSubject(v)
		s.lostClause(v)
		s.casedSubject(v)
		s.looseAdjective(v)
		s.openApposition(v)
		s.finiteConjunct(v)
		s.bareSubject(v)
	}
	for v := range arcs {
		s.afterRelative(v)
	}
}

type surgery struct {
	tags  []dragoman.Tag
	arcs  []dragoman.Arc
	comma func(i int) bool
	opens func(i int) bool
}

func (s *surgery) kid(v int, rels ...string) int {
	for k, a := range s.arcs {
		if a.Head != v {
			continue
		}
		for _, r := range rels {
			if a.Rel == r || len(a.Rel) > len(r) && a.Rel[:len(r)] == r && a.Rel[len(r)] == ':' {
				return k
			}
		}
	}
	return -1
}

// finite reports whether v is a verb with a tense of its own.
func (s *surgery) finite(v int) bool {
	if s.tags[v].POS != dragoman.VERB {
		return false
	}
	switch s.tags[v].XPOS {
	case "VBD", "VBZ", "VBP":
		return true
	}
	return s.kid(v, "aux") >= 0
}

func nominal(p dragoman.POS) bool {
	return p == dragoman.NOUN || p == dragoman.PROPN || p == dragoman.PRON || p == dragoman.NUM
}

// finiteConjunct: a verb is coordinated with a predicate, not with the noun
// before it.
func (s *surgery) finiteConjunct(v int) {
	h := s.arcs[v].Head
	if s.arcs[v].Rel != "conj" || h < 0 || h > v || !nominal(s.tags[h].POS) || s.kid(h, "cop") >= 0 {
		return
	}
	participle := s.tags[v].XPOS == "VBN" && s.kid(v, "cc") >= 0 && s.kid(v, "aux", "nsubj", "obl:agent") < 0
	if !participle && !s.finite(v) {
		return
	}
	for a, n := s.arcs[h].Head, 0; a >= 0 && n < len(s.arcs); a, n = s.arcs[a].Head, n+1 {
		if a >= v || !s.predicate(a) || participle && s.tags[a].XPOS != "VBD" {
			continue
		}
		s.arcs[v].Head = a
		if participle { // "condemned the verdict and called": its past tense looks the same
			s.tags[v].XPOS, s.tags[v].Feats = "VBD", s.tags[a].Feats
		}
		return
	}
}

// lostClause: a finite verb that nothing joins to what it is said to be
// coordinated with has the phrase before it for its subject, if a word opens
// that phrase which also opens clauses: "after the ministry in Gao accused".
func (s *surgery) lostClause(v int) {
	h := s.arcs[v].Head
	if s.arcs[v].Rel != "conj" || h < 0 || h > v || !s.finite(v) || s.kid(v, "cc", "nsubj", "csubj", "expl", "mark") >= 0 || s.behindComma(v) {
		return
	}
	for n := v - 1; n > h && n >= 0; n = s.arcs[n].Head {
		c := s.kid(n, "case")
		if !nominal(s.tags[n].POS) {
			return
		}
		if c < 0 || !s.opens(c) {
			continue
		}
		if days := s.kid(n, "nmod:unmarked"); days >= 0 && days < c {
			s.arcs[days] = dragoman.Arc{Head: v, Rel: "obl:unmarked"}
		}
		s.arcs[c] = dragoman.Arc{Head: v, Rel: "mark"}
		s.arcs[n] = dragoman.Arc{Head: v, Rel: "nsubj"}
		s.arcs[v].Rel = "advcl"
		for !s.predicate(s.arcs[v].Head) && s.arcs[s.arcs[v].Head].Head >= 0 {
			s.arcs[v].Head = s.arcs[s.arcs[v].Head].Head
		}
		return
	}
}

func (s *surgery) predicate(i int) bool {
	return s.tags[i].POS == dragoman.VERB || s.kid(i, "cop", "nsubj") >= 0
}

// subjectless reports whether v is a finite verb that nothing is said of yet.
func (s *surgery) subjectless(v int) bool {
	return s.finite(v) && s.kid(v, "nsubj", "csubj", "expl") < 0
}

// offPunctuation: nothing depends on a mark of punctuation.
func (s *surgery) offPunctuation(i int) {
	for n := 0; n < len(s.arcs); n++ {
		h := s.arcs[i].Head
		if h < 0 || s.tags[h].POS != dragoman.PUNCT || s.arcs[h].Head < 0 {
			return
		}
		s.arcs[i].Head = s.arcs[h].Head
	}
}

// secondSubject: a verb has one subject. Another one behind it, with "and"
// before and what looks like a participle after, is a clause of its own:
// "left, and thousands of people demonstrated".
func (s *surgery) secondSubject(k int) {
	h := s.arcs[k].Head
	if s.arcs[k].Rel != "nsubj" || h < 0 || h > k || !nominal(s.tags[k].POS) || s.kid(k, "cc") < 0 {
		return
	}
	v := s.kid(k, "acl")
	if v < k || s.tags[v].XPOS != "VBN" || s.kid(v, "aux", "obl:agent") >= 0 {
		return
	}
	c := s.kid(k, "cc")
	s.arcs[c].Head, s.arcs[k].Head = v, v
	s.arcs[v] = dragoman.Arc{Head: h, Rel: "conj"}
	s.tags[v].XPOS, s.tags[v].Feats = "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin"
}

// casedSubject: what a preposition opens is no subject.
func (s *surgery) casedSubject(k int) {
	v := s.arcs[k].Head
	if s.arcs[k].Rel != "nsubj" || v < 0 || k > v || s.tags[v].POS != dragoman.VERB {
		return
	}
	if c := s.kid(k, "case"); c >= 0 && c < k && s.kid(c, "fixed") >= 0 {
		s.arcs[k].Rel = "obl"
	}
}

// looseAdjective: an adjective without a copula has no subject of its own; in
// "sources close to the talks said" the sources are the verb's.
func (s *surgery) looseAdjective(v int) {
	if !s.subjectless(v) {
		return
	}
	for c := range v {
		if s.arcs[c].Head != v || s.tags[c].POS != dragoman.ADJ || s.kid(c, "cop", "aux") >= 0 {
			continue
		}
		if k := s.kid(c, "nsubj"); k >= 0 && k < c {
			s.arcs[k] = dragoman.Arc{Head: v, Rel: "nsubj"}
			s.arcs[c] = dragoman.Arc{Head: k, Rel: "amod"}
			return
		}
	}
}

// openApposition: an apposition is closed by a comma; what follows a comma and
// runs right up to a verb without a subject is that subject: "According to the
// ministry, the general left".
func (s *surgery) openApposition(v int) {
	rel := s.arcs[v].Rel
	if rel != "root" && rel != "ccomp" && rel != "parataxis" || !s.subjectless(v) {
		return
	}
	end := v - 1
	for end >= 0 && (s.tags[end].POS == dragoman.ADV || s.tags[end].POS == dragoman.AUX) {
		end--
	}
	for k, n := end, 0; k >= 0 && n < 8 && nominal(s.tags[k].POS); k, n = s.arcs[k].Head, n+1 {
		if s.arcs[k].Rel != "appos" && (s.arcs[k].Rel != "conj" || s.kid(k, "cc") >= 0) {
			continue
		}
		if first := s.left(k); first > 0 && (s.comma(first) || s.comma(first-1)) && s.kid(k, "case") < 0 {
			s.arcs[k] = dragoman.Arc{Head: v, Rel: "nsubj"}
			if s.kid(v, "aux:pass") >= 0 {
				s.arcs[k].Rel = "nsubj:pass"
			}
		}
		return
	}
}

// left returns the first token of the subtree of k.
func (s *surgery) left(k int) int {
	first := k
	for i := k - 1; i >= 0; i-- {
		for h, n := i, 0; h >= 0 && n < len(s.arcs); h, n = s.arcs[h].Head, n+1 {
			if h == k {
				first = i
				break
			}
		}
		if first != i {
			break
		}
	}
	return first
}

// bareSubject: a name or pronoun before a verb that has no subject, without a
// preposition, is that subject.
func (s *surgery) bareSubject(k int) {
	v := s.arcs[k].Head
	if s.arcs[k].Rel != "obl" || v <= k || s.tags[k].POS != dragoman.PROPN && s.tags[k].POS != dragoman.PRON ||
		!s.finite(v) || s.kid(k, "case") >= 0 || s.kid(v, "nsubj", "csubj", "expl") >= 0 {
		return
	}
	s.arcs[k].Rel = "nsubj"
	if s.kid(v, "aux:pass") >= 0 {
		s.arcs[k].Rel = "nsubj:pass"
	}
}

// afterRelative: in "X, who spoke, said …" the finite verb behind the comma has
// X for its subject; it does not belong to the relative clause.
func (s *surgery) afterRelative(v int) {
	rel := s.arcs[v].Rel
	if rel != "conj" && rel != "parataxis" && rel != "ccomp" && rel != "advcl" || !s.finite(v) ||
		s.kid(v, "nsubj", "csubj", "cc", "mark", "expl") >= 0 || !s.behindComma(v) {
		return
	}
	r := s.arcs[v].Head
	for n := 0; r >= 0 && n < 3 && s.arcs[r].Rel != "acl:relcl" && s.kid(r, "nsubj") < 0; n++ {
		r = s.arcs[r].Head
	}
	if r < 0 || r > v {
		return
	}
	noun := -1
	switch who := s.kid(r, "nsubj"); {
	case s.arcs[r].Rel == "acl:relcl":
		noun = s.arcs[r].Head
	case who >= 0 && s.arcs[r].Head < 0:
		// "X" and "who" both hang on the verb of the relative clause.
		for k := who + 1; k < r; k++ {
			if s.arcs[k].Head == r && s.arcs[k].Rel == "nsubj" && s.relative(k) {
				noun = who
			}
		}
	}
	if noun < 0 || noun > r || !nominal(s.tags[noun].POS) {
		return
	}
	if s.arcs[r].Rel != "acl:relcl" {
		s.arcs[v] = s.arcs[r]
		s.arcs[r] = dragoman.Arc{Head: noun, Rel: "acl:relcl"}
	} else if s.arcs[noun].Head >= 0 {
		return // the noun has its place in another clause
	} else {
		s.arcs[v] = s.arcs[noun]
	}
	s.arcs[noun] = dragoman.Arc{Head: v, Rel: "nsubj"}
	if last := len(s.arcs) - 1; s.arcs[last].Rel == "punct" && last > v {
		s.arcs[last].Head = v
	}
}

// relative reports whether k is "who", "which" or the like.
func (s *surgery) relative(k int) bool {
	return s.tags[k].XPOS == "WP" || s.tags[k].XPOS == "WDT"
}

// behindComma reports whether v, with the adverbs and auxiliaries before it,
// follows a comma.
func (s *surgery) behindComma(v int) bool {
	i := v - 1
	for i >= 0 && (s.tags[i].POS == dragoman.ADV || s.tags[i].POS == dragoman.AUX) {
		i--
	}
	return i >= 0 && s.comma(i)
}
