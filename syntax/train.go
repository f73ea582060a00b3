package syntax

import (
	"cmp"
	"fmt"
	"io/fs"
	"iter"
	"math/rand/v2"
	"slices"

	"dragoman"
	"dragoman/learn"
)

// Options say how thoroughly to train. The zero value of a field is its
// default.
type Options struct {
	Rounds  int              // over the treebank, for the network; 32
	Reading float64          // rounds over the raw texts; 2
	Raw     iter.Seq[string] // texts without trees, which the network reads first; may be nil
}

// Train learns from documents with gold layers (see ReadCoNLLU) and the tables
// of fsys, and returns the weights. The same input gives the same bytes. It
// tells how far it has come by calling progress.
func Train(fsys fs.FS, docs []*dragoman.Document, o Options, progress func(format string, args ...any)) ([]byte, error) {
	sentences := 0
	for _, d := range docs {
		sentences += len(d.Sentences)
	}
	if sentences < fewest {
		return nil, fmt.Errorf("too little to train on: %d sentences; at least %d are needed, and some thousands to be of use", sentences, fewest)
	}
	o.Rounds, o.Reading = cmp.Or(o.Rounds, 32), cmp.Or(o.Reading, 2)
	t, err := loadTables(fsys)
	if err != nil {
		return nil, err
	}
	if progress == nil {
		progress = func(string, ...any) {}
	}
	tr := &training{p: &Parser{tables: t}, docs: docs, o: o, log: progress}
	steps := []func() learn.Section{tr.cut, tr.bound, tr.prepare, tr.lemmas, tr.forms, tr.lookups, tr.names, tr.network, tr.known}
	var sections []learn.Section
	for _, step := range steps {
		if s := step(); s.Name != "" {
			sections = append(sections, s)
			progress("%s: %d bytes", s.Name, len(s.Body))
		}
	}
	return learn.Pack(sections...), nil
}

// fewest is the number of sentences below which training is refused.
const fewest = 4

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
	met       map[uint64]uint16
}

// example is a sentence with its gold.
type example struct {
	words []word
	forms []string
	gold  []uint16 // classes
	heads []int32  // nodes
	label []uint16
	rel   []string
	feats []string
	lemma []string
	made  bool // not of the treebank: see augment
}

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 20260101)) }

// prepare gathers the sentences and numbers what they hold.
func (tr *training) prepare() learn.Section {
	classes, labels, feats := map[string]int{}, map[string]int{}, map[string]int{}
	for _, d := range tr.docs {
		for _, s := range d.Sentences {
			var e example
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
	names := learn.Frequent(counts, least, most)
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
