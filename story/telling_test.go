package story

import (
	"fmt"
	"testing"

	"dragoman"
)

// A copy of a text and a second word from one origin are no further witnesses.
func TestTellings(t *testing.T) {
	entries := map[int64]dragoman.Entry{1: {Number: 1, Original: 1}, 2: {Number: 2, Original: 1}, 3: {Number: 3, Original: 3}, 4: {Number: 4, Original: 4}}
	reports := []dragoman.Report{{Article: 1, Origin: "Agency"}, {Article: 1, Origin: "Agency"}, {Article: 2, Origin: "Agency"}, {Article: 3, Origin: "Agency"}, {Article: 4, Origin: "Gazette"}}
	got := ""
	for _, x := range Tellings(reports, entries) {
		got += fmt.Sprintf("%d: copy %d, same %d; ", x.Entry.Number, x.Copy, x.Same)
	}
	if want := "1: copy 0, same 0; 1: copy 0, same 0; 2: copy 1, same 0; 3: copy 0, same 1; 4: copy 0, same 0; "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
