package mention

import (
	"slices"
	"strings"
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
		{[]string{"Lund", ",", "Sweden"}, 2},
		{[]string{"Washington", ",", "D.C."}, 0},
		{[]string{"Durban", "Street"}, 0},
	} {
		b := mending(t, proper(c.words...))
		in, whole, ok := b.inLarger(found{0, len(c.words), dragoman.Location})
		if ok != (c.at > 0) || ok && (in.end != c.at && in.end != c.at-1 || whole.first != c.at && whole.first != c.at+1 || whole.end != len(c.words)) {
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
		{[]string{"b|c"}, 0, true},
		{[]string{"Lund|Moss"}, 0, false},
	} {
		b := mending(t, proper(c.words...))
		b.doc.Text = strings.ReplaceAll(b.doc.Text, "|", "/") // which parts the cells of article
		if got := b.addressed(found{c.at, c.at + 1, dragoman.Organisation}); got != c.want {
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
		{[]string{"McDonald", "'s", "closed"}, 2, dragoman.Location},
		{[]string{"Wendy", "s", "closed"}, 2, dragoman.Location},
		{[]string{"Moss", "'s", "closed"}, 1, dragoman.Person},
		{[]string{"McDonald"}, 1, dragoman.Person},
	} {
		if got := mending(t, proper(c.words...)).shop(found{0, 1, dragoman.Person}); got != (found{0, c.end, c.class}) {
			t.Errorf("%q: %v", c.words, got)
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

func TestWhatLettersSettle(t *testing.T) {
	person, place, other := dragoman.Person, dragoman.Location, dragoman.Other
	for _, c := range []struct {
		words string
		names []found
		want  []dragoman.Class
	}{
		{proper("Venus", "Mars", "Lund"), []found{{0, 1, place}, {1, 2, person}, {2, 3, place}}, []dragoman.Class{other, other, place}},
		{proper("Hurricane", "Ida", "Ida", "Lund"), []found{{1, 2, person}, {2, 3, person}, {3, 4, person}}, []dragoman.Class{other, other, person}},
		{proper("Venus", "Lund"), []found{{0, 1, person}, {1, 2, place}}, []dragoman.Class{person, place}},
		{"Western/western/ADJ/2/amod envoys/envoy/NOUN/0/root\n", []found{{0, 1, place}}, []dragoman.Class{dragoman.Nationality}},
		{proper("Moss", "Lund", "Foundation"), []found{{0, 3, other}}, []dragoman.Class{dragoman.Organisation}},
		{proper("John", "Bank"), []found{{0, 2, person}}, []dragoman.Class{person}},
	} {
		for i, n := range mending(t, c.words).settle(c.names) {
			if n.class != c.want[i] {
				t.Errorf("%q: name %d is of class %s", c.words, i, n.class)
			}
		}
	}
}

func TestPostalCodes(t *testing.T) {
	b := mending(t, proper("Durham", ",", "NC", "said"))
	if got := b.postal([]found{{0, 1, dragoman.Location}}); len(got) != 2 || got[1] != (found{2, 3, dragoman.Location}) {
		t.Error(got)
	}
	if got := b.postal([]found{{0, 1, dragoman.Person}}); len(got) != 1 {
		t.Error(got)
	}
}

func TestFirmsAreNoPersons(t *testing.T) {
	for name, want := range map[string]dragoman.Class{"Accenture": dragoman.Organisation, "Firefox": dragoman.Other, "Hilton": dragoman.Location, "Taco Bell": dragoman.Location, "Lund": dragoman.Unclassed} {
		words := strings.Fields(name)
		b := mending(t, proper(words...))
		m := about{Mention: dragoman.Mention{First: 0, End: len(words)}, key: b.key(0, len(words))}
		m.set = b.f.names.gaz.look(m.key)
		if got := b.brand(&m); got != want {
			t.Errorf("%s is of class %q", name, got)
		}
	}
}

func TestPlacesBeforeWhatContainsThem(t *testing.T) {
	b := mending(t, proper("near", "Mountain", "View", ",", "California"))
	if got := b.postal([]found{{4, 5, dragoman.Location}}); len(got) != 2 || got[0] != (found{1, 3, dragoman.Location}) {
		t.Error(got)
	}
	b = mending(t, proper("near", "Xyzzy", ",", "California"))
	if got := b.postal([]found{{3, 4, dragoman.Location}}); len(got) != 1 {
		t.Error(got)
	}
}

func TestWhereNamesBeginAndEnd(t *testing.T) {
	person, body, place := dragoman.Person, dragoman.Organisation, dragoman.Location
	for _, c := range []struct {
		words []string
		mend  func(*builder, []found) []found
		names []found
		want  []found
	}{
		{[]string{"W.E.", "Lund"}, (*builder).initialled, []found{{0, 1, place}, {1, 2, person}}, []found{{0, 2, person}}},
		{[]string{"W.E.", "Lund"}, (*builder).initialled, []found{{0, 1, place}}, []found{{0, 2, person}}},
		{[]string{"U.S.", "Lund"}, (*builder).initialled, []found{{0, 1, place}}, []found{{0, 1, place}}},
		{[]string{`"`, "Lund", ",", "Mary", `"`}, (*builder).sender, []found{{1, 2, person}, {3, 4, person}}, []found{{1, 4, person}}},
		{[]string{"x", "Lund", ",", "Mary", "x"}, (*builder).sender, []found{{1, 2, person}, {3, 4, person}}, []found{{1, 2, person}, {3, 4, person}}},
		{[]string{"Lund", "Shipping", ",", "Inc", "."}, (*builder).incorporated, []found{{0, 2, body}}, []found{{0, 5, body}}},
		{[]string{"Lund", "."}, (*builder).incorporated, []found{{0, 1, body}}, []found{{0, 1, body}}},
	} {
		if got := c.mend(mending(t, proper(c.words...)), c.names); !slices.Equal(got, c.want) {
			t.Errorf("%q: %v", c.words, got)
		}
	}
	b := mending(t, proper("Mary", "Lund", "-", "Reporter"))
	if got := b.trim(found{0, 4, person}); got != (found{0, 2, person}) {
		t.Error(got)
	}
}
