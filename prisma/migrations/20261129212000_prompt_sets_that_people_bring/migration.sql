-- AlterTable
ALTER TABLE "prompt_sets" ADD COLUMN     "address_hash" TEXT,
ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "listed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "owner_id" TEXT,
ADD COLUMN     "previous_id" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "prompts" ADD COLUMN     "content_hash" TEXT,
ADD COLUMN     "key" TEXT,
ADD COLUMN     "language" TEXT,
ADD COLUMN     "metadata" JSONB,
ADD COLUMN     "negative_prompt" TEXT,
ADD COLUMN     "reference_artifact" TEXT,
ADD COLUMN     "source_artifacts" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- What is there is known by its place. Only the bundled set is on show: the others hold visitors' own prompts, or a log's.
UPDATE "prompts" SET "key" = "index"::text;
ALTER TABLE "prompts" ALTER COLUMN "key" SET NOT NULL, ALTER COLUMN "key" SET DEFAULT (gen_random_uuid())::text;
UPDATE "prompt_sets" SET "listed" = true WHERE "slug" = 'toybox-v1';
ALTER TABLE "prompt_sets" ADD CONSTRAINT prompt_sets_ranges CHECK ("version" >= 1);

-- CreateIndex
CREATE UNIQUE INDEX "prompt_sets_previous_id_key" ON "prompt_sets"("previous_id");

-- CreateIndex
CREATE INDEX "prompt_sets_owner_id_idx" ON "prompt_sets"("owner_id");

-- CreateIndex
CREATE INDEX "prompt_sets_address_hash_idx" ON "prompt_sets"("address_hash");

-- CreateIndex
CREATE INDEX "prompts_content_hash_idx" ON "prompts"("content_hash");

-- CreateIndex
CREATE INDEX "prompts_reference_artifact_idx" ON "prompts"("reference_artifact");

-- CreateIndex
CREATE INDEX "prompts_source_artifacts_idx" ON "prompts" USING GIN ("source_artifacts");

-- CreateIndex
CREATE UNIQUE INDEX "prompts_prompt_set_id_key_key" ON "prompts"("prompt_set_id", "key");

-- AddForeignKey
ALTER TABLE "prompt_sets" ADD CONSTRAINT "prompt_sets_previous_id_fkey" FOREIGN KEY ("previous_id") REFERENCES "prompt_sets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_reference_artifact_fkey" FOREIGN KEY ("reference_artifact") REFERENCES "artifacts"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
