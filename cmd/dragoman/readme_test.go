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

// TestFormatsPage wants each export that docs/formats.md shows to write something of
// the example.
func TestFormatsPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	db := filepath.Join(folder, "dragoman.db")
	readme(t, "add", "--db", db, "../../examples/desk.jsonl")
	shown := 0
	for line := range strings.SplitSeq(string(page), "\n") {
		command, ok := strings.CutPrefix(line, "dragoman export ")
		if !ok {
			continue
		}
		shown++
		command, _, _ = strings.Cut(command, " --out ")
		out := filepath.Join(folder, "out")
		readme(t, append(strings.Fields("export "+command), "--out", out, "--db", db)...)
		if b, err := os.ReadFile(out); err != nil || len(bytes.TrimSpace(b)) == 0 {
			t.Errorf("dragoman export %s writes nothing of the example (%v)", command, err)
		}
	}
	if shown < 4 {
		t.Error("the page shows", shown, "exports")
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
