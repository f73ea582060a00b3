package date

import (
	"dragoman"
)

// weekdayAt reports whether a weekday's name is at i; its short forms have a
// capital.
func (p *parser) weekdayAt(i int) bool {
	const short = 6
	pc := p.at(i)
	if p.is(i, doubtful) { // "Sun" and "Sat" are weekdays before a day's number
		j := i + 1
		if p.is(j, comma) {
			j++
		}
		if !p.isMonth(j) && (p.at(j).num < 1 || p.at(j).num > 31) {
			return false
		}
	}
	return p.is(i, weekday) && (pc.capital || p.doc.Tokens[pc.first].End-p.doc.Tokens[pc.first].Start >= short)
}

// weekday reads "Tuesday", "last Tuesday", "Tuesday, 11 February", "Tuesday
// morning", "Tuesday last week".
func (p *parser) weekday(i int) (found, bool) {
	j, way := i, bare
	if p.is(j, article) {
		j++
	}
	counts := j > i && p.is(j, anchored) // "the following Tuesday"
	if counts {
		way = p.value(j, anchored)
		j++
	}
	for p.is(j, turn) && j <= i+1 {
		way = p.value(j, turn)
		j++
	}
	if !p.weekdayAt(j) || p.named(j) || p.is(i-1, each) {
		return found{}, false
	}
	if way == bare {
		i = j
	}
	end := j + 1
	if p.is(end, daypart) {
		end++
	}
	k := end
	if p.is(k, comma) || p.dash(k) && p.tight(j, k+1) || p.doc.Form(p.at(k).first) == "(" && k < len(p.pieces) {
		k++
	}
	for _, read := range [...]func(*parser, int) (found, bool){(*parser).threeFigures, (*parser).dayMonth, (*parser).monthDay, (*parser).asked} {
		if r, ok := read(p, k); ok && r.grain == days {
			r.first = i
			return r, true
		}
	}
	if r, ok := p.weekdayOfNumber(i, j, end); ok {
		return r, true
	}
	r := found{first: i, end: end, from: dragoman.NoDay, to: dragoman.NoDay, grain: days, week: way == bare}
	wd := p.value(j, weekday)
	if k = end; p.is(k, of) {
		k++
	}
	if w, ok := p.relative(k); ok && w.grain == weeks && way == bare {
		p.dayInWeek(&w, wd)
		w.first = i
		return w, true
	}
	if p.is(k, comma) {
		k++
	}
	if w, ok := p.counted(k); ok && !w.rolling && way == bare && w.unit >= days { // "Tuesday three weeks from now"
		p.dayInWeek(&w, wd)
		w.first = i
		return w, true
	}
	if p.is(end, after) && p.value(end+1, anchored) == 1 && way == bare { // "Thursday after next"
		r.from, r.to = unitOf(p.published, weeks, 1)
		r.end = end + 2
		p.dayInWeek(&r, wd)
		return r, true
	}
	base := p.published
	if counts && way > 0 {
		base = p.countedFrom(i)
	} else if counts {
		base = p.toldDay()
	}
	if base != dragoman.NoDay {
		r.from = p.dayOfWeek(i, base, wd, way, counts)
		r.to = r.from
	}
	return r, true
}

// asked reads a day and month in figures where a weekday before it says that
// it is one.
func (p *parser) asked(i int) (found, bool) { return p.twoFigures(i, true) }

// dayInWeek makes of r that weekday in its week, or in the week of its middle.
func (p *parser) dayInWeek(r *found, wd int) {
	r.grain, r.week = days, false
	if r.settled() {
		monday, _ := unitOf(r.from+(r.to-r.from)/2, weeks, 0)
		r.from = monday + dragoman.Day((wd+6)%7)
		r.to = r.from
	}
}

// weekdayOfNumber reads "Friday the 13th", "Friday 13": the last day of that
// number that is that weekday, or the next.
func (p *parser) weekdayOfNumber(i, j, end int) (found, bool) {
	k := end
	if p.is(k, comma) && p.is(k+1, article) {
		k++
	}
	if p.is(k, article) {
		k++
	}
	if n, e, ok := p.ordinalAt(k); ok && k > end && n <= 31 && !p.counting(e) && (!p.is(end, comma) || p.at(k).ordinal || p.closes(e)) { // "on Friday, the third since May" is none
		return p.weekdayWith(i, j, e, n), true
	}
	pc := p.at(k)
	if pc.num < 1 || pc.num > 31 || pc.digits > 2 || pc.plural || k > end || p.counting(k+1) || p.is(k+1, numeric) || p.dash(k+1) ||
		!pc.ordinal && !p.closes(k+1) {
		return found{}, false
	}
	return p.weekdayWith(i, j, k+1, pc.num), true
}

// weekdayWith is the day of number n that is the weekday at j.
func (p *parser) weekdayWith(i, j, end, n int) found {
	wd := p.value(j, weekday)
	day := p.nearestWith(i, n, func(d dragoman.Day) bool { return int(d.Weekday()) == wd })
	return found{first: i, end: end, from: day, to: day, grain: days}
}

// bare is the way of a weekday or month before which no word says which one.
const bare = -9

func (p *parser) dayOfWeek(i int, base dragoman.Day, wd, way int, counts bool) dragoman.Day {
	back := dragoman.Day((int(base.Weekday()) - wd + 7) % 7)
	switch {
	case !counts && way == 1 && p.is(i, anchored) && wd != 0:
		// "Next Friday" is that of next week, for this week's is "Friday"; but
		// some begin the week with Sunday.
		monday, _ := unitOf(base, weeks, 1)
		return monday + dragoman.Day(wd-1)
	case counts && way > 0, way == 1:
		return base - back + 7
	case way == -1:
		if back <= 1 && p.is(i, turn) && (p.is(i, ordinal) || p.is(i, anchored)) { // yesterday would be "Wednesday", or "this past Wednesday"
			return base - back - 7
		}
		if back == 0 {
			return base - 7
		}
		return base - back
	case way == 0:
		monday := base - dragoman.Day((int(base.Weekday())+6)%7)
		return monday + dragoman.Day((wd+6)%7)
	case p.ahead(p.at(i).first):
		return base + (7-back)%7
	}
	return base - back
}

// named reports whether piece i is part of a name: "Sunday Times", "Black
// Friday", "Theresa May".
func (p *parser) named(i int) bool {
	t := p.at(i).first
	arc := p.arc(t)
	if next := p.at(i + 1); next.capital && next.entry == nil && next.num < 0 && arc.Head == next.first &&
		(arc.Rel == "compound" || arc.Rel == "flat") && p.tag(next.first).POS == dragoman.PROPN {
		return true
	}
	if i == 0 || p.at(i-1).end != t {
		return false
	}
	prev := p.at(i - 1)
	if !prev.capital || prev.entry != nil || prev.num >= 0 || prev.first == p.sent.First && p.tag(prev.first).POS != dragoman.PROPN {
		return false
	}
	before := p.arc(prev.first)
	return before.Head == t && (before.Rel == "compound" || before.Rel == "amod" || before.Rel == "flat") ||
		arc.Head == prev.first && (arc.Rel == "flat" || arc.Rel == "flat:name")
}
