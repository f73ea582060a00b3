package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"time"

	"dragoman"
)

// Correct records a correction and applies it to what is stored.
func (db *DB) Correct(ctx context.Context, c dragoman.Correction) (number int64, err error) {
	err = db.pen.transaction(ctx, func(t *tx) error {
		number, err = t.insert("INSERT INTO corrections (made, who, action, key, start, end, type, old, new, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			db.now().Unix(), c.Who, c.Action, c.Key, c.Trigger.Start, c.Trigger.End, c.Type, c.Old, c.New, c.Note)
		if err != nil {
			return err
		}
		c.Number = number
		return t.correct(&c, false)
	})
	return number, err
}

// Undo takes a correction back; it stays in the log as undone.
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
		return t.correct(&all[0], true)
	})
}

// Corrections returns all corrections in the order they were made.
func (db *DB) Corrections(ctx context.Context) ([]dragoman.Correction, error) {
	return correctionsIn(reading{db.read, ctx}, "1 = 1")
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

// corrections returns those of an article's events that hold.
func (t *tx) corrections(key string) ([]dragoman.Correction, error) {
	return correctionsIn(t, "key = ? AND undone = 0", key)
}

// hits reports whether c is of r as it was read.
func hits(c *dragoman.Correction, r *dragoman.Report) bool {
	return c.Trigger == r.Trigger && c.Type == r.Type
}

// apply changes a report before it is stored. wrong becomes the number of the
// correction that says it is no event.
func (t *tx) apply(c *dragoman.Correction, r *dragoman.Report, wrong *int64) error {
	switch c.Action {
	case dragoman.Wrong:
		*wrong = c.Number
	case dragoman.Recode:
		var to dragoman.Coding
		if err := json.Unmarshal([]byte(c.New), &to); err != nil {
			return fmt.Errorf("correction %d: %w", c.Number, err)
		}
		r.Type, r.CAMEO, r.Quad, r.Tone, r.Status = to.Type, to.CAMEO, to.Quad, to.Tone, to.Status
	case dragoman.Repair:
		known, err := t.actorOf(c.New)
		if err != nil {
			return err
		}
		for _, all := range [][]dragoman.Party{r.Actors, r.Recipients} {
			for i := range all {
				if all[i].ID == c.Old {
					all[i] = known
				}
			}
		}
	}
	return nil
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

// correct applies a correction to what is stored, or takes it back.
func (t *tx) correct(c *dragoman.Correction, back bool) error {
	clear(t.pen.recent)
	if c.Action == dragoman.Merge {
		return t.merges(c)
	}
	report, err := t.reportOf(c)
	if err != nil {
		return err
	}
	return t.change(report, func() error {
		switch c.Action {
		case dragoman.Wrong:
			number := c.Number
			if back {
				number = 0
			}
			return t.exec("UPDATE reports SET wrong = ? WHERE number = ?", number, report)
		case dragoman.Recode:
			to := c.New
			if back {
				to = c.Old
			}
			var v dragoman.Coding
			if err := json.Unmarshal([]byte(to), &v); err != nil {
				return fmt.Errorf("correction %d: %w", c.Number, err)
			}
			return t.exec("UPDATE reports SET type = ?, cameo = ?, quad = ?, tone = ?, status = ? WHERE number = ?", v.Type, v.CAMEO, v.Quad, v.Tone, v.Status, report)
		case dragoman.Repair:
			from, to := c.Old, c.New
			if back {
				from, to = to, from
			}
			return t.replace(report, from, to)
		}
		return fmt.Errorf("the action of a correction is wrong, recode, party or merge, not %q", c.Action)
	})
}

// reportOf returns the report that a correction is of: that of the trigger,
// whose type may have been corrected meanwhile.
func (t *tx) reportOf(c *dragoman.Correction) (number int64, err error) {
	there, err := t.one(`SELECT r.number FROM reports r JOIN articles a ON a.number = r.article WHERE a.key = ? AND r.start = ? AND r.end = ?
		ORDER BY r.type <> ?, r.number LIMIT 1`, []any{c.Key, c.Trigger.Start, c.Trigger.End, c.Type}, &number)
	if err == nil && !there {
		err = fmt.Errorf("no event at %d–%d is stored for that article", c.Trigger.Start, c.Trigger.End)
	}
	return number, err
}

// change changes a report and lists its occurrence anew.
func (t *tx) change(report int64, do func() error) error {
	var occurrence int64
	if _, err := t.one("SELECT occurrence FROM reports WHERE number = ?", []any{report}, &occurrence); err != nil {
		return err
	}
	return t.relist(occurrence, report, do)
}

// replace puts another actor in the place of one in a report.
func (t *tx) replace(report int64, from, to string) error {
	known, err := t.actorOf(to)
	if err != nil {
		return err
	}
	type slot struct{ role, position int }
	var slots []slot
	err = each(t, func(rows *sql.Rows) error {
		var s slot
		err := rows.Scan(&s.role, &s.position)
		slots = append(slots, s)
		return err
	}, "SELECT p.role, p.position FROM parties p JOIN actors a ON a.number = p.actor WHERE p.report = ? AND p.depth = 0 AND a.id = ?", report, from)
	if err != nil {
		return err
	}
	if len(slots) == 0 {
		return fmt.Errorf("%q is not in that event", from)
	}
	for _, s := range slots {
		if err := t.exec("DELETE FROM parties WHERE report = ? AND role = ? AND position = ?", report, s.role, s.position); err != nil {
			return err
		}
		if _, err := t.party(report, s.role, s.position, known.Number, known); err != nil {
			return err
		}
	}
	return nil
}

// merges settles who is whom after a merge was made or undone: an actor is what
// it was merged into, or what that one was merged into.
func (t *tx) merges(c *dragoman.Correction) error {
	for _, id := range []string{c.Old, c.New} {
		if _, err := t.actorOf(id); err != nil {
			return err
		}
	}
	all, err := correctionsIn(t, "action = ? AND undone = 0", dragoman.Merge)
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
		if err := t.move(id, settled(id)); err != nil {
			return err
		}
	}
	return nil
}

// move makes all that is told of one actor be of another, which may be itself.
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
	if err := t.moveReports(told); err != nil {
		return err
	}
	return t.moveClaims(told, was)
}

// moveReports puts an actor's parties and principals anew into the reports
// that tell of it.
func (t *tx) moveReports(told int64) error {
	type slot struct {
		report         int64
		role, position int
	}
	var slots []slot
	err := each(t, func(rows *sql.Rows) error {
		var s slot
		err := rows.Scan(&s.report, &s.role, &s.position)
		slots = append(slots, s)
		return err
	}, "SELECT report, role, position FROM parties WHERE told = ? AND depth = 0 ORDER BY report, role, position", told)
	if err != nil {
		return err
	}
	for _, s := range slots {
		err := t.change(s.report, func() error {
			if err := t.exec("DELETE FROM parties WHERE report = ? AND role = ? AND position = ?", s.report, s.role, s.position); err != nil {
				return err
			}
			_, err := t.party(s.report, s.role, s.position, told, dragoman.Party{})
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// moveClaims lists the claims about an actor anew, which stood under was.
func (t *tx) moveClaims(told, was int64) error {
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
		about := numbers(c.about)
		if !has(about, told) {
			continue
		}
		for _, n := range numbers(c.listed) {
			if err := t.exec("DELETE FROM abouts WHERE actor = ? AND day = ? AND claim = ?", n, c.day, c.number); err != nil {
				return err
			}
		}
		if err := t.about(c.number, c.day, about); err != nil {
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
	corrections, err := correctionsIn(q, "undone = 0 AND key = (SELECT key FROM articles WHERE number = ?)", article)
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
