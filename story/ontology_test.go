package story

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"dragoman"
	"dragoman/sketch"
)

// withType returns the embedded tables and a type of a user's, OUTBREAK, for which CAMEO
// has no code, with rows for the words of its deeds.
func withType(t *testing.T, deeds string) fs.FS {
	t.Helper()
	return sketch.Tables(t, map[string]string{
		"plover/types.more.tsv":    "type\tquad\tscore\tcameo\tplanned\tonly\tname\nOUTBREAK\t\t-6\t\t\t\ta disease breaks out\n",
		"plover/en/deeds.more.tsv": "code\tverb\talone\trelations\tas\n" + deeds,
	})
}

// TestOwnType wants a type without a code of CAMEO to be known to alerts, found among what
// is remembered, and put into the words that a user gave it.
func TestOwnType(t *testing.T) {
	d, err := Load(withType(t, "OUTBREAK\tconfirm an outbreak in\tconfirm an outbreak\t\t\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Settle(&Rule{Types: []string{"OUTBREAK"}}); err != nil {
		t.Error(err)
	}
	if err := d.Settle(&Rule{Types: []string{"PLAGUE"}}); err == nil || !strings.Contains(err.Error(), "it is one of ACCUSE, ") || !strings.Contains(err.Error(), ", OUTBREAK, ") {
		t.Errorf("got %v", err)
	}
	r := telling("OUTBREAK", "", "broke out", "measles broke out", nil, parties(carvia))
	code := d.deedCode(&r)
	if got := d.phrase(code, carvia); got != "confirm an outbreak in Carvia" {
		t.Errorf("put into words: %q", got)
	}
	if got := d.types[code]; !slices.Equal(got, []string{"OUTBREAK"}) {
		t.Errorf("sought among the types %v", got)
	}
	is, err := d.Coded(&dragoman.Report{Type: "AID", CAMEO: "070"}, "OUTBREAK", "", "")
	if err != nil || is.Type != "OUTBREAK" || is.CAMEO != "" || is.Tone != dragoman.Neutral {
		t.Errorf("recoded to %+v: %v", is, err)
	}
}

// TestOwnTypeWantsWords wants to be told which type has no words, and where they go.
func TestOwnTypeWantsWords(t *testing.T) {
	if _, err := Load(withType(t, "")); err == nil || !strings.Contains(err.Error(), "plover/en/deeds.tsv has no verb for the type OUTBREAK") {
		t.Errorf("got %v", err)
	}
}

// TestOwnTypeIsNoTalk wants a deed of a type that takes no side told by two articles in
// other words to be one, as what is only said would not be.
func TestOwnTypeIsNoTalk(t *testing.T) {
	for kind, want := range map[string]bool{"OUTBREAK": true, "STATEMENT": false} {
		tell := func(evidence string) dragoman.Report {
			return telling(kind, "", "confirmed", evidence, parties(police), parties(voss), on(monday), at(sella))
		}
		a, b := tell("police confirmed measles"), tell("officers have confirmed the illness of a clerk")
		if got := likeness(&a, &b, false) >= joining; got != want {
			t.Errorf("%s: one event %v, want %v", kind, got, want)
		}
	}
}
