package article

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// bundled is a reader and the closers that belong to it, innermost first.
type bundled struct {
	io.Reader
	close []func() error
}

func (b bundled) Close() error {
	var all []error
	for _, c := range b.close {
		all = append(all, c())
	}
	return errors.Join(all...)
}

// maxWindow bounds what a zstd stream may have the decoder hold; it is what
// zstd --long writes and its own tool reads without being told to.
const maxWindow = 128 << 20

var gzipMagic, zstdMagic = []byte{0x1f, 0x8b, 0x08}, []byte{0x28, 0xb5, 0x2f, 0xfd}

// unpacked returns what is in r: decompressed where the first bytes say gzip or
// zstd, whatever the name. What comes out is not bounded here, for streams may
// be long; who holds it has to bound it. Of what is packed twice, only the
// outer layer is taken off.
func unpacked(r *bufio.Reader, closer io.Closer) (io.ReadCloser, error) {
	head, _ := r.Peek(4) // an error comes again with the first read
	switch {
	case bytes.HasPrefix(head, gzipMagic):
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, fmt.Errorf("it begins like gzip, but is not: %w", err)
		}
		return bundled{packed{z, "gzip"}, []func() error{z.Close, closer.Close}}, nil
	case bytes.HasPrefix(head, zstdMagic), isSkippable(head):
		// One goroutine's worth: what is read concurrently would have to be
		// stopped, and articles take longer to read than to unpack.
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, fmt.Errorf("it begins like zstd, but is not: %w", err)
		}
		return bundled{packed{z, "zstd"}, []func() error{func() error { z.Close(); return nil }, closer.Close}}, nil
	}
	return bundled{r, []func() error{closer.Close}}, nil
}

// isSkippable tells the frame that opens a zstd archive whose dictionary comes
// first.
func isSkippable(head []byte) bool {
	return len(head) >= 4 && head[0]&0xf0 == 0x50 && bytes.Equal(head[1:4], []byte{0x2a, 0x4d, 0x18})
}

// packed says in plain words what is wrong with compressed data.
type packed struct {
	r    io.Reader
	kind string
}

func (p packed) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	switch {
	case err == nil || err == io.EOF:
		return n, err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return n, fmt.Errorf("the %s data breaks off: the file is not complete", p.kind)
	case errors.Is(err, zstd.ErrUnknownDictionary):
		return n, errors.New("it was compressed by zstd with a dictionary, which is not known here; compress it without one")
	}
	return n, fmt.Errorf("the %s data is damaged: %w", p.kind, err)
}

// peekContent returns the first bytes of what is in r, at most n, decompressed
// where it is compressed, and leaves r where it was.
func peekContent(r *bufio.Reader, n int) []byte {
	head, _ := r.Peek(4)
	if !bytes.HasPrefix(head, gzipMagic) && !bytes.HasPrefix(head, zstdMagic) {
		head, _ = r.Peek(n)
		return head
	}
	head, _ = r.Peek(16 << 10)
	in, err := unpacked(bufio.NewReader(bytes.NewReader(head)), io.NopCloser(nil))
	if err != nil {
		return nil
	}
	defer in.Close()
	out := make([]byte, n)
	n, _ = io.ReadFull(in, out)
	return out[:n]
}

// decoded takes the Content-Encoding of HTTP off a body.
func decoded(encoding string, r io.Reader) (io.Reader, error) {
	switch encoding {
	case "", "identity":
		return r, nil
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, fmt.Errorf("the body is said to be gzip, but is not: %w", err)
		}
		return packed{z, "gzip"}, nil
	case "deflate":
		// Meant is zlib, but some servers send bare deflate.
		b := bufio.NewReader(r)
		if head, _ := b.Peek(2); len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8+int(head[1]))%31 == 0 {
			z, err := zlib.NewReader(b)
			if err != nil {
				return nil, fmt.Errorf("the body is said to be deflate, but is not: %w", err)
			}
			return packed{z, "deflate"}, nil
		}
		return packed{flate.NewReader(b), "deflate"}, nil
	}
	return nil, fmt.Errorf("the body is compressed as %q, which is not read here", encoding)
}
