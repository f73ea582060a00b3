package exchange

import (
	"strconv"
	"strings"
	"testing"

	"dragoman"
)

func TestPairs(t *testing.T) {
	b := rowBook()
	l := codebook(t).lists
	named := func(ids string) (all []dragoman.Party) {
		for id := range strings.FieldsSeq(ids) {
			all = append(all, dragoman.Party{ID: id})
		}
		return all
	}
	for _, c := range []struct{ why, provider, cameo, actors, recipients, want string }{
		{"each who acts with each to whom it is done", "", "195", "a b", "c d", "a>c 195, a>d 195, b>c 195, b>d 195"},
		{"who meets is met", "", "040", "a", "b", "a>b 040, b>a 040"},
		{"where one visits the other hosts the visit", "", "042", "a", "b", "a>b 042, b>a 043"},
		{"several who meet meet each other", "", "046", "a b c", "", "a>b 046, a>c 046, b>a 046, b>c 046, c>a 046, c>b 046"},
		{"several who attack attack not each other", "", "195", "a b", "", "a> 195, b> 195"},
		{"several who clash clash with each other", "", "190", "a b", "", "a>b 190, b>a 190"},
		{"several who visit are not visited", "", "042", "a b", "", "a> 042, b> 042"},
		{"who meets nobody that is named acts alone", "", "040", "a", "", "a> 040"},
		{"nobody who acts", "", "173", "", "a b", ">a 173, >b 173"},
		{"nobody meets somebody", "", "040", "", "a", ">a 040"},
		{"nobody at all", "", "010", "", "", "> 010"},
		{"others have written both directions", "gdelt", "042", "a", "b", "a>b 042"},
		{"but of several in one row, as PLOVER has them", "plover", "040", "a b", "", "a>b 040, b>a 040"},
		{"a bare root is its general code", "", "04", "a", "b", "a>b 040, b>a 040"},
		{"nobody meets himself", "", "040", "a a b", "", "a>b 040, a>b 040, b>a 040, b>a 040"},
	} {
		r := dragoman.Record{Provider: c.provider}
		r.CAMEO, r.Actors, r.Recipients, r.Mutual = c.cameo, named(c.actors), named(c.recipients), c.cameo == "190"
		var got []string
		for _, p := range l.appendPairs(nil, b, &r) {
			ends := [2]string{}
			for i, q := range []*dragoman.Party{p.source, p.target} {
				if q != nil {
					ends[i] = q.ID
				}
			}
			got = append(got, ends[0]+">"+ends[1]+" "+p.code)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: got %s, want %s", c.why, strings.Join(got, ", "), c.want)
		}
	}
}

func TestMirror(t *testing.T) {
	for code, want := range map[string]string{"040": "040", "042": "043", "043": "042", "057": "057", "062": "062", "190": "", "030": "", "": ""} {
		if got := codebook(t).Mirror(code); got != want {
			t.Errorf("%q: got %q, want %q", code, got, want)
		}
	}
}

func TestPairsAreBounded(t *testing.T) {
	l := codebook(t).lists
	all := make([]dragoman.Party, 200000) // of whom all pairs would take minutes
	for i := range all {
		all[i].ID = strconv.Itoa(i)
	}
	r := dragoman.Record{}
	for _, c := range []struct {
		cameo              string
		actors, recipients []dragoman.Party
	}{{"195", all, all}, {"040", all, nil}, {"042", all, all}} {
		r.CAMEO, r.Actors, r.Recipients = c.cameo, c.actors, c.recipients
		if n := len(l.appendPairs(nil, rowBook(), &r)); n != maxPairs {
			t.Errorf("%d rows of one event, not %d", n, maxPairs)
		}
		if n := len(links(&r, rowBook())); n != maxPairs {
			t.Errorf("%d edges of one event, not %d", n, maxPairs)
		}
	}
}

func TestToldCodes(t *testing.T) {
	b := rowBook()
	for _, c := range []struct{ kind, cameo, status, want string }{
		{"ASSAULT", "195", "happened", "195"},
		{"ASSAULT", "195", "planned", "130"}, // a threat
		{"AID", "0711", "planned", "030"},    // a promise
		{"ACCUSE", "112", "planned", "112"},
		{"CONSULT", "", "happened", "040"},
		{"STATEMENT", "", "planned", "010"},
	} {
		r := dragoman.Report{Type: c.kind, CAMEO: c.cameo, Status: dragoman.Status(c.status)}
		if got := b.told(&r); got != c.want {
			t.Errorf("%s %s that is %s: got %s, want %s", c.kind, c.cameo, c.status, got, c.want)
		}
	}
}

func TestIdents(t *testing.T) {
	stored := dragoman.Record{}
	stored.Number = 27
	unstored := dragoman.Record{Told: dragoman.Entry{Key: "0f3a"}}
	unstored.Ordinal = 2
	other := unstored
	other.Ordinal = 3
	theirs := dragoman.Record{ID: "926685/1995-01-01", Provider: "icews"}
	for _, c := range []struct {
		r    *dragoman.Record
		n    int
		text string
		id   int64
	}{
		{&stored, 1, "27", 27000}, {&stored, 2, "27.2", 27001}, {&stored, 1000, "27.1000", 27999},
		{&unstored, 1, "0f3a.e2", 0}, {&unstored, 2, "0f3a.e2.2", 0}, {&other, 1, "0f3a.e3", 0},
		{&theirs, 1, "926685/1995-01-01", 926685},
	} {
		if got := string(appendIdent(nil, c.r, c.n)); got != c.text {
			t.Errorf("got %q, want %q", got, c.text)
		}
		got := number(c.r, c.n)
		if c.id != 0 && got != c.id {
			t.Errorf("%s: got %d, want %d", c.text, got, c.id)
		}
		if c.id == 0 && (got < hashed || got >= 2*hashed || int64(float64(got)) != got) {
			t.Errorf("%s: %d is not between 2⁵² and 2⁵³", c.text, got)
		}
	}
	if number(&unstored, 1) == number(&other, 1) || number(&unstored, 1) == number(&unstored, 2) {
		t.Error("different rows have the same number")
	}
}
