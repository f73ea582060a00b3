package score

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dragoman/clerk"
	"dragoman/data"
	"dragoman/store"
	"dragoman/story"
)

// invented returns a clerk over a small database of invented events.
func invented(t *testing.T, events int) *clerk.Clerk {
	t.Helper()
	desk, err := story.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	tenths := 0
	adding, err := Fill(t.Context(), db, desk, events, func(int) { tenths++ })
	if err != nil || len(adding) < 10 || tenths != len(adding) {
		t.Fatal(err, adding, tenths)
	}
	return &clerk.Clerk{DB: db, Desk: desk}
}

func TestFill(t *testing.T) {
	c := invented(t, 300)
	was, err := c.DB.Size(t.Context())
	if err != nil || was.Reports < 300 || was.Reports > 320 {
		t.Fatal(err, was)
	}
	if adding, err := Fill(t.Context(), c.DB, c.Desk, 300, func(int) { t.Error("a full database is filled") }); err != nil || adding != nil {
		t.Fatal(err, adding)
	}
	if _, err := Fill(t.Context(), c.DB, c.Desk, 400, func(int) {}); err != nil {
		t.Fatal(err)
	}
	if now, err := c.DB.Size(t.Context()); err != nil || now.Reports < 400 || now.Articles <= was.Articles {
		t.Fatal(err, now)
	}
}

// TestDesk has some users walk through a desk: all that they ask for is there.
func TestDesk(t *testing.T) {
	c := invented(t, 1500)
	load := Load{Users: 6, For: 4 * time.Second, Pause: 20 * time.Millisecond, Every: 300 * time.Millisecond, Seed: 1}
	d, err := Desk(t.Context(), c, data.Embedded(), slog.New(slog.NewTextHandler(t.Output(), nil)), load)
	if err != nil {
		t.Fatal(err)
	}
	if d.All.Faults > 0 || len(d.Faults) > 0 {
		t.Error(d.All.Faults, d.Faults)
	}
	var kinds []string
	sum := 0
	for _, p := range d.Pages {
		kinds = append(kinds, p.Name)
		sum += p.Count
		if p.Median > p.P95 || p.P95 > p.Max || p.Max <= 0 || p.Bytes == 0 {
			t.Errorf("%+v", p)
		}
	}
	if d.All.Count != sum || sum < load.Users {
		t.Error(d.All.Count, "of", sum)
	}
	if !slices.Contains(kinds, "today") || !slices.Contains(kinds, "files") {
		t.Error("they asked for", kinds)
	}
	if d.Storing.Count == 0 || d.Heard == 0 || d.Heard > d.Listeners*d.Storing.Count {
		t.Error(d.Storing.Count, "articles were stored,", d.Listeners, "listeners heard", d.Heard)
	}
	if len(d.Memory) == 0 || d.Memory[0].Heap == 0 {
		t.Error(d.Memory)
	}
	if len(d.Slowest) == 0 || d.Slowest[0].Took != d.All.Max {
		t.Error(d.Slowest, d.All.Max)
	}
	if has, err := c.DB.HasUsers(t.Context()); err != nil || has {
		t.Error("users stay:", has, err)
	}
	if size, err := c.DB.Size(t.Context()); err != nil || int(size.Articles) != d.Articles+d.Storing.Count {
		t.Error(size, d.Articles, d.Storing.Count, err)
	}
	for _, want := range []string{"6 users for 4s", "0 errors", "today ", "resident"} {
		if s := d.String(); !strings.Contains(s, want) {
			t.Errorf("%q is not in\n%s", want, s)
		}
	}
}

// TestDeskOfNothing wants a database that was not filled to be refused.
func TestDeskOfNothing(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	desk, err := story.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	_, err = Desk(t.Context(), &clerk.Clerk{DB: db, Desk: desk}, data.Embedded(), slog.New(slog.DiscardHandler), Load{Users: 1, For: time.Second, Every: time.Second})
	if err == nil || !strings.Contains(err.Error(), "nothing that was invented") {
		t.Error(err)
	}
}

// TestVisit wants every fault of an answer to be told.
func TestVisit(t *testing.T) {
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/missing":
			http.NotFound(w, r)
		case "/broken":
			w.Header().Set("Content-Length", "100")
		case "/secret":
			http.Redirect(w, r, "/login", http.StatusSeeOther)
		default:
			w.Write([]byte("fine")) //nolint:errcheck // the test sees it
		}
	}))
	defer h.Close()
	r := &rush{at: h.URL, score: &DeskScore{}, times: map[string]*taken{}}
	u := newUser(r, 1)
	u.client = h.Client()
	for _, address := range []string{"/", "/missing", "/broken", "/secret", "/"} {
		body, err := u.visit(t.Context(), "page", address)
		if err != nil || address == "/" && body != "fine" {
			t.Fatal(address, body, err)
		}
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := u.visit(gone, "page", "/"); err == nil {
		t.Error("who is gone has a page")
	}
	r.sum()
	if s := r.score; s.All.Count != 5 || s.All.Faults != 3 || len(s.Faults) != 3 || s.Faults[0] != "/missing: 404 Not Found" || !strings.HasPrefix(s.Faults[1], "/broken: ") ||
		!strings.HasPrefix(s.Faults[2], "/secret: ") {
		t.Errorf("%+v", s)
	}
}

// TestWalk wants users to follow the links of a page, and the same ones with
// the same seed.
func TestWalk(t *testing.T) {
	k := known{World: NewWorld(1), numbers: map[string]int64{"s000": 1, "s001": 2}, countries: []string{"place-s000"}, last: firstDay + 100}
	r := &rush{score: &DeskScore{Load: Load{Seed: 7}}, known: k}
	const page = `<head><link href="/assets/x/style.css"><script src="/assets/x/desk.js"></script></head>
		<a href="/events/5">e</a> <a href="/articles/6">a</a> <a href="/relations/1/2">r</a> <figure data-chart="map"></figure>
		<a class="button" href="/events?cursor=abc&amp;type=AID" rel="next">Further back</a>`
	one, other := newUser(r, 3), newUser(r, 3)
	one.page, other.page = page, page
	seen := map[string]bool{}
	for range 500 {
		name, address := one.next()
		if n, a := other.next(); n != name || a != address {
			t.Fatal(name, address, "and", n, a)
		}
		seen[address] = true
		seen[name] = true
	}
	for _, s := range steps {
		if !seen[s.name] {
			t.Error("nobody goes to", s.name)
		}
	}
	for _, want := range []string{"/", "/events/5", "/articles/6", "/relations/1/2", "/events?cursor=abc&type=AID", "/actors/1", "/actors/2", "/map?between=s000"} {
		if !seen[want] {
			t.Error("nobody goes to", want)
		}
	}
	want := []string{"/assets/x/style.css", "/assets/x/desk.js", "/assets/x/charts.js", "/assets/x/draw.js", "/assets/x/vendor.js", "/assets/x/map.js", "/assets/x/world.json"}
	if got := one.files(); !slices.Equal(got, want) {
		t.Error(got)
	}
	if got := one.files(); got != nil {
		t.Error("loaded again:", got)
	}
	one.page = ""
	for range 200 {
		if name, address := one.next(); address == "" || name == "event" || name == "article" || name == "further back" {
			t.Fatal("an empty page leads to", name, address)
		}
	}
}

func TestSlow(t *testing.T) {
	r := &rush{score: &DeskScore{}}
	for i := range 30 {
		r.slow(Slow{Address: "/", Took: time.Duration(i * 7 % 30)})
	}
	if all := r.score.Slowest; len(all) != mostTold || all[0].Took != 29 || all[mostTold-1].Took != 20 || !slices.IsSortedFunc(all, func(a, b Slow) int { return int(b.Took - a.Took) }) {
		t.Error(all)
	}
}
