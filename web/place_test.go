package web

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// TestPlace: the page of the events at a place says what contains it, also when
// that was merged, and can merge it.
func TestPlace(t *testing.T) {
	s := newTestServer(t)
	card := func() string {
		t.Helper()
		_, after, _ := strings.Cut(do(s, httptest.NewRequest("GET", "/events?place=Adr%C3%A9", nil)).Body.String(), `<h2 id="place">`)
		text, _, _ := strings.Cut(after, "</section>")
		return text
	}
	if got := card(); !strings.HasPrefix(got, "Adré</h2>") || !strings.Contains(got, `in <a href="/events?place=TCD">Chad</a>`) || !strings.Contains(got, `value="merge-place"`) {
		t.Errorf("the card of the place is %q", got)
	}
	merge := trial{method: "POST", path: "/api/v1/corrections", body: `{"action": "merge-place", "old": "TCD", "new": "Tiné"}`}
	if w := do(s, merge.request(t, "", "")); w.Code != 201 {
		t.Fatal(w.Code, w.Body)
	}
	if got := card(); !strings.Contains(got, `in <a href="/events?place=new%3Atine">Tiné</a>`) {
		t.Errorf("after what contains it was merged the card is %q", got)
	}
}
