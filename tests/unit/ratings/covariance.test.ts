import fc from "fast-check";
import { add, inv, matrix, multiply, ones, subtract } from "mathjs";
import type { Matrix } from "mathjs";
import { expect, test } from "vitest";
import { bradleyTerry, PRIOR_SD } from "@/lib/ratings/bradley-terry";
import { fisherCovariance, sandwichCovariance } from "@/lib/ratings/covariance";
import { cholesky, clipToPositive } from "@/lib/numerics/small-matrices";
import { scoreOf } from "@/lib/ratings/outcome";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import type { PairVote } from "@/lib/ratings/pair-counts";
import { sigmoid } from "@/lib/ratings/scale";
import type { ClusterLabel } from "@/lib/ratings/log/vote-columns";
import { voteColumns } from "@/lib/ratings/log/vote-columns";
import { connectedLogs, randomLog, voteLogs } from "./arbitraries";

/** H^+ B H^+ vote by vote with mathjs' matrices: nothing shared with the code under test but the strengths. */
function oracle(
  votes: readonly PairVote[],
  labels: ((vote: PairVote, k: number) => string)[],
  signs = [1],
): number[][] {
  const fit = bradleyTerry(pairTable(countPairs(votes)));
  const index = new Map(fit.models.map((model, i) => [model, i]));
  const n = fit.models.length;
  const zero = () => Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const [h, b] = [zero(), zero()];
  labels.forEach((label, l) => {
    const scores = new Map<string, number[]>();
    votes.forEach((vote, k) => {
      const [i, j] = [index.get(vote.a)!, index.get(vote.b)!];
      const p = sigmoid(fit.theta[i] - fit.theta[j]);
      const sum = scores.get(label(vote, k)) ?? new Array<number>(n).fill(0);
      sum[i] += scoreOf(vote.outcome) - p;
      sum[j] -= scoreOf(vote.outcome) - p;
      scores.set(label(vote, k), sum);
      if (l > 0) return;
      h[i][i] += p * (1 - p);
      h[j][j] += p * (1 - p);
      h[i][j] -= p * (1 - p);
      h[j][i] -= p * (1 - p);
    });
    const factor = scores.size === votes.length ? 1 : scores.size / (scores.size - 1);
    for (const s of scores.values()) {
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) b[i][j] += signs[l] * factor * s[i] * s[j];
    }
  });
  // H is singular along the vector of ones alone, so H^+ = (H + J / n)^-1 - J / n.
  const mean = multiply(ones(n, n), 1 / n) as Matrix;
  const inverse = subtract(inv(add(matrix(h), mean)), mean) as Matrix;
  return multiply(multiply(inverse, matrix(b)), inverse).toArray() as number[][];
}

const log = randomLog(5, 300, 17);

test("the sandwich equals H^+ B H^+ computed vote by vote", () => {
  const table = pairTable(countPairs(log));
  const covariance = sandwichCovariance(table, bradleyTerry(table));
  oracle(log, [(_, k) => String(k)])
    .flat()
    .forEach((v, at) => expect(covariance[at]).toBeCloseTo(v, 10));
});

test("clustered by voter equals the cluster sums computed vote by vote", () => {
  const { table, votes } = voteColumns(log, ["voter"]);
  const covariance = sandwichCovariance(table, bradleyTerry(table), votes);
  oracle(log, [(v) => v.voter!])
    .flat()
    .forEach((v, at) => expect(covariance[at]).toBeCloseTo(v, 10));
});

test("two-way clustering adds both ways and takes off their crossing", () => {
  const many = randomLog(4, 900, 5).map((vote, k) => ({
    ...vote,
    voter: `v${k % 60}`,
    prompt: `p${(k * 7) % 45}`,
  }));
  const { table, votes } = voteColumns(many, ["voter", "prompt"]);
  const covariance = sandwichCovariance(table, bradleyTerry(table), votes);
  const labels = [
    (v: PairVote) => v.voter!,
    (v: PairVote) => v.prompt!,
    (v: PairVote) => `${v.voter} ${v.prompt}`,
  ];
  oracle(many, labels, [1, 1, -1])
    .flat()
    .forEach((v, at) => expect(covariance[at]).toBeCloseTo(v, 10));
});

test("votes without a label are clusters of one", () => {
  const bare = log.map((vote) => ({ ...vote, voter: undefined }));
  const { table, votes } = voteColumns(bare, ["voter"]);
  const fit = bradleyTerry(table);
  const factor = log.length / (log.length - 1);
  const plain = sandwichCovariance(table, fit);
  sandwichCovariance(table, fit, votes).forEach((v, at) => expect(v).toBeCloseTo(plain[at] * factor, 12));
});

test("a voter who votes everything twice is one voter: clustered intervals do not shrink", () => {
  const byVote = log.map((vote, k) => ({ ...vote, voter: `v${k}` }));
  const once = voteColumns(byVote, ["voter"]);
  const twice = voteColumns([...byVote, ...byVote], ["voter"]);
  const [v1, v2] = [once, twice].map(({ table, votes }) =>
    sandwichCovariance(table, bradleyTerry(table), votes),
  );
  v1.forEach((v, at) => expect(v2[at]).toBeCloseTo(v, 12));
});

test("duplicating every vote halves the covariance", () => {
  fc.assert(
    fc.property(connectedLogs, (votes) => {
      const [once, twice] = [pairTable(countPairs(votes)), pairTable(countPairs([...votes, ...votes]))];
      const [v1, v2] = [once, twice].map((table) => sandwichCovariance(table, bradleyTerry(table)));
      v1.forEach((v, at) => expect(v2[at]).toBeCloseTo(v / 2, 9));
    }),
  );
});

test("every covariance is finite, symmetric, positive semidefinite and sums to zero where the scale is known", () => {
  fc.assert(
    fc.property(
      voteLogs,
      fc.constantFrom<ClusterLabel[]>([], ["voter"], ["voter", "prompt"]),
      (log, labels) => {
        const { table, votes } = voteColumns(log, labels, ["newcomer"]);
        const fit = bradleyTerry(table);
        const n = table.models.length;
        const covariance = sandwichCovariance(table, fit, labels.length > 0 ? votes : undefined);
        for (let i = 0; i < n; i++) {
          let sum = 0;
          for (let j = 0; j < n; j++) {
            expect(Number.isFinite(covariance[i * n + j])).toBe(true);
            expect(covariance[i * n + j]).toBe(covariance[j * n + i]);
            sum += covariance[i * n + j];
          }
          if (fit.graph.component[i] === fit.graph.main) expect(sum).toBeCloseTo(0, 9);
        }
        const nudged = covariance.map((v, at) => v + (at % (n + 1) === 0 ? 1e-9 : 0));
        expect(cholesky(nudged, n)).not.toBeNull();
      },
    ),
  );
});

test("a newcomer without votes leaves everyone's covariance alone and is as unsure as the prior", () => {
  const table = pairTable(countPairs(log));
  const grown = pairTable(countPairs(log), ["zz"]);
  const before = sandwichCovariance(table, bradleyTerry(table));
  const after = sandwichCovariance(grown, bradleyTerry(grown));
  for (let i = 0; i < 5; i++)
    for (let j = 0; j < 5; j++) expect(after[i * 6 + j]).toBeCloseTo(before[i * 5 + j], 12);
  expect(after[35]).toBeCloseTo(PRIOR_SD ** 2, 9);
});

test("inverse Fisher is too wide where ties are many: with every second vote a tie, by the square root of two", () => {
  const votes = Array.from({ length: 400 }, (_, k): PairVote => ({
    a: "x",
    b: "y",
    outcome: (["a", "tie", "b", "tie"] as const)[k % 4],
  }));
  const table = pairTable(countPairs(votes));
  const fit = bradleyTerry(table);
  expect(fisherCovariance(table, fit)[0] / sandwichCovariance(table, fit)[0]).toBeCloseTo(2, 9);
});

test("nothing but ties is not certainty: the interval falls back on the Fisher information", () => {
  const table = pairTable([{ a: "x", b: "y", winsA: 0, winsB: 0, ties: 5, bothBad: 0 }]);
  const fit = bradleyTerry(table);
  expect(sandwichCovariance(table, fit)[0]).toBeCloseTo(fisherCovariance(table, fit)[0], 12);
  expect(sandwichCovariance(table, fit)[0]).toBeGreaterThan(0.1);
});

test("clipping removes the negative part and keeps the rest", () => {
  // Eigenvalues 3 and -1 along (1, 1) and (1, -1).
  const clipped = clipToPositive(Float64Array.from([1, 2, 2, 1]), 2);
  [1.5, 1.5, 1.5, 1.5].forEach((v, at) => expect(clipped[at]).toBeCloseTo(v, 12));
});
