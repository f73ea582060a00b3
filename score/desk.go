package score

import (
	"bufio"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"dragoman/article"
	"dragoman/clerk"
	"dragoman/web"
)

// Load says how many use a desk at once, and how.
type Load struct {
	Users int
	For   time.Duration
	Pause time.Duration // of a user between two pages: exponential, so long on average
	Every time.Duration // after which an article is stored, which makes all answers stale
	Seed  uint64
}

// DeskScore is how fast the pages of a desk come while many use it.
type DeskScore struct {
	Load
	Events, Articles int // when it began
	Took             time.Duration
	Pages            []PageScore // by kind, as they are asked for most
	All              PageScore
	Storing          PageScore // of an article
	Listeners, Heard int       // who are told what is new, and what they heard
	Memory           []Memoir
	Slowest          []Slow
	Faults           []string // the first of them
}

// Slow is an answer that took long.
type Slow struct {
	Address string
	Took    time.Duration
}

// PageScore is how long a kind of page took, from the request to its last byte.
type PageScore struct {
	Question
	Count  int
	Faults int   // answers of status 400 and above, and none
	Bytes  int64 // of all, unpacked
}

// Memoir is what a program held after a time, in bytes; Resident is 0 where
// the system does not say.
type Memoir struct {
	After          time.Duration
	Heap, Resident int64
}

func (d DeskScore) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d users for %s, pauses of %s on average; %d events of %d articles\n", d.Users, d.Took.Round(time.Second), d.Pause, d.Events, d.Articles)
	row := func(p PageScore) {
		fmt.Fprintf(&b, "%-20s %7d  median %7.1f ms  p95 %7.1f ms  max %7.1f ms  %5.0f KB\n", p.Name, p.Count, ms(p.Median), ms(p.P95), ms(p.Max),
			float64(p.Bytes)/1e3/float64(max(1, p.Count)))
	}
	for _, p := range d.Pages {
		row(p)
	}
	row(d.All)
	fmt.Fprintf(&b, "%.1f requests a second, %d errors\n", float64(d.All.Count)/d.Took.Seconds(), d.All.Faults)
	for _, f := range d.Faults {
		fmt.Fprintln(&b, "error:", f)
	}
	for _, x := range d.Slowest {
		fmt.Fprintf(&b, "slow: %.1f ms for %s\n", ms(x.Took), x.Address)
	}
	fmt.Fprintf(&b, "%d articles stored, one every %s, in %.1f ms (median), %.1f ms at most; %d listeners were told %d times\n",
		d.Storing.Count, d.Every, ms(d.Storing.Median), ms(d.Storing.Max), d.Listeners, d.Heard)
	for _, m := range d.Memory {
		fmt.Fprintf(&b, "after %5s  heap %4.0f MB  resident %4.0f MB\n", m.After.Round(time.Second), float64(m.Heap)/1e6, float64(m.Resident)/1e6)
	}
	return b.String()
}

// listeners are told what is new the whole time.
const listeners = 5

// Desk serves the database of c, which is to be one that Fill filled, at a port
// of this machine, and has users ask for pages as people do, each signed in,
// with a connection of its own; meanwhile articles are stored. The users are
// removed at the end, the articles stay. files are the tables.
func Desk(ctx context.Context, c *clerk.Clerk, files fs.FS, log *slog.Logger, load Load) (DeskScore, error) {
	d := DeskScore{Load: load, Listeners: listeners}
	size, err := c.DB.Size(ctx)
	if err != nil {
		return d, err
	}
	d.Events, d.Articles = int(size.Reports), int(size.Articles)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return d, err
	}
	fetcher := article.NewFetcher(article.FetchOptions{})
	defer fetcher.Close()
	const enough = 1 << 30 // all users come from one address
	s, err := web.New(web.Options{Clerk: c, Files: files, Fetcher: fetcher, Version: "score", Minimum: clerk.Sure, Log: log, PerMinute: enough, SignIns: enough})
	if err != nil {
		l.Close()
		return d, err
	}
	serving, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- s.Serve(serving, l, "", "") }()
	r := &rush{c: c, at: "http://" + l.Addr().String(), score: &d, times: map[string]*taken{}}
	err = r.run(ctx)
	stop()
	return d, cmp.Or(err, <-served)
}

// rush is a load while it is on.
type rush struct {
	c     *clerk.Clerk
	at    string // the address of the desk
	score *DeskScore
	known known

	lock  sync.Mutex
	times map[string]*taken
}

// taken is how long something took, each time.
type taken struct {
	PageScore
	all []time.Duration
}

func (r *rush) run(ctx context.Context) error {
	password := rand.Text()
	names := make([]string, r.Users()+1) // the last listens, and looks at the memory
	for i := range names {
		names[i] = fmt.Sprintf("score-%s-%d", password[:6], i+1) // of this run alone
	}
	defer r.dismiss(context.WithoutCancel(ctx), names)
	var err error
	if r.known, err = acquaint(ctx, r.c.DB, r.score.Articles); err != nil {
		return err
	}
	if err := r.admit(ctx, names, password); err != nil {
		return err
	}
	users := make([]*user, len(names))
	for i, name := range names {
		if users[i], err = r.signIn(ctx, name, password, uint64(i)); err != nil {
			return err
		}
	}
	return r.measure(ctx, users[:len(users)-1], users[len(users)-1])
}

// Users is how many there are.
func (r *rush) Users() int { return r.score.Load.Users }

// measure has users ask, one write and some listen until the time is over.
func (r *rush) measure(ctx context.Context, users []*user, other *user) error {
	begun := time.Now()
	end := begun.Add(r.score.For)
	during, over := context.WithDeadline(ctx, end)
	defer over()
	g, asking := errgroup.WithContext(ctx)
	for _, u := range users {
		g.Go(func() error { return u.walk(asking, during) })
	}
	g.Go(func() error { return r.write(asking, during) })
	g.Go(func() error { return r.watch(asking, during, other, begun) })
	heard := make([]int, listeners)
	for i := range heard {
		g.Go(func() (err error) {
			heard[i], err = other.listen(during)
			return err
		})
	}
	err := g.Wait()
	r.score.Took = time.Since(begun)
	for _, n := range heard {
		r.score.Heard += n
	}
	r.sum()
	return err
}

// admit adds the users.
func (r *rush) admit(ctx context.Context, names []string, password string) error {
	hash, err := clerk.HashPassword(password)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := r.c.DB.AddUser(ctx, name, hash); err != nil {
			return err
		}
	}
	return nil
}

func (r *rush) dismiss(ctx context.Context, names []string) {
	for _, name := range names {
		_ = r.c.DB.RemoveUser(ctx, name) // not all may have been added
	}
}

// signIn returns a user who said his password on the page that asks for it.
func (r *rush) signIn(ctx context.Context, name, password string, seed uint64) (*user, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	u := newUser(r, seed)
	u.client = &http.Client{Jar: jar, Transport: &http.Transport{}}
	form := url.Values{"name": {name}, "password": {password}, "next": {"/alerts"}}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, r.at+"/login", strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	a, err := u.client.Do(q)
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	if _, err := io.Copy(io.Discard, a.Body); err != nil || a.StatusCode != http.StatusOK {
		return nil, errors.Join(fmt.Errorf("%s cannot sign in: %s", name, a.Status), err)
	}
	return u, nil
}

// write stores an article now and then.
func (r *rush) write(ctx, during context.Context) error {
	w, n := NewWorld(1), r.score.Articles
	for wait(during, r.score.Every) {
		f := w.Filing(n)
		for ; ; n++ {
			_, there, err := r.c.DB.Has(ctx, f.Key)
			if err != nil {
				return err
			}
			if !there {
				break
			}
			f = w.Filing(n + 1)
		}
		begun := time.Now()
		if _, _, err := r.c.DB.Save(ctx, &f, r.c.Desk); err != nil {
			return err
		}
		r.note(storing, f.Key, time.Since(begun), 0, "")
	}
	return nil
}

// storing is what is noted of articles that are stored; all else are pages.
const storing = "storing"

// wait waits; false where the time is over before.
func wait(during context.Context, pause time.Duration) bool {
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-t.C:
		return during.Err() == nil
	case <-during.Done():
		return false
	}
}

// watch notes what the program holds, each minute and at the end.
func (r *rush) watch(ctx, during context.Context, u *user, begun time.Time) error {
	for on := true; on; {
		on = wait(during, time.Minute)
		m, err := u.memory(ctx)
		if err != nil {
			return err
		}
		m.After = time.Since(begun)
		r.score.Memory = append(r.score.Memory, m)
	}
	return nil
}

// memory returns what the desk tells Prometheus of its memory.
func (u *user) memory(ctx context.Context) (m Memoir, err error) {
	a, err := u.ask(ctx, "/metrics")
	if err != nil {
		return m, err
	}
	defer a.Body.Close()
	for in := bufio.NewScanner(a.Body); in.Scan(); {
		name, value, _ := strings.Cut(in.Text(), " ")
		x, _ := strconv.ParseFloat(value, 64)
		switch name {
		case "go_memstats_heap_inuse_bytes":
			m.Heap = int64(x)
		case "process_resident_memory_bytes":
			m.Resident = int64(x)
		}
	}
	if m.Heap == 0 {
		return m, fmt.Errorf("/metrics says nothing of memory: %s", a.Status)
	}
	return m, nil
}

// listen counts the articles that the desk tells of until the time is over.
func (u *user) listen(during context.Context) (heard int, err error) {
	a, err := u.ask(during, "/api/v1/stream")
	if err != nil {
		return 0, err
	}
	defer a.Body.Close()
	in := bufio.NewScanner(a.Body)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		if in.Text() == "event: article" {
			heard++
		}
	}
	if during.Err() == nil {
		return heard, fmt.Errorf("the stream of what is new ended: %w", cmp.Or(in.Err(), io.ErrUnexpectedEOF))
	}
	return heard, nil
}

// mostTold is how many faults and slow answers are told.
const mostTold = 10

// note notes how long something took, and what was wrong with it.
func (r *rush) note(name, address string, took time.Duration, bytes int, fault string) {
	r.lock.Lock()
	defer r.lock.Unlock()
	t := r.times[name]
	if t == nil {
		t = &taken{PageScore: PageScore{Question: Question{Name: name}}}
		r.times[name] = t
	}
	t.all = append(t.all, took)
	t.Bytes += int64(bytes)
	if fault != "" {
		t.Faults++
		if len(r.score.Faults) < mostTold {
			r.score.Faults = append(r.score.Faults, fault)
		}
	}
	if name != storing {
		r.slow(Slow{address, took})
	}
}

// slow keeps an answer among the slowest, if it is one.
func (r *rush) slow(x Slow) {
	all := r.score.Slowest
	at, _ := slices.BinarySearchFunc(all, x, func(a, b Slow) int { return cmp.Compare(b.Took, a.Took) })
	if at < mostTold {
		all = slices.Insert(all, at, x)
		r.score.Slowest = all[:min(len(all), mostTold)]
	}
}

// sum works out the figures of what was noted.
func (r *rush) sum() {
	all := &taken{PageScore: PageScore{Question: Question{Name: "all"}}}
	for name, t := range r.times {
		if name == storing {
			r.score.Storing = t.score()
			continue
		}
		all.all, all.Faults, all.Bytes = append(all.all, t.all...), all.Faults+t.Faults, all.Bytes+t.Bytes
		r.score.Pages = append(r.score.Pages, t.score())
	}
	r.score.All = all.score()
	slices.SortFunc(r.score.Pages, func(a, b PageScore) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name)) })
}

func (t *taken) score() PageScore {
	p, n := t.PageScore, len(t.all)
	if p.Count = n; n > 0 {
		slices.Sort(t.all)
		p.Median, p.P95, p.Max = t.all[n/2], t.all[n*95/100], t.all[n-1]
	}
	return p
}
