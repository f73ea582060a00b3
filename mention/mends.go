package mention

import (
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
	whole := gaz.brands[b.key(n.first, n.end+1)]
	alone := b.key(n.first, n.end)
	if whole == 0 || gaz.brands[alone] != 0 {
		return n
	}
	n.end++
	if n.class == dragoman.Person {
		n.class = dragoman.Organisation
	}
	return n
}

// signed splits "Jane A. Doe Reuters", as bylines and signatures have it, into the
// person, who has a given name, and the body, which the tables know.
func (b *builder) signed(n found) (person, body found, ok bool) {
	if n.class != dragoman.Person && n.class != dragoman.Organisation || b.f.words.given[b.lower(n.first)] == 0 {
		return person, body, false
	}
	gaz := b.f.names.gaz
	if gaz.look(b.key(n.first, n.end))|gaz.brands[b.key(n.first, n.end)] != 0 {
		return person, body, false
	}
	for i := n.first + 2; i < n.end && i <= n.first+4; i++ {
		if !capitalised(b.doc.Form(i - 1)) {
			break
		}
		company := b.f.words.around[strings.TrimSuffix(b.lower(n.end-1), ".")]&isCompany != 0
		for end := i + 1; end <= n.end; end++ {
			known := (gaz.sets[b.key(i, end)]&ofOrganisation != 0 || gaz.brands[b.key(i, end)]&ofCompany != 0) && gaz.look(b.key(i, end))&(ofPerson|ofPlace) == 0
			if known && (end == n.end || company) {
				return found{n.first, i, dragoman.Person}, found{i, n.end, dragoman.Organisation}, true
			}
		}
	}
	return person, body, false
}

// settle gives a name the class that its letters leave no doubt about.
func (b *builder) settle(names []found) []found {
	skies := b.skies(names)
	for i, n := range names {
		last := b.f.words.nouns[b.lower(n.end-1)]
		switch {
		case len(skies) > 1 && n.end == n.first+1 && skies[b.lower(n.first)]: // planets, of which the page names several
			names[i].class = dragoman.Other
		case n.end == n.first+1 && n.class == dragoman.Location && b.f.words.directions[b.lower(n.first)] && b.describes(n): // "Western leaders"
			names[i].class = dragoman.Nationality
		case n.end > n.first+1 && (n.class == dragoman.Person || n.class == dragoman.Other) && last != nil &&
			last.class == dragoman.Organisation && b.f.words.given[b.lower(n.first)] == 0: // "Lund Life Insurance Company"
			names[i].class = dragoman.Organisation
		}
	}
	return names
}

// skies returns the planets that the names are of.
func (b *builder) skies(names []found) map[string]bool {
	skies := map[string]bool{}
	for _, n := range names {
		if w := b.lower(n.first); n.end == n.first+1 && b.f.words.planets[w] {
			skies[w] = true
		}
	}
	return skies
}

// postal adds the two letters behind the comma after a place that stand for the
// division it lies in: "Durham, NC".
func (b *builder) postal(names []found) []found {
	var out []found
	for k, n := range names {
		out = append(out, n)
		code := n.end + 1
		if n.class != dragoman.Location || code >= b.doc.Sentences[b.tree.Sentence(n.first)].End || b.doc.Form(n.end) != "," ||
			k+1 < len(names) && names[k+1].first <= code {
			continue
		}
		if f := b.doc.Form(code); len(f) == 2 && f == strings.ToUpper(f) && b.f.names.gaz.divisions[b.key(code, code+1)] {
			out = append(out, found{code, code + 1, dragoman.Location})
		}
	}
	return out
}

// brand returns the class of a name that the tables know as a firm's, a paper's, a
// school's, a team's or a product's and as nothing else.
func (b *builder) brand(m *about) dragoman.Class {
	if m.set&^ofOrganisation != 0 || m.End == m.First+1 && b.f.words.given[b.lower(m.First)] != 0 {
		return dragoman.Unclassed
	}
	switch brand := b.f.names.gaz.brands[m.key]; {
	case brand == ofProduct:
		return dragoman.Other
	case brand != 0 && brand&(ofVenue|ofProduct) == 0:
		return dragoman.Organisation
	}
	return dragoman.Unclassed
}
