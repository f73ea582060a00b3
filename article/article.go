// Package article turns what people have (text, web pages, JSON Lines, feeds,
// archives, folders of them) into articles, and is the only room that fetches.
// What it cannot read it says so about, and goes on with the next.
package article

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"dragoman"
)

// MaxText is the number of bytes of an article's text that are read; what is
// beyond is cut off at a paragraph, with a note. It is the length of a
// novel: who has more in one file has not one article, and all layers of this
// much still fit into a few hundred megabytes.
const MaxText = 512 << 10

// maxInput bounds what is held of one file or page that is not JSON Lines, and
// of one line of those.
const maxInput = 16 << 20

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

// Error says where and what.
func (f *Fault) Error() string { return f.Where + ": " + f.Err.Error() }

// Unwrap returns what was wrong, without where.
func (f *Fault) Unwrap() error { return f.Err }

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
func Parse(name string, b []byte) (dragoman.Article, error) { return parse(name, "", b) }

func parse(name, contentType string, b []byte) (dragoman.Article, error) {
	var a dragoman.Article
	var err error
	if looksLikeHTML(name, b) {
		a, err = fromHTML(name, contentType, b)
	} else {
		a, err = fromText(contentType, b)
	}
	if err != nil {
		return a, err
	}
	Finish(&a)
	return a, nil
}

// Hash returns the id of an article that has none but its text: the first eight
// bytes of its SHA-256, in hexadecimal.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// Finish fills what follows from the text: id, language, and the cut of an
// overlong text.
func Finish(a *dragoman.Article) {
	if len(a.Text) > MaxText {
		end := strings.LastIndex(a.Text[:MaxText], "\n\n")
		if end < MaxText/2 {
			end = MaxText
			for !utf8.RuneStart(a.Text[end]) {
				end--
			}
		}
		a.Text = strings.Clone(a.Text[:end]) // lets go of the rest
		a.Notes = append(a.Notes, dragoman.Note{Code: "cut",
			Text: fmt.Sprintf("the first %d bytes of the text were read, what follows was not: split it into articles to read all of it", end)})
	}
	if a.ID == "" {
		a.ID = Hash(a.Text)
	}
	if a.Language == "" {
		a.Language = language(a.Text)
	}
}

func fromText(contentType string, b []byte) (dragoman.Article, error) {
	a := dragoman.Article{Published: dragoman.NoDay}
	text, err := decode(contentType, b)
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
// one, else by what the server says, and refuses what is not text.
func decode(contentType string, b []byte) (string, error) {
	switch _, params, err := mime.ParseMediaType(contentType); {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		b = b[3:]
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		out, _, err := transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder(), b)
		if err != nil {
			return "", fmt.Errorf("it says it is UTF-16, but does not decode: %w", err)
		}
		b = out
	case err == nil && params["charset"] != "":
		if e, _ := charset.Lookup(params["charset"]); e != nil {
			if out, err := e.NewDecoder().Bytes(b); err == nil {
				b = out
			}
		}
	}
	if len(b) > maxInput {
		// What was read ends somewhere in the midst; not within a character.
		for b = b[:maxInput]; len(b) > 0 && !utf8.RuneStart(b[len(b)-1]); {
			b = b[:len(b)-1]
		}
		b = b[:max(0, len(b)-1)]
	}
	if kind := binary(b); kind != "" {
		return "", fmt.Errorf("it is not text but %s; give plain text, HTML or JSON Lines", kind)
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

// sniff names the kind of bytes as servers do.
func sniff(b []byte) string {
	kind, _, _ := mime.ParseMediaType(http.DetectContentType(b))
	return kind
}

// binary names the kind of bytes if it is known and not text. Some kinds are
// told by two letters, with which a text may begin too.
func binary(b []byte) string {
	kind := sniff(b)
	if strings.HasPrefix(kind, "text/") || kind == "application/octet-stream" || kind != "application/pdf" && bytes.IndexByte(b, 0) < 0 && utf8.Valid(b) {
		return ""
	}
	return kind
}

// language returns the language of text, "" where there is too little of it
// or the guess is unsure.
func language(text string) string {
	const enough = 120
	if len(text) < enough {
		return ""
	}
	// A guess costs by the length, and the first lines mostly settle it.
	for _, most := range []int{600, 3000} {
		sample := text
		if len(text) > most {
			sample = strings.ToValidUTF8(text[:most], "")
		}
		if info := whatlanggo.Detect(sample); info.IsReliable() {
			return info.Lang.Iso6391()
		}
		if len(text) <= most {
			break
		}
	}
	return ""
}

// hasSuffix tells the kind a name ends with, compressed or not.
func hasSuffix(name string, suffixes ...string) bool {
	lower := strings.ToLower(name)
	for _, packed := range []string{".gz", ".zst", ".zstd"} {
		lower = strings.TrimSuffix(lower, packed)
	}
	for _, s := range suffixes {
		if strings.HasSuffix(lower, s) {
			return true
		}
	}
	return false
}
