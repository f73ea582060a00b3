package attribution

import (
	"strings"

	"dragoman"
)

var none = span{}

// subject returns the source of the verb (or adjective) v: its subject, the
// subject it shares with the verb it hangs on, the noun that it describes, or
// the agent of a passive. head is -1 where there is none.
func (r *reader) subject(v int) (s span, head int) {
	t := r.tree
	at := v
	for n := 0; n < 6; n++ {
		if k := t.Kid(at, "nsubj"); k >= 0 {
			if t.Is(k, "nsubj:pass") {
				if at == v {
					return r.agent(v)
				}
				return r.phrase(k, v), k
			}
			return r.noun(k, at, v)
		}
		if t.Kid(at, "aux:pass") >= 0 && at == v {
			return r.agent(v)
		}
		h := t.Head(at)
		if h < 0 {
			break
		}
		if at == v && t.Is(v, "advcl", "ccomp") && r.finite(v) {
			// a clause of its own has a subject of its own
			g := r.group(v)
			if s, k := r.nounBefore(r.doc.Sentences[t.Sentence(v)].First, g.first); k >= 0 && t.Case(k) == "" && s.end == g.first {
				return s, k
			}
		}
		switch {
		case t.Is(at, "acl:relcl"):
			return r.phrase(h, v), h
		case t.Is(at, "acl"):
			if t.Is(at, "acl") && t.Kid(at, "mark") >= 0 {
				return none, -1
			}
			if r.doc.Tags[at].Has("VerbForm=Part") && r.doc.Tags[at].Has("Tense=Past") {
				return r.agent(v)
			}
			return r.phrase(h, v), h
		case t.Is(at, "xcomp"), t.Is(at, "advcl"):
			if k := t.Kid(h, "obj", "iobj"); k >= 0 && k < at && (t.Is(at, "xcomp") || r.nested(h)) {
				return r.noun(k, h, v)
			}
			at = h
		case t.Is(at, "conj"), t.Is(at, "aux"), t.Is(at, "cop"):
			at = h
		default:
			n = 6
		}
	}
	return none, -1
}

// finite reports whether v is a finite verb form without auxiliary.
func (r *reader) finite(v int) bool {
	x := r.doc.Tags[v].XPOS
	return x == "VBD" || x == "VBZ" || x == "VBP"
}

func (r *reader) nested(v int) bool { c := r.hits[v]; return c != nil && c.has(fNested) }

// noun returns the phrase of the subject k of verb, seen from the cue v; the
// antecedent of a relative pronoun.
func (r *reader) noun(k, verb, v int) (span, int) {
	t := r.tree
	if t.Is(verb, "acl:relcl") {
		switch r.lower[k] {
		case "who", "which", "that":
			if h := t.Head(verb); h >= 0 && h < k {
				s := r.phrase(h, v)
				s.end = min(s.end, k)
				return r.trim(s), h
			}
		}
	}
	if r.lower[k] == "it" && t.Kid(k, "acl") < 0 && t.Is(k, "expl") {
		return none, -1
	}
	return r.phrase(k, v), k
}

// agent returns the "by" phrase of the passive v.
func (r *reader) agent(v int) (span, int) {
	for _, k := range r.tree.Kids(v) {
		if r.tree.Is(int(k), "obl") && r.tree.Case(int(k)) == "by" {
			s := r.phrase(int(k), v)
			return r.dropCase(s, int(k)), int(k)
		}
	}
	return none, -1
}

func (r *reader) dropCase(s span, head int) span {
	for _, k := range r.tree.Kids(head) {
		if r.tree.Is(int(k), "case") && int(k) < head && int(k) >= s.first {
			_, end := r.tree.Extent(int(k))
			s.first = max(s.first, end)
		}
	}
	if s.empty() {
		return span{head, head + 1}
	}
	return r.trim(s)
}

// phrase returns the noun phrase of head k with its appositions and relative
// clauses, without what belongs to the cue v.
func (r *reader) phrase(k, v int) span {
	first, end := r.tree.Extent(k)
	s := span{first, end}
	if v >= 0 && s.has(v) {
		if v > k {
			s.end = r.group(v).first
			// the comma, "who" or "saying" that leads to the cue
			for s.end-1 > k && (r.outer(s.end-1) || r.relative(s.end-1)) {
				s.end--
			}
		} else {
			s.first = v + 1
		}
	}
	// an embedded quotation belongs to what is said, not to who says it
	for i := s.first; i < s.end; i++ {
		if q := r.quote[i]; q >= 0 && r.quote[k] != q && r.quotes[q].end-r.quotes[q].first > 8 {
			if i > k {
				s.end = i
			} else {
				s.first = r.quotes[q].end
			}
			break
		}
	}
	if s.empty() || !s.has(k) {
		return span{k, k + 1}
	}
	s = r.tidy(r.trim(s), k)
	for s.first < k && (r.tree.POS(s.first) == dragoman.SCONJ || r.lower[s.first] == "that") && r.tree.Is(s.first, "mark") {
		s.first++
	}
	if s.empty() {
		return span{k, k + 1}
	}
	return s
}

// tidy mends what a parser often gets wrong about a noun phrase of head k: a
// day or place before it ("on Sunday, the minister"), an adverb after it ("the
// minister, meanwhile,"), a name cut in two.
func (r *reader) tidy(s span, k int) span {
	for i := k - 1; i > s.first; i-- {
		if r.lower[i] == "," && r.tree.POS(i-1) != dragoman.ADJ {
			s.first = i + 1
			break
		}
	}
	for s.end-2 > k && r.tree.POS(s.end-1) == dragoman.ADV && r.outer(s.end-2) {
		s = r.trim(span{s.first, s.end - 1})
	}
	for s.end == k+1 && s.end < len(r.lower) && r.tree.POS(k) == dragoman.PROPN && r.tree.POS(s.end) == dragoman.PROPN && r.tree.Sentence(s.end) == r.tree.Sentence(k) && r.hits[s.end] == nil {
		k++
		s.end++
	}
	return s
}

// apposed lets the noun phrase s that follows its cue run on over an
// apposition or relative clause that the parser hung elsewhere: "said X, a
// minister", "according to X, who saw it".
func (r *reader) apposed(s span) span {
	if s.empty() || s.end+1 >= len(r.lower) || r.lower[s.end] != "," {
		return s
	}
	sent := r.doc.Sentences[r.tree.Sentence(s.end-1)]
	k := s.end + 1
	rel := r.lower[k] == "who" || r.lower[k] == "whose"
	switch r.lower[k] {
	case "a", "an", "the", "who", "whose":
	default:
		return s
	}
	for e := k; e <= sent.End && e < k+30; e++ {
		if e == sent.End || r.outer(e) && (!rel || r.lower[e] != ",") || r.quote[e] >= 0 {
			if rel || r.verbless(k, e) || e < sent.End && r.lower[e] == "," {
				return r.trim(span{s.first, e})
			}
			return s
		}
		if p := r.tree.POS(e); !rel && (p == dragoman.VERB || p == dragoman.AUX) && !r.doc.Tags[e].Has("VerbForm=Part") {
			return s
		}
	}
	return s
}

func (r *reader) relative(i int) bool {
	switch r.lower[i] {
	case "who", "which", "that", "whom", "whose":
		return true
	}
	return false
}

// nounAfter returns the noun phrase that begins at token i or after adverbs,
// for `"A," said X`, whatever the arcs say.
func (r *reader) nounAfter(i, v int) (span, int) {
	s := r.doc.Sentences[r.tree.Sentence(v)]
	for i < s.End && r.tree.POS(i) == dragoman.ADV {
		i++
	}
	if i >= s.End || !r.nominal(i) {
		return none, -1
	}
	h := i
	for n := 0; n < 12; n++ {
		up := r.tree.Head(h)
		if up < 0 || up == v || up < i || r.tree.Sentence(up) != r.tree.Sentence(v) || !r.nominal(up) {
			break
		}
		h = up
	}
	if first, _ := r.tree.Extent(h); first < i && first <= v {
		// the arcs run across the cue: take the run of nominal words
		e := i
		for e < s.End && r.nominal(e) {
			e++
		}
		return r.apposed(span{i, e}), e - 1
	}
	return r.apposed(r.phrase(h, v)), h
}

// nounBefore returns the noun phrase that ends at token end-1, back to from.
func (r *reader) nounBefore(from, end int) (span, int) {
	for end > from && (r.tree.POS(end-1) == dragoman.ADV || r.tree.POS(end-1) == dragoman.AUX || r.outer(end-1)) {
		end--
	}
	if end <= from || !r.nominal(end-1) {
		return none, -1
	}
	h := end - 1
	for n := 0; n < 12; n++ {
		up := r.tree.Head(h)
		if up < from || up >= end || !r.nominal(up) {
			break
		}
		h = up
	}
	first, _ := r.tree.Extent(h)
	return r.trim(span{max(first, from), end}), h
}

func (r *reader) nominal(i int) bool {
	switch r.tree.POS(i) {
	case dragoman.NOUN, dragoman.PROPN, dragoman.PRON, dragoman.DET, dragoman.ADJ, dragoman.NUM:
		return true
	}
	return false
}

// anonymous reports whether the source of a is somebody who is not named.
func (r *reader) anonymous(a *found) bool {
	if a.head < 0 || a.source.empty() {
		return false
	}
	s := r.doc.Sentences[r.tree.Sentence(a.head)]
	for i := s.First; i+2 < s.End; i++ {
		if r.lower[i] == "condition" && r.lower[i+1] == "of" && r.lower[i+2] == "anonymity" || r.lower[i] == "anonymously" {
			return r.tree.POS(a.head) != dragoman.PROPN
		}
	}
	if r.tree.POS(a.head) == dragoman.PROPN || r.tree.Is(a.head, "appos") {
		return false
	}
	for i := a.source.first; i < a.source.end; i++ {
		if w := r.lower[i]; w == "unnamed" || w == "anonymous" || w == "unidentified" {
			return true
		}
		if r.tree.Is(i, "appos", "flat") && r.tree.POS(i) == dragoman.PROPN {
			return false
		}
	}
	c, ok := r.sources[strings.ToLower(r.tree.Lemma(a.head))]
	if !ok || !c.anonymous {
		return false
	}
	if d := r.tree.Kid(a.head, "det"); d >= 0 && r.doc.Tags[a.head].Has("Number=Sing") {
		switch r.lower[d] {
		case "the", "this", "that":
			return strings.ToLower(r.tree.Lemma(a.head)) == "source"
		}
	}
	return r.tree.Kid(a.head, "nmod:poss") < 0 || r.doc.Tags[a.head].Has("Number=Plur")
}
