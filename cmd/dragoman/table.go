package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/term"
)

// listing are records to be shown as a table, as CSV, or as a line of JSON each.
// The columns of a table are those that fit a person; CSV and JSON have all.
type listing struct {
	columns []string
	shown   []int // columns of the table
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
	var configs []table.ColumnConfig
	pick := func(values []any) table.Row {
		row := table.Row{}
		for _, c := range r.shown {
			if s, ok := values[c].(string); ok {
				values[c] = plain(s)
			}
			row = append(row, values[c])
		}
		return row
	}
	head := make([]any, len(r.columns))
	for i, c := range r.columns {
		head[i] = c
	}
	t.AppendHeader(pick(head))
	for i := range r.shown {
		if i < len(r.widest) && r.widest[i] > 0 {
			configs = append(configs, table.ColumnConfig{Number: i + 1, WidthMax: r.widest[i], WidthMaxEnforcer: text.Trim})
		}
	}
	t.SetColumnConfigs(configs)
	for _, values := range r.all {
		t.AppendRow(pick(values))
	}
	t.SuppressTrailingSpaces()
	_, err := fmt.Fprintln(w, t.Render())
	return err
}

func (r *listing) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(r.columns); err != nil {
		return err
	}
	for _, values := range r.all {
		line := make([]string, len(values))
		for i, v := range values {
			line[i] = fmt.Sprint(v)
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
func width(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return n
		}
	}
	return 100
}
