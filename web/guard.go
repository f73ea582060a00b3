package web

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/httprate"
	"github.com/klauspost/compress/gzhttp"
)

// What one request may cost.
const (
	answerTime = 30 * time.Second // for all but streams
	maxBody    = 4 << 20          // bytes
	perMinute  = 1200             // requests of one address, unless Options say otherwise; a page has about five
	signIns    = 10               // of one address a minute, unless Options say otherwise
)

// policy allows what is ours: no script or style within a page, nothing from
// elsewhere, no framing.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard puts around the pages and the API what holds for every request, from
// the outside in.
func (s *Server) guard(h http.Handler) http.Handler {
	sites := http.NewCrossOriginProtection()
	sites.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, &fault{http.StatusForbidden, "this was sent by another site"})
	}))
	zip, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.ExceptContentTypes([]string{"text/event-stream"}))
	if err != nil {
		panic(err) // on bad options only
	}
	h = routed(h)
	h = s.sign(h)
	h = s.sessions.LoadAndSave(h)
	h = sites.Handler(h)
	h = bounded(h)
	h = httprate.LimitBy(cmp.Or(s.PerMinute, perMinute), time.Minute, caller, httprate.WithLimitHandler(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, &fault{http.StatusTooManyRequests, "these are too many requests in one minute; wait a little"})
	}))(h)
	h = zip(h)
	h = s.called(h)
	h = sealed(h)
	return s.watched(h)
}

// caller is whom a rate is counted for: the address that calls, of IPv6 its
// network. What a header says of it is not believed.
func caller(r *http.Request) (string, error) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	return httprate.CanonicalizeIP(host), nil
}

// sealed sets the headers that tell a browser what it may do.
func sealed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", policy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "same-origin")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		head.Set("Cache-Control", "private, no-cache")
		h.ServeHTTP(w, r)
	})
}

// called refuses requests by a name that is not ours: a page elsewhere may have
// its name point to this machine (DNS rebinding).
func (s *Server) called(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.Host
		if host, _, err := net.SplitHostPort(r.Host); err == nil {
			name = host
		}
		name = strings.ToLower(strings.Trim(name, "[]."))
		_, err := netip.ParseAddr(name)
		if err != nil && name != "localhost" && !slices.Contains(s.Hosts, name) {
			s.fail(w, r, &fault{http.StatusMisdirectedRequest, fmt.Sprintf("nobody is called %q here; dragoman serve --host gives the server a name", name)})
			return
		}
		h.ServeHTTP(w, r)
	})
}

// bounded bounds what a request may send and how long its answer may take; a
// stream sets its own time.
func bounded(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		if streams(r) {
			h.ServeHTTP(w, r)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), answerTime)
		defer cancel()
		// A server without deadlines is one of the tests.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerTime + 5*time.Second))
		h.ServeHTTP(w, r.WithContext(ctx))
	})
}

// streams reports whether the answer to a request may take as long as it likes.
func streams(r *http.Request) bool {
	return r.URL.Path == "/api/v1/stream" || strings.HasPrefix(r.URL.Path, "/api/v1/export/")
}

// watched logs and counts every request, and keeps a panic from ending the
// program.
func (s *Server) watched(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		seen := &seen{ResponseWriter: w}
		r = r.WithContext(context.WithValue(r.Context(), routeKey{}, &seen.route))
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				s.Log.Error("a request broke, which is a fault of dragoman", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
				if seen.status == 0 {
					s.fail(seen, r, &fault{http.StatusInternalServerError, "something went wrong here; the log says what"})
				}
			}
			took := time.Since(begun)
			s.counts.request(r, seen.route, seen.status, took)
			s.Log.Debug("answered", "method", r.Method, "path", r.URL.Path, "status", seen.status, "bytes", seen.bytes, "ms", took.Milliseconds(), "from", r.RemoteAddr)
		}()
		h.ServeHTTP(seen, r)
	})
}

type routeKey struct{}

// routed notes which pattern a request came to: only the innermost request,
// after others have been made of it, is told.
func routed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r)
		if route, ok := r.Context().Value(routeKey{}).(*string); ok {
			*route = r.Pattern
		}
	})
}

// seen notes what was answered, and under which pattern.
type seen struct {
	http.ResponseWriter
	status, bytes int
	route         string
}

func (s *seen) WriteHeader(status int) {
	if s.status == 0 {
		s.status = status
	}
	s.ResponseWriter.WriteHeader(status)
}

func (s *seen) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	n, err := s.ResponseWriter.Write(b)
	s.bytes += n
	return n, err
}

// Unwrap is for http.ResponseController.
func (s *seen) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// fail answers with a fault: as a page for people, as JSON for programs.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	f := s.faultOf(r, err)
	if strings.HasPrefix(r.URL.Path, "/api/") {
		writeProblem(w, f)
		return
	}
	s.errorPage(w, r, f)
}
