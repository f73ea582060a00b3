package compare

import "dragoman"

// The formats of CAMEO's family tell what two do with each other in two rows, one
// from either side: A meets B and B meets A, A visits B and B hosts A. Such rows are
// one event. A set by hand may follow the same convention; this program tells an
// event once.

// own reports whether this program coded r.
func own(r *dragoman.Record) bool { return r.Provider == "" && (r.Number > 0 || r.Ordinal > 0) }

// oneSide returns one code for what two codes tell from either side, the lower; any
// other code as it is.
func (c *comparison) oneSide(cameo string) string {
	if cameo == "" {
		return ""
	}
	if other := c.Mirror(cameo); other != "" && other < cameo {
		return other
	}
	return cameo
}

// side is what has to be the same in two rows that mirror each other, and who stands
// on which side in the one.
type side struct {
	day      dragoman.Day
	code     int32
	status   int8
	claimed  bool
	from, to int32
}

// mirrors returns whether an event, of those that are given one after the other,
// mirrors an earlier one that nothing has mirrored yet. A visit and its hosting have
// the same code here (oneSide), so that only the two sides are to be turned about.
func (c *comparison) mirrors(s *set) func(*event) bool {
	alone := map[side]int{}
	both := map[int32]bool{} // codes that are done in both directions
	for n, code := range c.codes.all {
		both[int32(n)] = code != "" && c.Mirror(code) != ""
	}
	return func(e *event) bool {
		if e.own || !e.coded || !both[e.code] || e.actors != 1 || e.others != 1 {
			return false
		}
		from, to := c.who.of[s.parties[e.at]], c.who.of[s.parties[e.at+1]]
		this, other := side{e.day, e.code, e.status, e.claimed, from, to}, side{e.day, e.code, e.status, e.claimed, to, from}
		if alone[other] > 0 {
			alone[other]--
			return true
		}
		alone[this]++
		return false
	}
}
