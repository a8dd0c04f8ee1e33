import { describe, expect, test } from "vitest";
import { bootstrapFrechet } from "@/lib/metrics/bootstrap-frechet";
import { frechetDistance, gaussianOf, prepareReference } from "@/lib/metrics/frechet-distance";
import { mean } from "@/lib/numerics/sample-statistics";
import { momentsOf } from "@/lib/metrics/moments";
import { seededRandom } from "@/lib/numerics/random";

const D = 6;
const reference = await prepareReference({
  dimension: D,
  mean: new Float64Array(D),
  covariance: Float64Array.from({ length: D * D }, (_, i) => (i % (D + 1) === 0 ? 1 : 0)),
});

/** Rows of a model that misses the reference in mean and spread. */
function sampleModel(n: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: n * D }, () => 0.3 + 1.2 * random.normal());
}

describe("bootstrap interval of the Fréchet distance", () => {
  test("covers the expected distance at this n about as often as it says", async () => {
    const n = 100;
    const values = await Promise.all(
      Array.from({ length: 300 }, (_, seed) =>
        frechetDistance(gaussianOf(momentsOf(sampleModel(n, 10_000 + seed), D)), reference),
      ),
    );
    const expected = mean(values);
    let covered = 0;
    const trials = 120;
    for (let seed = 0; seed < trials; seed++) {
      const options = { seed, resamples: 100 };
      const { low, high } = await bootstrapFrechet(sampleModel(n, seed), D, reference, options);
      if (low <= expected && expected <= high) covered++;
    }
    // 95% of 120 is 114 with a standard deviation of 2.4.
    expect(covered).toBeGreaterThanOrEqual(105);
  });

  test("states the size bias that resampling adds, and recentres by it", async () => {
    const features = sampleModel(60, 1);
    const result = await bootstrapFrechet(features, D, reference, { seed: 2, resamples: 200 });
    expect(result.resamplingBias).toBeGreaterThan(0);
    expect(result.low).toBeLessThan(result.value);
    expect(result.high).toBeGreaterThan(result.value);
  });

  test("the same seed gives the same interval, another seed another", async () => {
    const features = sampleModel(50, 4);
    const first = await bootstrapFrechet(features, D, reference, { seed: 7, resamples: 40 });
    expect(await bootstrapFrechet(features, D, reference, { seed: 7, resamples: 40 })).toEqual(first);
    const other = await bootstrapFrechet(features, D, reference, { seed: 8, resamples: 40 });
    expect(other.low).not.toBe(first.low);
  });

  test("one sample is refused", async () => {
    await expect(bootstrapFrechet(sampleModel(1, 1), D, reference, { seed: 0 })).rejects.toThrow(
      /at least 2/,
    );
  });
});
