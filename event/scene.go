package event

import (
	"slices"

	"dragoman"
	"dragoman/pattern"
)

// locate gives events whose own clause names no place the one where, by what the text
// tells around them, they took place.
func (r *reading) locate() {
	for i := range r.events {
		e := &r.events[i]
		tellings := append([]dragoman.Telling{e.Telling}, e.Also...)
		for k := 0; k < len(tellings) && e.Place < 0 && e.CAMEO != byPhone; k++ {
			e.Place = r.scene(tellings[k].Head, e.Type)
		}
		if r.aimed(e) {
			e.Place = -1
		}
	}
	for i := range r.events {
		e := &r.events[i]
		switch {
		case e.Place >= 0:
		case (e.Type == "CONSULT" && e.CAMEO != byPhone || e.CAMEO == signing) && pattern.Did(e.Status):
			e.Place = r.onVisit(e)
		case r.onSite(e.Type) && pattern.Did(e.Status):
			if e.Place = r.sameOccasion(e); e.Place < 0 {
				e.Place = r.lastSeen(e)
			}
		}
	}
}

// byPhone is the code of talks for which nobody goes anywhere.
const byPhone = "041"

// onSite reports whether such a deed is done where its parties are.
func (r *reading) onSite(kind string) bool {
	return kind == "ASSAULT" || kind == "PROTEST" || kind == "COERCE"
}

// scene returns the place of the occasion on which predicate p was done, or of the verbs
// that tell one scene with it; -1.
func (r *reading) scene(p int, kind string) int {
	v := r.carrier(p)
	if at := r.occasion(v, p, kind); at >= 0 {
		return at
	}
	for _, u := range r.alongside(v) {
		if r.onSite(kind) || kind == "CONSULT" {
			if at := r.placeAt(u, kind); at >= 0 {
				return at
			}
		}
		if at := r.occasion(u, p, kind); at >= 0 {
			return at
		}
	}
	best := -1
	if s := r.s.Kid(v, "nsubj"); s >= 0 && v == p && (kind == "COERCE" || kind == "PROTEST") {
		r.below(s, r.seeker(s, kind, &best)) // "police in Herat detained"
	}
	return best
}

// occasion returns the place of that on which, for event p of that type, verb v was done:
// "at a rally on Friday in Gao", "while searching for arms in Gao"; -1.
func (r *reading) occasion(v, p int, kind string) int {
	best := -1
	consider := r.seeker(p, kind, &best)
	for _, k := range r.s.Kids(v) {
		k := int(k)
		switch {
		case r.s.Is(k, "obl", "nmod"):
			c := r.s.Case(k)
			if r.occasions[r.s.Lemma(k)] && (r.during[c] || r.Grammar.Beside[c]) && (r.onSite(kind) || !r.after[c]) {
				r.inside(k, kind, consider)
			}
		case r.s.Is(k, "advcl") && r.onSite(kind):
			if m := r.s.Kid(k, "mark", "advmod", "case"); m >= 0 && m < k && r.s.Lemma(m) == "while" {
				r.inside(k, kind, consider)
			}
		}
	}
	return best
}

// inside considers the places anywhere in the phrase of an occasion but for relative
// clauses and what words are about.
func (r *reading) inside(token int, kind string, consider func(int)) {
	for _, k := range r.s.Kids(token) {
		k := int(k)
		switch c := r.s.Case(k); {
		case r.s.Is(k, "nmod", "obl"):
			if topics[c] && c != "of" && c != "for" && c != "with" && !(r.onSite(kind) && c != "about") {
				continue
			}
			if r.where[c] && !towards[c] {
				consider(k)
			}
			r.inside(k, kind, consider)
		case r.s.Is(k, "nmod:tmod", "obl:tmod", "nmod:unmarked", "obl:unmarked"),
			r.onSite(kind) && r.s.Is(k, "acl", "obj", "conj", "advcl", "xcomp"):
			r.inside(k, kind, consider)
		}
	}
}

// tense returns the tag of the finite verb of v's clause, or of the one that v goes on from:
// "were arrested", "are being held".
func (r *reading) tense(v int) string {
	for n := 0; v >= 0 && n < lookUp; n++ {
		finite := v
		if aux := r.s.Kid(v, "aux", "aux:pass", "cop"); aux >= 0 {
			finite = aux
		}
		switch x := r.doc.Tags[finite].XPOS; x {
		case "VBD", "MD":
			return x
		case "VBZ", "VBP":
			return "VBZ"
		}
		if v = r.s.Head(v); v < 0 || r.s.POS(v) != dragoman.VERB {
			break
		}
	}
	return ""
}

// alongside returns the verbs that tell one scene with verb v: those joined to it under
// one subject and in one tense, and participles that go on from it.
func (r *reading) alongside(v int) []int {
	var all []int
	joined := func(u int) bool {
		return r.s.POS(u) == dragoman.VERB && (r.s.Is(u, "conj") && r.s.Kid(u, "nsubj", "nsubj:pass") < 0 || r.s.Is(u, "advcl") && r.goesOn(u))
	}
	of := func(h int) {
		for _, k := range r.s.Kids(h) {
			if k := int(k); k > h && k != v && joined(k) && r.tense(k) == r.tense(v) {
				all = append(all, k)
			}
		}
	}
	if h := r.s.Head(v); h >= 0 && r.s.POS(h) == dragoman.VERB && joined(v) {
		if r.tense(h) == r.tense(v) {
			all = append(all, h)
		}
		of(h)
	}
	of(v)
	return all
}

// placeAt returns where, for an event of that type, the clause of verb u says that it was done; -1.
func (r *reading) placeAt(u int, kind string) int {
	if i := slices.IndexFunc(r.events, func(e dragoman.Event) bool { return e.Head == u }); i >= 0 {
		return r.events[i].Place
	}
	r.args = r.s.Arguments(u, r.args[:0])
	return r.place(u, kind, pattern.Frame{})
}

// onVisit returns where somebody who met others had come, or met, by then: "Banda visited
// Gao. He also met the mayor"; -1.
func (r *reading) onVisit(e *dragoman.Event) int {
	at, last := -1, -1
	for i := range r.events {
		o := &r.events[i]
		if o.Type != "CONSULT" || o.Place < 0 || o.Head > e.Head || o.Head < last || !pattern.Did(o.Status) || !r.compatible(o, e) {
			continue
		}
		if slices.ContainsFunc(slices.Concat(e.Actors, e.Recipients), func(a int) bool {
			return r.doc.Actors[a].Kind == "person" && slices.Contains(o.Actors, a)
		}) {
			at, last = o.Place, o.Head
		}
	}
	return at
}

// back is how many sentences before an event are looked at for where it took place.
const back = 4

// sameOccasion returns the place of an occasion that the text spoke of before, and on which
// e was done: "during the operation"; -1.
func (r *reading) sameOccasion(e *dragoman.Event) int {
	v := r.carrier(e.Head)
	sent := r.s.Sentence(v)
	for _, k := range r.s.Kids(v) {
		k := int(k)
		if of := r.s.Kid(k, "nmod"); of >= 0 && r.s.Is(k, "obl") && r.s.Case(of) == "of" && !r.occasions[r.s.Lemma(k)] {
			k = of // "as a result of the operation"
		} else if c := r.s.Case(k); !(r.s.Is(k, "nsubj") || r.s.Is(k, "obl") && (r.during[c] || r.Grammar.Beside[c])) {
			continue
		}
		if !r.occasions[r.s.Lemma(k)] || !r.definite(k) {
			continue
		}
		for t := r.doc.Sentences[sent].First - 1; t >= 0 && r.s.Sentence(t) >= sent-back; t-- {
			if r.s.Lemma(t) != r.s.Lemma(k) {
				continue
			}
			best := -1
			if r.inside(t, e.Type, r.seeker(t, e.Type, &best)); best >= 0 {
				return best
			}
			if u := r.verbAbove(t); u >= 0 {
				if best = r.sceneOf(u, e.Type); best >= 0 {
					return best
				}
			}
		}
	}
	return -1
}

// lastSeen returns where the text last had those who did or suffered e: what people
// without a name do next, they do there; -1.
func (r *reading) lastSeen(e *dragoman.Event) int {
	at, last := -1, -1
	sent := r.s.Sentence(e.Head)
	if r.s.FramePOS(e.Head) != 'V' {
		return at
	}
	definite := func(m int) bool {
		h := r.doc.Mentions[m].Head
		return r.s.Sentence(h) == sent && (r.doc.Mentions[m].Form == dragoman.Pronoun || r.definite(h))
	}
	for _, a := range slices.Concat(e.Actors, e.Recipients) {
		mentions := r.doc.Actors[a].Mentions
		if r.named(a) || !slices.ContainsFunc(mentions, definite) {
			continue
		}
		for _, m := range mentions {
			h := r.doc.Mentions[m].Head
			u := r.verbAbove(h)
			if s := r.s.Sentence(h); s >= sent || s < sent-back || h < last || u < 0 {
				continue
			}
			if x := r.sceneOf(u, e.Type); x >= 0 && r.doc.Places[x].Kind != "country" && r.doc.Places[x].Kind != "region" {
				at, last = x, h
			}
		}
	}
	return at
}

// sceneOf returns the place of verb u, in its clause or of its occasion; -1.
func (r *reading) sceneOf(u int, kind string) int {
	if at := r.placeAt(u, kind); at >= 0 {
		return at
	}
	return r.occasion(u, u, kind)
}
