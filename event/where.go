package event

import (
	"slices"
	"strings"

	"dragoman"
	"dragoman/pattern"
)

// place returns where event p took place: a place that the predicate's own
// clause names with a preposition of place, or that is its object; -1.
func (r *reading) place(p int, told string, f pattern.Frame) int {
	best := -1
	consider := r.seeker(p, told, &best)
	addressed := f.Flags["place-is-recipient"] && (told == "REQUEST" || told == "ACCUSE" || told == "THREATEN")
	words := strings.HasPrefix(r.types[told].quad, "verbal") && told != "CONSULT" && (f.Name == "" || r.meanings[f.Row].cameo != signing)
	if told == "ASSAULT" {
		for _, a := range r.args {
			if m := r.s.Mention(a.Token); assaulted[a.Slot] && m >= 0 && r.s.PlaceOf(m) >= 0 {
				consider(a.Token)
			}
		}
	}
	for _, a := range r.args {
		if told == "AID" && a.Slot == "from" {
			continue // who gives it
		}
		if addressed && slices.Contains(addressees, a.Slot) || words && (towards[a.Slot] || topics[a.Slot]) {
			continue // whoever is urged or accused is no place
		}
		if !r.where[strings.ReplaceAll(a.Slot, "_", " ")] {
			if !(a.Slot == "obj" && (f.Flags["visit"] || f.Flags["place-is-recipient"])) {
				continue
			}
		}
		all := r.s.Conjuncts(a.Token)
		if r.apart(all) {
			return -1
		}
		for _, t := range all {
			consider(t)
			if a.Slot != "over" { // "over atrocities in Gao": why, not where
				r.below(t, consider)
			}
		}
	}
	if best >= 0 {
		return best
	}
	for _, a := range r.args {
		switch {
		case a.Slot == "subj" || a.Slot == "comp" || a.Slot == "mod":
		case words && (a.Slot == "obj" || topics[a.Slot] || towards[a.Slot] || r.after[a.Slot]):
			// what is said about something that is there is not said there
		case a.Slot == "over" || a.Slot == "about" || a.Slot == "of" && r.s.FramePOS(p) == 'V':
			// what was accused of, or punished, was done there
		default:
			r.below(a.Token, consider)
		}
	}
	if best < 0 {
		r.visited(p, consider)
	}
	if w := r.s.Kid(p, "advmod", "mark"); best < 0 && w > 0 && w < p && r.s.Lemma(w) == "where" {
		// "is due in Bishkek, where the president will receive him"
		for i := w - 1; i >= r.doc.Sentences[r.s.Sentence(p)].First && i >= w-4; i-- {
			consider(i)
		}
	}
	if v := r.s.Head(p); best < 0 && v >= 0 && r.s.Is(p, "advcl") && r.goesOn(p) {
		// "bombed a market in Gao, killing three": there
		own := r.args
		r.args = r.s.Arguments(v, nil)
		best = r.place(v, told, pattern.Frame{})
		r.args = own
	}
	return best
}

// seeker returns what is told of tokens that may name places, and keeps in best the one
// nearest to predicate p, and of two of which one lies within the other the inner.
func (r *reading) seeker(p int, told string, best *int) (consider func(token int)) {
	distance := 1 << 30
	return func(token int) {
		at := r.s.Place(token)
		if at >= 0 && r.doc.Places[at].Kind == "country" && r.s.Case(token) == "on" && r.types[told].quad != "material-conflict" {
			return // "talks on Chad"
		}
		if at >= 0 && r.s.Date(token) < 0 && !r.dateline(token, p) {
			d := token - p
			if d < 0 {
				d = -2 * d
			}
			if *best >= 0 && r.within(at, *best) {
				d = -1 // "in X in Y": the inner one
			} else if *best >= 0 && r.within(*best, at) {
				return
			}
			if d < distance {
				*best, distance = at, d
			}
		}
	}
}

// assaulted are the slots of what is attacked: "the war against Chad", "the invasion of Mali".
var assaulted = map[string]bool{"obj": true, "of": true, "on": true, "against": true, "at": true}

// addressees are the slots of whom or what a demand, an accusation or a threat is about.
var addressees = []string{"obj", "on", "from", "for"}

// topics are the slots of what words are about: "called for talks", "a word on the raid".
var topics = map[string]bool{"for": true, "on": true, "upon": true, "over": true, "of": true, "about": true, "against": true, "as": true, "with": true}

// towards are the slots of whom words are meant for: "protested to Chad".
var towards = map[string]bool{"to": true, "into": true, "towards": true, "toward": true, "from": true}

// goesOn reports whether verb p is a participle that goes on from its main clause.
func (r *reading) goesOn(p int) bool {
	return r.doc.Tags[p].XPOS == "VBG" && r.s.Kid(p, "mark", "nsubj", "aux") < 0
}

// visited considers where a visit leads, during which something was done or
// said: "spoke well of Chad during a visit to Gao", wherever the syntax hangs it.
func (r *reading) visited(p int, consider func(int)) {
	sent := r.doc.Sentences[r.s.Sentence(p)]
	for i := p + 1; i < sent.End; i++ {
		if r.s.POS(i) == dragoman.VERB && !r.s.Is(i, "amod", "acl") {
			return // another clause
		}
		if r.Grammar.Borrows[r.s.FrameLemma(i)] && r.Grammar.Beside[r.s.Case(i)] {
			for _, k := range r.s.Kids(i) {
				if towards[r.s.Case(int(k))] {
					consider(int(k))
				}
			}
			r.below(i, consider)
		}
	}
}

// below considers the places that stand as modifiers of a phrase: "a market in Herat".
func (r *reading) below(token int, consider func(int)) {
	for _, k := range r.s.Kids(token) {
		k := int(k)
		if !r.s.Is(k, "nmod", "obl") {
			continue
		}
		if c := r.s.Case(k); r.where[c] && !towards[c] {
			consider(k) // not where arms are sold to
			r.below(k, consider)
		} else if r.Grammar.Beside[c] {
			r.below(k, consider)
		}
	}
}

// apart reports whether two of the phrases name places of which none lies in the other.
func (r *reading) apart(phrases []int) bool {
	one := -1
	for _, t := range phrases {
		switch at := r.s.Place(t); {
		case at < 0 || one == at || one >= 0 && r.within(at, one):
		case one < 0 || r.within(one, at):
			one = at
		default:
			return true
		}
	}
	return false
}

func (r *reading) within(inner, outer int) bool {
	for _, id := range r.doc.Places[inner].ContainedIn {
		if id == r.doc.Places[outer].ID {
			return true
		}
	}
	return false
}
