package score

import (
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"dragoman"
	"dragoman/attribution"
	"dragoman/syntax"
)

// PolNeARArticle is a text of PolNeAR with the attributions of its first
// annotator. Offsets are bytes.
type PolNeARArticle struct {
	dragoman.Article
	Attributions []GoldAttribution
}

// GoldAttribution is an attribution of a gold file. A role that is broken into
// pieces has more spans than one.
type GoldAttribution struct {
	Source, Cue, Content []dragoman.Span
}

// Lesson reads the article for training.
func (a PolNeARArticle) Lesson(p *syntax.Parser) attribution.Lesson {
	doc := &dragoman.Document{Article: a.Article}
	doc.Sentences, doc.Tokens, doc.Tags, doc.Arcs = p.Read(a.Text)
	l := attribution.Lesson{Doc: doc}
	for _, g := range a.Attributions {
		l.Gold = append(l.Gold, attribution.Known{Cue: g.Cue, Content: g.Content})
	}
	return l
}

// Counts are what a gold file and a reading have, and what they share.
type Counts struct {
	Gold, Found int
	Right       int // found spans that are right
	GoldRight   int // gold spans that are found
}

// Precision is the share of what was found that is right, in per cent.
func (c Counts) Precision() float64 { return 100 * float64(c.Right) / float64(max(c.Found, 1)) }

// Recall is the share of gold that was found, in per cent.
func (c Counts) Recall() float64 { return 100 * float64(c.GoldRight) / float64(max(c.Gold, 1)) }

// F1 is the harmonic mean of precision and recall.
func (c Counts) F1() float64 {
	p, r := c.Precision(), c.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// writeRow writes the counts as a line of a table with P, R, F1, gold and found.
func (c Counts) writeRow(b *strings.Builder, name string) {
	fmt.Fprintf(b, "%-20s%8.1f%8.1f%8.1f%8d%8d\n", name, c.Precision(), c.Recall(), c.F1(), c.Gold, c.Found)
}

// String gives precision, recall and F1.
func (c Counts) String() string {
	return fmt.Sprintf("P %.1f R %.1f F1 %.1f (gold %d, found %d)", c.Precision(), c.Recall(), c.F1(), c.Gold, c.Found)
}

// AttributionScore says how well attributions are found.
//
// Exact counts unbroken spans, each once however many attributions share it,
// as a sequence tagger is measured; white space and commas at their edges do
// not count. Overlap takes a span for right when it shares a character with
// one of the same role. Whole takes an attribution for right when its cue and
// its content (of one without a cue, its content) overlap those of the same
// gold attribution.
//
// A content in the midst of which its cue stands is compared in two pieces, as
// gold has it. PolNeAR gives a token one role at most, and so does not tell what is said
// within what is said; attributions that have a Parent are left out.
type AttributionScore struct {
	Articles                                  int
	SourceExact, CueExact, ContentExact       Counts
	SourceOverlap, CueOverlap, ContentOverlap Counts
	Whole                                     Counts
}

// String gives the score as a table.
func (s AttributionScore) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d articles%17s%8s%8s%8s%8s\n", s.Articles, "P", "R", "F1", "gold", "found")
	for _, row := range []struct {
		name string
		c    Counts
	}{{"source exact", s.SourceExact}, {"cue exact", s.CueExact}, {"content exact", s.ContentExact},
		{"source overlap", s.SourceOverlap}, {"cue overlap", s.CueOverlap}, {"content overlap", s.ContentOverlap},
		{"whole", s.Whole}} {
		row.c.writeRow(&b, row.name)
	}
	return b.String()
}

// Attributions reads the articles of a PolNeAR archive (.tar.gz) and compares the
// attributions.
func Attributions(read dragoman.Reader, file string) (AttributionScore, error) {
	articles, err := ReadPolNeAR(file)
	if err != nil {
		return AttributionScore{}, err
	}
	var s AttributionScore
	for i := range articles {
		doc := read.Read(articles[i].Article)
		s.Add(articles[i], &doc)
	}
	return s, nil
}

// Add compares one article.
func (s *AttributionScore) Add(gold PolNeARArticle, doc *dragoman.Document) {
	s.Articles++
	text := gold.Text
	var g, f [3][]dragoman.Span
	for _, a := range gold.Attributions {
		g[0], g[1], g[2] = append(g[0], a.Source...), append(g[1], a.Cue...), append(g[2], a.Content...)
	}
	found := make([]GoldAttribution, len(doc.Attributions))
	for i, a := range doc.Attributions {
		one := func(s dragoman.Span) []dragoman.Span {
			if s.Empty() {
				return nil
			}
			return []dragoman.Span{s}
		}
		x := GoldAttribution{one(a.Source), one(a.Cue), around(a)}
		if a.Parent >= 0 {
			continue
		}
		if a.Continues >= 0 && a.CueHead < 0 {
			// what goes on belongs to the attribution that has the cue
			x.Source = nil
		}
		found[i] = x
		f[0], f[1], f[2] = append(f[0], x.Source...), append(f[1], x.Cue...), append(f[2], x.Content...)
	}
	for i, c := range []*Counts{&s.SourceExact, &s.CueExact, &s.ContentExact} {
		c.exact(edges(text, g[i]), edges(text, f[i]))
	}
	for i, c := range []*Counts{&s.SourceOverlap, &s.CueOverlap, &s.ContentOverlap} {
		c.overlap(edges(text, g[i]), edges(text, f[i]))
	}
	for i := range doc.Attributions {
		if to := doc.Attributions[i].Continues; to >= 0 && to < i && doc.Attributions[i].CueHead < 0 {
			found[to].Content = append(found[to].Content, found[i].Content...)
		}
	}
	var kept []GoldAttribution
	for i, a := range doc.Attributions {
		if a.Parent < 0 && (a.Continues < 0 || a.CueHead >= 0) {
			kept = append(kept, found[i])
		}
	}
	s.Whole.whole(gold.Attributions, kept)
}

// around returns the content of a in pieces: without the cue and its source
// where they stand in the midst of it.
func around(a dragoman.Attribution) []dragoman.Span {
	if a.Content.Empty() {
		return nil
	}
	if !a.Content.Contains(a.Cue) || a.Cue.Empty() {
		return []dragoman.Span{a.Content}
	}
	inner := a.Cue
	if !a.Source.Empty() && a.Content.Contains(a.Source) {
		inner.Start, inner.End = min(inner.Start, a.Source.Start), max(inner.End, a.Source.End)
	}
	return []dragoman.Span{{Start: a.Content.Start, End: inner.Start}, {Start: inner.End, End: a.Content.End}}
}

func (c *Counts) exact(gold, found []dragoman.Span) {
	c.Gold += len(gold)
	c.Found += len(found)
	set := map[dragoman.Span]bool{}
	for _, s := range gold {
		set[s] = true
	}
	for _, s := range found {
		if set[s] {
			c.Right++
			c.GoldRight++
		}
	}
}

func (c *Counts) overlap(gold, found []dragoman.Span) {
	c.Gold += len(gold)
	c.Found += len(found)
	c.Right += touching(found, gold)
	c.GoldRight += touching(gold, found)
}

// touching counts the spans of a that overlap one of b; both are sorted.
func touching(a, b []dragoman.Span) int {
	reach := make([]int, len(b)) // the furthest end of b[:i+1]
	for i, s := range b {
		reach[i] = s.End
		if i > 0 {
			reach[i] = max(reach[i], reach[i-1])
		}
	}
	n := 0
	for _, s := range a {
		k := sort.Search(len(b), func(i int) bool { return b[i].Start >= s.End })
		if k > 0 && reach[k-1] > s.Start {
			n++
		}
	}
	return n
}

func (c *Counts) whole(gold, found []GoldAttribution) {
	c.Gold += len(gold)
	c.Found += len(found)
	taken := make([]bool, len(gold))
	for _, f := range found {
		for i, g := range gold {
			if taken[i] || !meet(f.Content, g.Content) || !meet(f.Cue, g.Cue) && len(f.Cue)+len(g.Cue) > 0 {
				continue
			}
			taken[i] = true
			c.Right++
			c.GoldRight++
			break
		}
	}
}

func meet(a, b []dragoman.Span) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Overlaps(y) {
				return true
			}
		}
	}
	return false
}

// edges returns spans in order, each once, without space and commas at their edges.
func edges(text string, spans []dragoman.Span) []dragoman.Span {
	var all []dragoman.Span
	seen := map[dragoman.Span]bool{}
	for _, s := range spans {
		for s.Start < s.End && strings.IndexByte(" \n\t\r,", text[s.Start]) >= 0 {
			s.Start++
		}
		for s.Start < s.End && strings.IndexByte(" \n\t\r,", text[s.End-1]) >= 0 {
			s.End--
		}
		if !s.Empty() && !seen[s] {
			seen[s] = true
			all = append(all, s)
		}
	}
	sort.Slice(all, func(i, j int) bool {
		return all[i].Start < all[j].Start || all[i].Start == all[j].Start && all[i].End < all[j].End
	})
	return all
}

// ReadPolNeAR reads an archive of PolNeAR: text/*.txt and attributions/*.ann.
func ReadPolNeAR(file string) ([]PolNeARArticle, error) {
	texts, notes := map[string]string{}, map[string]string{}
	err := eachIn(file, func(name string, r io.Reader) error {
		b, err := io.ReadAll(r)
		if id, ok := strings.CutSuffix(name, ".txt"); ok {
			texts[id] = string(b)
		} else {
			notes[strings.TrimSuffix(name, ".ann")] = string(b)
		}
		return err
	}, ".txt", ".ann")
	if err != nil {
		return nil, err
	}
	return polnear(texts, notes)
}

// polnear puts texts and the notes of their first annotators together, in
// order of their names.
func polnear(texts, notes map[string]string) ([]PolNeARArticle, error) {
	names := make([]string, 0, len(notes))
	for name := range notes {
		names = append(names, name)
	}
	sort.Strings(names)
	var all []PolNeARArticle
	for _, name := range names {
		cut := strings.LastIndexByte(name, '_')
		if cut < 0 {
			continue
		}
		id := name[:cut]
		text, ok := texts[id]
		if !ok || !utf8.ValidString(text) || len(all) > 0 && all[len(all)-1].ID == id {
			continue
		}
		gold, err := standoff(text, notes[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		title, _, _ := strings.Cut(text, "\n")
		all = append(all, PolNeARArticle{dragoman.Article{ID: id, Title: title, Text: text, Language: "en"}, gold})
	}
	return all, nil
}

// standoff reads the records of an .ann file. A surface text may hold ends of
// lines, so that lines that do not begin a record are passed over.
func standoff(text, notes string) ([]GoldAttribution, error) {
	bytes := make([]int, 0, len(text)+1) // the byte of each code point
	for i := range text {
		bytes = append(bytes, i)
	}
	bytes = append(bytes, len(text))
	spans := map[string][]dragoman.Span{}
	var events [][]string
	for _, line := range strings.Split(notes, "\n") {
		id, rest, ok := strings.Cut(line, "\t")
		if !ok || len(id) < 2 || strings.Trim(id[1:], "0123456789") != "" {
			continue
		}
		switch id[0] {
		case 'E':
			events = append(events, strings.Fields(rest))
		case 'T':
			place, _, _ := strings.Cut(rest, "\t")
			_, place, _ = strings.Cut(place, " ")
			for _, piece := range strings.Split(place, ";") {
				from, to, _ := strings.Cut(piece, " ")
				a, err1 := strconv.Atoi(from)
				b, err2 := strconv.Atoi(to)
				if err1 != nil || err2 != nil || a < 0 || b < a || b >= len(bytes) {
					return nil, fmt.Errorf("the span %q of %s is not in the text", piece, id)
				}
				spans[id] = append(spans[id], dragoman.Span{Start: bytes[a], End: bytes[b]})
			}
		}
	}
	var all []GoldAttribution
	for _, e := range events {
		var g GoldAttribution
		for _, arg := range e {
			role, id, _ := strings.Cut(arg, ":")
			switch strings.TrimRight(role, "0123456789") {
			case "Source":
				g.Source = append(g.Source, spans[id]...)
			case "Cue":
				g.Cue = append(g.Cue, spans[id]...)
			case "Content":
				g.Content = append(g.Content, spans[id]...)
			}
		}
		if len(g.Cue)+len(g.Content)+len(g.Source) > 0 {
			all = append(all, g)
		}
	}
	return all, nil
}
