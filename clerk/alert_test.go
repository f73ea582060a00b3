package clerk

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"dragoman"
	"dragoman/data"
	"dragoman/store"
	"dragoman/story"
)

// desktop is a clerk with a small store, and what was told on standard error.
type desktop struct {
	*testing.T
	*Clerk
	path string
	errs bytes.Buffer
	n    int
}

func newDesktop(t *testing.T) *desktop {
	desk, err := story.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "news.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return &desktop{T: t, Clerk: &Clerk{DB: db, Desk: desk, Program: "1.2.3"}, path: path}
}

// raid stores an article that tells of a raid of Norland on Sudria, each on
// another day.
func (d *desktop) raid() { d.raidAt(dragoman.Locale{}) }

func (d *desktop) raidAt(place dragoman.Locale) {
	d.Helper()
	d.n++
	day := dragoman.DayOf(2031, 3, 4+20*d.n)
	state := func(id, name string) []dragoman.Party {
		return []dragoman.Party{{ID: id, Name: name, Kind: "state", Named: true, Country: id}}
	}
	text := fmt.Sprintf("Raid %d.", d.n)
	f := dragoman.Filing{Text: text, Reading: []byte("{}"), Sketch: story.SketchOf(text).Bytes(),
		Entry: dragoman.Entry{Key: fmt.Sprintf("k%d", d.n), ID: fmt.Sprintf("id%d", d.n), Title: fmt.Sprintf("Raid <%d>", d.n), Outlet: "Gazette",
			URL: fmt.Sprintf("https://example.org/%d?a=1&b=2", d.n), Published: day, Language: "en"},
		Reports: []dragoman.Report{{Ordinal: 1, Type: "ASSAULT", CAMEO: "190", Tone: dragoman.MaterialConflict, Status: dragoman.Happened, Day: day, From: day, To: day,
			Dated: true, Published: day, Actors: state("XNO", "Norland"), Recipients: state("SDR", "Sudria"), Evidence: "Norland & its riders raided <Sudria>", Confidence: 0.8, Place: place}}}
	if _, fresh, err := d.DB.Save(d.Context(), &f, d.Desk); err != nil || !fresh {
		d.Fatal(fresh, err)
	}
}

// alert adds one that fires for every raid.
func (d *desktop) alert(name string, past bool, ways ...dragoman.Way) {
	d.Helper()
	rule, err := json.Marshal(story.Rule{By: "XNO", When: story.Any})
	if err != nil {
		d.Fatal(err)
	}
	if err := d.AddAlert(d.Context(), dragoman.Alert{Name: name, Rule: rule, Ways: ways}, past); err != nil {
		d.Fatal(err)
	}
}

// told notes what could not be delivered.
func (d *desktop) told(fault string) { fmt.Fprintln(&d.errs, fault) }

// run fires and delivers, with short pauses; all also what is to wait.
func (d *desktop) run(all bool) *courier {
	d.Helper()
	c := d.courier(d.told)
	c.pause, c.all = time.Millisecond, all
	if _, err := d.Fire(d.Context()); err != nil {
		d.Fatal(err)
	}
	if err := c.deliver(d.Context()); err != nil {
		d.Fatal(err)
	}
	return c
}

// sql changes the database behind the store's back.
func (d *desktop) sql(statement string) {
	d.Helper()
	db, err := sql.Open("sqlite", d.path)
	if err != nil {
		d.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(d.Context(), statement); err != nil {
		d.Fatal(err)
	}
}

// state wants how many firings there are, how many wait and how many are given up.
func (d *desktop) state(name string, fired, pending, failed int) {
	d.Helper()
	a, err := d.DB.Alert(d.Context(), name)
	if err != nil {
		d.Fatal(err)
	}
	all := []dragoman.Alert{a}
	err = d.DB.Count(d.Context(), all)
	if a = all[0]; err != nil || a.Fired != fired || a.Pending != pending || a.Failed != failed {
		d.Errorf("%d fired, %d pending, %d failed, want %d, %d, %d (%v)", a.Fired, a.Pending, a.Failed, fired, pending, failed, err)
	}
}

// hook is a receiver of webhooks.
type hook struct {
	*httptest.Server
	mu      sync.Mutex
	got     []message
	keys    []string
	answers []int // by which it answers, then 200
	header  http.Header
}

func newHook(t *testing.T, answers ...int) *hook {
	h := &hook{answers: answers}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var m message
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil || r.Method != http.MethodPost {
		http.Error(w, "no message", http.StatusTeapot)
		return
	}
	h.got, h.keys, h.header = append(h.got, m), append(h.keys, r.Header.Get("Idempotency-Key")), r.Header
	if len(h.answers) > 0 {
		code := h.answers[0]
		h.answers = h.answers[1:]
		if code/100 == 3 {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(code)
	}
}

func (h *hook) way() dragoman.Way {
	return dragoman.Way{Kind: dragoman.ByWebhook, Address: h.URL + "/secret/path"}
}

func TestWebhook(t *testing.T) {
	d, h := newDesktop(t), newHook(t, 500, 429)
	d.raid()
	d.alert("a raid", false, h.way())
	d.raid()
	c := d.run(false)
	if len(h.got) != 3 || c.sent != 1 || c.failed != 0 || d.errs.Len() > 0 {
		t.Fatalf("%d posted, %d sent, %d failed: %s", len(h.got), c.sent, c.failed, d.errs.String())
	}
	if h.keys[0] != "a%20raid/event%20k2%20e1" || h.keys[0] != h.keys[2] || fmt.Sprint(h.got[0].Subject) != fmt.Sprint(h.got[2].Subject) {
		t.Errorf("what is sent again is not the same: %v", h.keys)
	}
	if h.header.Get("Content-Type") != "application/json" || h.header.Get("User-Agent") != "dragoman/1.2.3" {
		t.Error(h.header)
	}
	m := h.got[2]
	if m.Alert != "a raid" || m.Mark != "event k2 e1" || m.Subject != "ASSAULT: Norland → Sudria, 2031-04-13" || !strings.Contains(m.Body, "raided <Sudria>") || m.Made == "" {
		t.Errorf("%+v", m)
	}
	if a := m.Article; a == nil || a.Number != 2 || a.URL != "https://example.org/2?a=1&b=2" || a.Published != "2031-04-13" || a.Outlet != "Gazette" {
		t.Errorf("%+v", a)
	}
	if e := m.Event; e == nil || e.ID != "e1" || e.Type != "ASSAULT" || e.Actors[0].ID != "XNO" || e.Recipients[0].Name != "Sudria" || e.Confidence != 0.8 || e.Place != nil {
		t.Errorf("%+v", e)
	}
	d.run(true)
	if len(h.got) != 3 {
		t.Error("the same fires twice")
	}
	d.state("a raid", 1, 0, 0)
}

func TestWebhookRefuses(t *testing.T) {
	d, h := newDesktop(t), newHook(t, 404, 302)
	d.alert("raid", false, h.way())
	d.raid()
	c := d.run(false)
	if len(h.got) != 1 || c.failed != 1 || !strings.Contains(d.errs.String(), `"raid" was not delivered by webhook, and is tried again later: `) ||
		!strings.Contains(d.errs.String(), "answered 404 Not Found") || strings.Contains(d.errs.String(), "secret") {
		t.Errorf("%d posted, %d failed: %s", len(h.got), c.failed, d.errs.String())
	}
	d.run(false)
	if len(h.got) != 1 {
		t.Error("what failed is tried again without a pause")
	}
	d.run(true)
	if len(h.got) != 2 || !strings.Contains(d.errs.String(), "sends elsewhere") {
		t.Errorf("%d posted: %s", len(h.got), d.errs.String())
	}
	h.answers = slices.Repeat([]int{410}, 100)
	for range 12 {
		d.run(true)
	}
	if len(h.got) != store.MaxAttempts || !strings.Contains(d.errs.String(), "and is given up: ") {
		t.Errorf("%d posted: %s", len(h.got), d.errs.String())
	}
	d.state("raid", 1, 0, 1)
	h.answers = nil
	if err := d.DB.Again(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.run(false)
	d.state("raid", 1, 0, 0)
}

// A webhook that was set from elsewhere leads nowhere inside, whatever its name
// is resolved to.
func TestPublicWebhook(t *testing.T) {
	d, h := newDesktop(t), newHook(t)
	way := h.way()
	way.Kind = dragoman.ByPublic
	d.alert("raid", false, way)
	d.raid()
	c := d.run(false)
	if len(h.got) != 0 || c.failed != 1 || !strings.Contains(d.errs.String(), "is inside the private network") {
		t.Errorf("%d posted, %d failed: %s", len(h.got), c.failed, d.errs.String())
	}
}

func TestWebhookIsDown(t *testing.T) {
	d, h, other := newDesktop(t), newHook(t, slices.Repeat([]int{503}, 3)...), newHook(t)
	d.alert("raid", false, h.way(), other.way())
	d.raid()
	d.raid()
	c := d.run(false)
	if len(h.got) != 3 || len(other.got) != 2 || c.failed != 1 {
		t.Errorf("%d posted, %d by the other way, %d failed", len(h.got), len(other.got), c.failed)
	}
	d.raid() // it waits too
	d.run(false)
	if len(h.got) != 3 || len(other.got) != 3 {
		t.Error("what is down is tried again without a pause")
	}
	d.state("raid", 3, 3, 0)
	d.sql("UPDATE firings SET due = due - 120")
	d.run(false)
	d.state("raid", 3, 0, 0)

	gone := newHook(t)
	gone.Close()
	d.alert("gone", false, gone.way())
	d.raid()
	d.run(false)
	if !strings.Contains(d.errs.String(), "could not be reached: ") || strings.Contains(d.errs.String(), "secret") {
		t.Error(d.errs.String())
	}
}

// TestKilledWhileDelivering has a program end after the other side took the
// message and before that is recorded.
func TestKilledWhileDelivering(t *testing.T) {
	d, h := newDesktop(t), newHook(t)
	d.alert("raid", false, h.way())
	d.raid()
	d.run(false)
	d.sql("UPDATE firings SET delivered = 0, held = unixepoch() + 60")
	d.run(true)
	if len(h.got) != 1 {
		t.Error("what another program delivers is delivered here too")
	}
	d.sql("UPDATE firings SET held = unixepoch() - 1")
	d.run(false)
	if len(h.got) != 2 || h.keys[0] != h.keys[1] || h.got[0].Body != h.got[1].Body || h.got[0].Made != h.got[1].Made {
		t.Errorf("%d posted, keys %v", len(h.got), h.keys)
	}
	d.run(true)
	if len(h.got) != 2 {
		t.Error("it is delivered for ever")
	}
}

func TestInterruptedWhileLooking(t *testing.T) {
	d, h := newDesktop(t), newHook(t)
	d.raid()
	d.alert("raid", false, h.way())
	d.alert("past", true, h.way())
	for range 150 { // more than are looked at together
		d.raid()
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Fire(ctx); err == nil {
		t.Error("an interruption is no error")
	}
	// One looked at the first hundred and was killed.
	alerts, err := d.DB.Alerts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var rules []story.Rule
	for i := range alerts {
		r, err := RuleOf(&alerts[i])
		if err != nil {
			t.Fatal(err)
		}
		rules = append(rules, *r)
	}
	entries, err := d.DB.After(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var all []dragoman.Firing
	for _, e := range entries {
		f, err := d.fireFor(t.Context(), alerts, rules, e)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f...)
	}
	if n, err := d.DB.Looked(t.Context(), alerts, 100, all); err != nil || n != 199 {
		t.Fatal(n, err)
	}
	// Several go on at once, and all is told once.
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			c := d.courier(func(string) {})
			if _, err := d.Fire(t.Context()); err != nil {
				t.Error(err)
			}
			if err := c.deliver(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	d.state("raid", 150, 0, 0)
	d.state("past", 151, 0, 0)
	if len(h.got) != 301 {
		t.Errorf("%d posted, want 301", len(h.got))
	}
	slices.Sort(h.keys)
	if n := len(slices.Compact(h.keys)); n != 301 {
		t.Errorf("%d different ones", n)
	}
}

func TestRemovedAlertTellsNothing(t *testing.T) {
	d, h := newDesktop(t), newHook(t)
	d.alert("raid", false, h.way())
	d.raid()
	if _, err := d.Fire(t.Context()); err != nil {
		t.Fatal(err)
	}
	old, err := d.DB.Alert(t.Context(), "raid")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.DB.RemoveAlert(t.Context(), "raid"); err != nil {
		t.Fatal(err)
	}
	d.alert("raid", false, h.way())
	if n, err := d.DB.Looked(t.Context(), []dragoman.Alert{old}, 1, []dragoman.Firing{{Alert: old.Number, Mark: "m"}}); n != 0 || err != nil {
		t.Errorf("an alert that was removed meanwhile fires: %d, %v", n, err)
	}
	d.run(true)
	d.state("raid", 0, 0, 0)
	if err := d.DB.RemoveAlert(t.Context(), "rain"); err == nil || !strings.Contains(err.Error(), `no alert "rain"`) {
		t.Error(err)
	}
	if err := d.DB.AddAlert(t.Context(), dragoman.Alert{Name: "raid"}, false); err == nil || !strings.Contains(err.Error(), `an alert "raid" already`) {
		t.Error(err)
	}
}

// TestMergedPlace: so does it of where.
func TestMergedPlace(t *testing.T) {
	d, h := newDesktop(t), newHook(t)
	old, is := dragoman.Locale{ID: "new:oldtown", Name: "Oldtown", Kind: "settlement"}, dragoman.Locale{ID: "newtown", Name: "Newtown", Kind: "settlement"}
	d.raidAt(old)
	d.raidAt(is)
	rule, err := json.Marshal(story.Rule{Place: old.ID, When: story.Any})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.DB.AddAlert(t.Context(), dragoman.Alert{Name: "town", Rule: rule, Ways: []dragoman.Way{h.way()}}, false); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Correct(t.Context(), Amendment{Action: dragoman.MergePlace, Old: "Oldtown", New: "Newtown"}); err != nil {
		t.Fatal(err)
	}
	d.raidAt(old)
	d.raidAt(is)
	d.raid()
	d.run(false)
	if len(h.got) != 2 {
		t.Errorf("of two raids at the place %d are told", len(h.got))
	}
}

// TestMergedActor: a rule still means whom it meant after a correction.
func TestMergedActor(t *testing.T) {
	d, h := newDesktop(t), newHook(t)
	d.raid()
	d.alert("raid", false, h.way())
	if _, err := d.DB.Correct(t.Context(), dragoman.Correction{Action: dragoman.Merge, Old: "XNO", New: "SDR"}); err != nil {
		t.Fatal(err)
	}
	d.raid()
	d.run(false)
	d.state("raid", 1, 0, 0)
}

func TestFeed(t *testing.T) {
	d := newDesktop(t)
	path := filepath.Join(t.TempDir(), "raid.atom")
	d.alert("raid & ruin", false, dragoman.Way{Kind: dragoman.ByFeed, Address: path})
	read := func() *gofeed.Feed {
		t.Helper()
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		feed, err := gofeed.NewParser().Parse(f)
		if err != nil {
			t.Fatal(err)
		}
		return feed
	}
	if f := read(); f.Title != "raid & ruin" || len(f.Items) != 0 || f.UpdatedParsed == nil {
		t.Errorf("before it fires: %+v", f)
	}
	d.raid()
	d.raid()
	if c := d.run(false); c.failed != 0 {
		t.Error(d.errs.String())
	}
	f := read()
	if len(f.Items) != 2 {
		t.Fatalf("%d items", len(f.Items))
	}
	i := f.Items[0]
	if i.Title != "ASSAULT: Norland → Sudria, 2031-04-13" || i.Link != "https://example.org/2?a=1&b=2" || i.PublishedParsed == nil ||
		!strings.Contains(i.Content, "Norland &amp; its riders raided &lt;Sudria&gt;”<br/>") || !strings.HasPrefix(i.GUID, "urn:uuid:") {
		t.Errorf("%+v", i)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// Killed between the writing of the file and the record of it.
	d.sql("UPDATE firings SET delivered = 0")
	d.run(false)
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the same firings make another file (%v):\n%s", err, after)
	}
	for range feedLength {
		d.raid()
	}
	d.run(false)
	f = read()
	if len(f.Items) != feedLength || f.Items[0].Link != "https://example.org/202?a=1&b=2" || f.Items[feedLength-1].Link != "https://example.org/3?a=1&b=2" {
		t.Errorf("%d items from %s", len(f.Items), f.Items[0].Link)
	}
	d.state("raid & ruin", 202, 0, 0)
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); err != nil || len(left) > 0 {
		t.Error("files are left over:", left, err)
	}
}

func TestFeedThatCannotBeWritten(t *testing.T) {
	d := newDesktop(t)
	folder := t.TempDir()
	rule := []byte(`{"by":"XNO","when":"any"}`)
	add := func(path string) error {
		return d.AddAlert(t.Context(), dragoman.Alert{Name: "raid", Rule: rule, Ways: []dragoman.Way{{Kind: dragoman.ByFeed, Address: path}}}, false)
	}
	notes := filepath.Join(folder, "notes.txt")
	if err := os.WriteFile(notes, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := add(notes); err == nil || !strings.Contains(err.Error(), "it would be overwritten") {
		t.Error(err)
	}
	if err := add(filepath.Join(folder, "none", "x.atom")); err == nil || !strings.Contains(err.Error(), "could not be written") {
		t.Error(err)
	}
	if all, err := d.DB.Alerts(t.Context()); err != nil || len(all) > 0 {
		t.Error("an alert that cannot tell anything is there:", all, err)
	}
	below := filepath.Join(folder, "feeds")
	if err := os.Mkdir(below, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(below, "x.atom")
	if err := add(path); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(below); err != nil {
		t.Fatal(err)
	}
	d.raid()
	d.raid()
	if c := d.run(false); c.failed != 1 {
		t.Errorf("%d failed: %s", c.failed, d.errs.String())
	}
	d.state("raid", 2, 2, 0)
	if err := os.Mkdir(below, 0o700); err != nil {
		t.Fatal(err)
	}
	d.run(true)
	d.state("raid", 2, 0, 0)
	if err := d.DB.RemoveAlert(t.Context(), "raid"); err != nil {
		t.Fatal(err)
	}
	if err := add(path); err != nil {
		t.Error("the feed of the alert itself is not taken up again:", err)
	}
}

// mailbox is a small mail server.
type mailbox struct {
	net.Listener
	mu      sync.Mutex
	mails   []string
	users   []string // base64 of what AUTH PLAIN says
	refuses string   // the command that it refuses, with the answer
}

func newMailbox(t *testing.T) *mailbox {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	b := &mailbox{Listener: l}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go b.serve(c)
		}
	}()
	return b
}

func (b *mailbox) refuse(command string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refuses = command
}

func (b *mailbox) serve(c net.Conn) {
	defer c.Close()
	fmt.Fprintf(c, "220 test\r\n")
	lines := bufio.NewScanner(c)
	for lines.Scan() {
		b.answer(c, lines)
	}
}

func (b *mailbox) answer(c net.Conn, lines *bufio.Scanner) {
	b.mu.Lock()
	defer b.mu.Unlock()
	command, rest, _ := strings.Cut(lines.Text(), " ")
	if refused, answer, ok := strings.Cut(b.refuses, " "); ok && command == refused {
		fmt.Fprintf(c, "%s: %s\r\n", answer, rest) // as some do, with what was said
		return
	}
	switch command {
	case "EHLO":
		fmt.Fprintf(c, "250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n")
	case "AUTH":
		b.users = append(b.users, strings.TrimPrefix(rest, "PLAIN "))
		fmt.Fprintf(c, "235 welcome\r\n")
	case "DATA":
		fmt.Fprintf(c, "354 go on\r\n")
		text := ""
		for lines.Scan() && lines.Text() != "." {
			text += lines.Text() + "\n"
		}
		b.mails = append(b.mails, text)
		fmt.Fprintf(c, "250 taken\r\n")
	case "QUIT":
		fmt.Fprintf(c, "221 bye\r\n")
	default:
		fmt.Fprintf(c, "250 fine\r\n")
	}
}

const password = "pässword/7@x"

func (b *mailbox) post() Post {
	return Post{Server: "smtp://desk%40example.org:p%C3%A4ssword%2F7%40x@" + b.Addr().String()}
}

func TestMail(t *testing.T) {
	d, b := newDesktop(t), newMailbox(t)
	d.Post = b.post()
	d.alert("raid", false, dragoman.Way{Kind: dragoman.ByMail, Address: "night@example.org"})
	d.raid()
	if c := d.run(false); c.sent != 1 || len(b.mails) != 1 {
		t.Fatalf("%d sent, %d arrived: %s", c.sent, len(b.mails), d.errs.String())
	}
	for _, want := range []string{"To: <night@example.org>", "From: <desk@example.org>", "=?UTF-8?q?[raid]_ASSAULT:_Norland_=E2=86=92_Sudria", "Auto-Submitted: auto-generated",
		"Norland & its riders raided <Sudria>", "confidence 0.80", "https://example.org/1?a=3D1&b=3D2"} {
		if !strings.Contains(b.mails[0], want) {
			t.Errorf("no %q in\n%s", want, b.mails[0])
		}
	}
	if says, err := base64.StdEncoding.DecodeString(b.users[0]); err != nil || string(says) != "\x00desk@example.org\x00"+password {
		t.Errorf("it logs in with %q (%v)", says, err)
	}
	d.sql("UPDATE firings SET delivered = 0") // killed before it was recorded
	d.run(false)
	id := func(mail string) string {
		_, rest, _ := strings.Cut(mail, "Message-ID: ")
		id, _, _ := strings.Cut(rest, "\n")
		return id
	}
	if len(b.mails) != 2 || id(b.mails[0]) == "" || id(b.mails[0]) != id(b.mails[1]) || b.mails[0] == "" {
		t.Errorf("%d mails with the ids %q", len(b.mails), []string{id(b.mails[0]), id(b.mails[len(b.mails)-1])})
	}
}

// TestMailFails: what the server says to a password is kept nowhere.
func TestMailFails(t *testing.T) {
	d, b := newDesktop(t), newMailbox(t)
	d.Post = b.post()
	d.alert("raid", false, dragoman.Way{Kind: dragoman.ByMail, Address: "night@example.org"}, dragoman.Way{Kind: dragoman.ByMail, Address: "day@example.org"})
	d.raid()
	for refuses, want := range map[string]string{"AUTH 535 no": "answered 535", "MAIL 451 later": "451 \"later", "EHLO 502 unheard": "does not support SMTP AUTH"} {
		b.refuse(refuses)
		d.errs.Reset()
		c := d.run(true)
		if c.failed != 1 || !strings.Contains(d.errs.String(), want) { // the server is down for both
			t.Errorf("%s: %d failed: %s", refuses, c.failed, d.errs.String())
		}
	}
	b.refuse("RCPT 550 nobody of that name")
	d.errs.Reset()
	if c := d.run(true); c.failed != 2 || !strings.Contains(d.errs.String(), "550 \"nobody") {
		t.Errorf("%d failed: %s", c.failed, d.errs.String())
	}
	d.state("raid", 1, 2, 0)
	secret := base64.StdEncoding.EncodeToString([]byte("\x00desk@example.org\x00" + password))
	files, err := filepath.Glob(d.path + "*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	kept := d.errs.String()
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		kept += string(text)
	}
	if !strings.Contains(kept, "answered 535") && !strings.Contains(kept, "nobody of that name") {
		t.Error("the test looks in the wrong place")
	}
	if strings.Contains(kept, password) || strings.Contains(kept, secret) || strings.Contains(kept, "p%C3%A4ssword") {
		t.Error("the password is told or kept")
	}
	b.refuse("")
	d.run(true)
	d.state("raid", 1, 0, 0)
	if len(b.mails) != 2 {
		t.Errorf("%d mails arrived", len(b.mails))
	}
}

// TestMailWithoutServer: mail waits for a program that knows one.
func TestMailWithoutServer(t *testing.T) {
	d, b := newDesktop(t), newMailbox(t)
	d.alert("raid", false, dragoman.Way{Kind: dragoman.ByMail, Address: "night@example.org"})
	d.raid()
	d.raid()
	for range 20 {
		d.errs.Reset()
		if err := d.Alerts(t.Context(), d.told); err != nil || strings.Count(d.errs.String(), "no mail server is set: DRAGOMAN_SMTP") != 1 {
			t.Fatalf("%v: %s", err, d.errs.String())
		}
	}
	d.state("raid", 2, 2, 0)
	d.Post.Server = "smtp://" + b.Addr().String()
	d.errs.Reset()
	if err := d.Alerts(t.Context(), d.told); err != nil || !strings.Contains(d.errs.String(), "DRAGOMAN_FROM") {
		t.Errorf("%v: %s", err, d.errs.String())
	}
	d.Post.From = "The Desk <desk@example.org>"
	if err := d.Alerts(t.Context(), d.told); err != nil || len(b.mails) != 2 {
		t.Errorf("%d mails, %v: %s", len(b.mails), err, d.errs.String())
	}
}

func TestMailServer(t *testing.T) {
	for s, want := range map[string]string{
		"smtp://a:b@mail.example.org":        "mail.example.org 587 false",
		"smtp://mail.example.org":            "mail.example.org 25 false",
		"smtps://a:b@mail.example.org":       "mail.example.org 465 true",
		"smtps://a:b@[2001:db8::1]:2465/":    "2001:db8::1 2465 true",
		"http://a:tellme@mail.example.org":   "",
		"smtp://a:tell/me@mail.example.org":  "",
		"smtp://a:tell%me@mail.example.org":  "",
		"smtp://a:tellme@mail.example.org:x": "",
		"smtp://a:tellme@mail.example.org:0": "",
		"a:tellme@mail.example.org":          "",
	} {
		p, err := Post{Server: s}.sender()
		if err == nil {
			if got := fmt.Sprint(p.host, " ", p.port, " ", p.secure); got != want {
				t.Errorf("%s: %s, want %s", s, got, want)
			}
		}
		if (err == nil) != (want != "") || err != nil && (strings.Contains(err.Error(), "tell") || !strings.Contains(err.Error(), "DRAGOMAN_SMTP")) {
			t.Errorf("%s: %v", s, err)
		}
	}
}

// TestMailWantsTLS: no password goes over an open line to another machine.
func TestMailWantsTLS(t *testing.T) {
	for s, want := range map[string]string{"smtp://a:b@mail.example.org": "TLSMandatory", "smtp://mail.example.org": "TLSOpportunistic", "smtp://a:b@localhost:25": "NoTLS"} {
		p, err := Post{Server: s}.sender()
		if err != nil {
			t.Fatal(err)
		}
		c, err := p.client()
		if err != nil || c.TLSPolicy() != want {
			t.Errorf("%s: %v, %v, want %s", s, c.TLSPolicy(), err, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2031, 3, 4, 5, 6, 7, 0, time.UTC)
	for header, want := range map[string]time.Duration{"": 0, "7": 7 * time.Second, "soon": 0, "-3": 0, "Tue, 04 Mar 2031 05:07:07 GMT": time.Minute,
		"Tue, 04 Mar 2031 05:00:00 GMT": 0, "999999999": 24 * time.Hour} {
		if got := retryAfter(header, now); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}
