package exchange

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"dragoman"
)

// csvEvents is the table of events as CSV: that which Tables writes, those that the
// API and dragoman events export, or one that people made, which needs no more than
// the columns day, type or cameo, actors or actor_ids, recipients or recipient_ids.
// Columns may stand in any order, and others beside them.
var csvEvents = Format{
	Name:   "csv",
	About:  "a table of events as CSV: of dragoman, or made by hand",
	Ending: ".csv",
	Whole:  true,
	Read:   func(r *bufio.Reader, b *Codebook) Reader { return newCSVReader(r, b) },
	Looks: func(head []byte) bool {
		if otherwise(head) != "" {
			return true // reading it says what is wrong
		}
		columns, err := csv.NewReader(bytes.NewReader(firstLine(head))).Read()
		return err == nil && eventTableLacks(each(columns, columnName)) == ""
	},
}

func firstLine(head []byte) []byte {
	line, _, _ := bytes.Cut(bytes.TrimPrefix(head, []byte("\ufeff")), []byte("\n"))
	return line
}

// firstCells returns the cells of the first line of a table with tabs.
func firstCells(head []byte) []string {
	return strings.Split(strings.TrimRight(string(firstLine(head)), "\r"), "\t")
}

// otherwise says what separates the columns of a table of events instead of commas, as
// spreadsheets write them in many countries; "" where it is no such table.
func otherwise(head []byte) string {
	line := strings.NewReplacer("\"", "", "\r", "").Replace(string(firstLine(head)))
	for _, by := range []struct{ separator, name string }{{";", ";"}, {"\t", "tabs"}} {
		if eventTableLacks(each(strings.Split(line, by.separator), columnName)) == "" {
			return by.name
		}
	}
	return ""
}

// eventTableLacks says which column a table of events lacks; "" for none.
func eventTableLacks(columns []string) string {
	for _, any := range [][]string{{"day"}, {"type", "cameo"}, {"actors", "actor_ids"}, {"recipients", "recipient_ids"}} {
		if !slices.ContainsFunc(any, func(c string) bool { return slices.Contains(columns, c) }) {
			return strings.Join(any, " or ")
		}
	}
	return ""
}

// columnName is a name of a header as it is looked for.
func columnName(s *string) string {
	return strings.ToLower(strings.TrimSpace(strings.TrimPrefix(*s, "\ufeff")))
}

type csvReader struct {
	from    *bufio.Reader
	bound   *recordBound // of from
	rows    *csv.Reader
	book    *Codebook
	columns map[string]int // nil until the header is read
	last    int            // the line of the last record
}

func newCSVReader(r *bufio.Reader, b *Codebook) *csvReader {
	bound := &recordBound{r, longestRecord}
	return &csvReader{from: r, bound: bound, rows: csv.NewReader(bound), book: b}
}

// longestRecord bounds a row in bytes: whoever forgets to close a quotation mark makes
// one row of all that follows.
const longestRecord = 1 << 20

// recordBound ends what it reads where a record is too long.
type recordBound struct {
	r    io.Reader
	left int // bytes that the record may still have
}

var errLongRecord = fmt.Errorf("the row is longer than %d MB; is a quotation mark not closed?", longestRecord>>20)

func (b *recordBound) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errLongRecord
	}
	n, err := b.r.Read(p)
	b.left -= n
	return n, err
}

func (c *csvReader) Next() (dragoman.Record, error) {
	if c.columns == nil {
		if err := c.header(); err != nil {
			return dragoman.Record{}, err
		}
	}
	c.bound.left = longestRecord
	cells, err := c.rows.Read()
	var wrong *csv.ParseError
	switch {
	case errors.Is(err, errLongRecord):
		return dragoman.Record{}, fmt.Errorf("line %d: %w", c.last+1, err)
	case errors.As(err, &wrong) && wrong.Line-wrong.StartLine > 1: // rows that it swallowed are lost with it
		return dragoman.Record{}, &Fault{wrong.StartLine, fmt.Errorf("%w; all up to line %d is taken for one row", wrong.Err, wrong.Line)}
	case errors.As(err, &wrong):
		return dragoman.Record{}, &Fault{wrong.Line, wrong.Err}
	case err != nil:
		return dragoman.Record{}, err
	}
	line, _ := c.rows.FieldPos(0)
	c.last = line
	if len(cells) != len(c.columns) {
		return dragoman.Record{}, &Fault{line, fmt.Errorf("%d cells where the header has %d", len(cells), len(c.columns))}
	}
	row := tableRow{
		text: func(column string) string {
			if i, ok := c.columns[column]; ok {
				return strings.TrimSpace(cells[i])
			}
			return ""
		},
	}
	row.list = func(column string) []string {
		if s := row.text(column); s != "" {
			return strings.Split(s, "|")
		}
		return nil
	}
	r, err := row.event(c.book)
	if err := cmp.Or(err, sound(&r)); err != nil {
		return dragoman.Record{}, &Fault{line, err}
	}
	return r, nil
}

func (c *csvReader) header() error {
	if head, _ := c.from.Peek(headBytes); otherwise(head) != "" { // an error comes again with the first read
		return fmt.Errorf("the columns are separated by %s where a table of events has commas", otherwise(head))
	}
	c.rows.FieldsPerRecord = -1 // Next says it better
	c.rows.ReuseRecord = true
	names, err := c.rows.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("the table is empty: its first line names the columns")
	}
	if err != nil {
		return err
	}
	names = each(names, columnName)
	columns := map[string]int{}
	for i, name := range names {
		if _, twice := columns[name]; twice {
			return fmt.Errorf("the column %q stands twice in the header", name)
		}
		columns[name] = i
	}
	if lacks := eventTableLacks(names); lacks != "" {
		return fmt.Errorf("the header has no column %s; a table of events has day, type or cameo, actors or actor_ids, and recipients or recipient_ids", lacks)
	}
	c.columns = columns
	return nil
}

// tableRow is a row of a table of events, by names of columns; "" and no items
// where it has none.
type tableRow struct {
	text func(column string) string
	list func(column string) []string
}

// event reads the row, with what it does not tell as the codebook has it.
func (t tableRow) event(b *Codebook) (r dragoman.Record, err error) {
	p := cellReader{row: t}
	r.Number, r.Article = p.whole("event"), p.whole("article")
	r.Day, r.From, r.To, r.First, r.Published = p.day("day"), p.day("from"), p.day("to"), p.day("first"), p.day("published")
	r.Status = cmp.Or(dragoman.Status(t.text("status")), dragoman.Happened)
	if !slices.Contains(dragoman.Statuses, r.Status) {
		p.fail("status is %q; it is one of %v", r.Status, dragoman.Statuses)
	}
	p.failed(t.coded(b, &r.Report))
	if s := t.text("tone"); s != "" {
		r.Tone = dragoman.Tone(p.whole("tone"))
		if r.Tone < dragoman.MaterialConflict || r.Tone > dragoman.MaterialCooperation {
			p.fail("tone is %d; it goes from -2 to 2", r.Tone)
		}
	}
	r.Contexts = t.list("contexts")
	r.Actors, r.Recipients = p.parties(b, "actor"), p.parties(b, "recipient")
	r.Place = p.place()
	r.Source = dragoman.Source{Text: t.text("source_text"), Anonymous: p.truth("anonymous")}
	switch name, id := t.text("source"), t.text("source_id"); {
	case id != "":
		r.Source.Actor = dragoman.Party{ID: id, Name: name, Named: true}
	case r.Source.Text == "" && !r.Source.Anonymous:
		r.Source.Text = name
	}
	r.Evidence, r.Words, r.Origin = t.text("evidence"), t.text("words"), t.text("origin")
	r.Mutual = p.truth("mutual")
	r.Dated = p.truth("dated") || t.text("dated") == "" && r.Day != dragoman.NoDay
	r.Articles, r.Outlets, r.Origins, r.Sources, r.Reports = int(p.whole("articles")), int(p.whole("outlets")), int(p.whole("origins")), int(p.whole("sources")), int(p.whole("reports"))
	r.Confidence = p.number("confidence")
	for _, what := range []string{"killed", "injured", "captured", "crowd"} {
		if t.text(what+"_min") != "" {
			c := dragoman.Count{What: what, Min: int(p.whole(what + "_min")), Max: -1}
			if t.text(what+"_max") != "" {
				c.Max = int(p.whole(what + "_max"))
			}
			r.Casualties = append(r.Casualties, c)
		}
	}
	r.Told = dragoman.Entry{Number: r.Article, Outlet: t.text("outlet"), Published: r.Published, URL: t.text("url"), Title: t.text("title")}
	r.Provider, r.ID = t.text("provider"), t.text("id")
	if n, ok := strings.CutPrefix(r.ID, "e"); ok && r.Provider == "" {
		if r.Ordinal, err = strconv.Atoi(n); err == nil {
			r.ID = ""
		}
	}
	return r, p.err
}

// coded reads what is done.
func (t tableRow) coded(b *Codebook, r *dragoman.Report) error {
	kind, cameo := strings.ToUpper(t.text("type")), t.text("cameo")
	if kind == "" && cameo == "" {
		return errors.New("it has neither a type nor a code of CAMEO")
	}
	if cameo != "" {
		if err := b.Coded(r, cameo); err != nil {
			return err
		}
	}
	if kind != "" {
		if err := b.Typed(r, kind); err != nil {
			return err
		}
	}
	if modes := t.list("mode"); len(modes) > 0 || kind != "" {
		r.Modes = modes
	}
	return nil
}

// cellReader reads cells of a row, and keeps the first thing that is wrong.
type cellReader struct {
	row tableRow
	err error
}

func (p *cellReader) failed(err error) { p.err = cmp.Or(p.err, err) }
func (p *cellReader) fail(format string, args ...any) {
	p.failed(fmt.Errorf(format, args...))
}

func (p *cellReader) whole(column string) int64 {
	s := p.row.text(column)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		p.fail("%s is %q, not a whole number", column, s)
	}
	return n
}

func (p *cellReader) number(column string) float64 {
	s := p.row.text(column)
	if s == "" {
		return 0
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		p.fail("%s is %q, not a number", column, s)
	}
	return x
}

func (p *cellReader) truth(column string) bool {
	s := p.row.text(column)
	if s == "" {
		return false
	}
	is, err := strconv.ParseBool(strings.ToLower(s))
	if err != nil {
		p.fail("%s is %q, neither true nor false", column, s)
	}
	return is
}

func (p *cellReader) day(column string) dragoman.Day {
	d, err := dayOr(p.row.text(column))
	if err != nil {
		p.fail("%s: %w", column, err)
	}
	return d
}

func (p *cellReader) place() dragoman.Locale {
	l := dragoman.Locale{Name: p.row.text("place"), Country: p.row.text("country"), Kind: p.row.text("place_kind")}
	l.ID = cmp.Or(p.row.text("place_id"), l.Name, l.Country)
	if p.row.text("lat") != "" && p.row.text("lon") != "" {
		l.Lat, l.Lon, l.Located = p.number("lat"), p.number("lon"), true
		if !(l.Lat >= -90 && l.Lat <= 90 && l.Lon >= -180 && l.Lon <= 180) {
			p.fail("lat %v and lon %v are nowhere", l.Lat, l.Lon)
		}
	}
	return l
}

// parties reads the actors or the recipients, whose lists have an item for each.
func (p *cellReader) parties(b *Codebook, side string) []dragoman.Party {
	lists := map[string][]string{}
	n := max(len(p.row.list(side+"s")), len(p.row.list(side+"_ids")))
	for _, name := range []string{"s", "_ids", "_kinds", "_countries", "_cameo", "_for", "_states"} {
		all := p.row.list(side + name)
		if len(all) != 0 && len(all) != n {
			p.fail("%s has %d items where there are %d %ss", side+name, len(all), n, side)
			return nil
		}
		lists[name] = append(all, make([]string, n-len(all))...)
	}
	var out []dragoman.Party
	for i := range n {
		told := partyCells{lists["_ids"][i], lists["s"][i], lists["_kinds"][i], lists["_countries"][i], lists["_cameo"][i], lists["_for"][i], lists["_states"][i]}
		if q := told.party(b); q.ID != "" || q.Name != "" {
			out = append(out, q)
		}
	}
	return out
}

// partyCells is what a table of events tells of a party.
type partyCells struct{ id, name, kind, country, cameo, actsFor, state string }

func (c partyCells) party(b *Codebook) dragoman.Party {
	if c.kind == "" && c.country == "" && c.cameo == "" {
		return c.called(b)
	}
	p := dragoman.Party{ID: c.id, Name: c.name, Kind: cmp.Or(c.kind, "unknown"), Named: true, Country: c.country, CAMEO: c.cameo, Sectors: b.Party(c.cameo, c.name).Sectors}
	if c.kind == "state" {
		return p
	}
	for _, id := range []string{c.actsFor, c.state} {
		if id == "" || len(p.Principals) > 0 && p.Principals[0].ID == id {
			continue
		}
		principal := dragoman.Party{ID: id, Name: id, Named: true}
		if s, ok := b.states[id]; ok {
			principal = b.state(s)
		}
		p.Principals = append(p.Principals, principal)
	}
	return p
}

// called returns who is told by id or name alone: a state by its name or its code
// of ISO 3166-1, else somebody of that name.
func (c partyCells) called(b *Codebook) dragoman.Party {
	for _, by := range []string{c.id, c.name} {
		if s, ok := b.State(by); ok {
			return b.state(&s)
		}
		if s, ok := b.Called(by); ok {
			return b.state(&s)
		}
	}
	p := b.Member("", nil, cmp.Or(c.name, c.id))
	p.ID = cmp.Or(c.id, p.ID)
	return p
}
