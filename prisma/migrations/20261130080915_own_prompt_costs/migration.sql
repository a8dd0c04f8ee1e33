-- AlterTable
ALTER TABLE "endpoints" ADD COLUMN     "own_prompts_usd" DECIMAL(24,9) NOT NULL DEFAULT 0;

-- What replies said so far of the images of visitors' own prompts.
UPDATE "endpoints" SET "spent_told_usd" = "spent_told_usd" + told."usd"
FROM (
  SELECT "model_id", sum("cost_usd") AS "usd" FROM "samples"
  WHERE "run_id" IS NULL AND "cost_usd" IS NOT NULL GROUP BY "model_id"
) AS told
WHERE told."model_id" = "endpoints"."model_id";
