package event

import (
	"maps"
	"math"
	"slices"

	"dragoman"
	"dragoman/pattern"
)

// Signs returns what is known of each of the events that Code finds in doc, and of
// the way they are told: the features of their confidence.
func (c *Coder) Signs(doc *dragoman.Document) [][]string {
	return c.read(doc, nil).signsOf
}

// signs describes event e of frame f at token p.
func (r *reading) signs(p int, f pattern.Frame, e *dragoman.Event) []string {
	signs := []string{"type:" + e.Type, "status:" + string(e.Status)}
	add := func(name string, is bool) {
		if is {
			signs = append(signs, name)
		}
	}
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
	return signs
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

// believe returns the confidence in an event by its signs: a logistic model.
func (c *Coder) believe(signs []string) float64 {
	sum := c.confidence["bias"]
	for _, s := range signs {
		sum += c.confidence[s]
	}
	return math.Round(100/(1+math.Exp(-sum))) / 100
}

// Judged is an event that was found right or wrong.
type Judged struct {
	Signs []string
	Right bool
}

// FitConfidence returns the weights of the signs, and of "bias": the logistic
// regression with a normal prior of deviation 0.25 on every weight but that of the
// bias. Weights are rounded to hundredths; signs that few events have get none. The same
// events give the same weights.
func FitConfidence(judged []Judged) map[string]float64 {
	const (
		prior = 1 / (0.25 * 0.25)
		steps = 4000
		rate  = 0.5
		few   = 4
	)
	weights, have := map[string]float64{"bias": 0}, map[string]int{}
	for _, j := range judged {
		for _, s := range j.Signs {
			if have[s]++; have[s] > few {
				weights[s] = 0
			}
		}
	}
	names := slices.Sorted(maps.Keys(weights))
	slope := map[string]float64{}
	for range steps {
		clear(slope)
		for _, j := range judged {
			sum, right := weights["bias"], 0.0
			for _, s := range j.Signs {
				sum += weights[s]
			}
			if j.Right {
				right = 1
			}
			off := right - 1/(1+math.Exp(-sum))
			slope["bias"] += off
			for _, s := range j.Signs {
				if have[s] > few {
					slope[s] += off
				}
			}
		}
		for _, name := range names {
			pull := prior * weights[name]
			if name == "bias" {
				pull = 0
			}
			weights[name] += rate * (slope[name] - pull) / float64(len(judged))
		}
	}
	for _, name := range names {
		weights[name] = math.Round(100*weights[name]) / 100
	}
	return weights
}
