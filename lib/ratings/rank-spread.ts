import { cholesky } from "@/lib/numerics/small-matrices";
import { normalQuantile, twoSidedP } from "@/lib/numerics/normal";
import { seededRandom } from "@/lib/numerics/random";

/**
 * How two models are told apart:
 * - `pairwise`: z of theta_i - theta_j with the full covariance, each pair at level alpha (the board's rank);
 * - `holm`: the same with Holm's step-down over all pairs, so that all spreads hold at once;
 * - `max-t`: the same against the simulated maximum of |z| over all pairs: simultaneous, and tighter than Holm
 *   where differences are correlated;
 * - `overlap`: marginal intervals do not overlap (the field's habit; wider, kept for comparison).
 */
export type RankSpreadMethod = "pairwise" | "holm" | "max-t" | "overlap";

/**
 * Strengths (in logits) no further apart are equal: a fit stops well below this, and on the board it is 0.0002 points. Equal records
 * differ in their last digits only by the order in which they were summed.
 */
const EQUAL = 1e-6;

/** Ranks from 1 (strongest): by strength alone, and the best and worst each model could hold. */
export interface RankSpread {
  rank: Int32Array;
  low: Int32Array;
  high: Int32Array;
}

/**
 * Rank spread such as "2-3": low = 1 + the models shown stronger, high = n - the models shown weaker.
 *
 * @param theta strengths in logits.
 * @param covariance n by n, of theta.
 * @param options alpha 0.05; method `pairwise`; seed of `max-t` (2,000 draws).
 * Sources: Holm 1979; Hothorn, Bretz & Westfall 2008 (max-t); Mogstad et al. 2024, Rev. Econ. Stud. (ranks).
 */
export function rankSpread(
  theta: Float64Array,
  covariance: Float64Array,
  options: { alpha?: number; method?: RankSpreadMethod; seed?: number } = {},
): RankSpread {
  const { alpha = 0.05, method = "pairwise", seed = 0 } = options;
  const n = theta.length;
  const apart = separatedPairs(theta, covariance, alpha, method, seed);
  const order = Array.from(theta.keys()).sort((i, j) => theta[j] - theta[i] || i - j);
  const rank = new Int32Array(n);
  // Equal strengths share the better rank: the rank of the strongest that is equal.
  order.forEach((model, k) => {
    const best = k > 0 ? rank[order[k - 1]] : 1;
    rank[model] = k > 0 && theta[order[best - 1]] - theta[model] <= EQUAL ? best : k + 1;
  });
  const low = new Int32Array(n).fill(1);
  const high = new Int32Array(n).fill(n);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (apart[i * n + j] === 0) continue;
      const [strong, weak] = theta[i] > theta[j] ? [i, j] : [j, i];
      low[weak]++;
      high[strong]--;
    }
  }
  return { rank, low, high };
}

/** Standard error of theta_i - theta_j. */
export function contrastSe(covariance: Float64Array, n: number, i: number, j: number): number {
  return Math.sqrt(Math.max(0, covariance[i * n + i] + covariance[j * n + j] - 2 * covariance[i * n + j]));
}

/** |theta_i - theta_j| in standard errors; 0 for equal strengths. */
function zOf(theta: Float64Array, covariance: Float64Array, i: number, j: number): number {
  const difference = Math.abs(theta[i] - theta[j]);
  return difference === 0 ? 0 : difference / contrastSe(covariance, theta.length, i, j);
}

/** 1 at [i * n + j], i < j, where the two models are told apart. */
function separatedPairs(
  theta: Float64Array,
  covariance: Float64Array,
  alpha: number,
  method: RankSpreadMethod,
  seed: number,
): Uint8Array {
  const n = theta.length;
  const apart = new Uint8Array(n * n);
  const critical = normalQuantile(1 - alpha / 2);
  if (method === "overlap") {
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const reach = Math.sqrt(covariance[i * n + i]) + Math.sqrt(covariance[j * n + j]);
        if (Math.abs(theta[i] - theta[j]) > critical * reach) apart[i * n + j] = 1;
      }
    }
  } else if (method === "holm") {
    const pairs: { at: number; p: number }[] = [];
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++)
        pairs.push({ at: i * n + j, p: twoSidedP(zOf(theta, covariance, i, j)) });
    }
    pairs.sort((x, y) => x.p - y.p || x.at - y.at);
    for (let k = 0; k < pairs.length && pairs[k].p <= alpha / (pairs.length - k); k++) apart[pairs[k].at] = 1;
  } else {
    const bound = method === "max-t" ? maxTQuantile(covariance, n, alpha, seed) : critical;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) if (zOf(theta, covariance, i, j) > bound) apart[i * n + j] = 1;
    }
  }
  return apart;
}

/** The 1 - alpha quantile of max |z| over all pairs when nothing differs, from 2,000 draws of N(0, V). */
function maxTQuantile(covariance: Float64Array, n: number, alpha: number, seed: number): number {
  if (n < 2) return Infinity;
  const draws = 2000;
  // V is singular along the vector of ones; a common shift cancels in every difference, so add one.
  let mean = 0;
  for (let i = 0; i < n; i++) mean += covariance[i * n + i] / n;
  const shifted = covariance.map((v, at) => v + mean + (at % (n + 1) === 0 ? 1e-10 * mean : 0));
  const factor = cholesky(shifted, n);
  if (factor === null) return normalQuantile(1 - alpha / (n * (n - 1)));
  const inverseSe = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const se = contrastSe(covariance, n, i, j);
      inverseSe[i * n + j] = se > 0 ? 1 / se : 0;
    }
  }
  const random = seededRandom(seed);
  const noise = new Float64Array(n);
  const x = new Float64Array(n);
  const top = new Float64Array(draws);
  for (let d = 0; d < draws; d++) {
    for (let i = 0; i < n; i++) noise[i] = random.normal();
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let k = 0; k <= i; k++) sum += factor[i * n + k] * noise[k];
      x[i] = sum;
      for (let j = 0; j < i; j++) {
        const z = Math.abs(sum - x[j]) * inverseSe[i * n + j];
        if (z > top[d]) top[d] = z;
      }
    }
  }
  top.sort();
  return top[Math.min(draws - 1, Math.ceil((1 - alpha) * draws) - 1)];
}
