package mention

import (
	"testing"

	"dragoman"
	"dragoman/pattern"
)

// mending makes a builder of one sentence, of which each word is a proper noun.
func mending(t *testing.T, words string) *builder {
	t.Helper()
	doc := article(t, words)
	return &builder{f: finder(t), doc: doc, tree: pattern.NewTree(doc)}
}

// proper writes the cells of article for words that are all proper nouns.
func proper(words ...string) string {
	s := ""
	for i, w := range words {
		rel := "/PROPN/1/flat "
		if i == 0 {
			rel = "/PROPN/0/root "
		}
		s += w + "/" + w + rel
	}
	return s + "\n"
}

func TestPlacesOfOnePlace(t *testing.T) {
	for _, c := range []struct {
		words []string
		at    int // where the larger place begins; 0: one name
	}{
		{[]string{"Ghazni", "Afghanistan"}, 1},
		{[]string{"San", "Diego", "California"}, 2},
		{[]string{"Portland", "OR"}, 1},
		{[]string{"southern", "Afghanistan"}, 0},
		{[]string{"New", "York"}, 0},
		{[]string{"Durban", "Street"}, 0},
	} {
		b := mending(t, proper(c.words...))
		in, whole, ok := b.inLarger(found{0, len(c.words), dragoman.Location})
		if ok != (c.at > 0) || ok && (in.end != c.at || whole.first != c.at || whole.end != len(c.words)) {
			t.Errorf("%q: %v %v %v", c.words, in, whole, ok)
		}
	}
}

func TestAddressesAreNoNames(t *testing.T) {
	for _, c := range []struct {
		words []string
		at    int
		want  bool
	}{
		{[]string{"see", "www.example.org"}, 1, true},
		{[]string{"desk@example.org"}, 0, true},
		{[]string{"(", "Laughter", ".", ")"}, 1, true},
		{[]string{"(", "Laughter", ")"}, 1, false},
		{[]string{"Example.org", "reported"}, 0, false},
	} {
		if got := mending(t, proper(c.words...)).addressed(found{c.at, c.at + 1, dragoman.Organisation}); got != c.want {
			t.Errorf("%q: %v", c.words, got)
		}
	}
}

func TestFirmsCalledByAPossessive(t *testing.T) {
	for _, c := range []struct {
		words []string
		end   int
		class dragoman.Class
	}{
		{[]string{"McDonald", "'s", "closed"}, 2, dragoman.Organisation},
		{[]string{"Moss", "'s", "closed"}, 1, dragoman.Person},
		{[]string{"McDonald"}, 1, dragoman.Person},
	} {
		if got := mending(t, proper(c.words...)).shop(found{0, 1, dragoman.Person}); got != (found{0, c.end, c.class}) {
			t.Errorf("%q: %v", c.words, got)
		}
	}
}

func TestOneWordIsOneNameOnAPage(t *testing.T) {
	b := mending(t, proper("Lund", "Lund", "Lund", "Lund", "Moss", "Moss"))
	person, place := dragoman.Person, dragoman.Location
	got := b.alike([]found{{0, 1, place}, {1, 2, person}, {2, 3, place}, {3, 4, place}, {4, 5, place}, {5, 6, person}})
	for i, want := range []dragoman.Class{place, place, place, place, place, person} {
		if got[i].class != want {
			t.Errorf("name %d is of class %s", i, got[i].class)
		}
	}
}

func TestBylines(t *testing.T) {
	b := mending(t, proper("Mary", "A.", "Lund", "Reuters"))
	person, body, ok := b.signed(found{0, 4, dragoman.Person})
	if !ok || person != (found{0, 3, dragoman.Person}) || body != (found{3, 4, dragoman.Organisation}) {
		t.Errorf("%v %v %v", person, body, ok)
	}
	for _, words := range [][]string{{"Mary", "Lund"}, {"John", "Deere", "Reuters", "Lund"}} {
		if person, body, ok := mending(t, proper(words...)).signed(found{0, len(words), dragoman.Person}); ok {
			t.Errorf("%q: %v %v", words, person, body)
		}
	}
}
