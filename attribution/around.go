package attribution

import (
	"strings"

	"dragoman"
)

// amid returns the content around or before a cue in parenthesis: "The truce
// will hold, officials said", "The truce, he said, will hold", "As X put it, A".
func (r *reader) amid(v int, c *cue, g span) span {
	t := r.tree
	if c.frames&(fClause|fAs) == 0 {
		return none
	}
	h := t.Head(v)
	as := r.marked(v, "as") && t.Is(v, "advcl") && (r.ends[v] > v+1 || t.Kid(v, "obj", "ccomp", "xcomp") < 0)
	if as && (c.stance == "asks" || c.stance == "promises") {
		return none // what is done as somebody asked or offered is not for that his word
	}
	if !as && (g.end < len(r.lower) && r.lower[g.end] == "that" || t.Kid(v, "obj") > v && !c.has(fObjClause)) {
		return none // the cue has a content of its own
	}
	if h < 0 || !(as || c.has(fClause) && t.Is(v, "parataxis")) || t.Is(v, "acl") {
		return none
	}
	return r.around(h, r.extent(v))
}

// parenthesis returns the content of a cue set off by commas in the midst or
// at the end of its sentence, "The truce, he said, will hold", whatever the
// arcs say.
func (r *reader) parenthesis(c *cue, v int, g span) span {
	sent := r.doc.Sentences[r.tree.Sentence(v)]
	last := r.trim(span{g.end, sent.End}).empty() || r.lower[g.end] == "," && r.speaksOn(g.end+1, sent.End)
	if c.kind != "say" || !c.has(fClause) || r.quote[v] >= 0 || !last && r.lower[g.end] != "," {
		return none
	}
	s, h := r.nounBefore(sent.First, g.first)
	if h < 0 || s.end != g.first || s.first <= sent.First+1 || r.lower[s.first-1] != "," || r.tree.Is(h, "appos") {
		return none
	}
	left, right := span{sent.First, s.first - 1}, span{g.end + 1, sent.End}
	if last && r.pending(left) {
		return none
	}
	for i := left.first; i < right.end; i++ {
		if q := r.quote[i]; q >= 0 && r.taken[q] {
			return none
		}
	}
	if !last && r.trim(right).empty() || (last || r.verbless(right.first, right.end)) && left.end-left.first < 6 && r.verbless(left.first, left.end) {
		return none
	}
	if last || r.verbless(right.first, right.end) {
		return left
	}
	return span{left.first, right.end}
}

// speaksOn reports whether from token i up to end only the participle follows by which
// somebody says more or says from whom he has it: "A, he said, adding B", "A, it said, citing X".
func (r *reader) speaksOn(i, end int) bool {
	return i < end && r.hits[i] != nil && strings.HasSuffix(r.lower[i], "ing") && (r.citation(i) || r.participle(i) || r.hits[i].has(fQuote) && i+1 < end && r.quote[i+1] >= 0)
}

// quoted returns the content of "saying" in "A, the agency quoted X as saying".
func (r *reader) quoted(v int, g span) span {
	sent := r.doc.Sentences[r.tree.Sentence(v)]
	if r.lower[v] != "saying" || v == 0 || r.lower[v-1] != "as" || g.end+5 < sent.End || r.quote[v] >= 0 || !r.verbless(g.end, sent.End) {
		return none
	}
	for u := v - 2; u > sent.First && u > v-20; u-- {
		if !r.nested(u) {
			continue
		}
		if n, h := r.nounBefore(sent.First, r.group(u).first); h >= 0 && n.first > sent.First+3 && r.lower[n.first-1] == "," {
			return span{sent.First, n.first - 1}
		}
		break
	}
	return none
}

// around returns the clause of h without inner, where inner stands at one edge
// of it; where it stands amid, with it.
func (r *reader) around(h int, inner span) span {
	s := r.extent(h)
	if r.tree.Is(h, "conj") || r.tree.Head(h) < 0 {
		s = r.trim(s)
	}
	left, right := r.trim(span{s.first, inner.first}), r.trim(span{inner.end, s.end})
	switch {
	case left.empty():
		return right
	case right.empty() || right.end-right.first < 3 && !right.has(h) && !r.argument(right, h):
		return left
	case left.end-left.first < 3 && !left.has(h) && !r.argument(left, h):
		return right
	}
	return span{left.first, right.end}
}

// fallback finds the content of a verb of saying where the arcs give none:
// "A, X said." at the end of a sentence, "X said that A".
func (r *reader) fallback(v int, c *cue, g span) span {
	if !c.has(fClause) || c.kind == "show" {
		return none
	}
	sent := r.doc.Sentences[r.tree.Sentence(v)]
	if i := r.that(g.end, sent.End); i >= 0 {
		return r.trim(span{i, r.stop(i, sent.End)})
	}
	if c.kind != "say" || r.lower[v] != "said" && r.lower[v] != "says" {
		return none
	}
	if r.verbless(g.end, sent.End) {
		// the cue and its subject end the sentence
		if g.first > sent.First && r.outer(g.first-1) { // "A, said X"
			return r.trim(span{sent.First, g.first - 1})
		}
		for k := g.first - 1; k > sent.First+2 && k > g.first-12; k-- {
			if !r.outer(k) {
				continue
			}
			if r.lower[k] == "," && r.verbless(k, g.first) && !r.verbless(sent.First, k) {
				return r.trim(span{sent.First, k})
			}
			break
		}
		return none
	}
	if r.tree.Kid(v, "obj") < 0 && g.end < sent.End && !r.outer(g.end) {
		return r.trim(span{g.end, r.stop(g.end, sent.End)})
	}
	return none
}

// that returns the "that" that leads a clause from token i on, with at most a
// day, a place, a hearer, "without naming him" or ", citing him," before it; -1 for none.
func (r *reader) that(i, end int) int {
	for k := i; k < min(end, i+20); k++ {
		if r.quote[k] >= 0 {
			continue
		}
		if e := r.citing(k, end); e >= 0 {
			k = e
			continue
		}
		p := r.tree.POS(k)
		if r.lower[k] == "that" && (p == dragoman.SCONJ || k+1 < end && r.beginsNoun(k+1)) {
			return k
		}
		if p == dragoman.VERB && k > i && (r.lower[k-1] == "without" || r.participleOf(k)) || r.lower[k] == "without" {
			continue
		}
		if !r.nominal(k) && p != dragoman.ADP && p != dragoman.ADV && p != dragoman.PART && r.lower[k] != "," {
			return -1
		}
	}
	return -1
}

// citing returns the comma that closes the aside which the comma i opens, ", citing two
// officials,"; -1 where there is none.
func (r *reader) citing(i, end int) int {
	if i+1 >= end || r.lower[i] != "," || !r.citation(i+1) {
		return -1
	}
	for k := i + 2; k < end && k < i+20; k++ {
		switch {
		case r.quote[k] >= 0 || r.finiteWord(k):
			return -1
		case r.lower[k] == ",":
			return k
		}
	}
	return -1
}

// citation reports whether the word i is the participle by which another's words are passed
// on: "citing", "quoting".
func (r *reader) citation(i int) bool {
	c := r.hits[i]
	return c != nil && c.has(fNested) && strings.HasSuffix(r.lower[i], "ing")
}

// participleOf reports whether token k is a participle within a noun phrase:
// "in an interview published on Monday", "the visiting minister".
func (r *reader) participleOf(k int) bool {
	x := r.doc.Tags[k].XPOS
	if x == "VBN" || x == "VBG" {
		// "the visiting minister", "the governing board"
		if n := k + 1; r.tree.POS(k-1) == dragoman.DET || n < len(r.lower) && (r.tree.POS(n) == dragoman.NOUN || r.tree.POS(n) == dragoman.PROPN) && r.nominal(k-1) {
			return true
		}
	}
	return (x == "VBN" || x == "VBG") && r.tree.Is(k, "acl", "amod") && (r.tree.POS(k-1) == dragoman.NOUN || r.tree.POS(k-1) == dragoman.PROPN)
}

// beginsNoun reports whether a noun phrase begins at token i.
func (r *reader) beginsNoun(i int) bool {
	switch r.tree.POS(i) {
	case dragoman.DET, dragoman.PRON, dragoman.PROPN, dragoman.NUM:
		return true
	}
	return false
}

func (r *reader) verbless(from, to int) bool {
	for i := from; i < to; i++ {
		if p := r.tree.POS(i); p == dragoman.VERB || p == dragoman.AUX {
			return false
		}
	}
	return true
}

// stop returns the end of a clause from i, at most end: a quotation that
// begins and does not end there is kept out.
func (r *reader) stop(i, end int) int {
	for k := i; k < end; k++ {
		if r.lower[k] == ";" {
			return k
		}
	}
	return end
}

// adverb reads "A reportedly B".
func (r *reader) adverb(v int, c *cue) {
	h := r.tree.Head(v)
	if h < 0 {
		return
	}
	if !(r.tree.POS(h) == dragoman.VERB || r.tree.POS(h) == dragoman.AUX || r.tree.POS(h) == dragoman.ADJ || r.tree.Kid(h, "cop") >= 0) {
		return
	}
	g := span{v, v + 1}
	body := r.around(h, g)
	if m := r.tree.Kid(h, "mark"); m == body.first {
		body.first++
	}
	if body = r.inQuote(body, v); body.empty() {
		return
	}
	r.add(found{head: -1, cue: g, cueHead: v, content: body, word: c})
}

// attributive reads "the alleged attack": a deed that the adjective says is only told.
func (r *reader) attributive(i int) {
	h := r.tree.Head(i)
	if h < i || r.tree.POS(h) != dragoman.NOUN || r.speaks(h) {
		return
	}
	for _, c := range r.cues[r.lower[i]] {
		if c.pos != dragoman.ADJ || !c.has(fMain) {
			continue
		}
		body := r.extent(h)
		body.first = max(body.first, i)
		if body = r.inQuote(body, i); !body.empty() {
			delete(r.hits, i)
			r.add(found{head: -1, cue: span{i, i + 1}, cueHead: i, content: body, word: c})
		}
		return
	}
}

// inQuote keeps s within the quotation of v.
func (r *reader) inQuote(s span, v int) span {
	if q := r.quote[v]; q >= 0 {
		s.first, s.end = max(s.first, r.quotes[q].first+1), min(s.end, r.quotes[q].end-1)
		if s.empty() {
			return none
		}
	}
	return r.trim(s)
}

// according reads "A, according to X".
func (r *reader) according(v int, c *cue) {
	t := r.tree
	end := r.ends[v]
	g := span{v, end}
	// the noun that the phrase leads: the head of the preposition, else what follows
	x := t.Head(v)
	for x >= 0 && x < end && t.Head(x) >= end {
		x = t.Head(x)
	}
	if x < end || t.Sentence(x) != t.Sentence(v) || !r.nominal(x) {
		if _, x = r.nounAfter(end, v); x < 0 {
			return
		}
	}
	src := r.phrase(x, -1)
	src.first = max(src.first, end)
	if src.empty() || r.lower[src.first] == "which" {
		return // "a deal according to which" is no word of the deal's
	}
	src = r.apposed(r.apposed(r.trim(src)))
	if e := x + 1; t.POS(x) == dragoman.PROPN && e+1 < src.end && r.lower[e] == "," && (t.POS(e+1) == dragoman.PROPN || t.POS(e+1) == dragoman.PRON) && !r.relative(e+1) {
		src.end = e
	}
	for src.end < r.doc.Sentences[t.Sentence(v)].End && (t.POS(src.end) == dragoman.NOUN || t.POS(src.end) == dragoman.PROPN) && r.quote[src.end] < 0 && r.nominal(src.end-1) && !t.Is(src.end, "nsubj") {
		src.end++
	}
	if v > 0 && r.lower[v-1] == "," {
		// nothing follows but the source
		for e := end; e < r.doc.Sentences[t.Sentence(v)].End && e < end+14 && r.quote[e] < 0; e++ {
			if r.outer(e) {
				if r.lower[e] == "." && e > src.end {
					src = span{min(src.first, end), e}
				}
				break
			}
		}
	}
	if v == r.doc.Sentences[t.Sentence(v)].First || r.outer(v-1) {
		src = r.short(src, x)
	}
	inner := span{min(v, src.first), src.end}
	h := t.Head(x)
	if h < 0 || inner.has(h) {
		h = t.Head(v)
	}
	sent := r.doc.Sentences[t.Sentence(v)]
	var body span
	if h >= 0 && !inner.has(h) {
		after := v > sent.First && r.outer(v-1)
		for n := 0; n < 12 && t.Head(h) >= 0 && !inner.has(t.Head(h)); n++ {
			noun := t.POS(h) != dragoman.VERB && t.Kid(h, "cop", "nsubj") < 0
			if !noun && !(after && (t.Is(h, "xcomp", "advcl", "acl") || t.Is(h, "conj") && t.Kid(h, "nsubj") < 0)) {
				break
			}
			h = t.Head(h)
		}
		body = r.around(h, inner)
	} else {
		body = r.outside(span{sent.First, sent.End}, inner)
	}
	if r.lower[max(v-1, 0)] == "," && r.quote[v] < 0 && r.trim(span{src.end, sent.End}).empty() && body.end <= v {
		// at the end of a sentence the phrase tells the source of all of it
		if q := r.quote[body.first]; q >= 0 && r.taken[q] && r.quotes[q].end <= v && r.para[r.quotes[q].first] == r.para[v] {
			body.first = r.quotes[q].first
		}
		if all := r.dateline(r.trim(span{r.clauseStart(v), v})); all.holds(body) && !r.cued(all.first, body.first) {
			body = all
		}
	}
	body = r.inQuote(body, v)
	if body.empty() {
		return
	}
	if k := body.first - 1; k >= 0 && r.quote[k] >= 0 && r.quote[v] < 0 && r.para[k] == r.para[v] {
		// "A," he said, according to X
		if q := r.quote[k]; r.taken[q] && !r.opensSentence(body.first) {
			body.first = r.quotes[q].first
		}
	}
	if body.end > body.first+1 && r.lower[body.first] == "that" && t.Is(body.first, "mark") {
		body.first++
	}
	src, x = r.document(src, x)
	r.add(found{source: src, head: x, cue: g, cueHead: v, content: body, word: c})
}

// short ends the phrase s of head x, which opens its sentence, at the first
// comma after which the clause begins: "according to a poll, voters want A". An
// apposition, a name, a relative clause or "citing Y" that a comma closes before the
// clause stays.
func (r *reader) short(s span, x int) span {
	sent := r.doc.Sentences[r.tree.Sentence(x)]
	if !r.verbal(span{x + 1, sent.End}) {
		return s
	}
	all := r.segments(s.first, sent.End)
	if len(all) < 2 || len(all) == manySegments {
		for i := x + 1; i < s.end; i++ {
			if r.lower[i] == "," && r.quote[i] < 0 {
				return r.trim(span{s.first, i})
			}
		}
		return s
	}
	end := all[len(all)-1].end
	for n := len(all) - 2; n > 0; n-- {
		// asides up to here, if the clause begins after them
		seg, next := all[n], all[n-1]
		if seg.empty() || next.empty() || seg.first >= s.end {
			break
		}
		if who := r.relative(seg.first) && r.lower[seg.first] != "that"; !who && !r.citation(seg.first) && !r.calls(x, seg) && !(r.tree.POS(seg.first) == dragoman.DET && r.named(seg) && !r.relativeIn(seg)) {
			break
		}
		if r.nominal(next.first) && r.tree.POS(next.first) != dragoman.NUM && !r.relative(next.first) && r.verbal(next) {
			end = seg.end
			break
		}
	}
	if end <= x {
		return s
	}
	return r.trim(span{s.first, min(end, s.end)})
}

// calls reports whether s is the name of the one person that the noun x tells of: "the
// director of the union, Jane Dorsey,".
func (r *reader) calls(x int, s span) bool {
	return r.tree.POS(x) == dragoman.NOUN && r.doc.Tags[x].Has("Number=Sing") && r.bodies[strings.ToLower(r.tree.Lemma(x))] && r.proper(s)
}

func (r *reader) relativeIn(s span) bool {
	for i := s.first; i < s.end; i++ {
		if r.relative(i) {
			return true
		}
	}
	return false
}

// argument reports whether s holds a subject or object of h.
func (r *reader) argument(s span, h int) bool {
	for _, k := range r.tree.Kids(h) {
		if s.has(int(k)) && r.tree.Is(int(k), "nsubj", "obj", "expl") {
			return true
		}
	}
	return false
}

func (r *reader) outside(s, inner span) span {
	left, right := r.trim(span{s.first, inner.first}), r.trim(span{inner.end, s.end})
	if left.end-left.first >= right.end-right.first {
		return left
	}
	return right
}

// document looks behind a document for its author: of "a statement from the
// ministry" the ministry.
func (r *reader) document(s span, head int) (span, int) {
	c, ok := r.sources[strings.ToLower(r.tree.Lemma(head))]
	if !ok || c.kind != "document" || c.medium == "document" {
		return s, head
	}
	for _, kid := range r.tree.Kids(head) {
		k := int(kid)
		if p := r.tree.Case(k); r.tree.Is(k, "nmod") && k > head && (p == "from" || p == "by" || p == "of") && r.nominal(k) {
			return r.dropCase(r.phrase(k, -1), k), k
		}
	}
	if k := r.tree.Kid(head, "nmod:poss"); k >= 0 {
		return s, k
	}
	return s, head
}
