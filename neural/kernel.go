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
	for from := 0; from < k; from += packRows {
		to := min(k, from+packRows)
		for j := 0; j < n; j += panel {
			w := min(panel, n-j)
			out := p.v[j*k : (j+panel)*k]
			for i := from; i < to; i++ {
				row := (*[panel]float32)(out[i*panel:])
				at := i*rs + j*cs
				if cs == 1 && w == panel {
					whole := *(*[panel]float32)(b[at:])
					*row = whole
					continue
				}
				for c := range w {
					row[c] = b[at+c*cs]
				}
				clear(row[w:])
			}
		}
	}
}

// packRows is the number of rows that are packed together while they are near.
const packRows = 16

// Products are made in blocks of so many rows of both sides, which stay in the
// cache while they are needed.
const (
	blockRows = 240
	blockDeep = 256
)

// addTo adds a·p to c, whose m rows lie ldc ≥ RoundUp(n) apart. The elements of
// a lie rs (rows) and cs (columns) apart.
func (p *packed) addTo(c []float32, ldc int, a []float32, m, rs, cs int) {
	for i := 0; i < m; i += blockRows {
		rows := min(blockRows, m-i)
		for l := 0; l < p.k; l += blockDeep {
			deep := min(blockDeep, p.k-l)
			for j := 0; j < p.n; j += 2 * panel {
				panels := min(2, (p.n-j+panel-1)/panel)
				multiply(c[i*ldc+j:], ldc, a[i*rs+l*cs:], rs, cs, p.v[j*p.k+l*panel:], panels, p.k*panel, rows, deep)
			}
		}
	}
}

func multiplyPlain(c []float32, ldc int, a []float32, rs, cs int, b []float32, panels, next, m, k int) {
	for q := range panels {
		for i := range m {
			row := (*[panel]float32)(c[i*ldc+q*panel:])
			for l := range k {
				x := float64(a[i*rs+l*cs])
				for j, y := range (*[panel]float32)(b[q*next+l*panel:]) {
					row[j] = float32(math.FMA(x, float64(y), float64(row[j])))
				}
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

// recurBackPlain goes back over a step of recurPlain: c0 and c1 are the state
// before and after it, dh the gradient of its output, carry that of the state,
// both ways. u and du hold candidate, forget and keep w apart.
func recurBackPlain(w int, u, x, p, c0, c1, dh, dx, du, gp, carry []float32) {
	n := len(carry)
	for j, g := range dh[:n] {
		c, z, vf, vr := c0[j], u[j], p[j], p[n+j]
		f := gate(float32(vf*c) + u[w+j] + p[2*n+j])
		r := gate(float32(vr*c) + u[2*w+j] + p[3*n+j])
		dx[j] += g * (1 - r)
		dc := carry[j] + g*r
		db := g * (c1[j] - x[j]) * slope(r)
		da := dc * (c - z) * slope(f)
		du[j], du[w+j], du[2*w+j] = dc*(1-f), da, db
		gp[j] += da * c
		gp[n+j] += db * c
		gp[2*n+j] += da
		gp[3*n+j] += db
		carry[j] = dc*f + da*vf + db*vr
	}
}

// slope is the derivative of gate where it has the value g.
func slope(g float32) float32 {
	s := 2*g - 1
	d := 1 - max(s, -s)
	return 0.5 * d * d
}

// exponentialsPlain writes e^(x-top).
func exponentialsPlain(out, x []float32, top float32) {
	for i, v := range x {
		out[i] = float32(math.Exp(float64(v - top)))
	}
}

func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/4)
	}
	return s[:n]
}
