package event

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"dragoman"
	"dragoman/pattern"
)

// add appends e, or joins it with an event that tells the same: one event told
// twice in an article is one record, its later tellings in Also.
func (r *reading) add(e dragoman.Event) {
	if len(e.Recipients) == 0 && aimless[e.CAMEO] && e.Status != dragoman.Negated && !slices.ContainsFunc(r.args, func(a pattern.Arg) bool { return a.Slot == "on" || a.Slot == "against" }) {
		e.Recipients = r.aimedBefore(&e)
	}
	if i := r.resultOf(&e); i >= 0 {
		r.join(i, e)
		return
	}
	if i := r.above(&e); i >= 0 {
		old := &r.events[i]
		switch {
		case old.Type == e.Type && (len(e.Recipients) == 0 || len(old.Recipients) == 0 || slices.Equal(e.Recipients, old.Recipients)):
			r.join(i, e)
			return
		case old.Type == e.Type && old.Status == e.Status && r.s.Is(e.Head, "obj") && r.s.Head(e.Head) == old.Head && slices.Equal(sorted(old.Actors), sorted(e.Actors)):
			r.join(i, e)
			return // "sent aid" is one deed, wherever the noun says to whom
		case old.Type == "REJECT" && e.Status == dragoman.Negated && slices.Equal(e.Recipients, old.Recipients):
			return // what was refused
		case len(e.Recipients) == 0 && !pattern.Did(e.Status) && (old.Type == "THREATEN" || old.Type == "REJECT" || old.Type == "SANCTION"):
			return // what was threatened, refused or broken off, without parties of its own
		case !pattern.Did(e.Status) && old.Type == "AGREE" && strings.HasSuffix(e.Quad, "cooperation") && e.Type != "AID":
			if len(old.Recipients) == 0 {
				old.Recipients = e.Recipients
			}
			return // what was agreed to
		case old.Type == "ACCUSE" && e.Type == "PROTEST" && r.s.Is(e.Head, "obj") && r.s.Head(e.Head) == old.Head:
			if len(old.Recipients) == 0 {
				old.Recipients = e.Recipients
			}
			return // "lodged a protest" is no march
		case old.Type == "STATEMENT" && r.s.Is(e.Head, "obj") && r.s.Head(e.Head) == old.Head:
			e.Also = append(e.Also, old.Telling)
			if len(e.Recipients) == 0 {
				e.Recipients = old.Recipients
			}
			*old, r.signsOf[i] = e, r.made
			r.told[r.key(&e)] = append(r.told[r.key(&e)], i)
			return // "voiced readiness" is what the noun says
		}
	}
	if !pattern.Did(e.Status) && len(e.Recipients) == 0 && r.asked(&e) {
		return // of somebody, without parties of its own
	}
	key := r.key(&e)
	for _, i := range r.told[key] {
		if old := &r.events[i]; r.key(old) == key && r.same(old, &e) {
			r.join(i, e)
			return
		}
	}
	for _, before := range [...]func(*dragoman.Event) int{r.ofState, r.background, r.meeting, r.signed, r.toll, r.onceMore} {
		if i := before(&e); i >= 0 {
			r.join(i, e)
			return
		}
	}
	if i := r.headlined(&e); i >= 0 {
		r.join(i, e)
		old := &r.events[i]
		old.Actors, old.Recipients = r.exact(old.Actors, e.Actors), r.exact(old.Recipients, e.Recipients)
		return
	}
	if reason := r.spokenOf(&e); reason != "" {
		r.refused(Refusal{e.Head, "", reason})
		return
	}
	r.told[key] = append(r.told[key], len(r.events))
	r.events, r.signsOf = append(r.events, e), append(r.signsOf, r.made)
}

// aimless are the codes of what is often told again without whom it is aimed at: "its
// sanctions", "left the deal".
var aimless = map[string]bool{"160": true, sanctioning: true}

// likely is the confidence from which an event tells at whom another is aimed.
const likely = 0.5

// aimedBefore returns at which state e is aimed, which does not say it, where all that the
// article has told of the same by the same is aimed at one: "Chad imposed sanctions on Mali.
// Chad's sanctions …".
func (r *reading) aimedBefore(e *dragoman.Event) (at []int) {
	for i := max(0, len(r.events)-farBack); i < len(r.events); i++ {
		old := &r.events[i]
		switch {
		case !aimless[old.CAMEO] || len(old.Recipients) == 0 || old.Confidence < likely || !slices.Equal(old.Actors, e.Actors) && !r.acting(old.Actors, e.Actors):
		case at == nil:
			at = slices.Clone(old.Recipients)
		case !slices.Equal(at, old.Recipients):
			return nil
		}
	}
	if slices.ContainsFunc(at, func(a int) bool { return r.doc.Actors[a].Kind != "state" || slices.Contains(e.Actors, a) }) {
		return nil
	}
	return at
}

// spokenOf says why e, which is not done, is told by who speaks of it: "called for the lifting
// of the embargo", "is ready to help Chad", "arrived on a visit to meet the king"; "".
func (r *reading) spokenOf(e *dragoman.Event) string {
	if e.Status != dragoman.Planned && e.Status != dragoman.Hypothetical || r.s.Inverted(e.Head) >= 0 {
		return "" // "should they leave" is a condition
	}
	for _, b := range e.Because {
		why, ok := strings.CutPrefix(b, "status:")
		switch {
		case !ok:
		case r.wishing[strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(why, ".V"), ".N"), ".A")]:
			return "what is asked for, wished, offered, threatened or within somebody's power is told by who does so"
		case why == purpose && slices.ContainsFunc(r.events[max(0, len(r.events)-farBack):], func(old dragoman.Event) bool {
			return old.Type == e.Type && r.s.Sentence(old.Head) == r.s.Sentence(e.Head)
		}):
			return "what a meeting is for is told by it"
		}
	}
	return ""
}

// key is what an event shares with every other telling of it.
func (c *Coder) key(e *dragoman.Event) string {
	status := e.Status
	if status == dragoman.Ongoing {
		status = dragoman.Happened // a headline has the present tense
	}
	return fmt.Sprint(e.Type, status, sorted(e.Actors))
}

// sorted returns actors in order: of several, none is the first.
func sorted(actors []int) []int { return slices.Sorted(slices.Values(actors)) }

// nearby is within how many sentences the same is still spoken of.
const nearby = 3

// farBack is among how many events before it what an event takes up is looked for.
const farBack = 200

// background returns the event that e takes up without saying who did it, "the
// attack on the school", "the rebels were held", or of which e says that: the last of
// its type to the same; else the one that a state did and who serves it, with as many dead; -1.
func (r *reading) background(e *dragoman.Event) int {
	if e.Status != dragoman.Happened {
		return -1
	}
	if len(e.Recipients) == 0 {
		return r.takenUp(e)
	}
	serving := -1
	for i := len(r.events) - 1; i >= max(0, len(r.events)-farBack); i-- {
		old := &r.events[i]
		if old.Type != e.Type || !slices.Equal(old.Recipients, e.Recipients) && !r.asMany(old, e) || !pattern.Did(old.Status) || !r.compatible(old, e) {
			continue
		}
		if len(e.Actors) == 0 || len(old.Actors) == 0 && slices.Equal(r.s.Tellers(old.AccordingTo), r.s.Tellers(e.AccordingTo)) {
			return i
		}
		if serving < 0 && r.acting(old.Actors, e.Actors) && r.asMany(old, e) {
			serving = i // "Chad executed five", "the regime's execution of five"
		}
	}
	return serving
}

// asMany reports whether two events are told of as many people without a name: two attacks
// hardly have the same number of dead, unless these are few.
func (r *reading) asMany(a, b *dragoman.Event) bool {
	const many = 3
	return sameCount(a, b, many) && !slices.ContainsFunc(a.Recipients, r.named) && !slices.ContainsFunc(b.Recipients, r.named)
}

// takenUp returns the event that e takes up by a noun that is known, without saying to
// whom it was done: "the American attack", "they claimed the attack" that nobody named
// had made; -1. Where somebody without a name had made it, that is not far before.
func (r *reading) takenUp(e *dragoman.Event) int {
	if len(e.Actors) == 0 {
		return r.whereKnown(e)
	}
	if r.s.FramePOS(e.Head) != 'N' || !r.definite(e.Head) {
		return -1
	}
	for i := len(r.events) - 1; i >= max(0, len(r.events)-farBack); i-- {
		old := &r.events[i]
		if old.Type != e.Type || !pattern.Did(old.Status) || len(old.Recipients) == 0 || !r.compatible(old, e) {
			continue
		}
		if slices.Equal(old.Actors, e.Actors) || len(old.Actors) == 0 || !slices.ContainsFunc(old.Actors, r.named) && r.s.Sentence(e.Head)-r.s.Sentence(r.last(old)) <= nearby {
			return i
		}
	}
	return -1
}

// whereKnown returns the event that e takes up by a noun for it and its place, without any
// party: "rebels attacked the town", "the attack on the town"; -1.
func (r *reading) whereKnown(e *dragoman.Event) int {
	if e.Place < 0 || !r.known(e.Head) {
		return -1
	}
	for i := len(r.events) - 1; i >= max(0, len(r.events)-farBack); i-- {
		old := &r.events[i]
		if old.Type == e.Type && old.Place == e.Place && pattern.Did(old.Status) && r.s.FrameLemma(old.Head) == r.s.FrameLemma(e.Head) && r.compatible(old, e) {
			return i
		}
	}
	return -1
}

// meeting returns the meeting that e tells again: the last of the same parties, whoever of
// them is told to have met whom, or at which "the two sides" or "the ministers" of e spoke; or
// of those who serve the states that met on that day; -1.
func (r *reading) meeting(e *dragoman.Event) int {
	if e.Type != "CONSULT" || e.Status != dragoman.Happened {
		return -1
	}
	subj := r.Grammar.Subject(r.s.Tree, e.Head)
	sides := subj >= 0 && r.sides[r.s.Lemma(subj)] && r.doc.Tags[subj].Has("Number=Plur") && r.definite(subj)
	lands := func(actors []int) map[string]bool {
		all := map[string]bool{}
		for _, a := range actors {
			if c := r.doc.Actors[a].Country; c != "" {
				all[c] = true
			}
		}
		return all
	}
	const reach = 8
	day := e.From != dragoman.NoDay && e.From == e.To
	these, parties := lands(e.Actors), slices.Sorted(slices.Values(slices.Concat(e.Actors, e.Recipients)))
	for i := len(r.events) - 1; i >= max(0, len(r.events)-reach); i-- {
		old := &r.events[i]
		if old.Type != e.Type || !pattern.Did(old.Status) || !r.compatible(old, e) {
			continue
		}
		others := slices.Concat(old.Actors, old.Recipients)
		near := r.s.Sentence(e.Head)-r.s.Sentence(r.last(old)) <= 2
		if sides && (near || len(these) == 0 || maps.Equal(these, lands(others))) || len(parties) > 1 && slices.Equal(parties, slices.Sorted(slices.Values(others))) ||
			day && e.From == old.From && e.To == old.To && r.serveAll(others, parties) {
			return i
		}
	}
	return -1
}

// signed returns the signing told just before of which e tells who signed for whom, by the
// same paper: "Chad and Mali signed a pact. The pact was signed by their ministers."; -1.
func (r *reading) signed(e *dragoman.Event) int {
	if e.CAMEO != signing || e.Status != dragoman.Happened || !slices.ContainsFunc(r.s.Arguments(e.Head, nil), func(a pattern.Arg) bool {
		return a.Slot == "obj" && r.definite(a.Token)
	}) {
		return -1
	}
	for i := len(r.events) - 1; i >= 0 && r.s.Sentence(e.Head)-r.s.Sentence(r.last(&r.events[i])) <= nearby; i-- {
		old := &r.events[i]
		if old.CAMEO != signing || old.Status != e.Status || !r.compatible(old, e) {
			continue
		}
		parties := slices.Concat(old.Actors, old.Recipients)
		if !slices.ContainsFunc(slices.Concat(e.Actors, e.Recipients), func(a int) bool {
			land := r.doc.Actors[a].Country
			return land == "" || !slices.ContainsFunc(parties, func(b int) bool { return r.doc.Actors[b].Country == land })
		}) {
			return i
		}
	}
	return -1
}

// onceMore returns the deed of force of which e tells more in the same sentence and the same
// words: of the same type, by the same, to the same or to nobody told on one side: "attacked the
// camp and opened fire". Who burns and abducts does two things; -1.
func (r *reading) onceMore(e *dragoman.Event) int {
	if len(e.Actors) == 0 || !pattern.Did(e.Status) || !forceful[e.Type] {
		return -1
	}
	for i := len(r.events) - 1; i >= 0 && r.s.Sentence(r.events[i].Head) == r.s.Sentence(e.Head); i-- {
		old := &r.events[i]
		apart := len(old.Modes) > 0 && len(e.Modes) > 0 && !slices.Equal(old.Modes, e.Modes)
		if old.Type == e.Type && pattern.Did(old.Status) && !apart && r.compatible(old, e) && slices.Equal(sorted(old.Actors), sorted(e.Actors)) &&
			slices.Equal(r.s.Tellers(old.AccordingTo), r.s.Tellers(e.AccordingTo)) && (len(old.Recipients) == 0 || len(e.Recipients) == 0 || slices.Equal(sorted(old.Recipients), sorted(e.Recipients))) {
			return i
		}
	}
	return -1
}

// definite reports whether "the" or a word that points stands before noun p.
func (r *reading) definite(p int) bool {
	det := r.s.Kid(p, "det")
	return det >= 0 && (r.s.Lemma(det) == "the" || r.again[r.s.Lemma(det)])
}

// resultOf returns the event of which e tells more, of the same type: its result by a
// participle, "fired at the rebels, killing two and wounding a third", by the verb of which
// it is the subject, "the strikes killed ten", or in a relative clause, "an attack in which
// two died", "that killed two", or its aim, "attacks targeting the police"; -1.
func (r *reading) resultOf(e *dragoman.Event) int {
	above, same := r.s.Head(e.Head), true
	switch {
	case above < 0:
		return -1
	case r.leaves(e.Head) >= 0:
		// "the attack left ten people killed", "an attack which left ten killed"
		v := r.leaves(e.Head)
		above, same = r.s.Kid(v, "nsubj"), false
		if r.s.Is(v, "acl:relcl") {
			above = r.s.Head(v)
		}
	case r.tells(e) >= 0:
		return r.tells(e)
	case r.s.Is(e.Head, "advcl") && r.whenOf(e.Head):
		// "ten people were killed when rebels attacked the camp", "after they attacked"
		for i := len(r.events) - 1; i >= 0 && r.s.Sentence(r.events[i].Head) == r.s.Sentence(e.Head); i-- {
			old := &r.events[i]
			alike := slices.Equal(old.Actors, e.Actors) && (len(e.Recipients) == 0 || slices.Equal(old.Recipients, e.Recipients))
			if old.Head == above && old.Type == e.Type && old.Status == e.Status && (len(old.Actors) == 0 || alike) {
				if r.follows(e.Head) >= 0 {
					e.From, e.To = dragoman.NoDay, dragoman.NoDay // no day before that of the main clause
				}
				return i
			}
		}
		return -1
	case r.s.Is(e.Head, "conj") && len(e.Casualties) > 0 && r.doc.Tags[e.Head].XPOS != "VBG", r.s.Is(e.Head, "acl") && r.s.Is(above, "conj") && r.hurt[strings.ToLower(r.doc.Form(e.Head))]:
		// "killed ten and wounded five", "ten were killed and five others wounded"
		others := r.s.Is(e.Head, "acl")
		if others {
			above = r.s.Head(above)
		}
		for i := len(r.events) - 1; i >= 0 && r.s.Sentence(r.events[i].Head) == r.s.Sentence(e.Head); i-- {
			old := &r.events[i]
			if old.Head == above && old.Type == e.Type && old.Status == e.Status && (len(e.Actors) == 0 || slices.Equal(old.Actors, e.Actors)) && len(old.Casualties) > 0 && (others || !sharesCount(old, e)) {
				return i
			}
		}
		return -1
	case r.s.Is(e.Head, "acl:relcl"):
		in, subj := r.s.Kid(e.Head, "obl"), r.s.Kid(e.Head, "nsubj")
		inWhich := in >= 0 && r.s.Lemma(in) == "which" && r.s.Case(in) == "in"
		that := subj >= 0 && r.doc.Tags[subj].Has("PronType=Rel")
		if len(e.Actors) > 0 || !inWhich && !that {
			return -1
		}
		same = false
	case r.doc.Tags[e.Head].XPOS != "VBG" || r.s.Kid(e.Head, "mark", "nsubj") >= 0:
		return -1
	case r.s.Is(e.Head, "acl"):
		same = false
	case r.s.Is(e.Head, "conj") && r.doc.Tags[above].XPOS == "VBG" && r.s.Is(above, "advcl"):
		above = r.s.Head(above)
	case !r.s.Is(e.Head, "advcl"):
		return -1
	}
	told := func(t int) bool { return t == above || r.Grammar.Carrier(r.s.Tree, t) == above }
	for i := len(r.events) - 1; i >= max(0, len(r.events)-farBack); i-- {
		old := &r.events[i]
		if old.Type == e.Type && r.toldIn(old, r.s.Sentence(e.Head), told) && (!same || old.Status == e.Status && slices.Equal(old.Actors, e.Actors)) {
			return i
		}
	}
	return -1
}

// tells returns the event that is the subject of e, of the same type: "the strikes killed
// ten"; -1.
func (r *reading) tells(e *dragoman.Event) int {
	subj := r.s.Kid(e.Head, "nsubj")
	if e.Type != "ASSAULT" || subj < 0 {
		return -1
	}
	for i := len(r.events) - 1; i >= 0 && r.s.Sentence(r.events[i].Head) == r.s.Sentence(e.Head); i-- {
		if old := &r.events[i]; old.Head == subj && old.Type == e.Type && old.Status == e.Status {
			return i
		}
	}
	return -1
}

// toll returns the attack told just before whose dead and wounded e counts without saying
// who killed them: "A bomber struck a bus. Ten soldiers were killed."; -1.
func (r *reading) toll(e *dragoman.Event) int {
	i := len(r.events) - 1
	if i < 0 || e.Type != "ASSAULT" || e.Status != dragoman.Happened || len(e.Actors) > 0 || len(e.Casualties) == 0 || r.s.Kid(e.Head, "obj") >= 0 && r.s.Lemma(e.Head) != "lose" {
		return -1
	}
	for ; i >= 0 && r.events[i].Type != e.Type; i-- {
		if r.s.Sentence(e.Head)-r.s.Sentence(r.events[i].Head) > 1 {
			return -1
		}
	}
	if i < 0 {
		return -1
	}
	old := &r.events[i]
	if d := r.s.Sentence(e.Head) - r.s.Sentence(r.last(old)); d > 1 || r.cameBefore(e.Head) || old.Status != e.Status || len(old.Recipients) > 0 && len(old.Casualties) > 0 && sharesCount(old, e) ||
		!r.compatible(old, e) || !slices.Equal(r.s.Tellers(old.AccordingTo), r.s.Tellers(e.AccordingTo)) {
		return -1
	}
	return i
}

// cameBefore reports whether the clause of verb v tells after what the rest of its sentence
// came: "shelled the camp after ten soldiers were killed".
func (r *reading) cameBefore(v int) bool {
	const steps = 4
	for n := 0; n < steps && v >= 0; v, n = r.s.Head(v), n+1 {
		if m := r.s.Kid(v, "mark"); r.s.Is(v, "advcl") && m >= 0 && m < v && r.s.Lemma(m) == "after" {
			return true
		}
	}
	return false
}

// headlined returns the event of the headline that e, in the lead, tells again: by the same
// word, with the same number of dead, or by the same code of one who is a party to both: "Junta
// suspends broadcaster. Mali's junta has suspended Radio X"; -1. A headline is short of parties
// and names, but names nobody else.
func (r *reading) headlined(e *dragoman.Event) int {
	if r.doc.Title == "" || r.s.Sentence(e.Head) == 0 || r.s.Sentence(e.Head) >= leadSentences {
		return -1
	}
	one := func(a, b []int) bool { return among(a, b) || among(b, a) || r.acting(a, b) }
	vague := func(a, b []int) bool {
		return one(a, b) || !slices.ContainsFunc(a, r.named) || !slices.ContainsFunc(b, r.named)
	}
	shared := func(a, b []int) bool { return len(a) > 0 && len(b) > 0 && one(a, b) }
	for i := range r.events {
		old := &r.events[i]
		if r.s.Sentence(old.Head) > 0 {
			break
		}
		if old.Type != e.Type || pattern.Did(old.Status) != pattern.Did(e.Status) || differ(old.Casualties, e.Casualties) || !r.sameDays(old, e) || !vague(old.Actors, e.Actors) || !vague(old.Recipients, e.Recipients) {
			continue
		}
		if r.s.FrameLemma(old.Head) == r.s.FrameLemma(e.Head) || sameCount(old, e, 1) || code(old) == code(e) && (shared(old.Actors, e.Actors) || shared(old.Recipients, e.Recipients)) {
			return i
		}
	}
	return -1
}

// exact returns the side of an event that the headline and then the lead tells: "villagers", who
// are "civilians" from now on, and "Chad", for whom its army acts.
func (r *reading) exact(headline, lead []int) []int {
	serve := len(lead) == len(headline) && !slices.ContainsFunc(lead, func(a int) bool {
		return !slices.ContainsFunc(headline, func(b int) bool { return a != b && r.serves(a, b) })
	})
	if len(lead) > 0 && (serve || !slices.ContainsFunc(headline, r.named)) {
		return lead
	}
	return headline
}

// sameCount reports whether two events count as many of the same, so many or more.
func sameCount(a, b *dragoman.Event, atLeast int) bool {
	return slices.ContainsFunc(a.Casualties, func(x dragoman.Count) bool {
		return x.Min >= atLeast && slices.ContainsFunc(b.Casualties, func(y dragoman.Count) bool { return x.What == y.What && x.Min == y.Min })
	})
}

// last returns the trigger of the last telling of an event.
func (r *reading) last(e *dragoman.Event) int {
	if n := len(e.Also); n > 0 {
		return e.Also[n-1].Head
	}
	return e.Head
}

// leaves returns the verb "leave" that tells in what state participle v left somebody; -1.
func (r *reading) leaves(v int) int {
	if r.doc.Tags[v].XPOS != "VBN" || !r.s.Is(v, "acl", "xcomp") {
		return -1
	}
	h := r.s.Head(v)
	if h >= 0 && r.s.Is(v, "acl") && r.s.Is(h, "obj") {
		h = r.s.Head(h)
	}
	if h < 0 || r.s.Lemma(h) != "leave" {
		return -1
	}
	return h
}

// sharesCount reports whether two events count the same: the killed of both.
func sharesCount(a, b *dragoman.Event) bool {
	return slices.ContainsFunc(a.Casualties, func(x dragoman.Count) bool {
		return slices.ContainsFunc(b.Casualties, func(y dragoman.Count) bool { return x.What == y.What })
	})
}

// whenOf reports whether the clause of verb v says when, or what came right before: "when
// rebels attacked", "after rebels attacked", but not "days after".
func (r *reading) whenOf(v int) bool {
	w := r.s.Kid(v, "advmod", "mark")
	if w < 1 || w > v {
		return false
	}
	switch r.s.Lemma(w) {
	case "when":
		return true
	case "after", "as":
		return !r.spans[r.s.Lemma(w-1)] && !r.moments[r.s.Lemma(w-1)]
	}
	return false
}

// join makes e another telling of event i.
func (r *reading) join(i int, e dragoman.Event) {
	old := &r.events[i]
	old.Also = append(old.Also, e.Telling)
	switch {
	case old.Status == dragoman.Ongoing && e.Status == dragoman.Happened:
		old.Status = e.Status
	case e.Status == dragoman.Ongoing && r.s.Head(old.Head) == e.Head:
		old.Status = e.Status // "trade goes on"
	}
	if old.Place < 0 || e.Place >= 0 && r.within(e.Place, old.Place) {
		old.Place = e.Place
	}
	if r.aimed(old) {
		old.Place = -1
	}
	if old.From == dragoman.NoDay && old.To == dragoman.NoDay {
		old.From, old.To = e.From, e.To
	}
	fuller := func(side, again, others []int) bool {
		return !slices.ContainsFunc(again, func(a int) bool { return slices.Contains(others, a) }) &&
			(len(again) > len(side) && among(side, again) || slices.ContainsFunc(again, r.named) && !slices.ContainsFunc(side, r.named))
	}
	if fuller(old.Actors, e.Actors, old.Recipients) {
		old.Actors = e.Actors // "gunmen", and who claims what they did
	}
	if fuller(old.Recipients, e.Recipients, old.Actors) {
		old.Recipients = e.Recipients
	}
	if key := r.key(old); !slices.Contains(r.told[key], i) {
		r.told[key] = append(r.told[key], i)
	}
	for _, c := range e.Casualties {
		if !slices.ContainsFunc(old.Casualties, func(x dragoman.Count) bool { return x.What == c.What }) {
			old.Casualties = append(old.Casualties, c)
		}
	}
	if len(old.Modes) == 0 && len(e.Modes) > 0 && old.Type == e.Type && strings.HasPrefix(e.Quad, "material") {
		old.CAMEO, old.Modes = e.CAMEO, e.Modes // "were killed when troops opened fire": how it was done
	}
	for _, c := range e.Contexts {
		if !slices.Contains(old.Contexts, c) {
			old.Contexts = append(old.Contexts, c)
		}
	}
	if e.Confidence > old.Confidence {
		old.Confidence, r.signsOf[i] = e.Confidence, r.made
	}
}

// above returns the event of the same actors whose verb governs the trigger of e,
// as an object, an adjunct or a complement: "hosted the meeting", "arrived on a visit",
// "held talks to discuss trade", "agreed to improve relations"; -1.
func (r *reading) above(e *dragoman.Event) int {
	if len(e.Actors) == 0 || !r.s.Is(e.Head, "obj", "obl", "nmod", "advcl", "xcomp", "ccomp", "acl") || r.s.Head(e.Head) < 0 {
		return -1
	}
	if to := r.s.Kid(e.Head, "mark"); r.s.Is(e.Head, "advcl") && (to < 0 || r.s.Lemma(to) != "to") {
		return -1 // "met the king after they had met the emir"
	}
	governs := func(h int) bool {
		return r.governs(h, e.Head) || r.governs(r.Grammar.Carrier(r.s.Tree, h), e.Head)
	}
	s := r.s.Sentence(e.Head)
	for i := len(r.events) - 1; i >= max(0, len(r.events)-farBack); i-- {
		old := &r.events[i]
		if (slices.Equal(old.Actors, e.Actors) || old.Type == "AGREE" && r.spokenFor(old, e)) && r.toldIn(old, s, governs) {
			return i
		}
	}
	return -1
}

// asked reports whether a demand on the actors of e governs it: "urged them to leave".
func (r *reading) asked(e *dragoman.Event) bool {
	h := r.s.Head(e.Head)
	if h < 0 || !r.s.Is(e.Head, "xcomp", "ccomp", "advcl") {
		return false
	}
	for i := len(r.events) - 1; i >= max(0, len(r.events)-farBack); i-- {
		old := &r.events[i]
		if old.Type == "REQUEST" && slices.Equal(old.Recipients, e.Actors) && r.toldIn(old, r.s.Sentence(h), func(t int) bool { return t == h }) {
			return true
		}
	}
	return false
}

// toldIn reports whether one of the tellings of an event in sentence s, the last so far,
// has such a trigger.
func (r *reading) toldIn(e *dragoman.Event, s int, such func(token int) bool) bool {
	for i := len(e.Also) - 1; i >= 0 && r.s.Sentence(e.Also[i].Head) == s; i-- {
		if such(e.Also[i].Head) {
			return true
		}
	}
	return r.s.Sentence(e.Head) == s && such(e.Head)
}

// spokenFor reports whether the one actor of a is an official of that of b: "the minister
// said that Oman was ready to cooperate".
func (r *reading) spokenFor(a, b *dragoman.Event) bool {
	return len(a.Actors) == 1 && len(b.Actors) == 1 && official(&r.doc.Actors[a.Actors[0]], &r.doc.Actors[b.Actors[0]])
}

// governs reports whether token h governs token i, be it through an infinitive:
// "readiness to expand cooperation".
func (r *reading) governs(h, i int) bool {
	up := r.s.Head(i)
	if up >= 0 && up != h && r.s.Is(i, "obj") && r.s.Is(up, "acl", "xcomp") && r.s.POS(up) == dragoman.VERB {
		up = r.s.Head(up)
	}
	return up >= 0 && up == h
}

// same reports whether b, of the type, status and actors of a, tells a once more. By the same
// code it is the same whoever tells it, if it is done to nobody else. Whoever finds several
// words for the same people, one soon after the other, says one thing.
func (r *reading) same(a, b *dragoman.Event) bool {
	if len(a.Actors) == 0 || !r.compatible(a, b) {
		return false
	}
	to, also := sorted(a.Recipients), sorted(b.Recipients)
	switch {
	case len(to) > 0 && slices.Equal(to, also):
		return code(a) == code(b) || r.inGeneral(a, b) ||
			r.types[a.Type].uttered && r.s.Sentence(b.Head)-r.s.Sentence(r.last(a)) < nearby && r.sameTellers(a, b)
	case code(a) != code(b):
		return false
	case len(to) == 0 && len(also) == 0:
		return true
	case len(to) == 0 || len(also) == 0:
		return a.Type == "CONSULT" && r.sameTellers(a, b) || r.known(b.Head)
	}
	return a.Type != "CONSULT" && (among(to, also) || among(also, to))
}

// code is what an event is in CAMEO and by its mode.
func code(e *dragoman.Event) string { return fmt.Sprint(e.CAMEO, e.Modes) }

// inGeneral reports whether the code of one of two events is that of its kind in general, and
// another sentence is more exact: an attack and an air strike. A call is no meeting.
func (r *reading) inGeneral(a, b *dragoman.Event) bool {
	of := func(x, y string) bool { return len(x) == 3 && strings.HasSuffix(x, "0") && strings.HasPrefix(y, x[:2]) }
	return a.Type != "CONSULT" && r.s.Sentence(a.Head) != r.s.Sentence(b.Head) && (of(a.CAMEO, b.CAMEO) || of(b.CAMEO, a.CAMEO))
}

// known reports whether noun p is of something that the reader knows of: "the attack",
// "its withdrawal".
func (r *reading) known(p int) bool {
	return r.s.FramePOS(p) == 'N' && (r.definite(p) || r.s.Kid(p, "nmod:poss") >= 0)
}

// sameTellers reports whether the same tell of two events. What somebody tells of himself,
// and the outlet too, is one.
func (r *reading) sameTellers(a, b *dragoman.Event) bool {
	x, y := r.s.Tellers(a.AccordingTo), r.s.Tellers(b.AccordingTo)
	if len(x) == 0 {
		x, y = y, x
	}
	return slices.Equal(x, y) || len(y) == 0 && among(x, a.Actors)
}

// among reports whether all of some actors are among others.
func among(some, others []int) bool {
	return !slices.ContainsFunc(some, func(a int) bool { return !slices.Contains(others, a) })
}

// ofState returns the act of a state that e tells as one of somebody who serves it, or the
// other way round: "the president left the treaty", "the country's exit"; the last one; -1.
// Words are his who says them, but what is signed; and soldiers here and there fight for one
// state.
func (r *reading) ofState(e *dragoman.Event) int {
	if e.Type == "ASSAULT" || r.types[e.Type].uttered && e.CAMEO != signing {
		return -1
	}
	for i := len(r.events) - 1; i >= max(0, len(r.events)-farBack); i-- {
		old := &r.events[i]
		if old.Type == e.Type && code(old) == code(e) && old.Status == e.Status && r.compatible(old, e) && r.acting(old.Actors, e.Actors) && among(e.Recipients, old.Recipients) {
			return i
		}
	}
	return -1
}

// acting reports whether some actors are states, and as many others each serve another one
// of them, be they told first or last: "Chad and Mali", "the two presidents".
func (r *reading) acting(a, b []int) bool {
	return r.serveAll(a, b) || r.serveAll(b, a)
}

// serveAll reports whether of some actors one serves each of as many states.
func (r *reading) serveAll(some, states []int) bool {
	return len(some) > 0 && len(some) == len(states) && !slices.ContainsFunc(states, func(y int) bool {
		return !slices.ContainsFunc(some, func(x int) bool { return x != y && r.serves(x, y) })
	})
}

// unite joins with the events of the lead what tells them once more below it.
func (r *reading) unite() {
	kept := 0
	for j := range r.events {
		lead := -1
		first := r.s.Sentence(r.events[0].Head)
		for i := 0; i < min(kept, mostInLead) && r.s.Sentence(r.events[i].Head) < first+leadSentences; i++ {
			if r.retold(&r.events[i], &r.events[j]) {
				lead = i
				break
			}
		}
		if lead < 0 {
			r.events[kept], r.signsOf[kept] = r.events[j], r.signsOf[j]
			kept++
			continue
		}
		also := r.events[j].Also
		r.made = r.signsOf[j]
		r.join(lead, r.events[j])
		r.events[lead].Also = append(r.events[lead].Also, also...)
	}
	r.events, r.signsOf = r.events[:kept], r.signsOf[:kept]
}

// retold reports whether b tells once more what a told in the lead: of the same actors, by
// the same verb to people who are now counted or "others" ("detained several insurgents",
// and below "detained two men"), or with as many killed; or without the actors, by the same
// words for who is done by and for what is done ("Insurgents Detained", "detained insurgents").
func (r *reading) retold(a, b *dragoman.Event) bool {
	if a.Type != b.Type || a.Status != b.Status || !strings.HasSuffix(a.Quad, "material-conflict") ||
		r.s.Sentence(a.Head) == r.s.Sentence(b.Head) || !r.compatible(a, b) || !slices.Equal(r.s.Tellers(a.AccordingTo), r.s.Tellers(b.AccordingTo)) {
		return false
	}
	verb := r.s.Verb(a.Head) == r.s.Verb(b.Head)
	people := r.noun(a) != "" && r.noun(a) == r.noun(b)
	if len(a.Actors) == 0 || len(b.Actors) == 0 {
		return verb && people
	}
	alike := len(a.Recipients) == 0 || len(b.Recipients) == 0 || people
	return slices.Equal(a.Actors, b.Actors) && alike && (verb || slices.ContainsFunc(a.Casualties, func(x dragoman.Count) bool { return slices.Contains(b.Casualties, x) }))
}

// leadSentences are so many sentences at the beginning of an article, from the first that
// tells an event, which tell it as a whole, by at most so many events.
const (
	leadSentences = 3
	mostInLead    = 40
)

// noun returns the noun for the one recipient of e who has no name; "".
func (r *reading) noun(e *dragoman.Event) string {
	if len(e.Recipients) != 1 || r.named(e.Recipients[0]) {
		return ""
	}
	mentions := r.doc.Actors[e.Recipients[0]].Mentions
	if len(mentions) == 0 {
		return "" // the state of a place that alone is told
	}
	return r.s.Lemma(r.doc.Mentions[mentions[0]].Head)
}

// compatible reports whether neither place nor days nor figures of two events differ: seven who
// were held are not twelve.
func (r *reading) compatible(a, b *dragoman.Event) bool {
	if a.Place >= 0 && b.Place >= 0 && a.Place != b.Place && !r.within(a.Place, b.Place) && !r.within(b.Place, a.Place) || differ(a.Casualties, b.Casualties) {
		return false
	}
	return r.sameDays(a, b)
}

// sameDays reports whether two events may have been done on the same days. What the lead tells in
// the perfect or the headline in the present is news, and nothing done long before: "Police have
// detained the mayor. He was detained in January too."
func (r *reading) sameDays(a, b *dragoman.Event) bool {
	if r.newer(a, b) || r.newer(b, a) {
		return false
	}
	return a.From == dragoman.NoDay || b.From == dragoman.NoDay ||
		!(a.To != dragoman.NoDay && a.To < b.From || b.To != dragoman.NoDay && b.To < a.From)
}

// newer reports whether a is told as news without a day, and b was done long before publication.
func (r *reading) newer(a, b *dragoman.Event) bool {
	if a.From != dragoman.NoDay || a.To != dragoman.NoDay || b.From == dragoman.NoDay || !r.longAgo(b.To) || r.s.Sentence(a.Head) >= leadSentences {
		return false
	}
	v := r.carrier(a.Head)
	return r.news(v) || r.s.Sentence(v) == 0 && r.doc.Title != "" && (r.doc.Tags[v].XPOS == "VBZ" || r.doc.Tags[v].XPOS == "VBP")
}

// differ reports whether no number can be that of both counts of the same.
func differ(a, b []dragoman.Count) bool {
	below := func(x, y dragoman.Count) bool { return x.Max >= 0 && x.Max < y.Min }
	return slices.ContainsFunc(a, func(x dragoman.Count) bool {
		return slices.ContainsFunc(b, func(y dragoman.Count) bool { return x.What == y.What && (below(x, y) || below(y, x)) })
	})
}
