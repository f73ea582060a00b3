package syntax

import (
	"cmp"
	"encoding/binary"
	"errors"
	"io/fs"
	"iter"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"sync"

	"dragoman"
	"dragoman/learn"
)

// Options say how thoroughly to train. The zero value of a field is its
// default.
type Options struct {
	Rounds   int // over the treebank, for the parser; 12
	Folds    int // of the treebank, to tag what a tagger has not seen; 5
	Only     string
	Clusters []byte
	Raw      iter.Seq[string] // texts without trees, from which words are clustered; may be nil
}

// Train learns from documents with gold layers (see ReadCoNLLU) and the tables
// of fsys, and returns the weights. The same input gives the same bytes. It
// tells how far it has come by calling progress.
func Train(fsys fs.FS, docs []*dragoman.Document, o Options, progress func(format string, args ...any)) ([]byte, error) {
	if len(docs) == 0 {
		return nil, errors.New("nothing to train on: no document has a sentence")
	}
	o.Rounds, o.Folds = cmp.Or(o.Rounds, 12), cmp.Or(o.Folds, 5)
	t, err := loadTables(fsys)
	if err != nil {
		return nil, err
	}
	if o.Clusters != nil {
		tr0, _ := parseLookup(o.Clusters)
		givenClusters = &tr0
	}
	if progress == nil {
		progress = func(string, ...any) {}
	}
	tr := &training{p: &Parser{tables: t, clusters: newLookup(0)}, docs: docs, o: o, log: progress}
	steps := []func() learn.Section{tr.cut, tr.cluster, tr.bound, tr.prepare, tr.tag, tr.lemmas, tr.parse, tr.moves, tr.forms, tr.lookups, tr.names}
	if givenClusters != nil {
		tr.p.clusters = *givenClusters
	}
	switch o.Only {
	case "seg":
		steps = steps[:3]
	case "cluster":
		steps = []func() learn.Section{tr.cut, tr.cluster}
	case "tagcache":
		steps = []func() learn.Section{tr.prepare, tr.tag, tr.saveTags}
	case "parse":
		steps = []func() learn.Section{tr.prepare, tr.loadTags, tr.parse, tr.moves}
	case "tag":
		tr.o.Folds = 0
		steps = []func() learn.Section{tr.prepare, tr.tag}
	}
	var sections []learn.Section
	for _, step := range steps {
		if s := step(); s.Name != "" {
			sections = append(sections, s)
			progress("%s: %d bytes", s.Name, len(s.Body))
		}
	}
	return learn.Pack(sections...), nil
}

type training struct {
	p    *Parser
	docs []*dragoman.Document
	o    Options
	log  func(string, ...any)

	sentences []example
	classes   map[string]int
	labels    map[string]int
	feats     map[string]int
	edits     []string
	rivalMove int
	moveModel *learn.Model
	featTable map[uint64]uint16
}

// example is a sentence with its gold.
type example struct {
	words []word
	forms []string
	gold  []uint16 // classes
	tags  []uint16 // classes as a tagger sees them that has not read the sentence
	heads []int32  // nodes
	label []uint16
	rel   []string
	feats []string
	lemma []string
	fold  int
	made  bool // not of the treebank: see augment
}

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 20260101)) }

// cut trains where tokens end: the cutter runs over the gold text and is told
// every decision.
func (tr *training) cut() learn.Section {
	t := learn.NewTrainer([]string{"on", "cut"})
	scores := make([]float32, 2)
	order := random(1)
	for round := range 6 {
		wrong, n := 0, 0
		for _, i := range order.Perm(len(tr.docs)) {
			d := tr.docs[i]
			ends := map[int]bool{}
			for _, tok := range d.Tokens {
				ends[tok.End] = true
			}
			c := cutter{p: tr.p, text: d.Text, decide: func(c *cutter, i, left int, next rune) bool {
				gold := ends[c.at[i]]
				c.features(i, left, next)
				t.Tick()
				n++
				if settle(t, c.feats, gold, scores) {
					wrong++
				}
				return gold
			}}
			c.cut()
		}
		tr.log("cuts, round %d: %d of %d wrong", round+1, wrong, n)
	}
	tr.p.cuts = t.Freeze(learn.Prune{MinUpdates: 4})
	return learn.Section{Name: "cuts", Body: tr.p.cuts.Bytes()}
}

// bound trains where sentences end, over the gold tokens.
func (tr *training) bound() learn.Section {
	t := learn.NewTrainer([]string{"on", "end"})
	scores := make([]float32, 2)
	order := random(1)
	words := make([][]word, len(tr.docs))
	for i, d := range tr.docs {
		words[i] = make([]word, len(d.Tokens))
		for j, tok := range d.Tokens {
			tr.p.see(&words[i][j], tok.In(d.Text))
		}
	}
	for round := range 8 {
		wrong, n := 0, 0
		for _, i := range order.Perm(len(tr.docs)) {
			d := tr.docs[i]
			ends := map[int]bool{}
			for _, s := range d.Sentences {
				ends[s.End-1] = true
			}
			s := splitter{p: tr.p, text: d.Text, tokens: d.Tokens, words: words[i], decide: func(s *splitter, i int) bool {
				gold := ends[i]
				s.features(i)
				t.Tick()
				n++
				if settle(t, s.feats, gold, scores) {
					wrong++
				}
				return gold
			}}
			s.split()
		}
		tr.log("bounds, round %d: %d of %d wrong", round+1, wrong, n)
	}
	tr.p.bounds = t.Freeze(learn.Prune{MinUpdates: 4})
	return learn.Section{Name: "bounds", Body: tr.p.bounds.Bytes()}
}

// prepare gathers the sentences and numbers what they hold.
func (tr *training) prepare() learn.Section {
	classes, labels, feats := map[string]int{}, map[string]int{}, map[string]int{}
	for i, d := range tr.docs {
		for _, s := range d.Sentences {
			e := example{fold: i % max(1, tr.o.Folds)}
			for t := s.First; t < s.End; t++ {
				var w word
				tr.p.see(&w, d.Form(t))
				e.words = append(e.words, w)
				e.forms = append(e.forms, d.Form(t))
				head := int32(0)
				if h := d.Arcs[t].Head; h >= 0 {
					head = int32(h-s.First) + 1
				}
				e.heads = append(e.heads, head)
				tag := d.Tags[t]
				e.rel = append(e.rel, d.Arcs[t].Rel)
				e.feats = append(e.feats, shipped(tag.Feats))
				e.lemma = append(e.lemma, tag.Lemma)
				classes[tag.POS.String()+" "+tag.XPOS]++
				labels[d.Arcs[t].Rel]++
				feats[shipped(tag.Feats)]++
			}
			tr.sentences = append(tr.sentences, e)
		}
	}
	var names []string
	names, tr.classes = number(classes, 3, 250)
	tr.p.setClasses(names)
	fallback := nearest(names)
	names, tr.labels = number(labels, 3, 63)
	tr.p.labels = &learn.Model{Classes: names}
	tr.p.setLabels(names)
	tr.p.featNames, tr.feats = number(feats, 1, 4000)
	at := 0
	for _, d := range tr.docs {
		for _, s := range d.Sentences {
			e := &tr.sentences[at]
			at++
			for t := s.First; t < s.End; t++ {
				tag := d.Tags[t]
				c, ok := tr.classes[tag.POS.String()+" "+tag.XPOS]
				if !ok {
					c = fallback[tag.POS]
				}
				e.gold = append(e.gold, uint16(c))
				l, ok := tr.labels[d.Arcs[t].Rel]
				if !ok {
					l = tr.labels["dep"]
				}
				e.label = append(e.label, uint16(l))
			}
		}
	}
	tr.augment()
	tr.log("%d sentences, %d classes, %d relations", len(tr.sentences), len(tr.p.classes), len(tr.labels))
	return learn.Section{}
}

// number sorts the names that are frequent enough, at most so many.
func number(counts map[string]int, least, most int) ([]string, map[string]int) {
	var names []string
	for n, c := range counts {
		if c >= least {
			names = append(names, n)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	names = names[:min(len(names), most)]
	slices.Sort(names)
	ids := map[string]int{}
	for i, n := range names {
		ids[n] = i
	}
	return names, ids
}

// nearest gives for every part of speech a class that has it.
func nearest(names []string) map[dragoman.POS]int {
	m := map[dragoman.POS]int{}
	for i, n := range names {
		c := parseClass(n)
		if _, ok := m[c.pos]; !ok {
			m[c.pos] = i
		}
	}
	return m
}

// trainTagger trains on the sentences that use says.
func (tr *training) trainTagger(rounds int, log func(string, ...any), use func(*example) bool) *learn.Trainer {
	names := make([]string, len(tr.p.classes))
	for c, i := range tr.classes {
		names[i] = c
	}
	t := learn.NewTrainer(names)
	scores := make([]float32, len(names))
	order := random(3)
	var feats []uint64
	for round := range env("TROUNDS", rounds) {
		wrong, n := 0, 0
		for _, at := range order.Perm(len(tr.sentences)) {
			e := &tr.sentences[at]
			if !use(e) {
				continue
			}
			before, before2 := uint64(1000), uint64(1000)
			shouting := allCaps(e.words)
			for i := range e.words {
				feats = thin(tagFeatures(feats[:0], e.words, i, before, before2, shouting), order, uint64(env("TDROP", 25)))
				t.Tick()
				n++
				t.Score(feats, scores)
				guess, second := rival(scores, int(e.gold[i]))
				if guess != int(e.gold[i]) {
					wrong++
				}
				if second >= 0 {
					t.Update(feats, int(e.gold[i]), second)
				}
				before, before2 = uint64(guess), before
			}
		}
		if log == nil {
			continue
		}
		log("tags, round %d: %d of %d wrong", round+1, wrong, n)
	}
	return t
}

// tag trains the tagger, and for every fold one that has not seen it, so that
// the parser learns with tags as bad as it will find them.
func (tr *training) tag() learn.Section {
	// Folds do not touch each other's sentences: they can be had at once.
	var wait sync.WaitGroup
	turns := make(chan struct{}, 2)
	for fold := range tr.o.Folds {
		turns <- struct{}{}
		wait.Go(func() {
			tr.tagFold(fold)
			<-turns
		})
	}
	wait.Wait()
	tr.log("tagged in %d folds", tr.o.Folds)
	tr.p.tags = tr.trainTagger(10, tr.log, func(*example) bool { return true }).Freeze(tagPrune)
	return learn.Section{Name: "tags", Body: tr.p.tags.Bytes()}
}

// tagFold tags a fold by a tagger trained on the others.
func (tr *training) tagFold(fold int) {
	m := tr.trainTagger(6, nil, func(e *example) bool { return e.fold != fold }).Freeze(tagPrune)
	g := tagger{p: &Parser{tags: m}}
	for i := range tr.sentences {
		if e := &tr.sentences[i]; e.fold == fold {
			e.tags = make([]uint16, len(e.words))
			g.tag(e.words, e.tags)
		}
	}
}

// tagPrune keeps the tagger's weights small: its rows are wide.
var tagPrune = learn.Prune{MinUpdates: env("TMINU", 8), MaxRows: 80000}

// lemmas learns the edits: for endings, and for words that these get wrong.
func (tr *training) lemmas() learn.Section {
	votes := map[uint64]map[string]int{}
	vote := func(key uint64, e string) {
		if votes[key] == nil {
			votes[key] = map[string]int{}
		}
		votes[key][e]++
	}
	each := func(f func(w *word, c class, first bool, e string)) {
		for i := range tr.sentences {
			s := &tr.sentences[i]
			for j := range s.words {
				if !s.made && s.lemma[j] != "" && s.rel[j] != "goeswith" {
					f(&s.words[j], tr.p.classes[s.gold[j]], j == 0, editOf(s.forms[j], s.lemma[j]).String())
				}
			}
		}
	}
	each(func(w *word, c class, first bool, e string) {
		suffixKeys(w, c, first, func(key uint64) bool { vote(key, e); return false })
		vote(join3(601, w.form, c.id, 0), e)
		vote(join3(602, w.norm, c.id, 0), e)
	})
	best := map[uint64]string{}
	certain := map[uint64]int{}
	for key, v := range votes {
		for e, n := range v {
			if n > certain[key] || n == certain[key] && e < best[key] {
				best[key], certain[key] = e, n
			}
		}
	}
	// Words are kept only where endings would get them wrong.
	wanted := map[uint64]bool{}
	each(func(w *word, c class, first bool, e string) {
		guess := ""
		suffixKeys(w, c, first, func(key uint64) bool {
			if certain[key] >= 2 {
				guess = best[key]
				return true
			}
			return false
		})
		scriptKeys(w, c, first, func(key uint64) bool {
			if guess != best[key] {
				wanted[key] = true
			}
			return true
		})
	})
	suffix := map[uint64]bool{}
	each(func(w *word, c class, first bool, e string) {
		suffixKeys(w, c, first, func(key uint64) bool { suffix[key] = certain[key] >= 2; return false })
		k := join3(602, w.norm, c.id, 0)
		if best[k] != best[join3(601, w.form, c.id, 0)] || certain[k] < 2 {
			return
		}
	})
	ids := map[string]int{}
	values := map[uint64]uint16{}
	keys := sortedKeys(best)
	for _, key := range keys {
		if !wanted[key] && !suffix[key] {
			continue
		}
		e := best[key]
		id, ok := ids[e]
		if !ok {
			if len(tr.edits) >= 60000 {
				continue
			}
			id = len(tr.edits)
			ids[e] = id
			tr.edits = append(tr.edits, e)
		}
		values[key] = uint16(id)
	}
	return learn.Section{Name: "scripts", Body: lookupBytes(values)}
}

func sortedKeys[T any](m map[uint64]T) []uint64 {
	keys := make([]uint64, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func lookupBytes(m map[uint64]uint16) []byte {
	var b []byte
	for _, k := range sortedKeys(m) {
		b = binary.LittleEndian.AppendUint64(b, k)
		b = binary.LittleEndian.AppendUint16(b, m[k])
	}
	return b
}

func (tr *training) names() learn.Section {
	var b []byte
	for i, f := range tr.p.featNames {
		if i > 0 {
			b = append(b, '\n')
		}
		b = append(b, f...)
	}
	b = append(b, "\n\n"...)
	for i, e := range tr.edits {
		if i > 0 {
			b = append(b, '\n')
		}
		b = append(b, e...)
	}
	return learn.Section{Name: "names", Body: b}
}

// lookups learns the features of words whose class the tree does not change.
func (tr *training) lookups() learn.Section {
	votes := map[uint64]map[uint16]int{}
	vote := func(key uint64, f uint16) {
		if votes[key] == nil {
			votes[key] = map[uint16]int{}
		}
		votes[key][f]++
	}
	for i := range tr.sentences {
		e := &tr.sentences[i]
		for j := range e.words {
			c := tr.p.classes[e.gold[j]]
			if byTree(c) || e.made {
				continue
			}
			f := uint16(tr.feats[e.feats[j]])
			vote(join2(701, e.words[j].norm, c.id), f)
			vote(join2(703, uint64(e.words[j].first), c.id), f)
			vote(join2(702, c.id, 0), f)
		}
	}
	best := map[uint64]uint16{}
	for key, v := range votes {
		n := 0
		for f, k := range v {
			if k > n || k == n && f < best[key] {
				best[key], n = f, k
			}
		}
	}
	// A word that its kind and class would get right needs no entry.
	for i := range tr.sentences {
		e := &tr.sentences[i]
		for j := range e.words {
			c := tr.p.classes[e.gold[j]]
			key := join2(701, e.words[j].norm, c.id)
			if f, ok := best[key]; ok && f == best[join2(703, uint64(e.words[j].first), c.id)] {
				delete(best, key)
			}
		}
	}
	return learn.Section{Name: "feats", Body: lookupBytes(best)}
}

// forms trains the features that the tree decides, on gold trees.
func (tr *training) forms() learn.Section {
	counts := map[string]int{}
	for i := range tr.sentences {
		e := &tr.sentences[i]
		for j := range e.words {
			if byTree(tr.p.classes[e.gold[j]]) {
				counts[e.feats[j]]++
			}
		}
	}
	names, ids := number(counts, 3, 250)
	t := learn.NewTrainer(names)
	scores := make([]float32, len(names))
	var tree tree
	var feats []uint64
	for round := range 4 {
		wrong, n := 0, 0
		for _, at := range random(9).Perm(len(tr.sentences)) {
			e := &tr.sentences[at]
			tree.reset(tr.p, e.words, e.gold)
			for d := range e.words {
				if h := e.heads[d]; h > int32(d) {
					tree.attach(h, int32(d+1), e.label[d])
				} else if h > 0 {
					tree.attach(h, int32(d+1), e.label[d])
				} else {
					tree.label[d+1] = uint16(tr.p.root)
				}
			}
			for i := range e.words {
				gold, ok := ids[e.feats[i]]
				if !ok || !byTree(tr.p.classes[e.gold[i]]) {
					continue
				}
				feats = formFeatures(feats[:0], tr.p, &tree, e.words, i)
				t.Tick()
				n++
				if guess := t.Best(feats, scores); guess != gold {
					wrong++
					t.Update(feats, gold, guess)
				}
			}
		}
		tr.log("forms, round %d: %d of %d wrong", round+1, wrong, n)
	}
	tr.p.forms = t.Freeze(learn.Prune{MinUpdates: 4})
	return learn.Section{Name: "forms", Body: tr.p.forms.Bytes()}
}

// rival returns the best class, and the best but the gold one where it comes
// nearer than tagMargin to it, else -1.
func rival(scores []float32, gold int) (best, second int) {
	best, second = gold, -1
	limit := scores[gold] - tagMargin - 1e-3
	for c, s := range scores {
		if s > scores[best] {
			best = c
		}
		if c != gold && s > limit {
			second, limit = c, s
		}
	}
	return best, second
}

var tagMargin = float32(func() float64 { x, _ := strconv.ParseFloat(os.Getenv("TM"), 64); return x }())
var moveMargin = float32(func() float64 { x, _ := strconv.ParseFloat(os.Getenv("MM"), 64); return x }())
var labelMargin = float32(func() float64 { x, _ := strconv.ParseFloat(os.Getenv("LM"), 64); return x }())

// margin is by how much a decision between two must be right to be left alone.
// Without it, what is particular to a place is learnt and what is general not.
const margin = 20

// settle learns a yes or no and reports whether it was wrong before.
func settle(t *learn.Trainer, feats []uint64, gold bool, scores []float32) bool {
	right := int(boolean(gold))
	t.Score(feats, scores)
	by := scores[right] - scores[1-right]
	if by < margin {
		t.Update(feats, right, 1-right)
	}
	return by < 0
}

var givenClusters *lookup

func (tr *training) saveTags() learn.Section {
	var b []byte
	for i := range tr.sentences {
		for _, t := range tr.sentences[i].tags {
			b = binary.LittleEndian.AppendUint16(b, t)
		}
	}
	os.WriteFile("/tmp/syn/tags.cache", b, 0o644)
	return learn.Section{}
}

func (tr *training) loadTags() learn.Section {
	b, _ := os.ReadFile("/tmp/syn/tags.cache")
	for i := range tr.sentences {
		e := &tr.sentences[i]
		e.tags = make([]uint16, len(e.words))
		for j := range e.tags {
			e.tags[j] = binary.LittleEndian.Uint16(b)
			b = b[2:]
		}
	}
	return learn.Section{}
}

func env(name string, def int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return def
}
