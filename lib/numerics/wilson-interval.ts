import { Z_95 as Z } from "@/lib/numerics/normal";

/**
 * Wilson's 95% score interval of a proportion (Wilson 1927): honest near 0 and 1, where the usual one is not.
 * @returns shares in [0, 1]
 */
export function wilsonInterval(hits: number, n: number): { value: number; low: number; high: number } {
  if (!(n > 0) || hits < 0 || hits > n) throw new RangeError(`No proportion: ${hits} of ${n}.`);
  const share = hits / n;
  const spread = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  const centre = share + (Z * Z) / (2 * n);
  const scale = 1 + (Z * Z) / n;
  return {
    value: share,
    // Of none and of all the ends are 0 and 1, which rounding would miss.
    low: hits === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: hits === n ? 1 : Math.min(1, (centre + spread) / scale),
  };
}
