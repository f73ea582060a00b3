package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/store"
)

// filter are the flags by which events are chosen.
type filter struct {
	between, types, statuses    []string
	by, to, place, outlet, text string
	source, since, until        string
	limit                       int
}

func (f *filter) flags(cmd *cobra.Command) {
	s := cmd.Flags()
	s.StringSliceVar(&f.between, "between", nil, "two actors, either way: --between Chad,Sudan; one: in whatever it is")
	s.StringVar(&f.by, "by", "", "who acts, or whom they act for")
	s.StringVar(&f.to, "to", "", "whom it is done to")
	s.StringSliceVar(&f.types, "type", nil, "PLOVER types: ASSAULT,THREATEN")
	s.StringSliceVar(&f.statuses, "status", nil, "happened, ongoing, planned, hypothetical, negated, denied")
	s.StringVar(&f.place, "place", "", "where, or in what: a town, province, state")
	s.StringVar(&f.since, "since", "", "first day, 2025-02-12")
	s.StringVar(&f.until, "until", "", "last day")
	s.StringVar(&f.outlet, "outlet", "", "told by this outlet")
	s.StringVar(&f.source, "according-to", "", "claimed by this source")
	s.StringVar(&f.text, "text", "", "words in the evidence: border AND (closed OR opened)")
	s.IntVar(&f.limit, "limit", 50, "at most so many, the newest; 0 for all")
}

// query looks up what the flags name.
func (f *filter) query(ctx context.Context, db *store.DB, minimum float64, also io.Writer) (dragoman.Filter, error) {
	q := dragoman.Filter{Outlet: f.outlet, Text: f.text, Confidence: minimum, Limit: f.limit}
	for _, t := range f.types {
		q.Types = append(q.Types, strings.ToUpper(t))
	}
	for _, s := range f.statuses {
		all := []dragoman.Status{dragoman.Happened, dragoman.Ongoing, dragoman.Planned, dragoman.Hypothetical, dragoman.Negated, dragoman.Denied}
		if !slices.Contains(all, dragoman.Status(s)) {
			return q, fmt.Errorf("--status is %q; it is one of %v", s, all)
		}
		q.Statuses = append(q.Statuses, dragoman.Status(s))
	}
	if len(f.between) > 2 || len(f.between) > 0 && f.by+f.to != "" {
		return q, errors.New("--between takes one or two actors, and goes without --by and --to")
	}
	q.Directed = f.by+f.to != ""
	who := []struct {
		name string
		into *int64
	}{{f.by, &q.A}, {f.to, &q.B}, {f.source, &q.Source}}
	for i, name := range f.between {
		who = append(who, struct {
			name string
			into *int64
		}{strings.TrimSpace(name), []*int64{&q.A, &q.B}[i]})
	}
	for _, w := range who {
		if w.name == "" {
			continue
		}
		k, err := known(ctx, db, w.name, also)
		if err != nil {
			return q, err
		}
		*w.into = k.Number
	}
	if f.place != "" {
		id, err := db.PlaceNamed(ctx, f.place)
		if err != nil {
			return q, err
		}
		if id == "" {
			return q, fmt.Errorf("no event at a place called %q is in the database", f.place)
		}
		q.Place = id
	}
	var err error
	q.From, q.To, err = days(f.since, f.until)
	return q, err
}

// days reads the bounds of a range of days; both zero where neither is given.
func days(since, until string) (from, to dragoman.Day, err error) {
	if since == "" && until == "" {
		return 0, 0, nil
	}
	from, to = dragoman.NoDay, dragoman.Day(1<<30)
	if since != "" {
		if from, err = dragoman.ParseDay(since); err != nil {
			return 0, 0, fmt.Errorf("--since: %w", err)
		}
	}
	if until != "" {
		if to, err = dragoman.ParseDay(until); err != nil {
			return 0, 0, fmt.Errorf("--until: %w", err)
		}
	}
	return from, to, nil
}

func newEvents(o *options) *cobra.Command {
	d := &database{options: o}
	var f filter
	format := "table"
	cmd := &cobra.Command{
		Use:   "events",
		Short: "List remembered events: between whom, of what type, where, when, according to whom",
		Long: `List remembered events, the newest first. Reports of one event by several articles
are one line; csv and jsonl have all columns, with the numbers of articles, outlets
and independent origins that tell it. A party stands for all who act for it: its
government, forces, officials.
` + statuses,
		Example: `  dragoman events --between Chad,Sudan --since 2025-02-01
  dragoman events --by Sudan --type ASSAULT,THREATEN --status happened
  dragoman events --place "West Darfur" --format csv > events.csv
  dragoman events --according-to "Rapid Support Forces" --text convoy`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			db, err := d.open(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			q, err := f.query(ctx, db, d.minimum, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			all, err := db.Occurrences(ctx, q)
			if err != nil {
				return err
			}
			if len(all) == 0 {
				fmt.Fprintln(cmd.ErrOrStderr(), "dragoman: no such event is remembered")
			}
			return eventRows(all, width(cmd.OutOrStdout())).write(cmd.OutOrStdout(), format)
		},
	}
	d.tells(cmd)
	f.flags(cmd)
	cmd.Flags().StringVar(&format, "format", format, formats)
	return cmd
}

func eventRows(all []dragoman.Occurrence, width int) *listing {
	r := &listing{columns: []string{"event", "day", "status", "type", "mode", "cameo", "quad", "actors", "actor_ids", "recipients", "recipient_ids",
		"place", "country", "lat", "lon", "source", "evidence", "articles", "outlets", "origins", "confidence", "article"},
		shown: []int{0, 1, 2, 3, 7, 9, 11, 15, 17, 20, 16}}
	left := max(24, width-112)
	r.widest = []int{8, 10, 12, 9, 24, 24, 14, 18, 4, 5, left}
	for _, o := range all {
		source := ""
		if !o.Source.None() {
			source = speaker(o.Source)
		}
		var lat, lon any = "", ""
		if o.Place.Located {
			lat, lon = o.Place.Lat, o.Place.Lon
		}
		r.add(o.Number, o.Day.String(), string(o.Status), o.Type, strings.Join(o.Modes, "|"), o.CAMEO, o.Quad, parties(o.Actors), ids(o.Actors),
			parties(o.Recipients), ids(o.Recipients), o.Place.Name, o.Place.Country, lat, lon, source, o.Evidence, o.Articles, o.Outlets, o.Origins,
			o.Confidence, o.Article)
	}
	return r
}

func ids(all []dragoman.Party) string {
	var out []string
	for _, p := range all {
		out = append(out, p.ID)
	}
	return strings.Join(out, "|")
}
