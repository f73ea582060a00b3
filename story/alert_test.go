package story_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/store"
	"dragoman/story"
)

// newsroom is a small real store and a desk.
type newsroom struct {
	*testing.T
	db   *store.DB
	desk *story.Desk
	last dragoman.Entry
	n    int
}

func newNewsroom(t *testing.T) *newsroom {
	desk, err := story.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "news.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return &newsroom{T: t, db: db, desk: desk}
}

var (
	norland = dragoman.Party{ID: "XNO", Name: "Norland", Kind: "state", Named: true, Country: "XNO"}
	sudria  = dragoman.Party{ID: "SDR", Name: "Sudria", Kind: "state", Named: true, Country: "SDR"}
	estmark = dragoman.Party{ID: "EMK", Name: "Estmark", Kind: "state", Named: true, Country: "EMK"}
)

func minister(name string, of dragoman.Party) dragoman.Party {
	return dragoman.Party{ID: "person." + name, Name: name, Kind: "person", Named: true, Country: of.Country, Sectors: []string{"GOV"}, Principals: []dragoman.Party{of}}
}

func on(day string) dragoman.Day {
	d, err := dragoman.ParseDay(day)
	if err != nil {
		panic(err)
	}
	return d
}

// event tells that a did something to b on a day, in words that no other event has.
func event(kind, cameo string, tone dragoman.Tone, day string, a, b dragoman.Party) dragoman.Report {
	d := on(day)
	r := dragoman.Report{Type: kind, CAMEO: cameo, Tone: tone, Status: dragoman.Happened, Day: d, From: d, To: d, Dated: true, Published: d,
		Actors: []dragoman.Party{a}, Confidence: 0.8, Evidence: fmt.Sprintf("%s %s %s in the %d%c dawn", a.Name, strings.ToLower(kind), b.Name, d, 'a'+d%26)}
	if b.ID != "" {
		r.Recipients = []dragoman.Party{b}
	}
	return r
}

func attack(day string, a, b dragoman.Party) dragoman.Report {
	return event("ASSAULT", "190", dragoman.MaterialConflict, day, a, b)
}

func praise(day string, a, b dragoman.Party) dragoman.Report {
	return event("SUPPORT", "051", dragoman.VerbalCooperation, day, a, b)
}

// article stores one that tells the events, published on the day of the first.
func (n *newsroom) article(text string, events ...dragoman.Report) dragoman.Entry {
	n.Helper()
	n.n++
	if text == "" {
		text = fmt.Sprintf("Article %d.", n.n)
	}
	sketch := story.SketchOf(text)
	f := dragoman.Filing{Text: text, Reading: []byte(`{}`), Sketch: sketch.Bytes(), Bands: sketch.Bands(),
		Entry: dragoman.Entry{Key: fmt.Sprintf("key%d", n.n), ID: fmt.Sprintf("id%d", n.n), Outlet: "Gazette", Title: "News", Published: dragoman.NoDay}}
	if len(events) > 0 {
		f.Published = events[0].Published
	}
	for i, r := range events {
		r.Ordinal, r.Trigger = i+1, dragoman.Span{Start: 10 * i, End: 10*i + 5}
		f.Reports = append(f.Reports, r)
	}
	number, _, err := n.db.Save(n.Context(), &f, n.desk)
	if err != nil {
		n.Fatal(err)
	}
	n.last, _, err = n.db.Article(n.Context(), fmt.Sprint(number))
	if err != nil {
		n.Fatal(err)
	}
	return n.last
}

// fires returns what a rule fires for in an article.
func (n *newsroom) fires(rule story.Rule, e dragoman.Entry) []dragoman.Firing {
	n.Helper()
	if err := n.desk.Settle(&rule); err != nil {
		n.Fatal(err)
	}
	all, err := n.desk.Fire(n.Context(), n.db, rule, e)
	if err != nil {
		n.Fatal(err)
	}
	return all
}

// want wants as many firings, with these words in the subject of the first.
func (n *newsroom) want(rule story.Rule, e dragoman.Entry, many int, words ...string) {
	n.Helper()
	all := n.fires(rule, e)
	if len(all) != many {
		n.Errorf("%+v fires %d times for article %d, want %d: %+v", rule, len(all), e.Number, many, all)
		return
	}
	for _, w := range words {
		if !strings.Contains(all[0].Subject+"\n"+all[0].Body, w) {
			n.Errorf("article %d: no %q in\n%s\n%s", e.Number, w, all[0].Subject, all[0].Body)
		}
	}
}

func TestFireAny(t *testing.T) {
	n := newNewsroom(t)
	r := attack("2031-03-04", minister("Ada Holm", norland), sudria)
	r.Place = dragoman.Locale{ID: "pl.ford", Name: "Ford", Country: "SDR", ContainedIn: []string{"pl.vale", "SDR"}}
	r.Source = dragoman.Source{Text: "a herdsman"}
	e := n.article("", r, praise("2031-03-04", estmark, sudria))
	for name, c := range map[string]struct {
		rule  story.Rule
		fires bool
	}{
		"both":             {story.Rule{Between: []string{"SDR", "XNO"}}, true},
		"others":           {story.Rule{Between: []string{"XNO", "EMK"}}, false},
		"one":              {story.Rule{Between: []string{"XNO"}}, true},
		"by, for whom":     {story.Rule{By: "XNO"}, true},
		"by the person":    {story.Rule{By: "person.Ada Holm", To: "SDR"}, true},
		"the wrong way":    {story.Rule{By: "SDR"}, false},
		"type":             {story.Rule{Types: []string{"COERCE", "ASSAULT"}}, true},
		"other type":       {story.Rule{By: "XNO", Types: []string{"COERCE"}}, false},
		"place":            {story.Rule{Place: "pl.ford"}, true},
		"place around":     {story.Rule{Place: "pl.vale"}, true},
		"other place":      {story.Rule{Place: "pl.hill"}, false},
		"status":           {story.Rule{By: "XNO", Statuses: []dragoman.Status{dragoman.Planned}}, false},
		"words":            {story.Rule{Text: "holm DAWN"}, true},
		"part of a word":   {story.Rule{Text: "Hol"}, false},
		"sure enough":      {story.Rule{By: "XNO", MinConfidence: 0.8}, true},
		"not sure enough":  {story.Rule{By: "XNO", MinConfidence: 0.81}, false},
		"one of the words": {story.Rule{Text: "holm dusk"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			n.T = t
			if !c.fires {
				n.want(c.rule, e, 0)
				return
			}
			n.want(c.rule, e, 1, "ASSAULT: Ada Holm → Sudria at Ford, 2031-03-04", "in the ", "Gazette, 2031-03-04, article #1", "a herdsman", "confidence 0.80")
		})
	}
	n.T = t
	n.want(story.Rule{Between: []string{"SDR"}}, e, 2)
}

func TestFireOnlyForWhatIsNew(t *testing.T) {
	n := newNewsroom(t)
	rule := story.Rule{By: "XNO", MinConfidence: 0.5}
	told := attack("2031-03-04", norland, sudria)
	doubted := told
	doubted.Confidence = 0.2
	n.want(rule, n.article("", doubted), 0)
	first := n.article("", told)
	n.want(rule, first, 1) // what told it before was not sure enough
	again := told
	again.Confidence = 0.9
	n.want(rule, n.article("", again), 0)
	n.want(rule, first, 1) // looked at late, it is the same
	if a, b := n.fires(rule, first), n.fires(rule, first); a[0].Mark != b[0].Mark || a[0].Mark == "" {
		t.Errorf("marks %q and %q", a[0].Mark, b[0].Mark)
	}

	text := "A long enough text that is printed twice, word for word, so that it is seen to be the same by anybody who compares the two of them with each other."
	other := attack("2031-05-04", norland, sudria)
	original := n.article(text, other)
	more := attack("2031-06-06", norland, estmark)
	more.Published = other.Published
	copied := n.article(text, other, more)
	if copied.Original != original.Number {
		t.Fatalf("article %d is no copy of %d", copied.Number, original.Number)
	}
	n.want(rule, original, 1)
	n.want(rule, copied, 0)
}

func TestFireFirst(t *testing.T) {
	n := newNewsroom(t)
	pair := story.Rule{When: story.First, Between: []string{"XNO", "SDR"}, Days: 100}
	by := story.Rule{When: story.First, By: "XNO", Types: []string{"ASSAULT"}, Days: 100}
	own := story.Rule{When: story.First, Types: []string{"ASSAULT"}, Days: 100}
	one := n.article("", attack("2031-01-01", norland, sudria), attack("2031-01-01", minister("Bo Lind", norland), sudria), praise("2031-01-01", sudria, norland))
	n.want(pair, one, 2, "first time in 100 days for Norland to attack Sudria, 2031-01-01")
	n.want(by, one, 1)
	n.want(own, one, 1)
	two := n.article("", attack("2031-02-01", sudria, norland)) // another direction
	n.want(pair, two, 0)
	n.want(own, two, 1)
	three := n.article("", attack("2031-02-10", norland, estmark))
	n.want(pair, three, 0)
	n.want(by, three, 0)
	n.want(own, three, 1, "for Norland to attack Estmark")
	four := n.article("", attack("2031-07-01", norland, sudria)) // long after
	n.want(pair, four, 1)
	n.want(by, four, 1)
	late := n.article("", attack("2031-06-25", norland, sudria)) // told late, of before
	n.want(pair, late, 0)
	n.want(pair, four, 1)
	planned := attack("2032-06-25", norland, sudria)
	planned.Status = dragoman.Planned
	e := n.article("", planned)
	n.want(pair, e, 0)
	asked := pair
	asked.Statuses = []dragoman.Status{dragoman.Planned}
	n.want(asked, e, 1)
}

func TestFireFirstThere(t *testing.T) {
	n := newNewsroom(t)
	at := func(day, place string, a, b dragoman.Party) dragoman.Report {
		r := attack(day, a, b)
		r.Place = dragoman.Locale{ID: place, Name: place, ContainedIn: []string{"vale"}}
		return r
	}
	rule := story.Rule{When: story.First, Place: "vale", Types: []string{"ASSAULT"}, Days: 30}
	n.article("", attack("2031-01-01", norland, sudria)) // nobody says where
	n.want(rule, n.article("", at("2031-01-05", "ford", norland, sudria)), 1, "first ASSAULT there in 30 days")
	n.want(rule, n.article("", at("2031-01-08", "mill", sudria, estmark)), 0)
}

func TestFireNth(t *testing.T) {
	n := newNewsroom(t)
	rule := story.Rule{When: story.Nth, By: "XNO", To: "SDR", N: 3, Days: 7}
	ada, bo, eve := minister("Ada Holm", norland), minister("Bo Lind", norland), minister("Eve Dahl", norland)
	n.want(rule, n.article("", praise("2031-01-01", ada, sudria)), 0)
	n.want(rule, n.article("", praise("2031-01-03", bo, estmark)), 0)
	n.want(rule, n.article("", attack("2031-01-03", bo, sudria)), 0) // something else
	n.want(rule, n.article("", praise("2031-01-05", bo, sudria)), 0)
	third := n.article("", praise("2031-01-08", eve, sudria))
	n.want(rule, third, 1, "3rd Norland official in 7 days to speak well of relations with Sudria, 2031-01-08", "- SUPPORT: Ada Holm → Sudria, 2031-01-01", "article #1")
	n.want(rule, n.article("", praise("2031-01-09", minister("Ida Krog", norland), sudria)), 1, "3rd Norland official")
	n.want(rule, third, 1, "3rd Norland official")
	n.want(rule, n.article("", praise("2031-01-20", ada, sudria)), 0)

	n.want(rule, n.article("", praise("2031-01-22", bo, sudria)), 0)
	n.want(rule, n.article("", praise("2031-01-27", ada, sudria)), 1, "3rd time in 7 days for Norland to speak well") // of two officials

	times := story.Rule{When: story.Nth, Types: []string{"ASSAULT"}, N: 2, Days: 10}
	n.want(times, n.article("", attack("2031-06-01", estmark, sudria)), 0)
	n.want(times, n.article("", attack("2031-06-05", estmark, norland)), 0)
	n.want(times, n.article("", attack("2031-06-09", estmark, sudria)), 1, "2nd time in 10 days for Estmark to use force against Sudria")
}

func TestFireForAChange(t *testing.T) {
	n := newNewsroom(t)
	rule := story.Rule{When: story.Turn, Between: []string{"SDR", "XNO"}, MinConfidence: 0.3}
	day := on("2030-01-07")
	for week := range 40 { // a quiet year
		if e := n.article("", praise((day+dragoman.Day(7*week)).String(), norland, sudria)); len(n.fires(rule, e)) > 0 {
			t.Fatalf("it fires in quiet week %d: %v", week, n.fires(rule, e))
		}
	}
	day += 7 * 40
	marks := map[string]string{}
	for i := range 60 { // then war
		e := n.article("", attack((day+dragoman.Day(i)).String(), minister(fmt.Sprintf("General %d", i), norland), sudria))
		for _, f := range n.fires(rule, e) {
			marks[f.Mark] = f.Subject
			if !strings.Contains(f.Subject, "Sudria and Norland: ") || !strings.Contains(f.Body, "Since then:") || !strings.Contains(f.Body, "The latest:") {
				t.Errorf("it fires with\n%s\n%s", f.Subject, f.Body)
			}
		}
	}
	changes := 0
	for m, s := range marks {
		if strings.HasPrefix(m, "change ") {
			changes++
			if !strings.Contains(s, "conflictual events a week, before") {
				t.Errorf("%s: %s", m, s)
			}
		}
	}
	if changes != 1 || len(marks) > 2 {
		t.Errorf("of one change there are these marks: %v", marks)
	}
	for i := 60; i < 160; i += 10 { // what lasts is no news
		e := n.article("", attack((day+dragoman.Day(i)).String(), norland, sudria))
		if all := n.fires(rule, e); i >= 120 && len(all) > 0 {
			t.Errorf("day %d of the war is news: %s", i, all[0].Subject)
		}
	}
	n.want(story.Rule{When: story.Turn, Between: []string{"EMK", "XNO"}}, n.last, 0)
}

func TestSettle(t *testing.T) {
	n := newNewsroom(t)
	good := story.Rule{Types: []string{"ASSAULT"}, When: story.First}
	if err := n.desk.Settle(&good); err != nil || good.Days != 365 {
		t.Errorf("%+v: %v", good, err)
	}
	nth := story.Rule{By: "X", When: story.Nth}
	if err := n.desk.Settle(&nth); err != nil || nth.Days != 7 || nth.N != 2 {
		t.Errorf("%+v: %v", nth, err)
	}
	for want, r := range map[string]story.Rule{
		"can be any, first, nth or change": {By: "X", When: "often"},
		"goes without by and to":           {Between: []string{"X"}, By: "Y"},
		`no type of event "ASSALT"`:        {Types: []string{"ASSALT"}},
		"from 0 to 1":                      {By: "X", MinConfidence: 2},
		"two different actors":             {Between: []string{"X"}, When: story.Turn},
		"no type, status":                  {Between: []string{"X", "Y"}, When: story.Turn, Types: []string{"ASSAULT"}},
		"what to watch for":                {},
		"goes with nth only":               {By: "X", N: 3},
		"with first and nth":               {By: "X", Days: 3},
		"at least 2 times":                 {By: "X", When: story.Nth, N: 1},
		"days are from 1":                  {By: "X", When: story.First, Days: -1},
	} {
		if err := n.desk.Settle(&r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", r, err, want)
		}
	}
}

// crowded is a memory of which one day has more events than a page.
type crowded struct {
	story.Memory
	asked int
}

func (c *crowded) Occurrences(ctx context.Context, f dragoman.Filter) ([]dragoman.Occurrence, error) {
	if c.asked++; c.asked > 100 {
		panic("asked for ever")
	}
	return c.Memory.Occurrences(ctx, f)
}

func TestFireLooksBehindWhatCameLater(t *testing.T) {
	n := newNewsroom(t)
	n.article("", attack("2031-01-01", norland, sudria))
	e := n.article("", attack("2031-01-10", norland, sudria))
	var later []dragoman.Report
	for i := range 450 { // all on one day, and stored later
		r := attack("2031-01-20", minister(fmt.Sprintf("General %d", i), norland), sudria)
		r.Evidence = fmt.Sprintf("brigade%c%c%c fired", 'a'+i%26, 'a'+i/26, 'a'+i%7)
		later = append(later, r)
	}
	n.article("", later...)
	rule := story.Rule{When: story.First, By: "XNO", To: "SDR", Days: 365}
	if err := n.desk.Settle(&rule); err != nil {
		t.Fatal(err)
	}
	c := &crowded{Memory: n.db}
	all, err := n.desk.Fire(t.Context(), c, rule, e)
	if err != nil || len(all) > 0 {
		t.Errorf("a second attack fires as the first: %v, %v", all, err)
	}
	if c.asked < 2 {
		t.Error("the test has too few events to show anything")
	}
	if !slices.Contains(story.Whens, rule.When) {
		t.Error("First is not in Whens")
	}
}
