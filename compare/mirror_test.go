package compare

import (
	"testing"

	"dragoman"
)

// TestMirrors wants two rows that tell the same from either side to be one event.
func TestMirrors(t *testing.T) {
	mirror := func(code string) string {
		return map[string]string{"040": "040", "042": "043", "043": "042", "057": "057"}[code]
	}
	mutual := func(kind, code string) bool { return kind == "CONSULT" || code == "057" }
	const ours = " - - ours;"
	for _, c := range []struct {
		why, a, b string
		o         Options
		want      string
		mirrored  int // of B
	}{
		{"who meets is met", "2025-01-05 TCD CONSULT/040 SDN" + ours, "2025-01-05 TCD CONSULT/040 SDN; 2025-01-05 SDN CONSULT/040 TCD", Options{}, "identical 1", 1},
		{"a visit is hosted", "2025-01-05 TCD CONSULT/042 SDN" + ours, "2025-01-05 SDN CONSULT/043 TCD; 2025-01-05 TCD CONSULT/042 SDN", Options{Level: CAMEO}, "identical 1", 1},
		{"who hosts is visited", "2025-01-05 SDN CONSULT/043 TCD" + ours, "2025-01-05 TCD CONSULT/042 SDN; 2025-01-05 SDN CONSULT/043 TCD", Options{Level: CAMEO}, "identical 1", 1},
		{"a hosting alone is the visit", "2025-01-05 TCD CONSULT/042 SDN" + ours, "2025-01-05 SDN CONSULT/043 TCD", Options{Level: CAMEO}, "identical 1", 0},
		{"twice", "2025-01-05 TCD CONSULT/040 SDN", "2025-01-05 TCD CONSULT/040 SDN; 2025-01-05 TCD CONSULT/040 SDN; 2025-01-05 SDN CONSULT/040 TCD; 2025-01-05 SDN CONSULT/040 TCD", Options{}, "identical 1, only B 1", 2},
		{"once and a half", "2025-01-05 TCD CONSULT/040 SDN", "2025-01-05 TCD CONSULT/040 SDN; 2025-01-05 SDN CONSULT/040 TCD; 2025-01-05 TCD CONSULT/040 SDN", Options{}, "identical 1, only B 1", 1},
		{"two of one state", "2025-01-05 Reza@IRN CONSULT/040 Mina@IRN", "2025-01-05 Reza@IRN CONSULT/040 Mina@IRN; 2025-01-05 Mina@IRN CONSULT/040 Reza@IRN", Options{}, "identical 1", 1},
		{"in one direction only", "2025-01-05 TCD ACCUSE/112 SDN", "2025-01-05 TCD ACCUSE/112 SDN; 2025-01-05 SDN ACCUSE/112 TCD", Options{}, "identical 1, only B 1", 0},
		{"on another day", "2025-01-05 TCD CONSULT/040 SDN; 2025-01-06 GBR AID USA", "2025-01-05 TCD CONSULT/040 SDN; 2025-01-06 SDN CONSULT/040 TCD", Options{}, "identical 1, only A 1, only B 1", 0},
		{"by another code", "2025-01-05 TCD CONSULT/040 SDN", "2025-01-05 TCD CONSULT/040 SDN; 2025-01-05 SDN CONSULT/042 TCD", Options{}, "identical 1, only B 1", 0},
		{"with another", "2025-01-05 TCD CONSULT/040 SDN", "2025-01-05 TCD CONSULT/040 SDN; 2025-01-05 NER CONSULT/040 TCD", Options{}, "identical 1, only B 1", 0},
		{"what is planned is not done", "2025-01-05 TCD CONSULT/040 SDN", "2025-01-05 TCD CONSULT/040 SDN; 2025-01-05 SDN CONSULT/040 TCD planned", Options{All: true}, "identical 1, only B 1", 0},
		{"the program tells an event once", "2025-01-05 TCD CONSULT/040 SDN", "2025-01-05 TCD CONSULT/040 SDN" + ours + "2025-01-05 SDN CONSULT/040 TCD" + ours, Options{}, "identical 1, only B 1", 0},
		{"without a code nobody knows", "2025-01-05 TCD CONSULT SDN", "2025-01-05 TCD CONSULT SDN; 2025-01-05 SDN CONSULT TCD", Options{}, "identical 1, only B 1", 0},
		{"several are no row of such a format", "2025-01-05 TCD CONSULT/040 SDN", "2025-01-05 TCD CONSULT/040 SDN,NER; 2025-01-05 SDN,NER CONSULT/040 TCD", Options{}, "identical 1, only B 1", 0},
	} {
		c.o.Mutual, c.o.Mirror = mutual, mirror
		r := compared(t, c.a, c.b, c.o)
		if r.classes() != c.want || r.B.Mirrored != c.mirrored || r.B.Compared+r.B.Mirrored != r.B.Events {
			t.Errorf("%s: %s, %d mirrored of %d; want %s, %d", c.why, r.classes(), r.B.Mirrored, r.B.Events, c.want, c.mirrored)
		}
	}
	r := compared(t, "2025-01-05 TCD CONSULT/040 SDN", "2025-01-05 TCD CONSULT/040 SDN; 2025-01-05 SDN CONSULT/040 TCD", Options{})
	if r.B.Mirrored != 0 {
		t.Errorf("%d mirrored, though no code is told to be", r.B.Mirrored)
	}
}

// TestParts wants the rows of an event of several parties to be one event, and no more
// of them than the event has.
func TestParts(t *testing.T) {
	const ours = " - - ours;"
	for _, c := range []struct {
		why, a, b string
		want      string
		parts     int // of B
	}{
		{"each with each", "2025-01-05 TCD,MLI ASSAULT/190 SDN,NER" + ours, "2025-01-05 TCD ASSAULT/190 SDN; 2025-01-05 TCD ASSAULT/190 NER; 2025-01-05 MLI ASSAULT/190 SDN; 2025-01-05 MLI ASSAULT/190 NER", "identical 1", 3},
		{"told once more", "2025-01-05 TCD,MLI ASSAULT/190 SDN" + ours, "2025-01-05 TCD ASSAULT/190 SDN; 2025-01-05 TCD ASSAULT/190 SDN; 2025-01-05 MLI ASSAULT/190 SDN", "identical 1, only B 1", 1},
		{"side by side", "2025-01-05 TCD,MLI AGREE/030 -" + ours, "2025-01-05 TCD AGREE/030 -; 2025-01-05 MLI AGREE/030 -", "identical 1", 1},
		{"three meet", "2025-01-05 TCD,MLI,NER CONSULT/040 -" + ours, "2025-01-05 TCD CONSULT/040 MLI; 2025-01-05 MLI CONSULT/040 TCD; 2025-01-05 TCD CONSULT/040 NER; 2025-01-05 NER CONSULT/040 MLI", "identical 1", 2},
		{"two promise each other", "2025-01-05 TCD,SDN CONSULT/036 -" + ours, "2025-01-05 TCD CONSULT/036 SDN; 2025-01-05 SDN CONSULT/036 TCD; 2025-01-05 TCD CONSULT/036 SDN", "identical 1, only B 1", 1},
		{"each promises the other", "2025-01-05 TCD CONSULT/036 SDN" + ours, "2025-01-05 TCD CONSULT/036 SDN; 2025-01-05 SDN CONSULT/036 TCD", "identical 1, only B 1", 0},
		{"two events of several", "2025-01-05 TCD,MLI ASSAULT/190 SDN" + ours + "2025-01-05 TCD,MLI ASSAULT/190 SDN" + ours, "2025-01-05 TCD ASSAULT/190 SDN; 2025-01-05 MLI ASSAULT/190 SDN; 2025-01-05 TCD ASSAULT/190 SDN; 2025-01-05 MLI ASSAULT/190 SDN", "identical 2", 2},
		{"between others", "2025-01-05 TCD,MLI ASSAULT/190 SDN" + ours, "2025-01-05 TCD ASSAULT/190 SDN; 2025-01-05 NER ASSAULT/190 SDN", "identical 1, only B 1", 0},
		{"by another code", "2025-01-05 TCD,MLI ASSAULT/190 SDN" + ours, "2025-01-05 TCD ASSAULT/190 SDN; 2025-01-05 MLI ASSAULT/194 SDN", "identical 1, only B 1", 0},
		{"on another day", "2025-01-05 TCD,MLI ASSAULT/190 SDN" + ours + "2025-01-06 GBR AID USA" + ours, "2025-01-05 TCD ASSAULT/190 SDN; 2025-01-06 MLI ASSAULT/190 SDN", "identical 1, only A 1, only B 1", 0},
		{"of another's event", "2025-01-05 TCD,MLI ASSAULT/190 SDN", "2025-01-05 TCD ASSAULT/190 SDN; 2025-01-05 MLI ASSAULT/190 SDN", "identical 1, only B 1", 0},
		{"ours are no rows", "2025-01-05 TCD,MLI ASSAULT/190 SDN" + ours, "2025-01-05 TCD ASSAULT/190 SDN" + ours + "2025-01-05 MLI ASSAULT/190 SDN" + ours, "identical 1, only B 1", 0},
	} {
		o := Options{Mirror: func(code string) string { return map[string]string{"040": "040"}[code] }, Mutual: func(kind, _ string) bool { return kind == "CONSULT" }}
		r := compared(t, c.a, c.b, o)
		if r.classes() != c.want || r.B.Parts != c.parts {
			t.Errorf("%s: %s, %d parts; want %s, %d", c.why, r.classes(), r.B.Parts, c.want, c.parts)
		}
		back := compared(t, c.b, c.a, o)
		if back.A.Parts != c.parts || back.Agreement.OfA != r.Agreement.OfB || back.A.Compared != r.B.Compared {
			t.Errorf("%s, changed about: %+v and %+v", c.why, back.A, r.B)
		}
		for side, all := range [][]dragoman.Record{records(c.a), records(c.b)} { // pairs are still found by their places
			pairs := map[int]bool{}
			for n := range all {
				if class, pair := r.Find(Side(side), n, &all[n]); class == Identical {
					pairs[pair] = true
				}
			}
			if len(pairs) != r.Agreement.Pairs {
				t.Errorf("%s: %d pairs are found, of %d", c.why, len(pairs), r.Agreement.Pairs)
			}
		}
	}
}
