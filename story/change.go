package story

import (
	"math"
	"slices"
)

// Counts is how many cooperative and how many conflictual events two actors
// had with each other in a period: a day, a week or a month.
type Counts struct{ Cooperation, Conflict int }

// Segment is a stretch of periods in which a relation stayed the same.
type Segment struct {
	Start, End            int     // its periods, counted from 0; half-open
	Cooperation, Conflict float64 // mean number of events a period
}

// Segments divides a series where the rate of cooperation, of conflict, or of
// both changes. No segment is shorter than minLength periods (at least 1), and
// together the segments cover the series; one of fewer than 2·minLength periods
// is a single segment, an empty one has none. A negative count is taken for 0.
//
// The division is the one of Killick, Fearnhead and Eckley, "Optimal Detection
// of Changepoints With a Linear Computational Cost", JASA 107 (2012): the least
// sum, over its segments, of −2 times the Poisson log-likelihood of both counts,
// plus a penalty for each change. It is found exactly. The penalty is 3·ln n,
// the BIC in which a change costs its two new rates and its place, as in Zhang
// and Siegmund, Biometrics 63 (2007), but for their term for the lengths of the
// segments; n is the number of periods, at least 100, as so short a series would
// else show changes too often.
//
// News comes in bursts, so that counts vary more than Poisson's. Two things are
// done about it. First, a count is brought down to three standard deviations
// above the median of the periods less than minLength away, after Anscombe's
// square root: a burst shorter than minLength cannot be a segment, and shall not
// make one of its neighbours. With minLength 1 nothing is brought down, and a
// burst is a segment of its own. Second, the log-likelihood of each of the two
// is divided by its dispersion (quasi-Poisson), so that in a restless series a
// change has to be larger. What is stirred up for much longer than minLength
// is a segment. The means told are those of the counts as given.
func Segments(series []Counts, minLength int) []Segment {
	if len(series) == 0 {
		return nil
	}
	var segments []Segment
	start := 0
	for _, end := range newPartition(calm(series, minLength), minLength).ends() {
		sum, n := total(series[start:end]), float64(end-start)
		segments = append(segments, Segment{start, end, float64(sum.Cooperation) / n, float64(sum.Conflict) / n})
		start = end
	}
	return segments
}

// partition is the search for the best division of a series.
type partition struct {
	cooperation, conflict rate
	minLength             int
	penalty               float64   // of a change
	ln                    []float64 // of the lengths up to the whole
	best                  []float64 // cost of the best division of what is before a period
	from                  []int     // where the last segment of that begins
}

func newPartition(series []Counts, minLength int) *partition {
	n, minLength := len(series), max(minLength, 1)
	cooperation, conflict := columns(series)
	p := &partition{
		cooperation: newRate(cooperation, minLength), conflict: newRate(conflict, minLength),
		minLength: minLength, penalty: 3 * math.Log(float64(max(n, 100))),
		ln: make([]float64, n+1), best: make([]float64, n+1), from: make([]int, n+1),
	}
	for i := 1; i <= n; i++ {
		p.ln[i], p.best[i] = math.Log(float64(i)), math.Inf(1)
	}
	p.best[0] = -p.penalty // the first segment is no change
	return p
}

// cost is −2 times the log-likelihood of the periods from s to t (exclusive),
// without what is the same in every division.
func (p *partition) cost(s, t int) float64 {
	return p.cooperation.cost(s, t, p.ln[t-s]) + p.conflict.cost(s, t, p.ln[t-s])
}

// starts are neighbouring periods, half-open, at which the last segment may
// begin. As parting a segment never costs more, what is before t and begins its
// last segment at one of them costs at least least and the periods from end to
// t. So all are passed over at once, where PELT tries each and is quadratic in a
// series without a change.
type starts struct {
	first, end int
	least      float64
	until      int // the last t for which one of them may be the best
}

const together = 32 // starts

// ends gives the ends of the segments of the best division, in order.
func (p *partition) ends() []int {
	n := len(p.from) - 1
	if n < 2*p.minLength {
		return []int{n}
	}
	var open []starts
	fresh := 0 // the first period that is not in open
	for t := p.minLength; t <= n; t++ {
		p.try(p.from[t-1], p.from[t-1]+1, t) // probably as good again, so that few others are tried
		if t-p.minLength-fresh == together {
			open = append(open, p.gather(fresh, fresh+together))
			fresh += together
		}
		p.try(fresh, t-p.minLength+1, t)
		open = p.tryAll(open, t)
	}
	var ends []int
	for t := n; t > 0; t = p.from[t] {
		ends = append(ends, t)
	}
	slices.Reverse(ends)
	return ends
}

func (p *partition) gather(first, end int) starts {
	least := math.Inf(1)
	for s := first; s < end; s++ {
		least = min(least, p.best[s]+p.cost(s, end))
	}
	return starts{first, end, least, len(p.from) - 1}
}

// try looks whether the last segment before t begins best at one of the periods
// from first to end (exclusive), and gives the least cost, without the penalty.
func (p *partition) try(first, end, t int) float64 {
	least := math.Inf(1)
	for s := first; s < end; s++ {
		c := p.best[s] + p.cost(s, t)
		least = min(least, c)
		if c+p.penalty < p.best[t] {
			p.best[t], p.from[t] = c+p.penalty, s
		}
	}
	return least
}

// tryAll tries the open starts, and drops those that no later t can want: where
// another change at t costs no more, that is better from then on (Killick et
// al., theorem 3.1). But a segment from t has to be minLength long, so the
// starts stay open for as long.
func (p *partition) tryAll(open []starts, t int) []starts {
	kept := open[:0]
	for _, s := range open {
		least := s.least + p.cost(s.end, t)
		if least+p.penalty < p.best[t] {
			least = p.try(s.first, s.end, t)
		}
		if least >= p.best[t] {
			s.until = min(s.until, t+p.minLength-1)
		}
		if s.until > t {
			kept = append(kept, s)
		}
	}
	return kept
}

// rate gives what it costs to take a rate for constant.
type rate struct {
	before     []int     // events in the periods before
	nlogn      []float64 // n·ln n for the smaller n
	dispersion float64
}

// manyLogs bounds the table of logarithms, to 1 MB.
const manyLogs = 1 << 17

func newRate(counts []int, minLength int) rate {
	r := rate{before: make([]int, len(counts)+1), dispersion: dispersion(counts, minLength)}
	for i, c := range counts {
		r.before[i+1] = r.before[i] + c
	}
	r.nlogn = make([]float64, min(r.before[len(counts)]+1, manyLogs))
	for i := range r.nlogn {
		r.nlogn[i] = nlogn(i)
	}
	return r
}

// cost is that of the periods from s to t (exclusive), the logarithm of whose
// number is ln.
func (r *rate) cost(s, t int, ln float64) float64 {
	n := r.before[t] - r.before[s]
	var x float64
	if n < len(r.nlogn) {
		x = r.nlogn[n]
	} else {
		x = nlogn(n)
	}
	return 2 / r.dispersion * (float64(n)*ln - x)
}

func nlogn(n int) float64 {
	if n == 0 {
		return 0 // the limit
	}
	return float64(n) * math.Log(float64(n))
}

// dispersion estimates how many times its mean the variance of a count is, at
// least 1. A change must not pass for restlessness, so neighbouring blocks are
// compared, whose difference has twice the variance whatever the rate. They are
// minLength long where the series allows, so that what is stirred up for some
// days counts as such. A change spoils only the pairs around it, so the median
// is taken of the estimates of up to ten stretches. Being few they vary, and a
// dispersion taken for too small makes changes that are none, while one too
// large merely hides the slight ones: hence the margin.
func dispersion(counts []int, minLength int) float64 {
	const margin = 1.4
	block := max(1, min(minLength, len(counts)/10))
	pairs := len(counts) - 2*block + 1
	stretch := max((pairs+9)/10, 3*block, 6)
	var all []float64
	for i := 0; i < pairs; i += stretch {
		if x, ok := restlessness(counts[i:min(i+stretch, pairs)+2*block-1], block); ok {
			all = append(all, x)
		}
	}
	if len(all) == 0 {
		return 1
	}
	slices.Sort(all)
	return max(1, margin*all[len(all)/2])
}

// restlessness is the variance over the mean of blocks of counts, from the
// differences of all that are neighbours; false if there are no events.
func restlessness(counts []int, block int) (float64, bool) {
	squares, sums := 0.0, 0.0
	for i := 0; i+2*block <= len(counts); i++ {
		a, b := sum(counts[i:i+block]), sum(counts[i+block:i+2*block])
		squares += float64(a-b) * float64(a-b)
		sums += float64(a + b)
	}
	return squares / sums, sums > 0
}

// calm takes out of a series the bursts that are shorter than minLength.
func calm(series []Counts, minLength int) []Counts {
	cooperation, conflict := columns(series)
	out := make([]Counts, len(series))
	for i := range out {
		out[i] = Counts{calmed(cooperation, i, minLength), calmed(conflict, i, minLength)}
	}
	return out
}

// calmed is the i-th count, or what it may be at most beside its neighbours. Of
// the neighbours less than minLength away a segment that is long enough has more
// than half, so its beginning and end are not mistaken for a burst.
func calmed(counts []int, i, minLength int) int {
	if counts[i] <= highest(0) || minLength <= 1 {
		return counts[i]
	}
	near := slices.Clone(counts[max(0, i-minLength+1):min(len(counts), i+minLength)])
	slices.Sort(near)
	return min(counts[i], highest(near[len(near)/2]))
}

// highest is three standard deviations above a median; that of the root of a
// Poisson count is a half.
func highest(median int) int {
	root := math.Sqrt(float64(median)+3.0/8) + 3*0.5
	return int(root*root - 3.0/8)
}

func columns(series []Counts) (cooperation, conflict []int) {
	for _, c := range series {
		cooperation, conflict = append(cooperation, max(c.Cooperation, 0)), append(conflict, max(c.Conflict, 0))
	}
	return cooperation, conflict
}

func total(series []Counts) Counts {
	cooperation, conflict := columns(series)
	return Counts{sum(cooperation), sum(conflict)}
}

func sum(all []int) (n int) {
	for _, x := range all {
		n += x
	}
	return n
}

// Direction is where a relation is heading.
type Direction string

const (
	Warming Direction = "warming"      // a smaller share of the events is conflict
	Cooling Direction = "cooling"      // a greater share of the events is conflict
	Intense Direction = "more intense" // more events a period, the share as before
	Quieter Direction = "quieter"      // fewer events a period, the share as before
	Steady  Direction = "steady"       // no difference is shown
	Unknown Direction = "unknown"      // too few events to show one
)

// Heading compares the events of recent periods with those of periods before,
// by two exact two-sided tests. A p-value sums the outcomes that are no likelier
// than what was seen.
//
//   - The share of conflict, by Fisher's exact test of the four counts.
//   - All events together, by the conditional test of two Poisson rates
//     (Przyborowski and Wilenski, Biometrika 31, 1940): of all events those in the
//     recent periods are binomial, with the recent periods' part of all periods.
//
// As there are two, each is held against 2.5 %, so that a relation that stays
// the same is called steady or unknown in at least 95 % of cases (Bonferroni). If
// the share has changed, the relation is Warming or Cooling, however many events
// there are; if only their number has, it is Intense or Quieter. Otherwise it is
// Steady, or Unknown if at a constant rate fewer than 5 events would be expected
// in the periods of one side, or if a side has no periods.
//
// The p-value is that of the test that decided, else the smaller one, in either
// case doubled, at most 1. The tests take the events as independent of each
// other; Trend allows for bursts.
func Heading(before, recent Counts, beforePeriods, recentPeriods int) (Direction, float64) {
	before, recent = total([]Counts{before}), total([]Counts{recent})
	if beforePeriods < 1 || recentPeriods < 1 {
		return Unknown, 1
	}
	b, r := before.Cooperation+before.Conflict, recent.Cooperation+recent.Conflict
	part := float64(recentPeriods) / (float64(beforePeriods) + float64(recentPeriods))
	expected := float64(b+r) * part
	share, number := min(1, 2*fisher(before, recent)), min(1, 2*binomial(r, b+r, part))
	switch {
	case share <= 0.05 && float64(recent.Conflict)*float64(b) > float64(before.Conflict)*float64(r):
		return Cooling, share
	case share <= 0.05:
		return Warming, share
	case number <= 0.05 && float64(r) > expected:
		return Intense, number
	case number <= 0.05:
		return Quieter, number
	case min(expected, float64(b+r)-expected) < 5:
		return Unknown, min(share, number)
	}
	return Steady, min(share, number)
}

// Trend says where a relation is heading at the end of a series, the last
// periods of which, recent in number, count as now. If a segment (see Segments)
// began within them, the last one is compared with the nearest before it that is
// at least a quarter as long, so that a burst is no measure for what follows it,
// or else with all before it. If none did, the recent periods are compared with the rest of the last
// segment, for a drift too slight to be a change.
//
// They are compared as Heading says, but short bursts are brought down as
// Segments does, and both counts are divided by the larger of their dispersions,
// after which their variance is about that of Poisson counts. A segment's start
// is chosen by the same counts, so beside one the p-value is too small; what
// guards against a change that is none is the penalty of Segments.
func Trend(series []Counts, minLength, recent int) (Direction, float64) {
	if len(series) == 0 || recent < 1 {
		return Unknown, 1
	}
	series = calm(series, minLength)
	p := newPartition(series, minLength)
	since, until, now := compared(p.ends(), recent)
	by := max(p.cooperation.dispersion, p.conflict.dispersion)
	return Heading(total(series[since:until]).dividedBy(by), total(series[now:]).dividedBy(by), until-since, len(series)-now)
}

// compared gives the periods from since to until, with which those from now on
// are compared.
func compared(ends []int, recent int) (since, until, now int) {
	starts := append([]int{0}, ends...)
	last := len(ends) - 1
	n := ends[last]
	if starts[last] == 0 || starts[last] < n-recent {
		now = max(n-recent, 0)
		return starts[last], now, now
	}
	now = starts[last]
	for i := last - 1; i >= 0; i-- {
		if 4*(ends[i]-starts[i]) >= n-now {
			return starts[i], ends[i], now
		}
	}
	return 0, now, now
}

func (c Counts) dividedBy(x float64) Counts {
	return Counts{int(math.Round(float64(c.Cooperation) / x)), int(math.Round(float64(c.Conflict) / x))}
}

// fisher is the p-value of a share of conflict that is the same in both.
func fisher(before, recent Counts) float64 {
	conflict, r := before.Conflict+recent.Conflict, recent.Conflict+recent.Cooperation
	all := conflict + before.Cooperation + recent.Cooperation
	return twoSided(max(0, r+conflict-all), min(r, conflict), recent.Conflict, func(k int) float64 {
		return lnChoose(conflict, k) + lnChoose(all-conflict, r-k) - lnChoose(all, r)
	})
}

// binomial is the p-value of k out of n where each has a chance of p, which is
// neither 0 nor 1.
func binomial(k, n int, p float64) float64 {
	ln, lnNot := math.Log(p), math.Log1p(-p)
	return twoSided(0, n, k, func(k int) float64 {
		return lnChoose(n, k) + float64(k)*ln + float64(n-k)*lnNot
	})
}

// twoSided sums the probabilities, given as logarithms, of the outcomes from lo
// to hi that are no likelier than the one seen.
func twoSided(lo, hi, seen int, ln func(int) float64) float64 {
	most := ln(seen) + 1e-7 // the same probability, summed in another order
	p := 0.0
	for k := lo; k <= hi; k++ {
		if l := ln(k); l <= most {
			p += math.Exp(l)
		}
	}
	return min(p, 1)
}

func lnChoose(n, k int) float64 {
	of := func(x int) float64 {
		l, _ := math.Lgamma(float64(x) + 1)
		return l
	}
	return of(n) - of(k) - of(n-k)
}
