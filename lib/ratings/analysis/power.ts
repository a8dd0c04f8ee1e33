import { gamesAt } from "@/lib/ratings/meat";
import { normalQuantile, twoSidedP } from "@/lib/numerics/normal";
import type { PairTable } from "@/lib/ratings/pair-counts";
import { contrastSe } from "@/lib/ratings/rank-spread";
import { sigmoid } from "@/lib/ratings/scale";

/** What it would take to tell two models apart. */
export interface SeparationPlan {
  /** Current |difference| in standard errors, and its two-sided p-value. */
  z: number;
  pValue: number;
  /** Already told apart at alpha. */
  separated: boolean;
  /** More votes on this very pair; null when the two strengths are equal and no number would do. */
  directVotes: number | null;
  /** More votes on the whole board, spread as they are now. */
  boardVotes: number | null;
}

/** Strengths, in logits, that differ by less are equal: the fit's gradient stops at 1e-9. */
const ROUNDING = 1e-7;

/**
 * About how many more votes would tell models i and j apart, if their strengths are what they now seem. Needed:
 * a standard error of |difference| / (z_(1 - alpha/2) + z_power). Direct votes each add p (1 - p) / dispersion of
 * information, unless `information` says how much; board votes shrink every variance as 1 / votes.
 *
 * @param covariance n by n, robust, in logits squared.
 * @param options alpha 0.05; power 0.8; votes on the board now; dispersion of a vote's residual ({@link dispersion}).
 */
export function votesToSeparate(
  theta: Float64Array,
  covariance: Float64Array,
  i: number,
  j: number,
  options: { votes: number; alpha?: number; power?: number; dispersion?: number; information?: number },
): SeparationPlan {
  const { alpha = 0.05, power = 0.8, dispersion: noise = 1 } = options;
  const apart = Math.abs(theta[i] - theta[j]);
  // A fit's own rounding is no difference, and would ask for 10^33 votes.
  const difference = apart < ROUNDING ? 0 : apart;
  const se = contrastSe(covariance, theta.length, i, j);
  const z = difference === 0 ? 0 : difference / se;
  const separated = z > normalQuantile(1 - alpha / 2);
  const plan = { z, pValue: twoSidedP(z), separated };
  if (separated) return { ...plan, directVotes: 0, boardVotes: 0 };
  if (difference === 0) return { ...plan, directVotes: null, boardVotes: null };
  const target = (difference / (normalQuantile(1 - alpha / 2) + normalQuantile(power))) ** 2;
  const p = sigmoid(theta[i] - theta[j]);
  const { information = (p * (1 - p)) / noise } = options;
  const direct = (1 / target - 1 / se ** 2) / information;
  return {
    ...plan,
    directVotes: Math.max(0, Math.ceil(direct)),
    boardVotes: Math.max(0, Math.ceil(options.votes * (se ** 2 / target - 1))),
  };
}

/** Mean squared residual of a vote over its binomial variance: 1 without ties, less with half-win ties. */
export function dispersion(table: PairTable, theta: Float64Array): number {
  let observed = 0;
  let expected = 0;
  for (let k = 0; k < table.a.length; k++) {
    const p = sigmoid(theta[table.a[k]] - theta[table.b[k]]);
    const drawn = table.ties[k] + table.bothBad[k];
    observed += table.winsA[k] * (1 - p) ** 2 + table.winsB[k] * p ** 2 + drawn * (0.5 - p) ** 2;
    expected += gamesAt(table, k) * p * (1 - p);
  }
  return expected > 0 && observed > 0 ? observed / expected : 1;
}
