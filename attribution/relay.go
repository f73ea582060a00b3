package attribution

import (
	"strings"

	"dragoman"
)

// Who passes on what another says has the other's words within his own: "The agency quoted
// the minister as saying that A", "The daily reported, citing two officials, that A". Both
// are sources of A, the one who was there inside the one who passes it on.

// relay finds out which attributions pass on others, and gives what is said with a cited
// source to this source.
func (r *reader) relay() {
	beside := map[int][]int{} // attributions by the sentence of their cue
	citing := map[int]int{}   // the attribution of a cue that cites
	for k := range r.all {
		v := r.all[k].cueHead
		if v < 0 || r.hits[v] == nil {
			continue
		}
		if r.hits[v].has(fNested) {
			citing[v] = k
		} else {
			beside[r.tree.Sentence(v)] = append(beside[r.tree.Sentence(v)], k)
		}
	}
	for v := range r.lower {
		if c := r.hits[v]; c == nil || !c.has(fNested) {
			continue
		}
		near := beside[r.tree.Sentence(v)]
		k, known := citing[v]
		if in := r.reported(v, k, near); known && in >= 0 {
			r.all[in].within, r.all[k].reports = k, in
			continue
		}
		src, head := r.nounAfter(r.ends[v], v)
		if known {
			src, head = r.all[k].content, -1
		}
		if src = r.segmentOf(src); !src.has(head) {
			head = r.chief(src)
		}
		out := r.toldBy(v, src, head, near)
		if out < 0 {
			continue
		}
		if !known {
			k = r.add(found{cue: span{v, r.ends[v]}, cueHead: v, word: r.hits[v], head: -1})
		}
		a := &r.all[k]
		a.source, a.head, a.content, a.within = src, head, r.all[out].content, out
	}
}

// segmentOf returns s, where it is more than a noun phrase, up to the comma behind which
// another clause begins.
func (r *reader) segmentOf(s span) span {
	if r.named(s) {
		return s
	}
	for i := s.first; i < s.end; i++ {
		if r.lower[i] == "," {
			return r.trim(span{s.first, i})
		}
	}
	return s
}

// reported returns the attribution among near that k, whose cue is v, passes on by "as
// saying"; -1.
func (r *reader) reported(v, k int, near []int) int {
	for _, i := range near {
		if u := r.all[i].cueHead; r.hits[u].pos == dragoman.VERB && u > v && r.all[k].content.has(u) && r.lower[u-1] == "as" {
			return i
		}
	}
	return -1
}

// toldBy returns the attribution among near whose content the source src tells, which the cue
// v cites: that of whoever cites it, or whose document does, "X, citing Y, said that A"; -1.
func (r *reader) toldBy(v int, src span, head int, near []int) int {
	if head < 0 || !r.speaks(head) || r.happening(head) || !r.named(src) {
		return -1
	}
	_, who := r.subject(v)
	if who < 0 {
		return -1
	}
	best := -1
	for _, i := range near {
		b := &r.all[i]
		if b.word == nil || b.word.kind != "say" || b.head < 0 || b.content.has(v) || b.content.has(head) || !r.verbal(b.content) {
			continue
		}
		if b.head != who && !b.source.has(who) && r.sources[strings.ToLower(r.tree.Lemma(who))].kind != "document" {
			continue
		}
		if best < 0 || distance(b.cueHead, v) < distance(r.all[best].cueHead, v) {
			best = i
		}
	}
	return best
}

func distance(i, k int) int { return max(i-k, k-i) }

// happening reports whether the noun i, which can be a document, tells what was done: "the
// release of prisoners".
func (r *reader) happening(i int) bool {
	k := r.tree.Kid(i, "nmod")
	return r.sources[strings.ToLower(r.tree.Lemma(i))].kind == "document" && k > i && r.tree.Case(k) == "of"
}

// passOn writes out which attribution passes on which; place is where each stands in out.
func (r *reader) passOn(out []dragoman.Attribution, place []int) {
	for k := range r.all {
		w := r.all[k].within
		if w < 0 {
			continue
		}
		in, outer := place[k], place[w]
		at := outer
		for n := 0; at >= 0 && at != in && n < mostNested; n++ {
			at = out[at].Parent
		}
		if at < 0 { // not in itself
			out[in].Parent = outer
		}
	}
}

// mostNested is how many attributions may stand in each other where one passes on another.
const mostNested = 16
