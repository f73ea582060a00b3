package actor

import (
	"strings"
	"testing"

	"dragoman/data"
)

// A file in the layout of OpenSanctions, of invented content.
const sanctions = `{"id":"NK-AbC1","caption":"Tessaly Brandurwick","schema":"Person","properties":{"name":["BRANDURWICK, Tessaly","Tessaly Brandurwick"],"alias":["Tessaly Nkembe Brandurwick","T. Brandurwick","Тессалия"],"weakAlias":["Tess Two"],"nationality":["td"],"country":["td","fr"],"topics":["role.pep","sanction"],"position":["Minister"]},"referents":["x-1"],"datasets":["eu_fsf"],"first_seen":"2024-01-01T00:00:00","target":true}
{"id":"x-pos","caption":"Minister of Foreign Affairs of Chad","schema":"Position","properties":{"name":["Minister of Foreign Affairs of Chad"],"country":["td"],"topics":["gov.national","gov.executive"]}}
{"id":"x-mp","caption":"Member of the Kelp Assembly","schema":"Position","properties":{"name":["Member of the Kelp Assembly"],"country":["td"],"topics":["gov.legislative"]}}
{"id":"x-occ1","caption":"Occupancy","schema":"Occupancy","properties":{"holder":["NK-AbC1"],"post":["x-pos"],"startDate":["2031-05-01"],"status":["current"]}}
{"id":"x-occ2","caption":"Occupancy","schema":"Occupancy","properties":{"holder":["NK-AbC1"],"post":["x-mp"],"startDate":["2026"],"endDate":["2030-12"],"status":["ended"]}}
{"id":"x-occ3","caption":"Occupancy","schema":"Occupancy","properties":{"holder":["NK-AbC1"],"post":["x-mp"],"status":["ended"]}}
{"id":"NK-2","caption":"Dunefarer Holdings LLC","schema":"Company","properties":{"name":["Dunefarer Holdings LLC"],"jurisdiction":["ae"],"topics":["sanction","crime.terror"]}}
{"id":"x-dir","caption":"Directorship","schema":"Directorship","properties":{"director":["NK-3"],"organization":["NK-2"],"role":["Chief Kelp Officer"],"startDate":["2020-01-05"]}}
{"id":"NK-3","caption":"Orsolan Vintermark","schema":"Person","properties":{"name":["Orsolan Vintermark"],"topics":["sanction"]}}
{"id":"NK-4","caption":"Dunefarer Ulm Kelp Legion","schema":"Organization","properties":{"name":["Dunefarer Ulm Kelp Legion","DUKL"],"country":["ne"],"topics":["crime.terror"]}}
{"id":"NK-5","caption":"MV Kelp","schema":"Vessel","properties":{"name":["MV Kelp Dancer"]}}
{"id":"NK-6","caption":"Somebody Uncertain","schema":"LegalEntity","properties":{"name":["Somebody Uncertain"],"country":["td"]}}
{"id":"NK-7","caption":"Late Statesman","schema":"Person","properties":{"name":["Ulrigo Statesmark"],"deathDate":["1951-02-01"],"country":["td"]}}
{"id":"Q990001","caption":"Kelp Authority","schema":"PublicBody","properties":{"name":["Kelp Stewardship Inspectorate"],"country":["td"],"topics":["gov.security"]}}
{"id":"x-mem","caption":"Membership","schema":"Membership","properties":{"member":["NK-4"],"organization":["Q990001"]}}
`

func TestFollowTheMoney(t *testing.T) {
	persons, organisations, tally := rosterOf(t, "FollowTheMoney", sanctions)
	if len(persons) != 3 || len(organisations) != 3 || tally.Persons != 2 || tally.Organisations != 3 || tally.Offices != 3 || tally.Read != 15 {
		t.Errorf("got %v\n%v\n%+v", persons, organisations, tally)
	}
	same(t, persons[1], "name", "Tessaly Brandurwick", "aliases", "Tessaly Nkembe Brandurwick", "country", "TCD")
	for _, p := range persons {
		switch p["from"] {
		case "2031-05-01": // she alone is meant by the office, for her term is dated and nobody else is known to hold it then
			same(t, p, "office", "minister of foreign affairs", "sectors", "GOV", "to", "", "rival", "")
		case "2026":
			same(t, p, "office", "member of the kelp assembly", "sectors", "LEG", "to", "2030-12", "rival", "as FollowTheMoney has it")
		case "2020-01-05":
			same(t, p, "name", "Orsolan Vintermark", "office", "chief kelp officer", "sectors", "BUS", "country", "ARE", "body", only(t, organisations, rowID("NK-2", ""))["id"])
		default:
			t.Errorf("row %v", p)
		}
	}
	same(t, only(t, organisations, rowID("NK-2", "")), "name", "Dunefarer Holdings", "kind", "company", "sectors", "BUS", "cameo", "AREBUS")
	same(t, only(t, organisations, rowID("NK-4", "")), "name", "Dunefarer Ulm Kelp Legion", "aliases", "DUKL", "kind", "armed_group", "country", "NER", "sectors", "RAD|REB", "cameo", "NERRADREB", "member_of", "wikidata-q990001")
	same(t, only(t, organisations, "wikidata-q990001"), "name", "Kelp Stewardship Inspectorate", "kind", "government", "sectors", "GOV", "wikidata", "Q990001")
	if dropped(tally, whyUnclassed) != 1 || dropped(tally, "dead or dissolved before 1979") != 1 {
		t.Errorf("%+v", tally)
	}
}

// The nested form has who is linked within whom, as targets.nested.json.
func TestFollowTheMoneyNested(t *testing.T) {
	persons, _, tally := rosterOf(t, "FollowTheMoney", `{"id":"n1","schema":"Person","properties":{"name":["Tessaly Brandurwick"],"positionOccupancies":[{"id":"o","schema":"Occupancy","properties":{"holder":["n1"],"startDate":["2024-02-01T00:00:00"],`+
		`"post":[{"id":"p","schema":"Position","properties":{"name":["Governor of Kelp Province"],"country":["td"],"topics":["gov.state"],"subnationalArea":["Kelp"]}}]}}]}}`)
	if len(persons) != 1 || tally.Offices != 1 {
		t.Fatalf("got %v", persons)
	}
	same(t, persons[0], "id", "ftm-n1", "office", "governor of kelp province", "country", "TCD", "sectors", "GOV", "from", "2024-02-01", "rival", "as FollowTheMoney has it")
}

// Whom our tables know stays who they say.
func TestFollowTheMoneyKnown(t *testing.T) {
	persons, organisations, tally := rosterOf(t, "FollowTheMoney",
		moneyLine("a", "Person", `"name":["Emmanuel Macron"],"country":["fr"],"topics":["role.pep"]`)+
			moneyLine("b", "Person", `"name":["Emmanuel Macron"],"country":["td"],"topics":["role.pep"]`)+ // a namesake would make both unclear
			moneyLine("c", "Organization", `"name":["Hezbollah","Kelp Party of Deliverance"],"country":["lb"],"topics":["crime.terror"]`)+
			moneyLine("d", "Organization", `"name":["Hezbollah"],"country":["lb"]`)+
			moneyLine("e", "Organization", `"name":["Hezbollah"],"country":["td"]`))
	if len(persons) != 0 || len(organisations) != 1 || dropped(tally, whyKnown) != 2 || dropped(tally, whyNamesake) != 1 || dropped(tally, whyOneWord) != 1 {
		t.Fatalf("got %v\n%v\n%+v", persons, organisations, tally)
	}
	own, err := data.Read(data.Embedded(), "actors/organisations.tsv", "id")
	if err != nil {
		t.Fatal(err)
	}
	for i := own.Len() - 1; i >= 0; i-- { // its last row once more, but for the names
		if own.Value(i, "id") != "hezbollah" {
			continue
		}
		for _, c := range organisationColumns {
			want := own.Value(i, c)
			if c == "aliases" {
				want = strings.TrimPrefix(want+"|Kelp Party of Deliverance", "|")
			}
			same(t, organisations[0], c, want)
		}
		return
	}
	t.Fatal("our own table has no row of it")
}

func TestFollowTheMoneyNamesakes(t *testing.T) {
	line := func(id, country string) string {
		return moneyLine(id, "Person", `"name":["Tessaly Brandurwick"],"country":[`+country+`]`)
	}
	persons, _, tally := rosterOf(t, "FollowTheMoney", line("a", `"td"`)+line("b", `"ml"`))
	if len(persons) != 2 {
		t.Errorf("two of different countries are told apart by them: %v", tally)
	}
	persons, _, tally = rosterOf(t, "FollowTheMoney", line("a", `"td"`)+line("b", `"td"`)+line("c", `"ml"`))
	if len(persons) != 1 || dropped(tally, whyShared) != 2 {
		t.Errorf("two of one country are not: %v %v", persons, tally)
	}
	persons, _, _ = rosterOf(t, "FollowTheMoney", line("a", `"td"`)+line("b", ``))
	if len(persons) != 0 {
		t.Errorf("one may be of any country: %v", persons)
	}
	persons, _, _ = rosterOf(t, "FollowTheMoney", line("a", `"td"`), line("a", `"td"`))
	if len(persons) != 1 {
		t.Errorf("the same id is the same one: %v", persons)
	}
}

func TestFollowTheMoneyTopics(t *testing.T) {
	s := rosterFor(t, "FollowTheMoney")
	if err := s.FollowTheMoney(strings.NewReader(sanctions), []string{"role.pep"}, nil, nil); err != nil {
		t.Fatal(err)
	}
	persons, organisations, _ := rowsOf(t, s)
	if len(persons) != 2 || len(organisations) != 0 {
		t.Errorf("got %v\n%v", persons, organisations)
	}
}

func TestFollowTheMoneyFaults(t *testing.T) {
	s := rosterFor(t, "FollowTheMoney")
	var at []int
	text := "\ufeff" + moneyLine("a", "Person", `"name":["Tessaly Brandurwick"]`) + "\r\n{broken\n\n{}\n[]\n" + `{"id":"x","schema":"Person","properties":{"name":7}}` + "\n" +
		moneyLine("b", "Person", `"name":["Orsolan Vintermark"]`)
	if err := s.FollowTheMoney(strings.NewReader(text), nil, func(line int, err error) { at = append(at, line) }, nil); err != nil {
		t.Fatal(err)
	}
	if persons, _, tally := rowsOf(t, s); len(persons) != 2 || tally.Read != 2 || len(at) != 4 || at[0] != 3 || at[3] != 7 {
		t.Errorf("faults at %v; %v", at, persons)
	}
}

func FuzzFollowTheMoney(f *testing.F) {
	fuzzRoster(f, "FollowTheMoney", sanctions, "{}", "[1]", `{"id":"a","schema":"Person","properties":{"name":["A B",{"id":"c","schema":"Person","properties":{}}]}}`,
		`{"id":"a\tb","schema":"Company","properties":{"name":["Kelp|Dune\nHoldings Trust"],"country":["zz",""],"dissolutionDate":["2001-99"]}}`)
}

// What a position is called, without its state.
func TestPositions(t *testing.T) {
	s := rosterFor(t, "FollowTheMoney")
	for _, c := range []struct {
		name, land, title, country, sectors, office string
		within                                      bool
	}{
		{"Minister of Foreign Affairs of Chad", "", "minister of foreign affairs", "TCD", "GOV", "foreign-minister", false},
		{"President of the United States", "USA", "president", "USA", "GOV", "president", false},
		{"French Minister of Defence", "", "minister of defence", "FRA", "GOV|MIL", "defence-minister", false},
		{"Minister of Women's Affairs", "TCD", "minister of women's affairs", "TCD", "GOV", "minister-of-women", false},
		{"President (Kelpland)", "TCD", "president", "TCD", "GOV", "", true}, // of a part of the state
		{"Ambassador of Chad to Mali", "", "ambassador", "", "GOV", "", false},
		{"Minister of Canals of Chad", "", "minister of canals", "TCD", "GOV", "", false},
		{"Minister for Canals and Locks", "TCD", "minister for canals and locks", "TCD", "GOV", "", false},
		{"Canals Minister", "TCD", "canals minister", "TCD", "GOV", "", false},
		{"First Deputy Minister of Canals", "TCD", "first deputy minister of canals", "TCD", "GOV", "", false},
		{"Governor of the Kelp Shore", "TCD", "governor of the kelp shore", "TCD", "GOV", "", false},
		{"Judge of the Court of Canals", "TCD", "judge of the court of canals", "TCD", "JUD", "", false},
		{"Director of Canals", "TCD", "director of canals", "TCD", "", "", false},
		{"Secretary of the Kelp Workers", "", "secretary of the kelp workers", "", "", "", false},
		{"President of the Kelp Society", "TCD", "president of the kelp society", "TCD", "", "", false},
		{"President of Chad", "MLI", "president", "MLI", "GOV", "", false}, // the two do not agree
	} {
		v := served{country: c.land}
		s.entitle(&v, c.name, c.within)
		if v.title != c.title || v.country != c.country || v.office != c.office || strings.Join(v.sectors, "|") != c.sectors {
			t.Errorf("%s: got %+v", c.name, v)
		}
	}
}
