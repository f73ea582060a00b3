package pattern

import (
	"io/fs"
	"slices"
	"strings"

	"dragoman"
	"dragoman/learn"
)

// StatusWeights is the file of the model of what the wording around a predicate
// suggests: whether it was done. It was learnt from predicates that people judged
// (Universal Decompositional Semantics: White et al. 2020).
const StatusWeights = "weights/en/status.bin"

// decisive is how far the wording must speak against the words that decide.
const decisive = 4

// levels is how many predicates above the one in question are looked at.
const levels = 3

func (f *Factuality) loadWording(fsys fs.FS) error {
	models, err := learn.Load(fsys, StatusWeights, 2, "status")
	if len(models) > 0 {
		f.model = models[0]
	}
	return err
}

// wording returns how far the words around predicate p suggest that it was done,
// below 0 that it was not; status and why are what byWords says.
func (f *Factuality) wording(s *Scene, p int, status dragoman.Status, why string) float32 {
	var scores [2]int32
	f.model.Score(f.around(s, p, status, why), scores[:])
	return float32(scores[1]-scores[0]) * f.model.Scale
}

// around returns the features of predicate p: itself and the predicates above it,
// each with its auxiliaries, negations and subject, and what the rules say.
func (f *Factuality) around(s *Scene, p int, status dragoman.Status, why string) []uint64 {
	var feats []uint64
	add := func(template, level int, values ...string) {
		h := learn.Mix(learn.Seed(template), uint64(level))
		for _, v := range values {
			h = learn.Mix(h, learn.Hash(v))
		}
		feats = append(feats, h)
	}
	tag := s.Doc.Tags[p]
	rule := string(status)
	add(1, 0)
	add(2, 0, rule)
	add(3, 0, why)
	add(4, 0, rule, why)
	add(5, 0, tag.Lemma)
	add(6, 0, tag.XPOS)
	add(7, 0, s.Rel(p))
	add(8, 0, s.Rel(p), tag.XPOS)
	add(9, 0, s.Rel(p), rule)
	add(10, 0, tag.XPOS, rule)
	for v, level := p, 0; level < levels; level++ {
		x := s.Doc.Tags[v].XPOS
		for _, k := range s.Kids(v) {
			k := int(k)
			word := strings.ToLower(s.Doc.Form(k))
			switch {
			case s.Is(k, "aux", "cop", "mark", "advmod", "det", "case", "expl", "cc"):
				add(11, level, s.Rel(k), word)
				add(12, level, s.Rel(k), word, x)
			case s.Is(k, "nsubj", "nsubj:pass", "csubj"):
				add(13, level, s.Doc.Tags[k].Lemma)
				add(14, level, s.Doc.Tags[k].XPOS)
			default:
				add(15, level, s.Rel(k))
			}
		}
		h := s.Head(v)
		if h < 0 {
			add(16, level, x)
			break
		}
		add(17, level, s.Doc.Tags[h].Lemma)
		add(18, level, s.Doc.Tags[h].Lemma, s.Rel(v))
		add(19, level, s.Doc.Tags[h].XPOS, s.Rel(v), x)
		v = h
	}
	sentence := s.Doc.Sentences[s.Sentence(p)]
	add(20, 0, s.Doc.Form(sentence.End-1))
	add(21, 0, strings.ToLower(s.Doc.Form(sentence.First)))
	slices.Sort(feats)
	return slices.Compact(feats)
}

// Judged is a predicate of which people said whether it was done.
type Judged struct {
	Doc   *dragoman.Document
	Token int
	Done  bool
}

// How the wording is learnt.
const (
	wordingRounds = 4
	wordingMargin = 4
	leastUpdates  = 3 // of a feature that is kept
)

// TrainStatus returns the weights of what the wording suggests; the same predicates
// in the same order give the same bytes.
func (f *Factuality) TrainStatus(g *Grammar, judged []Judged) []byte {
	feats := make([][]uint64, len(judged))
	var s *Scene
	done := 0
	for i, j := range judged {
		if s == nil || s.Doc != j.Doc {
			s = NewScene(g, j.Doc)
		}
		status, why := f.byWords(s, j.Token)
		feats[i] = f.around(s, j.Token, status, why)
		if j.Done {
			done++
		}
	}
	t := learn.NewTrainer([]string{"not", "done"})
	var scores [2]float32
	for round := range wordingRounds {
		for i := range judged {
			// A fixed walk through the predicates that differs from round to round.
			j := (i*7919 + round*104729) % len(judged)
			gold := 0
			if judged[j].Done {
				gold = 1
			}
			t.Tick()
			t.Score(feats[j], scores[:])
			if scores[gold] < scores[1-gold]+wordingMargin {
				t.Update(feats[j], gold, 1-gold)
			}
		}
	}
	return learn.Pack(learn.Section{Name: "status", Body: t.Freeze(learn.Prune{MinUpdates: leastUpdates}).Bytes()})
}
