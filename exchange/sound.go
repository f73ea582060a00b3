package exchange

import (
	"fmt"
	"slices"
	"strings"

	"dragoman"
)

// maxParties bounds how many act in one event, and how many receive: no article names
// more, and what goes through pairs of them must end.
const maxParties = 1000

// sound says what of a record that was read cannot be, and takes out parties who are
// nobody.
func sound(r *dragoman.Record) error {
	if !(r.Confidence >= 0 && r.Confidence <= 1) { // nor is it no number
		return fmt.Errorf("confidence is %v; it goes from 0 to 1", r.Confidence)
	}
	if r.Tone < dragoman.MaterialConflict || r.Tone > dragoman.MaterialCooperation {
		return fmt.Errorf("tone is %d; it goes from -2 to 2", r.Tone)
	}
	if strings.Trim(r.CAMEO, "0123456789") != "" {
		return fmt.Errorf("%q is no code of CAMEO, which is of digits", r.CAMEO)
	}
	for _, side := range []*[]dragoman.Party{&r.Actors, &r.Recipients} {
		*side = slices.DeleteFunc(*side, func(p dragoman.Party) bool { return p.ID == "" && p.Name == "" })
		if len(*side) > maxParties {
			return fmt.Errorf("%d parties stand on one side; there may be %d", len(*side), maxParties)
		}
		for i := range *side {
			if code := (*side)[i].CAMEO; strings.ContainsFunc(code, func(c rune) bool { return c <= ' ' || c == '\x7f' }) {
				return fmt.Errorf("%q is no code of an actor: it holds blanks or control characters", code)
			}
		}
	}
	return nil
}
