package pattern_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/pattern"
	"dragoman/sketch"
)

// TestWording teaches that what somebody "frobs" is not done, of which no rule
// knows, and wants it heard, with a verb below it that was never seen.
func TestWording(t *testing.T) {
	facts := func(dir string) *pattern.Factuality {
		t.Helper()
		fsys, err := data.Overlay(data.Embedded(), dir)
		if err != nil {
			t.Fatal(err)
		}
		f, err := pattern.LoadFactuality(fsys)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	told := func(above, verb string) *dragoman.Document {
		return sketch.Document("they/PRP/2/nsubj " + above + "/VBD/0/root soldiers/NNS/4/nsubj " + verb + "/VBD/2/ccomp ././2/punct")
	}
	var judged []pattern.Judged
	for range 20 {
		for _, verb := range []string{"marched", "drank", "sang"} {
			for above, done := range map[string]bool{"frobbed": false, "saw": true} {
				d := told(above, verb)
				judged = append(judged, pattern.Judged{Doc: d, Token: sketch.Token(d, verb), Done: done})
			}
		}
	}
	dir := t.TempDir()
	path := filepath.Join(dir, filepath.FromSlash(pattern.StatusWeights))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f := facts(t.TempDir())
	weights := f.TrainStatus(grammar(t), judged)
	if !bytes.Equal(weights, f.TrainStatus(grammar(t), judged)) {
		t.Error("training again gave other bytes")
	}
	if err := os.WriteFile(path, weights, 0o644); err != nil {
		t.Fatal(err)
	}
	f = facts(dir)
	for above, want := range map[string]dragoman.Status{"frobbed": dragoman.Hypothetical, "saw": dragoman.Happened} {
		d := told(above, "slept")
		got, why := f.Status(pattern.NewScene(grammar(t), d), sketch.Token(d, "slept"))
		if got != want {
			t.Errorf("what they %s: got %s (%s), want %s", above, got, why, want)
		}
	}
	if err := os.WriteFile(path, []byte("no weights"), 0o644); err != nil {
		t.Fatal(err)
	}
	fsys, err := data.Overlay(data.Embedded(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pattern.LoadFactuality(fsys); err == nil {
		t.Error("damaged weights were taken")
	}
}
