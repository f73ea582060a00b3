package place

import "math"

// evidence is what speaks for each country and each division, and how much
// there is altogether.
type evidence struct {
	about, divisions map[string]float64
	total            float64
}

func (t *text) evidence(base map[string]float64, round int) evidence {
	e := evidence{about: make(map[string]float64, len(base)+8), divisions: map[string]float64{}}
	for c, n := range base { // whole numbers: their order changes nothing
		e.about[c] = n
		e.total += n
	}
	for s := range t.senses {
		t.speaks(s, round, func(country, division string, weight float64) {
			e.about[country] += weight
			e.divisions[division] += weight
			e.total += weight
		})
	}
	return e
}

// speaks tells for which country and division the sense s speaks, and how much.
func (t *text) speaks(s, round int, tell func(country, division string, weight float64)) {
	x := &t.senses[s]
	if len(x.cands) == 0 || x.tentative {
		return
	}
	c := &x.cands[0]
	if round > 0 {
		if x.chosen < 0 {
			return
		}
		c = &x.cands[x.chosen]
	} else if c.kind != "country" && len(x.cands) > 1 && x.cands[1].prior > c.prior-1.5 {
		return
	}
	if c.country == "" {
		return
	}
	weight := 1 + math.Log2(float64(len(x.names)))
	if c.kind != "country" {
		weight *= 0.6
	}
	tell(c.country, t.division(c.entry), weight)
}

// share is what one sense itself adds to the evidence, which does not count
// for it.
type share struct {
	country, division string
	weight            float64
}

// of returns what speaks for a country, leaving out the share.
func (e evidence) of(country string, own share) float64 {
	if country == own.country {
		return max(0, e.about[country]-own.weight)
	}
	return e.about[country]
}

func (e evidence) ofDivision(division string, own share) float64 {
	if division == own.division {
		return max(0, e.divisions[division]-own.weight)
	}
	return e.divisions[division]
}

// near scores how the rest of the article speaks for the country and the
// division of c.
func (t *text) near(x *sense, c *candidate, e evidence, own share) float64 {
	n := e.of(c.country, own)
	switch {
	case c.country == "":
		return 0
	case c.kind == "country":
		return min(1, 0.4*math.Log2(1+n)) // which Congo
	case x.cands[0].kind == "country" && x.cands[0].id == c.country:
		return 0 // what speaks for the State of Mexico speaks for Mexico as well
	}
	score := min(countryMost, 1.3*math.Log2(1+n))
	if d := t.division(c.entry); d != "" {
		score += min(nearMost, 0.8*e.ofDivision(d, own))
	}
	return score
}
