import type { Db } from "@/lib/db/client";
import { featuresId } from "@/lib/encoders/features-id";
import { scoringPlan, type ScoringPlan } from "@/lib/references/encoders-in-use";
import type { EncoderKey, ScoringEncoder } from "@/lib/references/reference-reader";
import { embedRun } from "@/lib/scoring/embed-run";
import { embedVideos } from "@/lib/scoring/embed-videos";
import { motionReader } from "@/lib/scoring/motion-reader";
import { openScoringEncoders, openScoringVideoEncoders, scoringTools } from "@/lib/scoring/scoring-tools";

/**
 * Embed a run's samples with every encoder that it is scored under, where that is not done yet; where all that the site has works
 * for it, images also with the contrastive encoder and the grader, which know nothing of videos.
 * @returns the plan, with the encoders that have read every sample
 * @throws SalonError internal when a stored sample is gone; the signal's reason when the worker stops
 */
export async function embedForScoring(
  runId: string,
  db: Db,
  signal: AbortSignal,
): Promise<Pick<ScoringPlan, "kind" | "isSites"> & { encoders: ScoringEncoder[] }> {
  const { kind, isSites, encoders: planned } = await scoringPlan(runId, db);
  if (kind === "video") {
    const encoders = await openScoringVideoEncoders(planned);
    const read = await embedVideos(runId, [...distinct(encoders), motionReader], db, signal);
    return { kind, isSites, encoders: whichRead(encoders, read) };
  }
  const encoders = await openScoringEncoders(planned);
  const { grader, contrastive } = await scoringTools();
  const readers = isSites
    ? { encoders: [...distinct(encoders), contrastive.image], grader }
    : { encoders: distinct(encoders), grader: null };
  return { kind, isSites, encoders: whichRead(encoders, await embedRun(runId, readers, db, signal)) };
}

/** One encoder may stand against several reference sets; it reads the samples once. */
const distinct = <E extends EncoderKey>(encoders: readonly E[]): E[] =>
  encoders.filter((each, i) => encoders.findIndex((other) => featuresId(other) === featuresId(each)) === i);

const whichRead = <E extends EncoderKey>(encoders: readonly E[], read: readonly EncoderKey[]): E[] =>
  encoders.filter((each) => read.some((other) => featuresId(other) === featuresId(each)));
