-- CreateTable
CREATE TABLE "edits" (
    "kind" VARCHAR(40) NOT NULL,
    "subject_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "changed_at" TIMESTAMPTZ(3),
    "actor" "audit_actor",
    "actor_id" TEXT,

    CONSTRAINT "edits_pkey" PRIMARY KEY ("kind","subject_id")
);

-- Boards' counts of edits go on in the one table of all kinds.
INSERT INTO "edits" ("kind", "subject_id", "revision") SELECT 'board', "id", "version" FROM "boards" WHERE "version" > 1;

-- AlterTable
ALTER TABLE "boards" DROP COLUMN "version";

-- CreateTable
CREATE TABLE "quota_uses" (
    "holder" TEXT NOT NULL,
    "quota" VARCHAR(40) NOT NULL,
    "since" TIMESTAMPTZ(0) NOT NULL,
    "used" DECIMAL(24,9) NOT NULL,

    CONSTRAINT "quota_uses_pkey" PRIMARY KEY ("holder","quota","since")
);

-- CreateTable
CREATE TABLE "run_links" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_links_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "quota_uses_since_idx" ON "quota_uses"("since");

-- CreateIndex
CREATE UNIQUE INDEX "run_links_token_hash_key" ON "run_links"("token_hash");

-- CreateIndex
CREATE INDEX "run_links_run_id_idx" ON "run_links"("run_id");

-- AddForeignKey
ALTER TABLE "run_links" ADD CONSTRAINT "run_links_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
