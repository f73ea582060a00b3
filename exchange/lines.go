package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// lineReader reads a text line by line.
type lineReader struct {
	r    *bufio.Reader
	most int // bytes of a line: a longer one is a fault
	line int // the number of the last that was read
	long []byte
}

// next returns the next line without its end and a byte order mark, which stands until
// the next call; it returns a *Fault for one that is too long, and io.EOF after the last.
func (l *lineReader) next() ([]byte, error) {
	text, err := l.r.ReadSlice('\n')
	if err == io.EOF && len(text) == 0 {
		return nil, io.EOF
	}
	if l.line++; errors.Is(err, bufio.ErrBufferFull) {
		l.long = append(l.long[:0], text...)
		for errors.Is(err, bufio.ErrBufferFull) {
			if text, err = l.r.ReadSlice('\n'); len(l.long) <= l.most {
				l.long = append(l.long, text...)
			}
		}
		text = l.long
	}
	if err != nil && err != io.EOF {
		return nil, err
	}
	if len(text) > l.most {
		l.long = nil
		return nil, &Fault{l.line, fmt.Errorf("the line is longer than %d MB; it is left out", l.most>>20)}
	}
	if l.line == 1 {
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
	}
	return bytes.TrimRight(text, "\r\n"), nil
}

// jsonLines reads JSON Lines.
type jsonLines struct{ lineReader }

// longestObject bounds a line of JSON, in bytes: a reading of a book is shorter.
const longestObject = 64 << 20

func newJSONLines(r *bufio.Reader) jsonLines {
	return jsonLines{lineReader{r: r, most: longestObject}}
}

// next reads the next line that is not empty into v, which is called what; it
// returns a *Fault for one that it cannot read, and io.EOF after the last.
func (l *jsonLines) next(v any, what string) error {
	for {
		text, err := l.lineReader.next()
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
