package exchange

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"dragoman"
)

// parquetEvents is the table of events as Parquet, with the columns of csvEvents. A
// Parquet file is read from its end, so it is copied to a temporary file first.
var parquetEvents = Format{
	Name:   "parquet",
	About:  "a table of events as Parquet",
	Ending: ".parquet",
	Whole:  true,
	Read:   func(r *bufio.Reader, b *Codebook) Reader { return &parquetReader{from: r, book: b} },
	Looks:  func(head []byte) bool { return bytes.HasPrefix(head, []byte("PAR1")) },
}

type parquetReader struct {
	from   *bufio.Reader
	book   *Codebook
	copied *os.File // nil before the first record, and after the last
	leaves []leaf   // by number of the column
	groups []parquet.RowGroup
	rows   parquet.Rows // of the group at hand; nil for none
	read   []parquet.Row
	held   []parquet.Row // those of read that were not returned
	line   int           // the number of the row that was returned last, from 1
	done   error         // what ended it
}

// leaf is a column as it is stored.
type leaf struct {
	name string
	list bool
	text func(parquet.Value) string
}

// Next returns the next row; a *Fault counts rows.
func (p *parquetReader) Next() (r dragoman.Record, err error) {
	if p.done != nil {
		return r, p.done
	}
	defer func() { // the library takes what a file says for granted
		if wrong := recover(); wrong != nil {
			err = fmt.Errorf("the Parquet file is damaged: %v", wrong)
		}
		var fault *Fault
		if err != nil && !errors.As(err, &fault) {
			p.done = err
			p.Close()
		}
	}()
	if p.copied == nil {
		if err := p.open(); err != nil {
			return r, err
		}
	}
	row, err := p.next()
	if err != nil {
		return r, err
	}
	p.line++
	if r, err = p.row(row).event(p.book); err == nil {
		err = sound(&r)
	}
	if err != nil {
		return dragoman.Record{}, &Fault{p.line, err}
	}
	return r, nil
}

func (p *parquetReader) open() (err error) {
	if p.copied, err = os.CreateTemp("", "dragoman-*.parquet"); err != nil {
		return err
	}
	os.Remove(p.copied.Name()) // where an open file may lose its name, nothing is left whatever happens
	size, err := io.Copy(p.copied, p.from)
	if err != nil {
		return err
	}
	if err := checkFooter(p.copied, size); err != nil {
		return err
	}
	f, err := parquet.OpenFile(p.copied, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return fmt.Errorf("the Parquet file cannot be read: %v", err) // its io.EOF is no end
	}
	if err := checkPacking(f.Metadata()); err != nil {
		return err
	}
	var names []string
	for _, path := range f.Schema().Columns() {
		c, _ := f.Schema().Lookup(path...)
		names = append(names, path[0])
		p.leaves = append(p.leaves, leaf{path[0], len(path) > 1, valueText(c.Node.Type())})
	}
	if lacks := eventTableLacks(names); lacks != "" {
		return fmt.Errorf("the table has no column %s: it is not one of events", lacks)
	}
	p.groups, p.read = f.RowGroups(), make([]parquet.Row, rowBatch)
	return nil
}

// checkFooter holds the end of a file against its size: the library makes room for
// as much as it says.
func checkFooter(f io.ReaderAt, size int64) error {
	const end = 8 // the length of the footer, and "PAR1"
	var b [end]byte
	if size >= 4+end {
		if _, err := f.ReadAt(b[:], size-end); err != nil {
			return err
		}
		if string(b[4:]) == "PAR1" && int64(binary.LittleEndian.Uint32(b[:])) <= size-4-end {
			return nil
		}
	}
	return errors.New("the Parquet file cannot be read: it is cut off, or none")
}

// checkPacking allows the codecs that never unpack more than they are asked for.
func checkPacking(m *format.FileMetaData) error {
	for _, g := range m.RowGroups {
		for _, c := range g.Columns {
			switch codec := c.MetaData.Codec; codec {
			case format.Uncompressed, format.Snappy, format.Gzip, format.Zstd:
			default:
				return fmt.Errorf("the Parquet file is packed with %v; write it with zstd, gzip or snappy", codec)
			}
		}
	}
	return nil
}

// Close lets go of the copy. Nothing is read any more.
func (p *parquetReader) Close() (err error) {
	p.done = cmp.Or(p.done, io.EOF)
	rows, copied := p.rows, p.copied
	p.rows, p.copied, p.groups, p.held = nil, nil, nil, nil
	defer func() {
		if wrong := recover(); wrong != nil { // as in Next
			err = fmt.Errorf("the Parquet file is damaged: %v", wrong)
		}
		if copied != nil {
			err = errors.Join(err, copied.Close())
			os.Remove(copied.Name())
		}
	}()
	if rows != nil {
		return rows.Close()
	}
	return nil
}

// next returns the next row, which stands until the next call.
func (p *parquetReader) next() (parquet.Row, error) {
	for len(p.held) == 0 {
		if p.rows == nil {
			if len(p.groups) == 0 {
				return nil, io.EOF
			}
			p.rows, p.groups = p.groups[0].Rows(), p.groups[1:]
		}
		n, err := p.rows.ReadRows(p.read)
		p.held = p.read[:n]
		if errors.Is(err, io.EOF) {
			err = p.rows.Close()
			p.rows = nil
		}
		if err != nil {
			return nil, fmt.Errorf("the Parquet file cannot be read: %v", err) // its io.EOF is no end
		}
	}
	row := p.held[0]
	p.held = p.held[1:]
	return row, nil
}

func (p *parquetReader) row(row parquet.Row) tableRow {
	cells := map[string][]string{}
	for _, v := range row {
		switch l := p.leaves[v.Column()]; {
		case !v.IsNull():
			cells[l.name] = append(cells[l.name], l.text(v))
		case l.list && v.DefinitionLevel() > 1: // an item that is null
			cells[l.name] = append(cells[l.name], "")
		}
	}
	return tableRow{
		text: func(column string) string { return strings.TrimSpace(strings.Join(cells[column], "|")) },
		list: func(column string) []string { return cells[column] },
	}
}

// valueText returns how a value of a type is written in CSV. A point in time stands
// for its day.
func valueText(t parquet.Type) func(parquet.Value) string {
	if logical := t.LogicalType(); logical != nil {
		switch l := logical.Value.(type) {
		case *format.DateType:
			return func(v parquet.Value) string { return dragoman.Day(v.Int32()).String() }
		case *format.TimestampType:
			day := int64(24 * time.Hour / l.Unit.Value.Duration())
			return func(v parquet.Value) string { return dragoman.Day(floorDiv(v.Int64(), day)).String() }
		}
	}
	switch t.Kind() {
	case parquet.Boolean:
		return func(v parquet.Value) string { return strconv.FormatBool(v.Boolean()) }
	case parquet.Int32:
		return func(v parquet.Value) string { return strconv.Itoa(int(v.Int32())) }
	case parquet.Int64:
		return func(v parquet.Value) string { return strconv.FormatInt(v.Int64(), 10) }
	case parquet.Float:
		return func(v parquet.Value) string { return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32) }
	case parquet.Double:
		return func(v parquet.Value) string { return strconv.FormatFloat(v.Double(), 'f', -1, 64) }
	}
	return func(v parquet.Value) string { return string(v.ByteArray()) }
}

func floorDiv(a, b int64) int64 {
	n := a / b
	if a%b < 0 {
		n--
	}
	return n
}
