package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestReadme wants the output shown in the README to be what comes out.
func TestReadme(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(b), "<!-- output of: dragoman ")
	command, rest, ok2 := strings.Cut(rest, " -->\n```\n")
	shown, _, ok3 := strings.Cut(rest, "```")
	if !ok || !ok2 || !ok3 {
		t.Fatal("the README shows no output")
	}
	args := strings.Fields(command)
	args[len(args)-1] = "../../" + args[len(args)-1]
	var out, stderr bytes.Buffer
	if status := run(args, nil, &out, &stderr); status != 0 {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	if out.String() != shown {
		t.Errorf("dragoman %s prints now\n%s", command, out.String())
	}
}
