package article

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"dragoman"
)

func TestTitle(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Envoy leaves\n\nHe left on Sunday.", "Envoy leaves"},
		{"Envoy leaves\r\n\r\nHe left on Sunday.\r\n", "Envoy leaves"},
		{"Envoy leaves \n \t\nHe left.", "Envoy leaves"},
		{"Envoy leaves\nHe left.", ""},
		{"Envoy leaves", ""},
		{"Envoy leaves\n\n", ""},
		{"Envoy leaves\n\n \n", ""},
		{"\n\nHe left.", ""},
		{strings.Repeat("long ", 100) + "\n\nHe left.", ""},
	} {
		a, err := Parse("a.txt", []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if a.Title != c.want || a.Text != c.text {
			t.Errorf("%q: title %q, want %q; text %q", c.text, a.Title, c.want, a.Text)
		}
	}
}

func encoded(t *testing.T, encoding, text string) []byte {
	e, _ := charset.Lookup(encoding)
	b, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEncodings(t *testing.T) {
	const text = "Émile went to Kābul — “today”."
	for _, c := range []struct {
		name  string
		bytes []byte
		fault string
	}{
		{"UTF-8", []byte(text), ""},
		{"UTF-8 with a mark", []byte("\ufeff" + text), ""},
		{"UTF-16 little", encoded(t, "utf-16le", "\ufeff"+text), ""},
		{"UTF-16 big", encoded(t, "utf-16be", "\ufeff"+text), ""},
		{"UTF-16 without a mark", encoded(t, "utf-16le", text), "it is not text: byte 1 is zero"},
		{"windows-1252", []byte("\xc9mile went."), "it is not UTF-8: byte 0 is 0xc9"},
		{"empty", nil, "there is no text in it"},
		{"only a mark", []byte("\ufeff\n"), "there is no text in it"},
		{"an image", []byte("\x89PNG\r\n\x1a\n\x00\x00"), "it is not text"},
	} {
		a, err := Parse("a.txt", c.bytes)
		switch {
		case c.fault == "" && (err != nil || a.Text != text):
			t.Errorf("%s: %q %v", c.name, a.Text, err)
		case c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
			t.Errorf("%s: %v, want %q", c.name, err, c.fault)
		}
	}
}

func TestCut(t *testing.T) {
	paragraph := strings.Repeat("Ten thousand people waited for the é train. ", 20) + "\n\n"
	for _, c := range []struct{ text, end string }{
		{strings.Repeat(paragraph, MaxText/len(paragraph)+2), "train. "},
		{strings.Repeat("é", MaxText/2+10), "é"},
		{"a" + strings.Repeat("é", MaxText/2+10), "é"},
	} {
		a, err := Parse("a.txt", []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Text) > MaxText || len(a.Text) < MaxText-len(paragraph)-2 || !utf8.ValidString(a.Text) || !strings.HasSuffix(a.Text, c.end) {
			t.Errorf("cut at %d of %d, %q", len(a.Text), len(c.text), a.Text[len(a.Text)-20:])
		}
		if len(a.Notes) != 1 || a.Notes[0].Code != "cut" {
			t.Errorf("notes %v", a.Notes)
		}
	}
	a, err := Parse("a.txt", []byte("Short."))
	if err != nil || len(a.Notes) != 0 {
		t.Errorf("%v %v", a.Notes, err)
	}
}

// page is a page with much around its article.
const page = `<!DOCTYPE html><html lang="en"><head><title>Harbour opens again | Coast Post</title>
<meta property="og:title" content="Harbour opens again"><meta property="og:site_name" content="Coast Post">
<link rel="canonical" href="https://coast.example/2025/03/04/harbour">
%s</head><body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav></header>
<article><h1>Harbour opens again</h1>
<p>The harbour of the old town opened again on Monday after a strike of the pilots that had lasted for two weeks, the port said.</p>
<p>Ships with grain had waited <b>outside</b> the bay, some of them since the middle of the month, and the first of them came in at noon.</p>
<blockquote>“We are glad that it is over,” said the harbour master, who had led the talks with the pilots, their guild and the town.</blockquote>
<p>The pilots had asked for shorter nights and for a second boat, and they got the boat.<br>The nights stay as they were.</p>
</article><aside><h2>Most read</h2><ul><li><a href="/1">Ten soups for the winter</a></li></ul></aside>
<footer>All rights reserved</footer><script>var x = "no text"</script></body></html>`

func TestHTML(t *testing.T) {
	a, err := Parse("page.html", fmt.Appendf(nil, page, `<meta property="article:published_time" content="2025-03-05T23:30:00+05:00">`))
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != "Harbour opens again" || a.Outlet != "Coast Post" || a.URL != "https://coast.example/2025/03/04/harbour" || a.Published.String() != "2025-03-05" {
		t.Errorf("title %q, outlet %q, address %q, published %s", a.Title, a.Outlet, a.URL, a.Published)
	}
	paragraphs := strings.Split(a.Text, "\n\n")
	for i, want := range []string{"Harbour opens again", "The harbour of", "Ships with grain had waited outside the bay,", "“We are glad", "The pilots had asked", "The nights stay"} {
		if i >= len(paragraphs) || !strings.HasPrefix(paragraphs[i], want) {
			t.Fatalf("paragraph %d does not begin with %q:\n%s", i, want, a.Text)
		}
	}
	for _, not := range []string{"Home", "soups", "rights", "no text"} {
		if strings.Contains(a.Text, not) {
			t.Errorf("%q is not of the article:\n%s", not, a.Text)
		}
	}
}

func TestHTMLDate(t *testing.T) {
	for _, c := range []struct{ head, want string }{
		{"", "2025-03-04"}, // of its address
		{`<meta name="DC.date.issued" content="2025-03-06">`, "2025-03-06"},
		{`<meta itemprop="datePublished" content="2025/03/07 10:00">`, "2025-03-07"},
		{`<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Harbour opens again","datePublished":"2025-03-08T10:00:00Z"}</script>`, "2025-03-08"},
		{`<meta name="date" content="soon">`, "2025-03-04"},
	} {
		a, err := Parse("page.html", fmt.Appendf(nil, page, c.head))
		if err != nil || a.Published.String() != c.want {
			t.Errorf("%s: %s %v, want %s", c.head, a.Published, err, c.want)
		}
	}
	body := strings.Replace(strings.Replace(page, "/2025/03/04/", "/", 1), "<article>", `<time datetime="2020-01-01">old</time><article><time datetime="2025-03-09T01:00Z">9 March</time>`, 1)
	a, err := Parse("page.html", fmt.Appendf(nil, body, ""))
	if err != nil || a.Published.String() != "2025-03-09" {
		t.Errorf("a time inside the article: %s %v", a.Published, err)
	}
}

func TestHTMLEncoding(t *testing.T) {
	text := fmt.Sprintf(page, `<meta charset="windows-1252">`)
	a, err := Parse("page", encoded(t, "windows-1252", text))
	if err != nil || !strings.Contains(a.Text, "“We are glad") {
		t.Errorf("declared in the page: %v\n%s", err, a.Text)
	}
	a, err = parse("page", "text/html; charset=windows-1252", encoded(t, "windows-1252", fmt.Sprintf(page, "")))
	if err != nil || !strings.Contains(a.Text, "“We are glad") {
		t.Errorf("declared by the server: %v\n%s", err, a.Text)
	}
	a, err = parse("text", "text/plain; charset=windows-1252", encoded(t, "windows-1252", "Émile left."))
	if err != nil || a.Text != "Émile left." {
		t.Errorf("text: %v %q", err, a.Text)
	}
}

func TestHTMLFaults(t *testing.T) {
	for _, c := range []struct{ name, page, fault string }{
		{"deep", "<html><body>" + strings.Repeat("<div>", 450) + "so", "nested more than"},
		{"deeper", "<html><body>" + strings.Repeat("<div>", 5000) + "so", "it is not HTML"},
		{"empty", "<html></html>", "no article was found"},
		{"only a picture", "<html><body><img src=x></body></html>", "no article was found"},
		{"huge", "<html><body><p>" + strings.Repeat("so ", maxInput/3), "hardly one article"},
		{"zero bytes", "<html><body><p>a\x00b", "zero bytes"},
	} {
		if _, err := Parse(c.name, []byte(c.page)); err == nil || !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%s: %v, want %q", c.name, err, c.fault)
		}
	}
}

// all reads a stream to its end.
func all(t *testing.T, s Stream) (articles []dragoman.Article, faults []string) {
	t.Helper()
	defer s.Close()
	for {
		a, err := s.Next()
		var fault *Fault
		switch {
		case err == io.EOF:
			return articles, faults
		case errors.As(err, &fault):
			faults = append(faults, err.Error())
		case err != nil:
			t.Fatal(err)
		default:
			articles = append(articles, a)
		}
	}
}

func stream(t *testing.T, name, text string) ([]dragoman.Article, []string) {
	t.Helper()
	s, err := New(name, io.NopCloser(strings.NewReader(text)))
	if err != nil {
		t.Fatal(err)
	}
	return all(t, s)
}

func TestLines(t *testing.T) {
	articles, faults := stream(t, "n.jsonl", "\ufeff"+`{"id":7,"title":"Rain","text":"It rained.","published":"2025-03-04T08:00:00+03:00","url":"u","outlet":"o","language":"en-GB"}

{"id":"seven","title":"It rained","text":"It rained\n\nAll day.","published":null}
{"id":12345678901234567890,"title":"Rain","text":"Rainy days came."}
not json
{"text":"  "}
{"text":"So.","published":"March"}
{"text":"So.","id":[1]}
{"text":"So.","id":null}
{"text":"\ud800 lone"}`)
	want := []struct{ id, title, text, published string }{
		{"7", "Rain", "Rain\n\nIt rained.", "2025-03-04"},
		{"seven", "It rained", "It rained\n\nAll day.", ""},
		{"12345678901234567890", "Rain", "Rain\n\nRainy days came.", ""},
		{"", "", "So.", ""},
		{"", "", "\ufffd lone", ""},
	}
	if len(articles) != len(want) {
		t.Fatalf("%d articles, want %d: %v %v", len(articles), len(want), articles, faults)
	}
	for i, w := range want {
		a := articles[i]
		if w.id != "" && a.ID != w.id || a.ID == "" || a.Title != w.title || a.Text != w.text || a.Published.String() != w.published {
			t.Errorf("%d: %+v, want %+v", i, a, w)
		}
	}
	if a := articles[0]; a.URL != "u" || a.Outlet != "o" || a.Language != "en" {
		t.Errorf("%+v", a)
	}
	lines := []string{"n.jsonl:5: it is not a JSON object", `n.jsonl:6: it has no "text"`, "n.jsonl:7: published:", "n.jsonl:8: id: [1] is neither"}
	if len(faults) != len(lines) {
		t.Fatalf("faults %v", faults)
	}
	for i, w := range lines {
		if !strings.HasPrefix(faults[i], w) {
			t.Errorf("fault %q, want %q", faults[i], w)
		}
	}
}

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		name, text string
		articles   int
		faults     int
	}{
		{"standard input", `{"text":"One."}` + "\n" + `{"text":"Two."}`, 2, 0},
		{"standard input", "{braces} open a text that is no JSON.", 1, 0},
		{"a.txt", `{"text":"One."}`, 1, 0},
		{"a.json", "{\n \"title\": \"One\",\n \"text\": \"Two.\"\n}\n", 1, 0},
		{"a.json", `[{"text":"One."}, {"no":"text"}, {"text":"Two."}]`, 2, 1},
		{"a.json", "{\n \"title\": \n", 0, 1},
		{"a.jsonl", "", 0, 0},
		{"a", "  <!DOCTYPE html>" + fmt.Sprintf(page, ""), 1, 0},
	} {
		articles, faults := stream(t, c.name, c.text)
		if len(articles) != c.articles || len(faults) != c.faults {
			t.Errorf("%s %q: %d articles, %d faults: %v", c.name, c.text, len(articles), len(faults), faults)
		}
	}
}

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"Short.": "",
		"The council of the town met on Monday to speak about the bridge, which has been closed since the flood, and about who should pay for it.":         "en",
		"Der Rat der Stadt hat sich am Montag getroffen, um über die Brücke zu sprechen, die seit der Flut geschlossen ist, und darüber, wer sie bezahlt.": "de",
		"Городской совет собрался в понедельник, чтобы поговорить о мосте, который закрыт после наводнения, и о том, кто должен за него заплатить.":        "ru",
	} {
		if got := language(text); got != want {
			t.Errorf("%q for %s, want %q", got, text, want)
		}
	}
}

func TestOpenFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.txt")
	if err := os.WriteFile(path, []byte("It rained."), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a, _ := all(t, s); len(a) != 1 || a[0].Text != "It rained." {
		t.Errorf("%v", a)
	}
	if _, err := Open(t.Context(), filepath.Join(dir, "b.txt"), Options{}); err == nil || !strings.Contains(err.Error(), "there is no such file") {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestFetch(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/page":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, page, "")
		case "/moved":
			http.Redirect(w, r, "/page", http.StatusFound)
		case "/slow":
			w.Write([]byte("It rained")) //nolint:errcheck // the client tells
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		case "/endless":
			w.Header().Set("Content-Type", "text/plain")
			line := []byte(strings.Repeat("It rained and rained. ", 1000) + "\n\n")
			for {
				if _, err := w.Write(line); err != nil {
					return
				}
			}
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	fetched := func(ctx context.Context, path string, private bool) ([]dragoman.Article, error) {
		f := fetcher(t, FetchOptions{AllowPrivate: private})
		s, err := Open(ctx, server.URL+path, Options{Fetcher: f})
		if err != nil {
			return nil, err
		}
		a, faults := all(t, s)
		if len(faults) > 0 {
			return a, errors.New(faults[0])
		}
		return a, nil
	}

	if _, err := fetched(t.Context(), "/page", false); err == nil || !strings.Contains(err.Error(), "--allow-private") {
		t.Errorf("an address inside the network: %v", err)
	}
	for _, path := range []string{"/page", "/moved"} {
		a, err := fetched(t.Context(), path, true)
		if err != nil || len(a) != 1 || a[0].Title != "Harbour opens again" || a[0].URL != server.URL+path {
			t.Errorf("%s: %v %v", path, a, err)
		}
	}
	if _, err := fetched(t.Context(), "/gone", true); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("gone: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := fetched(ctx, "/slow", true); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("slow: %v", err)
	}
	if _, err := fetched(t.Context(), "/endless", true); err == nil || !strings.Contains(err.Error(), "the server sent more than 16 MB") {
		t.Errorf("endless: %v", err)
	}
}

func TestPublic(t *testing.T) {
	for _, inside := range []string{"10.1.2.3", "127.0.0.1", "192.168.0.1", "172.16.9.9", "169.254.169.254", "100.64.1.1", "0.0.0.0", "0.1.2.3",
		"224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"} {
		if public(netip.MustParseAddr(inside)) {
			t.Errorf("%s is inside", inside)
		}
	}
	for _, outside := range []string{"9.9.9.9", "2606:4700::1111", "::ffff:9.9.9.9"} {
		if !public(netip.MustParseAddr(outside)) {
			t.Errorf("%s is outside", outside)
		}
	}
}

// sound tells what must hold of every article, whatever the bytes.
func sound(t *testing.T, a dragoman.Article) {
	t.Helper()
	if !utf8.ValidString(a.Text) || !utf8.ValidString(a.Title) || len(a.Text) > MaxText || strings.TrimSpace(a.Text) == "" || a.ID == "" {
		t.Errorf("%+q", a)
	}
	first, _, _ := strings.Cut(strings.TrimLeft(a.Text, "\r\n"), "\n")
	if a.Title != "" && squeeze(first) != squeeze(a.Title) {
		t.Errorf("the title %q is not the first line of %q", a.Title, a.Text)
	}
}

// drain reads a stream whose every article must be sound, and which must end
// after so many.
func drain(t *testing.T, s Stream, most int) {
	t.Helper()
	for n := 0; n <= most; n++ {
		a, err := s.Next()
		var fault *Fault
		switch {
		case err == nil:
			sound(t, a)
		case !errors.As(err, &fault):
			return
		}
	}
	t.Fatal("the stream does not end")
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "Rain\n\nIt rained.", "\ufeffRain", "\xff\xfeR\x00", "\xfe\xff\x00R", "<html><p>It rained.", fmt.Sprintf(page, ""),
		"<html><table><tr><td>a<td>b<svg><p></table>", "<?xml version='1.0'?><a>", "<html><meta charset=utf-7>+ADw-", strings.Repeat("<i>", 500), "{\"text\":1}"} {
		f.Add("", []byte(s))
		f.Add("text/html; charset=utf-16", []byte(s))
	}
	f.Fuzz(func(t *testing.T, contentType string, b []byte) {
		if a, err := parse("page", contentType, b); err == nil {
			sound(t, a)
		}
	})
}

func FuzzLines(f *testing.F) {
	for _, s := range []string{"", "{}", `{"text":"a"}`, "{\"text\":\"a\\u0000\"}\n\n{\"id\":1e9,\"text\":\"b\",\"title\":\"c\\nd\"}", `[{"text":"a"}]`, "{\n", `{"text":"\ud800"}`} {
		f.Add("a.jsonl", s)
		f.Add("a.json", s)
	}
	f.Fuzz(func(t *testing.T, name, s string) {
		in, err := New(name, io.NopCloser(strings.NewReader(s)))
		if err != nil {
			return
		}
		defer in.Close()
		drain(t, in, len(s)+1)
	})
}
