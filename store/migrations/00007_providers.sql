-- +goose Up

-- Events of other providers of event data, as GDELT. They stand apart: they have no evidence of ours, and what is told, counted
-- and watched of articles does not change by them.
CREATE TABLE providers (
	number INTEGER PRIMARY KEY AUTOINCREMENT, -- none is given twice: rows of one that was withdrawn may still be there
	name   TEXT UNIQUE,      -- null: it was withdrawn, and its rows are being deleted
	events INTEGER NOT NULL,
	first  INTEGER NOT NULL, -- day of the first event, and of the last
	last   INTEGER NOT NULL,
	added  INTEGER NOT NULL  -- when the last were; seconds from 1970
);

-- Who is in them, and where they are, each once of a provider.
CREATE TABLE provided_parties (
	number     INTEGER PRIMARY KEY,
	provider   INTEGER NOT NULL,
	id         TEXT NOT NULL,
	name       TEXT NOT NULL,
	kind       TEXT NOT NULL,
	title      TEXT NOT NULL,
	country    TEXT NOT NULL,
	named      INTEGER NOT NULL,
	sectors    TEXT NOT NULL, -- separated by |
	cameo      TEXT NOT NULL,
	wikidata   TEXT NOT NULL,
	principals TEXT NOT NULL, -- numbers of parties, nearest first, separated by |
	called     TEXT NOT NULL, -- the name, folded, of whom actors of ours have the id too; empty else
	UNIQUE (provider, id, name, kind, title, country, named, sectors, cameo, wikidata, principals)
);
CREATE INDEX provided_parties_called ON provided_parties (called) WHERE called <> '';
CREATE TABLE provided_places (
	number   INTEGER PRIMARY KEY,
	provider INTEGER NOT NULL,
	id       TEXT NOT NULL,
	name     TEXT NOT NULL,
	kind     TEXT NOT NULL,
	country  TEXT NOT NULL,
	lat      REAL NOT NULL,
	lon      REAL NOT NULL,
	located  INTEGER NOT NULL,
	within   TEXT NOT NULL, -- ids, nearest first, separated by |
	UNIQUE (provider, id, name, kind, country, lat, lon, located, within)
);

-- Where they are told, each under the number of the first event that is of it.
CREATE TABLE provided_articles (
	number    INTEGER PRIMARY KEY,
	id        TEXT NOT NULL,
	title     TEXT NOT NULL,
	url       TEXT NOT NULL,
	outlet    TEXT NOT NULL,
	language  TEXT NOT NULL,
	published INTEGER NOT NULL,
	version   TEXT NOT NULL -- of what coded it
);

-- One row an event; columns are as in reports and occurrences.
CREATE TABLE provided (
	number      INTEGER PRIMARY KEY,
	provider    INTEGER NOT NULL,
	id          TEXT NOT NULL, -- what the provider calls it, else a key made of what it tells
	day         INTEGER NOT NULL,
	type        TEXT NOT NULL,
	modes       TEXT NOT NULL,
	contexts    TEXT NOT NULL,
	cameo       TEXT NOT NULL,
	quad        TEXT NOT NULL,
	tone        INTEGER NOT NULL,
	status      TEXT NOT NULL,
	from_day    INTEGER NOT NULL,
	to_day      INTEGER NOT NULL,
	dated       INTEGER NOT NULL,
	published   INTEGER NOT NULL,
	actors      TEXT NOT NULL, -- numbers of parties, separated by |
	recipients  TEXT NOT NULL,
	mutual      INTEGER NOT NULL,
	place       INTEGER NOT NULL, -- 0: none
	source      INTEGER NOT NULL, -- a party; 0: none
	source_text TEXT NOT NULL,
	anonymous   INTEGER NOT NULL,
	origin      TEXT NOT NULL,
	words       TEXT NOT NULL,
	evidence    TEXT NOT NULL,
	casualties  TEXT NOT NULL, -- as JSON
	confidence  REAL NOT NULL,
	article     INTEGER NOT NULL, -- 0: none
	first       INTEGER NOT NULL,
	reports     INTEGER NOT NULL, -- what the provider counts; 0: it does not say
	articles    INTEGER NOT NULL,
	outlets     INTEGER NOT NULL,
	origins     INTEGER NOT NULL,
	sources     INTEGER NOT NULL
);
CREATE UNIQUE INDEX provided_id ON provided (provider, id);
CREATE INDEX provided_day ON provided (provider, day);

-- Who does something to whom, by the ids of our actors, those they act for too; what counting needs stands beside.
CREATE TABLE provided_dyads (
	provider INTEGER NOT NULL,
	a        TEXT NOT NULL,
	b        TEXT NOT NULL,
	day      INTEGER NOT NULL,
	event    INTEGER NOT NULL,
	tone     INTEGER NOT NULL,
	done     INTEGER NOT NULL, -- happened or goes on
	PRIMARY KEY (provider, a, b, day, event)
) WITHOUT ROWID;

-- +goose Down
SELECT 1;
