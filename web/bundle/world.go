package main

import (
	"encoding/json"
	"fmt"
	"math"
)

// grid is how exact the borders are kept, in degrees: about a kilometre, finer
// than Natural Earth draws at 1:50 million.
const grid = 0.01

// topology is a TopoJSON file of countries: borders are arcs, which neighbours
// share, written as steps from point to point on a grid.
type topology struct {
	Type      string               `json:"type"`
	Source    string               `json:"source,omitempty"`
	Transform transform            `json:"transform"`
	Objects   map[string]countries `json:"objects"`
	Arcs      [][][2]int           `json:"arcs"`
}

type transform struct {
	Scale     [2]float64 `json:"scale"`
	Translate [2]float64 `json:"translate"`
}

type countries struct {
	Type       string    `json:"type"`
	Geometries []country `json:"geometries"`
}

// country is one of the shapes: its ISO 3166-1 number, where it has one, its
// name, and the arcs that it is made of.
type country struct {
	Type       string            `json:"type"`
	ID         string            `json:"id,omitempty"`
	Properties map[string]string `json:"properties"`
	Arcs       json.RawMessage   `json:"arcs"`
}

// reduce leaves of an atlas what a map needs, the countries, on our grid.
func reduce(atlas []byte) ([]byte, error) {
	var t topology
	if err := json.Unmarshal(atlas, &t); err != nil {
		return nil, err
	}
	shapes, ok := t.Objects["countries"]
	if !ok {
		return nil, fmt.Errorf("no object %q", "countries")
	}
	t.Source = "Natural Earth 1:50m, public domain"
	t.Objects = map[string]countries{"countries": shapes}
	for i, arc := range t.Arcs {
		t.Arcs[i] = regrid(arc, t.Transform)
	}
	t.Transform = transform{Scale: [2]float64{grid, grid}, Translate: [2]float64{-180, -90}}
	return json.Marshal(t)
}

// regrid puts an arc on our grid; steps that lead nowhere there go, but not the
// last, for an arc has two ends.
func regrid(arc [][2]int, from transform) [][2]int {
	var out [][2]int
	var here, last [2]int
	for i, step := range arc {
		here[0], here[1] = here[0]+step[0], here[1]+step[1]
		at := [2]int{
			int(math.Round((float64(here[0])*from.Scale[0] + from.Translate[0] + 180) / grid)),
			int(math.Round((float64(here[1])*from.Scale[1] + from.Translate[1] + 90) / grid)),
		}
		if i > 0 && at == last && (i < len(arc)-1 || len(out) > 1) {
			continue
		}
		out = append(out, [2]int{at[0] - last[0], at[1] - last[1]})
		last = at
	}
	return out
}
