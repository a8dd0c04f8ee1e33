import { expect, test } from "vitest";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { sandwichCovariance } from "@/lib/ratings/covariance";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import { measureDependence } from "@/lib/ratings/dependence";
import { predictionPowered } from "@/lib/ratings/prediction-powered";
import type { LabelledPair } from "@/lib/ratings/judged-rows";
import { seededRandom } from "@/lib/numerics/random";
import { sigmoid } from "@/lib/ratings/scale";
import { fitPairs, fitWithTies } from "@/lib/ratings/tie-fit";
import { voteColumns } from "@/lib/ratings/log/vote-columns";

type Judged = LabelledPair & { judge: number };

const THETA = [0.8, 0.1, -0.9];

/** Human votes with a judge that repeats them with probability `agree` and otherwise prefers the later model. */
function simulate(n: number, agree: number, seed: number): Judged[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => {
    const i = random.below(3);
    const j = (i + 1 + random.below(2)) % 3;
    const human = random.uniform() < sigmoid(THETA[i] - THETA[j]) ? 1 : 0;
    const judge = random.uniform() < agree ? human : Number(i > j);
    return { a: `m${i}`, b: `m${j}`, outcome: human === 1 ? "a" : "b", judge };
  });
}

test("with nothing but human votes it is the plain fit and its sandwich", () => {
  const labelled = simulate(400, 0.7, 1);
  const fit = predictionPowered(labelled, []);
  const table = pairTable(countPairs(labelled));
  const plain = bradleyTerry(table);
  expect(fit.lambda).toBe(0);
  expect(fit.effectiveVotes).toBeCloseTo(400, 6);
  plain.theta.forEach((t, i) => expect(fit.theta[i]).toBeCloseTo(t, 7));
  sandwichCovariance(table, plain).forEach((v, at) => expect(fit.covariance[at]).toBeCloseTo(v, 4));
});

test("a biased judge narrows intervals without bending them: coverage holds where its own votes would mislead", () => {
  let [covered, gain, judgeOff] = [0, 0, 0];
  const logs = 60;
  for (let seed = 1; seed <= logs; seed++) {
    const fit = predictionPowered(simulate(300, 0.75, seed), simulate(3000, 0.75, seed + 5000));
    THETA.forEach((t, i) => {
      if (Math.abs(fit.theta[i] - t) < 1.96 * Math.sqrt(fit.covariance[i * 4])) covered++;
    });
    gain += fit.effectiveVotes / 300 / logs;
    const naive = bradleyTerry(
      pairTable(
        countPairs(
          simulate(3000, 0.75, seed).map((r) => ({ ...r, outcome: r.judge === 1 ? "a" : "b" }) as const),
        ),
      ),
    );
    judgeOff += Math.abs(naive.theta[0] - THETA[0]) / logs;
  }
  expect(covered / (3 * logs)).toBeGreaterThan(0.9);
  expect(covered / (3 * logs)).toBeLessThan(0.995);
  expect(gain).toBeGreaterThan(1.3);
  expect(judgeOff).toBeGreaterThan(0.3);
});

test("n_eff is n / (1 - rho^2 / (1 + n / N)) of the residuals, about", () => {
  const fit = predictionPowered(simulate(4000, 0.8, 3), simulate(12_000, 0.8, 4));
  const expected = 4000 / (1 - fit.correlation ** 2 / (1 + 4000 / 12_000));
  expect(fit.effectiveVotes / expected).toBeGreaterThan(0.93);
  expect(fit.effectiveVotes / expected).toBeLessThan(1.07);
});

test("a judge that tosses a coin is ignored", () => {
  const random = seededRandom(9);
  const blind = <T extends object>(rows: T[]) =>
    rows.map((row) => ({ ...row, judge: random.uniform() < 0.5 ? 0 : 1 }));
  const fit = predictionPowered(blind(simulate(1000, 1, 5)), blind(simulate(5000, 1, 6)));
  expect(fit.lambda).toBeLessThan(0.1);
  expect(fit.effectiveVotes).toBeLessThan(1050);
});

test("it does not matter which pairs people were shown more often: each pair is corrected by itself", () => {
  const skew = (rows: Judged[]) => {
    const random = seededRandom(2);
    return rows.filter(({ a, b }) => random.uniform() < (a !== "m2" && b !== "m2" ? 1 : 0.25));
  };
  const fit = predictionPowered(skew(simulate(20_000, 0.8, 7)), simulate(20_000, 0.8, 8));
  THETA.forEach((t, i) => expect(Math.abs(fit.theta[i] - t)).toBeLessThan(0.06));
});

test("a bias that is the same whoever drew costs nothing: adding one to the judge leaves the fit and its intervals", () => {
  const lean = (rows: Judged[]) =>
    rows.map((row) => ({ ...row, judge: 0.4 * row.judge + (row.a < row.b ? 0.5 : 0.1) }));
  const scaled = (rows: Judged[]) => rows.map((row) => ({ ...row, judge: 0.4 * row.judge + 0.3 }));
  const [people, alone] = [simulate(900, 0.8, 11), simulate(5000, 0.8, 12)];
  const [plain, leaning] = [scaled, lean].map((spoil) =>
    predictionPowered(spoil(people), spoil(alone), { lambda: 1 }),
  );
  plain.theta.forEach((t, i) => expect(leaning.theta[i]).toBeCloseTo(t, 6));
  expect(leaning.effectiveVotes / plain.effectiveVotes).toBeCloseTo(1, 1);
});

test("votes the judge has not seen count as votes, and verdicts on pairs that only one of the two spoke of are left out", () => {
  const labelled = simulate(600, 0.9, 21).map((row, k) => (k % 3 === 0 ? { ...row, judge: null } : row));
  const odd = [{ a: "m0", b: "new", judge: 1 }];
  const fit = predictionPowered(labelled, [...simulate(4000, 0.9, 22), ...odd]);
  expect(fit).toMatchObject({ labelled: 400, judgeOnly: 4000 });
  expect(fit.models).toEqual(["m0", "m1", "m2", "new"]);
  expect(fit.effectiveVotes).toBeGreaterThan(750);
  const silent = predictionPowered(
    labelled.map((row) => ({ ...row, judge: null })),
    simulate(4000, 0.9, 22),
  );
  const { theta } = bradleyTerry(pairTable(countPairs(labelled)));
  expect(silent).toMatchObject({ lambda: 0, labelled: 0, effectiveVotes: 600 });
  theta.forEach((t, i) => expect(silent.theta[i]).toBeCloseTo(t, 9));
});

test("clusters widen it as they widen the plain fit", () => {
  const labelled = simulate(600, 0.8, 31).map((row, k) => ({ ...row, judge: null, voter: `v${k % 24}` }));
  const columns = voteColumns(labelled, ["voter"]);
  const { theta: _, ...plain } = fitWithTies(
    columns.table,
    "half",
    measureDependence(fitPairs(columns.table, "half"), columns.votes, ["voter"]),
  );
  const fit = predictionPowered(labelled, [], { cluster: ["voter"] });
  expect(fit.clusters).toMatchObject([{ label: "voter", clusters: 24, used: true }]);
  plain.covariance.forEach((v, at) => expect(fit.covariance[at]).toBeCloseTo(v, 9));
});

test("scores outside [0, 1] are refused", () => {
  const [row] = simulate(1, 1, 1);
  expect(() => predictionPowered([{ ...row, judge: 1.2 }], [])).toThrow(/\[0, 1\]/);
});
