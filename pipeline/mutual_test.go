package pipeline_test

import (
	"testing"

	"dragoman"
)

// TestMutual tells what several do with each other from what they do together.
func TestMutual(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]bool{
		"Iran and Iraq clashed at the border on Monday.":               true,
		"Chad and Sudan severed diplomatic ties on Monday.":            true,
		"Japan and the Philippines agreed to deepen cooperation.":      true,
		"France and Germany condemned the coup on Monday.":             false,
		"Warplanes of Chad and Mali bombed a rebel camp on Monday.":    false,
		"Norway and Sweden pleaded for help on Monday.":                false,
		"Norway and Sweden withdrew their troops from Mali on Monday.": false,
	} {
		d := r.Read(dragoman.Article{ID: "a", Text: text, Language: "en", Published: dragoman.DayOf(2031, 3, 4)})
		if len(d.Events) == 0 {
			t.Errorf("%s tells nothing", text)
		}
		for _, e := range d.Events {
			if e.Mutual != want {
				t.Errorf("%s: %s %s is mutual: %v", text, e.Type, e.CAMEO, e.Mutual)
			}
		}
	}
}
