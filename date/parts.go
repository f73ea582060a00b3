package date

import (
	"dragoman"
)

// portion reads "the second week of March", "the first half of 2020", "the
// last day of the year", "the third quarter".
func (p *parser) portion(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	n, j, ok := p.ordinalAt(j)
	if !ok {
		if !p.is(j, ordinal) || p.value(j, ordinal) != -1 {
			return found{}, false
		}
		n, j = -1, j+1
	}
	if p.dash(j) {
		j++
	}
	if p.value(j, ordinal) == -1 && p.is(j, ordinal) && n > 1 { // "the second last week"
		n, j = -n, j+1
	}
	if a, ok := p.amount(j); ok && a.unit > 0 && !a.vague && (n == 1 || n == -1) && p.is(a.end, of) {
		return p.firstOrLast(i, n, a)
	}
	size, plural := p.unitAt(j)
	isHalf := p.is(j, half)
	k := j + 1
	if p.weekdayAt(j) && (p.is(k, of) || p.is(k, in)) {
		return p.nthWeekday(i, k, n, p.value(j, weekday))
	}
	if size == 0 && !isHalf || plural {
		return found{}, false
	}
	whole, ok := p.wholeAt(k)
	if !ok || !p.is(k, of) && !p.is(k, in) && size != quarters || size > 0 && whole.grain <= size {
		if size == quarters && n >= 1 && n <= 4 {
			return p.bareQuarter(i, k, n), true
		}
		return found{}, false
	}
	r := found{first: i, end: whole.end, from: dragoman.NoDay, to: dragoman.NoDay, grain: size}
	if isHalf {
		r.grain = whole.grain / 2
	}
	if whole.settled() {
		r.from, r.to, ok = nth(whole, size, n, isHalf)
	}
	if size == weeks && ok {
		p.weekThenDay(&r)
	}
	return r, ok
}

// firstOrLast reads on from "the first three months of …" at the end of a.
func (p *parser) firstOrLast(i, n int, a amount) (found, bool) {
	whole, ok := p.wholeAt(a.end)
	if !ok || whole.grain <= a.unit {
		return found{}, false
	}
	r := found{first: i, end: whole.end, from: whole.from, to: whole.to, grain: a.unit}
	if !whole.settled() {
		return r, true
	}
	if a.unit == weeks {
		first, last := weeksOf(whole)
		if r.from, r.to = first, first+dragoman.Day(7*a.n)-1; n < 0 {
			r.from, r.to = last+1-dragoman.Day(7*a.n), last
		}
		return r, first <= r.from && r.to <= last
	}
	if n > 0 {
		r.to = shift(whole.from, a.n, a.unit) - 1
	} else {
		r.from = shift(whole.to+1, -a.n, a.unit)
	}
	return r, whole.from <= r.from && r.to <= whole.to
}

// nthWeekday reads on from "the first Tuesday of …" at piece k.
func (p *parser) nthWeekday(i, k, n, wd int) (found, bool) {
	whole, ok := p.wholeAt(k)
	if !ok || whole.grain < weeks || n > 53 {
		return found{}, false
	}
	r := found{first: i, end: whole.end, from: dragoman.NoDay, to: dragoman.NoDay, grain: days}
	if !whole.settled() {
		return r, true
	}
	if n < 0 {
		r.from = whole.to - dragoman.Day((int(whole.to.Weekday())-wd+7)%7)
	} else {
		r.from = whole.from + dragoman.Day((wd-int(whole.from.Weekday())+7)%7+7*(n-1))
	}
	r.to = r.from
	return r, whole.from <= r.from && r.from <= whole.to
}

// weekOf reads "the week of 6 October".
func (p *parser) weekOf(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	size, plural := p.unitAt(j)
	if size != weeks && size != weekends || plural || !p.is(j+1, of) && !p.is(j+1, onset) || j == i && size == weeks && !p.is(j+1, onset) {
		return found{}, false
	}
	k := j + 2
	if p.is(j+1, onset) {
		k = p.afterOnset(j + 1)
	}
	r, ok := p.one(k, true)
	if !ok || r.grain != days || r.rolling {
		return found{}, false
	}
	r.first, r.grain = i, weeks
	if size == weekends {
		weekendOf(&r)
	} else {
		r.from, r.to = unitOf(r.from, weeks, 0)
	}
	return r, true
}

// weekendOf widens a day to the weekend it stands at, with the days between:
// a Monday makes it three days long, a Thursday four.
func weekendOf(r *found) {
	if r.grain = weekends; !r.settled() {
		return
	}
	from, to := unitOf(r.from, weekends, 0)
	if r.from.Weekday() < 3 && r.from.Weekday() > 0 {
		from, to = unitOf(r.from, weekends, -1)
	}
	r.from, r.to = min(r.from, from), max(r.to, to)
}

// nth returns the nth part of a stretch; -1 is the last.
func nth(whole found, size, n int, isHalf bool) (from, to dragoman.Day, ok bool) {
	if isHalf {
		middle := whole.from + (whole.to-whole.from+1)/2
		if whole.grain == years {
			y, _ := yearMonth(whole.from)
			middle = dragoman.DayOf(y, 7, 1)
		}
		if n == 1 {
			return whole.from, middle - 1, true
		}
		return middle, whole.to, n == 2 || n == -1
	}
	if size == weeks {
		first, last := weeksOf(whole)
		if from = first + dragoman.Day(7*(n-1)); n < 0 {
			from = last + 1 + dragoman.Day(7*n)
		}
		return from, from + 6, first <= from && from <= last
	}
	if n < 0 {
		from, to = unitOf(whole.to, size, n+1)
		return from, to, whole.from <= from
	}
	from, to = unitOf(shift(whole.from, float64(n-1), size), size, 0)
	return from, to, from <= whole.to
}

// weeksOf returns the first and the last day of the weeks of a month or year:
// a week, from Monday, is that of its Thursday, as in ISO 8601.
func weeksOf(whole found) (first, last dragoman.Day) {
	first, _ = unitOf(whole.from, weeks, 0)
	if first+3 < whole.from {
		first += 7
	}
	last, _ = unitOf(whole.to, weeks, 0)
	if last+3 > whole.to {
		last -= 7
	}
	return first, last + 6
}

// numberedWeek reads "week 12 of last year", and "in week 12" of this one: but not "week
// 12 of the protests", nor a tournament's "Week 12".
func (p *parser) numberedWeek(i int) (found, bool) {
	n, ok := p.short(i + 1)
	if size, plural := p.unitAt(i); size != weeks || plural || !ok {
		return found{}, false
	}
	joined := p.is(i+2, of) || p.is(i+2, comma) || p.is(i+2, in)
	whole, ok := p.wholeAt(i + 2)
	if !joined || !ok || whole.grain != years {
		if p.is(i+2, of) || p.at(i).capital || p.tag(p.at(i+2).first).POS == dragoman.NOUN {
			return found{}, false
		}
		whole = found{grain: years, from: dragoman.NoDay, to: dragoman.NoDay, end: i + 2}
		if p.published != dragoman.NoDay {
			whole.from, whole.to = unitOf(p.published, years, 0)
		}
	}
	r := found{first: i, end: whole.end, from: dragoman.NoDay, to: dragoman.NoDay, grain: weeks}
	if whole.settled() {
		r.from, r.to, ok = nth(whole, weeks, n, false)
	}
	return r, ok && n > 0
}

// restOf reads "the rest of the year".
func (p *parser) restOf(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	if !p.is(j, rest) || !p.is(j+1, of) {
		return found{}, false
	}
	r, ok := p.wholeAt(j + 1)
	if !ok || r.grain < weeks || r.rolling {
		return found{}, false
	}
	r.first, r.rolling = i, true
	if r.from <= p.published && p.published <= r.to {
		r.from = p.published
	}
	return r, true
}

// toDate reads "the year to date".
func (p *parser) toDate(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	size, plural := p.unitAt(j)
	if size < months || plural || !p.is(j+1, to) || !p.is(j+2, now) {
		return found{}, false
	}
	r := found{first: i, end: j + 3, grain: size, rolling: true}
	r.from, _ = unitOf(p.published, size, 0)
	r.to = p.published
	return r, true
}

// unitsEnd reads "year's end", "by year-end".
func (p *parser) unitsEnd(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	size, plural := p.unitAt(j)
	if size < months || plural || !p.is(j+1, possessive) && !p.dash(j+1) || !p.is(j+2, part) || p.counting(j+3) || p.is(j+3, of) {
		return found{}, false
	}
	r := found{first: i, end: j + 3, grain: size / 3, late: p.value(j+2, part) == 3}
	r.from, r.to = unitOf(p.published, size, 0)
	if r.settled() {
		r.from, r.to = partOf(r.from, r.to, p.value(j+2, part))
	}
	return r, true
}

// wholeAt reads "of 2020", "of March", "last year", "of the year": what a
// part is part of.
func (p *parser) wholeAt(i int) (found, bool) {
	if p.depth >= deepest {
		return found{}, false
	}
	p.depth++
	defer p.up()
	j := i
	if p.is(j, of) || p.is(j, in) || p.is(j, comma) || p.dash(j) {
		j++
	}
	k := j
	if p.is(k, article) {
		k++
	}
	for k < j+3 && (p.is(k, whole) || p.is(k, fiscal)) {
		k++
	}
	if size, plural := p.unitAt(k); k > j && size > days && !plural && !p.is(k+1, of) {
		from, to := unitOf(p.published, size, 0)
		return found{first: j, end: k + 1, from: from, to: to, grain: size}, true
	}
	if p.is(i, comma) {
		r, ok := p.year(j, true)
		return r, ok && r.grain == years
	}
	for _, read := range [...]func(*parser, int) (found, bool){(*parser).monthDay, (*parser).relative, (*parser).season, (*parser).decade,
		(*parser).century, (*parser).portion} {
		if r, ok := read(p, j); ok {
			return r, r.grain > days
		}
	}
	if r, ok := p.monthAlone(j, true); ok {
		return r, true
	}
	return p.year(j, true)
}

// unitAt returns the length of the unit at i; 0 for none and for hours.
func (p *parser) unitAt(i int) (size int, plural bool) {
	if p.is(i, unit) {
		return p.value(i, unit), false
	}
	return p.value(i, units), p.is(i, units)
}
