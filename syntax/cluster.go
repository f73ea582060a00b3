package syntax

import (
	"cmp"
	"math"
	"slices"

	"dragoman/learn"
)

// Words are clustered by the company they keep, in raw text: a fine clustering
// and a wide one.
const (
	fineClusters  = 512
	wideClusters  = 64
	clusterRounds = 12
	mostClustered = 50000 // words
	leastSeen     = 8     // times
)

// cluster groups the words of the raw texts and of the treebank.
func (tr *training) cluster() learn.Section {
	if tr.o.Raw == nil {
		return learn.Section{Name: "clusters"}
	}
	c := newCorpus(tr.p)
	for text := range tr.o.Raw {
		c.read(text)
	}
	for _, d := range tr.docs {
		c.read(d.Text)
	}
	c.count()
	tr.log("%d running words, %d to cluster, %d pairs", len(c.running), len(c.keys)-1, len(c.after))
	fine := c.exchange(fineClusters, tr.log)
	wide := c.exchange(wideClusters, tr.log)
	values := map[uint64]uint16{}
	for i, key := range c.keys[1:] {
		values[key] = fine[i+1] | wide[i+1]<<9
	}
	section := learn.Section{Name: "clusters", Body: lookupBytes(values)}
	tr.p.clusters, _ = parseLookup(section.Body)
	return section
}

// corpus is running text as word numbers; 0 is a rare word or the edge of a
// line.
type corpus struct {
	p       *Parser
	d       desk
	ids     map[uint64]uint32
	keys    []uint64
	counts  []int
	running []uint32
	after   []link // sorted by a, b
	before  []link // sorted by b, a
	first   []int  // of a word in after
	firstB  []int  // of a word in before
}

type link struct {
	a, b uint32
	n    int32
}

func newCorpus(p *Parser) *corpus {
	return &corpus{p: p, ids: map[uint64]uint32{}, keys: []uint64{0}, counts: []int{0}, running: []uint32{0}}
}

func (c *corpus) read(text string) {
	c.d.cutter.p, c.d.cutter.text, c.d.cutter.decide = c.p, text, byModel
	c.d.cutter.tokens = c.d.cutter.tokens[:0]
	c.d.cutter.cut()
	var w word
	end := 0
	for _, t := range c.d.cutter.tokens {
		for i := end; i < t.Start; i++ {
			if text[i] == '\n' {
				c.running = append(c.running, 0)
				break
			}
		}
		end = t.End
		w.look(t.In(text))
		id, ok := c.ids[w.norm]
		if !ok {
			id = uint32(len(c.keys))
			c.ids[w.norm] = id
			c.keys = append(c.keys, w.norm)
			c.counts = append(c.counts, 0)
		}
		c.counts[id]++
		c.running = append(c.running, id)
	}
	c.running = append(c.running, 0)
}

// count renumbers the words by how often they are seen and counts pairs.
func (c *corpus) count() {
	order := make([]uint32, 0, len(c.keys))
	for i := 1; i < len(c.keys); i++ {
		if c.counts[i] >= leastSeen {
			order = append(order, uint32(i))
		}
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(c.counts[b]-c.counts[a], cmp.Compare(c.keys[a], c.keys[b]))
	})
	order = order[:min(len(order), mostClustered)]
	number := make([]uint32, len(c.keys))
	keys := []uint64{0}
	for i, old := range order {
		number[old] = uint32(i + 1)
		keys = append(keys, c.keys[old])
	}
	c.keys, c.ids = keys, nil
	pairs := make([]uint64, 0, len(c.running))
	c.counts = make([]int, len(keys))
	for i, old := range c.running {
		id := number[old]
		c.running[i] = id
		c.counts[id]++
		if i > 0 {
			pairs = append(pairs, uint64(c.running[i-1])<<32|uint64(id))
		}
	}
	slices.Sort(pairs)
	for i := 0; i < len(pairs); {
		j := i
		for j < len(pairs) && pairs[j] == pairs[i] {
			j++
		}
		c.after = append(c.after, link{uint32(pairs[i] >> 32), uint32(pairs[i]), int32(j - i)})
		i = j
	}
	c.before = slices.Clone(c.after)
	slices.SortFunc(c.before, func(x, y link) int { return cmp.Or(cmp.Compare(x.b, y.b), cmp.Compare(x.a, y.a)) })
	c.first, c.firstB = make([]int, len(keys)+1), make([]int, len(keys)+1)
	for _, l := range c.after {
		c.first[l.a+1]++
		c.firstB[l.b+1]++
	}
	for i := range keys {
		c.first[i+1] += c.first[i]
		c.firstB[i+1] += c.firstB[i]
	}
}

// exchange moves words between n classes as long as that makes the text more
// likely under the model of pairs of classes (Martin, Liermann, Ney 1998).
// Rare words and edges are a class of their own, the last.
func (c *corpus) exchange(n int, log func(string, ...any)) []uint16 {
	class := make([]uint16, len(c.keys))
	total := make([]int32, n+1)
	pair := make([]int32, (n+1)*(n+1))
	class[0] = uint16(n)
	for w := range c.keys[1:] {
		class[w+1] = uint16(w % n)
	}
	for w := range c.keys {
		total[class[w]] += int32(c.counts[w])
	}
	for _, l := range c.after {
		pair[int(class[l.a])*(n+1)+int(class[l.b])] += l.n
	}
	left, right := make([]int32, n+1), make([]int32, n+1)
	var lefts, rights []int
	for round := range clusterRounds {
		moved := 0
		for w := 1; w < len(c.keys); w++ {
			self := int32(0)
			for _, g := range lefts {
				left[g] = 0
			}
			for _, g := range rights {
				right[g] = 0
			}
			lefts, rights = lefts[:0], rights[:0]
			for _, l := range c.before[c.firstB[w]:c.firstB[w+1]] {
				if int(l.a) == w {
					self = l.n
					continue
				}
				g := int(class[l.a])
				if left[g] == 0 {
					lefts = append(lefts, g)
				}
				left[g] += l.n
			}
			for _, l := range c.after[c.first[w]:c.first[w+1]] {
				if int(l.b) == w {
					continue
				}
				g := int(class[l.b])
				if right[g] == 0 {
					rights = append(rights, g)
				}
				right[g] += l.n
			}
			old, count := int(class[w]), int32(c.counts[w])
			put := func(k int, sign int32) {
				for _, g := range lefts {
					pair[g*(n+1)+k] += sign * left[g]
				}
				for _, g := range rights {
					pair[k*(n+1)+g] += sign * right[g]
				}
				pair[k*(n+1)+k] += sign * self
				total[k] += sign * count
			}
			put(old, -1)
			best, bestGain := old, math.Inf(-1)
			for k := range n {
				both := left[k] + right[k] + self
				gain := weigh(pair[k*(n+1)+k]+both) - weigh(pair[k*(n+1)+k]) - 2*(weigh(total[k]+count)-weigh(total[k]))
				row := pair[k*(n+1) : (k+1)*(n+1)]
				for _, g := range rights {
					if g != k {
						gain += weigh(row[g]+right[g]) - weigh(row[g])
					}
				}
				for _, g := range lefts {
					if g != k {
						x := pair[g*(n+1)+k]
						gain += weigh(x+left[g]) - weigh(x)
					}
				}
				if gain > bestGain+1e-7 || k == old && gain > bestGain-1e-7 {
					best, bestGain = k, gain
				}
			}
			put(best, 1)
			if best != old {
				moved++
				class[w] = uint16(best)
			}
		}
		log("clusters of %d, round %d: %d words moved", n, round+1, moved)
		if moved*200 < len(c.keys) {
			break
		}
	}
	return class
}

// weigh is x log x.
func weigh(x int32) float64 {
	if x < int32(len(weights)) {
		return weights[x]
	}
	return float64(x) * math.Log(float64(x))
}

// weights are the small values of weigh.
var weights = func() (w [1 << 14]float64) {
	for i := 1; i < len(w); i++ {
		w[i] = float64(i) * math.Log(float64(i))
	}
	return w
}()
