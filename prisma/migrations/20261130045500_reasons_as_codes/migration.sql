-- Reasons become codes with their facts, and the sentences that earlier releases stored stay as they are, as JSON texts.
ALTER TABLE runs ALTER COLUMN failure_reason TYPE JSONB USING to_jsonb(failure_reason);
ALTER TABLE battles ALTER COLUMN failure_reason TYPE JSONB USING to_jsonb(failure_reason);
ALTER TABLE sample_uploads ALTER COLUMN failure_reason TYPE JSONB USING to_jsonb(failure_reason);
ALTER TABLE reference_sets ALTER COLUMN failure_reason TYPE JSONB USING to_jsonb(failure_reason);
ALTER TABLE judges ALTER COLUMN state_reason TYPE JSONB USING to_jsonb(state_reason);
