package main

import (
	"fmt"
	"io"
	"math"
	"time"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/clerk"
	"dragoman/export"
	"dragoman/story"
)

func newDyad(o *options) *cobra.Command {
	d := &database{options: o}
	var since, until, period string
	var providers []string
	cmd := &cobra.Command{
		Use:   "dyad A B",
		Short: "Show the relation of two over time: cooperation, conflict, and when it changed",
		Long: `Show the relation of two over time, in both directions: a chart of cooperative and
conflictual events, the points at which it changed and the events that made the
change, what stands between them, where it is heading, and what was claimed by
one source and never confirmed. Only what was done counts, not what was planned
or denied; what two do with each other counts once, and what is only claimed apart.
How many events lie before the days shown is said.

Change points are found by PELT (Killick, Fearnhead and Eckley 2012); where the
relation is heading is told by two exact tests at 5 %. docs/memory.md says how.

Where events of other providers are stored (dragoman import), it is set beside theirs:
by PLOVER's quadrants, over time, and how far each runs with what is read here, as
Spearman's rank correlation with its 95 % interval.
` + statuses,
		Example: `  dragoman dyad Chad Sudan
  dragoman dyad --since 2024-01-01 --period month Taliban Tajikistan
  dragoman dyad --provider gdelt,icews Iran Israel`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			periods := map[string]int{"day": 1, "week": 7, "month": 30}
			if periods[period] == 0 {
				return fmt.Errorf("--period is %q; it is day, week or month", period)
			}
			from, to, err := clerk.Days(since, until)
			if err != nil {
				return err
			}
			c, err := d.desk(ctx)
			if err != nil {
				return err
			}
			defer c.DB.Close()
			var who [2]dragoman.Party
			for i, name := range args {
				if who[i], err = party(ctx, c.DB, name, cmd.ErrOrStderr()); err != nil {
					return err
				}
			}
			if who[0].ID == who[1].ID {
				return fmt.Errorf("%q and %q are both %s (%s); give two different actors", args[0], args[1], who[0].ID, plain(who[0].Name))
			}
			if from == 0 && to == 0 {
				from, to = dragoman.NoDay, math.MaxInt32
			}
			end := to
			if last, err := c.DB.LastDay(ctx, who[0].Number, who[1].Number); err != nil {
				return err
			} else if until == "" {
				to = min(dragoman.DayOf(time.Now().Date()), max(last, from))
			}
			dyad, err := c.Desk.Dyad(ctx, c.DB, who[0], who[1], from, to, periods[period], d.minimum)
			if err != nil {
				return err
			}
			others, err := beside(ctx, c.DB, dyad, from, end, providers, d.minimum)
			if err != nil {
				return err
			}
			return dyadText(terminal(cmd.OutOrStdout()), dyad, others, width(cmd.OutOrStdout()))
		},
	}
	d.tells(cmd)
	f := cmd.Flags()
	f.StringVar(&since, "since", "", "first day, 2025-02-12 (default: of the first event since articles were stored without large gaps)")
	f.StringVar(&until, "until", "", "last day (default: of the last event)")
	f.StringVar(&period, "period", "week", "what is one point: day, week or month (30 days)")
	f.StringSliceVar(&providers, "provider", nil, "beside only these providers: gdelt,icews (default: all)")
	return cmd
}

func dyadText(w io.Writer, d *story.Dyad, others *story.Comparison, columns int) error {
	p := &page{w: w}
	p.line("%s", strong.Render(plain(d.A.Name+" and "+d.B.Name)))
	if len(d.Both) == 0 {
		of := ""
		if d.Earlier.Events > 0 {
			of = " of these days"
		}
		p.line("nothing that was done between the two is remembered%s", of)
	} else {
		p.course(d, columns)
	}
	p.earlier(d.Earlier)
	if others != nil {
		p.beside(d, others, columns)
	}
	p.section("Claimed by one source, confirmed by no other", d.Unsettled)
	p.section("Latest", d.Recent)
	if len(d.Ties) > 0 {
		p.head("Standing")
	}
	for i := range d.Ties {
		p.line("  %s", standing(&d.Ties[i]))
	}
	return p.err
}

// course draws what was done over time, and says when that changed.
func (p *page) course(d *story.Dyad, columns int) {
	s := export.Series{From: d.From, Days: d.Period}
	for _, c := range d.Both {
		s.Cooperation, s.Conflict = append(s.Cooperation, c.Cooperation), append(s.Conflict, c.Conflict)
	}
	for _, c := range d.Changes {
		s.Changes = append(s.Changes, c.Period)
	}
	if p.err == nil {
		p.err = export.Chart(p.w, s, columns)
	}
	a, b := plain(d.A.Name), plain(d.B.Name)
	line := fmt.Sprintf("%s → %s: %s; %s → %s: %s", a, b, total(d.There), b, a, total(d.Back))
	if c := total(d.Together); c != (counts{}) {
		line += fmt.Sprintf("; with each other: %s", c)
	}
	p.line("%s", line)
	if c := total(d.Claimed); c != (counts{}) {
		p.line("only claimed: %s", c)
	}
	p.line("%s", outlook(&d.Outlook))
	if len(d.Changes) > 0 {
		p.head("Changes")
	}
	for i, c := range d.Changes {
		p.line("  ▲%d %s  from %s to %s a %s", i+1, c.Day, rate(c.Before), rate(c.After), periodName(d.Period))
		for _, o := range c.Made {
			p.line("      %s", happening(&o.Report))
		}
	}
}

func (p *page) section(name string, all []dragoman.Occurrence) {
	if len(all) > 0 {
		p.head(name)
	}
	for i := range all {
		p.line("  %s", happening(&all[i].Report))
	}
}

// earlier says what lies before the days that are shown, if anything does.
func (p *page) earlier(e story.Earlier) {
	if e.Events == 0 {
		return
	}
	of := ""
	if e.Provider != "" {
		of = e.Provider + ": "
	}
	p.line("%s%s of the two before these days, until %s", of, plural(e.Events, "event"), e.Until)
}

// counts are what is counted of two, in words.
type counts story.Counts

func (c counts) String() string {
	return fmt.Sprintf("%d cooperative, %d conflictual", c.Cooperation, c.Conflict)
}

func total(all []story.Counts) (c counts) {
	for _, x := range all {
		c.Cooperation += x.Cooperation
		c.Conflict += x.Conflict
	}
	return c
}

func rate(s story.Segment) string {
	return fmt.Sprintf("%.2g cooperative and %.2g conflictual", s.Cooperation, s.Conflict)
}

func periodName(days int) string {
	return map[int]string{1: "day", 7: "week", 30: "month"}[days]
}
