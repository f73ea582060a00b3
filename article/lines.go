package article

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"dragoman"
)

// maxLine bounds one line of JSON Lines.
const maxLine = 64 << 20

func isJSONLines(name string) bool { return hasSuffix(name, ".jsonl", ".ndjson", ".json") }

// looksLikeJSON goes by the first object: it must have a text.
func looksLikeJSON(b []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimSpace(b), []byte("\n"))
	if len(line) == 0 || line[0] != '{' {
		return false
	}
	var w wire
	return json.Unmarshal(line, &w) == nil && w.Text != ""
}

// lines reads JSON Lines: one object an article (see wire), or one object
// written over several lines.
type lines struct {
	name   string
	r      *bufio.Reader
	closer io.Closer
	n      int
}

func newLines(name string, r io.ReadCloser) *lines {
	return &lines{name: name, r: bufio.NewReaderSize(r, 1<<16), closer: r}
}

func (l *lines) Close() error { return l.closer.Close() }

// wire is an article as a line of JSON.
type wire struct {
	ID        json.RawMessage `json:"id"` // a string or a number
	Title     string          `json:"title"`
	Text      string          `json:"text"`
	Published string          `json:"published"`
	URL       string          `json:"url"`
	Outlet    string          `json:"outlet"`
	Language  string          `json:"language"`
}

func (l *lines) Next() (dragoman.Article, error) {
	for {
		line, err := l.line()
		if err != nil {
			return dragoman.Article{}, err
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		a, err := l.article(line)
		if err != nil {
			return a, &Fault{fmt.Sprintf("%s:%d", l.name, l.n), err}
		}
		return a, nil
	}
}

func (l *lines) line() ([]byte, error) {
	var all []byte
	for {
		part, err := l.r.ReadSlice('\n')
		if len(all)+len(part) > maxLine {
			return nil, fmt.Errorf("%s:%d: the line is longer than %d bytes", l.name, l.n+1, maxLine)
		}
		all = append(all, part...)
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(all) == 0:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			return nil, fmt.Errorf("%s: %w", l.name, err)
		}
		l.n++
		return all, nil
	}
}

func (l *lines) article(line []byte) (dragoman.Article, error) {
	a := dragoman.Article{Published: dragoman.NoDay}
	line = bytes.TrimPrefix(line, []byte("\ufeff"))
	var w wire
	if err := json.Unmarshal(line, &w); err != nil {
		return a, fmt.Errorf("it is not a JSON object with title, text, published, url, outlet, id: %w", err)
	}
	if strings.TrimSpace(w.Text) == "" {
		return a, errors.New(`it has no "text"`)
	}
	if w.Published != "" {
		day, err := dragoman.ParseDay(w.Published)
		if err != nil {
			return a, fmt.Errorf("published: %w", err)
		}
		a.Published = day
	}
	a.ID = strings.Trim(string(w.ID), `"`)
	if a.ID == "null" {
		a.ID = ""
	}
	a.Title, a.URL, a.Outlet, a.Language = strings.TrimSpace(w.Title), w.URL, w.Outlet, w.Language
	a.Text = strings.ToValidUTF8(w.Text, "\ufffd")
	if a.Title != "" && !strings.HasPrefix(a.Text, a.Title) {
		a.Text = a.Title + "\n\n" + a.Text
	}
	Finish(&a)
	return a, nil
}
