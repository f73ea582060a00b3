package clerk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/semaphore"

	"dragoman"
	"dragoman/article"
	"dragoman/data"
	"dragoman/pipeline"
	"dragoman/sketch"
	"dragoman/store"
)

// TestFeedsAt looks into what calls itself a list, and takes all else for a feed.
func TestFeedsAt(t *testing.T) {
	s := sketch.NewSite(t, 1)
	s.Mux.HandleFunc("/all.opml", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `<opml version="2.0"><body><outline text="Coast" xmlUrl="https://coast.example/feed"/><outline xmlUrl="https://hills.example/"/></body></opml>`)
	})
	s.Mux.HandleFunc("/opml-news", s.Feed)
	s.Mux.HandleFunc("/opml-page", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<html></html>") })
	f := article.NewFetcher(article.FetchOptions{AllowPrivate: true, PerHost: time.Millisecond})
	defer f.Close()
	for name, want := range map[string]string{
		"/all.opml": "Coast https://coast.example/feed, https://hills.example/", "/opml-news": " " + s.URL + "/opml-news", "/feed": " " + s.URL + "/feed",
		"/opml-page": s.URL + "/opml-page: it is not an OPML list", "/no.opml": s.URL + "/no.opml: the server answered 404"} {
		all, err := FeedsAt(t.Context(), f, s.URL+name)
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
	if s.Asked["/feed"] != 0 {
		t.Error("a feed was asked for")
	}
}

// testWatcher is a watcher that looks often what is due.
func testWatcher(t *testing.T, path string) *Watcher {
	t.Helper()
	w := newClerk(t, path).Watcher(article.NewFetcher(article.FetchOptions{AllowPrivate: true, PerHost: time.Millisecond}), slog.New(slog.DiscardHandler))
	w.Parallel, w.wake = 4, 5*time.Millisecond
	return w
}

// newClerk is one who reads.
func newClerk(t *testing.T, path string) *Clerk {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(data.Embedded(), db, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestWatchGoesOn follows a feed, then stops, and leaves nothing behind.
func TestWatchGoesOn(t *testing.T) {
	s := sketch.NewSite(t, 1)
	path := filepath.Join(t.TempDir(), "a.db")
	before := runtime.NumGoroutine()
	w := testWatcher(t, path)
	if _, err := w.clerk.DB.AddFeeds(t.Context(), store.Feed{URL: s.URL + "/feed"}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	var sum Tally
	go func() {
		var err error
		sum, err = w.Run(ctx)
		ended <- err
	}()
	stored := func() int {
		size, err := w.clerk.DB.Size(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return int(size.Articles)
	}
	waitFor(t, "the first article", func() bool { return stored() == 1 })
	// It grows, and is due again.
	s.Locked(func() { s.Items = 3 })
	if err := w.clerk.DB.Hasten(ctx); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the next articles", func() bool { return stored() == 3 })
	s.Locked(func() { s.Items, s.Slow = 20, time.Hour })
	s.Pages()
	if err := w.clerk.DB.Hasten(ctx); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "a fetch under way", func() bool { return len(s.Pages()) > 0 })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if sum.Stored != 3 || sum.Polls < 3 {
		t.Errorf("%+v", sum)
	}
	w.fetcher.Close()
	if err := w.clerk.DB.Close(); err != nil {
		t.Error(err)
	}
	s.CloseClientConnections()
	waitFor(t, fmt.Sprintf("no more than %d goroutines", before), func() bool { return runtime.NumGoroutine() <= before })
}

// TestWatchTwice lets two watch the same feed, whose articles read otherwise
// for each of them: each is stored once all the same.
func TestWatchTwice(t *testing.T) {
	s := sketch.NewSite(t, 8)
	s.Shifty, s.Slow = true, 20*time.Millisecond
	path := filepath.Join(t.TempDir(), "a.db")
	var all []*Watcher
	for range 2 {
		w := testWatcher(t, path)
		defer w.clerk.DB.Close()
		defer w.fetcher.Close()
		w.Once = true
		all = append(all, w)
	}
	if _, err := all[0].clerk.DB.AddFeeds(t.Context(), store.Feed{URL: s.URL + "/feed"}); err != nil {
		t.Fatal(err)
	}
	var sums [2]Tally
	var group sync.WaitGroup
	for i, w := range all {
		group.Go(func() {
			var err error
			if sums[i], err = w.Run(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	titles := map[string]bool{}
	entries, err := all[0].clerk.DB.After(t.Context(), 0, 100)
	for _, e := range entries {
		titles[e.Title] = true
	}
	if err != nil || len(entries) != 8 || len(titles) != 8 || sums[0].Stored+sums[1].Stored != 8 {
		t.Errorf("%d articles with %d titles; %+v (%v)", len(entries), len(titles), sums, err)
	}
	if sums[0].There+sums[1].There == 0 {
		t.Error("the two did not meet, so that this test shows nothing")
	}
}

// TestWatchDatabaseLost ends with what is wrong, and waits for nobody.
func TestWatchDatabaseLost(t *testing.T) {
	s := sketch.NewSite(t, 5)
	s.Slow = 20 * time.Millisecond
	w := testWatcher(t, filepath.Join(t.TempDir(), "a.db"))
	defer w.fetcher.Close()
	if _, err := w.clerk.DB.AddFeeds(t.Context(), store.Feed{URL: s.URL + "/feed"}); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(30*time.Millisecond, func() { w.clerk.DB.Close() })
	if _, err := w.Run(t.Context()); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestWatchNext wants feeds of one host not to stand in the way of others.
func TestWatchNext(t *testing.T) {
	w := &Watcher{busy: map[int64]string{7: "a.example"}, queue: []store.Feed{{Number: 1, URL: "https://a.example/1"}, {Number: 2, URL: "https://b.example/2"}, {Number: 3, URL: "https://a.example/3"}}}
	for _, want := range []int64{2, 1, 3} {
		f, ok, err := w.next(t.Context())
		if f.Number != want || !ok || err != nil {
			t.Errorf("%d is next, want %d: %v", f.Number, want, err)
		}
		w.busy[f.Number] = host(f.URL)
	}
}

// TestReadingBreaks makes what breaks the reading of an article a fault of it.
func TestReadingBreaks(t *testing.T) {
	c := &Clerk{room: semaphore.NewWeighted(pipeline.MaxInWork)}
	if _, err := c.file(t.Context(), dragoman.Article{Text: "Rain fell."}); err == nil || !strings.Contains(err.Error(), "reading it failed, which is a fault of dragoman: ") {
		t.Error(err)
	}
	if !c.room.TryAcquire(pipeline.MaxInWork) {
		t.Error("the room was not left")
	}
}

func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within 30 s", what)
		}
	}
}
