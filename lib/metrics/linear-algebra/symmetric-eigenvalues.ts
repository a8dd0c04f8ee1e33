import { MetricError } from "@/lib/metrics/metric-error";

/**
 * Eigenvalues of a symmetric matrix, ascending: Householder tridiagonalisation over rows of the lower
 * triangle (EISPACK tred1), then the implicit QL iteration (tql1). Only the lower triangle is read.
 *
 * @param matrix [d, d] row-major; left untouched.
 * @throws MetricError NOT_FINITE when it holds NaN or infinity.
 */
export function symmetricEigenvalues(matrix: Float64Array, d: number): Float64Array {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      if (!Number.isFinite(matrix[i * d + j])) {
        throw new MetricError("NOT_FINITE", `Entry (${i}, ${j}) of the matrix is ${matrix[i * d + j]}.`);
      }
    }
  }
  const { diagonal, offDiagonal } = tridiagonalise(matrix.slice(), d);
  return tridiagonalEigenvalues(diagonal, offDiagonal);
}

export interface Tridiagonal {
  diagonal: Float64Array;
  /** offDiagonal[i] couples i - 1 and i; entry 0 is unused and 0. */
  offDiagonal: Float64Array;
}

/** Reduces the lower triangle of `a` (destroyed) to tridiagonal form by Householder reflections. */
export function tridiagonalise(a: Float64Array, d: number): Tridiagonal {
  const diagonal = new Float64Array(d);
  const offDiagonal = new Float64Array(d);
  const v = new Float64Array(d);
  const w = new Float64Array(d);
  for (let i = d - 1; i >= 1; i--) {
    const row = i * d;
    diagonal[i] = a[row + i];
    let scale = 0;
    for (let j = 0; j < i; j++) scale = Math.max(scale, Math.abs(a[row + j]));
    let tail = 0;
    for (let j = 0; j < i - 1; j++) tail = Math.max(tail, Math.abs(a[row + j]));
    if (tail === 0) {
      offDiagonal[i] = a[row + i - 1];
      continue;
    }
    let norm2 = 0;
    for (let j = 0; j < i; j++) {
      v[j] = a[row + j] / scale;
      norm2 += v[j] * v[j];
    }
    const last = v[i - 1];
    const alpha = last >= 0 ? -Math.sqrt(norm2) : Math.sqrt(norm2);
    offDiagonal[i] = scale * alpha;
    v[i - 1] = last - alpha;
    const half = norm2 - last * alpha; // v.v / 2
    multiplySymmetricLower(a, d, i, v, w);
    let overlap = 0;
    for (let j = 0; j < i; j++) {
      w[j] /= half;
      overlap += w[j] * v[j];
    }
    const shift = overlap / (2 * half);
    for (let j = 0; j < i; j++) w[j] -= shift * v[j];
    for (let r = 0; r < i; r++) {
      const base = r * d;
      const vr = v[r];
      const wr = w[r];
      for (let j = 0; j <= r; j++) a[base + j] -= vr * w[j] + wr * v[j];
    }
  }
  diagonal[0] = a[0];
  return { diagonal, offDiagonal };
}

/** w = A v for the leading n x n block, reading each entry of the lower triangle once. */
function multiplySymmetricLower(
  a: Float64Array,
  d: number,
  n: number,
  v: Float64Array,
  w: Float64Array,
): void {
  w.fill(0, 0, n);
  for (let r = 0; r < n; r++) {
    const base = r * d;
    const vr = v[r];
    let sum = 0;
    for (let j = 0; j < r; j++) {
      const value = a[base + j];
      sum += value * v[j];
      w[j] += value * vr;
    }
    w[r] += sum + a[base + r] * vr;
  }
}

const MAX_SWEEPS = 60;

/** Eigenvalues, ascending, of a symmetric tridiagonal matrix by the implicit QL iteration. */
export function tridiagonalEigenvalues(diagonalIn: Float64Array, offDiagonalIn: Float64Array): Float64Array {
  const n = diagonalIn.length;
  const diagonal = diagonalIn.slice();
  const off = new Float64Array(n);
  for (let i = 1; i < n; i++) off[i - 1] = offDiagonalIn[i];
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      for (; m < n - 1; m++) {
        const size = Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]);
        if (Math.abs(off[m]) <= Number.EPSILON * size) break;
      }
      if (m === l) break;
      if (sweep === MAX_SWEEPS) throw new MetricError("NOT_FINITE", "The QL iteration did not converge.");
      let g = (diagonal[l + 1] - diagonal[l]) / (2 * off[l]);
      let r = Math.hypot(g, 1);
      g = diagonal[m] - diagonal[l] + off[l] / (g + (g >= 0 ? r : -r));
      let s = 1;
      let c = 1;
      let p = 0;
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * off[i];
        const b = c * off[i];
        r = Math.sqrt(f * f + g * g);
        off[i + 1] = r;
        if (r === 0) {
          diagonal[i + 1] -= p;
          off[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = diagonal[i + 1] - p;
        r = (diagonal[i] - g) * s + 2 * c * b;
        p = s * r;
        diagonal[i + 1] = g + p;
        g = c * r - b;
      }
      if (r === 0 && i >= l) continue;
      diagonal[l] -= p;
      off[l] = g;
      off[m] = 0;
    }
  }
  return diagonal.sort();
}
