// Package syntax writes the first layers of a document: sentences, tokens,
// tags and arcs, as Universal Dependencies has them for English.
//
// A Parser is loaded from weights and small tables and is then read-only and
// safe for many goroutines. The weights are trained here from CoNLL-U and raw
// text (see Train). Linear models of package learn decide where tokens and
// sentences end, and with tables the lemmas and features; a recurrent network
// of package neural gives classes and arcs. docs/syntax.md tells what else was
// tried.
package syntax
