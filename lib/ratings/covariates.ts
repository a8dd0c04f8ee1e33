import { addGroupPrior, GRADIENT_TOLERANCE } from "./bradley-terry";
import { connectivity } from "./connectivity";
import type { Connectivity } from "./connectivity";
import { addSeparationPrior, onSumToZero } from "./covariance";
import { cholesky, choleskyInverse, choleskySolve, norm, sandwich } from "@/lib/numerics/small-matrices";
import { normalQuantile } from "@/lib/numerics/normal";
import { scoreOf } from "./outcome";
import { countPairs, pairTable } from "./pair-counts";
import type { PairVote } from "./pair-counts";
import { sigmoid, softplus } from "./scale";

/** A vote with what differed between the two samples: one number a covariate, a's value minus b's. */
export interface CovariateVote extends PairVote {
  differences: readonly number[];
}

/** The effect of one covariate. */
export interface Coefficient {
  name: string;
  /** Logits for one unit of the difference. */
  value: number;
  se: number;
  low: number;
  high: number;
  /** Logits for one standard deviation (root mean square) of the difference: comparable between covariates. */
  standardised: number;
  /** That root mean square: value * deviation = standardised. */
  deviation: number;
}

/** Strengths with style held equal. */
export interface CovariateFit {
  models: string[];
  theta: Float64Array;
  /** n by n, of theta, robust. */
  covariance: Float64Array;
  coefficients: Coefficient[];
  gradientNorm: number;
  iterations: number;
  graph: Connectivity;
}

interface Design {
  n: number;
  p: number;
  a: Int32Array;
  b: Int32Array;
  score: Float64Array;
  /** Standardised differences, vote by vote. */
  x: Float64Array;
  graph: Connectivity;
  ridge: number;
}

/**
 * Bradley-Terry with covariates ("style control"): logit = theta_a - theta_b + x' gamma, x the differences of the
 * two samples' features, each divided by its root mean square (not centred: a constant difference is the bias of a
 * side and must stay one).
 *
 * The ridge, (ridge / 2) |gamma|^2 on the standardised coefficients, is added to the *summed* loss, so its pull
 * fades as votes come in, and it is part of H. Covariance is the sandwich, clustered by voter when `cluster` says
 * so (votes without a voter are clusters of one).
 *
 * @param names one name a covariate; every vote carries as many differences.
 * @param options ridge 1; alpha 0.05; models without votes to include.
 * Source: for the idea on vote logs, Chatbot Arena's style control; the estimator is penalised logistic regression.
 */
export function fitCovariates(
  votes: readonly CovariateVote[],
  names: readonly string[],
  options: { ridge?: number; alpha?: number; models?: readonly string[]; cluster?: "voter" | "prompt" } = {},
): CovariateFit {
  const { ridge = 1, alpha = 0.05 } = options;
  const table = pairTable(countPairs(votes), options.models);
  const { design, scale } = buildDesign(votes, names, table.models, connectivity(table), ridge);
  const { n, p, graph } = design;
  const dimension = n + p;

  let parameters: Float64Array = new Float64Array(dimension);
  let state = evaluate(design, parameters);
  let length = norm(state.gradient);
  // The gradient of a sum over votes cannot be resolved below its rounding error.
  const tolerance = Math.max(GRADIENT_TOLERANCE, 1e-15 * votes.length);
  let iterations = 0;
  for (; length >= tolerance && iterations < 100; iterations++) {
    const factor = cholesky(state.hessian, dimension);
    if (factor === null) break;
    const step = choleskySolve(factor, state.gradient);
    const slope = step.reduce((sum, s, i) => sum + s * state.gradient[i], 0);
    let next = parameters;
    let nextState = state;
    for (let size = 1; size > 1e-8; size /= 2) {
      next = parameters.map((value, i) => value - size * step[i]);
      nextState = evaluate(design, next);
      if (nextState.loss <= state.loss - 1e-4 * size * slope + 1e-12 * (1 + Math.abs(state.loss))) break;
    }
    const nextLength = norm(nextState.gradient);
    if (nextLength >= length && length < 1e-6) break;
    [parameters, state, length] = [next, nextState, nextLength];
  }
  const factor = cholesky(state.hessian, dimension);
  if (factor === null) throw new RangeError("the information matrix is singular: strengths beyond range");
  const meat = meatOf(design, parameters, clusterOrder(votes, options.cluster));
  addSeparationPrior(meat, graph, dimension);
  const full = sandwich(choleskyInverse(factor, dimension), meat, dimension);

  const block = new Float64Array(n * n);
  for (let i = 0; i < n; i++) block.set(full.subarray(i * dimension, i * dimension + n), i * n);
  const critical = normalQuantile(1 - alpha / 2);
  const coefficients = names.map((name, k): Coefficient => {
    const value = parameters[n + k] / scale[k];
    const se = Math.sqrt(full[(n + k) * (dimension + 1)]) / scale[k];
    return {
      name,
      value,
      se,
      low: value - critical * se,
      high: value + critical * se,
      standardised: parameters[n + k],
      deviation: scale[k],
    };
  });
  return {
    models: table.models,
    theta: parameters.slice(0, n),
    covariance: onSumToZero(block, graph),
    coefficients,
    gradientNorm: length,
    iterations,
    graph,
  };
}

function buildDesign(
  votes: readonly CovariateVote[],
  names: readonly string[],
  models: readonly string[],
  graph: Connectivity,
  ridge: number,
): { design: Design; scale: Float64Array } {
  const p = names.length;
  const index = new Map(models.map((model, i) => [model, i]));
  const x = new Float64Array(votes.length * p);
  const squares = new Float64Array(p);
  votes.forEach((vote, k) => {
    if (vote.differences.length !== p)
      throw new RangeError(`${vote.differences.length} differences for ${p} covariates`);
    vote.differences.forEach((value, c) => {
      if (!Number.isFinite(value)) throw new RangeError(`${names[c]} is ${value} for vote ${k + 1}`);
      x[k * p + c] = value;
      squares[c] += value * value;
    });
  });
  const scale = squares.map((sum) => Math.sqrt(sum / Math.max(1, votes.length)) || 1);
  for (let at = 0; at < x.length; at++) x[at] /= scale[at % p];
  const design = {
    n: models.length,
    p,
    a: Int32Array.from(votes, (vote) => index.get(vote.a)!),
    b: Int32Array.from(votes, (vote) => index.get(vote.b)!),
    score: Float64Array.from(votes, (vote) => scoreOf(vote.outcome)),
    x,
    graph,
    ridge,
  };
  return { design, scale };
}

function logitOf(design: Design, parameters: Float64Array, vote: number): number {
  let z = parameters[design.a[vote]] - parameters[design.b[vote]];
  for (let c = 0; c < design.p; c++) z += design.x[vote * design.p + c] * parameters[design.n + c];
  return z;
}

function evaluate(
  design: Design,
  parameters: Float64Array,
): { loss: number; gradient: Float64Array; hessian: Float64Array } {
  const { n, p, a, b, score, x } = design;
  const dimension = n + p;
  const gradient = new Float64Array(dimension);
  const hessian = new Float64Array(dimension * dimension);
  addGroupPrior(hessian, design.graph, () => true, dimension);
  for (let c = 0; c < p; c++) hessian[(n + c) * (dimension + 1)] += design.ridge;
  let loss = 0;
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j < dimension; j++) gradient[i] += hessian[i * dimension + j] * parameters[j];
    loss += (gradient[i] * parameters[i]) / 2;
  }
  for (let k = 0; k < a.length; k++) {
    const z = logitOf(design, parameters, k);
    const probability = sigmoid(z);
    const residual = probability - score[k];
    const weight = probability * (1 - probability);
    loss += softplus(z) - score[k] * z;
    gradient[a[k]] += residual;
    gradient[b[k]] -= residual;
    hessian[a[k] * dimension + a[k]] += weight;
    hessian[b[k] * dimension + b[k]] += weight;
    hessian[a[k] * dimension + b[k]] -= weight;
    hessian[b[k] * dimension + a[k]] -= weight;
    for (let c = 0; c < p; c++) {
      const xc = x[k * p + c];
      const row = (n + c) * dimension;
      gradient[n + c] += residual * xc;
      // Lower triangle only; the Cholesky factor reads no other.
      hessian[row + a[k]] += weight * xc;
      hessian[row + b[k]] -= weight * xc;
      for (let d = 0; d <= c; d++) hessian[row + n + d] += weight * xc * x[k * p + d];
    }
  }
  return { loss, gradient, hessian };
}

/** Votes grouped by cluster; null when every vote stands alone. */
function clusterOrder(votes: readonly PairVote[], label: "voter" | "prompt" | undefined): number[][] | null {
  if (label === undefined) return null;
  const groups = new Map<string, number[]>();
  const single: number[][] = [];
  votes.forEach((vote, k) => {
    const name = vote[label];
    if (name === undefined) single.push([k]);
    else if (groups.has(name)) groups.get(name)!.push(k);
    else groups.set(name, [k]);
  });
  const all = [...groups.values(), ...single];
  return all.length < 2 ? null : all;
}

function meatOf(design: Design, parameters: Float64Array, clusters: number[][] | null): Float64Array {
  const { n, p, a, b, score, x, graph } = design;
  const dimension = n + p;
  const meat = new Float64Array(dimension * dimension);
  const sum = new Float64Array(dimension);
  const touched = new Set<number>();
  const flush = (factor: number): void => {
    for (const i of touched) for (const j of touched) meat[i * dimension + j] += factor * sum[i] * sum[j];
    for (const i of touched) sum[i] = 0;
    touched.clear();
  };
  const addVote = (k: number, residual: number): void => {
    sum[a[k]] += residual;
    sum[b[k]] -= residual;
    touched.add(a[k]).add(b[k]);
    for (let c = 0; c < p; c++) {
      sum[n + c] += residual * x[k * p + c];
      touched.add(n + c);
    }
  };
  const groups = clusters ?? Array.from(a, (_, k) => [k]);
  const factor = clusters === null ? 1 : groups.length / (groups.length - 1);
  for (const group of groups) {
    const oneSided: number[] = [];
    for (const k of group) {
      if (graph.group[a[k]] !== graph.group[b[k]]) oneSided.push(k);
      else addVote(k, score[k] - sigmoid(logitOf(design, parameters, k)));
    }
    flush(factor);
    // As in meat.ts: residuals of one-sided pairs say nothing of the noise, their expected information does.
    for (const k of oneSided) {
      const probability = sigmoid(logitOf(design, parameters, k));
      addVote(k, Math.sqrt(probability * (1 - probability)));
      flush(1);
    }
  }
  return meat;
}
