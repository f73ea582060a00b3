package article

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"dragoman"
)

// FeedState is what has to be kept of a feed between two polls. A new feed has
// only its URL.
type FeedState struct {
	URL        string // where it lies; follows permanent redirects
	Title      string
	Validators Validators    // of the last answer
	NextPoll   time.Time     // not before then
	Interval   time.Duration // between two polls when all is well
	Polled     time.Time     // when it was last asked for
	Failures   int           // how often in a row the feed could not be had
	LastError  string        // why, "" when all is well
	Items      int           // how many it listed when it was last had
	New        int           // how many articles the last poll gave
}

const (
	firstInterval = 30 * time.Minute
	minInterval   = 5 * time.Minute
	maxInterval   = 6 * time.Hour
	maxPause      = 24 * time.Hour // between polls of a feed that fails

	// lostPatience is after how many pages in a row that cannot be had now
	// the rest is left for the next poll.
	lostPatience = 5
)

// Poll asks for a feed, if it has changed, and yields each item that is not
// known, oldest first: with its article, or with an error that says why there
// is none (Article is empty then). A *FetchError that is Temporary may be
// tried again: if the item is still not known at the next poll, it is.
//
// What is wrong with the feed as a whole is in the LastError of the state that
// is returned, and no error of Poll. Poll fails only when ctx ends or yield
// fails; the state is then the old one, so that nothing is lost.
func (f *Fetcher) Poll(ctx context.Context, s FeedState, now time.Time, known func(id string) bool,
	yield func(item Item, a dragoman.Article, err error) error) (FeedState, error) {
	next := s
	next.Polled, next.New = now, 0
	page, err := f.Get(ctx, s.URL, s.Validators)
	if ctx.Err() != nil {
		return s, context.Cause(ctx)
	}
	if err == nil && page.NotModified {
		next.succeed(now, page.MaxAge)
		return next, nil
	}
	var feed Feed
	if err == nil {
		feed, err = ParseFeed(page.URL, page.ContentType, page.Body)
	}
	if err != nil {
		next.fail(now, err)
		return next, nil
	}
	feed.until(now)
	again, err := f.pollItems(ctx, &feed, page.URL, known, func(i Item, a dragoman.Article, err error) error {
		if err == nil {
			next.New++
		}
		return yield(i, a, err)
	})
	if err != nil {
		return s, err
	}
	next.Validators, next.Items = page.Validators, len(feed.Items)
	if again {
		next.Validators = Validators{} // else what is missing would not be listed again
	}
	if feed.Title != "" {
		next.Title = feed.Title
	}
	if page.Moved != "" {
		next.URL = page.Moved
	}
	next.succeed(now, max(page.MaxAge, feed.TTL))
	return next, nil
}

// pollItems yields the items that are not known. again tells that some could
// not be had now.
func (f *Fetcher) pollItems(ctx context.Context, feed *Feed, at string, known func(string) bool,
	yield func(Item, dragoman.Article, error) error) (again bool, err error) {
	failed := 0
	for _, i := range feed.oldestFirst() {
		if known(i.ID) {
			continue
		}
		a, err := f.item(ctx, feed, i, at)
		if ctx.Err() != nil {
			return true, context.Cause(ctx)
		}
		var e *FetchError
		switch {
		case errors.As(err, &e) && e.Temporary:
			again = true
			failed++
		case !i.Full():
			failed = 0
		}
		if err := yield(i, a, err); err != nil {
			return true, err
		}
		if failed == lostPatience {
			return true, nil
		}
	}
	return again, nil
}

// item gives the article of an item: its own text, or the page it links to.
func (f *Fetcher) item(ctx context.Context, feed *Feed, i Item, at string) (dragoman.Article, error) {
	if i.Full() {
		return feed.article(i, at), nil
	}
	if i.URL == "" {
		return dragoman.Article{}, fmt.Errorf("the item %q has neither a link nor a text of its own of %d characters", title60(i), fullText)
	}
	page, err := f.Get(ctx, i.URL, Validators{})
	if err != nil {
		return dragoman.Article{}, err
	}
	a, err := page.article()
	if err != nil {
		return dragoman.Article{}, fmt.Errorf("%s: %w", page.URL, err)
	}
	feed.fill(&a, i, at)
	return a, nil
}

// title60 names an item in a message.
func title60(i Item) string {
	name := i.Title
	if name == "" {
		name = i.ID
	}
	if r := []rune(name); len(r) > 60 {
		name = string(r[:60]) + "…"
	}
	return name
}

// article reads a page that is said to be an article.
func (p Page) article() (dragoman.Article, error) {
	kind := binary(p.Body)
	declared, _, _ := strings.Cut(strings.ToLower(p.ContentType), ";")
	declared = strings.TrimSpace(declared)
	switch {
	case kind != "":
		return dragoman.Article{}, fmt.Errorf("it is %s, not a page with an article", kind)
	case !isPage(declared):
		return dragoman.Article{}, fmt.Errorf("it is %s, not a page with an article", declared)
	case looksLikeFeed(p.Body):
		return dragoman.Article{}, errors.New("it is a feed, not a page with an article")
	}
	return parse(p.URL, p.ContentType, p.Body)
}

// isPage tells what servers call pages and texts, also those that do not care.
func isPage(contentType string) bool {
	switch contentType {
	case "", "text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/octet-stream":
		return true
	}
	return false
}

// succeed plans the next poll: sooner where there is much, later where there
// is nothing, and no sooner than the server wants.
func (s *FeedState) succeed(now time.Time, wanted time.Duration) {
	interval := s.Interval
	if interval <= 0 {
		interval = firstInterval
	}
	if s.New > 0 {
		interval /= 2
	} else {
		interval += interval / 2
	}
	s.Interval = min(maxInterval, max(minInterval, interval, wanted))
	s.NextPoll = now.Add(s.Interval)
	s.Failures, s.LastError = 0, ""
}

// fail plans the next poll of a feed that cannot be had, ever later, or when
// the server wants it.
func (s *FeedState) fail(now time.Time, err error) {
	s.Failures++
	s.LastError = err.Error()
	pause := maxPause
	if s.Failures < 10 { // 5 minutes doubled nine times is more than a day
		pause = min(maxPause, minInterval<<(s.Failures-1))
	}
	var e *FetchError
	if errors.As(err, &e) {
		if e.RetryAfter > 0 {
			pause = max(time.Minute, e.RetryAfter)
		}
		if e.Status == http.StatusGone {
			s.LastError += ": the feed was given up; remove it"
		}
	} else {
		s.LastError = s.URL + ": " + s.LastError
	}
	s.NextPoll = now.Add(pause)
}
