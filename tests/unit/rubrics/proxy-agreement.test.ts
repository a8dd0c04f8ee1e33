import { expect, it } from "vitest";
import { proxyAgreement } from "@/lib/rubrics/report/proxy-agreement";

const people = {
  models: ["a", "b", "c", "d"],
  theta: Float64Array.of(3, 2, 1, 0),
  covariance: Float64Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 0.5 : 0)),
};

it("names the pairs a proxy turns round, those first on which people are surest", () => {
  // A distance: less is better. It puts d before everything but a.
  const { tau, misled } = proxyAgreement(
    people,
    new Map([
      ["a", 1],
      ["b", 4],
      ["c", 3],
      ["d", 2],
    ]),
    "lower",
  );
  expect(misled.map(({ better, worse }) => better + worse)).toEqual(["bd", "bc", "cd"]);
  expect(misled[0].z).toBeCloseTo(2, 12);
  // Three of six pairs agree.
  expect(tau!.tau).toBeCloseTo(0, 12);
});

it("compares only models that have a value, and says nothing of fewer than three", () => {
  const two = proxyAgreement(
    people,
    new Map([
      ["a", 1],
      ["d", 2],
    ]),
    "higher",
  );
  expect(two.tau).toBeNull();
  expect(two.misled.map(({ better, worse }) => better + worse)).toEqual(["ad"]);
});

it("says nothing of a proxy whose direction is not known, and reads one that is best at one half by its nearness", () => {
  const shares = new Map([
    ["a", 0.5],
    ["b", 0.4],
    ["c", 0.7],
    ["d", 0.9],
  ]);
  expect(proxyAgreement(people, shares, null)).toEqual({ tau: null, misled: [] });
  expect(proxyAgreement(people, shares, "nearer to 0.5").tau!.tau).toBe(1);
});
