package syntax

import (
	"slices"
	"testing"
)

// TestSpanning compares with all trees: the best of any kind with those of the
// same root, the best without crossing arcs with all others.
func TestSpanning(t *testing.T) {
	r := random(3)
	var s spanning
	for n := 1; n <= 6; n++ {
		for range 150 {
			stride := n + 3
			scores := make([]float32, n*stride)
			for i := range scores {
				scores[i] = float32(r.IntN(50))
			}
			total := func(heads []int32) (sum float32) {
				for i, h := range heads {
					sum += scores[i*stride+int(h)+1]
				}
				return sum
			}
			loose, nested, heads := make([]int32, n), make([]int32, n), make([]int32, n)
			s.any(scores, stride, loose)
			s.nested.tree(scores, stride, nested)
			s.tree(scores, stride, heads)
			if !sound(loose) || !sound(nested) || crosses(nested) || !sound(heads) || crosses(heads) {
				t.Fatalf("no trees with one root, or arcs that cross: %v, %v, %v", loose, nested, heads)
			}
			root := slices.Index(loose, -1)
			best, bestNested, other := float32(never), float32(never), make([]int32, n)
			var try func(i int)
			try = func(i int) {
				if i < n {
					for h := int32(-1); h < int32(n); h++ {
						other[i] = h
						try(i + 1)
					}
					return
				}
				if !sound(other) {
					return
				}
				if other[root] < 0 {
					best = max(best, total(other))
				}
				if !crosses(other) {
					bestNested = max(bestNested, total(other))
				}
			}
			try(0)
			if total(loose) != best || total(nested) != bestNested {
				t.Fatalf("%v has %g of %g, %v %g of %g", loose, total(loose), best, nested, total(nested), bestNested)
			}
		}
	}
}

func TestCrosses(t *testing.T) {
	for _, c := range []struct {
		heads []int32
		want  bool
	}{
		{[]int32{1, -1, 1}, false},
		{[]int32{2, 3, 3, -1}, true}, // 0–2 and 1–3
		{[]int32{2, -1, 1}, true},    // 0–2 over the root
		{[]int32{1, 2, -1, 2, 3}, false},
	} {
		if got := crosses(c.heads); got != c.want {
			t.Errorf("%v: %v", c.heads, got)
		}
	}
}

// BenchmarkSpanning is the worst that a sentence may be: no arc like another,
// and cycles within cycles.
func BenchmarkSpanning(b *testing.B) {
	n := mostTokens
	r := random(4)
	scores := make([]float32, n*(n+1))
	for i := range scores {
		scores[i] = r.Float32()
	}
	for i := range n { // pairs that want each other, then pairs of these
		for step := 1; step < n; step *= 2 {
			scores[i*(n+1)+1+(i^step)%n] += float32(10 * step)
		}
	}
	var s spanning
	heads := make([]int32, n)
	for b.Loop() {
		s.tree(scores, n+1, heads)
	}
}
