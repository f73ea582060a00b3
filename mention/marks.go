package mention

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/data"
)

// Marks are names marked in a corpus which has none, by the ids of
// its sentences: places and classes, and nothing of the text. A sentence of the
// corpus without an entry has no name.
type Marks map[string][]AnnotatedName

// ReadMarks reads a table with the columns sentence and names. A name is
// "0-2:person", the words 0 and 1 of the sentence; "|" stands between two.
func ReadMarks(path string) (Marks, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	t, err := data.Read(os.DirFS(filepath.Dir(path)), filepath.Base(path), "sentence", "names")
	if err != nil {
		return nil, err
	}
	marks := Marks{}
	for i := range t.Len() {
		var names []AnnotatedName
		for _, s := range t.List(i, "names") {
			n, err := parseMark(s)
			if err != nil {
				return nil, t.Fault(i, "%v", err)
			}
			names = append(names, n)
		}
		marks[t.Value(i, "sentence")] = names
	}
	return marks, nil
}

func parseMark(s string) (n AnnotatedName, err error) {
	span, class, _ := strings.Cut(s, ":")
	first, end, _ := strings.Cut(span, "-")
	if n.First, err = strconv.Atoi(first); err == nil {
		n.End, err = strconv.Atoi(end)
	}
	if n.Class = markedClass(class); err != nil || n.First < 0 || n.End <= n.First || n.Class == dragoman.Unclassed {
		return n, fmt.Errorf("%q is not a name as in 0-2:person", s)
	}
	return n, nil
}

// markedClass returns the class by its name. A venue, where people go to be
// served (a restaurant, a shop, a clinic), is a location, as in Universal NER.
func markedClass(name string) dragoman.Class {
	if name == "venue" {
		return dragoman.Location
	}
	for _, c := range labelClasses {
		if string(c) == name {
			return c
		}
	}
	return dragoman.Unclassed
}

// on gives the sentences of a corpus the marked names, and reports whether it is
// one with marks.
func (m Marks) on(docs []Annotated) (bool, error) {
	known := func(s AnnotatedSentence) bool { return s.ID != "" && len(m[s.ID]) > 0 }
	if !slices.ContainsFunc(docs, func(d Annotated) bool { return slices.ContainsFunc(d.Sentences, known) }) {
		return false, nil
	}
	for i := range docs {
		for j := range docs[i].Sentences {
			s := &docs[i].Sentences[j]
			s.Names = slices.Clone(m[s.ID])
			for _, n := range s.Names {
				if n.End > len(s.Words) {
					return true, fmt.Errorf("sentence %s has %d words, but a name is marked that ends at %d", s.ID, len(s.Words), n.End)
				}
			}
		}
	}
	return true, nil
}
