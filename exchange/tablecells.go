package exchange

import (
	"slices"
	"strconv"
	"strings"

	"dragoman"
)

func acting(r *eventRow) []dragoman.Party    { return r.Actors }
func receiving(r *eventRow) []dragoman.Party { return r.Recipients }

// ofParties returns what fills a list that has an item for each of some parties.
func ofParties(parties func(*eventRow) []dragoman.Party, item func(*Codebook, *dragoman.Party) string) func(*eventRow) cell {
	return func(r *eventRow) cell {
		return listCell(each(parties(r), func(p *dragoman.Party) string { return item(r.book, p) }))
	}
}

func names(of func(*eventRow) []dragoman.Party) func(*eventRow) cell {
	return ofParties(of, func(_ *Codebook, p *dragoman.Party) string { return p.Name })
}

func partyIDs(of func(*eventRow) []dragoman.Party) func(*eventRow) cell {
	return ofParties(of, func(_ *Codebook, p *dragoman.Party) string { return p.ID })
}

func kindsOf(of func(*eventRow) []dragoman.Party) func(*eventRow) cell {
	return ofParties(of, func(_ *Codebook, p *dragoman.Party) string { return p.Kind })
}

func countries(of func(*eventRow) []dragoman.Party) func(*eventRow) cell {
	return ofParties(of, func(_ *Codebook, p *dragoman.Party) string { return p.Country })
}

func codes(of func(*eventRow) []dragoman.Party) func(*eventRow) cell {
	return ofParties(of, (*Codebook).Actor)
}

func actsFor(of func(*eventRow) []dragoman.Party) func(*eventRow) cell {
	return ofParties(of, func(_ *Codebook, p *dragoman.Party) string {
		if len(p.Principals) == 0 {
			return ""
		}
		return p.Principals[0].ID
	})
}

func states(of func(*eventRow) []dragoman.Party) func(*eventRow) cell {
	return ofParties(of, func(_ *Codebook, p *dragoman.Party) string { return stateOf(p) })
}

// stateOf returns the state that p is or acts for.
func stateOf(p *dragoman.Party) string {
	if p.Kind == "state" {
		return p.ID
	}
	for i := range p.Principals {
		if p.Principals[i].Kind == "state" {
			return p.Principals[i].ID
		}
	}
	return ""
}

func each[T, U any](all []T, item func(*T) U) []U {
	out := make([]U, len(all))
	for i := range all {
		out[i] = item(&all[i])
	}
	return out
}

func score(r *eventRow) cell {
	t, ok := r.book.Type(r.Type)
	return knownCell(ok, numberCell(t.Score))
}

func goldstein(r *eventRow) cell {
	x, ok := r.book.Goldstein(&r.Report)
	return knownCell(ok, numberCell(x))
}

// least and most fill in the ends of a figure.
func least(what string) func(*eventRow) cell {
	return func(r *eventRow) cell {
		c, ok := counted(r.Casualties, what)
		return knownCell(ok, wholeCell(c.Min))
	}
}

func most(what string) func(*eventRow) cell {
	return func(r *eventRow) cell {
		c, ok := counted(r.Casualties, what)
		return knownCell(ok && c.Max >= 0, wholeCell(c.Max))
	}
}

func counted(all []dragoman.Count, what string) (dragoman.Count, bool) {
	i := slices.IndexFunc(all, func(c dragoman.Count) bool { return c.What == what })
	if i < 0 {
		return dragoman.Count{}, false
	}
	return all[i], true
}

// ordinalCell names a record of a reading: "a3".
func ordinalCell(letter string, n int) cell {
	return knownCell(n > 0, textCell(letter+strconv.Itoa(n)))
}

// id is what the provider calls an event, or the reading.
func (r *eventRow) id() string {
	if r.ID != "" || r.Ordinal == 0 {
		return r.ID
	}
	return "e" + strconv.Itoa(r.Ordinal)
}

func (r *eventRow) published() dragoman.Day {
	if r.Told.Published != dragoman.NoDay && r.Told.Published != 0 {
		return r.Told.Published
	}
	return r.Published
}

// geoNamesID returns the number in GeoNames that is the id of a place; 0 where it is none.
func geoNamesID(p *dragoman.Locale) int {
	digits, ok := strings.CutPrefix(p.ID, "gn:")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil {
		return 0
	}
	return n
}
