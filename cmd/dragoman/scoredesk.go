package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"github.com/spf13/cobra"

	"dragoman/clerk"
	"dragoman/score"
)

// rush are the flags of dragoman score desk.
type rush struct {
	*database
	score.Load
	events  int
	profile string
}

func newScoreDesk(o *options) *cobra.Command {
	r := &rush{database: &database{options: o, makes: true, minimum: clerk.Sure}, events: 1_000_000,
		Load: score.Load{Users: 50, For: 10 * time.Minute, Pause: 2 * time.Second, Every: 5 * time.Second}}
	cmd := &cobra.Command{
		Use:   "desk",
		Short: "Measure how fast the pages of dragoman serve come while many use them",
		Long: `Serve a database of invented events, and have many users at once go from page to page
as people do: each with a connection of his own, signed in, with pauses, following the
links of the page that he has, asking more often about those of whom more is told. All
the while articles are stored, so that what is remembered of answers is soon stale, and
some listen to what is new. It tells how long each kind of page took, what went wrong,
and what the program held; the users are a part of the program.

The database is filled up first, as by dragoman score memory; without --db one is made
and thrown away. The articles that are stored stay in it, the users do not. Give it no
database that you need.
` + statuses,
		Example: `  dragoman score desk --db million.db
  dragoman score desk --db million.db --users 20 --for 1m --pause 0s`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return r.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVar(&r.path, "db", "", "the database, a file")
	f.IntVar(&r.events, "events", r.events, "how many events it is to hold")
	f.IntVar(&r.Users, "users", r.Users, "how many use it at once")
	f.DurationVar(&r.For, "for", r.For, "how long")
	f.DurationVar(&r.Pause, "pause", r.Pause, "of a user between two pages, on average (exponential)")
	f.DurationVar(&r.Every, "every", r.Every, "how often an article is stored")
	f.Uint64Var(&r.Seed, "seed", 1, "another one has the users go other ways")
	f.StringVar(&r.profile, "profile", "", "write a profile of the processor's time to this file, for go tool pprof")
	return cmd
}

func (r *rush) run(cmd *cobra.Command) error {
	ctx, errs := cmd.Context(), cmd.ErrOrStderr()
	if r.Users < 1 || r.For <= 0 || r.Pause < 0 || r.Every <= 0 {
		return fmt.Errorf("--users, --for and --every are above 0, and --pause is not below")
	}
	boundMemory(storingMemory)
	if r.path == "" {
		dir, err := os.MkdirTemp("", "dragoman")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		r.path = filepath.Join(dir, "desk.db")
	}
	c, err := r.clerk(ctx)
	if err != nil {
		return err
	}
	defer c.DB.Close()
	if _, err := score.Fill(ctx, c.DB, c.Desk, r.events, func(n int) { fmt.Fprintf(errs, "%d events\n", n) }); err != nil {
		return err
	}
	d, err := r.measure(ctx, c, errs)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(cmd.OutOrStdout(), d)
	return err
}

func (r *rush) measure(ctx context.Context, c *clerk.Clerk, errs io.Writer) (d score.DeskScore, err error) {
	files, err := r.files()
	if err != nil {
		return d, err
	}
	if r.profile != "" {
		f, err := os.Create(r.profile)
		if err != nil {
			return d, err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return d, err
		}
		defer pprof.StopCPUProfile()
	}
	return score.Desk(ctx, c, files, slog.New(slog.NewTextHandler(errs, nil)), r.Load)
}
