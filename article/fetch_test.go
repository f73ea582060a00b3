package article

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestMain wants no goroutine to be left when all tests are through.
func TestMain(m *testing.M) {
	code := m.Run()
	for end := time.Now().Add(3 * time.Second); code == 0; time.Sleep(10 * time.Millisecond) {
		left := working()
		if len(left) == 0 {
			break
		}
		if time.Now().After(end) {
			fmt.Printf("goroutines leak:\n%s\n", strings.Join(left, "\n\n"))
			code = 1
		}
	}
	os.Exit(code)
}

// working are the goroutines that belong to what was fetched or read.
func working() (left []string) {
	all := make([]byte, 1<<20)
	for g := range strings.SplitSeq(string(all[:runtime.Stack(all, true)]), "\n\n") {
		for _, whose := range []string{"dragoman/article.", "net/http.", "compress/"} {
			if strings.Contains(g, whose) && !strings.Contains(g, "article.TestMain") {
				left = append(left, g)
				break
			}
		}
	}
	return left
}

// fetcher returns one that hardly pauses.
func fetcher(t testing.TB, o FetchOptions) *Fetcher {
	if o.PerHost == 0 {
		o.PerHost = time.Millisecond
	}
	f := NewFetcher(o)
	t.Cleanup(f.Close)
	return f
}

// serve answers by path; what it does not know is not found.
func serve(t testing.TB, paths map[string]http.HandlerFunc) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := paths[r.URL.Path]; h != nil {
			h(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func say(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		io.WriteString(w, body) //nolint:errcheck // the client tells
	}
}

func zipped(t testing.TB, b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func zlibbed(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	w.Write(b) //nolint:errcheck // into memory
	w.Close()  //nolint:errcheck // into memory
	return out.Bytes()
}

func encodedAs(encoding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("Content-Encoding", encoding)
		w.Write(body) //nolint:errcheck // the client tells
	}
}

// failing fails n times with a status and answers then.
func fails(n int32, status int, header http.Header) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if atomic.AddInt32(&n, -1) >= 0 {
			for k, v := range header {
				w.Header()[k] = v
			}
			w.WriteHeader(status)
			return
		}
		io.WriteString(w, "It rained.") //nolint:errcheck // the client tells
	}
}

func TestGet(t *testing.T) {
	server := serve(t, map[string]http.HandlerFunc{
		"/plain": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Last-Modified", "Tue, 04 Mar 2025 10:00:00 GMT")
			w.Header().Set("Cache-Control", "public, max-age=600")
			if r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") == "Tue, 04 Mar 2025 10:00:00 GMT" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprintf(w, "asked by %s", r.Header.Get("User-Agent"))
		},
		"/gzip":    encodedAs("gzip", zipped(t, []byte("It rained."))),
		"/deflate": encodedAs("deflate", zlibbed([]byte("It rained."))),
		"/once":    func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "plain#top", http.StatusFound) },
		"/good": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/better", http.StatusMovedPermanently)
		},
		"/better": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/gzip", http.StatusPermanentRedirect)
		},
		"/503": fails(1, 503, nil),
		"/500": fails(2, 500, nil),
	})
	f := fetcher(t, FetchOptions{AllowPrivate: true, UserAgent: "dragoman/test"})
	for _, c := range []struct{ path, body, url, moved string }{
		{"/plain", "asked by dragoman/test", "/plain", ""},
		{"/gzip", "It rained.", "/gzip", ""},
		{"/deflate", "It rained.", "/deflate", ""},
		{"/once", "asked by dragoman/test", "/plain", ""},
		{"/good", "It rained.", "/gzip", "/gzip"},
		{"/503", "It rained.", "/503", ""},
		{"/500", "It rained.", "/500", ""},
	} {
		p, err := f.Get(t.Context(), server.URL+c.path, Validators{})
		if err != nil || string(p.Body) != c.body || p.URL != server.URL+c.url || strings.TrimPrefix(p.Moved, server.URL) != c.moved {
			t.Errorf("%s: %q at %s, moved to %q, %v", c.path, p.Body, p.URL, p.Moved, err)
		}
	}
	p, err := f.Get(t.Context(), server.URL+"/plain", Validators{})
	if err != nil || p.MaxAge != 10*time.Minute {
		t.Errorf("may be kept for %s, %v", p.MaxAge, err)
	}
	if p, err = f.Get(t.Context(), server.URL+"/plain", p.Validators); err != nil || !p.NotModified || p.Body != nil || p.ETag != `"1"` {
		t.Errorf("not modified: %+v, %v", p, err)
	}
}

func TestGetFaults(t *testing.T) {
	bomb := zipped(t, bytes.Repeat([]byte("so "), 1<<20))
	endless := func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write(bytes.Repeat([]byte("It rained. "), 1000)); err != nil {
				return
			}
		}
	}
	server := serve(t, map[string]http.HandlerFunc{
		"/round": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) },
		"/away": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		},
		"/nowhere": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusFound) },
		"/endless": endless,
		"/long": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1073741824")
			io.WriteString(w, "It rained.") //nolint:errcheck // the client tells
		},
		"/bomb": encodedAs("gzip", bomb),
		"/liar": encodedAs("gzip", []byte("It rained.")),
		"/half": encodedAs("gzip", bomb[:40]),
		"/br":   encodedAs("br", []byte("It rained.")),
		"/slow": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil { // a byte now and then
				io.WriteString(w, "x") //nolint:errcheck // the client tells
				w.(http.Flusher).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		},
		"/silent": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"/dawdle": func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(200 * time.Millisecond) // not too long, but twice is
			http.Redirect(w, r, "/dawdle", http.StatusFound)
		},
		"/hidden":     say("text/plain", "Not to be read."),
		"/robots.txt": say("text/plain", "User-agent: *\nDisallow: /\n\nUser-agent: dragoman\nDisallow: /hidden\n"),
		"/gone":       func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) },
		"/busy":       fails(1000, 429, http.Header{"Retry-After": {"3600"}}),
		"/broken":     fails(1000, 502, nil),
		"/cut": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, "It rained.") //nolint:errcheck // the client tells
		},
		"/head": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Long", strings.Repeat("so ", maxHeader))
		},
	})
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for _, c := range []struct {
		address, reason string
		temporary       bool
		status          int
	}{
		{"/round", "it redirects more than 2 times", false, 0},
		{"/away", `it redirects to "file:///etc/passwd", which is not an http`, false, 0},
		{"/nowhere", "the server answered 302", false, 302},
		{"/endless", "the server sent more than 1 MB", false, 0},
		{"/long", "the server sent more than 1 MB", false, 0},
		{"/bomb", "more than 1 MB once decompressed", false, 0},
		{"/liar", "said to be gzip, but is not", false, 0},
		{"/half", "the gzip data breaks off", false, 0},
		{"/br", `compressed as "br"`, false, 0},
		{"/slow", "it took longer than 300ms", true, 0},
		{"/dawdle", "it took longer than 300ms", true, 0},
		{"/silent", "it took longer than 300ms", true, 0},
		{"/hidden", "robots.txt does not allow it", false, 0},
		{"/missing", "the server answered 404 Not Found", false, 404},
		{"/gone", "the server answered 410 Gone", false, 410},
		{"/broken", "the server answered 502", true, 502},
		{"/cut", "the answer broke off", true, 0},
		{"/head", "it cannot be reached", true, 0},
		{closed.URL, "it cannot be reached", true, 0},
		{"http://no-such-host.invalid/", "no-such-host.invalid", false, 0},
		{"ftp://example.org/", "not an http or https address", false, 0},
		{"http://[::1", "it is not an address", false, 0},
		{"rain", "not an http or https address", false, 0},
		{"http://a.example/" + strings.Repeat("x", maxAddress), "the address is longer than 8192 bytes", false, 0},
	} {
		timeout := 10 * time.Second
		if strings.Contains(c.reason, "300ms") {
			timeout = 300 * time.Millisecond
		}
		f := fetcher(t, FetchOptions{AllowPrivate: true, MaxBytes: 1 << 20, Timeout: timeout, MaxRedirects: 2, Attempts: 2})
		address := c.address
		if strings.HasPrefix(address, "/") {
			address = server.URL + address
		}
		began := time.Now()
		p, err := f.Get(t.Context(), address, Validators{})
		var e *FetchError
		if !errors.As(err, &e) || !strings.Contains(e.Reason, c.reason) || e.Status != c.status {
			t.Errorf("%s: %d bytes, %v, want %q", c.address, len(p.Body), err, c.reason)
			continue
		}
		if e.Temporary != c.temporary && !strings.Contains(address, ".invalid") { // where no name is resolved at all
			t.Errorf("%s: temporary %v", c.address, e.Temporary)
		}
		if !strings.HasPrefix(err.Error(), e.URL) || e.URL == "" || len(err.Error()) > 300 || strings.Contains(err.Error(), "\n") {
			t.Errorf("the error does not say where, in one line: %v", err)
		}
		if d := time.Since(began); d > 5*time.Second {
			t.Errorf("%s: it took %s", c.address, d)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	var asked atomic.Int32
	server := serve(t, map[string]http.HandlerFunc{
		"/busy": func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
		},
		"/soon":  fails(1, 429, http.Header{"Retry-After": {"1"}}),
		"/plain": say("text/plain", "It rained."),
	})
	f := fetcher(t, FetchOptions{AllowPrivate: true, Timeout: 5 * time.Second})
	began := time.Now()
	if p, err := f.Get(t.Context(), server.URL+"/soon", Validators{}); err != nil || string(p.Body) != "It rained." {
		t.Errorf("soon: %q %v", p.Body, err)
	}
	if d := time.Since(began); d < 900*time.Millisecond {
		t.Errorf("it was asked again after %s", d)
	}
	for _, path := range []string{"/busy", "/plain"} { // what is said holds for the host
		_, err := f.Get(t.Context(), server.URL+path, Validators{})
		var e *FetchError
		if !errors.As(err, &e) || !e.Temporary || e.RetryAfter < 59*time.Minute || e.RetryAfter > time.Hour {
			t.Errorf("%s: %+v", path, err)
		}
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("it was asked %d times", n)
	}
	now := time.Date(2025, 3, 4, 10, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{"": 0, "7": 7 * time.Second, "-7": 0, "soon": 0, "99999999": maxRetryAfter,
		"Tue, 04 Mar 2025 10:01:00 GMT": time.Minute, "Tue, 04 Mar 2025 09:00:00 GMT": 0} {
		if got := retryAfter(&http.Response{Header: http.Header{"Retry-After": {value}}}, now); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}

func TestMaxAge(t *testing.T) {
	for value, want := range map[string]time.Duration{"": 0, "max-age=60": time.Minute, "Public, Max-Age=60": time.Minute, "no-store, max-age=60": 0,
		"max-age=-1": 0, "max-age=x": 0, "max-age=99999999999": 0} {
		if got := maxAge(value); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}

// TestPrivate leads inside in several ways.
func TestPrivate(t *testing.T) {
	var inside atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { inside.Add(1) }))
	defer server.Close()
	f := fetcher(t, FetchOptions{})
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	for _, address := range []string{server.URL, "http://localhost:" + port, "http://[::ffff:127.0.0.1]:" + port, "http://0.0.0.0:" + port, "http://127.1:" + port} {
		_, err := f.Get(t.Context(), address, Validators{})
		var e *FetchError
		if !errors.As(err, &e) || address == server.URL && (e.Temporary || !strings.Contains(e.Reason, "127.0.0.1:"+port+" is inside the private network; --allow-private fetches it all the same")) {
			t.Errorf("%s: %v", address, err)
		}
	}
	// A page outside that redirects inside: the outside is a listener that is
	// reached without being asked whether it is public.
	outside := serve(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, server.URL, http.StatusFound) }})
	transport := f.client.Transport.(*http.Transport)
	guarded := transport.DialContext
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if address == "news.example:80" {
			return new(net.Dialer).DialContext(ctx, network, outside.Listener.Addr().String())
		}
		return guarded(ctx, network, address)
	}
	if _, err := f.Get(t.Context(), "http://news.example/", Validators{}); err == nil || !strings.Contains(err.Error(), "inside the private network") {
		t.Errorf("a redirect: %v", err)
	}
	if inside.Load() > 0 {
		t.Error("the inside was reached")
	}
	if transport.Proxy != nil {
		t.Error("a proxy would be dialled instead of the address that is asked for")
	}
}

func TestRobots(t *testing.T) {
	var status atomic.Int32
	var asked atomic.Int32
	server := serve(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.WriteHeader(int(status.Load()))
			io.WriteString(w, "User-agent: *\nDisallow: /no\nCrawl-delay: 0.1\nDisallow: /*?print=") //nolint:errcheck // the client tells
		},
		"/yes": say("text/plain", "It rained."),
		"/no":  say("text/plain", "It rained."),
	})
	for _, c := range []struct {
		status int32
		path   string
		want   string
	}{
		{200, "/yes", ""}, {200, "/no", "robots.txt does not allow it"}, {200, "/yes?print=1", "robots.txt does not allow it"},
		{404, "/no", ""}, {403, "/no", ""},
		{500, "/yes", "its robots.txt cannot be read now: the server answered 500"},
		{429, "/yes", "its robots.txt cannot be read now: the server answered 429"},
	} {
		status.Store(c.status)
		f := fetcher(t, FetchOptions{AllowPrivate: true, Attempts: 1})
		_, err := f.Get(t.Context(), server.URL+c.path, Validators{})
		if (c.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d, %s: %v, want %q", c.status, c.path, err, c.want)
		}
		var e *FetchError
		if errors.As(err, &e) && e.Temporary != (c.status != 200) {
			t.Errorf("%d, %s: temporary %v", c.status, c.path, e.Temporary)
		}
	}
	// It is asked for once, and its delay is kept.
	status.Store(200)
	asked.Store(0)
	f := fetcher(t, FetchOptions{AllowPrivate: true})
	began := time.Now()
	for range 3 {
		if _, err := f.Get(t.Context(), server.URL+"/yes", Validators{}); err != nil {
			t.Error(err)
		}
	}
	if n, d := asked.Load(), time.Since(began); n != 1 || d < 200*time.Millisecond {
		t.Errorf("robots.txt was asked for %d times; three requests took %s", n, d)
	}
	if r := parseRobots([]byte("<!DOCTYPE html><p>Disallow: /")); !r.TestAgent("/", "dragoman") {
		t.Error("a page is no robots.txt")
	}
}

// TestTurns wants one request at a time to a host, however many ask.
func TestTurns(t *testing.T) {
	var now, most atomic.Int32
	server := serve(t, map[string]http.HandlerFunc{"/page": func(w http.ResponseWriter, _ *http.Request) {
		n := now.Add(1)
		if m := most.Load(); n > m {
			most.CompareAndSwap(m, n)
		}
		time.Sleep(2 * time.Millisecond)
		now.Add(-1)
		io.WriteString(w, "It rained.") //nolint:errcheck // the client tells
	}})
	f := fetcher(t, FetchOptions{AllowPrivate: true, PerHost: 5 * time.Millisecond})
	began := time.Now()
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := f.Get(t.Context(), server.URL+"/page", Validators{}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d requests at once", most.Load())
	}
	if d := time.Since(began); d < 19*5*time.Millisecond {
		t.Errorf("20 requests in %s, with too short a pause", d)
	}
	// Who waits for his turn and is stopped leaves no trace.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Get(ctx, server.URL+"/page", Validators{}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for name, h := range f.hosts {
		if h.users != 0 || len(h.turn) != 0 {
			t.Errorf("%s: somebody is still there", name)
		}
	}
}

func TestForget(t *testing.T) {
	f := fetcher(t, FetchOptions{})
	for i := range maxHosts {
		f.hosts[fmt.Sprint(i)] = &host{users: i % 2}
	}
	f.forget()
	if len(f.hosts) != maxHosts/2 {
		t.Errorf("%d hosts are remembered", len(f.hosts))
	}
}

// TestStream reads what is longer than a page may be, and what stops.
func TestStream(t *testing.T) {
	line := `{"text":"` + strings.Repeat("It rained. ", 1000) + `"}` + "\n"
	server := serve(t, map[string]http.HandlerFunc{
		"/news.jsonl": func(w http.ResponseWriter, _ *http.Request) {
			for range 200 {
				io.WriteString(w, line) //nolint:errcheck // the client tells
			}
		},
		"/lines": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/x-ndjson")
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 200 {
				io.WriteString(z, line) //nolint:errcheck // the client tells
			}
			z.Close() //nolint:errcheck // the client tells
		},
		"/stops.jsonl": func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, line) //nolint:errcheck // the client tells
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
	})
	for path, want := range map[string]int{"/news.jsonl": 200, "/lines": 200, "/stops.jsonl": 1} {
		f := fetcher(t, FetchOptions{AllowPrivate: true, MaxBytes: 1 << 20, Timeout: time.Second})
		s, err := Open(t.Context(), server.URL+path, Options{Fetcher: f})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		n := 0
		for ; ; n++ {
			if n == 0 && path == "/news.jsonl" {
				time.Sleep(1200 * time.Millisecond) // who reads may take his time
			}
			if _, err = s.Next(); err != nil {
				break
			}
		}
		if n != want || path != "/stops.jsonl" && err != io.EOF || path == "/stops.jsonl" && !strings.Contains(err.Error(), "it took longer than 1s") {
			t.Errorf("%s: %d articles, then %v", path, n, err)
		}
		s.Close()
		s.Close() // once more does no harm
	}
}
