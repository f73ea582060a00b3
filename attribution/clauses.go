package attribution

import (
	"strings"

	"dragoman"
)

// clauses reads from the arcs what is said without quotation marks.
func (r *reader) clauses() {
	for i := range r.lower {
		c := r.hits[i]
		if c == nil || r.used[i] {
			continue
		}
		switch c.pos {
		case dragoman.VERB:
			r.verb(i, c)
		case dragoman.NOUN:
			r.nominalisation(i, c)
		case dragoman.ADJ:
			r.adjective(i, c)
		case dragoman.ADV:
			r.adverb(i, c)
		case dragoman.ADP:
			r.according(i, c)
		}
	}
}

// group returns the words of the cue v: its auxiliaries, adverbs and negation,
// the verb that it completes ("went on to say"), its particle.
func (r *reader) group(v int) span {
	t := r.tree
	s := span{v, v + 1}
	if end := r.ends[v]; end > v {
		s.end = end
	}
	top := v
	sent := r.doc.Sentences[t.Sentence(v)]
	for s.first > sent.First {
		k := s.first - 1
		switch {
		case t.Is(k, "aux", "cop", "advmod") && (t.Head(k) == top || t.Head(k) == v) && !r.wh(k):
		case t.Is(k, "mark") && r.lower[k] == "to" && t.Head(k) == top && t.Is(top, "xcomp"):
		case top == s.first || t.Is(top, "xcomp"):
			if h := t.Head(top); h == k && t.Is(top, "xcomp") && t.POS(h) == dragoman.VERB && !r.used[h] {
				top = h
				break
			}
			if t.Is(k, "advmod") && t.Head(k) == t.Head(top) && t.Is(top, "xcomp") {
				break
			}
			return r.adjoin(s, v)
		default:
			return r.adjoin(s, v)
		}
		s.first--
	}
	return r.adjoin(s, v)
}

func (r *reader) wh(k int) bool {
	switch r.lower[k] {
	case "when", "how", "why", "where", "then", "so":
		return true
	}
	return false
}

// adjoin takes in the particle after the verb and drops a "to" that the verb
// it belongs to did not come with.
func (r *reader) adjoin(s span, v int) span {
	for s.end < len(r.lower) && r.tree.Is(s.end, "compound:prt") && r.tree.Head(s.end) == v {
		s.end++
	}
	if s.first < v && r.lower[s.first] == "to" {
		s.first++
	}
	return s
}

// verb reads a verb that is a cue.
func (r *reader) verb(v int, c *cue) {
	t := r.tree
	if h := t.Head(v); r.marked(v, "without") && h >= 0 && r.hits[h] != nil {
		return
	}
	g := r.group(v)
	passive := r.passive(v)
	cueSpan := g
	body := r.parenthesis(c, v, g)
	if body.empty() {
		body = r.quoted(v, g)
	}
	if body.empty() {
		body = r.complement(v, c, passive)
	}
	if body.empty() {
		body = r.amid(v, c, g)
	}
	if body.empty() {
		body = r.fallback(v, c, g)
	}
	if body.empty() && !c.has(fBare) {
		var p int
		if body, p = r.preposition(v, c); body.empty() && c.has(fObj) && !passive {
			body = r.object(v)
		} else if p == g.end {
			cueSpan.end = p + 1
		}
	}
	if !body.empty() {
		body = r.claimed(r.told(r.whole(body, v), v), v)
	}
	body = r.clip(body, g, v)
	if body.empty() && !c.has(fBare) {
		return
	}
	src, head := r.subject(v)
	if head < 0 && !passive && body.end <= g.first && !body.empty() {
		src, head = r.nounAfter(g.end, v)
	}
	if head < 0 && !passive && r.finite(v) {
		src, head = r.adjacent(v, g)
	}
	if !passive {
		src, head = r.lead(src, head)
	}
	if head >= 0 && src.has(v) {
		src, head = none, -1
	}
	if head < 0 && !passive {
		return
	}
	if passive && head < 0 && t.Kid(v, "nsubj:pass") < 0 && t.Kid(v, "expl", "nsubj", "ccomp") < 0 && !t.Is(v, "conj", "xcomp", "advcl", "root") {
		return
	}
	body = r.apart(body, src)
	if body.empty() && !c.has(fBare) || r.empty(body) {
		return
	}
	r.add(found{source: src, head: head, cue: cueSpan, cueHead: v, content: body, word: c})
}

// empty reports whether s is a pronoun or "that" alone, which tells nothing.
func (r *reader) empty(s span) bool {
	if s.end-s.first != 1 {
		return false
	}
	switch r.tree.POS(s.first) {
	case dragoman.PRON, dragoman.SCONJ, dragoman.DET, dragoman.ADP:
		return true
	}
	return false
}

// passive reports whether v is passive: "was asked", "Asked whether A, he".
func (r *reader) passive(v int) bool {
	if r.tree.Kid(v, "aux:pass") >= 0 {
		return true
	}
	if r.doc.Tags[v].XPOS == "VBN" && r.tree.Kid(v, "aux", "nsubj") < 0 && !r.tree.Is(v, "conj") {
		return true
	}
	first := r.doc.Sentences[r.tree.Sentence(v)].First
	return strings.HasSuffix(r.lower[v], "ed") && (v == first || v > 0 && (r.lower[v-1] == "when" || r.lower[v-1] == "if")) &&
		r.tree.Kid(v, "nsubj") < 0
}

// add keeps an attribution and marks its cue as used.
func (r *reader) add(a found) int {
	a.continues = -1
	if a.source.empty() {
		a.source, a.head = none, -1
	} else if !a.source.has(a.head) {
		a.head = r.root(a.source)
	}
	if a.cueHead >= 0 {
		r.used[a.cueHead] = true
	}
	r.all = append(r.all, a)
	return len(r.all) - 1
}

// root returns the token of s that hangs on one outside of it.
func (r *reader) root(s span) int {
	for i := s.first; i < s.end; i++ {
		if !s.has(r.tree.Head(i)) && r.nominal(i) {
			return i
		}
	}
	return s.end - 1
}

// extent returns the tokens of the subtree of k.
func (r *reader) extent(k int) span {
	first, end := r.tree.Extent(k)
	return span{first, end}
}

// complement returns what hangs on the verb v as its content.
func (r *reader) complement(v int, c *cue, passive bool) span {
	t := r.tree
	obj := t.Kid(v, "obj", "iobj")
	for _, kid := range t.Kids(v) {
		k := int(kid)
		switch {
		case t.Is(k, "ccomp") && c.frames&(fClause|fObjClause|fQuote) != 0:
			if k < v && (r.whoClause(v) == k || r.afterwards(k)) {
				continue
			}
			return r.cut(v, k)
		case t.Is(k, "ccomp", "csubj") && passive && c.has(fPass):
			return r.cut(v, k)
		case t.Is(k, "ccomp") && c.has(fIng) && r.doc.Tags[k].Has("VerbForm=Ger"):
			return r.cut(v, k)
		case t.Is(k, "advcl") && k > v && c.stance == "asks" && c.has(fClause) && (r.marked(k, "if") || r.marked(k, "whether")):
			return r.extent(k)
		case t.Is(k, "parataxis") && k > v && c.has(fClause) && obj < 0 && t.Kid(v, "ccomp") < 0 && t.Kid(k, "nsubj") >= 0:
			return r.cut(v, k)
		case t.Is(k, "xcomp", "ccomp", "advcl") && obj >= 0 && obj < k && r.infinitive(k) && c.has(fObjInf):
			return span{r.extent(obj).first, r.extent(k).end}
		case t.Is(k, "xcomp") && r.infinitive(k) && passive && c.frames&(fPass|fObjInf|fClause) != 0:
			return r.extent(k)
		case t.Is(k, "xcomp") && r.infinitive(k) && c.has(fInf) && (obj < 0 || obj > k):
			return r.bareInfinitives(k)
		case t.Is(k, "xcomp") && c.has(fIng) && strings.HasSuffix(r.lower[k], "ing"):
			return r.extent(k)
		case t.Is(k, "obl", "advcl", "nmod") && c.has(fOf) && r.marked(k, "of"):
			if obj >= 0 && obj < k {
				return span{r.extent(obj).first, r.extent(k).end}
			}
			if passive {
				return r.extent(k)
			}
		case t.Is(k, "obl", "advcl", "xcomp") && (c.has(fAs) || c.has(fNested)) && r.marked(k, "as"):
			if obj >= 0 && obj < k {
				return span{r.extent(obj).first, r.asQuote(k, r.bareInfinitives(k).end)}
			}
			if passive {
				return r.bareInfinitives(k)
			}
		case t.Is(k, "xcomp") && c.has(fComp) && obj >= 0 && obj < k && !r.infinitive(k):
			return span{r.extent(obj).first, r.extent(k).end}
		}
	}
	if c.has(fClause) {
		// "warned without naming him that A": the parser hangs A on "naming"
		for _, kid := range t.Kids(v) {
			if k := int(kid); k > v && r.marked(k, "without") {
				if a := t.Kid(k, "ccomp"); a > k {
					return r.extent(a)
				}
			}
		}
	}
	if c.frames&(fComp|fAs) != 0 && !passive {
		if s := r.dubbed(v, obj); !s.empty() {
			return s
		}
	}
	if c.has(fOf) && obj >= 0 {
		for _, kid := range t.Kids(obj) {
			if k := int(kid); k > obj && r.marked(k, "of") {
				return r.extent(obj)
			}
		}
	}
	return none
}

// asQuote ends the phrase of k, as "good" during a visit, with its quotation;
// end is where it ends without one.
func (r *reader) asQuote(k, end int) int {
	for i := r.extent(k).first; i < k+1 && i+1 < len(r.lower); i++ {
		if r.lower[i] != "as" {
			continue
		}
		if q := r.quote[i+1]; q >= 0 && r.quotes[q].first == i+1 && r.quotes[q].end < end && r.tree.POS(r.quotes[q].end) != dragoman.CCONJ {
			return r.quotes[q].end
		}
	}
	return end
}

// dubbed returns what stands between the verb v and the end of the quotation
// that follows its object: `called him "a liar"`, `described him as "weak"`; or
// its two objects.
func (r *reader) dubbed(v, obj int) span {
	end := r.ends[v]
	sent := r.doc.Sentences[r.tree.Sentence(v)]
	for k := end; k < sent.End && k < end+14 && r.quote[v] < 0; k++ {
		if q := r.quote[k]; q >= 0 && r.quotes[q].first == k && !r.taken[q] {
			if !r.verbless(end, k) {
				break
			}
			return span{end, r.quotes[q].end}
		}
		if r.outer(k) {
			break
		}
	}
	if obj < 0 {
		return none
	}
	for k := end; k+1 < sent.End && k < end+40 && r.hits[v].has(fAs) && r.quote[v] < 0; k++ {
		if p := r.tree.POS(k); p == dragoman.VERB || r.lower[k] == ";" {
			break
		}
		if r.lower[k] == "as" && k > obj {
			s := span{r.extent(obj).first, k + 2}
			if q := r.quote[k+1]; q >= 0 {
				s.end = r.quotes[q].end
			} else if h := r.tree.Head(k); h > k {
				s.end = r.extent(h).end
			}
			return s
		}
	}
	for _, kid := range r.tree.Kids(v) {
		if k := int(kid); k > obj && r.tree.Is(k, "obj", "iobj") && r.hits[v].has(fComp) {
			return span{r.extent(obj).first, r.extent(k).end}
		}
	}
	return none
}

// tense returns the tag of the finite word of the clause of k.
func (r *reader) tense(k int) string {
	if a := r.tree.Kid(k, "aux", "cop"); a >= 0 {
		return r.doc.Tags[a].XPOS
	}
	return r.doc.Tags[k].XPOS
}

// afterwards reports whether the clause of k is one of time or reason: "Days
// after the minister denied it, the army confirmed".
func (r *reader) afterwards(k int) bool {
	first := r.extent(k).first
	for i := first; i < k && i < first+7; i++ {
		if r.conjunction(i) && r.quote[i] < 0 {
			return true
		}
	}
	return false
}

func (r *reader) infinitive(k int) bool {
	m := r.tree.Kid(k, "mark")
	return m >= 0 && r.lower[m] == "to" || r.tree.Kid(k, "cop") >= 0 && m >= 0 && r.lower[m] == "to"
}

// bareInfinitives returns the infinitive or phrase k without finite verbs that the
// parser coordinated with it: "plans to vote but is undecided".
func (r *reader) bareInfinitives(k int) span {
	s := r.extent(k)
	for _, kid := range r.tree.Kids(k) {
		j := int(kid)
		if !r.tree.Is(j, "conj") || j < k {
			continue
		}
		x := r.doc.Tags[j].XPOS
		fin := x == "VBD" || x == "VBZ"
		if a := r.tree.Kid(j, "aux", "cop"); a >= 0 {
			x := r.doc.Tags[a].XPOS
			fin = x == "VBD" || x == "VBZ" || x == "VBP" || x == "MD"
		}
		if first := r.extent(j).first; fin && first > k {
			s.end = min(s.end, first)
		}
	}
	return s
}

// marked reports whether k is led by the word.
func (r *reader) marked(k int, word string) bool {
	for _, kid := range r.tree.Kids(k) {
		if r.tree.Is(int(kid), "case", "mark", "advmod") && int(kid) < k && r.lower[kid] == word {
			return true
		}
	}
	return false
}

// cut returns the clause of k below the cue v, up to a coordinated verb that
// the parser hung on it and that goes with the cue: "said A, and attacked B".
func (r *reader) cut(v, k int) span {
	t := r.tree
	s := r.extent(k)
	if k < v {
		return s
	}
	for _, kid := range t.Kids(k) {
		j := int(kid)
		if !t.Is(j, "conj") || r.quote[j] >= 0 {
			continue
		}
		if n := t.Kid(j, "nsubj"); n >= 0 {
			// "said A, and he accused B": the pronoun speaks on
			f := r.extent(j).first
			if c := r.hits[j]; c != nil && c.kind == "say" && t.POS(n) == dragoman.PRON && f > k && r.outer(f-1) && t.Kid(j, "mark") < 0 && t.Kid(j, "aux") < 0 {
				s.end = min(s.end, f)
			}
			continue
		}
		if t.Kid(j, "expl", "mark", "aux") >= 0 {
			continue
		}
		x := r.doc.Tags[j].XPOS
		if (x != "VBD" && x != "VBZ") || x != r.doc.Tags[v].XPOS || t.POS(j) != dragoman.VERB {
			continue
		}
		first := r.extent(j).first
		if cc := t.Kid(j, "cc"); cc > s.first && cc < j && r.lower[cc-1] == "," || x != r.tense(k) {
			if first > k {
				s.end = min(s.end, first)
			}
		}
	}
	return s
}

// amid returns the content around or before a cue in parenthesis: "The truce
// will hold, officials said", "The truce, he said, will hold", "As X put it, A".
func (r *reader) amid(v int, c *cue, g span) span {
	t := r.tree
	if c.frames&(fClause|fAs) == 0 {
		return none
	}
	h := t.Head(v)
	as := r.marked(v, "as") && t.Is(v, "advcl") && (r.ends[v] > v+1 || t.Kid(v, "obj", "ccomp", "xcomp") < 0)
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
	last := r.trim(span{g.end, sent.End}).empty()
	if c.kind != "say" || !c.has(fClause) || r.quote[v] >= 0 || !last && r.lower[g.end] != "," {
		return none
	}
	s, h := r.nounBefore(sent.First, g.first)
	if h < 0 || s.end != g.first || s.first <= sent.First+1 || r.lower[s.first-1] != "," || r.tree.Is(h, "appos") {
		return none
	}
	left, right := span{sent.First, s.first - 1}, span{g.end + 1, sent.End}
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
// day, a place, a hearer or "without naming him" before it; -1 for none.
func (r *reader) that(i, end int) int {
	for k := i; k < min(end, i+16); k++ {
		if r.quote[k] >= 0 {
			continue
		}
		p := r.tree.POS(k)
		if r.lower[k] == "that" && (p == dragoman.SCONJ || k+1 < end && r.beginsNoun(k+1)) {
			return k
		}
		if p == dragoman.VERB && k > i && r.lower[k-1] == "without" || r.lower[k] == "without" {
			continue
		}
		if !r.nominal(k) && p != dragoman.ADP && p != dragoman.ADV && p != dragoman.PART && r.lower[k] != "," {
			return -1
		}
	}
	return -1
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

// preposition returns the object of one of the prepositions that c takes, and
// the token of the preposition.
func (r *reader) preposition(v int, c *cue) (span, int) {
	t := r.tree
	for _, kid := range t.Kids(v) {
		k := int(kid)
		if k < v || !t.Is(k, "obl", "advcl", "nmod", "acl", "ccomp", "xcomp") {
			continue
		}
		for _, m := range t.Kids(k) {
			p := int(m)
			if t.Is(p, "case", "mark") && p < k && c.prep(r.lower[p]) {
				s := r.extent(k)
				s.first = max(s.first, p+1)
				return s, p
			}
		}
	}
	return none, -1
}

// object returns the object of v as content.
func (r *reader) object(v int) span {
	for _, kid := range r.tree.Kids(v) {
		if k := int(kid); r.tree.Is(k, "obj") && k > v {
			return r.bareInfinitives(k)
		}
	}
	return none
}

// clip keeps the content on one side of its cue and within or without the
// quotation that the cue stands in, and lets it run to the end of a quotation
// that begins in it.
func (r *reader) clip(s, g span, v int) span {
	if s.empty() {
		return none
	}
	if s.first < g.end && g.first < s.end && !r.amidst(s, g) {
		if s.end-g.end >= g.first-s.first {
			s.first = g.end
		} else {
			s.end = g.first
		}
	}
	if q := r.quote[v]; q >= 0 {
		in := span{r.quotes[q].first, r.quotes[q].end}
		if s.end > in.end-1 {
			s.end = in.end - 1
		}
		s.first = max(s.first, in.first+1)
		for !s.empty() && r.punct(s.end-1) {
			s.end--
		}
		return s
	}
	s = r.dateline(r.trim(s))
	if s.empty() {
		return none
	}
	if q := r.quote[s.end-1]; q >= 0 && r.quotes[q].end > s.end && r.quotes[q].first >= g.end {
		if r.para[r.quotes[q].end-1] == r.para[s.first] {
			s.end = r.quotes[q].end
		}
	}
	// "said he rarely asks, “except for friends”"
	for e := s.end; e < len(r.lower) && e <= s.end+1 && s.first >= g.end; e++ {
		if q := r.quote[e]; q >= 0 && r.quotes[q].first == e && !r.taken[q] && r.para[e] == r.para[v] && r.tree.Sentence(e) == r.tree.Sentence(v) && !r.opensSentence(e) {
			s.end = r.quotes[q].end
			break
		}
		if e < len(r.lower) && r.lower[e] != "," {
			break
		}
	}
	if q := r.quote[s.first]; q >= 0 && r.quotes[q].first < s.first && r.quotes[q].end <= s.end {
		s.first = r.quotes[q].first
	}
	return s
}

// dateline takes "KABUL -" and "(KABUL) -" off the front of s.
func (r *reader) dateline(s span) span {
	if w := r.doc.Form(min(s.first, len(r.lower)-1)); !s.empty() && len(w) > 3 && strings.HasSuffix(w, "-") && strings.ToUpper(w) == w {
		return r.trim(span{s.first + 1, s.end})
	}
	for k := s.first + 1; k < s.end && k < s.first+8; k++ {
		switch r.lower[k] {
		case "-", "--", "–", "—":
			if r.verbless(s.first, k) && strings.ToUpper(r.doc.Form(s.first)) == r.doc.Form(s.first) && len(r.doc.Form(s.first)) > 1 {
				return r.trim(span{k + 1, s.end})
			}
			return s
		}
	}
	return s
}

// told mends the edges of the clause s after the cue v: a day before its "that"
// and a second cue after it, "said that A, the agency reported", are not told.
func (r *reader) told(s span, v int) span {
	if s.first <= v {
		return s
	}
	if i := r.that(s.first, min(s.end, s.first+6)); i > s.first && r.lower[s.first] != "that" {
		s.first = i
	}
	s = r.trailing(s, v)
	for i := s.first + 2; i < s.end; i++ {
		if r.participle(i) && r.quote[i] < 0 && !r.participle(v) {
			s.end = i - 1 // "said A, adding that B"
			break
		}
	}
	for u := s.end - 1; u > s.first+3 && u > s.end-6; u-- {
		c := r.hits[u]
		if c == nil || c.pos != dragoman.VERB || c.kind != "say" || r.quote[u] >= 0 {
			continue
		}
		g := r.group(u)
		if !r.verbless(g.end, r.doc.Sentences[r.tree.Sentence(v)].End) {
			break
		}
		if n, h := r.nounBefore(s.first, g.first); h >= 0 && n.end == g.first && n.first > s.first+2 && r.lower[n.first-1] == "," {
			s.end = n.first - 1
		}
		break
	}
	return s
}

// trailing takes in an apposition or adverbial without verb that ends the
// sentence after the clause s: "that he met him, the first time since May".
func (r *reader) trailing(s span, v int) span {
	sent := r.doc.Sentences[r.tree.Sentence(v)]
	e := s.end
	if e+1 >= sent.End || r.lower[e] != "," || r.quote[v] >= 0 || r.tree.Sentence(s.first) != r.tree.Sentence(v) || r.hits[v].kind != "say" {
		return s
	}
	switch r.tree.POS(e + 1) {
	case dragoman.DET, dragoman.NOUN, dragoman.NUM, dragoman.ADJ, dragoman.ADP, dragoman.ADV:
	default:
		return s
	}
	for i := e + 1; i < sent.End; i++ {
		if c := r.hits[i]; r.quote[i] >= 0 || c != nil && c.kind == "say" && c.pos != dragoman.NOUN || r.lower[i] == ";" || r.lower[i] == "despite" {
			return s
		}
	}
	return r.trim(span{s.first, sent.End})
}

// claimed takes in the noun that a clause belongs to, which the parser hung on
// the verb v: "dismissed the claim that A".
func (r *reader) claimed(s span, v int) span {
	if obj := r.tree.Kid(v, "obj"); obj > v && s.first == obj+1 && r.lower[s.first] == "that" {
		if c := r.hits[obj]; c != nil && c.pos == dragoman.NOUN && c.has(fClause) {
			s.first = r.extent(obj).first
		}
	}
	return s
}

// whole lets a clause that the arcs cut in the midst of a phrase run on to the
// next comma or the end of the sentence.
func (r *reader) whole(s span, v int) span {
	sent := r.doc.Sentences[r.tree.Sentence(v)]
	if s.first <= v || s.end >= sent.End || s.empty() || r.quote[s.end] >= 0 || r.tree.Sentence(s.end-1) != r.tree.Sentence(v) {
		return s
	}
	switch r.tree.POS(s.end) {
	case dragoman.VERB, dragoman.AUX, dragoman.PRON, dragoman.PART, dragoman.SCONJ:
		if h := r.tree.Head(s.end); h == v && r.tree.Is(s.end, "conj", "advcl", "obl") {
			return s
		}
	default:
		return s
	}
	for s.end < sent.End && !r.outer(s.end) && r.quote[s.end] < 0 {
		s.end++
	}
	return s
}

// amidst reports whether g stands in the midst of s, as in "A, he said, B".
func (r *reader) amidst(s, g span) bool {
	return s.first < g.first && g.end < s.end && r.outer(g.end)
}

// apart takes the source off the edge of the content.
func (r *reader) apart(s, src span) span {
	if s.empty() || src.empty() || src.end <= s.first || s.end <= src.first {
		return s
	}
	switch {
	case src.first <= s.first:
		s.first = src.end
	case src.end >= s.end:
		s.end = src.first
	default:
		return s
	}
	return r.trim(s)
}

// adjective reads "X is confident that A".
func (r *reader) adjective(v int, c *cue) {
	t := r.tree
	subj := t.Kid(v, "nsubj", "nsubj:pass")
	if subj < 0 && !t.Is(v, "xcomp", "conj", "acl", "advcl") {
		return
	}
	var body span
	end := -1
	for _, kid := range t.Kids(v) {
		k := int(kid)
		if k > v && (t.Is(k, "ccomp") || t.Is(k, "advcl") && r.marked(k, "that") || t.Is(k, "xcomp", "advcl") && c.has(fInf) && r.infinitive(k)) {
			body = r.extent(k)
			break
		}
	}
	if body.empty() {
		body, end = r.preposition(v, c)
	}
	g := r.group(v)
	body = r.clip(body, g, v)
	if body.empty() {
		return
	}
	src, head := r.subject(v)
	if head < 0 && subj >= 0 {
		src, head = r.phrase(subj, v), subj
	}
	if head < 0 || r.lower[head] == "it" || r.lower[head] == "there" {
		return
	}
	if end == g.end {
		g.end++
	}
	if body = r.apart(body, src); body.empty() {
		return
	}
	r.add(found{source: src, head: head, cue: g, cueHead: v, content: body, word: c})
}

// nominalisation reads "X's claim that A", "rumours that A", "a threat by X to B".
func (r *reader) nominalisation(v int, c *cue) {
	t := r.tree
	var body span
	that := false
	for _, kid := range t.Kids(v) {
		k := int(kid)
		if k < v || !t.Is(k, "acl", "ccomp", "xcomp") || t.Is(k, "acl:relcl") && t.Kid(k, "nsubj") >= 0 && r.relative(t.Kid(k, "nsubj")) {
			continue
		}
		if c.has(fClause) && r.marked(k, "that") {
			body, that = r.extent(k), true
			break
		}
		if c.has(fInf) && r.infinitive(k) {
			body = r.extent(k)
			break
		}
	}
	src, head := r.owner(v)
	cueSpan := span{v, v + 1}
	if body.empty() && c.has(fClause) && v+1 < len(r.lower) && r.lower[v+1] == "that" && r.tree.POS(v+1) == dragoman.SCONJ {
		// "the claim that A was rejected", the parser having lost A
		if h := t.Head(v); h >= 0 && h < v && t.Is(v, "obj") && t.Above(h, v+1) {
			for k := v + 1; k >= 0 && k != h; k = t.Head(k) {
				body = r.extent(k)
			}
			if body.first != v+1 {
				body = none
			}
			that = !body.empty()
		} else if h > v && t.Is(v, "nsubj") && t.Head(v+1) == h {
			if body = (span{v + 1, r.group(h).first}); r.verbless(body.first, body.end) {
				body = none
			}
			that = true
		}
	}
	if body.empty() && head >= 0 {
		var p int
		if body, p = r.preposition(v, c); p == v+1 {
			cueSpan.end = p + 1
		}
	}
	if body.empty() || head < 0 && !that {
		return
	}
	body = r.apart(r.clip(body, cueSpan, v), src)
	if body.empty() {
		return
	}
	r.add(found{source: src, head: head, cue: cueSpan, cueHead: v, content: body, word: c})
}

// owner returns who a claim is of: its possessor, its author, or the subject
// of the verb that it is the object of.
func (r *reader) owner(v int) (span, int) {
	t := r.tree
	for _, kid := range t.Kids(v) {
		k := int(kid)
		switch {
		case t.Is(k, "nmod:poss"):
			s := r.phrase(k, v)
			for s.end-1 > k && (t.Is(s.end-1, "case") || r.outer(s.end-1)) {
				s.end--
			}
			return s, k
		case t.Is(k, "nmod") && k > v && (t.Case(k) == "by" || t.Case(k) == "from"):
			return r.dropCase(r.phrase(k, v), k), k
		}
	}
	if h := t.Head(v); t.Is(v, "obj") && h >= 0 && h < v {
		switch strings.ToLower(t.Lemma(h)) {
		case "make", "issue", "release", "repeat", "have", "voice", "express", "give", "offer", "renew", "raise", "level", "send", "deliver":
			return r.subject(h)
		}
	}
	return none, -1
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
	if src.empty() {
		return
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

// short ends the phrase s of head x at the first comma after which a clause
// with a subject of its own begins: "according to a poll, voters want A", where
// the parser took the poll for the root.
func (r *reader) short(s span, x int) span {
	for i := x + 1; i < s.end; i++ {
		if r.lower[i] != "," || r.quote[i] >= 0 {
			continue
		}
		for k := i + 1; k < s.end; k++ {
			if r.relative(k) || r.lower[k] == "," {
				break
			}
			if r.tree.Is(k, "nsubj", "expl") && r.tree.Head(k) > k {
				return r.trim(span{s.first, i})
			}
		}
	}
	return s
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
