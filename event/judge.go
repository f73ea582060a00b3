package event

import (
	"fmt"
	"io/fs"
	"math"
	"slices"

	"dragoman"
	"dragoman/learn"
	"dragoman/pattern"
)

// JudgeWeights is the file of the model that judges predicates.
const JudgeWeights = "weights/en/events.bin"

// Predicate is a predicate of a document as the judge sees it, and what it tells.
type Predicate struct {
	Token    int
	Told     string          // the type of event that the frames make of it; "" for none
	As       dragoman.Status // and its status
	Type     string          // of its event; "" for none
	Status   dragoman.Status // of its event
	Features []uint64
}

// Study returns the predicates of doc, without their types, and the candidates for the
// parties of the events that Code makes, without their roles, both in order of the text.
func (c *Coder) Study(doc *dragoman.Document) (predicates []Predicate, candidates []Candidate) {
	c.read(doc, ears{
		judged:  func(p Predicate) { predicates = append(predicates, p) },
		weighed: func(all []Candidate) { candidates = append(candidates, all...) },
	})
	return predicates, candidates
}

// Judge is what marked articles taught: what predicates tell, who the parties are, and
// how far an event that is made of them can be believed.
type Judge struct {
	kinds   *learn.Model // of predicates: the type of event, "" for none
	status  *learn.Model // of predicates that tell an event; nil leaves it as the frames have it
	parties *learn.Model // of candidates: their role, "" for none; nil leaves them as the frames have them
	belief  *learn.Trees // of events: right, by their signs
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
	}{{"kinds", &c.judge.kinds}, {"status", &c.judge.status}, {"parties", &c.judge.parties}} {
		if err == nil {
			*section.to, err = f.Model(section.name)
		}
	}
	if err == nil {
		c.judge.belief, err = f.Trees("belief")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", JudgeWeights, err)
	}
	return nil
}

// unlearnt is how far events of a type are believed of which the judge has learnt nothing
// and the table of types says nothing.
const unlearnt = 0.5

// judges reports whether the judge has a say in events of a type. Those of a type that it
// has not learnt, or that the table of types gives a confidence, it leaves as the frames
// have them. A judge that has yet to learn who the parties are is shown all.
func (c *Coder) judges(kind string) bool {
	return c.types[kind].confidence == 0 && (c.judge.parties == nil || slices.Contains(c.judge.kinds.Classes, kind))
}

// Bytes returns the file of the judge's weights.
func (j *Judge) Bytes() []byte {
	sections := []learn.Section{{Name: "kinds", Body: j.kinds.Bytes()}, {Name: "belief", Body: j.belief.Bytes()}}
	if j.status != nil {
		sections = append(sections, learn.Section{Name: "status", Body: j.status.Bytes()})
	}
	if j.parties != nil {
		sections = append(sections, learn.Section{Name: "parties", Body: j.parties.Bytes()})
	}
	return learn.Squeeze(learn.Pack(sections...))
}

// TrainJudge returns a judge: of predicates and of candidates by multinomial logistic
// regression; of events by boosted trees. Without predicates of events it leaves the
// status, without candidates the parties as the frames have them. The same input gives the
// same judge.
func TrainJudge(predicates []Predicate, candidates []Candidate, judged []Judgement) *Judge {
	j := &Judge{belief: fitBelief(judged)}
	j.kinds = regression(len(predicates), 8, 0.012, func(i int) ([]uint64, string) { return predicates[i].Features, predicates[i].Type })
	var told []Predicate
	for _, p := range predicates {
		if p.Status != "" {
			told = append(told, p)
		}
	}
	if len(told) > 0 {
		j.status = regression(len(told), 6, 0.012, func(i int) ([]uint64, string) {
			p, as := &told[i], told[i].As
			if p.Told != p.Type {
				as = ""
			}
			return statusFeatures(p.Features, p.Type, as), string(p.Status)
		})
	}
	if len(candidates) > 0 {
		j.parties = regression(len(candidates), 12, 0.03, func(i int) ([]uint64, string) { return candidates[i].Features, candidates[i].Role })
	}
	return j
}

// regression goes through n examples for some rounds, each in another order.
func regression(n, rounds int, rate float32, example func(i int) (features []uint64, class string)) *learn.Model {
	const mostRows = 200_000 // of features, the heaviest
	var classes []string
	if n == 0 {
		classes = []string{""}
	}
	for i := range n {
		if _, c := example(i); !slices.Contains(classes, c) {
			classes = append(classes, c)
		}
	}
	slices.Sort(classes)
	t := learn.NewTrainer(classes)
	t.Patience = 3
	scores := make([]float32, len(classes))
	for round := range rounds {
		for i := range n {
			features, class := example((i*7919 + round*104729) % n)
			t.Learn(features, slices.Index(classes, class), rate, scores)
		}
	}
	return t.Freeze(learn.Prune{MaxRows: mostRows})
}

// odds are the probabilities of the classes of a model: their sum is 1.
type odds struct {
	classes []string
	scores  []int32
	p       []float64
}

// ask asks a model what has these features.
func (o *odds) ask(m *learn.Model, features []uint64) {
	if o.scores == nil {
		o.classes, o.scores, o.p = m.Classes, make([]int32, len(m.Classes)), make([]float64, len(m.Classes))
	}
	best, sum := m.Best(features, o.scores), 0.0
	for i, s := range o.scores {
		o.p[i] = math.Exp(float64(s-o.scores[best]) * float64(m.Scale))
		sum += o.p[i]
	}
	for i := range o.p {
		o.p[i] /= sum
	}
}

// of returns the probability of a class, from 0 to 1.
func (o *odds) of(class string) float64 {
	if i := slices.Index(o.classes, class); i >= 0 {
		return o.p[i]
	}
	return 0
}

// most returns the likeliest class but "", and its probability.
func (o *odds) most() (class string, p float64) {
	for i, c := range o.classes {
		if c != "" && o.p[i] > p {
			class, p = c, o.p[i]
		}
	}
	return class, p
}

// open returns the frame by which an event of a type is told by a predicate that no
// frame holds for: the roles of the lemma's own frames for the type, or those that most
// predicates of the type have. A recipient who stands in none of a verb's own is the one
// who stands first of all with the type: "ripped the governor", though it is "tore into".
func (r *reading) open(p int, kind string) (pattern.Frame, bool) {
	pos := r.s.FramePOS(p)
	frames := r.book.At(r.s.Tree, p)
	at := slices.IndexFunc(r.book.Of(openLemma), func(f pattern.Frame) bool { return f.POS == pos && r.meanings[f.Row].kind == kind })
	for i := len(frames) - 1; i >= 0; i-- {
		if f := frames[i]; f.POS == pos && !f.Never && r.meanings[f.Row].kind == kind {
			if at >= 0 && len(f.Second) > 0 && pos == 'V' {
				f.Second = slices.Concat(f.Second, r.book.Of(openLemma)[at].Second[:1])
			}
			return f, true
		}
	}
	if at < 0 {
		return pattern.Frame{}, false
	}
	return r.book.Of(openLemma)[at], true
}

// general leaves e, of which only the type is known, the modes that all frames of the lemma
// for the type share and the code of the family that theirs are of: of "asked" it tells an
// appeal, of "insisted" a demand. Without such frames the code is that of the type.
func (r *reading) general(p int, e *dragoman.Event) {
	pos := r.s.FramePOS(p)
	family, same := "", true
	for _, f := range r.book.At(r.s.Tree, p) {
		if m := r.meanings[f.Row]; f.POS == pos && !f.Never && m.kind == e.Type {
			same = same && m.cameo == e.CAMEO && (m.mode == "" || slices.Contains(e.Modes, m.mode))
			if family == "" {
				family = m.cameo
			}
			family = family[:shared(family, m.cameo)]
		}
	}
	if same {
		return
	}
	e.Modes = nil
	if code := family + "0"; r.codes[code].kind == e.Type {
		e.CAMEO = code
		return
	}
	for _, f := range r.book.Of(openLemma) {
		if m := r.meanings[f.Row]; f.POS == pos && m.kind == e.Type {
			e.CAMEO = m.cameo
			return
		}
	}
}

// shared returns how many bytes two words begin alike with.
func shared(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// openLemma stands for every lemma in the frames of what only the judge takes for an event.
const openLemma = "*"
