package exchange

import (
	"slices"
	"strings"
	"testing"
	"time"

	"dragoman"
	"dragoman/data"
	"dragoman/export"
	"dragoman/sketch"
	"dragoman/story"
)

// readDocument is an article that was read by hand: two claims in it, a plan, and
// actors of every kind that acts for somebody.
func readDocument() *dragoman.Document {
	d := sketch.Document("Olmo/NNP/4/nsubj of/IN/3/case Chad/NNP/1/nmod met/VBD/0/root fighters/NNS/4/obj in/IN/7/case Adré/NNP/4/obl" +
		" ,/,/4/punct the/DT/10/det agency/NN/11/nsubj said/VBD/4/parataxis")
	d.ID, d.Title, d.URL, d.Outlet, d.Language, d.Published = "paper-7", "Talks", "https://example.org/7", "The Dune Post", "en", dragoman.DayOf(2025, time.February, 13)
	span := func(first, end int) dragoman.Span {
		return dragoman.Span{Start: d.Tokens[first].Start, End: d.Tokens[end-1].End}
	}
	mention := func(token, chain int, form dragoman.Form) {
		d.Mentions = append(d.Mentions, dragoman.Mention{Span: span(token, token+1), First: token, End: token + 1, Head: token, Form: form, Chain: chain})
	}
	mention(0, 0, dragoman.Name)
	mention(2, 1, dragoman.Name)
	mention(4, 2, dragoman.Nominal)
	mention(6, 3, dragoman.Name)
	mention(9, 4, dragoman.Nominal)
	d.Actors = []dragoman.Actor{
		{ID: "new:olmo", Name: "Olmo", Kind: "person", Title: "minister", Country: "TCD", Sectors: []string{"GOV"}, CAMEO: "TCDGOV", MemberOf: []string{"new:party"}, Mentions: []int{0}},
		{ID: "TCD", Name: "Chad", Kind: "state", Country: "TCD", CAMEO: "TCD", Mentions: []int{1}},
		{ID: "new:fighters", Name: "fighters", Kind: "people", Sectors: []string{"REB"}, Mentions: []int{2}},
		{ID: "new:agency", Name: "agency", Kind: "media", Sectors: []string{"JRN"}, Mentions: []int{4}},
	}
	d.Places = []dragoman.Place{{ID: "gn:245338", Name: "Adré", Kind: "settlement", Country: "TCD", Lat: 13.4, Lon: 22.2, Located: true, ContainedIn: []string{"TCD"}, Mentions: []int{3}}}
	d.Attributions = []dragoman.Attribution{
		{Source: span(8, 10), SourceHead: 9, Cue: span(10, 11), CueHead: 10, Content: span(0, 7), End: 7, Manner: dragoman.Paraphrase, Stance: "asserts", Parent: -1, Continues: -1},
		{SourceHead: -1, CueHead: -1, Anonymous: true, Content: span(0, 7), End: 7, Manner: dragoman.Paraphrase, Stance: "denies", Parent: -1, Continues: -1},
	}
	t := dragoman.Telling{Trigger: span(3, 4), Head: 3, Evidence: span(0, 7)}
	day := d.Published
	event := func(kind, cameo string, status dragoman.Status, from, to dragoman.Day, by ...int) {
		d.Events = append(d.Events, dragoman.Event{Type: kind, CAMEO: cameo, Quad: codebookQuads[kind], Modes: []string{"m"}, Contexts: []string{"military"}, Status: status, From: from, To: to,
			Actors: []int{0, 1}, Recipients: []int{2}, Place: 0, AccordingTo: by, Telling: t, Confidence: 0.75})
	}
	event("CONSULT", "042", dragoman.Happened, day-1, day-1, 0)
	event("ASSAULT", "190", dragoman.Denied, day-20, day-2, 1, 0)
	event("AID", "073", dragoman.Planned, day+3, dragoman.NoDay)
	event("ASSAULT", "190", dragoman.Ongoing, day-20, dragoman.NoDay)
	event("STATEMENT", "012", dragoman.Happened, dragoman.NoDay, dragoman.NoDay)
	event("PROTEST", "141", dragoman.Happened, dragoman.NoDay, day-9)
	event("PROTEST", "141", dragoman.Planned, day-1, day+1)
	d.Events[5].Place, d.Events[5].Recipients = -1, nil
	d.Events[1].Casualties = []dragoman.Count{{What: "injured", Min: 3, Max: -1}, {What: "killed", Min: 1, Max: 2}}
	return d
}

var codebookQuads = map[string]string{"CONSULT": "verbal-cooperation", "ASSAULT": "material-conflict", "AID": "material-cooperation", "PROTEST": "material-conflict"}

// TestReadingIsWhatIsFiled holds that a reading gives the records that are stored of
// the same article.
func TestReadingIsWhatIsFiled(t *testing.T) {
	desk, err := story.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, published := range []dragoman.Day{dragoman.DayOf(2025, time.February, 13), dragoman.NoDay} {
		d := readDocument()
		d.Published = published
		line, err := export.NewReading(d, "1", 0).JSON()
		if err != nil {
			t.Fatal(err)
		}
		filing := desk.File(d, nil, "1", 0)
		want := filing.Records()
		got, faults := readAll(t, readings, "\ufeff"+string(line)+"\r\n\n"+string(line))
		if len(faults) > 0 || len(got) != 2*len(want) {
			t.Fatalf("%d records where %d were filed: %v", len(got), len(want), faults)
		}
		for i := range want {
			w := &want[i]
			w.Told.Key, w.Told.Root, w.Told.Lead, w.Told.Origin = "", "", "", ""
			w.Trigger = dragoman.Span{} // of a text that the reading has, and a record has not
			w.Origin = got[i].Origin    // of the outlet or by attribution; a filing leaves the outlet to the store
			slices.SortFunc(w.Casualties, func(a, b dragoman.Count) int { return strings.Compare(a.What, b.What) })
			for _, side := range [][]dragoman.Party{w.Actors, w.Recipients} {
				for j := range side {
					if side[j].ID == "new:olmo" { // whose party is not in the tables
						side[j].Principals = append([]dragoman.Party{{ID: "new:party", Name: "new:party", Kind: "organisation", Named: true}}, side[j].Principals...)
						side[j].Principals[1].Named = true
					}
				}
			}
			sameEvent(t, got[i], *w)
			sameEvent(t, got[len(want)+i], got[i])
		}
	}
}

func TestReadingFaults(t *testing.T) {
	good, err := export.NewReading(readDocument(), "1", 0).JSON()
	if err != nil {
		t.Fatal(err)
	}
	events := len(readDocument().Events)
	for _, c := range []struct {
		old, new, want string
		left           int // events of the line that are read all the same
	}{
		{"dragoman/reading/1", "dragoman/reading/9", `its schema is "dragoman/reading/9"`, 0},
		{`"published":"2025-02-13"`, `"published":"lately"`, `published: "lately" is not a date`, 0},
		{`"recipients":["new:fighters"]`, `"recipients":["new:nobody"]`, `event e1: the reading has no actor "new:nobody"`, events - 1},
		{`"place":"gn:245338"`, `"place":"gn:1"`, `event e1: the reading has no place "gn:1"`, events - 1},
		{`"according_to":["a1"]`, `"according_to":["a9"]`, `event e1: the reading has no attribution "a9"`, events - 1},
		{`"type":"CONSULT"`, `"type":"MEETING"`, `event e1: the ontology has no type "MEETING"`, events - 1},
		{`"status":"happened"`, `"status":"odd"`, `event e1: status is "odd"`, events - 1},
		{`"from":"2025-02-12"`, `"from":"x"`, `event e1: "x" is not a date`, events - 1},
		{`"to":"2025-02-12"`, `"to":"x"`, `event e1: "x" is not a date`, events - 1},
		{`"schema"`, `"schema`, "it is not a reading", 0},
	} {
		bad := strings.Replace(string(good), c.old, c.new, 1)
		if bad == string(good) {
			t.Fatalf("the reading has no %s", c.old)
		}
		all, faults := readAll(t, readings, string(good)+"\n"+bad+"\n"+string(good))
		if len(all) != 2*events+c.left || len(faults) != 1 || !strings.HasPrefix(faults[0], "line 2: ") || !strings.Contains(faults[0], c.want) {
			t.Errorf("%s: %d records, %q, not %q", c.new, len(all), faults, c.want)
		}
	}
}

func FuzzReadings(f *testing.F) {
	good, err := export.NewReading(readDocument(), "1", 0).JSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(good))
	f.Add(`{"schema":"dragoman/reading/1","events":[{"type":"AID","status":"happened","casualties":{"killed":{}}}]}`)
	f.Fuzz(func(t *testing.T, text string) { readAll(t, readings, text) })
}
