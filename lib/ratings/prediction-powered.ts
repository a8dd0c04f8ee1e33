import { addContrast, addGroupPrior } from "./bradley-terry";
import { connectivity } from "./connectivity";
import type { Connectivity } from "./connectivity";
import { addSeparationPrior, onSumToZero } from "./covariance";
import { cholesky, choleskyInverse, choleskySolve, norm, sandwich } from "./linear-algebra";
import { scoreOf } from "./outcome";
import type { Outcome } from "./outcome";
import { countPairs, pairTable } from "./pair-counts";
import { sigmoid, softplus } from "./scale";

/** A battle that a judge scored: `judge` is its score of a in [0, 1] (0.5 for a tie). */
export interface JudgedPair {
  a: string;
  b: string;
  judge: number;
  /** 1 / propensity of the pair being drawn as it was; default 1. Only ratios matter. */
  weight?: number;
}

/** A judged battle with a human vote. */
export interface LabelledPair extends JudgedPair {
  outcome: Outcome;
}

/** Human strengths, sharpened by the judge. */
export interface PredictionPoweredFit {
  models: string[];
  theta: Float64Array;
  /** n by n, robust. */
  covariance: Float64Array;
  /** How far the judge is trusted, 0 (ignored) to 1. */
  lambda: number;
  /** Correlation of the human's and the judge's residuals on labelled battles. */
  correlation: number;
  /** Human votes that would give as narrow intervals without a judge; minus the real ones: what it is worth. */
  effectiveVotes: number;
  gradientNorm: number;
  graph: Connectivity;
}

interface Rows {
  a: Int32Array;
  b: Int32Array;
  /** Normalised to sum to 1. */
  weight: Float64Array;
  judge: Float64Array;
  /** Human score; empty for judge-only rows. */
  human: Float64Array;
}

/**
 * Bradley-Terry from n human votes Y and a judge's scores f, on the same battles and on N more:
 *
 *   minimise lambda mean_N l(theta; f) + mean_n [ l(theta; Y) - lambda l(theta; f) ].
 *
 * The judge's error is measured where both spoke and taken off again, so the estimate targets the human strengths
 * however wrong the judge is; a judge that agrees narrows the intervals, and a useless one gets lambda = 0.
 * lambda minimises the trace of the covariance, clipped to [0, 1]. Labelled battles must be a random sample of all
 * battles, or carry inverse propensities as weights.
 *
 * @param options lambda fixes the trust instead of estimating it; models adds models without votes.
 * Sources: Angelopoulos et al., Science 382 (2023); Angelopoulos, Duchi & Zrnic 2023 (PPI++).
 */
export function predictionPowered(
  labelled: readonly LabelledPair[],
  judgeOnly: readonly JudgedPair[],
  options: { lambda?: number; models?: readonly string[] } = {},
): PredictionPoweredFit {
  const table = pairTable(countPairs(labelled), [
    ...(options.models ?? []),
    ...judgeOnly.flatMap((row) => [row.a, row.b]),
  ]);
  const graph = connectivity(table);
  const n = table.models.length;
  const index = new Map(table.models.map((model, i) => [model, i]));
  const human = rowsOf(
    labelled,
    index,
    Float64Array.from(labelled, (row) => scoreOf(row.outcome)),
  );
  const extra = rowsOf(judgeOnly, index, new Float64Array(0));

  const alone = minimise(human, extra, 0, graph, n, labelled.length);
  const spread = covarianceParts(human, alone.theta, n);
  const outer = alone.inverse;
  const ratio = judgeOnly.length === 0 ? Infinity : labelled.length / judgeOnly.length;
  const shared = trace(sandwich(outer, spread.cross, n), n);
  const judged = trace(sandwich(outer, spread.judge, n), n);
  const best = judgeOnly.length === 0 || judged <= 0 ? 0 : shared / ((1 + ratio) * judged);
  const lambda = options.lambda ?? Math.min(1, Math.max(0, best));

  const fit = lambda === 0 ? alone : minimise(human, extra, lambda, graph, n, labelled.length);
  const covariance = robust(human, extra, fit, lambda, graph, n, labelled.length, judgeOnly.length);
  const reference = robust(human, extra, fit, 0, graph, n, labelled.length, 0);
  const gain = trace(reference, n) / trace(covariance, n);
  return {
    models: table.models,
    theta: fit.theta,
    covariance,
    lambda,
    correlation: spread.correlation,
    effectiveVotes: labelled.length * (Number.isFinite(gain) ? gain : 1),
    gradientNorm: fit.gradientNorm,
    graph,
  };
}

function rowsOf(pairs: readonly JudgedPair[], index: Map<string, number>, human: Float64Array): Rows {
  const raw = Float64Array.from(pairs, (row) => row.weight ?? 1);
  const total = raw.reduce((sum, w) => sum + w, 0);
  for (const row of pairs) {
    if (!(row.judge >= 0 && row.judge <= 1))
      throw new RangeError(`a judge's score lies in [0, 1], not ${row.judge}`);
    if (!((row.weight ?? 1) > 0)) throw new RangeError(`a weight must be positive, not ${row.weight}`);
  }
  return {
    a: Int32Array.from(pairs, (row) => index.get(row.a)!),
    b: Int32Array.from(pairs, (row) => index.get(row.b)!),
    weight: raw.map((w) => w / total),
    judge: Float64Array.from(pairs, (row) => row.judge),
    human,
  };
}

interface Minimum {
  theta: Float64Array;
  /** Inverse Hessian of the mean loss (and of the prior, which is worth 1 / votes of it). */
  inverse: Float64Array;
  gradientNorm: number;
}

/** Newton on the convex rectified loss (its Hessian is lambda H_extra + (1 - lambda) H_labelled). */
function minimise(
  human: Rows,
  extra: Rows,
  lambda: number,
  graph: Connectivity,
  n: number,
  votes: number,
): Minimum {
  const evaluate = (theta: Float64Array): { loss: number; gradient: Float64Array; hessian: Float64Array } => {
    const gradient = new Float64Array(n);
    const hessian = new Float64Array(n * n);
    addGroupPrior(hessian, graph, () => true, n);
    let loss = 0;
    for (let at = 0; at < n * n; at++) hessian[at] /= Math.max(1, votes);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) gradient[i] += hessian[i * n + j] * theta[j];
      loss += (gradient[i] * theta[i]) / 2;
    }
    const addRows = (rows: Rows, curvature: number, targetOf: (k: number) => number): void => {
      for (let k = 0; k < rows.a.length; k++) {
        const z = theta[rows.a[k]] - theta[rows.b[k]];
        const p = sigmoid(z);
        const w = rows.weight[k];
        loss += w * (curvature * softplus(z) - targetOf(k) * z);
        gradient[rows.a[k]] += w * (curvature * p - targetOf(k));
        gradient[rows.b[k]] -= w * (curvature * p - targetOf(k));
        addContrast(hessian, n, rows.a[k], rows.b[k], w * curvature * p * (1 - p));
      }
    };
    addRows(human, 1 - lambda, (k) => human.human[k] - lambda * human.judge[k]);
    if (lambda > 0) addRows(extra, lambda, (k) => lambda * extra.judge[k]);
    return { loss, gradient, hessian };
  };
  let theta: Float64Array = new Float64Array(n);
  let state = evaluate(theta);
  let length = norm(state.gradient);
  for (let iteration = 0; iteration < 100 && length > 1e-12; iteration++) {
    const factor = cholesky(state.hessian, n);
    if (factor === null) break;
    const step = choleskySolve(factor, state.gradient);
    const slope = step.reduce((sum, s, i) => sum + s * state.gradient[i], 0);
    let next = theta;
    let nextState = state;
    for (let size = 1; size > 1e-8; size /= 2) {
      next = theta.map((value, i) => value - size * step[i]);
      nextState = evaluate(next);
      if (nextState.loss <= state.loss - 1e-4 * size * slope + 1e-14) break;
    }
    const nextLength = norm(nextState.gradient);
    if (nextLength >= length && length < 1e-9) break;
    [theta, state, length] = [next, nextState, nextLength];
  }
  const factor = cholesky(state.hessian, n);
  if (factor === null) throw new RangeError("the judge and the votes leave no finite fit");
  return { theta, inverse: choleskyInverse(factor, n), gradientNorm: length };
}

/** Covariance of sum_k w_k r_k e_k over random rows: sum w^2 r s e e' less the square of the mean. */
function spreadOf(
  rows: Rows,
  n: number,
  first: (k: number) => number,
  second: (k: number) => number,
): Float64Array {
  const out = new Float64Array(n * n);
  const meanFirst = new Float64Array(n);
  const meanSecond = new Float64Array(n);
  const count = rows.a.length;
  for (let k = 0; k < count; k++) {
    const [a, b, w] = [rows.a[k], rows.b[k], rows.weight[k]];
    const [x, y] = [first(k), second(k)];
    addContrast(out, n, a, b, w * w * x * y);
    meanFirst[a] += w * x;
    meanFirst[b] -= w * x;
    meanSecond[a] += w * y;
    meanSecond[b] -= w * y;
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++)
      out[i * n + j] -= (meanFirst[i] * meanSecond[j] + meanFirst[j] * meanSecond[i]) / (2 * count);
  }
  return out;
}

function residuals(rows: Rows, theta: Float64Array, scores: Float64Array): Float64Array {
  return scores.map((score, k) => score - sigmoid(theta[rows.a[k]] - theta[rows.b[k]]));
}

/** The covariances that lambda weighs against each other, and the plain correlation of residuals. */
function covarianceParts(
  human: Rows,
  theta: Float64Array,
  n: number,
): { cross: Float64Array; judge: Float64Array; correlation: number } {
  const y = residuals(human, theta, human.human);
  const f = residuals(human, theta, human.judge);
  const count = Math.max(1, y.length);
  const mean = (x: Float64Array): number => x.reduce((sum, v) => sum + v, 0) / count;
  const [my, mf] = [mean(y), mean(f)];
  let [yy, ff, yf] = [0, 0, 0];
  y.forEach((v, k) => {
    yy += (v - my) ** 2;
    ff += (f[k] - mf) ** 2;
    yf += (v - my) * (f[k] - mf);
  });
  return {
    cross: spreadOf(
      human,
      n,
      (k) => y[k],
      (k) => f[k],
    ),
    judge: spreadOf(
      human,
      n,
      (k) => f[k],
      (k) => f[k],
    ),
    correlation: yy > 0 && ff > 0 ? yf / Math.sqrt(yy * ff) : 0,
  };
}

function robust(
  human: Rows,
  extra: Rows,
  fit: Minimum,
  lambda: number,
  graph: Connectivity,
  n: number,
  votes: number,
  judged: number,
): Float64Array {
  const y = residuals(human, fit.theta, human.human);
  const f = residuals(human, fit.theta, human.judge);
  const mixed = y.map((v, k) => v - lambda * f[k]);
  const meat = spreadOf(
    human,
    n,
    (k) => mixed[k],
    (k) => mixed[k],
  );
  if (judged > 0 && lambda > 0) {
    const g = residuals(extra, fit.theta, extra.judge);
    const more = spreadOf(
      extra,
      n,
      (k) => g[k],
      (k) => g[k],
    );
    for (let at = 0; at < n * n; at++) meat[at] += lambda * lambda * more[at];
  }
  const prior = new Float64Array(n * n);
  addSeparationPrior(prior, graph, n);
  for (let at = 0; at < n * n; at++) meat[at] += prior[at] / Math.max(1, votes) ** 2;
  return onSumToZero(sandwich(fit.inverse, meat, n), graph);
}

function trace(matrix: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += matrix[i * n + i];
  return sum;
}
