package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"dragoman"
)

// TestWhoActs reads who does what, by their ids: those who are counted together are each one
// of his own, of a group that is told with its members the members, and a body is nobody
// else's of the same name.
func TestWhoActs(t *testing.T) {
	for text, want := range map[string]string{
		"The Chadian and Malian governments [signed] an accord on Monday.":                                                              "TCD:government MLI:government",
		"Chadian and Sudanese soldiers [attacked] a village near the border.":                                                           "new:chadian-soldiers new:sudanese-soldiers",
		"Chadian, Malian and Sudanese soldiers [attacked] a village.":                                                                   "new:chadian-soldiers new:malian-soldiers new:sudanese-soldiers",
		"Chadian, Malian and Kenyan officials [met] in Geneva.":                                                                         "new:chadian-officials new:malian-officials new:kenyan-officials",
		"U.S. and Iraqi troops [killed] ten rebels.":                                                                                    "new:us-troops new:iraqi-troops",
		"NATO and Afghan forces [killed] ten rebels.":                                                                                   "new:nato-forces new:afghan-forces",
		"Afghan and coalition security forces [captured] two rebels.":                                                                   "AFG:security-forces new:coalition-security-forces",
		"The armies of Chad and Mali [attacked] the rebels.":                                                                            "TCD MLI",
		"The Russian and Chinese presidents [met] in Moscow.":                                                                           "vladimir-putin xi-jinping",
		"The former Russian and Chinese presidents [met] in Moscow.":                                                                    "new:former-russian-presidents new:former-chinese-presidents",
		"Kenya [met] the six powers – Chad, Mali, Niger, Togo, Ghana and Benin – in Geneva.":                                            "KEN > TCD MLI NER TGO GHA BEN",
		"Kenya [met] the group, which includes Chad, Mali and Niger.":                                                                   "KEN > TCD MLI NER",
		"The Australian government [condemned] the attack.":                                                                             "AUS:government",
		"The Assad regime [bombed] Idlib. Iraq rejected the claim.":                                                                     "new:assad-regime > SYR",
		"The Punjab government [banned] rallies. Pakistan's government condemned the decision.":                                         "new:punjab-government",
		"The Karachi police arrested five men. The police also [killed] a robber in Karachi.":                                           "new:karachi-police > new:robber",
		"Uganda and Kenya signed a pact. The National Intelligence Service [arrested] five men.":                                        "new:national-intelligence-service",
		"Seoul hailed the vote. South Korea's National Intelligence Service [arrested] five men.":                                       "kor-nis",
		"Uganda accused Kenya. Nigeria's president [condemned] the Central Bank on Monday.":                                             "bola-tinubu > NGA:central-bank",
		"Ghana's Supreme Court ruled last year. The Supreme Court [rejected] the appeal on Monday.":                                     "GHA:supreme-court",
		"BAGHDAD –\n\nThe Supreme Court [rejected] the appeal. Iraq hopes for calm. Libya's president is silent.":                       "IRQ:supreme-court",
		"Ghana denied the charge. Kenya's parliament met. The army [attacked] a village. Togo's army was praised by Mali's government.": "new:army",
		"Iranian officials met in Tehran. The government of Iran met. Kenya [urged] world governments to help.":                         "KEN > new:world-governments",
		"Kenya's president spoke in Nairobi. Governments have [pledged] to plant trees.":                                                "new:governments",
		"Kenya's president spoke in Nairobi. Special police forces [arrested] ten men.":                                                 "KEN:police",
		"Kenya [accused] the other parties to the deal of delay.":                                                                       "no event",
		"Intelligence Minister Saleh Darfour spoke on Tuesday. The intelligence chief [accused] Mali of delay.":                         "new:saleh-darfour > MLI",
	} {
		text, trigger := unbracket(text)
		d := reader(t).Read(dragoman.Article{ID: "a", Text: text, Language: "en", Published: dragoman.DayOf(2025, 3, 4)})
		ids := func(actors []int) string {
			var all []string
			for _, a := range actors {
				all = append(all, d.Actors[a].ID)
			}
			return strings.Join(all, " ")
		}
		got := "no event"
		if i := slices.IndexFunc(d.Events, func(e dragoman.Event) bool { return e.Trigger.Overlaps(trigger) }); i >= 0 {
			got = ids(d.Events[i].Actors)
			if strings.Contains(want, ">") {
				got += " > " + ids(d.Events[i].Recipients)
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
