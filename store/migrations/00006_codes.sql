-- +goose Up

-- What an actor is called in CAMEO and Wikidata; empty where that is unknown, and of what was read before there was this.
ALTER TABLE actors ADD COLUMN cameo TEXT NOT NULL DEFAULT '';
ALTER TABLE actors ADD COLUMN wikidata TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;
