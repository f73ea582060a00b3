package export_test

import (
	"errors"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dragoman"
	"dragoman/export"
)

var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")

// chart draws without colours.
func chart(t *testing.T, s export.Series, width int) string {
	t.Helper()
	var b strings.Builder
	if err := export.Chart(&b, s, width); err != nil {
		t.Fatal(err)
	}
	return colours.ReplaceAllString(b.String(), "")
}

func TestChart(t *testing.T) {
	from := dragoman.DayOf(2024, time.January, 30)
	for _, c := range []struct {
		name  string
		s     export.Series
		width int
		want  string
	}{
		{"nothing", export.Series{From: from, Days: 1}, 40, "no events\n"},
		{"periods without events", export.Series{From: from, Days: 7, Cooperation: []int{0, 0}, Conflict: []int{0, 0}}, 40,
			"no events from 2024-01-30 to 2024-02-12\n"},
		{"one period", export.Series{From: from, Days: 1, Cooperation: []int{1}, Conflict: []int{0}}, 40, `
1 ┤███
  │███
  │███
  │███
  │███
  │███
0 ┼────
   ╵
   2024-01-30
up: cooperation, 1 event
down: conflict, 0 events
2024-01-30 to 2024-01-30
a column is 1 day
`},
		{"only conflict, and a change", export.Series{From: from, Days: 30, Conflict: []int{1, 4, 6, 48}, Changes: []int{3}}, 80, `
 0 ┼────────────────
   │▔▔▔ ▀▀▀ ▀▀▀ ███
   │            ███
   │            ███
   │            ███
   │            ███
48 ┤            ███
            ╵
            2024-04
                ▲
                1
up: cooperation, 0 events; down: conflict, 59 events; 2024-01-30 to 2024-05-28
a column is 30 days; ▲ a change
`},
		{"eighths, and one event among many", export.Series{From: from, Days: 7,
			Cooperation: []int{1, 2, 3, 4, 5, 6, 7, 8, 48, 0}, Conflict: []int{0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}, 48, `
48 ┤                                ███
   │                                ███
   │                                ███
   │                                ███
   │                                ███
   │▁▁▁ ▂▂▂ ▃▃▃ ▄▄▄ ▅▅▅ ▆▆▆ ▇▇▇ ███ ███
 0 ┼────────────────────────────────────────
 1 ┤                                    ▔▔▔
    ╵               ╵               ╵
    2024-02         2024-03         2024-04
up: cooperation, 84 events
down: conflict, 1 event
2024-01-30 to 2024-04-08; a column is 7 days
`},
		{"more periods than columns, changes side by side", export.Series{From: from, Days: 10,
			Cooperation: many(100, 2), Conflict: many(99, 1), Changes: []int{30, 33, 33, 99, -1, 100}}, 40, `
6 ┤█████████████████████████████████
  │█████████████████████████████████
  │█████████████████████████████████
  │█████████████████████████████████
  │██████████████████████████████████
  │██████████████████████████████████
0 ┼──────────────────────────────────
  │█████████████████████████████████
  │█████████████████████████████████
3 ┤█████████████████████████████████
              ╵           ╵
              2025        2026
             ▲▲                     ▲
             1                      4
              2
              3
up: cooperation, 200 events
down: conflict, 99 events
2024-01-30 to 2026-10-25
a column is 30 days, the last 10
▲ a change
`},
	} {
		if got, want := chart(t, c.s, c.width), strings.TrimPrefix(c.want, "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, want)
		}
	}
}

func many(n, count int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = count
	}
	return all
}

func TestChartColours(t *testing.T) {
	var b strings.Builder
	s := export.Series{From: 0, Days: 1, Cooperation: []int{1}, Conflict: []int{1}}
	if err := export.Chart(&b, s, 40); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\x1b[32m███\x1b[m", "\x1b[31m███\x1b[m"} {
		if strings.Count(b.String(), want) != 6 {
			t.Errorf("%q is not in each of 6 rows of %q", want, b.String())
		}
	}
}

// TestChartDates looks at the names of the calendar for every length of time.
func TestChartDates(t *testing.T) {
	for _, c := range []struct {
		periods, days int
		want          string
	}{
		{5, 1, "2024-01-30"},
		{60, 1, "2024-01-30    2024-02-13    2024-02-27    2024-03-12"},
		{52, 7, "2024-04      2024-07       2024-10      2025-01"},
		{10 * 52, 7, "2025"},
		{200 * 12, 30, "2040    2060   2080    2100"},
	} {
		got := chart(t, export.Series{From: dragoman.DayOf(2024, time.January, 30), Days: c.days, Cooperation: many(c.periods, 1)}, 80)
		if !strings.Contains(got, c.want) {
			t.Errorf("%d periods of %d days: no %q in\n%s", c.periods, c.days, c.want, got)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestChartTellsFaults(t *testing.T) {
	for _, s := range []export.Series{{}, {Days: 1, Conflict: []int{1}}} {
		if export.Chart(broken{}, s, 40) == nil {
			t.Error("a fault in writing is not told")
		}
	}
}

// FuzzChart: whatever is drawn, no line is too wide, every change has its
// number, and no line ends in a space.
func FuzzChart(f *testing.F) {
	f.Add(uint64(1), 40, 1, 1, 10, 3)
	f.Add(uint64(2), 200, 5000, 1, 1000000, 200)
	f.Add(uint64(3), 41, 37, 30, 1, 37)
	f.Add(uint64(4), 79, 78, 365, 5, 9)
	f.Add(uint64(5), -3, 1000, -7, 1<<40, 0)
	f.Fuzz(func(t *testing.T, seed uint64, width, periods, days, most, changes int) {
		width = min(width, 1000)
		periods, days = min(max(periods, 0), 6000), min(days, 400)
		most, changes = min(max(most, 1), 1<<40), min(max(changes, 0), periods)
		r := rand.New(rand.NewPCG(seed, 1))
		s := export.Series{From: dragoman.Day(r.IntN(40000) - 10000), Days: days}
		for range periods {
			s.Cooperation = append(s.Cooperation, r.IntN(most+1))
			s.Conflict = append(s.Conflict, r.IntN(most+1)-most/2)
		}
		for range changes {
			s.Changes = append(s.Changes, r.IntN(periods))
		}
		got := chart(t, s, width)
		for line := range strings.Lines(got) {
			line = strings.TrimSuffix(line, "\n")
			if n := utf8.RuneCountInString(line); n > max(width, 40) || strings.HasSuffix(line, " ") {
				t.Fatalf("width %d, but %d in %q of\n%s", width, n, line, got)
			}
		}
		if strings.HasPrefix(got, "no events") {
			return
		}
		below := got[strings.LastIndex(got, "╵"):]
		numbers := strings.Fields(below)
		for i := range s.Changes {
			if !slices.Contains(numbers, strconv.Itoa(i+1)) {
				t.Fatalf("no number %d in\n%s", i+1, got)
			}
		}
	})
}
