package main

import (
	"bufio"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/syntax"
)

func newParse(o *options) *cobra.Command {
	var tokenised bool
	cmd := &cobra.Command{
		Use:   "parse [PATH|URL|-]…",
		Short: "Write the syntax of a text as CoNLL-U",
		Long: `Write sentences, words, tags, lemmas and dependency arcs as CoNLL-U (Universal
Dependencies). With --tokenised the input is CoNLL-U: its sentences and words
are kept, tags and arcs are written anew. Its documents are read one after the
other and written as they are done; one of more than 1 MB is written as several.
` + statuses,
		Example: `  dragoman parse examples/sanctions.txt
  dragoman parse --tokenised gold.conllu > parsed.conllu`,
		RunE: func(cmd *cobra.Command, args []string) error {
			boundMemory(readingMemory)
			parser, err := loading(o, syntax.Load)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				args = []string{"-"}
			}
			out := bufio.NewWriterSize(cmd.OutOrStdout(), 1<<16)
			if tokenised {
				return parseTokenised(cmd, parser, args, out)
			}
			in := newInputs(cmd, args, false)
			defer in.close()
			return in.read(cmd.Context(), syntaxOnly{parser}, &conlluWriter{out})
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
