-- CreateEnum
CREATE TYPE "ModelReview" AS ENUM ('NOT_NEEDED', 'WAITING', 'APPROVED', 'REJECTED');

-- AlterTable
ALTER TABLE "Judge" ADD COLUMN     "admittedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Model" ADD COLUMN     "hiddenAt" TIMESTAMP(3),
ADD COLUMN     "removedAt" TIMESTAMP(3),
ADD COLUMN     "review" "ModelReview" NOT NULL DEFAULT 'NOT_NEEDED',
ADD COLUMN     "reviewReason" TEXT;

-- AlterTable
ALTER TABLE "Artifact" ADD COLUMN     "erasedAt" TIMESTAMP(3);

-- CreateIndex
CREATE INDEX "Battle_leftSampleId_idx" ON "Battle"("leftSampleId");

-- CreateIndex
CREATE INDEX "Battle_rightSampleId_idx" ON "Battle"("rightSampleId");

-- CreateIndex
CREATE INDEX "JudgePair_firstSampleId_idx" ON "JudgePair"("firstSampleId");

-- CreateIndex
CREATE INDEX "JudgePair_secondSampleId_idx" ON "JudgePair"("secondSampleId");

-- CreateIndex
CREATE INDEX "JudgeCanaryVerdict_sampleId_idx" ON "JudgeCanaryVerdict"("sampleId");
