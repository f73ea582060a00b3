package event

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dragoman"
	"dragoman/pattern"
)

// Code returns the events of doc, whose layers up to dates are written, in
// order of their first telling.
func (c *Coder) Code(doc *dragoman.Document) []dragoman.Event { return c.read(doc, ears{}).events }

// Refusal is a frame that was tried on a token and made no event.
type Refusal struct {
	Token  int
	Frame  string // "" where no frame of the lemma fits
	Reason string // for people
}

// Refusals returns why predicates of doc that have frames made no event, in
// order of the text.
func (c *Coder) Refusals(doc *dragoman.Document) []Refusal {
	var all []Refusal
	events := c.read(doc, ears{refused: func(r Refusal) { all = append(all, r) }}).events
	return slices.DeleteFunc(all, func(r Refusal) bool { // the judge may have made one after all
		return slices.ContainsFunc(events, func(e dragoman.Event) bool {
			return e.Head == r.Token || slices.ContainsFunc(e.Also, func(t dragoman.Telling) bool { return t.Head == r.Token })
		})
	})
}

// Status returns what tells the status of what the token of doc says, be it an
// event or not.
func (c *Coder) Status(doc *dragoman.Document) func(token int) dragoman.Status {
	s := pattern.NewScene(c.Grammar, doc)
	return func(token int) dragoman.Status {
		status, _ := c.facts.Status(s, token)
		return status
	}
}

// ears are told of what happens while a document is read. Each may be nil.
type ears struct {
	refused func(Refusal)
	judged  func(Predicate)
	weighed func([]Candidate)
}

// read codes doc and lets heard know of it on the way.
func (c *Coder) read(doc *dragoman.Document, heard ears) *reading {
	r := &reading{Coder: c, s: pattern.NewScene(c.Grammar, doc), doc: doc, heard: heard,
		states: map[string]int{}, told: map[string][]int{}, powers: countPowers(doc), may: make([]inkling, len(doc.Tokens))}
	r.refused = func(why Refusal) {
		r.refusal = why
		if heard.refused != nil {
			heard.refused(why)
		}
	}
	for a, actor := range doc.Actors {
		if actor.Kind == "state" {
			r.states[actor.Country] = a
		}
	}
	exercises := 0
	for p := range doc.Tokens {
		if r.exercise[r.s.Lemma(p)] {
			exercises++
		}
	}
	r.maneuvers = exercises > 2
	if !r.Only {
		r.frames()
	}
	if r.Dictionary != nil {
		r.dictate()
	}
	r.unite()
	r.locate()
	return r
}

// frames adds the events that frames and the judge tell, but for sentences that an
// analyst's dictionaries discard.
func (r *reading) frames() {
	var left []bool
	if r.Dictionary != nil {
		left = r.Dictionary.Discarded(r.doc)
	}
	for p := range r.doc.Tokens {
		if left != nil && left[r.s.Sentence(p)] {
			continue
		}
		if e, ok := r.event(p); ok {
			r.add(e)
		}
	}
}

// reading is one document being coded.
type reading struct {
	*Coder
	s         *pattern.Scene
	doc       *dragoman.Document
	args      []pattern.Arg
	events    []dragoman.Event
	maneuvers bool             // the article is about an exercise
	states    map[string]int   // country → its state among the actors
	told      map[string][]int // what an event must share to be another's telling → events
	made      []uint64         // the signs of the event just made
	signsOf   [][]uint64       // the signs of the events

	powers  int       // states and the like among the actors
	may     []inkling // of a token
	judging judging
	status  odds
	weighed []Candidate // for the parties of the event being made
	heard   ears
	refused func(Refusal)
	refusal Refusal // the last
}

// match returns the first frame of token p that holds, with p's arguments in r.args.
func (r *reading) match(p int) (pattern.Frame, bool) {
	pos := r.s.FramePOS(p)
	frames := r.book.At(r.s.Tree, p)
	if !slices.ContainsFunc(frames, func(f pattern.Frame) bool { return f.POS == pos }) {
		return pattern.Frame{}, false
	}
	if h := r.s.Head(p); pos == 'M' && h >= 0 && r.s.Is(p, "aux") && r.s.Kid(h, "cop") >= 0 {
		r.refused(Refusal{p, "", "how somebody should be is no demand to do something"})
		return pattern.Frame{}, false
	}
	if pos == 'M' && r.s.Inverted(r.s.Head(p)) == p {
		r.refused(Refusal{p, "", "the modal before its subject makes a condition"})
		return pattern.Frame{}, false
	}
	if r.statistical(p) {
		r.refused(Refusal{p, "", "what is told is a figure, of many"})
		return pattern.Frame{}, false
	}
	r.args = r.s.Arguments(p, r.args[:0])
	for _, f := range frames {
		if f.POS == pos && f.Match(r.Grammar, r.s.Tree, p, r.args, r.s) {
			if f.Never {
				r.refused(Refusal{p, f.Name, "the frame says that this is no event"})
				return f, false
			}
			return f, true
		}
	}
	r.refused(Refusal{p, "", "no frame's conditions hold"})
	return pattern.Frame{}, false
}

// aboutOthers are the codes of statements that are nothing without whom they are about:
// comment, pessimism, optimism, a policy, a symbolic act, condolence.
var aboutOthers = map[string]bool{"010": true, "012": true, "013": true, "014": true, "017": true, "018": true}

// possible are the reasons for a status that say that something may be done.
var possible = map[string]bool{"may": true, "might": true, "could": true, "consider.V": true}

// owned are the codes of statements that own to something or deny it: of them it is told
// too that they were not made.
var owned = map[string]bool{"015": true, "016": true}

// signing is the code of an agreement that is signed, which may be planned too, or not done.
const signing = "057"

// visiting is the code of a visit.
const visiting = "042"

// sanctioning is the code of sanctions and embargoes.
const sanctioning = "163"

// pressing is the code of what is done against somebody without a word of how: "pressure".
const pressing = "170"

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

// event returns the event that token p tells: that of a frame, or where none holds and the
// word may tell one, one that the judge is sure of.
func (r *reading) event(p int) (dragoman.Event, bool) {
	if r.s.FramePOS(p) == 0 || r.s.Attributive(p) || r.inName(p) {
		return dragoman.Event{}, false
	}
	r.refusal = Refusal{Token: -1}
	f, ok := r.match(p)
	var e dragoman.Event
	if ok {
		e, ok = r.tell(p, f)
	}
	if _, any := r.mayTell(p); !ok && any == "" {
		return e, false
	}
	features := r.features(p, &e, ok)
	if r.heard.judged != nil {
		told := Predicate{Token: p, Features: slices.Clone(features)}
		if ok {
			told.Told, told.As = e.Type, e.Status
		}
		r.heard.judged(told)
	}
	r.judging.ask(r.judge.kinds, features)
	if !ok {
		kind, sure := r.judging.most()
		if !r.has(kind) || !r.judges(kind) {
			return e, false
		}
		if sure < surely || f.Never {
			if sure >= doubted && !f.Never && r.heard.refused != nil {
				r.refused(Refusal{p, "", fmt.Sprintf("the judge gives %s a chance of %.2f, and wants %.1f where no frame holds", kind, sure, surely)})
			}
			return e, false
		}
		if f, ok = r.open(p, kind); !ok {
			return e, false
		}
		r.args = r.s.Arguments(p, r.args[:0])
		if kind == "ACCUSE" && r.praises(p) {
			r.refused(Refusal{p, f.Name, "who calls somebody good accuses nobody"})
			return e, false
		}
		if e, ok = r.tell(p, f); !ok {
			return e, false
		}
		r.general(p, &e)
		e.Because = append([]string{judgedAs + kind}, e.Because...)
	}
	r.settleStatus(&e, features)
	r.made = r.signs(p, f, &e, features, r.judging.of(e.Type))
	if e.Confidence = r.believe(r.made); !r.judges(e.Type) {
		e.Confidence = cmp.Or(r.types[e.Type].confidence, unlearnt)
	}
	if opened(&e) && f.POS == 'V' && r.Grammar.Tells[r.s.Verb(p)] && len(e.Recipients) == 0 {
		r.refused(Refusal{p, f.Name, "no frame holds, and nobody is told of whom it is said"})
		return e, false
	}
	if opened(&e) && (e.Confidence < believed || e.Confidence < saidOf && r.saidOf(&e, f)) {
		r.refused(Refusal{p, f.Name, "no frame holds, and it is not believed enough without one"})
		return e, false
	}
	if len(e.Recipients) == 0 {
		r.complete(p, f, &e)
	}
	e.AccordingTo = r.toldOf(p, f, &e)
	return e, true
}

// toldOf returns according to whom e is: whose words are themselves the demand, promise or
// praise is its actor, and it is for those who pass them on to tell of it: "Oman said that
// Yemen must withdraw". What he says that he did before is a claim of his, and so is what he
// says that others do, a reproach though it be.
func (r *reading) toldOf(p int, f pattern.Frame, e *dragoman.Event) []int {
	said := e.AccordingTo
	if f.Flags["asserted"] || !pattern.Did(e.Status) || !r.types[e.Type].uttered && e.Type != "STATEMENT" || e.CAMEO == signing || strings.HasPrefix(e.CAMEO, "09") ||
		!f.First.Speaker() && r.earlier(p) && r.subject(e.Actors) {
		return said
	}
	for len(said) > 0 && slices.ContainsFunc(r.s.Tellers(said[:1]), func(a int) bool { return slices.Contains(e.Actors, a) }) {
		said = said[1:]
	}
	return said
}

// earlier reports whether verb p tells what was done before it was spoken of.
func (r *reading) earlier(p int) bool {
	aux := r.s.Kid(p, "aux")
	return r.doc.Tags[p].XPOS == "VBD" || aux >= 0 && r.s.Lemma(aux) == "have"
}

// subject reports whether one of actors is the subject of the predicate whose arguments are in r.args.
func (r *reading) subject(actors []int) bool {
	return slices.ContainsFunc(r.args, func(a pattern.Arg) bool {
		return a.Slot == "subj" && slices.ContainsFunc(r.s.Actors(a.Token), func(x int) bool { return slices.Contains(actors, x) })
	})
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

// settleStatus lets the judge correct the status of e, whose predicate has these features,
// to one that its type may have. What is negated or denied is told by words and stays so, and
// so does what follows from a word that governs the event ("began to leave"); and of what is planned or possible the judge never makes a fact.
func (r *reading) settleStatus(e *dragoman.Event, features []uint64) {
	told := func(s dragoman.Status) bool { return s == dragoman.Negated || s == dragoman.Denied }
	if r.judge.status == nil || !r.judges(e.Type) || told(e.Status) || slices.ContainsFunc(e.Because, governedBy) {
		return
	}
	r.status.ask(r.judge.status, statusFeatures(features, e.Type, e.Status))
	best, p := r.status.most()
	s, only := dragoman.Status(best), r.types[e.Type].only
	if p < corrects || s == e.Status || told(s) || pattern.Did(s) && !pattern.Did(e.Status) || only != nil && !slices.Contains(only, best) {
		return
	}
	e.Because = slices.DeleteFunc(e.Because, func(b string) bool { return strings.HasPrefix(b, "status:") })
	e.Because = append(e.Because, "status:"+judgedStatus)
	e.Status, e.PLOVER = s, r.Fold(e.Type, s)
}

// governedBy reports whether a reason is that of a status which follows from a governing word:
// "status:begin.V".
func governedBy(because string) bool {
	why, ok := strings.CutPrefix(because, "status:")
	return ok && len(why) > 2 && why[len(why)-2] == '.'
}

// judgedStatus is the reason for a status that the judge gave, corrects the probability
// from which it does, by cross-validation on marked articles.
const (
	judgedStatus = "judge"
	corrects     = 0.7
)

// What no frame tells is an event if the judge gives its type this probability, and the
// event then this confidence; more where whom it accuses stands only in what is said. From
// doubted on the judge's word is worth telling.
const (
	surely   = 0.2
	believed = 0.3
	saidOf   = 0.37
	doubted  = 0.03
)

// saidOf reports whether e is an accusation by a verb without frames for it, and whom it
// accuses stands beside the verb nowhere but in what is said: "said the rebels had lost".
func (r *reading) saidOf(e *dragoman.Event, f pattern.Frame) bool {
	return e.Type == "ACCUSE" && f.Lemma == openLemma && f.POS == 'V' && !slices.ContainsFunc(r.args, func(a pattern.Arg) bool {
		return a.Slot != "subj" && a.Slot != "comp" && slices.ContainsFunc(r.s.Actors(a.Token), func(x int) bool { return slices.Contains(e.Recipients, x) })
	})
}

// judgedAs begins the reasons that the judge gives, before a type for an event that no frame
// tells and before a role for parties that are not those of the frame.
const judgedAs = "judge:"

func opened(e *dragoman.Event) bool { return strings.HasPrefix(e.Because[0], judgedAs) }

// tell returns the event that frame f makes of predicate p, whose arguments are in r.args.
func (r *reading) tell(p int, f pattern.Frame) (dragoman.Event, bool) {
	m := r.meanings[f.Row]
	e := dragoman.Event{Type: m.kind, CAMEO: m.cameo, Quad: r.types[m.kind].quad, Score: r.types[m.kind].score,
		Place: -1, From: dragoman.NoDay, To: dragoman.NoDay}
	if m.mode != "" {
		e.Modes = []string{m.mode}
	}
	e.Mutual = f.Flags["mutual"] || f.Second.With() && e.Quad != "verbal-conflict" // who pleads with somebody is not pleaded with
	who := r.parties(p, f, &e)
	if len(e.Actors) > 1 && len(e.Recipients) == 0 && r.eachOther(f.Second) {
		e.Mutual = true
	}
	r.withWords(p, &e)
	e.Casualties = r.casualties(p, f)
	if !r.enough(p, f, &e) || !r.earnest(p, f, &e) {
		return e, false
	}
	if e.Type == "PROTEST" && len(e.Casualties) > 0 {
		// "Thousands of Israelis marched": some people of a state are not the state
		e.Actors = slices.DeleteFunc(e.Actors, func(a int) bool { return r.doc.Actors[a].Kind == "state" })
	}
	var why string
	e.Status, why = r.facts.Status(r.s, p)
	for _, s := range []dragoman.Status{dragoman.Planned, dragoman.Hypothetical} {
		if f.Flags[string(s)] && (e.Status == dragoman.Happened || e.Status == dragoman.Ongoing) {
			e.Status, why = s, f.Name
		}
	}
	if x := r.doc.Tags[p].XPOS; e.Status == dragoman.Ongoing && (e.Type == "STATEMENT" || r.types[e.Type].uttered && (x == "VBZ" || x == "VBP" || x == "JJ" || x == "VBG" && !strings.HasPrefix(e.CAMEO, "09"))) {
		e.Status, why = dragoman.Happened, "uttered" // "The minister condemns the raid" is the present of news; an investigation goes on
	}
	if f.Flags["undone"] && (e.Status != dragoman.Negated || !r.withheld(p)) {
		return e, false // no word of why: most verbs of saying have such a frame
	}
	if f.Flags["asserted"] && !r.asserted(p, e.Status, f.Flags["undone"]) {
		r.refused(Refusal{p, f.Name, "what is not said to be so is no reproach"})
		return e, false
	}
	if f.Flags["happened"] || f.Flags["asserted"] {
		e.Status, why = dragoman.Happened, f.Name
	}
	e.AccordingTo = r.s.Said(p)
	for _, a := range e.AccordingTo {
		if r.doc.Attributions[a].Stance == "denies" && e.Status != dragoman.Negated && !r.presupposed(p, a) {
			e.Status, why = dragoman.Denied, "denies"
		}
	}
	if e.Status == dragoman.Hypothetical && r.doc.Form(r.doc.Sentences[r.s.Sentence(p)].End-1) == "?" {
		r.refused(Refusal{p, f.Name, "what is only asked is not told"})
		return e, false
	}
	if e.Status == dragoman.Negated && e.Type != "STATEMENT" || why == "any" {
		if reason := r.vacuous(p, &e, why); reason != "" {
			r.refused(Refusal{p, f.Name, reason})
			return e, false
		}
	}
	if e.Type == "STATEMENT" && e.Status == dragoman.Negated && !f.Flags["undone"] && !owned[e.CAMEO] {
		r.refused(Refusal{p, f.Name, "an opinion that was not voiced is no statement"})
		return e, false
	}
	if only := r.types[e.Type].only; only != nil && !slices.Contains(only, string(e.Status)) && !(e.CAMEO == signing && (e.Status == dragoman.Planned || e.Status == dragoman.Negated)) {
		r.refused(Refusal{p, f.Name, "talk that is " + string(e.Status) + " is no event"})
		return e, false
	}
	if e.Status == dragoman.Hypothetical && len(e.Actors) == 0 && f.Flags["agentless"] {
		r.refused(Refusal{p, f.Name, "what nobody in particular may do is no event"})
		return e, false
	}
	if r.types[e.Type].uttered && e.Status == dragoman.Hypothetical && !possible[why] {
		r.refused(Refusal{p, f.Name, "talk that depends on something else is no event"})
		return e, false
	}
	if (e.Type == "COOPERATE" || e.Type == "SUPPORT" && r.joint[r.s.Lemma(p)]) && r.topic(p, e.Status) {
		r.refused(Refusal{p, f.Name, "cooperation or better relations only spoken of are no event"})
		return e, false
	}
	if why == purpose && e.Type != "CONSULT" {
		r.refused(Refusal{p, f.Name, "a purpose is no deed"})
		return e, false
	}
	if e.Status == dragoman.Happened && (why == "uttered" || why == f.Name || f.POS != 'V') {
		r.speaksFor(p, &e)
	}
	if e.Status == dragoman.Ongoing && why == "" && r.heads(p) {
		e.Status, why = dragoman.Happened, "headline" // has the present tense
	}
	e.Place = r.place(p, e.Type, f)
	e.From, e.To = r.days(p, e.Status)
	switch ahead := e.From != dragoman.NoDay && r.doc.Published != dragoman.NoDay && e.From > r.doc.Published; {
	case ahead && e.Status == dragoman.Happened && r.doc.Tags[p].XPOS == "VBD":
		e.From, e.To = dragoman.NoDay, dragoman.NoDay // is of something else: "ahead of a visit next week he met them"
	case ahead && pattern.Did(e.Status):
		e.Status, why = dragoman.Planned, "date"
	}
	e.PLOVER = r.Fold(e.Type, e.Status)
	e.Because = []string{f.Reason()}
	if why != "" {
		e.Because = append(e.Because, "status:"+why)
	}
	if r.judges(e.Type) {
		who = r.settle(p, f, &e, who)
	} else {
		r.weighed = nil
	}
	if len(e.Actors) == 0 && len(e.Recipients) == 0 && f.Flags["agentless"] {
		r.refused(Refusal{p, f.Name, "neither who did it nor to whom is told"})
		return e, false
	}
	if r.aimed(&e) {
		e.Place = -1
	}
	if r.private(&e) {
		r.refused(Refusal{p, f.Name, "what persons do or say in private life is no politics"})
		return e, false
	}
	e.Telling = r.telling(p, who)
	e.Contexts = r.about(e.Evidence)
	return e, true
}

// aimed reports whether the place of e would be a state that its words, its help or its
// pressure are aimed at: "took a swipe at the United States". Those are uttered or sent at
// home; sanctions and calls by telephone are nowhere.
func (r *reading) aimed(e *dragoman.Event) bool {
	if e.CAMEO == byPhone || e.CAMEO == sanctioning {
		return true
	}
	if e.Place < 0 || e.CAMEO != pressing && e.Quad != "verbal-conflict" && e.Type != "AID" && e.Type != "SUPPORT" {
		return false
	}
	is := &r.doc.Places[e.Place]
	return slices.ContainsFunc(e.Recipients, func(a int) bool {
		state := &r.doc.Actors[a]
		return state.Kind == "state" && state.Country == is.Country &&
			(is.Kind == "country" || slices.ContainsFunc(is.Mentions, func(m int) bool { return slices.Contains(state.Mentions, m) }))
	})
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
func (r *reading) asserted(p int, status dragoman.Status, undone bool) bool {
	for r.s.Is(p, "conj", "xcomp") && r.s.Head(p) >= 0 {
		p = r.s.Head(p)
	}
	return (pattern.Did(status) && !undone || status == dragoman.Negated && undone) && !r.s.Is(p, "advcl", "acl", "acl:relcl") &&
		r.doc.Form(r.doc.Sentences[r.s.Sentence(p)].End-1) != "?"
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

// heads reports whether p stands in a headline: the first sentences, without an end.
func (r *reading) heads(p int) bool {
	s := r.s.Sentence(p)
	last := r.doc.Sentences[s].End - 1
	return s < 2 && r.doc.Tags[last].POS != dragoman.PUNCT && r.s.Head(p) < 0
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

// telling returns trigger and evidence: the words from the first to the last
// that the event rests on.
func (r *reading) telling(p int, who []int) dragoman.Telling {
	first, end := p, p+1
	take := func(a, b int) {
		sent := r.doc.Sentences[r.s.Sentence(p)]
		if a >= sent.First && b <= sent.End {
			first, end = min(first, a), max(end, b)
		}
	}
	phrase := func(i int) {
		take(i, i+1)
		if m := r.s.Mention(i); m >= 0 {
			take(r.doc.Mentions[m].First, r.doc.Mentions[m].End)
		}
	}
	for _, i := range who {
		phrase(i)
	}
	for _, a := range r.args {
		if a.Slot != "comp" && a.Slot != "mod" {
			phrase(a.Token)
		}
	}
	for _, v := range []int{p, r.Grammar.Carrier(r.s.Tree, p)} {
		if v < 0 {
			continue
		}
		take(v, v+1)
		for _, k := range r.s.Kids(v) {
			if r.s.Is(int(k), "aux", "advmod", "compound:prt", "cop", "expl", "det", "amod") {
				take(int(k), int(k)+1)
			}
		}
	}
	trigger := r.doc.Tokens[p].Span
	if prt := r.s.Particle(p); prt == p+1 {
		trigger.End = r.doc.Tokens[prt].End
	}
	return dragoman.Telling{Trigger: trigger, Head: p,
		Evidence: dragoman.Span{Start: r.doc.Tokens[first].Start, End: r.doc.Tokens[end-1].End}}
}

// about returns the contexts whose words stand in the evidence, sorted. The words of
// somebody's name say nothing of what is done, unless the name as a whole does.
func (r *reading) about(evidence dragoman.Span) []string {
	var all []string
	take := func(contexts []string) {
		for _, c := range contexts {
			if c != nothing && !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	within := func(i int) bool { return i < len(r.doc.Tokens) && r.doc.Tokens[i].End <= evidence.End }
	i, _ := slices.BinarySearchFunc(r.doc.Tokens, evidence.Start, func(t dragoman.Token, at int) int { return t.Start - at })
	for end := i; within(i); i = end {
		end = i + 1
		if m, ok := r.name(i); ok && m.End-m.First > 1 {
			take(r.contexts[r.doc.TextOf(m.Span)])
			end = m.End
			continue
		}
		if within(i+1) && len(r.contexts) > 0 {
			both := r.contexts[r.s.Lemma(i)+" "+r.s.Lemma(i+1)]
			if take(both); slices.Contains(both, nothing) {
				end++
				continue
			}
		}
		take(r.contexts[r.s.Lemma(i)])
		if r.s.POS(i) == dragoman.NOUN {
			take(r.topics[r.s.Lemma(i)])
		}
	}
	slices.Sort(all)
	return all
}

// nothing stands for the contexts of words that have none, each of which would have some.
const nothing = "-"

// name returns the name of somebody or of a place in which token i stands.
func (r *reading) name(i int) (m dragoman.Mention, ok bool) {
	k := r.s.Mention(i)
	if k < 0 {
		return m, false
	}
	m = r.doc.Mentions[k]
	return m, m.Form == dragoman.Name && m.First <= i && i < m.End && (len(r.s.Actors(m.Head)) > 0 || r.s.Place(m.Head) >= 0)
}
