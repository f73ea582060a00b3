package attribution

import (
	"io/fs"
	"strings"

	"dragoman"
	"dragoman/learn"
)

// Weights is the file of the models of where a content begins and ends. They were
// learnt from PolNeAR (Newell, Margolin & Ruths 2018).
const Weights = "weights/en/attribution.bin"

// What the rules find may begin or end elsewhere: in "X said A, as B began" only the
// sense tells whether B is X's word. So each token between the cue and the end of the
// sentence is a candidate for an edge of the content, and linear models over what
// stands on both sides of it and what the rules say choose the likeliest.

// side is one edge of a content.
type side int

const (
	begin side = iota
	end
)

var sideNames = [...]string{begin: "begin", end: "end"}

// farthest is how many tokens an edge moves at most.
const farthest = 40

func (f *Finder) loadBoundaries(fsys fs.FS) error {
	models, err := learn.Load(fsys, Weights, 2, sideNames[:]...)
	copy(f.edges[:], models)
	return err
}

// boundaries moves the edges of contents to where they most likely are.
func (r *reader) boundaries() {
	var feats []uint64
	var scores [2]int32
	for i := range r.all {
		a := &r.all[i]
		for s, m := range r.edges {
			if m == nil {
				return
			}
			edge := a.content.edge(side(s))
			best, at := int32(0), -1
			from, to := r.candidates(a, side(s))
			for e := from; e < to; e++ {
				feats = r.edgeFeatures(feats[:0], a, side(s), e)
				m.Score(feats, scores[:])
				if x := scores[1] - scores[0]; at < 0 || x > best {
					best, at = x, e
				}
			}
			if at >= 0 {
				*edge = at
			}
		}
	}
}

func (s *span) edge(of side) *int {
	if of == begin {
		return &s.first
	}
	return &s.end
}

// candidates returns the half-open range of tokens that an edge of the content of a may
// have; it is empty where the edge stays: of what goes on, and around its cue.
func (r *reader) candidates(a *found, s side) (from, to int) {
	c := a.content
	if a.cueHead < 0 || a.continues >= 0 || c.empty() {
		return 0, 0
	}
	if s == end && a.source.empty() && a.word != nil && a.word.has(fOf) {
		return 0, 0 // "the men accused of looting": what they did then is told by no accuser
	}
	at := c.first
	if s == end {
		at = c.end - 1
	}
	sent := r.doc.Sentences[r.tree.Sentence(at)]
	low, high := max(sent.First, at-farthest), min(sent.End, at+farthest)
	if in := r.segment(at); len(r.begins) > 0 {
		low, high = max(low, in.first), min(high, in.end)
	}
	for _, wall := range []span{a.cue, a.source} {
		switch {
		case wall.empty():
		case wall.end <= c.first:
			low = max(low, wall.end)
		case wall.first >= c.end:
			high = min(high, wall.first)
		default:
			return 0, 0
		}
	}
	if q := r.quote[a.cueHead]; q >= 0 {
		low, high = max(low, r.quotes[q].first+1), min(high, r.quotes[q].end-1)
	}
	if s == begin {
		if r.lower[c.first] == "that" && r.tree.Is(c.first, "mark") {
			low = c.first // a clause begins with its "that"
		}
		return low, min(high, c.end)
	}
	return max(low, c.first) + 1, r.barrier(a, high) + 1
}

// barrier returns where a content ends at most, up to high: before whatever else is
// said or done with its cue, "said A, adding B", "said A and left", "said A, two days
// after B", with the quotation in "described it as “good” during a visit", and a thing
// that is only talked about before a clause, "condemned the raid, which killed ten".
func (r *reader) barrier(a *found, high int) int {
	if k := a.content.end; a.word != nil && a.word.has(fAs) && r.quote[k-1] >= 0 && r.quotes[r.quote[k-1]].end == k {
		return k
	}
	thing := !r.verbal(a.content)
	for k := a.content.end; k < high; k++ {
		c := r.hits[k]
		switch {
		case thing && (r.relative(k) || r.finiteWord(k)):
			return k
		case c != nil && c.pos == dragoman.VERB && c.kind == "say" && r.quote[k] < 0,
			r.tree.Is(k, "conj") && (r.tree.Head(k) == a.cueHead || r.tag(k) == r.tag(a.cueHead) && r.finiteWord(k)),
			r.later(k):
			return k
		}
	}
	return high
}

// edgeFeatures appends what speaks for the edge at token e: a content that begins with
// it, or that ends before it.
func (r *reader) edgeFeatures(out []uint64, a *found, s side, e int) []uint64 {
	add := func(template int, values ...string) { out = append(out, learn.Feature(template, values...)) }
	c := a.content
	in, outside, content := e-1, e, span{c.first, e} // the words on both sides, and the content
	if s == begin {
		in, outside, content = e, e-1, span{e, c.end}
	}
	sent := r.doc.Sentences[r.tree.Sentence(in)]
	kind, cue, order := "quotation", "", "after"
	if a.word != nil {
		kind, cue = a.word.kind, strings.ToLower(r.tree.Lemma(a.cueHead))
	}
	if a.direct {
		kind += " direct"
	}
	if c.end <= a.cue.first {
		order = "before"
	}
	off := offset(e - *c.edge(s))
	bound, quoted := r.meeting(a, e, sent), r.quoting(in, outside)
	cut, marker, governor := r.severed(content, s, sent)
	roots, last := r.hanging(content, a.cueHead)
	starts := r.tag(c.first)
	if w := r.word(c.first); w == "that" || w == "to" {
		starts = w
	}
	verb := "idle"
	if s == end && r.verbal(span{outside, sent.End}) || s == begin && r.verbal(span{sent.First, e}) {
		verb = "finite"
	}
	add(1, off)
	add(2, off, kind, order)
	add(3, off, bound, quoted)
	add(4, off, r.tag(in), r.tag(outside))
	add(5, r.word(in), r.tag(outside))
	add(6, r.tag(in), r.word(outside))
	add(7, r.word(outside), cut)
	add(8, cut, governor, off)
	add(9, cut, marker)
	add(10, cut, kind, order, quoted)
	add(11, roots, last, off)
	add(12, roots, cut, bound)
	add(13, starts, r.tag(outside), order)
	add(14, starts, cut, kind)
	add(15, cue, off, r.tag(outside))
	add(16, cue, cut)
	add(17, verb, r.tag(outside), r.word(outside), order)
	add(18, bound, quoted, kind, order)
	add(19, r.tag(outside), r.tag(outside+1), cut)
	add(20, r.tag(in-1), r.tag(in), quoted)
	add(21, quoted, off, r.tag(in), bound)
	add(22, r.word(outside), r.word(outside+1))
	return out
}

// offset names how far an edge is from that of the rules, in tokens.
func offset(d int) string {
	switch {
	case d < -8:
		return "far before"
	case d < -2:
		return "before"
	case d < 0:
		return "just before"
	case d == 0:
		return "rule"
	case d <= 2:
		return "just after"
	case d <= 8:
		return "after"
	}
	return "far after"
}

func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.lower) {
		return ""
	}
	return r.lower[i]
}

func (r *reader) tag(i int) string {
	if i < 0 || i >= len(r.lower) {
		return ""
	}
	return r.doc.Tags[i].XPOS
}

// meeting names what else begins or ends at token e.
func (r *reader) meeting(a *found, e int, sent dragoman.Sentence) string {
	switch e {
	case sent.First, sent.End:
		return "sentence"
	case a.cue.first, a.cue.end:
		return "cue"
	case a.source.first, a.source.end:
		return "source"
	}
	return ""
}

// quoting names how the words on both sides of an edge stand to quotations.
func (r *reader) quoting(in, outside int) string {
	of := func(i int) int {
		if i < 0 || i >= len(r.quote) {
			return -1
		}
		return r.quote[i]
	}
	switch qi, qo := of(in), of(outside); {
	case qi >= 0 && qi == qo:
		return "within"
	case qi >= 0 && qo >= 0:
		return "between"
	case qi >= 0:
		return "edge"
	case qo >= 0:
		return "beside"
	}
	return ""
}

// severed returns the relation of the nearest word outside of an edge that hangs on
// the content, with what its phrase begins with and what it hangs on.
func (r *reader) severed(content span, s side, sent dragoman.Sentence) (rel, marker, governor string) {
	k, step, edge := content.end, 1, content.end
	if s == begin {
		k, step, edge = content.first-1, -1, content.first
	}
	for n := 0; n < farthest && k >= sent.First && k < sent.End; n++ {
		if h := r.tree.Head(k); content.has(h) {
			first, _ := r.tree.Extent(k)
			rel = r.tree.Rel(k)
			if first == edge {
				rel += " whole"
			}
			return rel, r.lower[first], r.tree.POS(h).String()
		}
		k += step
	}
	return "", "", ""
}

// hanging counts the words of the content that hang on others outside, and tells the
// relation of the last.
func (r *reader) hanging(content span, cue int) (count, last string) {
	n := 0
	for k := max(content.first, content.end-farthest); k < content.end; k++ {
		if h := r.tree.Head(k); !content.has(h) && r.tree.POS(k) != dragoman.PUNCT {
			n++
			last = r.tree.Rel(k)
			if h == cue {
				last += " cue"
			}
		}
	}
	return [...]string{"none", "one", "two", "more"}[min(n, 3)], last
}

// Lesson is a text whose attributions are known: the bytes of the cue and the content
// of each. What is said within what is said need not be among them.
type Lesson struct {
	Doc  *dragoman.Document // with the layers of the room syntax
	Gold []Known
}

// Known is an attribution whose place is known, in bytes. Either may be in pieces.
type Known struct{ Cue, Content []dragoman.Span }

// How the edges are learnt: whether a candidate is the edge, by logistic regression.
const (
	rounds   = 6
	step     = 0.05
	patience = 4
	mostRows = 20_000 // of features, the heaviest
)

// Train returns the weights of where contents begin and end. The same lessons in the
// same order give the same bytes.
func (f *Finder) Train(lessons []Lesson) []byte {
	type example struct {
		feats []uint64
		right int
	}
	var examples [len(sideNames)][]example
	for _, l := range lessons {
		r := f.read(l.Doc)
		if r == nil {
			continue
		}
		for i := range r.all {
			a := &r.all[i]
			content := r.known(a, l.Gold)
			for s := range examples {
				from, to := r.candidates(a, side(s))
				gold := *content.edge(side(s))
				if content.empty() || gold < from || gold >= to {
					continue
				}
				for e := from; e < to; e++ {
					x := example{feats: r.edgeFeatures(nil, a, side(s), e)}
					if e == gold {
						x.right = 1
					}
					examples[s] = append(examples[s], x)
				}
			}
		}
	}
	var sections []learn.Section
	for s, all := range examples {
		t := learn.NewTrainer([]string{"no", "yes"})
		t.Patience = patience
		var scores [2]float32
		for round := range rounds {
			for i := range all {
				// A fixed walk through the candidates that differs from round to round.
				x := &all[(i*7919+round*104729)%len(all)]
				t.Learn(x.feats, x.right, step, scores[:])
			}
		}
		sections = append(sections, learn.Section{Name: sideNames[s], Body: t.Freeze(learn.Prune{MaxRows: mostRows}).Bytes()})
	}
	return learn.Pack(sections...)
}

// known returns the tokens of the content of a by the gold, where that is in one piece.
func (r *reader) known(a *found, gold []Known) span {
	cue, content := r.bytes(a.cue), r.bytes(a.content)
	for _, g := range gold {
		if len(overlapping(g.Cue, cue)) == 0 {
			continue
		}
		pieces := overlapping(g.Content, content)
		if len(pieces) != 1 {
			continue
		}
		s := none
		for i := max(0, a.content.first-farthest); i < min(len(r.lower), a.content.end+farthest); i++ {
			if t := r.doc.Tokens[i]; t.Start >= pieces[0].Start && t.End <= pieces[0].End {
				if s.empty() {
					s.first = i
				}
				s.end = i + 1
			}
		}
		if s = r.trim(s); !s.empty() {
			return s
		}
	}
	return none
}

func overlapping(all []dragoman.Span, s dragoman.Span) (some []dragoman.Span) {
	for _, x := range all {
		if x.Overlaps(s) {
			some = append(some, x)
		}
	}
	return some
}
