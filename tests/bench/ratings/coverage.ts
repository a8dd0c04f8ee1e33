/**
 * How often 95% intervals cover the truth, over simulated logs: plain intervals on independent votes, then plain and
 * clustered ones on votes of voters with strong tastes, and of voters and prompts both.
 *
 *   npx tsx tests/bench/ratings/coverage.ts [logs = 2000]
 */
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { fisherCovariance, sandwichCovariance } from "@/lib/ratings/covariance";
import { davidsonProbabilities } from "@/lib/ratings/davidson";
import { normalQuantile } from "@/lib/ratings/normal";
import type { PairVote } from "@/lib/ratings/pair-counts";
import { seededRandom } from "@/lib/ratings/random";
import type { Random } from "@/lib/ratings/random";
import { sigmoid } from "@/lib/ratings/scale";
import { voteColumns } from "@/lib/ratings/vote-columns";
import {
  averagedSigmoid,
  drawPair,
  drawStrengths,
  drawVotes,
  expectedTable,
  nameOf,
  percent,
  printTable,
} from "./simulate";

const LOGS = Number(process.argv[2] ?? 2000);
const MODELS = 10;
const Z = normalQuantile(0.975);
const theta = drawStrengths(MODELS, 0.6, 1);

type Intervals = "fisher" | "plain" | "voter" | "prompt" | "two-way";

/** Covered share of all model intervals, and mean standard error, for each kind of interval. */
function measure(
  truth: Float64Array,
  draw: (random: Random) => PairVote[],
  kinds: Intervals[],
): (string | number)[][] {
  const covered = new Map(kinds.map((kind) => [kind, 0]));
  const width = new Map(kinds.map((kind) => [kind, 0]));
  for (let log = 0; log < LOGS; log++) {
    const votes = draw(seededRandom(1000 + log));
    const two = voteColumns(votes, ["voter", "prompt"]);
    const fit = bradleyTerry(two.table);
    const only = (l: number) => ({ ...two.votes, clusters: [two.votes.clusters[l]] });
    for (const kind of kinds) {
      const covariance =
        kind === "fisher"
          ? fisherCovariance(two.table, fit)
          : sandwichCovariance(
              two.table,
              fit,
              kind === "plain"
                ? undefined
                : kind === "voter"
                  ? only(0)
                  : kind === "prompt"
                    ? only(1)
                    : two.votes,
            );
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

const header = ["interval", "coverage of 95%", "mean SE (logits)"];
console.log(`${MODELS} models, ${LOGS} logs a row\n`);

console.log("Independent decided votes, 2,000 a log");
printTable(
  header,
  measure(theta, (random) => drawVotes(theta, 2000, random), ["fisher", "plain"]),
);

// Davidson ties, about 40% of the votes: the half-win fit targets its own strengths, found from expected scores.
const nu = Math.log(1.4);
const tied = bradleyTerry(
  expectedTable(MODELS, (i, j) => {
    const [win, , tie] = davidsonProbabilities(theta[i], theta[j], nu);
    return win + tie / 2;
  }),
).theta;
console.log("\nIndependent votes with about 40% ties as half-wins, 2,000 a log");
printTable(
  header,
  measure(
    tied,
    (random) =>
      Array.from({ length: 2000 }, (): PairVote => {
        const [i, j] = drawPair(random, MODELS);
        const [win, , tie] = davidsonProbabilities(theta[i], theta[j], nu);
        const u = random.uniform();
        return { a: nameOf(i), b: nameOf(j), outcome: u < win ? "a" : u < win + tie ? "tie" : "b" };
      }),
    ["fisher", "plain"],
  ),
);

/** Voters (and prompts) each shift every model's strength by N(0, sd): one log's tastes. */
function tasteful(random: Random, voters: number, prompts: number, sd: number, each: number): PairVote[] {
  const shifts = (count: number): Float64Array =>
    Float64Array.from({ length: count * MODELS }, () => sd * random.normal());
  const byVoter = shifts(voters);
  const byPrompt = shifts(prompts);
  return Array.from({ length: voters * each }, (_, k): PairVote => {
    const voter = Math.floor(k / each);
    const prompt = prompts > 0 ? random.below(prompts) : 0;
    const [i, j] = drawPair(random, MODELS);
    const strength = (m: number): number =>
      theta[m] + byVoter[voter * MODELS + m] + (prompts > 0 ? byPrompt[prompt * MODELS + m] : 0);
    const won = random.uniform() < sigmoid(strength(i) - strength(j));
    return { a: nameOf(i), b: nameOf(j), outcome: won ? "a" : "b", voter: `v${voter}`, prompt: `p${prompt}` };
  });
}

// The fit's target is the population's Bradley-Terry, found from expected scores averaged over tastes.
const target = (sd: number): Float64Array =>
  bradleyTerry(expectedTable(MODELS, (i, j) => averagedSigmoid(theta[i] - theta[j], sd))).theta;

console.log("\n150 voters of 40 votes, tastes of SD 1 logit on every model");
printTable(
  header,
  measure(target(Math.SQRT2), (random) => tasteful(random, 150, 0, 1, 40), ["plain", "voter"]),
);

console.log("\n150 voters of 40 votes on 150 prompts, tastes of SD 1 by voter and by prompt");
printTable(
  header,
  measure(target(2), (random) => tasteful(random, 150, 150, 1, 40), ["plain", "voter", "prompt", "two-way"]),
);
