-- Amounts to the billionth of a dollar, so that sums are exact. One that is no amount, or too large for any, becomes unknown. For what
-- a judge has spent, the largest.

ALTER TABLE "Model" ALTER COLUMN "pricePerImageUsd" SET DATA TYPE DECIMAL(24,9) USING CASE WHEN "pricePerImageUsd" < 1e14 THEN "pricePerImageUsd"::numeric END;

ALTER TABLE "Judge" ALTER COLUMN "budgetUsd" SET DATA TYPE DECIMAL(24,9) USING CASE WHEN "budgetUsd" < 1e14 THEN "budgetUsd"::numeric END,
ALTER COLUMN "spentUsd" SET DATA TYPE DECIMAL(24,9) USING CASE WHEN "spentUsd" < 1e14 THEN "spentUsd"::numeric ELSE 1e14 END,
ALTER COLUMN "usdPerMillionInputTokens" SET DATA TYPE DECIMAL(24,9) USING CASE WHEN "usdPerMillionInputTokens" < 1e14 THEN "usdPerMillionInputTokens"::numeric END,
ALTER COLUMN "usdPerMillionOutputTokens" SET DATA TYPE DECIMAL(24,9) USING CASE WHEN "usdPerMillionOutputTokens" < 1e14 THEN "usdPerMillionOutputTokens"::numeric END;

ALTER TABLE "JudgeSampleVerdict" ALTER COLUMN "costUsd" SET DATA TYPE DECIMAL(24,9) USING CASE WHEN "costUsd" < 1e14 THEN "costUsd"::numeric END;

ALTER TABLE "JudgePairVerdict" ALTER COLUMN "costUsd" SET DATA TYPE DECIMAL(24,9) USING CASE WHEN "costUsd" < 1e14 THEN "costUsd"::numeric END;

ALTER TABLE "JudgeCanaryVerdict" ALTER COLUMN "costUsd" SET DATA TYPE DECIMAL(24,9) USING CASE WHEN "costUsd" < 1e14 THEN "costUsd"::numeric END;

ALTER TABLE "Sample" ALTER COLUMN "costUsd" SET DATA TYPE DECIMAL(24,9) USING CASE WHEN "costUsd" < 1e14 THEN "costUsd"::numeric END;
