package store

import "errors"

// Transaction is what else is stored together with an article, or not at all.
type Transaction struct {
	*tx
	db *DB
}

// ErrSeen says that an item of a feed was done with already.
var ErrSeen = errors.New("the item was seen already")

// Seen marks an item of a feed as done with. Where it was already, because two
// follow the same feed, it fails with ErrSeen, so that the article that it is
// stored with is not stored a second time.
func (t *Transaction) Seen(i Item) error { return t.see(i, t.db.now()) }
