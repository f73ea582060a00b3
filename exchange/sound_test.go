package exchange

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
)

// TestSound: what cannot be is a fault of its record, whatever the format, and comes
// neither into a database nor out again.
func TestSound(t *testing.T) {
	b := codebook(t)
	more := func(s string) string {
		return `{"id":"x","date":"2031-03-03","event":["AID"],"dragoman":{"type":"AID","status":"happened",` + s + `}}`
	}
	for text, want := range map[string]string{
		"day,type,actors,recipients,confidence\n2031-03-03,AID,Chad,Sudan,NaN\n":              "confidence is NaN",
		"day,type,actors,recipients,confidence\n2031-03-03,AID,Chad,Sudan,7\n":                "confidence is 7",
		"day,type,actors,recipients,tone\n2031-03-03,AID,Chad,Sudan,9\n":                      "tone is 9",
		"day,type,cameo,actors,recipients\n2031-03-03,AID,0311x,Chad,Sudan\n":                 "no code of CAMEO",
		more(`"tone":99,"confidence":0.5`):                                                    "tone is 99",
		more(`"tone":2,"confidence":42`):                                                      "confidence is 42",
		more(`"tone":2,"confidence":0.5,"cameo":"040\tx"`):                                    "no code of CAMEO",
		strings.Repeat("a,", 1) + "day,type,actors,recipients\n1,2031-03-03,AID,Chad,Sudan\n": "",
	} {
		r := bufio.NewReaderSize(strings.NewReader(text), headBytes)
		f := csvEvents
		if text[0] == '{' {
			f = plover
		}
		_, err := f.Read(r, b).Next()
		var fault *Fault
		if want == "" && err != nil || want != "" && (!errors.As(err, &fault) || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	// Nobody is no party.
	r := bufio.NewReader(strings.NewReader(`{"id":"x","date":"2031-03-03","event":["AID"],"source":[{}],"recipient":[null,{"actor":"Chad"}]}`))
	got, err := plover.Read(r, b).Next()
	if err != nil && err != io.EOF || len(got.Actors) > 0 {
		t.Errorf("%v, %+v", err, got.Actors)
	}
}

// TestOpenQuote: a quotation mark that is not closed does not swallow the rest without
// a word, nor hold it.
func TestOpenQuote(t *testing.T) {
	const head = "day,type,actors,recipients\n2031-03-03,AID,Chad,Sudan\n2031-03-03,AID,\"Chad,Sudan\n"
	for _, c := range []struct {
		rest, want string
	}{
		{strings.Repeat("2031-03-03,AID,Chad,Sudan\n", 3), "all up to line 6 is taken for one row"},
		{strings.Repeat("2031-03-03,AID,Chad,Sudan\n", 100000), "is a quotation mark not closed?"},
	} {
		r := csvEvents.Read(bufio.NewReader(strings.NewReader(head+c.rest)), codebook(t))
		if _, err := r.Next(); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Next(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// TestSoundRows: what goes for tables with quoting goes for those between tabs.
func TestSoundRows(t *testing.T) {
	head := strings.Join(columnNames(polecatDocumented), "\t") + "\n"
	polecats := func(n int) string {
		return theirs(t, polecatDocumented, "Event ID", "a", "Event Date", "2020-01-01", "Event Type", "ACCUSE", "Actor Name", strings.Repeat("Invented Front; ", n)) + "\n"
	}
	for _, c := range []struct {
		format     Format
		text, want string
	}{
		{polecat, head + polecats(50000) + polecats(3), "parties stand on one side"},
		{petrarch, "20150805\tUSA GOV\tRUS\t112\n20150805\tUSA\tRUS\t112\n", "is no code of an actor"},
	} {
		got, faults := readAll(t, c.format, c.text)
		if len(got) != 1 || len(faults) != 1 || !strings.Contains(faults[0], c.want) {
			t.Errorf("%s: %d records, faults %q, want %q", c.format.Name, len(got), faults, c.want)
		}
	}
}
