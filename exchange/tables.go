package exchange

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"dragoman"
)

// Tables writes events and what belongs to them as tables in a folder, with a
// dictionary of all columns: dictionary.csv for programs, dictionary.md for people.
// It holds no row; of actors and places it remembers which were written. Records
// that have no number get one, in the order in which they come.
type Tables struct {
	format string
	dir    string
	book   *Codebook
	files  []*tableFile
	fault  error // the first that befell

	events   *sheet[*eventRow]
	parties  *sheet[*partyRow]
	claims   *sheet[*claimRow]
	about    *sheet[*partyRow]
	ties     *sheet[*tieRow]
	articles *sheet[*articleRow]
	actors   *sheet[*partyRow]
	places   *sheet[*dragoman.Locale]

	known                      map[string]bool // actors that were written
	seen                       map[string]bool // places
	event, claim, tie, article int64           // the last numbers that were given
	current                    int64           // the article that came last
	currentKey                 string
	eventOf                    eventRow // these are filled anew for each row
	partyOf                    partyRow
}

// tableFile is a file that gets its name when all are written.
type tableFile struct {
	*os.File
	name string
	buf  *bufio.Writer
	rows tableWriter
}

// TableFormats are the formats of tables.
var TableFormats = []string{"csv", "parquet"}

// NewTables returns what writes tables in one of TableFormats to the folder dir,
// which it makes. Tables that are there are replaced when all is written: by Close.
func NewTables(dir, format string, book *Codebook) (*Tables, error) {
	if !slices.Contains(TableFormats, format) {
		return nil, fmt.Errorf("tables are written as %s, not as %q", strings.Join(TableFormats, " or "), format)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	t := &Tables{format: format, dir: dir, book: book, known: map[string]bool{}, seen: map[string]bool{}}
	t.events, t.parties = begin(t, eventTable), begin(t, partyTable)
	t.claims, t.about = begin(t, claimTable), begin(t, aboutTable)
	t.ties, t.articles = begin(t, tieTable), begin(t, articleTable)
	t.actors, t.places = begin(t, actorTable), begin(t, placeTable)
	if t.fault != nil {
		t.Discard()
		return nil, t.fault
	}
	return t, nil
}

// begin opens the file of a table.
func begin[R any](t *Tables, d tableOf[R]) *sheet[R] {
	h := d.head()
	s := &sheet[R]{columns: d.columns, row: make([]cell, len(d.columns))}
	if t.fault != nil {
		return s
	}
	f, err := t.create(d.name + "." + t.format)
	if err == nil {
		if t.format == "csv" {
			s.to, err = newCSVRows(f.buf, h.columns)
		} else {
			s.to = newParquetRows(f.buf, d.name, h.columns)
		}
		f.rows = s.to
	}
	t.failed(err)
	return s
}

// create opens a file beside the one that it will be.
func (t *Tables) create(name string) (*tableFile, error) {
	f, err := os.CreateTemp(t.dir, "."+name+"-*")
	if err != nil {
		return nil, err
	}
	made := &tableFile{File: f, name: filepath.Join(t.dir, name), buf: bufio.NewWriterSize(f, 1<<16)}
	t.files = append(t.files, made)
	return made, nil
}

// failed keeps the first thing that goes wrong, after which nothing is written.
func (t *Tables) failed(err error) error {
	t.fault = cmp.Or(t.fault, err)
	return err
}

// Event writes an event, its actors and recipients, and its place.
func (t *Tables) Event(r *dragoman.Record) error {
	if t.fault != nil {
		return t.fault
	}
	e := &t.eventOf
	*e = eventRow{Record: r, book: t.book, number: numbered(r.Number, &t.event), article: t.articleOf(cmp.Or(r.Article, r.Told.Number), r.Told.Key)}
	err := t.events.put(e)
	for _, side := range []struct {
		role    string
		parties []dragoman.Party
	}{{"actor", r.Actors}, {"recipient", r.Recipients}} {
		for i := range side.parties {
			p := &side.parties[i]
			t.partyOf = partyRow{p, r.Provider, e.number, side.role, i + 1, t.book}
			err = cmp.Or(err, t.parties.put(&t.partyOf), t.actor(p))
		}
	}
	err = cmp.Or(err, t.actor(&r.Source.Actor))
	if id := r.Place.ID; id != "" && !t.seen[id] {
		t.seen[strings.Clone(id)] = true
		err = cmp.Or(err, t.places.put(&r.Place))
	}
	return t.failed(err)
}

// Article writes an article. Events, claims and ties without the number of an
// article are taken for those of the one that came last.
func (t *Tables) Article(e *dragoman.Entry) error {
	if t.fault != nil {
		return t.fault
	}
	t.current, t.currentKey = numbered(e.Number, &t.article), e.Key
	return t.failed(t.articles.put(&articleRow{e, t.current}))
}

// Claim writes a claim and whom it is about.
func (t *Tables) Claim(c *dragoman.Claim) error {
	if t.fault != nil {
		return t.fault
	}
	row := claimRow{c, numbered(c.Number, &t.claim), t.articleOf(c.Article, t.currentKey)}
	err := cmp.Or(t.claims.put(&row), t.actor(&c.Source.Actor))
	for i := range c.About {
		err = cmp.Or(err, t.about.put(&partyRow{Party: &c.About[i], number: row.number, position: i + 1, book: t.book}), t.actor(&c.About[i]))
	}
	return t.failed(err)
}

// Tie writes a tie as one article tells it.
func (t *Tables) Tie(s *dragoman.Standing) error {
	if t.fault != nil {
		return t.fault
	}
	return t.failed(cmp.Or(t.ties.put(&tieRow{s, numbered(s.Number, &t.tie), t.articleOf(s.Article, t.currentKey)}),
		t.actor(&s.Subject), t.actor(&s.Object), t.actor(&s.Source.Actor)))
}

// actor writes an actor, and those it acts for, unless they were.
func (t *Tables) actor(p *dragoman.Party) error {
	if p.ID == "" || t.known[p.ID] {
		return nil
	}
	t.known[strings.Clone(p.ID)] = true
	err := t.actors.put(&partyRow{Party: p, book: t.book})
	for i := range p.Principals {
		err = cmp.Or(err, t.actor(&p.Principals[i]))
	}
	return err
}

// numbered returns n, or the next number where there is none.
func numbered(n int64, last *int64) int64 {
	if n == 0 {
		*last++
		return *last
	}
	return n
}

// articleOf returns the number of an article: n, or that of the last one if it has
// the key.
func (t *Tables) articleOf(n int64, key string) int64 {
	if n == 0 && key == t.currentKey {
		return t.current
	}
	return n
}

// Close ends the tables, writes their dictionary, and gives all files their names:
// only if nothing went wrong, else they are discarded.
func (t *Tables) Close() error {
	for _, f := range t.files {
		if f.rows != nil && t.fault == nil {
			t.failed(f.rows.close())
		}
	}
	t.failed(t.describe())
	if t.fault != nil {
		t.Discard()
		return t.fault
	}
	for _, f := range t.files {
		t.failed(cmp.Or(f.buf.Flush(), f.Chmod(0o644), f.File.Close()))
	}
	for _, f := range t.files {
		if t.fault == nil {
			t.failed(os.Rename(f.Name(), f.name))
		}
	}
	err := t.fault
	t.Discard()
	return err
}

// Discard ends without leaving anything of what was written. After Close it does
// nothing, so that it may be deferred.
func (t *Tables) Discard() {
	for _, f := range t.files {
		f.File.Close()
		os.Remove(f.Name()) // which has another name where all went well
	}
	t.files = nil
	t.fault = cmp.Or(t.fault, errors.New("these tables are closed"))
}

// describe writes the dictionary in both forms.
func (t *Tables) describe() error {
	if t.fault != nil {
		return t.fault
	}
	for name, write := range map[string]func(io.Writer) error{"dictionary.csv": dictionaryCSV, "dictionary.md": dictionaryText} {
		f, err := t.create(name)
		if err == nil {
			err = write(f.buf)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// csvRows writes a table as CSV: RFC 4180, in UTF-8, with a header.
type csvRows struct {
	w       *csv.Writer
	columns []heading
	row     []string
}

func newCSVRows(to io.Writer, columns []heading) (*csvRows, error) {
	c := &csvRows{csv.NewWriter(to), columns, make([]string, len(columns))}
	return c, c.w.Write(each(columns, func(h *heading) string { return h.name }))
}

func (c *csvRows) write(cells []cell) error {
	for i, h := range c.columns {
		c.row[i] = ""
		if !cells[i].unknown {
			c.row[i] = csvCell(h.kind, &cells[i])
		}
	}
	return c.w.Write(c.row)
}

func (c *csvRows) close() error {
	c.w.Flush()
	return c.w.Error()
}

func csvCell(k cellKind, c *cell) string {
	switch k {
	case ofList:
		return joinCell(c.list)
	case ofWhole:
		return strconv.FormatInt(c.whole, 10)
	case ofNumber:
		return strconv.FormatFloat(c.number, 'g', -1, 64)
	case ofTruth:
		return strconv.FormatBool(c.truth)
	case ofDay:
		return dragoman.Day(c.whole).String()
	case ofMoment:
		return time.UnixMilli(c.whole).UTC().Format(time.RFC3339)
	}
	return c.text
}

// joinCell joins a list; a bar within an item becomes a stroke, for there is no
// way to write one.
func joinCell(all []string) string {
	for i, s := range all {
		if strings.Contains(s, "|") {
			all = append([]string(nil), all...)
			all[i] = strings.ReplaceAll(s, "|", "/")
		}
	}
	return strings.Join(all, "|")
}
