package place

import (
	"math"
	"strings"
)

// inside reports whether a lies in b, as far as the tables know.
func (t *text) inside(a, b entry) bool {
	if a.id == b.id {
		return false
	}
	switch b.kind {
	case "country":
		return a.country == b.id && a.kind != "country"
	case "capital", "seat", "settlement", "section":
		return a.kind != "country" && a.kind != "admin1" && a.kind != "admin2" && a.kind != "region" &&
			a.country == b.country && apart(a, b) < 40 && a.population < b.population
	case "region":
		if t.chained(a, b.id) {
			return true
		}
		return b.country != "" && a.country == b.country && apart(a, b) < 150 || b.country == "" && apart(a, b) < 300 && a.kind != "country"
	}
	return t.chained(a, b.id)
}

// chained reports whether id is among the containers of e.
func (t *text) chained(e entry, id string) bool {
	found := false
	t.up(e, func(c entry) bool { found = c.id == id; return !found })
	return found
}

// up visits the containers of e, nearest first, until visit says no.
func (t *text) up(e entry, visit func(entry) bool) {
	for in, n := e.in, 0; in != "" && n < 8; n++ {
		c, ok := t.container(in)
		if !ok || !visit(c) {
			return
		}
		in = c.in
	}
}

// container finds a container by id or GeoNames code; of a code "AF.26.1209"
// that is not known it gives the next level.
func (r *Resolver) container(id string) (entry, bool) {
	for {
		if c, ok := r.gaz.identified(id); ok {
			return c, true
		}
		i := strings.LastIndexByte(id, '.')
		if i < 0 {
			return entry{}, false
		}
		id = id[:i]
	}
}

// division reports whether places of that kind hold towns.
func division(kind string) bool { return kind == "country" || kind == "admin1" || kind == "admin2" }

// division returns the first-level division that e is or lies in.
func (t *text) division(e entry) string {
	if e.kind == "admin1" {
		return e.id
	}
	division := ""
	t.up(e, func(c entry) bool {
		if c.kind == "admin1" {
			division = c.id
		}
		return division == ""
	})
	return division
}

// apart returns the distance of two places in kilometres, or infinity.
func apart(a, b entry) float64 {
	if !a.located || !b.located {
		return math.Inf(1)
	}
	return Distance(a.lat, a.lon, b.lat, b.lon)
}

// Distance returns the length of the great circle between two points, in
// kilometres.
func Distance(lat1, lon1, lat2, lon2 float64) float64 {
	const degree, radius = math.Pi / 180, 6371
	dLat, dLon := (lat2-lat1)*degree, (lon2-lon1)*degree
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(lat1*degree)*math.Cos(lat2*degree)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * radius * math.Asin(math.Sqrt(min(1, h)))
}
