package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"dragoman/store"
)

// TestPassword wants the line that was read, and nothing else, to be what lets in.
func TestPassword(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	for _, c := range []struct{ command, typed, password string }{
		{"add", " a heron on the roof \r\nand more", " a heron on the roof "},
		{"password", "the heron has left", "the heron has left"},
	} {
		var out, stderr bytes.Buffer
		if status := run([]string{"user", c.command, "jane", "--db", path}, strings.NewReader(c.typed), &out, &stderr); status != 0 {
			t.Fatalf("status %d: %s", status, &stderr)
		}
		db, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		_, hash, ok, err := db.UserHash(t.Context(), "jane")
		if !ok || err != nil || db.Close() != nil {
			t.Fatal(ok, err)
		}
		for _, try := range []string{c.password, strings.TrimSpace(c.password) + ".", ""} {
			if match, err := argon2id.ComparePasswordAndHash(try, hash); match != (try == c.password) || err != nil {
				t.Errorf("after %q was read, %q lets in: %v %v", c.typed, try, match, err)
			}
		}
	}
}

func TestExpiry(t *testing.T) {
	now := time.Date(2025, 3, 10, 12, 0, 0, 0, time.UTC)
	for span, want := range map[string]time.Time{
		"":     {},
		"90d":  time.Date(2025, 6, 8, 12, 0, 0, 0, time.UTC),
		"1d":   now.Add(24 * time.Hour),
		"1h5m": now.Add(65 * time.Minute),
	} {
		if got, err := expiry(now, span); !got.Equal(want) || err != nil {
			t.Errorf("%q expires at %s, want %s; %v", span, got, want, err)
		}
	}
	for _, bad := range []string{"0d", "-1d", "d", "90", "0h", "-1h", "70000d", "1.5d"} {
		if got, err := expiry(now, bad); err == nil {
			t.Errorf("%q expires at %s", bad, got)
		}
	}
}
