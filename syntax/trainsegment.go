package syntax

import (
	"dragoman/learn"
)

// cut trains where tokens end: the cutter runs over the gold text and is told
// every decision.
func (tr *training) cut() learn.Section {
	t := learn.NewTrainer([]string{"on", "cut"})
	scores := make([]float32, 2)
	order := random(1)
	for round := range 6 {
		wrong, n := 0, 0
		for _, i := range order.Perm(len(tr.docs)) {
			d := tr.docs[i]
			ends := map[int]bool{}
			for _, tok := range d.Tokens {
				ends[tok.End] = true
			}
			c := cutter{p: tr.p, text: d.Text, decide: func(c *cutter, i, left int, next rune) bool {
				gold := ends[c.at[i]]
				c.features(i, left, next)
				t.Tick()
				n++
				if settle(t, c.feats, gold, scores) {
					wrong++
				}
				return gold
			}}
			c.cut()
		}
		tr.log("cuts, round %d: %d of %d wrong", round+1, wrong, n)
	}
	tr.p.cuts = t.Freeze(learn.Prune{MinUpdates: 4})
	return learn.Section{Name: "cuts", Body: tr.p.cuts.Bytes()}
}

// bound trains where sentences end, over the gold tokens.
func (tr *training) bound() learn.Section {
	t := learn.NewTrainer([]string{"on", "end"})
	scores := make([]float32, 2)
	order := random(1)
	words := make([][]word, len(tr.docs))
	for i, d := range tr.docs {
		words[i] = make([]word, len(d.Tokens))
		for j, tok := range d.Tokens {
			tr.p.see(&words[i][j], tok.In(d.Text))
		}
	}
	for round := range 8 {
		wrong, n := 0, 0
		for _, i := range order.Perm(len(tr.docs)) {
			d := tr.docs[i]
			ends := map[int]bool{}
			for _, s := range d.Sentences {
				ends[s.End-1] = true
			}
			s := splitter{p: tr.p, text: d.Text, tokens: d.Tokens, words: words[i], decide: func(s *splitter, i int) bool {
				gold := ends[i]
				s.features(i)
				t.Tick()
				n++
				if settle(t, s.feats, gold, scores) {
					wrong++
				}
				return gold
			}}
			s.split()
		}
		tr.log("bounds, round %d: %d of %d wrong", round+1, wrong, n)
	}
	tr.p.bounds = t.Freeze(learn.Prune{MinUpdates: 4})
	return learn.Section{Name: "bounds", Body: tr.p.bounds.Bytes()}
}

// margin is by how much a decision between two must be right to be left alone.
// Without it, what is particular to a place is learnt and what is general not.
const margin = 20

// settle learns a yes or no and reports whether it was wrong before.
func settle(t *learn.Trainer, feats []uint64, gold bool, scores []float32) bool {
	right := int(boolean(gold))
	t.Score(feats, scores)
	by := scores[right] - scores[1-right]
	if by < margin {
		t.Update(feats, right, 1-right)
	}
	return by < 0
}
