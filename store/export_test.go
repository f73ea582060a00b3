package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
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

// Downgrade writes what is in a database to another at path, with the tables as
// they were before there were pages.
func Downgrade(ctx context.Context, db *DB, path string) {
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	old, err := sql.Open("sqlite", path)
	must(err)
	defer old.Close()
	old.SetMaxOpenConns(1)
	files, err := fs.Sub(migrations, "migrations")
	must(err)
	p, err := goose.NewProvider(goose.DialectSQLite3, old, files)
	must(err)
	_, err = p.UpTo(ctx, 2)
	must(err)
	var now string
	must(db.read.QueryRowContext(ctx, "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&now))
	_, err = old.ExecContext(ctx, "ATTACH ? AS now", now)
	must(err)
	for _, table := range Tables(&DB{read: old}) {
		var columns string
		must(old.QueryRowContext(ctx, "SELECT group_concat(name, ', ') FROM pragma_table_info(?, 'main')", table).Scan(&columns))
		query := "INSERT INTO main." + table + " (" + columns + ") SELECT " + columns + " FROM now." + table
		switch table {
		case "roles":
			query += " WHERE role <> 2"
		case "dyads": // what only sources tell was told apart later
			query = strings.Replace(query, "SELECT "+columns, "SELECT "+strings.Replace(columns, "done", "min(done, 1)", 1), 1)
		}
		_, err := old.ExecContext(ctx, query)
		must(err)
	}
}

// Common has words that few events have taken for common ones.
func Common(db *DB, late, few int) { db.late, db.few = late, few }
