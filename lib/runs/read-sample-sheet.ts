import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { DERIVATIVE_TYPE } from "@/lib/media/image-derivative";
import { clipOfPair, readPairSheet } from "@/lib/media/pair-sheet";
import type { Viewer } from "@/lib/models/visibility";
import { requireShownSample } from "@/lib/runs/require-shown-sample";

/**
 * A run's video as it plays beside another of the same prompt: the image that holds its frames, at the moments of their common clock.
 * @throws SalonError not_found, unless both are videos that who asks may see as they are; gone
 */
export async function readSampleSheet(
  ask: { sampleId: string; beside: string } & Viewer,
  tx: Tx = db(),
): Promise<{ bytes: Buffer; mediaType: typeof DERIVATIVE_TYPE; isPublic: boolean }> {
  const sample = await requireShownSample(ask, tx);
  const other = await requireShownSample({ ...ask, sampleId: ask.beside }, tx);
  const pair = [sample.artifact, other.artifact] as const;
  const clip = clipOfPair(pair);
  const together =
    sample.promptId === other.promptId && [sample, other].every(({ state }) => state === "VISIBLE");
  if (clip === null || !together) throw new SalonError("not_found", "These two do not play side by side.");
  return {
    bytes: await readPairSheet(0, pair, clip),
    mediaType: DERIVATIVE_TYPE,
    isPublic: sample.model.listed && other.model.listed,
  };
}
