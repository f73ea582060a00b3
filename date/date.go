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
	p := &parser{Finder: f, doc: doc, published: doc.Published, told: found{from: dragoman.NoDay, to: dragoman.NoDay}, cues: make(map[int]bool, len(doc.Attributions))}
	for _, a := range doc.Attributions {
		p.cues[a.CueHead] = true
	}
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
			if r.from != dragoman.NoDay && r.rolling && r.grain == days && r.to == p.published {
				p.told, p.told.to = r, r.from // "since 16 January": that day was told
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
	cues      map[int]bool // tokens by which somebody says something
}

// found is an expression: its pieces, its days, and how fine it is, in days.
type found struct {
	first, end int
	from, to   dragoman.Day
	grain      int
	yearless   bool         // the year was not told but reckoned
	week       bool         // a bare weekday: only the week was reckoned
	rolling    bool         // a stretch up to or from now, no part of the calendar
	ranged     bool         // has its two ends already
	late       bool         // the end of a stretch
	edged      bool         // "the end of 2007": as an end of a range it is a point of time,
	edge       dragoman.Day // before this day
	unit       int          // of an amount that was counted
	aside      bool         // looks back from the last date told, which stays the last
}

func (r found) settled() bool { return r.from != dragoman.NoDay && r.to != dragoman.NoDay }

// expression reads what may start at i: a range, an open range, or one date.
func (p *parser) expression(i int) (found, bool) {
	switch {
	case p.is(i, span):
		return p.fromTo(i)
	case p.is(i, since):
		if a, ok := p.one(i+1, true); ok && p.stands(a) {
			a.first, a.rolling = i, true
			if a.settled() {
				a.from = p.lookingBack(a)
				if a.to = dragoman.NoDay; p.published == dragoman.NoDay || a.from <= p.published {
					a.to = p.published
				}
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
	case p.is(i, onset): // "starting on Monday"
		j := p.afterOnset(i)
		if a, ok := p.one(j, true); ok && p.tag(p.at(i).first).POS != dragoman.NOUN && p.stands(a) && !a.rolling && !a.ranged {
			if _, ends := p.to(a); ends {
				break
			}
			a.first, a.to, a.rolling = i, dragoman.NoDay, true
			return a, true
		}
	case p.is(i, after), p.is(i, before):
		if r, ok := p.beside(i, i+1, p.is(i, after)); ok {
			return r, true
		}
	case (p.is(i, later) || p.is(i, earlier)) && p.is(i+1, than): // "later than 2021"
		if r, ok := p.beside(i, i+2, p.is(i, later)); ok {
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
	if p.is(a.end, and) && a.settled() && !a.rolling && p.closes(a.end+2) { // "2021 or later", "1 May and after"
		switch j := a.end + 1; {
		case p.is(j, later), p.is(j, after):
			a.end, a.to, a.rolling = j+1, dragoman.NoDay, true
		case p.is(j, earlier), p.is(j, before):
			a.end, a.from, a.rolling = j+1, dragoman.NoDay, true
		}
	}
	return a, true
}

// afterOnset returns where the date after "starting on" at i begins.
func (p *parser) afterOnset(i int) int {
	j := i + 1
	if p.is(j, in) || p.value(j, monthprep) == 2 && !p.is(j, until) && !p.is(j, since) && !p.is(j, by) {
		return j + 1
	}
	return j
}

// lookingBack returns where a begins if it cannot lie ahead, as after "since":
// a date without a year, or a bare weekday, is the last one.
func (p *parser) lookingBack(a found) dragoman.Day {
	switch {
	case p.published == dragoman.NoDay || a.from <= p.published:
	case a.week:
		return a.from - 7
	case a.yearless:
		y, _ := yearMonth(a.from)
		return inYear(a.from, y-1)
	}
	return a.from
}

// endOf reads the end of a range at i: a date, "now", "the present", or after
// the day that a ends with, a bare day: "to the 3rd".
func (p *parser) endOf(a found, i int) (found, bool) {
	if r, ok := p.present(i); ok {
		return r, true
	}
	if r, ok := p.one(i, true); ok && !p.is(i, article) {
		return r, true
	}
	j := i
	if p.is(j, article) {
		j++
	}
	if n, end, ok := p.ordinalAt(j); ok && a.grain == days && a.settled() && n <= 31 && !p.is(end, of) && !p.isMonth(end) && !p.counting(end) {
		y, m := yearMonth(a.to)
		_, _, d := a.to.Date()
		if n <= d {
			m++
		}
		first, last := monthOf(y, m)
		day := min(first+dragoman.Day(n-1), last)
		return found{first: i, end: end, from: day, to: day, grain: days, yearless: a.yearless}, true
	}
	return p.one(i, true)
}

// present reads "now", "the present", "date", as an end of a range.
func (p *parser) present(i int) (found, bool) {
	verb := p.tag(p.at(i).first).POS == dragoman.VERB // "came to present a report"
	return found{first: i, end: i + 1, from: p.published, to: p.published, grain: days}, p.is(i, now) && !verb && !p.counting(i+1)
}

// fromTo reads "from 2014 to 2018", "between May and July". A "from" alone
// says nothing that the date does not.
func (p *parser) fromTo(i int) (found, bool) {
	k := i + 1
	if p.is(k, article) {
		k++
	}
	if n, j, ok := p.dayNumber(k); ok && (p.is(j, to) || p.is(j, and)) { // "between 12 and 15 March"
		if r, ok := p.dayMonth(j + 1); ok && r.grain == days {
			r.first = i
			if _, _, last := r.to.Date(); r.settled() && n < last {
				r.from = r.to - dragoman.Day(last-n)
			} else if r.settled() && n > last { // "from the 29th to the 4th of June"
				y, m := yearMonth(r.to)
				first, end := monthOf(y, m-1)
				r.from = min(first+dragoman.Day(n-1), end)
			}
			return r, true
		}
	}
	a, ok := p.present(i + 1)
	if !ok {
		a, ok = p.one(i+1, true)
	}
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
		if b, ok := p.endOf(a, j+1); ok {
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
	if b, ok := p.present(a.end + 1); ok && !a.rolling && a.settled() && a.from <= p.published { // "2015 to the present"
		return p.through(a.first, a, b), true
	}
	b, ok := p.endOf(a, a.end+1)
	mixed := a.grain > 1 != (b.grain > 1) && !(p.dash(a.end) && p.tight(a.end-1, a.end+1)) && // "Dec-Jan 9th"
		(a.grain == 1 || a.yearless || b.yearless || a.grain < months) // "2015 through 3 June 2019"
	if !ok || mixed || a.rolling || b.rolling {
		return a, false
	}
	return p.through(a.first, a, b), true
}

// through joins two ends. An end without a year takes that of the other.
func (p *parser) through(first int, a, b found) found {
	if a.edged {
		a.from = a.edge
	}
	if b.edged {
		b.to = b.edge - 1
	}
	r := found{first: first, end: b.end, from: a.from, to: b.to, grain: max(a.grain, b.grain)}
	if !a.settled() || !b.settled() {
		r.from, r.to = dragoman.NoDay, dragoman.NoDay
		return r
	}
	const longest = 366 // between two days without years
	switch {
	case a.yearless && b.yearless && r.to-r.from > longest:
		y, _, _ := b.to.Date()
		r.from = inYear(a.from, y)
	case a.yearless && !b.yearless:
		y, _, _ := b.to.Date()
		r.from = inYear(a.from, y)
		if r.from > r.to {
			r.from = inYear(a.from, y-1)
		}
	case r.from <= r.to:
	case b.week && !a.week: // "from next Tuesday to Thursday"
		r.to += (a.from - b.to + 6) / 7 * 7
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

// beside reads on from "after", "before", "later than" at the date that
// follows, as in "after 15 March", "before 2001": an open end. Before a noun
// ("after Tuesday's talks") the date is that of the noun and stays as it is.
func (p *parser) beside(i, at int, later bool) (found, bool) {
	a, ok := p.one(at, true)
	if !ok || !p.stands(a) || a.rolling {
		return a, false
	}
	if a.settled() {
		if later {
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
	t := p.pieces[a.end-1].first
	if form := p.doc.Form(t); p.is(a.end, possessive) || p.lookup(form) == nil && p.possessed(form) != nil {
		return false
	}
	arc := p.arc(t)
	return arc.Head < 0 || arc.Head < p.pieces[a.end-1].end || arc.Rel != "compound" && arc.Rel != "nummod" && arc.Rel != "amod"
}
