package exchange

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman"
)

// icews is the event file of the Integrated Crisis Early Warning System as the
// Harvard Dataverse has it (https://doi.org/10.7910/DVN/28075): 20 columns between
// tabs under a header. Columns are read by their names, so that files with more of
// them are read too.
var icews = Format{Name: "icews", About: "ICEWS events, 20 columns", Ending: ".tab", Media: "text/tab-separated-values",
	Write: rowWriter{columns: icewsColumns, header: true, skip: unsaid}.on,
	Read:  rowReader{none: "NULL", start: headed("ICEWS", "Event ID", "Event Date", "CAMEO Code", "Source Name", "Target Name"), check: asHeaded, read: readICEWS}.on,
	Looks: func(head []byte) bool {
		return hasColumns(head, "Event ID", "CAMEO Code", "Source Name", "Target Name")
	}}

var icewsColumns = []column{
	{"Event ID", func(d []byte, r *row) []byte { return appendInt(d, number(r.Record, r.n)) }},
	{"Event Date", func(d []byte, r *row) []byte { return appendDate(d, r.Day) }},
	{"Source Name", func(d []byte, r *row) []byte { return appendName(d, r.source) }},
	{"Source Sectors", func(d []byte, r *row) []byte { return appendICEWSSectors(d, r, r.source) }},
	{"Source Country", func(d []byte, r *row) []byte { return appendICEWSCountry(d, r, r.source) }},
	{"Event Text", appendICEWSEvent},
	{"CAMEO Code", func(d []byte, r *row) []byte { return append(d, r.code...) }},
	{"Intensity", appendGoldstein},
	{"Target Name", func(d []byte, r *row) []byte { return appendName(d, r.target) }},
	{"Target Sectors", func(d []byte, r *row) []byte { return appendICEWSSectors(d, r, r.target) }},
	{"Target Country", func(d []byte, r *row) []byte { return appendICEWSCountry(d, r, r.target) }},
	{"Story ID", appendStory},
	{"Sentence Number", nothing},
	{"Publisher", func(d []byte, r *row) []byte { return appendText(d, r.Told.Outlet) }},
	{"City", appendCity},
	{"District", appendDistrict},
	{"Province", appendProvince},
	{"Country", func(d []byte, r *row) []byte { return append(d, r.book.lists.icewsCountry(r.book, r.Place.Country)...) }},
	{"Latitude", appendLatitude},
	{"Longitude", appendLongitude},
}

func appendName(dst []byte, p *dragoman.Party) []byte {
	if p == nil {
		return dst
	}
	return appendText(dst, p.Name)
}

func appendICEWSSectors(dst []byte, r *row, p *dragoman.Party) []byte {
	if p == nil {
		return dst
	}
	return r.book.lists.icewsNames(dst, p.Sectors)
}

func appendICEWSCountry(dst []byte, r *row, p *dragoman.Party) []byte {
	if p == nil {
		return dst
	}
	return append(dst, r.book.lists.icewsCountry(r.book, p.Country)...)
}

// icewsCountry returns what ICEWS calls a state; its usual name where ICEWS has none.
func (l *lists) icewsCountry(b *Codebook, iso3 string) string {
	s, _ := b.State(iso3)
	return cmp.Or(l.countries[iso3].icews, s.Name)
}

// appendICEWSEvent appends the name of the code in CAMEO, with a capital.
func appendICEWSEvent(dst []byte, r *row) []byte {
	c, ok := r.book.Code(r.code)
	if !ok || c.Name == "" {
		return dst
	}
	first, n := utf8.DecodeRuneInString(c.Name)
	return append(utf8.AppendRune(dst, unicode.ToUpper(first)), c.Name[n:]...)
}

// appendStory appends what the article is called: its number in the store, or else
// what it is called by its source, or by its text.
func appendStory(dst []byte, r *row) []byte {
	if r.Told.Number > 0 {
		return appendInt(dst, r.Told.Number)
	}
	return appendText(dst, cmp.Or(r.Told.ID, r.Told.Key))
}

// appendCity appends the place itself, where it is less than a district.
func appendCity(dst []byte, r *row) []byte {
	switch r.Place.Kind {
	case "country", "admin1", "admin2", "region":
		return dst
	}
	return appendText(dst, r.Place.Name)
}

func appendDistrict(dst []byte, r *row) []byte {
	_, second := r.book.lists.surroundings(&r.Place)
	if second == "" && r.Place.Kind == "admin2" {
		return appendText(dst, r.Place.Name)
	}
	return appendText(dst, r.book.lists.divisions[second].name)
}

func appendProvince(dst []byte, r *row) []byte {
	first, _ := r.book.lists.surroundings(&r.Place)
	if first == "" && r.Place.Kind == "admin1" {
		return appendText(dst, r.Place.Name)
	}
	return appendText(dst, r.book.lists.divisions[first].name)
}

func appendLatitude(dst []byte, r *row) []byte {
	if !r.Place.Located {
		return dst
	}
	return appendFloat(dst, r.Place.Lat, 0)
}

func appendLongitude(dst []byte, r *row) []byte {
	if !r.Place.Located {
		return dst
	}
	return appendFloat(dst, r.Place.Lon, 0)
}

// hasColumns reports whether the first line is a header with these columns.
func hasColumns(head []byte, names ...string) bool {
	at := columnsOf(firstCells(head))
	for _, name := range names {
		if _, ok := at[name]; !ok {
			return false
		}
	}
	return true
}

func readICEWS(t *rowReader) (dragoman.Record, error) {
	date := t.get("Event Date")
	day, err := dragoman.ParseDay(date[:min(len(date), 10)])
	if err != nil {
		return dragoman.Record{}, fmt.Errorf("column Event Date: %w", err)
	}
	id := t.get("Event ID")
	if id == "" {
		return dragoman.Record{}, fmt.Errorf("the event has no Event ID")
	}
	r := happening("icews", id+"/"+day.String(), day) // an Event ID is used again on another day
	code := t.book.codeOfICEWS(t.get("CAMEO Code"))
	if err := t.book.Coded(&r.Report, code); err != nil {
		return r, fmt.Errorf("column CAMEO Code: %w", err)
	}
	r.Actors = parties(partyOfICEWS(t, "Source"))
	r.Recipients = parties(partyOfICEWS(t, "Target"))
	if r.Place, err = placeOfICEWS(t); err != nil {
		return r, err
	}
	r.Told.ID, r.Told.Outlet = t.get("Story ID"), t.get("Publisher")
	return r, nil
}

// codeOfICEWS returns the code of CAMEO that a code of ICEWS stands for. ICEWS's have
// three digits or four, so that one which is shorter, or none of CAMEO's, has lost its
// zero to a program that took it for a number; and some have a letter of its own
// behind, "13y".
func (b *Codebook) codeOfICEWS(code string) string {
	if digits := strings.TrimRightFunc(code, unicode.IsLetter); digits != code {
		return digits
	}
	if _, ok := b.codes[code]; !ok || len(code) == 2 {
		if _, ok := b.codes["0"+code]; ok {
			return "0" + code
		}
	}
	return code
}

func partyOfICEWS(t *rowReader, side string) dragoman.Party {
	state, _ := t.book.lists.stateCalled(t.book, t.get(side+" Country"))
	name := t.get(side + " Name")
	if s, ok := t.book.lists.stateCalled(t.book, name); ok && s.ISO3 == state.ISO3 {
		name = s.Name
	}
	return t.book.Member(state.ISO3, t.book.lists.fromICEWS(t.get(side+" Sectors")), name)
}

// placeOfICEWS reads where an event was: a state or province by its name where it is
// one of ours, else by the names that contain it.
func placeOfICEWS(t *rowReader) (p dragoman.Locale, err error) {
	if p.Lat, p.Lon, p.Located, err = t.coordinates("Latitude", "Longitude"); err != nil {
		return p, err
	}
	land := t.get("Country")
	state, known := t.book.lists.stateCalled(t.book, land)
	return t.within("icews", p, state, known, land, t.get("Province"), t.get("District"), t.get("City")), nil
}

// within names a place by what contains it, from the state down; what is empty is not
// told. Without any it is none.
func (t *rowReader) within(provider string, p dragoman.Locale, state State, known bool, land, province, district, city string) dragoman.Locale {
	p.Country = state.ISO3
	first := t.book.lists.called[state.ISO3+"/"+strings.ToLower(province)]
	if known {
		land = state.ISO3
	}
	path := provider + ":" + land
	for _, level := range []struct{ kind, name string }{{"country", land}, {"admin1", province}, {"admin2", district}, {"settlement", city}} {
		if level.name == "" {
			continue
		}
		if p.ID != "" && !strings.HasPrefix(p.ID, provider+":") { // only what is ours is known as such
			p.ContainedIn = append([]string{p.ID}, p.ContainedIn...)
		}
		p.Kind, p.Name = level.kind, level.name
		if level.kind != "country" {
			path += "/" + level.name
		}
		switch p.ID = path; {
		case level.kind == "country" && known:
			p.ID, p.Name = state.ISO3, state.Name
		case level.kind == "admin1" && first != "":
			p.ID = first
		}
	}
	if p.ID == "" {
		return dragoman.Locale{}
	}
	return p
}
