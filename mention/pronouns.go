package mention

import "dragoman"

// addPronouns adds the pronouns, "here", and the relative words that have an
// antecedent.
func (b *builder) addPronouns() {
	for _, s := range b.bounds() {
		for i := s[0]; i < s[1]; i++ {
			if b.inName[i] || b.at[i] >= 0 {
				continue
			}
			p, end := b.pronounAt(i, s[1])
			if p == nil {
				continue
			}
			if p.kind == "relative" && b.antecedent(i) < 0 {
				continue
			}
			m := about{Mention: dragoman.Mention{First: i, End: end, Head: i, Form: dragoman.Pronoun, Class: p.class},
				pronoun: p, number: p.number, gender: p.gender}
			b.add(m)
			i = end - 1
		}
	}
}

// pronounAt returns the pronoun that begins at token i and its end.
func (b *builder) pronounAt(i, end int) (*pronoun, int) {
	form := b.doc.Form(i)
	lower := b.lower(i)
	if i+1 < end {
		if p := b.f.words.pronouns[lower+" "+b.lower(i+1)]; p != nil {
			return p, i + 2
		}
	}
	p := b.f.words.pronouns[lower]
	pos := b.tree.POS(i)
	if p == nil {
		if (lower == "that") && (b.doc.Tags[i].XPOS == "WDT" || b.doc.Tags[i].Has("PronType=Rel")) && b.tree.Is(i, "nsubj", "obj") {
			return b.f.words.pronouns["which"], i + 1
		}
		return nil, 0
	}
	if len(form) > 1 && form == upper(form) && form != lower { // "US", "IT"
		return nil, 0
	}
	switch {
	case b.tree.Is(i, "expl"):
		return nil, 0
	case p.kind == "deictic":
		if pos != dragoman.ADV {
			return nil, 0
		}
	case p.kind == "both":
		if b.tree.Is(i, "cc", "cc:preconj", "det", "det:predet", "advmod") {
			return nil, 0
		}
	case pos != dragoman.PRON && pos != dragoman.DET && pos != dragoman.PROPN:
		return nil, 0
	case lower == "i" && form != "I":
		return nil, 0
	}
	return p, i + 1
}

func upper(s string) string {
	out := []byte(s)
	for i, c := range out {
		if 'a' <= c && c <= 'z' {
			out[i] = c - 'a' + 'A'
		}
	}
	return string(out)
}
