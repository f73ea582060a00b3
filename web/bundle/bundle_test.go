package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestCommitted checks that the files of the pages are what the packages give.
func TestCommitted(t *testing.T) {
	made, err := build(".")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range made {
		got, err := os.ReadFile(filepath.Join("../assets", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("assets/%s has %d bytes, but the packages give %d or others: run go generate ./web/bundle", name, len(got), len(want))
		}
	}
}

// TestLock checks that the lock names packages and no address to have them from.
func TestLock(t *testing.T) {
	lock, err := os.ReadFile("package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	var names struct {
		Packages map[string]struct{ Resolved, Integrity string }
	}
	if err := json.Unmarshal(lock, &names); err != nil {
		t.Fatal(err)
	}
	if len(names.Packages) < 2 {
		t.Fatal("package-lock.json names no packages")
	}
	for name, p := range names.Packages {
		if p.Resolved != "" || (name != "" && p.Integrity == "") {
			t.Errorf("%s: resolved %q, integrity %q: want no address and a checksum", name, p.Resolved, p.Integrity)
		}
	}
}

func TestLicences(t *testing.T) {
	text, err := os.ReadFile("../assets/vendor-licences.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"@observablehq/plot", "d3-force", "d3-geo", "topojson-client", "world-atlas"} {
		if !strings.Contains(string(text), "\n"+name+" ") {
			t.Errorf("no licence of %s", name)
		}
	}
}

func TestRegrid(t *testing.T) {
	fine := transform{Scale: [2]float64{0.001, 0.001}, Translate: [2]float64{-180, -90}}
	for _, test := range []struct {
		name      string
		arc, want [][2]int
	}{
		{"steps add up", [][2]int{{1000, 2000}, {500, -300}, {250, 100}}, [][2]int{{100, 200}, {50, -30}, {25, 10}}},
		{"what is finer than the grid goes", [][2]int{{1000, 1000}, {1, 1}, {1, 1}, {98, 98}}, [][2]int{{100, 100}, {10, 10}}},
		{"rounding does not add up", [][2]int{{0, 0}, {14, 0}, {14, 0}, {14, 0}, {14, 0}, {14, 0}}, [][2]int{{0, 0}, {1, 0}, {2, 0}, {1, 0}, {2, 0}, {1, 0}}},
		{"an arc keeps two ends", [][2]int{{1000, 1000}, {1, 0}, {-1, 0}}, [][2]int{{100, 100}, {0, 0}}},
	} {
		if got := regrid(test.arc, fine); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// TestWorld checks that the borders are whole: every country has a name and arcs
// that are there, and states have their numbers.
func TestWorld(t *testing.T) {
	content, err := os.ReadFile("../assets/world.json")
	if err != nil {
		t.Fatal(err)
	}
	var world topology
	if err := json.Unmarshal(content, &world); err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, c := range world.Objects["countries"].Geometries {
		if c.Properties["name"] == "" || len(c.Arcs) < 5 {
			t.Errorf("country %q has no name or no arcs", c.ID)
		}
		names[c.ID] = c.Properties["name"]
	}
	for id, want := range map[string]string{"148": "Chad", "729": "Sudan", "804": "Ukraine", "156": "China"} {
		if names[id] != want {
			t.Errorf("country %s is %q, want %q", id, names[id], want)
		}
	}
	for i, arc := range world.Arcs {
		if len(arc) < 2 {
			t.Errorf("arc %d has %d points, want two ends", i, len(arc))
		}
	}
}
