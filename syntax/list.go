package syntax

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// marker is what an item of a list begins with: "1.", "b)", "(iii)", "•", "• 4.".
// A letter and a small Roman numeral cannot always be told apart, and so it may
// count in several ways.
type marker struct {
	end                   int    // the byte after it; 0 where there is none
	bullet                rune   // 0 where there is none
	marks                 string // around what counts: ".", ")", ".)", "()"
	number, letter, roman int    // 0 where it does not count so
}

var romans = strings.Fields("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx")

// bullets that are nothing else; dashes and stars are bullets only before a number.
func isBullet(r rune) bool {
	switch r {
	case '•', '⁃', '◦', '▪', '●', '‣', '·':
		return true
	}
	return false
}

// markerAt returns the marker that begins at a byte of the text.
func markerAt(text string, at int) marker {
	var m marker
	r, size := utf8.DecodeRuneInString(text[at:])
	i := at
	if isBullet(r) || r == '-' || r == '–' || r == '*' {
		m.bullet, i = r, at+size
		if isBullet(r) {
			m.end = i
		}
		for i < len(text) && text[i] == ' ' && i < at+size+3 {
			i++
		}
	}
	counted := m
	if !counted.count(text, i) {
		return m
	}
	return counted
}

// count reads what counts, with its marks, from byte i on; false where there is
// nothing that does, or no space after it.
func (m *marker) count(text string, i int) bool {
	open := i < len(text) && text[i] == '('
	if open {
		i++
	}
	end := i
	for end < len(text) && end < i+6 && (asciiLetter(text[end]) || text[end] >= '0' && text[end] <= '9') {
		end++
	}
	number := text[i:end]
	if !enumerates(number) {
		return false
	}
	switch rest := text[end:]; {
	case open && strings.HasPrefix(rest, ")"):
		m.marks = "()"
	case open:
		return false
	case strings.HasPrefix(rest, ".)"):
		m.marks = ".)"
	case strings.HasPrefix(rest, ")"), strings.HasPrefix(rest, "."):
		m.marks = rest[:1]
	default:
		return false
	}
	m.end = end + len(m.marks)
	if open {
		m.end--
	}
	if r, _ := utf8.DecodeRuneInString(text[m.end:]); m.end < len(text) && !blankRune(r) {
		return false
	}
	m.value(number)
	return true
}

// value sets what the marker counts. A capital with a full stop counts nothing:
// it may be an initial.
func (m *marker) value(s string) {
	if s[0] >= '0' && s[0] <= '9' {
		for i := range len(s) {
			m.number = m.number*10 + int(s[i]-'0')
		}
		return
	}
	if s[0] < 'a' && m.marks == "." {
		return
	}
	if len(s) == 1 {
		m.letter = int(s[0]|0x20-'a') + 1
	}
	m.roman = slices.Index(romans, s) + 1
}

// enumerates reports whether s counts items: up to three digits, one letter, or
// a small Roman numeral.
func enumerates(s string) bool {
	digits, roman := len(s) > 0 && len(s) <= 3, len(s) > 0 && len(s) <= 5
	for i := 0; i < len(s); i++ {
		digits = digits && s[i] >= '0' && s[i] <= '9'
		roman = roman && (s[i] == 'i' || s[i] == 'v' || s[i] == 'x')
	}
	return digits || roman || len(s) == 1 && asciiLetter(s[0]) && s != "I"
}

// after reports whether the marker counts on from another one.
func (m *marker) after(b *marker) bool {
	if m.bullet != b.bullet || m.bullet == 0 && m.marks != b.marks {
		return false
	}
	on := func(x, y int) bool { return y > 0 && x == y+1 }
	return isBullet(m.bullet) || on(m.number, b.number) || on(m.letter, b.letter) || on(m.roman, b.roman)
}

// opens reports whether the marker is the first of its list.
func (m *marker) opens() bool {
	return isBullet(m.bullet) || m.number == 1 || m.letter == 1 || m.roman == 1
}

// begin notes whether the sentence that begins at token i is an item of a list.
func (s *splitter) begin(i int) {
	s.item = marker{}
	if i > 0 && s.tokens[i-1].End == s.tokens[i].Start {
		return
	}
	if s.item = markerAt(s.text, s.tokens[i].Start); s.item.end > 0 {
		s.list = s.item
	}
}

// nextItem reports whether an item of a list begins after token i, on the same
// line: its marker counts on from the one before, or one list stands right after
// another. A marker after a comma, a conjunction or a preposition is a part of
// what is told there.
func (s *splitter) nextItem(i int) bool {
	start := s.tokens[i+1].Start
	if s.list.end == 0 || s.tokens[i].End == start || s.tokens[i].End <= s.item.end {
		return false
	}
	m := markerAt(s.text, start)
	if m.end == 0 || m.end == len(s.text) || s.text[m.end] == '\n' {
		return false
	}
	last := s.tokens[i].In(s.text)
	if strings.ContainsAny(last, ",;(-–—") || s.p.linkers.find(last) {
		return false
	}
	return m.after(&s.list) || s.item.end > 0 && m.opens()
}
