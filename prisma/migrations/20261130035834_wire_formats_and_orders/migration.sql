-- CreateEnum
CREATE TYPE "run_pause" AS ENUM ('out_of_credit', 'rate_limited', 'loading');

-- AlterEnum
ALTER TYPE "run_state" ADD VALUE 'PAUSED';

-- AlterTable
ALTER TABLE "endpoints" DROP COLUMN "wire_format",
ADD COLUMN     "format" TEXT NOT NULL DEFAULT 'openai-images',
ADD COLUMN     "format_options" JSONB,
ADD COLUMN     "left_out" TEXT[] DEFAULT ARRAY[]::TEXT[],
ALTER COLUMN "timeout_ms" SET DEFAULT 180000;

-- A minute was the only time there was, and large models take two.
UPDATE "endpoints" SET "timeout_ms" = 180000
WHERE "timeout_ms" = 60000 AND "model_id" IN (SELECT "id" FROM "models" WHERE NOT "bundled");

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "paused_for" "run_pause",
ADD COLUMN     "waiting_since" TIMESTAMPTZ(3);

-- DropEnum
DROP TYPE "wire_format";

-- CreateTable
CREATE TABLE "sample_orders" (
    "run_id" TEXT NOT NULL,
    "prompt_id" TEXT NOT NULL,
    "index" INTEGER NOT NULL DEFAULT 0,
    "job" JSONB,
    "submitted_at" TIMESTAMPTZ(3),
    "unsure" INTEGER NOT NULL DEFAULT 0,
    "forgiven" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sample_orders_unsure_check" CHECK ("forgiven" >= 0 AND "forgiven" <= "unsure"),
    CONSTRAINT "sample_orders_pkey" PRIMARY KEY ("run_id","prompt_id","index")
);

-- CreateIndex
CREATE INDEX "sample_orders_prompt_id_idx" ON "sample_orders"("prompt_id");

-- AddForeignKey
ALTER TABLE "sample_orders" ADD CONSTRAINT "sample_orders_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample_orders" ADD CONSTRAINT "sample_orders_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
