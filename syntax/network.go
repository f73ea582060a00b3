package syntax

import (
	"errors"

	"dragoman"
	"dragoman/neural"
)

// network tags and parses: an encoder that reads the sentence both ways, one
// layer that gives every token its class, and two that ask of every pair of
// words how likely one is the other's head (Dozat & Manning 2017), to which a
// third adds how far that would be (Qi et al. 2018).
type network struct {
	encoder *neural.Encoder
	tags    *neural.Linear // class of a token
	// The head of a dependent is the word whose answer fits its question best.
	deps, ask, answer *neural.Linear
	rootAnswer        []float32
	far               *neural.Linear // how far the head of a token may be: see distance
	// The relation follows from both ends.
	depEnd, headEnd, relation *neural.Linear
	rootEnd                   []float32
}

func parseNetwork(b []byte) (*network, error) {
	r := neural.NewReader(b)
	n := &network{encoder: r.Encoder()}
	for _, l := range []**neural.Linear{&n.tags, &n.deps, &n.ask, &n.answer, &n.far, &n.depEnd, &n.headEnd, &n.relation} {
		*l = r.Linear()
	}
	n.rootAnswer, n.rootEnd = r.Vector(n.answer.Stride()), r.Vector(n.headEnd.Stride())
	if err := r.Err(); err != nil {
		return n, err
	}
	for _, fit := range [][2]int{{n.tags.In, n.encoder.Width}, {n.deps.In, n.encoder.Width}, {n.answer.In, n.encoder.Width}, {n.far.In, n.encoder.Width},
		{n.depEnd.In, n.encoder.Width}, {n.headEnd.In, n.encoder.Width}, {n.ask.In, n.deps.Stride()}, {n.ask.Out, n.answer.Out},
		{n.depEnd.Out, n.headEnd.Out}, {n.relation.In, n.depEnd.Stride()}, {n.far.Out, distances}} {
		if fit[0] != fit[1] {
			return n, errors.New("its parts do not fit together; train again")
		}
	}
	return n, nil
}

// bench is what running the network needs besides the weights.
type bench struct {
	desk                                       neural.Desk
	ends                                       []int
	classes, deps, asks, answers, far          []float32
	depEnds, headEnds, relations, pairs, under []float32
	pair, one                                  []float32
	taken                                      []int32
	moved                                      []bool
	products                                   neural.Products
	span                                       spanning
}

// wordKey tells words apart whose features differ.
func wordKey(w *word) uint64 { return w.form | 1 }

func normFeature(norm uint64) uint64 { return join2(1, norm, 0) }

// wordFeatures appends what the encoder sees of a word by itself.
func wordFeatures(f []uint64, w *word) []uint64 {
	f = append(f, normFeature(w.norm), join2(2, w.form, 0))
	for i, s := range w.suffix {
		f = append(f, join2(uint64(3+i), s, 0))
	}
	for i, s := range w.prefix {
		f = append(f, join2(uint64(8+i), s, 0))
	}
	caps := uint64(w.first) | boolean(w.caps)<<3 | boolean(w.digit)<<4 | boolean(w.hyphen)<<5
	return append(f, join2(12, w.shape, 0), join2(13, caps, uint64(w.long)), join2(14, w.listed, 0))
}

// encode reads some sentences, which end before the tokens of ends, and gives
// every token its class and its leaning.
func (n *network) encode(b *bench, p *Parser, words []word, ends []int, out []uint16, leanings []leaning) []float32 {
	x := n.encoder.Encode(&b.desk, ends, func(i int) uint64 { return wordKey(&words[i]) },
		func(f []uint64, i int) []uint64 { return wordFeatures(f, &words[i]) })
	b.classes = n.tags.Apply(b.classes, x, len(words))
	stride := n.tags.Stride()
	start, sentence := 0, 0 // of which word i is one
	for i := range words {
		for i >= ends[sentence] {
			start, sentence = ends[sentence], sentence+1
		}
		scores := b.classes[i*stride : i*stride+n.tags.Out]
		out[i] = uint16(highest(scores))
		pos := p.classes[out[i]].pos
		if (pos == dragoman.AUX || pos == dragoman.PRON) && words[i].first == upper && p.closed[words[i].norm]&(1<<pos) == 0 {
			out[i] = uint16(p.bestBut(scores, pos)) // "ECOWAS" is no auxiliary, "Cotonou" no pronoun
		} else if functional[pos] && words[i].first == upper && !p.met(&words[i]) {
			if c := p.bestOf(scores, dragoman.PROPN); c >= 0 {
				out[i] = uint16(c) // "Agar" is no adverb
			}
		} else if pos == dragoman.PROPN && i == start && words[i].first == upper && words[i].suffix[0] == pluralEnd && p.met(&words[i]) {
			if c := p.bestOf(scores, dragoman.NOUN); c >= 0 {
				out[i], leanings[i] = uint16(c), leaning{} // "Rebels moved": the capital is that of the sentence
				continue
			}
		}
		leanings[i] = p.lean(&words[i], scores, out[i])
	}
	return x
}

var pluralEnd = ending("s")

// functional are the parts of speech whose words news has in small letters too.
var functional = map[dragoman.POS]bool{dragoman.ADV: true, dragoman.ADP: true, dragoman.SCONJ: true, dragoman.CCONJ: true, dragoman.DET: true, dragoman.PART: true}

// met reports whether the texts of the training have the word in small letters.
func (p *Parser) met(w *word) bool {
	_, ok := p.known.find(knownKey(w.norm))
	return ok
}

// bestBut returns the class with the highest score of those that are not of pos.
func (p *Parser) bestBut(scores []float32, pos dragoman.POS) int {
	best := -1
	for c, s := range scores {
		if p.classes[c].pos != pos && (best < 0 || s > scores[best]) {
			best = c
		}
	}
	return best
}

// bestOf returns the class of pos with the highest score; -1 where there is none.
func (p *Parser) bestOf(scores []float32, pos dragoman.POS) int {
	best := -1
	for c, s := range scores {
		if p.classes[c].pos == pos && (best < 0 || s > scores[best]) {
			best = c
		}
	}
	return best
}

func highest(x []float32) int {
	best := 0
	for i, v := range x {
		if v > x[best] {
			best = i
		}
	}
	return best
}

// distances are told apart from each other, in both directions.
const distances = 16

// distance returns the number of the distance from word i to word h.
func distance(i, h int) int {
	d := h - i
	if d < 0 {
		return nearness[min(-d, len(nearness)-1)]
	}
	return distances/2 + nearness[min(d, len(nearness)-1)]
}

var nearness = [...]int{0, 0, 1, 2, 3, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7}

// attach finds the heads and relations of the encoded sentences. heads are
// indices into words, -1 for the root of a sentence.
func (n *network) attach(b *bench, p *Parser, x []float32, ends []int, heads []int32, labels []uint16) {
	total := ends[len(ends)-1]
	b.deps = n.deps.Apply(b.deps, x, total)
	b.asks = n.ask.Apply(b.asks, b.deps, total)
	b.answers = n.answer.Apply(b.answers, x, total)
	b.far = n.far.Apply(b.far, x, total)
	b.depEnds, b.headEnds = n.depEnd.Apply(b.depEnds, x, total), n.headEnd.Apply(b.headEnds, x, total)
	w := n.answer.Stride()
	start := 0
	for _, end := range ends {
		m := end - start
		// The answers stand behind that of the root.
		b.under = append(append(b.under[:0], n.rootAnswer...), b.answers[start*w:end*w]...)
		scores, stride := b.products.Products(b.asks[start*w:end*w], b.under, m, m+1, w)
		for i := range m {
			far := b.far[(start+i)*distances : (start+i+1)*distances]
			for h := range m {
				scores[i*stride+h+1] += far[distance(i, h)]
			}
		}
		b.span.tree(scores, stride, heads[start:end])
		n.relate(b, p, start, heads[start:end], labels[start:end])
		n.settle(b, p, start, scores, stride, heads[start:end], labels[start:end])
		for i := start; i < end; i++ {
			if heads[i] >= 0 {
				heads[i] += int32(start)
			}
		}
		start = end
	}
}

// relate finds the relations of the arcs of a sentence, whose words begin at
// start on the bench.
func (n *network) relate(b *bench, p *Parser, start int, heads []int32, labels []uint16) {
	w := n.depEnd.Stride()
	b.pairs = grow(b.pairs, len(heads)*w)
	for i, h := range heads {
		n.pair(b, b.pairs[i*w:(i+1)*w], start, i, int(h))
	}
	b.relations = n.relation.Apply(b.relations, b.pairs, len(heads))
	stride := n.relation.Stride()
	for i, h := range heads {
		labels[i] = uint16(p.bestLabel(b.relations[i*stride:i*stride+n.relation.Out], i, int(h), -1))
	}
}

// pair joins both ends of the arc from h, -1 for the root, to i.
func (n *network) pair(b *bench, out []float32, start, i, h int) {
	w := len(out)
	above := n.rootEnd
	if h >= 0 {
		above = b.headEnds[(start+h)*w : (start+h+1)*w]
	}
	for j, v := range b.depEnds[(start+i)*w : (start+i+1)*w] {
		out[j] = max(v+above[j], 0)
	}
}

// settle sees to it that no predicate has two subjects, objects or complement
// clauses, which arcs chosen each by itself may give it: of two, that one goes
// which loses least by another head or another relation.
func (n *network) settle(b *bench, p *Parser, start int, scores []float32, stride int, heads []int32, labels []uint16) {
	m := len(heads)
	b.taken, b.moved = grow(b.taken, 3*m), grow(b.moved, m)
	clear(b.moved)
	for changed := true; changed; {
		changed = false
		for i := range b.taken {
			b.taken[i] = -1
		}
		for i, h := range heads {
			kind := p.single[labels[i]]
			if kind < 0 || h < 0 {
				continue
			}
			at := kind*m + int(h)
			first := b.taken[at]
			if b.taken[at] = int32(i); first < 0 {
				continue
			}
			best := change{loss: always}
			for _, d := range [...]int{int(first), i} {
				if !b.moved[d] {
					n.changes(b, p, start, scores, stride, heads, labels, d, &best)
				}
			}
			if best.loss < always {
				heads[best.word], labels[best.word], b.moved[best.word], changed = int32(best.head), uint16(best.label), true, true
				break
			}
		}
	}
}

// change is another arc for a word, and how much worse it is.
type change struct {
	word, head, label int
	loss              float32
}

// changes offers best the other arcs that word d may have.
func (n *network) changes(b *bench, p *Parser, start int, scores []float32, stride int, heads []int32, labels []uint16, d int, best *change) {
	row := scores[d*stride : d*stride+len(heads)+1]
	now := row[heads[d]+1]
	offer := func(head int, loss float32, but int) {
		if loss >= best.loss {
			return
		}
		b.pair = grow(b.pair, n.depEnd.Stride())
		n.pair(b, b.pair, start, d, head)
		b.one = n.relation.Apply(b.one, b.pair, 1)
		r := b.one[:n.relation.Out]
		l := p.bestLabel(r, d, head, but)
		if but >= 0 {
			loss += r[but] - r[l]
		}
		if loss < best.loss {
			*best = change{d, head, l, loss}
		}
	}
	offer(int(heads[d]), 0, int(labels[d]))
	for h := range heads {
		if h != d && h != int(heads[d]) && now-row[h+1] < best.loss && !below(heads, h, d) && !crossed(heads, int32(d), int32(h)) {
			offer(h, now-row[h+1], -1)
		}
	}
}

// below reports whether word i hangs on d, directly or not.
func below(heads []int32, i, d int) bool {
	for i >= 0 && i != d {
		i = int(heads[i])
	}
	return i == d
}

// read writes classes, heads and labels of the tokens of some sentences, which
// follow each other, onto the desk. Heads are indices of tokens, -1 for a root.
func (n *network) read(d *desk, p *Parser, sentences []dragoman.Sentence) {
	b := &d.bench
	first, end := sentences[0].First, sentences[len(sentences)-1].End
	b.ends = b.ends[:0]
	for _, s := range sentences {
		if s.End > s.First {
			b.ends = append(b.ends, s.End-first)
		}
	}
	if end == first {
		return
	}
	words := d.words[first:end]
	x := n.encode(b, p, words, b.ends, d.tags[first:end], d.leanings[first:end])
	n.attach(b, p, x, b.ends, d.heads[first:end], d.labels[first:end])
	for i := first; i < end; i++ {
		if d.heads[i] >= 0 {
			d.heads[i] += int32(first)
		}
	}
}

// bestLabel returns the best relation of the arc from h to i, but one.
func (p *Parser) bestLabel(scores []float32, i, h, but int) int {
	if h < 0 {
		return p.root
	}
	best := -1
	for l, s := range scores {
		if l == p.root || l == but || i < h && p.rightOnly[l] {
			continue
		}
		if best < 0 || s > scores[best] {
			best = l
		}
	}
	return best
}
