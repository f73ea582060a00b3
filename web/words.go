package web

import (
	"io/fs"
	"strings"

	"dragoman/data"
)

// words are what the tables call things, for people.
type words struct {
	types []term // in the order of the table
	codes []term // of CAMEO
	of    map[string]term
}

// term is a code and what it means.
type term struct{ Code, Name, Type string }

func loadWords(fsys fs.FS) (*words, error) {
	w := &words{of: map[string]term{}}
	types, err := data.Read(fsys, "plover/types.tsv", "type", "name")
	if err != nil {
		return nil, err
	}
	for i := range types.Len() {
		w.types = append(w.types, term{Code: types.Value(i, "type"), Name: types.Value(i, "name")})
	}
	codes, err := data.Read(fsys, "plover/cameo.tsv", "code", "name", "type")
	if err != nil {
		return nil, err
	}
	for i := range codes.Len() {
		w.codes = append(w.codes, term{codes.Value(i, "code"), codes.Value(i, "name"), codes.Value(i, "type")})
	}
	for _, t := range append(w.types, w.codes...) {
		w.of[t.Code] = t
	}
	return w, nil
}

// name returns what a type or CAMEO code means, itself where that is not known.
func (w *words) name(code string) string {
	if t, ok := w.of[code]; ok {
		return t.Name
	}
	return code
}

// spaced writes a word of records as words: at_war_with, armed_group.
func spaced(s string) string { return strings.ReplaceAll(s, "_", " ") }
