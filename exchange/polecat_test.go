package exchange

import (
	"strings"
	"testing"
)

// The columns and what they may hold, after the headers of the files at
// https://doi.org/10.7910/DVN/AJGVIT, the PLOVER codebook
// (https://github.com/openeventdata/PLOVER) and the coder
// (https://github.com/ahalterman/NGEC).
var polecatDocumented = func() []string {
	const list = "[^\t;]+(; [^\t;]+)*"
	party := func(side string) []string {
		return []string{side + " Name =" + list, side + " Country =(None|[A-Z]{3})(; (None|[A-Z]{3}))*", side + ` COW =(None|\d{1,3})(; (None|\d{1,3}))*`, "Primary " + side + " Sector =(None|[A-Z]{3})(; (None|[A-Z]{3}))*",
			side + ` Sectors =(None|[A-Z]{3}(\|[A-Z]{3})*)(; (None|[A-Z]{3}(\|[A-Z]{3})*))*`, side + " Title =" + list, side + " Name Raw =" + list, "Wikipedia " + side + " ID =" + list}
	}
	all := []string{"Event ID =[^\t]+", `Event Date =\d{4}-\d\d-\d\d`, "Event Type =(AGREE|CONSULT|SUPPORT|CONCEDE|COOPERATE|AID|RETREAT|REQUEST|ACCUSE|REJECT|THREATEN|PROTEST|SANCTION|MOBILIZE|COERCE|ASSAULT)",
		"Event Mode =None|[a-z-]+(; [a-z-]+)*", `Event Intensity =-?\d+\.\d`, "Quad Code =(VERBAL|MATERIAL) (COOPERATION|CONFLICT)", "Contexts =None|[a-z_]+(; [a-z_]+)*"}
	all = append(append(all, party("Actor")...), party("Recipient")...)
	return append(all, "Placename =[^\t]+", "City =[^\t]+", "District =[^\t]+", "Province =[^\t]+", "Country =None|[A-Z]{3}", `Latitude =None|-?\d+(\.\d+)?`, `Longitude =None|-?\d+(\.\d+)?`, `GeoNames ID =None|\d+`, "Raw Placename =[^\t]+",
		"Feature Type =None|[A-Z0-9]+", "Source =[^\t]+", `Publication Date =None|\d{4}-\d\d-\d\d`, "Story People =[^\t]+", "Story Organizations =[^\t]+", "Story Locations =[^\t]+", "Language =[^\t]+", "Version =[^\t]+")
}()

func TestPOLECATColumns(t *testing.T) {
	if len(polecatDocumented) != 40 {
		t.Fatalf("%d columns", len(polecatDocumented))
	}
	lines := written(t, polecat, sample(t))
	same(t, "header", lines[0], columnNames(polecatDocumented))
	lines = lines[1:]
	checkCells(t, lines, polecatDocumented)
	if len(lines) != len(sample(t))-1 {
		t.Fatalf("%d events; a mere statement is none of PLOVER's", len(lines))
	}
	for _, c := range []struct {
		line       int
		name, want string
	}{
		{0, "Event ID", "27"}, {0, "Event Type", "CONSULT"}, {0, "Event Mode", "visit"}, {0, "Event Intensity", "4.0"}, {0, "Quad Code", "VERBAL COOPERATION"}, {0, "Contexts", "diplomatic; economic"},
		{0, "Actor Name", "Farhad Tehrani"}, {0, "Actor Country", "IRN"}, {0, "Actor COW", "630"}, {0, "Primary Actor Sector", "GOV"}, {0, "Actor Title", "foreign minister"}, {0, "Recipient Country", "ROU"}, {0, "Recipient COW", "360"},
		{0, "Placename", "Ahvaz"}, {0, "City", "Ahvaz"}, {0, "Province", "Khuzestan"}, {0, "Country", "IRN"}, {0, "GeoNames ID", "144448"}, {0, "Feature Type", "PPL"}, {0, "Source", "The Courier"}, {0, "Publication Date", "2025-02-13"},
		{1, "Actor Country", "TCD; SDN; IGO"}, {1, "Actor COW", "483; 625; None"}, {1, "Primary Actor Sector", "None; None; IGO"}, {1, "Recipient Name", "None"}, {1, "Feature Type", "ADM1"}, {1, "City", "None"},
		{3, "Event Type", "THREATEN"}, {3, "Event Mode", "None"}, {3, "Event Intensity", "-5.1"}, // an attack that is planned
		{3, "Recipient Name", "Desert Front 'of Dawn'"}, {3, "Recipient Sectors", "REB|RAD"}, {3, "Country", "None"},
		{4, "Recipient Name", "Desert Front 'of Dawn'; gunmen"}, {4, "Recipient Country", "TCD; None"},
		{2, "Feature Type", "PCLI"}, {2, "GeoNames ID", "69543"}, {7, "Actor Name", "None"},
	} {
		if got := cellOf(t, lines[c.line], polecatDocumented, c.name); got != c.want {
			t.Errorf("line %d: %s is %q, not %q", c.line+1, c.name, got, c.want)
		}
	}
}

func TestPOLECATRoundTrip(t *testing.T) {
	got, faults := readAll(t, polecat, string(rawWritten(t, polecat, sample(t))))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	all := summaries(got)
	same(t, "records", []string{all[0], all[1], all[2], all[3], all[4]}, []string{
		"2025-02-12 CONSULT  happened cameo:IRNGOV Farhad Tehrani>ROU @gn:144448 in IRN.khuzestan, IRN",
		"2025-02-12 CONSULT  happened TCD+SDN+cameo:IGO United Nations> @TCD.guera in TCD",
		"2025-02-12 ASSAULT  happened USA+GBR> @YEM",
		"2025-02-12 THREATEN  happened USA>cameo:TCDREBRAD Desert Front 'of Dawn' @",
		"2025-02-12 ACCUSE  happened cameo:IRNGOV Farhad Tehrani>cameo:TCDREBRAD Desert Front 'of Dawn'+cameo:gunmen @",
	})
	r := got[0]
	if r.ID != "27" || r.Provider != "polecat" || r.Tone != 1 || strings.Join(r.Modes, " ") != "visit" || strings.Join(r.Contexts, " ") != "diplomatic economic" || r.Actors[0].Title != "foreign minister" || r.Published.String() != "2025-02-13" ||
		r.Told.Outlet != "The Courier" || r.Told.Language != "en" || r.Place.Name != "Ahvaz" {
		t.Errorf("got %+v", r)
	}
}

func TestPOLECATAsTheProviderWrites(t *testing.T) {
	names := columnNames(polecatDocumented)
	head := strings.Join(names, "\t") + "\n"
	none := func(pairs ...string) string {
		line := strings.Split(theirs(t, polecatDocumented, pairs...), "\t")
		for i := range line {
			if line[i] == "" {
				line[i] = "None"
			}
		}
		return strings.Join(line, "\t") + "\n"
	}
	row := none("Event ID", "20190801-2309-4e081644904c_COOPERATE_R", "Event Date", "2019-08-01", "Event Type", "RETREAT", "Event Mode", "ceasefire", "Event Intensity", "7.6", "Quad Code", "MATERIAL COOPERATION",
		"Contexts", "military; pro_democracy", "Actor Name", "Invented Front; \"President\"\" of Chad\"", "Actor Country", "TCD|SDN; TCD", "Actor COW", "483", "Primary Actor Sector", "REB; GOV", "Actor Sectors", "REB; GOV|ELI",
		"Recipient Name", "Chad", "Recipient Country", "TCD", "Recipient Sectors", "None", "Placename", "N'Djaména", "City", "N'Djaména", "Province", "N'Djaména", "Country", "TCD", "Latitude", "12.1", "Longitude", "15.0",
		"GeoNames ID", "2427123", "Feature Type", "PPLC", "Publication Date", "2019-08-02", "Source", "afp", "Language", "en")
	want := []string{"2019-08-01 RETREAT  happened cameo:REB Invented Front+cameo:TCDGOVELI \"President\"\" of Chad\">TCD @gn:2427123 in TCD.ndjamena, TCD"}
	got, faults := readAll(t, polecat, head+row)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	same(t, "record", summaries(got), want)
	// Older files call the intensity otherwise, have columns in another order, name
	// columns that are not there, or have empty ones behind.
	for name, text := range map[string]string{
		"Intensity":        strings.Replace(head, "Event Intensity", "Intensity", 1) + row,
		"excess names":     strings.Replace(head, "Source\t", "Headline\tEvent Text\tSource\t", 1) + row,
		"excess tabs":      strings.TrimSuffix(head, "\n") + "\t\t\n" + strings.TrimSuffix(row, "\n") + "\t\t\n",
		"a wider table":    strings.Replace(head, "Event ID", "New\tEvent ID", 1) + "x\t" + row,
		"columns in front": strings.Replace(strings.TrimSuffix(head, "\n"), "Event ID\t", "", 1) + "\tEvent ID\n" + strings.TrimSuffix(row[strings.IndexByte(row, '\t')+1:], "\n") + "\tan id\n",
	} {
		got, faults := readAll(t, polecat, text)
		if len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
			continue
		}
		same(t, name, summaries(got), want)
	}
}

func TestPOLECATFaults(t *testing.T) {
	head := strings.Join(columnNames(polecatDocumented), "\t") + "\n"
	good := []string{"Event ID", "a", "Event Date", "2020-01-01", "Event Type", "ACCUSE", "Actor Name", "France", "Actor Country", "FRA"}
	for _, c := range []struct{ name, value, want string }{
		{"Event Date", "1 May 2020", "Event Date"}, {"Event Type", "GREET", "Event Type"}, {"Event Type", "None", "Event Type"}, {"Event ID", "None", "Event ID"}, {"Longitude", "x", "Longitude"}, {"Publication Date", "soon", "Publication Date"},
	} {
		got, faults := readAll(t, polecat, head+theirs(t, polecatDocumented, append(good, c.name, c.value)...)+"\n"+theirs(t, polecatDocumented, good...)+"\n")
		if len(got) != 1 || len(faults) != 1 || !strings.HasPrefix(faults[0], "line 2: ") || !strings.Contains(faults[0], c.want) {
			t.Errorf("%s %q: %d records, faults %q", c.name, c.value, len(got), faults)
		}
	}
	if got, faults := readAll(t, polecat, head+"a\t2020-01-01\n"); len(got) > 0 || len(faults) != 1 {
		t.Errorf("a short line: %v", faults)
	}
}
