package syntax

import "strings"

// News has orders of words that treebanks hardly have: a day between a subject
// and its verb ("Jets on Monday bombed positions"), a second subject behind what
// is said of the first ("Egypt, which opposes it, and Jordan refused"), a state
// called neighbouring, clauses of three words. They are made of the treebank's
// sentences.

// Of the sentences that serve, one in so many is taken.
const (
	oneInDays     = 9
	oneInNeighbor = 12
)

// weekdays in the order of the week.
var weekdays = [...]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

// augmentNews appends examples made of the first n. It does nothing where the
// treebank has other Penn tags than English ones.
func (tr *training) augmentNews(n int) {
	for _, class := range []string{"PROPN NNP", "ADP IN", "CCONJ CC", "VERB VBG"} {
		if _, ok := tr.classes[class]; !ok {
			return
		}
	}
	var days, joined, short, neighbors int
	pool := tr.subjects(n)
	for i := range n {
		e := &tr.sentences[i]
		if subject, at := tr.beforeVerb(e); subject >= 0 {
			if e.forms[at-1] == "," {
				for k := range min(2, len(pool)) {
					tr.sentences = append(tr.sentences, tr.joined(e, subject, at, pool[(2*i+k)%len(pool)]))
					joined++
				}
			} else if days++; days%oneInDays == 0 {
				tr.sentences = append(tr.sentences, tr.dated(e, subject, at, days/oneInDays))
			}
		}
		if drop, ok := tr.kernel(e); ok {
			made := tr.rewrite(e, drop, func(s string) string { return s })
			tr.look(&made, 0, capitalised(made.forms[0]))
			tr.sentences = append(tr.sentences, made)
			short++
		}
		if at := tr.lonely(e); at >= 0 {
			if neighbors++; neighbors%oneInNeighbor == 0 {
				tr.sentences = append(tr.sentences, tr.neighboring(e, at, neighbors/oneInNeighbor))
			}
		}
	}
	tr.log("%d sentences with a day before the verb, %d with a second subject, %d short ones, %d with neighbours made",
		days/oneInDays, joined, short, neighbors/oneInNeighbor)
}

// class returns the part of speech and the Penn tag of a word of the treebank.
func (tr *training) class(e *example, i int) (pos, xpos string) {
	c := tr.p.classes[e.gold[i]]
	return c.pos.String(), c.xpos
}

// root returns the word without a head.
func (e *example) root() int {
	for i, h := range e.heads {
		if h == 0 {
			return i
		}
	}
	return -1
}

// phrase returns the words from..to below word i and itself; ok where they are
// in one piece.
func (e *example) phrase(i int) (from, to int, ok bool) {
	from, to = i, i+1
	count := 0
	for j := range e.heads {
		k := j
		for k != i && k >= 0 {
			k = int(e.heads[k]) - 1
		}
		if k == i {
			from, to = min(from, j), max(to, j+1)
			count++
		}
	}
	return from, to, count == to-from
}

// beforeVerb returns the subject of a sentence's past or plain verb, and the
// place behind the whole of it, where the verb or its auxiliary or adverb
// follows; -1 for none.
func (tr *training) beforeVerb(e *example) (subject, at int) {
	root := e.root()
	if root < 0 || len(e.words) > 60 {
		return -1, 0
	}
	if pos, _ := tr.class(e, root); pos != "VERB" {
		return -1, 0
	}
	for i := range root {
		if pos, _ := tr.class(e, i); int(e.heads[i])-1 == root && strings.HasPrefix(e.rel[i], "nsubj") && (pos == "NOUN" || pos == "PROPN") {
			subject = i
			_, to, ok := e.phrase(i)
			if !ok || to > root {
				return -1, 0
			}
			for j := to; j < root; j++ {
				if r := e.rel[j]; int(e.heads[j])-1 != root || r != "aux" && r != "aux:pass" && r != "advmod" {
					return -1, 0
				}
			}
			return i, to
		}
	}
	return -1, 0
}

// pluralise gives the verb behind a subject, and its auxiliary, the form for many.
func (tr *training) pluralise(e *example, subject int) {
	verb := int(e.heads[subject]) - 1
	for i := range e.words {
		if i != verb && (int(e.heads[i])-1 != verb || !strings.HasPrefix(e.rel[i], "aux")) || !strings.Contains(e.feats[i], "Number=Sing") {
			continue
		}
		pos, xpos := tr.class(e, i)
		form := e.lemma[i]
		switch {
		case form == "be" && xpos == "VBD":
			form = "were"
		case form == "be":
			form = "are"
		}
		if xpos == "VBZ" {
			if c, ok := tr.classes[pos+" VBP"]; ok {
				e.gold[i] = uint16(c)
			}
		} else if form != "were" {
			continue
		}
		e.feats[i] = strings.Replace(e.feats[i], "Number=Sing", "Number=Plur", 1)
		tr.look(e, i, form)
	}
}

// subjects are short phrases that are subjects: the words from..to of an example.
func (tr *training) subjects(n int) (pool []span) {
	for k := range n {
		e := &tr.sentences[k]
		for i, r := range e.rel {
			pos, _ := tr.class(e, i)
			if r != "nsubj" || pos != "PROPN" && pos != "NOUN" {
				continue
			}
			from, to, ok := e.phrase(i)
			if !ok || to-from > 6 || from == 0 && pos != "PROPN" {
				continue
			}
			if pos == "NOUN" && k%4 != 0 || strings.ContainsAny(strings.Join(e.forms[from:to], " "), ",()\"'-:;") {
				continue
			}
			pool = append(pool, span{e, i, from, to})
		}
	}
	return pool
}

// span is a phrase of an example: the words from..to below head.
type span struct {
	e              *example
	head, from, to int
}

// piece is a word to put into an example. Its head is a node of the example, or
// below zero -1 for the first of the pieces, and so on.
type piece struct {
	form, lemma, feats, rel string
	class                   uint16
	head                    int32
}

// piece returns word i of an example as one to put in elsewhere.
func (e *example) piece(i int) piece {
	return piece{form: e.forms[i], lemma: e.lemma[i], feats: e.feats[i], rel: e.rel[i], class: e.gold[i]}
}

// word makes a piece of a class that the treebank has. A relation that it has not
// is told without its subtype.
func (tr *training) word(form, lemma, class, feats, rel string, head int) piece {
	if _, ok := tr.labels[rel]; !ok {
		rel, _, _ = strings.Cut(rel, ":")
	}
	return piece{form: form, lemma: lemma, feats: feats, rel: rel, class: uint16(tr.classes[class]), head: int32(head)}
}

// insert puts pieces before word at.
func (tr *training) insert(e *example, at int, pieces ...piece) example {
	c := tr.rewrite(e, nil, func(s string) string { return s })
	m := example{made: true}
	moved := func(h int32) int32 {
		switch {
		case h < 0:
			return int32(at) - h
		case int(h) > at:
			return h + int32(len(pieces))
		}
		return h
	}
	add := func(p piece) {
		m.forms = append(m.forms, p.form)
		m.words = append(m.words, word{})
		m.gold = append(m.gold, p.class)
		m.heads = append(m.heads, moved(p.head))
		m.label = append(m.label, uint16(tr.labels[p.rel]))
		m.rel = append(m.rel, p.rel)
		m.feats = append(m.feats, p.feats)
		m.lemma = append(m.lemma, p.lemma)
		tr.look(&m, len(m.forms)-1, p.form)
	}
	for i := range c.forms {
		if i == at {
			for _, p := range pieces {
				add(p)
			}
		}
		p := c.piece(i)
		p.head = c.heads[i]
		add(p)
	}
	return m
}

// dated puts a day before a verb, mostly with "on".
func (tr *training) dated(e *example, subject, at, k int) example {
	verb := int(e.heads[subject])
	day := weekdays[k%len(weekdays)]
	if k%4 == 0 {
		return tr.insert(e, at, tr.word(day, day, "PROPN NNP", "Number=Sing", "obl:unmarked", verb))
	}
	return tr.insert(e, at,
		tr.word("on", "on", "ADP IN", "", "case", -2),
		tr.word(day, day, "PROPN NNP", "Number=Sing", "obl", verb))
}

// joined puts a second subject behind the first and what is said of it.
func (tr *training) joined(e *example, subject, at int, other span) example {
	pieces := []piece{tr.word("and", "and", "CCONJ CC", "", "cc", -2-(other.head-other.from))}
	for i := other.from; i < other.to; i++ {
		p := other.e.piece(i)
		if p.head = int32(other.from) - other.e.heads[i] - 1; i == other.head {
			p.head, p.rel = int32(subject)+1, "conj"
		}
		pieces = append(pieces, p)
	}
	made := tr.insert(e, at, pieces...)
	tr.pluralise(&made, subject)
	return made
}

// kernel returns what to leave out of a sentence so that subject, verb in the
// past and object remain.
func (tr *training) kernel(e *example) (drop []bool, ok bool) {
	root := e.root()
	n := len(e.words)
	if root < 1 || e.forms[n-1] != "." || int(e.heads[n-1])-1 != root {
		return nil, false
	}
	if pos, xpos := tr.class(e, root); pos != "VERB" || xpos != "VBD" {
		return nil, false
	}
	drop = make([]bool, n)
	for i := range drop {
		drop[i] = true
	}
	drop[root], drop[n-1] = false, false
	subject, object := false, false
	for i := range e.words {
		if int(e.heads[i])-1 != root {
			continue
		}
		pos, _ := tr.class(e, i)
		noun := pos == "NOUN" || pos == "PROPN"
		switch r := e.rel[i]; {
		case r == "nsubj" && noun && i < root && !subject:
			subject = true
			tr.keep(e, i, drop)
		case r == "obj" && noun && i > root && !object, r == "obl" && noun && i > root && !object && tr.hasCase(e, i):
			object = true
			tr.keep(e, i, drop)
		case r == "compound:prt":
			drop[i] = false
		case r == "ccomp", r == "xcomp", r == "iobj", r == "expl", r == "obj":
			return nil, false
		}
	}
	return drop, subject && object
}

// hasCase reports whether a preposition of one word stands before the phrase.
func (tr *training) hasCase(e *example, i int) bool {
	for j := range i {
		if int(e.heads[j])-1 == i && e.rel[j] == "case" {
			return true
		}
	}
	return false
}

// keep keeps a noun with what of its words is short: "rights lawyers" of "the
// two rights lawyers who had come".
func (tr *training) keep(e *example, noun int, drop []bool) {
	drop[noun] = false
	_, xpos := tr.class(e, noun)
	for i := range e.words {
		if int(e.heads[i])-1 != noun {
			continue
		}
		switch e.rel[i] {
		case "det":
			if xpos == "NNS" && (e.lemma[i] == "the" || e.lemma[i] == "a") {
				continue
			}
		case "case":
			if i > noun {
				continue
			}
		case "compound", "flat", "amod", "nummod", "nmod:poss":
		default:
			continue
		}
		from, to, ok := e.phrase(i)
		for j := from; j < to; j++ {
			switch e.rel[j] {
			case "det", "case", "compound", "flat", "amod", "nummod", "nmod:poss":
			default:
				ok = false
			}
		}
		for j := from; j < to && ok; j++ {
			drop[j] = false
		}
	}
}

// lonely returns a proper noun of one word behind a preposition of place, or the
// first word and subject; -1 for none.
func (tr *training) lonely(e *example) int {
	for i := range e.words {
		if _, xpos := tr.class(e, i); xpos != "NNP" {
			continue
		}
		from, to, _ := e.phrase(i)
		switch e.rel[i] {
		case "obl", "nmod":
			switch at := i - 1; {
			case to-from == 2 && from == at && e.rel[at] == "case":
				switch strings.ToLower(e.forms[at]) {
				case "in", "to", "from", "into", "with", "against":
					return i
				}
			}
		case "nsubj":
			if i == 0 && to-from == 1 {
				return i
			}
		}
	}
	return -1
}

// neighboring puts the word before a proper noun.
func (tr *training) neighboring(e *example, at, k int) example {
	form := []string{"neighbouring", "neighboring"}[k%2]
	if at == 0 {
		form = capitalised(form)
	}
	return tr.insert(e, at, tr.word(form, strings.ToLower(strings.TrimSuffix(form, "ing")), "VERB VBG", "VerbForm=Ger", "amod", at+1))
}
