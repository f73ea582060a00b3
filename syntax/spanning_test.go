package syntax

import "testing"

// TestSpanning compares with all trees that have the same root.
func TestSpanning(t *testing.T) {
	r := random(3)
	var s spanning
	for n := 1; n <= 6; n++ {
		for range 200 {
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
			heads := make([]int32, n)
			s.tree(scores, stride, heads)
			if !sound(heads) {
				t.Fatalf("%v is no tree with one root", heads)
			}
			best, other := float32(0), make([]int32, n)
			var try func(i int)
			try = func(i int) {
				switch {
				case i == n:
					if sound(other) {
						best = max(best, total(other))
					}
				case heads[i] < 0:
					other[i] = -1
					try(i + 1)
				default:
					for h := range int32(n) {
						other[i] = h
						try(i + 1)
					}
				}
			}
			try(0)
			if total(heads) != best {
				t.Fatalf("%v has %g, the best tree %g", heads, total(heads), best)
			}
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
