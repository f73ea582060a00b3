package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"dragoman"
)

// This file keeps ties what was read, as corrections change it.

// bound is a tie of an article: what was read of it, and what stands.
type bound struct {
	number int64
	read   dragoman.Bond
	is     dragoman.Bond
	wrong  int64 // the correction that says so
}

// Bond returns who was what to whom in a tie as it was read, by which
// corrections know it.
func (db *DB) Bond(ctx context.Context, tie int64) (dragoman.Bond, error) {
	all, err := boundIn(db.asks(ctx), "t.number = ?", tie)
	if err != nil || len(all) == 0 {
		return dragoman.Bond{}, err
	}
	return all[0].read, nil
}

// boundIn loads ties under the actors' own ids, before these were merged.
func boundIn(q querier, condition string, args ...any) ([]bound, error) {
	var all []bound
	return all, each(q, func(rows *sql.Rows) error {
		var b bound
		var read string
		if err := rows.Scan(&b.number, &b.is.Subject, &b.is.Relation, &b.is.Object, &b.is.Role, &read, &b.wrong); err != nil {
			return err
		}
		if b.read = b.is; read != "" {
			b.read = dragoman.Bond{}
			if err := json.Unmarshal([]byte(read), &b.read); err != nil {
				return fmt.Errorf("tie %d: %w", b.number, err)
			}
		}
		all = append(all, b)
		return nil
	}, `SELECT t.number, coalesce(s.id, ''), t.relation, coalesce(o.id, ''), t.role, t.read, t.wrong
		FROM ties t LEFT JOIN actors s ON s.number = t.subject LEFT JOIN actors o ON o.number = t.object WHERE `+condition+" ORDER BY t.number", args...)
}

// tiedIn returns the article that a correction of a tie is of.
func (t *tx) tiedIn(c *dragoman.Correction) (article int64, err error) {
	var read dragoman.Bond
	if err := json.Unmarshal([]byte(c.Old), &read); err != nil {
		return 0, fmt.Errorf("a correction of a tie names what was read of it: %w", err)
	}
	if _, err := t.one("SELECT number FROM articles WHERE key = ?", []any{c.Key}, &article); err != nil {
		return 0, err
	}
	all, err := boundIn(t, "t.article = ?", article)
	for _, b := range all {
		if b.read == read {
			return article, nil
		}
	}
	if err == nil {
		err = fmt.Errorf("no tie such as %s is stored for that article", c.Old)
	}
	return 0, err
}

// settleTies makes the ties of an article what was read, as all corrections of
// them that hold change it in the order they were made.
func (t *tx) settleTies(article int64) error {
	corrections, err := correctionsIn(t, "key = (SELECT key FROM articles WHERE number = ?) AND action IN (?, ?) AND undone = 0",
		article, dragoman.Untie, dragoman.Retie)
	if err != nil {
		return err
	}
	all, err := boundIn(t, "t.article = ?", article)
	for i := range all {
		if err == nil {
			err = t.settleTie(&all[i], corrections)
		}
	}
	return err
}

func (t *tx) settleTie(b *bound, corrections []dragoman.Correction) error {
	is := bound{b.number, b.read, b.read, 0}
	for i := range corrections {
		c := &corrections[i]
		var of, change dragoman.Bond
		if err := json.Unmarshal([]byte(c.Old), &of); err != nil {
			return fmt.Errorf("correction %d: %w", c.Number, err)
		}
		switch {
		case of != b.read:
		case c.Action == dragoman.Untie:
			is.wrong = c.Number
		default:
			if err := json.Unmarshal([]byte(c.New), &change); err != nil {
				return fmt.Errorf("correction %d: %w", c.Number, err)
			}
			is.is = is.is.With(change)
		}
	}
	if is == *b {
		return nil
	}
	return t.writeTie(&is)
}

// writeTie writes what stands, and beside it what was read where that is not
// the same.
func (t *tx) writeTie(b *bound) error {
	read := ""
	if b.is != b.read {
		was, err := json.Marshal(b.read)
		if err != nil {
			return err
		}
		read = string(was)
	}
	return t.exec(`UPDATE ties SET subject = coalesce((SELECT number FROM actors WHERE id = ?), 0), relation = ?, object = coalesce((SELECT number FROM actors WHERE id = ?), 0),
		role = ?, read = ?, wrong = ? WHERE number = ?`, b.is.Subject, b.is.Relation, b.is.Object, b.is.Role, read, b.wrong, b.number)
}
