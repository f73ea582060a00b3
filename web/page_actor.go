package web

import (
	"context"
	"fmt"
	"net/http"

	"dragoman"
	"dragoman/story"
)

func (s *Server) actorsPage(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	begins, country, kind := trimmed(q, "begins"), trimmed(q, "country"), trimmed(q, "kind")
	if !legibleAll(q) {
		return errIllegible
	}
	const most = 100
	all, err := s.Clerk.DB.Actors(r.Context(), begins, country, kind, most)
	if err != nil {
		return err
	}
	return s.show(w, r, "actors", page{Title: "Actors", Nav: "Actors",
		Body: map[string]any{"All": all, "Begins": begins, "Country": country, "Kind": kind, "Kinds": kinds, "More": len(all) == most}})
}

// kinds of actors, as docs/reading.md has them.
var kinds = []string{"state", "government", "organisation", "armed_group", "party", "igo", "ngo", "company", "media", "person", "people"}

// actorView is somebody with what is remembered of him.
type actorView struct {
	dragoman.Known
	Offices, Ties []story.Tie
	Relations     []dragoman.Relation
	Graph         graph
	Span          span
	Statements    []statement
	Told          []dragoman.Occurrence // the events
	Pager         pager
}

type statement struct {
	dragoman.Claim
	Entry dragoman.Entry
}

func (s *Server) actorPage(w http.ResponseWriter, r *http.Request) error {
	ctx, db := r.Context(), s.Clerk.DB
	k, _, err := s.whom(ctx, r.PathValue("name"))
	if err != nil {
		return inPath(err)
	}
	n := k.Number
	if fmt.Sprint(n) != r.PathValue("name") { // by id or name, or merged into another
		http.Redirect(w, r, fmt.Sprintf("/actors/%d", n), http.StatusSeeOther)
		return nil
	}
	v := actorView{Known: k}
	if v.Span, err = s.spanOf(r, 365); err != nil {
		return err
	}
	if v.Relations, err = s.groups(ctx, v.Span, n, 20); err != nil {
		return err
	}
	v.Graph = graphOf(v.Relations)
	ties, err := db.Ties(ctx, n, 0, 300)
	if err != nil {
		return err
	}
	for _, t := range story.Group(ties) {
		if t.Relation == "holds_office" {
			v.Offices = append(v.Offices, t)
		} else {
			v.Ties = append(v.Ties, t)
		}
	}
	if v.Statements, err = s.statements(ctx, n, 10); err != nil {
		return err
	}
	if v.Told, v.Pager, err = s.eventsOf(r, dragoman.Filter{A: n, Confidence: s.Minimum}, r.URL.Query().Get("cursor"), pageEvents); err != nil {
		return err
	}
	return s.show(w, r, "actor", page{Title: k.Name, Nav: "Actors", Body: &v})
}

// statements returns what somebody says, with the articles that tell it.
func (s *Server) statements(ctx context.Context, actor int64, limit int) (all []statement, err error) {
	claims, err := s.Clerk.DB.Statements(ctx, actor, dragoman.Mark{}, limit)
	if err != nil {
		return nil, err
	}
	entries, err := s.articlesTelling(ctx, claims)
	for _, c := range claims {
		all = append(all, statement{c, entries[c.Article]})
	}
	return all, err
}
