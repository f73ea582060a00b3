package exchange

import (
	"cmp"
	"fmt"
	"strings"

	"dragoman"
)

// spot is a place in GDELT's columns.
type spot struct {
	kind, name, fips, adm1, adm2, feature string
	lat, lon                              float64
	located                               bool
}

// The kinds of places of GDELT.
const (
	gdeltCountry    = "1"
	gdeltUSState    = "2"
	gdeltUSCity     = "3"
	gdeltWorldCity  = "4"
	gdeltWorldState = "5"
)

// spot returns a place as GDELT tells it; the zero spot where there is none, or one
// that is larger than a state. FeatureID is a code of a country or division: that of a
// town is its number in GNS or GNIS, which is not known.
func (l *lists) spot(b *Codebook, p *dragoman.Locale) (s spot) {
	state, ok := b.State(p.Country)
	if p.ID == "" || !ok {
		return s
	}
	first, second := l.surroundings(p)
	s = spot{kind: gdeltWorldCity, name: p.Name, fips: l.fips(state.ISO3, first), adm1: l.adm1(first), lat: p.Lat, lon: p.Lon, located: p.Located}
	american := state.ISO3 == "USA"
	if american {
		s.kind = gdeltUSCity
		if code := strings.Split(l.divisions[second].code, "."); len(code) == 3 {
			s.adm2 = code[1] + code[2] // "TX201"
		}
	}
	switch {
	case p.Kind == "country":
		s.kind, s.feature = gdeltCountry, s.fips
		return s
	case p.ID == first && s.adm1 == s.fips: // Gaza
		s.kind, s.adm1, s.feature = gdeltCountry, "", s.fips
		return s
	case p.ID == first:
		if s.kind, s.feature = gdeltWorldState, s.adm1; american {
			s.kind = gdeltUSState
		}
	case first != "":
		s.name += ", " + l.divisions[first].name
	}
	if s.adm1 == s.fips {
		s.adm1 = ""
	}
	s.name += ", " + state.Name
	return s
}

// gdeltPlace returns the columns of a place: of the source, 0, the target, 1, or the
// event, 2.
func gdeltPlace(prefix string, of int) []column {
	text := func(name string, get func(*spot) string) column {
		return column{prefix + "_" + name, func(d []byte, r *row) []byte { return append(d, get(&r.geo[of])...) }}
	}
	degrees := func(name string, get func(*spot) float64) column {
		return column{prefix + "_" + name, func(d []byte, r *row) []byte {
			if s := &r.geo[of]; s.located {
				return appendFloat(d, get(s), 0)
			}
			return d
		}}
	}
	return []column{
		text("Type", func(s *spot) string { return s.kind }),
		{prefix + "_Fullname", func(d []byte, r *row) []byte { return appendText(d, r.geo[of].name) }},
		text("CountryCode", func(s *spot) string { return s.fips }),
		text("ADM1Code", func(s *spot) string { return s.adm1 }),
		text("ADM2Code", func(s *spot) string { return s.adm2 }),
		degrees("Lat", func(s *spot) float64 { return s.lat }),
		degrees("Long", func(s *spot) float64 { return s.lon }),
		text("FeatureID", func(s *spot) string { return s.feature }),
	}
}

// placeOfGDELT reads where an event was: a state or division by its code, a town by
// its number in GNS or GNIS.
func placeOfGDELT(t *rowReader) (p dragoman.Locale, err error) {
	if p.Lat, p.Lon, p.Located, err = t.coordinates("ActionGeo_Lat", "ActionGeo_Long"); err != nil {
		return p, err
	}
	kind, full := t.get("ActionGeo_Type"), t.get("ActionGeo_Fullname")
	if kind == "" || kind == "0" {
		return dragoman.Locale{}, nil
	}
	p.Name, _, _ = strings.Cut(full, ",")
	fips, adm1 := t.get("ActionGeo_CountryCode"), t.get("ActionGeo_ADM1Code")
	state, known := t.book.lists.stateOfFIPS(t.book, fips)
	p.Country = state.ISO3
	division := t.book.lists.byADM1[adm1]
	if division == "" && t.book.lists.partOf[fips] != "" {
		division = t.book.lists.byADM1[fips] // Gaza
	}
	switch kind {
	case gdeltCountry:
		if p.Kind, p.ID = "country", cmp.Or(state.ISO3, "fips:"+fips); division != "" {
			p.Kind, p.ID, p.Name, division = t.book.lists.divisions[division].kind, division, t.book.lists.divisions[division].name, ""
		}
	case gdeltUSState, gdeltWorldState:
		p.Kind, p.ID, division = "admin1", cmp.Or(division, "fips:"+cmp.Or(adm1, full)), ""
	case gdeltUSCity, gdeltWorldCity:
		p.Kind, p.ID = "settlement", "gns:"+t.get("ActionGeo_FeatureID")
		if p.ID == "gns:" {
			p.ID = "gdelt:" + full
		}
	default:
		return p, fmt.Errorf("column ActionGeo_Type is %q, which is none of 1 to 5", kind)
	}
	if division != "" {
		p.ContainedIn = append(p.ContainedIn, division)
	}
	if known && p.ID != state.ISO3 {
		p.ContainedIn = append(p.ContainedIn, state.ISO3)
	}
	return p, nil
}
