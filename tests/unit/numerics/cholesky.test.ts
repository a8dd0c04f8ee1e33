import fc from "fast-check";
import { expect, test } from "vitest";
import { choleskyFactor } from "@/lib/numerics/linear-algebra/cholesky";
import { seededRandom } from "@/lib/numerics/random";

/** S = X^T X of random rows: of rank min(rows, d). */
function gram(d: number, rows: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const x = Float64Array.from({ length: rows * d }, () => random.normal());
  const s = new Float64Array(d * d);
  for (let k = 0; k < rows; k++)
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) s[i * d + j] += x[k * d + i] * x[k * d + j];
  return s;
}

test("the factor is upper trapezoidal, stops at the rank, and multiplies back to the matrix", async () => {
  const sizes = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(63, 64, 65, 127, 129));
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 1, max: 1e6 }), fc.boolean(), async (d, seed, full) => {
      const rows = full ? d + 8 : Math.max(1, Math.floor(d / 2));
      const matrix = gram(d, rows, seed);
      const factor = await choleskyFactor(matrix, d);
      expect(factor.rank).toBe(Math.min(rows, d));
      for (let k = 0; k < factor.rank; k++)
        for (let j = 0; j < k; j++) expect(factor.rows[k * d + j]).toBe(0);
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          let sum = 0;
          for (let k = 0; k < factor.rank; k++) sum += factor.rows[k * d + a] * factor.rows[k * d + b];
          const entry = matrix[factor.order[a] * d + factor.order[b]];
          expect(Math.abs(sum - entry)).toBeLessThan(1e-10 * rows);
        }
      }
    }),
    { numRuns: 20 },
  );
});
