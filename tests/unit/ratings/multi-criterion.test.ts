import { fitWithTies } from "@/lib/ratings/tie-fit";
import { expect, test } from "vitest";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { sandwichCovariance } from "@/lib/ratings/covariance";
import { fitCriteria, hashCriteria, weightedBoard } from "@/lib/ratings/multi-criterion";
import type { CriterionVote } from "@/lib/ratings/multi-criterion";
import { swapSides } from "@/lib/ratings/outcome";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import type { PairVote } from "@/lib/ratings/pair-counts";
import { seededRandom } from "@/lib/numerics/random";
import { weightedRows } from "@/lib/ratings/log/weighted-rows";
import { randomLog } from "./arbitraries";

const CRITERIA = ["overall", "aesthetics"];

/** Overall as drawn; aesthetics mostly the same glance, sometimes its own, sometimes missing. */
function simulate(seed: number, votes = 1500): CriterionVote[] {
  const random = seededRandom(seed);
  const other = randomLog(4, votes, seed + 1000);
  return randomLog(4, votes, seed).map(({ a, b, outcome }, k) => {
    const u = random.uniform();
    const aesthetics = u < 0.1 ? undefined : u < 0.7 ? outcome : other[k].outcome;
    return { a, b, outcomes: { overall: outcome, aesthetics } };
  });
}

const votes = simulate(1);
const fits = fitCriteria(votes, CRITERIA);

test("all weight on one criterion is that criterion's own fit, to the last digit", () => {
  CRITERIA.forEach((criterion, c) => {
    const single = votes.flatMap(({ a, b, outcomes }): PairVote[] => {
      const outcome = outcomes[criterion];
      return outcome === undefined ? [] : [{ a, b, outcome }];
    });
    const table = pairTable(countPairs(single));
    const fit = bradleyTerry(table);
    const board = weightedBoard(
      fits,
      CRITERIA.map((_, k) => (k === c ? 3 : 0)),
    );
    expect(board.theta).toEqual(fit.theta);
    expect(board.covariance).toEqual(sandwichCovariance(table, fit));
  });
});

test("two criteria that always agree weigh as one: the same strengths, no narrower intervals", () => {
  const copied = votes.map(({ a, b, outcomes }) => ({
    a,
    b,
    outcomes: { overall: outcomes.overall, aesthetics: outcomes.overall },
  }));
  const twin = fitCriteria(copied, CRITERIA);
  const board = weightedBoard(twin, [1, 1]);
  board.theta.forEach((t, i) => expect(t).toBeCloseTo(twin.theta[0][i], 12));
  board.covariance.forEach((v, at) => expect(v).toBeCloseTo(twin.covariance[0][0][at], 10));
});

test("by every model of ties: the ends are the single fits, and twins weigh as one", () => {
  const tied = votes.map((vote, k) => {
    const outcome =
      k % 5 === 0 ? ("tie" as const) : k % 7 === 0 ? ("both_bad" as const) : vote.outcomes.overall;
    return { ...vote, outcomes: { overall: outcome, aesthetics: outcome } };
  });
  for (const ties of ["davidson", "four"] as const) {
    const twin = fitCriteria(tied, CRITERIA, [], ties);
    const single = tied.map(({ a, b, outcomes }) => ({ a, b, outcome: outcomes.overall! }));
    const fit = fitWithTies(pairTable(countPairs(single)), ties);
    expect(weightedBoard(twin, [0, 2])).toEqual({ theta: fit.theta, covariance: fit.covariance });
    const board = weightedBoard(twin, [1, 1]);
    board.covariance.forEach((v, at) => expect(v).toBeCloseTo(fit.covariance[at], 10));
  }
});

test("criteria voted on different battles share no error", () => {
  const apart = simulate(3).map(({ a, b, outcomes }, k): CriterionVote => ({
    a,
    b,
    outcomes: k % 2 === 0 ? { overall: outcomes.overall } : { aesthetics: outcomes.overall },
  }));
  const { covariance } = fitCriteria(apart, CRITERIA);
  expect(covariance[0][1].every((v) => v === 0)).toBe(true);
  expect(covariance[0][0][0]).toBeGreaterThan(0);
});

test("the mixed board's standard error is what repeated logs show", () => {
  const draws: number[] = [];
  let claimed = 0;
  for (let seed = 1; seed <= 120; seed++) {
    const board = weightedBoard(fitCriteria(simulate(seed, 400), CRITERIA), [1, 1]);
    draws.push(board.theta[3]);
    claimed += board.covariance[15] / 120;
  }
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (draws.length - 1);
  // 119 degrees of freedom: the ratio is within 0.75 to 1.3 with 95% probability.
  expect(claimed / variance).toBeGreaterThan(0.7);
  expect(claimed / variance).toBeLessThan(1.4);
});

test("weights scale freely, and must be at least zero with one above", () => {
  expect(weightedBoard(fits, [2, 6])).toEqual(weightedBoard(fits, [0.5, 1.5]));
  for (const bad of [[0, 0], [-1, 2], [1], [NaN, 1], [Infinity, 1]]) {
    expect(() => weightedBoard(fits, bad)).toThrow(RangeError);
  }
});

test("votes counted together fit as votes one by one, and hash alike however they are grouped, ordered or turned", () => {
  const key = ({ a, b, outcomes }: CriterionVote) =>
    JSON.stringify([a, b, CRITERIA.map((name) => outcomes[name])]);
  const groups = new Map<string, CriterionVote>();
  for (const vote of votes) {
    groups.set(key(vote), { ...vote, votes: (groups.get(key(vote))?.votes ?? 0) + 1 });
  }
  const grouped = [...groups.values()].reverse();
  const together = fitCriteria(grouped, CRITERIA);
  const close = (x: Float64Array, y: Float64Array) => x.forEach((v, k) => expect(v).toBeCloseTo(y[k], 10));
  CRITERIA.forEach((_, c) => {
    close(together.theta[c], fits.theta[c]);
    CRITERIA.forEach((__, d) => close(together.covariance[c][d], fits.covariance[c][d]));
  });
  const turned = votes.map(({ a, b, outcomes }): CriterionVote => ({
    a: b,
    b: a,
    outcomes: Object.fromEntries(
      Object.entries(outcomes).map(([name, outcome]) => [name, outcome && swapSides(outcome)]),
    ),
  }));
  const hash = (log: readonly CriterionVote[]) => hashCriteria(log, CRITERIA, ["x"], {});
  expect(hash(grouped)).toBe(hash(votes));
  expect(hash(turned)).toBe(hash(votes));
  expect(hash(votes.slice(1))).not.toBe(hash(votes));
  expect(hashCriteria(votes, CRITERIA, ["x"], { exclusions: [{ reason: "bot", votes: 1 }] })).not.toBe(
    hash(votes),
  );
});

test("a weighted board ranks no model that has no vote on a criterion with weight", () => {
  const games = [fits.models.map(() => 9), fits.models.map((_, i) => (i === 2 ? 0 : 9))];
  const all = weightedRows(fits, games, [1, 0]);
  expect(all).toHaveLength(4);
  const some = weightedRows(fits, games, [1, 1]);
  expect(some.map((row) => row.model).sort()).toEqual(fits.models.filter((_, i) => i !== 2));
  expect(some.map((row) => row.rank)).toEqual([1, 2, 3]);
});
