package date

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"dragoman"
)

// piece is what the grammar reads: a token, several that are a phrase of the
// table, or the part of a token between hyphens ("mid-March", "pre-2001").
type piece struct {
	first, end int    // tokens
	entry      *entry // nil for a word that dates know nothing of
	num        int    // the number it is written as; -1
	digits     int8   // of num
	ordinal    bool   // "12th"
	plural     bool   // "1990s"
	capital    bool
	opens      bool // an expression can begin here
	prefix     kind // quarter or fiscal: "Q3", "FY2023"
	halves     bool // the prefix counts halves of a year: "H1"
	day        dragoman.Day
	order      int8 // of a date in figures whose order is open: day is read month first
}

var nothing = piece{num: -1, day: dragoman.NoDay}

func (p *parser) at(i int) *piece {
	if i < 0 || i >= len(p.pieces) {
		return &nothing
	}
	return &p.pieces[i]
}

func (p *parser) is(i int, k kind) bool {
	e := p.at(i).entry
	return e != nil && e.is&(1<<k) != 0
}

func (p *parser) value(i int, k kind) int {
	if e := p.at(i).entry; e != nil {
		return int(e.value[k])
	}
	return 0
}

func (p *parser) tag(t int) dragoman.Tag {
	if t < len(p.doc.Tags) {
		return p.doc.Tags[t]
	}
	return dragoman.Tag{}
}

func (p *parser) arc(t int) dragoman.Arc {
	if t < len(p.doc.Arcs) {
		return p.doc.Arcs[t]
	}
	return dragoman.Arc{Head: -1}
}

// lex cuts a sentence into pieces and reports whether any of them can open an
// expression. Most words are in no table of dates and cost one look-up.
func (p *parser) lex(s dragoman.Sentence) bool {
	p.sent = s
	p.pieces = p.pieces[:0]
	opens := false
	for t := s.First; t < s.End && t < len(p.doc.Tokens); {
		form := p.doc.Form(t)
		end := t + 1
		pc := p.word(form)
		if pc.entry != nil && pc.entry.is&(1<<quarter) != 0 && end < s.End && p.doc.Tokens[t].End == p.doc.Tokens[end].Start {
			// "q1", which the tokeniser cuts
			if joined := p.doc.Text[p.doc.Tokens[t].Start:p.doc.Tokens[end].End]; p.cut(joined, t, end+1) {
				opens = true
				t = end + 1
				continue
			}
		}
		if pc.entry != nil {
			if e, n := p.phrase(pc.entry, t, s.End); e != nil {
				pc.entry, end = e, t+n
				if e.is&(1<<holiday) != 0 && p.holidays[e.value[holiday]].how == "before" {
					end-- // in "the September 11 attacks", the attacks are no date
				}
			}
		} else if pc.num < 0 && pc.day == dragoman.NoDay && (p.hyphened(form, t) || p.cut(form, t, t+1)) {
			opens = true
			t++
			continue
		}
		pc.first, pc.end = t, end
		pc.opens = pc.num >= 0 || pc.day != dragoman.NoDay || pc.entry != nil && pc.entry.is&openers != 0
		opens = opens || pc.opens
		p.pieces = append(p.pieces, pc)
		t = end
	}
	return opens
}

// word reads one form.
func (p *parser) word(form string) piece {
	pc := nothing
	if form == "" {
		return pc
	}
	pc.capital = form[0] >= 'A' && form[0] <= 'Z'
	if len(form) <= p.longest {
		pc.entry = p.lookup(form)
	}
	if pc.entry == nil {
		pc.entry = p.possessed(form)
	}
	if (pc.entry == nil || pc.entry.is == 0) && len(form) <= 12 && strings.ContainsAny(form, "0123456789") {
		p.figures(&pc, form)
	}
	return pc
}

// possessed finds the word of a possessive that the tokeniser kept whole:
// "Monday's".
func (p *parser) possessed(form string) *entry {
	at := strings.LastIndexAny(form, "'’")
	if at < 1 || at > p.longest {
		return nil
	}
	if e := p.lookup(form[at:]); e == nil || e.is&(1<<possessive) == 0 {
		return nil
	}
	return p.lookup(form[:at])
}

// lookup finds a form whatever its case, without a copy.
func (p *parser) lookup(form string) *entry {
	var buf [48]byte
	if len(form) > len(buf) {
		return nil
	}
	n := 0
	for i := 0; i < len(form); i++ {
		c := form[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c == 0xe2 && strings.HasPrefix(form[i:], "’") {
			c = '\''
			i += len("’") - 1
		}
		buf[n] = c
		n++
	}
	return p.words[string(buf[:n])]
}

// phrase returns the longest phrase that begins at token t, and its length.
func (p *parser) phrase(e *entry, t, end int) (*entry, int) {
next:
	for _, ph := range e.phrases {
		if t+len(ph.rest) >= end {
			continue
		}
		for k, w := range ph.rest {
			form := p.doc.Form(t + 1 + k)
			if !strings.EqualFold(form, w) && !(strings.HasPrefix(form, "’") && strings.EqualFold(form[len("’"):], strings.TrimPrefix(w, "'")) && w[0] == '\'') {
				continue next
			}
		}
		return ph.entry, len(ph.rest) + 1
	}
	return nil, 0
}

// hyphened cuts "mid-March" and "pre-2001" in two, a word that modifies a
// date, and the date; and "Jan-Feb" in three.
func (p *parser) hyphened(form string, t int) bool {
	h := strings.IndexByte(form, '-')
	if h <= 0 || h+1 >= len(form) || len(form) > 24 {
		return false
	}
	a := p.word(form[:h])
	const names = 1<<month | 1<<weekday
	if a.entry == nil || a.entry.is&(1<<part|1<<before|1<<after|names) == 0 {
		return false
	}
	b := p.word(form[h+1:])
	if b.entry == nil && b.num < 0 {
		return false
	}
	ends := a.entry.is&names != 0
	if ends && (b.entry == nil || a.entry.is&b.entry.is&names == 0) {
		return false
	}
	a.first, a.end, a.opens = t, t+1, true
	b.first, b.end, b.opens = t, t+1, true
	p.pieces = append(p.pieces, a)
	if ends {
		dash := p.word("-")
		dash.first, dash.end = t, t+1
		p.pieces = append(p.pieces, dash)
	}
	p.pieces = append(p.pieces, b)
	return true
}

// cut cuts the tokens from t to end in figures, names and signs: "17/08",
// "Nov24", "2011~2013". What has anything else is left alone.
func (p *parser) cut(form string, t, end int) bool {
	if len(form) > 24 || !strings.ContainsAny(form, "0123456789") {
		return false
	}
	start := len(p.pieces)
	for i := 0; i < len(form); {
		j := p.runEnd(form, i)
		pc := p.word(form[i:j])
		const names = 1<<month | 1<<weekday | 1<<numeric
		sign := pc.entry != nil && pc.entry.is&(1<<to) != 0 && pc.entry.value[to] == 1
		if pc.num < 0 && !sign && (pc.entry == nil || pc.entry.is&names == 0) {
			p.pieces = p.pieces[:start]
			return false
		}
		pc.first, pc.end, pc.opens = t, end, !sign
		p.pieces = append(p.pieces, pc)
		i = j
	}
	return true
}

// runEnd returns where the figures, letters or signs that begin at i end.
// "12th" and "Q4" are one run.
func (p *parser) runEnd(form string, i int) int {
	class := func(c byte) int {
		switch {
		case c >= '0' && c <= '9':
			return 1
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			return 2
		}
		return 3
	}
	end := func(i int) int {
		j := i
		for j < len(form) && class(form[j]) == class(form[i]) {
			j++
		}
		return j
	}
	j := end(i)
	if j == len(form) || class(form[i]) == 3 || class(form[j]) == 3 {
		return j
	}
	k := end(j)
	const suffixes, prefixes = 1<<ordsuffix | 1<<pluralsuffix, 1 << quarter
	if e := p.lookup(form[j:k]); class(form[j]) == 2 && e != nil && e.is&suffixes != 0 {
		return k
	}
	if e := p.lookup(form[i:j]); class(form[i]) == 2 && e != nil && e.is&prefixes != 0 {
		return k
	}
	return j
}

// figures reads "12", "12th", "1990s", "'90s", "Q3", "2025-02-12", "12.02.2025".
func (p *parser) figures(pc *piece, form string) {
	if d, order, ok := p.numericDate(form); ok {
		pc.day, pc.order = d, order
		return
	}
	i := 0
	for i < len(form) && (form[i] < '0' || form[i] > '9') {
		i++
	}
	j := i
	n := 0
	for j < len(form) && form[j] >= '0' && form[j] <= '9' && j-i < 5 {
		n = 10*n + int(form[j]-'0')
		j++
	}
	if j-i > 4 {
		return
	}
	if before := form[:i]; before != "" && before != "'" && before != "’" {
		e := p.lookup(before)
		switch {
		case e == nil || j < len(form):
			return
		case e.is&(1<<quarter) != 0 && j-i == 1 && n >= 1 && n <= 4/int(e.value[quarter]):
			pc.prefix, pc.halves = quarter, e.value[quarter] == 2
		case e.is&(1<<fiscal) != 0:
			pc.prefix = fiscal
			if j-i == 2 {
				n += 2000
			} else if j-i != 4 {
				return
			}
		default:
			return
		}
	} else if rest := form[j:]; rest != "" {
		e := p.lookup(rest)
		switch {
		case e == nil:
			return
		case e.is&(1<<ordsuffix) != 0 && i == 0:
			pc.ordinal = true
		case e.is&(1<<pluralsuffix) != 0:
			pc.plural = true
		default:
			return
		}
	} else if i > 0 {
		return // "'08": a year, but of what?
	}
	pc.num, pc.digits = n, int8(j-i)
}

// numericDate reads a date in figures that is one token. Between dots the day
// comes first; between slashes the table says what comes first where both fit.
func (p *parser) numericDate(form string) (dragoman.Day, int8, bool) {
	if len(form) == 10 && form[4] == '-' {
		d, err := dragoman.ParseDay(form)
		return d, 0, err == nil
	}
	if n, err := strconv.Atoi(form); err == nil && len(form) == 8 && n/10000 >= 1900 && n/10000 <= 2100 { // "20250212"
		d, ok := dayOf(n/10000, n/100%100, n%100)
		return d, 0, ok
	}
	at := strings.IndexAny(form, "/.")
	if at < 1 || len(form) < 8 || !utf8.ValidString(form) {
		return dragoman.NoDay, 0, false
	}
	parts := strings.Split(form, form[at:at+1])
	if len(parts) != 3 {
		return dragoman.NoDay, 0, false
	}
	var n [3]int
	for i, s := range parts {
		for _, c := range []byte(s) {
			if c < '0' || c > '9' || len(s) > 4 {
				return dragoman.NoDay, 0, false
			}
			n[i] = 10*n[i] + int(c-'0')
		}
		if s == "" {
			return dragoman.NoDay, 0, false
		}
	}
	if len(parts[0]) == 4 {
		d, ok := dayOf(n[0], n[1], n[2])
		return d, 0, ok
	}
	if len(parts[2]) != 4 {
		return dragoman.NoDay, 0, false
	}
	if form[at] == '.' {
		d, ok := dayOf(n[2], n[1], n[0])
		return d, 0, ok
	}
	return p.ordered(n[0], n[1], n[2])
}

// ordered reckons a date of which it is open whether the day or the month
// comes first; the order is 0 where only one can be.
func (p *parser) ordered(a, b, y int) (dragoman.Day, int8, bool) {
	dayFirst, ok1 := dayOf(y, b, a)
	monthFirst, ok2 := dayOf(y, a, b)
	if e := p.words["/"]; ok2 && (!ok1 || e != nil && e.value[numeric] == 1) {
		if ok1 {
			return monthFirst, 1, true
		}
		return monthFirst, 0, true
	}
	if ok1 && ok2 {
		return dayFirst, 1, true
	}
	return dayFirst, 0, ok1
}
