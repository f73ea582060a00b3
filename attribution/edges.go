package attribution

import (
	"strings"

	"dragoman"
)

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
	return r.contradicted(r.alone(s, v))
}

// alone takes off the end of s what else whoever says it with cue v did: "rejected the
// report as biased and summoned the envoy".
func (r *reader) alone(s span, v int) span {
	for _, kid := range r.tree.Kids(v) {
		k := int(kid)
		if k <= v || k <= s.first || k >= s.end || !r.tree.Is(k, "conj") || r.quote[k] >= 0 || r.doc.Tags[k].XPOS != "VBD" {
			continue
		}
		if first := r.extent(k).first; first > s.first {
			return r.trim(span{s.first, first})
		}
	}
	return s
}

// contradicted takes off the end of s what somebody else denies of it: "accused him
// of spying, which Oslo denies", "said they shelled it, a charge that Oslo rejected".
func (r *reader) contradicted(s span) span {
	for i := s.first + 2; i < s.end; i++ {
		c := r.hits[i]
		if c == nil || c.stance != "denies" || r.quote[i] >= 0 || !r.tree.Is(i, "acl:relcl") {
			continue
		}
		which, subj := r.tree.Kid(i, "obj"), r.tree.Kid(i, "nsubj")
		if subj > which && which > s.first+1 && r.lower[which] == "which" && r.lower[which-1] == "," {
			return span{s.first, which - 1}
		}
		if h := r.tree.Head(i); subj >= 0 && h < i && r.charges[r.tree.Lemma(h)] {
			if first, _ := r.tree.Extent(h); first > s.first+1 && r.lower[first-1] == "," {
				return span{s.first, first - 1}
			}
			for k := h; k > s.first+1 && k >= h-2; k-- {
				if r.lower[k-1] == "," {
					return span{s.first, k - 1}
				}
			}
		}
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
		if r.lower[i] == "," && r.quote[i] < 0 && r.later(i+1) {
			s.end = i // "said A, two days after B": that it came after is the outlet's word
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

// later reports whether at token i begins a measure of time that has passed since: "two
// days after", "a week after".
func (r *reader) later(i int) bool {
	const words = 4
	for j := i; j < i+words && j+1 < len(r.lower); j++ {
		if r.units[r.tree.Lemma(j)] && r.tree.POS(j) == dragoman.NOUN {
			return r.after[r.lower[j+1]]
		}
		switch r.tree.POS(j) {
		case dragoman.NUM, dragoman.DET, dragoman.ADJ, dragoman.ADV:
		default:
			return false
		}
	}
	return false
}

// trailing takes in what ends the sentence after the clause s, unless it is a
// clause that the parser hung on the cue: "that he met him, the first time
// since May".
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
	for _, kid := range r.tree.Kids(v) {
		if k := int(kid); k > e && r.tree.Is(k, "advcl") && r.tree.Kid(k, "mark") > e && r.tree.Kid(k, "nsubj") > e {
			return s // "denied that A, days after B complained"
		}
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

// goesOn takes into the clause s a coordinated one in the present tense that
// the parser hung on the cue v, which stands in the past: "said that it is for
// peace and wants talks".
func (r *reader) goesOn(s span, v int, c *cue) span {
	if c.kind != "say" || s.empty() || s.first < v || r.quote[v] >= 0 || r.tense(v) != "VBD" {
		return s
	}
	for _, kid := range r.tree.Kids(v) {
		j := int(kid)
		if !r.tree.Is(j, "conj") || j < s.end || r.quote[j] >= 0 {
			continue
		}
		e := r.extent(j)
		if e.first < s.end || e.first > s.end+1 || r.lower[s.end] == "," || e.first == s.end && r.tree.POS(e.first) != dragoman.CCONJ {
			break
		}
		switch r.tense(j) {
		case "VBZ", "VBP", "MD":
			return r.trim(span{s.first, e.end})
		}
		break
	}
	return s
}

// leading reads "Noting that A, X said B": the source of the participle is the
// noun phrase after the comma that ends its content.
func (r *reader) leading(v int, c *cue, s span) (body, src span, head int) {
	sent := r.doc.Sentences[r.tree.Sentence(v)]
	if c.kind != "say" || r.doc.Tags[v].XPOS != "VBG" || s.empty() || s.first < v || r.quote[v] >= 0 || r.dateline(span{sent.First, sent.End}).first != v {
		return s, none, -1
	}
	comma := -1
	for i := s.first + 1; i < sent.End; i++ {
		switch h := r.hits[i]; {
		case r.quote[i] >= 0:
		case r.lower[i] == ",":
			comma = i
		case comma >= 0 && h != nil && h.kind == "say" && r.finiteWord(i):
			name := span{comma + 1, r.group(i).first}
			if !r.named(name) || r.relativeIn(name) {
				return s, none, -1
			}
			k := r.chief(name)
			if k < 0 || !r.speaks(k) && r.tree.POS(k) != dragoman.PRON {
				return s, none, -1
			}
			return r.trim(span{s.first, min(s.end, comma)}), r.trim(name), k
		}
	}
	return s, none, -1
}

// ownVerb returns the first finite verb between the noun h and token end that
// no relative pronoun leads, -1 for none: no phrase reaches over it.
func (r *reader) ownVerb(h, end int) int {
	for i := h + 1; i < end; i++ {
		if r.relative(i) || r.conjunction(i) || r.wh(i) || r.quote[i] != r.quote[h] {
			return -1
		}
		if r.finiteWord(i) {
			if k := r.tree.Kid(i, "nsubj"); k > h {
				return -1 // "the state she represented"
			}
			return i
		}
	}
	return -1
}

// pare takes off the source s of head h what cannot belong to it: a clause
// before the last comma, where no comma closes an apposition before the cue
// ("A, the minister said"), and what follows its own verb.
func (r *reader) pare(s span, h int, g span) (span, int) {
	if s.end == g.first && !s.empty() {
		for i := s.end - 2; i > s.first; i-- {
			if r.lower[i] != "," || r.quote[i] != r.quote[s.first] {
				if r.tree.POS(i) == dragoman.CCONJ || r.lower[i] == ")" || r.relative(i) || r.lower[i] == "&" {
					break
				}
				continue
			}
			if last := (span{i + 1, s.end}); r.named(last) && r.verbal(span{s.first, i}) {
				s, h = last, r.chief(last)
			}
			break
		}
	}
	if v := r.ownVerb(h, s.end); v > h && r.tree.POS(h) != dragoman.PRON {
		for v > h+1 && r.tree.POS(v-1) == dragoman.ADV {
			v--
		}
		if cut := r.trim(span{s.first, v}); cut.has(h) {
			s = cut
		}
	}
	return s, h
}

// verbal reports whether a finite verb stands in s.
func (r *reader) verbal(s span) bool {
	for i := s.first; i < s.end; i++ {
		if r.finiteWord(i) {
			return true
		}
	}
	return false
}
