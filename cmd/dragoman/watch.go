package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"dragoman/article"
	"dragoman/clerk"
	"dragoman/store"
)

func newWatch(o *options) *cobra.Command {
	d := &database{options: o, makes: true}
	fetch := article.FetchOptions{PerHost: time.Second}
	format, parallel, once, now := "text", 8, false, false
	cmd := &cobra.Command{
		Use:   "watch [URL|OPML…]",
		Short: "Follow feeds: read and remember each new article, until Ctrl-C",
		Long: `Follow feeds (RSS, Atom, JSON): those given, which stay registered, and all that were
registered before; of an OPML list, a file or an address with "opml" in it, all feeds.
Each new article is read and stored at once and once only, also when the program is
killed and started again. How often a feed is asked follows from how often it brings
something, what it wants, and how often it failed; dragoman feeds shows it. Alerts are
held against what is new, and delivered (see dragoman alert).

Polls that brought articles or faults are logged on standard error. With --once, a feed
that cannot be had counts as an input that cannot be read; single items do not, they
are in dragoman feeds faults.
` + statuses,
		Example: `  dragoman watch https://example.org/world.xml feeds.opml
  dragoman watch --once --now
  dragoman watch --log json 2>> watch.log`,
		RunE: func(cmd *cobra.Command, args []string) error {
			log, err := logger(cmd.ErrOrStderr(), format)
			if err != nil {
				return err
			}
			if parallel < 1 {
				return fmt.Errorf("--parallel is %d; it is at least 1", parallel)
			}
			boundMemory(storingMemory)
			ctx := cmd.Context()
			c, err := d.clerk(ctx)
			if err != nil {
				return err
			}
			defer c.DB.Close()
			fetcher := article.NewFetcher(fetch)
			defer fetcher.Close()
			unnamed, err := prepare(ctx, c.DB, fetcher, args, now, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			w := c.Watcher(fetcher, log)
			w.Parallel, w.Once = parallel, once
			sum, err := w.Run(ctx)
			fmt.Fprintln(cmd.OutOrStdout(), summary(sum))
			if bad := unnamed + sum.Failed; err == nil && bad > 0 {
				err = inputError{bad}
			}
			return err
		},
	}
	d.flags(cmd)
	f := cmd.Flags()
	f.BoolVar(&once, "once", false, "ask each feed that is due once, and end")
	f.BoolVar(&now, "now", false, "ask the feeds that are not due yet too, first of all")
	f.IntVar(&parallel, "parallel", parallel, "feeds that are asked at once")
	f.DurationVar(&fetch.PerHost, "pause", fetch.PerHost, "between two requests to one host; its robots.txt may want more")
	f.StringVar(&format, "log", format, "text or json")
	f.BoolVar(&fetch.AllowPrivate, "allow-private", false, "fetch from addresses inside the private network too")
	return cmd
}

func logger(w io.Writer, format string) (*slog.Logger, error) {
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, nil)), nil
	}
	return nil, fmt.Errorf("--log is %q; it is text or json", format)
}

// summary sums up for people what polls brought.
func summary(t clerk.Tally) string {
	return fmt.Sprintf("%s, %d failed: %s stored, %d were there, %s unreadable, %d to be tried again",
		plural(t.Polls, "poll"), t.Failed, plural(t.Stored, "article"), t.There, plural(t.Unreadable, "item"), t.Later)
}

// prepare registers the feeds given. It returns how many of the names told none.
func prepare(ctx context.Context, db *store.DB, fetcher *article.Fetcher, names []string, now bool, stderr io.Writer) (failed int, err error) {
	_, failed, err = register(ctx, db, fetcher, names, stderr)
	if err != nil {
		return failed, err
	}
	if now {
		if err := db.Hasten(ctx); err != nil {
			return failed, err
		}
	}
	all, err := db.Feeds(ctx)
	if err == nil && len(all) == 0 {
		if err = errNoFeeds; failed > 0 {
			err = inputError{failed}
		}
	}
	return failed, err
}
