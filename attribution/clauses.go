package attribution

import (
	"strings"

	"dragoman"
)

// clauses reads from the arcs what is said without quotation marks.
func (r *reader) clauses() {
	for i := range r.lower {
		if r.tree.Is(i, "amod") {
			r.attributive(i)
		}
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
			if h := t.Head(top); h == k && t.Is(top, "xcomp") && t.POS(h) == dragoman.VERB && !r.used[h] && !r.mainVerb(top) {
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

// mainVerb reports whether v, which the parser took for a participle that completes another
// verb, is the verb of a clause: "who asked not to be named said A".
func (r *reader) mainVerb(v int) bool {
	return r.tree.Is(v, "xcomp") && r.doc.Tags[v].XPOS == "VBN" && r.tree.Kid(v, "ccomp") > v && r.doc.Tags[r.tree.Head(v)].XPOS == "VBN"
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
	if r.described(v) {
		return
	}
	g := r.group(v)
	passive := r.passive(v)
	if passive && c.kind == "say" && r.pastLike(v, g) && r.afterComma(g) && r.that(g.end, r.doc.Sentences[t.Sentence(v)].End) >= 0 {
		passive = false // "X, a minister, announced on Monday that A"
	}
	body := r.byTree(v, c, g, passive)
	last, src, head := r.closing(v, c, g)
	if last.empty() || body.end > g.first {
		src, head = none, -1
	} else {
		body, passive = last, false
	}
	cueSpan := g
	body = r.byPlace(body, v, c, g)
	if body.empty() && !c.has(fBare) {
		var p int
		if body, p = r.preposition(v, c); body.empty() && r.takesObject(v, c) && !passive {
			body = r.object(v)
		} else if p == g.end {
			cueSpan.end = p + 1
		} else if body.empty() && passive && r.takesObject(v, c) {
			body = r.undergone(v)
		}
	}
	if !body.empty() {
		body = r.claimed(r.told(r.whole(body, v), v), v)
	}
	body = r.clip(body, g, v)
	if body.empty() && !c.has(fBare) {
		return
	}
	body = r.goesOn(r.afterDay(r.charged(body, v, c, passive), g), v, c)
	if head < 0 {
		body, src, head = r.leading(v, c, body)
	}
	src, head = r.speaker(v, g, body, src, head, passive)
	if head < 0 && !passive {
		return
	}
	if passive && head < 0 && t.Kid(v, "nsubj:pass") < 0 && t.Kid(v, "expl", "nsubj", "ccomp") < 0 && !t.Is(v, "conj", "xcomp", "advcl", "root") && !(t.Is(v, "acl") && c.frames&(fOf|fPass) != 0) {
		return
	}
	body = r.apart(body, src)
	if body.empty() && !c.has(fBare) || r.empty(body) {
		return
	}
	r.add(found{source: src, head: head, cue: cueSpan, cueHead: v, content: body, word: c})
}

// charged ends what somebody is accused of, the content s of the passive v, before the verb
// of the clause that he stands in: "the men suspected of killing her were arrested".
func (r *reader) charged(s span, v int, c *cue, passive bool) span {
	if !passive || !c.has(fOf) || s.first < v || s.empty() || r.tree.Kid(v, "aux:pass") >= 0 {
		return s
	}
	for k := s.first; k < s.end; k++ {
		switch {
		case r.relative(k) || r.conjunction(k) || r.tree.POS(k) == dragoman.SCONJ && k > s.first || r.quote[k] >= 0:
			return s
		case r.finiteWord(k):
			return r.trim(span{s.first, k})
		}
	}
	return s
}

// afterDay takes off the content s a day that stands between it and its cue g, and says when
// it was said: "said on Monday that A", "said Monday the truce holds".
func (r *reader) afterDay(s, g span) span {
	i := s.first
	if i != g.end || s.end-i < 4 || r.quote[i] >= 0 {
		return s
	}
	if r.lower[i] == "on" {
		i++
	}
	if i++; !r.days[r.lower[i-1]] || !r.beginsNoun(i) && r.tree.POS(i) != dragoman.NOUN && r.tree.POS(i) != dragoman.ADJ && r.lower[i] != "that" {
		return s
	}
	return span{i, s.end}
}

// described reports whether the participle v only says what something is like, "trade has
// been promising": in the progressive, without anything that is said.
func (r *reader) described(v int) bool {
	t := r.tree
	return r.doc.Tags[v].XPOS == "VBG" && t.Kid(v, "aux") >= 0 && t.Kid(v, "obj", "iobj", "ccomp", "xcomp", "parataxis", "obl") < 0 && r.quote[v] < 0 &&
		v+1 < len(r.lower) && r.lower[v+1] == "."
}

// byTree returns the content of the verb v that the arcs or the commas around
// it tell.
func (r *reader) byTree(v int, c *cue, g span, passive bool) span {
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
	return body
}

// byPlace returns the content s of the verb v, or what stands where a content
// should where s is none or only describes the source: "X, including Y, said A".
func (r *reader) byPlace(s span, v int, c *cue, g span) span {
	if !s.empty() && s.end <= g.first && c.kind == "say" && r.quote[s.first] < 0 && !r.verbal(s) && r.verbal(span{g.end, r.doc.Sentences[r.tree.Sentence(v)].End}) {
		s = none
	}
	if s.empty() {
		s = r.fallback(v, c, g)
	}
	return s
}

func (r *reader) afterComma(g span) bool { return g.first > 0 && r.lower[g.first-1] == "," }

// speaker returns the source of the verb v: s with its head where they are
// known, what the arcs tell, or the noun phrase that stands where a source
// should. A head that the arcs tell within s is kept.
func (r *reader) speaker(v int, g, body, s span, head int, passive bool) (span, int) {
	src, h := r.subject(v)
	if in := r.segment(v); h >= 0 && h < in.first || h < 0 && r.begins[in.first] {
		src, h = r.nounBefore(in.first, g.first)
	}
	switch {
	case head >= 0 && s.has(h):
		src = s
	case head >= 0:
		src, h = s, head
	case h >= 0 && r.relative(h) && r.lower[h] != "that" && r.afterComma(g):
		// "X, meanwhile, who was there, said": the pronoun is of another verb
		if o, k := r.opener(g); k >= 0 {
			src, h = o, k
		}
	}
	if h < 0 && !passive && body.end <= g.first && !body.empty() {
		src, h = r.nounAfter(g.end, v)
	}
	if h < 0 && !passive && (r.finite(v) || r.pastLike(v, g)) {
		if src, h = r.adjacent(v, g); h < 0 {
			src, h = r.opener(g)
		}
	}
	if !passive {
		src, h = r.lead(src, h)
	}
	if k := r.beyond(v, h); k >= 0 {
		src, h = r.phrase(k, v), k
	}
	if h >= 0 && src.has(v) {
		return none, -1
	}
	return src, h
}

// beyond returns who says what follows the participle v where the parser hung it on a thing
// or a day, h, that says nothing: the nearest subject above that can, "X denied reports that
// missiles hit the jet, saying A"; -1.
func (r *reader) beyond(v, h int) int {
	c := r.hits[v]
	if v == 0 || c.kind != "say" || r.doc.Tags[v].XPOS != "VBG" || r.lower[v-1] != "," || r.tree.Kid(v, "nsubj") >= 0 {
		return -1
	}
	if h >= 0 && (r.speaks(h) && !r.days[r.lower[h]] || r.tree.POS(h) == dragoman.PRON) {
		return -1
	}
	if h < 0 {
		h = v
	}
	for at, n := h, 0; at >= 0 && n < 12; at, n = r.tree.Head(at), n+1 {
		if k := r.nearest(at); k >= 0 && k != h && k < v && r.quote[k] == r.quote[v] && (r.tree.POS(k) == dragoman.PRON && !r.relative(k) || r.speaks(k)) {
			return k
		}
	}
	for u := v - 1; u > r.doc.Sentences[r.tree.Sentence(v)].First; u-- {
		// "The war is over, he said, adding A"
		if c := r.hits[u]; c != nil && c.pos == dragoman.VERB && c.kind == "say" && r.finiteWord(u) && r.quote[u] == r.quote[v] {
			return r.nearest(u)
		}
	}
	return -1
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

// passive reports whether v is passive: "was asked", "Asked whether A, he", "rebels accused
// of looting fled", where whoever accuses would have to accuse somebody.
func (r *reader) passive(v int) bool {
	if r.tree.Kid(v, "aux:pass") >= 0 {
		return true
	}
	if c := r.hits[v]; c != nil && c.has(fOf) && !c.has(fClause) && strings.HasSuffix(r.lower[v], "ed") && r.tree.Kid(v, "obj", "iobj", "aux") < 0 && v+1 < len(r.lower) && (r.lower[v+1] == "of" || r.lower[v+1] == "by") {
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
	a.continues, a.within, a.reports = -1, -1, -1
	if !r.confine(&a) {
		r.used[a.cueHead] = true
		return -1
	}
	if !a.source.empty() && a.source.has(a.head) {
		a.source, a.head = r.pare(a.source, a.head, a.cue)
	}
	for a.source.first < a.head && (r.punct(a.source.first) || r.mark(a.source.first) && !r.closedIn(a.source) || r.tree.POS(a.source.first) == dragoman.CCONJ && r.lower[a.source.first] != "both") {
		a.source.first++
	}
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

// mark reports whether token i is a quotation mark.
func (r *reader) mark(i int) bool {
	switch r.lower[i] {
	case "'", "''", "\"", "“", "”", "‘", "``", "`", "«", "»":
		return true
	}
	return false
}

// closedIn reports whether the quotation that opens s ends in it: a title.
func (r *reader) closedIn(s span) bool {
	q := r.quote[s.first]
	return q >= 0 && r.quotes[q].first == s.first && r.quotes[q].end <= s.end
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
			if k < v && (r.whoClause(v) == k || r.afterwards(k)) || t.Introduces(v, k) {
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
		if a := t.Kid(k, "aux"); a >= 0 && strings.ToLower(t.Lemma(a)) == "have" && strings.HasSuffix(r.lower[j], "ed") {
			if cc := t.Kid(j, "cc"); cc < 0 || r.lower[max(cc-1, 0)] != "," {
				continue // "said that they have found and destroyed it"
			}
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

// takesObject reports whether the object of v is said by it. A raid can be claimed by who
// can speak, a life by anything.
func (r *reader) takesObject(v int, c *cue) bool {
	if c.has(fObj) {
		return true
	}
	_, head := r.subject(v)
	return c.has(fDeed) && head >= 0 && r.speaks(head)
}

// undergone returns the subject of the passive v as content where it is told by whom:
// "the attack was reported by villagers".
func (r *reader) undergone(v int) span {
	subj := r.tree.Kid(v, "nsubj:pass")
	if _, by := r.agent(v); by < 0 || subj < 0 || r.relative(subj) || r.tree.POS(subj) == dragoman.PRON {
		return none
	}
	return r.bareInfinitives(subj)
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
