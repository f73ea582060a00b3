package rank_test

import (
	"math"
	"slices"
	"testing"

	"dragoman/rank"
)

// TestOf wants ranks around their mean, and the mean of theirs for those alike.
func TestOf(t *testing.T) {
	if got, want := rank.Of([]float64{30, 10, 10, 90}), []float64{0.5, -1, -1, 1.5}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestCorrelation wants it to go by ranks alone, and no number of a series that
// stays the same.
func TestCorrelation(t *testing.T) {
	for _, c := range []struct {
		a, b []float64
		want float64
	}{
		{[]float64{1, 2, 3, 4}, []float64{1, 10, 100, 1000}, 1},
		{[]float64{1, 2, 3, 4}, []float64{9, 7, 5, -3}, -1},
		{[]float64{1, 2, 3, 4}, []float64{2, 1, 4, 3}, 0.6},
		{[]float64{1, 2, 3, 4}, []float64{5, 5, 5, 5}, math.NaN()},
		{nil, nil, math.NaN()},
	} {
		got := rank.Correlation(rank.Of(c.a), rank.Of(c.b))
		if math.Abs(got-c.want) > 1e-12 || math.IsNaN(got) != math.IsNaN(c.want) {
			t.Errorf("%v and %v: got %v, want %v", c.a, c.b, got, c.want)
		}
	}
}
