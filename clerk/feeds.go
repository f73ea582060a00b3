package clerk

import (
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"dragoman/article"
	"dragoman/store"
)

// FeedsAt returns the feed at an address, or the feeds of the list there. Only
// what calls itself a list, with "opml" in its address, is fetched to be looked
// into.
func FeedsAt(ctx context.Context, fetcher *article.Fetcher, address string) ([]store.Feed, error) {
	at, err := FeedAddress(address)
	if err != nil {
		return nil, err
	}
	one := []store.Feed{{URL: at}}
	if !strings.Contains(strings.ToLower(at), "opml") {
		return one, nil
	}
	page, err := fetcher.Get(ctx, at, article.Validators{})
	if err != nil {
		return nil, err
	}
	if _, err := article.ParseFeed(page.URL, page.ContentType, page.Body); err == nil {
		return one, nil // a feed about lists, or on a host that is called so
	}
	return FeedsIn(at, page.Body)
}

// FeedsIn returns the feeds of an OPML list; faults call the list name.
func FeedsIn(name string, list []byte) ([]store.Feed, error) {
	outlines, err := article.ParseOPML(list)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var all []store.Feed
	for _, o := range outlines {
		all = append(all, store.Feed{URL: o.URL, Title: o.Title})
	}
	return all, nil
}

// FeedAddress writes an address as lists of feeds have it, so that each feed
// has one.
func FeedAddress(name string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(name))
	if err != nil || u.Host == "" || !slices.Contains([]string{"http", "https"}, u.Scheme) {
		return "", fmt.Errorf("%q is not an http or https address", name)
	}
	u.Host = strings.ToLower(u.Host)
	u.Fragment, u.RawFragment = "", ""
	return u.String(), nil
}

// opml is a list of feeds, as version 2.0 of OPML has it.
type opml struct {
	XMLName  xml.Name  `xml:"opml"`
	Version  string    `xml:"version,attr"`
	Title    string    `xml:"head>title"`
	Outlines []outline `xml:"body>outline"`
}

type outline struct {
	Text  string `xml:"text,attr"`
	Title string `xml:"title,attr"`
	Type  string `xml:"type,attr"`
	URL   string `xml:"xmlUrl,attr"`
}

// WriteOPML writes feeds as an OPML list, which other programs take too.
func WriteOPML(w io.Writer, all []store.Feed) error {
	list := opml{Version: "2.0", Title: "Feeds followed by dragoman"}
	for _, f := range all {
		title := cmp.Or(f.Title, f.URL)
		list.Outlines = append(list.Outlines, outline{title, title, "rss", f.URL})
	}
	b, err := xml.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, b)
	return err
}
