package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/clerk"
	"dragoman/pipeline"
)

func newReread(o *options) *cobra.Command {
	d := &database{options: o}
	var all, verbose bool
	cmd := &cobra.Command{
		Use:   "reread",
		Short: "Read stored articles again, after an upgrade or with other tables",
		Long: `Read again all stored articles that another version of the program or of its tables
has read, and say what changed. Corrections stay. An interrupted command goes on
where it stopped when it is given again.
` + statuses,
		Example: `  dragoman reread
  dragoman reread --data mine --verbose`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			boundMemory(storingMemory)
			c, err := d.clerk(cmd.Context())
			if err != nil {
				return err
			}
			defer c.DB.Close()
			return reread(cmd.Context(), c, all, verbose, terminal(cmd.OutOrStdout()), newCounter(cmd.ErrOrStderr(), "reading", "articles"))
		},
	}
	d.flags(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "those too that this version has read")
	cmd.Flags().BoolVar(&verbose, "verbose", false, "say of every article what is new, gone or otherwise in it")
	return cmd
}

func reread(ctx context.Context, c *clerk.Clerk, all, verbose bool, out io.Writer, progress *progress) error {
	type job struct {
		entry   dragoman.Entry
		article dragoman.Article
	}
	type page struct {
		entry  dragoman.Entry
		filing dragoman.Filing
		err    error
	}
	var waiting []dragoman.Entry
	var last int64
	var fault error
	next := func() (job, int, bool) {
		if len(waiting) == 0 {
			const some = 100
			if waiting, fault = c.DB.Outdated(ctx, c.Version, all, last, some); fault != nil || len(waiting) == 0 {
				return job{}, 0, false
			}
		}
		e := waiting[0]
		waiting = waiting[1:]
		last = e.Number
		a, err := c.Article(ctx, e)
		fault = err
		return job{e, a}, len(a.Text), err == nil
	}
	work := func(j job) page {
		f, err := c.File(j.article)
		return page{j.entry, f, err}
	}
	var sum difference
	read, changed := 0, 0
	err := pipeline.Each(ctx, next, work, func(p page) error {
		if p.err != nil {
			return p.err
		}
		before, after, err := c.DB.Replace(ctx, p.entry.Number, &p.filing, c.Desk)
		if err != nil {
			return err
		}
		read++
		progress.add(1)
		if d := changes(before, after); len(d.lines) > 0 {
			changed++
			sum.add(&d)
			if verbose {
				progress.clear()
				fmt.Fprintf(out, "%s\n%s\n", reference(p.entry), strings.Join(d.lines, "\n"))
			}
		}
		return nil
	})
	progress.clear()
	if err == nil {
		err = fault
	}
	fmt.Fprintf(out, "%s read again, %d changed: %d events new, %d gone, %d otherwise\n", plural(read, "article"), changed, sum.fresh, sum.gone, sum.otherwise)
	return err
}

// difference is what changed between two readings of one article.
type difference struct {
	fresh, gone, otherwise int
	lines                  []string
}

func (d *difference) add(o *difference) {
	d.fresh, d.gone, d.otherwise = d.fresh+o.fresh, d.gone+o.gone, d.otherwise+o.otherwise
}

// changes holds the events of two readings against each other, by the words
// that carry them.
func changes(before, after []dragoman.Report) (d difference) {
	left := slices.Clone(before)
	for i := range after {
		r := &after[i]
		at := slices.IndexFunc(left, func(o dragoman.Report) bool { return o.Trigger == r.Trigger && o.Type == r.Type })
		if at < 0 {
			at = slices.IndexFunc(left, func(o dragoman.Report) bool { return o.Trigger == r.Trigger })
		}
		if at < 0 {
			d.fresh++
			d.lines = append(d.lines, "  + "+happening(r))
			continue
		}
		o := left[at]
		left = slices.Delete(left, at, at+1)
		if o.Type != r.Type || o.Status != r.Status || o.CAMEO != r.CAMEO || o.Day != r.Day || !slices.Equal(ids(o.Actors), ids(r.Actors)) ||
			!slices.Equal(ids(o.Recipients), ids(r.Recipients)) || o.Place.ID != r.Place.ID || o.Source.Actor.ID != r.Source.Actor.ID {
			d.otherwise++
			d.lines = append(d.lines, "  - "+happening(&o), "  + "+happening(r))
		}
	}
	for i := range left {
		d.gone++
		d.lines = append(d.lines, "  - "+happening(&left[i]))
	}
	return d
}
