package web

import (
	"net/http/httptest"
	"testing"
	"os"
)

func TestPeek(t *testing.T) {
	s := newTestServer(t)
	for _, p := range []string{"/api/v1/articles?limit=2", "/api/v1/events?limit=1", "/api/v1/events/1", "/api/v1/relations/Chad/Sudan", "/api/v1/articles/9/brief", "/api/v1/ties", "/api/v1/claims?a=Chad&b=Sudan&limit=2", "/api/v1/actors?limit=30", "/api/v1/facets", "/api/v1/places", "/metrics", "/health", "/api/v1/export/events?format=csv", "/api/v1/nothing", "/api/v1/events?typ=1","/api/v1/events?min_confidence=0.5&type=x"} {
		w := do(s, httptest.NewRequest("GET", p, nil))
		b := w.Body.String()
		if len(b) > 2500 { b = b[:2500] }
		t.Log(p, w.Code, w.Header(), b)
	}
	b, _ := s.description().MarshalJSON()
	os.WriteFile("/tmp/openapi.json", b, 0o644)
}
