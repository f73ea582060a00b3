package event

import (
	"math"
	"testing"
)

// A sign that goes with right events counts for them, one that goes with wrong
// ones against, and one that tells nothing hardly at all.
func TestFitConfidence(t *testing.T) {
	var judged []Judged
	for i := range 200 {
		right := i%2 == 0
		signs := []string{"bad"}
		if right {
			signs = []string{"good"}
		}
		if i%4 < 2 {
			signs = append(signs, "idle")
		}
		judged = append(judged, Judged{Signs: signs, Right: right})
	}
	w := FitConfidence(judged)
	if w["good"] < 0.5 || w["bad"] > -0.5 || math.Abs(w["idle"]) > 0.1 {
		t.Errorf("good %v, bad %v, idle %v", w["good"], w["bad"], w["idle"])
	}
	c := &Coder{confidence: w}
	good, none, bad := c.believe([]string{"good"}), c.believe(nil), c.believe([]string{"bad"})
	if !(good > none && none > bad) || good > 1 || bad < 0 {
		t.Errorf("confidence with good %v, with none %v, with bad %v", good, none, bad)
	}
	if again := FitConfidence(judged); again["good"] != w["good"] || again["bias"] != w["bias"] {
		t.Errorf("a second fit gives %v, not %v", again, w)
	}
}

// Without signs the confidence is the share of events that were right.
func TestFitConfidenceOfNoSigns(t *testing.T) {
	judged := make([]Judged, 100)
	for i := range 80 {
		judged[i].Right = true
	}
	c := &Coder{confidence: FitConfidence(judged)}
	if got := c.believe(nil); got != 0.8 {
		t.Errorf("confidence %v, want 0.8", got)
	}
}
