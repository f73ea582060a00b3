package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pb33f/jsonschema/v6"

	"dragoman"
)

// Names of the codebook's chapter "JSON Data Fields", draft 0.7b1 of 2021:
// https://github.com/openeventdata/PLOVER/blob/master/PLOVER_MANUAL.tex. dead and
// injured stand in its section on ASSAULT.
var ploverNames = map[string][]string{
	"": strings.Fields(`id has_event date time enddate endtime source recipient event event_loc event_text quad_code event_scale mode context link
		text text_info cite_info coder coded_date coded_time comment dead injured size`),
	"source":    strings.Fields("code sector actor_text identifer_id identifer_text actor_loc religion ethnicity office gender age"),
	"cite_info": strings.Fields("corpus citation url title language publication license copyright coder codebook version"),
	"event_loc": {"geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature class", "feature code", "country code", "cc3", "cc2",
		"admin1 code", "admin2 code", "admin3 code", "admin4 code", "population", "elevation", "dem", "timezone"},
}

// The categories, with their quads, as POLECAT has them of PLOVER: "PLOVER and
// POLECAT: A New Political Event Ontology and Dataset", table 1,
// https://osf.io/preprints/socarxiv/rm5dw/.
var ploverQuads = map[string]int{"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
	"REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}

func ploverSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	s, err := c.Compile("../docs/plover.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ploverLines writes records and returns the lines as JSON, held against the schema.
func ploverLines(t *testing.T, all ...dragoman.Record) (text []byte, lines []map[string]any) {
	t.Helper()
	var out bytes.Buffer
	w := plover.Write(&out, codebook(t))
	for i := range all {
		if err := w.Write(&all[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	schema := ploverSchema(t)
	for line := range bytes.Lines(out.Bytes()) {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s\n%v", line, err)
		}
		var m map[string]any
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, m)
	}
	if len(lines) != len(all) {
		t.Fatalf("%d lines for %d records", len(lines), len(all))
	}
	return out.Bytes(), lines
}

func TestPloverNames(t *testing.T) {
	_, lines := ploverLines(t, tableRecords(t)...)
	check := func(where string, v map[string]any) {
		for name := range v {
			if name != "dragoman" && !slices.Contains(ploverNames[where], name) {
				t.Errorf("the codebook has no %q in %q", name, where)
			}
		}
	}
	ids := map[string]bool{}
	for _, l := range lines {
		check("", l)
		for _, side := range []string{"source", "recipient"} {
			for _, a := range l[side].([]any) {
				check("source", a.(map[string]any))
			}
		}
		for _, name := range []string{"cite_info", "event_loc"} {
			if v, ok := l[name].(map[string]any); ok {
				check(name, v)
			}
		}
		if id := l["id"].(string); ids[id] {
			t.Errorf("two events are %s", id)
		} else {
			ids[id] = true
		}
	}
}

func TestPloverCategories(t *testing.T) {
	b := codebook(t)
	for kind, quad := range ploverQuads {
		r := tableEvent(1, kind, "", dragoman.Happened, []dragoman.Party{testChad}, nil)
		_, lines := ploverLines(t, r)
		if l := lines[0]; l["has_event"] != true || l["event"].([]any)[0] != kind || l["quad_code"] != float64(quad) {
			t.Errorf("%s is %v of quad %v, not %d", kind, l["event"], l["quad_code"], quad)
		}
	}
	for kind := range b.Types() {
		if _, ok := ploverQuads[kind]; !ok && kind != "STATEMENT" {
			t.Errorf("PLOVER has no %s", kind)
		}
	}
}

// TestPloverWritten holds what a program sees that knows the codebook alone.
func TestPloverWritten(t *testing.T) {
	_, lines := ploverLines(t, tableRecords(t)...)
	visit, mutual, claimed, planned, denied, said, bare := lines[0], lines[1], lines[2], lines[3], lines[4], lines[5], lines[6]
	for _, c := range []struct {
		of   map[string]any
		path string
		want string // as JSON
	}{
		{visit, "id", `"dragoman:1"`}, {visit, "date", `"2025-02-12"`}, {visit, "event", `["CONSULT"]`}, {visit, "mode", `["visit"]`}, {visit, "context", `["diplomatic","military"]`},
		{visit, "source.0.code", `"TCD"`}, {visit, "source.0.sector", `"GOV"`}, {visit, "source.0.office", `"minister of \"roads\", acting"`}, {visit, "source.0.actor_text", `"Idris Olmo"`},
		{visit, "recipient.0.code", `"SDN"`}, {visit, "recipient.0.identifer_id", `"Q1049"`}, {visit, "recipient.0.identifer_text", `"Sudan"`}, {visit, "recipient.0.actor_text", `null`},
		{visit, "event_loc.geonameid", `245338`}, {visit, "event_loc.country code", `"TD"`}, {visit, "event_loc.cc3", `"TCD"`}, {visit, "event_loc.latitude", `13.4667`},
		{visit, "quad_code", `1`}, {visit, "event_scale", `4`}, {visit, "coder", `"dragoman"`}, {visit, "cite_info.url", `"https://example.org/7?a=1&b=2"`},
		{mutual, "source.2.identifer_text", `"Idris Olmo"`}, {mutual, "recipient", `[]`},
		{claimed, "source.0.code", `"SDN"`}, {claimed, "source.0.sector", `"REB"`}, {claimed, "source.1.code", `null`}, {claimed, "dead", `null`}, {claimed, "injured", `null`},
		{claimed, "dragoman.according_to.text", `"a UN spokesman"`}, {claimed, "dragoman.according_to.actor.id", `"un"`},
		{planned, "event", `["AGREE"]`}, {planned, "mode", `[]`}, {planned, "context", `[]`}, {planned, "source.0.code", `"IGO"`}, {planned, "source.0.sector", `null`},
		{planned, "dragoman.type", `"AID"`}, {planned, "dragoman.modes", `["humanitarian"]`}, {planned, "dragoman.status", `"planned"`},
		{denied, "event", `["ASSAULT"]`}, {denied, "context", `["negation"]`}, {denied, "dragoman.according_to.anonymous", `true`},
		{said, "has_event", `false`}, {said, "event", `[]`}, {said, "quad_code", `null`}, {said, "event_scale", `null`}, {said, "dragoman.type", `"STATEMENT"`},
		{bare, "id", `"elsewhere:X-1"`}, {bare, "date", `null`}, {bare, "coder", `"elsewhere"`}, {bare, "cite_info", `null`}, {bare, "event_loc", `null`}, {bare, "source.0.code", `null`},
	} {
		if got := jsonAt(c.of, c.path); got != c.want {
			t.Errorf("%s: %s is %s, not %s", c.of["id"], c.path, got, c.want)
		}
	}

	exact := tableRecords(t)[2]
	exact.Casualties = []dragoman.Count{{What: "killed", Min: 0, Max: 0}, {What: "injured", Min: 7, Max: 7}}
	exact.Status, exact.Number, exact.Told.Key = dragoman.Hypothetical, 0, "k"
	_, lines = ploverLines(t, exact)
	if l := lines[0]; jsonAt(l, "dead") != "0" || jsonAt(l, "injured") != "7" || jsonAt(l, "context") != `["hypothetical"]` || jsonAt(l, "id") != `"dragoman:k:e3"` {
		t.Errorf("got %v", l)
	}
	exact.Type, exact.Status = "MOBILIZE", dragoman.Planned // which PLOVER does not fold
	if _, lines = ploverLines(t, exact); jsonAt(lines[0], "context") != `["future"]` || jsonAt(lines[0], "event") != `["MOBILIZE"]` {
		t.Errorf("got %v", lines[0])
	}
}

// jsonAt returns what stands at a path, as JSON; "null" for nothing.
func jsonAt(v any, path string) string {
	for step := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[step]
		case []any:
			v = in[step[0]-'0']
		default:
			v = nil
		}
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)
	return strings.TrimSpace(out.String())
}

// sameEvent says what two records differ in, as JSON.
func sameEvent(t *testing.T, got, want dragoman.Record) {
	t.Helper()
	a, errA := json.MarshalIndent(got, "", " ")
	b, errB := json.MarshalIndent(want, "", " ")
	if err := errors.Join(errA, errB); err != nil {
		t.Fatal(err)
	}
	gots, wants := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(gots), len(wants)) {
		if gots[i] != wants[i] {
			t.Errorf("event %d: %s is not %s", want.Number, gots[i], wants[i])
			return
		}
	}
	if len(gots) != len(wants) {
		t.Errorf("event %d: %d lines where there were %d", want.Number, len(gots), len(wants))
	}
}

func TestPloverRoundTrip(t *testing.T) {
	all := tableRecords(t)
	text, _ := ploverLines(t, all...)
	got, faults := readAll(t, plover, string(text))
	if len(faults) > 0 || len(got) != len(all) {
		t.Fatalf("%d of %d came back: %v", len(got), len(all), faults)
	}
	for i := range all {
		want := all[i]
		want.Told.Key = "" // of the database; PLOVER has no room for what others call an actor
		want.Actors, want.Recipients = withoutAliases(want.Actors), withoutAliases(want.Recipients)
		want.Source.Actor = withoutAliases([]dragoman.Party{want.Source.Actor})[0]
		want.Source.Actor.Wikidata = ""
		want.Casualties = slices.Clone(want.Casualties)
		slices.SortFunc(want.Casualties, func(a, b dragoman.Count) int { return strings.Compare(a.What, b.What) })
		sameEvent(t, got[i], want)
	}
}

// withoutAliases returns parties as PLOVER's JSON holds them.
func withoutAliases(all []dragoman.Party) []dragoman.Party {
	out := slices.Clone(all)
	for i := range out {
		out[i].Aliases = nil
		out[i].Principals = slices.Clone(out[i].Principals)
		for j := range out[i].Principals {
			out[i].Principals[j].Wikidata = ""
		}
	}
	return out
}

func TestPloverOfOthers(t *testing.T) {
	codebook2021 := `{"id":"P-1","date":"2024-03-05","enddate":"2024-03-07","source":[{"code":"TCD","sector":"GOVMIL","identifer_text":"Chadian guard","identifer_id":"https://www.wikidata.org/wiki/Q5"}],` +
		`"recipient":[{"code":"IGO","actor_text":"dune observers"}],"event":["DEMAND","AGREE"],"mode":["yield"],"context":["military","future"],"quad_code":3,"dead":4,"injured":"some",` +
		`"event_loc":{"geonameid":245338,"name":"Adré","latitude":"13.46","longitude":22.2,"country code":"TD"},"text":"The guard demands.","event_text":["demands"],` +
		`"cite_info":{"url":"https://example.org/p","title":"Demands","language":"en","publication":"The Post"},"coder":"someone","has_event":true}`
	draft2016 := `{"id": "G-2", "date": "2000-01-01", "source": [{"actorText": "Northern envoy", "code": "SDN", "sector": "GOV"}], "target": "", "event": "INVESTIGATE", "eventText": "looks into",
 "context": "", "mode": "", "text": "An envoy looks into it.", "textInfo": {"markup": "x"}, "language": "en", "publication": "Tales", "coder": "Somebody", "comment": ""}`
	ngec := `{"id":"20240305-1_ASSAULT_","event_type":"ASSAULT","event_mode":["firearms"],"contexts":["terrorism"],"attributes":{"ACTOR":[{"text":"the front","wiki":"Dune Front","country":"SDN","code_1":"REB","code_2":""}],` +
		`"RECIP":[{"text":"guards","wiki":"","country":"TCD","code_1":"MIL"}],"LOC":[{"text":"Adré"}]},"event_geolocation":{"reason":"fits","geo":{"country_code3":"TCD","lat":13.4,"lon":22.2,"geonameid":"245338","resolved_placename":"Adré","feature_code":"PPL"}},` +
		`"pub_date":"2024-03-06","date_resolved":"2024-03-05","date_raw":"Tuesday","headline":"Shots","publisher":"wire","story_id":"S-9","event_text":"A whole story."}`
	whole := `{"id":7,"date":"2024-03-05","source":[{"code":"USA"}],"recipient":[{"code":"XX?"}],"event":["CONSULT"],"event_loc":{"name":"Chad","cc3":"TCD","feature code":"PCLI"}}`
	all, faults := readAll(t, plover, "\ufeff"+strings.Join([]string{codebook2021, strings.ReplaceAll(draft2016, "\n", ""), "", ngec, whole}, "\r\n"))
	if len(faults) > 0 || len(all) != 5 {
		t.Fatalf("%d records: %v", len(all), faults)
	}
	day := dragoman.DayOf(2024, time.March, 5)
	for i, c := range []struct {
		name string
		ok   func(r *dragoman.Record) bool
	}{
		{"the first type", func(r *dragoman.Record) bool {
			return r.Type == "REQUEST" && r.ID == "P-1:DEMAND" && r.Provider == "someone"
		}},
		{"the second", func(r *dragoman.Record) bool { return r.Type == "AGREE" && r.ID == "P-1:AGREE" }},
		{"a type that is now a mode", func(r *dragoman.Record) bool {
			return r.Type == "ACCUSE" && slices.Equal(r.Modes, []string{"investigate"}) && r.Told.Outlet == "Tales" && len(r.Recipients) == 0 &&
				r.Words == "looks into" && r.Actors[0].Name == "Northern envoy" && r.Actors[0].Principals[0].ID == "SDN"
		}},
		{"NGEC", func(r *dragoman.Record) bool {
			return r.Type == "ASSAULT" && r.Day == day && r.Published == day+1 && r.Dated && r.Actors[0].Name == "Dune Front" && slices.Equal(r.Actors[0].Sectors, []string{"REB"}) &&
				r.Recipients[0].CAMEO == "TCDMIL" && r.Place.ID == "gn:245338" && r.Place.Country == "TCD" && r.Place.Located && r.Words == "" && r.Told.Title == "Shots" && r.Told.ID == "S-9"
		}},
		{"states", func(r *dragoman.Record) bool {
			return r.ID == "7" && r.Actors[0].ID == "USA" && r.Actors[0].Kind == "state" && r.Recipients[0].Name == "XX?" && r.Recipients[0].Country == "" && r.Place.ID == "TCD"
		}},
	} {
		if !c.ok(&all[i]) {
			t.Errorf("%s: %+v", c.name, all[i])
		}
	}
	r := all[0]
	if r.From != day || r.To != day+2 || r.Status != dragoman.Planned || !slices.Equal(r.Contexts, []string{"military"}) || len(r.Casualties) != 1 || r.Casualties[0].Min != 4 ||
		r.Place.Country != "TCD" || r.Place.Lat != 13.46 || r.Actors[0].Wikidata != "Q5" || !slices.Equal(r.Actors[0].Sectors, []string{"GOV", "MIL"}) || r.Recipients[0].Sectors[0] != "IGO" {
		t.Errorf("got %+v", r)
	}
}

func TestPloverFaults(t *testing.T) {
	good := `{"id":"1","date":"2024-03-05","source":[],"event":["AID"]}`
	for line, want := range map[string]string{
		`[1]`:        "one JSON object a line",
		`{"id":"1",`: "unexpected end of JSON input",
		`{"id":"1","date":"2024-03-05","source":[]}`:                                                     "neither event nor event_type",
		`{"id":"1","date":"2024-03-05","source":[],"event":["CRIME"]}`:                                   `no type "CRIME"`,
		`{"id":"1","date":"yesterday","source":[],"event":["AID"]}`:                                      `"yesterday" is not a date`,
		`{"id":"1","date":"2024-03-05","source":"USA","event":["AID"]}`:                                  `"USA" stands where a list of actors belongs`,
		`{"id":{"a":1},"date":"2024-03-05","source":[],"event":["AID"]}`:                                 "stands where a text or number belongs",
		`{"id":"1","date":"2024-03-05","source":[],"event":[],"dragoman":{"type":"AID","status":"odd"}}`: `status is "odd"`,
		`{"id":"1","date":"2024-03-05","source":[],"event":[],"dragoman":{"type":"X"}}`:                  `no type "X"`,
	} {
		all, faults := readAll(t, plover, good+"\n"+line+"\n"+good+"\n")
		if len(all) != 2 || len(faults) != 1 || !strings.HasPrefix(faults[0], "line 2: ") || !strings.Contains(faults[0], want) {
			t.Errorf("%s: %d records, %q, not %q", line, len(all), faults, want)
		}
	}
	long := `{"id":"` + strings.Repeat("x", longestObject) + `"}`
	all, faults := readAll(t, plover, good+"\n"+long+"\n"+good)
	if len(all) != 2 || len(faults) != 1 || !strings.Contains(faults[0], "line 2: the line is longer") {
		t.Errorf("a long line: %d records, %.100q", len(all), faults)
	}
}

func TestDetectLines(t *testing.T) {
	text, _ := ploverLines(t, tableRecords(t)...)
	for _, c := range []struct{ file, want string }{
		{string(text), "plover"},
		{"\ufeff" + string(text), "plover"},
		{`{"id":"a","event_type":"AID","event_mode":[],"event_text":"x"`, "plover"},
		{`{"schema":"dragoman/reading/1","version":"1","article":{"id":"` + strings.Repeat("x", headBytes), "reading"},
		{"actors;day\n", ""}, {"day,type,actors\n", ""}, {"", ""}, {"{}", ""}, {`{"id":"x","schema":"Event","properties":{}}`, ""},
		{"day,type,actors,recipients,note\n2024-01-01,AID,UN,Chad,\n", "csv"},
		{"\ufeffevent,day,status,cameo,actor_ids,recipient_ids\r\n", "csv"},
		{" Day,Type,Actors,Recipients\n", "csv"}, {"PAR1\x15", "parquet"},
	} {
		f, err := Detect(bufio.NewReaderSize(strings.NewReader(c.file), headBytes))
		if f.Name != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%.60q is %q (%v), not %q", c.file, f.Name, err, c.want)
		}
	}
}

func FuzzPlover(f *testing.F) {
	for _, s := range []string{`{"id":"1","date":"2024-03-05","source":[{"code":"USA","sector":"GOV"}],"event":["AID"],"event_loc":{"latitude":1,"longitude":"2"}}`,
		`{"event_type":["AID","X"],"attributes":{"ACTOR":[{"text":"a"}]},"event_geolocation":{"geo":null},"pub_date":null}`,
		`{"source":"","target":{},"event":"FIGHT","mode":null,"context":[1,true],"date":20240305}`,
		`{"dragoman":{"type":"AID","status":"planned","according_to":{"actor":{"acts_for":[{"acts_for":[{}]}]}},"casualties":{"killed":{"min":-1}}},"event":[]}`, "[]\n\n{}\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		all, _ := readAll(t, plover, text)
		b := rowBook()
		w := plover.Write(io.Discard, b)
		for i := range all {
			if err := w.Write(&all[i]); err != nil {
				t.Errorf("what was read cannot be written: %v", err)
			}
		}
	})
}

func BenchmarkPlover(b *testing.B) {
	all := tableRecords(b)
	w := plover.Write(io.Discard, codebook(b))
	for i := 0; b.Loop(); i++ {
		if err := w.Write(&all[i%len(all)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPloverRead(b *testing.B) {
	var out bytes.Buffer
	w := plover.Write(&out, codebook(b))
	all := tableRecords(b)
	for i := range all {
		if err := w.Write(&all[i]); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	text := out.Bytes()
	r := plover.Read(bufio.NewReader(&again{text: text}), codebook(b))
	for b.Loop() {
		if _, err := r.Next(); err != nil {
			b.Fatal(err)
		}
	}
}

// again reads a text over and over.
type again struct {
	text []byte
	at   int
}

func (a *again) Read(p []byte) (int, error) {
	n := copy(p, a.text[a.at:])
	a.at = (a.at + n) % len(a.text)
	return n, nil
}
