package dictionary

import (
	"strings"
)

// synset is a set of synonyms: each member consecutive words.
type synset struct {
	members [][]int32
	first   map[int32][]int32 // first word: members
	last    map[int32][]int32 // last word: members
}

// pending is a line that names sets of synonyms before all are known.
type pending struct {
	set     int32 // whose member it is; -1 for a pattern
	text    string
	block   int32
	event   event
	place   place
	plurals bool
}

// synonyms begins a set: &LABEL, or &LABEL_ where no plurals are made.
func (l *loading) synonyms(text string) int32 {
	label := strings.Fields(text)[0]
	bare := strings.TrimRight(label, "_")
	if bare == "&" {
		l.fault("the set of synonyms has no name")
	}
	n, ok := l.synset[bare]
	if !ok {
		n = int32(len(l.synsets))
		l.synset[bare] = n
		l.synsets = append(l.synsets, synset{})
	}
	if bare != label {
		return n | noPlurals
	}
	return n
}

// noPlurals marks the number of a set whose label ends with _.
const noPlurals = 1 << 30

// member reads an element of a set: words, side by side whatever parts them. In
// TABARI it may name other sets.
func (l *loading) member(set int32, text string) {
	plurals := set&noPlurals == 0 && !strings.HasSuffix(text, "_")
	set &^= noPlurals
	if strings.Contains(text, "&") {
		l.unknown = append(l.unknown, pending{set: set, text: text, place: l.at, plurals: plurals})
		return
	}
	if strings.ContainsAny(text, "$%^+*[]{}()") {
		l.fault("a synonym is of words only; it is left out")
		return
	}
	words := l.consecutive(text)
	if len(words) == 0 {
		l.fault("%q is no synonym; it is left out", text)
		return
	}
	l.addMember(set, words)
	if plurals {
		l.addMember(set, l.consecutive(plural(text)))
	}
}

func (l *loading) addMember(set int32, words []element) {
	m := make([]int32, len(words))
	for i, w := range words {
		m[i] = w.word()
	}
	l.synsets[set].members = append(l.synsets[set].members, m)
}

// pattern reads WORDS * WORDS [CODE]: "_" parts what stands side by side, a
// blank what others may stand between. PETRARCH 2 puts the words of a noun
// phrase into { } and a preposition and its nouns into ( ).
func (b *blockReader) pattern(text string) {
	if b.block < 0 {
		b.fault("the pattern has no verb above it; it is left out")
		return
	}
	words, code, after, ok := bracket(text)
	e, sound := b.code(code, ok)
	switch {
	case !ok:
		b.fault("the bracket of the code is not closed; the pattern is left out")
		return
	case !strings.Contains(text, "["):
		b.fault("the pattern has no code; it is left out")
		return
	case !sound:
		b.fault("[%s] is no code of a pattern; it is left out", code)
		return
	case strings.Count(words, "*") != 1:
		b.fault("a pattern has one * where its verb stands; it is left out")
		return
	}
	if s := strings.TrimSpace(after); s != "" {
		b.fault("%q stands behind the code; it is left out", s)
	}
	b.unknown = append(b.unknown, pending{set: -1, text: words, block: b.block, event: e, place: b.loading.at})
}

// resolve reads what named sets of synonyms, now that all are known, and
// prepares the sets for search.
func (l *loading) resolve() {
	for pass := 0; pass < maxNested; pass++ {
		for _, p := range l.unknown {
			if p.set >= 0 {
				l.nested(p, pass == maxNested-1)
			}
		}
	}
	for _, p := range l.unknown {
		if p.set < 0 {
			l.finish(p)
		}
	}
	for i := range l.synsets {
		s := &l.synsets[i]
		s.first, s.last = map[int32][]int32{}, map[int32][]int32{}
		for n, m := range s.members {
			s.first[m[0]] = append(s.first[m[0]], int32(n))
			s.last[m[len(m)-1]] = append(s.last[m[len(m)-1]], int32(n))
		}
	}
}

// maxNested is how deep sets of synonyms may stand in each other, maxSynonyms how
// many a set may come to have so.
const (
	maxNested   = 4
	maxSynonyms = 10000
)

// nested adds the members of another set to a set that names it.
func (l *loading) nested(p pending, last bool) {
	other, ok := l.synset[strings.TrimSpace(strings.TrimRight(p.text, "_ \t"))]
	l.at = p.place
	switch {
	case !ok && last:
		l.fault("%q is not the name of a set of synonyms; it is left out", strings.TrimSpace(p.text))
	case ok && other != p.set && len(l.synsets[p.set].members)+len(l.synsets[other].members) <= maxSynonyms:
		have := map[string]bool{}
		for _, m := range l.synsets[p.set].members {
			have[key(m)] = true
		}
		for _, m := range l.synsets[other].members {
			if !have[key(m)] {
				l.synsets[p.set].members = append(l.synsets[p.set].members, m)
			}
		}
	}
}

func key(words []int32) string {
	b := make([]byte, 0, 4*len(words))
	for _, w := range words {
		b = append(b, byte(w), byte(w>>8), byte(w>>16), byte(w>>24))
	}
	return string(b)
}

// finish reads the words of a pattern.
func (l *loading) finish(p pending) {
	l.at = p.place
	if strings.Contains(p.text, "|") {
		l.fault("alternatives between { and | are TABARI's; the pattern is left out")
		return
	}
	text, ok := grouped(p.text)
	if !ok {
		l.fault("the brackets of the pattern do not match; it is left out")
		return
	}
	upper, lower, _ := strings.Cut(text, "*")
	v := verbPattern{event: p.event, place: p.place}
	if v.upper, ok = l.parts(upper, false); !ok {
		return
	}
	if v.lower, ok = l.parts(lower, true); !ok {
		return
	}
	l.blocks[p.block].patterns = append(l.blocks[p.block].patterns, v)
}

// grouped writes PETRARCH 2's brackets in the older form: the words of { } stand
// side by side, those of ( ) follow each other.
func grouped(s string) (string, bool) {
	if !strings.ContainsAny(s, "{}()") {
		return s, true
	}
	b := []byte(s)
	braces, parens := 0, 0
	for i, c := range b {
		switch c {
		case '{':
			braces++
			b[i] = ' '
		case '}':
			braces--
			b[i] = ' '
		case '(':
			parens++
			b[i] = ' '
		case ')':
			parens--
			b[i] = ' '
		case ' ', '\t':
			if braces > 0 && i > 0 && i+1 < len(b) && b[i-1] != ' ' && strings.IndexByte(" \t}", b[i+1]) < 0 {
				b[i] = '_'
			}
		}
		if braces < 0 || parens < 0 || braces > 1 || parens > 1 {
			return "", false
		}
	}
	return string(b), braces == 0 && parens == 0
}

// parts reads one side of a pattern, outwards from the verb: "_ " is the same as
// a blank, as PETRARCH takes it.
func (l *loading) parts(s string, down bool) ([]part, bool) {
	var all []part
	open := false // what parts the next element from the one before
	i := 0
	separator := func() {
		start := i
		for i < len(s) && strings.IndexByte(" _\t", s[i]) >= 0 {
			i++
		}
		open = strings.ContainsAny(s[start:i], " \t")
	}
	var opens []bool
	for separator(); i < len(s); separator() {
		start := i
		for i < len(s) && strings.IndexByte(" _\t", s[i]) < 0 {
			i++
		}
		ok := false
		n := len(all)
		if all, ok = l.part(all, s[start:i]); !ok {
			return nil, false
		}
		for ; n < len(all); n++ {
			opens = append(opens, open)
			open = false
		}
	}
	if down {
		for n := range all {
			all[n].open = opens[n]
		}
		return all, true
	}
	// Read from the verb upwards, an element is parted from the one below it by
	// what follows it here.
	opens = append(opens, open)
	for n := range all {
		all[n].open = opens[n+1]
	}
	for a, z := 0, len(all)-1; a < z; a, z = a+1, z-1 {
		all[a], all[z] = all[z], all[a]
	}
	return all, true
}

// part reads one element of a pattern.
func (l *loading) part(all []part, word string) ([]part, bool) {
	switch word {
	case "$":
		return append(all, part{kind: isSource}), true
	case "+":
		return append(all, part{kind: isTarget}), true
	case "^":
		return append(all, part{kind: isSkip}), true
	case "%":
		return append(all, part{kind: isCompound}), true
	}
	if word[0] == '&' {
		n, ok := l.synset[word]
		if !ok {
			l.fault("the set of synonyms %s is not defined; the pattern is left out", word)
			return nil, false
		}
		return append(all, part{kind: isSynonym, id: n}), true
	}
	if strings.ContainsAny(word, "$^%&") {
		l.fault("%q is neither a word nor a sign; the pattern is left out", word)
		return nil, false
	}
	n := len(all)
	split(word, func(w string) { all = append(all, part{id: l.words.add(w)}) })
	if len(all) == n {
		l.fault("%q is no word; the pattern is left out", word)
		return nil, false
	}
	return all, true
}
