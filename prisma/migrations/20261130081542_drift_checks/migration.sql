-- CreateEnum
CREATE TYPE "drift_verdict" AS ENUM ('first', 'unchanged', 'changed', 'unknown');

-- AlterEnum
ALTER TYPE "webhook_event" ADD VALUE 'model_changed';

-- AlterTable
ALTER TABLE "endpoints" ADD COLUMN     "drift_days" INTEGER,
ADD COLUMN     "split_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "drift_checks" (
    "id" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "prompt_set_id" TEXT NOT NULL,
    "seeded" BOOLEAN NOT NULL,
    "verdict" "drift_verdict",
    "distance" DOUBLE PRECISION,
    "low" DOUBLE PRECISION,
    "high" DOUBLE PRECISION,
    "prompts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "drift_checks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drift_images" (
    "check_id" TEXT NOT NULL,
    "prompt_id" TEXT NOT NULL,
    "draw" INTEGER NOT NULL,
    "artifact_hash" TEXT,
    "thumbnail" BYTEA,

    CONSTRAINT "drift_images_pkey" PRIMARY KEY ("check_id","prompt_id","draw")
);

-- CreateIndex
CREATE INDEX "drift_checks_endpoint_id_created_at_idx" ON "drift_checks"("endpoint_id", "created_at");

-- CreateIndex
CREATE INDEX "drift_images_artifact_hash_idx" ON "drift_images"("artifact_hash");

-- AddForeignKey
ALTER TABLE "drift_checks" ADD CONSTRAINT "drift_checks_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoints"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_checks" ADD CONSTRAINT "drift_checks_prompt_set_id_fkey" FOREIGN KEY ("prompt_set_id") REFERENCES "prompt_sets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_images" ADD CONSTRAINT "drift_images_check_id_fkey" FOREIGN KEY ("check_id") REFERENCES "drift_checks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_images" ADD CONSTRAINT "drift_images_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_images" ADD CONSTRAINT "drift_images_artifact_hash_fkey" FOREIGN KEY ("artifact_hash") REFERENCES "artifacts"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
