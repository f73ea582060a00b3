package pipeline_test

import (
	"testing"

	"dragoman"
)

func readAll(t *testing.T, text string) dragoman.Document {
	t.Helper()
	return reader(t).Read(dragoman.Article{ID: "a", Text: text, Language: "en", Published: dragoman.DayOf(2025, 3, 4)})
}

// TestListOfHolders: holders of offices of several states that stand in a row are several.
func TestListOfHolders(t *testing.T) {
	for text, want := range map[string]int{
		"The U.S. president, the president of France and the chancellor of Germany met in Berlin.":         0,
		"The U.S. president, the chancellor of Germany and Chad's foreign minister met in Berlin.":         0,
		"Rosa Lund, Norway's foreign minister, met the Chadian president, an ally of Sudan, in N'Djamena.": 3,
	} {
		d := readAll(t, text)
		if len(d.Ties) != want {
			t.Errorf("%s: %d ties, want %d: %+v", text, len(d.Ties), want, d.Ties)
		}
	}
}

// TestCondemned: whoever condemns what was done to somebody accuses neither him nor his state.
func TestCondemned(t *testing.T) {
	for text, want := range map[string]string{
		"The African Union condemned an attack on Chadian soldiers.":  "",
		"Egypt slammed Ethiopian attacks on Sudanese farmers.":        "ETH",
		"Russia condemned the shelling of Syrian villages by Turkey.": "TUR",
		"Chad condemned Sudan's attack on Chadian soldiers.":          "SDN",
	} {
		d := readAll(t, text)
		for _, e := range d.Events {
			if e.Type != "ACCUSE" {
				continue
			}
			got := ""
			for _, a := range e.Recipients {
				got += d.Actors[a].Country
			}
			if got != want {
				t.Errorf("%s: of %s, not %s, somebody is accused", text, got, want)
			}
		}
	}
}
