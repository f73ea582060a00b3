package pattern

import (
	"slices"

	"dragoman"
)

// Innermost gives each token the shortest of the attributions that count whose
// content holds it, the first of several; -1 for none. All count where counts
// is nil. It takes time linear in the tokens, however deep attributions nest.
func Innermost(doc *dragoman.Document, counts func(*dragoman.Attribution) bool) []int32 {
	n := len(doc.Tokens)
	in := none(n)
	order := make([]int, 0, len(doc.Attributions))
	for i := range doc.Attributions {
		if counts == nil || counts(&doc.Attributions[i]) {
			order = append(order, i)
		}
	}
	size := func(i int) int { return doc.Attributions[i].End - doc.Attributions[i].First }
	slices.SortStableFunc(order, func(a, b int) int { return size(a) - size(b) })
	// Shortest first, each painting what is still bare: jump over what is painted.
	next := make([]int32, n+1)
	for i := range next {
		next[i] = int32(i)
	}
	find := func(i int32) int32 {
		for next[i] != i {
			next[i] = next[next[i]]
			i = next[i]
		}
		return i
	}
	for _, a := range order {
		first, end := max(doc.Attributions[a].First, 0), min(doc.Attributions[a].End, n)
		if first >= end {
			continue
		}
		for i := find(int32(first)); int(i) < end; i = find(i) {
			in[i] = int32(a)
			next[i] = i + 1
		}
	}
	return in
}
