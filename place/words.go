package place

import (
	"io/fs"
	"slices"
	"strings"

	"dragoman"
	"dragoman/data"
)

// words is the table en/placewords.tsv.
type words map[string][]word

type word struct {
	use  string
	kind string
	fits []string
}

// The longest phrase of the table, in words and in bytes.
const (
	maxPhrase      = 4
	maxPhraseBytes = 95
)

func loadWords(fsys fs.FS) (words, error) {
	t, err := data.Read(fsys, "en/placewords.tsv", "word", "use", "kind", "fits")
	if err != nil {
		return nil, err
	}
	w := make(words, t.Len())
	for i := range t.Len() {
		word := word{t.Value(i, "use"), t.Value(i, "kind"), t.List(i, "fits")}
		switch word.use {
		case "head", "lead":
			if word.kind == "" || word.fits == nil {
				return nil, t.Fault(i, "a %s needs kind and fits", word.use)
			}
		case "locates", "touches", "inside", "near", "direction", "filler", "joint", "and":
		default:
			return nil, t.Fault(i, "unknown use %q", word.use)
		}
		phrase := t.Value(i, "word")
		if strings.Count(phrase, " ") >= maxPhrase || len(phrase) > maxPhraseBytes {
			return nil, t.Fault(i, "a phrase has at most %d words and %d bytes", maxPhrase, maxPhraseBytes)
		}
		w[phrase] = append(w[phrase], word)
	}
	return w, nil
}

// is reports whether the phrase has that use.
func (w words) is(phrase, use string) bool { return w.as(phrase, use) != nil }

func (w words) as(phrase, use string) *word {
	for i := range w[phrase] {
		if w[phrase][i].use == use {
			return &w[phrase][i]
		}
	}
	return nil
}

// after returns the longest phrase of that use which begins at token i, and
// the token after it.
func (w words) after(doc *dragoman.Document, i int, use string) (*word, int) {
	var found *word
	end := i
	var buf [maxPhraseBytes + 1]byte
	phrase := buf[:0]
	for n := 0; n < maxPhrase && i+n >= 0 && i+n < len(doc.Tokens); n++ {
		if n > 0 {
			phrase = append(phrase, ' ')
		}
		phrase = append(phrase, strings.ToLower(form(doc, i+n))...)
		if x := w.as(string(phrase), use); x != nil {
			found, end = x, i+n+1
		}
	}
	return found, end
}

// before returns the longest phrase of that use which ends right before token
// i, and its first token.
func (w words) before(doc *dragoman.Document, i int, use string) (*word, int) {
	var found *word
	first := i
	var buf [maxPhraseBytes + 1]byte // filled from its end
	start := len(buf)
	for n := 1; n <= maxPhrase && i-n >= 0 && i-n < len(doc.Tokens); n++ {
		word := strings.ToLower(form(doc, i-n))
		if start < len(word)+1 {
			break
		}
		if n > 1 {
			start--
			buf[start] = ' '
		}
		start -= len(word)
		copy(buf[start:], word)
		if x := w.as(string(buf[start:]), use); x != nil {
			found, first = x, i-n
		}
	}
	return found, first
}

// form is the characters of token i, or "" where there is none.
func form(doc *dragoman.Document, i int) string {
	if i < 0 || i >= len(doc.Tokens) {
		return ""
	}
	s := doc.Tokens[i].Span
	if s.Start < 0 || s.End > len(doc.Text) || s.Empty() {
		return ""
	}
	return s.In(doc.Text)
}

func (w *word) takes(kind string) bool { return slices.Contains(w.fits, kind) }
