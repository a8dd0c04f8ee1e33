import type { Estimate } from "@/lib/metrics/estimate";
import { estimateOfRatio } from "@/lib/metrics/estimate";
import type { FeatureSet } from "@/lib/metrics/features";
import type { Gaussian } from "@/lib/metrics/frechet-distance";
import { frechetJackknife } from "@/lib/metrics/frechet-jackknife";
import { MetricError } from "@/lib/metrics/metric-error";
import type { KernelOptions } from "@/lib/numerics/gram";
import { seededRandom } from "@/lib/numerics/random";

/** What is done to a video's frames to see whether a metric notices motion. */
export const TEMPORAL_PROBES = ["shuffled", "frozen"] as const;
export type TemporalProbe = (typeof TEMPORAL_PROBES)[number];

/**
 * The order in which a video's frames are shown to the encoder under a probe: `shuffled` keeps every frame and
 * destroys motion (never the original order), `frozen` repeats the middle frame, so that each frame is as real
 * as before and nothing moves.
 * @throws MetricError TOO_FEW for fewer than 2 frames.
 */
export function probeFrameOrder(probe: TemporalProbe, frames: number, seed: number): number[] {
  if (frames < 2) throw new MetricError("TOO_FEW", `A video of ${frames} frames has no motion to probe.`);
  if (probe === "frozen") return new Array<number>(frames).fill(Math.floor(frames / 2));
  const random = seededRandom(seed);
  const order = Array.from({ length: frames }, (_, i) => i);
  do {
    for (let i = frames - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
  } while (order.every((frame, i) => frame === i));
  return order;
}

/**
 * How much a video metric reacts to broken motion: the probed distance over the plain one. Near 1 the metric
 * does not see motion at all, and its ranking is one of frames (Ge et al. 2024 found this of FVD).
 */
export function temporalSensitivity(
  plain: number,
  probed: Record<TemporalProbe, number>,
): Record<TemporalProbe, number | null> {
  const ratio = (value: number) => (plain > 0 ? value / plain : null);
  return { shuffled: ratio(probed.shuffled), frozen: ratio(probed.frozen) };
}

/** Features of the same videos as they are and under each probe, row i of every set being video i. */
export type ProbedFeatures = Record<"plain" | TemporalProbe, FeatureSet>;

export interface ProbedDistances {
  /** The distance of the probed videos to the real ones, over that of the videos as they are; null where the latter is 0. */
  ratios: Record<TemporalProbe, Estimate> | null;
  /**
   * How much of the distance is left when every video, generated and real, is replaced by its frozen middle frame: what frames alone
   * account for, motion taken away from both sides (Ge et al. 2024 ask this of FVD). Null where the distance is 0, or the real
   * videos' frozen statistics are not known.
   */
  contentBias: Estimate | null;
}

/**
 * What a Fréchet distance makes of motion, with intervals over the generated videos (delete-a-group jackknife; the real ones count
 * as fixed).
 * @throws MetricError TOO_FEW (4 videos), DIMENSION, NOT_FINITE
 */
export async function probeDistances(
  { plain, shuffled, frozen }: ProbedFeatures,
  { reference, frozenReference }: { reference: Gaussian; frozenReference: Gaussian | null },
  options: KernelOptions = {},
): Promise<ProbedDistances> {
  const distance = (set: FeatureSet, to: Gaussian) => frechetJackknife(set, to, options);
  const base = await distance(plain, reference);
  if (!(base.value > 0)) return { ratios: null, contentBias: null };
  const range: [number, number] = [0, Infinity];
  const ratioTo = async (set: FeatureSet, to: Gaussian) =>
    estimateOfRatio(await distance(set, to), base, { range });
  return {
    ratios: { shuffled: await ratioTo(shuffled, reference), frozen: await ratioTo(frozen, reference) },
    contentBias: frozenReference && (await ratioTo(frozen, frozenReference)),
  };
}
