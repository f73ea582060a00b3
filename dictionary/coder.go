package dictionary

import (
	"slices"

	"dragoman"
	"dragoman/pattern"
)

// Party is one side of a coding.
type Party struct {
	Code string // the actor's code with those of its agents, "---" before these where the actor is unknown
	Head int    // the token that heads its phrase
	dragoman.Span
}

// Coding is what a sentence tells in the codes of a dictionary.
type Coding struct {
	Source, Target Party
	Code           string // of the event
	Verb           int    // the token of the verb
	Evidence       dragoman.Span
	Where          string // "verbs.txt:12", the line that decided: of the verb or of a pattern
}

// Options are those of PETRARCH's configuration that say what is coded.
type Options struct {
	// Nobody keeps codings of which a side is in no dictionary, with the code
	// "---" for it (require_dyad = False).
	Nobody bool
	// Unknown names whoever is in no dictionary by the words of the phrase, in
	// quotation marks, where these are not more (new_actor_length).
	Unknown int
}

// Coder codes documents by a dictionary. It may be used by many at once.
type Coder struct {
	d *Dictionary
	g *pattern.Grammar
	Options
}

// NewCoder returns a coder; g is the grammar of the language of the documents.
func NewCoder(d *Dictionary, g *pattern.Grammar) *Coder { return &Coder{d: d, g: g} }

// Code returns what the sentences of a document tell, in order. It reads the
// layers of syntax and the day of publication, by which dated codes hold.
//
// A sentence is coded as PETRARCH does it, on arcs instead of a tree of
// phrases. For every verb that a dictionary has, from left to right:
//
//  1. its patterns are tried, the narrowest first, on the words before it (up to
//     a comma) and those of its verb phrase behind it; the first that fits gives
//     the code, else the verb's own;
//  2. without a code the search goes on within the verb phrase, with one it goes
//     on behind it, so that what is said, wanted or tried is not coded besides;
//  3. the source is the subject (see pattern.Grammar.Arguments), in the passive
//     whoever does it; the target the first phrase of the verb phrase with
//     another code, in the passive the subject; a pattern may say otherwise;
//  4. every source does it to every target, and with a paired code also the
//     other way round.
func (c *Coder) Code(doc *dragoman.Document) []Coding {
	left := c.Discarded(doc)
	tree := pattern.NewTree(doc)
	s := &sentence{Coder: c, t: tree, doc: doc, has: make([]int32, len(c.d.words.byWord)+1)}
	var all []Coding
	for i, sent := range doc.Sentences {
		if left != nil && left[i] {
			continue
		}
		s.begin(sent, int32(i+1))
		all = append(all, s.code()...)
	}
	return all
}

// Discarded says of every sentence whether a discard leaves it uncoded, as one of a
// story does with all of them; nil where none is.
func (c *Coder) Discarded(doc *dragoman.Document) []bool {
	if len(c.d.stories) == 0 {
		return nil
	}
	var left []bool
	var w []word
	var ids []int32
	for i, sent := range doc.Sentences {
		w, ids = c.d.read(doc, sent.First, sent.End, w[:0], ids[:0])
		for at := range ids {
			n, _, ok := c.d.discards.at(ids, at)
			if !ok {
				continue
			}
			if left == nil {
				left = make([]bool, len(doc.Sentences))
			}
			if left[i] = true; c.d.stories[n.meaning] {
				return slices.Repeat([]bool{true}, len(left))
			}
		}
	}
	return left
}

// word is a word of a text as dictionaries write it, and the token it is of.
type word struct {
	id    int32 // 0: no dictionary has it
	token int32
}

// read appends the words of tokens first..end-1.
func (d *Dictionary) read(doc *dragoman.Document, first, end int, words []word, ids []int32) ([]word, []int32) {
	for i := first; i < end; i++ {
		split(doc.Form(i), func(part string) {
			id := d.words.byWord[part]
			words, ids = append(words, word{id, int32(i)}), append(ids, id)
		})
	}
	return words, ids
}
