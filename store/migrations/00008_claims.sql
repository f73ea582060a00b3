-- +goose Up

-- Whether a report tells by the word of a source only: not as its outlet tells it itself, nor what the source utters.
ALTER TABLE reports ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0;
UPDATE reports SET claimed = 1 WHERE (source <> 0 OR source_text <> '' OR anonymous <> 0) AND NOT (
	source <> 0 AND type IN ('ACCUSE', 'AGREE', 'REJECT', 'REQUEST', 'STATEMENT', 'SUPPORT', 'THREATEN') AND cameo NOT IN ('054', '057', '115', '128', '129')
	AND EXISTS (SELECT 1 FROM parties p WHERE p.report = reports.number AND p.role = 0)
	AND NOT EXISTS (SELECT 1 FROM parties p JOIN actors a ON a.number = reports.source JOIN actors s ON s.number = a.same
		WHERE p.report = reports.number AND p.role = 0 AND p.depth = 0 AND p.actor <> s.number AND instr('|' || s.principals || '|', '|' || p.actor || '|') = 0));

-- dyads.done is 2 for what happened or goes on by the word of sources only; together is 1 for what two do with each other,
-- which stands in both directions.
UPDATE dyads SET done = 2 WHERE done = 1 AND (SELECT min(claimed) FROM reports WHERE occurrence = dyads.occurrence AND wrong = 0) = 1;
ALTER TABLE dyads ADD COLUMN together INTEGER NOT NULL DEFAULT 0;
UPDATE dyads SET together = 1 WHERE EXISTS (SELECT 1 FROM dyads d WHERE d.a = dyads.b AND d.b = dyads.a AND d.day = dyads.day AND d.occurrence = dyads.occurrence);
DROP INDEX dyads_done;
CREATE INDEX dyads_done ON dyads (b, day, a, tone, confidence, together) WHERE done = 1 AND tone <> 0;

-- +goose Down
SELECT 1;
