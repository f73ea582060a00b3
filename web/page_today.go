package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"dragoman"
	"dragoman/story"
)

// today is what is new since the last visit.
type today struct {
	First    bool      // somebody is here for the first time
	Last     time.Time // the visit before
	Articles []dragoman.Entry
	More     bool // than are shown
	Events   int
	Turns    []story.Thread // where something changed
	Threads  []story.Thread
	Fired    []dragoman.Delivery
	Now      dragoman.Day
	Watching bool
}

// What one page shows of what is new.
const (
	newArticles = 60
	newEvents   = 400
	newThreads  = 12
)

func (s *Server) today(w http.ResponseWriter, r *http.Request) error {
	ctx, db := r.Context(), s.Clerk.DB
	since, last, err := db.Visit(ctx, who(ctx).name)
	if err != nil {
		return err
	}
	if r.URL.Query().Has("all") {
		since = 0
	}
	t, err := recall(ctx, s.memo, db, fmt.Sprint("today ", since), func(ctx context.Context) (*today, error) { return s.news(ctx, since) })
	if err != nil {
		return err
	}
	shown := *t
	shown.First, shown.Last, shown.Watching = last.IsZero(), last, s.Watching
	if r.URL.Query().Has("part") { // what the page asks for when it is told of news
		return s.write(w, "today", "news", page{Body: shown, Signed: true})
	}
	return s.show(w, r, "today", page{Title: "Today", Nav: "Today", Body: shown})
}

// news gathers what was stored after the article of a number.
func (s *Server) news(ctx context.Context, since int64) (*today, error) {
	db := s.Clerk.DB
	t := &today{}
	var err error
	if t.Now, err = s.now(ctx); err != nil {
		return nil, err
	}
	if t.Articles, err = db.Articles(ctx, dragoman.ArticleFilter{Limit: newArticles + 1}); err != nil {
		return nil, err
	}
	for i, e := range t.Articles {
		if e.Number <= since || i == newArticles {
			t.More = i == newArticles && e.Number > since
			t.Articles = t.Articles[:i]
			break
		}
	}
	told, err := db.Newly(ctx, since, s.Minimum, newEvents)
	if err != nil {
		return nil, err
	}
	t.Events = len(told)
	threads, err := s.Clerk.Desk.News(ctx, db, told, t.Now, newThreads, story.Options{Confidence: s.Minimum})
	if err != nil {
		return nil, err
	}
	for _, x := range threads {
		if x.Outlook.Direction == story.Warming || x.Outlook.Direction == story.Cooling {
			t.Turns = append(t.Turns, x)
		} else {
			t.Threads = append(t.Threads, x)
		}
	}
	fired, err := db.Fired(ctx, 0, 0, 100)
	seen := map[string]bool{} // one alert may tell in several ways
	for _, f := range fired {
		if k := fmt.Sprint(f.Alert, f.Mark); f.Article > since && !seen[k] && len(t.Fired) < 12 {
			seen[k] = true
			t.Fired = append(t.Fired, f)
		}
	}
	return t, err
}
