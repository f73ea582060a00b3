package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zip"
	"github.com/klauspost/compress/zstd"
)

// gdeltRows are so many invented rows in GDELT's 61 columns.
func gdeltRows(first, n int) []byte {
	var b bytes.Buffer
	for i := first; i < first+n; i++ {
		row := make([]string, 61)
		row[0], row[1] = fmt.Sprint(i), fmt.Sprintf("202502%02d", 1+i%28)
		row[5], row[6], row[7] = "TCDGOV", "MINISTER", "TCD"
		row[15], row[16], row[17] = "SDN", "SUDAN", "SDN"
		row[26], row[29] = "112", "3"
		row[59], row[60] = "20250301000000", "https://news.example/"+fmt.Sprint(i/3)
		b.WriteString(strings.Join(row, "\t") + "\n")
	}
	return b.Bytes()
}

// file is a file to be packed.
type file struct {
	name string
	text []byte
}

func zipped(t *testing.T, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write(f.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// spoilt damages what is packed, in its middle.
func spoilt(b []byte) []byte {
	for i := range 64 {
		b[len(b)/2+i] ^= 0x5a
	}
	return b
}

func gzipped(t *testing.T, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rates are told of what takes long.
var rates = regexp.MustCompile(` in \w+, \d+ a second`)

// TestImportPacked imports what is packed in any way, and folders.
func TestImportPacked(t *testing.T) {
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	broken := gzipped(t, gdeltRows(700, 5100))
	for _, c := range []struct {
		name   string
		files  []file
		status int
		stdout string
		stderr string
	}{
		{"plain", []file{{"a.csv", gdeltRows(100, 7)}}, 0, "gdelt: 7 events stored, 0 were there\n", ""},
		{"gzip", []file{{"a.csv.gz", gzipped(t, gdeltRows(100, 7))}}, 0, "gdelt: 7 events stored, 0 were there\n", ""},
		{"zstd", []file{{"a.zst", z.EncodeAll(gdeltRows(100, 7), nil)}}, 0, "gdelt: 7 events stored, 0 were there\n", ""},
		{"zip", []file{{"a.zip", zipped(t, file{"a.csv", gdeltRows(100, 7)}, file{"b/", nil}, file{"b/c.csv.gz", gzipped(t, gdeltRows(105, 7))})}}, 0, "gdelt: 12 events stored, 2 were there\n", ""},
		{"folder", []file{{"b/a.csv", gdeltRows(100, 7)}, {"b/c/d.csv", gdeltRows(200, 7)}, {"b/.hidden", []byte("none")}, {"b/.git/x", []byte("none")}}, 0, "gdelt: 14 events stored, 0 were there\n", ""},
		{"of a zip, what cannot be read is named", []file{{"a.zip", zipped(t, file{"README", []byte("Read me.")}, file{"a.csv", gdeltRows(100, 7)}, file{"in.zip", zipped(t)}, file{"deep.zip", zipped(t, file{"x", nil})})}}, 1,
			"gdelt: 7 events stored, 0 were there\n", "a.zip/README: it is in none of the formats|a.zip/deep.zip: it is a zip archive, which is read from a file only|3 inputs could not be read"},
		{"no zip", []file{{"a.zip", append([]byte("PK\x03\x04"), gdeltRows(1, 3)...)}}, 1, "", "a.zip: the zip data breaks off: the file is not complete"},
		{"after a damaged member of a zip the rest is imported", []file{{"b/a.zip", spoilt(zipped(t, file{"a.csv", gdeltRows(700, 5100)}))}, {"b/b.csv", gdeltRows(100, 7)}}, 1,
			"gdelt: ", "a.zip/a.csv: the zip data |dragoman: 1 input"},
		{"what a damaged file has before the damage is stored", []file{{"a.gz", broken[:len(broken)-9]}}, 1, "gdelt: 5100 events stored, 0 were there\n", "a.gz: the gzip data breaks off|1 input could not be read"},
		{"a small damaged file", []file{{"a.gz", gzipped(t, gdeltRows(700, 5))[:60]}}, 1, "", "dragoman: a.gz: the gzip data breaks off: the file is not complete\ndragoman: 1 input could"},
		{"of a folder with some, what cannot be read is named", []file{{"b/README", []byte("Read me.")}, {"b/a.csv", gdeltRows(100, 7)}}, 1,
			"gdelt: 7 events stored, 0 were there\n", "b/README: it is in none of the formats|1 input could not be read"},
		{"a folder without any", []file{{"b/README", []byte("Read me.")}, {"b/c/d.txt", []byte("Me too.")}}, 1, "", "dragoman: b: no file in it is in a format that is read (gdelt, |give files of a provider, or a folder that dragoman export|1 input could not be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			for _, f := range c.files {
				if err := os.MkdirAll(filepath.Dir(f.name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(f.name, f.text, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			name, _, _ := strings.Cut(c.files[0].name, "/")
			var out, errs bytes.Buffer
			status := run([]string{"import", "--db", "t.db", name}, nil, &out, &errs)
			if told := rates.ReplaceAllString(out.String(), ""); status != c.status || told != c.stdout && c.stdout != "gdelt: " || !strings.HasPrefix(told, c.stdout) {
				t.Errorf("status %d, %q, %q", status, out.String(), errs.String())
			}
			for want := range strings.SplitSeq(c.stderr, "|") {
				before, after, _ := strings.Cut(want, ".*")
				if !strings.Contains(errs.String(), before) || !strings.Contains(errs.String(), after) {
					t.Errorf("it does not say %q: %q", want, errs.String())
				}
			}
		})
	}
}

// TestImportFromStandardInput takes what is packed there too, but for zip.
func TestImportFromStandardInput(t *testing.T) {
	db := filepath.Join(t.TempDir(), "t.db")
	var out, errs bytes.Buffer
	if status := run([]string{"import", "--db", db, "--provider", "mine", "-"}, bytes.NewReader(gzipped(t, gdeltRows(100, 7))), &out, &errs); status != 0 || out.String() != "mine: 7 events stored, 0 were there\n" {
		t.Errorf("status %d, %q, %q", status, out.String(), errs.String())
	}
	if status := run([]string{"import", "--db", db, "-"}, bytes.NewReader(zipped(t, file{"a.csv", gdeltRows(100, 7)})), &out, &errs); status != 1 || !strings.Contains(errs.String(), "standard input: it is a zip archive") {
		t.Errorf("status %d, %q", status, errs.String())
	}
}

// TestImportNamesTheFirstFaults counts the others.
func TestImportNamesTheFirstFaults(t *testing.T) {
	t.Chdir(t.TempDir())
	bad := bytes.ReplaceAll(gdeltRows(100, 30), []byte("\t112\t"), []byte("\t999\t"))
	if err := os.WriteFile("a.csv", append(gdeltRows(1, 2), bad...), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	status := run([]string{"import", "--db", "t.db", "a.csv"}, nil, &out, &errs)
	if status != 1 || out.String() != "gdelt: 2 events stored, 0 were there\n" || strings.Count(errs.String(), "dragoman: a.csv:") != 10 ||
		!strings.Contains(errs.String(), "dragoman: a.csv:3: ") || !strings.Contains(errs.String(), "more rows cannot be read") || !strings.HasSuffix(errs.String(), "dragoman: 30 rows could not be read\n") {
		t.Errorf("status %d, %q, %q", status, out.String(), errs.String())
	}
}
