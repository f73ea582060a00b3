package actor

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"dragoman/data"
)

// loaded is what all rosters of the tests begin from.
var loaded = sync.OnceValues(func() (*Roster, error) { return NewRoster(data.Embedded(), "") })

// rosterFor begins a roster.
func rosterFor(t testing.TB, from string) *Roster {
	t.Helper()
	base, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	s := *base
	s.from, s.posts, s.byID, s.lands = from, map[string]post{}, map[string]*found{}, maps.Clone(base.lands)
	return &s
}

// rosterOf reads files of one source and returns the rows of persons and of
// organisations, each with the columns that are asked for.
func rosterOf(t testing.TB, from string, texts ...string) (persons, organisations []map[string]string, tally Tally) {
	t.Helper()
	s := rosterFor(t, from)
	fault := func(line int, err error) { t.Errorf("line %d: %v", line, err) }
	for _, text := range texts {
		var err error
		if from == "Wikidata" {
			err = s.Wikidata(strings.NewReader(text), fault, nil)
		} else {
			err = s.FollowTheMoney(strings.NewReader(text), nil, fault, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return rowsOf(t, s)
}

func rowsOf(t testing.TB, s *Roster) (persons, organisations []map[string]string, tally Tally) {
	t.Helper()
	var p, o bytes.Buffer
	tally, err := s.Write(&p, &o)
	if err != nil {
		t.Fatal(err)
	}
	columns, more := Columns()
	return cells(p.String(), columns), cells(o.String(), more), tally
}

func cells(text string, columns []string) (all []map[string]string) {
	for line := range strings.Lines(text) {
		row := map[string]string{}
		for i, cell := range strings.Split(strings.TrimSuffix(line, "\n"), "\t") {
			row[columns[i]] = cell
		}
		all = append(all, row)
	}
	return all
}

func only(t *testing.T, rows []map[string]string, id string) map[string]string {
	t.Helper()
	var found []map[string]string
	for _, r := range rows {
		if r["id"] == id {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d rows of %s in %v", len(found), id, rows)
	}
	return found[0]
}

func same(t *testing.T, row map[string]string, want ...string) {
	t.Helper()
	for i := 0; i < len(want); i += 2 {
		if row[want[i]] != want[i+1] {
			t.Errorf("%s of %s: got %q, want %q", want[i], row["id"], row[want[i]], want[i+1])
		}
	}
}

func dropped(tally Tally, why string) int {
	for _, d := range tally.Dropped {
		if d.Why == why {
			return d.Count
		}
	}
	return 0
}

// The names of persons that are taken, and those that are not.
func TestPersonNames(t *testing.T) {
	s := rosterFor(t, "FollowTheMoney")
	for _, c := range []struct{ name, want, why string }{
		{"Tessaly Brandurwick", "Tessaly Brandurwick", ""},
		{"  Tessaly   O'Brandurwick-Nkembe ", "Tessaly O'Brandurwick-Nkembe", ""},
		{"Dr. Tessaly Brandurwick", "Tessaly Brandurwick", ""},
		{"President Tessaly Brandurwick", "Tessaly Brandurwick", ""},
		{"TESSALY BRANDURWICK", "TESSALY BRANDURWICK", ""},
		{"Ömer Brändürwick", "Ömer Brändürwick", ""},
		{"Brandurwick", "", whyOneWord},
		{"President Brandurwick", "", whyOneWord},
		{"BRANDURWICK, Tessaly", "", whySigns},
		{"Tessaly (Tess) Brandurwick", "", whySigns},
		{"Tessaly Brandurwick 2", "", whySigns},
		{"Тессалия Брандурвик", "", whyForeign},
		{"tessaly brandurwick", "", whyTitle},
		{"The Brandurwick", "", whyTitle},
		{"A b c d e f g Brandurwick", "", whyLong},
		{"A. B.", "", whySigns},
		{"Foreign Minister", "", whyTold},
		{"United States", "", whyTold},
		{"", "", whyNameless},
		{"\t|\n", "", whySigns},
	} {
		name, why := s.personName(c.name, false)
		if name != c.want || why != c.why {
			t.Errorf("%q: got %q (%s), want %q (%s)", c.name, name, why, c.want, c.why)
		}
	}
	for _, alias := range []string{"Mohammad Ali", "T. Brandurwick"} {
		if name, why := s.personName(alias, true); why != whyGiven {
			t.Errorf("the alias %q is %q (%s): it may be many", alias, name, why)
		}
	}
}

func TestOrganisationNames(t *testing.T) {
	s := rosterFor(t, "FollowTheMoney")
	full := []string{"Kelp Harvesters Union of Tessaly"}
	for _, c := range []struct{ name, want, why string }{
		{"Kelp Harvesters Union of Tessaly", "Kelp Harvesters Union of Tessaly", ""},
		{"The Kelp Harvesters", "Kelp Harvesters", ""},
		{"Brandurwick Shipping Co. Ltd.", "Brandurwick Shipping", ""},
		{"Kelp & Dune PJSC", "Kelp & Dune", ""},
		{"Kelp People’s Harvesting Party", "Kelp People’s Harvesting Party", ""},
		{"Kelp-Dune S.A.", "Kelp-Dune", ""},
		{"KHUT", "KHUT", ""}, // its words begin so
		{"KXT", "", whyOneWord},
		{"Vision", "", whyOneWord},
		{"TARGET LLC", "", whyOneWord},
		{"Gazprom", "Gazprom", ""}, // a word that en/brands.tsv knows as nothing else
		{"National Front", "", whyTold},
		{"Russian Foreign Ministry", "", whyTold},
		{"Ministry of Defence of Chad", "", whyTold},
		{"Kelp, Dune", "", whySigns},
		{"海藻", "", whyForeign},
	} {
		name, why := s.organisationName(c.name, full)
		if name != c.want || why != c.why {
			t.Errorf("%q: got %q (%s), want %q (%s)", c.name, name, why, c.want, c.why)
		}
	}
}

func TestRowIDs(t *testing.T) {
	for _, c := range []struct{ id, wikidata, want string }{
		{"NK-x", "Q76", "wikidata-q76"},
		{"ofac-123", "", "ftm-ofac-123"},
	} {
		if got := rowID(c.id, c.wikidata); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	if rowID("NK-aB", "") == rowID("NK-Ab", "") || rowID("a.b", "") == rowID("a-b", "") {
		t.Error("ids that differ by capitals or points are of two")
	}
	for _, table := range []string{"actors/persons.tsv", "actors/organisations.tsv"} {
		own, err := data.Read(data.Embedded(), table, "id")
		if err != nil {
			t.Fatal(err)
		}
		for i := range own.Len() {
			if id := own.Value(i, "id"); strings.HasPrefix(id, "ftm-") || strings.HasPrefix(id, "wikidata-") {
				t.Error(own.Fault(i, "an id like those of others: %s", id))
			}
		}
	}
}

// Every meaning of a class is a kind and sectors that there are.
func TestSourcesTable(t *testing.T) {
	sectors, err := data.Read(data.Embedded(), "plover/sectors.tsv", "code")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for i := range sectors.Len() {
		known[sectors.Value(i, "code")] = true
	}
	table, err := data.Read(data.Embedded(), "actors/sources.tsv", "source", "id", "kind", "sectors", "name")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i := range table.Len() {
		source, kind := table.Value(i, "source"), table.Value(i, "kind")
		if source == "joining-word" {
			continue
		}
		if source != "legal-form" && !strings.Contains(" person government organisation armed_group party igo ngo company media office ", " "+kind+" ") {
			t.Error(table.Fault(i, "kind %q", kind))
		}
		for _, code := range table.List(i, "sectors") {
			if !known[code] {
				t.Error(table.Fault(i, "sector %q", code))
			}
		}
		if strings.HasPrefix(source, "wikidata-") && !wikidataID(table.Value(i, "id")) || table.Value(i, "name") == "" {
			t.Error(table.Fault(i, "an id of Wikidata, and what it is"))
		}
		at := source + table.Value(i, "id") + kind
		if seen[at] {
			t.Error(table.Fault(i, "the row stands twice"))
		}
		seen[at] = true
	}
}

// Who is added is found in a text, and who is known stays who he was.
func TestAddedActorsAreResolved(t *testing.T) {
	s := rosterFor(t, "FollowTheMoney")
	text := moneyLine("NK-1", "Person", `"name":["Tessaly Brandurwick"],"country":["td"],"topics":["role.pep"]`) +
		moneyLine("NK-2", "Organization", `"name":["Kelp Harvesters Front"],"country":["td"],"topics":["crime.terror"]`)
	if err := s.FollowTheMoney(strings.NewReader(text), nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	var p, o bytes.Buffer
	if _, err := s.Write(&p, &o); err != nil {
		t.Fatal(err)
	}
	columns, more := Columns()
	r, err := Load(laid{fstest.MapFS{"actors/persons.more.tsv": {Data: []byte(strings.Join(columns, "\t") + "\n" + p.String())},
		"actors/organisations.more.tsv": {Data: []byte(strings.Join(more, "\t") + "\n" + o.String())}}})
	if err != nil {
		t.Fatal(err)
	}
	for name, class := range map[string]class{"Tessaly Brandurwick": aPerson, "Kelp Harvesters Front": anOrganisation} {
		if r.named(name, class) == nil {
			t.Errorf("%s is not known", name)
		}
	}
}

// FuzzFollowTheMoney and FuzzWikidata: whatever a file holds, nothing breaks, and the
// rows that are made load.
func fuzzRoster(f *testing.F, from string, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	columns, more := Columns()
	f.Fuzz(func(t *testing.T, text string) {
		s := rosterFor(t, from)
		if from == "Wikidata" {
			s.Wikidata(strings.NewReader(text), nil, nil) //nolint:errcheck // what is no JSON is told
		} else if err := s.FollowTheMoney(strings.NewReader(text), nil, nil, nil); err != nil {
			t.Fatal(err)
		}
		var p, o bytes.Buffer
		if _, err := s.Write(&p, &o); err != nil {
			t.Fatal(err)
		}
		files := fstest.MapFS{"p.tsv": {Data: []byte(strings.Join(columns, "\t") + "\n" + p.String())}, "o.tsv": {Data: []byte(strings.Join(more, "\t") + "\n" + o.String())}}
		for path, id := range map[string]int{"p.tsv": len(columns), "o.tsv": len(more)} {
			table, err := data.Read(files, path)
			if err != nil {
				t.Fatalf("%v\n%s", err, files[path].Data)
			}
			for i := range table.Len() {
				if _, _, err := span(table, i); err != nil || table.Value(i, "id") == "" || table.Value(i, "name") == "" {
					t.Fatalf("%v: %d columns\n%s", err, id, files[path].Data)
				}
			}
		}
	})
}

// laid is our own tables with others laid over.
type laid struct{ over fstest.MapFS }

func (l laid) Open(name string) (f fs.File, err error) {
	if f, err = l.over.Open(name); err == nil {
		return f, nil
	}
	return data.Embedded().Open(name)
}

func moneyLine(id, schema, properties string) string {
	return fmt.Sprintf(`{"id":%q,"schema":%q,"properties":{%s},"datasets":["x"],"target":true}`+"\n", id, schema, properties)
}
