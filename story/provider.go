package story

import (
	"context"
	"math"
	"slices"

	"dragoman"
	"dragoman/rank"
)

// Archive is what a desk asks of a store that holds events of other providers
// too.
type Archive interface {
	Memory
	// ProviderNames returns what the providers are called, in order.
	ProviderNames(ctx context.Context) ([]string, error)
	// ProvidedCounts counts what two, by their ids, did to or with each other as a
	// provider tells it, in the order of days, days inclusive.
	ProvidedCounts(ctx context.Context, provider, a, b string, from, to dragoman.Day) ([]dragoman.DayCount, error)
	// ProvidedDays returns the days from which to which, up to now, a provider has
	// events without large gaps; NoDay for none.
	ProvidedDays(ctx context.Context, provider string, now dragoman.Day) (first, last dragoman.Day, err error)
	// Newest returns the last day of publication up to now; NoDay for none.
	Newest(ctx context.Context, now dragoman.Day) (dragoman.Day, error)
}

// Comparison is the relation of two as several tell it.
type Comparison struct {
	From, To dragoman.Day // inclusive
	Period   int          // days a period
	Courses  []Course     // this program's first; none where no provider tells of these days
	Earlier  []Earlier    // of providers that tell of the two in days before
}

// Course is the relation of two as one tells it.
type Course struct {
	Provider    string       // empty: this program
	There, Back Quads        // what A does to B, and B to A
	Together    Quads        // what they do with each other
	Periods     []Counts     // of both directions
	Since, Last dragoman.Day // which days there are of it at all, of any relation

	// How far it runs with the course of this program, in the whole periods that both
	// have; of this program itself nothing is told.
	Shared      int          // periods
	SharedFrom  dragoman.Day // the first day of these
	Events, Net Agreement    // of the number of events, and of cooperation less conflict
}

// Quads counts what was done by PLOVER's four quadrants.
type Quads struct {
	VerbalCooperation, MaterialCooperation, VerbalConflict, MaterialConflict int
}

// Sum is how many there are.
func (q Quads) Sum() int {
	return q.VerbalCooperation + q.MaterialCooperation + q.VerbalConflict + q.MaterialConflict
}

func (q *Quads) add(c dragoman.DayCount) {
	switch c.Tone {
	case dragoman.VerbalCooperation:
		q.VerbalCooperation += c.Events
	case dragoman.MaterialCooperation:
		q.MaterialCooperation += c.Events
	case dragoman.VerbalConflict:
		q.VerbalConflict += c.Events
	case dragoman.MaterialConflict:
		q.MaterialConflict += c.Events
	}
}

// Compare tells the relation of two as this program and other providers do, all of
// them where none are named, in the days from to, inclusive, in periods of so many
// days. From NoDay is from the first event that this program tells of the two since
// it remembers without large gaps, or else that a provider tells; it goes no farther
// than the last event that any of them tells. Of this program only what is as sure
// as confidence counts. A provider that has no events of these days is left out, but
// not one that has some and none of the two: that is news too. What providers tell of
// the two in days before is said; where none tells of the two at all there is no
// comparison: nil.
//
// How far two courses run together is Spearman's rank correlation, period by
// period. Providers differ in how many events they make of one by orders of
// magnitude, and news comes in bursts; ranks ask neither for the same scale nor
// for a straight line, and a single great week does not decide.
func Compare(ctx context.Context, m Archive, a, b dragoman.Party, from, to dragoman.Day, period int, providers []string, confidence float64) (*Comparison, error) {
	if len(providers) == 0 {
		var err error
		if providers, err = m.ProviderNames(ctx); err != nil || len(providers) == 0 {
			return nil, err
		}
	}
	c := &comparer{Comparison: Comparison{From: from, To: to, Period: period}}
	since, err := m.Since(ctx, to)
	if err != nil {
		return nil, err
	}
	newest, err := m.Newest(ctx, to)
	if err != nil {
		return nil, err
	}
	counts, err := m.Counts(ctx, a.Number, b.Number, dragoman.NoDay, to, math.MaxInt32, confidence)
	if err != nil {
		return nil, err
	}
	c.add(Course{Since: since, Last: newest}, counts)
	for _, p := range providers {
		first, last, err := m.ProvidedDays(ctx, p, to)
		if err != nil {
			return nil, err
		}
		counts, err := m.ProvidedCounts(ctx, p, a.ID, b.ID, dragoman.NoDay, to)
		if err != nil {
			return nil, err
		}
		c.add(Course{Provider: p, Since: first, Last: last}, counts)
	}
	return c.comparison(), nil
}

// comparer makes a comparison of counts.
type comparer struct {
	Comparison
	counts [][]dragoman.DayCount // of each course, from its first day on
	before [][]dragoman.DayCount // of each, before that
}

func (c *comparer) add(course Course, counts []dragoman.DayCount) {
	first := c.from(course.Since)
	at := slices.IndexFunc(counts, func(n dragoman.DayCount) bool { return n.Day >= first })
	if at < 0 {
		at = len(counts)
	}
	c.Courses, c.counts, c.before = append(c.Courses, course), append(c.counts, counts[at:]), append(c.before, counts[:at])
}

// from is the first day that counts of one who has days since then: what was
// before a large gap is known by chance.
func (c *comparer) from(since dragoman.Day) dragoman.Day {
	if c.From == dragoman.NoDay {
		return since
	}
	return c.From
}

// comparison closes the range of days where it is open, and sums up what each
// tells in it; nil where no provider tells anything.
func (c *comparer) comparison() *Comparison {
	first, last := dragoman.Day(math.MaxInt32), dragoman.NoDay
	for _, counts := range c.counts[1:] {
		for _, n := range counts {
			first, last = min(first, n.Day), max(last, n.Day)
		}
	}
	if own := c.counts[0]; len(own) > 0 {
		first, last = own[0].Day, max(last, own[len(own)-1].Day)
	}
	if c.From == dragoman.NoDay {
		c.From = first
	}
	c.To = min(c.To, last)
	told := 0
	for i := range c.Courses {
		of := &c.Courses[i]
		c.course(of, c.counts[i])
		if i == 0 {
			continue
		}
		told += of.There.Sum() + of.Back.Sum() + of.Together.Sum()
		c.agree(of)
		if e := earlier(of.Provider, slices.Concat(c.before[i], c.counts[i]), c.From); e.Events > 0 {
			c.Earlier = append(c.Earlier, e)
		}
	}
	if told == 0 {
		c.Courses = nil
	}
	if told == 0 && len(c.Earlier) == 0 {
		return nil
	}
	c.Courses = slices.DeleteFunc(c.Courses, func(of Course) bool { return of.Provider != "" && (of.Last < c.From || of.Since > c.To) })
	return &c.Comparison
}

// course sums up what one tells.
func (c *comparer) course(to *Course, counts []dragoman.DayCount) {
	for _, n := range counts {
		switch {
		case n.Day < c.From || n.Day > c.To || n.Claimed:
		case n.Together:
			to.Together.add(n)
		case n.Back:
			to.Back.add(n)
		default:
			to.There.add(n)
		}
	}
	to.Periods = series(counts, c.From, c.To, c.Period)
}

// agree holds a course against that of this program, in the whole periods of which
// both have all days.
func (c *comparer) agree(to *Course) {
	own := &c.Courses[0]
	since, last := max(own.Since, to.Since, c.From), min(own.Last, to.Last, c.To)
	if own.Since == dragoman.NoDay || since > last {
		return
	}
	first := (int(since) - int(c.From) + c.Period - 1) / c.Period
	end := (int(last) - int(c.From) + 1) / c.Period
	if last == c.To {
		end = len(own.Periods) // what is left of the last period is the same of both
	}
	if first >= end {
		return
	}
	to.Shared, to.SharedFrom = end-first, c.From+dragoman.Day(first*c.Period)
	x, y := own.Periods[first:end], to.Periods[first:end]
	to.Events = correlation(x, y, func(c Counts) int { return c.Cooperation + c.Conflict })
	to.Net = correlation(x, y, func(c Counts) int { return c.Cooperation - c.Conflict })
}

// Agreement is how far two series run together.
type Agreement struct {
	Rho       float64 // Spearman's, from -1 to 1
	Low, High float64 // the 95 % interval of it
	Known     bool    // there is enough of both to say
}

// leastPeriods is how many periods are needed to say how far two series agree.
const leastPeriods = 10

// correlation returns how far two series of the same length run together. The
// interval is that of Bonett and Wright, Psychometrika 65 (2000), by Fisher's z.
// It takes the periods for independent, which they are not where a relation is
// for weeks as it was; so their number is brought down as Pyper and Peterman,
// Canadian Journal of Fisheries and Aquatic Sciences 55 (1998), do it. A series
// that is the same in all periods runs with none.
func correlation(x, y []Counts, of func(Counts) int) Agreement {
	if len(x) < leastPeriods {
		return Agreement{Low: -1, High: 1}
	}
	p, q := rank.Of(values(x, of)), rank.Of(values(y, of))
	rho, n := rank.Correlation(p, q), independent(p, q)
	if math.IsNaN(rho) || n <= 4 {
		return Agreement{Low: -1, High: 1}
	}
	const sure = 1.959964 // standard deviations either way hold 95 %
	z, by := math.Atanh(rho), sure*math.Sqrt((1+rho*rho/2)/(n-3))
	if math.IsInf(z, 0) {
		return Agreement{rho, rho, rho, true}
	}
	return Agreement{rho, math.Tanh(z - by), math.Tanh(z + by), true}
}

// values returns what is counted, period by period.
func values(all []Counts, of func(Counts) int) []float64 {
	out := make([]float64, len(all))
	for i, c := range all {
		out[i] = float64(of(c))
	}
	return out
}

// independent returns how many independent periods two series of ranks are worth,
// at most as many as there are: by their autocorrelations up to a fifth of their
// length.
func independent(x, y []float64) float64 {
	n, sum := len(x), 0.0
	vx, vy := rank.Product(x, x, 0), rank.Product(y, y, 0)
	if vx == 0 || vy == 0 {
		return 0
	}
	for lag := 1; lag <= n/5; lag++ {
		whole := float64(n) / float64(n-lag) // a longer lag has fewer products
		sum += float64(n-lag) / float64(n) * (whole * rank.Product(x, x, lag) / vx) * (whole * rank.Product(y, y, lag) / vy)
	}
	return float64(n) / max(1, 1+2*sum)
}
