package neural

import (
	"math/rand/v2"
	"testing"
)

func noise(r *rand.Rand, n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

// Products are the same whatever the machine has: the plain ones are the measure.
func TestProductsAreThoseOfPlainCode(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range [][3]int{{1, 1, 1}, {5, 7, 3}, {6, 16, 16}, {12, 9, 33}, {31, 64, 48}, {40, 300, 64}} {
		m, k, n := size[0], size[1], size[2]
		a, b := noise(r, m*k), noise(r, k*n)
		var p packed
		p.pack(b, k, n, n, 1)
		ldc := RoundUp(n)
		got, want := make([]float32, m*ldc), make([]float32, m*ldc)
		p.addTo(got, ldc, a, m, k, 1)
		multiplyPlain(want, ldc, a, k, 1, p.v, ldc/panel, k*panel, m, k)
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("%v: element %d is %v, plain code says %v", size, i, got[i], want[i])
			}
		}
	}
}

func TestStepsAreThoseOfPlainCode(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const n = 48
	z, f, g, x, p, c := noise(r, n), noise(r, n), noise(r, n), noise(r, n), noise(r, 4*n), noise(r, n)
	c2 := append([]float32(nil), c...)
	h, h2 := make([]float32, n), make([]float32, n)
	recur(z, f, g, x, p, c, h)
	recurPlain(z, f, g, x, p, c2, h2)
	for i := range h {
		if h[i] != h2[i] || c[i] != c2[i] {
			t.Fatalf("channel %d is %v, plain code says %v", i, h[i], h2[i])
		}
	}
}

func TestStepsBackAreThoseOfPlainCode(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	const n, w = 24, 32
	u, x, p, c0, c1, dh := noise(r, 2*w+n), noise(r, n), noise(r, 4*n), noise(r, n), noise(r, n), noise(r, n)
	var got, want [4][]float32
	for i, size := range []int{n, 2*w + n, 4 * n, n} { // dx, du, gp, carry
		got[i] = noise(r, size)
		want[i] = append([]float32(nil), got[i]...)
	}
	recurBack(w, u, x, p, c0, c1, dh, got[0], got[1], got[2], got[3])
	recurBackPlain(w, u, x, p, c0, c1, dh, want[0], want[1], want[2], want[3])
	for i := range got {
		for j := range got[i] {
			if d := got[i][j] - want[i][j]; d > 1e-5 || d < -1e-5 {
				t.Fatalf("result %d, channel %d is %v, plain code says %v", i, j, got[i][j], want[i][j])
			}
		}
	}
}

func TestExponentialsAreThoseOfPlainCode(t *testing.T) {
	x := []float32{0, -0.1, -0.5, -1, -2.7, -20, -79, -1e30, -3}
	got, want := make([]float32, len(x)), make([]float32, len(x))
	exponentials(got, x, 0)
	exponentialsPlain(want, x, 0)
	for i := range x {
		if d := got[i] - want[i]; d > 1e-6 || d < -1e-6 {
			t.Errorf("e^%v is %v, plain code says %v", x[i], got[i], want[i])
		}
	}
}

func BenchmarkProduct(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const m, k, n = 240, 192, 576
	a, w, c := noise(r, m*k), noise(r, k*n), make([]float32, m*n)
	var p packed
	p.pack(w, k, n, n, 1)
	for b.Loop() {
		p.addTo(c, n, a, m, k, 1)
	}
	b.ReportMetric(float64(b.N)*m*k*n/b.Elapsed().Seconds()/1e9, "GMAC/s")
}
