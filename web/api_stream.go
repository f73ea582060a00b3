package web

import (
	"bufio"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"dragoman"
	"dragoman/clerk"
	"dragoman/exchange"
)

func (s *Server) streamOperations(to huma.API) {
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/stream", OperationID: "stream", Tags: []string{"articles"},
		Summary: "Be told of every article that is stored, as server-sent events",
		Description: "An event is article, its id the article's number, its data the article as JSON: the schema Article. " +
			"A comment every 20 seconds keeps the connection open. Whoever reads too slowly misses some; ask /articles when you were away.",
		Responses: textAnswer("text/event-stream", "Server-sent events, without end")}, func(context.Context, *struct{}) (*huma.StreamResponse, error) {
		return s.byHand(s.stream), nil
	})
}

// byHand has something answer that is no record.
func (s *Server) byHand(answer func(http.ResponseWriter, *http.Request) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		r, w := humago.Unwrap(ctx)
		if r.Method == http.MethodHead { // which wants no end of what has none
			return
		}
		if err := answer(w, r); err != nil {
			writeProblem(w, s.faultOf(r, err))
		}
	}}
}

// Health is how the server is.
type Health struct {
	Status string `json:"status" enum:"ok"`
}

// watchOperations are for what watches the server.
func (s *Server) watchOperations(to huma.API) {
	server := []string{"server"}
	ask(s, to, "", huma.Operation{Method: http.MethodGet, Path: "/health", OperationID: "getHealth", Tags: server,
		Summary: "Whether the database answers; open to everybody"}, func(ctx context.Context, _ *struct{}) (*answered[Health], error) {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		if _, err := s.Clerk.DB.Revision(ctx); err != nil {
			s.Log.Error("the database does not answer", "fault", err)
			return nil, &fault{http.StatusServiceUnavailable, "the database does not answer"}
		}
		return &answered[Health]{Health{"ok"}}, nil
	})
	s.counts.gauge("dragoman_last_article", "The number of the article stored last.", s.lastArticle)
	s.counts.gauge("dragoman_listeners", "Who listens to what is new.", func() float64 { return float64(s.live.listeners()) })
	figures := s.counts.handler()
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/metrics", OperationID: "getMetrics", Tags: server,
		Summary: "Figures for Prometheus", Responses: textAnswer("text/plain", "Prometheus's text format")}, func(context.Context, *struct{}) (*huma.StreamResponse, error) {
		return s.byHand(func(w http.ResponseWriter, r *http.Request) error { figures.ServeHTTP(w, r); return nil }), nil
	})
}

// patience is how long the database may take to answer those who watch.
const patience = 5 * time.Second

func (s *Server) lastArticle() float64 {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	n, err := s.Clerk.DB.LastArticle(ctx)
	if err != nil {
		s.Log.Error("the last article cannot be asked for", "fault", err)
	}
	return float64(n)
}

// Format is how an export is written.
type Format struct {
	Format string `query:"format" enum:"jsonl,csv" default:"jsonl" doc:"jsonl: a record a line, as in lists; csv: with a header row, lists within a cell separated by |"`
}

// EventFormat is how events are exported: as records of this API, or in a format of
// the field, which has a name of its own in exchange.Formats.
type EventFormat struct {
	Format string `query:"format" enum:"jsonl,csv,gdelt,gdelt-mentions,icews,polecat,phoenix,petrarch,graphml,edges,followthemoney,plover" default:"jsonl" doc:"jsonl: a record a line, as in lists; csv: with a header row, lists within a cell separated by |; else a format of the field, as dragoman export writes it: what cannot say who claims an event, or whether it was done, gets only what was done and is told by an outlet itself"`
	Claims bool   `query:"claims" doc:"In formats of the field that cannot say who claims an event, hold what is only claimed for facts"`
}

func (s *Server) exportOperations(to huma.API) {
	export := func(name, id, summary string) huma.Operation {
		return huma.Operation{Method: http.MethodGet, Path: "/api/v1/export/" + name, OperationID: id, Tags: []string{"export"}, Summary: summary,
			Description: "All at once, as a stream. One that breaks off ends without the end of its encoding, which programs take for an error.",
			Responses:   map[string]*huma.Response{"200": {Description: "A stream", Content: bodiesOf("application/jsonl", "text/csv")}}}
	}
	events := export("events", "exportEvents", "Export events, the newest first")
	for _, f := range exchange.Formats {
		if f.Write == nil {
			continue
		}
		for media, schema := range bodiesOf(f.Media) {
			events.Responses["200"].Content[media] = schema
		}
	}
	ask(s, to, dragoman.ScopeRead, events, s.exportEvents)
	ask(s, to, dragoman.ScopeRead, export("articles", "exportArticles", "Export articles, the newest stored first"), s.exportArticles)
	ask(s, to, dragoman.ScopeRead, export("ties", "exportTies", "Export ties as each article tells them, those of the articles stored last first"), s.exportTies)
}

// bodiesOf describes bodies of text.
func bodiesOf(types ...string) map[string]*huma.MediaType {
	all := map[string]*huma.MediaType{}
	for _, t := range types {
		all[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	return all
}

// outflow writes records as they come, in one of the formats.
type outflow struct {
	w    *bufio.Writer
	to   *http.ResponseController
	rows *csv.Writer // nil: JSON Lines
}

// flow answers with records of this API, as lines or rows.
func (s *Server) flow(f Format, name string, columns []string, more func(context.Context, *outflow) (bool, error)) *huma.StreamResponse {
	media, begin := "application/jsonl; charset=utf-8", func(*outflow) {}
	if f.Format == "csv" {
		media, begin = "text/csv; charset=utf-8; header=present", func(o *outflow) {
			o.rows = csv.NewWriter(o.w)
			_ = o.rows.Write(columns) // flush tells what is wrong
		}
	}
	return s.pour(media, name+"."+f.Format, begin, more)
}

// pour answers with a stream: more writes the next part of it until it returns
// false. What goes wrong after the beginning breaks the connection off, so that
// nobody takes a part for the whole.
func (s *Server) pour(media, name string, begin func(*outflow), more func(context.Context, *outflow) (bool, error)) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		r, w := humago.Unwrap(ctx)
		o := &outflow{w: bufio.NewWriterSize(w, 1<<16), to: http.NewResponseController(w)}
		w.Header().Set("Content-Type", media)
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
		w.Header().Set("Cache-Control", "no-store")
		if r.Method == http.MethodHead {
			return
		}
		begin(o)
		for {
			again, err := more(r.Context(), o)
			if err == nil {
				err = o.flush()
			}
			if err != nil {
				if r.Context().Err() == nil {
					s.Log.Error("an export broke off", "path", r.URL.Path, "fault", err)
				}
				panic(http.ErrAbortHandler)
			}
			if !again {
				return
			}
		}
	}}
}

// flush sends what was written, and gives the next part its own time.
func (o *outflow) flush() error {
	if o.rows != nil {
		o.rows.Flush()
		if err := o.rows.Error(); err != nil {
			return err
		}
	}
	_ = o.to.SetWriteDeadline(time.Now().Add(answerTime)) // a server without deadlines is one of the tests
	if err := o.w.Flush(); err != nil {
		return err
	}
	return o.to.Flush()
}

// put writes a record: v as JSON, or its cells.
func (o *outflow) put(v any, cells func() []string) error {
	if o.rows != nil {
		return o.rows.Write(cells())
	}
	e := json.NewEncoder(o.w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// batch is how many records an export holds at once.
const batch = 1000

var eventColumns = []string{"event", "day", "status", "type", "mode", "cameo", "quad", "tone", "actors", "actor_ids", "recipients", "recipient_ids",
	"place", "country", "lat", "lon", "source", "source_id", "evidence", "articles", "outlets", "origins", "sources", "confidence", "from", "to",
	"article", "outlet", "published", "url", "title"}

func (s *Server) exportEvents(ctx context.Context, in *struct {
	EventFilter
	EventFormat
}) (*huma.StreamResponse, error) {
	f, err := s.filter(ctx, &in.EventFilter)
	if err != nil {
		return nil, err
	}
	f.Limit = 1
	if _, err := s.Clerk.DB.Occurrences(ctx, f); err != nil { // what is wrong with the words is told before it begins
		return nil, asked(err)
	}
	f.Limit = 0
	if format, err := exchange.Named(in.EventFormat.Format); err == nil && format.Write != nil {
		return s.exportField(format, f, in.Claims)
	}
	records := clerk.Records{DB: s.Clerk.DB, Filter: f}
	return s.flow(Format{in.EventFormat.Format}, "events", eventColumns, func(ctx context.Context, o *outflow) (bool, error) {
		all, err := records.Next(ctx)
		for i := range all {
			e := entries{all[i].Article: all[i].Told}.event(&all[i].Occurrence)
			if err == nil {
				err = o.put(&e, e.cells)
			}
		}
		return len(all) > 0, err
	}), nil
}

// exportField answers with events in a format of the field.
func (s *Server) exportField(format exchange.Format, f dragoman.Filter, claims bool) (*huma.StreamResponse, error) {
	var err error
	if f.Statuses, err = format.Statuses(f.Statuses); err != nil {
		return nil, unfit("%v", err)
	}
	records := clerk.Records{DB: s.Clerk.DB, Filter: f, Facts: !format.Whole && !claims}
	var to exchange.Writer
	begin := func(o *outflow) { to = format.Write(o.w, s.book) }
	return s.pour(format.Media+"; charset=utf-8", "events-"+format.Name+format.Ending, begin, func(ctx context.Context, _ *outflow) (bool, error) {
		all, err := records.Next(ctx)
		for i := range all {
			if err == nil {
				err = to.Write(&all[i])
			}
		}
		if err == nil && len(all) == 0 {
			err = to.Close()
		}
		return len(all) > 0, err
	}), nil
}

// cell writes what may be unknown.
func cell[T any](v *T) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(*v)
}

// joined writes a list within a cell.
func joined[T any](all []T, write func(*T) string) string {
	return strings.Join(each(all, write), "|")
}

func partyName(p *Party) string { return p.Name }
func partyID(p *Party) string   { return p.ID }

// cells are what a source is called, and its id; empty for none.
func (s *Source) cells() (name, id string) {
	switch {
	case s == nil:
		return "", ""
	case s.Actor != nil:
		return s.Actor.Name, s.Actor.ID
	}
	return cmp.Or(cell(s.Text), "somebody unnamed"), ""
}

func (e *Event) cells() []string {
	place := Place{}
	if e.Place != nil {
		place = *e.Place
	}
	source, sourceID := e.AccordingTo.cells()
	a := &e.Article
	return []string{strconv.FormatInt(e.Number, 10), cell(e.Day), e.Status, e.Type, strings.Join(e.Modes, "|"), cell(e.CAMEO), cell(e.Quad), fmt.Sprint(int(e.Tone)),
		joined(e.Actors, partyName), joined(e.Actors, partyID), joined(e.Recipients, partyName), joined(e.Recipients, partyID),
		place.Name, cell(place.Country), cell(place.Lat), cell(place.Lon), source, sourceID, e.Evidence, strconv.Itoa(e.Articles), strconv.Itoa(e.Outlets),
		strconv.Itoa(e.Origins), strconv.Itoa(e.Sources), fmt.Sprint(e.Confidence), cell(e.From), cell(e.To), strconv.FormatInt(a.Number, 10), cell(a.Outlet),
		cell(a.Published), cell(a.URL), cell(a.Title)}
}

var articleColumns = []string{"article", "id", "published", "outlet", "title", "url", "language", "origin", "copy_of", "version", "added"}

func (a *Article) cells() []string {
	return []string{strconv.FormatInt(a.Number, 10), a.ID, cell(a.Published), cell(a.Outlet), cell(a.Title), cell(a.URL), cell(a.Language), cell(a.Origin),
		cell(a.CopyOf), a.Version, a.Added.Format(time.RFC3339)}
}

// articles hands all articles of a filter to each, a batch at a time; it
// returns false after the last.
func (s *Server) articles(ctx context.Context, f *dragoman.ArticleFilter, each func(*dragoman.Entry) error) (bool, error) {
	all, err := s.Clerk.DB.Articles(ctx, *f)
	if err != nil || len(all) == 0 {
		return false, err
	}
	for i := range all {
		if err := each(&all[i]); err != nil {
			return false, err
		}
	}
	f.Before = all[len(all)-1].Number
	return len(all) == f.Limit, nil
}

// articlesToExport is the filter of an export, which can be asked for.
func (s *Server) articlesToExport(ctx context.Context, in *ArticleFilter) (f dragoman.ArticleFilter, err error) {
	if f, err = in.filter(); err != nil {
		return f, err
	}
	f.Limit = 1
	_, err = s.Clerk.DB.Articles(ctx, f) // what is wrong with the words is told before it begins
	f.Limit = batch
	return f, asked(err)
}

func (s *Server) exportArticles(ctx context.Context, in *struct {
	ArticleFilter
	Format
}) (*huma.StreamResponse, error) {
	f, err := s.articlesToExport(ctx, &in.ArticleFilter)
	if err != nil {
		return nil, err
	}
	return s.flow(in.Format, "articles", articleColumns, func(ctx context.Context, o *outflow) (bool, error) {
		return s.articles(ctx, &f, func(e *dragoman.Entry) error {
			a := wireArticle(e)
			return o.put(&a, a.cells)
		})
	}), nil
}

var tieColumns = []string{"tie", "subject", "subject_id", "relation", "object", "object_id", "role", "from", "to", "status", "source", "source_id", "evidence",
	"confidence", "published", "article"}

func (t *Standing) cells() []string {
	source, id := t.AccordingTo.cells()
	return []string{strconv.FormatInt(t.Number, 10), t.Subject.Name, t.Subject.ID, t.Relation, t.Object.Name, t.Object.ID, cell(t.Role), cell(t.From), cell(t.To),
		t.Status, source, id, t.Evidence, fmt.Sprint(t.Confidence), cell(t.Published), strconv.FormatInt(t.Article, 10)}
}

func (s *Server) exportTies(ctx context.Context, in *struct {
	ArticleFilter
	MinConfidence Sure `query:"min_confidence"`
	Format
}) (*huma.StreamResponse, error) {
	minimum, err := s.minimum(in.MinConfidence)
	if err != nil {
		return nil, err
	}
	f, err := s.articlesToExport(ctx, &in.ArticleFilter)
	if err != nil {
		return nil, err
	}
	return s.flow(in.Format, "ties", tieColumns, func(ctx context.Context, o *outflow) (bool, error) {
		return s.articles(ctx, &f, func(e *dragoman.Entry) error {
			all, err := s.Clerk.DB.TiesIn(ctx, e.Number)
			for i := range all {
				if err == nil && all[i].Confidence >= minimum {
					t := wireStanding(&all[i])
					err = o.put(&t, t.cells)
				}
			}
			return err
		})
	}), nil
}
