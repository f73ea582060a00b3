package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"dragoman"
	"dragoman/store"
)

// TestKilled adds articles, is killed again and again at any moment, and goes
// on: the database is the one of an uninterrupted run.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	input := filepath.Join(dir, "news.jsonl")
	const articles = 300
	writeNews(t, input, articles)
	whole, killed := filepath.Join(dir, "whole.db"), filepath.Join(dir, "killed.db")
	if out, err := exec.Command("dragoman", "add", "--db", whole, input).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// One that stays open sees at once what is stored.
	db, err := store.Open(t.Context(), killed)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rng := rand.New(rand.NewPCG(1, 1))
	interrupted := 0
	for range 8 { // as soon as there is more than before, or a little later
		before := added(t, db)
		cmd := exec.Command("dragoman", "add", "--db", killed, input)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		for deadline := time.Now().Add(time.Minute); added(t, db) == before && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(rng.IntN(15)) * time.Millisecond)
		cmd.Process.Kill() //nolint:errcheck // it may have ended
		<-done
		if added(t, db) == articles {
			break
		}
		interrupted++
	}
	if interrupted < 3 {
		t.Fatalf("it was killed in its work only %d times", interrupted)
	}
	if out, err := exec.Command("dragoman", "add", "--db", killed, input).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	a, b := told(t, whole), told(t, killed)
	if !bytes.Equal(a, b) {
		t.Errorf("after %d kills the database is another:\n%s\n%s", interrupted, a, b)
	}
	if n := added(t, db); n != articles {
		t.Errorf("%d articles are stored, not %d", n, articles)
	}
}

// added counts the articles of a database from which none was taken.
func added(t *testing.T, db *store.DB) int64 {
	t.Helper()
	n, err := db.LastArticle(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// told writes out all articles and events.
func told(t *testing.T, path string) []byte {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	entries, err := db.After(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for i := range entries {
		entries[i].Added = time.Time{}
	}
	events, err := db.Occurrences(t.Context(), dragoman.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	known, err := db.Actors(t.Context(), "", "", "", 0)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.MarshalIndent([]any{entries, events, known}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// writeNews writes invented articles, some of which tell the same.
func writeNews(t *testing.T, path string, n int) {
	t.Helper()
	states := []string{"Chad", "Sudan", "Libya", "Niger", "Egypt", "Mali"}
	deeds := []string{"accused %s of arming rebels", "signed a trade agreement with %s", "threatened %s with sanctions", "sent aid to %s"}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for i := range n {
		x, y := states[i%len(states)], states[(i/2+1+i%len(states))%len(states)]
		if x == y {
			y = "Kenya"
		}
		deed := fmt.Sprintf(deeds[i%len(deeds)], y)
		err := enc.Encode(map[string]any{"outlet": fmt.Sprint("Outlet ", i%7), "published": fmt.Sprintf("2025-03-%02d", 1+i/3%28), "title": x + " and " + y,
			"text": fmt.Sprintf("%s %s on Monday, officials in case %d said.\n\nThe government of %s did not comment.", x, deed, i, y)})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
