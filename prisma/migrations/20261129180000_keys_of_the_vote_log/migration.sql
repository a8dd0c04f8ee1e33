-- Each key holds for new rows at once, without a look at the old ones. Then the old ones are mended, and looked at while
-- others write.

ALTER TABLE "Battle" ADD CONSTRAINT "Battle_leftModelId_fkey" FOREIGN KEY ("leftModelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "Battle" ADD CONSTRAINT "Battle_rightModelId_fkey" FOREIGN KEY ("rightModelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_leftModelId_fkey" FOREIGN KEY ("leftModelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_rightModelId_fkey" FOREIGN KEY ("rightModelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "RatingEvent" ADD CONSTRAINT "RatingEvent_leftModelId_fkey" FOREIGN KEY ("leftModelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "RatingEvent" ADD CONSTRAINT "RatingEvent_rightModelId_fkey" FOREIGN KEY ("rightModelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "PairCount" ADD CONSTRAINT "PairCount_modelA_fkey" FOREIGN KEY ("modelA") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "PairCount" ADD CONSTRAINT "PairCount_modelB_fkey" FOREIGN KEY ("modelB") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "CriterionCount" ADD CONSTRAINT "CriterionCount_modelA_fkey" FOREIGN KEY ("modelA") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "CriterionCount" ADD CONSTRAINT "CriterionCount_modelB_fkey" FOREIGN KEY ("modelB") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "Quarantine" ADD CONSTRAINT "Quarantine_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "Grade" ADD CONSTRAINT "Grade_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
ALTER TABLE "EncoderExamination" ADD CONSTRAINT "EncoderExamination_referenceId_fkey" FOREIGN KEY ("referenceId") REFERENCES "ReferenceSet"("id") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;

-- A model that the vote log names and that is not there any more: the row that removing it leaves.
INSERT INTO "Model" (id, slug, name, creator, modality, "removedAt")
SELECT DISTINCT ON (named.id) named.id, 'removed-' || md5(named.id), 'Removed model', '', b.modality, now()
FROM (
  SELECT "leftModelId" AS id, "boardId" FROM "Battle" UNION SELECT "rightModelId", "boardId" FROM "Battle"
  UNION SELECT "leftModelId", "boardId" FROM "Vote" UNION SELECT "rightModelId", "boardId" FROM "Vote"
  UNION SELECT "leftModelId", "boardId" FROM "RatingEvent" UNION SELECT "rightModelId", "boardId" FROM "RatingEvent"
  UNION SELECT "modelA", "boardId" FROM "PairCount" UNION SELECT "modelB", "boardId" FROM "PairCount"
  UNION SELECT "modelA", "boardId" FROM "CriterionCount" UNION SELECT "modelB", "boardId" FROM "CriterionCount"
  UNION SELECT "modelId", "boardId" FROM "Quarantine" WHERE "modelId" IS NOT NULL
) named
LEFT JOIN "Board" b ON b.id = named."boardId"
WHERE NOT EXISTS (SELECT FROM "Model" m WHERE m.id = named.id)
ORDER BY named.id, b.modality;

-- A vote is on the board of its battle.
UPDATE "Vote" v SET "boardId" = b."boardId" FROM "Battle" b
WHERE b.id = v."battleId" AND NOT EXISTS (SELECT FROM "Board" x WHERE x.id = v."boardId");

-- What a grader read is read again where it is wanted. An examination stays without its reference.
DELETE FROM "Grade" g WHERE NOT EXISTS (SELECT FROM "Prompt" p WHERE p.id = g."promptId");
UPDATE "EncoderExamination" e SET "referenceId" = NULL
WHERE e."referenceId" IS NOT NULL AND NOT EXISTS (SELECT FROM "ReferenceSet" r WHERE r.id = e."referenceId");

-- A deleted prompt or reference set finds its rows.
CREATE INDEX "Grade_promptId_idx" ON "Grade"("promptId");
CREATE INDEX "EncoderExamination_referenceId_idx" ON "EncoderExamination"("referenceId");

ALTER TABLE "Battle" VALIDATE CONSTRAINT "Battle_leftModelId_fkey";
ALTER TABLE "Battle" VALIDATE CONSTRAINT "Battle_rightModelId_fkey";
ALTER TABLE "Vote" VALIDATE CONSTRAINT "Vote_boardId_fkey";
ALTER TABLE "Vote" VALIDATE CONSTRAINT "Vote_leftModelId_fkey";
ALTER TABLE "Vote" VALIDATE CONSTRAINT "Vote_rightModelId_fkey";
ALTER TABLE "RatingEvent" VALIDATE CONSTRAINT "RatingEvent_leftModelId_fkey";
ALTER TABLE "RatingEvent" VALIDATE CONSTRAINT "RatingEvent_rightModelId_fkey";
ALTER TABLE "PairCount" VALIDATE CONSTRAINT "PairCount_modelA_fkey";
ALTER TABLE "PairCount" VALIDATE CONSTRAINT "PairCount_modelB_fkey";
ALTER TABLE "CriterionCount" VALIDATE CONSTRAINT "CriterionCount_modelA_fkey";
ALTER TABLE "CriterionCount" VALIDATE CONSTRAINT "CriterionCount_modelB_fkey";
ALTER TABLE "Quarantine" VALIDATE CONSTRAINT "Quarantine_modelId_fkey";
ALTER TABLE "Grade" VALIDATE CONSTRAINT "Grade_promptId_fkey";
ALTER TABLE "EncoderExamination" VALIDATE CONSTRAINT "EncoderExamination_referenceId_fkey";
