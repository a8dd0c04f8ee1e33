import { Z_95 } from "@/lib/numerics/normal";

/**
 * Wilson's score interval of a proportion (Wilson 1927): honest near 0 and 1, where the usual one is not.
 * @param z quantile of its reach: 95% unless told
 * @returns shares in [0, 1]
 */
export function wilsonInterval(
  hits: number,
  n: number,
  z = Z_95,
): { value: number; low: number; high: number } {
  if (!(n > 0) || hits < 0 || hits > n) throw new RangeError(`No proportion: ${hits} of ${n}.`);
  const share = hits / n;
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const centre = share + (z * z) / (2 * n);
  const scale = 1 + (z * z) / n;
  return {
    value: share,
    // Of none and of all the ends are 0 and 1, which rounding would miss.
    low: hits === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: hits === n ? 1 : Math.min(1, (centre + spread) / scale),
  };
}
