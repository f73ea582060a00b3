package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/clerk"
	"dragoman/exchange"
	"dragoman/story"
)

// target is where what is told goes, and in which format.
type target struct {
	format  string
	path    string // of a file or, for tables, a folder; empty: standard output
	minimum float64
	claims  bool

	cmd    *cobra.Command
	closes []func(error) error // with what went wrong; the last that was opened first
}

// documentFormats hold documents rather than events.
var documentFormats = []string{"text", "json", "jsonl", "conllu"}

// tableFormats are those of a folder of tables.
var tableFormats = []string{"csv", "parquet"}

func (t *target) flags(cmd *cobra.Command, format string, minimum float64) {
	t.cmd = cmd
	f := cmd.Flags()
	f.StringVar(&t.format, "format", format, "how it is written")
	f.StringVarP(&t.path, "out", "o", "", "the file that it is written to, packed where the name ends in .gz; for csv and parquet a folder (default: standard output)")
	f.BoolVar(&t.claims, "claims", false, "in formats that cannot say who claims an event, hold what is only claimed for facts")
	f.Float64Var(&t.minimum, "min-confidence", minimum, "leave out events and ties below this confidence (0 to 1)")
}

// fieldFormats are the formats of the field, for a help text.
func fieldFormats() string {
	var b strings.Builder
	line := func(name, about string) { fmt.Fprintf(&b, "  %-16s %s\n", name, about) }
	for _, f := range exchange.Formats {
		if f.Write != nil {
			line(f.Name, f.About)
		}
	}
	line("csv", "tables of all that is told, with a dictionary of their columns; a folder")
	line("parquet", "the same tables as Parquet")
	return b.String() + `
A format that cannot say who claims an event, or whether it was done, gets only
what was done and is told by an outlet itself; docs/formats.md says what each holds.
`
}

// check says what is wrong before anything is done.
func (t *target) check(also ...string) error {
	if t.minimum < 0 || t.minimum > 1 {
		return fmt.Errorf("--min-confidence is %v; it goes from 0 to 1", t.minimum)
	}
	known := append(also, exchange.Names(func(f exchange.Format) bool { return f.Write != nil })...)
	known = append(known, tableFormats...)
	if !slices.Contains(known, t.format) {
		return fmt.Errorf("--format is %q; it is one of %s", t.format, strings.Join(known, ", "))
	}
	if slices.Contains(tableFormats, t.format) && t.path == "" {
		return fmt.Errorf("--format %s makes several tables: --out says in which folder", t.format)
	}
	return nil
}

// whole reports whether the format has room for who claims an event and whether it
// was done.
func (t *target) whole() bool {
	f, err := exchange.Named(t.format)
	return err != nil || f.Whole || f.Write == nil
}

// done has only what was done wanted in a format that cannot say so, and refuses
// anything else.
func (t *target) done(w *clerk.Wanted) error {
	if t.whole() {
		return nil
	}
	for _, s := range w.Statuses {
		if !dragoman.Status(s).Done() && slices.Contains(dragoman.Statuses, dragoman.Status(s)) {
			return fmt.Errorf("--format %s cannot say that an event is %s, so that it would stand there as done; choose one that can, as plover or csv", t.format, s)
		}
	}
	if len(w.Statuses) == 0 {
		for _, s := range dragoman.Doings {
			w.Statuses = append(w.Statuses, string(s))
		}
	}
	return nil
}

// writer returns what writes documents.
func (t *target) writer(o *options) (documentWriter, error) {
	if err := t.check(documentFormats...); err != nil {
		return nil, err
	}
	if slices.Contains(documentFormats, t.format) {
		out, err := t.open()
		return newWriter(out, t.format, t.minimum), err
	}
	if !t.cmd.Flags().Changed("min-confidence") {
		t.minimum = clerk.Sure
	}
	files, err := o.files()
	if err != nil {
		return nil, err
	}
	desk, err := story.Load(files)
	if err != nil {
		return nil, err
	}
	to, err := t.sink(files)
	return &recordWriter{target: t, desk: desk, to: to}, err
}

// open opens what is written to: the file gets its name when all is written.
func (t *target) open() (io.Writer, error) {
	if t.path == "" {
		return t.cmd.OutOrStdout(), nil
	}
	f, err := os.CreateTemp(filepath.Dir(t.path), "."+filepath.Base(t.path)+"-*")
	if err != nil {
		return nil, err
	}
	t.closes = append(t.closes, func(fault error) error {
		if err := errors.Join(fault, f.Chmod(0o644), f.Close()); err != nil {
			return errors.Join(err, os.Remove(f.Name()))
		}
		return os.Rename(f.Name(), t.path)
	})
	if !strings.HasSuffix(t.path, ".gz") {
		return f, nil
	}
	z := gzip.NewWriter(f)
	t.closes = append(t.closes, func(fault error) error { return errors.Join(fault, z.Close()) })
	return z, nil
}

// sink opens what takes records.
func (t *target) sink(files fs.FS) (exchange.Sink, error) {
	book, err := exchange.Load(files)
	if err != nil {
		return nil, err
	}
	if slices.Contains(tableFormats, t.format) {
		tables, err := exchange.NewTables(t.path, t.format, book)
		if err != nil {
			return nil, err
		}
		t.closes = append(t.closes, func(fault error) error {
			if fault != nil {
				tables.Discard()
			}
			return fault
		})
		return tables, nil
	}
	f, err := exchange.Named(t.format)
	if err != nil {
		return nil, err
	}
	out, err := t.open()
	if err != nil {
		return nil, err
	}
	return f.Sink(out, book), nil
}

// settle ends what was opened: what was written gets its name only where nothing
// went wrong, but for inputs that could not be read, which have been told.
func (t *target) settle(fault error) error {
	var input inputError
	told := errors.As(fault, &input)
	err := fault
	if told {
		err = nil
	}
	for _, end := range slices.Backward(t.closes) {
		err = end(err)
	}
	if told && err == nil {
		return fault
	}
	return err
}

// recordWriter writes the events of documents, and what a format has room for of
// the rest. What has a number in a database is counted here.
type recordWriter struct {
	*target
	desk             *story.Desk
	to               exchange.Sink
	articles, events int64
	claimed, ties    int64
}

func (w *recordWriter) render(d *dragoman.Document) (func() error, error) {
	filing := w.desk.File(d, nil, Version, w.minimum)
	return func() error { return w.filing(&filing) }, nil
}

func (w *recordWriter) filing(f *dragoman.Filing) error {
	w.articles++
	f.Number, f.Original = w.articles, w.articles
	if err := w.to.Article(&f.Entry); err != nil {
		return err
	}
	for _, r := range f.Records() {
		if r.Confidence < w.minimum || !w.wants(&r) {
			continue
		}
		w.events++
		r.Number, r.Article = w.events, w.articles
		if err := w.to.Event(&r); err != nil {
			return err
		}
	}
	for i := range f.Claims {
		w.claimed++
		f.Claims[i].Number, f.Claims[i].Article = w.claimed, w.articles
		if err := w.to.Claim(&f.Claims[i]); err != nil {
			return err
		}
	}
	for i := range f.Standings {
		w.ties++
		f.Standings[i].Number, f.Standings[i].Article = w.ties, w.articles
		if err := w.to.Tie(&f.Standings[i]); err != nil {
			return err
		}
	}
	return nil
}

// wants reports whether an event may stand in the format.
func (t *target) wants(r *dragoman.Record) bool {
	return t.whole() || r.Fact() || t.claims && r.Status.Done()
}

func (w *recordWriter) close(fault error) error {
	if fault != nil {
		return fault
	}
	return w.to.Close()
}
