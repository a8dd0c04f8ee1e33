import type { GramKernel } from "@/lib/numerics/gram";
import { simdGram } from "@/lib/numerics/gram";
import { bandForm } from "@/lib/numerics/linear-algebra/band-reduction";
import { tridiagonalEigenvalues } from "@/lib/numerics/linear-algebra/tridiagonal-eigenvalues";
import { tridiagonalForm } from "@/lib/numerics/linear-algebra/tridiagonal-form";

/**
 * Eigenvalues of a symmetric matrix, ascending: to a band, to three diagonals, then the implicit QL iteration.
 *
 * @param matrix [d, d] row-major, both triangles; left untouched.
 * @throws RangeError when it holds NaN or infinity.
 */
export async function symmetricEigenvalues(
  matrix: Float64Array,
  d: number,
  kernel: GramKernel = simdGram,
): Promise<Float64Array> {
  for (let i = 0; i < d * d; i++) {
    if (!Number.isFinite(matrix[i])) {
      throw new RangeError(`Entry (${Math.floor(i / d)}, ${i % d}) of the matrix is ${matrix[i]}.`);
    }
  }
  return tridiagonalEigenvalues(tridiagonalForm(await bandForm(matrix.slice(), d, kernel)));
}
