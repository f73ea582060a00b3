package syntax

import (
	"dragoman/learn"
)

// tagger gives every token a class: universal and Penn part of speech in one,
// from left to right.
type tagger struct {
	p      *Parser
	feats  []uint64
	scores []int32
}

// tag writes the classes of words into out. A sentence's first word is told
// apart, and one that is all capitals too.
func (t *tagger) tag(words []word, out []uint16) {
	m := t.p.tags
	if cap(t.scores) < len(m.Classes) {
		t.scores = make([]int32, len(m.Classes))
	}
	scores := t.scores[:len(m.Classes)]
	before, before2 := uint64(1000), uint64(1000)
	shouting := allCaps(words)
	for i := range words {
		t.feats = tagFeatures(t.feats[:0], words, i, before, before2, shouting)
		c := m.Best(t.feats, scores)
		out[i] = uint16(c)
		before, before2 = uint64(c), before
	}
}

// allCaps reports whether most words of a sentence are in capitals or have a
// capital, as in headlines: then a capital says little.
func allCaps(words []word) uint64 {
	caps, title, n := 0, 0, 0
	for i := range words {
		switch words[i].first {
		case lower:
			n++
		case upper:
			n++
			title++
			if words[i].caps && words[i].long > 1 {
				caps++
			}
		}
	}
	switch {
	case n > 2 && caps*4 > n*3:
		return 2
	case n > 3 && title*4 > n*3:
		return 1
	}
	return 0
}

func tagFeatures(f []uint64, words []word, i int, before, before2, shouting uint64) []uint64 {
	at := func(j int) *word {
		if j < 0 || j >= len(words) {
			return &noWord
		}
		return &words[j]
	}
	w, p, n, pp, nn := &words[i], at(i-1), at(i+1), at(i-2), at(i+2)
	seed := uint64(200)
	add := func(x uint64) {
		seed++
		f = append(f, learn.Mix(x, seed))
	}
	start := boolean(i == 0)
	caps := uint64(w.first) | boolean(w.caps)<<3 | shouting<<4 | start<<6
	add(w.form)
	add(w.norm)
	add(join2(1, w.norm, caps))
	add(w.suffix[1])
	add(w.suffix[2])
	add(w.suffix[3])
	add(join2(1, w.suffix[0], before))
	add(join2(1, w.suffix[2], caps))
	add(w.prefix[0])
	add(w.prefix[2])
	add(join2(1, w.shape, start))
	add(join2(1, w.shape, before))
	add(caps | boolean(w.digit)<<7 | boolean(w.hyphen)<<8)
	add(join2(1, caps, before))
	add(before)
	add(join2(1, before, before2))
	add(join2(1, before, w.norm))
	add(join3(1, before, before2, w.norm))
	add(join2(1, before, w.suffix[2]))
	add(p.norm)
	add(join2(1, p.norm, w.norm))
	add(join2(1, p.norm, before2))
	add(n.norm)
	add(join2(1, n.norm, w.norm))
	add(join2(1, n.norm, before))
	add(join2(1, n.norm, w.suffix[2]))
	add(n.suffix[2])
	add(join2(1, n.suffix[1], w.suffix[1]))
	add(join2(1, n.shape, before))
	add(join2(1, n.suffix[2], before))
	add(nn.norm)
	add(join2(1, nn.norm, n.norm))
	add(pp.norm)
	add(join2(1, n.norm, p.norm))
	add(p.suffix[2])
	add(join3(1, n.suffix[2], before, w.suffix[2]))
	add(join3(1, uint64(n.first), before, caps))
	add(w.cluster)
	add(join2(1, w.cluster, before))
	add(join2(1, n.cluster, before))
	add(join2(1, w.cluster, n.cluster))
	add(join3(1, w.cluster, n.cluster, p.cluster))
	add(n.cluster)
	add(p.cluster)
	add(w.short)
	add(join3(1, p.short, w.short, n.short))
	add(join2(1, w.short, w.suffix[1]))
	add(join2(1, n.short, before))
	add(join2(1, w.listed, before))
	add(join3(1, w.listed, before, n.short))
	return f
}
