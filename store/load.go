package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"

	"dragoman"
)

// reportsIn loads the reports for which condition holds, by their numbers.
func reportsIn(q querier, condition string, args ...any) ([]dragoman.Report, error) {
	var all []dragoman.Report
	places, sources := map[int64][]int{}, map[int64][]int{} // number: indices of all
	err := each(q, func(rows *sql.Rows) error {
		var r dragoman.Report
		var place, source int64
		var modes, contexts, casualties string
		err := rows.Scan(&r.Number, &r.Article, &r.Ordinal, &r.Occurrence, &r.Type, &modes, &contexts, &r.CAMEO, &r.Quad, &r.Tone, &r.Status, &r.From, &r.To,
			&r.Day, &r.Dated, &r.Published, &place, &source, &r.Source.Text, &r.Source.Anonymous, &r.Origin, &r.Trigger.Start, &r.Trigger.End,
			&r.Words, &r.Evidence, &casualties, &r.Confidence, &r.Mutual)
		if err != nil {
			return err
		}
		r.Modes, r.Contexts = split(modes), split(contexts)
		if casualties != "" {
			if err := json.Unmarshal([]byte(casualties), &r.Casualties); err != nil {
				return fmt.Errorf("report %d: %w", r.Number, err)
			}
		}
		if place != 0 {
			places[place] = append(places[place], len(all))
		}
		if source != 0 {
			sources[source] = append(sources[source], len(all))
		}
		all = append(all, r)
		return nil
	}, `SELECT r.number, r.article, r.ordinal, r.occurrence, r.type, r.modes, r.contexts, r.cameo, r.quad, r.tone, r.status, r.from_day, r.to_day, r.day, r.dated,
		r.published, r.place, r.source, r.source_text, r.anonymous, r.origin, r.start, r.end, r.words, r.evidence, r.casualties, r.confidence, r.mutual = 1
		FROM reports r WHERE `+condition+" ORDER BY r.number", args...)
	if err != nil || len(all) == 0 {
		return all, err
	}
	locales, err := placesIn(q, keys(places))
	if err != nil {
		return nil, err
	}
	for n, at := range places {
		for _, i := range at {
			all[i].Place = locales[n]
		}
	}
	return all, fillParties(q, all, sources)
}

// fillParties loads who is in the reports, and their sources.
func fillParties(q querier, all []dragoman.Report, sources map[int64][]int) error {
	at := map[int64]int{}
	var numbers []int64
	for i := range all {
		at[all[i].Number] = i
		numbers = append(numbers, all[i].Number)
	}
	type slot struct {
		report int64
		role   int
		actor  int64
	}
	var slots []slot
	wanted := map[int64][]int{}
	for n := range sources {
		wanted[n] = nil
	}
	err := each(q, func(rows *sql.Rows) error {
		var s slot
		err := rows.Scan(&s.report, &s.role, &s.actor)
		slots = append(slots, s)
		wanted[s.actor] = nil
		return err
	}, "SELECT report, role, actor FROM parties WHERE depth = 0 AND report IN "+these+" ORDER BY report, role, position", list(numbers))
	if err != nil {
		return err
	}
	known, err := partiesIn(q, keys(wanted))
	if err != nil {
		return err
	}
	for _, s := range slots {
		r := &all[at[s.report]]
		if s.role == acts {
			r.Actors = append(r.Actors, known[s.actor])
		} else {
			r.Recipients = append(r.Recipients, known[s.actor])
		}
	}
	for n, at := range sources {
		for _, i := range at {
			all[i].Source.Actor = known[n]
		}
	}
	return nil
}

func keys(m map[int64][]int) []int64 {
	all := make([]int64, 0, len(m))
	for n := range m {
		all = append(all, n)
	}
	return all
}

// partiesIn loads actors by their numbers, with their principals; one that was
// merged into another is that other.
func partiesIn(q querier, wanted []int64) (map[int64]dragoman.Party, error) {
	return withPrincipals(q, wanted, actorRows)
}

// withPrincipals loads parties by their numbers, and those that they act for, of which
// it is not told whom they act for in their turn. load returns parties and the numbers
// of their principals.
func withPrincipals(q querier, wanted []int64, load func(querier, []int64) (map[int64]dragoman.Party, map[int64][]int64, error)) (map[int64]dragoman.Party, error) {
	known, principals, err := load(q, wanted)
	if err != nil {
		return nil, err
	}
	var more []int64
	for _, all := range principals {
		for _, n := range all {
			if _, ok := known[n]; !ok {
				more = append(more, n)
			}
		}
	}
	bare, _, err := load(q, more)
	if err != nil {
		return nil, err
	}
	maps.Copy(bare, known)
	for n, all := range principals {
		p := known[n]
		for _, m := range all {
			p.Principals = append(p.Principals, bare[m])
		}
		known[n] = p
	}
	return known, nil
}

func actorRows(q querier, wanted []int64) (known map[int64]dragoman.Party, principals map[int64][]int64, err error) {
	known, principals = map[int64]dragoman.Party{}, map[int64][]int64{}
	if len(wanted) == 0 {
		return known, principals, nil
	}
	err = each(q, func(rows *sql.Rows) error {
		var p dragoman.Party
		var sectors, all string
		var asked int64
		if err := rows.Scan(&asked, &p.ID, &p.Name, &p.Kind, &p.Title, &p.Country, &p.Named, &sectors, &p.CAMEO, &p.Wikidata, &all, &p.Number); err != nil {
			return err
		}
		p.Sectors = split(sectors)
		known[asked], principals[asked] = p, numbers(all)
		return nil
	}, `SELECT a.number, s.id, s.name, s.kind, s.title, s.country, s.named, s.sectors, s.cameo, s.wikidata, s.principals, s.number
		FROM actors a JOIN actors s ON s.number = a.same WHERE a.number IN `+these, list(wanted))
	return known, principals, err
}

// placesIn loads places by their numbers; one that was merged into another is
// that other, and so is what contains it.
func placesIn(q querier, wanted []int64) (map[int64]dragoman.Locale, error) {
	known := map[int64]dragoman.Locale{}
	if len(wanted) == 0 {
		return known, nil
	}
	moved, err := movedIn(q)
	if err != nil {
		return nil, err
	}
	return known, each(q, func(rows *sql.Rows) error {
		var n int64
		var p dragoman.Locale
		var lat, lon sql.NullFloat64
		var within string
		if err := rows.Scan(&n, &p.ID, &p.Name, &p.Kind, &p.Country, &lat, &lon, &within); err != nil {
			return err
		}
		p.Lat, p.Lon, p.Located, p.ContainedIn = lat.Float64, lon.Float64, lat.Valid && lon.Valid, split(within)
		p.ID, p.ContainedIn = moved.place(p.ID, p.ContainedIn)
		known[n] = p
		return nil
	}, "SELECT p.number, s.id, s.name, s.kind, s.country, s.lat, s.lon, s.within FROM places p JOIN places s ON s.number = p.same WHERE p.number IN "+these, list(wanted))
}
