package date

import (
	"time"

	"dragoman"
)

// inFigures is a date that is one token. Of 3/4/2021 the order is open: the
// reading that lies ahead of publication yields to the other.
func (p *parser) inFigures(i int) found {
	pc := p.at(i)
	return p.figured(i, i+1, pc.day, pc.order)
}

func (p *parser) figured(i, end int, day dragoman.Day, order int8) found {
	if order != 0 && p.published != dragoman.NoDay && day > p.published {
		y, m, d := day.Date()
		if other, ok := dayOf(y, d, int(m)); ok && other <= p.published {
			day = other
		}
	}
	return found{first: i, end: end, from: day, to: day, grain: days}
}

// dash reports whether i joins two numbers without a word.
func (p *parser) dash(i int) bool { return p.value(i, to) == 1 }

// sign returns what joins the parts of a date in figures: 1 a dash, 2 a
// slash, 0 nothing.
func (p *parser) sign(i int) int {
	switch {
	case p.dash(i):
		return 1
	case p.is(i, numeric):
		return 2
	}
	return 0
}

// tight reports whether nothing stands between the pieces from i to j.
func (p *parser) tight(i, j int) bool {
	for ; i < j; i++ {
		a, b := p.at(i).end-1, p.at(i+1).first
		if a < b && p.doc.Tokens[a].End != p.doc.Tokens[b].Start {
			return false
		}
	}
	return true
}

// short reads a number of at most two figures: a day, a month, a year without
// its century.
func (p *parser) short(i int) (int, bool) {
	pc := p.at(i)
	return pc.num, pc.num >= 0 && pc.digits <= 2 && !pc.plural && !pc.ordinal && pc.prefix == 0
}

// threeFigures reads a date of three parts with one sign between them:
// "2025-02-12", "12/02/2025", "12-Feb-2025", "2/12/25".
func (p *parser) threeFigures(i int) (found, bool) {
	sign := p.sign(i + 1)
	if sign == 0 || p.sign(i+3) != sign || sign == 1 && p.dash(i-1) && p.tight(i-1, i) && p.at(i-2).num >= 0 && p.at(i-2).digits < 4 {
		return found{}, false
	}
	y, first := p.year4(i)
	z, last := p.year4(i + 4)
	a, okA := p.short(i)
	b, okB := p.short(i + 2)
	c, okC := p.short(i + 4)
	m, named := p.monthAt(i + 2)
	var day dragoman.Day
	order, ok := int8(0), false
	switch {
	case named && first && okC:
		day, ok = dayOf(y, m, c)
	case named && okA && last:
		day, ok = dayOf(z, m, a)
	case named && okA && okC && p.at(i+4).digits == 2:
		day, ok = dayOf(p.withCentury(c), m, a)
	case first && okB && okC:
		day, ok = dayOf(y, b, c)
	case okA && okB && last:
		day, order, ok = p.ordered(a, b, z)
	case okA && okB && okC && sign == 2 && p.at(i+4).digits == 2:
		day, order, ok = p.ordered(a, b, p.withCentury(c))
	case okB && last:
		if m, named := p.monthAt(i); named {
			day, ok = dayOf(z, m, b)
		}
	}
	return p.figured(i, i+5, day, order), ok
}

// withCentury returns the year with these last two figures that lies at most
// ten years ahead of publication.
func (p *parser) withCentury(n int) int {
	now := 2025
	if p.published != dragoman.NoDay {
		now, _ = yearMonth(p.published)
	}
	y := now/100*100 + n
	if y > now+10 {
		y -= 100
	}
	return y
}

// twoFigures reads a date of two parts: "17/08", "Feb/9", "Nov-2021",
// "2021-12", "3/2021". Two numbers are a day and month where a word before
// them asks for a day, or where both have two figures and one can be no month.
func (p *parser) twoFigures(i int, loose bool) (found, bool) {
	sign := p.sign(i + 1)
	if sign == 0 || sign == p.sign(i-1) && p.tight(i-1, i) || p.sign(i+3) == sign && p.tight(i+2, i+4) || sign == 1 && !p.tight(i, i+2) {
		return found{}, false
	}
	a, okA := p.short(i)
	b, okB := p.short(i + 2)
	m, firstNamed := p.monthAt(i)
	n, lastNamed := p.monthAt(i + 2)
	y, yearFirst := p.year4(i)
	z, yearLast := p.year4(i + 2)
	switch {
	case firstNamed && okB:
		return p.withYear(i, i+3, m, b, b)
	case lastNamed && okA && !(sign == 1 && p.at(i+3).num >= 0 && p.at(i+3).digits <= 2): // "April 9-October 8"
		return p.withYear(i, i+3, n, a, a)
	case firstNamed && yearLast:
		return p.monthOfYear(i, i+3, z, m)
	case lastNamed && yearFirst && p.yearFollows(i+3): // "May 2020-May 2021"
	case lastNamed && yearFirst:
		return p.monthOfYear(i, i+3, y, n)
	case yearFirst && okB && y >= 1900 && y <= 2100 && b <= y%100 && (b <= y%10 || p.at(i+2).digits == 2): // "2010-11", "1954-7" are two years
		return p.monthOfYear(i, i+3, y, b)
	case okA && yearLast && z >= 1900 && z <= 2100:
		return p.monthOfYear(i, i+3, z, a)
	case okA && okB && sign == 2 && !p.is(i+3, of) && !p.is(i-1, sum):
		two := p.at(i).digits == 2 && p.at(i+2).digits == 2 && max(a, b) > 12
		ends := p.is(i+3, to) && (p.is(i+5, numeric) || p.at(i+4).day != dragoman.NoDay)
		if !two && !loose && !ends && p.value(i-1, monthprep) != 2 && !p.is(i-1, turn) || p.counting(i+3) {
			return found{}, false
		}
		if e := p.words["/"]; a > 12 || b <= 12 && (e == nil || e.value[numeric] != 1) {
			a, b = b, a
		}
		return p.withYear(i, i+3, a, b, b)
	}
	return found{}, false
}

// monthOfYear is a month whose year is told.
func (p *parser) monthOfYear(i, end, y, m int) (found, bool) {
	if m < 1 || m > 12 {
		return found{}, false
	}
	from, to := monthOf(y, m)
	return found{first: i, end: end, from: from, to: to, grain: months}, true
}

// counting reports whether piece i is what a number before it can count, or
// say more of.
func (p *parser) counting(i int) bool {
	pc := p.at(i)
	if pc == &nothing || p.is(i, to) || p.is(i, and) {
		return false
	}
	switch p.tag(pc.first).POS {
	case dragoman.NOUN, dragoman.PROPN, dragoman.ADJ, dragoman.NUM:
		return true
	}
	return p.is(i, units) || p.is(i, unit)
}

// yearFirst reads "2021 June", "2021 Q3", "2022-H1": the year before its part.
func (p *parser) yearFirst(i int) (found, bool) {
	y, ok := p.year4(i)
	if !ok || y < 1900 || y > 2100 || p.is(i-1, sum) {
		return found{}, false
	}
	j := i + 1
	if p.dash(j) && p.tight(i, j+1) {
		j++
	}
	if r, ok := p.quarterOf(i, j, y); ok {
		return r, true
	}
	m, ok := p.monthAt(j)
	if _, _, more := p.yearAt(j + 1); !ok || more || j > i+1 || p.named(j) {
		return found{}, false
	}
	if d, end, ok := p.dayNumber(j + 1); ok {
		if day, ok := dayOf(y, m, d); ok && !p.counting(end) {
			return found{first: i, end: end, from: day, to: day, grain: days}, true
		}
		return found{}, false
	}
	return p.monthOfYear(i, j+1, y, m)
}

// quarterOf is the quarter or half of year y that stands at j: "Q3", "H1".
func (p *parser) quarterOf(i, j, y int) (found, bool) {
	pc := p.at(j)
	r := found{first: i, end: j + 1}
	if pc.prefix != quarter {
		return r, false
	}
	n, size := 3, quarters
	if pc.halves {
		n, size = 6, years/2
	}
	r.from = dragoman.DayOf(y, time.Month(n*(pc.num-1)+1), 1)
	r.to, r.grain = shift(r.from, float64(n), months)-1, size
	return r, true
}

// yearInWords reads a year as it is spoken: "nineteen sixty-eight", "nineteen
// hundred and five", "two thousand and ten".
func (p *parser) yearInWords(i int) (y, end int, ok bool) {
	const hundred, thousand = 100, 1000
	n := p.value(i, number)
	if n == 2 && p.value(i+1, number) == thousand {
		rest, end := p.below100(i + 2)
		return 2*thousand + rest, end, true
	}
	if n < 15 || n > 20 {
		return 0, i, false
	}
	if p.value(i+1, number) == hundred {
		rest, end := p.below100(i + 2)
		return hundred*n + rest, end, true
	}
	if p.value(i+1, number) < 10 {
		return 0, i, false
	}
	rest, end := p.below100(i + 1)
	return hundred*n + rest, end, end > i+1
}

// below100 reads "five", "and five", "eighty-six"; 0 where there is none.
func (p *parser) below100(i int) (n, end int) {
	j := i
	if p.is(j, and) {
		j++
	}
	n = p.value(j, number)
	if n < 1 || n > 90 || n == 1 && len(p.doc.Form(p.at(j).first)) < len("one") {
		return 0, i // "a"
	}
	j++
	if n >= 20 {
		k := j
		if p.dash(k) {
			k++
		}
		if m := p.value(k, number); m > 0 && m < 10 {
			return n + m, k + 1
		}
	}
	return n, j
}

// dayAlone reads "the 4th": the last day of that number, or the next where the
// clause looks ahead. In figures only, and where it says no more of a noun.
func (p *parser) dayAlone(i int, loose bool) (found, bool) {
	pc := p.at(i + 1)
	if !p.is(i, article) || !pc.ordinal || pc.num < 1 || pc.num > 31 || p.is(i+2, of) || p.counting(i+2) || !p.stands(found{end: i + 2}) {
		return found{}, false
	}
	around := p.is(i-1, lead) && p.value(i-1, yearprep) == 2
	if !loose && !around && p.value(i-1, monthprep) != 2 {
		return found{}, false
	}
	day := p.nearestWith(i, pc.num, func(dragoman.Day) bool { return true })
	return found{first: i, end: i + 2, from: day, to: day, grain: days}, true
}

// nearestWith returns the last day of number n that fits, or the next where
// the clause of piece i looks ahead; NoDay where none does in three years.
func (p *parser) nearestWith(i, n int, fits func(dragoman.Day) bool) dragoman.Day {
	if p.published == dragoman.NoDay {
		return p.published
	}
	const reach = 36
	step := -1
	if p.ahead(p.at(i).first) {
		step = 1
	}
	y, m := yearMonth(p.published)
	for k := 0; k < reach; k++ {
		first, last := monthOf(y, m+k*step)
		day := first + dragoman.Day(n-1)
		if day <= last && (step < 0 && day <= p.published || step > 0 && day >= p.published) && fits(day) {
			return day
		}
	}
	return dragoman.NoDay
}
