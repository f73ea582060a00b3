package mention

import (
	"errors"
	"io/fs"
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
)

// gazetteer knows the names of the tables by their letters: case, spaces,
// hyphens and points do not count ("Dasht-e-Qala", "U.S.").
type gazetteer struct {
	sets   map[uint64]uint16
	kinds  map[uint64]string // of organisations and states
	states map[uint64]string // any name or demonym of a state: its id
	ids    map[uint64]string // of organisations
	people map[uint64]string // ids of persons
}

// longestName is the most tokens that a name of the tables is looked for in.
const longestName = 8

func loadGazetteer(fsys fs.FS) (*gazetteer, error) {
	g := &gazetteer{sets: map[uint64]uint16{}, kinds: map[uint64]string{}, states: map[uint64]string{}, people: map[uint64]string{}, ids: map[uint64]string{}}
	for _, dir := range []string{"actors", "places"} {
		files, err := fs.ReadDir(fsys, dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			name := f.Name()
			if f.IsDir() || !strings.HasSuffix(name, ".tsv") || strings.HasSuffix(name, ".more.tsv") {
				continue
			}
			t, err := data.Read(fsys, dir+"/"+name)
			if err != nil {
				return nil, err
			}
			g.addTable(t, dir, strings.TrimSuffix(name, ".tsv"))
		}
	}
	return g, nil
}

func (g *gazetteer) addTable(t *data.Table, dir, name string) {
	if !t.Has("name") {
		return
	}
	for i := range t.Len() {
		kind := t.Value(i, "kind")
		set := setOf(dir, name, kind, t.Has("demonyms"))
		if set == 0 {
			continue
		}
		names := append(t.List(i, "aliases"), t.Value(i, "name"))
		for _, n := range names {
			key := nameKey(n)
			g.sets[key] |= set
			switch set {
			case ofState:
				g.kinds[key] = "state"
				g.states[key] = t.Value(i, "id")
			case ofOrganisation:
				g.kinds[key] = kind
				g.ids[key] = t.Value(i, "id")
			case ofPlace:
				if g.kinds[key] == "" {
					g.kinds[key] = "place"
				}
			case ofPerson:
				g.people[key] = t.Value(i, "id")
			}
		}
		for _, n := range t.List(i, "demonyms") {
			g.sets[nameKey(n)] |= ofDemonym
			g.states[nameKey(n)] = t.Value(i, "id")
		}
		if c := t.Value(i, "capital"); c != "" && set == ofState {
			g.sets[nameKey(c)] |= ofPlace | ofCapital
		}
	}
}

// setOf tells what the names of a table are names of.
func setOf(dir, name, kind string, demonyms bool) uint16 {
	switch {
	case demonyms:
		return ofState
	case dir == "places":
		return ofPlace
	case kind == "person" || name == "people" || name == "persons" || name == "leaders":
		return ofPerson
	case name == "organisations":
		return ofOrganisation
	}
	return 0
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
