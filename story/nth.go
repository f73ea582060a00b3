package story

import (
	"fmt"
	"slices"
	"strings"

	"dragoman"
)

// windows are the days in which something is counted, the shortest in which
// there is something to count is told.
var windows = []dragoman.Day{7, 30, 90, 365}

// nth says for which time something is done: by which official of one side, or
// by the same, to whom, in how many days. "" where nothing is remembered.
func (b *briefer) nth(r *dragoman.Report) (string, error) {
	if !r.Status.Done() || len(r.Actors) == 0 || len(r.Recipients) == 0 || b.day == dragoman.NoDay || r.Day == dragoman.NoDay {
		return "", nil
	}
	actor, to := r.Actors[0], stateOf(r.Recipients[0])
	group := sides(actor)
	if vague(group) || vague(to) {
		return "", nil
	}
	kind := b.desk.deedCode(r)
	// What is remembered may be half as sure as what is told: that several did
	// the same makes each likelier.
	const most = 500
	longest := windows[len(windows)-1]
	all, err := b.m.Occurrences(b.ctx, dragoman.Filter{A: group.Number, B: to.Number, Directed: true, Types: b.desk.types[kind],
		From: r.Day - longest, To: min(r.Day, b.day), Confidence: b.options.Confidence / 2, Limit: most})
	if err != nil {
		return "", err
	}
	before, err := b.toldBefore(all)
	if err != nil {
		return "", err
	}
	all = slices.DeleteFunc(all, func(o dragoman.Occurrence) bool {
		return o.Number == r.Occurrence || !before[o.Number] || !o.Status.Done() || b.desk.deedCode(&o.Report) != kind || o.First > b.day
	})
	what := b.desk.phrase(kind, to)
	if b.desk.isOfficial(actor) && len(actor.Principals) > 0 {
		if s := b.official(actor, group, r.Day, all, what); s != "" {
			return s, nil
		}
	}
	// What somebody says he mostly says to several within a week: that is one time.
	const breath = 7
	all = slices.DeleteFunc(all, func(o dragoman.Occurrence) bool {
		return agree(o.Actors, r.Actors) != equal || spoken(r) && r.Day-o.Day < breath
	})
	for _, w := range windows {
		n, last := 0, dragoman.NoDay
		for _, o := range all {
			if r.Day-o.Day <= w {
				n++
				last = max(last, o.Day)
			}
		}
		if n > 0 {
			return fmt.Sprintf("%s time in %d days for %s to %s; the last: %s", ordinal(n+1), w, actor.Name, what, date(last, r.Day)), nil
		}
	}
	return "", nil
}

// toldBefore returns the numbers of those that another text told by then.
func (b *briefer) toldBefore(all []dragoman.Occurrence) (map[int64]bool, error) {
	var numbers []int64
	for _, o := range all {
		numbers = append(numbers, o.Number)
	}
	reports, err := b.m.ReportsOf(b.ctx, numbers)
	if err != nil {
		return nil, err
	}
	var articles []int64
	for _, r := range reports {
		articles = append(articles, r.Article)
	}
	entries, err := b.m.Entries(b.ctx, articles)
	told := map[int64]bool{}
	for _, r := range reports {
		if b.before(entries[r.Article]) {
			told[r.Occurrence] = true
		}
	}
	return told, err
}

// official counts the officials of one side who did the same.
func (b *briefer) official(actor, group dragoman.Party, day dragoman.Day, all []dragoman.Occurrence, what string) string {
	for _, w := range windows {
		days := map[string]dragoman.Day{} // id: the first day
		names := map[string]string{}
		for _, o := range all {
			for _, p := range o.Actors {
				if p.ID == actor.ID || !b.desk.isOfficial(p) || !slices.Contains(chain(&p), group.ID) || day-o.Day > w {
					continue
				}
				if was, ok := days[p.ID]; !ok || o.Day < was {
					days[p.ID], names[p.ID] = o.Day, p.Name
				}
			}
		}
		first := ""
		for id, d := range days {
			if first == "" || d < days[first] || d == days[first] && id < first {
				first = id
			}
		}
		if first != "" {
			return fmt.Sprintf("%s %s in %d days to %s; the first: %s, %s",
				ordinal(len(days)+1), b.desk.officials(group), w, what, names[first], date(days[first], day))
		}
	}
	return ""
}

// isOfficial reports whether p is a person in an office.
func (d *Desk) isOfficial(p dragoman.Party) bool {
	return p.Kind == "person" && slices.ContainsFunc(p.Sectors, func(s string) bool { return d.official[s] })
}

// stateOf returns the state or group that stands behind p, or p itself.
func stateOf(p dragoman.Party) dragoman.Party {
	if len(p.Principals) > 0 {
		return p.Principals[len(p.Principals)-1]
	}
	return p
}

// officials says whose official: "Taliban official", "Chadian official".
func (d *Desk) officials(group dragoman.Party) string {
	if s, ok := d.states[group.ID]; ok {
		if s.adjective == "" {
			return "official of " + s.name
		}
		return s.adjective + " official"
	}
	return group.Name + " official"
}

// deedCode returns the code under which what a report tells is counted and put
// into words: the beginning of its CAMEO code that deeds.tsv has, else its type.
func (d *Desk) deedCode(r *dragoman.Report) string {
	if known, ok := d.deeds[r.CAMEO[:min(3, len(r.CAMEO))]]; ok {
		return known.as
	}
	return d.deeds[r.Type].as
}

// phrase says what is done to whom, as an infinitive without "to".
func (d *Desk) phrase(code string, to dragoman.Party) string {
	name := to.Name
	if d.deeds[code].relations && (to.Kind == "state" || to.Kind == "government" || to.Kind == "igo") {
		name = "relations with " + name
	}
	return strings.TrimSpace(d.deeds[code].verb + " " + name)
}

func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprint(n) + suffix
}

// date writes a day for people, "9 Feb", with its year where that is another
// than now's.
func date(d, now dragoman.Day) string {
	year, month, day := d.Date()
	s := fmt.Sprintf("%d %s", day, month.String()[:3])
	if thisYear, _, _ := now.Date(); year != thisYear {
		s += fmt.Sprintf(" %d", year)
	}
	return s
}
