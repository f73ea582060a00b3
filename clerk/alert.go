package clerk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"path/filepath"
	"strings"
	"unicode"

	"dragoman"
	"dragoman/story"
)

// Order is an alert as a person names it: who and what as in Wanted, when it
// fires, and how it tells that.
type Order struct {
	Name                   string
	Between                []string
	By, To                 string
	Types, Statuses        []string
	Place, Text            string
	When                   string // as story.When; empty: any
	N, Days                int    // 0: what story takes for usual
	Confidence             float64
	Webhooks, Mails, Feeds []string // where it tells; Feeds are files of this machine, so take none from elsewhere
	Public                 bool     // the webhooks may lead nowhere inside the private network
}

// Alert makes an alert of an order; actors and places become ids. It returns
// which names might have meant others too, also with an error.
func (c *Clerk) Alert(ctx context.Context, o *Order) (a dragoman.Alert, taken []Taken, err error) {
	a.Name = o.Name
	if strings.TrimSpace(o.Name) != o.Name || o.Name == "" || len(o.Name) > 100 || strings.ContainsFunc(o.Name, unicode.IsControl) {
		return a, nil, mistake("name", "%q is no name for an alert; it is a word or a few, of at most 100 characters", o.Name)
	}
	rule, taken, err := c.rule(ctx, o)
	if err == nil {
		err = c.Desk.Settle(&rule)
	}
	if err == nil {
		a.Rule, err = json.Marshal(&rule)
	}
	if err == nil {
		a.Ways, err = o.ways()
	}
	return a, taken, err
}

// rule looks up who and what an order names.
func (c *Clerk) rule(ctx context.Context, o *Order) (r story.Rule, taken []Taken, err error) {
	w := Wanted{Between: o.Between, By: o.By, To: o.To, Place: o.Place, Types: o.Types, Statuses: o.Statuses}
	f, taken, err := w.Filter(ctx, c.DB, 0)
	if err != nil {
		return r, taken, err
	}
	n := names{db: c.DB}
	r = story.Rule{By: n.find(ctx, o.By).ID, To: n.find(ctx, o.To).ID, Types: f.Types, Statuses: f.Statuses, Place: f.Place, Text: o.Text,
		MinConfidence: o.Confidence, When: story.When(o.When), N: o.N, Days: o.Days}
	for _, name := range o.Between {
		r.Between = append(r.Between, n.find(ctx, name).ID)
	}
	return r, taken, n.err
}

// ways checks where an alert is told.
func (o *Order) ways() (all []dragoman.Way, err error) {
	for _, s := range o.Webhooks {
		u, err := url.Parse(s)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return nil, mistake("webhook", "--webhook is %q; it is an address, https://…", s)
		}
		way := dragoman.Way{Kind: dragoman.ByWebhook, Address: s}
		if o.Public {
			way.Kind = dragoman.ByPublic
		}
		all = append(all, way)
	}
	for _, s := range o.Mails {
		to, err := mail.ParseAddress(s)
		if err != nil {
			return nil, mistake("mail", "--mail is %q; it is a mail address: desk@example.org", s)
		}
		all = append(all, dragoman.Way{Kind: dragoman.ByMail, Address: to.Address})
	}
	for _, s := range o.Feeds {
		path, err := filepath.Abs(s)
		if err != nil {
			return nil, mistake("feed", "--feed %s: %v", s, err)
		}
		all = append(all, dragoman.Way{Kind: dragoman.ByFeed, Address: path})
	}
	if len(all) == 0 {
		return nil, mistake("", "say where the alert is told: --webhook, --mail or --feed")
	}
	return all, nil
}

// AddAlert stores an alert, which fires for what is stored from now on, or past
// it too. It begins the alert's feeds, so that they can be subscribed to, and a
// file that cannot be written is told of now.
func (c *Clerk) AddAlert(ctx context.Context, a dragoman.Alert, past bool) error {
	for _, way := range a.Ways {
		if way.Kind == dragoman.ByFeed {
			if err := ownFeed(way.Address, a.Name); err != nil {
				return err
			}
		}
	}
	if err := c.DB.AddAlert(ctx, a, past); err != nil {
		return err
	}
	a, err := c.DB.Alert(ctx, a.Name)
	if err != nil {
		return err
	}
	for _, way := range a.Ways {
		if way.Kind != dragoman.ByFeed {
			continue
		}
		if err := publish(ctx, c.DB, &a, way); err != nil {
			return errors.Join(err, c.DB.RemoveAlert(ctx, a.Name))
		}
	}
	return nil
}

// RuleOf reads the rule of an alert.
func RuleOf(a *dragoman.Alert) (*story.Rule, error) {
	var r story.Rule
	if err := json.Unmarshal(a.Rule, &r); err != nil {
		return nil, fmt.Errorf("the rule of the alert %q cannot be read: %w", a.Name, err)
	}
	return &r, nil
}

// RuleText puts a rule into words.
func RuleText(r *story.Rule) string {
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

// WayName names a way without what is secret in it.
func WayName(w dragoman.Way) string {
	if w.Posts() {
		if u, err := url.Parse(w.Address); err == nil {
			return w.Kind + " " + u.Redacted()
		}
	}
	return w.Kind + " " + w.Address
}

// Alerts holds the alerts against the articles that were stored since the last
// time, and delivers what is due. What cannot be delivered is told, a line each,
// and stays to be delivered; that is no error.
func (c *Clerk) Alerts(ctx context.Context, told func(fault string)) error {
	if _, err := c.Fire(ctx); err != nil {
		return err
	}
	_, _, err := c.Deliver(ctx, false, told)
	return err
}

// Fire holds the alerts against all articles that they were not held against
// yet, and returns how often they fire. How far they are is recorded together
// with what they fire for, so that it goes on where it was interrupted.
func (c *Clerk) Fire(ctx context.Context) (fired int, err error) {
	alerts, err := c.DB.Alerts(ctx)
	if err != nil || len(alerts) == 0 {
		return 0, err
	}
	rules := make([]story.Rule, len(alerts))
	for i := range alerts {
		r, err := RuleOf(&alerts[i])
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
		entries, err := c.DB.After(ctx, from, batch)
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
		n, err := c.DB.Looked(ctx, alerts, from, all)
		if err != nil {
			return fired, err
		}
		fired += n
	}
}

// fireFor holds alerts against one article.
func (c *Clerk) fireFor(ctx context.Context, alerts []dragoman.Alert, rules []story.Rule, e dragoman.Entry) (all []dragoman.Firing, err error) {
	m := &once{Memory: c.DB}
	for i := range alerts {
		if e.Number <= alerts[i].Looked {
			continue
		}
		found, err := c.Desk.Fire(ctx, m, rules[i], e)
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

// current names the actors and the place of a rule as they are called now: one may have been
// merged into another since.
func (c *Clerk) current(ctx context.Context, r story.Rule) (story.Rule, error) {
	r.Between = append([]string(nil), r.Between...)
	ids := []*string{&r.By, &r.To}
	for i := range r.Between {
		ids = append(ids, &r.Between[i])
	}
	for _, id := range ids {
		if *id == "" {
			continue
		}
		all, err := c.DB.Named(ctx, *id)
		if err != nil {
			return r, err
		}
		if len(all) > 0 {
			*id = all[0].ID
		}
	}
	if r.Place != "" {
		is, err := c.DB.PlaceNamed(ctx, r.Place)
		if err != nil {
			return r, err
		}
		r.Place = cmp.Or(is, r.Place) // of what only contains places there is no record
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
