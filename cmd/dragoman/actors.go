package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/clerk"
	"dragoman/story"
)

func newActors(o *options) *cobra.Command {
	d := &database{options: o}
	var country, kind string
	limit, format := 50, "table"
	cmd := &cobra.Command{
		Use:   "actors [NAME]",
		Short: "List those who are remembered, by the beginning of their name",
		Long: `List those who are remembered, those with the most events first. An event counts
for whom somebody acts for too: that of a minister for his state.
` + statuses,
		Example: `  dragoman actors rapid
  dragoman actors --country SDN --kind armed_group`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := clerk.Limited(limit); err != nil {
				return err
			}
			db, err := d.open(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			all, err := db.Actors(cmd.Context(), strings.Join(args, " "), strings.ToUpper(country), kind, limit)
			if err != nil {
				return err
			}
			r := &listing{columns: []string{"id", "name", "kind", "title", "country", "sectors", "acts_for", "events"}, shown: []int{0, 1, 2, 3, 4, 5, 6, 7}, less: []int{5, 3, 6},
				widest: []int{32, 36, 12, 28, 0, 12, 24, 0}}
			for _, k := range all {
				r.add(k.ID, k.Name, k.Kind, k.Title, k.Country, append([]string{}, k.Sectors...), ids(k.Principals), k.Events)
			}
			return r.write(cmd.OutOrStdout(), format)
		},
	}
	d.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&country, "country", "", "of this country, as AFG")
	f.StringVar(&kind, "kind", "", "state, government, person, armed_group, party, igo, ngo, company, media, people, organisation")
	f.IntVar(&limit, "limit", limit, "at most so many; 0 for all")
	f.StringVar(&format, "format", format, formats)
	return cmd
}

func newTies(o *options) *cobra.Command {
	d := &database{options: o}
	limit, format := 50, "table"
	cmd := &cobra.Command{
		Use:   "ties [A [B]]",
		Short: "List what stands: who supports, hosts, leads, is at war with whom",
		Long: `List standing relations, of one actor or between two, as all articles tell them,
those told last first.
` + statuses,
		Example: `  dragoman ties Tajikistan
  dragoman ties Chad "Rapid Support Forces"`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := clerk.Limited(limit); err != nil {
				return err
			}
			ctx := cmd.Context()
			db, err := d.open(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			var who [2]int64
			for i, name := range args {
				k, err := known(ctx, db, name, cmd.ErrOrStderr())
				if err != nil {
					return err
				}
				who[i] = k.Number
			}
			const most = 20000 // tellings; of these what fits
			all, err := db.Ties(ctx, who[0], who[1], most)
			if err != nil {
				return err
			}
			ties := story.Group(all)
			r := &listing{columns: []string{"subject", "relation", "object", "role", "from", "to", "ended", "source", "articles", "first", "last", "subject_id", "object_id", "evidence"},
				shown: []int{0, 1, 2, 3, 4, 6, 7, 8, 10}, less: []int{4, 8, 7, 3}, widest: []int{28, 14, 28, 24, 10, 5, 20, 0, 10}}
			for i := range ties {
				t := &ties[i]
				if t.Sure < d.minimum {
					continue
				}
				if limit > 0 && len(r.all) == limit {
					break
				}
				ended := ""
				if t.Ended {
					ended = "yes"
				}
				r.add(t.Subject.Name, strings.ReplaceAll(t.Relation, "_", " "), t.Object.Name, t.Role, t.From.String(), t.To.String(), ended, t.Source.Name(), t.Articles,
					t.First.String(), t.Last.String(), t.Subject.ID, t.Object.ID, t.Evidence)
			}
			if len(r.all) == 0 {
				fmt.Fprintln(cmd.ErrOrStderr(), "dragoman: no such tie is remembered")
			}
			return r.write(cmd.OutOrStdout(), format)
		},
	}
	d.tells(cmd)
	cmd.Flags().IntVar(&limit, "limit", limit, "at most so many; 0 for all")
	cmd.Flags().StringVar(&format, "format", format, formats)
	return cmd
}

func newSearch(o *options) *cobra.Command {
	d := &database{options: o}
	limit, format := 20, "table"
	cmd := &cobra.Command{
		Use:   "search WORDS…",
		Short: "Find stored articles by their words",
		Long: `Find stored articles by the words of their title and text, the newest stored first:
words, "phrases in quotes", AND, OR, NOT, brackets, and beginnings of words with *.
` + statuses,
		Example: `  dragoman search border "Adré"
  dragoman search '"Rapid Support Forces" NOT convoy'`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := clerk.Limited(limit); err != nil {
				return err
			}
			text := strings.Join(args, " ")
			if strings.TrimSpace(text) == "" {
				return errors.New("give words to search for")
			}
			db, err := d.open(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			all, err := db.Articles(cmd.Context(), dragoman.ArticleFilter{Text: text, Limit: limit})
			if err != nil {
				return err
			}
			if len(all) == 0 {
				fmt.Fprintln(cmd.ErrOrStderr(), "dragoman: no article has these words")
			}
			r := &listing{columns: []string{"article", "published", "outlet", "title", "url", "id", "copy_of"}, shown: []int{0, 1, 2, 3, 4}, less: []int{4}, widest: []int{0, 0, 24, 72, 40}}
			for _, e := range all {
				original := ""
				if e.Original != e.Number {
					original = fmt.Sprint(e.Original)
				}
				r.add(e.Number, e.Published.String(), e.Outlet, e.Title, e.URL, e.ID, original)
			}
			return r.write(cmd.OutOrStdout(), format)
		},
	}
	d.flags(cmd)
	cmd.Flags().IntVar(&limit, "limit", limit, "at most so many; 0 for all")
	cmd.Flags().StringVar(&format, "format", format, formats)
	return cmd
}
