package event

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/learn"
	"dragoman/pattern"
)

// Signs returns what is known of each of the events that Code finds in doc, and of
// the way they are told: the features of their confidence.
func (c *Coder) Signs(doc *dragoman.Document) [][]uint64 {
	return c.read(doc, ears{}).signsOf
}

// signs are what is known of an event and of the way it is told, as features of its confidence.
type signs []uint64

// tell adds a sign of such values.
func (s *signs) tell(values ...string) { *s = append(*s, learn.Hash(strings.Join(values, ":"))) }

// tellIf adds a sign where it holds.
func (s *signs) tellIf(is bool, name string) {
	if is {
		s.tell(name)
	}
}

// tellOver adds a sign for each of the limits that x is over.
func (s *signs) tellOver(name string, x float64, limits ...float64) {
	for _, l := range limits {
		if x > l {
			s.tell(name, fmt.Sprint(l))
		}
	}
}

// signs returns the signs of event e of frame f at token p, which has these features and
// which the judge thinks likely so far.
func (r *reading) signs(p int, f pattern.Frame, e *dragoman.Event, features []uint64, likely float64) []uint64 {
	s := signs(slices.Clone(features))
	s.tell("type", e.Type)
	s.tell("status", string(e.Status))
	s.tell("lemma", r.s.Verb(p), string(f.POS))
	s.tell("relation", r.s.Rel(p))
	s.tell("tag", r.doc.Tags[p].XPOS)
	s.tell("part of speech", string(f.POS))
	s.tellIf(opened(e), "open")
	s.tellIf(len(f.When) > 0, "conditions")
	s.tellIf(len(e.Modes) > 0, "mode")
	s.tellIf(len(e.Casualties) > 0, "casualties")
	s.tellIf(e.Place >= 0, "place")
	s.tellIf(e.From != dragoman.NoDay, "dated")
	s.tellIf(r.long(p), "long sentence")
	s.tellIf(r.doc.Title != "" && r.s.Sentence(p) == 0, "headline")
	r.judgeSigns(&s, e, likely)
	r.articleSigns(&s, p, e)
	r.partySigns(&s, p, f, e)
	if n := len(e.AccordingTo); n > 0 {
		a := r.doc.Attributions[e.AccordingTo[0]]
		s.tell("told by others", strconv.Itoa(min(n, 3)))
		s.tell("manner", string(a.Manner))
		s.tell("stance", a.Stance)
	}
	for _, because := range e.Because {
		s.tell(because)
	}
	return s
}

// judgeSigns says how likely the judge thinks the type and status of e, another type, and none.
func (r *reading) judgeSigns(s *signs, e *dragoman.Event, likely float64) {
	s.tellOver("judge", likely, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
	s.tellOver("none", r.judging.of(""), 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 0.97)
	best, chance := r.judging.most()
	s.tell("best", best, e.Type)
	if best != e.Type {
		s.tell("best is another")
		s.tellOver("another", chance, 0.05, 0.2, 0.5)
	}
	if r.judge.status != nil && e.Status != dragoman.Negated && e.Status != dragoman.Denied {
		s.tellOver("status", r.status.of(string(e.Status)), 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
	}
}

// articleSigns says where in the article e is told, and what was told before. How long the
// article is tells nothing: a text of two sentences is to be believed as a long one is.
func (r *reading) articleSigns(s *signs, p int, e *dragoman.Event) {
	s.tell("sentence", step(r.s.Sentence(p), 1, 2, 3, 5, 8, 12, 20))
	s.tell("events before", step(len(r.events), 1, 3, 6, 12))
	before := r.events[max(0, len(r.events)-farBack):]
	acted := 0
	for k := range before {
		if slices.ContainsFunc(before[k].Actors, func(a int) bool { return slices.Contains(e.Actors, a) }) {
			acted++
		}
	}
	s.tell("actor acted before", step(acted, 1, 2, 4))
	if n := len(before); n > 0 {
		s.tellIf(r.s.Sentence(before[n-1].Head) == r.s.Sentence(p), "second in sentence")
		s.tellIf(before[n-1].Type == e.Type, "like the one before")
		s.tellIf(slices.ContainsFunc(before, func(old dragoman.Event) bool { return old.Type == e.Type }), "told like another")
	}
}

// named reports whether an actor is ever called by name.
func (r *reading) named(a int) bool {
	return slices.ContainsFunc(r.doc.Actors[a].Mentions, func(m int) bool { return r.doc.Mentions[m].Form == dragoman.Name })
}

func (r *reading) long(p int) bool {
	s := r.doc.Sentences[r.s.Sentence(p)]
	return s.End-s.First > 45
}

// partySigns says who the parties of e are, how likely the judge thinks them and others, where
// they stand and how they are named there.
func (r *reading) partySigns(s *signs, p int, f pattern.Frame, e *dragoman.Event) {
	if len(e.Actors) > 0 && len(e.Recipients) > 0 {
		x, y := &r.doc.Actors[e.Actors[0]], &r.doc.Actors[e.Recipients[0]]
		s.tell("kinds", x.Kind, y.Kind)
		s.tell("kinds", x.Kind, y.Kind, e.Type)
		s.tellIf(x.Country != "" && x.Country == y.Country, "same country")
		s.tellIf(x.Country != "" && y.Country != "" && x.Country != y.Country, "two countries")
	}
	for i, role := range [][]int{e.Actors, e.Recipients} {
		name := [...]string{AsActor, AsRecipient}[i]
		s.tell(name, strconv.Itoa(min(len(role), 3)))
		if len(role) == 0 {
			s.tell("no "+name, e.Type)
			s.tell("no "+name, string(f.POS))
		}
		least, other := 1.0, 0.0 // chances of the parties, and of who has no role
		for k := range r.weighed {
			switch c := &r.weighed[k]; {
			case r.judge.parties == nil:
			case slices.Contains(role, c.Actor):
				least = min(least, c.party(name))
			case !slices.Contains(e.Actors, c.Actor) && !slices.Contains(e.Recipients, c.Actor):
				other = max(other, c.Chance(name))
			}
		}
		if len(role) > 0 {
			s.tellOver(name+" likely", least, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
		}
		s.tellOver(name+" other", other, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
		for _, a := range role {
			r.partySign(s, name, a, p, f, e)
		}
	}
}

// partySign says who actor a is, who has the role of such a name in e, and where he stands.
func (r *reading) partySign(s *signs, name string, a, p int, f pattern.Frame, e *dragoman.Event) {
	x := &r.doc.Actors[a]
	s.tellIf(r.named(a), name+" named")
	s.tell(name+" kind", x.Kind)
	s.tell(name+" kind", x.Kind, e.Type)
	s.tell(name+" mentions", step(len(x.Mentions), 1, 2, 3, 5, 8, 15))
	s.tellIf(x.Country != "", name+" of a country")
	if len(x.Mentions) > 0 {
		s.tell(name+" first", step(r.s.Sentence(r.doc.Mentions[x.Mentions[0]].Head), 1, 2, 4, 8))
	}
	if len(x.Sectors) > 0 {
		s.tell(name+" sector", x.Sectors[0])
		s.tell(name+" sector", x.Sectors[0], e.Type)
	}
	slot, form := "elsewhere", "no name"
	if slices.Contains(r.s.Speakers(p), a) {
		slot = "speaker"
	}
	if k := slices.IndexFunc(r.args, func(x pattern.Arg) bool { return slices.Contains(r.s.Actors(x.Token), a) }); k >= 0 {
		token := r.args[k].Token
		slot = r.args[k].Slot
		if m := r.s.Mention(token); m >= 0 {
			form = string(r.doc.Mentions[m].Form)
		}
		s.tell(name+" words away", step(max(token-p, p-token), 4, 11))
	}
	s.tell(name+" slot", slot)
	s.tell(name+" slot", slot, e.Type)
	s.tell(name+" slot", slot, string(f.POS))
	s.tell(name+" form", form)
}

// believe returns the confidence in an event by its signs, in hundredths.
func (c *Coder) believe(signs []uint64) float64 {
	return math.Round(100*c.judge.belief.Chance(signs)) / 100
}

// Judgement is an event that was found right or wrong.
type Judgement struct {
	Signs []uint64
	Right bool
}

// Believed returns the confidences that the events of each part get by what the other parts
// teach: a cross-validation.
func Believed(parts [][]Judgement) [][]float64 {
	all := make([][]float64, len(parts))
	for k, part := range parts {
		others := slices.Concat(slices.Concat(parts[:k]...), slices.Concat(parts[k+1:]...))
		c := &Coder{judge: &Judge{belief: fitBelief(others)}}
		for _, j := range part {
			all[k] = append(all[k], c.believe(j.Signs))
		}
	}
	return all
}

// fitBelief returns what events are believed by, learnt from such as were judged.
func fitBelief(judged []Judgement) *learn.Trees {
	return learn.GrowTrees(len(judged), func(i int) ([]uint64, bool) { return judged[i].Signs, judged[i].Right })
}
