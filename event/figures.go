package event

import (
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/pattern"
)

// counted names the slots in which a figure of that kind may stand.
var counted = [...]string{"killed", "injured", "captured", "crowd"}

// casualties returns the figures that the frame says its arguments tell.
func (r *reading) casualties(p int, f pattern.Frame) []dragoman.Count {
	var all []dragoman.Count
	for _, what := range counted {
		if !f.Flags[what] {
			continue
		}
		for _, a := range r.args {
			if a.Slot == "obj" || f.POS == 'N' && a.Slot == "of" || a.Slot == "subj" && (what == "crowd" || r.intransitive()) {
				if low, high, ok := r.total(a.Token); ok && (low > 1 || what != "crowd") {
					all = append(all, dragoman.Count{What: what, Min: low, Max: high})
					break
				}
			}
		}
	}
	if f.Flags["killed"] {
		besides := slices.Clone(r.s.Kids(p)) // "nine were killed and 20 others wounded" is read as one clause
		for _, a := range r.args {
			if a.Slot == "comp" || a.Slot == "obj" {
				besides = append(besides, r.s.Kids(a.Token)...) // "left nine dead and 20 wounded"
			}
		}
		for _, k := range besides {
			k := int(k)
			if a := r.s.Kid(k, "amod", "acl", "orphan"); r.s.Is(k, "conj") && a > k && r.hurt[strings.ToLower(r.doc.Form(a))] {
				if low, high, ok := r.number(k); ok {
					all = append(all, dragoman.Count{What: "injured", Min: low, Max: high})
				}
			}
		}
	}
	return all
}

// intransitive reports whether the predicate has no object: in "ten soldiers
// died" the figure is in the subject.
func (r *reading) intransitive() bool {
	return !slices.ContainsFunc(r.args, func(a pattern.Arg) bool { return a.Slot == "obj" || a.Slot == "of" })
}

// total reads how many the phrases joined to the one headed by token are together: "two
// soldiers and three policemen", "a commander and his wife". One that tells no figure is
// somebody, or of unknown number.
func (r *reading) total(token int) (low, high int, ok bool) {
	all := r.s.Conjuncts(token)
	if len(all) == 1 || r.s.Kid(all[len(all)-1], "cc") < 0 {
		return r.number(token) // "three men, two of them brothers"
	}
	for i, t := range all {
		l, h, told := r.number(t)
		switch one := r.doc.Tags[t].Has("Number=Sing"); {
		case i > 0 && r.injured(t):
			continue // "and 20 others wounded"
		case told:
			ok = true
		case r.Grammar.Transparent[r.s.FrameLemma(t)]:
			return r.number(token)
		case one:
			l, h = 1, 1
		default:
			l, h = 2, -1 // "two officers and villagers"
		}
		if low += l; h < 0 || high < 0 {
			high = -1
		} else {
			high += h
		}
	}
	return low, high, ok
}

// injured reports whether the phrase headed by token is of the wounded.
func (r *reading) injured(token int) bool {
	return slices.ContainsFunc(r.s.Kids(token), func(k int32) bool {
		return r.s.Is(int(k), "amod", "acl", "orphan") && r.hurt[strings.ToLower(r.doc.Form(int(k)))]
	})
}

// number reads how many the phrase headed by token is: "at least ten people",
// "dozens of soldiers", "between 10 and 15".
func (r *reading) number(token int) (low, high int, ok bool) {
	if low, high, ok = r.word(token); ok {
		if of := r.s.Kid(token, "nmod"); of > token && r.s.Case(of) == "of" && r.doc.Tags[of].Has("Number=Plur") {
			if n := r.numbers[strings.ToLower(r.doc.Form(of))][0]; n > low {
				return low * n / 2, -1, true // "hundreds of thousands of people"
			}
		}
		return low, high, true
	}
	for _, k := range r.s.Kids(token) {
		k := int(k)
		if !r.s.Is(k, "nummod", "det", "amod", "compound") || k > token && r.doc.Form(k-1) == "," {
			continue // "Banda, 58, was arrested"
		}
		if low, high, ok = r.word(k); ok {
			if low, high, ok = r.bound(k, low, high); high == low {
				high = r.upTo(k, high)
			}
			return low, high, ok
		}
	}
	if r.Grammar.Transparent[r.s.FrameLemma(token)] {
		return 0, 0, false // "a number of people" tells none
	}
	if r.doc.Tags[token].Has("NumType=Ord") && r.s.POS(token) == dragoman.ADJ {
		return 1, 1, true // "killing two and wounding a third"
	}
	if r.doc.Tags[token].Has("Number=Sing") && r.s.POS(token) != dragoman.PRON && r.s.POS(token) != dragoman.PROPN {
		for _, k := range r.s.Kids(token) {
			if k := int(k); r.s.Is(k, "nmod") && r.s.Case(k) == "of" && r.doc.Tags[k].Has("Number=Plur") {
				return r.number(k) // "a total of 12 people"; "a group of people" tells no figure
			}
		}
		if d := r.s.Kid(token, "det"); d >= 0 && r.doc.Tags[d].Has("Definite=Ind") {
			return 1, 1, true
		}
	}
	return 0, 0, false
}

// bound widens a figure by the words before it: "at least", "up to".
func (r *reading) bound(k, low, high int) (int, int, bool) {
	before := ""
	if m := r.s.Kid(k, "compound", "nummod", "amod", "det"); m >= 0 && m == k-1 && r.s.Kid(m, "case", "advmod") < 0 {
		k = m // "more than a dozen"
	}
	for i := k - 1; i >= max(0, k-3); i-- {
		before = strings.TrimSpace(strings.ToLower(r.doc.Form(i)) + " " + before)
		switch {
		case r.atLeast[before]:
			return low, -1, true
		case r.atMost[before]:
			return 0, high, true
		}
	}
	return low, high, true
}

// upTo returns the upper end of a range that begins with the number at token k: "20 to 25",
// "between 10 and 15".
func (r *reading) upTo(k, high int) int {
	for _, e := range r.s.Kids(k) {
		e := int(e)
		if c := r.s.Case(e); e > k && (r.s.Is(e, "nmod", "obl", "conj") && c == "to" || r.s.Is(e, "conj") && (r.s.Case(k) == "between" || r.s.Kid(e, "cc") >= 0 && r.s.Lemma(r.s.Kid(e, "cc")) == "or")) {
			if _, h, ok := r.word(e); ok && h > high {
				return h
			}
		}
	}
	return high
}

// word reads the number that token i is, with one that multiplies it: "two dozen", "1.2
// million", "several hundred".
func (r *reading) word(i int) (low, high int, ok bool) {
	if r.s.Date(i) >= 0 {
		return 0, 0, false
	}
	w := strings.ToLower(r.doc.Form(i))
	if n, ok := r.numbers[w]; ok && r.s.POS(i) != dragoman.DET {
		if h := r.s.Kid(i, "compound", "nummod", "amod"); h >= 0 && h < i && n[0] >= 12 {
			if f, err := strconv.ParseFloat(r.doc.Form(h), 64); err == nil && f > 0 && f < 1000 {
				n := int(f * float64(n[0]))
				return n, n, true
			}
			if l, m, ok := r.word(h); ok && l < n[0] {
				if m < 0 {
					return l * n[0], -1, true
				}
				return l * n[0], m * n[0], true
			}
		}
		if tens := i - 2; tens >= 0 && n[0] < 10 && r.doc.Form(i-1) == "-" {
			if t, ok := r.numbers[strings.ToLower(r.doc.Form(tens))]; ok && t[0] >= 20 && t[0] < 100 {
				return t[0] + n[0], t[0] + n[0], true // "forty-nine"
			}
		}
		return n[0], n[1], true
	}
	if w == "" || w[0] < '0' || w[0] > '9' || len(w) > 12 {
		return 0, 0, false
	}
	n, err := strconv.Atoi(strings.ReplaceAll(w, ",", ""))
	if err != nil {
		return 0, 0, false
	}
	return n, n, true
}
