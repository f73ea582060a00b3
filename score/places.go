package score

import (
	"compress/gzip"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"dragoman"
	"dragoman/data"
	"dragoman/place"
)

// Toponym is a name of a place in a gold file: its bytes, and where it is.
type Toponym struct {
	dragoman.Span
	Lat, Lon float64
	Page     string // title of its encyclopedia page
}

// GeoArticle is an article of a gold file with its toponyms.
type GeoArticle struct {
	dragoman.Article
	Toponyms []Toponym
	Skipped  int // toponyms whose characters are not where the file says
}

// PlaceScore says how well the names of places are found and put on the map.
type PlaceScore struct {
	Gold, Found, Right       int     // toponyms; names read as places; of them with exactly the span of a toponym
	Spans, Placed, Near      int     // toponyms whose span was found; got coordinates; within 161 km
	Mean, Median             float64 // error in km of the placed ones
	Countries, CountriesTrue int     // found toponyms that are countries; read as that country
}

// The usual measure counts what lies within 100 miles.
const nearby = 161

// Places reads the articles of a GeoVirus file (.xml or .xml.gz) with read and
// compares the places.
func Places(read dragoman.Reader, file string) (PlaceScore, error) {
	articles, err := ReadGeoVirus(file)
	if err != nil {
		return PlaceScore{}, err
	}
	iso, err := countryTitles()
	if err != nil {
		return PlaceScore{}, err
	}
	var s PlaceScore
	var errors []float64
	for _, a := range articles {
		doc := read.Read(a.Article)
		errors = s.add(a, &doc, iso, errors)
	}
	slices.Sort(errors)
	for _, e := range errors {
		s.Mean += e / float64(len(errors))
	}
	if len(errors) > 0 {
		s.Median = errors[len(errors)/2]
	}
	return s, nil
}

// add compares one article and appends the errors of its places.
func (s *PlaceScore) add(a GeoArticle, doc *dragoman.Document, iso map[string]string, errors []float64) []float64 {
	places := map[dragoman.Span]*dragoman.Place{}
	for i := range doc.Places {
		for _, m := range doc.Places[i].Mentions {
			if doc.Mentions[m].Form == dragoman.Name {
				places[doc.Mentions[m].Span] = &doc.Places[i]
			}
		}
	}
	s.Found += len(places)
	s.Gold += len(a.Toponyms)
	for _, t := range a.Toponyms {
		p := places[t.Span]
		if p == nil {
			continue
		}
		s.Spans++
		s.Right++
		if code := iso[t.Page]; code != "" {
			s.Countries++
			if p.Country == code {
				s.CountriesTrue++
			}
		}
		if !p.Located {
			continue
		}
		s.Placed++
		e := place.Distance(t.Lat, t.Lon, p.Lat, p.Lon)
		if e <= nearby {
			s.Near++
		}
		errors = append(errors, e)
	}
	return errors
}

// countryTitles returns the ids of the countries by the titles of their pages.
func countryTitles() (map[string]string, error) {
	t, err := data.Read(data.Embedded(), "places/countries.tsv", "id", "name", "aliases")
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for i := range t.Len() {
		for _, name := range append(t.List(i, "aliases"), t.Value(i, "name")) {
			titles[name] = t.Value(i, "id")
		}
	}
	delete(titles, "Georgia")
	titles["Georgia (country)"] = "GEO"
	return titles, nil
}

// String returns the scores as lines for people.
func (s PlaceScore) String() string {
	return fmt.Sprintf("toponyms %d  spans P %.1f R %.1f F %.1f\nof found spans: placed %.1f  within 161 km %.1f  countries %.1f (%d)\nof all toponyms: within 161 km %.1f\nerror of placed: mean %.0f km, median %.0f km\n",
		s.Gold, percent(s.Right, s.Found), percent(s.Spans, s.Gold), percent(2*s.Right, s.Found+s.Gold),
		percent(s.Placed, s.Spans), percent(s.Near, s.Spans), percent(s.CountriesTrue, s.Countries), s.Countries,
		percent(s.Near, s.Gold), s.Mean, s.Median)
}

func percent(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(n) / float64(of)
}

// ReadGeoVirus reads a GeoVirus file, plain or gzipped.
func ReadGeoVirus(file string) ([]GeoArticle, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		defer z.Close()
		r = z
	}
	articles, err := parseGeoVirus(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return articles, nil
}

// parseGeoVirus reads articles whose offsets are code points from 1.
func parseGeoVirus(r io.Reader) ([]GeoArticle, error) {
	var x struct {
		Articles []struct {
			Text      string `xml:"text"`
			Locations []struct {
				Name string  `xml:"name"`
				From int     `xml:"start"`
				To   int     `xml:"end"`
				Lat  float64 `xml:"lat"`
				Lon  float64 `xml:"lon"`
				Page string  `xml:"page"`
			} `xml:"locations>location"`
		} `xml:"article"`
	}
	if err := xml.NewDecoder(r).Decode(&x); err != nil {
		return nil, err
	}
	var articles []GeoArticle
	for i, xa := range x.Articles {
		a := GeoArticle{Article: dragoman.Article{ID: fmt.Sprint(i + 1), Text: xa.Text, Language: "en", Published: dragoman.NoDay}}
		at := codePoints(xa.Text)
		for _, l := range xa.Locations {
			from, to := l.From-1, l.To-1
			if from < 0 || to <= from || to >= len(at) || xa.Text[at[from]:at[to]] != l.Name {
				a.Skipped++
				continue
			}
			page, err := url.PathUnescape(l.Page[strings.LastIndexByte(l.Page, '/')+1:])
			if err != nil {
				page = ""
			}
			a.Toponyms = append(a.Toponyms, Toponym{dragoman.Span{Start: at[from], End: at[to]}, l.Lat, l.Lon, strings.ReplaceAll(page, "_", " ")})
		}
		slices.SortFunc(a.Toponyms, func(a, b Toponym) int { return a.Start - b.Start })
		articles = append(articles, a)
	}
	return articles, nil
}

// codePoints returns the byte at which every code point of s begins, and its end.
func codePoints(s string) []int {
	at := make([]int, 0, utf8.RuneCountInString(s)+1)
	for i := range s {
		at = append(at, i)
	}
	return append(at, len(s))
}
