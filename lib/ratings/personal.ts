import { addContrast } from "./bradley-terry";
import { cholesky, choleskyInverse, choleskySolve } from "@/lib/numerics/small-matrices";
import { normalQuantile } from "@/lib/numerics/normal";
import { pairTable, type PairCount, type PairTable } from "./pair-counts";
import { rankSpread } from "./rank-spread";
import { POINTS_PER_LOGIT, RATING_CENTRE, sigmoid } from "./scale";

/** From how many votes on one person's ratings say more than the board's. */
export const ENOUGH_VOTES = 20;

/**
 * How far one person's strengths stray from everybody's, as the standard deviation of a prior, in points of rating: two models that
 * the board puts 100 points apart may well stand the other way round for one person.
 */
export const TASTE_SD = 100;

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
 * half a win each) under a normal prior around the board's ratings, with the Laplace approximation's intervals. Where they have voted
 * little it is the board's rating, with an interval as wide as tastes differ. The board's ratings are taken as exact.
 * @param counts their votes by pair; models without one of their votes get no line
 * @param board rating by model; one that it does not rate stands in the middle
 * @returns best first
 * Source: MacKay 1992, Neural Computation 4(3), for the approximation.
 */
export function personalRatings(
  counts: readonly PairCount[],
  board: ReadonlyMap<string, number>,
): PersonalRating[] {
  const table = pairTable(counts);
  const n = table.models.length;
  if (n === 0) return [];
  const centre = Float64Array.from(
    table.models,
    (model) => ((board.get(model) ?? RATING_CENTRE) - RATING_CENTRE) / POINTS_PER_LOGIT,
  );
  const { theta, covariance } = mostProbable(table, centre, TASTE_SD / POINTS_PER_LOGIT);
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

/** Newton from the prior's centre: the loss is strictly convex, and the prior keeps every step short. */
function mostProbable(table: PairTable, centre: Float64Array, sd: number) {
  const n = centre.length;
  let theta = Float64Array.from(centre);
  for (let step = 0; ; step++) {
    const gradient = theta.map((t, i) => (t - centre[i]) / sd ** 2);
    const hessian = new Float64Array(n * n);
    for (let i = 0; i < n; i++) hessian[i * (n + 1)] = 1 / sd ** 2;
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
    if (longest < 1e-10 || step === 100) return { theta, covariance: choleskyInverse(factor, n) };
    // Where one side won nearly all, the first steps of a far start would overshoot.
    const scale = Math.min(1, 1 / longest);
    theta = theta.map((t, i) => t - scale * by[i]);
  }
}
