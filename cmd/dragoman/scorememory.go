package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"dragoman/score"
	"dragoman/story"
)

func newScoreMemory(o *options) *cobra.Command {
	path, events, times := "", 1_000_000, 100
	cmd := &cobra.Command{
		Use:   "memory",
		Short: "Measure how fast a database of many invented events takes and answers",
		Long: `Fill a database with invented events, the same every time, and put each of the
desk's questions to it. A database that is there already is filled up and asked; without
--db one is made and thrown away.
` + statuses,
		Example: "  dragoman score memory --events 1000000 --db million.db",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if path == "" {
				dir, err := os.MkdirTemp("", "dragoman")
				if err != nil {
					return err
				}
				defer os.RemoveAll(dir)
				path = filepath.Join(dir, "memory.db")
			}
			desk, err := loading(o, story.Load)
			if err != nil {
				return err
			}
			m, err := score.Memory(cmd.Context(), desk, path, events, times, func(n int) {
				fmt.Fprintf(cmd.ErrOrStderr(), "%d events\n", n)
			})
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), m)
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&path, "db", "", "the database, a file")
	f.IntVar(&events, "events", events, "how many events it is to hold")
	f.IntVar(&times, "times", times, "how often each question is put")
	return cmd
}
