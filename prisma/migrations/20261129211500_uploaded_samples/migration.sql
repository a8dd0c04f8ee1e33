-- CreateEnum
CREATE TYPE "run_source" AS ENUM ('ENDPOINT', 'UPLOAD');

-- CreateEnum
CREATE TYPE "upload_state" AS ENUM ('RECEIVING', 'READING', 'DONE', 'FAILED');

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "label" TEXT,
ADD COLUMN     "source" "run_source" NOT NULL DEFAULT 'ENDPOINT';

-- AlterTable
ALTER TABLE "samples" ALTER COLUMN "latency_ms" DROP NOT NULL;

-- CreateTable
CREATE TABLE "sample_uploads" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT,
    "staged" BOOLEAN NOT NULL DEFAULT true,
    "sha256" TEXT,
    "bytes" BIGINT NOT NULL,
    "received_bytes" BIGINT NOT NULL DEFAULT 0,
    "state" "upload_state" NOT NULL DEFAULT 'RECEIVING',
    "failure_reason" TEXT,
    "layout" TEXT,
    "files" INTEGER,
    "checked" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "same" INTEGER NOT NULL DEFAULT 0,
    "passed_over" INTEGER NOT NULL DEFAULT 0,
    "problem_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "touched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "sample_uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "uploaded_files" (
    "upload_id" TEXT NOT NULL,
    "prompt_id" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "artifact_hash" TEXT NOT NULL,
    "seed" INTEGER,

    CONSTRAINT "uploaded_files_pkey" PRIMARY KEY ("upload_id","prompt_id","index")
);

-- CreateTable
CREATE TABLE "upload_problems" (
    "upload_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "details" JSONB NOT NULL,

    CONSTRAINT "upload_problems_pkey" PRIMARY KEY ("upload_id","position")
);

-- CreateIndex
CREATE INDEX "sample_uploads_run_id_idx" ON "sample_uploads"("run_id");

-- CreateIndex
CREATE INDEX "sample_uploads_state_idx" ON "sample_uploads"("state");

-- CreateIndex
CREATE INDEX "uploaded_files_prompt_id_idx" ON "uploaded_files"("prompt_id");

-- CreateIndex
CREATE INDEX "uploaded_files_artifact_hash_idx" ON "uploaded_files"("artifact_hash");

-- AddForeignKey
ALTER TABLE "sample_uploads" ADD CONSTRAINT "sample_uploads_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "uploaded_files" ADD CONSTRAINT "uploaded_files_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "sample_uploads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "uploaded_files" ADD CONSTRAINT "uploaded_files_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "uploaded_files" ADD CONSTRAINT "uploaded_files_artifact_hash_fkey" FOREIGN KEY ("artifact_hash") REFERENCES "artifacts"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload_problems" ADD CONSTRAINT "upload_problems_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "sample_uploads"("id") ON DELETE CASCADE ON UPDATE CASCADE;
