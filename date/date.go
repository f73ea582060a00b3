// Package date finds expressions of time and says which days they stand for,
// reckoned from the day of publication. News looks back: a bare "Tuesday" is
// the last one, unless the clause is about what is to come.
package date

import (
	"io/fs"
	"strconv"
	"strings"
	"time"

	"dragoman"
	"dragoman/data"
)

// Finder finds dates. It is read-only after Load.
type Finder struct {
	words   map[string]map[string]int // word → what it can be → its value
	numbers map[string]int
	future  map[string]bool // words that say that a clause is about what is to come
}

// Load reads the tables of time words.
func Load(fsys fs.FS) (*Finder, error) {
	f := &Finder{words: map[string]map[string]int{}, numbers: map[string]int{}, future: map[string]bool{}}
	t, err := data.Read(fsys, "en/dates.tsv", "kind", "words", "value")
	if err != nil {
		return nil, err
	}
	for i := range t.Len() {
		v, err := strconv.Atoi(t.Value(i, "value"))
		if err != nil {
			return nil, t.Fault(i, "value: %v", err)
		}
		for _, w := range t.List(i, "words") {
			if f.words[w] == nil {
				f.words[w] = map[string]int{}
			}
			f.words[w][t.Value(i, "kind")] = v
		}
	}
	if t, err = data.Read(fsys, "en/numbers.tsv", "word", "min", "max"); err != nil {
		return nil, err
	}
	for i := range t.Len() {
		if n, err := strconv.Atoi(t.Value(i, "min")); err == nil {
			f.numbers[t.Value(i, "word")] = n
		}
	}
	if t, err = data.Read(fsys, "en/modality.tsv", "word", "effect"); err != nil {
		return nil, err
	}
	for i := range t.Len() {
		if t.Value(i, "effect") == "planned" {
			f.future[t.Value(i, "word")] = true
		}
	}
	return f, nil
}

// Find returns the dates of doc in order of the text; they do not overlap.
func (f *Finder) Find(doc *dragoman.Document) []dragoman.Date {
	p := &parser{Finder: f, doc: doc, lower: make([]string, len(doc.Tokens)), anchor: doc.Published}
	for i := range doc.Tokens {
		p.lower[i] = strings.ToLower(doc.Form(i))
	}
	var all []dragoman.Date
	for _, s := range doc.Sentences {
		p.sent = s
		for i := s.First; i < s.End; {
			r, ok := p.expression(i)
			if !ok {
				i++
				continue
			}
			first, end := r.first, r.end
			all = append(all, dragoman.Date{Span: dragoman.Span{Start: doc.Tokens[first].Start, End: doc.Tokens[end-1].End},
				First: first, End: end, From: r.from, To: r.to})
			if r.grain == 1 && r.from != dragoman.NoDay && r.from == r.to {
				p.anchor = r.from // "the next day" is reckoned from here
			}
			i = end
		}
	}
	return all
}

// parser reads expressions of one document. Every method that returns a result
// looks at tokens from i on and says where the expression ends.
type parser struct {
	*Finder
	doc    *dragoman.Document
	lower  []string
	sent   dragoman.Sentence
	anchor dragoman.Day // the last day told
}

// result is an expression: its tokens, its days, and how fine it is, in days.
type result struct {
	first, end int
	from, to   dragoman.Day
	grain      int
}

func (p *parser) word(i int) string {
	if i < p.sent.First || i >= p.sent.End {
		return ""
	}
	return p.lower[i]
}

func (p *parser) is(i int, kind string) bool {
	_, ok := p.words[p.word(i)][kind]
	return ok
}

func (p *parser) value(i int, kind string) int { return p.words[p.word(i)][kind] }

// expression reads what may start at i: a range, an open range, or one date.
func (p *parser) expression(i int) (result, bool) {
	switch {
	case p.is(i, "span"):
		if a, ok := p.one(i + 1); ok {
			if j := a.end; p.is(j, "to") {
				if b, ok := p.one(j + 1); ok {
					return p.through(i+1, a, b), true
				}
			}
			if p.word(i) == "from" && a.from != dragoman.NoDay {
				if y, ok := p.year(i + 1); ok && y.end == a.end {
					return a, true // "from 2019" alone tells where something is from
				}
			}
			return a, true
		}
		if y, ok := p.number4(i + 1); ok && p.is(i+2, "to") {
			if z, ok := p.number4(i + 3); ok {
				return result{i + 1, i + 4, dragoman.DayOf(y, 1, 1), dragoman.DayOf(z, 12, 31), 365}, true
			}
		}
	case p.is(i, "since"):
		if a, ok := p.one(i + 1); ok {
			a.first = i
			if a.from != dragoman.NoDay {
				a.to = p.doc.Published
			}
			return a, true
		}
	case p.is(i, "until"):
		if a, ok := p.one(i + 1); ok {
			a.first, a.from = i, dragoman.NoDay
			return a, true
		}
	}
	a, ok := p.one(i)
	if !ok {
		return a, false
	}
	if p.is(a.end, "to") && p.word(a.end) != "and" {
		if b, ok := p.one(a.end + 1); ok {
			return p.through(a.first, a, b), true
		}
	}
	return a, true
}

func (p *parser) through(first int, a, b result) result {
	r := result{first, b.end, a.from, b.to, max(a.grain, b.grain)}
	if r.from != dragoman.NoDay && r.to != dragoman.NoDay && r.from > r.to {
		r.from = a.from - 365 // "from November to February": the first lies in the year before
	}
	return r
}

// one reads one date.
func (p *parser) one(i int) (result, bool) {
	for _, read := range []func(int) (result, bool){p.iso, p.dayMonth, p.monthDay, p.weekday, p.relative, p.span, p.ago, p.deictic,
		p.part, p.season, p.decade, p.monthAlone, p.year} {
		if r, ok := read(i); ok {
			return r, true
		}
	}
	return result{}, false
}

func (p *parser) month(y, m int) (from, to dragoman.Day) {
	return dragoman.DayOf(y, time.Month(m), 1), dragoman.DayOf(y, time.Month(m)+1, 0)
}

func (p *parser) number(i int) (int, bool) {
	w := p.word(i)
	n, err := strconv.Atoi(w)
	return n, err == nil && len(w) <= 4
}

// dayNumber reads "12", "12th".
func (p *parser) dayNumber(i int) (int, bool) {
	w := strings.TrimRight(p.word(i), "stndrh")
	n, err := strconv.Atoi(w)
	return n, err == nil && n >= 1 && n <= 31 && len(w) <= 2
}

func (p *parser) number4(i int) (int, bool) {
	w := p.word(i)
	n, err := strconv.Atoi(w)
	return n, err == nil && len(w) == 4 && n >= 1000 && n <= 2200
}

// monthAt reads a month's name; "may" and "march" must be names.
func (p *parser) monthAt(i int) (int, bool) {
	m, ok := p.words[p.word(i)]["month"]
	if !ok {
		return 0, false
	}
	form := p.doc.Form(i)
	return m, form[0] >= 'A' && form[0] <= 'Z'
}

// iso reads 2025-02-12, in one token or in five.
func (p *parser) iso(i int) (result, bool) {
	if d, err := dragoman.ParseDay(p.word(i)); err == nil && len(p.word(i)) == 10 {
		return result{i, i + 1, d, d, 1}, true
	}
	if _, ok := p.number4(i); !ok || p.word(i+1) != "-" || p.word(i+3) != "-" {
		return result{}, false
	}
	d, err := dragoman.ParseDay(p.word(i) + "-" + p.word(i+2) + "-" + p.word(i+4))
	return result{i, i + 5, d, d, 1}, err == nil
}

// dayMonth reads "12 February 2025", "12th of February".
func (p *parser) dayMonth(i int) (result, bool) {
	d, ok := p.dayNumber(i)
	if !ok {
		return result{}, false
	}
	j := i + 1
	if p.word(j) == "of" {
		j++
	}
	m, ok := p.monthAt(j)
	if !ok {
		return result{}, false
	}
	return p.withYear(i, j+1, d, m)
}

// monthDay reads "February 12, 2025", "Feb. 12", "February 2025".
func (p *parser) monthDay(i int) (result, bool) {
	m, ok := p.monthAt(i)
	if !ok {
		return result{}, false
	}
	if d, ok := p.dayNumber(i + 1); ok {
		return p.withYear(i, i+2, d, m)
	}
	j := i + 1
	if p.word(j) == "of" || p.word(j) == "," {
		j++
	}
	if y, ok := p.number4(j); ok {
		from, to := p.month(y, m)
		return result{i, j + 1, from, to, 30}, true
	}
	return result{}, false
}

// withYear ends a day and month whose year may follow; without one it is the
// nearest that fits the tense.
func (p *parser) withYear(first, j, d, m int) (result, bool) {
	k := j
	if p.word(k) == "," {
		k++
	}
	if y, ok := p.number4(k); ok {
		day := dragoman.DayOf(y, time.Month(m), d)
		return result{first, k + 1, day, day, 1}, true
	}
	day := dragoman.NoDay
	if p.doc.Published != dragoman.NoDay {
		y, _, _ := p.doc.Published.Date()
		day = p.nearest(first, func(year int) dragoman.Day { return dragoman.DayOf(y+year, time.Month(m), d) })
	}
	return result{first, j, day, day, 1}, true
}

// nearest picks the year, counted from that of publication, in which a date
// without year lies: the last one, or the next where the clause looks ahead.
func (p *parser) nearest(i int, in func(year int) dragoman.Day) dragoman.Day {
	const slack = 7 // papers name the coming days without a future tense
	day := in(0)
	switch {
	case p.ahead(i):
		if day < p.doc.Published {
			day = in(1)
		}
	case day > p.doc.Published+slack:
		day = in(-1)
	}
	return day
}

// ahead reports whether the clause of token i is about what is to come.
func (p *parser) ahead(i int) bool {
	for h, n := i, 0; h >= 0 && n < 8; h, n = p.doc.Arcs[h].Head, n+1 {
		if p.doc.Tags[h].POS != dragoman.VERB {
			continue
		}
		for k := max(p.sent.First, h-4); k < h; k++ {
			if p.doc.Arcs[k].Head == h && p.future[p.lower[k]] {
				return true
			}
		}
		if p.doc.Tags[h].Has("VerbForm=Inf") {
			continue // "is to visit", "plans to visit": look at what governs it too
		}
		return p.doc.Tags[h].Has("VerbForm=Inf")
	}
	return false
}

// weekday reads "Tuesday", "last Tuesday", "Tuesday, 11 February".
func (p *parser) weekday(i int) (result, bool) {
	j, turn := i, -2
	if p.is(j, "turn") {
		turn = p.value(j, "turn")
		j++
	}
	if !p.is(j, "weekday") || j > p.sent.First && turn == -2 && !capital(p.doc.Form(j)) {
		return result{}, false
	}
	k := j + 1
	if p.word(k) == "," {
		k++
	}
	for _, read := range []func(int) (result, bool){p.dayMonth, p.monthDay} {
		if r, ok := read(k); ok && r.grain == 1 {
			r.first = i
			return r, true
		}
	}
	end := j + 1
	if p.is(end, "part-of-day") {
		end++
	}
	pub := p.doc.Published
	if pub == dragoman.NoDay {
		return result{i, end, pub, pub, 1}, true
	}
	back := (int(pub.Weekday()) - p.value(j, "weekday") + 7) % 7
	day := pub - dragoman.Day(back)
	switch {
	case turn == 1 || turn != -1 && p.ahead(i):
		if day = pub + dragoman.Day((7-back)%7); day == pub && turn == 1 {
			day += 7
		}
	case turn == -1 && back == 0:
		day -= 7
	}
	return result{i, end, day, day, 1}, true
}

func capital(s string) bool { return s != "" && s[0] >= 'A' && s[0] <= 'Z' }

// relative reads "last week", "next month", "this year", "last February",
// "the next day".
func (p *parser) relative(i int) (result, bool) {
	j := i
	if p.word(j) == "the" {
		j++
	}
	if !p.is(j, "turn") {
		return result{}, false
	}
	turn := p.value(j, "turn")
	if p.is(j+1, "part-of-day") && j == i {
		d := p.add(p.doc.Published, turn)
		return result{i, j + 2, d, d, 1}, true
	}
	if m, ok := p.words[p.word(j+1)]["month"]; ok && j == i {
		return p.turnedMonth(i, j+2, m, turn), true
	}
	if m, ok := p.words[p.word(j+1)]["season"]; ok && j == i {
		return p.seasonIn(i, j+2, m, turn), true
	}
	unit, ok := p.words[p.word(j+1)]["unit"]
	if !ok || strings.HasSuffix(p.word(j+1), "s") {
		return result{}, false
	}
	if j > i { // "the past week" is a span back from now, "the next day" counts from the last day told
		if p.word(j) == "past" || p.word(j) == "last" || p.word(j) == "coming" {
			return result{}, false
		}
		if unit == 1 && p.anchor != dragoman.NoDay {
			d := p.anchor + dragoman.Day(turn)
			return result{i, j + 2, d, d, 1}, true
		}
	}
	from, to := p.unit(unit, turn)
	return result{i, j + 2, from, to, unit}, true
}

// unit returns the calendar unit that lies turn units from publication.
func (p *parser) unit(unit, turn int) (from, to dragoman.Day) {
	pub := p.doc.Published
	if pub == dragoman.NoDay {
		return pub, pub
	}
	y, m, _ := pub.Date()
	switch unit {
	case 1:
		return pub + dragoman.Day(turn), pub + dragoman.Day(turn)
	case 7, 14:
		monday := pub - dragoman.Day((int(pub.Weekday())+6)%7) + dragoman.Day(unit*turn)
		return monday, monday + dragoman.Day(unit-1)
	case 2:
		saturday := pub - dragoman.Day((int(pub.Weekday())+1)%7)
		if turn > 0 || turn == 0 && pub.Weekday() != time.Sunday && pub.Weekday() != time.Saturday {
			saturday += 7
		}
		return saturday, saturday + 1
	case 30:
		return p.month(y, int(m)+turn)
	case 91:
		q := (int(m)-1)/3*3 + 1 + 3*turn
		return dragoman.DayOf(y, time.Month(q), 1), dragoman.DayOf(y, time.Month(q)+3, 0)
	case 365:
		return dragoman.DayOf(y+turn, 1, 1), dragoman.DayOf(y+turn, 12, 31)
	case 3652:
		y = (y/10 + turn) * 10
		return dragoman.DayOf(y, 1, 1), dragoman.DayOf(y+9, 12, 31)
	case 36525:
		y = (y/100 + turn) * 100
		return dragoman.DayOf(y, 1, 1), dragoman.DayOf(y+99, 12, 31)
	}
	return dragoman.NoDay, dragoman.NoDay
}

func (p *parser) add(d dragoman.Day, n int) dragoman.Day {
	if d == dragoman.NoDay {
		return d
	}
	return d + dragoman.Day(n)
}

func (p *parser) turnedMonth(i, end, m, turn int) result {
	if p.doc.Published == dragoman.NoDay {
		return result{i, end, dragoman.NoDay, dragoman.NoDay, 30}
	}
	y, now, _ := p.doc.Published.Date()
	switch {
	case turn < 0 && m >= int(now):
		y--
	case turn > 0 && m <= int(now):
		y++
	}
	from, to := p.month(y, m)
	return result{i, end, from, to, 30}
}

// amount reads how many units: "three and a half years", "a few days", "48 hours".
func (p *parser) amount(i int) (n float64, unit, end int, ok bool) {
	for p.is(i, "lead") {
		i++
	}
	w := p.word(i)
	if v, isWord := p.numbers[w]; isWord {
		n = float64(v)
	} else if v, isNumber := p.number(i); isNumber && v < 1000 {
		n = float64(v)
	} else {
		return 0, 0, 0, false
	}
	j := i + 1
	if (w == "a" || w == "an") && p.numbers[p.word(j)] > 1 { // "a few", "a dozen"
		n = float64(p.numbers[p.word(j)])
		j++
	} else if w == "a" && p.word(j) == "half" {
		return 0, 0, 0, false
	}
	if p.word(j) == "of" {
		j++
	}
	if p.word(j) == "and" && p.word(j+1) == "a" && p.word(j+2) == "half" {
		n += 0.5
		j += 3
	}
	unit, ok = p.words[p.word(j)]["unit"]
	return n, unit, j + 1, ok
}

// shift moves a day by n units, by the calendar for months and years.
func shift(d dragoman.Day, n float64, unit int) dragoman.Day {
	if d == dragoman.NoDay {
		return d
	}
	y, m, day := d.Date()
	months := 0.0
	switch unit {
	case 30:
		months = n
	case 91:
		months = 3 * n
	case 365:
		months = 12 * n
	case 3652:
		months = 120 * n
	case 36525:
		months = 1200 * n
	default:
		return d + dragoman.Day(n*float64(unit))
	}
	return dragoman.DayOf(y, m+time.Month(int(months)), day)
}

// span reads a stretch that ends or begins now: "the past three years", "the
// past week", "in recent days", "the next 48 hours", and, under a perfect,
// "for three years".
func (p *parser) span(i int) (result, bool) {
	first, j := i, i
	if p.is(j, "length") {
		j++
	}
	if p.word(j) == "the" {
		j++
	}
	pub := p.doc.Published
	if p.is(j, "recent") {
		if unit, ok := p.words[p.word(j+1)]["unit"]; ok {
			return result{first, j + 2, shift(pub, -4, unit), pub, unit}, true
		}
		return result{}, false
	}
	if p.is(j, "turn") && p.value(j, "turn") != 0 && (j > i || p.value(j, "turn") < 0) {
		back := p.value(j, "turn") < 0
		n, unit, end, ok := p.amount(j + 1)
		if !ok {
			if unit, ok = p.words[p.word(j+1)]["unit"]; !ok || j == i {
				return result{}, false
			}
			n, end = 1, j+2
			if strings.HasSuffix(p.word(j+1), "s") {
				n = 4
			}
		}
		if back {
			return result{first, end, shift(pub, -n, unit), pub, unit}, true
		}
		return result{first, end, pub, shift(pub, n, unit), unit}, true
	}
	if j == i+1 && p.word(i) == "for" && p.perfect(i) {
		if n, unit, end, ok := p.amount(j); ok && unit > 0 {
			return result{first, end, shift(pub, -n, unit), pub, unit}, true
		}
	}
	return result{}, false
}

// perfect reports whether the clause of token i is in the present perfect.
func (p *parser) perfect(i int) bool {
	for h, n := i, 0; h >= 0 && n < 6; h, n = p.doc.Arcs[h].Head, n+1 {
		if p.doc.Tags[h].POS != dragoman.VERB {
			continue
		}
		for k := max(p.sent.First, h-4); k < h; k++ {
			if p.doc.Arcs[k].Head == h && p.doc.Tags[k].Lemma == "have" && p.doc.Tags[k].Has("Tense=Pres") {
				return true
			}
		}
		return false
	}
	return false
}

// ago reads "two days ago", "three years earlier".
func (p *parser) ago(i int) (result, bool) {
	n, unit, end, ok := p.amount(i)
	if !ok || !p.is(end, "ago") {
		return result{}, false
	}
	way := p.value(end, "ago")
	base := p.doc.Published
	if way == 2 || way == -2 {
		base = p.anchor
	}
	d := shift(base, n*float64(sign(way)), unit)
	r := result{i, end + 1, d, d, max(1, unit)}
	if unit >= 30 && d != dragoman.NoDay { // "three years ago" is not to the day
		r.from, r.to = d-dragoman.Day(unit/4), d+dragoman.Day(unit/4)
	}
	return r, true
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

func (p *parser) deictic(i int) (result, bool) {
	if !p.is(i, "deictic") {
		return result{}, false
	}
	d := p.add(p.doc.Published, p.value(i, "deictic"))
	end := i + 1
	if p.is(end, "part-of-day") {
		end++
	}
	return result{i, end, d, d, 1}, true
}

// part reads "early 2020", "mid-March", "the end of the year", "late last month".
func (p *parser) part(i int) (result, bool) {
	j := i
	if p.word(j) == "the" {
		j++
	}
	if !p.is(j, "part") {
		return result{}, false
	}
	which := p.value(j, "part")
	j++
	for p.word(j) == "-" || p.word(j) == "of" || p.word(j) == "in" {
		j++
	}
	var r result
	var ok bool
	if unit, isUnit := p.words[p.word(j+1)]["unit"]; isUnit && p.word(j) == "the" {
		r.from, r.to = p.unit(unit, 0)
		r.end, r.grain, ok = j+2, unit, true
	}
	for _, read := range []func(int) (result, bool){p.monthDay, p.relative, p.monthAlone, p.number4Year} {
		if !ok {
			r, ok = read(j)
		}
	}
	if !ok || r.grain < 7 {
		return result{}, false
	}
	r.first = i
	if r.from != dragoman.NoDay {
		third := (r.to - r.from + 1) / 3
		switch which {
		case 1:
			r.to = r.from + third - 1
		case 2:
			r.from, r.to = r.from+third, r.to-third
		case 3:
			r.from = r.to - third + 1
		}
	}
	r.grain = max(1, r.grain/3)
	return r, true
}

func (p *parser) number4Year(i int) (result, bool) {
	y, ok := p.number4(i)
	return result{i, i + 1, dragoman.DayOf(y, 1, 1), dragoman.DayOf(y, 12, 31), 365}, ok
}

// season reads "the summer of 2021", "summer 2021".
func (p *parser) season(i int) (result, bool) {
	j := i
	if p.word(j) == "the" {
		j++
	}
	m, ok := p.words[p.word(j)]["season"]
	if !ok {
		return result{}, false
	}
	j++
	if p.word(j) == "of" {
		j++
	}
	y, ok := p.number4(j)
	if !ok {
		return result{}, false
	}
	return result{i, j + 1, dragoman.DayOf(y, time.Month(m), 1), dragoman.DayOf(y, time.Month(m)+3, 0), 91}, true
}

func (p *parser) seasonIn(i, end, m, turn int) result {
	if p.doc.Published == dragoman.NoDay {
		return result{i, end, dragoman.NoDay, dragoman.NoDay, 91}
	}
	y, now, _ := p.doc.Published.Date()
	if turn < 0 && m+2 >= int(now) {
		y--
	} else if turn > 0 && m <= int(now) {
		y++
	}
	return result{i, end, dragoman.DayOf(y, time.Month(m), 1), dragoman.DayOf(y, time.Month(m)+3, 0), 91}
}

// decade reads "the 1990s".
func (p *parser) decade(i int) (result, bool) {
	j := i
	if p.word(j) == "the" {
		j++
	}
	w := strings.ReplaceAll(strings.ReplaceAll(p.word(j), "'", ""), "’", "")
	y, err := strconv.Atoi(strings.TrimSuffix(w, "s"))
	if err != nil || !strings.HasSuffix(w, "s") || len(w) != 5 || y%10 != 0 {
		return result{}, false
	}
	return result{i, j + 1, dragoman.DayOf(y, 1, 1), dragoman.DayOf(y+9, 12, 31), 3652}, true
}

// monthAlone reads "in March", "March's".
func (p *parser) monthAlone(i int) (result, bool) {
	m, ok := p.monthAt(i)
	if !ok || (p.doc.Tags[i].POS != dragoman.PROPN && p.doc.Tags[i].POS != dragoman.NOUN) || p.doc.Arcs[i].Rel == "flat" {
		return result{}, false
	}
	if m == 5 && i == p.sent.First { // "May" that opens a sentence is rarely the month
		return result{}, false
	}
	if p.doc.Published == dragoman.NoDay {
		return result{i, i + 1, dragoman.NoDay, dragoman.NoDay, 30}, true
	}
	y, _, _ := p.doc.Published.Date()
	from := p.nearest(i, func(year int) dragoman.Day { return dragoman.DayOf(y+year, time.Month(m), 1) })
	yy, _, _ := from.Date()
	from, to := p.month(yy, m)
	return result{i, i + 1, from, to, 30}, true
}

// year reads a bare year where a preposition or punctuation marks it as one.
func (p *parser) year(i int) (result, bool) {
	y, ok := p.number4(i)
	if !ok || y < 1500 || y > 2100 {
		return result{}, false
	}
	if p.doc.Arcs[i].Rel == "nummod" {
		return result{}, false // "2000 people"
	}
	switch p.word(i - 1) {
	case "in", "since", "by", "until", "of", "from", "to", "and", "during", "before", "after", "for", "late", "early", "the", "between", "year", "(", "-", "–":
		r, _ := p.number4Year(i)
		if p.word(i-1) == "of" && p.doc.Tags[max(0, i-2)].POS == dragoman.NUM {
			return result{}, false
		}
		return r, true
	}
	return result{}, false
}
