package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/clerk"
	"dragoman/pipeline"
	"dragoman/store"
)

func newAdd(o *options) *cobra.Command {
	d := &database{options: o, makes: true}
	var date string
	var private bool
	cmd := &cobra.Command{
		Use:   "add PATH|URL|-…",
		Short: "Read articles and remember them",
		Long: `Read articles and store them with all that they tell: text, HTML pages, RSS, Atom
and JSON feeds, OPML, JSON Lines, WARC, each also packed with gzip or zstd, and
folders of these. An article that is stored already is passed over, so that an
interrupted command goes on where it stopped when it is given again; but one that is
stored without a day of publication is dated where it now has one. What is reported
as stored stays, whatever happens.
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
			defer c.DB.Close()
			in := newInputs(cmd, args, private)
			defer in.close()
			in.day = day
			return add(cmd.Context(), c, in, cmd.OutOrStdout())
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

// additions are what came of articles that were to be added.
type additions struct{ added, dated, there int }

// add reads and stores all articles of in that are not stored yet, and dates
// those that were stored without a day.
func add(ctx context.Context, c *clerk.Clerk, in *inputs, out io.Writer) error {
	type job struct {
		article dragoman.Article
		number  int64 // under which it is stored without a day; 0: it is not stored
	}
	type page struct {
		number int64
		filing dragoman.Filing
		err    error
	}
	begun := time.Now()
	var sum additions
	var fault error
	next := func() (job, int, bool) {
		for {
			a, ok := in.next(ctx)
			if !ok {
				return job{}, 0, false
			}
			number, undated, err := c.Has(ctx, &a)
			if err != nil {
				fault = err
				return job{}, 0, false
			}
			if number == 0 || undated {
				return job{a, number}, len(a.Text), true
			}
			sum.there++
		}
	}
	read := func(j job) page {
		f, err := c.File(j.article)
		return page{j.number, f, err}
	}
	err := pipeline.Each(ctx, next, read, func(p page) error {
		if p.err != nil {
			return p.err
		}
		_, fresh, err := c.Store(ctx, p.number, &p.filing)
		switch {
		case err != nil:
			return err
		case p.number > 0:
			sum.dated++
		case fresh:
			sum.added++
		default:
			sum.there++
		}
		return nil
	})
	in.progress.clear()
	if err == nil {
		err = fault
	}
	if err := report(out, c.DB, sum, time.Since(begun)); err != nil {
		return err
	}
	if err != nil {
		return err
	}
	if err := c.Alerts(ctx, telling(in.cmd.ErrOrStderr())); err != nil {
		return err
	}
	if in.failed > 0 {
		return inputError{in.failed}
	}
	return nil
}

// report says what is stored now.
func report(out io.Writer, db *store.DB, sum additions, took time.Duration) error {
	size, err := db.Size(context.Background())
	if err != nil {
		return err
	}
	rate := ""
	if seconds := took.Seconds(); sum.added > 0 && seconds > 1 {
		rate = fmt.Sprintf(" in %s, %.0f a second", took.Round(time.Second), float64(sum.added)/seconds)
	}
	dated := ""
	if sum.dated > 0 {
		dated = fmt.Sprintf(", %d dated", sum.dated)
	}
	_, err = fmt.Fprintf(out, "%d added%s%s, %d were there\n%s\n", sum.added, rate, dated, sum.there, sized(size))
	return err
}

func sized(s store.Size) string {
	return fmt.Sprintf("the database holds %s (%s of others), %s told %s, %s; %.1f MB", plural(s.Articles, "article"), plural(s.Copies, "copy"),
		plural(s.Occurrences, "event"), plural(s.Reports, "time"), plural(s.Actors, "actor"), float64(s.Bytes)/1e6)
}
