package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"dragoman"
	"dragoman/article"
	"dragoman/pipeline"
	"dragoman/store"
	"dragoman/story"
)

func newWatch(o *options) *cobra.Command {
	d := &database{options: o, makes: true}
	w := &watcher{parallel: 8, wake: 5 * time.Second}
	fetch := article.FetchOptions{PerHost: time.Second}
	format, now := "text", false
	cmd := &cobra.Command{
		Use:   "watch [URL|OPML…]",
		Short: "Follow feeds: read and remember each new article, until Ctrl-C",
		Long: `Follow feeds (RSS, Atom, JSON): those given, which stay registered, and all that were
registered before; of an OPML list, a file or an address with "opml" in it, all feeds.
Each new article is read and stored at once and once only, also when the program is
killed and started again. How often a feed is asked follows from how often it brings
something, what it wants, and how often it failed; dragoman feeds shows it. Alerts are
held against what is new, and delivered (see dragoman alert).

Polls that brought articles or faults are logged on standard error. With --once, a feed
that cannot be had counts as an input that cannot be read; single items do not, they
are in dragoman feeds faults.
` + statuses,
		Example: `  dragoman watch https://example.org/world.xml feeds.opml
  dragoman watch --once --now
  dragoman watch --log json 2>> watch.log`,
		RunE: func(cmd *cobra.Command, args []string) error {
			log, err := logger(cmd.ErrOrStderr(), format)
			if err != nil {
				return err
			}
			if w.parallel < 1 {
				return fmt.Errorf("--parallel is %d; it is at least 1", w.parallel)
			}
			boundMemory(storingMemory)
			ctx := cmd.Context()
			c, err := d.clerk(ctx)
			if err != nil {
				return err
			}
			defer c.db.Close()
			w.clerk, w.log, w.fetcher = c, log, article.NewFetcher(fetch)
			defer w.fetcher.Close()
			unnamed, err := w.prepare(ctx, cmd, args, now)
			if err != nil {
				return err
			}
			err = w.run(ctx)
			fmt.Fprintln(cmd.OutOrStdout(), &w.sum)
			if bad := unnamed + w.sum.failed; err == nil && bad > 0 {
				err = inputError{bad}
			}
			return err
		},
	}
	d.flags(cmd)
	f := cmd.Flags()
	f.BoolVar(&w.once, "once", false, "ask each feed that is due once, and end")
	f.BoolVar(&now, "now", false, "ask the feeds that are not due yet too, first of all")
	f.IntVar(&w.parallel, "parallel", w.parallel, "feeds that are asked at once")
	f.DurationVar(&fetch.PerHost, "pause", fetch.PerHost, "between two requests to one host; its robots.txt may want more")
	f.StringVar(&format, "log", format, "text or json")
	f.BoolVar(&fetch.AllowPrivate, "allow-private", false, "fetch from addresses inside the private network too")
	return cmd
}

func logger(w io.Writer, format string) (*slog.Logger, error) {
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, nil)), nil
	}
	return nil, fmt.Errorf("--log is %q; it is text or json", format)
}

// watcher follows feeds.
type watcher struct {
	*clerk
	fetcher  *article.Fetcher // one for all, so that the pauses hold among feeds too
	log      *slog.Logger
	parallel int
	once     bool
	wake     time.Duration // how often the database is asked what is due

	room   *semaphore.Weighted // for what is being read
	done   chan tally
	queue  []store.Feed     // due, not begun
	news   chan struct{}    // there may be something for the alerts
	busy   map[int64]string // feeds that are being polled, by number, and their hosts
	polled map[int64]bool
	sum    tally
}

// tally is what polls brought.
type tally struct {
	feed                             int64 // of one poll
	polls, failed                    int
	stored, there, unreadable, later int
	fault                            error // the first of its items
}

func (t *tally) add(o tally) {
	t.polls, t.failed = t.polls+o.polls, t.failed+o.failed
	t.stored, t.there, t.unreadable, t.later = t.stored+o.stored, t.there+o.there, t.unreadable+o.unreadable, t.later+o.later
}

// String sums up for people.
func (t *tally) String() string {
	return fmt.Sprintf("%s, %d failed: %s stored, %d were there, %s unreadable, %d to be tried again",
		plural(t.polls, "poll"), t.failed, plural(t.stored, "article"), t.there, plural(t.unreadable, "item"), t.later)
}

// prepare registers the feeds given. It returns how many of the names told none.
func (w *watcher) prepare(ctx context.Context, cmd *cobra.Command, names []string, now bool) (failed int, err error) {
	_, failed, err = register(ctx, w.db, w.fetcher, names, cmd.ErrOrStderr())
	if err != nil {
		return failed, err
	}
	if now {
		if err := w.db.Hasten(ctx); err != nil {
			return failed, err
		}
	}
	all, err := w.db.Feeds(ctx)
	if err == nil && len(all) == 0 {
		if err = errNoFeeds; failed > 0 {
			err = inputError{failed}
		}
	}
	return failed, err
}

// run polls what is due until ctx ends, or once. What is under way then is
// broken off, but for an article that is being stored.
func (w *watcher) run(ctx context.Context) error {
	w.room = semaphore.NewWeighted(pipeline.MaxInWork)
	w.done = make(chan tally, w.parallel) // so that no poll waits for the loop to take note
	w.news = make(chan struct{}, 1)
	w.busy, w.polled = map[int64]string{}, map[int64]bool{}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return w.loop(ctx, g) })
	g.Go(func() error { return w.alert(ctx) })
	err := g.Wait()
	for close(w.done); ; {
		t, ok := <-w.done
		if !ok {
			return err
		}
		w.sum.add(t)
	}
}

func (w *watcher) loop(ctx context.Context, polls *errgroup.Group) error {
	wake := time.NewTicker(w.wake)
	defer wake.Stop()
	defer close(w.news)
	w.remind() // of what an earlier run left
	for {
		if err := w.start(ctx, polls); err != nil {
			return err
		}
		if w.once && len(w.busy) == 0 {
			return nil
		}
		select {
		case t := <-w.done:
			delete(w.busy, t.feed)
			w.sum.add(t)
			if t.stored > 0 {
				w.remind()
			}
		case <-wake.C:
			w.remind() // of what could not be delivered, and is to be tried again
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (w *watcher) remind() {
	select {
	case w.news <- struct{}{}:
	default: // it is reminded already
	}
}

// alert has the alerts held against what is new. It goes beside the polls:
// whoever is told may be slow to listen.
func (w *watcher) alert(ctx context.Context) error {
	told := slog.NewLogLogger(w.log.Handler(), slog.LevelWarn).Writer()
	for range w.news {
		if err := w.alerts(ctx, told); err != nil {
			return err
		}
	}
	return nil
}

// start begins as many polls as may be under way.
func (w *watcher) start(ctx context.Context, polls *errgroup.Group) error {
	for len(w.busy) < w.parallel {
		f, ok, err := w.next(ctx)
		if err != nil || !ok {
			return err
		}
		w.busy[f.Number], w.polled[f.Number] = host(f.URL), true
		polls.Go(func() error {
			t, err := w.poll(ctx, f)
			w.done <- t
			return err
		})
	}
	return nil
}

// next takes the feed that is due longest; but rather one whose host is not
// being asked, for there the others would only stand in line.
func (w *watcher) next(ctx context.Context) (store.Feed, bool, error) {
	if len(w.queue) == 0 {
		due, err := w.db.DueFeeds(ctx, time.Now())
		if err != nil {
			return store.Feed{}, false, err
		}
		w.queue = slices.DeleteFunc(due, func(f store.Feed) bool {
			_, busy := w.busy[f.Number]
			return busy || w.once && w.polled[f.Number]
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
func (w *watcher) poll(ctx context.Context, f store.Feed) (tally, error) {
	t := tally{feed: f.Number, polls: 1}
	var broken error // of the database; what is said to be known then is not fetched
	known := func(id string) bool {
		is, err := w.db.Known(ctx, f.Number, id)
		broken = cmp.Or(broken, err)
		return is || broken != nil
	}
	state, err := w.fetcher.Poll(ctx, stateOf(&f), time.Now(), known, func(i article.Item, a dragoman.Article, fault error) error {
		return w.take(ctx, &t, store.Item{Feed: f.Number, ID: i.ID, URL: i.URL, Title: i.Title}, a, fault)
	})
	if err := cmp.Or(broken, err); err != nil {
		return t, err // the state stays as it was, so that the feed is asked again
	}
	if state.LastError != "" {
		t.failed = 1
	}
	w.tell(f.URL, &state, &t)
	return t, w.db.SaveFeed(ctx, polled(f, &state))
}

// take stores the article of an item, or why there is none. What may be had
// later stays unknown, and so comes again.
func (w *watcher) take(ctx context.Context, t *tally, i store.Item, a dragoman.Article, fault error) error {
	var e *article.FetchError
	if errors.As(fault, &e) && e.Temporary {
		t.later++
		t.fault = cmp.Or(t.fault, fault)
		return nil
	}
	var filing dragoman.Filing
	if fault == nil {
		_, there, err := w.db.Has(ctx, story.Key(&a))
		if err != nil {
			return err
		}
		if there { // by another feed
			t.there++
			return w.db.Pass(ctx, i)
		}
		filing, fault = w.read(ctx, a)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if fault != nil {
		t.unreadable++
		t.fault = cmp.Or(t.fault, fault)
		i.Fault = fault.Error()
		return w.db.Pass(ctx, i)
	}
	_, fresh, err := w.db.Save(ctx, &filing, w.desk, func(t *store.Transaction) error { return t.Seen(i) })
	switch {
	case errors.Is(err, store.ErrSeen), err == nil && !fresh:
		t.there++
		return nil
	case err != nil:
		return err
	}
	t.stored++
	return nil
}

// read reads an article when there is room: for one on each core, and no more
// than is in work elsewhere. If it breaks on an article, that is recorded of
// the item, or it would break on it again whenever it is started.
func (w *watcher) read(ctx context.Context, a dragoman.Article) (f dragoman.Filing, err error) {
	room := int64(min(pipeline.MaxInWork, max(len(a.Text), pipeline.MaxInWork/runtime.GOMAXPROCS(0))))
	if err := w.room.Acquire(ctx, room); err != nil {
		return f, err
	}
	defer w.room.Release(room)
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("reading it failed, which is a fault of dragoman: %v", p)
		}
	}()
	return w.file(a)
}

// tell logs a poll that brought something.
func (w *watcher) tell(address string, s *article.FeedState, t *tally) {
	log := w.log.With("feed", address)
	if s.URL != address {
		log = log.With("moved", s.URL)
	}
	switch {
	case s.LastError != "":
		log.Warn("could not be had", "fault", s.LastError, "failures", s.Failures, "next", s.NextPoll.UTC().Truncate(time.Second))
	case t.fault != nil:
		log.Warn("polled", "stored", t.stored, "there", t.there, "unreadable", t.unreadable, "later", t.later, "fault", t.fault)
	case t.stored+t.there > 0:
		log.Info("polled", "stored", t.stored, "there", t.there)
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
