package web

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"dragoman"
	"dragoman/clerk"
)

// posted is a form as a browser sends it from a page of ours.
func posted(path string, form url.Values) *http.Request {
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

// A page elsewhere cannot reach the desk by having its own name point here.
func TestNames(t *testing.T) {
	s := newTestServer(t, func(o *Options) { o.Hosts = []string{"desk.example.org"} })
	for host, want := range map[string]int{"localhost:8421": 200, "127.0.0.1:8421": 200, "[::1]:8421": 200, "DESK.example.org": 200, "desk.example.org.:443": 200,
		"evil.example.org": 421, "localhost.evil.example.org:8421": 421, "": 421} {
		r := httptest.NewRequest("GET", "/health", nil)
		r.Host = host
		w := httptest.NewRecorder()
		if s.ServeHTTP(w, r); w.Code != want {
			t.Errorf("called %q: %d, want %d", host, w.Code, want)
		}
	}
}

// What another site has a browser send changes nothing.
func TestOtherSites(t *testing.T) {
	s := newTestServer(t)
	form := url.Values{"action": {"wrong"}, "event": {"1"}}
	for name, change := range map[string]func(*http.Request){
		"Sec-Fetch-Site": func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"same site, another host": func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "same-site")
		},
		"Origin": func(r *http.Request) {
			r.Header.Del("Sec-Fetch-Site")
			r.Header.Set("Origin", "https://evil.example.org")
		},
	} {
		for _, path := range []string{"/corrections", "/alerts/remove", "/logout", "/api/v1/corrections"} {
			r := posted(path, form)
			change(r)
			if w := do(s, r); w.Code != http.StatusForbidden {
				t.Errorf("%s, by %s: %d", path, name, w.Code)
			}
		}
	}
	all, err := s.Clerk.DB.Corrections(t.Context())
	if err != nil || len(all) > 0 {
		t.Error(all, err)
	}
	if w := do(s, posted("/corrections", form)); w.Code != http.StatusSeeOther {
		t.Errorf("from a page of ours: %d %s", w.Code, w.Body)
	}
}

// Every answer says that nothing but what is ours may run.
func TestPolicy(t *testing.T) {
	s := newTestServer(t)
	for _, path := range []string{"/", "/articles/1", "/nope", "/api/v1/events", "/api/v1/nope", s.look.prefix + "desk.js"} {
		w := do(s, httptest.NewRequest("GET", path, nil))
		p := w.Header().Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"} {
			if !strings.Contains(p, part) {
				t.Errorf("%s: the policy lacks %s: %s", path, part, p)
			}
		}
		if strings.Contains(p, "unsafe") || strings.Contains(p, "http") || strings.Contains(p, "*") {
			t.Errorf("%s: %s", path, p)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: its type may be guessed", path)
		}
		body := w.Body.String()
		for _, bad := range []string{" onclick=", " onload=", " style=\"", "<style", "javascript:", "src=\"http", "href=\"http://cdn"} {
			if strings.Contains(body, bad) && strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
				t.Errorf("%s has %q in it", path, bad)
			}
		}
	}
}

func TestBounds(t *testing.T) {
	s := newTestServer(t)
	for _, path := range []string{"/add", "/api/v1/articles"} {
		r := httptest.NewRequest("POST", path, io.LimitReader(spaces{}, maxBody+1<<20))
		r.Header.Set("Content-Type", map[bool]string{true: "application/json", false: "application/x-www-form-urlencoded"}[strings.HasPrefix(path, "/api")])
		if w := do(s, r); w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("%s takes more than it should: %d %s", path, w.Code, w.Body)
		}
	}
	// One address that asks without end is told to wait, others are not.
	last := 0
	for range perMinute + 300 {
		r := httptest.NewRequest("GET", "/login", nil)
		r.Host, r.RemoteAddr = "localhost", "192.0.2.1:1000"
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if last = w.Code; last == http.StatusTooManyRequests {
			if w.Header().Get("Retry-After") == "" {
				t.Error("it does not say how long to wait")
			}
			break
		}
	}
	if last != http.StatusTooManyRequests {
		t.Error("one address may ask without end")
	}
	if w := do(s, httptest.NewRequest("GET", "/health", nil)); w.Code != 200 {
		t.Error(w.Code)
	}
}

// spaces is a text without end.
type spaces struct{}

func (spaces) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

// A page that breaks is one page that breaks.
func TestPanic(t *testing.T) {
	s := newTestServer(t)
	h := s.guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") }))
	for path, kind := range map[string]string{"/": "text/html", "/api/v1/events": "application/problem+json"} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", path, nil)
		r.Host = "localhost"
		h.ServeHTTP(w, r)
		if w.Code != 500 || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) || strings.Contains(w.Body.String(), "broken") {
			t.Error(path, w.Code, w.Header(), w.Body)
		}
	}
}

func TestWithin(t *testing.T) {
	for next, want := range map[string]string{"/events?type=AID": "/events?type=AID", "": "/", "//evil.example.org": "/", "https://evil.example.org": "/", `/\evil.example.org`: "/",
		"javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/", "events": "/", "/%zz": "/"} {
		if got := within(next); got != want {
			t.Errorf("%q leads to %q", next, got)
		}
	}
}

// signedIn returns the cookie of somebody who said his password.
func signedIn(t *testing.T, s *Server, name, password string) (*http.Cookie, *httptest.ResponseRecorder) {
	t.Helper()
	w := do(s, posted("/login", url.Values{"name": {name}, "password": {password}, "next": {"/events"}}))
	for _, c := range w.Result().Cookies() {
		if c.Name == "dragoman" && c.Value != "" {
			return c, w
		}
	}
	return nil, w
}

func TestSigningIn(t *testing.T) {
	const password = "correct horse battery"
	s := newTestServer(t, func(o *Options) { o.Secure = true })
	hash, err := clerk.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Clerk.DB.AddUser(t.Context(), "jane", hash); err != nil {
		t.Fatal(err)
	}
	// With the first user nobody is let in by sitting before this machine.
	w := do(s, httptest.NewRequest("GET", "/events?type=AID", nil))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/login?next=%2Fevents%3Ftype%3DAID" {
		t.Error(w.Code, w.Header())
	}
	for _, name := range []string{"jane", "nobody"} {
		if c, w := signedIn(t, s, name, "not the password"); c != nil || w.Code != http.StatusUnauthorized || !strings.Contains(w.Body.String(), "name or password is not right") {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	c, w := signedIn(t, s, "JANE", password)
	if c == nil || w.Header().Get("Location") != "/events" {
		t.Fatal(w.Code, w.Header())
	}
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode {
		t.Errorf("the cookie is %+v", c)
	}
	with := func(path string) int {
		r := httptest.NewRequest("GET", path, nil)
		r.AddCookie(c)
		return do(s, r).Code
	}
	if with("/events") != 200 || with("/api/v1/events") != 200 {
		t.Error("whoever is signed in is not let in")
	}
	// Another password, or none of that name any more, and he is out.
	if hash, err = clerk.HashPassword("another horse battery"); err != nil {
		t.Fatal(err)
	}
	if err := s.Clerk.DB.SetHash(t.Context(), "jane", hash); err != nil {
		t.Fatal(err)
	}
	if with("/events") != http.StatusSeeOther {
		t.Error("who knew the old password is still in")
	}
	if c, _ = signedIn(t, s, "jane", "another horse battery"); c == nil || with("/events") != 200 {
		t.Fatal("the new password does not do")
	}
	out := posted("/logout", nil)
	out.AddCookie(c)
	if w := do(s, out); w.Code != http.StatusSeeOther || with("/events") != http.StatusSeeOther {
		t.Error("who signed out is still in")
	}
}

// Guessing is slow.
func TestGuessing(t *testing.T) {
	s := newTestServer(t)
	codes := map[int]int{}
	for range signIns + 1 {
		r := posted("/login", url.Values{"name": {"jane"}, "password": {""}})
		r.Host, r.RemoteAddr = "localhost", "192.0.2.1:1000"
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		codes[w.Code]++
	}
	if codes[http.StatusTooManyRequests] == 0 {
		t.Error(codes)
	}
}

// A token is for programs: it opens no page, and what it lacks is said.
func TestTokenOpensNoPage(t *testing.T) {
	s := newTestServer(t, func(o *Options) { o.Local = false })
	secret := token(t, s, dragoman.ScopeRead)
	with := func(path string) int {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Authorization", "Bearer "+secret)
		return do(s, r).Code
	}
	for path, want := range map[string]int{"/events": 303, "/api/v1/events": 200, "/metrics": 200, "/api/v1/alerts": 403} {
		if got := with(path); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}

// Whatever an article says is text on every page.
func TestHostile(t *testing.T) {
	s := newTestServer(t)
	const evil = `<script>alert(1)</script>"><img src=x onerror=alert(1)>`
	number, _, err := s.Clerk.Add(t.Context(), dragoman.Article{ID: "evil", Title: evil, Outlet: evil, URL: "javascript:alert(1)", Published: dragoman.DayOf(2025, time.March, 7),
		Language: "en", Text: evil + "\n\nSudan's army attacked " + evil + " Chad on Monday. \"" + evil + "\", said Chad's government."})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", fmt.Sprintf("/articles/%d", number), "/events", "/search?text=alert", "/actors", "/relations/TCD/SDN", "/map", "/graph", "/feeds", "/alerts?between=" + url.QueryEscape(evil),
		"/events?text=%22" + url.QueryEscape(evil), "/search?text=" + url.QueryEscape(evil), "/events?by=" + url.QueryEscape(evil)} {
		body := do(s, httptest.NewRequest("GET", path, nil)).Body.String()
		for _, bad := range []string{"<script>alert", "<img src=x", `href="javascript:`} {
			if strings.Contains(body, bad) {
				t.Errorf("%s has %s in it", path, bad)
			}
		}
	}
}
