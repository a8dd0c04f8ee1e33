/** The directions in which a cloud of points varies most, with the variance along each, the largest first. */
export interface PrincipalComponents {
  mean: Float64Array;
  /** Unit vectors; of the two directions of each the one whose largest entry is positive. */
  axes: Float64Array[];
  /** Variance along each axis (n - 1 in the divisor), same order. */
  variances: Float64Array;
  /** Variance over all directions. */
  total: number;
}

/** Sweeps over all pairs; a covariance of a few hundred features needs about ten. */
const MOST_SWEEPS = 60;

/**
 * Principal component analysis (Pearson 1901) by Jacobi's rotations, which turn a symmetric matrix until nothing is left beside
 * its diagonal: slow (cubic a sweep) and exact to the last digits, and the same points always give the same axes.
 * @param points [n, dimension], row-major, n >= 2
 * @param count how many axes, at most the dimension
 */
export function principalComponents(
  points: Float32Array | Float64Array,
  dimension: number,
  count: number,
): PrincipalComponents {
  const n = points.length / dimension;
  if (!Number.isInteger(n) || n < 2) throw new RangeError(`${n} points of ${dimension} have no components.`);
  const mean = new Float64Array(dimension);
  for (let at = 0; at < points.length; at += 1) mean[at % dimension] += points[at] / n;
  const matrix = covarianceOf(points, mean);
  const total = matrix.reduce((sum, row, i) => sum + row[i], 0);
  const vectors = diagonalise(matrix);
  const order = Array.from({ length: dimension }, (_, i) => i)
    .sort((a, b) => matrix[b][b] - matrix[a][a] || a - b)
    .slice(0, count);
  return {
    mean,
    axes: order.map((column) => facingForward(Float64Array.from(vectors, (row) => row[column]))),
    variances: Float64Array.from(order, (i) => Math.max(0, matrix[i][i])),
    total,
  };
}

function covarianceOf(points: Float32Array | Float64Array, mean: Float64Array): Float64Array[] {
  const dimension = mean.length;
  const n = points.length / dimension;
  const matrix = Array.from({ length: dimension }, () => new Float64Array(dimension));
  const centred = new Float64Array(dimension);
  for (let start = 0; start < points.length; start += dimension) {
    for (let i = 0; i < dimension; i += 1) centred[i] = points[start + i] - mean[i];
    for (let i = 0; i < dimension; i += 1)
      for (let j = 0; j <= i; j += 1) matrix[i][j] += (centred[i] * centred[j]) / (n - 1);
  }
  for (let i = 0; i < dimension; i += 1) for (let j = 0; j < i; j += 1) matrix[j][i] = matrix[i][j];
  return matrix;
}

/** Turns `matrix` in place until it is diagonal; the columns of what is returned are its eigenvectors. */
function diagonalise(matrix: Float64Array[]): Float64Array[] {
  const size = matrix.length;
  const vectors = matrix.map((_, i) => Float64Array.from({ length: size }, (_, j) => Number(i === j)));
  const scale = matrix.reduce((sum, row) => sum + row.reduce((part, x) => part + x * x, 0), 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    let beside = 0;
    for (let i = 0; i < size; i += 1) for (let j = 0; j < i; j += 1) beside += matrix[i][j] ** 2;
    if (beside <= scale * 1e-30) break;
    for (let p = 0; p < size; p += 1) for (let q = p + 1; q < size; q += 1) rotate(matrix, vectors, p, q);
  }
  return vectors;
}

/** One Jacobi rotation, which makes the entry (p, q) zero. */
function rotate(matrix: Float64Array[], vectors: Float64Array[], p: number, q: number): void {
  const off = matrix[p][q];
  if (off === 0) return;
  const theta = (matrix[q][q] - matrix[p][p]) / (2 * off);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const rows of [matrix, vectors]) {
    for (const row of rows) {
      const [a, b] = [row[p], row[q]];
      row[p] = cosine * a - sine * b;
      row[q] = sine * a + cosine * b;
    }
  }
  const [upper, lower] = [matrix[p], matrix[q]];
  for (let j = 0; j < upper.length; j += 1) {
    const [a, b] = [upper[j], lower[j]];
    upper[j] = cosine * a - sine * b;
    lower[j] = sine * a + cosine * b;
  }
}

function facingForward(axis: Float64Array): Float64Array {
  const largest = axis.reduce((best, x, i) => (Math.abs(x) > Math.abs(axis[best]) ? i : best), 0);
  return axis[largest] < 0 ? axis.map((x) => -x) : axis;
}
