-- DropIndex
DROP INDEX "JudgeTask_judgeId_rubric_questionSetVersion_boardId_key";

-- DropIndex
DROP INDEX "JudgeCanaryVerdict_judgeId_rubric_kind_variant_sampleId_ord_key";

-- AlterTable
ALTER TABLE "JudgeTask" ADD COLUMN     "canaries" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "JudgeCanaryVerdict" DROP COLUMN "details",
DROP COLUMN "order",
DROP COLUMN "score",
DROP COLUMN "scoreOfOriginal",
ADD COLUMN     "attempts" INTEGER NOT NULL,
ADD COLUMN     "inputTokens" INTEGER,
ADD COLUMN     "outputTokens" INTEGER,
ADD COLUMN     "preference" DOUBLE PRECISION,
ADD COLUMN     "promptHash" TEXT NOT NULL,
ADD COLUMN     "spoiledFirst" BOOLEAN NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "JudgeTask_judgeId_rubric_questionSetVersion_boardId_canarie_key" ON "JudgeTask"("judgeId", "rubric", "questionSetVersion", "boardId", "canaries");

-- CreateIndex
CREATE INDEX "JudgeCanaryVerdict_judgeId_createdAt_idx" ON "JudgeCanaryVerdict"("judgeId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "JudgeCanaryVerdict_judgeId_rubric_kind_variant_sampleId_spo_key" ON "JudgeCanaryVerdict"("judgeId", "rubric", "kind", "variant", "sampleId", "spoiledFirst");
