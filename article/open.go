package article

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"
	"time"
)

// Options say how inputs are opened.
type Options struct {
	Stdin        io.Reader
	AllowPrivate bool             // fetch from addresses inside the private network too
	Fetcher      *Fetcher         // who fetches, so that the pauses between requests hold for all inputs; nil: one for this input, by AllowPrivate
	Consumed     func(bytes int)  // told of what is read from files, packed as it lies there; nil: nobody is
	Now          func() time.Time // the clock, by which days in the future are told; nil: that of the machine
}

// Open opens one input: a path to a file or folder, "-" for standard input, or
// an http or https address, which is fetched. What a file is, is told by its
// content first: plain text, HTML, JSON Lines, an RSS, Atom or JSON feed, an
// OPML list of feeds (which are fetched), or a WARC archive, each of them also
// compressed by gzip or zstd. JSON Lines and archives are read as they come,
// of any length; of everything else at most 16 MB are held.
func Open(ctx context.Context, name string, o Options) (Stream, error) {
	in := opener{ctx: ctx, fetcher: o.Fetcher, clock: o.Now, consumed: o.Consumed}
	if in.fetcher != nil {
		return in.any(name, o.Stdin)
	}
	in.fetcher = NewFetcher(FetchOptions{AllowPrivate: o.AllowPrivate})
	s, err := in.any(name, o.Stdin)
	if err != nil {
		in.fetcher.Close()
		return nil, err
	}
	return owner{s, in.fetcher}, nil
}

// owner closes the fetcher with the stream.
type owner struct {
	Stream
	fetcher *Fetcher
}

func (o owner) Close() error {
	err := o.Stream.Close()
	o.fetcher.Close()
	return err
}

// New reads one input whose name (a path, a URL, "standard input") tells its
// kind where the content does not: HTML, JSON Lines, else plain text. It
// fetches nothing.
func New(name string, r io.ReadCloser) (Stream, error) {
	return opener{ctx: context.Background()}.open(name, "", r)
}

// opener is what is needed to open inputs.
type opener struct {
	ctx      context.Context // of Open: streams fetch while they are read
	fetcher  *Fetcher        // nil: nothing is fetched
	clock    func() time.Time
	consumed func(int) // may be nil
	base     string    // where an input that was fetched lies, so that what it links to is fetched too; "" for files
}

func (o opener) now() time.Time {
	if o.clock == nil {
		return time.Now()
	}
	return o.clock()
}

func (o opener) any(name string, stdin io.Reader) (Stream, error) {
	switch {
	case name == "-":
		if stdin == nil {
			return nil, errors.New("standard input: there is none")
		}
		return o.open("standard input", "", io.NopCloser(stdin))
	case strings.HasPrefix(name, "http://"), strings.HasPrefix(name, "https://"):
		return o.fetch(name)
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("%s: there is no such file", name)
	case err != nil:
		return nil, err
	case info.IsDir():
		return o.folder(name), nil
	}
	return o.openFile(name)
}

func (o opener) openFile(name string) (Stream, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if o.consumed == nil {
		return o.open(name, "", f)
	}
	return o.open(name, "", watched{f, o.consumed})
}

// watched tells of what is read.
type watched struct {
	io.ReadCloser
	consumed func(int)
}

func (w watched) Read(b []byte) (int, error) {
	n, err := w.ReadCloser.Read(b)
	w.consumed(n)
	return n, err
}

// fetch opens what lies at an address. What can be read as it comes is.
func (o opener) fetch(address string) (Stream, error) {
	page, body, err := o.fetcher.get(o.ctx, address, Validators{}, func(res *http.Response) bool {
		kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
		switch kind {
		case "application/x-ndjson", "application/jsonl", "application/x-jsonlines", "application/warc":
			return true
		}
		return hasSuffix(res.Request.URL.Path, ".jsonl", ".ndjson", ".warc")
	})
	if err != nil {
		return nil, err
	}
	o.base = page.URL
	if body == nil {
		body = io.NopCloser(bytes.NewReader(page.Body))
	}
	return o.open(address, page.ContentType, body)
}

// open tells the kind of an input and opens it. contentType is what a server
// says, "" where there is none. It closes r where it fails.
func (o opener) open(name, contentType string, r io.ReadCloser) (Stream, error) {
	file := &tape{r: r}
	raw := bufio.NewReaderSize(file, 64<<10)
	if isWARC(raw) {
		return newWARC(name, raw, file, r)
	}
	markup := bytes.HasPrefix(bytes.TrimPrefix(peekContent(raw, 4), []byte("\ufeff")), []byte("<"))
	in, err := unpacked(raw, r)
	if err != nil {
		r.Close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if hasSuffix(name, ".jsonl", ".ndjson") && !markup {
		return newLines(name, in), nil
	}
	b, err := io.ReadAll(io.LimitReader(in, maxInput+1))
	if err != nil {
		in.Close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if !hasSuffix(name, ".txt", ".html", ".htm") && looksLikeLines(b) {
		return newLines(name, bundled{io.MultiReader(bytes.NewReader(b), in), []func() error{in.Close}}), nil
	}
	if err := in.Close(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return o.whole(name, contentType, b)
}

// whole opens what is held as a whole.
func (o opener) whole(name, contentType string, b []byte) (Stream, error) {
	switch {
	case looksLikeFeed(b):
		s, err := o.items(name, contentType, b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return s, nil
	case root(b) == "opml":
		return o.subscriptions(name, b)
	}
	if !hasSuffix(name, ".txt", ".html", ".htm") {
		if all, ok := looksLikeJSON(name, b); ok {
			if len(b) > maxInput {
				return nil, fmt.Errorf("%s: it has more than %d bytes; write one object a line instead, as .jsonl", name, maxInput)
			}
			return &objects{name: name, all: all}, nil
		}
	}
	a, err := parse(name, contentType, b)
	return &single{a, err, name}, nil
}
