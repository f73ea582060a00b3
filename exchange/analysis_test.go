package exchange

import (
	"os"
	"regexp"
	"testing"
)

// TestAnalysis holds the columns that docs/analysis.md works with against the tables.
func TestAnalysis(t *testing.T) {
	page, err := os.ReadFile("../docs/analysis.md")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"side": true, "cooperation": true, "conflict": true} // which the page makes
	for _, c := range eventTable.columns {
		known[c.name] = true
	}
	used := regexp.MustCompile(`\["([a-z_]+)"\]`).FindAllStringSubmatch(string(page), -1)
	for _, name := range used {
		if !known[name[1]] {
			t.Errorf("the page works with a column %q, which events do not have", name[1])
		}
	}
	if len(used) < 10 {
		t.Errorf("the page works with %d columns only", len(used))
	}
}
