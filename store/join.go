package store

import (
	"cmp"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dragoman"
)

// window is by how many days two reports of one event may differ; the judge
// says how much of it a type of event allows.
const window = 10

// maxCandidates bounds how many occurrences a report is compared with.
const maxCandidates = 100

// join finds the occurrence that r tells, or makes one, and puts r under it.
func (s *saver) join(r *dragoman.Report) error {
	numbers, same, err := s.candidates(r)
	if err != nil {
		return err
	}
	all, err := s.recall(numbers)
	if err != nil {
		return err
	}
	sameText := make([]bool, len(all))
	for i := range all {
		sameText[i] = same[all[i].Number]
	}
	if i := s.judge.Joins(r, all, sameText); i >= 0 {
		return s.put(r, all[i].Number)
	}
	r.Occurrence, err = s.insert("INSERT INTO occurrences (report, type, status, day, confidence, first) VALUES (?, '', '', 0, 0, 0)", r.Number)
	if err != nil {
		return err
	}
	if err := s.under(r); err != nil {
		return err
	}
	return s.list(r.Occurrence) // a new one is not listed yet
}

// maxRecent bounds how many occurrences are kept in memory to be compared with:
// what is told today is compared again and again. Of each, maxReports reports
// are compared.
const (
	maxRecent  = 4096
	maxReports = 8
)

// recall returns the occurrences, once for each of their surest reports.
func (t *tx) recall(wanted []int64) ([]dragoman.Occurrence, error) {
	var missing []int64
	for _, n := range wanted {
		if _, ok := t.pen.recent[n]; !ok {
			missing = append(missing, n)
		}
	}
	if len(t.pen.recent)+len(missing) > maxRecent {
		clear(t.pen.recent)
		missing = wanted
	}
	if err := t.remember(missing); err != nil {
		return nil, err
	}
	var all []dragoman.Occurrence
	for _, n := range wanted {
		all = append(all, t.pen.recent[n]...)
	}
	return all, nil
}

// remember loads occurrences into memory.
func (t *tx) remember(numbers []int64) error {
	if len(numbers) == 0 {
		return nil
	}
	days := map[int64]dragoman.Day{}
	err := each(t, func(rows *sql.Rows) error {
		var n int64
		var day dragoman.Day
		err := rows.Scan(&n, &day)
		days[n] = day
		return err
	}, "SELECT number, day FROM occurrences WHERE number IN "+these, list(numbers))
	if err != nil {
		return err
	}
	reports, err := reportsIn(t, "r.wrong = 0 AND r.occurrence IN "+these, list(numbers))
	if err != nil {
		return err
	}
	slices.SortStableFunc(reports, func(a, b dragoman.Report) int { return cmp.Compare(b.Confidence, a.Confidence) })
	for _, r := range reports {
		day, there := days[r.Occurrence]
		if kept := t.pen.recent[r.Occurrence]; there && len(kept) < maxReports {
			o := dragoman.Occurrence{Number: r.Occurrence, Report: r}
			o.Day = day
			t.pen.recent[r.Occurrence] = append(kept, o)
		}
	}
	return nil
}

// put puts r under an occurrence that is there, or was.
func (s *saver) put(r *dragoman.Report, occurrence int64) error {
	r.Occurrence = occurrence
	return s.relist(occurrence, r.Number, func() error { return s.under(r) })
}

func (s *saver) under(r *dragoman.Report) error {
	return s.exec("UPDATE reports SET occurrence = ? WHERE number = ?", r.Occurrence, r.Number)
}

// relist lists an occurrence anew after do has changed its reports, of which
// report is one.
func (t *tx) relist(occurrence, report int64, do func() error) error {
	if err := t.unlist(occurrence); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	// One that was left without a report is gone; what comes back is it again.
	if err := t.exec("INSERT OR IGNORE INTO occurrences (number, report, type, status, day, confidence, first) VALUES (?, ?, '', '', 0, 0, 0)", occurrence, report); err != nil {
		return err
	}
	return t.list(occurrence)
}

// candidates returns the occurrences of r's type that r may tell: those that
// copies of its text tell, those of the days around in which one of its actors,
// or whom they act for, acts, and those that are done to the same; and which are
// of copies.
func (s *saver) candidates(r *dragoman.Report) (found []int64, same map[int64]bool, err error) {
	same = map[int64]bool{}
	seen := map[int64]bool{}
	add := func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		if !seen[n] {
			seen[n] = true
			found = append(found, n)
		}
		return err
	}
	err = each(s, add, `SELECT DISTINCT r.occurrence FROM articles a JOIN articles c ON c.original = a.original JOIN reports r ON r.article = c.number
		WHERE a.number = ? AND c.number <> a.number AND r.type = ? AND r.wrong = 0 ORDER BY r.occurrence LIMIT ?`, s.number, r.Type, maxCandidates)
	for _, n := range found {
		same[n] = true
	}
	if err != nil || r.Day == dragoman.NoDay {
		return found, same, err
	}
	roles := "0"
	if len(r.Recipients) == 0 {
		roles = "0, 1" // of each other, perhaps
	}
	from, to := around(r)
	// Whom it is done to leads to others by whom it is said to be done, but only
	// where it is somebody by name: much is done to a state every day.
	err = each(s, add, `SELECT DISTINCT l.occurrence FROM parties p JOIN actors a ON a.number = p.actor JOIN roles l ON l.actor = p.actor AND l.role = 1
		JOIN occurrences o ON o.number = l.occurrence WHERE p.report = ? AND p.role = 1 AND p.depth = 0 AND a.named = 1
		AND a.kind NOT IN ('state', 'government', 'igo', 'people') AND l.day BETWEEN ? AND ? AND o.type = ? ORDER BY l.occurrence DESC LIMIT ?`,
		r.Number, from, to, r.Type, maxCandidates)
	if err != nil {
		return nil, nil, err
	}
	return found, same, each(s, add, `SELECT DISTINCT l.occurrence FROM parties p JOIN roles l ON l.actor = p.actor JOIN occurrences o ON o.number = l.occurrence
		WHERE p.report = ? AND p.role = 0 AND l.role IN (`+roles+`) AND l.day BETWEEN ? AND ? AND o.type = ? ORDER BY l.occurrence DESC LIMIT ?`,
		r.Number, from, to, r.Type, maxCandidates)
}

// around returns the days in which an event that r tells may be listed: a
// window around its day, or around all the days that it tells of, if these are
// not too many.
func around(r *dragoman.Report) (from, to dragoman.Day) {
	const longest = 62
	from, to = r.Day, r.Day
	if r.From != dragoman.NoDay && r.To != dragoman.NoDay && r.To-r.From <= longest {
		from, to = min(from, r.From), max(to, r.To)
	}
	return from - window, to + window
}

// The tables roles, dyads and located list an occurrence under the parties and
// places of its surest reports, roles and tellers under the sources and outlets
// of all. What unlist takes out is what list put in, as
// long as nothing was changed in between.

// surest are the reports under which an occurrence o is listed.
const surest = "(SELECT number FROM reports WHERE occurrence = o.number AND wrong = 0 ORDER BY confidence DESC, number LIMIT 12)"

// list describes an occurrence by its surest report and lists it.
func (t *tx) list(occurrence int64) error {
	delete(t.pen.recent, occurrence)
	var report int64
	there, err := t.one("SELECT number FROM reports WHERE occurrence = ? AND wrong = 0 ORDER BY confidence DESC, number LIMIT 1", []any{occurrence}, &report)
	if err != nil {
		return err
	}
	if !there { // none is left of it
		return t.exec("DELETE FROM occurrences WHERE number = ?", occurrence)
	}
	err = t.exec(`UPDATE occurrences SET (report, type, status, confidence, tone, place) = (SELECT number, type, status, confidence, tone,
			coalesce((SELECT same FROM places WHERE number = reports.place), 0) FROM reports WHERE number = ?),
		day = (SELECT day FROM reports WHERE occurrence = occurrences.number AND wrong = 0 ORDER BY dated DESC, day LIMIT 1),
		first = (SELECT min(published) FROM reports WHERE occurrence = occurrences.number AND wrong = 0),
		outlets = coalesce((SELECT group_concat(number, '|') FROM (SELECT DISTINCT u.number FROM reports r JOIN articles a ON a.number = r.article
			JOIN outlets u ON u.name = a.outlet WHERE r.occurrence = occurrences.number AND r.wrong = 0 ORDER BY u.number)), '')
		WHERE number = ?`, report, occurrence)
	if err != nil {
		return err
	}
	if err := t.counted(occurrence, 1); err != nil {
		return err
	}
	err = t.listed(occurrence, "INSERT OR IGNORE INTO roles (actor, role, day, occurrence) SELECT p.actor, p.role, o.day, o.number",
		`INSERT OR IGNORE INTO dyads (a, b, day, occurrence, tone, done, confidence, first)
			SELECT a.actor, b.actor, o.day, o.number, r.tone, (r.status IN ('happened', 'ongoing')) * (1 + (SELECT min(claimed) FROM reports
				WHERE occurrence = o.number AND wrong = 0)), r.confidence, o.first`,
		"INSERT OR IGNORE INTO located (place, day, occurrence) VALUES (?, ?, ?)",
		"INSERT OR IGNORE INTO roles (actor, role, day, occurrence) SELECT r.source, 2, o.day, o.number",
		"INSERT OR IGNORE INTO tellers (outlet, day, occurrence) SELECT u.number, o.day, o.number")
	if err != nil {
		return err
	}
	return t.dyads(occurrence, `UPDATE dyads SET together = 1 WHERE EXISTS (SELECT 1 FROM dyads d WHERE d.a = dyads.b AND d.b = dyads.a AND d.day = dyads.day
		AND d.occurrence = dyads.occurrence) AND (a, b, day, occurrence) IN (SELECT a.actor, b.actor, o.day, o.number`)
}

// unlist takes an occurrence out of the lists.
func (t *tx) unlist(occurrence int64) error {
	if err := t.counted(occurrence, -1); err != nil {
		return err
	}
	return t.listed(occurrence, "DELETE FROM roles WHERE (actor, role, day, occurrence) IN (SELECT p.actor, p.role, o.day, o.number",
		"DELETE FROM dyads WHERE (a, b, day, occurrence) IN (SELECT a.actor, b.actor, o.day, o.number",
		"DELETE FROM located WHERE place = ? AND day = ? AND occurrence = ?",
		"DELETE FROM roles WHERE (actor, role, day, occurrence) IN (SELECT r.source, 2, o.day, o.number",
		"DELETE FROM tellers WHERE (outlet, day, occurrence) IN (SELECT u.number, o.day, o.number")
}

// counted adds by to the events of everybody in an occurrence, when the
// transaction ends: several events of an article mostly have the same parties.
func (t *tx) counted(occurrence int64, by int) error {
	return each(t, func(rows *sql.Rows) error {
		var actor int64
		err := rows.Scan(&actor)
		t.events[actor] += by
		return err
	}, "SELECT DISTINCT p.actor FROM occurrences o JOIN parties p ON p.report IN "+surest+" WHERE o.number = ?", occurrence)
}

// count writes what counted gathered.
func (t *tx) count() error {
	for _, actor := range slices.Sorted(maps.Keys(t.events)) {
		if by := t.events[actor]; by != 0 {
			if err := t.exec("UPDATE actors SET events = events + ? WHERE number = ?", by, actor); err != nil {
				return err
			}
		}
	}
	return nil
}

// listed does the statements for the keys of an occurrence. All but that of
// located go on with where their columns come from.
func (t *tx) listed(occurrence int64, roles, dyads, located, sources, tellers string) error {
	if err := t.exec(roles+" FROM occurrences o JOIN parties p ON p.report IN "+surest+" WHERE o.number = ?"+end(roles), occurrence); err != nil {
		return err
	}
	if err := t.dyads(occurrence, dyads); err != nil {
		return err
	}
	const told = " FROM occurrences o JOIN reports r ON r.occurrence = o.number AND r.wrong = 0 "
	if err := t.exec(sources+told+"AND r.source <> 0 WHERE o.number = ?"+end(sources), occurrence); err != nil {
		return err
	}
	if err := t.exec(tellers+told+"JOIN articles a ON a.number = r.article JOIN outlets u ON u.name = a.outlet WHERE o.number = ?"+end(tellers), occurrence); err != nil {
		return err
	}
	return t.locate(occurrence, located)
}

// dyads does a statement for whoever does something to whom in an occurrence, as the
// surest report has it. What is done by several to nobody that is told, they may have
// done with each other.
func (t *tx) dyads(occurrence int64, statement string) error {
	return t.exec(statement+" FROM occurrences o JOIN reports r ON r.number IN "+surest+` JOIN parties a ON a.report = r.number AND a.role = 0
		JOIN parties b ON b.report = r.number AND (b.role = 1 OR b.position <> a.position AND r.mutual > 0 AND NOT EXISTS (SELECT 1 FROM parties WHERE report = r.number AND role = 1))
		WHERE o.number = ? AND a.actor <> b.actor ORDER BY r.confidence DESC, r.number`+end(statement), occurrence)
}

// end closes the brackets that a statement leaves open.
func end(statement string) string {
	return strings.Repeat(")", strings.Count(statement, "(")-strings.Count(statement, ")"))
}

// locate does the statement of located for the places of an occurrence, as what
// they are now, and for what contains these.
func (t *tx) locate(occurrence int64, located string) error {
	moved, err := t.moves()
	if err != nil {
		return err
	}
	type spot struct {
		day        dragoman.Day
		id, within string
	}
	var spots []spot
	err = each(t, func(rows *sql.Rows) error {
		var s spot
		err := rows.Scan(&s.day, &s.id, &s.within)
		spots = append(spots, s)
		return err
	}, "SELECT DISTINCT o.day, p.id, p.within FROM occurrences o JOIN reports r ON r.number IN "+surest+" JOIN places p ON p.number = r.place WHERE o.number = ?", occurrence)
	for _, s := range spots {
		is, within := moved.place(s.id, split(s.within))
		for _, id := range append(within, is) {
			if err == nil {
				err = t.exec(located, id, s.day, occurrence)
			}
		}
	}
	return err
}

// split reads "GOV|MIL".
func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, "|")
}

// occurrences loads occurrences, in the order of their numbers given; those
// that are not there are left out.
func occurrences(q querier, wanted []int64) ([]dragoman.Occurrence, error) {
	all, err := described(q, wanted)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	at := map[int64]*dragoman.Occurrence{}
	for i := range all {
		at[all[i].Number] = &all[i]
	}
	return all, each(q, func(rows *sql.Rows) error {
		var n int64
		var reports, articles, outlets, origins, sources int
		if err := rows.Scan(&n, &reports, &articles, &outlets, &origins, &sources); err != nil {
			return err
		}
		o := at[n]
		o.Reports, o.Articles, o.Outlets, o.Origins, o.Sources = reports, articles, outlets, origins, sources
		if sources > 0 { // outlets that quote the same source do not confirm each other
			o.Origins = min(origins, sources)
		}
		return nil
	}, `SELECT r.occurrence, count(*), count(DISTINCT r.article), count(DISTINCT CASE a.outlet WHEN '' THEN a.root ELSE a.outlet END), count(DISTINCT r.origin),
		min(r.claimed) * count(DISTINCT CASE r.source WHEN 0 THEN 'a ' || lower(r.source_text) ELSE s.same END)
		FROM reports r JOIN articles a ON a.number = r.article LEFT JOIN actors s ON s.number = r.source
		WHERE r.wrong = 0 AND r.occurrence IN `+these+` GROUP BY r.occurrence`, list(wanted))
}

// described is occurrences without counting their reports.
func described(q querier, wanted []int64) ([]dragoman.Occurrence, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	byNumber := map[int64]*dragoman.Occurrence{}
	in := list(wanted)
	var reports []int64
	err := each(q, func(rows *sql.Rows) error {
		o := &dragoman.Occurrence{}
		if err := rows.Scan(&o.Number, &o.Report.Number, &o.Day, &o.First); err != nil {
			return err
		}
		byNumber[o.Number] = o
		reports = append(reports, o.Report.Number)
		return nil
	}, "SELECT number, report, day, first FROM occurrences WHERE number IN "+these, in)
	if err != nil {
		return nil, err
	}
	loaded, err := reportsIn(q, "r.number IN "+these, list(reports))
	if err != nil {
		return nil, err
	}
	for i := range loaded {
		o := byNumber[loaded[i].Occurrence]
		day := o.Day
		o.Report = loaded[i]
		o.Day = day
	}
	all := make([]dragoman.Occurrence, 0, len(wanted))
	for _, n := range wanted {
		if o := byNumber[n]; o != nil {
			all = append(all, *o)
		}
	}
	return all, nil
}

// these takes what list writes, so that a query is the same for any number of
// them and is prepared once.
const these = "(SELECT value FROM json_each(?))"

// list writes numbers as JSON.
func list(all []int64) string {
	b := []byte{'['}
	for i, n := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return string(append(b, ']'))
}
