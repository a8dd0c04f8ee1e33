import type { SymmetricBand } from "@/lib/numerics/linear-algebra/band-reduction";
import { BAND } from "@/lib/numerics/linear-algebra/block-reflection";
import { reflector } from "@/lib/numerics/linear-algebra/householder";
import { withWorkspace } from "@/lib/numerics/linear-algebra/workspace";

export interface Tridiagonal {
  diagonal: Float64Array;
  /** offDiagonal[i] couples i and i + 1; the last entry is 0. */
  offDiagonal: Float64Array;
}

/** Numbers from one row to the next: 2 BAND before the diagonal, for the bulge, and BAND after it. */
const STRIDE = 3 * BAND;

/**
 * Tridiagonal form of a symmetric band matrix with the same eigenvalues: the second stage of Bischof, Lang & Sun (2000).
 * Each column is cleared below its sub-diagonal by a reflection, which makes a bulge BAND rows further down; the
 * bulge's first column is cleared by the next reflection, and so on to the end. About 7 BAND d^2 operations on blocks that
 * stay in the cache.
 */
export function tridiagonalForm({ dimension: d, entries }: SymmetricBand): Tridiagonal {
  return withWorkspace((workspace) => {
    const { kernels } = workspace;
    // Entry (i, j) lies at i * STRIDE + j. Rows of zeros at the end spare every block its special cases.
    const a = workspace.floats((d + 2 * BAND) * (STRIDE + 1));
    for (let i = 0; i < d; i++) {
      for (let k = 0; k <= Math.min(i, BAND); k++) {
        const value = entries[i * (BAND + 1) + k];
        a[i * STRIDE + i - k] = value;
        if (k < BAND) a[(i - k) * STRIDE + i] = value;
      }
    }
    let [v, next] = [workspace.floats(BAND), workspace.floats(BAND)];
    const [y, z] = [workspace.floats(BAND), workspace.floats(BAND)];
    const stride = 8 * STRIDE;
    const address = (i: number, j: number) => a.byteOffset + 8 * (i * STRIDE + j);
    for (let column = 0; column < d - 1; column++) {
      let low = column + 1;
      for (let i = 0; i < BAND; i++) v[i] = a[(low + i) * STRIDE + column];
      let { beta, tau } = reflector(v, BAND);
      a[low * STRIDE + column] = beta;
      for (; ; low += BAND) {
        // The diagonal block has moved on by one since the last column: its last row is known, its last column not.
        const last = low + BAND - 1;
        for (let i = 0; i < BAND - 1; i++) a[(low + i) * STRIDE + last] = a[last * STRIDE + low + i];
        reflectDiagonalBlock(low, tau);
        if (low + BAND >= d) break;
        // The block below: H from the right makes the bulge, the next reflection clears its first column.
        const block = address(low + BAND, low);
        kernels.dots(block, stride, BAND, BAND, v.byteOffset, y.byteOffset);
        for (let i = 0; i < BAND; i++) {
          y[i] *= -tau;
          next[i] = a[(low + BAND + i) * STRIDE + low] + y[i] * v[0];
        }
        const following = reflector(next, BAND);
        z.fill(0);
        kernels.combine(block, stride, BAND, BAND, next.byteOffset, z.byteOffset);
        let overlap = 0;
        for (let i = 0; i < BAND; i++) overlap += next[i] * y[i];
        for (let i = 0; i < BAND; i++) z[i] = -following.tau * (z[i] + overlap * v[i]);
        kernels.rankTwo(block, stride, BAND, BAND, y.byteOffset, v.byteOffset, next.byteOffset, z.byteOffset);
        a[(low + BAND) * STRIDE + low] = following.beta;
        for (let i = 1; i < BAND; i++) a[(low + BAND + i) * STRIDE + low] = 0;
        [v, next] = [next, v];
        ({ beta, tau } = following);
      }
    }
    const [diagonal, offDiagonal] = [new Float64Array(d), new Float64Array(d)];
    for (let i = 0; i < d; i++) {
      diagonal[i] = a[i * STRIDE + i];
      if (i + 1 < d) offDiagonal[i] = a[(i + 1) * STRIDE + i];
    }
    return { diagonal, offDiagonal };

    /** H D H for the block whose first row is `low`: D - v w^T - w v^T with w = tau (D v - tau (v.D v) v / 2). */
    function reflectDiagonalBlock(low: number, tau: number): void {
      const block = address(low, low);
      kernels.dots(block, stride, BAND, BAND, v.byteOffset, y.byteOffset);
      let overlap = 0;
      for (let i = 0; i < BAND; i++) overlap += y[i] * v[i];
      for (let i = 0; i < BAND; i++) y[i] = -tau * (y[i] - (tau * overlap * v[i]) / 2);
      kernels.rankTwo(block, stride, BAND, BAND, y.byteOffset, v.byteOffset, v.byteOffset, y.byteOffset);
    }
  });
}
