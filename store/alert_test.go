package store_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dragoman"
	"dragoman/store"
)

var hook = dragoman.Way{Kind: dragoman.ByWebhook, Address: "https://example.org/hook"}

func addAlert(t *testing.T, db *store.DB, name string, past bool, ways ...dragoman.Way) dragoman.Alert {
	t.Helper()
	if err := db.AddAlert(t.Context(), dragoman.Alert{Name: name, Rule: []byte(`{"when":"any"}`), Ways: ways}, past); err != nil {
		t.Fatal(err)
	}
	a, err := db.Alert(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func due(t *testing.T, db *store.DB, all bool) (marks []string) {
	t.Helper()
	deliveries, err := db.Due(t.Context(), 0, all, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range deliveries {
		marks = append(marks, d.Mark)
	}
	return marks
}

func TestAlertLooksForwardOnly(t *testing.T) {
	db, _ := filled(t, 3)
	now, past := addAlert(t, db, "now", false, hook), addAlert(t, db, "past", true, hook)
	if now.Looked != 3 || past.Looked != 0 || string(now.Rule) != `{"when":"any"}` || !slices.Equal(now.Ways, []dragoman.Way{hook}) || now.Made.IsZero() {
		t.Errorf("%+v, %+v", now, past)
	}
	if _, err := db.Looked(t.Context(), []dragoman.Alert{now, past}, 2, nil); err != nil {
		t.Fatal(err)
	}
	all, err := db.Alerts(t.Context())
	if err != nil || len(all) != 2 || all[0].Looked != 3 || all[1].Looked != 2 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestFiringsAreRecordedOnce(t *testing.T) {
	db, _ := filled(t, 1)
	mail := dragoman.Way{Kind: dragoman.ByMail, Address: "desk@example.org"}
	a := addAlert(t, db, "a", true, hook, mail)
	event := dragoman.Report{Type: "ASSAULT", Day: dragoman.NoDay, Evidence: "they came", Actors: []dragoman.Party{{ID: "X", Principals: []dragoman.Party{{ID: "Y"}}}}}
	f := dragoman.Firing{Alert: a.Number, Article: 1, Mark: "m", Subject: "s", Body: "b", Event: event}
	for i, want := range []int{1, 0} {
		if n, err := db.Looked(t.Context(), []dragoman.Alert{a}, 1, []dragoman.Firing{f, f}); n != want || err != nil {
			t.Errorf("the %d. time %d are new, want %d (%v)", i+1, n, want, err)
		}
	}
	all, err := db.Due(t.Context(), 0, false, 10)
	if err != nil || len(all) != 2 || all[0].Way != hook || all[1].Way != mail {
		t.Fatalf("%+v, %v", all, err)
	}
	d := all[0]
	if d.Name != "a" || d.Article != 1 || d.Subject != "s" || d.Body != "b" || d.Event.Day != dragoman.NoDay || d.Event.Actors[0].Principals[0].ID != "Y" || d.Made.IsZero() {
		t.Errorf("%+v", d)
	}
	if one, err := db.Due(t.Context(), all[0].Number, false, 10); err != nil || len(one) != 1 {
		t.Error("the first comes again:", one, err)
	}
}

func TestDeliveries(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	var dbs [2]*store.DB // two programs
	for i := range dbs {
		db, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		dbs[i] = db
	}
	db := dbs[0]
	a := addAlert(t, db, "a", true, hook)
	fire := func(mark string) {
		t.Helper()
		if _, err := db.Looked(t.Context(), nil, 0, []dragoman.Firing{{Alert: a.Number, Mark: mark}}); err != nil {
			t.Fatal(err)
		}
	}
	want := func(all bool, marks ...string) {
		t.Helper()
		if got := due(t, db, all); !slices.Equal(got, marks) {
			t.Errorf("due are %q, want %q", got, marks)
		}
	}
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	fire("one")
	fire("two")
	want(false, "one", "two")
	for i, other := range dbs {
		if held, err := other.Hold(t.Context(), 1, time.Hour); held != (i == 0) || err != nil {
			t.Errorf("program %d: held %v, %v", i, held, err)
		}
	}
	want(true, "two")
	check(db.Release(t.Context(), 1))
	want(false, "one", "two")
	check(db.Failed(t.Context(), 1, "no", time.Hour))
	want(false, "two")
	want(true, "one", "two")
	check(db.Postpone(t.Context(), hook, time.Hour))
	fire("three") // waits with the others
	want(false)
	want(true, "one", "two", "three")
	check(db.Delivered(t.Context(), 2))
	want(true, "one", "three")
	for range store.MaxAttempts - 1 {
		check(db.Failed(t.Context(), 1, "no", -time.Second))
	}
	want(true, "three")
	all := []dragoman.Alert{a}
	check(db.Count(t.Context(), all))
	if c := all[0]; c.Fired != 3 || c.Pending != 1 || c.Failed != 1 || c.Last.IsZero() {
		t.Errorf("%+v", c)
	}
	check(db.Again(t.Context()))
	want(true, "one", "three")
	check(db.RemoveAlert(t.Context(), "a"))
	want(true)
	if _, err := db.Alert(t.Context(), "a"); err == nil || !strings.Contains(err.Error(), "dragoman alert list") {
		t.Error(err)
	}
}
