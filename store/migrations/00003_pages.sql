-- +goose Up

-- What pages ask for at once: counts of what there is, maps, graphs, lists in pages.

-- An occurrence is described by its surest report; its outlets are numbers, separated by |.
ALTER TABLE occurrences ADD COLUMN tone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE occurrences ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE occurrences ADD COLUMN outlets TEXT NOT NULL DEFAULT '';

CREATE TABLE outlets (
	number   INTEGER PRIMARY KEY,
	name     TEXT NOT NULL UNIQUE,
	articles INTEGER NOT NULL
);
INSERT INTO outlets (name, articles) SELECT outlet, count(*) FROM articles WHERE outlet <> '' GROUP BY outlet ORDER BY min(number);

UPDATE occurrences SET
	(tone, place) = (SELECT tone, place FROM reports WHERE number = occurrences.report),
	outlets = coalesce((SELECT group_concat(number, '|') FROM (SELECT DISTINCT u.number FROM reports r JOIN articles a ON a.number = r.article
		JOIN outlets u ON u.name = a.outlet WHERE r.occurrence = occurrences.number AND r.wrong = 0 ORDER BY u.number)), '');

-- In the order of days, with all that is asked of many at once.
DROP INDEX occurrences_day;
CREATE INDEX occurrences_day ON occurrences (day, number, type, status, tone, confidence, place);

-- Which outlet tells an occurrence, in any of its reports.
CREATE TABLE tellers (
	outlet     INTEGER NOT NULL,
	day        INTEGER NOT NULL,
	occurrence INTEGER NOT NULL,
	PRIMARY KEY (outlet, day, occurrence)
) WITHOUT ROWID;
INSERT INTO tellers SELECT DISTINCT u.number, o.day, o.number FROM reports r JOIN occurrences o ON o.number = r.occurrence
	JOIN articles a ON a.number = r.article JOIN outlets u ON u.name = a.outlet WHERE r.wrong = 0 ORDER BY 1, 2, 3;

-- A third role: who is the source of any of its reports, as it was read.
DROP INDEX reports_source;
INSERT INTO roles (actor, role, day, occurrence) SELECT DISTINCT r.source, 2, o.day, o.number FROM reports r JOIN occurrences o ON o.number = r.occurrence
	WHERE r.wrong = 0 AND r.source <> 0 ORDER BY 1, 2, 3, 4;

-- Which occurrence a report tells, without the report.
CREATE INDEX reports_told ON reports (number, occurrence) WHERE wrong = 0;

-- What was done to somebody in a time, by whom, whatever they have to do with each other else.
CREATE INDEX dyads_done ON dyads (b, day, a, tone, confidence) WHERE done = 1 AND tone <> 0;
CREATE INDEX actors_kind ON actors (kind);

CREATE INDEX claims_source ON claims (source, published) WHERE source <> 0;
CREATE INDEX firings_alert ON firings (alert);

-- Between two as fast as of one.
DROP INDEX ties_subject;
DROP INDEX ties_object;
CREATE INDEX ties_subject ON ties (subject, object);
CREATE INDEX ties_object ON ties (object);

-- How often what is remembered has changed.
CREATE TABLE revision (number INTEGER NOT NULL);
INSERT INTO revision VALUES (0);

-- +goose Down
SELECT 1;
