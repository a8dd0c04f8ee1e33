import type { Db } from "@/lib/db/client";
import { embedClips } from "@/lib/scoring/embed-videos";
import { embedRun } from "@/lib/scoring/embed-run";
import { kindOfRun } from "@/lib/references/encoders-in-use";
import type { ScoringEncoder } from "@/lib/references/reference-reader";
import { scoringClipEncoders, scoringEncoders, scoringTools } from "@/lib/scoring/scoring-tools";

/**
 * Embed a run's samples with every encoder that runs of its kind are scored under, where that is not done yet: pictures also
 * with the contrastive encoder and the grader, which know nothing of clips.
 * @returns the encoders in use that have read every sample
 * @throws SalonError internal when a stored sample is gone; the signal's reason when the worker stops
 */
export async function embedForScoring(runId: string, db: Db, signal: AbortSignal): Promise<ScoringEncoder[]> {
  if ((await kindOfRun(runId, db)) === "video") {
    return embedClips(runId, await scoringClipEncoders(db), db, signal);
  }
  const { grader, contrastive } = await scoringTools();
  const inUse = await scoringEncoders(db);
  const read = await embedRun(runId, { encoders: [...inUse, contrastive.image], grader }, db, signal);
  return read.filter((encoder) => inUse.includes(encoder));
}
