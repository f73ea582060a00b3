package neural

import "math"

// panel is the number of columns that are multiplied together: every matrix
// has a multiple of it.
const panel = 16

// RoundUp returns n rounded up to a number of columns that a matrix can have.
func RoundUp(n int) int { return (n + panel - 1) &^ (panel - 1) }

// packed is a matrix of k rows, the right side of products, in panels of 16
// columns: a panel's rows lie one after another.
type packed struct {
	k, n int
	v    []float32
}

// pack makes the right side of products of the k×n matrix whose elements lie
// rs (rows) and cs (columns) apart.
func (p *packed) pack(b []float32, k, n, rs, cs int) {
	p.k, p.n = k, n
	p.v = grow(p.v, k*RoundUp(n))
	for j := 0; j < n; j += panel {
		w := min(panel, n-j)
		out := p.v[j*k : (j+panel)*k]
		for i := range k {
			row := out[i*panel : i*panel+panel]
			at := i*rs + j*cs
			if cs == 1 {
				copy(row, b[at:at+w])
			} else {
				for c := range w {
					row[c] = b[at+c*cs]
				}
			}
			clear(row[w:])
		}
	}
}

// addTo adds a·p to c, whose m rows lie ldc ≥ RoundUp(n) apart.
func (p *packed) addTo(c []float32, ldc int, a []float32, m, rs, cs int) {
	if m == 0 || p.k == 0 {
		return
	}
	for j := 0; j < p.n; j += panel {
		multiply(c[j:], ldc, a, rs, cs, p.v[j*p.k:(j+panel)*p.k], m, p.k)
	}
}

func multiplyPlain(c []float32, ldc int, a []float32, rs, cs int, b []float32, m, k int) {
	for i := range m {
		row := (*[panel]float32)(c[i*ldc:])
		for l := range k {
			x := float64(a[i*rs+l*cs])
			for j, y := range (*[panel]float32)(b[l*panel:]) {
				row[j] = float32(math.FMA(x, float64(y), float64(row[j])))
			}
		}
	}
}

// gate is a cheap sigmoid: from 0 to 1, with 1/2 at 0.
func gate(x float32) float32 {
	return float32(x/(1+max(x, -x))*0.5) + 0.5
}

// recurPlain makes one step of a recurrent layer for some channels: c is the
// state, p holds four weights a channel, one kind after another.
func recurPlain(z, f, r, x, p, c, h []float32) {
	n := len(c)
	vf, vr, bf, br := p[:n], p[n:2*n], p[2*n:3*n], p[3*n:4*n]
	for j, before := range c {
		forget := gate(float32(vf[j]*before) + f[j] + bf[j])
		keep := gate(float32(vr[j]*before) + r[j] + br[j])
		state := float32(forget*(before-z[j])) + z[j]
		c[j] = state
		h[j] = float32(keep*(state-x[j])) + x[j]
	}
}

func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/4)
	}
	return s[:n]
}
