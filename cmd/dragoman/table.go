package main

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/term"
)

// listing are records to be shown as a table, as CSV, or as a line of JSON each.
// The columns of a table are those that fit a person and his terminal; CSV and
// JSON have all. A value may be nil, where it is not known, and a []string.
type listing struct {
	columns []string
	shown   []int // columns of the table
	less    []int // of these, what is left out where there is little room, the first first
	widest  []int // characters of the shown columns; 0: as they come
	all     [][]any
}

func (r *listing) add(values ...any) { r.all = append(r.all, values) }

const formats = "table, csv or jsonl"

func (r *listing) write(w io.Writer, format string) error {
	switch format {
	case "table":
		return r.table(w)
	case "csv":
		return r.csv(w)
	case "jsonl":
		return r.jsonl(w)
	}
	return fmt.Errorf("--format is %q; it is %s", format, formats)
}

func (r *listing) table(w io.Writer) error {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options = table.OptionsNoBordersAndSeparators
	t.Style().Format.Header = text.FormatDefault
	fields := r.fields(room(w))
	var configs []table.ColumnConfig
	head := table.Row{}
	for i, f := range fields {
		head = append(head, r.columns[f.column])
		configs = append(configs, table.ColumnConfig{Number: i + 1, WidthMax: f.width, WidthMaxEnforcer: snip})
	}
	t.AppendHeader(head)
	t.SetColumnConfigs(configs)
	for _, values := range r.all {
		row := table.Row{}
		for _, f := range fields {
			row = append(row, cell(values[f.column]))
		}
		t.AppendRow(row)
	}
	t.SuppressTrailingSpaces()
	_, err := fmt.Fprintln(w, t.Render())
	return err
}

func snip(s string, width int) string { return text.Snip(s, width, "…") }

// cell is a value as a table shows it.
func cell(v any) any {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return plain(v)
	case []string:
		return plain(strings.Join(v, ", "))
	}
	return v
}

// field is a column of a table: as wide as it is, and as it has to be.
type field struct{ column, width, least int }

// fields returns the columns that have room, 0 for any: the first of less are
// left out until the others fit, and of these the widest are narrowed.
func (r *listing) fields(room int) []field {
	const (
		least = 14 // characters of a text that are worth a column
		apart = 2  // spaces after a column
	)
	var all []field
	for i, c := range r.shown {
		f := field{column: c, width: r.width(c)}
		f.least = f.width
		if i < len(r.widest) && r.widest[i] > 0 {
			f.width = max(min(f.width, r.widest[i]), len(r.columns[c]))
			f.least = min(f.width, max(least, len(r.columns[c])))
		}
		all = append(all, f)
	}
	over := func(needs func(field) int) bool {
		sum := 0
		for _, f := range all {
			sum += needs(f) + apart
		}
		return room > 0 && sum > room
	}
	for _, c := range r.less {
		if !over(func(f field) int { return f.least }) {
			break
		}
		all = slices.DeleteFunc(all, func(f field) bool { return f.column == c })
	}
	for over(func(f field) int { return f.width }) {
		widest := slices.MaxFunc(all, func(a, b field) int { return cmp.Compare(a.spare(), b.spare()) })
		at := slices.Index(all, widest)
		if all[at].spare() == 0 {
			break
		}
		all[at].width--
	}
	return all
}

// spare is the width of what can be narrowed, else 0.
func (f field) spare() int {
	if f.width == f.least {
		return 0
	}
	return f.width
}

// width returns the characters of the longest value of a column, or its head.
func (r *listing) width(column int) int {
	n := len(r.columns[column])
	for _, values := range r.all {
		n = max(n, text.StringWidthWithoutEscSequences(fmt.Sprint(cell(values[column]))))
	}
	return n
}

func (r *listing) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(r.columns); err != nil {
		return err
	}
	for _, values := range r.all {
		line := make([]string, len(values))
		for i, v := range values {
			switch v := v.(type) {
			case nil: // not known
			case []string:
				line[i] = strings.Join(v, "|")
			default:
				line[i] = fmt.Sprint(v)
			}
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (r *listing) jsonl(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, values := range r.all {
		object := map[string]any{}
		for i, v := range values {
			object[r.columns[i]] = v
		}
		if err := enc.Encode(object); err != nil {
			return err
		}
	}
	return nil
}

// width returns the columns of the terminal that w is, else 100.
func width(w io.Writer) int { return cmp.Or(room(w), 100) }

// room returns the columns of the terminal that w is, else what COLUMNS says, 0
// where nothing does.
func room(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return n
		}
	}
	n, _ := strconv.Atoi(os.Getenv("COLUMNS"))
	return max(0, n)
}
