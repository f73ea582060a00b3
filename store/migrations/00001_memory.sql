-- +goose Up

-- One row an article. Days are counted from 1 January 1970; -2147483648 is no day.
CREATE TABLE articles (
	number    INTEGER PRIMARY KEY,
	key       TEXT NOT NULL UNIQUE,
	id        TEXT NOT NULL,
	title     TEXT NOT NULL,
	url       TEXT NOT NULL,
	outlet    TEXT NOT NULL,
	language  TEXT NOT NULL,
	published INTEGER NOT NULL,
	origin    TEXT NOT NULL,    -- the agency it credits
	original  INTEGER NOT NULL, -- the first article of its copies
	root      TEXT NOT NULL,    -- who tells it first-hand: origin, outlet or number of the original
	version   TEXT NOT NULL,    -- what read it
	sketch    BLOB NOT NULL,
	added     INTEGER NOT NULL  -- seconds from 1970
);
CREATE INDEX articles_id ON articles (id);
CREATE INDEX articles_url ON articles (url) WHERE url <> '';
CREATE INDEX articles_original ON articles (original);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_outlet ON articles (outlet, published);

-- The reading as JSON, packed with zstd; it holds the text.
CREATE TABLE readings (
	article INTEGER PRIMARY KEY,
	reading BLOB NOT NULL
);

-- Under which keys likely copies of an article are found.
CREATE TABLE bands (
	band    INTEGER NOT NULL,
	article INTEGER NOT NULL,
	PRIMARY KEY (band, article)
) WITHOUT ROWID;

CREATE TABLE actors (
	number     INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	name       TEXT NOT NULL,
	kind       TEXT NOT NULL,
	title      TEXT NOT NULL,
	country    TEXT NOT NULL,
	named      INTEGER NOT NULL,
	sectors    TEXT NOT NULL,    -- separated by |
	principals TEXT NOT NULL,    -- numbers of actors, nearest first, separated by |
	seen       INTEGER NOT NULL, -- the day of the article that describes it so
	same       INTEGER NOT NULL, -- the actor that it was merged into by a correction; its own number else
	events     INTEGER NOT NULL DEFAULT 0 -- occurrences that it, or who acts for it, is in
);
CREATE INDEX actors_events ON actors (events);
CREATE INDEX actors_same ON actors (same) WHERE same <> number;
CREATE TABLE names (
	name  TEXT NOT NULL, -- folded
	actor INTEGER NOT NULL,
	PRIMARY KEY (name, actor)
) WITHOUT ROWID;

CREATE TABLE places (
	number  INTEGER PRIMARY KEY,
	id      TEXT NOT NULL UNIQUE,
	name    TEXT NOT NULL,
	kind    TEXT NOT NULL,
	country TEXT NOT NULL,
	lat     REAL,
	lon     REAL,
	within  TEXT NOT NULL -- ids, nearest first, separated by |
);

-- An event as one article tells it.
CREATE TABLE reports (
	number      INTEGER PRIMARY KEY AUTOINCREMENT, -- none is given twice, so that corrections and firings mean what they meant
	article     INTEGER NOT NULL,
	ordinal     INTEGER NOT NULL,
	occurrence  INTEGER NOT NULL,
	type        TEXT NOT NULL,
	modes       TEXT NOT NULL,
	contexts    TEXT NOT NULL,
	cameo       TEXT NOT NULL,
	quad        TEXT NOT NULL,
	tone        INTEGER NOT NULL,
	status      TEXT NOT NULL,
	from_day    INTEGER NOT NULL,
	to_day      INTEGER NOT NULL,
	day         INTEGER NOT NULL,
	dated       INTEGER NOT NULL,
	published   INTEGER NOT NULL,
	place       INTEGER NOT NULL, -- 0: none
	source      INTEGER NOT NULL, -- an actor; 0: none known
	source_text TEXT NOT NULL,
	anonymous   INTEGER NOT NULL,
	origin      TEXT NOT NULL,
	start       INTEGER NOT NULL, -- the trigger, in bytes of the text
	end         INTEGER NOT NULL,
	words       TEXT NOT NULL,
	evidence    TEXT NOT NULL,
	casualties  TEXT NOT NULL,
	confidence  REAL NOT NULL,
	read        TEXT NOT NULL, -- type, code and status as read, as JSON
	wrong       INTEGER NOT NULL DEFAULT 0 -- the correction that says so
);
CREATE INDEX reports_article ON reports (article);
CREATE INDEX reports_occurrence ON reports (occurrence);
CREATE INDEX reports_source ON reports (source, published) WHERE source <> 0;
CREATE TABLE parties (
	report   INTEGER NOT NULL,
	role     INTEGER NOT NULL, -- 0 acts, 1 receives
	position INTEGER NOT NULL,
	depth    INTEGER NOT NULL, -- 0 itself, from 1 those it acts for, nearest first
	actor    INTEGER NOT NULL, -- after corrections
	told     INTEGER NOT NULL, -- as read
	PRIMARY KEY (report, role, position, depth)
) WITHOUT ROWID;

-- An event in the world, described by the surest of its reports.
CREATE TABLE occurrences (
	number     INTEGER PRIMARY KEY AUTOINCREMENT,
	report     INTEGER NOT NULL,
	type       TEXT NOT NULL,
	status     TEXT NOT NULL,
	day        INTEGER NOT NULL,
	confidence REAL NOT NULL,
	first      INTEGER NOT NULL -- the earliest day of publication
);
CREATE INDEX occurrences_day ON occurrences (day);
CREATE INDEX occurrences_type ON occurrences (type, day);

-- Who is in an occurrence by any of its reports, those it acts for too.
CREATE TABLE roles (
	actor      INTEGER NOT NULL,
	role       INTEGER NOT NULL,
	day        INTEGER NOT NULL,
	occurrence INTEGER NOT NULL,
	PRIMARY KEY (actor, role, day, occurrence)
) WITHOUT ROWID;
-- Who does something to whom, those they act for too; what counting needs stands beside.
CREATE TABLE dyads (
	a          INTEGER NOT NULL,
	b          INTEGER NOT NULL,
	day        INTEGER NOT NULL,
	occurrence INTEGER NOT NULL,
	tone       INTEGER NOT NULL,
	done       INTEGER NOT NULL, -- happened or goes on
	confidence REAL NOT NULL,
	first      INTEGER NOT NULL, -- the earliest day of publication
	PRIMARY KEY (a, b, day, occurrence)
) WITHOUT ROWID;
CREATE TABLE located (
	place      TEXT NOT NULL, -- an id, of a place or of one that contains it
	day        INTEGER NOT NULL,
	occurrence INTEGER NOT NULL,
	PRIMARY KEY (place, day, occurrence)
) WITHOUT ROWID;
CREATE TABLE claims (
	number      INTEGER PRIMARY KEY,
	article     INTEGER NOT NULL,
	ordinal     INTEGER NOT NULL,
	source      INTEGER NOT NULL,
	source_text TEXT NOT NULL,
	anonymous   INTEGER NOT NULL,
	stance      TEXT NOT NULL,
	manner      TEXT NOT NULL,
	content     TEXT NOT NULL,
	about       TEXT NOT NULL, -- numbers of actors as read, separated by |
	listed      TEXT NOT NULL, -- those under which it stands in abouts
	published   INTEGER NOT NULL
);
CREATE INDEX claims_article ON claims (article);
-- Whom a claim is about, those they act for too.
CREATE TABLE abouts (
	actor INTEGER NOT NULL,
	day   INTEGER NOT NULL,
	claim INTEGER NOT NULL,
	PRIMARY KEY (actor, day, claim)
) WITHOUT ROWID;

CREATE TABLE ties (
	number      INTEGER PRIMARY KEY,
	article     INTEGER NOT NULL,
	ordinal     INTEGER NOT NULL,
	subject     INTEGER NOT NULL,
	relation    TEXT NOT NULL,
	object      INTEGER NOT NULL,
	role        TEXT NOT NULL,
	from_day    INTEGER NOT NULL,
	to_day      INTEGER NOT NULL,
	status      TEXT NOT NULL,
	source      INTEGER NOT NULL,
	source_text TEXT NOT NULL,
	anonymous   INTEGER NOT NULL,
	evidence    TEXT NOT NULL,
	published   INTEGER NOT NULL,
	confidence  REAL NOT NULL
);
CREATE INDEX ties_article ON ties (article);
CREATE INDEX ties_subject ON ties (subject);
CREATE INDEX ties_object ON ties (object);

CREATE VIRTUAL TABLE article_words USING fts5 (title, text, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE report_words USING fts5 (evidence, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");

-- Feeds that are followed, and how it went the last time. Times are seconds from 1970; 0 is never.
CREATE TABLE feeds (
	number   INTEGER PRIMARY KEY AUTOINCREMENT, -- none is given twice: a poll may outlive its feed
	url      TEXT NOT NULL UNIQUE, -- where it lies now
	title    TEXT NOT NULL,
	etag     TEXT NOT NULL,
	modified TEXT NOT NULL,
	next     INTEGER NOT NULL,
	pause    INTEGER NOT NULL, -- seconds
	polled   INTEGER NOT NULL,
	failures INTEGER NOT NULL,
	fault    TEXT NOT NULL,
	items    INTEGER NOT NULL,
	new      INTEGER NOT NULL
);
-- All addresses under which a feed was known: who names an old one means the same feed.
CREATE TABLE addresses (
	url  TEXT PRIMARY KEY,
	feed INTEGER NOT NULL
) WITHOUT ROWID;
-- Items that are done with.
CREATE TABLE items (
	feed  INTEGER NOT NULL,
	id    TEXT NOT NULL,
	url   TEXT NOT NULL,
	title TEXT NOT NULL,
	seen  INTEGER NOT NULL,
	fault TEXT NOT NULL, -- why it could not be read
	PRIMARY KEY (feed, id)
) WITHOUT ROWID;

-- What people corrected: a log that is never rewritten; an undone one says when.
CREATE TABLE corrections (
	number INTEGER PRIMARY KEY,
	made   INTEGER NOT NULL,
	who    TEXT NOT NULL,
	action TEXT NOT NULL,    -- wrong, recode, party, merge
	key    TEXT NOT NULL,    -- of the article, where it is of one event
	start  INTEGER NOT NULL, -- of the event's trigger as read, in bytes of the text
	end    INTEGER NOT NULL,
	type   TEXT NOT NULL,    -- as read
	old    TEXT NOT NULL,
	new    TEXT NOT NULL,
	note   TEXT NOT NULL,
	undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX corrections_key ON corrections (key);

-- Rules that watch, and what they fired for, once for each way in which it is
-- told; it is delivered at least once. Times are seconds from 1970.
CREATE TABLE alerts (
	number INTEGER PRIMARY KEY AUTOINCREMENT,
	name   TEXT NOT NULL UNIQUE,
	rule   TEXT NOT NULL,    -- as JSON
	ways   TEXT NOT NULL,    -- as JSON
	looked INTEGER NOT NULL, -- the last article that it was held against
	made   INTEGER NOT NULL
);
CREATE TABLE firings (
	number    INTEGER PRIMARY KEY,
	alert     INTEGER NOT NULL,
	article   INTEGER NOT NULL,
	mark      TEXT NOT NULL, -- what it fired for; once each
	kind      TEXT NOT NULL, -- the way: webhook, mail, feed
	address   TEXT NOT NULL,
	subject   TEXT NOT NULL,
	body      TEXT NOT NULL,
	event     TEXT NOT NULL, -- the report as it was then, as JSON
	made      INTEGER NOT NULL,
	held      INTEGER NOT NULL DEFAULT 0, -- until when a program is delivering it
	due       INTEGER NOT NULL DEFAULT 0, -- not to be tried before
	down      INTEGER NOT NULL DEFAULT 0, -- until when nobody is thought to be at its way
	delivered INTEGER NOT NULL DEFAULT 0,
	attempts  INTEGER NOT NULL DEFAULT 0, -- that failed
	fault     TEXT NOT NULL DEFAULT '',
	UNIQUE (alert, mark, kind, address)
);
CREATE INDEX firings_open ON firings (number) WHERE delivered = 0;
CREATE INDEX firings_way ON firings (kind, address) WHERE delivered = 0;

-- +goose Down
SELECT 1;
