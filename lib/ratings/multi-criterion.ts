import type { Connectivity } from "./connectivity";
import { robustCovariance } from "./covariance";
import type { ScoredFit } from "./covariance";
import { OUTCOMES, swapSides } from "./outcome";
import type { Outcome } from "./outcome";
import { addOutcome, canonicalPair, compareIds, mergePairCounts, pairTable } from "./pair-counts";
import type { PairCount } from "./pair-counts";
import { hashLines } from "./inputs-hash";
import type { SnapshotOptions } from "./snapshot";
import { fitPairs } from "./tie-fit";
import type { TieFit, TieModel } from "./tie-fit";

/** One battle judged on several criteria (overall, aesthetics, prompt following, motion); any may be missing. */
export interface CriterionVote {
  a: string;
  b: string;
  outcomes: Readonly<Record<string, Outcome | undefined>>;
  /** How many votes said exactly this; default 1. */
  votes?: number;
}

/** Every criterion fitted on its own, and how their errors go together. */
export interface CriterionFits {
  models: string[];
  criteria: string[];
  theta: Float64Array[];
  /** covariance[c][d]: n by n covariance of the strengths of criterion c with those of d. */
  covariance: Float64Array[][];
  fits: TieFit[];
}

/**
 * A fit a criterion, on one list of models and by one model of ties, with the covariances between criteria: votes on one
 * battle are one voter's glance, so their residuals move together, and a weighted board that took them as independent
 * would claim too much. Cov(theta_c, theta_d) = H_c^-1 B_cd H_d^-1 with B_cd = sum over battles of s_c s_d', the scores.
 * @param ties the board's, so that all weight on overall is the board's own fit
 */
export function fitCriteria(
  votes: readonly CriterionVote[],
  criteria: readonly string[],
  models: readonly string[] = [],
  ties: TieModel = "half",
): CriterionFits {
  const names = [...new Set([...models, ...votes.flatMap((vote) => [vote.a, vote.b])])].sort(compareIds);
  const fits = criteria.map((criterion) =>
    fitPairs(pairTable(countCriterion(votes, criterion), names), ties),
  );
  const rows = fits.map(({ fitted }) => {
    const keys = Array.from(fitted.a, (a, row) => [`${names[a]} ${names[fitted.b[row]]}`, row] as const);
    return new Map(keys);
  });
  /** Where a vote's score by a criterion stands in the fit's scores; null: it did not speak of it. */
  const cellOf = ({ a, b, outcomes }: CriterionVote, c: number): { pair: number; outcome: number } | null => {
    const outcome = outcomes[criteria[c]];
    if (outcome === undefined) return null;
    const vote = canonicalPair(a, b, outcome);
    return { pair: rows[c].get(`${vote.a} ${vote.b}`)!, outcome: OUTCOMES.indexOf(vote.outcome) };
  };
  const covariance = criteria.map((_, c) =>
    criteria.map((__, d) => {
      if (c === d) return robustCovariance(fits[c]);
      const [left, right] = [fits[c].scores, fits[d].scores];
      const meat = new Float64Array(left.dimension * right.dimension);
      for (const vote of votes) {
        const [x, y] = [cellOf(vote, c), cellOf(vote, d)];
        if (x === null || y === null) continue;
        for (let i = 0; i < left.width; i++) {
          const scaled = (vote.votes ?? 1) * left.value[(x.pair * 4 + x.outcome) * left.width + i];
          const row = left.index[x.pair * left.width + i] * right.dimension;
          for (let j = 0; j < right.width; j++) {
            meat[row + right.index[y.pair * right.width + j]] +=
              scaled * right.value[(y.pair * 4 + y.outcome) * right.width + j];
          }
        }
      }
      return crossCovariance(fits[c], meat, fits[d]);
    }),
  );
  return { models: names, criteria: [...criteria], theta: fits.map((fit) => fit.theta), covariance, fits };
}

/** The strengths' block of H_c^-1 B_cd H_d^-1, n by n, on the sum-to-zero space of either side. */
function crossCovariance(left: ScoredFit, meat: Float64Array, right: ScoredFit): Float64Array {
  const [rows, columns, n] = [left.scores.dimension, right.scores.dimension, left.models.length];
  const half = product(left.inverseHessian, meat, rows, columns);
  const full = product(half, right.inverseHessian, columns, columns);
  const block = new Float64Array(n * n);
  for (let i = 0; i < n; i++) block.set(full.subarray(i * columns, i * columns + n), i * n);
  const transposed = (matrix: Float64Array) =>
    Float64Array.from(matrix, (_, at) => matrix[(at % n) * n + Math.floor(at / n)]);
  return transposed(centreRows(transposed(centreRows(block, right.graph)), left.graph));
}

/** Each row less its mean over each component. */
function centreRows(matrix: Float64Array, { component, componentCount }: Connectivity): Float64Array {
  const n = component.length;
  const sizes = new Float64Array(componentCount);
  for (const c of component) sizes[c]++;
  for (let i = 0; i < n; i++) {
    const mean = new Float64Array(componentCount);
    for (let j = 0; j < n; j++) mean[component[j]] += matrix[i * n + j] / sizes[component[j]];
    for (let j = 0; j < n; j++) matrix[i * n + j] -= mean[component[j]];
  }
  return matrix;
}

/** One criterion's pair counts. */
export function countCriterion(votes: readonly CriterionVote[], criterion: string): PairCount[] {
  return mergePairCounts(
    votes.flatMap(({ a, b, outcomes, votes = 1 }) => {
      const outcome = outcomes[criterion];
      if (outcome === undefined) return [];
      const count = { a, b, winsA: 0, winsB: 0, ties: 0, bothBad: 0 };
      addOutcome(count, outcome, votes);
      return [count];
    }),
  );
}

/** sha256 (hex) of what `fitCriteria` is given: the same however the votes are grouped, ordered or turned. */
export function hashCriteria(
  votes: readonly CriterionVote[],
  criteria: readonly string[],
  models: readonly string[],
  options: Pick<SnapshotOptions, "exclusions" | "ties">,
): string {
  const sums = new Map<string, number>();
  for (const { a, b, outcomes, votes: times = 1 } of votes) {
    const turned = a > b;
    const said = criteria.map((criterion) => {
      const outcome = outcomes[criterion];
      return outcome === undefined ? null : turned ? swapSides(outcome) : outcome;
    });
    const line = JSON.stringify([turned ? b : a, turned ? a : b, ...said]);
    sums.set(line, (sums.get(line) ?? 0) + times);
  }
  const lines = [...sums].filter(([, times]) => times !== 0).map(([line, times]) => `${line} ${times}`);
  return hashLines([JSON.stringify(criteria), ...lines.sort(compareIds)], models, options);
}

/**
 * A reader's own board: strengths sum_c w_c theta_c with w >= 0 scaled to sum to 1, and their covariance. All
 * weight on one criterion gives that criterion's fit, exactly.
 */
export function weightedBoard(
  fits: Omit<CriterionFits, "fits">,
  weights: readonly number[],
): { theta: Float64Array; covariance: Float64Array } {
  const total = weights.reduce((sum, w) => sum + w, 0);
  if (
    weights.length !== fits.criteria.length ||
    weights.some((w) => !(w >= 0)) ||
    !(total > 0 && total < Infinity)
  ) {
    throw new RangeError("give each criterion a weight of at least 0, and one of them more");
  }
  const n = fits.models.length;
  const theta = new Float64Array(n);
  const covariance = new Float64Array(n * n);
  weights.forEach((wc, c) => {
    if (wc === 0) return;
    for (let i = 0; i < n; i++) theta[i] += (wc / total) * fits.theta[c][i];
    weights.forEach((wd, d) => {
      const share = (wc / total) * (wd / total);
      if (share === 0) return;
      for (let at = 0; at < n * n; at++) covariance[at] += share * fits.covariance[c][d][at];
    });
  });
  return { theta, covariance };
}

/** left * right, `inner` being the columns of left and the rows of right. */
function product(left: Float64Array, right: Float64Array, inner: number, columns: number): Float64Array {
  const rows = left.length / inner;
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const value = left[i * inner + k];
      for (let j = 0; j < columns; j++) out[i * columns + j] += value * right[k * columns + j];
    }
  }
  return out;
}
