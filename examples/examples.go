// Package examples holds articles to try the program with, written for it.
package examples

import _ "embed"

// Desk is nine articles about two states, as JSON Lines.
//
//go:embed desk.jsonl
var Desk []byte
