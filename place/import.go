package place

import (
	"bufio"
	"container/heap"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Import turns a GeoNames dump (the 19 columns of allCountries.txt, XX.txt or
// citiesN.txt, with or without a header row) into the file that Load searches
// at DumpPath, and returns how many places it kept: settlements, divisions,
// waters, mountains, islands, bases, ports and the like, by their names in
// Latin script; not every well, school and ruin. What does not fit in memory
// goes through temporary files. progress, if not nil, is told from time to
// time how many lines were read.
func Import(r io.Reader, w io.Writer, progress func(lines int)) (kept int, err error) {
	s := &sorter{}
	defer s.close()
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 1<<16), 1<<22)
	lines := 0
	for in.Scan() {
		lines++
		if progress != nil && lines%100000 == 0 {
			progress(lines)
		}
		f := strings.Split(strings.TrimPrefix(in.Text(), "\ufeff"), "\t")
		if len(f) == 1 && f[0] == "" || strings.HasPrefix(f[0], "#") {
			continue
		}
		if _, err := strconv.Atoi(f[0]); err != nil && lines == 1 {
			continue // a header row
		}
		if len(f) < 15 {
			return kept, fmt.Errorf("line %d: %d columns where a GeoNames dump has 19", lines, len(f))
		}
		if kind := kindOf(f[6], f[7]); kind != "" {
			kept++
			if err := s.record(f, kind); err != nil {
				return kept, err
			}
		}
	}
	if err := in.Err(); err != nil {
		return kept, fmt.Errorf("line %d: %w", lines+1, err)
	}
	if progress != nil {
		progress(lines)
	}
	return kept, s.write(w)
}

// kindOf returns the kind of a place of a GeoNames class and code; "" for what
// the news does not name.
func kindOf(class, code string) string {
	switch class {
	case "P":
		switch code {
		case "PPLC":
			return "capital"
		case "PPLA":
			return "seat"
		case "PPLX":
			return "section"
		case "PPLH", "PPLQ", "PPLW", "PPLCH":
			return ""
		}
		return "settlement"
	case "A":
		return map[string]string{"ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3"}[code]
	case "H":
		switch code {
		case "BAY", "BAYS", "CHN", "CNL", "GULF", "LGN", "LK", "LKS", "OCN", "RSV", "SD", "SEA", "STM", "STRT", "WAD", "FLLS", "MRSH", "DLTA":
			return "water"
		}
	case "T":
		switch code {
		case "MT", "MTS", "PK", "PKS", "VLC", "GLCR":
			return "mountain"
		case "ISL", "ISLS", "ATOL", "ISLET", "RF":
			return "island"
		case "PASS", "GAP":
			return "pass"
		case "PEN", "CAPE", "DSRT", "PLN", "PLAT", "VAL", "VALS", "DLTA", "OAS":
			return "region"
		}
	case "L":
		switch code {
		case "MILB", "NVB", "AIRB":
			return "base"
		case "PRT":
			return "port"
		case "RGN", "RGNE", "RGNH", "AREA":
			return "region"
		case "OILF", "GASF", "PRK":
			return "facility"
		}
	case "R":
		if code == "TNL" || code == "TNLRD" {
			return "pass"
		}
	case "S":
		switch code {
		case "AIRP", "AIRF":
			return "airport"
		case "AIRB", "MILB", "INSM", "FT":
			return "base"
		case "BDG":
			return "bridge"
		case "DAM":
			return "dam"
		case "PSTB", "PSTC", "CSTM", "BDRY":
			return "border_crossing"
		case "CMPRF":
			return "camp"
		case "PRN", "PS", "PSN", "PSH", "OILR", "NUCP":
			return "facility"
		}
	}
	return ""
}

// sorter sorts lines that may not fit in memory.
type sorter struct {
	lines []string
	bytes int
	runs  []*os.File
}

// What is held in memory before a run is written out.
const runBytes = 48 << 20

// record adds one line for every name of a place. Behind the key stands its
// rank, so that the most populous sorts first; write takes it off again.
func (s *sorter) record(f []string, kind string) error {
	population, _ := strconv.Atoi(f[14])
	rank := fmt.Sprintf("%010d", 9999999999-max(0, min(population, 9999999999)))
	in := f[8]
	for i, code := range f[10:12] {
		if code == "" || code == "00" || i > 0 && !strings.Contains(in, ".") {
			break
		}
		in += "." + code
	}
	rest := strings.Join([]string{rank, strings.ReplaceAll(f[1], "|", "/"), kind, in, f[4], f[5], f[14], f[0]}, "\t")
	if len(rest) > maxLine/2 {
		return nil
	}
	var keys []string
	for _, name := range append([]string{f[1], f[2]}, strings.Split(f[3], ",")...) {
		if !readable(name) {
			continue
		}
		if k := key(name); len(k) > 1 && !slices.Contains(keys, k) {
			keys = append(keys, k)
			s.lines = append(s.lines, k+"\t"+rest)
			s.bytes += len(k) + len(rest) + 32
		}
	}
	if s.bytes < runBytes {
		return nil
	}
	return s.spill()
}

// readable reports whether an alternate name is one that English text may
// write: in Latin letters, neither a code nor an address.
func readable(name string) bool {
	if len(name) < 3 || len(name) > maxName || strings.Contains(name, "://") {
		return false
	}
	small := false
	for _, r := range name {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) || r == utf8.RuneError || r == '\t' {
			return false
		}
		small = small || unicode.IsLower(r)
	}
	return small
}

// spill writes what is held as a sorted run into a temporary file.
func (s *sorter) spill() error {
	slices.Sort(s.lines)
	f, err := os.CreateTemp("", "places-*.tsv")
	if err != nil {
		return err
	}
	s.runs = append(s.runs, f)
	w := bufio.NewWriter(f)
	for _, l := range s.lines {
		w.WriteString(l)
		w.WriteByte('\n')
	}
	s.lines, s.bytes = s.lines[:0], 0
	clear(s.lines[:cap(s.lines)])
	return w.Flush()
}

func (s *sorter) close() {
	for _, f := range s.runs {
		f.Close()
		os.Remove(f.Name())
	}
}

// write merges the runs into w.
func (s *sorter) write(w io.Writer) error {
	slices.Sort(s.lines)
	out := bufio.NewWriterSize(w, 1<<16)
	out.WriteString("# Places of GeoNames (https://www.geonames.org), CC BY 4.0, sorted to be searched: do not edit.\n" + dumpHeader)
	var m merge
	for _, f := range s.runs {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		in := bufio.NewScanner(f)
		in.Buffer(make([]byte, 1<<13), 1<<16)
		m.add(func() (string, bool) { ok := in.Scan(); return in.Text(), ok })
	}
	m.add(func() (string, bool) {
		if len(s.lines) == 0 {
			return "", false
		}
		l := s.lines[0]
		s.lines = s.lines[1:]
		return l, true
	})
	heap.Init(&m)
	for len(m) > 0 {
		k, rest, _ := strings.Cut(m[0].line, "\t")
		_, rest, _ = strings.Cut(rest, "\t")
		out.WriteString(k + "\t" + rest + "\n")
		if line, ok := m[0].next(); ok {
			m[0].line = line
			heap.Fix(&m, 0)
		} else {
			heap.Pop(&m)
		}
	}
	return out.Flush()
}

// merge is the sorted runs, the one with the least line first.
type merge []run

type run struct {
	line string
	next func() (string, bool)
}

func (m *merge) add(next func() (string, bool)) {
	if line, ok := next(); ok {
		*m = append(*m, run{line, next})
	}
}

func (m merge) Len() int           { return len(m) }
func (m merge) Less(i, j int) bool { return m[i].line < m[j].line }
func (m merge) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merge) Push(x any)        { *m = append(*m, x.(run)) }
func (m *merge) Pop() any {
	last := (*m)[len(*m)-1]
	*m = (*m)[:len(*m)-1]
	return last
}
