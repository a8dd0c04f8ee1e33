import { addContrast, addGroupPrior, PRIOR_SD } from "./bradley-terry";
import type { BradleyTerryFit } from "./bradley-terry";
import type { Connectivity } from "./connectivity";
import { cholesky, clipToPositive, sandwich } from "./linear-algebra";
import type { PairTable } from "./pair-counts";
import { sigmoid } from "./scale";

/** A log by column, for clustered covariance: one entry a vote, each pair as oriented in the table. */
export interface ClusteredVotes {
  /** Row of the pair table. */
  pair: Int32Array;
  /** Index into OUTCOMES. */
  outcome: Uint8Array;
  /** One or two cluster labels a vote (voter, prompt), each array dense from 0. */
  clusters: Int32Array[];
}

/**
 * Robust ("sandwich") covariance of the strengths, H^-1 B H^-1, n by n in logits squared, on the sum-to-zero
 * space of each component. B sums squared residuals, so it is right for half-win ties, where the inverse
 * Fisher information alone is too wide.
 *
 * With `votes`, B is clustered: one label gives B = sum_g s_g s_g' over clusters g with s_g the summed score of
 * a cluster; two labels give the two-way form B_1 + B_2 - B_12 (Cameron, Gelbach & Miller 2011), made positive
 * semidefinite by clipping when sampling noise left it otherwise. Each term carries G / (G - 1). A label with a
 * single cluster says nothing of its variance: {@link canCluster} is then false and the plain form is used.
 *
 * Votes across strongly connected groups all went one way: their residuals say nothing of the noise, so they
 * enter B by their Fisher information. Components other than the main one get the prior's variance for where
 * they stand. The result is always finite.
 *
 * Sources: Huber 1967; White 1982; Liang & Zeger 1986; Cameron, Gelbach & Miller, JBES 29(2), 2011.
 */
export function sandwichCovariance(
  table: PairTable,
  fit: BradleyTerryFit,
  votes?: ClusteredVotes,
): Float64Array {
  const n = table.models.length;
  const meat = votes && canCluster(votes) ? clusteredMeat(table, fit, votes) : plainMeat(table, fit);
  return covarianceFromMeat(fit, meat, n);
}

/** Whether every label has at least two clusters. */
export function canCluster(votes: ClusteredVotes): boolean {
  return votes.clusters.every((labels) => labels.some((label) => label !== labels[0]));
}

/** (H + prior)^-1 alone: what the half-win model would imply if its residuals were binomial. For comparison. */
export function fisherCovariance(table: PairTable, fit: BradleyTerryFit): Float64Array {
  const n = table.models.length;
  const meat = new Float64Array(n * n);
  for (let i = 0; i < table.a.length; i++)
    addContrast(meat, n, table.a[i], table.b[i], fisher(table, fit, i));
  return covarianceFromMeat(fit, meat, n);
}

function covarianceFromMeat(fit: BradleyTerryFit, meat: Float64Array, n: number): Float64Array {
  const { graph } = fit;
  const groups = new Int32Array(graph.componentCount);
  const first = new Int32Array(graph.groupCount).fill(-1);
  for (let i = 0; i < n; i++) {
    if (first[graph.group[i]] < 0) groups[graph.component[i]]++;
    first[graph.group[i]] = i;
  }
  addGroupPrior(meat, graph, n, (model) => groups[graph.component[model]] > 1);
  const covariance = sandwich(fit.inverseHessian, meat, n);
  centre(covariance, graph, n);
  for (let i = 0; i < n; i++) {
    if (graph.component[i] === graph.main) continue;
    for (let j = 0; j < n; j++) {
      if (graph.component[i] === graph.component[j]) covariance[i * n + j] += PRIOR_SD ** 2;
    }
  }
  return covariance;
}

/** Projects rows and columns onto sum-to-zero within each component. */
function centre(covariance: Float64Array, graph: Connectivity, n: number): void {
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

function fisher(table: PairTable, fit: BradleyTerryFit, i: number): number {
  const p = sigmoid(fit.theta[table.a[i]] - fit.theta[table.b[i]]);
  const votes = table.winsA[i] + table.winsB[i] + table.ties[i] + table.bothBad[i];
  return table.weight[i] ** 2 * votes * p * (1 - p);
}

function oneSided(table: PairTable, fit: BradleyTerryFit, i: number): boolean {
  return fit.graph.group[table.a[i]] !== fit.graph.group[table.b[i]];
}

function plainMeat(table: PairTable, fit: BradleyTerryFit): Float64Array {
  const n = table.models.length;
  const meat = new Float64Array(n * n);
  for (let i = 0; i < table.a.length; i++) {
    const p = sigmoid(fit.theta[table.a[i]] - fit.theta[table.b[i]]);
    const drawn = table.ties[i] + table.bothBad[i];
    const squares = table.winsA[i] * (1 - p) ** 2 + table.winsB[i] * p ** 2 + drawn * (0.5 - p) ** 2;
    const value = oneSided(table, fit, i) ? fisher(table, fit, i) : table.weight[i] ** 2 * squares;
    addContrast(meat, n, table.a[i], table.b[i], value);
  }
  return meat;
}

function clusteredMeat(table: PairTable, fit: BradleyTerryFit, votes: ClusteredVotes): Float64Array {
  const n = table.models.length;
  const { clusters } = votes;
  if (clusters.length < 1 || clusters.length > 2) throw new RangeError("cluster by one label or by two");
  const meat = new Float64Array(n * n);
  for (const labels of clusters) addClusters(meat, 1, table, fit, votes, [labels]);
  if (clusters.length === 2) addClusters(meat, -1, table, fit, votes, clusters);
  const safe = clusters.length === 2 && !isPositive(meat, n) ? clipToPositive(meat, n) : meat;
  for (let i = 0; i < table.a.length; i++) {
    if (oneSided(table, fit, i)) addContrast(safe, n, table.a[i], table.b[i], fisher(table, fit, i));
  }
  return safe;
}

/** Positive semidefinite up to rounding (the vector of ones is always in the null space). */
function isPositive(matrix: Float64Array, n: number): boolean {
  const nudged = Float64Array.from(matrix);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i];
  for (let i = 0; i < n; i++) nudged[i * n + i] += 1e-10 * trace + Number.MIN_VALUE;
  return trace === 0 || cholesky(nudged, n) !== null;
}

/** meat += sign G / (G - 1) sum_g s_g s_g', the clusters being the distinct combinations of `labels`. */
function addClusters(
  meat: Float64Array,
  sign: number,
  table: PairTable,
  fit: BradleyTerryFit,
  votes: ClusteredVotes,
  labels: Int32Array[],
): void {
  const n = table.models.length;
  const order = labels.reduceRight<Uint32Array | null>(
    (previous, label) => stableOrder(label, previous),
    null,
  )!;
  const same = (x: number, y: number): boolean => labels.every((label) => label[x] === label[y]);
  let clusterCount = 0;
  for (let k = 0; k < order.length; k++) if (k === 0 || !same(order[k], order[k - 1])) clusterCount++;
  const factor = (sign * clusterCount) / (clusterCount - 1);

  const probability = Float64Array.from(table.a, (a, i) => sigmoid(fit.theta[a] - fit.theta[table.b[i]]));
  const skip = Uint8Array.from(table.a, (_, i) => (oneSided(table, fit, i) ? 1 : 0));
  const score = new Float64Array(n);
  const touched = new Int32Array(n);
  const seen = new Uint8Array(n);
  let count = 0;
  for (let k = 0; k < order.length; k++) {
    const vote = order[k];
    const pair = votes.pair[vote];
    if (skip[pair] === 0) {
      const y = votes.outcome[vote] === 0 ? 1 : votes.outcome[vote] === 1 ? 0 : 0.5;
      const residual = table.weight[pair] * (y - probability[pair]);
      for (const model of [table.a[pair], table.b[pair]]) {
        if (seen[model] === 0) {
          seen[model] = 1;
          touched[count++] = model;
        }
      }
      score[table.a[pair]] += residual;
      score[table.b[pair]] -= residual;
    }
    if (k + 1 < order.length && same(order[k + 1], vote)) continue;
    for (let x = 0; x < count; x++) {
      const row = touched[x] * n;
      const value = factor * score[touched[x]];
      for (let y = 0; y < count; y++) meat[row + touched[y]] += value * score[touched[y]];
    }
    for (let x = 0; x < count; x++) score[touched[x]] = seen[touched[x]] = 0;
    count = 0;
  }
}

/** Indices sorted by label, stable with respect to `previous` (counting sort). */
function stableOrder(label: Int32Array, previous: Uint32Array | null): Uint32Array {
  let top = 0;
  for (const value of label) if (value > top) top = value;
  const start = new Uint32Array(top + 2);
  for (const value of label) start[value + 1]++;
  for (let i = 1; i < start.length; i++) start[i] += start[i - 1];
  const order = new Uint32Array(label.length);
  for (let k = 0; k < label.length; k++) {
    const row = previous === null ? k : previous[k];
    order[start[label[row]]++] = row;
  }
  return order;
}
