package exchange

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/data"
)

// Codebook is what codes mean: of CAMEO and PLOVER, of countries, of sectors. It
// is read-only after Load and may be used by many goroutines at once.
type Codebook struct {
	codes   map[string]Code
	types   map[string]Type
	roots   map[string]string // CAMEO root that stands for a type: type
	states  map[string]*State // by ISO 3166-1 alpha-3
	fips    map[string]*State
	iso2    map[string]*State
	cameo   map[string]*State
	named   map[string]*State         // by any of its names, in lower case
	sectors map[string]sector         // by PLOVER's code
	roles   map[string]string         // CAMEO's code of a role: PLOVER's sector
	bodies  map[string]dragoman.Party // by CAMEO code: "IGOUNO"
	lists   *lists                    // what only single formats want to know
}

// Code is a code of CAMEO.
type Code struct {
	Code, Name, Type, Mode string
	Score                  float64 // on Goldstein's scale
}

// Type is a type of the ontology.
type Type struct {
	Name    string
	Quad    string  // "material-conflict"; empty where it has none
	Score   float64 // PLOVER's
	CAMEO   string  // the root of CAMEO that stands nearest
	Planned string  // the type that PLOVER gives to what is only planned; empty: the same
}

// State is a state or territory with its codes in several systems; a code is
// empty where the system has none.
type State struct {
	ISO3, ISO2, FIPS, CAMEO, Name, Wikidata string
	Lat, Lon                                float64
	Located                                 bool
}

type sector struct {
	cameo    string
	official bool // who acts in it acts for the state
}

// Load reads the codes.
func Load(fsys fs.FS) (*Codebook, error) {
	b := &Codebook{codes: map[string]Code{}, types: map[string]Type{}, roots: map[string]string{}, states: map[string]*State{}, fips: map[string]*State{},
		iso2: map[string]*State{}, cameo: map[string]*State{}, named: map[string]*State{}, sectors: map[string]sector{}, roles: map[string]string{},
		bodies: map[string]dragoman.Party{}}
	for _, load := range []func(fs.FS) error{b.loadCodes, b.loadTypes, b.loadStates, b.loadSectors, b.loadBodies} {
		if err := load(fsys); err != nil {
			return nil, err
		}
	}
	var err error
	b.lists, err = loadLists(fsys)
	return b, err
}

func (b *Codebook) loadCodes(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/cameo.tsv", "code", "name", "type", "mode", "score")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		c := Code{t.Value(i, "code"), t.Value(i, "name"), t.Value(i, "type"), t.Value(i, "mode"), 0}
		if c.Score, err = strconv.ParseFloat(t.Value(i, "score"), 64); err != nil {
			return t.Fault(i, "score: %v", err)
		}
		b.codes[c.Code] = c
	}
	return nil
}

func (b *Codebook) loadTypes(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/types.tsv", "type", "quad", "score", "cameo", "planned")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		k := Type{Name: t.Value(i, "type"), Quad: t.Value(i, "quad"), CAMEO: t.Value(i, "cameo"), Planned: t.Value(i, "planned")}
		if k.Score, err = strconv.ParseFloat(t.Value(i, "score"), 64); err != nil {
			return t.Fault(i, "score: %v", err)
		}
		b.types[k.Name] = k
	}
	return nil
}

func (b *Codebook) loadStates(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/states.tsv", "id", "iso2", "name", "aliases", "cameo", "wikidata")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		s := &State{ISO3: t.Value(i, "id"), ISO2: t.Value(i, "iso2"), Name: t.Value(i, "name"), CAMEO: t.Value(i, "cameo"), Wikidata: t.Value(i, "wikidata")}
		b.states[s.ISO3], b.iso2[s.ISO2], b.cameo[s.CAMEO] = s, s, s
		for _, name := range append(t.List(i, "aliases"), s.Name) {
			b.named[strings.ToLower(name)] = s
		}
	}
	return b.loadCountryCodes(fsys)
}

// loadCountryCodes adds the codes that no other room needs.
func (b *Codebook) loadCountryCodes(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/countrycodes.tsv", "id", "fips", "cameo", "names")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		s, ok := b.states[t.Value(i, "id")]
		if !ok {
			return t.Fault(i, "no state has the id %q", t.Value(i, "id"))
		}
		if s.FIPS = t.Value(i, "fips"); s.FIPS != "" {
			b.fips[s.FIPS] = s
		}
		if code := t.Value(i, "cameo"); code != "" { // another one that is in use too
			b.cameo[code] = s
		}
		for _, name := range t.List(i, "names") {
			b.named[strings.ToLower(name)] = s
		}
	}
	if t, err = data.Read(fsys, "places/countries.tsv", "id", "lat", "lon"); err != nil {
		return err
	}
	for i := range t.Len() {
		if s, ok := b.states[t.Value(i, "id")]; ok && t.Value(i, "lat") != "" {
			lat, latErr := strconv.ParseFloat(t.Value(i, "lat"), 64)
			lon, lonErr := strconv.ParseFloat(t.Value(i, "lon"), 64)
			if err := cmp.Or(latErr, lonErr); err != nil {
				return t.Fault(i, "%v", err)
			}
			s.Lat, s.Lon, s.Located = lat, lon, true
		}
	}
	return nil
}

func (b *Codebook) loadSectors(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/sectors.tsv", "code", "cameo", "official")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		code, role := t.Value(i, "code"), t.Value(i, "cameo")
		b.sectors[code] = sector{role, t.Value(i, "official") == "yes"}
		if _, ok := b.roles[role]; (!ok || role == code) && role != "" {
			b.roles[role] = code
		}
	}
	for code := range b.sectors { // a code of both systems means what PLOVER means by it only where CAMEO has none
		if _, ok := b.roles[code]; !ok {
			b.roles[code] = code
		}
	}
	return nil
}

// general reports whether a code of an actor says only of which country and sectors he
// is, "SDNMIL", which is nobody in particular.
func (b *Codebook) general(code string) bool {
	const letters = 3 // of a part
	for i := 0; i+letters <= len(code); i += letters {
		part := code[i : i+letters]
		if b.cameo[part] == nil && b.roles[part] == "" {
			return false
		}
	}
	return len(code)%letters == 0
}

// added begin the ids of organisations that a user added from lists of others: of a
// code that one of ours has they take nothing away.
var added = []string{"ftm-", "wikidata-"}

// loadBodies reads which organisation a whole code of CAMEO is. A code that several
// have is that of the one whose parts the others are; else it is nobody's.
func (b *Codebook) loadBodies(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/organisations.tsv", "id", "name", "kind", "country", "sectors", "cameo", "member_of", "wikidata")
	if err != nil {
		return err
	}
	same := map[string][]dragoman.Party{}
	parts := map[string]map[string]bool{} // id: those whose part it is, and itself
	for i := range t.Len() {
		id, code := t.Value(i, "id"), t.Value(i, "cameo")
		if code == "" || b.general(code) || slices.ContainsFunc(added, func(prefix string) bool { return strings.HasPrefix(id, prefix) }) {
			continue
		}
		if parts[id] == nil {
			parts[id] = map[string]bool{id: true}
			same[code] = append(same[code], dragoman.Party{ID: id, Name: t.Value(i, "name"), Kind: t.Value(i, "kind"), Country: t.Value(i, "country"),
				Sectors: t.List(i, "sectors"), CAMEO: code, Wikidata: t.Value(i, "wikidata"), Named: true})
		}
		for _, whole := range t.List(i, "member_of") {
			parts[id][whole] = true
		}
	}
	for code, all := range same {
		for _, whole := range all {
			if !slices.ContainsFunc(all, func(p dragoman.Party) bool { return !parts[p.ID][whole.ID] }) {
				b.bodies[code] = whole
			}
		}
	}
	return nil
}

// Code returns a code of CAMEO; of one that is finer than any there is, that which
// it is a part of ("0311x" is not known, "0311" is).
func (b *Codebook) Code(cameo string) (Code, bool) {
	for n := len(cameo); n >= 2; n-- {
		if c, ok := b.codes[cameo[:n]]; ok {
			return c, true
		}
	}
	return Code{}, false
}

// Type returns a type of the ontology.
func (b *Codebook) Type(name string) (Type, bool) { t, ok := b.types[name]; return t, ok }

// Types returns all types by name.
func (b *Codebook) Types() map[string]Type { return b.types }

// Fold returns the type that PLOVER gives an event of that type and status; ""
// where PLOVER has no such type.
func (b *Codebook) Fold(kind string, status dragoman.Status) string {
	t, ok := b.types[kind]
	switch {
	case !ok || kind == "STATEMENT":
		return ""
	case status == dragoman.Planned && t.Planned != "":
		return t.Planned
	}
	return kind
}

// Goldstein returns the score of an event on Goldstein's scale; ok is false where
// it has no code.
func (b *Codebook) Goldstein(r *dragoman.Report) (score float64, ok bool) {
	c, ok := b.Code(b.CAMEO(r))
	return c.Score, ok
}

// CAMEO returns the code of an event, or that of its type where it has none of its
// own; "" where neither has.
func (b *Codebook) CAMEO(r *dragoman.Report) string { return cmp.Or(r.CAMEO, b.types[r.Type].CAMEO) }

// Quad returns CAMEO's and GDELT's quad class: 1 verbal cooperation, 2 material
// cooperation, 3 verbal conflict, 4 material conflict; 0 for what is none of them.
func Quad(t dragoman.Tone) int {
	switch t {
	case dragoman.VerbalCooperation:
		return 1
	case dragoman.MaterialCooperation:
		return 2
	case dragoman.VerbalConflict:
		return 3
	case dragoman.MaterialConflict:
		return 4
	}
	return 0
}

// State returns a state by its ISO 3166-1 alpha-3 code, which is its id.
func (b *Codebook) State(iso3 string) (State, bool) { return found(b.states, iso3) }

// FIPS returns a state by its code in FIPS 10-4, which GDELT uses for places.
func (b *Codebook) FIPS(code string) (State, bool) { return found(b.fips, code) }

// ISO2 returns a state by its ISO 3166-1 alpha-2 code.
func (b *Codebook) ISO2(code string) (State, bool) { return found(b.iso2, code) }

// Country returns a state by its code in CAMEO.
func (b *Codebook) Country(cameo string) (State, bool) { return found(b.cameo, cameo) }

// Called returns a state by one of its names, in any case.
func (b *Codebook) Called(name string) (State, bool) { return found(b.named, strings.ToLower(name)) }

func found(in map[string]*State, code string) (State, bool) {
	if s, ok := in[code]; ok && code != "" {
		return *s, true
	}
	return State{}, false
}

// Actor returns the CAMEO code of a party; one that was read without a code has
// that of its country and sectors.
func (b *Codebook) Actor(p *dragoman.Party) string {
	if p.CAMEO != "" {
		return p.CAMEO
	}
	code := b.CountryOf(p)
	last := ""
	for i, s := range p.Sectors {
		if role := b.sectors[s].cameo; i < 2 && role != "" && role != last {
			code, last = code+role, role
		}
	}
	return code
}

// CountryOf returns the CAMEO code of a party's country; "" where it has none.
func (b *Codebook) CountryOf(p *dragoman.Party) string {
	if s, ok := b.states[p.Country]; ok {
		return s.CAMEO
	}
	return ""
}

// Party returns who a code of CAMEO stands for: a country, an organisation that is
// known, or whoever has these sectors in that country. name is what the provider
// calls it, where it does. A party without either is nobody: the zero Party.
func (b *Codebook) Party(code, name string) dragoman.Party {
	if code == "" && name == "" {
		return dragoman.Party{}
	}
	if p, ok := b.bodies[code]; ok {
		return p
	}
	p := dragoman.Party{Name: cmp.Or(name, code), CAMEO: code, Kind: "unknown", Named: name != ""}
	rest := code
	if len(code) >= 3 {
		if s, ok := b.cameo[code[:3]]; ok {
			p.Country, rest = s.ISO3, code[3:]
			if rest == "" {
				return b.state(s)
			}
		}
	}
	for ; len(rest) >= 3; rest = rest[3:] {
		if s, ok := b.roles[rest[:3]]; ok {
			p.Sectors = append(p.Sectors, s)
		}
	}
	return b.of(p, cmp.Or(code, name))
}

// Member returns a party that a provider tells of by country, sectors of PLOVER and
// name.
func (b *Codebook) Member(iso3 string, sectors []string, name string) dragoman.Party {
	s, ok := b.states[iso3]
	if ok && len(sectors) == 0 && (name == "" || b.named[strings.ToLower(name)] == s) {
		return b.state(s)
	}
	if iso3 == "" && len(sectors) == 0 && name == "" {
		return dragoman.Party{}
	}
	p := dragoman.Party{Name: name, Kind: "unknown", Sectors: sectors, Named: name != ""}
	if ok {
		p.Country = iso3
	}
	p.CAMEO = b.Actor(&p)
	p.Name = cmp.Or(name, p.CAMEO)
	return b.of(p, p.CAMEO+" "+name)
}

func (b *Codebook) state(s *State) dragoman.Party {
	return dragoman.Party{ID: s.ISO3, Name: s.Name, Kind: "state", Country: s.ISO3, CAMEO: s.CAMEO, Wikidata: s.Wikidata, Named: true}
}

// of gives a party its id, and the state that it acts for.
func (b *Codebook) of(p dragoman.Party, key string) dragoman.Party {
	p.ID = dragoman.Coined + strings.TrimSpace(key)
	for _, sector := range p.Sectors {
		if s, ok := b.states[p.Country]; ok && b.sectors[sector].official {
			p.Principals = []dragoman.Party{b.state(s)}
			break
		}
	}
	return p
}

// Coded gives an event of another provider its type, quadrant and tone, by its code
// of CAMEO.
func (b *Codebook) Coded(r *dragoman.Report, cameo string) error {
	c, ok := b.Code(cameo)
	if !ok {
		return fmt.Errorf("CAMEO has no code %q", cameo)
	}
	r.CAMEO = cameo
	if c.Mode != "" {
		r.Modes = []string{c.Mode}
	}
	return b.Typed(r, c.Type)
}

// Typed gives an event of another provider a type of the ontology, and what
// follows from it.
func (b *Codebook) Typed(r *dragoman.Report, kind string) error {
	t, ok := b.types[kind]
	if !ok {
		return fmt.Errorf("the ontology has no type %q", kind)
	}
	r.Type, r.Quad, r.Tone = kind, t.Quad, dragoman.ToneOf(t.Quad, b.codes[r.CAMEO].Score)
	return nil
}
