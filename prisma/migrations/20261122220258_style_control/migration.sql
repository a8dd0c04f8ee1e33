-- DropIndex
DROP INDEX "RatingSnapshot_boardId_category_createdAt_idx";

-- AlterTable
ALTER TABLE "RatingSnapshot" ADD COLUMN     "control" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "ArtifactStyle" (
    "artifactHash" TEXT NOT NULL,
    "measureId" TEXT NOT NULL,
    "brightness" DOUBLE PRECISION,
    "contrast" DOUBLE PRECISION,
    "saturation" DOUBLE PRECISION,
    "colourfulness" DOUBLE PRECISION,
    "sharpness" DOUBLE PRECISION,
    "problem" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ArtifactStyle_pkey" PRIMARY KEY ("artifactHash","measureId")
);

-- CreateIndex
CREATE INDEX "RatingSnapshot_boardId_category_control_createdAt_idx" ON "RatingSnapshot"("boardId", "category", "control", "createdAt");

-- AddForeignKey
ALTER TABLE "ArtifactStyle" ADD CONSTRAINT "ArtifactStyle_artifactHash_fkey" FOREIGN KEY ("artifactHash") REFERENCES "Artifact"("sha256") ON DELETE CASCADE ON UPDATE CASCADE;
