package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"net/url"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/store"
	"dragoman/story"
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

// ruleFlags are those of a rule as a person names things.
type ruleFlags struct {
	between, types, statuses []string
	by, to, place, when      string
	webhooks, mails, feeds   []string
	past                     bool
	rule                     story.Rule
}

func (w *ruleFlags) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&w.between, "between", nil, "two actors, either way: --between Chad,Sudan; one: in whatever it is")
	f.StringVar(&w.by, "by", "", "who acts, or whom they act for")
	f.StringVar(&w.to, "to", "", "whom it is done to")
	f.StringSliceVar(&w.types, "type", nil, "PLOVER types: ASSAULT,THREATEN")
	f.StringSliceVar(&w.statuses, "status", nil, everyStatus+" (default: all; of first and nth: happened,ongoing)")
	f.StringVar(&w.place, "place", "", "where, or in what: a town, province, state")
	f.StringVar(&w.rule.Text, "text", "", "words that all stand in the evidence")
	f.StringVar(&w.when, "when", "any", "any, first, nth or change")
	f.IntVar(&w.rule.N, "n", 0, "with nth: how many officials, or times (default 2)")
	f.IntVar(&w.rule.Days, "days", 0, "in how many days (default: of first 365, of nth 7)")
	f.StringArrayVar(&w.webhooks, "webhook", nil, "post to this address, as JSON")
	f.StringArrayVar(&w.mails, "mail", nil, "write to this address; alert run --help says how the server is set")
	f.StringArrayVar(&w.feeds, "feed", nil, "keep the last 200 in this file, as Atom")
	f.BoolVar(&w.past, "past", false, "fire for what is stored already too")
}

func newAlertAdd(o *options) *cobra.Command {
	d := &database{options: o, makes: true}
	var w ruleFlags
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
			db, desk, err := d.desk(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			w.rule.MinConfidence = d.minimum
			a, err := w.alert(ctx, args[0], db, desk, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if err := addAlert(ctx, db, a, w.past); err != nil || !w.past {
				return err
			}
			fired, err := (&clerk{db: db, desk: desk}).fire(ctx)
			if err == nil {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d fired for what is stored; dragoman alert run delivers that\n", fired)
			}
			return err
		},
	}
	d.tells(cmd)
	w.flags(cmd)
	return cmd
}

// addAlert stores an alert and begins its feeds, so that they can be
// subscribed to, and a file that cannot be written is told of now.
func addAlert(ctx context.Context, db *store.DB, a dragoman.Alert, past bool) error {
	for _, way := range a.Ways {
		if way.Kind == dragoman.ByFeed {
			if err := ownFeed(way.Address, a.Name); err != nil {
				return err
			}
		}
	}
	if err := db.AddAlert(ctx, a, past); err != nil {
		return err
	}
	a, err := db.Alert(ctx, a.Name)
	if err != nil {
		return err
	}
	for _, way := range a.Ways {
		if way.Kind != dragoman.ByFeed {
			continue
		}
		if err := publish(ctx, db, &a, way); err != nil {
			return errors.Join(err, db.RemoveAlert(ctx, a.Name))
		}
	}
	return nil
}

// alert makes an alert of the flags; actors and places become ids.
func (w *ruleFlags) alert(ctx context.Context, name string, db *store.DB, desk *story.Desk, also io.Writer) (a dragoman.Alert, err error) {
	if strings.TrimSpace(name) != name || name == "" || len(name) > 100 || strings.ContainsFunc(name, unicode.IsControl) {
		return a, fmt.Errorf("%q is no name for an alert; it is a word or a few, of at most 100 characters", name)
	}
	if err := w.names(ctx, db, also); err != nil {
		return a, err
	}
	if err := desk.Settle(&w.rule); err != nil {
		return a, err
	}
	a.Name = name
	if a.Rule, err = json.Marshal(&w.rule); err != nil {
		return a, err
	}
	a.Ways, err = w.ways()
	return a, err
}

// names looks up who and what the flags name.
func (w *ruleFlags) names(ctx context.Context, db *store.DB, also io.Writer) error {
	events := filter{between: w.between, by: w.by, to: w.to, place: w.place, types: w.types, statuses: w.statuses}
	q, err := events.query(ctx, db, 0, io.Discard) // the same faults as of dragoman events
	if err != nil {
		return err
	}
	w.rule.Types, w.rule.Statuses, w.rule.Place, w.rule.When = q.Types, q.Statuses, q.Place, story.When(w.when)
	id := func(name string) string {
		if name = strings.TrimSpace(name); name == "" || err != nil {
			return ""
		}
		var k dragoman.Known
		k, err = known(ctx, db, name, also)
		return k.ID
	}
	for _, name := range w.between {
		w.rule.Between = append(w.rule.Between, id(name))
	}
	w.rule.By, w.rule.To = id(w.by), id(w.to)
	return err
}

// ways checks where an alert is told.
func (w *ruleFlags) ways() (all []dragoman.Way, err error) {
	for _, s := range w.webhooks {
		u, err := url.Parse(s)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return nil, fmt.Errorf("--webhook is %q; it is an address, https://…", s)
		}
		all = append(all, dragoman.Way{Kind: dragoman.ByWebhook, Address: s})
	}
	for _, s := range w.mails {
		to, err := mail.ParseAddress(s)
		if err != nil {
			return nil, fmt.Errorf("--mail is %q; it is a mail address: desk@example.org", s)
		}
		all = append(all, dragoman.Way{Kind: dragoman.ByMail, Address: to.Address})
	}
	for _, s := range w.feeds {
		path, err := filepath.Abs(s)
		if err != nil {
			return nil, fmt.Errorf("--feed %s: %w", s, err)
		}
		all = append(all, dragoman.Way{Kind: dragoman.ByFeed, Address: path})
	}
	if len(all) == 0 {
		return nil, errors.New("say where the alert is told: --webhook, --mail or --feed")
	}
	return all, nil
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
				rule, err := ruleOf(&a)
				if err != nil {
					return err
				}
				var ways []string
				for _, way := range a.Ways {
					ways = append(ways, wayName(way))
				}
				r.add(a.Name, ruleText(rule), strings.Join(ways, "; "), a.Fired, a.Pending, a.Failed, stamp(a.Last), stamp(a.Made), string(a.Rule))
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

func ruleOf(a *dragoman.Alert) (*story.Rule, error) {
	var r story.Rule
	if err := json.Unmarshal(a.Rule, &r); err != nil {
		return nil, fmt.Errorf("the rule of the alert %q cannot be read: %w", a.Name, err)
	}
	return &r, nil
}

// ruleText puts a rule into words.
func ruleText(r *story.Rule) string {
	var all []string
	add := func(before, s string) {
		if s != "" {
			all = append(all, strings.TrimSpace(before+" "+s))
		}
	}
	add("", strings.Join(r.Types, "|"))
	for i, s := range r.Statuses {
		add(map[bool]string{true: "", false: "or"}[i == 0], string(s))
	}
	add("between", strings.Join(r.Between, ", "))
	add("by", r.By)
	add("to", r.To)
	add("at", r.Place)
	add("words", r.Text)
	switch r.When {
	case story.Any:
		add("", "any")
	case story.First:
		add("", fmt.Sprintf("first in %d days", r.Days))
	case story.Nth:
		add("", fmt.Sprintf("number %d in %d days", r.N, r.Days))
	case story.Turn:
		add("", "change")
	}
	return strings.Join(all, "; ")
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
	var post post
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
			if err := post.parse(); err != nil {
				return err
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
			return newCourier(db, &post, cmd.ErrOrStderr()).test(ctx, &a, cmd.OutOrStdout())
		},
	}
	d.flags(cmd)
	post.flags(cmd)
	return cmd
}

func newAlertRun(o *options) *cobra.Command {
	d := &database{options: o}
	var post post
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
			if err := post.parse(); err != nil {
				return err
			}
			db, desk, err := d.desk(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			if again {
				if err := db.Again(ctx); err != nil {
					return err
				}
			}
			c := newCourier(db, &post, cmd.ErrOrStderr())
			c.all = true
			fired, err := (&clerk{db: db, desk: desk}).fire(ctx)
			if err != nil {
				return err
			}
			if err := c.deliver(ctx); err != nil {
				return err
			}
			return c.report(ctx, fired, cmd.OutOrStdout())
		},
	}
	d.flags(cmd)
	post.flags(cmd)
	cmd.Flags().BoolVar(&again, "again", false, "try also what was given up")
	return cmd
}

// alerts holds the alerts against the articles that were stored since the last
// time, and delivers what is due. What cannot be delivered is told on errs and
// stays to be delivered; that is no error.
func (c *clerk) alerts(ctx context.Context, errs io.Writer) error {
	if _, err := c.fire(ctx); err != nil {
		return err
	}
	return newCourier(c.db, &post{}, errs).deliver(ctx)
}

// fire holds the alerts against all articles that they were not held against
// yet. How far they are is recorded together with what they fire for, so that
// it goes on where it was interrupted.
func (c *clerk) fire(ctx context.Context) (fired int, err error) {
	alerts, err := c.db.Alerts(ctx)
	if err != nil || len(alerts) == 0 {
		return 0, err
	}
	rules := make([]story.Rule, len(alerts))
	for i := range alerts {
		r, err := ruleOf(&alerts[i])
		if err != nil {
			return 0, err
		}
		if rules[i], err = c.current(ctx, *r); err != nil {
			return 0, err
		}
	}
	from := alerts[0].Looked
	for _, a := range alerts {
		from = min(from, a.Looked)
	}
	for {
		const batch = 100
		entries, err := c.db.After(ctx, from, batch)
		if err != nil || len(entries) == 0 {
			return fired, err
		}
		var all []dragoman.Firing
		for _, e := range entries {
			found, err := c.fireFor(ctx, alerts, rules, e)
			if err != nil {
				return fired, err
			}
			all = append(all, found...)
		}
		from = entries[len(entries)-1].Number
		n, err := c.db.Looked(ctx, alerts, from, all)
		if err != nil {
			return fired, err
		}
		fired += n
	}
}

// fireFor holds alerts against one article.
func (c *clerk) fireFor(ctx context.Context, alerts []dragoman.Alert, rules []story.Rule, e dragoman.Entry) (all []dragoman.Firing, err error) {
	m := &once{Memory: c.db}
	for i := range alerts {
		if e.Number <= alerts[i].Looked {
			continue
		}
		found, err := c.desk.Fire(ctx, m, rules[i], e)
		if err != nil {
			return nil, fmt.Errorf("the alert %q and article %d: %w", alerts[i].Name, e.Number, err)
		}
		for _, f := range found {
			f.Alert = alerts[i].Number
			all = append(all, f)
		}
	}
	return all, nil
}

// current names the actors of a rule as they are called now: one may have been
// merged into another since.
func (c *clerk) current(ctx context.Context, r story.Rule) (story.Rule, error) {
	r.Between = append([]string(nil), r.Between...)
	ids := []*string{&r.By, &r.To}
	for i := range r.Between {
		ids = append(ids, &r.Between[i])
	}
	for _, id := range ids {
		if *id == "" {
			continue
		}
		all, err := c.db.Named(ctx, *id)
		if err != nil {
			return r, err
		}
		if len(all) > 0 {
			*id = all[0].ID
		}
	}
	return r, nil
}

// once asks only once for the reports of an article that many rules are held
// against.
type once struct {
	story.Memory
	asked   bool
	reports []dragoman.Report
}

func (o *once) ReportsIn(ctx context.Context, article int64) (all []dragoman.Report, err error) {
	if !o.asked {
		o.reports, err = o.Memory.ReportsIn(ctx, article)
		o.asked = err == nil
	}
	return o.reports, err
}

// wayName names a way without what is secret in it.
func wayName(w dragoman.Way) string {
	if w.Kind == dragoman.ByWebhook {
		if u, err := url.Parse(w.Address); err == nil {
			return w.Kind + " " + u.Redacted()
		}
	}
	return w.Kind + " " + w.Address
}
