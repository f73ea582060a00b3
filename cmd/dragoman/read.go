package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/article"
	"dragoman/clerk"
	"dragoman/export"
	"dragoman/pipeline"
	"dragoman/syntax"
)

func newRead(o *options) *cobra.Command {
	var (
		date, format string
		minimum      float64
		private      bool
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
` + statuses,
		Example: `  dragoman read --date 2025-03-04 examples/border-visit.txt
  dragoman read --format jsonl news.jsonl > readings.jsonl
  dragoman read https://example.org/news/1.html
  curl -s … | dragoman read -`,
		RunE: func(cmd *cobra.Command, args []string) error {
			day := dragoman.NoDay
			if date != "" {
				var err error
				if day, err = dragoman.ParseDay(date); err != nil {
					return fmt.Errorf("--date: %w", err)
				}
			}
			w, err := newWriter(cmd.OutOrStdout(), format, minimum)
			if err != nil {
				return err
			}
			boundMemory(readingMemory)
			reader, err := o.reader()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				args = []string{"-"}
			}
			in := newInputs(cmd, args, private)
			defer in.close()
			in.day = day
			return in.read(cmd.Context(), reader, w)
		},
	}
	f := cmd.Flags()
	f.StringVar(&date, "date", "", "day of publication (2025-02-12) of articles that bring none")
	f.StringVar(&format, "format", "text", "text, json, jsonl or conllu")
	f.Float64Var(&minimum, "min-confidence", clerk.Least, "leave out events and ties below this confidence (0 to 1)")
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
		text []byte
		err  error
	}
	next := func() (dragoman.Article, int, bool) {
		a, ok := in.next(ctx)
		return a, len(a.Text), ok
	}
	read := func(a dragoman.Article) page {
		d := reader.Read(a)
		text, err := w.render(&d)
		return page{text, err}
	}
	err := pipeline.Each(ctx, next, read, func(p page) error {
		if p.err != nil {
			return p.err
		}
		return w.write(p.text)
	})
	in.progress.clear()
	if err := errors.Join(err, w.close()); err != nil {
		return err
	}
	if in.failed > 0 {
		return inputError{in.failed}
	}
	return nil
}

// documentWriter writes documents in one of the formats. render may be called
// by several goroutines at once; what it returns goes to write, in order.
type documentWriter interface {
	render(*dragoman.Document) ([]byte, error)
	write([]byte) error
	close() error
}

func newWriter(w io.Writer, format string, minimum float64) (documentWriter, error) {
	if minimum < 0 || minimum > 1 {
		return nil, fmt.Errorf("--min-confidence is %v; it goes from 0 to 1", minimum)
	}
	out := bufio.NewWriterSize(w, 1<<16)
	switch format {
	case "text":
		var env []string
		if _, ok := w.(*os.File); ok {
			env = os.Environ()
		}
		return &textWriter{out, colorprofile.Detect(w, env), minimum, false}, nil
	case "json":
		return &jsonWriter{out: out, minimum: minimum}, nil
	case "jsonl":
		return &lineWriter{out, minimum}, nil
	case "conllu":
		return &conlluWriter{out}, nil
	}
	return nil, fmt.Errorf("--format is %q; it is text, json, jsonl or conllu", format)
}

// textWriter shows every reading as soon as it can.
type textWriter struct {
	out     *bufio.Writer
	profile colorprofile.Profile
	minimum float64
	second  bool
}

func (t *textWriter) render(d *dragoman.Document) ([]byte, error) {
	var b bytes.Buffer
	err := export.Text(&colorprofile.Writer{Forward: &b, Profile: t.profile}, export.NewReading(d, Version, t.minimum))
	return b.Bytes(), err
}

func (t *textWriter) write(page []byte) error {
	if t.second {
		t.out.WriteByte('\n')
	}
	t.second = true
	t.out.Write(page)
	return t.out.Flush()
}

func (t *textWriter) close() error { return t.out.Flush() }

type lineWriter struct {
	out     *bufio.Writer
	minimum float64
}

func (l *lineWriter) render(d *dragoman.Document) ([]byte, error) {
	b, err := export.NewReading(d, Version, l.minimum).JSON()
	return append(b, '\n'), err
}

func (l *lineWriter) write(line []byte) error {
	_, err := l.out.Write(line)
	return err
}

func (l *lineWriter) close() error { return l.out.Flush() }

// jsonWriter writes one reading as an object, several as an array; it holds
// back the first until it knows.
type jsonWriter struct {
	out     *bufio.Writer
	minimum float64
	first   []byte
	many    bool
}

func (j *jsonWriter) render(d *dragoman.Document) ([]byte, error) {
	line, err := export.NewReading(d, Version, j.minimum).JSON()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = json.Indent(&b, line, "", " ")
	return b.Bytes(), err
}

func (j *jsonWriter) write(reading []byte) error {
	switch {
	case j.first == nil:
		j.first = reading
		return nil
	case !j.many:
		j.many = true
		fmt.Fprintf(j.out, "[\n%s", j.first)
	}
	_, err := fmt.Fprintf(j.out, ",\n%s", reading)
	return err
}

func (j *jsonWriter) close() error {
	if j.many {
		fmt.Fprint(j.out, "\n]\n")
	} else if j.first != nil {
		fmt.Fprintf(j.out, "%s\n", j.first)
	}
	return j.out.Flush()
}

type conlluWriter struct{ out *bufio.Writer }

func (c *conlluWriter) render(d *dragoman.Document) ([]byte, error) {
	var b bytes.Buffer
	err := syntax.WriteCoNLLU(&b, d)
	return b.Bytes(), err
}

func (c *conlluWriter) write(page []byte) error {
	_, err := c.out.Write(page)
	return err
}

func (c *conlluWriter) close() error { return c.out.Flush() }
