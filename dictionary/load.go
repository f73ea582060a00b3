package dictionary

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// loading is a dictionary while it is read.
type loading struct {
	*Dictionary
	faults  []Fault
	at      place // the line that is being read
	strings map[string]string
	synset  map[string]int32 // label: index in synsets
	block   map[blockName]int32
	listed  map[string]bool // forms of verbs that a dictionary names itself
	unknown []pending       // patterns that name sets of synonyms
}

func newLoading() *loading {
	return &loading{
		Dictionary: &Dictionary{words: lexicon{map[string]int32{}}, verbs: map[int32][]form{}},
		strings:    map[string]string{}, synset: map[string]int32{}, block: map[blockName]int32{}, listed: map[string]bool{},
	}
}

// fault notes what is wrong with the line that is being read.
func (l *loading) fault(format string, args ...any) { l.faultAt(l.at, format, args...) }

func (l *loading) faultAt(at place, format string, args ...any) {
	f := Fault{l.files[at.file], int(at.line), fmt.Sprintf(format, args...)}
	if n := len(l.faults); n == 0 || l.faults[n-1] != f {
		l.faults = append(l.faults, f)
	}
}

// kept returns s without the text that it was cut from; codes are few.
func (l *loading) kept(s string) string {
	if k, ok := l.strings[s]; ok {
		return k
	}
	k := strings.Clone(s)
	l.strings[k] = k
	return k
}

// line is a line of a file without its comments.
type line struct {
	number int
	text   string // no space at its end; never empty
}

// file reads one file of whatever kind.
func (l *loading) file(name, text string) {
	l.files = append(l.files, name)
	l.at = place{int32(len(l.files) - 1), 1}
	lines := l.lines(text)
	l.Dictionary.lines += len(lines)
	switch kindOf(lines) {
	case "issues":
		l.at.line = int32(lines[0].number)
		l.fault("this is a list of issues, which names no actors, agents or verbs; the file is left out")
	case "verbs":
		l.readVerbs(lines)
	case "agents":
		l.readAgents(lines)
	case "actors":
		l.readActors(lines)
	case "discards":
		l.readDiscards(lines)
	}
}

// kindOf tells a file's kind by its lines.
func kindOf(lines []line) string {
	codes, agents := 0, 0
	for _, n := range lines {
		switch {
		case strings.HasPrefix(n.text, "<ISSUE"):
			return "issues"
		case strings.HasPrefix(n.text, "---"), strings.HasPrefix(n.text, "&"):
			return "verbs"
		}
		if i := strings.IndexByte(n.text, '['); i >= 0 {
			codes++
			if strings.Contains(n.text[i:], "~") {
				agents++
			}
		} else if strings.HasPrefix(n.text, "!") && strings.Contains(n.text, "=") {
			codes++
			agents++
		}
	}
	switch {
	case len(lines) == 0:
		return ""
	case agents > 0 && 2*agents >= codes:
		return "agents"
	case codes > 0:
		return "actors"
	}
	return "discards"
}

// lines takes the comments out: from # or ; to the end of a line, except within
// [ ], and what stands between <!-- and -->, on one line or many. A line that
// begins with <! is a comment too, as PETRARCH takes it.
func (l *loading) lines(text string) []line {
	var all []line
	opened := 0 // the line on which a comment began that is still open
	n := 0
	for raw := range strings.SplitSeq(text, "\n") {
		n++
		if opened > 0 {
			_, rest, closed := strings.Cut(raw, "-->")
			if !closed {
				continue
			}
			opened, raw = 0, rest
		}
		for {
			before, rest, ok := strings.Cut(raw, "<!--")
			if !ok {
				break
			}
			_, after, closed := strings.Cut(rest, "-->")
			if !closed {
				opened, raw = n, before
				break
			}
			raw = before + after
		}
		if strings.HasPrefix(raw, "<!") {
			continue
		}
		raw = strings.TrimRight(uncomment(raw), " \t\r")
		if strings.TrimSpace(raw) == "" {
			continue
		}
		all = append(all, line{n, l.sound(n, raw)})
	}
	if opened > 0 {
		l.at.line = int32(opened)
		l.fault("the comment that <!-- begins has no -->; all that follows is taken for it")
	}
	return all
}

func uncomment(s string) string {
	if strings.IndexByte(s, '#') < 0 && strings.IndexByte(s, ';') < 0 {
		return s
	}
	inside := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			inside = true
		case ']':
			inside = false
		case '#', ';':
			if !inside || strings.IndexByte(s[i:], ']') < 0 {
				return s[:i]
			}
		}
	}
	return s
}

// sound returns a line with the characters that no text can have made blanks.
func (l *loading) sound(n int, s string) string {
	damaged := func(r rune) bool { return r == utf8.RuneError || r < ' ' && r != '\t' || r == 0x7f }
	if strings.IndexFunc(s, damaged) < 0 {
		return s
	}
	l.at.line = int32(n)
	l.fault("the line holds a character that is damaged or a control code; it can match no text")
	return strings.Map(func(r rune) rune {
		if damaged(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}

// done finishes a dictionary when all its files are read.
func (l *loading) done() *Dictionary {
	l.resolve()
	l.transform()
	for _, n := range []*names{&l.actors, &l.agents, &l.discards} {
		n.index(len(l.words.byWord))
	}
	l.counts = Counts{len(l.actors.list), len(l.agents.list), 0, 0, len(l.synsets), len(l.stories)}
	for _, forms := range l.verbs {
		l.counts.Verbs += len(forms)
	}
	for i := range l.blocks {
		slices.SortStableFunc(l.blocks[i].patterns, narrower)
		l.counts.Patterns += len(l.blocks[i].patterns)
	}
	slices.SortStableFunc(l.faults, func(a, b Fault) int {
		if a.File != b.File {
			return slices.Index(l.files, a.File) - slices.Index(l.files, b.File)
		}
		return a.Line - b.Line
	})
	return l.Dictionary
}

// phrase reads a name: words parted by "_", between which nothing stands, or by
// blanks, between which other words may. A "_" at the end says in TABARI that
// the last word is no stem; as PETRARCH does, every word is taken whole. The
// first element is never open.
func (l *loading) phrase(s string) []element {
	var all []element
	open := false
	for s = strings.TrimSpace(s); s != ""; {
		i := strings.IndexAny(s, " _\t")
		word := s
		if i < 0 {
			s = ""
		} else {
			word = s[:i]
		}
		between := open
		split(word, func(part string) {
			all = append(all, newElement(l.words.add(part), between && len(all) > 0))
			between = false
		})
		if i >= 0 {
			rest := strings.TrimLeft(s[i:], " _\t")
			open = !strings.Contains(s[i:len(s)-len(rest)], "_")
			s = rest
		}
	}
	return all
}

// bracket cuts the first [code] out of a line: what stands before it, in it and
// behind it. ok is false where a bracket is not closed; a line without any has
// an empty code and none after it.
func bracket(s string) (before, code, after string, ok bool) {
	before, rest, has := strings.Cut(s, "[")
	if !has {
		return s, "", "", true
	}
	code, after, ok = strings.Cut(rest, "]")
	return before, strings.TrimSpace(code), after, ok
}
