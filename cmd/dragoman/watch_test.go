package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"dragoman/sketch"
	"dragoman/store"
)

// dragomanly runs the program in this process.
func dragomanly(t *testing.T, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	if got := run(args, strings.NewReader(""), &out, &errs); got != want {
		t.Fatalf("dragoman %q: status %d, want %d\n%s%s", args, got, want, out.String(), errs.String())
	}
	return out.String(), errs.String()
}

func wantText(t *testing.T, what, got string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(got, want) {
			t.Errorf("%s: %q is missing in\n%s", what, want, got)
		}
	}
}

// articles counts those stored, and fails where a title is there twice.
func articles(t *testing.T, path string) int {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all, err := db.Outdated(t.Context(), "", true, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	titles := map[string]bool{}
	for _, e := range all {
		if titles[e.Title] {
			t.Errorf("%q is stored twice", e.Title)
		}
		titles[e.Title] = true
	}
	return len(all)
}

func TestWatch(t *testing.T) {
	s := sketch.NewSite(t, 2)
	db := filepath.Join(t.TempDir(), "a.db")
	watch := func(want int, args ...string) (string, string) {
		t.Helper()
		return dragomanly(t, want, append([]string{"watch", "--db", db, "--allow-private", "--pause", "1ms", "--once"}, args...)...)
	}
	if _, errs := dragomanly(t, exitUsage, "watch", "--db", db, "--once"); !strings.Contains(errs, "no feed is followed; give the address") {
		t.Error(errs)
	}
	out, errs := watch(0, s.URL+"/feed")
	wantText(t, "summary", out, "1 poll, 0 failed: 2 articles stored, 0 were there, 0 items unreadable, 0 to be tried again\n")
	wantText(t, "log", errs, "level=INFO msg=polled feed="+s.URL+"/feed stored=2")
	if got := s.Pages(); !slices.Equal(got, []string{"1×1", "2×1"}) || articles(t, db) != 2 {
		t.Errorf("fetched %q", got)
	}
	// Not due: nobody is asked.
	if out, errs := watch(0, s.URL+"/feed"); !strings.HasPrefix(out, "0 polls") || errs != "" || len(s.Pages()) != 0 {
		t.Error(out, errs)
	}
	// Grown: what is new is fetched.
	s.Locked(func() { s.Items = 4 })
	out, errs = watch(0, "--now", "--log", "json")
	wantText(t, "summary", out, "1 poll, 0 failed: 2 articles stored")
	wantText(t, "log", errs, `"msg":"polled","feed":"`+s.URL+`/feed","stored":2`)
	if got := s.Pages(); !slices.Equal(got, []string{"3×1", "4×1"}) || articles(t, db) != 4 {
		t.Errorf("fetched %q", got)
	}
	// Unchanged: the server says so, and nothing happens.
	if out, errs := watch(0, "--now"); !strings.HasPrefix(out, "1 poll, 0 failed: 0 articles stored") || errs != "" || s.Same != 1 || len(s.Pages()) != 0 {
		t.Error(out, errs, s.Same)
	}
	list, _ := dragomanly(t, 0, "feeds", "--db", db, "--format", "csv")
	wantText(t, "feeds", list, s.URL+"/feed,Coast Courier,20", ",4,0,4,0,0,,ok\n")
	// Another feed has the same articles: they are not stored again.
	s.Mux.HandleFunc("/other", s.Feed)
	out, _ = watch(0, s.URL+"/other")
	wantText(t, "summary", out, "1 poll, 0 failed: 0 articles stored, 4 were there")
	if n := articles(t, db); n != 4 {
		t.Errorf("%d articles", n)
	}
	dragomanly(t, exitUsage, "watch", "--db", db, "--parallel", "0")
	dragomanly(t, exitUsage, "watch", "--db", db, "--log", "xml")
	_, errs = watch(exitInput, "nowhere.opml")
	wantText(t, "errors", errs, "nowhere.opml: there is no such file", "1 input could not be read")
}

// TestWatchLater wants what cannot be had now to come again, and what cannot
// be read not to.
func TestWatchLater(t *testing.T) {
	s := sketch.NewSite(t, 2)
	s.Failing = true
	s.Mux.HandleFunc("/picture", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "\x89PNG\r\n\x1a\n\x00\x00") })
	s.Mux.HandleFunc("/gallery", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, sketch.RSS("Gallery", `<item><guid>p</guid><title>A dam</title><link>`+s.URL+`/picture</link></item>`))
	})
	db := filepath.Join(t.TempDir(), "a.db")
	args := []string{"watch", "--db", db, "--allow-private", "--pause", "1ms", "--once", "--now"}
	out, errs := dragomanly(t, 0, append(args, s.URL+"/feed", s.URL+"/gallery")...)
	wantText(t, "summary", out, "2 polls, 0 failed: 0 articles stored, 0 were there, 1 item unreadable, 2 to be tried again")
	wantText(t, "log", errs, "level=WARN msg=polled", "later=2", "unreadable=1", "the server answered 503", "image/png, not a page")
	faults, _ := dragomanly(t, 0, "feeds", "faults", "--db", db, "--format", "jsonl")
	if strings.Count(faults, "\n") != 1 {
		t.Error(faults)
	}
	wantText(t, "faults", faults, `"feed":"`+s.URL+`/gallery"`, `"item":"p"`, `"title":"A dam"`, `"url":"`+s.URL+`/picture"`, "it is image/png, not a page with an article")
	s.Locked(func() { s.Failing = false; clear(s.Asked) })
	out, _ = dragomanly(t, 0, args...)
	wantText(t, "summary", out, "2 articles stored, 0 were there, 0 items unreadable, 0 to be tried again")
	if s.Asked["/picture"] != 0 || articles(t, db) != 2 {
		t.Error("a picture is fetched again", s.Asked)
	}
	if out, _ := dragomanly(t, 0, "feeds", "faults", "--retry", "--db", db); out != "1 item to be tried again\n" {
		t.Error(out)
	}
	dragomanly(t, 0, args...)
	if s.Asked["/picture"] != 1 {
		t.Error("a picture is not tried again although it was told to", s.Asked)
	}
}

// TestWatchMoved follows a feed that moves, and knows its old address.
func TestWatchMoved(t *testing.T) {
	s := sketch.NewSite(t, 2)
	at := s.Feed
	s.Mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) { at(w, r) })
	db := filepath.Join(t.TempDir(), "a.db")
	args := []string{"watch", "--db", db, "--allow-private", "--pause", "1ms", "--once", "--now", s.URL + "/old"}
	dragomanly(t, 0, args...)
	s.Locked(func() { s.Items = 3 })
	at = func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/feed", http.StatusMovedPermanently)
	}
	s.Pages()
	_, errs := dragomanly(t, 0, args...)
	wantText(t, "log", errs, "moved="+s.URL+"/feed")
	dragomanly(t, 0, args...)
	if got := s.Pages(); !slices.Equal(got, []string{"3×1"}) {
		t.Errorf("fetched %q", got)
	}
	list, _ := dragomanly(t, 0, "feeds", "--db", db, "--format", "csv")
	if strings.Count(list, "\n") != 2 {
		t.Error("the old address was taken for another feed")
	}
	wantText(t, "feeds", list, "\n"+s.URL+"/feed,")
}

// TestWatchBadFeeds wants bad feeds to leave a clear line, and no harm.
func TestWatchBadFeeds(t *testing.T) {
	s := sketch.NewSite(t, 3)
	item := func(id, date string, n int) string {
		return fmt.Sprintf(`<item><guid>%s</guid><title>T</title><link>%s/article/%d</link><pubDate>%s</pubDate></item>`, id, s.URL, n, date)
	}
	say := func(header, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if header != "" {
				w.Header().Set("Content-Encoding", header)
			}
			io.WriteString(w, text)
		}
	}
	chunk := strings.Repeat(" ", 1<<20)
	for path, h := range map[string]http.HandlerFunc{
		"/loop": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/loop?"+r.URL.RawQuery+"x", http.StatusFound)
		},
		"/huge": func(w http.ResponseWriter, _ *http.Request) {
			for range 1 << 10 { // 1 GB, as far as somebody reads it
				if _, err := io.WriteString(w, chunk); err != nil {
					return
				}
			}
		},
		"/broken": say("", `<rss><channel><item><title>a</tit`),
		"/bomb":   say("gzip", bomb(t)),
		"/dates":  say("", sketch.RSS("Dates", item("d1", "the day before yesterday", 11)+item("d2", "Tue, 04 Mar 2925 10:00:00 GMT", 12)+item("d3", "", 13))),
		"/ids":    say("", sketch.RSS("Ids", item("same", "", 21)+item("same", "", 22)+item("same", "", 21))),
		"/page":   say("", "<html><body>hello</body></html>"),
		"/list":   say("", `<opml version="2.0"><body><outline xmlUrl="`+s.URL+`/feed"/></body></opml>`),
	} {
		s.Mux.HandleFunc(path, h)
	}
	db := filepath.Join(t.TempDir(), "a.db")
	args := []string{"watch", "--db", db, "--allow-private", "--pause", "1ms", "--once", "--now"}
	for _, path := range []string{"loop", "huge", "broken", "bomb", "page", "list", "missing", "dates", "ids", "feed"} {
		args = append(args, s.URL+"/"+path)
	}
	out, errs := dragomanly(t, exitInput, args...)
	wantText(t, "summary", out, "10 polls, 7 failed: 8 articles stored, 0 were there, 0 items unreadable, 0 to be tried again")
	wantText(t, "errors", errs, "7 inputs could not be read")
	if n := strings.Count(errs, "level=WARN"); n != 7 {
		t.Errorf("%d warnings\n%s", n, errs)
	}
	if n := articles(t, db); n != 8 {
		t.Errorf("%d articles", n)
	}
	list, _ := dragomanly(t, 0, "feeds", "--db", db)
	for path, want := range map[string]string{
		"loop": "it redirects more than 5 times", "huge": "the server sent more than 16 MB", "broken": "it is not valid XML, line 1", "bomb": "what the server sent is more than 16 MB once decompressed",
		"page": "it is a web page, not a feed", "list": "it is an OPML list of feeds, not a feed", "missing": "the server answered 404 Not Found",
		"dates": "ok", "ids": "ok", "feed": "ok"} {
		line := lineWith(list, "/"+path+" ")
		if got := strings.TrimSpace(line[max(0, strings.LastIndex(line, "  ")):]); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", path, line, want)
		}
	}
	dragomanly(t, exitInput, append(args[:len(args)-10:len(args)-10], s.URL+"/page")...)
	list, _ = dragomanly(t, 0, "feeds", "--db", db)
	wantText(t, "feeds", lineWith(list, "/page "), "it is a web page, not a feed (2 times in a row)")

	private := filepath.Join(t.TempDir(), "b.db")
	dragomanly(t, exitInput, "watch", "--once", "--db", private, s.URL+"/feed")
	list, _ = dragomanly(t, 0, "feeds", "--db", private)
	wantText(t, "feeds", list, "is inside the private network; --allow-private fetches it all the same")
}

// bomb is 64 MB, packed.
func bomb(t *testing.T) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range 64 {
		z.Write(make([]byte, 1<<20))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func lineWith(text, part string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, part) {
			return line
		}
	}
	return ""
}

// begin runs the program as a process of its own.
func begin(t *testing.T, args ...string) (*exec.Cmd, *bytes.Buffer, *bytes.Buffer) {
	t.Helper()
	cmd := exec.Command("dragoman", args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			cmd.Process.Kill()
			cmd.Wait()
		}
	})
	return cmd, &out, &errs
}

func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within 30 s", what)
		}
	}
}

// storedNow returns a function that counts the articles of a database meanwhile.
func storedNow(t *testing.T, path string) func() int {
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return func() int {
		size, err := db.Size(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return int(size.Articles)
	}
}

// TestWatchKilled kills the program again and again, and wants every article
// once in the end.
func TestWatchKilled(t *testing.T) {
	const all = 24
	s := sketch.NewSite(t, all)
	s.Slow, s.Shifty = 10*time.Millisecond, true // who reads one twice stores it twice
	db := filepath.Join(t.TempDir(), "a.db")
	stored := storedNow(t, db)
	args := []string{"watch", "--db", db, "--allow-private", "--pause", "1ms", s.URL + "/feed"}
	for kill := range 4 {
		cmd, _, errs := begin(t, args...)
		before := stored()
		waitFor(t, "articles stored", func() bool { return stored() >= before+3 })
		time.Sleep(time.Duration(kill) * 7 * time.Millisecond) // another moment each time
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Fatalf("it was not killed: %s", errs)
		}
		if n := stored(); n >= all {
			t.Fatalf("all %d were stored before kill %d", n, kill)
		}
	}
	dragomanly(t, 0, append([]string{"watch", "--once", "--now"}, args[1:]...)...)
	if n := articles(t, db); n != all {
		t.Errorf("%d articles, want %d", n, all)
	}
	list, _ := dragomanly(t, 0, "feeds", "--db", db, "--format", "csv")
	wantText(t, "feeds", list, fmt.Sprintf(",%d,0,0,,ok\n", all))
	// What was stored was not fetched again: at most the one that was under way.
	fetched := 0
	for _, page := range s.Pages() {
		_, times, _ := strings.Cut(page, "×")
		n, _ := strconv.Atoi(times)
		fetched += n
	}
	if fetched > all+4 {
		t.Errorf("%d articles fetched for %d", fetched, all)
	}
}

// TestWatchInterrupted wants Ctrl-C to end it at once, whatever is under way.
func TestWatchInterrupted(t *testing.T) {
	s, other := sketch.NewSite(t, 3), sketch.NewSite(t, 0)
	db := filepath.Join(t.TempDir(), "a.db")
	stored := storedNow(t, db)
	other.Mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	cmd, out, errs := begin(t, "watch", "--db", db, "--allow-private", "--pause", "1ms", s.URL+"/feed", other.URL+"/silent")
	waitFor(t, "articles stored, and a silent feed", func() bool {
		silent := 0
		other.Locked(func() { silent = other.Asked["/silent"] })
		return stored() == 3 && silent > 0
	})
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	err := cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted || exit.Sys().(syscall.WaitStatus).Signaled() {
		t.Errorf("ended with %v\n%s%s", err, out, errs)
	}
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("it took %s", took)
	}
	wantText(t, "summary", out.String(), "2 polls, 0 failed: 3 articles stored")
	wantText(t, "errors", errs.String(), "dragoman: interrupted")
	if n := articles(t, db); n != 3 {
		t.Errorf("%d articles", n)
	}
}

// TestWatchAlerts holds the alerts against what a poll brought.
func TestWatchAlerts(t *testing.T) {
	s := sketch.NewSite(t, 1)
	folder := t.TempDir()
	db, told := filepath.Join(folder, "a.db"), filepath.Join(folder, "raids.atom")
	dragomanly(t, 0, "alert", "add", "raids", "--type", "ASSAULT", "--feed", told, "--db", db)
	dragomanly(t, 0, "watch", "--once", "--db", db, "--allow-private", "--pause", "1ms", s.URL+"/feed")
	b, err := os.ReadFile(told)
	if err != nil {
		t.Fatal(err)
	}
	wantText(t, "alert", string(b), "<entry>", s.URL+"/article/1")
}
