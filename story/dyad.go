package story

import (
	"cmp"
	"context"
	"math"
	"slices"

	"dragoman"
)

// Outlook is where a relation is heading.
type Outlook struct {
	Direction  Direction
	P          float64 // of the test that decided
	Recent     Counts  // of the last RecentDays
	Before     Counts  // of the Days before these
	RecentDays int
	Days       int
}

// Leaning returns where it seems to be heading where too little is known to say
// so: Warming or Cooling where there was more conflict than cooperation and now
// is less, or the other way round; "" else.
func (o *Outlook) Leaning() Direction {
	if o.Direction != Unknown {
		return ""
	}
	switch was, is := o.Before.Cooperation-o.Before.Conflict, o.Recent.Cooperation-o.Recent.Conflict; {
	case was < 0 && is > 0:
		return Warming
	case was > 0 && is < 0:
		return Cooling
	}
	return ""
}

// Of a year, week by week, the last four are held against what was before; a
// change that lasts less than two weeks is none.
const (
	outlookDays = 52 * 7
	recentWeeks = 4
	stretch     = 2
)

// outlook says where two are heading as of a day. What was before since, the
// first publication that is remembered, is known only from what was told of it
// later, and is no measure.
func outlook(counts []dragoman.DayCount, since, now dragoman.Day) Outlook {
	whole := (min(outlookDays, max(0, int(now)-int(since)+1)) + 6) / 7
	weeks := series(counts, now-dragoman.Day(7*whole)+1, now, 7)
	o := Outlook{Direction: Unknown, P: 1, RecentDays: recentWeeks * 7, Days: 7 * max(0, len(weeks)-recentWeeks)}
	if len(weeks) <= recentWeeks {
		o.Recent = total(weeks)
		return o
	}
	o.Before, o.Recent = total(weeks[:len(weeks)-recentWeeks]), total(weeks[len(weeks)-recentWeeks:])
	o.Direction, o.P = Trend(weeks, stretch, recentWeeks)
	return o
}

// series sums up what was done in periods of so many days from a day on, the last of
// which ends with to; what is only claimed was not.
func series(counts []dragoman.DayCount, from, to dragoman.Day, days int) []Counts {
	return seriesOf(counts, from, to, days, func(c dragoman.DayCount) bool { return !c.Claimed })
}

// seriesOf sums up those of some counts as series does.
func seriesOf(counts []dragoman.DayCount, from, to dragoman.Day, days int, of func(dragoman.DayCount) bool) []Counts {
	if to < from {
		return nil
	}
	all := make([]Counts, (int(to)-int(from)+days)/days)
	for _, c := range counts {
		if c.Day < from || c.Day > to || !of(c) {
			continue
		}
		p := &all[(int(c.Day)-int(from))/days]
		switch {
		case c.Tone > 0:
			p.Cooperation += c.Events
		case c.Tone < 0:
			p.Conflict += c.Events
		}
	}
	return all
}

// heading tells where the two are heading, and the latest event of the other
// tone: until when they did the opposite of what the article tells.
func (b *briefer) heading(rel *Between) error {
	const lately = 90 // days
	if b.day == dragoman.NoDay {
		return nil
	}
	counts, err := b.m.Counts(b.ctx, rel.A.Number, rel.B.Number, b.day-outlookDays+1, b.day, b.day, b.options.Confidence)
	if err != nil {
		return err
	}
	rel.Outlook = outlook(counts, b.since, b.day)
	tone := b.tone(rel)
	if tone == 0 {
		return nil
	}
	all, err := b.m.Occurrences(b.ctx, dragoman.Filter{A: rel.A.Number, B: rel.B.Number, From: b.day - lately, To: b.day,
		Statuses: dragoman.Doings, Confidence: b.options.Confidence, Limit: 200})
	if err != nil {
		return err
	}
	own := map[int64]bool{}
	for _, r := range b.reports {
		own[r.Occurrence] = true
	}
	for i := range all {
		if o := &all[i]; !own[o.Number] && o.First <= b.day && float64(o.Tone)*tone < 0 {
			rel.Turn = o
			break
		}
	}
	return nil
}

// Dyad is the relation of two over time. What was done is told by nobody's word alone.
type Dyad struct {
	A, B      dragoman.Party
	From, To  dragoman.Day // inclusive
	Period    int          // days a period
	There     []Counts     // what A does to B, a period
	Back      []Counts     // what B does to A
	Together  []Counts     // what they do with each other
	Both      []Counts     // all of it
	Claimed   []Counts     // what is told by the word of sources only, whoever does it; it stands in none of the others
	Earlier   Earlier      // what is told of the days before From
	Changes   []Change
	Outlook   Outlook
	Recent    []dragoman.Occurrence // the newest first
	Unsettled []dragoman.Occurrence // claimed, and confirmed by nobody else
	Ties      []Tie
}

// Earlier is what is told of two before the days that are looked at.
type Earlier struct {
	Provider string // empty: this program
	Events   int
	Until    dragoman.Day // the last of them
}

// earlier sums up what lies before a day.
func earlier(provider string, counts []dragoman.DayCount, before dragoman.Day) Earlier {
	e := Earlier{Provider: provider, Until: dragoman.NoDay}
	for _, c := range counts {
		if c.Day < before {
			e.Events, e.Until = e.Events+c.Events, max(e.Until, c.Day)
		}
	}
	return e
}

// Change is a point from which on a relation is another.
type Change struct {
	Period        int // the first of the new segment
	Day           dragoman.Day
	Before, After Segment
	Made          []dragoman.Occurrence // the events that made it: the first of the tone that rose most
}

// Dyad tells the relation of two in the days from to, inclusive, in periods of so
// many days; from NoDay is the first event since it is remembered without large gaps. Where it changed is found by PELT (see Segments).
func (d *Desk) Dyad(ctx context.Context, m Memory, a, b dragoman.Party, from, to dragoman.Day, period int, confidence float64) (*Dyad, error) {
	all, err := m.Counts(ctx, a.Number, b.Number, dragoman.NoDay, to, math.MaxInt32, confidence)
	if err != nil {
		return nil, err
	}
	out := &Dyad{A: a, B: b, From: from, To: to, Period: period}
	counts := slices.DeleteFunc(slices.Clone(all), func(c dragoman.DayCount) bool { return c.Day < from })
	if len(counts) == 0 {
		out.From, out.Earlier = to, earlier("", all, from)
		return out, nil
	}
	since, err := m.Since(ctx, to)
	if err != nil {
		return nil, err
	}
	if from == dragoman.NoDay {
		out.From = max(since, dragoman.NoDay+1)
		out.From = max(out.From, counts[0].Day)
		out.From = min(out.From, to)
	}
	out.Earlier = earlier("", all, out.From)
	sums := func(of func(dragoman.DayCount) bool) []Counts { return seriesOf(counts, out.From, to, period, of) }
	out.There = sums(func(c dragoman.DayCount) bool { return !c.Claimed && !c.Back && !c.Together })
	out.Back = sums(func(c dragoman.DayCount) bool { return !c.Claimed && c.Back })
	out.Together = sums(func(c dragoman.DayCount) bool { return !c.Claimed && c.Together })
	out.Claimed = sums(func(c dragoman.DayCount) bool { return c.Claimed })
	out.Both = series(counts, out.From, to, period)
	out.Outlook = outlook(counts, since, to)
	if err := d.changes(ctx, m, out, confidence); err != nil {
		return nil, err
	}
	if out.Recent, err = m.Occurrences(ctx, dragoman.Filter{A: a.Number, B: b.Number, From: out.From, To: to, Confidence: confidence, Limit: 10}); err != nil {
		return nil, err
	}
	if err := d.unsettled(ctx, m, out, confidence); err != nil {
		return nil, err
	}
	ties, err := m.Ties(ctx, a.Number, b.Number, 2000)
	out.Ties = Group(ties)
	return out, err
}

// changes finds the change points and the events that made them.
func (d *Desk) changes(ctx context.Context, m Memory, out *Dyad, confidence float64) error {
	const made = 3
	segments := Segments(out.Both, max(1, (14+out.Period-1)/out.Period)) // a story stays in the news for up to two weeks
	for i := 1; i < len(segments); i++ {
		before, after := segments[i-1], segments[i]
		c := Change{Period: after.Start, Day: out.From + dragoman.Day(after.Start*out.Period), Before: before, After: after}
		end := min(out.To, out.From+dragoman.Day(after.End*out.Period)-1)
		all, err := m.Occurrences(ctx, dragoman.Filter{A: out.A.Number, B: out.B.Number, From: c.Day, To: min(end, c.Day+60),
			Statuses: dragoman.Doings, Confidence: confidence, Limit: 500})
		if err != nil {
			return err
		}
		conflict := worse(before, after)
		all = slices.DeleteFunc(all, func(o dragoman.Occurrence) bool { return o.Sources > 0 || o.Tone == 0 || (o.Tone < 0) != conflict })
		// Those that most articles tell made it; the earlier of equals.
		slices.SortStableFunc(all, func(x, y dragoman.Occurrence) int {
			return cmp.Or(cmp.Compare(y.Origins, x.Origins), cmp.Compare(y.Confidence, x.Confidence), cmp.Compare(x.Day, y.Day))
		})
		c.Made = all[:min(len(all), made)]
		out.Changes = append(out.Changes, c)
	}
	return nil
}

// worse reports whether conflict made a change: it rose more than cooperation
// did. What became rarer made nothing.
func worse(before, after Segment) bool {
	return after.Conflict-before.Conflict > after.Cooperation-before.Cooperation
}

// unsettled finds what one source claims was done and neither an outlet nor
// another source tells too.
func (d *Desk) unsettled(ctx context.Context, m Memory, out *Dyad, confidence float64) error {
	const looked, told = 500, 10
	all, err := m.Occurrences(ctx, dragoman.Filter{A: out.A.Number, B: out.B.Number, From: out.From, To: out.To,
		Statuses: dragoman.Doings, Confidence: confidence, Limit: looked})
	for _, o := range all {
		if o.Sources == 1 && len(out.Unsettled) < told {
			out.Unsettled = append(out.Unsettled, o)
		}
	}
	return err
}
