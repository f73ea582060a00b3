// Package pattern asks questions of a sentence: who are the arguments of this
// predicate, whatever the construction; does it fit this condition, written as
// data in a table.
package pattern

import (
	"strings"

	"dragoman"
)

// Tree gives the dependents of each token of a document, in order of the text.
type Tree struct {
	Doc   *dragoman.Document
	first []int32 // first[i]..first[i+1] in kids are the dependents of token i
	kids  []int32
	left  []int32 // the first token of i's subtree
	right []int32 // one past the last
	sent  []int32 // the sentence of token i

	mentionOf []int32 // token → the mention it heads, or the smallest name around it; -1; nil before there are mentions
}

// NewTree prepares the arcs of doc for questions. It takes time and memory
// linear in the number of tokens. A head that is out of range counts as a root.
func NewTree(doc *dragoman.Document) *Tree {
	n := len(doc.Tokens)
	t := &Tree{Doc: doc, first: make([]int32, n+2), kids: make([]int32, n),
		left: make([]int32, n), right: make([]int32, n), sent: make([]int32, n)}
	for s, sent := range doc.Sentences {
		for i := sent.First; i < sent.End; i++ {
			t.sent[i] = int32(s)
		}
	}
	for i := 0; i < n; i++ {
		t.left[i], t.right[i] = int32(i), int32(i+1)
		if h := t.Head(i); h >= 0 {
			t.first[h+2]++
		}
	}
	for i := 2; i < len(t.first); i++ {
		t.first[i] += t.first[i-1]
	}
	for i := 0; i < n; i++ {
		if h := t.Head(i); h >= 0 {
			t.kids[t.first[h+1]] = int32(i)
			t.first[h+1]++
		}
	}
	var order []int32
	for _, s := range doc.Sentences {
		for i := s.First; i < s.End; i++ {
			if h := t.Head(i); h < 0 || h < s.First || h >= s.End {
				order = t.spread(i, order[:0])
			}
		}
	}
	return t
}

// spread reckons the extent of every subtree below root, without recursion: a
// hostile sentence may be as deep as it is long. It appends the subtree to order.
func (t *Tree) spread(root int, order []int32) []int32 {
	order = append(order, int32(root))
	for i := 0; i < len(order); i++ {
		order = append(order, t.Kids(int(order[i]))...)
	}
	for i := len(order) - 1; i > 0; i-- {
		k := order[i]
		h := t.Doc.Arcs[k].Head
		t.left[h] = min(t.left[h], t.left[k])
		t.right[h] = max(t.right[h], t.right[k])
	}
	return order
}

// Kids returns the dependents of token i, in order. The slice must not be changed.
func (t *Tree) Kids(i int) []int32 { return t.kids[t.first[i]:t.first[i+1]] }

// Head returns the head of token i, -1 for a root.
func (t *Tree) Head(i int) int {
	h := t.Doc.Arcs[i].Head
	if h < 0 || h >= len(t.Doc.Tokens) || h == i {
		return -1
	}
	return h
}

// Rel returns the relation of token i to its head, "nsubj:pass".
func (t *Tree) Rel(i int) string { return t.Doc.Arcs[i].Rel }

// Is reports whether token i stands in one of the relations; "nsubj" stands
// for its subtypes too, "nsubj:pass" for itself alone.
func (t *Tree) Is(i int, rels ...string) bool {
	have := t.Doc.Arcs[i].Rel
	for _, r := range rels {
		if have == r || len(have) > len(r) && have[len(r)] == ':' && have[:len(r)] == r {
			return true
		}
	}
	return false
}

// Kid returns the first dependent of i in one of the relations (see Is), -1
// for none.
func (t *Tree) Kid(i int, rels ...string) int {
	for _, k := range t.Kids(i) {
		if t.Is(int(k), rels...) {
			return int(k)
		}
	}
	return -1
}

// Extent returns the tokens first..end-1 between which the subtree of i lies.
func (t *Tree) Extent(i int) (first, end int) { return int(t.left[i]), int(t.right[i]) }

// Sentence returns the index of the sentence of token i.
func (t *Tree) Sentence(i int) int { return int(t.sent[i]) }

// Above reports whether token a is i or one of its heads.
func (t *Tree) Above(a, i int) bool {
	for n := 0; i >= 0 && n <= len(t.Doc.Tokens); n++ {
		if i == a {
			return true
		}
		i = t.Head(i)
	}
	return false
}

// Introduces reports whether h is the participle of an adverbial clause that opens the sentence
// and v the verb of the main clause, which the parser took for its complement: "Asked about
// the raid, the minister blamed Chad".
func (t *Tree) Introduces(h, v int) bool {
	if h < 0 || !t.Is(v, "ccomp", "parataxis") || h != t.Doc.Sentences[t.Sentence(h)].First || !strings.HasSuffix(t.Doc.Form(h), "ed") || t.Kid(h, "nsubj", "nsubj:pass") >= 0 {
		return false
	}
	first, _ := t.Extent(v)
	return first > h+1 && t.Kid(v, "nsubj", "nsubj:pass") > h && (t.Doc.Form(first) == "," || t.Doc.Form(first-1) == ",")
}

// Lemma returns the lemma of token i.
func (t *Tree) Lemma(i int) string { return t.Doc.Tags[i].Lemma }

// POS returns the part of speech of token i.
func (t *Tree) POS(i int) dragoman.POS { return t.Doc.Tags[i].POS }

// Case returns the lemma of the preposition of token i as one word or several
// ("with", "according to", "because of"), "" for none.
func (t *Tree) Case(i int) string {
	for _, k := range t.Kids(i) {
		if t.Doc.Arcs[k].Rel != "case" {
			continue
		}
		p := t.word(int(k))
		if p == "'s" || p == "’s" || p == "'" || p == "’" {
			continue
		}
		for _, f := range t.Kids(int(k)) {
			if t.Doc.Arcs[f].Rel == "fixed" {
				p += " " + t.word(int(f))
			}
		}
		if of := int(k) + 1; p == "out" && of < i && t.Head(of) == i && t.Is(of, "case") {
			p += " " + t.word(of)
		}
		return p
	}
	return ""
}

func (t *Tree) word(i int) string {
	if l := t.Doc.Tags[i].Lemma; l != "" {
		return l
	}
	return t.Doc.Form(i)
}

// Conjuncts returns i and the tokens coordinated with it ("X, Y and Z": X
// gives all three; Y gives Y alone), in order. Nothing goes on after "and Z"
// without an "and" of its own: "X and Z, the ministers" are two. Nor is anybody coordinated
// with X who stands in the list that a dash or bracket sets off behind it: "the three
// powers – X, Y and Z – agreed".
func (t *Tree) Conjuncts(i int) []int {
	return t.conjuncts([]int{i}, i, depthLimit)
}

// excluded reports whether a conjunct is named as one who is not meant: "Chad, not Mali",
// "Chad rather than Mali".
func (t *Tree) excluded(k int) bool {
	for _, w := range t.Kids(k) {
		if w := int(w); w < k && (t.Is(w, "advmod", "cc") && t.Lemma(w) == "not" && t.Lemma(w+1) != "only" || t.Is(w, "cc") && (t.Lemma(w) == "rather" || t.Lemma(w) == "instead")) {
			return true
		}
	}
	return false
}

// beyondPlace returns who is coordinated with noun i though the parser coordinates it with k,
// the place where i is: in "the rebels in Mali and the army" nobody is coordinated with Mali; -1.
func (t *Tree) beyondPlace(i, k int) int {
	if k < i || !t.Is(k, "nmod") || t.Case(k) != "in" || t.class(k) != dragoman.Location || !somebody(t.class(i)) {
		return -1
	}
	if c := t.Kid(k, "conj"); c > k && t.Kid(c, "case") < 0 && t.Kid(c, "cc") >= 0 && somebody(t.class(c)) {
		return c
	}
	return -1
}

// setOff returns the token behind what a dash or bracket sets off that begins with
// apposition k: where it closes, or the end of the sentence; 0 where none sets it off.
func (t *Tree) setOff(k int) int {
	first, _ := t.Extent(k)
	closes, sent := "", t.Doc.Sentences[t.Sentence(k)]
	for _, i := range [...]int{first, first - 1} {
		switch form := t.Doc.Form(max(i, sent.First)); form {
		case "(":
			closes = ")"
		case "-", "--", "–", "—":
			closes = form
		}
	}
	if closes == "" {
		return 0
	}
	for i := k; i < sent.End; i++ {
		if t.Doc.Form(i) == closes {
			return i
		}
	}
	return sent.End
}

func somebody(c dragoman.Class) bool { return c == dragoman.Person || c == dragoman.Organisation }

func (t *Tree) conjuncts(all []int, i, depth int) []int {
	closed, listed := false, 0
	for _, k := range t.Kids(i) {
		k := int(k)
		if k > i && t.Is(k, "appos") {
			listed = t.setOff(k)
		}
		if k == i+1 && t.Is(k, "appos", "flat") && t.POS(k) == dragoman.PROPN && depth > 0 {
			all = t.conjuncts(all, k, depth-1) // "commander Abdi and the president": hung on the name
		}
		if c := t.beyondPlace(i, k); c >= 0 && depth > 0 {
			all = t.conjuncts(append(all, c), c, depth-1)
		}
		if !t.Is(k, "conj") || depth == 0 || t.excluded(k) || k < listed {
			continue
		}
		joined := t.Kid(k, "cc") >= 0
		if closed && !joined {
			continue
		}
		closed = closed || joined && k > i && t.Kid(k, "conj") < 0
		all = t.conjuncts(append(all, k), k, depth-1)
	}
	return all
}
