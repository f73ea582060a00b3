package date

import (
	"dragoman"
)

// deepest bounds how deep dates stand in dates ("the first week of the last
// month of …"), so that no text makes reading slow.
const deepest = 4

func (p *parser) up() { p.depth-- }

// one reads one date. Loose lets a bare year or month count, as after "since".
func (p *parser) one(i int, loose bool) (found, bool) {
	if !p.at(i).opens || p.depth >= deepest {
		return found{}, false
	}
	p.depth++
	defer p.up()
	if p.at(i).day != dragoman.NoDay {
		return p.inFigures(i), true
	}
	for _, read := range [...]func(*parser, int) (found, bool){(*parser).iso, (*parser).dayMonth, (*parser).monthDay, (*parser).ofMonth, (*parser).weekday,
		(*parser).clipped, (*parser).sameOf, (*parser).beyond, (*parser).counted, (*parser).part, (*parser).weekOf, (*parser).rolled, (*parser).relative, (*parser).deictic,
		(*parser).season, (*parser).feast, (*parser).eve, (*parser).decade, (*parser).century, (*parser).quarter} {
		if r, ok := read(p, i); ok {
			return r, true
		}
	}
	if r, ok := p.monthAlone(i, loose); ok {
		return r, true
	}
	return p.year(i, loose)
}

// inFigures is a date that is one token. Of 3/4/2021 the order is open: the
// reading that lies ahead of publication yields to the other.
func (p *parser) inFigures(i int) found {
	pc := p.at(i)
	day := pc.day
	if pc.order != 0 && p.published != dragoman.NoDay && day > p.published {
		y, m, d := day.Date()
		if other, ok := dayOf(y, d, int(m)); ok && other <= p.published {
			day = other
		}
	}
	return found{first: i, end: i + 1, from: day, to: day, grain: days}
}

// year4 reads a number that can be a year.
func (p *parser) year4(i int) (int, bool) {
	pc := p.at(i)
	return pc.num, pc.digits == 4 && !pc.plural && !pc.ordinal && pc.prefix == 0 && pc.num >= 1000 && pc.num <= 2200
}

// yearAt reads a year that belongs to the date before i: "2024", ", 2024", "of
// last year", "that year".
func (p *parser) yearAt(i int) (y, end int, ok bool) {
	j := i
	for j < i+2 && (p.is(j, comma) || p.is(j, of) || p.is(j, in)) {
		j++
	}
	if y, ok := p.year4(j); ok && !p.is(j+1, sum) {
		return y, j + 1, true
	}
	if p.is(i, comma) {
		return 0, i, false
	}
	if p.is(j, article) {
		j++
	}
	if (p.is(j, that) || p.is(j, anchored)) && p.is(j+1, unit) && p.value(j+1, unit) == years && p.told.settled() {
		if p.is(j, that) || j > i && p.is(j-1, article) {
			y, _, _ := p.told.from.Date()
			return y + p.value(j, anchored), j + 2, true
		}
	}
	if p.is(j, turn) && p.is(j+1, unit) && p.value(j+1, unit) == years && p.published != dragoman.NoDay {
		y, _, _ := p.published.Date()
		return y + p.value(j, turn), j + 2, true
	}
	return 0, i, false
}

// iso reads 2025-02-12 where it is five tokens, and 12-02-2025.
func (p *parser) iso(i int) (found, bool) {
	if y, ok := p.year4(i + 4); ok && p.dash(i+1) && p.dash(i+3) && p.at(i).digits > 0 && p.at(i+2).digits > 0 && p.at(i).digits <= 2 {
		day, order, ok := p.ordered(p.at(i).num, p.at(i+2).num, y)
		p.pieces[i].day, p.pieces[i].order = day, order
		r := p.inFigures(i)
		p.pieces[i].day, r.end = dragoman.NoDay, i+5
		return r, ok
	}
	y, ok := p.year4(i)
	if !ok || !p.dash(i+1) || !p.dash(i+3) || p.at(i+2).digits != 2 || p.at(i+4).digits != 2 {
		return found{}, false
	}
	d, ok := dayOf(y, p.at(i+2).num, p.at(i+4).num)
	return found{first: i, end: i + 5, from: d, to: d, grain: days}, ok
}

// dash reports whether i joins two numbers without a word.
func (p *parser) dash(i int) bool { return p.value(i, to) == 1 }

// dayNumber reads "12", "12th", "twelfth", "twenty-first".
func (p *parser) dayNumber(i int) (n, end int, ok bool) {
	pc := p.at(i)
	if pc.num >= 1 && pc.num <= 31 && pc.digits <= 2 && !pc.plural && pc.prefix == 0 {
		return pc.num, i + 1, true
	}
	return p.ordinalAt(i)
}

// ordinalAt reads "first", "twenty-first", "21st".
func (p *parser) ordinalAt(i int) (n, end int, ok bool) {
	if pc := p.at(i); pc.ordinal {
		return pc.num, i + 1, true
	}
	if p.is(i, ordinal) {
		if n := p.value(i, ordinal); n > 0 {
			return n, i + 1, true
		}
		return 0, i, false
	}
	if n := p.value(i, number); n >= 20 && n <= 90 {
		j := i + 1
		if p.dash(j) {
			j++
		}
		if p.is(j, ordinal) && p.value(j, ordinal) < 10 && p.value(j, ordinal) > 0 {
			return n + p.value(j, ordinal), j + 1, true
		}
	}
	return 0, i, false
}

// monthAt reads a month's name; one that is another word too has a capital.
func (p *parser) monthAt(i int) (int, bool) {
	return p.value(i, month), p.is(i, month) && (p.at(i).capital || !p.is(i, doubtful))
}

func (p *parser) isMonth(i int) bool {
	_, ok := p.monthAt(i)
	return ok
}

// weekdayAt reports whether a weekday's name is at i; its short forms have a
// capital.
func (p *parser) weekdayAt(i int) bool {
	const short = 6
	pc := p.at(i)
	return p.is(i, weekday) && (pc.capital || p.doc.Tokens[pc.first].End-p.doc.Tokens[pc.first].Start >= short)
}

// dayList reads "12", "12–15", "12 and 13", "12, 13 and 14".
func (p *parser) dayList(i int) (first, last, end int, ok bool) {
	first, end, ok = p.dayNumber(i)
	if !ok {
		return 0, 0, i, false
	}
	last = first
	for {
		j := end
		joins := p.is(j, to)
		if p.is(j, comma) || p.is(j, and) {
			j++
			if p.is(j, and) {
				j++
			}
		} else if joins {
			j++
		} else {
			return first, last, end, true
		}
		if p.is(j, article) {
			j++
		}
		n, e, ok := p.dayNumber(j)
		if !ok || n <= last || !joins && n != last+1 {
			return first, last, end, true
		}
		last, end = n, e
	}
}

// dayMonth reads "12 February 2025", "12–15 March", "the 12th of February".
func (p *parser) dayMonth(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	a, b, j, ok := p.dayList(j)
	if !ok {
		return found{}, false
	}
	if p.is(j, of) {
		j++
	}
	m, ok := p.monthAt(j)
	if !ok {
		// "the 12th of this month"
		if r, ok := p.relative(j); ok && r.grain == months && r.settled() && j > i+1 && p.is(j-1, of) {
			y, m := yearMonth(r.from)
			return p.withDays(i, r.end, y, m, a, b, false)
		}
		return found{}, false
	}
	if j == i+1 && p.at(i).num < 0 {
		return found{}, false // "second March" is no date
	}
	return p.withYear(i, j+1, m, a, b)
}

// monthDay reads "February 12, 2025", "Feb. 12–15", "February 2025", "March
// last year".
func (p *parser) monthDay(i int) (found, bool) {
	m, ok := p.monthAt(i)
	if !ok {
		return found{}, false
	}
	j := i + 1
	if p.is(j, article) && p.at(j+1).ordinal {
		j++
	}
	if a, b, end, ok := p.dayList(j); ok && p.value(j, ordinal) == 0 && p.at(j).num > 0 && !p.is(end, sum) {
		return p.withYear(i, end, m, a, b)
	}
	if y, end, ok := p.yearAt(i + 1); ok {
		from, to := monthOf(y, m)
		return found{first: i, end: end, from: from, to: to, grain: months}, true
	}
	return found{}, false
}

// withYear ends a day and month, whose year may follow; without one it is the
// nearest that fits the tense.
func (p *parser) withYear(first, j, m, a, b int) (found, bool) {
	if y, end, ok := p.yearAt(j); ok {
		return p.withDays(first, end, y, m, a, b, false)
	}
	if p.published == dragoman.NoDay {
		_, ok := dayOf(2000, m, b)
		return found{first: first, end: j, from: dragoman.NoDay, to: dragoman.NoDay, grain: days, yearless: true}, ok
	}
	if y, ok := p.yearOfNext(j); ok {
		return p.withDays(first, j, y, m, a, b, false)
	}
	from := p.nearest(first, m, a)
	y, _ := yearMonth(from)
	return p.withDays(first, j, y, m, a, b, true)
}

// yearOfNext reads the year of the date that is joined to the one before i, as
// in "January and February 2020": it holds for both.
func (p *parser) yearOfNext(i int) (int, bool) {
	if !p.is(i, and) && !p.is(i, comma) {
		return 0, false
	}
	if i++; p.is(i, and) {
		i++
	}
	_, j, hasDay := p.dayNumber(i)
	if _, ok := p.monthAt(j); !ok {
		return 0, false
	}
	j++
	if _, k, ok := p.dayNumber(j); ok && !hasDay {
		j = k
	}
	if p.is(j, comma) {
		j++
	}
	return p.year4(j)
}

func (p *parser) withDays(first, end, y, m, a, b int, yearless bool) (found, bool) {
	from, ok1 := dayOf(y, m, a)
	to, ok2 := dayOf(y, m, b)
	return found{first: first, end: end, from: from, to: to, grain: days, yearless: yearless}, ok1 && ok2
}

// weekday reads "Tuesday", "last Tuesday", "Tuesday, 11 February", "Tuesday
// morning", "Tuesday last week".
func (p *parser) weekday(i int) (found, bool) {
	j, way := i, bare
	if p.is(j, article) {
		j++
	}
	for p.is(j, turn) && j <= i+1 {
		way = p.value(j, turn)
		j++
	}
	if !p.weekdayAt(j) || p.named(j) {
		return found{}, false
	}
	counts := j == i+2 && p.is(i, article) && p.is(i+1, anchored) // "the following Tuesday"
	if way == bare {
		i = j
	}
	end := j + 1
	if p.is(end, daypart) {
		end++
	}
	k := end
	if p.is(k, comma) {
		k++
	}
	for _, read := range [...]func(*parser, int) (found, bool){(*parser).dayMonth, (*parser).monthDay} {
		if r, ok := read(p, k); ok && r.grain == days {
			r.first = i
			return r, true
		}
	}
	r := found{first: i, end: end, from: dragoman.NoDay, to: dragoman.NoDay, grain: days, week: way == bare}
	wd := p.value(j, weekday)
	if k = end; p.is(k, of) {
		k++
	}
	if w, ok := p.relative(k); ok && w.grain == weeks && way == bare {
		r.end, r.week = w.end, false
		if w.settled() {
			r.from = w.from + dragoman.Day((wd+6)%7)
			r.to = r.from
		}
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

// bare is the way of a weekday or month before which no word says which one.
const bare = -9

func (p *parser) dayOfWeek(i int, base dragoman.Day, wd, way int, counts bool) dragoman.Day {
	back := dragoman.Day((int(base.Weekday()) - wd + 7) % 7)
	switch {
	case counts && way > 0, way == 1:
		return base - back + 7
	case way == -1:
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

// monthAlone reads "in March", "last March", "March's". A month that is also a
// first name, a verb or a surname needs a word before it that asks for a month.
func (p *parser) monthAlone(i int, loose bool) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	whole := p.is(j, unit) && p.value(j, unit) == months && p.is(j+1, of)
	if whole { // "the month of March"
		j += 2
	}
	m, ok := p.monthAt(j)
	if !ok || p.named(j) || j > i && !whole {
		return found{}, false
	}
	t := p.at(j).first
	asked := loose || whole || p.is(j-1, monthprep) || p.is(j+1, to) && p.is(j+2, month)
	if pos := p.tag(t).POS; pos == dragoman.VERB || pos == dragoman.AUX {
		return found{}, false
	}
	if next := p.at(j + 1); !asked && p.is(j, doubtful) || p.is(j, doubtful) && next.capital && next.entry == nil && next.num < 0 {
		return found{}, false
	}
	if p.published == dragoman.NoDay {
		return found{first: i, end: j + 1, from: dragoman.NoDay, to: dragoman.NoDay, grain: months, yearless: true}, true
	}
	y, ok := p.yearOfNext(j + 1)
	if !ok {
		y, _ = yearMonth(p.nearest(j, m, 1))
	}
	from, to := monthOf(y, m)
	return found{first: i, end: j + 1, from: from, to: to, grain: months, yearless: !ok}, true
}

// ofMonth reads "the second week of March", "the first half of 2020", "the
// last day of the year", "the third quarter".
func (p *parser) ofMonth(i int) (found, bool) {
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
	if !ok || !p.is(k, of) && size != quarters || size > 0 && whole.grain <= size {
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
	return r, ok
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
	if size, plural := p.unitAt(j); size != weeks || plural || !p.is(j+1, of) || j == i {
		return found{}, false
	}
	r, ok := p.one(j+2, false)
	if !ok || r.grain != days {
		return found{}, false
	}
	r.first, r.grain = i, weeks
	r.from, r.to = unitOf(r.from, weeks, 0)
	return r, true
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
	if n < 0 {
		from, to = unitOf(whole.to, size, 0)
		if size == weeks {
			from, to = whole.to-6, whole.to
		}
		return from, to, true
	}
	if size == weeks {
		from = whole.from + dragoman.Day(7*(n-1))
		to = from + 6
	} else {
		from, to = unitOf(shift(whole.from, float64(n-1), size), size, 0)
	}
	return from, to, from <= whole.to
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
		(*parser).century, (*parser).ofMonth} {
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

// year reads a bare year where something marks it as one.
func (p *parser) year(i int, loose bool) (found, bool) {
	j := i
	if p.at(j).prefix == fiscal {
		from, to := yearOf(p.at(j).num)
		return found{first: i, end: i + 1, from: from, to: to, grain: years}, p.at(j).num > 1000
	}
	if p.is(j, article) {
		j++
	}
	marked := loose
	for j < i+3 && (p.is(j, yearword) || p.is(j, fiscal) || p.is(j, unit) && p.value(j, unit) == years) {
		marked = true
		j++
	}
	y, ok := p.year4(j)
	if !ok || y < 1500 || y > 2100 || p.is(j+1, sum) || p.is(j-1, sum) || p.is(j+1, era) || p.is(j+1, units) {
		return found{}, false
	}
	if !marked && !p.marksYear(i, j, y) {
		return found{}, false
	}
	if p.at(i).num < 0 && !p.is(i, article) && !p.is(i, yearword) && !p.is(i, fiscal) {
		return found{}, false
	}
	first := i
	if p.is(i, article) && j == i+1 {
		first = j // in "the 2014 war" the article is the war's
	}
	if r, ok := p.yearRange(first, j, y); ok {
		return r, true
	}
	from, to := yearOf(y)
	return found{first: first, end: j + 1, from: from, to: to, grain: years}, true
}

// yearRange reads "2014–18", "2014–2018".
func (p *parser) yearRange(first, j, y int) (found, bool) {
	if p.value(j+1, to) == 0 {
		return found{}, false
	}
	z, ok := p.year4(j + 2)
	if two := p.at(j + 2); !ok && two.digits == 2 && two.num > y%100 && !p.is(j+3, month) {
		z, ok = y/100*100+two.num, true
	}
	if !ok || z <= y || z > 2100 || p.dash(j+3) {
		return found{}, false
	}
	if p.at(j + 2).plural {
		z += 9
	}
	from, _ := yearOf(y)
	_, to := yearOf(z)
	return found{first: first, end: j + 3, from: from, to: to, grain: years, ranged: true}, true
}

// marksYear reports whether the number at j is a year: by the word before it,
// unless it counts the noun after it.
func (p *parser) marksYear(i, j, y int) bool {
	t := p.at(j).first
	arc := p.arc(t)
	counts := arc.Rel == "nummod" && arc.Head > t
	round := y%100 == 0
	switch {
	case y >= 1900 && y <= 2050 && p.value(j+1, to) != 0 && p.yearAfter(j, y):
		return true
	case counts && round:
		return false
	case i < j: // after an article
		return y >= 1900 && (counts || arc.Rel == "compound" || arc.Rel == "nmod" || arc.Rel == "amod" || arc.Rel == "nmod:desc") &&
			!p.tag(arc.Head).Has("Number=Plur") || y >= 1900 && y <= 2050 && !round && arc.Head > t
	case arc.Head > t && !round && p.determined(j-1): // "its 2024 report"
		return y >= 1900 && y <= 2050 && !p.tag(arc.Head).Has("Number=Plur")
	case p.value(j-1, yearprep) == 2:
		return !counts || y >= 1900 && y <= 2050
	case p.is(j-1, yearprep):
		return !counts && y >= 1800
	}
	return false
}

// determined reports whether piece i is a determiner or a possessive.
func (p *parser) determined(i int) bool {
	if p.is(i, possessive) || p.is(i, indefinite) || p.is(i, article) {
		return true
	}
	pos := p.tag(p.at(i).first).POS
	return i >= 0 && (pos == dragoman.DET || pos == dragoman.PRON)
}

// yearAfter reports whether the year at j is joined to a later one, or to a
// decade or, after a word that asks for a year, to the last figures of one.
func (p *parser) yearAfter(j, y int) bool {
	z, ok := p.year4(j + 2)
	pc := p.at(j + 2)
	return ok && z > y && z <= 2100 || pc.digits == 2 && pc.num > y%100 && (pc.plural || p.is(j-1, yearprep))
}

// decade reads "the 1990s", "the '90s", "the nineties", "the 1800s".
func (p *parser) decade(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	pc := p.at(j)
	y, n := pc.num, 10
	switch {
	case p.is(j, decade) && j > i:
		y = 1900 + p.value(j, decade)
	case !pc.plural || y%10 != 0:
		return found{}, false
	case pc.digits == 4:
		if y < 1000 || y > 2100 {
			return found{}, false
		}
		if y%100 == 0 && y < 1900 {
			n = 100
		}
	case pc.digits == 2 && (j > i || p.is(j-1, to) || p.is(j-1, and) || p.is(j-1, part)) && y >= 20:
		y += 1900
	default:
		return found{}, false
	}
	from, to := yearsOf(y, n)
	return found{first: i, end: j + 1, from: from, to: to, grain: decades * n / 10}, true
}

// century reads "the 20th century".
func (p *parser) century(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	n, j, ok := p.ordinalAt(j)
	if p.dash(j) {
		j++
	}
	if size, plural := p.unitAt(j); !ok || size != centuries || plural || n < 1 || n > 22 || p.is(j+1, era) {
		return found{}, false
	}
	from, to := yearsOf(100*(n-1), 100)
	return found{first: i, end: j + 1, from: from, to: to, grain: centuries}, true
}

// quarter reads "Q3 2024".
func (p *parser) quarter(i int) (found, bool) {
	pc := p.at(i)
	if pc.prefix != quarter {
		return found{}, false
	}
	if y, end, ok := p.yearAt(i + 1); ok {
		from := dragoman.DayOf(y, 1, 1)
		from, to := unitOf(shift(from, float64(pc.num-1), quarters), quarters, 0)
		return found{first: i, end: end, from: from, to: to, grain: quarters}, true
	}
	return p.bareQuarter(i, i+1, pc.num), true
}

// bareQuarter is a quarter whose year is not told: the last that has begun.
func (p *parser) bareQuarter(i, end, n int) found {
	r := found{first: i, end: end, from: dragoman.NoDay, to: dragoman.NoDay, grain: quarters, yearless: true}
	if p.published != dragoman.NoDay {
		y, _ := yearMonth(p.nearest(i, 3*n-2, 1))
		r.from, r.to = unitOf(shift(dragoman.DayOf(y, 1, 1), float64(n-1), quarters), quarters, 0)
	}
	return r
}
