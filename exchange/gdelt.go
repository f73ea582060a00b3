package exchange

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dragoman"
)

// gdelt is the event table of the GDELT Event Database 2.0: 61 columns between tabs,
// without a header. See "The GDELT Event Database: Data Format Codebook V2.0"
// (http://data.gdeltproject.org/documentation/GDELT-Event_Codebook-V2.0.pdf). It reads
// 1.0's 57 and 58 columns too, and such a table with a header.
var gdelt = Format{Name: "gdelt", About: "GDELT 2.0 events, 61 columns", Ending: ".csv", Media: "text/tab-separated-values",
	Write: rowWriter{columns: gdeltColumns, skip: uncoded, prepare: prepareGDELT}.on,
	Read:  rowReader{start: startGDELT, check: checkGDELT, read: readGDELT}.on,
	Looks: looksGDELT}

var gdeltColumns = concat([]column{
	{"GlobalEventID", func(d []byte, r *row) []byte { return appendInt(d, number(r.Record, r.n)) }},
	{"Day", func(d []byte, r *row) []byte { return appendDay(d, r.Day) }},
	{"MonthYear", func(d []byte, r *row) []byte { return appendStart(d, r.Day, 6) }},
	{"Year", func(d []byte, r *row) []byte { return appendStart(d, r.Day, 4) }},
	{"FractionDate", appendFraction},
}, gdeltActor("Actor1", 0), gdeltActor("Actor2", 1), []column{
	{"IsRootEvent", nothing},
	{"EventCode", func(d []byte, r *row) []byte { return append(d, r.code...) }},
	{"EventBaseCode", func(d []byte, r *row) []byte { return append(d, r.code[:min(3, len(r.code))]...) }},
	{"EventRootCode", func(d []byte, r *row) []byte { return append(d, r.code[:min(2, len(r.code))]...) }},
	{"QuadClass", func(d []byte, r *row) []byte { return appendClass(d, r.book.lists.root(r.code).quad) }},
	{"GoldsteinScale", appendGoldstein},
	{"NumMentions", func(d []byte, r *row) []byte { return appendCount(d, r.Reports) }},
	{"NumSources", func(d []byte, r *row) []byte { return appendCount(d, r.Outlets) }},
	{"NumArticles", func(d []byte, r *row) []byte { return appendCount(d, r.Articles) }},
	{"AvgTone", nothing},
}, gdeltPlace("Actor1Geo", 0), gdeltPlace("Actor2Geo", 1), gdeltPlace("ActionGeo", 2), []column{
	{"DATEADDED", func(d []byte, r *row) []byte { return appendTime(d, r.Told.Added) }},
	{"SOURCEURL", func(d []byte, r *row) []byte { return appendText(d, citation(&r.Told)) }},
})

func concat(all ...[]column) (columns []column) {
	for _, c := range all {
		columns = append(columns, c...)
	}
	return columns
}

// gdeltActor returns the columns of the source, 0, or the target, 1.
func gdeltActor(prefix string, side int) []column {
	text := func(name string, of func(*codeParts) string) column {
		return column{prefix + name, func(d []byte, r *row) []byte { return append(d, of(&r.who[side])...) }}
	}
	return []column{
		{prefix + "Code", func(d []byte, r *row) []byte { return appendActorCode(d, r, r.side(side)) }},
		{prefix + "Name", func(d []byte, r *row) []byte {
			if p := r.side(side); p != nil {
				return appendText(d, strings.ToUpper(p.Name))
			}
			return d
		}},
		text("CountryCode", func(p *codeParts) string { return p.country }),
		text("KnownGroupCode", func(p *codeParts) string { return p.known }),
		{prefix + "EthnicCode", nothing},
		text("Religion1Code", func(p *codeParts) string { return p.religion[0] }),
		text("Religion2Code", func(p *codeParts) string { return p.religion[1] }),
		text("Type1Code", func(p *codeParts) string { return p.types[0] }),
		text("Type2Code", func(p *codeParts) string { return p.types[1] }),
		text("Type3Code", func(p *codeParts) string { return p.types[2] }),
	}
}

// side returns the source, 0, or the target, 1; nil for nobody.
func (r *row) side(n int) *dragoman.Party {
	if n == 0 {
		return r.source
	}
	return r.target
}

// prepareGDELT takes the codes of a row's parties apart, and looks up its places.
// Where the parties were is not known but of a state, which is where it is.
func prepareGDELT(r *row) {
	r.who = [2]codeParts{}
	for i := range r.who {
		r.geo[i] = spot{}
		p := r.side(i)
		if p == nil {
			continue
		}
		r.who[i] = r.book.lists.parts(r.book, r.book.Actor(p))
		if s, ok := r.book.Country(r.who[i].country); ok {
			r.who[i].country = cmp.Or(r.book.lists.countries[s.ISO3].gdelt, s.CAMEO)
		}
		if s, ok := r.book.State(p.ID); ok && p.Kind == "state" {
			r.geo[i] = r.book.lists.spot(r.book, &dragoman.Locale{ID: s.ISO3, Name: s.Name, Kind: "country", Country: s.ISO3, Lat: s.Lat, Lon: s.Lon, Located: s.Located})
		}
	}
	if r.first {
		r.geo[2] = r.book.lists.spot(r.book, &r.Place)
	}
}

// appendActorCode appends the whole code of a party, with the codes of GDELT's list
// of countries.
func appendActorCode(dst []byte, r *row, p *dragoman.Party) []byte {
	if p == nil {
		return dst
	}
	code := r.book.Actor(p)
	if len(code) >= 3 {
		if s, ok := r.book.Country(code[:3]); ok {
			return append(append(dst, cmp.Or(r.book.lists.countries[s.ISO3].gdelt, s.CAMEO)...), code[3:]...)
		}
	}
	return append(dst, code...)
}

// appendStart appends the first characters of a day.
func appendStart(dst []byte, d dragoman.Day, n int) []byte {
	start := len(dst)
	dst = appendDay(dst, d)
	return dst[:min(len(dst), start+n)]
}

// appendFraction appends the year and how much of it has passed, as GDELT reckons it:
// months of 30 days. Its codebook says (MONTH * 30 + DAY) / 365, but then December
// would be beyond the year; the files have the months that are over.
func appendFraction(dst []byte, r *row) []byte {
	y, m, d, ok := calendar(r.Day)
	if !ok {
		return dst
	}
	return strconv.AppendFloat(dst, float64(y)+float64((m-1)*30+d)/365, 'f', 4, 64)
}

func appendClass(dst []byte, class byte) []byte {
	if class == 0 {
		return dst
	}
	return append(dst, class)
}

func appendGoldstein(dst []byte, r *row) []byte {
	if c, ok := r.book.Code(r.code); ok {
		return appendFloat(dst, c.Score, 1)
	}
	return dst
}

// appendTime appends 20250212171500, in UTC; nothing for no time.
func appendTime(dst []byte, t time.Time) []byte {
	if t.IsZero() {
		return dst
	}
	return t.UTC().AppendFormat(dst, "20060102150405")
}

// citation is where an article is found: its address, or else its outlet and title.
func citation(e *dragoman.Entry) string {
	switch {
	case e.URL != "":
		return e.URL
	case e.Heading() == "":
		return e.Outlet
	case e.Outlet == "":
		return e.Heading()
	}
	return e.Outlet + ": " + e.Heading()
}

// site returns the name of the site of an address; "" where it has none.
func site(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// gdeltNames are the columns of 2.0, by what they are called in headers too.
func gdeltNames() map[string]int {
	at := map[string]int{}
	for i, c := range gdeltColumns {
		at[c.name] = i
	}
	return at
}

// startGDELT learns from the first line how many columns there are, or which, where
// it is a header.
func startGDELT(t *rowReader, first []string) (bool, error) {
	names := map[string]string{"sqldate": "Day"} // as BigQuery and 1.0 have it
	for name := range gdeltNames() {
		names[strings.ToLower(name)] = name
	}
	if names[strings.ToLower(first[0])] == "" {
		return false, nil
	}
	t.at = map[string]int{}
	for i, name := range first {
		if known := names[strings.ToLower(name)]; known != "" {
			t.at[known] = i
		}
	}
	for _, name := range []string{"GlobalEventID", "Day", "EventCode"} {
		if _, ok := t.at[name]; !ok {
			return false, fmt.Errorf("line %d: the header lacks GDELT's column %s", t.line, name)
		}
	}
	t.headed = len(first)
	return true, nil
}

// checkGDELT learns the columns of a table without a header by their number.
func checkGDELT(t *rowReader) error {
	n := len(t.fields)
	switch {
	case n == t.headed:
		return nil
	case t.headed > 0:
		return fmt.Errorf("%d columns where the first line has %d", n, t.headed)
	}
	at := gdeltNames()
	switch n {
	case 61:
	case 57, 58: // 1.0 has no second-level divisions, and at first no address
		gone := 0
		for i, c := range gdeltColumns {
			if strings.HasSuffix(c.name, "_ADM2Code") {
				delete(at, c.name)
				gone++
				continue
			}
			at[c.name] = i - gone
		}
		if n == 57 {
			delete(at, "SOURCEURL")
		}
	default:
		return fmt.Errorf("%d columns between tabs, where GDELT's event table has 61, or 57 or 58 in version 1.0", n)
	}
	t.at, t.headed = at, n
	return nil
}

func readGDELT(t *rowReader) (dragoman.Record, error) {
	day, err := parseDay(t.get("Day"))
	if err != nil {
		return dragoman.Record{}, fmt.Errorf("column Day: %w", err)
	}
	r := happening("gdelt", t.get("GlobalEventID"), day)
	if r.ID == "" {
		return r, fmt.Errorf("the event has no GlobalEventID")
	}
	if err := t.book.Coded(&r.Report, t.get("EventCode")); err != nil {
		return r, fmt.Errorf("column EventCode: %w", err)
	}
	r.Actors = parties(t.book.Party(cmp.Or(t.get("Actor1Code"), t.get("Actor1CountryCode")), t.get("Actor1Name")))
	r.Recipients = parties(t.book.Party(cmp.Or(t.get("Actor2Code"), t.get("Actor2CountryCode")), t.get("Actor2Name")))
	for name, n := range map[string]*int{"NumMentions": &r.Reports, "NumSources": &r.Outlets, "NumArticles": &r.Articles} {
		if t.get(name) != "" {
			if *n, err = t.count(name); err != nil {
				return r, err
			}
		}
	}
	if r.Place, err = placeOfGDELT(t); err != nil {
		return r, err
	}
	if s := t.get("DATEADDED"); s != "" {
		if r.Published, err = parseDay(s); err != nil {
			return r, fmt.Errorf("column DATEADDED: %w", err)
		}
		r.First, r.Told.Published = r.Published, r.Published
	}
	r.Told.URL = t.get("SOURCEURL")
	r.Told.Outlet = site(r.Told.URL)
	return r, nil
}

// looksGDELT reports whether a file begins with a row of GDELT, or a header.
func looksGDELT(head []byte) bool {
	fields := firstCells(head)
	if strings.EqualFold(fields[0], "GlobalEventID") {
		return len(fields) > 20 // the mentions have 16 columns
	}
	if n := len(fields); n != 57 && n != 58 && n != 61 {
		return false
	}
	_, err := strconv.ParseUint(fields[0], 10, 64)
	_, dayErr := parseDay(fields[1])
	return err == nil && dayErr == nil && len(fields[1]) == 8
}

// gdeltMentions is the mentions table of GDELT 2.0: 16 columns between tabs, without a
// header; a row for each row of an event, of the article that tells it best.
var gdeltMentions = Format{Name: "gdelt-mentions", About: "GDELT 2.0 mentions, 16 columns", Ending: ".csv", Media: "text/tab-separated-values",
	Write: rowWriter{columns: mentionColumns, skip: uncoded}.on}

var mentionColumns = []column{
	{"GlobalEventID", func(d []byte, r *row) []byte { return appendInt(d, number(r.Record, r.n)) }},
	{"EventTimeDate", func(d []byte, r *row) []byte { return appendTime(d, r.Told.Added) }},
	{"MentionTimeDate", func(d []byte, r *row) []byte { return appendTime(d, r.Told.Added) }},
	{"MentionType", func(d []byte, r *row) []byte {
		switch {
		case webAddress(r.Told.URL) != "":
			return append(d, '1')
		case citation(&r.Told) != "":
			return append(d, '2')
		}
		return d
	}},
	{"MentionSourceName", func(d []byte, r *row) []byte {
		if webAddress(r.Told.URL) != "" {
			return appendText(d, cmp.Or(site(r.Told.URL), r.Told.Outlet))
		}
		return appendText(d, r.Told.Outlet)
	}},
	{"MentionIdentifier", func(d []byte, r *row) []byte { return appendText(d, citation(&r.Told)) }},
	{"SentenceID", nothing},
	{"Actor1CharOffset", nothing},
	{"Actor2CharOffset", nothing},
	{"ActionCharOffset", nothing},
	{"InRawText", nothing},
	{"Confidence", func(d []byte, r *row) []byte { return appendCount(d, percent(r.Confidence)) }},
	{"MentionDocLen", nothing},
	{"MentionDocTone", nothing},
	{"MentionDocTranslationInfo", nothing},
	{"Extras", nothing},
}

// percent returns a confidence as whole per cent.
func percent(confidence float64) int { return int(min(max(confidence, 0), 1)*100 + 0.5) }
