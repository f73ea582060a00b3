package event

import (
	"cmp"
	"slices"
	"strings"

	"dragoman"
	"dragoman/dictionary"
)

// dictated is the reason for an event or a code that an analyst's dictionary has;
// file and line follow.
const dictated = "dictionary:"

// dictate codes by the dictionaries of an analyst. Where an event is told by the
// same verb of the same parties, it has their code, and the type that follows; what
// only they tell is an event too, if its parties are known. Codes that CAMEO has not
// are nothing.
func (r *reading) dictate() {
	codings := r.Dictionary.Code(r.doc)
	slices.SortStableFunc(codings, func(a, b dictionary.Coding) int { return cmp.Compare(a.Verb, b.Verb) })
	byVerb := map[int]int{} // token: event
	for i := range r.events {
		byVerb[r.events[i].Head] = i
	}
	for len(codings) > 0 {
		n := 1
		for n < len(codings) && codings[n].Verb == codings[0].Verb && codings[n].Code == codings[0].Code {
			n++
		}
		of := codings[:n]
		codings = codings[n:]
		c, ok := r.coded(of[0].Code)
		if !ok {
			continue
		}
		told, ok := byVerb[of[0].Verb]
		same := func(c dictionary.Coding) bool {
			return r.among(c.Source, &r.events[told]) && r.among(c.Target, &r.events[told])
		}
		if ok && slices.ContainsFunc(of, same) {
			r.recode(&r.events[told], of[0].Where, c)
		} else if e, ok := r.dictation(of, c); ok {
			r.events, r.signsOf = append(r.events, e), append(r.signsOf, r.made)
		}
	}
	order := make([]int, len(r.events))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(r.events[a].Head, r.events[b].Head) })
	events, signs := make([]dragoman.Event, len(order)), make([][]uint64, len(order))
	for k, i := range order {
		events[k], signs[k] = r.events[i], r.signsOf[i]
	}
	r.events, r.signsOf = events, signs
}

// coded returns what a code of CAMEO means; one that is finer than any there is
// means what it is a part of.
func (c *Coder) coded(code string) (m meaning, ok bool) {
	for n := len(code); n >= 2; n-- {
		if m, ok = c.codes[code[:n]]; ok {
			m.cameo = code[:n]
			return m, c.has(m.kind)
		}
	}
	return m, false
}

// among reports whether a party of a coding is one of an event.
func (r *reading) among(party dictionary.Party, e *dragoman.Event) bool {
	return slices.ContainsFunc(r.actorsOf(party), func(a int) bool { return slices.Contains(e.Actors, a) || slices.Contains(e.Recipients, a) })
}

// actorsOf returns who a party of a coding is: whom its head stands for, else the
// first who is named in its phrase.
func (r *reading) actorsOf(party dictionary.Party) []int {
	if all := r.s.Actors(party.Head); len(all) > 0 {
		return all
	}
	sent := r.doc.Sentences[r.s.Sentence(party.Head)]
	for i := sent.First; i < sent.End; i++ {
		if party.Contains(r.doc.Tokens[i].Span) {
			if all := r.s.Actors(i); len(all) > 0 {
				return all
			}
		}
	}
	return nil
}

// recode gives an event the code of a dictionary.
func (r *reading) recode(e *dragoman.Event, where string, c meaning) {
	if e.Type != c.kind {
		e.Modes = nil
		if c.mode != "" {
			e.Modes = []string{c.mode}
		}
	}
	e.Type, e.CAMEO, e.Quad, e.Score = c.kind, c.cameo, r.types[c.kind].quad, r.types[c.kind].score
	e.PLOVER = r.Fold(e.Type, e.Status)
	e.Because = append(e.Because, dictated+where)
}

// dictation makes the event that codings of one verb and code tell: who does it to
// whom, or all of them where each also does it to the other.
func (r *reading) dictation(of []dictionary.Coding, c meaning) (e dragoman.Event, ok bool) {
	p := of[0].Verb
	e = dragoman.Event{Place: -1, From: dragoman.NoDay, To: dragoman.NoDay}
	var who []int
	take := func(all []int, party dictionary.Party) []int {
		for _, a := range r.actorsOf(party) {
			if !slices.Contains(all, a) {
				all = append(all, a)
			}
		}
		who = append(who, party.Head)
		return all
	}
	for _, coding := range of {
		e.Actors, e.Recipients = take(e.Actors, coding.Source), take(e.Recipients, coding.Target)
	}
	whom := len(e.Recipients)
	e.Recipients = slices.DeleteFunc(e.Recipients, func(a int) bool { return slices.Contains(e.Actors, a) })
	e.Mutual = whom > 0 && len(e.Recipients) == 0 // each did it to the other
	if len(e.Actors) == 0 || len(e.Actors) == 1 && len(e.Recipients) == 0 {
		return e, false
	}
	var why string
	e.Status, why = r.facts.Status(r.s, p)
	e.AccordingTo = r.s.Said(p)
	for _, a := range e.AccordingTo {
		if r.doc.Attributions[a].Stance == "denies" && e.Status != dragoman.Negated {
			e.Status, why = dragoman.Denied, "denies"
		}
	}
	if why != "" {
		e.Because = []string{"status:" + why}
	}
	r.recode(&e, of[0].Where, c)
	if only := r.types[e.Type].only; only != nil && !slices.Contains(only, string(e.Status)) {
		return e, false
	}
	r.args = r.s.Arguments(p, r.args[:0])
	e.From, e.To = r.days(p, e.Status)
	e.Telling = r.telling(p, who)
	e.Contexts = r.about(e.Evidence)
	e.Confidence, r.made = r.types[e.Type].confidence, nil
	if f, ok := r.open(p, e.Type); ok {
		e.Place = r.place(p, e.Type, f)
		if r.judges(e.Type) {
			features := r.features(p, &e, true)
			r.judging.ask(r.judge.kinds, features)
			r.made = r.signs(p, f, &e, features, r.judging.of(e.Type))
			e.Confidence = r.believe(r.made)
		}
	}
	return e, true
}

// explained opens a reason that a dictionary gave.
func explained(because string) (text string, ok bool) {
	where, ok := strings.CutPrefix(because, dictated)
	return where + " of the dictionaries that are laid over the program's words", ok
}
