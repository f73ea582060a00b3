package syntax

import (
	"dragoman/learn"
	"math/rand/v2"
)

// parse trains the parser's two models with a dynamic oracle: it follows its
// own moves, right or wrong, and learns in every state the moves that lose no
// arc which can still be had.
func (tr *training) parse() learn.Section {
	moveT := learn.NewTrainer(moveNames)
	labelT := learn.NewTrainer(tr.p.labels.Classes)
	moveT.Patience, labelT.Patience = 2, 2
	scores := make([]float32, moves)
	labelScores := make([]float32, len(labelT.Classes))
	r := random(5)
	t := &tree{}
	for round := range tr.o.Rounds {
		wrong, n, arcs, right := 0, 0, 0, 0
		for _, at := range r.Perm(len(tr.sentences)) {
			e := &tr.sentences[at]
			t.reset(tr.p, e.words, e.tags)
			for !t.done() {
				t.moveFeatures()
				t.feats = thin(t.feats, r, dropped)
				moveT.Tick()
				moveT.Score(t.feats, scores)
				guess, gold := tr.choose(t, e, scores)
				n++
				if guess != gold {
					wrong++
					moveT.Update(t.feats, gold, guess)
				}
				// The first time round it is shown the way.
				if round == 0 {
					guess = gold
				}
				head, dep := t.make(guess)
				if dep == 0 {
					continue
				}
				t.labelFeatures(head, dep, guess)
				t.pairs = thin(t.pairs, r, dropped)
				labelT.Tick()
				labelT.Score(t.pairs, labelScores)
				l := tr.bestLabel(labelScores, dep < head)
				arcs++
				if e.heads[dep-1] == head {
					if g := int(e.label[dep-1]); g != l {
						labelT.Update(t.pairs, g, l)
					} else {
						right++
					}
				}
				t.attach(head, dep, uint16(l))
			}
		}
		tr.log("trees, round %d: %d of %d moves wrong, %.2f%% arcs right, %d + %d features", round+1, wrong, n,
			100*float64(right)/float64(arcs), moveT.Len(), labelT.Len())
	}
	tr.moveModel = moveT.Freeze(learn.Prune{MinUpdates: 8})
	tr.p.labels = labelT.Freeze(learn.Prune{MinUpdates: 8, MaxRows: 60000})
	return learn.Section{Name: "labels", Body: tr.p.labels.Bytes()}
}

func (tr *training) moves() learn.Section {
	tr.p.moves = tr.moveModel
	return learn.Section{Name: "moves", Body: tr.p.moves.Bytes()}
}

func (tr *training) bestLabel(scores []float32, left bool) int {
	best := -1
	for l, s := range scores {
		if l == tr.p.root || left && tr.p.rightOnly[l] {
			continue
		}
		if best < 0 || s > scores[best] {
			best = l
		}
	}
	return best
}

// choose returns the best possible move, and the best of those that cost
// nothing (the same where that is free).
func (tr *training) choose(t *tree, e *example, scores []float32) (guess, gold int) {
	mayShift, mayLeft, mayRight := t.may()
	shiftCost, leftCost, rightCost := costs(t, e.heads, mayShift, mayLeft, mayRight)
	least := min(shiftCost, leftCost, rightCost)
	leftMove, rightMove := -1, -1
	if s0 := t.top(0); s0 > 0 {
		rel := e.rel[s0-1]
		leftMove, rightMove = moveOf(rel, true), moveOf(rel, false)
	}
	guess, gold = -1, -1
	for m, s := range scores {
		free := false
		switch {
		case m == shift:
			if !mayShift {
				continue
			}
			free = shiftCost == least
		case isLeft(m):
			if !mayLeft {
				continue
			}
			free = leftCost == least && m == leftMove
		default:
			if !mayRight {
				continue
			}
			free = rightCost == least && m == rightMove
		}
		if guess < 0 || s > scores[guess] {
			guess = m
		}
		if free && (gold < 0 || s > scores[gold]) {
			gold = m
		}
	}
	return guess, gold
}

const never = 1 << 20

// costs returns how many gold arcs that can still be had each move loses.
func costs(t *tree, heads []int32, mayShift, mayLeft, mayRight bool) (shift, left, right int) {
	shift, left, right = never, never, never
	s0, s1, b0 := t.top(0), t.top(1), t.next
	lost := 0 // dependents of s0 in the buffer
	if mayLeft || mayRight {
		for d := b0; int(d) <= t.n; d++ {
			if heads[d-1] == s0 {
				lost++
			}
		}
	}
	if mayLeft {
		left = lost
		if h := heads[s0-1]; h == 0 || h == s1 && s1 != 0 || h > b0 {
			left++
		}
	}
	if mayRight {
		right = lost
		if h := heads[s0-1]; h == 0 || h >= b0 {
			right++
		}
	}
	if mayShift {
		shift = 0
		for i, n := range t.stack[1:] {
			if heads[n-1] == b0 {
				shift++
			}
			if heads[b0-1] == n && i != len(t.stack)-2 {
				shift++
			}
		}
	}
	return shift, left, right
}

// dropped is the chance, in 128, of a feature to be left out in training. It
// does more for what is learnt than anything else: without it the parser gets
// about one arc in a hundred more wrong.
const dropped = 30

// thin leaves out each feature with a chance of drop in 128, so that no
// feature can rely on a particular other one.
func thin(f []uint64, r *rand.Rand, drop uint64) []uint64 {
	kept := f[:0]
	bits := uint64(0)
	for i, x := range f {
		if i%9 == 0 {
			bits = r.Uint64()
		}
		if bits&127 >= drop {
			kept = append(kept, x)
		}
		bits >>= 7
	}
	return kept
}
