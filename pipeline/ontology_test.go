package pipeline_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"dragoman"
	"dragoman/article"
	"dragoman/data"
	"dragoman/export"
	"dragoman/pipeline"
	"dragoman/story"
)

// healthFolder is the ontology that docs/ontologies.md explains.
const healthFolder = "../docs/health"

var loadHealth = sync.OnceValues(func() (*pipeline.Reader, error) {
	files, err := data.Overlay(data.Embedded(), healthFolder)
	if err != nil {
		return nil, err
	}
	if _, err := story.Load(files); err != nil {
		return nil, err
	}
	return pipeline.Load(files)
})

func healthReader(t *testing.T) *pipeline.Reader {
	t.Helper()
	r, err := loadHealth()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// ofHealth are its articles and their days.
var ofHealth = map[string]string{"cholera.txt": "2025-05-06", "ebola.txt": "2025-02-01", "influenza.txt": "2025-01-16", "measles.txt": "2025-03-12"}

// shownHealth reads one of its articles as dragoman read shows it.
func shownHealth(t *testing.T, name, day string) string {
	t.Helper()
	in, err := article.Open(t.Context(), filepath.Join(healthFolder, "articles", name), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	a, err := in.Next()
	if err != nil {
		t.Fatal(err)
	}
	if a.Published, err = dragoman.ParseDay(day); err != nil {
		t.Fatal(err)
	}
	doc := healthReader(t).Read(a)
	var out bytes.Buffer
	if err := export.Text(&colorprofile.Writer{Forward: &out, Profile: colorprofile.NoTTY}, export.NewReading(&doc, "test", 0.01)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestOntologyExamples reads the example of every frame of the ontology for public
// health: its trigger must make an event of the row's type, or none; and every mode has a frame.
func TestOntologyExamples(t *testing.T) {
	r := healthReader(t)
	examples := r.Events.Examples()
	if len(examples) < 50 {
		t.Fatalf("%d examples", len(examples))
	}
	for _, e := range examples {
		text, trigger := unbracket(e.Text)
		if trigger.Empty() {
			t.Errorf("%s: the example has no [trigger]: %s", e.Where, e.Text)
			continue
		}
		doc := r.Read(dragoman.Article{Text: text, Language: "en", Published: dragoman.DayOf(2025, 6, 1)})
		if got := typeAt(&doc, trigger); got != e.Type {
			t.Errorf("%s: want %s, got %s: %s", e.Where, e.Type, got, e.Text)
		}
	}
	if left := r.Events.Uncovered(); len(left) > 0 {
		t.Errorf("no frame gives the modes %v", left)
	}
}

// TestOntologyArticles compares what is read from its articles with what was reviewed;
// -update rewrites it.
func TestOntologyArticles(t *testing.T) {
	paths, err := filepath.Glob(healthFolder + "/articles/*")
	if err != nil || len(paths) != len(ofHealth) {
		t.Fatalf("articles: %v %v", paths, err)
	}
	for name, day := range ofHealth {
		got, golden := shownHealth(t, name, day), filepath.Join("testdata", "golden", "health-"+name+".golden")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if want, err := os.ReadFile(golden); err != nil || string(want) != got {
			t.Errorf("%s is read now as\n%s%v", name, got, err)
		}
	}
}

// TestOntologyPage wants docs/ontologies.md to show what comes out, and the tables of its
// first example to be those that the test of the command line reads.
func TestOntologyPage(t *testing.T) {
	page, err := os.ReadFile("../docs/ontologies.md")
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _ := strings.Cut(string(page), "docs/health/articles/cholera.txt -->\n```\n")
	shown, _, _ = strings.Cut(shown, "```")
	if got := shownHealth(t, "cholera.txt", ofHealth["cholera.txt"]); got != shown {
		t.Errorf("it shows\n%s\nwhere there is now\n%s", shown, got)
	}
	script, err := os.ReadFile("../cmd/dragoman/testdata/script/ontology.txtar")
	if err != nil {
		t.Fatal(err)
	}
	tables := strings.Split(string(page), "```tsv\n")[1:]
	if len(tables) != 5 {
		t.Fatalf("it has %d tables", len(tables))
	}
	for _, table := range tables {
		table, _, _ = strings.Cut(table, "```")
		if !strings.Contains(string(script), " --\n"+table) {
			t.Errorf("no test reads its table\n%s", table)
		}
	}
}
