-- AlterEnum
ALTER TYPE "BattleKind" ADD VALUE 'IMPORTED';

-- AlterTable
ALTER TABLE "Board" ADD COLUMN     "criteria" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "Battle" ADD COLUMN     "importId" TEXT,
ADD COLUMN     "importLine" INTEGER,
ALTER COLUMN "propensity" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Vote" ALTER COLUMN "decisionMs" DROP NOT NULL;

-- AlterTable
ALTER TABLE "RatingEvent" ALTER COLUMN "leftBefore" DROP NOT NULL,
ALTER COLUMN "leftAfter" DROP NOT NULL,
ALTER COLUMN "rightBefore" DROP NOT NULL,
ALTER COLUMN "rightAfter" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Model" ADD COLUMN     "imported" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "VoteAnswer" (
    "voteId" TEXT NOT NULL,
    "criterion" TEXT NOT NULL,
    "outcome" "VoteOutcome" NOT NULL,

    CONSTRAINT "VoteAnswer_pkey" PRIMARY KEY ("voteId","criterion")
);

-- CreateTable
CREATE TABLE "VoteImport" (
    "id" TEXT NOT NULL,
    "boardId" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "votes" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "VoteImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CriterionCount" (
    "boardId" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "modelA" TEXT NOT NULL,
    "modelB" TEXT NOT NULL,
    "answers" TEXT NOT NULL,
    "votes" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "CriterionCount_pkey" PRIMARY KEY ("boardId","category","modelA","modelB","answers")
);

-- CreateTable
CREATE TABLE "CriterionSnapshot" (
    "id" TEXT NOT NULL,
    "boardId" TEXT NOT NULL,
    "category" TEXT NOT NULL DEFAULT '',
    "methodology" TEXT NOT NULL,
    "inputsHash" TEXT NOT NULL,
    "votes" INTEGER NOT NULL,
    "details" JSONB NOT NULL,
    "strengths" BYTEA NOT NULL,
    "covariance" BYTEA NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CriterionSnapshot_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "VoteImport_boardId_sha256_key" ON "VoteImport"("boardId", "sha256");

-- CreateIndex
CREATE INDEX "CriterionSnapshot_boardId_category_createdAt_idx" ON "CriterionSnapshot"("boardId", "category", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Battle_importId_importLine_key" ON "Battle"("importId", "importLine");

-- AddForeignKey
ALTER TABLE "Battle" ADD CONSTRAINT "Battle_importId_fkey" FOREIGN KEY ("importId") REFERENCES "VoteImport"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteAnswer" ADD CONSTRAINT "VoteAnswer_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteImport" ADD CONSTRAINT "VoteImport_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CriterionCount" ADD CONSTRAINT "CriterionCount_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CriterionSnapshot" ADD CONSTRAINT "CriterionSnapshot_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- The board that Salon seeds asks about both from now on.
UPDATE "Board" SET "criteria" = ARRAY['aesthetics', 'prompt_following'] WHERE slug = 'text-to-image';
