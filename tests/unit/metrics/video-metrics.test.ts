import { describe, expect, test } from "vitest";
import type { ClipGrade } from "@/lib/encoders/grade-clip";
import { frameConsistency } from "@/lib/metrics/consistency";
import { estimateOf, estimateOfRatio } from "@/lib/metrics/estimate";
import { featureSet } from "@/lib/metrics/features";
import type { Gaussian } from "@/lib/metrics/frechet-distance";
import { jediDistance } from "@/lib/metrics/kernel-distance";
import { probeDistances } from "@/lib/metrics/motion/temporal-probe";
import { clipShares, type GradedClip } from "@/lib/scoring/score-clips";

const rows = (...values: number[][]) => featureSet(Float64Array.from(values.flat()), values[0].length);

describe("consistency of frames", () => {
  // Unit vectors at these angles: a cosine is that of the difference.
  const at = (...degrees: number[]) =>
    Float32Array.from(
      degrees.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
    );
  test.each([
    ["a frozen video", at(20, 20, 20), 1],
    // Frame 1: cos 60 to both; frame 2: cos 120 < 0 counts as 0, cos 60: ((.5 + .5) / 2 + (0 + .5) / 2) / 2.
    ["drift", at(0, 60, 120), 0.375],
    // There: 0 and 0; and back: 1 and 0.
    ["away and back", at(0, 90, 0), 0.25],
    ["opposite", at(0, 180), 0],
  ])("%s", (_, features, value) => {
    expect(frameConsistency(features, 2)).toBeCloseTo(value, 6);
  });

  test("does not depend on how long the features are, and needs two frames", () => {
    expect(frameConsistency(Float32Array.of(1, 0, 5, 0, 0.1, 0), 2)).toBeCloseTo(1, 6);
    expect(() => frameConsistency(Float32Array.of(1, 0), 2)).toThrow(/cannot be compared/);
  });
});

describe("JEDi's distance", () => {
  test("is 100 times the biased MMD under (x.y / d)^2: a case by hand", async () => {
    // d = 2. Real: (2,0), (0,2): k = 4 within each, 0 across, so their mean is (4 + 4 + 0 + 0) / 4 = 2.
    // Generated: (2,2) twice: x.y / 2 = 4, k = 16, mean 16. Across: x.y / 2 = 2, k = 4, mean 4.
    // 2 + 16 - 2 * 4 = 10.
    const { value } = await jediDistance(rows([2, 0], [0, 2]), rows([2, 2], [2, 2]));
    expect(value).toBeCloseTo(1000, 9);
  });

  test("is what the published code's own example gives: 270.7 before it is scaled", async () => {
    const a = rows([1, 2, 3], [4, 5, 6], [7, 8, 9]);
    const b = rows([7, 6, 5], [4, 3, 2], [1, 1, 8], [0, 2, 5]);
    expect((await jediDistance(a, b)).value).toBeCloseTo(100 * 270.7222222222, 6);
  });

  test("is 0 between a set and itself, with a mirror image too: the kernel is even", async () => {
    const set = rows([1, 2], [3, -1], [0.5, 0]);
    expect((await jediDistance(set, set)).value).toBeCloseTo(0, 9);
    expect((await jediDistance(set, rows([-1, -2], [-3, 1], [-0.5, 0]))).value).toBeCloseTo(0, 9);
  });
});

describe("a ratio of two estimates", () => {
  test("of estimates that vary together has no width; of those that do not, both widths", () => {
    const under = estimateOf(4, Float64Array.of(3, 4, 5));
    const together = estimateOfRatio(estimateOf(2, Float64Array.of(1.5, 2, 2.5)), under);
    expect(together).toMatchObject({ value: 0.5, standardError: expect.closeTo(0, 12) as number });
    // influence of the ratio: r + ((a - mean) - r (b - mean)) / 4 = .5 + (1 - -.5) / 4, .5, .5 - .375.
    const apart = estimateOfRatio(estimateOf(2, Float64Array.of(3, 2, 1)), under);
    expect([...apart.influence].map((value) => Number(value.toFixed(6)))).toEqual([0.875, 0.5, 0.125]);
    expect(() => estimateOfRatio(estimateOf(2, Float64Array.of(1, 2)), under)).toThrow(/same units/);
  });
});

describe("what a distance makes of motion", () => {
  // One feature: the distance is the squared difference of means plus that of deviations.
  const real: Gaussian = {
    dimension: 1,
    mean: Float64Array.of(0),
    covariance: Float64Array.of(1),
    count: 100,
  };
  // Deviation 1 by n - 1: -a, -a, a, a has variance 4 a^2 / 3.
  const a = Math.sqrt(0.75);
  const shifted = (mean: number) => rows([mean - a], [mean - a], [mean + a], [mean + a]);

  test("is its growth under a probe, and what of it frames alone account for", async () => {
    const frozenReference = { ...real, mean: Float64Array.of(3) };
    const sets = { plain: shifted(2), shuffled: shifted(4), frozen: shifted(6) };
    const { ratios, contentBias } = await probeDistances(sets, { reference: real, frozenReference });
    // To the real ones at 0: 4, 16 and 36. Frozen to frozen: (6 - 3)^2 = 9.
    expect(ratios?.shuffled.value).toBeCloseTo(4, 6);
    expect(ratios?.frozen.value).toBeCloseTo(9, 6);
    expect(contentBias?.value).toBeCloseTo(2.25, 6);
    expect(ratios?.frozen.low).toBeLessThanOrEqual(9);
  });

  test("is 1 where motion counts for nothing, whatever is frozen", async () => {
    const sets = { plain: shifted(2), shuffled: shifted(2), frozen: shifted(2) };
    const { ratios, contentBias } = await probeDistances(sets, { reference: real, frozenReference: real });
    for (const estimate of [ratios?.shuffled, ratios?.frozen, contentBias])
      expect(estimate).toMatchObject({
        value: expect.closeTo(1, 9) as number,
        low: expect.closeTo(1, 9) as number,
      });
  });

  test("has no content bias where the real videos' frozen statistics are not known", async () => {
    const sets = { plain: shifted(2), shuffled: shifted(2), frozen: shifted(2) };
    expect((await probeDistances(sets, { reference: real, frozenReference: null })).contentBias).toBeNull();
  });
});

describe("shares of graded clips", () => {
  const grade = (over: Partial<ClipGrade>): ClipGrade => ({
    objects: true,
    colours: true,
    background: null,
    motions: true,
    verb: true,
    direction: null,
    persistence: null,
    allCorrect: true,
    ...over,
  });
  const clips: GradedClip[] = [
    { category: "one object", grade: grade({ direction: true }) },
    { category: "one object", grade: grade({ direction: false, motions: false, allCorrect: false }) },
    { category: "leaves", grade: grade({ direction: true, persistence: true }) },
    {
      category: "leaves",
      grade: grade({ verb: false, direction: true, persistence: false, allCorrect: false }),
    },
    { category: "held-out", grade: grade({ colours: null, objects: false, allCorrect: false }) },
  ];

  test("count only the clips that an aspect was asked of, and all of it by category", () => {
    expect(
      Object.fromEntries(clipShares(clips).map(({ metric, correct, n }) => [metric, [correct, n]])),
    ).toEqual({
      "clip-alignment": [2, 5],
      "clip-objects": [4, 5],
      "clip-colours": [4, 4],
      "clip-verb": [4, 5],
      "clip-direction": [3, 4],
      "clip-persistence": [1, 2],
      "clip-alignment:held-out": [0, 1],
      "clip-alignment:leaves": [1, 2],
      "clip-alignment:one object": [1, 2],
    });
  });

  test("a prompt set of more categories than anyone reads has no share of each", () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ category: `c${i}`, grade: grade({}) }));
    expect(clipShares(many(12)).filter(({ metric }) => metric.includes(":"))).toHaveLength(12);
    expect(clipShares(many(13)).filter(({ metric }) => metric.includes(":"))).toEqual([]);
  });

  test("an aspect that no prompt claims, and the only category, have none of their own", () => {
    expect(clipShares(clips.slice(0, 2)).map(({ metric }) => metric)).toEqual([
      "clip-alignment",
      "clip-objects",
      "clip-colours",
      "clip-verb",
      "clip-direction",
    ]);
  });
});
