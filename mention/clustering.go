package mention

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"unicode"

	"dragoman/learn"
)

// How words are put into groups.
const (
	clusterWords   = 45_000 // the most frequent words get a group
	clusterBeside  = 1000   // company is counted with the most frequent of them
	clusterDims    = 160    // random projection
	clusterFine    = 512
	clusterLarge   = 64
	clusterRounds  = 10
	clusterMinimum = 8 // times that a word must be seen
)

// company counts the words of raw text and what stands beside them.
type company struct {
	counts map[string]int
	texts  []string
}

// addText adds a text: JSON Lines with a field text, or plain text.
func (c *company) addText(b []byte) error {
	if bytes.HasPrefix(b, []byte("{")) {
		lines := bufio.NewScanner(bytes.NewReader(b))
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			var a struct{ Text string }
			if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
				return err
			}
			c.texts = append(c.texts, a.Text)
		}
		return lines.Err()
	}
	c.texts = append(c.texts, string(b))
	return nil
}

// eachWord calls f with the lower-case words and marks of a text.
func eachWord(text string, f func(string)) {
	for _, field := range strings.Fields(text) {
		field = strings.ToLower(field)
		start := 0
		for i, r := range field {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’' || r == '.' && i+1 < len(field) {
				continue
			}
			if start < i {
				f(field[start:i])
			}
			f(string(r))
			start = i + len(string(r))
		}
		if start < len(field) {
			f(field[start:])
		}
	}
}

// cluster groups the words by their company: the words to their left and right,
// weighed by how much more often they stand there than by chance, projected at
// random (by a fixed rule) and grouped by k-means.
func (c *company) cluster(report func(string)) []byte {
	c.counts = map[string]int{}
	for _, t := range c.texts {
		eachWord(t, func(w string) { c.counts[w]++ })
	}
	vocabulary := make([]string, 0, len(c.counts))
	for w, n := range c.counts {
		if n >= clusterMinimum {
			vocabulary = append(vocabulary, w)
		}
	}
	slices.SortFunc(vocabulary, func(a, b string) int {
		return cmp.Or(cmp.Compare(c.counts[b], c.counts[a]), strings.Compare(a, b))
	})
	vocabulary = vocabulary[:min(len(vocabulary), clusterWords)]
	if len(vocabulary) < 4*clusterFine {
		return nil
	}
	vectors := c.vectors(vocabulary)
	report("word clusters: vectors made")
	groups, centres := kMeans(vectors, clusterFine, clusterRounds)
	large, _ := kMeans(centres, clusterLarge, 2*clusterRounds)
	words := make([]uint64, len(vocabulary))
	for i, w := range vocabulary {
		words[i] = learn.Hash(w)
	}
	coarse := make([]uint8, len(large))
	for i, g := range large {
		coarse[i] = uint8(g)
	}
	return packClusters(words, groups, coarse)
}

// vectors gives each word its company, projected and of length 1.
func (c *company) vectors(vocabulary []string) [][]float32 {
	at := make(map[string]int32, len(vocabulary))
	for i, w := range vocabulary {
		at[w] = int32(i)
	}
	width := 2 * clusterBeside
	beside := make([]uint32, len(vocabulary)*width)
	columns := make([]float64, width)
	rows := make([]float64, len(vocabulary))
	all := 0.0
	see := func(w int32, column int) {
		beside[int(w)*width+column]++
		columns[column]++
		rows[w]++
		all++
	}
	for _, t := range c.texts {
		last := int32(-1)
		eachWord(t, func(w string) {
			i, ok := at[w]
			if !ok {
				last = -1
				return
			}
			if last >= 0 {
				if last < clusterBeside {
					see(i, int(last))
				}
				if i < clusterBeside {
					see(last, clusterBeside+int(i))
				}
			}
			last = i
		})
	}
	vectors := make([][]float32, len(vocabulary))
	for i := range vectors {
		v := make([]float32, clusterDims)
		for column, n := range beside[i*width : (i+1)*width] {
			if n == 0 {
				continue
			}
			x := float32(math.Log(float64(n) * all / (rows[i] * columns[column])))
			if x <= 0 {
				continue
			}
			x *= float32(math.Min(1, float64(n)/5)) // little seen, little weight
			signs := learn.Mix(77, uint64(column))
			for d := range v {
				if d&63 == 0 {
					signs = learn.Mix(signs, uint64(d))
				}
				if signs>>(uint(d)&63)&1 == 0 {
					v[d] += x
				} else {
					v[d] -= x
				}
			}
		}
		unit(v)
		vectors[i] = v
	}
	return vectors
}

func unit(v []float32) {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 {
		return
	}
	f := float32(1 / math.Sqrt(sum))
	for d := range v {
		v[d] *= f
	}
}

// kMeans puts vectors of length 1 into k groups by their cosine.
func kMeans(vectors [][]float32, k, rounds int) ([]uint16, [][]float32) {
	centres := make([][]float32, k)
	for g := range centres {
		centres[g] = slices.Clone(vectors[g*(len(vectors)/2)/k])
	}
	groups := make([]uint16, len(vectors))
	for range rounds {
		for i, v := range vectors {
			best, at := float32(-2), 0
			for g, c := range centres {
				if s := dot(v, c); s > best {
					best, at = s, g
				}
			}
			groups[i] = uint16(at)
		}
		for g := range centres {
			clear(centres[g])
		}
		for i, v := range vectors {
			c := centres[groups[i]]
			for d, x := range v {
				c[d] += x
			}
		}
		for _, c := range centres {
			unit(c)
		}
	}
	return groups, centres
}

func dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	for i := 0; i+3 < len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	return s0 + s1 + s2 + s3
}
