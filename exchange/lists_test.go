package exchange

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dragoman/data"
)

func TestCodeParts(t *testing.T) {
	b := rowBook()
	l := codebook(t).lists
	for _, c := range []struct{ code, country, known, religion, types, entity, role, attributes string }{
		{"IRN", "IRN", "", "", "", "IRN", "", ""},
		{"IRNGOVMIL", "IRN", "", "", "GOV MIL", "IRN", "GOV", "MIL"},
		{"IGOEUREEC", "EUR", "EEC", "", "IGO", "IGO", "", "EUR;EEC"},
		{"IGOUNOREFHCR", "", "HCR", "", "IGO REF", "IGO", "", "UNO;REF;HCR"},
		{"IGOMOSOIC", "", "OIC", "MOS", "IGO", "IGO", "", "MOS;OIC"},
		{"GOV", "", "", "", "GOV", "", "GOV", ""},
		{"AFGREBTAL", "AFG", "", "", "REB", "AFG", "REB", "TAL"},
		{"USAELIGOV", "USA", "", "", "ELI GOV", "USA", "", "ELI;GOV"},
		{"", "", "", "", "", "", "", ""},
		{"XX", "", "", "", "", "", "", ""},
	} {
		p := l.parts(b, c.code)
		got := []string{p.country, p.known, strings.TrimSpace(strings.Join(p.religion[:], " ")), strings.TrimSpace(strings.Join(p.types[:], " ")), p.entity, p.role, strings.Join(p.attributes, ";")}
		want := []string{c.country, c.known, c.religion, c.types, c.entity, c.role, c.attributes}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", c.code, got, want)
		}
	}
}

func TestCountryCodes(t *testing.T) {
	b := rowBook()
	l := codebook(t).lists
	seen := map[string]string{}
	for iso3, c := range l.countries {
		s, ok := b.State(iso3)
		if !ok {
			t.Errorf("%s is no state", iso3)
		}
		for _, code := range append(slices.Clone(c.parts), s.FIPS) {
			if was, ok := seen[code]; ok && was != iso3 && code != "" {
				t.Errorf("%s and %s both have %s in FIPS 10-4", was, iso3, code)
			}
			seen[code] = iso3
		}
		if n, err := strconv.Atoi(c.cow); c.cow != "" && (err != nil || n < 2 || n > 990) {
			t.Errorf("%s has the number %s in Correlates of War, which has 2 to 990", iso3, c.cow)
		}
		if c.gdelt != "" {
			if back, _ := b.Country(c.gdelt); back.ISO3 != iso3 {
				t.Errorf("%s of GDELT is read as %q, not %s", c.gdelt, back.ISO3, iso3)
			}
		}
	}
	for _, c := range []struct{ name, iso3 string }{{"Russian Federation", "RUS"}, {"Congo", "COG"}, {"Democratic Republic of Congo", "COD"}, {"Occupied Palestinian Territory", "PSE"}, {"Cote d'Ivoire", "CIV"},
		{"the former Yugoslav Republic of Macedonia", "MKD"}, {"Bavaria", ""}} {
		if s, _ := l.stateCalled(b, c.name); s.ISO3 != c.iso3 {
			t.Errorf("%s is %q, not %q", c.name, s.ISO3, c.iso3)
		}
	}
}

func TestListsSayWhatIsWrong(t *testing.T) {
	for _, name := range []string{"plover/conventions.tsv", "plover/actorcodes.tsv", "plover/icews.tsv", "actors/countrycodes.tsv", "places/admin1.tsv"} {
		if _, err := loadLists(lacking{name}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

// lacking are the tables without one of them.
type lacking struct{ name string }

func (l lacking) Open(name string) (fs.File, error) {
	if name == l.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return data.Embedded().Open(name)
}
