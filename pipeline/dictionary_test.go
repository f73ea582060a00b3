package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"dragoman"
	"dragoman/pipeline"
	"dragoman/sketch"
)

const (
	actorsOfOurs = `
VERDANIA_ [VER]
+VERDANIAN_
KOLMAR_ [KOL]
RUDI_STANEK_
	[VERGOV >20300101]
	[VEROPP <20300101]
CHAD_ [CHDXX]
`
	agentsOfOurs = `
POLICE_ {} [~CNS]
HARBOUR_MASTER_ [~HRB]
`
	verbsOfOurs = `
&TAXES
+TOLL
+LEVY

--- CONDEMN [111] ---
CONDEMN

--- WAIVE [---] ---
WAIVE
- * &TAXES [085] # trade
- * JUNK [99X]
`
)

// laid loads the pipeline with files in a data folder.
func laid(t *testing.T, files map[string]string) *pipeline.Reader {
	t.Helper()
	r, err := pipeline.Load(sketch.Tables(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// told returns what a text tells, "code: VER → KOL" in order, of whatever
// confidence, and the codes of its actors.
func told(r *pipeline.Reader, text string) (events, codes []string) {
	d := r.Read(dragoman.Article{ID: "a", Text: text, Language: "en", Published: dragoman.DayOf(2031, 3, 4)})
	for _, e := range d.Events {
		side := func(all []int) string {
			var s []string
			for _, a := range all {
				s = append(s, d.Actors[a].CAMEO)
			}
			return strings.Join(s, " ")
		}
		events = append(events, e.CAMEO+" "+string(e.Status)+": "+side(e.Actors)+" → "+side(e.Recipients))
	}
	for _, a := range d.Actors {
		codes = append(codes, a.Name+" "+a.CAMEO)
	}
	return events, codes
}

// TestDictionaries lays an analyst's dictionaries over the program's own words, or
// puts them in their place.
func TestDictionaries(t *testing.T) {
	const text = "The Verdanian harbour master waived a levy for Kolmar on Monday. Rudi Stanek condemned Kolmar. Chad attacked Kolmar. Kolmar condemned the Verdanian police."
	over := laid(t, map[string]string{"dictionaries/over/actors.txt": actorsOfOurs, "dictionaries/over/agents.txt": agentsOfOurs, "dictionaries/over/verbs.txt": verbsOfOurs})
	events, codes := told(over, text)
	for _, want := range []string{"085 happened: VER → KOL", "111 happened: VERGOV → KOL", "111 happened: KOL → VERCNS"} {
		if !slices.Contains(events, want) {
			t.Errorf("over: no %q among %q", want, events)
		}
	}
	if !slices.ContainsFunc(events, func(e string) bool { return strings.HasPrefix(e, "19") }) {
		t.Errorf("over: what the frames tell is gone: %q", events)
	}
	for _, want := range []string{"Kolmar KOL", "Rudi Stanek VERGOV", "Chad CHDXX"} {
		if !slices.Contains(codes, want) {
			t.Errorf("over: no %q among %q", want, codes)
		}
	}
	instead := laid(t, map[string]string{"dictionaries/instead/verbs.txt": verbsOfOurs, "dictionaries/instead/actors.txt": "KOLMAR_ [KOL]\nRUDI_STANEK_ [VER]\n"})
	events, codes = told(instead, text)
	if want := []string{"111 happened: VER → KOL"}; !slices.Equal(events, want) {
		t.Errorf("instead: %q, want %q", events, want)
	}
	if !slices.Contains(codes, "Chad ") {
		t.Errorf("instead: whom the dictionary does not know has a code: %q", codes)
	}
	alone := laid(t, map[string]string{"dictionaries/over/verbs.txt": verbsOfOurs})
	if events, _ := told(alone, "Norway waived a levy for Sweden on Monday."); !slices.Contains(events, "085 happened: NOR → SWE") {
		t.Errorf("verbs alone, between those whom we know: %q", events)
	}
	for discard, want := range map[string]int{"LEVY": 3, "+LEVY": 0, "HARBOURS": 4} {
		r := laid(t, map[string]string{"dictionaries/over/verbs.txt": verbsOfOurs, "dictionaries/over/actors.txt": actorsOfOurs, "dictionaries/over/discards.txt": discard + "\n"})
		if events, _ := told(r, text); len(events) != want {
			t.Errorf("with the discard %s: %d events, want %d: %q", discard, len(events), want, events)
		}
	}
	d := over.Read(dragoman.Article{ID: "a", Text: text, Language: "en", Published: dragoman.DayOf(2031, 3, 4)})
	for _, e := range d.Events {
		for _, b := range e.Because {
			if strings.HasPrefix(b, "dictionary:") {
				if text, ok := over.Events.Explain(b); !ok || !strings.Contains(text, "verbs.txt:") {
					t.Errorf("%s is %q, %v", b, text, ok)
				}
				return
			}
		}
	}
	t.Error("no event says that a dictionary decided")
}
