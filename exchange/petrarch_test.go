package exchange

import (
	"strings"
	"testing"
)

// The cells of a line, after what the program writes
// (https://github.com/openeventdata/petrarch2/blob/master/petrarch2/PETRwriter.py).
var petrarchDocumented = []string{`date =|\d{8}`, "source =(---)?([A-Z0-9]{3})*", "target =(---)?([A-Z0-9]{3})*", `code =\d{3,4}`, "issues =", "ids =[^\t]+", "url =[^\t]*", "story source =[^\t]+"}

func TestPETRARCHLines(t *testing.T) {
	lines := written(t, petrarch, sample(t))
	checkCells(t, lines, petrarchDocumented)
	same(t, "lines", dyads(t, lines, petrarchDocumented, "source", "target", "code"), []string{"IRNGOV>ROU 042", "ROU>IRNGOV 043", "TCD>SDN 040", "TCD>IGOUNO 040", "SDN>TCD 040", "SDN>IGOUNO 040", "IGOUNO>TCD 040", "IGOUNO>SDN 040",
		"USA>--- 195", "GBR>--- 195", "USA>TCDREBRAD 130", "IRNGOV>TCDREBRAD 112", "IRNGOV>--- 112", "--->USA 141", "IGOUNO>PSE 073", "TCDREBRAD>--- 010", "--->TCDREBRAD 173", "--->IRNGOV 173"})
	if lines[0][5] != "27" || lines[1][5] != "27.2" || lines[15][5] != "77ab.e3" || lines[15][7] != "Radio Tibesti" {
		t.Errorf("ids %q %q %q", lines[0], lines[1], lines[15])
	}
}

func TestPETRARCHRoundTrip(t *testing.T) {
	got, faults := readAll(t, petrarch, string(rawWritten(t, petrarch, sample(t))))
	if len(faults) != 1 || !strings.HasPrefix(faults[0], "line 16: ") {
		t.Errorf("faults %q", faults)
	}
	all := summaries(got)
	same(t, "records", []string{all[0], all[3], all[8], all[15]}, []string{
		"2025-02-12 CONSULT 042 happened cameo:IRNGOV>ROU @",
		"2025-02-12 CONSULT 040 happened TCD>un @",
		"2025-02-12 ASSAULT 195 happened USA> @",
		"2025-02-12 COERCE 173 happened >cameo:TCDREBRAD @",
	})
	ids := map[string]bool{}
	for _, r := range got {
		ids[r.ID] = true
	}
	if len(ids) != len(got) {
		t.Errorf("%d records have %d ids", len(got), len(ids))
	}
}

func TestPETRARCHAsItWrites(t *testing.T) {
	for _, c := range []struct{ why, line, want, url, outlet string }{
		{"with an address", "20150805\tUSAGOV\tRUS\t112\tID_CRIME,1\tABC_1;ABC_2\thttp://a.example/1\ta_world", "2015-08-05 ACCUSE 112 happened cameo:USAGOV>RUS @", "http://a.example/1", "a_world"},
		{"without", "20150805\tUSAGOV\tRUS\t112\t\tABC_1\tAFP", "2015-08-05 ACCUSE 112 happened cameo:USAGOV>RUS @", "", "AFP"},
		{"without, with the actors' words", "20150805\tUSA\tRUS\t112\t\tABC_1\tNULL\tWashington\tMoscow", "2015-08-05 ACCUSE 112 happened USA>RUS @", "", ""},
		{"with all words", "20150805\tUSA\tRUS\t112\t\tABC_1\thttp://a.example/1\tAFP\tWashington\tMoscow\taccused", "2015-08-05 ACCUSE 112 happened USA>RUS @", "http://a.example/1", "AFP"},
		{"a state that is not known", "20150805\t---MIL\t---\t190\t\tABC_1\tAFP", "2015-08-05 ASSAULT 190 happened cameo:MIL> @", "", "AFP"},
		{"with four columns", "20150805\tUSA\tRUS\t042", "2015-08-05 CONSULT 042 happened USA>RUS @", "", ""},
	} {
		got, faults := readAll(t, petrarch, c.line+"\n")
		if len(faults) > 0 || len(got) != 1 || summary(&got[0]) != c.want || got[0].Told.URL != c.url || got[0].Told.Outlet != c.outlet || !petrarch.Looks([]byte(c.line)) {
			t.Errorf("%s: %v %v", c.why, faults, summaries(got))
		}
	}
	for _, line := range []string{"2015\tUSA\tRUS\t042", "20150805\tUSA\tRUS\t999", "20150805\tUSA\tRUS\t---", "20150805\tUSA"} {
		if got, faults := readAll(t, petrarch, line+"\n"); len(got) > 0 || len(faults) != 1 {
			t.Errorf("%q: %v", line, faults)
		}
	}
}
