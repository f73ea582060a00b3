package mention

import (
	"strings"

	"dragoman"
)

// What the recogniser sees is mended where letters and tables know better.

// addressed reports whether a name is no name but an address of the net, an abbreviation
// with a slash, or a lone word in brackets with its full stop, as transcripts have it:
// "(Laughter.)".
func (b *builder) addressed(n found) bool {
	if n.end != n.first+1 {
		return false
	}
	f := b.lower(n.first)
	if strings.HasPrefix(f, "www.") || strings.HasPrefix(f, ".") || strings.Contains(f, "://") || strings.Contains(f, "@") ||
		strings.Contains(f, "/") && f == b.doc.Form(n.first) { // "w/o"
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

// unowned reports whether nothing follows the possessive i that would be somebody's.
func (b *builder) unowned(i int) bool {
	if i+1 >= len(b.doc.Tokens) || b.tree.Sentence(i+1) != b.tree.Sentence(i) {
		return true
	}
	switch b.tree.POS(i + 1) {
	case dragoman.ADP, dragoman.PUNCT, dragoman.CCONJ, dragoman.SCONJ, dragoman.VERB, dragoman.AUX:
		return true
	}
	return false
}

// shop lets a name keep the possessive that it ends with where a firm is called so,
// "McDonald's", and no possessor, or where it is a place that the tables do not know and
// nothing is possessed, "met at Lund's on Friday".
func (b *builder) shop(n found) found {
	if n.end >= len(b.doc.Tokens) || b.tree.Sentence(n.end) != b.tree.Sentence(n.first) {
		return n
	}
	bare := b.doc.Form(n.end) == "s" // "went to Wendy s"
	if f := b.doc.Form(n.end); f != "'s" && f != "’s" && !bare {
		return n
	}
	gaz := b.f.names.gaz
	whole := gaz.brands[b.key(n.first, n.end+1)]
	alone := b.key(n.first, n.end)
	if n.class == dragoman.Location && !bare && gaz.look(alone)|gaz.brands[alone] == 0 && b.unowned(n.end) {
		n.end++
		return n
	}
	if whole == 0 || gaz.brands[alone] != 0 {
		return n
	}
	n.end++
	if n.class == dragoman.Person {
		n.class = dragoman.Organisation
		if whole == ofVenue {
			n.class = dragoman.Location // where people go to be served
		}
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

// settle gives a name the class that its letters, or those of other names of the page,
// leave no doubt about.
func (b *builder) settle(names []found) []found {
	skies, storms := b.skies(names), b.storms(names)
	for i, n := range names {
		last := b.f.words.nouns[b.lower(n.end-1)]
		switch {
		case len(skies) > 1 && n.end == n.first+1 && skies[b.lower(n.first)]: // planets, of which the page names several
			names[i].class = dragoman.Other
		case n.end == n.first+1 && storms[b.doc.Form(n.first)]: // "Hurricane Ida", and Ida again
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

// storms returns the names that the page gives to storms.
func (b *builder) storms(names []found) map[string]bool {
	storms := map[string]bool{}
	for _, n := range names {
		if n.end == n.first+1 && n.first > 0 && b.f.words.storms[b.lower(n.first-1)] && capitalised(b.doc.Form(n.first-1)) {
			storms[b.doc.Form(n.first)] = true
		}
	}
	return storms
}

// postal adds the two letters behind the comma after a place that stand for the
// division it lies in, "Durham, NC", and the place that the tables know before the comma
// and its state or division, "Durham, Texas", where the recogniser passed it over.
func (b *builder) postal(names []found) []found {
	var out []found
	free := func(i int) bool { // of the names before it
		return len(out) == 0 || out[len(out)-1].end <= i
	}
	for k, n := range names {
		gaz := b.f.names.gaz
		if first := b.doc.Sentences[b.tree.Sentence(n.first)].First; n.class == dragoman.Location && n.first-2 >= first && b.doc.Form(n.first-1) == "," &&
			(gaz.sets[b.key(n.first, n.end)]&ofState != 0 || gaz.divisions[b.key(n.first, n.end)]) {
			end := n.first - 1
			from := end
			for from > max(first, end-3) && free(from-1) && capitalised(b.doc.Form(from-1)) {
				from--
			}
			for ; from < end; from++ {
				if gaz.look(b.key(from, end))&ofPlace != 0 {
					out = append(out, found{from, end, dragoman.Location})
					break
				}
			}
		}
		out = append(out, n)
		code := n.end + 1
		if n.class != dragoman.Location || code >= b.doc.Sentences[b.tree.Sentence(n.first)].End || b.doc.Form(n.end) != "," ||
			k+1 < len(names) && names[k+1].first <= code {
			continue
		}
		if f := b.doc.Form(code); len(f) == 2 && f == strings.ToUpper(f) && gaz.divisions[b.key(code, code+1)] {
			out = append(out, found{code, code + 1, dragoman.Location})
		}
	}
	return out
}

// initialled makes one name of the initials before a family name and this,
// "W.E.B. Lund", where the tables do not know the initials as a name.
func (b *builder) initialled(names []found) []found {
	var out []found
	for k, n := range names {
		if next := n.end; n.end == n.first+1 && dotted(b.doc.Form(n.first)) && len(b.doc.Form(n.first)) > 2 && b.f.names.gaz.look(b.key(n.first, n.end)) == 0 &&
			next < b.doc.Sentences[b.tree.Sentence(n.first)].End && b.tree.POS(next) == dragoman.PROPN && capitalised(b.doc.Form(next)) &&
			b.f.words.titles[b.lower(next)] == nil && b.f.words.nouns[b.lower(next)] == nil && (k+1 == len(names) || names[k+1].first > next) {
			n.end, n.class = next+1, dragoman.Person
		}
		if last := len(out) - 1; last >= 0 && n.class == dragoman.Person && out[last].end == n.first && out[last].first == n.first-1 && dotted(b.doc.Form(n.first-1)) &&
			b.tree.Sentence(n.first) == b.tree.Sentence(n.first-1) {
			out[last] = found{out[last].first, n.end, dragoman.Person}
			continue
		}
		out = append(out, n)
	}
	return out
}

// dotted reports whether a word is single capitals each with a full stop.
func dotted(s string) bool {
	for i := 0; i < len(s); i += 2 {
		if s[i] < 'A' || s[i] > 'Z' || i+1 == len(s) || s[i+1] != '.' {
			return false
		}
	}
	return s != ""
}

// sender makes one name of the family name and the given name in quotation marks, as
// the heads of mails have them: "Lund, Mary".
func (b *builder) sender(names []found) []found {
	var out []found
	for _, n := range names {
		if k := n.first - 3; n.class == dragoman.Person && k >= 0 && n.end < len(b.doc.Tokens) && b.doc.Form(k) == `"` && capitalised(b.doc.Form(k+1)) &&
			b.doc.Form(k+2) == "," && b.doc.Form(n.end) == `"` {
			for len(out) > 0 && out[len(out)-1].end > k+1 {
				out = out[:len(out)-1]
			}
			n.first = k + 1
		}
		out = append(out, n)
	}
	return out
}

// brand returns the class of a name that the tables know as a firm's, a paper's, a
// school's, a team's, a product's or a venue's and as nothing else.
func (b *builder) brand(m *about) dragoman.Class {
	if m.set&^ofOrganisation != 0 || m.End == m.First+1 && b.f.words.given[b.lower(m.First)] != 0 {
		return dragoman.Unclassed
	}
	switch brand := b.f.names.gaz.brands[m.key]; {
	case brand == ofProduct:
		return dragoman.Other
	case brand == ofVenue:
		return dragoman.Location
	case brand != 0 && brand&(ofVenue|ofProduct) == 0:
		return dragoman.Organisation
	}
	return dragoman.Unclassed
}
