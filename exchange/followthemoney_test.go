package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dragoman"
)

// What the model has of the schemata that are written, with what they inherit, after
// https://followthemoney.tech/explorer/ (3.8; all are in 4 too). A property that
// refers to an entity has the schema that it may be, or inherit from, behind a colon.
var moneyModel = map[string]struct{ inherits, required, properties string }{
	"Thing":        {"", "name", "name alias country wikidataId topics summary description keywords notes publisher sourceUrl proof:Document"},
	"LegalEntity":  {"Thing", "", "sector classification status legalForm"},
	"Person":       {"LegalEntity", "", "position title nationality"},
	"Organization": {"LegalEntity", "", ""},
	"PublicBody":   {"Organization", "", ""},
	"Company":      {"Organization", "", "jurisdiction"},
	"Interval":     {"", "", "startDate endDate date summary description recordId publisher sourceUrl"},
	"Interest":     {"Interval", "", "role status"},
	"Event":        {"Interval Thing", "name", "location important organizer:LegalEntity involved:LegalEntity"},
	"Document":     {"Thing", "fileName", "fileName title author date publishedAt"},
	"Article":      {"Document", "", ""},
	"Position":     {"Thing", "name", "organization:Organization"},
	"Occupancy":    {"Interval", "holder post", "holder:Person post:Position status"},
	"Employment":   {"Interest", "employer employee", "employer:Organization employee:Person"},
	"Directorship": {"Interest", "director organization", "director:LegalEntity organization:Organization"},
	"Membership":   {"Interest", "member organization", "member:LegalEntity organization:Organization"},
	"UnknownLink":  {"Interest", "subject object", "subject:Thing object:Thing"},
}

// moneyProperties returns the properties of a schema, with the range of those that
// refer, and which it must have.
func moneyProperties(schema string) (properties map[string]string, required []string) {
	s := moneyModel[schema]
	properties = map[string]string{}
	for _, above := range strings.Fields(s.inherits) {
		theirs, must := moneyProperties(above)
		for p, r := range theirs {
			properties[p] = r
		}
		required = append(required, must...)
	}
	for _, p := range strings.Fields(s.properties) {
		name, of, _ := strings.Cut(p, ":")
		properties[name] = of
	}
	return properties, append(required, strings.Fields(s.required)...)
}

func moneyIs(schema, of string) bool {
	return schema == of || slices.ContainsFunc(strings.Fields(moneyModel[schema].inherits), func(above string) bool { return moneyIs(above, of) })
}

var (
	moneyID   = regexp.MustCompile(`^[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?$`)
	moneyDate = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)
	moneyLand = regexp.MustCompile(`^[a-z]{2}$`)
)

// moneyLine is an entity as it is read.
type moneyLine struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

// readMoney reads entities and checks each against the model.
func readMoney(t *testing.T, text []byte) (all []moneyLine) {
	t.Helper()
	schemas := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		var e moneyLine
		d := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		d.DisallowUnknownFields()
		if err := d.Decode(&e); err != nil {
			t.Fatal(err)
		}
		known, required := moneyProperties(e.Schema)
		if _, ok := moneyModel[e.Schema]; !ok || !moneyID.MatchString(e.ID) || schemas[e.ID] != "" {
			t.Errorf("%s: schema, or id, or it stands twice", lines.Text())
		}
		schemas[e.ID] = e.Schema
		for _, p := range required {
			if len(e.Properties[p]) == 0 {
				t.Errorf("%s: %s must be there", lines.Text(), p)
			}
		}
		for p, values := range e.Properties {
			of, ok := known[p]
			if !ok || len(values) == 0 {
				t.Errorf("%s has no property %s", e.Schema, p)
			}
			for _, v := range values {
				switch {
				case of != "" && !moneyIs(schemas[v], of):
					t.Errorf("%s: %s refers to %q, which is no %s that stands before", e.Schema, p, v, of)
				case strings.HasSuffix(p, "Date") || p == "date" || p == "publishedAt":
					if !moneyDate.MatchString(v) {
						t.Errorf("%s: %s is %q", e.Schema, p, v)
					}
				case p == "country" && !moneyLand.MatchString(v), v == "":
					t.Errorf("%s: %s is %q", e.Schema, p, v)
				case p == "topics" && !slices.Contains([]string{"gov", "gov.igo", "pol.party"}, v):
					t.Errorf("topic %q", v)
				}
			}
		}
		all = append(all, e)
	}
	return all
}

func ofSchema(all []moneyLine, schema string) (some []moneyLine) {
	for _, e := range all {
		if e.Schema == schema {
			some = append(some, e)
		}
	}
	return some
}

func (e moneyLine) all(property string) string { return strings.Join(e.Properties[property], "|") }

func TestFollowTheMoneyEvents(t *testing.T) {
	text := writtenAs(t, followthemoney, cast(t))
	all := readMoney(t, text)
	events, articles, persons := ofSchema(all, "Event"), ofSchema(all, "Article"), ofSchema(all, "Person")
	if len(events) != 6 || len(articles) != 1 || len(persons) != 1 || len(ofSchema(all, "PublicBody")) != 2 || len(ofSchema(all, "Organization")) != 2 || len(ofSchema(all, "LegalEntity")) != 0 {
		t.Fatalf("got %s", text)
	}
	front := ofSchema(all, "Organization")[0].ID
	for _, c := range []struct {
		of             moneyLine
		property, want string
	}{
		{events[0], "name", "ASSAULT by Kelp & Dune <Front>, towards villagers, Moussa Saleh Idris"}, {events[0], "organizer", front}, {events[0], "date", "2025-03-02"}, {events[0], "startDate", ""},
		{events[0], "location", "Wadi Doum, TCD"}, {events[0], "country", "td"}, {events[0], "keywords", "ASSAULT|firearms|hostage|CAMEO 190|happened"}, {events[0], "proof", articles[0].ID},
		{events[0], "sourceUrl", "https://news.example/7?a=1&b=2"}, {events[0], "publisher", "Sahel Post"}, {events[0], "recordId", "27"},
		{events[1], "name", "Planned: CONSULT by Chad, Mali, Sahel League"}, {events[1], "organizer", ""}, {events[1], "date", ""}, {events[1], "startDate", "2025-04-01"}, {events[1], "endDate", "2025-04-30"},
		{events[2], "name", "Denied, claimed by Moussa Saleh Idris: AID by Mali, towards Kelp & Dune <Front>"}, {events[2], "description", "According to Moussa Saleh Idris"}, {events[2], "date", ""},
		{events[3], "proof", ""}, {events[3], "publisher", "polecat"}, {events[3], "recordId", "NGEC-1"},
		{articles[0], "title", "Raid at “Wadi Doum”"}, {articles[0], "fileName", "a7"}, {articles[0], "publishedAt", "2025-03-04"},
		{persons[0], "position", "border minister"}, {persons[0], "alias", "M. S. Idris"}, {persons[0], "country", "td"}, {persons[0], "sector", "GOV"},
	} {
		if got := c.of.all(c.property); got != c.want {
			t.Errorf("%s: got %q, want %q", c.property, got, c.want)
		}
	}
	if n := len(events[0].Properties["involved"]); n != 2 {
		t.Errorf("%d are involved, want both who have a name", n)
	}
	if !followthemoney.Whole {
		t.Error("a name says what is planned, denied or claimed, so that all may be written")
	}
	if again := writtenAs(t, followthemoney, cast(t)); !bytes.Equal(text, again) {
		t.Error("the same records give other bytes")
	}
}

func TestFollowTheMoneyTies(t *testing.T) {
	var b bytes.Buffer
	w := followthemoney.Write(&b, codebook(t))
	ties := w.(tieWriter)
	none := dragoman.NoDay
	for _, s := range []dragoman.Standing{
		{Subject: ministerSaleh, Relation: "holds_office", Object: chadState, Role: "border minister", From: onDay(t, "2024-05-01"), To: none, Status: dragoman.Ongoing, Evidence: "Minister Idris"},
		{Subject: ministerSaleh, Relation: "holds_office", Object: sahelLeague, From: none, To: none, Status: dragoman.Ongoing},
		{Subject: ministerSaleh, Relation: "leads", Object: kelpFront, Role: "founder", From: none, To: onDay(t, "2023-01-01"), Status: dragoman.Negated, Source: dragoman.Source{Anonymous: true}},
		{Subject: maliState, Relation: "member_of", Object: sahelLeague, From: none, To: none, Status: dragoman.Happened},
		{Subject: chadState, Relation: "at_war_with", Object: kelpFront, From: none, To: none, Status: dragoman.Denied},
		{Subject: villagers, Relation: "leads", Object: villagers, From: none, To: none},
		{Subject: chadState, Relation: "holds_office", Object: ministerSaleh, From: none, To: none}, // it makes no sense, and is a link
		{Subject: dragoman.Party{}, Relation: "leads", Object: chadState},
		{Subject: chadState, Relation: "leads", Object: dragoman.Party{}},
	} {
		if err := ties.Tie(&s); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	all := readMoney(t, b.Bytes())
	one := func(schema string) moneyLine {
		t.Helper()
		some := ofSchema(all, schema)
		if len(some) != 1 {
			t.Fatalf("%d of %s in %s", len(some), schema, b.String())
		}
		return some[0]
	}
	links := ofSchema(all, "UnknownLink")
	if len(links) != 2 {
		t.Fatalf("%d links", len(links))
	}
	for _, c := range []struct {
		of             moneyLine
		property, want string
	}{
		{one("Position"), "name", "border minister (Chad)"}, {one("Position"), "country", "td"}, {one("Occupancy"), "startDate", "2024-05-01"}, {one("Occupancy"), "endDate", ""}, {one("Occupancy"), "summary", "Minister Idris"},
		{one("Occupancy"), "status", ""}, {one("Employment"), "role", "holds office"}, {one("Directorship"), "role", "founder"}, {one("Directorship"), "endDate", "2023-01-01"},
		{one("Directorship"), "status", "negated, claimed"}, {one("Directorship"), "description", "According to somebody unnamed"}, {one("Membership"), "role", "member of"},
		{links[0], "role", "at war with"}, {links[0], "status", "denied"},
	} {
		if got := c.of.all(c.property); got != c.want {
			t.Errorf("%s of %s: got %q, want %q", c.property, c.of.Schema, got, c.want)
		}
	}
}

// Whoever has no name is no entity: whom he acts for is, the nearest with a name.
func TestFollowTheMoneyUnnamed(t *testing.T) {
	chad := chadState
	chad.Named = false // of whom somebody acts for is not told whether the text names him
	cell := dragoman.Party{ID: "new:a-cell", Name: "a cell", Kind: "armed_group"}
	companies := dragoman.Party{ID: "new:most-european-companies", Name: "most European companies", Kind: "company"}
	for _, c := range []struct {
		why      string
		party    dragoman.Party
		involved string
	}{
		{"a name in the text", dragoman.Party{ID: "new:lina-abdoulaye", Name: "Lina Abdoulaye", Kind: "person", Named: true}, "Lina Abdoulaye"},
		{"known", chad, "Chad"},
		{"nobody", companies, ""},
		{"whom he acts for", dragoman.Party{ID: "new:soldiers", Name: "soldiers", Kind: "people", Principals: []dragoman.Party{chad}}, "Chad"},
		{"the nearest with a name", dragoman.Party{ID: "new:gunmen", Name: "gunmen", Kind: "people", Principals: []dragoman.Party{cell, kelpFront, chad}}, kelpFront.Name},
		{"whoever acts for nobody with a name", dragoman.Party{ID: "new:gunmen", Name: "gunmen", Kind: "people", Principals: []dragoman.Party{cell}}, ""},
		{"of another provider, by code only", dragoman.Party{ID: dragoman.Coined + "TCDREB", Name: "TCDREB", Kind: "unknown"}, ""},
	} {
		r := dragoman.Record{Occurrence: dragoman.Occurrence{Number: 5, Report: dragoman.Report{Type: "PROTEST", Status: dragoman.Happened, Actors: []dragoman.Party{c.party}, Source: dragoman.Source{Actor: companies}}}}
		all := readMoney(t, writtenAs(t, followthemoney, []dragoman.Record{r}))
		var involved, entities []string
		for _, e := range all {
			if e.Schema != "Event" {
				entities = append(entities, e.all("name"))
			}
			if slices.Contains(all[len(all)-1].Properties["involved"], e.ID) {
				involved = append(involved, e.all("name"))
			}
		}
		if strings.Join(involved, "|") != c.involved || !slices.Equal(entities, involved) {
			t.Errorf("%s: %q are involved of %q, not %q", c.why, involved, entities, c.involved)
		}
	}
}

// What several articles tell stands once: readMoney takes no id twice.
func TestFollowTheMoneyOnce(t *testing.T) {
	var b bytes.Buffer
	w := followthemoney.Write(&b, codebook(t))
	none := dragoman.NoDay
	post := dragoman.Standing{Subject: ministerSaleh, Relation: "holds_office", Object: chadState, Role: "border minister", From: none, To: none, Evidence: "Minister Idris"}
	war := dragoman.Standing{Subject: chadState, Relation: "at_war_with", Object: kelpFront, From: none, To: none, Evidence: "the war"}
	again := war
	again.Evidence = "the long war"
	for _, s := range []dragoman.Standing{post, war, post, again, war} {
		if err := w.(tieWriter).Tie(&s); err != nil {
			t.Fatal(err)
		}
	}
	read := cast(t)[0] // as it is read of an article that is in no store
	read.Number = 0
	for range 2 {
		if err := w.Write(&read); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	all := readMoney(t, b.Bytes())
	if n := [3]int{len(ofSchema(all, "Occupancy")), len(ofSchema(all, "UnknownLink")), len(ofSchema(all, "Event"))}; n != [3]int{1, 2, 1} {
		t.Errorf("%v posts, links and events, want 1, 2 and 1", n)
	}
}

// Every code of a state that may be written is one that the model takes.
func TestFollowTheMoneyCountries(t *testing.T) {
	b := codebook(t)
	for iso3 := range b.states {
		s, _ := b.State(iso3)
		var e moneyEntity
		(&moneyWriter{book: b}).country(&e, iso3)
		if len(e.properties) != 1 || !moneyLand.MatchString(e.properties[0].values[0]) {
			t.Errorf("%s (%s): %v", iso3, s.Name, e.properties)
		}
	}
}

// What is written by hand reads as what encoding/json writes.
func FuzzMoneyText(f *testing.F) {
	for _, s := range []string{"", `"\`, "a\x00\n\u2028é", "\xff<&>", "𝔘"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got, want string
		if err := json.Unmarshal(appendJSON(nil, s), &got); err != nil {
			t.Fatal(err)
		}
		b, _ := json.Marshal(s)
		if err := json.Unmarshal(b, &want); err != nil || got != want {
			t.Errorf("%q is read as %q", want, got)
		}
	})
}
