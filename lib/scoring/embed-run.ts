import { getArtifact } from "@/lib/artifacts/store";
import type { Db } from "@/lib/db/client";
import { float32Bytes } from "@/lib/numerics/float-bytes";
import { BUNDLED_ENCODER } from "@/lib/references/encoders-in-use";
import { decodeImage, type DecodedImage } from "@/lib/media/decode-image";
import { EncoderError } from "@/lib/encoders/encoder-error";
import { featuresId } from "@/lib/encoders/features-id";
import type { Encoder } from "@/lib/encoders/open-encoder";
import type { ToyboxGrader } from "@/lib/encoders/toybox-grader";
import { captionTruthSchema } from "@/lib/schemas/stack/scene";

/** Images in memory at a time. */
const BATCH = 32;

interface Readers {
  encoders: Encoder[];
  /** null: samples are not graded. */
  grader: ToyboxGrader | null;
}

type Pending = {
  artifactHash: string;
  promptId: string;
  truth: unknown;
  /** What its features are cached under, of the encoders that have not read it. */
  missing: string[];
  graded: boolean;
};

/**
 * Embed a run's samples with every encoder and grade them, where that is not done yet: one decoding feeds all. Results are kept
 * by artifact hash, encoder and preprocessing, so an image is never read twice, whatever run it turns up in; a stop loses at
 * most one batch. An installed encoder that turns out not to give what its manifest says is left out: it must not end the run.
 * @returns the encoders that have read every sample
 * @throws SalonError internal when a stored image is gone; the signal's reason when the worker stops
 */
export async function embedRun(
  runId: string,
  { encoders, grader }: Readers,
  db: Db,
  signal: AbortSignal,
): Promise<Encoder[]> {
  let serving = encoders;
  for (;;) {
    signal.throwIfAborted();
    const batch = await readPending(runId, { encoders: serving, grader }, db);
    if (batch.length === 0) return serving;
    const images = await Promise.all(
      batch.map(async ({ artifactHash }) => decodeImage(await getArtifact(artifactHash))),
    );
    for (const encoder of serving) {
      const isRead = await embed(batch, images, encoder, db);
      if (!isRead) serving = serving.filter((other) => other !== encoder);
    }
    const graded = batch.flatMap((each, i) =>
      each.graded ? [] : [{ ...each, image: images[i], truth: captionTruthSchema.parse(each.truth) }],
    );
    if (grader === null || graded.length === 0) continue;
    const grades = await grader.grade(
      graded.map(({ image }) => image),
      graded.map(({ truth }) => truth),
    );
    await db.grade.createMany({
      data: graded.map(({ artifactHash, promptId }, i) => ({
        artifactHash,
        promptId,
        graderId: grader.id,
        result: { ...grades[i] },
        allCorrect: grades[i].allCorrect,
      })),
      skipDuplicates: true,
    });
  }
}

/** Images still to be read; one with no truth that the grader reads, or a clip's, counts as graded. */
function readPending(runId: string, { encoders, grader }: Readers, db: Db): Promise<Pending[]> {
  return db.$queryRaw<Pending[]>`
    select artifact_hash as "artifactHash", prompt_id as "promptId", truth, missing, graded from (
      select distinct on (s.artifact_hash, s.prompt_id) s.artifact_hash, s.prompt_id, p.truth,
        array(select wanted from unnest(${encoders.map(featuresId)}::text[]) wanted
          where not exists (select from embeddings e
            where e.artifact_hash = s.artifact_hash and e.encoder_id = wanted)) as missing,
        p.truth is null or ${grader === null} or p.truth -> 'kind' is not null or p.truth #> '{objects,0,motion}' is not null or exists (select from grades g where g.artifact_hash = s.artifact_hash
          and g.prompt_id = s.prompt_id and g.grader_id = ${grader?.id ?? ""}) as graded
      from samples s join prompts p on p.id = s.prompt_id
      where s.run_id = ${runId}
    ) each_image
    where cardinality(missing) > 0 or not graded
    limit ${BATCH}`;
}

/** @returns false when an installed encoder cannot read them */
async function embed(batch: Pending[], images: DecodedImage[], encoder: Encoder, db: Db): Promise<boolean> {
  const encoderId = featuresId(encoder);
  const wanted = batch.flatMap(({ missing }, i) => (missing.includes(encoderId) ? [i] : []));
  if (wanted.length === 0) return true;
  const { dimension } = encoder;
  const features = await encoder.extract(wanted.map((i) => images[i])).catch((error: unknown) => {
    if (error instanceof EncoderError && encoder.name !== BUNDLED_ENCODER) return null;
    throw error;
  });
  if (features === null) return false;
  await db.embedding.createMany({
    data: wanted.map((i, row) => ({
      artifactHash: batch[i].artifactHash,
      encoderId,
      vector: float32Bytes(features.subarray(row * dimension, (row + 1) * dimension)),
    })),
    skipDuplicates: true,
  });
  return true;
}
