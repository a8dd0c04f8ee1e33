import { addContrast, addGroupPrior, PRIOR_SD } from "./bradley-terry";
import type { BradleyTerryFit } from "./bradley-terry";
import type { Connectivity } from "./connectivity";
import { sandwich } from "@/lib/numerics/small-matrices";
import { clusterExcess, gamesAt, meatOf } from "./meat";
import type { ClusteredVotes, ScoreTable } from "./meat";
import type { PairTable } from "./pair-counts";
import { sigmoid } from "./scale";

/** A fit of a pair table, with what its covariance is made of. Its first n parameters are the strengths. */
export interface ScoredFit {
  models: string[];
  theta: Float64Array;
  graph: Connectivity;
  gradientNorm: number;
  iterations: number;
  /** The votes as the model reads them. */
  fitted: PairTable;
  scores: ScoreTable;
  /** Of all parameters: `scores.dimension` square. */
  inverseHessian: Float64Array;
  /** Curvature of the weak prior on each parameter that follows the strengths. */
  extraPrior: Float64Array;
}

/** What votes that go together add to a covariance (dependence.ts). */
export interface CovarianceExcess {
  /** Added to the middle of the sandwich. */
  excess: Float64Array;
  /** Multiplies the covariance: few clusters are a small sample. */
  factor: number;
}

/**
 * Robust ("sandwich") covariance of the strengths, H^-1 B H^-1, n by n in logits squared, on the sum-to-zero
 * space of each component. B sums squared residuals, so it is right for half-win ties, where the inverse
 * Fisher information alone is too wide. Components other than the main one get the prior's variance for where they
 * stand. The result is always finite.
 *
 * Sources: Huber 1967; White, Econometrica 50 (1982); meat.ts for the clustered forms.
 */
export function robustCovariance(fit: ScoredFit, dependence?: CovarianceExcess): Float64Array {
  const { graph, extraPrior, inverseHessian } = fit;
  const { dimension } = fit.scores;
  const n = fit.models.length;
  const meat = meatOf(fit.scores, fit.fitted, graph, dependence?.excess);
  addSeparationPrior(meat, graph, dimension);
  extraPrior.forEach((value, k) => (meat[(n + k) * (dimension + 1)] += value));
  const full = sandwich(inverseHessian, meat, dimension);
  const block = new Float64Array(n * n);
  for (let i = 0; i < n; i++) block.set(full.subarray(i * dimension, i * dimension + n), i * n);
  const covariance = onSumToZero(block, graph);
  if (dependence) covariance.forEach((value, at) => (covariance[at] = dependence.factor * value));
  return covariance;
}

/** {@link robustCovariance} of a Bradley-Terry fit; with `votes`, B is clustered by their one or two labels. */
export function sandwichCovariance(
  table: PairTable,
  fit: BradleyTerryFit,
  votes?: ClusteredVotes,
): Float64Array {
  const scored = scoredBradleyTerry(table, fit);
  if (votes === undefined) return robustCovariance(scored);
  return robustCovariance(scored, {
    excess: clusterExcess(scored.scores, table, fit.graph, votes),
    factor: 1,
  });
}

/** H^-1 alone: what the model would imply if its residuals were binomial. For comparison. */
export function fisherCovariance(table: PairTable, fit: BradleyTerryFit): Float64Array {
  const n = table.models.length;
  const meat = new Float64Array(n * n);
  for (let i = 0; i < table.a.length; i++) {
    const p = sigmoid(fit.theta[table.a[i]] - fit.theta[table.b[i]]);
    addContrast(meat, n, table.a[i], table.b[i], table.weight[i] ** 2 * gamesAt(table, i) * p * (1 - p));
  }
  addSeparationPrior(meat, fit.graph, n);
  return onSumToZero(sandwich(fit.inverseHessian, meat, n), fit.graph);
}

/** The prior's own noise, where a component needed it: like a pseudo-vote, it counts in B as it does in H. */
export function addSeparationPrior(meat: Float64Array, graph: Connectivity, dimension: number): void {
  const groups = new Map<number, Set<number>>();
  graph.component.forEach((c, i) => groups.set(c, (groups.get(c) ?? new Set()).add(graph.group[i])));
  addGroupPrior(meat, graph, (model) => groups.get(graph.component[model])!.size > 1, dimension);
}

/** Projects onto sum-to-zero within each component and adds the unknown place of the side components. */
export function onSumToZero(covariance: Float64Array, graph: Connectivity): Float64Array {
  const n = graph.component.length;
  centre(covariance, graph);
  for (let i = 0; i < n; i++) {
    if (graph.component[i] === graph.main) continue;
    for (let j = 0; j < n; j++) {
      if (graph.component[i] === graph.component[j]) covariance[i * n + j] += PRIOR_SD ** 2;
    }
  }
  return covariance;
}

function centre(covariance: Float64Array, graph: Connectivity): void {
  const n = graph.component.length;
  const size = new Int32Array(graph.componentCount);
  for (const c of graph.component) size[c]++;
  const mean = new Float64Array(graph.componentCount);
  for (let i = 0; i < n; i++) {
    mean.fill(0);
    for (let j = 0; j < n; j++) mean[graph.component[j]] += covariance[i * n + j] / size[graph.component[j]];
    for (let j = 0; j < n; j++) covariance[i * n + j] -= mean[graph.component[j]];
  }
  for (let j = 0; j < n; j++) {
    mean.fill(0);
    for (let i = 0; i < n; i++) mean[graph.component[i]] += covariance[i * n + j] / size[graph.component[i]];
    for (let i = 0; i < n; i++) covariance[i * n + j] -= mean[graph.component[i]];
  }
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      covariance[i * n + j] = covariance[j * n + i] = (covariance[i * n + j] + covariance[j * n + i]) / 2;
    }
  }
}

/** The score of a vote: w (y - p) for a and its opposite for b. */
export function scoredBradleyTerry(table: PairTable, fit: BradleyTerryFit): ScoredFit {
  const pairs = table.a.length;
  const index = new Int32Array(pairs * 2);
  const value = new Float64Array(pairs * 8);
  const probability = new Float64Array(pairs * 4);
  for (let i = 0; i < pairs; i++) {
    index[2 * i] = table.a[i];
    index[2 * i + 1] = table.b[i];
    const p = sigmoid(fit.theta[table.a[i]] - fit.theta[table.b[i]]);
    probability[4 * i] = p;
    probability[4 * i + 1] = 1 - p;
    for (const [outcome, y] of [1, 0, 0.5, 0.5].entries()) {
      value[(i * 4 + outcome) * 2] = table.weight[i] * (y - p);
      value[(i * 4 + outcome) * 2 + 1] = -table.weight[i] * (y - p);
    }
  }
  const scores = { dimension: table.models.length, width: 2, index, value, probability };
  return { ...fit, fitted: table, scores, extraPrior: new Float64Array(0) };
}
