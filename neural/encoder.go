package neural

import (
	"encoding/binary"
	"errors"
	"math"
)

// Encoder turns the tokens of sentences into vectors that tell what they are
// in their context. It is read-only and safe for many goroutines.
type Encoder struct {
	Width  int
	vocab  vocabulary
	norm   []float32 // gain of the sum of features
	layers []layer
	last   []float32 // gain of what comes out
}

// layer is a recurrent layer in both directions: the first half of the
// channels reads forwards, the second backwards.
type layer struct {
	gain    []float32
	weights packed    // Width × 3·Width: candidate, forget, keep
	gates   []float32 // per direction four kinds of Width/2: see recur
}

// vocabulary gives features their vectors: a row of small integers and their scale.
type vocabulary struct {
	keys  []uint64 // open addressing
	rows  []int32
	shift uint
	width int
	scale []float32
	table []byte // of int8
}

func (v *vocabulary) index(keys []uint64) {
	bits := uint(4)
	for 1<<bits < len(keys)*2 {
		bits++
	}
	v.keys, v.rows, v.shift = make([]uint64, 1<<bits), make([]int32, 1<<bits), 64-bits
	for r, k := range keys {
		i := v.slot(k)
		v.keys[i], v.rows[i] = k, int32(r)
	}
}

func (v *vocabulary) slot(key uint64) int {
	i := int(key * 0x9E3779B97F4A7C15 >> v.shift)
	for v.keys[i] != 0 && v.keys[i] != key {
		i = (i + 1) & (len(v.keys) - 1)
	}
	return i
}

// row returns the row of a feature; -1 for one that was never learnt.
func (v *vocabulary) row(key uint64) int {
	i := v.slot(key)
	if v.keys[i] == 0 {
		return -1
	}
	return int(v.rows[i])
}

// add adds the vector of a feature to x.
func (v *vocabulary) add(x []float32, key uint64) {
	r := v.row(key)
	if r < 0 {
		return
	}
	scale := v.scale[r]
	row := v.table[r*v.width : (r+1)*v.width]
	for i := range x[:len(row)] {
		x[i] += scale * float32(int8(row[i]))
	}
}

// Desk is what encoding needs besides the weights; one goroutine at a time uses
// it, again and again.
type Desk struct {
	hidden, normed, gated []float32
	state                 []float32
	keys                  []uint64
	seen                  []float32 // of a key: the sum of its features, and what the first layer makes of it
	feats                 []uint64
	missed                []int
	rows, made            []float32 // of the missed
}

// cached is how many kinds of tokens a desk remembers.
const cached = 4096

// Encode returns one vector of Width for every token of some sentences, which
// end before the tokens of ends; the last of ends is the number of tokens. key
// names what the features of a token follow from (never 0), features appends
// them. The vectors hold until the desk is used again.
func (e *Encoder) Encode(d *Desk, ends []int, key func(i int) uint64, features func(f []uint64, i int) []uint64) []float32 {
	n, w := 0, e.Width
	if len(ends) > 0 {
		n = ends[len(ends)-1]
	}
	d.hidden, d.normed, d.gated = grow(d.hidden, n*w), grow(d.normed, n*w), grow(d.gated, n*3*w)
	d.state = grow(d.state, w/2)
	e.look(d, n, key, features)
	for l := range e.layers {
		if l > 0 {
			e.layers[l].multiply(d.gated, d.normed, d.hidden, n, w)
		}
		start := 0
		for _, end := range ends {
			scan(start, end, w, d.state, e.layers[l].gates, d.gated, d.hidden, d.hidden)
			start = end
		}
	}
	for i := range n {
		row := d.hidden[i*w : (i+1)*w]
		normalise(row, row, e.last)
	}
	return d.hidden
}

// look writes the sums of the tokens' features, and what the first layer makes
// of them, which follows from the token alone.
func (e *Encoder) look(d *Desk, n int, key func(i int) uint64, features func(f []uint64, i int) []uint64) {
	w := e.Width
	if d.keys == nil {
		d.keys, d.seen = make([]uint64, cached), make([]float32, cached*4*w)
	}
	slot := func(k uint64) int { return int(k * 0x9E3779B97F4A7C15 >> 52 & (cached - 1)) }
	d.missed = d.missed[:0]
	for i := range n {
		k := key(i)
		at := slot(k)
		if d.keys[at] == k {
			known := d.seen[at*4*w : (at+1)*4*w]
			copy(d.hidden[i*w:(i+1)*w], known)
			copy(d.gated[i*3*w:(i+1)*3*w], known[w:])
			continue
		}
		sum := d.hidden[i*w : (i+1)*w]
		clear(sum)
		d.feats = features(d.feats[:0], i)
		for _, f := range d.feats {
			e.vocab.add(sum, f)
		}
		normalise(sum, sum, e.norm)
		d.missed = append(d.missed, i)
	}
	if len(e.layers) == 0 || len(d.missed) == 0 {
		return
	}
	m := len(d.missed)
	d.rows, d.made = grow(d.rows, m*w), grow(d.made, m*3*w)
	rows, made := d.rows, d.made
	for j, i := range d.missed {
		copy(rows[j*w:(j+1)*w], d.hidden[i*w:(i+1)*w])
	}
	e.layers[0].multiply(made, d.normed, rows, m, w)
	for j, i := range d.missed {
		copy(d.gated[i*3*w:(i+1)*3*w], made[j*3*w:(j+1)*3*w])
		at := slot(key(i))
		d.keys[at] = key(i)
		known := d.seen[at*4*w : (at+1)*4*w]
		copy(known, rows[j*w:(j+1)*w])
		copy(known[w:], made[j*3*w:(j+1)*3*w])
	}
}

// multiply writes what the layer's matrix makes of n rows of x.
func (l *layer) multiply(out, normed, x []float32, n, w int) {
	for i := range n {
		normalise(normed[i*w:(i+1)*w], x[i*w:(i+1)*w], l.gain)
	}
	clear(out)
	l.weights.addTo(out, 3*w, normed, n, w, 1)
}

// scan runs both directions of a layer over the tokens of a sentence: x are the
// layer's inputs and h its outputs, which may be the same.
func scan(start, end, w int, state, gates, gated, x, h []float32) {
	half := w / 2
	for way := range 2 {
		clear(state)
		p, o := gates[way*4*half:(way+1)*4*half], way*half
		for k := range end - start {
			t := start + k
			if way == 1 {
				t = end - 1 - k
			}
			u := gated[t*3*w : (t+1)*3*w]
			recur(u[o:o+half], u[w+o:w+o+half], u[2*w+o:2*w+o+half], x[t*w+o:t*w+o+half], p, state[:half], h[t*w+o:t*w+o+half])
		}
	}
}

const tiny = 1e-6

// normalise scales x to a root mean square of 1 and by the gains.
func normalise(out, x, gain []float32) float32 {
	var a, b, c, d float32
	for i := 0; i+3 < len(x); i += 4 {
		a += float32(x[i] * x[i])
		b += float32(x[i+1] * x[i+1])
		c += float32(x[i+2] * x[i+2])
		d += float32(x[i+3] * x[i+3])
	}
	inv := 1 / float32(math.Sqrt(float64((a+b+c+d)/float32(len(x))+tiny)))
	out, gain = out[:len(x)], gain[:len(x)]
	for i, v := range x {
		out[i] = v * inv * gain[i]
	}
	return inv
}

// Linear is a matrix and a bias, and after them, where Bent, a cut at zero.
type Linear struct {
	In, Out int
	Bent    bool
	weights packed
	bias    []float32 // RoundUp(Out)
}

// Stride is the distance between the rows that Apply writes.
func (l *Linear) Stride() int { return RoundUp(l.Out) }

// Apply returns the n rows that follow from the n rows of x, in a buffer that
// it may take from out.
func (l *Linear) Apply(out, x []float32, n int) []float32 {
	s := l.Stride()
	out = grow(out, n*s)
	for i := range n {
		copy(out[i*s:(i+1)*s], l.bias)
	}
	l.weights.addTo(out, s, x, n, l.In, 1)
	if l.Bent {
		for i, v := range out {
			out[i] = max(v, 0)
		}
	}
	return out
}

// Others writes for each row of x, of the given width, the mean of the other rows
// of its group; zeros where there is none, and for what is in no group (-1).
// Groups are numbered from 0.
func Others(out, x []float32, width int, group []int) {
	most := 0
	for _, g := range group {
		most = max(most, g+1)
	}
	sums, size := make([]float32, most*width), make([]int, most)
	for i, g := range group {
		if g < 0 {
			continue
		}
		size[g]++
		for j, v := range x[i*width : (i+1)*width] {
			sums[g*width+j] += v
		}
	}
	for i, g := range group {
		row := out[i*width : (i+1)*width]
		if g < 0 || size[g] < 2 {
			clear(row)
			continue
		}
		by := 1 / float32(size[g]-1)
		for j, v := range x[i*width : (i+1)*width] {
			row[j] = (sums[g*width+j] - v) * by
		}
	}
}

// Products writes the products of the n rows of a with the m rows of b, all of
// width w: out[i*stride+j] = a[i]·b[j], stride = RoundUp(m).
func (d *Products) Products(a, b []float32, n, m, w int) (out []float32, stride int) {
	d.right.pack(b, w, m, 1, w)
	stride = RoundUp(m)
	d.out = grow(d.out, n*stride)
	clear(d.out)
	d.right.addTo(d.out, stride, a, n, w, 1)
	return d.out, stride
}

// Products keeps the buffers of products of two sets of vectors.
type Products struct {
	right packed
	out   []float32
}

// The form of weights in a file. All numbers are little-endian; dense matrices
// are 16-bit floats of which the lower half of a float32 is cut (bfloat16).

var errDamaged = errors.New("the weights are damaged, or of another version; train again")

type writer struct{ b []byte }

func (w *writer) u32(n int) { w.b = binary.LittleEndian.AppendUint32(w.b, uint32(n)) }

func (w *writer) floats(v []float32) {
	w.u32(len(v))
	for _, x := range v {
		w.b = binary.LittleEndian.AppendUint32(w.b, math.Float32bits(x))
	}
}

func (w *writer) halves(v []float32) {
	w.u32(len(v))
	for _, x := range v {
		bits := math.Float32bits(x)
		bits += 0x7FFF + bits>>16&1 // to the nearest, ties to even
		w.b = binary.LittleEndian.AppendUint16(w.b, uint16(bits>>16))
	}
}

// Reader reads weights from a section of a file; the first fault stays in Err.
type Reader struct {
	b   []byte
	bad bool
}

// NewReader reads from b, which it keeps.
func NewReader(b []byte) *Reader { return &Reader{b: b} }

// Err tells whether something was amiss or is left over.
func (r *Reader) Err() error {
	if r.bad || len(r.b) > 0 {
		return errDamaged
	}
	return nil
}

func (r *Reader) bytes(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}

func (r *Reader) u32() int {
	if b := r.bytes(4); b != nil {
		return int(binary.LittleEndian.Uint32(b))
	}
	return 0
}

// vector reads n floats that are as many as wanted.
func (r *Reader) vector(want int) []float32 {
	n := r.u32()
	b := r.bytes(4 * n)
	if n != want || b == nil {
		r.bad = true
		return make([]float32, max(want, 0)&0xFFFFFF)
	}
	v := make([]float32, n)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return v
}

// matrix reads a packed matrix of k rows and n columns.
func (r *Reader) matrix(k, n int) (p packed) {
	size := r.u32()
	b := r.bytes(2 * size)
	if b == nil || size != k*n {
		r.bad = true
		return packed{}
	}
	v := make([]float32, size)
	for i := range v {
		v[i] = math.Float32frombits(uint32(binary.LittleEndian.Uint16(b[2*i:])) << 16)
	}
	p.pack(v, k, n, n, 1)
	return p
}

// Encoder reads an encoder.
func (r *Reader) Encoder() *Encoder {
	e := &Encoder{Width: r.u32()}
	layers, rows := r.u32(), r.u32()
	if e.Width < 16 || e.Width > 4096 || e.Width%16 != 0 || layers > 64 {
		r.bad = true
		return e
	}
	w := e.Width
	b := r.bytes(8 * rows)
	if b == nil {
		r.bad = true
		return e
	}
	keys := make([]uint64, rows)
	for i := range keys {
		keys[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	e.vocab.index(keys)
	e.vocab.width = w
	e.vocab.scale = r.vector(rows)
	e.vocab.table = r.bytes(rows * w)
	e.norm = r.vector(w)
	for range layers {
		e.layers = append(e.layers, layer{gain: r.vector(w), weights: r.matrix(w, 3*w), gates: r.vector(4 * w)})
	}
	e.last = r.vector(w)
	return e
}

// Linear reads a linear layer.
func (r *Reader) Linear() *Linear {
	l := &Linear{In: r.u32(), Out: r.u32(), Bent: r.u32() == 1}
	if l.In > 1<<16 || l.Out > 1<<20 {
		r.bad = true
		return l
	}
	l.weights = r.matrix(l.In, RoundUp(l.Out))
	l.bias = r.vector(RoundUp(l.Out))
	return l
}

// Vector reads a vector of n.
func (r *Reader) Vector(n int) []float32 { return r.vector(n) }
