package place

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
)

// DumpPath is where data add geonames puts the user's places, below the folder
// that is laid over the embedded data.
const DumpPath = "places/geonames.tsv"

// The header of that file. Its lines are sorted by their bytes and the most
// populous place of a name stands first.
const dumpHeader = "key\tname\tkind\tin\tlat\tlon\tpopulation\tgeonames\n"

// dump is the user's file of places. It may hold millions, so that it is not
// read but searched: a name costs some thirty reads of a few hundred bytes.
type dump struct {
	file        io.ReaderAt
	start, size int64
}

// openDump opens the user's file, which stays open; nil where there is none.
func openDump(fsys fs.FS) (*dump, error) {
	f, err := fsys.Open(DumpPath)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	d := &dump{size: info.Size()}
	if at, ok := f.(io.ReaderAt); ok {
		d.file = at
	} else {
		b, err := io.ReadAll(f)
		if err != nil {
			return nil, err
		}
		d.file, d.size = bytes.NewReader(b), int64(len(b))
	}
	for {
		line, next := d.line(d.start)
		if line == strings.TrimSuffix(dumpHeader, "\n") {
			d.start = next
			return d, nil
		}
		if !strings.HasPrefix(line, "#") || next >= d.size {
			return nil, fmt.Errorf("%s: not a file that data add geonames wrote; run it again", DumpPath)
		}
		d.start = next
	}
}

// The longest line that is read.
const maxLine = 1 << 12

// line returns the line that begins at offset at, and where the next begins.
// What cannot be read ends the file.
func (d *dump) line(at int64) (string, int64) {
	var buf [maxLine]byte
	for n := 256; ; n *= 4 {
		n = min(n, maxLine)
		got, _ := d.file.ReadAt(buf[:n], at)
		if i := bytes.IndexByte(buf[:got], '\n'); i >= 0 {
			return string(buf[:i]), at + int64(i) + 1
		}
		if got < n || n == maxLine {
			return string(buf[:got]), d.size
		}
	}
}

// named returns the places that bear the folded name, the most populous first.
func (d *dump) named(r *Resolver, folded string) []entry {
	want := folded + "\t"
	var found []entry
	for at := d.search(want); at < d.size && len(found) < maxCandidates; {
		line, next := d.line(at)
		if !strings.HasPrefix(line, want) {
			break
		}
		if e, ok := r.dumped(strings.Split(line, "\t")); ok {
			found = append(found, e)
		}
		at = next
	}
	return found
}

// search returns the offset of the first line that is not less than want.
func (d *dump) search(want string) int64 {
	// lo begins a line; no line before lo is the one sought, nor any after the
	// first that begins at hi or after it.
	lo, hi := d.start, d.size
	for lo < hi {
		mid := lo + (hi-lo)/2
		at := mid
		if mid > lo {
			_, at = d.line(mid - 1) // the first line that begins at mid or after it
		}
		if at >= hi {
			hi = mid
			continue
		}
		line, next := d.line(at)
		if line < want {
			lo = next
		} else {
			hi = mid
			if at == lo {
				return lo
			}
		}
	}
	return lo
}

// dumped makes an entry of the columns of a line.
func (r *Resolver) dumped(f []string) (entry, bool) {
	if len(f) < 8 {
		return entry{}, false
	}
	e := entry{id: "gn:" + f[7], name: f[1], kind: f[2], in: f[3], more: true, alias: key(f[1]) != f[0]}
	if division(e.kind) {
		// Its own code stands in the column: the tables may know it.
		if own, ok := r.gaz.identified(e.in); ok && own.kind == e.kind {
			own.alias = key(own.name) != f[0]
			return own, true
		}
		i := strings.LastIndexByte(e.in, '.')
		if i < 0 {
			return entry{}, false
		}
		e.in = e.in[:i]
	}
	iso2, _, _ := strings.Cut(e.in, ".")
	if c, ok := r.gaz.identified(iso2); ok {
		e.country = c.id
	}
	if c, ok := r.container(e.in); ok {
		e.in = c.id
	} else {
		e.in = ""
	}
	e.locate(f[4], f[5])
	e.population, _ = strconv.Atoi(f[6])
	e.geonames, _ = strconv.Atoi(f[7])
	return e, true
}
