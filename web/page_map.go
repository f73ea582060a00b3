package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"golang.org/x/text/language"

	"dragoman"
)

// atlas is what map.js draws.
type atlas struct {
	Spots []spot `json:"spots"`
}

type spot struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Kind        string  `json:"kind"`
	Country     string  `json:"country"`
	ISO         string  `json:"iso"` // the country's numeric code, by which borders are found
	Lat         float64 `json:"lat"`
	Lon         float64 `json:"lon"`
	Precision   string  `json:"precision"` // point, area or country
	Events      int     `json:"events"`
	Cooperation int     `json:"cooperation"`
	Conflict    int     `json:"conflict"`
	Href        string  `json:"href"`
}

// precision says how exactly a place is known, by the kinds of data/places: an
// event in a country has no pin in its capital.
func precision(p *dragoman.Locale) string {
	switch p.Kind {
	case "country":
		return "country"
	case "settlement", "port", "border_crossing", "base", "facility", "airport", "camp", "dam", "bridge":
		return "point"
	}
	return "area"
}

// numeric returns the numeric code of a country (ISO 3166-1) of three letters.
func numeric(country string) string {
	r, err := language.ParseRegion(country)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%03d", r.M49())
}

func (s *Server) mapPage(w http.ResponseWriter, r *http.Request) error {
	ctx, db := r.Context(), s.Clerk.DB
	f, err := s.filters(r)
	if err != nil {
		return err
	}
	days, err := s.spanOf(r, 30)
	if err != nil {
		return err
	}
	events, taken, err := f.Filter(ctx, db, f.Minimum)
	if err != nil {
		return err
	}
	events.From, events.To = days.From, days.To
	q := r.URL.Query()
	const most = 400
	all, err := s.located(ctx, events, most)
	if err != nil {
		return err
	}
	a := atlas{Spots: []spot{}}
	var unknown []dragoman.Spot // where the place lies is not known
	for i := range all {
		p := &all[i]
		x := spot{p.ID, p.Name, p.Kind, p.Country, numeric(p.Country), p.Lat, p.Lon, precision(&p.Locale), p.Events, p.Cooperation, p.Conflict, placeURL(q, p.ID, days)}
		if !p.Located && (x.Precision != "country" || x.ISO == "") {
			unknown = append(unknown, *p)
			continue
		}
		a.Spots = append(a.Spots, x)
	}
	return s.show(w, r, "map", page{Title: "Map", Nav: "Map",
		Body: map[string]any{"Filters": f, "Span": days, "Map": a, "All": all, "Unknown": unknown, "Taken": taken, "More": len(all) == most}})
}

// placeURL leads to the events at a place that a map shows.
func placeURL(q url.Values, id string, days span) string {
	to := url.Values{"place": {id}}
	for _, name := range []string{"between", "by", "to", "type", "status", "min_confidence"} {
		if v := q[name]; len(v) > 0 {
			to[name] = v
		}
	}
	if days.From != dragoman.NoDay {
		to.Set("since", days.From.String())
	}
	if days.To != dragoman.NoDay {
		to.Set("until", days.To.String())
	}
	return "/events?" + to.Encode()
}

// graph is what graph.js draws.
type graph struct {
	Nodes []node `json:"nodes"`
	Links []link `json:"links"`
}

type (
	node struct {
		Number int64  `json:"number"`
		Name   string `json:"name"`
		Kind   string `json:"kind"`
		Events int    `json:"events"`
		Href   string `json:"href"`
	}
	link struct {
		A           int64  `json:"a"`
		B           int64  `json:"b"`
		Cooperation int    `json:"cooperation"`
		Conflict    int    `json:"conflict"`
		Href        string `json:"href"`
	}
)

func graphOf(all []dragoman.Relation) (g graph) {
	at := map[int64]int{}
	see := func(p dragoman.Party, events int) {
		i, ok := at[p.Number]
		if !ok {
			i = len(g.Nodes)
			at[p.Number] = i
			g.Nodes = append(g.Nodes, node{p.Number, p.Name, p.Kind, 0, fmt.Sprintf("/actors/%d", p.Number)})
		}
		g.Nodes[i].Events += events
	}
	for _, x := range all {
		sum := x.Sum()
		l := link{x.A.Number, x.B.Number, sum.Cooperation, sum.Conflict, relationURL(x.A, x.B)}
		see(x.A, l.Cooperation+l.Conflict)
		see(x.B, l.Cooperation+l.Conflict)
		g.Links = append(g.Links, l)
	}
	return g
}

func (s *Server) graphPage(w http.ResponseWriter, r *http.Request) error {
	days, err := s.spanOf(r, 90)
	if err != nil {
		return err
	}
	most, err := strconv.Atoi(r.URL.Query().Get("most"))
	if err != nil || most < 5 || most > 150 {
		most = 60
	}
	all, err := s.groups(r.Context(), days, 0, most)
	if err != nil {
		return err
	}
	return s.show(w, r, "graph", page{Title: "Graph", Nav: "Graph", Body: map[string]any{"Graph": graphOf(all), "All": all, "Span": days, "Most": most}})
}
