package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"dragoman"
	"dragoman/clerk"
)

// whom finds an actor by number, id or name, and others of that name.
func (s *Server) whom(ctx context.Context, name string) (k dragoman.Known, others []dragoman.Known, err error) {
	if name = strings.TrimSpace(name); !legible(name) {
		return k, nil, errIllegible
	}
	n, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return clerk.Known(ctx, s.Clerk.DB, name)
	}
	k, ok, err := s.Clerk.DB.Actor(ctx, n)
	if err == nil && !ok {
		err = unfit("there is no actor %d", n)
	}
	return k, nil, err
}

// inPath tells of something that a path names, and is not there, as missing.
func inPath(err error) error {
	var m *clerk.Mistake
	var f *fault
	if errors.As(err, &m) || errors.As(err, &f) && f.status == http.StatusUnprocessableEntity {
		return missing("%v", err)
	}
	return err
}

func (s *Server) actorOperations(to huma.API) {
	actors := []string{"actors"}
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/actors", OperationID: "listActors", Tags: actors,
		Summary: "List who is remembered, those with the most events first"}, s.listActors)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/actors/{name}", OperationID: "getActor", Tags: actors,
		Summary: "Get an actor", Description: "By a name that several have, it is the one with the most events; one that was merged into another is that other."}, s.getActor)
	ask(s, to, dragoman.ScopeRead, huma.Operation{Method: http.MethodGet, Path: "/api/v1/actors/{name}/statements", OperationID: "listStatements", Tags: actors,
		Summary: "List what an actor says as a source, the newest first"}, s.listStatements)
}

func (s *Server) listActors(ctx context.Context, in *struct {
	Begins  string `query:"begins" maxLength:"200" doc:"Their name begins so"`
	Country string `query:"country" pattern:"^[A-Za-z]{3}$" doc:"ISO 3166-1 alpha-3"`
	Kind    string `query:"kind" enum:"state,government,organisation,armed_group,party,igo,ngo,company,media,person,people,unknown"`
	Limited
}) (*paged[Actor], error) {
	all, err := s.Clerk.DB.Actors(ctx, in.Begins, strings.ToUpper(in.Country), in.Kind, in.Limit)
	return listed(all, wireActor), err
}

func (s *Server) getActor(ctx context.Context, in *struct {
	Name string `path:"name" maxLength:"200" doc:"Number, id or name"`
}) (*answered[Actor], error) {
	k, others, err := s.whom(ctx, in.Name)
	if err != nil {
		return nil, inPath(err)
	}
	a := wireActor(&k)
	for i := range others {
		a.Others = append(a.Others, wireActor(&others[i]).Party)
	}
	return &answered[Actor]{a}, nil
}

func (s *Server) listStatements(ctx context.Context, in *struct {
	Name string `path:"name" maxLength:"200" doc:"Number, id or name"`
	Paging
}) (*paged[Claim], error) {
	k, _, err := s.whom(ctx, in.Name)
	if err != nil {
		return nil, inPath(err)
	}
	after, err := markOf(in.Cursor)
	if err != nil {
		return nil, err
	}
	all, err := s.Clerk.DB.Statements(ctx, k.Number, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	told, err := s.articlesTelling(ctx, all)
	return turn(ctx, all, in.Limit, func(c *dragoman.Claim) dragoman.Mark { return dragoman.Mark{Day: c.Published, Number: c.Number} }, told.claim), err
}
