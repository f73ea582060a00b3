package exchange

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"dragoman"
)

// TestEventTablesRoundTrip reads back what Tables writes.
func TestEventTablesRoundTrip(t *testing.T) {
	for _, f := range []Format{csvEvents, parquetEvents} {
		text, err := os.ReadFile(filepath.Join(tablesWritten(t, f.Name), "events."+f.Name))
		if err != nil {
			t.Fatal(err)
		}
		all, faults := readAll(t, f, string(text))
		want := tableRecords(t)
		if len(faults) > 0 || len(all) != len(want) {
			t.Fatalf("%s: %d events, %v", f.Name, len(all), faults)
		}
		for i := range want {
			sameEvent(t, all[i], asTable(want[i], f.Name == "csv"))
		}
	}
}

// asTable returns a record as a table of events holds it.
func asTable(r dragoman.Record, bars bool) dragoman.Record {
	r.Told = dragoman.Entry{Number: r.Article, Title: r.Told.Title, URL: r.Told.URL, Outlet: r.Told.Outlet, Published: r.Told.Published}
	r.Place.ContainedIn = nil
	if r.Number == 0 {
		r.Number = 1 // as it was numbered
	}
	if r.Source.Actor.ID != "" {
		r.Source.Actor = dragoman.Party{ID: r.Source.Actor.ID, Name: r.Source.Actor.Name, Named: true}
	}
	for _, side := range []*[]dragoman.Party{&r.Actors, &r.Recipients} {
		*side = slices.Clone(*side)
		for i := range *side {
			p := &(*side)[i]
			p.Named, p.Title, p.Aliases, p.Principals = true, "", nil, slices.Clone(p.Principals)
			if p.Kind != "state" {
				p.Wikidata = ""
			}
			if bars {
				p.Name = strings.ReplaceAll(p.Name, "|", "/")
			}
			switch p.ID {
			case "SDN", "TCD":
				p.Wikidata = "" // no column has it
			case "new:dune-front": // which has the code that follows from country and sector
				p.CAMEO = "SDNREB"
			case "new:fighter":
				p.CAMEO = "REB"
				p.Principals = []dragoman.Party{{ID: "new:dune-front", Name: "new:dune-front", Named: true}}
			}
		}
	}
	return r
}

// TestTableByHand reads what people make.
func TestTableByHand(t *testing.T) {
	text := "\ufeffDay , actors,recipients, type,cameo,status,note\r\n" +
		"2024-03-05,Chad,SDN,aid,,,\"seen, twice\"\r\n" +
		"2024-03-06T10:00:00Z,Dune Front|Sudan,,,190,denied,\r\n" +
		"2024-03-07,,,PROTEST,,planned,\r\n"
	all, faults := readAll(t, csvEvents, text)
	if len(faults) > 0 || len(all) != 3 {
		t.Fatalf("%d events: %v", len(all), faults)
	}
	a, b, c := all[0], all[1], all[2]
	day := dragoman.DayOf(2024, time.March, 5)
	if a.Day != day || !a.Dated || a.Type != "AID" || a.Tone != dragoman.MaterialCooperation || a.Status != dragoman.Happened || a.Actors[0].ID != "TCD" || a.Actors[0].Kind != "state" ||
		a.Recipients[0].ID != "SDN" || a.From != dragoman.NoDay || a.Place.ID != "" || !a.Source.None() {
		t.Errorf("got %+v", a)
	}
	if b.Day != day+1 || b.Type != "ASSAULT" || b.CAMEO != "190" || b.Status != dragoman.Denied || len(b.Actors) != 2 || b.Actors[0].Name != "Dune Front" || b.Actors[0].ID == "" || b.Actors[1].ID != "SDN" || b.Recipients != nil {
		t.Errorf("got %+v", b)
	}
	if c.Actors != nil || c.Status != dragoman.Planned {
		t.Errorf("got %+v", c)
	}
	more := "day,type,actor_ids,recipient_ids,source,place,country,lat,lon\n2024-03-05,AID,un,TCD,a witness,Adré,TCD,13.4,22.2\n2024-03-05,AID,TCD,un,,,TCD,,\n"
	all, faults = readAll(t, csvEvents, more)
	if len(faults) > 0 || len(all) != 2 {
		t.Fatalf("%d events: %v", len(all), faults)
	}
	if r := all[0]; r.Actors[0].ID != "un" || r.Source.Text != "a witness" || r.Place.ID != "Adré" || !r.Place.Located || r.Fact() {
		t.Errorf("got %+v", r)
	}
	if r := all[1]; r.Place.ID != "TCD" || r.Place.Located || !r.Fact() {
		t.Errorf("got %+v", r)
	}
}

func TestTableFaults(t *testing.T) {
	const head = "day,type,cameo,actors,recipients,actor_ids,tone,status,articles,confidence,dated,lat,lon\n"
	good := "2024-03-05,AID,,UN,Chad,,,,,,,,\n"
	for row, want := range map[string]string{
		"5 March,AID,,UN,Chad,,,,,,,,\n":           `line 3: day: "5 March" is not a date`,
		"2024-03-05,,,UN,Chad,,,,,,,,\n":           "neither a type nor a code of CAMEO",
		"2024-03-05,WAR,,UN,Chad,,,,,,,,\n":        `no type "WAR"`,
		"2024-03-05,,99,UN,Chad,,,,,,,,\n":         `no code "99"`,
		"2024-03-05,AID,,UN|Mali,Chad,un,,,,,,,\n": "actor_ids has 1 items where there are 2 actors",
		"2024-03-05,AID,,UN,Chad,,9,,,,,,\n":       "tone is 9",
		"2024-03-05,AID,,UN,Chad,,x,,,,,,\n":       `tone is "x", not a whole number`,
		"2024-03-05,AID,,UN,Chad,,,maybe,,,,,\n":   `status is "maybe"`,
		"2024-03-05,AID,,UN,Chad,,,,2.5,,,,\n":     `articles is "2.5", not a whole number`,
		"2024-03-05,AID,,UN,Chad,,,,,sure,,,\n":    `confidence is "sure", not a number`,
		"2024-03-05,AID,,UN,Chad,,,,,,perhaps,,\n": `dated is "perhaps"`,
		"2024-03-05,AID,,UN,Chad,,,,,,,91,0\n":     "are nowhere",
		"2024-03-05,AID,,UN,Chad,,,,,,,NaN,0\n":    "are nowhere",
		"2024-03-05,AID,,UN\n":                     "4 cells where the header has 13",
		"2024-03-05,AID,,U\"N,Chad,,,,,,,,\n":      "line 3: ",
	} {
		all, faults := readAll(t, csvEvents, head+good+row+good)
		if len(all) != 2 || len(faults) != 1 || !strings.HasPrefix(faults[0], "line 3: ") || !strings.Contains(faults[0], want) {
			t.Errorf("%q: %d events, %q, not %q", row, len(all), faults, want)
		}
	}
	for text, want := range map[string]string{
		"":                                 "the table is empty",
		"day,type,actors\n":                "no column recipients or recipient_ids",
		"type,actors,recipients\n":         "no column day",
		"day,actors,recipients\n":          "no column type or cameo",
		"day,type,actors,recipients,Day\n": `"day" stands twice`,
		"day;type;actors;recipients\n2024-03-05;AID;UN;Chad\n":              "the columns are separated by ; where a table of events has commas",
		"\ufeff\"Day\";\"cameo\";\"actor_ids\";\"recipients\";\"note\"\r\n": "the columns are separated by ;",
		"day\ttype\tactors\trecipients\n":                                   "the columns are separated by tabs",
	} {
		if strings.Contains(want, "separated") && !csvEvents.Looks([]byte(text)) {
			t.Errorf("%q is not told to be a table", text)
		}
		if _, faults := readAll(t, csvEvents, text); len(faults) != 1 || !strings.HasPrefix(faults[0], "broken off") || !strings.Contains(faults[0], want) {
			t.Errorf("%q: %q, not %q", text, faults, want)
		}
	}
}

// TestParquetOfOthers reads a table that another program wrote, with other types.
func TestParquetOfOthers(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	type row struct {
		Day        time.Time `parquet:"day,timestamp(microsecond)"`
		Type       string    `parquet:"type"`
		Actors     string    `parquet:"actors"`
		Recipients []*string `parquet:"recipients,list"`
		Articles   *float64  `parquet:"articles"`
		Reports    int32     `parquet:"reports"`
		Lat        float32   `parquet:"lat"`
		Lon        float32   `parquet:"lon"`
		Dated      *bool     `parquet:"dated"`
		Other      []byte    `parquet:"other"`
	}
	three, no, chad := 3.0, false, "Chad"
	var file bytes.Buffer
	if err := parquet.Write(&file, []row{
		{time.Date(1969, 12, 31, 23, 0, 0, 0, time.UTC), "AID", "Sudan", []*string{&chad, nil}, &three, 2, 13.5, 22.25, &no, []byte{0xff}},
		{time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC), "WAR", "Sudan", nil, nil, 0, 0, 0, nil, nil},
		{time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC), "AID", "Sudan", nil, nil, 0, 0, 0, nil, nil},
	}); err != nil {
		t.Fatal(err)
	}
	all, faults := readAll(t, parquetEvents, file.String())
	if len(all) != 2 || len(faults) != 1 || !strings.HasPrefix(faults[0], "line 2: ") {
		t.Fatalf("%d events: %v", len(all), faults)
	}
	if r := all[0]; r.Day != -1 || r.Actors[0].ID != "SDN" || len(r.Recipients) != 1 || r.Recipients[0].ID != "TCD" || r.Articles != 3 || r.Reports != 2 || r.Place.Lat != 13.5 || r.Dated {
		t.Errorf("got %+v", r)
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("%v stayed behind, %v", left, err)
	}
}

func TestDamagedParquet(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join(tablesWritten(t, "parquet"), "events.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.ReadFile(filepath.Join(tablesWritten(t, "parquet"), "places.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ text, want string }{
		"cut off":          {string(whole[:len(whole)/2]), "cannot be read"},
		"no Parquet":       {"PAR1 and nothing else", "cannot be read"},
		"empty":            {"", "cannot be read"},
		"without its head": {string(whole[100:]), "cannot be read"},
		"a huge footer":    {"PAR1" + string(whole[4:len(whole)-8]) + "\xff\xff\xff\x7fPAR1", "cannot be read"},
		"another table":    {string(other), "has no column day"},
	} {
		if all, faults := readAll(t, parquetEvents, c.text); len(all) != 0 || len(faults) != 1 || !strings.Contains(faults[0], c.want) {
			t.Errorf("%s: %d events, %q", name, len(all), faults)
		}
	}
}

func FuzzEventCSV(f *testing.F) {
	text, err := os.ReadFile(filepath.Join(tablesWritten(f, "csv"), "events.csv"))
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{string(text), "day,type,actors,recipients\n2024-03-05,AID,\"UN|\",|\n", "day,cameo,actor_ids,recipient_ids\n,\"\n", "\xef\xbb\xbf\"day\n\",,\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { fuzzEvents(t, csvEvents, text) })
}

var _ io.Closer = (*parquetReader)(nil)

// TestParquetIsClosed: who stops before the end leaves nothing open.
func TestParquetIsClosed(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(tablesWritten(t, "parquet"), "events.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	open := func() int {
		all, _ := os.ReadDir("/proc/self/fd") // where there is none, nothing is counted
		return len(all)
	}
	before := open()
	for n := range 20 {
		r := parquetEvents.Read(bufio.NewReader(bytes.NewReader(text)), rowBook())
		if n > 0 { // the first is closed before it is read
			if _, err := r.Next(); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			if err := r.(io.Closer).Close(); err != nil {
				t.Error(err)
			}
		}
		if _, err := r.Next(); err != io.EOF {
			t.Errorf("after Close: %v", err)
		}
	}
	if after := open(); after > before {
		t.Errorf("%d descriptors are open, before %d", after, before)
	}
}

func FuzzEventParquet(f *testing.F) {
	text, err := os.ReadFile(filepath.Join(tablesWritten(f, "parquet"), "events.parquet"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(text))
	f.Add("PAR1")
	f.Fuzz(func(t *testing.T, text string) { fuzzEvents(t, parquetEvents, text) })
}

// fuzzEvents reads a text, and writes what was read.
func fuzzEvents(t *testing.T, f Format, text string) {
	all, _ := readAll(t, f, text)
	b := rowBook()
	to, err := newCSVRows(io.Discard, eventTable.head().columns)
	if err != nil {
		t.Fatal(err)
	}
	s := sheet[*eventRow]{eventTable.columns, make([]cell, len(eventTable.columns)), to}
	for i := range all {
		if err := s.put(&eventRow{Record: &all[i], number: all[i].Number, article: all[i].Article, book: b}); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
	}
}

func BenchmarkEventCSVRead(b *testing.B)     { benchmarkEventRead(b, csvEvents) }
func BenchmarkEventParquetRead(b *testing.B) { benchmarkEventRead(b, parquetEvents) }

func benchmarkEventRead(b *testing.B, f Format) {
	all := tableRecords(b)
	dir := b.TempDir()
	tables, err := NewTables(dir, f.Name, codebook(b))
	if err != nil {
		b.Fatal(err)
	}
	for i := range b.N {
		if err := tables.Event(&all[i%len(all)]); err != nil {
			b.Fatal(err)
		}
	}
	if err := tables.Close(); err != nil {
		b.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "events."+f.Name))
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	if got, faults := readAll(b, f, string(text)); len(got) != b.N {
		b.Fatalf("%d of %d: %v", len(got), b.N, faults)
	}
}
