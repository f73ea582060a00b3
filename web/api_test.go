package web

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"

	"dragoman"
	"dragoman/examples"
	"dragoman/exchange"
	"dragoman/store"
)

// trial is a request to the API and what comes of it.
type trial struct {
	method, path string
	body         string
	status       int
}

const anArticle = `{"title": "Chad and Sudan agree to talk", "text": "Chad agreed on Monday to meet Sudan for talks in Tripoli, a spokesman said.", "outlet": "Sahel Courier", "published": "2025-03-10"}`

const anOPML = `<opml version="2.0"><body><outline type="rss" text="World" xmlUrl="https://example.org/world.xml"/></body></opml>`

// trials ask for every operation, in an order in which what is made is there
// when it is asked for; HOOK stands for an address that takes messages.
var trials = []trial{
	{"GET", "/health", "", 200},
	{"GET", "/metrics", "", 200},
	{"GET", "/api/v1/articles", "", 200},
	{"GET", "/api/v1/articles?text=border&outlet=Sahel+Courier&since=2025-01-01&until=2025-03-04&limit=2", "", 200},
	{"GET", "/api/v1/articles?cursor=bm9uZQ", "", 400},
	{"GET", "/api/v1/articles?text=(", "", 422},
	{"GET", "/api/v1/articles/9", "", 200},
	{"GET", "/api/v1/articles/99", "", 404},
	{"GET", "/api/v1/articles/0", "", 422},
	{"GET", "/api/v1/articles/7/reading", "", 200},
	{"GET", "/api/v1/articles/99/reading", "", 404},
	{"GET", "/api/v1/articles/9/brief", "", 200},
	{"POST", "/api/v1/read", anArticle, 200},
	{"POST", "/api/v1/read", `{"text": " "}`, 422},
	{"POST", "/api/v1/read", `{`, 400},
	{"POST", "/api/v1/read", `{"text": "` + strings.Repeat("ж", maxText/2+1) + `"}`, 413},
	{"POST", "/api/v1/read", `{"text": "` + strings.Repeat("x", maxBody) + `"}`, 413},
	{"GET", "/api/v1/events", "", 200},
	{"GET", "/api/v1/events?between=Chad,1&type=STATEMENT,accuse&status=happened,planned&place=Chad&since=2024-12-01&until=2025-03-31&outlet=Sahel+Courier&min_confidence=0.1", "", 200},
	{"GET", "/api/v1/events?by=Sudan&source=rsf&text=army+OR+convoy", "", 200},
	{"GET", "/api/v1/events?by=Nobody", "", 422},
	{"GET", "/api/v1/events?place=Nowhere", "", 422},
	{"GET", "/api/v1/events?type=DANCE", "", 422},
	{"GET", "/api/v1/events?since=2025-02-30", "", 422},
	{"GET", "/api/v1/events?tpye=CONSULT", "", 422},
	{"GET", "/api/v1/events?text=%ff", "", 400},
	{"GET", "/api/v1/events?min_confidence=NaN", "", 422},
	{"GET", "/api/v1/events/1", "", 200},
	{"GET", "/api/v1/events/9999", "", 404},
	{"GET", "/api/v1/facets?between=Chad", "", 200},
	{"GET", "/api/v1/places?since=2025-01-01", "", 200},
	{"GET", "/api/v1/search?text=border", "", 200},
	{"GET", "/api/v1/search", "", 422},
	{"GET", "/api/v1/relations?kind=state,armed_group&of=Chad&since=2024-12-01", "", 200},
	{"GET", "/api/v1/relations/Chad/1", "", 200},
	{"GET", "/api/v1/relations/TCD/Sudan?since=2024-12-01&until=2025-03-31&period=day", "", 200},
	{"GET", "/api/v1/relations/Chad/Chad", "", 422},
	{"GET", "/api/v1/relations/Chad/Nobody", "", 404},
	{"GET", "/api/v1/relations/Chad/Sudan?since=0001-01-01&period=day", "", 400},
	{"GET", "/api/v1/relations/Chad/Sudan?since=9999-12-31&until=0001-01-01", "", 422},
	{"GET", "/api/v1/claims?a=Chad&b=Sudan&limit=5", "", 200},
	{"GET", "/api/v1/claims?a=Chad", "", 422},
	{"GET", "/api/v1/ties", "", 200},
	{"GET", "/api/v1/ties?of=Chad&and=Sudan&min_confidence=0", "", 200},
	{"GET", "/api/v1/ties?and=Sudan", "", 422},
	{"GET", "/api/v1/actors?begins=s&country=sdn&kind=state", "", 200},
	{"GET", "/api/v1/actors/SDN", "", 200},
	{"GET", "/api/v1/actors/Nobody", "", 404},
	{"GET", "/api/v1/actors/rsf/statements", "", 200},
	{"POST", "/api/v1/feeds", `{"url": "https://example.org/news.xml"}`, 201},
	{"POST", "/api/v1/feeds", `{"url": "gopher://example.org"}`, 422},
	{"POST", "/api/v1/feeds/opml", anOPML, 201},
	{"POST", "/api/v1/feeds/opml", "no list", 422},
	{"GET", "/api/v1/feeds", "", 200},
	{"GET", "/api/v1/feeds.opml", "", 200},
	{"DELETE", "/api/v1/feeds/1", "", 204},
	{"DELETE", "/api/v1/feeds/1", "", 404},
	{"POST", "/api/v1/alerts", `{"name": "thaw", "between": ["Chad", "Sudan"], "types": ["CONSULT", "AGREE"], "webhooks": ["HOOK"], "past": true}`, 201},
	{"POST", "/api/v1/alerts", `{"name": "thaw", "between": ["Chad", "Sudan"], "webhooks": ["HOOK"]}`, 409},
	{"POST", "/api/v1/alerts", `{"name": "nothing", "webhooks": ["HOOK"]}`, 422},
	{"GET", "/api/v1/alerts", "", 200},
	{"POST", "/api/v1/articles", anArticle, 201},
	{"POST", "/api/v1/articles", anArticle, 200},
	{"GET", "/api/v1/alerts/thaw/firings", "", 200},
	{"GET", "/api/v1/alerts/none/firings", "", 404},
	{"DELETE", "/api/v1/alerts/thaw", "", 204},
	{"DELETE", "/api/v1/alerts/thaw", "", 404},
	{"POST", "/api/v1/corrections", `{"action": "recode", "event": "7/e2", "type": "CONSULT", "status": "planned", "note": "a test"}`, 201},
	{"POST", "/api/v1/corrections", `{"action": "merge", "old": "new:chadian-generals", "new": "TCD"}`, 201},
	{"POST", "/api/v1/corrections", `{"action": "place", "event": "7/e2", "new": "Tiné"}`, 201},
	{"POST", "/api/v1/corrections", `{"action": "retie", "tie": "7/t2", "relation": "supports"}`, 201},
	{"POST", "/api/v1/corrections", `{"action": "untie", "tie": "7/t1"}`, 201},
	{"POST", "/api/v1/corrections", `{"action": "merge-place", "old": "Abéché", "new": "Adré"}`, 201},
	{"POST", "/api/v1/corrections", `{"action": "retie", "tie": "7/t2", "relation": "nonesuch"}`, 422},
	{"POST", "/api/v1/corrections", `{"action": "place", "event": "7/e2", "new": "Nowhere"}`, 422},
	{"POST", "/api/v1/corrections", `{"action": "wrong", "event": "9999"}`, 422},
	{"POST", "/api/v1/corrections", `{"action": "merge", "old": "TCD", "new": "new:nobody"}`, 422},
	{"GET", "/api/v1/corrections", "", 200},
	{"DELETE", "/api/v1/corrections/1", "", 204},
	{"DELETE", "/api/v1/corrections/1", "", 409},
	{"DELETE", "/api/v1/corrections/99", "", 404},
	{"GET", "/api/v1/export/events?format=csv&between=Chad", "", 200},
	{"GET", "/api/v1/export/events?format=gdelt", "", 200},
	{"GET", "/api/v1/export/events?format=graphml&claims=true", "", 200},
	{"GET", "/api/v1/export/events?format=followthemoney&status=planned", "", 200},
	{"GET", "/api/v1/export/events?format=icews&status=planned", "", 422},
	{"GET", "/api/v1/export/events?format=kedi", "", 422},
	{"GET", "/api/v1/export/articles?outlet=Sahel+Courier", "", 200},
	{"GET", "/api/v1/export/articles?text=(", "", 422},
	{"GET", "/api/v1/export/ties?since=2025-01-01", "", 200},
	{"GET", "/api/v1/export/events?text=(", "", 422},
	{"GET", "/api/v1/stream", "", 200},
}

// token makes a token that allows scopes.
func token(t testing.TB, s *Server, scopes ...dragoman.Scope) string {
	t.Helper()
	secret := store.NewSecret()
	if _, err := s.Clerk.DB.AddToken(t.Context(), dragoman.AccessToken{Name: "test of the API", Scopes: scopes}, store.HashSecret(secret)); err != nil {
		t.Fatal(err)
	}
	return secret
}

func (x *trial) request(t testing.TB, base, secret string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), x.method, base+x.path, strings.NewReader(x.body))
	if err != nil {
		t.Fatal(err)
	}
	if x.body == "" {
		r.Body, r.ContentLength = http.NoBody, 0
	} else if strings.HasSuffix(x.path, "/opml") {
		r.Header.Set("Content-Type", "text/x-opml")
	} else {
		r.Header.Set("Content-Type", "application/json")
	}
	if secret != "" {
		r.Header.Set("Authorization", "Bearer "+secret)
	}
	return r
}

// described returns the validator of a server's description.
func described(t *testing.T, base, secret string) validator.Validator {
	t.Helper()
	r := (&trial{method: "GET", path: "/api/v1/openapi.json"}).request(t, base, secret)
	b, res := answerTo(t, r)
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "application/openapi+json" {
		t.Fatalf("the description is %s, %s", res.Status, res.Header.Get("Content-Type"))
	}
	doc, err := libopenapi.NewDocument(b)
	if err != nil {
		t.Fatal(err)
	}
	v, errs := validator.NewValidator(doc, config.WithFormatAssertions())
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if ok, errs := v.ValidateDocument(); !ok {
		for _, e := range errs {
			t.Errorf("the description: %v", e)
		}
	}
	return v
}

// answerTo puts a request and returns the body of what comes, the first bytes
// where it has no end.
func answerTo(t testing.TB, r *http.Request) ([]byte, *http.Response) {
	t.Helper()
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var b []byte
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
		b = make([]byte, 20)
		_, err = io.ReadFull(res.Body, b)
	} else {
		b, err = io.ReadAll(res.Body)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b, res
}

// operations are those of a description.
func operations(o *huma.OpenAPI) map[string]*huma.Operation {
	all := map[string]*huma.Operation{}
	for path, item := range o.Paths {
		for method, op := range map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "DELETE": item.Delete, "PUT": item.Put, "PATCH": item.Patch} {
			if op != nil {
				all[method+" "+path] = op
			}
		}
	}
	return all
}

// patternOf returns the operation that a trial asks for.
func patternOf(s *Server, x *trial) string {
	path, _, _ := strings.Cut(x.path, "?")
	parts := strings.Split(path, "/")
	best := ""
	for name := range operations(s.description()) {
		method, pattern, _ := strings.Cut(name, " ")
		want := strings.Split(pattern, "/")
		if method != x.method || len(want) != len(parts) {
			continue
		}
		fits := true
		for i := range want {
			fits = fits && (want[i] == parts[i] || strings.HasPrefix(want[i], "{"))
		}
		if fits && (best == "" || strings.Count(name, "{") < strings.Count(best, "{")) {
			best = name
		}
	}
	return best
}

// TestDescription holds every operation against the description, which says
// nothing that no answer shows.
func TestDescription(t *testing.T) {
	s := newTestServer(t, func(o *Options) { o.Private = true }) // for the webhook
	base, secret := start(t, s), token(t, s, dragoman.Scopes()...)
	messages := make(chan []byte, 100)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		messages <- b
	}))
	defer hook.Close()
	v := described(t, base, secret)
	asked := map[string]bool{}
	for _, x := range trials {
		x.body = strings.ReplaceAll(x.body, "HOOK", hook.URL)
		name := x.method + " " + x.path
		b, res := answerTo(t, x.request(t, base, secret))
		if res.StatusCode != x.status {
			t.Errorf("%s: %s %.500s, wanted %d", name, res.Status, b, x.status)
			continue
		}
		res.Body = io.NopCloser(bytes.NewReader(b))
		if strings.HasPrefix(res.Header.Get("Content-Type"), "application/jsonl") {
			res.Body = io.NopCloser(strings.NewReader(`"lines"`)) // what they hold TestExports holds against the lists
		}
		if x.status < 300 {
			asked[patternOf(s, &x)] = true
			if ok, errs := v.ValidateHttpRequest(x.request(t, base, secret)); !ok {
				t.Errorf("%s: the request is not as described: %v", name, errs)
			}
		}
		if ok, errs := v.ValidateHttpResponse(x.request(t, base, secret), res); !ok {
			for _, e := range errs {
				t.Errorf("%s: %v\n%.2000s", name, e, b)
			}
		}
		s.later.Wait() // so that what was set going is there for the next
	}
	for name := range operations(s.description()) {
		if !asked[name] {
			t.Errorf("no trial asks for %s with success", name)
		}
	}
	if len(messages) == 0 {
		t.Error("the webhook of the alert was told nothing")
	}
}

// TestAnswersAreNotEmpty keeps the trials from showing nothing.
func TestAnswersAreNotEmpty(t *testing.T) {
	s := newTestServer(t)
	for _, x := range trials {
		if x.status != 200 || x.method != "GET" || strings.HasPrefix(x.path, "/api/v1/feeds") || strings.HasPrefix(x.path, "/api/v1/alerts") || x.path == "/api/v1/corrections" {
			continue
		}
		w := do(s, httptest.NewRequest(x.method, x.path, nil))
		if strings.HasPrefix(w.Body.String(), `{"items":[]`) {
			t.Errorf("%s has nothing in it", x.path)
		}
	}
}

// TestScopes puts every operation with every token. Wanted is written down here
// once more: what an operation allows is not to change by a slip.
func TestScopes(t *testing.T) {
	s := newTestServer(t, func(o *Options) { o.Local = false })
	wanted := map[string]dragoman.Scope{
		"POST /api/v1/articles":               dragoman.ScopeAdd,
		"POST /api/v1/corrections":            dragoman.ScopeCorrect,
		"DELETE /api/v1/corrections/{number}": dragoman.ScopeCorrect,
		"GET /api/v1/alerts":                  dragoman.ScopeManage,
		"POST /api/v1/alerts":                 dragoman.ScopeManage,
		"DELETE /api/v1/alerts/{name}":        dragoman.ScopeManage,
		"GET /api/v1/alerts/{name}/firings":   dragoman.ScopeManage,
		"POST /api/v1/feeds":                  dragoman.ScopeManage,
		"POST /api/v1/feeds/opml":             dragoman.ScopeManage,
		"DELETE /api/v1/feeds/{number}":       dragoman.ScopeManage,
		"GET /health":                         "",
	}
	tokens := map[dragoman.Scope]string{"": ""}
	for _, scope := range dragoman.Scopes() {
		tokens[scope] = token(t, s, scope)
	}
	for name, op := range operations(s.description()) {
		want, special := wanted[name]
		if !special {
			want = dragoman.ScopeRead
		}
		if said := op.Security; want != "" && (len(said) == 0 || said[0]["token"][0] != string(want)) {
			t.Errorf("%s: the description says %v", name, said)
		}
		method, path, _ := strings.Cut(name, " ")
		x := trial{method: method, path: strings.NewReplacer("{number}", "999", "{name}", "nobody", "{a}", "nobody", "{b}", "noone").Replace(path)}
		if method == "POST" {
			x.body = "{}"
		}
		for scope, secret := range tokens {
			w := do(s, x.request(t, "", secret))
			switch {
			case want == "" || scope == want:
				if w.Code == http.StatusUnauthorized || w.Code == http.StatusForbidden {
					t.Errorf("%s with %q: %d", name, scope, w.Code)
				}
			case scope == "":
				if w.Code != http.StatusUnauthorized || w.Header().Get("WWW-Authenticate") == "" {
					t.Errorf("%s without a token: %d", name, w.Code)
				}
			case w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), string(want)):
				t.Errorf("%s with %q: %d %s", name, scope, w.Code, w.Body)
			}
		}
	}
	for _, path := range []string{"/api/v1/openapi.json", "/api/v1/openapi.yaml"} {
		for scope, code := range map[dragoman.Scope]int{"": 401, dragoman.ScopeAdd: 403, dragoman.ScopeRead: 200} {
			if w := do(s, (&trial{method: "GET", path: path}).request(t, "", tokens[scope])); w.Code != code {
				t.Errorf("%s with %q: %d", path, scope, w.Code)
			}
		}
	}
}

// TestWhoCorrects: a correction is made in the name of the token, and holds.
func TestWhoCorrects(t *testing.T) {
	s := newTestServer(t)
	secret := token(t, s, dragoman.ScopeCorrect, dragoman.ScopeRead)
	x := trial{method: "POST", path: "/api/v1/corrections", body: `{"action": "wrong", "event": "1", "note": "a test"}`}
	if w := do(s, x.request(t, "", secret)); w.Code != http.StatusCreated {
		t.Fatal(w.Code, w.Body)
	}
	all := get[Page[Correction]](t, s, "/api/v1/corrections")
	if len(all.Items) != 1 || all.Items[0].Who != "test of the API" || *all.Items[0].Note != "a test" {
		t.Errorf("corrections are %+v", all)
	}
	if w := do(s, httptest.NewRequest("GET", "/api/v1/events/1", nil)); w.Code != http.StatusNotFound {
		t.Errorf("the event is still told: %d", w.Code)
	}
	undo := trial{method: "DELETE", path: fmt.Sprintf("/api/v1/corrections/%d", all.Items[0].Number)}
	if w := do(s, undo.request(t, "", secret)); w.Code != http.StatusNoContent {
		t.Fatal(w.Code, w.Body)
	}
	if get[Page[Correction]](t, s, "/api/v1/corrections").Items[0].Undone == nil {
		t.Error("it is not undone")
	}
	if all := get[Page[Event]](t, s, "/api/v1/events?between=Chad&limit=500"); !slices.ContainsFunc(all.Items, func(e Event) bool { return e.Evidence == "Sudan's army accuses Chad of arming" }) {
		t.Error("the event is not told again")
	}
}

// get asks for a record.
func get[T any](t testing.TB, s *Server, path string) T {
	t.Helper()
	w := do(s, httptest.NewRequest("GET", path, nil))
	var v T
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return v
}

// TestPaging: all pages one after the other are the whole.
func TestPaging(t *testing.T) {
	s := newTestServer(t)
	for i := range 7 {
		x := trial{method: "POST", path: "/api/v1/corrections", body: fmt.Sprintf(`{"action": "recode", "event": "%d", "status": "planned"}`, i+1)}
		if w := do(s, x.request(t, "", "")); w.Code != http.StatusCreated {
			t.Fatal(w.Code, w.Body)
		}
	}
	hook := httptest.NewServer(http.NotFoundHandler())
	defer hook.Close()
	x := trial{method: "POST", path: "/api/v1/alerts", body: `{"name": "all of it", "between": ["Chad"], "webhooks": ["` + hook.URL + `"], "past": true}`}
	if w := do(s, x.request(t, "", "")); w.Code != http.StatusCreated {
		t.Fatal(w.Code, w.Body)
	}
	s.later.Wait()
	for _, path := range []string{"/api/v1/articles?", "/api/v1/articles?text=Chad&", "/api/v1/articles?outlet=Sahel+Courier&", "/api/v1/events?", "/api/v1/events?between=Chad&",
		"/api/v1/events?between=Chad,Sudan&min_confidence=0&", "/api/v1/events?place=Chad&", "/api/v1/events?outlet=Sahel+Courier&type=STATEMENT,ACCUSE&",
		"/api/v1/events?source=rsf&", "/api/v1/events?text=Chad+OR+Sudan&", "/api/v1/actors/Sudan/statements?", "/api/v1/actors/rsf/statements?",
		"/api/v1/corrections?", "/api/v1/alerts/all%20of%20it/firings?"} {
		type page = Page[json.RawMessage]
		whole := get[page](t, s, path+"limit=500")
		if whole.Next != nil {
			t.Fatalf("%s: more than 500", path)
		}
		for _, limit := range []int{1, 2, 3} {
			var all []json.RawMessage
			for next, n := path+fmt.Sprint("limit=", limit), 0; next != ""; n++ {
				w := do(s, httptest.NewRequest("GET", next, nil))
				var p page
				if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != 200 || n > len(whole.Items) {
					t.Fatalf("%s: %d %s", next, w.Code, w.Body)
				}
				if len(p.Items) != limit && p.Next != nil {
					t.Errorf("%s: a page of %d", next, len(p.Items))
				}
				all = append(all, p.Items...)
				link := w.Header().Get("Link")
				next, _, _ = strings.Cut(strings.TrimPrefix(link, "<"), ">")
				if (p.Next == nil) != (link == "") || p.Next != nil && !strings.Contains(next, "cursor="+url.QueryEscape(*p.Next)) {
					t.Errorf("next is %v, Link %q", p.Next, link)
				}
			}
			if len(all) < 2 || !reflect.DeepEqual(all, whole.Items) {
				t.Errorf("%s in pages of %d: %d records; at once: %d", path, limit, len(all), len(whole.Items))
			}
		}
	}
}

// TestRead: a text is read as dragoman read does, and as it was when it was stored.
func TestRead(t *testing.T) {
	s := newTestServer(t)
	lines := strings.Split(strings.TrimSpace(string(examples.Desk)), "\n")
	for i, line := range lines {
		w := do(s, (&trial{method: "POST", path: "/api/v1/read", body: line}).request(t, "", ""))
		stored := do(s, httptest.NewRequest("GET", fmt.Sprintf("/api/v1/articles/%d/reading", i+1), nil))
		if w.Code != 200 || stored.Code != 200 || w.Body.String() != stored.Body.String() || w.Body.Len() < 2000 {
			t.Errorf("line %d: %d %.300s; stored %d %.300s", i+1, w.Code, w.Body, stored.Code, stored.Body)
		}
	}
	if n := len(get[Page[Article]](t, s, "/api/v1/articles").Items); n != len(lines) {
		t.Errorf("reading stores: %d articles", n)
	}
}

// TestStream: an article that another program stores is told.
func TestStream(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s := newTestServerAt(t, path)
	base := start(t, s)
	r, err := http.NewRequestWithContext(t.Context(), "GET", base+"/api/v1/stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if kind := res.Header.Get("Content-Type"); res.StatusCode != 200 || kind != "text/event-stream" {
		t.Fatal(res.Status, kind)
	}
	in := bufio.NewScanner(res.Body)
	if !in.Scan() || !strings.HasPrefix(in.Text(), ":") {
		t.Fatal("it does not begin with a comment", in.Text(), in.Err())
	}
	number := storeElsewhere(t, s, path)
	event := map[string]string{}
	for in.Scan() && (in.Text() != "" || event["data"] == "") {
		if name, value, ok := strings.Cut(in.Text(), ": "); ok {
			event[name] = value
		}
	}
	if event["event"] != "article" || event["id"] != fmt.Sprint(number) {
		t.Fatalf("told is %v, %v", event, in.Err())
	}
	var told Article
	if err := json.Unmarshal([]byte(event["data"]), &told); err != nil {
		t.Fatal(err)
	}
	if is := get[Article](t, s, fmt.Sprintf("/api/v1/articles/%d", number)); !reflect.DeepEqual(told, is) || *is.Outlet != "Elsewhere" {
		t.Errorf("told is %+v, stored %+v", told, is)
	}
}

// storeElsewhere stores an article by a connection of its own, as another
// program does.
func storeElsewhere(t *testing.T, s *Server, path string) int64 {
	t.Helper()
	other, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	f, err := s.Clerk.File(dragoman.Article{ID: "elsewhere", Text: "Chad attacked Libya on Monday.", Outlet: "Elsewhere", Language: "en", Published: dragoman.DayOf(2025, 4, 7)})
	if err != nil {
		t.Fatal(err)
	}
	number, fresh, err := other.Save(t.Context(), &f, s.Clerk.Desk)
	if err != nil || !fresh {
		t.Fatal(fresh, err)
	}
	return number
}

// TestHead: whoever asks for headers only need not wait for the end of a stream.
func TestHead(t *testing.T) {
	s := newTestServer(t)
	for _, path := range []string{"/api/v1/stream", "/api/v1/export/events", "/metrics", "/api/v1/events", "/health"} {
		if w := do(s, httptest.NewRequest("HEAD", path, nil)); w.Code != http.StatusOK {
			t.Errorf("HEAD %s: %d", path, w.Code)
		}
	}
}

// TestExports: an export has all that the list has, in its order.
func TestExports(t *testing.T) {
	s := newTestServer(t)
	for list, export := range map[string]string{"events?limit=500": "events?", "events?limit=500&between=Chad,Sudan&min_confidence=0": "events?between=Chad,Sudan&min_confidence=0&",
		"articles?limit=500": "articles?", "articles?limit=500&text=border": "articles?text=border&"} {
		whole := get[Page[json.RawMessage]](t, s, "/api/v1/"+list)
		w := do(s, httptest.NewRequest("GET", "/api/v1/export/"+export, nil))
		lines := strings.Split(strings.TrimSuffix(w.Body.String(), "\n"), "\n")
		if w.Code != 200 || len(lines) != len(whole.Items) || len(lines) < 2 {
			t.Fatalf("%s: %d, %d lines, %d in the list", export, w.Code, len(lines), len(whole.Items))
		}
		for i, line := range lines {
			if line != string(whole.Items[i]) {
				t.Errorf("%s: line %d is %s, in the list %s", export, i+1, line, whole.Items[i])
			}
		}
		w = do(s, httptest.NewRequest("GET", "/api/v1/export/"+export+"format=csv", nil))
		rows, err := csv.NewReader(w.Body).ReadAll()
		if err != nil || len(rows) != len(lines)+1 {
			t.Fatalf("%s: %d rows, %v", export, len(rows), err)
		}
		for i, row := range rows[1:] {
			var is struct{ Number json.Number }
			if err := json.Unmarshal(whole.Items[i], &is); err != nil || row[0] != is.Number.String() {
				t.Errorf("%s: row %d is %v", export, i+1, row)
			}
		}
	}
	told := 0
	for _, e := range get[Page[Article]](t, s, "/api/v1/articles").Items {
		all, err := s.Clerk.DB.TiesIn(t.Context(), e.Number)
		if err != nil {
			t.Fatal(err)
		}
		told += len(all)
	}
	w := do(s, httptest.NewRequest("GET", "/api/v1/export/ties?min_confidence=0", nil))
	if n := strings.Count(w.Body.String(), "\n"); n != told || told == 0 {
		t.Errorf("%d ties, wanted %d", n, told)
	}
	w = do(s, httptest.NewRequest("GET", "/api/v1/export/ties?min_confidence=0&format=csv", nil))
	if rows, err := csv.NewReader(w.Body).ReadAll(); err != nil || len(rows) != told+1 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// TestFieldExports reads back what is exported in formats of the field: those that
// cannot say who claims an event get only what outlets tell as done.
func TestFieldExports(t *testing.T) {
	s := newTestServer(t)
	field, _ := reflect.TypeFor[EventFormat]().FieldByName("Format")
	written := exchange.Names(func(f exchange.Format) bool { return f.Write != nil })
	if got := field.Tag.Get("enum"); got != "jsonl,csv,"+strings.Join(written, ",") {
		t.Errorf("the formats are %s, not jsonl, csv and %v", got, written)
	}
	read := func(query string) (all []dragoman.Record) {
		t.Helper()
		w := do(s, httptest.NewRequest("GET", "/api/v1/export/events?"+query, nil))
		body := bufio.NewReaderSize(w.Body, 1<<20)
		f, err := exchange.Detect(body)
		if w.Code != 200 || err != nil {
			t.Fatalf("%s: %d, %v", query, w.Code, err)
		}
		for r := f.Read(body, s.book); ; {
			record, err := r.Next()
			if err == io.EOF {
				return all
			}
			if err != nil {
				t.Fatal(query, err)
			}
			all = append(all, record)
		}
	}
	facts, claims := read("format=icews&min_confidence=0"), read("format=icews&min_confidence=0&claims=true")
	if len(facts) == 0 || len(claims) <= len(facts) {
		t.Errorf("%d facts, %d with claims", len(facts), len(claims))
	}
	all := get[Page[Event]](t, s, "/api/v1/events?limit=500&min_confidence=0").Items
	if plover := read("format=plover&min_confidence=0"); len(plover) == 0 || len(plover) > len(all) || !slices.ContainsFunc(plover, func(r dragoman.Record) bool { return r.Status == dragoman.Planned }) {
		t.Errorf("%d events as PLOVER, of %d", len(plover), len(all))
	}
}

// flowing serves an export, behind all that stands before one.
func flowing(t *testing.T, more func(context.Context, *outflow) (bool, error)) string {
	t.Helper()
	s := newTestServer(t)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/export/endless", func(w http.ResponseWriter, r *http.Request) {
		s.flow(Format{"jsonl"}, "endless", nil, more).Body(humago.NewContext(&huma.Operation{}, r, w))
	})
	h := httptest.NewServer(s.guard(mux))
	t.Cleanup(h.Close)
	return h.URL + "/api/v1/export/endless"
}

// TestLeaving: when whoever asked for an export is gone, the work ends.
func TestLeaving(t *testing.T) {
	ended := make(chan struct{})
	address := flowing(t, func(ctx context.Context, o *outflow) (bool, error) {
		if ctx.Err() != nil {
			close(ended)
			return false, ctx.Err()
		}
		return true, o.put(strings.Repeat("x", 1000), nil)
	})
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(res.Body, make([]byte, 100_000)); err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	<-ended
}

// TestBrokenExport: one that fails in its midst does not look whole.
func TestBrokenExport(t *testing.T) {
	n := 0
	address := flowing(t, func(_ context.Context, o *outflow) (bool, error) {
		if n++; n%3 == 0 {
			return false, errors.New("the disk is gone")
		}
		return true, o.put("a line", nil)
	})
	for _, encoding := range []string{"identity", "gzip"} {
		r, _ := http.NewRequestWithContext(t.Context(), "GET", address, nil)
		r.Header.Set("Accept-Encoding", encoding)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err == nil || len(b) == 0 {
			t.Errorf("%s: %d bytes, %v", encoding, len(b), err)
		}
	}
}

// FuzzParameters asks with anything for anything: no answer is the fault of the
// server, and every fault is told as a problem.
func FuzzParameters(f *testing.F) {
	s := newTestServer(f)
	var names []string
	for name := range operations(s.description()) {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, x := range trials {
		path, query, _ := strings.Cut(x.path, "?")
		name := patternOf(s, &x)
		_, pattern, _ := strings.Cut(name, " ")
		var fill []string
		parts := strings.Split(path, "/")
		for i, part := range strings.Split(pattern, "/") {
			if strings.HasPrefix(part, "{") {
				fill = append(fill, parts[i])
			}
		}
		fill = append(fill, "", "")
		f.Add(uint8(slices.Index(names, name)), fill[0], fill[1], query, x.body)
	}
	for i := range names {
		for _, bad := range []string{"\x00", "\xff", "'", "\"", "*", "9223372036854775807", "-1", "99999999999999999999", "%", "..", "NOT", "a AND", "(((", "{}[]", "\u202e"} {
			q := url.QueryEscape(bad)
			f.Add(uint8(i), bad, bad, "text="+q+"&a="+q+"&b="+q, bad)
			f.Add(uint8(i), "1", "2", "between="+q+"&place="+q, `{"text": `+fmt.Sprintf("%q", bad)+`}`)
			f.Add(uint8(i), "1", "2", "outlet="+q+"&cursor="+q+"&begins="+q, `{"action": "merge", "old": `+fmt.Sprintf("%q", bad)+`, "new": "SDN"}`)
		}
		for _, days := range []string{"since=0001-01-01&until=9999-12-31", "since=9999-12-31&until=0001-01-01", "since=0000-01-01", "until=0000-01-01"} {
			f.Add(uint8(i), "Chad", "Sudan", days+"&a=Chad&b=Sudan", "")
			f.Add(uint8(i), "Chad", "Sudan", days+"&period=day", "")
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, first, second, query, body string) {
		method, path, _ := strings.Cut(names[int(which)%len(names)], " ")
		for _, value := range []string{first, second} {
			if i, j := strings.IndexByte(path, '{'), strings.IndexByte(path, '}'); i >= 0 {
				path = path[:i] + url.PathEscape(value) + path[j+1:]
			}
		}
		if outward(path, body) {
			t.Skip()
		}
		r := httptest.NewRequest(method, "/", strings.NewReader(body))
		r.URL = &url.URL{Path: path, RawQuery: query}
		if u, err := url.Parse(path); err == nil {
			r.URL.Path, r.URL.RawPath = u.Path, u.RawPath
		}
		w := do(s, r)
		if w.Code >= 500 {
			t.Fatalf("%s %s?%s: %d %s\n%s", method, path, query, w.Code, w.Body, body)
		}
		if kind := w.Header().Get("Content-Type"); w.Code >= 400 && strings.HasPrefix(path, "/api/v1/") && !strings.HasPrefix(kind, "application/problem+json") {
			t.Fatalf("%s %s?%s: %d is told as %s: %s", method, path, query, w.Code, kind, w.Body)
		}
		s.later.Wait()
	})
}

// outward reports whether a request would have the server write to others.
func outward(path, body string) bool {
	var b struct {
		URL      string
		Webhooks []string
	}
	_ = json.Unmarshal([]byte(body), &b)
	return path == "/api/v1/feeds" && strings.Contains(strings.ToLower(b.URL), "opml") || path == "/api/v1/alerts" && len(b.Webhooks) > 0
}
