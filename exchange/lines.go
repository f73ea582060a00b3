package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// jsonLines reads JSON Lines.
type jsonLines struct {
	r    *bufio.Reader
	line int // the number of the last that was read
	long []byte
}

// longestLine bounds a line in bytes: a reading of a book is shorter.
const longestLine = 64 << 20

// next reads the next line that is not empty into v, which is called what; it
// returns a *Fault for one that it cannot read, and io.EOF after the last.
func (l *jsonLines) next(v any, what string) error {
	for {
		text, err := l.read()
		if err != nil {
			return err
		}
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		if text[0] != '{' {
			return &Fault{l.line, fmt.Errorf("%s is one JSON object a line, and this begins with %q", what, text[0])}
		}
		if err := json.Unmarshal(text, v); err != nil {
			return &Fault{l.line, fmt.Errorf("it is not %s: %w", what, err)}
		}
		return nil
	}
}

// read returns the next line, which stands until the next call.
func (l *jsonLines) read() ([]byte, error) {
	text, err := l.r.ReadSlice('\n')
	if l.line++; l.line == 1 {
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
	}
	if errors.Is(err, bufio.ErrBufferFull) {
		l.long = append(l.long[:0], text...)
		for errors.Is(err, bufio.ErrBufferFull) {
			if text, err = l.r.ReadSlice('\n'); len(l.long) <= longestLine {
				l.long = append(l.long, text...)
			}
		}
		if text = l.long; len(text) > longestLine {
			l.long = nil
			if err == nil || errors.Is(err, io.EOF) {
				err = &Fault{l.line, fmt.Errorf("the line is longer than %d MB", longestLine>>20)}
			}
			return nil, err
		}
	}
	if errors.Is(err, io.EOF) && len(text) > 0 {
		return text, nil
	}
	return text, err
}

// firstKeys returns the names in the first JSON object of a file of JSON Lines, as
// far as head goes, and what stands under them where it is text. It returns nil
// where the file does not begin with an object.
func firstKeys(head []byte) map[string]string {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(head, []byte("\ufeff"))))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	keys := map[string]string{}
	for {
		t, err := d.Token()
		name, ok := t.(string)
		if err != nil || !ok {
			return keys
		}
		keys[name] = ""
		var v json.RawMessage
		if d.Decode(&v) != nil {
			return keys
		}
		var s string
		if json.Unmarshal(v, &s) == nil {
			keys[name] = s
		}
	}
}
