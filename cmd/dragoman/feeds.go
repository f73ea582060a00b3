package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dragoman/article"
	"dragoman/clerk"
	"dragoman/store"
)

var errNoFeeds = errors.New("no feed is followed; give the address of one, or an OPML list of them")

func newFeeds(o *options) *cobra.Command {
	f := &feedsCommand{database: &database{options: o}}
	format := "table"
	cmd := f.command("feeds", "List the feeds that are followed, and how they are",
		`List the feeds that dragoman watch follows: when each was asked last and is next, in UTC,
how many items it listed, how many articles the last poll gave, how many are stored
and how many could not be read, and its state: "ok", or what failed, and how often in
a row.`, "", cobra.NoArgs,
		func(cmd *cobra.Command, _ []string, db *store.DB) error {
			all, err := db.Feeds(cmd.Context())
			if err != nil {
				return err
			}
			if len(all) == 0 {
				fmt.Fprintln(cmd.ErrOrStderr(), "dragoman: no feed is followed; dragoman feeds add takes some")
			}
			return feedRows(all).write(cmd.OutOrStdout(), format)
		})
	cmd.Flags().StringVar(&format, "format", format, formats)
	cmd.AddCommand(f.add(), f.remove(), f.export(), f.faults())
	return cmd
}

// feedsCommand is what the commands about feeds share.
type feedsCommand struct{ *database }

func (f *feedsCommand) command(use, short, long, example string, args cobra.PositionalArgs, run func(cmd *cobra.Command, args []string, db *store.DB) error) *cobra.Command {
	return f.database.command(use, short, long, strings.TrimSpace("feeds "+example), args, run)
}

func (f *feedsCommand) add() *cobra.Command {
	f = &feedsCommand{database: &database{options: f.options, makes: true}}
	var private bool
	cmd := f.command("add URL|OPML…", "Follow feeds, from the next watch on",
		`Register feeds, without asking for them: of an OPML list, a file or an address with
"opml" in it, all feeds. One that has moved is known by its old addresses too.`,
		"add https://example.org/world.xml feeds.opml", cobra.MinimumNArgs(1),
		func(cmd *cobra.Command, args []string, db *store.DB) error {
			fetcher := article.NewFetcher(article.FetchOptions{AllowPrivate: private})
			defer fetcher.Close()
			added, failed, err := register(cmd.Context(), db, fetcher, args, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if failed > 0 {
				err = inputError{failed}
			}
			_, said := fmt.Fprintln(cmd.OutOrStdout(), plural(added, "feed"), "added")
			return cmp.Or(said, err)
		})
	cmd.Flags().BoolVar(&private, "allow-private", false, "fetch lists from addresses inside the private network too")
	return cmd
}

func (f *feedsCommand) remove() *cobra.Command {
	return f.command("remove URL…", "Follow feeds no longer", "Follow feeds no longer. Their articles stay.",
		"remove https://example.org/world.xml", cobra.MinimumNArgs(1),
		func(cmd *cobra.Command, args []string, db *store.DB) error {
			for _, name := range args {
				at, err := clerk.FeedAddress(name)
				if err != nil {
					return err
				}
				was, err := db.RemoveFeed(cmd.Context(), at)
				if err != nil {
					return err
				}
				if !was {
					return fmt.Errorf("%s is not followed; dragoman feeds lists what is", at)
				}
			}
			return nil
		})
}

func (f *feedsCommand) export() *cobra.Command {
	return f.command("export", "Write the feeds as an OPML list", "Write the feeds that are followed as an OPML list, which other programs take too.",
		"export > feeds.opml", cobra.NoArgs,
		func(cmd *cobra.Command, _ []string, db *store.DB) error {
			all, err := db.Feeds(cmd.Context())
			if err != nil {
				return err
			}
			return clerk.WriteOPML(cmd.OutOrStdout(), all)
		})
}

func (f *feedsCommand) faults() *cobra.Command {
	format, retry := "table", false
	cmd := f.command("faults", "List the items that could not be read, and why",
		`List the items of feeds that could not be read, and why, the newest first. They are
not fetched again, unless told to by --retry: then all that their feeds still list are,
with the next poll.`, "faults --format csv", cobra.NoArgs,
		func(cmd *cobra.Command, _ []string, db *store.DB) error {
			if retry {
				n, err := db.Retry(cmd.Context())
				if err != nil {
					return err
				}
				_, err = fmt.Fprintln(cmd.OutOrStdout(), plural(n, "item"), "to be tried again")
				return err
			}
			feeds, err := db.Feeds(cmd.Context())
			if err != nil {
				return err
			}
			all, err := db.Unreadable(cmd.Context())
			if err != nil {
				return err
			}
			return faultRows(feeds, all).write(cmd.OutOrStdout(), format)
		})
	cmd.Flags().StringVar(&format, "format", format, formats)
	cmd.Flags().BoolVar(&retry, "retry", false, "have them tried again instead")
	return cmd
}

func feedRows(all []store.Feed) *listing {
	r := &listing{columns: []string{"feed", "title", "polled", "next", "pause_seconds", "items", "new", "stored", "unreadable", "failures", "fault", "state"},
		shown: []int{0, 1, 2, 3, 5, 6, 7, 8, 11}}
	r.widest = []int{0, 24} // what failed is not cut short: it says what to do
	for _, f := range all {
		next := f.Next
		if f.Polled.IsZero() {
			next = time.Time{}
		}
		r.add(f.URL, f.Title, minute(f.Polled), minute(next), int(f.Pause.Seconds()), f.Items, f.New, f.Stored, f.Unreadable, f.Failures, f.Fault, state(&f))
	}
	return r
}

// minute writes a time for lists; what is no time yet is empty.
func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04")
}

// state says how a feed is, without repeating its address.
func state(f *store.Feed) string {
	switch {
	case f.Failures > 1:
		return fmt.Sprintf("%s (%d times in a row)", strings.TrimPrefix(f.Fault, f.URL+": "), f.Failures)
	case f.Failures == 1:
		return strings.TrimPrefix(f.Fault, f.URL+": ")
	case f.Polled.IsZero():
		return "not asked yet"
	}
	return "ok"
}

func faultRows(feeds []store.Feed, all []store.Item) *listing {
	at := map[int64]string{}
	for _, f := range feeds {
		at[f.Number] = f.URL
	}
	r := &listing{columns: []string{"feed", "item", "url", "title", "seen", "fault"}, shown: []int{0, 4, 3, 5}}
	r.widest = []int{0, 0, 30}
	for _, i := range all {
		r.add(at[i.Feed], i.ID, i.URL, i.Title, minute(i.Seen), i.Fault)
	}
	return r
}

// register has the feeds followed that names tell of. It says of each name
// that tells of none what is wrong with it, and counts these.
func register(ctx context.Context, db *store.DB, fetcher *article.Fetcher, names []string, stderr io.Writer) (added, failed int, err error) {
	for _, name := range names {
		feeds, fault := feedsOf(ctx, fetcher, name)
		if ctx.Err() != nil {
			return added, failed, ctx.Err()
		}
		if fault != nil {
			fmt.Fprintln(stderr, "dragoman:", fault)
			failed++
			continue
		}
		n, err := db.AddFeeds(ctx, feeds...)
		if err != nil {
			return added, failed, err
		}
		added += n
	}
	return added, failed, nil
}

// feedsOf returns the feeds that a name tells of: an address, or a file.
func feedsOf(ctx context.Context, fetcher *article.Fetcher, name string) ([]store.Feed, error) {
	if strings.Contains(name, "://") {
		return clerk.FeedsAt(ctx, fetcher, name)
	}
	b, err := readList(name)
	if err != nil {
		return nil, err
	}
	return clerk.FeedsIn(name, b)
}

// maxList bounds a file that is said to be a list of feeds.
const maxList = 16 << 20

func readList(name string) ([]byte, error) {
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no such file; the address of a feed begins with http:// or https://", name)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxList+1))
	if err == nil && len(b) > maxList {
		err = fmt.Errorf("%s: it has more than %d MB", name, maxList>>20)
	}
	return b, err
}
