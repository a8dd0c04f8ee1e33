-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "BattleKind" AS ENUM ('STORED', 'LIVE');

-- CreateEnum
CREATE TYPE "BattleState" AS ENUM ('GENERATING', 'READY', 'FAILED');

-- CreateEnum
CREATE TYPE "VoteOutcome" AS ENUM ('LEFT', 'RIGHT', 'TIE', 'BOTH_BAD');

-- CreateEnum
CREATE TYPE "VoteStatus" AS ENUM ('COUNTED', 'QUARANTINED', 'EXCLUDED');

-- CreateEnum
CREATE TYPE "Modality" AS ENUM ('TEXT_TO_IMAGE', 'TEXT_TO_VIDEO', 'IMAGE_EDIT');

-- CreateEnum
CREATE TYPE "WireFormat" AS ENUM ('OPENAI_IMAGES');

-- CreateEnum
CREATE TYPE "RunState" AS ENUM ('QUEUED', 'GENERATING', 'EXTRACTING', 'SCORING', 'PUBLISHED', 'FAILED', 'CANCELLED');

-- CreateTable
CREATE TABLE "Board" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "modality" "Modality" NOT NULL,
    "promptSetId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Board_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Voter" (
    "id" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Voter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Battle" (
    "id" TEXT NOT NULL,
    "boardId" TEXT NOT NULL,
    "voterId" TEXT NOT NULL,
    "promptId" TEXT NOT NULL,
    "kind" "BattleKind" NOT NULL DEFAULT 'STORED',
    "state" "BattleState" NOT NULL DEFAULT 'READY',
    "leftModelId" TEXT NOT NULL,
    "rightModelId" TEXT NOT NULL,
    "leftSampleId" TEXT,
    "rightSampleId" TEXT,
    "failureReason" TEXT,
    "pairPolicy" TEXT NOT NULL,
    "propensity" DOUBLE PRECISION NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Battle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Vote" (
    "id" TEXT NOT NULL,
    "battleId" TEXT NOT NULL,
    "boardId" TEXT NOT NULL,
    "voterId" TEXT NOT NULL,
    "leftModelId" TEXT NOT NULL,
    "rightModelId" TEXT NOT NULL,
    "outcome" "VoteOutcome" NOT NULL,
    "status" "VoteStatus" NOT NULL DEFAULT 'COUNTED',
    "statusReason" TEXT,
    "decisionMs" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Vote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EloRating" (
    "boardId" TEXT NOT NULL,
    "modelId" TEXT NOT NULL,
    "rating" DOUBLE PRECISION NOT NULL DEFAULT 1000,
    "games" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "EloRating_pkey" PRIMARY KEY ("boardId","modelId")
);

-- CreateTable
CREATE TABLE "RatingEvent" (
    "seq" BIGSERIAL NOT NULL,
    "voteId" TEXT NOT NULL,
    "boardId" TEXT NOT NULL,
    "leftModelId" TEXT NOT NULL,
    "rightModelId" TEXT NOT NULL,
    "leftBefore" DOUBLE PRECISION NOT NULL,
    "leftAfter" DOUBLE PRECISION NOT NULL,
    "rightBefore" DOUBLE PRECISION NOT NULL,
    "rightAfter" DOUBLE PRECISION NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RatingEvent_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "PairCount" (
    "boardId" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "modelA" TEXT NOT NULL,
    "modelB" TEXT NOT NULL,
    "winsA" INTEGER NOT NULL DEFAULT 0,
    "winsB" INTEGER NOT NULL DEFAULT 0,
    "ties" INTEGER NOT NULL DEFAULT 0,
    "bothBad" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "PairCount_pkey" PRIMARY KEY ("boardId","category","modelA","modelB")
);

-- CreateTable
CREATE TABLE "RatingSnapshot" (
    "id" TEXT NOT NULL,
    "boardId" TEXT NOT NULL,
    "category" TEXT NOT NULL DEFAULT '',
    "methodology" TEXT NOT NULL,
    "inputsHash" TEXT NOT NULL,
    "votes" INTEGER NOT NULL,
    "details" JSONB NOT NULL,
    "covariance" BYTEA NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RatingSnapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RatingSnapshotRow" (
    "snapshotId" TEXT NOT NULL,
    "modelId" TEXT NOT NULL,
    "rating" DOUBLE PRECISION NOT NULL,
    "se" DOUBLE PRECISION NOT NULL,
    "low" DOUBLE PRECISION NOT NULL,
    "high" DOUBLE PRECISION NOT NULL,
    "rank" INTEGER NOT NULL,
    "rankLow" INTEGER NOT NULL,
    "rankHigh" INTEGER NOT NULL,
    "overlapLow" INTEGER NOT NULL,
    "overlapHigh" INTEGER NOT NULL,
    "wins" INTEGER NOT NULL,
    "losses" INTEGER NOT NULL,
    "ties" INTEGER NOT NULL,
    "bothBad" INTEGER NOT NULL,
    "games" INTEGER NOT NULL,

    CONSTRAINT "RatingSnapshotRow_pkey" PRIMARY KEY ("snapshotId","modelId")
);

-- CreateTable
CREATE TABLE "Embedding" (
    "artifactHash" TEXT NOT NULL,
    "extractorId" TEXT NOT NULL,
    "vector" BYTEA NOT NULL,

    CONSTRAINT "Embedding_pkey" PRIMARY KEY ("artifactHash","extractorId")
);

-- CreateTable
CREATE TABLE "Grade" (
    "artifactHash" TEXT NOT NULL,
    "promptId" TEXT NOT NULL,
    "graderId" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "allCorrect" BOOLEAN NOT NULL,

    CONSTRAINT "Grade_pkey" PRIMARY KEY ("artifactHash","promptId","graderId")
);

-- CreateTable
CREATE TABLE "ReferenceSet" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "extractorId" TEXT NOT NULL,
    "manifestSha256" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "dimension" INTEGER NOT NULL,
    "mean" BYTEA NOT NULL,
    "covariance" BYTEA NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReferenceSet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MetricResult" (
    "id" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "protocolHash" TEXT NOT NULL,
    "protocol" JSONB NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "low" DOUBLE PRECISION,
    "high" DOUBLE PRECISION,
    "n" INTEGER NOT NULL,
    "caveat" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MetricResult_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Model" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "creator" TEXT NOT NULL,
    "modality" "Modality" NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "openWeights" BOOLEAN,
    "releasedAt" DATE,
    "paradigm" TEXT,
    "architecture" TEXT,
    "representation" TEXT,
    "textConditioning" TEXT,
    "pricePerImageUsd" DOUBLE PRECISION,
    "bundled" BOOLEAN NOT NULL DEFAULT false,
    "listed" BOOLEAN NOT NULL DEFAULT false,
    "submitterId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Model_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Endpoint" (
    "id" TEXT NOT NULL,
    "modelId" TEXT NOT NULL,
    "wireFormat" "WireFormat" NOT NULL,
    "baseUrl" TEXT NOT NULL,
    "providerModel" TEXT NOT NULL,
    "apiKeySealed" BYTEA,
    "apiKeyLast4" TEXT,
    "concurrency" INTEGER NOT NULL DEFAULT 2,
    "timeoutMs" INTEGER NOT NULL DEFAULT 60000,
    "imageSize" TEXT NOT NULL DEFAULT '64x64',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PromptSet" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PromptSet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Prompt" (
    "id" TEXT NOT NULL,
    "promptSetId" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "arena" BOOLEAN NOT NULL,
    "truth" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Prompt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" TEXT NOT NULL,
    "modelId" TEXT NOT NULL,
    "promptSetId" TEXT NOT NULL,
    "promptCount" INTEGER NOT NULL,
    "samplesPerPrompt" INTEGER NOT NULL DEFAULT 1,
    "state" "RunState" NOT NULL DEFAULT 'QUEUED',
    "failureReason" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Artifact" (
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "mediaType" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Artifact_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "Sample" (
    "id" TEXT NOT NULL,
    "runId" TEXT,
    "modelId" TEXT NOT NULL,
    "promptId" TEXT NOT NULL,
    "index" INTEGER NOT NULL DEFAULT 0,
    "artifactHash" TEXT NOT NULL,
    "seedRequested" INTEGER,
    "seedUsed" INTEGER,
    "revisedPrompt" TEXT,
    "latencyMs" INTEGER NOT NULL,
    "inferenceMs" INTEGER,
    "costUsd" DOUBLE PRECISION,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Sample_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SampleFailure" (
    "id" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "promptId" TEXT NOT NULL,
    "index" INTEGER NOT NULL DEFAULT 0,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SampleFailure_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Board_slug_key" ON "Board"("slug");

-- CreateIndex
CREATE INDEX "Battle_voterId_boardId_idx" ON "Battle"("voterId", "boardId");

-- CreateIndex
CREATE INDEX "Battle_boardId_createdAt_idx" ON "Battle"("boardId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Vote_battleId_key" ON "Vote"("battleId");

-- CreateIndex
CREATE INDEX "Vote_boardId_createdAt_idx" ON "Vote"("boardId", "createdAt");

-- CreateIndex
CREATE INDEX "Vote_voterId_idx" ON "Vote"("voterId");

-- CreateIndex
CREATE UNIQUE INDEX "RatingEvent_voteId_key" ON "RatingEvent"("voteId");

-- CreateIndex
CREATE INDEX "RatingEvent_boardId_seq_idx" ON "RatingEvent"("boardId", "seq");

-- CreateIndex
CREATE INDEX "RatingSnapshot_boardId_category_createdAt_idx" ON "RatingSnapshot"("boardId", "category", "createdAt");

-- CreateIndex
CREATE INDEX "RatingSnapshotRow_modelId_idx" ON "RatingSnapshotRow"("modelId");

-- CreateIndex
CREATE UNIQUE INDEX "ReferenceSet_manifestSha256_extractorId_key" ON "ReferenceSet"("manifestSha256", "extractorId");

-- CreateIndex
CREATE UNIQUE INDEX "MetricResult_runId_protocolHash_key" ON "MetricResult"("runId", "protocolHash");

-- CreateIndex
CREATE UNIQUE INDEX "Model_slug_key" ON "Model"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Endpoint_modelId_key" ON "Endpoint"("modelId");

-- CreateIndex
CREATE UNIQUE INDEX "PromptSet_slug_key" ON "PromptSet"("slug");

-- CreateIndex
CREATE INDEX "Prompt_promptSetId_arena_idx" ON "Prompt"("promptSetId", "arena");

-- CreateIndex
CREATE UNIQUE INDEX "Prompt_promptSetId_index_key" ON "Prompt"("promptSetId", "index");

-- CreateIndex
CREATE INDEX "Run_modelId_idx" ON "Run"("modelId");

-- CreateIndex
CREATE INDEX "Run_state_idx" ON "Run"("state");

-- CreateIndex
CREATE INDEX "Sample_modelId_idx" ON "Sample"("modelId");

-- CreateIndex
CREATE INDEX "Sample_promptId_idx" ON "Sample"("promptId");

-- CreateIndex
CREATE INDEX "Sample_artifactHash_idx" ON "Sample"("artifactHash");

-- CreateIndex
CREATE UNIQUE INDEX "Sample_runId_promptId_index_key" ON "Sample"("runId", "promptId", "index");

-- CreateIndex
CREATE UNIQUE INDEX "SampleFailure_runId_promptId_index_key" ON "SampleFailure"("runId", "promptId", "index");

-- AddForeignKey
ALTER TABLE "Board" ADD CONSTRAINT "Board_promptSetId_fkey" FOREIGN KEY ("promptSetId") REFERENCES "PromptSet"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Battle" ADD CONSTRAINT "Battle_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Battle" ADD CONSTRAINT "Battle_voterId_fkey" FOREIGN KEY ("voterId") REFERENCES "Voter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Battle" ADD CONSTRAINT "Battle_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Battle" ADD CONSTRAINT "Battle_leftSampleId_fkey" FOREIGN KEY ("leftSampleId") REFERENCES "Sample"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Battle" ADD CONSTRAINT "Battle_rightSampleId_fkey" FOREIGN KEY ("rightSampleId") REFERENCES "Sample"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_battleId_fkey" FOREIGN KEY ("battleId") REFERENCES "Battle"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_voterId_fkey" FOREIGN KEY ("voterId") REFERENCES "Voter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EloRating" ADD CONSTRAINT "EloRating_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EloRating" ADD CONSTRAINT "EloRating_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RatingEvent" ADD CONSTRAINT "RatingEvent_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RatingEvent" ADD CONSTRAINT "RatingEvent_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PairCount" ADD CONSTRAINT "PairCount_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RatingSnapshot" ADD CONSTRAINT "RatingSnapshot_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RatingSnapshotRow" ADD CONSTRAINT "RatingSnapshotRow_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "RatingSnapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RatingSnapshotRow" ADD CONSTRAINT "RatingSnapshotRow_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Embedding" ADD CONSTRAINT "Embedding_artifactHash_fkey" FOREIGN KEY ("artifactHash") REFERENCES "Artifact"("sha256") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grade" ADD CONSTRAINT "Grade_artifactHash_fkey" FOREIGN KEY ("artifactHash") REFERENCES "Artifact"("sha256") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MetricResult" ADD CONSTRAINT "MetricResult_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Endpoint" ADD CONSTRAINT "Endpoint_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Prompt" ADD CONSTRAINT "Prompt_promptSetId_fkey" FOREIGN KEY ("promptSetId") REFERENCES "PromptSet"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_promptSetId_fkey" FOREIGN KEY ("promptSetId") REFERENCES "PromptSet"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sample" ADD CONSTRAINT "Sample_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sample" ADD CONSTRAINT "Sample_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sample" ADD CONSTRAINT "Sample_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sample" ADD CONSTRAINT "Sample_artifactHash_fkey" FOREIGN KEY ("artifactHash") REFERENCES "Artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SampleFailure" ADD CONSTRAINT "SampleFailure_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SampleFailure" ADD CONSTRAINT "SampleFailure_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
