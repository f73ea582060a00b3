package article

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write(t, at("b/two.txt"), []byte("Two\n\nIt rained."))
	write(t, at("b/.hidden.txt"), []byte("Hidden\n\nIt rained."))
	write(t, at(".git/config"), []byte("Hidden\n\nIt rained."))
	write(t, at("a.jsonl.gz"), zipped(t, []byte(`{"title":"One","text":"It rained."}`+"\nbroken\n")))
	write(t, at("c/photo.jpg"), []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"))
	write(t, at("c/paper"), []byte("%PDF-1.7\n%\xe2\xe3"))
	write(t, at("c/broken.gz"), zipped(t, bytes.Repeat([]byte("It rained. "), 1000))[:30])
	write(t, at("d.warc"), []byte(rain(3)))
	write(t, at("e.txt"), []byte("Four\n\nIt rained."))
	for name, to := range map[string]string{"z-circle": ".", "z-nowhere": "nothing", "z-file": "e.txt"} {
		if err := os.Symlink(to, at(name)); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	articles, faults := all(t, s)
	var titles []string
	for _, a := range articles {
		titles = append(titles, a.Title)
	}
	if want := []string{"One", "Two", "Rain 3", "Four", "Four"}; !slices.Equal(titles, want) {
		t.Errorf("%q, want %q", titles, want)
	}
	for i, want := range []string{"a.jsonl.gz:2: it is not a JSON object", "c/broken.gz: the gzip data breaks off", "c/paper: it is not text but application/pdf",
		"c/photo.jpg: it is not text but image/jpeg", "z-nowhere: it is a link to nowhere"} {
		if i >= len(faults) || !strings.HasPrefix(faults[i], at(want)) {
			t.Errorf("fault %d does not begin with %q: %q", i, want, faults)
		}
	}
	if len(faults) != 5 {
		t.Errorf("%q", faults)
	}

	empty := t.TempDir()
	if s, err = Open(t.Context(), empty, Options{}); err != nil {
		t.Fatal(err)
	}
	if articles, faults := all(t, s); len(articles) != 0 || len(faults) != 1 || faults[0] != empty+": there is no file in the folder" {
		t.Errorf("%v %q", articles, faults)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if s, err = Open(ctx, dir, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	cancel()
	if _, err := s.Next(); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

func TestCompressed(t *testing.T) {
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for name, text := range map[string]string{"a.txt": "Rain\n\nIt rained.", "a.html": fmt.Sprintf(page, ""), "a.jsonl": `{"title":"Rain","text":"It rained."}`,
		"a.json": "[{\"title\":\"Rain\",\n\"text\":\"It rained.\"}]", "a.xml": rssFeed("<item><title>Rain</title><description>" + long + "</description></item>"), "-": "Rain\n\nIt rained."} {
		for _, packed := range []struct {
			suffix string
			b      []byte
		}{{".gz", zipped(t, []byte(text))}, {".zst", z.EncodeAll([]byte(text), nil)}, {"", zipped(t, []byte(text))}, {".gz", []byte(text)},
			{".gz", slices.Concat(zipped(t, []byte(text[:9])), zipped(t, []byte(text[9:])))}} {
			a, faults := stream(t, name+packed.suffix, string(packed.b))
			if len(a) != 1 || len(faults) != 0 || a[0].Title != "Rain" && a[0].Title != "Harbour opens again" {
				t.Errorf("%s%s: %d articles, %q", name, packed.suffix, len(a), faults)
			}
		}
	}
	damaged := zipped(t, []byte(long))
	damaged[len(damaged)-8] ^= 1 // of the checksum
	for name, b := range map[string][]byte{
		"the gzip data breaks off": zipped(t, []byte(long))[:40], "the zstd data": z.EncodeAll([]byte(long), nil)[:20], "it begins like gzip, but is not": {0x1f, 0x8b, 8, 0xff},
		"the gzip data is damaged": damaged} {
		_, err := New("a", io.NopCloser(bytes.NewReader(b)))
		if err == nil || !strings.HasPrefix(err.Error(), "a: "+name) {
			t.Errorf("%v, want %q", err, name)
		}
	}
}

// TestBombs unpacks to what would not fit, and must not hold it.
func TestBombs(t *testing.T) {
	zeros := bytes.Repeat(zipped(t, make([]byte, 1<<20)), 256)
	spaces := bytes.Repeat(zipped(t, bytes.Repeat([]byte(" "), 1<<20)), 256)
	for name, c := range map[string]struct {
		b     []byte
		fault string
	}{
		"a.txt":   {zeros, "it is not text"},
		"a":       {spaces, "there is no text"},
		"a.html":  {spaces, "it is hardly one article"},
		"a.jsonl": {slices.Concat(spaces, zipped(t, []byte("\n{\"text\":\"It rained.\"}"))), "a.jsonl:1: the line is longer than 16777216 bytes"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		articles, faults := stream(t, name, string(c.b))
		runtime.ReadMemStats(&after)
		if len(faults) != 1 || !strings.Contains(faults[0], c.fault) || strings.HasSuffix(name, "l") && name != "a.html" && len(articles) != 1 {
			t.Errorf("%s: %d articles, %q", name, len(articles), faults)
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > 200<<20 {
			t.Errorf("%s: %d MB were held at some time", name, n>>20)
		}
	}
}

func BenchmarkLines(b *testing.B) {
	var text bytes.Buffer
	for i := range 2000 {
		fmt.Fprintf(&text, `{"id":%d,"title":"Ferry %d","text":"%s"}`+"\n", i, i, strings.Repeat(long, 5))
	}
	packed := zipped(b, text.Bytes())
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		s, err := New("a.jsonl.gz", io.NopCloser(bytes.NewReader(packed)))
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			_, err = s.Next()
		}
		if err != io.EOF {
			b.Fatal(err)
		}
	}
}
