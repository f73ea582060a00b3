// Package date finds expressions of time and says which days they stand for.
package date

import (
	"io/fs"

	"dragoman"
)

// Finder finds dates.
type Finder struct{}

// Load reads the tables of time words.
func Load(fsys fs.FS) (*Finder, error) { return &Finder{}, nil }

// Find returns the dates of doc in order of the text.
func (f *Finder) Find(doc *dragoman.Document) []dragoman.Date { return nil }
