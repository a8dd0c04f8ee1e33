-- What three tables of verdicts repeated of a call is a table of its own. In one transaction.
BEGIN;

CREATE TABLE judge_calls (
  id text NOT NULL CONSTRAINT judge_calls_pkey PRIMARY KEY,
  judge_id text NOT NULL,
  prompt_hash text NOT NULL,
  reply text NOT NULL,
  attempts integer NOT NULL,
  latency_ms integer NOT NULL,
  input_tokens integer,
  output_tokens integer,
  cost_usd decimal(24, 9)
);

-- A verdict's call has its id, under the noun of calls.
INSERT INTO judge_calls
SELECT 'jcl_' || replace(id, '_', ''), judge_id, prompt_hash, reply, attempts, latency_ms, input_tokens, output_tokens, cost_usd
FROM judge_sample_verdicts
UNION ALL SELECT 'jcl_' || replace(id, '_', ''), judge_id, prompt_hash, reply, attempts, latency_ms, input_tokens, output_tokens, cost_usd
FROM judge_pair_verdicts
UNION ALL SELECT 'jcl_' || replace(id, '_', ''), judge_id, prompt_hash, reply, attempts, latency_ms, input_tokens, output_tokens, cost_usd
FROM judge_canary_verdicts;

ALTER TABLE judge_calls ADD CONSTRAINT judge_calls_judge_id_fkey FOREIGN KEY (judge_id) REFERENCES judges (id)
ON DELETE CASCADE ON UPDATE CASCADE,
ADD CONSTRAINT judge_calls_ranges CHECK (
  attempts >= 0
  AND latency_ms >= 0
  AND input_tokens >= 0
  AND output_tokens >= 0
  AND cost_usd >= 0
);
CREATE INDEX judge_calls_judge_id_idx ON judge_calls (judge_id);

ALTER TABLE judge_sample_verdicts ADD COLUMN call_id text;
UPDATE judge_sample_verdicts SET call_id = 'jcl_' || replace(id, '_', '');
ALTER TABLE judge_sample_verdicts DROP CONSTRAINT judge_sample_verdicts_ranges,
DROP COLUMN prompt_hash,
DROP COLUMN reply,
DROP COLUMN attempts,
DROP COLUMN latency_ms,
DROP COLUMN input_tokens,
DROP COLUMN output_tokens,
DROP COLUMN cost_usd,
ALTER COLUMN call_id SET NOT NULL,
ADD CONSTRAINT judge_sample_verdicts_ranges CHECK (
  score BETWEEN 0 AND 1
  AND (no_verdict IS NULL OR score IS NULL)
),
ADD CONSTRAINT judge_sample_verdicts_call_id_fkey FOREIGN KEY (call_id) REFERENCES judge_calls (id) ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX judge_sample_verdicts_call_id_key ON judge_sample_verdicts (call_id);

ALTER TABLE judge_pair_verdicts ADD COLUMN call_id text;
UPDATE judge_pair_verdicts SET call_id = 'jcl_' || replace(id, '_', '');
ALTER TABLE judge_pair_verdicts DROP CONSTRAINT judge_pair_verdicts_ranges,
DROP COLUMN prompt_hash,
DROP COLUMN reply,
DROP COLUMN attempts,
DROP COLUMN latency_ms,
DROP COLUMN input_tokens,
DROP COLUMN output_tokens,
DROP COLUMN cost_usd,
ALTER COLUMN call_id SET NOT NULL,
ADD CONSTRAINT judge_pair_verdicts_ranges CHECK (
  preference BETWEEN 0 AND 1
  AND (no_verdict IS NULL OR num_nonnulls(choice, preference) = 0)
),
ADD CONSTRAINT judge_pair_verdicts_call_id_fkey FOREIGN KEY (call_id) REFERENCES judge_calls (id) ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX judge_pair_verdicts_call_id_key ON judge_pair_verdicts (call_id);

ALTER TABLE judge_canary_verdicts ADD COLUMN call_id text;
UPDATE judge_canary_verdicts SET call_id = 'jcl_' || replace(id, '_', '');
ALTER TABLE judge_canary_verdicts DROP CONSTRAINT judge_canary_verdicts_ranges,
DROP COLUMN prompt_hash,
DROP COLUMN reply,
DROP COLUMN attempts,
DROP COLUMN latency_ms,
DROP COLUMN input_tokens,
DROP COLUMN output_tokens,
DROP COLUMN cost_usd,
ALTER COLUMN call_id SET NOT NULL,
ADD CONSTRAINT judge_canary_verdicts_ranges CHECK (
  preference BETWEEN 0 AND 1
  AND (no_verdict IS NULL OR preference IS NULL)
),
ADD CONSTRAINT judge_canary_verdicts_call_id_fkey FOREIGN KEY (call_id) REFERENCES judge_calls (id) ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX judge_canary_verdicts_call_id_key ON judge_canary_verdicts (call_id);

COMMIT;
