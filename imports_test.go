package dragoman_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms says which of our rooms a room may import; ARCHITECTURE.md shows the
// same table. "." is the root.
var rooms = map[string][]string{
	".":            {},
	"learn":        {},
	"rank":         {},
	"neural":       {},
	"data":         {},
	"pattern":      {".", "learn", "data"},
	"article":      {"."},
	"syntax":       {".", "learn", "neural", "data"},
	"attribution":  {".", "learn", "pattern", "data"},
	"mention":      {".", "learn", "neural", "pattern", "data"},
	"actor":        {".", "pattern", "data"},
	"place":        {".", "pattern", "data"},
	"date":         {".", "pattern", "data"},
	"event":        {".", "learn", "pattern", "data", "dictionary"},
	"tie":          {".", "learn", "pattern", "data"},
	"pipeline":     {".", "learn", "dictionary", "syntax", "attribution", "mention", "actor", "place", "date", "event", "tie"},
	"export":       {"."},
	"exchange":     {".", "data", "export"},
	"dictionary":   {".", "data", "pattern"},
	"story":        {".", "data", "rank"},
	"store":        {"."},
	"compare":      {".", "rank"},
	"clerk":        {".", "article", "pipeline", "story", "store", "export", "data"},
	"sketch":       {".", "data"},
	"score":        {"*"},
	"web":          {".", "article", "clerk", "story", "store", "exchange", "export", "data", "examples"},
	"web/bundle":   {},
	"web/browse":   {},
	"examples":     {},
	"cmd/dragoman": {"*"},
}

// TestImports keeps the rooms apart: no stage imports another stage.
func TestImports(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), "_")) {
			return filepath.SkipDir // as the go command does
		}
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		room := filepath.ToSlash(filepath.Dir(path))
		allowed, ok := rooms[room]
		if !ok {
			t.Errorf("%s: the room %s is not in the table of imports", path, room)
			return nil
		}
		seen[room] = true
		if strings.HasSuffix(path, "_test.go") || slices.Contains(allowed, "*") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			name, _ := strconv.Unquote(i.Path.Value)
			ours, found := strings.CutPrefix(name, "dragoman")
			if !found {
				if room == "." && strings.Contains(strings.SplitN(name, "/", 2)[0], ".") {
					t.Errorf("%s: the root imports the standard library only, not %s", path, name)
				}
				continue
			}
			if ours = strings.TrimPrefix(ours, "/"); ours == "" {
				ours = "."
			}
			if !slices.Contains(allowed, ours) {
				t.Errorf("%s: %s may not import %s", path, room, ours)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range rooms {
		if !seen[room] {
			t.Errorf("the table names the room %s, which has no code", room)
		}
	}
}
