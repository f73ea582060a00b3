package store

import (
	"context"
	"database/sql"
	"fmt"

	"dragoman"
)

// Replace stores what was read anew in an article that is stored, in the place
// of what was read before, and its day of publication. Corrections are applied
// again, and what is told as before keeps its numbers. It returns the reports as they were and as they are.
func (db *DB) Replace(ctx context.Context, number int64, f *dragoman.Filing, judge dragoman.Judge) (before, after []dragoman.Report, err error) {
	err = db.pen.transaction(ctx, func(t *tx) error {
		if before, err = reportsIn(t, "r.article = ?", number); err != nil {
			return err
		}
		s := saver{tx: t, judge: judge, number: number, packed: db.pack.EncodeAll(f.Reading, nil), was: map[telling]place{}, renew: true}
		if _, err := t.one("SELECT root FROM articles WHERE number = ?", []any{number}, &s.root); err != nil {
			return err
		}
		if err := s.clear(before); err != nil {
			return err
		}
		if err := t.exec("UPDATE articles SET version = ?, published = ?, lead = ? WHERE number = ?", f.Version, f.Published, f.Lead, number); err != nil {
			return err
		}
		if err := s.records(f); err != nil {
			return err
		}
		after, err = reportsIn(t, "r.article = ?", number)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("article %d was not read again: %w", number, err)
	}
	return before, after, nil
}

// clear takes out all records of the article and notes where its reports stood.
func (s *saver) clear(reports []dragoman.Report) error {
	for i := range reports {
		r := &reports[i]
		var kind string
		if _, err := s.one("SELECT json_extract(read, '$.type') FROM reports WHERE number = ?", []any{r.Number}, &kind); err != nil {
			return err
		}
		s.was[telling{kind, r.Trigger.Start, r.Trigger.End}] = place{r.Number, r.Occurrence, tells(r)}
		err := s.relist(r.Occurrence, r.Number, func() error {
			for _, statement := range []string{"DELETE FROM reports WHERE number = ?", "DELETE FROM parties WHERE report = ?", "DELETE FROM report_words WHERE rowid = ?"} {
				if err := s.exec(statement, r.Number); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	var claims [][2]int64 // number, day
	var listed [][]int64
	err := each(s, func(rows *sql.Rows) error {
		var c [2]int64
		var l string
		err := rows.Scan(&c[0], &c[1], &l)
		claims, listed = append(claims, c), append(listed, numbers(l))
		return err
	}, "SELECT number, published, listed FROM claims WHERE article = ?", s.number)
	if err != nil {
		return err
	}
	for i, c := range claims {
		for _, n := range listed[i] {
			if err := s.exec("DELETE FROM abouts WHERE actor = ? AND day = ? AND claim = ?", n, c[1], c[0]); err != nil {
				return err
			}
		}
	}
	if err := s.exec("DELETE FROM claims WHERE article = ?", s.number); err != nil {
		return err
	}
	return s.exec("DELETE FROM ties WHERE article = ?", s.number)
}

// Outdated returns up to limit articles after the one of that number that
// another version has read; with all, those of this version too.
func (db *DB) Outdated(ctx context.Context, version string, all bool, number int64, limit int) ([]dragoman.Entry, error) {
	return entriesIn(db.asks(ctx), "WHERE a.number > ? AND (? OR a.version <> ?) ORDER BY a.number LIMIT ?", number, all, version, limit)
}
