package mention

import (
	"math"

	"dragoman"
	"dragoman/learn"
)

// recogniser labels tokens as parts of names: a linear model of the labels of
// single tokens and of pairs of neighbours, decoded exactly (Viterbi).
type recogniser struct {
	model    *learn.Model
	pairs    [][]int32 // pairs[a][b]: label b after label a
	gaz      *gazetteer
	kinds    map[uint64]uint64 // lower-case noun or title: its kind
	titled   uint64            // the kind of honorifics, "Mr"
	small    map[uint64]bool   // small words that stand within names
	titles   map[uint64]bool   // words that are a title by themselves
	clusters clusters
}

// The labels: outside, and for each class the beginning, the last and the
// inside of a name of several words and the name of one. Nationality comes last
// and has no inside, which is never needed and makes three rows of eight.
var labelClasses = [...]dragoman.Class{dragoman.Person, dragoman.Organisation, dragoman.Location,
	dragoman.Facility, dragoman.Other, dragoman.Nationality}

const labels = 4 * len(labelClasses)

const (
	outside = 0
	partB   = 0
	partL   = 1
	partU   = 2
	partI   = 3
)

func label(class, part int) int { return 1 + 4*class + part }
func classOf(label int) int     { return (label - 1) / 4 }
func partOf(label int) int      { return (label - 1) % 4 }

func labelNames() []string {
	names := []string{"O"}
	for _, c := range labelClasses {
		for _, p := range []string{"B-", "L-", "U-", "I-"} {
			names = append(names, p+string(c))
		}
	}
	return names[:labels]
}

// follows lists the labels that may stand before each label.
func follows() [labels][]uint8 {
	var f [labels][]uint8
	closed := []uint8{outside}
	for c := range labelClasses {
		closed = append(closed, uint8(label(c, partL)), uint8(label(c, partU)))
	}
	f[outside] = closed
	for c := range labelClasses {
		f[label(c, partB)], f[label(c, partU)] = closed, closed
		open := []uint8{uint8(label(c, partB))}
		if inside := label(c, partI); inside < labels {
			open = append(open, uint8(inside))
			f[inside] = open
		}
		f[label(c, partL)] = open
	}
	return f
}

// pairSeed begins the feature of the label before.
const pairSeed = 255

func pairFeature(before int) []uint64 {
	return []uint64{learn.Mix(learn.Seed(pairSeed), uint64(before))}
}

// features appends the features of word i of a sentence b.
func features(out []uint64, words []word, b [2]int, i int, mode uint8) []uint64 {
	var none word
	at := func(j int) *word {
		if j < b[0] || j >= b[1] {
			return &none
		}
		return &words[j]
	}
	p2, p1, w, n1, n2 := at(i-2), at(i-1), at(i), at(i+1), at(i+2)
	t := 0
	f := func(v uint64) {
		t++
		out = append(out, learn.Mix(learn.Seed(t), v))
	}
	two := func(a, b uint64) { f(learn.Mix(a, b)) }
	m := uint64(mode)
	first := uint64(0)
	if i == b[0] {
		first = 1
	}
	cas := uint64(w.casing)<<4 | m<<1 | first
	f(0)
	f(w.cased)
	f(w.lower)
	f(p1.lower)
	f(n1.lower)
	f(p2.lower)
	f(n2.lower)
	two(p1.lower, w.lower)
	two(w.lower, n1.lower)
	two(p1.lower, n1.lower)
	two(p2.lower, p1.lower)
	two(n1.lower, n2.lower)
	f(cas)
	two(w.shape, m)
	two(learn.Mix(uint64(p1.casing), cas), uint64(n1.casing))
	two(learn.Mix(uint64(p2.casing), uint64(p1.casing)), cas)
	two(learn.Mix(cas, uint64(n1.casing)), uint64(n2.casing))
	for k := range w.pre {
		f(w.pre[k])
	}
	for k := range w.suf {
		f(w.suf[k])
	}
	f(p1.suf[2])
	f(n1.suf[2])
	// tables
	g := uint64(w.begin)<<16 | uint64(w.inside)
	f(g)
	two(g, cas)
	two(g, uint64(w.length))
	two(g, n1.lower)
	two(g, p1.lower)
	two(uint64(p1.inside), g)
	two(uint64(n1.inside), g)
	f(w.kind)
	f(p1.kind)
	f(n1.kind)
	two(p1.kind, cas)
	two(n1.kind, cas)
	two(p2.kind, p1.kind)
	two(n1.kind, n2.kind)
	// clusters
	two(w.group, cas)
	two(w.large, cas)
	two(p1.large, w.large)
	two(w.large, n1.large)
	two(learn.Mix(p1.large, w.large), n1.large)
	f(p1.group)
	f(n1.group)
	two(p1.group, w.group)
	two(w.group, n1.group)
	two(p1.group, cas)
	two(n1.group, cas)
	f(p2.group)
	f(n2.group)
	// the rest of the article
	two(uint64(w.across), cas)
	two(uint64(w.across), w.suf[2])
	two(learn.Mix(uint64(p1.across), uint64(w.across)), cas)
	two(learn.Mix(uint64(n1.across), uint64(w.across)), cas)
	// the run of capitalised words
	if w.capital() || w.left < 0 || w.right > 0 {
		head, start := at(i+int(w.right)), at(i+int(w.left))
		place := uint64(min(-w.left, 3))<<4 | uint64(min(w.right, 3))
		f(place)
		two(head.lower, 1)
		two(head.kind, place)
		two(head.suf[2], place)
		two(start.lower, place)
		two(start.kind, place)
		before, after := at(i+int(w.left)-1), at(i+int(w.right)+1)
		two(before.lower, place)
		two(after.lower, place)
		two(before.group, place)
		two(after.group, place)
		two(before.kind, after.kind)
	}
	return out
}

// decoder holds what decoding needs, so that it makes no garbage.
type decoder struct {
	follows [labels][]uint8
	feats   []uint64
	emit    []int32 // tokens × labels
	best    []int32
	back    []uint8
	path    []uint8
}

func newDecoder() *decoder { return &decoder{follows: follows()} }

// mostTokens is the longest piece of a sentence that is decoded at once.
const mostTokens = 512

// decode labels a sentence; the result holds until the next call.
func (r *recogniser) decode(d *decoder, words []word, b [2]int, mode uint8) []uint8 {
	n := b[1] - b[0]
	if cap(d.emit) < n*labels {
		d.emit = make([]int32, n*labels)
	}
	d.emit = d.emit[:n*labels]
	for i := range n {
		d.feats = features(d.feats[:0], words, b, b[0]+i, mode)
		r.model.Score(d.feats, d.emit[i*labels:(i+1)*labels])
	}
	return d.viterbi(n, r.pairs)
}

// viterbi returns the best path through d.emit.
func (d *decoder) viterbi(n int, pairs [][]int32) []uint8 {
	if n == 0 {
		return nil
	}
	if cap(d.best) < n*labels {
		d.best, d.back, d.path = make([]int32, n*labels), make([]uint8, n*labels), make([]uint8, n)
	}
	best, back, path := d.best[:n*labels], d.back[:n*labels], d.path[:n]
	const never = math.MinInt32 / 2
	for l := range labels {
		best[l] = never
		if l == outside || partOf(l) == partB || partOf(l) == partU {
			best[l] = d.emit[l] + pairs[labels][l]
		}
	}
	for i := 1; i < n; i++ {
		before, here := best[(i-1)*labels:i*labels], best[i*labels:(i+1)*labels]
		for l := range labels {
			top, from := int32(math.MinInt32), uint8(0)
			for _, a := range d.follows[l] {
				if s := before[a] + pairs[a][l]; s > top {
					top, from = s, a
				}
			}
			here[l] = max(top+d.emit[i*labels+l], never)
			back[i*labels+l] = from
		}
	}
	last := 0
	for _, l := range d.follows[outside] { // a name must end with the sentence
		if best[(n-1)*labels+int(l)] > best[(n-1)*labels+last] {
			last = int(l)
		}
	}
	for i := n - 1; i >= 0; i-- {
		path[i] = uint8(last)
		last = int(back[i*labels+last])
	}
	return path
}

// found is a name that the recogniser sees: its tokens and its class.
type found struct {
	first, end int
	class      dragoman.Class
}

// spansOf reads the names off a path.
func spansOf(out []found, path []uint8, at int) []found {
	start := 0
	for i, l := range path {
		if l == outside {
			continue
		}
		switch partOf(int(l)) {
		case partB:
			start = i
		case partL:
			out = append(out, found{at + start, at + i + 1, labelClasses[classOf(int(l))]})
		case partU:
			out = append(out, found{at + i, at + i + 1, labelClasses[classOf(int(l))]})
		}
	}
	return out
}

// names finds the names of a document, in order of the text.
func (r *recogniser) names(sentences [][2]int, n int, form func(int) string) []found {
	sentences = pieces(sentences)
	words := make([]word, n)
	modes := r.prepare(words, sentences, form)
	d := newDecoder()
	var out []found
	for s, b := range sentences {
		out = spansOf(out, r.decode(d, words, b, modes[s]), b[0])
	}
	return out
}

// pieces cuts sentences that are too long to be sentences.
func pieces(sentences [][2]int) [][2]int {
	long := false
	for _, b := range sentences {
		long = long || b[1]-b[0] > mostTokens
	}
	if !long {
		return sentences
	}
	var out [][2]int
	for _, b := range sentences {
		for b[1]-b[0] > mostTokens {
			out = append(out, [2]int{b[0], b[0] + mostTokens})
			b[0] += mostTokens
		}
		out = append(out, b)
	}
	return out
}
