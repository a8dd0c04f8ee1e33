import { describe, expect, test } from "vitest";
import fc from "fast-check";
import {
  MomentsAccumulator,
  covarianceOf,
  emptyMoments,
  mergeMoments,
  momentsOf,
  parseMoments,
  serialiseMoments,
} from "@/lib/metrics/moments";
import { NumpyRandomState } from "./numpy-random";

/** Largest difference relative to the largest entry. */
function gap(a: Float64Array, b: Float64Array): number {
  let scale = 0;
  let worst = 0;
  a.forEach((value, i) => {
    scale = Math.max(scale, Math.abs(value));
    worst = Math.max(worst, Math.abs(value - b[i]));
  });
  return worst / scale;
}

/** Textbook two-pass covariance. */
function twoPass(rows: Float64Array, d: number): { mean: Float64Array; covariance: Float64Array } {
  const n = rows.length / d;
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) mean[j] += rows[i * d + j] / n;
  const covariance = new Float64Array(d * d);
  for (let a = 0; a < d; a++)
    for (let b = 0; b < d; b++) {
      for (let i = 0; i < n; i++)
        covariance[a * d + b] += ((rows[i * d + a] - mean[a]) * (rows[i * d + b] - mean[b])) / (n - 1);
    }
  return { mean, covariance };
}

describe("moments", () => {
  test("streamed moments equal the two-pass formula, for every remainder of batch and tile", () => {
    for (const [n, d] of [
      [2, 1],
      [257, 5],
      [600, 7],
      [90, 66],
    ]) {
      const rows = new NumpyRandomState(n).normals(n * d).map((x) => x * 3 + 100);
      const moments = momentsOf(rows, d);
      const expected = twoPass(rows, d);
      expect(gap(expected.mean, moments.mean)).toBeLessThan(1e-13);
      expect(gap(expected.covariance, covarianceOf(moments))).toBeLessThan(1e-12);
    }
  });

  test("shards merged in any order and any cut agree to 1e-12", () => {
    const d = 6;
    const rows = new NumpyRandomState(3).normals(900 * d).map((x) => 1e3 + x);
    const whole = momentsOf(rows, d);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 899 }), { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (cuts, order) => {
          const edges = [0, ...cuts.sort((a, b) => a - b), 900];
          const shards = edges.slice(1).map((end, i) => momentsOf(rows.subarray(edges[i] * d, end * d), d));
          const keyed = shards.map((shard) => ({ shard, key: order.next().value }));
          keyed.sort((a, b) => a.key - b.key);
          const merged = keyed.reduce((sum, { shard }) => mergeMoments(sum, shard), emptyMoments(d));
          expect(merged.count).toBe(900);
          expect(gap(whole.mean, merged.mean)).toBeLessThan(1e-12);
          expect(gap(whole.comoment, merged.comoment)).toBeLessThan(1e-12);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("a large common offset costs no precision (the naive sum of squares loses all of it)", () => {
    const rows = new NumpyRandomState(5).normals(4000);
    const shifted = rows.map((x) => x + 1e8);
    const [plain] = covarianceOf(momentsOf(rows, 1));
    const [offset] = covarianceOf(momentsOf(shifted, 1));
    expect(Math.abs(offset / plain - 1)).toBeLessThan(1e-7);
  });

  test("bytes restore moments to the bit, and other bytes are refused", () => {
    const moments = momentsOf(new NumpyRandomState(1).normals(50 * 7), 7);
    const bytes = serialiseMoments(moments);
    expect(parseMoments(bytes)).toEqual(moments);
    expect(() => parseMoments(bytes.subarray(0, bytes.length - 8))).toThrow(/truncated/);
    expect(() => parseMoments(new Uint8Array(64))).toThrow(/no serialised moments/);
  });

  test("a row with NaN is refused by number and nothing of its block is added", () => {
    const accumulator = new MomentsAccumulator(2);
    accumulator.add(Float32Array.of(1, 2, 3, 4));
    expect(() => accumulator.add(Float32Array.of(1, 2, NaN, 4))).toThrow(/Row 1 .* column 0/);
    expect(accumulator.finish().count).toBe(2);
    expect(() => accumulator.add(Float32Array.of(1, 2, 3))).toThrow(/rows of 2/);
    expect(() => covarianceOf(momentsOf(Float32Array.of(1, 2), 2))).toThrow(/at least 2/);
  });
});
