package sketch

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Site is a paper on the web, for tests: /feed lists its articles, /article/N is
// one. What is changed while it is asked is changed by Locked.
type Site struct {
	*httptest.Server
	Mux *http.ServeMux

	mu      sync.Mutex
	Items   int
	Asked   map[string]int // path: how often
	Same    int            // how often the feed had not changed
	Slow    time.Duration  // for each article
	Failing bool           // no article can be had now
	Shifty  bool           // an article reads otherwise each time
}

// NewSite returns one that ends with the test.
func NewSite(t *testing.T, items int) *Site {
	s := &Site{Mux: http.NewServeMux(), Items: items, Asked: map[string]int{}}
	s.Mux.HandleFunc("/feed", s.Feed)
	s.Mux.HandleFunc("/article/", s.article)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Locked(func() { s.Asked[r.URL.Path]++ })
		s.Mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// Locked does what nobody may be asked meanwhile.
func (s *Site) Locked(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
}

// Pages returns the articles that were asked for since the last time.
func (s *Site) Pages() (all []string) {
	s.Locked(func() {
		for _, path := range slices.Sorted(maps.Keys(s.Asked)) {
			if n, ok := strings.CutPrefix(path, "/article/"); ok {
				all = append(all, fmt.Sprintf("%s×%d", n, s.Asked[path]))
			}
		}
		clear(s.Asked)
	})
	return all
}

// Feed answers with the list of all articles.
func (s *Site) Feed(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	tag := fmt.Sprintf(`"%d"`, s.Items)
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		s.Same++
		w.WriteHeader(http.StatusNotModified)
		return
	}
	var b strings.Builder
	for n := s.Items; n > 0; n-- {
		fmt.Fprintf(&b, `<item><guid>n%d</guid><title>Convoy %d</title><link>%s/article/%d</link><pubDate>Tue, 04 Mar 2025 10:%02d:00 GMT</pubDate></item>`, n, n, s.URL, n, n%60)
	}
	io.WriteString(w, RSS("Coast Courier", b.String()))
}

// RSS returns a feed of items.
func RSS(title, items string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>` + title + `</title>` + items + `</channel></rss>`
}

func (s *Site) article(w http.ResponseWriter, r *http.Request) {
	n := strings.TrimPrefix(r.URL.Path, "/article/")
	var slow time.Duration
	var failing bool
	extra := ""
	s.Locked(func() {
		slow, failing = s.Slow, s.Failing
		if s.Shifty {
			extra = fmt.Sprintf("<p>It was read %d times until Tuesday noon.</p>", s.Asked[r.URL.Path])
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
