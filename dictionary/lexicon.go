package dictionary

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// lexicon numbers words, from 1; 0 is a word that no dictionary has.
type lexicon struct{ byWord map[string]int32 }

// add returns the number of a word, a new one where it has none.
func (l *lexicon) add(word string) int32 {
	n, ok := l.byWord[word]
	if !ok {
		n = int32(len(l.byWord) + 1)
		l.byWord[strings.Clone(word)] = n
	}
	return n
}

// split writes a word of a dictionary or a token of a text as both are
// compared: in capitals, divided at hyphens, slashes and underscores, without quotation
// marks, brackets, a genitive 's and the dot of an abbreviation, and with
// "n't" by itself, as treebanks have it. Most words are one.
func split(word string, add func(string)) {
	word = strings.ToUpper(word)
	if strings.Contains(word, "’") {
		word = strings.ReplaceAll(word, "’", "'")
	}
	for word != "" {
		i := strings.IndexAny(word, "-_/–—")
		part := word
		if i < 0 {
			word = ""
		} else {
			_, size := utf8.DecodeRuneInString(word[i:])
			part, word = word[:i], word[i+size:]
		}
		part = strings.Trim(part, "\"“”‘`()[]{}<>,;:!?…|*")
		part = strings.TrimPrefix(part, "'S") // the genitive that is a token of its own
		if part == "'T" {
			part = "N'T"
		}
		part = strings.TrimRight(strings.TrimLeft(strings.TrimSuffix(part, "'S"), "'"), ".'")
		if stem, ok := strings.CutSuffix(part, "N'T"); ok && stem != "" {
			add(stem)
			part = "N'T"
		}
		if part != "" {
			add(part)
		}
	}
}

// element is a word of a name, with whether other words may stand before it.
// Names are many, so it is one number.
type element int32

func newElement(word int32, open bool) element {
	if open {
		return element(word<<1 | 1)
	}
	return element(word << 1)
}

func (e element) word() int32 { return int32(e >> 1) }
func (e element) open() bool  { return e&1 == 1 }

// names finds phrases by their first word. Whoever adds calls index once before
// the first search.
type names struct {
	elements []element
	list     []name
	first    []int32 // list[first[w]:first[w+1]] begin with word w
}

type name struct {
	start, size int32 // in elements
	meaning     int32
	place       place
}

func (n *names) add(phrase []element, meaning int32, at place) {
	n.list = append(n.list, name{int32(len(n.elements)), int32(len(phrase)), meaning, at})
	n.elements = append(n.elements, phrase...)
}

func (n *names) words(m name) []element { return n.elements[m.start : m.start+m.size] }

// index sorts the phrases: those with the same first word stand together, the
// longest first; of the same phrase twice, the later first.
func (n *names) index(words int) {
	compare := func(a, b name) int {
		x, y := n.words(a), n.words(b)
		if c := int(x[0].word() - y[0].word()); c != 0 {
			return c
		}
		if len(x) != len(y) {
			return len(y) - len(x)
		}
		return int(b.start - a.start)
	}
	slices.SortFunc(n.list, compare)
	n.first = make([]int32, words+2)
	for _, m := range n.list {
		n.first[n.words(m)[0].word()+1]++
	}
	for i := 1; i < len(n.first); i++ {
		n.first[i] += n.first[i-1]
	}
}

// maxBetween is how many other words may stand within a name, all told: as many as
// in a long phrase.
const maxBetween = 20

// at returns the longest phrase that begins at words[i], and the index of the
// word behind it.
func (n *names) at(words []int32, i int) (found name, end int, ok bool) {
	w := words[i]
	for _, m := range n.list[n.first[w]:n.first[w+1]] {
		within := words[:min(len(words), i+int(m.size)+maxBetween)]
		if end = follows(n.words(m)[1:], within, i+1); end >= 0 {
			return m, end, true
		}
	}
	return name{}, 0, false
}

// follows returns the index behind the words of a phrase when they stand at
// words[i], other words between them where the phrase allows it; -1 when they
// do not. Of what stands side by side the first place is always right: a later
// one leaves fewer words for the rest.
func follows(phrase []element, words []int32, i int) int {
	for len(phrase) > 0 {
		n := 1
		for n < len(phrase) && !phrase[n].open() {
			n++
		}
		for !stands(phrase[:n], words[i:]) {
			if i++; !phrase[0].open() || i+n > len(words) {
				return -1
			}
		}
		i, phrase = i+n, phrase[n:]
	}
	return i
}

// stands reports whether words begin with a phrase, nothing between.
func stands(phrase []element, words []int32) bool {
	return len(phrase) <= len(words) && slices.EqualFunc(phrase, words[:len(phrase)], func(e element, w int32) bool { return e.word() == w })
}
