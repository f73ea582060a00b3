package score_test

import (
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/score"
	"dragoman/syntax"
)

// A reading scored against itself is perfect; what is changed is counted once.
func TestSyntax(t *testing.T) {
	p, err := syntax.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	gold := &dragoman.Document{Article: dragoman.Article{Text: "The envoy left on Friday. Nobody saw her."}}
	gold.Sentences, gold.Tokens, gold.Tags, gold.Arcs = p.Read(gold.Text)
	docs := []*dragoman.Document{gold}
	for _, tokenised := range []bool{false, true} {
		if s := score.Syntax(p, docs, tokenised); s.LASFull.F1() != 100 || s.Sentences.F1() != 100 || s.Lemmas.F1() != 100 {
			t.Errorf("tokenised %v: %s", tokenised, s)
		}
	}
	gold.Arcs[1].Rel = "nsubj:outer"
	gold.Tags[2].POS = dragoman.X
	s := score.Syntax(p, docs, false)
	n := len(gold.Tokens)
	if s.LASFull.Right != n-1 || s.LAS.Right != n || s.UAS.Right != n || s.UPOS.Right != n-1 || s.Words.Wanted != n {
		t.Errorf("of %d: %+v", n, s)
	}
}

func TestSegmentation(t *testing.T) {
	p, err := syntax.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	cases := `{"name": "two", "text": "They won. We lost.", "expect": ["They won.", "We lost."]}
{"name": "cleaned", "text": "They  won\n.", "expect": ["Something else."]}
{"name": "never right", "text": "They won. We lost.", "expect": ["They won. We lost."]}`
	var wrong []string
	f, err := score.Segmentation(p, strings.NewReader(cases), func(name string, _, _ []string) { wrong = append(wrong, name) })
	if err != nil || f.Right != 1 || f.Wanted != 2 || len(wrong) != 1 || wrong[0] != "never right" {
		t.Errorf("%+v %v %v", f, wrong, err)
	}
}
