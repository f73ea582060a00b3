package learn

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
)

// Model is a frozen linear model. It is read-only.
type Model struct {
	Classes []string
	Scale   float32 // of a score to the trainer's scale

	width  int // classes, rounded up to a multiple of 8
	stride int // of a slot
	slots  uint64
	table  []byte
}

// MaxClasses is the most classes that a model can tell apart.
const MaxClasses = 512

// batch is how many features are looked up together. It is less than the 256
// rows that 16-bit lanes can add up without overflow.
const batch = 128

// Score writes the score of every class for the features into scores, which
// must have room for all classes.
func (m *Model) Score(feats []uint64, scores []int32) {
	scores = scores[:len(m.Classes)]
	clear(scores)
	for len(feats) > batch {
		m.add(feats[:batch], scores)
		feats = feats[batch:]
	}
	m.add(feats, scores)
}

// Best returns the class with the highest score, the first of equals, and
// leaves the scores in scores.
func (m *Model) Best(feats []uint64, scores []int32) int {
	m.Score(feats, scores)
	best := 0
	for c, s := range scores[:len(m.Classes)] {
		if s > scores[best] {
			best = c
		}
	}
	return best
}

const lanes = 0x00FF00FF00FF00FF

// add sums the rows of at most batch features. Weights are bytes around 128, so
// that eight of them are added at a time as two words of four 16-bit lanes;
// what the bias adds up to is taken off at the end.
//
// Time goes into waiting for memory. The first look at every feature's home
// therefore stands in a loop of its own, without branches, in which the
// processor can wait for many at once.
func (m *Model) add(feats []uint64, scores []int32) {
	var homes [batch]uint32
	var marks [batch]uint16
	stride := uint64(m.stride)
	for i, f := range feats {
		slot, _ := bits.Mul64(f*mixer2, m.slots)
		at := slot * stride
		homes[i&(batch-1)] = uint32(at)
		marks[i&(batch-1)] = binary.LittleEndian.Uint16(m.table[at:])
	}
	if m.width == 8 {
		m.addNarrow(feats, &homes, &marks, scores)
		return
	}
	var sums [MaxClasses / 4]uint64
	acc := sums[:m.width/4]
	rows := int32(0)
	for i, f := range feats {
		row := m.find(int(homes[i&(batch-1)]), marks[i&(batch-1)], mark(f))
		if row == nil {
			continue
		}
		rows++
		for i := 0; i+1 < len(acc) && len(row) >= 8; i += 2 {
			x := binary.LittleEndian.Uint64(row)
			row = row[8:]
			acc[i] += x & lanes
			acc[i+1] += x >> 8 & lanes
		}
	}
	for c := range scores {
		word := acc[c>>3<<1|c&1]
		scores[c] += int32(word>>(uint(c&7)>>1<<4)&0xFFFF) - 128*rows
	}
}

func (m *Model) addNarrow(feats []uint64, homes *[batch]uint32, marks *[batch]uint16, scores []int32) {
	var even, odd uint64
	rows := int32(0)
	for i, f := range feats {
		if row := m.find(int(homes[i&(batch-1)]), marks[i&(batch-1)], mark(f)); row != nil {
			x := binary.LittleEndian.Uint64(row)
			even += x & lanes
			odd += x >> 8 & lanes
			rows++
		}
	}
	for c := range scores {
		word := even
		if c&1 == 1 {
			word = odd
		}
		scores[c] += int32(word>>(uint(c&7)>>1<<4)&0xFFFF) - 128*rows
	}
}

// find returns the weights of the feature with the fingerprint want, whose home
// at byte at has the fingerprint got; nil where it has none.
func (m *Model) find(at int, got, want uint16) []byte {
	for got != 0 {
		if got == want {
			return m.table[at+2 : at+m.stride]
		}
		at += m.stride
		got = binary.LittleEndian.Uint16(m.table[at:])
	}
	return nil
}

// Bytes returns the model in the form of the package comment.
func (m *Model) Bytes() []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(m.Classes)))
	for _, c := range m.Classes {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(c)))
		b = append(b, c...)
	}
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.Scale))
	b = binary.LittleEndian.AppendUint64(b, m.slots)
	return append(b, m.table...)
}

var errModel = errors.New("not a model, or a damaged one")

// ParseModel reads a model from the form of the package comment. It keeps b.
func ParseModel(b []byte) (*Model, error) {
	r := reader{b: b}
	n := int(r.u32())
	if n == 0 || n > MaxClasses {
		return nil, errModel
	}
	m := &Model{width: (n + 7) &^ 7}
	m.stride = m.width + 2
	for range n {
		m.Classes = append(m.Classes, string(r.bytes(uint64(r.u32()))))
	}
	m.Scale = math.Float32frombits(r.u32())
	m.slots = r.u64()
	m.table = r.b
	size := uint64(len(m.table))
	// The last slot is free: a search always ends.
	if r.bad || size == 0 || size > math.MaxUint32 || size%uint64(m.stride) != 0 || m.slots == 0 || m.slots >= size/uint64(m.stride) ||
		binary.LittleEndian.Uint16(m.table[len(m.table)-m.stride:]) != 0 {
		return nil, errModel
	}
	return m, nil
}

// Size returns the number of bytes of the weights.
func (m *Model) Size() int { return len(m.table) }

type reader struct {
	b   []byte
	bad bool
}

func (r *reader) bytes(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.bad = true
		return nil
	}
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) u32() uint32 {
	if b := r.bytes(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *reader) u64() uint64 {
	if b := r.bytes(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}
