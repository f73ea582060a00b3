package exchange

import (
	"bufio"
	"bytes"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"dragoman"
)

// Tables of the field are lines of cells between tabs, without quoting. This file
// writes them, rowlines.go reads them; a format says what is in its columns.

// row is what a line is written of.
type row struct {
	*dragoman.Record
	pair
	n     int  // of the event's rows, from 1
	first bool // of those of the event that are written
	book  *Codebook

	// What GDELT's and Phoenix's columns are written of.
	who [2]codeParts
	geo [3]spot // of the source, the target and the event
}

// column is a column that is written; put appends its cell, or nothing.
type column struct {
	name string
	put  func([]byte, *row) []byte
}

// rowWriter writes a table.
type rowWriter struct {
	columns []column
	header  bool            // its first line holds the names
	none    string          // what an empty cell holds
	whole   bool            // an event is one row, whoever its parties are
	skip    func(*row) bool // what the format has no row for
	prepare func(*row)      // called for each row before its columns
	reused  struct {
		line  []byte
		pairs []pair
	}
	out *bufio.Writer
	row row
	err error
}

func (t rowWriter) on(w io.Writer, b *Codebook) Writer {
	t.out = bufio.NewWriterSize(w, 1<<16)
	t.row.book = b
	if t.header {
		for i, c := range t.columns {
			if i > 0 {
				t.out.WriteByte('\t')
			}
			t.out.WriteString(c.name)
		}
		t.out.WriteByte('\n')
	}
	return &t
}

// Write writes the rows of r; none where its day would be made up. They are numbered
// as they come, so that a number means the same row in every format, whichever of
// them have it.
func (t *rowWriter) Write(r *dragoman.Record) error {
	if t.err != nil || dayless(r) {
		return t.err
	}
	t.row.Record, t.row.first = r, true
	pairs := t.reused.pairs[:0]
	if t.whole {
		pairs = append(pairs, pair{code: t.row.book.told(&r.Report)})
	} else {
		pairs = t.row.book.lists.appendPairs(pairs, t.row.book, r)
	}
	t.reused.pairs = pairs
	for i := range pairs {
		t.row.pair, t.row.n = pairs[i], i+1
		if t.skip != nil && t.skip(&t.row) {
			continue
		}
		if t.prepare != nil {
			t.prepare(&t.row)
			t.row.first = false
		}
		line := t.reused.line[:0]
		for j := range t.columns {
			if j > 0 {
				line = append(line, '\t')
			}
			was := len(line)
			if line = t.columns[j].put(line, &t.row); len(line) == was {
				line = append(line, t.none...)
			}
		}
		line = append(line, '\n')
		t.reused.line = line
		if _, t.err = t.out.Write(line); t.err != nil {
			return t.err
		}
	}
	return nil
}

// dayless reports whether a format that holds a single day can say of an event only a
// day on which nobody said it was: one up to which it was done, the last of a month or year
// that was over when it was told ("in 2018"), or the day of publication of what was done some
// day since then. All such events would fall on one day.
func dayless(r *dragoman.Record) bool {
	const week = 7
	switch {
	case r.Dated || r.To == dragoman.NoDay:
		return false
	case r.From == dragoman.NoDay:
		return true
	case r.Published != dragoman.NoDay && r.To >= r.Published:
		return r.Status == dragoman.Happened && r.Published-r.From >= week-1
	}
	return r.To-r.From >= week-1
}

// uncoded reports whether the formats that know who acts by codes have no row: CAMEO
// has no code for what is done, as for a type of an ontology of one's own, or nobody
// on either side has one.
func uncoded(r *row) bool {
	codeless := func(p *dragoman.Party) bool { return p == nil || r.book.Actor(p) == "" }
	return r.code == "" || codeless(r.source) && codeless(r.target)
}

// unsaid reports whether the formats that know who acts by names have no row: CAMEO
// has no code for what is done, or nobody is on either side.
func unsaid(r *row) bool {
	nobody := func(p *dragoman.Party) bool {
		return p == nil || p.Name == "" && p.Country == "" && len(p.Sectors) == 0
	}
	return r.code == "" || nobody(r.source) && nobody(r.target)
}

func (t *rowWriter) Close() error {
	if t.err != nil {
		return t.err
	}
	return t.out.Flush()
}

// nothing is a column that nothing is known for.
func nothing(dst []byte, _ *row) []byte { return dst }

// appendText appends text as a cell: what would end a cell or line becomes a blank,
// and a double quote a single one, for programs differ about quoting.
func appendText(dst []byte, s string) []byte {
	if strings.IndexFunc(s, func(c rune) bool {
		return c < ' ' || c == '"' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029 || c == utf8.RuneError
	}) < 0 {
		return append(dst, s...)
	}
	for _, c := range s {
		switch {
		case c == '"':
			dst = append(dst, '\'')
		case c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029:
			dst = append(dst, ' ')
		default:
			dst = utf8.AppendRune(dst, c)
		}
	}
	return dst
}

// appendDay appends 20250212, or nothing for a day that is not known or has no such
// form.
func appendDay(dst []byte, d dragoman.Day) []byte {
	y, m, day, ok := calendar(d)
	if !ok {
		return dst
	}
	return appendDigits(appendDigits(appendDigits(dst, y, 4), m, 2), day, 2)
}

// appendDate appends 2025-02-12.
func appendDate(dst []byte, d dragoman.Day) []byte {
	y, m, day, ok := calendar(d)
	if !ok {
		return dst
	}
	dst = append(appendDigits(dst, y, 4), '-')
	dst = append(appendDigits(dst, m, 2), '-')
	return appendDigits(dst, day, 2)
}

func calendar(d dragoman.Day) (year, month, day int, ok bool) {
	if d == dragoman.NoDay {
		return 0, 0, 0, false
	}
	y, m, day := d.Date()
	return y, int(m), day, y >= 1 && y <= 9999
}

func appendDigits(dst []byte, n, width int) []byte {
	for d := width - 1; d >= 0; d-- {
		dst = append(dst, byte('0'+n/int(math.Pow10(d))%10))
	}
	return dst
}

func appendInt(dst []byte, n int64) []byte { return strconv.AppendInt(dst, n, 10) }

// appendCount appends a count; nothing for one that is not known.
func appendCount(dst []byte, n int) []byte {
	if n <= 0 {
		return dst
	}
	return strconv.AppendInt(dst, int64(n), 10)
}

// appendFloat appends a number with at least so many decimals.
func appendFloat(dst []byte, f float64, decimals int) []byte {
	start := len(dst)
	dst = strconv.AppendFloat(dst, f, 'f', -1, 64)
	have := 0
	if point := bytes.IndexByte(dst[start:], '.'); point >= 0 {
		have = len(dst) - start - point - 1
	} else if decimals > 0 {
		dst = append(dst, '.')
	}
	for ; have < decimals; have++ {
		dst = append(dst, '0')
	}
	return dst
}
