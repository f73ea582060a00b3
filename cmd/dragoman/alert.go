package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/clerk"
	"dragoman/store"
)

const alertStatuses = `
Exit status: 0 all was done; 1 a message could not be delivered; 2 the command
line, the database or the data folder is wrong; 130 interrupted.`

func newAlert(o *options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "alert",
		Short: "Watch for events, and tell of them by webhook, mail or feed",
		Long: `Watch for events, and tell of them. An alert is a rule and the ways in which it
tells what it fires for: a webhook, mail, an Atom feed. It is held against every
article after that was stored, at the end of dragoman add, and by dragoman alert
run. What was told before, and copies of known articles, never fire; and nothing
fires twice. What could not be delivered is kept and tried again.
` + alertStatuses,
		RunE: needsCommand,
	}
	cmd.AddCommand(newAlertAdd(o), newAlertList(o), newAlertRemove(o), newAlertTest(o), newAlertRun(o))
	return cmd
}

// ordered adds the flags of an alert as a person names things.
func ordered(cmd *cobra.Command, o *clerk.Order) {
	f := cmd.Flags()
	f.StringSliceVar(&o.Between, "between", nil, "two actors, either way: --between Chad,Sudan; one: in whatever it is")
	f.StringVar(&o.By, "by", "", "who acts, or whom they act for")
	f.StringVar(&o.To, "to", "", "whom it is done to")
	f.StringSliceVar(&o.Types, "type", nil, "types of events: ASSAULT,THREATEN")
	f.StringSliceVar(&o.Statuses, "status", nil, clerk.EveryStatus+" (default: all; of first and nth: happened,ongoing)")
	f.StringVar(&o.Place, "place", "", "where, or in what: a town, province, state")
	f.StringVar(&o.Text, "text", "", "words that all stand in the evidence")
	f.StringVar(&o.When, "when", "any", "any, first, nth or change")
	f.IntVar(&o.N, "n", 0, "with nth: how many officials, or times (default 2)")
	f.IntVar(&o.Days, "days", 0, "in how many days (default: of first 365, of nth 7)")
	f.StringArrayVar(&o.Webhooks, "webhook", nil, "post to this address, as JSON")
	f.StringArrayVar(&o.Mails, "mail", nil, "write to this address; alert run --help says how the server is set")
	f.StringArrayVar(&o.Feeds, "feed", nil, "keep the last 200 in this file, as Atom")
}

func newAlertAdd(o *options) *cobra.Command {
	d := &database{options: o, makes: true}
	var order clerk.Order
	past := false
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Add an alert",
		Long: `Add an alert. --when says for which of the events that it is about it fires:

  any     every one that was not told before
  first   one of a type such as was not remembered in --days days between those
          named, at the place named, or else between its own two sides
  nth     one that makes --n different officials of one side do the same within
          --days days, or one side do it so many times; and every further one
  change  the relation of the two of --between changed (PELT), or heads elsewhere
          than before: see dragoman dyad

It fires for articles that are stored from now on, unless --past is given.
` + alertStatuses,
		Example: `  dragoman alert add border --between Chad,Sudan --type ASSAULT,THREATEN --webhook https://example.org/hook
  dragoman alert add thaw --by Taliban --to Tajikistan --when nth --n 3 --days 14 --mail desk@example.org
  dragoman alert add turn --between Chad,Sudan --when change --feed /srv/www/turn.atom
  dragoman alert add darfur --place "West Darfur" --type ASSAULT --when first --days 30 --feed darfur.atom`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			c, err := d.desk(ctx)
			if err != nil {
				return err
			}
			defer c.DB.Close()
			order.Name, order.Confidence = args[0], d.minimum
			a, also, err := c.Alert(ctx, &order)
			say(cmd.ErrOrStderr(), also...)
			if err != nil {
				return err
			}
			if err := c.AddAlert(ctx, a, past); err != nil || !past {
				return err
			}
			fired, err := c.Fire(ctx)
			if err == nil {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d fired for what is stored; dragoman alert run delivers that\n", fired)
			}
			return err
		},
	}
	d.tells(cmd)
	ordered(cmd, &order)
	cmd.Flags().BoolVar(&past, "past", false, "fire for what is stored already too")
	return cmd
}

func newAlertList(o *options) *cobra.Command {
	d := &database{options: o}
	format := "table"
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the alerts, and how often they fired",
		Long: `List the alerts in the order they were made: how often they fired, and how many
messages are still to be delivered (pending) or were given up (failed).
` + alertStatuses,
		Example: `  dragoman alert list`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			db, err := d.open(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			all, err := db.Alerts(cmd.Context())
			if err == nil {
				err = db.Count(cmd.Context(), all)
			}
			if err != nil {
				return err
			}
			r := &listing{columns: []string{"alert", "rule", "told", "fired", "pending", "failed", "last", "made", "rule_json"}, shown: []int{0, 1, 2, 3, 4, 5, 6}, less: []int{6, 2},
				widest: []int{24, 48, 64, 0, 0, 0, 0}}
			for _, a := range all {
				rule, err := clerk.RuleOf(&a)
				if err != nil {
					return err
				}
				var ways []string
				for _, way := range a.Ways {
					ways = append(ways, clerk.WayName(way))
				}
				r.add(a.Name, clerk.RuleText(rule), strings.Join(ways, "; "), a.Fired, a.Pending, a.Failed, stamp(a.Last), stamp(a.Made), string(a.Rule))
			}
			return r.write(cmd.OutOrStdout(), format)
		},
	}
	d.flags(cmd)
	cmd.Flags().StringVar(&format, "format", format, formats)
	return cmd
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func newAlertRemove(o *options) *cobra.Command {
	d := &database{options: o}
	cmd := &cobra.Command{
		Use:   "remove NAME",
		Short: "Remove an alert",
		Long: `Remove an alert, with what it fired for and what is not delivered yet. The file
of a feed stays.
` + alertStatuses,
		Example: `  dragoman alert remove border`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			db, err := d.open(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			return db.RemoveAlert(cmd.Context(), args[0])
		},
	}
	d.flags(cmd)
	return cmd
}

func newAlertTest(o *options) *cobra.Command {
	d := &database{options: o}
	var post clerk.Post
	cmd := &cobra.Command{
		Use:   "test NAME",
		Short: "Send a test message by all ways of an alert",
		Long: `Send a test message by all ways of an alert. In a feed it stands until the alert
fires the next time.
` + alertStatuses,
		Example: `  dragoman alert test border`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if post = posted(post); post.Check() != nil {
				return post.Check()
			}
			db, err := d.open(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			a, err := db.Alert(ctx, args[0])
			if err != nil {
				return err
			}
			return testAlert(cmd, &clerk.Clerk{DB: db, Program: Version, Post: post}, &a)
		},
	}
	d.flags(cmd)
	posting(cmd, &post)
	return cmd
}

func newAlertRun(o *options) *cobra.Command {
	d := &database{options: o}
	var post clerk.Post
	again := false
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Hold the alerts against what is new, and deliver what is to be delivered",
		Long: fmt.Sprintf(`Hold the alerts against the articles that were stored since, and deliver what is
to be delivered, also what failed lately. A message that fails %d times is given
up. Every message arrives at least once; where a program was killed while it
delivered, perhaps twice: Idempotency-Key of a webhook, Message-ID of a mail and
id of a feed's entry are then the same.

Mail is sent by the server of --smtp or DRAGOMAN_SMTP, smtp:// (STARTTLS) or
smtps://, in the name of --from or DRAGOMAN_FROM, or else of its user. Better give
a password in the environment: others see the command line.
`+alertStatuses, store.MaxAttempts),
		Example: `  dragoman alert run
  DRAGOMAN_SMTP=smtp://user:password@mail.example.org:587 dragoman alert run --from desk@example.org`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if post = posted(post); post.Check() != nil {
				return post.Check()
			}
			c, err := d.desk(ctx)
			if err != nil {
				return err
			}
			defer c.DB.Close()
			c.Post = post
			if again {
				if err := c.DB.Again(ctx); err != nil {
					return err
				}
			}
			fired, err := c.Fire(ctx)
			if err != nil {
				return err
			}
			sent, failed, err := c.Deliver(ctx, true, telling(cmd.ErrOrStderr()))
			if err != nil {
				return err
			}
			return delivered(ctx, c.DB, fired, sent, failed, cmd.OutOrStdout())
		},
	}
	d.flags(cmd)
	posting(cmd, &post)
	cmd.Flags().BoolVar(&again, "again", false, "try also what was given up")
	return cmd
}

// posting adds the flags of how mail is sent.
func posting(cmd *cobra.Command, p *clerk.Post) {
	cmd.Flags().StringVar(&p.Server, "smtp", "", "the mail server, smtp://user:password@host:port or smtps:// (default: DRAGOMAN_SMTP)")
	cmd.Flags().StringVar(&p.From, "from", "", "who sends mail (default: DRAGOMAN_FROM, else the server's user)")
}

// posted takes from the environment what no flag says. A default of the flags
// would show the password in the help.
func posted(p clerk.Post) clerk.Post {
	e := environment()
	return clerk.Post{Server: cmp.Or(p.Server, e.Server), From: cmp.Or(p.From, e.From)}
}

// testAlert sends a test message by all ways of an alert.
func testAlert(cmd *cobra.Command, c *clerk.Clerk, a *dragoman.Alert) error {
	failed := 0
	for _, way := range a.Ways {
		if err := c.Test(cmd.Context(), a, way); err != nil {
			failed++
			fmt.Fprintf(cmd.ErrOrStderr(), "dragoman: %s: %v\n", clerk.WayName(way), err)
		} else {
			fmt.Fprintln(cmd.OutOrStdout(), "sent:", clerk.WayName(way))
		}
	}
	return undelivered(failed)
}

func undelivered(failed int) error {
	if failed == 0 {
		return nil
	}
	return unreadable{fmt.Errorf("%s could not be delivered", plural(failed, "message"))}
}

// delivered says what was done.
func delivered(ctx context.Context, db *store.DB, fired, sent, failed int, out io.Writer) error {
	all, err := db.Alerts(ctx)
	if err == nil {
		err = db.Count(ctx, all)
	}
	if err != nil {
		return err
	}
	pending, given := 0, 0
	for _, a := range all {
		pending, given = pending+a.Pending, given+a.Failed
	}
	rest := ""
	if given > 0 {
		rest = fmt.Sprintf(", %d given up (--again tries them again)", given)
	}
	if _, err := fmt.Fprintf(out, "%d fired, %d delivered, %d failed, %d still to be delivered%s\n", fired, sent, failed, pending, rest); err != nil {
		return err
	}
	return undelivered(failed)
}
