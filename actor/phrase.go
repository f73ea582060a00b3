package actor

import (
	"slices"
	"strings"

	"dragoman"
)

// item is a run of words that the lexicon knows.
type item struct {
	first, end int // words
	entries    []entry
	zone       string // the preposition it stands behind, "" for before the first
}

func (it *item) is(c class) *entry {
	for i := range it.entries {
		if it.entries[i].class == c {
			return &it.entries[i]
		}
	}
	return nil
}

// isAny returns the first entry of the classes, in their order.
func (it *item) isAny(cs ...class) *entry {
	for _, c := range cs {
		if e := it.is(c); e != nil {
			return e
		}
	}
	return nil
}

// words returns the words of tokens first..end-1.
func (v *view) words(first, end int) []word {
	ws := make([]word, 0, max(0, end-first))
	for i := first; i < end; i++ {
		tok, form := v.doc.Tokens[i], v.doc.Form(i)
		if form == "'s" || form == "’s" || form == "'" || form == "’" {
			if len(ws) > 0 {
				ws[len(ws)-1].owner = true
			}
			continue
		}
		joined := i > first && tok.Start == v.doc.Tokens[i-1].End && strings.HasSuffix(v.doc.Form(i-1), "-")
		n := len(ws)
		ws = split(ws, form, tok.Start, i, joined)
		if len(ws) == n+1 {
			w := &ws[n]
			w.single = singular(w.key)
			if lemma, _ := keyOf(v.doc.Tags[i].Lemma); lemma != "" && lemma != w.key && !strings.Contains(lemma, " ") && v.doc.Tags[i].POS != dragoman.VERB {
				w.single = lemma
			}
		}
	}
	return ws
}

// match returns the longest name of the lexicon that begins at word i, and how
// many words it takes; the last word may be a plural.
func (r *Resolver) match(ws []word, i int) ([]entry, int) {
	most := r.longest[ws[i].key]
	if ws[i].single != "" {
		most = max(most, r.longest[ws[i].single])
	}
	most = min(most, len(ws)-i, 12)
	for n := most; n > 0; n-- {
		last := &ws[i+n-1]
		if r.knows(ws[i:i+n], last.key) {
			key, caps := joined(ws[i:i+n], last.key)
			if found := r.fitting(key, caps, nil); found != nil {
				return found, n
			}
		}
		if last.single != "" && r.knows(ws[i:i+n], last.single) {
			key, caps := joined(ws[i:i+n], last.single)
			// The plural of a proper name is another matter: "Chads".
			if found := r.fitting(key, caps, []class{anOffice, aKind, aBody, aMember, aDemonym, aModifier}); found != nil {
				return found, n
			}
		}
	}
	return nil, 0
}

// knows reports whether the lexicon has the words, the last as given, however
// they are written.
func (r *Resolver) knows(ws []word, last string) bool {
	var buf [96]byte
	key := buf[:0]
	for i := range ws[:len(ws)-1] {
		key = append(append(key, ws[i].key...), ' ')
	}
	return len(r.lexicon[string(append(key, last...))]) > 0
}

func joined(ws []word, last string) (key, caps string) {
	if len(ws) == 1 {
		caps = ws[0].caps
		if last != ws[0].key {
			caps = last
			if ws[0].caps != ws[0].key {
				caps = strings.ToUpper(last[:1]) + last[1:]
			}
		}
		return last, caps
	}
	var k, c strings.Builder
	for i := range ws {
		if i > 0 {
			k.WriteByte(' ')
			c.WriteByte(' ')
		}
		if i == len(ws)-1 {
			k.WriteString(last)
			c.WriteString(ws[i].caps)
			break
		}
		k.WriteString(ws[i].key)
		c.WriteString(ws[i].caps)
	}
	return k.String(), c.String()
}

// fitting returns the entries of key that may be written with those capitals,
// of the classes, nil for all.
func (r *Resolver) fitting(key, caps string, classes []class) []entry {
	all := r.lexicon[key]
	if len(all) == 0 {
		return nil
	}
	good := true
	for i := range all {
		good = good && all[i].fits(caps) && (classes == nil || slices.Contains(classes, all[i].class))
	}
	if good {
		return all
	}
	var some []entry
	for i := range all {
		if all[i].fits(caps) && (classes == nil || slices.Contains(classes, all[i].class)) {
			some = append(some, all[i])
		}
	}
	return some
}

// items finds what the lexicon knows in ws. Whom something is backed, led or
// opposed by ("US-backed", "anti-Taliban") is left out.
func (v *view) items(ws []word) []item {
	var out []item
	zone := ""
	for i := 0; i < len(ws); {
		found, n := v.r.match(ws, i)
		if n == 0 {
			if z, ok := v.zone(ws[i]); ok {
				zone = z
			}
			i++
			continue
		}
		if ws[i].key == "the" && i+1 < len(ws) {
			if longer, m := v.r.match(ws, i+1); m >= n {
				i, found, n = i+1, longer, m // "the Guardian Council" is none of The Guardian
			} else if of := (&item{entries: longer}).isAny(aState, aDemonym); of != nil && m == n-1 && i+n < len(ws) {
				i, found, n = i+1, longer, m // nor "the Australian government" of The Australian
			} else if n > 1 && v.small(ws[i+1:i+n]) {
				i++ // "the economist" is no newspaper
				continue
			}
		}
		it := item{i, i + n, found, zone}
		i += n
		if z, ok := v.zone(ws[i-1]); ok {
			zone = z // "parties to"
		}
		if v.apart(ws, &it) {
			continue
		}
		out = append(out, it)
	}
	return out
}

// small reports whether all of ws are written in small letters.
func (v *view) small(ws []word) bool {
	return !slices.ContainsFunc(ws, func(w word) bool {
		return w.token < 0 || v.doc.Form(w.token) != strings.ToLower(v.doc.Form(w.token))
	})
}

// zone tells whether w begins a complement.
func (v *view) zone(w word) (string, bool) {
	if w.token < 0 {
		return w.key, w.key == "of" || w.key == "for" || w.key == "in"
	}
	if p := v.doc.Tags[w.token].POS; p == dragoman.ADP || p == dragoman.SCONJ || w.key == "to" {
		return w.key, true
	}
	return "", false
}

// apart reports whether a name is joined by a hyphen to what tells that
// others are meant.
func (v *view) apart(ws []word, it *item) bool {
	if it.isAny(aState, aDemonym, anOrganisation, aMember, aPerson, aBody) == nil {
		return false
	}
	if it.end < len(ws) && ws[it.end].hyphen {
		switch v.effect(ws[it.end].key) {
		case "place":
			it.zone = "in"
		case "apart":
			return true
		}
	}
	return ws[it.first].hyphen && it.first > 0 && v.effect(ws[it.first-1].key) == "anti"
}

func (v *view) effect(key string) string {
	for _, e := range v.r.lexicon[key] {
		if e.class == aModifier {
			return v.r.mods[e.ref].effect
		}
	}
	return ""
}

// affiliation is whose somebody is.
type affiliation struct {
	class class
	ref   int32
	zone  string
	first int // word
}

// reading is what the words of a noun phrase tell of somebody.
type reading struct {
	ws       []word
	items    []item
	head     int // item; -1 for none
	at       int // the head token
	whose    []affiliation
	mods     []string // sectors
	former   bool
	late     string // the word for it
	deputy   bool
	place    string // "in Denmark"
	town     bool   // the place is a town or division whose the phrase is: "the Karachi police"
	foreign  bool
	owner    *who // by another mention: "their delegation", "the group's leader"
	regional bool // a region that is no state stands before the noun
	peer     *who // by another mention, whatever the phrase itself tells: "his Ethiopian counterpart"
	complete bool // the items cover every word that tells something
	beyond   bool // a noun after the head is unknown: whose president, who knows
}

// read reads the words of a noun phrase whose head is the token head.
func (v *view) read(ws []word, head int) reading {
	rd := reading{ws: ws, items: v.items(ws), at: head, complete: true}
	rd.head = headItem(rd.items, ws, head)
	for i := range rd.items {
		if i != rd.head {
			v.place(&rd, i)
		}
	}
	v.locate(&rd)
	covered := make([]bool, len(ws))
	for _, it := range rd.items {
		for k := it.first; k < it.end; k++ {
			covered[k] = true
		}
	}
	for k, w := range ws {
		if covered[k] || !v.telling(w) {
			continue
		}
		rd.complete = false
		if p := v.doc.Tags[w.token].POS; rd.head >= 0 && k >= rd.items[rd.head].end && (p == dragoman.NOUN || p == dragoman.PROPN) {
			rd.beyond = true
		}
	}
	return rd
}

// locate takes the country from a town or province that is named before the head
// or after "of" or "in": "the Karachi police", "the governor of Sinaloa".
func (v *view) locate(rd *reading) {
	if rd.place != "" {
		return
	}
	zone := ""
	for _, w := range rd.ws {
		if z, ok := v.zone(w); ok {
			zone = z
		}
		if w.token < 0 || w.token == rd.at || zone != "" && zone != "of" && zone != "in" {
			continue
		}
		if c := v.located[w.token]; c != "" {
			rd.place, rd.town = c, zone != "in"
			return
		}
	}
}

// telling reports whether w is a word of content.
func (v *view) telling(w word) bool {
	switch v.doc.Tags[w.token].POS {
	case dragoman.NOUN, dragoman.PROPN, dragoman.ADJ, dragoman.VERB, dragoman.X:
		return true
	}
	return false
}

// headItem returns the noun for people or bodies that the phrase is about: the
// one at the head token, else the last before a preposition; -1 for none.
func headItem(items []item, ws []word, head int) int {
	last := -1
	for i := range items {
		it := &items[i]
		if it.isAny(anOffice, aKind, aBody) == nil {
			continue
		}
		for k := it.first; k < it.end; k++ {
			if ws[k].token >= 0 && ws[k].token == head {
				return i
			}
		}
		if it.zone == "" {
			last = i
		}
	}
	if last < 0 {
		return -1
	}
	// An unknown noun after it is what the phrase is about: "the nation's brokerages".
	for k := items[last].end; k < len(ws); k++ {
		if ws[k].token == head {
			return -1
		}
	}
	return last
}

// place files an item that is not the head.
func (v *view) place(rd *reading, i int) {
	it := &rd.items[i]
	before := rd.head < 0 || i < rd.head
	if m := it.is(aModifier); m != nil && before && it.zone == "" && !rd.ofOwner(it) {
		mod := v.r.mods[m.ref]
		switch mod.effect {
		case "former":
			rd.former = true
			rd.late = v.text(rd.ws, it.first, it.end)
		case "deputy":
			rd.deputy = true
		case "foreign":
			rd.foreign = true
		case "sector", "armed":
			rd.mods = append(rd.mods, mod.sectors...)
		}
		if it.isAny(aBody, aState, aDemonym, anOrganisation) == nil {
			return
		}
	}
	switch it.zone {
	case "", "of", "for", "with":
		if e := it.isAny(aState, aDemonym, anOrganisation, aMember, aBody); e != nil {
			rd.whose = append(rd.whose, affiliation{e.class, e.ref, it.zone, it.first})
			return
		}
		if p := v.only(it, aPerson); p != nil && it.end-it.first > 1 {
			rd.whose = append(rd.whose, affiliation{p.class, p.ref, it.zone, it.first})
			return
		}
		if c := it.is(aCapital); c != nil && it.zone == "" && rd.place == "" {
			rd.place = v.r.states[c.ref].id
			return
		}
	case "in", "from", "across", "inside":
		if e := it.isAny(anOrganisation); e != nil && it.zone == "from" {
			rd.whose = append(rd.whose, affiliation{e.class, e.ref, it.zone, it.first})
			return
		}
		if e := it.isAny(aState, aDemonym, aCapital); e != nil && rd.place == "" && !v.exiled(rd, it) {
			rd.place = v.r.states[e.ref].id
		}
		return
	default:
		return
	}
	if !before && it.zone == "of" {
		// "a group of tourists": the group tells nothing, the tourists do
		if o := it.is(anOffice); o != nil {
			rd.mods = append(rd.mods, v.r.offices[o.ref].sectors...)
		}
		// "the president of Qatar University" is not Qatar's
		if k := it.is(aKind); k != nil && v.r.kinds[k.ref].kind != "state" || k == nil && it.is(anOffice) != nil {
			rd.beyond = true
		}
		return
	}
	if e := it.isAny(anOffice); e != nil && before {
		rd.mods = append(rd.mods, v.r.offices[e.ref].sectors...)
	} else if e := it.is(aKind); e != nil && before {
		rd.mods = append(rd.mods, v.r.kinds[e.ref].sectors...)
	}
}

// exiled reports whether somebody is said to be in exile in the place of the item, so
// that he is not of it: "a politician living in exile in Austria".
func (v *view) exiled(rd *reading, it *item) bool {
	k := it.first - 2 // before the preposition
	return k >= 0 && v.r.exile[rd.ws[k].key]
}

// ofOwner reports whether a possessor stands between the item and the head, whom the
// item describes: "the former president's lawyer".
func (rd *reading) ofOwner(it *item) bool {
	return rd.head >= 0 && slices.ContainsFunc(rd.ws[it.end:max(it.end, rd.items[rd.head].first)], func(w word) bool { return w.owner })
}

// orgOn returns what holds of an organisation on the day of the article; of
// several that do, or where the day is unknown, the newest.
func (v *view) orgOn(ref int32) *orgTerm {
	terms := v.r.orgs[ref].terms
	best := -1
	for i := range terms {
		if v.day == dragoman.NoDay || during(v.day, terms[i].from, terms[i].to) {
			if best < 0 || terms[i].from >= terms[best].from {
				best = i
			}
		}
	}
	if best < 0 {
		// Between or before its terms: the nearest that is over.
		for i := range terms {
			if terms[i].to != dragoman.NoDay && terms[i].to < v.day && (best < 0 || terms[i].to > terms[best].to) {
				best = i
			}
		}
	}
	return &terms[max(best, 0)]
}

// country returns the first state that somebody is said to be of.
func (v *view) country(rd *reading) (iso string, org int32) {
	org = -1
	for _, w := range rd.whose {
		switch w.class {
		case aState, aDemonym:
			if iso == "" {
				iso = v.r.states[w.ref].id
			}
		case anOrganisation, aMember:
			if org < 0 {
				org = w.ref
			}
		case aBody:
			if c := v.r.bodies[w.ref].country; iso == "" && c != "" {
				iso = c
			}
		case aPerson:
			if t := v.r.people[w.ref].termOn(v.day); iso == "" && t != nil {
				iso = t.country
			}
		}
	}
	if o := rd.owner; o != nil && iso == "" && org < 0 {
		iso, org = o.country, o.org-1
	}
	if iso == "" && org >= 0 {
		iso = v.orgOn(org).country
	}
	if iso == "" && !rd.foreign {
		iso = rd.place
	}
	return iso, org
}
