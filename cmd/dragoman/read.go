package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/article"
	"dragoman/clerk"
	"dragoman/pipeline"
)

func newRead(o *options) *cobra.Command {
	var (
		date    string
		private bool
		t       target
	)
	cmd := &cobra.Command{
		Use:   "read [PATH|URL|-]…",
		Short: "Read articles and write what they say was done, said and stands",
		Long: `Read articles: plain text (the first line is the title where a blank line
follows), HTML pages, JSON Lines with text and, where known, title, published, url,
outlet, id, language; RSS, Atom and JSON feeds, OPML lists of feeds, WARC archives;
each also packed with gzip or zstd, and folders of these. Without arguments, standard
input is read.

Formats: text for people; json, one reading (or an array of several); jsonl, one
reading a line; conllu, the syntax alone. A reading's every span counts Unicode
code points of article.text.

The formats of the field hold the events alone, from --min-confidence 0.3 on where
nothing else is said:
` + fieldFormats() + statuses,
		Example: `  dragoman read --date 2025-03-04 examples/border-visit.txt
  dragoman read --format jsonl news.jsonl > readings.jsonl
  dragoman read https://example.org/news/1.html
  dragoman read --format polecat --out events.tsv news.jsonl
  curl -s … | dragoman read -`,
		RunE: func(cmd *cobra.Command, args []string) error {
			day := dragoman.NoDay
			if date != "" {
				var err error
				if day, err = dragoman.ParseDay(date); err != nil {
					return fmt.Errorf("--date: %w", err)
				}
			}
			boundMemory(readingMemory)
			reader, err := o.reader()
			if err != nil {
				return err
			}
			w, err := t.writer(o, args)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				args = []string{"-"}
			}
			in := newInputs(cmd, args, private)
			defer in.close()
			in.day = day
			return t.settle(in.read(cmd.Context(), reader, w))
		},
	}
	f := cmd.Flags()
	f.StringVar(&date, "date", "", "day of publication (2025-02-12) of articles that bring none")
	t.flags(cmd, "text", clerk.Least)
	f.BoolVar(&private, "allow-private", false, "fetch from addresses inside the private network too")
	return cmd
}

// inputs are the articles of several inputs, one after the other. What cannot
// be read is said on standard error and counted.
type inputs struct {
	cmd      *cobra.Command
	names    []string
	options  article.Options
	day      dragoman.Day // for articles that bring none
	stream   article.Stream
	failed   int
	progress *progress
}

func newInputs(cmd *cobra.Command, names []string, private bool) *inputs {
	fetcher := article.NewFetcher(article.FetchOptions{AllowPrivate: private}) // one, so that a host is not asked too often
	progress := newProgress(cmd.ErrOrStderr(), names)
	return &inputs{cmd: cmd, names: names, options: article.Options{Stdin: cmd.InOrStdin(), Fetcher: fetcher, Consumed: progress.add},
		day: dragoman.NoDay, progress: progress}
}

func (in *inputs) close() { in.options.Fetcher.Close() }

func (in *inputs) next(ctx context.Context) (dragoman.Article, bool) {
	for ctx.Err() == nil {
		if in.stream == nil {
			if len(in.names) == 0 {
				return dragoman.Article{}, false
			}
			s, err := article.Open(ctx, in.names[0], in.options)
			in.names = in.names[1:]
			if err != nil {
				in.fault(err)
				continue
			}
			in.stream = s
		}
		a, err := in.stream.Next()
		var fault *article.Fault
		switch {
		case err == nil:
			if a.Published == dragoman.NoDay {
				a.Published = in.day
			}
			return a, true
		case errors.As(err, &fault):
			in.fault(err)
		default:
			if err != io.EOF {
				in.fault(err)
			}
			in.stream.Close()
			in.stream = nil
		}
	}
	return dragoman.Article{}, false
}

func (in *inputs) fault(err error) {
	in.failed++
	in.progress.clear()
	fmt.Fprintln(in.cmd.ErrOrStderr(), "dragoman:", err)
}

// read reads the articles and writes them in their order. What is written is
// made where the article is read, so that all cores do that too.
func (in *inputs) read(ctx context.Context, reader dragoman.Reader, w documentWriter) error {
	type page struct {
		write func() error
		err   error
	}
	next := func() (dragoman.Article, int, bool) {
		a, ok := in.next(ctx)
		return a, len(a.Text), ok
	}
	read := func(a dragoman.Article) page {
		d := reader.Read(a)
		write, err := w.render(&d)
		return page{write, err}
	}
	err := pipeline.Each(ctx, next, read, func(p page) error {
		if p.err != nil {
			return p.err
		}
		return p.write()
	})
	in.progress.clear()
	if err := w.close(err); err != nil {
		return err
	}
	if in.failed > 0 {
		return inputError{in.failed}
	}
	return nil
}
