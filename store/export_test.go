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
