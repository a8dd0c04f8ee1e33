import fc from "fast-check";
import { expect, it } from "vitest";
import { batchNoise, gaussianStream, sharedNoise } from "@/generation/samplers/random";

const draw = (seed: number, count: number) => {
  const next = gaussianStream(seed);
  return Float64Array.from({ length: count }, () => next());
};

it("draws standard normal numbers: mean, variance, skewness, kurtosis and tails", () => {
  const count = 400_000;
  const values = draw(42, count);
  const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / count;
  // Four standard errors of each sample moment of a standard normal.
  const within = (variance: number) => 4 * Math.sqrt(variance / count);
  expect(Math.abs(moment(1))).toBeLessThan(within(1));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(within(2));
  expect(Math.abs(moment(3))).toBeLessThan(within(15));
  expect(Math.abs(moment(4) - 3)).toBeLessThan(within(96));
  const beyondThree = values.filter((value) => Math.abs(value) > 3).length / count;
  expect(beyondThree).toBeGreaterThan(0.0023);
  expect(beyondThree).toBeLessThan(0.0031);
});

it("gives neighbouring seeds unrelated streams", () => {
  const count = 50_000;
  for (const seed of [0, 1, 7, 2 ** 32 - 1, 2 ** 53 - 2]) {
    const [a, b] = [draw(seed, count), draw(seed + 1, count)];
    const correlation = a.reduce((sum, value, index) => sum + value * b[index], 0) / count;
    expect(Math.abs(correlation)).toBeLessThan(4.5 / Math.sqrt(count));
  }
});

it("is finite for any seed, and the same each time", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (seed) => {
      const values = draw(seed, 33);
      expect(values.every(Number.isFinite)).toBe(true);
      expect(draw(seed, 33)).toEqual(values);
    }),
  );
});

it("gives an image the same noise, first and later, whatever it is batched with", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 17 }),
      (seeds, size) => {
        const together = batchNoise(seeds, size);
        const alone = seeds.map((seed) => batchNoise([seed], size));
        for (let call = 0; call < 3; call += 1) {
          const batch = together();
          alone.forEach((noise, row) => {
            expect(batch.slice(row * size, (row + 1) * size)).toEqual(noise());
          });
        }
      },
    ),
  );
});

it("gives frames noise of variance 1 that they share to the given part, whatever they are drawn with", () => {
  const size = 5_000;
  const draw = (frames: number[], share: number) => {
    const noise = sharedNoise(5, { frames, share, size });
    return [noise(), noise()].map((call) =>
      frames.map((_, row) => call.subarray(row * size, (row + 1) * size)),
    );
  };
  const product = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, value, index) => sum + value * b[index], 0) / size;
  for (const share of [0, 0.8]) {
    const [first, later] = draw([0, 1, 2], share);
    for (const [a, b] of [
      [first[0], first[1]],
      [later[1], later[2]],
    ]) {
      expect(Math.abs(product(a, a) - 1)).toBeLessThan(0.1);
      expect(Math.abs(product(a, b) - share)).toBeLessThan(0.1);
    }
    expect(Math.abs(product(first[0], later[0]))).toBeLessThan(0.1);
    const [, again] = draw([2, 9], share);
    expect(again[0]).toEqual(later[2]);
  }
  const [same] = draw([0, 1], 1);
  expect(same[0]).toEqual(same[1]);
});
