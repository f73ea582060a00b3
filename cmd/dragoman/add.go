package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/pipeline"
	"dragoman/store"
	"dragoman/story"
)

func newAdd(o *options) *cobra.Command {
	d := &database{options: o}
	var date string
	var private bool
	cmd := &cobra.Command{
		Use:   "add PATH|URL|-…",
		Short: "Read articles and remember them",
		Long: `Read articles and store them with all that they tell: text, HTML pages, RSS, Atom
and JSON feeds, OPML, JSON Lines, WARC, each also packed with gzip or zstd, and
folders of these. An article that is stored already is passed over, so that an
interrupted command goes on where it stopped when it is given again. What is
reported as stored stays, whatever happens.
` + statuses,
		Example: `  dragoman add examples/desk.jsonl
  dragoman add --date 2025-03-04 article.txt
  dragoman add https://example.org/feed.xml archive.warc.gz news/`,
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := publication(date)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				args = []string{"-"}
			}
			boundMemory(storingMemory)
			c, err := d.clerk(cmd.Context())
			if err != nil {
				return err
			}
			defer c.db.Close()
			in := newInputs(cmd, args, private)
			defer in.close()
			in.day = day
			return c.add(cmd.Context(), in, cmd.OutOrStdout())
		},
	}
	d.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&date, "date", "", "day of publication (2025-02-12) of articles that bring none")
	f.BoolVar(&private, "allow-private", false, "fetch from addresses inside the private network too")
	return cmd
}

// publication reads --date.
func publication(date string) (dragoman.Day, error) {
	if date == "" {
		return dragoman.NoDay, nil
	}
	day, err := dragoman.ParseDay(date)
	if err != nil {
		return day, fmt.Errorf("--date: %w", err)
	}
	return day, nil
}

// add reads and stores all articles of in that are not stored yet.
func (c *clerk) add(ctx context.Context, in *inputs, out io.Writer) error {
	type page struct {
		filing dragoman.Filing
		err    error
	}
	begun := time.Now()
	added, there := 0, 0
	var fault error
	next := func() (dragoman.Article, int, bool) {
		for {
			a, ok := in.next(ctx)
			if !ok {
				return a, 0, false
			}
			_, has, err := c.db.Has(ctx, story.Key(&a))
			if err != nil {
				fault = err
				return a, 0, false
			}
			if !has {
				return a, len(a.Text), true
			}
			there++
		}
	}
	read := func(a dragoman.Article) page {
		f, err := c.file(a)
		return page{f, err}
	}
	err := pipeline.Each(ctx, next, read, func(p page) error {
		if p.err != nil {
			return p.err
		}
		_, fresh, err := c.db.Save(ctx, &p.filing, c.desk)
		if err != nil {
			return err
		}
		if fresh {
			added++
		} else {
			there++
		}
		return nil
	})
	in.progress.clear()
	if err == nil {
		err = fault
	}
	if err := c.report(out, added, there, time.Since(begun)); err != nil {
		return err
	}
	if err != nil {
		return err
	}
	if err := c.alerts(ctx, in.cmd.ErrOrStderr()); err != nil {
		return err
	}
	if in.failed > 0 {
		return inputError{in.failed}
	}
	return nil
}

// report says what is stored now.
func (c *clerk) report(out io.Writer, added, there int, took time.Duration) error {
	size, err := c.db.Size(context.Background())
	if err != nil {
		return err
	}
	rate := ""
	if seconds := took.Seconds(); added > 0 && seconds > 1 {
		rate = fmt.Sprintf(" in %s, %.0f a second", took.Round(time.Second), float64(added)/seconds)
	}
	_, err = fmt.Fprintf(out, "%d added%s, %d were there\n%s\n", added, rate, there, sized(size))
	return err
}

func sized(s store.Size) string {
	return fmt.Sprintf("the database holds %d articles (%d copies of others), %d events told %d times, %d actors; %.1f MB",
		s.Articles, s.Copies, s.Occurrences, s.Reports, s.Actors, float64(s.Bytes)/1e6)
}
