package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sync/semaphore"

	"dragoman"
	"dragoman/article"
	"dragoman/pipeline"
	"dragoman/store"
)

// site is a paper on the web: /feed lists its articles, /article/N is one.
type site struct {
	*httptest.Server
	mux *http.ServeMux

	mu      sync.Mutex
	items   int
	asked   map[string]int // path: how often
	same    int            // how often the feed had not changed
	slow    time.Duration  // for each article
	failing bool           // no article can be had now
	shifty  bool           // an article reads otherwise each time
}

func newSite(t *testing.T, items int) *site {
	s := &site{mux: http.NewServeMux(), items: items, asked: map[string]int{}}
	s.mux.HandleFunc("/feed", s.feed)
	s.mux.HandleFunc("/article/", s.article)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.locked(func() { s.asked[r.URL.Path]++ })
		s.mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) locked(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
}

// pages returns the articles that were asked for since the last time.
func (s *site) pages() (all []string) {
	s.locked(func() {
		for _, path := range slices.Sorted(maps.Keys(s.asked)) {
			if n, ok := strings.CutPrefix(path, "/article/"); ok {
				all = append(all, fmt.Sprintf("%s×%d", n, s.asked[path]))
			}
		}
		clear(s.asked)
	})
	return all
}

func (s *site) feed(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	tag := fmt.Sprintf(`"%d"`, s.items)
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		s.same++
		w.WriteHeader(http.StatusNotModified)
		return
	}
	var b strings.Builder
	for n := s.items; n > 0; n-- {
		fmt.Fprintf(&b, `<item><guid>n%d</guid><title>Convoy %d</title><link>%s/article/%d</link><pubDate>Tue, 04 Mar 2025 10:%02d:00 GMT</pubDate></item>`, n, n, s.URL, n, n%60)
	}
	io.WriteString(w, rssOf("Coast Courier", b.String()))
}

func rssOf(title, items string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>` + title + `</title>` + items + `</channel></rss>`
}

func (s *site) article(w http.ResponseWriter, r *http.Request) {
	n := strings.TrimPrefix(r.URL.Path, "/article/")
	var slow time.Duration
	var failing bool
	extra := ""
	s.locked(func() {
		slow, failing = s.slow, s.failing
		if s.shifty {
			extra = fmt.Sprintf("<p>It was read %d times until Tuesday noon.</p>", s.asked[r.URL.Path])
		}
	})
	select {
	case <-time.After(slow):
	case <-r.Context().Done():
		return
	}
	if failing {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintf(w, `<html><head><title>Convoy %s is attacked in Chad</title></head><body><article><h1>Convoy %[1]s is attacked in Chad</h1>
<p>Gunmen attacked convoy number %[1]s in eastern Chad on Monday, the army of Chad said. The convoy carried grain to the camps near the border.</p>
<p>Chad's government condemned the attack on convoy %[1]s and accused Sudan of arming the gunmen. Sudan's army denied that it had armed anybody.</p>%s</article></body></html>`, n, extra)
}

// dragomanly runs the program in this process.
func dragomanly(t *testing.T, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	if got := run(args, strings.NewReader(""), &out, &errs); got != want {
		t.Fatalf("dragoman %q: status %d, want %d\n%s%s", args, got, want, out.String(), errs.String())
	}
	return out.String(), errs.String()
}

func wantText(t *testing.T, what, got string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(got, want) {
			t.Errorf("%s: %q is missing in\n%s", what, want, got)
		}
	}
}

// articles counts those stored, and fails where a title is there twice.
func articles(t *testing.T, path string) int {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all, err := db.Outdated(t.Context(), "", true, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	titles := map[string]bool{}
	for _, e := range all {
		if titles[e.Title] {
			t.Errorf("%q is stored twice", e.Title)
		}
		titles[e.Title] = true
	}
	return len(all)
}

func TestWatch(t *testing.T) {
	s := newSite(t, 2)
	db := filepath.Join(t.TempDir(), "a.db")
	watch := func(want int, args ...string) (string, string) {
		t.Helper()
		return dragomanly(t, want, append([]string{"watch", "--db", db, "--allow-private", "--pause", "1ms", "--once"}, args...)...)
	}
	if _, errs := dragomanly(t, exitUsage, "watch", "--db", db, "--once"); !strings.Contains(errs, "no feed is followed; give the address") {
		t.Error(errs)
	}
	out, errs := watch(0, s.URL+"/feed")
	wantText(t, "summary", out, "1 poll, 0 failed: 2 articles stored, 0 were there, 0 items unreadable, 0 to be tried again\n")
	wantText(t, "log", errs, "level=INFO msg=polled feed="+s.URL+"/feed stored=2")
	if got := s.pages(); !slices.Equal(got, []string{"1×1", "2×1"}) || articles(t, db) != 2 {
		t.Errorf("fetched %q", got)
	}
	// Not due: nobody is asked.
	if out, errs := watch(0, s.URL+"/feed"); !strings.HasPrefix(out, "0 polls") || errs != "" || len(s.pages()) != 0 {
		t.Error(out, errs)
	}
	// Grown: what is new is fetched.
	s.locked(func() { s.items = 4 })
	out, errs = watch(0, "--now", "--log", "json")
	wantText(t, "summary", out, "1 poll, 0 failed: 2 articles stored")
	wantText(t, "log", errs, `"msg":"polled","feed":"`+s.URL+`/feed","stored":2`)
	if got := s.pages(); !slices.Equal(got, []string{"3×1", "4×1"}) || articles(t, db) != 4 {
		t.Errorf("fetched %q", got)
	}
	// Unchanged: the server says so, and nothing happens.
	if out, errs := watch(0, "--now"); !strings.HasPrefix(out, "1 poll, 0 failed: 0 articles stored") || errs != "" || s.same != 1 || len(s.pages()) != 0 {
		t.Error(out, errs, s.same)
	}
	list, _ := dragomanly(t, 0, "feeds", "--db", db, "--format", "csv")
	wantText(t, "feeds", list, s.URL+"/feed,Coast Courier,20", ",4,0,4,0,0,,ok\n")
	// Another feed has the same articles: they are not stored again.
	s.mux.HandleFunc("/other", s.feed)
	out, _ = watch(0, s.URL+"/other")
	wantText(t, "summary", out, "1 poll, 0 failed: 0 articles stored, 4 were there")
	if n := articles(t, db); n != 4 {
		t.Errorf("%d articles", n)
	}
	dragomanly(t, exitUsage, "watch", "--db", db, "--parallel", "0")
	dragomanly(t, exitUsage, "watch", "--db", db, "--log", "xml")
	_, errs = watch(exitInput, "nowhere.opml")
	wantText(t, "errors", errs, "nowhere.opml: there is no such file", "1 input could not be read")
}

// TestWatchLater wants what cannot be had now to come again, and what cannot
// be read not to.
func TestWatchLater(t *testing.T) {
	s := newSite(t, 2)
	s.failing = true
	s.mux.HandleFunc("/picture", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "\x89PNG\r\n\x1a\n\x00\x00") })
	s.mux.HandleFunc("/gallery", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, rssOf("Gallery", `<item><guid>p</guid><title>A dam</title><link>`+s.URL+`/picture</link></item>`))
	})
	db := filepath.Join(t.TempDir(), "a.db")
	args := []string{"watch", "--db", db, "--allow-private", "--pause", "1ms", "--once", "--now"}
	out, errs := dragomanly(t, 0, append(args, s.URL+"/feed", s.URL+"/gallery")...)
	wantText(t, "summary", out, "2 polls, 0 failed: 0 articles stored, 0 were there, 1 item unreadable, 2 to be tried again")
	wantText(t, "log", errs, "level=WARN msg=polled", "later=2", "unreadable=1", "the server answered 503", "image/png, not a page")
	faults, _ := dragomanly(t, 0, "feeds", "faults", "--db", db, "--format", "jsonl")
	if strings.Count(faults, "\n") != 1 {
		t.Error(faults)
	}
	wantText(t, "faults", faults, `"feed":"`+s.URL+`/gallery"`, `"item":"p"`, `"title":"A dam"`, `"url":"`+s.URL+`/picture"`, "it is image/png, not a page with an article")
	s.locked(func() { s.failing = false; clear(s.asked) })
	out, _ = dragomanly(t, 0, args...)
	wantText(t, "summary", out, "2 articles stored, 0 were there, 0 items unreadable, 0 to be tried again")
	if s.asked["/picture"] != 0 || articles(t, db) != 2 {
		t.Error("a picture is fetched again", s.asked)
	}
	if out, _ := dragomanly(t, 0, "feeds", "faults", "--retry", "--db", db); out != "1 item to be tried again\n" {
		t.Error(out)
	}
	dragomanly(t, 0, args...)
	if s.asked["/picture"] != 1 {
		t.Error("a picture is not tried again although it was told to", s.asked)
	}
}

// TestWatchMoved follows a feed that moves, and knows its old address.
func TestWatchMoved(t *testing.T) {
	s := newSite(t, 2)
	at := s.feed
	s.mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) { at(w, r) })
	db := filepath.Join(t.TempDir(), "a.db")
	args := []string{"watch", "--db", db, "--allow-private", "--pause", "1ms", "--once", "--now", s.URL + "/old"}
	dragomanly(t, 0, args...)
	s.locked(func() { s.items = 3 })
	at = func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/feed", http.StatusMovedPermanently)
	}
	s.pages()
	_, errs := dragomanly(t, 0, args...)
	wantText(t, "log", errs, "moved="+s.URL+"/feed")
	dragomanly(t, 0, args...)
	if got := s.pages(); !slices.Equal(got, []string{"3×1"}) {
		t.Errorf("fetched %q", got)
	}
	list, _ := dragomanly(t, 0, "feeds", "--db", db, "--format", "csv")
	if strings.Count(list, "\n") != 2 {
		t.Error("the old address was taken for another feed")
	}
	wantText(t, "feeds", list, "\n"+s.URL+"/feed,")
}

// TestWatchBadFeeds wants bad feeds to leave a clear line, and no harm.
func TestWatchBadFeeds(t *testing.T) {
	s := newSite(t, 3)
	item := func(id, date string, n int) string {
		return fmt.Sprintf(`<item><guid>%s</guid><title>T</title><link>%s/article/%d</link><pubDate>%s</pubDate></item>`, id, s.URL, n, date)
	}
	say := func(header, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if header != "" {
				w.Header().Set("Content-Encoding", header)
			}
			io.WriteString(w, text)
		}
	}
	chunk := strings.Repeat(" ", 1<<20)
	for path, h := range map[string]http.HandlerFunc{
		"/loop": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/loop?"+r.URL.RawQuery+"x", http.StatusFound)
		},
		"/huge": func(w http.ResponseWriter, _ *http.Request) {
			for range 1 << 10 { // 1 GB, as far as somebody reads it
				if _, err := io.WriteString(w, chunk); err != nil {
					return
				}
			}
		},
		"/broken": say("", `<rss><channel><item><title>a</tit`),
		"/bomb":   say("gzip", bomb(t)),
		"/dates":  say("", rssOf("Dates", item("d1", "the day before yesterday", 11)+item("d2", "Tue, 04 Mar 2925 10:00:00 GMT", 12)+item("d3", "", 13))),
		"/ids":    say("", rssOf("Ids", item("same", "", 21)+item("same", "", 22)+item("same", "", 21))),
		"/page":   say("", "<html><body>hello</body></html>"),
		"/list":   say("", `<opml version="2.0"><body><outline xmlUrl="`+s.URL+`/feed"/></body></opml>`),
	} {
		s.mux.HandleFunc(path, h)
	}
	db := filepath.Join(t.TempDir(), "a.db")
	args := []string{"watch", "--db", db, "--allow-private", "--pause", "1ms", "--once", "--now"}
	for _, path := range []string{"loop", "huge", "broken", "bomb", "page", "list", "missing", "dates", "ids", "feed"} {
		args = append(args, s.URL+"/"+path)
	}
	out, errs := dragomanly(t, exitInput, args...)
	wantText(t, "summary", out, "10 polls, 7 failed: 8 articles stored, 0 were there, 0 items unreadable, 0 to be tried again")
	wantText(t, "errors", errs, "7 inputs could not be read")
	if n := strings.Count(errs, "level=WARN"); n != 7 {
		t.Errorf("%d warnings\n%s", n, errs)
	}
	if n := articles(t, db); n != 8 {
		t.Errorf("%d articles", n)
	}
	list, _ := dragomanly(t, 0, "feeds", "--db", db)
	for path, want := range map[string]string{
		"loop": "it redirects more than 5 times", "huge": "the server sent more than 16 MB", "broken": "it is not valid XML, line 1", "bomb": "what the server sent is more than 16 MB once decompressed",
		"page": "it is a web page, not a feed", "list": "it is an OPML list of feeds, not a feed", "missing": "the server answered 404 Not Found",
		"dates": "ok", "ids": "ok", "feed": "ok"} {
		line := lineWith(list, "/"+path+" ")
		if got := strings.TrimSpace(line[max(0, strings.LastIndex(line, "  ")):]); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", path, line, want)
		}
	}
	dragomanly(t, exitInput, append(args[:len(args)-10:len(args)-10], s.URL+"/page")...)
	list, _ = dragomanly(t, 0, "feeds", "--db", db)
	wantText(t, "feeds", lineWith(list, "/page "), "it is a web page, not a feed (2 times in a row)")

	private := filepath.Join(t.TempDir(), "b.db")
	dragomanly(t, exitInput, "watch", "--once", "--db", private, s.URL+"/feed")
	list, _ = dragomanly(t, 0, "feeds", "--db", private)
	wantText(t, "feeds", list, "is inside the private network; --allow-private fetches it all the same")
}

// bomb is 64 MB, packed.
func bomb(t *testing.T) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range 64 {
		z.Write(make([]byte, 1<<20))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func lineWith(text, part string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, part) {
			return line
		}
	}
	return ""
}

// TestFeedsOf looks into what calls itself a list, and takes all else for a feed.
func TestFeedsOf(t *testing.T) {
	s := newSite(t, 1)
	s.mux.HandleFunc("/all.opml", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `<opml version="2.0"><body><outline text="Coast" xmlUrl="https://coast.example/feed"/><outline xmlUrl="https://hills.example/"/></body></opml>`)
	})
	s.mux.HandleFunc("/opml-news", s.feed)
	s.mux.HandleFunc("/opml-page", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<html></html>") })
	f := article.NewFetcher(article.FetchOptions{AllowPrivate: true, PerHost: time.Millisecond})
	defer f.Close()
	for name, want := range map[string]string{
		"/all.opml": "Coast https://coast.example/feed, https://hills.example/", "/opml-news": " " + s.URL + "/opml-news", "/feed": " " + s.URL + "/feed",
		"/opml-page": s.URL + "/opml-page: it is not an OPML list", "/no.opml": s.URL + "/no.opml: the server answered 404"} {
		all, err := feedsOf(t.Context(), f, s.URL+name)
		var got []string
		for _, one := range all {
			got = append(got, one.Title+" "+one.URL)
		}
		if err != nil {
			got = []string{err.Error()}
		}
		if !strings.HasPrefix(strings.Join(got, ","), want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if s.asked["/feed"] != 0 {
		t.Error("a feed was asked for")
	}
}

// begin runs the program as a process of its own.
func begin(t *testing.T, args ...string) (*exec.Cmd, *bytes.Buffer, *bytes.Buffer) {
	t.Helper()
	cmd := exec.Command("dragoman", args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			cmd.Process.Kill()
			cmd.Wait()
		}
	})
	return cmd, &out, &errs
}

func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within 30 s", what)
		}
	}
}

// storedNow returns a function that counts the articles of a database meanwhile.
func storedNow(t *testing.T, path string) func() int {
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return func() int {
		size, err := db.Size(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return int(size.Articles)
	}
}

// TestWatchKilled kills the program again and again, and wants every article
// once in the end.
func TestWatchKilled(t *testing.T) {
	const all = 24
	s := newSite(t, all)
	s.slow, s.shifty = 10*time.Millisecond, true // who reads one twice stores it twice
	db := filepath.Join(t.TempDir(), "a.db")
	stored := storedNow(t, db)
	args := []string{"watch", "--db", db, "--allow-private", "--pause", "1ms", s.URL + "/feed"}
	for kill := range 4 {
		cmd, _, errs := begin(t, args...)
		before := stored()
		waitFor(t, "articles stored", func() bool { return stored() >= before+3 })
		time.Sleep(time.Duration(kill) * 7 * time.Millisecond) // another moment each time
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Fatalf("it was not killed: %s", errs)
		}
		if n := stored(); n >= all {
			t.Fatalf("all %d were stored before kill %d", n, kill)
		}
	}
	dragomanly(t, 0, append([]string{"watch", "--once", "--now"}, args[1:]...)...)
	if n := articles(t, db); n != all {
		t.Errorf("%d articles, want %d", n, all)
	}
	list, _ := dragomanly(t, 0, "feeds", "--db", db, "--format", "csv")
	wantText(t, "feeds", list, fmt.Sprintf(",%d,0,0,,ok\n", all))
	// What was stored was not fetched again: at most the one that was under way.
	fetched := 0
	for _, page := range s.pages() {
		_, times, _ := strings.Cut(page, "×")
		n, _ := strconv.Atoi(times)
		fetched += n
	}
	if fetched > all+4 {
		t.Errorf("%d articles fetched for %d", fetched, all)
	}
}

// TestWatchInterrupted wants Ctrl-C to end it at once, whatever is under way.
func TestWatchInterrupted(t *testing.T) {
	s, other := newSite(t, 3), newSite(t, 0)
	db := filepath.Join(t.TempDir(), "a.db")
	stored := storedNow(t, db)
	other.mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	cmd, out, errs := begin(t, "watch", "--db", db, "--allow-private", "--pause", "1ms", s.URL+"/feed", other.URL+"/silent")
	waitFor(t, "articles stored, and a silent feed", func() bool {
		silent := 0
		other.locked(func() { silent = other.asked["/silent"] })
		return stored() == 3 && silent > 0
	})
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	err := cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted || exit.Sys().(syscall.WaitStatus).Signaled() {
		t.Errorf("ended with %v\n%s%s", err, out, errs)
	}
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("it took %s", took)
	}
	wantText(t, "summary", out.String(), "2 polls, 0 failed: 3 articles stored")
	wantText(t, "errors", errs.String(), "dragoman: interrupted")
	if n := articles(t, db); n != 3 {
		t.Errorf("%d articles", n)
	}
}

// testWatcher is a watcher that looks often what is due.
func testWatcher(t *testing.T, path string) *watcher {
	t.Helper()
	d := &database{options: &options{}, path: path, makes: true}
	c, err := d.clerk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &watcher{clerk: c, fetcher: article.NewFetcher(article.FetchOptions{AllowPrivate: true, PerHost: time.Millisecond}),
		log: slog.New(slog.DiscardHandler), parallel: 4, wake: 5 * time.Millisecond}
}

// TestWatchGoesOn follows a feed, then stops, and leaves nothing behind.
func TestWatchGoesOn(t *testing.T) {
	s := newSite(t, 1)
	path := filepath.Join(t.TempDir(), "a.db")
	before := runtime.NumGoroutine()
	w := testWatcher(t, path)
	if _, err := w.db.AddFeeds(t.Context(), store.Feed{URL: s.URL + "/feed"}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- w.run(ctx) }()
	stored := func() int {
		size, err := w.db.Size(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return int(size.Articles)
	}
	waitFor(t, "the first article", func() bool { return stored() == 1 })
	// It grows, and is due again.
	s.locked(func() { s.items = 3 })
	if err := w.db.Hasten(ctx); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the next articles", func() bool { return stored() == 3 })
	s.locked(func() { s.items, s.slow = 20, time.Hour })
	s.pages()
	if err := w.db.Hasten(ctx); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "a fetch under way", func() bool { return len(s.pages()) > 0 })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if w.sum.stored != 3 || w.sum.polls < 3 {
		t.Errorf("%+v", w.sum)
	}
	w.fetcher.Close()
	if err := w.db.Close(); err != nil {
		t.Error(err)
	}
	s.CloseClientConnections()
	waitFor(t, fmt.Sprintf("no more than %d goroutines", before), func() bool { return runtime.NumGoroutine() <= before })
}

// TestWatchAlerts holds the alerts against what a poll brought.
func TestWatchAlerts(t *testing.T) {
	s := newSite(t, 1)
	folder := t.TempDir()
	db, told := filepath.Join(folder, "a.db"), filepath.Join(folder, "raids.atom")
	dragomanly(t, 0, "alert", "add", "raids", "--type", "ASSAULT", "--feed", told, "--db", db)
	dragomanly(t, 0, "watch", "--once", "--db", db, "--allow-private", "--pause", "1ms", s.URL+"/feed")
	b, err := os.ReadFile(told)
	if err != nil {
		t.Fatal(err)
	}
	wantText(t, "alert", string(b), "<entry>", s.URL+"/article/1")
}

// TestWatchTwice lets two watch the same feed, whose articles read otherwise
// for each of them: each is stored once all the same.
func TestWatchTwice(t *testing.T) {
	s := newSite(t, 8)
	s.shifty, s.slow = true, 20*time.Millisecond
	path := filepath.Join(t.TempDir(), "a.db")
	var all []*watcher
	for range 2 {
		w := testWatcher(t, path)
		defer w.db.Close()
		defer w.fetcher.Close()
		w.once = true
		all = append(all, w)
	}
	if _, err := all[0].db.AddFeeds(t.Context(), store.Feed{URL: s.URL + "/feed"}); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for _, w := range all {
		group.Go(func() {
			if err := w.run(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := articles(t, path); n != 8 || all[0].sum.stored+all[1].sum.stored != 8 {
		t.Errorf("%d articles; %s; %s", n, &all[0].sum, &all[1].sum)
	}
	if all[0].sum.there+all[1].sum.there == 0 {
		t.Error("the two did not meet, so that this test shows nothing")
	}
}

// TestWatchDatabaseLost ends with what is wrong, and waits for nobody.
func TestWatchDatabaseLost(t *testing.T) {
	s := newSite(t, 5)
	s.slow = 20 * time.Millisecond
	w := testWatcher(t, filepath.Join(t.TempDir(), "a.db"))
	defer w.fetcher.Close()
	if _, err := w.db.AddFeeds(t.Context(), store.Feed{URL: s.URL + "/feed"}); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(30*time.Millisecond, func() { w.db.Close() })
	if err := w.run(t.Context()); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestWatchNext wants feeds of one host not to stand in the way of others.
func TestWatchNext(t *testing.T) {
	w := &watcher{busy: map[int64]string{7: "a.example"}, queue: []store.Feed{{Number: 1, URL: "https://a.example/1"}, {Number: 2, URL: "https://b.example/2"}, {Number: 3, URL: "https://a.example/3"}}}
	for _, want := range []int64{2, 1, 3} {
		f, ok, err := w.next(t.Context())
		if f.Number != want || !ok || err != nil {
			t.Errorf("%d is next, want %d: %v", f.Number, want, err)
		}
		w.busy[f.Number] = host(f.URL)
	}
}

// TestWatchBreaks makes what breaks the reading of an article a fault of it.
func TestWatchBreaks(t *testing.T) {
	w := &watcher{clerk: &clerk{}, room: semaphore.NewWeighted(pipeline.MaxInWork)}
	if _, err := w.read(t.Context(), dragoman.Article{Text: "Rain fell."}); err == nil || !strings.Contains(err.Error(), "reading it failed, which is a fault of dragoman: ") {
		t.Error(err)
	}
	if !w.room.TryAcquire(pipeline.MaxInWork) {
		t.Error("the room was not left")
	}
}
