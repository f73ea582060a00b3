package mention

import (
	"unicode"
	"unicode/utf8"

	"dragoman/learn"
)

// word is what the recogniser knows of a token by itself.
type word struct {
	form   uint64
	lower  uint64 // of the lower-case form
	cased  uint64 // of the form, or of the lower-case form where case tells nothing
	shape  uint64 // "Xx-Xx"
	kind   uint64 // of the noun, title or given name that it is, 0 for none
	pre    [3]uint64
	suf    [4]uint64
	begin  uint16 // sets that a name of the tables that begins here belongs to
	inside uint16 // and that covers it
	length uint8  // tokens of the longest name of the tables that begins here
	casing casing
	size   uint8 // characters
	across uint8 // what the rest of the article says of the word
	mode   uint8 // how its sentence is written
	first  bool  // of the sentence
}

type casing uint8

const (
	noLetters casing = iota
	lowerCase
	initialCap
	allCaps
	mixedCase
	hasDigit
	oneCap // a single capital, "J" or "J."
)

// how a sentence is written
const (
	plain = iota
	titleCase
	upperCase
	small // no capital but at its start, and "I"
)

// lowerHash is learn.Hash of the lower-case form, without making it.
func lowerHash(s string) uint64 {
	h := uint64(0xCBF29CE484222325)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return lowerHashRunes(s)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint64(c)) * 0x100000001B3
	}
	return h ^ h>>29
}

func lowerHashRunes(s string) uint64 {
	var buf [utf8.UTFMax]byte
	h := uint64(0xCBF29CE484222325)
	for _, r := range s {
		n := utf8.EncodeRune(buf[:], unicode.ToLower(r))
		for _, c := range buf[:n] {
			h = (h ^ uint64(c)) * 0x100000001B3
		}
	}
	return h ^ h>>29
}

// look fills in what the form alone tells.
func (w *word) look(s string) {
	w.lower = lowerHash(s)
	w.form = learn.Hash(s)
	w.cased = w.form
	var shape, last uint64 = 1, 0
	var n, upper, lower, digits int
	first := false
	for _, r := range s {
		var k uint64
		switch {
		case r < utf8.RuneSelf && 'a' <= r && r <= 'z':
			k, lower = 'x', lower+1
		case r < utf8.RuneSelf && 'A' <= r && r <= 'Z', r >= utf8.RuneSelf && unicode.IsUpper(r):
			k, upper = 'X', upper+1
			first = first || n == 0
		case '0' <= r && r <= '9':
			k, digits = 'd', digits+1
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			k, lower = 'x', lower+1
		default:
			k = uint64(r)
		}
		if k != last {
			shape = learn.Mix(shape, k)
			last = k
		}
		n++
	}
	w.size = uint8(min(n, 255))
	w.shape = learn.Mix(shape, uint64(min(n, 4)))
	w.casing = casingOf(first, upper, lower, digits)
	w.affixes(s)
}

func casingOf(first bool, upper, lower, digits int) casing {
	switch {
	case digits > 0:
		return hasDigit
	case upper+lower == 0:
		return noLetters
	case upper == 0:
		return lowerCase
	case !first:
		return mixedCase
	case lower > 0 && upper == 1:
		return initialCap
	case lower > 0:
		return mixedCase
	case upper == 1:
		return oneCap
	}
	return allCaps
}

// capital reports whether the word begins with a capital letter.
func (w *word) capital() bool {
	return w.casing == initialCap || w.casing == allCaps || w.casing == oneCap || w.casing == mixedCase
}

// affixes are of the lower-case form; bytes will do, they are only told apart.
func (w *word) affixes(s string) {
	low := func(c byte) uint64 {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		return uint64(c)
	}
	h := uint64(2)
	for i := 0; i < 4; i++ {
		if i < len(s) {
			h = learn.Mix(h, low(s[i]))
		} else {
			h = learn.Mix(h, 0)
		}
		if i > 0 {
			w.pre[i-1] = h
		}
	}
	h = 3
	for i := 0; i < 4; i++ {
		if i < len(s) {
			h = learn.Mix(h, low(s[len(s)-1-i]))
		} else {
			h = learn.Mix(h, 0)
		}
		w.suf[i] = h
	}
}

// how often a word was seen in an article, by the way it was written there
type uses struct {
	lower, capital, upper, titled uint16
}

// prepare fills in the words of a document: sentences are half-open ranges of
// tokens, form gives a token's characters.
func (r *recogniser) prepare(words []word, sentences [][2]int, form func(int) string) {
	seen := make(map[uint64]uses, len(words)/2)
	for i := range words {
		w := &words[i]
		w.look(form(i))
		w.kind = r.kinds[w.lower]
		if r.acronyms[w.form] {
			w.kind = acronym
		}
	}
	for _, b := range sentences {
		if b[0] == b[1] {
			continue
		}
		mode := caseMode(words[b[0]:b[1]])
		for i := b[0]; i < b[1]; i++ {
			words[i].mode = mode
		}
		words[b[0]].first = true
		if mode == plain || mode == small {
			r.count(seen, words, b)
		}
		r.lookUp(words, b, form)
	}
	for i := range words {
		w := &words[i]
		telling := w.mode == plain || w.mode == small
		w.across = across(seen[w.lower], w, telling && !w.first)
		if !telling {
			w.cased = w.lower
		}
	}
}

// count adds the words of a sentence to what the article holds; the first word
// tells nothing by its capital.
func (r *recogniser) count(seen map[uint64]uses, words []word, b [2]int) {
	for i := b[0]; i < b[1]; i++ {
		w := &words[i]
		if w.casing == noLetters || w.casing == hasDigit {
			continue
		}
		u := seen[w.lower]
		switch {
		case w.casing == lowerCase:
			u.lower++
		case w.casing == allCaps && i > b[0]:
			u.upper++
		case i > b[0]:
			u.capital++
		}
		if i > b[0] && words[i-1].kind == r.titled && w.capital() {
			u.titled++
		}
		seen[w.lower] = u
	}
}

// What the rest of an article says of a word: it is written so there, or stands
// after an honorific.
const (
	acrossLower uint8 = 1 << iota
	acrossCapital
	acrossOften
	acrossUpper
	acrossTitled
)

// across sums up in a few bits what other places of the article say.
func across(u uses, w *word, counted bool) uint8 {
	if counted { // not by itself
		switch {
		case w.casing == lowerCase:
			u.lower--
		case w.casing == allCaps:
			u.upper--
		case w.capital():
			u.capital--
		}
	}
	var a uint8
	if u.lower > 0 {
		a |= acrossLower
	}
	if u.capital > 0 {
		a |= acrossCapital
	}
	if u.capital > 2 {
		a |= acrossOften
	}
	if u.upper > 0 {
		a |= acrossUpper
	}
	if u.titled > 0 {
		a |= acrossTitled
	}
	return a
}

var pronounI = learn.Hash("i")

// caseMode tells whether capitals mean anything in the sentence.
func caseMode(words []word) uint8 {
	long, capital, upper, later := 0, 0, 0, 0
	for i := range words {
		if i > 0 && words[i].capital() && words[i].lower != pronounI {
			later++
		}
		switch words[i].casing {
		case lowerCase:
			if words[i].size >= 4 {
				long++
			}
		case initialCap, mixedCase:
			long++
			capital++
		case allCaps:
			long++
			upper++
		}
	}
	switch {
	case long >= 3 && upper*10 >= long*8:
		return upperCase
	case long >= 4 && (capital+upper)*10 >= long*7:
		return titleCase
	case long >= 2 && later == 0:
		return small
	}
	return plain
}

// lookUp marks the names of the tables, longest first at each token. A small word
// begins one only where all of the sentence is small.
func (r *recogniser) lookUp(words []word, b [2]int, form func(int) string) {
	for i := b[0]; i < b[1]; i++ {
		if w := &words[i]; !w.capital() && (w.mode != small || w.casing != lowerCase) {
			continue
		}
		key := keyStart
		var set uint16
		length := 0
		for j := i; j < b[1] && j < i+longestName; j++ {
			key = keyOn(key, form(j))
			if s := r.gaz.look(key) | r.gaz.brands[key]; s != 0 {
				set, length = s, j+1-i
			}
		}
		if length == 0 {
			continue
		}
		words[i].begin, words[i].length = set, uint8(length)
		for j := i; j < i+length; j++ {
			words[j].inside |= set
		}
	}
}
