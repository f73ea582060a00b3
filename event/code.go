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

// signing is the code of an agreement that is signed, which may be planned too, or not done.
const signing = "057"

// visiting is the code of a visit.
const visiting = "042"

// sanctioning is the code of sanctions and embargoes.
const sanctioning = "163"

// pressing is the code of what is done against somebody without a word of how: "pressure".
const pressing = "170"

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
	if f.Flags["asserted"] && !r.asserted(p, &e, f.Flags["undone"]) {
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
	from, to, own := r.uttered(p, f, &e)
	if !own {
		from, to = r.days(p, e.Status)
	}
	e.From, e.To = from, to
	switch ahead := e.From != dragoman.NoDay && r.doc.Published != dragoman.NoDay && e.From > r.doc.Published; {
	case ahead && e.Status == dragoman.Happened && (own || r.doc.Tags[p].XPOS == "VBD"):
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

// heads reports whether p stands in a headline: the first sentences, without an end.
func (r *reading) heads(p int) bool {
	s := r.s.Sentence(p)
	last := r.doc.Sentences[s].End - 1
	return s < 2 && r.doc.Tags[last].POS != dragoman.PUNCT && r.s.Head(p) < 0
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
