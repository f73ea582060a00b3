package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"dragoman"
)

// ProvidedFilter says which events of a provider are wanted; what is zero filters
// nothing.
type ProvidedFilter struct {
	Provider string        // whose; it has to be given
	A, B     string        // between two actors, by their ids, or those they act for, either way
	From, To dragoman.Day  // as in dragoman.Filter
	After    dragoman.Mark // as in dragoman.Filter: the day and number of the last that was seen
	Limit    int           // 0: all
}

// Provided returns the events of a provider that the filter wants, the newest
// first; what has no day comes last. They have numbers of their own.
func (db *DB) Provided(ctx context.Context, f ProvidedFilter) ([]dragoman.Record, error) {
	provider, err := db.provider(ctx, f.Provider)
	if err != nil {
		return nil, err
	}
	query, args, err := db.provided(ctx, provider, &f)
	if err != nil {
		return nil, err
	}
	q := db.asks(ctx)
	wanted, err := collect(q, dated, query, args...)
	if err != nil {
		return nil, err
	}
	all, err := providedIn(q, wanted)
	for i := range all {
		all[i].Provider = f.Provider
	}
	return all, err
}

// ProvidedStream returns a function that returns one after the other what
// Provided would at once without a limit, and io.EOF at the end. It holds few of them.
func (db *DB) ProvidedStream(ctx context.Context, f ProvidedFilter) func() (dragoman.Record, error) {
	const page = 1000
	var held []dragoman.Record
	ended := false
	f.Limit = page
	return func() (dragoman.Record, error) {
		if len(held) == 0 && !ended {
			var err error
			if held, err = db.Provided(ctx, f); err != nil {
				return dragoman.Record{}, err
			}
			ended = len(held) < page
		}
		if len(held) == 0 {
			return dragoman.Record{}, io.EOF
		}
		r := held[0]
		held, f.After = held[1:], dragoman.Mark{Day: r.Day, Number: r.Number}
		return r, nil
	}
}

// ProviderNames returns what the providers are called whose events are stored, in
// order.
func (db *DB) ProviderNames(ctx context.Context) ([]string, error) {
	all, err := db.Providers(ctx)
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
	}
	return names, err
}

// provider returns the number of a provider.
func (db *DB) provider(ctx context.Context, name string) (number int64, err error) {
	number, err = db.number(ctx, "SELECT number FROM providers WHERE name = ?", name)
	if err != nil || number != 0 {
		return number, err
	}
	names, err := db.ProviderNames(ctx)
	if err != nil {
		return 0, err
	}
	if len(names) == 0 {
		return 0, fmt.Errorf("there is no provider %q, nor any other: dragoman import stores events of one", name)
	}
	return 0, fmt.Errorf("there is no provider %q; there is %s", name, strings.Join(names, ", "))
}

// provided writes the query of the days and numbers of what a filter wants, in
// order. What several lanes lead to is merged as far as it is asked for.
func (db *DB) provided(ctx context.Context, provider int64, f *ProvidedFilter) (query string, args []any, err error) {
	var lanes []string
	lane := func(number, from string, values ...any) {
		if f.From != 0 || f.To != 0 {
			from, values = from+" AND day BETWEEN ? AND ?", append(values, f.From, f.To)
		}
		way := func(also string, more ...any) {
			lanes = append(lanes, "SELECT day, "+number+" AS number FROM "+from+also)
			args = append(append(args, values...), more...)
		}
		if f.After.Number == 0 {
			way("")
			return
		}
		// Two ranges: a day may have many thousands, which one would go through.
		way(" AND day = ? AND "+number+" < ?", f.After.Day, f.After.Number)
		way(" AND day < ?", f.After.Day)
	}
	if f.A == "" && f.B == "" {
		lane("number", "provided WHERE provider = ?", provider)
	} else {
		there, back, err := db.pairings(ctx, f.A, f.B)
		if err != nil {
			return "", nil, err
		}
		for _, p := range append(there, back...) {
			lane("event", "provided_dyads WHERE provider = ? AND a = ? AND b = ?", provider, p[0], p[1])
		}
	}
	query = strings.Join(lanes, " UNION ") + " ORDER BY 1 DESC, 2 DESC"
	if f.Limit > 0 {
		query += " LIMIT " + strconv.Itoa(f.Limit)
	}
	return query, args, nil
}

// pairings returns the ids under which events of a towards b are found, and of b
// towards a: more than one each where others were merged into them.
func (db *DB) pairings(ctx context.Context, a, b string) (there, back [][2]string, err error) {
	as, err := db.idsOf(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	bs, err := db.idsOf(ctx, b)
	for _, a := range as {
		for _, b := range bs {
			there, back = append(there, [2]string{a, b}), append(back, [2]string{b, a})
		}
	}
	return there, back, err
}

// idsOf returns the id of an actor and those of all that are the same by a
// correction.
func (db *DB) idsOf(ctx context.Context, id string) ([]string, error) {
	ids := []string{id}
	return ids, each(db.asks(ctx), func(rows *sql.Rows) error {
		var also string
		err := rows.Scan(&also)
		ids = append(ids, also)
		return err
	}, `SELECT s.id FROM actors a JOIN actors s ON s.number = a.same WHERE a.id = ?1 AND s.id <> ?1
		UNION SELECT m.id FROM actors a JOIN actors m ON m.same = a.same AND m.same <> m.number WHERE a.id = ?1 AND m.id <> ?1`, id)
}

// ProvidedCounts counts what a did to b, b to a, and both with each other as a provider
// tells it, day by day, where it was done, by the ids of actors: in the order of days, which are
// inclusive. NoDay is left out.
func (db *DB) ProvidedCounts(ctx context.Context, provider, a, b string, from, to dragoman.Day) ([]dragoman.DayCount, error) {
	number, err := db.provider(ctx, provider)
	if err != nil {
		return nil, err
	}
	there, back, err := db.pairings(ctx, a, b)
	if err != nil {
		return nil, err
	}
	var lanes []string
	var args []any
	for back, pairs := range [][][2]string{there, back} {
		for _, p := range pairs {
			lanes = append(lanes, "SELECT ? AS back, done = 2 AS claimed, day, tone, event FROM provided_dyads WHERE provider = ? AND a = ? AND b = ? AND day BETWEEN ? AND ? AND done > 0")
			args = append(args, back, number, p[0], p[1], max(from, dragoman.NoDay+1), to)
		}
	}
	// An event may be under several of the pairs, and in both directions.
	return db.dayCounts(ctx, "SELECT min(back) AS back, min(back) < max(back) AS together, claimed, day, tone FROM ("+strings.Join(lanes, " UNION ALL ")+") GROUP BY event", args...)
}

// ProvidedDays returns the first and the last day of the last stretch up to now
// in which a provider has events again and again; NoDay where there is none. What
// was before is known by chance, as with Since.
func (db *DB) ProvidedDays(ctx context.Context, provider string, now dragoman.Day) (first, last dragoman.Day, err error) {
	number, err := db.provider(ctx, provider)
	if err != nil {
		return dragoman.NoDay, dragoman.NoDay, err
	}
	var from, to sql.NullInt64
	err = db.read.QueryRowContext(ctx, `WITH RECURSIVE days (day) AS (
		SELECT max(day) FROM provided WHERE provider = ?1 AND day <= ?2 AND day > ?3
		UNION
		SELECT (SELECT min(day) FROM provided WHERE provider = ?1 AND day >= days.day - ?4 AND day > ?3) FROM days WHERE days.day IS NOT NULL)
		SELECT min(day), max(day) FROM days`, number, now, dragoman.NoDay, maxGap).Scan(&from, &to)
	if !from.Valid {
		return dragoman.NoDay, dragoman.NoDay, err
	}
	return dragoman.Day(from.Int64), dragoman.Day(to.Int64), err
}

// ProvidedNamed returns whom providers call by a name, or tell of under an id,
// where actors of ours may have that id.
func (db *DB) ProvidedNamed(ctx context.Context, name string) ([]dragoman.Party, error) {
	q := db.asks(ctx)
	numbers, err := collect(q, number, `SELECT min(number) FROM provided_parties WHERE number IN (
		SELECT p.number FROM providers o JOIN provided_parties p ON p.provider = o.number AND p.id = ?1 WHERE o.name IS NOT NULL AND p.called <> ''
		UNION SELECT p.number FROM provided_parties p JOIN providers o ON o.number = p.provider WHERE p.called = ?2 AND p.called <> '' AND o.name IS NOT NULL)
		GROUP BY id ORDER BY 1`, name, fold(name))
	if err != nil {
		return nil, err
	}
	known, err := withPrincipals(q, numbers, providedPartyRows)
	var all []dragoman.Party
	for _, n := range numbers {
		all = append(all, known[n])
	}
	return all, err
}

// providedIn loads events in the order of their numbers given; those that are not
// there are left out.
func providedIn(q querier, wanted []int64) ([]dragoman.Record, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	type row struct {
		dragoman.Record
		actors, recipients     []int64
		place, source, article int64
	}
	byNumber := map[int64]*row{}
	parties, places, articles := map[int64][]int{}, map[int64][]int{}, map[int64][]int{}
	err := each(q, func(rows *sql.Rows) error {
		var r row
		var modes, contexts, actors, recipients, casualties string
		err := rows.Scan(&r.Number, &r.ID, &r.Day, &r.Type, &modes, &contexts, &r.CAMEO, &r.Quad, &r.Tone, &r.Status, &r.From, &r.To, &r.Dated, &r.Published,
			&actors, &recipients, &r.Mutual, &r.place, &r.source, &r.Source.Text, &r.Source.Anonymous, &r.Origin, &r.Words, &r.Evidence, &casualties, &r.Confidence, &r.article,
			&r.First, &r.Reports, &r.Articles, &r.Outlets, &r.Origins, &r.Sources)
		if err == nil && casualties != "" {
			err = json.Unmarshal([]byte(casualties), &r.Casualties)
		}
		if err != nil {
			return fmt.Errorf("event %d of a provider: %w", r.Number, err)
		}
		if strings.HasPrefix(r.ID, toldAs) {
			r.ID = ""
		}
		r.Modes, r.Contexts, r.actors, r.recipients = split(modes), split(contexts), numbers(actors), numbers(recipients)
		for _, n := range append(append([]int64{r.source}, r.actors...), r.recipients...) {
			parties[n] = nil
		}
		places[r.place], articles[r.article] = nil, nil
		byNumber[r.Number] = &r
		return nil
	}, `SELECT number, id, day, type, modes, contexts, cameo, quad, tone, status, from_day, to_day, dated, published, actors, recipients, mutual, place, source, source_text,
		anonymous, origin, words, evidence, casualties, confidence, article, first, reports, articles, outlets, origins, sources
		FROM provided WHERE number IN `+these, list(wanted))
	if err != nil {
		return nil, err
	}
	who, err := withPrincipals(q, keys(parties), providedPartyRows)
	if err != nil {
		return nil, err
	}
	where, err := providedPlaces(q, keys(places))
	if err != nil {
		return nil, err
	}
	told, err := providedArticles(q, keys(articles))
	var all []dragoman.Record
	for _, n := range wanted {
		r := byNumber[n]
		if r == nil {
			continue
		}
		for _, a := range r.actors {
			r.Actors = append(r.Actors, who[a])
		}
		for _, a := range r.recipients {
			r.Recipients = append(r.Recipients, who[a])
		}
		r.Source.Actor, r.Place, r.Told = who[r.source], where[r.place], told[r.article]
		if r.article == 0 {
			r.Told.Published = r.Published
		}
		all = append(all, r.Record)
	}
	return all, err
}

func providedPartyRows(q querier, wanted []int64) (known map[int64]dragoman.Party, principals map[int64][]int64, err error) {
	known, principals = map[int64]dragoman.Party{}, map[int64][]int64{}
	return known, principals, each(q, func(rows *sql.Rows) error {
		var n int64
		var p dragoman.Party
		var sectors, all string
		err := rows.Scan(&n, &p.ID, &p.Name, &p.Kind, &p.Title, &p.Country, &p.Named, &sectors, &p.CAMEO, &p.Wikidata, &all)
		p.Sectors = split(sectors)
		known[n], principals[n] = p, numbers(all)
		return err
	}, "SELECT number, id, name, kind, title, country, named, sectors, cameo, wikidata, principals FROM provided_parties WHERE number IN "+these, list(wanted))
}

func providedPlaces(q querier, wanted []int64) (map[int64]dragoman.Locale, error) {
	known := map[int64]dragoman.Locale{}
	return known, each(q, func(rows *sql.Rows) error {
		var n int64
		var p dragoman.Locale
		var within string
		err := rows.Scan(&n, &p.ID, &p.Name, &p.Kind, &p.Country, &p.Lat, &p.Lon, &p.Located, &within)
		p.ContainedIn = split(within)
		known[n] = p
		return err
	}, "SELECT number, id, name, kind, country, lat, lon, located, within FROM provided_places WHERE number IN "+these, list(wanted))
}

func providedArticles(q querier, wanted []int64) (map[int64]dragoman.Entry, error) {
	known := map[int64]dragoman.Entry{}
	return known, each(q, func(rows *sql.Rows) error {
		var n int64
		var e dragoman.Entry
		err := rows.Scan(&n, &e.ID, &e.Title, &e.URL, &e.Outlet, &e.Language, &e.Published, &e.Version)
		known[n] = e
		return err
	}, "SELECT number, id, title, url, outlet, language, published, version FROM provided_articles WHERE number IN "+these, list(wanted))
}
