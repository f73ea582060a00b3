package exchange

import (
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

const (
	// rowGroup is how many rows are held, packed, until they are written. A group
	// is what a reader takes up at once.
	rowGroup = 20_000
	// rowBatch is how many rows are handed on at once.
	rowBatch = 256
	// pageBytes is how much of a column is packed together.
	pageBytes = 128 << 10
)

// packed is how columns are packed. Better levels gain nothing here, and hold more.
var packed = &zstd.Codec{Level: zstd.SpeedFastest}

// inOrder is a group whose columns stay in the order of their declaration.
type inOrder struct {
	parquet.Group
	columns []heading
}

func (g inOrder) Fields() []parquet.Field {
	named := map[string]parquet.Field{}
	for _, f := range g.Group.Fields() {
		named[f.Name()] = f
	}
	fields := make([]parquet.Field, len(g.columns))
	for i, c := range g.columns {
		fields[i] = named[c.name]
	}
	return fields
}

func parquetSchema(name string, columns []heading) *parquet.Schema {
	g := inOrder{parquet.Group{}, columns}
	for _, c := range columns {
		g.Group[c.name] = parquetNode(c)
	}
	return parquet.NewSchema(name, g)
}

func parquetNode(c heading) parquet.Node {
	var n parquet.Node
	switch c.kind {
	case ofList: // never null: who has none has an empty one
		return parquet.List(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
	case ofText:
		n = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
	case ofWhole:
		n = parquet.Int(64)
	case ofNumber:
		n = parquet.Leaf(parquet.DoubleType)
	case ofTruth:
		n = parquet.Leaf(parquet.BooleanType)
	case ofDay:
		n = parquet.Date()
	case ofMoment:
		n = parquet.Timestamp(parquet.Millisecond)
	}
	if c.null != "" {
		n = parquet.Optional(n)
	}
	return n
}

// parquetRows writes a table as Parquet.
type parquetRows struct {
	w       *parquet.GenericWriter[any]
	columns []heading
	rows    []parquet.Row // that are not handed on yet
	held    int           // how many of them are filled
	grouped int           // rows of the group at hand
}

func newParquetRows(to io.Writer, name string, columns []heading) *parquetRows {
	return &parquetRows{columns: columns, rows: make([]parquet.Row, rowBatch), w: parquet.NewGenericWriter[any](to, parquetSchema(name, columns),
		parquet.Compression(packed), parquet.PageBufferSize(pageBytes), parquet.DictionaryMaxBytes(1<<20), parquet.CreatedBy("dragoman", "", ""))}
}

func (p *parquetRows) write(cells []cell) error {
	row := p.rows[p.held][:0]
	for i, c := range p.columns {
		row = appendCell(row, i, c, &cells[i])
	}
	p.rows[p.held] = row
	if p.held++; p.held < len(p.rows) {
		return nil
	}
	return p.hand()
}

// hand hands the rows on that are held.
func (p *parquetRows) hand() error {
	if _, err := p.w.WriteRows(p.rows[:p.held]); err != nil {
		return err
	}
	p.grouped += p.held
	p.held = 0
	if p.grouped < rowGroup {
		return nil
	}
	p.grouped = 0
	return p.w.Flush()
}

func (p *parquetRows) close() error {
	if err := p.hand(); err != nil {
		return err
	}
	return p.w.Close()
}

// appendCell adds the values of a cell, with their levels: how deep it repeats,
// and how much of what may be null is there.
func appendCell(row parquet.Row, column int, h heading, c *cell) parquet.Row {
	if h.kind == ofList {
		for i, s := range c.list {
			row = append(row, parquet.ValueOf(s).Level(min(i, 1), 1, column))
		}
		if len(c.list) == 0 {
			row = append(row, parquet.NullValue().Level(0, 0, column))
		}
		return row
	}
	switch {
	case h.null == "":
		return append(row, parquetValue(h.kind, c).Level(0, 0, column))
	case c.unknown:
		return append(row, parquet.NullValue().Level(0, 0, column))
	}
	return append(row, parquetValue(h.kind, c).Level(0, 1, column))
}

func parquetValue(k cellKind, c *cell) parquet.Value {
	switch k {
	case ofWhole, ofMoment:
		return parquet.Int64Value(c.whole)
	case ofDay:
		return parquet.Int32Value(int32(c.whole))
	case ofNumber:
		return parquet.DoubleValue(c.number)
	case ofTruth:
		return parquet.BooleanValue(c.truth)
	}
	return parquet.ValueOf(c.text)
}
