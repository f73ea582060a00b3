// Package attribution finds who says so: the sources, cues and contents of a
// document (PolNeAR's attribution relations), with manner, medium and stance,
// which stands inside whose words, and whose words go on.
//
// A Finder is loaded from the tables data/en/cues.tsv, data/en/sources.tsv and
// data/en/nominals.tsv and is then read-only and safe for many goroutines. Find needs tokens, tags
// and arcs, and takes time linear in the length of the text.
//
// Quotation marks are trusted before arcs: a parser goes wrong just where a
// quotation runs over a clause or a sentence. Find first pairs the marks, looks
// for the cue of each quotation, and then reads from the arcs what is said
// without marks. At the edges of long sentences, where arcs are least sure, the
// stretches between commas decide (segments.go): "A, X said on Sunday", "In
// Paris, X, a minister who resigned, said A", "Noting that A, X said B". Where the
// content of each then begins and ends is chosen among the words around by a model
// (boundary.go), but not beyond what else is said or done with the cue.
//
// What a Content is:
//
//   - of a quotation, the quoted words with their marks; one that is broken
//     off by its cue ("A," he said, "B.") or goes on in the next sentence or
//     paragraph is told by further attributions without a cue that Continues
//     ties to the first;
//   - of a clause, the clause with "that", without the full stop of the
//     sentence it stands in;
//   - where the cue stands amid its content ("The truce, he said, holds") the
//     words around it, the cue included;
//   - of a cue with an object only ("condemned the attack", "announced a
//     truce") that object: a thing talked about rather than a claim;
//   - of a source that another cites ("The daily reported, citing an official, that
//     A") what this other says: it stands within his words (relay.go).
package attribution
