import { readBlurred } from "@/lib/media/blurred";
import { isVideo, readVideoDerivative } from "@/lib/media/video-derivative";
import { DERIVATIVE_TYPE, readDerivative, type DerivativeSize } from "@/lib/media/image-derivative";
import { db, type Tx } from "@/lib/db/client";
import type { Viewer } from "@/lib/models/visibility";
import { requireShownSample } from "@/lib/runs/require-shown-sample";

export interface SampleImage {
  bytes: Buffer;
  mediaType: typeof DERIVATIVE_TYPE;
  /** Changes when the bytes do. */
  etag: string;
  /** Whether anyone may see it, and shared caches may keep it. */
  isPublic: boolean;
}

/**
 * A run's sample as browsers get it, to whom it may be shown (require-shown-sample.ts). A blurred one comes blurred unless `sharp` asks
 * for it as it is.
 * @param ask.size still: of a video its first frame alone
 * @throws SalonError not_found; gone
 */
export async function readSampleImage(
  ask: { sampleId: string; size?: DerivativeSize | "still"; sharp?: boolean } & Viewer,
  tx: Tx = db(),
): Promise<SampleImage> {
  const sample = await requireShownSample(ask, tx);
  const { artifactHash: hash, artifact, model } = sample;
  const [size, still] = ask.size === "still" ? (["page", true] as const) : [ask.size, false];
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
    bytes: await (moves ? readVideoDerivative(hash, { still }) : readDerivative(hash, size)),
    mediaType: DERIVATIVE_TYPE,
    etag,
    isPublic: model.listed,
  };
}
