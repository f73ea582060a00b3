package event

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/learn"
	"dragoman/pattern"
)

// JudgeWeights is the file of the model that judges predicates.
const JudgeWeights = "weights/en/events.bin"

// Predicate is a predicate of a document as the judge sees it, and what it tells.
type Predicate struct {
	Token    int
	Type     string // of its event; "" for none
	Features []uint64
}

// Predicates returns the predicates of doc, without their types, in order of the text.
func (c *Coder) Predicates(doc *dragoman.Document) []Predicate {
	var all []Predicate
	c.read(doc, nil, func(p Predicate) { all = append(all, p) })
	return all
}

// Judge is what marked articles taught: what predicates tell, and how far an event
// that is made of one can be believed.
type Judge struct {
	kinds  *learn.Model // of predicates: the type of event, "" for none
	belief *learn.Model // of events: right, by their signs
}

// WithJudge returns a coder with the judge j instead of its own.
func (c *Coder) WithJudge(j *Judge) *Coder {
	d := *c
	d.judge = j
	return &d
}

func (c *Coder) loadJudge(fsys fs.FS) error {
	b, err := fs.ReadFile(fsys, JudgeWeights)
	if err != nil {
		return err
	}
	f, err := learn.Open(b)
	c.judge = &Judge{}
	for _, section := range []struct {
		name string
		to   **learn.Model
	}{{"kinds", &c.judge.kinds}, {"belief", &c.judge.belief}} {
		if err == nil {
			*section.to, err = f.Model(section.name)
		}
	}
	if err == nil && len(c.judge.belief.Classes) != 2 {
		err = errors.New("section \"belief\" does not tell right from wrong")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", JudgeWeights, err)
	}
	return nil
}

// Bytes returns the file of the judge's weights.
func (j *Judge) Bytes() []byte {
	return learn.Pack(learn.Section{Name: "kinds", Body: j.kinds.Bytes()}, learn.Section{Name: "belief", Body: j.belief.Bytes()})
}

// TrainJudge returns a judge: of predicates by multinomial logistic regression; of events as fitBelief has it. The same input gives the
// same judge.
func TrainJudge(predicates []Predicate, judged []Judgement) *Judge {
	const (
		rounds   = 8
		mostRows = 200_000 // of features, the heaviest
		rate     = 0.035
	)
	classes := []string{""}
	for _, p := range predicates {
		if !slices.Contains(classes, p.Type) {
			classes = append(classes, p.Type)
		}
	}
	slices.Sort(classes)
	t := learn.NewTrainer(classes)
	t.Patience = 3
	scores := make([]float32, len(classes))
	for round := range rounds {
		for i := range predicates {
			p := &predicates[(i*7919+round*104729)%len(predicates)]
			t.Learn(p.Features, slices.Index(classes, p.Type), rate, scores)
		}
	}
	return &Judge{t.Freeze(learn.Prune{MaxRows: mostRows}), fitBelief(judged)}
}

// judging is what the judge is told of a predicate, and what it says.
type judging struct {
	feats  []uint64
	kinds  []string
	scores []int32
	odds   []float64 // of the kinds: their sum is 1
}

func (j *judging) add(template int, values ...string) {
	j.feats = append(j.feats, learn.Feature(template, values...))
}

// ask asks the judge what has these features.
func (j *judging) ask(judge *Judge, features []uint64) {
	m := judge.kinds
	if j.scores == nil {
		j.kinds, j.scores, j.odds = m.Classes, make([]int32, len(m.Classes)), make([]float64, len(m.Classes))
	}
	best, sum := m.Best(features, j.scores), 0.0
	for i, s := range j.scores {
		j.odds[i] = math.Exp(float64(s-j.scores[best]) * float64(m.Scale))
		sum += j.odds[i]
	}
	for i := range j.odds {
		j.odds[i] /= sum
	}
}

// of returns the probability of a type, from 0 to 1.
func (j *judging) of(kind string) float64 {
	if i := slices.Index(j.kinds, kind); i >= 0 {
		return j.odds[i]
	}
	return 0
}

// most returns the likeliest type and its probability, though none may be likelier.
func (j *judging) most() (kind string, p float64) {
	for i, k := range j.kinds {
		if k != "" && j.odds[i] > p {
			kind, p = k, j.odds[i]
		}
	}
	return kind, p
}

// features describes predicate p: its words, its place in the sentence, who stands in
// its slots, and what the frames made of it: the event e where made. They last until the
// next predicate.
func (r *reading) features(p int, e *dragoman.Event, made bool) []uint64 {
	s, q := r.s, &r.judging
	q.feats = q.feats[:0]
	pos := string(s.FramePOS(p))
	lemma, tag, rel := s.FrameLemma(p), r.doc.Tags[p].XPOS, s.Rel(p)
	q.add(0, "")
	q.add(1, lemma, pos)
	q.add(2, tag)
	q.add(3, rel)
	q.add(4, lemma, rel)
	if h := s.Head(p); h >= 0 {
		q.add(5, s.Lemma(h))
		q.add(6, s.Lemma(h), lemma)
		q.add(7, r.doc.Tags[h].XPOS, rel)
		if above := s.Head(h); above >= 0 {
			q.add(8, s.Lemma(above))
		}
	}
	var slots []string
	r.args = s.Arguments(p, r.args[:0])
	for _, a := range r.args {
		kind := r.kindOf(a.Token)
		word := s.Lemma(a.Token)
		q.add(9, a.Slot, kind)
		q.add(10, a.Slot, word)
		q.add(11, lemma, a.Slot, kind)
		q.add(12, a.Slot)
		q.add(13, lemma, a.Slot, word)
		slots = append(slots, a.Slot+" "+kind)
	}
	slices.Sort(slots)
	q.add(14, strings.Join(slots, "|"))
	for _, k := range s.Kids(p) {
		q.add(15, s.Rel(int(k)), s.Lemma(int(k)))
		q.add(16, s.Rel(int(k)))
	}
	for i := max(0, p-2); i <= min(p+2, len(r.doc.Tokens)-1); i++ {
		if i != p {
			q.add(17, strconv.Itoa(i-p), s.Lemma(i))
		}
	}
	switch n := s.Sentence(p); {
	case n == 0:
		q.add(18, "first")
		q.add(18, "lead")
	case n < leadSentences:
		q.add(18, "lead")
	case n > farBelow:
		q.add(18, "far")
	}
	if said := s.Said(p); len(said) > 0 {
		q.add(19, "")
	}
	status, _ := r.facts.Status(s, p)
	q.add(20, string(status))
	if made {
		q.add(21, "")
		q.add(22, e.Type)
		q.add(23, e.Type, lemma)
		q.add(24, e.Type, string(e.Status))
		q.add(25, e.Because[0])
		q.add(26, strconv.Itoa(len(e.Actors)), strconv.Itoa(len(e.Recipients)))
	} else if r.refusal.Token == p {
		q.add(27, r.refusal.Reason)
		q.add(28, r.refusal.Frame)
	}
	return q.feats
}

// kindOf says who stands at a token: the kind of the first actor, "place" for a place,
// "" for neither.
func (r *reading) kindOf(token int) string {
	if actors := r.s.Actors(token); len(actors) > 0 {
		return r.doc.Actors[actors[0]].Kind
	}
	if r.s.Place(token) >= 0 {
		return "place"
	}
	return ""
}

// open returns the frame by which an event of a type is told by a predicate that no
// frame holds for: the roles of the lemma's own frames for the type, or those that most
// predicates of the type have.
func (r *reading) open(p int, kind string) (pattern.Frame, bool) {
	pos := r.s.FramePOS(p)
	frames := r.book.At(r.s.Tree, p)
	for i := len(frames) - 1; i >= 0; i-- {
		if f := frames[i]; f.POS == pos && !f.Never && r.meanings[f.Row].kind == kind {
			return f, true
		}
	}
	for _, f := range r.book.Of(openLemma) {
		if f.POS == pos && r.meanings[f.Row].kind == kind {
			return f, true
		}
	}
	return pattern.Frame{}, false
}

// openLemma stands for every lemma in the frames of what only the judge takes for an event.
const openLemma = "*"
