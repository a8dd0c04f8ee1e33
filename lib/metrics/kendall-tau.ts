import { normalQuantile } from "@/lib/numerics/normal";
import { MetricError } from "@/lib/metrics/metric-error";

/** Kendall's rank correlation over items, with an interval that speaks about drawing other items of the same kind. */
export interface RankCorrelation {
  /** tau-b, in [-1, 1]. */
  tau: number;
  low: number;
  high: number;
  /** Items. */
  n: number;
}

/**
 * Kendall's tau-b of two measurements of the same items, ties allowed (Kendall 1945).
 *
 * The interval is Samara & Randles' (1988) consistent variance of the U-statistic (as in Hollander & Wolfe, 8.3), taken on
 * Fisher's scale, so that it stays within [-1, 1]. Where every pair of items
 * agrees that variance is 0 and says nothing; then the interval is the exact binomial one of the n / 2 pairs of items that
 * share none: an error rate of 2.5% on the open side.
 *
 * @param xs one number an item, no NaN
 * @returns null where it is not defined: one of the two is the same for all items
 * @throws MetricError DIMENSION, TOO_FEW below 3 items
 */
export function kendallTau(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  { level = 0.95 }: { level?: number } = {},
): RankCorrelation | null {
  const n = xs.length;
  if (ys.length !== n)
    throw new MetricError("DIMENSION", `${n} items on one side, ${ys.length} on the other.`);
  if (n < 3) throw new MetricError("TOO_FEW", `A rank correlation needs at least 3 items, not ${n}.`);
  /** Each item's concordant less discordant partners. */
  const agreement = new Float64Array(n);
  let [untiedX, untiedY, sum] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const [x, y] = [Math.sign(xs[i] - xs[j]), Math.sign(ys[i] - ys[j])];
      if (x !== 0) untiedX++;
      if (y !== 0) untiedY++;
      agreement[i] += x * y;
      agreement[j] += x * y;
      sum += x * y;
    }
  }
  if (untiedX === 0 || untiedY === 0) return null;
  const tau = sum / Math.sqrt(untiedX * untiedY);
  const mean = (2 * sum) / n;
  const spread = agreement.reduce((total, c) => total + (c - mean) ** 2, 0);
  // With ties tau-a is what the U-statistic estimates; tau-b divides it by a constant near 1.
  const tauA = (2 * sum) / (n * (n - 1));
  const variance =
    (2 / (n * (n - 1))) *
    (((2 * (n - 2)) / (n * (n - 1) ** 2)) * spread + 1 - tauA ** 2) *
    (tau === 0 ? 1 : (tau / tauA) ** 2);
  if (Math.abs(tau) > 1 - 1e-12 || variance <= 0) {
    const reach = 2 * ((1 - level) / 2) ** (1 / Math.floor(n / 2)) - 1;
    return tau > 0 ? { tau: 1, low: reach, high: 1, n } : { tau: -1, low: -1, high: -reach, n };
  }
  const reach = (normalQuantile(1 - (1 - level) / 2) * Math.sqrt(variance)) / (1 - tau ** 2);
  const centre = Math.atanh(tau);
  return { tau, low: Math.tanh(centre - reach), high: Math.tanh(centre + reach), n };
}
