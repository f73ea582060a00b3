// Package examples holds articles to try the program with, written for it.
package examples

import _ "embed"

// Desk is nine articles about two states, as JSON Lines.
//
//go:embed desk.jsonl
var Desk []byte

// Year is 88 articles of the year before those of Desk and beside them, which
// they do not contradict, as JSON Lines in the order of publication.
//
//go:embed year.jsonl
var Year []byte
