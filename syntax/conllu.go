package syntax

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"dragoman"
)

// ReadCoNLLU reads documents with all layers of syntax. A document begins at
// "# newdoc"; its Text is rebuilt from the words, with an empty line before
// "# newpar" where no SpacesAfter says otherwise. Empty nodes are left out.
// A fault names its line.
func ReadCoNLLU(r io.Reader) ([]*dragoman.Document, error) {
	c := &conlluReader{}
	in := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, err := in.ReadString('\n')
		if err != nil && err != io.EOF {
			return nil, err
		}
		if fault := c.line(strings.TrimRight(line, "\r\n")); fault != nil {
			return nil, fmt.Errorf("line %d: %w", n, fault)
		}
		if err == io.EOF {
			if fault := c.sentence(); fault != nil {
				return nil, fmt.Errorf("line %d: %w", n, fault)
			}
			c.document()
			return c.docs, nil
		}
	}
}

type conlluReader struct {
	docs  []*dragoman.Document
	doc   *dragoman.Document
	text  strings.Builder
	space string // between the word before and the next
	told  bool   // space was given by SpacesAfter
	par   bool   // a paragraph begins

	first  int // of the sentence at hand
	heads  []int
	joint  []dragoman.Span // of words of the multiword token at hand
	within int             // words of it still to come
	after  string          // space after it
	afterT bool
}

func (c *conlluReader) line(line string) error {
	switch {
	case line == "":
		return c.sentence()
	case strings.HasPrefix(line, "#"):
		note := strings.TrimSpace(line[1:])
		switch {
		case note == "newdoc" || strings.HasPrefix(note, "newdoc "):
			c.document()
			c.begin()
			if _, id, ok := strings.Cut(note, "="); ok {
				c.doc.ID = strings.TrimSpace(id)
			}
		case note == "newpar" || strings.HasPrefix(note, "newpar "):
			c.par = true
		}
		return nil
	}
	col := strings.Split(line, "\t")
	if len(col) != 10 {
		return fmt.Errorf("%d columns where CoNLL-U has 10, separated by tabs", len(col))
	}
	if c.doc == nil {
		c.begin()
	}
	if strings.Contains(col[0], ".") {
		return nil
	}
	if a, b, ok := strings.Cut(col[0], "-"); ok {
		from, err1 := strconv.Atoi(a)
		to, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil || to <= from || from != len(c.heads)+1 {
			return fmt.Errorf("the range %q does not follow on the word before", col[0])
		}
		span := c.put(col[1])
		c.within = to - from + 1
		c.joint = []dragoman.Span{span}
		c.after, c.afterT = spaceAfter(col[9])
		return nil
	}
	return c.word(col)
}

func (c *conlluReader) begin() {
	c.doc = &dragoman.Document{}
	c.space, c.told, c.par = "", false, false
	c.first = 0
}

// put writes a token with the space before it and returns where it stands.
func (c *conlluReader) put(form string) dragoman.Span {
	space := c.space
	if c.text.Len() == 0 && !c.told {
		space = ""
	} else if c.par && !c.told {
		space = "\n\n"
	}
	c.par, c.told = false, false
	c.text.WriteString(space)
	start := c.text.Len()
	c.text.WriteString(form)
	return dragoman.Span{Start: start, End: c.text.Len()}
}

func (c *conlluReader) word(col []string) error {
	id, err := strconv.Atoi(col[0])
	if err != nil || id != len(c.heads)+1 {
		return fmt.Errorf("the word number %q does not follow on %d", col[0], len(c.heads))
	}
	var t dragoman.Token
	switch {
	case c.within > 0:
		rest := c.joint[0]
		t.Joined = len(c.joint) > 1
		t.Span = c.part(rest, col[1])
		c.joint = append([]dragoman.Span{{Start: t.End, End: rest.End}}, c.joint...)
		if c.within--; c.within == 0 {
			c.space, c.told = c.after, c.afterT
		}
	default:
		t.Span = c.put(col[1])
		c.space, c.told = spaceAfter(col[9])
	}
	head := 0
	if col[6] != "_" {
		if head, err = strconv.Atoi(col[6]); err != nil || head < 0 {
			return fmt.Errorf("the head %q is not a number", col[6])
		}
	}
	tag := dragoman.Tag{Lemma: col[2], POS: dragoman.ParsePOS(col[3]), XPOS: blank(col[4]), Feats: blank(col[5])}
	if col[2] == "_" && col[1] != "_" {
		tag.Lemma = ""
	}
	c.heads = append(c.heads, head)
	c.doc.Tokens = append(c.doc.Tokens, t)
	c.doc.Tags = append(c.doc.Tags, tag)
	c.doc.Arcs = append(c.doc.Arcs, dragoman.Arc{Rel: blank(col[7])})
	return nil
}

// part returns the span of the next word of a multiword token. Where the forms
// do not add up to the token, its bytes are shared out.
func (c *conlluReader) part(rest dragoman.Span, form string) dragoman.Span {
	text := c.text.String()[rest.Start:rest.End]
	n := len(form)
	switch {
	case c.within == 1:
		n = len(text)
	case !strings.HasPrefix(text, form):
		n = len(text) / c.within
		for n < len(text) && !utf8.RuneStart(text[n]) {
			n++
		}
	}
	return dragoman.Span{Start: rest.Start, End: rest.Start + n}
}

func (c *conlluReader) sentence() error {
	if len(c.heads) == 0 {
		return nil
	}
	if c.within > 0 {
		return fmt.Errorf("the sentence ends within a multiword token")
	}
	end := c.first + len(c.heads)
	for i, h := range c.heads {
		if h > len(c.heads) {
			return fmt.Errorf("word %d has the head %d beyond the sentence", i+1, h)
		}
		c.doc.Arcs[c.first+i].Head = c.first + h - 1
		if h == 0 {
			c.doc.Arcs[c.first+i].Head = -1
		}
	}
	c.doc.Sentences = append(c.doc.Sentences, dragoman.Sentence{
		Span:  dragoman.Span{Start: c.doc.Tokens[c.first].Start, End: c.doc.Tokens[end-1].End},
		First: c.first, End: end,
	})
	c.first, c.heads = end, c.heads[:0]
	return nil
}

func (c *conlluReader) document() {
	if c.doc != nil && len(c.doc.Tokens) > 0 {
		if c.told {
			c.text.WriteString(c.space)
		}
		c.doc.Text = c.text.String()
		c.docs = append(c.docs, c.doc)
	}
	c.doc = nil
	c.text.Reset()
}

func blank(s string) string {
	if s == "_" {
		return ""
	}
	return s
}

func spaceAfter(misc string) (space string, told bool) {
	for pair := range strings.SplitSeq(misc, "|") {
		switch {
		case pair == "SpaceAfter=No":
			return "", false
		case strings.HasPrefix(pair, "SpacesAfter="):
			return unescape.Replace(pair[len("SpacesAfter="):]), true
		}
	}
	return " ", false
}

var (
	unescape = strings.NewReplacer(`\s`, " ", `\n`, "\n", `\t`, "\t", `\r`, "\r", `\p`, "|", `\\`, `\`)
	escape   = strings.NewReplacer(" ", `\s`, "\n", `\n`, "\t", `\t`, "\r", `\r`, "|", `\p`, `\`, `\\`)
)

// WriteCoNLLU writes documents so that ReadCoNLLU gives the same back, text and
// all, but for space before the first word.
func WriteCoNLLU(w io.Writer, docs ...*dragoman.Document) error {
	out := bufio.NewWriter(w)
	for n, d := range docs {
		id := d.ID
		if id == "" {
			id = strconv.Itoa(n + 1)
		}
		fmt.Fprintf(out, "# newdoc id = %s\n", oneLine(id))
		for i, s := range d.Sentences {
			if i == 0 || paragraph(d.Text[d.Sentences[i-1].Span.End:s.Start]) {
				fmt.Fprintf(out, "# newpar\n")
			}
			fmt.Fprintf(out, "# sent_id = %s-%d\n# text = %s\n", oneLine(id), i+1, oneLine(d.TextOf(s.Span)))
			for t := s.First; t < s.End; t++ {
				writeWord(out, d, s, t)
			}
			out.WriteByte('\n')
		}
	}
	return out.Flush()
}

func writeWord(out *bufio.Writer, d *dragoman.Document, s dragoman.Sentence, t int) {
	next := len(d.Text)
	if t+1 < len(d.Tokens) {
		next = d.Tokens[t+1].Start
	}
	misc := spaces(d.Text[d.Tokens[t].End:next], t+1 == len(d.Tokens))
	end := t + 1 // of the multiword token that begins here
	for end < s.End && d.Tokens[end].Joined {
		end++
	}
	if !d.Tokens[t].Joined && end > t+1 {
		after := len(d.Text)
		if end < len(d.Tokens) {
			after = d.Tokens[end].Start
		}
		whole := dragoman.Span{Start: d.Tokens[t].Start, End: d.Tokens[end-1].End}
		fmt.Fprintf(out, "%d-%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", t-s.First+1, end-s.First, oneLine(d.TextOf(whole)),
			spaces(d.Text[whole.End:after], end == len(d.Tokens)))
	}
	if d.Tokens[t].Joined || end > t+1 {
		misc = "_"
	}
	tag, arc := d.Tags[t], d.Arcs[t]
	head := 0
	if arc.Head >= 0 {
		head = arc.Head - s.First + 1
	}
	fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t_\t%s\n", t-s.First+1, oneLine(d.Form(t)), orBlank(tag.Lemma),
		tag.POS, orBlank(tag.XPOS), orBlank(tag.Feats), head, orBlank(arc.Rel), misc)
}

func spaces(s string, last bool) string {
	switch {
	case s == " " && !last, s == "" && last:
		return "_"
	case s == "":
		return "SpaceAfter=No"
	}
	return "SpacesAfter=" + escape.Replace(s)
}

func orBlank(s string) string {
	if s == "" {
		return "_"
	}
	return oneLine(s)
}

func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\r\t") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, s)
}

// paragraph reports whether the space between two sentences has an empty line.
func paragraph(space string) bool { return strings.Count(space, "\n") > 1 }
