-- CreateEnum
CREATE TYPE "ReferenceState" AS ENUM ('BUILDING', 'READY', 'FAILED');

-- DropIndex
DROP INDEX "ReferenceSet_manifestSha256_extractorId_key";

-- AlterTable
ALTER TABLE "ReferenceSet" ADD COLUMN     "failureReason" TEXT,
ADD COLUMN     "formats" JSONB,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'statistics',
ADD COLUMN     "ownerId" TEXT,
ADD COLUMN     "preprocessing" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "resolutions" JSONB,
ADD COLUMN     "scoresDistance" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "scoresSamples" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "source" TEXT,
ADD COLUMN     "state" "ReferenceState" NOT NULL DEFAULT 'READY',
ADD COLUMN     "total" INTEGER,
ALTER COLUMN "manifestSha256" DROP NOT NULL,
ALTER COLUMN "n" DROP NOT NULL,
ALTER COLUMN "mean" DROP NOT NULL,
ALTER COLUMN "covariance" DROP NOT NULL;

-- Every reference that exists until now is the bundled one, which the runs are scored with.
UPDATE "ReferenceSet" SET "scoresDistance" = true, "kind" = 'bundled',
  "preprocessing" = 'clean 64x64 NCHW mean 0.5,0.5,0.5 std 0.5,0.5,0.5';

-- AlterTable
ALTER TABLE "Artifact" ADD COLUMN     "high" INTEGER,
ADD COLUMN     "low" INTEGER,
ADD COLUMN     "thumbnail" BYTEA;

-- CreateTable
CREATE TABLE "ReferencePicture" (
    "referenceSetId" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "artifactHash" TEXT NOT NULL,

    CONSTRAINT "ReferencePicture_pkey" PRIMARY KEY ("referenceSetId","index")
);

-- CreateTable
CREATE TABLE "RunExamination" (
    "runId" TEXT NOT NULL,
    "inputsHash" TEXT NOT NULL,
    "referenceId" TEXT,
    "forensics" JSONB NOT NULL,
    "metrics" JSONB NOT NULL,
    "curve" JSONB,
    "pictures" JSONB NOT NULL,
    "influences" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RunExamination_pkey" PRIMARY KEY ("runId")
);

-- CreateIndex
CREATE INDEX "ReferencePicture_artifactHash_idx" ON "ReferencePicture"("artifactHash");

-- CreateIndex
CREATE UNIQUE INDEX "ReferenceSet_manifestSha256_extractorId_preprocessing_key" ON "ReferenceSet"("manifestSha256", "extractorId", "preprocessing");

-- AddForeignKey
ALTER TABLE "ReferencePicture" ADD CONSTRAINT "ReferencePicture_referenceSetId_fkey" FOREIGN KEY ("referenceSetId") REFERENCES "ReferenceSet"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReferencePicture" ADD CONSTRAINT "ReferencePicture_artifactHash_fkey" FOREIGN KEY ("artifactHash") REFERENCES "Artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunExamination" ADD CONSTRAINT "RunExamination_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
