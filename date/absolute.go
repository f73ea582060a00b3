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
	for _, read := range [...]func(*parser, int) (found, bool){(*parser).threeFigures, (*parser).yearFirst, (*parser).dayMonth, (*parser).monthDay, (*parser).portion, (*parser).weekday,
		(*parser).clipped, (*parser).sameOf, (*parser).beyond, (*parser).counted, (*parser).part, (*parser).weekOf, (*parser).numberedWeek, (*parser).restOf, (*parser).toDate, (*parser).unitsEnd, (*parser).rolled, (*parser).relative, (*parser).deictic,
		(*parser).season, (*parser).feast, (*parser).eve, (*parser).decade, (*parser).century, (*parser).quarter} {
		if r, ok := read(p, i); ok {
			return r, true
		}
	}
	for _, read := range [...]func(*parser, int, bool) (found, bool){(*parser).twoFigures, (*parser).dayAlone, (*parser).monthAlone} {
		if r, ok := read(p, i, loose); ok {
			return r, true
		}
	}
	return p.year(i, loose)
}

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
	return p.value(i, month), p.is(i, month) && (p.at(i).capital || p.value(i, doubtful) != 1)
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
	at := j
	a, b, j, listed := p.dayList(j)
	if !listed { // "fourteen July nineteen eighty-seven"
		n, end := p.below100(at)
		if !p.isMonth(end) || n > 31 || p.is(at, and) || !p.yearFollows(end+1) {
			return found{}, false
		}
		a, b, j = n, n, end
	}
	if p.is(j, of) || p.is(j, in) && !p.isMonth(j+1) {
		j++
	} else if p.is(i, article) && p.at(i+1).digits > 0 && !p.at(i+1).ordinal {
		i++ // in "the 1 October protests" the article is that of the protests
	}
	m, ok := p.monthAt(j)
	if !ok {
		// "the 12th of this month", "the 12th this month"
		joined := p.is(j-1, of) || p.is(j-1, in) || p.at(j-1).ordinal
		if r, ok := p.relative(j); ok && r.grain == months && r.settled() && joined && (j > i+1 || p.at(i).ordinal) {
			y, m := yearMonth(r.from)
			return p.withDays(i, r.end, y, m, a, b, false)
		}
		return found{}, false
	}
	if listed && j == i+1 && p.at(i).num < 0 && !p.is(i-1, article) || p.is(i-1, sum) {
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
	if p.is(j, comma) && p.at(j+1).ordinal { // "March, 3rd"
		j++
	}
	if _, _, ok := p.ordinalAt(j + 1); ok && p.is(j, article) {
		j++
	}
	if a, b, end, ok := p.dayList(j); ok && !p.is(end, sum) && (p.at(j).num > 0 || p.ends(j, end)) {
		return p.withYear(i, end, m, a, b)
	}
	if n, end := p.below100(j); end > j && !p.is(j, and) && n <= 31 && (p.closes(end) || p.yearFollows(end)) { // "July twenty-six"
		return p.withYear(i, end, m, n, n)
	}
	if y, end, ok := p.yearAt(i + 1); ok {
		return p.monthOfYear(i, end, y, m)
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

// ends reports whether the ordinal in words from i to end is a day and says
// nothing of a noun ("in March second thoughts"), and is no adverb ("in March
// first appeared").
func (p *parser) ends(i, end int) bool {
	return p.yearFollows(end) || p.tag(p.at(i).first).POS != dragoman.ADV && !p.counting(end)
}

// closes reports whether nothing stands at i that goes on in the phrase.
func (p *parser) closes(i int) bool {
	pc := p.at(i)
	return pc == &nothing || p.tag(pc.first).POS == dragoman.PUNCT
}

func (p *parser) yearFollows(i int) bool {
	_, _, ok := p.yearAt(i)
	return ok
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
