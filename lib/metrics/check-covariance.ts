import type { KernelOptions } from "@/lib/numerics/gram";
import { symmetricEigenvalues } from "@/lib/numerics/linear-algebra/symmetric-eigenvalues";
import { MetricError } from "@/lib/metrics/metric-error";

/** Rounding of float32, the narrowest type that covariances are kept in without harm. */
const FLOAT32 = 2 ** -24;

/** Eigenvalues of a covariance that rounding left below zero; a distance counts them as zero. */
export interface ClippedEigenvalues {
  count: number;
  /** The lowest of them as a share of the largest eigenvalue: negative. */
  lowest: number;
}

/**
 * Whether a matrix can be a covariance: symmetric, and without an eigenvalue further below zero than rounding its entries to float32
 * explains (4 sqrt(d) 2^-24 of the largest; by Weyl's inequality and the norm of a random rounding error). A covariance whose sums
 * were taken in float32 is not: its distances are wrong.
 *
 * @param covariance [d, d] row-major
 * @returns what a distance clips to zero; null where nothing but float64 rounding is below zero
 * @throws MetricError NOT_PSD saying which it is
 */
export async function checkCovariance(
  covariance: Float64Array,
  d: number,
  { kernel }: KernelOptions = {},
): Promise<ClippedEigenvalues | null> {
  const tolerance = 4 * Math.sqrt(d) * FLOAT32;
  let largest = 0;
  for (const entry of covariance) largest = Math.max(largest, Math.abs(entry));
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) {
      const [lower, upper] = [covariance[i * d + j], covariance[j * d + i]];
      if (Math.abs(lower - upper) > tolerance * largest) {
        throw new MetricError(
          "NOT_PSD",
          `A covariance is symmetric, but entry (${i}, ${j}) is ${lower} and entry (${j}, ${i}) is ${upper}.`,
        );
      }
    }
  }
  const eigenvalues = await symmetricEigenvalues(covariance, d, kernel);
  const top = eigenvalues[d - 1];
  if (top <= 0 && eigenvalues[0] === 0) return null;
  if (eigenvalues[0] < -tolerance * Math.max(0, top)) {
    throw new MetricError(
      "NOT_PSD",
      `A covariance has no negative eigenvalues, but this has ${digits(eigenvalues[0])} beside the largest, ${digits(top)}: it was summed in too few digits, or is none.`,
    );
  }
  const count = eigenvalues.filter((value) => value < -d * Number.EPSILON * top).length;
  return count === 0 ? null : { count, lowest: eigenvalues[0] / top };
}

const digits = (value: number) => Number(value.toPrecision(3));
