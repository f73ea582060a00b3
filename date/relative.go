package date

import (
	"dragoman"
)

// relative reads "last week", "next month", "this year", "last February",
// "the following day", "that week".
func (p *parser) relative(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	if p.is(j, turn) && p.value(j, turn) == 0 && p.is(j+1, turn) { // "this coming Friday", "this past week"
		j++
	}
	from := p.published
	var by int
	switch {
	case p.is(j, that):
		from, by = p.toldDay(), 0
	case j > i && p.is(j, anchored):
		from, by = p.toldDay(), p.value(j, anchored)
		if by > 0 {
			from = p.countedFrom(i)
		}
	case p.is(j, turn):
		by = p.value(j, turn)
	case j > i && p.value(j, unit) == weekends && p.is(j, unit):
		// "at the weekend": the last, or the next where the clause looks ahead
		j--
		if p.published != dragoman.NoDay && !p.ahead(p.at(i).first) {
			if saturday, _ := unitOf(from, weekends, 0); saturday > from {
				by = -1
			}
		}
	default:
		return found{}, false
	}
	k := j + 1
	for k < j+3 && (p.is(k, fiscal) || p.is(k, whole)) {
		k++
	}
	if p.is(k, daypart) && !p.is(j, that) {
		day := add(from, by)
		return found{first: i, end: k + 1, from: day, to: day, grain: days}, j == i
	}
	if p.isMonth(k) && j == i && p.is(j, turn) {
		return p.turnedMonth(i, k, by), true
	}
	if p.is(k, season) && j == i && p.is(j, turn) {
		return p.turnedSeason(i, k, by), true
	}
	if r, ok := p.turnedDay(i, k, by); ok && j == i && p.is(j, turn) {
		return r, true
	}
	if p.is(k, holiday) && (j == i && p.is(j, turn) || p.is(j, anchored) && by > 0) {
		return p.feastIn(i, k, by), true
	}
	size, plural := p.unitAt(k)
	if size == hours || plural || p.dash(k+1) {
		return found{}, false
	}
	if p.is(k+1, of) && (j > i || size == days) {
		return found{}, false // "the last day of the war"
	}
	r := found{first: i, end: k + 1, grain: size}
	r.from, r.to = unitOf(from, size, by)
	if size == weekends && by == 0 && j == i && r.settled() && r.from > p.published && p.tense(p.at(i).first) == past {
		r.from, r.to = unitOf(from, size, -1) // "this weekend he said"
	}
	if size == weeks {
		p.weekThenDay(&r)
	}
	return r, true
}

// weekThenDay reads on from "next week" to "next week on Tuesday".
func (p *parser) weekThenDay(r *found) {
	k := r.end
	if p.is(k, monthprep) && !p.is(k, of) {
		k++
	}
	if !p.weekdayAt(k) || p.named(k) || p.is(k+1, comma) && p.at(k+2).num >= 0 {
		return
	}
	r.end, r.grain = k+1, days
	if r.settled() {
		r.from += dragoman.Day((p.value(k, weekday) + 6) % 7)
		r.to = r.from
	}
}

// toldDay is the day from which "the next day" counts: the last date told, or
// else the day of publication.
func (p *parser) toldDay() dragoman.Day {
	if p.told.settled() {
		return p.told.to
	}
	return p.published
}

// sameOf reads "the same month a year ago", "the same period of 2020": the
// stretch last told, in another year.
func (p *parser) sameOf(i int) (found, bool) {
	if !p.is(i, article) || !p.is(i+1, anchored) || p.value(i+1, anchored) != 0 || !p.told.settled() {
		return found{}, false
	}
	size, plural := p.unitAt(i + 2)
	if plural || size == hours && !p.is(i+2, period) || size >= years {
		return found{}, false
	}
	j := i + 3
	for j < i+5 && (p.is(j, of) || p.is(j, in) || p.is(j, article)) {
		j++
	}
	y, end, ok := p.yearAt(j)
	if a, counted := p.amount(j); !ok && counted && p.is(a.end, ago) && a.unit == years && p.published != dragoman.NoDay {
		y, _ = yearMonth(p.published)
		y, end, ok = y-int(a.n), a.end+1, true
	}
	if !ok {
		return found{}, false
	}
	from, to := p.told.from, p.told.to
	if size > hours {
		from, to = unitOf(from, size, 0)
	}
	r := found{first: i, end: end, from: inYear(from, y), grain: p.told.grain, aside: true}
	r.to = r.from + to - from
	if size == months || size == hours && p.told.grain == months {
		_, r.to = unitOf(r.from, months, 0)
	}
	return r, true
}

// countedFrom is the day from which "the next day", "two days later" count at
// piece i: where no date was told, that of publication, unless the clause is in
// the past; nor does what is past count from a week that is not over.
func (p *parser) countedFrom(i int) dragoman.Day {
	day := p.toldDay()
	if p.tense(p.at(i).first) == past && (!p.told.settled() || p.published != dragoman.NoDay && day >= p.published && p.told.from != p.told.to) {
		return dragoman.NoDay
	}
	return day
}

func add(d dragoman.Day, n int) dragoman.Day {
	if d == dragoman.NoDay {
		return d
	}
	return d + dragoman.Day(n)
}

// turnedDay reads on from "next" or "last" at a day and month: "next 9 June".
func (p *parser) turnedDay(i, k, by int) (found, bool) {
	r, ok := p.dayMonth(k)
	if !ok {
		r, ok = p.monthDay(k)
	}
	if !ok {
		r, ok = p.twoFigures(k, true)
	}
	if !ok || r.grain != days || !r.yearless || !r.settled() || r.from != r.to {
		return found{}, false
	}
	y, _ := yearMonth(p.published)
	day := inYear(r.from, y)
	switch {
	case by > 0 && day <= p.published:
		day = inYear(r.from, y+1)
	case by < 0 && day >= p.published:
		day = inYear(r.from, y-1)
	}
	r.first, r.from, r.to, r.yearless = i, day, day, false
	return r, true
}

func (p *parser) turnedMonth(i, k, by int) found {
	r := found{first: i, end: k + 1, from: dragoman.NoDay, to: dragoman.NoDay, grain: months}
	if p.published == dragoman.NoDay {
		return r
	}
	m := p.value(k, month)
	y, now := yearMonth(p.published)
	switch {
	case by < 0 && m >= now:
		y--
	case by > 0 && m <= now:
		y++
	}
	r.from, r.to = monthOf(y, m)
	return r
}

func (p *parser) turnedSeason(i, k, by int) found {
	r := found{first: i, end: k + 1, from: dragoman.NoDay, to: dragoman.NoDay, grain: quarters}
	if p.published == dragoman.NoDay {
		return r
	}
	m := p.value(k, season)
	y, _ := yearMonth(p.published)
	r.from, r.to = seasonOf(y, m)
	for ; by < 0 && r.to >= p.published; y-- {
		r.from, r.to = seasonOf(y-1, m)
	}
	switch {
	case by > 0 && r.from <= p.published:
		r.from, r.to = seasonOf(y+1, m)
	case by == 0 && r.from > p.published && m == 12 && shift(r.from, -1, years) <= p.published && shift(r.to, -1, years) >= p.published:
		r.from, r.to = seasonOf(y-1, m) // in January, this winter began last year
	}
	return r
}

// seasonOf returns three months from m on; winter is that which begins in y.
func seasonOf(y, m int) (from, to dragoman.Day) {
	from, _ = monthOf(y, m)
	_, to = monthOf(y, m+2)
	return from, to
}

// season reads "the summer of 2021", "summer 2021", "in the spring".
func (p *parser) season(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	if !p.is(j, season) {
		return found{}, false
	}
	m := p.value(j, season)
	if y, end, ok := p.yearAt(j + 1); ok {
		from, to := seasonOf(y, m)
		return found{first: i, end: end, from: from, to: to, grain: quarters}, true
	}
	if p.is(j, doubtful) && (!p.is(i-1, in) || p.is(j+1, of)) || p.tag(p.at(j).first).POS != dragoman.NOUN || !p.is(i-1, monthprep) || p.named(j) {
		return found{}, false
	}
	r := found{first: i, end: j + 1, from: dragoman.NoDay, to: dragoman.NoDay, grain: quarters, yearless: true}
	if p.published != dragoman.NoDay {
		y, _ := yearMonth(p.nearest(j, m, 1))
		r.from, r.to = seasonOf(y, m)
	}
	return r, true
}

// deictic reads "today", "yesterday morning", "overnight".
func (p *parser) deictic(i int) (found, bool) {
	r := found{first: i, end: i + 1, grain: days}
	switch {
	case p.is(i, deictic):
		r.from = add(p.published, p.value(i, deictic))
		r.to = r.from
	case p.is(i, overnight):
		r.from, r.to = add(p.published, p.value(i, overnight)), p.published
	default:
		return found{}, false
	}
	if p.is(i+1, possessive) && p.is(i, overnight) {
		return found{}, false
	}
	if p.is(r.end, daypart) {
		r.end++
	}
	return r, true
}

// clipped reads "earlier this month", "later this year", "earlier on Tuesday":
// the part of a stretch before or after publication.
func (p *parser) clipped(i int) (found, bool) {
	if !p.is(i, earlier) && !p.is(i, later) {
		return found{}, false
	}
	j := i + 1
	for j < i+3 && (p.is(j, monthprep) || p.is(j, in)) && !p.is(j, turn) {
		j++
	}
	var r found
	ok := false
	if j > i+1 && p.is(j, article) {
		r, ok = p.wholeAt(j)
		if size, plural := p.unitAt(j + 1); !ok && size == days && !plural { // "later in the day"
			day := p.toldDay()
			r, ok = found{end: j + 2, from: day, to: day, grain: days}, true
		}
	}
	for _, read := range [...]func(*parser, int) (found, bool){(*parser).relative, (*parser).deictic, (*parser).weekday, (*parser).monthDay,
		(*parser).dayMonth} {
		if !ok {
			r, ok = read(p, j)
		}
	}
	if !ok && j > i+1 {
		if r, ok = p.monthAlone(j, true); !ok {
			r, ok = p.year(j, true)
		}
	}
	if !ok || r.rolling {
		return found{}, false
	}
	r.first = i
	if r.settled() && r.from <= p.published && p.published <= r.to {
		if p.is(i, earlier) { // what was today would be "earlier today"
			r.to = max(r.from, p.published-1)
		} else {
			r.from = p.published
		}
	}
	return r, true
}

// part reads "early 2020", "mid-March", "the end of the year", "late last
// month".
func (p *parser) part(i int) (found, bool) {
	j := i
	if p.is(j, article) {
		j++
	}
	if !p.is(j, part) || p.tag(p.at(j).first).POS == dragoman.VERB {
		return found{}, false
	}
	which := p.value(j, part)
	k := j + 1
	if p.dash(k) {
		k++
	}
	if !p.is(k, of) && !p.is(k, in) && p.is(k, article) && !p.at(k+1).plural && p.at(k+1).num < 0 && !p.is(k+1, decade) {
		return found{}, false // "start the year": a verb
	}
	r, ok := p.wholeAt(k)
	if size, plural := p.unitAt(k + 1); !ok && p.is(k, of) && size >= weeks && !plural && !p.counting(k+2) { // "end of year"
		r, ok = found{end: k + 2, grain: size}, true
		r.from, r.to = unitOf(p.published, size, 0)
	}
	if !ok || r.grain < weeks || r.rolling {
		return found{}, false
	}
	r.first, r.late = i, which == 3
	if r.settled() {
		if p.is(k, of) {
			r.edged, r.edge = true, [...]dragoman.Day{1: r.from, 2: r.from + (r.to-r.from+1)/2, 3: r.to + 1}[which]
		}
		r.from, r.to = partOf(r.from, r.to, which)
		if middle := r.from + (r.to-r.from)/2; p.is(k, of) && r.grain >= centuries { // its end is closer to the end than what is late in it
			switch which {
			case 1:
				r.to = middle
			case 3:
				r.from = middle
			}
		}
	}
	r.grain = max(1, r.grain/3)
	return r, true
}
