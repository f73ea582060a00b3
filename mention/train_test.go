package mention

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
)

// lessonsTSV is a small corpus: enough to learn that names are capitalised.
const lessonsTSV = `# newdoc id = one
Rosa	B-Person
Lund	I-Person
visited	O
Tartu	B-Location
.	O

The	O
Estonian	B-NORP
Harbour	B-Organization
Board	I-Organization
thanked	O
Lund	B-Person
on	O
Friday	B-Date
.	O

# newdoc id = two
Officials	O
from	O
Riga	B-Location
met	O
Jonas	B-Person
Berzins	I-Person
in	O
the	O
morning	O
.	O
`

const lessonsCSV = `Sentence #,Word,POS,Tag
Sentence: 1,President,NNP,B-per
,Lund,NNP,I-per
,left,VBD,O
,Latvia,NNP,B-gpe
,.,.,O
Sentence: 2,"""",` + "``" + `,O
,Tartu,NNP,B-geo
,is,VBZ,O
,open,JJ,O
,.,.,O
`

func corpora(t *testing.T) (tsv, csv string) {
	t.Helper()
	dir := t.TempDir()
	tsv, csv = filepath.Join(dir, "a.tsv"), filepath.Join(dir, "b.csv")
	for name, text := range map[string]string{tsv: lessonsTSV, csv: lessonsCSV} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return tsv, csv
}

func TestReadCorpus(t *testing.T) {
	tsv, csv := corpora(t)
	docs, err := ReadCorpus(tsv)
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 || docs[0].ID != "one" || len(docs[0].Sentences) != 2 {
		t.Fatalf("read %+v", docs)
	}
	want := []AnnotatedName{{1, 2, dragoman.Nationality}, {2, 4, dragoman.Organisation}, {5, 6, dragoman.Person}}
	if got := docs[0].Sentences[1].Names; !slices.Equal(got, want) {
		t.Errorf("names %v, want %v", got, want)
	}
	if docs, err = ReadCorpus(csv); err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 || docs[1].Sentences[0].Words[0] != `"` {
		t.Fatalf("read %+v", docs)
	}
	if want := []AnnotatedName{{0, 2, dragoman.Person}, {3, 4, dragoman.Nationality}}; !slices.Equal(docs[0].Sentences[0].Names, want) {
		t.Errorf("names %v, want %v", docs[0].Sentences[0].Names, want)
	}
}

func TestHarmonise(t *testing.T) {
	_, csv := corpora(t)
	docs, err := ReadCorpus(csv)
	if err != nil {
		t.Fatal(err)
	}
	r := finder(t).names
	r.harmonise(&docs[0])
	want := []AnnotatedName{{1, 2, dragoman.Person}, {3, 4, dragoman.Location}}
	if got := docs[0].Sentences[0].Names; !slices.Equal(got, want) {
		t.Errorf("names %v, want %v: no title, and a country is a location", got, want)
	}
}

func TestTrainTwiceGivesTheSameBytes(t *testing.T) {
	tsv, csv := corpora(t)
	text := filepath.Join(t.TempDir(), "raw.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("The harbour of Riga is open on Friday. ", 20)), 0o644); err != nil {
		t.Fatal(err)
	}
	s := Settings{Rounds: 3, Rows: 2000, Texts: []string{text}}
	a, err := Train(data.Embedded(), []string{tsv, csv}, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Train(data.Embedded(), []string{tsv, csv}, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("two trainings differ")
	}
	w, err := loadWords(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRecogniser(data.Embedded(), w)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.open(a); err != nil {
		t.Fatal(err)
	}
	got := (&Finder{names: r, words: w}).Names([][]string{{"Rosa", "Lund", "visited", "Tartu", "."}})
	want := []AnnotatedName{{0, 2, dragoman.Person}, {3, 4, dragoman.Location}}
	if len(got) != 1 || !slices.Equal(got[0], want) {
		t.Errorf("what was learnt finds %v, want %v", got, want)
	}
}

func TestDamagedWeights(t *testing.T) {
	w, err := loadWords(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRecogniser(data.Embedded(), w)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range []string{"", "dragoman weights 1\n", "nothing of the kind"} {
		if r.open([]byte(b)) == nil {
			t.Errorf("%q passes for weights", b)
		}
	}
}

func TestWordClusters(t *testing.T) {
	b := packClusters([]uint64{lowerHash("harbour"), lowerHash("port"), lowerHash("Ali")}, []uint16{1, 1, 0}, []uint8{0, 3})
	c, err := openClusters(b)
	if err != nil {
		t.Fatal(err)
	}
	fine, large := c.of(lowerHash("PORT"))
	if fine != 2 || large != 4 {
		t.Errorf("port is in %d and %d, want 2 and 4", fine, large)
	}
	if fine, _ := c.of(lowerHash("ship")); fine != 0 {
		t.Errorf("ship is in %d, want none", fine)
	}
	if _, err := openClusters([]byte{9, 0, 1}); err == nil {
		t.Error("a damaged table passes")
	}
}

func TestNameKeys(t *testing.T) {
	for _, pair := range [][2]string{{"Dasht-e-Qala", "Dasht e Qala"}, {"the U.S.", "US"}, {"Côte d'Ivoire", "côte d’ivoire"}} {
		if nameKey(pair[0]) != nameKey(pair[1]) {
			t.Errorf("%q and %q are told apart", pair[0], pair[1])
		}
	}
	if nameKey("Niger") == nameKey("Nigeria") {
		t.Error("Niger is Nigeria")
	}
}

func BenchmarkNames(b *testing.B) {
	f, err := Load(data.Embedded())
	if err != nil {
		b.Fatal(err)
	}
	sentence := strings.Fields("Foreign Minister Rosa Lund told the Harbour Board in Tartu on Friday that two Latvian ships had left .")
	var doc [][]string
	for range 40 {
		doc = append(doc, sentence)
	}
	b.ReportAllocs()
	for b.Loop() {
		f.Names(doc)
	}
	b.ReportMetric(float64(b.N*len(sentence)*40)/b.Elapsed().Seconds(), "words/s")
}
