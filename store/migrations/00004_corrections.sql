-- +goose Up

-- Corrections of ties and places.

-- A tie stands as corrections change it.
ALTER TABLE ties ADD COLUMN read TEXT NOT NULL DEFAULT ''; -- who was what to whom as read, as JSON, where it is otherwise; empty: it is as read
ALTER TABLE ties ADD COLUMN wrong INTEGER NOT NULL DEFAULT 0; -- the correction that says so
DROP INDEX ties_subject;
DROP INDEX ties_object;
CREATE INDEX ties_subject ON ties (subject, object) WHERE wrong = 0;
CREATE INDEX ties_object ON ties (object) WHERE wrong = 0;

-- The place of a report is after corrections, but before places are merged.
ALTER TABLE reports ADD COLUMN read_place INTEGER; -- as read, where it is another; null: it is as read

-- The place that it was merged into by a correction; its own number else.
ALTER TABLE places ADD COLUMN same INTEGER NOT NULL DEFAULT 0;
UPDATE places SET same = number;
CREATE INDEX places_same ON places (same) WHERE same <> number;

-- +goose Down
SELECT 1;
