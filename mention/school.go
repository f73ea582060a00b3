package mention

import (
	"fmt"
	"io/fs"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"unicode"

	"dragoman"
	"dragoman/learn"
	"dragoman/neural"
)

// weights is where the embedded recogniser lies.
const weights = "weights/en/names.bin"

// Settings of training. The zero value is what the shipped weights were
// trained with, but for the raw texts.
type Settings struct {
	Rounds  int                  // over all corpora; 0: 12
	Reading float64              // rounds over the raw texts; 0: 1
	Only    map[string]bool      // of a corpus that holds any of these articles, no other is read
	Marks   Marks                // the names of a corpus whose sentences they are of
	Raw     iter.Seq[[][]string] // raw texts, each a list of sentences; may be nil
}

// The size of the network.
const (
	width    = 192    // of a token's vector
	depth    = 2      // recurrent layers
	guessed  = 10_000 // words to guess in the raw texts
	mostRows = 64_000 // features with vectors
	leastUse = 5      // of a feature with a vector
)

// Train trains the recogniser of names from corpora (see ReadCorpus) and the
// tables in fsys, and returns the file of weights. The same corpora, texts, tables
// and settings give the same bytes. report is told of the progress; it may be nil.
func Train(fsys fs.FS, paths []string, s Settings, report func(string)) ([]byte, error) {
	if s.Rounds == 0 {
		s.Rounds = 12
	}
	if s.Reading == 0 {
		s.Reading = 1
	}
	if report == nil {
		report = func(string) {}
	}
	r, _, err := newRecogniser(fsys)
	if err != nil {
		return nil, err
	}
	if r.gaz.places, err = packPlaces(fsys); err != nil {
		return nil, err
	}
	c := &school{r: r, log: func(format string, args ...any) { report(fmt.Sprintf(format, args...)) }, ids: map[uint64]uint32{}}
	c.words, c.count = make([]word, 1), make([]int, 1) // the hidden word is the first
	for n, path := range paths {
		docs, err := ReadCorpus(path)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(docs, func(d Annotated) bool { return s.Only[d.ID] }) {
			docs = slices.DeleteFunc(docs, func(d Annotated) bool { return !s.Only[d.ID] })
		}
		if n == 0 {
			c.most = 2 * len(docs)
		}
		marked, err := s.Marks.on(docs)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		c.addCorpus(path, docs, n, marked)
	}
	body := c.teach(len(paths), s)
	return learn.Pack(learn.Section{Name: "network", Body: body}, learn.Section{Name: "places", Body: r.gaz.places}), nil
}

// school is where the network learns: it numbers the words that it sees.
type school struct {
	r       *recogniser
	log     func(string, ...any)
	most    int // articles of the first corpus, twice
	lessons []lesson
	text    neural.Running

	ids   map[uint64]uint32 // by the words' keys
	words []word
	count []int
	keys  []uint64 // of features
}

// addCorpus adds the lessons of a corpus. One that was marked for this project
// follows the guideline of the first; it is proper nouns that were looked at, so
// that adjectives of nationality are not told.
func (c *school) addCorpus(path string, docs []Annotated, corpus int, marked bool) {
	before := len(c.lessons)
	open := everyLabel &^ (1 << outside)
	if corpus == 0 {
		open = 0 // what the first leaves out is no name
	}
	for i := range docs {
		for _, s := range docs[i].Sentences {
			for _, n := range s.Names {
				open &^= labelsOf(n.Class)
			}
		}
		c.r.harmonise(&docs[i])
	}
	switch {
	case marked:
		open, corpus = labelsOf(dragoman.Nationality), 0
	case open == everyLabel&^(1<<outside):
		// No class at all: what is no proper noun stands within a name at most.
		open = labelsOf(dragoman.Nationality) | insides
	}
	for i := range docs {
		c.addText(docs[i].plain())
		if corpus > 0 && i%2 == 1 && len(docs) > c.most {
			continue // a large corpus with another guideline must not outweigh the first
		}
		c.addLessons(&docs[i], corpus, open)
	}
	c.log("%s: %d articles, %d lessons", path, len(docs), len(c.lessons)-before)
}

// plain returns the sentences without the names.
func (d *Annotated) plain() [][]string {
	out := make([][]string, len(d.Sentences))
	for i, s := range d.Sentences {
		out[i] = s.Words
	}
	return out
}

// number returns the number of a word that was seen so many times more.
func (c *school) number(w *word, times int) uint32 {
	key := w.key()
	id, ok := c.ids[key]
	if !ok {
		id = uint32(len(c.words))
		c.ids[key] = id
		c.words, c.count = append(c.words, *w), append(c.count, 0)
	}
	c.count[id] += times
	return id
}

// see returns the words of an article as the recogniser sees them.
func (c *school) see(sentences [][]string) ([]word, [][2]int) {
	var forms []string
	var bounds [][2]int
	for _, s := range sentences {
		bounds = append(bounds, [2]int{len(forms), len(forms) + len(s)})
		forms = append(forms, s...)
	}
	words := make([]word, len(forms))
	c.r.prepare(words, bounds, func(i int) string { return forms[i] })
	return words, bounds
}

// addText adds an article to the running text.
func (c *school) addText(sentences [][]string) {
	words, bounds := c.see(sentences)
	for _, b := range bounds {
		for i := b[0]; i < b[1]; i++ {
			c.text.Tokens = append(c.text.Tokens, c.number(&words[i], 1))
		}
		c.text.Ends = append(c.text.Ends, len(c.text.Tokens))
	}
}

// settle chooses the features that have a vector and the words to guess.
func (c *school) settle() {
	uses, lower := map[uint64]int{}, map[uint64]int{}
	var feats []uint64
	for i := 1; i < len(c.words); i++ {
		feats = wordFeatures(feats[:0], &c.words[i])
		for _, k := range feats {
			uses[k] += c.count[i]
		}
		lower[c.words[i].lower] += c.count[i]
	}
	keys := learn.Frequent(uses, leastUse, mostRows)
	rows, guess := places(keys), places(learn.Frequent(lower, 1, guessed))
	t := &c.text
	t.Forms, t.Words, t.Most = make([]neural.Form, len(c.words)), make([]int32, len(c.words)), max(len(guess), 1)
	t.Words[0] = -1
	for i := 1; i < len(c.words); i++ {
		feats = wordFeatures(feats[:0], &c.words[i])
		for _, k := range feats {
			if r, ok := rows[k]; ok {
				t.Forms[i].Rows = append(t.Forms[i].Rows, r)
			}
		}
		t.Words[i] = -1
		if g, ok := guess[c.words[i].lower]; ok {
			t.Words[i] = g
		}
	}
	t.Forms[0].Rows = []int32{int32(len(keys))}
	c.keys = append(keys, learn.Seed(1)) // of what is hidden
	c.log("%d running words, %d different, %d features", len(t.Tokens), len(c.words), len(c.keys))
}

// places numbers keys by their place.
func places(keys []uint64) map[uint64]int32 {
	at := make(map[uint64]int32, len(keys))
	for i, k := range keys {
		at[k] = int32(i)
	}
	return at
}

// pupil is the network while it learns.
type pupil struct {
	encoder *neural.Student
	emit    *neural.Layer
	others  *neural.Layer
	pairs   *neural.Vector
	// What the corpora but the first do otherwise than it is learnt apart, by
	// layers that are thrown away: so they teach names, not their guideline.
	habits []*neural.Layer
	forms  []neural.Form
}

// Shares of what is left out while learning.
var dropping = neural.Dropping{Features: 0.2, Inputs: 0.25}

const (
	dropEncoded = 0.4
	lessonWords = 600 // at most
	batchWords  = 400 // about how many are learnt from before the weights move
	rate        = 2e-3
)

// teach lets a network read the running text, then learn the lessons, and
// returns its weights.
func (c *school) teach(corpora int, s Settings) []byte {
	if s.Raw != nil {
		for text := range s.Raw {
			c.addText(text)
		}
	}
	c.settle()
	l := neural.NewLearner(5)
	p := &pupil{encoder: l.Encoder(width, depth, c.keys), forms: c.text.Forms}
	l.Masked(p.encoder, &c.text, s.Reading, rate, c.log)
	c.text.Tokens, c.text.Ends = nil, nil
	p.emit, p.others, p.pairs = l.Linear(width, labels, false), l.Linear(width, labels, false), l.Vector((labels+1)*labels)
	for range corpora - 1 {
		p.habits = append(p.habits, l.Linear(width, labels, false))
	}
	c.fit(l, p, s.Rounds)
	return p.pairs.Write(p.others.Write(p.emit.Write(p.encoder.Write(nil))))
}

// fit lets the pupil go through the lessons again and again.
func (c *school) fit(l *neural.Learner, p *pupil, rounds int) {
	words := 0
	for i := range c.lessons {
		words += len(c.lessons[i].words)
	}
	var passes [neural.Shards]*neural.Pass
	var lattices [neural.Shards]lattice
	var losses [neural.Shards]float64
	for k := range passes {
		passes[k] = neural.NewPass(k, 13)
	}
	order := rand.New(rand.NewPCG(1, 5))
	var queue []int
	told := 0
	for done := 0; done < rounds*words; {
		l.Prepare()
		var wait sync.WaitGroup
		for k := range passes {
			var batch []*lesson
			n := 0
			for ; n < batchWords; queue = queue[1:] {
				if len(queue) == 0 {
					queue = order.Perm(len(c.lessons))
				}
				batch = append(batch, &c.lessons[queue[0]])
				n += len(batch[len(batch)-1].words)
			}
			done += n
			wait.Go(func() { losses[k] += p.learn(passes[k], &lattices[k], batch) })
		}
		wait.Wait()
		l.Step(neural.Rate(min(done, rounds*words), rounds*words, rate))
		if done-told >= words || done >= rounds*words {
			c.log("names: %d %% learnt, loss %.4f a word", min(100*done/(rounds*words), 100), (losses[0]+losses[1])/float64(done-told))
			losses, told = [neural.Shards]float64{}, done
		}
	}
}

// learn takes some lessons through the network and back, and returns the loss.
func (p *pupil) learn(pass *neural.Pass, lat *lattice, batch []*lesson) float64 {
	pass.Start()
	var tokens []uint32
	var ends, group []int
	var right []uint32
	loose := make([][]int, len(p.habits)+1) // tokens by corpus
	most := 0
	for _, b := range batch {
		start, seen := len(tokens), most
		for i, g := range b.group {
			if g >= 0 {
				g += seen
				most = max(most, g+1)
			}
			group = append(group, g)
			loose[b.corpus] = append(loose[b.corpus], start+i)
		}
		tokens, right = append(tokens, b.words...), append(right, b.right...)
		for _, e := range b.ends {
			ends = append(ends, start+e)
		}
	}
	x := pass.Drop(p.encoder.Encode(pass, p.forms, tokens, ends, dropping), ends, dropEncoded)
	scores := p.emit.Apply(pass, x)
	every := make([]int, len(tokens))
	for i := range every {
		every[i] = i
	}
	pass.AddTo(scores, p.others.Apply(pass, pass.Others(x, group)), every)
	for k, habit := range p.habits {
		if at := loose[k+1]; len(at) > 0 {
			pass.AddTo(scores, habit.Apply(pass, pass.Pick(x, at)), at)
		}
	}
	const weight = 1. / (batchWords * neural.Shards)
	loss, start, stride := 0.0, 0, scores.Width
	for _, end := range ends {
		from, to := start*stride, end*stride
		loss += lat.learn(scores.V[from:to], scores.G[from:to], stride, p.pairs.Values(), p.pairs.Grad(pass.Shard), right[start:end], weight)
		start = end
	}
	pass.Back()
	return loss
}

// lesson is some sentences to learn from, of one article: the numbers of their
// words, the labels that each may have, and which words are the same.
type lesson struct {
	words  []uint32
	right  []uint32
	group  []int
	ends   []int
	corpus int
}

// addLessons adds the sentences of an article, and some of them once more written
// as headlines or without capitals. open are the labels of names that the corpus leaves out.
func (c *school) addLessons(doc *Annotated, corpus int, open uint32) {
	add := func(sentences [][]string, only func(i int) bool) {
		words, bounds := c.see(sentences)
		l := lesson{corpus: corpus}
		var seen []word
		flush := func() {
			if len(l.words) > 0 {
				l.group = groups(nil, seen, map[uint64]int{})
				c.lessons = append(c.lessons, l)
			}
			l, seen = lesson{corpus: corpus}, nil
		}
		for i, b := range bounds {
			if b[1]-b[0] > mostTokens || b[0] == b[1] || !only(i) {
				continue
			}
			if len(l.words)+b[1]-b[0] > lessonWords {
				flush()
			}
			seen = append(seen, words[b[0]:b[1]]...)
			l.right = append(l.right, rightOf(doc.Sentences[i], words[b[0]:b[1]], open)...)
			for k := b[0]; k < b[1]; k++ {
				l.words = append(l.words, c.number(&words[k], 1))
			}
			l.ends = append(l.ends, len(l.words))
		}
		flush()
	}
	forms := doc.plain()
	add(forms, func(int) bool { return true })
	// Headlines: which sentences is decided by their words, not by chance.
	for _, style := range []struct {
		of, rest uint64
		write    func(string) string
	}{{9, 0, titled}, {17, 1, strings.ToUpper}, {13, 2, strings.ToLower}} {
		picked := func(i int) bool {
			s := doc.Sentences[i]
			return len(s.Words) > 3 && learn.Hash(strings.Join(s.Words, " "))%style.of == style.rest
		}
		any := false
		other := slices.Clone(forms)
		for i := range other {
			if !picked(i) {
				continue
			}
			any = true
			other[i] = make([]string, len(forms[i]))
			for j, w := range forms[i] {
				other[i][j] = style.write(w)
			}
		}
		if any {
			add(other, picked)
		}
	}
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

// insides are the labels within names of several words.
var insides = func() (set uint32) {
	for class := range labelClasses {
		set |= 1 << label(class, partI) & everyLabel
	}
	return set
}()

// labelsOf returns the labels of a class.
func labelsOf(class dragoman.Class) uint32 {
	c := slices.Index(labelClasses[:], class)
	if c < 0 {
		return 0
	}
	return 0xF << label(c, 0) & everyLabel
}

// rightOf returns the labels that each word of a sentence may have. What is no
// name may still have a label of open, but a small word only one within a name; a
// name without a class may be any, and none where the word is known as a title or
// the like.
func rightOf(s AnnotatedSentence, words []word, open uint32) []uint32 {
	right := make([]uint32, len(s.Words))
	for i := range right {
		right[i] = 1<<outside | open
		if words[i].casing == lowerCase && words[i].mode == plain {
			right[i] &= 1<<outside | insides
		}
	}
	for _, n := range s.Names {
		c := slices.Index(labelClasses[:], n.Class)
		if c < 0 {
			for i := n.First; i < n.End; i++ {
				right[i] = everyLabel
				if k := words[i].kind; k == 0 || k == givenName {
					right[i] &^= 1 << outside
				}
			}
			continue
		}
		if label(c, partI) >= labels {
			for i := n.First; i < n.End-2; i++ {
				right[i] = 1 << outside
			}
			n.First = max(n.First, n.End-2)
		}
		for i := n.First + 1; i < n.End-1; i++ {
			right[i] = 1 << label(c, partI)
		}
		right[n.First], right[n.End-1] = 1<<label(c, partB), 1<<label(c, partL)
		if n.End-n.First == 1 {
			right[n.First] = 1 << label(c, partU)
		}
	}
	return right
}

// afterTitle returns where the name of the words first..end-1 begins after the
// title that it begins with; end where it is nothing else.
func (r *recogniser) afterTitle(words []string, first, end int) int {
	name := first
	for i := first; i < end; i++ {
		sole, ok := r.titles[lowerHash(words[i])]
		if !ok {
			break
		}
		if sole {
			name = i + 1
		}
	}
	return name
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
				if n.First = r.afterTitle(words, n.First, n.End); n.First == n.End {
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
