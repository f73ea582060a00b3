package score

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"dragoman"
	"dragoman/syntax"
)

// F is right, found and wanted counts and what follows from them.
type F struct{ Right, Found, Wanted int }

// F1 is the harmonic mean of precision and recall, in per cent.
func (f F) F1() float64 {
	if f.Found+f.Wanted == 0 {
		return 0
	}
	return 200 * float64(f.Right) / float64(f.Found+f.Wanted)
}

// SyntaxScore is how well a parser's layers agree with gold ones, as the CoNLL
// 2018 shared task reckons it: words are the same where they are the same
// characters; an arc is right where word, head and relation are. LAS leaves
// subtypes of relations ("nsubj:pass") out, LASFull does not.
type SyntaxScore struct {
	Words, Sentences, UPOS, XPOS, Feats, Lemmas, UAS, LAS, LASFull F
}

// Syntax reads the text of gold documents and compares. Where tokenised, it
// parses the gold words and sentences instead of finding its own.
func Syntax(p *syntax.Parser, gold []*dragoman.Document, tokenised bool) SyntaxScore {
	var s SyntaxScore
	for _, g := range gold {
		got := dragoman.Document{Article: g.Article}
		if tokenised {
			got.Sentences = g.Sentences
			got.Tokens = append([]dragoman.Token(nil), g.Tokens...)
			got.Tags, got.Arcs = p.Parse(g.Text, got.Sentences, got.Tokens)
		} else {
			got.Sentences, got.Tokens, got.Tags, got.Arcs = p.Read(g.Text)
		}
		s.compare(g, &got)
	}
	return s
}

func (s *SyntaxScore) compare(g, d *dragoman.Document) {
	for _, f := range []*F{&s.Words, &s.UPOS, &s.XPOS, &s.Feats, &s.Lemmas, &s.UAS, &s.LAS, &s.LASFull} {
		f.Wanted += len(g.Tokens)
		f.Found += len(d.Tokens)
	}
	s.Sentences.Wanted += len(g.Sentences)
	s.Sentences.Found += len(d.Sentences)
	sentence := map[dragoman.Span]bool{}
	for _, x := range g.Sentences {
		sentence[x.Span] = true
	}
	for _, x := range d.Sentences {
		if sentence[x.Span] {
			s.Sentences.Right++
		}
	}
	at := map[dragoman.Span]int{}
	for i, t := range g.Tokens {
		at[t.Span] = i
	}
	where := func(doc *dragoman.Document, i int) dragoman.Span {
		if i < 0 {
			return dragoman.Span{Start: -1}
		}
		return doc.Tokens[i].Span
	}
	for i, t := range d.Tokens {
		j, ok := at[t.Span]
		if !ok {
			continue
		}
		s.Words.Right++
		a, b := g.Tags[j], d.Tags[i]
		count(&s.UPOS, a.POS == b.POS)
		count(&s.XPOS, a.XPOS == b.XPOS)
		count(&s.Feats, a.Feats == b.Feats)
		count(&s.Lemmas, a.Lemma == b.Lemma || a.Lemma == "")
		head := where(g, g.Arcs[j].Head) == where(d, d.Arcs[i].Head)
		count(&s.UAS, head)
		count(&s.LAS, head && universal(g.Arcs[j].Rel) == universal(d.Arcs[i].Rel))
		count(&s.LASFull, head && g.Arcs[j].Rel == d.Arcs[i].Rel)
	}
}

func count(f *F, right bool) {
	if right {
		f.Right++
	}
}

func universal(rel string) string {
	base, _, _ := strings.Cut(rel, ":")
	return base
}

// String is one line of figures.
func (s SyntaxScore) String() string {
	return fmt.Sprintf("words %.2f  sentences %.2f  UPOS %.2f  XPOS %.2f  feats %.2f  lemmas %.2f  UAS %.2f  LAS %.2f  LAS with subtypes %.2f",
		s.Words.F1(), s.Sentences.F1(), s.UPOS.F1(), s.XPOS.F1(), s.Feats.F1(), s.Lemmas.F1(), s.UAS.F1(), s.LAS.F1(), s.LASFull.F1())
}

// Segmentation is the share of cases (JSON Lines with text and expect, the
// sentences wanted) whose sentences are all found. Cases with options that
// change the text are left out. Every wrong case is told to wrong, which may
// be nil.
func Segmentation(p *syntax.Parser, r io.Reader, wrong func(name string, want, got []string)) (F, error) {
	var f F
	in := json.NewDecoder(r)
	for n := 1; ; n++ {
		var c struct {
			Name, Text, Options string
			Expect              []string
		}
		if err := in.Decode(&c); err == io.EOF {
			return f, nil
		} else if err != nil {
			return f, fmt.Errorf("case %d: %w", n, err)
		}
		if squeeze(c.Text) != squeeze(strings.Join(c.Expect, "")) {
			continue
		}
		sentences, _ := p.Segment(c.Text)
		var got []string
		for _, s := range sentences {
			got = append(got, s.Span.In(c.Text))
		}
		same := len(got) == len(c.Expect)
		for i := range got {
			same = same && squeeze(got[i]) == squeeze(c.Expect[i])
		}
		f.Wanted++
		f.Found++
		count(&f, same)
		if !same && wrong != nil {
			wrong(c.Name, c.Expect, got)
		}
	}
}

// squeeze takes white space out.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
