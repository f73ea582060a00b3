package article

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Outline is one feed of a list of feeds.
type Outline struct{ Title, URL string }

// maxOutlines bounds the feeds of a list.
const maxOutlines = 10_000

// ParseOPML returns the feeds of an OPML list, however they are grouped, each
// address once, in their order. Only http and https addresses are feeds here.
func ParseOPML(b []byte) ([]Outline, error) {
	if root(b) != "opml" {
		return nil, errors.New("it is not an OPML list: it does not begin with <opml>")
	}
	d := newXML(xmlText("", b))
	var all []Outline
	seen := map[string]bool{}
	for depth := 0; ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, xmlFault(err)
		}
		switch token := token.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			if depth++; depth > maxNesting {
				return nil, fmt.Errorf("its elements are nested more than %d deep", maxNesting)
			}
			o, ok := outline(token)
			if !ok || seen[o.URL] {
				continue
			}
			if len(all) == maxOutlines {
				return nil, fmt.Errorf("it lists more than %d feeds; split it", maxOutlines)
			}
			seen[o.URL] = true
			all = append(all, o)
		}
	}
	if len(all) == 0 {
		return nil, errors.New("it lists no feed: no outline has an http or https address as xmlUrl")
	}
	return all, nil
}

func outline(e xml.StartElement) (Outline, bool) {
	var title, text, address string
	if !strings.EqualFold(e.Name.Local, "outline") {
		return Outline{}, false
	}
	for _, a := range e.Attr {
		switch strings.ToLower(a.Name.Local) {
		case "title":
			title = squeeze(a.Value)
		case "text":
			text = squeeze(a.Value)
		case "xmlurl":
			address = strings.TrimSpace(a.Value)
		}
	}
	if rest, ok := strings.CutPrefix(address, "feed://"); ok {
		address = "http://" + rest
	}
	u, err := parseAddress(address)
	if err != nil {
		return Outline{}, false
	}
	if title == "" {
		title = text
	}
	return Outline{title, u.String()}, true
}
