package event

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"

	"dragoman"
	"dragoman/learn"
	"dragoman/pattern"
)

// RelationWeights is the file of the model that Relate asks.
const RelationWeights = "weights/en/relations.bin"

// yield is the class that older PLOVER data has for CONCEDE and RETREAT together.
const yield = "YIELD"

// Relater says what one given party does to another in a sentence: a linear
// model over the frames that fit, the syntax between the two, and the words.
type Relater struct {
	coder *Coder
	model *learn.Model
}

// LoadRelater reads the weights.
func LoadRelater(fsys fs.FS, coder *Coder) (*Relater, error) {
	b, err := fs.ReadFile(fsys, RelationWeights)
	if err != nil {
		return nil, err
	}
	return NewRelater(b, coder)
}

// NewRelater opens weights that TrainRelations made.
func NewRelater(b []byte, coder *Coder) (*Relater, error) {
	f, err := learn.Open(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", RelationWeights, err)
	}
	m, err := f.Model("relations")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", RelationWeights, err)
	}
	for _, kind := range m.Classes {
		if kind != yield && !coder.has(kind) {
			return nil, fmt.Errorf("%s has learnt relations of the type %s, which the ontology of the data folder has not", RelationWeights, kind)
		}
	}
	return &Relater{coder, m}, nil
}

// Relation is a sentence whose relation between two parties is known.
type Relation struct {
	Doc            *dragoman.Document
	Source, Target dragoman.Span
	Type           string // a PLOVER type, or YIELD; or a side, where no more is known
}

// Relate returns the folded PLOVER type of what source does to target in doc,
// and how sure it is of it (0 to 1). It always answers; an empty span stands for
// a party that the sentence does not show.
func (r *Relater) Relate(doc *dragoman.Document, source, target dragoman.Span) (kind string, confidence float64) {
	f := r.coder.relation(doc, source, target)
	scores := make([]int32, len(r.model.Classes))
	best := r.model.Best(f.feats, scores)
	sum := 0.0
	for _, s := range scores {
		sum += math.Exp(sharpness * float64(s-scores[best]) * float64(r.model.Scale))
	}
	kind = r.model.Classes[best]
	if kind == yield {
		kind = "CONCEDE"
		if slices.Contains(f.types, "RETREAT") {
			kind = "RETREAT"
		}
	}
	return kind, math.Round(100/sum) / 100
}

// sharpness turns differences of scores into odds, such that the mean confidence
// equals the accuracy in cross-validation on PLV_train, with AW_train to learn from.
const sharpness = 0.14

// trainingRounds is how often the trainer goes through the examples.
const trainingRounds = 12

// TrainRelations returns the weights learned from examples, of which those of a side teach
// the likeliest of its types that the others have; the same examples
// in the same order give the same bytes.
func (c *Coder) TrainRelations(examples []Relation) []byte {
	var classes []string
	for _, e := range examples {
		if !slices.Contains(classes, e.Type) && !Side(e.Type) {
			classes = append(classes, e.Type)
		}
	}
	slices.Sort(classes)
	t := learn.NewTrainer(classes)
	feats := make([][]uint64, len(examples))
	for i, e := range examples {
		feats[i] = c.relation(e.Doc, e.Source, e.Target).feats
	}
	scores := make([]float32, len(classes))
	for round := range trainingRounds {
		for i := range examples {
			// A fixed walk through the examples that differs from round to round.
			j := (i*7919 + round*104729) % len(examples)
			t.Tick()
			t.Score(feats[j], scores)
			gold, guess := -1, -1
			for k, s := range scores {
				switch {
				case !c.is(classes[k], examples[j].Type):
					if guess < 0 || s > scores[guess] {
						guess = k
					}
				case gold < 0 || s > scores[gold]:
					gold = k
				}
			}
			if gold >= 0 && guess >= 0 && scores[guess] >= scores[gold]-margin {
				t.Update(feats[j], gold, guess)
			}
		}
	}
	m := t.Freeze(learn.Prune{MinUpdates: 1})
	return learn.Pack(learn.Section{Name: "relations", Body: m.Bytes()})
}

// The sides of a relation of which no more is known.
const (
	Conflict    = "conflict"
	Cooperation = "cooperation"
)

// Side reports whether a type is only a side.
func Side(kind string) bool { return kind == Conflict || kind == Cooperation }

// is reports whether a class is the type of an example, or of the side that is known of it.
func (c *Coder) is(class, kind string) bool {
	if !Side(kind) {
		return class == kind
	}
	return strings.HasSuffix(c.types[class].quad, kind) || class == yield && kind == Cooperation
}

// TrainStatus returns the weights of what the wording around a predicate suggests
// of its status.
func (c *Coder) TrainStatus(judged []pattern.Judged) []byte {
	return c.facts.TrainStatus(c.Grammar, judged)
}

// margin is how far the right class must lie ahead before training is content.
const margin = 2

// asked is a relation put into features.
type asked struct {
	s              *pattern.Scene
	source, target int // tokens; -1
	feats          []uint64
	types          []string // of the frames that fit
}

func (c *Coder) relation(doc *dragoman.Document, source, target dragoman.Span) *asked {
	q := &asked{s: pattern.NewScene(c.Grammar, doc), source: -1, target: -1}
	q.source, q.target = q.head(source), q.head(target)
	q.add(0, "bias")
	var args []pattern.Arg
	for p := range doc.Tokens {
		pos := q.s.FramePOS(p)
		if pos == 0 {
			continue
		}
		args = c.Grammar.Arguments(q.s.Tree, p, args[:0])
		from, to := q.slot(args, q.source), q.slot(args, q.target)
		lemma := q.s.FrameLemma(p)
		status, _ := c.facts.Status(q.s, p)
		kind := "none"
		for _, f := range c.book.At(q.s.Tree, p) {
			if f.POS == pos && f.Match(c.Grammar, q.s.Tree, p, args, q.s) {
				kind = c.meanings[f.Row].kind
				if folded := c.Fold(kind, status); folded != "" {
					kind = folded
				}
				q.types = append(q.types, kind)
				break
			}
		}
		q.predicate(lemma, kind, string(status), from, to)
	}
	q.between(doc)
	slices.Sort(q.feats)
	q.feats = slices.Compact(q.feats)
	return q
}

// predicate adds what one predicate and its arguments say.
func (q *asked) predicate(lemma, kind, status, from, to string) {
	q.add(1, lemma)
	if kind != "none" {
		q.add(2, kind)
		q.add(3, kind, from)
		q.add(4, kind, to)
		q.add(5, kind, from, to)
		q.add(6, kind, status, from)
	}
	if from != "" || to != "" {
		q.add(7, lemma, from)
		q.add(8, lemma, to)
		q.add(9, lemma, status)
		q.add(10, status, from, to)
	}
	if from != "" && to != "" {
		q.add(11, lemma)
		q.add(12, kind)
	}
}

// between adds the words of the sentence, and those between the two parties.
func (q *asked) between(doc *dragoman.Document) {
	low, high := min(q.source, q.target), max(q.source, q.target)
	for i, tag := range doc.Tags {
		switch tag.POS {
		case dragoman.VERB, dragoman.NOUN, dragoman.ADJ, dragoman.AUX, dragoman.ADP, dragoman.ADV, dragoman.PART:
		default:
			continue
		}
		content := tag.POS != dragoman.ADP && tag.POS != dragoman.PART
		if content {
			q.add(13, tag.Lemma)
		}
		if low < i && i < high {
			q.add(14, tag.Lemma)
		}
		if i == q.target+1 || i == q.target-1 {
			q.add(15, tag.Lemma)
		}
	}
	if q.source < 0 || q.target < 0 {
		return
	}
	// The predicate that holds both parties together.
	for h := q.source; h >= 0; h = q.s.Head(h) {
		if q.s.Above(h, q.target) {
			q.add(16, q.s.Lemma(h))
			q.add(17, q.s.Lemma(h), q.s.Rel(q.target))
			break
		}
	}
	q.add(18, q.s.Lemma(q.target))
	q.add(19, q.s.Rel(q.target), q.s.Case(q.target))
}

func (q *asked) add(template int, values ...string) {
	q.feats = append(q.feats, learn.Feature(template, values...))
}

// head returns the token of span whose head lies outside it; -1 for none.
func (q *asked) head(span dragoman.Span) int {
	for i, t := range q.s.Doc.Tokens {
		if t.Start < span.Start || t.End > span.End || t.Start == t.End {
			continue
		}
		if h := q.s.Head(i); h < 0 || q.s.Doc.Tokens[h].Start < span.Start || q.s.Doc.Tokens[h].End > span.End {
			return i
		}
	}
	return -1
}

// slot names the slot of the argument in whose phrase token stands: exact
// where token is its head, with a mark where it lies deeper; "" for none.
func (q *asked) slot(args []pattern.Arg, token int) string {
	if token < 0 {
		return ""
	}
	for _, a := range args {
		if a.Token == token {
			return a.Slot
		}
	}
	for _, a := range args {
		if a.Slot != "comp" && q.s.Above(a.Token, token) {
			return a.Slot + "+"
		}
	}
	return ""
}
