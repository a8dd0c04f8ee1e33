-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "supersededAt" TIMESTAMP(3),
ADD COLUMN     "weights" TEXT;

-- Runs of bundled models so far are of the weights on the card that was kept at the last start.
UPDATE "Run" r
SET "weights" = coalesce(m."card" #>> '{files,denoiser,sha256}', m."card" #>> '{files,adapter,sha256}')
FROM "Model" m
WHERE m."id" = r."modelId" AND m."bundled";
