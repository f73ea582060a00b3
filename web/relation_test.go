package web

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"dragoman"
)

// TestBeside: the page of a relation sets what other providers tell beside ours,
// once there are any.
func TestBeside(t *testing.T) {
	s := newTestServer(t)
	page := func() string {
		t.Helper()
		w := do(s, httptest.NewRequest("GET", "/relations/TCD/SDN?min_confidence=0", nil))
		if w.Code != 200 {
			t.Fatal(w.Code, w.Body)
		}
		return w.Body.String()
	}
	if strings.Contains(page(), "By provider") {
		t.Error("providers are told of where there are none")
	}
	chad, sudan := dragoman.Party{ID: "TCD", Name: "Chad", Kind: "state", Country: "TCD"}, dragoman.Party{ID: "SDN", Name: "Sudan", Kind: "state", Country: "SDN"}
	left := 7
	_, _, err := s.Clerk.DB.Provide(t.Context(), "weekly", func() (dragoman.Record, error) {
		if left == 0 {
			return dragoman.Record{}, io.EOF
		}
		left--
		r := dragoman.Record{ID: strings.Repeat("x", left+1)}
		r.Type, r.Status, r.Tone, r.Day, r.Confidence = "ASSAULT", dragoman.Happened, dragoman.MaterialConflict, dragoman.DayOf(2025, 3, 3), 1
		r.Actors, r.Recipients = []dragoman.Party{chad}, []dragoman.Party{sudan}
		return r, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := page(); !strings.Contains(got, "By provider") || !strings.Contains(got, ">weekly<") || !strings.Contains(got, `<td class="num">7</td>`) {
		t.Error("the provider's seven events are not told of")
	}
}
