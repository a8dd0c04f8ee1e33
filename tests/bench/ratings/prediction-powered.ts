/**
 * Whether prediction-powered intervals keep their promise: coverage of 95% intervals and effective votes against theory,
 * n / (1 - rho^2 / (1 + n / N)), for a judge whose verdicts correlate with people's by 0.85, for one that adds a bias
 * against the strong, and for one that says the opposite.
 *
 *   npx tsx tests/bench/ratings/prediction-powered.ts [simulations = 2000] [judge, 0 to 3; all of them unless told]
 */
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import { predictionPowered } from "@/lib/ratings/prediction-powered";
import type { JudgedPair, LabelledPair } from "@/lib/ratings/judged-rows";
import { normalQuantile } from "@/lib/numerics/normal";
import { seededRandom } from "@/lib/numerics/random";
import type { Random } from "@/lib/numerics/random";
import { sigmoid } from "@/lib/ratings/scale";
import { drawPair, drawStrengths, nameOf, percent, printTable } from "./simulate";

const SIMULATIONS = Number(process.argv[2] ?? 2000);
const MODELS = 6;
const LABELLED = 600;
const JUDGED = 3000;
const Z = normalQuantile(0.975);
const theta = drawStrengths(MODELS, 0.6, 1);

/** What a judge says of a battle that a person decided (1: a won), where a wins with probability p. */
type Judge = (random: Random, person: number, p: number) => number;

const bernoulli = (random: Random, p: number) => (random.uniform() < p ? 1 : 0);

/** The person's word with probability rho, otherwise a word of its own with the same chances: correlation rho exactly. */
const correlated =
  (rho: number): Judge =>
  (random, person, p) =>
    random.uniform() < rho ? person : bernoulli(random, p);

const JUDGES: [string, Judge][] = [
  ["correlation 0.85", correlated(0.85)],
  [
    "the same, and for the weaker in 3 of 10",
    (random, person, p) => (random.uniform() < 0.3 ? Number(p < 0.5) : correlated(0.85)(random, person, p)),
  ],
  ["the opposite of people in 7 of 10", (random, person) => (random.uniform() < 0.7 ? 1 - person : person)],
  ["always the weaker", (_, __, p) => Number(p < 0.5)],
];

/** A battle that a person decided and the judge judged. */
function draw(random: Random, judge: Judge): LabelledPair & JudgedPair {
  const [i, j] = drawPair(random, MODELS);
  const p = sigmoid(theta[i] - theta[j]);
  const person = bernoulli(random, p);
  return { a: nameOf(i), b: nameOf(j), outcome: person === 1 ? "a" : "b", judge: judge(random, person, p) };
}

const chosen = process.argv[3] === undefined ? JUDGES : [JUDGES[Number(process.argv[3])]];
const rows = chosen.map(([name, judge]) => {
  let [covered, bias, variance, variancePeople, lambda, correlation, effective] = [0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < SIMULATIONS; k++) {
    const random = seededRandom(5000 + k);
    const labelled = Array.from({ length: LABELLED }, () => draw(random, judge));
    const judged: JudgedPair[] = Array.from({ length: JUDGED }, () => draw(random, judge));
    const fit = predictionPowered(labelled, judged);
    const people = bradleyTerry(pairTable(countPairs(labelled)));
    for (let i = 0; i < MODELS; i++) {
      const error = fit.theta[i] - theta[i];
      if (Math.abs(error) < Z * Math.sqrt(fit.covariance[i * (MODELS + 1)])) covered++;
      bias += (error * Math.sign(theta[i])) / (SIMULATIONS * MODELS);
      variance += error ** 2;
      variancePeople += (people.theta[i] - theta[i]) ** 2;
    }
    lambda += fit.lambda / SIMULATIONS;
    correlation += fit.correlation / SIMULATIONS;
    effective += fit.effectiveVotes / SIMULATIONS;
  }
  const rho = Math.max(0, correlation);
  const theory = LABELLED / (1 - rho ** 2 / (1 + LABELLED / JUDGED));
  const inFact = (LABELLED * variancePeople) / variance;
  return [
    name,
    percent(covered / (SIMULATIONS * MODELS), 2),
    bias.toFixed(4),
    correlation.toFixed(3),
    lambda.toFixed(3),
    theory.toFixed(0),
    `${effective.toFixed(0)} (${percent(effective / theory - 1)})`,
    `${inFact.toFixed(0)} (${percent(inFact / theory - 1)})`,
  ];
});
console.log(
  `${MODELS} models, ${LABELLED} votes of people, ${JUDGED} battles judged beside them, ${SIMULATIONS} logs a row\n`,
);
printTable(
  [
    "judge",
    "coverage of 95%",
    "bias (logits)",
    "correlation",
    "lambda",
    "n_eff: theory",
    "reported",
    "by the estimates' variance",
  ],
  rows,
);
