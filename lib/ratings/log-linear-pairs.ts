import { addGroupPrior, GRADIENT_TOLERANCE, PRIOR_SD } from "./bradley-terry";
import { connectivity } from "./connectivity";
import type { Connectivity } from "./connectivity";
import type { ScoredFit } from "./covariance";
import { cholesky, choleskyInverse, choleskySolve, norm } from "@/lib/numerics/small-matrices";
import { cellCount, gamesAt } from "./meat";
import type { ScoreTable } from "./meat";
import type { PairTable } from "./pair-counts";

/** How the extra outcomes of a pair depend on its strengths: see davidson.ts and four-outcome.ts. */
export interface OutcomeModel {
  /** Parameters beside the strengths: 1 (log nu) or 2 (log nu, log kappa). */
  extras: 1 | 2;
}

/** A fitted model of several outcomes. */
export interface LogLinearFit extends ScoredFit {
  /** ln nu: readiness to call a tie. */
  logNu: number;
  /** ln kappa: the bar that both samples must clear, on the scale of theta. NaN without a both-bad outcome. */
  logKappa: number;
}

/** Local parameters of a vote: theta_a, theta_b, ln nu, ln kappa. Rows: the four outcomes. */
const DESIGN = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0.5, 0.5, 1, 0],
  [0, 0, 0, 1],
] as const;

/** Probabilities of a, b, tie and both bad. `logKappa` -Infinity drops the last. */
export function outcomeProbabilities(
  thetaA: number,
  thetaB: number,
  logNu: number,
  logKappa: number,
): number[] {
  const u = [thetaA, thetaB, logNu + (thetaA + thetaB) / 2, logKappa];
  const top = Math.max(...u);
  const e = u.map((x) => Math.exp(x - top));
  const sum = e[0] + e[1] + e[2] + e[3];
  return e.map((x) => x / sum);
}

/** A pivot of the information below this means that no vote bounds some direction: one vote alone brings about 0.1. */
const SMALLEST_PIVOT = 1e-6;

/**
 * Maximum likelihood of the log-linear pair model with outcome weights e^theta_a, e^theta_b,
 * nu e^((theta_a + theta_b) / 2) and, with two extras, kappa: convex, solved by Newton on all parameters. With
 * one extra, both-bad votes count as ties. Separation is bounded by the same weak prior as in bradley-terry.ts;
 * an outcome that never (or always) occurs has its parameter bounded likewise.
 *
 * Strengths and extras can also run off together where neither would alone: a win across a chain of ties is
 * explained ever better by ever larger differences and an ever larger nu. The information then has no bottom
 * along that way, and the prior is put on every strength and every extra; `graph` says separated.
 */
export function fitLogLinear(source: PairTable, model: OutcomeModel): LogLinearFit {
  const table = model.extras === 2 ? source : bothBadAsTies(source);
  const n = table.models.length;
  // A both-bad vote says nothing of the difference of its two models, so here it links nothing.
  let graph = connectivity({ ...table, bothBad: new Float64Array(table.a.length) });
  let prior = extraPriors(table, model.extras);
  let optimum = maximise(table, graph, prior);
  if (!bounded(optimum)) {
    graph = everyModelAlone(graph);
    prior = new Float64Array(model.extras).fill(1 / PRIOR_SD ** 2);
    optimum = maximise(table, graph, prior);
  }
  const { parameters, factor, gradientNorm, iterations } = optimum;
  if (factor === null) throw new RangeError("the information matrix is singular: strengths beyond range");
  const { theta, shift } = centred(parameters.slice(0, n), graph);
  return {
    models: table.models,
    theta,
    logNu: parameters[n],
    logKappa: model.extras === 2 ? parameters[n + 1] - shift : NaN,
    gradientNorm,
    iterations,
    graph,
    fitted: table,
    scores: scoreTable(table, parameters, model.extras),
    inverseHessian: choleskyInverse(factor, parameters.length),
    extraPrior: prior,
  };
}

interface Optimum {
  parameters: Float64Array;
  /** Cholesky factor of the information there; null where it is singular. */
  factor: Float64Array | null;
  gradientNorm: number;
  iterations: number;
}

/** Newton with step halving from zero, to one step beyond the tolerance. */
function maximise(table: PairTable, graph: Connectivity, prior: Float64Array): Optimum {
  const dimension = table.models.length + prior.length;
  let parameters: Float64Array = new Float64Array(dimension);
  let state = evaluate(table, graph, prior, parameters);
  let length = norm(state.gradient);
  let iterations = 0;
  for (let polished = length === 0; !polished && iterations < 200; iterations++) {
    polished = length < GRADIENT_TOLERANCE;
    const factor = cholesky(state.hessian, dimension);
    if (factor === null) break;
    const step = choleskySolve(factor, state.gradient);
    const slope = step.reduce((sum, s, i) => sum + s * state.gradient[i], 0);
    let next = parameters;
    let nextState = state;
    for (let scale = 1; scale > 1e-8; scale /= 2) {
      next = parameters.map((x, i) => x - scale * step[i]);
      nextState = evaluate(table, graph, prior, next);
      if (nextState.loss <= state.loss - 1e-4 * scale * slope + 1e-12 * (1 + Math.abs(state.loss))) break;
    }
    const nextLength = norm(nextState.gradient);
    if (nextLength >= length && (polished || length < 1e-6)) break;
    [parameters, state, length] = [next, nextState, nextLength];
  }
  return { parameters, factor: cholesky(state.hessian, dimension), gradientNorm: length, iterations };
}

function bounded({ parameters, factor }: Optimum): boolean {
  return (
    factor !== null && parameters.every((_, i) => factor[i * (parameters.length + 1)] ** 2 > SMALLEST_PIVOT)
  );
}

/** The same components with every model a group of its own, so that the prior holds each strength. */
function everyModelAlone(graph: Connectivity): Connectivity {
  const n = graph.group.length;
  return {
    ...graph,
    group: Int32Array.from({ length: n }, (_, i) => i),
    groupCount: n,
    groupSize: new Int32Array(n).fill(1),
    separated: true,
  };
}

function bothBadAsTies(table: PairTable): PairTable {
  return {
    ...table,
    ties: table.ties.map((t, i) => t + table.bothBad[i]),
    bothBad: new Float64Array(table.a.length),
  };
}

/** Curvature of the weak prior on each extra: zero, unless its outcome never or always occurred. */
function extraPriors(table: PairTable, extras: number): Float64Array {
  const all = [0, 1, 2, 3].map((o) =>
    table.weight.reduce((sum, w, i) => sum + w * cellCount(table, i, o), 0),
  );
  const total = all[0] + all[1] + all[2] + all[3];
  return Float64Array.from({ length: extras }, (_, k) => {
    const seen = all[2 + k];
    const others = extras === 2 ? total - seen - (k === 0 ? all[3] : all[2]) : total - seen;
    return seen > 0 && others > 0 ? 0 : 1 / PRIOR_SD ** 2;
  });
}

interface Evaluation {
  loss: number;
  gradient: Float64Array;
  hessian: Float64Array;
}

function evaluate(
  table: PairTable,
  graph: Connectivity,
  prior: Float64Array,
  parameters: Float64Array,
): Evaluation {
  const extras = prior.length;
  const dimension = parameters.length;
  const n = dimension - extras;
  const width = 2 + extras;
  const gradient = new Float64Array(dimension);
  const hessian = new Float64Array(dimension * dimension);
  addGroupPrior(hessian, graph, () => true, dimension);
  for (let k = 0; k < extras; k++) hessian[(n + k) * (dimension + 1)] += prior[k];
  // So far the Hessian is the prior's, and the prior is a quadratic: half x' P x, with gradient P x.
  let loss = 0;
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j < dimension; j++) gradient[i] += hessian[i * dimension + j] * parameters[j];
    loss += (gradient[i] * parameters[i]) / 2;
  }
  const outcomes = 2 + extras;
  const at = [0, 0, n, n + 1];
  for (let i = 0; i < table.a.length; i++) {
    at[0] = table.a[i];
    at[1] = table.b[i];
    const p = probabilitiesOf(parameters, n, extras, at[0], at[1]);
    const votes = gamesAt(table, i);
    const mean = [0, 0, 0, 0];
    for (let o = 0; o < outcomes; o++) for (let x = 0; x < width; x++) mean[x] += p[o] * DESIGN[o][x];
    for (let o = 0; o < outcomes; o++) {
      const count = cellCount(table, i, o);
      if (count > 0) loss -= table.weight[i] * count * Math.log(p[o]);
      const expected = table.weight[i] * votes * p[o];
      const residual = expected - table.weight[i] * count;
      for (let x = 0; x < width; x++) {
        gradient[at[x]] += residual * DESIGN[o][x];
        const dx = expected * (DESIGN[o][x] - mean[x]);
        for (let y = 0; y < width; y++) hessian[at[x] * dimension + at[y]] += dx * (DESIGN[o][y] - mean[y]);
      }
    }
  }
  return { loss, gradient, hessian };
}

function probabilitiesOf(
  parameters: Float64Array,
  n: number,
  extras: number,
  a: number,
  b: number,
): number[] {
  return outcomeProbabilities(
    parameters[a],
    parameters[b],
    parameters[n],
    extras === 2 ? parameters[n + 1] : -Infinity,
  );
}

/** The score of a vote: its outcome's design row less the row expected. */
function scoreTable(table: PairTable, parameters: Float64Array, extras: number): ScoreTable {
  const dimension = parameters.length;
  const n = dimension - extras;
  const width = 2 + extras;
  const scores: ScoreTable = {
    dimension,
    width,
    index: new Int32Array(table.a.length * width),
    value: new Float64Array(table.a.length * 4 * width),
    probability: new Float64Array(table.a.length * 4),
  };
  for (let i = 0; i < table.a.length; i++) {
    scores.index.set([table.a[i], table.b[i], n, n + 1].slice(0, width), i * width);
    const p = probabilitiesOf(parameters, n, extras, table.a[i], table.b[i]);
    scores.probability.set(p, i * 4);
    for (let o = 0; o < 4; o++) {
      // Without a both-bad outcome such votes were counted as ties.
      const row = DESIGN[extras === 1 && o === 3 ? 2 : o];
      for (let x = 0; x < width; x++) {
        const mean = p.reduce((sum, q, k) => sum + q * DESIGN[k][x], 0);
        scores.value[(i * 4 + o) * width + x] = table.weight[i] * (row[x] - mean);
      }
    }
  }
  return scores;
}

/** Strengths shifted to sum to zero in each component, and the shift of the main one. */
function centred(theta: Float64Array, graph: Connectivity): { theta: Float64Array; shift: number } {
  const sum = new Float64Array(graph.componentCount);
  const size = new Int32Array(graph.componentCount);
  theta.forEach((t, i) => {
    sum[graph.component[i]] += t;
    size[graph.component[i]]++;
  });
  const mean = sum.map((s, c) => s / size[c]);
  return {
    theta: theta.map((t, i) => t - mean[graph.component[i]]),
    shift: mean[Math.max(0, graph.main)] ?? 0,
  };
}
