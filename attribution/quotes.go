package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman"
)

// quotation is a stretch of text in quotation marks, the marks included.
type quotation struct {
	dragoman.Span
	first, end int  // tokens, half-open
	open       bool // has no closing mark: it goes on in the next paragraph
	goesOn     bool // takes up the open one before it
}

// longest is how many bytes a quotation within a paragraph may have before its
// marks are taken to be a mistake.
const longest = 6000

// paragraphs returns the spans of the paragraphs: stretches between empty
// lines, or between ends of lines where the text has no empty line.
func paragraphs(text string) []dragoman.Span {
	blank := strings.Contains(text, "\n\n") || strings.Contains(text, "\n\r\n")
	var all []dragoman.Span
	start := 0
	cut := func(end int) {
		if strings.TrimSpace(text[start:end]) != "" {
			all = append(all, dragoman.Span{Start: start, End: end})
		}
	}
	for i := 0; i < len(text); i++ {
		if text[i] != '\n' {
			continue
		}
		j := i + 1
		for j < len(text) && (text[j] == '\r' || text[j] == ' ' || text[j] == '\t') {
			j++
		}
		if blank && (j >= len(text) || text[j] != '\n') {
			continue
		}
		cut(i)
		start = i + 1
	}
	cut(len(text))
	return all
}

// quotations pairs the quotation marks of text, paragraph by paragraph. Marks
// within a quotation of another kind belong to it.
func quotations(text string, paras []dragoman.Span) []quotation {
	var all []quotation
	for n, p := range paras {
		next := ""
		if n+1 < len(paras) {
			next = text[paras[n+1].Start:paras[n+1].End]
		}
		before := len(all)
		all = pair(all, text, p, next)
		if before > 0 && before < len(all) && all[before-1].open {
			q := &all[before]
			q.goesOn = strings.TrimSpace(text[p.Start:q.Start]) == ""
		}
	}
	return all
}

// pair adds the quotations of one paragraph.
func pair(all []quotation, text string, p dragoman.Span, next string) []quotation {
	dead := map[rune]int{} // up to where a kind of mark is known not to close
	for i := p.Start; i < p.End; {
		kind, w := markAt(text, i)
		if kind == 0 || !opens(text, p, i, w, kind) {
			i += max(w, 1)
			continue
		}
		if i < dead[kind] {
			i += w
			continue
		}
		end, ok := closing(text, p, i, w, kind)
		switch {
		case !ok && end > i:
			i = end
		case ok:
			all = append(all, quotation{Span: dragoman.Span{Start: i, End: end}})
			i = end
		case kind == '"' && opensWithMark(next):
			all = append(all, quotation{Span: dragoman.Span{Start: i, End: trimEnd(text, i, p.End)}, open: true})
			i = p.End
		default:
			dead[kind] = i + 600
			if kind == '"' && !strings.HasPrefix(text[i:], "“") {
				dead[kind] = i + longest
			}
			i += w
		}
	}
	return all
}

// markAt tells which kind of mark stands at i ('"' or '\\”, 0 for none) and its
// width in bytes.
func markAt(text string, i int) (kind rune, width int) {
	c := text[i]
	if c == '"' {
		return '"', 1
	}
	if c == '\'' || c == '`' {
		if i+1 < len(text) && text[i+1] == c {
			return '"', 2
		}
		return '\'', 1
	}
	if c < utf8.RuneSelf {
		return 0, 1
	}
	r, w := utf8.DecodeRuneInString(text[i:])
	switch r {
	case '“', '”', '„', '«', '»', '‟', '＂':
		return '"', w
	case '‘', '’', '‚', '‹', '›':
		return '\'', w
	}
	return 0, w
}

// opens reports whether the mark at i may open a quotation.
func opens(text string, p dragoman.Span, i, w int, kind rune) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	switch r {
	case '”', '»', '’', '›':
		return false
	}
	after, _ := utf8.DecodeRuneInString(text[i+w : p.End])
	if i+w >= p.End || unicode.IsSpace(after) {
		return false
	}
	if r == '“' || r == '«' || r == '„' {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(text[p.Start:i])
	if i > p.Start && !unicode.IsSpace(before) && !strings.ContainsRune("([{—–-:/“\"‘", before) {
		return false
	}
	if kind == '\'' && !unicode.IsLetter(after) && after != '“' && after != '"' {
		return false // '90s
	}
	return true
}

// closing returns the end of the quotation that opens at i; where another opens before it
// is closed, that one's place. An opening “ may be closed by the straight mark before it.
func closing(text string, p dragoman.Span, i, w int, kind rune) (end int, ok bool) {
	open, _ := utf8.DecodeRuneInString(text[i:])
	limit := min(p.End, i+longest)
	if kind == '\'' {
		limit = min(limit, i+600)
	}
	straight := 0 // the end of the last straight mark that could close “
	for j := i + w; j < limit; {
		k, kw := markAt(text, j)
		if k != kind {
			j += max(kw, 1)
			continue
		}
		r, _ := utf8.DecodeRuneInString(text[j:])
		if k == '"' && (r == '“' || r == '„') && open == r && !mistaken(text, p, j, kw) {
			if straight > 0 {
				return straight, true
			}
			return j, false // opens anew: the first was never closed
		}
		if open == '“' && r != '”' && kw < 3 && !mistaken(text, p, j, kw) {
			if r == '"' && closes(text, p, j, kw, k, r) {
				straight = j + kw
			}
			j += kw // an inner mark of another make
			continue
		}
		if closes(text, p, j, kw, k, r) {
			return j + kw, true
		}
		j += kw
	}
	return 0, false
}

// mistaken reports whether a mark that does not fit the opening one closes all
// the same: it stands after the punctuation of speech, before a space.
func mistaken(text string, p dragoman.Span, j, w int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:j])
	if !strings.ContainsRune(".,?!…", before) {
		return false
	}
	after, _ := utf8.DecodeRuneInString(text[j+w : p.End])
	return j+w >= p.End || unicode.IsSpace(after)
}

func closes(text string, p dragoman.Span, j, w int, kind, r rune) bool {
	if r == '”' || r == '»' || r == '“' {
		return true
	}
	after, _ := utf8.DecodeRuneInString(text[j+w : p.End])
	atEnd := j+w >= p.End
	before, _ := utf8.DecodeLastRuneInString(text[:j])
	if unicode.IsSpace(before) {
		// a lone mark between spaces closes, one before a letter opens another
		return kind == '"' && (atEnd || unicode.IsSpace(after))
	}
	if atEnd || !unicode.IsLetter(after) && !unicode.IsDigit(after) {
		return true
	}
	return kind == '"' && strings.ContainsRune(".,?!", before)
}

func opensWithMark(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return false
	}
	k, _ := markAt(s, 0)
	r, _ := utf8.DecodeRuneInString(s)
	return k == '"' && r != '”'
}

func trimEnd(text string, start, end int) int {
	return start + len(strings.TrimRightFunc(text[start:end], unicode.IsSpace))
}
