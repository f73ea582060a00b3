package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"dragoman"
)

var update = flag.Bool("update", false, "rewrite docs/tables.md")

// Invented people and places, to be told of in many ways.
var (
	testSudan    = dragoman.Party{ID: "SDN", Name: "Sudan", Kind: "state", Named: true, Country: "SDN", CAMEO: "SDN", Wikidata: "Q1049"}
	testChad     = dragoman.Party{ID: "TCD", Name: "Chad", Kind: "state", Named: true, Country: "TCD", CAMEO: "TCD", Wikidata: "Q657"}
	testUN       = dragoman.Party{ID: "un", Name: "United Nations", Kind: "igo", Named: true, Sectors: []string{"IGO"}, CAMEO: "IGOUNO", Wikidata: "Q1065"}
	testMinister = dragoman.Party{ID: "new:idris-olmo", Name: "Idris Olmo", Kind: "person", Title: "minister of \"roads\", acting", Named: true, Country: "TCD",
		Sectors: []string{"GOV"}, CAMEO: "TCDGOV", Aliases: []string{"Olmo", "I. Olmo"}, Principals: []dragoman.Party{testChad}}
	testRebels  = dragoman.Party{ID: "new:dune-front", Name: "Dune|Front", Kind: "armed_group", Named: true, Country: "SDN", Sectors: []string{"REB"}}
	testFighter = dragoman.Party{ID: "new:fighter", Name: "a fighter", Kind: "person", Sectors: []string{"REB"}, Principals: []dragoman.Party{testRebels}}
	testAdre    = dragoman.Locale{ID: "gn:245338", Name: "Adré", Kind: "settlement", Country: "TCD", Lat: 13.4667, Lon: 22.2, Located: true, ContainedIn: []string{"TCD"}}
)

// tableEvent returns an event as one article tells it.
func tableEvent(n int64, kind, cameo string, status dragoman.Status, by, to []dragoman.Party) dragoman.Record {
	d := dragoman.DayOf(2025, time.February, 12)
	r := dragoman.Record{Told: dragoman.Entry{Number: 7, Key: "k7", ID: "paper-7", Title: "Talks, \"at last\"", URL: "https://example.org/7?a=1&b=2", Outlet: "The Dune Post", Language: "en", Published: d + 1}}
	r.Number, r.Article, r.Ordinal, r.First, r.Reports, r.Articles, r.Outlets, r.Origins = n, 7, int(n), d+1, 3, 2, 2, 1
	r.Type, r.CAMEO, r.Status, r.Actors, r.Recipients = kind, cameo, status, by, to
	r.From, r.To, r.Day, r.Dated, r.Published = d, d, d, true, d+1
	r.Words, r.Evidence, r.Confidence, r.Origin = "met", "Chad's minister met Sudan's envoy – \"früh\" –\nin Adré", 0.875, "The Dune Post"
	return r
}

// tableRecords are of every kind that matters to a format.
func tableRecords(t testing.TB) []dragoman.Record {
	t.Helper()
	b := codebook(t)
	visit := tableEvent(1, "CONSULT", "042", dragoman.Happened, []dragoman.Party{testMinister}, []dragoman.Party{testSudan})
	visit.Modes, visit.Contexts, visit.Place = []string{"visit"}, []string{"diplomatic", "military"}, testAdre
	mutual := tableEvent(2, "COOPERATE", "062", dragoman.Ongoing, []dragoman.Party{testSudan, testChad, testMinister}, nil)
	mutual.From = mutual.To - 3
	claimed := tableEvent(3, "ASSAULT", "190", dragoman.Happened, []dragoman.Party{testRebels, testFighter}, []dragoman.Party{testSudan})
	claimed.Modes, claimed.Source, claimed.Sources = []string{"firearms"}, dragoman.Source{Actor: testUN, Text: "a UN spokesman"}, 1
	claimed.Casualties = []dragoman.Count{{What: "killed", Min: 10, Max: 12}, {What: "injured", Min: 20, Max: -1}, {What: "captured", Min: 3, Max: 3}}
	planned := tableEvent(4, "AID", "073", dragoman.Planned, []dragoman.Party{testUN}, []dragoman.Party{testChad})
	planned.Modes, planned.From, planned.To, planned.Day = []string{"humanitarian"}, planned.Day+20, dragoman.NoDay, planned.Day+20
	denied := tableEvent(5, "ASSAULT", "193", dragoman.Denied, []dragoman.Party{testSudan}, []dragoman.Party{testChad})
	denied.Source = dragoman.Source{Anonymous: true}
	said := tableEvent(6, "STATEMENT", "013", dragoman.Happened, []dragoman.Party{testMinister}, nil)
	said.From, said.To, said.Dated = dragoman.NoDay, dragoman.NoDay, false
	bare := dragoman.Record{Provider: "elsewhere", ID: "X-1"}
	bare.Type, bare.Status, bare.Day, bare.From, bare.To, bare.First, bare.Published = "PROTEST", dragoman.Happened, dragoman.NoDay, dragoman.NoDay, dragoman.NoDay, dragoman.NoDay, dragoman.NoDay
	bare.Actors, bare.Told.Published = []dragoman.Party{{Name: "students", Kind: "people"}}, dragoman.NoDay
	all := []dragoman.Record{visit, mutual, claimed, planned, denied, said, bare}
	for i := range all {
		r := &all[i]
		k, ok := b.Type(r.Type)
		if !ok {
			t.Fatalf("no type %s", r.Type)
		}
		code, _ := b.Code(r.CAMEO)
		r.Quad, r.Tone = k.Quad, dragoman.ToneOf(k.Quad, code.Score)
	}
	return all
}

// tablesWritten writes tables of one of everything and returns the folder.
func tablesWritten(t testing.TB, format string) string {
	t.Helper()
	dir := t.TempDir()
	tables, err := NewTables(dir, format, codebook(t))
	if err != nil {
		t.Fatal(err)
	}
	all := tableRecords(t)
	article := all[0].Told
	article.Added, article.Original, article.Version = time.Date(2025, 2, 13, 8, 30, 0, 0, time.UTC), 5, "1"
	err = errors.Join(tables.Article(&article))
	for i := range all {
		err = errors.Join(err, tables.Event(&all[i]))
	}
	err = errors.Join(err, tables.Claim(&dragoman.Claim{Number: 9, Article: 7, Ordinal: 2, Source: dragoman.Source{Actor: testMinister, Text: "the minister"}, Stance: "denies", Manner: "quote",
		Content: "no, \"never\"", About: []dragoman.Party{testSudan, testRebels}, Published: article.Published}),
		tables.Tie(&dragoman.Standing{Number: 4, Article: 7, Ordinal: 1, Subject: testMinister, Relation: "holds_office", Object: testChad, Role: "minister", From: article.Published, To: dragoman.NoDay,
			Status: dragoman.Ongoing, Published: article.Published, Confidence: 0.5}),
		tables.Close())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// sameNames are the columns that the tables share with the exports of the API.
func sameNames(t *testing.T, variable string) []string {
	t.Helper()
	source, err := os.ReadFile("../web/api_stream.go")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(source), "var "+variable+" = []string{")
	list, _, closed := strings.Cut(rest, "}")
	if !ok || !closed {
		t.Fatalf("web/api_stream.go has no %s", variable)
	}
	var all []string
	for name := range strings.SplitSeq(list, ",") {
		all = append(all, strings.Trim(name, " \t\n\""))
	}
	return all
}

func TestColumnsAreNamedAsInTheAPI(t *testing.T) {
	for variable, h := range map[string]tableHead{"eventColumns": eventTable.head(), "articleColumns": articleTable.head(), "tieColumns": tieTable.head()} {
		want := sameNames(t, variable)
		got := each(h.columns, func(c *heading) string { return c.name })
		if !slices.Equal(got[:min(len(want), len(got))], want) {
			t.Errorf("%s begins with %v, the API's %s are %v", h.name, got, variable, want)
		}
	}
}

func readCSV(t *testing.T, path string) (rows []map[string]string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func TestCSV(t *testing.T) {
	dir := tablesWritten(t, "csv")
	tables := map[string][]map[string]string{}
	for _, h := range tableHeads() {
		tables[h.name] = readCSV(t, filepath.Join(dir, h.name+".csv"))
	}
	for _, c := range []struct {
		table        string
		row          int
		column, want string
	}{
		{"events", 0, "event", "1"}, {"events", 0, "day", "2025-02-12"}, {"events", 0, "mode", "visit"}, {"events", 0, "contexts", "diplomatic|military"},
		{"events", 0, "actors", "Idris Olmo"}, {"events", 0, "actor_for", "TCD"}, {"events", 0, "actor_states", "TCD"}, {"events", 0, "recipient_states", "SDN"},
		{"events", 0, "place", "Adré"}, {"events", 0, "lat", "13.4667"}, {"events", 0, "place_id", "gn:245338"}, {"events", 0, "fact", "true"}, {"events", 0, "source", ""},
		{"events", 0, "title", "Talks, \"at last\""}, {"events", 0, "evidence", "Chad's minister met Sudan's envoy – \"früh\" –\nin Adré"}, {"events", 0, "confidence", "0.875"},
		{"events", 0, "published", "2025-02-13"}, {"events", 0, "id", "e1"}, {"events", 0, "goldstein", "1.9"}, {"events", 0, "tone", "1"},
		{"events", 1, "actors", "Sudan|Chad|Idris Olmo"}, {"events", 1, "actor_cameo", "SDN|TCD|TCDGOV"}, {"events", 1, "actor_for", "||TCD"}, {"events", 1, "recipients", ""},
		{"events", 1, "from", "2025-02-09"}, {"events", 1, "place", ""}, {"events", 1, "lat", ""},
		{"events", 2, "actors", "Dune/Front|a fighter"}, {"events", 2, "actor_for", "|new:dune-front"}, {"events", 2, "actor_states", "|"}, {"events", 2, "fact", "false"},
		{"events", 2, "source", "United Nations"}, {"events", 2, "source_id", "un"}, {"events", 2, "source_text", "a UN spokesman"}, {"events", 2, "killed_min", "10"},
		{"events", 2, "killed_max", "12"}, {"events", 2, "injured_max", ""}, {"events", 2, "crowd_min", ""},
		{"events", 3, "type", "AID"}, {"events", 3, "status", "planned"}, {"events", 3, "plover", "AGREE"}, {"events", 3, "fact", "false"}, {"events", 3, "to", ""},
		{"events", 4, "source", "somebody unnamed"}, {"events", 4, "source_id", ""}, {"events", 4, "anonymous", "true"}, {"events", 4, "fact", "false"},
		{"events", 5, "type", "STATEMENT"}, {"events", 5, "plover", ""}, {"events", 5, "quad", ""}, {"events", 5, "dated", "false"},
		{"events", 6, "event", "1"}, {"events", 6, "provider", "elsewhere"}, {"events", 6, "id", "X-1"}, {"events", 6, "day", ""}, {"events", 6, "confidence", ""},
		{"events", 6, "cameo", ""}, {"events", 6, "goldstein", "-6.5"}, {"events", 6, "article", ""}, {"events", 6, "published", ""},
		{"parties", 0, "role", "actor"}, {"parties", 0, "title", "minister of \"roads\", acting"}, {"parties", 0, "sectors", "GOV"}, {"parties", 1, "role", "recipient"},
		{"parties", 4, "position", "3"}, {"parties", 4, "event", "2"}, {"parties", 5, "cameo", "SDNREB"}, {"parties", 6, "named", "false"},
		{"claims", 0, "claim", "9"}, {"claims", 0, "content", "no, \"never\""}, {"claims", 0, "id", "a2"}, {"claims", 0, "article", "7"},
		{"about", 1, "claim", "9"}, {"about", 1, "position", "2"}, {"about", 1, "actor", "new:dune-front"},
		{"ties", 0, "relation", "holds_office"}, {"ties", 0, "role", "minister"}, {"ties", 0, "to", ""}, {"ties", 0, "corrected", "false"},
		{"articles", 0, "copy_of", "5"}, {"articles", 0, "added", "2025-02-13T08:30:00Z"}, {"articles", 0, "key", "k7"},
		{"actors", 0, "aliases", "Olmo|I. Olmo"}, {"actors", 1, "actor", "TCD"}, {"actors", 1, "wikidata", "Q657"},
		{"places", 0, "geonames", "245338"}, {"places", 0, "contained_in", "TCD"},
	} {
		if len(tables[c.table]) <= c.row {
			t.Errorf("%s has %d rows", c.table, len(tables[c.table]))
			continue
		}
		got, ok := tables[c.table][c.row][c.column]
		if !ok || got != c.want {
			t.Errorf("%s, row %d: %s is %q, not %q", c.table, c.row, c.column, got, c.want)
		}
	}
	for table, want := range map[string]int{"events": 7, "parties": 14, "claims": 1, "about": 2, "ties": 1, "articles": 1, "actors": 6, "places": 1} {
		if got := len(tables[table]); got != want {
			t.Errorf("%s has %d rows, not %d", table, got, want)
		}
	}
}

// eventAsParquet is what a program wants of events.parquet; a column of another type
// would not be read into it.
type eventAsParquet struct {
	Event      int64    `parquet:"event"`
	Day        *int32   `parquet:"day,date"`
	Type       string   `parquet:"type"`
	Mode       []string `parquet:"mode,list"`
	CAMEO      *string  `parquet:"cameo"`
	Tone       int64    `parquet:"tone"`
	Actors     []string `parquet:"actors,list"`
	ActorFor   []string `parquet:"actor_for,list"`
	Recipients []string `parquet:"recipients,list"`
	Lat        *float64 `parquet:"lat"`
	Source     *string  `parquet:"source"`
	Evidence   *string  `parquet:"evidence"`
	Confidence *float64 `parquet:"confidence"`
	To         *int32   `parquet:"to,date"`
	Fact       bool     `parquet:"fact"`
	KilledMax  *int64   `parquet:"killed_max"`
	InjuredMax *int64   `parquet:"injured_max"`
}

func TestParquet(t *testing.T) {
	dir := tablesWritten(t, "parquet")
	events, err := parquet.ReadFile[eventAsParquet](filepath.Join(dir, "events.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	if len(events) != 7 {
		t.Fatalf("%d events", len(events))
	}
	day := int32(dragoman.DayOf(2025, time.February, 12))
	visit, mutual, claimed, planned, bare := events[0], events[1], events[2], events[3], events[6]
	for says, ok := range map[string]bool{
		"numbers and days":           visit.Event == 1 && *visit.Day == day && *visit.To == day && visit.Tone == 1 && *visit.Confidence == 0.875,
		"text is as it is told":      *visit.Evidence == "Chad's minister met Sudan's envoy – \"früh\" –\nin Adré" && *visit.CAMEO == "042",
		"lists":                      slices.Equal(visit.Mode, []string{"visit"}) && slices.Equal(mutual.Actors, []string{"Sudan", "Chad", "Idris Olmo"}),
		"lists with empty items":     slices.Equal(mutual.ActorFor, []string{"", "", "TCD"}),
		"a bar within an item stays": claimed.Actors[0] == "Dune|Front",
		"an empty list":              len(mutual.Recipients) == 0,
		"what is not known is null":  mutual.Lat == nil && visit.Source == nil && planned.To == nil && bare.Day == nil && bare.CAMEO == nil && bare.Confidence == nil,
		"a place":                    *visit.Lat == 13.4667,
		"truths":                     visit.Fact && !claimed.Fact && !planned.Fact,
		"figures, one of them open":  *claimed.KilledMax == 12 && claimed.InjuredMax == nil,
		"the source":                 *claimed.Source == "United Nations",
	} {
		if !ok {
			t.Errorf("not right: %s", says)
		}
	}
	articles, err := parquet.ReadFile[struct {
		Added  *time.Time `parquet:"added,timestamp(millisecond)"`
		CopyOf *int64     `parquet:"copy_of"`
		Lead   *string    `parquet:"lead"`
	}](filepath.Join(dir, "articles.parquet"))
	if err != nil || len(articles) != 1 || !articles[0].Added.Equal(time.Date(2025, 2, 13, 8, 30, 0, 0, time.UTC)) || *articles[0].CopyOf != 5 || articles[0].Lead != nil {
		t.Errorf("articles: %+v, %v", articles, err)
	}
}

// TestParquetSchema holds the types in the files against those of the dictionary.
func TestParquetSchema(t *testing.T) {
	dir := tablesWritten(t, "parquet")
	types := map[string]string{}
	order := map[string][]string{}
	for _, row := range readCSV(t, filepath.Join(dir, "dictionary.csv")) {
		types[row["table"]+"."+row["column"]] = row["parquet"] + " null=" + strconv.FormatBool(row["null"] != "")
		order[row["table"]] = append(order[row["table"]], row["column"])
	}
	for table, columns := range order {
		f, err := os.Open(filepath.Join(dir, table+".parquet"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		file, err := parquet.OpenFile(f, info.Size())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, field := range file.Root().Columns() {
			got = append(got, field.Name())
			if name := table + "." + field.Name(); parquetName(field) != types[name] {
				t.Errorf("%s is %s, its dictionary says %s", name, parquetName(field), types[name])
			}
		}
		if !slices.Equal(got, columns) {
			t.Errorf("the columns of %s are %v, not %v", table, got, columns)
		}
	}
}

// parquetName is the type of a column in the words of the dictionary.
func parquetName(c *parquet.Column) string {
	null := " null=" + strconv.FormatBool(c.Optional())
	if !c.Leaf() {
		if c.Type().LogicalType().String() == "LIST" && c.Column("list").Column("element").Type().String() == "STRING" {
			return "LIST of STRING" + null
		}
		return c.Type().String()
	}
	switch name := c.Type().String(); name {
	case "INT(64,true)":
		return "INT64" + null
	case "TIMESTAMP(isAdjustedToUTC=true,unit=MILLIS)":
		return "TIMESTAMP, milliseconds in UTC" + null
	default:
		return name + null
	}
}

// TestNeverEmpty holds that columns which say so are never empty.
func TestNeverEmpty(t *testing.T) {
	for _, row := range readCSV(t, filepath.Join(tablesWritten(t, "csv"), "dictionary.csv")) {
		if row["type"] == "list" && row["null"] != "" {
			t.Errorf("the list %s.%s may be null", row["table"], row["column"])
		}
	}
	dir := tablesWritten(t, "csv")
	for _, h := range tableHeads() {
		for i, row := range readCSV(t, filepath.Join(dir, h.name+".csv")) {
			for _, c := range h.columns {
				if row[c.name] == "" && c.null == "" && c.kind != ofList {
					t.Errorf("%s, row %d: %s is empty", h.name, i, c.name)
				}
			}
		}
	}
}

func TestWithoutDatabase(t *testing.T) {
	dir := t.TempDir()
	tables, err := NewTables(dir, "csv", codebook(t))
	if err != nil {
		t.Fatal(err)
	}
	r := tableRecords(t)[0]
	r.Number, r.Article, r.Told.Number = 0, 0, 0
	for _, key := range []string{"first", "second"} {
		r.Told.Key = key
		stranger := r
		stranger.Told.Key = "third"
		if err := errors.Join(tables.Article(&r.Told), tables.Event(&r), tables.Claim(&dragoman.Claim{Source: r.Source, Published: dragoman.NoDay}),
			tables.Tie(&dragoman.Standing{From: dragoman.NoDay, To: dragoman.NoDay, Published: dragoman.NoDay}), tables.Event(&stranger)); err != nil {
			t.Fatal(err)
		}
	}
	if err := tables.Close(); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, table := range []string{"articles", "events", "claims", "ties", "parties"} {
		for _, row := range readCSV(t, filepath.Join(dir, table+".csv")) {
			got = append(got, table[:1]+row["event"]+row["claim"]+row["tie"]+"a"+row["article"])
		}
	}
	if want := strings.Fields("aa1 aa2 e1a1 e2a e3a2 e4a c1a1 c2a2 t1a1 t2a2 p1a p1a p2a p2a p3a p3a p4a p4a"); !slices.Equal(got, want) {
		t.Errorf("the numbers are %v, not %v", got, want)
	}
}

func TestAllOrNothing(t *testing.T) {
	dir := tablesWritten(t, "csv")
	before := readFolder(t, dir)
	begin := func() *Tables {
		tables, err := NewTables(dir, "csv", codebook(t))
		if err != nil {
			t.Fatal(err)
		}
		if err := tables.Event(&tableRecords(t)[0]); err != nil {
			t.Fatal(err)
		}
		return tables
	}
	tables := begin()
	tables.Discard()
	if after := readFolder(t, dir); !slices.Equal(before, after) {
		t.Errorf("what was discarded left %v", after)
	}
	if err := errors.Join(tables.Event(&tableRecords(t)[0]), tables.Article(&dragoman.Entry{}), tables.Claim(&dragoman.Claim{}), tables.Tie(&dragoman.Standing{})); err == nil {
		t.Error("what was discarded takes records")
	}

	tables = begin()
	tables.files[0].File.Close() // as a disk that is full
	err := tables.Close()
	if err == nil {
		t.Error("a file that cannot be written is no error")
	}
	if after := readFolder(t, dir); !slices.Equal(before, after) {
		t.Errorf("what failed left %v", after)
	}
	if again := tables.Close(); again == nil {
		t.Error("what failed is closed well the second time")
	}

	tables = begin()
	if err := tables.Close(); err != nil {
		t.Fatal(err)
	}
	tables.Discard()
	if after := readFolder(t, dir); slices.Equal(before, after) || len(after) != len(before) {
		t.Errorf("what was closed is not there: %v", after)
	}
}

// readFolder returns the names and sizes of files.
func readFolder(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprint(e.Name(), " ", info.Size()))
	}
	return all
}

func TestTablesCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for dir, format := range map[string]string{file: "csv", t.TempDir(): "xlsx"} {
		if _, err := NewTables(dir, format, codebook(t)); err == nil {
			t.Errorf("tables as %s in %s can be made", format, dir)
		}
	}
}

// TestDictionary holds docs/tables.md against what is written beside the tables.
func TestDictionary(t *testing.T) {
	const path = "../docs/tables.md"
	var want bytes.Buffer
	if err := dictionaryText(&want); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("%s is not what the columns say (%v); go test ./exchange -run Dictionary -update rewrites it", path, err)
	}
	beside, err := os.ReadFile(filepath.Join(tablesWritten(t, "csv"), "dictionary.md"))
	if err != nil || !bytes.Equal(beside, want.Bytes()) {
		t.Errorf("dictionary.md is another one: %v", err)
	}
	for _, h := range tableHeads() {
		for _, c := range h.columns {
			if strings.ContainsAny(c.about+c.null+c.unit, "|\n") || c.about == "" {
				t.Errorf("%s.%s cannot stand in a table of Markdown: %q", h.name, c.name, c.about)
			}
		}
	}
}

func BenchmarkCSVTables(b *testing.B)     { benchmarkTables(b, "csv") }
func BenchmarkParquetTables(b *testing.B) { benchmarkTables(b, "parquet") }

func benchmarkTables(b *testing.B, format string) {
	all := tableRecords(b)
	tables, err := NewTables(b.TempDir(), format, codebook(b))
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		r := &all[i%len(all)]
		r.Number = int64(i + 1)
		if err := tables.Event(r); err != nil {
			b.Fatal(err)
		}
	}
	if err := tables.Close(); err != nil {
		b.Fatal(err)
	}
}
