-- A share beyond 0 and 1 becomes the nearer of them, a count or an amount below its least that least, and unknown where it may be.
UPDATE "Vote" SET "decisionMs" = CASE WHEN "decisionMs" >= 0 THEN "decisionMs" END
WHERE NOT ("decisionMs" >= 0);
UPDATE "VoteImport" SET votes = greatest(votes, 0)
WHERE NOT (votes >= 0);
UPDATE "EloRating" SET games = greatest(games, 0)
WHERE NOT (games >= 0);
UPDATE "Battle" SET propensity = CASE WHEN propensity = 'NaN' THEN NULL ELSE least(greatest(propensity, 0), 1) END
WHERE NOT (propensity BETWEEN 0 AND 1);
UPDATE "RatingSnapshot" SET votes = greatest(votes, 0)
WHERE NOT (votes >= 0);
UPDATE "CriterionSnapshot" SET votes = greatest(votes, 0)
WHERE NOT (votes >= 0);
UPDATE "RatingSnapshotRow" SET wins = greatest(wins, 0), losses = greatest(losses, 0), ties = greatest(ties, 0), "bothBad" = greatest("bothBad", 0), games = greatest(games, 0)
WHERE NOT (wins >= 0) OR NOT (losses >= 0) OR NOT (ties >= 0) OR NOT ("bothBad" >= 0) OR NOT (games >= 0);
UPDATE "Model" SET "pricePerImageUsd" = CASE WHEN "pricePerImageUsd" >= 0 THEN "pricePerImageUsd" END
WHERE NOT ("pricePerImageUsd" >= 0);
UPDATE "Endpoint" SET concurrency = greatest(concurrency, 1), "timeoutMs" = greatest("timeoutMs", 1), "ownPromptsPerDay" = greatest("ownPromptsPerDay", 0), "ownPromptsUsed" = greatest("ownPromptsUsed", 0)
WHERE NOT (concurrency >= 1) OR NOT ("timeoutMs" >= 1) OR NOT ("ownPromptsPerDay" >= 0) OR NOT ("ownPromptsUsed" >= 0);
UPDATE "Run" SET "promptCount" = greatest("promptCount", 0), "samplesPerPrompt" = greatest("samplesPerPrompt", 1)
WHERE NOT ("promptCount" >= 0) OR NOT ("samplesPerPrompt" >= 1);
UPDATE "Sample" SET index = greatest(index, 0), "latencyMs" = greatest("latencyMs", 0), "inferenceMs" = CASE WHEN "inferenceMs" >= 0 THEN "inferenceMs" END, "costUsd" = CASE WHEN "costUsd" >= 0 THEN "costUsd" END
WHERE NOT (index >= 0) OR NOT ("latencyMs" >= 0) OR NOT ("inferenceMs" >= 0) OR NOT ("costUsd" >= 0);
UPDATE "SampleFailure" SET index = greatest(index, 0), attempts = greatest(attempts, 0)
WHERE NOT (index >= 0) OR NOT (attempts >= 0);
UPDATE "Artifact" SET bytes = greatest(bytes, 0), width = greatest(width, 0), height = greatest(height, 0)
WHERE NOT (bytes >= 0) OR NOT (width >= 0) OR NOT (height >= 0);
UPDATE "ReferenceSet" SET dimension = greatest(dimension, 0), n = CASE WHEN n >= 0 THEN n END, total = CASE WHEN total >= 0 THEN total END
WHERE NOT (dimension >= 0) OR NOT (n >= 0) OR NOT (total >= 0);
UPDATE "MetricResult" SET n = greatest(n, 0)
WHERE NOT (n >= 0);
UPDATE "Judge" SET concurrency = greatest(concurrency, 1), "timeoutMs" = greatest("timeoutMs", 1), "budgetUsd" = CASE WHEN "budgetUsd" >= 0 THEN "budgetUsd" END, "spentUsd" = greatest("spentUsd", 0), "usdPerMillionInputTokens" = CASE WHEN "usdPerMillionInputTokens" >= 0 THEN "usdPerMillionInputTokens" END, "usdPerMillionOutputTokens" = CASE WHEN "usdPerMillionOutputTokens" >= 0 THEN "usdPerMillionOutputTokens" END, "promptsPerRun" = CASE WHEN "promptsPerRun" >= 0 THEN "promptsPerRun" END, "pairsPerBoard" = greatest("pairsPerBoard", 0)
WHERE NOT (concurrency >= 1) OR NOT ("timeoutMs" >= 1) OR NOT ("budgetUsd" >= 0) OR NOT ("spentUsd" >= 0) OR NOT ("usdPerMillionInputTokens" >= 0) OR NOT ("usdPerMillionOutputTokens" >= 0) OR NOT ("promptsPerRun" >= 0) OR NOT ("pairsPerBoard" >= 0);
UPDATE "JudgeTask" SET "questionSetVersion" = greatest("questionSetVersion", 0)
WHERE NOT ("questionSetVersion" >= 0);
UPDATE "JudgeSampleVerdict" SET score = CASE WHEN score = 'NaN' THEN NULL ELSE least(greatest(score, 0), 1) END, attempts = greatest(attempts, 0), "latencyMs" = greatest("latencyMs", 0), "inputTokens" = CASE WHEN "inputTokens" >= 0 THEN "inputTokens" END, "outputTokens" = CASE WHEN "outputTokens" >= 0 THEN "outputTokens" END, "costUsd" = CASE WHEN "costUsd" >= 0 THEN "costUsd" END
WHERE NOT (score BETWEEN 0 AND 1) OR NOT (attempts >= 0) OR NOT ("latencyMs" >= 0) OR NOT ("inputTokens" >= 0) OR NOT ("outputTokens" >= 0) OR NOT ("costUsd" >= 0);
UPDATE "JudgePair" SET propensity = least(greatest(propensity, 0), 1)
WHERE NOT (propensity BETWEEN 0 AND 1);
UPDATE "JudgePairVerdict" SET preference = CASE WHEN preference = 'NaN' THEN NULL ELSE least(greatest(preference, 0), 1) END, attempts = greatest(attempts, 0), "latencyMs" = greatest("latencyMs", 0), "inputTokens" = CASE WHEN "inputTokens" >= 0 THEN "inputTokens" END, "outputTokens" = CASE WHEN "outputTokens" >= 0 THEN "outputTokens" END, "costUsd" = CASE WHEN "costUsd" >= 0 THEN "costUsd" END
WHERE NOT (preference BETWEEN 0 AND 1) OR NOT (attempts >= 0) OR NOT ("latencyMs" >= 0) OR NOT ("inputTokens" >= 0) OR NOT ("outputTokens" >= 0) OR NOT ("costUsd" >= 0);
UPDATE "JudgeCanaryVerdict" SET preference = CASE WHEN preference = 'NaN' THEN NULL ELSE least(greatest(preference, 0), 1) END, attempts = greatest(attempts, 0), "latencyMs" = greatest("latencyMs", 0), "inputTokens" = CASE WHEN "inputTokens" >= 0 THEN "inputTokens" END, "outputTokens" = CASE WHEN "outputTokens" >= 0 THEN "outputTokens" END, "costUsd" = CASE WHEN "costUsd" >= 0 THEN "costUsd" END
WHERE NOT (preference BETWEEN 0 AND 1) OR NOT (attempts >= 0) OR NOT ("latencyMs" >= 0) OR NOT ("inputTokens" >= 0) OR NOT ("outputTokens" >= 0) OR NOT ("costUsd" >= 0);
UPDATE "QuestionSet" SET version = greatest(version, 1)
WHERE NOT (version >= 1);
UPDATE "RatingSnapshotRow" SET ties = "bothBad" WHERE "bothBad" > ties;
UPDATE "JudgeSampleVerdict" SET score = NULL WHERE "noVerdict" IS NOT NULL AND score IS NOT NULL;
UPDATE "JudgePairVerdict" SET choice = NULL, preference = NULL WHERE "noVerdict" IS NOT NULL AND num_nonnulls(choice, preference) > 0;
UPDATE "JudgeCanaryVerdict" SET preference = NULL WHERE "noVerdict" IS NOT NULL AND preference IS NOT NULL;
UPDATE "Model" SET listed = false WHERE listed AND "removedAt" IS NOT NULL;
DELETE FROM "Installation" WHERE id <> 1;

-- Counts under the wrong order of their models are added to those under the right one. Of a model and itself there is nothing to
-- count, and what two runs have together is computed again.
INSERT INTO "PairCount" AS c ("boardId", category, "modelA", "modelB", "winsA", "winsB", ties, "bothBad")
SELECT "boardId", category, "modelB", "modelA", "winsB", "winsA", ties, "bothBad" FROM "PairCount"
WHERE "modelA" COLLATE "C" > "modelB" COLLATE "C"
ON CONFLICT ("boardId", category, "modelA", "modelB") DO UPDATE SET "winsA" = c."winsA" + excluded."winsA",
  "winsB" = c."winsB" + excluded."winsB", ties = c.ties + excluded.ties, "bothBad" = c."bothBad" + excluded."bothBad";
DELETE FROM "PairCount" WHERE "modelA" COLLATE "C" >= "modelB" COLLATE "C";
INSERT INTO "CriterionCount" AS c ("boardId", category, "modelA", "modelB", answers, votes)
SELECT "boardId", category, "modelB", "modelA",
  regexp_replace(regexp_replace(regexp_replace(answers, '=a( |$)', '=#\1', 'g'), '=b( |$)', '=a\1', 'g'), '=#', '=b', 'g'), votes
FROM "CriterionCount" WHERE "modelA" COLLATE "C" > "modelB" COLLATE "C"
ON CONFLICT ("boardId", category, "modelA", "modelB", answers) DO UPDATE SET votes = c.votes + excluded.votes;
DELETE FROM "CriterionCount" WHERE "modelA" COLLATE "C" >= "modelB" COLLATE "C";
DELETE FROM "RunPair" WHERE "firstRunId" COLLATE "C" >= "secondRunId" COLLATE "C";

-- Each promise holds for new rows at once, and old ones are looked at while others write.
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_ranges" CHECK (
  "decisionMs" >= 0
) NOT VALID;
ALTER TABLE "VoteImport" ADD CONSTRAINT "VoteImport_ranges" CHECK (
  votes >= 0
) NOT VALID;
ALTER TABLE "EloRating" ADD CONSTRAINT "EloRating_ranges" CHECK (
  games >= 0
) NOT VALID;
ALTER TABLE "Battle" ADD CONSTRAINT "Battle_ranges" CHECK (
  propensity BETWEEN 0 AND 1
) NOT VALID;
ALTER TABLE "RatingSnapshot" ADD CONSTRAINT "RatingSnapshot_ranges" CHECK (
  votes >= 0
) NOT VALID;
ALTER TABLE "CriterionSnapshot" ADD CONSTRAINT "CriterionSnapshot_ranges" CHECK (
  votes >= 0
) NOT VALID;
ALTER TABLE "RatingSnapshotRow" ADD CONSTRAINT "RatingSnapshotRow_ranges" CHECK (
  wins >= 0
  AND losses >= 0
  AND ties >= 0
  AND "bothBad" >= 0
  AND games >= 0
  AND "bothBad" <= ties
) NOT VALID;
ALTER TABLE "Model" ADD CONSTRAINT "Model_ranges" CHECK (
  "pricePerImageUsd" >= 0
  AND NOT (listed AND "removedAt" IS NOT NULL)
) NOT VALID;
ALTER TABLE "Endpoint" ADD CONSTRAINT "Endpoint_ranges" CHECK (
  concurrency >= 1
  AND "timeoutMs" >= 1
  AND "ownPromptsPerDay" >= 0
  AND "ownPromptsUsed" >= 0
) NOT VALID;
ALTER TABLE "Run" ADD CONSTRAINT "Run_ranges" CHECK (
  "promptCount" >= 0
  AND "samplesPerPrompt" >= 1
) NOT VALID;
ALTER TABLE "Sample" ADD CONSTRAINT "Sample_ranges" CHECK (
  index >= 0
  AND "latencyMs" >= 0
  AND "inferenceMs" >= 0
  AND "costUsd" >= 0
) NOT VALID;
ALTER TABLE "SampleFailure" ADD CONSTRAINT "SampleFailure_ranges" CHECK (
  index >= 0
  AND attempts >= 0
) NOT VALID;
ALTER TABLE "Artifact" ADD CONSTRAINT "Artifact_ranges" CHECK (
  bytes >= 0
  AND width >= 0
  AND height >= 0
) NOT VALID;
ALTER TABLE "ReferenceSet" ADD CONSTRAINT "ReferenceSet_ranges" CHECK (
  dimension >= 0
  AND n >= 0
  AND total >= 0
) NOT VALID;
ALTER TABLE "MetricResult" ADD CONSTRAINT "MetricResult_ranges" CHECK (
  n >= 0
) NOT VALID;
ALTER TABLE "Judge" ADD CONSTRAINT "Judge_ranges" CHECK (
  concurrency >= 1
  AND "timeoutMs" >= 1
  AND "budgetUsd" >= 0
  AND "spentUsd" >= 0
  AND "usdPerMillionInputTokens" >= 0
  AND "usdPerMillionOutputTokens" >= 0
  AND "promptsPerRun" >= 0
  AND "pairsPerBoard" >= 0
) NOT VALID;
ALTER TABLE "JudgeTask" ADD CONSTRAINT "JudgeTask_ranges" CHECK (
  "questionSetVersion" >= 0
) NOT VALID;
ALTER TABLE "JudgeSampleVerdict" ADD CONSTRAINT "JudgeSampleVerdict_ranges" CHECK (
  score BETWEEN 0 AND 1
  AND attempts >= 0
  AND "latencyMs" >= 0
  AND "inputTokens" >= 0
  AND "outputTokens" >= 0
  AND "costUsd" >= 0
  AND ("noVerdict" IS NULL OR score IS NULL)
) NOT VALID;
ALTER TABLE "JudgePair" ADD CONSTRAINT "JudgePair_ranges" CHECK (
  propensity BETWEEN 0 AND 1
) NOT VALID;
ALTER TABLE "JudgePairVerdict" ADD CONSTRAINT "JudgePairVerdict_ranges" CHECK (
  preference BETWEEN 0 AND 1
  AND attempts >= 0
  AND "latencyMs" >= 0
  AND "inputTokens" >= 0
  AND "outputTokens" >= 0
  AND "costUsd" >= 0
  AND ("noVerdict" IS NULL OR num_nonnulls(choice, preference) = 0)
) NOT VALID;
ALTER TABLE "JudgeCanaryVerdict" ADD CONSTRAINT "JudgeCanaryVerdict_ranges" CHECK (
  preference BETWEEN 0 AND 1
  AND attempts >= 0
  AND "latencyMs" >= 0
  AND "inputTokens" >= 0
  AND "outputTokens" >= 0
  AND "costUsd" >= 0
  AND ("noVerdict" IS NULL OR preference IS NULL)
) NOT VALID;
ALTER TABLE "QuestionSet" ADD CONSTRAINT "QuestionSet_ranges" CHECK (
  version >= 1
) NOT VALID;
ALTER TABLE "Installation" ADD CONSTRAINT "Installation_one_row" CHECK (id = 1) NOT VALID;
ALTER TABLE "PairCount" ADD CONSTRAINT "PairCount_order" CHECK ("modelA" COLLATE "C" < "modelB" COLLATE "C") NOT VALID;
ALTER TABLE "CriterionCount" ADD CONSTRAINT "CriterionCount_order" CHECK ("modelA" COLLATE "C" < "modelB" COLLATE "C") NOT VALID;
ALTER TABLE "RunPair" ADD CONSTRAINT "RunPair_order" CHECK ("firstRunId" COLLATE "C" < "secondRunId" COLLATE "C") NOT VALID;

ALTER TABLE "Vote" VALIDATE CONSTRAINT "Vote_ranges";
ALTER TABLE "VoteImport" VALIDATE CONSTRAINT "VoteImport_ranges";
ALTER TABLE "EloRating" VALIDATE CONSTRAINT "EloRating_ranges";
ALTER TABLE "Battle" VALIDATE CONSTRAINT "Battle_ranges";
ALTER TABLE "RatingSnapshot" VALIDATE CONSTRAINT "RatingSnapshot_ranges";
ALTER TABLE "CriterionSnapshot" VALIDATE CONSTRAINT "CriterionSnapshot_ranges";
ALTER TABLE "RatingSnapshotRow" VALIDATE CONSTRAINT "RatingSnapshotRow_ranges";
ALTER TABLE "Model" VALIDATE CONSTRAINT "Model_ranges";
ALTER TABLE "Endpoint" VALIDATE CONSTRAINT "Endpoint_ranges";
ALTER TABLE "Run" VALIDATE CONSTRAINT "Run_ranges";
ALTER TABLE "Sample" VALIDATE CONSTRAINT "Sample_ranges";
ALTER TABLE "SampleFailure" VALIDATE CONSTRAINT "SampleFailure_ranges";
ALTER TABLE "Artifact" VALIDATE CONSTRAINT "Artifact_ranges";
ALTER TABLE "ReferenceSet" VALIDATE CONSTRAINT "ReferenceSet_ranges";
ALTER TABLE "MetricResult" VALIDATE CONSTRAINT "MetricResult_ranges";
ALTER TABLE "Judge" VALIDATE CONSTRAINT "Judge_ranges";
ALTER TABLE "JudgeTask" VALIDATE CONSTRAINT "JudgeTask_ranges";
ALTER TABLE "JudgeSampleVerdict" VALIDATE CONSTRAINT "JudgeSampleVerdict_ranges";
ALTER TABLE "JudgePair" VALIDATE CONSTRAINT "JudgePair_ranges";
ALTER TABLE "JudgePairVerdict" VALIDATE CONSTRAINT "JudgePairVerdict_ranges";
ALTER TABLE "JudgeCanaryVerdict" VALIDATE CONSTRAINT "JudgeCanaryVerdict_ranges";
ALTER TABLE "QuestionSet" VALIDATE CONSTRAINT "QuestionSet_ranges";
ALTER TABLE "Installation" VALIDATE CONSTRAINT "Installation_one_row";
ALTER TABLE "PairCount" VALIDATE CONSTRAINT "PairCount_order";
ALTER TABLE "CriterionCount" VALIDATE CONSTRAINT "CriterionCount_order";
ALTER TABLE "RunPair" VALIDATE CONSTRAINT "RunPair_order";
