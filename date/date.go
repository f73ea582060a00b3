// Package date finds expressions of time and says which days they stand for,
// reckoned from the day of publication. News looks back: a bare "Tuesday" is
// the last one, unless the clause is about what is to come.
//
// What is found is an expression with calendar days behind it: "last week",
// "12–15 March", "since the summer of 2021". A length without an anchor ("a
// three-year plan") is none. Where the days cannot be settled (no day of
// publication, "two days after the vote") both ends are NoDay.
package date

import (
	"dragoman"
)

// Find returns the dates of doc in order of the text; they do not overlap.
// "since", "until", "by", "before", "after", "from … to" belong to a date, for
// they change its days; other prepositions do not.
func (f *Finder) Find(doc *dragoman.Document) []dragoman.Date {
	p := &parser{Finder: f, doc: doc, published: doc.Published, told: found{from: dragoman.NoDay, to: dragoman.NoDay}}
	var all []dragoman.Date
	for _, s := range doc.Sentences {
		if !p.lex(s) {
			continue
		}
		for i := 0; i < len(p.pieces); {
			if !p.pieces[i].opens {
				i++
				continue
			}
			r, ok := p.expression(i)
			if !ok || r.end <= i {
				i++
				continue
			}
			first, end := p.pieces[r.first].first, p.pieces[r.end-1].end
			if n := len(all); n > 0 && first < all[n-1].End {
				i = r.end
				continue
			}
			all = append(all, dragoman.Date{Span: dragoman.Span{Start: doc.Tokens[first].Start, End: doc.Tokens[end-1].End},
				First: first, End: end, From: r.from, To: r.to})
			if r.from != dragoman.NoDay && r.to != dragoman.NoDay && !r.rolling && !r.aside {
				p.told = r // "the next day" is reckoned from here
			}
			i = r.end
		}
	}
	return all
}

// parser reads expressions of one document, a sentence at a time.
type parser struct {
	*Finder
	doc       *dragoman.Document
	published dragoman.Day
	sent      dragoman.Sentence
	pieces    []piece
	told      found // the last date told, from which "the next day" is reckoned
	depth     int
}

// found is an expression: its pieces, its days, and how fine it is, in days.
type found struct {
	first, end int
	from, to   dragoman.Day
	grain      int
	yearless   bool // the year was not told but reckoned
	week       bool // a bare weekday: only the week was reckoned
	rolling    bool // a stretch up to or from now, no part of the calendar
	ranged     bool // has its two ends already
	late       bool // the end of a stretch
	aside      bool // looks back from the last date told, which stays the last
}

func (r found) settled() bool { return r.from != dragoman.NoDay && r.to != dragoman.NoDay }

// expression reads what may start at i: a range, an open range, or one date.
func (p *parser) expression(i int) (found, bool) {
	switch {
	case p.is(i, span):
		return p.fromTo(i)
	case p.is(i, since):
		if a, ok := p.one(i+1, true); ok {
			a.first, a.rolling = i, true
			if a.settled() && (p.published == dragoman.NoDay || a.from <= p.published) {
				a.to = p.published
			}
			return a, true
		}
	case p.is(i, until), p.is(i, by):
		if a, ok := p.one(i+1, true); ok && p.stands(a) {
			a.first, a.rolling = i, true
			if a.settled() {
				a.from = dragoman.NoDay
				if p.is(i, by) && p.published != dragoman.NoDay && a.to >= p.published {
					a.from = p.published
				}
			}
			return a, true
		}
	case p.is(i, after), p.is(i, before):
		if r, ok := p.beside(i); ok {
			return r, true
		}
	}
	a, ok := p.one(i, false)
	if !ok {
		return a, false
	}
	if r, ok := p.to(a); ok {
		return r, true
	}
	return a, true
}

// fromTo reads "from 2014 to 2018", "between May and July". A "from" alone
// says nothing that the date does not.
func (p *parser) fromTo(i int) (found, bool) {
	if n, j, ok := p.dayNumber(i + 1); ok && (p.is(j, to) || p.is(j, and)) { // "between 12 and 15 March"
		if r, ok := p.dayMonth(j + 1); ok && r.grain == days {
			r.first = i
			if _, _, last := r.to.Date(); r.settled() && n < last {
				r.from = r.to - dragoman.Day(last-n)
			}
			return r, true
		}
	}
	a, ok := p.one(i+1, true)
	if !ok {
		return a, false
	}
	if a.ranged {
		a.first = i
		return a, true
	}
	j := a.end
	if p.is(j, comma) {
		j++
	}
	if p.is(j, to) || p.is(j, and) && p.value(i, span) == 2 {
		if b, ok := p.one(j+1, true); ok {
			return p.through(i, a, b), true
		}
	}
	return found{}, false
}

// to reads the other end of a range that has no "from": "March to May 2024".
func (p *parser) to(a found) (found, bool) {
	if !p.is(a.end, to) {
		return a, false
	}
	b, ok := p.one(a.end+1, true)
	if !ok || a.grain > 1 != (b.grain > 1) || a.rolling || b.rolling {
		return a, false
	}
	return p.through(a.first, a, b), true
}

// through joins two ends. An end without a year takes that of the other.
func (p *parser) through(first int, a, b found) found {
	r := found{first: first, end: b.end, from: a.from, to: b.to, grain: max(a.grain, b.grain)}
	if !a.settled() || !b.settled() {
		r.from, r.to = dragoman.NoDay, dragoman.NoDay
		return r
	}
	switch {
	case a.yearless && !b.yearless:
		y, _, _ := b.to.Date()
		r.from = inYear(a.from, y)
		if r.from > r.to {
			r.from = inYear(a.from, y-1)
		}
	case r.from <= r.to:
	case a.week || b.week:
		r.from -= 7
	case a.yearless || b.yearless:
		y, _, _ := b.to.Date()
		r.from = inYear(a.from, y)
		if r.from > r.to { // "from November to February"
			r.from = inYear(a.from, y-1)
		}
	}
	if r.from > r.to {
		r.from, r.to = dragoman.NoDay, dragoman.NoDay
	}
	return r
}

// beside reads "after 15 March", "before 2001": an open end. Before a noun
// ("after Tuesday's talks") the date is that of the noun and stays as it is.
func (p *parser) beside(i int) (found, bool) {
	a, ok := p.one(i+1, true)
	if !ok || !p.stands(a) || a.rolling {
		return a, false
	}
	if a.settled() {
		if p.is(i, after) {
			a.from, a.to = a.to+1, dragoman.NoDay
		} else {
			if a.from--; a.late {
				a.from = a.to // "before the end of the year"
			}
			a.from, a.to = dragoman.NoDay, a.from
		}
	}
	a.first, a.rolling = i, true
	return a, true
}

// stands reports whether a is an object by itself and belongs to no noun.
func (p *parser) stands(a found) bool {
	if p.is(a.end, possessive) {
		return false
	}
	t := p.pieces[a.end-1].first
	arc := p.arc(t)
	return arc.Head < 0 || arc.Head < p.pieces[a.end-1].end || arc.Rel != "compound" && arc.Rel != "nummod" && arc.Rel != "amod"
}
