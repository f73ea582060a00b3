package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/event"
)

func newRelate(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "relate FILE.tsv|-",
		Short: "Say what one given party does to another in each sentence",
		Long: `Read a table with the columns sentence, source and target (tabs, a header row,
no quoting), and write it again with three more: type, the PLOVER type of what
the source does to the target (what is only planned counts as AGREE or THREATEN);
quad, its class; confidence, from 0 to 1. Every row gets an answer.
` + statuses,
		Example: `  printf 'sentence\tsource\ttarget\nChad accused Sudan of arming rebels.\tChad\tSudan\n' | dragoman relate -`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			in := cmd.InOrStdin()
			if args[0] != "-" {
				f, err := os.Open(args[0])
				if err != nil {
					return unreadable{err}
				}
				defer f.Close()
				in = f
			}
			out := bufio.NewWriter(cmd.OutOrStdout())
			err := relate(stoppable{cmd.Context(), in}, out, args[0], o.relater)
			return errors.Join(err, out.Flush())
		},
	}
}

// answer gives the columns that relate adds to a row.
type answer func(sentence, source, target string) []string

// relater loads what answers.
func (o *options) relater() (answer, error) {
	files, err := o.files()
	if err != nil {
		return nil, err
	}
	reader, err := o.reader()
	if err != nil {
		return nil, err
	}
	relater, err := event.LoadRelater(files, reader.Events)
	if err != nil {
		return nil, err
	}
	return func(sentence, source, target string) []string {
		doc := reader.Read(dragoman.Article{Text: sentence, Language: "en", Published: dragoman.NoDay})
		kind, confidence := relater.Relate(&doc, find(sentence, source), find(sentence, target))
		return []string{kind, reader.Events.Quad(kind), fmt.Sprintf("%.2f", confidence)}
	}, nil
}

// relate copies the table and adds the columns that the answer gives, which is
// loaded once the header is in order.
func relate(in io.Reader, out io.Writer, name string, load func() (answer, error)) error {
	var ask answer
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	var header []string
	column := map[string]int{}
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSuffix(strings.TrimPrefix(lines.Text(), "\ufeff"), "\r")
		fields := strings.Split(line, "\t")
		switch {
		case header == nil:
			header = fields
			for _, want := range []string{"sentence", "source", "target"} {
				if column[want] = slices.Index(header, want); column[want] < 0 {
					return fmt.Errorf("%s:1: the header lacks the column %q; it has %s", name, want, strings.Join(header, ", "))
				}
			}
			var err error
			if ask, err = load(); err != nil {
				return err
			}
			fmt.Fprintln(out, line+"\ttype\tquad\tconfidence")
		case line == "":
		case len(fields) != len(header):
			return unreadable{fmt.Errorf("%s:%d: %d columns where the header has %d", name, n, len(fields), len(header))}
		default:
			more := ask(fields[column["sentence"]], fields[column["source"]], fields[column["target"]])
			if _, err := fmt.Fprintln(out, line+"\t"+strings.Join(more, "\t")); err != nil {
				return err
			}
		}
	}
	if err := lines.Err(); err != nil {
		return unreadable{fmt.Errorf("%s: %w", name, err)}
	}
	if header == nil {
		return unreadable{fmt.Errorf("%s: the table is empty", name)}
	}
	return nil
}

// find returns where part stands in sentence; an empty span where it does not.
func find(sentence, part string) dragoman.Span {
	if i := strings.Index(sentence, part); i >= 0 && part != "" {
		return dragoman.Span{Start: i, End: i + len(part)}
	}
	return dragoman.Span{}
}
