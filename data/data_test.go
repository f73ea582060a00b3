package data_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"dragoman/data"
)

func table(text string) fs.FS { return fstest.MapFS{"t.tsv": &fstest.MapFile{Data: []byte(text)}} }

func TestRead(t *testing.T) {
	got, err := data.Read(table("\ufeff# a comment\r\n\r\nb\ta\r\n1\tx|y\r\n# more\n\t\n"), "t.tsv", "a", "b")
	if err != nil {
		t.Fatal(err)
	}
	if got.Len() != 2 || got.Value(0, "b") != "1" || !slices.Equal(got.List(0, "a"), []string{"x", "y"}) || got.List(1, "a") != nil ||
		got.Has("c") || got.Value(0, "c") != "" || got.Where(0) != "t.tsv:4" || got.Fault(1, "is %d", 7).Error() != "t.tsv:6: is 7" {
		t.Errorf("%+v", got)
	}
}

func TestReadFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                "t.tsv:1: the table has no header",
		"# only\n":        "t.tsv:1: the table has no header",
		"# note\nb\n1\n":  `t.tsv:2: the header lacks the column "a"`,
		"a\tb\n\n1\n":     "t.tsv:3: 1 columns where the header has 2",
		"a\tb\n1\t2\t3\n": "t.tsv:2: 3 columns where the header has 2",
	} {
		if _, err := data.Read(table(text), "t.tsv", "a"); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := data.Read(table("a\n"), "none.tsv"); err == nil {
		t.Error("no fault for a table that is not there")
	}
}

func write(t *testing.T, files map[string]string) string {
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestOverlay: a file of the same name replaces, X.more.tsv adds (its columns
// in any order, its faults by its own name), and folders show both.
func TestOverlay(t *testing.T) {
	base := fstest.MapFS{}
	for _, name := range []string{"same.tsv", "more.tsv", "d/one.tsv", "e/alone.tsv"} {
		base[name] = &fstest.MapFile{Data: []byte("a\tb\nbase\t1\n")}
	}
	files, err := data.Overlay(base, write(t, map[string]string{"same.tsv": "a\tb\nmine\t1\n", "more.more.tsv": "# mine\nb\ta\n2\tmine\n",
		"d/two.tsv": "a\tb\n", "d/one.tsv": "a\tb\n", "f/new.tsv": "a\n"}))
	if err != nil {
		t.Fatal(err)
	}
	same, err := data.Read(files, "same.tsv", "a")
	if err != nil || same.Len() != 1 || same.Value(0, "a") != "mine" {
		t.Errorf("%+v %v", same, err)
	}
	more, err := data.Read(files, "more.tsv", "a")
	if err != nil || more.Len() != 2 || more.Value(0, "a") != "base" || more.Value(1, "a") != "mine" || more.Value(1, "b") != "2" || more.Where(1) != "more.more.tsv:3" {
		t.Errorf("%+v %v", more, err)
	}
	for folder, want := range map[string]string{".": "d e f more.more.tsv more.tsv same.tsv", "d": "one.tsv two.tsv", "e": "alone.tsv", "f": "new.tsv"} {
		entries, err := fs.ReadDir(files, folder)
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if got := strings.Join(names, " "); err != nil || got != want {
			t.Errorf("%s holds %s, want %s; %v", folder, got, want, err)
		}
	}
	if _, err := fs.ReadDir(files, "none"); err == nil {
		t.Error("no fault for a folder that is not there")
	}
	if one, err := data.Read(files, "d/one.tsv"); err != nil || one.Len() != 0 {
		t.Errorf("mine comes first: %+v %v", one, err)
	}
	if _, err := data.Overlay(base, filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no fault for a data folder that is not there")
	}
}
