package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"dragoman"
	"dragoman/compare"
)

func (x *comparing) write(ctx context.Context, w io.Writer) error {
	if x.format == "csv" {
		return x.csv(ctx, w)
	}
	shown, err := x.shown(ctx)
	if err != nil {
		return err
	}
	if x.format == "json" {
		return x.json(w, shown)
	}
	return x.text(w, shown)
}

// instance is an event, or a pair of two, that is shown; nil where there is none.
type instance struct {
	Class compare.Class `json:"class"`
	A     *comparedJSON `json:"a"`
	B     *comparedJSON `json:"b"`
}

// instances are what is shown of the events.
type instances struct {
	OnlyA       []instance `json:"only_a"`
	OnlyB       []instance `json:"only_b"`
	Differently []instance `json:"differently"`
}

// shown looks up the examples.
func (x *comparing) shown(ctx context.Context) (s instances, err error) {
	wanted := [2]map[int]*comparedJSON{{}, {}}
	last := [2]int{}
	want := func(side, n int) *comparedJSON {
		if n < 0 {
			return nil
		}
		e := &comparedJSON{}
		wanted[side][n], last[side] = e, max(last[side], n)
		return e
	}
	choose := func(classes ...compare.Class) []instance {
		all := []instance{}
		for _, e := range x.Examples(x.examples, classes...) {
			all = append(all, instance{e.Class, want(0, e.A), want(1, e.B)})
		}
		return all
	}
	s = instances{choose(compare.OnlyA), choose(compare.OnlyB), choose(compare.SameQuad, compare.SameDyad, compare.Reversed)}
	for side := range wanted {
		if len(wanted[side]) == 0 {
			continue
		}
		err := x.again(ctx, compare.Side(side), last[side], func(n int, r *dragoman.Record) error {
			if e := wanted[side][n]; e != nil {
				if class, _ := x.Find(compare.Side(side), n, r); class == compare.None {
					return fmt.Errorf("%s changed while it was compared; compare again", x.two[side].name)
				}
				*e = compareJSON(r)
			}
			return nil
		})
		if err != nil {
			return s, err
		}
	}
	return s, nil
}

// comparedJSON is an event as it is shown.
type comparedJSON struct {
	ID           string   `json:"id,omitempty"`
	Day          string   `json:"day"`
	Type         string   `json:"type"`
	CAMEO        string   `json:"cameo,omitempty"`
	Status       string   `json:"status,omitempty"`
	Actors       []string `json:"actors"`
	ActorIDs     []string `json:"actor_ids"`
	Recipients   []string `json:"recipients"`
	RecipientIDs []string `json:"recipient_ids"`
	Place        string   `json:"place,omitempty"`
	Source       string   `json:"source,omitempty"`
	Evidence     string   `json:"evidence,omitempty"`
	Confidence   float64  `json:"confidence,omitempty"`
	Outlet       string   `json:"outlet,omitempty"`
	Title        string   `json:"title,omitempty"`
	URL          string   `json:"url,omitempty"`
}

func compareJSON(r *dragoman.Record) comparedJSON {
	id := r.ID
	if id == "" && r.Number > 0 {
		id = fmt.Sprint(r.Number)
	}
	return comparedJSON{id, r.Day.String(), r.Type, r.CAMEO, string(r.Status), called(r.Actors), ids(r.Actors), called(r.Recipients), ids(r.Recipients),
		r.Place.Name, r.Source.Name(), r.Evidence, r.Confidence, r.Told.Outlet, r.Told.Heading(), r.Told.URL}
}

func (x *comparing) json(w io.Writer, shown instances) error {
	options := map[string]any{"days": x.Apart, "by": x.By, "level": x.Level, "all": x.All, "one_a_day": x.Daily, "between": x.Between, "gold": x.gold}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		Options    map[string]any `json:"options"`
		Unreadable [2]int         `json:"unreadable"` // rows of A and of B
		*compare.Result
		Examples instances `json:"examples"`
	}{options, x.bad, x.Result, shown})
}

// csv writes every event that is compared, first those of A; the two of a pair
// have its number.
func (x *comparing) csv(ctx context.Context, w io.Writer) error {
	out := csv.NewWriter(w)
	err := out.Write([]string{"set", "class", "pair", "id", "day", "type", "cameo", "quad", "status", "actors", "actor_ids", "recipients", "recipient_ids",
		"place", "source", "evidence", "confidence", "outlet", "title", "url"})
	if err != nil {
		return err
	}
	for side, name := range []string{"A", "B"} {
		err := x.again(ctx, compare.Side(side), -1, func(n int, r *dragoman.Record) error {
			class, pair := x.Find(compare.Side(side), n, r)
			if class == compare.None {
				return nil
			}
			e, number, sure := compareJSON(r), "", ""
			if pair > 0 {
				number = fmt.Sprint(pair)
			}
			if e.Confidence > 0 {
				sure = fmt.Sprint(e.Confidence)
			}
			list := func(all []string) string { return strings.Join(all, "|") }
			return out.Write([]string{name, class.String(), number, e.ID, e.Day, e.Type, e.CAMEO, r.Quad, e.Status, list(e.Actors), list(e.ActorIDs),
				list(e.Recipients), list(e.RecipientIDs), e.Place, e.Source, e.Evidence, sure, e.Outlet, e.Title, e.URL})
		})
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
