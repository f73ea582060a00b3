package pattern_test

import (
	"os"
	"path/filepath"
	"testing"

	"dragoman/data"
	"dragoman/pattern"
)

// TestLightVerbs wants the nouns that a user adds to a verb beside those that it has.
func TestLightVerbs(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "en"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "en", "light.more.tsv"), []byte("lemma\tnouns\naim\tclinic\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	fsys, err := data.Overlay(data.Embedded(), dir)
	if err != nil {
		t.Fatal(err)
	}
	g, err := pattern.LoadGrammar(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if !g.Light["aim"]["clinic"] || !g.Light["aim"]["appeal"] || g.Effect["aim"] != "same" {
		t.Errorf("aim lends its subject to %v, effect %q", g.Light["aim"], g.Effect["aim"])
	}
}
