-- CreateEnum
CREATE TYPE "seed_policy" AS ENUM ('PER_PROMPT', 'FIXED', 'NONE');

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "extra_fields" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "guidance" DOUBLE PRECISION,
ADD COLUMN     "image_size" TEXT,
ADD COLUMN     "negative_prompt" TEXT,
ADD COLUMN     "seed_policy" "seed_policy" NOT NULL DEFAULT 'PER_PROMPT',
ADD COLUMN     "seeds" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN     "steps" INTEGER;

-- What was asked for until now is the endpoint's own size. Of uploaded samples nothing was asked for.
UPDATE "runs" r SET "image_size" = e."image_size"
FROM "endpoints" e WHERE e."model_id" = r."model_id" AND r."source" = 'ENDPOINT';

ALTER TABLE "runs" ADD CONSTRAINT "runs_parameters" CHECK (
  "steps" >= 1
  AND "guidance" >= 0 AND "guidance" < 'Infinity'
  AND jsonb_typeof("extra_fields") = 'object'
  AND (CASE "seed_policy" WHEN 'FIXED' THEN cardinality("seeds") >= "samples_per_prompt" ELSE cardinality("seeds") = 0 END)
);
