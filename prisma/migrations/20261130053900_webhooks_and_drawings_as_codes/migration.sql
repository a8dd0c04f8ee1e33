-- Reasons become codes with their facts, and the sentences that earlier releases stored stay as they are, as JSON texts.
ALTER TABLE webhooks ALTER COLUMN disabled_reason TYPE JSONB USING to_jsonb(disabled_reason);
ALTER TABLE webhook_deliveries ALTER COLUMN problem TYPE JSONB USING to_jsonb(problem);
ALTER TABLE drawing_images ALTER COLUMN failure TYPE JSONB USING to_jsonb(failure);
