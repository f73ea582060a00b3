package sketch

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"dragoman/data"
)

// Tables returns the embedded tables with a user's folder laid over them, which holds
// the files given, by their paths in it.
func Tables(t testing.TB, files map[string]string) fs.FS {
	t.Helper()
	dir := t.TempDir()
	for path, text := range files {
		path = filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	all, err := data.Overlay(data.Embedded(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
