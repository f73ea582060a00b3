package dictionary

// meaning is the code of a verb in its sentence, and whom a pattern names.
type meaning struct {
	event          event
	place          place
	source, target int  // the heads of their phrases, -1 where no pattern names them
	compound       int  // the head of the phrase that stands for both
	behind         bool // the compound stands behind the verb
}

// meaning tries the patterns of a verb; where none fits it has the code of its
// own. A pattern with the code "---" takes it away: "riot police" is no riot.
func (s *sentence) meaning(v *verb) meaning {
	own := meaning{event: v.form.event, place: v.form.place, source: -1, target: -1, compound: -1}
	s.steps = maxSteps
	for i := range s.d.blocks[v.form.block].patterns {
		p := &s.d.blocks[v.form.block].patterns[i]
		if !s.possible(p.lower) || !s.possible(p.upper) {
			continue
		}
		m := own
		m.event, m.place = p.event, p.place
		if s.fits(p.lower, v.lower, 0, 1, &m) && s.fits(p.upper, v.upper, 0, -1, &m) {
			return m
		}
	}
	return own
}

// possible reports whether the sentence has all the words of a pattern.
func (s *sentence) possible(parts []part) bool {
	for _, p := range parts {
		if p.kind == isWord && s.has[p.id] != s.number {
			return false
		}
	}
	return true
}

// fits reports whether the parts of a pattern stand in order among words[i:],
// which lead away from the verb, down its phrase or (step -1) up the sentence.
// It notes whom they name.
func (s *sentence) fits(parts []part, words []word, i, step int, m *meaning) bool {
	if len(parts) == 0 {
		return true
	}
	for p := parts[0]; i < len(words); i++ {
		if s.steps--; s.steps < 0 {
			return false
		}
		before := *m
		if end := s.matches(p, words, i, step, m); end > i && s.fits(parts[1:], words, end, step, m) {
			return true
		}
		*m = before
		if !p.open && !s.transparent(int(words[i].token)) {
			return false
		}
	}
	return false
}

// matches returns the index behind what part p matches at words[i], i where it
// does not.
func (s *sentence) matches(p part, words []word, i, step int, m *meaning) int {
	switch p.kind {
	case isWord:
		if words[i].id == p.id {
			return i + 1
		}
		return i
	case isSynonym:
		return s.synonym(&s.d.synsets[p.id], words, i, step)
	case isSkip:
		return s.skipped(words, i)
	}
	head, end := s.phraseAt(words, i, step)
	if head < 0 {
		return i
	}
	switch who := s.party(head); {
	case p.kind == isCompound && len(who) < 2, p.kind != isCompound && len(who) == 0:
		return i
	case p.kind == isSource:
		m.source = head
	case p.kind == isTarget:
		m.target = head
	case p.kind == isCompound:
		m.compound, m.behind = head, step > 0
	}
	return end
}

// skipped returns the index behind the first noun at or behind words[i], which
// is of its phrase; i where a verb stands before it.
func (s *sentence) skipped(words []word, i int) int {
	for n := i; n < len(words); n++ {
		token := int(words[n].token)
		if s.nominal(token) && !s.inside(token) {
			return n + 1
		}
		if s.verbal(token) {
			break
		}
	}
	return i
}

// synonym returns the index behind a member of a set at words[i], i for none.
func (s *sentence) synonym(set *synset, words []word, i, step int) int {
	members := set.first[words[i].id]
	if step < 0 {
		members = set.last[words[i].id]
	}
next:
	for _, n := range members {
		m := set.members[n]
		if i+len(m) > len(words) {
			continue
		}
		for j := range m {
			k := j
			if step < 0 {
				k = len(m) - 1 - j
			}
			if words[i+j].id != m[k] {
				continue next
			}
		}
		return i + len(m)
	}
	return i
}

// phraseAt returns the head of the largest phrase that begins at words[i] in the
// direction of step, and the index behind it; -1 for none.
func (s *sentence) phraseAt(words []word, i, step int) (head, end int) {
	token := int(words[i].token)
	head, end = -1, i
	for h, n := token, 0; h >= 0 && n < maxClimb; h, n = s.t.Head(h), n+1 {
		if !s.nominal(h) {
			if n > 0 {
				break
			}
			continue
		}
		first, last := s.extent(h)
		if step > 0 && first != token || step < 0 && last != token {
			if head >= 0 {
				break
			}
			continue
		}
		if !s.inside(h) {
			head = h
		}
	}
	if head < 0 {
		return -1, i
	}
	first, last := s.extent(head)
	for end < len(words) && int(words[end].token) >= first && int(words[end].token) <= last {
		end++
	}
	return head, max(end, i+1)
}
