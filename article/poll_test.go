package article

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dragoman"
)

var noon = time.Date(2025, 3, 10, 12, 0, 0, 0, time.UTC)

// polled keeps what a poll yields: "title" or "id: error".
type polled struct {
	ids      map[string]bool
	articles []dragoman.Article
	faults   []string
}

func (p *polled) poll(t *testing.T, f *Fetcher, s FeedState, now time.Time) FeedState {
	t.Helper()
	p.articles, p.faults = nil, nil
	if p.ids == nil {
		p.ids = map[string]bool{}
	}
	s, err := f.Poll(t.Context(), s, now, func(id string) bool { return p.ids[id] }, func(i Item, a dragoman.Article, err error) error {
		var e *FetchError
		if err == nil || !errors.As(err, &e) || !e.Temporary {
			p.ids[i.ID] = true
		}
		if err != nil {
			if a.Text != "" {
				t.Errorf("an article with an error: %+v", a)
			}
			p.faults = append(p.faults, i.ID+": "+err.Error())
			return nil
		}
		sound(t, a)
		p.articles = append(p.articles, a)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (p *polled) titles() (all []string) {
	for _, a := range p.articles {
		all = append(all, a.Title)
	}
	return all
}

func link(id, path, date string) string {
	return fmt.Sprintf("<item><guid>%s</guid><title>Item %s</title><link>%s</link><pubDate>%s</pubDate></item>", id, id, path, date)
}

func TestPoll(t *testing.T) {
	var body atomic.Value
	var shaky atomic.Int32
	shaky.Store(2)
	body.Store(rssFeed(link("page", "/page", "Tue, 04 Mar 2025 10:00:00 GMT"), link("pdf", "/pdf", "Mon, 03 Mar 2025 10:00:00 GMT"), link("image", "/image", ""),
		link("missing", "/missing", "Sun, 02 Mar 2025 10:00:00 GMT"), link("feed", "/feed", ""), link("json", "/json", ""), link("shaky", "/shaky", ""),
		"<item><guid>own</guid><title>Ferry sails</title><pubDate>Sun, 09 Mar 2025 10:00:00 GMT</pubDate><description>"+long+"</description></item>"))
	server := serve(t, map[string]http.HandlerFunc{
		"/feed": func(w http.ResponseWriter, r *http.Request) {
			text := body.Load().(string)
			tag := `"` + Hash(text) + `"`
			w.Header().Set("ETag", tag)
			if r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprint(w, strings.ReplaceAll(text, "<link>/", "<link>http://"+r.Host+"/"))
		},
		"/old": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/feed", http.StatusMovedPermanently)
		},
		"/page":  func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, page, "") },
		"/pdf":   say("application/pdf", "%PDF-1.4 \x00\x01"),
		"/image": say("text/html", "\x89PNG\r\n\x1a\n\x00\x00"),
		"/json":  say("application/json", `{"a":1}`),
		"/shaky": func(w http.ResponseWriter, _ *http.Request) {
			if shaky.Add(-1) >= 0 {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			fmt.Fprint(w, "<html><body><article><p>"+strings.Repeat("The bridge was closed for the night, as the town had said. ", 8)+"</p></article></body></html>")
		},
	})
	f := fetcher(t, FetchOptions{AllowPrivate: true, Attempts: 1})
	var p polled
	s := p.poll(t, f, FeedState{URL: server.URL + "/old"}, noon)
	if want := []string{"Ferry sails", "Harbour opens again"}; !slices.Equal(p.titles(), want) {
		t.Fatalf("%q, want %q; %q", p.titles(), want, p.faults)
	}
	own, fetched := p.articles[0], p.articles[1]
	if own.Outlet != "Island & Coast" || own.Published.String() != "2025-03-09" || own.ID != "own" || own.Language != "en" {
		t.Errorf("%+v", own)
	}
	if fetched.Outlet != "Coast Post" || fetched.Published.String() != "2025-03-04" || fetched.ID != "page" || fetched.URL != server.URL+"/page" {
		t.Errorf("%+v", fetched)
	}
	for i, want := range []string{"shaky: " + server.URL + "/shaky: the server answered 502", "json: " + server.URL + "/json: it is application/json, not a page",
		"feed: " + server.URL + "/feed: it is a feed, not a page", "missing: " + server.URL + "/missing: the server answered 404",
		"image: " + server.URL + "/image: it is image/png, not a page", "pdf: " + server.URL + "/pdf: it is application/pdf, not a page"} {
		if i >= len(p.faults) || !strings.HasPrefix(p.faults[i], want) {
			t.Errorf("fault %d does not begin with %q: %q", i, want, p.faults)
		}
	}
	if s.URL != server.URL+"/feed" || s.Title != "Island & Coast" || s.Items != 8 || s.New != 2 || s.LastError != "" || s.Failures != 0 || !s.Polled.Equal(noon) {
		t.Errorf("%+v", s)
	}
	if s.Validators != (Validators{}) {
		t.Error("what could not be had now would not be listed again")
	}
	if s.Interval != 90*time.Minute || !s.NextPoll.Equal(noon.Add(90*time.Minute)) {
		t.Errorf("the feed wants 90 minutes, not %s", s.Interval)
	}

	// Still shaky, then had: with the title of the feed, because the page has none.
	if s = p.poll(t, f, s, noon); len(p.articles) != 0 || len(p.faults) != 1 {
		t.Errorf("%q %q", p.titles(), p.faults)
	}
	if s = p.poll(t, f, s, noon); len(p.articles) != 1 || s.New != 1 || s.Validators.ETag == "" {
		t.Fatalf("%+v: %q %q", s, p.titles(), p.faults)
	}
	if a := p.articles[0]; a.Title != "Item shaky" || a.Outlet != "Island & Coast" || !strings.HasPrefix(a.Text, "Item shaky\n\nThe bridge") {
		t.Errorf("%+v", a)
	}
	// Not changed.
	before := s
	if s = p.poll(t, f, s, noon.Add(time.Hour)); len(p.articles)+len(p.faults) != 0 || s.New != 0 || s.Items != 8 || s.Interval <= before.Interval || s.Validators != before.Validators || !s.Polled.Equal(noon.Add(time.Hour)) {
		t.Errorf("%+v: %q %q", s, p.titles(), p.faults)
	}
	// Broken: what is known stays.
	body.Store("<rss><channel><item>")
	before = s
	s = p.poll(t, f, s, noon)
	if s.Failures != 1 || !strings.Contains(s.LastError, server.URL+"/feed: it breaks off") || s.Interval != before.Interval || s.Validators != before.Validators || !s.NextPoll.Equal(noon.Add(5*time.Minute)) {
		t.Errorf("%+v", s)
	}
	body.Store(rssFeed())
	if s = p.poll(t, f, s, noon); s.Failures != 0 || s.LastError != "" || s.Items != 0 {
		t.Errorf("%+v", s)
	}
}

func TestPollFaults(t *testing.T) {
	server := serve(t, map[string]http.HandlerFunc{
		"/busy": fails(100, 429, http.Header{"Retry-After": {"7200"}}),
		"/gone": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) },
		"/page": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, page, "") },
	})
	for _, c := range []struct {
		url, fault string
		next       time.Duration
	}{
		{server.URL + "/gone", "410 Gone: the feed was given up", 5 * time.Minute},
		{server.URL + "/page", "it is a web page, not a feed", 5 * time.Minute},
		{"nonsense", "not an http or https address", 5 * time.Minute},
		{server.URL + "/busy", "the server answered 429", 2 * time.Hour},
	} {
		f := fetcher(t, FetchOptions{AllowPrivate: true})
		var p polled
		s := p.poll(t, f, FeedState{URL: c.url}, noon)
		if !strings.Contains(s.LastError, c.fault) || s.Failures != 1 || !s.NextPoll.Equal(noon.Add(c.next)) || s.URL != c.url {
			t.Errorf("%+v, want %q and %s", s, c.fault, c.next)
		}
	}
	s := FeedState{URL: "a"}
	var pauses []time.Duration
	for range 12 {
		s.fail(noon, errors.New("so"))
		pauses = append(pauses, s.NextPoll.Sub(noon))
	}
	if pauses[1] != 10*time.Minute || pauses[8] != 1280*time.Minute || pauses[11] != 24*time.Hour {
		t.Errorf("%v", pauses)
	}
}

// TestInterval wants it to follow what a feed brings.
func TestInterval(t *testing.T) {
	s := FeedState{}
	for i, c := range []struct {
		news   int
		wanted time.Duration
		want   time.Duration
	}{{1, 0, 15 * time.Minute}, {1, 0, 450 * time.Second}, {1, 0, 5 * time.Minute}, {0, 0, 450 * time.Second}, {0, time.Hour, time.Hour}, {1, 100 * time.Hour, 6 * time.Hour}, {0, 0, 6 * time.Hour}} {
		s.New = c.news
		s.succeed(noon, c.wanted)
		if s.Interval != c.want || !s.NextPoll.Equal(noon.Add(c.want)) {
			t.Errorf("%d: %s, want %s", i, s.Interval, c.want)
		}
	}
}

// TestPollStops leaves everything as it was when the caller stops.
func TestPollStops(t *testing.T) {
	var asked atomic.Int32
	down := func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(http.StatusInternalServerError)
	}
	paths := map[string]http.HandlerFunc{}
	var all []string
	for i := range 20 {
		paths[fmt.Sprintf("/%d", i)] = down
		all = append(all, link(fmt.Sprint(i), fmt.Sprintf("/%d", i), ""))
	}
	var server *httptest.Server
	paths["/feed"] = func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, strings.ReplaceAll(rssFeed(all...), "<link>/", "<link>"+server.URL+"/"))
	}
	server = serve(t, paths)
	f := fetcher(t, FetchOptions{AllowPrivate: true, Attempts: 1})
	var p polled
	if s := p.poll(t, f, FeedState{URL: server.URL + "/feed"}, noon); len(p.faults) != lostPatience || asked.Load() != lostPatience || s.Validators != (Validators{}) || s.Items != 20 {
		t.Errorf("%d faults, %d pages asked for; %+v", len(p.faults), asked.Load(), s)
	}
	old := FeedState{URL: server.URL + "/feed", Validators: Validators{ETag: "old"}, Title: "Old"}
	full := errors.New("the disk is full")
	s, err := f.Poll(t.Context(), old, noon, func(string) bool { return false }, func(Item, dragoman.Article, error) error { return full })
	if err != full || s != old {
		t.Errorf("%+v %v", s, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s, err = f.Poll(ctx, old, noon, func(string) bool { cancel(); return false }, func(Item, dragoman.Article, error) error { t.Error("yielded"); return nil })
	if !errors.Is(err, context.Canceled) || s != old {
		t.Errorf("%+v %v", s, err)
	}
}

// TestOpenFeeds reads a feed by its address, and a list of feeds.
func TestOpenFeeds(t *testing.T) {
	var server *httptest.Server
	server = serve(t, map[string]http.HandlerFunc{
		"/moved/feed": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/deep/feed", http.StatusFound) },
		"/deep/feed":  say("application/xml", `<rss><channel><title>Coast</title><item><title>a</title><link>../page</link></item><item><title>b</title><link>../none</link></item></channel></rss>`),
		"/page":       func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, page, "") },
		"/list": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `<opml><body><outline xmlUrl="%[1]s/deep/feed"/><outline xmlUrl="%[1]s/none"/><outline xmlUrl="%[1]s/page"/><outline xmlUrl="%[1]s/deep/feed?2"/></body></opml>`, server.URL)
		},
	})
	f := fetcher(t, FetchOptions{AllowPrivate: true})
	for path, want := range map[string][2]int{"/moved/feed": {1, 1}, "/list": {2, 4}} {
		s, err := Open(t.Context(), server.URL+path, Options{Fetcher: f})
		if err != nil {
			t.Fatal(err)
		}
		a, faults := all(t, s)
		if len(a) != want[0] || len(faults) != want[1] || a[0].Title != "Harbour opens again" {
			t.Errorf("%s: %+v %q", path, a, faults)
		}
	}
	list := fmt.Sprintf(`<opml><body><outline xmlUrl="%s/deep/feed"/></body></opml>`, server.URL)
	if _, err := New("list.opml", io.NopCloser(strings.NewReader(list))); err == nil || !strings.Contains(err.Error(), "list.opml: it is a list of feeds, which have to be fetched") {
		t.Errorf("New fetches nothing: %v", err)
	}
	s, err := Open(t.Context(), "-", Options{Fetcher: f, Stdin: strings.NewReader(list)})
	if err != nil {
		t.Fatal(err)
	}
	if a, faults := all(t, s); len(a) != 1 || len(faults) != 1 {
		t.Errorf("a list in a file: %+v %q", a, faults)
	}
}
