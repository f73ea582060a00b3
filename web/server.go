// Package web serves the desk in a browser: pages for people and an API for
// programs over one database. Both ask the same questions with the same
// filters; pages are HTML that works without a script, and charts and live news
// are added to it by scripts of our own. Nothing is fetched from elsewhere.
//
// Whatever an article says is hostile: it reaches a page through html/template
// only, and a policy allows no script that is not ours.
package web

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"

	"dragoman/article"
	"dragoman/clerk"
	"dragoman/exchange"
)

// Options say what is served, and to whom.
type Options struct {
	Clerk    *clerk.Clerk
	Files    fs.FS            // the tables: what types, statuses and codes there are
	Fetcher  *article.Fetcher // for lists of feeds at an address; it reaches no private address
	Private  bool             // addresses inside the private network may be fetched from and posted to
	Watching bool             // this program follows the feeds too
	Hosts    []string         // names, beside those of this machine, by which it may be called
	Secure   bool             // it is reached by https
	Local    bool             // it is reached from this machine only, so that nobody need sign in while there are no users
	Version  string           // of the program
	Minimum  float64          // the confidence from which events are told unless asked otherwise
	Log      *slog.Logger     // a line a request

	// What one address may ask in a minute, 0 for as much as one person does: a
	// proxy before the server, and whoever measures it, is many people.
	PerMinute int // requests
	SignIns   int // tries to sign in
}

// Server answers pages and the API. It is an http.Handler, and may be used by
// many goroutines at once.
type Server struct {
	Options
	sessions *scs.SessionManager
	words    *words
	book     *exchange.Codebook
	look     *look
	memo     *memo
	live     *live
	counts   *counts
	handler  http.Handler

	described *openAPI
	later     sync.WaitGroup  // what goes on beside answers
	life      context.Context // of what goes on beside answers
	end       context.CancelFunc
}

// New returns a server of o. Run has to run beside it.
func New(o Options) (*Server, error) {
	s := &Server{Options: o, memo: newMemo(), live: newLive(), counts: newCounts()}
	s.life, s.end = context.WithCancel(context.Background())
	var err error
	if s.words, err = loadWords(o.Files); err != nil {
		return nil, err
	}
	if s.book, err = exchange.Load(o.Files); err != nil {
		return nil, err
	}
	if s.look, err = loadLook(s); err != nil {
		return nil, err
	}
	s.sessions = newSessions(o)
	mux := http.NewServeMux()
	s.pages(mux)
	s.api(mux)
	s.handler = s.guard(mux)
	return s, nil
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Run tells whoever listens of what is new, whichever program stored it, until
// ctx ends; then those who listen are sent home, so that a graceful stop need
// not wait for them.
func (s *Server) Run(ctx context.Context) error {
	defer s.end()
	defer s.live.close()
	const pause = time.Second
	tick := time.NewTicker(pause)
	defer tick.Stop()
	last, err := s.Clerk.DB.LastArticle(ctx)
	if ctx.Err() != nil {
		return nil // it was stopped as soon as it began
	}
	if err != nil {
		return err
	}
	var revision int64
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		now, err := s.Clerk.DB.Revision(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			s.Log.Error("the database cannot be asked what is new", "fault", err)
			continue
		case now == revision:
			continue
		}
		revision = now
		if last, err = s.tell(ctx, last); err != nil && ctx.Err() == nil {
			s.Log.Error("what is new cannot be told", "fault", err)
		}
	}
}

// Wait waits until what goes on beside answers has ended, or ctx has.
func (s *Server) Wait(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		s.later.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// tell tells of the articles stored after the one of a number, and returns the
// last of them.
func (s *Server) tell(ctx context.Context, last int64) (int64, error) {
	const most = 200 // at once; whoever is that far behind asks for a page anew
	all, err := s.Clerk.DB.After(ctx, last, most)
	if err != nil || len(all) == 0 {
		return last, err
	}
	for _, e := range all {
		s.live.tell(message{Kind: "article", Number: e.Number, Data: s.article(e)})
	}
	return all[len(all)-1].Number, nil
}

// fault is what is told to whoever asked: an HTTP status and what is wrong.
type fault struct {
	status int
	text   string
}

func (f *fault) Error() string { return f.text }

func missing(format string, args ...any) error {
	return &fault{http.StatusNotFound, fmt.Sprintf(format, args...)}
}

func bad(format string, args ...any) error {
	return &fault{http.StatusBadRequest, fmt.Sprintf(format, args...)}
}

// faultOf turns any error into what is told of it: what is nobody's fault but
// ours is told without its inside.
func (s *Server) faultOf(r *http.Request, err error) *fault {
	var f *fault
	var wrong *clerk.Mistake
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &f):
		return f
	case errors.As(err, &wrong):
		return &fault{http.StatusUnprocessableEntity, wrong.Error()}
	case errors.As(err, &large):
		return &fault{http.StatusRequestEntityTooLarge, fmt.Sprintf("that is more than %d MB", large.Limit>>20)}
	case errors.Is(err, context.DeadlineExceeded):
		return &fault{http.StatusServiceUnavailable, "it takes too long; ask for fewer days or with more filters"}
	case r.Context().Err() != nil:
		return &fault{499, "the request was broken off"}
	}
	s.Log.ErrorContext(r.Context(), "failed", "path", r.URL.Path, "fault", err)
	return &fault{http.StatusInternalServerError, "something went wrong here; the log says what"}
}
