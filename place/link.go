package place

import "strings"

// The most tokens that may stand between a name and the name of what contains it.
const maxGap = 10

// link notes which names the text puts into which: "X, Y", "X in the northern
// province of Y", "Y's X", a bridge or an airport with the name of a town in it.
func (t *text) link() {
	t.innerLinks()
	sentence := t.sentences()
	for i := 0; i+1 < len(t.names); i++ {
		j := i + 1
		for j < len(t.names) && t.names[j].first < t.names[i].end {
			j++ // inside the same name
		}
		// A container within the next name stands before it in the list.
		for j+1 < len(t.names) && t.names[j].mention < 0 && t.names[j+1].in == j {
			j++
		}
		if t.names[i].mention < 0 || j >= len(t.names) || sentence[i] != sentence[j] {
			continue
		}
		bond := t.between(i, j)
		for bond != loosely && bond != possessive && j+1 < len(t.names) && sentence[j+1] == sentence[j] && t.between(j, j+1) == possessive {
			j++ // "Amedi in Iraq's Duhok province" is in Duhok
		}
		switch bond {
		case outright:
			t.contain(i, j, true)
		case comma:
			t.contain(i, j, false)
		case apposed:
			t.contain(i, j, true)
		case possessive:
			t.contain(j, i, true)
		default:
			t.enumerate(i, j)
		}
	}
	for _, n := range t.names {
		if n.in >= 0 {
			s := &t.senses[n.sense]
			if c := t.names[n.in].sense; c != n.sense && len(s.within) < 8 {
				s.within = append(s.within, n.in)
			}
		}
	}
}

// innerLinks ties the containers that stand within another name.
func (t *text) innerLinks() {
	for i := range t.names {
		n := &t.names[i]
		switch {
		case n.in == inner && i > 0:
			n.in, n.sure = i-1, true
		case n.mention >= 0 && t.senses[n.sense].part:
			for j := i + 1; j < len(t.names) && j < i+4; j++ {
				if o := t.names[j]; o.first < n.end && n.span.Contains(o.span) && o.span != n.span {
					n.in, n.sure = j, true
					break
				}
			}
		}
	}
}

// sentences returns the sentence of every name.
func (t *text) sentences() []int {
	of := make([]int, len(t.names))
	s := 0
	for i, n := range t.names {
		for s+1 < len(t.doc.Sentences) && n.first >= t.doc.Sentences[s].End {
			s++
		}
		of[i] = s
	}
	return of
}

// enumerate notes that the names i and j are of one list, if they are.
func (t *text) enumerate(i, j int) {
	from, to := t.names[i].after, t.names[j].first
	if to-from < 1 || to-from > 3 {
		return
	}
	for k := from; k < to; k++ {
		if w := strings.ToLower(form(t.doc, k)); w != "," && w != "the" && !t.words.is(w, "and") {
			return
		}
	}
	a, b := &t.senses[t.names[i].sense], &t.senses[t.names[j].sense]
	if len(a.listed) < 6 && len(b.listed) < 6 {
		a.listed = append(a.listed, t.names[j].sense)
		b.listed = append(b.listed, t.names[i].sense)
	}
}

// contain puts name i into name j.
func (t *text) contain(i, j int, sure bool) {
	n := &t.names[i]
	if n.in >= 0 && (n.sure || !sure) {
		return
	}
	for up, steps := j, 0; up >= 0 && steps < 16; up, steps = t.names[up].in, steps+1 {
		if up == i {
			return
		}
	}
	if n.sense == t.names[j].sense {
		return
	}
	n.in, n.sure = j, sure
}

// How the words between two names tie them.
type bond int

const (
	loosely bond = iota
	outright
	comma
	apposed // a comma, and nothing speaks for a list
	possessive
)

// between reads the words between the names i and j.
func (t *text) between(i, j int) bond {
	from, to := t.names[i].after, t.names[j].first
	if to-from > maxGap || from > to {
		return loosely
	}
	if from == to {
		return loosely
	}
	if t.jointly(i, j) {
		return outright
	}
	bond := loosely
	if f := form(t.doc, from); f == "'s" || f == "’s" {
		for k := from + 1; k < to; k++ {
			if !t.passes(k) {
				return loosely
			}
		}
		return possessive
	}
	for k := from; k < to; k++ {
		w := strings.ToLower(form(t.doc, k))
		switch {
		case w == "," || w == "(":
			if bond == loosely && k == from {
				bond = comma
			}
		case t.words.is(w, "inside"):
			if w == "of" && t.words.is(strings.ToLower(form(t.doc, k-1)), "direction") && strings.ToLower(form(t.doc, k-2)) != "the" {
				return loosely // "north of", but "in the north of"
			}
			bond = outright
		case t.passes(k):
		default:
			return loosely
		}
	}
	if bond == comma {
		return t.afterComma(i, j)
	}
	return bond
}

// jointly reports whether nothing but a joint stands between the names i and j:
// "Dasht-e-Qala" and "Takhar" of "Dasht-e-Qala-e-Takhar".
func (t *text) jointly(i, j int) bool {
	start, end := t.names[i].span.End, t.names[j].span.Start
	if end <= start || end-start > 8 {
		return false
	}
	gap := strings.FieldsFunc(t.doc.Text[start:end], hyphen)
	if len(gap) == 1 {
		return t.words.is(strings.ToLower(gap[0]), "joint")
	}
	words := strings.FieldsFunc(t.names[i].span.In(t.doc.Text), hyphen)
	return len(gap) == 0 && len(words) > 1 && t.words.is(strings.ToLower(words[len(words)-1]), "joint")
}

// passes reports whether token k may stand between two names that belong together.
func (t *text) passes(k int) bool {
	return t.filler(k) || t.words.is(strings.ToLower(form(t.doc, k)), "head")
}

// afterComma tells whether the names i and j, with a comma between them, are
// one in the other or two of a list: "Kunduz, Takhar and Badakhshan". Where the
// tables know the one within the other that decides. A town that the tables do
// not know there is still there if the second can only be a state or a division.
func (t *text) afterComma(i, j int) bond {
	a, b := &t.senses[t.names[i].sense], &t.senses[t.names[j].sense]
	divided := false
	for _, x := range a.cands {
		divided = divided || division(x.kind) && x.prior > 5
		for _, y := range b.cands {
			if t.inside(x.entry, y.entry) {
				return comma
			}
		}
	}
	if divided || len(b.cands) == 0 || !division(b.cands[0].kind) {
		return loosely
	}
	next := strings.ToLower(form(t.doc, t.names[j].after))
	if next == "," {
		next = strings.ToLower(form(t.doc, t.names[j].after+1))
	}
	before := strings.ToLower(form(t.doc, t.names[i].first-1))
	if t.words.is(next, "and") || t.words.is(before, "and") || before == "," {
		return loosely
	}
	return apposed
}
