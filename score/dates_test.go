package score

import (
	"archive/tar"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dragoman"
)

// dateReader finds the words it was given, with their days.
type dateReader map[string][2]dragoman.Day

func (r dateReader) Read(a dragoman.Article) dragoman.Document {
	d := dragoman.Document{Article: a}
	for at := 0; at < len(a.Text); at++ {
		for words, days := range r {
			if strings.HasPrefix(a.Text[at:], words) {
				d.Dates = append(d.Dates, dragoman.Date{Span: dragoman.Span{Start: at, End: at + len(words)}, From: days[0], To: days[1]})
			}
		}
	}
	return d
}

func days(from, to string) [2]dragoman.Day {
	var d [2]dragoman.Day
	for i, s := range []string{from, to} {
		var err error
		if d[i], err = dragoman.ParseDay(s); err != nil {
			d[i] = dragoman.NoDay
		}
	}
	return d
}

func counts(s DateScore) [5]int { return [5]int{s.Gold, s.Found, s.Overlap, s.Right, s.Within} }

// meantimeArchive writes a document of MEANTIME as an archive has it, in two copies.
func meantimeArchive(t *testing.T, cat string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.tar.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	w := tar.NewWriter(z)
	for _, name := range []string{"intra-doc/a.xml", "cross-doc/a.xml"} {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(cat))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(cat)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []interface{ Close() error }{w, z, f} {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func TestDatesCAT(t *testing.T) {
	const cat = `<Document>
<token t_id="1" sentence="0">Port</token><token t_id="2" sentence="0">opens</token>
<token t_id="3" sentence="1">May</token><token t_id="4" sentence="1">5</token>
<token t_id="5" sentence="2">It</token><token t_id="6" sentence="2">opened</token><token t_id="7" sentence="2">Monday</token>
<token t_id="8" sentence="2">,</token><token t_id="9" sentence="2">since</token><token t_id="10" sentence="2">2019</token>
<token t_id="11" sentence="2">for</token><token t_id="12" sentence="2">years</token><token t_id="13" sentence="2">early</token><token t_id="14" sentence="2">2020</token>
<token t_id="15" sentence="3">Sunday</token>
<Markables>
<TIMEX3 functionInDocument="CREATION_TIME" type="DATE" value="2020-05-05"><token_anchor t_id="3"/><token_anchor t_id="4"/></TIMEX3>
<TIMEX3 type="DATE" value="2020-05-04"><token_anchor t_id="7"/></TIMEX3>
<TIMEX3 type="DATE" value="2019"><token_anchor t_id="10"/></TIMEX3>
<TIMEX3 type="DURATION" value="PXY"><token_anchor t_id="12"/></TIMEX3>
<TIMEX3 type="DATE" value="2020"><token_anchor t_id="13"/><token_anchor t_id="14"/></TIMEX3>
</Markables></Document>`
	path := meantimeArchive(t, cat)
	read := dateReader{"May 5": days("2020-05-05", "2020-05-05"), "Monday": days("2020-05-04", "2020-05-04"),
		"since 2019": days("2019-01-01", "2020-05-05"), "years": days("", ""), "early 2020": days("2020-01-01", "2020-04-30"), "opened": days("", ""),
		"Sunday": days("2020-05-03", "2020-05-03")}
	s, err := Dates(read, path)
	if err != nil {
		t.Fatal(err)
	}
	// "years" counts neither way, "opened" is spurious, "Sunday" is past the annotated part.
	if want := [5]int{4, 5, 4, 3, 1}; counts(s) != want {
		t.Errorf("gold, found, overlap, right, within: %v, want %v", counts(s), want)
	}
	if s.Texts != 1 || len(s.Spurious) != 1 || len(s.Wrong) != 1 || !strings.Contains(s.Wrong[0], "[early 2020]") {
		t.Errorf("%+v", s)
	}
}

func TestDatesRecognizers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.json")
	err := os.WriteFile(path, []byte(`[
 {"Input": "Left — on Monday.", "Context": {"ReferenceDateTime": "2025-02-12T00:00:00"}, "Results": [{"Text": "monday", "Start": 10, "End": 15,
  "TypeName": "datetimeV2.date", "Resolution": {"values": [{"value": "2025-02-10"}, {"value": "2025-02-17"}]}}]},
 {"Input": "In May at noon.", "Context": {"ReferenceDateTime": "2025-02-12T00:00:00"}, "Results": [{"Text": "may", "Start": 3, "End": 5,
  "TypeName": "datetimeV2.daterange", "Resolution": {"values": [{"start": "2024-05-01", "end": "2024-06-01"}]}}, {"Start": 10, "End": 13, "TypeName": "datetimeV2.time"}]}]`), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		monday string
		right  int
		later  int
	}{{"2025-02-10", 2, 0}, {"2025-02-17", 2, 1}, {"2025-02-03", 1, 0}} {
		s, err := Dates(dateReader{"Monday": days(c.monday, c.monday), "May": days("2024-05-01", "2024-05-31"), "noon": days("", "")}, path)
		if err != nil {
			t.Fatal(err)
		}
		if want := [5]int{2, 2, 2, c.right, 0}; counts(s) != want || s.Later != c.later {
			t.Errorf("%s: %v, want %v", c.monday, counts(s), want)
		}
	}
}

// What the file leaves open, what it ends early, and what does not count.
func TestDatesRecognizersRanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.json")
	err := os.WriteFile(path, []byte(`[
 {"Input": "2001 to 2003", "Context": {"ReferenceDateTime": "2025-02-12T00:00:00"}, "Results": [{"Text": "2001 to 2003", "Start": 0, "End": 11,
  "TypeName": "datetimeV2.daterange", "Resolution": {"values": [{"timex": "(2001-01-01,2003-01-01,P2Y)", "start": "2001-01-01", "end": "2003-01-01"}]}}]},
 {"Input": "since 2001", "Context": {"ReferenceDateTime": "2025-02-12T00:00:00"}, "Results": [{"Text": "since 2001", "Start": 0, "End": 9,
  "TypeName": "datetimeV2.daterange", "Resolution": {"values": [{"timex": "2001", "Mod": "since", "start": "2001-01-01", "sourceEntity": "datetimerange"}]}}]},
 {"Input": "after 3 May 2001", "Context": {"ReferenceDateTime": "2025-02-12T00:00:00"}, "Results": [{"Text": "after 3 may 2001", "Start": 0, "End": 15,
  "TypeName": "datetimeV2.daterange", "Resolution": {"values": [{"timex": "2001-05-03", "Mod": "after", "start": "2001-05-03", "sourceEntity": "datetimepoint"}]}}]},
 {"Input": "that month, 3 May at 4", "Context": {"ReferenceDateTime": "2025-02-12T00:00:00"}, "Results": [{"Text": "that month", "Start": 0, "End": 9,
  "TypeName": "datetimeV2.daterange", "Resolution": {"values": [{"timex": "XXXX-XX", "Mod": "ref_undef", "start": "2025-02-01", "end": "2025-03-01"}]}},
  {"Text": "3 may at 4", "Start": 12, "End": 21, "TypeName": "datetimeV2.datetime", "Resolution": {"values": [{"timex": "2024-05-03T04", "value": "2024-05-03 04:00:00"}]}}]}]`), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		to, since string
		right     int
	}{{"2003-12-31", "2025-02-12", 3}, {"2002-12-31", "", 3}, {"2003-06-30", "2001-12-31", 1}} {
		s, err := Dates(dateReader{"2001 to 2003": days("2001-01-01", c.to), "since 2001": days("2001-01-01", c.since), "after 3 May 2001": days("2001-05-04", ""),
			"that month": days("2025-01-01", "2025-01-31"), "3 May at": days("2024-05-03", "2024-05-03")}, path)
		if err != nil {
			t.Fatal(err)
		}
		if want := [5]int{3, 3, 3, c.right, 0}; counts(s) != want {
			t.Errorf("%s, %s: %v, want %v", c.to, c.since, counts(s), want)
		}
	}
}

func TestDatesDuckling(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.jsonl")
	err := os.WriteFile(path, []byte(`{"kind": "datetime", "values": ["2013-02-15T00:00:00"], "grain": "Day", "examples": ["15 Feb"]}
{"kind": "datetime", "values": ["2013-03-01T00:00:00"], "grain": "Month", "examples": ["in March", "noon"]}
{"kind": "datetime", "values": ["2013-02-12T13:00:00"], "grain": "Hour", "examples": ["at 1"]}
{"kind": "negative", "values": [], "examples": ["a march"]}
`), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Dates(dateReader{"15 Feb": days("2013-02-15", "2013-02-15"), "March": days("2013-03-01", "2013-03-31"), "march": days("", ""), "at 1": days("", "")}, path)
	if err != nil {
		t.Fatal(err)
	}
	if want := [5]int{3, 3, 2, 2, 0}; counts(s) != want || s.Texts != 5 {
		t.Errorf("%v of %d texts, want %v", counts(s), s.Texts, want)
	}
	if !strings.Contains(s.String(), "F 66.7") {
		t.Errorf("%s", s)
	}
	if _, err := Dates(dateReader{}, path+"x"); err == nil {
		t.Error("a missing file is no fault")
	}
}
