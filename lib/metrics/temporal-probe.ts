import { MetricError } from "@/lib/metrics/metric-error";
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
