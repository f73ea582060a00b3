// Package dictionary reads dictionaries in CAMEO format, as TABARI and PETRARCH
// use them (actors with dated codes, agents, verbs with patterns, discards), and
// codes sentences with them: who did what to whom, by the analyst's own lists.
//
// The formats are those of PETRARCH's documentation ("Dictionary Formats") and,
// where that is silent, of its reader (PETRreader.py of versions 1 and 2). What
// these would skip or misread is a Fault, told with file and line; the rest of
// the file is loaded.
package dictionary

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"strings"
)

// Fault is a malformed line: where it stands, and what is wrong and what was
// made of it.
type Fault struct {
	File string
	Line int // counted from 1
	What string
}

func (f Fault) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.What) }

// Dictionary is what was loaded. It is not changed afterwards and may be asked
// by many at once.
type Dictionary struct {
	words           lexicon
	actors          names
	codes           []dated // of the actors
	agents          names
	affixes         []affix // of the agents
	discards        names
	stories         []bool // discard: of the whole story
	verbs           map[int32][]form
	blocks          []block
	synsets         []synset
	transformations []transformation
	files           []string
	counts          Counts
	lines           int
	events          []eventCode // in the order of files and lines
}

// Counts tells how much was loaded.
type Counts struct{ Actors, Agents, Verbs, Patterns, Synsets, Discards int }

func (c Counts) String() string {
	return fmt.Sprintf("%d actors, %d agents, %d forms of verbs, %d patterns, %d sets of synonyms, %d discards", c.Actors, c.Agents, c.Verbs, c.Patterns, c.Synsets, c.Discards)
}

// Counts returns how many names of actors and of agents (with the plurals that
// were made), forms of verbs, patterns, sets of synonyms and discards there are.
func (d *Dictionary) Counts() Counts { return d.counts }

// Lines returns how many lines of the files are no comment and not empty.
func (d *Dictionary) Lines() int { return d.lines }

// eventCode is a code of an event, and the line that has it.
type eventCode struct {
	code  string
	place place
}

// EventCodes ranges over the codes of events as the files have them, each with its
// line, "verbs.txt:12", in the order of files and lines. "---" is none.
func (d *Dictionary) EventCodes() iter.Seq2[string, string] {
	return func(yield func(code, where string) bool) {
		for _, e := range d.events {
			if !yield(e.code, d.where(e.place)) {
				return
			}
		}
	}
}

// place is a line of a file.
type place struct{ file, line int32 }

// where returns "file:line".
func (d *Dictionary) where(p place) string {
	if p.line == 0 {
		return ""
	}
	return fmt.Sprintf("%s:%d", d.files[p.file], p.line)
}

// maxFile bounds what is read of one file, packed or not.
const maxFile = 256 << 20

// Load reads the files, each of the kind that its content shows, unpacked where
// it is gzip. The files make one dictionary: a name or a form of a verb that
// stands in two is that of the later. An error is a file that cannot be read at
// all; malformed lines are faults, in the order of files and lines.
func Load(fsys fs.FS, paths ...string) (*Dictionary, []Fault, error) {
	l := newLoading()
	for _, p := range paths {
		text, err := readFile(fsys, p)
		if err != nil {
			return nil, nil, fmt.Errorf("dictionary %s: %w", p, err)
		}
		l.file(strings.TrimSuffix(path.Base(p), ".gz"), text)
	}
	return l.done(), l.faults, nil
}

func readFile(fsys fs.FS, path string) (string, error) {
	f, err := fsys.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
		b, err = unpack(b)
	}
	if err == nil && len(b) > maxFile {
		err = fmt.Errorf("it is larger than %d MB", maxFile>>20)
	}
	return strings.TrimPrefix(string(b), "\ufeff"), err
}

func unpack(b []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err == nil {
		b, err = io.ReadAll(io.LimitReader(z, maxFile+1)) // it tells all that Close would
	}
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = errors.New("the gzip data breaks off: the file is not complete")
	case err != nil:
		err = fmt.Errorf("the gzip data is damaged: %w", err)
	}
	return b, err
}
