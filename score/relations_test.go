package score

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dragoman"
)

// echo is a reader that finds nothing.
type echo struct{}

func (echo) Read(a dragoman.Article) dragoman.Document { return dragoman.Document{Article: a} }

// TestReadRelations wants sentences with types, and of which only the side is known, and a
// fault with its line for what is neither.
func TestReadRelations(t *testing.T) {
	for _, c := range []struct{ table, want, fault string }{
		{"marked_sentence\tgold_root\n<s>Chad</s> met <t>Mali</t>.\tCONSULT\n", "CONSULT Chad Mali", ""},
		{"marked_sentence\tgold_binary\n<s>Chad</s> shelled <t>Mali</t>.\t1\n", "conflict Chad Mali", ""},
		{"marked_sentence\tgold_binary\n<s>Chad</s> met <t>Mali</t>.\t0\n", "cooperation Chad Mali", ""},
		{"marked_sentence\tgold_binary\n<s>Chad</s> met <t>Mali</t>.\tyes\n", "", ":2: "},
		{"sentence\n", "", ":1: "},
	} {
		path := filepath.Join(t.TempDir(), "relations.tsv")
		if err := os.WriteFile(path, []byte(c.table), 0o600); err != nil {
			t.Fatal(err)
		}
		all, err := ReadRelations(path, echo{})
		switch {
		case c.fault != "":
			if err == nil || !strings.Contains(err.Error(), c.fault) {
				t.Errorf("%q: error %v, want one at %q", c.table, err, c.fault)
			}
		case err != nil || len(all) != 1:
			t.Errorf("%q: %d relations, %v", c.table, len(all), err)
		default:
			e := all[0]
			if got := e.Type + " " + e.Doc.TextOf(e.Source) + " " + e.Doc.TextOf(e.Target); got != c.want {
				t.Errorf("%q: got %q, want %q", c.table, got, c.want)
			}
		}
	}
}
