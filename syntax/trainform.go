package syntax

import (
	"encoding/binary"
	"slices"
	"strings"

	"dragoman/learn"
)

// lemmas learns the edits: for endings, and for words that these get wrong.
func (tr *training) lemmas() learn.Section {
	votes := map[uint64]map[string]int{}
	vote := func(key uint64, e string) {
		if votes[key] == nil {
			votes[key] = map[string]int{}
		}
		votes[key][e]++
	}
	type use struct {
		w     *word
		c     class
		first bool
		e     string
	}
	var uses []use
	for i := range tr.sentences {
		s := &tr.sentences[i]
		for j := range s.words {
			if !s.made && s.lemma[j] != "" && s.rel[j] != "goeswith" {
				uses = append(uses, use{&s.words[j], tr.p.classes[s.gold[j]], j == 0, editOf(s.forms[j], s.lemma[j]).String()})
			}
		}
	}
	// An ending is judged by how many words have it, not by how often they are
	// used: else "are" would teach that what ends so is a form of "be".
	voted := map[uint64]bool{}
	for _, u := range uses {
		suffixKeys(u.w, u.c, u.first, func(key uint64) bool {
			ballot := join3(key, u.w.norm, learn.Hash(u.e), 0)
			if !voted[ballot] {
				voted[ballot] = true
				vote(key, u.e)
			}
			return false
		})
		vote(formKey(u.w, u.c), u.e)
		vote(normKey(u.w, u.c), u.e)
	}
	best, certain := map[uint64]string{}, map[uint64]int{}
	for key, v := range votes {
		for e, n := range v {
			if n > certain[key] || n == certain[key] && e < best[key] {
				best[key], certain[key] = e, n
			}
		}
	}
	// Words are kept only where endings would get them wrong, forms only where
	// words would.
	wanted := map[uint64]bool{}
	bySuffix := func(u use) (guess string) {
		suffixKeys(u.w, u.c, u.first, func(key uint64) bool {
			if certain[key] >= 2 {
				guess = best[key]
				wanted[key] = true
			}
			return guess != ""
		})
		return guess
	}
	for _, u := range uses {
		if k := normKey(u.w, u.c); bySuffix(u) != best[k] {
			wanted[k] = true
		}
	}
	for _, u := range uses {
		guess := best[normKey(u.w, u.c)]
		if !wanted[normKey(u.w, u.c)] {
			guess = bySuffix(u)
		}
		if k := formKey(u.w, u.c); guess != best[k] {
			wanted[k] = true
		}
	}
	ids := map[string]int{}
	values := map[uint64]uint16{}
	keys := sortedKeys(best)
	for _, key := range keys {
		if !wanted[key] {
			continue
		}
		e := best[key]
		id, ok := ids[e]
		if !ok {
			if len(tr.edits) >= 60000 {
				continue
			}
			id = len(tr.edits)
			ids[e] = id
			tr.edits = append(tr.edits, e)
		}
		values[key] = uint16(id)
	}
	return learn.Section{Name: "scripts", Body: lookupBytes(values)}
}

func sortedKeys[T any](m map[uint64]T) []uint64 {
	keys := make([]uint64, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func lookupBytes(m map[uint64]uint16) []byte {
	var b []byte
	for _, k := range sortedKeys(m) {
		b = binary.LittleEndian.AppendUint64(b, k)
		b = binary.LittleEndian.AppendUint16(b, m[k])
	}
	return b
}

func (tr *training) names() learn.Section {
	var b []byte
	for i, f := range tr.p.featNames {
		if i > 0 {
			b = append(b, '\n')
		}
		b = append(b, f...)
	}
	b = append(b, "\n\n"...)
	for i, e := range tr.edits {
		if i > 0 {
			b = append(b, '\n')
		}
		b = append(b, e...)
	}
	for _, list := range [][]string{tr.p.classNames(), tr.p.labels} {
		b = append(b, "\n\n"...)
		b = append(b, strings.Join(list, "\n")...)
	}
	return learn.Section{Name: "names", Body: b}
}

// lookups learns the features of words whose class the tree does not change.
func (tr *training) lookups() learn.Section {
	votes := map[uint64]map[uint16]int{}
	vote := func(key uint64, f uint16) {
		if votes[key] == nil {
			votes[key] = map[uint16]int{}
		}
		votes[key][f]++
	}
	for i := range tr.sentences {
		e := &tr.sentences[i]
		for j := range e.words {
			c := tr.p.classes[e.gold[j]]
			if byTree(c) || e.made {
				continue
			}
			f := uint16(tr.feats[e.feats[j]])
			vote(join2(701, e.words[j].norm, c.id), f)
			vote(join2(703, uint64(e.words[j].first), c.id), f)
			vote(join2(702, c.id, 0), f)
		}
	}
	best := map[uint64]uint16{}
	for key, v := range votes {
		n := 0
		for f, k := range v {
			if k > n || k == n && f < best[key] {
				best[key], n = f, k
			}
		}
	}
	// A word that its kind and class would get right needs no entry.
	keys, wanted := map[uint64]bool{}, map[uint64]bool{}
	for i := range tr.sentences {
		e := &tr.sentences[i]
		for j := range e.words {
			c := tr.p.classes[e.gold[j]]
			key := join2(701, e.words[j].norm, c.id)
			if f, ok := best[key]; ok && f != best[join2(703, uint64(e.words[j].first), c.id)] {
				wanted[key] = true
			}
			keys[key] = true
		}
	}
	for key := range keys {
		if !wanted[key] {
			delete(best, key)
		}
	}
	return learn.Section{Name: "feats", Body: lookupBytes(best)}
}

// forms trains the features that the tree decides, on gold trees.
func (tr *training) forms() learn.Section {
	counts := map[string]int{}
	for i := range tr.sentences {
		e := &tr.sentences[i]
		for j := range e.words {
			if byTree(tr.p.classes[e.gold[j]]) {
				counts[e.feats[j]]++
			}
		}
	}
	names, ids := number(counts, 3, 250)
	t := learn.NewTrainer(names)
	scores := make([]float32, len(names))
	var tree tree
	var feats []uint64
	for round := range 4 {
		wrong, n := 0, 0
		for _, at := range random(9).Perm(len(tr.sentences)) {
			e := &tr.sentences[at]
			tree.reset(e.gold)
			for d, h := range e.heads {
				label := e.label[d]
				if h == 0 {
					label = uint16(tr.p.root)
				}
				tree.attach(h, int32(d+1), label)
			}
			for i := range e.words {
				gold, ok := ids[e.feats[i]]
				if !ok || !byTree(tr.p.classes[e.gold[i]]) {
					continue
				}
				feats = formFeatures(feats[:0], tr.p, &tree, e.words, i)
				t.Tick()
				n++
				guess := t.Best(feats, scores)
				if guess != gold {
					wrong++
				}
				if rival := runnerUp(scores, gold); scores[gold]-scores[rival] < margin {
					t.Update(feats, gold, rival)
				}
			}
		}
		tr.log("forms, round %d: %d of %d wrong", round+1, wrong, n)
	}
	tr.p.forms = t.Freeze(learn.Prune{MinUpdates: 3})
	return learn.Section{Name: "forms", Body: tr.p.forms.Bytes()}
}

// runnerUp returns the best class but the gold one.
func runnerUp(scores []float32, gold int) int {
	best := -1
	for c, s := range scores {
		if c != gold && (best < 0 || s > scores[best]) {
			best = c
		}
	}
	return max(best, 0)
}
