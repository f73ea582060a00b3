package store

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dragoman"
)

// This file answers what pages ask: lists in pages, and counts of many.

// most is a limit as SQLite wants it, for which 0 is none.
func most(limit int) int {
	if limit <= 0 {
		return -1
	}
	return limit
}

// Revision returns a number that grows with every change of what is remembered,
// whichever program makes it.
func (db *DB) Revision(ctx context.Context) (int64, error) {
	return db.number(ctx, "SELECT number FROM revision")
}

// LastArticle returns the number of the article stored last, 0 for none.
func (db *DB) LastArticle(ctx context.Context) (int64, error) {
	return db.number(ctx, "SELECT coalesce(max(number), 0) FROM articles")
}

func (db *DB) number(ctx context.Context, query string, args ...any) (n int64, err error) {
	return n, each(db.asks(ctx), func(rows *sql.Rows) error { return rows.Scan(&n) }, query, args...)
}

// Articles returns what the filter wants, the newest stored first.
func (db *DB) Articles(ctx context.Context, f dragoman.ArticleFilter) ([]dragoman.Entry, error) {
	from, number, where, args := "articles a", "a.number", []string{"1 = 1"}, []any{}
	and := func(condition string, value any) { where, args = append(where, condition), append(args, value) }
	text := match(f.Text)
	if text != "" {
		// The words are in this order themselves: the first that fit are enough.
		from, number = "article_words w CROSS JOIN articles a ON a.number = w.rowid", "w.rowid"
		and("article_words MATCH ?", text)
	}
	if f.Outlet != "" {
		and("a.outlet = ?", f.Outlet)
	}
	if f.From != 0 || f.To != 0 {
		if f.From != dragoman.NoDay {
			and("a.published >= ?", f.From)
		}
		if f.To != dragoman.NoDay {
			and("a.published <= ?", f.To)
		}
	}
	if f.Before != 0 {
		and(number+" < ?", f.Before)
	}
	// Numbers first: they are in the indices, and what is sorted is small.
	all, err := entriesIn(db.asks(ctx), "WHERE a.number IN (SELECT "+number+" FROM "+from+" WHERE "+strings.Join(where, " AND ")+
		" ORDER BY "+number+" DESC LIMIT ?) ORDER BY a.number DESC", append(args, most(f.Limit))...)
	return all, asked(text, err)
}

// Outlets returns the outlets with the most articles; 0 for all.
func (db *DB) Outlets(ctx context.Context, limit int) ([]dragoman.Tally, error) {
	var all []dragoman.Tally
	return all, each(db.asks(ctx), func(rows *sql.Rows) error {
		var t dragoman.Tally
		err := rows.Scan(&t.Name, &t.Count)
		all = append(all, t)
		return err
	}, "SELECT name, articles FROM outlets ORDER BY articles DESC, name LIMIT ?", most(limit))
}

// MaxLooked is how many occurrences Facets looks at, and no more.
const MaxLooked = 5000

// Facets counts of what kinds the newest occurrences are that the filter wants:
// as many as its Limit, or MaxLooked.
func (db *DB) Facets(ctx context.Context, f dragoman.Filter) (dragoman.Facets, error) {
	looked := MaxLooked
	if f.Limit > 0 {
		looked = min(looked, f.Limit)
	}
	f.Limit = looked + 1
	all, err := db.features(ctx, &f)
	if err != nil {
		return dragoman.Facets{}, err
	}
	out := dragoman.Facets{All: len(all) <= looked, Tones: map[dragoman.Tone]int{}}
	all = all[:min(len(all), looked)]
	out.Looked = len(all)
	types, statuses, years, places, outlets := map[string]int{}, map[string]int{}, map[dragoman.Day]int{}, map[int64]int{}, map[string]int{}
	for i := range all {
		o := &all[i]
		if i < 100 {
			out.Newest = append(out.Newest, o.number)
		}
		types[o.kind]++
		statuses[o.status]++
		years[o.day]++
		places[o.place]++
		outlets[o.outlets]++
		out.Tones[o.tone]++
	}
	out.Types, out.Statuses, out.Years = tallies(types), tallies(statuses), tallies(byYear(years))
	countries, err := db.countries(ctx, places)
	if err != nil {
		return out, err
	}
	names, err := db.outletNames(ctx, outlets)
	out.Countries, out.Outlets = tallies(countries), tallies(names)
	return out, err
}

// features are what is counted of an occurrence.
type features struct {
	number       int64
	day          dragoman.Day
	kind, status string
	tone         dragoman.Tone
	place        int64
	outlets      string // numbers
}

// features returns those of what the filter wants, in order. They come as one
// text, for of thousands of rows what is dear is each row.
func (db *DB) features(ctx context.Context, f *dragoman.Filter) ([]features, error) {
	wanted, args, err := db.wanted(ctx, f)
	if err != nil {
		return nil, err
	}
	var text sql.NullString
	err = each(db.asks(ctx), func(rows *sql.Rows) error { return rows.Scan(&text) },
		`SELECT group_concat(o.number || ' ' || o.day || ' ' || o.tone || ' ' || o.place || ' ' || o.type || ' ' || o.status || ' ' || o.outlets, char(10))
		FROM (`+wanted+") w CROSS JOIN occurrences o ON o.number = w.number", args...)
	if err != nil || !text.Valid {
		return nil, asked(f.Text, err)
	}
	var all []features
	for line := range strings.SplitSeq(text.String, "\n") {
		all = append(all, featuresOf(line))
	}
	return all, nil
}

// featuresOf reads a line of them, whose words the store itself has put there.
func featuresOf(line string) (o features) {
	next := func() string {
		word, rest, _ := strings.Cut(line, " ")
		line = rest
		return word
	}
	number := func() int64 {
		n, _ := strconv.ParseInt(next(), 10, 64)
		return n
	}
	o.number, o.day, o.tone, o.place = number(), dragoman.Day(number()), dragoman.Tone(number()), number()
	o.kind, o.status, o.outlets = next(), next(), next()
	return o
}

// tallies sorts counts, the most first; the empty name is left out.
func tallies(counts map[string]int) []dragoman.Tally {
	all := make([]dragoman.Tally, 0, len(counts))
	for name, n := range counts {
		if name != "" {
			all = append(all, dragoman.Tally{Name: name, Count: n})
		}
	}
	slices.SortFunc(all, func(a, b dragoman.Tally) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	return all
}

func byYear(days map[dragoman.Day]int) map[string]int {
	years := map[string]int{}
	for d, n := range days {
		if d != dragoman.NoDay {
			year, _, _ := d.Date()
			years[strconv.Itoa(year)] += n
		}
	}
	return years
}

// countries counts in which countries places are.
func (db *DB) countries(ctx context.Context, places map[int64]int) (map[string]int, error) {
	counts := map[string]int{}
	return counts, each(db.asks(ctx), func(rows *sql.Rows) error {
		var place int64
		var country string
		err := rows.Scan(&place, &country)
		counts[country] += places[place]
		return err
	}, "SELECT number, country FROM places WHERE number IN "+these, list(slices.Collect(maps.Keys(places))))
}

// outletNames resolves counts of lists of outlets.
func (db *DB) outletNames(ctx context.Context, lists map[string]int) (map[string]int, error) {
	byNumber := map[int64]int{}
	for l, n := range lists {
		for _, outlet := range numbers(l) {
			byNumber[outlet] += n
		}
	}
	counts := map[string]int{}
	return counts, each(db.asks(ctx), func(rows *sql.Rows) error {
		var number int64
		var name string
		err := rows.Scan(&number, &name)
		counts[name] = byNumber[number]
		return err
	}, "SELECT number, name FROM outlets WHERE number IN "+these, list(slices.Collect(maps.Keys(byNumber))))
}

// Located returns the places at which the occurrences are that the filter
// wants, by the surest report of each, those with the most first. What is known
// to be somewhere in a country is at the country, not at any town. The filter's
// After and Limit do not matter.
func (db *DB) Located(ctx context.Context, f dragoman.Filter, limit int) ([]dragoman.Spot, error) {
	f.Limit, f.After = 0, dragoman.Mark{}
	ways, err := db.lanes(ctx, &f)
	if err != nil {
		return nil, err
	}
	var parts []string
	var args []any
	for _, l := range ways {
		from, values := l.source(&f)
		parts, args = append(parts, "SELECT o.number, o.day, o.tone, o.place"+from), append(args, values...)
	}
	var spots []dragoman.Spot
	var places []int64
	err = each(db.asks(ctx), func(rows *sql.Rows) error {
		var s dragoman.Spot
		var place int64
		err := rows.Scan(&place, &s.Events, &s.Cooperation, &s.Conflict, &s.Newest)
		spots, places = append(spots, s), append(places, place)
		return err
	}, "SELECT place, count(*), sum(tone > 0), sum(tone < 0), max(day) FROM ("+strings.Join(parts, " UNION ")+") WHERE place <> 0 GROUP BY place ORDER BY 2 DESC, 1 LIMIT ?", append(args, most(limit))...)
	if err != nil {
		return nil, asked(f.Text, err)
	}
	known, err := placesIn(db.asks(ctx), places)
	for i := range spots {
		spots[i].Locale = known[places[i]]
	}
	return spots, err
}

// Relations returns the pairs that did most to each other in the days From to
// To of the filter, as surely as its Confidence, the most first; with A only
// those with that actor. Both are of the kinds given, any where there are none;
// A may be of any. Only what was done counts, and nobody has a relation with
// whom it acts for. The filter's other fields do not matter.
func (db *DB) Relations(ctx context.Context, f dragoman.Filter, kinds []string, limit int) ([]dragoman.Relation, error) {
	from, to := dragoman.NoDay, dragoman.Day(1<<31-1)
	if f.From != 0 || f.To != 0 {
		from = f.From
		if f.To != dragoman.NoDay {
			to = f.To
		}
	}
	for batch := limit + limit/2 + 20; ; batch *= 2 {
		if limit <= 0 {
			batch = 0
		}
		found, err := db.pairs(ctx, f.A, from, to, f.Confidence, kinds, batch)
		if err != nil {
			return nil, err
		}
		all := slices.DeleteFunc(slices.Clone(found), func(r dragoman.Relation) bool { return within(&r.A, &r.B) || within(&r.B, &r.A) })
		if len(found) < batch || len(all) >= limit {
			return all[:min(len(all), cmp.Or(max(limit, 0), len(all)))], nil
		}
	}
}

// within reports whether p acts for q.
func within(p, q *dragoman.Party) bool {
	return slices.ContainsFunc(p.Principals, func(x dragoman.Party) bool { return x.Number == q.Number })
}

// pairs are relations of which some are of one and whom it acts for.
func (db *DB) pairs(ctx context.Context, a int64, from, to dragoman.Day, confidence float64, kinds []string, limit int) ([]dragoman.Relation, error) {
	query, args := deeds(a, from, to, confidence, kinds)
	var all []dragoman.Relation
	var who [][2]int64
	wanted := map[int64][]int{}
	err := each(db.asks(ctx), func(rows *sql.Rows) error {
		var r dragoman.Relation
		var n [2]int64
		err := rows.Scan(&n[0], &n[1], &r.There.Cooperation, &r.There.Conflict, &r.Back.Cooperation, &r.Back.Conflict, &r.Together.Cooperation, &r.Together.Conflict)
		all, who = append(all, r), append(who, n)
		wanted[n[0]], wanted[n[1]] = nil, nil
		return err
	}, `SELECT min(a, b) AS x, max(a, b) AS y, sum(a < b AND tone > 0 AND NOT together), sum(a < b AND tone < 0 AND NOT together),
			sum(a > b AND tone > 0 AND NOT together), sum(a > b AND tone < 0 AND NOT together), sum(a < b AND tone > 0 AND together), sum(a < b AND tone < 0 AND together)
		FROM (`+query+") GROUP BY x, y ORDER BY sum(a < b OR NOT together) DESC, x, y LIMIT ?", append(args, most(limit))...)
	if err != nil {
		return nil, err
	}
	known, err := partiesIn(db.asks(ctx), keys(wanted))
	for i, n := range who {
		all[i].A, all[i].B = known[n[0]], known[n[1]]
	}
	return all, err
}

// deeds is the query of what was done, by anybody to anybody or by and to one.
func deeds(one int64, from, to dragoman.Day, confidence float64, kinds []string) (string, []any) {
	const done = " AND done = 1 AND tone <> 0 AND day BETWEEN ? AND ? AND confidence >= ?"
	args := []any{from, to, confidence}
	of, names := " > 0", []any(nil)
	if len(kinds) > 0 {
		of, names = " IN (SELECT number FROM actors WHERE kind IN (?"+strings.Repeat(", ?", len(kinds)-1)+") AND events > 0)", anys(kinds)
	}
	if one == 0 {
		return "SELECT a, b, tone, together FROM dyads INDEXED BY dyads_done WHERE b" + of + done + " AND a" + of, slices.Concat(names, args, names)
	}
	return "SELECT a, b, tone, together FROM dyads WHERE a = ?" + done + " AND b" + of +
			" UNION ALL SELECT a, b, tone, together FROM dyads INDEXED BY dyads_done WHERE b = ?" + done + " AND a" + of,
		slices.Concat([]any{one}, args, names, []any{one}, args, names)
}

// Statements returns what an actor, or those that were merged into it, says in
// articles, the newest first, after a claim's day of publication and number.
func (db *DB) Statements(ctx context.Context, actor int64, after dragoman.Mark, limit int) ([]dragoman.Claim, error) {
	q := db.asks(ctx)
	sources, err := merged(q, actor)
	if err != nil {
		return nil, err
	}
	if after.Number == 0 {
		after.Day = 1<<31 - 1
	}
	var parts []string
	var args []any
	for _, n := range sources {
		parts = append(parts, "SELECT published, number FROM claims WHERE source = ? AND source <> 0 AND (published, number) < (?, ?)") // the index has no zeros
		args = append(args, n, after.Day, after.Number)
	}
	all, err := claimsIn(q, "c.number IN (SELECT number FROM ("+strings.Join(parts, " UNION ALL ")+" ORDER BY 1 DESC, 2 DESC LIMIT ?))", append(args, most(limit))...)
	slices.SortFunc(all, func(a, b dragoman.Claim) int {
		return cmp.Or(cmp.Compare(b.Published, a.Published), cmp.Compare(b.Number, a.Number))
	})
	return all, err
}

// Fired returns what an alert fired for, or all where it is 0, the newest first,
// once for each way in which it is told: only firings before the number given,
// where that is not 0.
func (db *DB) Fired(ctx context.Context, alert, before int64, limit int) ([]dragoman.Delivery, error) {
	where, args := []string{"1 = 1"}, []any{}
	if alert != 0 {
		where, args = append(where, "f.alert = ?"), append(args, alert)
	}
	if before != 0 {
		where, args = append(where, "f.number < ?"), append(args, before)
	}
	return deliveriesIn(db.asks(ctx), strings.Join(where, " AND ")+" ORDER BY f.number DESC LIMIT ?", append(args, most(limit))...)
}

// Newly returns the occurrences as sure as confidence that were told first by
// articles stored after the one of that number, those told last first.
func (db *DB) Newly(ctx context.Context, after int64, confidence float64, limit int) ([]dragoman.Occurrence, error) {
	q := db.asks(ctx)
	var found []int64
	err := each(q, func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n, new(int64))
		found = append(found, n)
		return err
	}, `SELECT DISTINCT r.occurrence, r.article FROM reports r JOIN occurrences o ON o.number = r.occurrence
		WHERE r.article > ? AND r.wrong = 0 AND o.confidence >= ?
		AND NOT EXISTS (SELECT 1 FROM reports x WHERE x.occurrence = r.occurrence AND x.wrong = 0 AND x.article < r.article)
		ORDER BY r.article DESC, r.occurrence DESC LIMIT ?`, after, confidence, most(limit))
	if err != nil {
		return nil, err
	}
	return occurrences(q, found)
}
