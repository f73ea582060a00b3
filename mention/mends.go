package mention

import (
	"slices"
	"strings"

	"dragoman"
)

// What the recogniser sees is mended where letters and tables know better.

// addressed reports whether a name is no name but an address of the net, or a
// lone word in brackets with its full stop, as transcripts have it: "(Laughter.)".
func (b *builder) addressed(n found) bool {
	if n.end != n.first+1 {
		return false
	}
	f := b.lower(n.first)
	if strings.HasPrefix(f, "www.") || strings.HasPrefix(f, ".") || strings.Contains(f, "://") || strings.Contains(f, "@") {
		return true
	}
	around := func(i int) string {
		if i < 0 || i >= len(b.doc.Tokens) {
			return ""
		}
		return b.doc.Form(i)
	}
	return around(n.first-1) == "(" && around(n.end) == "." && around(n.end+1) == ")"
}

// shop lets a name keep the possessive that it ends with where a firm is called so,
// "McDonald's", and no possessor.
func (b *builder) shop(n found) found {
	if n.end >= len(b.doc.Tokens) || b.tree.Sentence(n.end) != b.tree.Sentence(n.first) {
		return n
	}
	if f := b.doc.Form(n.end); f != "'s" && f != "’s" {
		return n
	}
	gaz := b.f.names.gaz
	whole := gaz.brands[nameKey(b.doc.Text[b.doc.Tokens[n.first].Start:b.doc.Tokens[n.end].Span.End])]
	alone := nameKey(b.doc.Text[b.doc.Tokens[n.first].Start:b.doc.Tokens[n.end-1].Span.End])
	if whole == 0 || gaz.brands[alone] != 0 {
		return n
	}
	n.end++
	if n.class == dragoman.Person {
		n.class = dragoman.Organisation
	}
	return n
}

// alike gives names of one word that a page tells again and again the class that
// most of them have, where that is three in four and nothing else is known.
func (b *builder) alike(names []found) []found {
	type count map[dragoman.Class]int
	counts := map[string]count{}
	key := func(n found) string {
		if n.end != n.first+1 || n.class == dragoman.Nationality {
			return ""
		}
		return b.doc.Form(n.first)
	}
	for _, n := range names {
		if k := key(n); k != "" {
			if counts[k] == nil {
				counts[k] = count{}
			}
			counts[k][n.class]++
		}
	}
	for i, n := range names {
		all := 0
		for _, c := range counts[key(n)] {
			all += c
		}
		for class, c := range counts[key(n)] {
			if c >= 3 && 4*c >= 3*all {
				names[i].class = class
			}
		}
	}
	return names
}

// signed splits "Jane A. Doe Reuters", as bylines and signatures have it, into the
// person, who has a given name, and the body, which the tables know.
func (b *builder) signed(n found) (person, body found, ok bool) {
	if n.class != dragoman.Person && n.class != dragoman.Organisation || b.f.words.given[b.lower(n.first)] == 0 {
		return person, body, false
	}
	gaz := b.f.names.gaz
	bodies := uint16(firstBrand) << slices.Index(brandKinds, "company")
	key := func(first, end int) uint64 {
		return nameKey(b.doc.Text[b.doc.Tokens[first].Start:b.doc.Tokens[end-1].Span.End])
	}
	if gaz.look(key(n.first, n.end))|gaz.brands[key(n.first, n.end)] != 0 {
		return person, body, false
	}
	for i := n.first + 2; i < n.end && i <= n.first+4; i++ {
		if !capitalised(b.doc.Form(i - 1)) {
			break
		}
		company := b.f.words.around[strings.TrimSuffix(b.lower(n.end-1), ".")]&isCompany != 0
		for end := i + 1; end <= n.end; end++ {
			known := (gaz.sets[key(i, end)]&ofOrganisation != 0 || gaz.brands[key(i, end)]&bodies != 0) && gaz.look(key(i, end))&(ofPerson|ofPlace) == 0
			if known && (end == n.end || company) {
				return found{n.first, i, dragoman.Person}, found{i, n.end, dragoman.Organisation}, true
			}
		}
	}
	return person, body, false
}
