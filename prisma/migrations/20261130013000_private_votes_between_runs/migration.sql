-- CreateTable
CREATE TABLE "comparisons" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "address_hash" TEXT,
    "name" TEXT NOT NULL,
    "question" TEXT,
    "shows_names" BOOLEAN NOT NULL DEFAULT false,
    "pairs_per_voter" INTEGER NOT NULL DEFAULT 50,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "comparisons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comparison_runs" (
    "comparison_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "comparison_runs_pkey" PRIMARY KEY ("comparison_id","run_id")
);

-- CreateTable
CREATE TABLE "comparison_invites" (
    "id" TEXT NOT NULL,
    "comparison_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "comparison_invites_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comparison_guests" (
    "comparison_id" TEXT NOT NULL,
    "voter_id" TEXT NOT NULL,
    "invite_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "comparison_guests_pkey" PRIMARY KEY ("comparison_id","voter_id")
);

-- CreateTable
CREATE TABLE "comparison_votes" (
    "id" TEXT NOT NULL,
    "comparison_id" TEXT NOT NULL,
    "voter_id" TEXT NOT NULL,
    "prompt_id" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "first_run_id" TEXT NOT NULL,
    "second_run_id" TEXT NOT NULL,
    "first_sample_id" TEXT NOT NULL,
    "second_sample_id" TEXT NOT NULL,
    "first_is_left" BOOLEAN NOT NULL,
    "outcome" "vote_outcome",
    "decision_ms" INTEGER,
    "handed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "voted_at" TIMESTAMPTZ(3),

    CONSTRAINT "comparison_votes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "comparisons_owner_id_idx" ON "comparisons"("owner_id");

-- CreateIndex
CREATE INDEX "comparisons_address_hash_idx" ON "comparisons"("address_hash");

-- CreateIndex
CREATE INDEX "comparison_runs_run_id_idx" ON "comparison_runs"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "comparison_invites_token_hash_key" ON "comparison_invites"("token_hash");

-- CreateIndex
CREATE INDEX "comparison_invites_comparison_id_idx" ON "comparison_invites"("comparison_id");

-- CreateIndex
CREATE INDEX "comparison_guests_voter_id_idx" ON "comparison_guests"("voter_id");

-- CreateIndex
CREATE INDEX "comparison_guests_invite_id_idx" ON "comparison_guests"("invite_id");

-- CreateIndex
CREATE INDEX "comparison_votes_prompt_id_idx" ON "comparison_votes"("prompt_id");

-- CreateIndex
CREATE INDEX "comparison_votes_first_run_id_idx" ON "comparison_votes"("first_run_id");

-- CreateIndex
CREATE INDEX "comparison_votes_second_run_id_idx" ON "comparison_votes"("second_run_id");

-- CreateIndex
CREATE INDEX "comparison_votes_first_sample_id_idx" ON "comparison_votes"("first_sample_id");

-- CreateIndex
CREATE INDEX "comparison_votes_second_sample_id_idx" ON "comparison_votes"("second_sample_id");

-- CreateIndex
CREATE UNIQUE INDEX "comparison_votes_comparison_id_voter_id_prompt_id_index_fir_key" ON "comparison_votes"("comparison_id", "voter_id", "prompt_id", "index", "first_run_id", "second_run_id");

-- AddForeignKey
ALTER TABLE "comparison_runs" ADD CONSTRAINT "comparison_runs_comparison_id_fkey" FOREIGN KEY ("comparison_id") REFERENCES "comparisons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comparison_runs" ADD CONSTRAINT "comparison_runs_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comparison_invites" ADD CONSTRAINT "comparison_invites_comparison_id_fkey" FOREIGN KEY ("comparison_id") REFERENCES "comparisons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comparison_guests" ADD CONSTRAINT "comparison_guests_comparison_id_fkey" FOREIGN KEY ("comparison_id") REFERENCES "comparisons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comparison_guests" ADD CONSTRAINT "comparison_guests_invite_id_fkey" FOREIGN KEY ("invite_id") REFERENCES "comparison_invites"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comparison_votes" ADD CONSTRAINT "comparison_votes_comparison_id_fkey" FOREIGN KEY ("comparison_id") REFERENCES "comparisons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comparison_votes" ADD CONSTRAINT "comparison_votes_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comparison_votes" ADD CONSTRAINT "comparison_votes_first_run_id_fkey" FOREIGN KEY ("first_run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comparison_votes" ADD CONSTRAINT "comparison_votes_second_run_id_fkey" FOREIGN KEY ("second_run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comparison_votes" ADD CONSTRAINT "comparison_votes_first_sample_id_fkey" FOREIGN KEY ("first_sample_id") REFERENCES "samples"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comparison_votes" ADD CONSTRAINT "comparison_votes_second_sample_id_fkey" FOREIGN KEY ("second_sample_id") REFERENCES "samples"("id") ON DELETE CASCADE ON UPDATE CASCADE;
