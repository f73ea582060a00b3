package score

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dragoman"
)

// capitals takes every run of capitalised words for a person, and "She" for
// the first of them.
type capitals struct{}

func (capitals) Read(a dragoman.Article) dragoman.Document {
	d := dragoman.Document{Article: a}
	at := 0
	for _, w := range strings.Fields(a.Text) {
		start := at + strings.Index(a.Text[at:], w)
		at = start + len(w)
		w = strings.TrimRight(w, ".,")
		if w == "" || w[0] < 'A' || w[0] > 'Z' {
			continue
		}
		m := dragoman.Mention{Span: dragoman.Span{Start: start, End: start + len(w)}, Form: dragoman.Name, Class: dragoman.Person, Chain: len(d.Mentions)}
		if w == "She" {
			m.Form, m.Chain = dragoman.Pronoun, 0
		}
		d.Mentions = append(d.Mentions, m)
	}
	return d
}

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gold")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNames(t *testing.T) {
	gold := file(t, "# newdoc id = a\nAnna\tB-Person\nleft\tO\nOslo\tB-Location\n,\tO\nsaid\tO\nBo\tB-Person\nHolm\tI-Person\n.\tO\n")
	s, err := Names(capitals{}, gold, "")
	if err != nil {
		t.Fatal(err)
	}
	p := s.ByClass[dragoman.Person]
	if p.Gold != 2 || p.Found != 4 || p.Right != 1 {
		t.Errorf("persons %+v, want 2 gold, 4 found, 1 right", p)
	}
	if s.Span.Right != 2 {
		t.Errorf("%d right spans, want 2", s.Span.Right)
	}
	s.ByClass[dragoman.Facility] = Counts{Gold: 5}
	if main := "main classes " + s.Total(dragoman.Person, dragoman.Location).String(); !strings.Contains(s.String(), "\n"+main+"\n") {
		t.Errorf("%q has no line %q", s, main)
	}
	raw := file(t, `{"id":"a","text":"Anna  left Oslo,\nsaid Bo Holm."}`)
	if s, err = Names(capitals{}, gold, raw); err != nil {
		t.Fatal(err)
	}
	if s.Span.Right != 2 || s.Skipped != 0 {
		t.Errorf("on raw text %d right spans and %d skipped, want 2 and 0", s.Span.Right, s.Skipped)
	}
	if _, err = Names(capitals{}, gold, file(t, `{"id":"b","text":""}`)); err == nil {
		t.Error("no error where the raw text is missing")
	}
}

func TestPronouns(t *testing.T) {
	gold := file(t, "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"+
		"x\tÅsa Anna met Berit. She left.\tShe\t20\tAnna\t4\tTRUE\tBerit\t13\tFALSE\thttp://example.org\n")
	s, err := Pronouns(capitals{}, gold)
	if err != nil {
		t.Fatal(err)
	}
	if all := s.All(); s.Rows != 1 || all.Gold != 1 || all.Found != 1 || all.Right != 1 {
		t.Errorf("counts %+v of %d rows, want one of each", all, s.Rows)
	}
	if s.Female.Gold != 1 {
		t.Error("she is no woman")
	}
}
