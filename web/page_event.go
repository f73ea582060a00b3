package web

import (
	"net/http"

	"dragoman"
)

// eventView is an event with all who tell it.
type eventView struct {
	dragoman.Occurrence
	All     []telling
	Parties []dragoman.Party // whom a correction may be about
}

// telling is a report, in which article, and what it only repeats.
type telling struct {
	dragoman.Report
	Entry dragoman.Entry
	Copy  *dragoman.Entry // the article whose text it has
	Same  int64           // the article that tells it from the same origin before; 0: none
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
	v := eventView{Occurrence: o}
	first := map[string]int64{} // origin: the article that tells it first
	seen := map[string]bool{}
	for _, x := range reports {
		t := telling{Report: x, Entry: entries[x.Article]}
		if e, there := entries[t.Entry.Original]; t.Entry.Original != t.Entry.Number && there {
			t.Copy = &e
		} else if before := first[x.Origin]; before != 0 && before != x.Article {
			t.Same = before
		} else {
			first[x.Origin] = x.Article
		}
		v.All = append(v.All, t)
		for _, all := range [][]dragoman.Party{x.Actors, x.Recipients} {
			for _, p := range all {
				if !seen[p.ID] {
					seen[p.ID] = true
					v.Parties = append(v.Parties, p)
				}
			}
		}
	}
	return s.show(w, r, "event", page{Title: label(&o), Nav: "Events", Body: &v})
}
