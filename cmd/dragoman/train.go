package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/event"
	"dragoman/mention"
	"dragoman/score"
	"dragoman/syntax"
)

func newTrain(o *options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "train",
		Short: "Train the weights of a room",
		Long: `Train weights. The same corpora, tables and settings give the same bytes; what
the committed weights were trained on stands in MODELS.md.
` + statuses,
	}
	cmd.AddCommand(newTrainSyntax(o), newTrainNames(o), newTrainRelations(o))
	return cmd
}

// saveTo writes weights and says where to.
func saveTo(cmd *cobra.Command, path string, weights []byte) error {
	if err := os.WriteFile(path, weights, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d bytes\n", path, len(weights))
	return nil
}

func newTrainRelations(o *options) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "relations FILE.tsv…",
		Short: "Train the model behind relate from sentences with two marked parties",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := o.reader()
			if err != nil {
				return err
			}
			var all []event.Relation
			for _, path := range args {
				some, err := score.ReadRelations(path, r)
				if err != nil {
					return err
				}
				all = append(all, some...)
			}
			return saveTo(cmd, out, r.Events.TrainRelations(all))
		},
	}
	cmd.Flags().StringVar(&out, "out", "data/"+event.RelationWeights, "where the weights go")
	return cmd
}

var (
	_ = errors.New
	_ fs.FS
	_ dragoman.Document
	_ mention.Settings
	_ syntax.Options
)

func newTrainSyntax(o *options) *cobra.Command { return &cobra.Command{Use: "syntax"} }
func newTrainNames(o *options) *cobra.Command  { return &cobra.Command{Use: "names"} }
func newData(o *options) *cobra.Command        { return &cobra.Command{Use: "data"} }
