package score

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"dragoman/story"
)

// CopyScore says how well edited copies of articles are found among many articles, as a
// database finds them: by the keys of an index (story.Sketch.Bands), then story.Same. A
// pair is two texts that stem from one article.
type CopyScore struct {
	Articles, Texts int
	Pairs           Counts
	Kinds           []CopyKind
	// Originals are pairs of articles of the corpus itself that were joined and share half
	// of the smaller one by the exact sets of their shingles, as copies do, but also new
	// telling of old background; what was joined for them counts neither way.
	Originals int
	Growth    []Looked
	Wrong     []CopyPair // pairs that were joined though their articles differ
}

// CopyKind is the pairs of originals with copies that were edited in one way; of two
// copies ("copy and copy"); of two originals, which are all mistakes.
type CopyKind struct {
	Name string
	Counts
}

// Looked is how many candidates a text had in an index of so many.
type Looked struct {
	Texts      int
	Candidates float64
}

// CopyPair is two texts that were joined.
type CopyPair struct {
	A, B    string
	Overlap float64
}

// String gives the score as a table.
func (s CopyScore) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-20s%8s%8s%8s%8s%8s\n", fmt.Sprintf("%d articles", s.Articles), "P", "R", "F1", "gold", "found")
	s.Pairs.writeRow(&b, "copies")
	for _, k := range s.Kinds {
		k.writeRow(&b, "  "+k.Name)
	}
	fmt.Fprintf(&b, "originals found to be copies of each other %d\n", s.Originals)
	for _, g := range s.Growth {
		fmt.Fprintf(&b, "candidates a text %.2f among %d\n", g.Candidates, g.Texts)
	}
	return b.String()
}

// StoryPairScore says which articles of ECB+ (Cybulska and Vossen 2014) are taken for
// copies. A topic has two sub-topics that tell of different events of a kind, often with
// the same parties.
type StoryPairScore struct {
	Apart, Together Share // pairs of different sub-topics, and of one, that are joined
}

// String gives the shares with their counts.
func (s StoryPairScore) String() string {
	return fmt.Sprintf("joined across sub-topics %.2f %% (%d of %d), within them %.2f %% (%d of %d)",
		percent(s.Apart.Right, s.Apart.Of), s.Apart.Right, s.Apart.Of, percent(s.Together.Right, s.Together.Of), s.Together.Right, s.Together.Of)
}

// copiedArticles is how many articles of a corpus are copied, and copiedWords the words
// that one must have.
const copiedArticles, copiedWords = 3000, 40

// Copies measures the finding of copies: on JSON Lines with copies that Edited makes, on
// an archive (.tar.gz) of ECB+ by what is joined that should not be.
func Copies(file string) (fmt.Stringer, error) {
	if strings.HasSuffix(file, ".tar.gz") {
		return storyPairs(file)
	}
	var texts []string
	err := eachText(file, func(_, text string) bool {
		if len(strings.Fields(text)) >= copiedWords {
			texts = append(texts, text)
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	return scoreCopies(evenly(texts, copiedArticles)), nil
}

// evenly takes n of all, as far from each other as can be.
func evenly(all []string, n int) []string {
	if len(all) <= n {
		return all
	}
	some := make([]string, n)
	for i := range some {
		some[i] = all[i*len(all)/n]
	}
	return some
}

// telling is a text of the measure: an original or a copy of it.
type telling struct {
	text    string
	article int    // index of the original
	kind    string // empty for the original
	story.Sketch
}

// tellings makes one to three copies of every article.
func tellings(articles []string) (all []telling) {
	for i, text := range articles {
		rng := rand.New(rand.NewPCG(1, uint64(i)))
		all = append(all, telling{text: text, article: i})
		for range 1 + rng.IntN(3) {
			edits, kind := drawEdits(rng)
			all = append(all, telling{text: Edited(text, edits, rng), article: i, kind: kind})
		}
	}
	for i := range all {
		all[i].Sketch = story.SketchOf(all[i].text)
	}
	// Copies come in any order, so that a part of the texts is like the whole.
	rng := rand.New(rand.NewPCG(1, 0))
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// drawEdits draws one edit in half of the cases, else two or three different ones.
func drawEdits(rng *rand.Rand) (edits []Edit, kind string) {
	for _, e := range rng.Perm(int(editKinds)) {
		edits = append(edits, Edit(e))
	}
	switch rng.IntN(4) {
	case 0:
		return edits[:2], "two edits"
	case 1:
		return edits[:3], "three edits"
	}
	return edits[:1], edits[0].String()
}

// pair is two tellings, the earlier first.
type pair struct{ a, b int }

// scoreCopies copies the articles and finds the copies again.
func scoreCopies(articles []string) CopyScore {
	all := tellings(articles)
	s := CopyScore{Articles: len(articles), Texts: len(all)}
	found := map[pair]float64{}
	index := map[uint64][]int{}
	looked := 0
	for i, t := range all {
		for _, k := range candidates(index, t.Sketch) {
			looked++
			if overlap, same := story.Same(all[k].Sketch, t.Sketch); same {
				found[pair{k, i}] = overlap
			}
		}
		for _, key := range t.Bands() {
			index[key] = append(index[key], i)
		}
		if n := i + 1; n == len(all)/4 || n == len(all)/2 || n == len(all) {
			s.Growth = append(s.Growth, Looked{n, 2 * float64(looked) / float64(n)})
		}
	}
	s.count(all, found, articles)
	return s
}

// candidates returns the texts of the index that share a key with s, each once.
func candidates(index map[uint64][]int, s story.Sketch) []int {
	var all []int
	for _, key := range s.Bands() {
		all = append(all, index[key]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// count compares the pairs that were found with those that there are.
func (s *CopyScore) count(all []telling, found map[pair]float64, articles []string) {
	kinds := map[string]*Counts{}
	of := func(p pair) *Counts {
		name := pairKind(all[p.a], all[p.b])
		if kinds[name] == nil {
			kinds[name] = &Counts{}
		}
		return kinds[name]
	}
	family := map[int][]int{}
	for i, t := range all {
		for _, k := range family[t.article] {
			c := of(pair{k, i})
			c.Gold++
			if _, ok := found[pair{k, i}]; ok {
				c.Found, c.Right, c.GoldRight = c.Found+1, c.Right+1, c.GoldRight+1
			}
		}
		family[t.article] = append(family[t.article], i)
	}
	for _, p := range s.mistakes(all, found, articles) {
		of(p).Found++
		s.Wrong = append(s.Wrong, CopyPair{all[p.a].text, all[p.b].text, found[p]})
	}
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		c := *kinds[name]
		s.Kinds = append(s.Kinds, CopyKind{name, c})
		s.Pairs = Counts{s.Pairs.Gold + c.Gold, s.Pairs.Found + c.Found, s.Pairs.Right + c.Right, s.Pairs.GoldRight + c.GoldRight}
	}
}

// mistakes returns the pairs of different articles that were found, but for those whose
// articles share half of the smaller one; of these it counts the originals.
func (s *CopyScore) mistakes(all []telling, found map[pair]float64, articles []string) (wrong []pair) {
	shared := map[pair]bool{}
	for p := range found {
		a, b := all[p.a], all[p.b]
		if a.article == b.article {
			continue
		}
		of := pair{min(a.article, b.article), max(a.article, b.article)}
		if _, ok := shared[of]; !ok {
			shared[of] = contained(articles[of.a], articles[of.b]) >= 0.5
		}
		switch {
		case !shared[of]:
			wrong = append(wrong, p)
		case a.kind == "" && b.kind == "":
			s.Originals++
		}
	}
	slices.SortFunc(wrong, func(p, q pair) int { return cmp.Or(p.a-q.a, p.b-q.b) })
	return wrong
}

// pairKind names the kind that a pair is counted under.
func pairKind(a, b telling) string {
	switch {
	case a.kind == "" && b.kind == "":
		return "originals"
	case a.kind != "" && b.kind != "":
		return "copy and copy"
	}
	return a.kind + b.kind
}

// exactWords is the length of the shingles by which the truth is told.
const exactWords = 3

// contained is the share of the smaller text's shingles that the other has too, exactly.
func contained(a, b string) float64 {
	x, y := exactShingles(a), exactShingles(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	both := 0
	for s := range x {
		if y[s] {
			both++
		}
	}
	return float64(both) / float64(max(1, len(x)))
}

// exactShingles returns the runs of words of text.
func exactShingles(text string) map[string]bool {
	words := strings.Fields(strings.ToLower(text))
	set := map[string]bool{}
	for i := exactWords; i <= len(words); i++ {
		set[strings.Join(words[i-exactWords:i], " ")] = true
	}
	return set
}

// storyPairs compares all articles of every topic.
func storyPairs(file string) (StoryPairScore, error) {
	var s StoryPairScore
	topics, err := readECB(file)
	for _, articles := range topics {
		for i, a := range articles {
			for _, b := range articles[:i] {
				_, same := story.Same(a.Sketch, b.Sketch)
				if a.plus == b.plus {
					s.Together.count(same)
				} else {
					s.Apart.count(same)
				}
			}
		}
	}
	return s, err
}

// ecbArticle is an article of ECB+.
type ecbArticle struct {
	name string
	plus bool // of the sub-topic that ECB+ added to ECB
	story.Sketch
}

// readECB reads the articles of an archive by topic.
func readECB(file string) (map[string][]ecbArticle, error) {
	topics := map[string][]ecbArticle{}
	return topics, eachIn(file, func(name string, r io.Reader) error {
		topic, _, ok := strings.Cut(name, "_")
		if !ok {
			return nil
		}
		text, err := catText(r)
		topics[topic] = append(topics[topic], ecbArticle{name, strings.HasSuffix(name, "plus.xml"), story.SketchOf(text)})
		return err
	}, ".xml")
}

// catText joins the words of a document in CAT's format.
func catText(r io.Reader) (string, error) {
	var x struct {
		Tokens []catToken `xml:"token"`
	}
	if err := xml.NewDecoder(r).Decode(&x); err != nil {
		return "", err
	}
	words := make([]string, len(x.Tokens))
	for i, t := range x.Tokens {
		words[i] = t.Form
	}
	return strings.Join(words, " "), nil
}
