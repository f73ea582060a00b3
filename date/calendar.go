package date

import (
	"time"

	"dragoman"
)

// The units of the calendar, by their length in days as the table gives it.
const (
	workdays  = -1
	hours     = 0
	days      = 1
	weekends  = 2
	workweek  = 5
	weeks     = 7
	fortnight = 14
	months    = 30
	quarters  = 91
	years     = 365
	decades   = 3652
	centuries = 36525
)

// dayOf returns a day that the calendar has.
func dayOf(y, m, d int) (dragoman.Day, bool) {
	if m < 1 || m > 12 || d < 1 || d > 31 || y < 1 || y > 9999 {
		return dragoman.NoDay, false
	}
	day := dragoman.DayOf(y, time.Month(m), d)
	_, mm, _ := day.Date()
	return day, int(mm) == m
}

func monthOf(y, m int) (from, to dragoman.Day) {
	return dragoman.DayOf(y, time.Month(m), 1), dragoman.DayOf(y, time.Month(m)+1, 0)
}

func yearOf(y int) (from, to dragoman.Day) { return yearsOf(y, 1) }

func yearsOf(y, n int) (from, to dragoman.Day) {
	return dragoman.DayOf(y, 1, 1), dragoman.DayOf(y+n-1, 12, 31)
}

// inYear moves a day to another year.
func inYear(d dragoman.Day, y int) dragoman.Day {
	_, m, n := d.Date()
	return dragoman.DayOf(y, m, n)
}

// unitOf returns the unit of the calendar that lies turn units from the one
// that day is in.
func unitOf(day dragoman.Day, unit, turn int) (from, to dragoman.Day) {
	if day == dragoman.NoDay {
		return day, day
	}
	y, m, _ := day.Date()
	switch unit {
	case days:
		return day + dragoman.Day(turn), day + dragoman.Day(turn)
	case weeks, fortnight:
		monday := day - dragoman.Day((int(day.Weekday())+6)%7) + dragoman.Day(unit*turn)
		return monday, monday + dragoman.Day(unit-1)
	case workweek:
		monday, sunday := unitOf(day, weeks, turn)
		return monday, sunday - 2
	case weekends:
		saturday := day - dragoman.Day((int(day.Weekday())+6)%7) + 5 + dragoman.Day(7*turn)
		return saturday, saturday + 1
	case months:
		return monthOf(y, int(m)+turn)
	case quarters:
		q := (int(m)-1)/3*3 + 1 + 3*turn
		return dragoman.DayOf(y, time.Month(q), 1), dragoman.DayOf(y, time.Month(q)+3, 0)
	case years:
		return yearOf(y + turn)
	case decades:
		return yearsOf((y/10+turn)*10, 10)
	case centuries:
		return yearsOf((y/100+turn)*100, 100)
	}
	return dragoman.NoDay, dragoman.NoDay
}

// shift moves a day by n units, by the calendar for months and more.
func shift(d dragoman.Day, n float64, unit int) dragoman.Day {
	if d == dragoman.NoDay {
		return d
	}
	if unit == workdays {
		return shiftWorkdays(d, int(n))
	}
	if unit == workweek {
		unit = weeks
	}
	if unit < months {
		return d + dragoman.Day(n*float64(unit))
	}
	count := n
	switch unit {
	case quarters:
		count = 3 * n
	case years:
		count = 12 * n
	case decades:
		count = 120 * n
	case centuries:
		count = 1200 * n
	}
	y, m, day := d.Date()
	to := dragoman.DayOf(y, m+time.Month(int(count)), 1)
	_, last := monthOf(yearMonth(to))
	return min(to+dragoman.Day(day-1), last) // 31 March less a month is 28 February
}

// shiftWorkdays moves a day by n days from Monday to Friday.
func shiftWorkdays(d dragoman.Day, n int) dragoman.Day {
	step := dragoman.Day(1)
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d += step
		if day := d.Weekday(); day != time.Saturday && day != time.Sunday {
			n--
		}
	}
	return d
}

func yearMonth(d dragoman.Day) (y, m int) {
	y, mm, _ := d.Date()
	return y, int(mm)
}

// partOf returns the early, middle or late part of a stretch: of a year four
// months, of a week three days; of a month the days up to the 15th, from the 10th
// to the 20th, and from the 16th on.
func partOf(from, to dragoman.Day, which int) (dragoman.Day, dragoman.Day) {
	a, b := from+(to-from+1)/3, to-(to-from+1)/3+1 // the days on which the middle and the end begin
	switch n := to - from + 1; {
	case n >= 365 && n <= 366:
		a, b = shift(from, 4, months), shift(from, 8, months)
	case n >= 28 && n <= 31:
		switch which {
		case 1:
			return from, from + 14
		case 2:
			return from + 9, from + 19
		}
		return from + 15, to
	case n == 7:
		a, b = from+3, from+4
	}
	switch which {
	case 1:
		return from, a - 1
	case 2:
		if to-from+1 == 7 {
			return from + 1, to - 3 // in the middle of the week: from Tuesday to Thursday
		}
		return a, b - 1
	case 3:
		return b, to
	}
	return from, to
}
