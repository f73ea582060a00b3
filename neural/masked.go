package neural

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// Running is running text: sentences of tokens, each of a form.
type Running struct {
	Forms  []Form
	Words  []int32 // of a form: which of the words to guess it is; -1 for none
	Most   int     // words to guess
	Hidden uint32  // the form that stands for a hidden token
	Tokens []uint32
	Ends   []int // of sentences
}

const (
	hiddenShare = 0.15 // of the tokens are hidden
	rivals      = 1024 // words that the hidden ones are told from at once
)

// Masked lets the encoder read running text in which some words are hidden, and
// guess these (Devlin et al. 2019), so that it knows the language before it
// learns a task. A word is told from the other hidden ones of its batch and from
// a sample of the rest, which stands for all of it (Bengio & Senécal 2008).
// rounds is how often it reads the text; rate is the highest learning rate,
// reached after a twentieth of the way and falling to zero.
func (l *Learner) Masked(s *Student, text *Running, rounds float64, rate float64, log func(string, ...any)) {
	head := l.param(text.Most, s.Width, 1/math.Sqrt(float64(s.Width)))
	head.scatter()
	batches := batchesOf(text.Ends, 2048)
	total := int(rounds * float64(len(batches)) / Shards)
	order := rand.New(rand.NewPCG(1, 7))
	var queue []int
	var passes [Shards]*Pass
	for k := range passes {
		passes[k] = NewPass(k, 11)
	}
	var losses, hits, seen [Shards]float64
	for step := range total {
		if len(queue) < Shards {
			queue = append(queue, order.Perm(len(batches))...)
		}
		mine := queue[:Shards]
		queue = queue[Shards:]
		l.Prepare()
		var wait sync.WaitGroup
		for k, b := range mine {
			wait.Go(func() {
				loss, hit, n := s.masked(passes[k], head, text, batches[b])
				losses[k] += loss
				hits[k] += hit
				seen[k] += n
			})
		}
		wait.Wait()
		l.Step(Rate(step, total, rate))
		if (step+1)%(max(total/20, 1)) == 0 && log != nil {
			log("hidden words: %d %% read, loss %.3f, %.1f %% guessed", 100*(step+1)/total, (losses[0]+losses[1])/(seen[0]+seen[1]), 100*(hits[0]+hits[1])/(seen[0]+seen[1]))
			losses, hits, seen = [Shards]float64{}, [Shards]float64{}, [Shards]float64{}
		}
	}
	l.forget(head)
}

// Rate rises over a twentieth of the steps and then falls to zero.
func Rate(step, total int, most float64) float64 {
	warm := total/20 + 1
	if step < warm {
		return most * float64(step+1) / float64(warm)
	}
	return most * 0.5 * (1 + math.Cos(math.Pi*float64(step-warm)/float64(total-warm+1)))
}

// forget takes the head out of what is learnt, and starts the means anew.
func (l *Learner) forget(head *param) {
	l.params = slices.DeleteFunc(l.params, func(p *param) bool { return p == head })
	for _, p := range l.params {
		clear(p.m)
		clear(p.s)
	}
	l.steps = 0
}

// batchesOf cuts sentences into runs of about so many tokens: from, to in ends.
func batchesOf(ends []int, tokens int) [][2]int {
	var out [][2]int
	first, start := 0, 0
	for i, end := range ends {
		if end-start >= tokens || i == len(ends)-1 {
			out = append(out, [2]int{first, i + 1})
			first, start = i+1, end
		}
	}
	return out
}

func (s *Student) masked(p *Pass, head *param, text *Running, batch [2]int) (loss, hit, n float64) {
	p.Start()
	start := 0
	if batch[0] > 0 {
		start = text.Ends[batch[0]-1]
	}
	tokens := append([]uint32(nil), text.Tokens[start:text.Ends[batch[1]-1]]...)
	ends := make([]int, 0, batch[1]-batch[0])
	for _, e := range text.Ends[batch[0]:batch[1]] {
		ends = append(ends, e-start)
	}
	var at []int
	var right []int
	for t, f := range tokens {
		w := text.Words[f]
		if w < 0 || p.rng.Float64() >= hiddenShare {
			continue
		}
		at, right = append(at, t), append(right, int(w))
		if p.rng.Float64() < 0.85 {
			tokens[t] = text.Hidden
		}
	}
	if len(at) == 0 {
		return 0, 0, 0
	}
	x := s.Encode(p, text.Forms, tokens, ends, Dropping{Inputs: 0.05})
	words, places, rest := p.rivals(right, text.Most)
	stands := float32(math.Log(float64(text.Most-rest) / float64(max(len(words)-rest, 1)))) // how many one of the sample stands for
	y := p.choose(p.Pick(x, at), head, words)
	weight := 1 / float32(len(at)*Shards)
	for i, place := range places {
		row, grad := y.Row(i)[:len(words)], y.Grad(i)[:len(words)]
		for j := rest; j < len(words); j++ {
			row[j] += stands
		}
		l, h := Guess(row, grad, place, weight)
		loss += l
		if h {
			hit++
		}
	}
	p.Back()
	return loss, hit, float64(len(at))
}

// rivals are the words that hidden ones are told from: these themselves, each
// once, and from rest on a sample of the others. places are those of right among
// them.
func (p *Pass) rivals(right []int, most int) (words, places []int, rest int) {
	place := make(map[int]int, len(right))
	for _, w := range right {
		at, ok := place[w]
		if !ok {
			at = len(words)
			place[w] = at
			words = append(words, w)
		}
		places = append(places, at)
	}
	rest = len(words)
	for len(words) < min(most, max(rivals, 2*rest)) {
		w := p.rng.IntN(most)
		if _, ok := place[w]; !ok {
			place[w] = len(words)
			words = append(words, w)
		}
	}
	return words, places, rest
}

// choose multiplies by some rows of a matrix, of which only these have a
// gradient.
func (p *Pass) choose(x *Vectors, w *param, rows []int) *Vectors {
	n, width := len(rows), w.cols
	some, y := p.New(n*width), p.Vectors(x.N, RoundUp(n))
	for i, r := range rows {
		copy(some[i*width:], w.v[r*width:(r+1)*width])
	}
	p.spare.pack(some, width, n, 1, width)
	p.spare.addTo(y.V, y.Width, x.V, x.N, x.Width, 1)
	p.back = append(p.back, func() {
		p.spare.pack(some, n, width, width, 1)
		p.spare.addTo(x.G, x.Width, y.G, y.N, y.Width, 1)
		clear(some)
		p.spare.pack(x.V, x.N, x.Width, x.Width, 1)
		p.spare.addTo(some, width, y.G, n, 1, y.Width)
		for i, r := range rows {
			w.touch(p.Shard, int32(r))
			out := w.grad[p.Shard][r*width : (r+1)*width]
			for j, g := range some[i*width : (i+1)*width] {
				out[j] += g
			}
		}
	})
	return y
}

// Pick returns some rows of x.
func (p *Pass) Pick(x *Vectors, rows []int) *Vectors {
	y := p.Vectors(len(rows), x.Width)
	for i, r := range rows {
		copy(y.Row(i), x.Row(r))
	}
	p.back = append(p.back, func() {
		for i, r := range rows {
			out := x.Grad(r)
			for j, g := range y.Grad(i) {
				out[j] += g
			}
		}
	})
	return y
}
