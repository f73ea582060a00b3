package article

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httputil"
	"strconv"
	"strings"
	"unicode"

	"github.com/klauspost/compress/gzip"

	"dragoman"
)

// archive gives the articles of a WARC file: the pages and texts among its
// responses and resources. It holds one record at a time, and goes on after
// one that is broken with the next that begins.
type archive struct {
	name   string
	in     *bufio.Reader // the records, decompressed
	gz     *members      // beneath in, where gzip is read; else nil
	below  *tape         // beneath in, where it is not
	closer io.Closer
	n      int   // records begun
	at     int64 // where the record began
	rest   int64 // bytes of the record that are still to come
	lost   bool  // the next record has to be looked for
	done   bool
}

const (
	maxField  = 64 << 10  // bytes of one line of a record's head
	maxFields = 256 << 10 // of all of them
)

// isWARC tells an archive by its first bytes.
func isWARC(r *bufio.Reader) bool { return bytes.Equal(peekContent(r, 5), []byte("WARC/")) }

// newWARC reads an archive from raw, which buffers what comes through file.
func newWARC(name string, raw *bufio.Reader, file *tape, closer io.Closer) (*archive, error) {
	w := &archive{name: name, in: raw, below: file, closer: closer}
	switch head, _ := raw.Peek(4); {
	case bytes.HasPrefix(head, gzipMagic):
		file.keep = true
		ahead, _ := raw.Peek(raw.Buffered()) // what went through already
		file.recent = bytes.Clone(ahead)
		w.gz = &members{raw: raw, file: file}
		w.in = bufio.NewReaderSize(w.gz, 64<<10)
	case !bytes.HasPrefix(head, []byte("WARC")):
		in, err := unpacked(raw, closer)
		if err != nil {
			return nil, err
		}
		w.closer = in
		w.below = &tape{r: in}
		w.in = bufio.NewReaderSize(w.below, 64<<10)
	}
	return w, nil
}

// tape counts the bytes that went through, and can go back over the last ones.
type tape struct {
	r      io.Reader
	n      int64
	recent []byte // what went through last
	again  []byte // what is to go through again
	keep   bool
}

// maxRewind is how far a tape can go back at least.
const maxRewind = 256 << 10

func (t *tape) Read(b []byte) (n int, err error) {
	if len(t.again) > 0 {
		n = copy(b, t.again)
		t.again = t.again[n:]
	} else {
		n, err = t.r.Read(b)
	}
	t.n += int64(n)
	if t.keep {
		if len(t.recent) > 2*maxRewind {
			t.recent = append(t.recent[:0], t.recent[len(t.recent)-maxRewind:]...)
		}
		t.recent = append(t.recent, b[:n]...)
	}
	return n, err
}

// rewind goes back to a byte, if it is not too far away.
func (t *tape) rewind(to int64) bool {
	back := t.n - to
	if back < 0 || back > int64(len(t.recent)) {
		return false
	}
	cut := len(t.recent) - int(back)
	t.again = append(bytes.Clone(t.recent[cut:]), t.again...)
	t.recent = t.recent[:cut]
	t.n = to
	return true
}

func (w *archive) Close() error { return w.closer.Close() }

// offset is where the archive's next byte lies: in the file, of the compressed
// member it is in; in the decompressed data, where zstd is read.
func (w *archive) offset() int64 {
	if w.gz != nil {
		return w.gz.start(w.gz.out - int64(w.in.Buffered()))
	}
	return w.below.n - int64(w.in.Buffered())
}

func (w *archive) Next() (dragoman.Article, error) {
	for !w.done {
		a, found, err := w.record()
		switch {
		case err == io.EOF:
			w.done = true
		case err != nil:
			return dragoman.Article{}, err
		case found:
			return a, nil
		}
	}
	return dragoman.Article{}, io.EOF
}

// fault tells what is wrong with the record that was begun.
func (w *archive) fault(uri string, format string, args ...any) error {
	where := fmt.Sprintf("%s: record %d at byte %d", w.name, w.n, w.at)
	if uri != "" {
		where += " (" + uri + ")"
	}
	return &Fault{where, fmt.Errorf(format, args...)}
}

// broken is fault for what makes it unknown where the next record begins.
func (w *archive) broken(err error) error {
	w.lost, w.rest = true, 0
	var f *fieldError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return w.fault("", "the record breaks off: the archive is not complete")
	case errors.As(err, &f):
		return w.fault("", "%s; reading goes on at the next record", f)
	}
	return w.fault("", "%w; reading goes on at the next record that is whole", err)
}

// record reads the next record. found tells whether it has an article.
func (w *archive) record() (a dragoman.Article, found bool, err error) {
	if err := w.skip(); err != nil {
		return a, false, err
	}
	w.n++
	w.at = w.offset()
	head, err := w.head()
	if err == nil {
		w.rest, err = contentLength(head)
	}
	if err != nil {
		return a, false, w.broken(err)
	}
	uri := strings.Trim(head["warc-target-uri"], "<> ")
	body := &io.LimitedReader{R: w.in, N: w.rest}
	a, found, err = w.read(head, uri, complete{body})
	w.rest = body.N
	var f *fieldError
	switch {
	case err == nil:
		return a, found, nil
	case errors.As(err, &f):
		return a, false, w.fault(uri, "%s", f)
	}
	return a, false, w.broken(err)
}

// complete fails where less comes than there should be, so that no part of a
// page passes for the page.
type complete struct{ *io.LimitedReader }

func (c complete) Read(b []byte) (int, error) {
	n, err := c.LimitedReader.Read(b)
	if err == io.EOF && c.N > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// skip goes to the beginning of the next record, io.EOF at the end.
func (w *archive) skip() error {
	if w.rest > 0 {
		n, err := io.CopyN(io.Discard, w.in, w.rest)
		w.rest -= n
		if err != nil {
			return w.broken(err)
		}
	}
	if w.lost {
		return w.seek()
	}
	for {
		b, err := w.in.Peek(1)
		if err == io.EOF {
			return io.EOF
		}
		if err != nil {
			w.n++ // the record that would be here
			w.at = w.offset()
			return w.broken(err)
		}
		if b[0] != '\r' && b[0] != '\n' {
			return nil
		}
		w.in.Discard(1) //nolint:errcheck // it is there
	}
}

// seek looks for the next record after a broken one.
func (w *archive) seek() error {
	start := true
	for {
		if start {
			if w.begins() {
				w.lost = false
				return nil
			}
		}
		_, err := w.in.ReadSlice('\n')
		start = err == nil
		if err == nil || err == bufio.ErrBufferFull {
			continue
		}
		// That something is broken was told already.
		if err == io.EOF || w.gz == nil || !w.gz.resume() {
			return io.EOF
		}
		w.in.Reset(w.gz)
		start = true
	}
}

// begins reports whether a record begins here.
func (w *archive) begins() bool {
	b, _ := w.in.Peek(7)
	return bytes.Equal(b, []byte("WARC/1."))
}

// fieldError is something wrong with a record whose end is known, or with its
// head.
type fieldError struct{ reason string }

func (f *fieldError) Error() string { return f.reason }

func wrong(format string, args ...any) error { return &fieldError{fmt.Sprintf(format, args...)} }

// head reads the version and the named fields, names in lower case.
func (w *archive) head() (map[string]string, error) {
	version, err := w.line()
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(version, "WARC/") {
		return nil, wrong("here a record should begin with WARC/1.0 or WARC/1.1, not with %q", version[:min(len(version), 20)])
	}
	if version != "WARC/1.0" && version != "WARC/1.1" {
		return nil, wrong("the version %q is not read, only WARC/1.0 and WARC/1.1", version[:min(len(version), 20)])
	}
	fields := map[string]string{}
	last, total := "", 0
	for {
		if w.begins() {
			return nil, wrong("its head breaks off: the next record begins in it")
		}
		line, err := w.line()
		if err != nil {
			return nil, err
		}
		if line == "" {
			return fields, nil
		}
		if total += len(line); total > maxFields {
			return nil, wrong("its head has more than %d bytes", maxFields)
		}
		if line[0] == ' ' || line[0] == '\t' { // goes on from the line before
			if last != "" {
				fields[last] += " " + strings.TrimSpace(line)
			}
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, wrong("its head has a line without a colon: %q", line[:min(len(line), 40)])
		}
		last = strings.ToLower(strings.TrimSpace(name))
		fields[last] = strings.TrimSpace(value)
	}
}

// line reads a line of a head.
func (w *archive) line() (string, error) {
	line, err := w.in.ReadSlice('\n')
	if err == bufio.ErrBufferFull || len(line) > maxField {
		return "", wrong("its head has a line of more than %d bytes", maxField)
	}
	if err != nil {
		return "", err
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' {
			return -1 // some of it is shown to people
		}
		return r
	}, string(line)), nil
}

func contentLength(head map[string]string) (int64, error) {
	value, ok := head["content-length"]
	if !ok {
		return 0, wrong("it has no Content-Length")
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < 0 {
		return 0, wrong("its Content-Length is %q, which is no length", value)
	}
	return n, nil
}

// read reads the content of a record. What is no page or text is no fault:
// archives keep everything.
func (w *archive) read(head map[string]string, uri string, content io.Reader) (a dragoman.Article, found bool, err error) {
	var contentType string
	var body []byte
	switch strings.ToLower(head["warc-type"]) {
	case "response":
		if !strings.HasPrefix(strings.ToLower(head["content-type"]), "application/http") {
			return a, false, nil
		}
		contentType, body, err = response(content)
	case "resource":
		contentType = head["content-type"]
		if isText(contentType) {
			body, err = bounded(content)
		}
	}
	if err != nil || body == nil {
		return a, false, err
	}
	if a, err = parse(uri, contentType, body); err != nil {
		return a, false, wrong("%v", err)
	}
	if head["warc-truncated"] != "" {
		a.Notes = append(a.Notes, dragoman.Note{Code: "cut", Text: "the archive has only the beginning of the page"})
	}
	return a, true, nil
}

func isText(contentType string) bool {
	kind, _, _ := mime.ParseMediaType(contentType)
	return kind == "text/html" || kind == "text/plain" || kind == "application/xhtml+xml"
}

// bounded reads a body whole, if it is not too long to be an article.
func bounded(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxInput+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxInput {
		return nil, wrong("the page has more than %s; it is hardly one article", size(maxInput))
	}
	return b, nil
}

// response takes an answer of HTTP apart; body is nil if it is not a page or
// text that the server gave.
func response(content io.Reader) (contentType string, body []byte, err error) {
	limited := &io.LimitedReader{R: content, N: maxInput + maxFields}
	source := &remembering{r: limited}
	in := bufio.NewReader(source)
	if v, _ := in.Peek(7); string(v) == "HTTP/2 " || string(v) == "HTTP/3 " {
		// As some crawlers write it, without the minor version.
		in = bufio.NewReader(io.MultiReader(strings.NewReader("HTTP/"+string(v[5])+".0"), skipping(in, 6)))
	}
	res, err := http.ReadResponse(in, nil)
	switch {
	case source.err != nil:
		return "", nil, source.err // the archive is broken, not the answer
	case err != nil:
		return "", nil, wrong("the answer in it is not HTTP: %v", err)
	}
	contentType = res.Header.Get("Content-Type")
	if res.StatusCode != http.StatusOK || !isText(contentType) {
		return "", nil, nil
	}
	raw, err := bounded(in)
	if err != nil {
		return "", nil, err
	}
	if len(res.TransferEncoding) > 0 {
		raw = dechunked(raw)
	}
	body, err = decompressed(contentEncoding(res), raw)
	return contentType, body, err
}

func skipping(r *bufio.Reader, n int) io.Reader {
	r.Discard(n) //nolint:errcheck // it was peeked at
	return r
}

// remembering keeps the first error of the archive itself.
type remembering struct {
	r   io.Reader
	err error
}

func (m *remembering) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	if err != nil && err != io.EOF {
		m.err = err
	}
	return n, err
}

// dechunked joins the chunks of a body. Some archives keep the header but the
// body without chunks: it is taken as it is.
func dechunked(raw []byte) []byte {
	b, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(raw)))
	if err != nil && len(b) == 0 {
		return raw
	}
	return b
}

// decompressed takes the Content-Encoding off a body. Some archives keep the
// header but the body decompressed: it is taken as it is.
func decompressed(encoding string, raw []byte) ([]byte, error) {
	if encoding == "" || encoding == "gzip" && !bytes.HasPrefix(raw, gzipMagic) || strings.HasPrefix(sniff(raw), "text/html") {
		return raw, nil
	}
	r, err := decoded(encoding, bytes.NewReader(raw))
	if err != nil {
		return nil, wrong("%v", err)
	}
	b, err := bounded(r)
	var f *fieldError
	if err != nil && !errors.As(err, &f) {
		err = wrong("%v", err)
	}
	return b, err
}

// members reads a file of gzip members, and can go on after a broken one.
type members struct {
	raw    *bufio.Reader // the decompressor takes no byte of it beyond its member
	file   *tape         // beneath raw
	z      *gzip.Reader
	open   bool
	err    error
	began  int64   // where the last member begins
	turned int     // how often it went back
	out    int64   // bytes given
	starts []start // of the members whose bytes may still be asked about
}

// start says that what was given from byte out on comes from the member at
// byte in of the file.
type start struct{ out, in int64 }

// taken is how many bytes of the file were read.
func (m *members) taken() int64 { return m.file.n - int64(m.raw.Buffered()) }

// Read fails again and again with what is damaged, until resume: who peeks
// ahead may not see the error.
func (m *members) Read(b []byte) (n int, err error) {
	for n == 0 && m.err == nil {
		if !m.open {
			if m.err = m.next(); m.err != nil {
				break
			}
		}
		n, err = m.z.Read(b)
		m.out += int64(n)
		m.open = err == nil
		if err != nil && err != io.EOF {
			m.err = m.damaged(err)
		}
	}
	if n > 0 {
		return n, nil
	}
	return 0, m.err
}

func (m *members) damaged(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF {
		return errors.New("the gzip data breaks off")
	}
	return fmt.Errorf("the gzip data is damaged: %w", err)
}

// next opens the next member, io.EOF after the last. It takes nothing of what
// is none.
func (m *members) next() error {
	head, err := m.raw.Peek(3)
	if err != nil && len(head) == 0 {
		return err
	}
	if !bytes.Equal(head, gzipMagic) {
		return errors.New("the gzip data is damaged: no member begins where one should")
	}
	m.began = m.taken()
	if m.z == nil {
		m.z, err = gzip.NewReader(m.raw)
	} else {
		err = m.z.Reset(m.raw)
	}
	if err != nil {
		return m.damaged(err)
	}
	m.z.Multistream(false)
	m.open = true
	m.starts = append(m.starts, start{m.out, m.began})
	return nil
}

// start is where the member of what was given at out begins; nothing before
// out is asked about any more.
func (m *members) start(out int64) int64 {
	for len(m.starts) > 1 && m.starts[1].out <= out {
		m.starts = m.starts[1:]
	}
	if len(m.starts) == 0 || m.starts[0].out > out {
		return m.taken()
	}
	return m.starts[0].in
}

// maxTurns bounds how often members goes back: an archive that is made to be
// broken must not take time that grows with the square of its length.
const maxTurns = 1000

// resume looks for the next member that begins with a record. Data that is
// damaged may have led the decompressor beyond its member, so it looks from
// where that began, if it is not too far back.
func (m *members) resume() bool {
	m.open, m.err, m.starts = false, nil, nil
	if m.turned++; m.turned <= maxTurns && m.file.rewind(m.began+1) {
		m.raw.Reset(m.file)
	}
	for {
		b, err := m.raw.Peek(3)
		if err != nil {
			return false
		}
		if bytes.Equal(b, gzipMagic) && isWARC(m.raw) {
			m.began = m.taken() // never to come back here
			return true
		}
		m.raw.Discard(1) //nolint:errcheck // it was peeked at
	}
}
