package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"dragoman"
	"dragoman/article"
	"dragoman/clerk"
	"dragoman/data"
	"dragoman/examples"
	"dragoman/store"
)

// reads is a clerk without a database, and the articles of the examples as it
// files them: loading and reading take a second, once for all tests.
var reads = sync.OnceValues(func() (*clerk.Clerk, []dragoman.Filing) {
	c, err := clerk.New(data.Embedded(), nil, "test")
	if err != nil {
		panic(err)
	}
	in, err := article.New("desk.jsonl", io.NopCloser(bytes.NewReader(examples.Desk)))
	if err != nil {
		panic(err)
	}
	defer in.Close()
	var all []dragoman.Filing
	for {
		a, err := in.Next()
		if err == io.EOF {
			return c, all
		}
		if err != nil {
			panic(err)
		}
		f, err := c.File(a)
		if err != nil {
			panic(err)
		}
		all = append(all, f)
	}
})

// newTestServer returns a server over a database of its own that holds the nine
// articles of the examples, for whoever sits before this machine.
func newTestServer(t testing.TB, change ...func(*Options)) *Server {
	t.Helper()
	return newTestServerAt(t, filepath.Join(t.TempDir(), "test.db"), change...)
}

// newTestServerAt is newTestServer with the database at a path.
func newTestServerAt(t testing.TB, path string, change ...func(*Options)) *Server {
	t.Helper()
	loaded, filings := reads()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range filings {
		f := filings[i] // Save fills in numbers
		if _, _, err := db.Save(t.Context(), &f, loaded.Desk); err != nil {
			t.Fatal(err)
		}
	}
	c := *loaded
	c.DB = db
	fetcher := article.NewFetcher(article.FetchOptions{})
	o := Options{Clerk: &c, Files: data.Embedded(), Fetcher: fetcher, Local: true, Version: "test", Minimum: clerk.Sure, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
	for _, f := range change {
		f(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.later.Wait()
		fetcher.Close()
		if err := c.DB.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// emptyStore returns a database in which nothing is yet.
func emptyStore(t testing.TB) (*store.DB, error) {
	t.Helper()
	return store.Open(t.Context(), filepath.Join(t.TempDir(), "empty.db"))
}

// start has a server listen and tell what is new until the test ends, and
// returns its address.
func start(t testing.TB, s *Server) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	h := httptest.NewServer(s)
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		h.Close()
	})
	return h.URL
}

var asking atomic.Uint32

// do puts a request to a server, each from another address, so that none is
// too many.
func do(s *Server, r *http.Request) *httptest.ResponseRecorder {
	n := asking.Add(1)
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1000", byte(n>>16), byte(n>>8), byte(n))
	r.Host = "localhost"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}
