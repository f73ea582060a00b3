package syntax

import "dragoman"

// leaning is how much more a noun with a capital looks like a proper noun than
// like a common one, in its sentence, and the class that it would have as the
// other. It is nothing for all other words.
type leaning struct {
	proper float32
	other  uint16
	noun   bool
}

// lean returns the leaning of a word that has a class by its scores.
func (p *Parser) lean(w *word, scores []float32, class uint16) leaning {
	pos := p.classes[class].pos
	if w.first != upper || pos != dragoman.NOUN && pos != dragoman.PROPN {
		return leaning{}
	}
	best := -1
	for i, v := range scores {
		if p.classes[i].pos == dragoman.NOUN+dragoman.PROPN-pos && (best < 0 || v > scores[best]) {
			best = i
		}
	}
	if best < 0 {
		return leaning{}
	}
	l := leaning{scores[class] - scores[best], uint16(best), true}
	if pos == dragoman.NOUN {
		l.proper = -l.proper
	}
	return l
}

// agree makes the same noun proper, or common, on the whole page: all sentences
// have a say (one sense per discourse: Gale, Church & Yarowsky 1992).
func (d *desk) agree(p *Parser, words []word) {
	clear(d.sums)
	for i, l := range d.leanings {
		if l.noun {
			d.sums[words[i].form] += l.proper
		}
	}
	for i, l := range d.leanings {
		if l.noun && (d.sums[words[i].form] > 0) != (p.classes[d.tags[i]].pos == dragoman.PROPN) {
			d.tags[i] = l.other
		}
	}
}
