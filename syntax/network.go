package syntax

import (
	"dragoman"
	"dragoman/neural"
)

// network tags and parses: an encoder that reads the sentence both ways, one
// layer that gives every token its class, and two that ask of every pair of
// words how likely one is the other's head (Dozat & Manning 2017).
type network struct {
	encoder *neural.Encoder
	tags    *neural.Linear // class of a token
	// The head of a dependent is the word whose answer fits its question best.
	deps, ask, answer *neural.Linear
	rootAnswer        []float32
	// The relation follows from both ends.
	depEnd, headEnd, relation *neural.Linear
	rootEnd                   []float32
}

func parseNetwork(b []byte) (*network, error) {
	r := neural.NewReader(b)
	n := &network{encoder: r.Encoder()}
	for _, l := range []**neural.Linear{&n.tags, &n.deps, &n.ask, &n.answer, &n.depEnd, &n.headEnd, &n.relation} {
		*l = r.Linear()
	}
	n.rootAnswer, n.rootEnd = r.Vector(n.answer.Stride()), r.Vector(n.headEnd.Stride())
	return n, r.Err()
}

// bench is what running the network needs besides the weights.
type bench struct {
	desk                                       neural.Desk
	ends                                       []int
	classes, deps, asks, answers               []float32
	depEnds, headEnds, relations, pairs, under []float32
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
// every token its class.
func (n *network) encode(b *bench, words []word, ends []int, out []uint16) []float32 {
	x := n.encoder.Encode(&b.desk, ends, func(i int) uint64 { return wordKey(&words[i]) },
		func(f []uint64, i int) []uint64 { return wordFeatures(f, &words[i]) })
	b.classes = n.tags.Apply(b.classes, x, len(words))
	stride := n.tags.Stride()
	for i := range words {
		out[i] = uint16(highest(b.classes[i*stride : i*stride+n.tags.Out]))
	}
	return x
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

// attach finds the heads and relations of the encoded sentences. heads are
// indices into words, -1 for the root of a sentence.
func (n *network) attach(b *bench, p *Parser, x []float32, ends []int, heads []int32, labels []uint16) {
	total := ends[len(ends)-1]
	b.deps = n.deps.Apply(b.deps, x, total)
	b.asks = n.ask.Apply(b.asks, b.deps, total)
	// The answers stand behind room for one of the root.
	b.answers = n.answer.Apply(b.answers, x, total)
	w := n.answer.Stride()
	start := 0
	for _, end := range ends {
		m := end - start
		b.under = append(append(b.under[:0], n.rootAnswer...), b.answers[start*w:end*w]...)
		scores, stride := b.products.Products(b.asks[start*w:end*w], b.under, m, m+1, w)
		b.span.tree(scores, stride, heads[start:end])
		for i := start; i < end; i++ {
			if heads[i] >= 0 {
				heads[i] += int32(start)
			}
		}
		start = end
	}
	b.depEnds, b.headEnds = n.depEnd.Apply(b.depEnds, x, total), n.headEnd.Apply(b.headEnds, x, total)
	w = n.depEnd.Stride()
	b.pairs = b.depEnds[:total*w]
	for i := range total {
		above := n.rootEnd
		if h := int(heads[i]); h >= 0 {
			above = b.headEnds[h*w : (h+1)*w]
		}
		row := b.pairs[i*w : (i+1)*w]
		for j, v := range above[:len(row)] {
			row[j] = max(row[j]+v, 0)
		}
	}
	b.relations = n.relation.Apply(b.relations, b.pairs, total)
	stride := n.relation.Stride()
	for i := range total {
		if heads[i] < 0 {
			labels[i] = uint16(p.root)
			continue
		}
		labels[i] = uint16(p.bestLabel(b.relations[i*stride:i*stride+n.relation.Out], int32(i) < heads[i]))
	}
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
	x := n.encode(b, words, b.ends, d.tags[first:end])
	n.attach(b, p, x, b.ends, d.heads[first:end], d.labels[first:end])
	for i := first; i < end; i++ {
		if d.heads[i] >= 0 {
			d.heads[i] += int32(first)
		}
	}
}

// bestLabel returns the best relation but root.
func (p *Parser) bestLabel(scores []float32, left bool) int {
	best := -1
	for l, s := range scores {
		if l == p.root || left && p.rightOnly[l] {
			continue
		}
		if best < 0 || s > scores[best] {
			best = l
		}
	}
	return best
}
