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

// looksLikeLines goes by the first object: it must have a text.
func looksLikeLines(b []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\ufeff"))), []byte("\n"))
	if len(line) == 0 || line[0] != '{' {
		return false
	}
	var w wire
	return json.Unmarshal(line, &w) == nil && w.Text != ""
}

// looksLikeJSON returns the objects of a file that is one object or an array
// of them, written over several lines.
func looksLikeJSON(name string, b []byte) ([]json.RawMessage, bool) {
	b = bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\ufeff")))
	if len(b) == 0 || b[0] != '{' && b[0] != '[' || !json.Valid(b) {
		return []json.RawMessage{b}, hasSuffix(name, ".json") && len(b) > 0
	}
	var all []json.RawMessage
	if b[0] == '{' {
		return []json.RawMessage{b}, true
	}
	err := json.Unmarshal(b, &all)
	return all, err == nil && len(all) > 0
}

// objects reads articles that are JSON objects already.
type objects struct {
	name string
	all  []json.RawMessage
	n    int
}

func (o *objects) Next() (dragoman.Article, error) {
	if o.n == len(o.all) {
		return dragoman.Article{}, io.EOF
	}
	o.n++
	a, err := fromJSON(o.all[o.n-1])
	if err != nil {
		return a, &Fault{fmt.Sprintf("%s: object %d", o.name, o.n), err}
	}
	return a, nil
}

func (o *objects) Close() error { return nil }

// maxLost bounds the bytes that are passed over in search of the end of a line.
const maxLost = 1 << 30

// lines reads JSON Lines: one object a line and article (see wire).
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
		a, err := fromJSON(line)
		if err != nil {
			return a, &Fault{fmt.Sprintf("%s:%d", l.name, l.n), err}
		}
		return a, nil
	}
}

// line returns the next line, which holds until the one after it is read. What
// is longer than maxInput is not held but told, and passed over.
func (l *lines) line() ([]byte, error) {
	var all []byte
	for length := 0; ; {
		part, err := l.r.ReadSlice('\n')
		length += len(part)
		if length > maxLost {
			return nil, fmt.Errorf("%s:%d: the line has more than %s; it is no JSON Lines", l.name, l.n+1, size(maxLost))
		}
		if all == nil && err == nil {
			all = part
		} else if length <= maxInput {
			all = append(all, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && length == 0:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			return nil, fmt.Errorf("%s:%d: %w", l.name, l.n+1, err)
		}
		l.n++
		if length > maxInput {
			return nil, &Fault{fmt.Sprintf("%s:%d", l.name, l.n), fmt.Errorf("the line is longer than %d bytes", maxInput)}
		}
		return all, nil
	}
}

func fromJSON(object []byte) (dragoman.Article, error) {
	a := dragoman.Article{Published: dragoman.NoDay}
	var w wire
	if err := json.Unmarshal(bytes.TrimPrefix(object, []byte("\ufeff")), &w); err != nil {
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
	var err error
	if a.ID, err = identity(w.ID); err != nil {
		return a, err
	}
	a.Title, a.URL, a.Outlet, a.Language = squeeze(w.Title), w.URL, w.Outlet, strings.ToLower(w.Language)
	a.Language, _, _ = strings.Cut(a.Language, "-")
	a.Text = strings.ToValidUTF8(w.Text, "\ufffd")
	if first, _, _ := strings.Cut(strings.TrimLeft(a.Text, "\r\n"), "\n"); a.Title != "" && squeeze(first) != a.Title {
		a.Text = a.Title + "\n\n" + a.Text
	}
	Finish(&a)
	return a, nil
}

// identity reads an id that is a string or a number, as written.
func identity(raw json.RawMessage) (string, error) {
	var v any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if len(raw) == 0 {
		return "", nil
	}
	if err := d.Decode(&v); err != nil {
		return "", fmt.Errorf("id: %w", err)
	}
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case json.Number:
		return v.String(), nil
	}
	return "", fmt.Errorf("id: %s is neither a string nor a number", raw)
}
