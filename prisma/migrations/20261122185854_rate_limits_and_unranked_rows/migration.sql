-- AlterTable
ALTER TABLE "RatingSnapshotRow" ALTER COLUMN "rank" DROP NOT NULL,
ALTER COLUMN "rankLow" DROP NOT NULL,
ALTER COLUMN "rankHigh" DROP NOT NULL,
ALTER COLUMN "overlapLow" DROP NOT NULL,
ALTER COLUMN "overlapHigh" DROP NOT NULL;

-- Unlogged: counters are cheap to write and may be lost in a crash.
CREATE UNLOGGED TABLE "RateLimit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);
