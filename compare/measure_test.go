package compare

import (
	"math"
	"reflect"
	"testing"

	"dragoman"
	"dragoman/sketch"
)

// TestLevels goes by figures that can be counted: of five events of A and four of B
// one is identical, one has another code, one another type, one another quadrant.
func TestLevels(t *testing.T) {
	a := "2025-01-05 IRN ACCUSE/112 ISR; 2025-01-06 IRN ACCUSE/112 ISR; 2025-01-07 IRN ACCUSE/112 ISR; 2025-01-08 IRN AID/071 ISR; 2025-01-08 IRN AID/071 USA"
	b := "2025-01-05 IRN ACCUSE/112 ISR; 2025-01-06 IRN ACCUSE/111 ISR; 2025-01-07 IRN REJECT/120 ISR; 2025-01-08 IRN ASSAULT/190 ISR"
	for level, pairs := range map[Level]int{CAMEO: 1, Type: 2, Quad: 3} {
		r := compared(t, a, b, Options{Level: level})
		n := float64(pairs)
		want := Agreement{pairs, Figure(n / 5), Figure(n / 4), Figure(2 * n / 9), Figure(n / (9 - n))}
		if r.Agreement != want {
			t.Errorf("%s: %+v, want %+v", level, r.Agreement, want)
		}
		if r.classes() != "identical 1, same type 1, same quadrant 1, same dyad only 1, only A 1" {
			t.Errorf("%s: %s", level, r.classes())
		}
	}
	r := compared(t, a, b, Options{})
	kinds := []Kind{{"ACCUSE", 3, 2, 2}, {"AID", 2, 0, 0}, {"ASSAULT", 0, 1, 0}, {"REJECT", 0, 1, 0}}
	if !reflect.DeepEqual(r.Kinds, kinds) {
		t.Errorf("kinds %v, want %v", r.Kinds, kinds)
	}
	confusion := []Confused{{"ACCUSE", "ACCUSE", 2}, {"ACCUSE", "REJECT", 1}, {"AID", "ASSAULT", 1}}
	if !reflect.DeepEqual(r.Confusion, confusion) {
		t.Errorf("confusion %v, want %v", r.Confusion, confusion)
	}
	if r.AllDyads != 2 || r.Dyads[0].From.ID != "IRN" || r.Dyads[0].To.ID != "ISR" || r.Dyads[0].A != 4 || r.Dyads[0].B != 4 || r.Dyads[0].Both != 2 || r.Dyads[1].A != 1 {
		t.Errorf("dyads %+v of %d", r.Dyads, r.AllDyads)
	}
	if r := compared(t, a, b, Options{Listed: 1}); len(r.Dyads) != 1 || r.AllDyads != 2 || r.Dyads[0].A != 4 {
		t.Errorf("the largest dyad is %+v of %d", r.Dyads, r.AllDyads)
	}
}

// TestExample holds the worked example of docs/compare.md to its figures.
func TestExample(t *testing.T) {
	r := compared(t, "2025-03-03 TCD ASSAULT/194 SDN; 2025-03-04 SDN ACCUSE/112 TCD; 2025-03-05 TCD AID/073 NER; 2025-03-07 TCD CONSULT/040 SDN; 2025-03-07 NER PROTEST/141 -",
		"2025-03-03 TCD ASSAULT/194 SDN; 2025-03-05 SDN ACCUSE/111 TCD; 2025-03-05 TCD COOPERATE/061 NER; 2025-03-07 SDN CONSULT/040 TCD",
		Options{Apart: 1, Mutual: func(kind, _ string) bool { return kind == "CONSULT" || kind == "COOPERATE" }})
	if want := "identical 2, same type 1, same quadrant 1, only A 1"; r.classes() != want {
		t.Errorf("%s, want %s", r.classes(), want)
	}
	if want := agreement(3, 5, 4); r.Agreement != want || want.OfA != 0.6 || want.OfB != 0.75 || want.Jaccard != 0.5 {
		t.Errorf("agreement %+v", r.Agreement)
	}
	if math.Abs(float64(r.Kappa.Value)-0.5625/0.8125) > 1e-12 || r.Chance != nil || r.Course.Dyads != 0 {
		t.Errorf("kappa %+v, chance %v, course %+v", r.Kappa, r.Chance, r.Course)
	}
}

// TestKappa goes by a table that can be reckoned on paper: of 50 pairs the variance is
// 0.0504 / (50 × 0.5⁴).
func TestKappa(t *testing.T) {
	k := kappa(map[[2]int32]int{{0, 0}: 20, {0, 1}: 5, {1, 0}: 10, {1, 1}: 15})
	near := func(got Figure, want float64) bool { return math.Abs(float64(got)-want) < 1e-4 }
	if k.Pairs != 50 || !near(k.Observed, 0.7) || !near(k.Expected, 0.5) || !near(k.Value, 0.4) || !near(k.Low, 0.151092) || !near(k.High, 0.648908) {
		t.Errorf("kappa %+v", k)
	}
	if k := kappa(nil); k.Pairs != 0 || !k.Value.Unknown() {
		t.Errorf("of nothing: %+v", k)
	}
	if k := kappa(map[[2]int32]int{{3, 3}: 9}); !k.Value.Unknown() || k.Observed != 1 {
		t.Errorf("of one kind: %+v", k)
	}
	if k := kappa(map[[2]int32]int{{0, 0}: 4, {0, 1}: 1, {1, 1}: 4}); k.Value.Unknown() || !k.Low.Unknown() {
		t.Errorf("of few: %+v", k)
	}
	if k := kappa(map[[2]int32]int{{0, 0}: 9, {1, 1}: 9}); k.Value != 1 || k.Low != 1 || k.High != 1 {
		t.Errorf("of no difference: %+v", k)
	}
}

// TestSole wants the kappa of pairs without a choice to leave out those with one.
func TestSole(t *testing.T) {
	r := compared(t, "2025-01-05 IRN ACCUSE ISR; 2025-01-05 IRN AID USA; 2025-01-09 IRN ACCUSE USA",
		"2025-01-05 IRN ACCUSE ISR; 2025-01-05 IRN AID ISR; 2025-01-05 IRN ASSAULT USA; 2025-01-09 IRN ACCUSE USA", Options{Apart: 1})
	if r.Kappa.Pairs != 3 || r.Sole.Pairs != 2 {
		t.Errorf("%d pairs, %d without a choice; want 3, 2", r.Kappa.Pairs, r.Sole.Pairs)
	}
}

func TestSpearman(t *testing.T) {
	up := []float64{1, 2, 3, 4, 5, 6, 7, 8}
	for _, c := range []struct {
		a, b []float64
		want float64
	}{
		{up, []float64{2, 4, 8, 16, 32, 64, 128, 256}, 1},
		{up, []float64{8, 7, 6, 5, 4, 3, 2, 1}, -1},
		{up, []float64{2, 1, 4, 3, 6, 5, 8, 7}, 1 - 6*8/(8.0*63)},                 // 1 - 6Σd²/n(n²-1)
		{[]float64{0, 0, 0, 0, 1, 1, 1, 1}, []float64{0, 0, 1, 1, 0, 0, 1, 1}, 0}, // ties
		{up, []float64{1, 1, 1, 1, 1, 1, 1, 1}, math.NaN()},
		{up[:7], up[:7], math.NaN()}, // too few
		{up, nil, math.NaN()},
	} {
		if got := float64(spearman(c.a, c.b)); math.Abs(got-c.want) > 1e-12 || math.IsNaN(got) != math.IsNaN(c.want) {
			t.Errorf("%v, %v: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// TestCourse wants a dyad's weeks to run alike in both, and a chance agreement of
// none where no two weeks have the same dyad.
func TestCourse(t *testing.T) {
	var a, b []dragoman.Record
	others := []string{"AFG", "BEL", "CAN", "DNK", "EGY", "FIN", "GHA", "HUN", "IND", "JPN"}
	for week, other := range others {
		day := dragoman.DayOf(2025, 1, 6+7*week)
		line := func(with, kind string) dragoman.Record { return told(day.String() + " " + with + " " + kind + " USA") }
		for range week + 1 {
			a = append(a, line("IRN", "ACCUSE"))
			b = append(b, line("IRN", "ACCUSE"), line("IRN", "ACCUSE"))
		}
		a, b = append(a, line(other, "AID")), append(b, line(other, "AID"))
	}
	a, b = append(a, told("2025-03-16 IRN AID ITA")), append(b, told("2025-03-16 IRN AID ITA")) // the end of the tenth week
	r, err := Sets(sketch.Stream(a...), sketch.Stream(b...), Options{})
	if err != nil {
		t.Fatal(err)
	}
	first := r.Dyads[0]
	if r.Course.Weeks != 10 || first.From.ID != "IRN" || first.Counts != 1 || math.Abs(float64(first.Net)-1) > 1e-12 {
		t.Errorf("%d weeks, %+v", r.Course.Weeks, first)
	}
	if r.Course.Dyads != 12 || math.Abs(float64(r.Course.Counts)-1) > 1e-12 {
		t.Errorf("course %+v", r.Course)
	}
	if r.Agreement.OfA != 1 || r.Chance == nil || r.Chance.Pairs >= r.Agreement.Pairs {
		t.Errorf("agreement %+v, by chance %+v", r.Agreement, r.Chance)
	}
	if r := compared(t, "2025-01-05 IRN AID USA", "2025-01-05 IRN AID USA", Options{}); r.Chance != nil {
		t.Error("chance is told of one day")
	}
	long := "0001-01-05 IRN AID USA; 2025-01-05 IRN AID USA"
	if r := compared(t, long, long, Options{}); r.Course.Weeks != 0 || r.Dyads[0].Both != 2 {
		t.Errorf("of two thousand years: %+v, %+v", r.Course, r.Dyads)
	}
}
