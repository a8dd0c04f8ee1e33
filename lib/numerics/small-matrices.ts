/** Dense symmetric linear algebra for up to about a thousand models: row-major Float64Array matrices, n by n. */

/**
 * Cholesky factor L (lower, L L' = matrix), or null when the matrix is not positive definite. The upper
 * triangle of the result is zero. O(n^3 / 3).
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array | null {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const rowI = i * n;
    for (let j = 0; j <= i; j++) {
      const rowJ = j * n;
      let sum = matrix[rowI + j];
      for (let k = 0; k < j; k++) sum -= factor[rowI + k] * factor[rowJ + k];
      if (i !== j) {
        factor[rowI + j] = sum / factor[rowJ + j];
      } else {
        if (!(sum > 0)) return null;
        factor[rowI + i] = Math.sqrt(sum);
      }
    }
  }
  return factor;
}

/** Solves L L' x = vector for the factor of {@link cholesky}. */
export function choleskySolve(factor: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  const x = Float64Array.from(vector);
  for (let i = 0; i < n; i++) {
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= factor[i * n + k] * x[k];
    x[i] = sum / factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    x[i] /= factor[i * n + i];
    for (let k = 0; k < i; k++) x[k] -= factor[i * n + k] * x[i];
  }
  return x;
}

/** Inverse of the factored matrix: L^-1 first, then its Gram matrix. Symmetric to the last bit. */
export function choleskyInverse(factor: Float64Array, n: number): Float64Array {
  // inv holds (L^-1)' so that both loops below walk along rows.
  const inv = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const col = j * n;
    inv[col + j] = 1 / factor[j * n + j];
    for (let i = j + 1; i < n; i++) {
      const row = i * n;
      let sum = 0;
      for (let k = j; k < i; k++) sum -= factor[row + k] * inv[col + k];
      inv[col + i] = sum / factor[row + i];
    }
  }
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      let sum = 0;
      for (let k = j; k < n; k++) sum += inv[i * n + k] * inv[j * n + k];
      out[i * n + j] = out[j * n + i] = sum;
    }
  }
  return out;
}

/** outer * inner * outer for symmetric matrices: the sandwich. Symmetric to the last bit. */
export function sandwich(outer: Float64Array, inner: Float64Array, n: number): Float64Array {
  const half = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const value = outer[i * n + k];
      if (value === 0) continue;
      for (let j = 0; j < n; j++) half[i * n + j] += value * inner[k * n + j];
    }
  }
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += half[i * n + k] * outer[j * n + k];
      out[i * n + j] = out[j * n + i] = sum;
    }
  }
  return out;
}

/** matrix * vector. */
export function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  const out = new Float64Array(matrix.length / n);
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j] * vector[j];
    out[i] = sum;
  }
  return out;
}

export function norm(vector: Float64Array): number {
  let sum = 0;
  for (const x of vector) sum += x * x;
  return Math.sqrt(sum);
}

/**
 * The nearest positive semidefinite matrix in Frobenius norm: negative eigenvalues become zero. Cyclic Jacobi,
 * O(n^3) a sweep, so meant for the rare matrix that needs it.
 */
export function clipToPositive(matrix: Float64Array, n: number): Float64Array {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const total = norm(a);
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p * n + q] ** 2;
    if (Math.sqrt(2 * off) <= 1e-14 * total) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const value = a[k * n + k];
    if (value <= 0) continue;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) out[i * n + j] += value * v[i * n + k] * v[j * n + k];
    }
  }
  return out;
}

/** One Jacobi rotation that zeroes a[p][q] (Golub & Van Loan, 8.5). */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  if (apq === 0) return;
  const tau = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const x = a[k * n + p];
    const y = a[k * n + q];
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const x = a[p * n + k];
    const y = a[q * n + k];
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
    const vx = v[k * n + p];
    const vy = v[k * n + q];
    v[k * n + p] = c * vx - s * vy;
    v[k * n + q] = s * vx + c * vy;
  }
}
