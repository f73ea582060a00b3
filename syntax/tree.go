package syntax

// tree is a sentence's tags and arcs as the features of words are told from
// them. Node 0 stands above the root; word i is node i+1.
type tree struct {
	t                 []uint64 // class + 1
	tags              []uint16
	head              []int32 // node; 0 is the root's
	label             []uint16
	leftSet, rightSet []uint64 // of relations of dependents
}

// noLabel is the relation of node 0.
const noLabel = 0xFFFF

// reset makes the tree that of the tags, without arcs.
func (t *tree) reset(tags []uint16) {
	n := len(tags) + 1
	t.t, t.head, t.label = grow(t.t, n), grow(t.head, n), grow(t.label, n)
	t.leftSet, t.rightSet = grow(t.leftSet, n), grow(t.rightSet, n)
	clear(t.head)
	clear(t.leftSet)
	clear(t.rightSet)
	t.tags = tags
	t.t[0], t.label[0] = 1001, noLabel
	for i, c := range tags {
		t.t[i+1] = uint64(c) + 1
		t.label[i+1] = noLabel
	}
}

// attach writes an arc between nodes.
func (t *tree) attach(head, dep int32, label uint16) {
	t.head[dep], t.label[dep] = head, label
	switch {
	case head == 0:
	case dep < head:
		t.leftSet[head] |= 1 << (label & 63)
	default:
		t.rightSet[head] |= 1 << (label & 63)
	}
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}
