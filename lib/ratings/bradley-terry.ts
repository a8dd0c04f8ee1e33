import { connectivity } from "./connectivity";
import type { Connectivity } from "./connectivity";
import { cholesky, choleskyInverse, choleskySolve, norm } from "@/lib/numerics/small-matrices";
import type { PairTable } from "./pair-counts";
import { sigmoid, softplus } from "./scale";

/**
 * Standard deviation, in logits, of the weak prior on what the votes cannot tell: how far apart two groups of
 * models stand when one has won every vote between them, or when they never met. 3 logits are 521 points, and
 * a model that won 10 of 10 lands about where half a lost vote would put it. It is never felt on a strongly
 * connected board.
 */
export const PRIOR_SD = 3;

/** The fit stops when the gradient of the summed loss is shorter than this. */
export const GRADIENT_TOLERANCE = 1e-9;

/** Maximum-likelihood strengths. */
export interface BradleyTerryFit {
  /** Order of every vector and matrix here; sorted by id. */
  models: string[];
  /** Strengths in logits; they sum to zero within each component. */
  theta: Float64Array;
  /** (H + prior)^-1, n by n, row-major. */
  inverseHessian: Float64Array;
  /** Euclidean length of the gradient of the summed loss at theta. */
  gradientNorm: number;
  iterations: number;
  graph: Connectivity;
}

/**
 * Bradley-Terry by maximum likelihood from pair counts: p(a beats b) = sigmoid(theta_a - theta_b), ties and
 * both-bad as half a win each. Newton with step halving on the summed loss, whose cost depends on the number of
 * models and pairs and not on the number of votes.
 *
 * The loss carries one extra term, (1 / (2 PRIOR_SD^2)) sum_g n_g mean_g(theta)^2 over the strongly connected
 * groups g of the win graph. On a strongly connected board that is a penalty on the mean alone, which pins
 * sum(theta) to 0 and changes nothing else: the result is the exact maximum-likelihood estimate. Otherwise it
 * is a weak prior on just the differences the votes leave unbounded, so the answer is always finite; see
 * `graph` for the flags.
 *
 * @param options start: strengths to begin from (a previous fit), same order as `table.models`; graph: who met and beat whom,
 * where the table's counts are adjusted ones.
 * Sources: Bradley & Terry 1952; Ford 1957 (existence); Hunter 2004, Ann. Statist. 32(1).
 */
export function bradleyTerry(
  table: PairTable,
  options: { start?: Float64Array; graph?: Connectivity } = {},
): BradleyTerryFit {
  const n = table.models.length;
  const graph = options.graph ?? connectivity(table);
  let theta: Float64Array = options.start ? Float64Array.from(options.start) : new Float64Array(n);
  if (theta.length !== n) throw new RangeError(`start has ${theta.length} strengths for ${n} models`);

  let gradient = gradientOf(table, graph, theta);
  let length = norm(gradient);
  let iterations = 0;
  // One step beyond the tolerance: Newton squares the error, so the answer is then the same to the last bits
  // wherever it began.
  for (let polished = length === 0; !polished && iterations < 200; iterations++) {
    polished = length < GRADIENT_TOLERANCE;
    const factor = cholesky(hessianOf(table, graph, theta), n);
    if (factor === null) break;
    const step = choleskySolve(factor, gradient);
    const next = lineSearch(table, graph, theta, gradient, step);
    const nextGradient = gradientOf(table, graph, next);
    const nextLength = norm(nextGradient);
    // Near the optimum the loss is flat to rounding: the gradient decides, and no progress means done.
    if (nextLength >= length && (polished || length < 1e-6)) break;
    theta = next;
    gradient = nextGradient;
    length = nextLength;
  }
  const factor = n === 0 ? null : cholesky(hessianOf(table, graph, theta), n);
  if (n > 0 && factor === null)
    throw new RangeError("the information matrix is singular: strengths beyond range");
  const inverseHessian = factor === null ? new Float64Array(0) : choleskyInverse(factor, n);
  return { models: table.models, theta, inverseHessian, gradientNorm: length, iterations, graph };
}

/** Halves the Newton step until the loss falls enough (Armijo); full steps near the optimum. */
function lineSearch(
  table: PairTable,
  graph: Connectivity,
  theta: Float64Array,
  gradient: Float64Array,
  step: Float64Array,
): Float64Array {
  const slope = gradient.reduce((sum, g, i) => sum + g * step[i], 0);
  const from = lossOf(table, graph, theta);
  const noise = 1e-12 * (1 + Math.abs(from));
  for (let scale = 1; ; scale /= 2) {
    const next = theta.map((t, i) => t - scale * step[i]);
    if (scale < 1e-8 || lossOf(table, graph, next) <= from - 1e-4 * scale * slope + noise) return next;
  }
}

function groupMeans(graph: Connectivity, theta: Float64Array): Float64Array {
  const mean = new Float64Array(graph.groupCount);
  for (let i = 0; i < theta.length; i++) mean[graph.group[i]] += theta[i] / graph.groupSize[graph.group[i]];
  return mean;
}

/** Summed loss: -sum w (s z - n softplus(z)) with s the score of a in n votes, plus the prior. */
function lossOf(table: PairTable, graph: Connectivity, theta: Float64Array): number {
  let loss = 0;
  for (let i = 0; i < table.a.length; i++) {
    const z = theta[table.a[i]] - theta[table.b[i]];
    const drawn = table.ties[i] + table.bothBad[i];
    const votes = table.winsA[i] + table.winsB[i] + drawn;
    loss += table.weight[i] * (votes * softplus(z) - (table.winsA[i] + 0.5 * drawn) * z);
  }
  const mean = groupMeans(graph, theta);
  for (let g = 0; g < mean.length; g++) loss += (graph.groupSize[g] * mean[g] ** 2) / (2 * PRIOR_SD ** 2);
  return loss;
}

function gradientOf(table: PairTable, graph: Connectivity, theta: Float64Array): Float64Array {
  const mean = groupMeans(graph, theta);
  const gradient = theta.map((_, i) => mean[graph.group[i]] / PRIOR_SD ** 2);
  for (let i = 0; i < table.a.length; i++) {
    const drawn = table.ties[i] + table.bothBad[i];
    const votes = table.winsA[i] + table.winsB[i] + drawn;
    const p = sigmoid(theta[table.a[i]] - theta[table.b[i]]);
    const g = table.weight[i] * (votes * p - table.winsA[i] - 0.5 * drawn);
    gradient[table.a[i]] += g;
    gradient[table.b[i]] -= g;
  }
  return gradient;
}

function hessianOf(table: PairTable, graph: Connectivity, theta: Float64Array): Float64Array {
  const n = theta.length;
  const hessian = new Float64Array(n * n);
  addGroupPrior(hessian, graph, () => true, n);
  for (let i = 0; i < table.a.length; i++) {
    const votes = table.winsA[i] + table.winsB[i] + table.ties[i] + table.bothBad[i];
    const p = sigmoid(theta[table.a[i]] - theta[table.b[i]]);
    addContrast(hessian, n, table.a[i], table.b[i], table.weight[i] * votes * p * (1 - p));
  }
  return hessian;
}

/** matrix += value (e_a - e_b)(e_a - e_b)'. */
export function addContrast(matrix: Float64Array, n: number, a: number, b: number, value: number): void {
  matrix[a * n + a] += value;
  matrix[b * n + b] += value;
  matrix[a * n + b] -= value;
  matrix[b * n + a] -= value;
}

/**
 * matrix += the curvature of the prior, sum_g 1 1' / (n_g PRIOR_SD^2), for the models that `keep` accepts. The
 * matrix is `dimension` square and its first n parameters are the strengths.
 */
export function addGroupPrior(
  matrix: Float64Array,
  graph: Connectivity,
  keep: (model: number) => boolean,
  dimension: number,
): void {
  const n = graph.group.length;
  for (let i = 0; i < n; i++) {
    if (!keep(i)) continue;
    const value = 1 / (graph.groupSize[graph.group[i]] * PRIOR_SD ** 2);
    for (let j = 0; j < n; j++) if (graph.group[i] === graph.group[j]) matrix[i * dimension + j] += value;
  }
}
