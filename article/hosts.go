package article

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/temoto/robotstxt"
)

// host is what is known of one server. Only who is in it, by enter, may touch
// what is below turn.
type host struct {
	users int           // who is in or waits; guarded by Fetcher.mu
	idle  time.Time     // when the last one left; guarded by Fetcher.mu
	turn  chan struct{} // holds the one who is in
	next  time.Time     // when the pause is over
	quiet time.Time     // until when the server wants to be left alone
	rules map[string]rules
}

// rules are those of a robots.txt, by scheme.
type rules struct {
	group *robotstxt.Group
	until time.Time
}

const (
	rulesKept     = 24 * time.Hour
	maxRules      = 512 << 10 // bytes of a robots.txt that are read
	maxCrawlDelay = 30 * time.Second
	maxHosts      = 4096 // hosts that are remembered when nobody is at them
)

// enter waits until nobody else is at the host of u.
func (f *Fetcher) enter(ctx context.Context, u *url.URL) (*host, error) {
	f.mu.Lock()
	h := f.hosts[u.Host]
	if h == nil {
		f.forget()
		h = &host{turn: make(chan struct{}, 1), rules: map[string]rules{}}
		f.hosts[u.Host] = h
	}
	h.users++
	f.mu.Unlock()
	select {
	case h.turn <- struct{}{}:
		return h, nil
	case <-ctx.Done():
		f.mu.Lock()
		h.users--
		f.mu.Unlock()
		return nil, &FetchError{URL: u.Redacted(), Reason: "the fetch was stopped", Temporary: true, cause: context.Cause(ctx)}
	}
}

// leave lets the next one in, who waits for the pause.
func (f *Fetcher) leave(h *host, pause time.Duration) {
	if pause > 0 {
		h.next = f.now().Add(pause)
	}
	f.mu.Lock()
	h.users--
	h.idle = f.now()
	f.mu.Unlock()
	<-h.turn
}

// forget drops hosts where nobody is, when there are many: those first that
// were left long ago. The caller holds mu.
func (f *Fetcher) forget() {
	for _, age := range []time.Duration{time.Hour, maxCrawlDelay} {
		if len(f.hosts) < maxHosts {
			return
		}
		for name, h := range f.hosts {
			if h.users == 0 && f.now().Sub(h.idle) > age {
				delete(f.hosts, name)
			}
		}
	}
}

// quiet fails while the server wants to be left alone for longer than one
// would wait.
func (f *Fetcher) quiet(h *host, u *url.URL) error {
	left := h.quiet.Sub(f.now())
	if left <= f.o.Timeout {
		return nil
	}
	return &FetchError{URL: u.Redacted(), Reason: fmt.Sprintf("the server asked to be left alone for another %s", left.Round(time.Second)),
		Temporary: true, RetryAfter: left}
}

// wait waits for the end of the pause between two requests.
func (f *Fetcher) wait(ctx context.Context, h *host, u *url.URL) error {
	now, until := f.now(), h.next
	if h.quiet.After(until) {
		until = h.quiet
	}
	if !until.After(now) {
		return nil
	}
	t := time.NewTimer(until.Sub(now))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return &FetchError{URL: u.Redacted(), Reason: "the fetch was stopped", Temporary: true, cause: context.Cause(ctx)}
	}
}

// allowed asks robots.txt, and returns the pause that is wanted between
// requests.
func (f *Fetcher) allowed(ctx context.Context, h *host, u *url.URL) (time.Duration, error) {
	r, ok := h.rules[u.Scheme]
	if !ok || f.now().After(r.until) {
		robots, err := f.robots(ctx, u)
		if err != nil {
			return 0, err
		}
		r = rules{robots.FindGroup(f.o.UserAgent), f.now().Add(rulesKept)}
		h.rules[u.Scheme] = r
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if path != "/robots.txt" && !r.group.Test(path) {
		return 0, &FetchError{URL: u.Redacted(), Reason: "robots.txt does not allow it"}
	}
	return max(f.o.PerHost, min(max(0, r.group.CrawlDelay), maxCrawlDelay)), nil
}

var everything, _ = robotstxt.FromString("")

// robots fetches the robots.txt of u's host. Where there is none, everything
// is allowed; where it cannot be had for now, nothing is, for now (RFC 9309).
// It comes as part of the request that needs it, so without a pause of its own.
func (f *Fetcher) robots(ctx context.Context, u *url.URL) (*robotstxt.RobotsData, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	left := f.o.Timeout
	for range max(0, f.o.MaxRedirects) + 1 {
		a, err := f.send(ctx, at, Validators{}, left)
		if err != nil {
			return nil, unreadable(u, err)
		}
		next, err := a.location()
		if err == nil && next != nil {
			left = a.Close()
			at = next
			continue
		}
		robots, err := a.robots(f.now())
		a.Close()
		if err != nil {
			return nil, unreadable(u, err)
		}
		return robots, nil
	}
	return everything, nil // as if it were not there
}

// robots reads an answer as a robots.txt.
func (a *answer) robots(now time.Time) (robots *robotstxt.RobotsData, err error) {
	switch status := a.res.StatusCode; {
	case status == http.StatusTooManyRequests || status >= 500:
		return nil, a.refused(now)
	case status != http.StatusOK:
		return everything, nil
	}
	body, err := decoded(contentEncoding(a.res), a.res.Body)
	if err != nil {
		return everything, nil
	}
	b, err := io.ReadAll(io.LimitReader(body, maxRules))
	if err != nil {
		return nil, a.failed(err)
	}
	return parseRobots(b), nil
}

// parseRobots allows everything where it is not a robots.txt, as when a page
// is given for every address. What parses is not ours, and may not bring us down.
func parseRobots(b []byte) (robots *robotstxt.RobotsData) {
	defer func() {
		if recover() != nil {
			robots = everything
		}
	}()
	if looksLikeHTML("", b) {
		return everything
	}
	robots, err := robotstxt.FromBytes(b)
	if err != nil {
		return everything
	}
	return robots
}

// unreadable says that u is not fetched because of its robots.txt, unless what
// is wrong is the host itself.
func unreadable(u *url.URL, err error) error {
	var e *FetchError
	if !errors.As(err, &e) {
		return err
	}
	told := *e
	told.URL = u.Redacted()
	if e.Status != 0 {
		told.Reason = "its robots.txt cannot be read now: " + e.Reason
	}
	told.Status = 0
	return &told
}
