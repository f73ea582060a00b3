package syntax

import "strings"

// The parser's moves. shift takes the next word onto the stack; the left ones
// hang the top of the stack under the next word, the right ones under the word
// below it. The kinds of relation are told apart coarsely here and finely by
// the second model, which knows both ends.
const (
	shift = iota
	leftSubject
	leftModifier
	leftFunction
	rightCore
	rightModifier
	rightSide
	rightPunctuation
	moves
)

var moveNames = []string{"shift", "left subject", "left modifier", "left function",
	"right core", "right modifier", "right side", "right punctuation"}

// moveOf returns the move that makes an arc of the relation.
func moveOf(rel string, left bool) int {
	base, _, _ := strings.Cut(rel, ":")
	if left {
		switch base {
		case "nsubj", "csubj", "expl", "dislocated", "vocative", "parataxis", "ccomp", "discourse":
			return leftSubject
		case "det", "case", "mark", "aux", "cop", "cc", "punct", "fixed", "goeswith":
			return leftFunction
		}
		return leftModifier
	}
	switch base {
	case "obj", "iobj", "xcomp", "ccomp", "csubj", "nsubj", "fixed", "case", "goeswith", "expl":
		return rightCore
	case "punct":
		return rightPunctuation
	case "conj", "appos", "parataxis", "list", "flat", "discourse", "vocative", "dep", "reparandum", "orphan", "dislocated":
		return rightSide
	}
	return rightModifier
}

func isLeft(move int) bool  { return move >= leftSubject && move <= leftFunction }
func isRight(move int) bool { return move >= rightCore }
