package learn

import (
	"slices"
	"testing"
)

func TestFrequent(t *testing.T) {
	counts := map[string]int{"rare": 1, "two": 2, "deux": 2, "five": 5}
	if got, want := Frequent(counts, 2, 9), []string{"five", "deux", "two"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := Frequent(counts, 1, 2), []string{"five", "deux"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
