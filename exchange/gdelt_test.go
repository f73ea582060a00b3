package exchange

import (
	"strings"
	"testing"
)

// The columns and what they may hold, after "The GDELT Event Database: Data Format
// Codebook V2.0" (19 February 2015,
// http://data.gdeltproject.org/documentation/GDELT-Event_Codebook-V2.0.pdf) and the
// lists of codes at http://gdeltproject.org/data/lookups/.
var gdeltDocumented = func() []string {
	actor := func(n string) []string {
		const code = " =|[A-Z0-9]{3}"
		return []string{"Actor" + n + "Code =|([A-Z0-9]{3}){1,5}", "Actor" + n + `Name =[^\t"]*`, "Actor" + n + "CountryCode =|[A-Z]{3}", "Actor" + n + "KnownGroupCode" + code,
			"Actor" + n + "EthnicCode =|[a-z]{3}", "Actor" + n + "Religion1Code" + code, "Actor" + n + "Religion2Code" + code,
			"Actor" + n + "Type1Code" + code, "Actor" + n + "Type2Code" + code, "Actor" + n + "Type3Code" + code}
	}
	place := func(of string) []string {
		return []string{of + "_Type =|[1-5]", of + "_Fullname =[^\t]*", of + "_CountryCode =|[A-Z]{2}", of + "_ADM1Code =|[A-Z]{2}[A-Z0-9]{2}", of + "_ADM2Code =|[A-Z]{2}[0-9]{3}|[0-9]+",
			of + `_Lat =|-?\d+(\.\d+)?`, of + `_Long =|-?\d+(\.\d+)?`, of + "_FeatureID =|[A-Z]{2}([A-Z0-9]{2})?|-?[0-9]+"}
	}
	all := []string{`GlobalEventID =\d+`, `Day =|\d{8}`, `MonthYear =|\d{6}`, `Year =|\d{4}`, `FractionDate =|\d{4}\.\d{4}`}
	all = append(all, append(actor("1"), actor("2")...)...)
	all = append(all, "IsRootEvent =|[01]", `EventCode =\d{3,4}`, `EventBaseCode =\d{3}`, `EventRootCode =(0[1-9]|1[0-9]|20)`, "QuadClass =[1-4]", `GoldsteinScale =-?\d+\.\d`,
		`NumMentions =|[1-9]\d*`, `NumSources =|[1-9]\d*`, `NumArticles =|[1-9]\d*`, `AvgTone =|-?\d+(\.\d+)?`)
	all = append(all, place("Actor1Geo")...)
	all = append(all, place("Actor2Geo")...)
	all = append(all, place("ActionGeo")...)
	return append(all, `DATEADDED =|\d{14}`, "SOURCEURL =[^\t]*")
}()

func TestGDELTColumns(t *testing.T) {
	if len(gdeltDocumented) != 61 {
		t.Fatalf("%d columns are documented here, not 61", len(gdeltDocumented))
	}
	lines := written(t, gdelt, sample(t))
	checkCells(t, lines, gdeltDocumented)
	var names []string
	for _, c := range gdeltColumns {
		names = append(names, c.name)
	}
	same(t, "names of columns", names, columnNames(gdeltDocumented))
	get := func(line int, name string) string { return cellOf(t, lines[line], gdeltDocumented, name) }
	for _, c := range []struct {
		line       int
		name, want string
	}{
		{0, "GlobalEventID", "27000"}, {1, "GlobalEventID", "27001"}, {0, "Day", "20250212"}, {0, "MonthYear", "202502"}, {0, "Year", "2025"}, {0, "FractionDate", "2025.1151"},
		{0, "Actor1Code", "IRNGOV"}, {0, "Actor1Name", "FARHAD TEHRANI"}, {0, "Actor1CountryCode", "IRN"}, {0, "Actor1Type1Code", "GOV"},
		{0, "Actor2Code", "ROM"}, {0, "Actor2CountryCode", "ROM"}, {0, "Actor2Geo_CountryCode", "RO"}, {0, "Actor2Geo_Type", "1"}, {0, "Actor1Geo_Type", ""},
		{0, "EventCode", "042"}, {1, "EventCode", "043"}, {0, "EventRootCode", "04"}, {0, "QuadClass", "1"}, {0, "GoldsteinScale", "1.9"},
		{0, "ActionGeo_Type", "4"}, {0, "ActionGeo_Fullname", "Ahvaz, Khuzestan, Iran"}, {0, "ActionGeo_CountryCode", "IR"}, {0, "ActionGeo_ADM1Code", "IR15"}, {0, "ActionGeo_Lat", "31.319"}, {0, "ActionGeo_FeatureID", ""},
		{0, "DATEADDED", "20250213171500"}, {0, "SOURCEURL", "https://www.courier.example/news/1"}, {0, "AvgTone", ""},
		{3, "Actor2KnownGroupCode", "UNO"}, {3, "Actor2Type1Code", "IGO"}, {3, "ActionGeo_Type", "5"}, {3, "ActionGeo_Fullname", "Guéra, Chad"}, {3, "ActionGeo_FeatureID", "CD05"},
		{8, "ActionGeo_Type", "1"}, {8, "ActionGeo_CountryCode", "YM"}, {8, "ActionGeo_Fullname", "Yemen"}, {8, "ActionGeo_FeatureID", "YM"}, {8, "ActionGeo_ADM1Code", ""},
		{10, "EventCode", "130"}, {10, "QuadClass", "3"}, // what is planned is threatened
		{13, "ActionGeo_Type", "3"}, {13, "ActionGeo_ADM1Code", "USTX"}, {13, "ActionGeo_ADM2Code", "TX201"}, {13, "Actor1Code", ""}, {13, "Actor1Name", "GUNMEN"},
		{14, "ActionGeo_CountryCode", "GZ"}, {14, "ActionGeo_Type", "1"}, {14, "Actor2Geo_CountryCode", ""}, // Palestine has no code of its own
		{15, "Day", ""}, {15, "NumMentions", ""}, {15, "EventCode", "010"}, {15, "QuadClass", "1"}, {15, "SOURCEURL", "Radio Tibesti: Ein Jahr danach"}, {15, "ActionGeo_Type", ""},
		{16, "Actor1Code", ""}, {16, "Actor2Code", "TCDREBRAD"}, {16, "Actor2Type2Code", "RAD"},
	} {
		if got := get(c.line, c.name); got != c.want {
			t.Errorf("line %d: %s is %q, not %q", c.line+1, c.name, got, c.want)
		}
	}
}

func TestGDELTRoundTrip(t *testing.T) {
	got, faults := readAll(t, gdelt, string(rawWritten(t, gdelt, sample(t))))
	same(t, "faults", faults, []string{`line 16: column Day: "" is not a day of the form 20250212`})
	same(t, "records", summaries(got)[:11], []string{
		"2025-02-12 CONSULT 042 happened cameo:IRNGOV>ROU @gdelt:Ahvaz, Khuzestan, Iran in IRN.khuzestan, IRN",
		"2025-02-12 CONSULT 043 happened ROU>cameo:IRNGOV @gdelt:Ahvaz, Khuzestan, Iran in IRN.khuzestan, IRN",
		"2025-02-12 CONSULT 040 happened TCD>SDN @TCD.guera in TCD",
		"2025-02-12 CONSULT 040 happened TCD>un @TCD.guera in TCD",
		"2025-02-12 CONSULT 040 happened SDN>TCD @TCD.guera in TCD",
		"2025-02-12 CONSULT 040 happened SDN>un @TCD.guera in TCD",
		"2025-02-12 CONSULT 040 happened un>TCD @TCD.guera in TCD",
		"2025-02-12 CONSULT 040 happened un>SDN @TCD.guera in TCD",
		"2025-02-12 ASSAULT 195 happened USA> @YEM",
		"2025-02-12 ASSAULT 195 happened GBR> @YEM",
		"2025-02-12 THREATEN 130 happened USA>cameo:TCDREBRAD @",
	})
	r := got[0]
	if r.ID != "27000" || r.Provider != "gdelt" || r.Tone != 1 || r.Published.String() != "2025-02-13" || r.Told.URL != "https://www.courier.example/news/1" || r.Told.Outlet != "courier.example" || r.Reports != 1 ||
		r.Actors[0].Name != "FARHAD TEHRANI" || r.Actors[0].Country != "IRN" || r.Place.Lat != 31.319 || !r.Dated {
		t.Errorf("got %+v", r)
	}
	if gaza := got[14].Place; gaza.ID != "PSE.gaza-strip" || gaza.Country != "PSE" {
		t.Errorf("Gaza is %+v", gaza)
	}
	// What was read of a provider is written as it is, under its own numbers.
	again := written(t, gdelt, got[:1])
	if len(again) != 1 || again[0][0] != "27000" || cellOf(t, again[0], gdeltDocumented, "EventCode") != "042" {
		t.Errorf("again %q", again)
	}
}

// theirs is a row in the provider's layout: what is empty in it but what the pairs of
// column and value say.
func theirs(t *testing.T, columns []string, pairs ...string) string {
	t.Helper()
	line := make([]string, len(columns))
	for i := 0; i < len(pairs); i += 2 {
		found := false
		for j, c := range columns {
			if strings.HasPrefix(c, pairs[i]+" =") {
				line[j], found = pairs[i+1], true
			}
		}
		if !found {
			t.Fatalf("no column %q", pairs[i])
		}
	}
	return strings.Join(line, "\t")
}

func TestGDELTAsTheProviderWrites(t *testing.T) {
	row := theirs(t, gdeltDocumented, "GlobalEventID", "1032283541", "Day", "20150218", "MonthYear", "201502", "Year", "2015", "FractionDate", "2015.1315",
		"Actor1Code", "IGOEUREEC", "Actor1Name", "EUROPEAN UNION", "Actor1CountryCode", "EUR", "Actor1KnownGroupCode", "EEC", "Actor1Type1Code", "IGO",
		"Actor2Code", "PSE", "Actor2Name", "PALESTINIAN", "Actor2CountryCode", "PSE", "IsRootEvent", "1", "EventCode", "0233", "EventBaseCode", "023", "EventRootCode", "02", "QuadClass", "1",
		"GoldsteinScale", "3.4", "NumMentions", "14", "NumSources", "2", "NumArticles", "6", "AvgTone", "-2.61324041811847",
		"ActionGeo_Type", "4", "ActionGeo_Fullname", "Beit Lahia, Gaza Strip (general), Gaza Strip", "ActionGeo_CountryCode", "GZ", "ActionGeo_ADM1Code", "GZ00", "ActionGeo_ADM2Code", "",
		"ActionGeo_Lat", "31.55", "ActionGeo_Long", "34.5", "ActionGeo_FeatureID", "-797156", "DATEADDED", "20150218230000", "SOURCEURL", "http://www.example.com/a?b=c")
	got, faults := readAll(t, gdelt, row+"\n")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	same(t, "record", summaries(got), []string{"2015-02-18 REQUEST 0233 happened eu>PSE @gns:-797156 in PSE.gaza-strip, PSE"})
	if r := got[0]; r.Reports != 14 || r.Outlets != 2 || r.Articles != 6 || r.Place.Name != "Beit Lahia" || r.Told.Outlet != "example.com" {
		t.Errorf("got %+v", r)
	}
}

func TestGDELT1(t *testing.T) {
	var columns []string
	for _, c := range gdeltDocumented {
		if !strings.Contains(c, "_ADM2Code") {
			columns = append(columns, c)
		}
	}
	with := []string{"GlobalEventID", "268", "Day", "20130203", "Actor1Code", "CHN", "Actor1Name", "CHINA", "EventCode", "051", "ActionGeo_Type", "1", "ActionGeo_Fullname", "China", "ActionGeo_CountryCode", "CH",
		"ActionGeo_Lat", "35", "ActionGeo_Long", "105", "DATEADDED", "20130203"}
	daily := theirs(t, columns, append(with, "SOURCEURL", "http://example.org/x")...)
	early := theirs(t, columns[:57], with...)
	for name, text := range map[string]string{"58 columns": daily, "57 columns": early} {
		got, faults := readAll(t, gdelt, text+"\n"+text+"\n")
		if len(faults) > 0 || len(got) != 2 || summary(&got[0]) != "2013-02-03 SUPPORT 051 happened CHN> @CHN" || got[1].Published != got[1].Day || !gdelt.Looks([]byte(text)) {
			t.Errorf("%s: %v %v", name, faults, summaries(got))
		}
	}
}

func TestGDELTWithHeader(t *testing.T) {
	text := "GLOBALEVENTID\tSQLDATE\tActor1Code\tActor1Name\tEventCode\tNew\n7\t20200101\tFRA\tFRANCE\t112\tx\n"
	got, faults := readAll(t, gdelt, text)
	if len(faults) > 0 || len(got) != 1 || summary(&got[0]) != "2020-01-01 ACCUSE 112 happened FRA> @" {
		t.Errorf("%v %v", faults, summaries(got))
	}
	r := gdelt.Read(reader("GLOBALEVENTID\tSQLDATE\tActor1Code\n"), rowBook())
	if _, err := r.Next(); err == nil || !strings.Contains(err.Error(), "EventCode") {
		t.Errorf("a header without EventCode: %v", err)
	}
}

func TestGDELTFaults(t *testing.T) {
	good := []string{"GlobalEventID", "1", "Day", "20250101", "Actor1Code", "FRA", "EventCode", "010"}
	for _, c := range []struct{ name, value, want string }{
		{"Day", "20251301", "Day"}, {"EventCode", "999", "EventCode"}, {"EventCode", "", "EventCode"}, {"GlobalEventID", "", "GlobalEventID"}, {"NumMentions", "many", "NumMentions"},
		{"NumSources", "-1", "NumSources"}, {"NumArticles", "1e300", "NumArticles"}, {"ActionGeo_Lat", "north", "ActionGeo_Lat"}, {"ActionGeo_Lat", "NaN", "ActionGeo_Lat"}, {"ActionGeo_Long", "181", "no place on earth"},
		{"ActionGeo_Type", "7", "ActionGeo_Type"}, {"DATEADDED", "yesterday", "DATEADDED"},
	} {
		text := theirs(t, gdeltDocumented, good...) + "\n" + theirs(t, gdeltDocumented, append(good, c.name, c.value)...) + "\n" + theirs(t, gdeltDocumented, good...) + "\n"
		got, faults := readAll(t, gdelt, text)
		if len(got) != 2 || len(faults) != 1 || !strings.HasPrefix(faults[0], "line 2: ") || !strings.Contains(faults[0], c.want) {
			t.Errorf("%s %q: %d records, faults %q", c.name, c.value, len(got), faults)
		}
	}
	got, faults := readAll(t, gdelt, "1,2,3\n"+theirs(t, gdeltDocumented, good...)+"\n")
	if len(got) != 1 || len(faults) != 1 || !strings.Contains(faults[0], "61") {
		t.Errorf("%d records, faults %q", len(got), faults)
	}
}

// The mentions table, after the same codebook.
var mentionsDocumented = []string{`GlobalEventID =\d+`, `EventTimeDate =|\d{14}`, `MentionTimeDate =|\d{14}`, "MentionType =|[1-6]", "MentionSourceName =[^\t]*", "MentionIdentifier =[^\t]*", `SentenceID =|\d+`,
	`Actor1CharOffset =|-?\d+`, `Actor2CharOffset =|-?\d+`, `ActionCharOffset =|-?\d+`, "InRawText =|[01]", "Confidence =|100|[1-9][0-9]?", `MentionDocLen =|\d+`, `MentionDocTone =|-?\d+(\.\d+)?`,
	"MentionDocTranslationInfo =[^\t]*", "Extras ="}

func TestGDELTMentions(t *testing.T) {
	if len(mentionsDocumented) != 16 {
		t.Fatalf("%d columns", len(mentionsDocumented))
	}
	lines, events := written(t, gdeltMentions, sample(t)), written(t, gdelt, sample(t))
	checkCells(t, lines, mentionsDocumented)
	if len(lines) != len(events) {
		t.Fatalf("%d mentions of %d events", len(lines), len(events))
	}
	for i := range lines {
		if lines[i][0] != events[i][0] {
			t.Errorf("line %d mentions %s, which is %s", i+1, lines[i][0], events[i][0])
		}
	}
	same(t, "first", lines[0][:6], []string{"27000", "20250213171500", "20250213171500", "1", "courier.example", "https://www.courier.example/news/1"})
	same(t, "without an address", lines[15][3:6], []string{"2", "Radio Tibesti", "Radio Tibesti: Ein Jahr danach"})
	if got := cellOf(t, lines[0], mentionsDocumented, "Confidence"); got != "83" {
		t.Errorf("confidence is %q", got)
	}
}
