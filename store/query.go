package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"dragoman"
)

func (db *DB) asks(ctx context.Context) reading { return reading{db, ctx} }

// collect returns what scan makes of every row of a query, in order.
func collect[T any](q querier, scan func(*sql.Rows) (T, error), query string, args ...any) (all []T, err error) {
	err = each(q, func(rows *sql.Rows) error {
		v, err := scan(rows)
		all = append(all, v)
		return err
	}, query, args...)
	return all, err
}

// number scans a row that is a number.
func number(rows *sql.Rows) (n int64, err error) {
	err = rows.Scan(&n)
	return n, err
}

// dated scans the number of a row that is a day and a number.
func dated(rows *sql.Rows) (n int64, err error) {
	err = rows.Scan(new(dragoman.Day), &n)
	return n, err
}

// Occurrences returns what the filter wants, the newest first; what has no day
// comes last.
func (db *DB) Occurrences(ctx context.Context, f dragoman.Filter) ([]dragoman.Occurrence, error) {
	found, enough, err := db.lately(ctx, f)
	if err == nil && !enough {
		found, err = db.found(ctx, &f)
	}
	if err != nil {
		return nil, err
	}
	return occurrences(db.asks(ctx), found)
}

// OccurrencesOf returns those of the numbers given, in that order; some may be
// there no longer.
func (db *DB) OccurrencesOf(ctx context.Context, numbers []int64) ([]dragoman.Occurrence, error) {
	return occurrences(db.asks(ctx), numbers)
}

// found returns the numbers of what a filter wants, in order.
func (db *DB) found(ctx context.Context, f *dragoman.Filter) ([]int64, error) {
	query, args, err := db.wanted(ctx, f)
	if err != nil {
		return nil, err
	}
	found, err := collect(db.asks(ctx), dated, query, args...)
	return found, asked(f.Text, err)
}

// lately looks for the words of a filter among the newest of what it wants else,
// and says whether these are enough: all that is asked for. Where many have the
// words, that is far less than to look all of them up.
func (db *DB) lately(ctx context.Context, f dragoman.Filter) (found []int64, enough bool, err error) {
	text, limit := match(f.Text), f.Limit
	if text == "" || limit == 0 {
		return nil, false, nil
	}
	if some, err := db.fewer(ctx, db.late, "report_words WHERE evidence MATCH ?", text); some || err != nil {
		return nil, false, asked(text, err)
	}
	f.Text, f.Limit = "", db.late
	newest, err := db.found(ctx, &f)
	if err != nil {
		return nil, false, err
	}
	have := map[int64]bool{}
	const bound = " FROM reports WHERE occurrence IN " + these
	in := list(newest)
	err = each(db.asks(ctx), func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		have[n] = true
		return err
	}, told+" AND w.rowid BETWEEN (SELECT min(number)"+bound+") AND (SELECT max(number)"+bound+") AND +r.occurrence IN "+these, text, in, in, in)
	for _, n := range newest {
		if have[n] && len(found) < limit {
			found = append(found, n)
		}
	}
	return found, len(newest) < db.late || len(found) == limit, asked(text, err)
}

// wanted writes the query of the days and numbers of what a filter wants, in
// order. What several lanes lead to is merged as far as it is asked for.
func (db *DB) wanted(ctx context.Context, f *dragoman.Filter) (string, []any, error) {
	ways, err := db.lanes(ctx, f)
	var parts []string
	var args []any
	for _, l := range ways {
		day, number := l.keys()
		from, values := l.source(f)
		parts, args = append(parts, "SELECT "+day+" AS day, "+number+" AS number"+from), append(args, values...)
	}
	query := strings.Join(parts, " UNION ") + " ORDER BY 1 DESC, 2 DESC"
	if f.Limit > 0 {
		query += " LIMIT " + strconv.Itoa(f.Limit)
	}
	return query, args, err
}

// match writes words, "phrases", AND, OR, NOT, brackets and beginnings* as FTS5
// wants them: words with signs in them ("N'Djamena", "cease-fire") are phrases.
func match(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == ' ' || c == '(' || c == ')':
			b.WriteByte(c)
			i++
		case c == '"':
			end := strings.IndexByte(text[i+1:], '"')
			if end < 0 {
				end = len(text) - i - 1
			}
			b.WriteString(`"` + text[i+1:i+1+end] + `"`)
			i += end + 2
		default:
			end := strings.IndexAny(text[i:], ` ()"`)
			if end < 0 {
				end = len(text) - i
			}
			b.WriteString(quoted(text[i : i+end]))
			i += end
		}
	}
	return b.String()
}

func quoted(word string) string {
	switch word {
	case "AND", "OR", "NOT":
		return word
	}
	stem, begins := strings.CutSuffix(word, "*")
	if begins {
		return `"` + stem + `"*`
	}
	return `"` + word + `"`
}

// asked makes a fault of full-text syntax one that says so.
func asked(text string, err error) error {
	if err != nil && text != "" && (strings.Contains(err.Error(), "fts5") || strings.Contains(err.Error(), "unterminated string")) {
		return fmt.Errorf("the text %q cannot be searched for: words, \"phrases in quotes\", AND, OR, NOT and brackets are understood", text)
	}
	return err
}

// lane is one way to the occurrences of a filter: the index that leads to the
// fewest, in the order of days.
type lane struct {
	from  string // joins to o
	where []string
	args  []any
}

// lanes chooses the index, and writes the filter's text as a query of words.
// Two parties either way are two lanes.
func (db *DB) lanes(ctx context.Context, f *dragoman.Filter) ([]lane, error) {
	if f.Text = match(f.Text); f.Text != "" {
		if some, err := db.fewer(ctx, db.few, "report_words WHERE evidence MATCH ?", f.Text); some || err != nil {
			return []lane{wordLane(f)}, asked(f.Text, err)
		}
	}
	if f.A != 0 || f.B != 0 {
		return partyLanes(f), nil
	}
	if f.Source != 0 {
		return db.sourceLanes(ctx, f.Source)
	}
	if f.Outlet != "" {
		return []lane{{"tellers l" + listedAs, []string{"l.outlet = " + outletOf}, []any{f.Outlet}}}, nil
	}
	if f.Place != "" {
		return []lane{{"located l" + listedAs, []string{"l.place = ?"}, []any{f.Place}}}, nil
	}
	return []lane{{"occurrences o", nil, nil}}, nil
}

const (
	listedAs = " JOIN occurrences o ON o.number = l.occurrence"
	outletOf = "(SELECT number FROM outlets WHERE name = ?)"
)

// fewer reports whether fewer rows than so many fulfil a condition.
func (db *DB) fewer(ctx context.Context, than int, from string, value any) (bool, error) {
	found := 0
	err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+from+" LIMIT ?)", value, than).Scan(&found)
	return found < than, err
}

// sourceLanes lead through what a source says and those that were merged into it.
func (db *DB) sourceLanes(ctx context.Context, source int64) ([]lane, error) {
	sources, err := merged(db.asks(ctx), source)
	all := make([]lane, len(sources))
	for i, n := range sources {
		all[i] = roleLane(n, says)
	}
	return all, err
}

// merged returns actors and those that were merged into them.
func merged(q querier, actors ...int64) ([]int64, error) {
	others, err := collect(q, number, "SELECT number FROM actors WHERE same IN "+these+" AND same <> number", list(actors))
	return slices.Concat(actors, others), err
}

// told are the occurrences of the reports that have the words, each for every
// one that does. The index holds all that is asked of reports, which are many
// and large.
const told = `SELECT r.occurrence FROM report_words w CROSS JOIN reports r INDEXED BY reports_told
	ON r.number = w.rowid AND r.wrong = 0 WHERE w.evidence MATCH ?`

// wordLane leads through the reports that have the words.
func wordLane(f *dragoman.Filter) lane {
	return lane{"(" + told + " GROUP BY r.occurrence) w CROSS JOIN occurrences o ON o.number = w.occurrence", nil, []any{f.Text}}
}

func roleLane(actor int64, role int) lane {
	return lane{"roles l" + listedAs, []string{"l.actor = ? AND l.role = ?"}, []any{actor, role}}
}

// partyLanes are the ways by those who are in it.
func partyLanes(f *dragoman.Filter) []lane {
	dyad := func(a, b int64) lane {
		return lane{"dyads l" + listedAs, []string{"l.a = ? AND l.b = ?"}, []any{a, b}}
	}
	role := func(role int) lane { return roleLane(f.A+f.B, role) }
	both := f.A != 0 && f.B != 0
	switch {
	case both && f.Directed:
		return []lane{dyad(f.A, f.B)}
	case both:
		return []lane{dyad(f.A, f.B), dyad(f.B, f.A)}
	case f.Directed && f.A != 0:
		return []lane{role(acts)}
	case f.Directed:
		return []lane{role(receives)}
	}
	return []lane{role(acts), role(receives)}
}

// keys returns the columns of day and number by which a lane is ordered.
func (l lane) keys() (day, number string) {
	if strings.Contains(l.from, " l ") {
		return "l.day", "l.occurrence"
	}
	return "o.day", "o.number"
}

// source writes where a lane leads from, with all the other conditions of the
// filter.
func (l lane) source(f *dragoman.Filter) (string, []any) {
	where, args := l.where, l.args
	and := func(condition string, values ...any) {
		where, args = append(where, condition), append(args, values...)
	}
	leads := func(table string) bool { return strings.HasPrefix(l.from, table) }
	day, number := l.keys()
	if f.After.Number != 0 {
		and("("+day+", "+number+") < (?, ?)", f.After.Day, f.After.Number)
	}
	if f.From != 0 || f.To != 0 {
		if f.From != dragoman.NoDay {
			and(day+" >= ?", f.From)
		}
		if f.To != dragoman.NoDay {
			and(day+" <= ?", f.To)
		}
	}
	if len(f.Types) > 0 {
		and("o.type IN (?"+strings.Repeat(", ?", len(f.Types)-1)+")", anys(f.Types)...)
	}
	if len(f.Statuses) > 0 {
		and("o.status IN (?"+strings.Repeat(", ?", len(f.Statuses)-1)+")", anys(f.Statuses)...)
	}
	if f.Confidence > 0 {
		and("o.confidence >= ?", f.Confidence)
	}
	if (f.A != 0 || f.B != 0) && !leads("dyads") && !leads("roles") {
		condition, values := amid(f)
		and(condition, values...)
	}
	if f.Place != "" && !leads("located") {
		and("EXISTS (SELECT 1 FROM located p WHERE p.place = ? AND p.day = o.day AND p.occurrence = o.number)", f.Place)
	}
	if f.Text != "" && !leads("(") {
		// All that have them at once: to look into the index for each is far dearer.
		// The sign keeps the lane in the lead.
		and("+o.number IN ("+told+")", f.Text)
	}
	if f.Source != 0 && !(leads("roles") && f.A == 0 && f.B == 0) {
		and("EXISTS (SELECT 1 FROM roles s WHERE s.actor IN (SELECT ? UNION ALL SELECT number FROM actors WHERE same = ? AND same <> number) AND s.role = ? AND s.day = o.day AND s.occurrence = o.number)",
			f.Source, f.Source, says)
	}
	if f.Outlet != "" && !leads("tellers") {
		and("EXISTS (SELECT 1 FROM tellers t WHERE t.outlet = "+outletOf+" AND t.day = o.day AND t.occurrence = o.number)", f.Outlet)
	}
	query := " FROM " + l.from
	if len(where) > 0 {
		query += " WHERE " + strings.Join(where, " AND ")
	}
	return query, args
}

// amid is the condition that the parties of a filter are in o.
func amid(f *dragoman.Filter) (string, []any) {
	if f.A != 0 && f.B != 0 {
		const dyad = "EXISTS (SELECT 1 FROM dyads d WHERE d.a = ? AND d.b = ? AND d.day = o.day AND d.occurrence = o.number)"
		if f.Directed {
			return dyad, []any{f.A, f.B}
		}
		return "(" + dyad + " OR " + dyad + ")", []any{f.A, f.B, f.B, f.A}
	}
	const role = "EXISTS (SELECT 1 FROM roles l WHERE l.actor = ? AND l.role = ? AND l.day = o.day AND l.occurrence = o.number)"
	switch {
	case f.Directed && f.A != 0:
		return role, []any{f.A, acts}
	case f.Directed:
		return role, []any{f.B, receives}
	}
	return "(" + role + " OR " + role + ")", []any{f.A + f.B, acts, f.A + f.B, receives}
}

func anys[T any](all []T) []any {
	out := make([]any, len(all))
	for i, v := range all {
		out[i] = v
	}
	return out
}

// Occurrence returns one, with all its reports; false where there is none.
func (db *DB) Occurrence(ctx context.Context, number int64) (dragoman.Occurrence, []dragoman.Report, bool, error) {
	q := db.asks(ctx)
	all, err := occurrences(q, []int64{number})
	if err != nil || len(all) == 0 {
		return dragoman.Occurrence{}, nil, false, err
	}
	reports, err := reportsIn(q, "r.occurrence = ? AND r.wrong = 0", number)
	return all[0], reports, true, err
}

// ReportsOf returns the reports of several occurrences, in order of number.
func (db *DB) ReportsOf(ctx context.Context, occurrences []int64) ([]dragoman.Report, error) {
	if len(occurrences) == 0 {
		return nil, nil
	}
	return reportsIn(db.asks(ctx), "r.wrong = 0 AND r.occurrence IN "+these, list(occurrences))
}

// ReportsIn returns the reports of an article that nobody corrected as wrong.
func (db *DB) ReportsIn(ctx context.Context, article int64) ([]dragoman.Report, error) {
	return reportsIn(db.asks(ctx), "r.article = ? AND r.wrong = 0", article)
}

// Told returns the occurrences that the reports of an article tell, by number.
func (db *DB) Told(ctx context.Context, article int64) (map[int64]dragoman.Occurrence, error) {
	q := db.asks(ctx)
	numbers, err := collect(q, number, "SELECT DISTINCT occurrence FROM reports WHERE article = ? AND wrong = 0", article)
	if err != nil {
		return nil, err
	}
	all, err := occurrences(q, numbers)
	byNumber := map[int64]dragoman.Occurrence{}
	for _, o := range all {
		byNumber[o.Number] = o
	}
	return byNumber, err
}

// Counts counts what a did to b, b to a, and both with each other, day by day, where it
// was done, was published by the day told and is as sure as confidence: in the order of
// days. NoDay is left out.
func (db *DB) Counts(ctx context.Context, a, b int64, from, to, told dragoman.Day, confidence float64) ([]dragoman.DayCount, error) {
	const done = " day BETWEEN ?3 AND ?4 AND done > 0 AND confidence >= ?5 AND first <= ?6"
	return db.dayCounts(ctx, `SELECT 0 AS back, together, done = 2 AS claimed, day, tone FROM dyads WHERE a = ?1 AND b = ?2 AND`+done+`
		UNION ALL
		SELECT 1, 0, done = 2, day, tone FROM dyads WHERE a = ?2 AND b = ?1 AND together = 0 AND`+done,
		a, b, max(from, dragoman.NoDay+1), to, confidence, told)
}

// dayCounts counts events, which a query gives as back, together, claimed, day and
// tone, in the order of days.
func (db *DB) dayCounts(ctx context.Context, events string, args ...any) ([]dragoman.DayCount, error) {
	var all []dragoman.DayCount
	return all, each(db.asks(ctx), func(rows *sql.Rows) error {
		var c dragoman.DayCount
		err := rows.Scan(&c.Back, &c.Together, &c.Claimed, &c.Day, &c.Tone, &c.Events)
		all = append(all, c)
		return err
	}, "SELECT back, together, claimed, day, tone, count(*) FROM ("+events+") GROUP BY day, back, together, claimed, tone ORDER BY day, back, together, claimed, tone", args...)
}

// Claims returns what sources say about both of two actors, in articles of the
// days from to, the newest first.
func (db *DB) Claims(ctx context.Context, a, b int64, from, to dragoman.Day, limit int) ([]dragoman.Claim, error) {
	return claimsIn(db.asks(ctx), `c.number IN (SELECT x.claim FROM abouts x JOIN abouts y ON y.actor = ? AND y.day = x.day AND y.claim = x.claim
		WHERE x.actor = ? AND x.day BETWEEN ? AND ? ORDER BY x.day DESC LIMIT ?)`, b, a, from, to, limit)
}

func claimsIn(q querier, condition string, args ...any) ([]dragoman.Claim, error) {
	var all []dragoman.Claim
	var sources []int64
	var about [][]int64
	wanted := map[int64][]int{}
	err := each(q, func(rows *sql.Rows) error {
		var c dragoman.Claim
		var source int64
		var told string
		err := rows.Scan(&c.Number, &c.Article, &c.Ordinal, &source, &c.Source.Text, &c.Source.Anonymous, &c.Stance, &c.Manner, &c.Content, &told, &c.Published)
		all, sources, about = append(all, c), append(sources, source), append(about, numbers(told))
		wanted[source] = nil
		for _, n := range numbers(told) {
			wanted[n] = nil
		}
		return err
	}, `SELECT c.number, c.article, c.ordinal, c.source, c.source_text, c.anonymous, c.stance, c.manner, c.content, c.about, c.published
		FROM claims c WHERE `+condition+" ORDER BY c.published DESC, c.number", args...)
	if err != nil {
		return nil, err
	}
	known, err := partiesIn(q, keys(wanted))
	for i := range all {
		all[i].Source.Actor = known[sources[i]]
		for _, n := range about[i] {
			all[i].About = append(all[i].About, known[n])
		}
	}
	return all, err
}

// ClaimsIn returns what sources say in an article.
func (db *DB) ClaimsIn(ctx context.Context, article int64) ([]dragoman.Claim, error) {
	return claimsIn(db.asks(ctx), "c.article = ?", article)
}

// Ties returns the ties of an actor, or between two where b is not 0, as
// articles tell them: the last stored, in the order of storing.
func (db *DB) Ties(ctx context.Context, a, b int64, limit int) ([]dragoman.Standing, error) {
	q := db.asks(ctx)
	if a == 0 {
		return tiesIn(q, "t.wrong = 0", limit)
	}
	if b == 0 {
		some, err := merged(q, a)
		if err != nil {
			return nil, err
		}
		return tiesIn(q, "t.number IN (SELECT number FROM ties WHERE wrong = 0 AND subject IN "+these+" UNION SELECT number FROM ties WHERE wrong = 0 AND object IN "+these+" ORDER BY 1 DESC LIMIT ?)",
			limit, list(some), list(some), most(limit))
	}
	return db.TiesWith(ctx, a, []int64{b}, limit)
}

// TiesWith returns the ties between an actor and any of others, as Ties does.
func (db *DB) TiesWith(ctx context.Context, a int64, others []int64, limit int) ([]dragoman.Standing, error) {
	q := db.asks(ctx)
	some, err := merged(q, a)
	if err != nil {
		return nil, err
	}
	those, err := merged(q, others...)
	if err != nil {
		return nil, err
	}
	x, y := list(some), list(those)
	const both = "t.wrong = 0 AND t.subject IN " + these + " AND t.object IN " + these
	return tiesIn(q, both+" OR "+both, limit, x, y, y, x)
}

// TiesIn returns the ties that an article tells and nobody corrected as wrong.
func (db *DB) TiesIn(ctx context.Context, article int64) ([]dragoman.Standing, error) {
	return tiesIn(db.asks(ctx), "t.wrong = 0 AND t.article = ?", 0, article)
}

func tiesIn(q querier, condition string, limit int, args ...any) ([]dragoman.Standing, error) {
	var all []dragoman.Standing
	var who [][3]int64
	wanted := map[int64][]int{}
	query := `SELECT number, article, ordinal, subject, relation, object, role, from_day, to_day, status, source, source_text, anonymous, evidence, published, confidence, read <> ''
		FROM ties t WHERE ` + condition + " ORDER BY t.number DESC"
	if limit > 0 {
		query += " LIMIT " + strconv.Itoa(limit)
	}
	err := each(q, func(rows *sql.Rows) error {
		var t dragoman.Standing
		var n [3]int64
		err := rows.Scan(&t.Number, &t.Article, &t.Ordinal, &n[0], &t.Relation, &n[1], &t.Role, &t.From, &t.To, &t.Status, &n[2], &t.Source.Text, &t.Source.Anonymous,
			&t.Evidence, &t.Published, &t.Confidence, &t.Corrected)
		all, who = append(all, t), append(who, n)
		for _, n := range n {
			wanted[n] = nil
		}
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	known, err := partiesIn(q, keys(wanted))
	for i, n := range who {
		all[i].Subject, all[i].Object, all[i].Source.Actor = known[n[0]], known[n[1]], known[n[2]]
	}
	slices.Reverse(all)
	return all, err
}

// Named returns the actors of a name or id, merged ones as what they are now,
// those with the most events first.
func (db *DB) Named(ctx context.Context, name string) ([]dragoman.Known, error) {
	return actorsIn(db.asks(ctx), "a.number IN (SELECT same FROM actors WHERE id = ?1 UNION SELECT x.same FROM names n JOIN actors x ON x.number = n.actor WHERE n.name = ?2)",
		0, name, fold(name))
}

// Actors returns actors whose name begins with the words given, or all, of a
// country and kind where these are given, those with the most events first.
func (db *DB) Actors(ctx context.Context, begins, country, kind string, limit int) ([]dragoman.Known, error) {
	where, args := []string{"a.same = a.number", "a.events > 0"}, []any{}
	if key := fold(begins); key != "" {
		where = append(where, "a.number IN (SELECT x.same FROM names n JOIN actors x ON x.number = n.actor WHERE n.name >= ? AND n.name < ?)")
		args = append(args, key, key+"\U0010ffff")
	}
	if country != "" {
		where, args = append(where, "a.country = ?"), append(args, country)
	}
	if kind != "" {
		where, args = append(where, "a.kind = ?"), append(args, kind)
	}
	return actorsIn(db.asks(ctx), strings.Join(where, " AND "), limit, args...)
}

func actorsIn(q querier, condition string, limit int, args ...any) ([]dragoman.Known, error) {
	query := "SELECT a.number, a.events FROM actors a WHERE " + condition + " ORDER BY a.events DESC, a.number"
	if limit > 0 {
		query += " LIMIT " + strconv.Itoa(limit)
	}
	var all []dragoman.Known
	var wanted []int64
	err := each(q, func(rows *sql.Rows) error {
		var k dragoman.Known
		err := rows.Scan(&k.Number, &k.Events)
		all, wanted = append(all, k), append(wanted, k.Number)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	known, err := partiesIn(q, wanted)
	for i := range all {
		all[i].Party = known[all[i].Number]
	}
	return all, err
}

// PlaceNamed returns the id of a place of that name or id, the one with the
// most events where there are several, merged ones as what they are now; ""
// where there is none.
func (db *DB) PlaceNamed(ctx context.Context, name string) (string, error) {
	var id string
	err := db.read.QueryRowContext(ctx, `SELECT s.id FROM places p JOIN places s ON s.number = p.same WHERE p.id = ?1 OR p.name = ?1 COLLATE NOCASE
		ORDER BY p.id <> ?1, (SELECT count(*) FROM (SELECT 1 FROM located l WHERE l.place = s.id LIMIT 1000)) DESC, p.number LIMIT 1`, name).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// Busiest returns that of the places of these ids at which, or within which, the
// most events are, the first given of equals, merged ones as what they are now; ""
// where none is. A state is found too of which only its towns are told.
func (db *DB) Busiest(ctx context.Context, ids ...string) (string, error) {
	wanted, err := json.Marshal(ids)
	if err != nil {
		return "", err
	}
	var id string
	err = db.read.QueryRowContext(ctx, `SELECT spot FROM (SELECT coalesce(s.id, j.value) AS spot, j.key AS nth
			FROM json_each(?) j LEFT JOIN places p ON p.id = j.value LEFT JOIN places s ON s.number = p.same)
		WHERE EXISTS (SELECT 1 FROM located l WHERE l.place = spot)
		ORDER BY (SELECT count(*) FROM (SELECT 1 FROM located l WHERE l.place = spot LIMIT 1000)) DESC, nth LIMIT 1`, string(wanted)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// Alike returns a test whether a name is that one but for case, accents and signs.
func Alike(name string) func(string) bool {
	key := fold(name)
	return func(other string) bool { return key != "" && fold(other) == key }
}

const entryColumns = "a.number, a.key, a.id, a.title, a.lead, a.url, a.outlet, a.language, a.published, a.origin, a.original, a.version, a.added"

func entriesIn(q querier, rest string, args ...any) ([]dragoman.Entry, error) {
	var all []dragoman.Entry
	return all, each(q, func(rows *sql.Rows) error {
		var e dragoman.Entry
		var added int64
		err := rows.Scan(&e.Number, &e.Key, &e.ID, &e.Title, &e.Lead, &e.URL, &e.Outlet, &e.Language, &e.Published, &e.Origin, &e.Original, &e.Version, &added)
		e.Added = time.Unix(added, 0).UTC()
		all = append(all, e)
		return err
	}, "SELECT "+entryColumns+" FROM articles a "+rest, args...)
}

// Article finds an article by number ("12" or "#12"), id, address or key; false
// where there is none.
func (db *DB) Article(ctx context.Context, name string) (dragoman.Entry, bool, error) {
	q := db.asks(ctx)
	conditions := []string{"WHERE a.key = ?", "WHERE a.id = ?", "WHERE a.url = ? AND a.url <> ''"}
	if n, err := strconv.ParseInt(strings.TrimPrefix(name, "#"), 10, 64); err == nil {
		all, err := entriesIn(q, "WHERE a.number = ?", n)
		if err != nil || len(all) > 0 {
			return first(all), len(all) > 0, err
		}
	}
	for _, c := range conditions {
		all, err := entriesIn(q, c+" ORDER BY a.number DESC LIMIT 1", name)
		if err != nil || len(all) > 0 {
			return first(all), len(all) > 0, err
		}
	}
	return dragoman.Entry{}, false, nil
}

func first(all []dragoman.Entry) dragoman.Entry {
	if len(all) == 0 {
		return dragoman.Entry{}
	}
	return all[0]
}

// Copies returns all articles of one text, the first first.
func (db *DB) Copies(ctx context.Context, original int64) ([]dragoman.Entry, error) {
	return entriesIn(db.asks(ctx), "WHERE a.original = ? ORDER BY a.number", original)
}

// Entries returns articles by their numbers.
func (db *DB) Entries(ctx context.Context, numbers []int64) (map[int64]dragoman.Entry, error) {
	all, err := entriesIn(db.asks(ctx), "WHERE a.number IN "+these, list(numbers))
	byNumber := map[int64]dragoman.Entry{}
	for _, e := range all {
		byNumber[e.Number] = e
	}
	return byNumber, err
}

// After returns up to limit articles stored after the one of that number.
func (db *DB) After(ctx context.Context, number int64, limit int) ([]dragoman.Entry, error) {
	return entriesIn(db.asks(ctx), "WHERE a.number > ? ORDER BY a.number LIMIT ?", number, limit)
}

// Reading returns the reading of an article as JSON.
func (db *DB) Reading(ctx context.Context, article int64) ([]byte, error) {
	var packed []byte
	if err := db.read.QueryRowContext(ctx, "SELECT reading FROM readings WHERE article = ?", article).Scan(&packed); err != nil {
		return nil, fmt.Errorf("the reading of article %d: %w", article, err)
	}
	b, err := db.open.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("the reading of article %d is damaged: %w", article, err)
	}
	return b, nil
}

// Text returns the text of an article, as it was published.
func (db *DB) Text(ctx context.Context, article int64) (string, error) {
	b, err := db.Reading(ctx, article)
	if err != nil {
		return "", err
	}
	var r struct {
		Article struct {
			Text string `json:"text"`
		} `json:"article"`
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return "", fmt.Errorf("the reading of article %d: %w", article, err)
	}
	return r.Article.Text, nil
}

// Size is how much a database holds.
type Size struct {
	Articles, Copies, Reports, Occurrences, Actors int64
	Bytes                                          int64 // of its files
}

// Size counts what is stored.
func (db *DB) Size(ctx context.Context) (Size, error) {
	var s Size
	err := db.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM articles WHERE original <> number),
		(SELECT count(*) FROM reports), (SELECT count(*) FROM occurrences), (SELECT count(*) FROM actors)`).Scan(&s.Articles, &s.Copies, &s.Reports, &s.Occurrences, &s.Actors)
	if err != nil {
		return s, err
	}
	var path string
	if err := db.read.QueryRowContext(ctx, "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path); err != nil {
		return s, err
	}
	for _, name := range []string{path, path + "-wal"} {
		if info, err := os.Stat(filepath.Clean(name)); err == nil {
			s.Bytes += info.Size()
		}
	}
	return s, nil
}

// maxGap is for how many days nothing may have been stored without what was
// before being another time.
const maxGap = 60

// Since returns the first day of publication of the last stretch up to now in
// which articles were stored again and again; NoDay where there is none. What
// was before is known by chance.
func (db *DB) Since(ctx context.Context, now dragoman.Day) (dragoman.Day, error) {
	var since sql.NullInt64
	// From each day to the first of those that are not too long before it.
	err := db.read.QueryRowContext(ctx, `WITH RECURSIVE days (day) AS (
		SELECT max(published) FROM articles WHERE published <= ?1 AND published > ?2
		UNION
		SELECT (SELECT min(published) FROM articles WHERE published >= day - ?3 AND published > ?2) FROM days WHERE day IS NOT NULL)
		SELECT min(day) FROM days`, now, dragoman.NoDay, maxGap).Scan(&since)
	if !since.Valid {
		return dragoman.NoDay, err
	}
	return dragoman.Day(since.Int64), err
}

// LastDay returns the last day on which something is told between two, NoDay
// where there is none.
func (db *DB) LastDay(ctx context.Context, a, b int64) (dragoman.Day, error) {
	var day sql.NullInt64
	err := db.read.QueryRowContext(ctx, "SELECT max(coalesce((SELECT max(day) FROM dyads WHERE a = ?1 AND b = ?2), -2147483648), coalesce((SELECT max(day) FROM dyads WHERE a = ?2 AND b = ?1), -2147483648))", a, b).Scan(&day)
	if !day.Valid {
		return dragoman.NoDay, err
	}
	return dragoman.Day(day.Int64), err
}

// Newest returns the last day, up to the one given, on which an article was
// published; NoDay where there is none.
func (db *DB) Newest(ctx context.Context, now dragoman.Day) (day dragoman.Day, err error) {
	return day, db.read.QueryRowContext(ctx, "SELECT coalesce(max(published), ?2) FROM articles WHERE published <= ?1", now, dragoman.NoDay).Scan(&day)
}

// Actor returns the actor of a number, or what it was merged into; false where
// there is none.
func (db *DB) Actor(ctx context.Context, number int64) (dragoman.Known, bool, error) {
	all, err := actorsIn(db.asks(ctx), "a.number = (SELECT same FROM actors WHERE number = ?)", 1, number)
	if err != nil || len(all) == 0 {
		return dragoman.Known{}, false, err
	}
	return all[0], true, nil
}
