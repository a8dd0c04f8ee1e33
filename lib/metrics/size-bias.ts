import type { GramKernel } from "@/lib/numerics/gram";
import { symmetricEigenvalues } from "@/lib/numerics/linear-algebra/symmetric-eigenvalues";

/**
 * Expected upward bias of the Fréchet distance of `samples` draws from N(m, S) to that Gaussian itself, to first
 * order in 1/samples: tr(S)/n from the mean and sum_ij s_i s_j (1 + [i = j]) / (2 n (s_i + s_j)) from the
 * covariance, s the eigenvalues of S. It is the order of magnitude of the size bias of any model near the
 * reference; far below n = d it overstates.
 */
export async function expectedSizeBias(
  covariance: Float64Array,
  dimension: number,
  samples: number,
  kernel?: GramKernel,
): Promise<number> {
  const values = (await symmetricEigenvalues(covariance, dimension, kernel)).filter((value) => value > 0);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i] + values[i] / 2;
    for (let j = 0; j < i; j++) sum += (values[i] * values[j]) / (values[i] + values[j]);
  }
  return sum / samples;
}
