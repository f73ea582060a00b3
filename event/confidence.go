package event

import (
	"fmt"
	"maps"
	"math"
	"slices"
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

// signs describes event e of frame f at token p, which has these features and which the
// judge thinks likely so far.
func (r *reading) signs(p int, f pattern.Frame, e *dragoman.Event, features []uint64, likely float64) []uint64 {
	signs := []string{"type:" + e.Type, "status:" + string(e.Status)}
	add := func(name string, is bool) {
		if is {
			signs = append(signs, name)
		}
	}
	for _, least := range []float64{0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98} {
		add(fmt.Sprint("judge ", least), likely > least)
	}
	if r.judge.status != nil && e.Status != dragoman.Negated && e.Status != dragoman.Denied {
		for _, least := range []float64{0.5, 0.7, 0.8, 0.9, 0.95, 0.98} {
			add(fmt.Sprint("status ", least), r.status.of(string(e.Status)) > least)
		}
	}
	add("open", opened(e))
	add("conditions", len(f.When) > 0)
	add("noun", f.POS == 'N')
	add("adjective", f.POS == 'A')
	add("modal", f.POS == 'M')
	add("no-actor", len(e.Actors) == 0)
	add("several-actors", len(e.Actors) > 1)
	add("recipient", len(e.Recipients) > 0)
	add("several-recipients", len(e.Recipients) > 1)
	add("mode", len(e.Modes) > 0)
	add("casualties", len(e.Casualties) > 0)
	add("place", e.Place >= 0)
	add("dated", e.From != dragoman.NoDay)
	add("quoted", len(e.AccordingTo) > 0)
	if len(e.Actors) > 0 {
		add("actor:"+r.doc.Actors[e.Actors[0]].Kind, true)
		add("actor-named", r.named(e.Actors[0]))
	}
	if len(e.Recipients) > 0 {
		add("recipient:"+r.doc.Actors[e.Recipients[0]].Kind, true)
		add("recipient-named", r.named(e.Recipients[0]))
	}
	signs = append(signs, "lemma:"+r.s.Verb(p)+"."+string(f.POS), "relation:"+r.s.Rel(p), "tag:"+r.doc.Tags[p].XPOS)
	before := r.events[max(0, len(r.events)-farBack):]
	if n := len(before); n > 0 {
		add("second-in-sentence", r.s.Sentence(before[n-1].Head) == r.s.Sentence(p))
		add("like-the-one-before", before[n-1].Type == e.Type)
		add("told-like-another", slices.ContainsFunc(before, func(old dragoman.Event) bool { return old.Type == e.Type }))
	}
	add("headline", r.doc.Title != "" && r.s.Sentence(p) == 0)
	add("lead", r.s.Sentence(p) < leadSentences)
	add("far-below", r.s.Sentence(p) > farBelow)
	add("long-sentence", r.long(p))
	all := append([]uint64{bias}, features...)
	for _, s := range append(signs, r.partySigns(p, f, e)...) {
		all = append(all, learn.Hash(s))
	}
	return all
}

// farBelow is a sentence that comes late in an article.
const farBelow = 9

// named reports whether an actor is ever called by name.
func (r *reading) named(a int) bool {
	return slices.ContainsFunc(r.doc.Actors[a].Mentions, func(m int) bool { return r.doc.Mentions[m].Form == dragoman.Name })
}

func (r *reading) long(p int) bool {
	s := r.doc.Sentences[r.s.Sentence(p)]
	return s.End-s.First > 45
}

// partySigns says where the parties of e stand and how they are named there.
func (r *reading) partySigns(p int, f pattern.Frame, e *dragoman.Event) (signs []string) {
	add := func(values ...string) { signs = append(signs, strings.Join(values, ":")) }
	for i, role := range [][]int{e.Actors, e.Recipients} {
		name := [...]string{"actor", "recipient"}[i]
		if len(role) == 0 {
			add("no "+name, e.Type)
			add("no "+name, string(f.POS))
		}
		least := 1.0
		for _, a := range role {
			for k := range r.weighed {
				if c := &r.weighed[k]; c.Actor == a && r.judge.parties != nil {
					least = min(least, c.party(name))
				}
			}
			slot, form := "elsewhere", "no name"
			if slices.Contains(r.s.Speakers(p), a) {
				slot = "speaker"
			}
			for _, arg := range r.args {
				if !slices.Contains(r.s.Actors(arg.Token), a) {
					continue
				}
				slot = arg.Slot
				if m := r.s.Mention(arg.Token); m >= 0 {
					form = string(r.doc.Mentions[m].Form)
				}
				if d := max(arg.Token-p, p-arg.Token); d > farWords {
					add(name, "far")
				} else if d < nearWords {
					add(name, "near")
				}
				break
			}
			add(name+" slot", slot)
			add(name+" slot", slot, e.Type)
			add(name+" slot", slot, string(f.POS))
			add(name+" form", form)
			add(name+" kind", r.doc.Actors[a].Kind, e.Type)
			if len(r.doc.Actors[a].Mentions) > oftenMentioned {
				add(name, "often")
			}
		}
		for _, limit := range []float64{0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95} {
			if len(role) > 0 && least > limit {
				add(name+" likely", fmt.Sprint(limit))
			}
		}
	}
	for _, because := range e.Because {
		add(because)
	}
	return signs
}

const (
	nearWords      = 4  // of a predicate: a party fewer words away
	farWords       = 10 // a party more words away
	oftenMentioned = 3  // an actor with more mentions
)

// believe returns the confidence in an event by its signs, in hundredths.
func (c *Coder) believe(signs []uint64) float64 {
	var o odds
	o.ask(c.judge.belief, signs)
	return math.Round(100*o.of(right)) / 100
}

// Judgement is an event that was found right or wrong.
type Judgement struct {
	Signs []uint64
	Right bool
}

// right is the class of events that are right.
const right = "right"

// bias is the sign that every event has.
var bias = learn.Seed(0)

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

// fitBelief returns the logistic regression with a normal prior of deviation 0.15 on
// every weight but that of the bias. Signs that few events have get no weight. All weights
// move at once, each by as much as is safe while the others move (Bradley et al. 2011), and
// with momentum (Nesterov 1983).
// The same events give the same model.
func fitBelief(judged []Judgement) *learn.Model {
	const (
		prior = 1 / (0.15 * 0.15)
		steps = 400
		few   = 4
	)
	have := map[uint64]int{}
	for _, j := range judged {
		for _, s := range j.Signs {
			have[s]++
		}
	}
	have[bias] = len(judged)
	names := []uint64{bias}
	for _, s := range slices.Sorted(maps.Keys(have)) {
		if have[s] > few && s != bias {
			names = append(names, s)
		}
	}
	number := map[uint64]int{}
	for i, name := range names {
		number[name] = i
	}
	longest := 1
	rows := make([][]int, len(judged)) // of the signs of each
	for k, j := range judged {
		rows[k] = []int{0}
		for _, s := range j.Signs {
			if i, ok := number[s]; ok && i > 0 {
				rows[k] = append(rows[k], i)
			}
		}
		longest = max(longest, len(rows[k]))
	}
	weights, last, slope := make([]float64, len(names)), make([]float64, len(names)), make([]float64, len(names))
	for step := range steps {
		clear(slope)
		for k, row := range rows {
			sum, is := 0.0, 0.0
			for _, i := range row {
				sum += weights[i]
			}
			if judged[k].Right {
				is = 1
			}
			off := is - 1/(1+math.Exp(-sum))
			for _, i := range row {
				slope[i] += off
			}
		}
		for i, w := range weights {
			pull := prior
			if i == 0 {
				pull = 0
			}
			const steepest = 0.25 // of the logistic curve
			w += (slope[i] - pull*w) / (steepest*float64(longest*max(1, have[names[i]])) + pull)
			weights[i] = w + (w-last[i])*float64(step)/float64(step+3)
			last[i] = w
		}
	}
	weights = last
	t := learn.NewTrainer([]string{"wrong", right})
	most := 0.0
	for i, name := range names {
		most = max(most, math.Abs(weights[i]))
		t.Add([]uint64{name}, 1, float32(weights[i]))
	}
	return t.Freeze(learn.Prune{Clip: float32(most)})
}
