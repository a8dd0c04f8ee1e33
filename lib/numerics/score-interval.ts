import { Z_95 as Z } from "@/lib/numerics/normal";

/**
 * 95% interval of the mean of scores in [0, 1], from their sums: the normal interval after two scores of 0 and two of 1 are
 * added (Agresti and Coull's "add two", 1998, which they do for proportions), so that scores that are all alike do not claim
 * certainty.
 * @returns the plain mean, with low and high in [0, 1]
 * @throws RangeError without scores
 */
export function scoreInterval(
  n: number,
  sum: number,
  sumOfSquares: number,
): { value: number; low: number; high: number } {
  if (!(n > 0)) throw new RangeError("no scores to take a mean of");
  const value = sum / n;
  const padded = n + 4;
  const centre = (sum + 2) / padded;
  const variance = Math.max(0, (sumOfSquares + 2) / padded - centre * centre);
  const reach = Z * Math.sqrt(variance / padded);
  return {
    value,
    low: Math.max(0, Math.min(value, centre - reach)),
    high: Math.min(1, Math.max(value, centre + reach)),
  };
}
