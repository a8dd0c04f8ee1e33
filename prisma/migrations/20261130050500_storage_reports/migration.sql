-- AlterTable
ALTER TABLE "installation" ADD COLUMN     "last_backup_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "storage_reports" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "measured_at" TIMESTAMPTZ(3) NOT NULL,
    "report" JSONB NOT NULL,

    CONSTRAINT "storage_reports_pkey" PRIMARY KEY ("id")
);
