-- +goose Up

-- What an actor is called in CAMEO and Wikidata; empty where that is unknown, and of what was read before there was this.
ALTER TABLE actors ADD COLUMN cameo TEXT NOT NULL DEFAULT '';
ALTER TABLE actors ADD COLUMN wikidata TEXT NOT NULL DEFAULT '';

-- Whether several who act do so with each other, where nobody receives: 0 no, 1 yes, 2 not known, of what was read before there was this: perhaps.
ALTER TABLE reports ADD COLUMN mutual INTEGER NOT NULL DEFAULT 2;

-- +goose Down
SELECT 1;
