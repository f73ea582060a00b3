package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// TestPieces wants every byte of a long document once, in pieces that are not
// much longer than promised, named in order, with the right line numbers.
func TestPieces(t *testing.T) {
	var in bytes.Buffer
	in.WriteString("# newdoc id = long\n")
	for n := 0; in.Len() < 5*maxPiece; n++ {
		fmt.Fprintf(&in, "1\tword%d\t_\t_\t_\t_\t0\troot\t_\t_\n\n", n)
	}
	in.WriteString("# newdoc\n1\tlast\t_\t_\t_\t_\t0\troot\t_\t_")
	whole := in.String()
	var text strings.Builder
	var ids []string
	for p := range pieces([]string{"-"}, &in) {
		if p.err != nil {
			t.Fatal(p.err)
		}
		if len(p.text) > maxPiece+100 {
			t.Errorf("the piece %s has %d bytes", p.id, len(p.text))
		}
		if lines := strings.Count(text.String(), "\n"); p.line != lines {
			t.Errorf("before the piece %s are %d lines, not %d", p.id, lines, p.line)
		}
		text.Write(p.text)
		ids = append(ids, p.id)
	}
	if text.String() != whole {
		t.Errorf("%d bytes went in, %d came out", len(whole), text.Len())
	}
	if got := strings.Join(ids, " "); got != "long long/2 long/3 long/4 long/5 2" {
		t.Errorf("the pieces are called %s", got)
	}
}

// TestEndless wants a fault, not all memory, from what has no sentences.
func TestEndless(t *testing.T) {
	for p := range pieces([]string{"-"}, strings.NewReader(strings.Repeat("x", maxHeld+2<<16))) {
		if p.err == nil || !strings.HasPrefix(p.err.Error(), "line 1: ") {
			t.Errorf("got %d bytes and %v", len(p.text), p.err)
		}
	}
}
