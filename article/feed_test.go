package article

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dragoman"
)

// long is a text that counts as an article of its own.
var long = strings.Repeat("The ferry to the islands sailed again on Tuesday after the storm had passed. ", 7)

const rssHead = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Island &amp; Coast</title><link>https://www.island.example/</link><language>en-us</language><ttl>90</ttl>`

func rssFeed(items ...string) string { return rssHead + strings.Join(items, "\n") + "</channel></rss>" }

func parseFeed(t *testing.T, text string) Feed {
	t.Helper()
	f, err := ParseFeed("https://www.island.example/feed/all.xml", "application/rss+xml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParseFeed(t *testing.T) {
	f := parseFeed(t, rssFeed(
		`<item><guid isPermaLink="false">i-1</guid><title>Ferry <![CDATA[<b>sails</b>]]> again</title><link>../news/1.html</link><pubDate>Tue, 04 Mar 2025 23:30:00 -0500</pubDate>
		<description>Short.</description><content:encoded><![CDATA[<p>`+long+`</p><script>x()</script><p>Second &amp; last.</p><p>The post Ferry appeared first on Island.</p>]]></content:encoded></item>`,
		`<item><title>By link</title><link>https://www.island.example/2</link><description>`+long+` Read more</description></item>`,
		`<item><title>By text</title><description>&lt;p&gt;One&lt;br&gt;Two&lt;/p&gt;</description></item>`))
	if f.Title != "Island & Coast" || f.Site != "https://www.island.example/" || f.Language != "en" || f.TTL != 90*time.Minute || len(f.Items) != 3 {
		t.Fatalf("%+v", f)
	}
	i := f.Items[0]
	if i.ID != "i-1" || i.Title != "Ferry sails again" || i.URL != "https://www.island.example/news/1.html" || i.Published.String() != "2025-03-04" {
		t.Errorf("%+v", i)
	}
	if i.Text != strings.TrimSpace(long)+"\n\nSecond & last." || !i.Full() {
		t.Errorf("full %v: %q", i.Full(), i.Text)
	}
	if i = f.Items[1]; i.ID != i.URL || i.Full() || i.Published != dragoman.NoDay {
		t.Errorf("a teaser is not full: %+v", i)
	}
	if i = f.Items[2]; i.ID != Hash("By text\n\nOne\n\nTwo") || i.Text != "One\n\nTwo" || i.URL != "" {
		t.Errorf("%+v", i)
	}
}

func TestFeedKinds(t *testing.T) {
	for name, text := range map[string]string{
		"atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title>Island</title><link href="https://island.example/"/><entry><id>tag:1</id><title>Ferry</title>
			<link rel="alternate" href="/1"/><updated>2025-03-04T01:00:00+09:00</updated><content type="html">&lt;p&gt;` + long + `&lt;/p&gt;</content></entry></feed>`,
		"rdf": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Island</title>
			<link>https://island.example/</link></channel><item><title>Ferry</title><link>https://www.island.example/1</link><dc:identifier>tag:1</dc:identifier><dc:date>2025-03-04</dc:date><description>` + long + `</description></item></rdf:RDF>`,
		"json":    `{"version":"https://jsonfeed.org/version/1.1","title":"Island","home_page_url":"https://island.example/","items":[null,{"id":"tag:1","url":"https://www.island.example/1","title":"Ferry","date_published":"2025-03-04T01:00:00+09:00","content_html":"<p>` + long + `</p>"}]}`,
		"latin":   "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><title>\xcesland</title><item><guid>tag:1</guid><title>Ferry</title><link>https://www.island.example/1</link><pubDate>4 Mar 2025 01:00:00 +0900</pubDate><description>" + long + "</description></item></channel></rss>",
		"control": "\ufeff<?xml version='1.0'?>\n<!-- of the island --><!DOCTYPE rss [<!ENTITY x 'y'>]><rss><channel><title>Is\x01land</title><item><guid>tag:1</guid><title>Ferry</title><link>https://www.island.example/1</link><pubDate>4 Mar 2025 01:00:00 +0900</pubDate><description>" + long + "</description></item></channel></rss>",
	} {
		f, err := ParseFeed("https://www.island.example/feed", "", []byte(text))
		if err != nil || len(f.Items) != 1 {
			t.Errorf("%s: %+v %v", name, f, err)
			continue
		}
		i := f.Items[0]
		if strings.TrimLeft(f.Title, "IÎ") != "sland" || i.Title != "Ferry" || i.URL != "https://www.island.example/1" || !i.Full() || i.Published.String() != "2025-03-04" {
			t.Errorf("%s: %q %+v", name, f.Title, i)
		}
		if i.ID != "tag:1" && name != "rdf" {
			t.Errorf("%s: id %q", name, i.ID)
		}
		if !looksLikeFeed([]byte(text)) {
			t.Errorf("%s: not told by its content", name)
		}
	}
	utf16 := encoded(t, "utf-16le", "\ufeff<?xml version='1.0' encoding='utf-16'?><rss><channel><title>Îsland</title></channel></rss>")
	if f, err := ParseFeed("", "", utf16); err != nil || f.Title != "Îsland" {
		t.Errorf("UTF-16: %+v %v", f, err)
	}
}

func TestFeedDates(t *testing.T) {
	now := time.Date(2025, 3, 10, 12, 0, 0, 0, time.UTC)
	for written, want := range map[string]string{
		"Mon, 03 Mar 2025 23:59:00 -0800": "2025-03-03", "2025-03-04T00:30:00+05:00": "2025-03-04", "": "", "soon": "", "2025-13-45T00:00:00Z": "",
		"Mon, 01 Jan 0001 00:00:00 GMT": "", "Fri, 31 Dec 1880 00:00:00 GMT": "", "Wed, 12 Mar 2025 10:00:00 GMT": "2025-03-12", "Thu, 13 Mar 2025 10:00:00 GMT": "",
		"Thu, 13 Mar 2125 10:00:00 GMT": "", "Mon, 01 Jan 99999 00:00:00 GMT": "",
	} {
		f := parseFeed(t, rssFeed("<item><title>a</title><pubDate>"+written+"</pubDate></item>"))
		f.until(now)
		if got := f.Items[0].Published.String(); got != want {
			t.Errorf("%q: %q, want %q", written, got, want)
		}
	}
}

func TestFeedIDs(t *testing.T) {
	f := parseFeed(t, rssFeed(
		"<item><guid>a</guid><title>1</title><link>/1</link></item>", "<item><guid>a</guid><title>2</title><link>/1</link></item>",
		"<item><guid>a</guid><title>3</title><link>/3</link></item>", "<item><guid>a</guid><title>4</title><link>/3</link></item>",
		"<item><guid>a</guid><title>5</title></item>", "<item><guid>"+strings.Repeat("x", 2*maxID)+"</guid><title>6</title></item>",
		"<item><title>7</title><link>javascript:alert(1)</link></item>", "<item><guid>https://www.island.example/8</guid><title>8</title></item>"))
	var got []string
	for _, i := range f.Items {
		if i.ID == "" || len(i.ID) > maxID {
			t.Errorf("id %q", i.ID)
		}
		got = append(got, i.Title+" "+strings.TrimPrefix(i.URL, "https://www.island.example"))
	}
	if want := []string{"1 /1", "3 /3", "6 ", "7 ", "8 /8"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	f = parseFeed(t, rssFeed(slices.Repeat([]string{"<item><title>a</title></item>"}, maxItems+3)...))
	if len(f.Items) != 1 {
		t.Errorf("%d items that are the same", len(f.Items))
	}
	many := make([]string, maxItems+3)
	for i := range many {
		many[i] = fmt.Sprintf("<item><title>%d</title></item>", i)
	}
	if f = parseFeed(t, rssFeed(many...)); len(f.Items) != maxItems || f.Left != 3 {
		t.Errorf("%d items, %d left out", len(f.Items), f.Left)
	}
}

func TestFeedFaults(t *testing.T) {
	for _, c := range []struct{ name, text, fault string }{
		{"empty", " \n", "it is empty"},
		{"cut", rssHead + "<item><title>a", "it breaks off"},
		{"broken", "<rss>\n<channel><1></rss>", "it is not valid XML, line 2"},
		{"deep", "<rss><channel>" + strings.Repeat("<a:b>", 100_000), "nested more than 200 deep"},
		{"page", `<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>So`, "it is a web page, not a feed; the page says that its feed is https://a.example/feed"},
		{"page without", "<html><body>So</body></html>", "it is a web page, not a feed"},
		{"list", opml, "it is an OPML list"},
		{"text", "It rained.", "looks like text/plain"},
		{"pdf", "%PDF-1.4", "looks like application/pdf"},
		{"object", `{"items":[]}`, "looks like text/plain"},
		{"json", `{"version":"https://jsonfeed.org/version/1","items":[1]}`, "its items are not a list of objects"},
		{"huge", "<rss>" + strings.Repeat(" ", maxInput), "more than 16 MB"},
	} {
		f, err := ParseFeed("https://a.example/", "", []byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.fault) || len(f.Items) > 0 {
			t.Errorf("%s: %v, want %q", c.name, err, c.fault)
		}
	}
}

const opml = `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="World"><outline title="Island" text="x" type="rss" xmlUrl="https://island.example/feed"/>
<outline text="Coast &amp; sea" xmlurl=" feed://coast.example/feed "/><outline text="Again" xmlUrl="https://island.example/feed#a"/></outline>
<outline text="No feed"/><outline text="Local" xmlUrl="file:///etc/passwd"/></body></opml>`

func TestParseOPML(t *testing.T) {
	got, err := ParseOPML([]byte(opml))
	if want := []Outline{{"Island", "https://island.example/feed"}, {"Coast & sea", "http://coast.example/feed"}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v %v", got, err)
	}
	var many strings.Builder
	for i := range maxOutlines + 1 {
		fmt.Fprintf(&many, `<outline xmlUrl="http://a.example/%d"/>`, i)
	}
	for text, fault := range map[string]string{
		"": "not an OPML list", "<rss/>": "not an OPML list", "It rained.": "not an OPML list",
		"<opml><body></body></opml>": "it lists no feed", "<opml><body><outline></body>": "it is not valid XML, line 1", "<opml><body>": "it is not valid XML",
		"<opml>" + strings.Repeat("<outline>", 100_000): "nested more than 200 deep", "<opml>" + many.String() + "</opml>": "more than 10000 feeds",
	} {
		if got, err := ParseOPML([]byte(text)); err == nil || !strings.Contains(err.Error(), fault) || got != nil {
			t.Errorf("%.40s: %d, %v, want %q", text, len(got), err, fault)
		}
	}
}

func TestFeedFile(t *testing.T) {
	text := rssFeed("<item><title>Ferry sails</title><description>"+long+"</description></item>", "<item><title>Only a link</title><link>/2</link></item>", "<item><title>Nothing</title></item>")
	for _, name := range []string{"feed.xml", "feed.txt", "feed", "feed.html", "feed.jsonl"} {
		a, faults := stream(t, name, text)
		if len(a) != 1 || a[0].Title != "Ferry sails" || !strings.HasPrefix(a[0].Text, "Ferry sails\n\nThe ferry") || a[0].Outlet != "Island & Coast" || a[0].Language != "en" {
			t.Fatalf("%s: %+v", name, a)
		}
		sound(t, a[0])
		if len(faults) != 2 || !strings.Contains(faults[0], name+`: item 2: "Only a link" has only a link (https://www.island.example/2); give the feed's address`) ||
			!strings.Contains(faults[1], name+`: item 3: the item "Nothing" has neither`) {
			t.Errorf("%s: %q", name, faults)
		}
	}
}

func FuzzFeed(f *testing.F) {
	for _, s := range []string{"", rssFeed(), rssFeed("<item><guid>a</guid><link>/a</link><description>&lt;p>so</description><pubDate>1 Jan 2020</pubDate></item>"),
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.example/"><entry><id>a</id><link href="b"/><content type="xhtml"><div><p>so</p></div></content></entry></feed>`,
		`{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"url":"http://a.example","content_text":"so"},null]}`, "<rdf:RDF><item/></rdf:RDF>", "<rss><channel><item><title><![CDATA[",
		"<?xml version='1.0' encoding='utf-16'?><rss/>", opml} {
		f.Add("http://a.example/feed", "application/xml; charset=windows-1251", []byte(s))
		f.Add("feed.xml", "", []byte(s))
	}
	f.Fuzz(func(t *testing.T, address, contentType string, b []byte) {
		feed, err := ParseFeed(address, contentType, b)
		if err != nil {
			if len(feed.Items) > 0 || strings.Contains(err.Error(), "could not be taken apart") {
				t.Error(err)
			}
			return
		}
		feed.until(time.Unix(1741000000, 0))
		seen := map[string]bool{}
		for _, i := range feed.oldestFirst() {
			if i.ID == "" || len(i.ID) > maxID || seen[i.ID] || !utf8.ValidString(i.ID+i.Title+i.Text) {
				t.Errorf("%+v", i)
			}
			seen[i.ID] = true
			if i.URL != "" && !strings.HasPrefix(i.URL, "http") {
				t.Errorf("address %q", i.URL)
			}
			if i.Full() {
				sound(t, feed.article(i, address))
			}
		}
	})
}

func FuzzOPML(f *testing.F) {
	for _, s := range []string{"", opml, "<opml><outline xmlUrl='http://a'/></opml>", "<opml>" + strings.Repeat("<outline>", 300), "<opml><outline xmlUrl='http://[::1'/>", "\xff\xfe<\x00o\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		all, err := ParseOPML(b)
		if (err == nil) != (len(all) > 0) {
			t.Errorf("%d, %v", len(all), err)
		}
		for _, o := range all {
			if _, err := parseAddress(o.URL); err != nil {
				t.Errorf("%+v", o)
			}
		}
	})
}
