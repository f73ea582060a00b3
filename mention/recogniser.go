package mention

import (
	"sync"

	"dragoman"
)

// recogniser labels tokens as parts of names: a network scores the labels of
// single tokens and of pairs of neighbours, and the best labels of a sentence are
// found exactly (Viterbi).
type recogniser struct {
	network  *network
	desks    sync.Pool
	gaz      *gazetteer
	kinds    map[uint64]uint64 // lower-case noun, title or given name: its kind
	acronyms map[uint64]bool   // of common nouns, as they are written
	titled   uint64            // the kind of honorifics, "Mr"
	titles   map[uint64]bool   // words of titles: whether one is a title by itself
}

// The labels: outside, and for each class the beginning, the last and the
// inside of a name of several words and the name of one. Nationality comes last
// and has no inside, which is never needed and makes three rows of eight.
var labelClasses = [...]dragoman.Class{dragoman.Person, dragoman.Organisation, dragoman.Location,
	dragoman.Facility, dragoman.Other, dragoman.Nationality}

const labels = 4 * len(labelClasses)

const (
	outside = 0
	partB   = 0
	partL   = 1
	partU   = 2
	partI   = 3
)

func label(class, part int) int { return 1 + 4*class + part }
func classOf(label int) int     { return (label - 1) / 4 }
func partOf(label int) int      { return (label - 1) % 4 }

// follows lists the labels that may stand before each label.
func follows() [labels][]uint8 {
	var f [labels][]uint8
	closed := []uint8{outside}
	for c := range labelClasses {
		closed = append(closed, uint8(label(c, partL)), uint8(label(c, partU)))
	}
	f[outside] = closed
	for c := range labelClasses {
		f[label(c, partB)], f[label(c, partU)] = closed, closed
		open := []uint8{uint8(label(c, partB))}
		if inside := label(c, partI); inside < labels {
			open = append(open, uint8(inside))
			f[inside] = open
		}
		f[label(c, partL)] = open
	}
	return f
}

// found is a name that the recogniser sees: its tokens and its class.
type found struct {
	first, end int
	class      dragoman.Class
}

// spansOf reads the names off a path.
func spansOf(out []found, path []uint8, at int) []found {
	start := 0
	for i, l := range path {
		if l == outside {
			continue
		}
		switch partOf(int(l)) {
		case partB:
			start = i
		case partL:
			out = append(out, found{at + start, at + i + 1, labelClasses[classOf(int(l))]})
		case partU:
			out = append(out, found{at + i, at + i + 1, labelClasses[classOf(int(l))]})
		}
	}
	return out
}

// names finds the names of a document, in order of the text.
func (r *recogniser) names(sentences [][2]int, n int, form func(int) string) []found {
	sentences = pieces(sentences)
	d, _ := r.desks.Get().(*desk)
	if d == nil {
		d = newDesk()
	}
	defer r.desks.Put(d)
	if cap(d.words) < n {
		d.words = make([]word, n+n/4)
	}
	words := d.words[:n]
	clear(words)
	r.prepare(words, sentences, form)
	var out []found
	r.network.labelled(d, words, sentences, func(s int, path []uint8) {
		out = spansOf(out, path, sentences[s][0])
	})
	return out
}

// mostTokens is the longest piece of a sentence that is labelled at once.
const mostTokens = 512

// pieces cuts sentences that are too long to be sentences.
func pieces(sentences [][2]int) [][2]int {
	long := false
	for _, b := range sentences {
		long = long || b[1]-b[0] > mostTokens
	}
	if !long {
		return sentences
	}
	var out [][2]int
	for _, b := range sentences {
		for b[1]-b[0] > mostTokens {
			out = append(out, [2]int{b[0], b[0] + mostTokens})
			b[0] += mostTokens
		}
		out = append(out, b)
	}
	return out
}
