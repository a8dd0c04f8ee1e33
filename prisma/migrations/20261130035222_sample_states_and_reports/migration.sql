-- CreateEnum
CREATE TYPE "sample_state" AS ENUM ('VISIBLE', 'HELD', 'BLURRED', 'REMOVED');

-- CreateEnum
CREATE TYPE "moderation_reason" AS ENUM ('sexual', 'violence', 'hate', 'private_person', 'copyright', 'illegal', 'broken', 'other', 'unchecked', 'blocked_words', 'outside_check', 'check_failed');

-- CreateEnum
CREATE TYPE "reporter_kind" AS ENUM ('VISITOR', 'ACCOUNT');

-- CreateEnum
CREATE TYPE "report_state" AS ENUM ('OPEN', 'DECIDED');

-- AlterTable
ALTER TABLE "samples" ADD COLUMN     "state" "sample_state" NOT NULL DEFAULT 'VISIBLE',
ADD COLUMN     "state_at" TIMESTAMPTZ(3),
ADD COLUMN     "state_reason" "moderation_reason";

-- CreateTable
CREATE TABLE "sample_reports" (
    "id" TEXT NOT NULL,
    "sample_id" TEXT NOT NULL,
    "voter_id" TEXT,
    "reporter" "reporter_kind" NOT NULL,
    "reason" "moderation_reason" NOT NULL,
    "text" TEXT,
    "state" "report_state" NOT NULL DEFAULT 'OPEN',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "sample_reports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sample_reports_voter_id_idx" ON "sample_reports"("voter_id");

-- CreateIndex
CREATE INDEX "sample_reports_state_sample_id_idx" ON "sample_reports"("state", "sample_id");

-- CreateIndex
CREATE UNIQUE INDEX "sample_reports_sample_id_voter_id_key" ON "sample_reports"("sample_id", "voter_id");

-- CreateIndex
CREATE INDEX "samples_state_id_idx" ON "samples"("state", "id");

-- AddForeignKey
ALTER TABLE "sample_reports" ADD CONSTRAINT "sample_reports_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "samples"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample_reports" ADD CONSTRAINT "sample_reports_voter_id_fkey" FOREIGN KEY ("voter_id") REFERENCES "voters"("id") ON DELETE SET NULL ON UPDATE CASCADE;
