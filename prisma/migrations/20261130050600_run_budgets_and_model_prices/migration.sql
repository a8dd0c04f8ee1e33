-- CreateEnum
CREATE TYPE "price_source" AS ENUM ('typed', 'measured', 'list');

-- AlterEnum
ALTER TYPE "run_pause" ADD VALUE 'budget';

-- AlterTable
ALTER TABLE "endpoints" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "budget_usd" DECIMAL(24,9),
ADD COLUMN     "endpoint_version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "spent_estimate_usd" DECIMAL(24,9) NOT NULL DEFAULT 0,
ADD COLUMN     "spent_told_usd" DECIMAL(24,9) NOT NULL DEFAULT 0,
ADD COLUMN     "unit_price_source" "price_source",
ADD COLUMN     "unit_price_usd" DECIMAL(24,9);

-- AlterTable
ALTER TABLE "sample_orders" ADD COLUMN     "told" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "model_prices" (
    "id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "price_per_image_usd" DECIMAL(24,9),
    "source" TEXT,
    "by_operator" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_prices_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "model_prices_model_id_created_at_idx" ON "model_prices"("model_id", "created_at");

-- AddForeignKey
ALTER TABLE "model_prices" ADD CONSTRAINT "model_prices_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What replies told of is known already, and so is each model's price of now.
UPDATE "runs" r SET "spent_told_usd" = s.usd
FROM (SELECT run_id, sum(cost_usd) AS usd FROM "samples" WHERE cost_usd IS NOT NULL AND run_id IS NOT NULL GROUP BY run_id) s
WHERE s.run_id = r.id;

INSERT INTO "model_prices" ("id", "model_id", "price_per_image_usd", "by_operator", "created_at")
SELECT 'mpr_' || substr("id", 5), "id", "price_per_image_usd", "submitter_id" IS NULL, "created_at"
FROM "models" WHERE "price_per_image_usd" IS NOT NULL AND "removed_at" IS NULL;
