// Package place says where the places of an article are. It reads the names
// that the room mention found, looks them up in the tables of data/places, and
// chooses by what the text says of them: what contains what ("Rustaq, Takhar";
// "Takhar's Rustaq district"), what kind of place the words beside the name
// tell, and which countries the article is about.
//
// A name that no table knows becomes a place of its own, with the kind and the
// container that the text gives it and without coordinates: nothing is forced
// onto a place that merely sounds alike.
package place

import (
	"errors"
	"io/fs"
	"slices"
	"sync"

	"dragoman"
	"dragoman/data"
)

// Resolver knows the places of the tables. It may be used by several
// goroutines at once.
type Resolver struct {
	gaz     *gazetteer
	dump    *dump // the user's GeoNames file; nil where there is none
	words   words
	peoples map[string]string // folded demonym → id of the country

	countries map[string]string // folded name of one word → id of the country

	looseOnce sync.Once
	loosely   *gazetteer // by loose forms; built when first needed
}

// Load reads the tables of places and, where the user has one, the file that
// data add geonames wrote.
func Load(fsys fs.FS) (*Resolver, error) {
	r := &Resolver{peoples: map[string]string{}, countries: map[string]string{}}
	var err error
	if r.words, err = loadWords(fsys); err != nil {
		return nil, err
	}
	if r.gaz, err = loadGazetteer(fsys, "places/countries", "places/regions", "places/admin1",
		"places/admin2", "places/features", "places/cities"); err != nil {
		return nil, err
	}
	if r.dump, err = openDump(fsys); err != nil {
		return nil, err
	}
	return r, r.loadPeoples(fsys)
}

// loadPeoples reads the names and the adjectives of the countries, which show
// what an article is about. Without the table of states only the names of
// places do.
func (r *Resolver) loadPeoples(fsys fs.FS) error {
	states, err := data.Read(fsys, "actors/states.tsv", "id", "name", "demonyms")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for i := range states.Len() {
		id := states.Value(i, "id")
		for _, d := range states.List(i, "demonyms") {
			if k := key(d); r.peoples[k] == "" {
				r.peoples[k] = id
			}
		}
		if k := key(states.Value(i, "name")); k != "" {
			r.countries[k] = id
		}
	}
	return nil
}

// Resolve returns the places that the names of doc name, in the order of the
// text, and after them the places that contain those without being mentioned:
// every id of a ContainedIn is the id of a place of the result.
func (r *Resolver) Resolve(doc *dragoman.Document) []dragoman.Place {
	t := r.find(doc)
	t.link()
	t.choose()
	return t.places()
}

// Land returns the country of the towns and divisions of a name, as far as they are
// well known: that of one which lies in a country that is near, or else that of the
// best known, if no other country has one that is nearly as well known; "" where it
// is not clear.
func (r *Resolver) Land(name string, near map[string]bool) (iso3 string) {
	const (
		known = 5 // priors: a town of 100,000 people,
		clear = 1 // of ten times as many as its namesake
	)
	all := slices.DeleteFunc(candidates(r.lookup(name)), func(c candidate) bool {
		return c.prior < known || c.kind != "admin1" && !town(c.kind)
	})
	for i := range all {
		if near[all[i].country] {
			return all[i].country
		}
	}
	for i := range all {
		if all[i].country != all[0].country && all[i].prior > all[0].prior-clear {
			return ""
		}
	}
	if len(all) == 0 {
		return ""
	}
	return all[0].country
}
