package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dragoman"
	"dragoman/data"
)

// rowBook is the Codebook that these tests share: it is only read.
var rowBook = sync.OnceValue(func() *Codebook {
	b, err := Load(data.Embedded())
	if err != nil {
		panic(err)
	}
	return b
})

// state returns a state as a party.
func state(t testing.TB, iso3 string) dragoman.Party {
	t.Helper()
	s, ok := rowBook().State(iso3)
	if !ok {
		t.Fatalf("no state %q", iso3)
	}
	return dragoman.Party{ID: iso3, Name: s.Name, Kind: "state", Country: iso3, CAMEO: s.CAMEO, Named: true}
}

// told returns an event as the program tells it.
func told(t testing.TB, number int64, kind, cameo string, actors, recipients []dragoman.Party) dragoman.Record {
	t.Helper()
	r := happening("", "", dragoman.DayOf(2025, 2, 12))
	r.CAMEO = cameo
	if err := rowBook().Typed(&r.Report, kind); err != nil {
		t.Fatal(err)
	}
	if c, ok := rowBook().Code(cameo); ok && c.Mode != "" && c.Type == kind {
		r.Modes = []string{c.Mode}
	}
	r.Number, r.Ordinal, r.Confidence = number, 1, 0.83
	r.Published = r.Day + 1
	r.Actors, r.Recipients = actors, recipients
	r.Told = dragoman.Entry{Number: 5, Key: "0f3a", URL: "https://www.courier.example/news/1", Outlet: "The Courier", Language: "en", Published: r.Published,
		Added: time.Date(2025, 2, 13, 18, 15, 0, 0, time.FixedZone("", 3600)), Title: "Talks in Ahvaz"}
	return r
}

func ahvaz() dragoman.Locale {
	return dragoman.Locale{ID: "gn:144448", Name: "Ahvaz", Kind: "settlement", Country: "IRN", Lat: 31.319, Lon: 48.684, Located: true, ContainedIn: []string{"IRN.khuzestan", "IRN"}}
}

// sample are events of every sort that a writer may meet. Their persons are invented.
func sample(t testing.TB) []dragoman.Record {
	minister := dragoman.Party{ID: "IRN:foreign-minister", Name: "Farhad Tehrani", Kind: "person", Title: "foreign minister", Named: true, Country: "IRN", Sectors: []string{"GOV"}, CAMEO: "IRNGOV"}
	rebels := dragoman.Party{ID: "new:desert-front", Name: "Desert\tFront \"of\nDawn\"", Kind: "armed_group", Country: "TCD", Sectors: []string{"REB", "RAD"}}
	un := dragoman.Party{ID: "un", Name: "United Nations", Kind: "igo", Sectors: []string{"IGO"}, CAMEO: "IGOUNO"}
	nobodys := dragoman.Party{ID: "new:gunmen", Name: "gunmen", Kind: "people"}

	visit := told(t, 27, "CONSULT", "042", []dragoman.Party{minister}, []dragoman.Party{state(t, "ROU")})
	visit.Place, visit.Contexts = ahvaz(), []string{"diplomatic", "economic"}
	meeting := told(t, 28, "CONSULT", "040", []dragoman.Party{state(t, "TCD"), state(t, "SDN"), un}, nil)
	meeting.Place = dragoman.Locale{ID: "TCD.guera", Name: "Guéra", Kind: "admin1", Country: "TCD", Lat: 12.01, Lon: 18.71, Located: true, ContainedIn: []string{"TCD"}}
	strikes := told(t, 29, "ASSAULT", "195", []dragoman.Party{state(t, "USA"), state(t, "GBR")}, nil)
	strikes.Place = dragoman.Locale{ID: "YEM", Name: "Yemen", Kind: "country", Country: "YEM", Lat: 15.5, Lon: 47.5, Located: true}
	planned := told(t, 30, "ASSAULT", "195", []dragoman.Party{state(t, "USA")}, []dragoman.Party{rebels})
	planned.Status = dragoman.Planned
	claimed := told(t, 31, "ACCUSE", "112", []dragoman.Party{minister}, []dragoman.Party{rebels, nobodys})
	claimed.Source = dragoman.Source{Actor: un, Text: "a United Nations official"}
	houston := told(t, 32, "PROTEST", "141", []dragoman.Party{nobodys}, []dragoman.Party{state(t, "USA")})
	houston.Place = dragoman.Locale{ID: "gn:4699066", Name: "Houston", Kind: "settlement", Country: "USA", Lat: 29.763, Lon: -95.363, Located: true, ContainedIn: []string{"USA.texas.harris", "USA.texas", "USA"}}
	gaza := told(t, 33, "AID", "073", []dragoman.Party{un}, []dragoman.Party{state(t, "PSE")})
	gaza.Place = dragoman.Locale{ID: "PSE.gaza-strip", Name: "Gaza Strip", Kind: "admin1", Country: "PSE", Lat: 31.4, Lon: 34.4, Located: true, ContainedIn: []string{"PSE"}}
	unread := told(t, 0, "STATEMENT", "", []dragoman.Party{rebels}, nil)
	unread.Day, unread.From, unread.To, unread.Published, unread.Dated = dragoman.NoDay, dragoman.NoDay, dragoman.NoDay, dragoman.NoDay, false
	unread.Told = dragoman.Entry{Key: "77ab", Outlet: "Radio Tibesti", Published: dragoman.NoDay, Title: "Ein Jahr\tdanach"}
	unread.Ordinal, unread.Reports, unread.Articles, unread.Outlets = 3, 0, 0, 0
	suffered := told(t, 34, "COERCE", "173", nil, []dragoman.Party{rebels, minister})
	return []dragoman.Record{visit, meeting, strikes, planned, claimed, houston, gaza, unread, suffered}
}

// written returns what f writes of all, as lines of cells.
func written(t testing.TB, f Format, all []dragoman.Record) [][]string {
	t.Helper()
	var lines [][]string
	for line := range strings.Lines(string(rawWritten(t, f, all))) {
		lines = append(lines, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return lines
}

func rawWritten(t testing.TB, f Format, all []dragoman.Record) []byte {
	t.Helper()
	var out bytes.Buffer
	w := f.Write(&out, rowBook())
	for i := range all {
		if err := w.Write(&all[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// readAll reads all that f finds in text, through a small buffer, and what it finds
// wrong in it.
func readAll(t testing.TB, f Format, text string) (all []dragoman.Record, faults []string) {
	t.Helper()
	r := f.Read(bufio.NewReaderSize(strings.NewReader(text), 64), rowBook())
	for {
		record, err := r.Next()
		var fault *Fault
		switch {
		case errors.Is(err, io.EOF):
			return all, faults
		case errors.As(err, &fault):
			faults = append(faults, err.Error())
		case err != nil:
			return all, append(faults, "broken off: "+err.Error())
		default:
			all = append(all, record)
		}
	}
}

// checkCells holds every line against what its columns may hold: the names of the
// columns and the patterns of their cells, as the documentation has them.
func checkCells(t *testing.T, lines [][]string, columns []string) {
	t.Helper()
	for n, line := range lines {
		if len(line) != len(columns) {
			t.Fatalf("line %d has %d columns, not %d: %q", n+1, len(line), len(columns), line)
		}
		for i, column := range columns {
			name, pattern, _ := strings.Cut(column, " =")
			if !regexp.MustCompile("^(" + pattern + ")$").MatchString(line[i]) {
				t.Errorf("line %d: %s is %q, which does not match %s", n+1, name, line[i], pattern)
			}
		}
	}
}

// columnNames returns the names of columns that are given with their patterns.
func columnNames(columns []string) (names []string) {
	for _, c := range columns {
		name, _, _ := strings.Cut(c, " =")
		names = append(names, name)
	}
	return names
}

// cellOf returns a cell by the name of its column.
func cellOf(t testing.TB, line, columns []string, name string) string {
	t.Helper()
	i := slices.IndexFunc(columns, func(c string) bool { return strings.HasPrefix(c, name+" =") })
	if i < 0 {
		t.Fatalf("no column %q", name)
	}
	return line[i]
}

// dyads shows lines as "source>target code", by the columns of these names.
func dyads(t testing.TB, lines [][]string, columns []string, source, target, code string) (all []string) {
	for _, line := range lines {
		all = append(all, cellOf(t, line, columns, source)+">"+cellOf(t, line, columns, target)+" "+cellOf(t, line, columns, code))
	}
	return all
}

// same reports as a fault where two lists differ.
func same(t testing.TB, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\ngot  %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// summary shows what was read of a record in one line.
func summary(r *dragoman.Record) string {
	who := func(all []dragoman.Party) string {
		var ids []string
		for _, p := range all {
			ids = append(ids, p.ID)
		}
		return strings.Join(ids, "+")
	}
	place := r.Place.ID
	if len(r.Place.ContainedIn) > 0 {
		place += " in " + strings.Join(r.Place.ContainedIn, ", ")
	}
	return fmt.Sprintf("%s %s %s %s %s>%s @%s", r.Day, r.Type, r.CAMEO, r.Status, who(r.Actors), who(r.Recipients), place)
}

func summaries(all []dragoman.Record) (lines []string) {
	for i := range all {
		lines = append(lines, summary(&all[i]))
	}
	return lines
}

// rowFormats are those whose rows are one source and one target.
func rowFormats() []Format { return []Format{gdelt, icews, phoenix, petrarch} }

func TestCells(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"plain", "plain"}, {"a\tb\r\nc", "a b  c"}, {`the "front"`, "the 'front'"}, {"Guéra", "Guéra"}, {"a\u2028b\x00", "a b "}, {"\xff", "\ufffd"},
	} {
		if got := string(appendText(nil, c.text)); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
	for _, c := range []struct {
		f        float64
		decimals int
		want     string
	}{{-10, 1, "-10.0"}, {3.4, 1, "3.4"}, {0, 1, "0.0"}, {31.319, 0, "31.319"}, {47, 0, "47"}} {
		if got := string(appendFloat(nil, c.f, c.decimals)); got != c.want {
			t.Errorf("%v: got %q, want %q", c.f, got, c.want)
		}
	}
}

// TestRowsThatAreNotWritten wants no row of what a format cannot say: what CAMEO has
// no code for, a day that nobody told, nobody who does something to nobody.
func TestRowsThatAreNotWritten(t *testing.T) {
	gunmen := []dragoman.Party{{ID: "new:gunmen", Name: "gunmen", Kind: "people"}}
	chad := []dragoman.Party{state(t, "TCD")}
	outbreak := told(t, 1, "ASSAULT", "", chad, nil)
	outbreak.Type = "OUTBREAK" // a type of one's own, which CAMEO has no code for
	book := *rowBook()
	book.types = maps.Clone(book.types)
	book.types["OUTBREAK"] = Type{Name: "OUTBREAK", Quad: "material-conflict", Score: -5}
	ranged := func(days int, dated bool, change func(*dragoman.Record)) dragoman.Record {
		r := told(t, 2, "ASSAULT", "190", chad, nil)
		r.From, r.Dated = r.To-dragoman.Day(days-1), dated
		if change != nil {
			change(&r)
		}
		return r
	}
	for _, c := range []struct {
		why  string
		r    dragoman.Record
		none string // formats that have no row of it
	}{
		{"what was done on a day", told(t, 2, "ASSAULT", "190", chad, nil), ""},
		{"a type that CAMEO has no code for", outbreak, "gdelt gdelt-mentions icews phoenix petrarch"}, // POLECAT takes the type as it is
		{"some day of a month that is over", ranged(31, false, nil), "gdelt gdelt-mentions icews polecat phoenix petrarch"},
		{"some day of a week that is over", ranged(7, false, nil), "gdelt gdelt-mentions icews polecat phoenix petrarch"},
		{"a month that is over, in an article without a day", ranged(31, false, func(r *dragoman.Record) { r.Published = dragoman.NoDay }), "gdelt gdelt-mentions icews polecat phoenix petrarch"},
		{"a weekend", ranged(2, false, nil), ""},
		{"a week that is told to the day", ranged(7, true, nil), ""},
		{"what goes on for a month", ranged(31, false, func(r *dragoman.Record) { r.Published, r.Status = r.To, dragoman.Ongoing }), ""},
		{"some day of the month before publication", ranged(31, false, func(r *dragoman.Record) { r.Published = r.To }), "gdelt gdelt-mentions icews polecat phoenix petrarch"},
		{"some day of this month, on its third", ranged(31, false, func(r *dragoman.Record) { r.Published = r.From + 2 }), ""},
		{"some day up to one", ranged(31, false, func(r *dragoman.Record) { r.From = dragoman.NoDay }), "gdelt gdelt-mentions icews polecat phoenix petrarch"},
		{"no day at all", ranged(1, false, func(r *dragoman.Record) { r.From, r.To = dragoman.NoDay, dragoman.NoDay }), ""},
		{"a month of another provider's", ranged(31, false, func(r *dragoman.Record) { r.Provider, r.ID = "wire", "9" }), "gdelt gdelt-mentions icews polecat phoenix petrarch"},
		{"somebody without a code", told(t, 3, "PROTEST", "141", gunmen, nil), "gdelt gdelt-mentions phoenix petrarch"},
		{"somebody without a code against a state", told(t, 3, "PROTEST", "141", gunmen, chad), ""},
		{"nobody against nobody", told(t, 4, "ASSAULT", "190", nil, nil), "gdelt gdelt-mentions icews polecat phoenix petrarch"},
		{"nobody against a state", told(t, 4, "ASSAULT", "190", nil, chad), ""},
	} {
		for _, f := range []Format{gdelt, gdeltMentions, icews, polecat, phoenix, petrarch} {
			var out bytes.Buffer
			w := f.Write(&out, &book)
			if err := errors.Join(w.Write(&c.r), w.Close()); err != nil {
				t.Fatal(err)
			}
			lines := strings.Count(out.String(), "\n")
			if f.Name == "icews" || f.Name == "polecat" {
				lines-- // the header
			}
			if want := slices.Contains(strings.Fields(c.none), f.Name); (lines == 0) != want {
				t.Errorf("%s: %s has %d rows", c.why, f.Name, lines)
			}
		}
	}
}

// TestRowsKeepTheirPlaces wants the rows of an event that come after one without a row
// to have their own number, and the event's place.
func TestRowsKeepTheirPlaces(t *testing.T) {
	gunmen := dragoman.Party{ID: "new:gunmen", Name: "gunmen", Kind: "people"}
	first := told(t, 7, "ASSAULT", "190", []dragoman.Party{state(t, "TCD")}, nil)
	first.Place = ahvaz()
	second := told(t, 8, "ASSAULT", "190", []dragoman.Party{gunmen, state(t, "TCD")}, nil)
	second.Place = dragoman.Locale{ID: "YEM", Name: "Yemen", Kind: "country", Country: "YEM", Lat: 15.5, Lon: 47.5, Located: true}
	lines := written(t, gdelt, []dragoman.Record{first, second})
	if len(lines) != 2 || lines[1][0] != "8001" || cellOf(t, lines[1], gdeltDocumented, "ActionGeo_Fullname") != "Yemen" {
		t.Errorf("got %q", lines)
	}
}

func TestWindowsLinesAndMarks(t *testing.T) {
	for _, f := range append(rowFormats(), polecat) {
		plain := string(rawWritten(t, f, sample(t)[:3]))
		odd := "\ufeff" + strings.ReplaceAll(plain, "\n", "\r\n\r\n")
		want, _ := readAll(t, f, plain)
		got, faults := readAll(t, f, odd)
		if len(faults) > 0 || len(got) == 0 || !slices.Equal(summaries(got), summaries(want)) {
			t.Errorf("%s: %v, %d records of %d", f.Name, faults, len(got), len(want))
		}
		if !f.Looks([]byte(odd)) {
			t.Errorf("%s does not know its own with Windows line ends", f.Name)
		}
	}
}

func TestLongLinesAreFaults(t *testing.T) {
	for _, f := range append(rowFormats(), polecat) {
		plain := string(rawWritten(t, f, sample(t)[:1]))
		got, faults := readAll(t, f, plain+strings.Repeat("x", longestRow+100000)+"\n"+plain[strings.LastIndexByte(strings.TrimSuffix(plain, "\n"), '\n')+1:])
		want, _ := readAll(t, f, plain)
		if len(faults) != 1 || !strings.Contains(faults[0], "longer than") || len(got) != len(want)+1 {
			t.Errorf("%s: %d records and then %q", f.Name, len(got), faults)
		}
	}
}

func TestLatin1(t *testing.T) {
	text := strings.ReplaceAll(string(rawWritten(t, icews, sample(t)[1:2])), "Guéra", "Gu\xe9ra")
	got, faults := readAll(t, icews, text)
	if len(faults) > 0 || got[0].Place.ID != "TCD.guera" {
		t.Errorf("%v, place %q", faults, got[0].Place.ID)
	}
}

func TestDetectTellsFormatsApart(t *testing.T) {
	for _, f := range append(rowFormats(), polecat) {
		found, err := Detect(bufio.NewReaderSize(bytes.NewReader(rawWritten(t, f, sample(t))), headBytes))
		if err != nil || found.Name != f.Name {
			t.Errorf("a file of %s is taken for %q: %v", f.Name, found.Name, err)
		}
	}
	if _, err := Detect(bufio.NewReaderSize(bytes.NewReader(rawWritten(t, gdeltMentions, sample(t))), headBytes)); err == nil {
		t.Error("mentions are taken for events")
	}
}

func TestEmptyFiles(t *testing.T) {
	for _, f := range append(rowFormats(), polecat) {
		if got, faults := readAll(t, f, string(rawWritten(t, f, nil))); len(got)+len(faults) > 0 {
			t.Errorf("%s: %d records and %q of nothing", f.Name, len(got), faults)
		}
		if got, faults := readAll(t, f, ""); len(got)+len(faults) > 0 {
			t.Errorf("%s: %d records and %q of an empty file", f.Name, len(got), faults)
		}
	}
}

// FuzzRows: whatever a file holds, its faults are told by line, and what is read of it
// can be written again.
func FuzzRows(f *testing.F) {
	b := rowBook()
	formats := append(rowFormats(), polecat)
	for i, format := range formats {
		f.Add(i, rawWritten(f, format, sample(f)[3:5]))
		f.Add(i, []byte("\xff\x00\t\t\n\n"))
	}
	var writers []Writer
	for _, format := range formats {
		writers = append(writers, format.Write(io.Discard, b))
	}
	f.Fuzz(func(t *testing.T, which int, text []byte) {
		format := formats[uint(which)%uint(len(formats))]
		format.Looks(text)
		r := format.Read(bufio.NewReader(bytes.NewReader(text)), b)
		for last := 0; ; {
			record, err := r.Next()
			var fault *Fault
			if errors.As(err, &fault) {
				if fault.Line <= last || fault.Err == nil {
					t.Fatalf("line %d after line %d: %v", fault.Line, last, fault.Err)
				}
				last = fault.Line
				continue
			}
			if err != nil {
				return
			}
			if record.ID == "" || record.Type == "" || record.Day == dragoman.NoDay || record.Provider != format.Name {
				t.Fatalf("%+v", record)
			}
			for _, w := range writers {
				if err := w.Write(&record); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func benchmarkRows(b *testing.B, f Format) {
	all := sample(b)
	w := f.Write(io.Discard, rowBook())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if err := w.Write(&all[i%len(all)]); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkReading(b *testing.B, f Format) {
	text := rawWritten(b, f, sample(b))
	body := text[bytes.IndexByte(text, '\n')+1:]
	whole := append(bytes.Clone(text), bytes.Repeat(body, 500)...)
	book, n := rowBook(), 0
	b.ReportAllocs()
	for b.Loop() {
		r := f.Read(bufio.NewReader(bytes.NewReader(whole)), book)
		for {
			_, err := r.Next()
			if err == io.EOF {
				break
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkWriteGDELT(b *testing.B)    { benchmarkRows(b, gdelt) }
func BenchmarkWriteMentions(b *testing.B) { benchmarkRows(b, gdeltMentions) }
func BenchmarkWriteICEWS(b *testing.B)    { benchmarkRows(b, icews) }
func BenchmarkWritePOLECAT(b *testing.B)  { benchmarkRows(b, polecat) }
func BenchmarkWritePhoenix(b *testing.B)  { benchmarkRows(b, phoenix) }
func BenchmarkWritePETRARCH(b *testing.B) { benchmarkRows(b, petrarch) }
func BenchmarkReadGDELT(b *testing.B)     { benchmarkReading(b, gdelt) }
func BenchmarkReadICEWS(b *testing.B)     { benchmarkReading(b, icews) }
func BenchmarkReadPOLECAT(b *testing.B)   { benchmarkReading(b, polecat) }
func BenchmarkReadPhoenix(b *testing.B)   { benchmarkReading(b, phoenix) }
func BenchmarkReadPETRARCH(b *testing.B)  { benchmarkReading(b, petrarch) }
