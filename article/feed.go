package article

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"
	"golang.org/x/net/html"

	"dragoman"
)

// Feed is what a feed lists.
type Feed struct {
	Title    string
	Site     string        // address of the site that it is the feed of
	Language string        // as it says itself, ISO 639-1; it is often wrong
	TTL      time.Duration // how long it wants not to be asked for again; 0 if it does not say
	Items    []Item        // in the order of the feed, no ID twice
	Left     int           // items beyond the first 2000, which were left out
}

// Item is one article of a feed.
type Item struct {
	ID        string // what the feed calls it, else its address, else the Hash of title and text
	URL       string // a full http or https address, or ""
	Title     string
	Published dragoman.Day // as written, in the feed's own time; NoDay where it is none since 1900
	Text      string       // its own text, paragraphs with a blank line between, no markup

	cut  bool      // the text says itself that it goes on elsewhere
	time time.Time // to sort by; zero where unknown
}

const (
	maxItems = 2000
	maxID    = 512 // bytes; what is longer is hashed

	// fullText is the number of characters from which an item's own text
	// counts as the article; teasers are shorter.
	fullText = 400
)

// Full reports whether the item's own text is the article, rather than a
// teaser for the page it links to.
func (i Item) Full() bool { return !i.cut && utf8.RuneCountInString(i.Text) >= fullText }

// looksLikeFeed goes by the outermost element, or by the version that a JSON
// feed must name.
func looksLikeFeed(b []byte) bool {
	switch root(b) {
	case "rss", "rdf", "feed":
		return true
	}
	return looksLikeJSONFeed(b)
}

func looksLikeJSONFeed(b []byte) bool {
	if !bytes.Contains(b, []byte("jsonfeed.org/version/")) && !bytes.Contains(b, []byte(`jsonfeed.org\/version\/`)) {
		return false
	}
	var f struct{ Version string }
	return json.Unmarshal(bytes.TrimPrefix(b, []byte("\ufeff")), &f) == nil && strings.Contains(f.Version, "jsonfeed.org/version/")
}

// ParseFeed reads an RSS, Atom or JSON feed. Relative links are resolved
// against its address; contentType is what the server says, "" where there is
// none. The errors say what it is instead of a feed.
func ParseFeed(address, contentType string, b []byte) (feed Feed, err error) {
	defer func() {
		// The library is not ours; a feed that breaks it must not break
		// the reading of the others.
		if p := recover(); p != nil {
			feed, err = Feed{}, fmt.Errorf("the feed could not be taken apart: %v", p)
		}
	}()
	text, err := feedText(address, contentType, b)
	if err != nil {
		return Feed{}, err
	}
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true // for its ttl
	p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	parsed, err := p.Parse(bytes.NewReader(text))
	if err != nil {
		return Feed{}, xmlFault(err)
	}
	return newFeed(address, parsed), nil
}

// feedText returns what is to be parsed, as UTF-8.
func feedText(address, contentType string, b []byte) ([]byte, error) {
	switch {
	case len(bytes.TrimSpace(b)) == 0:
		return nil, errors.New("it is empty")
	case len(b) > maxInput:
		return nil, fmt.Errorf("the feed has more than %s", size(maxInput))
	case looksLikeJSONFeed(b):
		return jsonFeed(b)
	case looksLikeFeed(b):
		text := xmlText(contentType, b)
		return text, checkXML(text)
	case root(b) == "opml":
		return nil, errors.New("it is an OPML list of feeds, not a feed")
	case looksLikeHTML("", b) && root(b) == "html":
		if at := resolve(baseOf(address), linkedFeed(b)); at != "" {
			return nil, fmt.Errorf("it is a web page, not a feed; the page says that its feed is %s", at)
		}
		return nil, errors.New("it is a web page, not a feed")
	}
	return nil, fmt.Errorf("it is not an RSS, Atom or JSON feed but looks like %s", sniff(b))
}

// jsonFeed mends what the library does not bear: items that are null, and ids
// that are numbers, as the standard tells readers to.
func jsonFeed(b []byte) ([]byte, error) {
	var feed map[string]json.RawMessage
	var all []map[string]json.RawMessage
	if err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\ufeff")), &feed); err != nil {
		return nil, fmt.Errorf("it is not valid JSON: %w", err)
	}
	if items, ok := feed["items"]; ok {
		if err := json.Unmarshal(items, &all); err != nil {
			return nil, fmt.Errorf("its items are not a list of objects: %w", err)
		}
	}
	all = slices.DeleteFunc(all, func(i map[string]json.RawMessage) bool { return i == nil })
	for _, i := range all {
		if id, err := identity(i["id"]); err == nil {
			i["id"], _ = json.Marshal(id)
		}
	}
	feed["items"], _ = json.Marshal(all)
	return json.Marshal(feed)
}

var feedType = regexp.MustCompile(`(?i)^application/(rss|atom|feed)\+(xml|json)`)

// linkedFeed is the first feed that a page names as its own.
func linkedFeed(b []byte) string {
	doc, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		return ""
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "link" && strings.EqualFold(attr(n, "rel"), "alternate") && feedType.MatchString(attr(n, "type")) {
			return attr(n, "href")
		}
	}
	return ""
}

// baseOf is what links are relative to; from a file they must be whole.
func baseOf(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return &url.URL{}
	}
	return u
}

func newFeed(address string, parsed *gofeed.Feed) Feed {
	base := baseOf(address)
	f := Feed{Title: plain(parsed.Title), Site: resolve(base, parsed.Link), Language: shortLanguage(parsed.Language)}
	if base.Host == "" && f.Site != "" {
		base, _ = url.Parse(f.Site)
	}
	if original, ok := parsed.OriginalFeed().(*rss.Feed); ok {
		if minutes, err := strconv.Atoi(strings.TrimSpace(original.TTL)); err == nil && minutes > 0 && minutes < 1<<20 {
			f.TTL = time.Duration(minutes) * time.Minute
		}
	}
	urls := map[string]string{} // of each ID
	for _, p := range parsed.Items {
		if p == nil {
			continue
		}
		if len(f.Items) == maxItems {
			f.Left++
			continue
		}
		i := newItem(base, p)
		if at, seen := urls[i.ID]; seen {
			// Some feeds give all their items one id. The address tells
			// whether it is another article.
			if i.URL == "" || i.URL == at {
				continue
			}
			i.ID = identifier(i.URL)
			if _, seen := urls[i.ID]; seen {
				continue
			}
		}
		urls[i.ID] = i.URL
		f.Items = append(f.Items, i)
	}
	return f
}

func newItem(base *url.URL, p *gofeed.Item) Item {
	i := Item{URL: itemURL(base, p), Title: plain(p.Title)}
	i.Text, i.cut = itemText(p)
	i.Published, i.time = itemDay(p)
	switch guid := squeeze(strings.ToValidUTF8(p.GUID, "\ufffd")); {
	case guid != "":
		i.ID = identifier(guid)
	case i.URL != "":
		i.ID = identifier(i.URL)
	default:
		i.ID = Hash(i.Title + "\n\n" + i.Text)
	}
	return i
}

// identifier bounds what is kept as an id.
func identifier(s string) string {
	if len(s) > maxID {
		return Hash(s)
	}
	return s
}

// itemURL is the item's link; where it has none but calls itself by an
// address, as a permalink, that one.
func itemURL(base *url.URL, p *gofeed.Item) string {
	for _, link := range append([]string{p.Link}, p.Links...) {
		if u := resolve(base, link); u != "" {
			return u
		}
	}
	if u, err := parseAddress(p.GUID); err == nil {
		return u.String()
	}
	return ""
}

// resolve returns a link as a full http or https address, or "".
func resolve(base *url.URL, link string) string {
	if link = strings.TrimSpace(link); link == "" {
		return ""
	}
	u, err := base.Parse(link)
	if err != nil {
		return ""
	}
	if u, err = parseAddress(u.String()); err != nil {
		return ""
	}
	return u.String()
}

// goesOn is how a teaser ends, and appeared what some systems put below each
// of their texts.
var (
	goesOn   = regexp.MustCompile(`(?i)(?:\[\s*(?:…|\.\.\.)\s*\]|\b(?:read|see) (?:the )?(?:more|full (?:article|story))|\bcontinue reading|…)[\s.»›>→]*$`)
	appeared = regexp.MustCompile(`^The post .+ (?:appeared first on|first appeared on) .+$`)
)

// itemText is the longer one of content and description, and whether it goes
// on elsewhere.
func itemText(p *gofeed.Item) (text string, cut bool) {
	for _, markup := range []string{p.Content, p.Description} {
		all := paragraphs(markup)
		if n := len(all); n > 1 && appeared.MatchString(all[n-1]) {
			all = all[:n-1]
		}
		if t := strings.Join(all, "\n\n"); len(t) > len(text) {
			text = t
		}
	}
	return text, goesOn.MatchString(text[max(0, len(text)-100):])
}

// unread are the elements whose text is not of the article.
var unread = map[string]bool{"script": true, "style": true, "noscript": true, "iframe": true, "template": true, "svg": true,
	"button": true, "form": true, "object": true, "video": true, "audio": true, "head": true, "nav": true}

// paragraphs takes the markup out of an item's text. What is nested deeper
// than pages are has no text.
func paragraphs(markup string) []string {
	var all []string
	if !strings.Contains(markup, "<") {
		for _, p := range strings.Split(strings.ReplaceAll(markup, "\r\n", "\n"), "\n\n") {
			if p = squeeze(html.UnescapeString(strings.ToValidUTF8(p, "\ufffd"))); p != "" {
				all = append(all, p)
			}
		}
		return all
	}
	doc, err := html.Parse(strings.NewReader(strings.ToValidUTF8(markup, "\ufffd")))
	if err != nil || tooDeep(doc) {
		return nil
	}
	var drop []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && unread[n.Data] && n.Parent != nil {
			drop = append(drop, n)
		}
	}
	for _, n := range drop {
		n.Parent.RemoveChild(n)
	}
	collect(doc, &all)
	return all
}

// plain takes the markup out of a title.
func plain(s string) string { return strings.ToValidUTF8(strings.Join(paragraphs(s), " "), "\ufffd") }

func shortLanguage(s string) string {
	s, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(s)), "-")
	if len(s) != 2 || s[0] < 'a' || s[0] > 'z' || s[1] < 'a' || s[1] > 'z' {
		return ""
	}
	return s
}

// writtenDay finds a day as mail writes it: 5 Mar 2025.
var writtenDay = regexp.MustCompile(`(?i)\b([0-3]?[0-9])[ -](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ -]((?:19|20)[0-9]{2})\b`)

// itemDay is the day as it is written: what is published in the evening in
// Lima is of that day, although it is tomorrow in Greenwich.
func itemDay(p *gofeed.Item) (dragoman.Day, time.Time) {
	written, at := p.Published, p.PublishedParsed
	if at == nil {
		written, at = p.Updated, p.UpdatedParsed
	}
	if at == nil || at.Year() < 1900 || at.Year() > 9999 {
		return dragoman.NoDay, time.Time{}
	}
	day := dragoman.DayOf(at.Date())
	local := leadingDay(written)
	if f := writtenDay.FindStringSubmatch(written); f != nil {
		if t, err := time.Parse("2 Jan 2006", f[1]+" "+f[2]+" "+f[3]); err == nil {
			local = dragoman.DayOf(t.Date())
		}
	}
	if local != dragoman.NoDay && local >= day-1 && local <= day+1 {
		day = local
	}
	return day, *at
}

// until takes the days away that are beyond the next two: they are mistaken,
// or of what is announced.
func (f *Feed) until(now time.Time) {
	last := dragoman.DayOf(now.UTC().Date()) + 2
	for i := range f.Items {
		if item := &f.Items[i]; item.Published > last {
			item.Published, item.time = dragoman.NoDay, time.Time{}
		}
	}
}

// oldestFirst returns the items in the order of their times; feeds that do not
// give all times have the newest on top.
func (f *Feed) oldestFirst() []Item {
	items := slices.Clone(f.Items)
	slices.Reverse(items)
	if !slices.ContainsFunc(items, func(i Item) bool { return i.time.IsZero() }) {
		slices.SortStableFunc(items, func(a, b Item) int { return a.time.Compare(b.time) })
	}
	return items
}

// article makes an article of an item's own text. at is where the feed lies.
func (f *Feed) article(i Item, at string) dragoman.Article {
	a := dragoman.Article{ID: i.ID, Title: i.Title, Text: i.Text, URL: i.URL, Published: i.Published}
	f.complete(&a, at)
	return a
}

// complete fills in from the feed what an article lacks, and what follows from
// its text.
func (f *Feed) complete(a *dragoman.Article, at string) {
	if first, _, _ := strings.Cut(a.Text, "\n"); a.Title != "" && squeeze(first) != a.Title {
		a.Text = a.Title + "\n\n" + a.Text
	}
	host := ""
	for _, address := range []string{a.URL, f.Site, at} {
		if u, err := url.Parse(address); host == "" && err == nil {
			host = strings.TrimPrefix(u.Hostname(), "www.")
		}
	}
	// A page without a name of its own has its host for outlet already.
	if a.Outlet == "" || a.Outlet == host {
		a.Outlet = f.Title
	}
	if a.Outlet == "" {
		a.Outlet = host
	}
	Finish(a)
	if a.Language == "" {
		a.Language = f.Language
	}
}

// fill completes the article of a fetched page. Of the days, the feed's comes
// first: pages have many.
func (f *Feed) fill(a *dragoman.Article, i Item, at string) {
	a.ID = i.ID
	if a.Title == "" {
		a.Title = i.Title
	}
	if i.Published != dragoman.NoDay {
		a.Published = i.Published
	}
	f.complete(a, at)
}
