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
	if s, k := r.conjoined(v); k >= 0 {
		return s, k
	}
	if u := r.adds(v); u >= 0 {
		return r.subject(u)
	}
	at := v
	for n := 0; n < 6; n++ {
		if at == v && r.passive(v) {
			return r.agent(v)
		}
		if k := r.nearest(at); k >= 0 {
			return r.noun(k, at, v)
		}
		if k := r.whoClause(at); k >= 0 && at == v {
			return r.trim(r.extent(k)), t.Kid(k, "nsubj")
		}
		h := t.Head(at)
		if h < 0 {
			break
		}
		if at == v && t.Is(v, "advcl", "ccomp") && r.finite(v) {
			// a clause of its own has a subject of its own
			g := r.group(v)
			if s, k := r.adjacent(v, g); k >= 0 {
				return s, k
			}
		}
		switch {
		case t.Is(at, "acl:relcl"):
			return r.phrase(h, v), h
		case t.Is(at, "acl"):
			if m := t.Kid(at, "mark"); m >= 0 && r.lower[m] != "as" {
				return none, -1
			}
			if r.doc.Tags[at].Has("VerbForm=Part") && r.doc.Tags[at].Has("Tense=Past") {
				return r.agent(v)
			}
			return r.phrase(h, v), h
		case t.Is(at, "advcl") && r.marked(at, "as") && r.nominal(h) && t.Head(h) >= 0 && r.nested(t.Head(h)):
			return r.phrase(h, v), h // "quoted X as saying"
		case t.Is(at, "xcomp"), t.Is(at, "advcl"):
			if k := t.Kid(h, "obj", "iobj"); k >= 0 && k < at && (t.Is(at, "xcomp") || r.nested(h)) {
				return r.noun(k, h, v)
			}
			at = h
		case t.Is(at, "conj"):
			at = r.abreast(at, h)
		case t.Is(at, "aux"), t.Is(at, "cop"):
			at = h
		default:
			n = 6
		}
	}
	return none, -1
}

// abreast returns the verb that at goes with: h, on which the parser hung it,
// or, where h stands in a subordinate clause and in another tense, the verb
// above it: "praised the aid that is needed and said".
func (r *reader) abreast(at, h int) int {
	if r.tree.POS(h) != dragoman.VERB || !r.finite(at) || r.tense(at) == r.tense(h) {
		return h
	}
	for u, n := h, 0; n < 6 && r.tree.Is(u, "acl", "advcl", "ccomp", "conj"); n++ {
		if u = r.tree.Head(u); u < 0 {
			break
		}
		if r.tree.POS(u) == dragoman.VERB && r.tense(u) == r.tense(at) && r.nearest(u) >= 0 {
			return u
		}
	}
	return h
}

// nearest returns the subject of the verb v, of several the nearest before it.
func (r *reader) nearest(v int) int {
	best := -1
	for _, kid := range r.tree.Kids(v) {
		k := int(kid)
		if !r.tree.Is(k, "nsubj") || k > v && (best >= 0 || !r.inverted(v)) {
			continue
		}
		best = k
	}
	return best
}

// inverted reports whether the subject of v may follow it: `"A," said X`.
func (r *reader) inverted(v int) bool {
	g := r.group(v)
	return g.first == r.doc.Sentences[r.tree.Sentence(v)].First || r.punct(g.first-1) || r.quote[g.first-1] >= 0 || r.tree.POS(g.first-1) == dragoman.PUNCT
}

// whoClause returns the relative clause before v that the parser took for a
// clause that v governs: "X, who saw it, said"; -1 for none.
func (r *reader) whoClause(v int) int {
	k := r.tree.Kid(v, "ccomp", "csubj")
	if k < 0 || k > v {
		return -1
	}
	first := r.tree.Kid(k, "nsubj")
	for _, kid := range r.tree.Kids(k) {
		if w := r.lower[kid]; r.tree.Is(int(kid), "nsubj") && (w == "who" || w == "which") && int(kid) > first && first >= 0 {
			return k
		}
	}
	return -1
}

// adds returns the cue u of "u that A, adding that B", v being the participle
// that goes on with it though the parser hung it within A; -1 for none.
func (r *reader) adds(v int) int {
	if !r.participle(v) {
		return -1
	}
	at := v
	for n := 0; n < 8; n++ {
		h := r.tree.Head(at)
		if h < 0 || h >= v {
			return -1
		}
		if c := r.hits[h]; c != nil && c.pos == dragoman.VERB && c.kind == "say" && r.tree.Is(at, "ccomp", "parataxis") && !r.participle(h) {
			return h
		}
		at = h
	}
	return -1
}

// participle reports whether v is ", adding" and the like before a clause.
func (r *reader) participle(v int) bool {
	c := r.hits[v]
	if c == nil || c.pos != dragoman.VERB || c.kind != "say" || !c.has(fClause) || !strings.HasSuffix(r.lower[v], "ing") || v == 0 || r.lower[v-1] != "," {
		return false
	}
	return r.tree.Kid(v, "ccomp") > v || v+1 < len(r.lower) && (r.lower[v+1] == "that" || r.lower[v+1] == ",")
}

// finite reports whether the clause of v is finite.
func (r *reader) finite(v int) bool {
	switch r.tense(v) {
	case "VBD", "VBZ", "VBP", "MD":
		return true
	}
	return false
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
				if r.ownVerb(h, k) >= 0 {
					// a clause stands between: the pronoun belongs to what is next to it
					if s, n := r.nounBefore(r.doc.Sentences[t.Sentence(k)].First, k); n >= 0 && r.ownVerb(n, k) < 0 {
						return s, n
					}
				}
				s := r.phrase(h, v)
				s.end = min(s.end, k)
				return r.trim(s), h
			}
		}
	}
	if k == r.relativeBefore(verb, k) {
		if s, h := r.nounBefore(r.doc.Sentences[t.Sentence(k)].First, k); h >= 0 && s.end >= k-1 {
			return s, h
		}
	}
	if r.lower[k] == "it" && t.Kid(k, "acl") < 0 && t.Is(k, "expl") {
		return none, -1
	}
	return r.phrase(k, v), k
}

// conjoined returns the noun phrase between a conjunction and the finite verb
// v, which is its subject even where the arcs know of no clause: "a few days
// after the minister said".
func (r *reader) conjoined(v int) (span, int) {
	if !r.finite(v) {
		return none, -1
	}
	g := r.group(v)
	first := r.doc.Sentences[r.tree.Sentence(v)].First
	for c := g.first - 2; c >= first && c > g.first-10; c-- {
		if !r.conjunction(c) {
			continue
		}
		if s, h := r.nounBefore(c+1, g.first); h > c && s.first == c+1 && s.end == g.first {
			return s, h
		}
		break
	}
	return none, -1
}

func (r *reader) conjunction(i int) bool {
	switch r.lower[i] {
	case "after", "before", "while", "when", "because", "since", "until", "although", "though", "if", "as":
		p := r.tree.POS(i)
		return p == dragoman.SCONJ || p == dragoman.ADP
	}
	return false
}

// relativeBefore returns k where it is a "who" before verb that does not ask.
func (r *reader) relativeBefore(verb, k int) int {
	if r.lower[k] == "who" && k < verb && k > r.doc.Sentences[r.tree.Sentence(k)].First {
		return k
	}
	return -1
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
			for s.end-1 > k && (r.outer(s.end-1) || r.relative(s.end-1) || r.lower[s.end-1] == "as") {
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
	if v > k {
		s = r.between(s, r.group(v))
	} else if v >= 0 {
		s = r.apposed(r.apposed(s))
	}
	for c := r.hits[s.first]; c != nil && c.has(fMain) && r.ends[s.first] <= k; c = r.hits[s.first] {
		s.first = r.ends[s.first] // "according to X, which found"
	}
	for s.first < k && (r.tree.POS(s.first) == dragoman.SCONJ && r.tree.Is(s.first, "mark") || r.lower[s.first] == "that" && r.tree.POS(s.first) != dragoman.DET) {
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
	if s.empty() {
		return s
	}
	for i := k - 1; i > s.first; i-- {
		if r.lower[i] == "," && r.tree.POS(i-1) != dragoman.ADJ && !r.renamed(s, i) || r.lower[i] == ":" {
			s.first = i + 1
			break
		}
	}
	if d := r.dateline(s); d.has(k) {
		s = d
	}
	if s.end-3 >= k && r.lower[s.end-2] == "on" && r.tree.POS(s.end-2) == dragoman.ADP {
		s.end -= 2 // "the senator on Tuesday"
	}
	for s.first > 0 && r.bound(s.first) {
		s.first--
	}
	for s.first < k && r.meantime[r.lower[s.first]] {
		s = r.trim(span{s.first + 1, s.end}) // "Earlier the senator"
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

// renamed reports whether after the comma i the same somebody is called by
// what he is: "Hicks, his spokeswoman".
func (r *reader) renamed(s span, i int) bool {
	for k := s.first; k < i; k++ {
		if r.tree.POS(k) != dragoman.PROPN {
			return false
		}
	}
	p := r.tree.POS(i + 1)
	return p == dragoman.DET || p == dragoman.PRON
}

// bound reports whether the word before the noun i belongs to it: "Republican
// voters", whatever the arcs say.
func (r *reader) bound(i int) bool {
	if p := r.tree.POS(i); p != dragoman.NOUN && p != dragoman.PROPN && p != dragoman.ADJ || r.tree.Sentence(i) != r.tree.Sentence(i-1) || r.quote[i] != r.quote[i-1] {
		return false
	}
	if r.tree.Head(i-1) < i-1 && r.tree.Is(i-1, "obj", "obl", "iobj", "nsubj") {
		return false
	}
	switch r.tree.POS(i - 1) {
	case dragoman.NOUN:
		return r.tree.POS(i) == dragoman.PROPN && r.hits[i-1] == nil
	case dragoman.ADJ, dragoman.DET, dragoman.PROPN, dragoman.NUM:
		return true
	}
	return false
}

// between lets the source s before the cue g run on over an apposition or
// relative clause between commas: "X, assistant to Y, said".
func (r *reader) between(s, g span) span {
	e := g.first - 1
	if e <= s.end || e-s.end > 45 || r.lower[e] != "," || r.tree.Sentence(e) != r.tree.Sentence(s.first) {
		return s
	}
	for i := s.end; i < e; i++ {
		if r.quote[i] >= 0 || r.lower[i] == ";" || r.lower[i] == ":" {
			return s
		}
	}
	if r.lower[s.end] == "," && (r.lower[s.end+1] == "who" || r.nominal(s.end+1) && r.verbless(s.end, e)) {
		return span{s.first, e}
	}
	for i := s.first + 1; i < s.end; i++ {
		if r.lower[i] == "who" && r.verbless(s.end, e) {
			return span{s.first, e}
		}
	}
	return s
}

// lead drops an adverbial before the first comma of the source s: "In a
// statement, the minister".
func (r *reader) lead(s span, head int) (span, int) {
	if d := r.dateline(s); d.first > s.first && !d.empty() {
		if s = d; !s.has(head) {
			head = r.root(s)
		}
	}
	if s.empty() || r.tree.POS(s.first) != dragoman.ADP && r.doc.Tags[s.first].XPOS != "VBG" {
		return s, head
	}
	for i := s.first; i+1 < s.end; i++ {
		if r.lower[i] == "," {
			if rest, h := r.nounBefore(i+1, s.end); h >= 0 {
				return span{i + 1, rest.end}, h
			}
			break
		}
	}
	if r.tree.POS(s.first) != dragoman.ADP {
		return s, head
	}
	return none, -1
}

// apposed lets the noun phrase s that follows its cue run on over an
// apposition or relative clause that the parser hung elsewhere: "said X, a
// minister", "according to X, who saw it".
func (r *reader) apposed(s span) span {
	if !s.empty() && s.end < len(r.lower) && r.tree.Sentence(s.end) == r.tree.Sentence(s.end-1) && r.quote[s.end] < 0 {
		x := r.doc.Tags[s.end].XPOS
		if r.relative(s.end) && r.lower[s.end] != "that" || (x == "VBN" || x == "VBG") && r.hits[s.end] == nil {
			// "data released last week", "a man who saw it"
			sent := r.doc.Sentences[r.tree.Sentence(s.end)]
			for e := s.end; e < sent.End && e < s.end+25; e++ {
				if r.outer(e) || r.quote[e] >= 0 {
					return r.trim(span{s.first, e})
				}
			}
			return s
		}
	}
	if s.empty() || s.end+1 >= len(r.lower) || r.lower[s.end] != "," {
		return s
	}
	sent := r.doc.Sentences[r.tree.Sentence(s.end-1)]
	k := s.end + 1
	rel := r.lower[k] == "who" || r.lower[k] == "whose" || r.lower[k] == "which"
	switch r.lower[k] {
	case "a", "an", "the", "who", "whose", "which":
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
	if w := r.doc.Form(i); len(w) > 1 && w == strings.ToUpper(w) {
		return false // the WHO
	}
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
		return r.apposed(r.apposed(span{i, e})), e - 1
	}
	return r.phrase(h, v), h
}

// nounBefore returns the noun phrase that ends at token end-1, back to from.
func (r *reader) nounBefore(from, end int) (span, int) {
	for end > from && (r.tree.POS(end-1) == dragoman.ADV || r.tree.POS(end-1) == dragoman.AUX || r.outer(end-1)) {
		end--
	}
	h := end - 1
	if h > from && r.lower[h] == ")" { // "the Front (NRF)"
		for h > from && h > end-9 && r.lower[h] != "(" {
			h--
		}
		h--
	}
	if h < from || end <= from || !r.nominal(h) {
		return none, -1
	}
	for n := 0; n < 12; n++ {
		up := r.tree.Head(h)
		if up < from || up >= end || !r.nominal(up) {
			break
		}
		h = up
	}
	first, _ := r.tree.Extent(h)
	return r.tidy(r.trim(span{max(first, from), end}), h), h
}

// adjacent returns the noun phrase right before the cue g of the verb v, or
// before the comma that closes its apposition.
func (r *reader) adjacent(v int, g span) (span, int) {
	s, k := r.nounBefore(r.doc.Sentences[r.tree.Sentence(v)].First, g.first)
	if k < 0 || r.tree.Case(k) != "" || k >= s.end {
		return none, -1
	}
	if s.end == g.first || s.end == g.first-1 && r.lower[s.end] == "," && r.tree.Kid(k, "appos", "acl") >= 0 {
		return s, k
	}
	return none, -1
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
		if r.tree.Is(i, "appos", "flat") && r.tree.Head(i) == a.head && r.tree.POS(i) == dragoman.PROPN {
			return false
		}
	}
	c, ok := r.sources[strings.ToLower(r.tree.Lemma(a.head))]
	if !ok || !c.anonymous || r.capitals(a.source) {
		return false
	}
	lemma := strings.ToLower(r.tree.Lemma(a.head))
	if r.tree.POS(a.head) == dragoman.PRON || r.doc.Tags[a.head].Has("Number=Plur") || lemma == "source" {
		return true
	}
	// one person is unnamed where he is new: "an official", "another witness"
	for _, kid := range r.tree.Kids(a.head) {
		switch r.lower[kid] {
		case "a", "an", "another", "one", "some":
			return true
		}
	}
	return false
}

// again reports whether the source of a takes up one that was not named, with nobody named
// speaking between: "An official said A. The official added B." unnamed are the nouns of those.
func (r *reader) again(a *found, unnamed map[string]bool) bool {
	if a.head < 0 || a.source.empty() {
		return false
	}
	noun := strings.ToLower(r.tree.Lemma(a.head))
	switch {
	case r.tree.POS(a.head) == dragoman.PROPN:
		clear(unnamed)
	case r.tree.POS(a.head) == dragoman.NOUN && r.anonymous(a):
		unnamed[noun] = true
	case r.tree.POS(a.head) == dragoman.NOUN && r.lower[a.source.first] == "the" && r.doc.Tags[a.head].Has("Number=Sing"):
		return unnamed[noun] && a.source.end <= a.head+1
	}
	return false
}

// capitals reports whether a phrase of several words has them all with a capital, as a name
// does that is made of nouns: "Doctors Without Borders".
func (r *reader) capitals(s span) bool {
	n := 0
	for i := s.first; i < s.end; i++ {
		switch r.tree.POS(i) {
		case dragoman.DET, dragoman.PUNCT:
			continue
		}
		if form := r.doc.Form(i); form == strings.ToLower(form) {
			return false
		}
		n++
	}
	return n > 1
}
