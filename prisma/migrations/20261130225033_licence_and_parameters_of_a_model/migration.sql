-- AlterTable
ALTER TABLE "models" ADD COLUMN     "licence" TEXT,
ADD COLUMN     "parameters" DOUBLE PRECISION;
