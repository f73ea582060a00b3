// Package actor says who a mention is on the day of the article: states and
// their bodies, organisations, persons in office, and the unnamed officials,
// fighters and residents that words and nationality tell of.
//
// What the tables of data/actors do not know gets an id made from its name.
// An unknown name is never forced onto a known one.
package actor

import (
	"io/fs"
	"strings"

	"dragoman"
	"dragoman/data"
	"dragoman/pattern"
)

// Resolver says who mentions are. It is read-only and safe for many goroutines.
type Resolver struct {
	states     []state
	byISO      map[string]int
	byCAMEO    map[string]string // code of a state in CAMEO, also one that is in use beside its own: its id
	orgs       []organisation
	bodies     []body
	offices    []office
	kinds      []kind
	mods       []modifier
	people     []person
	cameo      map[string]string   // PLOVER sector: CAMEO role
	roles      map[string]string   // CAMEO role: PLOVER sector
	lexicon    map[string][]entry  // by key
	longest    map[string]int      // by first word of a key: words of the longest
	surnames   map[string][]int32  // people by the last words of their names
	holders    map[string][]holder // by "IRN:president"
	virtues    map[string]bool     // what parties are called after, and towns
	particles  map[string]bool     // words that begin family names of two: "bin"
	descent    map[string]bool     // words before given names that say of whom one descends
	exile      map[string]bool     // words for being where one is not from
	seats      map[string]string   // town: the organisation for which it stands
	unspecific map[string]bool     // words that do not say which: "other"
	partner    map[string]bool     // prepositions before whom one deals with: "talks with Kabul"

	// Land returns the country of the towns and divisions of a name, "" where that is
	// not clear; of several countries, one that is near. A Resolver without it knows
	// only states and capitals.
	Land func(name string, near map[string]bool) (iso3 string)

	// Dictionary gives actors the codes of an analyst's own dictionaries, over those
	// of the tables or, with Only, instead of them; nil: there is none.
	Dictionary Dictionary
	Only       bool
}

type class uint8

const (
	aState class = iota
	aDemonym
	aCapital
	anOrganisation
	aMember // of an organisation
	aBody
	anOffice
	aKind
	aModifier
	aPerson
)

// entry is something that a key may stand for.
type entry struct {
	class class
	ref   int32
	caps  string // must be written so: an acronym; "" for no matter
	name  bool   // must hold a capital
}

type state struct {
	id, name, cameo, region, wikidata string
	aliases, memberOf                 []string
}

type organisation struct {
	id    string
	terms []orgTerm
}

type orgTerm struct {
	name, kind, country, cameo, wikidata string
	aliases, sectors, memberOf           []string
	from, to                             dragoman.Day
}

type body struct {
	id, name, cameo, country, kind, wikidata string
	sectors, aliases                         []string
	many                                     bool // a state has several
}

type office struct {
	id, name, kind, rank string
	sectors              []string
	unique, weak         bool
}

type kind struct {
	kind    string
	sectors []string
	weak    bool
	self    bool // with the name of an organisation before it, it is that
}

type modifier struct {
	effect  string
	sectors []string
}

type person struct {
	id, name, wikidata string
	aliases            []string
	terms              []term
}

// term is an office that a person held.
type term struct {
	country, office, rank string
	sectors               []string
	from, to              dragoman.Day
}

// holder is a person in an office of a state, by date.
type holder struct {
	person   int32
	from, to dragoman.Day
}

// Load reads data/actors and data/plover/sectors.tsv. Without a table of
// persons nobody is known by name.
func Load(fsys fs.FS) (*Resolver, error) {
	r := &Resolver{
		byISO:    make(map[string]int, 300),
		byCAMEO:  make(map[string]string, 300),
		cameo:    map[string]string{},
		roles:    map[string]string{},
		lexicon:  make(map[string][]entry, 1<<16),
		longest:  make(map[string]int, 1<<15),
		surnames: make(map[string][]int32, 1<<15),
		holders:  make(map[string][]holder, 1<<13),
	}
	classes, err := pattern.LoadClasses(fsys, "en/classes.tsv")
	if err != nil {
		return nil, err
	}
	r.exile, r.unspecific = pattern.Set(classes["exile"]), pattern.Set(classes["unspecific"])
	r.virtues, r.particles = pattern.Set(classes["virtues"]), pattern.Set(classes["particles"])
	r.descent = pattern.Set(classes["descent"])
	r.partner = make(map[string]bool)
	for _, w := range classes["partner"] {
		r.partner[w] = true
	}
	for _, load := range []func(fs.FS) error{r.loadSectors, r.loadStates, r.loadCountryCodes, r.loadModifiers, r.loadKinds,
		r.loadOffices, r.loadBodies, r.loadOrganisations, r.loadPersons} {
		if err := load(fsys); err != nil {
			return nil, err
		}
	}
	t, err := data.Read(fsys, "actors/seats.tsv", "seat", "organisation")
	if err != nil {
		return nil, err
	}
	r.seats = make(map[string]string, t.Len())
	for i := range t.Len() {
		r.seats[t.Value(i, "seat")] = t.Value(i, "organisation")
	}
	return r, nil
}

// add puts a name into the lexicon. proper names must hold a capital, and
// acronyms be written as they are. It returns the key.
func (r *Resolver) add(name string, c class, ref int, proper bool) string {
	key, caps := keyOf(name)
	if key == "" {
		return ""
	}
	e := entry{class: c, ref: int32(ref), name: proper && key != caps}
	if proper && len(key) <= 5 && !strings.Contains(key, " ") && capitals(caps) > 1 {
		e.caps = caps
	}
	for i := range r.lexicon[key] {
		have := &r.lexicon[key][i]
		if have.class != c || have.ref != e.ref {
			continue
		}
		switch {
		case have.caps == "" || have.caps == e.caps:
			return key
		case e.caps == "": // "NATO" and "Nato": one entry, or it would seem two that bear the name
			*have = e
			return key
		}
	}
	r.lexicon[key] = append(r.lexicon[key], e)
	first, n := key, 1
	if i := strings.IndexByte(key, ' '); i > 0 {
		first, n = key[:i], strings.Count(key, " ")+1
	}
	r.longest[first] = max(r.longest[first], n)
	return key
}

// capitals counts the letters that differ from their small ones.
func capitals(s string) int {
	n := 0
	for _, c := range s {
		if c >= 'A' && c <= 'Z' {
			n++
		}
	}
	return n
}

func (r *Resolver) loadSectors(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/sectors.tsv", "code", "cameo")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		code, role := t.Value(i, "code"), t.Value(i, "cameo")
		r.cameo[code] = role
		if r.roles[role] == "" || role == code { // of several sectors, that which has the name of the role
			r.roles[role] = code
		}
	}
	return nil
}

func (r *Resolver) loadStates(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/states.tsv", "id", "name", "aliases", "demonyms", "capital", "cameo", "member_of")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		s := state{id: t.Value(i, "id"), name: t.Value(i, "name"), cameo: t.Value(i, "cameo"), region: t.Value(i, "region"),
			wikidata: t.Value(i, "wikidata"), aliases: t.List(i, "aliases"), memberOf: t.List(i, "member_of")}
		r.byISO[s.id] = i
		if s.cameo != "" {
			r.byCAMEO[s.cameo] = s.id
		}
		r.states = append(r.states, s)
		r.add(s.name, aState, i, true)
		for _, a := range s.aliases {
			r.add(a, aState, i, true)
		}
		for _, d := range t.List(i, "demonyms") {
			r.add(d, aDemonym, i, true)
		}
		for _, c := range t.List(i, "capital") {
			r.add(c, aCapital, i, true)
		}
	}
	return nil
}

// loadCountryCodes adds the codes of states that are in use beside their own.
func (r *Resolver) loadCountryCodes(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/countrycodes.tsv", "id", "cameo")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		if code := t.Value(i, "cameo"); code != "" && r.byCAMEO[code] == "" {
			r.byCAMEO[code] = t.Value(i, "id")
		}
	}
	return nil
}

func (r *Resolver) loadModifiers(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/modifiers.tsv", "word", "effect", "sector")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		r.mods = append(r.mods, modifier{t.Value(i, "effect"), t.List(i, "sector")})
		r.add(t.Value(i, "word"), aModifier, i, false)
	}
	return nil
}

func (r *Resolver) loadKinds(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/kinds.tsv", "names", "kind", "sector", "weak", "self")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		r.kinds = append(r.kinds, kind{t.Value(i, "kind"), t.List(i, "sector"), t.Value(i, "weak") == "yes", t.Value(i, "self") == "yes"})
		for _, n := range t.List(i, "names") {
			r.add(n, aKind, i, false)
		}
	}
	return nil
}

func (r *Resolver) loadOffices(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/offices.tsv", "id", "names", "sector", "kind", "rank", "unique", "weak")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		names := t.List(i, "names")
		if len(names) == 0 {
			return t.Fault(i, "an office needs a name")
		}
		r.offices = append(r.offices, office{id: t.Value(i, "id"), name: names[0], kind: t.Value(i, "kind"), rank: t.Value(i, "rank"),
			sectors: t.List(i, "sector"), unique: t.Value(i, "unique") == "yes", weak: t.Value(i, "weak") == "yes"})
		for _, n := range names {
			r.add(n, anOffice, i, false)
		}
	}
	return nil
}

func (r *Resolver) loadBodies(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/bodies.tsv", "id", "names", "sector", "cameo", "country", "kind")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		names := t.List(i, "names")
		if len(names) == 0 {
			return t.Fault(i, "a body needs a name")
		}
		b := body{id: t.Value(i, "id"), name: names[0], cameo: t.Value(i, "cameo"), country: t.Value(i, "country"), kind: t.Value(i, "kind"),
			wikidata: t.Value(i, "wikidata"), sectors: t.List(i, "sector"), aliases: names[1:], many: t.Value(i, "many") == "yes"}
		r.bodies = append(r.bodies, b)
		for _, n := range names {
			r.add(n, aBody, i, b.country != "")
		}
	}
	return nil
}

func (r *Resolver) loadOrganisations(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/organisations.tsv", "id", "name", "aliases", "members", "kind", "country", "sectors", "cameo", "member_of", "from", "to")
	if err != nil {
		return err
	}
	byID := make(map[string]int, t.Len())
	for i := range t.Len() {
		id := t.Value(i, "id")
		n, ok := byID[id]
		if !ok {
			n = len(r.orgs)
			byID[id] = n
			r.orgs = append(r.orgs, organisation{id: id})
		}
		from, to, err := span(t, i)
		if err != nil {
			return err
		}
		o := orgTerm{name: t.Value(i, "name"), kind: t.Value(i, "kind"), country: t.Value(i, "country"), cameo: t.Value(i, "cameo"),
			wikidata: t.Value(i, "wikidata"), aliases: t.List(i, "aliases"), sectors: t.List(i, "sectors"), memberOf: t.List(i, "member_of"), from: from, to: to}
		r.orgs[n].terms = append(r.orgs[n].terms, o)
		r.add(o.name, anOrganisation, n, true)
		for _, a := range o.aliases {
			r.add(a, anOrganisation, n, true)
		}
		for _, m := range t.List(i, "members") {
			r.add(m, aMember, n, true)
		}
	}
	return nil
}

// span reads the columns from and to of a record; "2021" and "2021-08" are
// whole years and months.
func span(t *data.Table, i int) (from, to dragoman.Day, err error) {
	if from, err = day(t.Value(i, "from"), false); err == nil {
		to, err = day(t.Value(i, "to"), true)
	}
	if err != nil {
		err = t.Fault(i, "%v", err)
	}
	return from, to, err
}

func day(s string, last bool) (dragoman.Day, error) {
	switch len(s) {
	case 0:
		return dragoman.NoDay, nil
	case 4:
		if last {
			return dragoman.ParseDay(s + "-12-31")
		}
		return dragoman.ParseDay(s + "-01-01")
	case 7:
		d, err := dragoman.ParseDay(s + "-01")
		if err == nil && last {
			y, m, _ := d.Date()
			d = dragoman.DayOf(y, m+1, 0)
		}
		return d, err
	}
	return dragoman.ParseDay(s)
}

// StateOf returns the ISO 3166-1 alpha-3 code of a state or territory by its
// name, an alias, or an adjective or noun for its people.
func (r *Resolver) StateOf(name string) (iso3 string, ok bool) {
	if e := r.named(name, aState, aDemonym); e != nil {
		return r.states[e.ref].id, true
	}
	return "", false
}

// Capital returns the state of which name is a capital, or a town that stands
// for its government.
func (r *Resolver) Capital(name string) (iso3 string, ok bool) {
	if e := r.named(name, aCapital); e != nil {
		return r.states[e.ref].id, true
	}
	return "", false
}

// named returns the first entry of one of the classes that name is.
func (r *Resolver) named(name string, classes ...class) *entry {
	key, caps := keyOf(name)
	have := r.lexicon[key]
	for _, c := range classes {
		for i := range have {
			if have[i].class == c && have[i].fits(caps) {
				return &have[i]
			}
		}
	}
	return nil
}

// fits reports whether an entry may be written with those capitals.
func (e *entry) fits(caps string) bool {
	if e.caps != "" {
		return caps == e.caps
	}
	return !e.name || strings.ToLower(caps) != caps
}
