-- +goose Up

-- How the text of an article begins that has no title; empty of articles that were read before there was this.
ALTER TABLE articles ADD COLUMN lead TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;
