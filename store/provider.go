package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"dragoman"
)

// Events of other providers stand in tables of their own: what is told, counted
// and watched of articles does not change by them. They meet ours in their
// actors: whoever has an id of ours is found under it, as are those that others
// act for.

// Provider is somebody else who codes events.
type Provider struct {
	Name        string
	Events      int
	First, Last dragoman.Day // of its events; NoDay where none has a day
	Added       time.Time    // when the last of them were stored
}

var providerName = regexp.MustCompile(`^[\pL\pN][\pL\pN._-]{0,63}$`)

// NameOfProvider says what is wrong with the name of a provider.
func NameOfProvider(name string) error {
	if strings.EqualFold(name, "dragoman") {
		return errors.New("a provider cannot be called dragoman, which is this program; name whose events they are")
	}
	if providerName.MatchString(name) {
		return nil
	}
	return fmt.Errorf("a provider cannot be called %q; a name has up to 64 letters, digits, dots, underscores and hyphens", name)
}

// Providers returns all whose events are stored, by name.
func (db *DB) Providers(ctx context.Context) ([]Provider, error) {
	var all []Provider
	return all, each(db.asks(ctx), func(rows *sql.Rows) error {
		var p Provider
		var added int64
		err := rows.Scan(&p.Name, &p.Events, &p.First, &p.Last, &added)
		p.Added = time.Unix(added, 0).UTC()
		all = append(all, p)
		return err
	}, "SELECT name, events, first, last, added FROM providers WHERE name IS NOT NULL ORDER BY name")
}

// One transaction stores so many events, or as many as hold so much: others who write
// wait for no more, and memory holds no more.
const (
	provideBatch = 5000
	provideBytes = 32 << 20
)

// heldBy is about how many bytes an event holds.
func heldBy(r *dragoman.Record) int {
	const party = 300
	return len(r.Evidence) + len(r.Words) + party*(len(r.Actors)+len(r.Recipients))
}

// Provide stores the events that next returns, until io.EOF, as those of a
// provider, some thousands or megabytes in one transaction. An event that the
// provider has already, by its ID, is passed over; one without an ID is known by what it
// tells, and by how often next told the same before. So the same events again
// change nothing. On an error what was stored so far stays, and is counted, as is
// all that next returned before its own error. It keeps in memory a number for each
// event without an ID that tells something else, up to 40 bytes.
//
// An event of very many is found under the first hundred actors a side; it has all
// the same whoever is in it.
func (db *DB) Provide(ctx context.Context, provider string, next func() (dragoman.Record, error)) (stored, known int, err error) {
	if err := NameOfProvider(provider); err != nil {
		return 0, 0, err
	}
	if err := db.sweep(ctx); err != nil {
		return 0, 0, err
	}
	p := provision{provider: provider, interned: map[string]int64{}, nameless: map[uint64]int{}}
	batch := make([]dragoman.Record, 0, provideBatch)
	for {
		var ended error
		clear(batch)
		batch = batch[:0]
		for held := 0; len(batch) < provideBatch && held < provideBytes && ended == nil; {
			var r dragoman.Record
			if r, ended = next(); ended == nil {
				batch, ended = append(batch, r), ctx.Err()
				held += heldBy(&r)
			}
		}
		fresh := 0
		if len(batch) > 0 {
			err := db.pen.transaction(ctx, func(t *tx) (err error) {
				p.tx = t
				fresh, err = p.all(batch, db.now().Unix())
				return err
			})
			if err != nil {
				return stored, known, fmt.Errorf("events of %s were not stored: %w", provider, err)
			}
		}
		stored, known = stored+fresh, known+len(batch)-fresh
		if errors.Is(ended, io.EOF) {
			return stored, known, nil
		}
		if ended != nil {
			return stored, known, ended
		}
	}
}

// Withdraw removes all events of a provider, and says how many there were; none
// where there is no such provider. They are gone at once; that their rows are
// deleted takes longer, and goes on with the next Provide or Withdraw where ctx
// ends before.
func (db *DB) Withdraw(ctx context.Context, provider string) (events int, err error) {
	err = db.pen.transaction(ctx, func(t *tx) error {
		if _, err := t.one("SELECT events FROM providers WHERE name = ?", []any{provider}, &events); err != nil {
			return err
		}
		return t.exec("UPDATE providers SET name = NULL WHERE name = ?", provider)
	})
	if err != nil {
		return 0, err
	}
	return events, db.sweep(ctx)
}

// sweep deletes the rows of providers that were withdrawn, some thousands in one
// transaction, so that others can write meanwhile.
func (db *DB) sweep(ctx context.Context) error {
	for {
		var provider int64
		err := db.read.QueryRowContext(ctx, "SELECT number FROM providers WHERE name IS NULL LIMIT 1").Scan(&provider)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			err = db.pen.transaction(ctx, func(t *tx) error { return t.sweep(provider) })
		}
		if err != nil {
			return err
		}
	}
}

// sweep deletes some rows of a provider, and the provider where there are none.
func (t *tx) sweep(provider int64) error {
	const (
		some   = 10000
		events = "(SELECT number FROM provided WHERE provider = ?1 ORDER BY day LIMIT ?2)"
		dyads  = "SELECT a, b, day, event FROM provided_dyads WHERE provider = ?1 ORDER BY a, b, day, event LIMIT ?2"
	)
	deleted := int64(0)
	for _, what := range []string{
		"provided_dyads WHERE provider = ?1 AND (a, b, day, event) <= (SELECT a, b, day, event FROM (" + dyads + ") ORDER BY a DESC, b DESC, day DESC, event DESC LIMIT 1)",
		"provided_articles WHERE number IN " + events,
		"provided WHERE number IN " + events,
		"provided_parties WHERE number IN (SELECT number FROM provided_parties WHERE provider = ?1 LIMIT ?2)",
		"provided_places WHERE number IN (SELECT number FROM provided_places WHERE provider = ?1 LIMIT ?2)",
	} {
		r, err := t.run("DELETE FROM "+what, provider, some)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		if err != nil {
			return err
		}
		deleted += n
	}
	if deleted > 0 {
		return nil
	}
	return t.exec("DELETE FROM providers WHERE number = ?", provider)
}
