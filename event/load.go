// Package event codes what was done: by a lexicon of frames (docs/frames.md)
// it finds the predicates of a document, settles who stands where, and writes
// events of PLOVER (codebook of 2021) and CAMEO, each with its evidence and
// what decided.
//
// Precision comes first: an event needs a frame whose conditions hold, or else a judge
// that learnt from marked articles and is sure of it, and an actor in the predicate's own
// clause structure or in a chain that leads there.
package event

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/data"
	"dragoman/dictionary"
	"dragoman/pattern"
)

// Coder codes events. It is read-only after Load and may be used by many
// goroutines at once.
type Coder struct {
	Grammar   *pattern.Grammar
	facts     *pattern.Factuality
	book      pattern.Book
	meanings  []meaning // by Frame.Row
	types     map[string]kind
	modes     map[string]bool     // "ASSAULT/beat"
	codes     map[string]meaning  // of CAMEO: type and mode
	contexts  map[string][]string // words → contexts; "-": none, nor by each of them
	topics    map[string][]string // nouns → contexts
	numbers   map[string][2]int
	where     map[string]bool     // prepositions that say where
	again     map[string]bool     // "such", "these": points back to an event told before
	after     map[string]bool     // what the main clause came after
	since     map[string]bool     // what the main clause has been done since
	during    map[string]bool     // what the main clause was done during
	wake      map[string]bool     // "in the wake of"
	occasions map[string]bool     // "rally", "operation": what is held or done at one place
	spans     map[string]bool     // a day and longer: "two weeks after"
	moments   map[string]bool     // shorter: "hours after"
	eras      map[string]bool     // what lasts, and is referred to as a time: "war", "rule"
	recalls   map[string]bool     // "commemorate", "anniversary": of what is long past
	atLeast   map[string]bool     // "more than"
	atMost    map[string]bool     // "up to"
	statistic map[string]bool     // "value", "number": of events it is a figure
	amounts   map[string]bool     // "rose", "amounted to"
	figures   map[string]bool     // "percent", "billion"
	mock      map[string]bool     // what is no real target
	exercise  map[string]bool     // in which nobody is attacked
	hurt      map[string]bool     // "twenty others wounded"
	ordering  map[string]bool     // "ordered him to"
	backs     map[string]bool     // "who supports the rebels"
	obliging  map[string]bool     // "should", "must"
	foretells map[string]bool     // "would", "will"
	keepsBack map[string]bool     // "declined to say"
	voicing   map[string]bool     // "expressed concern"
	gains     map[string]bool     // what nobody is asked for: "should learn from it"
	sides     map[string]bool     // "the two sides", "the ministers"
	deeds     map[string]bool     // what somebody did, without a word of what: "this move"
	praise    map[string]bool     // "brilliant", "hero": whoever is called so is not accused
	wishing   map[string]bool     // what is only asked for, wished, offered or threatened: "called for talks"
	verbal    map[string]bool     // may be done with words: "attacked his rival"
	joint     map[string]bool     // "cooperation", "improvement"
	words     map[string][]string // part of speech and lemma → types and strengths, "ACCUSE:2"
	judge     *Judge

	// Dictionary codes by an analyst's own dictionaries, over the frames or, with
	// Only, instead of them; nil: there is none.
	Dictionary *dictionary.Coder
	Only       bool
}

// kind is a type of the ontology.
type kind struct {
	quad       string
	score      float64
	planned    string   // what a planned event of the type counts as
	only       []string // statuses without which it is no event; nil for any
	uttered    bool     // it is done by saying it
	confidence float64  // how far its events are believed; 0 leaves it to the judge
}

// capitals are what names of types are made of.
const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

// quads are PLOVER's four; a type that takes no side has none.
var quads = []string{"", "verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"}

// meaning is what a frame says beyond its condition and roles.
type meaning struct{ kind, mode, cameo, example, place string }

// openFrames are the frames of what no frame tells but the judge is sure of.
const openFrames = "plover/en/open.tsv"

// wordTable says what words may tell, frame or not.
const wordTable = "plover/en/words.tsv"

// FrameFolder holds the tables of event frames. FrameTable, where there is one, is read
// in place of the whole folder: an ontology that has nothing of PLOVER's.
const (
	FrameFolder = "plover/en/frames"
	FrameTable  = "plover/en/frames.tsv"
)

// Load reads the ontology and the frames.
func Load(fsys fs.FS) (*Coder, error) {
	c := &Coder{types: map[string]kind{}, contexts: map[string][]string{}, topics: map[string][]string{}, numbers: map[string][2]int{}}
	for _, load := range []func(fs.FS) error{c.loadLanguage, c.loadTypes, c.loadModes, c.loadContexts, c.loadFrames, c.loadWords, c.loadJudge} {
		if err := load(fsys); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *Coder) loadLanguage(fsys fs.FS) (err error) {
	if c.Grammar, err = pattern.LoadGrammar(fsys); err != nil {
		return err
	}
	if c.facts, err = pattern.LoadFactuality(fsys); err != nil {
		return err
	}
	words, err := pattern.LoadClasses(fsys, "en/classes.tsv")
	if err != nil {
		return err
	}
	c.where, c.again, c.after = pattern.Set(words["where"]), pattern.Set(words["again"]), pattern.Set(words["after"])
	c.since, c.during, c.wake = pattern.Set(words["since"]), pattern.Set(words["during"]), pattern.Set(words["wake"])
	c.occasions = pattern.Set(words["occasions"])
	c.spans, c.moments = pattern.Set(words["spans"]), pattern.Set(words["moments"])
	c.eras, c.recalls = pattern.Set(words["eras"]), pattern.Set(words["recalls"])
	c.atLeast, c.atMost = pattern.Set(words["at least"]), pattern.Set(words["at most"])
	c.statistic, c.mock, c.exercise = pattern.Set(words["statistic"]), pattern.Set(words["mock"]), pattern.Set(words["exercise"])
	c.amounts, c.figures = pattern.Set(words["amounts"]), pattern.Set(words["figures"])
	c.obliging, c.gains, c.sides = pattern.Set(words["obliging"]), pattern.Set(words["gains"]), pattern.Set(words["sides"])
	c.foretells = pattern.Set(words["foretelling"])
	c.deeds = pattern.Set(words["deeds"])
	c.wishing, c.praise = pattern.Set(words["wishing"]), pattern.Set(words["praise"])
	c.voicing, c.verbal, c.joint = pattern.Set(words["voicing"]), pattern.Set(words["verbal"]), pattern.Set(words["cooperation"])
	c.hurt, c.ordering, c.backs, c.keepsBack = pattern.Set(words["hurt"]), pattern.Set(words["ordering"]), pattern.Set(words["backs"]), pattern.Set(words["keepsback"])
	t, err := data.Read(fsys, "en/numbers.tsv", "word", "min", "max")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		low, err := strconv.Atoi(t.Value(i, "min"))
		if err != nil {
			return t.Fault(i, "min: %v", err)
		}
		high := -1
		if v := t.Value(i, "max"); v != "" {
			if high, err = strconv.Atoi(v); err != nil {
				return t.Fault(i, "max: %v", err)
			}
		}
		c.numbers[t.Value(i, "word")] = [2]int{low, high}
	}
	return nil
}

func (c *Coder) loadTypes(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/types.tsv", "type", "quad", "score", "planned", "only")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		name, k := t.Value(i, "type"), kind{quad: t.Value(i, "quad"), planned: t.Value(i, "planned"), only: t.List(i, "only")}
		if k.score, err = strconv.ParseFloat(t.Value(i, "score"), 64); err != nil {
			return t.Fault(i, "score: %v", err)
		}
		if strings.Trim(name, capitals) != "" || name == "" || strings.HasPrefix(name, "-") {
			return t.Fault(i, "type is %q; it is written in capitals, figures, - and _", name)
		}
		if !slices.Contains(quads, k.quad) {
			return t.Fault(i, "quad is %q; it is empty or one of %s", k.quad, strings.Join(quads[1:], ", "))
		}
		if v := t.Value(i, "confidence"); v != "" {
			if k.confidence, err = strconv.ParseFloat(v, 64); err != nil || !(k.confidence > 0 && k.confidence <= 1) {
				return t.Fault(i, "confidence is %q; it is above 0 and at most 1, or empty", v)
			}
		}
		for _, s := range k.only {
			if !slices.Contains(dragoman.Statuses, dragoman.Status(s)) {
				return t.Fault(i, "only: %q is not a status; it is one of %v", s, dragoman.Statuses)
			}
		}
		k.uttered = strings.HasPrefix(k.quad, "verbal") && name != "CONSULT" // who meets does more than speak
		c.types[name] = k
	}
	for i := range t.Len() {
		if p := t.Value(i, "planned"); p != "" && !c.has(p) {
			return t.Fault(i, "planned: unknown type %q", p)
		}
	}
	return nil
}

// has reports whether the ontology has a type.
func (c *Coder) has(kind string) bool { _, ok := c.types[kind]; return ok }

// loadModes reads the modes of the types and the codes of CAMEO, against which
// frames are checked.
func (c *Coder) loadModes(fsys fs.FS) error {
	c.modes, c.codes = map[string]bool{}, map[string]meaning{}
	t, err := data.Read(fsys, "plover/modes.tsv", "type", "mode")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		if !c.has(t.Value(i, "type")) {
			return t.Fault(i, "unknown type %q", t.Value(i, "type"))
		}
		c.modes[t.Value(i, "type")+"/"+t.Value(i, "mode")] = true
	}
	if t, err = data.Read(fsys, "plover/cameo.tsv", "code", "type", "mode"); err != nil {
		return err
	}
	for i := range t.Len() {
		c.codes[t.Value(i, "code")] = meaning{kind: t.Value(i, "type"), mode: t.Value(i, "mode")}
	}
	return nil
}

func (c *Coder) loadContexts(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/en/contexts.tsv", "context", "words")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		for _, w := range t.List(i, "words") {
			c.contexts[w] = append(c.contexts[w], t.Value(i, "context"))
		}
		for _, w := range t.List(i, "nouns") {
			c.topics[w] = append(c.topics[w], t.Value(i, "context"))
		}
	}
	return nil
}

func (c *Coder) loadFrames(fsys fs.FS) error {
	classes, err := pattern.LoadClasses(fsys, "plover/en/classes.tsv")
	if err != nil {
		return err
	}
	files, err := fs.Glob(fsys, FrameTable)
	if err == nil && len(files) == 0 {
		files, err = fs.Glob(fsys, FrameFolder+"/*.tsv")
	}
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("%s holds no table of frames", FrameFolder)
	}
	for _, path := range append(files, openFrames) {
		if strings.HasSuffix(path, ".more.tsv") {
			continue
		}
		t, err := data.Read(fsys, path, "lemma", "pos", "when", "type", "mode", "cameo", "actor", "recipient", "flags", "example")
		if err != nil {
			return err
		}
		base := len(c.meanings)
		for i := range t.Len() {
			m := meaning{t.Value(i, "type"), t.Value(i, "mode"), t.Value(i, "cameo"), t.Value(i, "example"), t.Where(i)}
			if !c.has(m.kind) && m.kind != "-" {
				return t.Fault(i, "unknown type %q", m.kind)
			}
			if m.mode != "" && !c.modes[m.kind+"/"+m.mode] {
				return t.Fault(i, "%s has no mode %q", m.kind, m.mode)
			}
			if _, ok := c.codes[m.cameo]; !ok && m.cameo != "" {
				return t.Fault(i, "CAMEO has no code %q", m.cameo)
			}
			c.meanings = append(c.meanings, m)
		}
		if err := c.book.AddTable(t, base, "type", "actor", "recipient", classes); err != nil {
			return err
		}
	}
	c.book.Order()
	return nil
}

// loadWords reads the words that may tell events, by which the judge knows what it has
// seldom seen.
func (c *Coder) loadWords(fsys fs.FS) error {
	t, err := data.Read(fsys, wordTable, "type", "pos", "strength", "words")
	if err != nil {
		return err
	}
	c.words = map[string][]string{}
	for i := range t.Len() {
		kind, pos, strength := t.Value(i, "type"), t.Value(i, "pos"), t.Value(i, "strength")
		if !c.has(kind) {
			return t.Fault(i, "unknown type %q", kind)
		}
		if pos != "V" && pos != "N" && pos != "A" || strength != "1" && strength != "2" && strength != "3" {
			return t.Fault(i, "the part of speech is V, N or A and the strength 1 to 3, not %q and %q", pos, strength)
		}
		for _, w := range t.List(i, "words") {
			c.words[pos+w] = append(c.words[pos+w], kind+":"+strength)
		}
	}
	for _, told := range c.words {
		slices.Sort(told)
	}
	return nil
}

// Frames returns the number of frames, each lemma of a shared row counted.
func (c *Coder) Frames() int { return c.book.Len() }

// Explain returns what a name in Event.Because stands for: the frame's table,
// line, conditions and example, or that the judge decided; ok is false for a name it
// does not know.
func (c *Coder) Explain(because string) (text string, ok bool) {
	if text, ok := explained(because); ok {
		return text, true
	}
	switch because {
	case judgedAs + AsActor, judgedAs + AsRecipient:
		return "other parties than the frame's have that role in marked articles with such words and syntax (" + JudgeWeights + ")", true
	case "status:" + judgedStatus:
		return "told with such words and syntax it has that status in marked articles (" + JudgeWeights + ")", true
	}
	if kind, ok := strings.CutPrefix(because, judgedAs); ok {
		return "no frame holds, but its words, syntax and parties are those of " + kind + " in marked articles (" + JudgeWeights + ")", true
	}
	f, ok := c.book.Opened(because)
	if !ok {
		return "", false
	}
	m := c.meanings[f.Row]
	if f.Lemma == openLemma {
		return fmt.Sprintf("%s: where the parties of %s stand when no frame of the word has it", m.place, m.kind), true
	}
	told := strings.Join(strings.Fields(m.kind+" "+m.mode+" "+m.cameo), " ")
	return fmt.Sprintf("%s: %s %c, %s → %s; e.g. %s", m.place, f.Lemma, f.POS, f.Conditions(), told, m.example), true
}

// Fold returns the type that PLOVER gives an event of that type and status:
// what is only planned is an agreement or a threat; "" where PLOVER has no
// such event.
func (c *Coder) Fold(kind string, status dragoman.Status) string {
	if kind == "STATEMENT" {
		return ""
	}
	if status == dragoman.Planned {
		if p := c.types[kind].planned; p != "" {
			return p
		}
	}
	return kind
}

// Quad returns the quad class of a type, Score its PLOVER score.
func (c *Coder) Quad(kind string) string   { return c.types[kind].quad }
func (c *Coder) Score(kind string) float64 { return c.types[kind].score }

// Uncovered returns the modes of the ontology ("ASSAULT/beat") that no frame
// gives, sorted.
func (c *Coder) Uncovered() []string {
	left := maps.Clone(c.modes)
	for _, m := range c.meanings {
		delete(left, m.kind+"/"+m.mode)
	}
	return slices.Sorted(maps.Keys(left))
}

// Types returns the types of the ontology, sorted.
func (c *Coder) Types() []string {
	return slices.Sorted(maps.Keys(c.types))
}

// Example is a frame's own sentence, the trigger in brackets.
type Example struct{ Where, Text, Type string }

// Examples returns the examples of all frames, in the order of the tables.
func (c *Coder) Examples() []Example {
	var all []Example
	for _, m := range c.meanings {
		if m.example != "" {
			all = append(all, Example{m.place, m.example, m.kind})
		}
	}
	return all
}
