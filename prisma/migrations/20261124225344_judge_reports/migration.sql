-- AlterTable
ALTER TABLE "Judge" ADD COLUMN     "gradedAt" TIMESTAMP(3),
ADD COLUMN     "reports" JSONB;
