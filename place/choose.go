package place

import (
	"math"
	"slices"
	"strings"
)

// candidate is a place that a name may stand for.
type candidate struct {
	entry
	prior float64 // how well known it is
	score float64
}

// The most candidates of one name that are weighed; the best known are.
const maxCandidates = 40

func candidates(found []entry) []candidate {
	cands := make([]candidate, 0, len(found))
	for _, e := range found {
		cands = append(cands, candidate{entry: e, prior: prior(e)})
	}
	slices.SortStableFunc(cands, func(a, b candidate) int {
		switch {
		case a.prior > b.prior:
			return -1
		case a.prior < b.prior:
			return 1
		}
		return strings.Compare(a.id, b.id)
	})
	return cands[:min(len(cands), maxCandidates)]
}

// prior says how likely it is that somebody who names no more means this
// place: on the scale of the decimal logarithm of a town's people.
func prior(e entry) float64 {
	people := math.Log10(float64(e.population) + 1)
	p := 0.0
	switch e.kind {
	case "country":
		p = 11.3
	case "admin1":
		p = 5.2 + 0.35*people
	case "admin2":
		p = 3.4
	case "capital":
		p = max(people, 4) + 2
	case "seat":
		p = max(people, 3) + 0.5
	case "settlement":
		p = max(people, 2)
	case "section":
		p = people - 1.2
	case "region":
		p = 8
	default:
		p = 6.5
	}
	if e.more { // a user's dump: every brook has a name
		switch e.kind {
		case "settlement", "seat", "capital":
		default:
			p = 2
		}
	}
	if e.alias {
		p -= 0.7
		if town(e.kind) || e.kind == "admin2" {
			p -= 0.3
		}
	}
	return p
}

// The weights of what the text says, on the same scale.
const (
	insideSaid   = 6.0  // the text puts it there and it lies there
	insideListed = 4.5  // the same, by a comma alone
	outsideSaid  = -3.0 // the text puts it elsewhere
	townOutside  = -6.0 // the same of a town
	holdsOther   = 3.0  // the text puts another into it, which lies there
	kindSaid     = 3.0  // of the kind that the text says
	kindFirst    = 2.5  // and that the word means first of all
	kindOther    = -4.0
	peopleSaid   = 4.0 // "the Russian city of"
	sameKind     = 2.0 // the article says the kind elsewhere
	countryMost  = 3.6 // of a country that the article is about
	listedLike   = 1.0 // in a list beside one of the same kind and country
	nearMost     = 1.5 // in a division that the article names places of
	threshold    = 4.7 // below it a name stands for nothing that is known
	margin       = 1.0 // by which a doubtful name must be clear
)

// choose settles what every sense stands for: three rounds, each weighing what
// the round before it made of the other names.
func (t *text) choose() {
	base := t.country
	for s := range t.senses {
		t.senses[s].chosen = fresh
		if len(t.senses[s].cands) == 0 {
			t.looseCandidates(&t.senses[s], base)
		}
	}
	for round := 0; round < 3; round++ {
		e := t.evidence(base, round)
		for s := range t.senses {
			t.weigh(s, e, round)
		}
	}
}

// weigh scores the candidates of sense s and chooses.
func (t *text) weigh(s int, e evidence, round int) {
	x := &t.senses[s]
	if len(x.cands) == 0 {
		return
	}
	var own share
	t.speaks(s, round, func(country, division string, weight float64) { own = share{country, division, weight} })
	best := 0
	for i := range x.cands {
		c := &x.cands[i]
		c.score = c.prior + t.said(s, c) + t.likeListed(x, c, round) + t.near(x, c, e, own)
		if c.score > x.cands[best].score {
			best = i
		}
	}
	x.chosen = best
	c := &x.cands[best]
	here, elsewhere := e.of(c.country, own), e.total-own.weight
	least := threshold
	if here < 0.3 && elsewhere > 4 {
		least += margin // an article about other countries
	}
	known := c.score >= least || here > 0.9 && x.onlyThere(c) || (here > 0.3 || elsewhere < 1.5) && x.only(c)
	clear := c.prior >= threshold+margin && (!c.alias || c.kind == "country") && !x.contested(best)
	if !known || x.tentative && !clear {
		x.chosen = fresh
	}
}

// The shortest name that is taken for a place because there is no other of its
// name, in bytes.
const minOnly = 7

// only reports whether c is the one place of the tables with its name, and the
// name is long enough not to meet by accident.
func (x *sense) only(c *candidate) bool {
	return len(x.key) >= minOnly && !c.alias && !c.more && c.score > 2 && !slices.ContainsFunc(x.cands, func(o candidate) bool {
		return o.id != c.id && apart(o.entry, c.entry) > 100
	})
}

// onlyThere reports whether c, little known as it may be, is the one place of
// its name in its country.
func (x *sense) onlyThere(c *candidate) bool {
	return c.country != "" && c.score > 0 && !slices.ContainsFunc(x.cands, func(o candidate) bool {
		return o.id != c.id && o.country == c.country && o.score > c.score-margin && apart(o.entry, c.entry) > 50
	})
}

// contested reports whether another place, elsewhere, is about as likely.
func (x *sense) contested(best int) bool {
	c := &x.cands[best]
	return slices.ContainsFunc(x.cands, func(o candidate) bool {
		return o.score > c.score-margin && o.id != c.id && apart(o.entry, c.entry) > 100
	})
}

// said scores what the text itself says of candidate c of sense s.
func (t *text) said(s int, c *candidate) float64 {
	x := &t.senses[s]
	score := 0.0
	if x.hint != nil {
		if x.hint.takes(c.kind) || c.kind == x.hint.kind {
			score += kindSaid
			if first := x.hint.fits[0]; c.kind == x.hint.kind || c.kind == first || town(c.kind) && town(first) {
				score += kindFirst
			}
		} else {
			score += kindOther
		}
	} else if kinds := t.kindsOf(x); kinds != nil && kinds.takes(c.kind) {
		score += sameKind
	}
	score += t.saidInside(x, c) + t.saidHolds(x, c)
	for _, i := range x.names[:min(len(x.names), 20)] {
		if p := t.names[i].people; p != "" {
			if p == c.country {
				score += peopleSaid
			} else if c.country != "" {
				score += outsideSaid
			}
			break
		}
	}
	return score
}

// likeListed scores how c matches what the names beside it in a list stand for.
func (t *text) likeListed(x *sense, c *candidate, round int) float64 {
	score := 0.0
	for _, s := range x.listed {
		if y := &t.senses[s]; round > 0 && y.chosen >= 0 {
			if o := &y.cands[y.chosen]; o.kind == c.kind && (o.country == c.country || c.kind == "country") {
				score = min(score+listedLike, 2*listedLike)
			}
		}
	}
	return score
}

// kindsOf returns the kind that the article gives the same name elsewhere.
func (t *text) kindsOf(x *sense) *word {
	for _, kind := range []string{"admin1", "admin2", "settlement", "port", "border_crossing"} {
		if i, ok := t.byKey[x.key+"/"+kind]; ok && len(t.senses[i].names) > 0 {
			return t.senses[i].hint
		}
	}
	return nil
}

func (t *text) saidInside(x *sense, c *candidate) float64 {
	score := 0.0
	for _, in := range x.within {
		o := &t.senses[t.names[in].sense]
		if len(o.cands) == 0 {
			continue
		}
		lies := slices.ContainsFunc(o.cands, func(u candidate) bool { return t.inside(c.entry, u.entry) })
		switch {
		case lies && t.sureOf(x, in):
			score = max(score, insideSaid)
		case lies:
			score = max(score, insideListed)
		case score > 0 || !t.sureOf(x, in) || !division(o.cands[0].kind) || !town(c.kind) && c.kind != "admin1" && c.kind != "admin2":
		case town(c.kind) && c.kind != "section":
			score = townOutside
		default:
			score = outsideSaid
		}
	}
	return score
}

func (t *text) sureOf(x *sense, in int) bool {
	return slices.ContainsFunc(x.names, func(i int) bool { return t.names[i].in == in && t.names[i].sure })
}

// saidHolds scores c as what the text puts others into.
func (t *text) saidHolds(x *sense, c *candidate) float64 {
	for _, i := range x.names[:min(len(x.names), 20)] {
		for j := i - 1; j >= 0 && j >= i-4; j-- {
			if t.names[j].in != i {
				continue
			}
			for _, u := range t.senses[t.names[j].sense].cands {
				if t.inside(u.entry, c.entry) {
					return holdsOther
				}
			}
		}
	}
	return 0
}
