import type { Db } from "@/lib/db/client";
import { featuresId } from "@/lib/encoders/features-id";
import type { VideoEncoder } from "@/lib/encoders/open-video-encoder";
import { TEMPORAL_PROBES } from "@/lib/metrics/motion/temporal-probe";
import { BUNDLED_VIDEO_ENCODER, scoringPlan, type ScoringPlan } from "@/lib/references/encoders-in-use";
import type { EncoderKey, ScoringEncoder } from "@/lib/references/reference-reader";
import { embedRun } from "@/lib/scoring/embed-run";
import { consistencyReader } from "@/lib/scoring/consistency-reader";
import { embedVideos, type VideoReader } from "@/lib/scoring/embed-videos";
import { gradeClips } from "@/lib/scoring/grade-clips";
import { motionReader } from "@/lib/scoring/motion-reader";
import { probeReader } from "@/lib/scoring/probe-readers";
import {
  clipGrader,
  openScoringEncoders,
  openScoringVideoEncoders,
  scoringTools,
} from "@/lib/scoring/scoring-tools";

/**
 * Embed a run's samples with every encoder that it is scored under, where that is not done yet; where all that the site has works
 * for it, images also with the contrastive encoder and the grader; videos by how they move and how alike their frames are, with
 * their motion broken for the bundled encoder, and by the grader of clips.
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
    const readers = [...distinct(encoders), motionReader, ...(isSites ? await siteReaders(encoders) : [])];
    const read = await embedVideos(runId, readers, db, signal);
    const grader = isSites ? await clipGrader() : null;
    if (grader) await gradeClips(runId, grader, db, signal);
    return { kind, isSites, encoders: whichRead(encoders, read) };
  }
  const encoders = await openScoringEncoders(planned);
  const { grader, contrastive } = await scoringTools();
  const readers = isSites
    ? { encoders: [...distinct(encoders), contrastive.image], grader }
    : { encoders: distinct(encoders), grader: null };
  return { kind, isSites, encoders: whichRead(encoders, await embedRun(runId, readers, db, signal)) };
}

/** What else reads every video where all that the site has works for a run. */
async function siteReaders(encoders: readonly VideoEncoder[]): Promise<VideoReader[]> {
  const { encoder, contrastive } = await scoringTools();
  const bundled = encoders.find(({ name }) => name === BUNDLED_VIDEO_ENCODER);
  return [
    consistencyReader(encoder),
    consistencyReader(contrastive.image),
    ...(bundled ? TEMPORAL_PROBES.map((probe) => probeReader(bundled, probe)) : []),
  ];
}

/** One encoder may stand against several reference sets; it reads the samples once. */
const distinct = <E extends EncoderKey>(encoders: readonly E[]): E[] =>
  encoders.filter((each, i) => encoders.findIndex((other) => featuresId(other) === featuresId(each)) === i);

const whichRead = <E extends EncoderKey>(encoders: readonly E[], read: readonly EncoderKey[]): E[] =>
  encoders.filter((each) => read.some((other) => featuresId(other) === featuresId(each)));
