package actor

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain gives the unaccented letters of Latin letters that names are written
// with; a combining mark is dropped by fold itself.
var plain = letters("àáâãäåāăąǎa çćĉċčc ďđðd èéêëēĕėęěe ĝğġģg ĥħh ìíîïĩīĭįıi ĵj ķk ĺļľŀłl ñńņňn òóôõöøōŏőo ŕŗřr śŝşšșs ţťŧțt ùúûüũūŭůűųu ŵw ýÿŷy źżžz")

// letters reads groups of letters, each ending with the plain one.
func letters(groups string) map[rune]rune {
	m := map[rune]rune{}
	for _, g := range strings.Fields(groups) {
		last, _ := utf8.DecodeLastRuneInString(g)
		for _, r := range g {
			m[r] = last
		}
	}
	return m
}

// word is a run of letters and digits as tables are looked up by: in lower
// case, without accents, apostrophes and points ("Sana'a" and "Sanaa" are one).
type word struct {
	key    string
	caps   string // key with its capitals, to tell "US" from "us"
	single string // the key of its singular, "" where it is one
	start  int    // bytes of the text
	end    int
	token  int  // -1 outside a document
	hyphen bool // joined to the word before by a hyphen
	owner  bool // followed by a possessive
}

// split appends the words of text, which begins at byte at, to ws.
func split(ws []word, text string, at, token int, joined bool) []word {
	var key, caps strings.Builder
	start := -1
	flush := func(end int) {
		if start >= 0 && key.Len() > 0 {
			ws = append(ws, word{key: key.String(), caps: caps.String(), start: at + start, end: at + end, token: token, hyphen: joined})
		}
		key.Reset()
		caps.Reset()
		start = -1
		joined = false
	}
	for i, r := range text {
		switch {
		case r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '.' || unicode.Is(unicode.Mn, r):
			// within a word
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '&' || r == '+':
			if start < 0 {
				start = i
			}
			low := unicode.ToLower(r)
			if p, ok := plain[low]; ok {
				low = p
			}
			up := low
			if unicode.IsUpper(r) {
				up = unicode.ToUpper(low)
			}
			switch low {
			case 'ß':
				key.WriteString("ss")
				caps.WriteString("ss")
			case 'æ':
				key.WriteString("ae")
				caps.WriteString("ae")
			default:
				key.WriteRune(low)
				caps.WriteRune(up)
			}
		default:
			flush(i)
			joined = r == '-' || r == '‑'
		}
	}
	flush(len(text))
	return ws
}

// keyOf is what a name is looked up by, and keyed with its capitals.
func keyOf(name string) (key, caps string) {
	ws := split(nil, name, 0, -1, false)
	for i, w := range ws {
		if i > 0 {
			key += " "
			caps += " "
		}
		key += w.key
		caps += w.caps
	}
	return key, caps
}

// slug makes an id of words.
func slug(s string) string {
	key, _ := keyOf(s)
	return strings.ReplaceAll(strings.ReplaceAll(key, " ", "-"), "&", "and")
}

// singular guesses the singular of a regular plural; "" where it sees none.
func singular(w string) string {
	n := len(w)
	switch {
	case n < 4 || w[n-1] != 's' || w[n-2] == 's' || w[n-2] == 'u' || w[n-2] == 'i':
		return ""
	case strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"):
		return w[:n-2]
	}
	return w[:n-1]
}
