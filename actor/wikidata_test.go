package actor

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
)

// Pieces of items in the layout of Wikidata's JSON.
func claimOf(property, value, rank, qualifiers string) string {
	if qualifiers == "" {
		qualifiers = "[]"
	}
	return fmt.Sprintf(`{"mainsnak":{"snaktype":"value","property":%q,"hash":"0","datavalue":{"value":%s,"type":"x"},"datatype":"y"},"type":"statement","id":"z","rank":%q,"qualifiers":%s,"references":[]}`, property, value, rank, qualifiers)
}

func itemValue(id string) string {
	return fmt.Sprintf(`{"entity-type":"item","numeric-id":%s,"id":%q}`, strings.TrimPrefix(id, "Q"), id)
}

func timeSnak(property, time string, precision int) string {
	return fmt.Sprintf(`%q:[{"snaktype":"value","property":%q,"datavalue":{"value":{"time":%q,"timezone":0,"before":0,"after":0,"precision":%d,"calendarmodel":"http://www.wikidata.org/entity/Q1985727"},"type":"time"}}]`, property, property, time, precision)
}

func normal(property string, ids ...string) string {
	var all []string
	for _, id := range ids {
		all = append(all, claimOf(property, itemValue(id), "normal", ""))
	}
	return fmt.Sprintf("%q:[%s]", property, strings.Join(all, ","))
}

func itemOf(id, label, aliases string, claims ...string) string {
	return fmt.Sprintf(`{"type":"item","id":%q,"labels":{"en":{"language":"en","value":%q},"fr":{"language":"fr","value":"x"}},"descriptions":[],"aliases":%s,"claims":{%s},"sitelinks":[]}`, id, label, aliases, strings.Join(claims, ","))
}

// kelpland is a state of two dozen fathoms, its minister, party and news agency.
func kelpland() []string {
	minister := `"P39":[` + claimOf("P39", itemValue("Q990010"), "preferred", "{"+timeSnak("P580", "+2031-05-00T00:00:00Z", 10)+"}") + "," +
		claimOf("P39", itemValue("Q990011"), "normal", "{"+timeSnak("P580", "+2026-01-02T00:00:00Z", 11)+","+timeSnak("P582", "+2030-00-00T00:00:00Z", 9)+"}") + "," +
		claimOf("P39", itemValue("Q990011"), "deprecated", "{"+timeSnak("P580", "+2001-01-02T00:00:00Z", 11)+"}") + "," +
		claimOf("P39", itemValue("Q990011"), "normal", "") + "," + // who knows when
		claimOf("P39", itemValue("Q990099"), "normal", "{"+timeSnak("P580", "+2001-01-02T00:00:00Z", 11)+"}") + "]" // of which no file tells what it is
	return []string{
		itemOf("Q990001", "Tessaly Brandurwick", `{"en":[{"language":"en","value":"Tessaly Nkembe Brandurwick"},{"language":"en","value":"Tess"}]}`, normal("P31", "Q5"), minister, normal("P27", "Q990002")),
		itemOf("Q990002", "Kelpland", `[]`, normal("P31", "Q6256"), `"P297":[`+claimOf("P297", `"TD"`, "normal", "")+`]`),
		itemOf("Q990010", "Minister of Finance of Chad", `[]`, normal("P31", "Q294414"), normal("P1001", "Q657")),
		itemOf("Q990011", "member of the Kelp Chamber", `[]`, normal("P31", "Q486839"), normal("P17", "Q990002")),
		itemOf("Q990003", "Kelp Unity Movement", `{"en":[{"language":"en","value":"KUM"}]}`, normal("P31", "Q7278"), normal("P17", "Q657")),
		itemOf("Q990004", "Orsolan Vintermark", `[]`, normal("P31", "Q5"), normal("P27", "Q657"), normal("P106", "Q82955"),
			`"P102":[`+claimOf("P102", itemValue("Q990003"), "normal", "")+`]`),
		itemOf("Q990005", "Kelp Tidings Agency", `[]`, normal("P31", "Q192283", "Q4830453"), `"P159":[`+claimOf("P159", itemValue("Q3659"), "normal", `{"P17":[{"snaktype":"value","property":"P17","datavalue":{"value":`+itemValue("Q657")+`}}]}`)+`]`),
		itemOf("Q990006", "Ulrigo Statesmark", `[]`, normal("P31", "Q5"), normal("P106", "Q82955"), `"P570":[`+claimOf("P570", `{"time":"+1951-02-03T00:00:00Z","precision":11}`, "normal", "")+`]`),
		itemOf("Q990007", "Painter of Kelp", `[]`, normal("P31", "Q5"), normal("P106", "Q1028181")),
		itemOf("Q990008", "Kelp Lagoon Nature", `[]`, normal("P31", "Q23397")),
		`{"type":"item","id":"Q990009","labels":[],"descriptions":[],"aliases":[],"claims":[],"sitelinks":[]}`,
		`{"type":"property","id":"P31","labels":{},"claims":{}}`,
	}
}

func pretty(text string) string {
	var b bytes.Buffer
	json.Indent(&b, []byte(text), "", "  ") //nolint:errcheck // it is JSON
	return b.String()
}

func TestWikidata(t *testing.T) {
	all := kelpland()
	var inner []string
	for i, item := range all {
		inner = append(inner, fmt.Sprintf(`"X%d":%s`, i, item))
	}
	for layout, text := range map[string]string{
		"dump":       "[\n" + strings.Join(all, ",\n") + "\n]\n",
		"windows":    "\ufeff[\r\n" + strings.Join(all, ",\r\n") + "\r\n]\r\n",
		"list":       "[" + strings.Join(all, ", ") + "]",
		"json lines": strings.Join(all, "\n"),
		"entitydata": `{"entities":{` + strings.Join(inner, ",") + `}}`,
		"pretty":     pretty("[" + strings.Join(all, ",") + "]"),
	} {
		persons, organisations, tally := rosterOf(t, "Wikidata", text)
		if len(persons) != 3 || len(organisations) != 2 || tally.Persons != 2 || tally.Offices != 3 {
			t.Fatalf("%s: got %v\n%v\n%+v", layout, persons, organisations, tally)
		}
		same(t, persons[0], "id", "wikidata-q990001", "name", "Tessaly Brandurwick", "aliases", "Tessaly Nkembe Brandurwick", "country", "TCD", "office", "member of the kelp chamber",
			"sectors", "LEG", "from", "2026-01-02", "to", "2030", "wikidata", "Q990001", "rival", "as Wikidata has it")
		same(t, persons[1], "id", "wikidata-q990001", "country", "TCD", "office", "minister of finance", "sectors", "GOV", "from", "2031-05", "to", "", "rival", "")
		same(t, persons[2], "id", "wikidata-q990004", "office", "member", "body", "wikidata-q990003", "sectors", "PTY", "country", "TCD")
		same(t, organisations[0], "id", "wikidata-q990003", "name", "Kelp Unity Movement", "aliases", "KUM", "kind", "party", "country", "TCD", "sectors", "PTY", "cameo", "TCDPTY")
		same(t, organisations[1], "id", "wikidata-q990005", "kind", "media", "country", "TCD", "sectors", "JRN", "cameo", "TCDMED")
		if dropped(tally, whyIdle) != 1 || dropped(tally, whyUntold) != 1 {
			t.Errorf("%s: %+v", layout, tally)
		}
	}
}

func TestWikidataDays(t *testing.T) {
	for _, c := range []struct {
		time      string
		precision int
		want      string
	}{
		{"+2001-12-22T00:00:00Z", 11, "2001-12-22"},
		{"+2001-12-00T00:00:00Z", 10, "2001-12"},
		{"+2001-00-00T00:00:00Z", 9, "2001"},
		{"+2000-00-00T00:00:00Z", 8, ""}, // a decade
		{"-0044-03-15T00:00:00Z", 11, ""},
		{"+2001-02-30T00:00:00Z", 11, ""},
		{"+20", 9, ""},
		{"", 11, ""},
	} {
		n := snak{SnakType: "value"}
		n.DataValue.Value = raw(fmt.Sprintf(`{"time":%q,"precision":%d}`, c.time, c.precision))
		if got := n.day(); got != c.want {
			t.Errorf("%s to %d: got %q, want %q", c.time, c.precision, got, c.want)
		}
	}
	for _, kind := range []string{"somevalue", "novalue"} {
		if n := (snak{SnakType: kind}); n.day() != "" || n.item() != "" || n.text() != "" {
			t.Errorf("%s has no value", kind)
		}
	}
}

// An open term is the office of the state only if nobody follows, and nobody of our
// own tables holds it.
func TestIncumbents(t *testing.T) {
	president := itemOf("Q990020", "President of France", `[]`, normal("P31", "Q4164871"), normal("P1001", "Q142"))
	holder := func(id, name, from string) string {
		return itemOf(id, name, `[]`, normal("P31", "Q5"), `"P39":[`+claimOf("P39", itemValue("Q990020"), "normal", "{"+timeSnak("P580", "+"+from+"T00:00:00Z", 11)+"}")+`]`, normal("P27", "Q142"))
	}
	text := strings.Join([]string{president, holder("Q990021", "Tessaly Brandurwick", "1998-01-01"), holder("Q990022", "Orsolan Vintermark", "2040-01-01"), holder("Q990023", "Ulrigo Statesmark", "2045-01-01")}, "\n")
	persons, _, _ := rosterOf(t, "Wikidata", text)
	if len(persons) != 3 {
		t.Fatalf("got %v", persons)
	}
	for i, rival := range []string{"as Wikidata has it", "as Wikidata has it", ""} {
		same(t, persons[i], "office", "president", "country", "FRA", "rival", rival)
	}
}

func TestWikidataFaults(t *testing.T) {
	s := rosterFor(t, "Wikidata")
	all := kelpland()
	var at []int
	text := "[\n" + all[0] + ",\n{\"broken\n" + strings.Join(all[1:], ",\n") + "\n]\n"
	if err := s.Wikidata(strings.NewReader(text), func(line int, err error) { at = append(at, line) }, nil); err != nil || len(at) != 1 || at[0] != 3 {
		t.Errorf("%v, faults at %v", err, at)
	}
	if persons, _, _ := rowsOf(t, s); len(persons) != 3 {
		t.Errorf("got %v", persons)
	}
	for bad, want := range map[string]string{
		"[{":                     "item 1: the JSON breaks off",
		all[0] + all[1][:99]:     "item 2: the JSON breaks off",
		"[" + all[0]:             "item 2: the JSON breaks off",
		"[" + all[0] + ",":       "item 2: the JSON breaks off",
		all[0] + `{"id":7}`:      `item 2: "id" is of the JSON type number, which is not what stands there in such a file`,
		`{"entities":7}`:         `item 1: "entities" is of the JSON type number, `,
		`{"entities":{"Q1":[]}}`: "item 1: Q1: it is of the JSON type array, ",
		"no JSON":                "item 1: it is no JSON: ",
		"[1,2":                   "item 1: it is of the JSON type number, ",
		"{}":                     "item 1: an item has an id, or entities",
		`{"id":"Q1","schema":"Person","properties":{}}`: `item 1: "Q1" is no item of Wikidata, which has labels and claims`,
	} {
		if err := s.Wikidata(strings.NewReader(bad), nil, nil); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", bad, err, want)
		}
	}
	// What goes wrong with the reading is none of an item, and is told as it was at first.
	for _, text := range []string{"", "[", all[0], "[" + all[0] + ",", "[\n" + all[0] + ",\n"} {
		r := io.MultiReader(strings.NewReader(text), &failing{})
		if err := s.Wikidata(r, nil, nil); err == nil || err.Error() != "fault 1" {
			t.Errorf("%q: %v", text, err)
		}
	}
	// An entry of a dump that is no item is told, and the others are read.
	s, at = rosterFor(t, "Wikidata"), nil
	if err := s.Wikidata(strings.NewReader("[\n"+all[0]+",\n{\"id\":\"Q1\"}\n]\n"), func(line int, err error) { at = append(at, line) }, nil); err != nil || len(at) != 1 || at[0] != 3 || s.tally.Read != 1 {
		t.Errorf("%v, faults at %v, %d read", err, at, s.tally.Read)
	}
}

// failing is a reader with another fault each time, as that of bzip2.
type failing struct{ n int }

func (f *failing) Read([]byte) (int, error) {
	f.n++
	return 0, fmt.Errorf("fault %d", f.n)
}

func FuzzWikidata(f *testing.F) {
	all := kelpland()
	fuzzRoster(f, "Wikidata", append(all, "[\n"+strings.Join(all, ",\n")+"\n]\n", "["+strings.Join(all, ",")+"]", `{"entities":{"Q1":{"id":"Q1","missing":""}}}`, "[\n{},\n]")...)
}
