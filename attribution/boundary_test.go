package attribution

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"dragoman"
	"dragoman/learn"
	"dragoman/sketch"
)

func told(place, party, did, what, went string) *dragoman.Document {
	return sketch.Document(fmt.Sprintf("%s/NNP/2/nsubj said|say/VBD/0/root the/DT/4/det %s/NNS/5/nsubj %s/VBD/2/ccomp as/IN/8/mark %s/NN/8/nsubj %s_/VBD/5/advcl ././2/punct",
		place, party, did, what, went))
}

func TestContentEndsWhereLearnt(t *testing.T) {
	f := load(t)
	f.edges = [2]*learn.Model{}
	fresh := told("Paris", "rebels", "retreated", "snow", "melted")
	content := func(f *Finder) string {
		t.Helper()
		all := f.Find(fresh)
		if len(all) != 1 {
			t.Fatalf("%d attributions", len(all))
		}
		return fresh.TextOf(all[0].Content)
	}
	if got := content(f); got != "the rebels retreated as snow melted" {
		t.Fatalf("by rule %q", got)
	}
	var lessons []Lesson
	for _, place := range []string{"Oslo", "Rome", "Kabul", "Accra"} {
		for _, party := range []string{"soldiers", "police", "guards"} {
			doc := told(place, party, "attacked", "rain", "fell")
			cue, start, end := strings.Index(doc.Text, "said"), strings.Index(doc.Text, "the"), strings.Index(doc.Text, " as ")
			lessons = append(lessons, Lesson{doc, []Known{{[]dragoman.Span{{Start: cue, End: cue + 4}}, []dragoman.Span{{Start: start, End: end}}}}})
		}
	}
	weights := f.Train(lessons)
	if !bytes.Equal(weights, f.Train(lessons)) {
		t.Error("training twice gives other bytes")
	}
	if err := f.loadBoundaries(fstest.MapFS{Weights: {Data: weights}}); err != nil {
		t.Fatal(err)
	}
	if got := content(f); got != "the rebels retreated" {
		t.Errorf("as learnt %q", got)
	}
}

func TestContentStaysWithinItsSide(t *testing.T) {
	f := load(t)
	tried := 0
	for _, e := range examples(t) {
		r := f.read(&e.doc)
		for i := range r.all {
			a := &r.all[i]
			for s := range sideNames {
				from, to := r.candidates(a, side(s))
				for c := from; c < to; c++ {
					tried++
					moved := a.content
					*moved.edge(side(s)) = c
					if moved.empty() || !a.cue.empty() && moved.has(a.cue.first) != a.content.has(a.cue.first) || !a.source.empty() && moved.has(a.source.first) {
						t.Errorf("%s: %q could be %q", e.doc.Text, e.doc.TextOf(r.bytes(a.content)), e.doc.TextOf(r.bytes(moved)))
					}
				}
			}
		}
	}
	if tried < 100 {
		t.Errorf("%d edges were candidates", tried)
	}
}

func TestWeightsOfOtherClasses(t *testing.T) {
	m := learn.NewTrainer([]string{"a", "b", "c"}).Freeze(learn.Prune{})
	for name, data := range map[string][]byte{
		"no weights": []byte("x"),
		"train":      learn.Pack(learn.Section{Name: "begin", Body: m.Bytes()}, learn.Section{Name: "end", Body: m.Bytes()}),
		"lack":       learn.Pack(),
	} {
		if err := new(Finder).loadBoundaries(fstest.MapFS{Weights: {Data: data}}); err == nil || !strings.Contains(err.Error(), Weights) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestContentEndsBeforeWhatCameLater(t *testing.T) {
	f := load(t)
	doc := sketch.Document("Chad/NNP/2/nsubj said|say/VBD/0/root that/IN/7/mark it/PRP/7/nsubj had|have/VBD/7/aux quietly/RB/7/advmod expelled|expel/VBN/2/ccomp the/DT/9/det envoy_/NN/7/obj ,/,/7/punct " +
		"two/CD/12/nummod days|day/NNS/15/obl:npmod after/IN/15/case the/DT/15/det attack_/NN/7/obl ././2/punct")
	all := f.Find(doc)
	if len(all) != 1 || doc.TextOf(all[0].Content) != "that it had quietly expelled the envoy" {
		t.Errorf("%v", doc.TextOf(all[0].Content))
	}
}
