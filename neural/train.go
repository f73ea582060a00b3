package neural

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"sync"
)

// Shards is the number of parts of a batch that are learnt from at once. It is
// fixed, so that the same input gives the same weights on any number of cores.
const Shards = 2

// param is a matrix while it is learnt.
type param struct {
	rows, cols int
	v, m, s    []float32
	grad       [Shards][]float32
	sparse     bool            // only rows that were touched change
	touched    [Shards][]int32 // rows with a gradient
	marked     [Shards][]bool
	forward    packed // v, and
	backward   packed // v turned over, while a batch is learnt from
}

// Learner owns what is learnt together and moves it (Adam, Kingma & Ba 2015).
type Learner struct {
	params []*param
	steps  int
	rng    *rand.Rand
}

// NewLearner returns a learner without anything to learn.
func NewLearner(seed uint64) *Learner {
	return &Learner{rng: rand.New(rand.NewPCG(seed, 20260101))}
}

func (l *Learner) param(rows, cols int, deviation float64) *param {
	p := &param{rows: rows, cols: cols}
	n := rows * cols
	p.v, p.m, p.s = make([]float32, n), make([]float32, n), make([]float32, n)
	for i := range p.v {
		p.v[i] = float32(l.rng.NormFloat64() * deviation)
	}
	for s := range p.grad {
		p.grad[s] = make([]float32, n)
	}
	l.params = append(l.params, p)
	return p
}

func (l *Learner) constant(n int, value float32) *param {
	p := l.param(1, n, 0)
	for i := range p.v {
		p.v[i] = value
	}
	return p
}

// pack readies the products of a batch.
func (p *param) pack() {
	p.forward.pack(p.v, p.rows, p.cols, p.cols, 1)
	p.backward.pack(p.v, p.cols, p.rows, 1, p.cols)
}

const (
	beta1 = 0.9
	beta2 = 0.98
	floor = 1e-8
	most  = 5.0 // norm of a batch's gradient
)

// Step moves everything against the gradients and clears them.
func (l *Learner) Step(rate float64) {
	l.steps++
	c1, c2 := 1-math.Pow(beta1, float64(l.steps)), 1-math.Pow(beta2, float64(l.steps))
	by := float32(rate * math.Sqrt(c2) / c1)
	shrink := l.shrink()
	var wait sync.WaitGroup
	for s := range Shards {
		wait.Go(func() {
			for _, p := range l.params {
				if p.sparse {
					continue
				}
				n := len(p.v)
				p.move(s*n/Shards, (s+1)*n/Shards, by, shrink)
			}
		})
	}
	wait.Wait()
	for _, p := range l.params {
		if p.sparse {
			p.moveRows(by, shrink)
		}
	}
}

// shrink is by how much the gradient is too long.
func (l *Learner) shrink() float32 {
	sum := 0.0
	for _, p := range l.params {
		if p.sparse {
			continue
		}
		var part float64
		for i := range p.v {
			g := p.grad[0][i]
			for s := 1; s < Shards; s++ {
				g += p.grad[s][i]
			}
			part += float64(g * g)
		}
		sum += part
	}
	if norm := math.Sqrt(sum); norm > most {
		return float32(most / norm)
	}
	return 1
}

func (p *param) move(from, to int, by, shrink float32) {
	v, m, s := p.v[from:to], p.m[from:to], p.s[from:to]
	g0 := p.grad[0][from:to]
	for k := 1; k < Shards; k++ {
		for i, g := range p.grad[k][from:to] {
			g0[i] += g
		}
		clear(p.grad[k][from:to])
	}
	for i, g := range g0 {
		g *= shrink
		a := beta1*m[i] + (1-beta1)*g
		b := beta2*s[i] + (1-beta2)*g*g
		m[i], s[i] = a, b
		v[i] -= by * a / (float32(math.Sqrt(float64(b))) + floor)
	}
	clear(g0)
}

func (p *param) moveRows(by, shrink float32) {
	for s := range Shards {
		for _, r := range p.touched[s] {
			if s > 0 && p.marked[0][r] {
				continue
			}
			from := int(r) * p.cols
			p.move(from, from+p.cols, by, shrink)
		}
	}
	for s := range Shards {
		for _, r := range p.touched[s] {
			p.marked[s][r] = false
		}
		p.touched[s] = p.touched[s][:0]
	}
}

// touch marks a row of a sparse matrix as having a gradient.
func (p *param) touch(shard int, r int32) {
	if !p.marked[shard][r] {
		p.marked[shard][r] = true
		p.touched[shard] = append(p.touched[shard], r)
	}
}

// Pass is the way of one part of a batch through what is learnt, forwards and,
// for the gradients, back.
type Pass struct {
	Shard int
	rng   *rand.Rand
	slab  []float32
	used  int
	spare packed
	back  []func()
}

// NewPass returns a pass for the shard.
func NewPass(shard int, seed uint64) *Pass {
	return &Pass{Shard: shard, rng: rand.New(rand.NewPCG(seed, uint64(shard)))}
}

// Start forgets the last batch.
func (p *Pass) Start() {
	clear(p.slab[:min(p.used, len(p.slab))])
	if p.used > len(p.slab) {
		p.slab = make([]float32, p.used+p.used/4)
	}
	p.used, p.back = 0, p.back[:0]
}

// New returns n zeros that last until Start.
func (p *Pass) New(n int) []float32 {
	from := p.used
	p.used += n
	if p.used > len(p.slab) {
		return make([]float32, n)
	}
	return p.slab[from:p.used:p.used]
}

// Back runs what has been noted for the way back, the last first.
func (p *Pass) Back() {
	for i := len(p.back) - 1; i >= 0; i-- {
		p.back[i]()
	}
}

// Vectors are rows of a width with their gradients.
type Vectors struct {
	N, Width int
	V, G     []float32
}

// Row returns row i.
func (v *Vectors) Row(i int) []float32 { return v.V[i*v.Width : (i+1)*v.Width] }

// Grad returns the gradient of row i.
func (v *Vectors) Grad(i int) []float32 { return v.G[i*v.Width : (i+1)*v.Width] }

// Vectors returns n rows of zeros.
func (p *Pass) Vectors(n, width int) *Vectors {
	return &Vectors{n, width, p.New(n * width), p.New(n * width)}
}

// Drop sets a share of the channels to zero, the same for all tokens of a
// sentence (Gal & Ghahramani 2016), and makes the others larger.
func (p *Pass) Drop(x *Vectors, ends []int, share float64) *Vectors {
	if share == 0 {
		return x
	}
	y := p.Vectors(x.N, x.Width)
	masks := p.New(len(ends) * x.Width)
	keep := float32(1 / (1 - share))
	for i := range masks {
		if p.rng.Float64() >= share {
			masks[i] = keep
		}
	}
	each := func(do func(mask []float32, t int)) {
		start := 0
		for s, end := range ends {
			for t := start; t < end; t++ {
				do(masks[s*x.Width:(s+1)*x.Width], t)
			}
			start = end
		}
	}
	each(func(mask []float32, t int) {
		in, out := x.Row(t), y.Row(t)
		for i, m := range mask {
			out[i] = in[i] * m
		}
	})
	p.back = append(p.back, func() {
		each(func(mask []float32, t int) {
			in, out := x.Grad(t), y.Grad(t)
			for i, m := range mask {
				in[i] += out[i] * m
			}
		})
	})
	return y
}

// norm scales rows as normalise does.
func (p *Pass) norm(x *Vectors, gain *param) *Vectors {
	y := p.Vectors(x.N, x.Width)
	scale := p.New(x.N)
	for t := range x.N {
		scale[t] = normalise(y.Row(t), x.Row(t), gain.v)
	}
	p.back = append(p.back, func() {
		dg := gain.grad[p.Shard]
		for t := range x.N {
			in, grad, out := x.Row(t), x.Grad(t), y.Grad(t)
			inv := scale[t]
			var dot float32
			for i, g := range out {
				dg[i] += g * in[i] * inv
				dot += g * gain.v[i] * in[i]
			}
			dot *= inv * inv * inv / float32(x.Width)
			for i, g := range out {
				grad[i] += g*gain.v[i]*inv - in[i]*dot
			}
		}
	})
	return y
}

// times multiplies by a matrix that has been packed for the batch.
func (p *Pass) times(x *Vectors, w *param) *Vectors {
	y := p.Vectors(x.N, w.cols)
	w.forward.addTo(y.V, w.cols, x.V, x.N, x.Width, 1)
	p.back = append(p.back, func() {
		w.backward.addTo(x.G, x.Width, y.G, y.N, y.Width, 1)
		p.spare.pack(y.G, y.N, y.Width, y.Width, 1)
		p.spare.addTo(w.grad[p.Shard], w.cols, x.V, x.Width, 1, x.Width)
	})
	return y
}

// Layer is a Linear while it is learnt.
type Layer struct {
	out  int
	bent bool
	w, b *param
}

// Linear adds a linear layer to what is learnt.
func (l *Learner) Linear(in, out int, bent bool) *Layer {
	return &Layer{out, bent, l.param(in, RoundUp(out), 1/math.Sqrt(float64(in))), l.constant(RoundUp(out), 0)}
}

// Apply is Linear.Apply with a way back.
func (l *Layer) Apply(p *Pass, x *Vectors) *Vectors {
	y := p.times(x, l.w)
	for t := range y.N {
		row := y.Row(t)
		for i, b := range l.b.v[:len(row)] {
			row[i] += b
		}
	}
	if l.bent {
		for i, v := range y.V {
			y.V[i] = max(v, 0)
		}
	}
	p.back = append(p.back, func() {
		db := l.b.grad[p.Shard]
		for t := range y.N {
			row, grad := y.Row(t), y.Grad(t)
			if l.bent {
				for i, v := range row {
					if v == 0 {
						grad[i] = 0
					}
				}
			}
			for i, g := range grad[:len(db)] {
				db[i] += g
			}
		}
	})
	return y
}

// Vector is a vector that is learnt by itself.
type Vector struct{ p *param }

// Vector adds a vector to what is learnt.
func (l *Learner) Vector(n int) *Vector { return &Vector{l.param(1, n, 0.1)} }

// Values and Grad are the vector and where its gradient is added.
func (v *Vector) Values() []float32        { return v.p.v }
func (v *Vector) Grad(shard int) []float32 { return v.p.grad[shard] }

// Form is a kind of token: the rows of its features.
type Form struct{ Rows []int32 }

// Student is an Encoder while it is learnt.
type Student struct {
	Width  int
	keys   []uint64
	table  *param
	norm   *param
	layers []studentLayer
	last   *param
}

type studentLayer struct{ gain, weights, gates *param }

// Encoder adds an encoder to what is learnt. keys are the features that it
// learns vectors of: a feature's place among them is its row.
func (l *Learner) Encoder(width, layers int, keys []uint64) *Student {
	s := &Student{Width: width, keys: keys}
	s.table = l.param(len(keys), width, 0.3)
	s.table.sparse = true
	for i := range s.table.marked {
		s.table.marked[i] = make([]bool, len(keys))
	}
	s.norm, s.last = l.constant(width, 1), l.constant(width, 1)
	for range layers {
		g := l.constant(4*width, 0)
		half := width / 2
		for way := range 2 {
			for j := range half {
				at := way * 4 * half
				g.v[at+j] = float32(l.rng.NormFloat64() * 0.2)
				g.v[at+half+j] = float32(l.rng.NormFloat64() * 0.2)
				g.v[at+2*half+j] = 0.5 // remember rather than forget
			}
		}
		s.layers = append(s.layers, studentLayer{l.constant(width, 1), l.param(width, 3*width, 1/math.Sqrt(float64(width))), g})
	}
	return s
}

// Dropping says how much is left out while learning.
type Dropping struct {
	Features float64 // of a token's features
	Inputs   float64 // of the channels of what a layer reads
}

// Encode is Encoder.Encode with a way back. tokens are the forms of the tokens.
func (s *Student) Encode(p *Pass, forms []Form, tokens []uint32, ends []int, drop Dropping) *Vectors {
	n, w := len(tokens), s.Width
	sum := p.Vectors(n, w)
	kept := make([][]int32, n)
	for t, f := range tokens {
		rows := forms[f].Rows
		if drop.Features > 0 {
			some := make([]int32, 0, len(rows))
			for _, r := range rows {
				if p.rng.Float64() >= drop.Features {
					some = append(some, r)
				}
			}
			rows = some
		}
		kept[t] = rows
		x := sum.Row(t)
		for _, r := range rows {
			for i, v := range s.table.v[int(r)*w : (int(r)+1)*w] {
				x[i] += v
			}
		}
	}
	p.back = append(p.back, func() {
		table := s.table.grad[p.Shard]
		for t, rows := range kept {
			g := sum.Grad(t)
			for _, r := range rows {
				s.table.touch(p.Shard, r)
				for i, v := range g {
					table[int(r)*w+i] += v
				}
			}
		}
	})
	x := p.Drop(p.norm(sum, s.norm), ends, drop.Inputs)
	for _, l := range s.layers {
		u := p.times(p.Drop(p.norm(x, l.gain), ends, drop.Inputs), l.weights)
		x = p.scan(x, u, l.gates, ends)
	}
	return p.norm(x, s.last)
}

// scan is the recurrence of a layer with a way back.
func (p *Pass) scan(x, u *Vectors, gates *param, ends []int) *Vectors {
	w := x.Width
	y := p.Vectors(x.N, w)
	scan3(p.New(w/2), w, ends, gates.v, u.V, x.V, y.V)
	p.back = append(p.back, func() { p.scanBack(x, u, y, gates, ends) })
	return y
}

func scan3(state []float32, w int, ends []int, gates, gated, x, h []float32) {
	start := 0
	for _, end := range ends {
		scan(start, end, w, state, gates, gated, x, h)
		start = end
	}
}

func (p *Pass) scanBack(x, u, y *Vectors, gates *param, ends []int) {
	w, half := x.Width, x.Width/2
	longest, start := 0, 0
	for _, end := range ends {
		longest = max(longest, end-start)
		start = end
	}
	states := make([]float32, (longest+1)*half)
	carry, output := make([]float32, half), make([]float32, half)
	start = 0
	for _, end := range ends {
		for way := range 2 {
			at, o := way*4*half, way*half
			weights, grad := gates.v[at:at+4*half], gates.grad[p.Shard][at:at+4*half]
			token := func(k int) int {
				if way == 1 {
					return end - 1 - k
				}
				return start + k
			}
			clear(states[:half])
			for k := range end - start {
				row := u.Row(token(k))
				after := states[(k+1)*half : (k+2)*half]
				copy(after, states[k*half:(k+1)*half])
				recur(row[o:o+half], row[w+o:w+o+half], row[2*w+o:2*w+o+half], x.Row(token(k))[o:o+half], weights, after, output)
			}
			clear(carry)
			for k := end - start - 1; k >= 0; k-- {
				t := token(k)
				recurBack(w, u.Row(t)[o:], x.Row(t)[o:o+half], weights, states[k*half:(k+1)*half], states[(k+1)*half:(k+2)*half],
					y.Grad(t)[o:o+half], x.Grad(t)[o:o+half], u.Grad(t)[o:], grad, carry)
			}
		}
		start = end
	}
}

// Guess turns the scores of row t (the first n of them) into the gradient of the
// logarithm of what they give the right one, weighed, and returns the loss and
// whether the right one had the highest.
func Guess(scores, grad []float32, right int, weight float32) (loss float64, hit bool) {
	best := scores[0]
	for _, x := range scores {
		if x > best {
			best = x
		}
	}
	exponentials(grad, scores, best)
	var sums [4]float32 // one alone would wait for itself
	i := 0
	for ; i+4 <= len(scores); i += 4 {
		e := (*[4]float32)(grad[i:])
		sums[0] += e[0]
		sums[1] += e[1]
		sums[2] += e[2]
		sums[3] += e[3]
	}
	for ; i < len(scores); i++ {
		sums[0] += grad[i]
	}
	sum := sums[0] + sums[1] + (sums[2] + sums[3])
	hit = scores[right] == best
	p := grad[right] / sum
	scale := weight / sum
	for i := range scores {
		grad[i] *= scale
	}
	grad[right] -= weight
	return -math.Log(float64(max(p, 1e-20))), hit
}

// Prepare readies the batch: call it before the passes of every batch.
func (l *Learner) Prepare() {
	var wait sync.WaitGroup
	for s := range Shards {
		wait.Go(func() {
			for i, p := range l.params {
				if i%Shards == s && !p.sparse && p.rows > 1 {
					p.pack()
				}
			}
		})
	}
	wait.Wait()
}

// Write appends the encoder as Reader.Encoder reads it.
func (s *Student) Write(b []byte) []byte {
	w := writer{b}
	w.u32(s.Width)
	w.u32(len(s.layers))
	w.u32(len(s.keys))
	for _, k := range s.keys {
		w.b = binary.LittleEndian.AppendUint64(w.b, k)
	}
	scale := make([]float32, len(s.keys))
	table := make([]byte, 0, len(s.keys)*s.Width)
	for r := range s.keys {
		row := s.table.v[r*s.Width : (r+1)*s.Width]
		var top float32
		for _, x := range row {
			top = max(top, x, -x)
		}
		scale[r] = top / 127
		for _, x := range row {
			q := int8(0)
			if top > 0 {
				q = int8(math.Round(float64(x / scale[r])))
			}
			table = append(table, byte(q))
		}
	}
	w.floats(scale)
	w.b = append(w.b, table...)
	w.floats(s.norm.v)
	for _, l := range s.layers {
		w.floats(l.gain.v)
		w.halves(l.weights.v)
		w.floats(l.gates.v)
	}
	w.floats(s.last.v)
	return w.b
}

// Write appends the layer as Reader.Linear reads it.
func (l *Layer) Write(b []byte) []byte {
	w := writer{b}
	w.u32(l.w.rows)
	w.u32(l.out)
	if l.bent {
		w.u32(1)
	} else {
		w.u32(0)
	}
	w.halves(l.w.v)
	w.floats(l.b.v)
	return w.b
}

// Write appends the vector as Reader.Vector reads it.
func (v *Vector) Write(b []byte) []byte {
	w := writer{b}
	w.floats(v.p.v)
	return w.b
}

// Bend cuts at zero.
func (p *Pass) Bend(x *Vectors) *Vectors {
	y := p.Vectors(x.N, x.Width)
	for i, v := range x.V {
		y.V[i] = max(v, 0)
	}
	p.back = append(p.back, func() {
		for i, g := range y.G {
			if y.V[i] > 0 {
				x.G[i] += g
			}
		}
	})
	return y
}

// Join adds to each row of a the row of b that at names; the vector root where
// at is negative.
func (p *Pass) Join(a, b *Vectors, root *Vector, at []int) *Vectors {
	y := p.Vectors(a.N, a.Width)
	other := func(i int) (v, g []float32) {
		if at[i] < 0 {
			return root.p.v, root.p.grad[p.Shard]
		}
		return b.Row(at[i]), b.Grad(at[i])
	}
	for i := range a.N {
		v, _ := other(i)
		out, in := y.Row(i), a.Row(i)
		for j := range out {
			out[j] = in[j] + v[j]
		}
	}
	p.back = append(p.back, func() {
		for i := range a.N {
			_, g := other(i)
			in := a.Grad(i)
			for j, d := range y.Grad(i) {
				in[j] += d
				g[j] += d
			}
		}
	})
	return y
}

// Match returns the products of the rows start to end of a with root and the same
// rows of b: row i holds those of a's row start+i, of root first.
func (p *Pass) Match(a, b *Vectors, root *Vector, start, end int) *Vectors {
	n, w := end-start, a.Width
	right := p.New((n + 1) * w)
	copy(right, root.p.v)
	copy(right[w:], b.V[start*w:end*w])
	y := p.Vectors(n, RoundUp(n+1))
	p.spare.pack(right, w, n+1, 1, w)
	p.spare.addTo(y.V, y.Width, a.V[start*w:], n, w, 1)
	p.back = append(p.back, func() {
		p.spare.pack(right, n+1, w, w, 1)
		p.spare.addTo(a.G[start*w:end*w], w, y.G, n, y.Width, 1)
		down := p.New((n + 1) * w)
		p.spare.pack(a.V[start*w:end*w], n, w, w, 1)
		p.spare.addTo(down, w, y.G, n+1, 1, y.Width)
		g := root.p.grad[p.Shard]
		for i, d := range down[:w] {
			g[i] += d
		}
		for i, d := range down[w:] {
			b.G[start*w+i] += d
		}
	})
	return y
}

// AddTo adds the rows of y to those rows of x that at names.
func (p *Pass) AddTo(x, y *Vectors, at []int) {
	for i, r := range at {
		row := x.Row(r)
		for j, v := range y.Row(i) {
			row[j] += v
		}
	}
	p.back = append(p.back, func() {
		for i, r := range at {
			out := y.Grad(i)
			for j, g := range x.Grad(r) {
				out[j] += g
			}
		}
	})
}

// Others is Others with a way back.
func (p *Pass) Others(x *Vectors, group []int) *Vectors {
	y := p.Vectors(x.N, x.Width)
	Others(y.V, x.V, x.Width, group)
	p.back = append(p.back, func() {
		// The mean of the others' gradients, since each counts among them alike.
		g := p.New(x.N * x.Width)
		Others(g, y.G, x.Width, group)
		for i, v := range g {
			x.G[i] += v
		}
	})
	return y
}
