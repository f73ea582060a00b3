package article

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"dragoman"
)

// looksLikeHTML goes by the content first: a page saved under any name is a page.
func looksLikeHTML(name string, b []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(b[:min(len(b), 1024)]))
	head = bytes.TrimPrefix(head, []byte{0xef, 0xbb, 0xbf})
	for _, start := range []string{"<!doctype html", "<html", "<head", "<body", "<?xml"} {
		if bytes.HasPrefix(head, []byte(start)) {
			return true
		}
	}
	return hasSuffix(name, ".html", ".htm", ".xhtml") || bytes.Contains(head, []byte("<html"))
}

// maxDepth bounds the nesting of a page: what extracts the article recurses.
const maxDepth = 400

// fromHTML extracts title, body, date, outlet and address of a page. The text
// is the title, a blank line, and the paragraphs with a blank line between.
// contentType is what the server says, "" where there is none.
func fromHTML(name, contentType string, b []byte) (a dragoman.Article, err error) {
	a.Published = dragoman.NoDay
	defer func() {
		// The extraction library is not ours; a page that breaks it must not
		// break the reading of the others.
		if p := recover(); p != nil {
			err = fmt.Errorf("the page could not be taken apart: %v", p)
		}
	}()
	doc, err := parsePage(contentType, b)
	if err != nil {
		return a, err
	}
	m := findMetadata(doc)
	a.URL = m.url
	u, err := url.Parse(name)
	if err == nil && u.Scheme != "" && u.Host != "" {
		a.URL = name
	} else if u, err = url.Parse(a.URL); err != nil || u.Host == "" {
		u, a.URL = nil, ""
	}
	parser := readability.NewParser()
	result, err := parser.ParseAndMutate(doc, u)
	if err != nil {
		return a, fmt.Errorf("no article was found in the page: %w", err)
	}
	var paragraphs []string
	collect(result.Node, &paragraphs)
	if len(paragraphs) == 0 {
		return a, errors.New("no article was found in the page")
	}
	a.Title = squeeze(result.Title())
	if a.Title != "" && paragraphs[0] == a.Title {
		paragraphs = paragraphs[1:]
	}
	a.Text = strings.Join(paragraphs, "\n\n")
	if a.Title != "" {
		a.Text = a.Title + "\n\n" + a.Text
	}
	a.Text = strings.ToValidUTF8(a.Text, "\ufffd")
	if a.Outlet = squeeze(result.SiteName()); a.Outlet == "" && u != nil {
		a.Outlet = strings.TrimPrefix(u.Hostname(), "www.")
	}
	if t, err := result.PublishedTime(); err == nil {
		a.Published = dragoman.DayOf(t.Date())
	} else if a.Published = m.published; a.Published == dragoman.NoDay && u != nil {
		a.Published = dayInPath(u.Path)
	}
	return a, nil
}

// parsePage decodes a page by its byte order mark, what the server says, or
// what it declares itself.
func parsePage(contentType string, b []byte) (*html.Node, error) {
	if len(b) > maxInput {
		return nil, fmt.Errorf("the page has more than %d bytes; it is hardly one article", maxInput)
	}
	if contentType == "" {
		contentType = "text/html"
	}
	r, err := charset.NewReader(bytes.NewReader(b), contentType)
	if err != nil {
		return nil, fmt.Errorf("its encoding is not known: %w", err)
	}
	decoded, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("it does not decode: %w", err)
	}
	if bytes.IndexByte(decoded, 0) >= 0 {
		return nil, errors.New("it is not a page: it has zero bytes")
	}
	doc, err := html.Parse(bytes.NewReader(bytes.ToValidUTF8(decoded, []byte("\ufffd"))))
	if err != nil {
		return nil, fmt.Errorf("it is not HTML: %w", err)
	}
	if tooDeep(doc) {
		return nil, fmt.Errorf("its elements are nested more than %d deep", maxDepth)
	}
	return doc, nil
}

func tooDeep(root *html.Node) bool {
	depth := 0
	for n := root; n != nil; {
		if n.FirstChild != nil {
			n = n.FirstChild
			if depth++; depth > maxDepth {
				return true
			}
			continue
		}
		for n != nil && n.NextSibling == nil {
			n = n.Parent
			depth--
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	return false
}

// blocks are the elements that begin a new paragraph.
var blocks = map[string]bool{"p": true, "div": true, "li": true, "ul": true, "ol": true, "blockquote": true, "h1": true,
	"h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "pre": true, "section": true, "article": true, "body": true,
	"table": true, "tr": true, "td": true, "br": true, "hr": true, "figure": true, "figcaption": true, "dd": true, "dt": true, "dl": true}

// collect gathers the paragraphs below n, white space squeezed.
func collect(n *html.Node, paragraphs *[]string) {
	var b strings.Builder
	end := func() {
		if p := squeeze(b.String()); p != "" {
			*paragraphs = append(*paragraphs, p)
		}
		b.Reset()
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			return
		}
		block := n.Type == html.ElementNode && blocks[n.Data]
		if block {
			end()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			end()
		}
	}
	if n != nil {
		walk(n)
	}
	end()
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
