package mention

import "math"

// lattice is all the ways to label a sentence: the best of them, and how likely
// each label is where all are weighed (Lafferty et al. 2001). One goroutine at a
// time uses it.
type lattice struct {
	score []float32
	back  []uint8
	path  []uint8

	to, from   []float64 // weight of what leads to a label, and of what follows
	emit, pair []float64
	scale      []float64
}

var before = follows()

// opening holds the labels that a sentence may begin with, closing those that
// it may end with.
var opening, closing = func() (open, closed uint32) {
	for _, l := range before[outside] {
		closed |= 1 << l
	}
	for l := range labels {
		if l == outside || partOf(l) == partB || partOf(l) == partU {
			open |= 1 << l
		}
	}
	return open, closed
}()

// everyLabel is the set of all labels.
const everyLabel = uint32(1<<labels - 1)

// best returns the labels with the highest sum of scores. emitted holds those of
// tokens, in rows stride apart, pairs those of neighbours.
func (l *lattice) best(emitted []float32, stride int, pairs []float32) []uint8 {
	n := len(emitted) / stride
	if n == 0 {
		return nil
	}
	if cap(l.path) < n {
		l.score, l.back, l.path = make([]float32, n*labels), make([]uint8, n*labels), make([]uint8, n)
	}
	const never = -1e30
	score, back, path := l.score[:n*labels], l.back[:n*labels], l.path[:n]
	for b := range labels {
		score[b] = never
		if opening>>b&1 != 0 {
			score[b] = emitted[b] + pairs[labels*labels+b]
		}
	}
	for i := 1; i < n; i++ {
		last, here := score[(i-1)*labels:i*labels], score[i*labels:(i+1)*labels]
		for b := range labels {
			top, from := float32(math.Inf(-1)), uint8(0)
			for _, a := range before[b] {
				if s := last[a] + pairs[int(a)*labels+b]; s > top {
					top, from = s, a
				}
			}
			here[b], back[i*labels+b] = top+emitted[i*stride+b], from
		}
	}
	end := outside
	for _, b := range before[outside] { // a name must end with the sentence
		if score[(n-1)*labels+int(b)] > score[(n-1)*labels+end] {
			end = int(b)
		}
	}
	for i := n - 1; i >= 0; i-- {
		path[i] = uint8(end)
		end = int(back[i*labels+end])
	}
	return path
}

// learn compares all ways to label a sentence with those that are right, where
// every token has a label of its set, and returns the loss: how unlikely the right
// ones are. It adds the slope, times weight, to the gradients: of the scores of
// tokens, in rows stride apart like them, and of pairs.
func (l *lattice) learn(emitted, gradient []float32, stride int, pairs, pairGradient []float32, right []uint32, weight float64) float64 {
	all := l.weigh(emitted, gradient, stride, pairs, pairGradient, nil, weight)
	return all - l.weigh(emitted, gradient, stride, pairs, pairGradient, right, -weight)
}

// weigh returns the logarithm of the sum of all ways through the sets of labels
// (nil: any label) and adds its slope to the gradients.
func (l *lattice) weigh(emitted, gradient []float32, stride int, pairs, pairGradient []float32, sets []uint32, weight float64) float64 {
	n := len(emitted) / stride
	l.to, l.from, l.emit = floats(l.to, n*labels), floats(l.from, n*labels), floats(l.emit, n*labels)
	l.scale, l.pair = floats(l.scale, n), floats(l.pair, len(pairs))
	for i, p := range pairs {
		l.pair[i] = math.Exp(float64(p))
	}
	sum := 0.0
	for i := range n {
		set := everyLabel
		if sets != nil {
			set = sets[i]
		}
		row := emitted[i*stride : i*stride+labels]
		top := float32(math.Inf(-1))
		for b, v := range row {
			if set>>b&1 != 0 {
				top = max(top, v)
			}
		}
		emit, to := l.emit[i*labels:(i+1)*labels], l.to[i*labels:(i+1)*labels]
		total := 0.0
		for b, v := range row {
			emit[b] = 0
			if set>>b&1 == 0 {
				to[b] = 0
				continue
			}
			emit[b] = math.Exp(float64(v - top))
			x := 0.0
			switch {
			case i > 0:
				for _, a := range before[b] {
					x += l.to[(i-1)*labels+int(a)] * l.pair[int(a)*labels+b]
				}
			case opening>>b&1 != 0:
				x = l.pair[labels*labels+b]
			}
			to[b] = x * emit[b]
			if i < n-1 || closing>>b&1 != 0 {
				total += to[b]
			}
		}
		for b := range to {
			to[b] /= total
		}
		l.scale[i] = total
		sum += float64(top) + math.Log(total)
	}
	clear(l.from)
	for b := range labels {
		l.from[(n-1)*labels+b] = float64(closing >> b & 1)
	}
	for i := n - 1; i >= 0; i-- {
		to, from, emit := l.to[i*labels:(i+1)*labels], l.from[i*labels:(i+1)*labels], l.emit[i*labels:(i+1)*labels]
		for b := range labels {
			if emit[b] == 0 {
				continue
			}
			gradient[i*stride+b] += float32(weight * to[b] * from[b])
			out := emit[b] * from[b] / l.scale[i]
			if i == 0 {
				if opening>>b&1 != 0 {
					pairGradient[labels*labels+b] += float32(weight * to[b] * from[b])
				}
				continue
			}
			for _, a := range before[b] {
				at := int(a)*labels + b
				through := l.pair[at] * out
				l.from[(i-1)*labels+int(a)] += through
				pairGradient[at] += float32(weight * l.to[(i-1)*labels+int(a)] * through)
			}
		}
	}
	return sum
}

// floats returns room for n numbers.
func floats(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n, n+n/4)
	}
	return s[:n]
}
