package compare

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dragoman"
	"dragoman/sketch"
)

var quads = map[string]string{"ACCUSE": "verbal-conflict", "REJECT": "verbal-conflict", "ASSAULT": "material-conflict", "CONSULT": "verbal-cooperation",
	"AID": "material-cooperation", "COOPERATE": "material-cooperation", "PROTEST": "material-conflict", "STATEMENT": ""}

// told reads an event of the form "day actors TYPE/code recipients status source ours",
// actors separated by commas, - for none.
func told(line string) (r dragoman.Record) {
	w := append(strings.Fields(line), "-", "-", "-", "-")
	var err error
	if r.Day, err = dragoman.ParseDay(w[0]); w[0] == "-" {
		r.Day = dragoman.NoDay
	} else if err != nil {
		panic(err)
	}
	r.Actors, r.Recipients = parties(w[1]), parties(w[3])
	r.Type, r.CAMEO, _ = strings.Cut(w[2], "/")
	r.Quad = quads[r.Type]
	r.Tone = dragoman.ToneOf(r.Quad, 0)
	r.Status = dragoman.Happened
	if w[4] != "-" {
		r.Status = dragoman.Status(w[4])
	}
	if w[5] != "-" {
		r.Source.Text = w[5]
	}
	if w[6] == "ours" {
		r.Ordinal = 1
	}
	return r
}

// parties reads "IRN" a state, "Reza@IRN" one who acts for it, "Reza/IRN" one who is
// only of it.
func parties(names string) (all []dragoman.Party) {
	for name := range strings.SplitSeq(names, ",") {
		person, state, acts := strings.Cut(name, "@")
		own, country, is := strings.Cut(name, "/")
		switch {
		case name == "-":
		case acts:
			all = append(all, dragoman.Party{ID: "new:" + strings.ToLower(person), Name: person, Kind: "person", Country: state,
				Principals: []dragoman.Party{{ID: "ministry", Name: "Ministry"}, {ID: state, Kind: "state", Country: state}}})
		case is:
			all = append(all, dragoman.Party{ID: dragoman.Coined + country + "CVL", Name: own, Kind: "unknown", Country: country})
		default:
			all = append(all, dragoman.Party{ID: name, Kind: "state", Country: name})
		}
	}
	return all
}

func records(lines string) (all []dragoman.Record) {
	for line := range strings.SplitSeq(lines, ";") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, told(line))
		}
	}
	return all
}

func compared(t *testing.T, a, b string, o Options) *Result {
	t.Helper()
	r, err := Sets(sketch.Stream(records(a)...), sketch.Stream(records(b)...), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// classes writes how many of each class there are, but those of which there are none.
func (r *Result) classes() string {
	var all []string
	for _, c := range r.Classes {
		if c.N > 0 {
			all = append(all, fmt.Sprintf("%s %d", c.Class, c.N))
		}
	}
	return strings.Join(all, ", ")
}

func TestClasses(t *testing.T) {
	meets := func(kind, _ string) bool { return kind == "CONSULT" }
	for _, c := range []struct {
		why, a, b string
		o         Options
		want      string
	}{
		{"the same", "2025-01-05 IRN ACCUSE/112 ISR", "2025-01-05 IRN ACCUSE/112 ISR", Options{}, "identical 1"},
		{"one tells no code", "2025-01-05 IRN ACCUSE ISR", "2025-01-05 IRN ACCUSE/112 ISR", Options{}, "identical 1"},
		{"the other tells no code", "2025-01-05 IRN ACCUSE/112 ISR", "2025-01-05 IRN ACCUSE ISR", Options{}, "identical 1"},
		{"another code of the type", "2025-01-05 IRN ACCUSE/112 ISR", "2025-01-05 IRN ACCUSE/111 ISR", Options{}, "same type 1"},
		{"another type of the quadrant", "2025-01-05 IRN ACCUSE ISR", "2025-01-05 IRN REJECT ISR", Options{}, "same quadrant 1"},
		{"another quadrant", "2025-01-05 IRN ACCUSE ISR", "2025-01-05 IRN ASSAULT ISR", Options{}, "same dyad only 1"},
		{"turned about", "2025-01-05 IRN ACCUSE ISR", "2025-01-05 ISR ACCUSE IRN", Options{}, "direction reversed 1"},
		{"turned about and of another type is another event", "2025-01-05 IRN ACCUSE ISR", "2025-01-05 ISR REJECT IRN", Options{}, "only A 1, only B 1"},
		{"whoever meets is met", "2025-01-05 IRN CONSULT/042 ISR", "2025-01-05 ISR CONSULT/042 IRN", Options{Mutual: meets}, "identical 1"},
		{"together is with each other", "2025-01-05 IRN,ISR AID -", "2025-01-05 ISR AID IRN", Options{}, "identical 1"},
		{"another dyad", "2025-01-05 IRN ACCUSE ISR", "2025-01-05 IRN ACCUSE USA", Options{}, "only A 1, only B 1"},
		{"nobody is another recipient", "2025-01-05 IRN ACCUSE ISR", "2025-01-05 IRN ACCUSE -", Options{}, "only A 1, only B 1"},
		{"one recipient of several", "2025-01-05 IRN ACCUSE ISR,USA", "2025-01-05 IRN ACCUSE USA", Options{}, "identical 1"},
		{"an event is paired once", "2025-01-05 IRN ACCUSE ISR,USA", "2025-01-05 IRN ACCUSE USA; 2025-01-05 IRN ACCUSE ISR", Options{}, "identical 1, only B 1"},
		{"the day before", "2025-01-05 IRN ACCUSE ISR; 2025-01-04 USA AID ISR", "2025-01-04 IRN ACCUSE ISR; 2025-01-05 GBR AID ISR", Options{Apart: 1}, "same type 1, only A 1, only B 1"},
		{"the day before is too far", "2025-01-05 IRN ACCUSE ISR; 2025-01-04 USA AID ISR", "2025-01-04 IRN ACCUSE ISR; 2025-01-05 GBR AID ISR", Options{}, "only A 2, only B 2"},
		{"the same day goes before the day before", "2025-01-04 IRN ACCUSE/111 ISR; 2025-01-05 IRN ACCUSE/112 ISR", "2025-01-04 IRN AID ISR; 2025-01-05 IRN ACCUSE/113 ISR",
			Options{Apart: 1}, "same type 1, same dyad only 1"},
		{"the type goes before the day", "2025-01-05 IRN ACCUSE ISR; 2025-01-06 IRN AID ISR", "2025-01-05 IRN AID ISR; 2025-01-06 IRN ACCUSE ISR", Options{Apart: 1}, "same type 2"},
		{"a chain of days", "2025-01-01 IRN AID ISR; 2025-01-03 IRN AID ISR; 2025-01-05 IRN AID ISR", "2025-01-02 IRN AID ISR; 2025-01-04 IRN AID ISR; 2025-01-01 ISR ASSAULT IRN; 2025-01-05 ISR ASSAULT IRN",
			Options{Apart: 1}, "same type 2, only A 1, only B 2"},
		{"whom one acts for", "2025-01-05 Reza@IRN ACCUSE ISR", "2025-01-05 IRN ACCUSE ISR", Options{}, "identical 1"},
		{"he himself", "2025-01-05 Reza@IRN ACCUSE ISR", "2025-01-05 IRN ACCUSE ISR", Options{By: ByActor}, "only A 1, only B 1"},
		{"a civilian does not act for a state", "2025-01-05 Crowd/IRN ACCUSE ISR", "2025-01-05 IRN ACCUSE ISR", Options{}, "only A 1, only B 1"},
		{"a civilian is of a country", "2025-01-05 Crowd/IRN ACCUSE ISR", "2025-01-05 IRN ACCUSE ISR", Options{By: ByCountry}, "identical 1"},
		{"a namesake of another country", "2025-01-05 Crowd/IRN ACCUSE ISR", "2025-01-05 Crowd/IRQ ACCUSE ISR", Options{}, "only A 1, only B 1"},
		{"only facts", "2025-01-05 IRN ACCUSE ISR; 2025-01-05 IRN AID USA planned; 2025-01-05 IRN AID ISR happened Reza", "2025-01-05 IRN AID USA; 2025-01-05 IRN AID ISR; 2025-01-05 IRN ACCUSE ISR", Options{},
			"identical 1, only B 2"},
		{"all", "2025-01-05 IRN AID USA planned; 2025-01-05 IRN AID ISR happened Reza", "2025-01-05 IRN AID USA; 2025-01-05 IRN AID ISR", Options{All: true}, "identical 2"},
		{"what is said of no status is a fact", "2025-01-05 IRN AID USA", "2025-01-05 IRN AID USA", Options{}, "identical 1"},
		{"between two, either way", "2025-01-05 IRN AID USA; 2025-01-05 ISR ACCUSE IRN; 2025-01-05 IRN ACCUSE ISR", "2025-01-05 ISR ACCUSE IRN; 2025-01-05 USA AID IRN", Options{Between: []string{"irn", "ISR"}},
			"identical 1, only A 1"},
		{"with one", "2025-01-05 IRN AID USA; 2025-01-05 ISR ACCUSE USA", "2025-01-05 ISR ACCUSE IRN", Options{Between: []string{"IRN"}}, "only A 1, only B 1"},
		{"once a day", "2025-01-05 IRN AID USA; 2025-01-05 IRN AID USA; 2025-01-05 IRN ACCUSE USA", "2025-01-05 IRN AID USA", Options{Daily: true}, "identical 1, only A 1"},
		{"days of one set only", "2025-01-05 IRN AID USA; 2025-01-09 IRN AID USA", "2025-01-03 IRN AID USA; 2025-01-05 IRN AID USA", Options{}, "identical 1"},
		{"days that are asked for", "2025-01-05 IRN AID USA; 2025-01-06 IRN AID USA; 2025-01-07 IRN AID USA", "2025-01-05 IRN AID USA; 2025-01-07 IRN AID USA",
			Options{From: dragoman.DayOf(2025, 1, 6), To: dragoman.NoDay}, "identical 1"},
		{"no days in common", "2025-01-05 IRN AID USA", "2025-01-06 IRN AID USA", Options{}, ""},
		{"nothing", "", "2025-01-06 IRN AID USA", Options{}, ""},
	} {
		r := compared(t, c.a, c.b, c.o)
		if got := r.classes(); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
	}
	r, err := Sets(sketch.Stream(append(records("2025-01-05 IRN AID USA"), dragoman.Record{})...), func() (dragoman.Record, error) { return dragoman.Record{}, errors.New("torn") }, Options{})
	if err == nil || err.Error() != "torn" {
		t.Errorf("a stream that breaks off gives %v, %v", r, err)
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{By: "town"}, `"town"; it is one of country`},
		{Options{Level: "word"}, `"word"; it is one of quad`},
		{Options{Apart: -1}, "-1 days"},
		{Options{Apart: 1000}, "1000 days apart; it is 0 to 366"},
		{Options{Between: []string{"a", "b", "c"}}, "more than two"},
		{Options{Between: []string{"Atlantis"}}, `neither set has an event of "Atlantis"`},
	} {
		all := records("2025-01-05 IRN AID USA")
		if _, err := Sets(sketch.Stream(all...), sketch.Stream(all...), c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: error %v, want %q", c.o, err, c.want)
		}
	}
}

// TestLeftOut wants every event that was read to be compared or to be left out for
// one reason.
func TestLeftOut(t *testing.T) {
	a := "2025-01-05 IRN AID USA; - IRN AID USA; 2025-01-05 - AID -; 2025-01-05 IRN AID USA denied; 2025-01-05 GBR AID USA; 2025-01-20 IRN AID USA; 2025-01-05 IRN AID USA"
	r := compared(t, a, "2025-01-04 IRN AID ISR; 2025-01-06 IRN AID USA", Options{Between: []string{"IRN"}})
	want := Set{Events: 7, Facts: 5, Days: Days{dragoman.DayOf(2025, 1, 5), dragoman.DayOf(2025, 1, 20)}, WithEvents: 2,
		Undated: 1, Outside: 1, Unsure: 1, Nobody: 1, Elsewhere: 1, Compared: 2, Repeats: 1}
	if r.A != want {
		t.Errorf("A is %+v, want %+v", r.A, want)
	}
	if r.Common.Count() != 2 {
		t.Errorf("%d days in common, want 2", r.Common.Count())
	}
	statuses := []Status{{"happened", 4, 1}, {"denied", 1, 0}}
	if !reflect.DeepEqual(r.Statuses, statuses) {
		t.Errorf("statuses %v, want %v", r.Statuses, statuses)
	}
}

// TestNames wants somebody without an id of his own to be whom his name stands for.
func TestNames(t *testing.T) {
	group := dragoman.Party{ID: "river-guard", Name: "River Guard", Kind: "armed_group", Country: "TCD"}
	event := func(p dragoman.Party) []dragoman.Record {
		r := told("2025-01-05 TCD ASSAULT -")
		r.Recipients = []dragoman.Party{p}
		return []dragoman.Record{r}
	}
	for _, c := range []struct {
		why  string
		with dragoman.Party
		same bool
	}{
		{"by name", dragoman.Party{ID: "cameo:TCDREB River Guard", Name: "RIVER GUARD", Country: "TCD"}, true},
		{"by name alone", dragoman.Party{Name: "River Guard"}, true},
		{"by id alone", dragoman.Party{ID: "river-guard"}, true},
		{"of another country", dragoman.Party{ID: "cameo:NERREB River Guard", Name: "River Guard", Country: "NER"}, false},
		{"by a spokesman", dragoman.Party{ID: "new:omar", Name: "Omar", Kind: "person", Principals: []dragoman.Party{group}}, true},
		{"another", dragoman.Party{ID: "hill-guard", Name: "Hill Guard", Country: "TCD"}, false},
	} {
		r, err := Sets(sketch.Stream(event(group)...), sketch.Stream(event(c.with)...), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if same := r.Agreement.Pairs == 1; same != c.same {
			t.Errorf("%s: the same is %v", c.why, same)
		}
	}
	// Where one set tells no country, the other's is meant, if it has one only.
	crowd := func(country string) []dragoman.Record {
		return event(dragoman.Party{ID: "new:crowd", Name: "a crowd", Country: country})
	}
	for _, c := range []struct {
		a, b []dragoman.Record
		want string
	}{
		{crowd("TCD"), crowd(""), "identical 1"},
		{append(crowd("TCD"), crowd("NER")...), crowd(""), "only A 2, only B 1"},
	} {
		if r, err := Sets(sketch.Stream(c.a...), sketch.Stream(c.b...), Options{}); err != nil || r.classes() != c.want {
			t.Errorf("%s, want %s; %v", r.classes(), c.want, err)
		}
	}
	// A name that two have is neither's.
	both := append(event(group), event(dragoman.Party{ID: "river-guard-2", Name: "River Guard", Country: "TCD"})...)
	r, err := Sets(sketch.Stream(both...), sketch.Stream(event(dragoman.Party{Name: "River Guard"})...), Options{})
	if err != nil || r.classes() != "only A 2, only B 1" {
		t.Errorf("a name of two: %s, %v", r.classes(), err)
	}
}

func TestFindAndExamples(t *testing.T) {
	a := "- IRN AID USA; 2025-01-06 IRN AID USA; 2025-01-05 IRN ACCUSE ISR; 2025-01-07 GBR AID USA; 2025-01-05 GBR AID ISR"
	b := "2025-01-05 IRN REJECT ISR; 2025-01-06 IRN AID USA; 2025-01-07 FRA AID USA"
	r := compared(t, a, b, Options{})
	got := ""
	for side, all := range [][]dragoman.Record{records(a), records(b)} {
		for n := range all {
			class, pair := r.Find(Side(side), n, &all[n])
			got += fmt.Sprintf("%s %d; ", class, pair)
		}
	}
	if want := "not compared 0; identical 1; same quadrant 2; only A 0; only A 0; same quadrant 2; identical 1; only B 0; "; got != want {
		t.Errorf("found %s\nwant  %s", got, want)
	}
	other := told("2025-01-07 IRN AID USA")
	if class, _ := r.Find(A, 1, &other); class != None {
		t.Errorf("another record in its place is %v", class)
	}
	for _, c := range []struct {
		limit   int
		classes []Class
		want    []Example
	}{
		{0, []Class{OnlyA}, []Example{{OnlyA, 4, -1}, {OnlyA, 3, -1}}},
		{1, []Class{OnlyA}, []Example{{OnlyA, 4, -1}}},
		{5, []Class{OnlyB}, []Example{{OnlyB, -1, 2}}},
		{5, []Class{SameQuad, SameDyad}, []Example{{SameQuad, 2, 0}}},
		{5, []Class{Reversed}, []Example{}},
	} {
		if got := r.Examples(c.limit, c.classes...); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: %v, want %v", c.classes, got, c.want)
		}
	}
}

// drawn makes a set of so many events of few actors and days.
func drawn(rng *rand.Rand, n int) (all []dragoman.Record) {
	who := []string{"IRN", "ISR", "USA", "GBR", "Reza@IRN", "Crowd/ISR", "IRN,USA", "-"}
	kinds := []string{"ACCUSE/111", "ACCUSE/112", "ACCUSE", "REJECT/120", "ASSAULT/190", "CONSULT/040", "AID", "STATEMENT/010"}
	for range n {
		day := dragoman.DayOf(2025, 1, 1+rng.IntN(40))
		all = append(all, told(fmt.Sprintf("%s %s %s %s", day, who[rng.IntN(len(who))], kinds[rng.IntN(len(kinds))], who[rng.IntN(len(who))])))
	}
	return all
}

// TestProperties holds what is true of any two sets.
func TestProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 1))
	meets := func(kind, _ string) bool { return kind == "CONSULT" }
	for round := range 200 {
		a, b := drawn(rng, 1+rng.IntN(120)), drawn(rng, 1+rng.IntN(120))
		o := Options{Apart: rng.IntN(4), By: []By{ByState, ByCountry, ByActor}[rng.IntN(3)], Level: []Level{Type, Quad, CAMEO}[rng.IntN(3)], Daily: rng.IntN(2) == 0, Mutual: meets}
		sets := func(a, b []dragoman.Record) *Result {
			r, err := Sets(sketch.Stream(a...), sketch.Stream(b...), o)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		r, back, self := sets(a, b), sets(b, a), sets(a, a)
		if want := self.A.Compared; self.Classes[0].N != want || self.Agreement.Pairs != want {
			t.Fatalf("round %d: of %d events %d are identical with themselves", round, want, self.Classes[0].N)
		}
		pairs, kinds := 0, [2]int{}
		for i, c := range r.Classes {
			other := back.Classes[i].N
			switch c.Class {
			case OnlyA:
				other = back.Classes[i+1].N
			case OnlyB:
				other = back.Classes[i-1].N
			default:
				pairs += c.N
			}
			if c.N != other {
				t.Fatalf("round %d: %s is %d, changed about %d", round, c.Class, c.N, other)
			}
		}
		for _, k := range r.Kinds {
			kinds[0], kinds[1] = kinds[0]+k.A, kinds[1]+k.B
		}
		switch n := len(r.Classes); {
		case pairs+r.Classes[n-2].N != r.A.Compared || pairs+r.Classes[n-1].N != r.B.Compared:
			t.Fatalf("round %d: %s of %d and %d", round, r.classes(), r.A.Compared, r.B.Compared)
		case kinds != [2]int{r.A.Compared, r.B.Compared}:
			t.Fatalf("round %d: kinds %v", round, r.Kinds)
		case r.Agreement.OfA != back.Agreement.OfB || r.Agreement.Jaccard != back.Agreement.Jaccard || r.Kappa.Pairs != back.Kappa.Pairs || r.Sole.Pairs != back.Sole.Pairs:
			t.Fatalf("round %d: %+v, changed about %+v", round, r, back)
		}
	}
}

// TestManyParties: an event of very many is compared by its first dyads, whichever set
// is called A.
func TestManyParties(t *testing.T) {
	side := func(prefix string) (all []dragoman.Party) {
		for i := range 1000 {
			all = append(all, dragoman.Party{ID: fmt.Sprintf("%s%d", prefix, i), Name: fmt.Sprintf("%s %d", prefix, i)})
		}
		return all
	}
	many := func(kind string, day int, actors, recipients []dragoman.Party) dragoman.Record {
		r := told(fmt.Sprintf("2025-01-%02d - %s - - - ours", day, kind))
		r.Actors, r.Recipients = actors, recipients
		return r
	}
	x, y, z := side("x"), side("y"), side("z")
	a := []dragoman.Record{many("ACCUSE", 5, x, y), many("AID", 6, x, y), many("CONSULT", 7, x, nil), many("AID", 8, x, nil), many("REJECT", 9, x, y)}
	b := []dragoman.Record{many("ACCUSE", 5, x, y), many("AID", 6, y, x), many("CONSULT", 7, x, nil), many("AID", 8, x, nil), many("REJECT", 9, z, y)}
	slices.Reverse(b[0].Actors)
	o := Options{Mutual: func(kind, _ string) bool { return kind == "CONSULT" }}
	sets := func(a, b []dragoman.Record) *Result {
		t.Helper()
		r, err := Sets(sketch.Stream(a...), sketch.Stream(b...), o)
		if err != nil {
			t.Fatal(err)
		}
		for i := range r.comparison.sets {
			if n := len(r.comparison.sets[i].dyads); n == 0 || n > 5*maxDyads {
				t.Errorf("set %d: %d dyads of 5 events", i, n)
			}
		}
		return r
	}
	r, back := sets(a, b), sets(b, a)
	if got, want := r.classes(), "identical 3, direction reversed 1, only A 1, only B 1"; got != want || back.classes() != want {
		t.Errorf("%s, changed about %s; want %s", got, back.classes(), want)
	}
	if !reflect.DeepEqual(r.A, back.B) || !reflect.DeepEqual(r.B, back.A) {
		t.Errorf("%+v, changed about %+v", r, back)
	}
}
