package dictionary

import (
	"errors"
	"math"
	"strings"
	"time"

	"dragoman"
)

// null is the code of what is known and not to be coded.
const null = "---"

// dated is the codes of one actor, in the order of the file.
type dated []restricted

// restricted is a code and the days from which to which it holds, both
// inclusive; a code without restriction holds where no other does.
type restricted struct {
	code     string
	from, to dragoman.Day
	always   bool
}

// on returns the code that holds on a day: the first of those with dates, else
// the last of those without; null where there is none. Of a day that is not
// known only a code without dates holds.
func (d dated) on(day dragoman.Day) string {
	code := null
	for _, r := range d {
		if r.always {
			code = r.code
		} else if day != dragoman.NoDay && r.from <= day && day <= r.to {
			return r.code
		}
	}
	return code
}

// readActors reads NAME [CODE] lines, +SYNONYM lines, and lines of codes that
// begin with a blank or a tab.
func (l *loading) readActors(lines []line) {
	entry := actorEntry{loading: l}
	for _, n := range lines {
		l.at.line = int32(n.number)
		switch text := n.text; {
		case strings.Contains(text, "---STOP---"):
			entry.close()
			return
		case strings.HasPrefix(strings.TrimLeft(text, " \t"), "["):
			entry.restrict(text)
		case text[0] == '+':
			entry.synonym(text[1:])
		default:
			if text[0] == '\t' {
				l.fault("a line that begins with a tab holds codes only, and PETRARCH adds these to the name above; it is taken for a name")
			}
			entry.close()
			entry.begin(text)
		}
	}
	entry.close()
}

// actorEntry is a name with its synonyms and codes while they are read.
type actorEntry struct {
	*loading
	open  bool
	first place
	bad   bool // a code of it was told to be malformed
	names [][]element
	at    []place
	codes dated
}

func (e *actorEntry) begin(text string) {
	e.open, e.first, e.bad = true, e.loading.at, false
	e.names, e.at, e.codes = nil, nil, nil
	e.name(text)
}

func (e *actorEntry) synonym(text string) {
	if !e.open {
		e.fault("the synonym has no name above it; it is left out")
		return
	}
	if strings.Contains(text, "[") {
		e.fault("a synonym has no code of its own; the code is taken for that of the entry")
	}
	e.name(text)
}

// name reads a phrase and the codes behind it.
func (e *actorEntry) name(text string) {
	phrase, codes := text, ""
	if i := strings.IndexByte(text, '['); i >= 0 {
		phrase, codes = text[:i], text[i:]
	}
	phrase = strings.TrimSpace(phrase)
	if strings.Contains(phrase, "\t") {
		e.fault("a tab stands within the name; it is taken for a blank")
	}
	for _, sign := range []string{" +", "+_"} {
		if one, _, two := strings.Cut(phrase, sign); two {
			e.fault("a second synonym stands on the line; only the first is kept")
			phrase = one
		}
	}
	if strings.Contains(phrase, "]") {
		e.fault("a bracket stands in the name; it is left out of it")
	}
	if words := e.phrase(phrase); len(words) == 0 {
		e.fault("%q is no name; it is left out", strings.TrimSpace(phrase))
		e.bad = true
	} else {
		e.names, e.at = append(e.names, words), append(e.at, e.loading.at)
	}
	if codes != "" {
		e.restrict(codes)
	}
}

// restrict reads codes, [CODE] or [CODE dates], one or several.
func (e *actorEntry) restrict(text string) {
	if !e.open {
		e.fault("the code has no name above it; it is left out")
		return
	}
	for strings.Contains(text, "[") {
		before, code, after, ok := bracket(text)
		if !ok {
			e.fault("the bracket of a code is not closed; the code is left out")
			e.bad = true
			return
		}
		if s := strings.TrimSpace(before); s != "" {
			e.fault("%q stands between the codes; it is left out", s)
		}
		if r, err := e.restriction(code); err != nil {
			e.fault("[%s]: %v; the code is left out", code, err)
			e.bad = true
		} else {
			e.codes = append(e.codes, r)
		}
		text = after
	}
	if s := strings.TrimSpace(text); s != "" {
		e.fault("%q stands behind the codes; it is left out", s)
	}
}

// restriction reads what stands between brackets: CODE, CODE <date, CODE >date
// or CODE date-date.
func (l *loading) restriction(s string) (restricted, error) {
	code, dates := s, ""
	if i := strings.IndexAny(s, " \t<>"); i >= 0 {
		code, dates = s[:i], strings.TrimSpace(s[i:])
	}
	r := restricted{l.kept(code), math.MinInt32 + 1, math.MaxInt32, dates == ""}
	if code == "" {
		return r, errors.New("there is no code")
	}
	var err error
	switch from, to, both := strings.Cut(dates, "-"); {
	case dates == "":
	case dates[0] == '<':
		r.to, err = dateOf(dates[1:])
	case dates[0] == '>':
		r.from, err = dateOf(dates[1:])
	case !both:
		err = errors.New("the date has neither < nor > before it nor another behind it")
	default:
		if r.from, err = dateOf(from); err == nil {
			r.to, err = dateOf(to)
		}
		if err == nil && r.to < r.from {
			err = errors.New("the second date is before the first (years 00 to 30 are of this century)")
		}
	}
	return r, err
}

// dateOf reads YYYYMMDD or YYMMDD. Years 00 to 30 are 2000 to 2030, others of
// the last century, as in TABARI.
func dateOf(s string) (dragoman.Day, error) {
	s = strings.TrimSpace(s)
	digits := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, errors.New("a date has other characters than digits")
		}
		digits = 10*digits + int(c-'0')
		if digits > 99999999 {
			break
		}
	}
	switch len(s) {
	case 6:
		if digits += 19000000; digits/10000 <= 1930 {
			digits += 1000000
		}
	case 8:
	default:
		return 0, errors.New("a date has neither 6 nor 8 digits")
	}
	y, m, d := digits/10000, digits/100%100, digits%100
	day := dragoman.DayOf(y, time.Month(m), d)
	if yy, mm, dd := day.Date(); yy != y || int(mm) != m || dd != d {
		return 0, errors.New("there is no such day")
	}
	return day, nil
}

// close stores the entry.
func (e *actorEntry) close() {
	if !e.open {
		return
	}
	e.open = false
	if len(e.codes) == 0 {
		if !e.bad {
			e.faultAt(e.first, "the name has no code; it is coded as nobody")
		}
		e.codes = dated{{null, 0, 0, true}}
	}
	meaning := int32(len(e.Dictionary.codes))
	e.Dictionary.codes = append(e.Dictionary.codes, e.codes)
	for i, words := range e.names {
		e.actors.add(words, meaning, e.at[i])
	}
}
