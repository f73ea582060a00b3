package dragoman

import (
	"fmt"
	"math"
	"time"
)

// Day is a calendar day, counted from 1 January 1970. Ranges of days are
// inclusive at both ends.
type Day int32

// NoDay is a day that is not known, or the open end of a range.
const NoDay Day = math.MinInt32

// DayOf returns the day of a date; months and days out of range are carried
// over as in time.Date.
func DayOf(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads "2025-02-12", or an RFC 3339 time, of which it keeps the date
// as written.
func ParseDay(s string) (Day, error) {
	if len(s) > 10 {
		if _, err := time.Parse(time.RFC3339, s); err != nil {
			return NoDay, fmt.Errorf("%q is neither a date (2025-02-12) nor an RFC 3339 time", s)
		}
		s = s[:10]
	}
	// By itself, not by time.Parse: tables hold tens of thousands of dates.
	digits := func(from, to int) (n int) {
		for _, c := range []byte(s[from:to]) {
			if c < '0' || c > '9' {
				return -1
			}
			n = 10*n + int(c-'0')
		}
		return n
	}
	if len(s) == len(time.DateOnly) && s[4] == '-' && s[7] == '-' {
		y, m, d := digits(0, 4), digits(5, 7), digits(8, 10)
		if day := DayOf(y, time.Month(m), d); y >= 0 && m >= 1 && m <= 12 && d >= 1 && (d <= 28 || day.time().Day() == d) {
			return day, nil
		}
	}
	return NoDay, fmt.Errorf("%q is not a date of the form 2025-02-12", s)
}

// Date returns the year, month and day.
func (d Day) Date() (int, time.Month, int) { return d.time().Date() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.time().Weekday() }

// String returns the ISO 8601 form, or "" for NoDay.
func (d Day) String() string {
	if d == NoDay {
		return ""
	}
	return d.time().Format(time.DateOnly)
}

func (d Day) time() time.Time {
	// time.Unix on a 64-bit count; integer division above truncates towards
	// zero, but whole days divide evenly.
	return time.Unix(int64(d)*86400, 0).UTC()
}

// DayToldBy returns the day that an event counts for which is told to have been from
// one day to another, and whether the text tells it, or at least the week: the last of
// its days that had come when it was published, the first of what is to come, else the
// day of publication.
func DayToldBy(from, to, published Day) (day Day, dated bool) {
	const week = 7
	defer func() { dated = dated && (from == NoDay || to == NoDay || to-from < week) }()
	switch {
	case from == NoDay && to == NoDay:
		return published, false
	case from == NoDay: // some time before
		return to, false
	case published == NoDay || to != NoDay && to <= published:
		if to == NoDay {
			return from, true
		}
		return to, true
	case from > published:
		return from, true
	}
	return published, true
}
