package score

import (
	"archive/tar"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// inventedArticles are n articles of about 200 words, each of its own words but for a
// few phrases that all have.
func inventedArticles(n int) (articles []string) {
	rng := rand.New(rand.NewPCG(3, 3))
	word := func() string {
		syllables := []string{"ka", "ro", "min", "tel", "sur", "va", "dop", "lin", "gre", "hu"}
		return syllables[rng.IntN(10)] + syllables[rng.IntN(10)] + syllables[rng.IntN(10)]
	}
	for range n {
		var b strings.Builder
		for i := range 16 {
			if i > 0 && i%4 == 0 {
				b.WriteString("\n\n")
			}
			if i%4 == 1 {
				fmt.Fprintf(&b, "The %s said on Tuesday that %d %s were quickly %s. ", word(), 2+rng.IntN(900), word(), word())
				continue
			}
			fmt.Fprintf(&b, "The %s of %s had %s the %s of %s, %s and %s. ", word(), word(), word(), word(), word(), word(), word())
		}
		articles = append(articles, strings.TrimSpace(b.String()))
	}
	return articles
}

// TestEdited wants every edit to do what it says, and the same each time.
func TestEdited(t *testing.T) {
	text := "Minister opens bridge\n\n" + inventedArticles(1)[0]
	paragraphs := strings.Split(text, "\n\n")
	words := len(strings.Fields(text))
	edit := func(seed uint64, edits ...Edit) string { return Edited(text, edits, rand.New(rand.NewPCG(1, seed))) }
	for seed := range uint64(20) {
		for e := range editKinds {
			once, twice := edit(seed, e), edit(seed, e)
			if once != twice {
				t.Errorf("%v: not the same twice", e)
			}
			if e != EditOrder && once == text {
				t.Errorf("%v: nothing was done", e)
			}
		}
		cut := edit(seed, EditCut)
		if share := float64(len(strings.Fields(cut))) / float64(words); !strings.HasPrefix(squeeze(text), squeeze(cut)) || share < 0.25 || share > 0.9 {
			t.Errorf("cut: %.2f of the words, want a beginning of the text", share)
		}
		order := edit(seed, EditOrder)
		if got, want := strings.Fields(order), strings.Fields(text); !slices.Equal(sorted(got), sorted(want)) {
			t.Error("order: the words changed")
		}
		if c := contained(text, edit(seed, EditWords)); c < 0.3 || c == 1 {
			t.Errorf("words: %.2f of the shingles stayed", c)
		}
		if b := edit(seed, EditBackground); !strings.HasPrefix(squeeze(b), squeeze(text)) {
			t.Error("background: the text itself changed")
		}
		if h := edit(seed, EditHeadline); strings.Contains(h, paragraphs[0]) || !strings.HasSuffix(squeeze(h), squeeze(paragraphs[len(paragraphs)-1])) {
			t.Errorf("headline: %.60q", h)
		}
		if c := edit(seed, EditCredit); contained(text, c) < 0.9 {
			t.Error("credit: the text itself changed")
		}
	}
}

func sorted(words []string) []string {
	slices.Sort(words)
	return words
}

// TestOtherWord wants punctuation and capitals kept.
func TestOtherWord(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for word, want := range map[string]string{"told": "informed", "(told": "(informed", "Before,": "Ahead of,", "quickly": "", "7": "seven", "accord.": "agreement."} {
		if got, ok := otherWord(word, rng); got != want || !ok {
			t.Errorf("%q: got %q, %v, want %q", word, got, ok, want)
		}
	}
	for _, word := range []string{"bridge", "—", "1998", "Emily", "family,", "only"} {
		if got, ok := otherWord(word, rng); ok {
			t.Errorf("%q: got %q, want it left alone", word, got)
		}
	}
}

// TestCopies wants the copies of invented articles found, and a repeated article in the
// corpus counted as such.
func TestCopies(t *testing.T) {
	articles := inventedArticles(200)
	articles = append(articles, articles[0])
	s := scoreCopies(articles)
	if s.Pairs.Gold < 400 || s.Pairs.F1() < 95 || s.Pairs.Found > s.Pairs.Right {
		t.Errorf("pairs %v", s.Pairs)
	}
	if s.Originals != 1 {
		t.Errorf("%d originals are copies of each other, want 1", s.Originals)
	}
	if len(s.Growth) != 3 || s.Growth[2].Texts != s.Texts || s.Growth[2].Candidates < 1 {
		t.Errorf("growth %v", s.Growth)
	}
	if again := scoreCopies(articles); again.String() != s.String() {
		t.Errorf("not the same twice: %v %v", s, again)
	}
	gold := 0
	for _, k := range s.Kinds {
		gold += k.Gold
	}
	if gold != s.Pairs.Gold || !strings.Contains(s.String(), "three edits") {
		t.Errorf("the kinds have %d pairs:\n%v", gold, s)
	}
}

// TestCopyCounts wants a pair of different articles to be a mistake, and a missed copy to
// be missed.
func TestCopyCounts(t *testing.T) {
	articles := inventedArticles(2)
	all := []telling{{text: articles[0], article: 0}, {text: articles[1], article: 1}, {text: articles[1], article: 1, kind: "cut"}}
	var s CopyScore
	s.count(all, map[pair]float64{{0, 2}: 0.6}, articles)
	if want := (Counts{Gold: 1, Found: 1}); s.Pairs != want || len(s.Wrong) != 1 || s.Originals != 0 {
		t.Errorf("got %+v, wrong %d, originals %d", s.Pairs, len(s.Wrong), s.Originals)
	}
}

// TestStoryPairs reads an archive as ECB+ is: joined are the first two, of one sub-topic,
// and across sub-topics only the copy that was put there.
func TestStoryPairs(t *testing.T) {
	a := inventedArticles(3)
	file := filepath.Join(t.TempDir(), "ecb.tar.gz")
	writeECB(t, file, map[string]string{"7/7_1ecb.xml": a[0], "7/7_2ecb.xml": a[0], "7/7_1ecbplus.xml": a[1], "7/7_2ecbplus.xml": a[0], "8/8_1ecb.xml": a[2]})
	s, err := Copies(file)
	if want := (StoryPairScore{Apart: Share{2, 4}, Together: Share{1, 2}}); err != nil || s != want {
		t.Errorf("got %v, %v, want %v", s, err, want)
	}
	if _, err := Copies(filepath.Join(t.TempDir(), "none.tar.gz")); err == nil {
		t.Error("no fault for a file that is not there")
	}
}

func writeECB(t *testing.T, file string, texts map[string]string) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := gzip.NewWriter(f)
	w := tar.NewWriter(z)
	for name, text := range texts {
		var b strings.Builder
		b.WriteString("<Document>")
		for i, word := range strings.Fields(text) {
			fmt.Fprintf(&b, `<token t_id="%d" sentence="0">%s</token>`, i, word)
		}
		b.WriteString("</Document>")
		if err := w.WriteHeader(&tar.Header{Name: "ECB+/" + name, Mode: 0o600, Size: int64(b.Len())}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(b.String())); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}
