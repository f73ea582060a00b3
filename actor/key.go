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
	leap   bool // words of the phrase before it are left out
}

type charKind uint8

const (
	spoken  charKind = iota
	silent           // within a word, and left out
	between          // ends a word
)

const (
	lowers = "abcdefghijklmnopqrstuvwxyz"
	uppers = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits = "0123456789"
)

// letter returns r as it stands in a key, and with its capital.
func letter(r rune) (low, up string, kind charKind) {
	switch {
	case r >= 'a' && r <= 'z':
		s := lowers[r-'a' : r-'a'+1]
		return s, s, spoken
	case r >= 'A' && r <= 'Z':
		return lowers[r-'A' : r-'A'+1], uppers[r-'A' : r-'A'+1], spoken
	case r >= '0' && r <= '9':
		s := digits[r-'0' : r-'0'+1]
		return s, s, spoken
	case r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == 'ʻ' || r == '`' || r == '.' || unicode.Is(unicode.Mn, r):
		return "", "", silent
	case r == '&' || r == '+':
		return string(r), string(r), spoken
	case !unicode.IsLetter(r) && !unicode.IsDigit(r):
		return "", "", between
	}
	l := unicode.ToLower(r)
	switch l {
	case 'ß':
		return "ss", "ss", spoken
	case 'æ':
		low = "ae"
	case 'œ':
		low = "oe"
	default:
		if p, ok := plain[l]; ok {
			l = p
		}
		low = string(l)
	}
	up = low
	if unicode.IsUpper(r) {
		up = strings.ToUpper(low)
	}
	return low, up, spoken
}

// ascii splits a text without anything that needs looking at twice; ok is false
// where there is.
func ascii(name string) (key, caps string, ok bool) {
	for i := 0; i < len(name); i++ {
		c := name[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') && (c != ' ' || i == 0 || i == len(name)-1 || name[i-1] == ' ') {
			return "", "", false
		}
	}
	return strings.ToLower(name), name, true
}

// split appends the words of text, which begins at byte at, to ws.
func split(ws []word, text string, at, token int, joined bool) []word {
	if key, caps, ok := ascii(text); ok && key != "" && !strings.Contains(key, " ") {
		return append(ws, word{key: key, caps: caps, start: at, end: at + len(text), token: token, hyphen: joined})
	}
	text = unpossessed(text)
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
		low, up, kind := letter(r)
		switch kind {
		case silent:
			// within a word
		case between:
			flush(i)
			joined = r == '-' || r == '‑'
		default:
			if start < 0 {
				start = i
			}
			key.WriteString(low)
			caps.WriteString(up)
		}
	}
	flush(len(text))
	return ws
}

// unpossessed leaves out the possessives of a name, as they are words of their own in a
// text: "People's Party" is looked up by "People Party".
func unpossessed(name string) string {
	for from := 0; ; {
		i := strings.IndexAny(name[from:], "'’")
		if i < 0 {
			return name
		}
		at := from + i
		_, n := utf8.DecodeRuneInString(name[at:])
		from = at + n
		if at == 0 || from >= len(name) || name[from] != 's' {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(name[from+1:]); from+1 == len(name) || !unicode.IsLetter(next) && !unicode.IsDigit(next) {
			name = name[:at] + name[from+1:]
			from = at
		}
	}
}

// keyOf is what a name is looked up by, and keyed with its capitals.
func keyOf(name string) (key, caps string) {
	if key, caps, ok := ascii(name); ok {
		return key, caps
	}
	name = unpossessed(name)
	var keys, written [96]byte
	k, c := keys[:0], written[:0]
	space := false
	for _, r := range name {
		low, up, kind := letter(r)
		switch kind {
		case silent:
			continue
		case between:
			space = len(k) > 0
			continue
		}
		if space {
			k, c = append(k, ' '), append(c, ' ')
			space = false
		}
		k, c = append(k, low...), append(c, up...)
	}
	key = string(k)
	if string(c) == key {
		return key, key
	}
	return key, string(c)
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
