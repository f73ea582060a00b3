// Package rank tells how far two series run together by the ranks of their values:
// by Spearman's rank correlation.
package rank

import (
	"cmp"
	"math"
	"slices"
)

// Of returns the rank of each value, less the mean rank; those that are alike share
// the mean of their ranks.
func Of(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(values[i], values[j]) })
	ranks, mean := make([]float64, len(values)), float64(len(values)-1)/2
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+to-1)/2 - mean
		}
		from = to
	}
	return ranks
}

// Correlation returns how far two series of ranks of the same length run together,
// from -1 to 1; no number where one of them is the same all along.
func Correlation(x, y []float64) float64 {
	variance := math.Sqrt(Product(x, x, 0) * Product(y, y, 0))
	if variance == 0 {
		return math.NaN()
	}
	return max(-1, min(1, Product(x, y, 0)/variance))
}

// Product is the sum of the products of x and, so many places later, y.
func Product(x, y []float64, lag int) (sum float64) {
	for i := lag; i < len(x); i++ {
		sum += x[i-lag] * y[i]
	}
	return sum
}
