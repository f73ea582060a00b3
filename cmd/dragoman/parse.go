package main

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/article"
	"dragoman/syntax"
)

func newParse(o *options) *cobra.Command {
	var tokenised bool
	cmd := &cobra.Command{
		Use:   "parse [PATH|URL|-]…",
		Short: "Write the syntax of a text as CoNLL-U",
		Long: `Write sentences, words, tags, lemmas and dependency arcs as CoNLL-U (Universal
Dependencies). With --tokenised the input is CoNLL-U: its sentences and words
are kept, tags and arcs are written anew.
` + statuses,
		Example: `  dragoman parse examples/sanctions.txt
  dragoman parse --tokenised gold.conllu > parsed.conllu`,
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := o.files()
			if err != nil {
				return err
			}
			parser, err := syntax.Load(files)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				args = []string{"-"}
			}
			if tokenised {
				return parseTokenised(cmd, parser, args)
			}
			w := &conlluWriter{bufio.NewWriter(cmd.OutOrStdout())}
			return newInputs(cmd, args, article.Options{Stdin: cmd.InOrStdin()}).read(cmd.Context(), syntaxOnly{parser}, w)
		},
	}
	cmd.Flags().BoolVar(&tokenised, "tokenised", false, "the input is CoNLL-U whose words are kept")
	return cmd
}

// syntaxOnly is a reader that stops after the first layer.
type syntaxOnly struct{ parser *syntax.Parser }

func (s syntaxOnly) Read(a dragoman.Article) dragoman.Document {
	d := dragoman.Document{Article: a}
	d.Sentences, d.Tokens, d.Tags, d.Arcs = s.parser.Read(a.Text)
	return d
}

func parseTokenised(cmd *cobra.Command, parser *syntax.Parser, names []string) error {
	out := bufio.NewWriter(cmd.OutOrStdout())
	failed := 0
	for _, name := range names {
		if err := parseFile(cmd, parser, name, out); err != nil {
			fmt.Fprintf(cmd.ErrOrStderr(), "dragoman: %s: %v\n", name, err)
			failed++
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if failed > 0 {
		return inputError{failed}
	}
	return nil
}

func parseFile(cmd *cobra.Command, parser *syntax.Parser, name string, out io.Writer) error {
	r := cmd.InOrStdin()
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		r = f
	}
	docs, err := syntax.ReadCoNLLU(r)
	if err != nil {
		return err
	}
	for _, d := range docs {
		d.Tags, d.Arcs = parser.Parse(d.Text, d.Sentences, d.Tokens)
	}
	return syntax.WriteCoNLLU(out, docs...)
}
