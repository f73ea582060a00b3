package data_test

import (
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
)

// term is how long a row of actors/persons.tsv surely holds: where only month or
// year is known, it begins on the last and ends on the first day that this
// allows, so that coarse dates never make an overlap.
type term struct {
	id          string
	from, to    dragoman.Day
	open, rival bool
}

// bounds returns the first and the last day of "2001", "2001-12" or "2001-12-22".
func bounds(s string) (first, last dragoman.Day, ok bool) {
	switch len(s) {
	case 4:
		first, err := dragoman.ParseDay(s + "-01-01")
		if err != nil {
			return 0, 0, false
		}
		y, _, _ := first.Date()
		return first, dragoman.DayOf(y, 12, 31), true
	case 7:
		first, err := dragoman.ParseDay(s + "-01")
		if err != nil {
			return 0, 0, false
		}
		y, m, _ := first.Date()
		return first, dragoman.DayOf(y, m+1, 0), true
	case 10:
		d, err := dragoman.ParseDay(s)
		return d, d, err == nil
	}
	return 0, 0, false
}

func persons(t *testing.T) *data.Table {
	t.Helper()
	table, err := data.Read(data.Embedded(), "actors/persons.tsv", "id", "name", "aliases", "country",
		"office", "body", "sectors", "from", "to", "wikidata", "titles", "rival")
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// holds reports whether row i is of the office, by its usual or another title.
func holds(table *data.Table, i int, office string) bool {
	if table.Value(i, "office") == office {
		return true
	}
	for _, title := range table.List(i, "titles") {
		if title == office {
			return true
		}
	}
	return false
}

func TestPersonsRows(t *testing.T) {
	table := persons(t)
	if n := table.Len(); n < 1800 {
		t.Errorf("%d rows, want at least 1800", n)
	}
	stateTable, err := data.Read(data.Embedded(), "actors/states.tsv", "id")
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]bool{}
	for i := range stateTable.Len() {
		states[stateTable.Value(i, "id")] = true
	}
	names := map[string]string{}
	seen := map[string]bool{}
	lastID, lastFrom := "", dragoman.NoDay
	for i := range table.Len() {
		id, name := table.Value(i, "id"), table.Value(i, "name")
		if id == "" || name == "" || table.Value(i, "office") == "" || table.Value(i, "sectors") == "" {
			t.Error(table.Fault(i, "id, name, office and sectors must not be empty"))
		}
		if strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Error(table.Fault(i, "id %q is not a slug", id))
		}
		if other, ok := names[id]; ok && other != name {
			t.Error(table.Fault(i, "%s is called %q and %q", id, other, name))
		}
		names[id] = name
		country := table.Value(i, "country")
		if country == "" && table.Value(i, "body") == "" {
			t.Error(table.Fault(i, "neither country nor body"))
		}
		if country != "" && !states[country] {
			t.Error(table.Fault(i, "country %q is no id of actors/states.tsv", country))
		}
		if office := table.Value(i, "office"); strings.ToLower(office) != office {
			t.Error(table.Fault(i, "office %q is not in lower case", office))
		}
		if q := table.Value(i, "wikidata"); q != "" && (q[0] != 'Q' || strings.Trim(q[1:], "0123456789") != "") {
			t.Error(table.Fault(i, "wikidata %q", q))
		}
		for _, column := range []string{"aliases", "sectors", "titles"} {
			for _, part := range table.List(i, column) {
				if part == "" || strings.TrimSpace(part) != part {
					t.Error(table.Fault(i, "%s has the part %q", column, part))
				}
			}
		}
		for _, alias := range table.List(i, "aliases") {
			if alias == name {
				t.Error(table.Fault(i, "alias %q is the name", alias))
			}
		}

		from, _, ok := bounds(table.Value(i, "from"))
		if !ok {
			t.Error(table.Fault(i, "from %q is no date", table.Value(i, "from")))
		}
		if to := table.Value(i, "to"); to != "" {
			if _, last, ok := bounds(to); !ok || last < from {
				t.Error(table.Fault(i, "to %q is no date, or before from %q", to, table.Value(i, "from")))
			}
		}
		if id < lastID || id == lastID && from < lastFrom {
			t.Error(table.Fault(i, "not sorted by id and from"))
		}
		lastID, lastFrom = id, from
		key := strings.Join([]string{id, country, table.Value(i, "body"), table.Value(i, "office"), table.Value(i, "from")}, "\t")
		if seen[key] {
			t.Error(table.Fault(i, "the row stands twice"))
		}
		seen[key] = true
	}
}

// The rival column is for governments that really stood side by side; every
// other pair of holders follows one another, give or take a month.
func TestPersonsOneHolderAtATime(t *testing.T) {
	table := persons(t)
	for _, office := range []string{"president", "prime minister", "foreign minister", "defence minister"} {
		terms := map[string][]term{}
		for i := range table.Len() {
			country := table.Value(i, "country")
			if country == "" || table.Value(i, "body") != "" || !holds(table, i, office) {
				continue
			}
			e := term{id: table.Value(i, "id"), rival: table.Value(i, "rival") != ""}
			_, e.from, _ = bounds(table.Value(i, "from"))
			e.open = table.Value(i, "to") == ""
			e.to, _, _ = bounds(table.Value(i, "to"))
			for _, o := range terms[country] {
				if !e.rival && !o.rival && overlap(e, o) > 31 {
					t.Error(table.Fault(i, "%s and %s are both %s of %s for %d days", o.id, e.id, office, country, overlap(e, o)))
				}
			}
			terms[country] = append(terms[country], e)
		}
		if len(terms) < 80 {
			t.Errorf("%d states with a %s, want at least 80", len(terms), office)
		}
	}
}

func overlap(a, b term) int {
	const never = dragoman.Day(1 << 30)
	from, to := max(a.from, b.from), never
	for _, e := range []term{a, b} {
		if !e.open {
			to = min(to, e.to)
		}
	}
	return int(to) - int(from)
}

// An executive president is his own head of government: titles says so.
func TestPersonsFourOffices(t *testing.T) {
	table := persons(t)
	offices := [][]string{
		{"president", "king", "queen", "emir", "sultan", "supreme leader", "head of state", "governor-general", "grand duke"},
		{"prime minister", "head of government"},
		{"foreign minister"},
		{"defence minister"},
	}
	found := map[string]int{}
	for i := range table.Len() {
		if table.Value(i, "body") != "" {
			continue
		}
		for k, titles := range offices {
			for _, title := range titles {
				if holds(table, i, title) {
					found[table.Value(i, "country")] |= 1 << k
				}
			}
		}
	}
	full := 0
	for _, bits := range found {
		if bits == 1<<len(offices)-1 {
			full++
		}
	}
	if full < 80 {
		t.Errorf("%d states with all four offices, want at least 80", full)
	}
}

func TestPersonsKnown(t *testing.T) {
	table := persons(t)
	for _, c := range []struct{ country, body, office, day, want string }{
		{"TJK", "", "president", "2025-02-12", "emomali-rahmon"},
		{"AFG", "", "foreign minister", "2022-05-01", "amir-khan-muttaqi"},
		{"AFG", "", "interior minister", "2015-06-01", "noor-ul-haq-ulumi"},
		{"AFG", "nrf-afghanistan", "leader", "2024-01-01", "ahmad-massoud"},
		{"GBR", "", "foreign minister", "2012-01-01", "william-hague"},
		{"USA", "", "defence minister", "2008-01-01", "robert-gates"},
		{"", "nato", "secretary-general", "2016-01-01", "jens-stoltenberg"},
		{"", "un", "secretary-general", "2003-03-20", "kofi-annan"},
	} {
		day, err := dragoman.ParseDay(c.day)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range table.Len() {
			if table.Value(i, "country") != c.country || table.Value(i, "body") != c.body || !holds(table, i, c.office) {
				continue
			}
			from, _, _ := bounds(table.Value(i, "from"))
			_, last, ok := bounds(table.Value(i, "to"))
			if from <= day && (!ok || day <= last) {
				got = append(got, table.Value(i, "id"))
			}
		}
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s of %s%s on %s: %v, want %s", c.office, c.country, c.body, c.day, got, c.want)
		}
	}
}
