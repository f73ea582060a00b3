package mention

import (
	"errors"
	"slices"

	"dragoman/learn"
	"dragoman/neural"
)

// network gives the tokens of sentences a score for every label: an encoder
// that reads the sentence both ways, a layer of what it makes of the token, and
// one of what it makes of the same word elsewhere on the page. Scores of pairs of
// neighbouring labels are added where the best labels are sought.
type network struct {
	encoder *neural.Encoder
	emit    *neural.Linear
	others  *neural.Linear
	pairs   []float32 // of label b after label a: pairs[a*labels+b]; a sentence begins after label labels
}

func openNetwork(b []byte) (*network, error) {
	r := neural.NewReader(b)
	n := &network{encoder: r.Encoder(), emit: r.Linear(), others: r.Linear(), pairs: r.Vector((labels + 1) * labels)}
	if err := r.Err(); err != nil {
		return nil, err
	}
	if n.emit.Out != labels || n.emit.In != n.encoder.Width || n.others.Out != labels || n.others.In != n.encoder.Width {
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

// recurs reports whether what is said of the word elsewhere on the page counts:
// where it is written as a name, here or there.
func (w *word) recurs() bool { return w.capital() || w.across&acrossCapital != 0 }

// groups numbers the words of a page that recur, by their letters; -1 for the rest.
func groups(out []int, words []word, numbers map[uint64]int) []int {
	clear(numbers)
	for i := range words {
		g := -1
		if w := &words[i]; w.recurs() {
			n, ok := numbers[w.lower]
			if !ok {
				n = len(numbers)
				numbers[w.lower] = n
			}
			g = n
		}
		out = append(out, g)
	}
	return out
}

// desk is what finding names needs besides the weights; one goroutine at a
// time uses it.
type desk struct {
	encoding                      neural.Desk
	words                         []word
	encoded, mean, emitted, added []float32
	ends, group                   []int
	numbers                       map[uint64]int
	lattice                       lattice
}

func newDesk() *desk { return &desk{numbers: map[uint64]int{}} }

// A page is a part of an article that is looked at as one, of about so many
// tokens; chunk is about how many are encoded at once.
const (
	page  = 3000
	chunk = 480
)

// upTo returns the end of the sentences from first that follow each other and have
// about so many tokens.
func upTo(sentences [][2]int, first, most int) int {
	s, end := first, sentences[first][0]
	for s < len(sentences) && sentences[s][0] == end && end-sentences[first][0] < most {
		end = sentences[s][1]
		s++
	}
	return s
}

// labelled hands each of the sentences of words to yield with its labels, which
// hold until yield returns.
func (n *network) labelled(d *desk, words []word, sentences [][2]int, yield func(sentence int, path []uint8)) {
	for s := 0; s < len(sentences); {
		last := upTo(sentences, s, page)
		n.readPage(d, words, sentences[s:last], func(k int, path []uint8) { yield(s+k, path) })
		s = last
	}
}

func (n *network) readPage(d *desk, words []word, sentences [][2]int, yield func(sentence int, path []uint8)) {
	first := sentences[0][0]
	words = words[first:sentences[len(sentences)-1][1]]
	d.encoded = d.encoded[:0]
	for s := 0; s < len(sentences); {
		last := upTo(sentences, s, chunk)
		start := sentences[s][0]
		d.ends = d.ends[:0]
		for ; s < last; s++ {
			d.ends = append(d.ends, sentences[s][1]-start)
		}
		part := words[start-first : sentences[last-1][1]-first]
		d.encoded = append(d.encoded, n.encoder.Encode(&d.encoding, d.ends, func(i int) uint64 { return part[i].key() },
			func(f []uint64, i int) []uint64 { return wordFeatures(f, &part[i]) })...)
	}
	d.group = groups(d.group[:0], words, d.numbers)
	d.mean = slices.Grow(d.mean[:0], len(d.encoded))[:len(d.encoded)]
	neural.Others(d.mean, d.encoded, n.encoder.Width, d.group)
	d.emitted = n.emit.Apply(d.emitted, d.encoded, len(words))
	d.added = n.others.Apply(d.added, d.mean, len(words))
	for i, v := range d.added {
		d.emitted[i] += v
	}
	stride := n.emit.Stride()
	for k, b := range sentences {
		yield(k, d.lattice.best(d.emitted[(b[0]-first)*stride:(b[1]-first)*stride], stride, n.pairs))
	}
}
