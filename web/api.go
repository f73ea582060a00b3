package web

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"dragoman"
	"dragoman/clerk"
)

// aboutAPI is what the description says of the whole.
const aboutAPI = `The desk for programs: the same records, questions and filters as in its pages.

Every request brings a token, ` + "`Authorization: Bearer dgm_…`" + `, which dragoman token add makes, or the cookie of somebody who is signed in. A token has scopes: read, add, correct, manage.

Lists come in pages: ` + "`next`" + ` is the cursor of the next page, null on the last; the header Link has its address. Days are 2025-03-04, times RFC 3339 in UTC. What is not known is null or absent, and a list is never null. Faults are RFC 9457 problems: ` + "`detail`" + ` says what is wrong.`

func init() { huma.DefaultArrayNullable = false } // no list is null

// api registers the API under /api/v1, and what watches the server.
func (s *Server) api(mux *http.ServeMux) {
	c := huma.DefaultConfig("dragoman", cmp.Or(s.Version, "0"))
	c.CreateHooks, c.OpenAPIPath, c.DocsPath, c.SchemasPath = nil, "", "", "" // no links to schemas, no page that loads scripts from elsewhere
	c.RejectUnknownQueryParameters = true
	c.Info.Description = aboutAPI
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token":   {Type: "http", Scheme: "bearer", Description: "A token, as dragoman token add makes it"},
		"session": {Type: "apiKey", In: "cookie", Name: "dragoman", Description: "Of somebody who is signed in in a browser"},
	}
	written := huma.Format{Marshal: writeJSON, Unmarshal: json.Unmarshal}
	c.Formats = map[string]huma.Format{"application/json": written, "json": written}
	to := humago.New(mux, c)
	s.articleOperations(to)
	s.eventOperations(to)
	s.actorOperations(to)
	s.correctionOperations(to)
	s.alertOperations(to)
	s.feedOperations(to)
	s.streamOperations(to)
	s.exportOperations(to)
	s.watchOperations(to)
	s.described = to.OpenAPI()
	s.describe(mux)
}

// openAPI is a description of an API, as OpenAPI 3.1 has it.
type openAPI = huma.OpenAPI

// description returns what the API answers; nobody may change it.
func (s *Server) description() *openAPI { return s.described }

// describe serves the description.
func (s *Server) describe(mux *http.ServeMux) {
	asJSON, err := s.described.MarshalJSON()
	if err != nil {
		panic(err) // on a type that cannot be described only
	}
	asYAML, err := s.described.YAML()
	if err != nil {
		panic(err)
	}
	for name, b := range map[string][]byte{"json": asJSON, "yaml": asYAML} {
		mux.HandleFunc("GET /api/v1/openapi."+name, func(w http.ResponseWriter, r *http.Request) {
			if err := allowed(r.Context(), dragoman.ScopeRead); err != nil {
				s.fail(w, r, err)
				return
			}
			w.Header().Set("Content-Type", "application/openapi+"+name)
			_, _ = w.Write(b) // whoever asked may be gone
		})
	}
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, missing("the API has no such path for %s; /api/v1/openapi.json describes those that there are", r.Method))
	})
}

// schemaName tells the records of a reading from those of the store.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.PkgPath() == "dragoman/export" && name != "Reading" {
		name = "Reading" + name
	}
	if name == "ErrorModel" || name == "ErrorDetail" {
		name = map[string]string{"ErrorModel": "Problem", "ErrorDetail": "ProblemDetail"}[name]
	}
	return name
}

// writeJSON writes v whole or, where it cannot be written as JSON, nothing.
func writeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	if err := huma.DefaultJSONFormat.Marshal(&b, v); err != nil {
		return err
	}
	_, _ = w.Write(b.Bytes()) // whoever asked may be gone
	return nil
}

// problem is how a fault is told, as RFC 9457 has it.
func problem(f *fault) *huma.ErrorModel {
	return &huma.ErrorModel{Status: f.status, Title: cmp.Or(http.StatusText(f.status), "Broken Off"), Detail: f.text}
}

func writeProblem(w http.ResponseWriter, f *fault) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(f.status)
	_ = writeJSON(w, problem(f)) // of strings and a number
}

// bodies bounds the body of an operation that takes little.
const bodies = 64 << 10

// ask registers an operation that wants a scope. What do returns as an error is
// told as a problem.
func ask[I, O any](s *Server, to huma.API, scope dragoman.Scope, op huma.Operation, do func(context.Context, *I) (*O, error)) {
	if scope != "" {
		op.Security = []map[string][]string{{"token": {string(scope)}}, {"session": {}}}
		op.Description = strings.TrimSpace(op.Description + "\n\nScope: " + string(scope))
		op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden)
	}
	op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusTooManyRequests, http.StatusServiceUnavailable)
	if strings.Contains(op.Path, "{") || op.Method == http.MethodDelete {
		op.Errors = append(op.Errors, http.StatusNotFound)
	}
	op.MaxBodyBytes = cmp.Or(op.MaxBodyBytes, bodies)
	op.BodyReadTimeout = -1 // takeBody has its own, which ends with the body
	op.Middlewares = huma.Middlewares{s.admit(scope), s.takeBody}
	huma.Register(to, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := do(ctx, in)
		if err != nil {
			return nil, s.problemOf(ctx, err)
		}
		return out, nil
	})
}

type requestKey struct{}

// request returns the request that an operation answers.
func request(ctx context.Context) *http.Request { return ctx.Value(requestKey{}).(*http.Request) }

// problemOf turns an error of an operation into what is told of it.
func (s *Server) problemOf(ctx context.Context, err error) *huma.ErrorModel {
	return problem(s.faultOf(request(ctx), err))
}

// asked makes an error of what was asked for one that is told as such; trouble
// with the database stays what it is.
func asked(err error) error {
	var f *fault
	var m *clerk.Mistake
	var database interface{ Code() int } // of SQLite
	switch {
	case err == nil, errors.As(err, &f), errors.As(err, &m), errors.As(err, &database), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	text, _, _ := strings.Cut(err.Error(), "; dragoman ") // which command helps
	return &fault{http.StatusUnprocessableEntity, text}
}

// allowed returns what is wrong where a request may not do something.
func allowed(ctx context.Context, scope dragoman.Scope) error {
	if p := who(ctx); p == nil || !p.may(scope) {
		return &fault{http.StatusForbidden, fmt.Sprintf("this takes a token with the scope %q", scope)}
	}
	return nil
}

// admit lets pass who has the scope, and what is text: neither a name nor a word
// that is looked for has bytes that are no UTF-8, or NUL.
func (s *Server) admit(scope dragoman.Scope) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		r, w := humago.Unwrap(ctx)
		if scope != "" {
			if err := allowed(r.Context(), scope); err != nil {
				writeProblem(w, s.faultOf(r, err))
				return
			}
		}
		query, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil || !legible(r.URL.Path) || !legibleAll(query) {
			writeProblem(w, errIllegible)
			return
		}
		next(huma.WithValue(ctx, requestKey{}, r))
	}
}

// errIllegible is told of what is no text.
var errIllegible = &fault{http.StatusBadRequest, "the address is not UTF-8 text, or not well escaped"}

// legible reports whether a text may stand in a question to the database.
func legible(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

func legibleAll(q url.Values) bool {
	for name, all := range q {
		if !legible(name) || slices.ContainsFunc(all, func(s string) bool { return !legible(s) }) {
			return false
		}
	}
	return true
}

// takeBody reads the body of a request as a whole, so that one that is too
// large, too slow or breaks off is told as such.
func (s *Server) takeBody(ctx huma.Context, next func(huma.Context)) {
	if op := ctx.Operation(); op.RequestBody != nil {
		r, w := humago.Unwrap(ctx)
		_ = huma.SetReadDeadline(w, time.Now().Add(answerTime)) // a server without deadlines is one of the tests
		b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, op.MaxBodyBytes-1))
		var large *http.MaxBytesError
		if err != nil && !errors.As(err, &large) {
			err = bad("the body broke off: %v", err)
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(b))
	}
	next(ctx)
}

// Paging is how a list is asked for page by page.
type Paging struct {
	Cursor string `query:"cursor" maxLength:"100" doc:"Of the page, as next gave it; without: the first"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50" doc:"At most so many"`
}

// Limited bounds a list that has one page.
type Limited struct {
	Limit int `query:"limit" minimum:"1" maximum:"500" default:"50" doc:"At most so many"`
}

// Days are a range of days, inclusive.
type Days struct {
	Since string `query:"since" format:"date" maxLength:"10" doc:"First day"`
	Until string `query:"until" format:"date" maxLength:"10" doc:"Last day"`
}

// Page is one page of a list.
type Page[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next" doc:"Cursor of the next page; null on the last"`
}

// paged is an answer with a page.
type paged[T any] struct {
	Link string `header:"Link" doc:"Address of the next page, with rel=\"next\""`
	Body Page[T]
}

// turn answers with a page of records, of which one more than the limit were
// asked for; mark says where the one stands that the page ends with.
func turn[T, W any](ctx context.Context, all []T, limit int, mark func(*T) dragoman.Mark, write func(*T) W) *paged[W] {
	out := &paged[W]{}
	if limit < len(all) {
		all = all[:limit]
		next := cursorOf(mark(&all[limit-1]))
		out.Link = fmt.Sprintf("<%s>; rel=\"next\"", follows(request(ctx).URL, next))
		out.Body.Next = &next
	}
	out.Body.Items = each(all, write)
	return out
}

// follows returns the address of the page that follows one.
func follows(u *url.URL, cursor string) string {
	q := u.Query()
	q.Set("cursor", cursor)
	return u.EscapedPath() + "?" + q.Encode()
}

// listed answers with all of a list at once.
func listed[T, W any](all []T, write func(*T) W) *paged[W] {
	return &paged[W]{Body: Page[W]{Items: each(all, write)}}
}

// answered is an answer with a record.
type answered[T any] struct{ Body T }
