package article

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/markusmobius/go-trafilatura"
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
func fromHTML(name string, b []byte) (a dragoman.Article, err error) {
	a.Published = dragoman.NoDay
	defer func() {
		// The extraction library is not ours; a page that breaks it must not
		// break the reading of the others.
		if p := recover(); p != nil {
			err = fmt.Errorf("the page could not be taken apart: %v", p)
		}
	}()
	r, err := charset.NewReader(bytes.NewReader(b), "text/html")
	if err != nil {
		return a, fmt.Errorf("its encoding is not known: %w", err)
	}
	decoded, err := io.ReadAll(r)
	if err != nil {
		return a, fmt.Errorf("it does not decode: %w", err)
	}
	if bytes.IndexByte(decoded, 0) >= 0 {
		return a, errors.New("it is not a page: it has zero bytes")
	}
	doc, err := html.Parse(bytes.NewReader(bytes.ToValidUTF8(decoded, []byte("\ufffd"))))
	if err != nil {
		return a, fmt.Errorf("it is not HTML: %w", err)
	}
	if tooDeep(doc) {
		return a, fmt.Errorf("its elements are nested more than %d deep", maxDepth)
	}
	options := trafilatura.Options{EnableFallback: true, ExcludeComments: true, ExcludeTables: true}
	if u, err := url.Parse(name); err == nil && u.Scheme != "" && u.Host != "" {
		options.OriginalURL = u
		a.URL = name
	}
	result, err := trafilatura.ExtractDocument(doc, options)
	if err != nil {
		return a, fmt.Errorf("no article was found in the page: %w", err)
	}
	var paragraphs []string
	collect(result.ContentNode, &paragraphs)
	if len(paragraphs) == 0 {
		return a, errors.New("no article was found in the page")
	}
	m := result.Metadata
	a.Title = squeeze(m.Title)
	if a.Title != "" && paragraphs[0] == a.Title {
		paragraphs = paragraphs[1:]
	}
	a.Text = strings.Join(paragraphs, "\n\n")
	if a.Title != "" {
		a.Text = a.Title + "\n\n" + a.Text
	}
	a.Outlet = m.Sitename
	if a.Outlet == "" {
		a.Outlet = m.Hostname
	}
	if a.URL == "" {
		a.URL = m.URL
	}
	if !m.Date.IsZero() {
		a.Published = dragoman.DayOf(m.Date.Date())
	}
	return a, nil
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
