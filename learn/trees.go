package learn

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// Trees are decision trees over features that together tell how likely something is right:
// gradient boosting of the logistic loss (Friedman 2001) with the gain of Chen & Guestrin
// (2016). They are read-only and safe for many goroutines.
type Trees struct {
	features []uint64 // sorted
	number   map[uint64]int32
	start    float32 // log-odds before the first tree
	trees    [][]branch
}

// branch is a node of a tree, which comes before those below it.
type branch struct {
	feature int32   // by its number; leaf for none
	lacking int32   // node for what lacks the feature; the next is for what has it
	value   float32 // of a leaf: what it adds to the log-odds
}

const leaf = -1

// How trees grow, as cross-validation on the events of marked articles chose it.
const (
	growths      = 240 // trees
	deepest      = 6
	growRate     = 0.08
	pull         = 10.0 // towards no change, in examples
	leastUses    = 40   // of a feature that is asked for
	leastSplit   = 60   // examples of a node that is split
	leastWeight  = 3.0  // p(1-p) of the examples on either side
	leastGain    = 1.0
	oneFeatureIn = 3 // may be asked for by one tree, another third by the next
)

// GrowTrees learns from n examples; without any, everything is as likely as not. The same
// examples in the same order give the same trees.
func GrowTrees(n int, example func(i int) (features []uint64, right bool)) *Trees {
	uses := map[uint64]int{}
	right := make([]bool, n)
	sum := 0
	for i := range n {
		var features []uint64
		features, right[i] = example(i)
		for _, f := range features {
			uses[f]++
		}
		if right[i] {
			sum++
		}
	}
	t := &Trees{}
	for f, k := range uses {
		if k >= leastUses {
			t.features = append(t.features, f)
		}
	}
	slices.Sort(t.features)
	t.count()
	if n > 0 {
		share := min(max(float64(sum), 0.5), float64(n)-0.5) / float64(n)
		t.start = float32(math.Log(share / (1 - share)))
	}
	g := &grower{Trees: t, right: right, has: make([][]int32, n), odds: slices.Repeat([]float64{float64(t.start)}, n),
		slope: make([]float64, n), weight: make([]float64, n), slopes: make([]float64, len(t.features)), weights: make([]float64, len(t.features))}
	for i := range n {
		features, _ := example(i)
		for _, f := range features {
			if k, ok := t.number[f]; ok {
				g.has[i] = append(g.has[i], k)
			}
		}
		slices.Sort(g.has[i])
		g.has[i] = slices.Compact(g.has[i])
	}
	for round := range growths {
		if tree := g.grow(round); len(tree) > 1 {
			t.trees = append(t.trees, tree)
		}
	}
	return t
}

func (t *Trees) count() {
	t.number = make(map[uint64]int32, len(t.features))
	for i, f := range t.features {
		t.number[f] = int32(i)
	}
}

// grower is what growing needs besides the trees: of examples their features, their
// log-odds so far, and slope and weight of the loss there; of features the sums of both.
type grower struct {
	*Trees
	right           []bool
	has             [][]int32
	odds            []float64
	slope, weight   []float64
	slopes, weights []float64
}

// grow returns the next tree, of a root alone where no question helps, and moves the
// log-odds of the examples by it.
func (g *grower) grow(round int) []branch {
	all := make([]int, len(g.odds))
	for i, x := range g.odds {
		p := 1 / (1 + math.Exp(-x))
		g.slope[i], g.weight[i] = -p, p*(1-p)
		if g.right[i] {
			g.slope[i]++
		}
		all[i] = i
	}
	tree := []branch{{feature: leaf}}
	members := [][]int{all} // of each node
	for node, end, depth := 0, 1, 0; node < end && depth < deepest; depth++ {
		for ; node < end; node++ {
			f := g.question(members[node], round)
			if f < 0 {
				continue
			}
			tree[node] = branch{feature: f, lacking: int32(len(tree))}
			var lacking, having []int
			for _, i := range members[node] {
				if _, ok := slices.BinarySearch(g.has[i], f); ok {
					having = append(having, i)
				} else {
					lacking = append(lacking, i)
				}
			}
			tree = append(tree, branch{feature: leaf}, branch{feature: leaf})
			members = append(members, lacking, having)
		}
		end = len(tree)
	}
	for node := range tree {
		if tree[node].feature != leaf {
			continue
		}
		slope, weight := 0.0, 0.0
		for _, i := range members[node] {
			slope += g.slope[i]
			weight += g.weight[i]
		}
		tree[node].value = float32(growRate * slope / (weight + pull))
		for _, i := range members[node] {
			g.odds[i] += float64(tree[node].value)
		}
	}
	return tree
}

// question returns the feature that parts some examples best; leaf for none.
func (g *grower) question(members []int, round int) int32 {
	if len(members) < leastSplit {
		return leaf
	}
	clear(g.slopes)
	clear(g.weights)
	slope, weight := 0.0, 0.0
	for _, i := range members {
		slope += g.slope[i]
		weight += g.weight[i]
		for _, f := range g.has[i] {
			g.slopes[f] += g.slope[i]
			g.weights[f] += g.weight[i]
		}
	}
	gain := func(slope, weight float64) float64 { return slope * slope / (weight + pull) }
	best, most := int32(leaf), gain(slope, weight)+leastGain
	for f, w := range g.weights {
		if w < leastWeight || weight-w < leastWeight || Mix(g.features[f], uint64(round))%oneFeatureIn != 0 {
			continue
		}
		if both := gain(g.slopes[f], w) + gain(slope-g.slopes[f], weight-w); both > most {
			best, most = int32(f), both
		}
	}
	return best
}

// Chance returns how likely what has these features is right, from 0 to 1.
func (t *Trees) Chance(features []uint64) float64 {
	has := make([]bool, len(t.features))
	for _, f := range features {
		if k, ok := t.number[f]; ok {
			has[k] = true
		}
	}
	odds := float64(t.start)
	for _, tree := range t.trees {
		at := &tree[0]
		for at.feature != leaf {
			next := at.lacking
			if has[at.feature] {
				next++
			}
			at = &tree[next]
		}
		odds += float64(at.value)
	}
	return 1 / (1 + math.Exp(-odds))
}

// Bytes returns the trees in the form of the package comment.
func (t *Trees) Bytes() []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(t.features)))
	for _, f := range t.features {
		b = binary.LittleEndian.AppendUint64(b, f)
	}
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(t.start))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(t.trees)))
	for _, tree := range t.trees {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(tree)))
		for _, n := range tree {
			b = binary.LittleEndian.AppendUint32(b, uint32(n.feature))
			b = binary.LittleEndian.AppendUint32(b, uint32(n.lacking))
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(n.value))
		}
	}
	return b
}

var errTrees = errors.New("no trees, or damaged ones")

// ParseTrees reads trees from the form of the package comment.
func ParseTrees(b []byte) (*Trees, error) {
	const perNode = 12 // bytes
	r := reader{b: b}
	t := &Trees{}
	n := uint64(r.u32())
	if n > uint64(len(b))/8 {
		return nil, errTrees
	}
	for range n {
		t.features = append(t.features, r.u64())
	}
	t.start = math.Float32frombits(r.u32())
	for range r.u32() {
		nodes := uint64(r.u32())
		if r.bad || nodes == 0 || nodes > uint64(len(r.b))/perNode {
			return nil, errTrees
		}
		tree := make([]branch, nodes)
		for i := range tree {
			at := branch{int32(r.u32()), int32(r.u32()), math.Float32frombits(r.u32())}
			// What is asked leads on towards the end, so that every way ends.
			if at.feature != leaf && (at.feature < 0 || uint64(at.feature) >= n || int64(at.lacking) <= int64(i) || int64(at.lacking)+1 >= int64(nodes)) {
				return nil, errTrees
			}
			tree[i] = at
		}
		t.trees = append(t.trees, tree)
	}
	if r.bad || len(r.b) > 0 {
		return nil, errTrees
	}
	t.count()
	return t, nil
}
