package story

import "dragoman"

// Telling is a report of an event, in which article, and what it only repeats.
type Telling struct {
	dragoman.Report
	Entry dragoman.Entry
	Copy  int64 // the article whose text it has; 0: it is of its own
	Same  int64 // an article that tells it from the same origin before; 0: none does
}

// Tellings says of all reports of one event, in the order in which they were
// stored, which of them only repeat another. entries are their articles.
func Tellings(reports []dragoman.Report, entries map[int64]dragoman.Entry) []Telling {
	first := map[string]int64{} // origin: the article that tells it first
	all := make([]Telling, len(reports))
	for i, r := range reports {
		t := Telling{Report: r, Entry: entries[r.Article]}
		switch before, told := first[r.Origin]; {
		case t.Entry.Original != t.Entry.Number:
			t.Copy = t.Entry.Original
		case told && before != r.Article:
			t.Same = before
		case !told:
			first[r.Origin] = r.Article
		}
		all[i] = t
	}
	return all
}
