package mention

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"

	"dragoman/learn"
)

// clusters puts words that stand in the same company in one group, and groups
// in larger groups. It is a table as the weights hold it: the number of fine
// groups, the large group of each, and slots of a 32-bit mark and a group.
type clusters struct {
	large []byte
	slots []byte
}

const slotSize = 6

// of returns the groups of a lower-case word, from 1; 0 for a word that is in none.
func (c clusters) of(lower uint64) (fine, large uint16) {
	n := uint64(len(c.slots) / slotSize)
	if n == 0 {
		return 0, 0
	}
	home, mark := clusterHome(lower, n)
	for range n {
		slot := c.slots[home*slotSize:]
		switch binary.LittleEndian.Uint32(slot) {
		case 0:
			return 0, 0
		case mark:
			g := binary.LittleEndian.Uint16(slot[4:])
			if int(g) < len(c.large) {
				return g + 1, uint16(c.large[g]) + 1
			}
			return 0, 0
		}
		if home++; home == n {
			home = 0
		}
	}
	return 0, 0
}

func clusterHome(lower, n uint64) (home uint64, mark uint32) {
	x := learn.Mix(lower, 2)
	home, _ = bits.Mul64(x, n)
	return home, uint32(x) | 1
}

// openClusters reads the table; an empty one has no groups.
func openClusters(b []byte) (clusters, error) {
	if len(b) == 0 {
		return clusters{}, nil
	}
	if len(b) < 2 {
		return clusters{}, errors.New("damaged word clusters")
	}
	n := int(binary.LittleEndian.Uint16(b))
	if len(b) < 2+n || (len(b)-2-n)%slotSize != 0 {
		return clusters{}, errors.New("damaged word clusters")
	}
	return clusters{b[2 : 2+n], b[2+n:]}, nil
}

// packClusters makes the table: groups[i] is the fine group of words[i].
func packClusters(words []uint64, groups []uint16, large []uint8) []byte {
	n := uint64(len(words)*3/2 + 1)
	order := make([]int, len(words))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if words[a] < words[b] {
			return -1
		}
		return 1
	})
	slots := make([]byte, n*slotSize)
	for _, i := range order {
		home, mark := clusterHome(words[i], n)
		for binary.LittleEndian.Uint32(slots[home*slotSize:]) != 0 {
			if home++; home == n {
				home = 0
			}
		}
		binary.LittleEndian.PutUint32(slots[home*slotSize:], mark)
		binary.LittleEndian.PutUint16(slots[home*slotSize+4:], groups[i])
	}
	b := binary.LittleEndian.AppendUint16(nil, uint16(len(large)))
	b = append(b, large...)
	return append(b, slots...)
}
