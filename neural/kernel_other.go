//go:build !amd64

package neural

func multiply(c []float32, ldc int, a []float32, rs, cs int, b []float32, panels, next, m, k int) {
	multiplyPlain(c, ldc, a, rs, cs, b, panels, next, m, k)
}

func recur(z, f, r, x, p, c, h []float32) { recurPlain(z, f, r, x, p, c, h) }

func recurBack(w int, u, x, p, c0, c1, dh, dx, du, gp, carry []float32) {
	recurBackPlain(w, u, x, p, c0, c1, dh, dx, du, gp, carry)
}

func exponentials(out, x []float32, top float32) { exponentialsPlain(out, x, top) }
