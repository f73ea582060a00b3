package attribution

import (
	"strings"

	"dragoman"
)

// What the arcs lose most often is a cue at the edge of a long sentence: "A, X
// said on Sunday", "X, a minister who resigned, said A". Commas are surer
// there than arcs: these functions read a sentence as the stretches between
// its commas.

// manySegments is how many stretches before a cue are looked at.
const manySegments = 8

// segments returns the stretches between commas from token from up to end, the
// nearest first, at most manySegments; commas in quotations and brackets do not
// part them.
func (r *reader) segments(from, end int) []span {
	var all []span
	depth := 0
	last := end
	for i := end - 1; i >= from && len(all) < manySegments; i-- {
		switch {
		case r.quote[i] >= 0:
		case r.lower[i] == ")" || r.lower[i] == "]":
			depth++
		case r.lower[i] == "(" || r.lower[i] == "[":
			depth = max(0, depth-1)
		case depth == 0 && r.lower[i] == ",":
			all = append(all, span{i + 1, last})
			last = i
		}
	}
	if len(all) < manySegments {
		all = append(all, span{from, last})
	}
	return all
}

// named reports whether s can be a noun phrase and nothing else: it begins like
// one, and no verb of its own stands in it.
func (r *reader) named(s span) bool {
	if s.empty() || s.end-s.first > 30 || !r.nominal(s.first) || r.relative(s.first) && r.tree.POS(s.first) != dragoman.DET {
		return false
	}
	for i := s.first; i < s.end; i++ {
		if r.quote[i] >= 0 {
			return false
		}
		if r.relative(i) && r.lower[i] != "that" {
			return true // what follows belongs to the noun
		}
		if r.finiteWord(i) || r.lower[i] == ";" || r.lower[i] == ":" {
			return false
		}
	}
	return true
}

// finiteWord reports whether token i is a finite verb, by its own tag.
func (r *reader) finiteWord(i int) bool {
	if p := r.tree.POS(i); p != dragoman.VERB && p != dragoman.AUX {
		return false
	}
	switch r.doc.Tags[i].XPOS {
	case "VBD", "VBZ", "VBP", "MD":
		return true
	}
	return false
}

// aside reports whether s only describes the noun before it: an apposition, a
// relative clause, a participle, a day or place, "however".
func (r *reader) aside(s span) bool {
	if s.empty() || s.end-s.first > 40 {
		return false
	}
	if w := r.lower[s.first]; r.relative(s.first) && w != "that" || s.end-s.first > 1 && r.relative(s.first+1) && r.tree.POS(s.first) == dragoman.ADP {
		return true
	}
	switch r.tree.POS(s.first) {
	case dragoman.ADP, dragoman.ADV, dragoman.VERB, dragoman.SCONJ:
		x := r.doc.Tags[s.first].XPOS
		return x != "VBD" && x != "VBZ" && x != "VBP"
	}
	return r.named(s)
}

// opener returns the noun phrase that opens the clause of the cue g where the
// arcs lost it: "X, a minister, said", "In Paris, X, who resigned, said". The
// comma before the cue closes what stands between.
func (r *reader) opener(g span) (span, int) {
	from := r.clauseStart(g.first)
	if g.first-1 <= from || r.quote[g.first] >= 0 {
		return none, -1
	}
	if r.lower[g.first-1] != "," {
		return r.afterAdverbial(from, g)
	}
	all := r.segments(from, g.first-1)
	n := 1 // all[0] is the last aside; the phrase is before it
	best := -1
	for ; n < len(all); n++ {
		if !r.aside(all[n-1]) {
			break
		}
		if r.named(all[n]) {
			best = n
		} else if best >= 0 {
			break
		}
	}
	if best < 0 || len(all) == manySegments {
		return none, -1
	}
	// "In Paris, France, X said": the place goes with what is before it
	for best > 1 && best+1 < len(all) && r.tree.POS(all[best+1].first) == dragoman.ADP && all[best].end-all[best].first == 1 && r.named(all[best-1]) {
		best--
	}
	if best+1 < len(all) && !r.adverbial(all[best+1]) {
		return none, -1
	}
	s := r.dateline(r.trim(span{all[best].first, g.first - 1}))
	name := span{s.first, all[best].end}
	if name.empty() {
		return none, -1
	}
	h := r.chief(name)
	if p := r.tree.POS(h); p != dragoman.NOUN && p != dragoman.PROPN && p != dragoman.PRON {
		return none, -1
	}
	return s, h
}

// afterAdverbial returns the noun phrase between the last comma and the cue g
// where the clause opens with an adverbial: "In a letter to X, Y said".
func (r *reader) afterAdverbial(from int, g span) (span, int) {
	all := r.segments(from, g.first)
	if len(all) < 2 || len(all) == manySegments {
		return none, -1
	}
	open := r.dateline(r.trim(all[len(all)-1]))
	if open.empty() || !r.adverbial(open) || !r.named(all[0]) || r.relativeIn(all[0]) {
		return none, -1
	}
	h := r.chief(all[0])
	if h < 0 || !r.speaks(h) {
		return none, -1
	}
	return r.trim(all[0]), h
}

// clauseStart returns where the sentence of token i begins, or the clause after
// its last ";" or ":" or after a quotation that ends with a sentence.
func (r *reader) clauseStart(i int) int {
	from := r.doc.Sentences[r.tree.Sentence(i)].First
	for k := i - 1; k > from; k-- {
		if r.quote[k] < 0 && (r.lower[k] == ";" && r.cued(from, k) || r.lower[k] == ":") || r.quote[k] >= 0 && r.opensSentence(k+1) {
			return k + 1
		}
	}
	return from
}

// cued reports whether a verb of saying stands between two tokens.
func (r *reader) cued(from, to int) bool {
	for i := from; i < to; i++ {
		if c := r.hits[i]; c != nil && c.kind == "say" && c.pos == dragoman.VERB {
			return true
		}
	}
	return false
}

// adverbial reports whether s stands before a clause without being its
// subject: "In Paris", "Speaking on Monday", "After he left", "However".
func (r *reader) adverbial(s span) bool {
	if s.empty() {
		return true
	}
	switch r.tree.POS(s.first) {
	case dragoman.ADP, dragoman.SCONJ, dragoman.ADV, dragoman.CCONJ, dragoman.PART:
		return true
	case dragoman.VERB:
		x := r.doc.Tags[s.first].XPOS
		return x == "VBG" || x == "VBN"
	}
	return false
}

// chief returns the head of the noun phrase s, whatever the arcs say of its
// surroundings: the first noun that no noun of s governs.
func (r *reader) chief(s span) int {
	best := -1
	for i := s.first; i < s.end; i++ {
		p := r.tree.POS(i)
		if p == dragoman.ADP && best >= 0 || r.relative(i) || p == dragoman.VERB && best >= 0 {
			break
		}
		if p != dragoman.NOUN && p != dragoman.PROPN && p != dragoman.PRON {
			continue
		}
		if h := r.tree.Head(i); !s.has(h) || !r.nominal(h) {
			return i
		}
		best = i
	}
	if best >= 0 {
		return best
	}
	return r.root(s)
}

// closing returns the content and the source of a cue that ends its sentence
// but for days, places and hearers: "A, the minister said on Sunday", "A, X,
// the envoy, told reporters in Paris".
func (r *reader) closing(v int, c *cue, g span) (body, src span, head int) {
	sent := r.doc.Sentences[r.tree.Sentence(v)]
	finite := r.finite(v) || r.finiteWord(g.first)
	if c.kind != "say" || !c.has(fClause) || r.quote[v] >= 0 || !finite && !r.pastLike(v, g) || !r.idle(g.end, sent.End, c) {
		return none, none, -1
	}
	from := r.clauseStart(g.first)
	all := r.segments(from, g.first)
	n := 0
	if len(all) > 1 && all[0].empty() {
		// a comma right before the cue closes an apposition
		if n = 2; n+1 >= len(all) || !r.aside(all[1]) {
			return none, none, -1
		}
	}
	if n+1 >= len(all) || !r.named(all[n]) || n == 0 && r.relativeIn(all[0]) {
		return none, none, -1
	}
	if n == 0 && n+2 < len(all) && r.bareRole(all[0]) && r.proper(all[1]) {
		n = 1 // "A, X, director of Y said"
	}
	src = r.trim(span{all[n].first, g.first})
	body = r.dateline(r.trim(span{from, all[n].first - 1}))
	if !r.tells(body) || r.pending(body) {
		return none, none, -1
	}
	for i := body.first; i < body.end; i++ {
		if q := r.quote[i]; q >= 0 && r.taken[q] && !r.cuedIn(q, body) {
			return none, none, -1
		}
	}
	head = r.chief(all[n])
	if head < 0 || !finite && r.tree.Kid(v, "nsubj") < 0 && !r.speaks(head) {
		return none, none, -1 // "the deal announced on Sunday"
	}
	return body, src, head
}

// speaks reports whether noun i can be somebody who says something.
func (r *reader) speaks(i int) bool {
	lemma := strings.ToLower(r.tree.Lemma(i))
	return r.tree.POS(i) == dragoman.PROPN || r.bodies[lemma] || r.sources[lemma].kind != ""
}

// pastLike reports whether the verb v, which the tagger took for a participle,
// can as well be a past tense: it stands alone and nobody does it to it.
func (r *reader) pastLike(v int, g span) bool {
	return r.doc.Tags[v].XPOS == "VBN" && g.first == v && r.tree.Kid(v, "aux") < 0 && (g.end >= len(r.lower) || r.lower[g.end] != "by")
}

// bareRole reports whether s begins with a common noun without article, or with
// an indefinite one: what somebody is rather than who.
func (r *reader) bareRole(s span) bool {
	if r.tree.POS(s.first) == dragoman.DET {
		return r.doc.Tags[s.first].Has("Definite=Ind")
	}
	return r.tree.POS(s.first) == dragoman.NOUN
}

// proper reports whether s is a name and nothing else.
func (r *reader) proper(s span) bool {
	for i := s.first; i < s.end; i++ {
		if r.tree.POS(i) != dragoman.PROPN {
			return false
		}
	}
	return !s.empty()
}

// pending reports whether the clause that s begins last is still to come:
// "A. Experts say that throughout the centuries".
func (r *reader) pending(s span) bool {
	for i := s.end - 1; i >= s.first; i-- {
		if r.finiteWord(i) {
			c := r.hits[i]
			return c != nil && c.kind == "say" && r.quote[i] < 0 && i+1 < s.end && r.lower[i+1] == "that"
		}
	}
	return false
}

// cuedIn reports whether the cue of the quotation q stands in s.
func (r *reader) cuedIn(q int, s span) bool {
	for i := len(r.all) - 1; i >= 0; i-- {
		if a := &r.all[i]; a.direct && a.content.first < r.quotes[q].end && r.quotes[q].first < a.content.end {
			return s.has(a.cueHead)
		}
	}
	return false
}

// idle reports whether from i to end nothing is told: days, places, hearers and
// participles only.
func (r *reader) idle(i, end int, c *cue) bool {
	rest := r.trim(span{i, end})
	if rest.empty() {
		return true
	}
	end = rest.end
	if r.outer(i) {
		return false
	}
	switch r.tree.POS(i) {
	case dragoman.ADP, dragoman.ADV:
	case dragoman.VERB, dragoman.SCONJ:
		if r.doc.Tags[i].XPOS != "VBG" && r.tree.POS(i) == dragoman.VERB || r.lower[i] == "that" {
			return false
		}
	default:
		// a hearer, or a day: "told reporters", "said last Monday"
		h := i
		for n := 0; n < 4 && !r.tree.Is(h, "obl") && r.tree.Head(h) > h && r.tree.Head(h) < end; n++ {
			h = r.tree.Head(h)
		}
		if !c.has(fObjClause) && !r.tree.Is(h, "obl") {
			return false
		}
	}
	for k := i; k < end; k++ {
		if r.quote[k] >= 0 || r.lower[k] == "that" || r.lower[k] == ";" || r.lower[k] == ":" || r.finiteWord(k) {
			return false
		}
	}
	return true
}

// tells reports whether s holds a clause that can stand alone: a finite verb
// with a subject that no conjunction subordinates.
func (r *reader) tells(s span) bool {
	for i := s.first; i < s.end; i++ {
		if !r.finiteWord(i) && !(r.doc.Tags[i].XPOS == "VBN" && r.tree.Kid(i, "nsubj") >= s.first && r.tree.Kid(i, "aux") < 0) {
			continue
		}
		u := i
		if r.tree.Is(u, "aux", "cop", "aux:pass") && s.has(r.tree.Head(u)) {
			u = r.tree.Head(u)
		}
		if r.tree.Kid(u, "nsubj", "expl", "csubj") < 0 || r.tree.Kid(u, "mark") >= 0 {
			continue
		}
		if r.tree.Is(u, "acl") {
			// a relative clause, unless it has no pronoun and the clause that
			// it should stand in is lost
			if k := r.tree.Kid(u, "nsubj"); k < 0 || r.relative(k) || s.has(r.root(s)) && r.tree.POS(r.root(s)) == dragoman.VERB {
				continue
			}
		}
		if m := r.extent(u).first; m < u && r.conjunction(m) {
			continue
		}
		return true
	}
	return false
}
