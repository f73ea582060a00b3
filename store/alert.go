package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"dragoman"
)

// MaxAttempts is how often a delivery fails before it is given up.
const MaxAttempts = 10

// AddAlert adds an alert. It looks at what is stored from now on, or with past
// at what is stored already too.
func (db *DB) AddAlert(ctx context.Context, a dragoman.Alert, past bool) error {
	ways, err := json.Marshal(a.Ways)
	if err != nil {
		return err
	}
	return db.pen.transaction(ctx, func(t *tx) error {
		var there int64
		if ok, err := t.one("SELECT number FROM alerts WHERE name = ?", []any{a.Name}, &there); err != nil {
			return err
		} else if ok {
			return fmt.Errorf("there is an alert %q already; dragoman alert remove takes it away", a.Name)
		}
		var looked int64
		if !past {
			if _, err := t.one("SELECT coalesce(max(number), 0) FROM articles", nil, &looked); err != nil {
				return err
			}
		}
		return t.exec("INSERT INTO alerts (name, rule, ways, looked, made) VALUES (?, ?, ?, ?, ?)", a.Name, string(a.Rule), string(ways), looked, db.now().Unix())
	})
}

// RemoveAlert removes an alert and what it fired for, delivered or not.
func (db *DB) RemoveAlert(ctx context.Context, name string) error {
	return db.pen.transaction(ctx, func(t *tx) error {
		var number int64
		ok, err := t.one("SELECT number FROM alerts WHERE name = ?", []any{name}, &number)
		if err != nil {
			return err
		}
		if !ok {
			return noAlert(name)
		}
		return errors.Join(t.exec("DELETE FROM firings WHERE alert = ?", number), t.exec("DELETE FROM alerts WHERE number = ?", number))
	})
}

func noAlert(name string) error {
	return fmt.Errorf("there is no alert %q; dragoman alert list shows them", name)
}

// Alert returns the alert of a name.
func (db *DB) Alert(ctx context.Context, name string) (dragoman.Alert, error) {
	all, err := alertsIn(db.asks(ctx), "a.name = ?", name)
	if err != nil {
		return dragoman.Alert{}, err
	}
	if len(all) == 0 {
		return dragoman.Alert{}, noAlert(name)
	}
	return all[0], nil
}

// Alerts returns all alerts in the order they were made.
func (db *DB) Alerts(ctx context.Context) ([]dragoman.Alert, error) {
	return alertsIn(db.asks(ctx), "1 = 1")
}

func alertsIn(q querier, condition string, args ...any) ([]dragoman.Alert, error) {
	var all []dragoman.Alert
	return all, each(q, func(rows *sql.Rows) error {
		var a dragoman.Alert
		var ways string
		var made int64
		if err := rows.Scan(&a.Number, &a.Name, &a.Rule, &ways, &a.Looked, &made); err != nil {
			return err
		}
		a.Made = moment(made)
		if err := json.Unmarshal([]byte(ways), &a.Ways); err != nil {
			return fmt.Errorf("the alert %q: %w", a.Name, err)
		}
		all = append(all, a)
		return nil
	}, "SELECT a.number, a.name, a.rule, a.ways, a.looked, a.made FROM alerts a WHERE "+condition+" ORDER BY a.number", args...)
}

// Count fills in how often alerts fired, and what became of it.
func (db *DB) Count(ctx context.Context, alerts []dragoman.Alert) error {
	at := map[int64]*dragoman.Alert{}
	for i := range alerts {
		at[alerts[i].Number] = &alerts[i]
	}
	return each(db.asks(ctx), func(rows *sql.Rows) error {
		var c dragoman.Alert
		var last int64
		err := rows.Scan(&c.Number, &c.Fired, &c.Pending, &c.Failed, &last)
		if a := at[c.Number]; a != nil {
			a.Fired, a.Pending, a.Failed, a.Last = c.Fired, c.Pending, c.Failed, moment(last)
		}
		return err
	}, `SELECT alert, count(DISTINCT mark), sum(delivered = 0 AND attempts < ?1), sum(delivered = 0 AND attempts >= ?1), max(made) FROM firings GROUP BY alert`, MaxAttempts)
}

// Looked records at once that alerts were held against all articles up to one
// of that number, and what they fired for. It returns how much of that is new.
func (db *DB) Looked(ctx context.Context, alerts []dragoman.Alert, article int64, all []dragoman.Firing) (fresh int, err error) {
	err = db.pen.transaction(ctx, func(t *tx) error {
		fresh = 0
		for i := range all {
			n, err := t.fired(&all[i], db.now().Unix())
			if err != nil {
				return err
			}
			fresh += n
		}
		for _, a := range alerts {
			if err := t.exec("UPDATE alerts SET looked = max(looked, ?) WHERE number = ?", article, a.Number); err != nil {
				return err
			}
		}
		return nil
	})
	return fresh, err
}

// fired puts down a firing in all ways of its alert, unless it is there or the
// alert is gone; it returns 1 where that was new.
func (t *tx) fired(f *dragoman.Firing, now int64) (int, error) {
	event, err := json.Marshal(&f.Event)
	if err != nil {
		return 0, err
	}
	mark := f.Mark
	if f.Day != 0 {
		mark += " " + f.Day.String()
		if there, err := t.firedNear(f); there || err != nil {
			return 0, err
		}
	}
	// What comes to a way that nobody is at waits with the others.
	r, err := t.run(`INSERT OR IGNORE INTO firings (alert, article, mark, kind, address, subject, body, event, made, due)
		SELECT a.number, ?, ?, w.value ->> 'kind', w.value ->> 'address', ?, ?, ?, ?, coalesce((SELECT max(o.down) FROM firings o
			WHERE o.delivered = 0 AND o.kind = w.value ->> 'kind' AND (o.address = w.value ->> 'address' OR o.kind = 'mail')), 0)
		FROM alerts a, json_each(a.ways) w WHERE a.number = ?`,
		f.Article, mark, f.Subject, f.Body, string(event), now, f.Alert)
	if err != nil {
		return 0, err
	}
	n, err := r.RowsAffected()
	return int(min(n, 1)), err
}

// sameChange is within how many days two changes are one: the day of a change
// moves a little as more is known.
const sameChange = 28

// firedNear reports whether an alert fired for a change of about that day.
func (t *tx) firedNear(f *dragoman.Firing) (near bool, err error) {
	return near, each(t, func(rows *sql.Rows) error {
		var mark string
		if err := rows.Scan(&mark); err != nil {
			return err
		}
		day, err := dragoman.ParseDay(mark[len(f.Mark)+1:])
		near = near || err == nil && max(day-f.Day, f.Day-day) < sameChange
		return nil
	}, "SELECT DISTINCT mark FROM firings WHERE alert = ? AND substr(mark, 1, ?) = ?", f.Alert, len(f.Mark)+1, f.Mark+" ")
}

// Due returns up to limit deliveries to be made, of numbers after the one
// given: those whose time has come, or all that are not given up.
func (db *DB) Due(ctx context.Context, after int64, all bool, limit int) ([]dragoman.Delivery, error) {
	now := db.now().Unix()
	return deliveriesIn(db.asks(ctx), "f.delivered = 0 AND f.attempts < ? AND f.held <= ? AND (f.due <= ? OR ?) AND f.number > ? ORDER BY f.number LIMIT ?",
		MaxAttempts, now, now, all, after, limit)
}

func deliveriesIn(q querier, rest string, args ...any) ([]dragoman.Delivery, error) {
	var all []dragoman.Delivery
	return all, each(q, func(rows *sql.Rows) error {
		var d dragoman.Delivery
		var event []byte
		var made, delivered int64
		err := rows.Scan(&d.Number, &d.Alert, &d.Name, &d.Article, &d.Mark, &d.Way.Kind, &d.Way.Address, &d.Subject, &d.Body, &event, &made, &delivered, &d.Attempts, &d.Fault)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(event, &d.Event); err != nil {
			return fmt.Errorf("firing %d: %w", d.Number, err)
		}
		d.Made, d.Delivered = moment(made), moment(delivered)
		all = append(all, d)
		return nil
	}, `SELECT f.number, f.alert, a.name, f.article, f.mark, f.kind, f.address, f.subject, f.body, f.event, f.made, f.delivered, f.attempts, f.fault
		FROM firings f JOIN alerts a ON a.number = f.alert WHERE `+rest, args...)
}

// Hold takes a delivery in hand for a time, so that no other program makes it
// too; false where another has it, or it is made. A program that is killed
// meanwhile holds it for no longer.
func (db *DB) Hold(ctx context.Context, delivery int64, span time.Duration) (held bool, err error) {
	err = db.pen.transaction(ctx, func(t *tx) error {
		now := db.now()
		r, err := t.run("UPDATE firings SET held = ? WHERE number = ? AND delivered = 0 AND held <= ?", now.Add(span).Unix(), delivery, now.Unix())
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		held = n == 1
		return err
	})
	return held, err
}

// Release gives a delivery back that was not tried after all.
func (db *DB) Release(ctx context.Context, delivery int64) error {
	return db.pen.transaction(ctx, func(t *tx) error {
		return t.exec("UPDATE firings SET held = 0 WHERE number = ?", delivery)
	})
}

// Delivered records that a delivery was made.
func (db *DB) Delivered(ctx context.Context, delivery int64) error {
	return db.pen.transaction(ctx, func(t *tx) error {
		return t.exec("UPDATE firings SET delivered = ?, held = 0, fault = '' WHERE number = ?", db.now().Unix(), delivery)
	})
}

// Failed records that a delivery failed, and why, and that it is not to be
// tried for a while.
func (db *DB) Failed(ctx context.Context, delivery int64, fault string, wait time.Duration) error {
	return db.pen.transaction(ctx, func(t *tx) error {
		return t.exec("UPDATE firings SET attempts = attempts + 1, fault = ?, held = 0, due = ? WHERE number = ?", fault, db.now().Add(wait).Unix(), delivery)
	})
}

// Postpone puts off for a while all deliveries by a way that nobody is at, also
// those to come, without an attempt; all mail where the address is empty.
func (db *DB) Postpone(ctx context.Context, way dragoman.Way, wait time.Duration) error {
	return db.pen.transaction(ctx, func(t *tx) error {
		return t.exec("UPDATE firings SET due = max(due, ?1), down = ?1 WHERE delivered = 0 AND kind = ?2 AND ?3 IN ('', address)",
			db.now().Add(wait).Unix(), way.Kind, way.Address)
	})
}

// Again has deliveries that were given up tried again.
func (db *DB) Again(ctx context.Context) error {
	return db.pen.transaction(ctx, func(t *tx) error {
		return t.exec("UPDATE firings SET attempts = 0, due = 0 WHERE delivered = 0 AND attempts >= ?", MaxAttempts)
	})
}

// Publish hands the last firings of an alert by a way, the newest first, to
// write, and records them as delivered where that returns no error. Meanwhile
// nobody else publishes, so that of two programs the later has all.
func (db *DB) Publish(ctx context.Context, alert int64, way dragoman.Way, limit int, write func([]dragoman.Delivery) error) error {
	return db.pen.transaction(ctx, func(t *tx) error {
		all, err := deliveriesIn(t, "f.alert = ? AND f.kind = ? AND f.address = ? ORDER BY f.number DESC LIMIT ?", alert, way.Kind, way.Address, limit)
		if err != nil {
			return err
		}
		if err := write(all); err != nil {
			return err
		}
		return t.exec("UPDATE firings SET delivered = ?, fault = '' WHERE alert = ? AND kind = ? AND address = ? AND delivered = 0",
			db.now().Unix(), alert, way.Kind, way.Address)
	})
}
