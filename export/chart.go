package export

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"dragoman"
)

// Series is how much two actors had to do with each other over time.
type Series struct {
	From                  dragoman.Day // the first day of the first period
	Days                  int          // the length of a period, at least 1
	Cooperation, Conflict []int        // number of events in each period
	Changes               []int        // the first period of each new segment, counted from 0
}

// Chart draws a series for a person: time runs to the right, cooperation stands
// upwards, in green, conflict hangs downwards, in red, both to the same scale.
// The largest number of a column is written beside each side. No line is wider
// than width, of which less than 40 is taken for 40; where there are more periods
// than fit, as many as need be make a column, which then shows their sum, and the
// last column may have fewer. An event always shows, however many others have.
//
// Below are the dates, at the columns in which a year, a month or a day begins,
// and a ▲ at every change with its number: Changes[0] is 1, whatever it means is
// for the caller to say. Of hanging columns the last character is exact to a
// half only, for there are no finer ones that every terminal has.
//
// Colours are written always; hand it a writer that takes them out where they
// are not wanted.
func Chart(w io.Writer, s Series, width int) error {
	c := newChart(s, max(width, 40))
	if c.most() == 0 {
		_, err := io.WriteString(w, c.nothing())
		return err
	}
	c.side(c.up, standing)
	c.line("0", "┼", strings.Repeat("─", len(c.up)*c.pitch))
	c.side(c.down, hanging)
	c.dates()
	c.marks()
	c.legend()
	_, err := io.WriteString(w, c.b.String())
	return err
}

const chartRows = 6 // of the side that has the larger column

type chart struct {
	Series
	b        strings.Builder
	width    int
	margin   int   // characters before the axis
	periods  int   // in all
	group    int   // periods a column
	pitch    int   // characters a column
	up, down []int // number of events a column
}

func newChart(s Series, width int) *chart {
	s.Days = max(s.Days, 1)
	c := &chart{Series: s, width: width, periods: max(len(s.Cooperation), len(s.Conflict)), group: 1, pitch: 1}
	// How wide the numbers are depends on how many periods are in a column, and
	// that on how wide the numbers are; the sums of all are the widest.
	c.margin = max(digits(c.sum(s.Cooperation, 0, c.periods)), digits(c.sum(s.Conflict, 0, c.periods))) + 1
	if c.periods == 0 {
		return c
	}
	room := c.room()
	c.group = (c.periods + room - 1) / room
	for i := 0; i < c.periods; i += c.group {
		c.up = append(c.up, c.sum(s.Cooperation, i, i+c.group))
		c.down = append(c.down, c.sum(s.Conflict, i, i+c.group))
	}
	c.pitch = min(room/len(c.up), 4)
	c.margin = max(digits(biggest(c.up)), digits(biggest(c.down))) + 1
	return c
}

// room is how many characters there are for the columns.
func (c *chart) room() int { return c.width - c.margin - 1 }

func (c *chart) sum(counts []int, from, to int) (n int) {
	for i := from; i < min(to, len(counts)); i++ {
		n += max(counts[i], 0)
	}
	return n
}

func (c *chart) most() int { return max(biggest(c.up), biggest(c.down)) }

func biggest(all []int) (most int) {
	for _, n := range all {
		most = max(most, n)
	}
	return most
}

func digits(n int) int { return len(strconv.Itoa(n)) }

// line writes a row: what is at the axis, the axis, and what is beside it.
func (c *chart) line(label, axis, plot string) {
	c.b.WriteString(strings.TrimRight(fmt.Sprintf("%*s%s%s", c.margin, label+" ", axis, plot), " "))
	c.b.WriteByte('\n')
}

func (c *chart) nothing() string {
	if c.periods == 0 {
		return "no events\n"
	}
	return fmt.Sprintf("no events from %s to %s\n", c.From, c.day(c.periods)-1)
}

// day is the first of a period.
func (c *chart) day(period int) dragoman.Day { return c.From + dragoman.Day(period*c.Days) }

// direction is how a side is drawn: its characters by how many eighths are
// full, its colour, and whether its first row is the one farthest from 0.
type direction struct {
	eighths  [9]rune
	style    string
	farFirst bool
}

var (
	standing = direction{[9]rune{' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}, "material-cooperation", true}
	hanging  = direction{[9]rune{' ', '▔', '▔', '▀', '▀', '▀', '▀', '█', '█'}, "material-conflict", false}
)

// side draws the columns on one side of 0, in no more rows than they need.
func (c *chart) side(counts []int, d direction) {
	heights := make([]int, len(counts)) // in eighths of a row
	for i, n := range counts {
		heights[i] = int(float64(n)/float64(c.most())*chartRows*8 + 0.5)
		if n > 0 {
			heights[i] = max(heights[i], 1)
		}
	}
	rows := (biggest(heights) + 7) / 8
	for i := range rows {
		row := i
		if d.farFirst {
			row = rows - 1 - i
		}
		label, axis := "", "│"
		if row == rows-1 {
			label, axis = strconv.Itoa(biggest(counts)), "┤"
		}
		c.line(label, axis, c.row(heights, row, d))
	}
}

func (c *chart) row(heights []int, row int, d direction) string {
	var plot strings.Builder
	for _, h := range heights {
		cell := string(d.eighths[min(max(h-row*8, 0), 8)])
		plot.WriteString(strings.Repeat(cell, max(c.pitch-1, 1)))
		if c.pitch > 1 {
			plot.WriteByte(' ')
		}
	}
	return quads[d.style].Render(strings.TrimRight(plot.String(), " "))
}

// mark is a text below a column.
type mark struct {
	at   int // characters from the axis
	text string
}

// dates writes the finest of the calendar's divisions whose names fit.
func (c *chart) dates() {
	marks := []mark{{0, c.From.String()}}
	for _, d := range divisions {
		if m := c.begins(d); len(m) > 0 && c.fits(m) {
			marks = m
			break
		}
	}
	c.line("", " ", place(marks, func(mark) string { return "╵" }))
	c.line("", " ", place(marks, func(m mark) string { return m.text }))
}

// division is a part of the calendar that is some days, months or years long.
type division struct{ days, months int }

var divisions = []division{{days: 1}, {days: 7}, {days: 14}, {months: 1}, {months: 3}, {months: 6},
	{months: 12}, {months: 24}, {months: 60}, {months: 120}, {months: 240}, {months: 600}, {months: 1200}}

// begins lists the columns in which a division begins.
func (c *chart) begins(d division) (marks []mark) {
	for i := range c.up {
		first, end := c.day(i*c.group), c.day(min((i+1)*c.group, c.periods))
		if last := c.number(d, end-1); last != c.number(d, first-1) {
			marks = append(marks, mark{i * c.pitch, c.name(d, last)})
		}
	}
	return marks
}

// number counts divisions: of days from the first of the series, else from the
// beginning of the calendar.
func (c *chart) number(d division, day dragoman.Day) int {
	if d.days > 0 {
		return floorDiv(int(day-c.From), d.days)
	}
	year, month, _ := day.Date()
	return floorDiv(year*12+int(month)-1, d.months)
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
}

func (c *chart) name(d division, number int) string {
	switch {
	case d.days > 0:
		return (c.From + dragoman.Day(number*d.days)).String()
	case d.months < 12:
		return fmt.Sprintf("%d-%02d", number*d.months/12, number*d.months%12+1)
	}
	return strconv.Itoa(number * d.months / 12)
}

// fits says whether there is a space between the marks and the last is not cut.
func (c *chart) fits(marks []mark) bool {
	for i, m := range marks {
		end := m.at + utf8.RuneCountInString(m.text)
		if i+1 < len(marks) && end >= marks[i+1].at || end > c.room() {
			return false
		}
	}
	return true
}

// place writes marks, which are in order and do not overlap, into a line.
func place(marks []mark, text func(mark) string) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(strings.Repeat(" ", max(m.at-at, 0)))
		t := text(m)
		b.WriteString(t)
		at = max(at, m.at) + utf8.RuneCountInString(t)
	}
	return b.String()
}

// marks points at the changes, and writes their numbers below, in as many lines
// as it takes to keep them apart.
func (c *chart) marks() {
	var arrows []mark
	var numbers [][]mark
	for _, m := range c.numbered() {
		if len(arrows) == 0 || arrows[len(arrows)-1].at < m.at {
			arrows = append(arrows, mark{m.at, "▲"})
		}
		m.at = min(m.at, c.room()-len(m.text))
		i := 0
		for i < len(numbers) && !c.fits([]mark{numbers[i][len(numbers[i])-1], m}) {
			i++
		}
		if i == len(numbers) {
			numbers = append(numbers, nil)
		}
		numbers[i] = append(numbers[i], m)
	}
	for _, line := range append([][]mark{arrows}, numbers...) {
		if len(line) > 0 {
			c.line("", " ", place(line, func(m mark) string { return m.text }))
		}
	}
}

// numbered gives the numbers of the changes in the order of time; what is not in
// the series is left out.
func (c *chart) numbered() (marks []mark) {
	at := map[int][]int{}
	for i, period := range c.Changes {
		if period >= 0 && period < c.periods {
			at[period/c.group] = append(at[period/c.group], i+1)
		}
	}
	for column := range c.up {
		for _, n := range at[column] {
			marks = append(marks, mark{column * c.pitch, strconv.Itoa(n)})
		}
	}
	return marks
}

// legend writes what is what, in as few lines as it fits.
func (c *chart) legend() {
	parts := []string{
		"up: cooperation, " + number(c.sum(c.Cooperation, 0, c.periods), "event"),
		"down: conflict, " + number(c.sum(c.Conflict, 0, c.periods), "event"),
		fmt.Sprintf("%s to %s", c.From, c.day(c.periods)-1),
		"a column is " + number(c.group*c.Days, "day"),
	}
	if rest := c.periods % c.group; rest > 0 {
		parts[3] += ", the last " + strconv.Itoa(rest*c.Days)
	}
	if len(c.numbered()) > 0 {
		parts = append(parts, "▲ a change")
	}
	line := parts[0]
	for _, p := range parts[1:] {
		if utf8.RuneCountInString(line)+2+utf8.RuneCountInString(p) > c.width {
			c.b.WriteString(line + "\n")
			line = p
			continue
		}
		line += "; " + p
	}
	c.b.WriteString(line + "\n")
}

func number(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}
