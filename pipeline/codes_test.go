package pipeline_test

import (
	"fmt"
	"slices"
	"testing"

	"dragoman"
)

// TestCodes reads how and what about is done what the [trigger] tells: code, modes and
// contexts.
func TestCodes(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		// An appeal is no demand, whether a frame holds or the judge alone says so.
		"Chad [asked] Mali on Tuesday.":                                           "020 [] []",
		"The African Union has [called] on all Malian sides.":                     "020 [] []",
		"Chad's foreign minister [demanded] on Monday that Mali pay.":             "100 [] [executive]",
		"Chad [urged] Mali to respect the accord.":                                "020 [] []",
		"Chad's foreign minister said that Mali [should] send an envoy to Niger.": "020 [] [diplomatic]",
		"Chad's foreign minister said that Mali [must] send an envoy to Niger.":   "100 [] [diplomatic]",
		"Chad [invited] Mali to join the market.":                                 "020 [] []",
		"Chad is [willing] to hold talks with Mali.":                              "036 [] []",
		"Chad is [ready] to help Mali.":                                           "033 [] []",
		"Chad is [ready] to cooperate with Mali.":                                 "030 [] []",
		// Whoever mediates is a third party.
		"The European Union [mediated] between Chad and Mali on Monday.": "045 [third-party] []",
		// A later telling says how it was done.
		"Ten people were [killed] when soldiers opened fire in Mali.":            "193 [firearms] [military]",
		"Israel [targeted] a senior leader of Hamas in Gaza.":                    "185 [assassinate] []",
		"President Donald Trump [ordered] the restoration of sanctions on Cuba.": "163 [restrict] []",
		// Names say nothing of what is done, and a word of another part of speech not what its noun does.
		"The Islamic Republic of Iran [condemned] the raid by Israel.":   "111 [disapprove] []",
		"Iran [condemned] the raid on Islamic scholars by Israel.":       "111 [disapprove] [religion_ethnicity]",
		"The African National Congress [condemned] Israel.":              "111 [disapprove] []",
		"The Senate [condemned] Israel.":                                 "111 [disapprove] [legislative]",
		"Islamic State [killed] ten people in Iraq.":                     "190 [] [terrorism]",
		"Rebels [stormed] a police station in Mali.":                     "190 [] []",
		"The police of Kenya [fired] tear gas at protesters in Nairobi.": "175 [crowd-control] [rights_freedoms]",
		"Chad and Mali [signed] an agreement, both parties said.":        "057 [] []",
	} {
		bare, trigger := unbracket(text)
		d := r.Read(dragoman.Article{Text: bare, Language: "en", Published: dragoman.DayOf(2025, 6, 4)})
		got := ""
		if at := slices.IndexFunc(d.Events, func(e dragoman.Event) bool { return e.Trigger.Overlaps(trigger) }); at >= 0 {
			e := &d.Events[at]
			got = fmt.Sprint(e.CAMEO, " ", e.Modes, " ", e.Contexts)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestAimed wants no place of words and sanctions in the state that they are aimed at.
func TestAimed(t *testing.T) {
	for text, want := range map[string]string{
		"The European Union imposed sanctions on Mali.":                                                           "",
		"U.S. sanctions on Mali have hurt trade.":                                                                 "",
		"The European Union closed its embassy in Bamako.":                                                        "Bamako",
		"The speaker took a swipe at Mali for its raids.":                                                         "",
		"The rebels on Thursday called on Mali to restart talks, urging the Malian government to revisit a deal.": "",
	} {
		d := readAll(t, text)
		if len(d.Events) == 0 {
			t.Errorf("%s tells nothing", text)
		}
		for _, e := range d.Events {
			got := ""
			if e.Place >= 0 {
				got = d.Places[e.Place].Name
			}
			if got != want {
				t.Errorf("%s: at %q, want %q", text, got, want)
			}
		}
	}
}
