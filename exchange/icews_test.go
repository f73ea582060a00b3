package exchange

import (
	"bufio"
	"strings"
	"testing"
)

func reader(text string) *bufio.Reader { return bufio.NewReader(strings.NewReader(text)) }

// The columns and what they may hold, after the header and the description of the
// files at https://doi.org/10.7910/DVN/28075.
var icewsDocumented = []string{`Event ID =\d+`, `Event Date =|\d{4}-\d\d-\d\d`, "Source Name =[^\t]*", "Source Sectors =[^\t]*", "Source Country =[^\t]*", "Event Text =[^\t]+", `CAMEO Code =\d{3,4}`, `Intensity =-?\d+\.\d`,
	"Target Name =[^\t]*", "Target Sectors =[^\t]*", "Target Country =[^\t]*", "Story ID =[^\t]*", `Sentence Number =|\d+`, "Publisher =[^\t]*", "City =[^\t]*", "District =[^\t]*", "Province =[^\t]*", "Country =[^\t]*",
	`Latitude =|-?\d+(\.\d+)?`, `Longitude =|-?\d+(\.\d+)?`}

func TestICEWSColumns(t *testing.T) {
	if len(icewsDocumented) != 20 {
		t.Fatalf("%d columns", len(icewsDocumented))
	}
	lines := written(t, icews, sample(t))
	same(t, "header", lines[0], columnNames(icewsDocumented))
	lines = lines[1:]
	checkCells(t, lines, icewsDocumented)
	same(t, "a visit", lines[0], []string{"27000", "2025-02-12", "Farhad Tehrani", "Government", "Iran", "Make a visit", "042", "1.9", "Romania", "", "Romania", "5", "", "The Courier", "Ahvaz", "", "Khuzestan", "Iran", "31.319", "48.684"})
	same(t, "in Houston", lines[13][14:18], []string{"Houston", "Harris County", "Texas", "United States"})
	same(t, "in a province", lines[2][14:18], []string{"", "", "Guéra", "Chad"})
	same(t, "in a state", lines[8][14:18], []string{"", "", "", "Yemen"})
	for _, c := range []struct {
		line       int
		name, want string
	}{
		{10, "CAMEO Code", "130"}, {10, "Event Text", "Threaten"}, {10, "Target Name", "Desert Front 'of Dawn'"}, {10, "Target Sectors", "Rebel,Dissident,Radicals / Extremists / Fundamentalists"},
		{14, "Target Name", "Palestine"}, {14, "Target Country", "Occupied Palestinian Territory"}, {14, "Country", "Occupied Palestinian Territory"},
		{15, "Event Date", ""}, {15, "Story ID", "77ab"}, {16, "Source Name", ""}, {16, "Target Country", "Chad"},
	} {
		if got := cellOf(t, lines[c.line], icewsDocumented, c.name); got != c.want {
			t.Errorf("line %d: %s is %q, not %q", c.line+1, c.name, got, c.want)
		}
	}
	l := codebook(t).lists
	for _, line := range lines { // every sector is one of ICEWS's
		for _, list := range []string{line[3], line[9]} {
			for name := range strings.SplitSeq(list, ",") {
				if _, ok := l.sectors[name]; !ok && name != "" {
					t.Errorf("ICEWS has no sector %q", name)
				}
			}
		}
	}
}

func TestICEWSRoundTrip(t *testing.T) {
	got, faults := readAll(t, icews, string(rawWritten(t, icews, sample(t))))
	if len(faults) != 1 || !strings.HasPrefix(faults[0], "line 17: column Event Date") {
		t.Errorf("faults %q", faults)
	}
	all := summaries(got)
	same(t, "records", []string{all[0], all[2], all[8], all[10], all[13], all[15]}, []string{
		"2025-02-12 CONSULT 042 happened cameo:IRNGOV Farhad Tehrani>ROU @icews:IRN/Khuzestan/Ahvaz in IRN.khuzestan, IRN",
		"2025-02-12 CONSULT 040 happened TCD>SDN @TCD.guera in TCD",
		"2025-02-12 ASSAULT 195 happened USA> @YEM",
		"2025-02-12 THREATEN 130 happened USA>cameo:TCDREBRAD Desert Front 'of Dawn' @",
		"2025-02-12 PROTEST 141 happened cameo:gunmen>USA @icews:USA/Texas/Harris County/Houston in USA.texas, USA",
		"2025-02-12 COERCE 173 happened >cameo:TCDREBRAD Desert Front 'of Dawn' @",
	})
	if r := got[0]; r.ID != "27000/2025-02-12" || r.Provider != "icews" || len(r.Actors[0].Principals) != 1 || r.Actors[0].Principals[0].ID != "IRN" || r.Told.Outlet != "The Courier" || r.Told.ID != "5" {
		t.Errorf("got %+v", r)
	}
	if again := written(t, icews, got[:1]); again[1][0] != "27000" {
		t.Errorf("written again its number is %s", again[1][0])
	}
}

func TestICEWSAsTheProviderWrites(t *testing.T) {
	head := strings.Join(columnNames(icewsDocumented), "\t") + "\n"
	text := head +
		"926685\t1995-01-01\tExtremist (Russia)\tRadicals / Extremists / Fundamentalists,Dissident\tRussian Federation\tPraise or endorse\t051\t3.4\tOleg Invented\tElite,Executive,Executive Office,Government\tRussian Federation\t28235806\t5\tThe Toronto Herald\tMoscow\t\tMoskva\tRussian Federation\t55.7522\t37.6156\n" +
		"926687\t1995-01-02\tGovernment (Congo)\tGovernment\tCongo\tMake statement\t10\t0.0\tUnspecified Actor\tUnspecified\tNULL\t28235807\t1\tNULL\tNULL\tNULL\tNULL\tCongo\t-4.2\t15.2\n" +
		"926687\t1995-01-03\tPolice (India)\tPolice,Government\tIndia\tRelax curfew\t813\t5.0\t\t\t\t1\t1\t\t\t\t\t\t\t\n" +
		"926688\t1995-01-03\tIndia\t\tIndia\tThreaten\t13y\t-5.8\t\t\t\t1\t1\t\t\t\t\t\t\t\n"
	got, faults := readAll(t, icews, text)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	same(t, "records", summaries(got), []string{
		"1995-01-01 SUPPORT 051 happened cameo:RUSRAD Extremist (Russia)>cameo:RUSELIGOV Oleg Invented @icews:RUS/Moskva/Moscow in RUS",
		"1995-01-02 STATEMENT 010 happened cameo:COGGOV Government (Congo)>cameo:Unspecified Actor @COG", // 10 has lost its zero
		"1995-01-03 RETREAT 0813 happened cameo:INDCOP Police (India)> @",
		"1995-01-03 THREATEN 13 happened IND> @",
	})
	if got[1].ID == got[2].ID {
		t.Error("the same number on two days is one id")
	}
	more := strings.ReplaceAll(head, "Publisher", "Publisher\tHeadline")
	got, faults = readAll(t, icews, more+"1\t2020-05-01\tFrance\t\tFrance\tConsult\t040\t1.0\tGermany\t\tGermany\t1\t1\tX\tA headline\tParis\t\t\tFrance\t48.9\t2.35\n")
	if len(faults) > 0 || summary(&got[0]) != "2020-05-01 CONSULT 040 happened FRA>DEU @icews:FRA/Paris in FRA" {
		t.Errorf("with more columns: %v %v", faults, summaries(got))
	}
}

func TestICEWSFaults(t *testing.T) {
	head := strings.Join(columnNames(icewsDocumented), "\t") + "\n"
	good := []string{"Event ID", "1", "Event Date", "2020-01-01", "CAMEO Code", "010", "Source Name", "France", "Source Country", "France"}
	for _, c := range []struct{ name, value, want string }{
		{"Event Date", "01.01.2020", "Event Date"}, {"CAMEO Code", "", "CAMEO Code"}, {"Event ID", "", "Event ID"}, {"Latitude", "91", "no place"},
	} {
		got, faults := readAll(t, icews, head+theirs(t, icewsDocumented, append(good, c.name, c.value)...)+"\n"+theirs(t, icewsDocumented, good...)+"\n")
		if len(got) != 1 || len(faults) != 1 || !strings.HasPrefix(faults[0], "line 2: ") || !strings.Contains(faults[0], c.want) {
			t.Errorf("%s %q: %d records, faults %q", c.name, c.value, len(got), faults)
		}
	}
	if got, faults := readAll(t, icews, head+"1\t2020-01-01\n"); len(got) > 0 || len(faults) != 1 || !strings.Contains(faults[0], "20") {
		t.Errorf("a short line: %v", faults)
	}
	if _, err := icews.Read(reader("Event ID\tEvent Date\n"), rowBook()).Next(); err == nil || !strings.Contains(err.Error(), "CAMEO Code") {
		t.Errorf("a header without CAMEO Code: %v", err)
	}
}

func TestICEWSSectors(t *testing.T) {
	l := codebook(t).lists
	for _, c := range []struct{ list, want string }{
		{"Police,Government", "COP"}, {"Government,Police", "COP"}, {"Executive,Executive Office,Government", "GOV"}, {"Army,Military,Government", "MIL"}, {"Dissident,Protestors / Popular Opposition / Mobs", "OPP"},
		{"General Population / Civilian / Social,Social", "CVL"}, {"Unidentified Forces", ""}, {"", ""}, {"Parties,Opposition Major Party (Out of Government)", "OPP"}, {"Global,International Government Organization,Global Diplomatic IGOs", "IGO"},
	} {
		if got := strings.Join(l.fromICEWS(c.list), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.list, got, c.want)
		}
	}
	for name, s := range l.sectors {
		if l.written[s.code] == "" {
			t.Errorf("%s, which is read of %s, is not written", s.code, name)
		}
	}
	for _, c := range []struct{ sector, want string }{{"BUS", "Business"}, {"EDU", "Education"}, {"LAB", "Labor"}, {"JRN", "Media"}, {"MED", "Medical / Health"}, {"REL", "Religious"}, {"COP", "Police,Government"}, {"AGR", ""}} {
		if got := string(l.icewsNames(nil, []string{c.sector})); got != c.want {
			t.Errorf("%s: got %q, want %q", c.sector, got, c.want)
		}
	}
	for code, name := range l.written {
		if got := l.fromICEWS(name); len(got) != 1 || got[0] != code {
			t.Errorf("%s is written %q, which is read as %q", code, name, got)
		}
	}
}
