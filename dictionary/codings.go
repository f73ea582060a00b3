package dictionary

import (
	"slices"
	"strings"

	"dragoman"
)

// codings returns what a verb with its meaning says of whom.
func (s *sentence) codings(v *verb, m meaning) []Coding {
	sources, targets := s.sides(v, m)
	var all []Coding
	add := func(from, to []Party, code string) {
		if code == "" {
			return
		}
		for _, a := range from {
			for _, b := range to {
				if a.Code == b.Code || !s.Nobody && (a.Code == null || b.Code == null) {
					continue
				}
				all = append(all, Coding{Source: a, Target: b, Code: code, Verb: v.token, Evidence: s.evidence(v, a, b), Where: s.d.where(m.place)})
			}
		}
	}
	add(sources, targets, m.event.forth)
	add(targets, sources, m.event.back)
	return all
}

// sides returns the sources and the targets of a verb. A compound that a pattern
// names is both, and behind the verb only the target where there is a source.
// Of a paired code, one side that is nobody is the other: "the two met".
func (s *sentence) sides(v *verb, m meaning) (sources, targets []Party) {
	both := s.partyOf(m.compound)
	sources, targets = s.partyOf(m.source), s.partyOf(m.target)
	switch {
	case both != nil && !m.behind:
		return both, both
	case both != nil:
		targets = both
	}
	passive := s.t.Passive(v.token)
	if sources == nil {
		sources = s.source(v, m, passive)
	}
	if targets == nil {
		targets = s.target(v, m, sources, passive)
	}
	if m.event.forth != "" && m.event.back != "" {
		if nobody(targets) {
			targets = sources
		} else if nobody(sources) {
			sources = targets
		}
	}
	return sources, targets
}

func nobody(p []Party) bool {
	return !slices.ContainsFunc(p, func(p Party) bool { return p.Code != null })
}

func (s *sentence) partyOf(head int) []Party {
	if head < 0 {
		return nil
	}
	return s.party(head)
}

// source returns whoever does what the verb tells. Where a pattern says that the
// subject is the target, where that is a pronoun, or where there is none, it is
// the nearest that is named before the verb.
func (s *sentence) source(v *verb, m meaning, passive bool) []Party {
	s.args = s.g.Arguments(s.t, v.token, s.args[:0])
	subject, open := -1, !passive
	for _, a := range s.args {
		if a.Slot != "subj" || a.Token == m.target {
			continue
		}
		if p := s.party(a.Token); len(p) > 0 {
			return p
		}
		subject = a.Token
		open = open && s.doc.Tags[a.Token].POS == dragoman.PRON
	}
	if passive && subject < 0 {
		if subject = s.by(v); subject >= 0 {
			if p := s.party(subject); len(p) > 0 {
				return p
			}
		}
	}
	if open {
		if head := s.nearest(v.upper, -1, func(head int) bool { return head != m.target && len(s.party(head)) > 0 }); head >= 0 {
			return s.party(head)
		}
	}
	return s.unnamed(subject)
}

// by returns the noun behind the "by" of a passive that the parser hangs
// elsewhere than on the verb, "was opposed earlier by": -1 for none, or where
// another verb stands between.
func (s *sentence) by(v *verb) int {
	for i, w := range v.lower {
		switch token := int(w.token); {
		case s.verbal(token):
			return -1
		case s.doc.Tags[token].Lemma == "by" && i+1 < len(v.lower):
			head, _ := s.phraseAt(v.lower, i+1, 1)
			return head
		}
	}
	return -1
}

// target returns to whom it is done: in the passive the subject, else the first
// that is named behind the verb and is not the source; where a pattern says that
// the source stands behind it and nobody else does, the subject.
func (s *sentence) target(v *verb, m meaning, sources []Party, passive bool) []Party {
	if passive {
		for _, a := range s.args {
			if a.Slot == "obj" {
				if p := s.party(a.Token); len(p) > 0 {
					return p
				}
			}
		}
	}
	other := func(p Party) bool {
		return !slices.ContainsFunc(sources, func(o Party) bool { return o.Code == p.Code })
	}
	head := s.nearest(v.lower, 1, func(head int) bool {
		return head != m.source && slices.ContainsFunc(s.party(head), other) && !s.aside(head, v.token)
	})
	if head >= 0 {
		return s.party(head)
	}
	if subject := s.g.Subject(s.t, v.token); m.source >= 0 && subject >= 0 && subject != m.source && slices.ContainsFunc(s.party(subject), other) {
		return s.party(subject)
	}
	return s.unnamed(s.nearest(v.lower, 1, func(head int) bool { return !s.t.Is(head, "obl:unmarked", "obl:tmod") }))
}

// aside reports whether a phrase stands in a clause of circumstance with a
// subject of its own, "… after crowds burned Chad's embassy": whoever is named
// there is no target.
func (s *sentence) aside(i, verb int) bool {
	for n := 0; i >= 0 && i != verb && n < maxNesting; i, n = s.t.Head(i), n+1 {
		if (s.t.Is(i, "advcl") || s.t.Rel(i) == "acl") && s.t.Kid(i, "nsubj") >= 0 && s.t.Kid(i, "mark", "advmod") >= 0 {
			return true
		}
	}
	return false
}

// unnamed returns what the options make of a phrase that is in no dictionary.
func (s *sentence) unnamed(head int) []Party {
	if head < 0 || !s.Nobody && s.Unknown == 0 {
		return nil
	}
	var all []Party
	for _, m := range s.members(head) {
		if p := s.described(m); s.Nobody || p.Code != null {
			all = append(all, p)
		}
	}
	return all
}

// described names a phrase by its own words where there are not too many.
func (s *sentence) described(m int) Party {
	first, last := m, m
	var words []string
	for _, r := range s.own(m)[:1] {
		slices.Sort(r)
		first, last = r[0], r[len(r)-1]
		for _, token := range r {
			if !s.t.Is(token, "case") || !s.t.Is(s.t.Head(token), "nmod:poss") {
				words = append(words, strings.ToUpper(s.doc.Form(token)))
			}
		}
	}
	p := Party{null, m, dragoman.Span{Start: s.doc.Tokens[first].Start, End: s.doc.Tokens[last].End}}
	if len(words) <= s.Unknown {
		p.Code = `"` + strings.Join(words, " ") + `"`
	}
	return p
}

// nearest returns the head of the first phrase among words that is wanted; -1.
func (s *sentence) nearest(words []word, step int, wanted func(head int) bool) int {
	for i := 0; i < len(words); {
		head, end := s.phraseAt(words, i, step)
		switch {
		case head < 0:
			i++
		case wanted(head):
			return head
		default:
			i = end
		}
	}
	return -1
}

// evidence spans the verb and both parties.
func (s *sentence) evidence(v *verb, a, b Party) dragoman.Span {
	e := s.doc.Tokens[v.token].Span
	for _, p := range []Party{a, b} {
		if !p.Empty() {
			e = dragoman.Span{Start: min(e.Start, p.Start), End: max(e.End, p.End)}
		}
	}
	return e
}
