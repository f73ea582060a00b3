package actor

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
)

// Why a name is not taken. They are told to people, who may add what they miss to
// their own tables by hand.
const (
	whyNameless  = "without a name"
	whyForeign   = "named only in other than Latin letters"
	whySigns     = "a name with figures, commas or signs"
	whyOneWord   = "a name of one word, which may be anybody's or anything's"
	whyLong      = "a name of too many words"
	whyTitle     = "a title rather than a name"
	whyTold      = "a name that tells only what our tables know by its words"
	whyGiven     = "given names or initials alone"
	whyNamesake  = "a name that somebody else of our tables bears"
	whyShared    = "a name that two of one country bear, or of none that is known"
	whyUnclassed = "of no class that is listed in actors/sources.tsv"
	whyIdle      = "a person without a dated office, a party, or an occupation that is listed in actors/sources.tsv"
	whyUntold    = "an office or membership of what is not in the files"
	whyKnown     = "known to our tables already"
)

const (
	mostPersonWords = 6
	mostWords       = 12 // that are looked up as one name
	mostAliases     = 12
	latinLetters    = 3 // the fewest of a name that is no acronym
)

// clean returns a name as tables have it, and why it is none.
func clean(name string) (string, string) {
	name = strings.Join(strings.Fields(name), " ")
	letters := 0
	for _, r := range name {
		switch {
		case unicode.IsLetter(r):
			if !unicode.Is(unicode.Latin, r) {
				return "", whyForeign
			}
			letters++
		case unicode.Is(unicode.Mn, r), strings.ContainsRune(" -.'’‘ʼʻ`&‑–", r), r >= '0' && r <= '9':
		default:
			return "", whySigns
		}
	}
	switch {
	case name == "":
		return "", whyNameless
	case letters < latinLetters:
		return "", whySigns
	case strings.ToLower(name) == name:
		return "", whyTitle
	}
	return name, ""
}

// personName weeds the names of persons.
func (s *Roster) personName(name string, alias bool) (string, string) {
	name, why := clean(name)
	if why != "" {
		return "", why
	}
	if strings.ContainsAny(name, "0123456789&") {
		return "", whySigns
	}
	fields, ws := wordsOf(name)
	if s.told(ws) {
		return "", whyTold
	}
	for len(ws) > 1 && s.isTitle(ws[0].key) { // "Sheikh", "Dr."; text has these before names
		ws = ws[1:]
	}
	if len(ws) == 0 {
		return "", whyNameless
	}
	name = strings.Join(fields[ws[0].token:], " ")
	long, unusual := 0, false
	for _, w := range ws {
		if len(w.key) > 1 {
			long++
		}
		unusual = unusual || len(w.key) > 1 && !s.given[w.key]
	}
	switch {
	case len(ws) == 1:
		return "", whyOneWord
	case len(ws) > mostPersonWords:
		return "", whyLong
	case alias && (long < 2 || !unusual), long == 0, len(ws[len(ws)-1].key) < 2:
		return "", whyGiven
	case ws[0].key == "the":
		return "", whyTitle
	}
	return name, ""
}

// wordsOf returns a name by its blanks, and the words that it is looked up by, of
// which each has for a token the part that it stands in.
func wordsOf(name string) (fields []string, ws []word) {
	fields = strings.Fields(name)
	for i, f := range fields {
		ws = split(ws, f, 0, i, false)
	}
	return fields, ws
}

func (s *Roster) isTitle(key string) bool {
	if s.titles[key] {
		return true
	}
	for _, e := range s.r.lexicon[key] {
		if e.class == anOffice {
			return true
		}
	}
	return false
}

// organisationName weeds the names of organisations. full are all their names, which
// an acronym must be of.
func (s *Roster) organisationName(name string, full []string) (string, string) {
	name, why := clean(name)
	if why != "" {
		return "", why
	}
	fields, ws := wordsOf(name)
	for len(ws) > 1 && len(s.classes["legal-form:"+ws[len(ws)-1].key]) > 0 {
		ws = ws[:len(ws)-1]
	}
	if len(ws) > 1 && ws[0].key == "the" {
		ws = ws[1:]
	}
	if len(ws) == 0 {
		return "", whyNameless
	}
	name = strings.TrimRight(strings.Join(fields[ws[0].token:ws[len(ws)-1].token+1], " "), " -&.")
	switch {
	case len(ws) > mostWords:
		return "", whyLong
	case s.told(ws):
		return "", whyTold
	case len(ws) == 1 && !s.brands[name] && !s.acronymOf(name, full):
		return "", whyOneWord
	}
	return name, ""
}

// told reports whether our tables know all words of a name, so that they say who is
// meant by them alone: "Russian Foreign Ministry", "National Front".
func (s *Roster) told(ws []word) bool {
	for i := 0; i < len(ws); {
		es, n := s.r.match(ws, i)
		it := item{entries: es}
		switch {
		case n > 0 && it.isAny(aState, aDemonym, aBody, aKind, aModifier, anOffice) != nil:
			i += n
		case i > 0 && s.joins(ws[i].key):
			i++
		default:
			return false
		}
	}
	return true
}

// acronymOf reports whether a name is the capitals that words of one of the full
// names begin with, the first of them among them. Text writes it with the same
// capitals only where it has at most five; and what stands for something else is no
// acronym of it.
func (s *Roster) acronymOf(name string, full []string) bool {
	const least, most = 3, 5
	if len(name) < least || len(name) > most || strings.Trim(name, uppers) != "" || s.stands[name] != "" || len(s.r.lexicon[strings.ToLower(name)]) > 0 {
		return false
	}
	return slices.ContainsFunc(full, func(f string) bool {
		if strings.ToUpper(f) == f {
			return false
		}
		rest := name
		_, ws := wordsOf(f)
		for i, w := range ws {
			if w.key[0] != strings.ToLower(rest)[0] {
				if i == 0 {
					return false
				}
				continue
			}
			if rest = rest[1:]; rest == "" {
				return true
			}
		}
		return false
	})
}

// name weeds the names of somebody; ok is false where none is left.
func (s *Roster) nameOf(f *found) (why string, ok bool) {
	person := f.kind == "person"
	seen := map[string]bool{}
	for _, n := range f.names {
		var bad string
		if person {
			n, bad = s.personName(n, f.name != "")
		} else {
			n, bad = s.organisationName(n, f.names)
		}
		key, _ := keyOf(n)
		switch {
		case bad != "":
			if why == "" {
				why = bad
			}
		case seen[key]:
		case f.name == "":
			f.name, seen[key] = n, true
		case len(f.aliases) < mostAliases:
			f.aliases, seen[key] = append(f.aliases, n), true
		}
	}
	if why == "" {
		why = whyNameless
	}
	return why, f.name != ""
}

// known finds whom of our tables somebody is: by Wikidata's id, which is sure, or by
// a name and the country; -1 for nobody.
func (s *Roster) known(f *found) (ours int32, sure bool) {
	by, class := s.own.organisations, anOrganisation
	if f.kind == "person" {
		by, class = s.own.persons, aPerson
	}
	if i, ok := by[f.wikidata]; ok && f.wikidata != "" {
		return i, true
	}
	for _, n := range f.names {
		for _, e := range s.bearers(n, class) {
			if key, _ := keyOf(n); (class == anOrganisation || strings.Contains(key, " ")) && s.alike(e, f.country) {
				return e.ref, false
			}
		}
	}
	return -1, false
}

func (f *found) allNames() []string { return append([]string{f.name}, f.aliases...) }

// bearers are those of our tables that a name may mean.
func (s *Roster) bearers(name string, only ...class) (all []entry) {
	key, caps := keyOf(name)
	for _, e := range s.r.lexicon[key] {
		if (e.caps == "" || e.caps == caps) && (len(only) == 0 || slices.Contains(only, e.class)) {
			all = append(all, e)
		}
	}
	return all
}

// alike reports whether who bears the name in our tables may be of the country.
func (s *Roster) alike(e entry, country string) bool {
	if country == "" {
		return true
	}
	if e.class == anOrganisation {
		return slices.ContainsFunc(s.r.orgs[e.ref].terms, func(o orgTerm) bool { return o.country == "" || o.country == country })
	}
	return slices.ContainsFunc(s.r.people[e.ref].terms, func(t term) bool { return t.country == "" || t.country == country })
}

// foreign leaves somebody only names that nobody of our tables bears but himself.
func (s *Roster) foreign(f *found) bool {
	return f.keep(func(n string) bool {
		for _, e := range s.bearers(n) {
			self := f.ours == e.ref && (e.class == aPerson) == (f.kind == "person") && (e.class == aPerson || e.class == anOrganisation)
			if !self {
				return false
			}
		}
		return true
	})
}

// keep leaves the names that are wanted; it reports whether any is left.
func (f *found) keep(wanted func(string) bool) bool {
	all := slices.DeleteFunc(f.allNames(), func(n string) bool { return n == "" || !wanted(n) })
	f.name, f.aliases = "", nil
	if len(all) > 0 {
		f.name, f.aliases = all[0], all[1:]
	}
	return len(all) > 0
}

// unshared leaves out, of several who bear one name, all whom their countries do not
// tell apart.
func (s *Roster) unshared(all []*found) []*found {
	bearers := map[string][]*found{}
	for _, f := range all {
		for _, n := range f.allNames() {
			key, _ := keyOf(n)
			bearers[key] = append(bearers[key], f)
		}
	}
	return slices.DeleteFunc(all, func(f *found) bool {
		left := f.keep(func(n string) bool {
			key, _ := keyOf(n)
			return !slices.ContainsFunc(bearers[key], func(o *found) bool {
				return o != f && (o.country == "" || f.country == "" || o.country == f.country)
			})
		})
		if !left {
			s.tally.drop(whyShared)
		}
		return !left
	})
}

func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}
