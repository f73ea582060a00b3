package web

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"dragoman"
	"dragoman/clerk"
	"dragoman/story"
)

// Sure is how sure what is told has to be at least, where that is asked for.
type Sure struct {
	Value float64
	given bool
}

// Receiver, OnParamSet and Schema are for huma.
func (c *Sure) Receiver() reflect.Value { return reflect.ValueOf(&c.Value).Elem() }

// OnParamSet notes whether it is asked for.
func (c *Sure) OnParamSet(given bool, _ any) { c.given = given }

// Schema describes it.
func (c *Sure) Schema(huma.Registry) *huma.Schema {
	least, most := 0.0, 1.0
	return &huma.Schema{Type: huma.TypeNumber, Minimum: &least, Maximum: &most, Description: "At least so sure; without: as sure as the server tells"}
}

// minimum returns how sure what is told has to be.
func (s *Server) minimum(c Sure) (float64, error) {
	if !c.given {
		return s.Minimum, nil
	}
	if !(c.Value >= 0 && c.Value <= 1) { // NaN is in no range, and out of none
		return 0, unfit("min_confidence goes from 0 to 1")
	}
	return c.Value, nil
}

// unfit is a fault of what was asked.
func unfit(format string, args ...any) error {
	return &fault{http.StatusUnprocessableEntity, fmt.Sprintf(format, args...)}
}

// EventFilter says which events are wanted, by the names of the flags of
// dragoman events. Whoever is named is so by number, id or name.
type EventFilter struct {
	Between       []string `query:"between" maxItems:"2" minLength:"1" maxLength:"200" doc:"Two actors, either way, separated by a comma; or one, in whatever it is. An actor stands for all who act for it. By number, id or name, as in by, to and source"`
	By            string   `query:"by" maxLength:"200" doc:"Who acts"`
	To            string   `query:"to" maxLength:"200" doc:"Whom it is done to"`
	Type          []string `query:"type" maxItems:"20" maxLength:"20" doc:"PLOVER types, separated by commas"`
	Status        []string `query:"status" maxItems:"6" enum:"happened,ongoing,planned,hypothetical,negated,denied" doc:"Separated by commas"`
	Place         string   `query:"place" maxLength:"200" doc:"Where, or in what, by id or name"`
	Outlet        string   `query:"outlet" maxLength:"200" doc:"Told by this outlet"`
	Source        string   `query:"source" maxLength:"200" doc:"Claimed by this source"`
	Text          string   `query:"text" maxLength:"400" doc:"Words of the evidence: words, \"phrases\", AND, OR, NOT, brackets, beginnings*"`
	MinConfidence Sure     `query:"min_confidence"`
	Days
}

// filter looks up what is named.
func (s *Server) filter(ctx context.Context, f *EventFilter) (q dragoman.Filter, err error) {
	w := clerk.Wanted{Between: slices.Clone(f.Between), By: f.By, To: f.To, Types: f.Type, Statuses: f.Status, Place: strings.TrimSpace(f.Place), Files: s.Files,
		Since: f.Since, Until: f.Until, Outlet: strings.TrimSpace(f.Outlet), Source: f.Source, Text: strings.TrimSpace(f.Text)}
	for _, t := range f.Type {
		if !slices.ContainsFunc(s.words.types, func(x term) bool { return strings.EqualFold(x.Code, t) }) {
			return q, unfit("there is no type of event %q; types are as ASSAULT, CONSULT, THREATEN", t)
		}
	}
	names := []*string{&w.By, &w.To, &w.Source}
	for i := range w.Between {
		names = append(names, &w.Between[i])
	}
	for _, name := range names {
		if *name == "" {
			continue
		}
		k, _, err := s.whom(ctx, *name)
		if err != nil {
			return q, err
		}
		*name = k.ID
	}
	minimum, err := s.minimum(f.MinConfidence)
	if err != nil {
		return q, err
	}
	q, _, err = w.Filter(ctx, s.Clerk.DB, minimum)
	return q, err
}

func (s *Server) eventOperations(to huma.API) {
	events := []string{"events"}
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/events", OperationID: "listEvents", Tags: events,
		Summary: "List events, the newest first", Description: "Reports of one event by several articles are one event, as the surest tells it."}, s.listEvents)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/events/{number}", OperationID: "getEvent", Tags: events,
		Summary: "Get an event with all its reports"}, s.getEvent)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/facets", OperationID: "getFacets", Tags: events,
		Summary: "Count of what kinds events are", Description: "The newest 5,000 that the filter wants are counted."}, s.getFacets)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/places", OperationID: "listPlaces", Tags: events,
		Summary:     "List where events were, the places with the most first",
		Description: "What is known to be somewhere in a country is at the country, not at any town."}, s.listPlaces)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/search", OperationID: "search", Tags: events,
		Summary: "Find articles and events by their words"}, s.searchAll)
	relations := []string{"relations"}
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/relations", OperationID: "listRelations", Tags: relations,
		Summary: "List who did most to each other in a period", Description: "Only what was done counts, not what was planned or denied. Without since and until it is the year up to the newest publication."}, s.listRelations)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/relations/{a}/{b}", OperationID: "getRelation", Tags: relations,
		Summary: "The relation of two over time: what was done, when it changed, where it is heading"}, s.getRelation)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/claims", OperationID: "listClaims", Tags: relations,
		Summary: "List what sources say about both of two, the newest first"}, s.listClaims)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/ties", OperationID: "listTies", Tags: relations,
		Summary: "List what stands: who supports, hosts, leads, is at war with whom; what was told last first"}, s.listTies)
}

func (s *Server) listEvents(ctx context.Context, in *struct {
	EventFilter
	Paging
}) (*paged[Event], error) {
	f, err := s.filter(ctx, &in.EventFilter)
	if err != nil {
		return nil, err
	}
	if f.After, err = markOf(in.Cursor); err != nil {
		return nil, err
	}
	f.Limit = in.Limit + 1
	all, err := s.Clerk.DB.Occurrences(ctx, f)
	if err != nil {
		return nil, asked(err)
	}
	told, err := s.articlesOf(ctx, all)
	return turn(ctx, all, in.Limit, eventMark, told.event), err
}

func eventMark(o *dragoman.Occurrence) dragoman.Mark {
	return dragoman.Mark{Day: o.Day, Number: o.Number}
}

// articlesOf returns the articles whose reports describe events.
func (s *Server) articlesOf(ctx context.Context, all []dragoman.Occurrence) (entries, error) {
	var n numbersOf
	n.events(all...)
	return s.Clerk.DB.Entries(ctx, n)
}

// EventReports is an event with all who tell it.
type EventReports struct {
	Event   Event    `json:"event"`
	Reports []Report `json:"reports"`
}

func (s *Server) getEvent(ctx context.Context, in *numbered) (*answered[EventReports], error) {
	o, reports, ok, err := s.Clerk.DB.Occurrence(ctx, in.Number)
	if err == nil && !ok {
		err = missing("no event %d is remembered; it may have been corrected as wrong", in.Number)
	}
	if err != nil {
		return nil, err
	}
	var n numbersOf
	n.events(o)
	n.reports(reports...)
	all, err := s.Clerk.DB.Entries(ctx, n)
	told := entries(all)
	return &answered[EventReports]{EventReports{told.event(&o), each(reports, told.report)}}, err
}

func (s *Server) getFacets(ctx context.Context, in *EventFilter) (*answered[Facets], error) {
	f, err := s.filter(ctx, in)
	if err != nil {
		return nil, err
	}
	all, err := s.facets(ctx, f)
	return &answered[Facets]{wireFacets(&all)}, asked(err)
}

func (s *Server) listPlaces(ctx context.Context, in *struct {
	EventFilter
	Limited
}) (*paged[Spot], error) {
	f, err := s.filter(ctx, &in.EventFilter)
	if err != nil {
		return nil, err
	}
	all, err := s.located(ctx, f, in.Limit)
	return listed(all, wireSpot), asked(err)
}

// Found is what has the words.
type Found struct {
	Articles []Article `json:"articles" doc:"The newest stored first"`
	Events   []Event   `json:"events" doc:"The newest first"`
}

func (s *Server) searchAll(ctx context.Context, in *struct {
	Text          string `query:"text" required:"true" minLength:"1" maxLength:"400" doc:"Words, \"phrases\", AND, OR, NOT, brackets, beginnings*"`
	Limit         int    `query:"limit" minimum:"1" maximum:"50" default:"10" doc:"At most so many of each; /articles and /events have all"`
	MinConfidence Sure   `query:"min_confidence"`
}) (*answered[Found], error) {
	text := strings.TrimSpace(in.Text)
	if text == "" {
		return nil, unfit("text has no words")
	}
	minimum, err := s.minimum(in.MinConfidence)
	if err != nil {
		return nil, err
	}
	articles, err := s.Clerk.DB.Articles(ctx, dragoman.ArticleFilter{Text: text, Limit: in.Limit})
	if err != nil {
		return nil, asked(err)
	}
	events, err := s.Clerk.DB.Occurrences(ctx, dragoman.Filter{Text: text, Confidence: minimum, Limit: in.Limit})
	if err != nil {
		return nil, asked(err)
	}
	told, err := s.articlesOf(ctx, events)
	return &answered[Found]{Found{each(articles, wireArticle), each(events, told.event)}}, err
}

func (s *Server) listRelations(ctx context.Context, in *struct {
	Of   string   `query:"of" maxLength:"200" doc:"Only those of this actor, by number, id or name"`
	Kind []string `query:"kind" maxItems:"20" enum:"state,government,organisation,armed_group,party,igo,ngo,company,media,person,people,unknown" doc:"Both are of one of these kinds, separated by commas; without: of any"`
	Days
	MinConfidence Sure `query:"min_confidence"`
	Limited
}) (*paged[Relation], error) {
	f := dragoman.Filter{}
	var err error
	if f.Confidence, err = s.minimum(in.MinConfidence); err != nil {
		return nil, err
	}
	if f.From, f.To, err = clerk.Days(in.Since, in.Until); err != nil {
		return nil, err
	}
	if in.Since+in.Until == "" {
		if f.To, err = s.now(ctx); err != nil {
			return nil, err
		}
		f.From = f.To - 364
	}
	if in.Of != "" {
		k, _, err := s.whom(ctx, in.Of)
		if err != nil {
			return nil, err
		}
		f.A = k.Number
	}
	all, err := s.strongest(ctx, f, in.Kind, in.Limit)
	return listed(all, wireRelation), err
}

func (s *Server) getRelation(ctx context.Context, in *struct {
	A             string `path:"a" maxLength:"200" doc:"Number, id or name"`
	B             string `path:"b" maxLength:"200"`
	Period        string `query:"period" enum:"day,week,month" default:"week" doc:"What is one point; a month has 30 days"`
	MinConfidence Sure   `query:"min_confidence"`
	Days
}) (*answered[Dyad], error) {
	a, b, err := s.two(ctx, in.A, in.B)
	if err != nil {
		return nil, err
	}
	minimum, err := s.minimum(in.MinConfidence)
	if err != nil {
		return nil, err
	}
	days, err := s.course(ctx, a.Number, b.Number, in.Since, in.Until)
	if err != nil {
		return nil, err
	}
	d, err := s.dyad(ctx, a, b, days, in.Period, minimum)
	if err != nil {
		return nil, err
	}
	var n numbersOf
	n.dyad(d)
	all, err := s.Clerk.DB.Entries(ctx, n)
	return &answered[Dyad]{entries(all).dyad(d)}, err
}

func (s *Server) listClaims(ctx context.Context, in *struct {
	A string `query:"a" required:"true" minLength:"1" maxLength:"200" doc:"Number, id or name"`
	B string `query:"b" required:"true" minLength:"1" maxLength:"200"`
	Days
	Limited
}) (*paged[Claim], error) {
	a, _, err := s.whom(ctx, in.A)
	if err != nil {
		return nil, err
	}
	b, _, err := s.whom(ctx, in.B)
	if err != nil {
		return nil, err
	}
	from, to, err := clerk.Days(in.Since, in.Until)
	if err != nil {
		return nil, err
	}
	if in.Since == "" {
		from = dragoman.NoDay
	}
	if in.Until == "" {
		to = math.MaxInt32
	}
	all, err := s.Clerk.DB.Claims(ctx, a.Number, b.Number, from, to, in.Limit)
	if err != nil {
		return nil, err
	}
	told, err := s.articlesTelling(ctx, all)
	return listed(all, told.claim), err
}

// articlesTelling returns the articles that tell claims.
func (s *Server) articlesTelling(ctx context.Context, all []dragoman.Claim) (entries, error) {
	var n numbersOf
	n.claims(all...)
	return s.Clerk.DB.Entries(ctx, n)
}

// tellings bounds of how many tellings ties are put together.
const tellings = 20000

func (s *Server) listTies(ctx context.Context, in *struct {
	Of            string `query:"of" maxLength:"200" doc:"Of this actor, by number, id or name"`
	And           string `query:"and" maxLength:"200" dependentRequired:"of" doc:"And between it and this one"`
	MinConfidence Sure   `query:"min_confidence"`
	Limited
}) (*paged[Tie], error) {
	if in.And != "" && in.Of == "" {
		return nil, unfit("and goes with of")
	}
	var who [2]int64
	for i, name := range []string{in.Of, in.And} {
		if name == "" {
			continue
		}
		k, _, err := s.whom(ctx, name)
		if err != nil {
			return nil, err
		}
		who[i] = k.Number
	}
	minimum, err := s.minimum(in.MinConfidence)
	if err != nil {
		return nil, err
	}
	all, err := s.Clerk.DB.Ties(ctx, who[0], who[1], tellings)
	ties := slices.DeleteFunc(story.Group(all), func(t story.Tie) bool { return t.Sure < minimum })
	return listed(ties[:min(len(ties), in.Limit)], wireTie), err
}
