package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"dragoman"
)

// This file merges places: who is told to be at one is at the other, and within
// what contains that.

// movedPlaces are places that were merged into others, by their ids: the id of
// what each is now, and of what contains that.
type movedPlaces map[string][]string

func movedIn(q querier) (movedPlaces, error) {
	moved := movedPlaces{}
	return moved, each(q, func(rows *sql.Rows) error {
		var id, is, within string
		err := rows.Scan(&id, &is, &within)
		moved[id] = append([]string{is}, split(within)...)
		return err
	}, "SELECT p.id, s.id, s.within FROM places p JOIN places s ON s.number = p.same WHERE p.same <> p.number")
}

// place returns what a place is now, and what contains that.
func (m movedPlaces) place(id string, within []string) (is string, containers []string) {
	if len(m) == 0 {
		return id, within
	}
	if to, ok := m[id]; ok {
		id, within = to[0], to[1:]
	}
	seen := map[string]bool{id: true}
	var add func(ids []string)
	add = func(ids []string) {
		for _, c := range ids {
			if seen[c] {
				continue
			}
			seen[c] = true
			if to, ok := m[c]; ok {
				add(to)
			} else {
				containers = append(containers, c)
			}
		}
	}
	add(within)
	return id, containers
}

// moves returns the places that were merged into others. They are asked for
// once, so that what was listed by them is taken out by them.
func (t *tx) moves() (movedPlaces, error) {
	if t.moved == nil {
		var err error
		if t.moved, err = movedIn(t); err != nil {
			return nil, err
		}
	}
	return t.moved, nil
}

// placeOf returns the number of a place of that id.
func (t *tx) placeOf(id string) (number int64, err error) {
	there, err := t.one("SELECT number FROM places WHERE id = ?", []any{id}, &number)
	if err == nil && !there {
		err = fmt.Errorf("there is no place %q in the database", id)
	}
	return number, err
}

// movePlace makes all that is told of one place, and of what it contains, be of
// another, which may be itself.
func (t *tx) movePlace(id, to string) error {
	same, err := t.placeOf(to)
	if err != nil {
		return err
	}
	before, err := t.moves()
	if err != nil {
		return err
	}
	if err := t.exec("UPDATE places SET same = ? WHERE id = ? AND same <> ?", same, id, same); err != nil {
		return err
	}
	after, err := movedIn(t)
	if err != nil {
		return err
	}
	occurrences, err := t.displaced(before, after)
	for _, n := range occurrences {
		if err == nil {
			err = t.unlist(n)
		}
	}
	t.moved = after
	for _, n := range occurrences {
		if err == nil {
			err = t.list(n)
		}
	}
	clear(t.pen.recent)
	return err
}

// displaced returns the occurrences that are listed under other places after
// some were merged or parted.
func (t *tx) displaced(before, after movedPlaces) ([]int64, error) {
	var places []int64
	var listed []string // under which occurrences at these are found
	err := each(t, func(rows *sql.Rows) error {
		var number int64
		var id, within string
		err := rows.Scan(&number, &id, &within)
		was, wasIn := before.place(id, split(within))
		is, isIn := after.place(id, split(within))
		if was != is || !slices.Equal(wasIn, isIn) {
			places, listed = append(places, number), append(listed, was)
		}
		return err
	}, "SELECT number, id, within FROM places")
	if err != nil || len(places) == 0 {
		return nil, err
	}
	ids, err := json.Marshal(listed)
	if err != nil {
		return nil, err
	}
	var all []int64
	return all, each(t, func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		all = append(all, n)
		return err
	}, "SELECT DISTINCT l.occurrence FROM located l JOIN reports r ON r.occurrence = l.occurrence AND r.place IN "+these+" WHERE l.place IN "+these+" ORDER BY 1",
		list(places), string(ids))
}

// Places returns places by their ids, merged ones as what they are now; those
// that nothing was told of are left out.
func (db *DB) Places(ctx context.Context, ids ...string) (map[string]dragoman.Locale, error) {
	wanted, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	q := db.asks(ctx)
	at := map[int64]string{}
	err = each(q, func(rows *sql.Rows) error {
		var n int64
		var id string
		err := rows.Scan(&n, &id)
		at[n] = id
		return err
	}, "SELECT number, id FROM places WHERE id IN "+these, string(wanted))
	if err != nil {
		return nil, err
	}
	var numbers []int64
	for n := range at {
		numbers = append(numbers, n)
	}
	all := map[string]dragoman.Locale{}
	known, err := placesIn(q, numbers)
	for n, p := range known {
		all[at[n]] = p
	}
	return all, err
}
