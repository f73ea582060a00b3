package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Tables returns the names of our tables, for tests that write out everything.
func Tables(db *DB) (names []string) {
	rows, err := db.read.Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%words%' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'goose%' ORDER BY name")
	if err != nil {
		panic(err)
	}
	defer rows.Close()
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			panic(err)
		}
		names = append(names, n)
	}
	return names
}

// Rows writes out the rows of a table; when an article was added is left out.
func Rows(ctx context.Context, db *DB, table string) (all []string) {
	rows, err := db.read.QueryContext(ctx, "SELECT * FROM "+table)
	if err != nil {
		panic(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		panic(err)
	}
	for rows.Next() {
		values, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			panic(err)
		}
		var b strings.Builder
		for i, v := range values {
			if columns[i] != "added" {
				fmt.Fprintf(&b, "%s=%q ", columns[i], v)
			}
		}
		all = append(all, b.String())
	}
	return all
}

// Downgrade writes a database to path with the tables as they were before there
// were pages.
func Downgrade(ctx context.Context, db *DB, path string) {
	if _, err := db.pen.conn.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		panic(err)
	}
	old, err := sql.Open("sqlite", path)
	if err != nil {
		panic(err)
	}
	defer old.Close()
	for _, statement := range []string{
		"DROP INDEX occurrences_day", "CREATE INDEX occurrences_day ON occurrences (day)",
		"ALTER TABLE occurrences DROP COLUMN tone", "ALTER TABLE occurrences DROP COLUMN place", "ALTER TABLE occurrences DROP COLUMN outlets",
		"DROP TABLE outlets", "DROP TABLE tellers", "DROP TABLE revision", "DELETE FROM roles WHERE role = 2",
		"DROP INDEX reports_told", "DROP INDEX dyads_done", "DROP INDEX actors_kind", "DROP INDEX claims_source", "DROP INDEX firings_alert", "DROP INDEX ties_subject", "DROP INDEX ties_object",
		"CREATE INDEX reports_source ON reports (source, published) WHERE source <> 0", "CREATE INDEX ties_subject ON ties (subject)", "CREATE INDEX ties_object ON ties (object)",
		"DELETE FROM goose_db_version WHERE version_id >= 3",
	} {
		if _, err := old.ExecContext(ctx, statement); err != nil {
			panic(err)
		}
	}
}
