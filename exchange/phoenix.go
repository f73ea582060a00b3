package exchange

import (
	"cmp"
	"fmt"
	"strings"

	"dragoman"
)

// phoenix is the event file of the Phoenix data of the Open Event Data Alliance: 26
// columns between tabs, without a header, as its pipeline writes them
// (https://github.com/openeventdata/phoenix_pipeline, postprocess.py). Files that have
// columns behind these are read too.
var phoenix = Format{Name: "phoenix", About: "Phoenix events (OEDA), 26 columns", Ending: ".txt", Media: "text/tab-separated-values",
	Write: rowWriter{columns: phoenixColumns, skip: uncoded, prepare: preparePhoenix}.on,
	Read:  rowReader{start: startPhoenix, check: checkPhoenix, read: readPhoenix}.on,
	Looks: looksPhoenix}

var phoenixColumns = concat([]column{
	{"EventID", func(d []byte, r *row) []byte { return appendInt(d, number(r.Record, r.n)) }},
	{"Date", func(d []byte, r *row) []byte { return appendDay(d, r.Day) }},
	{"Year", func(d []byte, r *row) []byte { return appendStart(d, r.Day, 4) }},
	{"Month", func(d []byte, r *row) []byte { return appendPart(d, r.Day, 4, 6) }},
	{"Day", func(d []byte, r *row) []byte { return appendPart(d, r.Day, 6, 8) }},
}, phoenixActor("SourceActor", 0), phoenixActor("TargetActor", 1), []column{
	{"EventCode", func(d []byte, r *row) []byte { return append(d, r.code...) }},
	{"EventRootCode", func(d []byte, r *row) []byte { return append(d, r.code[:min(2, len(r.code))]...) }},
	{"PentaClass", func(d []byte, r *row) []byte { return appendClass(d, r.book.lists.root(r.code).penta) }},
	{"GoldsteinScore", appendGoldstein},
	{"Issues", nothing},
	{"Lat", appendLatitude},
	{"Lon", appendLongitude},
	{"LocationName", func(d []byte, r *row) []byte { return appendText(d, r.Place.Name) }},
	{"StateName", appendProvince},
	{"CountryCode", func(d []byte, r *row) []byte { return appendText(d, r.Place.Country) }},
	{"SentenceID", appendStory},
	{"URLs", func(d []byte, r *row) []byte { return appendText(d, r.Told.URL) }},
	{"NewsSources", func(d []byte, r *row) []byte { return appendText(d, r.Told.Outlet) }},
})

// phoenixActor returns the columns of the source, 0, or the target, 1.
func phoenixActor(prefix string, side int) []column {
	return []column{
		{prefix + "Full", func(d []byte, r *row) []byte {
			if p := r.side(side); p != nil {
				return append(d, r.book.Actor(p)...)
			}
			return d
		}},
		{prefix + "Entity", func(d []byte, r *row) []byte { return append(d, r.who[side].entity...) }},
		{prefix + "Role", func(d []byte, r *row) []byte { return append(d, r.who[side].role...) }},
		{prefix + "Attribute", func(d []byte, r *row) []byte { return appendItems(d, r.who[side].attributes, ";") }},
	}
}

// preparePhoenix takes the codes of a row's parties apart.
func preparePhoenix(r *row) {
	for i := range r.who {
		r.who[i] = codeParts{}
		if p := r.side(i); p != nil {
			r.who[i] = r.book.lists.parts(r.book, r.book.Actor(p))
		}
	}
}

// appendPart appends some digits of 20250212.
func appendPart(dst []byte, d dragoman.Day, from, to int) []byte {
	var whole [8]byte
	if day := appendDay(whole[:0], d); len(day) == 8 {
		return append(dst, day[from:to]...)
	}
	return dst
}

func startPhoenix(t *rowReader, _ []string) (bool, error) {
	t.at = map[string]int{}
	for i, c := range phoenixColumns {
		t.at[c.name] = i
	}
	return false, nil
}

func checkPhoenix(t *rowReader) error {
	if len(t.fields) < len(phoenixColumns) {
		return fmt.Errorf("%d columns between tabs, where Phoenix has %d", len(t.fields), len(phoenixColumns))
	}
	return nil
}

func readPhoenix(t *rowReader) (dragoman.Record, error) {
	day, err := parseDay(t.get("Date"))
	if err != nil {
		return dragoman.Record{}, fmt.Errorf("column Date: %w", err)
	}
	r := happening("phoenix", t.get("EventID"), day)
	if r.ID == "" {
		return r, fmt.Errorf("the event has no EventID")
	}
	if err := t.book.Coded(&r.Report, t.get("EventCode")); err != nil {
		return r, fmt.Errorf("column EventCode: %w", err)
	}
	r.Actors = parties(t.book.coded(t.get("SourceActorFull")))
	r.Recipients = parties(t.book.coded(t.get("TargetActorFull")))
	if r.Place, err = placeOfPhoenix(t); err != nil {
		return r, err
	}
	r.Told.ID = t.get("SentenceID")
	r.Told.URL, _, _ = strings.Cut(t.get("URLs"), ";")
	r.Told.Outlet, _, _ = strings.Cut(t.get("NewsSources"), ";")
	return r, nil
}

// coded returns who a code of an actor stands for, in which dashes stand for a state
// that is not known.
func (b *Codebook) coded(code string) dragoman.Party {
	return b.Party(strings.Trim(code, "-"), "")
}

// placeOfPhoenix reads where an event was. The country is a code, or a name in the
// files of some years.
func placeOfPhoenix(t *rowReader) (p dragoman.Locale, err error) {
	if p.Lat, p.Lon, p.Located, err = t.coordinates("Lat", "Lon"); err != nil {
		return p, err
	}
	land, province, name := t.get("CountryCode"), t.get("StateName"), t.get("LocationName")
	state, known := t.book.State(land)
	if !known {
		state, known = t.book.lists.stateCalled(t.book, land)
	}
	if same, ok := t.book.Called(name); name == province || ok && same == state {
		name = ""
	}
	return t.within("phoenix", p, state, known, cmp.Or(land, state.ISO3), province, "", name), nil
}

// looksPhoenix reports whether a file begins with a row of Phoenix.
func looksPhoenix(head []byte) bool {
	f := firstCells(head)
	if len(f) < len(phoenixColumns) || len(f) > len(phoenixColumns)+1 {
		return false
	}
	_, err := parseDay(f[1])
	return err == nil && len(f[1]) == 8 && strings.HasPrefix(f[1], f[2]) && len(f[2]) == 4
}
