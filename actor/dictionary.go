package actor

import (
	"strings"

	"dragoman"
)

// Dictionary says by which code an analyst knows a phrase.
type Dictionary interface {
	// Party returns the code of tokens first..end-1 on the day of publication; it
	// begins with "---" where no actor is known, and is "" for nobody.
	Party(doc *dragoman.Document, first, end int) string
}

// meet finds whom only the Dictionary knows.
func (v *view) meet(chains [][]int, found []who) {
	for i, c := range chains {
		if w := &found[i]; w.sure != nobody && w.id != "" && w.id != "new:" {
			continue
		}
		k, code := v.dictated(c)
		if code == "" {
			continue
		}
		name := strings.Join(strings.Fields(v.doc.TextOf(v.doc.Mentions[k].Span)), " ")
		country, sectors := v.r.decode(code)
		found[i] = who{id: "new:" + slug(name), name: name, kind: "unknown", country: country, sectors: sectors, cameo: code, sure: byNewName}
	}
}

// recode gives actors the codes of the Dictionary, and the country and the sectors
// that these tell. Whom it does not know keeps what he has or, with Only, loses his
// code.
func (v *view) recode(actors []dragoman.Actor) {
	for i := range actors {
		a := &actors[i]
		_, code := v.dictated(a.Mentions)
		if code == "" {
			if v.r.Only {
				a.CAMEO = ""
			}
			continue
		}
		a.CAMEO = code
		country, sectors := v.r.decode(code)
		if country != "" {
			a.Country = country
		}
		if len(sectors) > 0 {
			a.Sectors = sectors
		}
	}
}

// dictated returns the first of mentions whose phrase, titles within it, the
// Dictionary knows, and the code.
func (v *view) dictated(mentions []int) (mention int, code string) {
	for _, k := range mentions {
		m := &v.doc.Mentions[k]
		if m.Form == dragoman.Pronoun || !v.sane(m) {
			continue
		}
		first := m.First
		for first > 0 && !m.Title.Empty() && v.doc.Tokens[first-1].Start >= m.Title.Start {
			first--
		}
		if code := v.r.Dictionary.Party(v.doc, first, m.End); code != "" && code[0] != '-' {
			return k, code
		}
	}
	return -1, ""
}

// decode returns the country that a code of CAMEO begins with and the sectors that
// follow; neither where it is made otherwise.
func (r *Resolver) decode(code string) (country string, sectors []string) {
	const letters = 3 // of a part
	if len(code) < letters || strings.Contains(code, "/") {
		return "", nil
	}
	rest := code
	if id := r.byCAMEO[code[:letters]]; id != "" {
		country, rest = id, code[letters:]
	}
	for ; len(rest) >= letters; rest = rest[letters:] {
		if s := r.roles[rest[:letters]]; s != "" {
			sectors = append(sectors, s)
		}
	}
	return country, sectors
}
