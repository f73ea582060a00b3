package score

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/event"
	"dragoman/pattern"
)

// StatusScore says how well it is told what happened from what did not, on
// predicates that people judged (Universal Decompositional Semantics: White et al.
// 2020; MEANTIME: Minard et al. 2016).
type StatusScore struct {
	Happened, Not                  Share // of the predicates that did, and did not, how many are told so
	Planned, Hypothetical, Negated Share // where the file tells these apart: how many are told just so
	Missed                         int   // predicates whose word was not found in the text
}

// Balanced is the mean of the two shares, in per cent.
func (s StatusScore) Balanced() float64 {
	part := func(s Share) float64 { return float64(s.Right) / float64(max(s.Of, 1)) }
	return 50 * (part(s.Happened) + part(s.Not))
}

// String is one line of figures.
func (s StatusScore) String() string {
	line := fmt.Sprintf("balanced accuracy %.1f  happened %v of %d  not %v of %d (%d not found)", s.Balanced(), s.Happened, s.Happened.Of, s.Not, s.Not.Of, s.Missed)
	if s.Planned.Of+s.Hypothetical.Of+s.Negated.Of > 0 {
		line += fmt.Sprintf("\nof these, told just so: planned %v of %d  hypothetical %v of %d  negated %v of %d",
			s.Planned, s.Planned.Of, s.Hypothetical, s.Hypothetical.Of, s.Negated, s.Negated.Of)
	}
	return line
}

// MeantimeStatus reads the articles of an archive of MEANTIME and compares the status
// at the predicates whose factuality it tells.
func MeantimeStatus(read dragoman.Reader, coder *event.Coder, file string) (StatusScore, error) {
	var s StatusScore
	b, err := readPacked(file)
	if err != nil {
		return s, err
	}
	texts, err := readMeantime(bytes.NewReader(b))
	if err != nil {
		return s, fmt.Errorf("%s: %w", file, err)
	}
	for _, t := range texts {
		doc := read.Read(t.Article)
		status := coder.Status(&doc)
		for _, p := range t.predicates {
			i := slices.IndexFunc(doc.Tokens, func(t dragoman.Token) bool { return t.Span == p.Span })
			if i < 0 {
				s.Missed++
				continue
			}
			s.compare(status(i), p.status)
		}
	}
	return s, nil
}

// compare counts a predicate that is told with one status and has another.
func (s *StatusScore) compare(told, gold dragoman.Status) {
	switch gold {
	case dragoman.Happened:
		s.Happened.count(pattern.Did(told))
		return
	case dragoman.Planned:
		s.Planned.count(told == gold)
	case dragoman.Hypothetical:
		s.Hypothetical.count(told == gold)
	case dragoman.Negated:
		s.Negated.count(told == gold || told == dragoman.Denied)
	}
	s.Not.count(!pattern.Did(told))
}

// Status reads the articles of a treebank (EWT) as raw text and compares the status
// at the predicates that the file judges; ids tells which sentence a graph is of.
// Happened and ongoing are told as having happened.
func Status(read dragoman.Reader, coder *event.Coder, gold []*dragoman.Document, file, ids string) (StatusScore, error) {
	var s StatusScore
	judged, missed, err := JudgedPredicates(read, gold, file, ids)
	if err != nil {
		return s, err
	}
	s.Missed = missed
	var doc *dragoman.Document
	var status func(int) dragoman.Status
	for _, j := range judged {
		if j.Doc != doc {
			doc, status = j.Doc, coder.Status(j.Doc)
		}
		if did := pattern.Did(status(j.Token)); j.Done {
			s.Happened.count(did)
		} else {
			s.Not.count(!did)
		}
	}
	return s, nil
}

// JudgedPredicates reads the articles of a treebank as raw text and returns the
// predicates in them that the file judges, in the order of the treebank, and how
// many were not found.
func JudgedPredicates(read dragoman.Reader, gold []*dragoman.Document, file, ids string) (judged []pattern.Judged, missed int, err error) {
	wanted, err := readJudgements(file, ids)
	if err != nil {
		return nil, 0, err
	}
	for _, g := range gold {
		if len(wanted[g.ID]) == 0 {
			continue
		}
		doc := read.Read(dragoman.Article{ID: g.ID, Text: g.Text, Language: "en"})
		tokens := map[dragoman.Span]int{}
		for i, t := range doc.Tokens {
			tokens[t.Span] = i
		}
		for _, p := range wanted[g.ID] {
			if p.sentence >= len(g.Sentences) || g.Sentences[p.sentence].First+p.word >= g.Sentences[p.sentence].End {
				missed++
				continue
			}
			if token, ok := tokens[g.Tokens[g.Sentences[p.sentence].First+p.word].Span]; ok {
				judged = append(judged, pattern.Judged{Doc: &doc, Token: token, Done: p.done})
			} else {
				missed++
			}
		}
	}
	return judged, missed, nil
}

// judgement is of the predicate at a word of a sentence, both counted from 0.
type judgement struct {
	sentence, word int
	done           bool
}

// readJudgements returns the judgements by document, in order of the text.
func readJudgements(file, ids string) (map[string][]judgement, error) {
	var all struct {
		Data map[string]map[string]struct {
			Factuality struct{ Factual *struct{ Value float64 } }
		}
	}
	if err := unpack(file, &all); err != nil {
		return nil, err
	}
	var graphs map[string]struct {
		Document string `json:"document_id"`
		Sentence string `json:"sentence_id"`
	}
	if err := unpack(ids, &graphs); err != nil {
		return nil, err
	}
	wanted := map[string][]judgement{}
	for graph, nodes := range all.Data {
		at := graphs[graph]
		sentence, err := strconv.Atoi(at.Sentence[strings.LastIndexByte(at.Sentence, '-')+1:])
		if err != nil {
			return nil, fmt.Errorf("%s: %s is of sentence %q, which ends in no number", ids, graph, at.Sentence)
		}
		for node, x := range nodes {
			word, err := strconv.Atoi(node[strings.LastIndexByte(node, '-')+1:])
			if err != nil {
				return nil, fmt.Errorf("%s: %s ends in no number", file, node)
			}
			if f := x.Factuality.Factual; f != nil && f.Value != 0 {
				wanted[at.Document] = append(wanted[at.Document], judgement{sentence - 1, word - 1, f.Value > 0})
			}
		}
	}
	for _, of := range wanted {
		slices.SortFunc(of, func(a, b judgement) int {
			return cmp.Or(cmp.Compare(a.sentence, b.sentence), cmp.Compare(a.word, b.word))
		})
	}
	return wanted, nil
}

// unpack reads a file of JSON, gzip or not.
func unpack(file string, into any) error {
	b, err := readPacked(file)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
