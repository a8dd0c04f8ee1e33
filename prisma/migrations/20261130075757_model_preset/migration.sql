-- AlterTable
ALTER TABLE "models" ADD COLUMN     "preset" TEXT;
