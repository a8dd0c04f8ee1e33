import { MetricError } from "@/lib/metrics/metric-error";

/** Names the way of measuring; another way is another id, and its numbers never stand beside these. */
export const CONSISTENCY_ID = "frame-consistency-1";

/**
 * How alike the frames of one video are in an encoder's features: over the frames from the second on, the mean of the cosine to the
 * first frame and the cosine to the one before, each counted as 0 where it is negative. VBench's formula for subject and for
 * background consistency (Huang et al. 2024), whose numbers are of other encoders.
 * @param features of the frames in order, [n, dimension] row-major
 * @returns 0 to 1; 1: all frames have the same features, up to their length
 * @throws MetricError TOO_FEW for fewer than 2 frames
 */
export function frameConsistency(features: Float32Array, dimension: number): number {
  const frames = features.length / dimension;
  if (frames < 2) throw new MetricError("TOO_FEW", `${frames} frame cannot be compared with another.`);
  let sum = 0;
  for (let t = 1; t < frames; t++) {
    const toFirst = cosine(features, dimension, 0, t);
    const toLast = cosine(features, dimension, t - 1, t);
    sum += (Math.max(0, toFirst) + Math.max(0, toLast)) / 2;
  }
  return sum / (frames - 1);
}

function cosine(features: Float32Array, dimension: number, first: number, second: number): number {
  let inner = 0;
  let [a, b] = [0, 0];
  for (let i = 0; i < dimension; i++) {
    const [x, y] = [features[first * dimension + i], features[second * dimension + i]];
    inner += x * y;
    a += x * x;
    b += y * y;
  }
  return a > 0 && b > 0 ? inner / Math.sqrt(a * b) : 0;
}
