package date

import (
	"dragoman"
)

// amount is how many units: "three and a half years", "a few days".
type amount struct {
	n     float64
	unit  int // in days, 0 for hours and less
	end   int
	vague bool
}

// most bounds how far an amount reaches.
const most = 100 * centuries

func (p *parser) amount(i int) (amount, bool) {
	for k := 0; k < 3 && p.is(i, lead); k++ {
		i++
	}
	if p.is(i, half) { // "half a year"
		j := i + 1
		if p.is(j, indefinite) || p.dash(j) {
			j++
		}
		size, plural := p.unitAt(j)
		return amount{0.5, size, j + 1, false}, size > 0 && !plural
	}
	a := amount{}
	j := i + 1
	switch {
	case p.is(i, indefinite):
		a.n = 1
		if p.is(j, vague) || p.value(j, number) > 1 {
			a.n, a.vague = float64(p.value(j, number)), p.is(j, vague)
			j++
		}
	case p.is(i, number):
		a.n, a.vague = float64(p.value(i, number)), p.is(i, vague)
		if a.n >= 20 && p.dash(j) && p.value(j+1, number) > 0 && p.value(j+1, number) < 10 {
			a.n += float64(p.value(j+1, number))
			j += 2
		}
	case p.at(i).num >= 0 && p.at(i).num < 1000 && !p.at(i).ordinal && !p.at(i).plural && p.at(i).prefix == 0:
		a.n = float64(p.at(i).num)
	default:
		return a, false
	}
	if p.is(j, of) {
		j++
	}
	j = p.andHalf(&a, j)
	if p.dash(j) {
		j++
	}
	_, ok := p.unitAt(j)
	a.unit, _ = p.unitAt(j)
	ok = ok || p.is(j, unit)
	if p.is(j, possessive) {
		return a, false
	}
	a.end = j + 1
	if p.is(a.end, possessive) && p.is(a.end+1, hence) {
		a.end++
	}
	if a.end = p.andHalf(&a, a.end); p.is(a.end, old) || p.dash(a.end) {
		return a, false // "50-year-old", "three-year-long"
	}
	return a, ok && a.n*float64(a.unit) < most
}

// andHalf reads "and a half".
func (p *parser) andHalf(a *amount, j int) int {
	if p.is(j, and) && p.is(j+1, indefinite) && p.is(j+2, half) {
		a.n += 0.5
		return j + 3
	}
	return j
}

// counted reads "two days ago", "three years earlier", "two weeks from now",
// and under a future "in two weeks".
func (p *parser) counted(i int) (found, bool) {
	a, ok := p.amount(i)
	if !ok {
		return found{}, false
	}
	coarse := make([]amount, 0, 2) // "two years and three months ago"
	for range 2 {
		k := a.end
		if p.is(k, and) || p.is(k, comma) {
			k++
		}
		fine, ok := p.amount(k)
		if !ok || fine.unit >= a.unit || fine.unit == 0 {
			break
		}
		coarse, a = append(coarse, a), fine
	}
	base, way, named := p.published, -1.0, false
	r := found{first: i, end: a.end + 1, grain: max(1, a.unit), unit: a.unit}
	if s, ok := p.stretch(i, a); ok && len(coarse) == 0 {
		return s, true
	}
	switch {
	case p.is(a.end, ago):
	case p.is(a.end, hence):
		way = 1
	case p.is(a.end, earlier), p.is(a.end, later), p.is(a.end, before), p.is(a.end, after):
		if p.is(a.end, later) || p.is(a.end, after) {
			way = 1
		}
		var ok bool
		if base, r.end, ok = p.basis(a.end); !ok || base == dragoman.NoDay && p.published != base {
			return found{}, false
		}
		from, ok := p.one(a.end+1, true)
		named = ok && from.grain == days && !p.is(a.end, earlier) && !p.is(a.end, later)
	case p.value(a.end, span) == 1: // "two weeks from Tuesday"
		from, ok := p.one(a.end+1, false)
		if !ok || from.grain != days {
			return found{}, false
		}
		base, r.end, way, named = from.to, from.end, 1, true
	case p.is(i-1, in) && p.ahead(p.at(i).first):
		r.end, way = a.end, 1
	case p.is(i-1, within) && p.ahead(p.at(i).first):
		r.end, r.from, r.to, r.rolling = a.end, p.published, shift(p.published, a.n, a.unit), true
		if a.unit > days {
			r.to = add(r.to, -1)
		}
		return r, true
	case p.is(i-1, length) && !p.is(i-1, in) && p.perfect(p.at(i).first) && a.unit > 0 && !p.is(a.end, whole):
		r.end, r.from, r.to, r.rolling = a.end, shift(p.published, -a.n, a.unit), p.published, true
		return r, true
	default:
		return found{}, false
	}
	if p.is(r.end, deictic) && p.value(r.end, deictic) == 0 && p.is(r.end-1, ago) {
		r.end++ // "two years ago today"
		a.vague = false
		r.from = shift(base, way*a.n, a.unit)
		r.to = r.from
		return r, true
	}
	r.aside = way < 0 && !p.is(a.end, ago)
	for _, c := range coarse {
		base = shift(base, way*c.n, c.unit)
	}
	r.from, r.to = around(base, way, a)
	if named && !a.vague && a.unit <= months { // reckoned from a day that is named, it is to the day
		r.from = shift(base, way*a.n, a.unit)
		r.to = r.from
	}
	if k := r.end; p.weekdayAt(k) && !p.named(k) && a.unit >= days { // "three weeks ago Tuesday"
		p.dayInWeek(&r, p.value(k, weekday))
		r.end = k + 1
	} else if p.value(k, monthprep) == 2 && p.weekdayAt(k+1) && !p.named(k+1) && a.unit >= days && p.closes(k+2) {
		p.dayInWeek(&r, p.value(k+1, weekday))
		r.end = k + 2
	}
	return r, true
}

// stretch reads on from an amount to "beginning on Monday", or after "for" to
// "from Monday": as many days from there on.
func (p *parser) stretch(i int, a amount) (found, bool) {
	j := a.end
	if p.is(j, comma) {
		j++
	}
	k := j + 1
	switch {
	case p.is(j, onset):
		k = p.afterOnset(j)
	case p.value(j, span) == 1 && p.is(i-1, length) && !p.is(i-1, in):
	case p.is(j, hence) && p.is(i-1, length) && !p.is(i-1, in) && a.unit >= days: // "for three days from today"
		r := found{first: i, end: j + 1, from: p.published, grain: a.unit, rolling: true}
		r.to = shift(add(r.from, -1), a.n, a.unit)
		return r, true
	default:
		return found{}, false
	}
	r, ok := p.one(k, true)
	if !ok || r.rolling || a.unit == hours {
		return found{}, false
	}
	if _, ends := p.to(r); ends {
		return found{}, false // "three years from 2005 to 2008"
	}
	r.first, r.grain, r.rolling = i, max(1, a.unit), true
	if r.settled() {
		r.to = max(r.from, shift(r.from, a.n, a.unit)-1)
	}
	return r, true
}

// around returns the days a distance from base: as many as the unit is
// coarse ("three years ago" is not to the day).
func around(base dragoman.Day, way float64, a amount) (from, to dragoman.Day) {
	day := shift(base, way*a.n, a.unit)
	if day == dragoman.NoDay {
		return day, day
	}
	from, to = day, day
	if a.unit >= months {
		from, to = day-dragoman.Day(a.unit/4), day+dragoman.Day(a.unit/4)
	}
	if a.vague && a.unit > 0 {
		from, to = shift(base, way*a.n*2, a.unit), shift(base, way*1.5, a.unit)
		if from > to {
			from, to = to, from
		}
	}
	if way < 0 {
		to = min(to, base)
	} else {
		from = max(from, base)
	}
	return from, to
}

// basis returns the day that "before", "after", "earlier" or "later" at i
// counts from: the date that follows, or the last one told. What follows and
// is no date ("after the vote") leaves it open, unless the day stands in the
// same phrase ("after the vote on Tuesday").
func (p *parser) basis(i int) (day dragoman.Day, end int, ok bool) {
	if p.is(i, later) {
		return p.countedFrom(i), i + 1, !p.is(i+1, than)
	}
	if p.is(i, earlier) {
		return p.toldDay(), i + 1, !p.is(i+1, than)
	}
	if r, ok := p.one(i+1, true); ok && !r.rolling {
		if p.is(i, before) {
			return r.from, r.end, true
		}
		return r.to, r.end, true
	}
	t := p.at(i).first
	if pos := p.tag(t + 1).POS; t+1 >= p.sent.End || pos == dragoman.PUNCT || pos == dragoman.VERB || pos == dragoman.AUX || pos == dragoman.CCONJ {
		return p.toldDay(), i + 1, true
	}
	const reach = 8
	for k := i + 1; k < i+reach && k < len(p.pieces); k++ {
		if pc := p.at(k); pc.entry == nil && p.tag(pc.first).POS == dragoman.PUNCT {
			break
		} else if p.is(k, comma) {
			break
		} else if p.is(k, monthprep) && !p.is(k, of) {
			if r, ok := p.one(k+1, true); ok && r.grain == days && r.settled() {
				return r.from, i + 1, true
			}
		}
	}
	return dragoman.NoDay, i + 1, true
}

// beyond reads "the day before", "the day after Christmas", "a week after
// 12 March".
func (p *parser) beyond(i int) (found, bool) {
	if !p.is(i, article) {
		return found{}, false
	}
	size, plural := p.unitAt(i + 1)
	if size == hours || plural || !p.is(i+2, before) && !p.is(i+2, after) {
		return found{}, false
	}
	if n := p.value(i+3, turn); n != 0 && p.is(i+2, after) == (n > 0) && p.turnAlone(i+3) { // "the week after next", "the year before last"
		r := found{first: i, end: i + 4, grain: size}
		r.from, r.to = unitOf(p.published, size, 2*n)
		return r, true
	}
	base, end, ok := p.basis(i + 2)
	if base == dragoman.NoDay && p.published != base {
		return found{}, false
	}
	r := found{first: i, end: end, from: base, to: base, grain: size}
	way := 1
	if p.is(i+2, before) {
		way = -1
	}
	r.from, r.to = unitOf(base, size, way)
	r.aside = way < 0
	return r, ok
}

// turnAlone reports whether the "next" or "last" at i belongs to no word after
// it.
func (p *parser) turnAlone(i int) bool {
	return !p.counting(i+1) && !p.isMonth(i+1) && !p.is(i+1, weekday) && p.at(i+1).num < 0
}

// rolled reads a stretch that ends or begins now: "the past three years", "the
// past week", "in recent days", "over the next 48 hours".
func (p *parser) rolled(i int) (found, bool) {
	j := i
	for j < i+2 && (p.is(j, article) || p.is(j, turn) && p.value(j, turn) == 0) {
		j++
	}
	for k := 0; k < 2 && p.is(j, lead); k++ {
		j++
	}
	now := p.published
	if r, ok := p.countedTurn(i, j); ok {
		return r, true
	}
	if size, _ := p.unitAt(j + 1); p.is(j, recent) && p.is(j+1, units) {
		return found{first: i, end: j + 2, from: shift(now, -float64(p.value(j, recent)), size), to: now, grain: max(1, size), rolling: true}, true
	}
	if !p.is(j, rolling) || j == i && p.tag(p.at(j).first).POS == dragoman.VERB { // "will last three days"
		return found{}, false
	}
	back := p.value(j, rolling) < 0
	a, ok := p.amount(j + 1)
	if !ok {
		size, plural := p.unitAt(j + 1)
		isUnit := p.is(j+1, unit) || p.is(j+1, units)
		a = amount{n: 1, unit: size, end: j + 2}
		switch {
		case !isUnit || j == i && !plural:
			return found{}, false
		case plural:
			a.n = vaguely
		case size == quarters || size == weekends || p.is(j+2, of):
			return found{}, false // a part of the calendar
		case !back && !p.is(i-1, length) && !p.ahead(p.at(i).first):
			return found{}, false // "the next day"
		}
	}
	if p.is(a.end, of) {
		return found{}, false // "the last two weeks of March"
	}
	r := p.roll(i, a, back, now)
	if !back && p.is(i-1, within) && a.unit > days {
		r.from, r.to = now, add(r.to, -1)
	}
	return r, true
}

// countedTurn reads at j "two past years", "the previous three quarters", "the
// following two weeks".
func (p *parser) countedTurn(i, j int) (found, bool) {
	if p.is(j, anchored) && !p.is(j, rolling) && p.value(j, anchored) != 0 {
		a, ok := p.amount(j + 1)
		base := p.toldDay()
		if p.value(j, anchored) > 0 {
			base = p.countedFrom(i)
		}
		return p.roll(i, a, p.value(j, anchored) < 0, base), ok && !p.is(a.end, of)
	}
	n := float64(max(p.at(j).num, p.value(j, number)))
	size, plural := p.unitAt(j + 2)
	if n < 2 || n >= 1000 || !plural || !p.is(j+1, rolling) && p.value(j+1, anchored) == 0 {
		return found{}, false
	}
	back := p.value(j+1, rolling) < 0 || p.value(j+1, anchored) < 0
	return p.roll(i, amount{n: n, unit: size, end: j + 3}, back, p.published), true
}

// roll is a stretch up to a day, or from the day after it. Quarters are those
// of the calendar.
func (p *parser) roll(i int, a amount, back bool, base dragoman.Day) found {
	r := found{first: i, end: a.end, grain: max(1, a.unit), rolling: true, from: base, to: base}
	switch {
	case base == dragoman.NoDay:
	case a.unit == quarters && back:
		r.from, _ = unitOf(shift(base, -a.n, quarters), quarters, 0)
		_, r.to = unitOf(base, quarters, -1)
	case a.unit == quarters:
		r.from, _ = unitOf(base, quarters, 1)
		_, r.to = unitOf(shift(base, a.n, quarters), quarters, 0)
	case a.unit == hours && back: // hours reach into the day before or after
		r.from = base - 1
	case a.unit == hours:
		r.to = base + 1
	case back:
		r.from = shift(base, -a.n, a.unit)
	default:
		r.from, r.to = base+1, shift(base, a.n, a.unit)
		r.to = max(r.from, r.to)
	}
	return r
}

// vaguely is how many "the past weeks" are taken for.
const vaguely = 4
