import type { CholeskyFactor } from "@/lib/numerics/linear-algebra/cholesky";

/** x with S x = b, from the factor of a matrix of full rank. */
export function choleskySolve(
  { rows, dimension: d, order }: CholeskyFactor,
  b: ArrayLike<number>,
): Float64Array {
  const x = Float64Array.from(order, (index) => b[index]);
  // U^T y = b, then U x = y; rows of U are contiguous, so both sweeps go along rows.
  for (let k = 0; k < d; k++) {
    x[k] /= rows[k * d + k];
    for (let j = k + 1; j < d; j++) x[j] -= rows[k * d + j] * x[k];
  }
  for (let k = d - 1; k >= 0; k--) {
    let sum = x[k];
    for (let j = k + 1; j < d; j++) sum -= rows[k * d + j] * x[j];
    x[k] = sum / rows[k * d + k];
  }
  const out = new Float64Array(d);
  order.forEach((index, k) => (out[index] = x[k]));
  return out;
}
