package event

import (
	"testing"

	"dragoman/learn"
)

// A sign that goes with right events counts for them, one that goes with wrong
// ones against, and one that tells nothing hardly at all.
func TestBelief(t *testing.T) {
	good, bad, idle := learn.Hash("good"), learn.Hash("bad"), learn.Hash("idle")
	var judged []Judgement
	for i := range 200 {
		right := i%2 == 0
		signs := []uint64{bad}
		if right {
			signs = []uint64{good}
		}
		if i%4 < 2 {
			signs = append(signs, idle)
		}
		judged = append(judged, Judgement{Signs: signs, Right: right})
	}
	c := &Coder{judge: TrainJudge(nil, nil, judged)}
	believe := func(signs ...uint64) float64 { return c.believe(signs) }
	none := believe()
	if !(believe(good) > none+0.1 && none > believe(bad)+0.1) || believe(good) > 1 || believe(bad) < 0 {
		t.Errorf("confidence with good %v, with none %v, with bad %v", believe(good), none, believe(bad))
	}
	if d := believe(idle) - none; d > 0.03 || d < -0.03 {
		t.Errorf("what tells nothing moves the confidence by %v", d)
	}
	if string(TrainJudge(nil, nil, judged).Bytes()) != string(c.judge.Bytes()) {
		t.Error("the same events give another judge")
	}
}

// Without signs the confidence is the share of events that were right.
func TestBeliefOfNoSigns(t *testing.T) {
	judged := make([]Judgement, 100)
	for i := range judged {
		judged[i] = Judgement{nil, i < 80}
	}
	c := &Coder{judge: TrainJudge(nil, nil, judged)}
	if got := c.believe(nil); got != 0.8 {
		t.Errorf("confidence %v, want 0.8", got)
	}
}

// The judge tells by its features what a predicate tells, and how sure it is.
func TestJudge(t *testing.T) {
	shot, sang, gun := learn.Hash("shoot"), learn.Hash("sing"), learn.Hash("gun")
	var predicates []Predicate
	for range 400 {
		predicates = append(predicates, Predicate{Type: "ASSAULT", Features: []uint64{shot, gun}}, Predicate{Features: []uint64{sang}}, Predicate{Features: []uint64{shot}})
	}
	judge := TrainJudge(predicates, nil, nil)
	var o judging
	o.ask(judge.kinds, []uint64{shot, gun})
	if kind, p := o.most(); kind != "ASSAULT" || p < 0.6 || o.of("ASSAULT") != p || o.of("AID") != 0 {
		t.Errorf("shot with a gun is %s with %v", kind, p)
	}
	o.ask(judge.kinds, []uint64{sang})
	if p := o.of("ASSAULT"); p > 0.2 {
		t.Errorf("sang is ASSAULT with %v", p)
	}
}

// What a part is believed by comes from the others: a sign that is right there only where it
// is wrong here is believed here.
func TestBelieved(t *testing.T) {
	sign := learn.Hash("sign")
	part := func(right bool) (all []Judgement) {
		for range 400 {
			all = append(all, Judgement{Signs: []uint64{sign}, Right: right}, Judgement{Signs: nil, Right: !right})
		}
		return all
	}
	got := Believed([][]Judgement{part(false), part(true)})
	if len(got) != 2 || len(got[0]) != 800 || got[0][0] < 0.6 || got[1][0] > 0.4 {
		t.Errorf("believed %v and %v", got[0][:2], got[1][:2])
	}
}
