package exchange

import (
	"strings"
	"testing"
)

func TestReadable(t *testing.T) {
	for name, want := range map[string]string{
		"gdelt": "",
		"edges": `the format "edges" is written, but not read; those that are read are gdelt, icews`,
		"gdlet": `there is no format "gdlet"; those that are read are gdelt, icews`,
	} {
		f, err := Readable(name)
		if want == "" && (err != nil || f.Name != name) || want != "" && (err == nil || !strings.HasPrefix(err.Error(), want) || f.Name != "") {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
}

func TestFirstCells(t *testing.T) {
	for head, want := range map[string]string{"\ufeffa\tb\r\nc": "a|b", "a\tb": "a|b", "": ""} {
		if got := strings.Join(firstCells([]byte(head)), "|"); got != want {
			t.Errorf("%q: got %q, want %q", head, got, want)
		}
	}
}
