package story_test

import (
	"strings"
	"testing"

	"dragoman"
	"dragoman/story"
)

// brief tells what is new in an article of the newsroom.
func (n *newsroom) brief(e dragoman.Entry) *story.Brief {
	n.Helper()
	b, err := n.desk.Brief(n.Context(), n.db, e, story.Options{Confidence: 0.3})
	if err != nil {
		n.Fatal(err)
	}
	return b
}

// counts returns for which time the events of a brief are.
func counts(b *story.Brief) string {
	var all []string
	for _, t := range b.New {
		if t.Nth != "" {
			all = append(all, t.Nth)
		}
	}
	return strings.Join(all, "\n")
}

func TestBriefCountsOfficials(t *testing.T) {
	n := newNewsroom(t)
	first := n.article("", praise("2031-02-09", minister("Ada Holm", norland), sudria))
	second := n.article("", praise("2031-02-12", minister("Per Lund", norland), sudria))
	third := n.article("", praise("2031-03-20", minister("Ivo Brandt", norland), sudria))
	for _, c := range []struct {
		entry dragoman.Entry
		want  string
	}{
		{first, ""}, // it looks back only
		{second, "2nd Norland official in 7 days to speak well of relations with Sudria; the first: Ada Holm, 9 Feb"},
		{third, "3rd Norland official in 90 days to speak well of relations with Sudria; the first: Ada Holm, 9 Feb"},
	} {
		got := strings.ReplaceAll(counts(n.brief(c.entry)), "official of Norland", "Norland official")
		if got != c.want {
			t.Errorf("article %d: %q, want %q", c.entry.Number, got, c.want)
		}
	}
}

func TestBriefCountsTimes(t *testing.T) {
	n := newNewsroom(t)
	n.article("", attack("2031-02-09", norland, sudria))
	e := n.article("", attack("2031-02-14", norland, sudria))
	if got := counts(n.brief(e)); !strings.HasPrefix(got, "2nd time in 7 days for Norland to use force against Sudria; the last: 9 Feb") {
		t.Errorf("%q", got)
	}
	// What is only said, and said again within a week, is one time.
	n.article("", praise("2031-03-09", estmark, sudria))
	if got := counts(n.brief(n.article("", praise("2031-03-12", estmark, sudria)))); got != "" {
		t.Errorf("%q", got)
	}
	if got := counts(n.brief(n.article("", praise("2031-03-25", estmark, sudria)))); !strings.HasPrefix(got, "3rd time in 30 days for Estmark") {
		t.Errorf("%q", got)
	}
}

func TestBriefKnowsWhatWasTold(t *testing.T) {
	n := newNewsroom(t)
	event := attack("2031-02-09", norland, sudria)
	first := n.article("First.", event)
	second := n.article("Second.", event)
	if b := n.brief(second); len(b.New) != 0 || len(b.Known) != 1 || b.Known[0].Earlier[0].Number != first.Number {
		t.Errorf("%+v", b)
	}
	if b := n.brief(first); len(b.New) != 1 || len(b.Known) != 0 {
		t.Errorf("the first to tell it tells nothing new: %+v", b)
	}
	// An article without a day comes after those that were stored before it.
	undated := event
	undated.Published = dragoman.NoDay
	third := n.article("Third.", undated)
	if b := n.brief(first); len(b.Known) != 0 {
		t.Errorf("what was stored later was known before: %+v", b.Known)
	}
	if b := n.brief(third); len(b.Known) != 1 {
		t.Errorf("%+v", b)
	}
}

func TestBriefTellsTheContrary(t *testing.T) {
	n := newNewsroom(t)
	did := attack("2031-02-09", norland, sudria)
	did.Evidence = "soldiers destroyed the harbour customs building"
	first := n.article("", did)
	denied := attack("2031-02-11", norland, sudria)
	denied.Evidence, denied.Status, denied.Confidence = "soldiers had destroyed the harbour customs building", dragoman.Denied, 0.1
	denied.Source = dragoman.Source{Actor: norland}
	second := n.article("", praise("2031-02-11", norland, sudria), denied)
	b := n.brief(second)
	if len(b.Between) == 0 || len(b.Between[0].Opposite) != 1 || b.Between[0].Opposite[0].Other.Article != first.Number {
		t.Fatalf("%+v", b.Between)
	}
	for _, rel := range n.brief(first).Between {
		if len(rel.Opposite) > 0 {
			t.Error("the first article was contradicted before anybody did")
		}
	}
}

func TestDyadOfNothing(t *testing.T) {
	n := newNewsroom(t)
	n.article("", praise("2031-02-09", estmark, sudria))
	undated := attack("2031-02-09", norland, estmark)
	undated.Published, undated.Day = dragoman.NoDay, dragoman.NoDay
	n.article("", undated)
	var who []dragoman.Party
	for _, p := range []dragoman.Party{norland, sudria, estmark} {
		all, err := n.db.Named(t.Context(), p.ID)
		if err != nil || len(all) != 1 {
			t.Fatal(err, all)
		}
		who = append(who, all[0].Party)
	}
	for _, to := range []dragoman.Day{dragoman.NoDay, on("2031-03-01")} {
		for _, b := range who[1:] {
			d, err := n.desk.Dyad(t.Context(), n.db, who[0], b, dragoman.NoDay, to, 7, 0.3)
			if err != nil || len(d.Both) != 0 || len(d.Changes) != 0 {
				t.Errorf("%v %+v", err, d)
			}
		}
	}
}

// TestOutlookBeginsWhereMemoryDoes: one old article is no year of silence.
func TestOutlookBeginsWhereMemoryDoes(t *testing.T) {
	n := newNewsroom(t)
	for _, day := range []string{"2031-02-01", "2031-02-04", "2031-02-08", "2031-02-12", "2031-02-16", "2031-02-20"} {
		n.article("", attack(day, norland, sudria))
	}
	before := n.brief(n.last).Between[0].Outlook
	n.article("", attack("2029-02-01", estmark, sudria))
	e, _, err := n.db.Article(t.Context(), "6")
	if err != nil {
		t.Fatal(err)
	}
	if after := n.brief(e).Between[0].Outlook; after != before || after.Direction != story.Unknown {
		t.Errorf("%+v, then %+v", before, after)
	}
}

func TestGroupTies(t *testing.T) {
	tie := func(article int64, day string, subject, object dragoman.Party, relation string, status dragoman.Status, source string) dragoman.Standing {
		return dragoman.Standing{Article: article, Subject: subject, Relation: relation, Object: object, Status: status, From: dragoman.NoDay, To: dragoman.NoDay,
			Published: on(day), Source: dragoman.Source{Text: source}, Confidence: 0.5}
	}
	all := story.Group([]dragoman.Standing{
		tie(1, "2031-01-01", norland, sudria, "allied_with", dragoman.Ongoing, "a diplomat"),
		tie(2, "2031-02-01", sudria, norland, "allied_with", dragoman.Ongoing, ""),
		tie(3, "2031-03-01", norland, sudria, "hosts", dragoman.Ongoing, "a diplomat"),
		tie(4, "2031-04-01", norland, sudria, "hosts", dragoman.Negated, "a diplomat"),
	})
	if len(all) != 2 {
		t.Fatalf("%+v", all)
	}
	hosts, allied := all[0], all[1]
	if hosts.Relation != "hosts" || !hosts.Ended || hosts.Articles != 2 || hosts.Source.None() {
		t.Errorf("%+v", hosts)
	}
	if allied.Ended || allied.Articles != 2 || !allied.Source.None() || allied.First != on("2031-01-01") || allied.Last != on("2031-02-01") {
		t.Errorf("%+v", allied)
	}
}

func TestCoded(t *testing.T) {
	n := newNewsroom(t)
	r := attack("2031-02-09", norland, sudria)
	r.Modes = []string{"aerial"}
	is, err := n.desk.Coded(&r, "AID", "", dragoman.Planned)
	if err != nil || is.Type != "AID" || is.Quad != "material-cooperation" || is.Tone != dragoman.MaterialCooperation || is.Status != dragoman.Planned || len(is.Modes) != 0 {
		t.Errorf("%v %+v", err, is)
	}
	for _, c := range []struct{ kind, cameo, status, want string }{
		{"FIGHT", "", "", "not a type"}, {"", "999", "", "not a code"}, {"AID", "190", "", "is of type ASSAULT"}, {"", "", "maybe", "not a status"},
	} {
		if _, err := n.desk.Coded(&r, c.kind, c.cameo, dragoman.Status(c.status)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
