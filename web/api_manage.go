package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"dragoman"
	"dragoman/clerk"
	"dragoman/store"
)

func (s *Server) correctionOperations(to huma.API) {
	corrections := []string{"corrections"}
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/corrections", OperationID: "listCorrections", Tags: corrections,
		Summary: "List corrections, undone ones too, the newest first"}, s.listCorrections)
	ask(s, to, dragoman.ScopeCorrect, huma.Operation{Method: http.MethodPost, Path: "/api/v1/corrections", OperationID: "correct", Tags: corrections,
		Summary:     "Correct what was read",
		Description: "wrong: the event is none. recode: it has another type, CAMEO code or status. party: in this event, an actor is another. place: it was at another place, or at none that is known. untie: the tie is none. retie: it is another, or between others. merge, merge-place: one actor or place is another, everywhere and from now on. It is made in the name of the token. The answer has one correction for each report of the event.", DefaultStatus: http.StatusCreated}, s.makeCorrection)
	ask(s, to, dragoman.ScopeCorrect, huma.Operation{Method: http.MethodDelete, Path: "/api/v1/corrections/{number}", OperationID: "undoCorrection", Tags: corrections,
		Summary: "Take a correction back", Description: "It stays in the list, as undone.", Errors: []int{http.StatusConflict}}, s.undoCorrection)
}

func (s *Server) listCorrections(ctx context.Context, in *Paging) (*paged[Correction], error) {
	before, err := markOf(in.Cursor)
	if err != nil {
		return nil, err
	}
	all, err := s.Clerk.DB.Corrections(ctx)
	if err != nil {
		return nil, err
	}
	slices.Reverse(all)
	if before.Number != 0 {
		all = slices.DeleteFunc(all, func(c dragoman.Correction) bool { return c.Number >= before.Number })
	}
	return turn(ctx, all, in.Limit, func(c *dragoman.Correction) dragoman.Mark { return dragoman.Mark{Number: c.Number} }, wireCorrection), nil
}

// NewCorrection is what somebody says is otherwise than it was read.
type NewCorrection struct {
	Action string `json:"action" enum:"wrong,recode,party,place,untie,retie,merge,merge-place"`
	Event  string `json:"event,omitempty" maxLength:"2000" doc:"wrong, recode, party, place: the number of an event, for all its reports; or ARTICLE/ID, as 7/e3, for what one article tells"`
	Type   string `json:"type,omitempty" maxLength:"20" doc:"recode: a PLOVER type"`
	CAMEO  string `json:"cameo,omitempty" maxLength:"10" doc:"recode: a CAMEO code, which brings its type"`
	Status string `json:"status,omitempty" maxLength:"20" doc:"recode: a status"`
	Old    string `json:"old,omitempty" maxLength:"300" doc:"party, merge: id of an actor; merge-place: id or name of a place"`
	New    string `json:"new,omitempty" maxLength:"300" doc:"Of the one that it is instead; with place empty for none"`
	Tie    string `json:"tie,omitempty" maxLength:"2000" doc:"untie, retie: ARTICLE/ID, as 7/t3"`

	Subject  string `json:"subject,omitempty" maxLength:"300" doc:"retie: id of an actor; what is not given stays"`
	Relation string `json:"relation,omitempty" maxLength:"30" doc:"retie: as in docs/reading.md"`
	Object   string `json:"object,omitempty" maxLength:"300" doc:"retie: id of an actor"`
	Role     string `json:"role,omitempty" maxLength:"300" doc:"retie: the office or function"`
	Note     string `json:"note,omitempty" maxLength:"2000" doc:"Why"`
}

func (s *Server) makeCorrection(ctx context.Context, in *struct{ Body NewCorrection }) (*paged[Correction], error) {
	b := &in.Body
	made, err := s.Clerk.Correct(ctx, clerk.Amendment{Action: b.Action, Event: b.Event, Type: b.Type, CAMEO: b.CAMEO, Status: b.Status, Old: b.Old, New: b.New,
		Tie: b.Tie, Bond: dragoman.Bond{Subject: b.Subject, Relation: b.Relation, Object: b.Object, Role: b.Role},
		Who: who(ctx).name, Note: b.Note})
	if err != nil {
		return nil, asked(err)
	}
	all, err := s.Clerk.DB.Corrections(ctx)
	all = slices.DeleteFunc(all, func(c dragoman.Correction) bool {
		return !slices.ContainsFunc(made, func(m dragoman.Correction) bool { return m.Number == c.Number })
	})
	return listed(all, wireCorrection), err
}

func (s *Server) undoCorrection(ctx context.Context, in *numbered) (*struct{}, error) {
	all, err := s.Clerk.DB.Corrections(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(c dragoman.Correction) bool { return c.Number == in.Number })
	switch {
	case i < 0:
		return nil, missing("there is no correction %d", in.Number)
	case !all[i].Undone.IsZero():
		return nil, &fault{http.StatusConflict, "it is undone already"}
	}
	return nil, asked(s.Clerk.DB.Undo(ctx, in.Number))
}

func (s *Server) alertOperations(to huma.API) {
	alerts := []string{"alerts"}
	ask(s, to, dragoman.ScopeManage, huma.Operation{Method: http.MethodGet, Path: "/api/v1/alerts", OperationID: "listAlerts", Tags: alerts,
		Summary: "List alerts, and how often they fired"}, s.listAlerts)
	ask(s, to, dragoman.ScopeManage, huma.Operation{Method: http.MethodPost, Path: "/api/v1/alerts", OperationID: "addAlert", Tags: alerts,
		Summary:       "Add an alert",
		Description:   "when: any, every event that was not told before; first, one such as was not remembered in so many days; nth, one that makes n different officials of one side do the same within so many days; change, the relation of the two of between changed.",
		DefaultStatus: http.StatusCreated, Errors: []int{http.StatusConflict}}, s.makeAlert)
	ask(s, to, dragoman.ScopeManage, huma.Operation{Method: http.MethodDelete, Path: "/api/v1/alerts/{name}", OperationID: "removeAlert", Tags: alerts,
		Summary: "Remove an alert and what it fired for"}, s.dropAlert)
	ask(s, to, dragoman.ScopeManage, huma.Operation{Method: http.MethodGet, Path: "/api/v1/alerts/{name}/firings", OperationID: "listFirings", Tags: alerts,
		Summary: "List what an alert fired for, the newest first, once for each way in which it is told"}, s.listFirings)
}

// ways writes out how alerts tell.
func ways(all []dragoman.Way) []Way { return each(all, wireWay) }

// wireWay leaves out a password that an address may have.
func wireWay(w *dragoman.Way) Way {
	address := w.Address
	if u, err := url.Parse(address); err == nil && w.Posts() {
		address = u.Redacted()
	}
	return Way{w.Kind, address}
}

func wireAlert(a *dragoman.Alert) (Alert, error) {
	r, err := clerk.RuleOf(a)
	if err != nil {
		return Alert{}, err
	}
	return Alert{Number: a.Number, Name: a.Name, Rule: wireRule(r), Says: clerk.RuleText(r), Ways: ways(a.Ways), Made: a.Made, Looked: a.Looked,
		Fired: a.Fired, Pending: a.Pending, Failed: a.Failed, Last: moment(a.Last)}, nil
}

func (s *Server) alerts(ctx context.Context) ([]dragoman.Alert, error) {
	all, err := s.Clerk.DB.Alerts(ctx)
	if err != nil {
		return nil, err
	}
	return all, s.Clerk.DB.Count(ctx, all)
}

// alert returns the alert of a name.
func (s *Server) alert(ctx context.Context, name string) (dragoman.Alert, error) {
	all, err := s.alerts(ctx)
	if err != nil {
		return dragoman.Alert{}, err
	}
	for _, a := range all {
		if a.Name == name {
			return a, nil
		}
	}
	return dragoman.Alert{}, missing("there is no alert %q", name)
}

func (s *Server) listAlerts(ctx context.Context, _ *struct{}) (*paged[Alert], error) {
	all, err := s.alerts(ctx)
	if err != nil {
		return nil, err
	}
	out := &paged[Alert]{Body: Page[Alert]{Items: []Alert{}}}
	for i := range all {
		a, err := wireAlert(&all[i])
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, a)
	}
	return out, nil
}

// NewAlert is an alert as a person names it.
type NewAlert struct {
	Name          string   `json:"name" minLength:"1" maxLength:"100"`
	Between       []string `json:"between,omitempty" maxItems:"2" maxLength:"200" doc:"Two actors, either way; or one, in whatever it is. By id or name, as in by and to"`
	By            string   `json:"by,omitempty" maxLength:"200" doc:"Who acts"`
	To            string   `json:"to,omitempty" maxLength:"200" doc:"Whom it is done to"`
	Types         []string `json:"types,omitempty" maxItems:"20" maxLength:"20" doc:"PLOVER types"`
	Statuses      []string `json:"statuses,omitempty" maxItems:"6" enum:"happened,ongoing,planned,hypothetical,negated,denied"`
	Place         string   `json:"place,omitempty" maxLength:"200" doc:"Where, or in what, by id or name"`
	Text          string   `json:"text,omitempty" maxLength:"400" doc:"Words that all stand in the evidence"`
	When          string   `json:"when,omitempty" enum:"any,first,nth,change" default:"any"`
	N             int      `json:"n,omitempty" minimum:"0" maximum:"10000" doc:"With nth; without: 2"`
	Days          int      `json:"days,omitempty" minimum:"0" maximum:"36500" doc:"With first and nth; without: 365 and 7"`
	MinConfidence *float64 `json:"min_confidence,omitempty" minimum:"0" maximum:"1"`
	Webhooks      []string `json:"webhooks,omitempty" maxItems:"10" maxLength:"2000" doc:"Addresses to which it is posted as JSON"`
	Mails         []string `json:"mails,omitempty" maxItems:"10" maxLength:"320" doc:"Mail addresses"`
	Past          bool     `json:"past,omitempty" doc:"It fires for what is stored already too"`
}

func (s *Server) makeAlert(ctx context.Context, in *struct{ Body NewAlert }) (*answered[Alert], error) {
	b := &in.Body
	o := clerk.Order{Name: b.Name, Between: b.Between, By: b.By, To: b.To, Types: b.Types, Statuses: b.Statuses, Place: b.Place, Text: b.Text, When: b.When,
		N: b.N, Days: b.Days, Confidence: s.Minimum, Webhooks: b.Webhooks, Mails: b.Mails, Public: !s.Private}
	if b.MinConfidence != nil {
		o.Confidence = *b.MinConfidence
	}
	a, _, err := s.Clerk.Alert(ctx, &o)
	if err != nil {
		return nil, asked(err)
	}
	var f *fault
	if _, err := s.alert(ctx, a.Name); err == nil {
		return nil, &fault{http.StatusConflict, "there is an alert of that name already"}
	} else if !errors.As(err, &f) {
		return nil, err
	}
	if err := s.Clerk.AddAlert(ctx, a, b.Past); err != nil {
		return nil, asked(err)
	}
	if b.Past {
		s.afterwards()
	}
	if a, err = s.alert(ctx, a.Name); err != nil {
		return nil, err
	}
	w, err := wireAlert(&a)
	return &answered[Alert]{w}, err
}

// alertNamed is a path with the name of an alert.
type alertNamed struct {
	Name string `path:"name" maxLength:"300"`
}

func (s *Server) dropAlert(ctx context.Context, in *alertNamed) (*struct{}, error) {
	if _, err := s.alert(ctx, in.Name); err != nil {
		return nil, err
	}
	return nil, asked(s.Clerk.DB.RemoveAlert(ctx, in.Name))
}

func (s *Server) listFirings(ctx context.Context, in *struct {
	alertNamed
	Name string `path:"name" maxLength:"300"`
	Paging
}) (*paged[Firing], error) {
	a, err := s.alert(ctx, in.Name)
	if err != nil {
		return nil, err
	}
	before, err := markOf(in.Cursor)
	if err != nil {
		return nil, err
	}
	all, err := s.Clerk.DB.Fired(ctx, a.Number, before.Number, in.Limit+1)
	if err != nil {
		return nil, err
	}
	var n numbersOf
	for i := range all {
		n = append(n, all[i].Article)
	}
	told, err := s.Clerk.DB.Entries(ctx, n)
	return turn(ctx, all, in.Limit, func(d *dragoman.Delivery) dragoman.Mark { return dragoman.Mark{Number: d.Number} }, entries(told).firing), err
}

func (in entries) firing(d *dragoman.Delivery) Firing {
	d.Event.Article = d.Article
	return Firing{Number: d.Number, Alert: d.Name, Article: d.Article, Subject: d.Subject, Body: d.Body, Event: in.report(&d.Event), Way: wireWay(&d.Way),
		Made: d.Made, Delivered: moment(d.Delivered), Attempts: d.Attempts, Fault: orNull(d.Fault)}
}

func (s *Server) feedOperations(to huma.API) {
	feeds := []string{"feeds"}
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/feeds", OperationID: "listFeeds", Tags: feeds,
		Summary: "List the feeds that are followed, and how they are"}, s.listFeeds)
	ask(s, to, dragoman.ScopeManage, huma.Operation{Method: http.MethodPost, Path: "/api/v1/feeds", OperationID: "addFeed", Tags: feeds,
		Summary: "Follow a feed, or all of an OPML list at an address with opml in it", DefaultStatus: http.StatusCreated}, s.makeFeed)
	ask(s, to, dragoman.ScopeManage, huma.Operation{Method: http.MethodDelete, Path: "/api/v1/feeds/{number}", OperationID: "removeFeed", Tags: feeds,
		Summary: "Follow a feed no longer", Description: "Its articles stay."}, s.dropFeed)
	ask(s, to, dragoman.ScopeManage, huma.Operation{Method: http.MethodPost, Path: "/api/v1/feeds/opml", OperationID: "addOPML", Tags: feeds,
		Summary: "Follow all feeds of an OPML list", DefaultStatus: http.StatusCreated, MaxBodyBytes: maxBody, Errors: []int{http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity}}, s.makeFeeds)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/feeds.opml", OperationID: "getOPML", Tags: feeds,
		Summary:   "Get the feeds that are followed as an OPML list",
		Responses: textAnswer("text/x-opml", "OPML 2.0")}, s.getOPML)
}

// textAnswer describes an answer that is no JSON.
func textAnswer(kind, what string) map[string]*huma.Response {
	return map[string]*huma.Response{"200": {Description: what, Content: map[string]*huma.MediaType{kind: {Schema: &huma.Schema{Type: huma.TypeString}}}}}
}

func (s *Server) listFeeds(ctx context.Context, _ *struct{}) (*paged[Feed], error) {
	all, err := s.Clerk.DB.Feeds(ctx)
	return listed(all, wireFeed), err
}

// FeedsAdded says how many feeds are followed that were not before.
type FeedsAdded struct {
	Named int `json:"named" doc:"Feeds that were named"`
	Added int `json:"added" doc:"Of these, those that were not followed yet"`
}

func (s *Server) follow(ctx context.Context, feeds []store.Feed, err error) (*answered[FeedsAdded], error) {
	if err != nil {
		return nil, asked(err)
	}
	n, err := s.Clerk.DB.AddFeeds(ctx, feeds...)
	return &answered[FeedsAdded]{FeedsAdded{len(feeds), n}}, err
}

func (s *Server) makeFeed(ctx context.Context, in *struct {
	Body struct {
		URL string `json:"url" minLength:"1" maxLength:"2000" doc:"http or https"`
	}
}) (*answered[FeedsAdded], error) {
	feeds, err := clerk.FeedsAt(ctx, s.Fetcher, in.Body.URL)
	return s.follow(ctx, feeds, err)
}

func (s *Server) makeFeeds(ctx context.Context, in *struct {
	RawBody []byte `contentType:"text/x-opml"`
}) (*answered[FeedsAdded], error) {
	feeds, err := clerk.FeedsIn("the list", in.RawBody)
	return s.follow(ctx, feeds, err)
}

func (s *Server) dropFeed(ctx context.Context, in *numbered) (*struct{}, error) {
	all, err := s.Clerk.DB.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if f.Number == in.Number {
			_, err := s.Clerk.DB.RemoveFeed(ctx, f.URL)
			return nil, err
		}
	}
	return nil, missing("there is no feed %d", in.Number)
}

func (s *Server) getOPML(ctx context.Context, _ *struct{}) (*raw, error) {
	all, err := s.Clerk.DB.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = clerk.WriteOPML(&b, all)
	return &raw{"text/x-opml; charset=utf-8", b.Bytes()}, err
}
