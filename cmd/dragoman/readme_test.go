package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadme wants the outputs shown in the README to be what comes out; what
// asks the database asks one in which the example is.
func TestReadme(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("COLUMNS", "") // what it shows is as wide as nothing says
	db := filepath.Join(t.TempDir(), "dragoman.db")
	readme(t, "add", "--db", db, "../../examples/desk.jsonl")
	blocks := strings.Split(string(b), "<!-- output of: dragoman ")[1:]
	if len(blocks) < 3 {
		t.Fatal("the README shows", len(blocks), "outputs")
	}
	for _, block := range blocks {
		command, rest, ok := strings.Cut(block, " -->\n```\n")
		shown, _, ok2 := strings.Cut(rest, "```")
		if !ok || !ok2 {
			t.Fatal("an output of the README does not end")
		}
		args := strings.Fields(command)
		for i := range args {
			if strings.HasPrefix(args[i], "examples/") {
				args[i] = "../../" + args[i]
			}
		}
		if args[0] != "read" {
			args = append(args, "--db", db)
		}
		if out := readme(t, args...); out != shown {
			t.Errorf("dragoman %s prints now\n%s", command, out)
		}
	}
}

func readme(t *testing.T, args ...string) string {
	t.Helper()
	var out, stderr bytes.Buffer
	if status := run(args, nil, &out, &stderr); status != 0 {
		t.Fatalf("%v: status %d: %s", args, status, stderr.String())
	}
	return out.String()
}
