// Package article turns what people have (text, web pages, JSON Lines) into
// articles, and is the only room that fetches. What it cannot read it says so
// about, and goes on with the next.
package article

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"dragoman"
)

// MaxText is the number of bytes of an article's text that are read; what is
// beyond is cut off at a paragraph, with a note.
const MaxText = 8 << 20

// maxInput bounds what is read of one file or page that is not JSON Lines.
const maxInput = 64 << 20

// Stream gives the articles of one input, one after the other.
type Stream interface {
	// Next returns the next article, io.EOF at the end, or a *Fault for one
	// that cannot be read; the stream goes on after a Fault.
	Next() (dragoman.Article, error)
	io.Closer
}

// Fault is something wrong with one article of an input.
type Fault struct {
	Where string // "news.jsonl:7"
	Err   error
}

func (f *Fault) Error() string { return f.Where + ": " + f.Err.Error() }
func (f *Fault) Unwrap() error { return f.Err }

// New reads one input whose name (a path, a URL, "standard input") tells its
// kind where the content does not: HTML, JSON Lines, else plain text.
func New(name string, r io.ReadCloser) (Stream, error) {
	if isJSONLines(name) {
		return newLines(name, r), nil
	}
	b, err := io.ReadAll(io.LimitReader(r, maxInput+1))
	if err != nil {
		r.Close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if !hasSuffix(name, ".txt", ".html", ".htm") && looksLikeJSON(b) {
		return newLines(name, multi{io.MultiReader(bytes.NewReader(b), r), r}), nil
	}
	r.Close()
	a, err := Parse(name, b)
	return &single{a, err, name}, nil
}

type multi struct {
	io.Reader
	io.Closer
}

type single struct {
	article dragoman.Article
	err     error
	name    string
}

func (s *single) Next() (dragoman.Article, error) {
	a, err := s.article, s.err
	s.err = io.EOF
	if err != nil && err != io.EOF {
		err = &Fault{s.name, err}
	}
	return a, err
}

func (s *single) Close() error { return nil }

// Parse reads one article from the bytes of a plain text or an HTML page. The
// errors say what to do.
func Parse(name string, b []byte) (dragoman.Article, error) {
	cut := len(b) > maxInput
	if cut {
		b = b[:maxInput]
	}
	var a dragoman.Article
	var err error
	if looksLikeHTML(name, b) {
		a, err = fromHTML(name, b)
	} else {
		a, err = fromText(b)
	}
	if err != nil {
		return a, err
	}
	Finish(&a)
	return a, nil
}

// Finish fills what follows from the text: id, language, and the cut of an
// overlong text.
func Finish(a *dragoman.Article) {
	if len(a.Text) > MaxText {
		total := len(a.Text)
		end := strings.LastIndex(a.Text[:MaxText], "\n\n")
		if end < MaxText/2 {
			end = MaxText
			for !utf8.RuneStart(a.Text[end]) {
				end--
			}
		}
		a.Text = a.Text[:end]
		a.Notes = append(a.Notes, dragoman.Note{Code: "cut",
			Text: fmt.Sprintf("the text has %d bytes; the first %d were read: split it into articles to read all of it", total, end)})
	}
	if a.ID == "" {
		sum := sha256.Sum256([]byte(a.Text))
		a.ID = hex.EncodeToString(sum[:8])
	}
	if a.Language == "" {
		a.Language = language(a.Text)
	}
}

func fromText(b []byte) (dragoman.Article, error) {
	a := dragoman.Article{Published: dragoman.NoDay}
	text, err := decode(b)
	if err != nil {
		return a, err
	}
	if strings.TrimSpace(text) == "" {
		return a, errors.New("there is no text in it")
	}
	a.Text = text
	a.Title = title(text)
	return a, nil
}

// title returns the first line of text if a blank line and more text follow.
func title(text string) string {
	first, rest, ok := strings.Cut(text, "\n")
	first = strings.TrimSuffix(first, "\r")
	second, body, _ := strings.Cut(rest, "\n")
	if !ok || strings.TrimSpace(first) == "" || strings.TrimSpace(second) != "" || strings.TrimSpace(body) == "" || len(first) > 400 {
		return ""
	}
	return strings.TrimSpace(first)
}

// decode returns the bytes as UTF-8, by the byte order mark where there is
// one, and refuses what is not text.
func decode(b []byte) (string, error) {
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		b = b[3:]
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		out, _, err := transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder(), b)
		if err != nil {
			return "", fmt.Errorf("it says it is UTF-16, but does not decode: %w", err)
		}
		b = out
	}
	if i := bytes.IndexByte(b, 0); i >= 0 {
		return "", fmt.Errorf("it is not text: byte %d is zero; give plain text, HTML or JSON Lines", i)
	}
	if !utf8.Valid(b) {
		i := 0
		for i < len(b) {
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			i += n
		}
		return "", fmt.Errorf("it is not UTF-8: byte %d is %#x; convert it first, for instance with iconv -f windows-1252 -t utf-8", i, b[i])
	}
	return string(b), nil
}

// language returns the language of text, "" where there is too little of it
// or the guess is unsure.
func language(text string) string {
	const enough, most = 120, 3000
	if len(text) < enough {
		return ""
	}
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	info := whatlanggo.Detect(text)
	if !info.IsReliable() {
		return ""
	}
	return info.Lang.Iso6391()
}

func hasSuffix(name string, suffixes ...string) bool {
	lower := strings.ToLower(name)
	for _, s := range suffixes {
		if strings.HasSuffix(lower, s) {
			return true
		}
	}
	return false
}
