package score

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"dragoman"
	"dragoman/mention"
)

// NameScore says how well names are found: exact span and class.
type NameScore struct {
	Articles int
	Skipped  int // gold names whose words are not in the raw text
	ByClass  map[dragoman.Class]Counts
	Span     Counts // span alone, whatever the class
}

// NameClasses are the classes that names are counted by, in a fixed order.
func NameClasses() []dragoman.Class {
	return []dragoman.Class{dragoman.Person, dragoman.Organisation, dragoman.Location, dragoman.Nationality, dragoman.Facility, dragoman.Other}
}

// Total returns the counts of some classes together; of all where none is given.
func (s NameScore) Total(classes ...dragoman.Class) Counts {
	if len(classes) == 0 {
		classes = NameClasses()
	}
	var t Counts
	for _, c := range classes {
		x := s.ByClass[c]
		t.Gold += x.Gold
		t.Found += x.Found
		t.Right += x.Right
		t.GoldRight += x.GoldRight
	}
	return t
}

// mainClasses are the classes that most of the events hang on.
var mainClasses = []dragoman.Class{dragoman.Person, dragoman.Organisation, dragoman.Location, dragoman.Nationality}

// String gives the score of all names on one line, of the four main classes on
// another, and of each class on one more.
func (s NameScore) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d articles (%d names not in the raw text)  %s  span alone %s", s.Articles, s.Skipped, s.Total(), s.Span)
	fmt.Fprintf(&b, "\nmain classes %s", s.Total(mainClasses...))
	for _, c := range NameClasses() {
		if x := s.ByClass[c]; x.Gold > 0 {
			fmt.Fprintf(&b, "\n%s %s", c, x)
		}
	}
	return b.String()
}

// Names reads the articles of a corpus of names (see mention.ReadCorpus) as
// raw text and compares the names that are found with the gold ones. raw is a
// file of JSON Lines with id and text, the articles as published; where it is
// empty, sentences are as the corpus gives their text, or the spaces between the
// words are put back by rule. A class that the corpus does not have at all is not
// counted; but without one of facilities these are among its locations, as in
// Universal NER.
func Names(read dragoman.Reader, file, raw string) (NameScore, error) {
	docs, err := mention.ReadCorpus(file)
	if err != nil {
		return NameScore{}, err
	}
	texts := map[string]string{}
	if raw != "" {
		if texts, err = rawTexts(raw); err != nil {
			return NameScore{}, err
		}
	}
	s := NameScore{ByClass: map[dragoman.Class]Counts{}}
	in := map[dragoman.Class]bool{}
	for i := range docs {
		for _, sent := range docs[i].Sentences {
			for _, n := range sent.Names {
				in[n.Class] = true
			}
		}
	}
	for i := range docs {
		text, ok := texts[docs[i].ID]
		if raw != "" && !ok {
			return s, fmt.Errorf("%s: no article %q", raw, docs[i].ID)
		}
		gold, text := placed(&docs[i], text, raw != "", &s)
		doc := read.Read(dragoman.Article{ID: docs[i].ID, Text: text, Language: "en"})
		s.count(gold, &doc, in)
	}
	s.Articles = len(docs)
	return s, nil
}

// count adds what one article has.
func (s *NameScore) count(gold map[dragoman.Span]dragoman.Class, doc *dragoman.Document, in map[dragoman.Class]bool) {
	for _, c := range gold {
		x := s.ByClass[c]
		x.Gold++
		s.ByClass[c] = x
		s.Span.Gold++
	}
	for _, m := range doc.Mentions {
		class := m.Class
		if class == dragoman.Facility && !in[class] {
			class = dragoman.Location
		}
		if m.Form != dragoman.Name || class == dragoman.Unclassed || !in[class] {
			continue
		}
		x := s.ByClass[class]
		x.Found++
		s.Span.Found++
		if c, ok := gold[m.Span]; ok {
			s.Span.Right++
			s.Span.GoldRight++
			if c == class {
				x.Right++
				x.GoldRight++
			}
		}
		s.ByClass[class] = x
	}
}

// placed returns the gold names by their place in the text. Where the text is
// not given, it is put together from the words.
func placed(doc *mention.Annotated, text string, given bool, s *NameScore) (map[dragoman.Span]dragoman.Class, string) {
	gold := map[dragoman.Span]dragoman.Class{}
	var b strings.Builder
	at := 0
	for _, sent := range doc.Sentences {
		starts, ends := make([]int, len(sent.Words)), make([]int, len(sent.Words))
		open := false
		whole := text
		if !given && sent.Text != "" {
			at = b.Len()
			b.WriteString(sent.Text)
			whole = b.String()
		}
		for i, w := range sent.Words {
			if given || sent.Text != "" {
				starts[i], ends[i] = -1, -1
				if k := strings.Index(whole[at:min(len(whole), at+2000)], w); k >= 0 {
					starts[i], ends[i] = at+k, at+k+len(w)
					at = ends[i]
				}
				continue
			}
			if i > 0 && spaced(sent.Words[i-1], w, open) {
				b.WriteByte(' ')
			}
			if w == `"` {
				open = !open
			}
			starts[i] = b.Len()
			b.WriteString(w)
			ends[i] = b.Len()
		}
		if !given {
			b.WriteString("\n\n")
		}
		for _, n := range sent.Names {
			if n.Class == dragoman.Unclassed {
				continue
			}
			if starts[n.First] < 0 || ends[n.End-1] < starts[n.First] {
				s.Skipped++
				continue
			}
			gold[dragoman.Span{Start: starts[n.First], End: ends[n.End-1]}] = n.Class
		}
	}
	if given {
		return gold, text
	}
	return gold, b.String()
}

// spaced reports whether a space stands between two words; open tells whether
// a quotation is open before the second.
func spaced(a, b string, open bool) bool {
	switch b {
	case ".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "'s", "’s", "n't", "n’t", "”", "...":
		return false
	case `"`:
		return !open
	}
	switch a {
	case "(", "[", "{", "$", "“", "‘":
		return false
	case `"`:
		return !open
	}
	return true
}

// rawTexts reads the texts of a file of JSON Lines by id.
func rawTexts(file string) (map[string]string, error) {
	b, err := readPacked(file)
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var a struct{ ID, Text string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		texts[a.ID] = a.Text
	}
	return texts, lines.Err()
}

// readPacked reads a file, gzip or not.
func readPacked(file string) ([]byte, error) {
	b, err := os.ReadFile(file)
	if err != nil || len(b) < 2 || b[0] != 0x1f || b[1] != 0x8b {
		return b, err
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err == nil {
		b, err = io.ReadAll(z)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return b, nil
}

// PronounScore says how well pronouns are tied to names, as GAP counts: each
// row gives two names, each of which the pronoun stands for or not.
type PronounScore struct {
	Rows              int
	Masculine, Female Counts
}

// All returns the counts of both genders.
func (s PronounScore) All() Counts {
	m, f := s.Masculine, s.Female
	return Counts{Gold: m.Gold + f.Gold, Found: m.Found + f.Found, Right: m.Right + f.Right, GoldRight: m.GoldRight + f.GoldRight}
}

// String is one line of figures.
func (s PronounScore) String() string {
	return fmt.Sprintf("%d rows  %s  masculine F1 %.1f  feminine F1 %.1f", s.Rows, s.All(), s.Masculine.F1(), s.Female.F1())
}

// Pronouns measures the chains of pronouns against a file of GAP.
func Pronouns(read dragoman.Reader, file string) (PronounScore, error) {
	b, err := readPacked(file)
	if err != nil {
		return PronounScore{}, err
	}
	var s PronounScore
	for n, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		f := strings.Split(strings.TrimRight(line, "\r"), "\t")
		if n == 0 || line == "" {
			continue
		}
		if len(f) < 10 {
			return s, fmt.Errorf("%s:%d: %d columns where GAP has 11", file, n+1, len(f))
		}
		doc := read.Read(dragoman.Article{ID: f[0], Text: f[1], Language: "en"})
		p := spanAt(f[1], f[2], f[3])
		counts := &s.Masculine
		if l := strings.ToLower(f[2]); l == "she" || l == "her" || l == "hers" || l == "herself" {
			counts = &s.Female
		}
		for k := 4; k <= 7; k += 3 {
			gold := strings.EqualFold(f[k+2], "TRUE")
			found := oneChain(&doc, p, spanAt(f[1], f[k], f[k+1]))
			if gold {
				counts.Gold++
			}
			if found {
				counts.Found++
			}
			if gold && found {
				counts.Right++
				counts.GoldRight++
			}
		}
		s.Rows++
	}
	return s, nil
}

// spanAt turns GAP's offset in characters into a span.
func spanAt(text, form, offset string) dragoman.Span {
	var n int
	fmt.Sscan(offset, &n)
	at := 0
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return dragoman.Span{Start: at, End: min(len(text), at+len(form))}
}

// oneChain reports whether the pronoun at p is in a chain with a name that
// overlaps q.
func oneChain(doc *dragoman.Document, p, q dragoman.Span) bool {
	chain := -1
	for _, m := range doc.Mentions {
		if m.Span == p {
			chain = m.Chain
		}
	}
	if chain < 0 {
		return false
	}
	for _, m := range doc.Mentions {
		if m.Chain == chain && m.Form == dragoman.Name && m.Overlaps(q) {
			return true
		}
	}
	return false
}
