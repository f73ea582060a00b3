package attribution

import (
	"sort"
	"strings"

	"dragoman"
)

// order returns the attributions that stay, by place in the text.
func (r *reader) order() []int {
	var order []int
	for i := range r.all {
		order = append(order, i)
	}
	key := func(i int) int {
		a := &r.all[i]
		k := a.content.first
		if a.content.empty() || !a.cue.empty() && a.cue.first < k {
			k = a.cue.first
		}
		return k
	}
	sort.SliceStable(order, func(x, y int) bool { return key(order[x]) < key(order[y]) })
	return order
}

// manner tells how much of the content stands in quotation marks.
func (r *reader) manner(a *found) dragoman.Manner {
	quoted, words := 0, 0
	for i := a.content.first; i < a.content.end; i++ {
		if r.tree.POS(i) == dragoman.PUNCT || a.cue.has(i) || a.source.has(i) {
			continue
		}
		words++
		if r.quote[i] >= 0 {
			quoted++
		}
	}
	inside := a.cueHead >= 0 && r.quote[a.cueHead] >= 0 && !a.direct
	switch {
	case a.answer:
		return dragoman.Quote
	case quoted == 0 || inside:
		return dragoman.Paraphrase
	case quoted == words:
		return dragoman.Quote
	}
	return dragoman.Mixed
}

// medium tells in what kind of utterance the content was said.
func (r *reader) medium(a *found) string {
	if a.answer {
		return "interview"
	}
	if a.word != nil && a.word.medium != "" {
		return a.word.medium
	}
	if a.head >= 0 {
		for i := a.source.first; i < a.source.end; i++ {
			if c, ok := r.sources[strings.ToLower(r.tree.Lemma(i))]; ok && c.medium != "" && r.tree.POS(i) == dragoman.NOUN && (i == a.head || r.tree.Head(a.head) == i) {
				return c.medium
			}
		}
		if h := r.tree.Head(a.head); h >= 0 && r.tree.Is(a.head, "nmod") {
			if c, ok := r.sources[strings.ToLower(r.tree.Lemma(h))]; ok && c.medium != "" {
				return c.medium
			}
		}
	}
	if a.cueHead >= 0 {
		for _, kid := range r.tree.Kids(a.cueHead) {
			k := int(kid)
			if !r.tree.Is(k, "obl", "obj", "nmod") || a.content.has(k) {
				continue
			}
			if c, ok := r.sources[strings.ToLower(r.tree.Lemma(k))]; ok && c.medium != "" {
				return c.medium
			}
			if k > 0 && r.lower[k] == "conference" && r.tree.Case(k) != "" {
				return "press"
			}
			if c, ok := r.sources[strings.ToLower(r.tree.Lemma(k))]; ok && r.lower[k] == "reporters" && c.anonymous {
				return "press"
			}
		}
	}
	return ""
}

// stance tells how the source stands to the content.
func (r *reader) stance(a *found) string {
	if a.word == nil {
		return "asserts"
	}
	s := a.word.stance
	if s == "promises" && !a.word.has(fQuote) && !a.content.empty() && r.lower[a.content.first] != "to" {
		s = "asserts" // "agreed that A"
	}
	if a.cueHead >= 0 && r.negated(a) {
		switch s {
		case "asserts", "promises":
			return "declines"
		case "denies":
			return "asserts"
		}
	}
	return s
}

// negated reports whether the cue is negated: "did not say".
func (r *reader) negated(a *found) bool {
	for _, kid := range r.tree.Kids(a.cueHead) {
		k := int(kid)
		if r.tree.Is(k, "advmod") && k < a.cueHead && r.doc.Tags[k].Has("Polarity=Neg") {
			return true
		}
		switch r.lower[k] {
		case "not", "n't", "never":
			if k < a.cueHead {
				return true
			}
		}
	}
	return false
}

// nest finds for each attribution the innermost content that its cue stands in
// (for a bare quotation, its content).
func (r *reader) nest(all []dragoman.Attribution) {
	type whole struct{ first, end, at int }
	spans := make([]whole, 0, len(all))
	for i := range all {
		a := &all[i]
		w := whole{a.First, a.End, i}
		if a.CueHead >= 0 {
			if a.End <= a.First {
				w.first, w.end = a.CueHead, a.CueHead+1
			}
			w.first, w.end = min(w.first, a.CueHead), max(w.end, a.CueHead+1)
		}
		spans = append(spans, w)
	}
	sort.SliceStable(spans, func(x, y int) bool {
		if spans[x].first != spans[y].first {
			return spans[x].first < spans[y].first
		}
		return spans[x].end > spans[y].end
	})
	// open holds the contents that the place reached stands in; they are few,
	// and those that have ended are dropped.
	var open []int
	for _, w := range spans {
		kept := open[:0]
		for _, k := range open {
			if all[k].End > w.first {
				kept = append(kept, k)
			}
		}
		open = kept
		for n := len(open) - 1; n >= 0 && n >= len(open)-16; n-- {
			k := open[n]
			if all[k].First <= w.first && w.end <= all[k].End && k != w.at {
				all[w.at].Parent = k
				break
			}
		}
		if all[w.at].End > all[w.at].First && len(open) < 64 {
			open = append(open, w.at)
		}
	}
}
