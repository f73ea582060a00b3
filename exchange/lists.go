package exchange

import (
	"io/fs"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/data"
)

// lists are what the tables of the field say beside the Codebook: divisions of
// states, the groups of letters of an actor's code, the sectors of ICEWS, and how
// coders of CAMEO pair events. They are read-only.
type lists struct {
	divisions map[string]division // by id: "AFG.kunduz"
	byADM1    map[string]string   // GDELT's code of a first-level division: its id
	called    map[string]string   // country, "/" and name in lower case: id of a first-level division
	countries map[string]country  // by ISO 3166-1 alpha-3
	partOf    map[string]string   // FIPS 10-4: the state whose part has that code
	icews     map[string]string   // ICEWS's name of a state in lower case: its id
	customs   map[string]custom   // by code of CAMEO
	groups    map[string]group    // by three letters
	sectors   map[string]sectorIn // by ICEWS's name
	written   map[string]string   // sector: what it is in ICEWS, with what it is a part of
}

// division is a first- or second-level division of a state.
type division struct {
	name, kind, country string
	level               int    // 1 or 2
	code                string // GeoNames's: "AF.24", "US.TX.201"
	adm1                string // the two characters of FIPS 10-4; empty where it has none
	geonames            string
}

// country is what the formats want to know of a state beside State.
type country struct {
	fips, icews, cow, gdelt string
	parts                   []string // codes in FIPS 10-4 of parts of it
	geonames                string
	dependent               bool
}

// custom is how a code of CAMEO is counted and paired.
type custom struct {
	quad, penta byte // digits; 0: none
	joint       bool
	mirror      string
}

// group is what three letters of an actor's code stand for.
type group struct{ kind, phoenix string }

type sectorIn struct{ code, in string }

func loadLists(fsys fs.FS) (*lists, error) {
	l := &lists{divisions: map[string]division{}, byADM1: map[string]string{}, called: map[string]string{}, countries: map[string]country{},
		partOf: map[string]string{}, icews: map[string]string{}, customs: map[string]custom{}, groups: map[string]group{}, sectors: map[string]sectorIn{}, written: map[string]string{}}
	for _, load := range []func(fs.FS) error{l.loadCountries, l.loadDivisions, l.loadCustoms, l.loadGroups, l.loadICEWS} {
		if err := load(fsys); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *lists) loadCountries(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/countrycodes.tsv", "id", "fips", "icews", "cow", "parts", "gdelt")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		id, c := t.Value(i, "id"), country{fips: t.Value(i, "fips"), icews: t.Value(i, "icews"), cow: t.Value(i, "cow"), gdelt: t.Value(i, "gdelt"), parts: t.List(i, "parts")}
		l.countries[id] = c
		for _, part := range c.parts {
			l.partOf[part] = id
		}
		if c.icews != "" {
			l.icews[strings.ToLower(c.icews)] = id
		}
	}
	if t, err = data.Read(fsys, "actors/states.tsv", "id", "kind"); err != nil {
		return err
	}
	for i := range t.Len() {
		c := l.countries[t.Value(i, "id")]
		c.dependent = t.Value(i, "kind") != "state"
		l.countries[t.Value(i, "id")] = c
	}
	if t, err = data.Read(fsys, "places/countries.tsv", "id", "geonames"); err != nil {
		return err
	}
	for i := range t.Len() {
		c := l.countries[t.Value(i, "id")]
		c.geonames = t.Value(i, "geonames")
		l.countries[t.Value(i, "id")] = c
	}
	return nil
}

// GeoNames has codes of ISO 3166-2 instead of FIPS 10-4 for the divisions of these
// states. Those of the United States are the postal ones, which GDELT uses too; its
// other longer codes are not FIPS 10-4's either.
var isoDivisions = map[string]bool{"BEL": true, "CHE": true, "MNE": true}

func (l *lists) loadDivisions(fsys fs.FS) error {
	for n, path := range []string{"places/admin1.tsv", "places/admin2.tsv"} {
		t, err := data.Read(fsys, path, "id", "name", "aliases", "kind", "country", "geonames", "code")
		if err != nil {
			return err
		}
		for i := range t.Len() {
			d := division{name: t.Value(i, "name"), kind: t.Value(i, "kind"), country: t.Value(i, "country"), level: n + 1,
				code: t.Value(i, "code"), geonames: t.Value(i, "geonames")}
			id := t.Value(i, "id")
			if d.level == 1 {
				if _, code, _ := strings.Cut(d.code, "."); len(code) == 2 && !isoDivisions[d.country] {
					d.adm1 = code
				}
				for _, name := range append(t.List(i, "aliases"), d.name) {
					if key := d.country + "/" + strings.ToLower(name); l.called[key] == "" {
						l.called[key] = id
					}
				}
			}
			l.divisions[id] = d
			if code := l.adm1(id); code != "" {
				l.byADM1[code] = id
			}
		}
	}
	return nil
}

func (l *lists) loadCustoms(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/conventions.tsv", "code", "quadclass", "pentaclass", "joint", "mirror")
	if err != nil {
		return err
	}
	digit := func(s string) byte {
		if len(s) == 1 {
			return s[0]
		}
		return 0
	}
	for i := range t.Len() {
		l.customs[t.Value(i, "code")] = custom{digit(t.Value(i, "quadclass")), digit(t.Value(i, "pentaclass")), t.Value(i, "joint") == "yes", t.Value(i, "mirror")}
	}
	return nil
}

func (l *lists) loadGroups(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/actorcodes.tsv", "code", "kind", "phoenix")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		l.groups[t.Value(i, "code")] = group{t.Value(i, "kind"), t.Value(i, "phoenix")}
	}
	return nil
}

func (l *lists) loadICEWS(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/icews.tsv", "sector", "code", "in", "write")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		name, s := t.Value(i, "sector"), sectorIn{t.Value(i, "code"), t.Value(i, "in")}
		l.sectors[name] = s
		if t.Value(i, "write") == "yes" {
			if l.written[s.code] = name; s.in != "" {
				l.written[s.code] = name + "," + s.in
			}
		}
	}
	return nil
}

// root returns how the root of a code is counted.
func (l *lists) root(code string) custom { return l.customs[code[:min(2, len(code))]] }

// surroundings returns the nearest first- and second-level divisions that are a
// place or contain it; "" for none.
func (l *lists) surroundings(p *dragoman.Locale) (first, second string) {
	note := func(id string) {
		switch l.divisions[id].level {
		case 1:
			if first == "" {
				first = id
			}
		case 2:
			if second == "" {
				second = id
			}
		}
	}
	note(p.ID)
	for _, id := range p.ContainedIn {
		note(id)
	}
	return first, second
}

// geoNames returns the number of a place in GeoNames; "" where it is not known.
func (l *lists) geoNames(p *dragoman.Locale) string {
	if n, ok := strings.CutPrefix(p.ID, "gn:"); ok {
		if _, err := strconv.Atoi(n); err == nil {
			return n
		}
		return ""
	}
	if d, ok := l.divisions[p.ID]; ok {
		return d.geonames
	}
	if p.Kind == "country" {
		return l.countries[p.ID].geonames
	}
	return ""
}

// fips returns the code in FIPS 10-4 of the state that a place is in, or of the part
// of it that has one of its own; "" where only its parts have any.
func (l *lists) fips(state, first string) string {
	c, d := l.countries[state], l.divisions[first]
	for _, part := range c.parts {
		if d.adm1 == part {
			return part
		} else if part == c.fips && d.name == "" {
			return "" // Palestine is neither the Gaza Strip nor the West Bank
		}
	}
	return c.fips
}

// stateOfFIPS returns the state that has a code in FIPS 10-4 or a part with it.
func (l *lists) stateOfFIPS(b *Codebook, code string) (State, bool) {
	if s, ok := b.FIPS(code); ok {
		return s, true
	}
	return b.State(l.partOf[code])
}

// stateCalled returns the state that a provider calls by that name.
func (l *lists) stateCalled(b *Codebook, name string) (State, bool) {
	if s, ok := b.State(l.icews[strings.ToLower(name)]); ok {
		return s, true
	}
	return b.Called(name)
}

// adm1 returns GDELT's code of a first-level division; "" where it has none.
func (l *lists) adm1(id string) string {
	d := l.divisions[id]
	fips := l.fips(d.country, id)
	switch {
	case d.adm1 == "" || fips == "":
		return ""
	case d.adm1 == fips: // a part that has the code of a state
		return fips
	}
	return fips + d.adm1
}

// icewsNames returns what ICEWS calls the sectors of PLOVER, each name once.
func (l *lists) icewsNames(dst []byte, sectors []string) []byte {
	start := len(dst)
	for _, s := range sectors {
		for name := range strings.SplitSeq(l.written[s], ",") {
			if name == "" || strings.Contains(","+string(dst[start:])+",", ","+name+",") {
				continue
			}
			if len(dst) > start {
				dst = append(dst, ',')
			}
			dst = append(dst, name...)
		}
	}
	return dst
}

// fromICEWS returns the sectors that a list of ICEWS stands for, in its order.
func (l *lists) fromICEWS(list string) (all []string) {
	whole := map[string]bool{} // of which a part is told too
	for name := range strings.SplitSeq(list, ",") {
		for s := l.sectors[strings.TrimSpace(name)]; s.in != ""; s = l.sectors[s.in] {
			whole[s.in] = true
		}
	}
	seen := map[string]bool{"": true}
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		if code := l.sectors[name].code; !whole[name] && !seen[code] {
			seen[code] = true
			all = append(all, code)
		}
	}
	return all
}

// codeParts is an actor's code taken apart as GDELT and Phoenix do; what it has
// not is empty.
type codeParts struct {
	country    string // the code of a state or region
	known      string // of an organisation
	religion   [2]string
	types      [3]string
	entity     string // Phoenix's: a state, or what it has in its stead
	role       string // Phoenix's
	attributes []string
}

// parts takes an actor's code apart.
func (l *lists) parts(b *Codebook, code string) (p codeParts) {
	types, religions := p.types[:0], p.religion[:0]
	for first := true; len(code) >= 3; first, code = false, code[3:] {
		three := code[:3]
		g := l.groups[three]
		if _, state := b.Country(three); first && state {
			p.country, p.entity = three, three
			continue
		}
		switch {
		case g.kind == "type" && len(types) < cap(types):
			types = append(types, three)
		case g.kind == "religion" && len(religions) < cap(religions):
			religions = append(religions, three)
		case g.kind == "region" && p.country == "":
			p.country = three
		case g.kind == "group" && (p.known == "" || p.known == "UNO"): // a body of the United Nations is better known by its own
			p.known = three
		}
		switch {
		case first && g.phoenix == "entity":
			p.entity = three
		case g.phoenix == "role" && p.role == "" && p.attributes == nil:
			p.role = three
		default:
			p.attributes = append(p.attributes, three)
		}
	}
	return p
}
