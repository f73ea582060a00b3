package store

import (
	"context"
	"database/sql"
	"time"
)

// Feed is a feed that is followed, and how it went the last time.
type Feed struct {
	Number       int64
	URL          string // where it lies now
	Title        string
	ETag         string // of the last answer, like LastModified: to ask whether anything has changed
	LastModified string
	Next         time.Time     // not to be asked for before
	Pause        time.Duration // between two polls when all is well
	Polled       time.Time     // when it was last asked for; zero: never
	Failures     int           // how often in a row it could not be had
	Fault        string        // why, "" when all is well
	Items        int           // how many it listed when it was last had
	New          int           // how many articles the last poll gave
	Stored       int           // items whose article is stored
	Unreadable   int           // items that could not be read
}

// Item is an item of a feed that is done with: stored, or not to be read.
type Item struct {
	Feed  int64 // its number
	ID    string
	URL   string
	Title string
	Seen  time.Time // when it was done with; the store's own clock
	Fault string    // why it could not be read, "" where it is stored
}

const feedColumns = "number, url, title, etag, modified, next, pause, polled, failures, fault, items, new"

func feedsIn(q querier, query string, args ...any) (all []Feed, err error) {
	err = each(q, func(rows *sql.Rows) error {
		var f Feed
		var next, pause, polled int64
		err := rows.Scan(&f.Number, &f.URL, &f.Title, &f.ETag, &f.LastModified, &next, &pause, &polled, &f.Failures, &f.Fault, &f.Items, &f.New,
			&f.Stored, &f.Unreadable)
		f.Next, f.Polled, f.Pause = moment(next), moment(polled), time.Duration(pause)*time.Second
		all = append(all, f)
		return err
	}, query, args...)
	return all, err
}

// moment and seconds turn times into what is stored of them, and back.
func moment(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// Feeds returns all feeds in the order in which they were added.
func (db *DB) Feeds(ctx context.Context) ([]Feed, error) {
	return feedsIn(db.asks(ctx), "SELECT "+feedColumns+`, (SELECT count(*) FROM items WHERE feed = number AND fault = ''),
		(SELECT count(*) FROM items WHERE feed = number AND fault <> '') FROM feeds ORDER BY number`)
}

// DueFeeds returns the feeds that are to be asked for, first what is due longest.
// Their items are not counted.
func (db *DB) DueFeeds(ctx context.Context, now time.Time) ([]Feed, error) {
	return feedsIn(db.asks(ctx), "SELECT "+feedColumns+", 0, 0 FROM feeds WHERE next <= ? ORDER BY next, number", now.Unix())
}

// Hasten makes all feeds due.
func (db *DB) Hasten(ctx context.Context) error {
	return db.pen.transaction(ctx, func(t *tx) error { return t.exec("UPDATE feeds SET next = 0") })
}

// AddFeeds has feeds followed, of which only URL and Title matter, and returns
// how many are new: none that is known by an address that it had before either.
func (db *DB) AddFeeds(ctx context.Context, feeds ...Feed) (added int, err error) {
	err = db.pen.transaction(ctx, func(t *tx) error {
		added = 0
		for _, f := range feeds {
			number, err := t.feedAt(f.URL)
			if err != nil {
				return err
			}
			if number != 0 {
				continue
			}
			number, err = t.insert(`INSERT INTO feeds (url, title, etag, modified, next, pause, polled, failures, fault, items, new)
				VALUES (?, ?, '', '', 0, 0, 0, 0, '', 0, 0)`, f.URL, f.Title)
			if err == nil {
				err = t.exec("INSERT INTO addresses (url, feed) VALUES (?, ?)", f.URL, number)
			}
			if err != nil {
				return err
			}
			added++
		}
		return nil
	})
	return added, err
}

// feedAt returns the number of the feed that is or was at an address, 0 for none.
func (t *tx) feedAt(url string) (number int64, err error) {
	_, err = t.one("SELECT feed FROM addresses WHERE url = ?", []any{url}, &number)
	return number, err
}

// RemoveFeed has a feed followed no longer, by any address that it had, and
// reports whether it was. Its articles stay.
func (db *DB) RemoveFeed(ctx context.Context, url string) (was bool, err error) {
	err = db.pen.transaction(ctx, func(t *tx) error {
		number, err := t.feedAt(url)
		if err != nil || number == 0 {
			return err
		}
		was = true
		return t.drop(number)
	})
	return was, err
}

func (t *tx) drop(feed int64) error {
	for _, statement := range []string{"DELETE FROM items WHERE feed = ?", "DELETE FROM addresses WHERE feed = ?", "DELETE FROM feeds WHERE number = ?"} {
		if err := t.exec(statement, feed); err != nil {
			return err
		}
	}
	return nil
}

// SaveFeed stores how the poll of a feed went. Where the feed has moved to the
// address of another, the two are one from now on: the other, which knows the
// items of both. A feed that was removed meanwhile stays removed.
func (db *DB) SaveFeed(ctx context.Context, f Feed) error {
	return db.pen.transaction(ctx, func(t *tx) error {
		there, err := t.feedAt(f.URL)
		if err != nil {
			return err
		}
		if there != 0 && there != f.Number {
			return t.unite(f.Number, there)
		}
		result, err := t.run(`UPDATE feeds SET url = ?, title = ?, etag = ?, modified = ?, next = ?, pause = ?, polled = ?, failures = ?, fault = ?, items = ?, new = ?
			WHERE number = ?`, f.URL, f.Title, f.ETag, f.LastModified, seconds(f.Next), int64(f.Pause/time.Second), seconds(f.Polled), f.Failures, f.Fault, f.Items, f.New,
			f.Number)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); n == 0 || err != nil {
			return err
		}
		return t.exec("INSERT OR IGNORE INTO addresses (url, feed) VALUES (?, ?)", f.URL, f.Number)
	})
}

// unite makes one feed of two.
func (t *tx) unite(gone, stays int64) error {
	for _, statement := range []string{
		"INSERT OR IGNORE INTO items (feed, id, url, title, seen, fault) SELECT ?2, id, url, title, seen, fault FROM items WHERE feed = ?1",
		"UPDATE addresses SET feed = ?2 WHERE feed = ?1",
	} {
		if err := t.exec(statement, gone, stays); err != nil {
			return err
		}
	}
	return t.drop(gone)
}

// Known reports whether an item of a feed is done with.
func (db *DB) Known(ctx context.Context, feed int64, id string) (is bool, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM items WHERE feed = ? AND id = ?)", feed, id).Scan(&is)
	return is, err
}

// Pass marks an item as done with without an article: it could not be read, or
// its article is stored already.
func (db *DB) Pass(ctx context.Context, i Item) error {
	return db.pen.transaction(ctx, func(t *tx) error {
		if err := t.see(i, db.now()); err != ErrSeen {
			return err
		}
		return nil
	})
}

// see marks an item as done with, unless its feed is not followed any more.
func (t *tx) see(i Item, now time.Time) error {
	seen := 0
	if there, err := t.one("SELECT 1 FROM items WHERE feed = ? AND id = ?", []any{i.Feed, i.ID}, &seen); err != nil {
		return err
	} else if there {
		return ErrSeen
	}
	return t.exec("INSERT INTO items (feed, id, url, title, seen, fault) SELECT number, ?, ?, ?, ?, ? FROM feeds WHERE number = ?",
		i.ID, i.URL, i.Title, now.Unix(), i.Fault, i.Feed)
}

// Unreadable returns the items that could not be read, the newest first.
func (db *DB) Unreadable(ctx context.Context) (all []Item, err error) {
	err = each(db.asks(ctx), func(rows *sql.Rows) error {
		var i Item
		var seen int64
		err := rows.Scan(&i.Feed, &i.ID, &i.URL, &i.Title, &seen, &i.Fault)
		i.Seen = moment(seen)
		all = append(all, i)
		return err
	}, "SELECT feed, id, url, title, seen, fault FROM items WHERE fault <> '' ORDER BY seen DESC, feed, id")
	return all, err
}

// Retry has the items that could not be read tried again, as far as their
// feeds still list them, and returns how many there were. Their feeds are due,
// and will list everything: one that is asked only for what has changed would not.
func (db *DB) Retry(ctx context.Context) (items int64, err error) {
	err = db.pen.transaction(ctx, func(t *tx) error {
		err := t.exec("UPDATE feeds SET etag = '', modified = '', next = 0 WHERE EXISTS (SELECT 1 FROM items WHERE feed = number AND fault <> '')")
		if err != nil {
			return err
		}
		result, err := t.run("DELETE FROM items WHERE fault <> ''")
		if err == nil {
			items, err = result.RowsAffected()
		}
		return err
	})
	return items, err
}
