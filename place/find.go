package place

import (
	"slices"
	"strings"
	"unicode"

	"dragoman"
)

// text is one article while its places are found.
type text struct {
	*Resolver
	doc     *dragoman.Document
	names   []name
	senses  []sense
	byKey   map[string]int // of senses
	people  map[string]bool
	country map[string]float64 // what speaks for a country
}

// name is one occurrence of the name of a place.
type name struct {
	mention    int // -1 for a container that stands within another mention
	span       dragoman.Span
	first, end int    // tokens
	after      int    // the token after the name and its kind
	sense      int    // of senses
	in         int    // the name whose place the text puts this one into, or -1
	sure       bool   // the text says so outright, not by a comma alone
	people     string // the country of an adjective before it: "the Russian city of"
}

// sense is what a name, with its kind, stands for throughout the article.
type sense struct {
	core      string // as written, without its kind word
	key       string
	hint      *word // the kind that the text gives; nil for none
	part      bool  // the kind word belongs to the name: "Kunduz Airport"
	tentative bool  // only to be taken if there is no doubt
	grounded  bool  // the words around say that it is a place
	names     []int
	within    []int // other names that the text puts it into
	listed    []int // senses next to which it stands in a list
	cands     []candidate
	chosen    int // of cands; fresh or dropped
}

const (
	fresh   = -1 // a place that no table knows
	dropped = -2 // no place
)

// find collects the names of places, each with its candidates.
func (r *Resolver) find(doc *dragoman.Document) *text {
	t := &text{Resolver: r, doc: doc, byKey: map[string]int{}, people: map[string]bool{}, country: map[string]float64{}}
	t.hear()
	for i := range doc.Mentions {
		if valid(doc, &doc.Mentions[i]) {
			t.consider(i)
		}
	}
	slices.SortStableFunc(t.names, func(a, b name) int {
		if a.first != b.first {
			return a.first - b.first
		}
		if a.span.Start != b.span.Start {
			return a.span.Start - b.span.Start
		}
		return b.span.End - a.span.End
	})
	for i, n := range t.names {
		t.senses[n.sense].names = append(t.senses[n.sense].names, i)
	}
	return t
}

// hear notes what speaks for a country without being a name of a place: the
// adjectives of peoples, and the countries in the names of organisations. It
// also notes the names of persons and organisations.
func (t *text) hear() {
	for i := range t.doc.Tokens {
		if f := form(t.doc, i); f != "" && 'A' <= f[0] && f[0] <= 'Z' {
			if c := of(t.peoples, f); c != "" {
				t.country[c]++
			}
		}
	}
	for i := range t.doc.Mentions {
		m := &t.doc.Mentions[i]
		if m.Form != dragoman.Name || m.Class != dragoman.Person && m.Class != dragoman.Organisation || !valid(t.doc, m) {
			continue
		}
		t.people[key(m.Span.In(t.doc.Text))] = true
		for k := m.First; k < m.End && m.Class == dragoman.Organisation; k++ {
			if c := of(t.countries, form(t.doc, k)); c != "" {
				t.country[c]++
			}
		}
	}
}

// valid reports whether the spans of m lie within the text and the tokens.
func valid(doc *dragoman.Document, m *dragoman.Mention) bool {
	return m.Span.Start >= 0 && m.Span.Start < m.Span.End && m.Span.End <= len(doc.Text) &&
		m.First >= 0 && m.First < m.End && m.End <= len(doc.Tokens)
}

// consider takes mention i as the name of a place if its class, or the words
// before it, allow that.
func (t *text) consider(i int) {
	m := &t.doc.Mentions[i]
	if m.Form != dragoman.Name || t.aPerson(m) {
		return
	}
	_, first := t.words.before(t.doc, t.beforeArticle(m.First), "locates")
	located := first < t.beforeArticle(m.First)
	switch m.Class {
	case dragoman.Location, dragoman.Facility:
		if !located && of(t.people, m.Span.In(t.doc.Text)) {
			return
		}
		t.take(i, false)
	case dragoman.Unclassed, dragoman.Other, dragoman.Organisation:
		if located {
			t.take(i, true)
		}
	}
}

func (t *text) aPerson(m *dragoman.Mention) bool {
	if m.Class == dragoman.Person || m.Class == dragoman.Nationality {
		return true
	}
	c := m.Chain
	return c >= 0 && c < len(t.doc.Mentions) && t.doc.Mentions[c].Class == dragoman.Person
}

// beforeArticle steps from token i back over articles and directions.
func (t *text) beforeArticle(i int) int {
	for n := 0; n < 3; n++ {
		w := strings.ToLower(form(t.doc, i-1))
		if w != "the" && !t.words.is(w, "direction") {
			break
		}
		i--
	}
	return i
}

// take adds mention i, taken apart into its name, its kind and what contains it.
func (t *text) take(i int, tentative bool) {
	m := &t.doc.Mentions[i]
	p := t.partsOf(m.Span.In(t.doc.Text))
	if p.core == "" {
		return
	}
	n := name{mention: i, span: m.Span, first: m.First, end: m.End, after: m.End, in: -1}
	if p.hint == nil {
		p.hint, n.after = t.beside(m.First, m.End)
	} else {
		_, n.after = t.words.after(t.doc, m.End, "head")
	}
	if p.hint != nil && !p.part && len(p.found) > 0 && !slices.ContainsFunc(p.found, func(e entry) bool { return p.hint.takes(e.kind) }) {
		if p.hint.kind == "admin1" {
			p.found = nil // a town of the name is no province
		} else {
			p.hint = nil // "Kunduz airport": still the place of that name
		}
	}
	n.people = t.peopleBefore(m.First)
	if p.container != "" {
		t.addContainer(&n, p.container)
	}
	n.sense = t.senseOf(p, tentative)
	if s := &t.senses[n.sense]; !s.grounded {
		_, located := t.words.before(t.doc, t.beforeArticle(m.First), "locates")
		_, touched := t.words.before(t.doc, t.beforeArticle(m.First), "touches")
		s.grounded = min(located, touched) < t.beforeArticle(m.First) || s.hint != nil || n.people != "" || p.container != ""
	}
	t.names = append(t.names, n)
}

// addContainer adds the name that stands within n's own: "Paris, Texas" as one
// mention, "Dasht-e-Qala-e-Takhar".
func (t *text) addContainer(n *name, container string) {
	p := t.partsOf(container)
	if p.core == "" || p.container != "" {
		return
	}
	c := name{mention: -1, span: n.span, first: n.first, end: n.end, after: n.after, in: -1, sense: t.senseOf(p, false)}
	t.names = append(t.names, c)
	n.in = inner
}

// inner as name.in says: the container that addContainer put before it.
const inner = -2

func (t *text) senseOf(p parts, tentative bool) int {
	k := key(p.core)
	full := k
	if p.hint != nil {
		full += "/" + p.hint.kind
	}
	if i, ok := t.byKey[full]; ok {
		t.senses[i].tentative = t.senses[i].tentative && tentative
		return i
	}
	t.byKey[full] = len(t.senses)
	t.senses = append(t.senses, sense{core: p.core, key: k, hint: p.hint, part: p.part, tentative: tentative, cands: candidates(p.found)})
	return len(t.senses) - 1
}

// beside returns the kind that the words around tokens first..end-1 tell, and
// the token after it: "Takhar province", "the port of X", "X, a district in".
func (t *text) beside(first, end int) (*word, int) {
	if w, after := t.words.after(t.doc, end, "head"); w != nil {
		return w, after
	}
	i := first
	if strings.EqualFold(form(t.doc, i-1), "the") {
		i--
	}
	switch strings.ToLower(form(t.doc, i-1)) {
	case "of":
		// Not of "the Rustaq district of Takhar": that is Rustaq's kind.
		if w, at := t.words.before(t.doc, i-1, "head"); w != nil && !t.named(at-1) {
			return w, end
		}
	case "at":
		if w, _ := t.words.before(t.doc, i-1, "head"); w != nil && (w.kind == "border_crossing" || w.kind == "port") {
			return w, end
		}
	}
	if w, _ := t.words.before(t.doc, first, "lead"); w != nil {
		return w, end
	}
	if form(t.doc, end) == "," {
		for j := end + 1; j < end+6; j++ {
			if w, _ := t.words.after(t.doc, j, "head"); w != nil && j > end+1 {
				return w, end
			}
			if !t.filler(j) {
				break
			}
		}
	}
	return nil, end
}

// named reports whether token i is written as a name is.
func (t *text) named(i int) bool {
	f := form(t.doc, i)
	return f != "" && f != "The" && unicode.IsUpper([]rune(f)[0]) && of(t.peoples, f) == ""
}

func (t *text) filler(i int) bool {
	w := strings.ToLower(form(t.doc, i))
	return t.words.is(w, "filler") || t.words.is(w, "direction")
}

// peopleBefore returns the country of an adjective that leads up to token i:
// "the Russian border city of X", "Afghan capital X".
func (t *text) peopleBefore(i int) string {
	kind := false
	for n := 0; n < 6; n++ {
		i--
		w := strings.ToLower(form(t.doc, i))
		if w == "" || w == "," {
			return ""
		}
		if c := of(t.peoples, w); c != "" {
			if kind {
				return c
			}
			return ""
		}
		kind = kind || t.words.is(w, "head")
		if w != "of" && w != "the" && !t.filler(i) && !t.words.is(w, "head") {
			return ""
		}
	}
	return ""
}
