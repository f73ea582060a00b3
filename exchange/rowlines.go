package exchange

import (
	"bufio"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dragoman"
)

// longestRow bounds a line of a table, in bytes.
const longestRow = 1 << 20

// next returns the next line that is not empty, as UTF-8. What is not UTF-8 is taken
// for Latin-1, in which older files are.
func (t *rowReader) next() (string, error) {
	line, err := t.lineReader.next()
	for err == nil && len(line) == 0 {
		line, err = t.lineReader.next()
	}
	if err != nil || utf8.Valid(line) {
		return string(line), err
	}
	var s strings.Builder
	for _, c := range line {
		s.WriteRune(rune(c))
	}
	return s.String(), nil
}

// cells are a line of a table.
type cells struct {
	at     map[string]int // by name of the column
	fields []string
}

// get returns a cell; "" where the table has no such column.
func (c *cells) get(name string) string {
	if i, ok := c.at[name]; ok && i < len(c.fields) {
		return c.fields[i]
	}
	return ""
}

// number reads a cell as a number; nothing is 0.
func (c *cells) number(name string) (float64, error) {
	s := c.get(name)
	if s == "" {
		return 0, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return 0, fmt.Errorf("column %s is %q, not a number", name, s)
	}
	return f, nil
}

// count reads a cell as a count; nothing is 0.
func (c *cells) count(name string) (int, error) {
	f, err := c.number(name)
	if err != nil || f < 0 || f > math.MaxInt32 || f != math.Trunc(f) {
		return 0, fmt.Errorf("column %s is %q, not a count", name, c.get(name))
	}
	return int(f), nil
}

// coordinates reads two cells; located is false where both are empty.
func (c *cells) coordinates(lat, lon string) (y, x float64, located bool, err error) {
	if c.get(lat) == "" && c.get(lon) == "" {
		return 0, 0, false, nil
	}
	y, err = c.number(lat)
	if err == nil {
		x, err = c.number(lon)
	}
	if err == nil && (math.Abs(y) > 90 || math.Abs(x) > 180) {
		err = fmt.Errorf("%s and %s are %s, %s: no place on earth", lat, lon, c.get(lat), c.get(lon))
	}
	return y, x, err == nil, err
}

// rowReader reads a table.
type rowReader struct {
	lineReader
	cells
	none   string                                   // a cell that holds this is empty
	start  func(*rowReader, []string) (bool, error) // learns the columns from the first line; true: which is a header
	check  func(*rowReader) error                   // whether a line has the right columns
	read   func(*rowReader) (dragoman.Record, error)
	book   *Codebook
	begun  bool
	headed int      // columns of the first line; 0: not yet known
	names  []string // of a header
}

func (t rowReader) on(r *bufio.Reader, b *Codebook) Reader {
	t.lineReader, t.book = lineReader{r: r, most: longestRow}, b
	return &t
}

func (t *rowReader) Next() (dragoman.Record, error) {
	for {
		line, err := t.next()
		if err != nil {
			return dragoman.Record{}, err
		}
		t.fields = t.fields[:0]
		for field := range strings.SplitSeq(line, "\t") {
			if field = strings.TrimSpace(field); field == t.none {
				field = ""
			}
			t.fields = append(t.fields, field)
		}
		if !t.begun {
			t.begun = true
			header, err := t.start(t, t.fields)
			if err != nil {
				return dragoman.Record{}, err
			}
			if header {
				continue
			}
		}
		if err := t.check(t); err != nil {
			return dragoman.Record{}, &Fault{t.line, err}
		}
		record, err := t.read(t)
		if err := cmp.Or(err, sound(&record)); err != nil {
			return dragoman.Record{}, &Fault{t.line, err}
		}
		return record, nil
	}
}

// columnsOf returns where each column of a header is.
func columnsOf(names []string) map[string]int {
	at := make(map[string]int, len(names))
	for i, name := range names {
		if _, ok := at[name]; !ok {
			at[name] = i
		}
	}
	return at
}

// headed reads a table whose first line must hold these columns, in any order.
func headed(format string, wanted ...string) func(*rowReader, []string) (bool, error) {
	return func(t *rowReader, names []string) (bool, error) {
		for len(names) > 0 && names[len(names)-1] == "" {
			names = names[:len(names)-1]
		}
		t.at, t.headed, t.names = columnsOf(names), len(names), slices.Clone(names)
		for _, name := range wanted {
			if _, ok := t.at[name]; !ok {
				return false, fmt.Errorf("line %d: the header of a file of %s has the column %q, this one has %s", t.line, format, name, strings.Join(names, ", "))
			}
		}
		return true, nil
	}
}

// asHeaded checks that a line has the columns of the header, and beyond them only
// empty ones.
func asHeaded(t *rowReader) error {
	n := len(t.fields)
	for n > t.headed && t.fields[n-1] == "" {
		n--
	}
	if n != t.headed {
		return fmt.Errorf("%d columns between tabs where the header has %d", n, t.headed)
	}
	return nil
}

// happening is an event that a provider tells of that day, as done and by itself.
func happening(provider, id string, day dragoman.Day) dragoman.Record {
	r := dragoman.Record{Provider: provider, ID: id}
	r.Status, r.Day, r.From, r.To, r.Dated = dragoman.Happened, day, day, day, day != dragoman.NoDay
	r.Published, r.First, r.Told.Published = dragoman.NoDay, dragoman.NoDay, dragoman.NoDay
	r.Reports, r.Articles, r.Outlets, r.Origins = 1, 1, 1, 1
	return r
}

// parseDay reads 20250212; whatever follows, as a time of day, is left.
func parseDay(s string) (dragoman.Day, error) {
	if len(s) < 8 {
		return dragoman.NoDay, fmt.Errorf("%q is not a day of the form 20250212", s)
	}
	d, err := dragoman.ParseDay(s[:4] + "-" + s[4:6] + "-" + s[6:8])
	if err != nil {
		return d, fmt.Errorf("%q is not a day of the form 20250212", s)
	}
	return d, nil
}

// parties returns who it is as a list; nobody is none.
func parties(p dragoman.Party) []dragoman.Party {
	if p.ID == "" {
		return nil
	}
	return []dragoman.Party{p}
}
