package web

import (
	"net/http/httptest"
	"strings"
	"testing"

	"dragoman"
)

// What has neither title nor day is shown all the same: by how it begins, and
// among what two did and said.
func TestUndated(t *testing.T) {
	s := newTestServer(t)
	number, _, err := s.Clerk.Add(t.Context(), dragoman.Article{ID: "undated", Language: "en", Published: dragoman.NoDay,
		Text: "Sudan accused Chad of hiding three stolen camels, which Chad's government denied. \"Chad has our camels,\" Sudan's government said."})
	if err != nil || number != 10 {
		t.Fatal(number, err)
	}
	page := func(path string) string { return do(s, httptest.NewRequest("GET", path, nil)).Body.String() }
	const lead = "Sudan accused Chad of hiding three stolen camels"
	for _, path := range []string{"/", "/search?text=camels", "/articles/10"} {
		if body := page(path); !strings.Contains(body, lead) || strings.Contains(body, "(no title)") {
			t.Errorf("%s does not show how the article begins", path)
		}
	}
	body := page("/relations/TCD/SDN")
	if !strings.Contains(body, "<blockquote>Sudan accused Chad of hiding</blockquote>") || !strings.Contains(body, "has our camels") {
		t.Error("the relation leaves out what has no day")
	}
	if body := page("/relations/TCD/SDN?since=2025-01-01"); strings.Contains(body, "hiding") {
		t.Error("what has no day is shown as of some days")
	}
}

// No chart goes on into days of which nothing is told.
func TestFarDays(t *testing.T) {
	s := newTestServer(t)
	for _, path := range []string{"/relations/TCD/SDN?until=9999-12-31&period=day", "/relations/TCD/SDN?until=9999-12-31"} {
		w := do(s, httptest.NewRequest("GET", path, nil))
		if body := w.Body.String(); w.Code != 200 || strings.Contains(body, `"day":"2999`) || strings.Contains(body, `"day":"9999`) || w.Body.Len() > 1<<20 {
			t.Errorf("%s: %d, %d bytes", path, w.Code, len(body))
		}
	}
}

// A country has no pin, a province is no point.
func TestPrecision(t *testing.T) {
	for kind, want := range map[string]string{"country": "country", "settlement": "point", "border_crossing": "point", "dam": "point", "admin1": "area", "water": "area", "region": "area", "": "area"} {
		if got := precision(&dragoman.Locale{Kind: kind}); got != want {
			t.Errorf("a place of kind %q is a %s", kind, got)
		}
	}
}

// Two questions that only read alike are not taken for one.
func TestRecall(t *testing.T) {
	s := newTestServer(t)
	one, err := s.facets(t.Context(), dragoman.Filter{Outlet: "Nile Observer"})
	if err != nil || one.Looked == 0 {
		t.Fatal(one, err)
	}
	two, err := s.facets(t.Context(), dragoman.Filter{Outlet: "Nile Observer Source:0 Text:", Text: ""})
	if err != nil || two.Looked != 0 {
		t.Error(two, err)
	}
	ambiguous := [2]dragoman.Filter{{Outlet: "Nile Observer Source:0 Text:drone", Text: "x"}, {Outlet: "Nile Observer", Text: "drone Source:0 Text:x"}}
	if _, err := s.facets(t.Context(), ambiguous[0]); err != nil {
		t.Fatal(err)
	}
	before := s.memo.answers.Len()
	if _, err := s.facets(t.Context(), ambiguous[1]); err != nil {
		t.Fatal(err)
	}
	if s.memo.answers.Len() != before+1 {
		t.Error("the answer to one question is given to another")
	}
}
