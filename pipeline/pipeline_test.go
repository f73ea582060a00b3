package pipeline_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"dragoman"
	"dragoman/article"
	"dragoman/data"
	"dragoman/export"
	"dragoman/pipeline"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var load = sync.OnceValues(func() (*pipeline.Reader, error) { return pipeline.Load(data.Embedded()) })

func reader(t testing.TB) *pipeline.Reader {
	t.Helper()
	r, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// published are the days of the examples that do not bring their own.
var published = map[string]string{"border-visit.txt": "2025-03-04", "attack.txt": "2025-05-09", "sanctions.txt": "2026-02-03"}

// TestGolden compares what is read from the examples with what was reviewed;
// -update rewrites it.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("../examples/*")
	if err != nil || len(paths) < 4 {
		t.Fatalf("examples: %v %v", paths, err)
	}
	for _, path := range paths {
		name := filepath.Base(path)
		if ext := filepath.Ext(name); ext == ".md" || ext == ".go" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			in, err := article.Open(t.Context(), path, article.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			var got bytes.Buffer
			plain := &colorprofile.Writer{Forward: &got, Profile: colorprofile.NoTTY}
			for {
				a, err := in.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if day := published[name]; day != "" {
					if a.Published, err = dragoman.ParseDay(day); err != nil {
						t.Fatal(err)
					}
				}
				doc := reader(t).Read(a)
				if err := export.Text(plain, export.NewReading(&doc, "test", 0.15)); err != nil {
					t.Fatal(err)
				}
			}
			golden := filepath.Join("testdata", "golden", name+".golden")
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("%s differs from %s (make golden rewrites it); got\n%s", path, golden, got.String())
			}
		})
	}
}

// TestSigns reads an example again for the signs of its events: one list for each
// event, of signs of its own.
func TestSigns(t *testing.T) {
	r := reader(t)
	text, err := os.ReadFile(filepath.Join("..", "examples", "border-visit.txt"))
	if err != nil {
		t.Fatal(err)
	}
	doc := r.Read(dragoman.Article{Text: string(text), Language: "en", Published: dragoman.DayOf(2025, 3, 4)})
	signs := r.Events.Signs(&doc)
	if len(doc.Events) < 2 || len(signs) != len(doc.Events) {
		t.Fatalf("%d events, %d lists of signs", len(doc.Events), len(signs))
	}
	for i, e := range doc.Events {
		if len(signs[i]) < 20 || i > 0 && slices.Equal(signs[i], signs[i-1]) {
			t.Errorf("%s %d has the signs %v", e.Type, i, signs[i])
		}
	}
}

// TestLed reads who leads whom: who only shows the way somewhere does not.
func TestLed(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]bool{
		"The security force was led to the leader’s house by multiple intelligence sources.":         false,
		"Saleh Darfour has led the security force since 2019, and it was praised by Mali on Monday.": true,
	} {
		doc := r.Read(dragoman.Article{Text: text, Language: "en", Published: dragoman.DayOf(2025, 3, 4)})
		if got := slices.ContainsFunc(doc.Ties, func(t dragoman.Tie) bool { return t.Relation == "leads" }); got != want {
			t.Errorf("%s: a tie %v, want %v", text, got, want)
		}
	}
}

// TestCalledAgain reads articles in which somebody is told by his office and by his name:
// he is one, and does what the office does.
func TestCalledAgain(t *testing.T) {
	r := reader(t)
	for _, c := range []struct{ text, actor string }{
		{"Chad's Foreign Ministry spokesman [congratulated] the people of Mali on the vote on Monday.\n\n" +
			"In his statement, Foreign Ministry spokesman Saleh Darfour wished success for those elected in the vote.", "Saleh Darfour"},
		{"Chad's Deputy Foreign Minister Abbas Tolli has said the bloc does not understand the situation in the Sahel.\n\n" +
			"On Monday, Tolli had a meeting with Austria's Deputy Foreign Minister Johannes Peterlik.\n\n" +
			"The Chadian deputy foreign minister [urged] the United Nations to remain neutral.", "Abbas Tolli"},
		{"Commander of the Sahel Force [warned] on Friday that the rebels should leave Mali.\n\n" +
			"Major General Idriss Kallo, who was speaking on the sidelines of a drill, also told the rebels that he would attack them.", "Idriss Kallo"},
		{"Chad's Minister of Industry, Mining and Trade Reza Darfour said on Tuesday that Mali is eager for ties. " +
			"The industry minister [met] the Malian ambassador.", "Reza Darfour"},
		{"Mali held talks with IAEA director general Abbas Tolli on Monday. The IAEA chief [criticized] Chad.", "Abbas Tolli"},
		{"Democrat Jane Dorsey has [criticized] Mali.", "Jane Dorsey"},
		{"“We [call] on Mali to leave the region,” Sarah Darfour, legal director for the Human Rights Campaign, said.", "Sarah Darfour"},
	} {
		text, trigger := unbracket(c.text)
		doc := r.Read(dragoman.Article{Text: text, Language: "en", Published: dragoman.NoDay})
		at := slices.IndexFunc(doc.Events, func(e dragoman.Event) bool { return e.Trigger.Overlaps(trigger) })
		if at < 0 {
			t.Errorf("no event: %s", c.text)
			continue
		}
		var got []string
		for _, a := range doc.Events[at].Actors {
			got = append(got, doc.Actors[a].Name)
		}
		if len(got) != 1 || got[0] != c.actor {
			t.Errorf("%v did it, want %s: %s", got, c.actor, c.text)
		}
	}
}

// TestFrameExamples reads the example of every frame: the trigger must make an
// event of the frame's type, and where the frame says that there is none, none.
// A few fail where the parser errs; that share must stay small.
func TestFrameExamples(t *testing.T) {
	const allowed = 0.08
	r := reader(t)
	examples, missed := r.Events.Examples(), 0
	for _, e := range examples {
		text, trigger := unbracket(e.Text)
		if trigger.Empty() {
			t.Errorf("%s: the example has no [trigger]: %s", e.Where, e.Text)
			continue
		}
		doc := r.Read(dragoman.Article{Text: text, Language: "en", Published: dragoman.DayOf(2025, 6, 1)})
		if got := typeAt(&doc, trigger); got != e.Type {
			missed++
			if testing.Verbose() {
				t.Logf("%s: want %s, got %s: %s", e.Where, e.Type, got, e.Text)
			}
		}
	}
	if share := float64(missed) / float64(len(examples)); share > allowed {
		t.Errorf("%d of %d frame examples do not fire as they should (%.1f %%); -v shows them", missed, len(examples), 100*share)
	}
}

// TestTieExamples reads the example of every frame of a tie, as
// TestFrameExamples does: there must be a tie of that relation, or none.
func TestTieExamples(t *testing.T) {
	const allowed = 0.33 // many examples have unnamed parties, with whom no tie is told
	r := reader(t)
	where, examples, relations := r.Ties.Examples()
	missed := 0
	for i, example := range examples {
		text, trigger := unbracket(example)
		if trigger.Empty() {
			t.Errorf("%s: the example has no [trigger]: %s", where[i], example)
			continue
		}
		doc := r.Read(dragoman.Article{Text: text, Language: "en", Published: dragoman.DayOf(2025, 6, 1)})
		got := []string{}
		for _, tie := range doc.Ties {
			if tie.Trigger.Overlaps(trigger) || tie.Relation == "holds_office" {
				got = append(got, tie.Relation)
			}
		}
		if relations[i] == "-" && len(got) > 0 || relations[i] != "-" && !slices.Contains(got, relations[i]) {
			missed++
			if testing.Verbose() {
				t.Logf("%s: want %s, got %v: %s", where[i], relations[i], got, example)
			}
		}
	}
	if share := float64(missed) / float64(len(examples)); share > allowed {
		t.Errorf("%d of %d tie examples do not fire as they should (%.1f %%); -v shows them", missed, len(examples), 100*share)
	}
}

// TestWhen reads sentences whole: the days of an event, published on Wednesday, 4 June 2025.
func TestWhen(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		// what is told to have been since, after or during something
		"Chad has backed the rebels since the Soviet [invasion] of Afghanistan in 1979.":    "1979-01-01..1979-12-31",
		"Chad has [backed] the rebels since the Soviet invasion of Afghanistan in 1979.":    "1979-01-01..2025-06-04",
		"Since the 1979 [invasion] of Mali by Niger, Chad has backed the rebels.":           "1979-01-01..1979-12-31",
		"After the 2003 revolution, Chad [imposed] sanctions on Mali.":                      "2003-01-01..2025-06-04",
		"Following the war in 1973, Chad [withdrew] from Mali.":                             "1973-01-01..2025-06-04",
		"In the wake of last year's coup, Chad [condemned] the junta in Niger.":             "2024-01-01..2025-06-04",
		"Chad's army [killed] Malian soldiers during the 1991 war.":                         "1991-01-01..1991-12-31",
		"Chad's soldiers killed a rebel on Tuesday during an [attack] on Gao by rebels.":    "2025-06-03..2025-06-03",
		"Police in Chad [arrested] ten people after a match on Sunday.":                     "2025-06-01..2025-06-01",
		"The crisis recalls the 1995-96 strait crisis, when Chad [fired] missiles at Mali.": "1995-01-01..1996-12-31",
		// what is told without a day as long past
		"Chad has backed the rebels since the Soviet [invasion] of Afghanistan.":                "..2025-06-04",
		"Chad's army [killed] Malian civilians during the war.":                                 "..2025-06-04",
		"Chad supported Niger in its eight-year [war] against Mali.":                            "..2025-06-04",
		"Chad commemorated the [massacre] of Malian soldiers by rebels.":                        "..2025-06-04",
		"The day marked a century since the start of the genocide, when Chad [killed] Malians.": "..2025-06-04",
		"Since Mali [attacked] Niger, Chad has condemned Mali.":                                 "..2025-06-04",
		"Chad will retaliate after Mali [attacks] Niger.":                                       "..",
		"Chad's army [killed] Malian civilians.":                                                "..",
		// how long before or after
		"On Tuesday, a day after Mali [bombed] Niger, Chad condemned the raid.": "2025-06-02..2025-06-02",
		"On Tuesday, days after Mali [bombed] Niger, Chad condemned the raid.":  "..2025-06-02",
		"It came weeks after Chad [seized] a tanker of Mali.":                   "..2025-06-03",
		// since when there was nothing like it
		"Chad's president [visited] Bamako for the first time since 2011.":                "..",
		"Chad [held] talks with Mali, the first of their kind since the 2011 revolution.": "..",
		"Chad [has backed] Mali since the first election after the 2011 revolution.":      "2011-01-01..2025-06-04",
		// a participle and its main clause
		"Chad's forces [detained] two rebels during an operation targeting a leader in Bol yesterday.": "2025-06-03..2025-06-03",
		// in what was said or at what meeting, and right before the verb
		"In a statement issued in Arabic on Monday, Chad's foreign minister [condemned] Mali.":  "2025-06-02..2025-06-02",
		"In an interview with reporters Tuesday, Chad's president [criticized] Mali.":           "2025-06-03..2025-06-03",
		"At a meeting held in Bol on Tuesday, Chad's minister [urged] Mali to open its border.": "2025-06-03..2025-06-03",
		"Chad's opposition in a statement on Sunday [condemned] the government.":                "2025-06-01..2025-06-01",
		"Omar Lund who foreign minister from 1997 to 2005 [condemned] Mali.":                    "..",
		// whoever stands between a verb and its day
		"Police [arrested] a man on Tuesday who was accused of killing a teacher in 2018.": "2025-06-03..2025-06-03",
		// words that are the demand or the offer are of the day on which they were said
		"Chad [should] withdraw its troops from the province, Mali's foreign ministry said on Monday.":                                     "2025-06-02..2025-06-02",
		"Omar Lund, Chad's deputy prime minister, said on Sunday that the group's political relations with Mali are [good] and improving.": "2025-06-01..2025-06-01",
		"“Chad [must] leave the province by Friday,” Mali's president said on Monday.":                                                     "2025-06-02..2025-06-02",
		"“We [urged] Chad last week to leave,” Mali's president said on Monday.":                                                           "2025-05-26..2025-06-01",
		// the perfect has no day that is long over, if another deed may have it
		"Police in Chad have [arrested] two men over the killing of a journalist in 2019.": "..",
		"Police in Chad have arrested two men over the [killing] of a journalist in 2019.": "2019-01-01..2019-12-31",
		"Chad's government has [imposed] a curfew in late March.":                          "2025-03-16..2025-03-31",
		"Police in Chad have [arrested] ten people since January.":                         "2025-01-01..2025-06-04",
		// years that are part of a name
		"Chad [signed] the Cooperation Programme 2022-2024 with Mali.": "..",
		// its own day, not that of what came after it
		"After a [meeting] between the foreign ministers of Chad and Mali on Monday, the Malian ministry praised Chad.": "2025-06-02..2025-06-02",
	} {
		text, trigger := unbracket(text)
		doc := r.Read(dragoman.Article{Text: text, Language: "en", Published: dragoman.DayOf(2025, 6, 4)})
		at := slices.IndexFunc(doc.Events, func(e dragoman.Event) bool { return e.Trigger.Overlaps(trigger) })
		if at < 0 {
			t.Errorf("%s: no event", text)
			continue
		}
		if e := doc.Events[at]; e.From.String()+".."+e.To.String() != want {
			t.Errorf("%s: %s..%s, want %s", text, e.From, e.To, want)
		}
	}
}

// TestWhere wants events where their clause, the occasion, the verbs of one scene or what the
// same people did before say that they took place, and nowhere where a place is only aimed at,
// spoken of or one of several.
func TestWhere(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		// on what occasion
		"Chad's president [criticised] Mali at a rally on Friday in Dakar.":                    "Dakar",
		"Chad's soldiers [detained] two rebels during an operation targeting a leader in Gao.": "Gao",
		"Chad's soldiers [detained] two rebels while searching for a rebel leader in Gao.":     "Gao",
		"Chad's president [praised] Mali after a raid on a market in Gao.":                     "",
		// in one scene
		"Chad's soldiers [killed] two rebels and arrested a bomber in Gao.":  "Gao",
		"In Gao, Chad's soldiers killed two rebels and [arrested] a bomber.": "Gao",
		"Police in Gao have [arrested] two rebels.":                          "Gao",
		"Two rebels were [arrested] on Friday and are being held in Gao.":    "",
		// on the same visit or occasion, and who was last seen somewhere
		"Chad's foreign minister visited Bamako. He also [met] the Malian prime minister.":                            "Bamako",
		"The security force searched a compound during a raid in Gao. During the raid, soldiers [killed] two rebels.": "Gao",
		"A security force killed two rebels in Gao. The security force also [arrested] a bomber.":                     "Gao",
		"A security force killed two rebels in Gao. Security forces of Niger [arrested] a bomber.":                    "",
		// what is attacked
		"The [invasion] of Mali by Chad was a mistake.": "Mali",
		"Chad's [war] against Mali was a mistake.":      "Mali",
		// what is aimed at, spoken of or not one
		"Chad's president [spoke] by phone with the Malian president to discuss the situation in Gao.": "",
		"Chad has [condemned] a suicide attack on a cultural center in Gao.":                           "",
		"Chad [called] for a ceasefire in Sudan.":                                                      "",
		"Chad will [donate] vaccines to Mali.":                                                         "",
		"Chad's minister will [visit] Bamako and Niamey.":                                              "",
	} {
		text, trigger := unbracket(text)
		doc := r.Read(dragoman.Article{Text: text, Language: "en", Published: dragoman.DayOf(2025, 6, 4)})
		at := slices.IndexFunc(doc.Events, func(e dragoman.Event) bool { return e.Trigger.Overlaps(trigger) })
		if at < 0 {
			t.Errorf("%s: no event", text)
			continue
		}
		got := ""
		if p := doc.Events[at].Place; p >= 0 {
			got = doc.Places[p].Name
		}
		if got != want {
			t.Errorf("%s: at %q, want %q", text, got, want)
		}
	}
}

// TestFigures wants how many were killed, hurt or arrested or came: of phrases joined the sum,
// of numbers that are multiplied their product, of ranges both ends.
func TestFigures(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		"Rebels [killed] two soldiers and three policemen in Gao.":         "killed 5..5",
		"Gunmen [killed] a mayor and two of his guards.":                   "killed 3..3",
		"Soldiers [killed] a rebel and three fighters and wounded others.": "killed 4..4",
		"Soldiers [shot] dead three Palestinians, two of them brothers.":   "killed 3..3",
		"Nine soldiers were [killed] and 20 others wounded in the attack.": "killed 9..9, injured 20..20",
		"Police [arrested] two dozen protesters in Gao.":                   "captured 24..24",
		"More than a dozen soldiers were [killed] in the ambush.":          "killed 12..-1",
		"Chad's army [killed] 20 to 25 rebels.":                            "killed 20..25",
		"Nearly 200 people were [arrested].":                               "captured 200..200",
		"Tens of thousands of Malians [protested] in Bamako.":              "crowd 20000..-1",
		"Hundreds of thousands of people [marched] in Paris.":              "crowd 200000..-1",
		"The war has [killed] 1.2 million people.":                         "killed 1200000..1200000",
		"Gunmen [killed] the mayor, a deputy and a judge.":                 "killed 3..3",
		"Gunmen [assassinated] two judges in Lima.":                        "killed 2..2",
	} {
		text, trigger := unbracket(text)
		doc := r.Read(dragoman.Article{Text: text, Language: "en", Published: dragoman.DayOf(2025, 6, 4)})
		at := slices.IndexFunc(doc.Events, func(e dragoman.Event) bool { return e.Trigger.Overlaps(trigger) })
		if at < 0 {
			t.Errorf("%s: no event", text)
			continue
		}
		var got []string
		for _, c := range doc.Events[at].Casualties {
			got = append(got, fmt.Sprintf("%s %d..%d", c.What, c.Min, c.Max))
		}
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestSentences reads sentences whole: type, status, the countries of the parties and
// the first day of the event at the trigger.
func TestSentences(t *testing.T) {
	r := reader(t)
	read := func(text string) (dragoman.Document, *dragoman.Event) {
		text, trigger := unbracket(text)
		doc := r.Read(dragoman.Article{Text: text, Language: "en", Published: dragoman.DayOf(2025, 6, 4)})
		at := slices.IndexFunc(doc.Events, func(e dragoman.Event) bool { return e.Trigger.Overlaps(trigger) })
		if at < 0 {
			return doc, nil
		}
		return doc, &doc.Events[at]
	}
	for text, want := range map[string]string{
		"Chad's president is due to [travel] to Ankara on Friday.":                         "CONSULT planned TCD > TUR 2025-06-06",
		"Chad will never [recognise] the independence of Kosovo.":                          "REJECT happened TCD > XKX",
		"Chad denied that the men who [attacked] a village in Mali were its soldiers.":     "ASSAULT happened",
		"Chad's foreign minister [met] his Malian counterpart.":                            "CONSULT happened TCD > MLI",
		"Chad's army [retook] the town of Bol from Boko Haram.":                            "ASSAULT happened TCD > NGA",
		"Chad said in a statement that its soldiers would [leave] Mali within two months.": "RETREAT planned",
		"Chad will go on [treating] the wounded of Mali.":                                  "AID planned TCD",
		"The leaders of Chad and Mali [met] in Niamey.":                                    "CONSULT happened TCD+MLI",
		"Malian and Chadian soldiers [attacked] a village in Niger.":                       "ASSAULT happened MLI+TCD",
		"Chad and Mali held talks. Neither government [confirmed] the meeting.":            "STATEMENT negated TCD+MLI",
		"The row overshadowed a [meeting] on Tuesday between Mali and Niger.":              "CONSULT happened MLI+NER",
		"The report followed a [visit] to Bamako last week by a Chadian minister.":         "CONSULT happened TCD > MLI 2025-05-26",
		"Chad [threatened] to close its border unless Niger pulls back its troops.":        "THREATEN happened TCD > NER",
		"Malian jets on Monday [bombed] suspected positions of the Taliban.":               "ASSAULT happened MLI >",
		"Chad's minister spoke to reporters after [talks] with the president of Mali.":     "CONSULT happened TCD > MLI",
		"Chad's minister was to be [received] by the president of Mali.":                   "CONSULT planned",
		"Boko Haram claimed responsibility for a [raid] on a Chadian camp.":                "ASSAULT happened NGA >",
		"Chadian soldiers were [deployed] to Mali.":                                        "MOBILIZE happened TCD > MLI",
		"The foreign ministry in Bamako [urged] Niger to withdraw.":                        "REQUEST happened MLI > NER",
		"Chad's president [visited] the mausoleum of the king of Mali.":                    "no event",
		"The president of Chad [ordered] his interior minister to waive visas.":            "no event",
		"Chad's minister was asked not to [reveal] the sum.":                               "no event",
		"Chad's army did not [comment] on the raid.":                                       "STATEMENT negated TCD",
		"Chad's army has yet to [respond].":                                                "STATEMENT negated TCD",
		"He is a commander of Boko Haram, which [supports] Mali.":                          "no event",
		"Chad [sent] warships to the Persian Gulf.":                                        "MOBILIZE happened TCD",
		"Chad's [trade] with Mali rose to two billion euros last year.":                    "no event",
		"“We are leaving Chad,” the president of Mali [told] the rebels.":                  "no event",
		"The president of Niger warned that if Chad closes the border, he would [react].":  "no event",
		"Mali called on Chad not to [leave] the bloc.":                                     "no event",
		"It was Chad's deadliest [attack] on Boko Haram.":                                  "ASSAULT happened  > NGA",
		"Mali condemned any [attack] on Chad.":                                             "no event",
		"Chad's priority has been to [meet] the president of Mali.":                        "CONSULT planned TCD",
		"Chad [warned] that it would respond if Mali closes the border.":                   "THREATEN happened TCD > MLI",
		"They discussed the expansion of [cooperation] between Chad and Mali.":             "no event",
		"A soldier of Chad [killed] himself in Mali.":                                      "no event",
		"Chad's [talks] with Mali will be short.":                                          "CONSULT planned TCD > MLI",
		"Chad [designated] the mosque as a museum of Mali.":                                "no event",
		"Chad's minister said that Mali should [learn] from its mistakes.":                 "no event",
		"Chad's minister did not say that Mali [should] leave the bloc.":                   "no event",
		"Chad is not the first to [accuse] Mali of the raid.":                              "ACCUSE happened TCD > MLI",
		"Chad's minister is the second person to be [detained] in Mali over the raid.":     "COERCE happened",
		"Democrats often [attacked] Republicans for how they ran the country.":             "ACCUSE happened USA > USA",
		"A judge [ordered] the release of emails from her aides.":                          "no event",
		"The party's declining [appeal] to women worries Chad.":                            "no event",
		"The only way to [attack] Mali is by air.":                                         "ASSAULT hypothetical",
		"The march provoked a [counterattack] by Chad on Mali.":                            "ASSAULT happened TCD > MLI",
		"Such a march could provoke a [counterattack] by Chad on Mali.":                    "ASSAULT hypothetical TCD > MLI",
		"Chad to [Withdraw] Troops From Mali\n\nGAO — The weather was fine on Sunday.":     "RETREAT planned TCD > MLI",
		"Chad rejected Mali's [offer] to hold talks in Niamey.":                            "AGREE happened MLI",
		"Chad rejected the offer of Mali to [hold] talks in Niamey.":                       "no event",
		"Chad rejected Mali's claim that Niger had [offered] it weapons.":                  "AGREE denied NER",
		"Chad's army searched the village. No women or children were [hurt].":              "no event",
		"Rebels attacked Kidal. Bandits [attacked] Kidal.":                                 "ASSAULT happened  > MLI",
		"Prosecutors in Chad want the Malian driver [detained] until his trial.":           "no event",
		"Chad arrested two men accused of planning [attacks] on Mali.":                     "ASSAULT planned  > MLI",
		"A bridge collapsed in Chad on Monday, [killing] ten Malian soldiers.":             "no event",
		"A Chadian farmer was [hit] by a truck in Mali.":                                   "no event",
		"Dylann Roof [killed] nine Malian soldiers in Chad.":                               "ASSAULT happened  > MLI",
		"Omar Lund fatally [shot] the Malian ambassador at a party in Chad.":               "ASSAULT happened  > MLI",
		"Chad's government [announced] new measures to ease the drought.":                  "no event",
		"Chad's minister [questioned] the legality of the Malian raid.":                    "ACCUSE happened TCD > MLI",
		"Chad condemned the cognitive [assault] by Mali.":                                  "no event",
		"Chad's army said that it had downed a drone, as it [entered] Chad.":               "no event",
		"Emmanuel Macron [marched] in Paris.":                                              "no event",
		"Emmanuel Macron began a hunger [strike] in Paris.":                                "PROTEST happened FRA",
		"Students [marched] in Chad.":                                                      "PROTEST happened",
		"Chad has filed 70 [protests] against Mali.":                                       "no event",
		"Chad urged Mali's army to [withdraw].":                                            "no event",
		"Chad's foreign minister is in Moscow on a two-day [visit].":                       "CONSULT happened TCD > RUS",
		"The president of Chad will be in Mali for a formal [visit] on Friday.":            "CONSULT planned TCD > MLI",
		"Chad's foreign minister is in prison on murder [charges].":                        "no event",
		"Ten villagers were [killed] after Malian troops opened fire.":                     "ASSAULT happened MLI",
		"Two children [died] when shells struck a village in Sudan.":                       "ASSAULT happened  >",
		"An engineer of Chad [died] after he had built a missile.":                         "no event",
		"A cook was [killed] as a truck hit a rickshaw in Mali.":                           "no event",
		"A cook was [killed] as soldiers attacked a bus in Mali.":                          "ASSAULT happened",
		"Chad's army [destroyed] three hundred kilograms of opium in Mali.":                "no event",
		"The firm of Chad sells [kidnapping] insurance in Mali.":                           "no event",
		"Chad's president [described] the issue of Mali as the first issue of the region.": "no event",
		"Chad [granted] nationality to fifty refugees of Mali.":                            "CONCEDE happened TCD",
		"Chad called for the [lifting] of the embargo on Mali.":                            "no event",
		"Chad wants to [impose] sanctions on Mali.":                                        "no event",
		"Should Chad [pull] out of the treaty, Niger will leave too, its minister said.":   "SANCTION hypothetical TCD",
		"Chad can [attack] Mali.":                                                          "no event",
		"Chad's president said that his country should [leave] the bloc.":                  "no event",
		"Chad's president said that Chad [should] leave the bloc.":                         "no event",
		"Chad's minister said that Mali [should] have left the bloc.":                      "no event",
		"Chad's minister travelled to Mali to [meet] its president.":                       "no event",
		"Chad's president [vowed] never to meet the rebels of Mali.":                       "REJECT happened TCD",
		"Chad's president [vowed] to boycott the summit in Mali.":                          "THREATEN happened TCD",
		"Chad's minister called the [killing] of Malian soldiers a crime.":                 "ASSAULT happened",
		"Chad demanded information about the [bombing] of Gao.":                            "ASSAULT happened",
		"Chad's army [executed] a tightening of the rules in Mali.":                        "no event",
		"Sanders's [attacks] on her willingness to take money went on.":                    "ACCUSE happened",
		"Chad's army [captured] this in a sentence.":                                       "no event",
		"Many Syrians [arrived] in Chad last year.":                                        "no event",
		"A minister of Mali [arrived] in Chad on Monday.":                                  "CONSULT happened MLI > TCD",
		"Chad's ministry boosted [cooperation] with Mali.":                                 "no event",
		"Chad [expanded] its relations with Mali.":                                         "no event",
		"Chad [restored] its relations with Mali.":                                         "SUPPORT happened TCD > MLI",
		"Chad's president [forced] Mali to change its laws.":                               "no event",
		"Chad [violated] the law of Mali.":                                                 "no event",
		"Mali spoke of Chad's [interference] in Niger.":                                    "no event",
		"There is a [dispute] between Chad and Mali.":                                      "no event",
		"Chad's president is [concerned] about Mali.":                                      "no event",
		"Chad's president is [considering] sending troops to Mali.":                        "no event",
	} {
		doc, e := read(text)
		countries := func(actors []int) string {
			var all []string
			for _, a := range actors {
				all = append(all, doc.Actors[a].Country)
			}
			return strings.Join(all, "+")
		}
		got := "no event"
		if e != nil {
			got = fmt.Sprintf("%s %s %s > %s %s", e.Type, e.Status, countries(e.Actors), countries(e.Recipients), e.From)
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	// Whoever is called good is not accused.
	if doc, _ := read("The ayatollah described the officials of the ministry as pious, diligent individuals."); len(doc.Events) > 0 {
		t.Errorf("praise: %s %s", doc.Events[0].Type, doc.TextOf(doc.Events[0].Trigger))
	}
	// Who says what his state is ready to do does it; politicians attack with words.
	for text, want := range map[string]string{
		"President Emmanuel Macron said that France was [ready] to help Mali.":    "AGREE emmanuel-macron",
		"President Emmanuel Macron [attacked] his rival Marine Le Pen on Monday.": "ACCUSE emmanuel-macron",
		"President Emmanuel Macron said that France had [rejected] the offer.":    "REJECT FRA",
	} {
		doc, e := read(text)
		if got := fmt.Sprint(e.Type, " ", doc.Actors[e.Actors[0]].ID); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	// Another paper is signed apart.
	if doc, _ := read("Chad signed a pact with Mali. A contract on gas was [signed] by the ministers of Chad and Mali."); len(doc.Events) != 2 {
		t.Errorf("two papers: %d events, want 2", len(doc.Events))
	}
	// What tells an event once more is no other.
	for _, text := range []string{
		"A bomb attack on a market in Mali left ten people [killed].",
		"Chad's president met his Malian counterpart on Monday. The two sides [discussed] trade.",
		"Chad's minister said that Chad was ready to [cooperate] with Mali.",
		"Chad signed a pact with Mali. The pact was [signed] by the ministers of Chad and Mali.",
		"Chadian soldiers attacked rebels and [opened] fire on Tuesday.",
	} {
		if doc, _ := read(text); len(doc.Events) != 1 {
			t.Errorf("%s: %d events, want 1", text, len(doc.Events))
		}
	}
}

func unbracket(s string) (string, dragoman.Span) {
	before, rest, ok := strings.Cut(s, "[")
	trigger, after, ok2 := strings.Cut(rest, "]")
	if !ok || !ok2 {
		return s, dragoman.Span{}
	}
	return before + trigger + after, dragoman.Span{Start: len(before), End: len(before) + len(trigger)}
}

// typeAt returns the type of the event whose trigger stands at span, "-" for none.
func typeAt(d *dragoman.Document, span dragoman.Span) string {
	for _, e := range d.Events {
		if e.Trigger.Overlaps(span) {
			return e.Type
		}
		for _, also := range e.Also {
			if also.Trigger.Overlaps(span) {
				return e.Type
			}
		}
	}
	return "-"
}
