package dragoman_test

import (
	"testing"

	"dragoman"
)

func TestParseDay(t *testing.T) {
	for s, want := range map[string]string{
		"2025-02-12": "2025-02-12", "2024-02-29": "2024-02-29", "1999-12-31": "1999-12-31",
		"2025-02-12T23:30:00+05:00": "2025-02-12",
	} {
		if got, err := dragoman.ParseDay(s); err != nil || got.String() != want {
			t.Errorf("%s: %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "2025", "2025-2-1", "2025-13-01", "2025-00-10", "2025-02-29", "2025-04-31", "2025-01-00", "2025/01/01", "x025-01-01", "2025-02-12T99"} {
		if got, err := dragoman.ParseDay(s); err == nil {
			t.Errorf("%q is %v", s, got)
		}
	}
}
