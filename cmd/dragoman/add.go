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

// additions are what came of articles that were to be added.
type additions struct{ added, dated, there int }

// add reads and stores all articles of in that are not stored yet, and dates
// those that were stored without a day.
func (c *clerk) add(ctx context.Context, in *inputs, out io.Writer) error {
	type job struct {
		article dragoman.Article
		undated int64 // the number under which it is stored without a day; 0: it is not stored
	}
	type page struct {
		undated int64
		filing  dragoman.Filing
		err     error
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
			undated, has, err := c.there(ctx, &a)
			if err != nil {
				fault = err
				return job{}, 0, false
			}
			if !has || undated > 0 {
				return job{a, undated}, len(a.Text), true
			}
			sum.there++
		}
	}
	read := func(j job) page {
		f, err := c.file(j.article)
		return page{j.undated, f, err}
	}
	err := pipeline.Each(ctx, next, read, func(p page) error {
		switch {
		case p.err != nil:
			return p.err
		case p.undated > 0:
			if _, _, err := c.db.Replace(ctx, p.undated, &p.filing, c.desk); err != nil {
				return err
			}
			sum.dated++
			return nil
		}
		_, fresh, err := c.db.Save(ctx, &p.filing, c.desk)
		if err != nil {
			return err
		}
		if fresh {
			sum.added++
		} else {
			sum.there++
		}
		return nil
	})
	in.progress.clear()
	if err == nil {
		err = fault
	}
	if err := c.report(out, sum, time.Since(begun)); err != nil {
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

// there reports whether an article is stored, and its number where it is stored
// without a day and a has one. Then a becomes the stored one, with that day.
func (c *clerk) there(ctx context.Context, a *dragoman.Article) (undated int64, has bool, err error) {
	number, has, err := c.db.Has(ctx, story.Key(a))
	if !has || err != nil || a.Published == dragoman.NoDay {
		return 0, has, err
	}
	e, _, err := c.db.Article(ctx, fmt.Sprint(number))
	if err != nil || e.Published != dragoman.NoDay {
		return 0, true, err
	}
	e.Published = a.Published
	*a, err = c.article(ctx, e)
	return number, true, err
}

// report says what is stored now.
func (c *clerk) report(out io.Writer, sum additions, took time.Duration) error {
	size, err := c.db.Size(context.Background())
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
