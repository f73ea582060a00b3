package syntax

import (
	"dragoman/learn"
)

// tree is a sentence while it is parsed. Node 0 stands for nothing, so that
// places beyond the sentence have values too; word i is node i+1.
type tree struct {
	n                 int
	w                 []uint64 // word
	t                 []uint64 // class
	u                 []uint64 // universal part of speech
	c                 []uint64 // cluster
	s                 []uint64 // suffix
	k                 []uint64 // wide cluster
	tags              []uint16
	head              []int32 // node; 0 is none
	label             []uint16
	left              [][2]int32 // the outermost and next dependent to the left; 0 is none
	right             [][2]int32
	lefts             []uint8 // dependents to the left, at most 3
	rights            []uint8
	leftSet, rightSet []uint64 // of relations of dependents

	stack  []int32
	next   int32 // first node of the buffer
	feats  []uint64
	pairs  []uint64
	scores [moves]int32
	labels []int32
}

// noLabel is the relation of what has none yet.
const noLabel = 0xFFFF

// reset makes the tree ready for the words.
func (t *tree) reset(p *Parser, words []word, tags []uint16) {
	n := len(words) + 1
	t.n = len(words)
	t.w, t.t, t.u = grow(t.w, n), grow(t.t, n), grow(t.u, n)
	t.c, t.s = grow(t.c, n), grow(t.s, n)
	t.k = grow(t.k, n)
	t.k[0] = 1
	t.head, t.label = grow(t.head, n), grow(t.label, n)
	t.left, t.right = grow(t.left, n), grow(t.right, n)
	t.lefts, t.rights = grow(t.lefts, n), grow(t.rights, n)
	t.leftSet, t.rightSet = grow(t.leftSet, n), grow(t.rightSet, n)
	t.tags = tags
	t.w[0], t.t[0], t.u[0], t.c[0], t.s[0], t.label[0] = 1, 1001, 1001, 1, 1, noLabel
	for i := range words {
		t.w[i+1], t.c[i+1], t.s[i+1] = words[i].norm, words[i].cluster, words[i].suffix[2]
		t.t[i+1] = uint64(tags[i]) + 1
		t.k[i+1] = words[i].short
		t.u[i+1] = uint64(p.classes[tags[i]].pos) + 1
		t.label[i+1] = noLabel
	}
	t.start()
}

// start forgets all arcs.
func (t *tree) start() {
	clear(t.head)
	clear(t.left)
	clear(t.right)
	clear(t.lefts)
	clear(t.rights)
	clear(t.leftSet)
	clear(t.rightSet)
	for i := range t.label {
		t.label[i] = noLabel
	}
	t.stack = append(t.stack[:0], 0)
	t.next = 1
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// top returns the i-th node of the stack from the top; 0 where there is none.
func (t *tree) top(i int) int32 {
	if i >= len(t.stack) {
		return 0
	}
	return t.stack[len(t.stack)-1-i]
}

func (t *tree) buffer(i int32) int32 {
	if t.next+i > int32(t.n) {
		return 0
	}
	return t.next + i
}

// done reports whether every word but one has a head.
func (t *tree) done() bool { return int(t.next) > t.n && len(t.stack) <= 2 }

// may report which moves can be made: shift, left, right.
func (t *tree) may() (shift, left, right bool) {
	more := int(t.next) <= t.n
	return more, more && len(t.stack) > 1, len(t.stack) > 2
}

// make makes a move and returns the arc's two ends; 0 for shift.
func (t *tree) make(move int) (head, dep int32) {
	if move == shift {
		t.stack = append(t.stack, t.next)
		t.next++
		return 0, 0
	}
	dep = t.top(0)
	head = t.next
	if isRight(move) {
		head = t.top(1)
	}
	t.stack = t.stack[:len(t.stack)-1]
	return head, dep
}

// attach writes an arc.
func (t *tree) attach(head, dep int32, label uint16) {
	t.head[dep], t.label[dep] = head, label
	if dep < head {
		if t.left[head][0] == 0 || dep < t.left[head][0] {
			t.left[head][1] = t.left[head][0]
			t.left[head][0] = dep
		} else {
			t.left[head][1] = dep
		}
		t.lefts[head] = min(t.lefts[head]+1, 3)
		t.leftSet[head] |= 1 << (label & 63)
		return
	}
	t.right[head][1] = t.right[head][0]
	t.right[head][0] = dep
	t.rights[head] = min(t.rights[head]+1, 4)
	t.rightSet[head] |= 1 << (label & 63)
}

// run parses greedily.
func (t *tree) run(p *Parser) {
	for !t.done() {
		t.moveFeatures()
		p.moves.Score(t.feats, t.scores[:])
		t.step(p, t.best())
	}
	p.setRoot(t)
}

// best returns the possible move with the highest score.
func (t *tree) best() int {
	mayShift, mayLeft, mayRight := t.may()
	best := -1
	for m, s := range t.scores {
		if m == shift && !mayShift || isLeft(m) && !mayLeft || isRight(m) && !mayRight {
			continue
		}
		if best < 0 || s > t.scores[best] {
			best = m
		}
	}
	return best
}

func (t *tree) step(p *Parser, move int) {
	head, dep := t.make(move)
	if dep == 0 {
		return
	}
	t.labelFeatures(head, dep, move)
	t.labels = grow(t.labels, len(p.labels.Classes))
	p.labels.Score(t.pairs, t.labels)
	t.attach(head, dep, uint16(p.bestLabel(t.labels, dep < head)))
}

// bestLabel returns the best relation but root.
func (p *Parser) bestLabel(scores []int32, left bool) int {
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

func (p *Parser) setRoot(t *tree) {
	for i := 1; i <= t.n; i++ {
		if t.head[i] == 0 {
			t.label[i] = uint16(p.root)
		}
	}
}

func distance(a, b int32) uint64 {
	d := b - a
	switch {
	case d <= 5:
		return uint64(d)
	case d <= 10:
		return 6
	case d <= 20:
		return 7
	}
	return 8
}

// moveFeatures describes the state: the stack's top s0, s1, s2, the buffer's
// front b0…b3, and their outermost dependents.
func (t *tree) moveFeatures() {
	s0, s1, s2 := t.top(0), t.top(1), t.top(2)
	if s1 == 0 {
		s2 = 0
	}
	b0, b1, b2, b3 := t.buffer(0), t.buffer(1), t.buffer(2), t.buffer(3)
	w, g, u, c := t.w, t.t, t.u, t.c
	f := t.feats[:0]
	seed := uint64(300)
	add := func(x uint64) {
		seed++
		f = append(f, learn.Mix(x, seed))
	}
	s0w, s0t, s1w, s1t, s2w, s2t := w[s0], g[s0], w[s1], g[s1], w[s2], g[s2]
	b0w, b0t, b1w, b1t, b2w, b2t, b3t := w[b0], g[b0], w[b1], g[b1], w[b2], g[b2], g[b3]
	s0wt, s1wt, b0wt, b1wt := join2(1, s0w, s0t), join2(1, s1w, s1t), join2(1, b0w, b0t), join2(1, b1w, b1t)
	add(s0w)
	add(s0t)
	add(s0wt)
	add(s1w)
	add(s1t)
	add(s1wt)
	add(join2(1, s2w, s2t))
	add(s2t)
	add(b0w)
	add(b0t)
	add(b0wt)
	add(b1w)
	add(b1t)
	add(b1wt)
	add(b2t)
	add(join2(1, b2w, b2t))
	add(b3t)
	// two
	add(join2(1, s0w, b0w))
	add(join2(1, s0wt, b0t))
	add(join2(1, s0t, b0wt))
	add(join2(1, s0t, b0t))
	add(join2(1, s0w, b0t))
	add(join2(1, s0t, b0w))
	add(join2(1, b0t, b1t))
	add(join2(1, b0w, b1w))
	add(join2(1, b0w, b1t))
	add(join2(1, s0t, b1t))
	add(join2(1, s0w, b1t))
	add(join2(1, s1t, s0t))
	add(join2(1, s1w, s0w))
	add(join2(1, s1wt, s0t))
	add(join2(1, s1t, s0wt))
	add(join2(1, s1t, b0t))
	add(join2(1, s1w, b0t))
	add(join2(1, s1t, b0w))
	add(join2(1, s1w, b0w))
	// three and four
	add(join3(1, s0t, b0t, b1t))
	add(join3(1, s0t, b0w, b1t))
	add(join3(1, b0t, b1t, b2t))
	add(join3(1, s1t, s0t, b0t))
	add(join3(1, s1t, s0w, b0t))
	add(join3(1, s1w, s0t, b0t))
	add(join3(1, s1t, s0t, b0w))
	add(join3(1, s2t, s1t, s0t))
	add(join4(1, s2t, s1t, s0t, b0t))
	add(join4(1, s1t, s0t, b0t, b1t))
	add(join4(1, s0t, b0t, b1t, b2t))
	add(join4(1, b0t, b1t, b2t, b3t))
	add(join4(1, u[s1], u[s0], u[b0], u[b1]))
	// dependents
	s0l, s0r, s0l2, s0r2 := t.left[s0][0], t.right[s0][0], t.left[s0][1], t.right[s0][1]
	s1l, s1r, s1r2 := t.left[s1][0], t.right[s1][0], t.right[s1][1]
	b0l, b0l2 := t.left[b0][0], t.left[b0][1]
	lab := func(n int32) uint64 { return uint64(t.label[n]) }
	add(join3(1, s0t, g[s0l], b0t))
	add(join3(1, s0t, g[s0r], b0t))
	add(join3(1, s0t, b0t, g[b0l]))
	add(join3(1, s1t, s0t, g[s0l]))
	add(join3(1, s1t, s0t, g[s0r]))
	add(join3(1, s1t, g[s1r], s0t))
	add(join3(1, s1t, g[s1l], s0t))
	add(join3(1, s1t, s0t, w[s0l]))
	add(join3(1, s1w, s0t, w[s0l]))
	add(join3(1, s0t, w[s0r], b0t))
	add(join3(1, s0t, lab(s0l), lab(s0r)))
	add(join3(1, s0w, lab(s0l), lab(s0r)))
	add(join3(1, s0t, lab(s0l), lab(s0l2)))
	add(join3(1, s0t, lab(s0r), lab(s0r2)))
	add(join3(1, s1t, lab(s1r), lab(s1r2)))
	add(join3(1, s1w, lab(s1r), lab(s1r2)))
	add(join3(1, s1t, lab(s1l), lab(s1r)))
	add(join3(1, b0t, lab(b0l), lab(b0l2)))
	add(join2(1, b0w, lab(b0l)))
	add(join2(1, w[s0l], lab(s0l)))
	add(join2(1, w[s0r], lab(s0r)))
	add(join2(1, w[s1r], lab(s1r)))
	add(join2(1, w[b0l], lab(b0l)))
	add(join4(1, s0t, lab(s0l), b0t, lab(b0l)))
	add(join4(1, s1t, lab(s1r), s0t, lab(s0l)))
	add(join2(1, s0t, t.leftSet[s0]))
	add(join2(1, s0t, t.rightSet[s0]))
	add(join2(1, s1t, t.rightSet[s1]))
	add(join2(1, s1w, t.rightSet[s1]))
	add(join2(1, s1t, t.leftSet[s1]))
	add(join3(1, s1t, t.rightSet[s1], s0t))
	add(join3(1, s0t, t.rightSet[s0], b0t))
	add(join3(1, s0t, t.leftSet[s0], b0t))
	add(join3(1, b0t, t.leftSet[b0], s0t))
	// counts and distances
	d0, d1 := distance(s0, b0), distance(s1, s0)
	if b0 == 0 {
		d0 = 9
	}
	add(join2(1, s0w, d0))
	add(join2(1, s0t, d0))
	add(join2(1, b0t, d0))
	add(join3(1, s0t, b0t, d0))
	add(join3(1, s1t, s0t, d1))
	add(join3(1, s1w, s0t, d1))
	add(join4(1, s1t, s0t, b0t, d1))
	v0l, v0r, v1r, vbl := uint64(t.lefts[s0]), uint64(t.rights[s0]), uint64(t.rights[s1]), uint64(t.lefts[b0])
	add(join2(1, s0t, v0r))
	add(join2(1, s0w, v0r))
	add(join2(1, s0t, v0l))
	add(join2(1, s1t, v1r))
	add(join2(1, s1w, v1r))
	add(join2(1, b0t, vbl))
	add(join3(1, s0t, b0t, v0r))
	// clusters
	add(join2(1, c[s0], c[b0]))
	add(join2(1, c[s1], c[s0]))
	add(join2(1, c[s0], b0t))
	add(join2(1, s0t, c[b0]))
	add(join2(1, s1t, c[s0]))
	add(join2(1, c[s1], s0t))
	add(join3(1, c[s1], c[s0], c[b0]))
	add(join3(1, c[s1], w[s0l], c[s0]))
	add(c[s0])
	add(c[b0])
	add(c[b1])
	add(c[s1])
	add(join2(1, c[b0], c[b1]))
	// wide clusters, for what words are too rare to tell
	k := t.k
	add(join3(1, k[s0], b0w, k[b1]))
	add(join3(1, k[s1], w[s0l], k[s0]))
	add(join3(1, k[s1], k[s0], b0t))
	add(join3(1, k[s0], k[b0], b1t))
	add(join3(1, k[s1], k[s0], b0w))
	add(join3(1, k[s1], s0t, t.rightSet[s1]))
	add(uint64(t.n-int(t.next)+1)&^0x3 | boolean(len(t.stack) > 2)<<8)
	add(join2(1, boolean(b0 == 0), uint64(min(len(t.stack), 5))))
	t.feats = f
}

// labelFeatures describes an arc by its ends, what hangs on them and what lies
// between.
func (t *tree) labelFeatures(h, d int32, move int) {
	w, g, u, c := t.w, t.t, t.u, t.c
	f := t.pairs[:0]
	way := boolean(d < h)
	seed := uint64(500) + way*100
	add := func(x uint64) {
		seed++
		f = append(f, learn.Mix(x, seed))
	}
	lab := func(n int32) uint64 { return uint64(t.label[n]) }
	dl, dr := t.left[d][0], t.right[d][0]
	hl, hr := t.left[h][0], t.right[h][0]
	dist := distance(min(h, d), max(h, d))
	m := uint64(move)
	add(m)
	add(join2(1, m, g[h]))
	add(join2(1, m, g[d]))
	add(w[d])
	add(w[h])
	add(join2(1, w[d], g[d]))
	add(join2(1, w[h], g[h]))
	add(join2(1, g[h], g[d]))
	add(join3(1, m, g[h], g[d]))
	add(join2(1, w[h], g[d]))
	add(join2(1, g[h], w[d]))
	add(join2(1, w[h], w[d]))
	add(join3(1, g[h], g[d], dist))
	add(join2(1, w[d], dist))
	add(join3(1, u[h], w[d], dist))
	add(join3(1, g[d], w[dl], lab(dl)))
	add(join3(1, u[h], u[d], w[dl]))
	add(join3(1, w[h], w[dl], g[d]))
	add(join3(1, w[h], w[dl], w[d]))
	add(join3(1, w[dl], w[d], lab(dl)))
	add(join4(1, g[h], g[d], w[dl], w[t.left[d][1]]))
	add(join3(1, g[d], lab(dl), lab(t.left[d][1])))
	add(join3(1, g[h], g[d], t.leftSet[d]))
	add(join3(1, g[h], g[d], t.rightSet[d]))
	add(join2(1, g[d], t.leftSet[d]))
	add(join3(1, w[h], g[d], t.leftSet[d]))
	add(join3(1, g[d], lab(dr), w[dr]))
	add(join3(1, g[h], g[d], t.rightSet[h]))
	add(join3(1, g[h], g[d], t.leftSet[h]))
	add(join2(1, w[h], t.rightSet[h]))
	add(join3(1, w[h], t.leftSet[h], g[d]))
	add(join4(1, g[h], g[d], lab(hl), lab(hr)))
	add(join3(1, w[h], lab(hr), g[d]))
	add(join3(1, w[d], lab(hr), lab(hl)))
	add(join2(1, c[h], c[d]))
	add(join2(1, c[d], g[h]))
	add(join2(1, c[h], g[d]))
	add(c[d])
	add(join2(1, c[d], w[dl]))
	add(join3(1, c[h], w[dl], c[d]))
	p, n := g[0], g[0]
	if d > 1 {
		p = g[d-1]
	}
	if int(d) < t.n {
		n = g[d+1]
	}
	add(join3(1, g[d], p, n))
	add(join4(1, g[h], g[d], p, n))
	q, o := g[0], g[0]
	if h > 1 {
		q = g[h-1]
	}
	if int(h) < t.n {
		o = g[h+1]
	}
	add(join4(1, g[h], g[d], q, o))
	add(join2(1, t.s[d], g[h]))
	add(join2(1, t.s[h], g[d]))
	add(join2(1, t.s[d], t.s[h]))
	// the word that the pair hangs on, as far as it is known: the stack below
	below := t.top(0)
	add(join3(1, g[below], g[h], g[d]))
	add(join3(1, boolean(d == 1), boolean(h == 1), m))
	t.pairs = f
}
