-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "listsModel" BOOLEAN NOT NULL DEFAULT false;
