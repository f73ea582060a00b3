package place

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"dragoman/data"
)

// geo writes a line of a GeoNames dump.
func geo(id int, name, alternates, class, code, country, admin1, admin2 string, population int) string {
	return fmt.Sprintf("%d\t%s\t%s\t%s\t36.5\t69.5\t%s\t%s\t%s\t\t%s\t%s\t\t\t%d\t\t500\tAsia/Kabul\t2020-01-01\n",
		id, name, name, alternates, class, code, country, admin1, admin2, population)
}

// over is the embedded data with a file of places laid over it.
type over struct {
	fs.FS
	dump []byte
}

func (o over) Open(name string) (fs.File, error) {
	if name == DumpPath {
		return fstest.MapFS{name: {Data: o.dump}}.Open(name)
	}
	return o.FS.Open(name)
}

// laidOver returns the embedded data with the dump imported over it.
func laidOver(t *testing.T, dump string) *Resolver {
	t.Helper()
	var out bytes.Buffer
	if _, err := Import(strings.NewReader(dump), &out, nil); err != nil {
		t.Fatal(err)
	}
	r, err := Load(over{data.Embedded(), out.Bytes()})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestImport(t *testing.T) {
	dump := "geonameid\tname\tasciiname\n" +
		geo(71, "Gulbandak", "Gol Bandak,GLB,گلبندک,https://example.org/x", "P", "PPL", "AF", "26", "1208", 0) +
		geo(72, "Gulbandak", "", "P", "PPL", "IR", "26", "", 900) +
		geo(73, "Chah-e Gulbandak", "", "H", "WLL", "AF", "26", "", 0) +
		geo(74, "Rud-e Gulbandak", "", "H", "STM", "AF", "26", "9999", 0) +
		geo(1123230, "Wilayat-e Takhar", "Tachar Wilayat", "A", "ADM1", "AF", "26", "", 0)
	r := laidOver(t, dump)
	for _, c := range []struct{ text, want string }{
		{"Shells fell on [Gulbandak|l], a village in [Takhar|l].", "Gulbandak=gn:71(settlement)<AFG.takhar.rustaq AFG.takhar AFG; Takhar=AFG.takhar(admin1)<AFG"},
		{"[Afghanistan|l] spoke. Shells fell on [Gol Bandak|l].", "Afghanistan=AFG(country); Gol Bandak=gn:71(settlement)<AFG.takhar.rustaq AFG.takhar AFG"},
		{"[Afghanistan|l] and [Takhar|l]: floods at [Rud-e Gulbandak|l].", "Afghanistan=AFG(country); Takhar=AFG.takhar(admin1)<AFG; Rud-e Gulbandak=gn:74(water)<AFG.takhar AFG"},
		{"They reached [Tachar Wilayat|l].", "Tachar Wilayat=AFG.takhar(admin1)<AFG"},
		{"Nobody went to [Chah-e Gulbandak|l].", "Chah-e Gulbandak=new:chah-e-gulbandak()"},
	} {
		doc := write(c.text)
		if got := tell(doc, r.Resolve(doc)); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestImportFaults(t *testing.T) {
	_, err := Import(strings.NewReader(geo(1, "X", "", "P", "PPL", "AF", "", "", 0)+"2\tY\n"), &bytes.Buffer{}, nil)
	if err == nil || err.Error() != "line 2: 2 columns where a GeoNames dump has 19" {
		t.Errorf("got %v", err)
	}
}

// Runs that went through files are merged into the same bytes.
func TestImportSpills(t *testing.T) {
	var s sorter
	defer s.close()
	var want []string
	for i := range 3000 {
		k := fmt.Sprintf("%04d", (i*7919)%3000)
		want = append(want, fmt.Sprintf("%04d\tname", i))
		s.lines = append(s.lines, k+"\t0000000000\tname")
		if i%1000 == 999 && i < 2999 {
			if err := s.spill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := s.write(&out); err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(out.String(), dumpHeader)
	if strings.TrimSpace(body) != strings.Join(want, "\n") {
		t.Error("the merged runs are not the sorted lines")
	}
}

// Every key of a file is found, whatever the lengths of its lines.
func TestSearch(t *testing.T) {
	var dump strings.Builder
	for i := range 400 {
		dump.WriteString(geo(i+1, "Place "+strings.Repeat("x", i%97)+fmt.Sprint(i), "", "P", "PPL", "AF", "26", "", i))
	}
	r := laidOver(t, dump.String())
	for i := range 400 {
		k := key("Place " + strings.Repeat("x", i%97) + fmt.Sprint(i))
		if got := r.dump.named(r, k); len(got) != 1 || got[0].geonames != i+1 {
			t.Fatalf("%s: %v", k, got)
		}
	}
	for _, k := range []string{"a", "place", "zz", "place xx"} {
		if got := r.dump.named(r, k); got != nil {
			t.Errorf("%s is not there: %v", k, got)
		}
	}
}
