package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A treebank has few headlines and few words in capitals. Some of its sentences
// are therefore learnt once more as a headline would have them, or shouted.

// most words of a sentence that is made a headline
const mostHeadline = 18

// augment appends the further examples. Which sentences are taken depends on
// their place only: more of those in the passive, since a participle without its
// auxiliary is what headlines have and running text has not.
func (tr *training) augment() {
	n := len(tr.sentences)
	headlines, shouted := 0, 0
	for i := range n {
		e := &tr.sentences[i]
		if len(e.words) < 4 {
			continue
		}
		if (i%8 == 0 || e.passive() && i%8 != 7) && len(e.words) <= mostHeadline+4 {
			if h, ok := tr.headline(e, i%16 < 8); ok {
				tr.sentences = append(tr.sentences, h)
				headlines++
			}
		}
		if i%40 == 7 {
			tr.sentences = append(tr.sentences, tr.rewrite(e, nil, strings.ToUpper))
			shouted++
		}
	}
	tr.log("%d headlines and %d sentences in capitals made", headlines, shouted)
}

// passive reports whether the sentence's predicate is in the passive.
func (e *example) passive() bool {
	for i, r := range e.rel {
		if r == "nsubj:pass" && e.heads[i] > 0 && e.heads[e.heads[i]-1] == 0 {
			return true
		}
	}
	return false
}

// headline leaves out articles, forms of "be" and the final mark, tells the past
// in the present, and writes words with a capital where titled.
func (tr *training) headline(e *example, titled bool) (example, bool) {
	drop := make([]bool, len(e.words))
	hasHead := make([]bool, len(e.words)+1)
	for _, h := range e.heads {
		hasHead[h] = true
	}
	kept, subject, root := 0, false, -1
	for i := range e.words {
		lemma := e.lemma[i]
		switch e.rel[i] {
		case "det":
			drop[i] = lemma == "the" || lemma == "a"
		case "aux", "aux:pass", "cop":
			drop[i] = lemma == "be"
		case "punct":
			drop[i] = i == len(e.words)-1
		case "nsubj", "nsubj:pass":
			subject = subject || e.heads[i] > 0 && e.heads[e.heads[i]-1] == 0
		case "root":
			root = i
		}
		drop[i] = drop[i] && !hasHead[i+1]
		if !drop[i] {
			kept++
		}
	}
	if !subject || kept < 4 || kept > mostHeadline {
		return example{}, false
	}
	h := tr.rewrite(e, drop, func(s string) string {
		if !titled {
			return s
		}
		return capitalised(s)
	})
	tr.present(e, &h, root, drop, titled)
	tr.look(&h, 0, capitalised(h.forms[0]))
	return h, true
}

// present puts the root verb of a headline into the present.
func (tr *training) present(e, h *example, root int, drop []bool, titled bool) {
	if root < 0 || tr.p.classes[e.gold[root]].xpos != "VBD" || e.lemma[root] == "" {
		return
	}
	c, ok := tr.classes["VERB VBZ"]
	if !ok || tr.p.classes[e.gold[root]].pos.String() != "VERB" {
		return
	}
	at := 0
	for _, d := range drop[:root] {
		if !d {
			at++
		}
	}
	form := thirdPerson(e.lemma[root])
	if titled {
		form = capitalised(form)
	}
	h.gold[at] = uint16(c)
	tr.look(h, at, form)
}

// thirdPerson is "carries" of "carry".
func thirdPerson(lemma string) string {
	n := len(lemma)
	switch {
	case lemma == "have":
		return "has"
	case lemma == "be":
		return "is"
	case n > 1 && lemma[n-1] == 'y' && strings.IndexByte("aeiou", lemma[n-2]) < 0:
		return lemma[:n-1] + "ies"
	case strings.HasSuffix(lemma, "s"), strings.HasSuffix(lemma, "x"), strings.HasSuffix(lemma, "z"),
		strings.HasSuffix(lemma, "ch"), strings.HasSuffix(lemma, "sh"), strings.HasSuffix(lemma, "o"):
		return lemma + "es"
	}
	return lemma + "s"
}

func capitalised(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// rewrite copies an example without the dropped words, which have no
// dependents, and with other forms.
func (tr *training) rewrite(e *example, drop []bool, form func(string) string) example {
	c := example{made: true}
	place := make([]int32, len(e.words)+1)
	for i := range e.words {
		if drop == nil || !drop[i] {
			c.forms = append(c.forms, form(e.forms[i]))
			place[i+1] = int32(len(c.forms))
		}
	}
	c.words = make([]word, len(c.forms))
	for i, f := range c.forms {
		tr.look(&c, i, f)
	}
	for i := range e.words {
		if place[i+1] == 0 {
			continue
		}
		c.gold = append(c.gold, e.gold[i])
		c.heads = append(c.heads, place[e.heads[i]])
		c.label = append(c.label, e.label[i])
		c.rel = append(c.rel, e.rel[i])
		c.feats = append(c.feats, e.feats[i])
		c.lemma = append(c.lemma, e.lemma[i])
	}
	return c
}

func (tr *training) look(e *example, i int, form string) {
	e.forms[i] = form
	tr.p.see(&e.words[i], form)
}
