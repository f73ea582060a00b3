package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"dragoman"
	"dragoman/clerk"
	"dragoman/exchange"
	"dragoman/store"
)

// setNames says what can be compared, for help texts.
const setNames = `A and B are each one of
  FILE              events in a format that is read: ` + "%s" + `;
                    also packed with gzip, zstd, bzip2 or zip. FORMAT:FILE says which it is
  FILE.db           a database of dragoman: what was read
  store             the default database, or that of --db
  PROVIDER@FILE.db  what was imported of a provider (dragoman import)
  provider:NAME     likewise, in the default database, or that of --db`

// readable names the formats that are read.
func readable() string {
	return strings.Join(exchange.Names(func(f exchange.Format) bool { return f.Read != nil }), ", ")
}

// eventSet is one of two sets that are compared. It can be opened more than once,
// and gives the same records each time.
type eventSet struct {
	name string
	open func(context.Context) (eventStream, error)
}

// eventStream is an eventSet that is being read.
type eventStream struct {
	next   func() (dragoman.Record, error)
	close  func() error
	format string // of a file
}

// sets finds out what the arguments of compare are.
type sets struct {
	*database
	book     *exchange.Codebook
	progress *progress
}

// named returns the set that an argument names.
func (s *sets) named(arg string) (eventSet, error) {
	if arg == "store" {
		return s.ours(arg, s.path), nil
	}
	if name, ok := strings.CutPrefix(arg, "provider:"); ok {
		return s.provider(arg, name, s.path), nil
	}
	info, err := os.Stat(arg)
	if err != nil {
		if format, path, ok := strings.Cut(arg, ":"); ok {
			if f, err := exchange.Readable(format); err == nil {
				return s.file(arg, path, &f), nil
			}
		}
		if name, path, ok := strings.Cut(arg, "@"); ok && name != "" && path != "" {
			return s.provider(arg, name, path), nil
		}
		return eventSet{}, unreadable{fmt.Errorf("there is no file %s; dragoman compare --help says what can be compared", arg)}
	}
	if info.IsDir() {
		return eventSet{}, unreadable{fmt.Errorf("%s is a folder; name a file in it, or dragoman import it and compare provider:NAME", arg)}
	}
	if !info.Mode().IsRegular() {
		return eventSet{}, unreadable{fmt.Errorf("%s is no file; events are read twice, so save them to one", arg)}
	}
	if isDatabase(arg) {
		return s.ours(arg, arg), nil
	}
	return s.file(arg, arg, nil), nil
}

// at is the database in a file.
func (s *sets) at(path string) *database {
	return &database{options: s.options, path: path, minimum: s.minimum}
}

// provider is what was imported of one.
func (s *sets) provider(arg, name, path string) eventSet {
	return eventSet{arg, func(ctx context.Context) (eventStream, error) {
		db, err := s.at(path).open(ctx)
		if err != nil {
			return eventStream{}, err
		}
		return eventStream{db.ProvidedStream(ctx, store.ProvidedFilter{Provider: name}), db.Close, ""}, nil
	}}
}

// ours is what was read into a database: first what some outlet tells as done,
// as it tells it, and then what is only claimed, planned or denied.
func (s *sets) ours(arg, path string) eventSet {
	return eventSet{arg, func(ctx context.Context) (eventStream, error) {
		db, err := s.at(path).open(ctx)
		if err != nil {
			return eventStream{}, err
		}
		filter := dragoman.Filter{Confidence: s.minimum}
		from := clerk.Records{DB: db, Filter: filter, Facts: true}
		var held []dragoman.Record
		facts := map[int64]bool{}
		next := func() (r dragoman.Record, err error) {
			for len(held) == 0 {
				switch held, err = from.Next(ctx); {
				case err != nil:
					return r, err
				case len(held) == 0 && !from.Facts:
					return r, io.EOF
				case len(held) == 0:
					from = clerk.Records{DB: db, Filter: filter}
				case !from.Facts:
					held = slices.DeleteFunc(held, func(r dragoman.Record) bool { return facts[r.Number] })
				}
			}
			r, held = held[0], held[1:]
			if from.Facts {
				facts[r.Number] = true
			}
			return r, nil
		}
		return eventStream{next, db.Close, ""}, nil
	}}
}

// file is a file of events; its format is found out where none is given.
func (s *sets) file(arg, path string, format *exchange.Format) eventSet {
	return eventSet{arg, func(ctx context.Context) (eventStream, error) {
		f, err := os.Open(path)
		if err != nil {
			return eventStream{}, unreadable{err}
		}
		in, err := openPacked(f, s.progress)
		if err != nil {
			f.Close()
			return eventStream{}, unreadable{fmt.Errorf("%s: %w", path, err)}
		}
		r := bufio.NewReaderSize(in, 64<<10)
		is := exchange.Format{}
		if format != nil {
			is = *format
		} else if is, err = exchange.Detect(r); err != nil {
			in.Close()
			f.Close()
			var broken damaged
			if errors.As(err, &broken) {
				return eventStream{}, unreadable{fmt.Errorf("%s: %w", path, err)}
			}
			return eventStream{}, unreadable{fmt.Errorf("%s: %w; FORMAT:%s says which it is", path, err, path)}
		}
		reader := is.Read(r, s.book)
		return eventStream{func() (dragoman.Record, error) {
			for {
				if err := ctx.Err(); err != nil {
					return dragoman.Record{}, err
				}
				r, err := reader.Next()
				if err != nil || r.Confidence == 0 || r.Confidence >= s.minimum { // 0: not told
					return r, err
				}
			}
		}, func() error {
			if c, ok := reader.(io.Closer); ok {
				return errors.Join(c.Close(), in.Close(), f.Close())
			}
			return errors.Join(in.Close(), f.Close())
		}, is.Name}, nil
	}}
}

// openPacked returns what is in a file, unpacked where its first bytes say gzip,
// zstd, bzip2 or zip. Closing it does not close f.
func openPacked(f *os.File, p *progress) (io.ReadCloser, error) {
	in := watched{f, p}
	archive, err := zipOf(in)
	if err != nil {
		return nil, err
	}
	if archive == nil {
		return unpacked(in)
	}
	if len(archive.File) != 1 {
		return nil, fmt.Errorf("it is an archive of %d files; unpack it and name one, or dragoman import it", len(archive.File))
	}
	r, err := archive.File[0].Open()
	if err != nil {
		return nil, damage("zip", err)
	}
	return unpacked(packed{r, "zip", func() {}}) // r holds nothing but memory
}
