-- +goose Up

-- Who may use the pages and the API. Times are seconds from 1970; 0 is never.
CREATE TABLE users (
	number INTEGER PRIMARY KEY AUTOINCREMENT,
	name   TEXT NOT NULL,
	key    TEXT NOT NULL UNIQUE, -- the name, alike however it is written
	hash   TEXT NOT NULL,        -- of the password
	made   INTEGER NOT NULL
);
CREATE TABLE sessions (
	hash    TEXT PRIMARY KEY, -- SHA-256 of the token
	data    BLOB NOT NULL,
	expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_expires ON sessions (expires);
CREATE TABLE tokens (
	number  INTEGER PRIMARY KEY AUTOINCREMENT, -- none is given twice, so that a revoked one is never meant by another
	hash    TEXT NOT NULL UNIQUE, -- SHA-256 of the secret
	name    TEXT NOT NULL,
	user    INTEGER NOT NULL, -- 0: of nobody in particular
	scopes  TEXT NOT NULL,    -- separated by |
	made    INTEGER NOT NULL,
	used    INTEGER NOT NULL DEFAULT 0,
	expires INTEGER NOT NULL,
	revoked INTEGER NOT NULL DEFAULT 0
);
-- When somebody last looked, and up to where he saw in his visit before.
CREATE TABLE visits (
	who    TEXT PRIMARY KEY,
	since  INTEGER NOT NULL, -- the newest article when the visit before ended
	ended  INTEGER NOT NULL, -- when it did
	newest INTEGER NOT NULL, -- the newest article now
	at     INTEGER NOT NULL  -- now
) WITHOUT ROWID;

-- +goose Down
SELECT 1;
