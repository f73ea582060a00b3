package attribution

import (
	"slices"
	"strings"

	"dragoman"
	"dragoman/pattern"
)

// span is a range of tokens, half-open.
type span struct{ first, end int }

func (s span) empty() bool       { return s.end <= s.first }
func (s span) has(i int) bool    { return s.first <= i && i < s.end }
func (s span) holds(t span) bool { return s.first <= t.first && t.end <= s.end }

// found is an attribution in the making.
type found struct {
	source    span
	head      int // of the source, -1
	cue       span
	cueHead   int
	content   span
	word      *cue // nil for a bare quotation and for ":"
	direct    bool // found by its quotation marks
	answer    bool // found by the mark of an answer
	continues int
	reports   int // what this one passes on so, whose words go on after the sentence, -1
	within    int // the attribution that passes this one on ("the agency quoted him as saying"), -1
}

// reader is one run over a document.
type reader struct {
	*Finder
	doc    *dragoman.Document
	tree   *pattern.Tree
	lower  []string
	para   []int // the paragraph of each token
	quotes []quotation
	quote  []int        // the quotation that holds each token, -1
	hits   map[int]*cue // verbs, nouns, adjectives, adverbs and prepositions that are cues
	ends   map[int]int  // end of the phrase of a hit
	used   map[int]bool // cue heads that have their content
	taken  []bool       // quotations that have their cue
	begins map[int]bool // where a sentence begins in the midst of what was taken for one
	all    []found
}

// Find returns the attributions of doc in order of the text. It never changes doc.
func (f *Finder) Find(doc *dragoman.Document) []dragoman.Attribution {
	r := f.read(doc)
	if r == nil {
		return nil
	}
	r.boundaries()
	r.unrepeat()
	r.answers()
	r.relay()
	r.goOn()
	return r.finish()
}

// read finds the attributions by rule; nil where there is nothing to read.
func (f *Finder) read(doc *dragoman.Document) *reader {
	n := len(doc.Tokens)
	if n == 0 || len(doc.Sentences) == 0 || len(doc.Tags) < n || len(doc.Arcs) < n {
		return nil
	}
	r := &reader{Finder: f, doc: doc, tree: pattern.NewTree(doc), hits: map[int]*cue{}, ends: map[int]int{}, used: map[int]bool{}}
	r.prepare()
	r.match()
	r.runOns()
	r.speech()
	r.clauses()
	r.headline()
	return r
}

// unrepeat drops an attribution without a source whose content another one that
// names its source has too: in "Chad said in a statement that …" noun and verb
// are one cue.
func (r *reader) unrepeat() {
	told := make(map[span]bool, len(r.all))
	for _, a := range r.all {
		if !a.source.empty() {
			told[a.content] = true
		}
	}
	r.all = slices.DeleteFunc(r.all, func(a found) bool {
		return a.source.empty() && a.word != nil && a.word.pos == dragoman.NOUN && !a.direct && a.continues < 0 && told[a.content]
	})
}

func (r *reader) prepare() {
	n := len(r.doc.Tokens)
	r.lower = make([]string, n)
	r.para = make([]int, n)
	r.quote = make([]int, n)
	paras := paragraphs(r.doc.Text)
	p := 0
	for i := range r.lower {
		r.lower[i] = strings.ReplaceAll(strings.ToLower(r.doc.Form(i)), "’", "'")
		for p+1 < len(paras) && paras[p].End <= r.doc.Tokens[i].Start {
			p++
		}
		r.para[i] = p
		r.quote[i] = -1
	}
	i := 0
	for _, q := range quotations(r.doc.Text, paras) {
		for i < n && r.doc.Tokens[i].End <= q.Start {
			i++
		}
		q.first = i
		for i < n && r.doc.Tokens[i].Start < q.End {
			i++
		}
		q.end = i
		if q.end <= q.first {
			continue
		}
		for k := q.first; k < q.end; k++ {
			r.quote[k] = len(r.quotes)
		}
		r.quotes = append(r.quotes, q)
	}
	r.taken = make([]bool, len(r.quotes))
}

// longestSentence is how many tokens a sentence may have for its cues to be
// read: what is longer is a list or a fault, and would cost more than its length.
const longestSentence = 500

// match looks up the cues.
func (r *reader) match() {
	for i := range r.lower {
		if s := r.doc.Sentences[r.tree.Sentence(i)]; s.End-s.First > longestSentence || i < s.First || i >= s.End {
			continue
		}
		lemma := strings.ToLower(r.doc.Tags[i].Lemma)
		if lemma == "" {
			lemma = r.lower[i]
		}
		if r.try(i, lemma) || r.lower[i] != lemma && r.try(i, r.lower[i]) {
			continue
		}
		if verb, ok := r.forms[r.lower[i]]; ok && verb != lemma {
			r.try(i, verb)
		}
	}
}

func (r *reader) try(i int, first string) bool {
	for _, c := range r.cues[first] {
		if !r.fits(i, c) {
			continue
		}
		end := i + 1
		ok := true
		for _, w := range c.rest {
			if end >= len(r.lower) || r.tree.Sentence(end) != r.tree.Sentence(i) || r.lower[end] != w {
				ok = false
				break
			}
			end++
		}
		if ok {
			r.hits[i], r.ends[i] = c, end
			return true
		}
	}
	return false
}

// fits reports whether token i can be the part of speech that c wants.
func (r *reader) fits(i int, c *cue) bool {
	pos := r.tree.POS(i)
	switch c.pos {
	case dragoman.VERB:
		return pos == dragoman.VERB || pos == dragoman.AUX && r.lower[i] != "have" || strings.HasPrefix(r.doc.Tags[i].XPOS, "VB") && pos != dragoman.AUX
	case dragoman.NOUN:
		return pos == dragoman.NOUN
	case dragoman.ADJ:
		return pos == dragoman.ADJ || pos == dragoman.VERB && len(c.preps) > 0 && strings.HasSuffix(r.lower[i], "ed")
	case dragoman.ADV:
		return pos == dragoman.ADV
	}
	return true
}

// finish puts the attributions into the order of the text and writes them out.
func (r *reader) finish() []dragoman.Attribution {
	order := r.order()
	place := make([]int, len(r.all))
	for i, k := range order {
		place[k] = i
	}
	out := make([]dragoman.Attribution, 0, len(order))
	unnamed := map[string]bool{} // nouns by which one was spoken of that was not named
	for _, k := range order {
		a := &r.all[k]
		d := dragoman.Attribution{SourceHead: -1, CueHead: a.cueHead, Parent: -1, Continues: -1, Stance: "asserts"}
		d.Source = r.bytes(a.source)
		if !d.Source.Empty() {
			d.SourceHead = a.head
		}
		d.Cue = r.bytes(a.cue)
		d.First, d.End = a.content.first, a.content.end
		d.Content = r.bytes(a.content)
		d.Manner = r.manner(a)
		d.Anonymous = r.again(a, unnamed) || r.anonymous(a)
		d.Medium, d.Stance = r.medium(a), r.stance(a)
		if a.continues >= 0 {
			d.Continues = place[a.continues]
			if d.Continues >= len(out) {
				d.Continues = -1 // told before its cue: the source is repeated
			} else {
				from := &out[d.Continues]
				if d.Source.Empty() {
					d.Source, d.SourceHead = from.Source, from.SourceHead
				}
				d.Anonymous, d.Medium, d.Stance = from.Anonymous, from.Medium, from.Stance
			}
		}
		out = append(out, d)
	}
	r.nest(out)
	r.passOn(out, place)
	return out
}

func (r *reader) bytes(s span) dragoman.Span {
	if s.empty() {
		return dragoman.Span{}
	}
	return dragoman.Span{Start: r.doc.Tokens[s.first].Start, End: r.doc.Tokens[s.end-1].End}
}

// trim takes punctuation and conjunctions off the edges of s; a quotation that
// ends there keeps its marks.
func (r *reader) trim(s span) span {
	for !s.empty() && (r.outer(s.first) || r.tree.POS(s.first) == dragoman.CCONJ) {
		s.first++
	}
	for !s.empty() && r.outer(s.end-1) {
		s.end--
	}
	return s
}

// outer reports whether token i is punctuation outside of quotations.
func (r *reader) outer(i int) bool {
	return r.tree.POS(i) == dragoman.PUNCT && r.quote[i] < 0 && !strings.ContainsAny(r.lower[i], "()[]%$") || r.punct(i) && r.quote[i] < 0
}

func (r *reader) punct(i int) bool {
	switch r.lower[i] {
	case ",", ".", ";", ":", "-", "--", "—", "–", "!", "?", "…", "...":
		return true
	}
	return false
}
