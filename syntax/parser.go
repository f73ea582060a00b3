package syntax

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"dragoman"
	"dragoman/learn"
)

// Weights is where Load finds the weights.
const Weights = "weights/en/syntax.bin"

// Parser writes the layers of syntax. It is read-only after Load and safe for
// many goroutines.
type Parser struct {
	tables
	classes []class
	cuts    *learn.Model // where tokens end
	bounds  *learn.Model // where sentences end
	tags    *learn.Model
	forms   *learn.Model // features that depend on the tree
	moves   *learn.Model
	labels  *learn.Model

	closing   int    // class of closing quotation marks; -1 where there is none
	root      int    // label
	rightOnly []bool // relations that never point leftwards
	feats     lookup // features by word and class, then by class
	featNames []string
	scripts   lookup // lemmas by word and class, then by ending and class
	edits     []edit
	clusters  lookup

	desks sync.Pool
}

// class is what the tagger tells apart.
type class struct {
	pos  dragoman.POS
	xpos string
	id   uint64
}

func parseClass(s string) class {
	pos, xpos, _ := strings.Cut(s, " ")
	return class{dragoman.ParsePOS(pos), xpos, learn.Hash(s)}
}

// Load reads the tables of data/en and the weights.
func Load(fsys fs.FS) (*Parser, error) {
	b, err := fs.ReadFile(fsys, Weights)
	if err != nil {
		return nil, err
	}
	t, err := loadTables(fsys)
	if err != nil {
		return nil, err
	}
	p := &Parser{tables: t}
	if err := p.open(b); err != nil {
		return nil, fmt.Errorf("%s: %w", Weights, err)
	}
	return p, nil
}

func (p *Parser) open(b []byte) error {
	f, err := learn.Open(b)
	if err != nil {
		return err
	}
	for _, m := range []struct {
		name string
		at   **learn.Model
	}{{"cuts", &p.cuts}, {"bounds", &p.bounds}, {"tags", &p.tags}, {"forms", &p.forms}, {"moves", &p.moves}, {"labels", &p.labels}} {
		if *m.at, err = f.Model(m.name); err != nil {
			return err
		}
	}
	for _, l := range []struct {
		name string
		at   *lookup
	}{{"feats", &p.feats}, {"scripts", &p.scripts}, {"clusters", &p.clusters}} {
		body, err := f.Body(l.name)
		if err != nil {
			return err
		}
		if *l.at, err = parseLookup(body); err != nil {
			return fmt.Errorf("section %q: %w", l.name, err)
		}
	}
	names, err := f.Body("names")
	if err != nil {
		return err
	}
	feats, edits, ok := strings.Cut(string(names), "\n\n")
	if !ok {
		return errors.New("section \"names\" is damaged")
	}
	return p.finish(strings.Split(feats, "\n"), strings.Split(edits, "\n"))
}

func (p *Parser) finish(feats, edits []string) error {
	if len(p.moves.Classes) != moves || len(p.cuts.Classes) != 2 || len(p.bounds.Classes) != 2 {
		return errors.New("the weights are of another version; train again")
	}
	p.featNames = feats
	for _, e := range edits {
		p.edits = append(p.edits, parseEdit(e))
	}
	p.setClasses(p.tags.Classes)
	p.setLabels(p.labels.Classes)
	return nil
}

func (p *Parser) setClasses(names []string) {
	p.classes, p.closing = p.classes[:0], -1
	for i, c := range names {
		if c == "PUNCT ''" {
			p.closing = i
		}
		p.classes = append(p.classes, parseClass(c))
	}
}

func (p *Parser) setLabels(names []string) {
	p.rightOnly = make([]bool, len(names))
	for i, l := range names {
		if l == "root" {
			p.root = i
		}
		base, _, _ := strings.Cut(l, ":")
		p.rightOnly[i] = base == "conj" || base == "flat" || base == "fixed" || base == "appos" || base == "list" || base == "goeswith"
	}
}

// desk is what reading one text needs; desks are used again.
type desk struct {
	cutter   cutter
	splitter splitter
	tagger   tagger
	words    []word
	tags     []uint16
	tree     tree
	lemma    []byte
	feats    []uint64
	scores   []int32
}

func (p *Parser) desk() *desk {
	if d, ok := p.desks.Get().(*desk); ok {
		return d
	}
	return &desk{}
}

// Read reads a text: its sentences, tokens, tags and arcs.
func (p *Parser) Read(text string) ([]dragoman.Sentence, []dragoman.Token, []dragoman.Tag, []dragoman.Arc) {
	d := p.desk()
	defer p.desks.Put(d)
	tokens := p.cut(d, text)
	sentences := p.split(d, text, tokens)
	tags, arcs := p.parse(d, text, sentences, tokens)
	return sentences, tokens, tags, arcs
}

// Segment finds the tokens and sentences of a text and nothing more.
func (p *Parser) Segment(text string) ([]dragoman.Sentence, []dragoman.Token) {
	d := p.desk()
	defer p.desks.Put(d)
	tokens := p.cut(d, text)
	return p.split(d, text, tokens), tokens
}

// Parse tags and parses the given tokens and sentences of a text. The tokens
// of a sentence are its First..End-1, and every token is in a sentence.
func (p *Parser) Parse(text string, sentences []dragoman.Sentence, tokens []dragoman.Token) ([]dragoman.Tag, []dragoman.Arc) {
	d := p.desk()
	defer p.desks.Put(d)
	p.look(d, text, tokens)
	return p.parse(d, text, sentences, tokens)
}

func (p *Parser) cut(d *desk, text string) []dragoman.Token {
	d.cutter.p, d.cutter.text, d.cutter.decide = p, text, byModel
	d.cutter.tokens = make([]dragoman.Token, 0, len(text)/5+8)
	d.cutter.cut()
	tokens := d.cutter.tokens
	d.cutter.tokens, d.cutter.text = nil, ""
	p.look(d, text, tokens)
	return tokens
}

// look fills the desk's words.
func (p *Parser) look(d *desk, text string, tokens []dragoman.Token) {
	d.words = grow(d.words, len(tokens))
	for i, t := range tokens {
		p.see(&d.words[i], t.In(text))
	}
}

func (p *Parser) see(w *word, form string) {
	w.look(form)
	if listed, ok := p.listed.find(w.norm); ok {
		w.listed = uint64(listed)
	}
	if c, ok := p.clusters.find(w.norm); ok {
		w.cluster, w.short = uint64(c&511)+2, uint64(c>>9)+2
	} else {
		w.cluster, w.short = 1, 1
	}
}

func (p *Parser) split(d *desk, text string, tokens []dragoman.Token) []dragoman.Sentence {
	s := &d.splitter
	*s = splitter{p: p, text: text, tokens: tokens, words: d.words, feats: s.feats, decide: boundaryByModel}
	s.split()
	found := s.sentences
	*s = splitter{feats: s.feats}
	return found
}

func (p *Parser) parse(d *desk, text string, sentences []dragoman.Sentence, tokens []dragoman.Token) ([]dragoman.Tag, []dragoman.Arc) {
	tags := make([]dragoman.Tag, len(tokens))
	arcs := make([]dragoman.Arc, len(tokens))
	d.tags = grow(d.tags, len(tokens))
	d.tagger.p = p
	for _, s := range sentences {
		if s.End <= s.First {
			continue
		}
		words, classes := d.words[s.First:s.End], d.tags[s.First:s.End]
		d.tagger.tag(words, classes)
		p.closeQuotes(words, classes)
		d.tree.reset(p, words, classes)
		d.tree.run(p)
		for i := range words {
			t := s.First + i
			arcs[t] = dragoman.Arc{Head: int(d.tree.head[i+1]) - 1, Rel: p.labels.Classes[d.tree.label[i+1]]}
			c := p.classes[classes[i]]
			tags[t] = dragoman.Tag{POS: c.pos, XPOS: c.xpos}
			tags[t].Lemma = p.lemma(d, tokens[t].In(text), &words[i], c, i)
			tags[t].Feats = p.features(d, words, i)
			// A bare apostrophe is part of a word only as its possessive.
			if c.xpos == "POS" && i > 0 && tokens[t].Start == tokens[t-1].End {
				tokens[t].Joined = true
			}
		}
		own := arcs[s.First:s.End]
		form := func(i int) string { return tokens[s.First+i].In(text) }
		repair(tags[s.First:s.End], own, func(i int) bool { return form(i) == "," }, func(i int) bool { return p.subordinators.find(form(i)) })
		for i := range own {
			if own[i].Head >= 0 {
				own[i].Head += s.First
			}
		}
	}
	return tags, arcs
}

// closeQuotes mends apostrophes taken for possessives: one by itself is that
// only after a word in s, x or z, otherwise it closes a quotation.
func (p *Parser) closeQuotes(words []word, classes []uint16) {
	if p.closing < 0 {
		return
	}
	for i := 1; i < len(words); i++ {
		if words[i].form != apostrophe || p.classes[classes[i]].xpos != "POS" {
			continue
		}
		switch words[i-1].suffix[0] {
		case sibilants[0], sibilants[1], sibilants[2]:
		default:
			classes[i] = uint16(p.closing)
		}
	}
}

var (
	apostrophe = normOf("'")
	sibilants  = [...]uint64{ending("s"), ending("x"), ending("z")}
)

func ending(s string) uint64 {
	var w word
	w.look(s)
	return w.suffix[0]
}

// lookup finds small numbers by hashes.
type lookup struct {
	keys   []uint64
	values []uint16
	shift  uint
}

func parseLookup(b []byte) (lookup, error) {
	if len(b)%10 != 0 {
		return lookup{}, errors.New("damaged")
	}
	n := len(b) / 10
	l := newLookup(n)
	for i := range n {
		l.put(binary.LittleEndian.Uint64(b[i*10:]), binary.LittleEndian.Uint16(b[i*10+8:]))
	}
	return l, nil
}

func newLookup(n int) lookup {
	bits := uint(4)
	for 1<<bits < n*2 {
		bits++
	}
	return lookup{make([]uint64, 1<<bits), make([]uint16, 1<<bits), 64 - bits}
}

func (l *lookup) slot(key uint64) int {
	i := int(key * 0x9E3779B97F4A7C15 >> l.shift)
	for l.keys[i] != 0 && l.keys[i] != key {
		i = (i + 1) & (len(l.keys) - 1)
	}
	return i
}

func (l *lookup) put(key uint64, value uint16) {
	i := l.slot(key)
	l.keys[i], l.values[i] = key, value
}

func (l *lookup) find(key uint64) (uint16, bool) {
	i := l.slot(key)
	return l.values[i], l.keys[i] != 0
}
