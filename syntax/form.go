package syntax

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"dragoman"
	"dragoman/learn"
)

// edit makes a lemma of a form: cut characters from its end and add others.
type edit struct {
	keep bool // the form's case
	cut  int
	add  string
}

func (e edit) String() string {
	s := "l"
	if e.keep {
		s = "k"
	}
	return s + strconv.Itoa(e.cut) + "+" + e.add
}

func parseEdit(s string) edit {
	if len(s) < 3 {
		return edit{}
	}
	cut, add, _ := strings.Cut(s[1:], "+")
	n, _ := strconv.Atoi(cut)
	return edit{s[0] == 'k', n, add}
}

// editOf returns the edit that makes lemma of form, shortest in what it adds.
func editOf(form, lemma string) edit {
	e := edit{keep: lemma != strings.ToLower(lemma)}
	from := []rune(form)
	if !e.keep {
		from = []rune(strings.ToLower(form))
	}
	to := []rune(lemma)
	n := 0
	for n < len(from) && n < len(to) && from[n] == to[n] {
		n++
	}
	e.cut, e.add = len(from)-n, string(to[n:])
	return e
}

func (e edit) apply(form string) string {
	if !e.keep {
		form = strings.ToLower(form)
	}
	for range e.cut {
		_, n := utf8.DecodeLastRuneInString(form)
		form = form[:len(form)-n]
	}
	if e.add == "" {
		return form
	}
	return form + e.add
}

func formKey(w *word, c class) uint64 { return join3(601, w.form, c.id, 0) }
func normKey(w *word, c class) uint64 { return join3(602, w.norm, c.id, 0) }

// scriptKeys calls try with the keys of a word's edit, from the most to the
// least particular, until it returns true.
func scriptKeys(w *word, c class, first bool, try func(uint64) bool) {
	if try(formKey(w, c)) || try(normKey(w, c)) {
		return
	}
	suffixKeys(w, c, first, try)
}

func suffixKeys(w *word, c class, first bool, try func(uint64) bool) {
	caps := uint64(w.first)
	if first && w.first == upper {
		caps = 9
	}
	for i := len(w.suffix) - 1; i >= 0; i-- {
		if try(join4(603+uint64(i), w.suffix[i], c.id, caps, 0)) {
			return
		}
	}
	try(join3(608, c.id, caps, 0))
}

// lemma returns the lemma of the i-th word of a sentence.
func (p *Parser) lemma(d *desk, form string, w *word, c class, i int) string {
	if len(p.lemmas) > 0 && len(form) <= longestEntry {
		d.lemma = d.lemma[:0]
		for _, r := range form {
			d.lemma = utf8.AppendRune(d.lemma, lowerRune(plain(r)))
		}
		if l, ok := p.lemmas[lemmaKey{string(d.lemma), c.pos}]; ok && c.pos != dragoman.PROPN {
			return l
		}
	}
	if w.first == other && len(form) <= longestEntry {
		form = plainForm(form)
	}
	found, known := edit{keep: c.pos == dragoman.PROPN}, false
	tries := 0
	scriptKeys(w, c, i == 0, func(key uint64) bool {
		e, ok := p.scripts.find(key)
		if ok {
			found, known = p.edits[e], tries < 2
		}
		tries++
		return ok
	})
	if found.cut >= utf8.RuneCountInString(form) && found.add == "" {
		found.cut = 0
	}
	lemma := found.apply(form)
	if !known && (c.xpos == "VBD" || c.xpos == "VBN" || c.xpos == "VBG") {
		return p.verb(form, lemma)
	}
	return lemma
}

// verb mends the lemma of a verb in -ed or -ing: whether an "e" belongs to it,
// a "y" became an "i" or a consonant was doubled, the words of the raw text tell.
func (p *Parser) verb(form, lemma string) string {
	stem, ok := strings.CutSuffix(strings.ToLower(form), "ed")
	if !ok {
		stem, ok = strings.CutSuffix(strings.ToLower(form), "ing")
	}
	n := len(stem)
	if !ok || n < 3 || p.attested(lemma) {
		return lemma
	}
	for _, l := range [...]string{stem + "e", stem, stem[:n-1], stem[:n-1] + "y"} {
		switch doubled := stem[n-1] == stem[n-2]; {
		case l == stem[:n-1] && !doubled, l == stem[:n-1]+"y" && stem[n-1] != 'i':
		case p.attested(l):
			return l
		}
	}
	return lemma
}

// attested reports whether the raw texts of the training had the word.
func (p *Parser) attested(s string) bool {
	_, ok := p.known.find(knownKey(normOf(s)))
	return ok
}

func knownKey(norm uint64) uint64 { return join2(704, norm, 0) }

// plainForm makes the quotation marks and dashes of a mark plain, as lemmas
// have them.
func plainForm(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return strings.Map(func(r rune) rune {
				if r = plain(r); r == '–' {
					return '-'
				}
				return r
			}, s)
		}
	}
	return s
}

// byTree reports whether a class's features depend on the tree around it.
func byTree(c class) bool {
	switch c.xpos {
	case "VB", "VBD", "VBP", "VBN", "VBG":
		return true
	}
	return false
}

// features returns the features of the i-th word of the sentence in the tree.
func (p *Parser) features(d *desk, words []word, i int) string {
	c := p.classes[d.tree.tags[i]]
	if byTree(c) {
		d.feats = formFeatures(d.feats[:0], p, &d.tree, words, i)
		d.scores = grow(d.scores, len(p.forms.Classes))
		return p.forms.Classes[p.forms.Best(d.feats, d.scores)]
	}
	if f, ok := p.feats.find(join2(701, words[i].norm, c.id)); ok {
		return p.featNames[f]
	}
	if f, ok := p.feats.find(join2(703, uint64(words[i].first), c.id)); ok {
		return p.featNames[f]
	}
	if f, ok := p.feats.find(join2(702, c.id, 0)); ok {
		return p.featNames[f]
	}
	return ""
}

func formFeatures(f []uint64, p *Parser, t *tree, words []word, i int) []uint64 {
	n := int32(i + 1)
	w := &words[i]
	seed := uint64(800)
	c := t.t[n]
	add := func(x uint64) {
		seed++
		f = append(f, join2(seed, x, c))
	}
	label := func(n int32) uint64 {
		if t.label[n] == noLabel || n == 0 {
			return 0
		}
		return uint64(t.label[n]) + 1
	}
	h := t.head[n]
	add(0)
	add(w.norm)
	add(label(n))
	add(join2(1, label(n), t.t[h]))
	add(t.leftSet[n])
	add(join2(1, t.leftSet[n], w.norm))
	add(w.suffix[1])
	add(boolean(i == 0))
	if i > 0 {
		add(words[i-1].norm)
		add(t.t[n-1])
	}
	// Subject and auxiliaries, of the word or of what it is an auxiliary of.
	of := n
	if p.classes[t.tags[i]].pos == dragoman.AUX && h > 0 {
		of = h
	}
	for m := max(of-30, 1); m < n || m < of; m++ {
		if t.head[m] != of || m == n {
			continue
		}
		switch l := p.labels[min(int(t.label[m]), len(p.labels)-1)]; {
		case strings.HasPrefix(l, "nsubj"), strings.HasPrefix(l, "expl"):
			f = append(f, join3(850, c, words[m-1].norm, boolean(m < n)), join3(851, c, t.t[m], boolean(m < n)), join4(852, c, t.t[m], w.norm, boolean(m < n)))
			if t.rightSet[m] != 0 {
				f = append(f, join3(853, c, t.t[m], t.rightSet[m]))
			}
		case strings.HasPrefix(l, "aux"), l == "mark", l == "cop":
			f = append(f, join3(854, c, words[m-1].norm, learn.Hash(l)), join3(855, c, t.t[m], learn.Hash(l)))
		}
	}
	return f
}

// shipped is the features that we keep of a treebank's: those that later rooms
// may ask for.
func shipped(feats string) string {
	if feats == "" {
		return ""
	}
	var kept []string
	for f := range strings.SplitSeq(feats, "|") {
		switch name, _, _ := strings.Cut(f, "="); name {
		case "Typo", "Style", "ExtPos", "Abbr", "Foreign", "NumForm":
		default:
			kept = append(kept, f)
		}
	}
	return strings.Join(kept, "|")
}
