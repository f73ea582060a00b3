package article

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// maxNesting bounds the depth of elements in XML: what parses feeds recurses.
const maxNesting = 200

// declaration is what XML may begin with, and the encoding it names.
var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*?(?:\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["'][^>]*)?\?>`)

// xmlText returns XML as UTF-8, without its declaration, which would say
// otherwise, and without characters that XML forbids but people send. The
// encoding is told by the byte order mark, by being UTF-8, by the server, by
// the declaration, in this order.
func xmlText(contentType string, b []byte) []byte {
	if out, ok := byMark(b); ok {
		b = out
	} else {
		_, params, _ := mime.ParseMediaType(contentType)
		declared := ""
		if f := declaration.FindSubmatch(b[:min(len(b), 1024)]); f != nil {
			declared = string(f[1])
		}
		// Encodings by escape sequences look like UTF-8.
		if !utf8.Valid(b) || bytes.IndexByte(b, 0x1b) >= 0 {
			b = byName(b, params["charset"], declared)
		}
	}
	b = declaration.ReplaceAll(b, nil)
	return bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r // what is no UTF-8 comes as U+FFFD
	}, b)
}

func byMark(b []byte) ([]byte, bool) {
	if out, ok := bytes.CutPrefix(b, []byte("\ufeff")); ok {
		return out, true
	}
	if !bytes.HasPrefix(b, []byte{0xff, 0xfe}) && !bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		return nil, false
	}
	out, _, err := transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder(), b)
	return out, err == nil
}

func byName(b []byte, names ...string) []byte {
	for _, name := range append(names, "windows-1252") {
		if e, _ := charset.Lookup(name); e != nil {
			if out, err := e.NewDecoder().Bytes(b); err == nil {
				return out
			}
		}
	}
	return b
}

// newXML reads what xmlText gave, as leniently as the standard library can.
func newXML(text []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	return d
}

// root returns the name of the outermost element, in lower case, "" where it
// is no XML.
func root(b []byte) string {
	head := bytes.TrimSpace(b[:min(len(b), 64<<10)])
	if len(head) == 0 || head[0] != '<' && head[0] < 0x80 {
		return ""
	}
	d := newXML(xmlText("", head))
	for {
		token, err := d.RawToken()
		if err != nil {
			return ""
		}
		switch token := token.(type) {
		case xml.StartElement:
			return strings.ToLower(token.Name.Local)
		case xml.CharData:
			if len(bytes.TrimSpace(token)) > 0 {
				return ""
			}
		}
	}
}

// checkXML goes through XML once for what is wrong with it, before somebody
// recurses into it.
func checkXML(text []byte) error {
	d := newXML(text)
	for depth := 0; ; {
		token, err := d.RawToken()
		switch {
		case err == io.EOF && depth > 0:
			return fmt.Errorf("it breaks off: %d elements are not closed", depth)
		case err == io.EOF:
			return nil
		case err != nil:
			return xmlFault(err)
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > maxNesting {
				return fmt.Errorf("its elements are nested more than %d deep", maxNesting)
			}
		case xml.EndElement:
			depth--
		}
	}
}

// xmlFault says where XML is wrong, without the words of the library.
func xmlFault(err error) error {
	if s, ok := err.(*xml.SyntaxError); ok {
		return fmt.Errorf("it is not valid XML, line %d: %s", s.Line, s.Msg)
	}
	return fmt.Errorf("it is not valid XML: %w", err)
}
