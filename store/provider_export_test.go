package store

import "context"

// Leave withdraws a provider as a program does that ends before its rows are
// deleted.
func Leave(ctx context.Context, db *DB, provider string) error {
	return db.pen.transaction(ctx, func(t *tx) error { return t.exec("UPDATE providers SET name = NULL WHERE name = ?", provider) })
}

// ProvideBatch is how many events are one transaction, ProvideBytes how much they hold.
const (
	ProvideBatch = provideBatch
	ProvideBytes = provideBytes
)
