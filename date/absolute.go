package date

import (
	"dragoman"
)

// deepest bounds how deep dates stand in dates ("the first week of the last
// month of …"), so that no text makes reading slow.
const deepest = 3

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
	for _, read := range [...]func(*parser, int) (found, bool){(*parser).iso, (*parser).dayMonth, (*parser).monthDay, (*parser).portion, (*parser).weekday,
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
	} else if p.is(i, article) && p.at(i+1).digits > 0 && !p.at(i+1).ordinal {
		i++ // in "the 1 October protests" the article is that of the protests
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
	if j == i+1 && p.at(i).num < 0 && !p.is(i-1, article) || p.is(i-1, sum) {
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
