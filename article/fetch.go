package article

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// FetchOptions say how politely and how far a Fetcher goes. The zero value is
// usable.
type FetchOptions struct {
	AllowPrivate bool          // fetch from addresses inside the private network too, and through the proxy of the environment
	UserAgent    string        // who asks; "dragoman" unless told. robots.txt is read for the word before the first "/"
	PerHost      time.Duration // pause between two requests to one host; 1 s unless told
	MaxBytes     int64         // bound of a body, as sent and decompressed; 16 MB unless told
	Timeout      time.Duration // bound of one attempt from connecting to the last byte, redirects included, waiting for its turn not; 30 s unless told
	MaxRedirects int           // 5 unless told; negative for none
	Attempts     int           // requests for one address before an error that may pass is given up; 3 unless told
}

// Fetcher fetches over HTTP: one request at a time to a host, with a pause
// between two, as robots.txt allows. It may be used by many goroutines at once.
type Fetcher struct {
	o      FetchOptions
	client *http.Client

	mu    sync.Mutex
	hosts map[string]*host
}

// Validators are what a server gave to ask whether something has changed since.
type Validators struct{ ETag, LastModified string }

// Page is what a server answered.
type Page struct {
	URL         string // where it lies, after redirects
	Moved       string // where it lies for good, if only permanent redirects led there; else ""
	ContentType string
	Body        []byte // decompressed; nil if NotModified
	Validators         // to ask again with
	NotModified bool
	MaxAge      time.Duration // how long it need not be asked for again; 0 if the server does not say
}

// FetchError is why something was not fetched.
type FetchError struct {
	URL        string
	Reason     string        // in plain words
	Status     int           // the status of HTTP where the server answered with an error, else 0
	Temporary  bool          // it may work later
	RetryAfter time.Duration // how long the server wants to be left alone, 0 if it does not say

	cause error
}

// Error says where and what.
func (e *FetchError) Error() string { return e.URL + ": " + e.Reason }

// Unwrap returns the error beneath, if there is one.
func (e *FetchError) Unwrap() error { return e.cause }

const (
	defaultAgent     = "dragoman"
	defaultPause     = time.Second
	defaultTimeout   = 30 * time.Second
	defaultRedirects = 5
	defaultAttempts  = 3

	maxHeader     = 256 << 10
	maxAddress    = 8 << 10
	maxRetryAfter = 24 * time.Hour
	accepted      = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, text/plain, */*;q=0.5"
)

// NewFetcher returns a Fetcher. Close it when it is no longer needed.
func NewFetcher(o FetchOptions) *Fetcher {
	if o.UserAgent == "" {
		o.UserAgent = defaultAgent
	}
	if o.PerHost <= 0 {
		o.PerHost = defaultPause
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = maxInput
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.MaxRedirects == 0 {
		o.MaxRedirects = defaultRedirects
	}
	if o.Attempts <= 0 {
		o.Attempts = defaultAttempts
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	transport := &http.Transport{DialContext: dialer.DialContext, ForceAttemptHTTP2: true, MaxIdleConns: 64, MaxIdleConnsPerHost: 1,
		IdleConnTimeout: 30 * time.Second, TLSHandshakeTimeout: 10 * time.Second, MaxResponseHeaderBytes: maxHeader,
		DisableCompression: true} // to bound what is sent as well as what comes of it
	if o.AllowPrivate {
		transport.Proxy = http.ProxyFromEnvironment
	} else {
		// No proxy: what is dialled would be the proxy, which resolves the
		// name by itself, and nobody would see where that leads.
		dialer.Control = OnlyPublic
	}
	// Redirects are followed by hand, because each has to wait for its host
	// and to be allowed by its robots.txt.
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &Fetcher{o: o, client: client, hosts: map[string]*host{}}
}

// Close lets go of idle connections. What is under way goes on.
func (f *Fetcher) Close() { f.client.CloseIdleConnections() }

// Get fetches an address. With validators of an earlier answer it asks only
// for what has changed. Errors are *FetchError; when ctx ended, that is the
// error beneath.
func (f *Fetcher) Get(ctx context.Context, address string, v Validators) (Page, error) {
	page, _, err := f.get(ctx, address, v, func(*http.Response) bool { return false })
	if err != nil {
		return Page{}, err
	}
	return page, nil
}

// get is Get, except that a body which live wants is not read but returned, to
// be read as it comes and closed. Such a body may be of any length, and the
// timeout is for each of its reads.
func (f *Fetcher) get(ctx context.Context, address string, v Validators, live func(*http.Response) bool) (Page, io.ReadCloser, error) {
	var page Page
	var body io.ReadCloser
	err := f.retry(ctx, address, func() error {
		a, err := f.follow(ctx, address, v)
		if err != nil {
			return err
		}
		if a.res.StatusCode == http.StatusOK && live(a.res) {
			page = a.page()
			body, err = a.stream()
			return err
		}
		defer a.Close()
		page, err = a.read(f.o.MaxBytes)
		return err
	})
	return page, body, err
}

// retry tries again what may pass, after growing pauses or when the server
// wants it, unless that is too long to wait for.
func (f *Fetcher) retry(ctx context.Context, address string, try func() error) error {
	pauses := &backoff.ExponentialBackOff{InitialInterval: f.o.PerHost, RandomizationFactor: 0.2, Multiplier: 2, MaxInterval: f.o.Timeout}
	var last error
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		last = try()
		var e *FetchError
		switch {
		case last == nil:
			return struct{}{}, nil
		case ctx.Err() != nil, !errors.As(last, &e), !e.Temporary, e.RetryAfter > f.o.Timeout:
			return struct{}{}, backoff.Permanent(last)
		case e.RetryAfter > 0:
			return struct{}{}, &backoff.RetryAfterError{Duration: e.RetryAfter}
		}
		return struct{}{}, last
	}, backoff.WithBackOff(pauses), backoff.WithMaxTries(uint(f.o.Attempts)), backoff.WithMaxElapsedTime(0))
	if err != nil && last != nil {
		err = last
	}
	if ctx.Err() != nil && err != nil {
		err = &FetchError{URL: address, Reason: "the fetch was stopped", Temporary: true, cause: context.Cause(ctx)}
	}
	return err
}

// parseAddress wants a full http or https address.
func parseAddress(address string) (*url.URL, error) {
	if len(address) > maxAddress {
		return nil, &FetchError{URL: strings.ToValidUTF8(address[:80], "") + "…", Reason: fmt.Sprintf("the address is longer than %d bytes", maxAddress)}
	}
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	case err != nil:
		return nil, &FetchError{URL: address, Reason: "it is not an address", cause: err}
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return nil, &FetchError{URL: address, Reason: "it is not an http or https address"}
	}
	u.Host = strings.ToLower(u.Host)
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// follow asks for an address and where it redirects to. The answer is 200, or
// 304 where v asks whether something has changed; it has to be closed.
func (f *Fetcher) follow(ctx context.Context, address string, v Validators) (*answer, error) {
	u, err := parseAddress(address)
	if err != nil {
		return nil, err
	}
	left, permanent, moved := f.o.Timeout, true, ""
	for hops := 0; hops <= max(0, f.o.MaxRedirects); hops++ {
		a, err := f.request(ctx, u, v, left)
		if err != nil {
			return nil, err
		}
		a.moved = moved
		status := a.res.StatusCode
		if status == http.StatusOK || status == http.StatusNotModified && v != (Validators{}) {
			return a, nil
		}
		next, err := a.location()
		if err == nil && next == nil {
			err = a.refused(f.now())
		}
		if err != nil {
			a.Close()
			return nil, err
		}
		left = a.Close()
		permanent = permanent && (status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect)
		if permanent {
			moved = next.String()
		} else {
			moved = ""
		}
		u = next
	}
	return nil, &FetchError{URL: address, Reason: fmt.Sprintf("it redirects more than %d times", max(0, f.o.MaxRedirects))}
}

func (f *Fetcher) now() time.Time { return time.Now() }

// request waits for the host's turn, asks its robots.txt, and sends one
// request, which may take as long as left.
func (f *Fetcher) request(ctx context.Context, u *url.URL, v Validators, left time.Duration) (*answer, error) {
	h, err := f.enter(ctx, u)
	if err != nil {
		return nil, err
	}
	pause := time.Duration(0)
	if err = f.quiet(h, u); err == nil {
		pause, err = f.allowed(ctx, h, u)
	}
	if err == nil {
		err = f.wait(ctx, h, u)
	}
	if err != nil {
		f.leave(h, 0)
		return nil, err
	}
	a, err := f.send(ctx, u, v, left)
	if err != nil {
		f.leave(h, pause)
		return nil, err
	}
	if after := retryAfter(a.res, f.now()); after > 0 && overloaded(a.res.StatusCode) {
		h.quiet = f.now().Add(after)
	}
	a.leave = func() { f.leave(h, pause) }
	return a, nil
}

// answer is a response whose body is still to come.
type answer struct {
	res     *http.Response
	url     *url.URL
	moved   string
	ctx     context.Context // of the request: its cause says why it was stopped
	caller  context.Context
	cancel  context.CancelCauseFunc
	timer   *time.Timer
	timeout time.Duration // what was left for it
	limit   time.Duration // of which, for people
	began   time.Time
	leave   func() // lets the next one to the host
	closed  sync.Once
}

var errTooSlow = errors.New("too slow")

// send sends one request without looking left or right.
func (f *Fetcher) send(caller context.Context, u *url.URL, v Validators, timeout time.Duration) (*answer, error) {
	ctx, cancel := context.WithCancelCause(caller)
	a := &answer{url: u, ctx: ctx, caller: caller, cancel: cancel, timeout: timeout, limit: f.o.Timeout, began: time.Now(), leave: func() {}}
	a.timer = time.AfterFunc(timeout, func() { cancel(errTooSlow) })
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err == nil {
		req.Header.Set("User-Agent", f.o.UserAgent)
		req.Header.Set("Accept", accepted)
		req.Header.Set("Accept-Encoding", "gzip")
		if v.ETag != "" {
			req.Header.Set("If-None-Match", v.ETag)
		}
		if v.LastModified != "" {
			req.Header.Set("If-Modified-Since", v.LastModified)
		}
		a.res, err = f.client.Do(req)
	}
	if err != nil {
		a.timer.Stop()
		cancel(nil)
		return nil, a.failed(err)
	}
	return a, nil
}

// Close ends the answer, and returns what was left of its time.
func (a *answer) Close() (left time.Duration) {
	a.closed.Do(func() {
		a.timer.Stop()
		a.cancel(nil)
		a.res.Body.Close()
		a.leave()
	})
	return max(time.Millisecond, a.timeout-time.Since(a.began))
}

// fault is an error with the answer's address.
func (a *answer) fault(temporary bool, cause error, format string, args ...any) *FetchError {
	return &FetchError{URL: a.url.Redacted(), Reason: fmt.Sprintf(format, args...), Temporary: temporary, cause: cause}
}

// failed says in plain words why no answer came, or not all of it.
func (a *answer) failed(err error) *FetchError {
	var private *privateError
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var outer *url.Error
	switch {
	case errors.As(err, &private):
		return a.fault(false, err, "%s", private)
	case a.caller.Err() != nil:
		return a.fault(true, context.Cause(a.caller), "the fetch was stopped")
	case context.Cause(a.ctx) == errTooSlow:
		return a.fault(true, errTooSlow, "it took longer than %s", a.limit)
	case errors.As(err, &name) && name.IsNotFound:
		return a.fault(false, err, "there is no host named %s", name.Name)
	case errors.As(err, &certificate):
		return a.fault(false, err, "its certificate does not hold: %v", certificate.Err)
	case errors.As(err, &outer):
		return a.fault(true, err, "it cannot be reached: %v", outer.Err)
	}
	return a.fault(true, err, "the answer broke off: %v", err)
}

// refused says with which status the server did not give the page.
func (a *answer) refused(now time.Time) *FetchError {
	status := a.res.StatusCode
	temporary := status >= 500 && status != http.StatusNotImplemented || overloaded(status) || status == http.StatusRequestTimeout || status == http.StatusTooEarly
	// In our words: theirs may be anything.
	e := a.fault(temporary, nil, "the server answered %d %s", status, http.StatusText(status))
	e.Reason = strings.TrimSpace(e.Reason)
	e.Status = status
	if temporary {
		e.RetryAfter = retryAfter(a.res, now)
	}
	return e
}

// location is where a redirect leads, nil where the answer is none.
func (a *answer) location() (*url.URL, error) {
	switch a.res.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	to := a.res.Header.Get("Location")
	if to == "" {
		return nil, nil
	}
	u, err := a.url.Parse(to)
	if err != nil {
		return nil, a.fault(false, err, "it redirects to %q, which is not an address", to)
	}
	if _, err := parseAddress(u.String()); err != nil {
		return nil, a.fault(false, err, "it redirects to %q, which is not an http or https address", to)
	}
	return parseAddress(u.String())
}

// page is what the head of an answer says.
func (a *answer) page() Page {
	h := a.res.Header
	return Page{URL: a.url.String(), Moved: a.moved, ContentType: h.Get("Content-Type"), NotModified: a.res.StatusCode == http.StatusNotModified,
		Validators: Validators{ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified")}, MaxAge: maxAge(h.Get("Cache-Control"))}
}

// read reads an answer whole.
func (a *answer) read(most int64) (Page, error) {
	p := a.page()
	if p.NotModified {
		return p, nil
	}
	if a.res.ContentLength > most {
		return p, a.fault(false, nil, "the server sent more than %s", size(most))
	}
	sent := &io.LimitedReader{R: a.res.Body, N: most + 1}
	body, err := decoded(contentEncoding(a.res), sent)
	if err == nil {
		p.Body, err = io.ReadAll(io.LimitReader(body, most+1))
	}
	switch {
	case sent.N == 0:
		return p, a.fault(false, nil, "the server sent more than %s", size(most))
	case int64(len(p.Body)) > most:
		return p, a.fault(false, nil, "what the server sent is more than %s once decompressed", size(most))
	case err != nil && a.ctx.Err() == nil && contentEncoding(a.res) != "":
		return p, a.fault(false, err, "%v", err)
	case err != nil:
		return p, a.failed(err)
	}
	return p, nil
}

// stream returns the body to be read as it comes.
func (a *answer) stream() (io.ReadCloser, error) {
	a.timer.Stop()
	body, err := decoded(contentEncoding(a.res), patient{a})
	if err != nil {
		a.Close()
		return nil, a.fault(false, err, "%v", err)
	}
	return bundled{body, []func() error{func() error { a.Close(); return nil }}}, nil
}

// patient reads a body, and wants something to come within each timeout.
type patient struct{ a *answer }

func (p patient) Read(b []byte) (int, error) {
	p.a.timer.Reset(p.a.limit)
	n, err := p.a.res.Body.Read(b)
	p.a.timer.Stop() // who reads may take his time
	if err != nil && err != io.EOF {
		err = p.a.failed(err)
	}
	return n, err
}

func contentEncoding(res *http.Response) string {
	return strings.ToLower(strings.TrimSpace(res.Header.Get("Content-Encoding")))
}

// overloaded tells a status by which a server asks for fewer requests.
func overloaded(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

// retryAfter reads the header, which is in seconds or a time; 0 if there is
// none.
func retryAfter(res *http.Response, now time.Time) time.Duration {
	value := strings.TrimSpace(res.Header.Get("Retry-After"))
	if n, err := strconv.ParseInt(value, 10, 32); err == nil {
		return min(maxRetryAfter, max(0, time.Duration(n)*time.Second))
	}
	if t, err := http.ParseTime(value); err == nil {
		return min(maxRetryAfter, max(0, t.Sub(now)))
	}
	return 0
}

// maxAge reads how long an answer may be kept.
func maxAge(control string) time.Duration {
	var age time.Duration
	for part := range strings.SplitSeq(strings.ToLower(control), ",") {
		part = strings.TrimSpace(part)
		if part == "no-store" || part == "no-cache" {
			return 0
		}
		if value, ok := strings.CutPrefix(part, "max-age="); ok {
			if n, err := strconv.ParseInt(strings.Trim(value, `"`), 10, 31); err == nil && n > 0 {
				age = time.Duration(n) * time.Second
			}
		}
	}
	return age
}

// size writes a number of bytes for people.
func size(n int64) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}
