import type { Tridiagonal } from "@/lib/numerics/linear-algebra/tridiagonal-form";

const MAX_SWEEPS = 60;

/** Eigenvalues, ascending, of a symmetric tridiagonal matrix by the implicit QL iteration (EISPACK tql1); destroys it. */
export function tridiagonalEigenvalues({ diagonal, offDiagonal: off }: Tridiagonal): Float64Array {
  const n = diagonal.length;
  // QL wants the small end first (as LAPACK's dsteqr chooses), and off-diagonals far below rounding of the whole matrix are none:
  // a matrix of low rank leaves noise that would be chased down to underflow.
  if (Math.abs(diagonal[n - 1]) < Math.abs(diagonal[0])) {
    diagonal.reverse();
    off.subarray(0, n - 1).reverse();
  }
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(diagonal[i]), Math.abs(off[i]));
  const nothing = Number.EPSILON ** 2 * largest;
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      for (; m < n - 1; m++) {
        const size = Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]);
        if (Math.abs(off[m]) <= Math.max(nothing, Number.EPSILON * size)) break;
      }
      if (m === l) break;
      if (sweep === MAX_SWEEPS) throw new RangeError("The QL iteration did not converge.");
      chase(diagonal, off, l, m);
    }
  }
  return diagonal.sort();
}

/** One implicit QL sweep with Wilkinson's shift over rows l..m. */
function chase(diagonal: Float64Array, off: Float64Array, l: number, m: number): void {
  let g = (diagonal[l + 1] - diagonal[l]) / (2 * off[l]);
  let r = Math.hypot(g, 1);
  g = diagonal[m] - diagonal[l] + off[l] / (g + (g >= 0 ? r : -r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * off[i];
    const b = c * off[i];
    r = Math.sqrt(f * f + g * g);
    off[i + 1] = r;
    if (r === 0) {
      diagonal[i + 1] -= p;
      off[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = diagonal[i + 1] - p;
    r = (diagonal[i] - g) * s + 2 * c * b;
    p = s * r;
    diagonal[i + 1] = g + p;
    g = c * r - b;
  }
  diagonal[l] -= p;
  off[l] = g;
  off[m] = 0;
}
