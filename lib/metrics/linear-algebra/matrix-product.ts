/**
 * C[i, j] += scale * sum_k A[i, k] B[j, k] for row-major A [m, k] and B [n, k]: the product of A with B
 * transposed, the one shape every metric here needs (covariances, Gram matrices, distances).
 *
 * `strideA`, `strideB`, `strideC` are row strides in elements; offsets are element offsets. With `lower`
 * only the 4x4 tiles that touch i >= j are computed, which halves the work of a symmetric product.
 * Rows are taken four by four (16 sums in registers) and k in runs that stay in the L1/L2 cache.
 */
export interface ProductOperand {
  data: Float64Array;
  offset: number;
  stride: number;
}

const K_RUN = 256;
const J_RUN = 64;

export function addProductTransposed(
  c: ProductOperand,
  a: ProductOperand,
  b: ProductOperand,
  m: number,
  n: number,
  k: number,
  scale = 1,
  lower = false,
): void {
  for (let kLow = 0; kLow < k; kLow += K_RUN) {
    const kRun = Math.min(K_RUN, k - kLow);
    for (let jLow = 0; jLow < n; jLow += J_RUN) {
      const jHigh = Math.min(n, jLow + J_RUN);
      // Tiles wholly above the diagonal are skipped when only the lower half is wanted.
      const iLow = lower ? jLow & ~3 : 0;
      for (let i = iLow; i < m; i += 4) {
        const jEnd = lower ? Math.min(jHigh, i + 4) : jHigh;
        for (let j = jLow; j < jEnd; j += 4) {
          if (i + 4 <= m && j + 4 <= n) {
            addTile(
              c.data,
              c.offset + i * c.stride + j,
              c.stride,
              a.data,
              a.offset + i * a.stride + kLow,
              a.stride,
              b.data,
              b.offset + j * b.stride + kLow,
              b.stride,
              kRun,
              scale,
            );
          } else {
            addEdge(c, a, b, i, Math.min(m, i + 4), j, Math.min(n, j + 4), kLow, kRun, scale);
          }
        }
      }
    }
  }
}

function addTile(
  c: Float64Array,
  c0: number,
  cs: number,
  a: Float64Array,
  a0: number,
  as: number,
  b: Float64Array,
  b0: number,
  bs: number,
  k: number,
  scale: number,
): void {
  let s00 = 0, s01 = 0, s02 = 0, s03 = 0; // prettier-ignore
  let s10 = 0, s11 = 0, s12 = 0, s13 = 0; // prettier-ignore
  let s20 = 0, s21 = 0, s22 = 0, s23 = 0; // prettier-ignore
  let s30 = 0, s31 = 0, s32 = 0, s33 = 0; // prettier-ignore
  const a1 = a0 + as;
  const a2 = a1 + as;
  const a3 = a2 + as;
  const b1 = b0 + bs;
  const b2 = b1 + bs;
  const b3 = b2 + bs;
  for (let p = 0; p < k; p++) {
    const x0 = a[a0 + p], x1 = a[a1 + p], x2 = a[a2 + p], x3 = a[a3 + p]; // prettier-ignore
    const y0 = b[b0 + p], y1 = b[b1 + p], y2 = b[b2 + p], y3 = b[b3 + p]; // prettier-ignore
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3; // prettier-ignore
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3; // prettier-ignore
    s20 += x2 * y0;
    s21 += x2 * y1;
    s22 += x2 * y2;
    s23 += x2 * y3; // prettier-ignore
    s30 += x3 * y0;
    s31 += x3 * y1;
    s32 += x3 * y2;
    s33 += x3 * y3; // prettier-ignore
  }
  c[c0] += scale * s00;
  c[c0 + 1] += scale * s01;
  c[c0 + 2] += scale * s02;
  c[c0 + 3] += scale * s03; // prettier-ignore
  c0 += cs;
  c[c0] += scale * s10;
  c[c0 + 1] += scale * s11;
  c[c0 + 2] += scale * s12;
  c[c0 + 3] += scale * s13; // prettier-ignore
  c0 += cs;
  c[c0] += scale * s20;
  c[c0 + 1] += scale * s21;
  c[c0 + 2] += scale * s22;
  c[c0 + 3] += scale * s23; // prettier-ignore
  c0 += cs;
  c[c0] += scale * s30;
  c[c0 + 1] += scale * s31;
  c[c0 + 2] += scale * s32;
  c[c0 + 3] += scale * s33; // prettier-ignore
}

function addEdge(
  c: ProductOperand,
  a: ProductOperand,
  b: ProductOperand,
  iLow: number,
  iHigh: number,
  jLow: number,
  jHigh: number,
  kLow: number,
  kRun: number,
  scale: number,
): void {
  for (let i = iLow; i < iHigh; i++) {
    const rowA = a.offset + i * a.stride + kLow;
    for (let j = jLow; j < jHigh; j++) {
      const rowB = b.offset + j * b.stride + kLow;
      let sum = 0;
      for (let p = 0; p < kRun; p++) sum += a.data[rowA + p] * b.data[rowB + p];
      c.data[c.offset + i * c.stride + j] += scale * sum;
    }
  }
}

/** Copies the lower triangle of a square row-major matrix onto its upper triangle. */
export function mirrorLower(matrix: Float64Array, d: number): void {
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) matrix[j * d + i] = matrix[i * d + j];
}
