package syntax

import (
	"sync"

	"dragoman"
	"dragoman/learn"
	"dragoman/neural"
)

// The size of the network.
const (
	width    = 256 // of a token's vector
	depth    = 4   // recurrent layers
	arcSize  = 128
	endSize  = 128
	guessed  = 10000 // words to guess in the raw text
	mostRows = 64000 // features with vectors
)

// forms numbers the words of the texts, and their features.
type forms struct {
	ids   map[uint64]uint32 // by wordKey
	words []word
	count []int
	lists []neural.Form
	keys  []uint64 // of features
}

func newForms() *forms {
	return &forms{ids: map[uint64]uint32{0: 0}, words: make([]word, 1), count: make([]int, 1)}
}

// hidden is the number of the word that stands for a hidden one.
const hidden = 0

func (f *forms) number(w *word, times int) uint32 {
	key := wordKey(w)
	id, ok := f.ids[key]
	if !ok {
		id = uint32(len(f.words))
		f.ids[key] = id
		f.words = append(f.words, *w)
		f.count = append(f.count, 0)
	}
	f.count[id] += times
	return id
}

// settle chooses the features that are frequent enough to have a vector.
func (f *forms) settle() {
	counts := map[uint64]int{}
	var feats []uint64
	for i := range f.words {
		if i == hidden {
			continue
		}
		feats = wordFeatures(feats[:0], &f.words[i])
		for _, k := range feats {
			counts[k] += f.count[i]
		}
	}
	f.keys = learn.Frequent(counts, 5, mostRows)
	rows := make(map[uint64]int32, len(f.keys))
	for i, k := range f.keys {
		rows[k] = int32(i)
	}
	f.lists = make([]neural.Form, len(f.words))
	for i := range f.words {
		feats = wordFeatures(feats[:0], &f.words[i])
		for _, k := range feats {
			if r, ok := rows[k]; ok {
				f.lists[i].Rows = append(f.lists[i].Rows, r)
			}
		}
	}
	f.keys = append(f.keys, learn.Seed(1)) // of what is hidden
	f.lists[hidden].Rows = []int32{int32(len(f.keys) - 1)}
}

// met are the words, in small letters, that the texts have more than a few times.
func (f *forms) met() map[uint64]uint16 {
	counts := map[uint64]int{}
	for i := range f.words {
		if i != hidden && f.words[i].first == lower {
			counts[knownKey(f.words[i].norm)] += f.count[i]
		}
	}
	met := map[uint64]uint16{}
	for k, c := range counts {
		if c >= 5 {
			met[k] = 1
		}
	}
	return met
}

// known are the words that lemmas are checked against.
func (tr *training) known() learn.Section {
	return learn.Section{Name: "known", Body: lookupBytes(tr.met)}
}

// running reads the raw texts and those of the treebank.
func (tr *training) running(f *forms) *neural.Running {
	r := &neural.Running{Hidden: hidden}
	add := func(text string, sentences []dragoman.Sentence, tokens []dragoman.Token, times int) {
		var w word
		for _, s := range sentences {
			for _, t := range tokens[s.First:s.End] {
				tr.p.see(&w, t.In(text))
				r.Tokens = append(r.Tokens, f.number(&w, times))
			}
			r.Ends = append(r.Ends, len(r.Tokens))
		}
	}
	for _, d := range tr.docs {
		add(d.Text, d.Sentences, d.Tokens, 3) // what the trees have must be known
	}
	if tr.o.Raw != nil {
		for text := range tr.o.Raw {
			sentences, tokens := tr.p.Segment(text)
			add(text, sentences, tokens, 1)
		}
	}
	for i := range tr.sentences {
		for j := range tr.sentences[i].words {
			f.number(&tr.sentences[i].words[j], int(1-boolean(tr.sentences[i].made)))
		}
	}
	f.settle()
	counts := map[uint64]int{}
	for i := range f.words {
		if i != hidden {
			counts[f.words[i].norm] += f.count[i]
		}
	}
	norms := learn.Frequent(counts, 0, guessed)
	number := map[uint64]int32{}
	for i, k := range norms {
		number[k] = int32(i)
	}
	r.Forms, r.Most, r.Words = f.lists, len(norms), make([]int32, len(f.words))
	for i := range f.words {
		r.Words[i] = -1
		if n, ok := number[f.words[i].norm]; ok && i != hidden {
			r.Words[i] = n
		}
	}
	tr.log("%d running words, %d different, %d features", len(r.Tokens), len(f.words), len(f.keys))
	return r
}

// student is the network while it is learnt.
type student struct {
	encoder                         *neural.Student
	tags                            *neural.Layer
	deps, ask, answer               *neural.Layer
	rootAnswer                      *neural.Vector
	far                             *neural.Layer
	depEnd, headEnd, relation       *neural.Layer
	rootEnd                         *neural.Vector
	forms                           []neural.Form
	drop                            neural.Dropping
	dropTags, dropEncoded, dropEnds float64
	classes, labels                 int
}

func (tr *training) network() learn.Section {
	f := newForms()
	text := tr.running(f)
	l := neural.NewLearner(5)
	s := &student{encoder: l.Encoder(width, depth, f.keys), forms: f.lists, classes: len(tr.p.classes), labels: len(tr.labels),
		drop: neural.Dropping{Features: 0.1, Inputs: 0.14}, dropTags: 0.3, dropEncoded: 0.2, dropEnds: 0.25}
	l.Masked(s.encoder, text, tr.o.Reading, firstRate, tr.log)
	text.Tokens, text.Ends = nil, nil
	tr.met = f.met()
	s.tags = l.Linear(width, s.classes, false)
	s.deps, s.ask, s.answer = l.Linear(width, arcSize, true), l.Linear(arcSize, arcSize, false), l.Linear(width, arcSize, true)
	s.rootAnswer, s.far = l.Vector(arcSize), l.Linear(width, distances, false)
	s.depEnd, s.headEnd, s.relation = l.Linear(width, endSize, false), l.Linear(width, endSize, false), l.Linear(endSize, s.labels, false)
	s.rootEnd = l.Vector(endSize)
	tr.fit(l, s, f)
	b := s.encoder.Write(nil)
	for _, layer := range []*neural.Layer{s.tags, s.deps, s.ask, s.answer, s.far, s.depEnd, s.headEnd, s.relation} {
		b = layer.Write(b)
	}
	b = s.rootEnd.Write(s.rootAnswer.Write(b))
	return learn.Section{Name: "network", Body: b}
}

const (
	batchTokens = 400  // about how many are learnt from before the weights move
	firstRate   = 2e-3 // of learning, at most, on top of
	lastRate    = 1e-4 // what stays of it to the end
)

func (tr *training) fit(l *neural.Learner, s *student, f *forms) {
	numbers := make([][]uint32, len(tr.sentences))
	tokens := 0
	for i := range tr.sentences {
		for j := range tr.sentences[i].words {
			numbers[i] = append(numbers[i], f.number(&tr.sentences[i].words[j], 0))
		}
		tokens += len(numbers[i])
	}
	total := tr.o.Rounds * max(1, tokens/(batchTokens*neural.Shards))
	var passes [neural.Shards]*neural.Pass
	var tallies [neural.Shards]tally
	for k := range passes {
		passes[k] = neural.NewPass(k, 13)
	}
	order := random(5)
	var queue []int
	for step := range total {
		l.Prepare()
		var wait sync.WaitGroup
		var batches [neural.Shards][]int
		for k := range batches {
			for n := 0; n < batchTokens; {
				if len(queue) == 0 {
					queue = order.Perm(len(tr.sentences))
				}
				batches[k] = append(batches[k], queue[0])
				n += len(numbers[queue[0]])
				queue = queue[1:]
			}
		}
		for k := range passes {
			wait.Go(func() { tallies[k].add(s.learn(passes[k], tr.sentences, numbers, batches[k])) })
		}
		wait.Wait()
		l.Step(neural.Rate(step, total, firstRate) + lastRate*min(1, float64(step)/float64(max(1, total/20))))
		if (step+1)%(total/tr.o.Rounds) == 0 {
			t := tallies[0]
			for _, u := range tallies[1:] {
				t.add(u)
			}
			tr.log("trees, %d %%: loss %.3f; classes %.2f, heads %.2f, relations %.2f %% right", 100*(step+1)/total, t.loss/t.n, 100*t.tags/t.n, 100*t.heads/t.n, 100*t.labels/t.n)
			tallies = [neural.Shards]tally{}
		}
	}
}

// tally counts what was right while learning.
type tally struct{ loss, n, tags, heads, labels float64 }

func (t *tally) add(u tally) {
	t.loss += u.loss
	t.n += u.n
	t.tags += u.tags
	t.heads += u.heads
	t.labels += u.labels
}

// learn takes some sentences through the network and back.
func (s *student) learn(p *neural.Pass, sentences []example, numbers [][]uint32, batch []int) (t tally) {
	p.Start()
	var tokens []uint32
	var ends []int
	for _, i := range batch {
		tokens = append(tokens, numbers[i]...)
		ends = append(ends, len(tokens))
	}
	n := len(tokens)
	weight := 1 / float32(n*neural.Shards)
	x := p.Drop(s.encoder.Encode(p, s.forms, tokens, ends, s.drop), ends, s.dropEncoded)
	classes := s.tags.Apply(p, p.Drop(x, ends, s.dropTags))
	asks := s.ask.Apply(p, p.Drop(s.deps.Apply(p, x), ends, s.dropEnds))
	answers := p.Drop(s.answer.Apply(p, x), ends, s.dropEnds)
	far := s.far.Apply(p, x)
	heads := make([]int, n)
	start := 0
	for k, i := range batch {
		for j, h := range sentences[i].heads {
			heads[start+j] = start + int(h) - 1
			if h == 0 {
				heads[start+j] = -1
			}
		}
		start = ends[k]
	}
	pairs := p.Bend(p.Join(s.depEnd.Apply(p, x), s.headEnd.Apply(p, x), s.rootEnd, heads))
	relations := s.relation.Apply(p, p.Drop(pairs, ends, s.dropEnds))
	start = 0
	for k, i := range batch {
		e := &sentences[i]
		scores := p.Match(asks, answers, s.rootAnswer, start, ends[k])
		m := ends[k] - start
		for j := range m {
			row, grad := scores.Row(j)[:m+1], scores.Grad(j)[:m+1]
			c := start + j
			for h := range m {
				row[h+1] += far.Row(c)[distance(j, h)]
			}
			row[j+1] = never
			loss, hit := neural.Guess(row, grad, int(e.heads[j]), weight)
			for h := range m {
				far.Grad(c)[distance(j, h)] += grad[h+1]
			}
			t.loss += loss
			t.heads += count(hit)
			loss, hit = neural.Guess(classes.Row(c)[:s.classes], classes.Grad(c)[:s.classes], int(e.gold[j]), weight)
			t.loss += loss
			t.tags += count(hit)
			loss, hit = neural.Guess(relations.Row(c)[:s.labels], relations.Grad(c)[:s.labels], int(e.label[j]), weight)
			t.loss += loss
			t.labels += count(hit)
		}
		start = ends[k]
	}
	p.Back()
	t.n = float64(n)
	return t
}

func count(b bool) float64 { return float64(boolean(b)) }
