package mention

import (
	"io/fs"
	"slices"

	"dragoman"
	"dragoman/data"
	"dragoman/pattern"
)

// words are the tables of words that the room knows.
type words struct {
	nouns      map[string]*noun
	titles     map[string]*title
	offices    map[string]string // what an abbreviated title is short for: "gov.", "governor"
	pronouns   map[string]*pronoun
	given      map[string]byte  // given names: the gender
	around     map[string]uint8 // words within and around names
	somebody   map[string]bool  // nouns for persons of whom only that is said
	rebels     map[string]bool  // nouns for the members of armed groups
	generals   map[string]bool  // offices behind which "general" is an adjective: "director general"
	bygone     map[string]bool  // words for who no longer holds the office: "former"
	charging   map[string]bool  // verbs behind whose object "of" tells what of: "accuse"
	lesser     map[string]bool  // words for who does not hold the office itself: "deputy", "former"
	pointing   map[string]bool  // words that say which period is meant: "last"
	periods    map[string]bool  // "week"
	comprising map[string]bool  // verbs before the members of a group: "which includes"
	brokers    map[string]bool  // verbs of who brings two others together
	sent       map[string]bool  // nouns for who is from somebody: "a delegation from Hamas"
	quantity   map[string]bool  // adjectives that say how many
	multitudes map[string]bool  // numbers that stand for people: "thousands"
	grades     map[string]bool  // words for how high an office is: "senior"
	publicly   map[string]bool  // what somebody in public life is called, whatever his office
	adding     map[string]bool  // "also"
	accusing   map[string]bool  // verbs of saying what another did wrong
	personal   map[string]bool  // what bears the name of the one person whose it is: "campaign"
	blaming    map[string]bool  // verbs of finding fault with what they have as object
	directions map[string]bool  // "northern"
	planets    map[string]bool  // "Venus"
	clipped    map[string]bool  // abbreviations that end the names of companies
	storms     map[string]bool  // what bears a name: "hurricane"
	hypers     map[string][]hyper
}

// noun is a row of nominals.tsv.
type noun struct {
	lemma  string
	class  dragoman.Class
	kind   string
	number byte
	gender byte
}

// hyper is a row of hypernyms.tsv.
type hyper struct{ offices, duty map[string]bool }

// moreGeneral reports whether a noun is a more general word for a role.
func (w *words) moreGeneral(noun string, r role) bool {
	return slices.ContainsFunc(w.hypers[noun], func(h hyper) bool {
		return h.offices[r.noun] && (len(h.duty) == 0 || slices.ContainsFunc(r.mods, func(m string) bool { return h.duty[m] }))
	})
}

// title is a row of titles.tsv.
type title struct {
	kind   string
	gender byte
}

// sole reports whether the title stands by itself, as a modifier does not.
func (t *title) sole() bool { return t != nil && t.kind != "modifier" }

// pronoun is a row of pronouns.tsv.
type pronoun struct {
	person byte // '1', '2', '3', 0
	number byte
	gender byte
	kind   string
	class  dragoman.Class
}

// what a word is within and around names
const (
	isCalendar uint8 = 1 << iota
	isSmall
	isCompany
	isCommon
)

func loadWords(fsys fs.FS) (*words, error) {
	w := &words{nouns: map[string]*noun{}, titles: map[string]*title{}, pronouns: map[string]*pronoun{}, around: map[string]uint8{}, given: map[string]byte{}}
	t, err := data.Read(fsys, "en/nominals.tsv", "lemma", "class", "kind", "number", "gender")
	if err != nil {
		return nil, err
	}
	for i := range t.Len() {
		n := &noun{t.Value(i, "lemma"), dragoman.Class(t.Value(i, "class")), t.Value(i, "kind"), initial(t.Value(i, "number")), initial(t.Value(i, "gender"))}
		switch n.class {
		case dragoman.Unclassed, dragoman.Person, dragoman.Organisation, dragoman.Location, dragoman.Facility:
		default:
			return nil, t.Fault(i, "%q is no class of nouns", n.class)
		}
		w.nouns[n.lemma] = n
	}
	if t, err = data.Read(fsys, "en/titles.tsv", "title", "kind", "gender"); err != nil {
		return nil, err
	}
	for i := range t.Len() {
		w.titles[t.Value(i, "title")] = &title{t.Value(i, "kind"), initial(t.Value(i, "gender"))}
	}
	if t, err = data.Read(fsys, "en/offices.tsv", "title", "office"); err != nil {
		return nil, err
	}
	w.offices = map[string]string{}
	for i := range t.Len() {
		if w.nouns[t.Value(i, "office")] == nil {
			return nil, t.Fault(i, "%q is no noun of nominals.tsv", t.Value(i, "office"))
		}
		w.offices[t.Value(i, "title")] = t.Value(i, "office")
	}
	if t, err = data.Read(fsys, "en/pronouns.tsv", "form", "person", "number", "gender", "kind", "class"); err != nil {
		return nil, err
	}
	for i := range t.Len() {
		w.pronouns[t.Value(i, "form")] = &pronoun{initial(t.Value(i, "person")), initial(t.Value(i, "number")), initial(t.Value(i, "gender")),
			t.Value(i, "kind"), dragoman.Class(t.Value(i, "class"))}
	}
	if t, err = data.Read(fsys, "en/namewords.tsv", "word", "kind"); err != nil {
		return nil, err
	}
	for i := range t.Len() {
		for _, k := range t.List(i, "kind") {
			switch k {
			case "calendar":
				w.around[t.Value(i, "word")] |= isCalendar
			case "small":
				w.around[t.Value(i, "word")] |= isSmall
			case "company":
				w.around[t.Value(i, "word")] |= isCompany
			case "common":
				w.around[t.Value(i, "word")] |= isCommon
			default:
				return nil, t.Fault(i, "unknown kind %q", k)
			}
		}
	}
	if t, err = data.Read(fsys, "en/givennames.tsv", "name", "gender"); err != nil {
		return nil, err
	}
	for i := range t.Len() {
		w.given[t.Value(i, "name")] = initial(t.Value(i, "gender"))
	}
	if t, err = data.Read(fsys, "en/hypernyms.tsv", "noun", "offices", "duty"); err != nil {
		return nil, err
	}
	w.hypers = map[string][]hyper{}
	for i := range t.Len() {
		n := t.Value(i, "noun")
		w.hypers[n] = append(w.hypers[n], hyper{pattern.Set(t.List(i, "offices")), pattern.Set(t.List(i, "duty"))})
	}
	if t, err = data.Read(fsys, "en/placewords.tsv", "word", "use"); err != nil {
		return nil, err
	}
	w.directions = map[string]bool{}
	for i := range t.Len() {
		if slices.Contains(t.List(i, "use"), "direction") {
			w.directions[t.Value(i, "word")] = true
		}
	}
	classes, err := pattern.LoadClasses(fsys, "en/classes.tsv")
	if err != nil {
		return nil, err
	}
	w.rebels = pattern.Set(classes["rebels"])
	w.generals = pattern.Set(classes["generals"])
	w.somebody, w.quantity, w.sent = pattern.Set(classes["somebody"]), pattern.Set(classes["quantity"]), pattern.Set(classes["sent"])
	w.multitudes = pattern.Set(classes["multitudes"])
	w.pointing, w.periods = pattern.Set(classes["pointing"]), pattern.Set(classes["periods"])
	w.comprising = pattern.Set(classes["comprising"])
	w.publicly = pattern.Set(classes["publicly"])
	w.brokers, w.lesser = pattern.Set(classes["brokers"]), pattern.Set(classes["lesser"])
	w.bygone, w.charging = pattern.Set(classes["bygone"]), pattern.Set(classes["charging"])
	w.planets, w.storms, w.clipped = pattern.Set(classes["planets"]), pattern.Set(classes["storms"]), pattern.Set(classes["clipped"])
	w.adding = pattern.Set(classes["adding"])
	w.grades, w.accusing = pattern.Set(classes["grades"]), pattern.Set(classes["accusing"])
	w.blaming, w.personal = pattern.Set(classes["blaming"]), pattern.Set(classes["personal"])
	return w, nil
}

func initial(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}
