-- Closed lists that were text. A value that no Salon wrote becomes the list's word for what is not known, or goes. In one transaction.
BEGIN;

CREATE TYPE reference_kind AS ENUM ('bundled', 'upload', 'path', 'statistics');
CREATE TYPE sample_failure_code AS ENUM ('refused', 'invalid', 'timeout', 'transient', 'rate_limited');
CREATE TYPE no_verdict_reason AS ENUM ('refused', 'cannot_tell', 'invalid', 'unreadable', 'rate_limited', 'timeout', 'transient');
CREATE TYPE canary_kind AS ENUM ('defect', 'instruction');

UPDATE reference_sets SET kind = 'statistics' WHERE kind NOT IN ('bundled', 'upload', 'path', 'statistics');
UPDATE sample_failures SET code = 'invalid' WHERE code NOT IN ('refused', 'invalid', 'timeout', 'transient', 'rate_limited');
UPDATE judge_sample_verdicts SET no_verdict = 'invalid'
WHERE no_verdict NOT IN ('refused', 'cannot_tell', 'invalid', 'unreadable', 'rate_limited', 'timeout', 'transient');
UPDATE judge_pair_verdicts SET no_verdict = 'invalid'
WHERE no_verdict NOT IN ('refused', 'cannot_tell', 'invalid', 'unreadable', 'rate_limited', 'timeout', 'transient');
UPDATE judge_canary_verdicts SET no_verdict = 'invalid'
WHERE no_verdict NOT IN ('refused', 'cannot_tell', 'invalid', 'unreadable', 'rate_limited', 'timeout', 'transient');
DELETE FROM judge_canary_verdicts WHERE kind NOT IN ('defect', 'instruction');

ALTER TABLE reference_sets ALTER COLUMN kind DROP DEFAULT,
ALTER COLUMN kind SET DATA TYPE reference_kind USING kind::reference_kind,
ALTER COLUMN kind SET DEFAULT 'statistics';
ALTER TABLE sample_failures ALTER COLUMN code SET DATA TYPE sample_failure_code USING code::sample_failure_code;
ALTER TABLE judge_sample_verdicts ALTER COLUMN no_verdict SET DATA TYPE no_verdict_reason USING no_verdict::no_verdict_reason;
ALTER TABLE judge_pair_verdicts ALTER COLUMN no_verdict SET DATA TYPE no_verdict_reason USING no_verdict::no_verdict_reason;
ALTER TABLE judge_canary_verdicts ALTER COLUMN no_verdict SET DATA TYPE no_verdict_reason USING no_verdict::no_verdict_reason,
ALTER COLUMN kind SET DATA TYPE canary_kind USING kind::canary_kind;

COMMIT;
