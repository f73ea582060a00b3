package main

import (
	"bytes"
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
	path    string   // of a file or, for tables, a folder; empty or -: standard output
	inputs  []string // files that it must not be
	minimum float64
	claims  bool

	cmd    *cobra.Command
	closes []func(error) error // with what went wrong; the last that was opened first
}

// documentFormats hold documents rather than events.
var documentFormats = []string{"text", "json", "jsonl", "conllu"}

func (t *target) flags(cmd *cobra.Command, format string, minimum float64) {
	t.cmd = cmd
	f := cmd.Flags()
	f.StringVar(&t.format, "format", format, "how it is written")
	f.StringVarP(&t.path, "out", "o", "", "the file that it is written to, packed where the name ends in .gz or .zst; for csv and parquet a folder (default: standard output)")
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
	known = append(known, exchange.TableFormats...)
	if !slices.Contains(known, t.format) {
		return fmt.Errorf("--format is %q; it is one of %s", t.format, strings.Join(known, ", "))
	}
	return t.placeable()
}

// placeable says what is wrong with where it goes.
func (t *target) placeable() error {
	tables := slices.Contains(exchange.TableFormats, t.format)
	if t.path == "-" {
		t.path = ""
	}
	if t.path == "" {
		if tables {
			return fmt.Errorf("--format %s makes several tables: --out says in which folder", t.format)
		}
		return nil
	}
	info, err := os.Stat(t.path)
	switch {
	case err == nil && info.IsDir() && !tables:
		return fmt.Errorf("--out %s is a folder, and --format %s makes one file: name that", t.path, t.format)
	case err == nil && !info.IsDir() && tables:
		return fmt.Errorf("--out %s is a file, and --format %s makes several: name a folder", t.path, t.format)
	case tables:
		return packable(t.path)
	}
	if err := t.spares(); err != nil {
		return err
	}
	if info, err := os.Stat(filepath.Dir(t.path)); err != nil || !info.IsDir() {
		return fmt.Errorf("--out %s: there is no folder %s", t.path, filepath.Dir(t.path))
	}
	return packable(t.path)
}

// spares refuses to write over a database or what is read.
func (t *target) spares() error {
	for _, ending := range []string{"", "-wal", "-shm"} { // files of one database
		if path, ok := strings.CutSuffix(t.path, ending); ok && isDatabase(path) {
			return fmt.Errorf("--out %s is a database; name another file", t.path)
		}
	}
	there, err := os.Stat(t.path)
	for _, path := range t.inputs {
		if in, wrong := os.Stat(path); errors.Join(err, wrong) == nil && in.Mode().IsRegular() && os.SameFile(in, there) {
			return fmt.Errorf("--out %s is what is read; name another file", t.path)
		}
	}
	return nil
}

// isDatabase reports whether there is a database at path.
func isDatabase(path string) bool {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	begins := []byte("SQLite format 3\x00")
	head := make([]byte, len(begins))
	n, _ := io.ReadFull(f, head)
	return bytes.Equal(head[:n], begins)
}

// of returns the format; one of documents or tables has room for everything.
func (t *target) of() exchange.Format {
	f, err := exchange.Named(t.format)
	if err != nil {
		return exchange.Format{Name: t.format, Whole: true}
	}
	return f
}

// writer returns what writes the documents of inputs.
func (t *target) writer(o *options, inputs []string) (documentWriter, error) {
	t.inputs = inputs
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

// open opens what is written to: a file gets its name when all is written, and what is
// no file, such as a pipe, is written to as it is.
func (t *target) open() (io.Writer, error) {
	if t.path == "" {
		return t.cmd.OutOrStdout(), nil
	}
	f, err := t.create()
	if err != nil {
		return nil, fmt.Errorf("--out %s: %w", t.path, reason(err))
	}
	z, err := packing(f, t.path)
	if err != nil || z == nil {
		return f, err
	}
	t.closes = append(t.closes, func(fault error) error { return errors.Join(fault, z.Close()) })
	return z, nil
}

func (t *target) create() (*os.File, error) {
	path, mode := t.path, fs.FileMode(0o644)
	if linked, err := filepath.EvalSymlinks(path); err == nil {
		path = linked
	}
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err == nil {
				t.closes = append(t.closes, func(fault error) error { return errors.Join(fault, f.Close()) })
			}
			return f, err
		}
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return nil, err
	}
	t.closes = append(t.closes, func(fault error) error {
		if err := errors.Join(fault, f.Chmod(mode), f.Close()); err != nil {
			return errors.Join(err, os.Remove(f.Name()))
		}
		return os.Rename(f.Name(), path)
	})
	return f, nil
}

// reason is what the system says against a file, without the name of it.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// unmade returns what takes away again the folders above path, and itself, that are
// not there yet; of those that are not empty by then it takes none.
func unmade(path string) (undo func()) {
	var made []string // the innermost first
	for path = filepath.Clean(path); ; path = filepath.Dir(path) {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = append(made, path)
	}
	return func() {
		for _, folder := range made {
			os.Remove(folder) //nolint:errcheck // it may hold something by now
		}
	}
}

// sink opens what takes records.
func (t *target) sink(files fs.FS) (exchange.Sink, error) {
	book, err := exchange.Load(files)
	if err != nil {
		return nil, err
	}
	if slices.Contains(exchange.TableFormats, t.format) {
		undo := unmade(t.path)
		tables, err := exchange.NewTables(t.path, t.format, book)
		if err != nil {
			undo()
			return nil, err
		}
		t.closes = append(t.closes, func(fault error) error {
			if fault != nil {
				tables.Discard()
				undo()
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
// the rest.
type recordWriter struct {
	*target
	desk *story.Desk
	to   exchange.Sink
}

func (w *recordWriter) render(d *dragoman.Document) (func() error, error) {
	filing := w.desk.File(d, nil, Version, w.minimum)
	return func() error { return w.filing(&filing) }, nil
}

func (w *recordWriter) filing(f *dragoman.Filing) error {
	if err := w.to.Article(&f.Entry); err != nil {
		return err
	}
	for _, r := range f.Records() {
		if r.Confidence < w.minimum || !w.of().Wants(&r, w.claims) {
			continue
		}
		if err := w.to.Event(&r); err != nil {
			return err
		}
	}
	for i := range f.Claims {
		if err := w.to.Claim(&f.Claims[i]); err != nil {
			return err
		}
	}
	for i := range f.Standings {
		if err := w.to.Tie(&f.Standings[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *recordWriter) close(fault error) error {
	if fault != nil {
		return fault
	}
	return w.to.Close()
}
