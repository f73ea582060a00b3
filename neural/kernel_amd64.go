package neural

import "golang.org/x/sys/cpu"

var (
	hasAVX2   = cpu.X86.HasAVX2 && cpu.X86.HasFMA
	hasAVX512 = hasAVX2 && cpu.X86.HasAVX512F
)

//go:noescape
func fma24(c *float32, ldc int, a *float32, rs, cs int, b *float32, next, k int)

//go:noescape
func fma6(c *float32, ldc int, a *float32, rs, cs int, b *float32, k int)

//go:noescape
func fma1(c *float32, a *float32, cs int, b *float32, k int)

//go:noescape
func recurAVX(n int, z, f, r, x, p, c, h *float32)

// multiply adds to the m rows of c, which are ldc apart, the products of a
// (m rows of k, elements rs and cs apart) and one or two panels of k rows of 16:
// b, and what lies next elements behind it.
// Every element is summed in the order of k with fused steps, whatever the
// width of the machine's registers: the bits of the result are the same.
func multiply(c []float32, ldc int, a []float32, rs, cs int, b []float32, panels, next, m, k int) {
	if !hasAVX2 {
		multiplyPlain(c, ldc, a, rs, cs, b, panels, next, m, k)
		return
	}
	done := 0
	if hasAVX512 && panels == 2 {
		for ; done+12 <= m; done += 12 {
			fma24(&c[done*ldc], ldc, &a[done*rs], rs, cs, &b[0], next, k)
		}
	}
	for q := range panels {
		b, i := &b[q*next], done
		for ; i+6 <= m; i += 6 {
			fma6(&c[i*ldc+q*panel], ldc, &a[i*rs], rs, cs, b, k)
		}
		for ; i < m; i++ {
			fma1(&c[i*ldc+q*panel], &a[i*rs], cs, b, k)
		}
	}
}

func recur(z, f, r, x, p, c, h []float32) {
	n := len(c)
	if !hasAVX2 || n == 0 || n%8 != 0 {
		recurPlain(z, f, r, x, p, c, h)
		return
	}
	recurAVX(n, &z[0], &f[0], &r[0], &x[0], &p[0], &c[0], &h[0])
}

//go:noescape
func recurBackAVX(n, w int, u, x, p, c0, c1, dh, dx, du, gp, carry *float32)

//go:noescape
func expAVX(out, x *float32, n int, top float32)

func recurBack(w int, u, x, p, c0, c1, dh, dx, du, gp, carry []float32) {
	n := len(carry)
	if !hasAVX2 || n == 0 || n%8 != 0 {
		recurBackPlain(w, u, x, p, c0, c1, dh, dx, du, gp, carry)
		return
	}
	recurBackAVX(n, w, &u[0], &x[0], &p[0], &c0[0], &c1[0], &dh[0], &dx[0], &du[0], &gp[0], &carry[0])
}

func exponentials(out, x []float32, top float32) {
	n := 0
	if hasAVX2 && len(x) >= 8 {
		n = len(x) &^ 7
		expAVX(&out[0], &x[0], n, top)
	}
	exponentialsPlain(out[n:], x[n:], top)
}
