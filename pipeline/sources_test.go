package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dragoman"
)

// attributed writes an attribution as "source | cue | content", with that of what it stands in behind it.
func attributed(d *dragoman.Document, i int) string {
	a := &d.Attributions[i]
	s := fmt.Sprintf("%s | %s | %s", d.TextOf(a.Source), d.TextOf(a.Cue), d.TextOf(a.Content))
	if a.Anonymous {
		s = "unnamed " + s
	}
	if a.Parent >= 0 {
		s += " < " + d.TextOf(d.Attributions[a.Parent].Source)
	}
	return s
}

// TestSources: who says what, where the wording hides it.
func TestSources(t *testing.T) {
	const body = "\n\nTALABA — The weather was fine on Sunday."
	for text, want := range map[string][]string{
		// a title that ends with its source
		"Army Kills Ten Rebels in Eastern Province, Source Claims" + body: {"unnamed Source | Claims | Army Kills Ten Rebels in Eastern Province"},
		"Chad Ready for Talks – Minister" + body:                          {"Minister | – | Chad Ready for Talks"},
		"Chad to Send Troops to Mali: Report" + body:                      {"Report | : | Chad to Send Troops to Mali"},
		"Talks in Talaba: No Deal Yet" + body:                             nil,
		// who passes on what another says
		"The Sahel Courier reported, citing two officials, that Chad had attacked the port.": {
			"The Sahel Courier | reported | that Chad had attacked the port",
			"unnamed two officials | citing | that Chad had attacked the port < The Sahel Courier"},
		"The army bombed the market, the Sahel Courier said on Sunday, quoting a doctor.": {
			"the Sahel Courier | said | The army bombed the market",
			"unnamed a doctor | quoting | The army bombed the market < the Sahel Courier"},
		"The report, which cited a diplomat, said Chad would send tanks.": {
			"unnamed a diplomat | cited | Chad would send tanks < The report, which cited a diplomat",
			"The report, which cited a diplomat | said | Chad would send tanks"},
		"According to the Sahel Courier, citing army sources, rebels bombed a school.": {
			"the Sahel Courier, citing army sources | According to | rebels bombed a school",
			"unnamed army sources | citing | rebels bombed a school < the Sahel Courier, citing army sources"},
		"The court blocked the firm, citing a threat to health.": {"The court | citing | a threat to health"},
		"The Courier quoted the mayor as saying the army had shelled the town. \"They burned everything in the village.\"": {
			"The Courier | quoted | the mayor as saying the army had shelled the town",
			"the mayor | saying | the army had shelled the town < The Courier",
			"the mayor |  | \"They burned everything in the village.\""},
		"It was established beyond any reasonable doubt that the mayor had killed him.": nil,
		// an interview
		"Mali’s Idriss Traore warned on Friday that rain would come. Omar Nour, an analyst, tells the Courier that the truce is dead. Following is the interview: Q: Will it hold? A: Mali has attacked Chad. It bombed a school. Q: What next? A: The war goes on.": {
			"Mali’s Idriss Traore | warned | that rain would come",
			"Omar Nour, an analyst | tells | that the truce is dead",
			"Omar Nour, an analyst |  | Mali has attacked Chad. It bombed a school",
			"Omar Nour, an analyst |  | The war goes on"},
		"Omar Nour is a Chadian analyst. Q. Will it hold? A. Mali has attacked Chad. Q. What next? A. The war goes on.": {
			"Omar Nour |  | Mali has attacked Chad",
			"Omar Nour |  | The war goes on"},
		"Q: Will it hold? A: Mali has attacked Chad. Q: What next? A: The war goes on.": nil,
		// headings without a full stop
		"Chad to hand over data Meanwhile, the spokesman said Mali had arrested ten rebels.": {
			"the spokesman | said | Mali had arrested ten rebels"},
		"Chad Ready to Mediate Between Sudan and Libya Hassan Nour said Chad would host the talks.": {
			"Hassan Nour | said | Chad would host the talks"},
		// what somebody is accused of
		"Rebels accused of bombing a hospital in El Fasher fled on Monday.": {" | accused | bombing a hospital in El Fasher"},
		"Two men suspected of killing a judge were arrested by police.":     {" | suspected | killing a judge"},
		"France condemned the alleged bombing of a school by Chad.":         {"France | condemned | the alleged bombing of a school by Chad", " | alleged | alleged bombing of a school by Chad < France"},
		// a participle behind a comma
		"Rosa Lund denied reports that missiles had hit the jet, saying it was on the ground.": {
			"Rosa Lund | denied | reports that missiles had hit the jet",
			" | reports | that missiles had hit the jet < Rosa Lund",
			"Rosa Lund | saying | it was on the ground"},
		"The prices have been rising, he said, adding that the loans helped.": {
			"he | said | The prices have been rising",
			"he | adding | that the loans helped"},
		// the rest
		"The minister said on Monday plans for an attack had been made.":                        {"The minister | said | plans for an attack had been made"},
		"Earlier the senator said the truce held.":                                              {"the senator | said | the truce held"},
		"According to the director of the union, Rosa Lund, half of the firms have closed.":     {"the director of the union, Rosa Lund | According to | half of the firms have closed"},
		"\"They have nobody to help them there and so they leave.\" Rosa Lund says.":            {"Rosa Lund | says | \"They have nobody to help them there and so they leave.\""},
		"She called it an “ill rumour\" on Sunday. “The plane burned at once,” she said later.": {"She | called | it an “ill rumour\"", "she | said | “The plane burned at once,”"},
		"Sources close to Rosa Lund said the truce held.":                                       {"unnamed Sources close to Rosa Lund | said | the truce held"},
		"An official said the truce held. The official added that rebels had fled.": {
			"unnamed An official | said | the truce held", "unnamed The official | added | that rebels had fled"},
	} {
		d := readAll(t, text)
		var got []string
		for i := range d.Attributions {
			got = append(got, attributed(&d, i))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s\ngot\n  %s\nwant\n  %s", text, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
		}
	}
}

// TestBothSources: what one passes on of another is according to both, innermost first, and
// who rejects what is alleged denies it.
func TestBothSources(t *testing.T) {
	for text, want := range map[string]string{
		"The Sahel Courier reported, citing two officials, that Chad had arrested ten rebels.": "happened two officials, The Sahel Courier",
		"Chad arrested ten rebels, the Sahel Courier quoted Rosa Lund as saying.":              "happened Rosa Lund, the Sahel Courier",
		"Chad dismissed allegations that it had arrested ten rebels.":                          "denied , Chad",
		"Chadian soldiers accused of arresting ten rebels fled.":                               "happened ",
	} {
		d := readAll(t, text)
		found := false
		for _, e := range d.Events {
			if e.Type != "COERCE" {
				continue
			}
			found = true
			var by []string
			for _, a := range e.AccordingTo {
				by = append(by, d.TextOf(d.Attributions[a].Source))
			}
			if got := string(e.Status) + " " + strings.Join(by, ", "); got != want || len(by) == 0 {
				t.Errorf("%s: %q, want %q", text, got, want)
			}
		}
		if !found {
			t.Errorf("%s: no arrest", text)
		}
	}
}

// TestOwnWords: a demand or promise is told by whoever tells of the words that it is made with,
// what somebody says that he did or that others do by himself.
func TestOwnWords(t *testing.T) {
	for text, want := range map[string]string{
		"Malian foreign minister Omar Nour said Chad must withdraw from Kidal.":                         "REQUEST by ",
		"“Mali is ready to work with Chad,” foreign minister Omar Nour said.":                           "AGREE by ",
		"Malian foreign minister Omar Nour said Chad must withdraw from Kidal, the Sahel Courier said.": "REQUEST by the Sahel Courier",
		"Malian foreign minister Omar Nour said that he urged Chad to respect the truce.":               "REQUEST by Malian foreign minister Omar Nour",
		"Malian foreign minister Omar Nour said that Chad had urged Niger to respect the truce.":        "REQUEST by Malian foreign minister Omar Nour",
		"Malian foreign minister Omar Nour said that Chad has arrested ten rebels.":                     "COERCE by Malian foreign minister Omar Nour",
		"“We believe that the United Nations should help Niger,” Malian minister Omar Nour said.":       "REQUEST by ",
		"“I am sure that Chad has attacked Kidal,” Malian minister Omar Nour said.":                     "ASSAULT by Malian minister Omar Nour",
		"Asked about Trump's words, Christie blamed Clinton for the row.":                               "ACCUSE by ",
		"Mali's government said that Chad is interfering in its affairs.":                               "ACCUSE by Mali's government",
		// what is spoken about is known, what is claimed is not
		"Malian minister Omar Nour referred to the Chadian attack on Kidal.": "ASSAULT by ",
		"Malian minister Omar Nour referred to an attack on Kidal by Chad.":  "ASSAULT by Malian minister Omar Nour",
		"The minister said that the Chadian attack on Kidal would fail.":     "ASSAULT by The minister",
	} {
		d := readAll(t, text)
		var got []string
		for _, e := range d.Events {
			var by []string
			for _, a := range e.AccordingTo {
				by = append(by, d.TextOf(d.Attributions[a].Source))
			}
			got = append(got, e.Type+" by "+strings.Join(by, ", "))
		}
		if !slices.Contains(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestSpokeLast: a word for somebody in public life takes up the named person who spoke last.
func TestSpokeLast(t *testing.T) {
	for text, same := range map[string]bool{
		"Malian foreign ministry spokesman Omar Nour said the talks had failed. The Malian diplomat added that Chad had sent troops.":                                 true,
		"Omar Nour, the envoy of Mali, said the talks had failed. The Chadian diplomat said that Mali had sent troops.":                                               false,
		"Malian foreign ministry spokesman Omar Nour said the talks had failed. The military official added that Chad had sent troops.":                               false,
		"Chad and Mali are at odds. Chad condemned the raid. Omar Nour, a lawmaker, said the talks had failed. The Malian diplomat added that Chad had sent troops.":  false,
		"Chad and Mali are at odds. Chad condemned the raid. Omar Nour, a lawmaker, said the talks had failed. The Chadian diplomat added that Mali had sent troops.": true,
		"Omar Nour said the talks had failed. Officials said they went on. The official added that Chad had sent troops.":                                             false,
	} {
		d := readAll(t, text)
		last := d.Attributions[len(d.Attributions)-1]
		chain := -1
		for _, m := range d.Mentions {
			if m.Head == last.SourceHead {
				chain = m.Chain
			}
		}
		got := chain >= 0 && slices.ContainsFunc(d.Mentions, func(m dragoman.Mention) bool {
			return m.Chain == chain && strings.Contains(d.TextOf(m.Span), "Nour")
		})
		if got != same {
			t.Errorf("%s: one person is %v", text, got)
		}
	}
}
