import { expect, test } from "vitest";
import { identifiable } from "@/lib/ratings/identifiable";
import { seededRandom } from "@/lib/numerics/random";
import { POINTS_PER_LOGIT, sigmoid } from "@/lib/ratings/scale";
import type { StyleFeature } from "@/lib/ratings/style-features";
import { buildStyleSnapshot, verifyStyleSnapshot } from "@/lib/ratings/style-snapshot";
import type { StyleVote } from "@/lib/ratings/style-snapshot";

const THETA = [0.4, 0.1, -0.5];
const FEATURES: StyleFeature[] = [
  { name: "sharpness", scale: "linear", unit: "" },
  { name: "size", scale: "log", unit: "" },
];

/** Voters reward sharpness by 0.8 logits a unit and the left side by 0.3; size goes with the model alone. */
function simulate(votes: number, seed: number): StyleVote[] {
  const random = seededRandom(seed);
  const style = (model: number) => ({ sharpness: random.normal() - 0.8 * THETA[model], size: 2 ** model });
  return Array.from({ length: votes }, () => {
    const i = random.below(3);
    const j = (i + 1 + random.below(2)) % 3;
    const [leftStyle, rightStyle] = [style(i), style(j)];
    const z = THETA[i] - THETA[j] + 0.8 * (leftStyle.sharpness - rightStyle.sharpness) + 0.3;
    const outcome = random.uniform() < sigmoid(z) ? "a" : "b";
    return { left: `m${i}`, right: `m${j}`, outcome, leftStyle, rightStyle };
  });
}

function fitted(votes: StyleVote[], models: string[] = []) {
  const outcome = buildStyleSnapshot(votes, models, FEATURES);
  if (!outcome.fitted) throw new Error(`only ${outcome.votes} of ${outcome.needed}`);
  return outcome;
}

test("style control finds what voters reward and gives the ranking that sharpness had turned over", () => {
  const { snapshot, effects } = fitted(simulate(6000, 1));
  expect(effects.coefficients.map(({ name }) => name)).toEqual(["sharpness", "side"]);
  expect(effects.leftOut).toEqual([{ name: "size", reason: "goes with the model" }]);
  for (const [k, truth] of [0.8, 0.3].entries()) {
    expect(effects.coefficients[k].low).toBeLessThan(truth);
    expect(effects.coefficients[k].high).toBeGreaterThan(truth);
  }
  expect(snapshot.rows.map((row) => row.model)).toEqual(["m0", "m1", "m2"]);
  snapshot.rows.forEach((row, k) => {
    expect(Math.abs(row.rating - 1000 - POINTS_PER_LOGIT * THETA[k])).toBeLessThan(20);
  });
  // Without control the dull but sharp model is nearer: its lead over the others is style's.
  const gap = (rows: { model: string; rating: number }[]) =>
    rows.find((row) => row.model === "m0")!.rating - rows.find((row) => row.model === "m2")!.rating;
  expect(gap(effects.baseline)).toBeLessThan(gap(snapshot.rows) - 60);
});

test("too few votes are said, not fitted, and votes without a feature count as missing", () => {
  expect(buildStyleSnapshot(simulate(99, 2), [], FEATURES)).toEqual({
    fitted: false,
    votes: 99,
    needed: 100,
  });
  const votes = simulate(150, 3);
  const holed = votes.map((vote, k) =>
    k < 30 ? { ...vote, leftStyle: { sharpness: null, size: 1 } } : vote,
  );
  const { snapshot, effects } = fitted(holed);
  expect(snapshot.votes).toBe(120);
  expect(effects.votesWithoutStyle).toBe(30);
  expect(snapshot.inputsHash).toBe(fitted(votes.slice(30)).snapshot.inputsHash);
});

test("the order of the votes changes neither hash nor numbers, a feature or an outcome changes both", () => {
  const votes = simulate(300, 4);
  const one = fitted(votes, ["newcomer"]);
  const stored = { ...one.snapshot, effects: one.effects };
  expect(verifyStyleSnapshot(stored, fitted([...votes].reverse(), ["newcomer"]))).toEqual([]);
  const brighter = votes.map((vote, k) =>
    k === 7 ? { ...vote, leftStyle: { ...vote.leftStyle, sharpness: 3 } } : vote,
  );
  const flipped = votes.map((vote, k) =>
    k === 7 ? { ...vote, outcome: vote.outcome === "a" ? ("b" as const) : ("a" as const) } : vote,
  );
  for (const changed of [brighter, flipped]) {
    const differences = verifyStyleSnapshot(stored, fitted(changed, ["newcomer"])).join();
    expect(differences).toContain("inputsHash");
    expect(differences).toContain("sharpness value");
  }
  expect(verifyStyleSnapshot(stored, buildStyleSnapshot(votes.slice(250), [], FEATURES))).toEqual([
    "recomputed: only 50 of 100 votes",
  ]);
});

test("of two covariates that say the same the first is kept, and a constant one is named", () => {
  const random = seededRandom(5);
  const votes = Array.from({ length: 200 }, (_, k) => {
    const x = random.normal();
    return { a: `m${k % 3}`, b: `m${(k + 1) % 3}`, outcome: "a" as const, differences: [x, -2 * x, 0] };
  });
  expect(identifiable(votes, ["x", "twice", "never"])).toEqual({
    kept: ["x"],
    leftOut: [
      { name: "twice", reason: "goes with the others" },
      { name: "never", reason: "never differs" },
    ],
  });
});
