package mention

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/data"
	"dragoman/learn"
)

// What a name in the tables is a name of.
const (
	ofState uint16 = 1 << iota
	ofDemonym
	ofPlace
	ofOrganisation
	ofPerson
	ofCapital
	ofCompany // the brandKinds, in their order
	ofVenue
	ofMedia
	ofSchool
	ofTeam
	ofProduct
)

// brandKinds are what well-known names are of that no actor bears.
var brandKinds = []string{"company", "venue", "media", "school", "team", "product"}

// gazetteer knows the names of the tables by their letters: case, spaces,
// hyphens and points do not count ("Dasht-e-Qala", "U.S.").
type gazetteer struct {
	sets      map[uint64]uint16 // of all but places and brands
	brands    map[uint64]uint16
	kinds     map[uint64]string // of organisations and states
	ids       map[uint64]string // of organisations
	states    map[uint64]string // any name or demonym of a state: its id
	governs   map[uint64]bool   // organisations that are, or were, a government
	rules     map[uint64]string // and of which state
	divisions map[uint64]bool   // of states
	places    placeNames
}

// longestName is the most tokens that a name of the tables is looked for in.
const longestName = 8

// look returns the sets that a name belongs to.
func (g *gazetteer) look(key uint64) uint16 { return g.sets[key] | g.places.look(key) }

func loadGazetteer(fsys fs.FS) (*gazetteer, error) {
	g := &gazetteer{sets: map[uint64]uint16{}, brands: map[uint64]uint16{}, kinds: map[uint64]string{}, ids: map[uint64]string{},
		states: map[uint64]string{}, governs: map[uint64]bool{}, rules: map[uint64]string{}, divisions: map[uint64]bool{}}
	for _, name := range []string{"states", "organisations", "bodies", "persons"} {
		t, err := data.Read(fsys, "actors/"+name+".tsv")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		switch name {
		case "states":
			g.addStates(t)
		case "organisations", "bodies":
			g.addOrganisations(t)
		case "persons":
			g.addPersons(t)
		}
	}
	t, err := data.Read(fsys, "places/admin1.tsv")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for i := range t.Len() {
		_, code, _ := strings.Cut(t.Value(i, "code"), ".")
		for _, n := range append(t.List(i, "aliases"), t.Value(i, "name"), code) {
			if !strings.ContainsAny(n, "0123456789") {
				g.divisions[nameKey(n)] = true
			}
		}
	}
	if t, err = data.Read(fsys, "en/brands.tsv", "name", "kind"); err != nil {
		return nil, err
	}
	for i := range t.Len() {
		k := slices.Index(brandKinds, t.Value(i, "kind"))
		if k < 0 {
			return nil, t.Fault(i, "unknown kind %q", t.Value(i, "kind"))
		}
		g.brands[nameKey(t.Value(i, "name"))] |= ofCompany << k
	}
	return g, nil
}

func (g *gazetteer) addStates(t *data.Table) {
	for i := range t.Len() {
		id := t.Value(i, "id")
		for _, n := range append(t.List(i, "aliases"), t.Value(i, "name")) {
			key := nameKey(n)
			g.sets[key] |= ofState
			g.kinds[key], g.states[key] = "state", id
		}
		for _, n := range t.List(i, "demonyms") {
			key := nameKey(n)
			g.sets[key] |= ofDemonym
			g.states[key] = id
		}
		for _, c := range t.List(i, "capital") {
			g.sets[nameKey(c)] |= ofPlace | ofCapital
		}
	}
}

// addOrganisations adds the capitalised names of organisations. One that has
// several kinds over the years is called by the first that is no government.
func (g *gazetteer) addOrganisations(t *data.Table) {
	add := func(n, id, kind, country string) {
		if !capitalised(n) {
			return
		}
		key := nameKey(n)
		if g.sets[key]&ofState != 0 {
			return
		}
		g.sets[key] |= ofOrganisation
		g.ids[key] = id
		if kind == "government" {
			g.governs[key], g.rules[key] = true, country
		}
		if have := g.kinds[key]; have == "" || have == "government" {
			g.kinds[key] = kind
		}
	}
	for i := range t.Len() {
		id, kind := t.Value(i, "id"), t.Value(i, "kind")
		for _, column := range []string{"name", "names", "aliases", "members"} {
			for _, n := range t.List(i, column) {
				add(n, id, kind, t.Value(i, "country"))
			}
		}
	}
}

func (g *gazetteer) addPersons(t *data.Table) {
	for i := range t.Len() {
		for _, n := range append(t.List(i, "aliases"), t.Value(i, "name")) {
			g.sets[nameKey(n)] |= ofPerson
		}
	}
}

// placeNames are the names of places, which are too many to be read from
// their tables at every start: a table of 32-bit marks at the home that the
// upper bits of their keys give, made when the recogniser is trained.
type placeNames []byte

// look returns ofPlace for the name of a place.
func (p placeNames) look(key uint64) uint16 {
	slots := uint64(len(p) / 4)
	if slots == 0 {
		return 0
	}
	home, mark := placeHome(key, slots)
	for range slots {
		switch binary.LittleEndian.Uint32(p[home*4:]) {
		case 0:
			return 0
		case mark:
			return ofPlace
		}
		home = (home + 1) % slots
	}
	return 0
}

func placeHome(key, slots uint64) (home uint64, mark uint32) {
	key = learn.Mix(key, 1)
	home, _ = bits.Mul64(key, slots)
	return home, uint32(key) | 1
}

// packPlaces makes the table of the names of places from the tables.
func packPlaces(fsys fs.FS) (placeNames, error) {
	files, err := fs.ReadDir(fsys, "places")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var keys []uint64
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".tsv") || strings.HasSuffix(f.Name(), ".more.tsv") {
			continue
		}
		t, err := data.Read(fsys, "places/"+f.Name())
		if err != nil {
			return nil, err
		}
		for i := range t.Len() {
			for _, n := range append(t.List(i, "aliases"), t.Value(i, "name")) {
				if n != "" {
					keys = append(keys, nameKey(n))
				}
			}
		}
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	slots := uint64(len(keys)*3/2 + 1)
	p := make(placeNames, slots*4)
	for _, key := range keys {
		home, mark := placeHome(key, slots)
		for binary.LittleEndian.Uint32(p[home*4:]) != 0 {
			home = (home + 1) % slots
		}
		binary.LittleEndian.PutUint32(p[home*4:], mark)
	}
	return p, nil
}

// nameKey is the number of the letters and digits of a name, without "the".
func nameKey(s string) uint64 {
	if len(s) > 4 && strings.EqualFold(s[:4], "the ") {
		s = s[4:]
	}
	return keyOn(keyStart, s)
}

const keyStart = uint64(0xCBF29CE484222325)

// keyOn goes on with the key of a name by the letters of s.
func keyOn(h uint64, s string) uint64 {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'A' <= c && c <= 'Z':
				c += 'a' - 'A'
			case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			default:
				continue
			}
			h = (h ^ uint64(c)) * 0x100000001B3
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			h = learn.Mix(h, uint64(unicode.ToLower(r)))
		}
	}
	return h
}
