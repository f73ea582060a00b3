package mention

import (
	"errors"

	"dragoman/learn"
	"dragoman/neural"
)

// network gives the tokens of sentences a score for every label: an encoder
// that reads the sentence both ways and one layer. Scores of pairs of
// neighbouring labels are added where the best labels are sought.
type network struct {
	encoder *neural.Encoder
	emit    *neural.Linear
	pairs   []float32 // of label b after label a: pairs[a*labels+b]; a sentence begins after label labels
}

func openNetwork(b []byte) (*network, error) {
	r := neural.NewReader(b)
	n := &network{encoder: r.Encoder(), emit: r.Linear(), pairs: r.Vector((labels + 1) * labels)}
	if err := r.Err(); err != nil {
		return nil, err
	}
	if n.emit.Out != labels || n.emit.In != n.encoder.Width {
		return nil, errors.New("weights of other labels; train again")
	}
	return n, nil
}

// key tells words apart whose features differ; it is never 0.
func (w *word) key() uint64 {
	first := uint64(0)
	if w.first {
		first = 1
	}
	where := first | uint64(w.mode)<<1 | uint64(w.across)<<3 | uint64(w.length)<<11 | uint64(w.begin)<<19 | uint64(w.inside)<<35
	return learn.Mix(w.form, where) | 1
}

// wordFeatures appends what the encoder sees of a word.
func wordFeatures(out []uint64, w *word) []uint64 {
	f := func(template int, v uint64) { out = append(out, learn.Mix(learn.Seed(template), v)) }
	f(1, w.lower)
	f(2, w.cased)
	for k, v := range w.pre {
		f(3+k, v)
	}
	for k, v := range w.suf {
		f(6+k, v)
	}
	m := uint64(w.mode)
	cas := uint64(w.casing)<<3 | m<<1
	if w.first {
		cas |= 1
	}
	f(10, learn.Mix(w.shape, m))
	f(11, cas)
	f(12, uint64(w.across)<<8|cas&^1)
	if w.kind != 0 {
		f(13, w.kind)
	}
	if w.inside != 0 {
		f(14, uint64(w.inside)<<16|uint64(w.begin))
		f(15, uint64(w.length)<<16|uint64(w.begin))
	}
	return out
}

// desk is what finding names needs besides the weights; one goroutine at a
// time uses it.
type desk struct {
	encoding neural.Desk
	words    []word
	emitted  []float32
	ends     []int
	lattice  lattice
}

// chunk is about how many tokens are encoded at once.
const chunk = 480

// labelled hands each of the sentences, which follow each other in words, to
// yield with its labels, which hold until yield returns.
func (n *network) labelled(d *desk, words []word, sentences [][2]int, yield func(sentence int, path []uint8)) {
	stride := n.emit.Stride()
	for s := 0; s < len(sentences); {
		from, start := s, sentences[s][0]
		d.ends = d.ends[:0]
		for end := start; s < len(sentences) && sentences[s][0] == end && end-start < chunk; s++ {
			end = sentences[s][1]
			d.ends = append(d.ends, end-start)
		}
		part := words[start : start+d.ends[len(d.ends)-1]]
		x := n.encoder.Encode(&d.encoding, d.ends, func(i int) uint64 { return part[i].key() },
			func(f []uint64, i int) []uint64 { return wordFeatures(f, &part[i]) })
		d.emitted = n.emit.Apply(d.emitted, x, len(part))
		at := 0
		for k, end := range d.ends {
			yield(from+k, d.lattice.best(d.emitted[at*stride:end*stride], stride, n.pairs))
			at = end
		}
	}
}
