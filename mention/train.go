package mention

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"dragoman"
	"dragoman/learn"
)

// weights is where the embedded recogniser lies.
const weights = "weights/en/names.bin"

// Settings of training. The zero value is what the shipped weights were
// trained with.
type Settings struct {
	Rounds int      // over all corpora; 0: 8
	Rows   int      // features kept, at most; 0: 340,000
	Texts  []string // files of raw text (plain, or JSON Lines with a field text) by which words are grouped
}

// Train trains the recogniser of names from corpora (see ReadCorpus) and the
// tables in fsys, and returns the file of weights. The same corpora, tables and
// settings give the same bytes. report is told of each round; it may be nil.
func Train(fsys fs.FS, paths []string, s Settings, report func(string)) ([]byte, error) {
	if s.Rounds == 0 {
		s.Rounds = 8
	}
	if s.Rows == 0 {
		s.Rows = 340_000
	}
	if report == nil {
		report = func(string) {}
	}
	w, err := loadWords(fsys)
	if err != nil {
		return nil, err
	}
	r, err := newRecogniser(fsys, w)
	if err != nil {
		return nil, err
	}
	if r.gaz.places, err = packPlaces(fsys); err != nil {
		return nil, err
	}
	corpora := make([][]Annotated, len(paths))
	for i, path := range paths {
		if corpora[i], err = ReadCorpus(path); err != nil {
			return nil, err
		}
	}
	groups, err := groupWords(s.Texts, report)
	if err != nil {
		return nil, err
	}
	if r.clusters, err = openClusters(groups); err != nil {
		return nil, err
	}
	var lessons []lesson
	for n, docs := range corpora {
		before := len(lessons)
		for i := range docs {
			if n > 0 && i%2 == 1 && len(docs) > 2*len(corpora[0]) {
				continue // a large corpus with another guideline must not outweigh the first
			}
			r.harmonise(&docs[i])
			lessons = r.lessons(lessons, &docs[i])
		}
		for i := before; i < len(lessons); i++ {
			lessons[i].loose = n > 0
		}
		report(fmt.Sprintf("%s: %d articles, %d sentences", paths[n], len(docs), len(lessons)-before))
	}
	t := learn.NewTrainer(labelNames())
	d := newDecoder()
	p := &pupil{t: t, d: d, habits: learn.NewTrainer(labelNames()), scores: make([]float32, labels), more: make([]float32, labels)}
	for round := range s.Rounds {
		shuffle(lessons, uint64(round))
		wrong := 0
		for i := range lessons {
			wrong += p.learn(&lessons[i])
		}
		report(fmt.Sprintf("round %d of %d: %d words wrong, %d features", round+1, s.Rounds, wrong, t.Len()))
	}
	model := t.Freeze(learn.Prune{MinUpdates: 4, MaxRows: s.Rows})
	return learn.Pack(learn.Section{Name: "names", Body: model.Bytes()}, learn.Section{Name: "places", Body: r.gaz.places},
		learn.Section{Name: "clusters", Body: groups}), nil
}

// groupWords makes the word clusters from raw texts. The corpora are left out:
// words that only they hold would be grouped better than those of a new article.
func groupWords(texts []string, report func(string)) ([]byte, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	var c company
	for _, path := range texts {
		b, err := readPacked(path)
		if err != nil {
			return nil, err
		}
		if err := c.addText(b); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return c.cluster(report), nil
}

// lesson is a sentence to learn from.
type lesson struct {
	words []word
	mode  uint8
	gold  []uint8
	loose bool // of a corpus with another guideline
}

// lessons appends the sentences of an article, and some of them once more
// written as headlines are.
func (r *recogniser) lessons(out []lesson, doc *Annotated) []lesson {
	var forms []string
	var bounds [][2]int
	for _, s := range doc.Sentences {
		bounds = append(bounds, [2]int{len(forms), len(forms) + len(s.Words)})
		forms = append(forms, s.Words...)
	}
	add := func(forms []string, only func(i int) bool) {
		words := make([]word, len(forms))
		modes := r.prepare(words, bounds, func(i int) string { return forms[i] })
		for i, b := range bounds {
			if b[1]-b[0] > mostTokens || !only(i) {
				continue
			}
			out = append(out, lesson{words: words[b[0]:b[1]:b[1]], mode: modes[i], gold: goldOf(doc.Sentences[i])})
		}
	}
	add(forms, func(int) bool { return true })
	// Headlines: which sentences is decided by their words, not by chance.
	for _, style := range []struct {
		of, rest uint64
		write    func(string) string
	}{{9, 0, titled}, {17, 1, strings.ToUpper}} {
		picked := func(i int) bool {
			s := doc.Sentences[i]
			return len(s.Words) > 3 && learn.Hash(strings.Join(s.Words, " "))%style.of == style.rest
		}
		any := false
		other := append([]string(nil), forms...)
		for i, b := range bounds {
			if !picked(i) {
				continue
			}
			any = true
			for j := b[0]; j < b[1]; j++ {
				other[j] = style.write(forms[j])
			}
		}
		if any {
			add(other, picked)
		}
	}
	return out
}

func titled(s string) string {
	if len(s) < 4 {
		return s
	}
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

func goldOf(s AnnotatedSentence) []uint8 {
	gold := make([]uint8, len(s.Words))
	for _, n := range s.Names {
		c := 0
		for k, class := range labelClasses {
			if class == n.Class {
				c = k
			}
		}
		if label(c, partI) >= labels {
			n.First = max(n.First, n.End-2)
		}
		for i := n.First + 1; i < n.End-1; i++ {
			gold[i] = uint8(label(c, partI))
		}
		gold[n.First], gold[n.End-1] = uint8(label(c, partB)), uint8(label(c, partL))
		if n.End-n.First == 1 {
			gold[n.First] = uint8(label(c, partU))
		}
	}
	return gold
}

// harmonise brings the names of a corpus to one guideline: a title is no part
// of a name; what the tables know as a country is a location and a demonym a
// nationality, whatever the corpus calls both.
func (r *recogniser) harmonise(doc *Annotated) {
	for s := range doc.Sentences {
		words := doc.Sentences[s].Words
		kept := doc.Sentences[s].Names[:0]
		for _, n := range doc.Sentences[s].Names {
			if n.Class == dragoman.Person {
				for n.First < n.End-1 && r.titles[lowerHash(words[n.First])] {
					n.First++
				}
				if n.First == n.End-1 && r.titles[lowerHash(words[n.First])] {
					continue
				}
			}
			for n.First < n.End-1 && (words[n.First] == "the" || words[n.First] == "The" && n.Class != dragoman.Other) {
				n.First++
			}
			if n.Class == dragoman.Location || n.Class == dragoman.Nationality {
				switch set := r.gaz.look(nameKey(strings.Join(words[n.First:n.End], " "))); {
				case set&(ofState|ofPlace) != 0 && set&ofDemonym == 0:
					n.Class = dragoman.Location
				case set&(ofState|ofPlace) == 0 && set&ofDemonym != 0:
					n.Class = dragoman.Nationality
				}
			}
			kept = append(kept, n)
		}
		doc.Sentences[s].Names = kept
	}
}

// pupil learns from one sentence after the other.
type pupil struct {
	t      *learn.Trainer
	d      *decoder
	feats  [][]uint64
	scores []float32
	more   []float32
	pairs  [][]int32
	state  uint64 // of what is dropped next
	// What the corpora but the first do otherwise than it is learnt apart, by
	// weights that are thrown away: so they teach names, not their guideline.
	habits *learn.Trainer
}

// fixed is how many units of the decoder's whole numbers a weight of 1 is.
const fixed = 64

// learn decodes the sentence, moves the weights where that was wrong, and
// returns how many words were.
func (p *pupil) learn(l *lesson) int {
	t, d, n := p.t, p.d, len(l.words)
	t.Tick()
	if cap(d.emit) < n*labels {
		d.emit = make([]int32, n*labels)
	}
	d.emit = d.emit[:n*labels]
	for len(p.feats) < n {
		p.feats = append(p.feats, nil)
	}
	b := [2]int{0, n}
	for i := range n {
		p.feats[i] = p.drop(features(p.feats[i][:0], l.words, b, i, l.mode))
		t.Score(p.feats[i], p.scores)
		if l.loose {
			p.habits.Score(p.feats[i], p.more)
			for c, s := range p.more {
				p.scores[c] += s
			}
		}
		for c, s := range p.scores {
			d.emit[i*labels+c] = int32(s * fixed)
		}
	}
	if p.pairs == nil {
		p.pairs = make([][]int32, labels+1)
		for a := range p.pairs {
			p.pairs[a] = make([]int32, labels)
		}
	}
	path := d.viterbi(n, p.pairs)
	wrong := 0
	before, beforeGold := labels, labels
	for i, gold := range l.gold {
		if path[i] != gold {
			wrong++
			t.Update(p.feats[i], int(gold), int(path[i]))
			if l.loose {
				p.habits.Update(p.feats[i], int(gold), int(path[i]))
			}
		}
		if path[i] != gold || before != beforeGold {
			p.move(beforeGold, int(gold), 1)
			p.move(before, int(path[i]), -1)
		}
		before, beforeGold = int(path[i]), int(gold)
	}
	return wrong
}

// drop leaves out every fourth feature or so, others each time, so that no
// decision hangs on the one word that gives it away.
func (p *pupil) drop(feats []uint64) []uint64 {
	kept := feats[:0]
	for _, f := range feats {
		p.state = learn.Mix(p.state, f)
		if p.state>>40%dropOneIn != 0 {
			kept = append(kept, f)
		}
	}
	return kept
}

const dropOneIn = 4

// move changes the weight of a pair of labels.
func (p *pupil) move(before, label int, by float32) {
	f := pairFeature(before)
	p.t.Add(f, label, by)
	p.t.Score(f, p.scores)
	for c, s := range p.scores {
		p.pairs[before][c] = int32(s * fixed)
	}
}

// shuffle puts the lessons in an order that depends on the round alone.
func shuffle(lessons []lesson, round uint64) {
	x := round*2 + 0x9E3779B97F4A7C15
	for i := len(lessons) - 1; i > 0; i-- {
		x = learn.Mix(x, uint64(i))
		j := int(x % uint64(i+1))
		lessons[i], lessons[j] = lessons[j], lessons[i]
	}
}
