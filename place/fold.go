package place

import (
	"strings"
	"unicode/utf8"
)

// fold appends to b the form of a name under which it is looked up: lower case
// ASCII letters and digits without accents, words separated by one space,
// apostrophes and full stops dropped, a leading article dropped, and "St.",
// "Mt.", "Ft." written out, so that "Dasht-e-Qala" meets "Dasht e Qal'a" and
// "St. Louis" meets "Saint Louis".
func fold(b []byte, name string) []byte {
	start, word := len(b), len(b)
	for i := 0; i < len(name); {
		c := name[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
				b = append(b, c)
			case 'A' <= c && c <= 'Z':
				b = append(b, c+'a'-'A')
			case c == '\'' || c == '`' || c == '.':
			default:
				b, word = endWord(b, start, word)
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(name[i:])
		i += n
		switch {
		case r == 'ß':
			b = append(b, "ss"...)
		case r == 'æ' || r == 'Æ':
			b = append(b, "ae"...)
		case r == 'œ' || r == 'Œ':
			b = append(b, "oe"...)
		case r == 'þ' || r == 'Þ':
			b = append(b, "th"...)
		case bare(r) != 0:
			b = append(b, bare(r))
		case 0x300 <= r && r < 0x370, 0x2b0 <= r && r < 0x300, r == '’', r == '‘', r == '´':
		case r == 0xa0 || 0x2000 <= r && r < 0x2070:
			b, word = endWord(b, start, word)
		default: // another script: kept, so that it meets only itself
			b = append(b, name[i-n:i]...)
		}
	}
	b, _ = endWord(b, start, word)
	if len(b) > start && b[len(b)-1] == ' ' {
		b = b[:len(b)-1]
	}
	return b
}

// endWord closes the word of b that began at word; start is where the name began.
func endWord(b []byte, start, word int) ([]byte, int) {
	if len(b) == word {
		return b, word
	}
	switch string(b[word:]) {
	case "the":
		if word == start {
			return b[:start], start
		}
	case "st":
		b = append(b[:word], "saint"...)
	case "mt":
		b = append(b[:word], "mount"...)
	case "ft":
		b = append(b[:word], "fort"...)
	}
	b = append(b, ' ')
	return b, len(b)
}

// key returns the folded form of a name as a string.
func key(name string) string { return string(fold(nil, name)) }

// of returns what a map holds of a name by its key.
func of[V any](m map[string]V, name string) V {
	var buf [96]byte
	return m[string(fold(buf[:0], name))]
}

// loosen appends to b a coarser form of a folded name, in which the ways to
// write a name of another script fall together: "ai khanoum", "ay khanum" and
// "ai khanom"; "dashti qala" and "dasht e qalah". Only names that are not found
// otherwise are looked up by it, and only in the countries that the text names.
func loosen(b, folded []byte) []byte {
	start := len(b)
	for i := 0; i < len(folded); i++ {
		c := folded[i]
		next := byte(0)
		if i+1 < len(folded) {
			next = folded[i+1]
		}
		switch {
		case c == 'o' && (next == 'o' || next == 'u' || next == 'w'):
			i++
			c = 'u'
		case c == 'e' && next == 'e':
			i++
			c = 'i'
		case c == 'p' && next == 'h':
			i++
			c = 'f'
		case c == 'e' || c == 'y':
			c = 'i'
		case c == 'o':
			c = 'u'
		case c == 'q':
			c = 'k'
		case c == 'w':
			c = 'v'
		case c == 'h' || c == ' ':
			continue
		}
		if len(b) == start || b[len(b)-1] != c {
			b = append(b, c)
		}
	}
	return b
}

// slug returns a name as it stands in an id: "new:ay-khanum".
func slug(name string) string { return strings.ReplaceAll(key(name), " ", "-") }

// bare returns the ASCII letter under the accents of r, or 0.
func bare(r rune) byte {
	c := byte('.')
	switch {
	case 0xc0 <= r && r < 0x280:
		c = latin[r-0xc0]
	case 0x1e00 <= r && r < 0x1f00:
		c = latinAdditional[r-0x1e00]
	}
	if c == '.' {
		return 0
	}
	return c
}

// The letters from U+00C0 to U+027F and from U+1E00 to U+1EFF without accents.
const (
	latin = "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y" +
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.llllll." +
		".llnnnnnn.nnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz." +
		".b........d...ee.......ikk......oo.............uu..yy..........." +
		".............aaiioouuuuuuuuuueaaaa....ggkkoooo..j...gg..nnaa...." +
		"aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............" +
		"...................b...d.e..............i......................."
	latinAdditional = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm" +
		"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv" +
		"wwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" +
		"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......"
)
