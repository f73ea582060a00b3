package score

import (
	"archive/tar"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dragoman"
)

// TestScoreCoreference counts by hand: two articles of one sub-topic and one of
// another, in which event A is told four times and B once.
func TestScoreCoreference(t *testing.T) {
	report := func(number, article, occurrence int64, kind, story, gold string, asked ...int64) told {
		return told{dragoman.Report{Number: number, Article: article, Occurrence: occurrence, Type: kind}, story, gold, asked}
	}
	s := scoreCoreference([]told{
		report(1, 1, 1, "ASSAULT", "1", "A"),
		report(2, 2, 1, "ASSAULT", "1", "A", 1),     // right
		report(3, 3, 3, "ASSAULT", "1plus", "A", 1), // judged to be another than 1 and 2
		report(4, 3, 1, "ASSAULT", "1plus", "B", 1), // wrongly joined with 1 and 2
		report(5, 4, 5, "COERCE", "1", "A"),         // of another type than the other three of A
		report(6, 5, 6, "ASSAULT", "1", "A"),        // not asked about: 1 and 2, and 3; of another type: 5
		report(7, 5, 3, "ASSAULT", "1", ""),         // joined with 3 across sub-topics; on nothing that the corpus names
	})
	if want := (Counts{Gold: 10, Found: 3, Right: 1, GoldRight: 1}); s.Pairs != want {
		t.Errorf("pairs %+v, want %+v", s.Pairs, want)
	}
	if s.TwoTypes != 4 || s.JudgedTwo != 2 || s.NotAsked != 3 {
		t.Errorf("missed: %d of two types, %d judged two, %d not asked about", s.TwoTypes, s.JudgedTwo, s.NotAsked)
	}
	if (s.Apart != Share{3, 4}) || (s.ApartOnMarks != Share{2, 3}) || s.OnMarks != 6 || s.Reports != 7 {
		t.Errorf("across sub-topics %+v, on named events %+v, %d of %d", s.Apart, s.ApartOnMarks, s.OnMarks, s.Reports)
	}
	// Groups {1 2 4} {3} {5} {6}, events {1 2 3 5 6} {4}.
	if p, r := s.Cubed.Precision, s.Cubed.Recall; !near(p, 2./3+2./3+1+1./3+1+1) || !near(r, 2./5+2./5+1./5+1+1./5+1./5) || s.Cubed.Reports != 6 {
		t.Errorf("B3 %v", s.Cubed)
	}
	if c := s.Types["ASSAULT"]; c.Gold != 6 || c.Found != 3 {
		t.Errorf("ASSAULT %+v", c)
	}
}

func near(a, b float64) bool { return max(a-b, b-a) < 1e-9 }

// TestRebuilt wants texts as they were before they were cut into words.
func TestRebuilt(t *testing.T) {
	for _, c := range []struct {
		words, want string
		plus        bool
	}{
		{"The mayor , Ilsa Brandt ( 51 ) , said : `` We do n't know . ''", `The mayor, Ilsa Brandt (51), said: "We don't know."`, false},
		{"He left - at dawn - with Holm 's car", "He left - at dawn - with Holm's car", false},
		{"a 15 - year veteran of the re - opened U . S . base", "a 15-year veteran of the re-opened U.S. base", true},
		{"$ 20 , 000 or 3 . 6 million at 8 : 30 on May 3 , 2013", "$20,000 or 3.6 million at 8:30 on May 3, 2013", true},
		{`" We left , " he said . " They stay`, `"We left," he said. "They stay`, true},
		{"Brandt ’ s aide said “ no ” to it", "Brandt’s aide said “no” to it", true},
	} {
		text, _ := rebuilt(sentence(0, c.words), c.plus)
		if text != c.want {
			t.Errorf("%s\nwant %s", text, c.want)
		}
	}
	words := slices.Concat(sentence(0, "http : / / news"), sentence(1, "Bridge opens"), sentence(2, "It opened ."), sentence(3, "Cars came ."))
	if text, at := rebuilt(words, true); text != "Bridge opens\n\nIt opened. Cars came." || at["2 1"].In(text) != "opened" || !at["0 0"].Empty() {
		t.Errorf("%q, %v", text, at)
	}
}

// sentence cuts words at blanks; the third word of sentence 1 is "1 2".
func sentence(n int, words string) (all []catToken) {
	for i, w := range strings.Fields(words) {
		all = append(all, catToken{ID: fmt.Sprintf("%d %d", n, i), Sentence: n, Form: w})
	}
	return all
}

// TestReadMarkedArticles wants the events that the corpus names across articles, and
// no others, on their words, and the articles of a topic together.
func TestReadMarkedArticles(t *testing.T) {
	const article = `<Document><token t_id="1" sentence="0">Police</token><token t_id="2" sentence="0">took</token><token t_id="3" sentence="0">Holm</token>
		<token t_id="4" sentence="0">in</token><token t_id="5" sentence="0">and</token><token t_id="6" sentence="0">left</token><token t_id="7" sentence="0">.</token>
		<Markables><ACTION_OCCURRENCE m_id="1"><token_anchor t_id="2"/><token_anchor t_id="4"/></ACTION_OCCURRENCE>
		<ACTION_OCCURRENCE m_id="2"><token_anchor t_id="6"/></ACTION_OCCURRENCE><HUMAN_PART_PER m_id="3"><token_anchor t_id="3"/></HUMAN_PART_PER>
		<ACTION_OCCURRENCE m_id="4" TAG_DESCRIPTOR="arrest"/></Markables>
		<Relations><CROSS_DOC_COREF note="ACT7"><source m_id="1"/><target m_id="4"/></CROSS_DOC_COREF>
		<CROSS_DOC_COREF note="HUM8"><source m_id="3"/></CROSS_DOC_COREF></Relations></Document>`
	file := archive(t, map[string]string{"E/2/2_1ecb.xml": article, "E/10/10_2ecbplus.xml": article, "E/10/10_1ecb.xml": article, "E/notes.txt": "x"})
	all, err := readMarkedArticles(file)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, a := range all {
		names = append(names, a.ID+" "+a.story)
	}
	if want := []string{"10_1ecb.xml 10", "10_2ecbplus.xml 10plus", "2_1ecb.xml 2"}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
	a := all[0]
	for word, want := range map[string]string{"took": "ACT7", "in": "ACT7", "left": "", "Holm": "", "and": ""} {
		i := strings.Index(a.Text, word)
		if got := a.eventAt(dragoman.Span{Start: i, End: i + len(word)}); got != want {
			t.Errorf("%s is on %q, want %q", word, got, want)
		}
	}
	if _, err := readMarkedArticles(archive(t, map[string]string{"1_1ecb.xml": "<Document>"})); err == nil {
		t.Error("read an article that breaks off")
	}
}

// archive writes a .tar.gz.
func archive(t *testing.T, files map[string]string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "corpus.tar.gz")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	w := tar.NewWriter(z)
	for name, text := range files {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []interface{ Close() error }{w, z, f} {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return name
}
