package article

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"dragoman"
)

// metadata is what a page says of itself where the extraction does not look.
type metadata struct {
	url       string
	published dragoman.Day
}

// dateNames are the names under which pages give the day of publication.
var dateNames = map[string]bool{"article:published_time": true, "article:published": true, "og:published_time": true,
	"date": true, "pubdate": true, "publishdate": true, "publish_date": true, "publish-date": true, "datepublished": true,
	"dc.date": true, "dc.date.issued": true, "dc.date.created": true, "dcterms.date": true, "dcterms.issued": true, "dcterms.created": true,
	"parsely-pub-date": true, "sailthru.date": true, "citation_publication_date": true, "citation_date": true}

// findMetadata looks through the elements of a page. A named day comes before
// that of the first time inside the article; a time elsewhere may be of
// another article, so it does not count.
func findMetadata(doc *html.Node) metadata {
	m := metadata{published: dragoman.NoDay}
	inside := dragoman.NoDay
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "link":
			if strings.EqualFold(attr(n, "rel"), "canonical") {
				m.url = attr(n, "href")
			}
		case "meta":
			name := strings.ToLower(attr(n, "property") + attr(n, "name"))
			if name == "og:url" && m.url == "" {
				m.url = attr(n, "content")
			}
			if dateNames[name] || strings.EqualFold(attr(n, "itemprop"), "datePublished") {
				m.see(attr(n, "content"))
			}
		case "time":
			if has(n, "pubdate") {
				m.see(attr(n, "datetime"))
			} else if inside == dragoman.NoDay && within(n, "article") {
				inside = leadingDay(attr(n, "datetime"))
			}
		}
		if n.Data != "meta" && strings.EqualFold(attr(n, "itemprop"), "datePublished") {
			m.see(attr(n, "datetime"))
			m.see(attr(n, "content"))
		}
	}
	if m.published == dragoman.NoDay {
		m.published = inside
	}
	return m
}

// see takes the first day there is.
func (m *metadata) see(value string) {
	if m.published == dragoman.NoDay {
		m.published = leadingDay(value)
	}
}

// leadingDay reads the day at the beginning of a time in whatever ISO form.
func leadingDay(s string) dragoman.Day {
	if s = strings.TrimSpace(s); len(s) < 10 {
		return dragoman.NoDay
	}
	day, err := dragoman.ParseDay(strings.ReplaceAll(s[:10], "/", "-"))
	if err != nil {
		return dragoman.NoDay
	}
	return day
}

// pathDay finds a day in an address, as /2025/03/04/ or /2025-03-04-.
var pathDay = regexp.MustCompile(`(?:^|[/-])((?:19|20)[0-9]{2})[/-]([01][0-9])[/-]([0-3][0-9])(?:[/-]|$)`)

func dayInPath(path string) dragoman.Day {
	f := pathDay.FindStringSubmatch(path)
	if f == nil {
		return dragoman.NoDay
	}
	return leadingDay(strings.Join(f[1:], "-"))
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func within(n *html.Node, element string) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && n.Data == element {
			return true
		}
	}
	return false
}
