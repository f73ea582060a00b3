// Package syntax writes the first layers of a document: sentences, tokens,
// tags and arcs, as Universal Dependencies has them for English.
//
// A Parser is loaded from weights and small tables and is then read-only and
// safe for many goroutines. The weights are trained here from CoNLL-U (see
// Train): a token splitter and a sentence splitter that decide between
// characters and between tokens, a tagger, lemma scripts, features looked up
// and settled by the tree, and a transition-based parser (arc-hybrid, trained
// with a dynamic oracle). All are linear models of package learn.
package syntax
