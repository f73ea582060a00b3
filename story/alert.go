package story

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"dragoman"
)

// Rule says for what an alert fires. What is empty restricts nothing. Actors
// and places are ids; an actor stands for all who act for it.
type Rule struct {
	Between       []string          `json:"between,omitempty"` // two, either way; or one, in whatever it is
	By            string            `json:"by,omitempty"`      // who acts
	To            string            `json:"to,omitempty"`      // whom it is done to
	Types         []string          `json:"types,omitempty"`
	Statuses      []dragoman.Status `json:"statuses,omitempty"`
	Place         string            `json:"place,omitempty"` // where, or in what
	Text          string            `json:"text,omitempty"`  // words that all stand in the evidence
	MinConfidence float64           `json:"min_confidence"`
	When          When              `json:"when"`
	N             int               `json:"n,omitempty"`    // of Nth
	Days          int               `json:"days,omitempty"` // in how many, of First and Nth
}

// When says which of the events that a rule wants it fires for.
type When string

const (
	// Any is every event that was not told before.
	Any When = "any"
	// First is an event such as was not remembered in so many days: of its type,
	// between those whom the rule names, at its place, or else between its own two.
	First When = "first"
	// Nth is an event that makes so many different officials of one side do the
	// same to another within so many days, or one side do it so many times.
	Nth When = "nth"
	// Turn is that the relation of two changed, or heads elsewhere than before.
	Turn When = "change"
)

// Whens are all of them.
var Whens = []When{Any, First, Nth, Turn}

// Settle fills in what a rule leaves open, and says what is wrong with it.
func (d *Desk) Settle(r *Rule) error {
	if r.When == "" {
		r.When = Any
	}
	if !slices.Contains(Whens, r.When) {
		return fmt.Errorf("an alert fires when %q; it can be any, first, nth or change", r.When)
	}
	if len(r.Between) > 2 || len(r.Between) > 0 && r.By+r.To != "" {
		return errors.New("between takes one or two actors, and goes without by and to")
	}
	for _, t := range r.Types {
		if !d.knows(t) {
			return fmt.Errorf("there is no type of event %q; it is one of %s", t, strings.Join(slices.Sorted(maps.Keys(d.codes)), ", "))
		}
	}
	if r.MinConfidence < 0 || r.MinConfidence > 1 {
		return fmt.Errorf("the confidence is %v; it goes from 0 to 1", r.MinConfidence)
	}
	narrow := len(r.Types)+len(r.Statuses) > 0 || r.Place+r.Text != ""
	switch {
	case r.When == Turn && (len(r.Between) != 2 || r.Between[0] == r.Between[1] || narrow):
		return errors.New("a change is one of the relation between two: name two different actors, and no type, status, place or words")
	case r.When == Any && !narrow && len(r.Between) == 0 && r.By+r.To == "":
		return errors.New("an alert has to say what to watch for: actors, a type, a place, words")
	}
	return r.counts()
}

// counts settles how many in how many days.
func (r *Rule) counts() error {
	if r.When != Nth && r.N != 0 || r.When != Nth && r.When != First && r.Days != 0 {
		return errors.New("a number of times goes with nth only, and a number of days with first and nth")
	}
	days := map[When]int{First: 365, Nth: 7}[r.When]
	r.Days = cmp.Or(r.Days, days)
	if r.When == Nth {
		r.N = cmp.Or(r.N, 2)
	}
	if r.Days < 0 || r.Days > 36500 || r.N < 0 || r.When == Nth && r.N < 2 {
		return errors.New("nth takes at least 2 times, and days are from 1 to 36500")
	}
	return nil
}

func (d *Desk) knows(kind string) bool { _, ok := d.codes[kind]; return ok }

// wants reports whether a rule is about what a report tells.
func (r *Rule) wants(e *dragoman.Report) bool {
	return e.Confidence >= r.MinConfidence && oneOf(r.Types, e.Type) && r.status(e.Status) && r.parties(e) &&
		(r.Place == "" || e.Place.ID == r.Place || slices.Contains(e.Place.ContainedIn, r.Place)) && worded(r.Text, e.Evidence)
}

// status: the first and the nth of what was only planned or was denied is none,
// unless the rule asks for it; nor does it change a relation.
func (r *Rule) status(s dragoman.Status) bool {
	if len(r.Statuses) == 0 && r.When != Any {
		return s.Done()
	}
	return oneOf(r.Statuses, s)
}

func oneOf[T comparable](all []T, v T) bool { return len(all) == 0 || slices.Contains(all, v) }

func (r *Rule) parties(e *dragoman.Report) bool {
	with := func(all []dragoman.Party, id string) bool {
		_, ok := side(all, id)
		return id == "" || ok
	}
	switch len(r.Between) {
	case 1:
		return with(e.Actors, r.Between[0]) || with(e.Recipients, r.Between[0])
	case 2:
		a, b := r.Between[0], r.Between[1]
		others := e.Recipients
		if len(others) == 0 && e.Mutual {
			others = e.Actors
		}
		return with(e.Actors, a) && with(others, b) || with(e.Actors, b) && with(others, a)
	}
	return with(e.Actors, r.By) && with(e.Recipients, r.To)
}

// side finds who has an id among parties and those they act for.
func side(all []dragoman.Party, id string) (dragoman.Party, bool) {
	for _, p := range all {
		for _, q := range append([]dragoman.Party{p}, p.Principals...) {
			if q.ID == id {
				return q, true
			}
		}
	}
	return dragoman.Party{}, false
}

// worded reports whether all words of a rule stand in a text.
func worded(words, text string) bool {
	has := wordsOf(text)
	return !slices.ContainsFunc(wordsOf(words), func(w string) bool { return !slices.Contains(has, w) })
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// Fire returns what a rule fires for in an article: of what it tells, what no
// article that was stored before tells so that the rule wants it. A copy of
// an article tells nothing new. What was stored later counts for nothing, so
// that it does not matter when an article is looked at. The same has the same
// mark, always.
func (d *Desk) Fire(ctx context.Context, m Memory, rule Rule, article dragoman.Entry) ([]dragoman.Firing, error) {
	if article.Original != article.Number {
		return nil, nil
	}
	f := &firer{desk: d, m: m, ctx: ctx, rule: &rule, article: article}
	fresh, err := f.fresh()
	if err != nil || len(fresh) == 0 {
		return nil, err
	}
	if rule.When == Turn {
		return f.turn(&fresh[0])
	}
	var all []dragoman.Firing
	for i := range fresh {
		firing, ok, err := f.event(&fresh[i])
		if err != nil {
			return nil, err
		}
		if ok {
			all = append(all, firing)
		}
	}
	return all, nil
}

// firer holds a rule against an article.
type firer struct {
	desk    *Desk
	m       Memory
	ctx     context.Context
	rule    *Rule
	article dragoman.Entry
}

// fresh returns the reports that the rule wants and that tell something new,
// the surest of each event.
func (f *firer) fresh() ([]dragoman.Report, error) {
	reports, err := f.m.ReportsIn(f.ctx, f.article.Number)
	if err != nil {
		return nil, err
	}
	at := map[int64]int{} // occurrence: index
	var wanted []dragoman.Report
	var numbers []int64
	for _, r := range reports {
		if !f.rule.wants(&r) {
			continue
		}
		if i, ok := at[r.Occurrence]; !ok {
			at[r.Occurrence] = len(wanted)
			wanted, numbers = append(wanted, r), append(numbers, r.Occurrence)
		} else if r.Confidence > wanted[i].Confidence {
			wanted[i] = r
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	others, err := f.m.ReportsOf(f.ctx, numbers)
	known := map[int64]bool{}
	for i := range others {
		// One that is less sure than the rule wants fired for nothing, and keeps nothing from firing.
		if o := &others[i]; o.Article < f.article.Number && f.rule.wants(o) {
			known[o.Occurrence] = true
		}
	}
	return slices.DeleteFunc(wanted, func(r dragoman.Report) bool { return known[r.Occurrence] }), err
}

// event returns what the rule fires for in one event.
func (f *firer) event(r *dragoman.Report) (dragoman.Firing, bool, error) {
	firing := dragoman.Firing{Article: f.article.Number, Mark: fmt.Sprintf("event %s e%d", f.article.Key, r.Ordinal), Event: *r}
	var subject, more string
	var err error
	switch f.rule.When {
	case Any:
		subject = headed(r)
	case First:
		subject, more, err = f.first(r)
	case Nth:
		subject, more, err = f.nth(r)
	}
	firing.Subject, firing.Body = oneLine(subject), f.told(r)+more
	return firing, subject != "" && err == nil, err
}

// sought is what is looked for of earlier events.
type sought struct {
	dragoman.Filter
	actor, by, to dragoman.Party // who acts, for whom, towards whom
	named         bool           // the rule names the side that acts
}

// sought chooses the sides of an event: those whom the rule names, or else
// those for whom its own parties act; false where nobody could look these up.
func (f *firer) sought(r *dragoman.Report) (s sought, ok bool) {
	if len(r.Actors) == 0 || r.Day == dragoman.NoDay {
		return s, false
	}
	others := r.Recipients
	if len(others) == 0 && len(f.rule.Between) == 2 {
		others = r.Actors
	}
	s.actor = r.Actors[0]
	for _, p := range r.Actors {
		if q, ok := anySide([]dragoman.Party{p}, append(slices.Clone(f.rule.Between), f.rule.By)); ok && !s.named {
			s.actor, s.by, s.named = p, q, true
		}
	}
	ids := slices.DeleteFunc(append(slices.Clone(f.rule.Between), f.rule.To), func(id string) bool { return s.named && id == s.by.ID })
	s.to, ok = anySide(others, ids)
	nobody := !s.named && !ok // is named by the rule
	if nobody && len(others) > 0 && !f.rule.firstThere() {
		s.to = stateOf(others[0])
	}
	if nobody && !f.rule.firstThere() || !s.named && f.rule.When == Nth {
		s.by = sides(s.actor)
	}
	s.A, s.B, s.Directed, s.Place = s.by.Number, s.to.Number, true, f.rule.Place
	return s, !nobody || !vague(s.by) && !vague(s.to)
}

// firstThere: the first in a place is that whoever it is between.
func (r *Rule) firstThere() bool { return r.When == First && r.Place != "" }

func anySide(all []dragoman.Party, ids []string) (dragoman.Party, bool) {
	for _, id := range ids {
		if p, ok := side(all, id); ok && id != "" {
			return p, true
		}
	}
	return dragoman.Party{}, false
}

// first fires where nothing such is remembered.
func (f *firer) first(r *dragoman.Report) (subject, more string, err error) {
	s, ok := f.sought(r)
	if !ok {
		return "", "", nil
	}
	days := dragoman.Day(f.rule.Days)
	// What comes out late and was before what is known is no first any more.
	s.Types, s.From, s.To, s.Directed = []string{r.Type}, r.Day-days, r.Day+days, len(f.rule.Between) == 0
	earlier, err := f.earlier(r, s.Filter, 1)
	if err != nil || len(earlier) > 0 {
		return "", "", err
	}
	subject = fmt.Sprintf("first time in %d days for %s to %s, %s", f.rule.Days, cmp.Or(s.by.Name, s.actor.Name), f.deed(r.Type, s.to), r.Day)
	if s.A == 0 && s.B == 0 {
		subject = fmt.Sprintf("first %s there in %d days: %s", r.Type, f.rule.Days, headed(r))
	}
	return subject, fmt.Sprintf("\nNo other event of the type %s is remembered of the same in the %d days before.\n", r.Type, f.rule.Days), nil
}

// nth fires where enough officials of one side did the same, or one side did
// it often enough.
func (f *firer) nth(r *dragoman.Report) (subject, more string, err error) {
	s, ok := f.sought(r)
	if !ok {
		return "", "", nil
	}
	kind := f.desk.deedCode(r)
	s.Types, s.From, s.To = f.desk.types[kind], r.Day-dragoman.Day(f.rule.Days), r.Day
	all, err := f.earlier(r, s.Filter, 1000)
	if err != nil {
		return "", "", err
	}
	all = slices.DeleteFunc(all, func(o dragoman.Occurrence) bool { return f.desk.deedCode(&o.Report) != kind })
	what, counted := f.desk.officials(s.by), f.otherOfficials(&s, all)
	who := ""
	if len(counted)+1 < f.rule.N {
		what = "time"
		who, counted = f.times(&s, r, all)
	}
	n := len(counted) + 1
	if n < f.rule.N {
		return "", "", nil
	}
	subject = fmt.Sprintf("%s %s in %d days%s to %s, %s", ordinal(n), what, f.rule.Days, who, f.deed(kind, s.to), r.Day)
	more, err = f.list("Before:", counted)
	return subject, more, err
}

// times returns all that the side did that the rule names, else what the actor
// itself did.
func (f *firer) times(s *sought, r *dragoman.Report, all []dragoman.Occurrence) (who string, counted []dragoman.Occurrence) {
	if s.named {
		return " for " + s.by.Name, all
	}
	return " for " + s.actor.Name, slices.DeleteFunc(all, func(o dragoman.Occurrence) bool { return agree(o.Actors, r.Actors) != equal })
}

// deed says what is done to whom, or to nobody in particular.
func (f *firer) deed(kind string, to dragoman.Party) string {
	if to.ID == "" {
		return f.desk.deeds[kind].alone
	}
	return f.desk.phrase(kind, to)
}

// otherOfficials returns the first event of each other official of the acting
// side; none where the actor is no official, or is counted already.
func (f *firer) otherOfficials(s *sought, all []dragoman.Occurrence) []dragoman.Occurrence {
	if !f.desk.isOfficial(s.actor) || s.by.ID == s.actor.ID {
		return nil
	}
	firsts := map[string]dragoman.Occurrence{}
	for _, o := range all {
		for _, p := range o.Actors {
			if p.ID == s.actor.ID {
				return nil
			}
			if was, ok := firsts[p.ID]; f.desk.isOfficial(p) && slices.Contains(chain(&p), s.by.ID) && (!ok || o.Day < was.Day) {
				firsts[p.ID] = o
			}
		}
	}
	var out []dragoman.Occurrence
	for _, o := range firsts {
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b dragoman.Occurrence) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Number, b.Number))
	})
	return out
}

// earlier returns the events of a filter that the rule wants and that were told
// before a report; no more are looked for where there are enough. They may be
// half as sure: that much is known makes a first doubtful.
func (f *firer) earlier(r *dragoman.Report, q dragoman.Filter, enough int) ([]dragoman.Occurrence, error) {
	const page = 200
	rule := *f.rule
	rule.MinConfidence /= 2
	q.Confidence, q.Limit = rule.MinConfidence, page
	var found []dragoman.Occurrence
	seen := map[int64]bool{r.Occurrence: true}
	for {
		all, err := f.m.Occurrences(f.ctx, q)
		if err != nil || len(all) == 0 {
			return found, err
		}
		more, last := len(all) == page, all[len(all)-1].Day
		all = slices.DeleteFunc(all, func(o dragoman.Occurrence) bool { return seen[o.Number] })
		if len(all) == 0 {
			last-- // more than a page on one day
		}
		told, err := f.toldBefore(r, all)
		if err != nil {
			return nil, err
		}
		for _, o := range all {
			if seen[o.Number] = true; told[o.Number] && rule.wants(&o.Report) {
				found = append(found, o)
			}
		}
		if !more || len(found) >= enough {
			return found, nil
		}
		q.To = last
	}
}

// toldBefore returns which events an earlier article tells, or this one before
// the report.
func (f *firer) toldBefore(r *dragoman.Report, all []dragoman.Occurrence) (map[int64]bool, error) {
	var numbers []int64
	for _, o := range all {
		numbers = append(numbers, o.Number)
	}
	reports, err := f.m.ReportsOf(f.ctx, numbers)
	told := map[int64]bool{}
	for _, o := range reports {
		if o.Article < r.Article || o.Article == r.Article && o.Ordinal < r.Ordinal {
			told[o.Occurrence] = true
		}
	}
	return told, err
}

// turnRecent is for how many days a change is news.
const turnRecent = 8 * 7

// turn fires where the relation of the rule's two changed lately.
func (f *firer) turn(r *dragoman.Report) ([]dragoman.Firing, error) {
	now := f.article.Published
	both := append(slices.Clone(r.Actors), r.Recipients...)
	a, _ := side(both, f.rule.Between[0])
	b, _ := side(both, f.rule.Between[1])
	if now == dragoman.NoDay {
		return nil, nil
	}
	counts, err := f.m.Counts(f.ctx, a.Number, b.Number, dragoman.NoDay, now, now, f.rule.MinConfidence)
	if err != nil || len(counts) == 0 {
		return nil, err
	}
	since, err := f.m.Since(f.ctx, now)
	if err != nil {
		return nil, err
	}
	day, subject := turned(counts, since, now)
	what := "change"
	if subject == "" {
		what = "heading"
		day, subject = headingTurned(counts, since, now)
	}
	if subject == "" {
		return nil, nil
	}
	firing := dragoman.Firing{Article: f.article.Number, Event: *r, Mark: fmt.Sprintf("%s %s %s", what, f.rule.Between[0], f.rule.Between[1]), Day: day}
	firing.Subject = oneLine(fmt.Sprintf("%s and %s: %s", a.Name, b.Name, subject))
	made, err := f.made(a, b, day, now)
	firing.Body = firing.Subject + "\n" + made + "\nThe latest:\n\n" + f.told(r)
	return []dragoman.Firing{firing}, err
}

// turned says when and how a relation changed last, "" if that is not lately.
func turned(counts []dragoman.DayCount, first, now dragoman.Day) (dragoman.Day, string) {
	from := min(max(first, counts[0].Day), now)
	segments := Segments(series(counts, from, now, 7), stretch)
	n := len(segments)
	day := from + dragoman.Day(7*segments[n-1].Start)
	if n < 2 || now-day > turnRecent {
		return 0, ""
	}
	rate := func(s Segment) string {
		return fmt.Sprintf("%.2g cooperative and %.2g conflictual", s.Cooperation, s.Conflict)
	}
	return day, fmt.Sprintf("since %s %s events a week, before %s", day, rate(segments[n-1]), rate(segments[n-2]))
}

// headingTurned says since when a relation heads elsewhere than before, "" if
// that is not since lately, or nothing is known of where it heads.
func headingTurned(counts []dragoman.DayCount, first, now dragoman.Day) (dragoman.Day, string) {
	is := outlook(counts, first, now).Direction
	if is == Unknown || is == Steady {
		return 0, ""
	}
	since, was := now, is
	// On the same days of the week whatever today is, so that the answer is the same tomorrow.
	for day := now - now%7; was == is; day -= 7 {
		if now-day > turnRecent {
			return 0, ""
		}
		if was = outlook(counts, first, day).Direction; was == is {
			since = day
		}
	}
	before := string(was)
	if was == Unknown {
		before = "not known"
	}
	return since, fmt.Sprintf("%s since about %s, before: %s", is, since, before)
}

// made lists the events since a change that most tell.
func (f *firer) made(a, b dragoman.Party, from, to dragoman.Day) (string, error) {
	all, err := f.m.Occurrences(f.ctx, dragoman.Filter{A: a.Number, B: b.Number, From: from, To: to, Confidence: f.rule.MinConfidence,
		Statuses: dragoman.Doings, Limit: 200})
	if err != nil {
		return "", err
	}
	all = slices.DeleteFunc(all, func(o dragoman.Occurrence) bool { return o.Tone == 0 || o.Sources > 0 })
	slices.SortStableFunc(all, func(x, y dragoman.Occurrence) int {
		return cmp.Or(cmp.Compare(y.Origins, x.Origins), cmp.Compare(y.Confidence, x.Confidence), cmp.Compare(x.Day, y.Day))
	})
	return f.list("Since then:", all[:min(len(all), 5)])
}

// told puts a report of the article into words, with all that is needed to
// look it up.
func (f *firer) told(r *dragoman.Report) string {
	source := "according to " + cmp.Or(r.Source.Name(), "the article itself")
	evidence := strings.Join(strings.Fields(r.Evidence), " ")
	s := fmt.Sprintf("%s\n“%s”\n%s, confidence %.2f\n\n%s\n", headed(r), evidence, source, r.Confidence, cite(f.article))
	if f.article.URL != "" {
		s += f.article.URL + "\n"
	}
	return s
}

// list puts events into words, each with an article that tells it.
func (f *firer) list(head string, all []dragoman.Occurrence) (string, error) {
	const most = 10
	if len(all) == 0 {
		return "", nil
	}
	all = all[:min(len(all), most)]
	var articles []int64
	for _, o := range all {
		articles = append(articles, o.Article)
	}
	entries, err := f.m.Entries(f.ctx, articles)
	if err != nil {
		return "", err
	}
	s := "\n" + head + "\n"
	for i := range all {
		o := &all[i]
		s += fmt.Sprintf("- %s “%s” %.2f; %s\n", headed(&o.Report), oneLine(o.Evidence), o.Confidence, cite(entries[o.Article]))
	}
	return s, nil
}

// headed puts a report into one line.
func headed(r *dragoman.Report) string {
	s := r.Type
	if len(r.Modes) > 0 {
		s += "/" + r.Modes[0]
	}
	if r.Status != dragoman.Happened {
		s += " (" + string(r.Status) + ")"
	}
	s += ": " + called(r.Actors)
	if len(r.Recipients) > 0 {
		s += " → " + called(r.Recipients)
	}
	if r.Place.Name != "" {
		s += " at " + r.Place.Name
	}
	if r.Day != dragoman.NoDay {
		s += ", " + r.Day.String()
	}
	return s
}

func called(all []dragoman.Party) string {
	if len(all) == 0 {
		return "somebody"
	}
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

// cite says where something was read.
func cite(e dragoman.Entry) string {
	var all []string
	for _, s := range []string{e.Outlet, e.Published.String(), fmt.Sprintf("article #%d", e.Number), oneLine(e.Heading())} {
		if s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all, ", ")
}

// oneLine makes a text one line that is not too long for a subject.
func oneLine(s string) string {
	const most = 300
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		s = string(r[:most-1]) + "…"
	}
	return s
}
