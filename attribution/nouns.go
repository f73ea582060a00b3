package attribution

import (
	"strings"

	"dragoman"
)

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

// nominalisation reads "X's claim that A", "rumours that A", "a threat by X to B". What is
// beyond doubt nobody doubts.
func (r *reader) nominalisation(v int, c *cue) {
	t := r.tree
	if by := t.Case(v); by == "beyond" || by == "without" {
		return
	}
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
	if k := r.tree.Kid(max(head, 0), "acl:relcl"); body.empty() && c.has(fClause) && head > v && k > head {
		// "an accusation by X that A", the parser having taken A for what X is
		if s := r.extent(k); r.lower[s.first] == "that" && t.Kid(k, "nsubj") > s.first {
			body, that = s, true
			src.end = min(src.end, s.first)
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
	body = r.apart(r.clip(r.upTo(body, v), cueSpan, v), src)
	if body.empty() {
		return
	}
	r.add(found{source: src, head: head, cue: cueSpan, cueHead: v, content: body, word: c})
}

// upTo ends the content s of the noun v before a participle of saying that is of somebody
// outside of it: "denied reports that missiles hit the jet, saying A".
func (r *reader) upTo(s span, v int) span {
	for k := max(s.first, v) + 1; k < s.end; k++ {
		if c := r.hits[k]; c == nil || c.pos != dragoman.VERB || r.quote[k] >= 0 || r.doc.Tags[k].XPOS != "VBG" {
			continue
		}
		_, h := r.subject(k)
		if u := r.beyond(k, h); u >= 0 && u < s.first {
			return r.trim(span{s.first, k})
		}
	}
	return s
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
