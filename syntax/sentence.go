package syntax

import (
	"strings"
	"unicode/utf8"

	"dragoman"
	"dragoman/learn"
)

// mostTokens is the most tokens of a sentence; longer ones are cut, so that
// time and memory stay linear whatever a text holds.
const mostTokens = 300

// splitter finds where sentences end. An empty line always ends one, a line
// that is plainly a heading or an item of a list does, and after every other
// token that may end one a model decides.
type splitter struct {
	p         *Parser
	text      string
	tokens    []dragoman.Token
	words     []word
	feats     []uint64
	scores    [8]int32
	sentences []dragoman.Sentence

	quoted  bool   // inside a quotation
	nested  int    // open brackets
	first   int    // of the sentence at hand
	item    marker // that the sentence begins with
	list    marker // the last of the paragraph
	held    int    // the token up to which a quotation is a piece of its sentence
	longest int    // line of the paragraph
	bare    bool   // the paragraph is short lines without marks
	closed  int    // end of the paragraph, up to which these are known

	decide func(s *splitter, i int) bool
}

// split appends the sentences of the tokens.
func (s *splitter) split() {
	s.closed = -1
	dateline := -1 // the token that ends one
	for i := range s.tokens {
		s.track(i)
		if i == s.first {
			s.begin(i)
		}
		if i == s.first && (i == 0 || s.blank(i-1)) {
			dateline = s.dateline(i)
		}
		end := i+1 == len(s.tokens) || i == dateline
		if !end {
			end = s.ends(i)
		}
		if !end && i+1-s.first >= mostTokens {
			s.add(s.safe(i) + 1)
			continue
		}
		if end {
			s.add(i + 1)
		}
	}
}

func (s *splitter) add(end int) {
	s.sentences = append(s.sentences, dragoman.Sentence{
		Span:  dragoman.Span{Start: s.tokens[s.first].Start, End: s.tokens[end-1].End},
		First: s.first, End: end,
	})
	s.first = end
}

// safe returns the last token up to i after which an overlong sentence can be
// cut: one that a space follows, best a mark.
func (s *splitter) safe(i int) int {
	space := -1
	for j := i; j > s.first+mostTokens/2; j-- {
		if s.tokens[j].End == s.tokens[j+1].Start {
			continue
		}
		if s.words[j].first == other {
			return j
		}
		if space < 0 {
			space = j
		}
	}
	if space >= 0 {
		return space
	}
	for i > s.first && s.tokens[i+1].Joined {
		i--
	}
	return i
}

// track keeps account of quotation marks and brackets.
func (s *splitter) track(i int) {
	if i > 0 && s.blank(i-1) {
		s.quoted, s.nested, s.list = false, 0, marker{}
	}
	if s.words[i].first != other {
		return
	}
	switch r := initial(s.tokens[i].In(s.text)); r {
	case '"':
		switch o, _ := utf8.DecodeRuneInString(s.tokens[i].In(s.text)); o {
		case '“', '«':
			s.quoted = true
		case '”', '»':
			s.quoted = false
		default:
			s.quoted = !s.quoted
		}
	case '(', '[':
		s.nested = min(s.nested+1, 3)
	case ')', ']':
		s.nested = max(s.nested-1, 0)
	}
}

func (s *splitter) gap(i int) string { return s.text[s.tokens[i].End:s.tokens[i+1].Start] }

func (s *splitter) blank(i int) bool { return paragraph(s.gap(i)) }

// ends reports whether a sentence ends after token i, which is not the last.
func (s *splitter) ends(i int) bool {
	gap := s.gap(i)
	if s.tokens[i+1].Joined {
		return false
	}
	if strings.IndexByte(gap, '\n') >= 0 {
		if paragraph(gap) || s.heading(i) {
			return true
		}
	} else if s.tokens[i].End <= s.item.end {
		return false // the number of an item stays with it
	}
	if i < s.held || s.hold(i) {
		return false
	}
	if s.nextItem(i) {
		return true
	}
	if !s.candidate(i) {
		return false
	}
	if end, sure := s.settled(i); sure {
		return end
	}
	return s.decide(s, i)
}

// settled decides what needs no model.
func (s *splitter) settled(i int) (end, sure bool) {
	if s.tokens[i].End == s.tokens[i+1].Start {
		return s.wide(i), s.wide(i) || s.noted(i)
	}
	if s.goesOn(i) {
		return false, true
	}
	if s.omits(i) || s.opens(i) || s.onX(i) || s.note(i) && s.words[i+1].first == upper {
		return true, true
	}
	return s.abbreviated(i)
}

// opens reports whether token i is a full stop behind which a quotation in single
// marks begins: "He left. 'We stay,' she said."
func (s *splitter) opens(i int) bool {
	if i+2 >= len(s.tokens) || s.tokens[i].In(s.text) != "." || s.dots(i) > 1 || s.tokens[i+1].End < s.tokens[i+2].Start {
		return false
	}
	next := s.tokens[i+1].In(s.text)
	return (next == "'" || next == "‘") && s.words[i+2].first == upper
}

// onX reports whether token i ends a sentence with the name of the network X, which
// looks like an initial: "she wrote on X. Two people …".
func (s *splitter) onX(i int) bool {
	j := i
	if s.tokens[i].In(s.text) == "." && i > s.first {
		j--
	}
	return j > s.first && s.text[s.tokens[j].Start:s.tokens[i].End] == "X." && s.tokens[j-1].In(s.text) == "on" && s.words[i+1].first == upper
}

// spoken reports whether token i ends a question or an exclamation that somebody
// is told to make: "Leave me alone! he cried."
func (s *splitter) spoken(i int) bool {
	if i+3 >= len(s.tokens) || s.tokens[i+3].In(s.text) != "." {
		return false
	}
	switch s.tokens[i].In(s.text) {
	case "!", "?":
	default:
		return false
	}
	switch s.tokens[i+1].In(s.text) {
	case "he", "she", "they", "we":
		return s.words[i+2].first == lower
	}
	return false
}

// wide reports whether token i is a full-width mark that ends sentences; such a
// mark holds its own space.
func (s *splitter) wide(i int) bool {
	switch s.tokens[i].In(s.text) {
	case "．", "。", "！", "？":
		return true
	}
	return false
}

// goesOn reports whether what follows token i cannot begin a sentence: a mark
// that parts clauses; a dash, or a word after a closing bracket or quotation
// mark, in small letters; in brackets anything where no mark was before it, and
// a number.
func (s *splitter) goesOn(i int) bool {
	token, next, first := s.tokens[i].In(s.text), s.tokens[i+1].In(s.text), s.words[i+1].first
	if next == "," || next == ";" || next == ":" {
		return true
	}
	if first == lower && i > s.first && s.words[i].first == other && strings.ContainsAny(token, ")]\"”’»'") {
		return true
	}
	if isDash(next) && i+2 < len(s.tokens) && s.words[i+2].first == lower {
		return true
	}
	if s.nested > 0 && (first == digit || !s.marked(i)) {
		return true
	}
	if token == "." && s.words[s.first].first == other && s.dots(i) == i-s.first+1 {
		return true // what was left out belongs to what comes after it
	}
	return s.named(i) || s.initialed(i) || s.spoken(i) || token == "." && (next == "I" || first == lower) && s.dots(i) == 3 && s.apart(i-2)
}

// marked reports whether token i ends in a mark that ends sentences, or closes
// what does.
func (s *splitter) marked(i int) bool {
	switch s.lastMark(i) & 0xFFFFFFFF {
	case '.', '!', '?', '…':
		return true
	}
	return false
}

func isDash(s string) bool { return s == "-" || s == "–" || s == "—" || s == "--" }

// named reports whether the mark at token i belongs to a name, as some firms
// have it ("Yahoo!"): a capital inside the sentence before it, a small letter
// after it.
func (s *splitter) named(i int) bool {
	token := s.tokens[i].In(s.text)
	if s.words[i+1].first != lower || !strings.HasSuffix(token, "!") && !strings.HasSuffix(token, "?") {
		return false
	}
	if len(token) == 1 && i > s.first && s.tokens[i-1].End == s.tokens[i].Start {
		i--
	}
	return i > s.first && s.words[i].first == upper
}

// initialed reports whether token i ends the initial of a second given name: a
// word with a capital stands before it, and one that begins no sentence after.
func (s *splitter) initialed(i int) bool {
	token := s.tokens[i].In(s.text)
	j := i
	if token == "." && i > s.first && s.tokens[i-1].End == s.tokens[i].Start {
		j--
		token = s.text[s.tokens[j].Start:s.tokens[i].End]
	}
	if len(token) != 2 || token[1] != '.' || kind(rune(token[0])) != upper || j == s.first {
		return false
	}
	before := &s.words[j-1]
	return before.first == upper && !before.caps && s.words[i+1].first == upper && !s.p.openers.find(s.tokens[i+1].In(s.text))
}

// dots counts the full stops, each a token, that end with token i; at most 5.
func (s *splitter) dots(i int) int {
	n := 0
	for n < 5 && i-n >= s.first && s.tokens[i-n].In(s.text) == "." {
		n++
	}
	return n
}

// apart reports whether space is before token i and after it.
func (s *splitter) apart(i int) bool {
	return i > 0 && s.tokens[i-1].End < s.tokens[i].Start && s.tokens[i].End < s.tokens[i+1].Start
}

// omits reports whether token i is a full stop at its word and an ellipsis of
// three that stand apart begins the next sentence: "He left. . . . They stayed."
func (s *splitter) omits(i int) bool {
	if i == s.first || i+4 >= len(s.tokens) || s.tokens[i].In(s.text) != "." || s.tokens[i-1].End != s.tokens[i].Start {
		return false
	}
	for j := i + 1; j <= i+3; j++ {
		if s.tokens[j].In(s.text) != "." || !s.apart(j) {
			return false
		}
	}
	return s.words[i+4].first == upper
}

// noted reports whether the number of a note stands right at the full stop i.
func (s *splitter) noted(i int) bool {
	if s.tokens[i].In(s.text) != "." || i == s.first || s.words[i-1].first == digit || s.tokens[i-1].End < s.tokens[i].Start {
		return false
	}
	next := s.tokens[i+1].In(s.text)
	return s.words[i+1].first == digit ||
		next == "[" && i+2 < len(s.tokens) && s.words[i+2].first == digit && s.tokens[i+2].Start == s.tokens[i+1].End
}

// mostNotes is the most tokens of the numbers of notes after one sentence.
const mostNotes = 12

// note reports whether token i ends the numbers of notes that stand right at a
// sentence's full stop: "It was closed.4 5 Others …", "It fell.[2][3] Others …".
func (s *splitter) note(i int) bool {
	j := i
	for j > s.first && i-j < mostNotes && s.noteMark(j) {
		j--
	}
	return j < i && s.tokens[j].End == s.tokens[j+1].Start && s.noted(j)
}

// noteMark reports whether token j may be a part of the number of a note.
func (s *splitter) noteMark(j int) bool {
	t := s.tokens[j].In(s.text)
	return t == "[" || t == "]" || s.words[j].first == digit && len(t) <= 3
}

// abbreviated decides after an abbreviation: a word in small letters goes on, a
// title and a reference do, others end before a word that begins sentences, and
// a time of day before every capital that is not a part of it.
func (s *splitter) abbreviated(i int) (end, sure bool) {
	next := s.words[i+1].first
	opener := next == upper && s.p.openers.find(s.tokens[i+1].In(s.text))
	switch s.p.abbreviation(s.tokens[i].In(s.text)) {
	case "":
		return false, false
	case "title":
		return false, next != other && s.words[i].first == upper
	case "number", "month":
		return false, next == digit || next == lower
	case "clock":
		if next == upper {
			return opener || !s.clock(i), true
		}
	case "latin":
		if i == s.first {
			return false, true // "P.S. We …"
		}
		if opener {
			return true, true
		}
	case "company", "name", "time", "place":
		if opener {
			return true, true
		}
	}
	return false, next == lower
}

// clock reports whether the capital after the time of day at token i belongs to
// it ("Eastern", "Lagos time"), or the time stands before its sentence, as in
// "At 5 a.m. Mr. Diaz …".
func (s *splitter) clock(i int) bool {
	return i-s.first < 3 || s.p.clockwords.find(s.tokens[i+1].In(s.text)) ||
		i+2 < len(s.tokens) && strings.EqualFold(s.tokens[i+2].In(s.text), "time")
}

// mostHeld is the most tokens of a quotation that is looked through for its end.
const mostHeld = 100

// hold reports whether token i opens a quotation in single marks which is a
// piece of the sentence around it, as its first small letter shows. Up to its
// end no sentence ends.
func (s *splitter) hold(i int) bool {
	if i == s.first || s.words[i+1].first != lower || !s.single(i) || s.tokens[i].End != s.tokens[i+1].Start ||
		s.tokens[i-1].End == s.tokens[i].Start {
		return false
	}
	curly := s.tokens[i].In(s.text) == "‘"
	for j := i + 2; j < len(s.tokens) && j < i+mostHeld && !s.blank(j-1); j++ {
		if !s.single(j) || s.tokens[j-1].End != s.tokens[j].Start {
			continue
		}
		if curly || s.words[j-1].first == other {
			s.held = j
			return true
		}
	}
	return false
}

// single reports whether token j is a single quotation mark.
func (s *splitter) single(j int) bool {
	t := s.tokens[j].In(s.text)
	return len(t) <= 3 && initial(t) == '\'' && utf8.RuneCountInString(t) == 1
}

// dateline returns the dash that ends the dateline which begins at token i, as
// in "LIMA, Peru (Agency) – "; -1 where there is none. A place in capitals or an
// agency in brackets makes it one. A treebank has it as a sentence of its own,
// and so it does not become the subject of what follows.
func (s *splitter) dateline(i int) int {
	const most = 16
	places, agency := 0, false
	for j := i; j < len(s.tokens)-1 && j < i+most; j++ {
		w := &s.words[j]
		token := s.tokens[j].In(s.text)
		switch {
		case w.first == upper:
			if w.caps && w.long > 2 && j == i {
				places++
			}
		case w.first == digit && j > i:
		case token == "(" && j > i && !agency:
			for j++; j < len(s.tokens)-1 && j < i+most && s.tokens[j].In(s.text) != ")"; j++ {
			}
			agency = true
		case token == "," || token == "." || token == "/":
		case (token == "-" || token == "–" || token == "—" || token == "--") && j > i:
			spaced := s.tokens[j].End != s.tokens[j+1].Start
			if !spaced && (token == "-" || token == "–") {
				continue
			}
			if places > 0 || agency {
				return j
			}
			return -1
		case token == ":" && places > 0 && s.tokens[j].End != s.tokens[j+1].Start && (j <= i+2 || agency):
			return j
		default:
			return -1
		}
	}
	return -1
}

// candidate reports whether token i may end a sentence: it ends in a mark, or
// what follows could begin one.
func (s *splitter) candidate(i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s.tokens[i].In(s.text))
	if kind(r) == other {
		return true
	}
	n := s.words[i+1].first
	return n != lower && s.tokens[i].End != s.tokens[i+1].Start && n != other || n == other && s.tokens[i].End != s.tokens[i+1].Start
}

// heading reports whether the line that ends with token i stands by itself: the
// next line is an item of a list, or this line is much shorter than the lines
// around it and the next begins like a sentence.
func (s *splitter) heading(i int) bool {
	next := s.tokens[i+1].In(s.text)
	switch initial(next) {
	case '•', '*', '·', '▪', '●', '◦':
		return true
	case '-', '–':
		if i+2 < len(s.tokens) && s.tokens[i+1].End < s.tokens[i+2].Start {
			return true
		}
	}
	last := s.tokens[i].In(s.text)
	if strings.ContainsAny(last, ",;-–—(") || s.tokens[i+1].Start >= len(s.text) {
		return false
	}
	if s.tokens[i].End > s.closed {
		s.measure(i)
	}
	if s.bare {
		return true
	}
	if s.words[i+1].first == lower {
		return false
	}
	if s.opensLine(i + 1) {
		return true
	}
	start := s.line(i)
	if start < 0 {
		return strings.ContainsAny(last, ".!?") // a line of more than 400 bytes is a paragraph
	}
	return (s.tokens[i].End-start)*10 < s.longest*6
}

// opensLine reports whether token i, the first of a line, cannot stand inside a
// sentence: it has a capital that only a first word has ("They"; but "The" begins
// names too), or the line is all in brackets.
func (s *splitter) opensLine(i int) bool {
	token := s.tokens[i].In(s.text)
	before := s.words[i-1].first
	if len(token) > 1 && s.words[i].first == upper && !s.words[i].caps {
		return before != upper && (token != "The" || before == other) && s.p.openers.find(token)
	}
	if token != "(" && token != "[" {
		return false
	}
	rest := s.text[s.tokens[i].Start:min(len(s.text), s.tokens[i].Start+mostLine)]
	line, _, ended := strings.Cut(rest, "\n")
	line = strings.TrimRight(line, " \t\r")
	return ended && (strings.HasSuffix(line, ")") || strings.HasSuffix(line, "]")) && strings.Count(line, token) == 1
}

// mostLine is the most bytes of a line that are looked at.
const mostLine = 400

// line returns where the line of token i begins, -1 where that is too far off.
func (s *splitter) line(i int) int {
	from := max(0, s.tokens[i].Start-mostLine)
	n := strings.LastIndexByte(s.text[from:s.tokens[i].Start], '\n')
	if n < 0 && from > 0 {
		return -1
	}
	return from + n + 1
}

// measure finds the longest line of the paragraph from the line of token i on,
// and whether the paragraph is bare: a column of words or names.
func (s *splitter) measure(i int) {
	end := len(s.text)
	if n := strings.Index(s.text[s.tokens[i].Start:], "\n\n"); n >= 0 {
		end = s.tokens[i].Start + n
	}
	start := s.line(i)
	if start < 0 {
		start = s.tokens[i].Start
	}
	s.closed, s.longest = end, 0
	for line := range strings.SplitSeq(s.text[start:end], "\n") {
		s.longest = max(s.longest, min(len(line), mostLine))
	}
	s.bare = s.longest <= mostBare && s.column(s.text[start:end])
}

// column reports whether a paragraph of short lines is a column: no line ends in
// a mark, and there is an item of a list, or three lines of which one has room for
// the first word of the next, so that it was not wrapped.
func (s *splitter) column(text string) bool {
	lines, room, before := 0, false, s.longest
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if strings.ContainsAny(line[len(line)-1:], ".!?,;:-\"')") {
			return false
		}
		word, _, _ := strings.Cut(line, " ")
		room = room || before+1+len(word) <= s.longest
		before = len(line)
		lines++
	}
	return lines > 2 && room || lines > 1 && s.item.end > 0
}

// mostBare is the most bytes of a line in a bare paragraph; nobody breaks
// running text so early.
const mostBare = 32

func boundaryByModel(s *splitter, i int) bool {
	s.features(i)
	s.p.bounds.Score(s.feats, s.scores[:])
	return s.scores[1] > s.scores[0]
}

// features describes the place after token i.
func (s *splitter) features(i int) {
	w := func(j int) *word {
		if j < 0 || j >= len(s.words) {
			return &noWord
		}
		return &s.words[j]
	}
	a, p, pp, n, nn := w(i), w(i-1), w(i-2), w(i+1), w(i+2)
	gap := boolean(s.tokens[i].End != s.tokens[i+1].Start)
	glued := boolean(i > 0 && s.tokens[i-1].End != s.tokens[i].Start)
	gap2 := uint64(2)
	if i+2 < len(s.tokens) {
		gap2 = boolean(s.tokens[i+1].End != s.tokens[i+2].Start)
	}
	f := s.feats[:0]
	seed := uint64(100)
	add := func(x uint64) {
		seed++
		f = append(f, learn.Mix(x, seed))
	}
	state := boolean(s.quoted) | uint64(s.nested)<<1
	length := uint64(min(i-s.first, 40))
	if length > 4 {
		length = 5 + length/8
	}
	last := s.lastMark(i)
	nk, nnk := uint64(n.first), uint64(nn.first)
	if n.first == other {
		nk = n.form
	}
	add(a.norm)
	add(join2(1, a.norm, nk))
	add(join3(1, a.norm, gap, nk))
	add(join3(1, a.shape, gap, n.shape))
	add(join2(1, a.norm, n.norm))
	add(join2(1, a.norm, n.form))
	add(join2(1, last, n.form))
	add(join3(1, last, gap, n.shape))
	add(join3(1, last, p.norm, nk))
	add(join3(1, last, p.shape, n.shape))
	add(join4(1, last, state, gap, nk))
	add(join4(1, a.form, state, gap, nk))
	add(join4(1, a.form, p.form, gap, nk))
	add(join4(1, a.form, glued, gap, nk))
	add(join4(1, last, nk, nnk, gap))
	add(join4(1, last, n.form, nn.shape, gap))
	add(join4(1, a.form, n.form, nn.form, gap2))
	add(join3(1, a.form, n.form, gap2))
	add(join3(1, last, length, nk))
	add(join3(1, a.form, length, n.shape))
	add(join3(1, n.form, nn.form, gap))
	add(join2(1, n.norm, gap))
	add(join2(1, pp.shape, join3(1, p.shape, a.shape, n.shape)))
	add(join4(1, last, p.caps2(), a.caps2(), n.caps2()))
	known := boolean(s.p.abbreviations.find(s.tokens[i].In(s.text)) != nil)
	add(join3(1, known, last, nk))
	add(join4(1, known, last, n.norm, gap))
	add(join4(1, known, boolean(a.digit), uint64(a.long), nk))
	add(state)
	add(join2(1, state, last))
	s.feats = f
}

func (w *word) caps2() uint64 {
	k := uint64(w.first) << 1
	if w.first == other {
		return w.form
	}
	return k | boolean(w.caps)
}

// lastMark is the last mark that ends token i, looking through closing quotes
// and brackets to what they close.
func (s *splitter) lastMark(i int) uint64 {
	closing := uint64(0)
	for n := 0; n < 3 && i >= 0; n++ {
		t := s.tokens[i].In(s.text)
		r, size := utf8.DecodeLastRuneInString(t)
		r = plain(r)
		if size < len(t) || kind(r) != other || r != '"' && r != '\'' && r != ')' && r != ']' {
			if kind(r) != other {
				r = 'a'
			}
			return uint64(r) | closing<<32 | boolean(size < len(t))<<40
		}
		closing = closing<<2 | 1
		if i == 0 || s.tokens[i-1].End != s.tokens[i].Start {
			break
		}
		i--
	}
	return closing << 32
}

var noWord = word{form: 1, norm: 1, shape: 1, first: mark}
