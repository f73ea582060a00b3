package score

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/event"
)

// StatusScore says how well it is told what happened from what did not, on
// predicates that people judged (Universal Decompositional Semantics: White et al.
// 2020).
type StatusScore struct {
	Happened, Not Share // of the predicates that did, and did not, how many are told so
	Missed        int   // predicates whose word was not found in the text
}

// Balanced is the mean of the two shares, in per cent.
func (s StatusScore) Balanced() float64 {
	part := func(s Share) float64 { return float64(s.Right) / float64(max(s.Of, 1)) }
	return 50 * (part(s.Happened) + part(s.Not))
}

// String is one line of figures.
func (s StatusScore) String() string {
	return fmt.Sprintf("balanced accuracy %.1f  happened %v of %d  not %v of %d (%d not found)", s.Balanced(), s.Happened, s.Happened.Of, s.Not, s.Not.Of, s.Missed)
}

// Status reads the articles of a treebank (EWT) as raw text and compares the status
// at the predicates that the file judges; ids tells which sentence a graph is of.
// Happened and ongoing are told as having happened.
func Status(read dragoman.Reader, coder *event.Coder, gold []*dragoman.Document, file, ids string) (StatusScore, error) {
	var s StatusScore
	var judged struct {
		Data map[string]map[string]struct {
			Factuality struct{ Factual *struct{ Value float64 } }
		}
	}
	if err := unpack(file, &judged); err != nil {
		return s, err
	}
	var graphs map[string]struct {
		Document string `json:"document_id"`
		Sentence string `json:"sentence_id"`
	}
	if err := unpack(ids, &graphs); err != nil {
		return s, err
	}
	type predicate struct {
		sentence, word int
		happened       bool
	}
	wanted := map[string][]predicate{}
	for graph, nodes := range judged.Data {
		at := graphs[graph]
		sentence, err := strconv.Atoi(at.Sentence[strings.LastIndexByte(at.Sentence, '-')+1:])
		if err != nil {
			return s, fmt.Errorf("%s: %s is of sentence %q, which ends in no number", ids, graph, at.Sentence)
		}
		for node, x := range nodes {
			word, err := strconv.Atoi(node[strings.LastIndexByte(node, '-')+1:])
			if err != nil {
				return s, fmt.Errorf("%s: %s ends in no number", file, node)
			}
			if f := x.Factuality.Factual; f != nil && f.Value != 0 {
				wanted[at.Document] = append(wanted[at.Document], predicate{sentence - 1, word - 1, f.Value > 0})
			}
		}
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
		status := coder.Status(&doc)
		for _, p := range wanted[g.ID] {
			if p.sentence >= len(g.Sentences) || g.Sentences[p.sentence].First+p.word >= g.Sentences[p.sentence].End {
				s.Missed++
				continue
			}
			token, ok := tokens[g.Tokens[g.Sentences[p.sentence].First+p.word].Span]
			if !ok {
				s.Missed++
				continue
			}
			told := status(token)
			did := told == dragoman.Happened || told == dragoman.Ongoing
			if p.happened {
				s.Happened.count(did)
			} else {
				s.Not.count(!did)
			}
		}
	}
	return s, nil
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
