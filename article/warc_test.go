package article

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// record writes one record.
func record(kind, uri, contentType, content string, more ...string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2025-05-06T07:08:09Z\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, uri, contentType, strings.Join(more, ""), len(content), content)
}

func answered(uri, status, header, body string) string {
	return record("response", uri, "application/http; msgtype=response", "HTTP/1.1 "+status+"\r\n"+header+"\r\n"+body)
}

func rain(n int) string {
	return answered(fmt.Sprintf("https://rain.example/%d", n), "200 OK", "Content-Type: text/plain\r\n", fmt.Sprintf("Rain %d\n\nIt rained for %d days.", n, n))
}

func chunked(s string) string { return fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(s), s) }

func TestWARC(t *testing.T) {
	text := "Rain\n\nIt rained."
	records := []string{
		record("warcinfo", "", "application/warc-fields", "software: test\r\n"),
		record("request", "https://a.example/", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"),
		answered("https://coast.example/harbour", "200 OK", "Content-Type: text/html; charset=utf-8\r\n", fmt.Sprintf(page, "")),
		answered("<https://a.example/1>", "200 OK", "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n", chunked(text)),
		answered("https://a.example/2", "200 OK", "Content-Type: text/plain\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunked(string(zipped(t, []byte(text))))),
		answered("https://a.example/3", "200 OK", "Content-Type: text/plain\r\nContent-Encoding: deflate\r\n", string(zlibbed([]byte(text)))),
		// What the header says was undone already by who wrote the archive.
		answered("https://a.example/4", "200 OK", "Content-Type: text/plain\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n", text),
		strings.Replace(answered("https://a.example/5", "200 OK", "Content-Type: text/plain\r\n", text+"  "), "HTTP/1.1 ", "HTTP/2 ", 1), // two bytes shorter
		answered("https://a.example/image", "200 OK", "Content-Type: image/png\r\n", "\x89PNG\r\n\x1a\n"),
		answered("https://a.example/moved", "301 Moved", "Location: /\r\nContent-Type: text/html\r\n", "moved"),
		answered("https://a.example/gone", "404 Not Found", "Content-Type: text/html\r\n", "gone"),
		record("resource", "https://a.example/6", "text/plain", text),
		record("resource", "https://a.example/font", "font/woff", "\x00\x01"),
		strings.Replace(record("response", "https://a.example/7", "application/http;msgtype=response", "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n"+text, "WARC-Truncated: length\r\nX-Folded: a\r\n b\r\n"), "WARC/1.0", "WARC/1.1", 1),
		record("metadata", "https://a.example/7", "application/warc-fields", "a: b\r\n"),
	}
	records[7] = strings.Replace(records[7], text+"  ", text+"    ", 1)
	var plain, members bytes.Buffer
	for _, r := range records {
		plain.WriteString(r)
		members.Write(zipped(t, []byte(r)))
	}
	z, _ := zstd.NewWriter(nil)
	defer z.Close()
	for name, b := range map[string][]byte{"a.warc": plain.Bytes(), "a.warc.gz": members.Bytes(), "whole": zipped(t, plain.Bytes()), "a.warc.zst": z.EncodeAll(plain.Bytes(), nil)} {
		articles, faults := stream(t, name, string(b))
		if len(articles) != 8 || len(faults) != 0 {
			t.Fatalf("%s: %d articles, %q", name, len(articles), faults)
		}
		a := articles[0]
		if a.URL != "https://coast.example/harbour" || a.Title != "Harbour opens again" || a.Published.String() != "" && a.Published.String() == "2025-05-06" {
			t.Errorf("%s: %+v", name, a)
		}
		for i, a := range articles[1:] {
			sound(t, a)
			if strings.TrimSpace(a.Text) != text || a.Published.String() != "" {
				t.Errorf("%s: %d: %+v", name, i+1, a)
			}
			if a.URL != "" && a.URL != fmt.Sprintf("https://a.example/%d", i+1) {
				t.Errorf("%s: %d: %s", name, i+1, a.URL)
			}
		}
		if n := articles[7].Notes; len(n) != 1 || n[0].Code != "cut" {
			t.Errorf("%s: %v", name, n)
		}
	}
}

// TestWARCFaults breaks the second of three records.
func TestWARCFaults(t *testing.T) {
	second := rain(2)
	length := strings.Index(second, "Content-Length: ") + len("Content-Length: ")
	end := length + strings.IndexByte(second[length:], '\r')
	of := func(n string) string { return second[:length] + n + second[end:] }
	for _, c := range []struct{ name, second, want, fault string }{
		{"whole", second, "1 2 3", ""},
		{"no length", strings.Replace(second, "Content-Length", "Length", 1), "1 3", "it has no Content-Length"},
		{"negative", of("-5"), "1 3", `its Content-Length is "-5"`},
		{"no number", of("many"), "1 3", `its Content-Length is "many"`},
		{"too short", of("10"), "1 3", "not HTTP"},
		{"too long", of("100000000000000"), "1 2", "the record breaks off"},
		{"version", strings.Replace(second, "WARC/1.0", "WARC/9.0", 1), "1 3", `the version "WARC/9.0" is not read`},
		{"garbage", "so it goes\r\nand goes\r\n", "1 3", `not with "so it goes"`},
		{"no colon", strings.Replace(second, "WARC-Date: 2025-05-06T07:08:09Z", "WARC-Date", 1), "1 3", "a line without a colon"},
		{"head cut", second[:31], "1 3", "its head breaks off"},
		{"long line", strings.Replace(second, "WARC-Date:", "WARC-Date:"+strings.Repeat("x", 2*maxField), 1), "1 3", "a line of more than"},
		{"long head", strings.Replace(second, "WARC-Date:", strings.Repeat("X: "+strings.Repeat("x", 1000)+"\r\n", 300)+"WARC-Date:", 1), "1 3", "its head has more than"},
		{"no HTTP", record("response", "https://rain.example/2", "application/http", "It rained."), "1 3", "(https://rain.example/2): the answer in it is not HTTP"},
		{"huge", answered("https://rain.example/2", "200 OK", "Content-Type: text/plain\r\n", strings.Repeat("rain ", maxInput/4)), "1 3", "the page has more than 16 MB"},
		{"bomb", answered("https://rain.example/2", "200 OK", "Content-Type: text/plain\r\nContent-Encoding: gzip\r\n", string(zipped(t, make([]byte, maxInput+1)))), "1 3", "the page has more than 16 MB"},
		{"brotli", answered("https://rain.example/2", "200 OK", "Content-Type: text/plain\r\nContent-Encoding: br\r\n", "\x00\x01"), "1 3", `compressed as "br"`},
		{"binary", answered("https://rain.example/2", "200 OK", "Content-Type: text/plain\r\n", "a\x00b"), "1 3", "it is not text"},
	} {
		for _, packed := range []bool{false, true} {
			var b bytes.Buffer
			at := 0
			for i, r := range []string{rain(1), c.second, rain(3)} {
				if i == 1 {
					at = b.Len()
				}
				if packed {
					b.Write(zipped(t, []byte(r)))
				} else {
					b.WriteString(r)
				}
			}
			articles, faults := stream(t, "a.warc", b.String())
			var got []string
			for _, a := range articles {
				got = append(got, strings.TrimPrefix(a.Title, "Rain "))
			}
			want := c.want
			if c.name == "too long" {
				got = got[:min(len(got), 1)] // the third is taken for a part of it
				want = "1"
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s, packed %v: %q, want %q; %q", c.name, packed, got, c.want, faults)
			}
			if c.fault != "" && (len(faults) == 0 || !strings.Contains(faults[0], c.fault) || !strings.Contains(faults[0], fmt.Sprintf("a.warc: record 2 at byte %d", at))) {
				t.Errorf("%s, packed %v: %.200q, want %q at %d", c.name, packed, faults, c.fault, at)
			}
			if c.fault == "" && len(faults) > 0 || len(faults) > 3 {
				t.Errorf("%s, packed %v: %q", c.name, packed, faults)
			}
		}
	}
}

// TestWARCDamage overwrites every byte of the second of three members, and
// cuts the archive everywhere.
func TestWARCDamage(t *testing.T) {
	one, two, three := zipped(t, []byte(rain(1))), zipped(t, []byte(rain(2))), zipped(t, []byte(rain(3)))
	whole := bytes.Join([][]byte{one, two, three}, nil)
	for i := range len(two) {
		b := bytes.Clone(whole)
		b[len(one)+i] ^= 0x5a
		articles, faults := stream(t, "a.warc.gz", string(b))
		n := len(articles)
		if n < 2 || articles[0].Title != "Rain 1" || articles[n-1].Title != "Rain 3" || n == 2 && len(faults) == 0 || len(faults) > 3 {
			t.Errorf("byte %d: %d articles, %q", i, n, faults)
		}
	}
	for i := range len(whole) {
		s, err := New("a.warc.gz", io.NopCloser(bytes.NewReader(whole[:i])))
		if err != nil && i < len(one) {
			continue // nothing tells that it is an archive
		}
		articles, faults := all(t, s)
		if i > len(one) && (len(articles) == 0 || articles[0].Title != "Rain 1") || len(articles) > 2 && i < len(whole)-16 || len(faults) > 2 {
			t.Errorf("cut at %d: %d articles, %q", i, len(articles), faults)
		}
	}
}

// TestWARCCut wants no page of which only a part is there.
func TestWARCCut(t *testing.T) {
	whole := rain(1) + rain(2)
	for i := len(rain(1)); i < len(whole); i++ {
		articles, faults := stream(t, "a.warc", whole[:i])
		missing := len(whole) - 4 - i // of the record itself
		if missing > 0 && (len(articles) != 1 || len(faults) == 0 && i > len(rain(1))) || missing <= 0 && (len(articles) != 2 || len(faults) > 0) || len(faults) > 1 {
			t.Errorf("%d bytes missing: %d articles, %q", missing, len(articles), faults)
		}
	}
}

// TestWARCEndless holds one record of an archive that does not end.
func TestWARCEndless(t *testing.T) {
	s, err := New("endless.warc", io.NopCloser(&repeating{[]byte(rain(1)), 0}))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 1000 {
		if a, err := s.Next(); err != nil || a.Title != "Rain 1" {
			t.Fatal(a, err)
		}
	}
	// One endless line after a broken record.
	s, err = New("line.warc", io.NopCloser(io.MultiReader(strings.NewReader("WARC/1.0\r\nbroken\r\n"), io.LimitReader(&repeating{bytes.Repeat([]byte("x"), 1<<16), 0}, 64<<20))))
	if err != nil {
		t.Fatal(err)
	}
	if _, faults := all(t, s); len(faults) != 1 {
		t.Errorf("%q", faults)
	}
}

type repeating struct {
	text []byte
	at   int
}

func (r *repeating) Read(b []byte) (int, error) {
	n := copy(b, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	return n, nil
}

func FuzzWARC(f *testing.F) {
	for _, s := range []string{rain(1) + rain(2), record("resource", "a", "text/html", fmt.Sprintf(page, "")), "WARC/1.0\r\n\r\n", "WARC/1.1\r\nContent-Length: 5\r\n\r\nabc",
		answered("a", "200 OK", "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked(string(zipped(f, []byte("so")))))} {
		f.Add([]byte(s))
		f.Add(append(zipped(f, []byte(s)), zipped(f, []byte(rain(3)))...))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := New("a.warc", io.NopCloser(bytes.NewReader(b)))
		if err != nil {
			return
		}
		defer s.Close()
		drain(t, s, 2*len(b)+1<<16)
	})
}
