package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dragoman"
)

// TestParties wants of each text who does what an event of that type tells and to whom, in the
// names of the parties.
func TestParties(t *testing.T) {
	for _, c := range []struct{ text, kind, actors, recipients string }{
		{"Mark-Velasco accused Senator Rosa Lund of lying to voters on Monday. Speaker Melissa Mark-Velasco also praised the mayor.", "ACCUSE", "Melissa Mark-Velasco", "Rosa Lund"},
		{"Rosa Lund is in custody in Chad. She was arrested in April 2016 and found guilty of spying and given a five-year jail sentence.", "SANCTION", "", "Rosa Lund"},
		{"“We agreed to remove trade barriers with Chad,” Norwegian Trade Minister Rosa Lund said.", "AGREE", "Rosa Lund", "Chad"},
		{"Minister Rosa Lund noted that the resolution bans no rockets and it has only demanded Iran to avoid launching them.", "REQUEST", "", ""},
		{"Uganda demanded tolls from Kenya on Monday. Kenya dismissed the demand.", "REJECT", "Kenya", "Uganda"},
		{"Kenya seized a Ugandan ship. Ugandan Foreign Minister Rosa Lund said on Tuesday that Uganda will respond to this move.", "THREATEN", "Rosa Lund", "Kenya"},
		{"Kenya seized a Ugandan ship. Kenya's president praised the move.", "SUPPORT", "William Ruto", ""},
		{"Kenya imposed sanctions on Uganda in May. Tanzania defied Kenya's sanctions.", "COERCE", "Kenya", "Uganda"},
		{"Kenyan Foreign Minister Rosa Lund complained that Uganda bombs the camps.", "ACCUSE", "Rosa Lund", "Uganda"},
		{"Senator Rosa Lund was accused of taking bribes.", "ACCUSE", "", "Rosa Lund"},
		{"Chad will close the border if it is accused of taking bribes.", "ACCUSE", "", ""},
		{"Kenya and Uganda accused each other of breaking the truce.", "ACCUSE", "Kenya, Uganda", ""},
		{"An investigation into Senator Rosa Lund was launched on Monday.", "ACCUSE", "", "Rosa Lund"},
		{"The sanctions against Eritrea were lifted on Monday.", "RETREAT", "", "Eritrea"},
		{"Kenya claimed on Thursday that three Ugandan boats had tried to block its tanker.", "ACCUSE", "Kenya", "Uganda"},
		{"Kenyan Foreign Minister Rosa Lund claimed on Thursday that Kenya had failed to block the tanker.", "ACCUSE", "", ""},
		{"A report by the African Union accuses Rwanda of arming the rebels.", "ACCUSE", "African Union", "Rwanda"},
		{"Chad sent a letter to the African Union on Monday. The letter accused Malawi of arming the rebels.", "ACCUSE", "Chad", "Malawi"},
		{"Kenya suspended two billion dollars of aid to Uganda.", "SANCTION", "Kenya", "Uganda"},
		{"Kenya captured a Ugandan supertanker on Monday.", "COERCE", "Kenya", "Uganda"},
		{"Kenya warned of war if Uganda sent troops to the lake.", "THREATEN", "Kenya", "Uganda"},
		{"Kenya's president called for closer cooperation with Uganda.", "REQUEST", "William Ruto", "Uganda"},
		{"Kenya's president voiced opposition to any dialogue with Uganda.", "REJECT", "William Ruto", "Uganda"},
		{"Airbus delivered five planes to Kenya.", "AID", "", ""},
		{"Airbus delivered five planes to Kenya.", "COOPERATE", "Airbus", "Kenya"},
		{"A letter was found on Monday. The letter accused Malawi of arming the rebels.", "ACCUSE", "", ""},
	} {
		d := readAll(t, c.text)
		found := false
		for _, e := range d.Events {
			if e.Type != c.kind {
				continue
			}
			found = true
			if namesOf(&d, e.Actors) != c.actors || namesOf(&d, e.Recipients) != c.recipients {
				t.Errorf("%s: %s of %q to %q, want %q to %q", c.text, e.Type, namesOf(&d, e.Actors), namesOf(&d, e.Recipients), c.actors, c.recipients)
			}
		}
		if !found && c.actors+c.recipients != "" {
			t.Errorf("%s: no %s", c.text, c.kind)
		}
	}
}

// TestAimedBefore wants sanctions that are told without a target to be against whom all
// those told before are, where that is one.
func TestAimedBefore(t *testing.T) {
	for text, want := range map[string]string{
		"Kenya imposed sanctions on Uganda in May. Kenya tightened the sanctions last week.":                                              "[Uganda Uganda]",
		"Kenya imposed sanctions on Uganda in May. Kenya imposed sanctions on Tanzania in June. Kenya tightened the sanctions last week.": "[Uganda Tanzania ]",
	} {
		d := readAll(t, text)
		var to []string
		for _, e := range d.Events {
			name := ""
			for _, a := range e.Recipients {
				name += d.Actors[a].Name
			}
			to = append(to, name)
		}
		if got := fmt.Sprint(to); got != want {
			t.Errorf("%s: to %q, want %q", text, got, want)
		}
	}
}

// TestRightParties reads who does a marked deed, and to whom, where a wrong one stands near:
// his state or body, who spoke of it, whoever the clause before was of.
func TestRightParties(t *testing.T) {
	for text, want := range map[string]string{
		// the name behind the noun is meant, not the nationality before it
		"Italian oil giant Eni has decided to [abrogate] its agreement with Iran.": "Eni > Iran",
		// an office that only the titles know, and people who are not their state
		"An Iranian MP [condemned] Mali on Monday.":                         "Iranian MP > Mali",
		"Ebrahim Raisi also [met] with Iranian businesspersons in Caracas.": "Ebrahim Raisi > Iranian businesspersons",
		// somebody's people are not he
		"Mr. Brun's aides [criticised] Norway on Friday.": "Mr. Brun's aides > Norway",
		// what an attack or an inquiry is called by
		"Kenya interviewed the men behind the 2018 Ahwaz attack that [targeted] a parade.": "no event",
		"Jane Dorsey spoke of the Clinton [investigation] on Friday.":                      "no event",
		// what somebody was made
		"The president met the wife of an American pastor [held] prisoner in Iran since 2012.": " > American pastor",
		// a participle goes on from a participle
		"Nils Brun wrote to the emir, arguing that Norway had won the war, and [urging] Mali to leave Chad.": "Nils Brun > Mali",
		// who is told of it through the press need not do it
		"Saleh Darfour [told] CNN that Latvia must withdraw its troops.": "Saleh Darfour > Latvia",
		// whose the measure is that is to be lifted, and that somebody takes as part of his own
		"The court ordered the United States to ease some [sanctions] against Iran.":                                     "United States > Iran",
		"The Foreign Ministry said the United States has frozen the accounts as part of its [sanctions] against Tehran.": "United States > Iran",
		// "it" is who was asked, and "Democrats" are no "it"
		"Democrats wrote to the White House, urging the administration to lift sanctions on Iran after it [withdrew] from the deal.": "no event",
		// "they" are not those to whom it was told
		"In an interview with the BBC, Nils Brun said they had held [talks] with Russian officials.": "no event",
		// the country that the object has named
		"The United States condemned Burma's regime's [execution] of four of the country's opposition leaders.": "Burma's regime > country's opposition leaders (Myanmar)",
		// of what, not whose
		"Two women [accused] the former president of sexual assault.": "women > former president",
		// in politics one attacks by words
		"Democrats regularly [attacked] Republicans for how they were running the inquiry.": "ACCUSE Democratic Party > Republican Party",
		"Ted Cruz of Texas reboots his [attacks] on Donald Trump.":                          "ACCUSE Ted Cruz > Donald Trump",
		// what is avenged was done to one's own
		"Hamas [vowed] to avenge the killing of the four Palestinians in Gaza.": "Hamas > ",
		// who adds something to his words
		"General Lund was described by envoy Nils Brun as a symbol of sacrifice. He also [praised] Iran for its help.": "Nils Brun > Iran",
		"General Lund was [described] by envoy Nils Brun as a symbol of sacrifice.":                                    "no event",
		// whom signs are against
		"Donald Trump spoke in Riga. Anti-Trump protesters [gathered] outside the hall.": "Anti-Trump protesters > Donald Trump",
		"Russia shelled Kharkiv. Thousands took part in anti-Russia [protests] in Riga.": "Thousands > Russia",
		// what a body is for
		"The Enforcement Directorate, which [probes] financial crimes, summoned Nils Brun.": "no event",
		// what somebody is sent for is not done yet
		"The Norwegian team tasked with [reopening] the embassy arrived in Riga on Monday.": "no event",
		// no force
		"Bernie Sanders has [captured] the allegiance of younger voters.": "no event",
		"Some of Nils Brun's followers [attacked] his language skills.":   "no event",
		"Republicans also [denounced] the deal with Pfizer on Monday.":    "ACCUSE Republican Party > ",
		// gas that is measured is sold
		"Iran has been [supplying] Iraq with 50 million cubic meters of gas per day.": "COOPERATE Iran > Iraq",
		// who of one state has come up since
		"Austria's Foreign Minister Karin Kneissl called for talks. On Monday, Saleh Darfour met Austria's Deputy Foreign Minister Johannes Peterlik. The Austrian diplomat [condemned] Mali.": "Austrian diplomat > Mali",
	} {
		text, trigger := unbracket(text)
		d := reader(t).Read(dragoman.Article{ID: "a", Text: text, Language: "en", Published: dragoman.DayOf(2016, 3, 4)})
		got := "no event"
		if i := slices.IndexFunc(d.Events, func(e dragoman.Event) bool { return e.Trigger.Overlaps(trigger) }); i >= 0 {
			e := &d.Events[i]
			got = namesOf(&d, e.Actors) + " > " + namesOf(&d, e.Recipients)
			if strings.HasPrefix(want, e.Type+" ") {
				got = e.Type + " " + got
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// namesOf returns the names of some actors of d, joined.
func namesOf(d *dragoman.Document, actors []int) string {
	var all []string
	for _, a := range actors {
		all = append(all, d.Actors[a].Name)
	}
	return strings.Join(all, ", ")
}
