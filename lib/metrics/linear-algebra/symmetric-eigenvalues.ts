import type { GramKernel } from "@/lib/metrics/gram";
import { simdGram } from "@/lib/metrics/gram";
import { bandForm } from "@/lib/metrics/linear-algebra/band-reduction";
import { tridiagonalEigenvalues } from "@/lib/metrics/linear-algebra/tridiagonal-eigenvalues";
import { tridiagonalForm } from "@/lib/metrics/linear-algebra/tridiagonal-form";
import { MetricError } from "@/lib/metrics/metric-error";

/**
 * Eigenvalues of a symmetric matrix, ascending: to a band, to three diagonals, then the implicit QL iteration.
 *
 * @param matrix [d, d] row-major, both triangles; left untouched.
 * @throws MetricError NOT_FINITE when it holds NaN or infinity.
 */
export async function symmetricEigenvalues(
  matrix: Float64Array,
  d: number,
  kernel: GramKernel = simdGram,
): Promise<Float64Array> {
  for (let i = 0; i < d * d; i++) {
    if (!Number.isFinite(matrix[i])) {
      throw new MetricError(
        "NOT_FINITE",
        `Entry (${Math.floor(i / d)}, ${i % d}) of the matrix is ${matrix[i]}.`,
      );
    }
  }
  return tridiagonalEigenvalues(tridiagonalForm(await bandForm(matrix.slice(), d, kernel)));
}
