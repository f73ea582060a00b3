package date

import (
	"dragoman"
)

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
	if y, end, ok := p.yearInWords(j); ok && !p.counting(end) {
		return y, end, true
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
	if n, ok := p.short(j); ok && j == i+1 && p.is(i, of) && p.at(j).digits == 2 && p.closes(j+1) {
		return p.withCentury(n), j + 1, true // "15 April of 87"
	}
	return 0, i, false
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
	if y, end, ok := p.yearInWords(j); ok && (marked || p.value(j-1, yearprep) == 2) && !p.counting(end) {
		from, to := yearOf(y)
		return found{first: i, end: end, from: from, to: to, grain: years}, true
	}
	y, ok := p.year4(j)
	if !ok || y < 1500 || y > 2199 || p.is(j+1, sum) || p.is(j-1, sum) || p.is(j+1, era) || p.is(j+1, units) {
		return found{}, false
	}
	if !marked && (!p.marksYear(i, j, y) || y > 2100 && p.value(j-1, yearprep) != 2) {
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
	if !p.is(j+1, to) && !p.is(j+1, numeric) {
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
	case p.dash(j-1) && p.tight(j-1, j) && p.at(j-2).num >= 0: // "155-2011-2016"
		return false
	case y >= 1900 && y <= 2050 && (p.is(j+1, to) || p.is(j+1, numeric)) && p.yearAfter(j, y):
		return true
	case y >= 1500 && p.is(j+1, to) && p.is(j+2, now): // "2014–now"
		return true
	case p.is(j+1, and) && (p.is(j+2, later) || p.is(j+2, earlier)): // "2021 or later"
		return true
	case p.is(j-1, comma) && y >= 1900 && y <= 2050 && !counts: // "2014, 2015 and 2016"
		_, joined := p.year4(j - 2)
		return joined
	case counts && round, counts && y > 2100:
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
	case p.is(j, decade) && (j > i || p.is(i-1, in)):
		y = 1900 + p.value(j, decade)
	case !pc.plural && pc.digits == 4 && y%10 == 0 && p.doc.Form(p.at(j+1).first) == "s" && j+1 < len(p.pieces): // "1990 s"
		from, to := yearsOf(y, n)
		return found{first: i, end: j + 2, from: from, to: to, grain: decades}, y >= 1500 && y <= 2100
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

// quarter reads "Q3 2024", "H1 2024", "Q3-2024".
func (p *parser) quarter(i int) (found, bool) {
	pc := p.at(i)
	if pc.prefix != quarter {
		return found{}, false
	}
	y, end, ok := p.yearAt(i + 1)
	if z, dashed := p.year4(i + 2); !ok && dashed && p.dash(i+1) && p.tight(i, i+2) {
		y, end, ok = z, i+3, true
	}
	if ok {
		r, ok := p.quarterOf(i, i, y)
		r.end = end
		return r, ok
	}
	return p.bareQuarter(i, i+1, pc.num), !pc.halves
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
