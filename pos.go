package dragoman

// POS is a universal part of speech.
type POS uint8

// The universal parts of speech, in the order of their names.
const (
	X POS = iota
	ADJ
	ADP
	ADV
	AUX
	CCONJ
	DET
	INTJ
	NOUN
	NUM
	PART
	PRON
	PROPN
	PUNCT
	SCONJ
	SYM
	VERB
)

var posNames = [...]string{"X", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
	"PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB"}

// String returns the name that CoNLL-U uses.
func (p POS) String() string { return posNames[p] }

// ParsePOS returns the part of speech of that name; X for an unknown one.
func ParsePOS(name string) POS {
	for i, n := range posNames {
		if n == name {
			return POS(i)
		}
	}
	return X
}
