package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"dragoman"
	"dragoman/article"
	"dragoman/clerk"
	"dragoman/export"
	"dragoman/story"
)

// ArticleFilter says which articles are wanted.
type ArticleFilter struct {
	Text   string `query:"text" maxLength:"400" doc:"Words of the title or text: words, \"phrases\", AND, OR, NOT, brackets, beginnings*"`
	Outlet string `query:"outlet" maxLength:"200"`
	Days
}

func (f *ArticleFilter) filter() (dragoman.ArticleFilter, error) {
	from, to, err := clerk.Days(f.Since, f.Until)
	return dragoman.ArticleFilter{Text: f.Text, Outlet: f.Outlet, From: from, To: to}, err
}

// numbered is a path with a number of the store.
type numbered struct {
	Number int64 `path:"number" minimum:"1"`
}

// NewArticle is an article to be read. It is taken as a line of JSON Lines is:
// the title, where there is one, is put before the text unless that begins with it.
type NewArticle struct {
	ID        string `json:"id,omitempty" maxLength:"1000" doc:"As the outlet names it; else made from the text"`
	Title     string `json:"title,omitempty" maxLength:"1000"`
	Text      string `json:"text" minLength:"1" maxLength:"1048576" doc:"At most 1 MB of UTF-8"`
	URL       string `json:"url,omitempty" maxLength:"2000"`
	Outlet    string `json:"outlet,omitempty" maxLength:"200"`
	Language  string `json:"language,omitempty" maxLength:"35" doc:"ISO 639-1; else found out"`
	Published string `json:"published,omitempty" maxLength:"40" doc:"Day of publication or an RFC 3339 time, whose date is kept"`
}

// maxText bounds a text that is read for a program.
const maxText = 1 << 20

// article makes an article of it.
func (n *NewArticle) article() (dragoman.Article, error) {
	if len(n.Text) > maxText {
		return dragoman.Article{}, &fault{http.StatusRequestEntityTooLarge, fmt.Sprintf("the text has %d bytes; up to %d are read", len(n.Text), maxText)}
	}
	b, err := json.Marshal(n)
	if err != nil {
		return dragoman.Article{}, err
	}
	in, err := article.New("body.jsonl", io.NopCloser(bytes.NewReader(b)))
	if err != nil {
		return dragoman.Article{}, asked(err)
	}
	defer in.Close()
	a, err := in.Next()
	var f *article.Fault
	if errors.As(err, &f) {
		err = f.Unwrap() // it is not about a line
	}
	return a, asked(err)
}

func (s *Server) articleOperations(to huma.API) {
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/articles", OperationID: "listArticles", Tags: []string{"articles"},
		Summary: "List articles, the newest stored first"}, s.listArticles)
	ask(s, to, dragoman.ScopeAdd, huma.Operation{Method: http.MethodPost, Path: "/api/v1/articles", OperationID: "addArticle", Tags: []string{"articles"},
		Summary:     "Read an article and store it",
		Description: "201 where it is new, 200 where it was there already. Alerts are held against it afterwards.", DefaultStatus: http.StatusCreated,
		MaxBodyBytes: maxBody, Errors: []int{http.StatusRequestEntityTooLarge},
		Responses: map[string]*huma.Response{"200": {Description: "It was there", Content: contentOf[Article](to)}}}, s.addArticle)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/articles/{number}", OperationID: "getArticle", Tags: []string{"articles"},
		Summary: "Get an article"}, s.getArticle)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/articles/{number}/reading", OperationID: "getReading", Tags: []string{"articles"},
		Summary:   "Get the reading of an article, with its text",
		Responses: map[string]*huma.Response{"200": {Description: "The reading as it was stored", Content: readingContent(to)}}}, s.getReading)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/articles/{number}/brief", OperationID: "getBrief", Tags: []string{"articles"},
		Summary: "What is new in an article, and what is remembered of what it tells"}, s.getBrief)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodPost, Path: "/api/v1/read", OperationID: "read", Tags: []string{"articles"},
		Summary: "Read a text and store nothing", MaxBodyBytes: maxBody, Errors: []int{http.StatusRequestEntityTooLarge},
		Responses: map[string]*huma.Response{"200": {Description: "The reading", Content: readingContent(to)}}}, s.read)
}

// contentOf describes an answer that is a record as JSON.
func contentOf[T any](to huma.API) map[string]*huma.MediaType {
	return map[string]*huma.MediaType{"application/json": {Schema: to.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")}}
}

// readingContent describes a reading. A cue, which is an object, may be null in
// it, which tags cannot say.
func readingContent(to huma.API) map[string]*huma.MediaType {
	content := contentOf[export.Reading](to)
	of := to.OpenAPI().Components.Schemas.Map()["ReadingAttribution"].Properties
	if of["cue"].Ref != "" {
		of["cue"] = &huma.Schema{AnyOf: []*huma.Schema{of["cue"], {Type: "null"}}}
	}
	return content
}

// raw is an answer that is written already.
type raw struct {
	Type string `header:"Content-Type"`
	Body []byte
}

func (s *Server) listArticles(ctx context.Context, in *struct {
	ArticleFilter
	Paging
}) (*paged[Article], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	after, err := markOf(in.Cursor)
	if err != nil {
		return nil, err
	}
	f.Before, f.Limit = after.Number, in.Limit+1
	all, err := s.Clerk.DB.Articles(ctx, f)
	if err != nil {
		return nil, asked(err)
	}
	return turn(ctx, all, in.Limit, articleMark, wireArticle), nil
}

func articleMark(e *dragoman.Entry) dragoman.Mark { return dragoman.Mark{Number: e.Number} }

// stored returns an article that is there.
func (s *Server) stored(ctx context.Context, number int64) (dragoman.Entry, error) {
	e, ok, err := s.entry(ctx, number)
	if err == nil && !ok {
		err = missing("there is no article %d", number)
	}
	return e, err
}

func (s *Server) getArticle(ctx context.Context, in *numbered) (*answered[Article], error) {
	e, err := s.stored(ctx, in.Number)
	if err != nil {
		return nil, err
	}
	return &answered[Article]{wireArticle(&e)}, nil
}

func (s *Server) getReading(ctx context.Context, in *numbered) (*raw, error) {
	if _, err := s.stored(ctx, in.Number); err != nil {
		return nil, err
	}
	b, err := s.Clerk.DB.Reading(ctx, in.Number)
	return &raw{"application/json", b}, err
}

func (s *Server) getBrief(ctx context.Context, in *numbered) (*answered[Brief], error) {
	e, err := s.stored(ctx, in.Number)
	if err != nil {
		return nil, err
	}
	return recall(ctx, s.memo, s.Clerk.DB, "api brief "+strconv.FormatInt(in.Number, 10), func(ctx context.Context) (*answered[Brief], error) {
		b, err := s.Clerk.Desk.Brief(ctx, s.Clerk.DB, e, story.Options{Confidence: s.Minimum})
		if err != nil {
			return nil, err
		}
		var n numbersOf
		n.brief(b)
		told, err := s.Clerk.DB.Entries(ctx, n)
		return &answered[Brief]{entries(told).brief(b)}, err
	})
}

// added is an article that was to be stored.
type added struct {
	Status int
	Body   Article
}

func (s *Server) addArticle(ctx context.Context, in *struct{ Body NewArticle }) (*added, error) {
	a, err := in.Body.article()
	if err != nil {
		return nil, err
	}
	number, fresh, err := s.Clerk.Add(ctx, a)
	if err != nil {
		return nil, err
	}
	out := &added{Status: http.StatusOK}
	if fresh {
		out.Status = http.StatusCreated
		s.afterwards()
	}
	e, err := s.stored(ctx, number)
	out.Body = wireArticle(&e)
	return out, err
}

func (s *Server) read(ctx context.Context, in *struct{ Body NewArticle }) (*raw, error) {
	a, err := in.Body.article()
	if err != nil {
		return nil, err
	}
	d, err := s.Clerk.Read(ctx, a)
	if err != nil {
		return nil, err
	}
	b, err := export.NewReading(&d, s.Clerk.Program, clerk.Least).JSON()
	return &raw{"application/json", b}, err
}
