// Package store keeps what was read, in one SQLite file. One article is one
// transaction: what Save has returned from is there whatever happens to the
// program afterwards, and nothing of an article is there without the rest.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"dragoman"
)

//go:embed migrations/*.sql
var migrations embed.FS

// DB is a database of articles and their records. It may be used by many
// goroutines at once; writing is one at a time, also among processes.
type DB struct {
	read *sql.DB
	kept statements // of read
	pen  *pen
	pack *zstd.Encoder
	open *zstd.Decoder
	now  func() time.Time

	// Of words that so many events have, or more: the newest so many are looked
	// through first; one does not go through all that have them, for some of them
	// soon come by on any other way.
	late, few int
}

// Open opens the database at path and brings its tables up to date; where
// there is none it is made.
func Open(ctx context.Context, path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("the folder of the database cannot be made: %w", err)
	}
	write, err := connect(ctx, path, "immediate", 1, 32<<10)
	if err != nil {
		return nil, fmt.Errorf("the database %s cannot be opened: %w", path, err)
	}
	if err := migrate(ctx, write); err != nil {
		write.Close()
		return nil, fmt.Errorf("the database %s: %w", path, err)
	}
	read, err := connect(ctx, path, "deferred", 8, 8<<10) // beyond these pages the system's memory of the file is as good
	if err != nil {
		write.Close()
		return nil, err
	}
	db := &DB{read: read, kept: statements{db: read, made: map[string]*sql.Stmt{}}, now: time.Now, late: 4000, few: 20000}
	if db.pen, err = newPen(ctx, write); err != nil {
		return nil, errors.Join(fmt.Errorf("the database %s: %w", path, err), read.Close(), write.Close())
	}
	db.pack, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1)) // fails on bad options only
	db.open, _ = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(256<<20))
	return db, nil
}

// Close closes the database.
func (db *DB) Close() error {
	db.open.Close()
	return errors.Join(db.read.Close(), db.pen.close())
}

// connect opens path with settings under which a killed program loses nothing
// that was committed; after a power cut the last articles may be missing, but
// what is there is whole. Each connection keeps so many KB of pages.
func connect(ctx context.Context, path, lock string, connections, pages int) (*sql.DB, error) {
	q := url.Values{"_txlock": {lock}, "_pragma": {"busy_timeout(30000)", "journal_mode(WAL)", "synchronous(NORMAL)",
		fmt.Sprintf("cache_size(-%d)", pages), "temp_store(MEMORY)", "wal_autocheckpoint(8000)", "journal_size_limit(67108864)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// migrate applies the numbered migrations that are not in yet. A database of a
// newer program is refused: what it holds is not known here.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return err
	}
	has, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("it is not a database of dragoman, or damaged: %w", err)
	}
	if all := p.ListSources(); has > all[len(all)-1].Version {
		return fmt.Errorf("it was made by a newer dragoman (tables of version %d, here %d); use that one", has, all[len(all)-1].Version)
	}
	_, err = p.Up(ctx)
	return err
}

// pen writes: the one connection that does, with its statements prepared.
type pen struct {
	db   *sql.DB
	conn *sql.Conn
	turn chan struct{} // holds one token: whose turn it is
	made map[string]*sql.Stmt

	recent  map[int64][]dragoman.Occurrence // as they are stored; see tx.recall
	version int64                           // of the data when recent was filled, by what other processes write
}

func newPen(ctx context.Context, db *sql.DB) (*pen, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	p := &pen{db: db, conn: conn, turn: make(chan struct{}, 1), made: map[string]*sql.Stmt{}, recent: map[int64][]dragoman.Occurrence{}}
	p.turn <- struct{}{}
	return p, nil
}

func (p *pen) close() error { return errors.Join(p.conn.Close(), p.db.Close()) }

// transaction runs do, which changes what is remembered, as a whole or not at all.
func (p *pen) transaction(ctx context.Context, do func(*tx) error) error {
	return p.aside(ctx, func(t *tx) error {
		if err := t.fresh(); err != nil {
			return err
		}
		var before int64
		if _, err := t.one("SELECT total_changes()", nil, &before); err != nil {
			return err
		}
		if err := do(t); err != nil {
			return err
		}
		if err := t.count(); err != nil {
			return err
		}
		return t.exec("UPDATE revision SET number = number + 1 WHERE total_changes() > ?", before)
	})
}

// aside is a transaction of what is not remembered of articles: of users and
// their visits. What is begun is ended: ctx only says whether to begin.
func (p *pen) aside(ctx context.Context, do func(*tx) error) (err error) {
	select {
	case <-p.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { p.turn <- struct{}{} }()
	if err := ctx.Err(); err != nil {
		return err
	}
	t := &tx{pen: p, ctx: context.WithoutCancel(ctx), events: map[int64]int{}}
	if err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			clear(p.recent)
			err = errors.Join(err, t.exec("ROLLBACK"))
		}
	}()
	if err := do(t); err != nil {
		return err
	}
	return t.exec("COMMIT")
}

// tx is a transaction of the pen.
type tx struct {
	pen    *pen
	ctx    context.Context
	events map[int64]int   // actor: by how much its events grow
	same   map[int64]int64 // actor: what it was merged into; nil: not asked yet
	moved  movedPlaces     // nil: not asked yet
}

// fresh forgets what is kept in memory where another process has written.
func (t *tx) fresh() error {
	var version int64
	if _, err := t.one("PRAGMA data_version", nil, &version); err != nil {
		return err
	}
	if version != t.pen.version {
		clear(t.pen.recent)
		t.pen.version = version
	}
	return nil
}

func (t *tx) statement(query string) (*sql.Stmt, error) {
	if s := t.pen.made[query]; s != nil {
		return s, nil
	}
	s, err := t.pen.conn.PrepareContext(t.ctx, query)
	if err == nil {
		t.pen.made[query] = s
	}
	return s, err
}

func (t *tx) exec(query string, args ...any) error {
	_, err := t.run(query, args...)
	return err
}

func (t *tx) run(query string, args ...any) (sql.Result, error) {
	s, err := t.statement(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(t.ctx, args...)
}

// insert returns the number of the new row.
func (t *tx) insert(query string, args ...any) (int64, error) {
	r, err := t.run(query, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

func (t *tx) query(query string, args ...any) (*sql.Rows, error) {
	s, err := t.statement(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(t.ctx, args...)
}

// one scans the one row of a query; false where there is none.
func (t *tx) one(query string, args []any, into ...any) (bool, error) {
	s, err := t.statement(query)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(t.ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// querier is what asks: the transaction that writes, or those that read.
type querier interface {
	query(query string, args ...any) (*sql.Rows, error)
}

// reading asks outside of any transaction.
type reading struct {
	db  *DB
	ctx context.Context
}

func (r reading) query(query string, args ...any) (*sql.Rows, error) {
	s, err := r.db.kept.statement(r.ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return r.db.read.QueryContext(r.ctx, query, args...)
	}
	return s.QueryContext(r.ctx, args...)
}

// statements keeps what is asked again and again prepared, on every connection.
type statements struct {
	db   *sql.DB
	lock sync.Mutex
	made map[string]*sql.Stmt
}

// maxStatements bounds how many are kept: filters make up ever new ones.
const maxStatements = 200

// statement returns the statement of a query, nil where no more are kept.
func (k *statements) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	k.lock.Lock()
	s, full := k.made[query], len(k.made) >= maxStatements
	k.lock.Unlock()
	if s != nil || full {
		return s, nil
	}
	s, err := k.db.PrepareContext(ctx, query) // without the lock: it waits for a connection
	if err != nil {
		return nil, err
	}
	k.lock.Lock()
	defer k.lock.Unlock()
	if other := k.made[query]; other != nil {
		s.Close()
		return other, nil
	}
	k.made[query] = s
	return s, nil
}

// each calls scan for every row of a query.
func each(q querier, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := q.query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
