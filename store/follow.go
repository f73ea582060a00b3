package store

// Transaction is what else is stored together with an article, or not at all.
type Transaction struct {
	*tx
	db *DB
}
