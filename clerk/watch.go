package clerk

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/url"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"dragoman"
	"dragoman/article"
	"dragoman/store"
	"dragoman/story"
)

// Watcher follows feeds: it reads and stores each new article, and has the
// alerts held against what is new.
type Watcher struct {
	Parallel int  // feeds that are asked at once
	Once     bool // ask each feed that is due once, and end

	clerk   *Clerk
	fetcher *article.Fetcher // one for all, so that the pauses hold among feeds too
	log     *slog.Logger
	wake    time.Duration // how often the database is asked what is due

	done   chan poll
	queue  []store.Feed     // due, not begun
	news   chan struct{}    // there may be something for the alerts
	busy   map[int64]string // feeds that are being polled, by number, and their hosts
	polled map[int64]bool
	sum    Tally
}

// Watcher returns one that fetches by fetcher, and logs polls that brought
// articles or faults.
func (c *Clerk) Watcher(fetcher *article.Fetcher, log *slog.Logger) *Watcher {
	return &Watcher{Parallel: 8, clerk: c, fetcher: fetcher, log: log, wake: 5 * time.Second}
}

// Tally is what polls brought: how many there were and failed, and of their
// items how many were stored, were there, could not be read, and may be had
// later.
type Tally struct {
	Polls, Failed                    int
	Stored, There, Unreadable, Later int
}

func (t *Tally) add(o Tally) {
	t.Polls, t.Failed = t.Polls+o.Polls, t.Failed+o.Failed
	t.Stored, t.There, t.Unreadable, t.Later = t.Stored+o.Stored, t.There+o.There, t.Unreadable+o.Unreadable, t.Later+o.Later
}

// poll is what one poll brought.
type poll struct {
	Tally
	feed  int64
	fault error // the first of its items
}

// Run polls what is due until ctx ends, or once; one at a time. What is under
// way then is broken off, but for an article that is being stored. The tally
// counts also with an error.
func (w *Watcher) Run(ctx context.Context) (Tally, error) {
	w.done = make(chan poll, w.Parallel) // so that no poll waits for the loop to take note
	w.news = make(chan struct{}, 1)
	w.queue, w.busy, w.polled, w.sum = nil, map[int64]string{}, map[int64]bool{}, Tally{}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return w.loop(ctx, g) })
	g.Go(func() error { return w.alert(ctx) })
	err := g.Wait()
	for close(w.done); ; {
		p, ok := <-w.done
		if !ok {
			return w.sum, err
		}
		w.sum.add(p.Tally)
	}
}

func (w *Watcher) loop(ctx context.Context, polls *errgroup.Group) error {
	wake := time.NewTicker(w.wake)
	defer wake.Stop()
	defer close(w.news)
	w.remind() // of what an earlier run left
	for {
		if err := w.start(ctx, polls); err != nil {
			return err
		}
		if w.Once && len(w.busy) == 0 {
			return nil
		}
		select {
		case p := <-w.done:
			delete(w.busy, p.feed)
			w.sum.add(p.Tally)
			if p.Stored > 0 {
				w.remind()
			}
		case <-wake.C:
			w.remind() // of what could not be delivered, and is to be tried again
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (w *Watcher) remind() {
	select {
	case w.news <- struct{}{}:
	default: // it is reminded already
	}
}

// alert has the alerts held against what is new. It goes beside the polls:
// whoever is told may be slow to listen.
func (w *Watcher) alert(ctx context.Context) error {
	for range w.news {
		if err := w.clerk.Alerts(ctx, func(fault string) { w.log.Warn(fault) }); err != nil {
			return err
		}
	}
	return nil
}

// start begins as many polls as may be under way.
func (w *Watcher) start(ctx context.Context, polls *errgroup.Group) error {
	for len(w.busy) < w.Parallel {
		f, ok, err := w.next(ctx)
		if err != nil || !ok {
			return err
		}
		w.busy[f.Number], w.polled[f.Number] = host(f.URL), true
		polls.Go(func() error {
			p, err := w.poll(ctx, f)
			w.done <- p
			return err
		})
	}
	return nil
}

// next takes the feed that is due longest; but rather one whose host is not
// being asked, for there the others would only stand in line.
func (w *Watcher) next(ctx context.Context) (store.Feed, bool, error) {
	if len(w.queue) == 0 {
		due, err := w.clerk.DB.DueFeeds(ctx, time.Now())
		if err != nil {
			return store.Feed{}, false, err
		}
		w.queue = slices.DeleteFunc(due, func(f store.Feed) bool {
			_, busy := w.busy[f.Number]
			return busy || w.Once && w.polled[f.Number]
		})
	}
	if len(w.queue) == 0 {
		return store.Feed{}, false, nil
	}
	asked := map[string]bool{}
	for _, h := range w.busy {
		asked[h] = true
	}
	at := max(0, slices.IndexFunc(w.queue, func(f store.Feed) bool { return !asked[host(f.URL)] }))
	f := w.queue[at]
	w.queue = slices.Delete(w.queue, at, at+1)
	return f, true, nil
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// poll asks for a feed once, and stores what is new in it and how it went.
func (w *Watcher) poll(ctx context.Context, f store.Feed) (poll, error) {
	p := poll{feed: f.Number, Tally: Tally{Polls: 1}}
	var broken error // of the database; what is said to be known then is not fetched
	known := func(id string) bool {
		is, err := w.clerk.DB.Known(ctx, f.Number, id)
		broken = cmp.Or(broken, err)
		return is || broken != nil
	}
	state, err := w.fetcher.Poll(ctx, stateOf(&f), time.Now(), known, func(i article.Item, a dragoman.Article, fault error) error {
		return w.take(ctx, &p, store.Item{Feed: f.Number, ID: i.ID, URL: i.URL, Title: i.Title}, a, fault)
	})
	if err := cmp.Or(broken, err); err != nil {
		return p, err // the state stays as it was, so that the feed is asked again
	}
	if state.LastError != "" {
		p.Failed = 1
	}
	w.tell(f.URL, &state, &p)
	return p, w.clerk.DB.SaveFeed(ctx, polled(f, &state))
}

// take stores the article of an item, or why there is none. What may be had
// later stays unknown, and so comes again.
func (w *Watcher) take(ctx context.Context, p *poll, i store.Item, a dragoman.Article, fault error) error {
	var e *article.FetchError
	if errors.As(fault, &e) && e.Temporary {
		p.Later++
		p.fault = cmp.Or(p.fault, fault)
		return nil
	}
	var filing dragoman.Filing
	if fault == nil {
		_, there, err := w.clerk.DB.Has(ctx, story.Key(&a))
		if err != nil {
			return err
		}
		if there { // by another feed
			p.There++
			return w.clerk.DB.Pass(ctx, i)
		}
		filing, fault = w.clerk.file(ctx, a)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if fault != nil {
		p.Unreadable++
		p.fault = cmp.Or(p.fault, fault)
		i.Fault = fault.Error()
		return w.clerk.DB.Pass(ctx, i)
	}
	_, fresh, err := w.clerk.DB.Save(ctx, &filing, w.clerk.Desk, func(t *store.Transaction) error { return t.Seen(i) })
	switch {
	case errors.Is(err, store.ErrSeen), err == nil && !fresh:
		p.There++
		return nil
	case err != nil:
		return err
	}
	p.Stored++
	return nil
}

// tell logs a poll that brought something.
func (w *Watcher) tell(address string, s *article.FeedState, p *poll) {
	log := w.log.With("feed", address)
	if s.URL != address {
		log = log.With("moved", s.URL)
	}
	switch {
	case s.LastError != "":
		log.Warn("could not be had", "fault", s.LastError, "failures", s.Failures, "next", s.NextPoll.UTC().Truncate(time.Second))
	case p.fault != nil:
		log.Warn("polled", "stored", p.Stored, "there", p.There, "unreadable", p.Unreadable, "later", p.Later, "fault", p.fault)
	case p.Stored+p.There > 0:
		log.Info("polled", "stored", p.Stored, "there", p.There)
	}
}

// stateOf and polled turn what is stored of a feed into what a poll needs, and back.
func stateOf(f *store.Feed) article.FeedState {
	return article.FeedState{URL: f.URL, Title: f.Title, Validators: article.Validators{ETag: f.ETag, LastModified: f.LastModified}, NextPoll: f.Next,
		Interval: f.Pause, Polled: f.Polled, Failures: f.Failures, LastError: f.Fault, Items: f.Items, New: f.New}
}

func polled(f store.Feed, s *article.FeedState) store.Feed {
	f.URL, f.Title, f.ETag, f.LastModified, f.Next = s.URL, s.Title, s.Validators.ETag, s.Validators.LastModified, s.NextPoll
	f.Pause, f.Polled, f.Failures, f.Fault, f.Items, f.New = s.Interval, s.Polled, s.Failures, s.LastError, s.Items, s.New
	return f
}
