package pattern_test

import (
	"testing"

	"dragoman/pattern"
	"dragoman/sketch"
)

// TestLightVerbs wants the nouns that a user adds to a verb beside those that it has.
func TestLightVerbs(t *testing.T) {
	g, err := pattern.LoadGrammar(sketch.Tables(t, map[string]string{"en/light.more.tsv": "lemma\tnouns\naim\tclinic\n"}))
	if err != nil {
		t.Fatal(err)
	}
	if !g.Light["aim"]["clinic"] || !g.Light["aim"]["appeal"] || g.Effect["aim"] != "same" {
		t.Errorf("aim lends its subject to %v, effect %q", g.Light["aim"], g.Effect["aim"])
	}
}
