package mention

// clusters puts words that stand in the same surroundings in one group.
type clusters struct {
	group map[uint64]uint16
}

// of returns the group of a lower-case word, 0 for none.
func (c clusters) of(lower uint64) uint16 { return c.group[lower] }
