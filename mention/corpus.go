package mention

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strings"

	"dragoman"
)

// Annotated is an article, or a part of one, of a corpus with names: its
// sentences, each a list of words and the names among them.
type Annotated struct {
	ID        string
	Sentences []AnnotatedSentence
}

// AnnotatedSentence is a tokenised sentence with its names.
type AnnotatedSentence struct {
	ID    string // "" where the corpus has none
	Text  string // as published; "" where the corpus does not have it
	Words []string
	Names []AnnotatedName
}

// AnnotatedName is a name of the words First..End-1. One of no class is
// something that the corpus names without telling which of our classes it has.
type AnnotatedName struct {
	First, End int
	Class      dragoman.Class
}

// ReadCorpus reads a corpus of names: two columns with BIO labels, numbered
// columns with BIO labels, CoNLL-U with entities as GUM has them, CoNLL-U of which the
// proper nouns are names of no class, or GMB's table of values separated by commas;
// any of them packed with gzip. Labels that are not names (dates,
// money) are left out.
func ReadCorpus(path string) ([]Annotated, error) {
	b, err := readPacked(path)
	if err != nil {
		return nil, err
	}
	var docs []Annotated
	if bytes.HasPrefix(b, []byte("Sentence #,")) {
		docs, err = readValues(b)
	} else {
		docs, err = readColumns(b)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return docs, nil
}

// readPacked reads a file, gzip or not.
func readPacked(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil || len(b) < 2 || b[0] != 0x1f || b[1] != 0x8b {
		return b, err
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err == nil {
		b, err = io.ReadAll(z)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return b, nil
}

func readColumns(b []byte) ([]Annotated, error) {
	var docs []Annotated
	var s AnnotatedSentence
	var tags []string
	var marks []marked
	withEntities := bytes.Contains(b, []byte("Entity=("))
	flush := func() {
		if len(s.Words) == 0 {
			return
		}
		if len(docs) == 0 {
			docs = append(docs, Annotated{})
		}
		s.Names = namesOf(tags)
		switch {
		case marks != nil && withEntities:
			s.Names = entities(s.Words, marks)
		case marks != nil:
			s.Names = properNouns(marks)
		}
		d := &docs[len(docs)-1]
		d.Sentences = append(d.Sentences, s)
		s, tags, marks = AnnotatedSentence{}, nil, nil
	}
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if id, ok := strings.CutPrefix(line, "# newdoc id = "); ok {
			flush()
			docs = append(docs, Annotated{ID: id})
			continue
		}
		if id, ok := strings.CutPrefix(line, "# sent_id = "); ok && !strings.Contains(id, "\t") {
			flush()
			s.ID = id
			continue
		}
		if text, ok := strings.CutPrefix(line, "# text = "); ok && len(s.Words) == 0 {
			s.Text = text
			continue
		}
		f := strings.Split(line, "\t")
		switch {
		case strings.TrimSpace(line) == "":
			flush()
		case len(f) == 2:
			s.Words, tags = append(s.Words, f[0]), append(tags, f[1])
		case len(f) == 10 && !strings.HasPrefix(line, "#"):
			if strings.Trim(f[0], "0123456789") == "" {
				s.Words, marks = append(s.Words, f[1]), append(marks, marked{f[4], entityOf(f[9])})
			}
		case len(f) >= 3 && !strings.HasPrefix(line, "# "):
			s.Words, tags = append(s.Words, f[1]), append(tags, f[2])
		}
	}
	flush()
	return docs, lines.Err()
}

// readValues reads GMB's table; its sentences are of unknown articles, so that
// each is one of its own.
func readValues(b []byte) ([]Annotated, error) {
	r := csv.NewReader(bytes.NewReader(b))
	r.ReuseRecord = true
	r.LazyQuotes = true
	var docs []Annotated
	var s AnnotatedSentence
	var tags []string
	flush := func() {
		if len(s.Words) > 0 {
			s.Names = namesOf(tags)
			docs = append(docs, Annotated{Sentences: []AnnotatedSentence{s}})
		}
		s, tags = AnnotatedSentence{}, nil
	}
	for n := 0; ; n++ {
		f, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if n == 0 || len(f) < 4 {
			continue
		}
		if f[0] != "" {
			flush()
		}
		s.Words, tags = append(s.Words, strings.Clone(f[1])), append(tags, strings.Clone(f[3]))
	}
	flush()
	return docs, nil
}

// namesOf reads the names off BIO labels.
func namesOf(tags []string) []AnnotatedName {
	var names []AnnotatedName
	for i := 0; i < len(tags); {
		class := corpusClass(tags[i])
		if class == dragoman.Unclassed {
			i++
			continue
		}
		end := i + 1
		for end < len(tags) && strings.HasPrefix(tags[end], "I-") && corpusClass(tags[end]) == class {
			end++
		}
		names = append(names, AnnotatedName{i, end, class})
		i = end
	}
	return names
}

func corpusClass(tag string) dragoman.Class {
	_, name, _ := strings.Cut(tag, "-")
	switch strings.ToLower(name) {
	case "person", "per":
		return dragoman.Person
	case "organization", "organisation", "org":
		return dragoman.Organisation
	case "location", "loc", "geo":
		return dragoman.Location
	case "norp", "nationality", "gpe":
		return dragoman.Nationality
	case "facility", "fac":
		return dragoman.Facility
	case "misc", "product", "art", "eve", "militaryplatform", "weapon":
		return dragoman.Other
	}
	return dragoman.Unclassed
}

// Names finds the names of an article that is split into words already, one
// list a sentence.
func (f *Finder) Names(sentences [][]string) [][]AnnotatedName {
	var forms []string
	var bounds [][2]int
	for _, s := range sentences {
		bounds = append(bounds, [2]int{len(forms), len(forms) + len(s)})
		forms = append(forms, s...)
	}
	out := make([][]AnnotatedName, len(sentences))
	at := 0
	for _, n := range f.names.names(bounds, len(forms), func(i int) string { return forms[i] }) {
		for n.first >= bounds[at][1] {
			at++
		}
		first := bounds[at][0]
		out[at] = append(out[at], AnnotatedName{n.first - first, n.end - first, n.class})
	}
	return out
}
