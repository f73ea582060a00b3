package web

import (
	"net/http"
	"slices"

	"dragoman"
	"dragoman/story"
)

// eventView is an event with all who tell it.
type eventView struct {
	dragoman.Occurrence
	All     []story.Telling
	Parties []dragoman.Party // whom a correction may be about
}

func (s *Server) eventPage(w http.ResponseWriter, r *http.Request) error {
	ctx, db := r.Context(), s.Clerk.DB
	n, err := number(r, "number")
	if err != nil {
		return err
	}
	o, reports, ok, err := db.Occurrence(ctx, n)
	if err != nil {
		return err
	}
	if !ok {
		return missing("no event %d is remembered; it may have been corrected as wrong, which the corrections show", n)
	}
	var articles []int64
	for _, x := range reports {
		articles = append(articles, x.Article)
	}
	entries, err := db.Entries(ctx, articles)
	if err != nil {
		return err
	}
	v := eventView{Occurrence: o, All: story.Tellings(reports, entries)}
	seen := map[string]bool{}
	for _, x := range reports {
		for _, p := range append(slices.Clone(x.Actors), x.Recipients...) {
			if !seen[p.ID] {
				seen[p.ID] = true
				v.Parties = append(v.Parties, p)
			}
		}
	}
	return s.show(w, r, "event", page{Title: label(&o), Nav: "Events", Body: &v})
}
