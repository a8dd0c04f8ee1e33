/**
 * How often 95% intervals cover the truth, over simulated logs: plain intervals on independent votes, then plain and
 * clustered ones on votes of voters with strong tastes, and of voters and prompts both.
 *
 *   npx tsx tests/bench/ratings/coverage.ts [logs = 2000]
 */
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import {
  fisherCovariance,
  robustCovariance,
  sandwichCovariance,
  scoredBradleyTerry,
} from "@/lib/ratings/covariance";
import type { BradleyTerryFit } from "@/lib/ratings/bradley-terry";
import { measureDependence } from "@/lib/ratings/dependence";
import { davidsonProbabilities } from "@/lib/ratings/davidson";
import type { ClusteredVotes } from "@/lib/ratings/meat";
import { normalQuantile } from "@/lib/numerics/normal";
import { seededRandom } from "@/lib/numerics/random";
import type { Random } from "@/lib/numerics/random";
import { sigmoid } from "@/lib/ratings/scale";
import { averagedSigmoid, drawPair, drawStrengths, expectedTable, percent, printTable } from "./simulate";

const LOGS = Number(process.argv[2] ?? 2000);
const MODELS = 10;
const Z = normalQuantile(0.975);
const theta = drawStrengths(MODELS, 0.6, 1);

/** `board`: clustered by voter as a board does it, with Student's t (lib/ratings/dependence.ts). */
type Intervals = "fisher" | "plain" | "voter" | "prompt" | "two-way" | "board";

/** A log by column, over the table of all pairs. */
class Log {
  readonly table = expectedTable(MODELS, () => 0.5);
  readonly pair: number[] = [];
  readonly outcome: number[] = [];
  readonly voter: number[] = [];
  readonly prompt: number[] = [];

  constructor() {
    this.table.winsA.fill(0);
    this.table.winsB.fill(0);
  }

  /** Outcome as in OUTCOMES: 0 when i won, 1 when j did, 2 for a tie. */
  add(i: number, j: number, outcome: number, voter = 0, prompt = 0): void {
    const [a, b] = i < j ? [i, j] : [j, i];
    const pair = a * MODELS - (a * (a + 1)) / 2 + (b - a - 1);
    const code = i < j || outcome > 1 ? outcome : 1 - outcome;
    const { winsA, winsB, ties } = this.table;
    (code === 0 ? winsA : code === 1 ? winsB : ties)[pair]++;
    this.pair.push(pair);
    this.outcome.push(code);
    this.voter.push(voter);
    this.prompt.push(prompt);
  }

  votes(kind: Intervals): ClusteredVotes | undefined {
    if (kind === "plain" || kind === "fisher") return undefined;
    const [voter, prompt] = [Int32Array.from(this.voter), Int32Array.from(this.prompt)];
    const clusters =
      kind === "voter" || kind === "board" ? [voter] : kind === "prompt" ? [prompt] : [voter, prompt];
    return { pair: Int32Array.from(this.pair), outcome: Uint8Array.from(this.outcome), clusters };
  }
}

function covarianceOf(log: Log, fit: BradleyTerryFit, kind: Intervals): Float64Array {
  if (kind === "fisher") return fisherCovariance(log.table, fit);
  if (kind !== "board") return sandwichCovariance(log.table, fit, log.votes(kind));
  const scored = scoredBradleyTerry(log.table, fit);
  return robustCovariance(scored, measureDependence(scored, log.votes("voter")!, ["voter"], { enough: 2 }));
}

/** Covered share of all model intervals, and mean standard error, for each kind of interval. */
function measure(
  truth: Float64Array,
  draw: (random: Random) => Log,
  kinds: Intervals[],
): (string | number)[][] {
  const covered = new Map(kinds.map((kind) => [kind, 0]));
  const width = new Map(kinds.map((kind) => [kind, 0]));
  for (let k = 0; k < LOGS; k++) {
    const log = draw(seededRandom(1000 + k));
    const fit = bradleyTerry(log.table);
    for (const kind of kinds) {
      const covariance = covarianceOf(log, fit, kind);
      for (let i = 0; i < MODELS; i++) {
        const se = Math.sqrt(covariance[i * (MODELS + 1)]);
        width.set(kind, width.get(kind)! + se / (LOGS * MODELS));
        if (Math.abs(fit.theta[i] - truth[i]) < Z * se) covered.set(kind, covered.get(kind)! + 1);
      }
    }
  }
  return kinds.map((kind) => [
    kind,
    percent(covered.get(kind)! / (LOGS * MODELS), 2),
    width.get(kind)!.toFixed(4),
  ]);
}

/** Independent votes on uniform pairs, with Davidson's ties (none at nu = 0). */
function independent(random: Random, votes: number, nu: number): Log {
  const log = new Log();
  for (let k = 0; k < votes; k++) {
    const [i, j] = drawPair(random, MODELS);
    const [win, , tie] = davidsonProbabilities(theta[i], theta[j], Math.log(nu));
    const u = random.uniform();
    log.add(i, j, u < win ? 0 : u < win + tie ? 2 : 1);
  }
  return log;
}

const header = ["interval", "coverage of 95%", "mean SE (logits)"];
console.log(`${MODELS} models, ${LOGS} logs a row\n`);

console.log("Independent decided votes, 2,000 a log");
printTable(
  header,
  measure(theta, (random) => independent(random, 2000, 0), ["fisher", "plain"]),
);

// Davidson ties, about 40% of the votes: the half-win fit targets its own strengths, found from expected scores.
const NU = 1.4;
const tied = bradleyTerry(
  expectedTable(MODELS, (i, j) => {
    const [win, , tie] = davidsonProbabilities(theta[i], theta[j], Math.log(NU));
    return win + tie / 2;
  }),
).theta;
console.log("\nIndependent votes with about 40% ties as half-wins, 2,000 a log");
printTable(
  header,
  measure(tied, (random) => independent(random, 2000, NU), ["fisher", "plain"]),
);

/** The sizes of `voters` that cast `votes` votes: all alike, or the k-th in proportion to 1 / k. */
function sizesOf(voters: number, votes: number, heavy: boolean): number[] {
  const weights = Array.from({ length: voters }, (_, k) => (heavy ? 1 / (k + 1) : 1));
  const sum = weights.reduce((total, w) => total + w, 0);
  return weights.map((w) => Math.max(1, Math.round((votes * w) / sum)));
}

/** Voters (and prompts) each shift every model's strength by N(0, sd): one log's tastes. */
function tasteful(random: Random, sizes: readonly number[], prompts: number, sd: number): Log {
  const shifts = (count: number): Float64Array =>
    Float64Array.from({ length: count * MODELS }, () => sd * random.normal());
  const byVoter = shifts(sizes.length);
  const byPrompt = shifts(prompts);
  const log = new Log();
  const voters = sizes.flatMap((size, voter) => new Array<number>(size).fill(voter));
  for (const voter of voters) {
    const prompt = prompts > 0 ? random.below(prompts) : 0;
    const [i, j] = drawPair(random, MODELS);
    const strength = (m: number): number =>
      theta[m] + byVoter[voter * MODELS + m] + (prompts > 0 ? byPrompt[prompt * MODELS + m] : 0);
    log.add(i, j, random.uniform() < sigmoid(strength(i) - strength(j)) ? 0 : 1, voter, prompt);
  }
  return log;
}

// The fit's target is the population's Bradley-Terry, found from expected scores averaged over tastes.
const target = (sd: number): Float64Array =>
  bradleyTerry(expectedTable(MODELS, (i, j) => averagedSigmoid(theta[i] - theta[j], sd))).theta;

console.log("\n150 voters of 40 votes, tastes of SD 1 logit on every model");
printTable(
  header,
  measure(target(Math.SQRT2), (random) => tasteful(random, sizesOf(150, 6000, false), 0, 1), [
    "plain",
    "voter",
  ]),
);

console.log("\n150 voters of 40 votes on 150 prompts, tastes of SD 1 by voter and by prompt");
printTable(
  header,
  measure(target(2), (random) => tasteful(random, sizesOf(150, 6000, false), 150, 1), [
    "plain",
    "voter",
    "prompt",
    "two-way",
  ]),
);

// How few voters can show how much they differ: the rule of a board (ENOUGH_CLUSTERS).
for (const [voters, heavy] of [
  [5, false],
  [10, false],
  [20, false],
  [40, false],
  [100, true],
] as const) {
  const sizes = sizesOf(voters, 2000, heavy);
  const effective = sizes.reduce((sum, n) => sum + n, 0) ** 2 / sizes.reduce((sum, n) => sum + n * n, 0);
  const who = `${voters} voters${heavy ? ", the k-th casting 1 / k as many votes" : ""}`;
  for (const sd of [0, 1]) {
    console.log(`\n${who} (worth ${effective.toFixed(1)} equal ones), 2,000 votes, tastes of SD ${sd}`);
    printTable(
      header,
      measure(target(sd * Math.SQRT2), (random) => tasteful(random, sizes, 0, sd), [
        "plain",
        "voter",
        "board",
      ]),
    );
  }
}
