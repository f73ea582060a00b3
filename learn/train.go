package learn

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// Trainer is an averaged perceptron. It is not safe for many goroutines.
type Trainer struct {
	Classes []string
	width   int
	now     float64 // decisions so far; a float32 would stop counting at 2^24

	// Patience is how often a feature must be about to change before it has
	// weights at all. What is rare learns the noise that what is frequent
	// should explain; a patience of 3 or so makes a model smaller and better.
	Patience int
	seen     []uint8 // by hash

	keys    []uint64 // open addressing: feature, and
	rows    []int32  // its row + 1; 0 is free
	shift   uint
	feature []uint64  // of a row
	updates []uint16  // of a row
	weight  []float32 // rows × width
	summed  []float32 // weight changes × time of change
	squares []float32 // summed squares of the slopes, where Learn is used
}

// NewTrainer returns a trainer that tells the classes apart.
func NewTrainer(classes []string) *Trainer {
	const start = 16
	return &Trainer{Classes: classes, width: len(classes),
		keys: make([]uint64, 1<<start), rows: make([]int32, 1<<start), shift: 64 - start}
}

// Tick counts a decision. Weights are averaged over decisions.
func (t *Trainer) Tick() { t.now++ }

// Score writes the score of every class into scores.
func (t *Trainer) Score(feats []uint64, scores []float32) {
	scores = scores[:t.width]
	clear(scores)
	for _, f := range feats {
		r := t.find(f)
		if r < 0 {
			continue
		}
		row := t.weight[r*t.width : (r+1)*t.width]
		for c, w := range row[:len(scores)] {
			scores[c] += w
		}
	}
}

// Best returns the class with the highest score, the first of equals.
func (t *Trainer) Best(feats []uint64, scores []float32) int {
	t.Score(feats, scores)
	best := 0
	for c, s := range scores[:t.width] {
		if s > scores[best] {
			best = c
		}
	}
	return best
}

// Update moves the features' weights towards right and away from wrong.
func (t *Trainer) Update(feats []uint64, right, wrong int) {
	if right == wrong {
		return
	}
	for _, f := range feats {
		if r := t.make(f); r >= 0 {
			t.change(r, right, 1)
			t.change(r, wrong, -1)
		}
	}
}

// Learn makes one step of multinomial logistic regression towards the class that feats
// should have, by AdaGrad (Duchi, Hazan & Singer 2011): a weight moves by up to rate at
// first, and by less the more it has moved. scores is room for those of all classes.
func (t *Trainer) Learn(feats []uint64, class int, rate float32, scores []float32) {
	t.Score(feats, scores)
	scores = scores[:t.width]
	top, sum := slices.Max(scores), float32(0)
	for c, s := range scores {
		scores[c] = float32(math.Exp(float64(s - top)))
		sum += scores[c]
	}
	for c := range scores {
		scores[c] /= -sum
	}
	scores[class]++
	const least = 1e-3 // what is nearly right is left alone
	for _, f := range feats {
		r := t.make(f)
		if r < 0 {
			continue
		}
		for len(t.squares) < len(t.weight) {
			t.squares = append(t.squares, 0)
		}
		for c, by := range scores {
			if by > least || by < -least {
				i := r*t.width + c
				t.squares[i] += by * by
				t.change(r, c, rate*by/(float32(math.Sqrt(float64(t.squares[i])))+1e-3))
			}
		}
	}
}

// Add moves the weights of one class; by is usually +1 or -1.
func (t *Trainer) Add(feats []uint64, class int, by float32) {
	for _, f := range feats {
		if r := t.make(f); r >= 0 {
			t.change(r, class, by)
		}
	}
}

func (t *Trainer) change(r, class int, by float32) {
	i := r*t.width + class
	t.weight[i] += by
	t.summed[i] += by * float32(t.now)
	if t.updates[r] < math.MaxUint16 {
		t.updates[r]++
	}
}

func (t *Trainer) find(f uint64) int {
	mask := len(t.keys) - 1
	for i := int(f * mixer2 >> t.shift); ; i = (i + 1) & mask {
		if t.rows[i] == 0 {
			return -1
		}
		if t.keys[i] == f {
			return int(t.rows[i] - 1)
		}
	}
}

func (t *Trainer) make(f uint64) int {
	if r := t.find(f); r >= 0 {
		return r
	}
	if t.Patience > 0 && !t.patient(f) {
		return -1
	}
	if len(t.feature)*2 >= len(t.keys) {
		t.grow()
	}
	r := len(t.feature)
	t.put(f, r)
	t.feature = append(t.feature, f)
	t.updates = append(t.updates, 0)
	for range t.width {
		t.weight = append(t.weight, 0)
		t.summed = append(t.summed, 0)
	}
	return r
}

// patient counts a feature that has no weights and reports whether it should
// have. Features share counts where their hashes meet, which does little harm.
func (t *Trainer) patient(f uint64) bool {
	const bits = 24
	if t.seen == nil {
		t.seen = make([]uint8, 1<<bits)
	}
	n := &t.seen[f*mixer2>>(64-bits)]
	*n++
	return int(*n) >= t.Patience
}

func (t *Trainer) put(f uint64, r int) {
	mask := len(t.keys) - 1
	i := int(f * mixer2 >> t.shift)
	for t.rows[i] != 0 {
		i = (i + 1) & mask
	}
	t.keys[i], t.rows[i] = f, int32(r+1)
}

func (t *Trainer) grow() {
	n := len(t.keys) * 2
	t.keys, t.rows, t.shift = make([]uint64, n), make([]int32, n), t.shift-1
	for r, f := range t.feature {
		t.put(f, r)
	}
}

// Prune says what Freeze leaves out. A class moved in a row counts as one
// update, so that Update makes two.
type Prune struct {
	MinUpdates int     // rows that were changed less often
	MinWeight  float32 // rows without a weight of this size, as a part of the clipping weight
	MaxRows    int     // at most so many, the heaviest; 0: all
	Clip       float32 // weights beyond this are cut to it; 0: the 99.9th percentile of rows' largest weights
}

// Freeze returns the model of the averaged weights, as int8.
func (t *Trainer) Freeze(p Prune) *Model {
	type kept struct {
		home, feature uint64
		row           int
		size          float32
	}
	now := float32(max(t.now, 1))
	average := func(i int) float32 { return t.weight[i] - t.summed[i]/now }
	var keep []kept
	var sizes []float32
	for r, f := range t.feature {
		if int(t.updates[r]) < p.MinUpdates {
			continue
		}
		size := float32(0)
		for c := range t.width {
			size = max(size, float32(math.Abs(float64(average(r*t.width+c)))))
		}
		if size > 0 {
			keep = append(keep, kept{feature: f, row: r, size: size})
			sizes = append(sizes, size)
		}
	}
	clip := p.Clip
	if clip == 0 {
		clip = 1
		if len(sizes) > 0 {
			slices.Sort(sizes)
			clip = sizes[min(len(sizes)-1, len(sizes)*999/1000)]
		}
	}
	least := max(p.MinWeight*clip, clip/254)
	keep = slices.DeleteFunc(keep, func(k kept) bool { return k.size < least })
	if p.MaxRows > 0 && len(keep) > p.MaxRows {
		slices.SortFunc(keep, func(a, b kept) int {
			return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.feature, b.feature))
		})
		keep = keep[:p.MaxRows]
	}
	m := &Model{Classes: t.Classes, Scale: clip / 127, width: (t.width + 7) &^ 7}
	m.stride = m.width + 2
	m.slots = uint64(len(keep)*5/4 + 1)
	for i := range keep {
		keep[i].home, _ = bits.Mul64(keep[i].feature*mixer2, m.slots)
	}
	slices.SortFunc(keep, func(a, b kept) int {
		return cmp.Or(cmp.Compare(a.home, b.home), cmp.Compare(a.feature, b.feature))
	})
	next := uint64(0)
	for _, k := range keep {
		slot := max(next, k.home)
		next = slot + 1
		m.stretch(next)
		at := m.table[slot*uint64(m.stride):]
		binary.LittleEndian.PutUint16(at, mark(k.feature))
		for c := range m.width {
			w := float32(0)
			if c < t.width {
				w = average(k.row*t.width+c) / m.Scale
			}
			at[2+c] = byte(int(math.Round(float64(min(max(w, -127), 127)))) + 128)
		}
	}
	m.stretch(max(next, m.slots) + 1)
	return m
}

// stretch makes room for n slots. Runs at the end go beyond the homes instead
// of around to the beginning.
func (m *Model) stretch(n uint64) {
	if want := int(n) * m.stride; want > len(m.table) {
		m.table = append(m.table, make([]byte, want-len(m.table))...)
	}
}
