package learn_test

import (
	"bytes"
	"testing"

	"dragoman/learn"
)

var tall, red, idle = learn.Hash("tall"), learn.Hash("red"), learn.Hash("idle")

// either is right for what is tall or red, but not both, which no linear model tells.
func either(i int) (features []uint64, right bool) {
	isTall, isRed := i%2 == 0, i/2%2 == 0
	if isTall {
		features = append(features, tall)
	}
	if isRed {
		features = append(features, red)
	}
	if i%5 == 0 {
		features = append(features, idle)
	}
	return features, isTall != isRed
}

func TestTrees(t *testing.T) {
	// One in ten is told wrong, so that trees have to weigh.
	told := func(i int) ([]uint64, bool) {
		features, right := either(i)
		return features, right != (i%10 == 3)
	}
	trees := learn.GrowTrees(4000, told)
	for i := range 20 {
		features, right := either(i)
		if p := trees.Chance(features); right != (p > 0.55) || right == (p < 0.45) || p < 0 || p > 1 {
			t.Errorf("%v: chance %v, right %v", features, p, right)
		}
	}
	b := trees.Bytes()
	if !bytes.Equal(b, learn.GrowTrees(4000, told).Bytes()) {
		t.Error("the same examples give other trees")
	}
	again, err := learn.ParseTrees(b)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		if features, _ := either(i); again.Chance(features) != trees.Chance(features) {
			t.Errorf("%v: chance %v, and after reading %v", features, trees.Chance(features), again.Chance(features))
		}
	}
	if !bytes.Equal(again.Bytes(), b) {
		t.Error("trees change when they are read and written")
	}
}

func TestTreesOfNothing(t *testing.T) {
	none := learn.GrowTrees(0, nil)
	if p := none.Chance([]uint64{red}); p != 0.5 {
		t.Errorf("chance %v without examples", p)
	}
	most := learn.GrowTrees(100, func(i int) ([]uint64, bool) { return nil, i < 80 })
	if p := most.Chance(nil); p < 0.799 || p > 0.801 {
		t.Errorf("chance %v where four of five are right", p)
	}
}

func TestDamagedTrees(t *testing.T) {
	b := learn.GrowTrees(400, either).Bytes()
	for n := range len(b) {
		if _, err := learn.ParseTrees(b[:n]); err == nil {
			t.Fatalf("%d of %d bytes are read as trees", n, len(b))
		}
	}
	for i := range b {
		damaged := bytes.Clone(b)
		damaged[i] ^= 0x55
		if trees, err := learn.ParseTrees(damaged); err == nil {
			trees.Chance([]uint64{tall, red}) // which ends
		}
	}
}
