package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/score"
	"dragoman/store"
	"dragoman/story"
)

func open(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "a folder", "memory.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

var theDesk *story.Desk

func desk(t *testing.T) *story.Desk {
	t.Helper()
	if theDesk == nil {
		var err error
		if theDesk, err = story.Load(data.Embedded()); err != nil {
			t.Fatal(err)
		}
	}
	return theDesk
}

// filled stores the first articles of an invented world.
func filled(t *testing.T, articles int) (*store.DB, *score.World) {
	t.Helper()
	db, w := open(t), score.NewWorld(7)
	for i := range articles {
		f := w.Filing(i)
		if _, fresh, err := db.Save(t.Context(), &f, desk(t)); err != nil || !fresh {
			t.Fatal(fresh, err)
		}
	}
	return db, w
}

// dump writes out all that is stored, but for the log of corrections, the hours
// of the clock and how often anything has changed.
func dump(t *testing.T, db *store.DB) string {
	t.Helper()
	var b strings.Builder
	for _, table := range store.Tables(db) {
		if table == "corrections" || table == "revision" {
			continue
		}
		fmt.Fprintf(&b, "== %s\n", table)
		rows := store.Rows(t.Context(), db, table)
		slices.Sort(rows)
		b.WriteString(strings.Join(rows, "\n") + "\n")
	}
	return b.String()
}

// differ tells the first lines in which two dumps differ.
func differ(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d:\n%s\n%s", i, x[i], y[i])
		}
	}
	return fmt.Sprintf("%d and %d lines", len(x), len(y))
}

func everything(t *testing.T, db *store.DB) []dragoman.Occurrence {
	t.Helper()
	all, err := db.Occurrences(context.Background(), dragoman.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
