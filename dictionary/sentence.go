package dictionary

import (
	"slices"

	"dragoman"
	"dragoman/pattern"
)

// sentence is one sentence while it is coded.
type sentence struct {
	*Coder
	t       *pattern.Tree
	doc     *dragoman.Document
	sent    dragoman.Sentence
	words   []word
	ids     []int32
	at      []int32 // token, from the sentence's first: its first word
	has     []int32 // word: the number of the last sentence that had it
	number  int32
	reach   [][2]int32      // token, from the sentence's first: first and last of its phrase, from 1; 0 until asked for
	steps   int             // left for the patterns of a verb
	parties map[int][]Party // phrase, by its head: who it is
	args    []pattern.Arg
}

// begin turns to a sentence.
func (s *sentence) begin(sent dragoman.Sentence, number int32) {
	s.sent, s.number = sent, number
	s.words, s.ids = s.d.read(s.doc, sent.First, sent.End, s.words[:0], s.ids[:0])
	s.at = s.at[:0]
	next := 0
	for i := sent.First; i <= sent.End; i++ {
		for next < len(s.words) && int(s.words[next].token) < i {
			next++
		}
		s.at = append(s.at, int32(next))
	}
	for _, id := range s.ids {
		s.has[id] = number
	}
	s.parties = map[int][]Party{}
	s.reach = slices.Grow(s.reach[:0], sent.End-sent.First)[:sent.End-sent.First]
	clear(s.reach)
}

// code returns the codings of the sentence.
func (s *sentence) code() []Coding {
	var all []Coding
	coded := make([]bool, s.sent.End-s.sent.First) // stands in the phrase of a verb that is coded
	for i := s.sent.First; i < s.sent.End; i++ {
		if coded[i-s.sent.First] || !s.verbal(i) {
			continue
		}
		v, ok := s.verb(i)
		if !ok {
			continue
		}
		m := s.meaning(&v)
		found := s.transformed(&v, m)
		if found == nil {
			if m.event.null() {
				continue
			}
			found = s.codings(&v, m)
		}
		for _, k := range v.phrase {
			coded[k-s.sent.First] = true
		}
		for _, c := range found {
			if !slices.ContainsFunc(all, func(o Coding) bool {
				return o.Source.Code == c.Source.Code && o.Target.Code == c.Target.Code && o.Code == c.Code
			}) {
				all = append(all, c)
			}
		}
	}
	return all
}

// verbal reports whether a token is a verb as parsers of phrases have it, with
// be, have and do, without will and should.
func (s *sentence) verbal(i int) bool {
	tag := s.doc.Tags[i]
	return (tag.POS == dragoman.VERB || tag.POS == dragoman.AUX) && tag.XPOS != "MD"
}

// verb is a verb of the sentence that a dictionary has.
type verb struct {
	token      int
	first, end int // its words, one or several: indices in words
	form       *form
	phrase     []int  // the tokens of its phrase behind it, in order
	upper      []word // the words before it, the nearest first
	lower      []word
}

// verb looks up the verb at a token: the form with the most words that stands there.
func (s *sentence) verb(token int) (verb, bool) {
	for w := s.wordAt(token); w < s.wordAt(token+1); w++ {
		forms := s.d.verbs[s.words[w].id]
		for i := range forms {
			f := &forms[i]
			first, ok := s.beside(w, f.before, -1)
			if !ok {
				continue
			}
			last, ok := s.beside(w, f.behind, 1)
			if !ok {
				continue
			}
			v := verb{token: token, first: first, end: last + 1, form: f}
			s.context(&v)
			return v, true
		}
	}
	return verb{}, false
}

// wordAt returns the index of the first word of a token, or of those behind it.
func (s *sentence) wordAt(token int) int { return int(s.at[token-s.sent.First]) }

// beside returns the index of the last of words that stand one after the other
// from words[w], which is not one of them, in the direction of step. What is
// transparent may stand between.
func (s *sentence) beside(w int, want []int32, step int) (int, bool) {
	for i := w + step; len(want) > 0; i += step {
		switch {
		case i < 0 || i >= len(s.words):
			return w, false
		case s.words[i].id == want[0]:
			w, want = i, want[1:]
		case !s.transparent(int(s.words[i].token)):
			return w, false
		}
	}
	return w, true
}

// transparent reports whether a token may stand between words that are to stand
// side by side: an article, a personal pronoun, a number, the auxiliary "have".
func (s *sentence) transparent(token int) bool {
	switch tag := s.doc.Tags[token]; tag.POS {
	case dragoman.DET, dragoman.NUM:
		return true
	case dragoman.PRON:
		return tag.XPOS == "PRP" || tag.XPOS == "PRP$"
	case dragoman.AUX:
		return tag.Lemma == "have"
	}
	return false
}

// context finds what patterns look at: the words before the verb, back to a
// comma that divides no list, and its phrase.
func (s *sentence) context(v *verb) {
	for w := v.first - 1; w >= 0 && len(v.upper) < maxContext; w-- {
		if s.divided(int(s.words[w].token), int(s.words[w+1].token)) {
			break
		}
		v.upper = append(v.upper, s.words[w])
	}
	s.phrase(v)
	for _, token := range v.phrase {
		for w := s.wordAt(token); w < s.wordAt(token+1); w++ {
			if w >= v.end && len(v.lower) < maxContext {
				v.lower = append(v.lower, s.words[w])
			}
		}
	}
}

// divided reports whether a comma between tokens a and b parts more than the
// members of a list.
func (s *sentence) divided(a, b int) bool {
	for i := a + 1; i < b; i++ {
		if s.doc.Form(i) == "," {
			h := s.t.Head(i)
			if h < 0 || !s.nominal(h) || !s.t.Is(h, "conj") {
				return true
			}
		}
	}
	return false
}

// phrase gathers the tokens of the verb phrase behind the verb: what depends on
// it, directly or not, but for verbs coordinated with it and for the subject.
func (s *sentence) phrase(v *verb) {
	top := v.token
	for n := 0; n < maxClimb && s.t.Is(top, "aux", "cop") && s.t.Head(top) >= 0; n++ {
		top = s.t.Head(top) // "has" of "has signed"
	}
	seen := 0
	var gather func(i int)
	gather = func(i int) {
		for _, k := range s.t.Kids(i) {
			k := int(k)
			if seen++; seen > maxPhrase {
				return
			}
			if i == top && (s.t.Is(k, "nsubj", "csubj", "parataxis") && k < v.token || s.t.Is(k, "conj") && !s.nominal(i)) {
				continue
			}
			if i == top && s.t.Is(k, "parataxis") && s.t.Kid(k, "nsubj") >= 0 {
				continue // "…, an official said"
			}
			if k > v.token {
				v.phrase = append(v.phrase, k)
			}
			gather(k)
		}
	}
	gather(top)
	if top > v.token {
		v.phrase = append(v.phrase, top)
	}
	slices.Sort(v.phrase)
}

// What no sentence that somebody wrote exceeds; others are to cost no more.
const (
	maxClimb   = 6     // heads from a token to that of its phrase
	maxNesting = 30    // heads from a phrase to a verb
	maxPhrase  = 1000  // tokens of a verb phrase
	maxContext = 200   // words of it, and before the verb, that patterns look at
	maxSteps   = 20000 // of comparing them with the patterns of a verb
	maxMembers = 50    // of a coordination
)
