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
	"modernc.org/sqlite" // the driver "sqlite" too
	sqlite3 "modernc.org/sqlite/lib"

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

// Open opens the database at path and brings its tables up to date; where there is
// none it is made. One that may not be written is opened for reading: what would write
// fails, and says so.
func Open(ctx context.Context, path string) (*DB, error) {
	info, err := os.Stat(path)
	made := err != nil
	switch {
	case made:
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, fmt.Errorf("the folder of the database %s cannot be made: %w; give another path", path, reason(err))
		}
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder, not a database; give the path of a file", path)
	case vacant(path):
		return nil, fmt.Errorf("the file %s is empty and no database; remove it, so that one can be made there, or give another path", path)
	default:
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return openToRead(ctx, path, reason(err))
		}
		f.Close()
	}
	db, err := openToWrite(ctx, path)
	if code := codeOf(err); !made && (code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_READONLY) { // nothing may be written beside it
		return openToRead(ctx, path, errors.New("nor anything in its folder"))
	}
	return db, err
}

// openToWrite opens a database that may be written.
func openToWrite(ctx context.Context, path string) (*DB, error) {
	write, err := connect(ctx, path, writing("immediate", 32<<10), 1)
	if err != nil {
		return nil, unopened(path, err)
	}
	if err := migrate(ctx, write); err != nil {
		write.Close()
		return nil, fmt.Errorf("the database %s: %w", path, err)
	}
	read, err := connect(ctx, path, writing("deferred", readPages), readers)
	if err != nil {
		write.Close()
		return nil, unopened(path, err)
	}
	db := newDB(read)
	if db.pen, err = newPen(ctx, write); err != nil {
		return nil, errors.Join(fmt.Errorf("the database %s: %w", path, err), read.Close(), write.Close())
	}
	return db, nil
}

// openToRead opens a database that may not be written, because of what is told.
func openToRead(ctx context.Context, path string, because error) (*DB, error) {
	barred := fmt.Errorf("the database %s may only be read, not written (%w); allow writing it and its folder, or make a copy elsewhere and give the path of that", path, because)
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the database cannot be read: %w", reason(err))
	}
	f.Close()
	q := settings("deferred", readPages)
	q.Set("mode", "ro")
	if _, err := os.Stat(path + "-wal"); err != nil {
		q.Set("immutable", "1") // nobody has it open to write: nothing is to be noted beside it
	}
	read, err := connect(ctx, path, q, readers)
	if err != nil {
		return nil, fmt.Errorf("%w; %w", unopened(path, err), barred)
	}
	var has, wanted int64
	err = read.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version WHERE is_applied").Scan(&has)
	if err == nil {
		wanted, err = newest()
	}
	switch {
	case err != nil:
		err = fmt.Errorf("the database %s: %w", path, foreign(err))
	case has > wanted:
		err = fmt.Errorf("the database %s: %w", path, newer(has, wanted))
	case has < wanted:
		err = fmt.Errorf("%w: its tables are of version %d, and have to be brought up to version %d first", barred, has, wanted)
	}
	if err != nil {
		read.Close()
		return nil, err
	}
	db := newDB(read)
	db.pen = &pen{barred: barred}
	return db, nil
}

func newDB(read *sql.DB) *DB {
	db := &DB{read: read, kept: statements{db: read, made: map[string]*sql.Stmt{}}, now: time.Now, late: 4000, few: 20000}
	db.pack, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1)) // fails on bad options only
	db.open, _ = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(256<<20))
	return db
}

// vacant reports whether a file is empty and stays so: one of which another program
// makes a database is so for a moment.
func vacant(path string) bool {
	const moment = 10
	for range moment {
		if info, err := os.Stat(path); err != nil || info.Size() > 0 {
			return false
		}
		time.Sleep(50 * time.Millisecond)
	}
	return true
}

// reason is what the system says, without what was asked of it.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("%s: %w", path.Path, path.Err)
	}
	return err
}

// unopened says why a file is not opened as a database.
func unopened(path string, err error) error {
	if codeOf(err) == sqlite3.SQLITE_NOTADB {
		return fmt.Errorf("%s is not a database; give the path of one, or of a file that is not there yet", path)
	}
	return fmt.Errorf("the database %s cannot be opened: %w", path, err)
}

// codeOf is SQLite's code of an error, without its particulars; 0 for none.
func codeOf(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// Close closes the database.
func (db *DB) Close() error {
	db.open.Close()
	return errors.Join(db.read.Close(), db.pen.close())
}

// As many connections read at once, and each keeps so many KB of pages: beyond these
// the system's memory of the file is as good.
const (
	readers   = 8
	readPages = 8 << 10
)

// settings are those of connections that keep so many KB of pages each.
func settings(lock string, pages int) url.Values {
	return url.Values{"_txlock": {lock}, "_pragma": {"busy_timeout(30000)", fmt.Sprintf("cache_size(-%d)", pages), "temp_store(MEMORY)"}}
}

// writing are settings under which a killed program loses nothing that was committed;
// after a power cut the last articles may be missing, but what is there is whole.
func writing(lock string, pages int) url.Values {
	q := settings(lock, pages)
	q["_pragma"] = append(q["_pragma"], "journal_mode(WAL)", "synchronous(NORMAL)", "wal_autocheckpoint(8000)", "journal_size_limit(67108864)")
	return q
}

// connect opens path with so many connections.
func connect(ctx context.Context, path string, q url.Values, connections int) (*sql.DB, error) {
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
		return foreign(err)
	}
	wanted, err := newest()
	if err != nil {
		return err
	}
	if has > wanted {
		return newer(has, wanted)
	}
	_, err = p.Up(ctx)
	return err
}

// newest is the version to which the migrations bring a database.
func newest() (version int64, err error) {
	all, err := fs.ReadDir(migrations, "migrations")
	if err != nil {
		return 0, err
	}
	return goose.NumericComponent(all[len(all)-1].Name())
}

func foreign(err error) error {
	return fmt.Errorf("it is not a database of dragoman, or damaged: %w", err)
}

func newer(has, wanted int64) error {
	return fmt.Errorf("it was made by a newer dragoman (tables of version %d, here %d); use that one", has, wanted)
}

// pen writes: the one connection that does, with its statements prepared.
type pen struct {
	barred error // why nothing may be written; nil: it may, and the rest is there

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

// close ends all that was prepared first: only then does SQLite put its log of what was
// written into the file.
func (p *pen) close() (err error) {
	if p.barred != nil {
		return nil
	}
	for _, s := range p.made {
		err = errors.Join(err, s.Close())
	}
	return errors.Join(err, p.conn.Close(), p.db.Close())
}

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
	if p.barred != nil {
		return p.barred
	}
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
