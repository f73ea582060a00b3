package place

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"io/fs"
	"strconv"
	"strings"
)

// A gazetteer is the tables of data/places in memory, as the text that they
// are, with an index of every name and id. A line is taken apart only when a
// name of it is looked up, so that loading tens of thousands of places costs
// milliseconds.
type gazetteer struct {
	tables []table
	heads  []int32 // hash → the latest of links, or -1
	links  []link
	seed   maphash.Seed
}

type table struct {
	path  string
	text  string
	col   [columns]int8 // where a column stands, -1 for none
	first uint32        // reference of the first byte of text
}

// link is a name or an id of the line at ref.
type link struct {
	hash uint32
	next int32
	ref  uint32
}

// The columns of a table of places.
const (
	colID = iota
	colName
	colAliases
	colKind
	colCountry
	colIn
	colLat
	colLon
	colPopulation
	colGeoNames
	colCode
	columns
)

var columnNames = [columns]string{"id", "name", "aliases", "kind", "country", "in", "lat", "lon", "population", "geonames", "code"}

// entry is a place of the tables.
type entry struct {
	id, name, kind, country, in string
	lat, lon                    float64
	located                     bool
	population                  int
	geonames                    int
	alias                       bool // found by another name than its first
	more                        bool // of the user's GeoNames file
}

// loadGazetteer reads the tables of the names given, and X.more.tsv after
// X.tsv where the user has one.
func loadGazetteer(fsys fs.FS, names ...string) (*gazetteer, error) {
	g := &gazetteer{seed: maphash.MakeSeed()}
	var size uint32
	for _, name := range names {
		for _, path := range []string{name + ".tsv", name + ".more.tsv"} {
			b, err := fs.ReadFile(fsys, path)
			if err != nil {
				if strings.HasSuffix(path, ".more.tsv") {
					continue
				}
				return nil, err
			}
			if uint64(size)+uint64(len(b)) > 1<<32-1 {
				return nil, fmt.Errorf("%s: the tables of places exceed 4 GB; use data add geonames", path)
			}
			t := table{path: path, text: string(bytes.TrimPrefix(b, []byte("\ufeff"))), first: size}
			size += uint32(len(t.text))
			g.tables = append(g.tables, t)
		}
	}
	// A line of 80 bytes holds an id, a name, a code and one or two aliases.
	g.links = make([]link, 0, size/24+64)
	slots := 1
	for slots < int(size/24+64)*2 {
		slots *= 2
	}
	g.heads = make([]int32, slots)
	for i := range g.heads {
		g.heads[i] = -1
	}
	for i := range g.tables {
		if err := g.index(&g.tables[i]); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// index adds the names and ids of t.
func (g *gazetteer) index(t *table) error {
	header := false
	buf := make([]byte, 0, 128)
	var fields [16]string
	for at, n := 0, 1; at < len(t.text); n++ {
		line := t.text[at:]
		if end := strings.IndexByte(line, '\n'); end >= 0 {
			line = line[:end]
		}
		ref := t.first + uint32(at)
		at += len(line) + 1
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		f := split(line, fields[:0])
		if !header {
			if err := t.header(f, n); err != nil {
				return err
			}
			header = true
			continue
		}
		if len(f) <= int(t.col[colName]) || len(f) <= int(t.col[colID]) {
			return fmt.Errorf("%s:%d: %d columns, too few for the header", t.path, n, len(f))
		}
		buf = append(append(buf[:0], '='), t.field(f, colID)...)
		g.add(buf, ref)
		if code := t.field(f, colCode); code != "" {
			buf = append(append(buf[:0], '='), code...)
			g.add(buf, ref)
		}
		buf = fold(buf[:0], t.field(f, colName))
		g.add(buf, ref)
		for aliases := t.field(f, colAliases); aliases != ""; {
			var alias string
			alias, aliases, _ = strings.Cut(aliases, "|")
			buf = fold(buf[:0], alias)
			g.add(buf, ref)
		}
	}
	if !header {
		return fmt.Errorf("%s:1: the table has no header", t.path)
	}
	return nil
}

// split cuts a line at its tabs into the room that fields has.
func split(line string, fields []string) []string {
	for len(fields) < cap(fields)-1 {
		i := strings.IndexByte(line, '\t')
		if i < 0 {
			break
		}
		fields = append(fields, line[:i])
		line = line[i+1:]
	}
	return append(fields, line)
}

func (t *table) header(f []string, line int) error {
	for i := range t.col {
		t.col[i] = -1
	}
	for i, name := range f {
		known := false
		for c, want := range columnNames {
			if name == want {
				t.col[c], known = int8(i), true
			}
		}
		if !known {
			return fmt.Errorf("%s:%d: unknown column %q", t.path, line, name)
		}
	}
	for _, c := range []int{colID, colName, colKind} {
		if t.col[c] < 0 {
			return fmt.Errorf("%s:%d: the header lacks the column %q", t.path, line, columnNames[c])
		}
	}
	return nil
}

func (t *table) field(f []string, col int) string {
	if i := int(t.col[col]); i >= 0 && i < len(f) {
		return f[i]
	}
	return ""
}

func (g *gazetteer) add(key []byte, ref uint32) {
	if len(key) == 0 {
		return
	}
	h := maphash.Bytes(g.seed, key)
	slot := h & uint64(len(g.heads)-1)
	g.links = append(g.links, link{uint32(h >> 32), g.heads[slot], ref})
	g.heads[slot] = int32(len(g.links) - 1)
}

// named returns the places that bear the folded name, in the order of the tables.
func (g *gazetteer) named(folded string) []entry {
	var found []entry
	g.each(folded, func(t *table, f []string) {
		var buf [64]byte
		alias := string(fold(buf[:0], t.field(f, colName))) != folded
		if alias && !hasAlias(t.field(f, colAliases), folded) {
			return
		}
		e := t.entry(f)
		e.alias = alias
		found = append(found, e)
	})
	// The chain holds the latest first.
	for i, j := 0, len(found)-1; i < j; i, j = i+1, j-1 {
		found[i], found[j] = found[j], found[i]
	}
	return found
}

func hasAlias(aliases, folded string) bool {
	var buf [64]byte
	for aliases != "" {
		var alias string
		alias, aliases, _ = strings.Cut(aliases, "|")
		if string(fold(buf[:0], alias)) == folded {
			return true
		}
	}
	return false
}

// identified returns the place of an id, or of a GeoNames code such as "AF.26".
// A row of a user's table wins over an embedded one of the same id.
func (g *gazetteer) identified(id string) (entry, bool) {
	var found entry
	ok := false
	g.each("="+id, func(t *table, f []string) {
		if !ok && (t.field(f, colID) == id || t.field(f, colCode) == id) {
			found, ok = t.entry(f), true
		}
	})
	return found, ok
}

func (g *gazetteer) each(key string, visit func(t *table, f []string)) {
	if key == "" {
		return
	}
	h := maphash.String(g.seed, key)
	var fields [16]string
	last := ^uint32(0)
	for i := g.heads[h&uint64(len(g.heads)-1)]; i >= 0; i = g.links[i].next {
		l := g.links[i]
		if l.hash != uint32(h>>32) || l.ref == last {
			continue
		}
		last = l.ref
		t := g.tableOf(l.ref)
		visit(t, split(t.line(l.ref), fields[:0]))
	}
}

func (g *gazetteer) tableOf(ref uint32) *table {
	i := len(g.tables) - 1
	for i > 0 && g.tables[i].first > ref {
		i--
	}
	return &g.tables[i]
}

func (t *table) line(ref uint32) string {
	line := t.text[ref-t.first:]
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	return strings.TrimSuffix(line, "\r")
}

func (t *table) entry(f []string) entry {
	e := entry{id: t.field(f, colID), name: t.field(f, colName), kind: t.field(f, colKind),
		country: t.field(f, colCountry), in: t.field(f, colIn)}
	e.locate(t.field(f, colLat), t.field(f, colLon))
	e.population, _ = strconv.Atoi(t.field(f, colPopulation))
	e.geonames, _ = strconv.Atoi(t.field(f, colGeoNames))
	if n, ok := strings.CutPrefix(e.id, "gn:"); ok && e.geonames == 0 {
		e.geonames, _ = strconv.Atoi(n)
	}
	return e
}

// locate takes coordinates as they are written; what is no coordinate is none.
func (e *entry) locate(lat, lon string) {
	var err, err2 error
	e.lat, err = strconv.ParseFloat(lat, 64)
	e.lon, err2 = strconv.ParseFloat(lon, 64)
	e.located = err == nil && err2 == nil && e.lat >= -90 && e.lat <= 90 && e.lon >= -180 && e.lon <= 180
	if !e.located {
		e.lat, e.lon = 0, 0
	}
}

// rows visits every record.
func (g *gazetteer) rows(visit func(t *table, ref uint32, line string)) {
	for i := range g.tables {
		t := &g.tables[i]
		header := false
		for at := 0; at < len(t.text); {
			line := t.line(t.first + uint32(at))
			ref := t.first + uint32(at)
			if end := strings.IndexByte(t.text[at:], '\n'); end >= 0 {
				at += end + 1
			} else {
				at = len(t.text)
			}
			if line == "" || line[0] == '#' {
				continue
			}
			if header {
				visit(t, ref, line)
			}
			header = true
		}
	}
}
