package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/colorprofile"

	"dragoman"
	"dragoman/export"
	"dragoman/syntax"
)

// documentWriter writes documents in one of the formats. render may be called
// by several goroutines at once; what it returns is called in the order of the
// documents.
type documentWriter interface {
	render(*dragoman.Document) (write func() error, err error)
	close(fault error) error // ends what was written, whole or broken off by a fault, which it returns too
}

// newWriter returns the writer of a format that holds documents; nil where it is
// none of these.
func newWriter(w io.Writer, format string, minimum float64) documentWriter {
	out := bufio.NewWriterSize(w, 1<<16)
	switch format {
	case "text":
		var env []string
		if _, ok := w.(*os.File); ok {
			env = os.Environ()
		}
		return &textWriter{out, colorprofile.Detect(w, env), minimum, false}
	case "json":
		return &jsonWriter{out: out, minimum: minimum}
	case "jsonl":
		return &lineWriter{out, minimum}
	case "conllu":
		return &conlluWriter{out}
	}
	return nil
}

// textWriter shows every reading as soon as it can.
type textWriter struct {
	out     *bufio.Writer
	profile colorprofile.Profile
	minimum float64
	second  bool
}

func (t *textWriter) render(d *dragoman.Document) (func() error, error) {
	var b bytes.Buffer
	err := export.Text(&colorprofile.Writer{Forward: &b, Profile: t.profile}, export.NewReading(d, Version, t.minimum))
	return func() error {
		if t.second {
			t.out.WriteByte('\n')
		}
		t.second = true
		t.out.Write(b.Bytes())
		return t.out.Flush()
	}, err
}

func (t *textWriter) close(fault error) error { return errors.Join(fault, t.out.Flush()) }

type lineWriter struct {
	out     *bufio.Writer
	minimum float64
}

func (l *lineWriter) render(d *dragoman.Document) (func() error, error) {
	b, err := export.NewReading(d, Version, l.minimum).JSON()
	return putting(l.out, append(b, '\n')), err
}

func (l *lineWriter) close(fault error) error { return errors.Join(fault, l.out.Flush()) }

// jsonWriter writes one reading as an object, several as an array; it holds
// back the first until it knows.
type jsonWriter struct {
	out     *bufio.Writer
	minimum float64
	first   []byte
	many    bool
}

func (j *jsonWriter) render(d *dragoman.Document) (func() error, error) {
	line, err := export.NewReading(d, Version, j.minimum).JSON()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = json.Indent(&b, line, "", " ")
	return func() error { return j.write(b.Bytes()) }, err
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

func (j *jsonWriter) close(fault error) error {
	if j.many {
		fmt.Fprint(j.out, "\n]\n")
	} else if j.first != nil {
		fmt.Fprintf(j.out, "%s\n", j.first)
	}
	return errors.Join(fault, j.out.Flush())
}

type conlluWriter struct{ out *bufio.Writer }

func (c *conlluWriter) render(d *dragoman.Document) (func() error, error) {
	var b bytes.Buffer
	err := syntax.WriteCoNLLU(&b, d)
	return putting(c.out, b.Bytes()), err
}

func (c *conlluWriter) close(fault error) error { return errors.Join(fault, c.out.Flush()) }

// putting puts bytes at the end of what is written.
func putting(out io.Writer, b []byte) func() error {
	return func() error {
		_, err := out.Write(b)
		return err
	}
}
