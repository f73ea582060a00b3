package web

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"dragoman"
	"dragoman/clerk"
	"dragoman/story"
)

// relationsPage lists who had most to do with each other, and finds a relation.
func (s *Server) relationsPage(w http.ResponseWriter, r *http.Request) error {
	ctx, db := r.Context(), s.Clerk.DB
	q := r.URL.Query()
	a, b := trimmed(q, "a"), trimmed(q, "b")
	if a != "" && b != "" {
		x, _, err := clerk.Known(ctx, db, a)
		if err != nil {
			return err
		}
		y, _, err := clerk.Known(ctx, db, b)
		if err != nil {
			return err
		}
		http.Redirect(w, r, relationURL(x.Party, y.Party), http.StatusSeeOther)
		return nil
	}
	days, err := s.spanOf(r, 90)
	if err != nil {
		return err
	}
	all, err := s.groups(ctx, days, 0, 40)
	if err != nil {
		return err
	}
	return s.show(w, r, "relations", page{Title: "Relations", Nav: "Relations", Body: map[string]any{"All": all, "Span": days, "A": a, "B": b}})
}

// grouped are the kinds of actors that stand for others: whose relations a desk
// follows.
var grouped = []string{"state", "armed_group", "igo", "organisation", "party"}

// groups returns the relations of states, groups and organisations in which most
// was done, of one actor where a is given.
func (s *Server) groups(ctx context.Context, days span, a int64, limit int) ([]dragoman.Relation, error) {
	return s.strongest(ctx, dragoman.Filter{From: days.From, To: days.To, A: a, Confidence: s.Minimum}, grouped, limit)
}

// relation is the relation of two, as its page shows it.
type relation struct {
	*story.Dyad
	Span    span
	Minimum float64
	Periods []string
	Named   string // the period
	Chart   chart
	Rows    []row          // the chart as a table
	Words   [2][]statement // what either side says about both
	Events  []dragoman.Occurrence
	Pager   pager
	Path    string
	Beside  *story.Comparison // with other providers; nil where none tells of the two
}

// chart is what timeline.js draws.
type chart struct {
	A       string  `json:"a"`
	B       string  `json:"b"`
	Period  string  `json:"period"`
	Bars    []bar   `json:"bars"`
	Changes []point `json:"changes"`
	Events  []mark  `json:"events"`
}

type (
	bar struct {
		Day      string `json:"day"`
		There    sums   `json:"there"`
		Back     sums   `json:"back"`
		Together sums   `json:"together"`
	}
	sums struct {
		Cooperation int `json:"cooperation"`
		Conflict    int `json:"conflict"`
	}
	point struct {
		Day   string `json:"day"`
		Label string `json:"label"`
	}
	mark struct {
		Number    int64         `json:"number"`
		Day       string        `json:"day"`
		From      string        `json:"from"`
		Tone      dragoman.Tone `json:"tone"`
		Label     string        `json:"label"`
		Href      string        `json:"href"`
		Unsettled bool          `json:"unsettled"`
	}
	row struct {
		Day    dragoman.Day
		Ways   [4]story.Counts // there, back, together, and claimed
		Change int             // the number of the change that begins here; 0: none
	}
)

var periods = map[string]int{"day": 1, "week": 7, "month": 30}

// What a page of a relation shows.
const (
	chartEvents = 300
	maxPeriods  = 1500
	pageEvents  = 25
	pageWords   = 8
)

func (s *Server) relationPage(w http.ResponseWriter, r *http.Request) error {
	ctx, db := r.Context(), s.Clerk.DB
	a, b, err := s.two(ctx, r.PathValue("a"), r.PathValue("b"))
	if err != nil {
		return err
	}
	f, err := s.filters(r)
	if err != nil {
		return err
	}
	rel := relation{Minimum: f.Minimum, Path: r.URL.Path, Periods: []string{"day", "week", "month"}}
	if rel.Span, err = s.course(ctx, a.Number, b.Number, f.Since, f.Until); err != nil {
		return err
	}
	rel.Named = periodOf(r)
	if rel.Dyad, err = s.dyad(ctx, a, b, rel.Span, rel.Named, f.Minimum); err != nil {
		return err
	}
	f.Between = []string{a.ID, b.ID}
	events, _, err := f.Filter(ctx, db, f.Minimum)
	if err != nil {
		return err
	}
	if rel.Events, rel.Pager, err = s.eventsOf(r, events, f.Cursor, pageEvents); err != nil {
		return err
	}
	if err := s.draw(ctx, &rel, events); err != nil {
		return err
	}
	if err := s.voices(ctx, &rel); err != nil {
		return err
	}
	if rel.Beside, err = s.beside(ctx, rel.Dyad, rel.Span, f.Minimum); err != nil {
		return err
	}
	return s.show(w, r, "relation", page{Title: a.Name + " and " + b.Name, Nav: "Relations", Body: &rel})
}

func periodOf(r *http.Request) string {
	if p := r.URL.Query().Get("period"); periods[p] > 0 {
		return p
	}
	return "week"
}

// two returns the two of a relation, by number, id or name.
func (s *Server) two(ctx context.Context, first, second string) (a, b dragoman.Party, err error) {
	var both [2]dragoman.Known
	for i, name := range []string{first, second} {
		if both[i], _, err = s.whom(ctx, name); err != nil {
			return a, b, inPath(err)
		}
	}
	if both[0].Number == both[1].Number {
		return a, b, unfit("%q and %q are both %s; a relation is of two different actors", first, second, both[0].ID)
	}
	return both[0].Party, both[1].Party, nil
}

// course returns the days of a relation: those asked for, up to the last on
// which anything is told of it, or today.
func (s *Server) course(ctx context.Context, a, b int64, since, until string) (days span, err error) {
	days.Since, days.Until = since, until
	if days.From, days.To, err = clerk.Days(since, until); err != nil {
		return days, err
	}
	if since == "" {
		days.From = dragoman.NoDay
	}
	last, err := s.Clerk.DB.LastDay(ctx, a, b)
	today := dragoman.DayOf(time.Now().UTC().Date())
	if until == "" {
		days.To = min(last, today)
	}
	days.To = min(days.To, max(last, today))
	days.To = max(days.To, days.From)
	return days, err
}

// dyad tells the relation of two, remembered until something changes.
func (s *Server) dyad(ctx context.Context, a, b dragoman.Party, days span, period string, minimum float64) (*story.Dyad, error) {
	n := periods[period]
	if days.From != dragoman.NoDay && int(days.To)-int(days.From) > n*maxPeriods {
		return nil, bad("from %s to %s there are too many periods of a %s; ask for fewer days", days.From, days.To, period)
	}
	key := fmt.Sprint("dyad ", a.Number, " ", b.Number, " ", days.From, days.To, n, minimum)
	return recall(ctx, s.memo, s.Clerk.DB, key, func(ctx context.Context) (*story.Dyad, error) {
		return s.Clerk.Desk.Dyad(ctx, s.Clerk.DB, a, b, days.From, days.To, n, minimum)
	})
}

// beside tells the relation of two as other providers do, remembered until something
// changes.
func (s *Server) beside(ctx context.Context, d *story.Dyad, days span, minimum float64) (*story.Comparison, error) {
	key := fmt.Sprint("beside ", d.A.Number, " ", d.B.Number, " ", days.From, days.To, d.Period, minimum)
	return recall(ctx, s.memo, s.Clerk.DB, key, func(ctx context.Context) (*story.Comparison, error) {
		return story.Compare(ctx, s.Clerk.DB, d.A, d.B, days.From, days.To, d.Period, nil, minimum)
	})
}

// draw fills in the chart and its table.
func (s *Server) draw(ctx context.Context, rel *relation, f dragoman.Filter) error {
	c := &rel.Chart
	*c = chart{A: rel.A.Name, B: rel.B.Name, Period: rel.Named, Bars: []bar{}, Changes: []point{}, Events: []mark{}}
	begins := map[int]int{}
	for i, x := range rel.Changes {
		begins[x.Period] = i + 1
		c.Changes = append(c.Changes, point{x.Day.String(), fmt.Sprintf("from %s to %s a %s", rates(x.Before), rates(x.After), rel.Named)})
	}
	for i := range rel.There {
		r := row{rel.From + dragoman.Day(i*rel.Period), [...]story.Counts{rel.There[i], rel.Back[i], rel.Together[i], rel.Claimed[i]}, begins[i]}
		c.Bars = append(c.Bars, bar{r.Day.String(), sums(rel.There[i]), sums(rel.Back[i]), sums(rel.Together[i])})
		if r.Change > 0 || r.Ways != [4]story.Counts{} {
			rel.Rows = append(rel.Rows, r)
		}
	}
	slices.Reverse(rel.Rows)
	f.From, f.To, f.After, f.Limit = rel.From, rel.To, dragoman.Mark{}, chartEvents
	all, err := s.Clerk.DB.Occurrences(ctx, f)
	if err != nil {
		return err
	}
	doubted := map[int64]bool{}
	for _, o := range rel.Unsettled {
		doubted[o.Number] = true
	}
	for i := range all {
		o := &all[i]
		c.Events = append(c.Events, mark{o.Number, o.Day.String(), sideOf(o, rel.A), o.Tone, label(o), fmt.Sprintf("/events/%d", o.Number), doubted[o.Number] || !o.Status.Done()})
	}
	return nil
}

func rates(s story.Segment) string {
	return fmt.Sprintf("%.2g cooperative and %.2g conflictual", s.Cooperation, s.Conflict)
}

// sideOf says from which side an event comes: "a" where a, or who acts for it, acts.
func sideOf(o *dragoman.Occurrence, a dragoman.Party) string {
	if slices.ContainsFunc(o.Actors, func(p dragoman.Party) bool { return ofParty(&p, a) }) {
		return "a"
	}
	return "b"
}

func ofParty(p *dragoman.Party, a dragoman.Party) bool {
	return p.Number == a.Number || slices.ContainsFunc(p.Principals, func(q dragoman.Party) bool { return q.Number == a.Number })
}

// label puts an event into one line.
func label(o *dragoman.Occurrence) string {
	s := fmt.Sprintf("%s, %s: %s", dayText(o.Day), o.Type, called(o.Actors))
	if len(o.Recipients) > 0 {
		s += " → " + called(o.Recipients)
	}
	return s + ": " + o.Evidence
}

func called(all []dragoman.Party) string {
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
	}
	if len(names) == 0 {
		return "somebody"
	}
	return strings.Join(names, ", ")
}

// voices puts what both sides say about both next to each other.
func (s *Server) voices(ctx context.Context, rel *relation) error {
	from, to := rel.From, rel.To
	if rel.Span.Since == "" {
		from = dragoman.NoDay // what has no day too
	}
	if rel.Span.Until == "" {
		to = math.MaxInt32
	}
	claims, err := s.Clerk.DB.Claims(ctx, rel.A.Number, rel.B.Number, from, to, 120)
	if err != nil {
		return err
	}
	entries, err := s.articlesTelling(ctx, claims)
	if err != nil {
		return err
	}
	heard := map[string]bool{}
	for _, c := range claims {
		for i, side := range []dragoman.Party{rel.A, rel.B} {
			if len(rel.Words[i]) < pageWords && ofParty(&c.Source.Actor, side) && !heard[c.Content] {
				heard[c.Content] = true
				rel.Words[i] = append(rel.Words[i], statement{c, entries[c.Article]})
			}
		}
	}
	return nil
}
