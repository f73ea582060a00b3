package syntax

// spanning finds the best tree over the scores of arcs (Chu & Liu 1965,
// Edmonds 1967) in which one word alone is the root.
type spanning struct {
	score []float32 // of the arc from column h to row d; both nodes, n+1 a row
	best  []int32
	seen  []int32
}

// never is less than any score, always more.
const never, always = -1e30, 1e30

// tree writes the head of every word, -1 for the root. scores[i*stride+h] is how
// well word i goes with word h-1, or with the root where h is 0.
func (s *spanning) tree(scores []float32, stride int, heads []int32) {
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
