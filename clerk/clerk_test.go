package clerk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/store"
	"dragoman/story"
)

// TestAdd stores an article once, and dates it when its day becomes known.
func TestAdd(t *testing.T) {
	c := newClerk(t, filepath.Join(t.TempDir(), "a.db"))
	defer c.DB.Close()
	a := dragoman.Article{ID: "n1", Title: "Raid", Text: "Sudan's army attacked a convoy in Chad on Monday, officials in Chad said. Chad condemned the attack.", Language: "en", Published: dragoman.NoDay}
	add := func(number int64, fresh bool, published dragoman.Day) {
		t.Helper()
		n, is, err := c.Add(t.Context(), a)
		if n != number || is != fresh || err != nil {
			t.Errorf("number %d, new %v, want %d, %v (%v)", n, is, number, fresh, err)
		}
		e, ok, err := c.DB.Article(t.Context(), "n1")
		if !ok || err != nil || e.Published != published || !strings.HasPrefix(e.Version, "1.2.3 ") || e.Version != c.Version {
			t.Errorf("%v %v: %+v", ok, err, e)
		}
	}
	add(1, true, dragoman.NoDay)
	add(1, false, dragoman.NoDay)
	day := dragoman.DayOf(2031, 3, 4)
	a.Published = day
	add(1, false, day)
	a.Published++
	add(1, false, day)
	d, err := c.Read(t.Context(), a)
	if err != nil || len(d.Events) == 0 {
		t.Errorf("%d events (%v)", len(d.Events), err)
	}
	if size, err := c.DB.Size(t.Context()); err != nil || size.Articles != 1 || size.Reports == 0 {
		t.Errorf("%+v (%v)", size, err)
	}
}

// wrong wants a mistake in a field, as a form and as the command line has it.
func wrong(t *testing.T, err error, field, form, line string) {
	t.Helper()
	var m *Mistake
	if !errors.As(err, &m) || m.Field != field || !strings.HasPrefix(m.Error(), form) || !strings.HasPrefix(m.CommandLine(), line) {
		t.Errorf("%#v, want %s: %s; %s", err, field, form, line)
	}
}

func TestFilter(t *testing.T) {
	d := newDesktop(t)
	d.raid()
	filter := func(w Wanted) (dragoman.Filter, []Taken, error) { return w.Filter(t.Context(), d.DB, 0.2) }
	f, taken, err := filter(Wanted{By: "Norland", To: " Sudria", Types: []string{"assault"}, Statuses: []string{"happened"}, Since: "2031-03-01", Outlet: "Gazette", Limit: 7})
	if err != nil || len(taken) > 0 || f.A == 0 || f.B == 0 || f.A == f.B || !f.Directed || f.Types[0] != "ASSAULT" || f.From != dragoman.DayOf(2031, 3, 1) || f.Confidence != 0.2 {
		t.Errorf("%+v, %v, %v", f, taken, err)
	}
	if all, err := d.DB.Occurrences(t.Context(), f); err != nil || len(all) != 1 {
		t.Errorf("%d events (%v)", len(all), err)
	}
	if g, _, err := filter(Wanted{Between: []string{"Sudria", "Norland"}}); err != nil || g.A != f.B || g.B != f.A || g.Directed {
		t.Errorf("%+v (%v)", g, err)
	}
	d.raid()
	other := dragoman.Party{ID: "new:norland", Name: "Norland", Kind: "organisation", Named: true}
	day := dragoman.DayOf(2031, 1, 1)
	if _, _, err := d.DB.Save(t.Context(), &dragoman.Filing{Text: "x", Reading: []byte("{}"), Sketch: story.SketchOf("x").Bytes(), Entry: dragoman.Entry{Key: "k", ID: "id", Published: day},
		Reports: []dragoman.Report{{Ordinal: 1, Type: "AID", Status: dragoman.Happened, Day: day, Published: day, Actors: []dragoman.Party{other}, Confidence: 0.9}}}, d.Desk); err != nil {
		t.Fatal(err)
	}
	_, taken, err = filter(Wanted{By: "Norland", To: "Atlantis"})
	wrong(t, err, "", `nobody called "Atlantis" is in the database`, `nobody called "Atlantis" is in the database; dragoman actors lists who is`)
	if want := `"Norland" is taken for XNO; others of that name: new:norland (Norland)`; len(taken) != 1 || taken[0].String() != want {
		t.Errorf("%v, want %s", taken, want)
	}
	_, _, err = filter(Wanted{By: "Norl"})
	wrong(t, err, "", `nobody called "Norl" is in the database; is it XNO (Norland)`, `nobody called "Norl" is in the database; is it XNO (Norland)`)
	_, _, err = filter(Wanted{Statuses: []string{"--d{one}%s"}})
	wrong(t, err, "status", `status is "--d{one}%s"; it is one of happened, `, `--status is "--d{one}%s"; it is one of happened, `)
	_, _, err = filter(Wanted{Between: []string{"a"}, By: "b"})
	wrong(t, err, "between", "between takes one or two actors, and goes without by and to", "--between takes one or two actors, and goes without --by and --to")
	_, _, err = filter(Wanted{Until: "soon"})
	wrong(t, err, "until", `until: "soon"`, `--until: "soon"`)
	_, _, err = filter(Wanted{Since: "2025-03-01", Until: "2025-02-01"})
	wrong(t, err, "since", "since 2025-03-01 is after until 2025-02-01", "--since 2025-03-01 is after --until 2025-02-01")
	if f, _, err := filter(Wanted{Since: "2025-03-01", Until: "2025-03-01"}); err != nil || f.From != f.To {
		t.Errorf("one day: %+v (%v)", f, err)
	}
	_, _, err = filter(Wanted{Limit: -1})
	wrong(t, err, "limit", "limit is -1; it is 0 for all", "--limit is -1; it is 0 for all")
	_, _, err = filter(Wanted{Place: "Nowhere"})
	wrong(t, err, "place", `no event at a place called "Nowhere"`, `no event at a place called "Nowhere"`)
	wrong(t, Typed(data.Embedded(), []string{"assault", "ATTACK"}), "type", `type is "ATTACK"; it is one of `, `--type is "ATTACK"; it is one of `)
}

// TestFilterWithin finds what is told of a town under the names and ids of what
// contains it, of which nothing is told itself, also by a user's tables.
func TestFilterWithin(t *testing.T) {
	d := newDesktop(t)
	d.raidAt(dragoman.Locale{ID: "gn:379303", Name: "El Geneina", Kind: "settlement", Country: "SDN", ContainedIn: []string{"SDN.west-darfur", "SDN"}})
	d.raidAt(dragoman.Locale{ID: "gn:245785", Name: "Abéché", Kind: "settlement", Country: "TCD", ContainedIn: []string{"TCD.ouadai", "TCD"}})
	folder := t.TempDir()
	if err := os.MkdirAll(filepath.Join(folder, "places"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "places", "admin1.more.tsv"), []byte("id\tname\taliases\nTCD.ouadai\tOuadaï\tWadai|Ouaddaï\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	files, err := data.Overlay(data.Embedded(), folder)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"Sudan": "SDN", "Republic of the Sudan": "SDN", "SDN": "SDN", "western darfur": "SDN.west-darfur", "Ouadai": "TCD.ouadai",
		"TCD.ouadai": "TCD.ouadai", "Ouaddai": "TCD.ouadai", "El Geneina": "gn:379303"} {
		w := Wanted{Place: name, Files: files}
		f, _, err := w.Filter(t.Context(), d.DB, 0)
		if err != nil || f.Place != want {
			t.Errorf("%s is %q, want %s (%v)", name, f.Place, want, err)
			continue
		}
		if all, err := d.DB.Occurrences(t.Context(), f); err != nil || len(all) != 1 {
			t.Errorf("%d events in %s (%v)", len(all), name, err)
		}
	}
	for _, name := range []string{"France", "-"} {
		w := Wanted{Place: name}
		_, _, err := w.Filter(t.Context(), d.DB, 0)
		wrong(t, err, "place", `no event at a place called "`+name, `no event at a place called "`+name)
	}
}

func TestOrder(t *testing.T) {
	d := newDesktop(t)
	d.raid()
	o := Order{Name: "raids", By: "Norland", Types: []string{"assault"}, Confidence: 0.3, Webhooks: []string{"https://example.org/hook"}, Mails: []string{"The Desk <desk@example.org>"}}
	a, _, err := d.Alert(t.Context(), &o)
	if err != nil || string(a.Rule) != `{"by":"XNO","types":["ASSAULT"],"min_confidence":0.3,"when":"any"}` || fmt.Sprint(a.Ways) != "[{webhook https://example.org/hook} {mail desk@example.org}]" {
		t.Errorf("%s, %v (%v)", a.Rule, a.Ways, err)
	}
	rule, err := RuleOf(&a)
	if err != nil || RuleText(rule) != "ASSAULT; by XNO; any" {
		t.Error(RuleText(rule), err)
	}
	if got := WayName(dragoman.Way{Kind: dragoman.ByWebhook, Address: "https://me:secret@example.org/hook"}); got != "webhook https://me:xxxxx@example.org/hook" {
		t.Error(got)
	}
	o.Webhooks = []string{"ftp://example.org"}
	_, _, err = d.Alert(t.Context(), &o)
	wrong(t, err, "webhook", `webhook is "ftp://example.org"; it is an address`, `--webhook is "ftp://example.org"; it is an address`)
	o.Webhooks, o.Mails = nil, nil
	_, _, err = d.Alert(t.Context(), &o)
	wrong(t, err, "", "say where the alert is told: webhook, mail or feed", "say where the alert is told: --webhook, --mail or --feed")
	o.Name = " raids"
	_, _, err = d.Alert(t.Context(), &o)
	wrong(t, err, "name", `" raids" is no name for an alert`, `" raids" is no name for an alert`)
}

// TestCorrect corrects an event with all its reports, one report, and an actor.
func TestCorrect(t *testing.T) {
	d := newDesktop(t)
	d.raid()
	d.raid()
	correct := func(want string, a Amendment) []dragoman.Correction {
		t.Helper()
		a.Who, a.Note = "me", "for a test"
		made, err := d.Correct(t.Context(), a)
		got := fmt.Sprint(err)
		if err == nil {
			got = ""
			for i := range made {
				got += fmt.Sprintf("%d: %s;", made[i].Number, Described(&made[i]))
			}
		}
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
		return made
	}
	correct("1: ASSAULT at 0–0 is AID 07 planned;", Amendment{Action: dragoman.Recode, Event: "1", Type: "aid", Status: "planned"})
	correct("2: in AID at 0–0, SDR is XNO;", Amendment{Action: dragoman.Repair, Event: "1/e1", Old: "SDR", New: "XNO"})
	correct("3: ASSAULT at 0–0 is no event;", Amendment{Action: dragoman.Wrong, Event: "id2/1"})
	correct("4: XNO is SDR;", Amendment{Action: dragoman.Merge, Old: "XNO", New: "SDR"})
	for want, a := range map[string]Amendment{
		"an actor cannot be merged into itself":         {Action: dragoman.Merge, Old: "SDR", New: "SDR"},
		"say what it is instead: type, cameo or status": {Action: dragoman.Recode, Event: "1"},
		`"nth" is not the number of an event`:           {Action: dragoman.Wrong, Event: "nth"},
		"no event 99 is remembered":                     {Action: dragoman.Wrong, Event: "99"},
		`no article "9" is in the database`:             {Action: dragoman.Wrong, Event: "9/e1"},
		`"1/x" is not an event of an article, as 7/e3`:  {Action: dragoman.Wrong, Event: "1/x"},
		"article 1 has no event e2 that is remembered":  {Action: dragoman.Wrong, Event: "1/e2"},
		`"guess" is no correction; it is one of wrong, recode, party, place, untie, retie, merge, merge-place`: {Action: "guess", Event: "1"},
	} {
		correct(want, a)
	}
	all, err := d.DB.Corrections(t.Context())
	if err != nil || len(all) != 4 || all[0].Who != "me" || all[0].Note != "for a test" {
		t.Errorf("%+v (%v)", all, err)
	}
}

func TestOPML(t *testing.T) {
	var b strings.Builder
	if err := WriteOPML(&b, []store.Feed{{URL: "https://coast.example/feed?a=1&b=2", Title: "Coast <1>"}, {URL: "https://hills.example/"}}); err != nil {
		t.Fatal(err)
	}
	all, err := FeedsIn("list", []byte(b.String()))
	if err != nil || len(all) != 2 || all[0].URL != "https://coast.example/feed?a=1&b=2" || all[0].Title != "Coast <1>" || all[1].URL != "https://hills.example/" {
		t.Errorf("%+v (%v)\n%s", all, err, b.String())
	}
}
