package neural

import (
	"math"
	"math/rand/v2"
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

// hiddenShare of the tokens are hidden.
const hiddenShare = 0.15

// Masked lets the encoder read running text in which some words are hidden, and
// guess these (Devlin et al. 2019), so that it knows the language before it
// learns a task. rounds is how often it reads the text; rate is the highest
// learning rate, reached after a twentieth of the way and falling to zero.
func (l *Learner) Masked(s *Student, text *Running, rounds float64, rate float64, log func(string, ...any)) {
	head := l.Linear(s.Width, text.Most, false)
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

// forget takes a layer out of what is learnt, and starts the means anew.
func (l *Learner) forget(head *Layer) {
	kept := l.params[:0]
	for _, p := range l.params {
		if p != head.w && p != head.b {
			clear(p.m)
			clear(p.s)
			kept = append(kept, p)
		}
	}
	l.params, l.steps = kept, 0
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

func (s *Student) masked(p *Pass, head *Layer, text *Running, batch [2]int) (loss, hit, n float64) {
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
	y := head.Apply(p, p.Pick(x, at))
	weight := 1 / float32(len(at)*Shards)
	for i, w := range right {
		l, h := Guess(y.Row(i)[:text.Most], y.Grad(i)[:text.Most], w, weight)
		loss += l
		if h {
			hit++
		}
	}
	p.Back()
	return loss, hit, float64(len(at))
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
