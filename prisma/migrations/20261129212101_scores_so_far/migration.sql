-- AlterTable
ALTER TABLE "metric_results" ADD COLUMN     "so_far" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "scored_prompts" INTEGER NOT NULL DEFAULT 0;
