package syntax

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"slices"
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
	forms   *learn.Model // features that depend on the tree
	network *network     // classes and arcs

	labels      []string // relations
	closing     int      // class of closing quotation marks; -1 where there is none
	past        int      // class of verbs in the past tense; -1 likewise
	root        int      // label
	subject     int      // label of active subjects; -1 likewise
	mark        int      // label of conjunctions; -1 likewise
	adverbial   int      // label of adverbial clauses; -1 likewise
	compound    int      // label of words that describe a noun; 0 likewise
	participial int      // label of participles that describe a noun; -1 likewise
	passive     int      // label of passive subjects; 0 likewise
	auxiliary   int      // label of auxiliaries; 0 likewise
	conjunct    int      // label of what is joined; -1 likewise
	proper      int      // class of proper nouns; -1 likewise
	participle  int      // class of past participles; -1 likewise
	flat        int      // label of the further words of a name; -1 likewise
	present     int      // class of the plural present; -1 likewise
	object      int      // label of objects; -1 likewise
	oblique     int      // label of adverbials; -1 likewise
	content     int      // label of clauses that are said or thought; -1 likewise
	rightOnly   []bool   // relations that never point leftwards
	single      []int    // kind of relations of which a predicate has one of a kind; -1
	feats       lookup   // features by word and class, then by class
	featNames   []string
	scripts     lookup // lemmas by word and class, then by ending and class
	edits       []edit
	known       lookup // words that the raw texts of the training have

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

// classNames are the classes as parseClass reads them.
func (p *Parser) classNames() []string {
	var names []string
	for _, c := range p.classes {
		names = append(names, c.pos.String()+" "+c.xpos)
	}
	return names
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
	}{{"cuts", &p.cuts}, {"bounds", &p.bounds}, {"forms", &p.forms}} {
		if *m.at, err = f.Model(m.name); err != nil {
			return err
		}
	}
	for _, l := range []struct {
		name string
		at   *lookup
	}{{"feats", &p.feats}, {"scripts", &p.scripts}, {"known", &p.known}} {
		body, err := f.Body(l.name)
		if err != nil {
			return err
		}
		if *l.at, err = parseLookup(body); err != nil {
			return fmt.Errorf("section %q: %w", l.name, err)
		}
	}
	body, err := f.Body("network")
	if err != nil {
		return err
	}
	if p.network, err = parseNetwork(body); err != nil {
		return fmt.Errorf("section \"network\": %w", err)
	}
	names, err := f.Body("names")
	if err != nil {
		return err
	}
	lists := strings.Split(string(names), "\n\n")
	if len(lists) != 4 {
		return errors.New("section \"names\" is damaged")
	}
	return p.finish(strings.Split(lists[0], "\n"), strings.Split(lists[1], "\n"), strings.Split(lists[2], "\n"), strings.Split(lists[3], "\n"))
}

func (p *Parser) finish(feats, edits, classes, labels []string) error {
	if len(classes) != p.network.tags.Out || len(labels) != p.network.relation.Out || len(p.cuts.Classes) != 2 || len(p.bounds.Classes) != 2 {
		return errors.New("the weights are of another version; train again")
	}
	p.featNames = feats
	for _, e := range edits {
		p.edits = append(p.edits, parseEdit(e))
	}
	p.setClasses(classes)
	p.setLabels(labels)
	return nil
}

func (p *Parser) setClasses(names []string) {
	p.classes = p.classes[:0]
	p.closing, p.past = slices.Index(names, "PUNCT ''"), slices.Index(names, "VERB VBD")
	p.proper = slices.Index(names, "PROPN NNP")
	p.participle, p.present = slices.Index(names, "VERB VBN"), slices.Index(names, "VERB VBP")
	for _, c := range names {
		p.classes = append(p.classes, parseClass(c))
	}
}

func (p *Parser) setLabels(names []string) {
	p.labels, p.root, p.subject, p.mark = names, max(slices.Index(names, "root"), 0), slices.Index(names, "nsubj"), slices.Index(names, "mark")
	p.object, p.oblique, p.content = slices.Index(names, "obj"), slices.Index(names, "obl"), slices.Index(names, "ccomp")
	p.adverbial, p.compound = slices.Index(names, "advcl"), max(slices.Index(names, "compound"), 0)
	p.participial, p.flat = slices.Index(names, "acl"), slices.Index(names, "flat")
	p.passive, p.auxiliary, p.conjunct = max(slices.Index(names, "nsubj:pass"), 0), max(slices.Index(names, "aux"), 0), slices.Index(names, "conj")
	p.rightOnly, p.single = make([]bool, len(names)), make([]int, len(names))
	for i, l := range names {
		switch p.single[i] = -1; l {
		case "nsubj", "nsubj:pass", "csubj", "csubj:pass":
			p.single[i] = 0
		case "obj":
			p.single[i] = 1
		case "ccomp":
			p.single[i] = 2
		}
		base, _, _ := strings.Cut(l, ":")
		p.rightOnly[i] = base == "conj" || base == "flat" || base == "fixed" || base == "appos" || base == "list" || base == "goeswith"
	}
}

// desk is what reading one text needs; desks are used again.
type desk struct {
	cutter   cutter
	splitter splitter
	bench    bench
	words    []word
	tags     []uint16
	leanings []leaning
	sums     map[uint64]float32 // by a word's form, the leanings of a page
	heads    []int32
	labels   []uint16
	tree     tree
	lemma    []byte
	feats    []uint64
	scores   []int32
}

func (p *Parser) desk() *desk {
	if d, ok := p.desks.Get().(*desk); ok {
		return d
	}
	return &desk{sums: map[uint64]float32{}}
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
}

func (p *Parser) split(d *desk, text string, tokens []dragoman.Token) []dragoman.Sentence {
	s := &d.splitter
	*s = splitter{p: p, text: text, tokens: tokens, words: d.words, feats: s.feats, decide: boundaryByModel}
	s.split()
	found := s.sentences
	*s = splitter{feats: s.feats}
	return found
}

// together is how many tokens the network reads at once, or one sentence's.
const together = 480

func (p *Parser) parse(d *desk, text string, sentences []dragoman.Sentence, tokens []dragoman.Token) ([]dragoman.Tag, []dragoman.Arc) {
	tags := make([]dragoman.Tag, len(tokens))
	arcs := make([]dragoman.Arc, len(tokens))
	d.tags, d.leanings = grow(d.tags, len(tokens)), grow(d.leanings, len(tokens))
	d.heads, d.labels = grow(d.heads, len(tokens)), grow(d.labels, len(tokens))
	for from := 0; from < len(sentences); {
		to := from + 1
		for to < len(sentences) && sentences[to].End-sentences[from].First <= together {
			to++
		}
		p.network.read(d, p, sentences[from:to])
		from = to
	}
	d.agree(p, d.words)
	for _, s := range sentences {
		if s.End > s.First {
			p.write(d, text, s, tokens, tags, arcs)
		}
	}
	return tags, arcs
}

// write turns what the network says of a sentence into tags and arcs.
func (p *Parser) write(d *desk, text string, s dragoman.Sentence, tokens []dragoman.Token, tags []dragoman.Tag, arcs []dragoman.Arc) {
	words, classes := d.words[s.First:s.End], d.tags[s.First:s.End]
	p.repair(words, classes, d.heads[s.First:s.End], d.labels[s.First:s.End], s.First)
	d.tree.reset(classes)
	for i := range words {
		t := s.First + i
		head := d.heads[t]
		arcs[t] = dragoman.Arc{Head: int(head), Rel: p.labels[d.labels[t]]}
		if head >= 0 {
			head -= int32(s.First)
		}
		d.tree.attach(head+1, int32(i+1), d.labels[t])
	}
	for i := range words {
		t := s.First + i
		c := p.classes[classes[i]]
		tags[t] = dragoman.Tag{POS: c.pos, XPOS: c.xpos}
		tags[t].Lemma = p.lemma(d, tokens[t].In(text), &words[i], c, i)
		tags[t].Feats = p.features(d, words, i)
		// A bare apostrophe is part of a word only as its possessive.
		if c.xpos == "POS" && i > 0 && tokens[t].Start == tokens[t-1].End {
			tokens[t].Joined = true
		}
	}
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
