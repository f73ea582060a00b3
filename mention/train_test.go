package mention

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/learn"
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
	raw := slices.Values([][][]string{slices.Repeat([][]string{strings.Fields("The harbour of Riga is open on Friday .")}, 20)})
	s := Settings{Rounds: 500, Reading: 1, Raw: raw}
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
	r, w, err := newRecogniser(data.Embedded())
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
	r, _, err := newRecogniser(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range []string{"", "dragoman weights 1\n", "nothing of the kind"} {
		if r.open([]byte(b)) == nil {
			t.Errorf("%q passes for weights", b)
		}
	}
}

// gumLesson has a title, a hyphen, a name within a name, a proper noun of another
// class, and a phrase that is no name.
const gumLesson = `# newdoc id = GUM_own
# sent_id = GUM_own-1
1	President	president	PROPN	NNP	_	0	root	_	Entity=(1-person-new-nnnnn-cf1-1,2,4-sgl
2	Rosa	Rosa	PROPN	NNP	_	1	flat	_	_
3	Lund	Lund	PROPN	NNP	_	1	flat	_	SpaceAfter=No
4	-	-	PUNCT	HYPH	_	5	punct	_	SpaceAfter=No
5	Kask	Kask	PROPN	NNP	_	1	flat	_	Entity=1)
6-7	isn't	_	_	_	_	_	_	_	_
6	is	be	AUX	VBZ	_	0	dep	_	_
7	n't	not	PART	RB	_	6	dep	_	_
8	at	at	ADP	IN	_	9	case	_	_
9	University	University	PROPN	NNP	_	6	dep	_	Entity=(2-organization-new-nnnnn-cf2-1,3-sgl-Some_Title
10	of	of	ADP	IN	_	11	case	_	_
11	Tartu	Tartu	PROPN	NNP	_	9	nmod	_	Entity=(3-place-new-nnnnn-cf3-1-sgl-Tartu)2)
12	with	with	ADP	IN	_	14	case	_	_
13	the	the	DET	DT	_	14	det	_	Entity=(4-person-new-nnnnn-cf4-2-sgl
14	owner	owner	NOUN	NN	_	9	nmod	_	_
15	of	of	ADP	IN	_	16	case	_	_
16	Windows	Windows	PROPN	NNP	_	14	nmod	_	Entity=(5-object-new-nnnnn-cf5-1-sgl)4)
`

func TestNamesOfEntities(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.conllu")
	if err := os.WriteFile(path, []byte(gumLesson), 0o644); err != nil {
		t.Fatal(err)
	}
	docs, err := ReadCorpus(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 1 || docs[0].ID != "GUM_own" || len(docs[0].Sentences) != 1 || len(docs[0].Sentences[0].Words) != 16 {
		t.Fatalf("read %+v", docs)
	}
	finder(t).names.harmonise(&docs[0])
	want := []AnnotatedName{{1, 5, dragoman.Person}, {8, 11, dragoman.Organisation}, {15, 16, dragoman.Unclassed}}
	if got := docs[0].Sentences[0].Names; !slices.Equal(got, want) {
		t.Errorf("names %v, want %v", got, want)
	}
}

// Without entities the proper nouns are names of no class.
func TestNamesOfProperNouns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.conllu")
	text := regexp.MustCompile(`Entity=\S+`).ReplaceAllString(gumLesson, "_")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	docs, err := ReadCorpus(path)
	if err != nil {
		t.Fatal(err)
	}
	want := []AnnotatedName{{First: 0, End: 3}, {First: 4, End: 5}, {First: 8, End: 9}, {First: 10, End: 11}, {First: 15, End: 16}}
	if got := docs[0].Sentences[0].Names; !slices.Equal(got, want) {
		t.Errorf("names %v, want %v", got, want)
	}
}

// The gradients of the lattice are the slopes of its loss, and the best labels
// are those with the highest sum.
func TestMarks(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	corpus := write("c.conllu", "# newdoc id = d\n# sent_id = d-1\n"+
		"1\tRosa\t_\t_\tNNP\t_\t_\t_\t_\t_\n2\tLund\t_\t_\tNNP\t_\t_\t_\t_\t_\n3\tleft\t_\t_\tVBD\t_\t_\t_\t_\t_\n\n"+
		"# sent_id = d-2\n1\tMonday\t_\t_\tNNP\t_\t_\t_\t_\t_\n")
	marks, err := ReadMarks(write("m.tsv", "sentence\tnames\nd-1\t0-2:person\nelsewhere\t0-1:venue|3-4:other\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := []AnnotatedName{{0, 1, dragoman.Location}, {3, 4, dragoman.Other}}; !slices.Equal(marks["elsewhere"], want) {
		t.Errorf("marks %v, want %v", marks["elsewhere"], want)
	}
	docs, err := ReadCorpus(corpus)
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := marks.on(docs); !ok || err != nil {
		t.Fatalf("marks on the corpus: %v, %v", ok, err)
	}
	if want := []AnnotatedName{{0, 2, dragoman.Person}}; !slices.Equal(docs[0].Sentences[0].Names, want) || len(docs[0].Sentences[1].Names) > 0 {
		t.Errorf("names %+v, want %v and none", docs[0].Sentences, want)
	}
	tsv, _ := corpora(t)
	if docs, err = ReadCorpus(tsv); err != nil {
		t.Fatal(err)
	}
	if ok, err := marks.on(docs); ok || err != nil {
		t.Errorf("marks on a corpus without the sentences: %v, %v", ok, err)
	}
	for _, bad := range []string{"0-2", "2-2:person", "0-2:animal", "a-2:person", "-1-2:person"} {
		if _, err := ReadMarks(write("bad.tsv", "sentence\tnames\nd-1\t"+bad+"\n")); err == nil || !strings.Contains(err.Error(), "bad.tsv:2") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	long, err := ReadMarks(write("long.tsv", "sentence\tnames\nd-1\t1-9:person\n"))
	if err != nil {
		t.Fatal(err)
	}
	if docs, err = ReadCorpus(corpus); err != nil {
		t.Fatal(err)
	}
	if _, err := long.on(docs); err == nil || !strings.Contains(err.Error(), "d-1 has 3 words") {
		t.Errorf("a mark beyond the sentence: %v", err)
	}
}

func TestLattice(t *testing.T) {
	const n, stride = 4, 32
	emitted, pairs := make([]float32, n*stride), make([]float32, (labels+1)*labels)
	x := uint64(1)
	for _, v := range [][]float32{emitted, pairs} {
		for i := range v {
			x = learn.Mix(x, uint64(i))
			v[i] = float32(x>>40)/(1<<23) - 1
		}
	}
	person := labelsOf(dragoman.Person)
	right := []uint32{1 << label(0, partB), 1 << label(0, partL), 1 | person, 1}
	var l lattice
	loss := func() float64 {
		return l.learn(emitted, make([]float32, len(emitted)), stride, pairs, make([]float32, len(pairs)), right, 1)
	}
	slopes, pairSlopes := make([]float32, len(emitted)), make([]float32, len(pairs))
	l.learn(emitted, slopes, stride, pairs, pairSlopes, right, 1)
	for _, c := range []struct{ values, slopes []float32 }{{emitted, slopes}, {pairs, pairSlopes}} {
		for i := range c.values {
			const step = 1e-2
			was := c.values[i]
			c.values[i] = was + step
			up := loss()
			c.values[i] = was - step
			slope := (up - loss()) / (2 * step)
			c.values[i] = was
			if d := slope - float64(c.slopes[i]); d > 1e-3 || d < -1e-3 {
				t.Fatalf("weight %d: gradient %.4f, slope %.4f", i, c.slopes[i], slope)
			}
		}
	}
	emitted[0*stride+label(2, partB)] += 9
	emitted[1*stride+label(2, partI)] += 9
	emitted[2*stride+label(1, partU)] += 5
	emitted[3*stride+outside] += 9
	if got, want := l.best(emitted, stride, pairs), []uint8{uint8(label(2, partB)), uint8(label(2, partI)), uint8(label(2, partL)), 0}; !slices.Equal(got, want) {
		t.Errorf("best labels %v, want %v: a name begins, goes on and ends", got, want)
	}
}

// A title is no part of a name; small words and initials are.
func TestNamesOfPersons(t *testing.T) {
	f := finder(t)
	for _, c := range []struct{ text, want string }{
		{"Foreign Minister Rosa Lundqvist of Tajikistan met him on Monday .", "Rosa Lundqvist"},
		{"The army chief , General Omar al - Kassim , denied it .", "Omar al - Kassim"},
		{"Crown Prince Hamad bin Nasser Al Rashidi arrived in Muscat .", "Hamad bin Nasser Al Rashidi"},
		{"Prosecutors say J. K. Okoro paid the officers .", "J. K. Okoro"},
	} {
		words := strings.Fields(c.text)
		var got []string
		for _, n := range f.Names([][]string{words})[0] {
			if n.Class == dragoman.Person {
				got = append(got, strings.Join(words[n.First:n.End], " "))
			}
		}
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%q: persons %q, want %q", c.text, got, c.want)
		}
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

// Every sixth word is one that was not seen before, as in a new article.
func BenchmarkNames(b *testing.B) {
	f, err := Load(data.Embedded())
	if err != nil {
		b.Fatal(err)
	}
	sentence := strings.Fields("Foreign Minister Rosa Lund told the Harbour Board in Tartu on Friday that two Latvian ships had left .")
	doc := make([][]string, 40)
	fresh := 0
	b.ReportAllocs()
	for b.Loop() {
		for i := range doc {
			s := slices.Clone(sentence)
			for k := 3; k < len(s); k += 6 {
				fresh++
				s[k] += strconv.Itoa(fresh)
			}
			doc[i] = s
		}
		f.Names(doc)
	}
	words := float64(b.N * len(sentence) * len(doc))
	b.ReportMetric(words/b.Elapsed().Seconds(), "words/s")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/words, "µs/word")
}
