package exchange

import (
	"os"
	"strings"
	"testing"
)

// TestFormatsPage wants docs/formats.md to name every format, and to map every column
// of those that are tables.
func TestFormatsPage(t *testing.T) {
	b, err := os.ReadFile("../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(b)
	head, _, _ := strings.Cut(page, "## What is exported")
	for _, f := range Formats {
		if name := "`" + f.Name + "`"; !strings.Contains(head, name) {
			t.Errorf("the table of formats lacks %s", name)
		}
	}
	for heading, columns := range map[string][]column{"gdelt and": append(gdeltColumns, mentionColumns...), "icews:": icewsColumns, "polecat:": polecatColumns,
		"phoenix:": phoenixColumns, "petrarch:": petrarchColumns} {
		_, section, ok := strings.Cut(page, "\n## "+heading)
		if !ok {
			t.Errorf("the page has no section %q", heading)
		}
		section, _, _ = strings.Cut(section, "\n## ")
		for _, c := range columns {
			if !strings.Contains(section, "\n| "+c.name+" |") && !strings.Contains(section, "\n| `"+c.name+"` |") {
				t.Errorf("%s the page does not map the column %q", heading, c.name)
			}
		}
	}
	for heading, columns := range map[string][]linkColumn{"edges:": linkColumns, "graphml:": linkColumns} {
		_, section, _ := strings.Cut(page, "\n## "+heading)
		section, _, _ = strings.Cut(section, "\n## ")
		for _, c := range columns {
			if !strings.Contains(section, "`"+c.name+"`") {
				t.Errorf("%s the page does not map the attribute %q", heading, c.name)
			}
		}
	}
}
