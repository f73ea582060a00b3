package score

import (
	"testing"

	"dragoman"
)

func TestStandoff(t *testing.T) {
	text := "“No,” said Ömer, who left.\n“Never.”"
	notes := map[string]string{"a_1": "T1\tContent 0 5;27 35\t“No,”\n“Never.”\nT2\tCue 6 10\tsaid\n" +
		"T3\tSource 11 26\tÖmer, who left.\nT4\tAttribution 6 10\tsaid\nE1\tAttribution:T4 Content:T1 Cue:T2 Source:T3\n" +
		"E2\tAttribution-no-source:T4\n",
		"a_2": "T1\tCue 0 1\t“\nE1\tCue:T1\n"}
	all, err := polnear(map[string]string{"a": text}, notes)
	if err != nil || len(all) != 1 || len(all[0].Attributions) != 1 {
		t.Fatalf("%v %+v", err, all)
	}
	g := all[0].Attributions[0]
	if s := g.Content[0].In(text) + "|" + g.Content[1].In(text) + "|" + g.Cue[0].In(text) + "|" + g.Source[0].In(text); s != "“No,”|“Never.”|said|Ömer, who left." {
		t.Error(s)
	}
	if _, err := standoff("ab", "T1\tCue 1 9\tb\n"); err == nil {
		t.Error("a span out of the text is no fault")
	}
}

func TestAttributionScore(t *testing.T) {
	text := "He said it rains. She said it snows. They left."
	span := func(a, b int) dragoman.Span { return dragoman.Span{Start: a, End: b} }
	one := func(a, b int) []dragoman.Span { return []dragoman.Span{span(a, b)} }
	gold := PolNeARArticle{dragoman.Article{Text: text}, []GoldAttribution{
		{one(0, 2), one(3, 7), one(8, 16)}, {one(18, 21), one(22, 26), one(27, 35)}}}
	doc := dragoman.Document{Article: gold.Article, Attributions: []dragoman.Attribution{
		{Source: span(0, 2), Cue: span(3, 7), Content: span(8, 16), Parent: -1, Continues: -1},
		{Source: span(18, 21), Cue: span(22, 26), Content: span(30, 35), Parent: -1, Continues: -1},
		{Source: span(37, 41), Cue: span(42, 43), Content: span(43, 46), Parent: -1, Continues: -1},
		{Source: span(0, 2), Cue: span(11, 16), Content: span(8, 9), Parent: 0, Continues: -1},
	}}
	var s AttributionScore
	s.Add(gold, &doc)
	for _, c := range []struct {
		name        string
		got         Counts
		found, good int
	}{{"source", s.SourceExact, 3, 2}, {"content", s.ContentExact, 3, 1}, {"content overlap", s.ContentOverlap, 3, 2}, {"whole", s.Whole, 3, 2}} {
		if c.got != (Counts{Gold: 2, Found: c.found, Right: c.good, GoldRight: c.good}) {
			t.Errorf("%s: %+v", c.name, c.got)
		}
	}
	if f := s.SourceExact.F1(); f < 79.9 || f > 80.1 {
		t.Errorf("F1 %v", f)
	}
}
