-- Sentences become codes, and those that are stored stay as they are.
ALTER TABLE metric_results ALTER COLUMN caveat TYPE JSONB USING to_jsonb(caveat);

-- judges.reports says the same.
ALTER TABLE judges DROP COLUMN demoted_reason;
