import { addProductTransposed, mirrorLower, padded } from "@/lib/numerics/linear-algebra/matrix-product";
import { withWorkspace } from "@/lib/numerics/linear-algebra/workspace";
import type { FeatureArray } from "@/lib/metrics/metric-error";
import { MetricError, requireFinite, rowCount } from "@/lib/metrics/metric-error";

/**
 * First and second moments of a set of feature rows, in float64.
 * `comoment` is the [d, d] sum of (x - mean)(x - mean)^T: unlike a covariance it can be merged exactly.
 */
export interface Moments {
  dimension: number;
  count: number;
  mean: Float64Array;
  comoment: Float64Array;
}

const BATCH = 256;

/**
 * Streaming accumulator of {@link Moments}: rows come in any number of calls, shards merge in any order.
 * Rows are buffered by 256, centred on the batch's own mean and folded in with the pairwise update of
 * Chan, Golub & LeVeque (1979), so no large sums are subtracted from each other.
 */
export class MomentsAccumulator {
  private readonly state: Moments;
  /** Buffered rows, transposed: [d, BATCH], so that the covariance product reads along rows. */
  private readonly buffer: Float64Array;
  private buffered = 0;

  constructor(readonly dimension: number) {
    this.state = emptyMoments(dimension);
    this.buffer = new Float64Array(dimension * BATCH);
  }

  /**
   * Adds feature rows ([n, d], row-major).
   * @throws MetricError DIMENSION, NOT_FINITE (nothing is added then)
   */
  add(rows: FeatureArray): void {
    const n = rowCount(rows, this.dimension);
    requireFinite(rows, this.dimension);
    for (let i = 0; i < n; i++) {
      const row = i * this.dimension;
      for (let j = 0; j < this.dimension; j++) this.buffer[j * BATCH + this.buffered] = rows[row + j];
      if (++this.buffered === BATCH) this.flush();
    }
  }

  /** Folds another shard's moments in. */
  merge(other: Moments): void {
    this.flush();
    foldIn(this.state, other);
  }

  /** Moments of all rows so far, as a copy; the accumulator goes on working. */
  finish(): Moments {
    this.flush();
    const comoment = this.state.comoment.slice();
    mirrorLower(comoment, this.dimension);
    return { ...this.state, mean: this.state.mean.slice(), comoment };
  }

  private flush(): void {
    const n = this.buffered;
    if (n === 0) return;
    const d = this.dimension;
    const mean = new Float64Array(d);
    for (let j = 0; j < d; j++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += this.buffer[j * BATCH + i];
      mean[j] = sum / n;
      for (let i = 0; i < n; i++) this.buffer[j * BATCH + i] -= mean[j];
    }
    withWorkspace((workspace) => {
      const stride = padded(d);
      const product = workspace.floats(stride * stride);
      const rows = workspace.floats(d * BATCH);
      rows.set(this.buffer);
      const centred = { data: rows, offset: 0, stride: BATCH };
      addProductTransposed(workspace, { data: product, offset: 0, stride }, centred, centred, d, d, n, {
        part: "lower",
      });
      for (let i = 0; i < d; i++) {
        const into = i * d;
        const from = i * stride;
        for (let j = 0; j <= i; j++) this.state.comoment[into + j] += product[from + j];
      }
    });
    this.buffered = 0;
    foldIn(this.state, { dimension: d, count: n, mean, comoment: null });
  }
}

/** Chan's update of `into` (lower triangle) by `part`; a null comoment was already added by the caller. */
function foldIn(
  into: Moments,
  part: { dimension: number; count: number; mean: Float64Array; comoment: Float64Array | null },
): void {
  const d = into.dimension;
  if (part.dimension !== d) {
    throw new MetricError("DIMENSION", `Moments of dimension ${part.dimension} cannot join those of ${d}.`);
  }
  if (part.count === 0) return;
  const total = into.count + part.count;
  const weight = (into.count * part.count) / total;
  const delta = new Float64Array(d);
  for (let j = 0; j < d; j++) delta[j] = part.mean[j] - into.mean[j];
  for (let i = 0; i < d; i++) {
    const row = i * d;
    const scaled = weight * delta[i];
    for (let j = 0; j <= i; j++) into.comoment[row + j] += scaled * delta[j];
    if (part.comoment) for (let j = 0; j <= i; j++) into.comoment[row + j] += part.comoment[row + j];
  }
  for (let j = 0; j < d; j++) into.mean[j] += (part.count / total) * delta[j];
  into.count = total;
}

/** Moments of no rows at all: the neutral element of {@link mergeMoments}. */
export function emptyMoments(dimension: number): Moments {
  rowCount(new Float64Array(0), dimension);
  return {
    dimension,
    count: 0,
    mean: new Float64Array(dimension),
    comoment: new Float64Array(dimension * dimension),
  };
}

/** Moments of one block of feature rows ([n, d]). */
export function momentsOf(rows: FeatureArray, dimension: number): Moments {
  const accumulator = new MomentsAccumulator(dimension);
  accumulator.add(rows);
  return accumulator.finish();
}

/** Moments of two disjoint sets of rows together; commutative and associative to rounding (< 1e-12 relative). */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const accumulator = new MomentsAccumulator(a.dimension);
  accumulator.merge(a);
  accumulator.merge(b);
  return accumulator.finish();
}

/**
 * Sample covariance, [d, d] row-major, normalised by count - 1.
 * @throws MetricError TOO_FEW below two rows.
 */
export function covarianceOf(moments: Moments): Float64Array {
  if (moments.count < 2) {
    throw new MetricError("TOO_FEW", `A covariance needs at least 2 samples, not ${moments.count}.`);
  }
  return moments.comoment.map((value) => value / (moments.count - 1));
}

const MAGIC = 0x314d5346; // "FSM1", little-endian

/** Bytes of the moments: magic, dimension, count (float64), mean, lower triangle; little-endian float64. */
export function serialiseMoments(moments: Moments): Uint8Array {
  const d = moments.dimension;
  const bytes = new Uint8Array(16 + 8 * (d + (d * (d + 1)) / 2));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, d, true);
  view.setFloat64(8, moments.count, true);
  let at = 16;
  const put = (value: number) => {
    view.setFloat64(at, value, true);
    at += 8;
  };
  moments.mean.forEach(put);
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) put(moments.comoment[i * d + j]);
  return bytes;
}

/**
 * Inverse of {@link serialiseMoments}; exact to the bit.
 * @throws MetricError FORMAT when the bytes are something else or truncated.
 */
export function parseMoments(bytes: Uint8Array): Moments {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 16 || view.getUint32(0, true) !== MAGIC) {
    throw new MetricError("FORMAT", "These bytes are no serialised moments.");
  }
  const d = view.getUint32(4, true);
  if (d < 1 || bytes.byteLength !== 16 + 8 * (d + (d * (d + 1)) / 2)) {
    throw new MetricError("FORMAT", "The serialised moments are truncated.");
  }
  const moments = emptyMoments(d);
  moments.count = view.getFloat64(8, true);
  let at = 16;
  const take = () => {
    const value = view.getFloat64(at, true);
    at += 8;
    return value;
  };
  for (let j = 0; j < d; j++) moments.mean[j] = take();
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) moments.comoment[i * d + j] = take();
  mirrorLower(moments.comoment, d);
  return moments;
}
