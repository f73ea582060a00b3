package syntax

import (
	"io/fs"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/data"
)

// lexicon finds a word whatever its case and the form of its apostrophes.
type lexicon[T any] map[string]T

// longest word of a lexicon, in bytes
const longestEntry = 48

func (l lexicon[T]) find(s string) (found T) {
	var buf [longestEntry]byte
	b := buf[:0]
	if len(s) > longestEntry {
		return found
	}
	for _, r := range s {
		r = lowerRune(plain(r))
		if r >= 0x80 {
			return found
		}
		b = append(b, byte(r))
	}
	return l[string(b)]
}

// abbreviation returns the kind of an abbreviation, "" for none. One of
// initials ("U.S.") that no table has is a name.
func (t *tables) abbreviation(s string) string {
	if kind := t.abbreviations.find(s); kind != nil {
		return *kind
	}
	if len(s) < 4 || len(s) > 12 || len(s)%2 != 0 {
		return ""
	}
	for i := 0; i < len(s); i += 2 {
		if s[i] < 'A' || s[i] > 'Z' || s[i+1] != '.' {
			return ""
		}
	}
	return "name"
}

// tables are the words that a person keeps, under data/en.
type tables struct {
	abbreviations lexicon[*string] // with their full stop; why they are there
	contractions  lexicon[*contraction]
	clitics       lexicon[*string]  // what follows an apostrophe
	openers       lexicon[bool]     // what begins a sentence, after an abbreviation with a capital
	clockwords    lexicon[bool]     // what goes on after a time of day, with a capital
	linkers       lexicon[bool]     // what a number right after belongs to
	closed        map[uint64]uint64 // words of closed classes: by their norm, the parts of speech
	conjunctions  map[uint64]bool   // prepositions that are conjunctions too, by their norm
	lemmas        map[lemmaKey]string
	listed        lookup // by a word's norm, the parts of speech that lemmas has it under
}

// contraction is what is written as one word and is several.
type contraction struct {
	lengths []int         // of the parts, in bytes
	before  lexicon[bool] // the words before which it is; nil for any
}

type lemmaKey struct {
	form string
	pos  dragoman.POS
}

// words reads a table of nothing but words.
func words(fsys fs.FS, name string) (lexicon[bool], error) {
	table, err := data.Read(fsys, name, "form")
	if err != nil {
		return nil, err
	}
	l := lexicon[bool]{}
	for i := range table.Len() {
		l[table.Value(i, "form")] = true
	}
	return l, nil
}

func loadTables(fsys fs.FS) (tables, error) {
	t := tables{abbreviations: lexicon[*string]{}, contractions: lexicon[*contraction]{}, clitics: lexicon[*string]{},
		closed: map[uint64]uint64{}, conjunctions: map[uint64]bool{}, lemmas: map[lemmaKey]string{}}
	a, err := data.Read(fsys, "en/abbreviations.tsv", "form", "kind")
	if err != nil {
		return t, err
	}
	for i := range a.Len() {
		kind := a.Value(i, "kind")
		t.abbreviations[strings.ToLower(a.Value(i, "form"))] = &kind
	}
	for _, list := range []struct {
		name  string
		words *lexicon[bool]
	}{{"openers", &t.openers}, {"clockwords", &t.clockwords}, {"linkers", &t.linkers}} {
		if *list.words, err = words(fsys, "en/"+list.name+".tsv"); err != nil {
			return t, err
		}
	}
	forms, err := words(fsys, "en/conjunctions.tsv")
	if err != nil {
		return t, err
	}
	for form := range forms {
		t.conjunctions[normOf(form)] = true
	}
	closed, err := data.Read(fsys, "en/closed.tsv", "form", "pos")
	if err != nil {
		return t, err
	}
	for i := range closed.Len() {
		for _, name := range closed.List(i, "pos") {
			t.closed[normOf(closed.Value(i, "form"))] |= 1 << dragoman.ParsePOS(name)
		}
	}
	c, err := data.Read(fsys, "en/contractions.tsv", "form", "parts", "before")
	if err != nil {
		return t, err
	}
	for i := range c.Len() {
		form, parts := c.Value(i, "form"), c.List(i, "parts")
		if strings.HasPrefix(form, "'") && len(parts) == 1 {
			t.clitics[form[1:]] = &parts[0]
			continue
		}
		if strings.Join(parts, "") != form {
			return t, c.Fault(i, "the parts of %q do not add up to it", form)
		}
		whole := &contraction{}
		for _, p := range parts {
			whole.lengths = append(whole.lengths, len(p))
		}
		for _, word := range c.List(i, "before") {
			if whole.before == nil {
				whole.before = lexicon[bool]{}
			}
			whole.before[word] = true
		}
		t.contractions[form] = whole
	}
	l, err := data.Read(fsys, "en/lemmas.tsv", "form", "pos", "lemma")
	if err != nil {
		return t, err
	}
	t.listed = newLookup(l.Len())
	for i := range l.Len() {
		norm := normOf(l.Value(i, "form"))
		for _, name := range l.List(i, "pos") {
			pos := dragoman.ParsePOS(name)
			if pos == dragoman.X && name != "X" {
				return t, l.Fault(i, "unknown part of speech %s", strconv.Quote(name))
			}
			before, _ := t.listed.find(norm)
			t.listed.put(norm, before|1<<(pos&15))
			t.lemmas[lemmaKey{l.Value(i, "form"), pos}] = l.Value(i, "lemma")
		}
	}
	return t, nil
}
