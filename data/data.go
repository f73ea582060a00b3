// Package data holds the words and the facts of the program as plain tables,
// embedded in the binary, and the one reader of such tables.
//
// A table is UTF-8, one record a line, columns separated by tabs, the first
// line that is not a comment its header. Lines that start with # and empty
// lines are skipped. A list within a column is separated by "|"; an empty
// column means that nothing is known.
package data

import (
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

//go:embed all:actors all:places all:en all:plover all:weights
var embedded embed.FS

// Embedded returns the tables and weights that the program was built with.
func Embedded() fs.FS { return embedded }

// Overlay returns base with the files of the directory dir laid over it: a
// file of the same name takes the place of the embedded one. A file dir/X.more.tsv
// is read after X.tsv (see Read), so that a user adds to a table.
func Overlay(base fs.FS, dir string) (fs.FS, error) {
	info, err := os.Stat(dir)
	var system *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, absent(dir)
	case errors.As(err, &system):
		return nil, fmt.Errorf("the data folder %s cannot be read: %w", dir, system.Err)
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, fmt.Errorf("%s is a file; --data takes a folder of tables", dir)
	}
	return overlay{os.DirFS(dir), base}, nil
}

// absent is the fault that a data folder is not there.
type absent string

func (a absent) Error() string {
	return fmt.Sprintf("there is no data folder %s; give one that is there, or none for the tables that are built in", string(a))
}

func (absent) Is(target error) bool { return target == fs.ErrNotExist }

type overlay struct{ over, base fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.base.Open(name)
	}
	return f, err
}

// ReadDir lists both: a user adds a file to a folder of which all are read.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	over, err := fs.ReadDir(o.over, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	base, baseErr := fs.ReadDir(o.base, name)
	if baseErr != nil && (err != nil || !errors.Is(baseErr, fs.ErrNotExist)) {
		return nil, baseErr
	}
	entries := append(over, base...)
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return slices.CompactFunc(entries, func(a, b fs.DirEntry) bool { return a.Name() == b.Name() }), nil
}

// Table is a table in memory.
type Table struct {
	Path string
	rows []row
	col  map[string]int
}

type row struct {
	line   int
	more   bool // of the file that adds to the table
	fields []string
}

// Read reads the table at path and checks that it has the columns wanted, in
// any order. A fault names file and line.
func Read(fsys fs.FS, path string, wanted ...string) (*Table, error) {
	t := &Table{Path: path}
	if err := t.read(fsys, path, wanted); err != nil {
		return nil, err
	}
	if err := t.read(fsys, morePath(path), wanted); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return t, nil
}

func (t *Table) read(fsys fs.FS, path string, wanted []string) error {
	text, err := readText(fsys, path)
	if err != nil {
		return err
	}
	text = strings.TrimPrefix(text, "\ufeff")
	t.rows = slices.Grow(t.rows, strings.Count(text, "\n"))
	cells := make([]string, 0, strings.Count(text, "\t")+cap(t.rows)) // the fields of all rows, one after the other
	var place []int                                                   // where a column of this file goes in t's rows
	for n := 1; text != ""; n++ {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		first := len(cells)
		for field := range strings.SplitSeq(line, "\t") {
			cells = append(cells, field)
		}
		fields := cells[first:len(cells):len(cells)]
		if place == nil {
			if t.col == nil {
				t.col = make(map[string]int, len(fields))
				for i, name := range fields {
					t.col[name] = i
				}
			}
			for _, name := range wanted {
				if _, ok := t.col[name]; !ok {
					return fmt.Errorf("%s:%d: the header lacks the column %q", path, n, name)
				}
			}
			for _, name := range fields {
				i, ok := t.col[name]
				if !ok {
					return fmt.Errorf("%s:%d: unknown column %q", path, n, name)
				}
				place = append(place, i)
			}
			continue
		}
		if len(fields) != len(place) {
			return fmt.Errorf("%s:%d: %d columns where the header has %d", path, n, len(fields), len(place))
		}
		ordered := fields
		for i, p := range place {
			if i != p {
				ordered = make([]string, len(t.col))
				for j, q := range place {
					ordered[q] = fields[j]
				}
				break
			}
		}
		t.rows = append(t.rows, row{n, path != t.Path, ordered})
	}
	if place == nil {
		return fmt.Errorf("%s:1: the table has no header", path)
	}
	return nil
}

// readText returns the file at path, copied once.
func readText(fsys fs.FS, path string) (string, error) {
	f, err := fsys.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var text strings.Builder
	if info, err := f.Stat(); err == nil {
		text.Grow(int(info.Size()))
	}
	_, err = io.Copy(&text, f)
	return text.String(), err
}

// Len returns the number of records.
func (t *Table) Len() int { return len(t.rows) }

// Has reports whether the table has the column.
func (t *Table) Has(column string) bool { _, ok := t.col[column]; return ok }

// Value returns a column of record i; "" where the table has no such column.
func (t *Table) Value(i int, column string) string {
	c, ok := t.col[column]
	if !ok || c >= len(t.rows[i].fields) {
		return ""
	}
	return t.rows[i].fields[c]
}

// List returns a column of record i, split at "|"; nil where it is empty.
func (t *Table) List(i int, column string) []string {
	v := t.Value(i, column)
	if v == "" {
		return nil
	}
	return strings.Split(v, "|")
}

// Fault returns an error that names the file and the line of record i.
func (t *Table) Fault(i int, format string, args ...any) error {
	return fmt.Errorf("%s: %s", t.Where(i), fmt.Sprintf(format, args...))
}

// Where returns the file and line of record i, "plover/types.tsv:7".
func (t *Table) Where(i int) string {
	path := t.Path
	if t.rows[i].more {
		path = morePath(path)
	}
	return fmt.Sprintf("%s:%d", path, t.rows[i].line)
}

func morePath(path string) string { return strings.TrimSuffix(path, ".tsv") + ".more.tsv" }

// Fingerprint tells two sets of tables and weights apart: the SHA-256 of all
// files' names and contents, in the order of names.
func Fingerprint(fsys fs.FS) (sum [sha256.Size]byte, err error) {
	h := sha256.New()
	err = fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(fsys, path)
		fmt.Fprintf(h, "%s %d\n", path, len(b))
		h.Write(b)
		return err
	})
	return [sha256.Size]byte(h.Sum(nil)), err
}
