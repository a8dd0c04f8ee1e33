-- CreateEnum
CREATE TYPE "board_audience" AS ENUM ('EVERYONE', 'INVITED');

-- CreateEnum
CREATE TYPE "board_listing" AS ENUM ('AUTOMATIC', 'APPROVED');

-- CreateEnum
CREATE TYPE "board_fit" AS ENUM ('SAME', 'OWN');

-- CreateEnum
CREATE TYPE "member_state" AS ENUM ('WAITING', 'MEMBER', 'REMOVED');

-- CreateEnum
CREATE TYPE "guest_role" AS ENUM ('VOTER', 'SUBMITTER', 'EDITOR');

-- AlterTable
ALTER TABLE "boards" ADD COLUMN     "address_hash" TEXT,
ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "fit" "board_fit" NOT NULL DEFAULT 'SAME',
ADD COLUMN     "listing" "board_listing" NOT NULL DEFAULT 'AUTOMATIC',
ADD COLUMN     "live_prompts" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "owner_id" TEXT,
ADD COLUMN     "provisional_votes" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN     "question" TEXT,
ADD COLUMN     "seen_by" "board_audience" NOT NULL DEFAULT 'EVERYONE',
ADD COLUMN     "site_defaults" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "submitted_by" "board_audience" NOT NULL DEFAULT 'EVERYONE',
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "voted_by" "board_audience" NOT NULL DEFAULT 'EVERYONE';

-- CreateTable
CREATE TABLE "board_models" (
    "board_id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "state" "member_state" NOT NULL DEFAULT 'MEMBER',
    "run_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_models_pkey" PRIMARY KEY ("board_id","model_id")
);

-- CreateTable
CREATE TABLE "board_run_choices" (
    "id" TEXT NOT NULL,
    "board_id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "run_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_run_choices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_metrics" (
    "board_id" TEXT NOT NULL,
    "encoder" TEXT NOT NULL,
    "reference_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_metrics_pkey" PRIMARY KEY ("board_id","encoder")
);

-- CreateTable
CREATE TABLE "board_judges" (
    "board_id" TEXT NOT NULL,
    "judge_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_judges_pkey" PRIMARY KEY ("board_id","judge_id")
);

-- CreateTable
CREATE TABLE "board_invites" (
    "id" TEXT NOT NULL,
    "board_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "role" "guest_role" NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_invites_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_guests" (
    "board_id" TEXT NOT NULL,
    "voter_id" TEXT NOT NULL,
    "role" "guest_role" NOT NULL,
    "invite_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_guests_pkey" PRIMARY KEY ("board_id","voter_id")
);

-- CreateIndex
CREATE INDEX "board_models_model_id_idx" ON "board_models"("model_id");

-- CreateIndex
CREATE INDEX "board_models_run_id_idx" ON "board_models"("run_id");

-- CreateIndex
CREATE INDEX "board_run_choices_board_id_model_id_created_at_idx" ON "board_run_choices"("board_id", "model_id", "created_at");

-- CreateIndex
CREATE INDEX "board_run_choices_model_id_idx" ON "board_run_choices"("model_id");

-- CreateIndex
CREATE INDEX "board_run_choices_run_id_idx" ON "board_run_choices"("run_id");

-- CreateIndex
CREATE INDEX "board_metrics_reference_id_idx" ON "board_metrics"("reference_id");

-- CreateIndex
CREATE INDEX "board_judges_judge_id_idx" ON "board_judges"("judge_id");

-- CreateIndex
CREATE UNIQUE INDEX "board_invites_token_hash_key" ON "board_invites"("token_hash");

-- CreateIndex
CREATE INDEX "board_invites_board_id_idx" ON "board_invites"("board_id");

-- CreateIndex
CREATE INDEX "board_guests_voter_id_idx" ON "board_guests"("voter_id");

-- CreateIndex
CREATE INDEX "board_guests_invite_id_idx" ON "board_guests"("invite_id");

-- AddForeignKey
ALTER TABLE "board_models" ADD CONSTRAINT "board_models_board_id_fkey" FOREIGN KEY ("board_id") REFERENCES "boards"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_models" ADD CONSTRAINT "board_models_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_models" ADD CONSTRAINT "board_models_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_run_choices" ADD CONSTRAINT "board_run_choices_board_id_fkey" FOREIGN KEY ("board_id") REFERENCES "boards"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_run_choices" ADD CONSTRAINT "board_run_choices_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_run_choices" ADD CONSTRAINT "board_run_choices_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_metrics" ADD CONSTRAINT "board_metrics_board_id_fkey" FOREIGN KEY ("board_id") REFERENCES "boards"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_metrics" ADD CONSTRAINT "board_metrics_reference_id_fkey" FOREIGN KEY ("reference_id") REFERENCES "reference_sets"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_judges" ADD CONSTRAINT "board_judges_board_id_fkey" FOREIGN KEY ("board_id") REFERENCES "boards"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_judges" ADD CONSTRAINT "board_judges_judge_id_fkey" FOREIGN KEY ("judge_id") REFERENCES "judges"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_invites" ADD CONSTRAINT "board_invites_board_id_fkey" FOREIGN KEY ("board_id") REFERENCES "boards"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_guests" ADD CONSTRAINT "board_guests_board_id_fkey" FOREIGN KEY ("board_id") REFERENCES "boards"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_guests" ADD CONSTRAINT "board_guests_invite_id_fkey" FOREIGN KEY ("invite_id") REFERENCES "board_invites"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- What could be said of a number in a comment is held.
ALTER TABLE "boards" ADD CONSTRAINT "board_provisional_votes_range" CHECK ("provisional_votes" BETWEEN 0 AND 1000000);

-- The boards that there are so far go on as they were. Their members are all models of their task, of those known from vote logs
-- alone the ones that have votes there.
INSERT INTO "board_models" ("board_id", "model_id", "created_at")
SELECT b.id, m.id, m.created_at FROM "boards" b JOIN "models" m ON m.modality = b.modality
WHERE m.removed_at IS NULL
  AND (NOT m.imported OR EXISTS (SELECT FROM elo_ratings e WHERE e.board_id = b.id AND e.model_id = m.id));
