import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kendallTau } from "@/lib/metrics/kendall-tau";
import { seededRandom } from "@/lib/numerics/random";

describe("Kendall's tau", () => {
  it("is tau-b of the textbook example, as scipy.stats.kendalltau 1.10 computes it", () => {
    // scipy.stats.kendalltau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]).statistic
    expect(kendallTau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])!.tau).toBeCloseTo(-0.47140452079103173, 12);
  });

  it("turns its sign with either side and does not care for the order of items or for any rising scale", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
          minLength: 3,
          maxLength: 12,
        }),
        (items) => {
          const [xs, ys] = [items.map(([x]) => x), items.map(([, y]) => y)];
          const tau = kendallTau(xs, ys);
          const turned = kendallTau(
            xs,
            ys.map((y) => -y),
          );
          const scaled = kendallTau(
            [...xs].reverse(),
            [...ys].reverse().map((y) => y ** 3 + y),
          );
          if (tau === null) return turned === null && scaled === null;
          return (
            Math.abs(tau.tau + turned!.tau) < 1e-12 &&
            Math.abs(tau.low + turned!.high) < 1e-9 &&
            Math.abs(tau.tau - scaled!.tau) < 1e-12 &&
            tau.low <= tau.tau + 1e-12 &&
            tau.tau <= tau.high + 1e-12 &&
            tau.low >= -1 &&
            tau.high <= 1
          );
        },
      ),
    );
  });

  it("says nothing where one side is the same for all", () => {
    expect(kendallTau([1, 1, 1], [1, 2, 3])).toBeNull();
  });

  it("never claims certainty from a few items in perfect order", () => {
    const { tau, low, high } = kendallTau([1, 2, 3, 4], [10, 20, 30, 40])!;
    expect([tau, high]).toEqual([1, 1]);
    // Two pairs of items that share none: 2 * sqrt(0.025) - 1.
    expect(low).toBeCloseTo(2 * Math.sqrt(0.025) - 1, 12);
  });

  it("covers the truth in 92 to 98% of draws of twelve items", () => {
    const random = seededRandom(3);
    const correlation = 0.6;
    // Of a bivariate normal distribution: tau = (2 / pi) asin(rho) (Kruskal 1958).
    const truth = (2 / Math.PI) * Math.asin(correlation);
    let covered = 0;
    const draws = 4000;
    for (let draw = 0; draw < draws; draw++) {
      const xs = Array.from({ length: 12 }, () => random.normal());
      const ys = xs.map((x) => correlation * x + Math.sqrt(1 - correlation ** 2) * random.normal());
      const { low, high } = kendallTau(xs, ys)!;
      if (low <= truth && truth <= high) covered++;
    }
    expect(covered / draws).toBeGreaterThan(0.92);
    expect(covered / draws).toBeLessThan(0.98);
  });
});
