package learn

const (
	mixer  = 0x9E3779B97F4A7C15
	mixer2 = 0xD6E8FEB86659FD93
)

// Hash returns the number of a string, the same for ever.
func Hash(s string) uint64 {
	h := uint64(0xCBF29CE484222325)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 0x100000001B3
	}
	return h ^ h>>29
}

// Seed returns the start of the features of a template.
func Seed(template int) uint64 { return Mix(mixer2, uint64(template)) }

// Feature returns the feature of a template whose values are words.
func Feature(template int, values ...string) uint64 {
	f := Seed(template)
	for _, v := range values {
		f = Mix(f, Hash(v))
	}
	return f
}

// Mix joins a value to a feature; the order of values matters.
func Mix(h, v uint64) uint64 {
	h = (h ^ v) * mixer
	return h ^ h>>31
}

// mark is the fingerprint of a feature; never 0.
func mark(f uint64) uint16 {
	if m := uint16(f); m != 0 {
		return m
	}
	return 1
}
