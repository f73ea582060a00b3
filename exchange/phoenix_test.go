package exchange

import (
	"strings"
	"testing"
)

// The columns and what they may hold, after what the pipeline writes
// (https://github.com/openeventdata/phoenix_pipeline/blob/master/postprocess.py) and
// the names that its users give them.
var phoenixDocumented = func() []string {
	actor := func(side string) []string {
		return []string{side + "ActorFull =|([A-Z0-9]{3})+", side + "ActorEntity =|[A-Z]{3}", side + "ActorRole =|GOV|MIL|REB|OPP|PTY|COP|JUD|SPY|MED|EDU|BUS|CRM|CVL", side + "ActorAttribute =|[A-Z0-9]{3}(;[A-Z0-9]{3})*"}
	}
	all := []string{`EventID =\d+`, `Date =|\d{8}`, `Year =|\d{4}`, `Month =|\d\d`, `Day =|\d\d`}
	all = append(append(all, actor("Source")...), actor("Target")...)
	return append(all, `EventCode =\d{3,4}`, `EventRootCode =(0[1-9]|1[0-9]|20)`, "PentaClass =[0-4]", `GoldsteinScore =-?\d+\.\d`, "Issues =|[^\t]+", `Lat =|-?\d+(\.\d+)?`, `Lon =|-?\d+(\.\d+)?`, "LocationName =[^\t]*", "StateName =[^\t]*",
		"CountryCode =|[A-Z]{3}", "SentenceID =[^\t]*", "URLs =[^\t]*", "NewsSources =[^\t]*")
}()

func TestPhoenixColumns(t *testing.T) {
	if len(phoenixDocumented) != 26 {
		t.Fatalf("%d columns", len(phoenixDocumented))
	}
	lines := written(t, phoenix, sample(t))
	checkCells(t, lines, phoenixDocumented)
	var names []string
	for _, c := range phoenixColumns {
		names = append(names, c.name)
	}
	same(t, "names of columns", names, columnNames(phoenixDocumented))
	same(t, "a visit", lines[0], []string{"27000", "20250212", "2025", "02", "12", "IRNGOV", "IRN", "GOV", "", "ROU", "ROU", "", "", "042", "04", "1", "1.9", "", "31.319", "48.684", "Ahvaz", "Khuzestan", "IRN", "5", "https://www.courier.example/news/1", "The Courier"})
	for _, c := range []struct {
		line       int
		name, want string
	}{
		{3, "TargetActorEntity", "IGO"}, {3, "TargetActorAttribute", "UNO"}, {10, "EventCode", "130"}, {10, "PentaClass", "3"}, {10, "TargetActorRole", "REB"}, {10, "TargetActorAttribute", "RAD"},
		{8, "PentaClass", "4"}, {15, "PentaClass", "0"}, {15, "Date", ""}, {16, "SourceActorFull", ""}, {16, "TargetActorFull", "TCDREBRAD"},
	} {
		if got := cellOf(t, lines[c.line], phoenixDocumented, c.name); got != c.want {
			t.Errorf("line %d: %s is %q, not %q", c.line+1, c.name, got, c.want)
		}
	}
}

func TestPhoenixRoundTrip(t *testing.T) {
	got, faults := readAll(t, phoenix, string(rawWritten(t, phoenix, sample(t))))
	if len(faults) != 1 || !strings.HasPrefix(faults[0], "line 16: column Date") {
		t.Errorf("faults %q", faults)
	}
	all := summaries(got)
	same(t, "records", []string{all[0], all[3], all[8], all[10]}, []string{
		"2025-02-12 CONSULT 042 happened cameo:IRNGOV>ROU @phoenix:IRN/Khuzestan/Ahvaz in IRN.khuzestan, IRN",
		"2025-02-12 CONSULT 040 happened TCD>un @TCD.guera in TCD",
		"2025-02-12 ASSAULT 195 happened USA> @YEM",
		"2025-02-12 THREATEN 130 happened USA>cameo:TCDREBRAD @",
	})
	if r := got[0]; r.ID != "27000" || r.Provider != "phoenix" || r.Told.ID != "5" || r.Told.URL != "https://www.courier.example/news/1" || r.Told.Outlet != "The Courier" {
		t.Errorf("got %+v", r)
	}
}

func TestPhoenixAsTheProviderWrites(t *testing.T) {
	text := "1020\t20150122\t2015\t01\t22\tIGOEUREEC\tIGO\t\tEUR;EEC\t---GOV\t\tGOV\t\t041\t04\t1\t1.0\tEU_RELATIONS,2;TERROR,1\t50.8\t4.3\tBrussels\tBrussels Capital\tBelgium\t54c0_1;54c1_2\thttp://a.example/1;http://b.example/2\ta_world;b_world\n" +
		"1021\t20150122\t2015\t01\t22\tSYRREB\tSYR\tREB\t\tSYRMIL\tSYR\tMIL\t\t190\t19\t4\t-10.0\t\t\t\t\t\t\t54c2_1\thttp://a.example/3\ta_world\n"
	got, faults := readAll(t, phoenix, text)
	if len(faults) > 0 || !phoenix.Looks([]byte(text)) {
		t.Fatal(faults)
	}
	same(t, "records", summaries(got), []string{
		"2015-01-22 CONSULT 041 happened eu>cameo:GOV @phoenix:BEL/Brussels Capital/Brussels in BEL.brussels-capital, BEL",
		"2015-01-22 ASSAULT 190 happened cameo:SYRREB>cameo:SYRMIL @",
	})
	if got[0].Told.URL != "http://a.example/1" || got[0].Told.Outlet != "a_world" || got[1].Recipients[0].Principals[0].ID != "SYR" {
		t.Errorf("got %+v", got[0])
	}
	for name, line := range map[string]string{"Date": strings.Replace(text[:strings.IndexByte(text, '\n')], "\t20150122\t", "\t2015\t", 1), "EventCode": strings.Replace(text[:strings.IndexByte(text, '\n')], "\t041\t", "\tx\t", 1), "26": "1\t2"} {
		if _, faults := readAll(t, phoenix, line+"\n"); len(faults) != 1 || !strings.Contains(faults[0], name) {
			t.Errorf("%s: %q", name, faults)
		}
	}
}
