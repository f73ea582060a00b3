package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/clerk"
	"dragoman/store"
	"dragoman/story"
)

func newProviders(o *options) *cobra.Command {
	d := &database{options: o}
	format := "table"
	cmd := d.command("providers", "List other providers whose events are stored",
		`List whose events dragoman import has stored: how many, from which day to which, and
when the last were.`, "providers", cobra.NoArgs,
		func(cmd *cobra.Command, _ []string, db *store.DB) error {
			all, err := db.Providers(cmd.Context())
			if err != nil {
				return err
			}
			if len(all) == 0 {
				fmt.Fprintln(cmd.ErrOrStderr(), "dragoman: no events of others are stored; dragoman import stores some")
			}
			r := &listing{columns: []string{"provider", "events", "first", "last", "added"}, shown: []int{0, 1, 2, 3, 4}}
			for _, p := range all {
				r.add(p.Name, p.Events, p.First.String(), p.Last.String(), minute(p.Added))
			}
			return r.write(cmd.OutOrStdout(), format)
		})
	cmd.Flags().StringVar(&format, "format", format, formats)
	cmd.AddCommand(newProvidersRemove(o))
	return cmd
}

func newProvidersRemove(o *options) *cobra.Command {
	d := &database{options: o}
	return d.command("remove NAME…", "Remove all events of a provider",
		`Remove all events of a provider. They are gone at once; where the command is
interrupted, their rows are deleted by the next import. The file of the database stays
as large as it is: what is stored next takes the room.`, "providers remove gdelt", cobra.MinimumNArgs(1),
		func(cmd *cobra.Command, args []string, db *store.DB) error {
			all, err := db.Providers(cmd.Context())
			if err != nil {
				return err
			}
			if err := provides(all, args); err != nil {
				return err
			}
			for _, name := range args {
				n, err := db.Withdraw(cmd.Context(), name)
				if err != nil {
					return err
				}
				if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: %s removed\n", name, plural(n, "event")); err != nil {
					return err
				}
			}
			return nil
		})
}

// provides says which of some names is none of a provider.
func provides(all []store.Provider, names []string) error {
	for _, name := range names {
		if !slices.ContainsFunc(all, func(p store.Provider) bool { return p.Name == name }) {
			return fmt.Errorf("there is no provider %q; dragoman providers lists whose events are stored", name)
		}
	}
	return nil
}

// party returns the one actor of a name: one of ours, or else whom a provider
// tells of.
func party(ctx context.Context, db *store.DB, name string, also io.Writer) (dragoman.Party, error) {
	k, err := known(ctx, db, name, also)
	var mistake *clerk.Mistake
	if !errors.As(err, &mistake) {
		return k.Party, err
	}
	all, failed := db.ProvidedNamed(ctx, name)
	if failed != nil || len(all) == 0 {
		return dragoman.Party{}, cmp.Or(failed, err)
	}
	if len(all) > 1 {
		taken := clerk.Taken{Name: name, For: dragoman.Known{Party: all[0]}}
		for _, p := range all[1:] {
			taken.Others = append(taken.Others, dragoman.Known{Party: p})
		}
		say(also, taken)
	}
	return all[0], nil
}

// beside tells the relation of two as other providers do, by names or, without
// these, all; nil where none tells of the two.
func beside(ctx context.Context, db *store.DB, d *story.Dyad, from, to dragoman.Day, names []string, minimum float64) (*story.Comparison, error) {
	all, err := db.Providers(ctx)
	if err != nil {
		return nil, err
	}
	if err := provides(all, names); err != nil {
		return nil, err
	}
	return story.Compare(ctx, db, d.A, d.B, from, min(to, dragoman.DayOf(time.Now().Date())), d.Period, names, minimum)
}

// ownName is what this program is called beside providers.
const ownName = "(read here)"

// beside sets the courses of a relation below each other.
func (p *page) beside(d *story.Dyad, c *story.Comparison, columns int) {
	if len(c.Courses) > 0 {
		p.sideBySide(d, c, columns)
	}
	for _, e := range c.Earlier {
		p.earlier(e)
	}
}

func (p *page) sideBySide(d *story.Dyad, c *story.Comparison, columns int) {
	p.head(fmt.Sprintf("By provider, %s to %s", c.From, c.To))
	width := 0
	for _, x := range c.Courses {
		width = max(width, len([]rune(cmp.Or(x.Provider, ownName))))
	}
	p.line("  %*s       cooperation            conflict", width, "")
	p.line("  %*s    verbal  material    verbal  material", width, "")
	a, b := plain(d.A.Name), plain(d.B.Name)
	for i, side := range []struct {
		name string
		of   func(*story.Course) story.Quads
	}{{a + " → " + b, func(x *story.Course) story.Quads { return x.There }}, {b + " → " + a, func(x *story.Course) story.Quads { return x.Back }},
		{"with each other", func(x *story.Course) story.Quads { return x.Together }}} {
		if i == 2 && !slices.ContainsFunc(c.Courses, func(x story.Course) bool { return x.Together.Sum() > 0 }) {
			break
		}
		p.line("%s", side.name)
		for i := range c.Courses {
			q := side.of(&c.Courses[i])
			p.line("  %-*s%10d%10d%10d%10d", width, cmp.Or(c.Courses[i].Provider, ownName), q.VerbalCooperation, q.MaterialCooperation, q.VerbalConflict, q.MaterialConflict)
		}
	}
	p.courses(c, width, columns)
	for i := range c.Courses[1:] {
		p.agreement(c, &c.Courses[i+1])
	}
}

// courses draws how many events there were over time, each line to its own scale.
func (p *page) courses(c *story.Comparison, width, columns int) {
	const tones = 14 // characters of "  cooperation ", and of the number behind
	room := max(20, columns-width-2*tones)
	group := (len(c.Courses[0].Periods) + room - 1) / room
	p.line("Over time: a column is %s; each line has its own scale, up to its number", plural(group*c.Period, "day"))
	for i := range c.Courses {
		x := &c.Courses[i]
		p.spark(fmt.Sprintf("  %-*s  cooperation ", width, cmp.Or(x.Provider, ownName)), x.Periods, group, func(n story.Counts) int { return n.Cooperation })
		p.spark(fmt.Sprintf("  %-*s  conflict    ", width, ""), x.Periods, group, func(n story.Counts) int { return n.Conflict })
	}
}

// spark draws a series as one line. An event always shows.
func (p *page) spark(label string, all []story.Counts, group int, of func(story.Counts) int) {
	heights := []rune(" ▁▂▃▄▅▆▇█")
	var sums []int
	for part := range slices.Chunk(all, group) {
		n := 0
		for _, c := range part {
			n += of(c)
		}
		sums = append(sums, n)
	}
	most := slices.Max(sums)
	var line strings.Builder
	for _, n := range sums {
		h := 0
		if n > 0 {
			h = max(1, (n*(len(heights)-1)+most/2)/most)
		}
		line.WriteRune(heights[h])
	}
	p.line("%s│%s│ %s", label, line.String(), strconv.Itoa(most))
}

// agreement says how far a provider's course runs with this program's.
func (p *page) agreement(c *story.Comparison, x *story.Course) {
	if x.Since > c.From || x.Last < c.To {
		p.line("%s has events from %s to %s only.", x.Provider, max(x.Since, c.From), min(x.Last, c.To))
	}
	if c.Courses[0].Since == dragoman.NoDay {
		return // nothing was read
	}
	period := periodName(c.Period)
	if x.Shared == 0 {
		p.line("%s: there is no whole %s of which both have all days.", x.Provider, period)
		return
	}
	over := fmt.Sprintf("in the %s from %s", plural(x.Shared, period), x.SharedFrom)
	if !x.Events.Known && !x.Net.Known {
		p.line("%s: too little is told %s to say whether they agree.", x.Provider, over)
		return
	}
	rho := func(a story.Agreement) string {
		if !a.Known {
			return "unknown"
		}
		return fmt.Sprintf("%.2f (%.2f to %.2f)", a.Rho, a.Low, a.High)
	}
	p.line("%s: rank correlation with what is read here %s: events %s, cooperation less conflict %s.", x.Provider, over, rho(x.Events), rho(x.Net))
}
