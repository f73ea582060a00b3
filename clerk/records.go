package clerk

import (
	"context"

	"dragoman"
	"dragoman/store"
)

// recordsBatch is how many records are held at once.
const recordsBatch = 1000

// Records are the events of a database that a filter wants, to be handed on.
type Records struct {
	DB     *store.DB
	Filter dragoman.Filter

	// Only what some outlet itself tells as done: what is surest only as somebody's
	// claim is described by the surest report that claims it of nobody.
	Facts bool

	given int
	done  bool
}

// Next returns the next records, those of the newest events first; none after the
// last. Between two calls the database may change.
func (r *Records) Next(ctx context.Context) ([]dragoman.Record, error) {
	for !r.done {
		f := r.Filter
		f.Limit = recordsBatch
		all, err := r.DB.Occurrences(ctx, f)
		if err != nil || len(all) == 0 {
			return nil, err
		}
		last := &all[len(all)-1]
		r.Filter.After, r.done = dragoman.Mark{Day: last.Day, Number: last.Number}, len(all) < recordsBatch
		if r.Facts {
			if all, err = r.facts(ctx, all); err != nil {
				return nil, err
			}
		}
		if most := r.Filter.Limit - r.given; r.Filter.Limit > 0 && len(all) >= most {
			all, r.done = all[:most], true
		}
		if r.given += len(all); len(all) > 0 {
			return r.told(ctx, all)
		}
	}
	return nil, nil
}

// facts leaves those that some outlet tells itself, as it tells them.
func (r *Records) facts(ctx context.Context, all []dragoman.Occurrence) ([]dragoman.Occurrence, error) {
	var claimed []int64
	for i := range all {
		if !all[i].Fact() {
			claimed = append(claimed, all[i].Number)
		}
	}
	reports, err := r.DB.ReportsOf(ctx, claimed)
	if err != nil {
		return nil, err
	}
	told := map[int64]*dragoman.Report{}
	for i := range reports {
		t := &reports[i]
		if was := told[t.Occurrence]; t.Fact() && t.Confidence >= r.Filter.Confidence && (was == nil || t.Confidence > was.Confidence) {
			told[t.Occurrence] = t
		}
	}
	facts := all[:0]
	for _, o := range all {
		if t := told[o.Number]; t != nil {
			o.Report = *t
		}
		if o.Fact() {
			facts = append(facts, o)
		}
	}
	return facts, nil
}

// told adds the articles.
func (r *Records) told(ctx context.Context, all []dragoman.Occurrence) ([]dragoman.Record, error) {
	numbers := make([]int64, len(all))
	for i := range all {
		numbers[i] = all[i].Article
	}
	articles, err := r.DB.Entries(ctx, numbers)
	records := make([]dragoman.Record, len(all))
	for i := range all {
		records[i] = dragoman.Record{Occurrence: all[i], Told: articles[all[i].Article]}
	}
	return records, err
}
