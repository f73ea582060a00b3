package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dragoman"
	"dragoman/clerk"
)

// section is what the navigation leads to.
type section struct{ Name, Path string }

var sections = []section{{"Today", "/"}, {"Relations", "/relations"}, {"Actors", "/actors"}, {"Events", "/events"}, {"Map", "/map"}, {"Graph", "/graph"},
	{"Alerts", "/alerts"}, {"Feeds", "/feeds"}, {"Corrections", "/corrections"}}

// pages registers the pages.
func (s *Server) pages(mux *http.ServeMux) {
	for pattern, answer := range s.routes() {
		mux.Handle(pattern, s.answer(answer))
	}
	mux.Handle("POST /login", s.patient(s.answer(s.login)))
	mux.Handle("GET "+s.look.prefix, s.look.files)
	mux.Handle("/", s.answer(func(http.ResponseWriter, *http.Request) error { return missing("there is no such page") }))
}

// routes are the pages, and what their forms do.
func (s *Server) routes() map[string]func(http.ResponseWriter, *http.Request) error {
	return map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /{$}":               s.today,
		"GET /relations":         s.relationsPage,
		"GET /relations/{a}/{b}": s.relationPage,
		"GET /actors":            s.actorsPage,
		"GET /actors/{name}":     s.actorPage,
		"GET /articles/{number}": s.articlePage,
		"GET /events":            s.eventsPage,
		"GET /events/{number}":   s.eventPage,
		"GET /search":            s.searchPage,
		"GET /map":               s.mapPage,
		"GET /graph":             s.graphPage,
		"GET /feeds":             s.feedsPage,
		"GET /feeds.opml":        s.feedsOPML,
		"POST /feeds":            s.addFeeds,
		"POST /feeds/remove":     s.removeFeed,
		"GET /alerts":            s.alertsPage,
		"POST /alerts":           s.addAlert,
		"POST /alerts/remove":    s.removeAlert,
		"POST /alerts/test":      s.testAlert,
		"GET /corrections":       s.correctionsPage,
		"POST /corrections":      s.correct,
		"POST /corrections/undo": s.undo,
		"GET /add":               s.addPage,
		"POST /add":              s.add,
		"POST /examples":         s.addExamples,
		"GET /tokens":            s.tokensPage,
		"POST /tokens":           s.addToken,
		"POST /tokens/revoke":    s.revokeToken,
		"GET /api":               s.apiPage,
		"GET /login":             s.loginForm,
		"POST /logout":           s.logout,
		"POST /theme":            s.theme,
	}
}

// answer makes a handler of what may fail.
func (s *Server) answer(do func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			if err := read(r); err != nil {
				s.fail(w, r, err)
				return
			}
		}
		err := do(w, r)
		if r.Method == http.MethodPost {
			err = asked(err) // what the store says of a form is about the form
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// read reads a form, also one with files.
func read(r *http.Request) error {
	err := r.ParseForm() // ParseMultipartForm says of a form without files only that it has none
	if err == nil {
		err = r.ParseMultipartForm(maxBody)
	}
	var large *http.MaxBytesError
	switch {
	case err == nil, errors.Is(err, http.ErrNotMultipart):
		return nil
	case errors.As(err, &large):
		return err
	}
	return bad("the form cannot be read: %v", err)
}

// back sends a browser back to where a form stood.
func back(w http.ResponseWriter, r *http.Request, otherwise string) {
	http.Redirect(w, r, within(cmp.Or(r.PostFormValue("back"), otherwise)), http.StatusSeeOther)
}

// theme keeps whether somebody wants it light or dark.
func (s *Server) theme(w http.ResponseWriter, r *http.Request) error {
	c := &http.Cookie{Name: "theme", Value: r.PostFormValue("theme"), Path: "/", MaxAge: 400 * 24 * 3600, HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
	if c.Value != "light" && c.Value != "dark" {
		c.Value, c.MaxAge = "", -1
	}
	http.SetCookie(w, c)
	back(w, r, "/")
	return nil
}

func themeOf(r *http.Request) string {
	if c, err := r.Cookie("theme"); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return ""
}

// number reads a number of the store in a path.
func number(r *http.Request, name string) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil || n < 1 {
		return 0, missing("%q is not a number", r.PathValue(name))
	}
	return n, nil
}

// filters are what pages filter events by, as their addresses have it; the same
// names as in the API and of the flags of dragoman events.
type filters struct {
	clerk.Wanted
	Minimum float64
	Cursor  string
}

func (s *Server) filters(r *http.Request) (filters, error) {
	q := r.URL.Query()
	f := filters{Minimum: s.Minimum, Cursor: q.Get("cursor")}
	f.Files = s.Files
	for _, name := range q["between"] {
		for one := range strings.SplitSeq(name, ",") {
			if one = strings.TrimSpace(one); one != "" {
				f.Between = append(f.Between, one)
			}
		}
	}
	f.By, f.To, f.Place, f.Since, f.Until = trimmed(q, "by"), trimmed(q, "to"), trimmed(q, "place"), trimmed(q, "since"), trimmed(q, "until")
	f.Outlet, f.Source, f.Text = trimmed(q, "outlet"), trimmed(q, "source"), trimmed(q, "text")
	f.Types, f.Statuses = filled(q["type"]), filled(q["status"])
	if v := q.Get("min_confidence"); v != "" {
		x, err := strconv.ParseFloat(v, 64)
		if err != nil || !(x >= 0 && x <= 1) {
			return f, bad("min_confidence is %q; it is a number from 0 to 1", v)
		}
		f.Minimum = x
	}
	if !legibleAll(q) {
		return f, errIllegible
	}
	return f, nil
}

func trimmed(q url.Values, name string) string { return strings.TrimSpace(q.Get(name)) }

func filled(all []string) (some []string) {
	for _, v := range all {
		if v = strings.TrimSpace(v); v != "" {
			some = append(some, v)
		}
	}
	return some
}

// Any reports whether anything is filtered by.
func (f filters) Any() bool {
	w := f.Wanted
	return len(w.Between)+len(w.Types)+len(w.Statuses) > 0 || w.By+w.To+w.Place+w.Since+w.Until+w.Outlet+w.Source+w.Text != ""
}

// with returns the address of a request with a parameter set, or taken out
// where the value is empty, from its first page.
func with(r *http.Request, name, value string) string {
	q := r.URL.Query()
	if name != "cursor" {
		q.Del("cursor")
	}
	if value == "" {
		q.Del(name)
	} else {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return r.URL.EscapedPath()
	}
	return r.URL.EscapedPath() + "?" + q.Encode()
}

// pager leads through what does not fit one page.
type pager struct{ First, Next string }

func (s *Server) pager(r *http.Request, next string) (p pager) {
	if r.URL.Query().Has("cursor") {
		p.First = with(r, "cursor", "")
	}
	if next != "" {
		p.Next = with(r, "cursor", next)
	}
	return p
}

// span is a range of days that a page is about, and how it was asked for.
type span struct {
	From, To     dragoman.Day
	Since, Until string
	Name         string
}

// spanOf reads since and until; where both are missing it is so many days up to
// the newest publication, for a desk also looks at archives.
func (s *Server) spanOf(r *http.Request, days int) (span, error) {
	q := r.URL.Query()
	p := span{Since: trimmed(q, "since"), Until: trimmed(q, "until")}
	var err error
	if p.From, p.To, err = clerk.Days(p.Since, p.Until); err != nil {
		return p, err
	}
	if p.Since+p.Until != "" {
		p.Name = "the days from " + cmp.Or(p.Since, "the beginning") + " to " + cmp.Or(p.Until, "the end")
		return p, nil
	}
	if p.To, err = s.now(r.Context()); err != nil {
		return p, err
	}
	p.From = p.To - dragoman.Day(days) + 1
	p.Name = fmt.Sprintf("the %d days up to %s", days, p.To)
	return p, nil
}

// now is the day on which the desk stands: that of the newest publication, for
// it also looks at archives.
func (s *Server) now(ctx context.Context) (dragoman.Day, error) {
	today := dragoman.DayOf(time.Now().UTC().Date())
	day, err := s.Clerk.DB.Newest(ctx, today)
	if day == dragoman.NoDay {
		day = today
	}
	return day, err
}
