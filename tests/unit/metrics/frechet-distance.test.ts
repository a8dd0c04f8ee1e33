import { describe, expect, test } from "vitest";
import { eigs, sqrtm, matrix, multiply, trace } from "mathjs";
import type { Matrix } from "mathjs";
import { onnxGram } from "@/lib/encoders/onnx-gram";
import { frechetDistance, gaussianOf, prepareReference } from "@/lib/metrics/frechet-distance";
import type { Gaussian } from "@/lib/metrics/frechet-distance";
import { symmetricEigenvalues } from "@/lib/numerics/linear-algebra/symmetric-eigenvalues";
import { momentsOf } from "@/lib/metrics/moments";
import { NumpyRandomState } from "./numpy-random";

function pair(n: number, d: number, seed: number): [Gaussian, Gaussian] {
  const random = new NumpyRandomState(seed);
  const first = random.normals(n * d);
  const second = random.normals(n * d);
  return [gaussianOf(momentsOf(first, d)), gaussianOf(momentsOf(second, d))];
}

function identity(d: number, mean: number): Gaussian {
  const covariance = new Float64Array(d * d);
  for (let i = 0; i < d; i++) covariance[i * d + i] = 1;
  return { dimension: d, mean: new Float64Array(d).fill(mean), covariance };
}

describe("Fréchet distance", () => {
  test("means 0 and 1 under identity covariances lie exactly d apart", async () => {
    const distance = await frechetDistance(identity(2048, 0), identity(2048, 1), { kernel: onnxGram });
    expect(distance).toBe(2048);
  }, 60_000);

  // numpy RandomState(seed), two successive randn(n, d): values of torch-fidelity's and pytorch-fid's formula.
  test.each([
    [4, 4, 1, 4.753837617472],
    [1024, 64, 2023, 2.216407743191],
  ])("randn(%i, %i) of seed %i gives the published value", async (n, d, seed, expected) => {
    const [a, b] = pair(n, d, seed);
    expect(Math.abs((await frechetDistance(a, b)) - expected)).toBeLessThan(1e-11);
  });

  test("with fewer samples than features it equals the nuclear norm, where sqrtm drifts by 1e-5", async () => {
    // scipy.linalg.svd of the centred factors: 309.56982164704766 for RandomState(7), 64 x 256.
    const [a, b] = pair(64, 256, 7);
    expect(Math.abs((await frechetDistance(a, b)) - 309.56982164704766)).toBeLessThan(1e-8);
  });

  test("agrees with mathjs' matrix square root on small matrices", async () => {
    for (let seed = 0; seed < 5; seed++) {
      const [a, b] = pair(40, 5, seed);
      const product = multiply(toMatrix(a), toMatrix(b));
      const root = sqrtm(product as Matrix) as unknown as Matrix;
      let expected = trace(toMatrix(a)) + trace(toMatrix(b)) - 2 * Number(trace(root));
      for (let i = 0; i < 5; i++) expected += (a.mean[i] - b.mean[i]) ** 2;
      expect(await frechetDistance(a, b)).toBeCloseTo(expected, 9);
    }
  });

  test("is symmetric, zero for itself, and the same through a prepared reference", async () => {
    const [a, b] = pair(200, 30, 11);
    expect(await frechetDistance(a, b)).toBeCloseTo(await frechetDistance(b, a), 10);
    expect(await frechetDistance(a, await prepareReference(b))).toBe(await frechetDistance(a, b));
    expect(await frechetDistance(a, a)).toBeLessThan(1e-12);
  });

  test("a constant set (zero covariance) is a distance, not a failure", async () => {
    const constant = gaussianOf(momentsOf(new Float64Array(12).fill(2), 3));
    const distance = await frechetDistance(constant, identity(3, 0));
    expect(distance).toBeCloseTo(3 * 4 + 3, 12);
  });

  test("refuses unequal dimensions, NaN and negative variances, each by name", async () => {
    await expect(frechetDistance(identity(3, 0), identity(4, 0))).rejects.toThrow(/3 and 4 dimensions/);
    const broken = identity(3, 0);
    broken.covariance[4] = NaN;
    await expect(frechetDistance(broken, identity(3, 0))).rejects.toThrow(/Covariance \(1, 1\) is NaN/);
    const negative = identity(3, 0);
    negative.covariance[8] = -1;
    await expect(frechetDistance(identity(3, 0), negative)).rejects.toThrow(/negative variance/);
  });
});

test("symmetric eigenvalues agree with mathjs and with the trace", async () => {
  for (const d of [1, 2, 3, 7, 12]) {
    const [g] = pair(d + 4, d, d);
    const mine = await symmetricEigenvalues(g.covariance, d);
    const theirs = d === 1 ? [g.covariance[0]] : (eigs(toMatrix(g)).values as unknown as Matrix).toArray();
    const sorted = (theirs as number[]).slice().sort((x, y) => x - y);
    mine.forEach((value, i) => expect(value).toBeCloseTo(sorted[i], 10));
  }
});

function toMatrix({ covariance, dimension: d }: Gaussian): Matrix {
  return matrix(Array.from({ length: d }, (_, i) => Array.from(covariance.subarray(i * d, i * d + d))));
}
