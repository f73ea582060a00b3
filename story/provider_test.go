package story

import (
	"context"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"dragoman"
)

// shelf is an archive that holds counts of one relation only.
type shelf struct {
	Memory
	since, newest dragoman.Day
	own           []dragoman.DayCount
	of            map[string]told
}

// told is what one provider has.
type told struct {
	first, last dragoman.Day
	counts      []dragoman.DayCount
}

func within(all []dragoman.DayCount, from, to dragoman.Day) (in []dragoman.DayCount) {
	for _, c := range all {
		if c.Day >= from && c.Day <= to {
			in = append(in, c)
		}
	}
	return in
}

func (s shelf) Counts(_ context.Context, _, _ int64, from, to, _ dragoman.Day, _ float64) ([]dragoman.DayCount, error) {
	return within(s.own, from, to), nil
}
func (s shelf) Since(context.Context, dragoman.Day) (dragoman.Day, error)  { return s.since, nil }
func (s shelf) Newest(context.Context, dragoman.Day) (dragoman.Day, error) { return s.newest, nil }
func (s shelf) ProvidedCounts(_ context.Context, p, _, _ string, from, to dragoman.Day) ([]dragoman.DayCount, error) {
	return within(s.of[p].counts, from, to), nil
}
func (s shelf) ProvidedDays(_ context.Context, p string, _ dragoman.Day) (dragoman.Day, dragoman.Day, error) {
	return s.of[p].first, s.of[p].last, nil
}

func (s shelf) ProviderNames(context.Context) ([]string, error) {
	return slices.Sorted(maps.Keys(s.of)), nil
}

const never = dragoman.NoDay

// comparison compares all that a shelf holds, week by week.
func comparison(t *testing.T, s shelf, from, to dragoman.Day, providers ...string) *Comparison {
	t.Helper()
	c, err := Compare(t.Context(), s, dragoman.Party{ID: "IRN"}, dragoman.Party{ID: "ISR"}, from, to, 7, providers, 0)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func one(day dragoman.Day, tone dragoman.Tone, events int) dragoman.DayCount {
	return dragoman.DayCount{Day: day, Tone: tone, Events: events}
}

func TestCompareCounts(t *testing.T) {
	back := one(103, dragoman.MaterialConflict, 4)
	back.Back = true
	s := shelf{since: 50, newest: 130, own: []dragoman.DayCount{one(40, 1, 9), one(100, 1, 2), one(110, -2, 1)}, of: map[string]told{
		"gdelt": {60, 125, []dragoman.DayCount{one(61, 1, 50), one(100, 1, 7), one(101, 0, 6), one(102, 2, 3), back, one(125, -1, 5)}},
		"mute":  {90, 140, nil},
		"early": {10, 99, []dragoman.DayCount{one(99, 1, 1)}},
		"empty": {never, never, nil},
	}}
	c := comparison(t, s, never, 1<<30, "early", "empty", "gdelt", "mute")
	if c.From != 100 || c.To != 125 || len(c.Courses) != 3 {
		t.Fatalf("%d to %d of %d, want 100, our first event, to 125, the last of any, of 3: %+v", c.From, c.To, len(c.Courses), c.Courses)
	}
	own, gdelt, mute := c.Courses[0], c.Courses[1], c.Courses[2]
	if own.Provider != "" || own.There != (Quads{VerbalCooperation: 2, MaterialConflict: 1}) || own.Back.Sum() != 0 {
		t.Errorf("ours is %+v", own)
	}
	if gdelt.There != (Quads{7, 3, 5, 0}) || gdelt.Back != (Quads{MaterialConflict: 4}) || gdelt.There.Sum() != 15 {
		t.Errorf("gdelt is %+v; what is neither counts in no quadrant", gdelt)
	}
	if want := []Counts{{10, 4}, {0, 0}, {0, 0}, {0, 5}}; !slices.Equal(gdelt.Periods, want) {
		t.Errorf("the weeks are %v, want %v", gdelt.Periods, want)
	}
	if mute.Provider != "mute" || mute.There.Sum() != 0 {
		t.Errorf("who has other events of these days says something by having none: %+v", mute)
	}
	if gdelt.Shared != 4 || gdelt.SharedFrom != 100 || gdelt.Events.Known {
		t.Errorf("four weeks are too few to say anything: %+v", gdelt)
	}
}

func TestCompareWithoutOurs(t *testing.T) {
	s := shelf{since: never, newest: never, of: map[string]told{"gdelt": {60, 125, []dragoman.DayCount{one(61, 1, 50), one(100, 1, 7)}}}}
	c := comparison(t, s, never, 1<<30, "gdelt")
	if c == nil || c.From != 61 || c.To != 100 || c.Courses[1].There.VerbalCooperation != 57 || c.Courses[1].Shared != 0 {
		t.Errorf("%+v", c)
	}
	if c := comparison(t, s, 70, 90, "gdelt"); c == nil || len(c.Courses) > 0 || len(c.Earlier) != 1 || c.Earlier[0] != (Earlier{"gdelt", 50, 61}) {
		t.Errorf("nobody tells anything of these days, and gdelt of days before, but there is %+v", c)
	}
	if c := comparison(t, s, 50, 60, "gdelt"); c != nil {
		t.Errorf("nobody tells anything of these days, but there is %+v", c)
	}
	if c := comparison(t, shelf{since: 50, newest: 130, own: []dragoman.DayCount{one(100, 1, 2)}}, never, 1<<30); c != nil {
		t.Errorf("without providers there is %+v", c)
	}
}

// TestCompareWithAll wants all providers where none are named, and else no other.
func TestCompareWithAll(t *testing.T) {
	counts := []dragoman.DayCount{one(100, 1, 2)}
	s := shelf{since: 50, newest: 130, own: counts, of: map[string]told{"icews": {60, 125, counts}, "gdelt": {60, 125, counts}}}
	for _, c := range []struct{ asked, want []string }{
		{nil, []string{"", "gdelt", "icews"}},
		{[]string{}, []string{"", "gdelt", "icews"}},
		{[]string{"icews"}, []string{"", "icews"}},
	} {
		var got []string
		for _, x := range comparison(t, s, never, 1<<30, c.asked...).Courses {
			got = append(got, x.Provider)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("of %q there is %q, want %q", c.asked, got, c.want)
		}
	}
}

// TestCompareShared wants only the weeks held against each other of which both
// have all days.
func TestCompareShared(t *testing.T) {
	var own []dragoman.DayCount
	for day := dragoman.Day(100); day < 240; day++ { // 20 weeks
		own = append(own, one(day, 1, 1))
	}
	for _, c := range []struct {
		since, newest, first, last dragoman.Day
		shared                     int
		from                       dragoman.Day
	}{
		{0, 300, 0, 300, 20, 100},
		{0, 300, 101, 300, 19, 107}, // the first week is not whole
		{0, 300, 107, 238, 18, 107}, // nor is the last
		{0, 300, 107, 239, 19, 107},
		{120, 230, 0, 300, 15, 121}, // by the days of ours
		{0, 300, 101, 106, 0, 0},
		{0, 110, 120, 300, 0, 0},
	} {
		s := shelf{since: c.since, newest: c.newest, own: own, of: map[string]told{"gdelt": {c.first, c.last, []dragoman.DayCount{one(105, 1, 1), one(150, 1, 1)}}}}
		got := comparison(t, s, 100, 239, "gdelt").Courses
		if g := got[len(got)-1]; g.Shared != c.shared || g.SharedFrom != c.from {
			t.Errorf("%+v: %d weeks from %d", c, g.Shared, g.SharedFrom)
		}
	}
	s := shelf{since: 0, newest: 300, own: own[:139], of: map[string]told{"gdelt": {0, 300, []dragoman.DayCount{one(105, 1, 1)}}}}
	if g := comparison(t, s, 100, 300, "gdelt").Courses[1]; g.Shared != 20 {
		t.Errorf("a last week that is short for both counts too: %d", g.Shared)
	}
}

func counts(all ...int) (out []Counts) {
	for _, n := range all {
		out = append(out, Counts{Conflict: n})
	}
	return out
}

func conflict(c Counts) int { return c.Conflict }

func TestCorrelation(t *testing.T) {
	x := counts(3, 1, 4, 11, 5, 9, 2, 6, 8, 7)
	for _, c := range []struct {
		name  string
		x, y  []Counts
		rho   float64
		known bool
	}{
		{"the same", x, x, 1, true},
		{"on another scale", x, counts(300, 100, 400, 100000, 500, 900, 200, 600, 800, 700), 1, true},
		{"the other way round", x, counts(-3, -1, -4, -11, -5, -9, -2, -6, -8, -7), -1, true},
		{"two ranks changed", x, counts(3, 1, 4, 9, 5, 11, 2, 6, 8, 7), 1 - 6*2.0/990, true}, // 1 − 6·Σd²/(n³−n)
		{"half of it alike", counts(0, 0, 0, 0, 0, 1, 1, 1, 1, 1), counts(0, 0, 0, 0, 1, 0, 1, 1, 1, 1), 0.6, true},
		{"nothing happens", x, counts(2, 2, 2, 2, 2, 2, 2, 2, 2, 2), 0, false},
		{"too short", x[:9], x[:9], 0, false},
		{"empty", nil, nil, 0, false},
	} {
		got := correlation(c.x, c.y, conflict)
		if math.Abs(got.Rho-c.rho) > 1e-9 || got.Known != c.known {
			t.Errorf("%s: %+v, want %v", c.name, got, c.rho)
		}
		if got.Low > got.Rho || got.High < got.Rho {
			t.Errorf("%s: %v is not within %v to %v", c.name, got.Rho, got.Low, got.High)
		}
	}
	// By hand: these ten weeks are worth nine, z of 0.6 is 0.6931, and its error
	// √((1 + 0.6²/2) / (9 − 3)).
	got := correlation(counts(0, 1, 1, 0, 0, 1, 1, 0, 0, 1), counts(0, 1, 0, 1, 0, 1, 1, 0, 0, 1), conflict)
	if low, high := math.Tanh(0.693147-1.959964*0.443471), math.Tanh(0.693147+1.959964*0.443471); math.Abs(got.Low-low) > 1e-4 || math.Abs(got.High-high) > 1e-4 {
		t.Errorf("%+v, want %.4f to %.4f", got, low, high)
	}
}

// TestCorrelationOfBursts has two series that have nothing to do with each other,
// each for weeks as it was: at most one in twenty is to be said to run with the
// other, or a little more, as the interval is an approximation.
func TestCorrelationOfBursts(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 4))
	restless := func(stays float64) []Counts {
		all, level := make([]Counts, 104), 0.0
		for i := range all {
			level = stays*level + rng.NormFloat64()
			all[i].Conflict = int(math.Exp(2 + level))
		}
		return all
	}
	for _, stays := range []float64{0, 0.5, 0.8} {
		const pairs = 1000
		wrong := 0
		for range pairs {
			if a := correlation(restless(stays), restless(stays), conflict); a.Known && (a.Low > 0 || a.High < 0) {
				wrong++
			}
		}
		if share := float64(wrong) / pairs; share > 0.08 {
			t.Errorf("of series that stay as they were by %v, %.1f %% are said to run together", stays, 100*share)
		}
	}
}
