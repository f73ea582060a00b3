package learn

import (
	"cmp"
	"slices"
)

// Frequent returns the keys that were counted at least so often, the most frequent
// first and of equal ones the smaller, and at most so many.
func Frequent[K cmp.Ordered](counts map[K]int, least, most int) []K {
	var keys []K
	for k, n := range counts {
		if n >= least {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b K) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	return keys[:min(len(keys), most)]
}
