package neural

import (
	"math"
	"slices"
	"testing"
)

// toy is a small network over five forms that guesses a class of every token.
type toy struct {
	l     *Learner
	s     *Student
	deep  *Layer
	out   *Layer
	forms []Form
}

func newToy() *toy {
	l := NewLearner(3)
	t := &toy{l: l, s: l.Encoder(16, 2, []uint64{11, 12, 13, 14, 15})}
	t.deep, t.out = l.Linear(16, 16, true), l.Linear(16, 3, false)
	t.forms = []Form{{[]int32{0, 1}}, {[]int32{2}}, {[]int32{3, 1}}, {[]int32{4}}, {nil}}
	return t
}

func (t *toy) loss(p *Pass, tokens []uint32, ends, gold []int) float64 {
	p.Start()
	y := t.out.Apply(p, t.deep.Apply(p, t.s.Encode(p, t.forms, tokens, ends, Dropping{})))
	sum := 0.0
	for i, g := range gold {
		l, _ := Guess(y.Row(i)[:3], y.Grad(i)[:3], g, 1)
		sum += l
	}
	return sum
}

func TestGradientsAreSlopes(t *testing.T) {
	n := newToy()
	p := NewPass(0, 1)
	tokens, ends, gold := []uint32{0, 1, 2, 3, 1, 0}, []int{4, 6}, []int{0, 1, 2, 0, 1, 1}
	n.l.Prepare()
	n.loss(p, tokens, ends, gold)
	p.Back()
	for k, q := range n.l.params {
		for i := 0; i < len(q.v); i += 1 + len(q.v)/9 {
			const step = 1e-2
			was := q.v[i]
			at := func(x float32) float64 {
				q.v[i] = x
				n.l.Prepare()
				return n.loss(NewPass(0, 1), tokens, ends, gold)
			}
			slope := (at(was+step) - at(was-step)) / (2 * step)
			q.v[i] = was
			if got := float64(q.grad[0][i]); math.Abs(got-slope) > 0.02*(1+math.Abs(slope)) {
				t.Errorf("parameter %d of matrix %d: gradient %.4f, slope %.4f", i, k, got, slope)
			}
		}
	}
}

// The mean of the others of a group, and the way back of what is added from it.
func TestOthers(t *testing.T) {
	group := []int{0, -1, 0, 1, 0}
	p := NewPass(0, 1)
	p.Start()
	x := p.Vectors(5, 2)
	copy(x.V, []float32{1, 2, 9, 9, 3, 4, 7, 7, 5, 6})
	y := p.Others(x, group)
	z := p.Vectors(3, 2)
	p.AddTo(z, p.Pick(y, []int{0, 4}), []int{2, 0})
	if want := []float32{2, 3, 0, 0, 4, 5}; !slices.Equal(z.V, want) {
		t.Errorf("means %v, want %v", z.V, want)
	}
	copy(z.G, []float32{0, 4, 1, 1, 2, 0})
	p.Back()
	// Row 0 of x is half of what row 4 reads, row 2 half of both, row 4 half of row 0's.
	if want := []float32{0, 2, 0, 0, 1, 2, 0, 0, 1, 0}; !slices.Equal(x.G, want) {
		t.Errorf("gradients %v, want %v", x.G, want)
	}
}

// What was learnt, written and read back says what the student says.
func TestReadsBackWhatWasLearnt(t *testing.T) {
	n := newToy()
	tokens, ends, gold := []uint32{0, 1, 2, 3, 1, 0}, []int{4, 6}, []int{0, 1, 2, 0, 1, 1}
	passes := []*Pass{NewPass(0, 1), NewPass(1, 1)}
	var loss float64
	for range 150 {
		n.l.Prepare()
		loss = 0
		for _, p := range passes {
			loss += n.loss(p, tokens, ends, gold)
			p.Back()
		}
		n.l.Step(0.01)
	}
	if loss > 0.1 {
		t.Errorf("loss %.3f after learning six tokens by heart", loss)
	}
	r := NewReader(n.out.Write(n.deep.Write(n.s.Write(nil))))
	e, deep, out := r.Encoder(), r.Linear(), r.Linear()
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	var d Desk
	x := e.Encode(&d, ends, func(i int) uint64 { return uint64(tokens[i]) + 1 }, func(f []uint64, i int) []uint64 {
		for _, r := range n.forms[tokens[i]].Rows {
			f = append(f, n.s.keys[r])
		}
		return f
	})
	y := out.Apply(nil, deep.Apply(nil, x, len(tokens)), len(tokens))
	for i, g := range gold {
		best := 0
		for c := range 3 {
			if y[i*out.Stride()+c] > y[i*out.Stride()+best] {
				best = c
			}
		}
		if best != g {
			t.Errorf("token %d is taken for %d, was learnt as %d", i, best, g)
		}
	}
}

func TestSameWeightsAgain(t *testing.T) {
	learn := func() string {
		n := newToy()
		text := &Running{Forms: n.forms, Words: []int32{0, 1, 2, 3, -1}, Most: 4, Hidden: 4}
		for i := range 3000 {
			text.Tokens = append(text.Tokens, uint32(i*i%7%4))
			if i%10 == 9 {
				text.Ends = append(text.Ends, i+1)
			}
		}
		n.l.Masked(n.s, text, 3, 0.01, nil)
		return string(n.s.Write(nil))
	}
	first, again := learn(), learn()
	if first != again {
		t.Error("learning again gives other weights")
	}
}

func TestDamagedWeightsAreRefused(t *testing.T) {
	n := newToy()
	b := n.out.Write(n.s.Write(nil))
	for cut := range b {
		r := NewReader(b[:cut])
		r.Encoder()
		r.Linear()
		if r.Err() == nil {
			t.Fatalf("weights cut at %d are read", cut)
		}
	}
}
