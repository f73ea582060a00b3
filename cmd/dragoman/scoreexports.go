package main

import (
	"fmt"
	"io/fs"
	"os"
	"runtime/metrics"
	"time"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/exchange"
	"dragoman/store"
)

func newScoreExports(o *options) *cobra.Command {
	d := &database{options: o}
	cmd := &cobra.Command{
		Use:   "exports",
		Short: "Measure how fast a database is written in each format, and in how much memory",
		Long: `Write all events of a database in each format of the field, claims too, to nowhere
(tables to a folder that is removed), and say how many went a second, how large it is,
and how much of the heap was in use at most.
` + statuses,
		Example: `  dragoman score memory --events 1000000 --db million.db
  dragoman score exports --db million.db`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, err := o.files()
			if err != nil {
				return err
			}
			db, err := d.open(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			boundMemory(readingMemory)
			w := cmd.OutOrStdout()
			fmt.Fprintln(w, "format            events  seconds  events a second     MB  MB of heap")
			for _, format := range append(exchange.Names(func(f exchange.Format) bool { return f.Write != nil }), exchange.TableFormats...) {
				m, err := timeExport(cmd, db, files, format)
				if err != nil {
					return fmt.Errorf("%s: %w", format, err)
				}
				fmt.Fprintf(w, "%-14s %9d  %7.1f  %15.0f  %5.0f  %10.0f\n", format, m.events, m.took.Seconds(), float64(m.events)/m.took.Seconds(), float64(m.bytes)/(1<<20), float64(m.heap)/(1<<20))
			}
			return nil
		},
	}
	d.flags(cmd)
	return cmd
}

// exported is what it took to write a format.
type exported struct {
	exchange.Sink
	events, bytes int64
	took          time.Duration
	heap          uint64 // at most, in bytes
}

func (e *exported) Write(b []byte) (int, error) {
	e.bytes += int64(len(b))
	return len(b), nil
}

func timeExport(cmd *cobra.Command, db *store.DB, files fs.FS, format string) (*exported, error) {
	e := &exported{}
	x := &exporter{target: &target{format: format, claims: true, cmd: cmd}, ctx: cmd.Context(), db: db, done: &progress{}}
	book, err := exchange.Load(files)
	if err != nil {
		return nil, err
	}
	if f, err := exchange.Named(format); err == nil && f.Write != nil {
		e.Sink = f.Sink(e, book)
	} else {
		dir, err := os.MkdirTemp("", "dragoman")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		if e.Sink, err = exchange.NewTables(dir, format, book); err != nil {
			return nil, err
		}
		defer func() { e.bytes = below(dir) }()
	}
	begun := time.Now()
	if !exchange.EventsOnly(e.Sink) {
		err = x.around(e)
	}
	if err == nil {
		err = x.events(e)
	}
	e.took = time.Since(begun)
	return e, err
}

// Event writes an event, and notes now and then how much memory is in use.
func (e *exported) Event(r *dragoman.Record) error {
	if e.events++; e.events%1000 == 0 {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(sample)
		e.heap = max(e.heap, sample[0].Value.Uint64())
	}
	return e.Sink.Event(r)
}
