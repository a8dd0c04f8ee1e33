-- CreateEnum
CREATE TYPE "NewVoters" AS ENUM ('COUNTED', 'WAIT');

-- CreateEnum
CREATE TYPE "VoteGroup" AS ENUM ('VOTER', 'ADDRESS', 'NETWORK');

-- CreateEnum
CREATE TYPE "QuarantineState" AS ENUM ('OPEN', 'RELEASED', 'EXCLUDED');

-- AlterTable
ALTER TABLE "Board" ADD COLUMN     "newVoters" "NewVoters" NOT NULL DEFAULT 'COUNTED',
ADD COLUMN     "votesCheckedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Voter" ADD COLUMN     "provenAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Battle" ADD COLUMN     "addressHash" TEXT,
ADD COLUMN     "networkHash" TEXT,
ADD COLUMN     "reviewed" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Vote" ADD COLUMN     "addressHash" TEXT,
ADD COLUMN     "networkHash" TEXT,
ADD COLUMN     "quarantineId" TEXT;

-- CreateTable
CREATE TABLE "Quarantine" (
    "id" TEXT NOT NULL,
    "boardId" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "groupKind" "VoteGroup" NOT NULL,
    "groupKey" TEXT,
    "modelId" TEXT,
    "evidence" JSONB NOT NULL,
    "state" "QuarantineState" NOT NULL DEFAULT 'OPEN',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMP(3),

    CONSTRAINT "Quarantine_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Quarantine_boardId_state_idx" ON "Quarantine"("boardId", "state");

-- CreateIndex
CREATE INDEX "Battle_addressHash_createdAt_idx" ON "Battle"("addressHash", "createdAt");

-- CreateIndex
CREATE INDEX "Battle_networkHash_createdAt_idx" ON "Battle"("networkHash", "createdAt");

-- CreateIndex
CREATE INDEX "Vote_quarantineId_idx" ON "Vote"("quarantineId");

-- AddForeignKey
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_quarantineId_fkey" FOREIGN KEY ("quarantineId") REFERENCES "Quarantine"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quarantine" ADD CONSTRAINT "Quarantine_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
