package attribution

import (
	"strings"

	"dragoman"
)

// speech finds the cues of quotations.
func (r *reader) speech() {
	last := make([]int, len(r.quotes)) // the attribution of each quotation, -1
	for n := range r.quotes {
		last[n] = -1
		q := &r.quotes[n]
		if !r.uttered(q) {
			continue
		}
		if n > 0 && last[n-1] >= 0 && q.goesOn {
			last[n] = r.bare(q, last[n-1])
			continue
		}
		opens := r.opensSentence(q.first)
		switch {
		case opens && n > 0 && last[n-1] >= 0 && r.brokenOff(&r.quotes[n-1], q, last[n-1]):
			if v := r.cueAfter(q); v >= 0 && !r.used[v] {
				last[n] = r.said(q, v)
			} else {
				last[n] = r.bare(q, last[n-1])
			}
		default:
			v := -1
			if r.endsIn(q, ",") {
				if v = r.cueAfter(q); v >= 0 && r.used[v] {
					v = -1
				}
			}
			if v < 0 && !opens {
				v = r.cueBefore(q)
			}
			if v < 0 {
				v = r.cueAfter(q)
			}
			if v >= 0 && r.used[v] && n > 0 && last[n-1] >= 0 && r.all[r.base(last[n-1])].cueHead == v {
				last[n] = r.bare(q, last[n-1])
				continue
			}
			if v >= 0 && !r.used[v] {
				last[n] = r.said(q, v)
			}
			if v < 0 && n > 0 && last[n-1] >= 0 && r.brokenOff(&r.quotes[n-1], q, last[n-1]) {
				last[n] = r.bare(q, last[n-1])
			}
		}
	}
}

func (r *reader) base(i int) int {
	if c := r.all[i].continues; c >= 0 {
		return c
	}
	return i
}

// uttered reports whether q looks like speech rather than like a word or title
// in quotation marks.
func (r *reader) uttered(q *quotation) bool {
	if q.end-q.first < 3 {
		return false
	}
	if q.open || q.end-q.first >= 8 {
		return true
	}
	in := strings.TrimRight(r.doc.Text[q.Start:q.End], "\"'”’»` ")
	if in != "" && strings.ContainsAny(in[len(in)-1:], ".,!?") || strings.HasSuffix(in, "…") || strings.HasSuffix(in, "—") {
		return true
	}
	if q.first > 0 && (r.lower[q.first-1] == ":" || r.lower[q.first-1] == ",") {
		return true
	}
	if q.end < len(r.lower) && r.lower[q.end] == "," {
		return true
	}
	return r.verbIn(q.first, q.end)
}

func (r *reader) verbIn(from, to int) bool { return !r.verbless(from, to) }

// endsIn reports whether the last of the quoted words is one of the marks.
func (r *reader) endsIn(q *quotation, marks string) bool {
	in := strings.TrimRight(r.doc.Text[q.Start:q.End], "\"'”’»` ")
	return in != "" && strings.ContainsAny(in[len(in)-1:], marks)
}

// opensSentence reports whether a sentence or a paragraph begins at token i.
func (r *reader) opensSentence(i int) bool {
	if i == 0 || r.para[i] != r.para[i-1] {
		return true
	}
	if i == r.doc.Sentences[r.tree.Sentence(i)].First {
		switch r.lower[i-1] {
		case ",", ":", "—", "–", "-":
			return false
		}
		return true
	}
	switch r.lower[i-1] {
	case ".", "!", "?":
		return true
	}
	return false
}

// said adds the attribution of q to the speaker of the cue v.
func (r *reader) said(q *quotation, v int) int {
	g := r.group(v)
	body := span{q.first, q.end}
	if g.first < body.end && body.first < g.end {
		g = span{v, v + 1}
	}
	src, head := r.subject(v)
	if head >= 0 && (body.has(head) || r.quote[head] != r.quote[v]) {
		src, head = none, -1
	}
	src, head = r.lead(src, head)
	if q.end <= v && !r.marked(v, "as") {
		if s, h := r.stretch(q.end, g.first); h >= 0 {
			src, head = s, h
		}
	}
	if head < 0 && q.end <= v {
		src, head = r.nounBefore(q.end, g.first)
		if head < 0 {
			src, head = r.nounAfter(g.end, v)
		}
	}
	if head < 0 && v < q.first && r.tree.Kid(v, "aux:pass") < 0 {
		src, head = r.nounBefore(r.doc.Sentences[r.tree.Sentence(v)].First, g.first)
	}
	if head >= 0 {
		// the source does not reach over the quotation
		if src.end > q.first && src.first < q.first {
			src.end = q.first
		}
		if src.first < q.end && src.end > q.end {
			src.first = q.end
		}
		if src = r.trim(src); src.empty() || !src.has(head) {
			src, head = none, -1
		}
	}
	body.first = r.leads(q, v, g)
	if head >= 0 && body.has(head) {
		src, head = none, -1
		if v > q.first {
			src, head = r.nounBefore(q.end, g.first)
		}
	}
	r.taken[r.quote[q.first]] = true
	return r.add(found{source: src, head: head, cue: g, cueHead: v, content: body, word: r.hits[v], direct: true})
}

// stretch returns the words between a quotation and its cue as the source:
// `"A," X, who was there, said`.
func (r *reader) stretch(from, to int) (span, int) {
	s := r.trim(span{from, to})
	if s.empty() || s.end-s.first > 40 || r.tree.Sentence(s.first) != r.tree.Sentence(s.end-1) || !r.nominal(s.first) {
		return none, -1
	}
	h := s.first
	for n := 0; n < 12; n++ {
		up := r.tree.Head(h)
		if up < s.first || up >= s.end || !r.nominal(up) {
			break
		}
		h = up
	}
	return r.tidy(s, h), h
}

// leads returns where the content of the quotation q with the cue v begins:
// before its mark where a clause runs into it, as in `the plan “is dead,” he
// said` and `said that the plan “is dead”`.
func (r *reader) leads(q *quotation, v int, g span) int {
	if q.first == 0 || r.quote[q.first-1] >= 0 {
		return q.first
	}
	if v < q.first {
		if i := r.that(g.end, q.first); i >= 0 {
			return i
		}
		if k := r.tree.Kid(v, "ccomp"); k > v && k < q.first && r.tree.Kid(k, "nsubj") >= 0 {
			return max(g.end, r.extent(k).first)
		}
		return q.first
	}
	s := r.doc.Sentences[r.tree.Sentence(q.first)]
	if r.opensSentence(q.first) || r.lower[q.first-1] == ":" || v >= s.End || q.first-s.First > 60 {
		return q.first
	}
	first := q.first
	for first > s.First && r.para[first-1] == r.para[q.first] && (r.quote[first-1] < 0 || !r.taken[r.quote[first-1]]) {
		first--
		if c := r.hits[first]; c != nil && c.pos == dragoman.VERB && c.has(fQuote) && c.kind == "say" || r.lower[first] == ";" {
			return q.first
		}
	}
	if first > s.First {
		return q.first // after another quotation
	}
	return r.dateline(r.trim(span{first, q.end})).first
}

// bare adds q as going on with the attribution a.
func (r *reader) bare(q *quotation, a int) int {
	r.taken[r.quote[q.first]] = true
	i := r.add(found{head: -1, cueHead: -1, content: span{q.first, q.end}, direct: true})
	r.all[i].continues = r.base(a)
	return i
}

// brokenOff reports whether q goes on with the quotation p, which has the
// attribution a: only its cue, or nothing, stands between them.
func (r *reader) brokenOff(p, q *quotation, a int) bool {
	if r.para[p.first] != r.para[q.first] && !p.open {
		return r.para[p.first]+1 == r.para[q.first] && r.opensParagraph(q.first) && r.wholeSentence(q) && r.endsParagraph(p.end, r.base(a))
	}
	between := span{p.end, q.first}
	if between.end-between.first > 45 {
		return false
	}
	if between.end-between.first < 2 {
		return true
	}
	v := r.all[r.base(a)].cueHead
	if v < 0 || !between.has(v) {
		return false
	}
	// no other sentence between the cue and q
	end := r.doc.Sentences[r.tree.Sentence(v)].End
	return q.first <= end || !r.wordsBetween(end, q.first)
}

func (r *reader) wordsBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if r.tree.POS(i) != dragoman.PUNCT {
			return true
		}
	}
	return false
}

func (r *reader) opensParagraph(i int) bool { return i == 0 || r.para[i] != r.para[i-1] }

// wholeSentence reports whether q holds whole sentences and nothing follows it
// in its sentence.
func (r *reader) wholeSentence(q *quotation) bool {
	if q.end-q.first < 6 || !r.verbIn(q.first, q.end) {
		return false
	}
	in := strings.TrimRight(r.doc.Text[q.Start:q.End], "\"'”’»` ")
	return q.open || in != "" && strings.ContainsAny(in[len(in)-1:], ".!?")
}

// endsParagraph reports whether after token i only the cue clause of a stands
// in the paragraph.
func (r *reader) endsParagraph(i, a int) bool {
	v := r.all[a].cueHead
	for k := i; k < len(r.lower) && r.para[k] == r.para[i-1]; k++ {
		if r.tree.POS(k) == dragoman.PUNCT {
			continue
		}
		if v < i || r.tree.Sentence(k) != r.tree.Sentence(v) {
			return false
		}
	}
	return true
}

// cueAfter returns the verb of `"A," X said` or `"A," said X`, -1 for none.
func (r *reader) cueAfter(q *quotation) int {
	i := q.end
	n := len(r.lower)
	if i >= n || q.open {
		return -1
	}
	in := strings.TrimRight(r.doc.Text[q.Start:q.End], "\"'”’»` ")
	comma := r.lower[i] == "," || r.lower[i] == "—" || r.lower[i] == "–"
	if comma {
		i++
	} else if in == "" || !strings.ContainsAny(in[len(in)-1:], ",!?—-…") && !strings.HasSuffix(in, "—") && !strings.HasSuffix(in, "…") {
		return r.cueAlone(q)
	}
	if i >= n || r.quote[i] >= 0 {
		return -1
	}
	switch r.tree.POS(i) {
	case dragoman.ADP, dragoman.CCONJ, dragoman.SCONJ:
		return -1
	}
	if r.doc.Tags[i].XPOS == "VBG" {
		return -1
	}
	seen := 0
	for k := i; k < n && k < i+40 && r.para[k] == r.para[q.first] && r.quote[k] < 0; k++ {
		switch r.lower[k] {
		case ";", ":", ".", "!", "?":
			return -1
		}
		p := r.tree.POS(k)
		if c := r.hits[k]; c != nil && c.pos == dragoman.VERB && c.has(fQuote) && p != dragoman.NOUN {
			if r.relativeClause(k, i) {
				continue
			}
			if comma && !r.opensSentence(q.first) && r.thatFollows(k, r.group(k)) {
				return -1
			}
			return k
		}
		if p == dragoman.VERB && !r.relativeClause(k, i) {
			if seen++; seen > 1 {
				return -1
			}
		}
	}
	return -1
}

// cueAlone returns the verb of a source and verb that stand alone behind a quotation, which
// ends like a sentence: `"A." X says.`; -1 for none.
func (r *reader) cueAlone(q *quotation) int {
	k := q.end
	for k < len(r.lower) && k < q.end+farFromEnd && r.para[k] == r.para[q.first] && r.nominal(k) {
		k++
	}
	if k == q.end || k >= len(r.lower) || !r.finiteWord(k) || k+1 < len(r.lower) && r.para[k+1] == r.para[k] && r.lower[k+1] != "." {
		return -1
	}
	if c := r.hits[k]; c != nil && c.pos == dragoman.VERB && c.kind == "say" && c.has(fQuote) {
		return k
	}
	return -1
}

// thatFollows reports whether what verb v says follows at once in a clause of its own; then a
// quotation before it names something else: "At a forum called “Now”, X said that A".
func (r *reader) thatFollows(v int, g span) bool {
	return g.end < len(r.lower) && r.lower[g.end] == "that" && r.tree.Kid(v, "ccomp") > g.end
}

// relativeClause reports whether the verb k stands in a relative clause or is
// a participle of the words since i.
func (r *reader) relativeClause(k, i int) bool {
	if h := r.tree.Head(k); r.tree.Is(k, "acl", "amod") && h >= i && h < k {
		for j := h + 1; j < k; j++ {
			if r.relative(j) {
				return true
			}
		}
		// "X, the envoy, told reporters" hung on the noun is no relative clause
		if r.tree.Kid(k, "nsubj") >= 0 || !r.finiteWord(k) {
			return true
		}
	}
	for j := k - 1; j >= i && j > k-4; j-- {
		if r.relative(j) {
			return true
		}
	}
	return false
}

// cueBefore returns the verb of `X said, "A"`, `X told Z: "A"`, -1 for none.
func (r *reader) cueBefore(q *quotation) int {
	k := q.first - 1
	mark := r.lower[k]
	reach := 4
	switch mark {
	case ":":
		reach = 30
	case ",":
		reach = 14
	case "that":
		reach = 16
	}
	for i := k; i >= 0 && i >= k-reach && r.para[i] == r.para[q.first]; i-- {
		if n := r.quote[i]; n >= 0 {
			if mark == "that" && r.quotes[n].end-r.quotes[n].first < 8 {
				continue
			}
			return -1
		}
		switch r.lower[i] {
		case ".", ";", "!", "?":
			return -1
		}
		c := r.hits[i]
		if c == nil || c.pos != dragoman.VERB || !c.has(fQuote) {
			if p := r.tree.POS(i); p == dragoman.VERB && mark != ":" || p == dragoman.AUX && mark != ":" && r.tree.Head(i) < i {
				return -1
			}
			continue
		}
		end := r.ends[i]
		if mark == ":" || mark == "," || end > k || end == k && mark == "that" {
			return i
		}
		if c.frames&(fObjClause|fObjInf) != 0 || r.tree.Kid(i, "obl", "iobj", "obl:tmod", "advmod") >= i {
			if r.tree.Kid(i, "ccomp") < 0 || r.tree.Kid(i, "ccomp") > k {
				return i
			}
		}
		return -1
	}
	return -1
}

// goOn lets a quotation of whole sentences without a cue go on with what the
// sentence before it says: `X said that A. "B."`
func (r *reader) goOn() {
	covered := make([]bool, len(r.lower))
	closing := map[int]int{} // the attribution whose cue is the last main one of a sentence
	for k := range r.all {
		a := &r.all[k]
		for i := a.content.first; i < a.content.end; i++ {
			covered[i] = true
		}
		if a.cueHead < 0 || a.head < 0 || a.word == nil || a.word.kind != "say" || a.word.pos != dragoman.VERB || r.quote[a.cueHead] >= 0 {
			continue
		}
		s := r.tree.Sentence(a.cueHead)
		if old, ok := closing[s]; !ok || r.depth(r.all[old].cueHead) > r.depth(a.cueHead) {
			closing[s] = k
		}
	}
	for n := range r.quotes {
		q := &r.quotes[n]
		if covered[q.first] || covered[q.end-1] {
			continue
		}
		if !r.opensSentence(q.first) || !r.wholeSentence(q) || q.first == 0 {
			continue
		}
		if q.end < len(r.lower) && r.para[q.end] == r.para[q.first] && !r.opensSentence(q.end) {
			continue
		}
		a, ok := closing[r.tree.Sentence(q.first-1)]
		if ok && r.all[a].reports >= 0 {
			a = r.all[a].reports // it is not the agency that goes on
		}
		if !ok || r.para[q.first]-r.para[q.first-1] > 1 {
			continue
		}
		r.bare(q, a)
	}
}

func (r *reader) depth(i int) int {
	n := 0
	for i >= 0 && n < 30 {
		i = r.tree.Head(i)
		n++
	}
	return n
}
