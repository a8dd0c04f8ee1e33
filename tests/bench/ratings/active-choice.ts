/**
 * Votes needed until every model of the top 10 is known to +-20 points (95%), by active choice of pairs and by
 * uniform choice; and whether active choice bends the ratings.
 *
 *   npx tsx tests/bench/ratings/active-choice.ts [runs = 40] [options of pairDistribution, as JSON]
 */
import { pairDistribution, samplePair, uniformPairs } from "@/lib/ratings/active-pairs";
import type { ActivePairOptions } from "@/lib/ratings/active-pairs";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { sandwichCovariance } from "@/lib/ratings/covariance";
import { normalQuantile } from "@/lib/numerics/normal";
import { pairTable } from "@/lib/ratings/pair-counts";
import type { PairCount } from "@/lib/ratings/pair-counts";
import { seededRandom } from "@/lib/numerics/random";
import { POINTS_PER_LOGIT, sigmoid } from "@/lib/ratings/scale";
import { drawStrengths, nameOf, percent, printTable } from "./simulate";

const RUNS = Number(process.argv[2] ?? 40);
const OPTIONS = JSON.parse(process.argv[3] ?? "{}") as ActivePairOptions;
const BATCH = 250;
const TOP = 10;
const HALF_WIDTH = 20 / (normalQuantile(0.975) * POINTS_PER_LOGIT);

interface Outcome {
  votes: number;
  /** Estimate less truth, of each model, when the run stopped; and whether its interval covered. */
  errors: Float64Array;
  covered: number;
}

/** Votes in batches, with a refit between them, until the top 10 (as estimated) are all within +-20 points. */
function run(theta: Float64Array, active: boolean, seed: number): Outcome {
  const n = theta.length;
  const random = seededRandom(seed);
  const rows = new Map<number, PairCount>();
  const games = new Float64Array(n * n);
  let distribution = uniformPairs(n);
  for (let votes = BATCH; ; votes += BATCH) {
    for (let k = 0; k < BATCH; k++) {
      const { a, b } = samplePair(distribution, random.uniform());
      const key = a * n + b;
      const row = rows.get(key) ?? { a: nameOf(a), b: nameOf(b), winsA: 0, winsB: 0, ties: 0, bothBad: 0 };
      if (random.uniform() < sigmoid(theta[a] - theta[b])) row.winsA++;
      else row.winsB++;
      rows.set(key, row);
      games[a * n + b] = games[b * n + a] = games[a * n + b] + 1;
    }
    const table = pairTable(
      [...rows.values()],
      Array.from(theta, (_, i) => nameOf(i)),
    );
    const fit = bradleyTerry(table);
    const covariance = sandwichCovariance(table, fit);
    const top = Array.from(theta.keys())
      .sort((i, j) => fit.theta[j] - fit.theta[i])
      .slice(0, TOP);
    if (top.every((i) => Math.sqrt(covariance[i * (n + 1)]) <= HALF_WIDTH)) {
      const errors = fit.theta.map((t, i) => t - theta[i]);
      const z = normalQuantile(0.975);
      const covered =
        top.filter((i) => Math.abs(errors[i]) < z * Math.sqrt(covariance[i * (n + 1)])).length / TOP;
      return { votes, errors, covered };
    }
    if (active) distribution = pairDistribution(fit.theta, covariance, games, OPTIONS);
  }
}

const rows: (string | number)[][] = [];
for (const [models, sd] of [
  [20, 0.6],
  [40, 0.6],
  [40, 1],
]) {
  const mean = { uniform: 0, active: 0 };
  for (const mode of ["uniform", "active"] as const) {
    let covered = 0;
    const bias = new Float64Array(models);
    const square = new Float64Array(models);
    for (let r = 0; r < RUNS; r++) {
      // The same boards for both; strengths sorted, so that model 0 is the weakest.
      const theta = drawStrengths(models, sd, 300 + r).sort();
      const result = run(theta, mode === "active", 7000 + r);
      mean[mode] += result.votes / RUNS;
      covered += result.covered / RUNS;
      result.errors.forEach((e, i) => {
        bias[i] += e / RUNS;
        square[i] += (e * e) / RUNS;
      });
    }
    // Mean error of the true top 10 in points, with its standard error over runs.
    const top = Array.from({ length: TOP }, (_, k) => models - 1 - k);
    const points = (top.reduce((sum, i) => sum + bias[i], 0) / TOP) * POINTS_PER_LOGIT;
    const largest = Math.max(
      ...top.map((i) => Math.abs(bias[i]) / Math.sqrt((square[i] - bias[i] ** 2) / RUNS)),
    );
    rows.push([
      `${models} models, SD ${sd}`,
      mode,
      Math.round(mean[mode]),
      mode === "active" ? percent(1 - mean.active / mean.uniform) : "",
      points.toFixed(2),
      largest.toFixed(1),
      percent(covered),
    ]);
  }
}
console.log(`${RUNS} runs a row, refit every ${BATCH} votes\n`);
printTable(
  ["board", "choice", "votes to +-20", "saved", "mean error (points)", "largest |z| of 10", "coverage"],
  rows,
);
