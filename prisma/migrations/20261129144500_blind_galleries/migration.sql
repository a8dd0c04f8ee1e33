-- AlterTable
ALTER TABLE "Board" ADD COLUMN     "aspectTolerance" DOUBLE PRECISION NOT NULL DEFAULT 0.02,
ADD COLUMN     "imageHeight" INTEGER NOT NULL DEFAULT 64,
ADD COLUMN     "imageWidth" INTEGER NOT NULL DEFAULT 64;

-- AlterTable
ALTER TABLE "Prompt" ADD COLUMN     "retiredAt" TIMESTAMP(3);

-- A prompt that has left the arena never comes back: its samples are known by name.
ALTER TABLE "Prompt" ADD CONSTRAINT "Prompt_retired_not_arena" CHECK (NOT arena OR "retiredAt" IS NULL);
ALTER TABLE "Board" ADD CONSTRAINT "Board_image_size" CHECK ("imageWidth" > 0 AND "imageHeight" > 0 AND "aspectTolerance" >= 0);

-- A board that has samples shows battles in the size that most of them have, at most 1,024 pixels long.
UPDATE "Board" b
SET "imageWidth" = greatest(1, round(common.width * common.scale)),
  "imageHeight" = greatest(1, round(common.height * common.scale))
FROM (
  SELECT DISTINCT ON (p."promptSetId") p."promptSetId", a.width, a.height,
    least(1.0, 1024.0 / greatest(a.width, a.height)) AS scale
  FROM "Sample" s
  JOIN "Prompt" p ON p.id = s."promptId"
  JOIN "Artifact" a ON a.sha256 = s."artifactHash"
  WHERE s."runId" IS NOT NULL AND a.width > 0 AND a.height > 0
  GROUP BY p."promptSetId", a.width, a.height
  ORDER BY p."promptSetId", count(*) DESC, a.width * a.height DESC
) common
WHERE common."promptSetId" = b."promptSetId";
