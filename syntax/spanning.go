package syntax

// spanning finds the best tree over the scores of arcs in which one word alone is
// the root and no arcs cross, as nearly all English ones are: every phrase is
// then in one piece. The best tree of all (Chu & Liu 1965, Edmonds 1967) is found
// first, since it is mostly one without crossing arcs; if not, the best of those
// follows (Eisner 1996).
type spanning struct {
	nested nested
	score  []float32 // of the arc from column h to row d; both nodes, n+1 a row
	best   []int32
	seen   []int32
}

// never is less than any score, always more.
const never, always = -1e30, 1e30

// tree writes the head of every word, -1 for the root. scores[i*stride+h] is how
// well word i goes with word h-1, or with the root where h is 0.
func (s *spanning) tree(scores []float32, stride int, heads []int32) {
	if s.any(scores, stride, heads); crosses(heads) {
		s.nested.tree(scores, stride, heads)
	}
}

// crosses reports whether arcs of the tree cross each other.
func crosses(heads []int32) bool {
	for i, h := range heads {
		if h >= 0 && crossed(heads, int32(i), h) {
			return true
		}
	}
	return false
}

// crossed reports whether an arc between words i and h would cross another of the
// tree or pass over its root.
func crossed(heads []int32, i, h int32) bool {
	from, to := min(i, h), max(i, h)
	for j := from + 1; j < to; j++ {
		if k := heads[j]; k < from || k > to {
			return true
		}
	}
	// What hangs on a word in between lies in between too.
	for j, k := range heads {
		if from < k && k < to && (int32(j) < from || int32(j) > to) {
			return true
		}
	}
	return false
}

// nested finds the best tree without crossing arcs. Of words s to t, s ≤ t, a
// complete part is what hangs on the word at one end of it, an open part one that
// the arc between both ends holds together. An array named by row lies by s, one
// named by column by t.
type nested struct {
	n                          int
	rightRow, rightColumn      []float32 // complete, on s
	leftRow, leftColumn        []float32 // complete, on t
	openRight, openLeft        []float32 // by row and by column
	rightCut, leftCut, openCut []int32   // the best place to part them, by row
}

func (e *nested) tree(scores []float32, stride int, heads []int32) {
	n := len(heads)
	e.n = n
	for _, a := range []*[]float32{&e.rightRow, &e.rightColumn, &e.leftRow, &e.leftColumn, &e.openRight, &e.openLeft} {
		*a = grow(*a, n*n)
	}
	for _, a := range []*[]int32{&e.rightCut, &e.leftCut, &e.openCut} {
		*a = grow(*a, n*n)
	}
	for s := range n {
		at := s*n + s
		e.rightRow[at], e.rightColumn[at], e.leftRow[at], e.leftColumn[at] = 0, 0, 0, 0
	}
	for length := 1; length < n; length++ {
		for s := range n - length {
			t := s + length
			row, column := s*n+t, t*n+s
			best, cut := bestPair(e.rightRow[s*n+s:s*n+t], e.leftColumn[t*n+s+1:t*n+t+1])
			e.openCut[row] = int32(s + cut)
			e.openLeft[column] = best + scores[s*stride+t+1]
			e.openRight[row] = best + scores[t*stride+s+1]
			best, cut = bestPair(e.leftRow[s*n+s:s*n+t], e.openLeft[t*n+s:t*n+t])
			e.leftRow[row], e.leftColumn[column], e.leftCut[row] = best, best, int32(s+cut)
			best, cut = bestPair(e.openRight[s*n+s+1:s*n+t+1], e.rightColumn[t*n+s+1:t*n+t+1])
			e.rightRow[row], e.rightColumn[column], e.rightCut[row] = best, best, int32(s+1+cut)
		}
	}
	root, top := 0, float32(2*never)
	for r := range n {
		if x := e.leftRow[r] + e.rightRow[r*n+n-1] + scores[r*stride]; x > top {
			root, top = r, x
		}
	}
	heads[root] = -1
	e.left(heads, 0, root)
	e.right(heads, root, n-1)
}

// bestPair returns the highest sum of two elements at the same place, and where.
func bestPair(a, b []float32) (best float32, at int) {
	best = 2 * never
	for i, x := range a {
		if x += b[i]; x > best {
			best, at = x, i
		}
	}
	return best, at
}

// left and right write the heads of the complete part of s to t that hangs on t,
// or on s; open those of what lies between two ends of an arc.
func (e *nested) left(heads []int32, s, t int) {
	for s < t {
		q := int(e.leftCut[s*e.n+t])
		heads[q] = int32(t)
		e.open(heads, q, t)
		t = q
	}
}

func (e *nested) right(heads []int32, s, t int) {
	for s < t {
		q := int(e.rightCut[s*e.n+t])
		heads[q] = int32(s)
		e.open(heads, s, q)
		s = q
	}
}

func (e *nested) open(heads []int32, s, t int) {
	q := int(e.openCut[s*e.n+t])
	e.right(heads, s, q)
	e.left(heads, q+1, t)
}

// any writes the best tree of all.
func (s *spanning) any(scores []float32, stride int, heads []int32) {
	n := len(heads)
	for i := range heads {
		row := scores[i*stride : i*stride+n+1]
		row[i+1] = never
		heads[i] = int32(highest(row)) - 1
	}
	if sound(heads) {
		return
	}
	// One root: the word that gains most by being it.
	root, gain := 0, float32(never)
	for i := range heads {
		row := scores[i*stride : i*stride+n+1]
		if g := row[0] - row[1+highest(row[1:])]; n == 1 || g > gain {
			root, gain = i, g
		}
	}
	w := n + 1
	s.score = grow(s.score, w*w)
	for i := range n {
		row := s.score[(i+1)*w : (i+2)*w]
		copy(row, scores[i*stride:i*stride+w])
		if i == root {
			for h := 1; h < w; h++ {
				row[h] = never
			}
		} else {
			row[0] = never
		}
	}
	s.arborescence(w)
	for i := range heads {
		heads[i] = s.best[i+1] - 1
	}
}

// sound reports whether heads are a tree with one root.
func sound(heads []int32) bool {
	roots := 0
	for i, h := range heads {
		if h < 0 {
			roots++
			continue
		}
		steps := 0
		for h >= 0 && steps <= len(heads) {
			if int(h) == i {
				return false
			}
			h = heads[h]
			steps++
		}
		if steps > len(heads) {
			return false
		}
	}
	return roots == 1
}

// arborescence writes the best head of every node but 0 into best. A cycle of
// best heads is drawn together into one node, whose arcs are weighed by what
// entering the cycle there costs; when the rest is a tree it is opened again.
func (s *spanning) arborescence(w int) {
	s.best = grow(s.best, w)
	active := make([]bool, w)
	for i := range active {
		active[i] = true
	}
	for d := 1; d < w; d++ {
		s.best[d] = -1
		for h := range w {
			if h != d && (s.best[d] < 0 || s.score[d*w+h] > s.score[d*w+int(s.best[d])]) {
				s.best[d] = int32(h)
			}
		}
	}
	s.solve(w, active)
}

// solve makes the best heads of the active nodes a tree. It takes time in
// proportion to w for every node that it draws in.
func (s *spanning) solve(w int, active []bool) {
	best := s.best
	cycle := s.cycle(w, active)
	if cycle == nil {
		return
	}
	// The cycle becomes its first node; how arcs into and out of it run is kept.
	first := cycle[0]
	in := make([]bool, w)
	own := make([]float32, len(cycle))
	heads := make([]int32, len(cycle))
	for i, d := range cycle {
		in[d] = true
		heads[i] = best[d]
		own[i] = s.score[int(d)*w+int(best[d])]
	}
	enter, leave := make([]int32, w), make([]int32, w)
	row, column := make([]float32, w), make([]float32, w)
	for v := range w {
		if !active[v] || in[v] {
			continue
		}
		row[v], column[v] = 2*never, 2*never
		for i, d := range cycle {
			if x := s.score[int(d)*w+v] - own[i]; x > row[v] {
				row[v], enter[v] = x, int32(i)
			}
			if v > 0 {
				if x := s.score[v*w+int(d)]; x > column[v] {
					column[v], leave[v] = x, d
				}
			}
		}
	}
	// The first node's own row and column are written over.
	for _, d := range cycle[1:] {
		active[d] = false
	}
	keptRow, keptColumn := make([]float32, w), make([]float32, w)
	for v := range w {
		keptRow[v], keptColumn[v] = s.score[int(first)*w+v], s.score[v*w+int(first)]
		if active[v] && !in[v] {
			s.score[int(first)*w+v], s.score[v*w+int(first)] = row[v], column[v]
			if v > 0 && in[best[v]] {
				best[v] = first
			}
			if in[best[first]] || row[v] > row[best[first]] {
				best[first] = int32(v)
			}
		}
	}
	s.solve(w, active)
	for v := range w {
		s.score[int(first)*w+v], s.score[v*w+int(first)] = keptRow[v], keptColumn[v]
	}
	for v := 1; v < w; v++ {
		if active[v] && !in[v] && best[v] == first {
			best[v] = leave[v]
		}
	}
	outside := best[first]
	for i, d := range cycle {
		active[d] = true
		best[d] = heads[i]
	}
	best[cycle[enter[outside]]] = outside
}

// cycle returns the nodes of a cycle of best heads; nil where there is none.
func (s *spanning) cycle(w int, active []bool) []int32 {
	s.seen = grow(s.seen, w)
	clear(s.seen)
	for v := 1; v < w; v++ {
		if !active[v] || s.seen[v] != 0 {
			continue
		}
		u := int32(v)
		for u != 0 && s.seen[u] == 0 {
			s.seen[u] = int32(v)
			u = s.best[u]
		}
		if u == 0 || s.seen[u] != int32(v) {
			continue
		}
		cycle := []int32{u}
		for x := s.best[u]; x != u; x = s.best[x] {
			cycle = append(cycle, x)
		}
		return cycle
	}
	return nil
}
