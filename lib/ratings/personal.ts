import { addContrast } from "./bradley-terry";
import { cholesky, choleskyInverse, choleskySolve } from "@/lib/numerics/small-matrices";
import { normalQuantile } from "@/lib/numerics/normal";
import { pairTable, type PairCount, type PairTable } from "./pair-counts";
import { rankSpread } from "./rank-spread";
import { POINTS_PER_LOGIT, RATING_CENTRE, sigmoid } from "./scale";

/** From how many votes on one person's ratings say more than the board's. */
export const ENOUGH_VOTES = 20;

/**
 * How far one person's strengths may stray from everybody's, as standard deviations of a prior, in points of rating: two models that the
 * board puts 100 points apart may well stand the other way round for one person. Which of them a person's taste is like, their votes
 * say.
 */
const TASTE_SDS = [50, 100, 200];

/** The same of a model that the board does not rate yet: about how far models of a board stray from its middle. */
const UNRATED_SD = 200;

/** A board's rating of a model, in points. */
export interface BoardRating {
  rating: number;
  /** Its standard error. */
  se: number;
}

/** What one person's votes say of one model. */
export interface PersonalRating {
  model: string;
  rating: number;
  /** 95% by the posterior, in points. */
  low: number;
  high: number;
  /** By rating, with the ranks that their votes and the board together cannot exclude. */
  rank: number;
  rankLow: number;
  rankHigh: number;
  /** Their votes on it. */
  votes: number;
}

/**
 * One person's ratings from their own votes, shrunk to the board's: the most probable Bradley-Terry strengths (ties and both-bad as
 * half a win each) under normal priors around the board's ratings, as wide as tastes differ and the board is unsure, each weighed by how
 * probable it makes the votes, with the Laplace approximation's intervals. Votes compare models and say nothing of the level of all: the models' mean is the board's, and the
 * intervals are of how far each stands from it. Where they have voted little it is the board's rating, with a wide interval.
 * @param counts their votes by pair; models without one of their votes get no line
 * @param board by model; one that it does not rate stands in the middle
 * @returns best first
 * Source: MacKay 1992, Neural Computation 4(3), for the approximation.
 */
export function personalRatings(
  counts: readonly PairCount[],
  board: ReadonlyMap<string, BoardRating>,
): PersonalRating[] {
  const table = pairTable(counts);
  const n = table.models.length;
  if (n === 0) return [];
  const rated = table.models.map((model) => board.get(model) ?? { rating: RATING_CENTRE, se: UNRATED_SD });
  const centre = Float64Array.from(rated, ({ rating }) => (rating - RATING_CENTRE) / POINTS_PER_LOGIT);
  const fits = TASTE_SDS.map((taste) => {
    const sd = Float64Array.from(rated, ({ se }) => Math.hypot(taste, se) / POINTS_PER_LOGIT);
    return mostProbable(table, centre, sd);
  });
  const { theta, covariance } = atLevelOf(centre, mixed(fits));
  const spread = rankSpread(theta, covariance);
  const z = normalQuantile(0.975);
  const votes = new Float64Array(n);
  table.a.forEach((a, i) => {
    for (const model of [a, table.b[i]]) votes[model] += votesAt(table, i);
  });
  return table.models
    .map((model, i) => {
      const rating = RATING_CENTRE + POINTS_PER_LOGIT * theta[i];
      const half = z * POINTS_PER_LOGIT * Math.sqrt(covariance[i * (n + 1)]);
      return {
        ...{ model, rating, low: rating - half, high: rating + half, votes: votes[i] },
        ...{ rank: spread.rank[i], rankLow: spread.low[i], rankHigh: spread.high[i] },
      };
    })
    .sort((x, y) => x.rank - y.rank || y.votes - x.votes);
}

const drawnAt = (table: PairTable, i: number) => table.ties[i] + table.bothBad[i];
const votesAt = (table: PairTable, i: number) => table.winsA[i] + table.winsB[i] + drawnAt(table, i);

/** Strengths under one prior, and the logarithm of how probable it makes the votes. */
type Fit = { theta: Float64Array; covariance: Float64Array; evidence: number };

/** Newton from the prior's centre: the loss is strictly convex, and the prior keeps every step short. */
function mostProbable(table: PairTable, centre: Float64Array, sd: Float64Array): Fit {
  const n = centre.length;
  let theta = Float64Array.from(centre);
  for (let step = 0; ; step++) {
    const gradient = theta.map((t, i) => (t - centre[i]) / sd[i] ** 2);
    const hessian = new Float64Array(n * n);
    for (let i = 0; i < n; i++) hessian[i * (n + 1)] = 1 / sd[i] ** 2;
    table.a.forEach((a, i) => {
      const b = table.b[i];
      const votes = votesAt(table, i);
      const p = sigmoid(theta[a] - theta[b]);
      const residual = votes * p - table.winsA[i] - drawnAt(table, i) / 2;
      gradient[a] += residual;
      gradient[b] -= residual;
      addContrast(hessian, n, a, b, votes * p * (1 - p));
    });
    const factor = cholesky(hessian, n);
    if (factor === null) throw new RangeError("strengths beyond range");
    const by = choleskySolve(factor, gradient);
    const longest = Math.max(...by.map(Math.abs));
    if (longest < 1e-10 || step === 100) {
      const evidence = logEvidence(table, centre, sd, theta, factor);
      return { theta, covariance: choleskyInverse(factor, n), evidence };
    }
    // Where one side won nearly all, the first steps of a far start would overshoot.
    const scale = Math.min(1, 1 / longest);
    theta = theta.map((t, i) => t - scale * by[i]);
  }
}

/** The strengths with their mean at the prior's, and the covariance of how far each is from it: P C P with P = I - 11'/n. */
function atLevelOf(
  centre: Float64Array,
  { theta, covariance }: { theta: Float64Array; covariance: Float64Array },
) {
  const n = theta.length;
  const shift = mean(theta) - mean(centre);
  const rows = Float64Array.from({ length: n }, (_, i) => mean(covariance.subarray(i * n, (i + 1) * n)));
  const all = mean(rows);
  return {
    theta: theta.map((t) => t - shift),
    covariance: covariance.map((c, at) => c - rows[Math.floor(at / n)] - rows[at % n] + all),
  };
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How probable the votes are under a prior, by Laplace's approximation, but for a constant. */
function logEvidence(
  table: PairTable,
  centre: Float64Array,
  sd: Float64Array,
  theta: Float64Array,
  factor: Float64Array,
): number {
  let sum = 0;
  table.a.forEach((a, i) => {
    const d = theta[a] - theta[table.b[i]];
    const half = drawnAt(table, i) / 2;
    sum += (table.winsA[i] + half) * logSigmoid(d) + (table.winsB[i] + half) * logSigmoid(-d);
  });
  theta.forEach((t, i) => {
    sum -= ((t - centre[i]) / sd[i]) ** 2 / 2 + Math.log(sd[i]) + Math.log(factor[i * (theta.length + 1)]);
  });
  return sum;
}

/** log sigmoid(x), without overflow. */
const logSigmoid = (x: number) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));

/** Mean and covariance of the mixture of fits, each weighed by its evidence. */
function mixed(fits: readonly Fit[]): Omit<Fit, "evidence"> {
  const best = Math.max(...fits.map(({ evidence }) => evidence));
  const odds = fits.map(({ evidence }) => Math.exp(evidence - best));
  const all = odds.reduce((sum, odd) => sum + odd, 0);
  const n = fits[0].theta.length;
  const theta = new Float64Array(n);
  const covariance = new Float64Array(n * n);
  fits.forEach((fit, k) => fit.theta.forEach((t, i) => (theta[i] += (odds[k] / all) * t)));
  fits.forEach((fit, k) =>
    covariance.forEach((_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      const off = (fit.theta[i] - theta[i]) * (fit.theta[j] - theta[j]);
      covariance[at] += (odds[k] / all) * (fit.covariance[at] + off);
    }),
  );
  return { theta, covariance };
}
