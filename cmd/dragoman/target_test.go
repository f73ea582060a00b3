package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"dragoman/data"
)

// TestBrokenOffTables leaves no folder behind that was made for them, and all that
// was there.
func TestBrokenOffTables(t *testing.T) {
	t.Chdir(t.TempDir())
	fault := errors.New("interrupted")
	breakOff := func(path string, meanwhile func()) {
		t.Helper()
		to := target{format: "csv", path: path}
		if err := to.check(); err != nil {
			t.Fatal(err)
		}
		if _, err := to.sink(data.Embedded()); err != nil {
			t.Fatal(err)
		}
		meanwhile()
		if err := to.settle(fault); !errors.Is(err, fault) {
			t.Error(err)
		}
	}
	there := func(path string) bool {
		_, err := os.Stat(path)
		return err == nil
	}
	breakOff("new/tables", func() {})
	if there("new") {
		t.Error("the new folders are there still")
	}
	breakOff("new/tables", func() {
		if err := os.WriteFile(filepath.Join("new", "note"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	})
	if there("new/tables") || !there("new/note") {
		t.Error("what somebody else put there is gone, or the empty folder is not")
	}
	breakOff("new", func() {})
	if !there("new/note") {
		t.Error("a folder that was there is gone")
	}
}
