package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dragoman"
)

// polecat is the event file of POLECAT, which is coded in PLOVER (weekly and yearly
// files at https://doi.org/10.7910/DVN/AJGVIT): 40 columns between tabs under a
// header. An event is one row; where it has several parties, a cell holds a list, as
// long as there are parties, whose items are separated by "; ", and the sectors of one
// party by "|". "None" is nothing. Columns are read by their names, so that older
// files are read, where Event Intensity is called Intensity, and such as have more.
var polecat = Format{Name: "polecat", About: "POLECAT events (PLOVER), 40 columns", Ending: ".txt", Media: "text/tab-separated-values",
	Write: rowWriter{columns: polecatColumns, header: true, none: "None", whole: true, skip: noPLOVER}.on,
	Read:  rowReader{none: "None", start: headed("POLECAT", "Event ID", "Event Date", "Event Type", "Actor Name", "Recipient Name"), check: checkPOLECAT, read: readPOLECAT}.on,
	Looks: func(head []byte) bool {
		return hasColumns(head, "Event ID", "Event Type", "Actor Name", "Recipient Name")
	}}

var polecatColumns = concat([]column{
	{"Event ID", func(d []byte, r *row) []byte { return appendText(d, string(appendIdent(nil, r.Record, r.n))) }},
	{"Event Date", func(d []byte, r *row) []byte { return appendDate(d, r.Day) }},
	{"Event Type", func(d []byte, r *row) []byte { return appendText(d, r.plover().Name) }},
	{"Event Mode", func(d []byte, r *row) []byte {
		if r.plover().Name != r.Type { // the modes are those of what is planned
			return d
		}
		return appendItems(d, r.Modes, "; ")
	}},
	{"Event Intensity", func(d []byte, r *row) []byte { return appendFloat(d, r.plover().Score, 1) }},
	{"Quad Code", func(d []byte, r *row) []byte {
		return append(d, strings.ToUpper(strings.ReplaceAll(r.plover().Quad, "-", " "))...)
	}},
	{"Contexts", func(d []byte, r *row) []byte { return appendItems(d, r.Contexts, "; ") }},
}, polecatParty("Actor", func(r *row) []dragoman.Party { return r.Actors }),
	polecatParty("Recipient", func(r *row) []dragoman.Party { return r.Recipients }), []column{
		{"Placename", func(d []byte, r *row) []byte { return appendText(d, r.Place.Name) }},
		{"City", appendCity},
		{"District", appendDistrict},
		{"Province", appendProvince},
		{"Country", func(d []byte, r *row) []byte { return appendText(d, r.Place.Country) }},
		{"Latitude", appendLatitude},
		{"Longitude", appendLongitude},
		{"GeoNames ID", func(d []byte, r *row) []byte { return append(d, r.book.lists.geoNames(&r.Place)...) }},
		{"Raw Placename", nothing},
		{"Feature Type", func(d []byte, r *row) []byte { return append(d, r.book.lists.feature(&r.Place)...) }},
		{"Source", func(d []byte, r *row) []byte { return appendText(d, r.Told.Outlet) }},
		{"Publication Date", func(d []byte, r *row) []byte { return appendDate(d, r.Published) }},
		{"Story People", nothing},
		{"Story Organizations", nothing},
		{"Story Locations", nothing},
		{"Language", func(d []byte, r *row) []byte { return appendText(d, r.Told.Language) }},
		{"Version", func(d []byte, r *row) []byte { return appendText(d, r.Told.Version) }},
	})

// polecatParty returns the columns of the actors or recipients.
func polecatParty(side string, of func(*row) []dragoman.Party) []column {
	list := func(name string, put func([]byte, *row, *dragoman.Party) []byte) column {
		return column{name, func(d []byte, r *row) []byte {
			start, some := len(d), false
			for i := range of(r) {
				if i > 0 {
					d = append(d, "; "...)
				}
				was := len(d)
				if d = put(d, r, &of(r)[i]); len(d) == was {
					d = append(d, "None"...)
					continue
				}
				some = true
			}
			if !some {
				return d[:start]
			}
			return d
		}}
	}
	item := func(get func(*dragoman.Party) string) func([]byte, *row, *dragoman.Party) []byte {
		return func(d []byte, _ *row, p *dragoman.Party) []byte { return appendItems(d, []string{get(p)}, "") }
	}
	nobody := func(*dragoman.Party) string { return "" }
	return []column{
		list(side+" Name", item(func(p *dragoman.Party) string { return p.Name })),
		list(side+" Country", item(polecatCountry)),
		list(side+" COW", func(d []byte, r *row, p *dragoman.Party) []byte {
			return append(d, r.book.lists.countries[p.Country].cow...)
		}),
		list("Primary "+side+" Sector", item(func(p *dragoman.Party) string {
			if len(p.Sectors) == 0 {
				return ""
			}
			return p.Sectors[0]
		})),
		list(side+" Sectors", func(d []byte, _ *row, p *dragoman.Party) []byte { return appendItems(d, p.Sectors, "|") }),
		list(side+" Title", item(func(p *dragoman.Party) string { return p.Title })),
		list(side+" Name Raw", item(nobody)),
		list("Wikipedia "+side+" ID", item(nobody)),
	}
}

// polecatCountry returns the state that a party is of; bodies of several have "IGO".
func polecatCountry(p *dragoman.Party) string {
	if p.Country == "" && p.Kind == "igo" {
		return "IGO"
	}
	return p.Country
}

// appendItems appends a list; what separates items becomes a comma within one.
func appendItems(dst []byte, items []string, between string) []byte {
	for i, item := range items {
		if i > 0 {
			dst = append(dst, between...)
		}
		if strings.ContainsAny(item, ";|") {
			item = strings.NewReplacer(";", ",", "|", ",").Replace(item)
		}
		dst = appendText(dst, item)
	}
	return dst
}

// plover returns the type that PLOVER gives to an event; the zero Type where it has
// none, as for mere statements.
func (r *row) plover() Type {
	t, _ := r.book.Type(r.book.Fold(r.Type, r.Status))
	return t
}

func noPLOVER(r *row) bool { return r.plover().Name == "" || len(r.Actors)+len(r.Recipients) == 0 }

// feature returns the code of GeoNames for what a place is; "" where several may be.
func (l *lists) feature(p *dragoman.Locale) string {
	switch p.Kind {
	case "country":
		if l.countries[p.ID].dependent {
			return ""
		}
		return "PCLI"
	case "admin1":
		return "ADM1"
	case "admin2":
		return "ADM2"
	case "settlement":
		return "PPL"
	case "port":
		return "PRT"
	case "mountain":
		return "MT"
	}
	return ""
}

func readPOLECAT(t *rowReader) (dragoman.Record, error) {
	day, err := dragoman.ParseDay(t.get("Event Date"))
	if err != nil {
		return dragoman.Record{}, fmt.Errorf("column Event Date: %w", err)
	}
	r := happening("polecat", unquote(t.get("Event ID")), day)
	if r.ID == "" {
		return r, fmt.Errorf("the event has no Event ID")
	}
	if err := t.book.Typed(&r.Report, strings.ToUpper(t.get("Event Type"))); err != nil {
		return r, fmt.Errorf("column Event Type: %w", err)
	}
	r.Modes = items(t.get("Event Mode"), ";")
	r.Contexts = items(t.get("Contexts"), ";")
	r.Actors = partiesOfPOLECAT(t, "Actor")
	r.Recipients = partiesOfPOLECAT(t, "Recipient")
	if r.Place, err = placeOfPOLECAT(t); err != nil {
		return r, err
	}
	if s := t.get("Publication Date"); s != "" {
		if r.Published, err = dragoman.ParseDay(s); err != nil {
			return r, fmt.Errorf("column Publication Date: %w", err)
		}
		r.First, r.Told.Published = r.Published, r.Published
	}
	r.Told.Outlet, r.Told.Language, r.Told.Version = unquote(t.get("Source")), t.get("Language"), t.get("Version")
	return r, nil
}

// checkPOLECAT checks the number of columns. The header of some files names columns
// that no line has, as Headline: then the others hold.
func checkPOLECAT(t *rowReader) error {
	if len(t.fields) == len(polecatColumns) && t.headed > len(polecatColumns) {
		known := []string{"Intensity"}
		for _, c := range polecatColumns {
			known = append(known, c.name)
		}
		names := slices.DeleteFunc(slices.Clone(t.names), func(name string) bool { return !slices.Contains(known, name) })
		if len(names) == len(polecatColumns) {
			t.at, t.headed = columnsOf(names), len(names)
		}
	}
	return asHeaded(t)
}

// unquote takes a cell out of double quotes, in which some of POLECAT's files have
// cells that hold such.
func unquote(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return strings.ReplaceAll(s[1:len(s)-1], `""`, `"`)
	}
	return s
}

// items returns the items of a list; "None" among them is nothing.
func items(list, between string) (all []string) {
	for item := range strings.SplitSeq(unquote(list), between) {
		if item = strings.TrimSpace(item); item != "" && item != "None" {
			all = append(all, item)
		}
	}
	return all
}

// partiesOfPOLECAT reads who acts or to whom it is done. Columns whose lists are not
// as long as that of the names, so that nobody can tell whose is which, are left out.
func partiesOfPOLECAT(t *rowReader, side string) (all []dragoman.Party) {
	names := strings.Split(unquote(t.get(side+" Name")), ";")
	column := func(name string) []string {
		list := strings.Split(unquote(t.get(name)), ";")
		if len(list) != len(names) {
			return make([]string, len(names))
		}
		return list
	}
	countries, sectors, titles := column(side+" Country"), column(side+" Sectors"), column(side+" Title")
	primary := column("Primary " + side + " Sector")
	for i := range names {
		known := items(sectors[i], "|")
		if first := items(primary[i], "|"); len(first) == 1 && !slices.Contains(known, first[0]) {
			known = append(first, known...)
		}
		iso3 := one(items(countries[i], "|"))
		if iso3 == "IGO" {
			if iso3 = ""; !slices.Contains(known, "IGO") {
				known = append(known, "IGO")
			}
		}
		name := one(items(names[i], "\x00"))
		p := t.book.Member(iso3, known, name)
		p.Title = one(items(titles[i], "\x00"))
		all = append(all, parties(p)...)
	}
	return all
}

// one returns the only item of a list; "" where there are none or several.
func one(all []string) string {
	if len(all) != 1 {
		return ""
	}
	return all[0]
}

// placeOfPOLECAT reads where an event was: a place by its number in GeoNames, a state
// or division that is one of ours by its id.
func placeOfPOLECAT(t *rowReader) (p dragoman.Locale, err error) {
	if p.Lat, p.Lon, p.Located, err = t.coordinates("Latitude", "Longitude"); err != nil {
		return p, err
	}
	land := t.get("Country")
	state, known := t.book.State(land)
	city := t.get("City")
	feature, name := t.get("Feature Type"), unquote(t.get("Placename"))
	if city == "" && strings.HasPrefix(feature, "PPL") {
		city = name
	}
	p = t.within("polecat", p, state, known, land, t.get("Province"), t.get("District"), city)
	if id := t.get("GeoNames ID"); id != "" && p.Kind == "settlement" {
		p.ID = "gn:" + id
	}
	if p.Kind == "settlement" {
		p.Name = cmp.Or(name, p.Name)
	}
	return p, nil
}
