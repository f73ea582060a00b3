package story

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

// world makes series whose truth is known.
type world struct{ *rand.Rand }

func newWorld(seed uint64) world { return world{rand.New(rand.NewPCG(seed, 7))} }

// poisson counts the arrivals of rate 1 within mean.
func (w world) poisson(mean float64) (n int) {
	for at := w.ExpFloat64(); at < mean; at += w.ExpFloat64() {
		n++
	}
	return n
}

// restless has a variance of about three times its mean: every cause is told
// of a geometric number of times.
func (w world) restless(mean float64) (n int) {
	for range w.poisson(mean / 2) {
		for n++; w.Float64() < 0.5; n++ {
		}
	}
	return n
}

func (w world) series(n int, cooperation, conflict float64, draw func(float64) int) []Counts {
	all := make([]Counts, n)
	for i := range all {
		all[i] = Counts{draw(cooperation), draw(conflict)}
	}
	return all
}

// exhaustive is the best division by trying all, for short series.
func exhaustive(p *partition) []int {
	n := len(p.from) - 1
	best, ends := math.Inf(1), []int(nil)
	var walk func(start int, cost float64, so []int)
	walk = func(start int, cost float64, so []int) {
		if start == n && cost < best {
			best, ends = cost, slices.Clone(so)
		}
		for end := start + p.minLength; end <= n; end++ {
			walk(end, cost+p.cost(start, end)+p.penalty, append(so, end))
		}
	}
	walk(0, -p.penalty, nil)
	return ends
}

func TestDivisionIsTheBest(t *testing.T) {
	w := newWorld(1)
	parts := map[int]int{}
	for range 300 {
		minLength := 1 + w.IntN(4)
		var series []Counts
		for len(series) < 12 {
			series = append(series, w.series(1+w.IntN(6), 12*w.Float64(), 30*w.Float64(), w.poisson)...)
		}
		series = series[:2*minLength+w.IntN(13-2*minLength)]
		got, want := newPartition(series, minLength), newPartition(series, minLength)
		for _, p := range []*partition{got, want} {
			p.cooperation.dispersion, p.conflict.dispersion = 1, 1
		}
		got.penalty, got.best[0] = 3, -3 // so that there are many changes
		want.penalty = 3
		g, e := got.ends(), exhaustive(want)
		if !slices.Equal(g, e) {
			t.Fatalf("minimum %d, %v: ends %v, the best are %v", minLength, series, g, e)
		}
		parts[len(g)]++
	}
	if parts[1] < 20 || parts[2] < 20 || parts[3]+parts[4]+parts[5] < 40 {
		t.Errorf("the series have too little variety to show anything: %v", parts)
	}
}

// plain is the search without passing over starts and without dropping them.
func plain(p *partition) []int {
	n := len(p.from) - 1
	for t := p.minLength; t <= n; t++ {
		p.try(0, t-p.minLength+1, t)
	}
	var ends []int
	for t := n; t > 0; t = p.from[t] {
		ends = append(ends, t)
	}
	slices.Reverse(ends)
	return ends
}

func TestPruningLosesNothing(t *testing.T) {
	w := newWorld(2)
	for run := range 200 {
		minLength := []int{1, 2, 7, 30, 40}[run%5]
		longest := []int{2 * minLength, 150}[run%2]
		var series []Counts
		for len(series) < 500 {
			series = append(series, w.series(1+w.IntN(longest), 8*w.Float64(), 4*w.Float64(), w.restless)...)
		}
		got, want := newPartition(series, minLength), newPartition(series, minLength)
		for _, p := range []*partition{got, want} { // so that there are many changes
			p.cooperation.dispersion, p.conflict.dispersion = 1, 1
			p.penalty, p.best[0] = 3, -3
		}
		g, e := got.ends(), plain(want)
		if math.Abs(got.best[len(series)]-want.best[len(series)]) > 1e-6 || len(g) != len(e) {
			t.Errorf("run %d: ends %v cost %f, best %v cost %f", run, g, got.best[len(series)], e, want.best[len(series)])
		}
	}
}

func TestChangesAreFound(t *testing.T) {
	const runs = 300
	for _, c := range []struct {
		name          string
		n, minLength  int
		before, after Counts
		draw          func(world, float64) int
	}{
		{"days, conflict trebles", 120, 7, Counts{4, 3}, Counts{4, 9}, world.poisson},
		{"days, cooperation falls to a third", 365, 7, Counts{9, 1}, Counts{3, 1}, world.poisson},
		{"days, few, both treble", 120, 7, Counts{1, 1}, Counts{3, 3}, world.poisson},
		{"weeks, conflict trebles", 52, 3, Counts{5, 5}, Counts{5, 15}, world.poisson},
		{"months, both treble", 24, 2, Counts{5, 3}, Counts{15, 9}, world.poisson},
		{"restless days, both treble", 120, 7, Counts{8, 6}, Counts{24, 18}, world.restless},
	} {
		w, found := newWorld(3), 0
		draw := func(m float64) int { return c.draw(w, m) }
		for range runs {
			series := append(w.series(c.n/2, float64(c.before.Cooperation), float64(c.before.Conflict), draw),
				w.series(c.n-c.n/2, float64(c.after.Cooperation), float64(c.after.Conflict), draw)...)
			if s := Segments(series, c.minLength); len(s) == 2 && s[1].Start >= c.n/2-2 && s[1].Start <= c.n/2+2 {
				found++
			}
		}
		t.Logf("%s: %d of %d within 2 periods, and no other", c.name, found, runs)
		if found < runs*90/100 {
			t.Errorf("%s: found %d of %d", c.name, found, runs)
		}
	}
}

func TestFewFalseAlarms(t *testing.T) {
	const runs = 300
	for _, c := range []struct{ n, minLength int }{{12, 1}, {14, 3}, {24, 1}, {24, 3}, {52, 3}, {120, 7}, {365, 7}} {
		for _, mean := range []float64{0.05, 0.5, 2, 20} {
			for name, draw := range map[string]func(world, float64) int{"poisson": world.poisson, "restless": world.restless} {
				w, segments, trends := newWorld(4), 0, 0
				for range runs {
					series := w.series(c.n, mean, mean/2, func(m float64) int { return draw(w, m) })
					if len(Segments(series, c.minLength)) > 1 {
						segments++
					}
					if d, _ := Trend(series, c.minLength, c.n/4); d != Steady && d != Unknown {
						trends++
					}
				}
				t.Logf("%d periods, minimum %d, mean %.2f, %s: %.1f %% changes, %.1f %% trends", c.n, c.minLength, mean, name,
					100*float64(segments)/runs, 100*float64(trends)/runs)
				if segments >= runs*5/100 {
					t.Errorf("%d periods, minimum %d, mean %.2f, %s: a change in %d of %d", c.n, c.minLength, mean, name, segments, runs)
				}
				if trends >= runs*6/100 {
					t.Errorf("%d periods, minimum %d, mean %.2f, %s: a trend in %d of %d", c.n, c.minLength, mean, name, trends, runs)
				}
			}
		}
	}
}

// repeat gives a series without chance, whose lengths and counts alternate.
func repeat(parts ...[3]int) (series []Counts) {
	for _, p := range parts {
		for range p[0] {
			series = append(series, Counts{p[1], p[2]})
		}
	}
	return series
}

func bounds(segments []Segment) (all []int) {
	for _, s := range segments {
		all = append(all, s.Start)
	}
	return append(all, segments[len(segments)-1].End)
}

func TestSegments(t *testing.T) {
	burst := repeat([3]int{120, 1, 2})
	burst[60] = Counts{1, 30}
	edge := repeat([3]int{60, 2, 1})
	edge[59].Conflict = 400
	for _, c := range []struct {
		name      string
		series    []Counts
		minLength int
		want      []int
	}{
		{"all zeros", make([]Counts, 400), 7, []int{0, 400}},
		{"one period", repeat([3]int{1, 3, 3}), 7, []int{0, 1}},
		{"shorter than two segments", repeat([3]int{7, 0, 0}, [3]int{6, 90, 90}), 7, []int{0, 13}},
		{"just two segments", repeat([3]int{7, 0, 0}, [3]int{7, 9, 9}), 7, []int{0, 7, 14}},
		{"one day's burst is no change", burst, 7, []int{0, 120}},
		{"nor on the last day", edge, 7, []int{0, 60}},
		{"but a segment where a day can be one", burst, 1, []int{0, 60, 61, 120}},
		{"a week's burst is a segment", repeat([3]int{60, 1, 1}, [3]int{7, 1, 12}, [3]int{60, 1, 1}), 7, []int{0, 60, 67, 127}},
		{"long silence, then news", repeat([3]int{900, 0, 0}, [3]int{40, 1, 0}), 7, []int{0, 900, 940}},
		{"silence between", repeat([3]int{40, 3, 1}, [3]int{300, 0, 0}, [3]int{40, 3, 1}), 7, []int{0, 40, 340, 380}},
		{"conflict for cooperation, the sum as before", repeat([3]int{50, 6, 1}, [3]int{50, 1, 6}), 7, []int{0, 50, 100}},
		{"a single event in years", repeat([3]int{700, 0, 0}, [3]int{1, 0, 1}, [3]int{700, 0, 0}), 1, []int{0, 1401}},
		{"a minimum of 0 is 1", repeat([3]int{40, 1, 0}, [3]int{1, 60, 0}, [3]int{40, 1, 0}), 0, []int{0, 40, 41, 81}},
		{"negative counts are none", repeat([3]int{50, -4, -100}, [3]int{50, 6, 0}), 7, []int{0, 50, 100}},
		{"counts beyond the table", repeat([3]int{50, 1e6, 5}, [3]int{50, 3e6, 5}), 7, []int{0, 50, 100}},
	} {
		if got := bounds(Segments(c.series, c.minLength)); !slices.Equal(got, c.want) {
			t.Errorf("%s: segments at %v, want %v", c.name, got, c.want)
		}
	}
	if got := Segments(nil, 7); got != nil {
		t.Errorf("an empty series has the segments %v", got)
	}
	want := []Segment{{0, 20, 2, 1}, {20, 60, 2, 7}}
	if got := Segments(repeat([3]int{20, 2, 1}, [3]int{40, 2, 7}), 5); !reflect.DeepEqual(got, want) {
		t.Errorf("segments %v, want %v", got, want)
	}
	s := Segments(burst, 7)
	if mean := s[0].Conflict; mean != (119*2+30)/120.0 {
		t.Errorf("the mean leaves out the burst: %v", mean)
	}
}

func TestBurstsMakeNoLastingChange(t *testing.T) {
	w, bad := newWorld(5), 0
	for range 200 {
		series := w.series(365, 0.7, 0.5, w.poisson)
		series[w.IntN(365)].Conflict += 30
		if len(Segments(series, 7)) > 1 {
			bad++
		}
	}
	if bad >= 10 {
		t.Errorf("a burst of a day made a change in %d of 200 years", bad)
	}
}

func TestSegmentsCover(t *testing.T) {
	w := newWorld(6)
	for range 300 {
		var series []Counts
		for range w.IntN(6) {
			series = append(series, w.series(w.IntN(60), math.Exp(6*w.Float64()-3), math.Exp(6*w.Float64()-3), w.restless)...)
		}
		minLength, at := 1+w.IntN(12), 0
		segments := Segments(series, minLength)
		for _, s := range segments {
			if s.Start != at || len(segments) > 1 && s.End-s.Start < minLength {
				t.Fatalf("%d periods, minimum %d: %v", len(series), minLength, segments)
			}
			at = s.End
		}
		if at != len(series) {
			t.Fatalf("%d periods are covered up to %d", len(series), at)
		}
	}
}

func TestSegmentsAreFast(t *testing.T) {
	w := newWorld(8)
	for name, series := range map[string][]Counts{
		"steady":   w.series(5000, 6, 4, w.poisson),
		"restless": w.series(5000, 2, 1, w.restless),
		"zeros":    make([]Counts, 5000),
	} {
		took := time.Hour // the best of some, for others use the machine
		for range 5 {
			start := time.Now()
			Segments(series, 7)
			took = min(took, time.Since(start))
		}
		t.Logf("%s: %v", name, took)
		if took > 50*time.Millisecond {
			t.Errorf("%s: 5,000 periods take %v", name, took)
		}
	}
}

func TestHeading(t *testing.T) {
	for _, c := range []struct {
		name                         string
		before, recent               Counts
		beforePeriods, recentPeriods int
		want                         Direction
	}{
		{"conflict takes over", Counts{40, 10}, Counts{10, 20}, 10, 5, Cooling},
		{"conflict gives way", Counts{10, 40}, Counts{30, 5}, 10, 5, Warming},
		{"the same share, twice as many", Counts{30, 30}, Counts{30, 30}, 10, 5, Intense},
		{"the same share, a third", Counts{60, 60}, Counts{10, 10}, 10, 5, Quieter},
		{"silence after much", Counts{60, 60}, Counts{}, 10, 5, Quieter},
		{"no difference", Counts{60, 30}, Counts{31, 14}, 10, 5, Steady},
		{"a share that may be chance", Counts{20, 10}, Counts{8, 7}, 10, 5, Steady},
		{"too few", Counts{3, 1}, Counts{0, 1}, 10, 5, Unknown},
		{"too short", Counts{40, 20}, Counts{1, 1}, 30, 1, Unknown},
		{"none at all", Counts{}, Counts{}, 10, 5, Unknown},
		{"nothing before", Counts{}, Counts{30, 30}, 0, 5, Unknown},
		{"negative counts are none", Counts{-9, -9}, Counts{10, 10}, 5, 5, Intense},
	} {
		got, p := Heading(c.before, c.recent, c.beforePeriods, c.recentPeriods)
		if got != c.want {
			t.Errorf("%s: %s (p %.4f), want %s", c.name, got, p, c.want)
		}
		if decided := got != Steady && got != Unknown; decided != (p <= 0.05) || p < 0 || p > 1 {
			t.Errorf("%s: %s with p %v", c.name, got, p)
		}
	}
}

// TestExact holds the tests against p-values worked out by hand.
func TestExact(t *testing.T) {
	near := func(name string, got, want float64) {
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	near("tea", fisher(Counts{3, 1}, Counts{1, 3}), 34.0/70) // (1+16+16+1)/70
	near("apart", fisher(Counts{4, 0}, Counts{0, 4}), 2.0/70)
	near("no conflict", fisher(Counts{4, 0}, Counts{5, 0}), 1)
	near("coin", binomial(1, 8, 0.5), 18.0/256) // 1+8+8+1
	near("die", binomial(3, 3, 1.0/6), 1.0/216)
	near("even", binomial(4, 8, 0.5), 1)
	for n := range 60 { // equal outcomes on either side, whatever the rounding
		for k := range n + 1 {
			near("mirrored coin", binomial(k, n, 0.5), binomial(n-k, n, 0.5))
			near("mirrored table", fisher(Counts{k, n - k}, Counts{n - k, k}), fisher(Counts{n - k, k}, Counts{k, n - k}))
		}
	}
}

func TestHeadingKeepsItsLevel(t *testing.T) {
	w, wrong := newWorld(9), 0
	const runs = 2000
	for range runs {
		before, recent := Counts{w.poisson(60), w.poisson(30)}, Counts{w.poisson(20), w.poisson(10)}
		if d, _ := Heading(before, recent, 30, 10); d != Steady {
			wrong++
		}
	}
	t.Logf("%.1f %%", 100*float64(wrong)/runs)
	if wrong > runs*5/100 || wrong < runs*1/100 {
		t.Errorf("a steady relation is called otherwise in %d of %d", wrong, runs)
	}
}

func TestTrend(t *testing.T) {
	quake := repeat([3]int{120, 3, 1}) // a day's burst is over and says nothing
	quake[60].Cooperation = 300
	for _, c := range []struct {
		name              string
		series            []Counts
		minLength, recent int
		want              Direction
	}{
		{"a change within the recent periods", repeat([3]int{80, 4, 1}, [3]int{15, 1, 5}), 7, 30, Cooling},
		{"one long before", repeat([3]int{80, 1, 5}, [3]int{200, 4, 1}), 7, 30, Steady},
		{"the last of several counts", repeat([3]int{80, 1, 5}, [3]int{80, 6, 1}, [3]int{20, 3, 3}), 7, 30, Cooling},
		{"a burst of a day before", quake, 1, 90, Steady},
		{"and with longer segments", quake, 7, 90, Steady},
		{"fallen silent", repeat([3]int{80, 2, 2}, [3]int{20, 0, 0}), 7, 30, Quieter},
		{"never heard of", make([]Counts, 90), 7, 30, Unknown},
		{"nothing to compare with", repeat([3]int{20, 3, 3}), 7, 30, Unknown},
		{"no recent periods", repeat([3]int{20, 3, 3}), 7, 0, Unknown},
		{"empty", nil, 7, 30, Unknown},
	} {
		if got, p := Trend(c.series, c.minLength, c.recent); got != c.want {
			t.Errorf("%s: %s (p %.4f), want %s", c.name, got, p, c.want)
		}
	}
}

// The events that made a change are of what became more frequent.
func TestWorse(t *testing.T) {
	for _, c := range []struct {
		before, after Segment
		want          bool
	}{
		{Segment{Cooperation: 3}, Segment{Conflict: 1}, true}, // fewer visits make no war
		{Segment{Conflict: 3}, Segment{Cooperation: 1, Conflict: 1}, false},
		{Segment{Cooperation: 1, Conflict: 1}, Segment{Cooperation: 2, Conflict: 4}, true},
		{Segment{Cooperation: 1, Conflict: 1}, Segment{Cooperation: 4, Conflict: 2}, false},
	} {
		if got := worse(c.before, c.after); got != c.want {
			t.Errorf("from %+v to %+v: %v", c.before, c.after, got)
		}
	}
}
