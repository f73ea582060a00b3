// Package mention finds what stands for somebody, something or somewhere:
// names, noun phrases and pronouns, and chains those that stand for the same.
//
// Names come from a trained recogniser and the tables of actors and places;
// noun phrases and pronouns from the sentence's tree and the tables nominals
// and pronouns. A chain must not be wrong: what is unsettled stays alone.
package mention

import (
	"errors"
	"fmt"
	"io/fs"

	"dragoman/data"
	"dragoman/learn"
)

// Finder finds mentions. It is read-only and safe for many goroutines.
type Finder struct {
	names *recogniser
	words *words
}

// Load reads the tables and, where they are there, the weights.
func Load(fsys fs.FS) (*Finder, error) {
	r, w, err := newRecogniser(fsys)
	if err != nil {
		return nil, err
	}
	b, err := fs.ReadFile(fsys, weights)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err == nil {
		if err := r.open(b); err != nil {
			return nil, fmt.Errorf("%s: %w", weights, err)
		}
	}
	return &Finder{names: r, words: w}, nil
}

// newRecogniser returns a recogniser without weights, and the words that it knows.
func newRecogniser(fsys fs.FS) (*recogniser, *words, error) {
	w, err := loadWords(fsys)
	if err != nil {
		return nil, nil, err
	}
	g, err := loadGazetteer(fsys)
	if err != nil {
		return nil, nil, err
	}
	r := &recogniser{gaz: g, acronyms: map[uint64]bool{}, kinds: map[uint64]uint64{}, titles: map[uint64]bool{},
		titled: learn.Hash("honorific")}
	for lemma, n := range w.nouns {
		kind := learn.Hash(n.kind)
		r.kinds[learn.Hash(lemma)] = kind
		if w.nouns[lemma+"s"] == nil {
			r.kinds[learn.Hash(lemma+"s")] = learn.Mix(kind, 1)
		}
	}
	for name, t := range w.titles {
		h := learn.Hash(name)
		r.titles[h] = t.sole()
		if t.kind != "modifier" && t.kind != "office" || w.nouns[name] == nil && r.kinds[h] == 0 {
			r.kinds[h] = learn.Hash(t.kind)
		}
	}
	for name, kinds := range w.around {
		if kinds&isSmall != 0 {
			r.kinds[learn.Hash(name)] = learn.Hash("small")
		}
		if kinds&isCalendar != 0 {
			r.kinds[learn.Hash(name)] = learn.Hash("calendar")
		}
	}
	for name := range w.given {
		if h := learn.Hash(name); r.kinds[h] == 0 {
			r.kinds[h] = givenName
		}
	}
	t, err := data.Read(fsys, "en/acronyms.tsv", "acronym")
	if err != nil {
		return nil, nil, err
	}
	for i := range t.Len() {
		r.acronyms[learn.Hash(t.Value(i, "acronym"))] = true
	}
	return r, w, nil
}

// The kinds of given names and of acronyms.
var givenName, acronym = learn.Hash("given"), learn.Hash("acronym")

// open reads the weights of the recogniser.
func (r *recogniser) open(b []byte) error {
	f, err := learn.Open(b)
	if err != nil {
		return err
	}
	body, err := f.Body("network")
	if err != nil {
		return err
	}
	if r.network, err = openNetwork(body); err != nil {
		return err
	}
	places, err := f.Body("places")
	if err != nil {
		return err
	}
	r.gaz.places = placeNames(places)
	return nil
}

// either is the gender of given names of both.
const either = 'e'

// genderOf tells the gender of a person by the given name; 0 where unknown.
func (f *Finder) genderOf(words []string) byte {
	if len(words) == 0 {
		return 0
	}
	if g := f.words.given[words[0]]; g != either {
		return g
	}
	return 0
}
