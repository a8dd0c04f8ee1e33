import { addContrast, bradleyTerry } from "./bradley-terry";
import type { BradleyTerryFit } from "./bradley-terry";
import { sandwichCovariance } from "./covariance";
import { scoreOf, swapSides } from "./outcome";
import type { Outcome } from "./outcome";
import { addOutcome, compareIds, mergePairCounts, pairTable } from "./pair-counts";
import type { PairCount } from "./pair-counts";
import { sigmoid } from "./scale";
import { hashLines } from "./inputs-hash";
import type { SnapshotOptions } from "./snapshot";

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
  fits: BradleyTerryFit[];
}

/**
 * A fit a criterion, on one list of models, with the covariances between criteria: votes on one battle are one
 * voter's glance, so their residuals move together, and a weighted board that took them as independent would
 * claim too much. Cov(theta_c, theta_d) = H_c^-1 B_cd H_d^-1 with B_cd = sum over battles of r_c r_d e e'.
 */
export function fitCriteria(
  votes: readonly CriterionVote[],
  criteria: readonly string[],
  models: readonly string[] = [],
): CriterionFits {
  const names = [...new Set([...models, ...votes.flatMap((vote) => [vote.a, vote.b])])].sort(compareIds);
  const index = new Map(names.map((name, i) => [name, i]));
  const n = names.length;
  const tables = criteria.map((criterion) => pairTable(countCriterion(votes, criterion), names));
  const fits = tables.map((table) => bradleyTerry(table));
  const residual = (vote: CriterionVote, c: number): number | null => {
    const outcome = vote.outcomes[criteria[c]];
    if (outcome === undefined) return null;
    const { theta } = fits[c];
    return scoreOf(outcome) - sigmoid(theta[index.get(vote.a)!] - theta[index.get(vote.b)!]);
  };
  const covariance = criteria.map((_, c) =>
    criteria.map((__, d) => {
      if (c === d) return sandwichCovariance(tables[c], fits[c]);
      const meat = new Float64Array(n * n);
      for (const vote of votes) {
        const [x, y] = [residual(vote, c), residual(vote, d)];
        if (x === null || y === null) continue;
        addContrast(meat, n, index.get(vote.a)!, index.get(vote.b)!, (vote.votes ?? 1) * x * y);
      }
      return product(product(fits[c].inverseHessian, meat, n), fits[d].inverseHessian, n);
    }),
  );
  return { models: names, criteria: [...criteria], theta: fits.map((fit) => fit.theta), covariance, fits };
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
  options: Pick<SnapshotOptions, "exclusions">,
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

function product(left: Float64Array, right: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const value = left[i * n + k];
      for (let j = 0; j < n; j++) out[i * n + j] += value * right[k * n + j];
    }
  }
  return out;
}
