package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman"
)

// A heading in the midst of a text has no full stop, and so is taken for the beginning of the
// sentence behind it: "Talks to resume Meanwhile, the envoy said that A". Nothing that is said
// reaches over where the sentence really begins.

// runOns finds where sentences begin in the midst of what was taken for one.
func (r *reader) runOns() {
	r.begins = map[int]bool{}
	for i := range r.lower {
		if r.restarts(i) {
			r.begins[i] = true
		} else if c := r.hits[i]; c != nil && c.pos == dragoman.VERB && c.kind == "say" && !r.capital(i) && r.finiteWord(i) {
			if k := r.nameBehindHeading(i); k >= 0 {
				r.begins[k] = true
			}
		}
	}
}

// restarts reports whether a sentence begins at token i, behind no punctuation: its capital
// stands on a word that opens sentences and no name, with small letters behind it.
func (r *reader) restarts(i int) bool {
	s := r.doc.Sentences[r.tree.Sentence(i)]
	if i <= s.First || i+1 >= s.End || !r.openers[r.lower[i]] || len(r.lower[i]) < 2 || !r.capital(i) || r.quote[i] >= 0 || r.quote[i-1] >= 0 {
		return false
	}
	if form := r.doc.Form(i); form == strings.ToUpper(form) || r.tree.POS(i-1) == dragoman.PUNCT || r.punct(i-1) {
		return false
	}
	switch r.tree.POS(i) {
	case dragoman.DET, dragoman.PRON:
	case dragoman.ADP, dragoman.CCONJ, dragoman.SCONJ:
		if r.finiteWord(i+1) || r.tree.POS(i-1) == dragoman.VERB {
			return false // a name, "when So had paid", "told So"
		}
	case dragoman.ADV:
		if r.lower[i+1] != "," {
			return false
		}
	default:
		return false // "Marine One", "Russia Today"
	}
	switch r.tree.POS(i - 1) {
	case dragoman.ADP, dragoman.DET, dragoman.CCONJ, dragoman.SCONJ:
		return false // "of The economist"
	}
	return r.lower[i+1] == "," || unicode.IsLower(first(r.doc.Form(i+1)))
}

// nameBehindHeading returns where the name begins that stands before the verb v right behind
// a heading, "Envoy Visits Town Between Talks Jane Dorsey said"; -1 where no heading is.
func (r *reader) nameBehindHeading(v int) int {
	s := r.doc.Sentences[r.tree.Sentence(v)]
	name := -1
	for i := v - 1; i > s.First && i >= v-4 && r.capital(i) && r.tree.POS(i) == dragoman.PROPN; i-- {
		if r.given[r.lower[i]] {
			name = i
		}
	}
	if name-s.First < 3 {
		return -1
	}
	verb := false
	for i := s.First; i < name; i++ {
		p := r.tree.POS(i)
		if r.punct(i) || r.quote[i] >= 0 {
			return -1
		}
		if !r.capital(i) && p != dragoman.ADP && p != dragoman.DET && p != dragoman.CCONJ && p != dragoman.PART {
			return -1
		}
		verb = verb || r.capital(i) && i > s.First && (p == dragoman.VERB || p == dragoman.AUX || p == dragoman.ADP)
	}
	if !verb {
		return -1
	}
	return name
}

func (r *reader) capital(i int) bool { return unicode.IsUpper(first(r.doc.Form(i))) }

func first(word string) rune {
	c, _ := utf8.DecodeRuneInString(word)
	return c
}

// segment returns the sentence of token i, or what of it is a sentence of its own.
func (r *reader) segment(i int) span {
	s := r.doc.Sentences[r.tree.Sentence(i)]
	from, to := s.First, s.End
	if len(r.begins) == 0 {
		return span{from, to}
	}
	for k := s.First; k < s.End; k++ {
		switch {
		case !r.begins[k]:
		case k <= i:
			from = k
		default:
			return span{from, k}
		}
	}
	return span{from, to}
}

// confine keeps a within the sentence of its cue; a source before it is sought in it. It
// reports whether anything is left that is said.
func (r *reader) confine(a *found) bool {
	if a.cueHead < 0 || len(r.begins) == 0 {
		return true
	}
	in := r.segment(a.cueHead)
	if !a.source.empty() && r.tree.Sentence(a.source.first) == r.tree.Sentence(a.cueHead) && (a.source.first < in.first || a.source.end > in.end) {
		a.source = span{max(a.source.first, in.first), min(a.source.end, in.end)}
		if !a.source.has(a.head) {
			if a.source, a.head = r.nounBefore(in.first, a.cue.first); a.head < 0 {
				a.source = none
			}
		}
		a.source = r.trim(a.source)
	}
	if a.direct || a.content.empty() {
		return true
	}
	sent := r.doc.Sentences[r.tree.Sentence(a.cueHead)]
	if a.content.first >= sent.First && a.content.first < in.first {
		a.content.first = in.first
	}
	if a.content.end <= sent.End && a.content.end > in.end {
		a.content.end = in.end
	}
	a.content = r.trim(a.content)
	return !a.content.empty()
}
