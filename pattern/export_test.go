package pattern

// Check reports what is wrong with a row's part of speech, conditions or role,
// without word classes.
func Check(pos, when, role string) error {
	return new(Book).add(Frame{}, "word", pos, when, role, "", "", nil)
}
