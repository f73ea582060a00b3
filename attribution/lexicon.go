package attribution

import (
	"io/fs"
	"strings"

	"dragoman"
	"dragoman/data"
	"dragoman/learn"
	"dragoman/pattern"
)

// frame is a set of constructions that a cue may stand in.
type frame uint32

const (
	fClause    frame = 1 << iota // said that A
	fQuote                       // said, "A"
	fInf                         // promised to go
	fIng                         // denied going
	fObj                         // announced a truce
	fDeed                        // X claimed a raid
	fObjClause                   // told X that A
	fObjInf                      // urged X to go
	fOf                          // accused X of going
	fAs                          // described X as good
	fComp                        // called X a liar
	fPass                        // is said to be
	fMain                        // A, according to X
	fNested                      // quoted X as saying A
	fBare                        // declined to comment
)

var frameNames = map[string]frame{"clause": fClause, "quote": fQuote, "inf": fInf, "ing": fIng, "obj": fObj, "deed": fDeed,
	"objclause": fObjClause, "objinf": fObjInf, "of": fOf, "as": fAs, "comp": fComp, "pass": fPass, "main": fMain,
	"nested": fNested, "bare": fBare}

// cue is a row of cues.tsv.
type cue struct {
	rest   []string // the further words, lower case
	pos    dragoman.POS
	kind   string
	stance string
	medium string
	frames frame
	preps  []string
}

func (c *cue) has(f frame) bool { return c.frames&f != 0 }

func (c *cue) prep(word string) bool {
	for _, p := range c.preps {
		if p == word {
			return true
		}
	}
	return false
}

// source is a row of sources.tsv.
type source struct {
	kind      string
	anonymous bool
	medium    string
}

// Finder finds attributions.
type Finder struct {
	cues     map[string][]*cue // by first word; those of more words first
	forms    map[string]string // inflected forms of the verbs that are one word or begin a phrase
	sources  map[string]source
	bodies   map[string]bool // nouns for persons and bodies of people, by lemma
	units    map[string]bool // of time
	days     map[string]bool // names of the days of the week
	after    map[string]bool // "after": what comes first
	edges    [2]*learn.Model // of contents: where they begin and end; nil before they are trained
	meantime map[string]bool // "earlier": when something was said, before who said it
	openers  map[string]bool // words that begin a sentence
	given    map[string]bool // names
	charges  map[string]bool // nouns by which another takes up what was said: "a charge that he denied"
}

var cuePOS = map[string]dragoman.POS{"verb": dragoman.VERB, "noun": dragoman.NOUN, "adj": dragoman.ADJ,
	"adv": dragoman.ADV, "prep": dragoman.ADP}

// Load reads the tables.
func Load(fsys fs.FS) (*Finder, error) {
	f := &Finder{cues: map[string][]*cue{}, forms: map[string]string{}, sources: map[string]source{}, bodies: map[string]bool{}, units: map[string]bool{}, days: map[string]bool{}}
	t, err := data.Read(fsys, "en/cues.tsv", "cue", "pos", "kind", "stance", "medium", "frames", "preps")
	if err != nil {
		return nil, err
	}
	for i := 0; i < t.Len(); i++ {
		c := &cue{kind: t.Value(i, "kind"), stance: t.Value(i, "stance"), medium: t.Value(i, "medium"), preps: t.List(i, "preps")}
		pos, ok := cuePOS[t.Value(i, "pos")]
		if !ok {
			return nil, t.Fault(i, "unknown part of speech %q", t.Value(i, "pos"))
		}
		c.pos = pos
		for _, name := range t.List(i, "frames") {
			fr, ok := frameNames[name]
			if !ok {
				return nil, t.Fault(i, "unknown frame %q", name)
			}
			c.frames |= fr
		}
		words := strings.Fields(strings.ToLower(t.Value(i, "cue")))
		if len(words) == 0 {
			return nil, t.Fault(i, "the cue is empty")
		}
		c.rest = words[1:]
		f.add(words[0], c)
		if pos == dragoman.VERB {
			f.inflect(words[0])
		}
	}
	t, err = data.Read(fsys, "en/sources.tsv", "noun", "kind", "anonymous", "medium")
	if err != nil {
		return nil, err
	}
	for i := 0; i < t.Len(); i++ {
		f.sources[t.Value(i, "noun")] = source{t.Value(i, "kind"), t.Value(i, "anonymous") == "yes", t.Value(i, "medium")}
	}
	t, err = data.Read(fsys, "en/nominals.tsv", "lemma", "class")
	if err != nil {
		return nil, err
	}
	for i := 0; i < t.Len(); i++ {
		if c := t.Value(i, "class"); c == "person" || c == "organisation" {
			f.bodies[t.Value(i, "lemma")] = true
		}
	}
	t, err = data.Read(fsys, "en/dates.tsv", "kind", "words")
	if err != nil {
		return nil, err
	}
	for i := 0; i < t.Len(); i++ {
		of := map[string]map[string]bool{"unit": f.units, "weekday": f.days}[t.Value(i, "kind")]
		for _, w := range t.List(i, "words") {
			if of != nil {
				of[w] = true
			}
		}
	}
	classes, err := pattern.LoadClasses(fsys, "en/classes.tsv")
	if err != nil {
		return nil, err
	}
	f.after, f.charges, f.meantime = pattern.Set(classes["after"]), pattern.Set(classes["charges"]), pattern.Set(classes["meantime"])
	if f.openers, err = column(fsys, "en/openers.tsv", "form"); err != nil {
		return nil, err
	}
	if f.given, err = column(fsys, "en/givennames.tsv", "name"); err != nil {
		return nil, err
	}
	return f, f.loadBoundaries(fsys)
}

// column returns the words of a column of a table.
func column(fsys fs.FS, file, name string) (map[string]bool, error) {
	t, err := data.Read(fsys, file, name)
	if err != nil {
		return nil, err
	}
	all := make(map[string]bool, t.Len())
	for i := range t.Len() {
		all[t.Value(i, name)] = true
	}
	return all, nil
}

// add keeps the cues of more words before those of fewer: the longest wins.
func (f *Finder) add(first string, c *cue) {
	list := append(f.cues[first], c)
	for i := len(list) - 1; i > 0 && len(list[i].rest) > len(list[i-1].rest); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	f.cues[first] = list
}

// inflect makes the regular forms of a verb findable where the lemma of a
// token is wrong, as often in headlines.
func (f *Finder) inflect(verb string) {
	if len(verb) < 3 {
		return
	}
	stem, last := verb[:len(verb)-1], verb[len(verb)-1]
	forms := []string{verb + "s", verb + "ed", verb + "ing"}
	switch {
	case last == 'e':
		forms = []string{verb + "s", verb + "d", stem + "ing"}
	case last == 'y' && !strings.ContainsRune("aeiou", rune(verb[len(verb)-2])):
		forms = []string{stem + "ies", stem + "ied", verb + "ing"}
	case last == 's' || last == 'x' || strings.HasSuffix(verb, "ch") || strings.HasSuffix(verb, "sh"):
		forms[0] = verb + "es"
	}
	for _, form := range forms {
		if _, ok := f.forms[form]; !ok {
			f.forms[form] = verb
		}
	}
}
