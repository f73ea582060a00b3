// Package exchange writes events in the formats of the field, and reads those of
// other providers. One file is one format: its columns, how a record becomes a
// row, and how a row becomes a record. docs/formats.md maps every column and says
// what is lost.
//
// What passes through is dragoman.Record: an event with the article that tells it
// best. A format that has no column for who says so, or for whether it was done,
// holds only facts (Record.Fact), unless somebody wants the rest for facts too.
package exchange

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"dragoman"
)

// Format is a way of writing events down that others read or write too.
type Format struct {
	Name   string // "gdelt"
	About  string // for people: one line
	Ending string // of files: ".csv"
	Media  string // the type of what is written: "text/csv"
	Whole  bool   // it has room for who claims an event and whether it was done

	Write func(io.Writer, *Codebook) Writer     // nil: it is not written
	Read  func(*bufio.Reader, *Codebook) Reader // nil: it is not read
	Looks func(head []byte) bool                // whether a file begins like this format; nil: it is not told by its looks
}

// Wants reports whether a record may stand in f: where f cannot say who claims it and
// whether it was done, only a fact or, with claims, what somebody says was done.
func (f Format) Wants(r *dragoman.Record, claims bool) bool {
	return f.Whole || r.Fact() || claims && r.Status.Done()
}

// Statuses returns which of the statuses that somebody wants f can hold, of none all
// that it can. Which it cannot is an error: it would stand there as done.
func (f Format) Statuses(wanted []dragoman.Status) ([]dragoman.Status, error) {
	if f.Whole {
		return wanted, nil
	}
	for _, s := range wanted {
		if !s.Done() {
			return nil, fmt.Errorf("the format %s cannot say that an event is %s, so that it would stand there as done; choose one that can, as plover or csv", f.Name, s)
		}
	}
	if len(wanted) == 0 {
		return dragoman.Doings, nil
	}
	return wanted, nil
}

// Writer writes records one after the other. It holds no more than one, beside
// what a format wants once only, as the nodes of a network.
type Writer interface {
	Write(*dragoman.Record) error
	// Close ends what was written; it does not close what it was written to.
	Close() error
}

// Reader reads records one after the other. One that is an io.Closer has to be closed.
type Reader interface {
	// Next returns the next record, and io.EOF after the last. A *Fault is of one
	// record, which is left out; reading goes on with the next.
	Next() (dragoman.Record, error)
}

// Fault is what is wrong with one record of a file.
type Fault struct {
	Line int // from 1
	Err  error
}

func (f *Fault) Error() string { return fmt.Sprintf("line %d: %v", f.Line, f.Err) }
func (f *Fault) Unwrap() error { return f.Err }

// Formats are all that there are, by name.
var Formats = []Format{
	gdelt,
	gdeltMentions,
	icews,
	polecat,
	phoenix,
	petrarch,
	graphml,
	edges,
	followthemoney,
	plover,
	readings,
	csvEvents,
	parquetEvents,
}

// Named returns the format of a name.
func Named(name string) (Format, error) {
	if i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name }); i >= 0 {
		return Formats[i], nil
	}
	return Format{}, fmt.Errorf("there is no format %q; it is one of %s", name, strings.Join(Names(func(Format) bool { return true }), ", "))
}

// Readable returns the format of a name that is read.
func Readable(name string) (Format, error) {
	f, err := Named(name)
	if err != nil {
		return Format{}, fmt.Errorf("there is no format %q; those that are read are %s", name, readable())
	}
	if f.Read == nil {
		return Format{}, fmt.Errorf("the format %q is written, but not read; those that are read are %s", name, readable())
	}
	return f, nil
}

// readable lists the formats that are read.
func readable() string {
	return strings.Join(Names(func(f Format) bool { return f.Read != nil }), ", ")
}

// Names lists the formats that are wanted.
func Names(wanted func(Format) bool) (all []string) {
	for _, f := range Formats {
		if wanted(f) {
			all = append(all, f.Name)
		}
	}
	return all
}

// headBytes is how much of a file says what it is.
const headBytes = 64 << 10

// Detect returns the format in which r is written, by how it begins. r loses
// nothing.
func Detect(r *bufio.Reader) (Format, error) {
	head, err := r.Peek(headBytes)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return Format{}, err
	}
	for _, f := range Formats {
		if f.Read != nil && f.Looks != nil && f.Looks(head) {
			return f, nil
		}
	}
	return Format{}, fmt.Errorf("it is in none of the formats that are read: %s", readable())
}

// Sink takes all that is told, and writes what its format has room for. An article
// comes before what it tells, where both come.
type Sink interface {
	Event(*dragoman.Record) error
	Article(*dragoman.Entry) error
	Claim(*dragoman.Claim) error
	Tie(*dragoman.Standing) error
	Close() error
}

// Sink returns what writes f to w.
func (f Format) Sink(w io.Writer, b *Codebook) Sink {
	out := f.Write(w, b)
	ties, _ := out.(tieWriter)
	return sink{out, ties}
}

// EventsOnly reports whether s writes nothing of articles, claims and ties, so that
// nobody need hand it any.
func EventsOnly(s Sink) bool {
	one, ok := s.(sink)
	return ok && one.ties == nil
}

// tieWriter is a Writer of a format that holds ties too.
type tieWriter interface {
	Tie(*dragoman.Standing) error
}

// sink writes a format of one file.
type sink struct {
	events Writer
	ties   tieWriter // nil: it holds none
}

func (s sink) Event(r *dragoman.Record) error { return s.events.Write(r) }
func (s sink) Article(*dragoman.Entry) error  { return nil }
func (s sink) Claim(*dragoman.Claim) error    { return nil }
func (s sink) Close() error                   { return s.events.Close() }

func (s sink) Tie(t *dragoman.Standing) error {
	if s.ties == nil {
		return nil
	}
	return s.ties.Tie(t)
}
