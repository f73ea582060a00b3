package pipeline_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestParties wants of each text who does what an event of that type tells and to whom, in the
// names of the parties.
func TestParties(t *testing.T) {
	for _, c := range []struct{ text, kind, actors, recipients string }{
		{"Mark-Velasco accused Senator Rosa Lund of lying to voters on Monday. Speaker Melissa Mark-Velasco also praised the mayor.", "ACCUSE", "Melissa Mark-Velasco", "Rosa Lund"},
		{"Rosa Lund is in custody in Chad. She was arrested in April 2016 and found guilty of spying and given a five-year jail sentence.", "SANCTION", "", "Rosa Lund"},
		{"“We agreed to remove trade barriers with Chad,” Norwegian Trade Minister Rosa Lund said.", "AGREE", "Rosa Lund", "Chad"},
		{"Minister Rosa Lund noted that the resolution bans no rockets and it has only demanded Iran to avoid launching them.", "REQUEST", "", ""},
		{"Uganda demanded compensation from Kenya on Monday. Kenya rejected the demand.", "REJECT", "Kenya", "Uganda"},
		{"Kenya seized a Ugandan ship. Ugandan Foreign Minister Rosa Lund said on Tuesday that Uganda will respond to this move.", "THREATEN", "Rosa Lund", "Kenya"},
		{"Kenya seized a Ugandan ship. Kenya's president praised the move.", "SUPPORT", "William Ruto", ""},
		{"Kenya imposed sanctions on Uganda in May. Tanzania defied Kenya's sanctions.", "COERCE", "Kenya", "Uganda"},
		{"Kenya’s president lamented that Uganda uses the crisis to bomb children.", "ACCUSE", "William Ruto", "Uganda"},
	} {
		d := readAll(t, c.text)
		found := false
		for _, e := range d.Events {
			if e.Type != c.kind {
				continue
			}
			found = true
			names := func(actors []int) string {
				var all []string
				for _, a := range actors {
					all = append(all, d.Actors[a].Name)
				}
				return strings.Join(all, ", ")
			}
			if names(e.Actors) != c.actors || names(e.Recipients) != c.recipients {
				t.Errorf("%s: %s of %q to %q, want %q to %q", c.text, e.Type, names(e.Actors), names(e.Recipients), c.actors, c.recipients)
			}
		}
		if !found && c.actors+c.recipients != "" {
			t.Errorf("%s: no %s", c.text, c.kind)
		}
	}
}

// TestAimedBefore wants sanctions that are told without a target to be against whom all
// those told before are, where that is one.
func TestAimedBefore(t *testing.T) {
	for text, want := range map[string]string{
		"Kenya imposed sanctions on Uganda in May. Kenya tightened the sanctions last week.":                                              "[Uganda Uganda]",
		"Kenya imposed sanctions on Uganda in May. Kenya imposed sanctions on Tanzania in June. Kenya tightened the sanctions last week.": "[Uganda Tanzania ]",
	} {
		d := readAll(t, text)
		var to []string
		for _, e := range d.Events {
			name := ""
			for _, a := range e.Recipients {
				name += d.Actors[a].Name
			}
			to = append(to, name)
		}
		if got := fmt.Sprint(to); got != want {
			t.Errorf("%s: to %q, want %q", text, got, want)
		}
	}
}
