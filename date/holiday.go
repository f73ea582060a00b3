package date

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"dragoman"
	"dragoman/data"
)

// rule says when a feast is. Fixed: every year on month-day. Easter: value
// days from Easter Sunday. Orthodox: from that of the Julian calendar. Nth:
// month-weekday-n, n from 1, or -1 for the last, and days from there. Table: first days, listed.
// Once: a day that happened once. Before: the same, before a word that is no
// part of the date.
type rule struct {
	how   string
	a     [4]int
	table []dragoman.Day
	days  int
}

func (f *Finder) readHolidays(fsys fs.FS) error {
	t, err := data.Read(fsys, "en/holidays.tsv", "words", "rule", "value", "days")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		r := rule{how: t.Value(i, "rule")}
		if r.days, err = strconv.Atoi(t.Value(i, "days")); err != nil || r.days < 1 {
			return t.Fault(i, "days: %q", t.Value(i, "days"))
		}
		if err := r.read(t.Value(i, "value")); err != nil {
			return t.Fault(i, "%v", err)
		}
		for _, w := range t.List(i, "words") {
			if err := f.add(w, holiday, len(f.holidays)); err != nil {
				return t.Fault(i, "%v", err)
			}
		}
		f.holidays = append(f.holidays, r)
	}
	return nil
}

func (r *rule) read(value string) error {
	switch r.how {
	case "table", "once", "before":
		for _, s := range strings.Split(value, "|") {
			d, err := dragoman.ParseDay(s)
			if err != nil {
				return err
			}
			r.table = append(r.table, d)
		}
		return nil
	case "fixed", "easter", "orthodox", "nth":
		want := map[string]int{"fixed": 2, "easter": 1, "orthodox": 1, "nth": 4}[r.how]
		parts := strings.Split(value, ",")
		if len(parts) != want {
			return fmt.Errorf("value %q: %d numbers wanted", value, want)
		}
		for i, s := range parts {
			n, err := strconv.Atoi(s)
			if err != nil {
				return fmt.Errorf("value: %v", err)
			}
			r.a[i] = n
		}
		return nil
	}
	return fmt.Errorf("unknown rule %q", r.how)
}

// in returns the first day of the feast in year y; NoDay where it is not known.
func (r *rule) in(y int) dragoman.Day {
	switch r.how {
	case "fixed":
		return dragoman.DayOf(y, time.Month(r.a[0]), r.a[1])
	case "easter":
		return easter(y) + dragoman.Day(r.a[0])
	case "orthodox":
		return orthodox(y) + dragoman.Day(r.a[0])
	case "nth":
		if r.a[2] < 0 {
			_, last := monthOf(y, r.a[0])
			return last - dragoman.Day((int(last.Weekday())-r.a[1]+7)%7-r.a[3])
		}
		first, _ := monthOf(y, r.a[0])
		return first + dragoman.Day((r.a[1]-int(first.Weekday())+7)%7+7*(r.a[2]-1)+r.a[3])
	}
	for _, d := range r.table {
		if yy, _ := yearMonth(d); yy == y {
			return d
		}
	}
	return dragoman.NoDay
}

// easter is the rule of Butcher and Meeus for the Gregorian calendar.
func easter(y int) dragoman.Day {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return dragoman.DayOf(y, time.Month(n/31), n%31+1)
}

// orthodox is the rule of Meeus for the Julian calendar, in Gregorian days.
func orthodox(y int) dragoman.Day {
	d := (19*(y%19) + 15) % 30
	e := (2*(y%4) + 4*(y%7) - d + 34) % 7
	n := d + e + 114
	return dragoman.DayOf(y, time.Month(n/31), n%31+1) + dragoman.Day(y/100-y/400-2)
}

// feast reads "Christmas", "Easter Sunday 2019", "Eid al-Fitr".
func (p *parser) feast(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	asked := p.is(i-1, before) || p.is(i-1, after) || p.is(i-1, until) || p.is(i-1, by) // "before new year"
	if !p.is(j, holiday) || !p.capitalised(j) && p.is(j, doubtful) && !(asked && j == i) || p.named(j) {
		return found{}, false
	}
	return p.feastIn(i, j, bare), true
}

// capitalised reports whether a word of the piece has a capital or a figure:
// "the new year" is none.
func (p *parser) capitalised(i int) bool {
	form := p.doc.Form(p.at(i).first)
	if form == "" {
		return false
	}
	c := form[0]
	return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// feastIn reckons the feast at piece k of the year told, or the nearest.
func (p *parser) feastIn(i, k, way int) found {
	r := found{first: i, end: k + 1, from: dragoman.NoDay, to: dragoman.NoDay, grain: days}
	if p.is(r.end, daypart) {
		r.end++
	}
	long := p.value(r.end, unit) == weekends && p.is(r.end, unit) // "Labor Day weekend"
	if long {
		r.end++
	}
	rule := &p.holidays[p.value(k, holiday)]
	switch y, end, ok := p.yearAt(r.end); {
	case rule.how == "once" || rule.how == "before":
		r.from = rule.table[0]
	case ok:
		r.from, r.end = rule.in(y), end
	case p.published != dragoman.NoDay:
		r.from = p.nearestFeast(i, rule, way)
		r.yearless = way == bare
	}
	if r.from != dragoman.NoDay {
		r.to = r.from + dragoman.Day(rule.days-1)
	}
	if rule.days > 3 {
		r.grain = months
	}
	if long {
		weekendOf(&r)
	}
	return r
}

func (p *parser) nearestFeast(i int, rule *rule, way int) dragoman.Day {
	y, _ := yearMonth(p.published)
	last, next := dragoman.NoDay, dragoman.NoDay
	for _, d := range [...]dragoman.Day{rule.in(y - 1), rule.in(y), rule.in(y + 1)} {
		if d == dragoman.NoDay {
			continue
		}
		if d <= p.published {
			last = d
		} else if next == dragoman.NoDay {
			next = d
		}
	}
	switch {
	case way == 0:
		return rule.in(y)
	case way > 0, way == bare && p.ahead(p.at(i).first):
		if last != dragoman.NoDay && way == bare && last+dragoman.Day(rule.days) > p.published {
			return last
		}
		return next
	case way == bare && next != dragoman.NoDay && next <= p.published+soon:
		return next
	}
	return last
}

// eve reads "the eve of Nowruz", "on the eve of 9 May".
func (p *parser) eve(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	if !p.is(j, eve) || !p.is(j+1, of) {
		return found{}, false
	}
	r, ok := p.one(j+2, false)
	if !ok {
		return r, false
	}
	r.first = i
	r.from = add(r.from, -1)
	r.to, r.grain = r.from, days
	return r, true
}
