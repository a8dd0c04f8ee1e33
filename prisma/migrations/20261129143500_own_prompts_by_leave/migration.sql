-- AlterTable
ALTER TABLE "Endpoint" ADD COLUMN     "ownPromptsDay" DATE,
ADD COLUMN     "ownPromptsPerDay" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "ownPromptsUsed" INTEGER NOT NULL DEFAULT 0;
