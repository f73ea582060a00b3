package clerk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/wneessen/go-mail"

	"dragoman"
	"dragoman/article"
	"dragoman/store"
)

// How long a message may take. A program that is killed while it delivers holds
// the message for hold, which is longer than all tries together.
const (
	answerTime = 15 * time.Second
	retryTime  = 20 * time.Second // in which a webhook is tried again
	hold       = 2 * time.Minute
)

// courier delivers what alerts fired for.
type courier struct {
	*Clerk
	client *http.Client
	public *http.Client  // dials nothing inside the private network
	pause  time.Duration // before a webhook is tried the second time
	told   func(fault string)
	all    bool                  // also what failed lately and is to wait
	over   map[dragoman.Way]bool // need not be tried any more: nobody is there, or all is told
	failed int
	sent   int
}

func (c *Clerk) courier(told func(fault string)) *courier {
	client := http.Client{Timeout: answerTime,
		// A message that is sent on as GET would arrive empty.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	public := client
	public.Transport = &http.Transport{DialContext: (&net.Dialer{Timeout: answerTime, Control: article.OnlyPublic}).DialContext,
		TLSHandshakeTimeout: answerTime, DisableKeepAlives: true}
	return &courier{Clerk: c, client: &client, public: &public, pause: 400 * time.Millisecond, told: told, over: map[dragoman.Way]bool{}}
}

// fault is why a message was not delivered.
type fault struct {
	error
	down bool          // nobody is there: others by this way need not be tried
	wait time.Duration // as long as the other side asks to wait
}

func (f *fault) Unwrap() error { return f.error }

// unset is why a message could not even be tried: it waits for somebody who
// can.
type unset struct{ error }

// Deliver delivers what is due, where all is set also what failed lately and is
// to wait. It returns how many messages were sent and how many failed; those are
// told, a line each, and tried again later. An error is one of the database or
// an interruption.
func (c *Clerk) Deliver(ctx context.Context, all bool, told func(fault string)) (sent, failed int, err error) {
	by := c.courier(told)
	by.all = all
	err = by.deliver(ctx)
	return by.sent, by.failed, err
}

// deliver delivers what is due. Faults are told and recorded; an error is one of
// the database or an interruption.
func (c *courier) deliver(ctx context.Context) error {
	const batch = 100
	for after := int64(0); ; {
		all, err := c.DB.Due(ctx, after, c.all, batch)
		if err != nil || len(all) == 0 {
			return err
		}
		for i := range all {
			if err := c.one(ctx, &all[i]); err != nil {
				return err
			}
			after = all[i].Number
		}
	}
}

// one makes one delivery.
func (c *courier) one(ctx context.Context, d *dragoman.Delivery) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.over[whole(d.Way)] {
		return nil
	}
	held, err := c.DB.Hold(ctx, d.Number, hold)
	if !held || err != nil {
		return err
	}
	err = c.send(ctx, d)
	var u unset
	switch {
	case err == nil:
		c.sent++
		return c.DB.Delivered(context.WithoutCancel(ctx), d.Number)
	case ctx.Err() != nil:
		return errors.Join(ctx.Err(), c.DB.Release(context.WithoutCancel(ctx), d.Number))
	case errors.As(err, &u):
		c.over[whole(d.Way)] = true
		c.told(fmt.Sprintf("messages of alerts wait to be sent by %s: %v", d.Way.Kind, err))
		return c.DB.Release(ctx, d.Number)
	}
	return c.fell(ctx, d, err)
}

// send sends a message by its way.
func (c *courier) send(ctx context.Context, d *dragoman.Delivery) error {
	switch d.Way.Kind {
	case dragoman.ByWebhook, dragoman.ByPublic:
		return c.webhook(ctx, d)
	case dragoman.ByMail:
		return c.letter(ctx, d)
	case dragoman.ByFeed:
		a, err := c.DB.Alert(ctx, d.Name)
		if err == nil {
			err = publish(ctx, c.DB, &a, d.Way)
		}
		if err != nil {
			return &fault{error: err, down: true}
		}
		c.over[d.Way] = true // all that waited for it stands in it now
		return nil
	}
	return fmt.Errorf("nothing is known of the way %q", d.Way.Kind)
}

// fell records a failure. The pause grows, from a minute to half a day.
func (c *courier) fell(ctx context.Context, d *dragoman.Delivery, err error) error {
	c.failed++
	pause := time.Minute << min(d.Attempts, 9)
	var f *fault
	if errors.As(err, &f) {
		pause = max(pause, f.wait)
		if f.down {
			c.over[whole(d.Way)] = true
			if err := c.DB.Postpone(ctx, whole(d.Way), pause); err != nil {
				return err
			}
		}
	}
	next := "is tried again later"
	if d.Attempts+1 >= store.MaxAttempts {
		next = "is given up"
	}
	c.told(fmt.Sprintf("the alert %q was not delivered by %s, and %s: %v", d.Name, d.Way.Kind, next, err))
	return c.DB.Failed(ctx, d.Number, err.Error(), pause)
}

// whole is what is down where a way is: of mail the server, whoever it is for.
func whole(w dragoman.Way) dragoman.Way {
	if w.Kind == dragoman.ByMail {
		w.Address = ""
	}
	return w
}

// Test sends a test message by one way of an alert. In a feed it stands until
// the alert fires the next time.
func (c *Clerk) Test(ctx context.Context, a *dragoman.Alert, way dragoman.Way) error {
	now := time.Now().UTC().Truncate(time.Second)
	d := dragoman.Delivery{Name: a.Name, Way: way, Made: now, Firing: dragoman.Firing{Alert: a.Number, Mark: "test " + now.Format(time.RFC3339),
		Subject: "a test of the alert " + a.Name, Body: "This is a test. Had the alert fired, this would say for what.\n",
		Event: dragoman.Report{Day: dragoman.NoDay, From: dragoman.NoDay, To: dragoman.NoDay}}}
	if way.Kind == dragoman.ByFeed {
		return publish(ctx, c.DB, a, way, d)
	}
	return c.courier(nil).send(ctx, &d)
}

// message is what a webhook is sent.
type message struct {
	Alert   string     `json:"alert"`
	Subject string     `json:"subject"`
	Body    string     `json:"body"`
	Mark    string     `json:"mark"` // the same for the same
	Made    string     `json:"made"`
	Article *entryJSON `json:"article"` // null in a test
	Event   *eventJSON `json:"event"`
}

type entryJSON struct {
	Number    int64  `json:"number"`
	ID        string `json:"id"`
	Title     string `json:"title"`
	URL       string `json:"url"`
	Outlet    string `json:"outlet"`
	Published string `json:"published"`
	Language  string `json:"language"`
}

type eventJSON struct {
	ID         string      `json:"id"` // in the reading of the article
	Type       string      `json:"type"`
	Modes      []string    `json:"modes"`
	Contexts   []string    `json:"contexts"`
	CAMEO      string      `json:"cameo"`
	Quad       string      `json:"quad"`
	Status     string      `json:"status"`
	Day        string      `json:"day"`
	Actors     []partyJSON `json:"actors"`
	Recipients []partyJSON `json:"recipients"`
	Place      *placeJSON  `json:"place"`
	Source     string      `json:"source"` // empty: the outlet
	Evidence   string      `json:"evidence"`
	Confidence float64     `json:"confidence"`
}

type partyJSON struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Country string `json:"country"`
}

type placeJSON struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Country string   `json:"country"`
	Lat     *float64 `json:"lat"`
	Lon     *float64 `json:"lon"`
}

func newEvent(r *dragoman.Report) *eventJSON {
	e := &eventJSON{ID: fmt.Sprintf("e%d", r.Ordinal), Type: r.Type, Modes: append([]string{}, r.Modes...), Contexts: append([]string{}, r.Contexts...),
		CAMEO: r.CAMEO, Quad: r.Quad, Status: string(r.Status), Day: r.Day.String(), Source: r.Source.Name(), Actors: partiesJSON(r.Actors), Recipients: partiesJSON(r.Recipients),
		Evidence: r.Evidence, Confidence: r.Confidence}
	if p := r.Place; p.ID != "" {
		e.Place = &placeJSON{ID: p.ID, Name: p.Name, Country: p.Country}
		if p.Located {
			e.Place.Lat, e.Place.Lon = &p.Lat, &p.Lon
		}
	}
	return e
}

func partiesJSON(all []dragoman.Party) []partyJSON {
	out := []partyJSON{}
	for _, p := range all {
		out = append(out, partyJSON{p.ID, p.Name, p.Kind, p.Country})
	}
	return out
}

// message writes out a delivery for a program; every time the same.
func (c *courier) message(ctx context.Context, d *dragoman.Delivery) ([]byte, error) {
	m := message{Alert: d.Name, Subject: d.Subject, Body: d.Body, Mark: d.Mark, Made: d.Made.Format(time.RFC3339)}
	if d.Article != 0 {
		entries, err := c.DB.Entries(ctx, []int64{d.Article})
		if err != nil {
			return nil, err
		}
		e := entries[d.Article]
		m.Article = &entryJSON{d.Article, e.ID, e.Title, e.URL, e.Outlet, e.Published.String(), e.Language}
		m.Event = newEvent(&d.Event)
	}
	return json.Marshal(m)
}

// webhook posts a delivery; where the other side is busy or not there, a few
// times.
func (c *courier) webhook(ctx context.Context, d *dragoman.Delivery) error {
	body, err := c.message(ctx, d)
	if err != nil {
		return err
	}
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval = c.pause
	_, err = backoff.Retry(ctx, func() (struct{}, error) {
		return struct{}{}, c.hit(ctx, d, body)
	}, backoff.WithBackOff(pauses), backoff.WithMaxTries(3), backoff.WithMaxElapsedTime(retryTime))
	var f *fault
	if errors.As(err, &f) {
		return f
	}
	return err
}

// hit posts once.
func (c *courier) hit(ctx context.Context, d *dragoman.Delivery, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.Way.Address, bytes.NewReader(body))
	if err != nil {
		return backoff.Permanent(errors.New("its address makes no sense"))
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "dragoman/"+c.Program)
	req.Header.Set("Idempotency-Key", url.PathEscape(d.Name)+"/"+url.PathEscape(d.Mark))
	client := c.client
	if d.Way.Kind == dragoman.ByPublic {
		client = c.public
	}
	res, err := client.Do(req)
	if err != nil {
		return &fault{error: reached(req.URL.Host, err), down: true}
	}
	defer res.Body.Close()
	io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) //nolint:errcheck // only so that the connection can be used again
	return answered(req.URL.Host, res)
}

// reached says why a server could not be reached, without the address: its
// path is often a secret.
func reached(host string, err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		if u.Timeout() {
			return fmt.Errorf("%s did not answer within %s", host, answerTime)
		}
		err = u.Err
	}
	return fmt.Errorf("%s could not be reached: %w", host, err)
}

// answered says what is wrong with an answer; nil for nothing.
func answered(host string, res *http.Response) error {
	err := fmt.Errorf("%s answered %s", host, res.Status)
	switch s := res.StatusCode; {
	case s/100 == 2:
		return nil
	case s == http.StatusTooManyRequests || s == http.StatusRequestTimeout || s/100 == 5:
		wait := retryAfter(res.Header.Get("Retry-After"), time.Now())
		f := &fault{error: err, down: true, wait: wait}
		if wait > 0 {
			return errors.Join(f, backoff.RetryAfter(int(wait.Seconds())))
		}
		return f
	case s/100 == 3:
		return backoff.Permanent(fmt.Errorf("%w, which sends elsewhere; give the alert the address that takes messages itself", err))
	}
	return backoff.Permanent(err)
}

// retryAfter reads the header of that name: seconds or a date; at most a day.
func retryAfter(header string, now time.Time) time.Duration {
	wait := time.Duration(0)
	if n, err := strconv.ParseUint(header, 10, 31); err == nil {
		wait = time.Duration(n) * time.Second
	} else if t, err := http.ParseTime(header); err == nil {
		wait = t.Sub(now)
	}
	return max(0, min(wait, 24*time.Hour))
}

// Post is how mail is sent.
type Post struct {
	Server string // smtp://user:password@host:port, or smtps://…; empty: mail waits
	From   string // who sends it; empty: the server's user
}

// sender is a mail server, and who sends by it.
type sender struct {
	from, host     string
	port           int
	secure         bool // TLS from the beginning
	user, password string
}

// Check says what is wrong with the server's address, without showing it: it
// holds a password.
func (p Post) Check() error {
	_, err := p.sender()
	return err
}

func (p Post) sender() (*sender, error) {
	if p.Server == "" {
		return &sender{from: p.From}, nil
	}
	u, err := url.Parse(p.Server)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" {
		return nil, errors.New("the mail server (--smtp or DRAGOMAN_SMTP) is not of the form smtp://user:password@host:port or smtps://…; " +
			"in the user and password write @ as %40, / as %2F, : as %3A and % as %25")
	}
	s := &sender{from: p.From, host: u.Hostname(), port: 25, secure: u.Scheme == "smtps", user: u.User.Username()}
	s.password, _ = u.User.Password()
	switch {
	case u.Port() != "":
		if s.port, err = strconv.Atoi(u.Port()); err != nil || s.port < 1 || s.port > 65535 {
			return nil, errors.New("the port of the mail server (--smtp or DRAGOMAN_SMTP) is not from 1 to 65535")
		}
	case s.secure:
		s.port = 465
	case s.user != "":
		s.port = 587
	}
	if s.from == "" && strings.Contains(s.user, "@") {
		s.from = s.user
	}
	return s, nil
}

// client connects encrypted where a password is sent or the server can, except
// to this machine itself.
func (s *sender) client() (*mail.Client, error) {
	options := []mail.Option{mail.WithPort(s.port), mail.WithTimeout(answerTime)}
	ip := net.ParseIP(s.host)
	near := s.host == "localhost" || ip != nil && ip.IsLoopback()
	method := mail.SMTPAuthAutoDiscover
	switch {
	case s.secure:
		options = append(options, mail.WithSSL())
	case near:
		options, method = append(options, mail.WithTLSPolicy(mail.NoTLS)), mail.SMTPAuthPlain
	case s.user != "":
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	}
	if s.user != "" {
		options = append(options, mail.WithSMTPAuth(method), mail.WithUsername(s.user), mail.WithPassword(s.password))
	}
	return mail.NewClient(s.host, options...)
}

// letter mails a delivery.
func (c *courier) letter(ctx context.Context, d *dragoman.Delivery) error {
	p, err := c.Post.sender()
	switch {
	case err != nil:
	case p.host == "":
		err = errors.New("no mail server is set: DRAGOMAN_SMTP=smtp://user:password@host:port, or --smtp")
	case p.from == "":
		err = errors.New("it is not known who sends the mail: --from or DRAGOMAN_FROM")
	}
	if err != nil {
		return unset{err}
	}
	m, err := p.letter(d, c.Program)
	if err != nil {
		return err
	}
	client, err := p.client()
	if err != nil {
		return &fault{error: err, down: true}
	}
	err = client.DialAndSendWithContext(ctx, m)
	if err == nil || m.IsDelivered() { // how they part afterwards does not matter
		return nil
	}
	return p.fault(err)
}

// letter writes a delivery as a mail; every time with the same id.
func (s *sender) letter(d *dragoman.Delivery, program string) (*mail.Msg, error) {
	m := mail.NewMsg()
	if err := m.From(s.from); err != nil {
		return nil, unset{fmt.Errorf("--from (or DRAGOMAN_FROM) is %q, which is no mail address", s.from)}
	}
	if err := m.To(d.Way.Address); err != nil {
		return nil, fmt.Errorf("%q is no mail address", d.Way.Address)
	}
	_, domain, _ := strings.Cut(s.from, "@")
	m.SetMessageIDWithValue(identity(d.Name, d.Mark, d.Way.Address) + "@" + strings.TrimRight(domain, ">"))
	m.SetDateWithValue(d.Made)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetUserAgent("dragoman/" + program)
	m.Subject("[" + d.Name + "] " + d.Subject)
	m.SetBodyString(mail.TypeTextPlain, d.Body)
	return m, nil
}

// meaning says what answers to a login mean.
var meaning = map[int]string{530: ": it wants a user and password", 534: ": it wants another way of logging in",
	535: ": it does not accept the user and password", 454: ": logging in does not work for now"}

// fault says why a mail was not sent. What the server says before it takes a
// mail is left out: some repeat the password.
func (s *sender) fault(err error) error {
	var sending *mail.SendError
	var answer *textproto.Error
	switch {
	case errors.As(err, &sending):
		refused := sending.ErrorCode()/100 == 5 && sending.Reason != mail.ErrSMTPMailFrom
		return &fault{error: fmt.Errorf("the mail server %s: %w", s.host, sending), down: !refused}
	case errors.As(err, &answer):
		return &fault{error: fmt.Errorf("the mail server %s answered %d before it took the mail%s", s.host, answer.Code, meaning[answer.Code]), down: true}
	}
	if inner := errors.Unwrap(err); inner != nil { // "dial failed" says nothing
		err = inner
	}
	return &fault{error: fmt.Errorf("the mail server %s: %w", s.host, err), down: true}
}

// identity makes an id of what makes something itself, in the form of a UUID.
func identity(parts ...string) string {
	h := sha256.New()
	for _, s := range parts {
		fmt.Fprintf(h, "%d %s ", len(s), s)
	}
	sum := h.Sum(nil)[:16]
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // version 8: made by rules of one's own
	x := hex.EncodeToString(sum)
	return strings.Join([]string{x[:8], x[8:12], x[12:16], x[16:20], x[20:]}, "-")
}
