package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"strings"
	"time"

	"dragoman"
)

// Correct records a correction and applies it to what is stored.
func (db *DB) Correct(ctx context.Context, c dragoman.Correction) (number int64, err error) {
	err = db.pen.transaction(ctx, func(t *tx) error {
		of, err := t.of(&c)
		if err != nil {
			return err
		}
		if err := t.fits(&c, of); err != nil {
			return err
		}
		number, err = t.insert("INSERT INTO corrections (made, who, action, key, start, end, type, old, new, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			db.now().Unix(), c.Who, c.Action, c.Key, c.Trigger.Start, c.Trigger.End, c.Type, c.Old, c.New, c.Note)
		if err != nil {
			return err
		}
		return t.apply(&c, of)
	})
	return number, err
}

// of returns the number of what a correction is of: of the report, or of the
// article whose tie it is; 0 where it holds everywhere.
func (t *tx) of(c *dragoman.Correction) (int64, error) {
	switch c.Action {
	case dragoman.Merge, dragoman.MergePlace:
		return 0, nil
	case dragoman.Untie, dragoman.Retie:
		return t.tiedIn(c)
	}
	return t.reportOf(c)
}

// apply makes what a correction is of what the corrections say that hold.
func (t *tx) apply(c *dragoman.Correction, of int64) error {
	switch c.Action {
	case dragoman.Merge, dragoman.MergePlace:
		return t.merges(c)
	case dragoman.Untie, dragoman.Retie:
		return t.settleTies(of)
	}
	return t.change(of)
}

// Undo takes a correction back; it stays in the log as undone. What others say
// of the same still holds.
func (db *DB) Undo(ctx context.Context, number int64) error {
	return db.pen.transaction(ctx, func(t *tx) error {
		all, err := correctionsIn(t, "number = ?", number)
		switch {
		case err != nil:
			return err
		case len(all) == 0:
			return fmt.Errorf("there is no correction %d; dragoman correct list shows them", number)
		case !all[0].Undone.IsZero():
			return fmt.Errorf("correction %d is undone already", number)
		}
		if err := t.exec("UPDATE corrections SET undone = ? WHERE number = ?", db.now().Unix(), number); err != nil {
			return err
		}
		of, err := t.of(&all[0])
		if err != nil {
			return nil // it is not told any more since the article was read again
		}
		return t.apply(&all[0], of)
	})
}

// Corrections returns all corrections in the order they were made.
func (db *DB) Corrections(ctx context.Context) ([]dragoman.Correction, error) {
	return correctionsIn(db.asks(ctx), "1 = 1")
}

func correctionsIn(q querier, condition string, args ...any) ([]dragoman.Correction, error) {
	var all []dragoman.Correction
	return all, each(q, func(rows *sql.Rows) error {
		var c dragoman.Correction
		var made, undone int64
		err := rows.Scan(&c.Number, &made, &c.Who, &c.Action, &c.Key, &c.Trigger.Start, &c.Trigger.End, &c.Type, &c.Old, &c.New, &c.Note, &undone)
		c.Made = time.Unix(made, 0).UTC()
		if undone != 0 {
			c.Undone = time.Unix(undone, 0).UTC()
		}
		all = append(all, c)
		return err
	}, "SELECT number, made, who, action, key, start, end, type, old, new, note, undone FROM corrections WHERE "+condition+" ORDER BY number", args...)
}

// fits says what is wrong with a correction before it is recorded; report is
// that of which it is, if it is of one.
func (t *tx) fits(c *dragoman.Correction, report int64) error {
	switch c.Action {
	case dragoman.Wrong, dragoman.Untie, dragoman.Merge, dragoman.MergePlace: // merges looks who they are
		return nil
	case dragoman.Retie:
		return t.fitsTie(c)
	case dragoman.Relocate:
		if c.New == "" {
			return nil
		}
		_, err := t.placeOf(c.New)
		return err
	case dragoman.Recode:
		return json.Unmarshal([]byte(c.New), &dragoman.Coding{})
	case dragoman.Repair:
		if _, err := t.actorOf(c.New); err != nil {
			return err
		}
		in, err := t.one("SELECT 1 FROM parties p JOIN actors a ON a.number = p.actor WHERE p.report = ? AND p.depth = 0 AND a.id = ?", []any{report, c.Old}, new(int))
		if err == nil && !in {
			err = fmt.Errorf("%q is not in that event", c.Old)
		}
		return err
	}
	return fmt.Errorf("the action of a correction is one of %s, not %q", strings.Join(dragoman.Actions, ", "), c.Action)
}

// fitsTie says what is wrong with what a tie is said to be.
func (t *tx) fitsTie(c *dragoman.Correction) error {
	var is dragoman.Bond
	if err := json.Unmarshal([]byte(c.New), &is); err != nil {
		return err
	}
	for _, id := range []string{is.Subject, is.Object} {
		if id == "" {
			continue
		}
		if _, err := t.actorOf(id); err != nil {
			return err
		}
	}
	if is.Relation != "" && !slices.Contains(dragoman.Relations, is.Relation) {
		return fmt.Errorf("%q is no relation; it is one of %s", is.Relation, strings.Join(dragoman.Relations, ", "))
	}
	return nil
}

// settle makes a report what was read, as all corrections of it that hold
// change it in the order they were made, and its parties what they were merged
// into. It reports whether it is no event.
func (t *tx) settle(report int64) (wrong bool, err error) {
	var c dragoman.Correction
	var read string
	if _, err := t.one("SELECT a.key, r.start, r.end, r.read FROM reports r JOIN articles a ON a.number = r.article WHERE r.number = ?",
		[]any{report}, &c.Key, &c.Trigger.Start, &c.Trigger.End, &read); err != nil {
		return false, err
	}
	var v dragoman.Coding
	if err := json.Unmarshal([]byte(read), &v); err != nil {
		return false, fmt.Errorf("report %d: %w", report, err)
	}
	all, err := correctionsIn(t, "key = ? AND start = ? AND end = ? AND type = ? AND undone = 0", c.Key, c.Trigger.Start, c.Trigger.End, v.Type)
	if err != nil {
		return false, err
	}
	var by int64
	for i := range all {
		switch all[i].Action {
		case dragoman.Wrong:
			by = all[i].Number
		case dragoman.Recode:
			v = dragoman.Coding{}
			if err := json.Unmarshal([]byte(all[i].New), &v); err != nil {
				return false, fmt.Errorf("correction %d: %w", all[i].Number, err)
			}
		}
	}
	err = t.exec("UPDATE reports SET type = ?, modes = ?, cameo = ?, quad = ?, tone = ?, status = ?, wrong = ? WHERE number = ?",
		v.Type, strings.Join(v.Modes, "|"), v.CAMEO, v.Quad, v.Tone, v.Status, by, report)
	if err != nil {
		return false, err
	}
	if err := t.settlePlace(report, all); err != nil {
		return false, err
	}
	if err := t.settleParties(report, all); err != nil {
		return false, err
	}
	is, err := reportsIn(t, "r.number = ?", report)
	if err != nil {
		return false, err
	}
	return by != 0, t.exec("UPDATE reports SET claimed = ? WHERE number = ?", is[0].Claimed(), report)
}

// settlePlace writes anew where a report is.
func (t *tx) settlePlace(report int64, all []dragoman.Correction) error {
	var told, is int64
	if _, err := t.one("SELECT coalesce(read_place, place) FROM reports WHERE number = ?", []any{report}, &told); err != nil {
		return err
	}
	is = told
	for i := range all {
		if all[i].Action != dragoman.Relocate {
			continue
		}
		if is = 0; all[i].New == "" {
			continue
		}
		var err error
		if is, err = t.placeOf(all[i].New); err != nil {
			return fmt.Errorf("correction %d: %w", all[i].Number, err)
		}
	}
	return t.exec("UPDATE reports SET place = ?1, read_place = nullif(?2, ?1) WHERE number = ?3", is, told, report)
}

// settleParties writes anew who is in a report.
func (t *tx) settleParties(report int64, all []dragoman.Correction) error {
	type slot struct {
		role, position int
		told           int64
		id             string
	}
	var slots []slot
	err := each(t, func(rows *sql.Rows) error {
		var s slot
		err := rows.Scan(&s.role, &s.position, &s.told, &s.id)
		slots = append(slots, s)
		return err
	}, "SELECT p.role, p.position, p.told, a.id FROM parties p JOIN actors a ON a.number = p.told WHERE p.report = ? AND p.depth = 0 ORDER BY p.role, p.position", report)
	if err != nil {
		return err
	}
	if err := t.exec("DELETE FROM parties WHERE report = ?", report); err != nil {
		return err
	}
	for _, s := range slots {
		is := s.told
		for i := range all {
			if all[i].Action != dragoman.Repair {
				continue
			}
			// Whoever corrects names whom he sees: the one whom it was merged into.
			seen, err := t.seen(is)
			if err != nil {
				return err
			}
			if s.id == all[i].Old || seen == all[i].Old {
				p, err := t.actorOf(all[i].New)
				if err != nil {
					return err
				}
				is, s.id = p.Number, all[i].New
			}
		}
		if _, err := t.party(report, s.role, s.position, s.told, is, dragoman.Party{}); err != nil {
			return err
		}
	}
	return nil
}

// seen returns the id of what an actor was merged into.
func (t *tx) seen(number int64) (id string, err error) {
	_, err = t.one("SELECT s.id FROM actors a JOIN actors s ON s.number = a.same WHERE a.number = ?", []any{number}, &id)
	return id, err
}

// actorOf loads an actor by its own id.
func (t *tx) actorOf(id string) (dragoman.Party, error) {
	var number int64
	there, err := t.one("SELECT number FROM actors WHERE id = ?", []any{id}, &number)
	if err != nil {
		return dragoman.Party{}, err
	}
	if !there {
		return dragoman.Party{}, fmt.Errorf("there is no actor %q in the database; dragoman actors finds their ids", id)
	}
	known, err := partiesIn(t, []int64{number})
	return known[number], err
}

// reportOf returns the report that a correction is of, that of the trigger, and
// makes the correction's type the one that was read.
func (t *tx) reportOf(c *dragoman.Correction) (number int64, err error) {
	there, err := t.one(`SELECT r.number, json_extract(r.read, '$.type') FROM reports r JOIN articles a ON a.number = r.article WHERE a.key = ? AND r.start = ? AND r.end = ?
		ORDER BY ? NOT IN (r.type, json_extract(r.read, '$.type')), r.number LIMIT 1`, []any{c.Key, c.Trigger.Start, c.Trigger.End, c.Type}, &number, &c.Type)
	if err == nil && !there {
		err = fmt.Errorf("no event at %d–%d is stored for that article", c.Trigger.Start, c.Trigger.End)
	}
	return number, err
}

// change settles a report and lists its occurrence anew.
func (t *tx) change(report int64) error {
	var occurrence int64
	if _, err := t.one("SELECT occurrence FROM reports WHERE number = ?", []any{report}, &occurrence); err != nil {
		return err
	}
	return t.relist(occurrence, report, func() error { _, err := t.settle(report); return err })
}

// merges settles who is whom after a merge was made or undone: an actor or
// place is what it was merged into, or what that one was merged into.
func (t *tx) merges(c *dragoman.Correction) error {
	move := t.move
	if c.Action == dragoman.MergePlace {
		move = t.movePlace
	}
	for _, id := range []string{c.Old, c.New} {
		if err := t.mergeable(c, id); err != nil {
			return err
		}
	}
	all, err := correctionsIn(t, "action = ? AND undone = 0", c.Action)
	if err != nil {
		return err
	}
	into := map[string]string{}
	for _, m := range all {
		into[m.Old] = m.New
	}
	settled := func(id string) string {
		for range len(into) + 1 {
			next, ok := into[id]
			if !ok {
				return id
			}
			id = next
		}
		return ""
	}
	if settled(c.Old) == "" {
		return fmt.Errorf("%q was merged into %q; undo that first", c.New, c.Old)
	}
	moved := map[string]bool{c.Old: true}
	for id := range into {
		moved[id] = true
	}
	for _, id := range slices.Sorted(maps.Keys(moved)) {
		if err := move(id, settled(id)); err != nil {
			return err
		}
	}
	return nil
}

// mergeable says whether there is nobody, or no place, of that id.
func (t *tx) mergeable(c *dragoman.Correction, id string) (err error) {
	if c.Action == dragoman.MergePlace {
		_, err = t.placeOf(id)
	} else {
		_, err = t.actorOf(id)
	}
	return err
}

// move makes all that is told of one actor, and of those who act for it, be of
// another, which may be itself.
func (t *tx) move(id, to string) error {
	var told, was, same int64
	if _, err := t.one("SELECT number, same FROM actors WHERE id = ?", []any{id}, &told, &was); err != nil {
		return err
	}
	if _, err := t.one("SELECT number FROM actors WHERE id = ?", []any{to}, &same); err != nil {
		return err
	}
	if was == same {
		return nil
	}
	if err := t.exec("UPDATE actors SET same = ? WHERE number = ?", same, told); err != nil {
		return err
	}
	t.same = nil
	clear(t.pen.recent)
	var reports []int64
	err := each(t, func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		reports = append(reports, n)
		return err
	}, "SELECT DISTINCT r.number FROM roles l JOIN reports r ON r.occurrence = l.occurrence WHERE l.actor = ? AND l.role <> ? ORDER BY r.number", was, says)
	for _, n := range reports {
		if err == nil {
			err = t.change(n)
		}
	}
	if err != nil {
		return err
	}
	return t.moveClaims(was)
}

// moveClaims lists anew the claims that stood under an actor.
func (t *tx) moveClaims(was int64) error {
	type claim struct {
		number        int64
		day           dragoman.Day
		about, listed string
	}
	var all []claim
	err := each(t, func(rows *sql.Rows) error {
		var c claim
		err := rows.Scan(&c.number, &c.day, &c.about, &c.listed)
		all = append(all, c)
		return err
	}, "SELECT c.number, c.published, c.about, c.listed FROM abouts b JOIN claims c ON c.number = b.claim WHERE b.actor = ?", was)
	if err != nil {
		return err
	}
	for _, c := range all {
		for _, n := range numbers(c.listed) {
			if err := t.exec("DELETE FROM abouts WHERE actor = ? AND day = ? AND claim = ?", n, c.day, c.number); err != nil {
				return err
			}
		}
		if err := t.about(c.number, c.day, numbers(c.about)); err != nil {
			return err
		}
	}
	return nil
}

// Judged is a report of an article that somebody went through.
type Judged struct {
	dragoman.Report
	Verdict string // right, wrong or corrected
}

// Judged returns all reports of an article and what corrections say of them.
func (db *DB) Judged(ctx context.Context, article int64) ([]Judged, error) {
	q := db.asks(ctx)
	all, err := reportsIn(q, "r.article = ?", article)
	if err != nil {
		return nil, err
	}
	corrections, err := correctionsIn(q, "undone = 0 AND type <> '' AND key = (SELECT key FROM articles WHERE number = ?)", article)
	if err != nil {
		return nil, err
	}
	out := make([]Judged, len(all))
	for i := range all {
		out[i] = Judged{all[i], "right"}
		for _, c := range corrections {
			if c.Trigger != all[i].Trigger {
				continue
			}
			if c.Action == dragoman.Wrong {
				out[i].Verdict = "wrong"
				break
			}
			out[i].Verdict = "corrected"
		}
	}
	return out, nil
}
