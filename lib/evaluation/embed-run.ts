import { getArtifact } from "@/lib/artifacts/store";
import type { Db } from "@/lib/db/client";
import { float32Bytes } from "@/lib/evaluation/float-bytes";
import type { ScoringTools } from "@/lib/evaluation/scoring-tools";
import { decodeImage } from "@/lib/feature-extractors/decode-image";
import { captionTruthSchema } from "@/lib/schemas/scene";

/** Images in memory at a time. */
const BATCH = 32;

type Pending = { artifactHash: string; promptId: string; truth: unknown; embedded: boolean; graded: boolean };

/**
 * Embed and grade a run's samples that are not yet, one decoding feeding both. Results are kept by artifact hash and
 * network id, so an image is never read twice, whatever run it turns up in; a stop loses at most one batch.
 * @throws SalonError internal when a stored image is gone; the signal's reason when the worker stops
 */
export async function embedRun(
  runId: string,
  tools: ScoringTools,
  db: Db,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const batch = await readPending(runId, tools, db);
    if (batch.length === 0) return;
    const images = await Promise.all(
      batch.map(async ({ artifactHash }) => decodeImage(await getArtifact(artifactHash))),
    );
    await keepFeatures(batch, await tools.extractor.extract(images), tools, db);
    const graded = batch.flatMap((each, i) =>
      each.graded ? [] : [{ ...each, image: images[i], truth: captionTruthSchema.parse(each.truth) }],
    );
    const grades = await tools.grader.grade(
      graded.map(({ image }) => image),
      graded.map(({ truth }) => truth),
    );
    await db.grade.createMany({
      data: graded.map(({ artifactHash, promptId }, i) => ({
        artifactHash,
        promptId,
        graderId: tools.grader.id,
        result: { ...grades[i] },
        allCorrect: grades[i].allCorrect,
      })),
      skipDuplicates: true,
    });
  }
}

/** Pictures still to be read; one with no truth to hold it against counts as graded. */
function readPending(runId: string, { extractor, grader }: ScoringTools, db: Db): Promise<Pending[]> {
  return db.$queryRaw<Pending[]>`
    select * from (
      select distinct on (s."artifactHash", s."promptId") s."artifactHash", s."promptId", p.truth,
        exists (select from "Embedding" e
          where e."artifactHash" = s."artifactHash" and e."extractorId" = ${extractor.id}) as embedded,
        p.truth is null or exists (select from "Grade" g where g."artifactHash" = s."artifactHash"
          and g."promptId" = s."promptId" and g."graderId" = ${grader.id}) as graded
      from "Sample" s join "Prompt" p on p.id = s."promptId"
      where s."runId" = ${runId}
    ) each_picture
    where not (embedded and graded)
    limit ${BATCH}`;
}

async function keepFeatures(
  batch: Pending[],
  features: Float32Array,
  { extractor }: ScoringTools,
  db: Db,
): Promise<void> {
  const { dimension, id: extractorId } = extractor;
  await db.embedding.createMany({
    data: batch.map(({ artifactHash }, i) => ({
      artifactHash,
      extractorId,
      vector: float32Bytes(features.subarray(i * dimension, (i + 1) * dimension)),
    })),
    skipDuplicates: true,
  });
}
