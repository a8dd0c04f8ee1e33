import { describe, expect, test } from "vitest";
import { examineSamples } from "@/lib/metrics/examine-samples";
import { featureSet } from "@/lib/metrics/features";
import { compareInputs } from "@/lib/metrics/forensics";
import { frechetDistance, gaussianOf } from "@/lib/metrics/frechet-distance";
import { momentsOf } from "@/lib/metrics/moments";
import { protocolDifferences, protocolKey } from "@/lib/metrics/protocol";
import { realismScores } from "@/lib/metrics/realism";
import { NumpyRandomState } from "./numpy-random";

const normals = (n: number, d: number, seed: number, shift = 0) =>
  featureSet(
    new NumpyRandomState(seed).normals(n * d).map((x) => x + shift),
    d,
  );

describe("realism", () => {
  test("is the largest ratio of a real sample's radius to its distance, over the tighter half", async () => {
    // Radii (k = 1) of 0, 1, 3, 7 are 1, 1, 2, 4; the median leaves the balls around 0 and 1.
    const real = featureSet(Float64Array.from([0, 1, 3, 7]), 1);
    const fake = featureSet(Float64Array.from([0.5, 2, 10, 1]), 1);
    expect(Array.from(await realismScores(real, fake, { k: 1 }))).toEqual([2, 1, 1 / 9, Infinity]);
  });

  test("ranks a sample from among the real ones above one from far away", async () => {
    const scores = await realismScores(normals(200, 8, 1), normals(2, 8, 2));
    const far = await realismScores(normals(200, 8, 1), normals(2, 8, 2, 30));
    expect(Math.min(...scores)).toBeGreaterThan(5 * Math.max(...far));
  });
});

describe("an examination", () => {
  const real = normals(120, 6, 1);
  const fake = normals(80, 6, 2, 0.3);
  const distanceReference = gaussianOf(momentsOf(real.data, 6));

  test("holds every metric with an interval around it, and the distance at all samples ends the curve", async () => {
    const found = await examineSamples({ distanceReference, real, fake, seed: 0 });
    for (const { name, values, problem } of found.metrics) {
      expect(problem, name).toBeNull();
      for (const { value, low, high, standardError } of values) {
        expect(low, name).toBeLessThanOrEqual(value);
        expect(high, name).toBeGreaterThanOrEqual(value);
        expect(standardError, name).toBeGreaterThanOrEqual(0);
      }
    }
    const distance = await frechetDistance(gaussianOf(momentsOf(fake.data, 6)), distanceReference);
    expect(found.curve?.points.at(-1)).toMatchObject({ n: 80 });
    expect(found.curve?.points.at(-1)?.distance).toBeCloseTo(distance, 9);
    expect(found.realism).toHaveLength(80);
    expect(found.neighbours.every((near) => near.length === 3 && near[0].distance <= near[2].distance)).toBe(
      true,
    );
    expect(found.influences["prdc.coverage"]).toMatchObject({ unit: "splits" });
    expect(found.influences["kid.exact"].values).toHaveLength(80);
  });

  test("of too few samples says so metric by metric instead of failing", async () => {
    const one = normals(1, 6, 3);
    const found = await examineSamples({ distanceReference, real, fake: one, seed: 0 });
    for (const { problem, values } of found.metrics) {
      expect(values).toEqual([]);
      expect(problem).toMatch(/at least|from 2 on/);
    }
    expect(found.curve).toBeNull();
    expect(found.realism).toHaveLength(1);
    expect(found.neighbours[0]).toHaveLength(3);
  });
});

test("two protocols' differences are named field by field, and there are none exactly where the keys are equal", () => {
  const first = { metric: "fd", encoder: "a@1", preprocessing: "p", samples: 100, reference: "r" };
  const second = { ...first, samples: 50, reference: "s" };
  expect(protocolDifferences(first, { ...first, codeVersion: "1" })).toEqual([]);
  expect(protocolKey(first)).toBe(protocolKey({ ...first, codeVersion: "1" }));
  expect(protocolDifferences(first, second)).toEqual([
    { field: "samples", first: "100", second: "50" },
    { field: "reference", first: "r", second: "s" },
  ]);
  expect(protocolKey(first)).not.toBe(protocolKey(second));
});

test("samples coded or sized unlike their reference are remarked on", () => {
  const reference = { formats: { png: 9 }, resolutions: { "64x64": 9 } };
  expect(compareInputs(reference, reference)).toEqual([]);
  expect(compareInputs({ formats: { jpeg: 2, png: 1 }, resolutions: { "32x32": 3 } }, reference)).toEqual([
    { code: "other_formats", samples: ["jpeg"], reference: ["png"] },
    { code: "other_resolutions", samples: ["32x32"], reference: ["64x64"] },
  ]);
});
