package exchange

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dragoman"
)

// The cast of the tests: invented, but for the states.
var (
	chadState     = dragoman.Party{ID: "TCD", Name: "Chad", Kind: "state", Country: "TCD", CAMEO: "TCD", Wikidata: "Q657", Named: true}
	maliState     = dragoman.Party{ID: "MLI", Name: "Mali", Kind: "state", Country: "MLI", CAMEO: "MLI", Wikidata: "Q912", Named: true}
	kelpFront     = dragoman.Party{ID: "new:kelp & dune front", Name: "Kelp & Dune <Front>", Kind: "armed_group", Country: "NER", Sectors: []string{"REB", "SEP"}, Named: true}
	ministerSaleh = dragoman.Party{ID: "moussa-ministerSaleh-idris", Name: "Moussa Saleh Idris", Kind: "person", Title: "border minister", Country: "TCD", Sectors: []string{"GOV"}, CAMEO: "TCDGOV",
		Aliases: []string{"M. S. Idris"}, Principals: []dragoman.Party{chadState}, Named: true}
	sahelLeague = dragoman.Party{ID: "sahel-sahelLeague", Name: "Sahel League", Kind: "igo", Sectors: []string{"IGO"}, CAMEO: "IGO", Named: true}
	villagers   = dragoman.Party{ID: "new:villagers", Name: "villagers", Kind: "people", Country: "NER", Sectors: []string{"CVL"}}
)

func onDay(t testing.TB, s string) dragoman.Day {
	t.Helper()
	d, err := dragoman.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// cast are records as different as they come.
func cast(t testing.TB) []dragoman.Record {
	told := dragoman.Entry{Number: 7, Key: "k7", ID: "a7", Title: "Raid at “Wadi Doum”", URL: "https://news.example/7?a=1&b=2", Outlet: "Sahel Post", Published: onDay(t, "2025-03-04")}
	raid := dragoman.Record{Told: told, Occurrence: dragoman.Occurrence{Number: 27, Report: dragoman.Report{Ordinal: 1, Type: "ASSAULT", Modes: []string{"firearms", "hostage"}, CAMEO: "190",
		Quad: "material-conflict", Tone: dragoman.MaterialConflict, Status: dragoman.Happened, From: onDay(t, "2025-03-02"), To: onDay(t, "2025-03-02"), Day: onDay(t, "2025-03-02"), Dated: true,
		Actors: []dragoman.Party{kelpFront}, Recipients: []dragoman.Party{villagers, ministerSaleh}, Place: dragoman.Locale{ID: "new:wadi-doum", Name: "Wadi Doum", Kind: "settlement", Country: "TCD", Lat: 18.53, Lon: 20.19, Located: true},
		Evidence: "gunmen of the Front\tfired\x01 at “villagers” &\nthe minister", Confidence: 0.8125}}}
	talks := dragoman.Record{Told: told, Occurrence: dragoman.Occurrence{Number: 28, Report: dragoman.Report{Ordinal: 2, Type: "CONSULT", CAMEO: "040", Quad: "verbal-cooperation", Tone: dragoman.VerbalCooperation,
		Status: dragoman.Planned, From: onDay(t, "2025-04-01"), To: onDay(t, "2025-04-30"), Day: onDay(t, "2025-04-01"), Actors: []dragoman.Party{chadState, maliState, sahelLeague}, Confidence: 0.5}}}
	denied := dragoman.Record{Told: told, Occurrence: dragoman.Occurrence{Number: 29, Report: dragoman.Report{Ordinal: 3, Type: "AID", CAMEO: "072", Quad: "material-cooperation", Tone: dragoman.MaterialCooperation,
		Status: dragoman.Denied, From: dragoman.NoDay, To: dragoman.NoDay, Day: onDay(t, "2025-03-04"), Actors: []dragoman.Party{maliState}, Recipients: []dragoman.Party{kelpFront},
		Source: dragoman.Source{Actor: ministerSaleh, Text: "the minister"}, Confidence: 0.4}}}
	blame := dragoman.Record{Occurrence: dragoman.Occurrence{Report: dragoman.Report{Ordinal: 1, Type: "ACCUSE", Quad: "verbal-conflict", Tone: dragoman.VerbalConflict, Status: dragoman.Happened,
		From: dragoman.NoDay, To: dragoman.NoDay, Day: dragoman.NoDay, Actors: []dragoman.Party{chadState, maliState}}}, Provider: "polecat", ID: "NGEC-1"}
	alone := dragoman.Record{Told: told, Occurrence: dragoman.Occurrence{Number: 31, Report: dragoman.Report{Ordinal: 5, Type: "STATEMENT", CAMEO: "010", Status: dragoman.Happened, Day: onDay(t, "2025-03-04"),
		From: dragoman.NoDay, To: dragoman.NoDay, Actors: []dragoman.Party{{ID: "new:écho-niño", Name: "Écho Niño", Kind: "unknown"}}}}}
	self := dragoman.Record{Told: told, Occurrence: dragoman.Occurrence{Number: 32, Report: dragoman.Report{Type: "COERCE", CAMEO: "173", Quad: "material-conflict", Tone: dragoman.MaterialConflict, Status: dragoman.Ongoing,
		Day: onDay(t, "1969-12-31"), Dated: true, From: onDay(t, "1969-12-31"), To: dragoman.NoDay, Actors: []dragoman.Party{chadState}, Recipients: []dragoman.Party{chadState}}}}
	return []dragoman.Record{raid, talks, denied, blame, alone, self}
}

// writtenAs returns what a format makes of records.
func writtenAs(t testing.TB, f Format, all []dragoman.Record) []byte {
	t.Helper()
	var b bytes.Buffer
	w := f.Write(&b, codebook(t))
	for i := range all {
		if err := w.Write(&all[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLinks(t *testing.T) {
	for i, want := range []string{
		"new:kelp & dune front>new:villagers new:kelp & dune front>moussa-ministerSaleh-idris",
		"TCD>MLI MLI>TCD TCD>sahel-sahelLeague sahel-sahelLeague>TCD MLI>sahel-sahelLeague sahel-sahelLeague>MLI", // they meet each other
		"MLI>new:kelp & dune front",
		"", // both accuse nobody that is told, and not each other
		"",
		"", // nobody is linked to himself
	} {
		r := cast(t)[i]
		var got []string
		for _, l := range links(&r, codebook(t)) {
			got = append(got, l.source.ID+">"+l.target.ID)
			if l.mutual != (i == 1) {
				t.Errorf("record %d: mutual is %v", i, l.mutual)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("record %d: got %s, want %s", i, got, want)
		}
	}
}

func TestEventName(t *testing.T) {
	for _, c := range []struct {
		r    dragoman.Record
		want string
	}{
		{dragoman.Record{Occurrence: dragoman.Occurrence{Number: 5}}, "5"},
		{dragoman.Record{Occurrence: dragoman.Occurrence{Number: 5}, ID: "x"}, "x"},
		{dragoman.Record{ID: "x"}, "x"},
		{dragoman.Record{Told: dragoman.Entry{ID: "a", Key: "k"}, Occurrence: dragoman.Occurrence{Report: dragoman.Report{Ordinal: 3}}}, "k.e3"},
		{dragoman.Record{Told: dragoman.Entry{Key: "k"}, Occurrence: dragoman.Occurrence{Report: dragoman.Report{Ordinal: 3}}}, "k.e3"},
		{dragoman.Record{Told: dragoman.Entry{Key: "k"}}, ""}, // the article does not tell its events apart
	} {
		if got := eventName(&c.r); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// What docs/formats.md promises.
const edgeHeader = "source,target,time,timestamp,event_type,weight,tone,goldstein,mode,cameo,quad,status,according_to,dated,mutual,confidence,place,place_country,lat,lon,event,outlet,url,evidence," +
	"source_name,source_kind,source_country,source_sectors,source_cameo,target_name,target_kind,target_country,target_sectors,target_cameo"

func TestEdges(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(writtenAs(t, edges, cast(t)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], ","); got != edgeHeader {
		t.Errorf("header\n%s, want\n%s", got, edgeHeader)
	}
	if len(rows) != 1+2+6+1 {
		t.Errorf("%d rows", len(rows))
	}
	at := func(row int, column string) string { return rows[row][slices.Index(rows[0], column)] }
	for _, c := range []struct {
		row          int
		column, want string
	}{
		{1, "source", "new:kelp & dune front"}, {1, "target", "new:villagers"}, {1, "time", "2025-03-02"}, {1, "timestamp", "1740873600"}, {1, "event_type", "ASSAULT"}, {1, "weight", "1"},
		{1, "tone", "-2"}, {1, "goldstein", "-10"}, {1, "mode", "firearms|hostage"}, {1, "cameo", "190"}, {1, "status", "happened"}, {1, "according_to", ""}, {1, "dated", "true"},
		{1, "confidence", "0.8125"}, {1, "lat", "18.53"}, {1, "lon", "20.19"}, {1, "event", "27"}, {2, "event", "27"}, {1, "source_sectors", "REB|SEP"}, {1, "source_cameo", "NERREBSEP"},
		{2, "target_name", "Moussa Saleh Idris"}, {2, "target_cameo", "TCDGOV"}, {3, "mutual", "true"}, {3, "status", "planned"}, {3, "lat", ""}, {9, "status", "denied"}, {9, "according_to", "Moussa Saleh Idris"},
		{9, "dated", "false"},
	} {
		if got := at(c.row, c.column); got != c.want {
			t.Errorf("row %d, %s: got %q, want %q", c.row, c.column, got, c.want)
		}
	}
	if edges.Whole || graphml.Whole {
		t.Error("a network tool counts every edge, so that only facts are written unasked")
	}
}

func TestEdgesWithoutDay(t *testing.T) {
	r := cast(t)[2]
	r.Day = dragoman.NoDay
	rows, err := csv.NewReader(bytes.NewReader(writtenAs(t, edges, []dragoman.Record{r}))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][2] != "" || rows[1][3] != "" {
		t.Errorf("%v %v: a day that is not known is an empty cell", rows, err)
	}
}

// A document as the schema of GraphML has it, http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd:
// keys, then graphs, of which each has nodes and edges in any order, of which each has data.
type graphDocument struct {
	XMLName xml.Name `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
	Keys    []struct {
		ID   string `xml:"id,attr"`
		For  string `xml:"for,attr"`
		Name string `xml:"attr.name,attr"`
		Type string `xml:"attr.type,attr"`
	} `xml:"http://graphml.graphdrawing.org/xmlns key"`
	Graphs []struct {
		EdgeDefault string         `xml:"edgedefault,attr"`
		Parts       []graphElement `xml:",any"`
	} `xml:"http://graphml.graphdrawing.org/xmlns graph"`
}

type graphElement struct {
	XMLName xml.Name
	ID      string `xml:"id,attr"`
	Source  string `xml:"source,attr"`
	Target  string `xml:"target,attr"`
	Data    []struct {
		Key   string `xml:"key,attr"`
		Value string `xml:",chardata"`
	} `xml:"http://graphml.graphdrawing.org/xmlns data"`
}

// value returns a data of an element by the name that its key gives it.
func (d *graphDocument) value(of graphElement, name string) string {
	for _, v := range of.Data {
		for _, k := range d.Keys {
			if k.ID == v.Key && k.Name == name {
				return v.Value
			}
		}
	}
	return ""
}

// readGraph reads a document and checks what the schema of GraphML, and its
// primer, demand beside the elements.
func readGraph(t *testing.T, text []byte) (d graphDocument, nodes, edges []graphElement) {
	t.Helper()
	if err := xml.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	kinds, scope := map[string]string{}, map[string]string{}
	for _, k := range d.Keys {
		if kinds[k.ID] != "" || k.ID == "" || k.Name == "" || !slices.Contains([]string{"node", "edge"}, k.For) ||
			!slices.Contains([]string{"boolean", "int", "long", "float", "double", "string"}, k.Type) {
			t.Errorf("key %+v", k)
		}
		kinds[k.ID], scope[k.ID] = k.Type, k.For
	}
	if len(d.Graphs) != 1 || d.Graphs[0].EdgeDefault != "directed" {
		t.Fatalf("%d graphs, directed by default", len(d.Graphs))
	}
	name := regexp.MustCompile(`^[A-Za-z0-9._:-]+$`) // NMTOKEN, of ASCII
	known, ids := map[string]bool{}, map[string]bool{}
	for _, e := range d.Graphs[0].Parts {
		if !name.MatchString(e.ID) || ids[e.ID] {
			t.Errorf("id %q is no name token, or stands twice", e.ID)
		}
		ids[e.ID] = true
		if e.XMLName.Local == "node" {
			known[e.ID] = true
			nodes = append(nodes, e)
		} else {
			edges = append(edges, e)
			if !known[e.Source] || !known[e.Target] {
				t.Errorf("edge %s: an end of %s>%s does not stand before it", e.ID, e.Source, e.Target)
			}
		}
		seen := map[string]bool{}
		for _, v := range e.Data {
			if scope[v.Key] != e.XMLName.Local || seen[v.Key] || !ofType(kinds[v.Key], v.Value) {
				t.Errorf("%s %s: data %+v", e.XMLName.Local, e.ID, v)
			}
			seen[v.Key] = true
		}
	}
	return d, nodes, edges
}

func ofType(kind, value string) bool {
	var err error
	switch kind {
	case "int":
		_, err = strconv.ParseInt(value, 10, 32)
	case "long":
		_, err = strconv.ParseInt(value, 10, 64)
	case "double":
		_, err = strconv.ParseFloat(value, 64)
	case "boolean":
		return value == "true" || value == "false"
	}
	return err == nil && value != ""
}

func TestGraphML(t *testing.T) {
	d, nodes, edges := readGraph(t, writtenAs(t, graphml, cast(t)))
	if len(nodes) != 7 || len(edges) != 9 {
		t.Errorf("%d nodes and %d edges", len(nodes), len(edges))
	}
	for _, c := range []struct {
		of         graphElement
		name, want string
	}{
		{nodes[0], "label", "Kelp & Dune <Front>"}, {nodes[0], "actor", "new:kelp & dune front"}, {nodes[0], "sectors", "REB|SEP"}, {nodes[0], "cameo", "NERREBSEP"},
		{nodes[2], "title", "border minister"}, {nodes[2], "acts_for", "TCD"}, {nodes[3], "wikidata", "Q657"}, {nodes[6], "label", "Écho Niño"},
		{edges[0], "time", "2025-03-02"}, {edges[0], "timestamp", "1740873600"}, {edges[0], "weight", "1"}, {edges[0], "tone", "-2"}, {edges[0], "status", "happened"},
		{edges[0], "evidence", "gunmen of the Front\tfired at “villagers” &\nthe minister"}, {edges[0], "url", "https://news.example/7?a=1&b=2"},
		{edges[0], "event", "27"}, {edges[1], "event", "27"}, {edges[2], "mutual", "true"}, {edges[8], "status", "denied"}, {edges[8], "according_to", "Moussa Saleh Idris"},
	} {
		if got := d.value(c.of, c.name); got != c.want {
			t.Errorf("%s of %s: got %q, want %q", c.name, c.of.ID, got, c.want)
		}
	}
	if nodes[0].ID != "new:kelp_x20__x26__x20_dune_x20_front" || edges[0].Source != nodes[0].ID {
		t.Errorf("node %q", nodes[0].ID)
	}
}

func TestGraphMLEmpty(t *testing.T) {
	if _, nodes, edges := readGraph(t, writtenAs(t, graphml, nil)); len(nodes)+len(edges) > 0 {
		t.Error("nothing is a graph of nothing")
	}
}

func TestNameTokens(t *testing.T) {
	ids := map[string]string{}
	for _, id := range []string{"TCD", "new:a b", "new:a_b", "new:a_x20_b", "é", "\xc3", "�", "_", "a\x00b"} {
		got := nmtoken(id)
		if was, ok := ids[got]; ok {
			t.Errorf("%q and %q are both %s", was, id, got)
		}
		ids[got] = id
	}
}

// fullDisk is written to in vain.
type fullDisk struct{ left int }

func (b *fullDisk) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestWriteFaultsAreTold(t *testing.T) {
	for _, f := range []Format{graphml, edges, followthemoney} {
		w := f.Write(&fullDisk{100}, codebook(t))
		var err error
		for range 1000 {
			for _, r := range cast(t) {
				if err == nil {
					err = w.Write(&r)
				}
			}
		}
		if err == nil {
			t.Errorf("%s: a full disk goes unnoticed until the end", f.Name)
		}
		if w.Close() == nil {
			t.Errorf("%s: Close does not tell either", f.Name)
		}
	}
}

func BenchmarkGraphML(b *testing.B)        { benchmarkWriter(b, graphml) }
func BenchmarkEdges(b *testing.B)          { benchmarkWriter(b, edges) }
func BenchmarkFollowTheMoney(b *testing.B) { benchmarkWriter(b, followthemoney) }

// benchmarkWriter writes one record an iteration.
func benchmarkWriter(b *testing.B, f Format) {
	all := cast(b)[:3]
	w := f.Write(io.Discard, codebook(b))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		r := &all[n%len(all)]
		n++
		r.Occurrence.Number = int64(n)
		if err := w.Write(r); err != nil {
			b.Fatal(err)
		}
	}
}
