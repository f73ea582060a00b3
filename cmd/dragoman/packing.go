package main

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zip"
	"github.com/klauspost/compress/zstd"
)

// The beginnings of what is packed.
var gzipMagic, zstdMagic, bzip2Magic, zipMagic = []byte{0x1f, 0x8b, 0x08}, []byte{0x28, 0xb5, 0x2f, 0xfd}, []byte("BZh"), []byte("PK\x03\x04")

// maxWindow bounds what a zstd stream may have the decoder hold: what zstd --long
// writes.
const maxWindow = 128 << 20

// unpacked returns what is in r, unpacked where its first bytes say gzip, zstd or
// bzip2. Closing it does not close r.
func unpacked(r io.Reader) (io.ReadCloser, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, _ := in.Peek(4) // an error comes again with the first read
	switch {
	case bytes.HasPrefix(head, gzipMagic):
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, damage("gzip", err)
		}
		return packed{z, "gzip", func() {}}, nil
	case bytes.HasPrefix(head, zstdMagic):
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, damage("zstd", err)
		}
		return packed{z, "zstd", z.Close}, nil
	case bytes.HasPrefix(head, bzip2Magic):
		return packed{bzip2.NewReader(in), "bzip2", func() {}}, nil
	}
	return io.NopCloser(in), nil
}

// zipOf returns the zip archive that a file is; nil where it is none.
func zipOf(f watched) (*zip.Reader, error) {
	head := make([]byte, len(zipMagic))
	if n, _ := f.File.ReadAt(head, 0); !bytes.Equal(head[:n], zipMagic) { // an error comes again with the first read
		return nil, nil
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(f, info.Size())
	switch {
	case errors.Is(err, zip.ErrFormat): // its list of members stands at the end
		return nil, damage("zip", io.ErrUnexpectedEOF)
	case err != nil:
		return nil, damage("zip", err)
	}
	return archive, nil
}

// packed is what is unpacked while it is read; its faults are in plain words.
type packed struct {
	r     io.Reader
	kind  string
	close func()
}

func (p packed) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	if err != nil && err != io.EOF {
		err = damage(p.kind, err)
	}
	return n, err
}

func (p packed) Close() error {
	p.close()
	return nil
}

// damaged is the fault of what is packed.
type damaged struct{ error }

func (d damaged) Unwrap() error { return d.error }

// damage says what is wrong with what is packed in a way.
func damage(kind string, err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return damaged{fmt.Errorf("the %s data breaks off: the file is not complete", kind)}
	}
	return damaged{fmt.Errorf("the %s data is damaged: %w", kind, err)}
}

// notPacked are the endings of names of files that promise what is not written.
var notPacked = []string{".zip", ".bz2", ".xz", ".7z", ".rar"}

// packable says what is wrong with the name of a file that is to be written.
func packable(name string) error {
	if ending := strings.ToLower(filepath.Ext(name)); slices.Contains(notPacked, ending) {
		return fmt.Errorf("--out %s: nothing is packed as %s; let the name end in .gz or .zst", name, ending)
	}
	return nil
}

// packing returns what packs for w where the name of the file ends in .gz or .zst;
// nil where it ends otherwise.
func packing(w io.Writer, name string) (io.WriteCloser, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".gz":
		return gzip.NewWriter(w), nil
	case ".zst":
		return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
	}
	return nil, nil
}
