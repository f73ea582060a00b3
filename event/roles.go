package event

import (
	"slices"
	"strings"

	"dragoman"
	"dragoman/pattern"
)

// parties fills actors and recipients of e and returns the tokens that stand for them.
func (r *reading) parties(p int, f pattern.Frame, e *dragoman.Event) []int {
	var tokens []int
	e.Actors, tokens = r.role(p, f.First, f, nil, tokens)
	if f.Flags["mutual"] || f.Flags["visit"] {
		// "delegations travelled between X and Y": those two, whoever went.
		if both, t := r.role(p, between, f, nil, nil); len(both) > 1 {
			e.Actors, tokens = both, append(tokens, t...)
		}
	}
	if said := r.s.Speakers(p); len(said) > 0 && (len(e.Actors) == 0 && f.First.Speaker() || (len(e.Actors) == 0 || r.types[e.Type].uttered) && r.speaks(f.First)) {
		e.Actors = slices.Clone(said) // "we call on Chad": whoever says it does it
	}
	e.Recipients, tokens = r.role(p, f.Second, f, e.Actors, tokens)
	if len(e.Recipients) == 0 && f.Second.Speaker() {
		e.Recipients = slices.Clone(r.s.Speakers(p))
	}
	if e.Type == "ACCUSE" {
		e.Recipients = slices.DeleteFunc(e.Recipients, func(a int) bool {
			return slices.ContainsFunc(tokens, func(t int) bool { return slices.Contains(r.s.Actors(t), a) && r.suffers(a, t) })
		})
	}
	if len(e.Actors) == 0 {
		r.inherit(p, e)
	}
	if len(e.Actors) == 0 && r.judges(e.Type) {
		tokens = append(tokens, r.supply(p, f, e)...)
	}
	e.Recipients = slices.DeleteFunc(e.Recipients, func(a int) bool { return slices.Contains(e.Actors, a) || r.own(a, e.Actors) })
	if len(e.Actors) == 1 && (len(e.Recipients) > 1 && !strings.HasPrefix(e.Quad, "material") || e.Type == "THREATEN") {
		// "urged cooperation between the two countries", "threatened to withdraw his country from it"
		e.Recipients = slices.DeleteFunc(e.Recipients, func(a int) bool { return r.ownState(e.Actors[0], a) })
	}
	return tokens
}

// anti returns whom a word in the phrases of predicate p and its subject names behind "anti-",
// if the article names him by himself too: "protesters with anti-Deby signs".
func (r *reading) anti(p int) []int {
	phrases := []int{}
	if r.s.FramePOS(p) == 'N' {
		phrases = append(phrases, p)
	}
	for _, a := range r.args {
		if a.Slot == "subj" {
			phrases = append(phrases, a.Token)
		}
	}
	for _, t := range phrases {
		first, end := r.s.Extent(t)
		for i := first; i < end; i++ {
			_, name, ok := strings.Cut(strings.ToLower(r.doc.Form(i)), "anti-")
			if !ok {
				continue
			}
			for _, a := range r.doc.Actors {
				if k := slices.IndexFunc(a.Mentions, func(m int) bool {
					x := &r.doc.Mentions[m]
					return x.Form == dragoman.Name && strings.EqualFold(r.doc.Form(x.End-1), name)
				}); k >= 0 {
					return r.s.Actors(r.doc.Mentions[a.Mentions[k]].Head)
				}
			}
		}
	}
	return nil
}

// complete gives e, of which nobody is told to whom it is said, whom the text tells elsewhere,
// if the judge holds it possible that it is said to him.
func (r *reading) complete(p int, f pattern.Frame, e *dragoman.Event) {
	take := func(told []int, chance float64) {
		for _, c := range r.weighed {
			if c.Told == "" && slices.Contains(told, c.Actor) && c.Chance(AsRecipient) >= chance {
				e.Recipients = append(e.Recipients, c.Actor)
			}
		}
	}
	if e.Type == "PROTEST" {
		e.Recipients = r.anti(p)
	}
	if answering[e.Type] {
		take(r.doers(p, f.Second, e), pointed)
	}
	if of := r.spokenOfBy(p); e.Type == "ACCUSE" && len(e.Recipients) == 0 && of >= 0 {
		if take(r.s.Actors(of), keeps); len(e.Recipients) > 0 {
			e.Telling = r.telling(p, []int{of})
			e.Contexts = r.about(e.Evidence)
		}
	}
}

// pointed is the chance that the judge must give whom a phrase points back to.
const pointed = 0.3

// answering are the types of words about what somebody did, which are said to him.
var answering = map[string]bool{"ACCUSE": true, "REJECT": true, "THREATEN": true, "SUPPORT": true}

// doers returns who did what stands in the role of those to whom predicate p is said, where
// it is nobody's by its own words and points back: of "Chad demanded tolls. Mali rejected the
// demand" Chad, of "will respond to this move" who made the last.
func (r *reading) doers(p int, role pattern.Role, e *dragoman.Event) (found []int) {
	role.Each(r.Grammar, r.s.Tree, r.args, func(heads []int) bool {
		for _, h := range heads {
			if r.s.FramePOS(h) != 'N' || !r.definite(h) || len(r.s.Actors(h)) > 0 || r.s.Kid(h, "nmod", "nmod:poss", "obl", "acl", "acl:relcl", "conj") >= 0 {
				continue
			}
			types, _ := r.mayTell(h)
			deed := r.deeds[r.s.Lemma(h)]
			for i := len(r.events) - 1; i >= 0 && r.s.Sentence(p)-r.s.Sentence(r.last(&r.events[i])) <= nearby; i-- {
				old := &r.events[i]
				if pattern.Did(old.Status) && (deed && !r.types[old.Type].uttered || !deed && slices.Contains(types, old.Type)) {
					found = slices.DeleteFunc(slices.Clone(old.Actors), func(a int) bool {
						return slices.Contains(e.Actors, a) || slices.ContainsFunc(e.Actors, func(x int) bool { return r.ownState(x, a) })
					})
					break
				}
			}
		}
		return len(found) > 0
	})
	return found
}

// spokenOfBy returns the token of whom the first clause tells that verb p says, in words of
// what he does: "tweeted that Mali does nothing", but not whom it was done to; -1.
func (r *reading) spokenOfBy(p int) int {
	a := r.s.CueOf(p)
	if a < 0 || r.s.POS(p) != dragoman.VERB {
		return -1
	}
	said := r.doc.Attributions[a]
	within := func(t int) bool { return t >= said.First && t < said.End }
	for i := said.First; i < said.End; i++ {
		if within(r.s.Head(i)) || r.s.POS(i) == dragoman.PUNCT {
			continue
		}
		if subj := r.Grammar.Subject(r.s.Tree, i); within(subj) && r.s.Mention(subj) >= 0 && !r.s.Passive(i) {
			return subj
		}
		return -1
	}
	return -1
}

// suffers reports whether actor a is named at token h only as whom a deed of force was done
// to, or whose they are: whoever "condemned the killing of Chadian soldiers" accuses neither
// them nor Chad.
func (r *reading) suffers(a, h int) bool {
	const reach = 4 // words up to the deed
	own := r.args
	defer func() { r.args = own }()
	for n := 0; n < reach && h >= 0; n++ {
		if doers, sufferers, ok := r.deed(h); ok {
			is := &r.doc.Actors[a]
			return !slices.Contains(doers, a) && slices.ContainsFunc(sufferers, func(x int) bool {
				return x == a || is.Kind == "state" && r.doc.Actors[x].Country == is.Country
			})
		}
		if !r.s.Is(h, "nmod", "amod", "compound", "nmod:poss", "nmod:desc", "flat") {
			return false
		}
		h = r.s.Head(h)
	}
	return false
}

// deed returns who does to whom what noun h tells, where that is a deed of force. It leaves
// the arguments of h in r.args.
func (r *reading) deed(h int) (doers, sufferers []int, ok bool) {
	if r.s.FramePOS(h) != 'N' {
		return nil, nil, false
	}
	r.args = r.s.Arguments(h, nil)
	for _, f := range r.book.At(r.s.Tree, h) {
		if f.POS == 'N' && f.Match(r.Grammar, r.s.Tree, h, r.args, r.s) {
			if f.Never || !forceful[r.meanings[f.Row].kind] {
				break // an attack by words
			}
			doers, _ = r.role(h, f.First, f, nil, nil)
			sufferers, _ = r.role(h, f.Second, f, nil, nil)
			return doers, sufferers, true
		}
	}
	return nil, nil, false
}

// forceful are the types of deeds that are done to somebody.
var forceful = map[string]bool{"ASSAULT": true, "COERCE": true, "SANCTION": true}

// speaks reports whether "I" or "we" stands in a role, for nobody that the words
// before name: whoever speaks.
func (r *reading) speaks(role pattern.Role) (is bool) {
	role.Each(r.Grammar, r.s.Tree, r.args, func(heads []int) bool {
		is = is || slices.ContainsFunc(heads, func(h int) bool {
			return r.s.POS(h) == dragoman.PRON && (r.s.Lemma(h) == "we" || r.s.Lemma(h) == "I")
		})
		return is
	})
	return is
}

// own reports whether an actor is mentioned only as somebody's own: the army
// that "denied that its officers" did something is not a party to itself, its
// enemies and the counterparts of its head are.
func (r *reading) own(a int, of []int) bool {
	for _, m := range r.doc.Actors[a].Mentions {
		mention := r.doc.Mentions[m]
		poss := r.s.Kid(mention.Head, "nmod:poss")
		if mention.Form != dragoman.Nominal || r.Grammar.Apart[r.s.Lemma(mention.Head)] || poss < 0 || r.s.POS(poss) != dragoman.PRON ||
			!slices.ContainsFunc(r.s.Actors(poss), func(x int) bool { return slices.Contains(of, x) }) {
			return false
		}
	}
	return len(r.doc.Actors[a].Mentions) > 0
}

var between = mustRole("between")

func mustRole(s string) pattern.Role {
	r, err := pattern.ParseRole(s)
	if err != nil {
		panic(err)
	}
	return r
}

// role returns the actors that stand in a role of p.
//
// A place may stand for its state, but not for that of the actors in not: who
// shells or visits a town of his own country does so to no other state.
func (r *reading) role(p int, role pattern.Role, f pattern.Frame, not, tokens []int) ([]int, []int) {
	var found []int
	role.Each(r.Grammar, r.s.Tree, r.args, func(heads []int) bool {
		for _, h := range heads {
			if h == p || r.dateline(h, p) {
				continue
			}
			actors := r.s.Actors(h)
			if len(actors) == 0 && (f.Flags["visit"] || f.Flags["place-is-recipient"]) {
				actors = r.stateOf(h, not)
			}
			for _, a := range actors {
				if !slices.Contains(found, a) {
					found = append(found, a)
				}
			}
			if len(actors) > 0 {
				tokens = append(tokens, h)
			}
		}
		return len(found) > 0
	})
	return found, tokens
}

// dateline reports whether a dateline ends between tokens i and p, "KABUL (2 May) –": what
// stands before it has no part in what stands behind it.
func (r *reading) dateline(i, p int) bool {
	if r.s.Sentence(p) >= leadSentences {
		return false
	}
	for k := i + 2; k < p; k++ {
		switch r.doc.Form(k) {
		case "-", "–", "—":
			if r.doc.Form(k-1) == ")" {
				return true
			}
		}
	}
	return false
}

// stateOf returns the state of the place that the phrase headed by token names.
func (r *reading) stateOf(token int, not []int) []int {
	p := r.s.Place(token)
	if p < 0 || r.doc.Places[p].Country == "" {
		return nil
	}
	for _, a := range not {
		if r.doc.Actors[a].Country == r.doc.Places[p].Country {
			return nil
		}
	}
	if a, ok := r.states[r.doc.Places[p].Country]; ok {
		return []int{a}
	}
	return nil
}

// inherit gives an event that points back ("more such visits") the parties of
// the last event of its type in the same words.
func (r *reading) inherit(p int, e *dragoman.Event) {
	back := false
	for _, k := range r.s.Kids(p) {
		back = back || r.again[r.s.Lemma(int(k))]
	}
	if !back {
		return
	}
	said := r.s.Speakers(p)
	const reach = 20 // events; what is further back is not pointed at
	for i := len(r.events) - 1; i >= max(0, len(r.events)-reach); i-- {
		if old := r.events[i]; old.Type == e.Type && slices.Equal(said, r.s.Speakers(old.Head)) {
			e.Actors, e.Recipients = slices.Clone(old.Actors), slices.Clone(old.Recipients)
			return
		}
	}
}

// withWords makes an accusation of an attack that a politician or a party makes on a person or
// party, of which no weapon and no harm is told: "attacked her rival".
func (r *reading) withWords(p int, e *dragoman.Event) {
	if e.Type != "ASSAULT" || len(e.Modes) > 0 || len(e.Casualties) > 0 || !r.verbal[r.s.Verb(p)] && !r.verbal[r.s.Lemma(p)] ||
		len(e.Actors) != 1 || len(e.Recipients) == 0 || !r.politician(e.Actors[0]) && r.doc.Actors[e.Actors[0]].Kind != "party" || r.s.Kid(p, "obl:agent") >= 0 {
		return
	}
	for _, a := range e.Recipients {
		if k := r.doc.Actors[a].Kind; k != "person" && k != "party" {
			return
		}
	}
	const kind, code = "ACCUSE", "111"
	if !r.has(kind) {
		return
	}
	e.Type, e.CAMEO, e.Quad, e.Score = kind, code, r.types[kind].quad, r.types[kind].score
}

// politician reports whether an actor is a person in politics who is known by name.
func (r *reading) politician(a int) bool {
	actor := &r.doc.Actors[a]
	return actor.Kind == "person" && r.named(a) && slices.ContainsFunc(actor.Sectors, func(s string) bool { return political[s] })
}

// political are the sectors of those whose attacks are words.
var political = map[string]bool{"GOV": true, "LEG": true, "PTY": true, "OPP": true, "ELI": true}

// speaksFor gives an act that is done by saying it to the speaker, where he says it of
// his own state or its bodies: "the minister said that Oman was ready to help".
func (r *reading) speaksFor(p int, e *dragoman.Event) {
	if !r.types[e.Type].uttered || len(e.Actors) != 1 {
		return
	}
	body := &r.doc.Actors[e.Actors[0]]
	if body.Kind != "state" && body.Kind != "government" || r.s.Is(p, "acl:relcl") {
		return // "the group, which Oman blames for it"
	}
	said := r.s.Speakers(p)
	if r.s.FramePOS(p) == 'N' {
		h := r.s.Head(p)
		if h < 0 || !r.s.Is(p, "obj") || r.s.Kid(h, "nsubj") < 0 {
			return
		}
		said = r.s.Actors(r.s.Kid(h, "nsubj")) // "stressed Oman's readiness"
	}
	if len(said) != 1 || said[0] == e.Actors[0] {
		return
	}
	by := &r.doc.Actors[said[0]]
	if by.Kind == "person" && r.own(e.Actors[0], said) || official(by, body) {
		e.Actors = slices.Clone(said)
		e.Recipients = slices.DeleteFunc(e.Recipients, func(a int) bool { return a == said[0] })
	}
}

// official reports whether a is a person in the service of the state that b is or
// belongs to.
func official(a, b *dragoman.Actor) bool {
	return a.Kind == "person" && a.Country != "" && a.Country == b.Country &&
		slices.ContainsFunc(a.Sectors, func(s string) bool { return s == "GOV" || s == "MIL" || s == "ELI" })
}

// ownState reports whether actor b is the state that a serves, or its government.
func (r *reading) ownState(a, b int) bool {
	k := r.doc.Actors[b].Kind
	return (k == "state" || k == "government") && official(&r.doc.Actors[a], &r.doc.Actors[b])
}

// serves reports whether actor a is the state b or one of its bodies.
func (r *reading) serves(a, b int) bool {
	x, y := &r.doc.Actors[a], &r.doc.Actors[b]
	return y.Kind == "state" && x.Country != "" && x.Country == y.Country && slices.ContainsFunc(x.Sectors, func(s string) bool { return s == "GOV" || s == "MIL" })
}
