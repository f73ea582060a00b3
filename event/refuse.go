package event

import (
	"slices"
	"strings"

	"dragoman"
	"dragoman/pattern"
)

// aboutOthers are the codes of statements that are nothing without whom they are about:
// comment, pessimism, optimism, a policy, a symbolic act, condolence.
var aboutOthers = map[string]bool{"010": true, "012": true, "013": true, "014": true, "017": true, "018": true}

// possible are the reasons for a status that say that something may be done.
var possible = map[string]bool{"may": true, "might": true, "could": true, "consider.V": true}

// owned are the codes of statements that own to something or deny it: of them it is told
// too that they were not made.
var owned = map[string]bool{"015": true, "016": true}

// inquiring begins the codes of investigations.
const inquiring = "09"

// purpose is the reason that Factuality gives for the status of "met to sign it".
const purpose = "purpose"

// statistical reports whether a measure is told of noun p rather than the event: "the
// value of imports", "the number of attacks", "trade rose by ten percent"; but "a number
// of attacks" are some.
func (r *reading) statistical(p int) bool {
	h := r.s.Head(p)
	if h >= 0 && r.s.Is(p, "nsubj") && r.s.FramePOS(p) == 'N' && r.amounts[r.s.Lemma(h)] {
		first, end := r.s.Extent(h)
		for i := h; i < end && i >= first; i++ {
			if r.figures[r.s.Lemma(i)] {
				return true
			}
		}
	}
	if h < 0 || !r.s.Is(p, "nmod") || r.s.Case(p) != "of" || !r.statistic[r.s.Lemma(h)] {
		return false
	}
	det := r.s.Kid(h, "det")
	return det < 0 || r.s.Lemma(det) != "a"
}

// praises reports whether verb p says what somebody or something is, in words of praise:
// "called him brilliant", "described them as honest people".
func (r *reading) praises(p int) bool {
	for _, a := range r.args {
		if a.Slot != "as" && (a.Slot != "comp" || !r.Grammar.Naming[r.s.Verb(p)]) {
			continue
		}
		first, end := r.s.Extent(a.Token)
		praise, negated := false, false
		for i := first; i < end; i++ {
			praise, negated = praise || r.praise[r.s.Lemma(i)], negated || r.s.Lemma(i) == "not" || r.s.Lemma(i) == "no"
		}
		if praise && !negated {
			return true
		}
	}
	return false
}

// inName reports whether token p is one of the words of somebody's name: "the Shooting
// Association".
func (r *reading) inName(p int) bool {
	m := r.s.Mention(p)
	if m < 0 {
		return false
	}
	name, word := r.doc.Mentions[m], r.doc.Tokens[p].Span
	return name.Form == dragoman.Name && name.Span.Contains(word) && name.Span != word
}

// vacuous says why what is negated, or of which any is spoken of, is not told as
// something that did not happen; "".
func (r *reading) vacuous(p int, e *dragoman.Event, why string) string {
	h, to, aux := r.s.Head(p), r.s.Kid(p, "mark"), r.s.Kid(p, "aux")
	switch {
	case why == "no" && len(e.Actors) == 0:
		return "what happened to nobody is no event" // "no children were hurt"
	case why == "any":
		return "any of a kind is none in particular" // "condemned any attack"
	case why == "without" && len(e.Recipients) == 0:
		return "what was left out of something else is no event"
	case why == "not" && to >= 0 && r.s.Lemma(to) == "to" && h >= 0 && r.s.Kid(h, "obj", "iobj", "obl") >= 0 && !r.keepsBack[r.s.Lemma(h)]:
		return "what somebody is asked not to do is no event" // "called on Chad not to leave"
	case aux >= 0 && r.s.Lemma(aux) == "do" && r.doc.Tags[aux].Has("Tense=Pres"):
		return "what somebody does not do as a rule is no event" // "they do not fight the rebels"
	}
	return ""
}

// asserted reports whether the clause of p says that something is so, or is not so: no
// question, and nothing that is only mentioned beside it, as "after they broke the deal".
func (r *reading) asserted(p int, e *dragoman.Event, undone bool) bool {
	status := e.Status
	if r.foretold(p, e) {
		status = dragoman.Happened
	}
	for r.s.Is(p, "conj", "xcomp") && r.s.Head(p) >= 0 {
		p = r.s.Head(p)
	}
	return (pattern.Did(status) && !undone || status == dragoman.Negated && undone) && !r.s.Is(p, "advcl", "acl", "acl:relcl") &&
		r.doc.Form(r.doc.Sentences[r.s.Sentence(p)].End-1) != "?"
}

// foretold reports whether the noun or adjective p says what somebody would be, in some
// office or once elected: who says that he would be a disaster finds fault with him now.
func (r *reading) foretold(p int, e *dragoman.Event) bool {
	aux := r.s.Kid(p, "aux")
	return (e.Status == dragoman.Planned || e.Status == dragoman.Hypothetical) && r.s.Kid(p, "cop") >= 0 && aux >= 0 && r.foretells[r.s.Lemma(aux)] &&
		!slices.ContainsFunc(e.Recipients, func(a int) bool { return r.doc.Actors[a].Kind != "person" })
}

// withheld reports whether the predicate p, which is negated, tells that somebody kept
// silent: "did not comment", "has yet to respond"; but not "was asked not to say",
// "should not say", "without saying".
func (r *reading) withheld(p int) bool {
	if r.doc.Tags[p].POS != dragoman.VERB {
		return true
	}
	aux := r.s.Kid(p, "aux")
	if aux >= 0 && r.obliging[r.s.Lemma(aux)] {
		return false
	}
	to := r.s.Kid(p, "mark")
	if to >= 0 && r.s.Lemma(to) == "to" {
		h := r.s.Head(p)
		return h >= 0 && (r.keepsBack[r.s.Lemma(h)] || r.s.Kid(h, "aux") < 0 && r.s.Lemma(h) == "have")
	}
	return aux >= 0 || r.doc.Tags[p].XPOS != "VBG"
}

// presupposed reports whether p stands in a relative clause of the content of
// attribution a: who denies that "the men who crossed the border" are his does not deny
// that they crossed it. The claim that something was done is no such clause, though a parser
// hangs it so: who rejects "allegations that men crossed the border" denies that they did.
func (r *reading) presupposed(p, a int) bool {
	first, end := r.doc.Attributions[a].First, r.doc.Attributions[a].End
	for n := 0; p >= first && p < end && n < len(r.doc.Tokens); p, n = r.s.Head(p), n+1 {
		if h := r.s.Head(p); r.s.Is(p, "acl:relcl") && h >= first && h < end && r.s.CueOf(h) < 0 {
			return true
		}
	}
	return false
}

// enough reports whether e has the parties that its frame needs.
func (r *reading) enough(p int, f pattern.Frame, e *dragoman.Event) bool {
	if len(e.Actors) == 0 && !f.Flags["anyone"] && !(f.Flags["agentless"] && len(e.Recipients) > 0 && r.Grammar.Agentless(r.s.Tree, p, r.args)) {
		r.refused(Refusal{p, f.Name, "no known actor stands where the frame wants one"})
		return false
	}
	if len(e.Actors) == 0 && len(e.Recipients) == 0 && len(e.Casualties) == 0 {
		r.refused(Refusal{p, f.Name, "neither who did it nor to whom is told"})
		return false
	}
	if len(e.Actors) == 1 && !strings.HasPrefix(r.types[e.Type].quad, "material") && r.anybody(e.Actors[0]) {
		r.refused(Refusal{p, f.Name, "people in general are nobody in particular"})
		return false
	}
	if aboutOthers[e.CAMEO] && len(e.Recipients) == 0 && len(e.Actors) < 2 {
		r.refused(Refusal{p, f.Name, "a feeling about nobody in particular is no statement"})
		return false
	}
	if e.Type == "CONSULT" && len(e.Recipients) == 0 && len(e.Actors) == 1 && r.doc.Actors[e.Actors[0]].Kind == "person" && !(f.Flags["visit"] && r.place(p, e.Type, f) >= 0) &&
		!slices.ContainsFunc(r.args, func(a pattern.Arg) bool { return a.Slot == "obj" || a.Slot == "with" }) {
		r.refused(Refusal{p, f.Name, "who meets nobody that is known consults nobody"})
		return false
	}
	if e.CAMEO == "030" && len(e.Recipients) == 0 && !slices.ContainsFunc(e.Actors, r.inOffice) {
		r.refused(Refusal{p, f.Name, "what somebody without an office promises nobody is no offer to cooperate"})
		return false
	}
	if (aboutOthers[e.CAMEO] || e.CAMEO == "019") && len(e.Recipients) == 0 && len(e.Actors) > 1 {
		r.refused(Refusal{p, f.Name, "what several have in common is no statement"})
		return false
	}
	if e.Type == "THREATEN" && len(e.Recipients) == 0 && !slices.ContainsFunc(e.Actors, r.powerful) {
		r.refused(Refusal{p, f.Name, "who has no power threatens nobody in particular"})
		return false
	}
	if f.Flags["needs-recipient"] && len(e.Recipients) == 0 && !((f.Flags["mutual"] || e.Mutual) && len(e.Actors) > 1) &&
		!((f.Flags["visit"] || f.Flags["place-is-recipient"]) && r.place(p, e.Type, f) >= 0) {
		r.refused(Refusal{p, f.Name, "no known recipient stands where the frame wants one"})
		return false
	}
	return true
}

// eachOther reports whether those who do it stand in a role themselves: "accused each
// other".
func (r *reading) eachOther(role pattern.Role) (is bool) {
	role.Each(r.Grammar, r.s.Tree, r.args, func(heads []int) bool {
		for _, h := range heads {
			switch r.s.Lemma(h) + " " + r.s.Lemma(min(h+1, len(r.doc.Tokens)-1)) {
			case "each other", "one another":
				is = true
			}
		}
		return is
	})
	return is
}

// powerful reports whether an actor is of a state, a party or an armed force, or at least
// known by name.
func (r *reading) powerful(a int) bool {
	x := &r.doc.Actors[a]
	return x.Kind != "people" && x.Kind != "person" || r.named(a) || slices.ContainsFunc(x.Sectors, func(s string) bool { return political[s] || apart[s] })
}

// inOffice reports whether an actor is no person, or one of a government or its forces.
func (r *reading) inOffice(a int) bool {
	x := &r.doc.Actors[a]
	return x.Kind != "person" || slices.Contains(x.Sectors, "GOV") || slices.Contains(x.Sectors, "MIL")
}

// private reports whether e is done by persons in private life, with nobody else: a meeting,
// a common work, a resignation; is a comment by persons of whom no office is told; or a
// journey of people ("pilgrims arrived in Chad"), who are no guests of the state.
func (r *reading) private(e *dragoman.Event) bool {
	switch e.Type {
	case "CONSULT", "COOPERATE", "RETREAT", "STATEMENT":
	default:
		return false
	}
	person := func(a int) bool {
		x := &r.doc.Actors[a]
		return x.Kind == "person" && r.civilian(a) && (len(x.Sectors) > 0 || e.Type == "STATEMENT" && !owned[e.CAMEO])
	}
	public := func(a int) bool { return public[r.doc.Actors[a].Kind] || !r.civilian(a) }
	if e.CAMEO == visiting && len(e.Actors) > 0 && !slices.ContainsFunc(e.Actors, func(a int) bool { return r.doc.Actors[a].Kind != "people" || !r.civilian(a) }) {
		return !slices.ContainsFunc(e.Recipients, func(a int) bool { return r.doc.Actors[a].Kind != "state" && public(a) })
	}
	return len(e.Actors) > 0 && !slices.ContainsFunc(e.Actors, func(a int) bool { return !person(a) }) && !slices.ContainsFunc(e.Recipients, public)
}

// civilian reports whether no sector of an actor is one of public life.
func (r *reading) civilian(a int) bool {
	return !slices.ContainsFunc(r.doc.Actors[a].Sectors, func(s string) bool { return !civil[s] })
}

// civil are the sectors of private life: citizens, the press, business, schools, health;
// public are the kinds of actors that are never private.
var (
	civil  = map[string]bool{"CVL": true, "JRN": true, "BUS": true, "EDU": true, "HLH": true}
	public = map[string]bool{"state": true, "government": true, "party": true, "igo": true, "ngo": true, "armed_group": true}
)

// anybody reports whether an actor is only ever called "people", without a word of which.
func (r *reading) anybody(a int) bool {
	for _, k := range r.doc.Actors[a].Mentions {
		m := r.doc.Mentions[k]
		if m.Form != dragoman.Nominal || r.s.Lemma(m.Head) != "people" && r.s.Lemma(m.Head) != "person" || m.End-m.First > 1 {
			return false
		}
	}
	return len(r.doc.Actors[a].Mentions) > 0
}

// earnest reports whether e is done to somebody else: not to a mock target or in an
// exercise, not for what is one's own ("defended his record"), no order to one's own
// people ("told his ministers to stay") or inside one government, no business among
// firms; and whether it is done at all, and not only stood for ("who supports the rebels").
func (r *reading) earnest(p int, f pattern.Frame, e *dragoman.Event) bool {
	refuse := func(reason string) bool {
		r.refused(Refusal{p, f.Name, reason})
		return false
	}
	if (strings.HasPrefix(e.Quad, "material") || strings.HasPrefix(e.CAMEO, inquiring)) && r.habitual(p) {
		return refuse("a relative clause in the present tells what somebody is for")
	}
	if e.Type == "ASSAULT" && r.maneuvers && len(e.Recipients) == 0 && len(e.Casualties) == 0 {
		return refuse("the article is about an exercise")
	}
	if e.Type == "MOBILIZE" && len(e.Recipients) == 1 && slices.ContainsFunc(e.Actors, func(a int) bool { return r.serves(a, e.Recipients[0]) }) {
		return refuse("nobody moves forces against his own state")
	}
	if e.Type == "PROTEST" && slices.Contains(e.Modes, "demo") && len(e.Recipients) == 0 && len(e.Actors) > 0 && !slices.ContainsFunc(e.Actors, func(a int) bool { return !r.politician(a) }) {
		return refuse("a politician's rally without a target is a campaign")
	}
	if e.Type == "REQUEST" && r.ordering[r.s.Verb(p)] && r.oneCabinet(e) {
		return refuse("it is an order inside one government")
	}
	if e.Type == "ACCUSE" && r.voicing[r.s.Verb(p)] && len(e.Recipients) > 0 && !slices.ContainsFunc(e.Recipients, func(a int) bool { return r.doc.Actors[a].Kind != "people" }) {
		return refuse("concern for people does not accuse them")
	}
	if e.Type == "ACCUSE" && f.First.Speaker() && len(e.Actors) > 0 && !slices.ContainsFunc(e.Recipients, func(a int) bool { return !r.ownState(e.Actors[0], a) }) {
		return refuse("it is said of the speaker's own")
	}
	if e.Type == "ACCUSE" && f.Lemma == openLemma && f.POS == 'V' && len(e.Actors) > 0 && len(e.Recipients) > 0 && !slices.ContainsFunc(e.Recipients, func(a int) bool { return !r.ownState(e.Actors[0], a) }) {
		return refuse("it is said of the speaker's own")
	}
	if e.Type == "THREATEN" && slices.ContainsFunc(r.args, func(a pattern.Arg) bool {
		return (a.Slot == "of" || a.Slot == "about") && r.somebodyElses(a.Token, e.Actors)
	}) {
		return refuse("a warning of what others do is no threat")
	}
	if e.Type == "THREATEN" && f.First.Speaker() && len(e.Actors) > 0 && r.ofOthers(e.Actors[0], e.Recipients) {
		return refuse("what others will do is no threat of the speaker's")
	}
	if f.POS == 'M' && len(e.Actors) > 0 && len(e.Recipients) > 0 && !slices.ContainsFunc(e.Recipients, func(a int) bool { return r.doc.Actors[a].Kind != "state" || !r.ownState(e.Actors[0], a) }) {
		return refuse("what somebody says that his own country should do is no demand")
	}
	if f.POS == 'M' && r.idle(p) {
		return refuse("what somebody should get, or is asked or not thought to do, is no demand")
	}
	for _, a := range r.args {
		if (e.Type == "REJECT" || e.Type == "ACCUSE" && len(e.Recipients) == 0) && a.Slot == "obj" && r.any(a.Token) {
			return refuse("who rejects any of a kind rejects none in particular")
		}
		if e.Type == "ASSAULT" && a.Slot == "obj" && r.doc.Tags[a.Token].Has("Reflex=Yes") {
			return refuse("it is done to oneself")
		}
		if e.Type == "REQUEST" && a.Slot == "comp" && r.over(a.Token) {
			return refuse("what is said was done is no demand")
		}
		if e.Type == "REQUEST" && a.Slot == "comp" && r.questions(a.Token) {
			return refuse("a question is no demand")
		}
		if e.Type == "ASSAULT" && (r.pretended(a.Token) || (a.Slot == "during" || a.Slot == "in") && r.exercise[r.s.Lemma(a.Token)]) {
			return refuse("it is an exercise")
		}
		own := r.s.Kid(a.Token, "nmod:poss")
		if own < 0 || r.s.POS(own) != dragoman.PRON || !slices.ContainsFunc(r.s.Actors(own), func(x int) bool { return slices.Contains(e.Actors, x) }) {
			continue
		}
		if a.Slot == "obj" && (e.Type == "SUPPORT" && len(e.Recipients) == 0 || e.Type == "REQUEST") {
			return refuse("it is to or for what is the actor's own")
		}
	}
	if x := r.doc.Tags[p].XPOS; e.Type == "SUPPORT" && r.backs[r.s.Verb(p)] && (x == "VBZ" || x == "VBP") && r.s.Is(p, "acl:relcl") && len(r.s.Said(p)) == 0 {
		return refuse("it tells for whom somebody stands, not what he did")
	}
	if strings.HasSuffix(r.types[e.Type].quad, "cooperation") && r.business(e) {
		return refuse("it is business among firms of one country")
	}
	return true
}

// habitual reports whether verb p tells in the present, in a relative clause, what is done
// with things in general: "the agency, which probes financial crimes".
func (r *reading) habitual(p int) bool {
	if x := r.doc.Tags[p].XPOS; x != "VBZ" && x != "VBP" || !r.s.Is(p, "acl:relcl") || r.s.Kid(p, "aux") >= 0 {
		return false
	}
	obj := r.s.Kid(p, "obj")
	return obj >= 0 && r.doc.Tags[obj].XPOS == "NNS" && r.s.Kid(obj, "det", "nmod:poss", "nummod") < 0 && len(r.s.Actors(obj)) == 0
}

// somebodyElses reports whether the phrase headed by token is of a possessor who is none of
// the actors, nor a state that one of them serves: "the enemy's plots", "its response".
func (r *reading) somebodyElses(token int, actors []int) bool {
	own := r.s.Kid(token, "nmod:poss")
	if own < 0 {
		return false
	}
	whose := r.s.Actors(own)
	if len(whose) == 0 {
		return r.s.POS(own) != dragoman.PRON
	}
	return !slices.ContainsFunc(whose, func(x int) bool {
		return slices.ContainsFunc(actors, func(a int) bool { return a == x || r.ownState(a, x) })
	})
}

// any reports whether the phrase headed by token is any of its kind.
func (r *reading) any(token int) bool {
	det := r.s.Kid(token, "det")
	return det >= 0 && r.s.Lemma(det) == "any"
}

// idle reports whether the modal at p makes no demand: its verb is a gain ("should learn
// from it"), it is too late for it ("should have asked"), or its clause is a question or
// what is not thought or said ("does not believe that they should go").
func (r *reading) idle(p int) bool {
	v := r.s.Head(p)
	if v < 0 {
		return false
	}
	if r.gains[r.s.Lemma(v)] {
		return true
	}
	for _, k := range r.s.Kids(v) {
		if k := int(k); k > p && r.s.Is(k, "aux") && r.s.Lemma(k) == "have" {
			return true
		}
	}
	h := r.s.Head(v)
	if h < 0 || !r.s.Is(v, "ccomp", "advcl") {
		return false
	}
	status, _ := r.facts.Status(r.s, h)
	return r.questions(v) || r.s.Is(v, "ccomp") && status == dragoman.Negated
}

// questions reports whether the clause of verb v is a question: "whether they will
// leave", "how it was done".
func (r *reading) questions(v int) bool {
	for _, k := range r.s.Kids(v) {
		if k := int(k); k < v && (r.doc.Tags[k].XPOS == "WRB" || r.s.Is(k, "mark") && r.s.Lemma(k) == "whether") {
			return true
		}
	}
	return false
}

// ofOthers reports whether the subject is somebody else than who is threatened, for whom
// actor a does not speak: of another country, or of none that is told.
func (r *reading) ofOthers(a int, threatened []int) bool {
	for _, arg := range r.args {
		if arg.Slot != "subj" {
			continue
		}
		for _, b := range r.s.Actors(arg.Token) {
			x, y := &r.doc.Actors[a], &r.doc.Actors[b]
			if a != b && !slices.Contains(threatened, b) && !slices.Contains(x.MemberOf, y.ID) && (x.Country == "" || x.Country != y.Country) {
				return true
			}
		}
	}
	return false
}

// topic reports whether cooperation at p is what is spoken of, not what is done: a noun
// below others ("the expansion of cooperation") or an object ("boosted cooperation"), or a
// verb of what might be done together.
func (r *reading) topic(p int, status dragoman.Status) bool {
	if !r.joint[r.s.Lemma(p)] {
		return status == dragoman.Hypothetical && r.s.FramePOS(p) == 'V'
	}
	return r.s.Is(p, "obj", "conj") || r.s.Is(p, "nmod", "obl") && r.s.Case(p) != "in"
}

// business reports whether two or more parties of e are firms, and of no two countries.
func (r *reading) business(e *dragoman.Event) bool {
	country := ""
	parties := slices.Concat(e.Actors, e.Recipients)
	for _, x := range parties {
		a := &r.doc.Actors[x]
		if a.Kind != "company" || country != "" && a.Country != "" && a.Country != country {
			return false
		}
		if a.Country != "" {
			country = a.Country
		}
	}
	return len(parties) > 1
}

// oneCabinet reports whether all parties of e are of the government of one state, and
// none of its parliament, courts, parties or forces.
func (r *reading) oneCabinet(e *dragoman.Event) bool {
	country := ""
	for _, x := range slices.Concat(e.Actors, e.Recipients) {
		a := &r.doc.Actors[x]
		if a.Kind == "state" || a.Country == "" || country != "" && a.Country != country || !slices.Contains(a.Sectors, "GOV") ||
			slices.ContainsFunc(a.Sectors, func(s string) bool { return s != "GOV" && apart[s] }) {
			return false
		}
		country = a.Country
	}
	return len(e.Actors) > 0 && len(e.Recipients) > 0
}

// apart are the sectors of those who are no part of a cabinet.
var apart = map[string]bool{"LEG": true, "JUD": true, "PTY": true, "OPP": true, "MIL": true, "COP": true, "REB": true}

// over reports whether the verb at token tells what was or is being done: "insisted that
// it has left", but not "that it leave", "that it should leave".
func (r *reading) over(token int) bool {
	if r.s.Kid(token, "mark") >= 0 && r.s.Lemma(r.s.Kid(token, "mark")) == "to" {
		return false
	}
	if r.doc.Tags[token].XPOS == "VBD" {
		return true
	}
	aux := r.s.Kid(token, "aux")
	return aux >= 0 && (r.s.Lemma(aux) == "have" || r.s.Lemma(aux) == "be" && r.doc.Tags[token].XPOS == "VBG") && r.doc.Tags[aux].Has("VerbForm=Fin")
}

// pretended reports whether a word of the phrase says that there is no such thing:
// "hypothetical enemy targets".
func (r *reading) pretended(token int) bool {
	first, end := r.s.Extent(token)
	for i := first; i < min(end, token); i++ {
		if r.mock[r.s.Lemma(i)] {
			return true
		}
	}
	return false
}
