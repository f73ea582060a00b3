package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/clerk"
	"dragoman/store"
	"dragoman/story"
)

// wanted adds the flags by which events are chosen.
func wanted(cmd *cobra.Command, w *clerk.Wanted) {
	s := cmd.Flags()
	s.StringSliceVar(&w.Between, "between", nil, "two actors, either way: --between Chad,Sudan; one: in whatever it is")
	s.StringVar(&w.By, "by", "", "who acts, or whom they act for")
	s.StringVar(&w.To, "to", "", "whom it is done to")
	s.StringSliceVar(&w.Types, "type", nil, "types of events: ASSAULT,THREATEN")
	s.StringSliceVar(&w.Statuses, "status", nil, clerk.EveryStatus)
	s.StringVar(&w.Place, "place", "", "where, or in what: a town, province, state")
	s.StringVar(&w.Since, "since", "", "first day, 2025-02-12")
	s.StringVar(&w.Until, "until", "", "last day")
	s.StringVar(&w.Outlet, "outlet", "", "told by this outlet")
	s.StringVar(&w.Source, "according-to", "", "claimed by this source")
	s.StringVar(&w.Text, "text", "", "words in the evidence: border AND (closed OR opened)")
	s.IntVar(&w.Limit, "limit", 50, "at most so many, the newest; 0 for all")
}

func newEvents(o *options) *cobra.Command {
	d := &database{options: o}
	var w clerk.Wanted
	format := "table"
	cmd := &cobra.Command{
		Use:   "events [EVENT]",
		Short: "List remembered events: between whom, of what type, where, when, according to whom",
		Long: `List remembered events, the newest first. Reports of one event by several articles
are one line, as the surest tells it; csv and jsonl have all columns, with the article
of that report and the numbers of articles, outlets and independent origins. A party
stands for all who act for it: its government, forces, officials.

With the number of one, all its reports are shown: who tells it, by whose word, and
who only takes it from another.
` + statuses,
		Example: `  dragoman events --between Chad,Sudan --since 2025-02-01
  dragoman events --by Sudan --type ASSAULT,THREATEN --status happened
  dragoman events --place "West Darfur" --format csv > events.csv
  dragoman events --according-to "Rapid Support Forces" --text convoy
  dragoman events 27`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			files, err := d.files()
			if err != nil {
				return err
			}
			if err := clerk.Typed(files, w.Types); err != nil {
				return err
			}
			db, err := d.open(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			if len(args) == 1 {
				return oneEvent(ctx, db, args[0], &page{w: terminal(cmd.OutOrStdout())})
			}
			w.Files = files
			q, also, err := w.Filter(ctx, db, d.minimum)
			say(cmd.ErrOrStderr(), also...)
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
			articles, err := describing(ctx, db, all)
			if err != nil {
				return err
			}
			return eventRows(all, articles).write(cmd.OutOrStdout(), format)
		},
	}
	d.tells(cmd)
	wanted(cmd, &w)
	cmd.Flags().StringVar(&format, "format", format, formats)
	return cmd
}

// describing returns the articles whose reports describe the events.
func describing(ctx context.Context, db *store.DB, all []dragoman.Occurrence) (map[int64]dragoman.Entry, error) {
	numbers := make([]int64, len(all))
	for i := range all {
		numbers[i] = all[i].Article
	}
	return db.Entries(ctx, numbers)
}

func eventRows(all []dragoman.Occurrence, articles map[int64]dragoman.Entry) *listing {
	r := &listing{columns: []string{"event", "day", "status", "type", "mode", "cameo", "quad", "actors", "actor_ids", "recipients", "recipient_ids",
		"place", "country", "lat", "lon", "source", "evidence", "articles", "outlets", "origins", "confidence", "article",
		"from", "to", "source_id", "outlet", "published", "url", "title"},
		shown: []int{0, 1, 2, 3, 7, 9, 11, 15, 17, 20, 16}, less: []int{20, 17, 15, 16, 11}, widest: []int{0, 0, 0, 0, 24, 24, 14, 18, 0, 0, 80}}
	for i := range all {
		o := &all[i]
		var place, country, lat, lon any
		if o.Place.ID != "" {
			place, country = o.Place.Name, o.Place.Country
		}
		if o.Place.Located {
			lat, lon = o.Place.Lat, o.Place.Lon
		}
		e := articles[o.Article]
		r.add(o.Number, o.Day.String(), string(o.Status), o.Type, strings.Join(o.Modes, "|"), o.CAMEO, o.Quad, called(o.Actors), ids(o.Actors),
			called(o.Recipients), ids(o.Recipients), place, country, lat, lon, o.Source.Name(), o.Evidence, o.Articles, o.Outlets, o.Origins,
			o.Confidence, o.Article, o.From.String(), o.To.String(), o.Source.Actor.ID, e.Outlet, e.Published.String(), e.URL, e.Title)
	}
	return r
}

func called(all []dragoman.Party) []string {
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = p.Name
	}
	return out
}

func ids(all []dragoman.Party) []string {
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = p.ID
	}
	return out
}

// oneEvent shows all reports of an event, and which of them only repeat another.
func oneEvent(ctx context.Context, db *store.DB, name string, p *page) error {
	number, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return fmt.Errorf("%q is not the number of an event; dragoman events shows them", name)
	}
	o, all, ok, err := db.Occurrence(ctx, number)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("no event %d is remembered", number)
	}
	var articles []int64
	for _, r := range all {
		articles = append(articles, r.Article)
	}
	entries, err := db.Entries(ctx, articles)
	if err != nil {
		return err
	}
	p.line("%s", happening(&o.Report))
	p.line("%s", tellers(&o))
	for _, t := range story.Tellings(all, entries) {
		from := ""
		switch {
		case t.Copy != 0:
			from = fmt.Sprintf("; the text of #%d", t.Copy)
		case t.Same != 0:
			from = fmt.Sprintf("; from the same origin as #%d, %s", t.Same, plain(t.Origin))
		}
		p.line("\n%s%s", strong.Render(reference(t.Entry)), pale.Render(from))
		p.line("  %s", happening(&t.Report))
	}
	return p.err
}
