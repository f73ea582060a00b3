package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"

	"dragoman/pipeline"
	"dragoman/syntax"
)

// What is held of a CoNLL-U file at once, in bytes: a document of more than
// maxPiece is parted where a sentence ends, and maxHeld without such an end is
// a fault.
const (
	maxPiece = 1 << 20
	maxHeld  = 16 << 20
)

// source is a CoNLL-U file. What follows a fault in it is not read.
type source struct {
	name    string
	faulted atomic.Bool
}

// piece is a document of a CoNLL-U file or a part of a long one.
type piece struct {
	from *source
	id   string
	text []byte
	line int   // lines before it
	err  error // what came instead
}

// parseTokenised parses the documents of the files anew, on all cores.
func parseTokenised(cmd *cobra.Command, parser *syntax.Parser, names []string, out *bufio.Writer) error {
	read, _ := iter.Pull(pieces(names, cmd.InOrStdin())) // ends with the program where it is not read to its end
	next := func() (piece, int, bool) {
		p, ok := read()
		return p, len(p.text), ok
	}
	parse := func(p piece) piece {
		if p.err == nil {
			p.text, p.err = p.parse(parser)
		}
		return p
	}
	failed := 0
	err := pipeline.Each(cmd.Context(), next, parse, func(p piece) error {
		switch {
		case p.from.faulted.Load():
		case p.err != nil:
			failed++
			p.from.faulted.Store(true)
			fmt.Fprintf(cmd.ErrOrStderr(), "dragoman: %s: %v\n", p.from.name, p.err)
		default:
			_, err := out.Write(p.text)
			return err
		}
		return nil
	})
	if err := errors.Join(err, out.Flush()); err != nil {
		return err
	}
	if failed > 0 {
		return inputError{failed}
	}
	return nil
}

// parse returns the piece parsed, as CoNLL-U.
func (p *piece) parse(parser *syntax.Parser) ([]byte, error) {
	docs, err := syntax.ReadCoNLLU(bytes.NewReader(p.text))
	if err != nil {
		line := 0 // of the piece
		if _, e := fmt.Sscanf(err.Error(), "line %d:", &line); e == nil {
			err = fmt.Errorf("line %d: %w", p.line+line, errors.Unwrap(err))
		}
		return nil, err
	}
	for _, d := range docs {
		d.ID = p.id
		d.Tags, d.Arcs = parser.Parse(d.Text, d.Sentences, d.Tokens)
	}
	var b bytes.Buffer
	err = syntax.WriteCoNLLU(&b, docs...)
	return b.Bytes(), err
}

// pieces gives the documents of the files, one after the other.
func pieces(names []string, stdin io.Reader) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		for _, name := range names {
			in := io.NopCloser(stdin)
			if name != "-" {
				f, err := os.Open(name)
				if err != nil {
					if !yield(piece{from: &source{name: name}, err: err}) {
						return
					}
					continue
				}
				in = f
			}
			c := cutter{from: &source{name: name}, in: bufio.NewReaderSize(in, 1<<16)}
			more := c.cut(yield)
			in.Close()
			if !more {
				return
			}
		}
	}
}

// cutter cuts one file into its documents.
type cutter struct {
	from  *source
	in    *bufio.Reader
	text  []byte // read and not yet given
	words bool   // the text has some
	given int    // lines
	ahead int    // lines of the text
	docs  int    // given, or the one that is being
	parts int    // given of the document
	name  string // of the document, "" for its number
}

// cut gives the documents, up to a fault; it returns false where yield did.
func (c *cutter) cut(yield func(piece) bool) bool {
	for !c.from.faulted.Load() {
		at := len(c.text)
		err := c.readLine()
		if err != nil && err != io.EOF {
			return yield(piece{from: c.from, err: err})
		}
		line := string(bytes.TrimSpace(c.text[at:]))
		note, isNote := strings.CutPrefix(line, "#")
		note = strings.TrimSpace(note)
		begins := isNote && (note == "newdoc" || strings.HasPrefix(note, "newdoc "))
		c.words = c.words || line != "" && !isNote
		if err == io.EOF {
			return c.give(len(c.text), yield)
		}
		if (begins || line == "" && at > maxPiece) && !c.give(at, yield) {
			return false
		}
		if begins {
			_, name, _ := strings.Cut(note, "=")
			c.name, c.parts = strings.TrimSpace(name), 0
		}
	}
	return true
}

// readLine adds a line to the text.
func (c *cutter) readLine() error {
	c.ahead++
	for {
		part, err := c.in.ReadSlice('\n')
		if c.text = append(c.text, part...); len(c.text) > maxHeld {
			return fmt.Errorf("line %d: no sentence ends within %d bytes; is it CoNLL-U?", c.given+c.ahead, maxHeld)
		}
		if err != bufio.ErrBufferFull {
			return err
		}
	}
}

// give gives the text before byte at, where its last line begins, if it has words.
func (c *cutter) give(at int, yield func(piece) bool) bool {
	if !c.words {
		return true
	}
	if c.parts++; c.parts == 1 {
		c.docs++
	}
	p := piece{from: c.from, id: c.name, text: c.text[:at:at], line: c.given}
	if p.id == "" {
		p.id = strconv.Itoa(c.docs)
	}
	if c.parts > 1 {
		p.id += "/" + strconv.Itoa(c.parts)
	}
	c.text, c.words = bytes.Clone(c.text[at:]), false
	c.given, c.ahead = c.given+c.ahead-1, 1
	return yield(p)
}
