package score

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"dragoman"
)

// DateScore says how well dates are found and reckoned. An expression counts
// where its value is days, weeks, months, years or longer; times of day,
// lengths, sets and vague references ("now") count neither for nor against.
type DateScore struct {
	Texts        int
	Gold, Found  int      // expressions with days; dates found outside of those that do not count
	Hit, Overlap int      // gold expressions with a date of the same span; with one that overlaps
	Right        int      // of those with one that overlaps: the same days
	Later        int      // of the right ones: the later of two days that the file allows
	Within       int      // or some of those days ("early 2009" of 2009)
	Wrong        []string // "text: have days, want days", in the order of the file
	Missed       []string
	Spurious     []string
}

// String returns the scores as lines for people.
func (s DateScore) String() string {
	return fmt.Sprintf("texts %d, expressions %d  found P %.1f R %.1f F %.1f (same span F %.1f)\nof found: days right %.1f (%.1f where only the earlier of two counts), right or within %.1f; of all: days right %.1f\n",
		s.Texts, s.Gold, percent(s.Overlap, s.Found), percent(s.Overlap, s.Gold), percent(2*s.Overlap, s.Found+s.Gold),
		percent(2*s.Hit, s.Found+s.Gold), percent(s.Right, s.Overlap), percent(s.Right-s.Later, s.Overlap), percent(s.Right+s.Within, s.Overlap), percent(s.Right, s.Gold))
}

// goldDate is an expression of a gold file; without days it does not count.
type goldDate struct {
	dragoman.Span
	from, to dragoman.Day
	counts   bool
	or       *[2]dragoman.Day // what a text in the future tense would mean
	past     byte             // the unit by which the file may end too early: D, W, M, Q, Y; 0 for none
}

// is reports whether d has the days from and to, or those that end a unit
// later. An end that the file leaves open, as after "since" and "by", may be
// open or the day of publication.
func (g goldDate) is(d dragoman.Date, from, to, published dragoman.Day) bool {
	same := func(have, want dragoman.Day) bool {
		return have == want || want == dragoman.NoDay && have == published
	}
	return same(d.From, from) && (same(d.To, to) || to != dragoman.NoDay && g.past != 0 && d.To == throughNext(to, g.past))
}

// throughNext returns the last day of the unit that begins after a day.
func throughNext(day dragoman.Day, unit byte) dragoman.Day {
	y, m, d := (day + 1).Date()
	switch unit {
	case 'W':
		return day + 7
	case 'M':
		return dragoman.DayOf(y, m+1, d) - 1
	case 'Q':
		return dragoman.DayOf(y, m+3, d) - 1
	case 'Y':
		return dragoman.DayOf(y+1, m, d) - 1
	}
	return day + 1
}

// dateText is a text of a gold file with its expressions.
type dateText struct {
	dragoman.Article
	dates []goldDate
}

// Dates reads the texts of a gold file with read and compares the dates. It
// knows three kinds of file: MEANTIME in a tar archive of CAT XML (the day of
// creation is that of publication), Recognizers-Text's DateTimeModel (JSON),
// Duckling's examples (JSON Lines); each plain or gzipped.
func Dates(read dragoman.Reader, file string) (DateScore, error) {
	b, err := readPacked(file)
	if err != nil {
		return DateScore{}, err
	}
	r, name := bytes.NewReader(b), strings.TrimSuffix(file, ".gz")
	var texts []dateText
	switch {
	case strings.HasSuffix(name, ".tar"):
		var all []meantimeText
		all, err = readMeantime(r)
		for _, t := range all {
			texts = append(texts, t.dateText)
		}
	case strings.HasSuffix(name, ".jsonl"):
		texts, err = readDuckling(r)
	case strings.HasSuffix(name, ".json"):
		texts, err = readRecognizers(r)
	default:
		err = errors.New("dates are scored on .tar (MEANTIME), .json (Recognizers-Text) or .jsonl (Duckling)")
	}
	if err != nil {
		return DateScore{}, fmt.Errorf("%s: %w", file, err)
	}
	var s DateScore
	for _, t := range texts {
		doc := read.Read(t.Article)
		s.add(t, &doc)
	}
	return s, nil
}

// add compares one text.
func (s *DateScore) add(t dateText, doc *dragoman.Document) {
	s.Texts++
	used := make([]bool, len(doc.Dates))
	for _, g := range t.dates {
		best := -1
		for i, d := range doc.Dates {
			if d.Overlaps(g.Span) && !(used[i] && g.counts) && (best < 0 || overlap(d.Span, g.Span) > overlap(doc.Dates[best].Span, g.Span)) {
				best = i
			}
		}
		if best >= 0 {
			used[best] = true
		}
		if !g.counts {
			continue
		}
		s.Gold++
		if best < 0 {
			s.Missed = append(s.Missed, beside(t.Text, g.Span))
			continue
		}
		d := doc.Dates[best]
		s.Found++
		s.Overlap++
		if d.Span == g.Span {
			s.Hit++
		}
		switch {
		case g.or != nil && g.is(d, g.or[0], g.or[1], t.Published):
			s.Right++
			s.Later++
			continue
		case g.is(d, g.from, g.to, t.Published), d.Start < g.Start && halfOpen(d, g, t.Published):
			s.Right++
			continue
		case d.From != dragoman.NoDay && d.To != dragoman.NoDay && g.from <= d.From && d.To <= g.to:
			s.Within++
		}
		s.Wrong = append(s.Wrong, fmt.Sprintf("%s: have %s..%s, want %s..%s; published %s", beside(t.Text, g.Span), d.From, d.To, g.from, g.to, t.Published))
	}
	for i, d := range doc.Dates {
		if used[i] {
			continue
		}
		s.Found++
		s.Spurious = append(s.Spurious, beside(t.Text, d.Span))
	}
}

// halfOpen reports whether d takes one end from g and leaves the other open,
// or to the day of publication: the gold date is what stands after "since",
// "by", "after".
func halfOpen(d dragoman.Date, g goldDate, published dragoman.Day) bool {
	open := func(x dragoman.Day) bool { return x == dragoman.NoDay || x == published }
	return open(d.To) && (d.From == g.from || d.From == g.to+1) || open(d.From) && (d.To == g.to || d.To == g.from-1) ||
		d.From == g.from || d.To == g.to
}

func overlap(a, b dragoman.Span) int { return min(a.End, b.End) - max(a.Start, b.Start) }

// beside returns a span in brackets with what stands beside it.
func beside(text string, s dragoman.Span) string {
	from, to := max(0, s.Start-40), min(len(text), s.End+25)
	return strings.ToValidUTF8(strings.ReplaceAll(text[from:s.Start]+"["+text[s.Start:s.End]+"]"+text[s.End:to], "\n", " "), "")
}

// timexDays reads a TIMEX3 value that is a part of the calendar: a day, with
// or without a time, a week, a month, a quarter, a season, a year, a decade.
func timexDays(v string) (from, to dragoman.Day, ok bool) {
	v, _, _ = strings.Cut(v, "T")
	v = strings.TrimPrefix(v, "FY")
	v = strings.TrimSuffix(v, "-XX")
	if len(v) == 10 && v[2] == '-' { // a slip of some files: the day first
		v = v[6:] + v[2:6] + v[:2]
	}
	if d, err := dragoman.ParseDay(v); err == nil {
		return d, d, true
	}
	head, tail, _ := strings.Cut(v, "-")
	y, err := strconv.Atoi(head)
	if err != nil || len(head) < 3 || len(head) > 4 {
		return dragoman.NoDay, dragoman.NoDay, false
	}
	month := func(m, n int) (dragoman.Day, dragoman.Day, bool) {
		return dragoman.DayOf(y, time.Month(m), 1), dragoman.DayOf(y, time.Month(m+n), 0), true
	}
	if len(head) == 3 {
		return dragoman.DayOf(10*y, 1, 1), dragoman.DayOf(10*y+9, 12, 31), tail == ""
	}
	if m, ok := map[string]int{"SP": 3, "SU": 6, "FA": 9, "WI": 12}[tail]; ok {
		return month(m, 3)
	}
	n, err := strconv.Atoi(strings.TrimLeft(tail, "QW"))
	switch {
	case tail == "":
		return month(1, 12)
	case err != nil:
	case tail[0] == 'Q':
		return month(3*n-2, 3)
	case tail[0] == 'W':
		first := dragoman.DayOf(y, 1, 4) // is always in week 1
		monday := first - dragoman.Day((int(first.Weekday())+6)%7) + dragoman.Day(7*(n-1))
		return monday, monday + 6, true
	case len(tail) == 2 && n >= 1 && n <= 12:
		return month(n, 1)
	}
	return dragoman.NoDay, dragoman.NoDay, false
}

// readRecognizers reads a specification of Recognizers-Text. What counts are
// its dates and ranges of dates with days. A date with a time of day ("Monday
// at 9"), lengths, sets, and what it calls a reference to something unsaid
// ("that week", "to date") or cannot resolve ("summer", "31 February") count
// neither way. Where a date can be that of the past or that to come, both are
// right. The file ends "from 2003 to 2007" and "until 5 May" before what is
// named last; news counts it in, so that both are right there.
func readRecognizers(r io.Reader) ([]dateText, error) {
	var cases []struct {
		Input   string
		Context struct{ ReferenceDateTime string }
		Results []struct {
			Text       string
			Start, End int
			TypeName   string
			Resolution struct{ Values []map[string]string }
		}
	}
	if err := json.NewDecoder(r).Decode(&cases); err != nil {
		return nil, err
	}
	var texts []dateText
	for _, c := range cases {
		t := dateText{Article: dragoman.Article{Text: c.Input, Language: "en", Published: dragoman.NoDay}}
		if len(c.Context.ReferenceDateTime) >= 10 {
			if d, err := dragoman.ParseDay(c.Context.ReferenceDateTime[:10]); err == nil {
				t.Published = d
			}
		}
		at := codePoints(c.Input)
		for _, x := range c.Results {
			if x.Start < 0 || x.End+1 >= len(at) || x.End < x.Start {
				continue
			}
			g := goldDate{Span: dragoman.Span{Start: at[x.Start], End: at[x.End+1]}}
			switch x.TypeName {
			case "datetimeV2.date", "datetimeV2.daterange":
				for _, v := range x.Resolution.Values {
					from, to, ok := recognized(v)
					if !ok {
						continue
					}
					if v["value"] == "" && namesLast(x.Text) {
						g.past = lastUnit(x.Text, v["timex"])
					}
					if g.counts {
						if from < g.from {
							from, to, g.from, g.to = g.from, g.to, from, to
						}
						g.or = &[2]dragoman.Day{from, to}
					} else {
						g.from, g.to, g.counts = from, to, true
					}
				}
			}
			t.dates = append(t.dates, g)
		}
		texts = append(texts, t)
	}
	return texts, nil
}

// recognized reads the days of one resolution. Ends of ranges are exclusive
// there, but a single day that something goes on until; and the day after
// which something begins is named itself.
func recognized(v map[string]string) (from, to dragoman.Day, ok bool) {
	day := func(s string) dragoman.Day {
		if d, err := dragoman.ParseDay(s); err == nil {
			return d
		}
		return dragoman.NoDay
	}
	if v["Mod"] == "ref_undef" || v["timex"] == "PRESENT_REF" {
		return dragoman.NoDay, dragoman.NoDay, false
	}
	if d := day(v["value"]); d != dragoman.NoDay {
		return d, d, true
	}
	from, to = day(v["start"]), day(v["end"])
	point := v["sourceEntity"] == "datetimepoint"
	if to != dragoman.NoDay && !(point && v["Mod"] == "until") {
		to--
	}
	if from != dragoman.NoDay && point && v["Mod"] == "after" {
		from++
	}
	return from, to, from != dragoman.NoDay || to != dragoman.NoDay
}

// namesLast reports whether an expression names what it ends with.
func namesLast(text string) bool {
	for _, w := range []string{"-", "–", "~", " to ", " and ", " through ", " thru ", " till ", "until ", "no later than "} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// lastUnit returns the unit of a range's length, as in
// "(2003-01-01,2007-01-01,P4Y)"; a timex that is one day has days, and
// quarters are months there.
func lastUnit(text, timex string) byte {
	for q := '1'; q <= '4'; q++ {
		if strings.Contains(text, "q"+string(q)) {
			return 'Q'
		}
	}
	if n := len(timex); n > 1 && timex[n-1] == ')' {
		return timex[n-2]
	}
	return 'D'
}

// readDuckling reads Duckling's examples: texts that are one expression, and
// texts that are none. Only grains of a day and more count.
func readDuckling(r io.Reader) ([]dateText, error) {
	var texts []dateText
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan(); n++ {
		var c struct {
			Kind     string
			Values   []string
			Grain    string
			Open     *string
			Examples []string
		}
		if err := json.Unmarshal(in.Bytes(), &c); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		from, to, ok := ducklingDays(c.Values, c.Grain)
		for _, e := range c.Examples {
			t := dateText{Article: dragoman.Article{Text: e, Language: "en", Published: dragoman.DayOf(2013, 2, 12)}}
			if c.Kind != "negative" {
				t.dates = []goldDate{{dragoman.Span{Start: 0, End: len(e)}, from, to, ok && c.Open == nil, nil, 0}}
			}
			texts = append(texts, t)
		}
	}
	return texts, in.Err()
}

func ducklingDays(values []string, grain string) (from, to dragoman.Day, ok bool) {
	if len(values) == 0 || len(values[0]) < 10 {
		return dragoman.NoDay, dragoman.NoDay, false
	}
	from, err := dragoman.ParseDay(values[0][:10])
	if err != nil {
		return dragoman.NoDay, dragoman.NoDay, false
	}
	if len(values) > 1 {
		to, err := dragoman.ParseDay(values[1][:10])
		return from, to - 1, err == nil && grain != "Hour" && grain != "Minute" && grain != "Second"
	}
	y, m, d := from.Date()
	switch grain {
	case "Day":
		return from, from, true
	case "Week":
		return from, from + 6, true
	case "Month":
		return from, dragoman.DayOf(y, m+1, d) - 1, true
	case "Quarter":
		return from, dragoman.DayOf(y, m+3, d) - 1, true
	case "Year":
		return from, dragoman.DayOf(y+1, m, d) - 1, true
	}
	return dragoman.NoDay, dragoman.NoDay, false
}
