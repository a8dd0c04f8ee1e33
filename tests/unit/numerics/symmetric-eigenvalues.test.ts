import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { onnxGram } from "@/lib/encoders/onnx-gram";
import { simdGram } from "@/lib/numerics/gram";
import { bandForm } from "@/lib/numerics/linear-algebra/band-reduction";
import { BAND } from "@/lib/numerics/linear-algebra/block-reflection";
import { symmetricEigenvalues } from "@/lib/numerics/linear-algebra/symmetric-eigenvalues";
import { tridiagonalForm } from "@/lib/numerics/linear-algebra/tridiagonal-form";
import { seededRandom } from "@/lib/numerics/random";

/** Q diag(values) Q^T for a product of random reflections Q: a matrix whose eigenvalues are known. */
function withEigenvalues(values: number[], seed: number): Float64Array {
  const d = values.length;
  const random = seededRandom(seed);
  const a = new Float64Array(d * d);
  values.forEach((value, i) => (a[i * d + i] = value));
  for (let round = 0; round < 3; round++) {
    const v = Float64Array.from({ length: d }, () => random.normal());
    const norm2 = v.reduce((sum, x) => sum + x * x, 0);
    const av = v.map((_, i) => v.reduce((sum, x, j) => sum + a[i * d + j] * x, 0));
    const overlap = av.reduce((sum, x, i) => sum + x * v[i], 0);
    const w = av.map((x, i) => (2 / norm2) * (x - (overlap / norm2) * v[i]));
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) a[i * d + j] -= v[i] * w[j] + w[i] * v[j];
  }
  return a;
}

const largest = (values: Iterable<number>) => Math.max(...Array.from(values, Math.abs), Number.MIN_VALUE);

describe("symmetric eigenvalues in two stages", () => {
  test("known eigenvalues come back to 1e-12 of the largest, around every edge of the band", async () => {
    const sizes = fc.oneof(
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(
        BAND - 1,
        BAND,
        BAND + 1,
        BAND + 2,
        2 * BAND - 1,
        2 * BAND,
        2 * BAND + 1,
        3 * BAND + 7,
        4 * BAND,
        4 * BAND + 1,
        5 * BAND - 1,
      ),
    );
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 1e6 }), async (d, seed) => {
        const random = seededRandom(seed);
        // Wide spread, repeated and zero eigenvalues.
        const values = Array.from({ length: d }, (_, i) =>
          i % 5 === 0 ? 0 : i % 5 === 1 ? 2 : random.normal() * 10 ** (-8 * random.uniform()),
        ).sort((x, y) => x - y);
        const found = await symmetricEigenvalues(withEigenvalues(values, seed), d);
        const scale = largest(values);
        found.forEach((value, i) => expect(Math.abs(value - values[i])).toBeLessThanOrEqual(1e-12 * scale));
      }),
      { numRuns: 40 },
    );
  });

  test("beyond one tile of the update, with both kernels, trace and norm are kept", async () => {
    const d = 600;
    const random = seededRandom(3);
    const a = new Float64Array(d * d);
    for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) a[i * d + j] = a[j * d + i] = random.normal();
    const norm2 = a.reduce((sum, x) => sum + x * x, 0);
    const trace = a.reduce((sum, x, at) => (at % (d + 1) === 0 ? sum + x : sum), 0);
    const [plain, fast] = [
      await symmetricEigenvalues(a, d, simdGram),
      await symmetricEigenvalues(a, d, onnxGram),
    ];
    expect(Math.abs(plain.reduce((sum, x) => sum + x * x, 0) / norm2 - 1)).toBeLessThan(1e-12);
    expect(Math.abs(plain.reduce((sum, x) => sum + x, 0) - trace)).toBeLessThan(1e-10);
    fast.forEach((value, i) => expect(Math.abs(value - plain[i])).toBeLessThan(1e-12 * largest(plain)));
    // The same to the bit when asked again.
    expect(await symmetricEigenvalues(a, d, onnxGram)).toEqual(fast);
  }, 60_000);

  test("a matrix that is a band or diagonal already is not touched", async () => {
    const d = 40;
    const a = new Float64Array(d * d);
    for (let i = 0; i < d; i++) a[i * d + i] = i;
    const { diagonal, offDiagonal } = tridiagonalForm(await bandForm(a.slice(), d, simdGram));
    expect(Array.from(diagonal)).toEqual(Array.from({ length: d }, (_, i) => i));
    expect(offDiagonal.every((value) => value === 0)).toBe(true);
  });

  test("a matrix of low rank has its few eigenvalues and noise, however large it is", async () => {
    for (const [d, rank] of [
      [400, 3],
      [300, 1],
      [200, 40],
    ]) {
      const random = seededRandom(d);
      const rows = Float64Array.from({ length: rank * d }, () => random.normal());
      const a = new Float64Array(d * d);
      for (let i = 0; i < d; i++) {
        for (let j = 0; j < d; j++)
          for (let k = 0; k < rank; k++) a[i * d + j] += rows[k * d + i] * rows[k * d + j];
      }
      const found = await symmetricEigenvalues(a, d);
      const inner = await symmetricEigenvalues(simdGram(rows, rank, rows, rank, d) as Float64Array, rank);
      const scale = largest(inner);
      inner.forEach((value, i) => expect(Math.abs(found[d - rank + i] - value)).toBeLessThan(1e-12 * scale));
      expect(largest(found.subarray(0, d - rank))).toBeLessThan(1e-12 * scale);
    }
  });

  test("tiny and huge entries neither vanish nor overflow", async () => {
    for (const scale of [1e-120, 1e120]) {
      const values = [1, 2, 3, 5, 8].map((x) => x * scale);
      const found = await symmetricEigenvalues(withEigenvalues(values, 5), 5);
      found.forEach((value, i) => expect(value / values[i]).toBeCloseTo(1, 12));
    }
  });

  test("NaN is refused, naming its place", async () => {
    await expect(symmetricEigenvalues(Float64Array.of(1, 0, NaN, 1), 2)).rejects.toThrow(/\(1, 0\)/);
  });
});
