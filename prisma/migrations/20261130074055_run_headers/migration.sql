-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "extra_headers" JSONB NOT NULL DEFAULT '{}';
