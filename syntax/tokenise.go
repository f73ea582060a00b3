package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman"
	"dragoman/learn"
)

// mostChunk is the most characters without space that are looked at together.
const mostChunk = 1000

// cutter finds tokens: white space parts them, addresses are whole, and inside
// the rest a model decides wherever two characters meet that are not both
// letters or both digits.
type cutter struct {
	p      *Parser
	text   string
	runes  []rune // of the chunk, plain and lower case, digits 0
	kinds  []uint8
	at     []int // byte offset of a rune; one more at the end
	feats  []uint64
	scores [8]int32
	tokens []dragoman.Token

	decide func(c *cutter, i, left int, next rune) bool // whether to cut before rune i
}

// cut appends the tokens of the whole text.
func (c *cutter) cut() {
	text := c.text
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if blankRune(r) {
			i += n
			continue
		}
		end, count := i, 0
		for end < len(text) && count < mostChunk {
			r, n := utf8.DecodeRuneInString(text[end:])
			if blankRune(r) {
				break
			}
			end += n
			count++
		}
		c.chunk(i, end)
		i = end
	}
}

// blankRune reports whether r parts tokens. Characters without width do too:
// they can stand in no token of a treebank.
func blankRune(r rune) bool {
	if r < 0x80 {
		return r <= ' ' || r == 0x7F
	}
	return unicode.IsSpace(r) || r == '\u200B' || r == '\uFEFF' || r == '\u2060' || r == '\u200E' || r == '\u200F' || r == '\u00AD'
}

func (c *cutter) chunk(start, end int) {
	if from, to := address(c.text[start:end]); to > from {
		if from > 0 {
			c.pieces(start, start+from)
		}
		c.tokens = append(c.tokens, dragoman.Token{Span: dragoman.Span{Start: start + from, End: start + to}})
		if start+to < end {
			c.pieces(start+to, end)
		}
		return
	}
	c.pieces(start, end)
}

// pieces cuts a chunk that holds no address.
func (c *cutter) pieces(start, end int) {
	c.fill(start, end)
	if i := c.numbered(); i > 0 {
		from, to := c.at[i], c.at[i+2]
		c.pieces(start, from)
		c.tokens = append(c.tokens, dragoman.Token{Span: dragoman.Span{Start: from, End: to}, Joined: true})
		if to < end {
			c.pieces(to, end)
		}
		return
	}
	n := len(c.runes)
	next := c.next(end)
	left := 0 // rune where the token at hand begins
	for i := 1; i < n; i++ {
		a, b := c.kinds[i-1], c.kinds[i]
		letters := (a == lower || a == upper) && (b == lower || b == upper)
		split, joined := false, false
		switch {
		case c.negation(i):
			split, joined = true, true
		case letters || a == digit && b == digit:
		case a == upper && b == digit && c.capitals(left, i): // "M23", "G7"
		case i >= 2 && c.negation(i-1), i >= 3 && c.negation(i-2):
		case c.apart(i):
			split = true
		case b == other && c.runes[i] == '.' && c.keeps(left, i, next):
		default:
			split = c.decide(c, i, left, next)
		}
		if split {
			c.emit(left, i)
			left = i
			if joined {
				c.emit(i, i+3)
				c.tokens[len(c.tokens)-1].Joined = true
				i += 3
				left = i
			}
		}
	}
	if left < n {
		c.emit(left, n)
	}
}

// numbered returns the rune where the "'s" begins that ends a name with a number
// ("M23's", "Su-57's"), 0 for none: the name is cut as it is without it.
func (c *cutter) numbered() int {
	for i := len(c.runes) - 2; i > 1 && c.letter(0) && c.tail(i+2); i-- {
		if c.runes[i] == '\'' && c.runes[i+1] == 's' && c.kinds[i-1] == digit {
			return i
		}
	}
	return 0
}

// capitals reports whether the runes from left to i are capital letters.
func (c *cutter) capitals(left, i int) bool {
	for ; left < i; left++ {
		if c.kinds[left] != upper {
			return false
		}
	}
	return true
}

func (c *cutter) fill(start, end int) {
	c.runes, c.kinds, c.at = c.runes[:0], c.kinds[:0], c.at[:0]
	for i, r := range c.text[start:end] {
		r = plain(r)
		k := kind(r)
		switch k {
		case upper:
			r = lowerRune(r)
		case digit:
			r = '0'
		}
		c.runes = append(c.runes, r)
		c.kinds = append(c.kinds, k)
		c.at = append(c.at, start+i)
	}
	c.at = append(c.at, end)
}

// next returns the first character after the chunk, made plain; '\n' where the
// paragraph ends.
func (c *cutter) next(end int) rune {
	lines := 0
	for i, r := range c.text[end:min(len(c.text), end+200)] {
		_ = i
		if r == '\n' {
			lines++
		}
		if lines > 1 {
			return '\n'
		}
		if !blankRune(r) {
			return plain(r)
		}
	}
	return '\n'
}

// negation reports whether "n't" begins at rune i and ends a word.
func (c *cutter) negation(i int) bool {
	r := c.runes
	return i > 0 && i+2 < len(r) && r[i] == 'n' && r[i+1] == '\'' && r[i+2] == 't' && c.letter(i-1) &&
		(i+3 == len(r) || !c.letter(i+3))
}

// keeps reports whether the full stop at rune i, the last of the chunk, surely
// belongs to the abbreviation before it: a title before a word, a reference
// before its number, a firm or a place before a small letter.
func (c *cutter) keeps(left, i int, next rune) bool {
	if i+1 != len(c.runes) || c.kinds[left] == other {
		return false
	}
	switch c.p.abbreviation(c.text[c.at[left]:c.at[i+1]]) {
	case "title":
		return c.kinds[left] == upper && kind(next) != other
	case "number":
		return kind(next) == digit
	case "month":
		return c.kinds[left] == upper && kind(next) == digit
	case "company", "place":
		return kind(next) == lower
	case "name", "time", "clock", "latin":
		return true
	}
	return false
}

// apart reports whether what meets before rune i never belongs together: a
// full-width mark and anything, a double quotation mark and anything, a bracket
// and a mark that makes no drawn face with it, a bracket that closes and one that
// opens, a semicolon or a number, the sign of a currency or of per cent and a
// number or a mark, several full stops and a word, the full stop of a sentence
// and what it ends or the number of a note to it.
func (c *cutter) apart(i int) bool {
	a, b := c.runes[i-1], c.runes[i]
	if c.wide(i-1) || c.wide(i) || c.noted(i-1) || c.noted(i) {
		return true
	}
	if a == '"' || b == '"' {
		return a != b
	}
	if b == '\'' && c.letter(i-1) && c.tail(i) {
		// "the leaders'", "'good relations'"; but not "goin'"
		return i < 3 || c.runes[i-1] != 'n' || c.runes[i-2] != 'i' || c.runes[0] == '\''
	}
	switch c.kinds[i] {
	case digit:
		if unicode.Is(unicode.Sc, a) || a == '%' || closes(a) {
			return true
		}
		fallthrough
	case lower, upper:
		if a == '.' && i > 1 && c.runes[i-2] == '.' {
			return true
		}
	}
	if unicode.Is(unicode.Sc, a) || a == '%' {
		return ends(b) || bracket(b)
	}
	return closes(a) && b == ';' || bracket(a) && ends(b) || bracket(b) && ends(a) || closes(a) && opens(b)
}

// wide reports whether rune i is a full-width mark.
func (c *cutter) wide(i int) bool {
	return c.kinds[i] == other && c.at[i+1]-c.at[i] == 3 && c.runes[i] < 0x80 && c.text[c.at[i]] == 0xEF
}

// noted reports whether rune i is the full stop of a sentence at which the
// number of a note stands: "It was closed.4", "it fell (2014).[12]". A short word
// before it may be an abbreviation, and so may be what is no word.
func (c *cutter) noted(i int) bool {
	if c.runes[i] != '.' || i < 4 || i+1 == len(c.runes) {
		return false
	}
	for j := i - 3; j < i; j++ {
		if c.runes[i-1] != ')' && c.kinds[j] != lower {
			return false
		}
	}
	j := i + 1
	if c.runes[j] == '[' && c.runes[len(c.runes)-1] == ']' {
		return j+1 < len(c.runes) && c.kinds[j+1] == digit
	}
	for j < len(c.runes) && c.kinds[j] == digit {
		j++
	}
	return j == len(c.runes) && j-i <= 4
}

func bracket(r rune) bool { return strings.IndexByte("()[]", byte(min(r, 0x7F))) >= 0 }

func closes(r rune) bool { return r == ')' || r == ']' || r == '>' }
func opens(r rune) bool  { return r == '(' || r == '[' || r == '<' }

func ends(r rune) bool {
	return r == '–' || r == '…' || strings.IndexByte(".,!?[]", byte(min(r, 0x7F))) >= 0
}

func (c *cutter) letter(i int) bool { return c.kinds[i] == lower || c.kinds[i] == upper }

// emit appends the token of runes from..to, parted further where the table of
// contractions says so.
func (c *cutter) emit(from, to int) {
	span := dragoman.Span{Start: c.at[from], End: c.at[to]}
	t := dragoman.Token{Span: span, Joined: c.clitic(from, to)}
	if to-from <= 12 {
		if whole := c.p.contractions.find(span.In(c.text)); whole != nil && !t.Joined && (whole.before == nil || whole.before.find(c.word(span.End))) {
			at := span.Start
			for i, n := range whole.lengths {
				c.tokens = append(c.tokens, dragoman.Token{Span: dragoman.Span{Start: at, End: at + n}, Joined: i > 0})
				at += n
			}
			return
		}
	}
	c.tokens = append(c.tokens, t)
}

// word returns the word that follows byte i after a space, "" for none.
func (c *cutter) word(i int) string {
	rest := c.text[i:min(len(c.text), i+longestEntry)]
	word := strings.TrimLeft(rest, " ")
	if len(word) == len(rest) {
		return ""
	}
	if end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		word = word[:end]
	}
	return word
}

// clitic reports whether runes from..to are what "'s" and its like are: an
// apostrophe and letters, right after a word.
func (c *cutter) clitic(from, to int) bool {
	if c.runes[from] != '\'' || to-from > 3 || to == from+1 || from == 0 && !c.touches() {
		return false
	}
	if from > 0 && !c.letter(from-1) && c.kinds[from-1] != digit {
		return false
	}
	for i := from + 1; i < to; i++ {
		if !c.letter(i) {
			return false
		}
	}
	return c.p.clitics.find(c.text[c.at[from+1]:c.at[to]]) != nil
}

// touches reports whether the chunk at hand follows on a token without space.
func (c *cutter) touches() bool {
	return len(c.tokens) > 0 && c.tokens[len(c.tokens)-1].End == c.at[0]
}

// address finds a web or mail address in a chunk.
func address(s string) (from, to int) {
	if len(s) < 5 {
		return 0, 0
	}
	i := strings.Index(s, "://")
	if i > 0 {
		from = i
		for from > 0 && asciiLetter(s[from-1]) {
			from--
		}
	} else if i = strings.IndexAny(s, "wW"); i >= 0 && len(s) > i+4 && strings.EqualFold(s[i:i+4], "www.") {
		from = i
	} else if i = strings.IndexByte(s, '@'); i > 0 {
		return mail(s, i)
	} else {
		return 0, 0
	}
	if from > 0 && (asciiLetter(s[from-1]) || s[from-1] >= '0' && s[from-1] <= '9') {
		return 0, 0
	}
	to = len(s)
	if end := strings.IndexAny(s[from:], "<>\"”“’»"); end >= 0 {
		to = from + end
	}
	for to > from && strings.IndexByte(".,;:!?'", s[to-1]) >= 0 {
		to--
	}
	if to > from && (s[to-1] == ')' && strings.IndexByte(s[from:to], '(') < 0 || s[to-1] == ']' && strings.IndexByte(s[from:to], '[') < 0) {
		to--
	}
	return from, to
}

func asciiLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

func mail(s string, at int) (from, to int) {
	part := func(b byte) bool {
		return asciiLetter(b) || b >= '0' && b <= '9' || strings.IndexByte("._%+-", b) >= 0
	}
	from, to = at, at+1
	for from > 0 && part(s[from-1]) {
		from--
	}
	for to < len(s) && part(s[to]) {
		to++
	}
	for to > at && strings.IndexByte(".-", s[to-1]) >= 0 {
		to--
	}
	if from == at || strings.IndexByte(s[at:to], '.') < 0 {
		return 0, 0
	}
	return from, to
}

// byModel is the decision of the trained model.
func byModel(c *cutter, i, left int, next rune) bool {
	c.features(i, left, next)
	c.p.cuts.Score(c.feats, c.scores[:])
	return c.scores[1] > c.scores[0]
}

// features describes the place before rune i of the chunk, where the token at
// hand begins at rune left.
func (c *cutter) features(i, left int, next rune) {
	n := len(c.runes)
	at := func(j int) uint64 {
		if j < 0 || j >= n {
			return 1
		}
		return uint64(c.runes[j])
	}
	is := func(j int) uint64 {
		switch {
		case j < 0:
			return 6
		case j >= n:
			return 7
		case c.kinds[j] == other:
			return 8 + uint64(c.runes[j])
		}
		return uint64(c.kinds[j])
	}
	a, b := at(i-1), at(i)
	f := c.feats[:0]
	seed := uint64(0)
	add := func(x uint64) {
		seed++
		f = append(f, learn.Mix(x, seed))
	}
	add(join2(1, a, b))
	add(join3(1, at(i-2), a, b))
	add(join3(1, a, b, at(i+1)))
	add(join4(1, at(i-2), a, b, at(i+1)))
	add(join4(1, at(i-3), at(i-2), a, b))
	add(join4(1, a, b, at(i+1), at(i+2)))
	k2 := join2(1, is(i-1), is(i))
	k4 := join2(k2, is(i-2), is(i+1))
	add(k2)
	add(k4)
	add(join2(k4, is(i-3), is(i+2)))
	add(join4(k4, is(i-3), is(i+2), is(i-4), is(i+3)))
	l, r := c.run(i-1, -1), c.run(i, 1)
	add(join2(1, l, b))
	add(join2(1, a, r))
	add(join2(1, l, r))
	l2, r2 := c.run(i-2, -1), c.run(i+1, 1)
	add(join3(1, l, b, r2))
	add(join3(1, l2, a, r))
	nextKind := uint64(kind(next))
	if kind(next) == other {
		nextKind = 8 + uint64(next)
	}
	token := c.hash(left, i)
	end := uint64(min(n-i, 4))
	add(join2(1, token, b))
	add(join3(1, token, b, end))
	add(join3(1, token, b, nextKind))
	add(join3(1, a, b, end))
	add(join4(1, k2, end, nextKind, min(uint64(i-left), 3)))
	add(join4(k4, end, nextKind, 0, boolean(c.tail(i))))
	add(join3(k2, boolean(c.tail(i)), boolean(left > 0), is(left-1)))
	add(join2(k4, boolean(c.tail(i)), c.dots(left, i)))
	add(join4(k2, c.dots(left, i), nextKind, end, min(uint64(i-left), 3)))
	if b == '.' || a == '.' {
		known := c.p.abbreviations.find(c.text[c.at[left]:c.at[i]])
		if b == '.' {
			known = c.p.abbreviations.find(c.text[c.at[left]:c.at[i+1]])
		}
		add(join4(k2, boolean(known != nil), nextKind, end, boolean(c.tail(i))))
		add(join3(k2, boolean(known != nil), end, boolean(c.tail(i))))
	}
	if a == '-' || b == '-' {
		add(join3(2, c.hash(0, i), b, 0))
		add(join3(3, c.run(i-2, -1), a, r))
	}
	c.feats = f
}

// run hashes the letters and digits, or the marks, from rune i on in a direction.
func (c *cutter) run(i, step int) uint64 {
	if i < 0 || i >= len(c.runes) {
		return 5
	}
	word := c.kinds[i] != other
	h := uint64(basis)
	for n := 0; n < 16 && i >= 0 && i < len(c.runes) && (c.kinds[i] != other) == word; n++ {
		h = (h ^ uint64(c.runes[i])) * prime
		i += step
	}
	return h
}

// hash hashes the runes from..to, the last 24 of them.
func (c *cutter) hash(from, to int) uint64 {
	h := uint64(basis)
	for i := max(from, to-24); i < to; i++ {
		h = (h ^ uint64(c.runes[i])) * prime
	}
	return h
}

// tail reports whether only marks follow from rune i to the end of the chunk.
func (c *cutter) tail(i int) bool {
	for j := i; j < len(c.runes); j++ {
		if c.kinds[j] != other || j > i+8 {
			return false
		}
	}
	return true
}

// dots counts the full stops in the runes from..to, up to 3.
func (c *cutter) dots(from, to int) uint64 {
	n := uint64(0)
	for i := max(from, to-24); i < to && n < 3; i++ {
		if c.runes[i] == '.' {
			n++
		}
	}
	return n
}

func boolean(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
