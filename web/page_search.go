package web

import (
	"context"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/clerk"
)

// cursorOf and markOf write a place in a list for addresses, and read it.
func cursorOf(m dragoman.Mark) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%d", m.Day, m.Number))
}

func markOf(cursor string) (m dragoman.Mark, err error) {
	if cursor == "" {
		return m, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	day, number, ok := strings.Cut(string(b), ".")
	d, err1 := strconv.ParseInt(day, 10, 32)
	n, err2 := strconv.ParseInt(number, 10, 64)
	if err != nil || !ok || err1 != nil || err2 != nil {
		return m, bad("the cursor is not one that was given")
	}
	return dragoman.Mark{Day: dragoman.Day(d), Number: n}, nil
}

// eventsOf returns a page of the events of a filter.
func (s *Server) eventsOf(r *http.Request, f dragoman.Filter, cursor string, limit int) ([]dragoman.Occurrence, pager, error) {
	var err error
	if f.After, err = markOf(cursor); err != nil {
		return nil, pager{}, err
	}
	f.Limit = limit + 1
	all, err := s.Clerk.DB.Occurrences(r.Context(), f)
	if err != nil {
		return nil, pager{}, err
	}
	all, next := cut(all, limit)
	return all, s.pager(r, next), nil
}

// cut cuts a list, of which one more than fits was asked for, and returns the
// cursor of what follows, "" where nothing does.
func cut(all []dragoman.Occurrence, limit int) (some []dragoman.Occurrence, next string) {
	if len(all) > limit {
		all = all[:limit]
		next = cursorOf(dragoman.Mark{Day: all[limit-1].Day, Number: all[limit-1].Number})
	}
	return all, next
}

// eventsView are events as a filter wants them.
type eventsView struct {
	Filters filters
	Taken   []clerk.Taken
	Events  []dragoman.Occurrence
	Facets  dragoman.Facets
	Pager   pager
	Path    string
	Place   *dragoman.Locale  // where it is filtered by one
	Within  []dragoman.Locale // what contains that, as far as events were there
	Query   url.Values        // the filter, as addresses have it
}

// Narrow returns the address of the same with one more condition.
func (v *eventsView) Narrow(key, value string) string {
	q := maps.Clone(v.Query)
	if key == "year" {
		q.Set("since", value+"-01-01")
		q.Set("until", value+"-12-31")
	} else {
		q.Set(key, value)
	}
	return v.Path + "?" + q.Encode()
}

// Export returns the address under which all that is wanted is had as a file.
func (v *eventsView) Export(format string) string {
	q := maps.Clone(v.Query)
	q.Set("format", format)
	return "/api/v1/export/events?" + q.Encode()
}

func (s *Server) eventsPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.found(r)
	if err != nil {
		return err
	}
	return s.show(w, r, "events", page{Title: "Events", Nav: "Events", Body: v})
}

// found looks up what the address of a request filters by.
func (s *Server) found(r *http.Request) (*eventsView, error) {
	ctx, db := r.Context(), s.Clerk.DB
	f, err := s.filters(r)
	if err != nil {
		return nil, err
	}
	v := &eventsView{Filters: f, Path: r.URL.Path, Query: r.URL.Query()}
	if err := clerk.Typed(s.Files, f.Types); err != nil {
		return nil, err
	}
	events, taken, err := f.Filter(ctx, db, f.Minimum)
	if err != nil {
		return nil, err
	}
	v.Taken = taken
	v.Query.Del("cursor")
	if events.Place != "" {
		if v.Place, v.Within, err = s.place(ctx, events.Place); err != nil {
			return nil, err
		}
	}
	if v.Facets, err = s.facets(ctx, events); err != nil {
		return nil, err
	}
	if f.Cursor != "" {
		v.Events, v.Pager, err = s.eventsOf(r, events, f.Cursor, pageEvents)
		return v, err
	}
	// What was counted is in order: the first page is its beginning.
	all, err := db.OccurrencesOf(ctx, v.Facets.Newest[:min(len(v.Facets.Newest), pageEvents+1)])
	if err != nil {
		return nil, err
	}
	some, next := cut(all, pageEvents)
	v.Events, v.Pager = some, s.pager(r, next)
	return v, nil
}

// place returns a place, nil where nothing was told of it, and what contains it,
// nearest first.
func (s *Server) place(ctx context.Context, id string) (p *dragoman.Locale, within []dragoman.Locale, err error) {
	known, err := s.Clerk.DB.Places(ctx, id)
	if err != nil || len(known) == 0 {
		return nil, nil, err
	}
	is := known[id]
	known, err = s.Clerk.DB.Places(ctx, is.ContainedIn...)
	for _, c := range is.ContainedIn {
		if l, ok := known[c]; ok {
			within = append(within, l)
		}
	}
	return &is, within, err
}

// searchView is what has the words.
type searchView struct {
	Text     string
	Articles []dragoman.Entry
	More     string // the address of the articles further back
	Actors   []dragoman.Known
	*eventsView
}

func (s *Server) searchPage(w http.ResponseWriter, r *http.Request) error {
	ctx, db := r.Context(), s.Clerk.DB
	v := searchView{Text: trimmed(r.URL.Query(), "text")}
	if v.Text == "" {
		return s.show(w, r, "search", page{Title: "Search", Body: v})
	}
	var err error
	if v.eventsView, err = s.found(r); err != nil {
		return err
	}
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64) // else from the start
	const most = 20
	from, to, err := clerk.Days(v.Filters.Since, v.Filters.Until)
	if err != nil {
		return err
	}
	v.Articles, err = db.Articles(ctx, dragoman.ArticleFilter{Text: v.Text, Outlet: v.Filters.Outlet, From: from, To: to, Before: before, Limit: most + 1})
	if err != nil {
		return err
	}
	if len(v.Articles) > most {
		v.Articles = v.Articles[:most]
		v.More = with(r, "before", fmt.Sprint(v.Articles[most-1].Number))
	}
	if v.Actors, err = db.Actors(ctx, v.Text, "", "", 8); err != nil {
		return err
	}
	return s.show(w, r, "search", page{Title: "Search: " + v.Text, Body: v})
}
