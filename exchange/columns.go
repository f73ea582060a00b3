package exchange

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dragoman"
)

// cellKind is what the cells of a column hold.
type cellKind int

const (
	ofText   cellKind = iota
	ofList            // of texts
	ofWhole           // a whole number
	ofNumber          // any other number
	ofTruth           // yes or no
	ofDay             // a calendar day
	ofMoment          // a point in time
)

// cellKinds are how the kinds are called, and what each is in the two formats.
var cellKinds = [...]struct{ name, csv, parquet string }{
	ofText:   {"text", "as it is", "STRING"},
	ofList:   {"list", "items joined by a bar, U+007C", "LIST of STRING"},
	ofWhole:  {"integer", "`27`", "INT64"},
	ofNumber: {"number", "`0.87`", "DOUBLE"},
	ofTruth:  {"boolean", "`true` or `false`", "BOOLEAN"},
	ofDay:    {"date", "`2025-02-12`", "DATE"},
	ofMoment: {"time", "`2025-02-12T08:30:00Z`", "TIMESTAMP, milliseconds in UTC"},
}

// cell is what one row has in one column: the field of the column's kind, unless
// nothing is known.
type cell struct {
	unknown bool
	text    string
	list    []string
	whole   int64 // also a day since 1970, and a moment in milliseconds
	number  float64
	truth   bool
}

func textCell(s string) cell { s = valid(s); return cell{text: s, unknown: s == ""} }

func listCell(all []string) cell {
	if slices.ContainsFunc(all, func(s string) bool { return !utf8.ValidString(s) }) {
		all = slices.Clone(all)
		for i := range all {
			all[i] = valid(all[i])
		}
	}
	return cell{list: all}
}

func wholeCell[T ~int | ~int64](n T) cell { return cell{whole: int64(n)} }
func numberCell(x float64) cell           { return cell{number: x} }
func truthCell(b bool) cell               { return cell{truth: b} }
func dayCell(d dragoman.Day) cell         { return cell{whole: int64(d), unknown: d == dragoman.NoDay} }
func momentCell(t time.Time) cell         { return cell{whole: t.UnixMilli(), unknown: t.IsZero()} }

// knownCell returns c, which is unknown where known is false.
func knownCell(known bool, c cell) cell {
	c.unknown = c.unknown || !known
	return c
}

// valid returns s as UTF-8, which both formats want.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// heading describes a column. null says when nothing is known; "" where that never
// is.
type heading struct {
	name  string
	kind  cellKind
	unit  string
	null  string
	about string
}

// tableColumn is a column of rows that are made of an R.
type tableColumn[R any] struct {
	heading
	fill func(R) cell
}

// tableOf declares a table. What stands there is what is written, in that order,
// and what its dictionary says.
type tableOf[R any] struct {
	name, about string
	columns     []tableColumn[R]
}

// tableHead is a table without what fills it.
type tableHead struct {
	name, about string
	columns     []heading
}

func (t tableOf[R]) head() tableHead {
	h := tableHead{t.name, t.about, make([]heading, len(t.columns))}
	for i, c := range t.columns {
		h.columns[i] = c.heading
	}
	return h
}

// tableWriter is what a table is written to.
type tableWriter interface {
	write([]cell) error
	close() error
}

// sheet is a table that is being written.
type sheet[R any] struct {
	columns []tableColumn[R]
	row     []cell
	to      tableWriter
}

func (s *sheet[R]) put(r R) error {
	for i := range s.columns {
		s.row[i] = s.columns[i].fill(r)
	}
	return s.to.write(s.row)
}
