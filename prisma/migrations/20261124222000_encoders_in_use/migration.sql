-- Examinations have another form: they are computed again.
DELETE FROM "RunExamination";

-- AlterTable
ALTER TABLE "ReferenceSet" ADD COLUMN     "clips" JSONB;

-- AlterTable
ALTER TABLE "RunExamination" DROP COLUMN "curve",
DROP COLUMN "influences",
DROP COLUMN "metrics",
DROP COLUMN "pictures",
DROP COLUMN "referenceId";

-- AlterTable
ALTER TABLE "MetricResult" ADD COLUMN     "promptsHash" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Artifact" ADD COLUMN     "clip" JSONB;

-- CreateTable
CREATE TABLE "EncoderExamination" (
    "runId" TEXT NOT NULL,
    "featuresId" TEXT NOT NULL,
    "distanceLabel" TEXT NOT NULL,
    "inputsHash" TEXT NOT NULL,
    "referenceId" TEXT,
    "metrics" JSONB NOT NULL,
    "curve" JSONB,
    "pictures" JSONB NOT NULL,
    "influences" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EncoderExamination_pkey" PRIMARY KEY ("runId","featuresId")
);

-- CreateTable
CREATE TABLE "RunPair" (
    "firstRunId" TEXT NOT NULL,
    "secondRunId" TEXT NOT NULL,
    "featuresId" TEXT NOT NULL,
    "inputsHash" TEXT NOT NULL,
    "first" JSONB NOT NULL,
    "second" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RunPair_pkey" PRIMARY KEY ("firstRunId","secondRunId","featuresId")
);

-- CreateIndex
CREATE INDEX "RunPair_secondRunId_idx" ON "RunPair"("secondRunId");

-- AddForeignKey
ALTER TABLE "EncoderExamination" ADD CONSTRAINT "EncoderExamination_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunPair" ADD CONSTRAINT "RunPair_firstRunId_fkey" FOREIGN KEY ("firstRunId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunPair" ADD CONSTRAINT "RunPair_secondRunId_fkey" FOREIGN KEY ("secondRunId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Features are known by their preprocessing too, not by the weights alone.
UPDATE "Embedding" e
SET "extractorId" = e."extractorId" || '+' || left(encode(sha256(convert_to(r."preprocessing", 'UTF8')), 'hex'), 8)
FROM (SELECT DISTINCT ON ("extractorId") "extractorId", "preprocessing" FROM "ReferenceSet" WHERE "preprocessing" <> '') r
WHERE r."extractorId" = e."extractorId";
