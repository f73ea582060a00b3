package syntax

import (
	"unicode"
	"unicode/utf8"

	"dragoman/learn"
)

// word is what the models see of a token.
type word struct {
	form   uint64 // as written, quotes and dashes made plain
	norm   uint64 // in lower case, digits made 0
	suffix [4]uint64
	prefix [3]uint64
	shape  uint64 // "Xx", "dd-d"
	listed uint64 // parts of speech under which the table of lemmas has it
	first  uint8  // kind of the first character
	caps   bool   // no lower case letter, and a letter
	digit  bool
	hyphen bool
	long   uint8 // characters, at most 12
}

// Kinds of characters.
const (
	other uint8 = iota
	lower
	upper
	digit
	mark
)

// plain folds the many quotes and dashes of typography into those of a
// typewriter, so that what is learnt from one text serves another.
func plain(r rune) rune {
	if r < 0x80 {
		return r
	}
	switch r {
	case '‘', '’', '‚', '‛', 'ʼ', '´', 'ʻ':
		return '\''
	case '“', '”', '„', '‟', '«', '»':
		return '"'
	case '–', '—', '―', '‒':
		return '–'
	case '‐', '‑':
		return '-'
	}
	if r >= '！' && r <= '～' {
		return r - '！' + '!' // of full width
	}
	return r
}

func kind(r rune) uint8 {
	switch {
	case r >= 'a' && r <= 'z':
		return lower
	case r >= 'A' && r <= 'Z':
		return upper
	case r >= '0' && r <= '9':
		return digit
	case r < 0x80:
		return other
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return upper
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return lower
	case unicode.IsDigit(r):
		return digit
	}
	return other
}

func lowerRune(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	if r < 0x80 {
		return r
	}
	return unicode.ToLower(r)
}

const (
	basis = 0xCBF29CE484222325
	prime = 0x100000001B3
)

// mostRunes of a token count; what is longer is told apart by its beginning.
const mostRunes = 64

// look fills w from a token's characters.
func (w *word) look(s string) {
	var runes [mostRunes]rune
	n := 0
	form, norm, shape := uint64(basis), uint64(basis), uint64(basis)
	lastKind := mark
	*w = word{}
	lowers, letters := false, false
	for _, r := range s {
		if n == mostRunes {
			break
		}
		r = plain(r)
		k := kind(r)
		if n == 0 {
			w.first = k
		}
		low := r
		switch k {
		case upper:
			low = lowerRune(r)
			letters = true
		case lower:
			letters, lowers = true, true
		case digit:
			low = '0'
			w.digit = true
		default:
			if r == '-' {
				w.hyphen = true
			}
		}
		form = (form ^ uint64(r)) * prime
		norm = (norm ^ uint64(low)) * prime
		if k != lastKind || k == other {
			c := uint64(k)
			if k == other {
				c = uint64(r)
			}
			shape = (shape ^ c) * prime
			lastKind = k
		}
		runes[n] = low
		n++
	}
	w.form, w.norm, w.shape = form^form>>29, norm^norm>>29, shape^shape>>29
	w.caps = letters && !lowers
	w.long = uint8(min(n, 12))
	h := uint64(basis)
	for i := 0; i < len(w.prefix); i++ {
		if i < n {
			h = (h ^ uint64(runes[i])) * prime
		}
		w.prefix[i] = h
	}
	h = basis
	for i := 0; i < len(w.suffix); i++ {
		if i < n {
			h = (h ^ uint64(runes[n-1-i])) * prime
		}
		w.suffix[i] = h
	}
}

// normOf is the norm of a string as look has it.
func normOf(s string) uint64 {
	var w word
	w.look(s)
	return w.norm
}

// initial returns the first character of s.
func initial(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return plain(r)
}

// join2 and join3 make a feature of values.
func join2(seed, a, b uint64) uint64    { return learn.Mix(learn.Mix(seed, a), b) }
func join3(seed, a, b, c uint64) uint64 { return learn.Mix(join2(seed, a, b), c) }
func join4(seed, a, b, c, d uint64) uint64 {
	return learn.Mix(join3(seed, a, b, c), d)
}
