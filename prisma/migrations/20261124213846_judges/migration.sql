-- CreateEnum
CREATE TYPE "JudgeState" AS ENUM ('ACTIVE', 'PAUSED');

-- CreateEnum
CREATE TYPE "JudgeChoice" AS ENUM ('A', 'B', 'BOTH_GOOD', 'BOTH_BAD');

-- CreateTable
CREATE TABLE "Judge" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "creator" TEXT NOT NULL,
    "baseUrl" TEXT NOT NULL,
    "providerModel" TEXT NOT NULL,
    "apiKeySealed" BYTEA,
    "apiKeyLast4" TEXT,
    "concurrency" INTEGER NOT NULL DEFAULT 2,
    "timeoutMs" INTEGER NOT NULL DEFAULT 60000,
    "rubrics" TEXT[],
    "budgetUsd" DOUBLE PRECISION,
    "spentUsd" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "usdPerMillionInputTokens" DOUBLE PRECISION,
    "usdPerMillionOutputTokens" DOUBLE PRECISION,
    "promptsPerRun" INTEGER,
    "pairsPerBoard" INTEGER NOT NULL DEFAULT 0,
    "logprobs" BOOLEAN,
    "jsonSchema" BOOLEAN,
    "probedAt" TIMESTAMP(3),
    "state" "JudgeState" NOT NULL DEFAULT 'ACTIVE',
    "stateReason" TEXT,
    "demotedAt" TIMESTAMP(3),
    "demotedReason" TEXT,
    "bundled" BOOLEAN NOT NULL DEFAULT false,
    "ownerId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Judge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JudgeTask" (
    "id" TEXT NOT NULL,
    "judgeId" TEXT NOT NULL,
    "rubric" TEXT NOT NULL,
    "questionSetVersion" INTEGER NOT NULL DEFAULT 0,
    "runId" TEXT,
    "boardId" TEXT,
    "waitingUntil" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "JudgeTask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JudgeSampleVerdict" (
    "id" TEXT NOT NULL,
    "sampleId" TEXT NOT NULL,
    "judgeId" TEXT NOT NULL,
    "rubric" TEXT NOT NULL,
    "questionSetVersion" INTEGER NOT NULL DEFAULT 0,
    "noVerdict" TEXT,
    "message" TEXT,
    "score" DOUBLE PRECISION,
    "details" JSONB,
    "promptHash" TEXT NOT NULL,
    "reply" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "latencyMs" INTEGER NOT NULL,
    "inputTokens" INTEGER,
    "outputTokens" INTEGER,
    "costUsd" DOUBLE PRECISION,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "JudgeSampleVerdict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JudgePair" (
    "id" TEXT NOT NULL,
    "boardId" TEXT NOT NULL,
    "firstSampleId" TEXT NOT NULL,
    "secondSampleId" TEXT NOT NULL,
    "pairPolicy" TEXT NOT NULL,
    "propensity" DOUBLE PRECISION NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "JudgePair_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JudgePairVerdict" (
    "id" TEXT NOT NULL,
    "judgeId" TEXT NOT NULL,
    "rubric" TEXT NOT NULL,
    "aSampleId" TEXT NOT NULL,
    "bSampleId" TEXT NOT NULL,
    "noVerdict" TEXT,
    "message" TEXT,
    "choice" "JudgeChoice",
    "preference" DOUBLE PRECISION,
    "probabilities" JSONB,
    "promptHash" TEXT NOT NULL,
    "reply" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "latencyMs" INTEGER NOT NULL,
    "inputTokens" INTEGER,
    "outputTokens" INTEGER,
    "costUsd" DOUBLE PRECISION,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "JudgePairVerdict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QuestionSet" (
    "id" TEXT NOT NULL,
    "promptSetId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "proposedBy" TEXT NOT NULL,
    "reviewedAt" TIMESTAMP(3),
    "reviewedBy" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "QuestionSet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Checklist" (
    "questionSetId" TEXT NOT NULL,
    "promptId" TEXT NOT NULL,
    "questions" JSONB NOT NULL,
    "problem" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Checklist_pkey" PRIMARY KEY ("questionSetId","promptId")
);

-- CreateTable
CREATE TABLE "JudgeCanaryVerdict" (
    "id" TEXT NOT NULL,
    "judgeId" TEXT NOT NULL,
    "rubric" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "sampleId" TEXT NOT NULL,
    "order" TEXT NOT NULL DEFAULT '',
    "noVerdict" TEXT,
    "message" TEXT,
    "score" DOUBLE PRECISION,
    "scoreOfOriginal" DOUBLE PRECISION,
    "details" JSONB,
    "reply" TEXT NOT NULL,
    "latencyMs" INTEGER NOT NULL,
    "costUsd" DOUBLE PRECISION,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "JudgeCanaryVerdict_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Judge_slug_key" ON "Judge"("slug");

-- CreateIndex
CREATE INDEX "JudgeTask_runId_idx" ON "JudgeTask"("runId");

-- CreateIndex
CREATE INDEX "JudgeTask_boardId_idx" ON "JudgeTask"("boardId");

-- CreateIndex
CREATE UNIQUE INDEX "JudgeTask_judgeId_rubric_questionSetVersion_runId_key" ON "JudgeTask"("judgeId", "rubric", "questionSetVersion", "runId");

-- CreateIndex
CREATE UNIQUE INDEX "JudgeTask_judgeId_rubric_questionSetVersion_boardId_key" ON "JudgeTask"("judgeId", "rubric", "questionSetVersion", "boardId");

-- CreateIndex
CREATE INDEX "JudgeSampleVerdict_judgeId_createdAt_idx" ON "JudgeSampleVerdict"("judgeId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "JudgeSampleVerdict_sampleId_judgeId_rubric_questionSetVersi_key" ON "JudgeSampleVerdict"("sampleId", "judgeId", "rubric", "questionSetVersion");

-- CreateIndex
CREATE UNIQUE INDEX "JudgePair_boardId_firstSampleId_secondSampleId_key" ON "JudgePair"("boardId", "firstSampleId", "secondSampleId");

-- CreateIndex
CREATE INDEX "JudgePairVerdict_aSampleId_bSampleId_idx" ON "JudgePairVerdict"("aSampleId", "bSampleId");

-- CreateIndex
CREATE INDEX "JudgePairVerdict_bSampleId_idx" ON "JudgePairVerdict"("bSampleId");

-- CreateIndex
CREATE INDEX "JudgePairVerdict_judgeId_createdAt_idx" ON "JudgePairVerdict"("judgeId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "JudgePairVerdict_judgeId_rubric_aSampleId_bSampleId_key" ON "JudgePairVerdict"("judgeId", "rubric", "aSampleId", "bSampleId");

-- CreateIndex
CREATE UNIQUE INDEX "QuestionSet_promptSetId_version_key" ON "QuestionSet"("promptSetId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "JudgeCanaryVerdict_judgeId_rubric_kind_variant_sampleId_ord_key" ON "JudgeCanaryVerdict"("judgeId", "rubric", "kind", "variant", "sampleId", "order");

-- AddForeignKey
ALTER TABLE "JudgeTask" ADD CONSTRAINT "JudgeTask_judgeId_fkey" FOREIGN KEY ("judgeId") REFERENCES "Judge"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JudgeTask" ADD CONSTRAINT "JudgeTask_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JudgeTask" ADD CONSTRAINT "JudgeTask_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JudgeSampleVerdict" ADD CONSTRAINT "JudgeSampleVerdict_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "Sample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JudgeSampleVerdict" ADD CONSTRAINT "JudgeSampleVerdict_judgeId_fkey" FOREIGN KEY ("judgeId") REFERENCES "Judge"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JudgePair" ADD CONSTRAINT "JudgePair_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JudgePair" ADD CONSTRAINT "JudgePair_firstSampleId_fkey" FOREIGN KEY ("firstSampleId") REFERENCES "Sample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JudgePair" ADD CONSTRAINT "JudgePair_secondSampleId_fkey" FOREIGN KEY ("secondSampleId") REFERENCES "Sample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JudgePairVerdict" ADD CONSTRAINT "JudgePairVerdict_judgeId_fkey" FOREIGN KEY ("judgeId") REFERENCES "Judge"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JudgePairVerdict" ADD CONSTRAINT "JudgePairVerdict_aSampleId_fkey" FOREIGN KEY ("aSampleId") REFERENCES "Sample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JudgePairVerdict" ADD CONSTRAINT "JudgePairVerdict_bSampleId_fkey" FOREIGN KEY ("bSampleId") REFERENCES "Sample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "QuestionSet" ADD CONSTRAINT "QuestionSet_promptSetId_fkey" FOREIGN KEY ("promptSetId") REFERENCES "PromptSet"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Checklist" ADD CONSTRAINT "Checklist_questionSetId_fkey" FOREIGN KEY ("questionSetId") REFERENCES "QuestionSet"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Checklist" ADD CONSTRAINT "Checklist_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JudgeCanaryVerdict" ADD CONSTRAINT "JudgeCanaryVerdict_judgeId_fkey" FOREIGN KEY ("judgeId") REFERENCES "Judge"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JudgeCanaryVerdict" ADD CONSTRAINT "JudgeCanaryVerdict_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "Sample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
ALTER TABLE "JudgeTask" ADD CONSTRAINT "JudgeTask_one_scope" CHECK (num_nonnulls("runId", "boardId") = 1);
ALTER TABLE "JudgePair" ADD CONSTRAINT "JudgePair_order" CHECK ("firstSampleId" < "secondSampleId");
