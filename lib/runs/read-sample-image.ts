import { readBlurred } from "@/lib/media/blurred";
import { mayBeLookedAt } from "@/lib/prompts/shown-states";
import { mayBeNamed } from "@/lib/prompts/named-samples";
import { isVideo, readVideoDerivative } from "@/lib/media/video-derivative";
import { DERIVATIVE_TYPE, readDerivative, type DerivativeSize } from "@/lib/media/image-derivative";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { maySeeRun, type Viewer } from "@/lib/models/visibility";

export interface SampleImage {
  bytes: Buffer;
  mediaType: typeof DERIVATIVE_TYPE;
  /** Changes when the bytes do. */
  etag: string;
  /** Whether anyone may see it, and shared caches may keep it. */
  isPublic: boolean;
}

/**
 * A run's sample as browsers get it. Samples of live battles are shown in their battle alone, as are listed models' samples of
 * prompts in the arena (see named-samples.ts); those of models that are not listed to nobody but the submitter and admins.
 * A blurred one comes blurred unless `sharp` asks for it as it is; one that is held or was removed comes to nobody.
 * @throws SalonError not_found; gone
 */
export async function readSampleImage(
  ask: { sampleId: string; size?: DerivativeSize; sharp?: boolean } & Viewer,
  tx: Tx = db(),
): Promise<SampleImage> {
  const sample = await tx.sample.findUnique({
    where: { id: ask.sampleId },
    select: {
      runId: true,
      state: true,
      artifactHash: true,
      artifact: { select: { mediaType: true, video: true } },
      prompt: { select: { arena: true } },
      model: { select: { listed: true, submitterId: true, modality: true } },
    },
  });
  const run = sample?.runId ? { id: sample.runId, model: sample.model } : null;
  if (!sample || !maySeeRun(run, ask) || !mayBeNamed(sample)) {
    throw new SalonError("not_found", "There is no such sample.");
  }
  if (!mayBeLookedAt(sample)) throw new SalonError("gone", "This image is not shown any more.");
  const { artifactHash: hash, artifact, model } = sample;
  const moves = model.modality === "TEXT_TO_VIDEO" && isVideo(artifact);
  const etag = `"${hash.slice(0, 32)}"`;
  if (sample.state === "BLURRED" && ask.sharp !== true) {
    const bytes = await readBlurred(hash, { moves });
    return {
      bytes,
      mediaType: DERIVATIVE_TYPE,
      etag: `"${hash.slice(0, 32)}-blurred"`,
      isPublic: model.listed,
    };
  }
  return {
    bytes: await (moves ? readVideoDerivative(hash) : readDerivative(hash, ask.size)),
    mediaType: DERIVATIVE_TYPE,
    etag,
    isPublic: model.listed,
  };
}
