import { addContrast, bradleyTerry } from "./bradley-terry";
import type { BradleyTerryFit } from "./bradley-terry";
import { connectivity } from "./connectivity";
import type { Connectivity } from "./connectivity";
import { addSeparationPrior, onSumToZero } from "./covariance";
import { summariseClusters, smallSampleFactor } from "./dependence";
import type { ClusterSummary } from "./dependence";
import { sandwich } from "@/lib/numerics/small-matrices";
import { clusteredMeat } from "./meat";
import { numbered, rowsOf } from "./judged-rows";
import type { JudgedPair, LabelledPair, Rows } from "./judged-rows";
import { countPairs, pairTable } from "./pair-counts";
import type { PairTable } from "./pair-counts";
import { sigmoid } from "./scale";
import type { ClusterLabel } from "@/lib/ratings/log/vote-columns";

/** People's strengths, sharpened by the judge. */
export interface PredictionPoweredFit {
  models: string[];
  theta: Float64Array;
  /** n by n, robust. */
  covariance: Float64Array;
  /** How far the judge is trusted, 0 (ignored) to 1. */
  lambda: number;
  /** Correlation of people's and the judge's residuals on the battles of one pair that both spoke of. */
  correlation: number;
  /** Votes that would give as narrow intervals without a judge; minus the real ones: what it is worth. */
  effectiveVotes: number;
  /** Votes with a verdict beside them that the fit could use, and verdicts alone. */
  labelled: number;
  judgeOnly: number;
  clusters: ClusterSummary[];
  gradientNorm: number;
  iterations: number;
  graph: Connectivity;
  /** The people's votes. */
  table: PairTable;
}

/**
 * Bradley-Terry (ties as half a win) from n votes Y of people and a judge's scores f, on the same battles and on more:
 *
 *   minimise sum_n l(theta; Y) + lambda sum_c n_c [ mean_(judge alone, c) l(theta; f) - mean_(both, c) l(theta; f) ]
 *
 * over the pairs c of models, n_c their battles that both spoke of. What the judge says where it speaks alone is
 * corrected, pair by pair, by what it says where people spoke, so the estimate targets people's strengths however wrong the
 * judge is; a judge that agrees narrows the intervals, and a useless one gets lambda = 0. lambda minimises the trace of
 * the covariance, clipped to [0, 1]. Since each pair is corrected by itself, pairs may be chosen in any way (the arena's
 * propensities cancel); only the prompt and the samples of a pair must be drawn alike for people and judge. A pair that only
 * one of the two spoke of is left to people's votes.
 *
 * @param options lambda fixes the trust instead of estimating it; models adds models without votes; cluster: labels
 * whose repeats make rows dependent, as in dependence.ts (`enough` effective clusters).
 * Sources: Angelopoulos et al., Science 382 (2023); Angelopoulos, Duchi & Zrnic 2023 (PPI++); for strata, Fisch et al. 2024.
 */
export function predictionPowered(
  labelled: readonly LabelledPair[],
  judgeOnly: readonly JudgedPair[],
  options: {
    lambda?: number;
    models?: readonly string[];
    cluster?: readonly ClusterLabel[];
    enough?: number;
  } = {},
): PredictionPoweredFit {
  for (const { judge } of [...labelled, ...judgeOnly]) {
    if (judge !== null && !(judge >= 0 && judge <= 1))
      throw new RangeError(`a judge's score lies in [0, 1], not ${judge}`);
  }
  const table = pairTable(countPairs(labelled), [
    ...(options.models ?? []),
    ...judgeOnly.flatMap((row) => [row.a, row.b]),
  ]);
  const graph = connectivity(table);
  const { rows, sources, both, alone } = rowsOf(labelled, judgeOnly, table, graph);
  const clusters = (options.cluster ?? []).map((label) => numbered(sources, label));
  const summaries = (options.cluster ?? []).map((label, k) =>
    summariseClusters(label, clusters[k].subarray(0, labelled.length), options.enough),
  );
  const used = clusters.filter((_, k) => summaries[k].used);
  const fewest = Math.min(...summaries.flatMap(({ used, effective }) => (used ? [effective] : [])));
  const factor = used.length > 0 ? smallSampleFactor(fewest - 1) : 1;

  const people = bradleyTerry(table, { graph });
  const ownWay = judgeFit(rows, table);
  const covarianceAt = (fit: BradleyTerryFit, lambda: number) => {
    const covariance = robust(scoresAt(rows, table, fit, ownWay, lambda), rows, table, fit, used);
    return covariance.map((value) => factor * value);
  };
  const lambda =
    options.lambda ?? bestLambda((at) => trace(covarianceAt(people, at), graph), alone > 0 && both > 0);
  const fit =
    lambda === 0 ? people : bradleyTerry(adjusted(rows, table, lambda), { graph, start: people.theta });
  const covariance = covarianceAt(fit, lambda);
  const gain = trace(covarianceAt(fit, 0), graph) / trace(covariance, graph);
  return {
    models: table.models,
    theta: fit.theta,
    covariance,
    lambda,
    correlation: correlationOf(rows, table, fit, ownWay),
    effectiveVotes: labelled.length * (Number.isFinite(gain) ? gain : 1),
    labelled: both,
    judgeOnly: alone,
    clusters: summaries,
    gradientNorm: fit.gradientNorm,
    iterations: fit.iterations,
    graph,
    table,
  };
}

/** The votes with each pair's score moved by lambda times what the judge says more of it alone than beside people. */
function adjusted(rows: Rows, table: PairTable, lambda: number): PairTable {
  const moved = new Float64Array(table.a.length);
  for (let k = 0; k < rows.pair.length; k++) {
    if (!Number.isNaN(rows.judge[k])) moved[rows.pair[k]] += lambda * rows.weight[k] * rows.judge[k];
  }
  return {
    ...table,
    winsA: table.winsA.map((wins, c) => wins + moved[c]),
    winsB: table.winsB.map((wins, c) => wins - moved[c]),
  };
}

/**
 * The judge's own strengths, from all it said. Any function of the pair may be taken off its scores, because what is taken
 * off cancels; taking off its own expectation leaves its bias out of the noise.
 */
function judgeFit(rows: Rows, table: PairTable): Float64Array {
  const winsA = new Float64Array(table.a.length);
  const winsB = new Float64Array(table.a.length);
  for (let k = 0; k < rows.pair.length; k++) {
    if (Number.isNaN(rows.judge[k])) continue;
    winsA[rows.pair[k]] += rows.judge[k];
    winsB[rows.pair[k]] += 1 - rows.judge[k];
  }
  const none = new Float64Array(table.a.length);
  const own = { ...table, winsA, winsB, ties: none, bothBad: none };
  return bradleyTerry(own).theta;
}

/** Each row's part of the gradient, for the table's a. */
function scoresAt(
  rows: Rows,
  table: PairTable,
  fit: BradleyTerryFit,
  ownWay: Float64Array,
  lambda: number,
): Float64Array {
  return Float64Array.from(rows.pair, (pair, k) => {
    const { person, judge } = residual(rows, table, fit, ownWay, k, pair);
    return (person ?? 0) + (judge === null ? 0 : lambda * rows.weight[k] * judge);
  });
}

function residual(
  rows: Rows,
  { a, b }: PairTable,
  { theta }: Pick<BradleyTerryFit, "theta">,
  ownWay: Float64Array,
  k: number,
  pair: number,
): { person: number | null; judge: number | null } {
  const [said, judged] = [rows.person[k], rows.judge[k]];
  return {
    person: Number.isNaN(said) ? null : said - sigmoid(theta[a[pair]] - theta[b[pair]]),
    judge: Number.isNaN(judged) ? null : judged - sigmoid(ownWay[a[pair]] - ownWay[b[pair]]),
  };
}

/** The sandwich of the rows' scores, clustered where clusters are given. */
function robust(
  scores: Float64Array,
  rows: Rows,
  table: PairTable,
  fit: BradleyTerryFit,
  clusters: Int32Array[],
): Float64Array {
  const n = table.models.length;
  const mute = Uint8Array.from(rows.pair, (pair) =>
    fit.graph.group[table.a[pair]] === fit.graph.group[table.b[pair]] ? 0 : 1,
  );
  const meat = clusteredMeat(
    n,
    {
      a: rows.pair.map((pair) => table.a[pair]),
      b: rows.pair.map((pair) => table.b[pair]),
      score: scores.map((score, k) => (mute[k] === 1 ? 0 : score)),
    },
    clusters,
  );
  for (let k = 0; k < rows.pair.length; k++) {
    if (mute[k] === 0) continue;
    const [a, b] = [table.a[rows.pair[k]], table.b[rows.pair[k]]];
    const p = sigmoid(fit.theta[a] - fit.theta[b]);
    addContrast(meat, n, a, b, p * (1 - p));
  }
  addSeparationPrior(meat, fit.graph, n);
  return onSumToZero(sandwich(fit.inverseHessian, meat, n), fit.graph);
}

/** The trace is a parabola in lambda: three values tell where it is lowest. */
function bestLambda(traceAt: (lambda: number) => number, canUse: boolean): number {
  if (!canUse) return 0;
  const [at0, at1, at2] = [0, 0.5, 1].map(traceAt);
  const curvature = 2 * (at0 - 2 * at1 + at2);
  const slope = -3 * at0 + 4 * at1 - at2;
  return curvature > 0 ? Math.min(1, Math.max(0, -slope / (2 * curvature))) : 0;
}

function correlationOf(rows: Rows, table: PairTable, fit: BradleyTerryFit, ownWay: Float64Array): number {
  let [yy, ff, yf] = [0, 0, 0];
  rows.pair.forEach((pair, k) => {
    const { person, judge } = residual(rows, table, fit, ownWay, k, pair);
    if (person === null || judge === null) return;
    yy += person ** 2;
    ff += judge ** 2;
    yf += person * judge;
  });
  return yy > 0 && ff > 0 ? yf / Math.sqrt(yy * ff) : 0;
}

/** Over the models that met: the others' variance is the prior's. */
function trace(matrix: Float64Array, graph: Connectivity): number {
  const n = graph.component.length;
  let sum = 0;
  for (let i = 0; i < n; i++) if (graph.component[i] === graph.main) sum += matrix[i * (n + 1)];
  return sum;
}
